/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Imports against a real local copy: what the plan says is what stands in the outbox, in one step.
 */
#include "job-fixture.h"

#include "store/reg-store-outbox.h"
#include "store/reg-store-query.h"
#include "sync/reg-import-compare.h"
#include "sync/reg-import-copy.h"
#include "sync/reg-import-recipes.h"

#include <glib/gstdio.h>
#include <string.h>

#define N_USERS 300

static void
set_up (JobFixture *self, gconstpointer data)
{
  job_fixture_set_up (self, N_USERS, "roster.csv");
  reg_test_store_enroll (self->store, 2, 10);
}

/* Everybody in C1 and C2, then three lines that are wrong and a blank one. */
static void
write_matrix (JobFixture *self)
{
  g_autoptr (GString) text = g_string_new ("Email ID,C1,C2\n");
  g_autoptr (GError) error = NULL;

  for (int i = 1; i <= N_USERS; i++)
    g_string_append_printf (text, "USER%05d@example.com,x,x\n", i);
  g_string_append (text, "nobody@example.com,x,\nuser00001@example.com,x,\n\nnonsense@,x,\n");
  g_file_set_contents (self->path, text->str, text->len, &error);
  g_assert_no_error (error);
}

static gint64
count_waiting (JobFixture *self)
{
  gint64 counts[REG_N_CHANGE_STATES] = { 0 };
  g_autoptr (GError) error = NULL;

  reg_store_count_changes (self->store, counts, &error);
  g_assert_no_error (error);
  return counts[REG_CHANGE_PENDING];
}

