/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The import that a step is of, and its lines that were not imported. */
#define G_LOG_DOMAIN "reg-store"

#include "store/reg-store-private.h"

static gboolean
insert_reject (RegStoreDb *db, gint64 run_id, const RegImportReject *reject, GError **error)
{
  sqlite3_stmt *stmt = reg_store_db_prepare (
      db,
      "INSERT INTO import_reject (run_id, line, identifier, course, code, reason) "
      "VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
      error);

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, run_id);
  sqlite3_bind_int64 (stmt, 2, reject->line);
  reg_store_bind_text (stmt, 3, reject->identifier != NULL ? reject->identifier : "");
  reg_store_bind_text (stmt, 4, reject->course);
  reg_store_bind_text (stmt, 5, reject->code);
  reg_store_bind_text (stmt, 6, reject->reason);
  return reg_store_db_run (db, stmt, error);
}

/* Lines of an import of which every target was refused only now, wherever these stand. */
static gint64
count_refused_lines (const RegStep *step, const RegStepResult *result)
{
  const GArray *refusals = result->refusals;
  g_autoptr (GHashTable) lines = g_hash_table_new (g_int64_hash, g_int64_equal);
  guint next = 0;

  for (guint i = 0; i < refusals->len; i++)
    g_hash_table_add (
        lines, (gpointer)&step->targets[g_array_index (refusals, RegRefusal, i).target].line);
  for (gsize i = 0; i < step->n_targets && g_hash_table_size (lines) > 0; i++)
    if (next < refusals->len && g_array_index (refusals, RegRefusal, next).target == i)
      next++;
    else
      g_hash_table_remove (lines, &step->targets[i].line);
  return g_hash_table_size (lines);
}

static gboolean
insert_run (RegStoreTransaction *self,
            const RegStep *step,
            const RegStepResult *result,
            GError **error)
{
  RegImportRun *run = step->run;
  gint64 n_refused;
  sqlite3_stmt *stmt = reg_store_db_prepare (
      self->db,
      "INSERT INTO import_run (action, file_name, file_hash, batch_id, state, started_at, "
      "finished_at, lines_read, n_blank, n_unmarked, n_not_imported, n_users, corrects) "
      "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, "
      "nullif(coalesce((SELECT corrects FROM import_run WHERE id = ?13), ?13), 0))",
      error);

  if (stmt == NULL)
    return FALSE;
  n_refused = count_refused_lines (step, result);
  run->n_users -= n_refused;
  run->n_not_imported += n_refused;
  run->batch_id = result->batch_id;
  run->state = run->batch_id != 0 ? REG_RUN_STAGED : REG_RUN_FINISHED;
  run->started_at = step->now;
  run->finished_at = run->batch_id != 0 ? 0 : step->now;
  reg_store_bind_text (stmt, 1, run->action);
  reg_store_bind_text (stmt, 2, run->file_name != NULL ? run->file_name : "");
  reg_store_bind_text (stmt, 3, run->file_hash != NULL ? run->file_hash : "");
  if (run->batch_id != 0)
    sqlite3_bind_int64 (stmt, 4, run->batch_id);
  sqlite3_bind_int (stmt, 5, (int)run->state);
  sqlite3_bind_int64 (stmt, 6, run->started_at);
  sqlite3_bind_int64 (stmt, 7, run->finished_at);
  sqlite3_bind_int64 (stmt, 8, run->lines_read);
  sqlite3_bind_int64 (stmt, 9, run->n_blank);
  sqlite3_bind_int64 (stmt, 10, run->n_unmarked);
  sqlite3_bind_int64 (stmt, 11, run->n_not_imported);
  sqlite3_bind_int64 (stmt, 12, run->n_users);
  sqlite3_bind_int64 (stmt, 13, run->corrects);
  if (!reg_store_db_run (self->db, stmt, error))
    return FALSE;
  run->id = sqlite3_last_insert_rowid (self->db->handle);
  self->event.runs = TRUE;
  stmt = reg_store_db_prepare (self->db, "UPDATE batch SET run_id = ?2 WHERE id = ?1", error);
  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, run->batch_id);
  sqlite3_bind_int64 (stmt, 2, run->id);
  return reg_store_db_run (self->db, stmt, error);
}

