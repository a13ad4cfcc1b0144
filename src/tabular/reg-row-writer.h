/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "tabular/reg-row-reader.h"
#include "tabular/reg-tabular-error.h"

G_BEGIN_DECLS

/**
 * RegWriteColumn:
 * @width: in characters, 0 for the program's default
 * @marks: offer an "x" for every cell of the column below the heading
 *
 * How a column of a workbook looks. Every column is formatted as text, so that leading zeros stay.
 */
typedef struct
{
  double width;
  gboolean marks;
} RegWriteColumn;

/**
 * RegWriteOptions:
 * @sheet: (nullable): the name of the sheet; "Sheet1" by default
 * @has_header: the first row is a heading: bold, and it stays in view
 * @n_columns: how many @columns are described
 * @columns: (array length=n_columns) (nullable): the columns from the first on
 *
 * Only workbooks look at these; a CSV file has no place for them.
 */
typedef struct
{
  const char *sheet;
  gboolean has_header;
  guint n_columns;
  const RegWriteColumn *columns;
} RegWriteOptions;

/**
 * RegRowWriter:
 *
 * Writes rows of text to a .csv or .xlsx file. The file appears under its name whole or not at all:
 * it is written beside it, flushed to the disk and renamed by reg_row_writer_close().
 */
typedef struct _RegRowWriter RegRowWriter;

RegRowWriter *reg_row_writer_new (const char *path,
                                  RegRowFormat format,
                                  const RegWriteOptions *options,
                                  GError **error);
RegRowWriter *
reg_row_writer_new_for_path (const char *path, const RegWriteOptions *options, GError **error);
gboolean
reg_row_writer_add (RegRowWriter *self, const char *const *cells, guint n_cells, GError **error);
gboolean reg_row_writer_close (RegRowWriter *self, GError **error);
void reg_row_writer_free (RegRowWriter *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RegRowWriter, reg_row_writer_free)

gboolean reg_row_cell_needs_escape (const char *text);
const char *reg_row_cell_unescape_formula (const char *text);

G_END_DECLS
