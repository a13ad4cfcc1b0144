/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import-fixture.h"

#include <glib/gstdio.h>

static gboolean
load (RegDirectory *directory, gint64 course_id, gpointer data, GError **error)
{
  ImportFixture *self = data;

  self->n_loads++;
  for (guint i = 0; i < self->enrollments->len; i++)
    {
      RegEnrollment *enrollment = &g_array_index (self->enrollments, RegEnrollment, i);

      if (enrollment->course_id == course_id)
        reg_directory_add_enrollment (directory, enrollment);
    }
  return TRUE;
}

static void
add_course (RegDirectory *directory, gint64 id, const char *code, const char *title, gint64 pool_id)
{
  g_autoptr (RegCourse) course = reg_course_new ();

  course->id = id;
  g_free (course->code);
  course->code = g_strdup (code);
  g_free (course->title);
  course->title = g_strdup (title);
  course->pool_id = pool_id;
  reg_directory_add_course (directory, course);
}

static void
add_label (RegDirectory *directory, gint64 id, RegLabelKind kind, const char *name)
{
  const RegLabel label = { .id = id, .kind = kind, .name = (char *)name };

  reg_directory_add_label (directory, &label);
}

static gboolean
visit (RegDirectoryPerson person, gpointer person_data, gpointer data, GError **error)
{
  ImportFixture *self = data;

  for (guint i = 0; i < self->people->len; i++)
    person (g_ptr_array_index (self->people, i), person_data);
  return TRUE;
}

static void
replace (char **field, const char *text)
{
  g_free (*field);
  *field = g_strdup (text);
}

static void
add_user (ImportFixture *self,
          gint64 id,
          RegUserState state,
          const char *email,
          const char *employee_id)
{
  RegUser *user = reg_user_new ();

  user->id = id;
  user->state = state;
  replace (&user->email, email);
  replace (&user->employee_id, employee_id);
  replace (&user->given_name, "Given");
  replace (&user->family_name, "Family");
  g_ptr_array_add (self->people, user);
  reg_directory_add_user (self->directory, id, state, email, -1, employee_id, -1);
}

RegUser *
import_fixture_get_person (ImportFixture *self, gint64 user_id)
{
  for (guint i = 0; i < self->people->len; i++)
    if (((RegUser *)g_ptr_array_index (self->people, i))->id == user_id)
      return g_ptr_array_index (self->people, i);
  g_return_val_if_reached (NULL);
}

void
import_fixture_set_up (ImportFixture *self, gconstpointer data)
{
  g_autoptr (RegLicensePool) pool = reg_license_pool_new ();
  RegDirectory *directory = reg_directory_new ();

  self->role = REG_ROLE_ADMINISTRATOR;
  self->folder = g_dir_make_tmp ("registrar-import-XXXXXX", NULL);
  g_assert_nonnull (self->folder);
  self->directory = directory;
  self->enrollments = g_array_new (FALSE, TRUE, sizeof (RegEnrollment));
  self->people = g_ptr_array_new_with_free_func ((GDestroyNotify)reg_user_free);
  add_user (self, 11, REG_USER_STATE_ACTIVE, "anna@example.com", "000123");
  add_user (self, 12, REG_USER_STATE_PENDING, "Bruno@Example.com", "000124");
  add_user (self, 13, REG_USER_STATE_DEACTIVATED, "carla@example.com", "123456");
  add_user (self, 14, REG_USER_STATE_ARCHIVED, "dora@example.com", "");
  add_user (self, 15, REG_USER_STATE_ACTIVE, "élise@example.com", "E-5");
  add_user (self, 16, REG_USER_STATE_ACTIVE, "shared@example.com", "S1");
  add_user (self, 17, REG_USER_STATE_ACTIVE, "SHARED@example.com", "S2");
  add_user (self, 18, REG_USER_STATE_ACTIVE, "admin", "");
  pool->id = 7;
  pool->total = 5;
  pool->available = 2;
  reg_directory_add_pool (directory, pool);
  add_course (directory, 1, "C001", "Induction", 0);
  add_course (directory, 2, "C002", "Fire  safety", 0);
  add_course (directory, 3, "C003", "Induction", 7);
  add_label (directory, 31, REG_LABEL_GROUP, "Drivers");
  add_label (directory, 32, REG_LABEL_GROUP, "Night Shift");
  add_label (directory, 33, REG_LABEL_GROUP, "Sales, North");
  add_label (directory, 34, REG_LABEL_TEAM, "Blue");
  add_label (directory, 41, REG_LABEL_LOCATION, "Oslo");
  add_label (directory, 42, REG_LABEL_LOCATION, "Bergen");
  reg_directory_set_loader (directory, load, self, NULL);
  reg_directory_set_people (directory, visit, self, NULL);
}

