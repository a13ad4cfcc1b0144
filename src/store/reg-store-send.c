/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Changes on their way to the LMS, and its answers. */
#define G_LOG_DOMAIN "reg-store"

#include "store/reg-store-outbox.h"

#include "store/reg-store-private.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

/* No back-off is longer than this, so a later time means that the clock was moved back. */
#define MAX_DELAY "86400"

/* As the text of parameters has it, up to the number. */
#define MANAGER "''manager_id'': ''"

/* The first change of its target that is not settled. What was rejected or is a conflict holds up
 * the same target alone; what waits also keeps the order between a person's account and that
 * person's enrollments: somebody restored and then enrolled must be restored first. Of a person who
 * was made here nothing but the adding goes, until the LMS has answered it; and nobody gets a
 * manager who was made here before that. Restoring somebody overtakes what was rejected because
 * they are archived (K-08). What a person paused stays where it is. */
#define SENDABLE                                                                                   \
  " FROM change AS c INDEXED BY change_queue CROSS JOIN batch AS b ON b.id = c.batch_id "          \
  "WHERE c." REG_SQL_OPEN " AND c.state = 0 "                                                      \
  "AND (c.user_id >= 0 OR coalesce(c.operation, b.operation) = 'add-user') AND NOT EXISTS ("       \
  "SELECT 1 FROM change AS e INDEXED BY change_target WHERE e." REG_SQL_OPEN                       \
  " AND e.user_id = c.user_id AND e.id < c.id AND (e.course_id = c.course_id "                     \
  "OR ((e.course_id = 0 OR c.course_id = 0) AND e.state < 3)) "                                    \
  "AND NOT (e.state = 4 AND coalesce(c.operation, b.operation) = 'restore')) "                     \
  "AND (c.course_id <> 0 OR coalesce(c.params, b.params, '') NOT LIKE '%" MANAGER "-%' OR NOT "    \
  "EXISTS (SELECT 1 FROM change AS m INDEXED BY change_target WHERE m." REG_SQL_OPEN               \
  " AND m.course_id = 0 AND m.user_id = CAST(substr(coalesce(c.params, b.params), "                \
  "instr(coalesce(c.params, b.params), '" MANAGER "') + length('" MANAGER "')) AS INTEGER))) "     \
  "AND c.batch_id NOT IN (SELECT CAST(substr(key, 14) AS INTEGER) FROM setting "                   \
  "WHERE key > 'batch-paused:' AND key < 'batch-paused;')"

static void
change_free (gpointer data)
{
  reg_change_free (data);
}

static gpointer
read_change (sqlite3_stmt *stmt)
{
  return reg_store_read_change (stmt);
}

/* Targets for which more than one change waits. */
static GArray *
list_doubles (RegStore *self, GError **error)
{
  g_autoptr (GArray) targets = g_array_new (FALSE, FALSE, sizeof (RegStepTarget));
  RegStoreDb *db = &self->reader;
  sqlite3_stmt *stmt;
  gboolean row = TRUE;

  reg_store_db_lock (db);
  stmt = reg_store_db_prepare (db,
                               "SELECT user_id, course_id FROM change INDEXED BY change_target "
                               "WHERE " REG_SQL_OPEN
                               " GROUP BY user_id, course_id HAVING count(*) > 1",
                               error);
  while (stmt != NULL && reg_store_db_step (db, stmt, &row, error) && row)
    {
      RegStepTarget target = { .user_id = sqlite3_column_int64 (stmt, 0),
                               .course_id = sqlite3_column_int64 (stmt, 1) };

      g_array_append_val (targets, target);
    }
  reg_store_db_unlock (db);
  return row ? NULL : g_steal_pointer (&targets);
}

/**
 * reg_store_drop_cancelled_out:
 * @self: a store
 * @n_dropped: (out): how many changes
 * @error: return location
 *
 * For the start of a run: changes of one target that cancel each other out, a due date set and set
 * back or somebody assigned and unassigned again, need not be sent (K-14). Until then each can be
 * undone for itself.
 */
