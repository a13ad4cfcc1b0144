/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-store"

#include "store/reg-store-db.h"

#include <errno.h>
#include <glib/gi18n-lib.h>

/* How long another program (a backup, a database browser) may hold the file before we say so. */
#define BUSY_TIMEOUT_MS 2000

static RegStoreError
code_for_io_error (int extended, int system_error)
{
  if (system_error == ENOSPC || system_error == EDQUOT || system_error == EFBIG)
    return REG_STORE_ERROR_FULL;
  if (extended == SQLITE_IOERR_CORRUPTFS)
    return REG_STORE_ERROR_CORRUPT;
  if (extended == SQLITE_IOERR_WRITE || extended == SQLITE_IOERR_FSYNC
      || extended == SQLITE_IOERR_SHMSIZE)
    return REG_STORE_ERROR_FULL;
  return REG_STORE_ERROR_FAILED;
}

static RegStoreError
code_for_result (RegStoreDb *self, int result)
{
  switch (result & 0xff)
    {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return REG_STORE_ERROR_BUSY;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return REG_STORE_ERROR_CORRUPT;
    case SQLITE_FULL:
      return REG_STORE_ERROR_FULL;
    case SQLITE_IOERR:
      return code_for_io_error (self->handle != NULL ? sqlite3_extended_errcode (self->handle)
                                                     : result,
                                self->handle != NULL ? sqlite3_system_errno (self->handle) : 0);
    default:
      return REG_STORE_ERROR_FAILED;
    }
}

gboolean
reg_store_db_fail (RegStoreDb *self, int code, GError **error)
{
  const char *detail = self->handle != NULL ? sqlite3_errmsg (self->handle) : sqlite3_errstr (code);

  switch (code_for_result (self, code))
    {
    case REG_STORE_ERROR_BUSY:
      g_set_error (error, REG_STORE_ERROR, REG_STORE_ERROR_BUSY,
                   _ ("Another program is using Registrar's database. Close it, then try again. "
                      "(%s)"),
                   self->path);
      break;
    case REG_STORE_ERROR_CORRUPT:
      g_set_error (error, REG_STORE_ERROR, REG_STORE_ERROR_CORRUPT,
                   _ ("Registrar's local copy is damaged and cannot be read: %s"), detail);
      break;
    case REG_STORE_ERROR_FULL:
      g_set_error (error, REG_STORE_ERROR, REG_STORE_ERROR_FULL,
                   _ ("There is no room left on the disk for Registrar's database. Nothing was "
                      "changed; make room, then try again. (%s)"),
                   self->path);
      break;
    case REG_STORE_ERROR_FAILED:
    case REG_STORE_ERROR_NEWER:
    case REG_STORE_ERROR_NOT_FOUND:
    case REG_STORE_ERROR_NOT_POSSIBLE:
      g_set_error (error, REG_STORE_ERROR, REG_STORE_ERROR_FAILED,
                   _ ("Registrar's database refused: %s"), detail);
      break;
    }
  return FALSE;
}

static void
statement_finalize (gpointer data)
{
  sqlite3_finalize (data);
}

typedef struct
{
  RegStoreDbRow func;
  gpointer data;
  GError *error;
} Visit;

/* An aggregate function sees the columns of each row where they are, without a way back out of
 * SQLite between two rows. */
static void
visit_step (sqlite3_context *context, int n, sqlite3_value **values)
{
  const RegStoreDb *self = sqlite3_user_data (context);
  Visit *visit = self->visit;

  if (visit == NULL || !visit->func (values, visit->data, &visit->error))
    sqlite3_result_error_code (context, SQLITE_ABORT);
}

static void
visit_end (sqlite3_context *context)
{
  sqlite3_result_null (context);
}

