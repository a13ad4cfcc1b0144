/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the columns of Moodle, Canvas and OneRoster mean here. */
#define G_LOG_DOMAIN "reg-imports"

#include "imports/reg-interchange-private.h"
#include "imports/reg-text-table.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define PEOPLE_HEADINGS "Email ID,Employee ID,Given Name,Family Name"
#define UNENROLL_HEADINGS "Email ID,Employee ID,Course"
#define ASSIGN_HEADINGS UNENROLL_HEADINGS ",Requirement,Due Date,Message"

/* Somebody without an address may log in with one. */
static char *
dup_email (const RegInterchangeTable *table, const char *login)
{
  g_autofree char *email = reg_interchange_table_dup (table, "email");
  g_autofree char *name = reg_interchange_table_dup (table, login);

  if (*email == '\0' && strchr (name, '@') != NULL)
    return g_steal_pointer (&name);
  return g_steal_pointer (&email);
}

static gboolean
is_yes (const char *text)
{
  return g_str_equal (text, "1") || g_ascii_strcasecmp (text, "true") == 0
         || g_ascii_strcasecmp (text, "yes") == 0;
}

/* The steps of a file whose lines may ask for each of them; those a kind has not are NULL. */
typedef struct
{
  RegInterchangeStep *people;
  RegInterchangeStep *assign;
  RegInterchangeStep *unenroll;
  RegTextTable persons; /* OneRoster: sourcedId → where in the texts e-mail and employee ID stand */
  RegTextArena texts;
  GHashTable *classes; /* OneRoster: sourcedId → the code of the course, or its title */
} Steps;

static void
add_people_step (Steps *self, GPtrArray *steps, const char *file_name)
{
  self->people = reg_interchange_step_add_new (steps, "update-users", file_name, PEOPLE_HEADINGS);
}

static void
add_course_steps (Steps *self, GPtrArray *steps, const char *file_name)
{
  self->assign = reg_interchange_step_add_new (steps, "assign", file_name, ASSIGN_HEADINGS);
  self->unenroll = reg_interchange_step_add_new (steps, "unenroll", file_name, UNENROLL_HEADINGS);
}

/* ---- Moodle ---- */

/* course1, role1, enrolstatus1; course2, … */
static void
read_moodle_courses (const RegInterchangeTable *table,
                     const Steps *steps,
                     const char *email,
                     const char *employee_id)
{
  for (guint i = 1;; i++)
    {
      g_autofree char *course_heading = g_strdup_printf ("course%u", i);
      g_autofree char *role_heading = g_strdup_printf ("role%u", i);
      g_autofree char *status_heading = g_strdup_printf ("enrolstatus%u", i);
      g_autofree char *course = reg_interchange_table_dup (table, course_heading);
      g_autofree char *role = reg_interchange_table_dup (table, role_heading);
      g_autofree char *status = reg_interchange_table_dup (table, status_heading);
      const char *const cells[] = { email, employee_id, course, NULL };

      if (!reg_interchange_table_has (table, course_heading))
        return;
      if (*course == '\0')
        continue;
      if (*role != '\0' && g_ascii_strcasecmp (role, "student") != 0 && !g_str_equal (role, "5"))
        {
          g_autofree char *sentence = g_strdup_printf (
              _ ("The role “%s” in the course “%s” is not given from a file."), role, course);

          reg_interchange_step_refuse (steps->assign, table->row.line,
                                       *email != '\0' ? email : employee_id, sentence);
        }
      else
        reg_interchange_step_add (g_str_equal (status, "1") ? steps->unenroll : steps->assign,
                                  table->row.line, cells);
    }
}

static void
read_moodle_row (const RegInterchangeTable *table, gpointer data)
{
  const Steps *steps = data;
  g_autofree char *email = dup_email (table, "username");
  g_autofree char *employee_id = reg_interchange_table_dup (table, "idnumber");
  g_autofree char *given = reg_interchange_table_dup (table, "firstname");
  g_autofree char *family = reg_interchange_table_dup (table, "lastname");
  g_autofree char *deleted = reg_interchange_table_dup (table, "deleted");
  g_autofree char *suspended = reg_interchange_table_dup (table, "suspended");
  g_autofree char *username = reg_interchange_table_dup (table, "username");
  const char *const cells[] = { email, employee_id, given, family, NULL };
  const char *shown = *email != '\0' ? email : *employee_id != '\0' ? employee_id : username;

  if (is_yes (deleted) || is_yes (suspended))
    reg_interchange_step_refuse (
        steps->people, table->row.line, shown,
        is_yes (deleted)
            ? _ ("Deleting accounts is not done from a file. Archive the user instead.")
            : _ ("Suspending accounts is not done from a file. Archive the user instead."));
  else if (*email == '\0' && *employee_id == '\0')
    reg_interchange_step_refuse (steps->people, table->row.line, shown,
                                 _ ("The line has neither an email nor an idnumber, and the "
                                    "username is no e-mail address."));
  else
    {
      reg_interchange_step_add (steps->people, table->row.line, cells);
      read_moodle_courses (table, steps, email, employee_id);
    }
}

