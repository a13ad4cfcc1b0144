/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What import check and import start are told of a file. */
#define G_LOG_DOMAIN "reg-cli"

#include "cli/reg-cli-import-options.h"

#include "sync/reg-import-job.h"

#include <glib/gi18n-lib.h>
#include <string.h>

void
reg_cli_import_options_clear (RegCliImportOptions *self)
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
  g_strfreev (self->instead);
  g_free (self->people);
  g_free (self->today);
  g_free (self->course_ids);
  g_clear_pointer (&self->recipe, reg_import_recipe_free);
  g_clear_pointer (&self->edits, reg_import_edits_free);
}

gboolean
reg_cli_import_check_action (const char *name)
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
  if (equals != NULL && column > 0 && column <= REG_IMPORT_MAX_COLUMNS && g_ascii_isdigit (*p))
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

/* "reassign", for all lines, or "17:reassign". */
static gboolean
read_instead (const char *text, RegImportEdits *edits)
{
  const char *colon = strchr (text, ':');
  const char *what = colon != NULL ? colon + 1 : text;
  g_autofree char *number = colon != NULL ? g_strndup (text, colon - text) : NULL;
  g_autofree char *names = NULL;
  gint64 line = 0;

  if (reg_import_instead_is_known (what)
      && (number == NULL || g_ascii_string_to_signed (number, 10, 1, G_MAXINT32, &line, NULL)))
    {
      reg_import_edits_set_instead (edits, line, what);
      return TRUE;
    }
  names = reg_import_instead_dup_names ();
  reg_cli_misuse (_ ("“%s” is nothing that can be done instead: one of %s, before it a line and a "
                     "colon where it is about that line alone, such as 17:reassign."),
                  text, names);
  return FALSE;
}

static gboolean
read_corrections (RegCliImportOptions *options)
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
  for (char **text = options->instead; text != NULL && *text != NULL; text++)
    if (!read_instead (*text, options->edits))
      return FALSE;
  options->request.edits = options->edits;
  return TRUE;
}

/* What the recipe says stands where no option says otherwise. */
static RegExit
take_recipe (RegCli *self, RegCliImportOptions *options)
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
remember_recipe (RegCli *self, const RegCliImportOptions *options)
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
take_file (RegCliImportOptions *options, int argc, char **argv)
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

RegExit
reg_cli_import_options_read (RegCli *self,
                             const char *name,
                             int argc,
                             char **argv,
                             RegCliImportOptions *options)
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
    { "instead", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options->instead,
      N_ ("What to do where the action is not possible, for all lines or for one, such as "
          "reassign or 17:reassign; may be given again"),
      N_ ("[LINE:]WHAT") },
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
  if (options->interchange != NULL && (options->action != NULL || options->remember != NULL))
    return reg_cli_misuse (_ ("What is in the file of another system says what its lines ask for: "
                              "neither --action nor --remember goes with “%s”."),
                           options->interchange->name);
  if ((options->action != NULL && !reg_cli_import_check_action (options->action))
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
  request->recipe = options->remember != NULL      ? options->remember
                    : options->interchange == NULL ? options->recipe_name
                                                   : NULL;
  request->action = options->action;
  request->today = options->today;
  request->now = reg_cli_get_now ();
  request->actor_id = reg_cli_get_actor_id (self);
  request->actor_role = reg_cli_get_actor_role (self);
  return remember_recipe (self, options);
}
