/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The files the importer writes: templates to fill in, and the list of what was not imported. */
#define G_LOG_DOMAIN "reg-imports"

#include "imports/reg-import-check.h"
#include "imports/reg-import-columns.h"

#include "model/reg-course.h"
#include "tabular/reg-row-writer.h"

#include <glib/gi18n-lib.h>

#define EMAIL_WIDTH 32
#define TEXT_WIDTH 16
#define COURSE_WIDTH 22

static void
add_heading (GPtrArray *headings, GArray *columns, char *heading, double width, gboolean marks)
{
  RegWriteColumn column = { .width = width, .marks = marks };

  g_ptr_array_add (headings, heading);
  g_array_append_val (columns, column);
}

/**
 * reg_import_write_template:
 * @action: name of an action
 * @courses: (nullable) (element-type RegCourse): the columns of a matrix
 * @matrix: whether to write the x-marks form, else the sample list
 * @path: where to; the name's ending decides between .xlsx and .csv
 * @error: where to say why not
 *
 * Writes an empty file with exactly the headings the check wants.
 *
 * Returns: whether it is written
 */
gboolean
reg_import_write_template (const char *action,
                           GPtrArray *courses,
                           gboolean matrix,
                           const char *path,
                           GError **error)
{
  const RegImportAction *own = reg_import_action_find (action);
  g_autoptr (GPtrArray) headings = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GArray) columns = g_array_new (FALSE, FALSE, sizeof (RegWriteColumn));
  g_autoptr (RegRowWriter) writer = NULL;
  RegWriteOptions options = { .has_header = TRUE };

  if (own == NULL || (matrix && (courses == NULL || courses->len == 0)))
    {
      g_set_error_literal (error, REG_IMPORT_ERROR, REG_IMPORT_ERROR_ACTION,
                           own == NULL ? _ ("There is no such import action.")
                                       : _ ("Choose the courses that shall be columns first."));
      return FALSE;
    }
  if (matrix)
    add_heading (headings, columns, g_strdup ("Email ID"), EMAIL_WIDTH, FALSE);
  for (guint i = 0; matrix && i < courses->len; i++)
    {
      const RegCourse *course = g_ptr_array_index (courses, i);

      add_heading (headings, columns, g_strdup_printf ("%s %s", course->code, course->title),
                   COURSE_WIDTH, TRUE);
    }
  for (guint i = 0; !matrix && i < own->n_headings; i++)
    add_heading (headings, columns, g_strdup (own->headings[i].text),
                 own->headings[i].kind == REG_COLUMN_EMAIL ? EMAIL_WIDTH : TEXT_WIDTH, FALSE);

  options.n_columns = columns->len;
  options.columns = (const RegWriteColumn *)(void *)columns->data;
  writer = reg_row_writer_new_for_path (path, &options, error);
  return writer != NULL
         && reg_row_writer_add (writer, (const char *const *)headings->pdata, headings->len, error)
         && reg_row_writer_close (writer, error);
}

/* What a person reads; on the way back in they are passed over. */
const char *const reg_import_reject_headings[REG_IMPORT_N_REJECT_HEADINGS + 1] = {
  "Line", "Email ID or Employee ID", "Course", "Reason", "Reason Code", NULL
};

static void
add_text (GPtrArray *out, const char *text)
{
  g_ptr_array_add (out, (gpointer)(text != NULL ? text : ""));
}

/* cells: (nullable): of the line, written with the first thing that is said of it */
static gboolean
write_reject (RegRowWriter *writer,
              const RegImportReject *reject,
              char **cells,
              guint n_cells,
              GError **error)
{
  g_autoptr (GPtrArray) out = g_ptr_array_new ();
  g_autofree char *line = g_strdup_printf ("%" G_GINT64_FORMAT, reject->line);

  g_ptr_array_add (out, line);
  add_text (out, reject->identifier);
  add_text (out, reject->course);
  add_text (out, reject->reason);
  add_text (out, reject->code);
  for (guint i = 0; cells != NULL && cells[i] != NULL && i < n_cells; i++)
    g_ptr_array_add (out, cells[i]);
  return reg_row_writer_add (writer, (const char *const *)out->pdata, out->len, error);
}

/**
 * reg_import_write_rejects_with_cells:
 * @rejects: (element-type RegImportReject): what was not imported
 * @headings: (nullable) (element-type utf8): of the file
 * @cells: (nullable): gint64 line → GStrv
 * @path: where to
 * @error: where to say why not
 *
 * Writes the list of Download List: CSV with a byte order mark, identifiers as they stand in the
 * file, nothing that a spreadsheet would run as a formula.
 *
 * Returns: whether it is written
 */
gboolean
reg_import_write_rejects_with_cells (GPtrArray *rejects,
                                     GPtrArray *headings,
                                     GHashTable *cells,
                                     const char *path,
                                     GError **error)
{
  g_autoptr (RegRowWriter) writer = reg_row_writer_new (path, REG_ROW_FORMAT_CSV, NULL, error);
  g_autoptr (GPtrArray) all = g_ptr_array_new ();
  gint64 last = 0;

  for (guint i = 0; i < REG_IMPORT_N_REJECT_HEADINGS; i++)
    g_ptr_array_add (all, (gpointer)reg_import_reject_headings[i]);
  for (guint i = 0; headings != NULL && i < headings->len; i++)
    g_ptr_array_add (all, g_ptr_array_index (headings, i));
  if (writer == NULL
      || !reg_row_writer_add (writer, (const char *const *)all->pdata, all->len, error))
    return FALSE;
  for (guint i = 0; i < rejects->len; i++)
    {
      const RegImportReject *reject = g_ptr_array_index (rejects, i);
      char **own =
          cells != NULL && reject->line != last ? g_hash_table_lookup (cells, &reject->line) : NULL;

      if (!write_reject (writer, reject, own, headings != NULL ? headings->len : 0, error))
        return FALSE;
      last = reject->line;
    }
  return reg_row_writer_close (writer, error);
}

/**
 * reg_import_write_rejects:
 * @rejects: (element-type RegImportReject): what was not imported
 * @path: where to
 * @error: where to say why not
 *
 * The list alone, where the file is not at hand any more.
 *
 * Returns: whether it is written
 */
gboolean
reg_import_write_rejects (GPtrArray *rejects, const char *path, GError **error)
{
  return reg_import_write_rejects_with_cells (rejects, NULL, NULL, path, error);
}
