/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A file of another system is written anew, in memory, as the lists the actions read; the lines of
 * the plans are then those of the file again. */
#define G_LOG_DOMAIN "reg-imports"

#include "imports/reg-interchange.h"
#include "imports/reg-directory-private.h"
#include "imports/reg-interchange-private.h"

#include "tabular/reg-zip-stream.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* More text of one file than this is not unpacked. */
#define MAX_MEMBER (512 * 1024 * 1024)

static const RegInterchange formats[] = {
  { "moodle-users", N_ ("Moodle: upload users"),
    N_ ("Passwords, preferences, profile fields, cohorts and site roles are passed over. Deleting "
        "and suspending accounts, and other course roles than student, are not done from a file: "
        "such lines are named.") },
  { "canvas-users", N_ ("Canvas: users.csv"),
    N_ ("Passwords, pronouns and authentication are passed over. Deleting and suspending accounts "
        "is not done from a file: such lines are named.") },
  { "canvas-enrollments", N_ ("Canvas: enrollments.csv"),
    N_ ("Sections are passed over. Other roles than student, and completed enrollments, are not "
        "done: such lines are named.") },
  { "oneroster", N_ ("OneRoster 1.2 (zip of CSV files)"),
    N_ ("Organizations, terms, demographics and resources are passed over. Deleting accounts, and "
        "other roles than student in a class, are not done: such lines are named.") },
};

/**
 * reg_interchange_find:
 * @name: (nullable): a name
 *
 * Returns: (transfer none) (nullable): the kind of file of that name
 */
const RegInterchange *
reg_interchange_find (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    if (g_strcmp0 (formats[i].name, name) == 0)
      return &formats[i];
  return NULL;
}

/**
 * reg_interchange_list:
 * @n: (out): how many there are
 *
 * Returns: (transfer none) (array length=n): all kinds of files
 */
const RegInterchange *
reg_interchange_list (guint *n)
{
  *n = G_N_ELEMENTS (formats);
  return formats;
}

/* ---- Tables ---- */

void
reg_interchange_table_free (RegInterchangeTable *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->headings, g_ptr_array_unref);
  g_clear_pointer (&self->reader, reg_row_reader_free);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_free (self->file_name);
  g_free (self);
}

static RegInterchangeTable *
table_new (RegRowReader *reader, const char *file_name, GError **error)
{
  g_autoptr (RegInterchangeTable) self = g_new0 (RegInterchangeTable, 1);
  RegRow row;
  GError *inner = NULL;

  self->reader = reader;
  self->file_name = g_strdup (file_name);
  self->headings = g_ptr_array_new_with_free_func (g_free);
  if (reader == NULL)
    return NULL;
  if (!reg_row_reader_next (reader, &row, &inner))
    {
      if (inner != NULL)
        g_propagate_error (error, inner);
      else
        g_set_error_literal (error, REG_IMPORT_ERROR, REG_IMPORT_ERROR_EMPTY,
                             _ ("The file is empty."));
      return NULL;
    }
  for (guint i = 0; i < row.n_cells; i++)
    g_ptr_array_add (self->headings, reg_directory_fold (row.cells[i].text, row.cells[i].len));
  return g_steal_pointer (&self);
}

static RegInterchangeTable *
open_file (const char *path,
           const RegImportRequest *request,
           GCancellable *cancellable,
           GError **error)
{
  const RegReadOptions options = {
    .sheet = request != NULL ? request->sheet : NULL,
    .encoding = request != NULL ? request->encoding : NULL,
    .delimiter = request != NULL ? request->delimiter : '\0',
  };
  g_autofree char *name = g_filename_display_basename (path);

  return table_new (reg_row_reader_open (path, &options, cancellable, error), name, error);
}

/* -1 where there is no such column */
int
reg_interchange_table_find (const RegInterchangeTable *self, const char *heading)
{
  for (guint i = 0; i < self->headings->len; i++)
    if (strcmp (g_ptr_array_index (self->headings, i), heading) == 0)
      return (int)i;
  return -1;
}

gboolean
reg_interchange_table_has (const RegInterchangeTable *self, const char *const *headings)
{
  for (; *headings != NULL; headings++)
    if (reg_interchange_table_find (self, *headings) < 0)
      return FALSE;
  return TRUE;
}

