/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sync contract against a real LMS with faults on purpose. */
#include "sync-fixture.h"

#include "sync/reg-account.h"

#include <string.h>

static void
test_first_pull (void)
{
  SyncFixture f;
  RegSyncReport report;
  g_autoptr (RegSite) site = NULL;
  g_autoptr (GError) error = NULL;
  gint64 n_users, n_courses, n_enrollments;

  sync_fixture_set_up (&f, 0);
  report = sync_fixture_sync (&f);
  g_assert_cmpint (report.n_pulled, >, 300);
  g_assert_cmpint (report.retry_at, ==, 0);
  reg_store_count (f.store, &n_users, &n_courses, &n_enrollments, &error);
  g_assert_no_error (error);
  g_assert_cmpint (n_users, >=, 300);
  g_assert_cmpint (n_courses, >=, 14);
  g_assert_cmpint (n_enrollments, >, 0);
  site = reg_account_dup_site (f.store, &error);
  g_assert_no_error (error);
  g_assert_true (reg_site_can (site, "assign"));
  sync_fixture_assert_same (&f);

  /* Nothing new: nothing comes. */
  report = sync_fixture_sync (&f);
  g_assert_cmpint (report.n_pulled, ==, 0);
  sync_fixture_tear_down (&f);
}

static void
test_push (void)
{
  SyncFixture f;
  RegSyncReport report;

  sync_fixture_set_up (&f, 100);
  sync_fixture_sync (&f);
  g_assert_cmpint (sync_fixture_stage (&f, "edit-user", 5, 0, "family_name=Ærøskøbing"), >, 0);
  g_assert_cmpint (sync_fixture_stage_many (&f, "archive", 10, 40, 0), >, 0);
  report = sync_fixture_sync (&f);
  g_assert_cmpint (report.n_applied, ==, 32);
  g_assert_cmpint (report.n_left, ==, 0);
  g_assert_cmpint (report.n_attention, ==, 0);
  sync_fixture_assert_applied (&f, 32);
  g_assert_cmpint (sync_fixture_count_received (&f), ==, 32);
  sync_fixture_assert_same (&f);
  sync_fixture_tear_down (&f);
}

static void
test_undo_before_sync (void)
{
  SyncFixture f;
  g_autoptr (GError) error = NULL;
  gint64 batch, counter, n_undone;

  sync_fixture_set_up (&f, 100);
  sync_fixture_sync (&f);
  batch = sync_fixture_stage_many (&f, "archive", 10, 20, 0);
  reg_store_undo_batch (f.store, batch, &counter, &n_undone, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (n_undone, ==, 11);
  g_assert_cmpint (counter, ==, 0);
  sync_fixture_sync (&f);
  g_assert_cmpint (sync_fixture_count_received (&f), ==, 0);
  sync_fixture_assert_same (&f);
  sync_fixture_tear_down (&f);
}

static void
test_undo_after_sync (void)
{
  SyncFixture f;
  g_autoptr (GError) error = NULL;
  gint64 batch, counter, n_undone;

  sync_fixture_set_up (&f, 100);
  sync_fixture_sync (&f);
  batch = sync_fixture_stage_many (&f, "archive", 10, 20, 0);
  sync_fixture_sync (&f);
  reg_store_undo_batch (f.store, batch, &counter, &n_undone, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (counter, >, 0);
  sync_fixture_sync (&f);
  sync_fixture_assert_applied (&f, 22);
  sync_fixture_assert_same (&f);
  sync_fixture_tear_down (&f);
}

/* Every fault on every path, some of them twice: the queue empties, each change is carried out
 * once, and both sides are the same. */
static void
test_fault (gconstpointer data)
{
  const char *fault = data;
  static const char *const paths[] = { "/v1/site", "/v1/operations", "/v1/operations/outcomes",
                                       "/v1/changes" };

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      SyncFixture f;

      sync_fixture_set_up (&f, 100);
      sync_fixture_sync (&f);
      sync_fixture_stage_many (&f, "archive", 10, 20, 0);
      sync_fixture_do_there (&f, "edit-user", 30, 0, "given_name=Elsewhere");
      /* So that there is something to ask for. */
      if (strcmp (paths[i], "/v1/operations/outcomes") == 0)
        sync_fixture_add_fault (&f, "/v1/operations", "cut-after-commit", 1);
      sync_fixture_add_fault (&f, paths[i], fault, strcmp (fault, "hang") == 0 ? 1 : 2);
      /* New connections: one that is open keeps its time. */
      sync_fixture_connect (&f, reg_sandbox_get_token (f.sandbox));
      if (strcmp (fault, "hang") == 0)
        reg_registrar_lms_set_timeout (REG_REGISTRAR_LMS (f.lms), 1);
      sync_fixture_sync_to_end (&f);
      sync_fixture_connect (&f, reg_sandbox_get_token (f.sandbox));
      sync_fixture_assert_applied (&f, 11);
      sync_fixture_assert_same (&f);
      sync_fixture_tear_down (&f);
    }
}

static void
test_status (gconstpointer data)
{
  guint status = GPOINTER_TO_UINT (data);
  static const char *const paths[] = { "/v1/site", "/v1/operations", "/v1/changes" };

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      SyncFixture f;
      RegSyncReport report;
      g_autoptr (GError) error = NULL;

      sync_fixture_set_up (&f, 100);
      sync_fixture_sync (&f);
      sync_fixture_stage_many (&f, "archive", 10, 20, 0);
      sync_fixture_add_status (&f, paths[i], status, 120, 5);
      g_assert_false (reg_engine_run (f.engine, REG_SYNC_PUSH | REG_SYNC_PULL, &report, NULL, NULL,
                                      NULL, &error));
      g_assert_cmpint (error->domain, ==, REG_LMS_ERROR);
      /* What the LMS asks for. */
      g_assert_cmpint (report.retry_at, >=, f.now + 120);
      g_assert_cmpint (report.retry_at, <=, f.now + 125);
      sync_fixture_sync_to_end (&f);
      sync_fixture_assert_applied (&f, 11);
      sync_fixture_assert_same (&f);
      sync_fixture_tear_down (&f);
    }
}

int
main (int argc, char **argv)
{
  static const char *const faults[] = { "refuse",       "hang",   "cut-after-commit",
                                        "answer-twice", "garble", "slow" };
  static const guint statuses[] = { 429, 500, 502, 503 };

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync/engine/first-pull", test_first_pull);
  g_test_add_func ("/sync/engine/push", test_push);
  g_test_add_func ("/sync/engine/undo-before-sync", test_undo_before_sync);
  g_test_add_func ("/sync/engine/undo-after-sync", test_undo_after_sync);
  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autofree char *path = g_strconcat ("/sync/engine/fault/", faults[i], NULL);

      g_test_add_data_func (path, faults[i], test_fault);
    }
  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      g_autofree char *path = g_strdup_printf ("/sync/engine/status/%u", statuses[i]);

      g_test_add_data_func (path, GUINT_TO_POINTER (statuses[i]), test_status);
    }
  return g_test_run ();
}
