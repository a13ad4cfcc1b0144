/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Effective row = base + waiting changes, in order. */
#define G_LOG_DOMAIN "reg-store"

#include "store/reg-store-private.h"

typedef struct
{
  gint64 id;
  gint64 batch_id;
  RegChangeState state;
  char *params;
  char *base;
  char *server;
  char *operation;
  gint64 created_at;
  int attempts;
} OpenChange;

/* A target while it is made anew. user: for a change of an enrollment, a stand-in that is active:
 * whether the person may be enrolled is the LMS's to say when the change arrives there, and an
 * enrollment must not depend on the order in which rows came in. */
typedef struct
{
  gint64 user_id;
  gint64 course_id;
  gboolean has_base;
  gboolean base_present;
  RegUser *user;
  RegEnrollment enrollment;
  const RegCourse *course;
  RegCourse *edited_course; /* for a change of a course */
  RegLicensePool *pool;     /* (nullable): once a subscription was looked at */
  gboolean parked;          /* a rejected or conflicting change came before */
  guint n_applied;
  guint n_waiting;
  gint64 n_conflicts;
} Rebase;

static void
open_change_clear (gpointer data)
{
  OpenChange *change = data;

  g_free (change->params);
  g_free (change->base);
  g_free (change->server);
  g_free (change->operation);
}

/* REG_CHANGE_PENDING, _SENDING and _UNKNOWN. */
static gboolean
is_waiting (RegChangeState state)
{
  return state <= REG_CHANGE_UNKNOWN;
}

static GArray *
list_open (RegStoreTransaction *self, gint64 user_id, gint64 course_id, GError **error)
{
  g_autoptr (GArray) list = g_array_new (FALSE, FALSE, sizeof (OpenChange));
  sqlite3_stmt *stmt = reg_store_db_prepare (self->db,
                                             "SELECT id, batch_id, state, params, base, "
                                             "created_at, attempts, operation, server FROM change "
                                             "INDEXED BY change_target WHERE " REG_SQL_OPEN
                                             " AND user_id = ?1 AND course_id = ?2 ORDER BY id",
                                             error);
  gboolean row = TRUE;

  if (stmt == NULL)
    return NULL;
  g_array_set_clear_func (list, open_change_clear);
  sqlite3_bind_int64 (stmt, 1, user_id);
  sqlite3_bind_int64 (stmt, 2, course_id);
  while (reg_store_db_step (self->db, stmt, &row, error) && row)
    {
      OpenChange change = { .id = sqlite3_column_int64 (stmt, 0),
                            .batch_id = sqlite3_column_int64 (stmt, 1),
                            .state = (RegChangeState)sqlite3_column_int (stmt, 2),
                            .params = reg_store_column_dup (stmt, 3),
                            .base = reg_store_column_dup (stmt, 4),
                            .created_at = sqlite3_column_int64 (stmt, 5),
                            .attempts = sqlite3_column_int (stmt, 6),
                            .operation = reg_store_column_dup (stmt, 7),
                            .server = reg_store_column_dup (stmt, 8) };

      g_array_append_val (list, change);
    }
  return row ? NULL : g_steal_pointer (&list);
}

static gboolean
read_person_base (RegStoreTransaction *self, Rebase *rebase, GError **error)
{
  gboolean is_user = rebase->course_id == 0;
  sqlite3_stmt *stmt = reg_store_db_prepare (
      self->db,
      is_user ? "SELECT present, " REG_SQL_USER " FROM user_base WHERE id = ?1"
              : "SELECT present, " REG_SQL_ENROLLMENT " FROM enrollment_base WHERE id = ?1",
      error);

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (
      stmt, 1, is_user ? rebase->user_id : reg_enrollment_id (rebase->user_id, rebase->course_id));
  if (!reg_store_db_step (self->db, stmt, &rebase->has_base, error))
    return FALSE;
  if (!rebase->has_base)
    return TRUE;
  rebase->base_present = sqlite3_column_int (stmt, 0) != 0;
  if (is_user)
    {
      rebase->user = g_new0 (RegUser, 1);
      reg_store_read_user (stmt, 1, rebase->user);
    }
  else
    {
      rebase->user = reg_user_new ();
      rebase->user->id = rebase->user_id;
      rebase->user->state = REG_USER_STATE_ACTIVE;
      reg_store_read_enrollment (stmt, 1, &rebase->enrollment);
      rebase->enrollment.present = rebase->base_present;
    }
  sqlite3_reset (stmt);
  return is_user
         || reg_store_transaction_get_course (self, rebase->course_id, &rebase->course, error);
}

