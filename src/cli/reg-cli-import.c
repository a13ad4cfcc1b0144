/* SPDX-License-Identifier: GPL-3.0-or-later */
/* import template, check, start: files on their way in. */
#define G_LOG_DOMAIN "reg-cli"

#include "cli/reg-cli-import.h"
#include "cli/reg-cli-table.h"

#include "imports/reg-import-breaker.h"
#include "imports/reg-import-export.h"
#include "sync/reg-import-job.h"
#include "sync/reg-import-recipes.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define REG_CLI_IMPORT_ACTIONS "assign|unenroll|set-due-dates|add-to-groups|add-users|update-users"

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
  char *date_order;
  char *recipe_name;
  char *remember;
  char **corrections;
  char **left_out;
  int heading_line;
  gint64 confirm;
  char *people;
  char *today;
  gint64 *course_ids;
  RegImportRecipe *recipe;           /* (nullable) */
  const RegInterchange *interchange; /* (nullable) */
  RegImportEdits *edits;
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
  g_free (self->date_order);
  g_free (self->recipe_name);
  g_free (self->remember);
  g_strfreev (self->corrections);
  g_strfreev (self->left_out);
  g_free (self->people);
  g_free (self->today);
  g_free (self->course_ids);
  g_clear_pointer (&self->recipe, reg_import_recipe_free);
  g_clear_pointer (&self->edits, reg_import_edits_free);
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

static gboolean
read_date_order (const char *text, char *order)
{
  if (text == NULL)
    return TRUE;
  *order = g_str_equal (text, "day-first") ? 'd' : g_str_equal (text, "month-first") ? 'm' : 0;
  if (*order != 0)
    return TRUE;
  reg_cli_misuse (_ ("--dates is day-first or month-first."));
  return FALSE;
}

/* "B17=text": a cell as a spreadsheet names it. */
static gboolean
read_correction (const char *text, RegImportEdits *edits)
{
  const char *equals = strchr (text, '=');
  const char *p = text;
  guint column = 0;
  gint64 line;

  for (; g_ascii_isalpha (*p) && p < text + 3; p++)
    column = column * 26 + (g_ascii_toupper (*p) - 'A') + 1;
  if (equals != NULL && column > 0 && g_ascii_isdigit (*p))
    {
      g_autofree char *number = g_strndup (p, equals - p);

      if (g_ascii_string_to_signed (number, 10, 1, G_MAXINT32, &line, NULL))
        {
          reg_import_edits_set_cell (edits, line, column - 1, equals + 1);
          return TRUE;
        }
    }
  reg_cli_misuse (_ ("“%s” is no correction: write the cell and its text, such as B17=00123."),
                  text);
  return FALSE;
}

static gboolean
read_corrections (ImportOptions *options)
{
  options->edits = reg_import_edits_new ();
  for (char **text = options->corrections; text != NULL && *text != NULL; text++)
    if (!read_correction (*text, options->edits))
      return FALSE;
  for (char **text = options->left_out; text != NULL && *text != NULL; text++)
    {
      gint64 line;

      if (!g_ascii_string_to_signed (*text, 10, 1, G_MAXINT32, &line, NULL))
        {
          reg_cli_misuse (_ ("“%s” is no line of the file."), *text);
          return FALSE;
        }
      reg_import_edits_leave_out (options->edits, line);
    }
  options->request.edits = options->edits;
  return TRUE;
}

/* What the recipe says stands where no option says otherwise. */
static RegExit
take_recipe (RegCli *self, ImportOptions *options)
{
  g_autoptr (GError) error = NULL;
  RegImportRequest *request = &options->request;

  options->recipe = reg_import_recipes_get (self->store, options->recipe_name, &error);
  if (error != NULL)
    return reg_cli_fail (error);
  if (options->recipe == NULL)
    return reg_cli_misuse (_ ("There is no recipe “%s”. import recipes list shows them."),
                           options->recipe_name);
  if (options->action == NULL)
    options->action = g_strdup (options->recipe->action);
  if (request->mapping == NULL)
    request->mapping = (const char *const *)options->recipe->mapping;
  if (request->sheet == NULL)
    request->sheet = options->recipe->sheet;
  if (request->encoding == NULL)
    request->encoding = options->recipe->encoding;
  if (request->delimiter == 0)
    request->delimiter = options->recipe->delimiter;
  if (request->date_order == 0)
    request->date_order = options->recipe->date_order;
  if (options->empty == NULL)
    request->empty = options->recipe->empty;
  if (options->people == NULL)
    request->people = options->recipe->people;
  if (options->courses == NULL && options->recipe->courses != NULL)
    request->courses = options->recipe->courses;
  return REG_EXIT_DONE;
}

