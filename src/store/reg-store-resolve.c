/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What waits for a person: rejected changes and conflicts. */
#define G_LOG_DOMAIN "reg-store"

#include "store/reg-store-outbox.h"

#include "store/reg-review.h"
#include "store/reg-store-private.h"

#include <glib/gi18n-lib.h>

#define CHANGE_SESSION "change-session"

/* The LMS gives a key the same answer for ever, so what is sent once more gets a new one. */
gboolean
reg_store_renew_change (RegStoreTransaction *self, gint64 id, const char *base, GError **error)
{
  guint8 uuid[16];
  sqlite3_stmt *stmt = reg_store_db_prepare (
      self->db, "UPDATE change SET uuid = ?2, base = ?3, attempts = 0 WHERE id = ?1", error);

  if (stmt == NULL)
    return FALSE;
  reg_store_make_uuid (uuid);
  sqlite3_bind_int64 (stmt, 1, id);
  sqlite3_bind_blob (stmt, 2, uuid, sizeof uuid, SQLITE_TRANSIENT);
  sqlite3_bind_text (stmt, 3, base, -1, SQLITE_TRANSIENT);
  return reg_store_db_run (self->db, stmt, error);
}

/* Back into the queue, and so into the effective row. */
static gboolean
queue_again (RegStoreTransaction *self,
             const RegStoreChange *change,
             const char *base,
             GError **error)
{
  return reg_store_renew_change (self, change->id, base, error)
         && reg_store_keep_base (self, change->user_id, change->course_id, error)
         && reg_store_set_change_state (self, change->id, change->batch_id, change->state,
                                        REG_CHANGE_PENDING, NULL, NULL, NULL, error)
         && reg_store_rebase (self, change->user_id, change->course_id, NULL, error);
}

static gboolean
retry_change (RegStoreTransaction *self,
              const RegStoreChange *change,
              gpointer data,
              gboolean *done,
              GError **error)
{
  gboolean creates;

  if (change->state != REG_CHANGE_REJECTED)
    return TRUE;
  *done = TRUE;
  return reg_store_creates_user (self, change->user_id, change->batch_id, change->operation,
                                 &creates, error)
         && (!creates || reg_store_merge_edits (self, change, error))
         && queue_again (self, change, change->base, error)
         && reg_store_add_event (self, "retried", change->batch_id, change->id, 1, NULL, error);
}

/**
 * reg_store_retry_changes:
 * @self: a store
 * @ids: (array length=n): rejected changes
 * @n: how many
 * @error: return location
 *
 * Sends rejected changes once more, with new keys.
 */
gboolean
reg_store_retry_changes (RegStore *self, const gint64 *ids, gsize n, GError **error)
{
  return reg_store_for_changes (self, ids, n, retry_change, NULL,
                                _ ("Only changes that the LMS rejected can be sent again."), NULL,
                                error);
}

static gboolean
discard_change (RegStoreTransaction *self,
                const RegStoreChange *change,
                gpointer data,
                gboolean *done,
                GError **error)
{
  if (change->state != REG_CHANGE_REJECTED && change->state != REG_CHANGE_CONFLICT)
    return TRUE;
  *done = TRUE;
  return reg_store_drop_change (self, change, error)
         && reg_store_add_event (self, "discarded", change->batch_id, change->id, 1, NULL, error);
}

/**
 * reg_store_discard_changes:
 * @self: a store
 * @ids: (array length=n): rejected changes or conflicts
 * @n: how many
 * @error: return location
 *
 * Gives changes up. The audit log keeps them.
 */
gboolean
reg_store_discard_changes (RegStore *self, const gint64 *ids, gsize n, GError **error)
{
  return reg_store_for_changes (
      self, ids, n, discard_change, NULL,
      _ ("Only rejected changes and conflicts can be discarded. Undo what still waits."), NULL,
      error);
}

/* The person saw the LMS's values and wants theirs nevertheless: those values are the new base. If
 * the LMS has moved on since, it is a conflict again. */
static char *
dup_new_base (const RegStoreChange *change)
{
  g_autoptr (RegParams) base = reg_store_parse_params (change->base);
  g_autoptr (RegParams) server = reg_store_parse_params (change->server);

  if (base == NULL)
    return g_strdup (change->server);
  for (guint i = 0; server != NULL && i < reg_params_get_size (server); i++)
    {
      const char *key = reg_params_get_key (server, i);

      reg_params_set (base, key, reg_params_get (server, key));
    }
  return reg_params_to_text (base);
}

static gboolean
resolve_change (RegStoreTransaction *self,
                const RegStoreChange *change,
                gpointer data,
                gboolean *done,
                GError **error)
{
  gboolean use_mine = GPOINTER_TO_INT (data);

  if (change->state != REG_CHANGE_CONFLICT)
    return TRUE;
  *done = TRUE;
  if (use_mine)
    {
      g_autofree char *base = dup_new_base (change);

      return queue_again (self, change, base, error)
             && reg_store_add_event (self, "resolved", change->batch_id, change->id, 1, "mine",
                                     error);
    }
  return reg_store_drop_change (self, change, error)
         && reg_store_add_event (self, "resolved", change->batch_id, change->id, 1, "theirs",
                                 error);
}

