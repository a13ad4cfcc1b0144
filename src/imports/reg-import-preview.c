/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-imports"

#include "imports/reg-import-preview.h"
#include "imports/reg-directory-private.h"
#include "imports/reg-import-columns.h"
#include "imports/reg-import-rows.h"

#include "rules/reg-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_ROWS 60
#define MAX_SAMPLES 3
/* Longer texts say no more about a column. */
#define MAX_SAMPLE_CHARS 60
/* How far to look for a letter that shows whether the encoding is right. */
#define MAX_ROWS_FOR_LETTER 2000

static void
column_free (gpointer data)
{
  RegImportPreviewColumn *column = data;

  g_free (column->letter);
  g_free (column->heading);
  g_strfreev (column->samples);
  g_free (column->field);
  g_free (column->suggestion);
  g_free (column->why);
  g_free (column);
}

static void
row_free (gpointer data)
{
  RegImportPreviewRow *row = data;

  g_strfreev (row->cells);
  g_free (row);
}

void
reg_import_preview_free (RegImportPreview *self)
{
  g_free (self->encoding);
  g_free (self->sheet);
  g_strfreev (self->sheets);
  g_free (self->sample);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->columns, g_ptr_array_unref);
  g_clear_pointer (&self->missing, g_ptr_array_unref);
  g_strfreev (self->fields);
  g_free (self);
}

static char *
dup_short (const RegRowCell *cell)
{
  const char *text = cell->text;
  gsize len = cell->len;
  const char *end;

  if (len > 0)
    reg_text_strip (&text, &len);
  if (len <= MAX_SAMPLE_CHARS)
    return g_strndup (text, len);
  end = g_utf8_find_prev_char (text, text + MAX_SAMPLE_CHARS + 1);
  return g_strdup_printf ("%.*s…", (int)(end - text), text);
}

static RegImportPreviewRow *
row_new (const RegRow *row)
{
  RegImportPreviewRow *copy = g_new0 (RegImportPreviewRow, 1);

  copy->line = row->line;
  copy->cells = g_new0 (char *, row->n_cells + 1);
  for (guint i = 0; i < row->n_cells; i++)
    copy->cells[i] = dup_short (&row->cells[i]);
  return copy;
}

/* ---- What is in the file ---- */

/* What no letter stands for can be seen all the same. */
static char *
dup_visible (const char *text)
{
  GString *out = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    g_string_append_unichar (out, g_unichar_iscntrl (g_utf8_get_char (p)) ? 0xfffd
                                                                          : g_utf8_get_char (p));
  return g_string_free (out, FALSE);
}

/* A word with an accent shows at a glance whether it was read rightly. */
static char *
find_letter (const RegRow *row)
{
  for (guint i = 0; i < row->n_cells; i++)
    for (gsize k = 0; k < row->cells[i].len; k++)
      if ((guchar)row->cells[i].text[k] >= 0x80)
        {
          g_autofree char *cell = dup_short (&row->cells[i]);

          return dup_visible (cell);
        }
  return NULL;
}

static void
describe (RegImportPreview *self, RegRowReader *reader)
{
  self->format = reg_row_reader_get_format (reader);
  self->encoding = g_strdup (reg_row_reader_get_encoding (reader));
  self->delimiter = reg_row_reader_get_delimiter (reader);
  self->sheet = g_strdup (reg_row_reader_get_sheet (reader));
  self->sheets = g_strdupv ((char **)reg_row_reader_get_sheets (reader));
}

/* The lines above the headings, the headings, and some below. */
static gboolean
read_rows (RegImportPreview *self, RegImportRows *rows, GCancellable *cancellable, GError **error)
{
  GError *inner = NULL;
  guint n_read = 0;
  RegRow row;

  for (guint i = 0; i < rows->next; i++)
    if (reg_import_rows_get_ahead (rows, i, &row))
      g_ptr_array_add (self->rows, row_new (&row));
  while ((self->rows->len < MAX_ROWS || (self->sample == NULL && n_read < MAX_ROWS_FOR_LETTER))
         && reg_import_rows_next (rows, &row, &inner))
    {
      n_read++;
      if (self->rows->len < MAX_ROWS)
        g_ptr_array_add (self->rows, row_new (&row));
      if (self->sample == NULL)
        self->sample = find_letter (&row);
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
    }
  /* What is wrong further down is told by the check. */
  g_clear_error (&inner);
  return TRUE;
}