static RegExit
remember_recipe (RegCli *self, const ImportOptions *options)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RegImportPreview) preview = NULL;
  g_autoptr (RegImportRecipe) recipe = NULL;

  if (options->remember == NULL)
    return REG_EXIT_DONE;
  preview = reg_import_job_preview (self->store, &options->request, NULL, &error);
  if (preview == NULL)
    return reg_cli_fail (error);
  recipe = reg_import_recipe_new (options->remember, &options->request);
  recipe->headings = reg_import_preview_dup_headings_key (preview);
  return reg_import_recipes_save (self->store, recipe, &error) ? REG_EXIT_DONE
                                                               : reg_cli_fail (error);
}

static gboolean
read_people (const char *text, RegPeopleRule *people)
{
  static const char *const words[] = { "", "new", "existing", "both" };

  *people = REG_PEOPLE_USUAL;
  for (guint i = 1; text != NULL && i < G_N_ELEMENTS (words); i++)
    if (g_str_equal (text, words[i]))
      *people = (RegPeopleRule)i;
  if (text == NULL || *people != REG_PEOPLE_USUAL)
    return TRUE;
  reg_cli_misuse (_ ("--people is new, existing or both."));
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
    { "heading-line", 0, 0, G_OPTION_ARG_INT, &options->heading_line,
      N_ ("Line with the headings; by default found"), N_ ("LINE") },
    { "dates", 0, 0, G_OPTION_ARG_STRING, &options->date_order,
      N_ ("How 3/4/2027 is meant; by default other dates of the file decide"),
      "day-first|month-first" },
    { "set", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options->corrections,
      N_ ("Correct a cell without touching the file, such as B17=00123; may be given again"),
      N_ ("CELL=TEXT") },
    { "leave-out", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options->left_out,
      N_ ("Leave a line out; may be given again"), N_ ("LINE") },
    { "recipe", 0, 0, G_OPTION_ARG_STRING, &options->recipe_name,
      N_ ("Read the file as a recipe says; options come before it"), N_ ("NAME") },
    { "remember", 0, 0, G_OPTION_ARG_STRING, &options->remember,
      N_ ("Remember these options as a recipe"), N_ ("NAME") },
    { "confirm", 0, 0, G_OPTION_ARG_INT64, &options->confirm,
      N_ ("The number of rows, where a start is held because it is large or looks wrong"),
      N_ ("NUMBER") },
    { "people", 0, 0, G_OPTION_ARG_STRING, &options->people,
      N_ ("Whom to add or update: people who are new, who exist, or both"), "new|existing|both" },
    G_OPTION_ENTRY_NULL,
  };

  if (!reg_cli_parse (self, name, &argc, &argv, entries, NULL))
    return REG_EXIT_USAGE;
  request->path = take_file (options, argc, argv);
  options->interchange = reg_interchange_find (options->recipe_name);
  if (options->action == NULL && options->recipe_name == NULL && request->path != NULL)
    options->interchange = reg_interchange_detect (request->path, NULL);
  if ((options->action == NULL && options->recipe_name == NULL && options->interchange == NULL)
      || request->path == NULL)
    return reg_cli_misuse (_ ("%s needs --action and one file."), name);
  if ((options->action != NULL && !check_action (options->action))
      || !read_delimiter (options->delimiter, &request->delimiter)
      || !read_empty (options->empty, &request->empty)
      || !read_people (options->people, &request->people)
      || !read_date_order (options->date_order, &request->date_order)
      || !read_corrections (options))
    return REG_EXIT_USAGE;
  if (!reg_cli_open (self, &error))
    return reg_cli_fail (error);
  options->course_ids = reg_cli_find_courses (self, options->courses, &n_courses);
  if (options->course_ids == NULL)
    return REG_EXIT_USAGE;
  options->today = reg_cli_dup_today (self);
  request->courses = options->course_ids;
  request->mapping = (const char *const *)options->mapping;
  request->sheet = options->sheet;
  request->encoding = options->encoding;
  request->heading_line = MAX (options->heading_line, 0);
  if (options->recipe_name != NULL && options->interchange == NULL)
    {
      RegExit exit = take_recipe (self, options);

      if (exit != REG_EXIT_DONE)
        return exit;
    }
  request->action = options->action;
  request->today = options->today;
  request->now = reg_cli_get_now ();
  request->actor_id = reg_cli_get_actor_id (self);
  request->actor_role = reg_cli_get_actor_role (self);
  return remember_recipe (self, options);
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
      reg_json_writer_add_text (json, "user", reg_import_plan_get_identifier (plan, item));
      if (item->user_id == 0)
        reg_json_writer_add_boolean (json, "new", TRUE);
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
  reg_json_writer_key (json, "left_out");
  reg_json_writer_open (json, '[');
  for (guint i = 0; i < plan->left_out->len; i++)
    reg_json_writer_int (json, g_array_index (plan->left_out, gint64, i));
  reg_json_writer_close (json, ']');
  reg_json_writer_add_int (json, "heading_line", plan->heading_line);
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

