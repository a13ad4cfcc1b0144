/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-tabular"

#include "tabular/reg-xlsx-writer.h"

#include "tabular/reg-output-file.h"
#include "tabular/reg-row-reader.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <xlsxwriter.h>

#define MAX_SHEET_NAME 31
#define MAX_CHARACTERS 32767

struct _RegXlsxWriter
{
  char *path;
  lxw_workbook *workbook;
  lxw_worksheet *worksheet;
  lxw_format *text;
  lxw_format *heading;
  gboolean has_header;
  lxw_row_t n_rows;
  guint64 n_cells; /* that are not empty */
  guint64 n_bytes; /* of their text */
};

static gboolean
fail (GError **error, lxw_error code)
{
  switch (code)
    {
    case LXW_ERROR_MAX_STRING_LENGTH_EXCEEDED:
      g_set_error (error, REG_TABULAR_ERROR, REG_TABULAR_ERROR_TOO_LARGE,
                   _ ("A cell has more than the %d characters that a workbook can hold. Save the "
                      "list as CSV."),
                   MAX_CHARACTERS);
      return FALSE;
    case LXW_ERROR_WORKSHEET_INDEX_OUT_OF_RANGE:
      g_set_error (
          error, REG_TABULAR_ERROR, REG_TABULAR_ERROR_TOO_LARGE,
          _ ("The list has more rows or columns than a workbook can hold (%d and %d). Save "
             "it as CSV."),
          LXW_ROW_MAX, LXW_COL_MAX);
      return FALSE;
    default:
      if (errno != 0)
        return reg_output_file_fail (error, errno);
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, _ ("The file cannot be saved: %s."),
                   lxw_strerror (code));
      return FALSE;
    }
}

/* What spreadsheet programs accept as the name of a sheet */
static char *
fold_sheet_name (const char *name)
{
  g_autofree char *allowed = g_strdup (name);
  g_autofree char *cut = NULL;
  char *text;
  glong n = 0;
  gsize end = 0;

  g_strdelimit (allowed, "[]:*?/\\", ' ');
  /* the limit counts UTF-16 units */
  for (const char *p = allowed; *p != '\0'; p = g_utf8_next_char (p))
    {
      n += g_utf8_get_char (p) >= 0x10000 ? 2 : 1;
      if (n > MAX_SHEET_NAME)
        break;
      end = (gsize)(g_utf8_next_char (p) - allowed);
    }
  cut = g_strndup (allowed, end);
  text = g_strdup (g_strstrip (cut));
  for (char *p = text; *p == '\'';)
    *p++ = ' ';
  for (gsize i = strlen (text); i > 0 && text[i - 1] == '\''; i--)
    text[i - 1] = ' ';
  return g_strstrip (text);
}

static gboolean
lay_out_columns (RegXlsxWriter *self, const RegWriteOptions *options, GError **error)
{
  /* the library's type has become const on the way; through void both are right */
  static const char *marks[] = { "x", NULL };

  for (guint i = 0; options != NULL && i < options->n_columns; i++)
    {
      const RegWriteColumn *column = &options->columns[i];
      lxw_data_validation validation = { .validate = LXW_VALIDATION_TYPE_LIST,
                                         .ignore_blank = LXW_VALIDATION_ON,
                                         .error_type = LXW_VALIDATION_ERROR_TYPE_INFORMATION,
                                         .value_list = (void *)marks };
      double width = column->width > 0 ? column->width : LXW_DEF_COL_WIDTH;
      lxw_error code =
          worksheet_set_column (self->worksheet, (lxw_col_t)i, (lxw_col_t)i, width, self->text);

      if (code == LXW_NO_ERROR && column->marks)
        code = worksheet_data_validation_range (self->worksheet, options->has_header ? 1 : 0,
                                                (lxw_col_t)i, LXW_ROW_MAX - 1, (lxw_col_t)i,
                                                &validation);
      if (code != LXW_NO_ERROR)
        return fail (error, code);
    }
  return TRUE;
}

/**
 * reg_xlsx_writer_new:
 * @path: where the workbook is written
 * @options: (nullable): how it looks
 * @error: return location, see #RegTabularError and %G_IO_ERROR
 *
 * Returns: (transfer full) (nullable): a writer before the first row
 */
