/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One action of the person on many targets: checked, applied to the effective rows and put into the
 * outbox in one transaction. */
#define G_LOG_DOMAIN "reg-store"

#include "store/reg-store-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define PROGRESS_ROWS 2000
#define CANCEL_ROWS 128

/**
 * Stage:
 * @write: FALSE for a dry run
 * @has_refused: whether there may be something to be replaced
 * @pools: licence pools by id, less what waiting changes take
 * @teaching: courses by id, and what is looked up once of each
 * @time_zone: (nullable): the site's
 * @last_params: parameters of the last target that had its own, and their text
 */
typedef struct
{
  RegStoreTransaction *transaction;
  RegStoreDb *db;
  const RegStep *step;
  RegStepResult *result;
  gint64 counter_of;
  gboolean write;
  gboolean has_refused;
  gint64 first_change;
  gint64 next_change;
  GHashTable *pools;
  GHashTable *teaching;
  GHashTable *made;
  GTimeZone *time_zone;
  const RegParams *last_params;
  char *last_params_text;
} Stage;

/* sessions: (nullable): for an instructor-led course; their seats change as the step goes on. */
typedef struct
{
  GPtrArray *sessions;
  gboolean actor_is_instructor;
} Teaching;

/* One target on its way. */
typedef struct
{
  const RegStepTarget *target;
  gint64 user_id;
  const RegOperation *operation;
  const RegParams *params;
  RegUser user;
  RegPreset *preset;
  RegCourse *edited_course; /* for operations on a course */
  RegUser same_email;
  RegUser same_employee_id;
  RegEnrollment enrollment;
  gboolean user_found;
  RegSubject subject;
  gboolean is_waiting;
  RegCost cost;
} Item;

static void
refusal_clear (gpointer data)
{
  RegRefusal *refusal = data;

  g_free (refusal->sentence);
}

/**
 * reg_step_result_clear:
 * @self: a result
 *
 * Frees what the result holds.
 */
void
reg_step_result_clear (RegStepResult *self)
{
  g_clear_pointer (&self->refusals, g_array_unref);
  reg_ledger_clear (&self->ledger);
}

void
reg_store_step_result_init (RegStepResult *self)
{
  *self = (RegStepResult){ .refusals = g_array_new (FALSE, FALSE, sizeof (RegRefusal)) };
  g_array_set_clear_func (self->refusals, refusal_clear);
  reg_ledger_init (&self->ledger);
}

static void
pool_free (gpointer data)
{
  if (data != NULL)
    reg_license_pool_free (data);
}

static gboolean
read_pool (Stage *stage, gint64 id, RegLicensePool **pool, GError **error)
{
  sqlite3_stmt *stmt = reg_store_db_prepare (stage->db, REG_SQL_POOLS "WHERE pool.id = ?1", error);
  gboolean row;

  *pool = NULL;
  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, id);
  if (!reg_store_db_step (stage->db, stmt, &row, error))
    return FALSE;
  if (row)
    {
      *pool = g_new0 (RegLicensePool, 1);
      reg_store_read_pool (stmt, 0, *pool);
      sqlite3_reset (stmt);
    }
  return TRUE;
}

static gboolean
get_pool (gpointer data, gint64 id, RegLicensePool **pool, GError **error)
{
  Stage *stage = data;
  gpointer known;

  *pool = NULL;
  if (id == 0)
    return TRUE;
  if (g_hash_table_lookup_extended (stage->pools, &id, NULL, &known))
    {
      *pool = known;
      return TRUE;
    }
  if (!read_pool (stage, id, pool, error))
    return FALSE;
  g_hash_table_insert (stage->pools, g_memdup2 (&id, sizeof id), *pool);
  return TRUE;
}

static void
teaching_free (gpointer data)
{
  Teaching *teaching = data;

  g_clear_pointer (&teaching->sessions, g_ptr_array_unref);
  g_free (teaching);
}

