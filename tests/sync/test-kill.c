/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kill -9 at every step of a working day: changes are staged and sent, pages pulled, a file is
 * imported and sent. A child does it and ends at step 1, 2, 3 …; then the program starts anew and
 * goes on. Nothing is lost, nothing is done twice. */
#include "kill-steps.h"
#include "sync-fixture.h"

#include "sync/reg-import-job.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#define N_PEOPLE 16
#define N_ARCHIVED 4     /* people 2 … 5 */
#define EDITED 6         /* this person gets another name */
#define FIRST_IMPORTED 8 /* 8 … 17, in two courses */
#define N_IMPORTED 10
#define N_ALL (N_ARCHIVED + 1 + 2 * N_IMPORTED)

/* Small, so that there are several requests and pages. */
#define MAX_OPERATIONS 3
#define PAGE_SIZE 4

/* ---- the day ---- */

static gboolean
has_batch (RegStore *store, const char *operation)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) batches = reg_store_list_batches (store, FALSE, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < batches->len; i++)
    if (strcmp (((RegBatch *)g_ptr_array_index (batches, i))->operation, operation) == 0)
      return TRUE;
  return FALSE;
}

static void
do_sync (SyncFixture *f)
{
  g_autoptr (GError) error = NULL;

  reg_engine_run (f->engine, REG_SYNC_PUSH | REG_SYNC_PULL, NULL, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
}

/* Returns how many enrollments the file still asks for. */
static guint
import (SyncFixture *f, const char *path, gboolean start)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RegImportPlan) plan = NULL;
  g_autoptr (RegImportRun) run = NULL;
  RegImportRequest request = {
    .path = path,
    .action = "assign",
    .today = "2026-06-01",
    .now = f->now,
    .actor_id = 1,
    .actor_role = REG_ROLE_PRIMARY_ADMIN,
  };

  plan = reg_import_job_check (f->store, &request, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (plan->bad_lines->len, ==, 1);
  if (start)
    {
      reg_import_job_start (f->store, &request, plan, NULL, &run, NULL, NULL, NULL, &error);
      g_assert_no_error (error);
    }
  return plan->will->len;
}

/* Does what is not done yet; for the child, that is all of it. */
static void
work (SyncFixture *f, const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) runs = NULL;

  if (!has_batch (f->store, "archive"))
    sync_fixture_stage_many (f, "archive", 2, 1 + N_ARCHIVED, 0);
  if (!has_batch (f->store, "edit-user"))
    sync_fixture_stage (f, "edit-user", EDITED, 0, "family_name=Other");
  do_sync (f);
  runs = reg_store_list_runs (f->store, &error);
  g_assert_no_error (error);
  if (runs->len == 0)
    import (f, path, TRUE);
  do_sync (f);
}

static int
run_child (char **argv)
{
  g_autoptr (GError) error = NULL;
  SyncFixture f = { .now = g_get_real_time () / G_USEC_PER_SEC };

  kill_steps_begin ((guint)atoi (argv[6]));
  f.store = reg_store_open (argv[2], &error);
  g_assert_no_error (error);
  f.lms = reg_lms_new ("registrar", argv[3], argv[4], &error);
  g_assert_no_error (error);
  f.lms = kill_steps_wrap_lms (f.lms, MAX_OPERATIONS, PAGE_SIZE);
  f.engine = reg_engine_new (f.store, f.lms);
  work (&f, argv[5]);
  reg_engine_free (f.engine);
  g_object_unref (f.lms);
  reg_store_unref (f.store);
  g_print ("%s\n", kill_steps_get_trace ());
  return 0;
}

/* ---- its surroundings ---- */

/* The files as the day begins: the LMS's and the local copy in @files, and what both are made from.
 */
typedef struct
{
  SyncFixture files;
  char *people;
  char *marks;
} Morning;

static void
write_text (const char *path, const GString *text)
{
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, text->str, (gssize)text->len, &error);
  g_assert_no_error (error);
}

