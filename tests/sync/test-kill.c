/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kill -9 at every step of a working day: changes are staged and sent, pages pulled, a file is
 * imported and sent; and at every step of a day with each kind of import. A child does it and ends
 * at step 1, 2, 3 …; then the program starts anew and goes on. Nothing is lost, nothing is done
 * twice. */
#include "kill-day.h"

#include "sync/reg-import-job.h"

#include <string.h>

#define N_ARCHIVED 4  /* people 2 … 5 */
#define EDITED 6      /* this person gets another name */
#define N_IMPORTED 10 /* people 8 … 17, in two courses */
#define N_ALL (N_ARCHIVED + 1 + 2 * N_IMPORTED)

#define MARKED(n) "user" #n "@example.com,x,x\n"
#define MARKS                                                                                      \
  "Email ID,C001,C002\nnobody@example.com,x,\n" MARKED (8) MARKED (9) MARKED (10) MARKED (11)      \
      MARKED (12) MARKED (13) MARKED (14) MARKED (15) MARKED (16) MARKED (17)

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

static void
work (SyncFixture *f, const KillDay *day, const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) runs = NULL;

  if (!has_batch (f->store, "archive"))
    sync_fixture_stage_many (f, "archive", 2, 1 + N_ARCHIVED, 0);
  if (!has_batch (f->store, "edit-user"))
    sync_fixture_stage (f, "edit-user", EDITED, 0, "family_name=Other");
  kill_day_sync (f);
  runs = reg_store_list_runs (f->store, &error);
  g_assert_no_error (error);
  if (runs->len == 0)
    import (f, path, TRUE);
  kill_day_sync (f);
}

/* What a person did is there as a whole or not at all. */
static void
assert_whole (SyncFixture *f, const KillDay *day)
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
assert_done (SyncFixture *f, const KillDay *day, const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) runs = NULL;
  gint64 counts[REG_N_CHANGE_STATES];

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
  g_assert_cmpuint (import (f, path, FALSE), ==, 0);
}

/* Small, so that there are several requests and pages. */
static const KillDay working_day = {
  .name = "working-day",
  .file = MARKS,
  .max_operations = 3,
  .page_size = 4,
  .work = work,
  .assert_whole = assert_whole,
  .assert_done = assert_done,
};

static const KillDay *
find_day (const char *name)
{
  for (guint i = 0; i < kill_n_import_days; i++)
    if (strcmp (kill_import_days[i].name, name) == 0)
      return &kill_import_days[i];
  return &working_day;
}

int
main (int argc, char **argv)
{
  if (kill_day_is_child (argc, argv))
    return kill_day_run_child (argv, find_day (kill_day_get_name (argv)));
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/sync/kill/working-day", &working_day, kill_day_test);
  for (guint i = 0; i < kill_n_import_days; i++)
    {
      g_autofree char *path = g_strconcat ("/sync/kill/", kill_import_days[i].name, NULL);

      g_test_add_data_func (path, &kill_import_days[i], kill_day_test);
    }
  return g_test_run ();
}
