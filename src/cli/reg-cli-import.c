/* SPDX-License-Identifier: GPL-3.0-or-later */
/* import template, check, start: files on their way in. */
#define G_LOG_DOMAIN "reg-cli"

#include "cli/reg-cli-import.h"
#include "cli/reg-cli-table.h"

#include "sync/reg-import-job.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define REG_CLI_IMPORT_ACTIONS "assign|unenroll|set-due-dates|add-to-groups"

/* What check and start take alike. */
typedef struct
{
  char *action;
  char **courses;
  char **mapping;
  char *sheet;
  char *encoding;
  char *delimiter;
  char *empty;
  char *today;
  gint64 *course_ids;
  RegImportRequest request;
} ImportOptions;

static void
import_options_clear (ImportOptions *self)
{
  g_free (self->action);
  g_strfreev (self->courses);
  g_strfreev (self->mapping);
  g_free (self->sheet);
  g_free (self->encoding);
  g_free (self->delimiter);
  g_free (self->empty);
  g_free (self->today);
  g_free (self->course_ids);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ImportOptions, import_options_clear)

static gboolean
check_action (const char *name)
{
  guint n;
  const RegImportAction *actions = reg_import_action_list (&n);
  g_autoptr (GString) names = g_string_new (NULL);

  if (reg_import_action_find (name) != NULL)
    return TRUE;
  for (guint i = 0; i < n; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", actions[i].name);
  reg_cli_misuse (_ ("--action must be one of: %s."), names->str);
  return FALSE;
}

static gboolean
read_delimiter (const char *text, char *delimiter)
{
  static const struct
  {
    const char *word;
    char delimiter;
  } words[] = { { "comma", ',' }, { "semicolon", ';' }, { "tab", '\t' }, { "\\t", '\t' } };

  *delimiter = '\0';
  if (text == NULL)
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_str_equal (text, words[i].word))
      *delimiter = words[i].delimiter;
  if (*delimiter == '\0' && strlen (text) == 1)
    *delimiter = *text;
  if (*delimiter != '\0')
    return TRUE;
  reg_cli_misuse (_ ("--delimiter is one character, or comma, semicolon or tab."));
  return FALSE;
}

static gboolean
read_empty (const char *text, RegEmptyRule *empty)
{
  *empty = g_strcmp0 (text, "clear") == 0 ? REG_EMPTY_CLEAR : REG_EMPTY_LEAVE;
  if (text == NULL || *empty == REG_EMPTY_CLEAR || g_str_equal (text, "leave"))
    return TRUE;
  reg_cli_misuse (_ ("--empty is leave or clear."));
  return FALSE;
}

/* "--course A B FILE" means what "--course A --course B FILE" means. Returns: (nullable): the file
 */
static const char *
take_file (ImportOptions *options, int argc, char **argv)
{
  g_autoptr (GPtrArray) courses = g_ptr_array_new ();
  int file = argc - 1;

  if (argc == 2)
    return argv[1];
  if (argc < 2 || options->courses == NULL)
    return NULL;
  /* The file may stand before the options as well. */
  if (!g_file_test (argv[file], G_FILE_TEST_EXISTS) && g_file_test (argv[1], G_FILE_TEST_EXISTS))
    file = 1;
  for (char **course = options->courses; *course != NULL; course++)
    g_ptr_array_add (courses, *course);
  for (int i = 1; i < argc; i++)
    if (i != file)
      g_ptr_array_add (courses, g_strdup (argv[i]));
  g_ptr_array_add (courses, NULL);
  g_free (options->courses);
  options->courses = (char **)g_ptr_array_free (g_steal_pointer (&courses), FALSE);
  return argv[file];
}

