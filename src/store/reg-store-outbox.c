/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Looking at the outbox. */
#define G_LOG_DOMAIN "reg-store"

#include "store/reg-store-outbox.h"

#include "rules/reg-seat.h"
#include "store/reg-store-private.h"
#include "store/reg-user-index.h"

#define COLUMNS_BATCH                                                                              \
  "id, operation, title, note, params, coalesce(run_id, 0), created_at, n_pending, n_sending, "    \
  "n_unknown, n_done, n_rejected, n_conflict, n_undone"

static gpointer
read_batch (sqlite3_stmt *stmt)
{
  RegBatch *batch = reg_batch_new ();

  batch->id = sqlite3_column_int64 (stmt, 0);
  g_free (batch->operation);
  batch->operation = g_strdup (reg_store_column_text (stmt, 1));
  g_free (batch->title);
  batch->title = g_strdup (reg_store_column_text (stmt, 2));
  batch->note = reg_store_column_dup (stmt, 3);
  batch->params = reg_store_parse_params ((const char *)sqlite3_column_text (stmt, 4));
  batch->run_id = sqlite3_column_int64 (stmt, 5);
  batch->created_at = sqlite3_column_int64 (stmt, 6);
  for (int i = 0; i < REG_N_CHANGE_STATES; i++)
    batch->counts[i] = sqlite3_column_int64 (stmt, 7 + i);
  return batch;
}

static void
batch_free (gpointer data)
{
  reg_batch_free (data);
}

/**
 * reg_store_list_batches:
 * @self: a store
 * @waiting_only: only those with changes that are not settled
 * @error: return location
 *
 * Returns: (transfer full) (element-type RegBatch) (nullable): batches, newest first; %NULL on
 * error
 */
GPtrArray *
reg_store_list_batches (RegStore *self, gboolean waiting_only, GError **error)
{
  return reg_store_reader_list (
      self,
      waiting_only ? "SELECT " COLUMNS_BATCH " FROM batch WHERE n_pending + n_sending + n_unknown "
                     "+ n_rejected + n_conflict > 0 ORDER BY id DESC"
                   : "SELECT " COLUMNS_BATCH " FROM batch ORDER BY id DESC",
      REG_NO_NUMBERS, read_batch, batch_free, error);
}

/**
 * reg_store_get_batch:
 * @self: a store
 * @batch_id: a batch
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the batch; %NULL without an error where there is none
 */
RegBatch *
reg_store_get_batch (RegStore *self, gint64 batch_id, GError **error)
{
  gboolean done;

  return reg_store_reader_get (self, "SELECT " COLUMNS_BATCH " FROM batch WHERE id = ?1",
                               REG_NUMBERS (batch_id), read_batch, &done, error);
}

static gboolean
can_undo (sqlite3_stmt *stmt)
{
  g_autoptr (RegParams) params = NULL;
  const RegOperation *operation;

  if (sqlite3_column_int64 (stmt, 2) > 0)
    return TRUE;
  if (sqlite3_column_int (stmt, 3) == 0)
    return FALSE;
  operation = reg_operation_find (reg_store_column_text (stmt, 1));
  params = reg_store_parse_params ((const char *)sqlite3_column_text (stmt, 4));
  return operation != NULL && reg_operation_get_counter (operation, params) != NULL;
}

/**
 * reg_store_get_undoable_batch:
 * @self: a store
 * @error: return location
 *
 * The newest batch that still has something to undo. Batches that took back others are passed over,
 * so that undoing again and again goes further back.
 *
 * Returns: its id, or 0
 */
gint64
reg_store_get_undoable_batch (RegStore *self, GError **error)
{
  RegStoreDb *db = &self->reader;
  gint64 id = 0;
  sqlite3_stmt *stmt;
  gboolean row;

  reg_store_db_lock (db);
  stmt = reg_store_db_prepare (db,
                               "SELECT id, operation, n_pending + n_rejected + n_conflict, "
                               "n_done > 0 AND undone_by IS NULL, params FROM batch "
                               "WHERE counter_of IS NULL ORDER BY id DESC",
                               error);
  while (stmt != NULL && id == 0 && reg_store_db_step (db, stmt, &row, error) && row)
    if (can_undo (stmt))
      id = sqlite3_column_int64 (stmt, 0);
  if (stmt != NULL)
    sqlite3_reset (stmt);
  reg_store_db_unlock (db);
  return id;
}

