/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the columns of Moodle, Canvas and OneRoster mean here. */
#define G_LOG_DOMAIN "reg-imports"

#include "imports/reg-interchange-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define PEOPLE_HEADINGS "Email ID,Employee ID,Given Name,Family Name"
#define UNENROLL_HEADINGS "Email ID,Employee ID,Course"
#define ASSIGN_HEADINGS UNENROLL_HEADINGS ",Requirement,Due Date,Message"

static RegInterchangeStep *
add_step (GPtrArray *steps, const char *action, const char *file_name, const char *headings)
{
  RegInterchangeStep *step = reg_interchange_step_new (action, file_name, headings);

  g_ptr_array_add (steps, step);
  return step;
}

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

/* ---- Moodle ---- */

/* course1, role1, enrolstatus1; course2, … */
static void
read_moodle_courses (const RegInterchangeTable *table,
                     RegInterchangeStep *assign,
                     RegInterchangeStep *unenroll,
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

      if (reg_interchange_table_find (table, course_heading) < 0)
        return;
      if (*course == '\0')
        continue;
      if (*role != '\0' && g_ascii_strcasecmp (role, "student") != 0 && !g_str_equal (role, "5"))
        {
          g_autofree char *sentence = g_strdup_printf (
              _ ("The role “%s” in the course “%s” is not given from a file."), role, course);

          reg_interchange_step_refuse (assign, table->row.line,
                                       *email != '\0' ? email : employee_id, sentence);
        }
      else
        reg_interchange_step_add (g_str_equal (status, "1") ? unenroll : assign, table->row.line,
                                  cells);
    }
}

gboolean
reg_interchange_read_moodle (RegInterchangeTable *table, GPtrArray *steps, GError **error)
{
  RegInterchangeStep *people = add_step (steps, "update-users", table->file_name, PEOPLE_HEADINGS);
  RegInterchangeStep *assign = add_step (steps, "assign", table->file_name, ASSIGN_HEADINGS);
  RegInterchangeStep *unenroll = add_step (steps, "unenroll", table->file_name, UNENROLL_HEADINGS);
  GError *inner = NULL;

  while (reg_interchange_table_next (table, &inner))
    {
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
            people, table->row.line, shown,
            is_yes (deleted)
                ? _ ("Deleting accounts is not done from a file. Archive the user instead.")
                : _ ("Suspending accounts is not done from a file. Archive the user instead."));
      else if (*email == '\0' && *employee_id == '\0')
        reg_interchange_step_refuse (people, table->row.line, shown,
                                     _ ("The line has neither an email nor an idnumber, and the "
                                        "username is no e-mail address."));
      else
        {
          reg_interchange_step_add (people, table->row.line, cells);
          read_moodle_courses (table, assign, unenroll, email, employee_id);
        }
    }
  if (inner != NULL)
    g_propagate_error (error, inner);
  return inner == NULL;
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

gboolean
reg_interchange_read_canvas_users (RegInterchangeTable *table, GPtrArray *steps, GError **error)
{
  RegInterchangeStep *people = add_step (steps, "update-users", table->file_name, PEOPLE_HEADINGS);
  GError *inner = NULL;

  while (reg_interchange_table_next (table, &inner))
    {
      g_autofree char *email = dup_email (table, "login_id");
      g_autofree char *user_id = reg_interchange_table_dup (table, "user_id");
      g_autofree char *status = reg_interchange_table_dup (table, "status");
      g_autofree char *given = NULL;
      g_autofree char *family = NULL;

      read_names (table, &given, &family);
      if (g_ascii_strcasecmp (status, "active") == 0)
        {
          const char *const cells[] = { email, user_id, given, family, NULL };

          reg_interchange_step_add (people, table->row.line, cells);
        }
      else
        {
          g_autofree char *sentence = g_strdup_printf (
              _ ("The status “%s” is not set from a file. Archive the user instead."), status);

          reg_interchange_step_refuse (people, table->row.line, *user_id != '\0' ? user_id : email,
                                       sentence);
        }
    }
  if (inner != NULL)
    g_propagate_error (error, inner);
  return inner == NULL;
}

