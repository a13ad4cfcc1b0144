/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "tabular/reg-tabular-error.h"

G_BEGIN_DECLS

/**
 * RegRowCell:
 * @text: valid UTF-8, always NUL-terminated, without a NUL inside
 * @len: its length in bytes
 *
 * One cell as text. It belongs to the reader and is valid until the next call of
 * reg_row_reader_next() on it. An empty cell has @len 0.
 */
typedef struct
{
  const char *text;
  gsize len;
} RegRowCell;

/**
 * RegRow:
 * @line: the number that a person sees: of a text file the physical line on which the record begins
 *   (line breaks inside quoted cells count, and so does a `sep=` line), of a workbook the row
 * number
 * @n_cells: how many cells the row has
 * @cells: (array length=n_cells): the cells from the first column on
 *
 * One row. Empty cells at the end of a workbook's row are left out, so a row that is merely
 * formatted has no cells; of a text file every cell that is written is there, and a blank line has
 * none.
 */
typedef struct
{
  guint64 line;
  guint n_cells;
  const RegRowCell *cells;
} RegRow;

typedef enum
{
  REG_ROW_FORMAT_CSV,
  REG_ROW_FORMAT_XLSX,
} RegRowFormat;

/**
 * RegReadOptions:
 * @sheet: (nullable): the sheet of a workbook to read; by default the first that is not hidden
 * @encoding: (nullable): the encoding of a text file, for example "windows-1252"; by default found
 * out
 * @delimiter: the character between the cells of a text file, 0 to find it out
 *
 * What a person decides differently from what the reader finds out.
 */
typedef struct
{
  const char *sheet;
  const char *encoding;
  char delimiter;
} RegReadOptions;

/**
 * RegRowReader:
 *
 * Reads a spreadsheet as a stream of rows: comma-, semicolon- or tab-separated text, or an .xlsx
 * workbook. What a file is follows from its contents, never from its name. A reader may be used on
 * any thread, by one at a time.
 */
typedef struct _RegRowReader RegRowReader;

RegRowReader *reg_row_reader_open (const char *path,
                                   const RegReadOptions *options,
                                   GCancellable *cancellable,
                                   GError **error);
RegRowReader *reg_row_reader_open_text (const char *text,
                                        gsize len,
                                        const RegReadOptions *options,
                                        GCancellable *cancellable,
                                        GError **error);
void reg_row_reader_free (RegRowReader *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RegRowReader, reg_row_reader_free)

gboolean reg_row_reader_next (RegRowReader *self, RegRow *row, GError **error);

RegRowFormat reg_row_reader_get_format (RegRowReader *self);
const char *reg_row_reader_get_encoding (RegRowReader *self);
char reg_row_reader_get_delimiter (RegRowReader *self);
const char *reg_row_reader_get_sheet (RegRowReader *self);
const char *const *reg_row_reader_get_sheets (RegRowReader *self);
guint64 reg_row_reader_get_n_hidden_rows (RegRowReader *self);
gboolean reg_row_reader_is_column_hidden (RegRowReader *self, guint column);
double reg_row_reader_get_fraction (RegRowReader *self);
/* See reg_input_get_fingerprint (). */
gboolean reg_row_reader_get_fingerprint (RegRowReader *self, guint64 *fingerprint, GError **error);

G_END_DECLS