static gboolean
get_teaching (Stage *stage, const RegCourse *course, const Teaching **teaching, GError **error)
{
  Teaching *found = g_hash_table_lookup (stage->teaching, &course->id);

  *teaching = found;
  if (found != NULL)
    return TRUE;
  *teaching = found = g_new0 (Teaching, 1);
  g_hash_table_insert (stage->teaching, g_memdup2 (&course->id, sizeof course->id), found);
  if (course->kind == REG_COURSE_ILT
      && (found->sessions = reg_store_read_sessions (stage->db, course->id, error)) == NULL)
    return FALSE;
  return reg_store_is_instructor (stage->transaction, stage->step->actor_id, course->id,
                                  &found->actor_is_instructor, error);
}

/* The people this step made, by the place of their target. */
static void
note_made (Stage *stage, const Item *item)
{
  gsize index = (gsize)(item->target - stage->step->targets);

  if (stage->made == NULL)
    stage->made = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  g_hash_table_insert (stage->made, GSIZE_TO_POINTER (index + 1),
                       g_memdup2 (&item->user_id, sizeof item->user_id));
}

/* A target of somebody whom an earlier one made; G_MININT64 where that one was refused. */
static gint64
find_made (Stage *stage, gsize place)
{
  const gint64 *id =
      stage->made != NULL ? g_hash_table_lookup (stage->made, GSIZE_TO_POINTER (place)) : NULL;

  return id != NULL ? *id : G_MININT64;
}

/* (transfer full) (nullable): the parameters with a manager whom an earlier target made; NULL where
 * that one was refused */
static RegParams *
dup_params_with_manager (Stage *stage, const RegStepTarget *target)
{
  gint64 manager = find_made (stage, target->manager_made_by);
  RegParams *params;

  if (manager == G_MININT64)
    return NULL;
  params = target->params != NULL ? reg_params_copy (target->params) : reg_params_new ();
  reg_params_set_int64 (params, "manager_id", manager);
  return params;
}

static gboolean
load_course_item (Stage *stage, Item *item, RegReason *reason, GError **error)
{
  if (!reg_store_load_course (stage->transaction, item->target->course_id, &item->edited_course,
                              error))
    return FALSE;
  *reason = item->edited_course != NULL ? REG_REASON_NONE : REG_REASON_COURSE_UNKNOWN;
  item->subject = (RegSubject){ .course = item->edited_course,
                                .edited_course = item->edited_course,
                                .actor_id = stage->step->actor_id,
                                .actor_role = stage->step->actor_role,
                                .now = stage->step->now };
  return TRUE;
}

static gboolean
load_user (Stage *stage, Item *item, GError **error)
{
  if (item->target->made_by != 0)
    item->user_id = find_made (stage, item->target->made_by);
  if (item->operation->creates)
    {
      item->user = (RegUser){ .email = g_strdup (""),
                              .employee_id = g_strdup (""),
                              .given_name = g_strdup (""),
                              .family_name = g_strdup (""),
                              .labels = g_strdup ("") };
      item->user_found = TRUE;
    }
  else if (!reg_store_resolve_user (stage->transaction, &item->user_id, error)
           || !reg_store_load_user (stage->transaction, item->user_id, &item->user,
                                    &item->user_found, error))
    {
      return FALSE;
    }
  return !item->user_found
         || reg_store_find_same (stage->transaction, &item->user, item->params, &item->same_email,
                                 &item->same_employee_id, error);
}

static gboolean
load_preset_item (Stage *stage, Item *item, RegReason *reason, GError **error)
{
  *reason = REG_REASON_NONE;
  if (!reg_store_load_preset (stage->transaction, -item->target->course_id, &item->preset, error))
    return FALSE;
  item->subject = (RegSubject){ .preset = item->preset,
                                .actor_id = stage->step->actor_id,
                                .actor_role = stage->step->actor_role,
                                .now = stage->step->now };
  return TRUE;
}

