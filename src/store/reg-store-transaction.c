/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-store"

#include "store/reg-store-private.h"
#include "store/reg-user-index.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

/* With more users than this changed in one transaction, listeners look at all of them again. */
#define MAX_EVENT_USERS 200000

typedef struct
{
  gint64 delta[REG_N_CHANGE_STATES];
} BatchDelta;

static void
batch_info_free (gpointer data)
{
  RegStoreBatchInfo *info = data;

  g_clear_pointer (&info->params, reg_params_free);
  g_free (info);
}

static void
course_free (gpointer data)
{
  if (data != NULL)
    reg_course_free (data);
}

/**
 * reg_store_transaction_begin:
 * @self: (out caller-allocates): the transaction
 * @store: the store
 * @durability: whether it must survive a power loss
 * @error: return location
 *
 * Takes the writer's lock and begins. In WAL mode a commit of kind %REG_STORE_RECOVERABLE is atomic
 * but may be lost with the machine's power; the next durable commit syncs it too.
 */
gboolean
reg_store_transaction_begin (RegStoreTransaction *self,
                             RegStore *store,
                             RegStoreDurability durability,
                             GError **error)
{
  *self = (RegStoreTransaction){ .store = store, .db = &store->writer };
  reg_store_db_lock (self->db);
  if (!reg_store_db_exec (self->db,
                          durability == REG_STORE_DURABLE
                              ? "PRAGMA synchronous = FULL; BEGIN IMMEDIATE"
                              : "PRAGMA synchronous = NORMAL; BEGIN IMMEDIATE",
                          error))
    {
      reg_store_db_unlock (self->db);
      return FALSE;
    }
  self->user_ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->batches = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  self->infos = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, batch_info_free);
  self->courses = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, course_free);
  self->scratch = g_string_sized_new (256);
  return TRUE;
}

static void
transaction_clear (RegStoreTransaction *self)
{
  g_clear_pointer (&self->user_ids, g_array_unref);
  g_clear_pointer (&self->batches, g_hash_table_unref);
  g_clear_pointer (&self->infos, g_hash_table_unref);
  g_clear_pointer (&self->courses, g_hash_table_unref);
  if (self->scratch != NULL)
    g_string_free (g_steal_pointer (&self->scratch), TRUE);
}

void
reg_store_transaction_rollback (RegStoreTransaction *self)
{
  /* After some errors SQLite has rolled back by itself; then there is nothing left to do. */
  if (!sqlite3_get_autocommit (self->db->handle))
    reg_store_db_exec (self->db, "ROLLBACK", NULL);
  reg_store_db_unlock (self->db);
  transaction_clear (self);
}

void
reg_store_transaction_add_user (RegStoreTransaction *self, gint64 user_id)
{
  self->event.users = TRUE;
  if (self->any_user)
    return;
  if (self->user_ids->len == MAX_EVENT_USERS)
    {
      self->any_user = TRUE;
      g_array_set_size (self->user_ids, 0);
      return;
    }
  g_array_append_val (self->user_ids, user_id);
}

void
reg_store_transaction_count (RegStoreTransaction *self, gint64 batch_id, int from, int to)
{
  BatchDelta *delta = g_hash_table_lookup (self->batches, &batch_id);

  if (delta == NULL)
    {
      delta = g_new0 (BatchDelta, 1);
      g_hash_table_insert (self->batches, g_memdup2 (&batch_id, sizeof batch_id), delta);
    }
  if (from >= 0)
    delta->delta[from]--;
  if (to >= 0)
    delta->delta[to]++;
  self->event.outbox = TRUE;
}

static RegStoreBatchInfo *
read_batch_info (sqlite3_stmt *stmt)
{
  g_autoptr (GError) error = NULL;
  RegStoreBatchInfo *info = g_new0 (RegStoreBatchInfo, 1);

  info->operation = reg_operation_find (reg_store_column_text (stmt, 0));
  if (sqlite3_column_type (stmt, 1) != SQLITE_NULL)
    {
      info->params = reg_params_new_from_text (reg_store_column_text (stmt, 1), &error);
      if (info->params == NULL)
        g_warning ("Parameters of a batch cannot be read: %s", error->message);
    }
  info->actor_id = sqlite3_column_int64 (stmt, 2);
  info->actor_role = (RegRole)CLAMP (sqlite3_column_int (stmt, 3), 0, REG_N_ROLES - 1);
  info->run_id = sqlite3_column_int64 (stmt, 4);
  return info;
}

const RegStoreBatchInfo *
reg_store_transaction_get_batch (RegStoreTransaction *self, gint64 batch_id, GError **error)
{
  RegStoreBatchInfo *info = g_hash_table_lookup (self->infos, &batch_id);
  sqlite3_stmt *stmt;
  gboolean row;

  if (info != NULL)
    return info;
  stmt = reg_store_db_prepare (
      self->db, "SELECT operation, params, actor_id, actor_role, run_id FROM batch WHERE id = ?1",
      error);
  if (stmt == NULL)
    return NULL;
  sqlite3_bind_int64 (stmt, 1, batch_id);
  if (!reg_store_db_step (self->db, stmt, &row, error))
    return NULL;
  if (!row)
    {
      g_set_error (error, REG_STORE_ERROR, REG_STORE_ERROR_NOT_FOUND,
                   _ ("There is no step %" PRIi64 " in Pending Changes."), batch_id);
      return NULL;
    }
  info = read_batch_info (stmt);
  sqlite3_reset (stmt);
  g_hash_table_insert (self->infos, g_memdup2 (&batch_id, sizeof batch_id), info);
  return info;
}