gboolean
reg_store_drop_cancelled_out (RegStore *self, gint64 *n_dropped, GError **error)
{
  g_autoptr (GArray) targets = list_doubles (self, error);
  RegStoreTransaction transaction;

  *n_dropped = 0;
  if (targets == NULL)
    return FALSE;
  if (targets->len == 0)
    return TRUE;
  if (!reg_store_transaction_begin (&transaction, self, REG_STORE_DURABLE, error))
    return FALSE;
  for (guint i = 0; i < targets->len; i++)
    {
      const RegStepTarget *target = &g_array_index (targets, RegStepTarget, i);

      if (!reg_store_drop_if_cancelled_out (&transaction, target->user_id, target->course_id,
                                            n_dropped, error))
        {
          reg_store_transaction_rollback (&transaction);
          return FALSE;
        }
    }
  return reg_store_transaction_commit (&transaction, error);
}

static gboolean
mark_sending (RegStoreTransaction *transaction, RegChange *change, GError **error)
{
  sqlite3_stmt *stmt = reg_store_db_prepare (
      transaction->db, "UPDATE change SET state = 1, attempts = attempts + 1 WHERE id = ?1", error);

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, change->id);
  if (!reg_store_db_run (transaction->db, stmt, error))
    return FALSE;
  reg_store_transaction_count (transaction, change->batch_id, REG_CHANGE_PENDING,
                               REG_CHANGE_SENDING);
  change->state = REG_CHANGE_SENDING;
  change->attempts++;
  return TRUE;
}

/* Somebody who was made here has another id by now. One whose adding was taken back is nobody's
 * manager: what else the change says goes on without. *gone: it said nothing else. */
static gboolean
resolve_manager (RegStoreTransaction *transaction,
                 RegChange *change,
                 gboolean *gone,
                 GError **error)
{
  g_autoptr (RegParams) params = NULL;
  gint64 manager = change->params != NULL ? reg_params_get_int64 (change->params, "manager_id") : 0;

  *gone = FALSE;
  if (manager >= 0)
    return TRUE;
  if (!reg_store_resolve_user (transaction, &manager, error))
    return FALSE;
  params = reg_params_copy (change->params);
  reg_params_set (params, "manager_id", NULL);
  if (manager > 0)
    reg_params_set_int64 (params, "manager_id", manager);
  *gone = reg_params_get_size (params) == 0;
  if (*gone)
    return reg_store_set_change_state (transaction, change->id, change->batch_id, change->state,
                                       REG_CHANGE_UNDONE, NULL,
                                       _ ("The manager was not added after all."), NULL, error)
           && reg_store_rebase (transaction, change->user_id, 0, NULL, error);
  reg_params_free (change->params);
  change->params = g_steal_pointer (&params);
  return reg_store_set_change_params (transaction, change->id, change->params, error);
}

/* Takes what is sendable out of what was found. */
static gboolean
take_each (RegStoreTransaction *transaction, GPtrArray *changes, GError **error)
{
  for (guint i = 0; i < changes->len;)
    {
      RegChange *change = g_ptr_array_index (changes, i);
      gboolean gone;

      if (!resolve_manager (transaction, change, &gone, error))
        return FALSE;
      if (gone)
        g_ptr_array_remove_index (changes, i);
      else if (!mark_sending (transaction, change, error))
        return FALSE;
      else
        i++;
    }
  return TRUE;
}

static GPtrArray *
take_within (RegStoreTransaction *transaction, gsize limit, gint64 now, GError **error)
{
  g_autoptr (GPtrArray) changes =
      reg_store_db_list (transaction->db,
                         "SELECT " REG_SQL_CHANGE SENDABLE
                         " AND (c.not_before <= ?1 OR c.not_before > ?1 + " MAX_DELAY ") "
                         "ORDER BY c.not_before, c.id LIMIT ?2",
                         REG_NUMBERS (now, (gint64)limit), read_change, change_free, error);

  if (changes == NULL || !take_each (transaction, changes, error))
    return NULL;
  return g_steal_pointer (&changes);
}

/**
 * reg_store_take_changes:
 * @self: a store
 * @limit: how many at most
 * @now: unix seconds
 * @error: return location
 *
 * Takes the changes to send next, at most one of a target, and marks them as being sent: that is on
 * the disk when this returns, so that a lost answer can be asked for.
 *
 * Returns: (transfer full) (element-type RegChange) (nullable): the changes, or %NULL on error
 */
GPtrArray *
reg_store_take_changes (RegStore *self, gsize limit, gint64 now, GError **error)
{
  RegStoreTransaction transaction;
  g_autoptr (GPtrArray) changes = NULL;

  if (!reg_store_transaction_begin (&transaction, self, REG_STORE_DURABLE, error))
    return NULL;
  changes = take_within (&transaction, limit, now, error);
  if (changes == NULL)
    {
      reg_store_transaction_rollback (&transaction);
      return NULL;
    }
  if (!reg_store_transaction_commit (&transaction, error))
    return NULL;
  return g_steal_pointer (&changes);
}

