/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Undo: what waits leaves the queue; what the LMS has gets a counter-change. */
#define G_LOG_DOMAIN "reg-store"

#include "store/reg-store-outbox.h"

#include "store/reg-store-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define CHUNK 1000

static gboolean
is_droppable (RegChangeState state)
{
  return state == REG_CHANGE_PENDING || state == REG_CHANGE_REJECTED
         || state == REG_CHANGE_CONFLICT;
}

typedef struct
{
  gint64 id;
  char *base;
} LaterChange;

static void
later_change_clear (gpointer data)
{
  LaterChange *later = data;

  g_free (later->base);
}

static GArray *
list_later (RegStoreTransaction *self, const RegStoreChange *change, GError **error)
{
  g_autoptr (GArray) list = g_array_new (FALSE, FALSE, sizeof (LaterChange));
  sqlite3_stmt *stmt = reg_store_db_prepare (
      self->db,
      "SELECT id, base FROM change INDEXED BY change_target WHERE " REG_SQL_OPEN
      " AND user_id = ?1 AND course_id = ?2 AND id > ?3 AND base IS NOT NULL ORDER BY id",
      error);
  gboolean row = TRUE;

  if (stmt == NULL)
    return NULL;
  g_array_set_clear_func (list, later_change_clear);
  sqlite3_bind_int64 (stmt, 1, change->user_id);
  sqlite3_bind_int64 (stmt, 2, change->course_id);
  sqlite3_bind_int64 (stmt, 3, change->id);
  while (reg_store_db_step (self->db, stmt, &row, error) && row)
    {
      LaterChange later = { sqlite3_column_int64 (stmt, 0), reg_store_column_dup (stmt, 1) };

      g_array_append_val (list, later);
    }
  return row ? NULL : g_steal_pointer (&list);
}

/* The next change of a field was made on what this one had set; without it, it is made on what
 * this one found. Else the LMS would see a conflict where only one person edited. */
static gboolean
pass_base_on (RegStoreTransaction *self, const RegStoreChange *change, GError **error)
{
  g_autoptr (RegParams) left = reg_store_parse_params (change->base);
  g_autoptr (GArray) later = NULL;

  if (left == NULL)
    return TRUE;
  later = list_later (self, change, error);
  for (guint i = 0; later != NULL && i < later->len; i++)
    {
      const LaterChange *next = &g_array_index (later, LaterChange, i);
      g_autoptr (RegParams) base = reg_store_parse_params (next->base);
      g_autoptr (RegParams) rest = reg_params_new ();
      gboolean changed = FALSE;

      for (guint k = 0; base != NULL && k < reg_params_get_size (left); k++)
        {
          const char *key = reg_params_get_key (left, k);

          if (reg_params_get (base, key) == NULL)
            {
              reg_params_set (rest, key, reg_params_get (left, key));
              continue;
            }
          reg_params_set (base, key, reg_params_get (left, key));
          changed = TRUE;
        }
      if (!changed)
        continue;
      if (!reg_store_set_change_base (self, next->id, base, error))
        return FALSE;
      g_clear_pointer (&left, reg_params_free);
      left = g_steal_pointer (&rest);
    }
  return later != NULL;
}

gboolean
reg_store_drop_change (RegStoreTransaction *self, const RegStoreChange *change, GError **error)
{
  gboolean creates;

  return reg_store_creates_user (self, change->user_id, change->batch_id, change->operation,
                                 &creates, error)
         && (!creates || reg_store_drop_dependants (self, change, error))
         && pass_base_on (self, change, error)
         && reg_store_set_change_state (self, change->id, change->batch_id, change->state,
                                        REG_CHANGE_UNDONE, change->code, NULL, NULL, error)
         && reg_store_rebase (self, change->user_id, change->course_id, NULL, error);
}

/* What gives back one change: an operation and its parameters. */
typedef struct
{
  const RegOperation *operation;
  RegParams *params;
  gboolean is_named; /* it says which operation it is */
} Counter;

static void
counter_free (gpointer data)
{
  Counter *counter = data;

  reg_params_free (counter->params);
  g_free (counter);
}

/* One batch on its way back. */
typedef struct
{
  RegStoreTransaction *transaction;
  gint64 batch_id;
  gint64 first_change;
  gint64 last_change;
  gint64 undone_by;
  char *title;
  const RegStoreBatchInfo *info;
  const RegOperation *counter;
  GArray *targets;            /* RegStepTarget of changes that are done, each with its counter */
  GHashTable *counter_params; /* their text → Counter */
  gint64 n_dropped;
  gint64 n_in_flight;
  gint64 n_done;
} Undo;

