/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of a damaged SQLite file, read page by page without its trees. */
#pragma once

#include <glib.h>
#include <sqlite3.h>

G_BEGIN_DECLS

#define REG_SALVAGE_MAX_COLUMNS 24

/* One value of a record; type is one of SQLITE_NULL, _INTEGER, _FLOAT, _TEXT and _BLOB. */
typedef struct
{
  int type;
  gint64 number;
  const guint8 *data;
  gsize len;
} RegSalvageValue;

/* has_rowid: whether it comes from a table with row ids; values[0] of such a row is the row id
 * where the table has one as its key. Data lives during the call. */
typedef void (*RegSalvageVisitor) (gboolean has_rowid,
                                   gint64 rowid,
                                   const RegSalvageValue *values,
                                   guint n_values,
                                   gpointer data);

void
reg_salvage_scan_pages (const guint8 *file, gsize size, RegSalvageVisitor visitor, gpointer data);

/* The same for a write-ahead log, newest pages first; file: the database it belongs to. */
void reg_salvage_scan_log (const guint8 *log,
                           gsize log_size,
                           const guint8 *file,
                           gsize size,
                           RegSalvageVisitor visitor,
                           gpointer data);

G_END_DECLS