/* Fills the item's subject. A target that is not there gives its reason. */
static gboolean
load_item (Stage *stage, Item *item, RegReason *reason, GError **error)
{
  const RegStepTarget *target = item->target;
  const RegCourse *course = NULL;
  const Teaching *teaching = NULL;
  RegLicensePool *pool = NULL;

  if (item->operation->target == REG_TARGET_COURSE)
    return load_course_item (stage, item, reason, error);
  if (stage->step->operation->target == REG_TARGET_PRESET)
    return load_preset_item (stage, item, reason, error);
  *reason = REG_REASON_NONE;
  if (!load_user (stage, item, error))
    return FALSE;
  if (!item->user_found)
    *reason = REG_REASON_USER_UNKNOWN;
  if (item->operation->target == REG_TARGET_ENROLLMENT)
    {
      if (!reg_store_transaction_get_course (stage->transaction, target->course_id, &course, error))
        return FALSE;
      if (course == NULL && *reason == REG_REASON_NONE)
        *reason = REG_REASON_COURSE_UNKNOWN;
      if (course != NULL
          && (!get_pool (stage, course->pool_id, &pool, error)
              || !get_teaching (stage, course, &teaching, error)))
        return FALSE;
      if (!reg_store_load_enrollment (stage->transaction, item->user_id, target->course_id,
                                      &item->enrollment, error))
        return FALSE;
    }
  item->subject =
      (RegSubject){ .user = &item->user,
                    .course = course,
                    .enrollment = course != NULL ? &item->enrollment : NULL,
                    .pool = pool,
                    .sessions = teaching != NULL ? teaching->sessions : NULL,
                    .time_zone = stage->time_zone,
                    .same_email = item->same_email.id != 0 ? &item->same_email : NULL,
                    .same_employee_id =
                        item->same_employee_id.id != 0 ? &item->same_employee_id : NULL,
                    .actor_id = stage->step->actor_id,
                    .actor_role = stage->step->actor_role,
                    .actor_is_instructor = teaching != NULL && teaching->actor_is_instructor,
                    .now = stage->step->now };
  return TRUE;
}

static gboolean
insert_batch (Stage *stage, GError **error)
{
  const RegStep *step = stage->step;
  g_autofree char *params = step->params != NULL ? reg_params_to_text (step->params) : NULL;
  sqlite3_stmt *stmt = reg_store_db_prepare (
      stage->db,
      "INSERT INTO batch (operation, title, note, params, actor_id, actor_role, created_at, "
      "first_change, last_change, counter_of) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?8 - 1, ?9)",
      error);

  if (stmt == NULL)
    return FALSE;
  reg_store_bind_text (stmt, 1, step->operation->name);
  reg_store_bind_text (stmt, 2, step->title != NULL ? step->title : step->operation->name);
  reg_store_bind_text (stmt, 3, step->note);
  reg_store_bind_text (stmt, 4, params);
  sqlite3_bind_int64 (stmt, 5, step->actor_id);
  sqlite3_bind_int (stmt, 6, (int)step->actor_role);
  sqlite3_bind_int64 (stmt, 7, step->now);
  sqlite3_bind_int64 (stmt, 8, stage->first_change);
  if (stage->counter_of != 0)
    sqlite3_bind_int64 (stmt, 9, stage->counter_of);
  if (!reg_store_db_run (stage->db, stmt, error))
    return FALSE;
  sqlite3_clear_bindings (stmt);
  stage->result->batch_id = sqlite3_last_insert_rowid (stage->db->handle);
  return TRUE;
}

/* NULL where the parameters are the step's. */
static const char *
get_params_text (Stage *stage, const RegParams *params)
{
  if (params == NULL || params == stage->step->params)
    return NULL;
  if (stage->last_params == NULL
      || (params != stage->last_params && !reg_params_equal (params, stage->last_params)))
    {
      g_free (stage->last_params_text);
      stage->last_params_text = reg_params_to_text (params);
    }
  stage->last_params = params;
  return stage->last_params_text;
}

/* Which of the target's numbers are the operation's. */
static gint64
get_user_id (const RegOperation *operation, gint64 user_id)
{
  return operation->target == REG_TARGET_COURSE || operation->target == REG_TARGET_PRESET ? 0
                                                                                          : user_id;
}

