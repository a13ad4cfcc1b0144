/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "again-fixture.h"

#include <glib/gstdio.h>

#define LAST_USER 300

void
again_set_up (AgainFixture *self, gconstpointer data)
{
  sync_fixture_set_up (&self->sync, 0);
  sync_fixture_sync (&self->sync);
  self->path = g_build_filename (self->sync.folder.folder, "list.csv", NULL);
  self->courses[0] = AGAIN_COURSE;
  self->request = (RegImportRequest){ .path = self->path,
                                      .action = "assign",
                                      .courses = self->courses,
                                      .today = "2026-06-01",
                                      .now = self->sync.now,
                                      .actor_id = 1,
                                      .actor_role = REG_ROLE_PRIMARY_ADMIN };
}

void
again_tear_down (AgainFixture *self, gconstpointer data)
{
  g_unlink (self->path);
  g_clear_pointer (&self->path, g_free);
  sync_fixture_tear_down (&self->sync);
}

RegUser *
again_get_user (AgainFixture *self, gint64 id)
{
  g_autoptr (GError) error = NULL;
  RegUser *user = reg_store_get_user (self->sync.store, id, &error);

  g_assert_no_error (error);
  return user;
}

/* The next active person after this one who is not in the course. */
gint64
again_find_person (AgainFixture *self, gint64 after)
{
  for (gint64 id = MAX (after, 1) + 1; id <= LAST_USER; id++)
    {
      g_autoptr (RegUser) user = again_get_user (self, id);
      g_autoptr (RegEnrollment) there =
          reg_store_get_enrollment (self->sync.store, id, AGAIN_COURSE, NULL);

      if (user != NULL && user->state == REG_USER_STATE_ACTIVE && *user->email != '\0'
          && (there == NULL || !there->present))
        return id;
    }
  g_assert_not_reached ();
}

gboolean
again_is_enrolled (AgainFixture *self, gint64 user_id)
{
  g_autoptr (RegEnrollment) there =
      reg_store_get_enrollment (self->sync.store, user_id, AGAIN_COURSE, NULL);

  return there != NULL && there->present;
}

RegImportPlan *
again_check (AgainFixture *self)
{
  g_autoptr (GError) error = NULL;
  RegImportPlan *plan =
      reg_import_job_check (self->sync.store, &self->request, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  return plan;
}

RegImportRun *
again_start (AgainFixture *self)
{
  g_autoptr (RegImportPlan) plan = again_check (self);
  g_autoptr (GError) error = NULL;
  RegImportRun *run = NULL;

  g_assert_true (reg_import_job_start (self->sync.store, &self->request, plan, NULL, &run, NULL,
                                       NULL, NULL, &error));
  g_assert_no_error (error);
  return run;
}

RegImportRun *
again_start_text (AgainFixture *self, const char *text)
{
  g_assert_true (g_file_set_contents (self->path, text, -1, NULL));
  return again_start (self);
}

GPtrArray *
again_list_rejects (AgainFixture *self, const RegImportRun *run)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *rejects = reg_store_list_rejects (self->sync.store, run->id, 0, &error);

  g_assert_no_error (error);
  return rejects;
}

/* As "Correct and Import Again…" opens it. */
RegImportCopy *
again_correct (AgainFixture *self, const RegImportRun *run)
{
  g_autoptr (GError) error = NULL;
  RegImportCopy *copy = reg_import_copy_open (self->sync.store, run->id, &error);

  g_assert_no_error (error);
  g_assert_nonnull (copy);
  reg_import_recipe_fill_request (copy->recipe, &self->request);
  reg_import_edits_set_only (copy->edits, (const gint64 *)(void *)copy->lines->data,
                             copy->lines->len);
  self->request.path = copy->path;
  self->request.name = copy->file_name;
  self->request.heading_line = copy->heading_line;
  self->request.edits = copy->edits;
  self->request.corrects = copy->run_id;
  return copy;
}

char *
again_dup_list (AgainFixture *self, const gint64 *people, guint n)
{
  g_autoptr (GString) text = g_string_new ("Email ID,Employee ID,Requirement,Due Date,Message\n");

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (RegUser) user = again_get_user (self, people[i]);

      g_string_append_printf (text, "%s,,,,\n", user->email);
    }
  return g_strdup (text->str);
}

gint64
again_undo (AgainFixture *self, gint64 batch_id)
{
  g_autoptr (GError) error = NULL;
  gint64 counter, n;

  g_assert_true (
      reg_store_undo_batch (self->sync.store, batch_id, &counter, &n, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
  return counter;
}