void
reg_change_row_free (RegChangeRow *self)
{
  g_clear_pointer (&self->change, reg_change_free);
  g_free (self->user_name);
  g_free (self->user_email);
  g_free (self->course_title);
  g_free (self->course_code);
  g_clear_pointer (&self->names, reg_params_free);
  g_clear_pointer (&self->server_names, reg_params_free);
  g_free (self);
}

static void
row_free (gpointer data)
{
  if (data != NULL)
    reg_change_row_free (data);
}

#define SELECT_ROWS                                                                                \
  "SELECT " REG_SQL_CHANGE ", u.given_name, u.family_name, u.email, co.title, co.code "
#define JOIN_ROWS                                                                                  \
  "CROSS JOIN batch AS b ON b.id = c.batch_id LEFT JOIN user AS u ON u.id = c.user_id "            \
  "LEFT JOIN course AS co ON co.id = c.course_id "
#define IN_BATCH                                                                                   \
  "c.id >= (SELECT first_change FROM batch WHERE id = ?1) AND "                                    \
  "c.id <= (SELECT last_change FROM batch WHERE id = ?1) AND c.batch_id = ?1 "
#define IN_STATES "(?2 = 0 OR (1 << c.state) & ?2) "

static gpointer
read_row (sqlite3_stmt *stmt)
{
  RegChangeRow *row = g_new0 (RegChangeRow, 1);
  const RegUser user = { .given_name = (char *)reg_store_column_text (stmt, REG_N_SQL_CHANGE),
                         .family_name = (char *)reg_store_column_text (stmt, REG_N_SQL_CHANGE + 1),
                         .email = (char *)reg_store_column_text (stmt, REG_N_SQL_CHANGE + 2) };

  row->change = reg_store_read_change (stmt);
  row->user_name = reg_user_dup_name (&user);
  row->user_email = g_strdup (user.email);
  row->course_title = g_strdup (reg_store_column_text (stmt, REG_N_SQL_CHANGE + 3));
  row->course_code = g_strdup (reg_store_column_text (stmt, REG_N_SQL_CHANGE + 4));
  return row;
}

/* What looking up names takes; sessions: of course_id, as rows of one course mostly follow each
 * other. */
typedef struct
{
  RegStoreDb *db;
  RegLabelNames *labels;
  GTimeZone *time_zone;
  GPtrArray *sessions;
  gint64 course_id;
} Naming;

static void
naming_clear (Naming *self)
{
  g_clear_pointer (&self->time_zone, g_time_zone_unref);
  g_clear_pointer (&self->sessions, g_ptr_array_unref);
}

static gboolean
read_sessions (Naming *self, gint64 course_id, GError **error)
{
  if (self->time_zone == NULL)
    self->time_zone = reg_store_read_time_zone (self->db);
  if (self->sessions != NULL && self->course_id == course_id)
    return TRUE;
  g_clear_pointer (&self->sessions, g_ptr_array_unref);
  self->course_id = course_id;
  self->sessions = reg_store_read_sessions (self->db, course_id, error);
  return self->sessions != NULL;
}

/* *name: (transfer full) (nullable): NULL for somebody who is not there */
static gboolean
read_user_name (Naming *self, gint64 user_id, char **name, GError **error)
{
  sqlite3_stmt *stmt = reg_store_db_prepare (
      self->db, "SELECT given_name, family_name, email FROM user WHERE id = ?1", error);
  gboolean row;

  *name = NULL;
  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, user_id);
  if (!reg_store_db_step (self->db, stmt, &row, error))
    return FALSE;
  if (row)
    {
      const RegUser user = { .given_name = (char *)reg_store_column_text (stmt, 0),
                             .family_name = (char *)reg_store_column_text (stmt, 1),
                             .email = (char *)reg_store_column_text (stmt, 2) };

      *name = reg_user_dup_name (&user);
      sqlite3_reset (stmt);
    }
  return TRUE;
}