/**
 * reg_store_list_unknown:
 * @self: a store
 * @limit: how many at most
 * @error: return location
 *
 * Changes that were sent and never answered, in order.
 *
 * Returns: (transfer full) (element-type RegChange) (nullable): the changes, or %NULL on error
 */
GPtrArray *
reg_store_list_unknown (RegStore *self, gsize limit, GError **error)
{
  return reg_store_reader_list (self,
                                "SELECT " REG_SQL_CHANGE
                                " FROM change AS c INDEXED BY change_queue "
                                "CROSS JOIN batch AS b ON b.id = c.batch_id WHERE c." REG_SQL_OPEN
                                " AND c.state = 2 ORDER BY c.id LIMIT ?1",
                                REG_NUMBERS ((gint64)limit), read_change, change_free, error);
}

static gboolean
interrupt_within (RegStoreTransaction *transaction, GError **error)
{
  RegStoreDb *db = transaction->db;
  sqlite3_stmt *stmt = reg_store_db_prepare (
      db,
      "SELECT batch_id, count(*) FROM change INDEXED BY change_queue WHERE " REG_SQL_OPEN
      " AND state = 1 GROUP BY batch_id",
      error);
  gboolean row;

  if (stmt == NULL)
    return FALSE;
  while (reg_store_db_step (db, stmt, &row, error) && row)
    for (gint64 n = sqlite3_column_int64 (stmt, 1); n > 0; n--)
      reg_store_transaction_count (transaction, sqlite3_column_int64 (stmt, 0), REG_CHANGE_SENDING,
                                   REG_CHANGE_UNKNOWN);
  if (row)
    return FALSE;
  stmt = reg_store_db_prepare (
      db, "UPDATE change SET state = 2 WHERE " REG_SQL_OPEN " AND state = 1", error);
  return stmt != NULL && reg_store_db_run (db, stmt, error);
}

/**
 * reg_store_mark_interrupted:
 * @self: a store
 * @error: return location
 *
 * For the start of a run: what an earlier one was sending when it ended has an unknown outcome.
 */
gboolean
reg_store_mark_interrupted (RegStore *self, GError **error)
{
  RegStoreTransaction transaction;

  if (!reg_store_transaction_begin (&transaction, self, REG_STORE_DURABLE, error))
    return FALSE;
  if (interrupt_within (&transaction, error))
    return reg_store_transaction_commit (&transaction, error);
  reg_store_transaction_rollback (&transaction);
  return FALSE;
}

/**
 * reg_store_get_next_attempt:
 * @self: a store
 * @now: unix seconds
 * @when: (out): when there is something to send or to ask for; 0 for nothing
 * @error: return location
 *
 * Changes that are held up by others do not count.
 */
gboolean
reg_store_get_next_attempt (RegStore *self, gint64 now, gint64 *when, GError **error)
{
  *when = 0;
  return reg_store_reader_get_int64 (
      self,
      "SELECT min(at) FROM ("
      "SELECT * FROM (SELECT CASE WHEN c.not_before <= ?1 OR c.not_before > ?1 + " MAX_DELAY
      " THEN ?1 ELSE c.not_before END AS at" SENDABLE " ORDER BY c.not_before, c.id LIMIT 1) "
      "UNION ALL SELECT CASE WHEN not_before <= ?1 OR not_before > ?1 + " MAX_DELAY
      " THEN ?1 ELSE not_before END FROM change INDEXED BY change_queue WHERE " REG_SQL_OPEN
      " AND state = 2)",
      REG_NUMBERS (now), when, error);
}

/**
 * reg_outcome_new:
 * @change_id: the change it answers
 * @kind: what became of it
 *
 * Returns: (transfer full): an outcome that says no more
 */
RegOutcome *
reg_outcome_new (gint64 change_id, RegOutcomeKind kind)
{
  RegOutcome *self = g_new0 (RegOutcome, 1);

  self->change_id = change_id;
  self->kind = kind;
  return self;
}

void
reg_outcome_free (RegOutcome *self)
{
  g_free (self->code);
  g_free (self->sentence);
  g_clear_pointer (&self->server, reg_params_free);
  g_clear_pointer (&self->user, reg_user_free);
  g_clear_pointer (&self->enrollment, reg_enrollment_free);
  g_clear_pointer (&self->course, reg_course_free);
  g_free (self);
}