/* The next row with something in it. */
gboolean
reg_interchange_table_next (RegInterchangeTable *self, GError **error)
{
  GError *inner = NULL;

  while (reg_row_reader_next (self->reader, &self->row, &inner))
    for (guint i = 0; i < self->row.n_cells; i++)
      if (self->row.cells[i].len > 0)
        return TRUE;
  if (inner != NULL)
    g_propagate_error (error, inner);
  return FALSE;
}

/* (transfer full): the cell, blanks off; "" where there is none */
char *
reg_interchange_table_dup (const RegInterchangeTable *self, const char *heading)
{
  int column = reg_interchange_table_find (self, heading);

  if (column < 0 || (guint)column >= self->row.n_cells)
    return g_strdup ("");
  return g_strstrip (g_strndup (self->row.cells[column].text, self->row.cells[column].len));
}

/* ---- Steps ---- */

static void
refused_clear (gpointer data)
{
  RegInterchangeRefused *refused = data;

  g_free (refused->identifier);
  g_free (refused->sentence);
}

RegInterchangeStep *
reg_interchange_step_new (const char *action, const char *file_name, const char *headings)
{
  RegInterchangeStep *self = g_new0 (RegInterchangeStep, 1);

  self->action = action;
  self->file_name = g_strdup (file_name);
  self->text = g_string_new (headings);
  g_string_append_c (self->text, '\n');
  self->lines = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->refused = g_array_new (FALSE, FALSE, sizeof (RegInterchangeRefused));
  g_array_set_clear_func (self->refused, refused_clear);
  return self;
}

void
reg_interchange_step_free (RegInterchangeStep *self)
{
  g_free (self->file_name);
  g_string_free (self->text, TRUE);
  g_array_unref (self->lines);
  g_array_unref (self->refused);
  g_free (self);
}

/* One line: a break within a cell would move the lines below it. */
static void
append_cell (GString *out, const char *text)
{
  g_string_append_c (out, '"');
  for (const char *p = text; *p != '\0'; p++)
    {
      if (*p == '"')
        g_string_append_c (out, '"');
      g_string_append_c (out, *p == '\n' || *p == '\r' ? ' ' : *p);
    }
  g_string_append_c (out, '"');
}

/* cells: NULL-terminated */
void
reg_interchange_step_add (RegInterchangeStep *self, guint64 line, const char *const *cells)
{
  guint32 own = (guint32)line;

  for (guint i = 0; cells[i] != NULL; i++)
    {
      if (i > 0)
        g_string_append_c (self->text, ',');
      append_cell (self->text, cells[i]);
    }
  g_string_append_c (self->text, '\n');
  g_array_append_val (self->lines, own);
}

void
reg_interchange_step_refuse (RegInterchangeStep *self,
                             guint64 line,
                             const char *identifier,
                             const char *sentence)
{
  RegInterchangeRefused refused = { (gint64)line, g_strdup (identifier), g_strdup (sentence) };

  g_array_append_val (self->refused, refused);
}

/* ---- Detection ---- */

static const char *const moodle_headings[] = { "username", NULL };
static const char *const canvas_user_headings[] = { "user_id", "login_id", "status", NULL };
static const char *const canvas_enrollment_headings[] = { "course_id", "user_id", "role", "status",
                                                          NULL };

static gboolean
is_oneroster (const char *path)
{
  g_autoptr (RegInput) input = reg_input_open (path, NULL, NULL);
  g_autoptr (RegZip) zip = input != NULL ? reg_zip_new (input, NULL) : NULL;

  return zip != NULL && reg_zip_find (zip, "manifest.csv") != NULL;
}

/**
 * reg_interchange_detect:
 * @path: a file
 * @cancellable: (nullable): to stop reading
 *
 * Looks at the first line, or into the archive.
 *
 * Returns: (transfer none) (nullable): what kind of file it is
 */
const RegInterchange *
reg_interchange_detect (const char *path, GCancellable *cancellable)
{
  g_autoptr (RegInterchangeTable) table = NULL;

  if (is_oneroster (path))
    return reg_interchange_find ("oneroster");
  table = open_file (path, NULL, cancellable, NULL);
  if (table == NULL)
    return NULL;
  if (reg_interchange_table_has (table, canvas_enrollment_headings))
    return reg_interchange_find ("canvas-enrollments");
  if (reg_interchange_table_has (table, canvas_user_headings))
    return reg_interchange_find ("canvas-users");
  if (reg_interchange_table_has (table, moodle_headings)
      && (reg_interchange_table_find (table, "firstname") >= 0
          || reg_interchange_table_find (table, "lastname") >= 0
          || reg_interchange_table_find (table, "course1") >= 0
          || reg_interchange_table_find (table, "email") >= 0))
    return reg_interchange_find ("moodle-users");
  return NULL;
}