/* *name: (transfer full) (nullable): NULL for a value that is no id, and for an id of nothing */
static gboolean
read_value_name (Naming *self,
                 const RegChange *change,
                 const char *key,
                 const char *value,
                 char **name,
                 GError **error)
{
  gint64 id = g_ascii_strtoll (value, NULL, 10);

  *name = NULL;
  if (g_str_has_suffix (key, "labels"))
    *name = reg_label_names_dup (self->labels, value);
  else if (g_str_equal (key, "location_id"))
    *name = g_strdup (reg_label_names_get (self->labels, id));
  else if (g_str_equal (key, "manager_id"))
    return read_user_name (self, id, name, error);
  else if (g_str_equal (key, "session_id"))
    {
      const RegSession *session;

      if (!read_sessions (self, change->course_id, error))
        return FALSE;
      session = reg_sessions_find (self->sessions, id);
      *name = session != NULL ? reg_session_dup_label (session, self->time_zone) : NULL;
    }
  return TRUE;
}

/* Returns: (nullable) (transfer full): NULL without an error where there is nothing to name */
static RegParams *
read_names (Naming *self, const RegChange *change, const RegParams *params, GError **error)
{
  g_autoptr (RegParams) names = NULL;

  for (guint i = 0; params != NULL && i < reg_params_get_size (params); i++)
    {
      const char *key = reg_params_get_key (params, i);
      g_autofree char *name = NULL;

      if (!read_value_name (self, change, key, reg_params_get (params, key), &name, error))
        return NULL;
      if (name == NULL || *name == '\0')
        continue;
      if (names == NULL)
        names = reg_params_new ();
      reg_params_set (names, key, name);
    }
  return g_steal_pointer (&names);
}

static gboolean
name_values (RegStore *self, GPtrArray *rows, GError **error)
{
  RegStoreDb *db = &self->reader;
  Naming naming = { .db = db };
  GError *inner = NULL;

  if (!reg_user_index_refresh_labels (self->user_index, db, error))
    return FALSE;
  naming.labels = reg_user_index_get_labels (self->user_index);
  for (guint i = 0; inner == NULL && i < rows->len; i++)
    {
      RegChangeRow *row = g_ptr_array_index (rows, i);

      if (row == NULL)
        continue;
      row->names = read_names (&naming, row->change, row->change->params, &inner);
      if (inner == NULL)
        row->server_names = read_names (&naming, row->change, row->change->server, &inner);
    }
  naming_clear (&naming);
  if (inner != NULL)
    g_propagate_error (error, inner);
  return inner == NULL;
}

/* Bits of states that are all open: their index is shorter than the table. */
static gboolean
is_open_only (guint states)
{
  return states != 0 && (states & (1u << REG_CHANGE_DONE | 1u << REG_CHANGE_UNDONE)) == 0;
}

/**
 * reg_store_list_changes:
 * @self: a store
 * @batch_id: of one batch; 0 for any
 * @states: bits 1u << RegChangeState; 0 for any
 * @offset: how many to pass over
 * @limit: how many at most; 0 for all
 * @error: return location
 *
 * Returns: (transfer full) (element-type RegChangeRow) (nullable): changes, newest first; %NULL on
 * error
 */
