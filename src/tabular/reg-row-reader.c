/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-tabular"

#include "tabular/reg-row-reader.h"

#include "tabular/reg-csv-reader.h"
#include "tabular/reg-file-kind.h"
#include "tabular/reg-input.h"
#include "tabular/reg-xlsx-reader.h"

struct _RegRowReader
{
  RegInput *input;
  RegCsvReader *csv; /* one of these two */
  RegXlsxReader *xlsx;
  GError *failure; /* stays once it has happened */
};

/**
 * reg_row_reader_open:
 * @path: the file
 * @options: (nullable): what not to find out
 * @cancellable: (nullable): looked at all through the reading
 * @error: return location, #RegTabularError or %G_IO_ERROR; the message says what to do
 *
 * Opens a spreadsheet and finds out what it is.
 *
 * Returns: (transfer full) (nullable): a reader before the first row
 */
RegRowReader *
reg_row_reader_open (const char *path,
                     const RegReadOptions *options,
                     GCancellable *cancellable,
                     GError **error)
{
  g_autoptr (RegRowReader) self = NULL;
  RegFileKind kind;

  g_return_val_if_fail (path != NULL, NULL);

  self = g_new0 (RegRowReader, 1);
  self->input = reg_input_open (path, cancellable, error);
  if (self->input == NULL || !reg_file_kind_find (self->input, &kind, error))
    return NULL;
  switch (kind)
    {
    case REG_FILE_KIND_TEXT:
      self->csv = reg_csv_reader_new (self->input, options, error);
      return self->csv != NULL ? g_steal_pointer (&self) : NULL;
    case REG_FILE_KIND_ZIP:
      self->xlsx =
          reg_xlsx_reader_new (self->input, options != NULL ? options->sheet : NULL, error);
      return self->xlsx != NULL ? g_steal_pointer (&self) : NULL;
    }
  g_assert_not_reached ();
}

/**
 * reg_row_reader_open_text:
 * @text: a copied range of cells: UTF-8, the cells separated by tabs as a rule
 * @len: its length in bytes
 * @options: (nullable): what not to find out
 * @cancellable: (nullable): looked at all through the reading
 * @error: return location, #RegTabularError; the message says what to do
 *
 * Reads text that was pasted just as a text file is read. The text must outlive the reader.
 *
 * Returns: (transfer full) (nullable): a reader before the first row
 */
RegRowReader *
reg_row_reader_open_text (const char *text,
                          gsize len,
                          const RegReadOptions *options,
                          GCancellable *cancellable,
                          GError **error)
{
  g_autoptr (RegRowReader) self = NULL;
  RegReadOptions pasted = { NULL, "UTF-8", 0 };

  g_return_val_if_fail (text != NULL, NULL);

  if (options != NULL)
    pasted.delimiter = options->delimiter;
  self = g_new0 (RegRowReader, 1);
  self->input = reg_input_new_for_text (text, len, cancellable);
  self->csv = reg_csv_reader_new (self->input, &pasted, error);
  return self->csv != NULL ? g_steal_pointer (&self) : NULL;
}

void
reg_row_reader_free (RegRowReader *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->csv, reg_csv_reader_free);
  g_clear_pointer (&self->xlsx, reg_xlsx_reader_free);
  g_clear_pointer (&self->input, reg_input_free);
  g_clear_error (&self->failure);
  g_free (self);
}

/**
 * reg_row_reader_next:
 * @self: the reader
 * @row: (out caller-allocates): the row; it is valid until the next call
 * @error: return location, #RegTabularError or %G_IO_ERROR; the message says what to do
 *
 * Reads one row. Blank lines and rows are rows too, so that they can be counted; the numbers that a
 * workbook leaves out are not made up.
 *
 * Returns: whether there was a row; %FALSE without error at the end
 */
gboolean
reg_row_reader_next (RegRowReader *self, RegRow *row, GError **error)
{
  gboolean got;

  g_return_val_if_fail (self != NULL && row != NULL, FALSE);

  if (self->failure == NULL)
    {
      got = self->csv != NULL ? reg_csv_reader_next (self->csv, row, &self->failure)
                              : reg_xlsx_reader_next (self->xlsx, row, &self->failure);
      if (got || self->failure == NULL)
        return got;
    }
  if (error != NULL)
    *error = g_error_copy (self->failure);
  return FALSE;
}

RegRowFormat
reg_row_reader_get_format (RegRowReader *self)
{
  return self->csv != NULL ? REG_ROW_FORMAT_CSV : REG_ROW_FORMAT_XLSX;
}

/**
 * reg_row_reader_get_encoding:
 * @self: the reader
 *
 * Returns: (nullable): the encoding of a text file, for example "UTF-8", "UTF-16LE" or
 * "windows-1252"; %NULL for a workbook
 */
const char *
reg_row_reader_get_encoding (RegRowReader *self)
{
  return self->csv != NULL ? reg_csv_reader_get_encoding (self->csv) : NULL;
}

/**
 * reg_row_reader_get_delimiter:
 * @self: the reader
 *
 * Returns: what stands between the cells of a text file; 0 for a workbook
 */
char
reg_row_reader_get_delimiter (RegRowReader *self)
{
  return self->csv != NULL ? reg_csv_reader_get_delimiter (self->csv) : 0;
}

/**
 * reg_row_reader_get_sheet:
 * @self: the reader
 *
 * Returns: (nullable): the name of the sheet that is read; %NULL for a text file
 */
const char *
reg_row_reader_get_sheet (RegRowReader *self)
{
  return self->xlsx != NULL ? reg_xlsx_reader_get_sheet (self->xlsx) : NULL;
}

/**
 * reg_row_reader_get_sheets:
 * @self: the reader
 *
 * Returns: (array zero-terminated=1): the names of all sheets with cells, hidden ones too, in their
 *   order; none for a text file
 */
const char *const *
reg_row_reader_get_sheets (RegRowReader *self)
{
  static const char *const none[] = { NULL };

  return self->xlsx != NULL ? reg_xlsx_reader_get_sheets (self->xlsx) : none;
}

/**
 * reg_row_reader_get_n_hidden_rows:
 * @self: the reader
 *
 * Returns: how many of the rows read so far a spreadsheet program does not show
 */
guint64
reg_row_reader_get_n_hidden_rows (RegRowReader *self)
{
  return self->xlsx != NULL ? reg_xlsx_reader_get_n_hidden_rows (self->xlsx) : 0;
}

/**
 * reg_row_reader_is_column_hidden:
 * @self: the reader, which has read a row
 * @column: counted from 0
 *
 * Returns: whether a spreadsheet program does not show that column
 */
gboolean
reg_row_reader_is_column_hidden (RegRowReader *self, guint column)
{
  return self->xlsx != NULL && reg_xlsx_reader_is_column_hidden (self->xlsx, column);
}

/**
 * reg_row_reader_get_fraction:
 * @self: the reader
 *
 * Returns: how much of the file has been read, from 0 to 1
 */
double
reg_row_reader_get_fraction (RegRowReader *self)
{
  guint64 size = reg_input_get_size (self->input);

  if (self->xlsx != NULL)
    return reg_xlsx_reader_get_fraction (self->xlsx);
  return size == 0 ? 1 : MIN (1.0, (double)reg_input_get_position (self->input) / (double)size);
}

gboolean
reg_row_reader_get_fingerprint (RegRowReader *self, guint64 *fingerprint, GError **error)
{
  return reg_input_get_fingerprint (self->input, fingerprint, error);
}