/* One enrollment with a status and a role, as Canvas and OneRoster have them. */
static void
read_enrollment (RegInterchangeStep *assign,
                 RegInterchangeStep *unenroll,
                 guint64 line,
                 const char *const *cells,
                 const char *role,
                 const char *status)
{
  const char *shown = *cells[0] != '\0' ? cells[0] : cells[1];
  g_autofree char *sentence = NULL;

  if (*role != '\0' && g_ascii_strcasecmp (role, "student") != 0
      && g_ascii_strcasecmp (role, "StudentEnrollment") != 0)
    sentence = g_strdup_printf (_ ("The role “%s” in the course “%s” is not given from a file."),
                                role, cells[2]);
  else if (*status == '\0' || g_ascii_strcasecmp (status, "active") == 0)
    reg_interchange_step_add (assign, line, cells);
  else if (g_ascii_strcasecmp (status, "deleted") == 0
           || g_ascii_strcasecmp (status, "tobedeleted") == 0
           || g_ascii_strcasecmp (status, "inactive") == 0)
    reg_interchange_step_add (unenroll, line, cells);
  else
    sentence = g_strdup_printf (_ ("The status “%s” is not set from a file."), status);
  if (sentence != NULL)
    reg_interchange_step_refuse (assign, line, shown, sentence);
}

gboolean
reg_interchange_read_canvas_enrollments (RegInterchangeTable *table,
                                         GPtrArray *steps,
                                         GError **error)
{
  RegInterchangeStep *assign = add_step (steps, "assign", table->file_name, ASSIGN_HEADINGS);
  RegInterchangeStep *unenroll = add_step (steps, "unenroll", table->file_name, UNENROLL_HEADINGS);
  GError *inner = NULL;

  while (reg_interchange_table_next (table, &inner))
    {
      g_autofree char *user_id = reg_interchange_table_dup (table, "user_id");
      g_autofree char *course = reg_interchange_table_dup (table, "course_id");
      g_autofree char *role = reg_interchange_table_dup (table, "role");
      g_autofree char *status = reg_interchange_table_dup (table, "status");
      const char *const cells[] = { "", user_id, course, NULL };

      read_enrollment (assign, unenroll, table->row.line, cells, role, status);
    }
  if (inner != NULL)
    g_propagate_error (error, inner);
  return inner == NULL;
}

/* ---- OneRoster ---- */

typedef struct
{
  char *email;
  char *employee_id;
} Person;

static void
person_free (gpointer data)
{
  Person *person = data;

  g_free (person->email);
  g_free (person->employee_id);
  g_free (person);
}

/* people: sourcedId → Person */
static gboolean
read_roster_people (RegInterchangeTable *table,
                    RegInterchangeStep *step,
                    GHashTable *people,
                    GError **error)
{
  GError *inner = NULL;

  while (reg_interchange_table_next (table, &inner))
    {
      g_autofree char *sourced_id = reg_interchange_table_dup (table, "sourcedid");
      g_autofree char *status = reg_interchange_table_dup (table, "status");
      g_autofree char *enabled = reg_interchange_table_dup (table, "enableduser");
      g_autofree char *email = dup_email (table, "username");
      g_autofree char *identifier = reg_interchange_table_dup (table, "identifier");
      g_autofree char *given = reg_interchange_table_dup (table, "givenname");
      g_autofree char *family = reg_interchange_table_dup (table, "familyname");
      const char *employee_id = *identifier != '\0' ? identifier : sourced_id;
      const char *const cells[] = { email, employee_id, given, family, NULL };
      Person *person = g_new0 (Person, 1);

      person->email = g_strdup (email);
      person->employee_id = g_strdup (employee_id);
      g_hash_table_insert (people, g_strdup (sourced_id), person);
      if (g_ascii_strcasecmp (status, "tobedeleted") == 0
          || g_ascii_strcasecmp (enabled, "false") == 0)
        reg_interchange_step_refuse (
            step, table->row.line, *email != '\0' ? email : employee_id,
            _ ("Deleting accounts is not done from a file. Archive the user instead."));
      else
        reg_interchange_step_add (step, table->row.line, cells);
    }
  if (inner != NULL)
    g_propagate_error (error, inner);
  return inner == NULL;
}

