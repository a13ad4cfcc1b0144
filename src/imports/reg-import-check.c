/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-imports"

#include "imports/reg-import-check.h"
#include "imports/reg-import-plan.h"

#include "tabular/reg-input.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define PIECE (128 * 1024)

G_DEFINE_QUARK (reg - import - error - quark, reg_import_error)

RegImportPlan *
reg_import_plan_ref (RegImportPlan *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
reg_import_plan_unref (RegImportPlan *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_free (self->action);
  g_free (self->file_name);
  g_free (self->path);
  g_free (self->encoding);
  g_free (self->sheet);
  g_clear_pointer (&self->courses, g_array_unref);
  g_clear_pointer (&self->details, g_array_unref);
  g_clear_pointer (&self->fields, g_array_unref);
  g_clear_pointer (&self->will, g_array_unref);
  g_clear_pointer (&self->befores, g_array_unref);
  g_clear_pointer (&self->before_of, g_array_unref);
  g_clear_pointer (&self->costs, g_array_unref);
  reg_ledger_clear (&self->ledger);
  g_clear_pointer (&self->cannot, g_array_unref);
  g_clear_pointer (&self->bad_lines, g_array_unref);
  g_clear_pointer (&self->unmarked, g_array_unref);
  g_clear_pointer (&self->left_out, g_array_unref);
  g_clear_pointer (&self->headings, g_ptr_array_unref);
  g_clear_pointer (&self->hidden_columns, g_ptr_array_unref);
  g_clear_pointer (&self->columns, g_array_unref);
  g_clear_pointer (&self->directory, reg_directory_unref);
  g_clear_pointer (&self->strings, g_string_chunk_free);
  reg_text_arena_clear (&self->texts);
  g_free (self);
}

static gboolean
make_fingerprint (const char *path, guint64 *out, GCancellable *cancellable, GError **error)
{
  g_autoptr (RegInput) input = reg_input_open (path, cancellable, error);

  return input != NULL && reg_input_get_fingerprint (input, out, error);
}

/**
 * reg_import_plan_dup_hash:
 * @self: a plan whose file was verified
 * @error: why the file cannot be read
 *
 * Returns: (transfer full): SHA-256 of the file, in hex
 */
char *
reg_import_plan_dup_hash (const RegImportPlan *self, GError **error)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autoptr (RegInput) input = reg_input_open (self->path, NULL, error);
  g_autofree guchar *piece = g_malloc (PIECE);
  gssize n;

  if (input == NULL)
    return NULL;
  while ((n = reg_input_read (input, piece, PIECE, error)) > 0)
    g_checksum_update (checksum, piece, n);
  if (n < 0)
    return NULL;
  return g_strdup (g_checksum_get_string (checksum));
}

static void
set_changed (GError **error)
{
  g_set_error_literal (error, REG_IMPORT_ERROR, REG_IMPORT_ERROR_CHANGED,
                       _ ("The file has changed since it was checked. Check it again."));
}

/**
 * reg_import_plan_verify_file:
 * @self: a plan
 * @error: %REG_IMPORT_ERROR_CHANGED, or why the file cannot be read
 *
 * Asks whether the file still is the one that was checked. One whose size and time are the same is
 * taken to be it; else its contents decide.
 *
 * Returns: whether it is
 */
gboolean
reg_import_plan_verify_file (const RegImportPlan *self, GError **error)
{
  guint64 fingerprint = 0;
  gint64 size, mtime;

  if (!reg_input_get_stamp (self->path, &size, &mtime, error))
    {
      g_prefix_error (error, "%s ", _ ("The file that was checked cannot be read any more."));
      return FALSE;
    }
  if (size == self->file_size && mtime == self->file_mtime)
    return TRUE;
  if (size == self->file_size)
    {
      if (!make_fingerprint (self->path, &fingerprint, NULL, error))
        return FALSE;
      if (fingerprint == self->fingerprint)
        return TRUE;
    }
  set_changed (error);
  return FALSE;
}