/* Parses, opens the local copy and fills the request. */
static RegExit
prepare (RegCli *self, const char *name, int argc, char **argv, ImportOptions *options)
{
  g_autoptr (GError) error = NULL;
  RegImportRequest *request = &options->request;
  gsize n_courses;
  const GOptionEntry entries[] = {
    { "action", 0, 0, G_OPTION_ARG_STRING, &options->action, N_ ("What the lines ask for"),
      REG_CLI_IMPORT_ACTIONS },
    { "course", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options->courses,
      N_ ("A course for all lines of a list: code, title or id; may be given again"),
      N_ ("COURSE") },
    { "map", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options->mapping,
      N_ ("What a heading means; nothing behind the = leaves the column out"),
      N_ ("HEADING=FIELD") },
    { "sheet", 0, 0, G_OPTION_ARG_STRING, &options->sheet,
      N_ ("Sheet of a workbook; by default the first"), N_ ("NAME") },
    { "encoding", 0, 0, G_OPTION_ARG_STRING, &options->encoding,
      N_ ("Encoding of a text file; by default found out"), N_ ("NAME") },
    { "delimiter", 0, 0, G_OPTION_ARG_STRING, &options->delimiter,
      N_ ("What separates the cells of a text file; by default found out"), N_ ("CHARACTER") },
    { "empty", 0, 0, G_OPTION_ARG_STRING, &options->empty,
      N_ ("What an empty cell means: leave what is there, or clear it"), "leave|clear" },
    G_OPTION_ENTRY_NULL,
  };

  if (!reg_cli_parse (self, name, &argc, &argv, entries, NULL))
    return REG_EXIT_USAGE;
  request->path = take_file (options, argc, argv);
  if (options->action == NULL || request->path == NULL)
    return reg_cli_misuse (_ ("%s needs --action and one file."), name);
  if (!check_action (options->action) || !read_delimiter (options->delimiter, &request->delimiter)
      || !read_empty (options->empty, &request->empty))
    return REG_EXIT_USAGE;
  if (!reg_cli_open (self, &error))
    return reg_cli_fail (error);
  options->course_ids = reg_cli_find_courses (self, options->courses, &n_courses);
  if (options->course_ids == NULL)
    return REG_EXIT_USAGE;
  options->today = reg_cli_dup_today (self);
  request->action = options->action;
  request->courses = options->course_ids;
  request->mapping = (const char *const *)options->mapping;
  request->sheet = options->sheet;
  request->encoding = options->encoding;
  request->today = options->today;
  request->now = reg_cli_get_now ();
  request->actor_id = reg_cli_get_actor_id (self);
  request->actor_role = reg_cli_get_actor_role (self);
  return REG_EXIT_DONE;
}

static RegExit
fail_import (GError *error)
{
  RegExit exit = reg_cli_fail (error);

  return g_error_matches (error, REG_IMPORT_ERROR, REG_IMPORT_ERROR_ACTION) ? REG_EXIT_USAGE : exit;
}

static const char *
get_course_code (const RegImportPlan *plan, gint64 course_id)
{
  const RegCourse *course = reg_directory_get_course (plan->directory, course_id);

  return course != NULL ? course->code : "";
}

/* The course of what the plan says; null where it is about the person alone. */
static void
add_course (RegJsonWriter *json, const RegImportPlan *plan, gint64 course_id)
{
  reg_json_writer_add_text_or_null (json, "course",
                                    course_id != 0 ? get_course_code (plan, course_id) : NULL);
}

static void
write_fields (RegJsonWriter *json, const RegImportPlan *plan, const RegImportItem *item)
{
  const RegImportField *fields;
  guint n = reg_import_plan_get_fields (plan, item, &fields);

  if (n == 0)
    return;
  reg_json_writer_key (json, "changes");
  reg_json_writer_open (json, '[');
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *before = reg_import_plan_dup_field_text (plan, &fields[i], FALSE);
      g_autofree char *after = reg_import_plan_dup_field_text (plan, &fields[i], TRUE);

      reg_json_writer_open (json, '{');
      reg_json_writer_add_text (json, "field", fields[i].key);
      reg_json_writer_add_text (json, "before", before);
      reg_json_writer_add_text (json, "after", after);
      reg_json_writer_close (json, '}');
    }
  reg_json_writer_close (json, ']');
}

static void
write_will (RegJsonWriter *json, const RegImportPlan *plan)
{
  reg_json_writer_key (json, "will");
  reg_json_writer_open (json, '[');
  for (guint i = 0; i < plan->will->len; i++)
    {
      const RegImportItem *item = &g_array_index (plan->will, RegImportItem, i);

      reg_json_writer_open (json, '{');
      reg_json_writer_add_int (json, "line", item->line);
      reg_json_writer_add_text (json, "user",
                                reg_directory_get_email (plan->directory, item->user_id));
      add_course (json, plan, item->course_id);
      write_fields (json, plan, item);
      reg_json_writer_close (json, '}');
      if (json->out->len > (1 << 16))
        reg_cli_flush_json (json, FALSE);
    }
  reg_json_writer_close (json, ']');
}

static void
write_cannot (RegJsonWriter *json, const RegImportPlan *plan)
{
  reg_json_writer_key (json, "cannot");
  reg_json_writer_open (json, '[');
  for (guint i = 0; i < plan->cannot->len; i++)
    {
      const RegImportCannot *one = &g_array_index (plan->cannot, RegImportCannot, i);

      reg_json_writer_open (json, '{');
      reg_json_writer_add_int (json, "line", one->line);
      reg_json_writer_add_text (json, "user",
                                reg_directory_get_email (plan->directory, one->user_id));
      add_course (json, plan, one->course_id);
      reg_json_writer_add_text (json, "code", reg_reason_to_code (one->reason));
      reg_json_writer_add_text (json, "reason", one->sentence);
      reg_json_writer_close (json, '}');
      if (json->out->len > (1 << 16))
        reg_cli_flush_json (json, FALSE);
    }
  reg_json_writer_close (json, ']');
}