static gint64
get_course_id (const RegOperation *operation, const RegStepTarget *target)
{
  return operation->target == REG_TARGET_USER ? 0 : target->course_id;
}

static gint64
get_revision (const RegOperation *operation, const Item *item)
{
  switch (operation->target)
    {
    case REG_TARGET_USER:
      return item->user.revision;
    case REG_TARGET_ENROLLMENT:
      return item->enrollment.revision;
    case REG_TARGET_COURSE:
      return item->edited_course->revision;
    case REG_TARGET_PRESET:
      return item->preset->revision;
    }
  g_return_val_if_reached (0);
}

static gboolean
insert_change (Stage *stage,
               const Item *item,
               const char *base,
               const char *counter,
               gint64 pool_delta,
               GError **error)
{
  guint8 uuid[16];
  sqlite3_stmt *stmt = reg_store_db_prepare (
      stage->db,
      "INSERT INTO change (id, batch_id, uuid, user_id, course_id, params, base, base_revision, "
      "state, created_at, pool_delta, counter, line, operation) "
      "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 0, ?9, ?10, ?11, ?12, ?13)",
      error);

  if (stmt == NULL)
    return FALSE;
  reg_store_make_uuid (uuid);
  sqlite3_bind_int64 (stmt, 1, stage->next_change);
  sqlite3_bind_int64 (stmt, 2, stage->result->batch_id);
  sqlite3_bind_blob (stmt, 3, uuid, sizeof uuid, SQLITE_STATIC);
  sqlite3_bind_int64 (stmt, 4, get_user_id (item->operation, item->user_id));
  sqlite3_bind_int64 (stmt, 5, get_course_id (item->operation, item->target));
  reg_store_bind_text (stmt, 6, get_params_text (stage, item->params));
  reg_store_bind_text (stmt, 7, base);
  sqlite3_bind_int64 (stmt, 8, get_revision (item->operation, item));
  sqlite3_bind_int64 (stmt, 9, stage->step->now);
  sqlite3_bind_int64 (stmt, 10, pool_delta);
  reg_store_bind_text (stmt, 11, counter);
  if (item->target->line != 0)
    sqlite3_bind_int64 (stmt, 12, item->target->line);
  reg_store_bind_text (stmt, 13,
                       item->operation != stage->step->operation ? item->operation->name : NULL);
  if (!reg_store_db_run (stage->db, stmt, error))
    return FALSE;
  stage->next_change++;
  reg_store_transaction_count (stage->transaction, stage->result->batch_id, -1, REG_CHANGE_PENDING);
  return TRUE;
}

/* What the counter-operation will need, as long as the row says what was there before. */
static char *
dup_counter_text (const Stage *stage, const Item *item)
{
  const RegOperation *operation = item->operation;
  const char *usual = reg_operation_get_counter (operation, item->params);
  const char *name = reg_operation_get_counter_of (operation, &item->subject, item->params);
  g_autoptr (RegParams) counter = NULL;

  if (name == NULL)
    return NULL;
  counter = reg_operation_dup_counter_params (operation, &item->subject, item->params);
  /* That of the batch is known from its operation. */
  if (g_strcmp0 (name, usual) != 0 || operation != stage->step->operation)
    reg_params_set (counter, REG_STORE_COUNTER_KEY, name);
  return reg_params_get_size (counter) > 0 ? reg_params_to_text (counter) : NULL;
}

static gboolean
write_effective (Stage *stage, const Item *item, const RegUser *old, GError **error)
{
  switch (item->operation->target)
    {
    case REG_TARGET_USER:
      return reg_store_write_user (stage->transaction, &item->user, old, error);
    case REG_TARGET_ENROLLMENT:
      return reg_store_write_enrollment (stage->transaction, &item->enrollment, error);
    case REG_TARGET_COURSE:
      return reg_store_write_course (stage->transaction, item->edited_course, error);
    case REG_TARGET_PRESET:
      return TRUE;
    }
  g_return_val_if_reached (FALSE);
}