static gboolean
read_base (RegStoreTransaction *self, Rebase *rebase, GError **error)
{
  if (reg_target_from_ids (rebase->user_id, rebase->course_id) != REG_TARGET_COURSE)
    return read_person_base (self, rebase, error);
  if (!reg_store_load_course_base (self, rebase->course_id, &rebase->edited_course,
                                   &rebase->has_base, error))
    return FALSE;
  rebase->base_present = rebase->edited_course != NULL;
  rebase->course = rebase->edited_course;
  return TRUE;
}

/* Frees what read_base () has read. */
static void
rebase_clear (Rebase *rebase)
{
  g_clear_pointer (&rebase->user, reg_user_free);
  g_clear_pointer (&rebase->edited_course, reg_course_free);
  g_clear_pointer (&rebase->pool, reg_license_pool_free);
}

/* K-01 and K-03, for a change that was not sent yet. *settled: it does not wait any more. */
static gboolean
compare (RegStoreTransaction *self,
         Rebase *rebase,
         const OpenChange *change,
         const RegOperation *operation,
         const RegSubject *subject,
         const RegParams *params,
         gboolean *settled,
         GError **error)
{
  g_autoptr (RegParams) base = reg_store_parse_params (change->base);
  g_autoptr (RegParams) server = NULL;
  g_autofree char *sentence = NULL;
  RegReason reason = reg_operation_compare_base (operation, subject, params, base, &server);

  *settled = reason == REG_REASON_FIELD_CHANGED
             || (reason == REG_REASON_NOTHING_TO_DO && rebase->n_applied == 0);
  if (!*settled)
    return TRUE;
  sentence = reg_reason_dup_sentence (reason, NULL, NULL);
  rebase->n_waiting--;
  if (reason == REG_REASON_NOTHING_TO_DO)
    return reg_store_set_change_state (self, change->id, change->batch_id, change->state,
                                       REG_CHANGE_DONE, reg_reason_to_code (reason), sentence, NULL,
                                       error);
  rebase->parked = TRUE;
  rebase->n_conflicts++;
  return reg_store_set_change_state (self, change->id, change->batch_id, change->state,
                                     REG_CHANGE_CONFLICT, reg_reason_to_code (reason), sentence,
                                     server, error);
}

/* The subscription an enrollment is of. What it takes was counted when the change was made. */
static gboolean
load_pool (RegStoreTransaction *self, Rebase *rebase, GError **error)
{
  sqlite3_stmt *stmt =
      reg_store_db_prepare (self->db, "SELECT " REG_SQL_POOL " FROM pool WHERE id = ?1", error);
  gboolean row;

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, rebase->course->pool_id);
  if (!reg_store_db_step (self->db, stmt, &row, error))
    return FALSE;
  if (!row)
    return TRUE;
  rebase->pool = g_new0 (RegLicensePool, 1);
  reg_store_read_pool (stmt, 0, rebase->pool);
  sqlite3_reset (stmt);
  rebase->pool->available = G_MAXINT;
  return TRUE;
}