static gboolean
load_batch (Undo *undo, GError **error)
{
  RegStoreDb *db = undo->transaction->db;
  sqlite3_stmt *stmt = reg_store_db_prepare (
      db,
      "SELECT first_change, last_change, coalesce(undone_by, 0), title FROM batch WHERE id = ?1",
      error);
  gboolean row;

  undo->info = reg_store_transaction_get_batch (undo->transaction, undo->batch_id, error);
  if (undo->info == NULL || stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, undo->batch_id);
  if (!reg_store_db_step (db, stmt, &row, error))
    return FALSE;
  undo->first_change = sqlite3_column_int64 (stmt, 0);
  undo->last_change = sqlite3_column_int64 (stmt, 1);
  undo->undone_by = sqlite3_column_int64 (stmt, 2);
  undo->title = reg_store_column_dup (stmt, 3);
  sqlite3_reset (stmt);
  if (undo->info->operation != NULL && undo->undone_by == 0)
    undo->counter =
        reg_operation_find (reg_operation_get_counter (undo->info->operation, undo->info->params));
  return TRUE;
}

static void
change_clear (gpointer data)
{
  reg_store_change_clear (data);
}

static GArray *
read_chunk (Undo *undo, gint64 after, GError **error)
{
  g_autoptr (GArray) chunk = g_array_sized_new (FALSE, FALSE, sizeof (RegStoreChange), CHUNK);
  RegStoreDb *db = undo->transaction->db;
  sqlite3_stmt *stmt = reg_store_db_prepare (
      db,
      "SELECT " REG_SQL_STORE_CHANGE " FROM change WHERE id > ?1 AND id <= ?2 AND batch_id = ?3 "
      "ORDER BY id LIMIT ?4",
      error);
  gboolean row = TRUE;

  if (stmt == NULL)
    return NULL;
  g_array_set_clear_func (chunk, change_clear);
  sqlite3_bind_int64 (stmt, 1, after);
  sqlite3_bind_int64 (stmt, 2, undo->last_change);
  sqlite3_bind_int64 (stmt, 3, undo->batch_id);
  sqlite3_bind_int (stmt, 4, CHUNK);
  while (reg_store_db_step (db, stmt, &row, error) && row)
    {
      RegStoreChange change;

      reg_store_change_read (stmt, &change);
      g_array_append_val (chunk, change);
    }
  return row ? NULL : g_steal_pointer (&chunk);
}

/* NULL where the text says nothing usable. Most changes of a batch have the same. */
static const Counter *
get_counter (Undo *undo, const char *text)
{
  Counter *counter = g_hash_table_lookup (undo->counter_params, text);
  g_autoptr (RegParams) params = NULL;
  const char *name;

  if (counter != NULL || (params = reg_store_parse_params (text)) == NULL)
    return counter;
  name = reg_params_get (params, REG_STORE_COUNTER_KEY);
  counter = g_new0 (Counter, 1);
  counter->operation = name != NULL ? reg_operation_find (name) : undo->counter;
  counter->is_named = name != NULL;
  counter->params = reg_params_new ();
  for (guint i = 0; i < reg_params_get_size (params); i++)
    {
      const char *key = reg_params_get_key (params, i);

      if (strcmp (key, REG_STORE_COUNTER_KEY) != 0)
        reg_params_set (counter->params, key, reg_params_get (params, key));
    }
  g_hash_table_insert (undo->counter_params, g_strdup (text), counter);
  return counter;
}

/* Whether the change's own parameters say that it cannot be taken back, whatever the batch's say.
 */
static gboolean
is_final (const Undo *undo, const RegStoreChange *change)
{
  const RegOperation *operation = reg_store_get_operation (undo->info, change->operation);
  g_autoptr (RegParams) own =
      change->params != NULL ? reg_store_parse_params (change->params) : NULL;

  return own != NULL && operation != NULL && operation->is_final != NULL
         && operation->is_final (own);
}

static void
add_counter_target (Undo *undo, const RegStoreChange *change)
{
  RegStepTarget target = { .user_id = change->user_id, .course_id = change->course_id };
  const Counter *counter = change->counter != NULL ? get_counter (undo, change->counter) : NULL;
  const RegOperation *operation = counter != NULL ? counter->operation : undo->counter;

  /* A change with an operation of its own names its counter-operation where it has one. */
  if (change->operation != NULL && (counter == NULL || !counter->is_named))
    operation = NULL;

  if (operation == NULL || is_final (undo, change))
    return;
  target.operation = operation;
  if (counter != NULL)
    target.params = counter->params;
  g_array_append_val (undo->targets, target);
}

/* Taking back the adding of somebody took back the rest of them; the chunk was read before that. */
static gboolean
was_dropped_before (Undo *undo, const RegStoreChange *change, gboolean *dropped, GError **error)
{
  RegStoreChange now;
  gboolean found;

  *dropped = FALSE;
  if (change->user_id >= 0 || change->state == REG_CHANGE_UNDONE)
    return TRUE;
  if (!reg_store_load_change (undo->transaction, change->id, &now, &found, error))
    return FALSE;
  if (!found)
    return TRUE;
  *dropped = now.state == REG_CHANGE_UNDONE;
  undo->n_dropped += *dropped;
  reg_store_change_clear (&now);
  return TRUE;
}