/* A file of another system that was taken for a list of ours. */
static RegExit
fail_check (const ImportOptions *options, GError *error)
{
  const RegInterchange *other = g_error_matches (error, REG_IMPORT_ERROR, REG_IMPORT_ERROR_HEADINGS)
                                    ? reg_interchange_detect (options->request.path, NULL)
                                    : NULL;
  RegExit exit = fail_import (error);

  if (other != NULL)
    g_printerr (_ ("The file looks like “%s”: --recipe %s reads it.\n"), _ (other->label),
                other->name);
  return exit;
}

/* ---- Files of other systems ---- */

static void
print_steps_json (const RegInterchange *interchange, const char *path, GPtrArray *plans)
{
  RegJsonWriter json = { .out = g_string_new (NULL) };
  g_autofree char *name = g_filename_display_basename (path);

  reg_json_writer_open (&json, '{');
  reg_json_writer_add_text (&json, "recipe", interchange->name);
  reg_json_writer_add_text (&json, "file", name);
  reg_json_writer_add_text (&json, "not_done", _ (interchange->not_done));
  reg_json_writer_key (&json, "steps");
  reg_json_writer_open (&json, '[');
  for (guint i = 0; i < plans->len; i++)
    {
      reg_json_writer_open (&json, '{');
      write_plan (&json, g_ptr_array_index (plans, i));
      reg_json_writer_close (&json, '}');
    }
  reg_json_writer_close (&json, ']');
  reg_json_writer_close (&json, '}');
  reg_cli_flush_json (&json, TRUE);
}

static gboolean
print_steps (RegCli *self, const RegInterchange *interchange, GPtrArray *plans, GError **error)
{
  reg_cli_say (self, _ ("Read as “%s”. %s"), _ (interchange->label), _ (interchange->not_done));
  for (guint i = 0; i < plans->len; i++)
    {
      const RegImportPlan *plan = g_ptr_array_index (plans, i);
      g_autofree char *summary = reg_import_plan_dup_summary (plan);

      g_print ("%s: %s\n", plan->file_name, summary);
      if (!print_failures (self, plan, error))
        return FALSE;
    }
  return TRUE;
}

static RegExit
get_steps_exit (GPtrArray *plans)
{
  for (guint i = 0; i < plans->len; i++)
    if (get_exit (g_ptr_array_index (plans, i)) != REG_EXIT_DONE)
      return REG_EXIT_ATTENTION;
  return REG_EXIT_DONE;
}

static RegExit
check_interchange (RegCli *self, ImportOptions *options)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) plans = reg_import_job_check_interchange (self->store, options->interchange,
                                                                  &options->request, NULL, &error);

  if (plans == NULL)
    return fail_import (error);
  if (self->json)
    print_steps_json (options->interchange, options->request.path, plans);
  else if (!print_steps (self, options->interchange, plans, &error))
    return reg_cli_fail (error);
  else
    reg_cli_say (self, _ ("Nothing was changed. import start queues it."));
  return get_steps_exit (plans);
}