/* ---- Columns ---- */

static char **
dup_samples (const RegImportPreview *self, guint column)
{
  g_autoptr (GPtrArray) samples = g_ptr_array_new ();

  for (guint i = 0; i < self->rows->len && samples->len < MAX_SAMPLES; i++)
    {
      const RegImportPreviewRow *row = g_ptr_array_index (self->rows, i);

      if (row->line <= self->heading_line || g_strv_length (row->cells) <= column
          || *row->cells[column] == '\0')
        continue;
      if (!g_ptr_array_find_with_equal_func (samples, row->cells[column], g_str_equal, NULL))
        g_ptr_array_add (samples, g_strdup (row->cells[column]));
    }
  g_ptr_array_add (samples, NULL);
  return (char **)g_ptr_array_free (g_steal_pointer (&samples), FALSE);
}

static char *
dup_field (const RegImportAction *action, RegDirectory *directory, const RegImportColumn *column)
{
  if (column->kind == REG_COLUMN_COURSE)
    return g_strdup (reg_directory_get_course_at (directory, column->course)->code);
  if (column->kind == REG_COLUMN_IGNORED)
    return g_strdup ("");
  for (guint i = 0; i < action->n_headings; i++)
    if (action->headings[i].kind == column->kind)
      return g_strdup (action->headings[i].text);
  /* The first column of a matrix, whatever stands above it. */
  return g_strdup (column->kind == REG_COLUMN_IDENTIFIER ? "Email ID" : NULL);
}

static void
fill_columns (RegImportPreview *self,
              const RegImportAction *action,
              RegDirectory *directory,
              RegRowReader *reader,
              const RegRow *row,
              const RegImportHeadings *headings)
{
  for (guint i = 0; i < row->n_cells; i++)
    {
      RegColumnProblem problem = g_array_index (headings->problems, RegColumnProblem, i);
      RegImportPreviewColumn *column = g_new0 (RegImportPreviewColumn, 1);

      column->letter = reg_import_dup_column_letter (i);
      column->heading = dup_short (&row->cells[i]);
      column->samples = dup_samples (self, i);
      column->is_twice = problem == REG_COLUMN_TWICE;
      column->is_hidden = reg_row_reader_is_column_hidden (reader, i);
      if (problem != REG_COLUMN_UNKNOWN)
        column->field = dup_field (action, directory, &headings->columns.columns[i]);
      /* A column without a heading and without a text is none. */
      if (column->field == NULL && *column->heading == '\0' && *column->samples == NULL)
        column->field = g_strdup ("");
      if (column->field == NULL)
        column->suggestion = reg_import_suggest_field (
            action, directory, column->heading, (const char *const *)column->samples, &column->why);
      g_ptr_array_add (self->columns, column);
    }
}

/* Beside columns of courses there is nothing but who it is about. */
static gboolean
fits_matrix (const RegImportAction *action, const char *suggestion)
{
  for (guint i = 0; i < action->n_headings; i++)
    if (g_strcmp0 (action->headings[i].text, suggestion) == 0)
      return action->headings[i].kind >= REG_COLUMN_IDENTIFIER
             && action->headings[i].kind <= REG_COLUMN_EMPLOYEE_ID;
  return TRUE;
}

static void
forget_suggestion (RegImportPreviewColumn *column)
{
  g_clear_pointer (&column->suggestion, g_free);
  g_clear_pointer (&column->why, g_free);
}

/* Two columns are not likely to be the same: the better reason wins, which is the first. */
static void
drop_double_suggestions (RegImportPreview *self)
{
  for (guint i = 0; i < self->columns->len; i++)
    {
      RegImportPreviewColumn *column = g_ptr_array_index (self->columns, i);
      gboolean taken = FALSE;

      for (guint k = 0; column->suggestion != NULL && k < self->columns->len && !taken; k++)
        {
          const RegImportPreviewColumn *other = g_ptr_array_index (self->columns, k);

          taken = k != i
                  && (g_strcmp0 (other->field, column->suggestion) == 0
                      || (k < i && g_strcmp0 (other->suggestion, column->suggestion) == 0));
        }
      if (taken)
        forget_suggestion (column);
    }
}