/* Somebody who was not added has no manager either: that is said once. */
static gboolean
is_said (const RegStep *step, const RegStepResult *result, const RegRefusal *refusal)
{
  const RegStepTarget *target = &step->targets[refusal->target];

  if (target->made_by == 0 || target->course_id != 0
      || step->targets[target->made_by - 1].line != target->line)
    return FALSE;
  for (guint i = 0; i < result->refusals->len; i++)
    if (g_array_index (result->refusals, RegRefusal, i).target == target->made_by - 1)
      return TRUE;
  return FALSE;
}

/* A target refused only now, because something changed since the check, is a line not imported. */
static gboolean
insert_refusal (RegStoreTransaction *self,
                const RegStep *step,
                const RegRefusal *refusal,
                GError **error)
{
  const RegStepTarget *target = &step->targets[refusal->target];
  RegImportReject reject = { .line = target->line,
                             .code = (char *)reg_reason_to_code (refusal->reason),
                             .reason = refusal->sentence };
  const RegCourse *course = NULL;
  RegUser user = { 0 };
  gboolean found, done;

  if (!reg_store_load_user (self, target->user_id, &user, &found, error)
      || !reg_store_transaction_get_course (self, target->course_id, &course, error))
    {
      reg_user_clear (&user);
      return FALSE;
    }
  reject.identifier = user.email;
  /* Somebody whom an earlier line was to add. */
  if (!found && target->made_by != 0)
    target = &step->targets[target->made_by - 1];
  if (!found && target->params != NULL)
    reject.identifier = (char *)reg_params_get (target->params, "email");
  if (!found && target->params != NULL && reject.identifier == NULL)
    reject.identifier = (char *)reg_params_get (target->params, "employee_id");
  reject.course = course != NULL ? course->code : NULL;
  done = insert_reject (self->db, step->run->id, &reject, error);
  reg_user_clear (&user);
  return done;
}

/* Marks of the file that an import of it before has imported: where one of them is refused now, it
 * is because it is there already, which is no news. */
static gboolean
drop_imported_marks (RegStoreTransaction *self, const RegImportRun *run, GError **error)
{
  sqlite3_stmt *stmt = reg_store_db_prepare (
      self->db,
      "DELETE FROM import_reject WHERE run_id = ?2 AND (line, course) IN (SELECT c.line, k.code "
      "FROM " REG_SQL_RUNS_OF_FILE " JOIN change AS c "
      "ON c.id BETWEEN b.first_change AND b.last_change AND c.batch_id = b.id "
      "JOIN course AS k ON k.id = c.course_id WHERE r.id <> ?2 AND c.state NOT IN (4, 6) "
      "AND (c.batch_id, c.user_id, c.course_id) NOT IN " REG_SQL_GIVEN_BACK
      "AND c.line IN (SELECT line FROM import_reject WHERE run_id = ?2 AND course IS NOT NULL))",
      error);

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, run->corrects);
  sqlite3_bind_int64 (stmt, 2, run->id);
  return reg_store_db_run (self->db, stmt, error);
}

static gboolean
insert_rejects (RegStoreTransaction *self, const RegStep *step, GError **error)
{
  for (guint i = 0; step->run_rejects != NULL && i < step->run_rejects->len; i++)
    if (!insert_reject (self->db, step->run->id, g_ptr_array_index (step->run_rejects, i), error))
      return FALSE;
  return step->run->corrects == 0 || drop_imported_marks (self, step->run, error);
}

/* What is left out of the lines of a run that is corrected leaves its list too. */
static gboolean
insert_left_out (RegStoreTransaction *self, const RegStep *step, GError **error)
{
  for (gsize i = 0; step->run->corrects != 0 && i < step->n_left_out; i++)
    {
      sqlite3_stmt *stmt = reg_store_db_prepare (
          self->db, "INSERT INTO import_left_out (run_id, line) VALUES (?1, ?2)", error);

      if (stmt == NULL)
        return FALSE;
      sqlite3_bind_int64 (stmt, 1, step->run->id);
      sqlite3_bind_int64 (stmt, 2, step->left_out[i]);
      if (!reg_store_db_run (self->db, stmt, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
reg_store_write_run (RegStoreTransaction *self,
                     const RegStep *step,
                     const RegStepResult *result,
                     GError **error)
{
  if (step->run == NULL)
    return TRUE;
  if (!insert_run (self, step, result, error) || !insert_rejects (self, step, error))
    return FALSE;
  for (guint i = 0; i < result->refusals->len; i++)
    {
      const RegRefusal *refusal = &g_array_index (result->refusals, RegRefusal, i);

      if (!is_said (step, result, refusal) && !insert_refusal (self, step, refusal, error))
        return FALSE;
    }
  return insert_left_out (self, step, error);
}