static void
close_all (SyncFixture *f)
{
  g_clear_pointer (&f->engine, reg_engine_free);
  g_clear_object (&f->lms);
  g_clear_pointer (&f->store, reg_store_unref);
}

static void
morning_init (Morning *self)
{
  g_autoptr (GString) people =
      g_string_new ("employee_id,first_name,last_name,email,location,groups,"
                    "role,manager_email,status,hire_date\n");
  g_autoptr (GString) marks = g_string_new ("Email ID,C001,C002\nnobody@example.com,x,\n");
  SyncFixture *f = &self->files;

  memset (self, 0, sizeof *self);
  reg_test_folder_init (&f->folder);
  self->people = g_build_filename (f->folder.folder, "people.csv", NULL);
  self->marks = g_build_filename (f->folder.folder, "marks.csv", NULL);
  for (int i = 2; i < 2 + N_PEOPLE; i++)
    g_string_append_printf (people, "E%d,Given%d,Family%d,user%d@example.com,,,Learner,,active,\n",
                            i, i, i, i);
  for (int i = FIRST_IMPORTED; i < FIRST_IMPORTED + N_IMPORTED; i++)
    g_string_append_printf (marks, "user%d@example.com,x,x\n", i);
  write_text (self->people, people);
  write_text (self->marks, marks);

  f->now = g_get_real_time () / G_USEC_PER_SEC;
  f->options.db_path = g_build_filename (f->folder.folder, "lms.db", NULL);
  f->options.seed = REG_SANDBOX_SEED_PEOPLE;
  f->options.people = self->people;
  f->options.n_courses = 3;
  sync_fixture_start_sandbox (f);
  sync_fixture_open_store (f);
  do_sync (f);
  close_all (f);
  g_clear_pointer (&f->admin, reg_http_free);
  g_clear_pointer (&f->sandbox, reg_sandbox_free);
}

static void
morning_clear (Morning *self)
{
  g_free ((char *)self->files.options.db_path);
  g_free (self->people);
  g_free (self->marks);
  reg_test_folder_clear (&self->files.folder);
}

static void
copy_file (const char *from, const char *to)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *data = NULL;
  gsize size;

  g_file_get_contents (from, &data, &size, &error);
  g_assert_no_error (error);
  g_file_set_contents_full (to, data, (gssize)size, G_FILE_SET_CONTENTS_NONE, 0600, &error);
  g_assert_no_error (error);
}

/* A day of its own; the store is not open yet. */
static void
begin_day (SyncFixture *f, const Morning *morning)
{
  memset (f, 0, sizeof *f);
  reg_test_folder_init (&f->folder);
  f->now = morning->files.now;
  f->options = morning->files.options;
  f->options.db_path = g_build_filename (f->folder.folder, "lms.db", NULL);
  copy_file (morning->files.options.db_path, f->options.db_path);
  copy_file (morning->files.folder.path, f->folder.path);
  sync_fixture_start_sandbox (f);
}

/* Returns: (transfer full) (nullable): the steps it took, or NULL where it was killed */
static char *
spawn_child (SyncFixture *f, const Morning *morning, guint kill_at)
{
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *number = g_strdup_printf ("%u", kill_at);
  const char *argv[] = { self,
                         "--child",
                         f->folder.path,
                         reg_sandbox_get_url (f->sandbox),
                         reg_sandbox_get_token (f->sandbox),
                         morning->marks,
                         number,
                         NULL };
  g_autoptr (GError) error = NULL;
  g_autofree char *trace = NULL;
  int status;

  g_spawn_sync (NULL, (char **)argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, &trace, NULL, &status,
                &error);
  g_assert_no_error (error);
  if (WIFSIGNALED (status) && WTERMSIG (status) == SIGKILL)
    return NULL;
  g_assert_true (WIFEXITED (status));
  g_assert_cmpint (WEXITSTATUS (status), ==, 0);
  return g_steal_pointer (&trace);
}

