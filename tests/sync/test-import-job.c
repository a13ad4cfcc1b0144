/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Imports against a real local copy: what the plan says is what stands in the outbox, in one step.
 */
#include "reg-test-store.h"

#include "store/reg-store-outbox.h"
#include "store/reg-store-query.h"
#include "sync/reg-import-job.h"

#include <glib/gstdio.h>
#include <string.h>

#define N_USERS 300
#define NOW 1780272000

typedef struct
{
  RegTestFolder folder;
  RegStore *store;
  char *path;
  RegImportRequest request;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  reg_test_folder_init (&self->folder);
  self->store = reg_store_open (self->folder.path, &error);
  g_assert_no_error (error);
  reg_test_store_fill (self->store, N_USERS, 3);
  reg_test_store_enroll (self->store, 2, 10);
  self->path = g_build_filename (self->folder.folder, "roster.csv", NULL);
  self->request = (RegImportRequest){
    .path = self->path,
    .action = "assign",
    .today = "2026-06-01",
    .now = NOW,
    .actor_id = 1,
    .actor_role = REG_ROLE_ADMINISTRATOR,
  };
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_clear_pointer (&self->store, reg_store_unref);
  g_unlink (self->path);
  g_clear_pointer (&self->path, g_free);
  reg_test_folder_clear (&self->folder);
}

/* Everybody in C1 and C2, then three lines that are wrong and a blank one. */
static void
write_matrix (Fixture *self)
{
  g_autoptr (GString) text = g_string_new ("Email ID,C1,C2\n");
  g_autoptr (GError) error = NULL;

  for (int i = 1; i <= N_USERS; i++)
    g_string_append_printf (text, "USER%05d@example.com,x,x\n", i);
  g_string_append (text, "nobody@example.com,x,\nuser00001@example.com,x,\n\nnonsense@,x,\n");
  g_file_set_contents (self->path, text->str, text->len, &error);
  g_assert_no_error (error);
}

