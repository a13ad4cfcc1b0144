/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Import runs and what became of them. */
#define G_LOG_DOMAIN "reg-store"

#include "store/reg-store-outbox.h"

#include "store/reg-store-private.h"

#define COLUMNS_RUN                                                                                \
  "id, action, file_name, file_hash, coalesce(batch_id, 0), state, started_at, finished_at, "      \
  "lines_read, n_blank, n_unmarked, n_not_imported, n_users, coalesce(corrects, 0), "              \
  "(SELECT undone_by IS NOT NULL FROM batch WHERE batch.id = import_run.batch_id)"

static gpointer
read_run (sqlite3_stmt *stmt)
{
  RegImportRun *run = reg_import_run_new ();

  run->id = sqlite3_column_int64 (stmt, 0);
  g_free (run->action);
  run->action = g_strdup (reg_store_column_text (stmt, 1));
  g_free (run->file_name);
  run->file_name = g_strdup (reg_store_column_text (stmt, 2));
  g_free (run->file_hash);
  run->file_hash = g_strdup (reg_store_column_text (stmt, 3));
  run->batch_id = sqlite3_column_int64 (stmt, 4);
  run->state = (RegRunState)CLAMP (sqlite3_column_int (stmt, 5), 0, REG_RUN_UNDONE);
  run->started_at = sqlite3_column_int64 (stmt, 6);
  run->finished_at = sqlite3_column_int64 (stmt, 7);
  run->lines_read = sqlite3_column_int64 (stmt, 8);
  run->n_blank = sqlite3_column_int64 (stmt, 9);
  run->n_unmarked = sqlite3_column_int64 (stmt, 10);
  run->n_not_imported = sqlite3_column_int64 (stmt, 11);
  run->n_users = sqlite3_column_int64 (stmt, 12);
  run->corrects = sqlite3_column_int64 (stmt, 13);
  run->is_reverted = sqlite3_column_int (stmt, 14) != 0;
  return run;
}

static void
run_free (gpointer data)
{
  reg_import_run_free (data);
}

/**
 * reg_store_list_runs:
 * @self: a store
 * @error: return location
 *
 * Returns: (transfer full) (element-type RegImportRun) (nullable): imports that were started,
 * newest first; %NULL on error
 */
GPtrArray *
reg_store_list_runs (RegStore *self, GError **error)
{
  return reg_store_reader_list (self, "SELECT " COLUMNS_RUN " FROM import_run ORDER BY id DESC",
                                REG_NO_NUMBERS, read_run, run_free, error);
}

/**
 * reg_store_get_run:
 * @self: a store
 * @run_id: an import
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the import; %NULL without an error where there is none
 */
RegImportRun *
reg_store_get_run (RegStore *self, gint64 run_id, GError **error)
{
  gboolean done;

  return reg_store_reader_get (self, "SELECT " COLUMNS_RUN " FROM import_run WHERE id = ?1",
                               REG_NUMBERS (run_id), read_run, &done, error);
}

/**
 * reg_store_count_batch_users:
 * @self: a store
 * @batch_id: a batch; 0 has no changes
 * @states: bits 1u << RegChangeState
 * @error: return location
 *
 * Returns: how many people the batch's changes in these states concern; -1 on error
 */
gint64
reg_store_count_batch_users (RegStore *self, gint64 batch_id, guint states, GError **error)
{
  gint64 n;
  gboolean done = reg_store_reader_get_int64 (
      self,
      "SELECT count(DISTINCT c.user_id) FROM batch AS b JOIN change AS c "
      "ON c.id BETWEEN b.first_change AND b.last_change AND c.batch_id = b.id "
      "WHERE b.id = ?1 AND ((1 << c.state) & ?2) <> 0",
      REG_NUMBERS (batch_id, states), &n, error);

  return done ? n : -1;
}

#define PAUSED_KEY "batch-paused:%" G_GINT64_FORMAT

/**
 * reg_store_set_batch_paused:
 * @self: a store
 * @batch_id: a batch
 * @paused: whether what waits of it shall stay where it is
 * @error: return location
 *
 * Returns: whether it is on the disk
 */
gboolean
reg_store_set_batch_paused (RegStore *self, gint64 batch_id, gboolean paused, GError **error)
{
  g_autofree char *key = g_strdup_printf (PAUSED_KEY, batch_id);
  RegStoreTransaction transaction;

  if (!reg_store_transaction_begin (&transaction, self, REG_STORE_DURABLE, error))
    return FALSE;
  transaction.event.outbox = TRUE;
  transaction.event.runs = TRUE;
  if (reg_store_write_setting (&transaction, key, paused ? "1" : NULL, error))
    return reg_store_transaction_commit (&transaction, error);
  reg_store_transaction_rollback (&transaction);
  return FALSE;
}