GPtrArray *
reg_store_list_changes (RegStore *self,
                        gint64 batch_id,
                        guint states,
                        gint64 offset,
                        gint64 limit,
                        GError **error)
{
  const char *sql;

  if (batch_id != 0)
    sql = SELECT_ROWS "FROM change AS c " JOIN_ROWS "WHERE " IN_BATCH "AND " IN_STATES
                      "ORDER BY c.id DESC LIMIT ?3 OFFSET ?4";
  else if (is_open_only (states))
    sql = SELECT_ROWS "FROM change AS c INDEXED BY change_queue " JOIN_ROWS "WHERE c." REG_SQL_OPEN
                      " AND " IN_STATES "ORDER BY c.id DESC LIMIT ?3 OFFSET ?4";
  else
    sql = SELECT_ROWS "FROM change AS c " JOIN_ROWS "WHERE " IN_STATES
                      "ORDER BY c.id DESC LIMIT ?3 OFFSET ?4";
  return reg_store_reader_list (self, sql,
                                REG_NUMBERS (batch_id, states, limit > 0 ? limit : -1, offset),
                                read_row, row_free, error);
}

/**
 * reg_store_query_changes:
 * @self: a store
 * @batch_id: of one batch; 0 for any
 * @states: bits 1u << RegChangeState; 0 for any
 * @error: return location
 *
 * Returns: (transfer full) (nullable): ids of changes, newest first; %NULL on error
 */
RegIdList *
reg_store_query_changes (RegStore *self, gint64 batch_id, guint states, GError **error)
{
  const char *sql;

  if (batch_id != 0)
    sql = "SELECT c.id FROM change AS c WHERE " IN_BATCH "AND " IN_STATES "ORDER BY c.id DESC";
  else if (is_open_only (states))
    sql = "SELECT c.id FROM change AS c INDEXED BY change_queue WHERE c." REG_SQL_OPEN
          " AND " IN_STATES "ORDER BY c.id DESC";
  else
    sql = "SELECT c.id FROM change AS c WHERE " IN_STATES "ORDER BY c.id DESC";
  return reg_store_reader_list_ids (self, sql, REG_NUMBERS (batch_id, states), error);
}

/**
 * reg_store_get_change_rows:
 * @self: a store
 * @ids: (array length=n): changes
 * @n: how many
 * @error: return location
 *
 * Returns: (transfer full) (element-type RegChangeRow) (nullable): one row per id in the order
 * asked, %NULL in the place of one that is not there; %NULL on error
 */
GPtrArray *
reg_store_get_change_rows (RegStore *self, const gint64 *ids, gsize n, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (row_free);
  RegStoreDb *db = &self->reader;
  gboolean done = TRUE, row;

  reg_store_db_lock (db);
  for (gsize i = 0; done && i < n; i++)
    {
      sqlite3_stmt *stmt = reg_store_db_prepare (
          db, SELECT_ROWS "FROM change AS c " JOIN_ROWS "WHERE c.id = ?1", error);

      if (stmt != NULL)
        sqlite3_bind_int64 (stmt, 1, ids[i]);
      done = stmt != NULL && reg_store_db_step (db, stmt, &row, error);
      if (!done)
        break;
      g_ptr_array_add (rows, row ? read_row (stmt) : NULL);
      sqlite3_reset (stmt);
    }
  done = done && name_values (self, rows, error);
  reg_store_db_unlock (db);
  return done ? g_steal_pointer (&rows) : NULL;
}

/**
 * reg_store_count_changes:
 * @self: a store
 * @counts: (out caller-allocates): changes by state
 * @error: return location
 */
gboolean
reg_store_count_changes (RegStore *self, gint64 counts[REG_N_CHANGE_STATES], GError **error)
{
  RegStoreDb *db = &self->reader;
  sqlite3_stmt *stmt;
  gboolean row, done = FALSE;

  reg_store_db_lock (db);
  stmt = reg_store_db_prepare (db,
                               "SELECT sum(n_pending), sum(n_sending), sum(n_unknown), "
                               "sum(n_done), sum(n_rejected), sum(n_conflict), sum(n_undone) "
                               "FROM batch",
                               error);
  if (stmt != NULL && reg_store_db_step (db, stmt, &row, error))
    {
      for (int i = 0; i < REG_N_CHANGE_STATES; i++)
        counts[i] = sqlite3_column_int64 (stmt, i);
      sqlite3_reset (stmt);
      done = TRUE;
    }
  reg_store_db_unlock (db);
  return done;
}