/* ---- what must be true ---- */

/* What a person did is there as a whole or not at all. */
static void
assert_whole (SyncFixture *f)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) batches = reg_store_list_batches (f->store, FALSE, &error);
  g_autoptr (GPtrArray) runs = reg_store_list_runs (f->store, &error);
  guint n_runs = 0;

  g_assert_no_error (error);
  for (guint i = 0; i < batches->len; i++)
    {
      const RegBatch *batch = g_ptr_array_index (batches, i);
      gint64 total = reg_batch_get_total (batch);

      n_runs += batch->run_id != 0;
      if (strcmp (batch->operation, "archive") == 0)
        g_assert_cmpint (total, ==, N_ARCHIVED);
      else if (strcmp (batch->operation, "assign") == 0)
        g_assert_cmpint (total, ==, 2 * N_IMPORTED);
      else
        g_assert_cmpint (total, ==, 1);
    }
  g_assert_cmpuint (n_runs, ==, runs->len);
  for (guint i = 0; i < runs->len; i++)
    {
      const RegImportRun *run = g_ptr_array_index (runs, i);

      g_assert_cmpint (run->n_users, ==, N_IMPORTED);
      g_assert_cmpint (run->lines_read, ==, N_IMPORTED + 1);
      g_assert_cmpint (reg_store_count_rejects (f->store, run->id, &error), ==, 1);
    }
  g_assert_no_error (error);
}

static void
assert_done (SyncFixture *f, const Morning *morning)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) runs = NULL;
  gint64 counts[REG_N_CHANGE_STATES];

  assert_whole (f);
  reg_store_count_changes (f->store, counts, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < REG_N_CHANGE_STATES; i++)
    g_assert_cmpint (counts[i], ==, i == REG_CHANGE_DONE ? N_ALL : 0);
  runs = reg_store_list_runs (f->store, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (runs->len, ==, 1);
  g_assert_cmpint (((RegImportRun *)g_ptr_array_index (runs, 0))->state, ==, REG_RUN_FINISHED);
  /* The LMS got each of them, and carried it out once. */
  sync_fixture_assert_applied (f, N_ALL);
  sync_fixture_assert_same (f);
  /* The same file asks for nothing any more. */
  g_assert_cmpuint (import (f, morning->marks, FALSE), ==, 0);
}

static void
end_day (SyncFixture *f, const Morning *morning)
{
  sync_fixture_open_store (f);
  assert_whole (f);
  work (f, morning->marks);
  assert_done (f, morning);
  sync_fixture_tear_down (f);
}

/* What a transaction writes before its last page is nothing until that one is there, so of a row of
 * such writes the first one stands for all. */
static gboolean
stands_for_itself (const char *trace, guint i)
{
  return trace[i] != 'w' || i == 0 || trace[i - 1] != 'w' || (i > 1 && trace[i - 2] == 'f');
}

static void
test_every_step (void)
{
  g_autofree char *trace = NULL;
  Morning morning;
  SyncFixture f;
  guint n_killed = 0;

  morning_init (&morning);
  begin_day (&f, &morning);
  trace = g_strchomp (spawn_child (&f, &morning, 0));
  end_day (&f, &morning);
  g_test_message ("%s", trace);
  for (guint i = 0; trace[i] != '\0'; i++)
    {
      g_autofree char *whole = NULL;

      if (!stands_for_itself (trace, i) && !g_test_slow ())
        continue;
      begin_day (&f, &morning);
      whole = spawn_child (&f, &morning, i + 1);
      g_assert_null (whole);
      n_killed++;
      end_day (&f, &morning);
    }
  g_test_message ("killed at %u of %zu steps", n_killed, strlen (trace));
  morning_clear (&morning);
}

int
main (int argc, char **argv)
{
  if (argc == 7 && strcmp (argv[1], "--child") == 0)
    return run_child (argv);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync/kill/every-step", test_every_step);
  return g_test_run ();
}