void
reg_import_plan_describe_file (RegImportPlan *plan, RegRowReader *reader)
{
  gboolean is_text = reg_row_reader_get_format (reader) == REG_ROW_FORMAT_CSV;

  g_free (plan->encoding);
  plan->encoding = g_strdup (reg_row_reader_get_encoding (reader));
  plan->delimiter = is_text ? reg_row_reader_get_delimiter (reader) : '\0';
  g_free (plan->sheet);
  plan->sheet = is_text ? NULL : g_strdup (reg_row_reader_get_sheet (reader));
  plan->n_hidden_rows = reg_row_reader_get_n_hidden_rows (reader);
  for (guint i = 0; i < plan->headings->len && i < plan->columns->len; i++)
    {
      const char *heading = g_ptr_array_index (plan->headings, i);

      if (*heading != '\0' && reg_row_reader_is_column_hidden (reader, i)
          && g_array_index (plan->columns, RegColumnKind, i) != REG_COLUMN_IGNORED)
        g_ptr_array_add (plan->hidden_columns, g_strdup (heading));
    }
}

/* Reads the lines. The reader, with the texts of the whole workbook, and the text of a file that
 * was translated are let go before the plan grows.
 */
static gboolean
read_lines (RegImportLines *lines,
            RegImportPlan *plan,
            RegImportProgress progress,
            gpointer progress_data,
            GCancellable *cancellable,
            GError **error)
{
  const RegReadOptions options = {
    .sheet = lines->request->sheet,
    .encoding = lines->request->encoding,
    .delimiter = lines->request->delimiter,
  };
  g_autofree char *text =
      lines->request->text != NULL ? g_steal_pointer (lines->request->text) : NULL;
  g_autoptr (RegRowReader) reader =
      text != NULL
          ? reg_row_reader_open_text (text, lines->request->text_len, &options, cancellable, error)
          : reg_row_reader_open (lines->request->path, &options, cancellable, error);

  if (reader == NULL
      || !reg_import_lines_read (lines, reader, progress, progress_data, cancellable, error))
    return FALSE;
  for (guint i = 0; i < lines->headings->len; i++)
    g_ptr_array_add (plan->headings, g_strdup (g_ptr_array_index (lines->headings, i)));
  for (guint i = 0; i < lines->columns.n_columns; i++)
    g_array_append_val (plan->columns, lines->columns.columns[i].kind);
  reg_import_plan_describe_file (plan, reader);
  return text != NULL
             ? make_fingerprint (lines->request->path, &plan->fingerprint, cancellable, error)
             : reg_row_reader_get_fingerprint (reader, &plan->fingerprint, error);
}

/* The stamp of before the reading goes with what was read only while nothing moved. */
static gboolean
seal_file (RegImportPlan *plan, GError **error)
{
  gint64 size, mtime;

  if (!reg_input_get_stamp (plan->path, &size, &mtime, error))
    return FALSE;
  if (size == plan->file_size && mtime == plan->file_mtime)
    return TRUE;
  set_changed (error);
  return FALSE;
}

/**
 * reg_import_check:
 * @request: the file and what is wanted of it
 * @directory: who and what is known
 * @progress: (nullable): called now and then with the lines read and the part of the file
 * @progress_data: passed to @progress
 * @cancellable: (nullable): to stop it
 * @error: %REG_IMPORT_ERROR, %REG_TABULAR_ERROR or %G_IO_ERROR
 *
 * Checks a file: reads it once, matches every line, asks the operation about every person and
 * course, and changes nothing anywhere.
 *
 * Returns: (transfer full): what starting it will do
 */
RegImportPlan *
reg_import_check (const RegImportRequest *request,
                  RegDirectory *directory,
                  RegImportProgress progress,
                  gpointer progress_data,
                  GCancellable *cancellable,
                  GError **error)
{
  const RegImportAction *action = reg_import_action_find (request->action);
  g_autoptr (RegImportPlan) plan = NULL;
  RegImportLines lines;
  gboolean ok;

  if (action == NULL)
    {
      g_set_error (error, REG_IMPORT_ERROR, REG_IMPORT_ERROR_ACTION,
                   _ ("There is no import action “%s”."), request->action);
      return NULL;
    }
  plan = reg_import_plan_new ();
  plan->path = g_strdup (request->path);
  plan->file_name = request->name != NULL ? g_strdup (request->name)
                                          : g_filename_display_basename (request->path);
  if (!reg_input_get_stamp (plan->path, &plan->file_size, &plan->file_mtime, error))
    return NULL;
  reg_import_lines_init (&lines, request, action, directory, plan->file_size);
  ok = read_lines (&lines, plan, progress, progress_data, cancellable, error)
       && reg_import_plan_fill (plan, &lines, cancellable, error) && seal_file (plan, error);
  reg_import_lines_clear (&lines);
  return ok ? g_steal_pointer (&plan) : NULL;
}