static void
test_check (JobFixture *self, gconstpointer data)
{
  g_autoptr (RegImportPlan) plan = NULL;

  write_matrix (self);
  plan = job_fixture_check (self);
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
test_start (JobFixture *self, gconstpointer data)
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
  plan = job_fixture_check (self);
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
exclude (GHashTable *excluded, const RegImportItem *item)
{
  gint64 key = reg_import_item_get_key (item);

  g_hash_table_add (excluded, g_memdup2 (&key, sizeof key));
}

/* Whole lines, and of one line one of its two marks: the other one is imported. */
static void
test_excluded (JobFixture *self, gconstpointer data)
{
  g_autoptr (GHashTable) excluded =
      g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr (RegImportPlan) plan = NULL;
  g_autoptr (RegImportRun) run = NULL;
  g_autoptr (GError) error = NULL;
  const RegImportItem *one;

  write_matrix (self);
  plan = job_fixture_check (self);
  for (guint i = 0; i < plan->will->len; i++)
    {
      const RegImportItem *item = &g_array_index (plan->will, RegImportItem, i);

      if (item->line == 2 || item->line == 100 || item->line == 301)
        exclude (excluded, item);
    }
  one = reg_import_plan_find_item (plan, 50);
  g_assert_cmpint (one[1].line, ==, 50);
  exclude (excluded, one);
  g_assert_true (reg_import_job_start (self->store, &self->request, plan, excluded, &run, NULL,
                                       NULL, NULL, &error));
  g_assert_no_error (error);
  /* User 1 has C2 already, so their line had one mark to leave out. */
  g_assert_cmpint (count_waiting (self), ==, 2 * N_USERS - 10 - 5 - 1);
  g_assert_cmpint (run->n_users, ==, N_USERS - 3);
}

static void
test_changed (JobFixture *self, gconstpointer data)
{
  g_autoptr (RegImportPlan) plan = NULL;
  g_autoptr (GPtrArray) runs = NULL;
  g_autoptr (GError) error = NULL;

  write_matrix (self);
  plan = job_fixture_check (self);
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
test_cancelled (JobFixture *self, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (RegImportPlan) plan = NULL;
  g_autoptr (GPtrArray) runs = NULL;
  g_autoptr (GError) error = NULL;

  write_matrix (self);
  plan = job_fixture_check (self);
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
test_overtaken (JobFixture *self, gconstpointer data)
{
  g_autoptr (RegImportPlan) plan = NULL;
  g_autoptr (RegImportRun) run = NULL;
  g_autoptr (GPtrArray) rejects = NULL;
  g_autoptr (GError) error = NULL;
  const RegImportReject *reject;

  g_assert_true (g_file_set_contents (
      self->path, "Email ID,C1\nuser00020@example.com,x\nuser00021@example.com,x\n", -1, NULL));
  plan = job_fixture_check (self);
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

/* Groups are replaced, teams and tags are not, also one that came while the check was on show. */
static void
test_overtaken_tag (JobFixture *self, gconstpointer data)
{
  g_autoptr (RegPage) page = reg_page_new ();
  g_autoptr (RegPage) later = reg_page_new ();
  g_autoptr (RegImportPlan) plan = NULL;
  g_autoptr (RegUser) user = NULL;
  g_autoptr (GError) error = NULL;

  reg_test_page_add_label (page, 1, 900, REG_LABEL_GROUP, "Drivers");
  reg_test_page_add_label (page, 2, 900, REG_LABEL_GROUP, "Cooks");
  reg_test_page_add_label (page, 3, 900, REG_LABEL_TAG, "new");
  reg_test_page_add_label (page, 4, 900, REG_LABEL_TAG, "night");
  reg_test_page_add_user (page, 20, 900)->labels = g_string_chunk_insert (page->strings, ",1,4,");
  reg_test_store_apply (self->store, page);
  self->request.action = "update-users";
  g_assert_true (
      g_file_set_contents (self->path, "Email ID,Groups\nuser00020@example.com,Cooks\n", -1, NULL));
  plan = job_fixture_check (self);
  reg_test_page_add_user (later, 20, 901)->labels = g_string_chunk_insert (later->strings, ",1,3,");
  reg_test_store_apply (self->store, later);
  g_assert_true (reg_import_job_start (self->store, &self->request, plan, NULL, NULL, NULL, NULL,
                                       NULL, &error));
  g_assert_no_error (error);
  user = reg_store_get_user (self->store, 20, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (user->labels, ==, ",2,3,");
}

/* ---- Afterwards ---- */

static RegImportRun *
start (JobFixture *self)
{
  g_autoptr (RegImportPlan) plan = job_fixture_check (self);
  g_autoptr (GError) error = NULL;
  RegImportRun *run = NULL;

  g_assert_true (reg_import_job_start (self->store, &self->request, plan, NULL, &run, NULL, NULL,
                                       NULL, &error));
  g_assert_no_error (error);
  return run;
}

/* What was not imported is at hand, whatever became of the file, and reads as it was corrected. */
static void
test_correct_again (JobFixture *self, gconstpointer data)
{
  const gint64 courses[] = { 3, 0 };
  g_autoptr (RegImportEdits) edits = reg_import_edits_new ();
  g_autoptr (RegImportRun) run = NULL;
  g_autoptr (RegImportRun) second = NULL;
  g_autoptr (RegImportCopy) copy = NULL;
  g_autoptr (RegImportPlan) plan = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (self->path,
                                      "Roster\n\nMail,Nr\nuser00001@example.com,\n"
                                      "x,\nuser00002@exmaple.com,\nyy,\n",
                                      -1, NULL));
  self->request.courses = courses;
  self->request.mapping = (const char *const[]){ "Mail=Email ID", "Nr=Employee ID", "=Requirement",
                                                 "=Due Date",     "=Message",       NULL };
  reg_import_edits_set_cell (edits, 7, 0, "zz");
  self->request.edits = edits;
  run = start (self);
  g_assert_cmpint (g_unlink (self->path), ==, 0);
  copy = reg_import_copy_open (self->store, run->id, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (copy->file_name, ==, "roster.csv");
  g_assert_cmpuint (copy->lines->len, ==, 3);
  g_assert_cmpint (copy->heading_line, ==, 3);
  g_assert_cmpuint (reg_import_edits_get_n (copy->edits), ==, 1);

  reg_import_recipe_fill_request (copy->recipe, &self->request);
  reg_import_edits_set_only (copy->edits, (const gint64 *)(void *)copy->lines->data,
                             copy->lines->len);
  reg_import_edits_set_cell (copy->edits, 6, 0, "user00002@example.com");
  self->request.path = copy->path;
  self->request.name = copy->file_name;
  self->request.heading_line = copy->heading_line;
  self->request.edits = copy->edits;
  plan = job_fixture_check (self);
  /* only those, and only what was corrected can be imported */
  g_assert_cmpint (plan->lines_read, ==, 3);
  g_assert_cmpuint (plan->will->len, ==, 1);
  g_assert_cmpint (g_array_index (plan->will, RegImportItem, 0).line, ==, 6);
  g_assert_cmpuint (plan->bad_lines->len, ==, 2);
  g_assert_cmpstr (g_array_index (plan->bad_lines, RegImportBadLine, 1).identifier, ==, "zz");
  second = start (self);
  g_assert_cmpstr (second->file_name, ==, "roster.csv");
  g_assert_cmpint (count_waiting (self), ==, 2);
  g_file_set_contents (self->path, "", 0, NULL);
}

/* The downloaded list has the columns of the file, and goes back in. */
static void
test_list_again (JobFixture *self, gconstpointer data)
{
  g_autoptr (RegImportRun) run = NULL;
  g_autoptr (RegImportPlan) plan = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  g_assert_true (g_file_set_contents (
      self->path, "Email ID,C1,C2\nuser00001@example.com,x,x\nuser00002@exmaple.com,x,\n=cmd,,x\n",
      -1, NULL));
  run = start (self);
  g_assert_true (reg_import_copy_write_rejects (self->store, run->id, self->path, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (self->path, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, "Line,Email ID or Employee ID,Course,Reason,Reason Code,"
                                  "Email ID,C1,C2"));
  /* nothing in it is a formula */
  g_assert_nonnull (strstr (text, ",'=cmd,"));
  g_assert_null (strstr (text, ",=cmd"));
  plan = job_fixture_check (self);
  g_assert_cmpint (plan->is_matrix, ==, TRUE);
  /* the first line of the list is about a mark of a line that was imported otherwise */
  g_assert_cmpint (plan->lines_read, ==, 3);
  g_assert_cmpuint (plan->bad_lines->len, ==, 2);
  g_assert_cmpstr (g_array_index (plan->bad_lines, RegImportBadLine, 1).identifier, ==, "=cmd");
}

static GPtrArray *
take (JobFixture *self)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *taken = reg_store_take_changes (self->store, 1000, JOB_FIXTURE_NOW, &error);

  g_assert_no_error (error);
  return taken;
}

/* What is paused is not sent, nor after a restart; what is cancelled never is. */
static void
test_pause_and_cancel (JobFixture *self, gconstpointer data)
{
  g_autoptr (RegImportRun) run = NULL;
  g_autoptr (GPtrArray) none = NULL;
  g_autoptr (GPtrArray) some = NULL;
  g_autoptr (GError) error = NULL;
  gboolean paused = FALSE;
  gint64 n = 0, when = -1;

  g_assert_true (g_file_set_contents (
      self->path, "Email ID,C1\nuser00020@example.com,x\nuser00021@example.com,x\n", -1, NULL));
  run = start (self);
  g_assert_true (reg_store_set_batch_paused (self->store, run->batch_id, TRUE, &error));
  reg_store_unref (self->store);
  self->store = reg_store_open (self->folder.path, &error);
  g_assert_no_error (error);
  g_assert_true (reg_store_is_batch_paused (self->store, run->batch_id, &paused, &error));
  g_assert_true (paused);
  none = take (self);
  g_assert_cmpuint (none->len, ==, 0);
  /* nor is anybody told to try */
  g_assert_true (reg_store_get_next_attempt (self->store, JOB_FIXTURE_NOW, &when, &error));
  g_assert_cmpint (when, ==, 0);
  g_assert_true (reg_store_set_batch_paused (self->store, run->batch_id, FALSE, &error));
  some = take (self);
  g_assert_cmpuint (some->len, ==, 2);
  {
    const RegChange *first = g_ptr_array_index (some, 0);
    const RegChange *other = g_ptr_array_index (some, 1);
    const gint64 ids[] = { other->id };
    g_autoptr (GPtrArray) outcomes =
        g_ptr_array_new_with_free_func ((GDestroyNotify)reg_outcome_free);

    g_ptr_array_add (outcomes, reg_outcome_new (first->id, REG_OUTCOME_APPLIED));
    g_assert_true (reg_store_put_outcomes (self->store, outcomes, &error));
    g_assert_true (reg_store_put_postponed (self->store, ids, 1, FALSE, 0, &error));
  }
  g_assert_true (reg_store_cancel_batch (self->store, run->batch_id, &n, &error));
  g_assert_no_error (error);
  g_assert_cmpint (n, ==, 1);
  g_assert_cmpint (count_waiting (self), ==, 0);
}

/* What reverting would do is said before, and is what it does. */
static void
test_revert (JobFixture *self, gconstpointer data)
{
  g_autoptr (RegImportRun) run = NULL;
  g_autoptr (GPtrArray) taken = NULL;
  g_autoptr (GPtrArray) outcomes =
      g_ptr_array_new_with_free_func ((GDestroyNotify)reg_outcome_free);
  g_autoptr (GError) error = NULL;
  RegBatchRevert revert;
  gint64 counter = 0, n = 0;
  RegOutcome *skipped;

  g_assert_true (g_file_set_contents (self->path,
                                      "Email ID,C1\nuser00020@example.com,x\n"
                                      "user00021@example.com,x\nuser00022@example.com,x\n",
                                      -1, NULL));
  run = start (self);
  taken = reg_store_take_changes (self->store, 2, JOB_FIXTURE_NOW, &error);
  g_assert_cmpuint (taken->len, ==, 2);
  g_ptr_array_add (outcomes, reg_outcome_new (((RegChange *)g_ptr_array_index (taken, 0))->id,
                                              REG_OUTCOME_APPLIED));
  skipped = reg_outcome_new (((RegChange *)g_ptr_array_index (taken, 1))->id, REG_OUTCOME_SKIPPED);
  skipped->code = g_strdup ("already-assigned");
  g_ptr_array_add (outcomes, skipped);
  g_assert_true (reg_store_put_outcomes (self->store, outcomes, &error));
  g_assert_no_error (error);
  g_assert_true (reg_store_preview_revert (self->store, run->batch_id, &revert, &error));
  g_assert_cmpint (revert.n_waiting, ==, 1);
  g_assert_cmpint (revert.n_countered, ==, 1);
  g_assert_cmpint (revert.n_nothing, ==, 1);
  g_assert_cmpint (revert.n_kept, ==, 0);
  g_assert_true (
      reg_store_undo_batch (self->store, run->batch_id, &counter, &n, NULL, NULL, NULL, &error));
  g_assert_cmpint (n, ==, 2);
  g_assert_cmpint (counter, !=, 0);
  g_assert_cmpint (count_waiting (self), ==, 1);
}

static void
test_recipes (JobFixture *self, gconstpointer data)
{
  const gint64 courses[] = { 3, 1, 0 };
  const RegImportRequest request = {
    .action = "unenroll",
    .courses = courses,
    .mapping = (const char *const[]){ "A;b=Email ID", "=Employee ID", "[C]=", NULL },
    .encoding = "windows-1252",
    .delimiter = ';',
    .date_order = 'm',
    .empty = REG_EMPTY_CLEAR,
  };
  g_autoptr (RegImportRecipe) recipe = reg_import_recipe_new ("Ma: [x] = \xc3\xa9", &request);
  g_autoptr (RegImportRecipe) back = NULL;
  g_autoptr (RegImportRecipe) gone = NULL;
  g_autoptr (GPtrArray) list = NULL;
  g_autoptr (GError) error = NULL;

  recipe->headings = g_strdup ("a;b\x1fnr");
  g_assert_true (reg_import_recipes_save (self->store, recipe, &error));
  g_assert_true (reg_import_recipes_rename (self->store, recipe->name, "b", &error));
  list = reg_import_recipes_list (self->store, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (list->len, ==, 1);
  back = reg_import_recipes_get (self->store, "b", &error);
  g_assert_cmpstr (back->action, ==, "unenroll");
  g_assert_cmpstr (back->headings, ==, recipe->headings);
  g_assert_cmpstrv (back->mapping, request.mapping);
  g_assert_cmpint (back->courses[0], ==, 3);
  g_assert_cmpint (back->courses[1], ==, 1);
  g_assert_cmpint (back->courses[2], ==, 0);
  g_assert_cmpstr (back->encoding, ==, "windows-1252");
  g_assert_null (back->sheet);
  g_assert_cmpint (back->delimiter, ==, ';');
  g_assert_cmpint (back->date_order, ==, 'm');
  g_assert_cmpint (back->empty, ==, REG_EMPTY_CLEAR);
  g_assert_true (reg_import_recipes_remove (self->store, "b", &error));
  gone = reg_import_recipes_get (self->store, "b", &error);
  g_assert_no_error (error);
  g_assert_null (gone);
}

/* ---- Disks and clocks that misbehave ---- */

static gint64
start_text (JobFixture *self, const char *text)
{
  g_autoptr (RegImportPlan) plan = NULL;
  g_autoptr (RegImportRun) run = NULL;
  g_autoptr (GError) error = NULL;
  static const gint64 courses[] = { 1, 0 };

  g_assert_true (g_file_set_contents (self->path, text, -1, NULL));
  self->request.courses = courses;
  plan = job_fixture_check (self);
  g_assert_true (reg_import_job_start (self->store, &self->request, plan, NULL, &run, NULL, NULL,
                                       NULL, &error));
  g_assert_no_error (error);
  return run->id;
}

#define LIST "Email ID,Employee ID,Requirement,Due Date,Message\n"

static char *
dup_copy_path (JobFixture *self, gint64 run_id)
{
  g_autofree char *name = g_strdup_printf ("import-%d.copy", (int)run_id);
  g_autofree char *folder = g_path_get_dirname (self->folder.path);

  return g_build_filename (folder, name, NULL);
}

/* Where the file cannot be kept (a full disk, a folder in its place) the import is started all the
 * same; what needs the file says so. */
static void
test_copy_fails (JobFixture *self, gconstpointer data)
{
  g_autofree char *place = dup_copy_path (self, 1);
  g_autofree char *inside = g_build_filename (place, "taken", NULL);
  g_autofree char *list = g_build_filename (self->folder.folder, "list.csv", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (RegImportCopy) copy = NULL;

  g_assert_cmpint (g_mkdir_with_parents (inside, 0700), ==, 0);
  g_test_expect_message ("reg-sync", G_LOG_LEVEL_MESSAGE, "*is not kept*");
  g_assert_cmpint (start_text (self, LIST "user00021@example.com,,,,\nnobody@example.com,,,,\n"),
                   ==, 1);
  g_test_assert_expected_messages ();
  g_assert_cmpint (count_waiting (self), ==, 1);
  copy = reg_import_copy_open (self->store, 1, &error);
  g_assert_no_error (error);
  g_assert_null (copy);
  g_assert_true (reg_import_copy_write_rejects (self->store, 1, list, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (list, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, "nobody@example.com"));
  g_assert_cmpint (g_unlink (list), ==, 0);
  g_rmdir (inside);
  g_rmdir (place);
}

/* The clock was set back by a year between two imports: the one before is still the one before. A
 * kept file that is gone, or is another by now, is told and nothing else. */
static void
test_compare_misbehaves (JobFixture *self, gconstpointer data)
{
  g_autofree char *place = NULL;
  g_autoptr (RegImportComparison) comparison = NULL;
  g_autoptr (RegImportComparison) broken = NULL;
  g_autoptr (RegImportComparison) gone = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (start_text (self, LIST "user00021@example.com,,,,\n"), ==, 1);
  self->request.now = JOB_FIXTURE_NOW - 365 * 86400;
  g_assert_cmpint (start_text (self, LIST "user00021@example.com,,,,\nuser00022@example.com,,,,\n"),
                   ==, 2);
  comparison = reg_import_compare (self->store, 2, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (comparison->before->id, ==, 1);
  g_assert_cmpuint (comparison->people->len, ==, 1);

  place = dup_copy_path (self, 1);
  g_assert_true (g_file_set_contents (place, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8, NULL));
  broken = reg_import_compare (self->store, 2, NULL, &error);
  g_assert_nonnull (error);
  g_assert_null (broken);
  g_clear_error (&error);
  g_assert_cmpint (g_unlink (place), ==, 0);
  gone = reg_import_compare (self->store, 2, NULL, &error);
  g_assert_error (error, REG_IMPORT_ERROR, REG_IMPORT_ERROR_CHANGED);
  g_assert_null (gone);
}

#define MOODLE                                                                                     \
  "username,firstname,lastname,email,course1\n"                                                    \
  "n,Nora,Nye,nora@new.example,C1\nu,Given00021,Changed,user00021@example.com,C1\n"

/* Of a file of another system all steps are on the disk, or none. */
static void
test_interchange_whole (JobFixture *self, gconstpointer data)
{
  const RegInterchange *moodle = reg_interchange_find ("moodle-users");
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();
  g_autoptr (RegInterchangePlan) plan = NULL;
  g_autoptr (RegImportRun) run = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (self->path, MOODLE, -1, NULL));
  plan = reg_import_job_check_interchange (self->store, moodle, &self->request, NULL, NULL, NULL,
                                           &error);
  g_assert_no_error (error);
  g_assert_cmpuint (reg_interchange_plan_count_will (plan), ==, 4);
  g_cancellable_cancel (cancelled);
  g_assert_false (reg_import_job_start_interchange (self->store, &self->request, plan, NULL, NULL,
                                                    NULL, NULL, cancelled, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_cmpint (count_waiting (self), ==, 0);

  g_assert_true (
      g_file_set_contents (self->path, MOODLE "z,Zoe,Zz,zoe@new.example,C1\n", -1, NULL));
  g_assert_false (reg_import_job_start_interchange (self->store, &self->request, plan, NULL, NULL,
                                                    NULL, NULL, NULL, &error));
  g_assert_error (error, REG_IMPORT_ERROR, REG_IMPORT_ERROR_CHANGED);
  g_clear_error (&error);
  g_assert_cmpint (count_waiting (self), ==, 0);

  g_assert_true (g_file_set_contents (self->path, MOODLE, -1, NULL));
  g_assert_true (reg_import_job_start_interchange (self->store, &self->request, plan, NULL, &run,
                                                   NULL, NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (run->lines_read, ==, 2);
  g_assert_cmpint (count_waiting (self), ==, 4);
}

static RegUser *
find_user (JobFixture *self, const char *email)
{
  g_autoptr (GError) error = NULL;
  gint64 id = reg_store_find_user (self->store, email, &error);
  RegUser *user = id != 0 ? reg_store_get_user (self->store, id, &error) : NULL;

  g_assert_no_error (error);
  return user;
}

static void
write_managers (JobFixture *self)
{
  g_autoptr (GError) error = NULL;

  g_file_set_contents (self->path,
                       "Email ID,Given Name,Manager\n"
                       "first@example.com,First,second@example.com\n"
                       "user00007@example.com,,second@example.com\n"
                       "second@example.com,Second,third@example.com\n"
                       "third@example.com,Third,\n",
                       -1, &error);
  g_assert_no_error (error);
  self->request.action = "update-users";
  self->request.people = REG_PEOPLE_BOTH;
}

/* A manager may stand further down in the same file. */
static void
test_managers (JobFixture *self, gconstpointer data)
{
  g_autoptr (RegImportPlan) plan = NULL;
  g_autoptr (GPtrArray) changes = NULL;
  g_autoptr (RegUser) first = NULL, second = NULL, third = NULL, seventh = NULL;
  g_autoptr (GError) error = NULL;
  const RegImportText *manager;

  write_managers (self);
  plan = job_fixture_check (self);
  g_assert_cmpuint (plan->will->len, ==, 4);
  g_assert_cmpuint (plan->bad_lines->len, ==, 0);
  changes = reg_import_plan_dup_changes (plan, 1);
  g_assert_cmpuint (changes->len, ==, 1);
  manager = g_ptr_array_index (changes, 0);
  g_assert_cmpstr (manager->key, ==, "manager_id");
  g_assert_cmpstr (manager->after, ==, "second@example.com");
  g_assert_true (reg_import_job_start (self->store, &self->request, plan, NULL, NULL, NULL, NULL,
                                       NULL, &error));
  g_assert_no_error (error);
  first = find_user (self, "first@example.com");
  second = find_user (self, "second@example.com");
  third = find_user (self, "third@example.com");
  seventh = find_user (self, "user00007@example.com");
  g_assert_cmpint (first->manager_id, ==, second->id);
  g_assert_cmpint (seventh->manager_id, ==, second->id);
  g_assert_cmpint (second->manager_id, ==, third->id);
  g_assert_cmpint (third->manager_id, ==, 0);
  /* three are added, and three get a manager */
  g_assert_cmpint (count_waiting (self), ==, 6);
}

/* Without the manager's line those who should get that manager stay out too, and are listed. */
static void
test_manager_unticked (JobFixture *self, gconstpointer data)
{
  g_autoptr (GHashTable) excluded = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_autoptr (RegImportPlan) plan = NULL;
  g_autoptr (RegImportRun) run = NULL;
  g_autoptr (GPtrArray) rejects = NULL;
  g_autoptr (GError) error = NULL;
  const RegImportReject *reject;
  gint64 line = 4;

  write_managers (self);
  plan = job_fixture_check (self);
  g_hash_table_add (excluded, &line);
  g_assert_true (reg_import_job_start (self->store, &self->request, plan, excluded, &run, NULL,
                                       NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (run->n_users, ==, 1);
  g_assert_cmpint (run->n_not_imported, ==, 2);
  rejects = reg_store_list_rejects (self->store, run->id, 0, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rejects->len, ==, 2);
  reject = g_ptr_array_index (rejects, 0);
  g_assert_cmpint (reject->line, ==, 2);
  g_assert_cmpstr (reject->reason, ==, "The manager stands in line 4, which was left out.");
  g_assert_cmpint (count_waiting (self), ==, 1);
}

/* Three who are each other's managers in a circle: without one of them none is added, wherever the
 * walk along them begins. */
static void
test_manager_circle (JobFixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (self->path,
                                      "Email ID,Manager\n"
                                      "a@example.com,b@example.com\nb@example.com,c@example.com\n"
                                      "c@example.com,a@example.com\nd@example.com,\n",
                                      -1, NULL));
  self->request.action = "add-users";
  for (gint64 line = 2; line <= 4; line++)
    {
      g_autoptr (GHashTable) excluded = g_hash_table_new (g_int64_hash, g_int64_equal);
      g_autoptr (RegImportPlan) plan = job_fixture_check (self);
      g_autoptr (RegImportRun) run = NULL;
      g_autoptr (RegUser) added = NULL;

      g_hash_table_add (excluded, &line);
      g_assert_cmpuint (plan->will->len, ==, line == 2 ? 4 : 3);
      g_assert_true (reg_import_job_start (self->store, &self->request, plan, excluded, &run, NULL,
                                           NULL, NULL, &error));
      g_assert_no_error (error);
      g_assert_cmpint (run->n_not_imported, ==, line == 2 ? 2 : 3);
      added = find_user (self, "d@example.com");
      g_assert_nonnull (added);
      g_assert_cmpint (count_waiting (self), ==, 1);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, function)                                                                        \
  g_test_add (path, JobFixture, NULL, set_up, function, job_fixture_tear_down)
  ADD ("/sync/import-job/check", test_check);
  ADD ("/sync/import-job/start", test_start);
  ADD ("/sync/import-job/excluded", test_excluded);
  ADD ("/sync/import-job/managers", test_managers);
  ADD ("/sync/import-job/manager-unticked", test_manager_unticked);
  ADD ("/sync/import-job/manager-circle", test_manager_circle);
  ADD ("/sync/import-job/changed", test_changed);
  ADD ("/sync/import-job/cancelled", test_cancelled);
  ADD ("/sync/import-job/overtaken", test_overtaken);
  ADD ("/sync/import-job/overtaken-tag", test_overtaken_tag);
  ADD ("/sync/import-job/correct-again", test_correct_again);
  ADD ("/sync/import-job/list-again", test_list_again);
  ADD ("/sync/import-job/pause-and-cancel", test_pause_and_cancel);
  ADD ("/sync/import-job/revert", test_revert);
  ADD ("/sync/import-job/recipes", test_recipes);
  ADD ("/sync/import-job/copy-fails", test_copy_fails);
  ADD ("/sync/import-job/compare-misbehaves", test_compare_misbehaves);
  ADD ("/sync/import-job/interchange-whole", test_interchange_whole);
  return g_test_run ();
}