static gboolean
set_outcome (RegStoreTransaction *transaction,
             const RegStoreChange *change,
             const RegOutcome *outcome,
             GError **error)
{
  const char *code = outcome->code;
  const char *sentence = outcome->sentence;
  RegChangeState to = REG_CHANGE_DONE;

  switch (outcome->kind)
    {
    case REG_OUTCOME_APPLIED:
      /* A change that is done without a code is one the LMS did for us. */
      code = sentence = NULL;
      break;
    case REG_OUTCOME_SKIPPED:
      if (code == NULL)
        code = reg_reason_to_code (REG_REASON_NOTHING_TO_DO);
      break;
    case REG_OUTCOME_REJECTED:
      to = REG_CHANGE_REJECTED;
      if (code == NULL)
        code = reg_reason_to_code (REG_REASON_SERVER_REFUSED);
      break;
    case REG_OUTCOME_CONFLICT:
      to = REG_CHANGE_CONFLICT;
      if (code == NULL)
        code = reg_reason_to_code (REG_REASON_FIELD_CHANGED);
      break;
    case REG_OUTCOME_UNKNOWN:
      to = REG_CHANGE_PENDING;
      code = sentence = NULL;
      break;
    }
  return reg_store_set_change_state (transaction, change->id, change->batch_id, change->state, to,
                                     code, sentence, outcome->server, error);
}

/* Until the next pull brings the pool's own row. */
static gboolean
draw_from_pool (RegStoreTransaction *transaction, const RegStoreChange *change, GError **error)
{
  sqlite3_stmt *stmt;

  if (change->pool_delta == 0)
    return TRUE;
  stmt = reg_store_db_prepare (transaction->db,
                               "UPDATE pool SET available = available + ?2 WHERE id = "
                               "(SELECT pool_id FROM course WHERE id = ?1)",
                               error);
  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, change->course_id);
  sqlite3_bind_int64 (stmt, 2, change->pool_delta);
  transaction->event.courses = TRUE;
  return reg_store_db_run (transaction->db, stmt, error);
}

static gboolean
has_own_row (const RegStoreChange *change, const RegOutcome *outcome)
{
  switch (reg_target_from_ids (change->user_id, change->course_id))
    {
    case REG_TARGET_USER:
      return outcome->user != NULL;
    case REG_TARGET_ENROLLMENT:
      return outcome->enrollment != NULL;
    case REG_TARGET_COURSE:
      return outcome->course != NULL;
    case REG_TARGET_PRESET:
      return FALSE;
    }
  g_return_val_if_reached (FALSE);
}

static gboolean
put_rows (RegStoreTransaction *transaction,
          const RegStoreChange *change,
          const RegOutcome *outcome,
          GError **error)
{
  gboolean has_row = has_own_row (change, outcome);

  if (change->user_id < 0 && outcome->user != NULL)
    return reg_store_rekey_user (transaction, change->user_id, outcome->user, error);
  if (change->user_id < 0 && outcome->kind <= REG_OUTCOME_SKIPPED)
    {
      g_set_error_literal (error, REG_STORE_ERROR, REG_STORE_ERROR_FAILED,
                           _ ("The LMS added a user without saying which id they have."));
      return FALSE;
    }
  if (outcome->kind == REG_OUTCOME_APPLIED && !has_row
      && !reg_store_apply_to_base (transaction, change, error))
    return FALSE;
  if (outcome->user != NULL && !reg_store_put_server_user (transaction, outcome->user, error))
    return FALSE;
  if (outcome->enrollment != NULL
      && !reg_store_put_server_enrollment (transaction, outcome->enrollment, error))
    return FALSE;
  if (outcome->course != NULL && !reg_store_put_server_course (transaction, outcome->course, error))
    return FALSE;
  return reg_store_rebase (transaction, change->user_id, change->course_id, NULL, error);
}

/* The same, where the LMS's answer moved a seat. */
static gboolean
put_rows_and_seat (RegStoreTransaction *transaction,
                   const RegStoreChange *change,
                   const RegOutcome *outcome,
                   GError **error)
{
  const RegCourse *course = NULL;
  gint64 before = 0, after = 0;

  if (change->course_id != 0
      && !reg_store_transaction_get_course (transaction, change->course_id, &course, error))
    return FALSE;
  if (course == NULL || course->kind != REG_COURSE_ILT)
    return put_rows (transaction, change, outcome, error);
  return reg_store_get_server_seat (transaction, change->user_id, change->course_id, &before, error)
         && put_rows (transaction, change, outcome, error)
         && reg_store_get_server_seat (transaction, change->user_id, change->course_id, &after,
                                       error)
         && reg_store_move_server_seat (transaction, before, after, error);
}