static gboolean
replace_refused (Stage *stage, const Item *item, const RegParams *base, GError **error)
{
  return !stage->has_refused
         || reg_store_replace_refused (
             stage->transaction, get_user_id (item->operation, item->user_id),
             get_course_id (item->operation, item->target), item->operation, base, error);
}

static gboolean
stage_item (Stage *stage, Item *item, GError **error)
{
  const RegOperation *operation = item->operation;
  gint64 available = item->subject.pool != NULL ? item->subject.pool->available : 0;
  RegReassignLicense reassign = stage->step->reassign_license;
  g_autoptr (RegUser) old = NULL;
  g_autoptr (RegParams) base = NULL;
  g_autofree char *base_text = NULL, *counter = NULL;

  if (operation->needs_notice != NULL && operation->needs_notice (&item->subject))
    stage->result->n_noticed++;
  if (!stage->write)
    {
      reg_operation_apply_counted (operation, &item->subject, item->params, reassign, &item->cost);
      return TRUE;
    }
  if (stage->result->batch_id == 0 && !insert_batch (stage, error))
    return FALSE;
  if (operation->creates)
    {
      if (!reg_store_make_local_id (stage->transaction, &item->user_id, error))
        return FALSE;
      item->user.id = stage->result->user_id = item->user_id;
      note_made (stage, item);
    }
  base = reg_operation_dup_base (operation, &item->subject, item->params);
  if (!replace_refused (stage, item, base, error)
      || !reg_store_keep_base (stage->transaction, get_user_id (operation, item->user_id),
                               get_course_id (operation, item->target), error))
    return FALSE;
  if (operation->target == REG_TARGET_USER && !operation->creates)
    old = reg_user_copy (&item->user);
  if (base != NULL)
    base_text = reg_params_to_text (base);
  counter = dup_counter_text (stage, item);
  reg_operation_apply_counted (operation, &item->subject, item->params, reassign, &item->cost);
  return write_effective (stage, item, old, error)
         && insert_change (
             stage, item, base_text, counter,
             item->subject.pool != NULL ? item->subject.pool->available - available : 0, error);
}

static void
add_refusal (Stage *stage, gsize index, RegReason reason, char *sentence)
{
  RegRefusal refusal = { .target = index, .reason = reason, .sentence = sentence };

  if (refusal.sentence == NULL)
    refusal.sentence = reg_reason_dup_sentence (reason, NULL, NULL);
  g_array_append_val (stage->result->refusals, refusal);
}

/* What waits already is looked up only for somebody who wants to see it. */
static gboolean
look_for_waiting (Stage *stage, Item *item, GError **error)
{
  if (stage->step->visit == NULL)
    return TRUE;
  return reg_store_has_base (stage->transaction, get_user_id (item->operation, item->user_id),
                             get_course_id (item->operation, item->target), &item->is_waiting,
                             error);
}

static void
tell_visitor (Stage *stage,
              gsize index,
              const Item *item,
              const RegEnrollment *before,
              RegReason reason,
              const char *sentence)
{
  const RegSight sight = { .enrollment = item->subject.enrollment != NULL ? before : NULL,
                           .course = item->subject.course,
                           .is_waiting = item->is_waiting,
                           .reason = reason,
                           .sentence = sentence,
                           .cost = reason == REG_REASON_NONE ? &item->cost : NULL };

  if (stage->step->visit != NULL)
    stage->step->visit (index, &sight, stage->step->visit_data);
}

/* For the question beforehand alone: on many users it costs as much as the rest. */
static gboolean
count_licenses (Stage *stage, const Item *item, GError **error)
{
  return !stage->step->operation->returns_licenses || !stage->step->dry_run
         || reg_store_count_user_licenses (stage->transaction, item->user_id, get_pool, stage,
                                           &stage->result->ledger, error);
}