void
import_fixture_tear_down (ImportFixture *self, gconstpointer data)
{
  g_autoptr (GDir) dir = g_dir_open (self->folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (self->folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (self->folder);
  g_clear_pointer (&self->folder, g_free);
  g_clear_pointer (&self->directory, reg_directory_unref);
  g_clear_pointer (&self->enrollments, g_array_unref);
  g_clear_pointer (&self->people, g_ptr_array_unref);
}

void
import_fixture_add_enrollment (ImportFixture *self, gint64 user_id, gint64 course_id)
{
  RegEnrollment enrollment = {
    .user_id = user_id,
    .course_id = course_id,
    .present = TRUE,
    .visible = TRUE,
    .attempt = 1,
  };

  g_array_append_val (self->enrollments, enrollment);
}

char *
import_fixture_write (ImportFixture *self, const char *name, const char *text)
{
  char *path = g_build_filename (self->folder, name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
  return path;
}

RegImportPlan *
import_fixture_check (ImportFixture *self,
                      const char *action,
                      const char *text,
                      const gint64 *courses,
                      const char *const *mapping,
                      GError **error)
{
  g_autofree char *path = import_fixture_write (self, "file.csv", text);
  const RegImportRequest request = {
    .path = path,
    .action = action,
    .courses = courses,
    .mapping = mapping,
    .empty = self->empty,
    .people = self->people_rule,
    .today = "2026-06-01",
    .now = 1780272000,
    .actor_id = 1,
    .actor_role = self->role,
  };

  return reg_import_check (&request, self->directory, NULL, NULL, NULL, error);
}

const RegImportBadLine *
import_plan_find_bad (const RegImportPlan *plan, gint64 line)
{
  for (guint i = 0; i < plan->bad_lines->len; i++)
    if (g_array_index (plan->bad_lines, RegImportBadLine, i).line == line)
      return &g_array_index (plan->bad_lines, RegImportBadLine, i);
  return NULL;
}

/* One plan in one text, as the tests compare it: "+line:user:course", "-line:user:course:code",
 * "!line:code", "0line" for no mark. */
char *
import_plan_to_text (const RegImportPlan *plan)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < plan->will->len; i++)
    {
      const RegImportItem *item = &g_array_index (plan->will, RegImportItem, i);

      g_string_append_printf (out, "+%u:%d:%d ", item->line, (int)item->user_id,
                              (int)item->course_id);
    }
  for (guint i = 0; i < plan->cannot->len; i++)
    {
      const RegImportCannot *one = &g_array_index (plan->cannot, RegImportCannot, i);

      g_string_append_printf (out, "-%u:%d:%d:%s ", one->line, (int)one->user_id,
                              (int)one->course_id, reg_reason_to_code (one->reason));
    }
  for (guint i = 0; i < plan->bad_lines->len; i++)
    {
      const RegImportBadLine *line = &g_array_index (plan->bad_lines, RegImportBadLine, i);

      g_string_append_printf (out, "!%d:%s ", (int)line->line, reg_reason_to_code (line->reason));
    }
  for (guint i = 0; i < plan->unmarked->len; i++)
    g_string_append_printf (out, "0%d ", (int)g_array_index (plan->unmarked, gint64, i));
  if (out->len > 0)
    g_string_truncate (out, out->len - 1);
  return g_string_free (out, FALSE);
}
