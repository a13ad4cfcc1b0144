/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One SQLite connection with its lock and its prepared statements, and SQLite's errors as ours.
 *
 * Threads: whoever calls anything but reg_store_db_lock () holds the connection's lock. */
#pragma once

#include "store/reg-store-error.h"

#include <gio/gio.h>
#include <sqlite3.h>

G_BEGIN_DECLS

/* In bytes, of new databases: reading everybody takes half the calls that pages of 4096 take, and
 * writing is not slower. With larger ones more would be lost with a page that the disk damaged. */
#define REG_STORE_PAGE_SIZE 8192

typedef struct
{
  GMutex lock;
  sqlite3 *handle;
  GHashTable *statements; /* SQL text by address → sqlite3_stmt */
  char *path;
  gpointer visit; /* the one that goes on */
} RegStoreDb;

gboolean reg_store_db_open (RegStoreDb *self, const char *path, gboolean writer, GError **error);
void reg_store_db_close (RegStoreDb *self);
void reg_store_db_lock (RegStoreDb *self);
void reg_store_db_unlock (RegStoreDb *self);

gboolean reg_store_db_exec (RegStoreDb *self, const char *sql, GError **error);
/* sql must be a static string: statements are kept by its address. Comes back reset, with its
 * bindings cleared; NULL on error. */
sqlite3_stmt *reg_store_db_prepare (RegStoreDb *self, const char *sql, GError **error);
/* For SQL made at run time: the caller finalizes it. */
sqlite3_stmt *reg_store_db_prepare_once (RegStoreDb *self, const char *sql, GError **error);
/* Sets error from a result code of SQLite; returns FALSE. */
gboolean reg_store_db_fail (RegStoreDb *self, int code, GError **error);

/* One row: TRUE and *row. At the end of the rows, and on error, the statement is reset. *row is
 * FALSE at the end of the rows alone, so that a loop can tell the end from an error by it. */
gboolean reg_store_db_step (RegStoreDb *self, sqlite3_stmt *stmt, gboolean *row, GError **error);
/* Called with the columns of a row; what they give is valid within the call. It must not use the
 * connection. FALSE with error set ends the visit. */
typedef gboolean (*RegStoreDbRow) (sqlite3_value **columns, gpointer data, GError **error);
/* For reading everything: a step for each row is half as dear again. stmt is
 * "SELECT visit (column, …) FROM …" and is reset. */
gboolean reg_store_db_visit (RegStoreDb *self,
                             sqlite3_stmt *stmt,
                             RegStoreDbRow func,
                             gpointer data,
                             GError **error);
/* Runs a statement that gives no rows, and resets it. */
gboolean reg_store_db_run (RegStoreDb *self, sqlite3_stmt *stmt, GError **error);
/* The first column of the first row as a number, or fallback; resets the statement. */
gboolean reg_store_db_get_int64 (RegStoreDb *self,
                                 sqlite3_stmt *stmt,
                                 gint64 *value,
                                 gint64 fallback,
                                 GError **error);

static inline void
reg_store_bind_text (sqlite3_stmt *stmt, int at, const char *text)
{
  sqlite3_bind_text (stmt, at, text, -1, SQLITE_STATIC);
}

/* Never NULL; valid until the next step. */
static inline const char *
reg_store_column_text (sqlite3_stmt *stmt, int column)
{
  const char *text = (const char *)sqlite3_column_text (stmt, column);

  return text != NULL ? text : "";
}

/* Where SQLite has it, without a NUL behind it. Never NULL; valid within the visit. */
static inline const char *
reg_store_value_text (sqlite3_value *value, gsize *len)
{
  const char *text = sqlite3_value_blob (value);

  *len = text != NULL ? sqlite3_value_bytes (value) : 0;
  return text != NULL ? text : "";
}

static inline char *
reg_store_column_dup (sqlite3_stmt *stmt, int column)
{
  return g_strdup ((const char *)sqlite3_column_text (stmt, column));
}

G_END_DECLS