static gboolean
set_server (RegStoreTransaction *self, gint64 change_id, const RegParams *server, GError **error)
{
  g_autofree char *text = reg_params_to_text (server);
  sqlite3_stmt *stmt = reg_store_db_prepare (
      self->db, "UPDATE change SET server = ?2 WHERE id = ?1 AND server IS NOT ?2", error);

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, change_id);
  sqlite3_bind_text (stmt, 2, text, -1, SQLITE_TRANSIENT);
  if (!reg_store_db_run (self->db, stmt, error))
    return FALSE;
  self->event.outbox |= sqlite3_changes (self->db->handle) > 0;
  return TRUE;
}

/* What a conflict says that the LMS has, where the operation is not on fields. */
static RegParams *
dup_server_now (const RegParams *server, const RegEnrollment *enrollment)
{
  const struct
  {
    const char *key;
    gint64 value;
  } numbers[] = { { "attempt", enrollment->attempt },
                  { "certificate_at", enrollment->certificate_at },
                  { "completed_at", enrollment->completed_at },
                  { "progress", enrollment->progress } };
  RegParams *now = reg_params_copy (server);

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    if (reg_params_get (server, numbers[i].key) != NULL)
      reg_params_set_int64 (now, numbers[i].key, numbers[i].value);
  if (reg_params_get (server, "due_date") != NULL)
    reg_params_set (now, "due_date", enrollment->due_date);
  return now;
}

/* A conflict is between a change and what the LMS has now, not what it had once: what is shown of
 * it follows, and one that is none any more is settled (K-01), or waits again. */
static gboolean
look_again (RegStoreTransaction *self, Rebase *rebase, const OpenChange *change, GError **error)
{
  const RegStoreBatchInfo *info = reg_store_transaction_get_batch (self, change->batch_id, error);
  const RegOperation *operation;
  g_autoptr (RegParams) own = reg_store_parse_params (change->params);
  g_autoptr (RegParams) base = reg_store_parse_params (change->base);
  g_autoptr (RegParams) server = reg_store_parse_params (change->server);
  g_autoptr (RegParams) now = NULL;
  const RegSubject subject = { .user = rebase->user,
                               .course = rebase->course,
                               .enrollment = rebase->course_id != 0 ? &rebase->enrollment : NULL };
  g_autofree char *sentence = NULL;
  RegReason reason;

  if (info == NULL)
    return FALSE;
  operation = reg_store_get_operation (info, change->operation);
  if (operation == NULL || server == NULL)
    return TRUE;
  if (operation->fields == REG_FIELDS_NONE)
    {
      if (operation->target != REG_TARGET_ENROLLMENT)
        return TRUE;
      now = dup_server_now (server, &rebase->enrollment);
      return set_server (self, change->id, now, error);
    }
  reason = reg_operation_compare_base (operation, &subject, own != NULL ? own : info->params, base,
                                       &now);
  if (reason == REG_REASON_FIELD_CHANGED)
    return set_server (self, change->id, now, error);
  if (reason == REG_REASON_NOTHING_TO_DO)
    {
      sentence = reg_reason_dup_sentence (reason, NULL, NULL);
      return reg_store_set_change_state (self, change->id, change->batch_id, change->state,
                                         REG_CHANGE_DONE, reg_reason_to_code (reason), sentence,
                                         NULL, error);
    }
  return reg_store_renew_change (self, change->id, change->base, error)
         && reg_store_set_change_state (self, change->id, change->batch_id, change->state,
                                        REG_CHANGE_PENDING, NULL, NULL, NULL, error);
}