static gboolean
is_answerable (RegChangeState state)
{
  return state == REG_CHANGE_SENDING || state == REG_CHANGE_UNKNOWN;
}

static gboolean
put_outcome (RegStoreTransaction *transaction, const RegOutcome *outcome, GError **error)
{
  RegStoreChange change;
  gboolean found, done;

  if (!reg_store_load_change (transaction, outcome->change_id, &change, &found, error))
    return FALSE;
  if (!found)
    {
      g_set_error (error, REG_STORE_ERROR, REG_STORE_ERROR_NOT_FOUND,
                   _ ("There is no change %" PRIi64 " in Pending Changes."), outcome->change_id);
      return FALSE;
    }
  done = TRUE;
  /* An answer that came twice says nothing new of the change, but its rows are the LMS's. */
  if (is_answerable (change.state))
    done =
        (outcome->kind != REG_OUTCOME_APPLIED
         || reg_store_keep_removed (transaction, &change, error))
        && set_outcome (transaction, &change, outcome, error)
        && (outcome->kind != REG_OUTCOME_APPLIED || draw_from_pool (transaction, &change, error));
  if (done
      && (is_answerable (change.state) || outcome->user != NULL || outcome->enrollment != NULL
          || outcome->course != NULL))
    done = put_rows_and_seat (transaction, &change, outcome, error);
  reg_store_change_clear (&change);
  return done;
}

/**
 * reg_store_put_outcomes:
 * @self: a store
 * @outcomes: (element-type RegOutcome): what the LMS answered
 * @error: return location
 *
 * Writes states and server truth and rebases what still waits, in one transaction that is on the
 * disk when this returns.
 */
gboolean
reg_store_put_outcomes (RegStore *self, GPtrArray *outcomes, GError **error)
{
  RegStoreTransaction transaction;

  if (!reg_store_transaction_begin (&transaction, self, REG_STORE_DURABLE, error))
    return FALSE;
  for (guint i = 0; i < outcomes->len; i++)
    if (!put_outcome (&transaction, g_ptr_array_index (outcomes, i), error))
      {
        reg_store_transaction_rollback (&transaction);
        return FALSE;
      }
  return reg_store_transaction_commit (&transaction, error);
}

typedef struct
{
  RegChangeState to;
  gint64 not_before;
} Postponed;

static gboolean
postpone_change (RegStoreTransaction *transaction,
                 const RegStoreChange *change,
                 const Postponed *postponed,
                 GError **error)
{
  sqlite3_stmt *stmt;

  if (!is_answerable (change->state))
    return TRUE;
  if (!reg_store_set_change_state (transaction, change->id, change->batch_id, change->state,
                                   postponed->to, NULL, NULL, NULL, error))
    return FALSE;
  stmt = reg_store_db_prepare (transaction->db, "UPDATE change SET not_before = ?2 WHERE id = ?1",
                               error);
  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, change->id);
  sqlite3_bind_int64 (stmt, 2, postponed->not_before);
  return reg_store_db_run (transaction->db, stmt, error);
}

static gboolean
postpone_cb (RegStoreTransaction *transaction,
             const RegStoreChange *change,
             gpointer data,
             gboolean *done,
             GError **error)
{
  *done = TRUE;
  return postpone_change (transaction, change, data, error);
}

/**
 * reg_store_put_postponed:
 * @self: a store
 * @change_ids: (array length=n): changes that were being sent
 * @n: how many
 * @unknown: whether the LMS may have them: they are asked for before they are sent again
 * @not_before: unix seconds of the next attempt
 * @error: return location
 */
gboolean
reg_store_put_postponed (RegStore *self,
                         const gint64 *change_ids,
                         gsize n,
                         gboolean unknown,
                         gint64 not_before,
                         GError **error)
{
  Postponed postponed = { unknown ? REG_CHANGE_UNKNOWN : REG_CHANGE_PENDING, not_before };

  return reg_store_for_changes (self, change_ids, n, postpone_cb, &postponed, "", NULL, error);
}