static void
write_lines (RegJsonWriter *json, const RegImportPlan *plan)
{
  reg_json_writer_key (json, "not_imported");
  reg_json_writer_open (json, '[');
  for (guint i = 0; i < plan->bad_lines->len; i++)
    {
      const RegImportBadLine *line = &g_array_index (plan->bad_lines, RegImportBadLine, i);

      reg_json_writer_open (json, '{');
      reg_json_writer_add_int (json, "line", line->line);
      reg_json_writer_add_text (json, "identifier", line->identifier);
      reg_json_writer_add_text (json, "code", reg_reason_to_code (line->reason));
      reg_json_writer_add_text (json, "reason", line->sentence);
      reg_json_writer_close (json, '}');
      if (json->out->len > (1 << 16))
        reg_cli_flush_json (json, FALSE);
    }
  reg_json_writer_close (json, ']');
  reg_json_writer_key (json, "unmarked");
  reg_json_writer_open (json, '[');
  for (guint i = 0; i < plan->unmarked->len; i++)
    reg_json_writer_int (json, g_array_index (plan->unmarked, gint64, i));
  reg_json_writer_close (json, ']');
}

static void
write_plan (RegJsonWriter *json, const RegImportPlan *plan)
{
  const char delimiter[] = { plan->delimiter, '\0' };
  g_autofree char *summary = reg_import_plan_dup_summary (plan);

  reg_json_writer_add_text (json, "action", plan->action);
  reg_json_writer_add_text (json, "file", plan->file_name);
  reg_json_writer_add_text_or_null (json, "encoding", plan->delimiter != 0 ? plan->encoding : NULL);
  reg_json_writer_add_text_or_null (json, "delimiter", delimiter);
  reg_json_writer_add_text_or_null (json, "sheet", plan->sheet);
  reg_json_writer_add_int (json, "lines_read", plan->lines_read);
  write_will (json, plan);
  write_cannot (json, plan);
  write_lines (json, plan);
  reg_json_writer_add_int (json, "blank", plan->n_blank);
  reg_json_writer_add_text (json, "summary", summary);
}

static void
print_json (const RegImportPlan *plan)
{
  RegJsonWriter json = { .out = g_string_new (NULL) };

  reg_json_writer_open (&json, '{');
  write_plan (&json, plan);
  reg_json_writer_close (&json, '}');
  reg_cli_flush_json (&json, TRUE);
}

const RegCliColumn reg_cli_reject_columns[REG_CLI_N_REJECT_COLUMNS] = {
  { "line", N_ ("Line"), REG_CELL_NUMBER },
  { "identifier", N_ ("Email ID or Employee ID"), REG_CELL_TEXT },
  { "course", N_ ("Course"), REG_CELL_TEXT },
  { "code", N_ ("Code"), REG_CELL_TEXT },
  { "reason", N_ ("Reason"), REG_CELL_TEXT },
};

/* Who is left out, as Import Status shows it: few are shown, many are to be written to a file. */
static gboolean
print_failures (RegCli *self, const RegImportPlan *plan, GError **error)
{
  gsize n = (gsize)plan->bad_lines->len + plan->cannot->len;
  g_autoptr (GPtrArray) rejects = NULL;

  if (n == 0)
    return TRUE;
  if (n >= REG_IMPORT_TABLE_LIMIT)
    {
      reg_cli_say (self,
                   _ ("Too many to show here: --json tells each line and its reason, and after "
                      "import start, import rejects writes the list."));
      return TRUE;
    }
  rejects = reg_import_plan_list_rejects (plan);
  return reg_cli_print_rejects (self, rejects, error);
}

gboolean
reg_cli_print_rejects (RegCli *self, GPtrArray *rejects, GError **error)
{
  g_autoptr (RegCliTable) table =
      reg_cli_table_new (self, reg_cli_reject_columns, REG_CLI_N_REJECT_COLUMNS, NULL, NULL, error);

  for (guint i = 0; table != NULL && i < rejects->len; i++)
    {
      const RegImportReject *reject = g_ptr_array_index (rejects, i);
      g_autofree char *line = g_strdup_printf ("%" G_GINT64_FORMAT, reject->line);
      const char *const cells[REG_CLI_N_REJECT_COLUMNS] = {
        line,
        reject->identifier != NULL ? reject->identifier : "",
        reject->course != NULL ? reject->course : "",
        reject->code != NULL ? reject->code : "",
        reject->reason != NULL ? reject->reason : "",
      };

      if (!reg_cli_table_add (table, cells, error))
        return FALSE;
    }
  return table != NULL && reg_cli_table_finish (table, error);
}

