/* SPDX-License-Identifier: GPL-3.0-or-later */
/* enrollments history, chapters, quiz, activity and certificate: read from the LMS where it can be
 * reached, else what was kept of the last time. */
#define G_LOG_DOMAIN "reg-cli"

#include "cli/reg-cli-account.h"
#include "cli/reg-cli-table.h"

#include "lms/reg-lms-error.h"
#include "store/reg-store-reading.h"
#include "sync/reg-certificate.h"
#include "sync/reg-reading.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

typedef struct
{
  char *user;
  char *course;
  char *format;
  char *output;
  gboolean offline;
  gint64 user_id;
  gint64 course_id;
} Options;

static void
options_clear (Options *self)
{
  g_free (self->user);
  g_free (self->course);
  g_free (self->format);
  g_free (self->output);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

/* Opens the account and finds whom it is about. */
static gboolean
parse (RegCli *self,
       const char *name,
       int argc,
       char **argv,
       gboolean is_table,
       Options *options,
       RegExit *exit)
{
  const GOptionEntry format = {
    "format",        0, 0, G_OPTION_ARG_STRING, &options->format, N_ ("How to print the list"),
    "table|csv|json"
  };
  GOptionEntry entries[] = {
    { "user", 0, 0, G_OPTION_ARG_STRING, &options->user, N_ ("A person: e-mail or employee ID"),
      N_ ("USER") },
    { "course", 0, 0, G_OPTION_ARG_STRING, &options->course, N_ ("A course: code, title or id"),
      N_ ("COURSE") },
    { "offline", 0, 0, G_OPTION_ARG_NONE, &options->offline,
      N_ ("Do not ask the LMS: what was read last"), NULL },
    { "output", 0, 0, G_OPTION_ARG_FILENAME, &options->output,
      is_table ? N_ ("Write a spreadsheet instead") : N_ ("Where to save it"),
      is_table ? N_ ("FILE.xlsx|FILE.csv") : N_ ("FILE.pdf") },
    is_table ? format : (GOptionEntry)G_OPTION_ENTRY_NULL,
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GError) error = NULL;

  *exit = REG_EXIT_USAGE;
  if (!reg_cli_parse (self, name, &argc, &argv, entries, NULL))
    return FALSE;
  if (options->user == NULL || options->course == NULL || argc > 1)
    {
      reg_cli_misuse (_ ("%s needs --user and --course."), name);
      return FALSE;
    }
  if (!is_table && options->output == NULL)
    {
      reg_cli_misuse (_ ("%s needs --output."), name);
      return FALSE;
    }
  if (!reg_cli_open (self, &error))
    {
      *exit = reg_cli_fail (error);
      return FALSE;
    }
  *exit = REG_EXIT_FAILED;
  options->user_id = reg_cli_find_user (self, options->user);
  options->course_id = options->user_id != 0 ? reg_cli_find_course (self, options->course) : 0;
  return options->course_id != 0;
}

/* Bits of the roles that who is signed in has towards this enrollment. */
static gboolean
find_roles (RegCli *self, const Options *options, guint *roles, GError **error)
{
  g_autoptr (RegUser) user = reg_store_get_user (self->store, options->user_id, error);
  g_autoptr (GArray) instructed = NULL;
  gboolean is_instructor = FALSE;

  if (user == NULL)
    return FALSE;
  instructed = reg_store_list_instructed (self->store, reg_cli_get_actor_id (self), error);
  for (guint i = 0; instructed != NULL && i < instructed->len; i++)
    is_instructor |= g_array_index (instructed, gint64, i) == options->course_id;
  *roles = reg_actor_get_roles (reg_cli_get_actor_role (self), reg_cli_get_actor_id (self),
                                is_instructor, user->manager_id);
  return instructed != NULL;
}

/* Whether the role may see it, and the course has it. */
static gboolean
may_read (RegCli *self, const RegRead *read, const Options *options, RegExit *exit)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RegCourse) course = reg_store_get_course (self->store, options->course_id, &error);
  guint roles = 0;

  if (course == NULL || !find_roles (self, options, &roles, &error))
    *exit = reg_cli_fail (error);
  else if ((read->roles & roles) == 0)
    *exit = reg_cli_misuse (_ ("Your role may not see this of this person in this course."));
  else if (!reg_read_is_for (read, course, roles))
    *exit = reg_cli_misuse (read->needs_quiz ? _ ("The course has no quiz chapter.")
                                             : _ ("The course has no SCORM or xAPI content."));
  else
    return TRUE;
  return FALSE;
}

static RegCellKind
get_cell_kind (const RegReadingColumn *column)
{
  return column->is_number ? REG_CELL_NUMBER : column->is_yes_no ? REG_CELL_YES_NO : REG_CELL_TEXT;
}