static gboolean
undo_one (Undo *undo, const RegStoreChange *change, GError **error)
{
  gboolean dropped;

  if (!was_dropped_before (undo, change, &dropped, error))
    return FALSE;
  if (dropped)
    return TRUE;
  switch (change->state)
    {
    case REG_CHANGE_PENDING:
    case REG_CHANGE_REJECTED:
    case REG_CHANGE_CONFLICT:
      undo->n_dropped++;
      return reg_store_drop_change (undo->transaction, change, error);
    case REG_CHANGE_SENDING:
    case REG_CHANGE_UNKNOWN:
      undo->n_in_flight++;
      return TRUE;
    case REG_CHANGE_DONE:
      undo->n_done++;
      /* One that was skipped has changed nothing, so there is nothing to give back. */
      if (undo->undone_by == 0 && (undo->counter != NULL || change->operation != NULL)
          && change->code == NULL)
        add_counter_target (undo, change);
      return TRUE;
    case REG_CHANGE_UNDONE:
      return TRUE;
    }
  g_return_val_if_reached (TRUE);
}

static gboolean
undo_changes_of_batch (Undo *undo,
                       RegStoreProgress progress,
                       gpointer progress_data,
                       GCancellable *cancellable,
                       GError **error)
{
  gint64 after = undo->first_change - 1;
  gint64 total = undo->last_change - after;
  gint64 n = 0;

  for (;;)
    {
      g_autoptr (GArray) chunk = NULL;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      chunk = read_chunk (undo, after, error);
      if (chunk == NULL)
        return FALSE;
      for (guint i = 0; i < chunk->len; i++)
        if (!undo_one (undo, &g_array_index (chunk, RegStoreChange, i), error))
          return FALSE;
      n += chunk->len;
      if (progress != NULL)
        progress (n, total, progress_data);
      if (chunk->len < CHUNK)
        return TRUE;
      after = g_array_index (chunk, RegStoreChange, chunk->len - 1).id;
    }
}

static gboolean
set_undone_by (Undo *undo, gint64 counter_batch_id, GError **error)
{
  RegStoreDb *db = undo->transaction->db;
  sqlite3_stmt *stmt =
      reg_store_db_prepare (db, "UPDATE batch SET undone_by = ?2 WHERE id = ?1", error);

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, undo->batch_id);
  sqlite3_bind_int64 (stmt, 2, counter_batch_id);
  return reg_store_db_run (db, stmt, error);
}

/* The last first: somebody who was added and enrolled is unassigned before they are archived. */
static void
reverse_targets (GArray *targets)
{
  for (guint i = 0, k = targets->len; i + 1 < k; i++)
    {
      RegStepTarget target = g_array_index (targets, RegStepTarget, --k);

      g_array_index (targets, RegStepTarget, k) = g_array_index (targets, RegStepTarget, i);
      g_array_index (targets, RegStepTarget, i) = target;
    }
}

static gboolean
stage_counters (Undo *undo,
                gint64 *counter_batch_id,
                gint64 *n_staged,
                GCancellable *cancellable,
                GError **error)
{
  g_autofree char *title = NULL;
  RegStepResult result = { 0 };
  RegStep step = { .targets = (const RegStepTarget *)(void *)undo->targets->data,
                   .n_targets = undo->targets->len,
                   .actor_id = undo->info->actor_id,
                   .actor_role = undo->info->actor_role,
                   .now = reg_store_now () };
  gboolean done;

  if (step.n_targets == 0)
    return TRUE;
  reverse_targets (undo->targets);
  step.operation = step.targets[0].operation;
  /* Translators: %s is what was done, such as "Archive 20 users" */
  title = g_strdup_printf (_ ("Undo: %s"), undo->title);
  step.title = title;
  reg_store_step_result_init (&result);
  done = reg_store_stage_within (undo->transaction, &step, undo->batch_id, &result, NULL, NULL,
                                 cancellable, error)
         && (result.batch_id == 0 || set_undone_by (undo, result.batch_id, error));
  *counter_batch_id = result.batch_id;
  *n_staged = result.n_staged;
  reg_step_result_clear (&result);
  return done;
}