static gboolean
stage_target (Stage *stage, gsize index, GError **error)
{
  const RegStepTarget *target = &stage->step->targets[index];
  Item item = { .target = target,
                .user_id = target->user_id,
                .operation = target->operation != NULL ? target->operation : stage->step->operation,
                .params = target->params != NULL ? target->params : stage->step->params };
  g_autoptr (RegParams) own = NULL;
  RegLedgerLine *line = NULL;
  RegEnrollment before;
  char *sentence = NULL;
  RegReason reason;
  gboolean done;

  if (target->manager_made_by != 0)
    {
      own = dup_params_with_manager (stage, target);
      if (own != NULL)
        item.params = own;
    }
  done = load_item (stage, &item, &reason, error) && look_for_waiting (stage, &item, error);

  if (done)
    line = reg_ledger_look (&stage->result->ledger, item.subject.pool);
  before = item.enrollment;
  if (done && reason == REG_REASON_NONE)
    reason = reg_operation_check (item.operation, &item.subject, item.params, &sentence);
  if (done && reason != REG_REASON_NONE)
    {
      if (line != NULL && reason == REG_REASON_LICENCE_SHORT)
        line->left_out++;
      tell_visitor (stage, index, &item, &before, reason, sentence);
      add_refusal (stage, index, reason, sentence);
    }
  else if (done && count_licenses (stage, &item, error) && stage_item (stage, &item, error))
    {
      stage->result->n_staged++;
      reg_ledger_add (&stage->result->ledger, &item.cost);
      tell_visitor (stage, index, &item, &before, REG_REASON_NONE, NULL);
    }
  else
    {
      done = FALSE;
    }
  /* The next ones may stand where these stood. */
  if (own != NULL)
    stage->last_params = NULL;
  reg_user_clear (&item.user);
  g_clear_pointer (&item.preset, reg_preset_free);
  g_clear_pointer (&item.edited_course, reg_course_free);
  reg_user_clear (&item.same_email);
  reg_user_clear (&item.same_employee_id);
  return done;
}

/* A dry run leaves the rows alone, so a target that stands there twice would be judged by what was
 * before; then the dry run writes, and is rolled back. */
static const RegOperation *
get_operation (const RegStep *step, gsize index)
{
  const RegOperation *own = step->targets[index].operation;

  return own != NULL ? own : step->operation;
}

static gboolean
has_doubles (const RegStep *step)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  for (gsize i = 0; i < step->n_targets; i++)
    {
      const RegOperation *operation = get_operation (step, i);
      gint64 id;

      /* So would one whose user another target makes. */
      if (step->targets[i].made_by != 0)
        return TRUE;
      id = reg_enrollment_id (get_user_id (operation, step->targets[i].user_id),
                              get_course_id (operation, &step->targets[i]));

      if (!g_hash_table_add (seen, g_memdup2 (&id, sizeof id)))
        return TRUE;
    }
  return FALSE;
}

/* The batch once more, in another page of the file: without it its changes could not be salvaged.
 */
static char *
dup_batch_text (const RegStep *step)
{
  g_autoptr (RegParams) text = reg_params_new ();
  g_autofree char *params = step->params != NULL ? reg_params_to_text (step->params) : NULL;

  reg_params_set (text, "operation", step->operation->name);
  reg_params_set (text, "title", step->title != NULL ? step->title : step->operation->name);
  if (step->note != NULL)
    reg_params_set (text, "note", step->note);
  if (params != NULL)
    reg_params_set (text, "params", params);
  reg_params_set_int64 (text, "actor_id", step->actor_id);
  reg_params_set_int64 (text, "actor_role", step->actor_role);
  return reg_params_to_text (text);
}

static gboolean
finish_batch (Stage *stage, GError **error)
{
  g_autofree char *text = NULL;
  sqlite3_stmt *stmt;

  if (stage->result->batch_id == 0)
    return TRUE;
  stmt = reg_store_db_prepare (stage->db, "UPDATE batch SET last_change = ?2 WHERE id = ?1", error);
  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, stage->result->batch_id);
  sqlite3_bind_int64 (stmt, 2, stage->next_change - 1);
  text = dup_batch_text (stage->step);
  return reg_store_db_run (stage->db, stmt, error)
         && reg_store_add_event (stage->transaction, "staged", stage->result->batch_id, 0,
                                 stage->result->n_staged, text, error);
}