const RegOperation *
reg_store_get_operation (const RegStoreBatchInfo *info, const char *own)
{
  return own != NULL ? reg_operation_find (own) : info->operation;
}

gboolean
reg_store_transaction_get_course (RegStoreTransaction *self,
                                  gint64 id,
                                  const RegCourse **course,
                                  GError **error)
{
  gpointer known;
  sqlite3_stmt *stmt;
  RegCourse *read = NULL;
  gboolean row;

  if (g_hash_table_lookup_extended (self->courses, &id, NULL, &known))
    {
      *course = known;
      return TRUE;
    }
  stmt =
      reg_store_db_prepare (self->db, "SELECT " REG_SQL_COURSE " FROM course WHERE id = ?1", error);
  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, id);
  if (!reg_store_db_step (self->db, stmt, &row, error))
    return FALSE;
  if (row)
    {
      read = g_new0 (RegCourse, 1);
      reg_store_read_course (stmt, 0, read);
      sqlite3_reset (stmt);
    }
  g_hash_table_insert (self->courses, g_memdup2 (&id, sizeof id), read);
  *course = read;
  return TRUE;
}

void
reg_store_transaction_forget_courses (RegStoreTransaction *self)
{
  g_hash_table_remove_all (self->courses);
  self->event.courses = TRUE;
}

/* A run follows its batch: the LMS has every answer, or nothing of it is left to be done. */
static gboolean
update_run (RegStoreTransaction *self, gint64 batch_id, GError **error)
{
  sqlite3_stmt *stmt = reg_store_db_prepare (
      self->db,
      "UPDATE import_run SET state = new.state, finished_at = CASE WHEN new.state IN (2, 3) THEN "
      "max(import_run.finished_at, CAST(strftime('%s', 'now') AS INTEGER)) ELSE 0 END "
      "FROM (SELECT run_id, CASE "
      "WHEN n_done + n_rejected + n_conflict + n_pending + n_sending + n_unknown = 0 THEN 3 "
      "WHEN n_pending + n_sending + n_unknown = 0 THEN 2 "
      "WHEN n_done + n_rejected + n_conflict + n_sending + n_unknown = 0 THEN 0 "
      "ELSE 1 END AS state FROM batch WHERE id = ?1) AS new "
      "WHERE import_run.id = new.run_id AND import_run.state <> new.state",
      error);

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, batch_id);
  if (!reg_store_db_run (self->db, stmt, error))
    return FALSE;
  if (sqlite3_changes (self->db->handle) > 0)
    self->event.runs = TRUE;
  return TRUE;
}

static gboolean
write_counts (RegStoreTransaction *self, GError **error)
{
  GHashTableIter iter;
  gpointer key, value;

  g_hash_table_iter_init (&iter, self->batches);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      const BatchDelta *delta = value;
      sqlite3_stmt *stmt = reg_store_db_prepare (
          self->db,
          "UPDATE batch SET n_pending = n_pending + ?2, n_sending = n_sending + ?3, "
          "n_unknown = n_unknown + ?4, n_done = n_done + ?5, n_rejected = n_rejected + ?6, "
          "n_conflict = n_conflict + ?7, n_undone = n_undone + ?8 WHERE id = ?1",
          error);

      if (stmt == NULL)
        return FALSE;
      sqlite3_bind_int64 (stmt, 1, *(gint64 *)key);
      for (int i = 0; i < REG_N_CHANGE_STATES; i++)
        sqlite3_bind_int64 (stmt, i + 2, delta->delta[i]);
      if (!reg_store_db_run (self->db, stmt, error) || !update_run (self, *(gint64 *)key, error))
        return FALSE;
    }
  return TRUE;
}

static void
tell (RegStoreTransaction *self)
{
  RegStore *store = self->store;
  RegStoreEvent *event = &self->event;

  if (!self->any_user && self->user_ids->len > 0)
    {
      event->user_ids = (const gint64 *)self->user_ids->data;
      event->n_user_ids = self->user_ids->len;
    }
  if (event->users)
    reg_user_index_invalidate_users (store->user_index, event->user_ids, event->n_user_ids);
  if (event->labels)
    reg_user_index_invalidate_labels (store->user_index);
  if (!event->users && !event->courses && !event->labels && !event->enrollments && !event->outbox
      && !event->runs)
    return;
  g_mutex_lock (&store->notify_lock);
  if (store->notify != NULL)
    store->notify (store, event, store->notify_data);
  g_mutex_unlock (&store->notify_lock);
}

gboolean
reg_store_transaction_commit (RegStoreTransaction *self, GError **error)
{
  if (!write_counts (self, error) || !reg_store_db_exec (self->db, "COMMIT", error))
    {
      reg_store_transaction_rollback (self);
      return FALSE;
    }
  reg_store_db_unlock (self->db);
  tell (self);
  transaction_clear (self);
  return TRUE;
}