static gboolean
apply_one (RegStoreTransaction *self, Rebase *rebase, const OpenChange *change, GError **error)
{
  const RegStoreBatchInfo *info = reg_store_transaction_get_batch (self, change->batch_id, error);
  const RegOperation *operation;
  g_autoptr (RegParams) own = NULL;
  const RegParams *params;
  RegSubject subject;
  gboolean settled = FALSE;

  if (info == NULL)
    return FALSE;
  operation = reg_store_get_operation (info, change->operation);
  if (operation == NULL || (rebase->course_id != 0 && rebase->course == NULL))
    return TRUE;
  own = reg_store_parse_params (change->params);
  params = own != NULL ? own : info->params;
  if (rebase->course != NULL && rebase->pool == NULL && operation->is_final != NULL
      && operation->is_final (params) && !load_pool (self, rebase, error))
    return FALSE;
  subject = (RegSubject){ .user = rebase->user,
                          .course = rebase->course,
                          .edited_course = rebase->edited_course,
                          .pool = rebase->pool,
                          .enrollment = rebase->course_id != 0 ? &rebase->enrollment : NULL,
                          .actor_id = info->actor_id,
                          /* who may do it was looked at when it was staged */
                          .actor_role = REG_ROLE_PRIMARY_ADMIN,
                          .now = change->created_at };
  if (change->state == REG_CHANGE_PENDING && !rebase->parked && rebase->base_present
      && operation->fields != REG_FIELDS_NONE
      && !compare (self, rebase, change, operation, &subject, params, &settled, error))
    return FALSE;
  /* One that is not possible on the new row is not shown; the LMS will say why. */
  if (settled || reg_operation_check (operation, &subject, params, NULL) != REG_REASON_NONE)
    return TRUE;
  reg_operation_apply (operation, &subject, params);
  rebase->n_applied++;
  return TRUE;
}

static gboolean
delete_row (RegStoreTransaction *self, const char *sql, gint64 id, GError **error)
{
  sqlite3_stmt *stmt = reg_store_db_prepare (self->db, sql, error);

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, id);
  return reg_store_db_run (self->db, stmt, error);
}

/* A user the LMS no longer shows stays in the list while a change of theirs is open. */
static gboolean
write_user (RegStoreTransaction *self, const Rebase *rebase, guint n_open, GError **error)
{
  gboolean keep_base = rebase->n_waiting > 0 || (!rebase->base_present && n_open > 0);
  /* After a salvage, as long as the pull has not brought the user. */
  gboolean stand_in = rebase->user_id > 0 && !rebase->base_present && rebase->user->revision == 0
                      && *rebase->user->email == '\0';

  if ((keep_base || rebase->base_present) && !stand_in)
    {
      if (!reg_store_write_user (self, rebase->user, NULL, error))
        return FALSE;
    }
  else if (!stand_in)
    {
      reg_store_transaction_add_user (self, rebase->user_id);
      if (!delete_row (self, "DELETE FROM user WHERE id = ?1", rebase->user_id, error))
        return FALSE;
    }
  return keep_base
         || delete_row (self, "DELETE FROM user_base WHERE id = ?1", rebase->user_id, error);
}

static gboolean
write_course (RegStoreTransaction *self, const Rebase *rebase, GError **error)
{
  return (rebase->edited_course == NULL
          || reg_store_write_course (self, rebase->edited_course, error))
         && (rebase->n_waiting > 0
             || delete_row (self, "DELETE FROM course_base WHERE id = ?1", rebase->course_id,
                            error));
}

static gboolean
write_enrollment (RegStoreTransaction *self, const Rebase *rebase, GError **error)
{
  return reg_store_write_enrollment (self, &rebase->enrollment, error)
         && (rebase->n_waiting > 0
             || delete_row (self, "DELETE FROM enrollment_base WHERE id = ?1",
                            reg_enrollment_id (rebase->user_id, rebase->course_id), error));
}

static gboolean
write_target (RegStoreTransaction *self, const Rebase *rebase, guint n_open, GError **error)
{
  switch (reg_target_from_ids (rebase->user_id, rebase->course_id))
    {
    case REG_TARGET_USER:
      return write_user (self, rebase, n_open, error);
    case REG_TARGET_ENROLLMENT:
      return write_enrollment (self, rebase, error);
    case REG_TARGET_COURSE:
      return write_course (self, rebase, error);
    case REG_TARGET_PRESET:
      return TRUE;
    }
  g_return_val_if_reached (FALSE);
}