/* ---- Plans ---- */

static gint64
get_line (const RegInterchangeStep *step, gint64 line)
{
  return line >= 2 && line - 2 < step->lines->len ? g_array_index (step->lines, guint32, line - 2)
                                                  : line;
}

static int
compare_bad (gconstpointer a, gconstpointer b)
{
  gint64 one = ((const RegImportBadLine *)a)->line, other = ((const RegImportBadLine *)b)->line;

  return one < other ? -1 : one > other;
}

/* The lines of the plan are those of the file again, and what cannot be done from a file joins
 * those that are not imported. */
static void
put_lines_back (RegImportPlan *plan, const RegInterchangeStep *step)
{
  for (guint i = 0; i < plan->will->len; i++)
    {
      RegImportItem *item = &g_array_index (plan->will, RegImportItem, i);

      item->line = (guint32)get_line (step, item->line);
    }
  for (guint i = 0; i < plan->cannot->len; i++)
    {
      RegImportCannot *cannot = &g_array_index (plan->cannot, RegImportCannot, i);

      cannot->line = (guint32)get_line (step, cannot->line);
    }
  for (guint i = 0; i < plan->unmarked->len; i++)
    {
      gint64 *line = &g_array_index (plan->unmarked, gint64, i);

      *line = get_line (step, *line);
    }
  for (guint i = 0; i < plan->bad_lines->len; i++)
    {
      RegImportBadLine *bad = &g_array_index (plan->bad_lines, RegImportBadLine, i);

      bad->line = get_line (step, bad->line);
    }
  for (guint i = 0; i < step->refused->len; i++)
    {
      const RegInterchangeRefused *refused =
          &g_array_index (step->refused, RegInterchangeRefused, i);
      const RegImportBadLine bad = {
        .line = refused->line,
        .identifier = g_string_chunk_insert (plan->strings, refused->identifier),
        .reason = REG_REASON_OPERATION_UNSUPPORTED,
        .sentence = g_string_chunk_insert_const (plan->strings, refused->sentence),
      };

      g_array_append_val (plan->bad_lines, bad);
    }
  plan->lines_read += step->refused->len;
  g_array_sort (plan->bad_lines, compare_bad);
}

/* Those who come with this step are known to the steps after it. */
static void
add_new_people (RegDirectory *directory, const RegImportPlan *plan, guint64 *n_new)
{
  for (guint i = 0; i < plan->will->len; i++)
    {
      const RegImportItem *item = &g_array_index (plan->will, RegImportItem, i);
      const RegImportField *fields = NULL;
      guint n = item->user_id == 0 ? reg_import_plan_get_fields (plan, item, &fields) : 0;
      const char *email = "", *employee_id = "";

      if (item->user_id != 0)
        continue;
      for (guint k = 0; k < n; k++)
        if (strcmp (fields[k].key, "email") == 0)
          email = fields[k].after;
        else if (strcmp (fields[k].key, "employee_id") == 0)
          employee_id = fields[k].after;
      reg_directory_add_user (directory, G_MININT64 + (gint64)(*n_new)++, REG_USER_STATE_PENDING,
                              email, employee_id);
    }
}

static RegImportPlan *
check_step (const RegInterchangeStep *step,
            const RegImportRequest *request,
            RegDirectory *directory,
            GCancellable *cancellable,
            GError **error)
{
  RegImportRequest own = *request;
  RegImportPlan *plan;

  own.action = step->action;
  own.people = REG_PEOPLE_USUAL;
  if (g_str_equal (step->action, "update-users"))
    own.people = request->people != REG_PEOPLE_USUAL ? request->people : REG_PEOPLE_BOTH;
  own.courses = NULL;
  own.mapping = NULL;
  own.edits = NULL;
  own.sheet = NULL;
  own.encoding = "UTF-8";
  own.delimiter = ',';
  own.heading_line = 1;
  own.text = step->text->str;
  own.text_len = step->text->len;
  plan = reg_import_check (&own, directory, NULL, NULL, cancellable, error);
  if (plan == NULL)
    return NULL;
  put_lines_back (plan, step);
  g_free (plan->file_name);
  plan->file_name = g_strdup (step->file_name);
  return plan;
}

