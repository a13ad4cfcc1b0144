/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One look at the database: a statement, the numbers it asks with, and its rows. */
#define G_LOG_DOMAIN "reg-store"

#include "store/reg-store-private.h"

static sqlite3_stmt *
prepare (RegStoreDb *db, const char *sql, const gint64 *numbers, int n, GError **error)
{
  sqlite3_stmt *stmt = reg_store_db_prepare (db, sql, error);

  for (int i = 0; stmt != NULL && i < n; i++)
    sqlite3_bind_int64 (stmt, i + 1, numbers[i]);
  return stmt;
}

GPtrArray *
reg_store_db_list (RegStoreDb *db,
                   const char *sql,
                   const gint64 *numbers,
                   int n,
                   RegStoreReadRow read,
                   GDestroyNotify row_free,
                   GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (row_free);
  sqlite3_stmt *stmt = prepare (db, sql, numbers, n, error);
  gboolean row = TRUE;

  while (stmt != NULL && reg_store_db_step (db, stmt, &row, error) && row)
    g_ptr_array_add (rows, read (stmt));
  return row ? NULL : g_steal_pointer (&rows);
}

GPtrArray *
reg_store_reader_list (RegStore *self,
                       const char *sql,
                       const gint64 *numbers,
                       int n,
                       RegStoreReadRow read,
                       GDestroyNotify row_free,
                       GError **error)
{
  GPtrArray *rows;

  reg_store_db_lock (&self->reader);
  rows = reg_store_db_list (&self->reader, sql, numbers, n, read, row_free, error);
  reg_store_db_unlock (&self->reader);
  return rows;
}

gpointer
reg_store_reader_get (RegStore *self,
                      const char *sql,
                      const gint64 *numbers,
                      int n,
                      RegStoreReadRow read,
                      gboolean *done,
                      GError **error)
{
  RegStoreDb *db = &self->reader;
  gpointer record = NULL;
  sqlite3_stmt *stmt;
  gboolean row;

  reg_store_db_lock (db);
  stmt = prepare (db, sql, numbers, n, error);
  *done = stmt != NULL && reg_store_db_step (db, stmt, &row, error);
  if (*done && row)
    {
      record = read (stmt);
      sqlite3_reset (stmt);
    }
  reg_store_db_unlock (db);
  return record;
}

RegIdList *
reg_store_db_take_ids (RegStoreDb *db, sqlite3_stmt *stmt, GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  gboolean row = TRUE;
  gint64 *taken;
  gsize n;

  while (stmt != NULL && reg_store_db_step (db, stmt, &row, error) && row)
    {
      gint64 id = sqlite3_column_int64 (stmt, 0);

      g_array_append_val (ids, id);
    }
  if (row)
    return NULL;
  taken = g_array_steal (ids, &n);
  return reg_id_list_new_take (taken, n);
}

RegIdList *
reg_store_reader_list_ids (RegStore *self,
                           const char *sql,
                           const gint64 *numbers,
                           int n,
                           GError **error)
{
  RegStoreDb *db = &self->reader;
  RegIdList *ids;

  reg_store_db_lock (db);
  ids = reg_store_db_take_ids (db, prepare (db, sql, numbers, n, error), error);
  reg_store_db_unlock (db);
  return ids;
}

gboolean
reg_store_reader_get_int64 (RegStore *self,
                            const char *sql,
                            const gint64 *numbers,
                            int n,
                            gint64 *value,
                            GError **error)
{
  RegStoreDb *db = &self->reader;
  sqlite3_stmt *stmt;
  gboolean done;

  reg_store_db_lock (db);
  stmt = prepare (db, sql, numbers, n, error);
  done = stmt != NULL && reg_store_db_get_int64 (db, stmt, value, 0, error);
  reg_store_db_unlock (db);
  return done;
}