/* The commonest end of a rebase, after an undo of a hundred thousand: no change is left and the
 * texts are the LMS's. *restored FALSE: it was not so simple. */
static gboolean
restore_user (RegStoreTransaction *self, gint64 id, gboolean *restored, GError **error)
{
  sqlite3_stmt *stmt = reg_store_db_prepare (
      self->db,
      "UPDATE user SET (revision, role, state, location_id, manager_id, labels, approved_at, "
      "notified_at, archived_at) = (SELECT revision, role, state, location_id, manager_id, labels, "
      "approved_at, notified_at, archived_at FROM user_base WHERE id = ?1) WHERE id = ?1 "
      "AND EXISTS (SELECT 1 FROM user_base AS b WHERE b.id = ?1 AND b.present "
      "AND b.email = user.email AND b.employee_id = user.employee_id "
      "AND b.given_name = user.given_name AND b.family_name = user.family_name)",
      error);

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, id);
  if (!reg_store_db_run (self->db, stmt, error))
    return FALSE;
  *restored = sqlite3_changes (self->db->handle) > 0;
  if (!*restored)
    return TRUE;
  reg_store_transaction_add_user (self, id);
  return delete_row (self, "DELETE FROM user_base WHERE id = ?1", id, error);
}

gboolean
reg_store_rebase (RegStoreTransaction *self,
                  gint64 user_id,
                  gint64 course_id,
                  gint64 *n_conflicts,
                  GError **error)
{
  Rebase rebase = { .user_id = user_id, .course_id = course_id };
  g_autoptr (GArray) open = NULL;
  gboolean done, restored = FALSE;

  if (reg_target_from_ids (user_id, course_id) == REG_TARGET_PRESET)
    return TRUE;
  open = list_open (self, user_id, course_id, error);
  if (open == NULL)
    return FALSE;
  if (course_id == 0 && open->len == 0 && !restore_user (self, user_id, &restored, error))
    return FALSE;
  if (restored)
    return TRUE;
  done = read_base (self, &rebase, error);
  for (guint i = 0; i < open->len; i++)
    rebase.n_waiting += is_waiting (g_array_index (open, OpenChange, i).state);
  for (guint i = 0; done && rebase.has_base && i < open->len; i++)
    {
      const OpenChange *change = &g_array_index (open, OpenChange, i);
      gboolean creates = FALSE;

      /* Somebody the LMS refused to add stays in the list, to be corrected. */
      if (!is_waiting (change->state))
        done = reg_store_creates_user (self, user_id, change->batch_id, change->operation, &creates,
                                       error);
      if (done && (is_waiting (change->state) || creates))
        done = apply_one (self, &rebase, change, error);
      else
        rebase.parked = TRUE;
    }
  if (done && rebase.has_base)
    done = write_target (self, &rebase, open->len, error);
  if (n_conflicts != NULL)
    *n_conflicts += rebase.n_conflicts;
  rebase_clear (&rebase);
  return done;
}

gboolean
reg_store_review_conflicts (RegStoreTransaction *self,
                            gint64 user_id,
                            gint64 course_id,
                            GError **error)
{
  Rebase rebase = { .user_id = user_id, .course_id = course_id };
  g_autoptr (GArray) open = list_open (self, user_id, course_id, error);
  gboolean done = open != NULL && read_base (self, &rebase, error);

  /* Behind a change that waits, what the LMS has is not what the conflict is with. */
  for (guint i = 0; done && rebase.base_present && i < open->len
                    && !is_waiting (g_array_index (open, OpenChange, i).state);
       i++)
    if (g_array_index (open, OpenChange, i).state == REG_CHANGE_CONFLICT)
      done = look_again (self, &rebase, &g_array_index (open, OpenChange, i), error);
  rebase_clear (&rebase);
  return done;
}