/* Without these two a damaged file could make SQLite run what a schema in it says. */
static void
harden (sqlite3 *handle)
{
  sqlite3_db_config (handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  sqlite3_db_config (handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
}

/**
 * reg_store_db_open:
 * @self: a connection, zeroed
 * @path: the file; made by the writer where there is none
 * @writer: whether it is the connection that writes
 * @error: return location
 *
 * Opens a connection. On error @self holds nothing.
 */
gboolean
reg_store_db_open (RegStoreDb *self, const char *path, gboolean writer, GError **error)
{
  int result;

  g_mutex_init (&self->lock);
  self->path = g_strdup (path);
  self->statements = g_hash_table_new_full (NULL, NULL, NULL, statement_finalize);
  result = sqlite3_open_v2 (
      path, &self->handle,
      SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | (writer ? SQLITE_OPEN_CREATE : 0), NULL);
  if (result != SQLITE_OK)
    {
      reg_store_db_fail (self, result, error);
      reg_store_db_close (self);
      return FALSE;
    }
  sqlite3_extended_result_codes (self->handle, 1);
  sqlite3_busy_timeout (self->handle, BUSY_TIMEOUT_MS);
  harden (self->handle);
  sqlite3_create_function_v2 (self->handle, "visit", -1, SQLITE_UTF8 | SQLITE_DIRECTONLY, self,
                              NULL, visit_step, visit_end, NULL);
  if (!reg_store_db_exec (self,
                          writer ? "PRAGMA page_size = " G_STRINGIFY (
                              REG_STORE_PAGE_SIZE) ";"
                                                   "PRAGMA journal_mode = WAL;"
                                                   "PRAGMA foreign_keys = ON;"
                                                   "PRAGMA cache_size = -32768;"
                                                   "PRAGMA wal_autocheckpoint = 2000;"
                                                   "PRAGMA journal_size_limit = 67108864;"
                                 : "PRAGMA query_only = ON;"
                                   "PRAGMA cache_size = -16384;",
                          error))
    {
      reg_store_db_close (self);
      return FALSE;
    }
  return TRUE;
}

void
reg_store_db_close (RegStoreDb *self)
{
  if (self->path == NULL)
    return;
  g_clear_pointer (&self->statements, g_hash_table_unref);
  sqlite3_close (self->handle);
  self->handle = NULL;
  g_clear_pointer (&self->path, g_free);
  g_mutex_clear (&self->lock);
}

void
reg_store_db_lock (RegStoreDb *self)
{
  g_mutex_lock (&self->lock);
}

void
reg_store_db_unlock (RegStoreDb *self)
{
  g_mutex_unlock (&self->lock);
}

gboolean
reg_store_db_exec (RegStoreDb *self, const char *sql, GError **error)
{
  int result = sqlite3_exec (self->handle, sql, NULL, NULL, NULL);

  return result == SQLITE_OK || reg_store_db_fail (self, result, error);
}

sqlite3_stmt *
reg_store_db_prepare_once (RegStoreDb *self, const char *sql, GError **error)
{
  sqlite3_stmt *stmt = NULL;
  int result = sqlite3_prepare_v2 (self->handle, sql, -1, &stmt, NULL);

  if (result != SQLITE_OK)
    reg_store_db_fail (self, result, error);
  return stmt;
}

sqlite3_stmt *
reg_store_db_prepare (RegStoreDb *self, const char *sql, GError **error)
{
  sqlite3_stmt *stmt = g_hash_table_lookup (self->statements, sql);
  int result;

  if (stmt != NULL)
    {
      sqlite3_reset (stmt);
      sqlite3_clear_bindings (stmt);
      return stmt;
    }
  result = sqlite3_prepare_v3 (self->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &stmt, NULL);
  if (result != SQLITE_OK)
    {
      reg_store_db_fail (self, result, error);
      return NULL;
    }
  g_hash_table_insert (self->statements, (gpointer)sql, stmt);
  return stmt;
}

gboolean
reg_store_db_step (RegStoreDb *self, sqlite3_stmt *stmt, gboolean *row, GError **error)
{
  int result = sqlite3_step (stmt);

  *row = result != SQLITE_DONE;
  if (result == SQLITE_ROW)
    return TRUE;
  if (result != SQLITE_DONE)
    reg_store_db_fail (self, result, error);
  sqlite3_reset (stmt);
  return result == SQLITE_DONE;
}

gboolean
reg_store_db_visit (RegStoreDb *self,
                    sqlite3_stmt *stmt,
                    RegStoreDbRow func,
                    gpointer data,
                    GError **error)
{
  Visit visit = { func, data, NULL };
  GError *own = NULL;

  self->visit = &visit;
  if (!reg_store_db_run (self, stmt, &own) && visit.error != NULL)
    g_clear_error (&own);
  self->visit = NULL;
  if (own == NULL && visit.error == NULL)
    return TRUE;
  g_propagate_error (error, own != NULL ? own : visit.error);
  return FALSE;
}

gboolean
reg_store_db_run (RegStoreDb *self, sqlite3_stmt *stmt, GError **error)
{
  int result = sqlite3_step (stmt);

  if (result != SQLITE_DONE && result != SQLITE_ROW)
    {
      reg_store_db_fail (self, result, error);
      sqlite3_reset (stmt);
      return FALSE;
    }
  sqlite3_reset (stmt);
  return TRUE;
}

gboolean
reg_store_db_get_int64 (RegStoreDb *self,
                        sqlite3_stmt *stmt,
                        gint64 *value,
                        gint64 fallback,
                        GError **error)
{
  gboolean row;

  if (!reg_store_db_step (self, stmt, &row, error))
    return FALSE;
  *value = row && sqlite3_column_type (stmt, 0) != SQLITE_NULL ? sqlite3_column_int64 (stmt, 0)
                                                               : fallback;
  sqlite3_reset (stmt);
  return TRUE;
}