gboolean
reg_store_stage_within (RegStoreTransaction *transaction,
                        const RegStep *step,
                        gint64 counter_of,
                        RegStepResult *result,
                        RegStoreProgress progress,
                        gpointer progress_data,
                        GCancellable *cancellable,
                        GError **error)
{
  Stage stage = { .transaction = transaction,
                  .db = transaction->db,
                  .step = step,
                  .result = result,
                  .counter_of = counter_of,
                  .write = !step->dry_run || has_doubles (step) };
  const RegOperation *instead = reg_operation_get_instead (step->operation, step->params);
  sqlite3_stmt *stmt;
  gboolean done;

  if (instead != NULL)
    return reg_store_stage_instead (transaction, step, instead, counter_of, result, progress,
                                    progress_data, cancellable, error);
  stmt = reg_store_db_prepare (stage.db, "SELECT coalesce(max(id), 0) + 1 FROM change", error);
  if (stmt == NULL || !reg_store_db_get_int64 (stage.db, stmt, &stage.first_change, 1, error))
    return FALSE;
  stage.next_change = stage.first_change;
  if (stage.write
      && (!reg_store_replace_lines (transaction, step, error)
          || !reg_store_has_refused (transaction, &stage.has_refused, error)))
    return FALSE;
  stage.pools = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, pool_free);
  stage.teaching = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, teaching_free);
  stage.time_zone = reg_store_read_time_zone (stage.db);
  done = TRUE;
  for (gsize i = 0; done && i < step->n_targets; i++)
    {
      if (i % CANCEL_ROWS == 0 && g_cancellable_set_error_if_cancelled (cancellable, error))
        done = FALSE;
      else
        done = stage_target (&stage, i, error);
      if (done && progress != NULL && (i + 1) % PROGRESS_ROWS == 0)
        progress ((gint64)i + 1, (gint64)step->n_targets, progress_data);
    }
  if (done && !step->dry_run)
    done = finish_batch (&stage, error) && reg_store_write_run (transaction, step, result, error);
  if (done && progress != NULL)
    progress ((gint64)step->n_targets, (gint64)step->n_targets, progress_data);
  g_hash_table_unref (stage.pools);
  g_hash_table_unref (stage.teaching);
  g_clear_pointer (&stage.made, g_hash_table_unref);
  g_clear_pointer (&stage.time_zone, g_time_zone_unref);
  g_free (stage.last_params_text);
  return done;
}

/**
 * reg_store_stage:
 * @self: a store
 * @step: what the person does
 * @result: (out caller-allocates): what was staged and what was refused; clear it, also after an
 *   error, with reg_step_result_clear ()
 * @progress: (nullable) (scope call): told now and then
 * @progress_data: for @progress
 * @cancellable: (nullable): cancelling it leaves everything as it was
 * @error: return location
 *
 * Checks every target, applies the operation to the effective rows and queues the changes: all in
 * one transaction that is on the disk when this returns. Targets for which the operation is not
 * possible are in @result and do not stop the others.
 */
gboolean
reg_store_stage (RegStore *self,
                 const RegStep *step,
                 RegStepResult *result,
                 RegStoreProgress progress,
                 gpointer progress_data,
                 GCancellable *cancellable,
                 GError **error)
{
  RegStoreTransaction transaction;

  reg_store_step_result_init (result);
  if (!reg_store_transaction_begin (&transaction, self, REG_STORE_DURABLE, error))
    return FALSE;
  if (reg_store_stage_within (&transaction, step, 0, result, progress, progress_data, cancellable,
                              error))
    {
      if (!step->dry_run)
        {
          if (reg_store_transaction_commit (&transaction, error))
            return TRUE;
        }
      else
        {
          reg_store_transaction_rollback (&transaction);
          result->batch_id = 0;
          result->user_id = 0;
          return TRUE;
        }
    }
  else
    {
      reg_store_transaction_rollback (&transaction);
    }
  result->batch_id = 0;
  result->n_staged = 0;
  result->user_id = 0;
  if (step->run != NULL)
    step->run->id = step->run->batch_id = 0;
  return FALSE;
}