static RegExit
get_exit (const RegImportPlan *plan)
{
  return plan->bad_lines->len > 0 || plan->cannot->len > 0 ? REG_EXIT_ATTENTION : REG_EXIT_DONE;
}

RegExit
reg_cli_import_check (RegCli *self, int argc, char **argv)
{
  g_auto (ImportOptions) options = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (RegImportPlan) plan = NULL;
  g_autofree char *summary = NULL;
  RegExit exit = prepare (self, "import check", argc, argv, &options);

  if (exit != REG_EXIT_DONE)
    return exit;
  plan = reg_import_job_check (self->store, &options.request, NULL, NULL, NULL, &error);
  if (plan == NULL)
    return fail_import (error);
  if (self->json)
    {
      print_json (plan);
      return get_exit (plan);
    }
  summary = reg_import_plan_dup_summary (plan);
  g_print ("%s\n", summary);
  if (!print_failures (self, plan, &error))
    return reg_cli_fail (error);
  reg_cli_say (self, _ ("Nothing was changed. import start queues it."));
  return get_exit (plan);
}

RegExit
reg_cli_import_start (RegCli *self, int argc, char **argv)
{
  g_auto (ImportOptions) options = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (RegImportPlan) plan = NULL;
  g_autoptr (RegImportRun) run = NULL;
  g_autofree char *summary = NULL;
  RegExit exit = prepare (self, "import start", argc, argv, &options);

  if (exit != REG_EXIT_DONE)
    return exit;
  plan = reg_import_job_check (self->store, &options.request, NULL, NULL, NULL, &error);
  if (plan == NULL)
    return fail_import (error);
  if (!reg_import_job_start (self->store, &options.request, plan, NULL, &run, NULL, NULL, NULL,
                             &error))
    return fail_import (error);
  if (self->json)
    {
      if (!reg_cli_print_run (self, run, &error))
        return reg_cli_fail (error);
      return get_exit (plan);
    }
  summary = reg_import_plan_dup_summary (plan);
  g_print ("%s\n", summary);
  g_print (_ ("Import %d started.\n"), (int)run->id);
  if (!print_failures (self, plan, &error))
    return reg_cli_fail (error);
  reg_cli_say (self, "%s",
               _ ("Saved on this computer. Nothing is sent to the LMS until you sync."));
  return get_exit (plan);
}

RegExit
reg_cli_import_template (RegCli *self, int argc, char **argv)
{
  g_autofree char *action = NULL;
  g_autofree char *output = NULL;
  g_auto (GStrv) courses = NULL;
  g_autofree gint64 *ids = NULL;
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func ((GDestroyNotify)reg_course_free);
  g_autoptr (GError) error = NULL;
  gsize n;
  const GOptionEntry entries[] = {
    { "action", 0, 0, G_OPTION_ARG_STRING, &action, N_ ("What the lines will ask for"),
      REG_CLI_IMPORT_ACTIONS },
    { "course", 0, 0, G_OPTION_ARG_STRING_ARRAY, &courses,
      N_ ("A column for x-marks; may be given again. Without, the sample list is written"),
      N_ ("COURSE") },
    { "output", 0, 0, G_OPTION_ARG_FILENAME, &output, N_ ("The file to write"),
      N_ ("FILE.xlsx|FILE.csv") },
    G_OPTION_ENTRY_NULL,
  };

  if (!reg_cli_parse (self, "import template", &argc, &argv, entries, NULL))
    return REG_EXIT_USAGE;
  if (action == NULL || output == NULL || argc > 1)
    return reg_cli_misuse (_ ("import template needs --action and --output."));
  if (!check_action (action))
    return REG_EXIT_USAGE;
  if (courses != NULL && !reg_cli_open (self, &error))
    return reg_cli_fail (error);
  ids = reg_cli_find_courses (self, courses, &n);
  if (ids == NULL)
    return REG_EXIT_USAGE;
  for (gsize i = 0; i < n; i++)
    {
      RegCourse *course = reg_store_get_course (self->store, ids[i], &error);

      if (course == NULL)
        return reg_cli_fail (error);
      g_ptr_array_add (records, course);
    }
  if (!reg_import_write_template (action, records, n > 0, output, &error))
    return reg_cli_fail (error);
  reg_cli_say (self, _ ("Written to %s."), output);
  return REG_EXIT_DONE;
}