static gboolean
read_headings (RegImportPreview *self,
               const RegImportRequest *request,
               const RegImportAction *action,
               RegDirectory *directory,
               RegRowReader *reader,
               const RegRow *row,
               GError **error)
{
  RegImportHeadings headings;

  if (!reg_import_headings_examine (&headings, action, directory, row, request->mapping, error))
    return FALSE;
  self->is_matrix = headings.columns.is_matrix;
  fill_columns (self, action, directory, reader, row, &headings);
  for (guint i = 0; self->is_matrix && i < self->columns->len; i++)
    {
      RegImportPreviewColumn *column = g_ptr_array_index (self->columns, i);

      if (!fits_matrix (action, column->suggestion))
        forget_suggestion (column);
    }
  drop_double_suggestions (self);
  self->missing = g_ptr_array_new_with_free_func (g_free);
  self->is_exact = headings.missing->len == 0;
  for (guint i = 0; i < headings.missing->len; i++)
    g_ptr_array_add (self->missing, g_strdup (g_ptr_array_index (headings.missing, i)));
  for (guint i = 0; i < headings.problems->len; i++)
    self->is_exact &= g_array_index (headings.problems, RegColumnProblem, i) == REG_COLUMN_FINE;
  reg_import_headings_clear (&headings);
  return TRUE;
}

static gboolean
fill (RegImportPreview *self,
      const RegImportRequest *request,
      const RegImportAction *action,
      RegDirectory *directory,
      RegImportRows *rows,
      GCancellable *cancellable,
      GError **error)
{
  RegRow row;

  if (!reg_import_rows_find_heading (rows, action, directory, request, &row, error))
    return FALSE;
  self->heading_line = rows->heading_line;
  return read_rows (self, rows, cancellable, error)
         && read_headings (self, request, action, directory, rows->reader, &row, error);
}

/* Such files have their headings in the first line. */
static const RegInterchange *
match_interchange (const RegImportPreview *self)
{
  const RegImportPreviewRow *first = self->rows->len > 0 ? g_ptr_array_index (self->rows, 0) : NULL;

  return first != NULL ? reg_interchange_match_headings ((const char *const *)first->cells) : NULL;
}

/**
 * reg_import_preview_read:
 * @request: the file, and what is known of it
 * @directory: knows the courses; people are not needed
 * @cancellable: (nullable): to stop it
 * @error: why the file cannot be read, in words that help
 *
 * Reads the first lines of a file and asks what its columns are. Headings that do not match are no
 * error here.
 *
 * Returns: (transfer full): what was found
 */
RegImportPreview *
reg_import_preview_read (const RegImportRequest *request,
                         RegDirectory *directory,
                         GCancellable *cancellable,
                         GError **error)
{
  const RegImportAction *action = reg_import_action_find (request->action);
  const RegReadOptions options = {
    .sheet = request->sheet,
    .encoding = request->encoding,
    .delimiter = request->delimiter,
  };
  g_autoptr (RegImportPreview) self = g_new0 (RegImportPreview, 1);
  g_autoptr (RegRowReader) reader = NULL;
  GError *inner = NULL;
  RegImportRows rows;
  gboolean ok;

  if (action == NULL)
    {
      g_set_error (error, REG_IMPORT_ERROR, REG_IMPORT_ERROR_ACTION,
                   _ ("There is no import action “%s”."), request->action);
      return NULL;
    }
  reader = reg_row_reader_open (request->path, &options, cancellable, &inner);
  if (reader == NULL)
    self->interchange = reg_interchange_match_archive (request->path, cancellable);
  if (reader == NULL && self->interchange == NULL)
    {
      g_propagate_error (error, inner);
      return NULL;
    }
  g_clear_error (&inner);
  self->rows = g_ptr_array_new_with_free_func (row_free);
  self->columns = g_ptr_array_new_with_free_func (column_free);
  self->fields = g_new0 (char *, action->n_headings + 1);
  for (guint i = 0; i < action->n_headings; i++)
    self->fields[i] = g_strdup (action->headings[i].text);
  if (reader == NULL)
    return g_steal_pointer (&self);
  describe (self, reader);
  reg_import_rows_init (&rows, reader, NULL);
  ok = fill (self, request, action, directory, &rows, cancellable, error);
  reg_import_rows_clear (&rows);
  if (ok && !self->is_exact && request->mapping == NULL && request->heading_line == 0)
    self->interchange = match_interchange (self);
  return ok ? g_steal_pointer (&self) : NULL;
}