RegXlsxWriter *
reg_xlsx_writer_new (const char *path, const RegWriteOptions *options, GError **error)
{
  RegXlsxWriter *self = g_new0 (RegXlsxWriter, 1);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *name =
      options != NULL && options->sheet != NULL ? fold_sheet_name (options->sheet) : NULL;
  lxw_workbook_options workbook_options = { .constant_memory = LXW_TRUE, .tmpdir = folder };

  self->path = g_strdup (path);
  self->has_header = options != NULL && options->has_header;
  self->workbook = workbook_new_opt (path, &workbook_options);
  self->worksheet =
      workbook_add_worksheet (self->workbook, name != NULL && *name != '\0' ? name : NULL);
  if (self->worksheet == NULL)
    {
      fail (error, LXW_ERROR_CREATING_TMPFILE);
      reg_xlsx_writer_free (self);
      return NULL;
    }
  self->text = workbook_add_format (self->workbook);
  format_set_num_format (self->text, "@");
  self->heading = workbook_add_format (self->workbook);
  format_set_num_format (self->heading, "@");
  format_set_bold (self->heading);
  if (self->has_header)
    worksheet_freeze_panes (self->worksheet, 1, 0);
  if (!lay_out_columns (self, options, error))
    {
      reg_xlsx_writer_free (self);
      return NULL;
    }
  return self;
}

void
reg_xlsx_writer_free (RegXlsxWriter *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->workbook, lxw_workbook_free);
  g_free (self->path);
  g_free (self);
}

/* Whether workbooks would read the next seven characters as one. The library itself writes control
 * characters so, with a _ in front. */
static gboolean
looks_escaped (const char *p)
{
  if (p[0] != '_' || p[1] != 'x')
    return FALSE;
  for (int i = 2; i < 6; i++)
    if (!g_ascii_isxdigit (p[i]))
      return FALSE;
  return p[6] == '_' || g_ascii_iscntrl (p[6]);
}

/* `_x0041_` in a text, for which a workbook would show an A; %NULL when there is none. */
static char *
escape_text (const char *text)
{
  GString *escaped = NULL;

  for (const char *p = text; (p = strstr (p, "_x")) != NULL; p++)
    if (looks_escaped (p))
      {
        if (escaped == NULL)
          escaped = g_string_new (NULL);
        g_string_append_len (escaped, text, p - text);
        g_string_append (escaped, "_x005F");
        text = p;
      }
  if (escaped == NULL)
    return NULL;
  g_string_append (escaped, text);
  return g_string_free (escaped, FALSE);
}

/**
 * reg_xlsx_writer_add:
 * @self: the writer
 * @cells: (array length=n_cells): the cells of a row, UTF-8; a %NULL is an empty one
 * @n_cells: how many
 * @error: return location, see #RegTabularError
 *
 * Returns: whether the row was taken
 */
gboolean
reg_xlsx_writer_add (RegXlsxWriter *self, const char *const *cells, guint n_cells, GError **error)
{
  lxw_format *format = self->has_header && self->n_rows == 0 ? self->heading : self->text;

  if (self->n_rows >= LXW_ROW_MAX || n_cells > LXW_COL_MAX)
    return fail (error, LXW_ERROR_WORKSHEET_INDEX_OUT_OF_RANGE);
  for (guint i = 0; i < n_cells; i++)
    {
      g_autofree char *escaped = NULL;
      lxw_error code;

      if (cells[i] == NULL || cells[i][0] == '\0')
        continue;
      escaped = escape_text (cells[i]);
      code = worksheet_write_string (self->worksheet, self->n_rows, (lxw_col_t)i,
                                     escaped != NULL ? escaped : cells[i], format);
      if (code != LXW_NO_ERROR)
        return fail (error, code);
      self->n_cells++;
      self->n_bytes += strlen (cells[i]);
    }
  self->n_rows++;
  return TRUE;
}

/* The library does not notice when its temporary files meet a full disk. Reading the file once
 * costs little beside writing it, and shows that every cell is there. */
static gboolean
read_back (RegXlsxWriter *self, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (RegRowReader) reader = reg_row_reader_open (self->path, NULL, NULL, &local);
  guint64 n_cells = 0;
  guint64 n_bytes = 0;
  RegRow row;

  while (reader != NULL && reg_row_reader_next (reader, &row, &local))
    for (guint i = 0; i < row.n_cells; i++)
      {
        n_cells += row.cells[i].len > 0;
        n_bytes += row.cells[i].len;
      }
  if (local == NULL && n_cells == self->n_cells && n_bytes == self->n_bytes)
    return TRUE;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED,
                       _ ("The file was not saved completely; the disk may be full. Make room, or "
                          "choose another folder."));
  return FALSE;
}

/**
 * reg_xlsx_writer_finish:
 * @self: the writer; no rows can be added any more
 * @error: return location, %G_IO_ERROR
 *
 * Writes the workbook and reads it back.
 *
 * Returns: whether all of it is there
 */
gboolean
reg_xlsx_writer_finish (RegXlsxWriter *self, GError **error)
{
  lxw_error code;

  errno = 0;
  code = workbook_close (g_steal_pointer (&self->workbook));
  if (code != LXW_NO_ERROR)
    return fail (error, code);
  return read_back (self, error);
}