gboolean
reg_interchange_read_moodle (RegInterchangeTable *table, GPtrArray *steps, GError **error)
{
  Steps own = { 0 };

  add_people_step (&own, steps, table->file_name);
  add_course_steps (&own, steps, table->file_name);
  return reg_interchange_table_visit (table, read_moodle_row, &own, error);
}

/* ---- Canvas ---- */

/* "full_name", or "Family, Given" as "sortable_name", where the two do not stand apart */
static void
read_names (const RegInterchangeTable *table, char **given, char **family)
{
  g_autofree char *sortable = reg_interchange_table_dup (table, "sortable_name");
  g_autofree char *full = reg_interchange_table_dup (table, "full_name");
  const char *comma = strstr (sortable, ", ");
  const char *space = strrchr (full, ' ');

  *given = reg_interchange_table_dup (table, "first_name");
  *family = reg_interchange_table_dup (table, "last_name");
  if (**given != '\0' || **family != '\0' || (comma == NULL && *full == '\0'))
    return;
  g_free (*given);
  g_free (*family);
  if (comma != NULL)
    {
      *family = g_strndup (sortable, comma - sortable);
      *given = g_strdup (comma + 2);
      return;
    }
  *given = space != NULL ? g_strndup (full, space - full) : g_strdup (full);
  *family = g_strdup (space != NULL ? space + 1 : "");
}

static void
read_canvas_user (const RegInterchangeTable *table, gpointer data)
{
  const Steps *steps = data;
  g_autofree char *email = dup_email (table, "login_id");
  g_autofree char *user_id = reg_interchange_table_dup (table, "user_id");
  g_autofree char *status = reg_interchange_table_dup (table, "status");
  g_autofree char *given = NULL;
  g_autofree char *family = NULL;
  g_autofree char *sentence = NULL;

  read_names (table, &given, &family);
  if (g_ascii_strcasecmp (status, "active") == 0)
    {
      const char *const cells[] = { email, user_id, given, family, NULL };

      reg_interchange_step_add (steps->people, table->row.line, cells);
      return;
    }
  sentence = g_strdup_printf (
      _ ("The status “%s” is not set from a file. Archive the user instead."), status);
  reg_interchange_step_refuse (steps->people, table->row.line, *user_id != '\0' ? user_id : email,
                               sentence);
}

gboolean
reg_interchange_read_canvas_users (RegInterchangeTable *table, GPtrArray *steps, GError **error)
{
  Steps own = { 0 };

  add_people_step (&own, steps, table->file_name);
  return reg_interchange_table_visit (table, read_canvas_user, &own, error);
}

/* One enrollment with a status and a role, as Canvas and OneRoster have them. */
static void
read_enrollment (const RegInterchangeTable *table, const Steps *steps, const char *const *cells)
{
  g_autofree char *role = reg_interchange_table_dup (table, "role");
  g_autofree char *status = reg_interchange_table_dup (table, "status");
  const char *shown = *cells[0] != '\0' ? cells[0] : cells[1];
  g_autofree char *sentence = NULL;

  if (*role != '\0' && g_ascii_strcasecmp (role, "student") != 0
      && g_ascii_strcasecmp (role, "StudentEnrollment") != 0)
    sentence = g_strdup_printf (_ ("The role “%s” in the course “%s” is not given from a file."),
                                role, cells[2]);
  else if (*status == '\0' || g_ascii_strcasecmp (status, "active") == 0)
    reg_interchange_step_add (steps->assign, table->row.line, cells);
  else if (g_ascii_strcasecmp (status, "deleted") == 0
           || g_ascii_strcasecmp (status, "tobedeleted") == 0
           || g_ascii_strcasecmp (status, "inactive") == 0)
    reg_interchange_step_add (steps->unenroll, table->row.line, cells);
  else
    sentence = g_strdup_printf (_ ("The status “%s” is not set from a file."), status);
  if (sentence != NULL)
    reg_interchange_step_refuse (steps->assign, table->row.line, shown, sentence);
}

static void
read_canvas_enrollment (const RegInterchangeTable *table, gpointer data)
{
  g_autofree char *user_id = reg_interchange_table_dup (table, "user_id");
  g_autofree char *course = reg_interchange_table_dup (table, "course_id");
  const char *const cells[] = { "", user_id, course, NULL };

  read_enrollment (table, data, cells);
}

gboolean
reg_interchange_read_canvas_enrollments (RegInterchangeTable *table,
                                         GPtrArray *steps,
                                         GError **error)
{
  Steps own = { 0 };

  add_course_steps (&own, steps, table->file_name);
  return reg_interchange_table_visit (table, read_canvas_enrollment, &own, error);
}

/* ---- OneRoster ---- */

