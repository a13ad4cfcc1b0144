/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The files the importer writes: templates to fill in, and the list of what was not imported. */
#define G_LOG_DOMAIN "reg-imports"

#include "imports/reg-import-check.h"
#include "imports/reg-import-columns.h"
#include "imports/reg-import-export.h"

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

struct _RegTemplateWriter
{
  const RegImportAction *action;
  RegDirectory *directory;
  gboolean is_matrix;
  guint n_columns;
  RegRowWriter *writer;
};

static gboolean
fail_template (GError **error, const char *sentence)
{
  g_set_error_literal (error, REG_IMPORT_ERROR, REG_IMPORT_ERROR_ACTION, sentence);
  return FALSE;
}

static gboolean
check_template (const char *action, GPtrArray *courses, gboolean matrix, GError **error)
{
  const RegImportAction *own = reg_import_action_find (action);

  if (own == NULL)
    return fail_template (error, _ ("There is no such import action."));
  if (matrix && !own->has_matrix)
    return fail_template (error, _ ("This action has no x-marks. Take the list."));
  if (matrix && (courses == NULL || courses->len == 0))
    return fail_template (error, _ ("Choose the courses that shall be columns first."));
  return TRUE;
}

static void
add_matrix_headings (GPtrArray *headings, GArray *columns, GPtrArray *courses)
{
  add_heading (headings, columns, g_strdup ("Email ID"), EMAIL_WIDTH, FALSE);
  for (guint i = 0; i < courses->len; i++)
    {
      const RegCourse *course = g_ptr_array_index (courses, i);

      add_heading (headings, columns, g_strdup_printf ("%s %s", course->code, course->title),
                   COURSE_WIDTH, TRUE);
    }
}

/**
 * reg_template_writer_new:
 * @action: name of an action
 * @courses: (nullable) (element-type RegCourse): the columns of a matrix
 * @matrix: whether to write the x-marks form, else the sample list
 * @directory: (nullable): knows the labels and managers of people that will be added
 * @path: where to; the name's ending decides between .xlsx and .csv
 * @error: where to say why not
 *
 * Begins a file with exactly the headings the check wants. In a workbook every column is text, the
 * headings stay in view, and x-marks are offered.
 *
 * Returns: (transfer full) (nullable): a file that appears when it is closed
 */
RegTemplateWriter *
reg_template_writer_new (const char *action,
                         GPtrArray *courses,
                         gboolean matrix,
                         RegDirectory *directory,
                         const char *path,
                         GError **error)
{
  g_autoptr (RegTemplateWriter) self = g_new0 (RegTemplateWriter, 1);
  g_autoptr (GPtrArray) headings = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GArray) columns = g_array_new (FALSE, FALSE, sizeof (RegWriteColumn));
  RegWriteOptions options = { .has_header = TRUE };

  if (!check_template (action, courses, matrix, error))
    return NULL;
  self->action = reg_import_action_find (action);
  self->is_matrix = matrix;
  self->directory = directory != NULL ? reg_directory_ref (directory) : NULL;
  if (matrix)
    add_matrix_headings (headings, columns, courses);
  for (guint i = 0; !matrix && i < self->action->n_headings; i++)
    if (!self->action->headings[i].is_extra)
      add_heading (headings, columns, g_strdup (self->action->headings[i].text),
                   self->action->headings[i].kind == REG_COLUMN_EMAIL ? EMAIL_WIDTH : TEXT_WIDTH,
                   FALSE);
  self->n_columns = options.n_columns = columns->len;
  options.columns = (const RegWriteColumn *)(void *)columns->data;
  self->writer = reg_row_writer_new_for_path (path, &options, error);
  if (self->writer == NULL
      || !reg_row_writer_add (self->writer, (const char *const *)headings->pdata, headings->len,
                              error))
    return NULL;
  return g_steal_pointer (&self);
}

/* What stands under a heading before anybody filled it in. */
static char *
dup_template_cell (RegTemplateWriter *self,
                   guint column,
                   const RegUser *user,
                   const RegCourse *course,
                   const char *due_date)
{
  RegColumnKind kind =
      self->is_matrix ? REG_COLUMN_IDENTIFIER : self->action->headings[column].kind;

  if (self->is_matrix && column > 0)
    return NULL;
  if (kind == REG_COLUMN_COURSE_NAME)
    return g_strdup (course != NULL ? course->code : "");
  if (kind == REG_COLUMN_DUE_DATE)
    return g_strdup (due_date != NULL ? due_date : "");
  /* The groups to join are what is asked for. */
  if (kind == REG_COLUMN_GROUPS && self->action->people == REG_PEOPLE_USUAL)
    return NULL;
  return reg_import_dup_person_cell (self->directory, user, kind);
}

/**
 * reg_template_writer_add:
 * @self: a template that knows its directory
 * @user: a person
 * @course: (nullable): the course of the line, where lines name courses
 * @due_date: (nullable): what is there now
 * @error: where to say why not
 *
 * Adds somebody, so that nobody has to type who they are.
 *
 * Returns: whether the line is written
 */
gboolean
reg_template_writer_add (RegTemplateWriter *self,
                         const RegUser *user,
                         const RegCourse *course,
                         const char *due_date,
                         GError **error)
{
  g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < self->n_columns; i++)
    g_ptr_array_add (cells, dup_template_cell (self, i, user, course, due_date));
  return reg_row_writer_add (self->writer, (const char *const *)cells->pdata, cells->len, error);
}

gboolean
reg_template_writer_close (RegTemplateWriter *self, GError **error)
{
  return reg_row_writer_close (self->writer, error);
}

void
reg_template_writer_free (RegTemplateWriter *self)
{
  g_clear_pointer (&self->writer, reg_row_writer_free);
  g_clear_pointer (&self->directory, reg_directory_unref);
  g_free (self);
}

/**
 * reg_import_write_template:
 * @action: name of an action
 * @courses: (nullable) (element-type RegCourse): the columns of a matrix
 * @matrix: whether to write the x-marks form, else the sample list
 * @path: where to; the name's ending decides between .xlsx and .csv
 * @error: where to say why not
 *
 * Writes a file with exactly the headings the check wants and no line.
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
  g_autoptr (RegTemplateWriter) writer =
      reg_template_writer_new (action, courses, matrix, NULL, path, error);

  return writer != NULL && reg_template_writer_close (writer, error);
}

/* What a person reads; on the way back in they are passed over. */
const char *const reg_import_enrollment_headings[REG_IMPORT_N_ENROLLMENT_HEADINGS + 1] = {
  "Email ID", "Employee ID", "Course",   "Requirement", "Due Date",  "Message", "Name",
  "Title",    "Status",      "Progress", "Assigned",    "Completed", "Product", "Subscription Ends",
  NULL
};

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
