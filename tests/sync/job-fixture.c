/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "job-fixture.h"

#include <glib/gstdio.h>

void
job_fixture_set_up (JobFixture *self, gint64 n_users, const char *file_name)
{
  g_autoptr (GError) error = NULL;

  reg_test_folder_init (&self->folder);
  self->store = reg_store_open (self->folder.path, &error);
  g_assert_no_error (error);
  reg_test_store_fill (self->store, n_users, 3);
  self->path = g_build_filename (self->folder.folder, file_name, NULL);
  self->request = (RegImportRequest){
    .path = self->path,
    .action = "assign",
    .today = "2026-06-01",
    .now = JOB_FIXTURE_NOW,
    .actor_id = 1,
    .actor_role = REG_ROLE_ADMINISTRATOR,
  };
}

void
job_fixture_tear_down (JobFixture *self, gconstpointer data)
{
  g_clear_pointer (&self->store, reg_store_unref);
  g_unlink (self->path);
  g_clear_pointer (&self->path, g_free);
  reg_test_folder_clear (&self->folder);
}

RegImportPlan *
job_fixture_check (JobFixture *self)
{
  g_autoptr (GError) error = NULL;
  RegImportPlan *plan =
      reg_import_job_check (self->store, &self->request, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  return plan;
}