/* The last line of somebody is who it is. */
static void
keep_person (Steps *self, const char *sourced_id, const char *email, const char *employee_id)
{
  gsize len = strlen (sourced_id);
  guint32 key = reg_text_arena_add (&self->texts, sourced_id, len);
  guint32 person = reg_text_arena_add (&self->texts, email, strlen (email));
  RegTextEntry *there;

  reg_text_arena_add (&self->texts, employee_id, strlen (employee_id));
  there = reg_text_table_add (&self->persons, &self->texts, key, (guint32)len, person);
  if (there != NULL)
    there->value = person;
}

static void
read_roster_person (const RegInterchangeTable *table, gpointer data)
{
  Steps *steps = data;
  g_autofree char *sourced_id = reg_interchange_table_dup (table, "sourcedid");
  g_autofree char *status = reg_interchange_table_dup (table, "status");
  g_autofree char *enabled = reg_interchange_table_dup (table, "enableduser");
  g_autofree char *email = dup_email (table, "username");
  g_autofree char *identifier = reg_interchange_table_dup (table, "identifier");
  g_autofree char *given = reg_interchange_table_dup (table, "givenname");
  g_autofree char *family = reg_interchange_table_dup (table, "familyname");
  const char *employee_id = *identifier != '\0' ? identifier : sourced_id;
  const char *const cells[] = { email, employee_id, given, family, NULL };

  keep_person (steps, sourced_id, email, employee_id);
  if (g_ascii_strcasecmp (status, "tobedeleted") == 0 || g_ascii_strcasecmp (enabled, "false") == 0)
    reg_interchange_step_refuse (
        steps->people, table->row.line, *email != '\0' ? email : employee_id,
        _ ("Deleting accounts is not done from a file. Archive the user instead."));
  else
    reg_interchange_step_add (steps->people, table->row.line, cells);
}

static void
read_roster_class (const RegInterchangeTable *table, gpointer data)
{
  const Steps *steps = data;
  g_autofree char *code = reg_interchange_table_dup (table, "classcode");
  g_autofree char *title = reg_interchange_table_dup (table, "title");

  g_hash_table_insert (steps->classes, reg_interchange_table_dup (table, "sourcedid"),
                       g_strdup (*code != '\0' ? code : title));
}

static void
read_roster_enrollment (const RegInterchangeTable *table, gpointer data)
{
  const Steps *steps = data;
  g_autofree char *user = reg_interchange_table_dup (table, "usersourcedid");
  g_autofree char *class = reg_interchange_table_dup (table, "classsourcedid");
  const RegTextEntry *person =
      reg_text_table_look_up (&steps->persons, &steps->texts, user, strlen (user));
  const char *email = person != NULL ? steps->texts.text + person->value : "";
  const char *course = g_hash_table_lookup (steps->classes, class);
  const char *const cells[] = { email, person != NULL ? email + strlen (email) + 1 : user,
                                course != NULL ? course : class, NULL };

  read_enrollment (table, steps, cells);
}

static gboolean
read_member (const RegInterchangeArchive *archive,
             RegRosterFile file,
             RegInterchangeRowFunc func,
             Steps *own,
             GPtrArray *steps,
             GPtrArray *files,
             GCancellable *cancellable,
             GError **error)
{
  const char *name = reg_interchange_archive_get_name (file);
  g_autoptr (RegInterchangeTable) table = reg_interchange_table_open_member (
      archive->zip, archive->members[file], name, cancellable, error);

  if (table == NULL)
    return FALSE;
  if (file == REG_ROSTER_USERS)
    add_people_step (own, steps, name);
  else if (file == REG_ROSTER_ENROLLMENTS)
    add_course_steps (own, steps, name);
  if (!reg_interchange_table_visit (table, func, own, error))
    return FALSE;
  g_ptr_array_add (files, reg_interchange_table_describe (table));
  return TRUE;
}

/* An archive need not have every file. */
gboolean
reg_interchange_read_oneroster (const RegInterchangeArchive *archive,
                                GPtrArray *steps,
                                GPtrArray *files,
                                GCancellable *cancellable,
                                GError **error)
{
  static const RegInterchangeRowFunc funcs[] = {
    [REG_ROSTER_USERS] = read_roster_person,
    [REG_ROSTER_CLASSES] = read_roster_class,
    [REG_ROSTER_ENROLLMENTS] = read_roster_enrollment,
  };
  g_autoptr (GHashTable) classes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  Steps own = { .classes = classes };
  gboolean ok = TRUE;

  for (guint i = 0; ok && i < REG_N_ROSTER_FILES; i++)
    ok = archive->members[i] == NULL
         || read_member (archive, i, funcs[i], &own, steps, files, cancellable, error);
  reg_text_table_clear (&own.persons);
  reg_text_arena_clear (&own.texts);
  if (!ok)
    return FALSE;
  if (own.people != NULL || own.assign != NULL)
    return TRUE;
  g_set_error_literal (error, REG_IMPORT_ERROR, REG_IMPORT_ERROR_EMPTY,
                       _ ("The archive has neither users.csv nor enrollments.csv."));
  return FALSE;
}