gboolean
reg_store_is_batch_paused (RegStore *self, gint64 batch_id, gboolean *paused, GError **error)
{
  g_autofree char *key = g_strdup_printf (PAUSED_KEY, batch_id);
  g_autoptr (GError) local = NULL;
  g_autofree char *value = reg_store_dup_setting (self, key, &local);

  *paused = value != NULL;
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/**
 * reg_store_cancel_batch:
 * @self: a store
 * @batch_id: a batch
 * @n: (out): how many changes were dropped
 * @error: return location
 *
 * Returns: whether what waited of the batch is gone
 */
gboolean
reg_store_cancel_batch (RegStore *self, gint64 batch_id, gint64 *n, GError **error)
{
  g_autoptr (RegIdList) ids =
      reg_store_query_changes (self, batch_id, 1u << REG_CHANGE_PENDING, error);

  *n = 0;
  return ids != NULL && (ids->n == 0 || reg_store_undo_changes (self, ids->ids, ids->n, n, error))
         && reg_store_set_batch_paused (self, batch_id, FALSE, error);
}

/* Changes of a batch. n_own: those that the LMS has made and that have an operation of their own,
 * n_own_countered of which name what gives them back. */
typedef struct
{
  gint64 n_waiting;
  gint64 n_usual;
  gint64 n_own;
  gint64 n_own_countered;
  gint64 n_nothing;
  gboolean is_undone;
} BatchCounts;

#define MADE "WHERE c.state = 3 AND c.code IS NULL AND c.operation IS "

static gboolean
count_batch (RegStore *self, gint64 batch_id, BatchCounts *counts, GError **error)
{
  RegStoreDb *db = &self->reader;
  sqlite3_stmt *stmt;
  gboolean row = FALSE;

  reg_store_db_lock (db);
  stmt = reg_store_db_prepare (
      db,
      "SELECT count(*) FILTER (WHERE c.state IN (0, 4, 5)), count(*) FILTER (" MADE "NULL), "
      "count(*) FILTER (" MADE "NOT NULL), count(*) FILTER (" MADE
      "NOT NULL AND instr(c.counter, '''" REG_STORE_COUNTER_KEY "''') > 0), "
      "count(*) FILTER (WHERE c.state = 3 AND c.code IS NOT NULL), "
      "coalesce(max(b.undone_by), 0) "
      "FROM batch AS b JOIN change AS c ON c.id BETWEEN b.first_change AND b.last_change "
      "AND c.batch_id = b.id WHERE b.id = ?1",
      error);
  if (stmt != NULL)
    {
      sqlite3_bind_int64 (stmt, 1, batch_id);
      if (reg_store_db_step (db, stmt, &row, error) && row)
        {
          counts->n_waiting = sqlite3_column_int64 (stmt, 0);
          counts->n_usual = sqlite3_column_int64 (stmt, 1);
          counts->n_own = sqlite3_column_int64 (stmt, 2);
          counts->n_own_countered = sqlite3_column_int64 (stmt, 3);
          counts->n_nothing = sqlite3_column_int64 (stmt, 4);
          counts->is_undone = sqlite3_column_int64 (stmt, 5) != 0;
        }
      sqlite3_reset (stmt);
    }
  reg_store_db_unlock (db);
  return row;
}

/* Of the changes without an operation of their own. */
static gboolean
has_counter (const RegBatch *batch)
{
  const RegOperation *operation = reg_operation_find (batch->operation);

  return operation != NULL && reg_operation_get_counter (operation, batch->params) != NULL;
}

/**
 * reg_store_preview_revert:
 * @self: a store
 * @batch_id: a batch
 * @revert: (out): what undoing it would do
 * @error: return location
 *
 * Returns: %FALSE on error
 */
gboolean
reg_store_preview_revert (RegStore *self, gint64 batch_id, RegBatchRevert *revert, GError **error)
{
  g_autoptr (RegBatch) batch = reg_store_get_batch (self, batch_id, error);
  BatchCounts counts = { 0 };
  gint64 n_countered;

  *revert = (RegBatchRevert){ 0 };
  if (batch == NULL || !count_batch (self, batch_id, &counts, error))
    return FALSE;
  n_countered = counts.n_own_countered + (has_counter (batch) ? counts.n_usual : 0);
  revert->n_waiting = counts.n_waiting;
  revert->n_nothing = counts.n_nothing;
  /* Once only. */
  revert->n_countered = counts.is_undone ? 0 : n_countered;
  revert->n_kept = counts.n_usual + counts.n_own - n_countered;
  return TRUE;
}

/**
 * reg_store_list_batch_users:
 * @self: a store
 * @batch_id: a batch
 * @states: bits 1u << RegChangeState
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the people its changes in these states concern
 */
RegIdList *
reg_store_list_batch_users (RegStore *self, gint64 batch_id, guint states, GError **error)
{
  return reg_store_reader_list_ids (
      self,
      "SELECT DISTINCT c.user_id FROM batch AS b JOIN change AS c "
      "ON c.id BETWEEN b.first_change AND b.last_change AND c.batch_id = b.id "
      "WHERE b.id = ?1 AND ((1 << c.state) & ?2) <> 0 ORDER BY c.user_id",
      REG_NUMBERS (batch_id, states), error);
}

/**
 * reg_store_list_kept_users:
 * @self: a store
 * @batch_id: a batch
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the people of whom undoing it leaves something that the LMS
 *   has made, the n_kept of reg_store_preview_revert ()
 */
RegIdList *
reg_store_list_kept_users (RegStore *self, gint64 batch_id, GError **error)
{
  g_autoptr (RegBatch) batch = reg_store_get_batch (self, batch_id, error);

  if (batch == NULL)
    return NULL;
  return reg_store_reader_list_ids (
      self,
      "SELECT DISTINCT c.user_id FROM batch AS b JOIN change AS c "
      "ON c.id BETWEEN b.first_change AND b.last_change AND c.batch_id = b.id "
      "WHERE b.id = ?1 AND c.state = 3 AND c.code IS NULL AND "
      "CASE WHEN c.operation IS NULL THEN ?2 = 0 "
      "ELSE coalesce(instr(c.counter, '''" REG_STORE_COUNTER_KEY "'''), 0) = 0 END "
      "ORDER BY c.user_id",
      REG_NUMBERS (batch_id, has_counter (batch)), error);
}
