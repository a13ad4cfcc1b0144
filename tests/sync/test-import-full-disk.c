/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Imports on a disk that fills up: a run is there as a whole or not at all, the words say what is
 * wrong, and with room again it goes on. */
#include "job-fixture.h"

#include "store/reg-store-outbox.h"
#include "store/reg-store-query.h"
#include "sync/reg-import-copy.h"
#include "tabular/reg-row-writer.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>

#define N_USERS 2000
#define N_BAD 500
#define KILOBYTE ((rlim_t)1024)

/* Everybody in C1, and people nobody knows, in a workbook. */
static void
write_matrix (JobFixture *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RegRowWriter) writer = reg_row_writer_new_for_path (self->path, NULL, &error);

  g_assert_no_error (error);
  for (int i = 0; i <= N_USERS + N_BAD; i++)
    {
      g_autofree char *email =
          g_strdup_printf ("%s%05d@example.com", i <= N_USERS ? "user" : "nobody", i);
      const char *cells[] = { i == 0 ? "Email ID" : email, i == 0 ? "C1" : "x" };

      reg_row_writer_add (writer, cells, 2, &error);
      g_assert_no_error (error);
    }
  reg_row_writer_close (writer, &error);
  g_assert_no_error (error);
}

static void
set_up (JobFixture *self, gconstpointer data)
{
  signal (SIGXFSZ, SIG_IGN);
  job_fixture_set_up (self, N_USERS, "roster.xlsx");
  write_matrix (self);
}

static RegImportPlan *
check (JobFixture *self)
{
  RegImportPlan *plan = job_fixture_check (self);

  g_assert_cmpuint (plan->will->len, ==, N_USERS);
  g_assert_cmpuint (plan->bad_lines->len, ==, N_BAD);
  return plan;
}

static void
assert_nothing (JobFixture *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) runs = reg_store_list_runs (self->store, &error);
  gint64 counts[REG_N_CHANGE_STATES];

  g_assert_no_error (error);
  g_assert_cmpuint (runs->len, ==, 0);
  reg_store_count_changes (self->store, counts, &error);
  g_assert_no_error (error);
  g_assert_cmpint (counts[REG_CHANGE_PENDING], ==, 0);
}

/* The whole run; its file may not have fitted any more, but half of it is not kept. */
static void
assert_whole (JobFixture *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) runs = reg_store_list_runs (self->store, &error);
  g_autoptr (RegImportCopy) copy = NULL;
  gint64 counts[REG_N_CHANGE_STATES];
  gint64 run_id;

  g_assert_no_error (error);
  g_assert_cmpuint (runs->len, ==, 1);
  run_id = ((RegImportRun *)g_ptr_array_index (runs, 0))->id;
  reg_store_count_changes (self->store, counts, &error);
  g_assert_no_error (error);
  g_assert_cmpint (counts[REG_CHANGE_PENDING], ==, N_USERS);
  g_assert_cmpint (reg_store_count_rejects (self->store, run_id, &error), ==, N_BAD);
  g_assert_no_error (error);
  copy = reg_import_copy_open (self->store, run_id, &error);
  g_assert_no_error (error);
  if (copy != NULL)
    {
      g_autofree char *kept = NULL;
      g_autofree char *file = NULL;
      gsize kept_size, file_size;

      g_file_get_contents (copy->path, &kept, &kept_size, &error);
      g_assert_no_error (error);
      g_file_get_contents (self->path, &file, &file_size, &error);
      g_assert_no_error (error);
      g_assert_cmpmem (kept, kept_size, file, file_size);
    }
}

static gboolean
start (JobFixture *self, const RegImportPlan *plan, GError **error)
{
  g_autoptr (RegImportRun) run = NULL;

  return reg_import_job_start (self->store, &self->request, plan, NULL, &run, NULL, NULL, NULL,
                               error);
}

/* The room ends earlier or later. */
static void
test_start (JobFixture *self, gconstpointer data)
{
  g_autoptr (RegImportPlan) plan = check (self);
  g_autoptr (GError) error = NULL;
  gboolean done = FALSE;
  guint n_failed = 0;

  for (rlim_t room = 0; !done; room = MAX (room * 2, 16 * KILOBYTE))
    {
      g_clear_error (&error);
      reg_test_limit_file_size (room);
      done = start (self, plan, &error);
      reg_test_limit_file_size (RLIM_INFINITY);
      if (done)
        break;
      n_failed++;
      g_assert_error (error, REG_STORE_ERROR, REG_STORE_ERROR_FULL);
      assert_nothing (self);
    }
  g_assert_cmpuint (n_failed, >, 2);
  assert_whole (self);
}

/* Reading a file and checking it take no room. */
static void
test_check (JobFixture *self, gconstpointer data)
{
  g_autoptr (RegImportPlan) plan = NULL;

  reg_test_limit_file_size (0);
  plan = check (self);
  reg_test_limit_file_size (RLIM_INFINITY);
  assert_nothing (self);
}

/* The list that was saved before stays as it was. */
static void
test_lists (JobFixture *self, gconstpointer data)
{
  g_autofree char *path = g_build_filename (self->folder.folder, "list.csv", NULL);
  g_autoptr (RegImportPlan) plan = check (self);
  g_autoptr (GPtrArray) runs = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree gint64 *ids = g_new (gint64, N_USERS);
  gint64 run_id;

  g_assert_true (start (self, plan, &error));
  g_assert_no_error (error);
  runs = reg_store_list_runs (self->store, &error);
  run_id = ((RegImportRun *)g_ptr_array_index (runs, 0))->id;
  for (gint64 i = 0; i < N_USERS; i++)
    ids[i] = i + 1;
  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *text = NULL;
      gboolean done;

      g_file_set_contents (path, "old", -1, &error);
      g_assert_no_error (error);
      reg_test_limit_file_size (KILOBYTE);
      done = i == 0 ? reg_import_copy_write_rejects (self->store, run_id, path, &error)
                    : reg_import_job_export_people (self->store, ids, N_USERS, path, NULL, NULL,
                                                    NULL, &error);
      reg_test_limit_file_size (RLIM_INFINITY);
      g_assert_false (done);
      g_assert_cmpuint (error->domain, ==, G_IO_ERROR);
      g_clear_error (&error);
      g_file_get_contents (path, &text, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (text, ==, "old");
    }
  assert_whole (self);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, function)                                                                        \
  g_test_add (path, JobFixture, NULL, set_up, function, job_fixture_tear_down)
  ADD ("/sync/import-full-disk/start", test_start);
  ADD ("/sync/import-full-disk/check", test_check);
  ADD ("/sync/import-full-disk/lists", test_lists);
  return g_test_run ();
}