char *
reg_import_dup_made_key (gint64 line, gint64 user_id, gint64 course_id)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT, line,
                          user_id, course_id);
}

static const char *
get_operation_name (const RegImportPlan *self, const RegImportDetail *detail)
{
  if (detail->instead != NULL)
    return reg_import_instead_parse (detail->instead, self->action)->operation;
  return reg_import_action_find (self->action)->operation;
}

/**
 * reg_import_plan_dup_params:
 * @self: a plan
 * @detail: that of a RegImportItem
 *
 * Returns: (transfer full): the parameters of the operation for such an item
 */
RegParams *
reg_import_plan_dup_params (const RegImportPlan *self, guint32 detail)
{
  const RegImportDetail *own;
  RegParams *params = reg_params_new ();

  if (!reg_import_action_find (self->action)->has_courses)
    {
      reg_import_plan_fill_params (self, detail, params);
      return params;
    }
  own = &g_array_index (self->details, RegImportDetail, detail);
  if (g_str_equal (get_operation_name (self, own), "set-due-date"))
    reg_params_set (params, "due_date", own->due_date);
  if (g_str_equal (get_operation_name (self, own), "reassign") && own->message != NULL)
    reg_params_set (params, REG_PARAM_MESSAGE, own->message);
  if (own->instead != NULL)
    reg_import_instead_fill_params (own->instead, params);
  if (!g_str_equal (get_operation_name (self, own), "assign"))
    return params;
  reg_params_set (params, "source", reg_source_to_nick (REG_SOURCE_IMPORT));
  reg_params_set (params, "requirement", reg_requirement_to_nick (own->requirement));
  if (own->due_date[0] != '\0')
    reg_params_set (params, "due_date", own->due_date);
  if (own->message != NULL)
    reg_params_set (params, "message", own->message);
  return params;
}

gboolean
reg_import_plan_can_correct (const RegImportPlan *self)
{
  return self->headings->len > 0;
}

/**
 * reg_import_plan_list_rejects:
 * @self: a plan
 *
 * Returns: (transfer full) (element-type RegImportReject): what stands in cannot and bad_lines, in
 *   the order of the lines
 */
GPtrArray *
reg_import_plan_list_rejects (const RegImportPlan *self)
{
  GPtrArray *rejects = g_ptr_array_new_with_free_func ((GDestroyNotify)reg_import_reject_free);
  guint bad = 0, cannot = 0;

  while (bad < self->bad_lines->len || cannot < self->cannot->len)
    {
      const RegImportBadLine *line = bad < self->bad_lines->len
                                         ? &g_array_index (self->bad_lines, RegImportBadLine, bad)
                                         : NULL;
      const RegImportCannot *one = cannot < self->cannot->len
                                       ? &g_array_index (self->cannot, RegImportCannot, cannot)
                                       : NULL;
      const RegCourse *course;
      const char *person;

      if (one == NULL || (line != NULL && line->line < one->line))
        {
          g_ptr_array_add (rejects, reg_import_reject_new (line->line, line->identifier, NULL,
                                                           reg_reason_to_code (line->reason),
                                                           line->sentence));
          bad++;
          continue;
        }
      course = reg_directory_get_course (self->directory, one->course_id);
      person = reg_directory_get_email (self->directory, one->user_id);
      if (person == NULL || *person == '\0')
        person = reg_directory_get_employee_id (self->directory, one->user_id);
      g_ptr_array_add (
          rejects, reg_import_reject_new (one->line, person, course != NULL ? course->code : NULL,
                                          reg_reason_to_code (one->reason), one->sentence));
      cannot++;
    }
  return rejects;
}