static gboolean
put_base (RegStoreTransaction *self, const Rebase *rebase, GError **error)
{
  switch (reg_target_from_ids (rebase->user_id, rebase->course_id))
    {
    case REG_TARGET_USER:
      return reg_store_put_user_base (self, rebase->user, rebase->base_present, error);
    case REG_TARGET_ENROLLMENT:
      return reg_store_put_enrollment_base (self, &rebase->enrollment, error);
    case REG_TARGET_COURSE:
      return rebase->edited_course == NULL
             || reg_store_put_course_base (self, rebase->edited_course, error);
    case REG_TARGET_PRESET:
      return TRUE;
    }
  g_return_val_if_reached (FALSE);
}

gboolean
reg_store_apply_to_base (RegStoreTransaction *self, const RegStoreChange *change, GError **error)
{
  Rebase rebase = { .user_id = change->user_id, .course_id = change->course_id, .parked = TRUE };
  OpenChange one = { .id = change->id,
                     .batch_id = change->batch_id,
                     .state = change->state,
                     .params = change->params,
                     .operation = change->operation,
                     .created_at = change->created_at };
  gboolean done;

  if (reg_target_from_ids (change->user_id, change->course_id) == REG_TARGET_PRESET)
    return reg_store_apply_to_preset (self, change, error);
  done = read_base (self, &rebase, error);
  if (done && rebase.has_base)
    done = apply_one (self, &rebase, &one, error) && put_base (self, &rebase, error);
  rebase_clear (&rebase);
  return done;
}

/* Cancelling out (K-14). */

/* A target at some point of a rebase. */
typedef struct
{
  RegUser *user;
  RegEnrollment enrollment;
  RegCourse *course;
} Snapshot;

static Snapshot
snapshot_take (const Rebase *rebase)
{
  return (Snapshot){
    .user = rebase->user != NULL ? reg_user_copy (rebase->user) : NULL,
    .enrollment = rebase->enrollment,
    .course = rebase->edited_course != NULL ? reg_course_copy (rebase->edited_course) : NULL,
  };
}