static gboolean
print_lines (RegCli *self, const RegReading *reading, const char *format, GError **error)
{
  guint n;
  const RegReadingColumn *columns = reg_reading_get_columns (reading->read, &n);
  g_autofree RegCliColumn *shown = g_new0 (RegCliColumn, n);
  g_autoptr (RegCliTable) table = NULL;

  for (guint i = 0; i < n; i++)
    shown[i] = (RegCliColumn){ columns[i].key, columns[i].heading, get_cell_kind (&columns[i]) };
  table = reg_cli_table_new (self, shown, n, format, NULL, error);
  for (guint i = 0; table != NULL && i < reading->lines->len; i++)
    {
      g_auto (GStrv) cells =
          reg_reading_dup_cells (reading, g_ptr_array_index (reading->lines, i), reg_cli_dup_time);

      if (!reg_cli_table_add (table, (const char *const *)cells, error))
        return FALSE;
    }
  return table != NULL && reg_cli_table_finish (table, error);
}

/* Prints what is kept, or writes it to the file. */
static RegExit
give (RegCli *self, const RegRead *read, const Options *options)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RegReading) reading =
      reg_reading_load (self->store, read, options->user_id, options->course_id, &error);
  g_autofree char *age = NULL;

  if (reading == NULL)
    return reg_cli_fail (error);
  age = reg_reading_dup_age (reading);
  reg_cli_say (self, "%s", age);
  if (options->output != NULL ? reg_reading_export (reading, options->output, &error)
                              : print_lines (self, reading, options->format, &error))
    return REG_EXIT_DONE;
  return reg_cli_fail (error);
}

static RegExit
run (RegCli *self, const char *what, const char *name, int argc, char **argv)
{
  const RegRead *read = reg_read_find_what (what);
  g_auto (Options) options = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (RegLms) lms = NULL;
  RegExit exit, given;

  if (!parse (self, name, argc, argv, TRUE, &options, &exit)
      || !may_read (self, read, &options, &exit))
    return exit;
  if (options.offline)
    return give (self, read, &options);
  lms = reg_cli_create_lms (self, &error);
  if (lms == NULL
      || !reg_reading_fetch (self->store, lms, read, options.user_id, options.course_id,
                             reg_cli_get_now (), NULL, &error))
    {
      exit = reg_cli_fail (error);
      given = exit == REG_EXIT_UNREACHABLE ? give (self, read, &options) : REG_EXIT_DONE;
      return given != REG_EXIT_DONE ? given : exit;
    }
  return give (self, read, &options);
}

RegExit
reg_cli_enrollments_history (RegCli *self, int argc, char **argv)
{
  return run (self, "history", "enrollments history", argc, argv);
}

RegExit
reg_cli_enrollments_chapters (RegCli *self, int argc, char **argv)
{
  return run (self, "chapters", "enrollments chapters", argc, argv);
}

RegExit
reg_cli_enrollments_quiz (RegCli *self, int argc, char **argv)
{
  return run (self, "quiz", "enrollments quiz", argc, argv);
}

RegExit
reg_cli_enrollments_activity (RegCli *self, int argc, char **argv)
{
  return run (self, "activity", "enrollments activity", argc, argv);
}

static RegExit
save_certificate (RegCli *self, gint64 id, const char *output)
{
  g_autofree char *path = reg_certificate_dup_path (self->account->id, id);
  g_autoptr (GFile) from = g_file_new_for_path (path);
  g_autoptr (GFile) to = g_file_new_for_commandline_arg (output);
  g_autoptr (GError) error = NULL;

  if (!g_file_copy (from, to, G_FILE_COPY_OVERWRITE | G_FILE_COPY_TARGET_DEFAULT_PERMS, NULL, NULL,
                    NULL, &error))
    return reg_cli_fail (error);
  reg_cli_say (self, _ ("Saved %s"), output);
  return REG_EXIT_DONE;
}

RegExit
reg_cli_enrollments_certificate (RegCli *self, int argc, char **argv)
{
  g_auto (Options) options = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (RegLms) lms = NULL;
  RegExit exit;
  gint64 id;

  if (!parse (self, "enrollments certificate", argc, argv, FALSE, &options, &exit))
    return exit;
  if (!reg_store_find_certificate (self->store, options.user_id, options.course_id, &id, NULL,
                                   &error))
    return reg_cli_fail (error);
  if (id == 0)
    {
      g_set_error_literal (&error, REG_STORE_ERROR, REG_STORE_ERROR_NOT_FOUND,
                           _ ("The LMS has issued no certificate for this."));
      return reg_cli_fail (error);
    }
  if (reg_certificate_is_kept (self->account->id, id))
    return save_certificate (self, id, options.output);
  if (options.offline)
    {
      g_set_error_literal (&error, REG_LMS_ERROR, REG_LMS_ERROR_UNREACHABLE,
                           _ ("The certificate was not looked at on this computer before."));
      return reg_cli_fail (error);
    }
  lms = reg_cli_create_lms (self, &error);
  if (lms == NULL || !reg_certificate_fetch (self->account->id, lms, id, NULL, &error))
    return reg_cli_fail (error);
  return save_certificate (self, id, options.output);
}