/* classes: sourcedId → the code of the course, or its title */
static gboolean
read_roster_classes (RegInterchangeTable *table, GHashTable *classes, GError **error)
{
  GError *inner = NULL;

  while (reg_interchange_table_next (table, &inner))
    {
      g_autofree char *code = reg_interchange_table_dup (table, "classcode");
      g_autofree char *title = reg_interchange_table_dup (table, "title");

      g_hash_table_insert (classes, reg_interchange_table_dup (table, "sourcedid"),
                           g_strdup (*code != '\0' ? code : title));
    }
  if (inner != NULL)
    g_propagate_error (error, inner);
  return inner == NULL;
}

static gboolean
read_roster_enrollments (RegInterchangeTable *table,
                         GPtrArray *steps,
                         GHashTable *people,
                         GHashTable *classes,
                         GError **error)
{
  RegInterchangeStep *assign = add_step (steps, "assign", table->file_name, ASSIGN_HEADINGS);
  RegInterchangeStep *unenroll = add_step (steps, "unenroll", table->file_name, UNENROLL_HEADINGS);
  GError *inner = NULL;

  while (reg_interchange_table_next (table, &inner))
    {
      g_autofree char *user = reg_interchange_table_dup (table, "usersourcedid");
      g_autofree char *class = reg_interchange_table_dup (table, "classsourcedid");
      g_autofree char *role = reg_interchange_table_dup (table, "role");
      g_autofree char *status = reg_interchange_table_dup (table, "status");
      const Person *person = g_hash_table_lookup (people, user);
      const char *course = g_hash_table_lookup (classes, class);
      const char *const cells[] = { person != NULL ? person->email : "",
                                    person != NULL ? person->employee_id : user,
                                    course != NULL ? course : class, NULL };

      read_enrollment (assign, unenroll, table->row.line, cells, role, status);
    }
  if (inner != NULL)
    g_propagate_error (error, inner);
  return inner == NULL;
}

gboolean
reg_interchange_read_oneroster (RegZip *zip, GPtrArray *steps, GError **error)
{
  g_autoptr (GHashTable) people =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, person_free);
  g_autoptr (GHashTable) classes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (RegInterchangeTable) users = NULL;
  g_autoptr (RegInterchangeTable) rooms = NULL;
  g_autoptr (RegInterchangeTable) enrollments = NULL;
  GError *inner = NULL;

  users = reg_interchange_open_member (zip, "users.csv", &inner);
  if (inner == NULL)
    rooms = reg_interchange_open_member (zip, "classes.csv", &inner);
  if (inner == NULL)
    enrollments = reg_interchange_open_member (zip, "enrollments.csv", &inner);
  if (inner == NULL && users == NULL && enrollments == NULL)
    g_set_error_literal (&inner, REG_IMPORT_ERROR, REG_IMPORT_ERROR_EMPTY,
                         _ ("The archive has neither users.csv nor enrollments.csv."));
  if (inner != NULL)
    {
      g_propagate_error (error, inner);
      return FALSE;
    }
  return (users == NULL
          || read_roster_people (
              users, add_step (steps, "update-users", users->file_name, PEOPLE_HEADINGS), people,
              error))
         && (rooms == NULL || read_roster_classes (rooms, classes, error))
         && (enrollments == NULL
             || read_roster_enrollments (enrollments, steps, people, classes, error));
}
