/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The files the importer writes: templates to fill in, and the list of what was not imported. */
#define G_LOG_DOMAIN "reg-imports"

#include "imports/reg-import-check.h"

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

/**
 * reg_import_write_rejects:
 * @rejects: (element-type RegImportReject): what was not imported
 * @path: where to
 * @error: where to say why not
 *
 * Writes the list of Download List: CSV with a byte order mark, identifiers as they stand in the
 * file, nothing that a spreadsheet would run as a formula.
 *
 * Returns: whether it is written
 */
gboolean
reg_import_write_rejects (GPtrArray *rejects, const char *path, GError **error)
{
  const char *const headings[] = { "Line", "Email ID or Employee ID", "Course", "Reason",
                                   "Reason Code" };
  g_autoptr (RegRowWriter) writer = reg_row_writer_new (path, REG_ROW_FORMAT_CSV, NULL, error);

  if (writer == NULL || !reg_row_writer_add (writer, headings, G_N_ELEMENTS (headings), error))
    return FALSE;
  for (guint i = 0; i < rejects->len; i++)
    {
      const RegImportReject *reject = g_ptr_array_index (rejects, i);
      g_autofree char *line = g_strdup_printf ("%" G_GINT64_FORMAT, reject->line);
      const char *const cells[] = {
        line,
        reject->identifier != NULL ? reject->identifier : "",
        reject->course != NULL ? reject->course : "",
        reject->reason != NULL ? reject->reason : "",
        reject->code != NULL ? reject->code : "",
      };

      if (!reg_row_writer_add (writer, cells, G_N_ELEMENTS (cells), error))
        return FALSE;
    }
  return reg_row_writer_close (writer, error);
}
