/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-tabular"

#include "tabular/reg-row-writer.h"

#include "tabular/reg-csv-writer.h"
#include "tabular/reg-output-file.h"
#include "tabular/reg-xlsx-writer.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _RegRowWriter
{
  RegOutputFile *file;
  RegCsvWriter *csv; /* one of these two */
  RegXlsxWriter *xlsx;
};

/**
 * reg_row_writer_new:
 * @path: what the file is to be called; a file of that name is replaced at the end
 * @format: what to write
 * @options: (nullable): how a workbook looks
 * @error: return location, see #RegTabularError and %G_IO_ERROR
 *
 * Returns: (transfer full) (nullable): a writer before the first row
 */
RegRowWriter *
reg_row_writer_new (const char *path,
                    RegRowFormat format,
                    const RegWriteOptions *options,
                    GError **error)
{
  g_autoptr (RegRowWriter) self = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  self = g_new0 (RegRowWriter, 1);
  self->file = reg_output_file_new (path, error);
  if (self->file == NULL)
    return NULL;
  switch (format)
    {
    case REG_ROW_FORMAT_CSV:
      self->csv = reg_csv_writer_new (self->file->fd);
      break;
    case REG_ROW_FORMAT_XLSX:
      self->xlsx = reg_xlsx_writer_new (self->file->temporary, options, error);
      if (self->xlsx == NULL)
        return NULL;
      break;
    }
  return g_steal_pointer (&self);
}

/**
 * reg_row_writer_new_for_path:
 * @path: what the file is to be called; one that ends in .xlsx becomes a workbook, any other CSV
 * @options: (nullable): how a workbook looks
 * @error: return location, see #RegTabularError and %G_IO_ERROR
 *
 * Returns: (transfer full) (nullable): a writer before the first row
 */
RegRowWriter *
reg_row_writer_new_for_path (const char *path, const RegWriteOptions *options, GError **error)
{
  g_autofree char *folded = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  folded = g_ascii_strdown (path, -1);
  return reg_row_writer_new (
      path, g_str_has_suffix (folded, ".xlsx") ? REG_ROW_FORMAT_XLSX : REG_ROW_FORMAT_CSV, options,
      error);
}

/**
 * reg_row_writer_add:
 * @self: the writer
 * @cells: (array length=n_cells): the cells of a row, UTF-8; a %NULL is an empty one
 * @n_cells: how many
 * @error: return location, see #RegTabularError and %G_IO_ERROR
 *
 * Returns: whether the row was taken; after an error the writer can only be freed
 */
gboolean
reg_row_writer_add (RegRowWriter *self, const char *const *cells, guint n_cells, GError **error)
{
  g_return_val_if_fail (self != NULL && self->file != NULL, FALSE);

  for (guint i = 0; i < n_cells; i++)
    if (cells[i] != NULL && !g_utf8_validate (cells[i], -1, NULL))
      {
        g_set_error (error, REG_TABULAR_ERROR, REG_TABULAR_ERROR_BAD_TEXT,
                     _ ("Cell %u of a row is not valid text, so the list cannot be saved."), i + 1);
        return FALSE;
      }
  return self->csv != NULL ? reg_csv_writer_add (self->csv, cells, n_cells, error)
                           : reg_xlsx_writer_add (self->xlsx, cells, n_cells, error);
}

/**
 * reg_row_writer_close:
 * @self: the writer; it can only be freed afterwards
 * @error: return location, %G_IO_ERROR
 *
 * Finishes the file and gives it its name.
 *
 * Returns: whether the file is there, whole and on the disk
 */
gboolean
reg_row_writer_close (RegRowWriter *self, GError **error)
{
  g_return_val_if_fail (self != NULL && self->file != NULL, FALSE);

  if (!(self->csv != NULL ? reg_csv_writer_flush (self->csv, error)
                          : reg_xlsx_writer_finish (self->xlsx, error)))
    return FALSE;
  return reg_output_file_commit (self->file, error);
}

/**
 * reg_row_writer_free:
 * @self: (nullable): a writer
 *
 * Frees the writer. What was not closed successfully leaves nothing behind.
 */
void
reg_row_writer_free (RegRowWriter *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->csv, reg_csv_writer_free);
  g_clear_pointer (&self->xlsx, reg_xlsx_writer_free);
  g_clear_pointer (&self->file, reg_output_file_free);
  g_free (self);
}

/**
 * reg_row_cell_needs_escape:
 * @text: a cell
 *
 * Says whether a spreadsheet program that opens the cell from a CSV file would take it for a
 * formula. A cell that only looks escaped counts too, so that taking the escape off gives back
 * every text.
 *
 * Returns: whether the CSV writer puts an apostrophe before it
 */
gboolean
reg_row_cell_needs_escape (const char *text)
{
  text += strspn (text, "'");
  return *text != '\0' && strchr ("=+-@\t\r", *text) != NULL;
}

/**
 * reg_row_cell_unescape_formula:
 * @text: a cell as it was read from a CSV file
 *
 * Takes off the apostrophe that the CSV writer puts before what looks like a formula. Cells of a
 * workbook have none.
 *
 * Returns: (transfer none): the cell's own text, within @text
 */
const char *
reg_row_cell_unescape_formula (const char *text)
{
  return text[0] == '\'' && reg_row_cell_needs_escape (text) ? text + 1 : text;
}