static GPtrArray *
read_steps (const RegInterchange *interchange,
            const RegImportRequest *request,
            RegDirectory *directory,
            GCancellable *cancellable,
            GError **error)
{
  g_autoptr (GPtrArray) steps =
      g_ptr_array_new_with_free_func ((GDestroyNotify)reg_interchange_step_free);
  g_autoptr (RegInterchangeTable) table = NULL;
  gboolean ok;

  if (g_str_equal (interchange->name, "oneroster"))
    {
      g_autoptr (RegInput) input = reg_input_open (request->path, cancellable, error);
      g_autoptr (RegZip) zip = input != NULL ? reg_zip_new (input, error) : NULL;

      ok = zip != NULL && reg_interchange_read_oneroster (zip, steps, error);
      return ok ? g_steal_pointer (&steps) : NULL;
    }
  table = open_file (request->path, request, cancellable, error);
  if (table == NULL)
    return NULL;
  if (g_str_equal (interchange->name, "moodle-users"))
    ok = reg_interchange_read_moodle (table, steps, error);
  else if (g_str_equal (interchange->name, "canvas-users"))
    ok = reg_interchange_read_canvas_users (table, steps, error);
  else
    ok = reg_interchange_read_canvas_enrollments (table, steps, error);
  return ok ? g_steal_pointer (&steps) : NULL;
}

/* (transfer full) (nullable): a CSV file of an archive; NULL without an error where it has none */
RegInterchangeTable *
reg_interchange_open_member (RegZip *zip, const char *name, GError **error)
{
  const RegReadOptions options = { .delimiter = ',' };
  const RegZipEntry *entry = reg_zip_find (zip, name);
  g_autoptr (GBytes) bytes = NULL;
  RegInterchangeTable *table;
  const char *text;
  gsize len;

  if (entry == NULL)
    return NULL;
  bytes = reg_zip_read_whole (zip, entry, MAX_MEMBER, error);
  if (bytes == NULL)
    return NULL;
  text = g_bytes_get_data (bytes, &len);
  table = table_new (reg_row_reader_open_text (text, len, &options, NULL, error), name, error);
  if (table != NULL)
    table->bytes = g_steal_pointer (&bytes);
  return table;
}

/**
 * reg_interchange_check:
 * @interchange: what kind of file it is
 * @request: the file, and who asks
 * @directory: who and what is known; people who come with the file are added to it
 * @cancellable: (nullable): to stop it
 * @error: %REG_IMPORT_ERROR, %REG_TABULAR_ERROR or %G_IO_ERROR
 *
 * Checks every step of the file. Nothing is changed but the directory.
 *
 * Returns: (transfer full) (element-type RegImportPlan) (nullable): what starting it will do, step
 * by step; a step without a line is left out
 */
GPtrArray *
reg_interchange_check (const RegInterchange *interchange,
                       const RegImportRequest *request,
                       RegDirectory *directory,
                       GCancellable *cancellable,
                       GError **error)
{
  g_autoptr (GPtrArray) steps = read_steps (interchange, request, directory, cancellable, error);
  g_autoptr (GPtrArray) plans =
      g_ptr_array_new_with_free_func ((GDestroyNotify)reg_import_plan_unref);
  guint64 n_new = 0;

  for (guint i = 0; steps != NULL && i < steps->len; i++)
    {
      const RegInterchangeStep *step = g_ptr_array_index (steps, i);
      RegImportPlan *plan;

      if (step->lines->len == 0 && step->refused->len == 0)
        continue;
      plan = check_step (step, request, directory, cancellable, error);
      if (plan == NULL)
        return NULL;
      g_ptr_array_add (plans, plan);
      add_new_people (directory, plan, &n_new);
    }
  if (steps != NULL && plans->len == 0)
    g_set_error_literal (error, REG_IMPORT_ERROR, REG_IMPORT_ERROR_EMPTY,
                         _ ("The file has a heading but no line below it."));
  return steps != NULL && plans->len > 0 ? g_steal_pointer (&plans) : NULL;
}