/* The same brake as for one plan; the number to be confirmed is that of all rows. */
static gboolean
is_held (GPtrArray *plans, gint64 confirm)
{
  gint64 n = 0;

  for (guint i = 0; i < plans->len; i++)
    n += ((const RegImportPlan *)g_ptr_array_index (plans, i))->will->len;
  for (guint i = 0; i < plans->len && confirm != n; i++)
    {
      const RegImportPlan *plan = g_ptr_array_index (plans, i);
      g_autofree char *warning = reg_import_plan_dup_warning (plan, plan->will->len);

      if (warning == NULL)
        continue;
      g_printerr (_ ("%s\nNothing was queued. If it is meant, add --confirm %u.\n"), warning,
                  (guint)n);
      return TRUE;
    }
  return FALSE;
}

static RegExit
start_interchange (RegCli *self, ImportOptions *options)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RegImportRun) run = NULL;
  g_autoptr (GPtrArray) plans = reg_import_job_check_interchange (self->store, options->interchange,
                                                                  &options->request, NULL, &error);

  if (plans == NULL)
    return fail_import (error);
  if (is_held (plans, options->confirm))
    return REG_EXIT_FAILED;
  if (!reg_import_job_start_interchange (self->store, options->interchange, &options->request,
                                         plans, &run, NULL, &error))
    return fail_import (error);
  if (self->json)
    return reg_cli_print_run (self, run, &error) ? get_steps_exit (plans) : reg_cli_fail (error);
  if (!print_steps (self, options->interchange, plans, &error))
    return reg_cli_fail (error);
  g_print (_ ("Import %d started.\n"), (int)run->id);
  reg_cli_say (self, "%s",
               _ ("Saved on this computer. Nothing is sent to the LMS until you sync."));
  return get_steps_exit (plans);
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
  if (options.interchange != NULL)
    return check_interchange (self, &options);
  plan = reg_import_job_check (self->store, &options.request, NULL, NULL, NULL, &error);
  if (plan == NULL)
    return fail_check (&options, error);
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
  g_autofree char *warning = NULL;
  g_autofree char *summary = NULL;
  RegExit exit = prepare (self, "import start", argc, argv, &options);

  if (exit != REG_EXIT_DONE)
    return exit;
  if (options.interchange != NULL)
    return start_interchange (self, &options);
  plan = reg_import_job_check (self->store, &options.request, NULL, NULL, NULL, &error);
  if (plan == NULL)
    return fail_check (&options, error);
  warning = reg_import_plan_dup_warning (plan, plan->will->len);
  if (warning != NULL && options.confirm != (gint64)plan->will->len)
    {
      g_printerr (_ ("%s\nNothing was queued. If it is meant, add --confirm %u.\n"), warning,
                  plan->will->len);
      return REG_EXIT_FAILED;
    }
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
  gboolean with_people = FALSE;
  gboolean as_list = FALSE;
  g_auto (GStrv) courses = NULL;
  g_autofree gint64 *ids = NULL;
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func ((GDestroyNotify)reg_course_free);
  g_autoptr (GError) error = NULL;
  gboolean is_matrix;
  gsize n;
  const GOptionEntry entries[] = {
    { "action", 0, 0, G_OPTION_ARG_STRING, &action, N_ ("What the lines will ask for"),
      REG_CLI_IMPORT_ACTIONS },
    { "course", 0, 0, G_OPTION_ARG_STRING_ARRAY, &courses,
      N_ ("A column for x-marks; may be given again. Without, the sample list is written"),
      N_ ("COURSE") },
    { "list", 0, 0, G_OPTION_ARG_NONE, &as_list,
      N_ ("Write the list, also where courses are given"), NULL },
    { "with-people", 0, 0, G_OPTION_ARG_NONE, &with_people,
      N_ ("With a line for everybody who is there already"), NULL },
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
  if (!reg_import_check_output (output, &error))
    return reg_cli_misuse ("%s", error->message);
  if ((courses != NULL || with_people) && !reg_cli_open (self, &error))
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
  is_matrix = n > 0 && !as_list && reg_import_action_find (action)->has_matrix;
  if (with_people
          ? !reg_import_job_write_template (self->store, action, records, is_matrix, output, &error)
          : !reg_import_write_template (action, records, is_matrix, output, &error))
    return fail_import (error);
  reg_cli_say (self, _ ("Written to %s."), output);
  return REG_EXIT_DONE;
}