/**
 * reg_store_resolve_changes:
 * @self: a store
 * @ids: (array length=n): conflicts
 * @n: how many
 * @use_mine: whether the person's value is sent again; else the LMS's stays
 * @error: return location
 *
 * Decides conflicts.
 */
gboolean
reg_store_resolve_changes (RegStore *self,
                           const gint64 *ids,
                           gsize n,
                           gboolean use_mine,
                           GError **error)
{
  return reg_store_for_changes (self, ids, n, resolve_change, GINT_TO_POINTER (use_mine),
                                _ ("Only conflicts can be resolved."), NULL, error);
}

gboolean
reg_change_awaits_session (const RegChange *change)
{
  return (change->state == REG_CHANGE_REJECTED || change->state == REG_CHANGE_CONFLICT)
         && g_strcmp0 (change->operation, CHANGE_SESSION) == 0;
}

static gboolean
choose_session (RegStoreTransaction *self,
                const RegStoreChange *change,
                gpointer data,
                gboolean *done,
                GError **error)
{
  const char *params = data;
  g_autofree char *base =
      change->state == REG_CHANGE_CONFLICT ? dup_new_base (change) : g_strdup (change->base);
  sqlite3_stmt *stmt;

  if (change->state != REG_CHANGE_REJECTED && change->state != REG_CHANGE_CONFLICT)
    return TRUE;
  *done = TRUE;
  stmt = reg_store_db_prepare (self->db, "UPDATE change SET params = ?2 WHERE id = ?1", error);
  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, change->id);
  sqlite3_bind_text (stmt, 2, params, -1, SQLITE_TRANSIENT);
  return reg_store_db_run (self->db, stmt, error) && queue_again (self, change, base, error)
         && reg_store_add_event (self, "retried", change->batch_id, change->id, 1, params, error);
}

/* Looks at each enrollment as staging would. Returns: (transfer full): the changes for which the
 * session can be chosen, in the order of the rows; NULL on error, or where it is none of them. */
static GArray *
find_possible (RegStore *self, GPtrArray *rows, const RegReviewRequest *asked, GError **error)
{
  g_autoptr (GArray) enrollments = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) changes = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) possible = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (RegReview) review = NULL;
  RegReviewRequest request = *asked;
  const char *why = NULL;

  for (guint i = 0; i < rows->len; i++)
    {
      const RegChangeRow *row = g_ptr_array_index (rows, i);
      gint64 enrollment;

      if (row == NULL || !reg_change_awaits_session (row->change))
        continue;
      enrollment = reg_enrollment_id (row->change->user_id, row->change->course_id);
      g_array_append_val (enrollments, enrollment);
      g_array_append_val (changes, row->change->id);
    }
  request.enrollment_ids = (const gint64 *)(void *)enrollments->data;
  request.n_enrollments = enrollments->len;
  review = reg_store_review (self, &request, NULL, NULL, NULL, error);
  if (review == NULL)
    return NULL;
  g_return_val_if_fail (review->n_rows == changes->len, NULL);
  for (guint i = 0; i < changes->len; i++)
    if (review->rows[i].verdict == REG_REVIEW_WILL)
      g_array_append_val (possible, g_array_index (changes, gint64, i));
    else
      why = review->rows[i].sentence;
  if (possible->len > 0)
    return g_steal_pointer (&possible);
  g_set_error_literal (
      error, REG_STORE_ERROR, REG_STORE_ERROR_NOT_POSSIBLE,
      why != NULL
          ? why
          : _ ("Only a change of a session that was not accepted can be given another session."));
  return NULL;
}

/**
 * reg_store_choose_session:
 * @self: a store
 * @ids: (array length=n): changes
 * @n: how many
 * @session_id: another session of their course
 * @actor_id: who chooses
 * @actor_role: their role
 * @now: unix seconds
 * @n_done: (out): how many wait again
 * @error: return location
 *
 * Replaces the session that changes ask for, where the LMS did not accept them.
 */
gboolean
reg_store_choose_session (RegStore *self,
                          const gint64 *ids,
                          gsize n,
                          gint64 session_id,
                          gint64 actor_id,
                          RegRole actor_role,
                          gint64 now,
                          gint64 *n_done,
                          GError **error)
{
  g_autoptr (GPtrArray) rows = reg_store_get_change_rows (self, ids, n, error);
  g_autoptr (RegParams) params = reg_params_new ();
  g_autoptr (GArray) possible = NULL;
  g_autofree char *text = NULL;
  const RegReviewRequest request = { .operation = reg_operation_find (CHANGE_SESSION),
                                     .params = params,
                                     .actor_id = actor_id,
                                     .actor_role = actor_role,
                                     .now = now };

  *n_done = 0;
  if (rows == NULL)
    return FALSE;
  reg_params_set_int64 (params, "session_id", session_id);
  possible = find_possible (self, rows, &request, error);
  if (possible == NULL)
    return FALSE;
  text = reg_params_to_text (params);
  return reg_store_for_changes (self, (const gint64 *)(void *)possible->data, possible->len,
                                choose_session, text, _ ("That change was settled meanwhile."),
                                n_done, error);
}