static void
snapshot_clear (Snapshot *self)
{
  g_clear_pointer (&self->user, reg_user_free);
  g_clear_pointer (&self->course, reg_course_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Snapshot, snapshot_clear)

static gboolean
is_as_in (const Rebase *rebase, const Snapshot *snapshot)
{
  switch (reg_target_from_ids (rebase->user_id, rebase->course_id))
    {
    case REG_TARGET_USER:
      return reg_user_equal (rebase->user, snapshot->user);
    case REG_TARGET_ENROLLMENT:
      return reg_enrollment_equal (&rebase->enrollment, &snapshot->enrollment);
    case REG_TARGET_COURSE:
      return rebase->edited_course != NULL && snapshot->course != NULL
             && reg_course_equal (rebase->edited_course, snapshot->course);
    case REG_TARGET_PRESET:
      return FALSE;
    }
  g_return_val_if_reached (FALSE);
}

/* What was never sent and leaves nothing behind but the target's fields. */
static gboolean
is_traceless (RegStoreTransaction *self,
              const OpenChange *change,
              gboolean *traceless,
              GError **error)
{
  const RegStoreBatchInfo *info = reg_store_transaction_get_batch (self, change->batch_id, error);
  const RegOperation *operation;
  g_autoptr (RegParams) own = NULL;
  const RegParams *params;

  *traceless = FALSE;
  if (info == NULL)
    return FALSE;
  operation = reg_store_get_operation (info, change->operation);
  if (operation == NULL || change->state != REG_CHANGE_PENDING || change->attempts > 0)
    return TRUE;
  own = reg_store_parse_params (change->params);
  params = own != NULL ? own : info->params;
  *traceless = reg_operation_get_confirm (operation, params) != REG_CONFIRM_IRREVERSIBLE
               && reg_operation_count_mails (operation, params) == 0;
  return TRUE;
}

/* Does the changes one by one. One that shows nothing may do something that cannot be seen here. */
static gboolean
do_and_compare (RegStoreTransaction *self,
                Rebase *rebase,
                GArray *open,
                gboolean *cancelled,
                GError **error)
{
  g_auto (Snapshot) start = snapshot_take (rebase);

  *cancelled = FALSE;
  for (guint i = 0; i < open->len; i++)
    {
      const OpenChange *change = &g_array_index (open, OpenChange, i);
      g_auto (Snapshot) before = snapshot_take (rebase);
      gboolean traceless;

      if (!is_traceless (self, change, &traceless, error)
          || (traceless && !apply_one (self, rebase, change, error)))
        return FALSE;
      if (!traceless || is_as_in (rebase, &before))
        return TRUE;
    }
  *cancelled = is_as_in (rebase, &start);
  return TRUE;
}

static gboolean
drop_all (RegStoreTransaction *self, GArray *open, GError **error)
{
  g_autofree char *sentence = reg_reason_dup_sentence (REG_REASON_CANCELLED_OUT, NULL, NULL);

  for (guint i = 0; i < open->len; i++)
    {
      const OpenChange *change = &g_array_index (open, OpenChange, i);

      if (!reg_store_set_change_state (
              self, change->id, change->batch_id, change->state, REG_CHANGE_UNDONE,
              reg_reason_to_code (REG_REASON_CANCELLED_OUT), sentence, NULL, error)
          || !reg_store_add_event (self, "undone", change->batch_id, change->id, 1, sentence,
                                   error))
        return FALSE;
    }
  return TRUE;
}

gboolean
reg_store_drop_if_cancelled_out (RegStoreTransaction *self,
                                 gint64 user_id,
                                 gint64 course_id,
                                 gint64 *n_dropped,
                                 GError **error)
{
  /* parked: nothing is compared with the base, and so nothing is settled on the way */
  Rebase rebase = { .user_id = user_id, .course_id = course_id, .parked = TRUE };
  g_autoptr (GArray) open = list_open (self, user_id, course_id, error);
  gboolean cancelled = FALSE, done;

  if (open == NULL)
    return FALSE;
  done = read_base (self, &rebase, error);
  /* A person or a course that is not there has nothing to go back to; an enrollment has. */
  if (done && rebase.has_base && open->len > 1
      && (rebase.base_present || reg_target_from_ids (user_id, course_id) == REG_TARGET_ENROLLMENT))
    done = do_and_compare (self, &rebase, open, &cancelled, error);
  rebase_clear (&rebase);
  if (!done || !cancelled)
    return done;
  *n_dropped += open->len;
  return drop_all (self, open, error) && reg_store_rebase (self, user_id, course_id, NULL, error);
}

static gboolean
collect_waiting (RegStoreTransaction *self, GArray *targets, GError **error)
{
  sqlite3_stmt *stmt = reg_store_db_prepare (
      self->db,
      "SELECT DISTINCT user_id, course_id FROM change INDEXED BY change_target WHERE " REG_SQL_OPEN
      " AND (state < 3 OR user_id < 0)",
      error);
  gboolean row;

  if (stmt == NULL)
    return FALSE;
  while (reg_store_db_step (self->db, stmt, &row, error) && row)
    {
      RegStepTarget target = { .user_id = sqlite3_column_int64 (stmt, 0),
                               .course_id = sqlite3_column_int64 (stmt, 1) };

      g_array_append_val (targets, target);
    }
  return !row;
}

gboolean
reg_store_rebase_all (RegStoreTransaction *self, gint64 *n_conflicts, GError **error)
{
  g_autoptr (GArray) targets = g_array_new (FALSE, FALSE, sizeof (RegStepTarget));

  if (!collect_waiting (self, targets, error))
    return FALSE;
  for (guint i = 0; i < targets->len; i++)
    {
      const RegStepTarget *target = &g_array_index (targets, RegStepTarget, i);

      if (!reg_store_rebase (self, target->user_id, target->course_id, n_conflicts, error))
        return FALSE;
    }
  return TRUE;
}