static gboolean
fail_nothing_undone (const Undo *undo, GError **error)
{
  const char *sentence;

  if (undo->n_in_flight > 0)
    sentence = _ ("This is being sent to the LMS right now. It can be undone when the LMS has "
                  "answered.");
  else if (undo->undone_by != 0)
    sentence = _ ("This was undone already.");
  else if (undo->n_done > 0 && undo->counter == NULL)
    sentence = _ ("The LMS has this already, and there is no way to take it back from here.");
  else if (undo->n_done > 0)
    sentence = _ ("The LMS has this already, and it is not as it was left: there is nothing that "
                  "could be given back.");
  else
    sentence = _ ("There is nothing left to undo.");
  g_set_error_literal (error, REG_STORE_ERROR, REG_STORE_ERROR_NOT_POSSIBLE, sentence);
  return FALSE;
}

/* A counter-batch that is itself taken back leaves its batch to be undone again. */
static gboolean
free_countered (Undo *undo, GError **error)
{
  RegStoreDb *db = undo->transaction->db;
  sqlite3_stmt *stmt;

  if (undo->n_done > 0 || undo->n_in_flight > 0)
    return TRUE;
  stmt = reg_store_db_prepare (db, "UPDATE batch SET undone_by = NULL WHERE undone_by = ?1", error);
  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, undo->batch_id);
  return reg_store_db_run (db, stmt, error);
}

static gboolean
undo_within (Undo *undo,
             gint64 *counter_batch_id,
             gint64 *n_undone,
             RegStoreProgress progress,
             gpointer progress_data,
             GCancellable *cancellable,
             GError **error)
{
  gint64 n_countered = 0;

  if (!load_batch (undo, error)
      || !undo_changes_of_batch (undo, progress, progress_data, cancellable, error)
      || !stage_counters (undo, counter_batch_id, &n_countered, cancellable, error))
    return FALSE;
  *n_undone = undo->n_dropped + n_countered;
  if (*n_undone == 0)
    return fail_nothing_undone (undo, error);
  return free_countered (undo, error)
         && reg_store_add_event (undo->transaction, "undone", undo->batch_id, 0, *n_undone, NULL,
                                 error);
}

/**
 * reg_store_undo_batch:
 * @self: a store
 * @batch_id: what to take back
 * @counter_batch_id: (out): the batch that gives back what the LMS has already; 0 for none
 * @n_undone: (out): how many changes were taken back
 * @progress: (nullable) (scope call): told now and then
 * @progress_data: for @progress
 * @cancellable: (nullable): cancelling it leaves everything as it was
 * @error: return location
 *
 * Takes back one action of the person, in one transaction. Changes that are being sent stay; where
 * nothing at all can be taken back the error is %REG_STORE_ERROR_NOT_POSSIBLE and says why.
 */
gboolean
reg_store_undo_batch (RegStore *self,
                      gint64 batch_id,
                      gint64 *counter_batch_id,
                      gint64 *n_undone,
                      RegStoreProgress progress,
                      gpointer progress_data,
                      GCancellable *cancellable,
                      GError **error)
{
  RegStoreTransaction transaction;
  Undo undo = { .transaction = &transaction, .batch_id = batch_id };
  gint64 counter = 0, n = 0;
  gboolean done;

  *counter_batch_id = *n_undone = 0;
  if (!reg_store_transaction_begin (&transaction, self, REG_STORE_DURABLE, error))
    return FALSE;
  undo.targets = g_array_new (FALSE, FALSE, sizeof (RegStepTarget));
  undo.counter_params = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, counter_free);
  done = undo_within (&undo, &counter, &n, progress, progress_data, cancellable, error);
  g_array_unref (undo.targets);
  g_hash_table_unref (undo.counter_params);
  g_free (undo.title);
  if (!done)
    {
      reg_store_transaction_rollback (&transaction);
      return FALSE;
    }
  if (!reg_store_transaction_commit (&transaction, error))
    return FALSE;
  *counter_batch_id = counter;
  *n_undone = n;
  return TRUE;
}

static gboolean
undo_change (RegStoreTransaction *transaction,
             const RegStoreChange *change,
             gpointer data,
             gboolean *done,
             GError **error)
{
  if (!is_droppable (change->state))
    return TRUE;
  *done = TRUE;
  return reg_store_drop_change (transaction, change, error)
         && reg_store_add_event (transaction, "undone", change->batch_id, change->id, 1, NULL,
                                 error);
}

/**
 * reg_store_undo_changes:
 * @self: a store
 * @change_ids: (array length=n): single changes
 * @n: how many
 * @n_undone: (out): how many of them were taken back
 * @error: return location
 *
 * Takes single changes out of the queue. Those that are being sent or done are left alone.
 */
gboolean
reg_store_undo_changes (RegStore *self,
                        const gint64 *change_ids,
                        gsize n,
                        gint64 *n_undone,
                        GError **error)
{
  return reg_store_for_changes (
      self, change_ids, n, undo_change, NULL,
      _ ("Only changes that still wait can be undone one by one. Undo the whole step instead."),
      n_undone, error);
}