static RegImportPlan *
check (Fixture *self)
{
  g_autoptr (GError) error = NULL;
  RegImportPlan *plan =
      reg_import_job_check (self->store, &self->request, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  return plan;
}

static gint64
count_waiting (Fixture *self)
{
  gint64 counts[REG_N_CHANGE_STATES] = { 0 };
  g_autoptr (GError) error = NULL;

  reg_store_count_changes (self->store, counts, &error);
  g_assert_no_error (error);
  return counts[REG_CHANGE_PENDING];
}

static void
test_check (Fixture *self, gconstpointer data)
{
  g_autoptr (RegImportPlan) plan = NULL;

  write_matrix (self);
  plan = check (self);
  g_assert_cmpint (plan->lines_read, ==, N_USERS + 4);
  g_assert_cmpuint (plan->will->len, ==, 2 * N_USERS - 10);
  g_assert_cmpuint (plan->cannot->len, ==, 10);
  g_assert_cmpuint (plan->bad_lines->len, ==, 3);
  g_assert_cmpint (plan->n_blank, ==, 1);
  g_assert_cmpint (plan->n_users, ==, N_USERS);
  g_assert_cmpint (plan->n_cannot_users, ==, 10);
  g_assert_cmpint (count_waiting (self), ==, 0);
  /* As the LMS has it, not as the file has it. */
  g_assert_cmpstr (reg_directory_get_email (plan->directory, 1), ==, "user00001@example.com");
}

static void
test_start (Fixture *self, gconstpointer data)
{
  g_autoptr (RegImportPlan) plan = NULL;
  g_autoptr (RegImportRun) run = NULL;
  g_autoptr (RegImportRun) stored = NULL;
  g_autoptr (RegBatch) batch = NULL;
  g_autoptr (RegEnrollment) enrollment = NULL;
  g_autoptr (GPtrArray) rejects = NULL;
  g_autoptr (GError) error = NULL;
  gint64 counter = 0, n_undone = 0;

  write_matrix (self);
  plan = check (self);
  g_assert_true (reg_import_job_start (self->store, &self->request, plan, NULL, &run, NULL, NULL,
                                       NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (count_waiting (self), ==, 2 * N_USERS - 10);

  stored = reg_store_get_run (self->store, run->id, &error);
  g_assert_no_error (error);
  g_assert_cmpint (stored->n_users, ==, N_USERS);
  g_assert_cmpint (stored->n_not_imported, ==, 3);
  g_assert_cmpint (stored->lines_read, ==, N_USERS + 4);
  g_assert_cmpuint (strlen (stored->file_hash), ==, 64);
  g_assert_cmpstr (stored->file_name, ==, "roster.csv");

  batch = reg_store_get_batch (self->store, run->batch_id, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (batch->title, ==, "Import “roster.csv”: enroll 300 users");
  g_assert_cmpint (batch->run_id, ==, run->id);

  rejects = reg_store_list_rejects (self->store, run->id, 0, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rejects->len, ==, 13);

  enrollment = reg_store_get_enrollment (self->store, 7, 1, &error);
  g_assert_no_error (error);
  g_assert_cmpint (enrollment->source, ==, REG_SOURCE_IMPORT);

  /* One undo step. */
  g_assert_true (reg_store_undo_batch (self->store, run->batch_id, &counter, &n_undone, NULL, NULL,
                                       NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (n_undone, ==, 2 * N_USERS - 10);
  g_assert_cmpint (count_waiting (self), ==, 0);
}

static void
test_excluded (Fixture *self, gconstpointer data)
{
  g_autoptr (GHashTable) excluded = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_autoptr (RegImportPlan) plan = NULL;
  g_autoptr (RegImportRun) run = NULL;
  g_autoptr (GError) error = NULL;
  const gint64 lines[] = { 2, 100, 301 };

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    g_hash_table_add (excluded, (gpointer)&lines[i]);
  write_matrix (self);
  plan = check (self);
  g_assert_true (reg_import_job_start (self->store, &self->request, plan, excluded, &run, NULL,
                                       NULL, NULL, &error));
  g_assert_no_error (error);
  /* User 1 has C2 already, so their line had one mark to leave out. */
  g_assert_cmpint (count_waiting (self), ==, 2 * N_USERS - 10 - 5);
  g_assert_cmpint (run->n_users, ==, N_USERS - 3);
}

static void
test_changed (Fixture *self, gconstpointer data)
{
  g_autoptr (RegImportPlan) plan = NULL;
  g_autoptr (GPtrArray) runs = NULL;
  g_autoptr (GError) error = NULL;

  write_matrix (self);
  plan = check (self);
  g_assert_true (
      g_file_set_contents (self->path, "Email ID,C1\nuser00002@example.com,x\n", -1, NULL));
  g_assert_false (reg_import_job_start (self->store, &self->request, plan, NULL, NULL, NULL, NULL,
                                        NULL, &error));
  g_assert_error (error, REG_IMPORT_ERROR, REG_IMPORT_ERROR_CHANGED);
  g_clear_error (&error);

  g_assert_cmpint (g_unlink (self->path), ==, 0);
  g_assert_false (reg_import_job_start (self->store, &self->request, plan, NULL, NULL, NULL, NULL,
                                        NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_cmpint (count_waiting (self), ==, 0);
  runs = reg_store_list_runs (self->store, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (runs->len, ==, 0);
}

static void
test_cancelled (Fixture *self, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (RegImportPlan) plan = NULL;
  g_autoptr (GPtrArray) runs = NULL;
  g_autoptr (GError) error = NULL;

  write_matrix (self);
  plan = check (self);
  g_cancellable_cancel (cancellable);
  g_assert_false (reg_import_job_start (self->store, &self->request, plan, NULL, NULL, NULL, NULL,
                                        cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_cmpint (count_waiting (self), ==, 0);
  runs = reg_store_list_runs (self->store, &error);
  g_assert_cmpuint (runs->len, ==, 0);
}

/* Something changed between check and start: the person has the course by now. */
static void
test_overtaken (Fixture *self, gconstpointer data)
{
  g_autoptr (RegImportPlan) plan = NULL;
  g_autoptr (RegImportRun) run = NULL;
  g_autoptr (GPtrArray) rejects = NULL;
  g_autoptr (GError) error = NULL;
  const RegImportReject *reject;

  g_assert_true (g_file_set_contents (
      self->path, "Email ID,C1\nuser00020@example.com,x\nuser00021@example.com,x\n", -1, NULL));
  plan = check (self);
  reg_test_store_enroll (self->store, 1, 20);
  g_assert_true (reg_import_job_start (self->store, &self->request, plan, NULL, &run, NULL, NULL,
                                       NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (count_waiting (self), ==, 1);
  g_assert_cmpint (run->n_users, ==, 1);
  g_assert_cmpint (run->n_not_imported, ==, 1);
  rejects = reg_store_list_rejects (self->store, run->id, 0, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rejects->len, ==, 1);
  reject = g_ptr_array_index (rejects, 0);
  g_assert_cmpint (reject->line, ==, 2);
  g_assert_cmpstr (reject->code, ==, "already-assigned");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)
  ADD ("/sync/import-job/check", test_check);
  ADD ("/sync/import-job/start", test_start);
  ADD ("/sync/import-job/excluded", test_excluded);
  ADD ("/sync/import-job/changed", test_changed);
  ADD ("/sync/import-job/cancelled", test_cancelled);
  ADD ("/sync/import-job/overtaken", test_overtaken);
  return g_test_run ();
}
