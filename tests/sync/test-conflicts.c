/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What two people did to the same thing, and what a person must decide. */
#include "sync-fixture.h"

#include <string.h>

static void
start (SyncFixture *f)
{
  sync_fixture_set_up (f, 700);
  sync_fixture_sync (f);
}

static RegUser *
get_user (SyncFixture *f, gint64 id)
{
  g_autoptr (GError) error = NULL;
  RegUser *user = reg_store_get_user (f->store, id, &error);

  g_assert_no_error (error);
  return user;
}

static void
assert_family_name (SyncFixture *f, gint64 id, const char *name)
{
  g_autoptr (RegUser) user = get_user (f, id);

  g_assert_cmpstr (user->family_name, ==, name);
}

/* Somebody who is not enrolled in course 1. */
static gint64
find_not_enrolled (SyncFixture *f)
{
  for (gint64 id = 2; id < 100; id++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (RegUser) user = get_user (f, id);
      g_autoptr (RegEnrollment) enrollment = reg_store_get_enrollment (f->store, id, 1, &error);

      if ((enrollment == NULL || !enrollment->present) && user->state == REG_USER_STATE_ACTIVE)
        return id;
    }
  g_assert_not_reached ();
}

static void
test_k01_same_value (void)
{
  SyncFixture f;
  RegSyncReport report;

  start (&f);
  sync_fixture_stage (&f, "edit-user", 5, 0, "family_name=Same");
  g_assert_cmpint (sync_fixture_do_there (&f, "edit-user", 5, 0, "family_name=Same"), ==,
                   REG_OUTCOME_APPLIED);
  report = sync_fixture_sync (&f);
  g_assert_cmpint (report.n_conflicts + report.n_rejected, ==, 0);
  g_assert_cmpint (report.n_skipped, ==, 1);
  g_assert_cmpint (report.n_left, ==, 0);
  assert_family_name (&f, 5, "Same");
  sync_fixture_assert_same (&f);
  sync_fixture_tear_down (&f);
}

static void
test_k02_other_field (void)
{
  SyncFixture f;
  g_autoptr (RegUser) user = NULL;

  start (&f);
  sync_fixture_stage (&f, "edit-user", 5, 0, "family_name=Mine");
  sync_fixture_do_there (&f, "edit-user", 5, 0, "given_name=Theirs");
  g_assert_cmpint (sync_fixture_sync (&f).n_applied, ==, 1);
  user = get_user (&f, 5);
  g_assert_cmpstr (user->family_name, ==, "Mine");
  g_assert_cmpstr (user->given_name, ==, "Theirs");
  sync_fixture_assert_same (&f);
  sync_fixture_tear_down (&f);
}

static void
test_k03 (gboolean use_mine)
{
  SyncFixture f;
  g_autoptr (GError) error = NULL;
  g_autoptr (RegChange) change = NULL;
  RegSyncReport report;

  start (&f);
  sync_fixture_stage (&f, "edit-user", 5, 0, "family_name=Mine");
  sync_fixture_do_there (&f, "edit-user", 5, 0, "family_name=Theirs");
  report = sync_fixture_sync (&f);
  g_assert_cmpint (report.n_conflicts, ==, 1);
  g_assert_cmpint (report.n_attention, ==, 1);
  g_assert_cmpint (report.n_left, ==, 0);
  change = sync_fixture_dup_change (&f, REG_CHANGE_CONFLICT);
  g_assert_cmpstr (reg_params_get (change->server, "family_name"), ==, "Theirs");
  /* What the LMS did not take is not shown as if it had. */
  assert_family_name (&f, 5, "Theirs");

  reg_store_resolve_changes (f.store, &change->id, 1, use_mine, &error);
  g_assert_no_error (error);
  report = sync_fixture_sync (&f);
  g_assert_cmpint (report.n_applied, ==, use_mine ? 1 : 0);
  g_assert_cmpint (report.n_attention + report.n_left, ==, 0);
  assert_family_name (&f, 5, use_mine ? "Mine" : "Theirs");
  sync_fixture_assert_same (&f);
  sync_fixture_tear_down (&f);
}

static void
test_k03_use_mine (void)
{
  test_k03 (TRUE);
}

static void
test_k03_use_theirs (void)
{
  test_k03 (FALSE);
}

/* The pull alone finds the conflict, before anything is sent. */
static void
test_k03_by_pull (void)
{
  SyncFixture f;
  g_autoptr (GError) error = NULL;
  RegSyncReport report;

  start (&f);
  sync_fixture_stage (&f, "edit-user", 5, 0, "family_name=Mine");
  sync_fixture_do_there (&f, "edit-user", 5, 0, "family_name=Theirs");
  reg_engine_run (f.engine, REG_SYNC_PULL, &report, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (report.n_attention, ==, 1);
  sync_fixture_sync (&f);
  g_assert_cmpint (sync_fixture_count (&f, REG_CHANGE_CONFLICT), ==, 1);
  sync_fixture_assert_applied (&f, 0);
  sync_fixture_tear_down (&f);
}

static void
test_k04_already_assigned (void)
{
  SyncFixture f;
  RegSyncReport report;
  gint64 id;

  start (&f);
  id = find_not_enrolled (&f);
  g_assert_cmpint (sync_fixture_stage (&f, "assign", id, 1, "due_date=2031-01-01"), >, 0);
  sync_fixture_do_there (&f, "assign", id, 1, "due_date=2030-01-01");
  report = sync_fixture_sync (&f);
  g_assert_cmpint (report.n_skipped, ==, 1);
  g_assert_cmpint (report.n_attention + report.n_left, ==, 0);
  sync_fixture_assert_applied (&f, 0);
  sync_fixture_assert_same (&f);
  sync_fixture_tear_down (&f);
}

static void
test_k08_archived (void)
{
  SyncFixture f;
  g_autoptr (GError) error = NULL;
  g_autoptr (RegChange) change = NULL;
  RegSyncReport report;

  start (&f);
  sync_fixture_stage (&f, "edit-user", 5, 0, "family_name=Mine");
  sync_fixture_do_there (&f, "archive", 5, 0, NULL);
  report = sync_fixture_sync (&f);
  g_assert_cmpint (report.n_rejected, ==, 1);
  change = sync_fixture_dup_change (&f, REG_CHANGE_REJECTED);
  g_assert_cmpstr (change->code, ==, "user-archived");

  /* Restored by a person, it can be sent again. */
  sync_fixture_do_there (&f, "restore", 5, 0, NULL);
  reg_store_retry_changes (f.store, &change->id, 1, &error);
  g_assert_no_error (error);
  g_assert_cmpint (sync_fixture_sync (&f).n_applied, ==, 1);
  assert_family_name (&f, 5, "Mine");
  sync_fixture_assert_same (&f);
  sync_fixture_tear_down (&f);
}

/* Restored here, though the edit that was rejected is about the same person, and then applied. */
static void
test_k08_restored_here (void)
{
  SyncFixture f;
  g_autoptr (GError) error = NULL;
  g_autoptr (RegChange) change = NULL;
  g_autoptr (RegUser) user = NULL;

  start (&f);
  sync_fixture_stage (&f, "edit-user", 5, 0, "family_name=Mine");
  sync_fixture_do_there (&f, "archive", 5, 0, NULL);
  g_assert_cmpint (sync_fixture_sync (&f).n_rejected, ==, 1);
  change = sync_fixture_dup_change (&f, REG_CHANGE_REJECTED);
  g_assert_cmpint (sync_fixture_stage (&f, "restore", 5, 0, NULL), >, 0);
  g_assert_cmpint (sync_fixture_sync (&f).n_applied, ==, 1);
  user = get_user (&f, 5);
  g_assert_cmpint (user->state, ==, REG_USER_STATE_ACTIVE);
  g_assert_cmpstr (user->family_name, !=, "Mine");

  reg_store_retry_changes (f.store, &change->id, 1, &error);
  g_assert_no_error (error);
  g_assert_cmpint (sync_fixture_sync (&f).n_applied, ==, 1);
  assert_family_name (&f, 5, "Mine");
  sync_fixture_assert_same (&f);
  sync_fixture_tear_down (&f);
}

/* K-12: a due date that another administrator set, too; which is kept decides what is required. */
static void
test_k12_due_date (void)
{
  static const struct
  {
    const char *mine, *params, *there;
  } rows[] = {
    { "set-due-date", "due_date=2031-01-01", "due_date=2030-06-30" },
    { "clear-due-date", NULL, "due_date=2030-06-30" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    for (guint keep_mine = 0; keep_mine < 2; keep_mine++)
      {
        SyncFixture f;
        g_autoptr (GError) error = NULL;
        g_autoptr (RegChange) change = NULL;
        g_autoptr (RegEnrollment) after = NULL;
        gboolean cleared = keep_mine && rows[i].params == NULL;
        gint64 id;

        start (&f);
        id = find_not_enrolled (&f);
        sync_fixture_do_there (&f, "assign", id, 1, "due_date=2029-01-01");
        sync_fixture_sync (&f);
        g_assert_cmpint (sync_fixture_stage (&f, rows[i].mine, id, 1, rows[i].params), >, 0);
        g_assert_cmpint (sync_fixture_do_there (&f, "set-due-date", id, 1, rows[i].there), ==,
                         REG_OUTCOME_APPLIED);
        g_assert_cmpint (sync_fixture_sync (&f).n_conflicts, ==, 1);
        change = sync_fixture_dup_change (&f, REG_CHANGE_CONFLICT);
        g_assert_cmpstr (reg_params_get (change->server, "due_date"), ==, "2030-06-30");
        reg_store_resolve_changes (f.store, &change->id, 1, keep_mine, &error);
        g_assert_no_error (error);
        g_assert_cmpint (sync_fixture_sync (&f).n_attention, ==, 0);
        after = reg_store_get_enrollment (f.store, id, 1, &error);
        g_assert_no_error (error);
        g_assert_cmpstr (after->due_date, ==,
                         cleared     ? ""
                         : keep_mine ? "2031-01-01"
                                     : "2030-06-30");
        g_assert_cmpint (after->requirement, ==,
                         cleared ? REG_REQUIREMENT_OPTIONAL : REG_REQUIREMENT_REQUIRED);
        sync_fixture_assert_same (&f);
        sync_fixture_tear_down (&f);
      }
}

static void
test_k09_unknown (void)
{
  SyncFixture f;
  g_autoptr (GError) error = NULL;
  g_autoptr (RegPage) page = reg_page_new ();
  g_autoptr (RegChange) change = NULL;

  start (&f);
  /* Somebody the LMS had once, and has not told the end of. */
  reg_test_page_add_user (page, 5000, 1);
  reg_test_store_apply (f.store, page);
  sync_fixture_stage (&f, "edit-user", 5000, 0, "family_name=Gone");
  sync_fixture_stage (&f, "edit-user", 5, 0, "family_name=Here");
  g_assert_cmpint (sync_fixture_sync (&f).n_rejected, ==, 1);
  change = sync_fixture_dup_change (&f, REG_CHANGE_REJECTED);
  g_assert_cmpstr (change->code, ==, "user-unknown");
  assert_family_name (&f, 5, "Here");
  reg_store_discard_changes (f.store, &change->id, 1, &error);
  g_assert_no_error (error);
  g_assert_cmpint (sync_fixture_sync (&f).n_attention, ==, 0);
  sync_fixture_tear_down (&f);
}

/* One rejected change holds up those of the same target, and no others. */
static void
test_rejected_parks_its_dependants (void)
{
  SyncFixture f;
  g_autoptr (GError) error = NULL;
  g_autoptr (RegChange) change = NULL;
  RegSyncReport report;

  start (&f);
  sync_fixture_stage (&f, "edit-user", 5, 0, "family_name=First");
  sync_fixture_stage (&f, "edit-user", 5, 0, "given_name=Second");
  sync_fixture_stage (&f, "edit-user", 6, 0, "family_name=Other");
  sync_fixture_do_there (&f, "archive", 5, 0, NULL);
  report = sync_fixture_sync (&f);
  g_assert_cmpint (report.n_applied, ==, 1);
  g_assert_cmpint (report.n_rejected, ==, 1);
  g_assert_cmpint (report.n_left, ==, 1);
  g_assert_cmpint (report.retry_at, ==, 0);
  assert_family_name (&f, 6, "Other");

  change = sync_fixture_dup_change (&f, REG_CHANGE_REJECTED);
  sync_fixture_do_there (&f, "restore", 5, 0, NULL);
  reg_store_discard_changes (f.store, &change->id, 1, &error);
  g_assert_no_error (error);
  report = sync_fixture_sync (&f);
  g_assert_cmpint (report.n_applied, ==, 1);
  g_assert_cmpint (report.n_left + report.n_attention, ==, 0);
  sync_fixture_assert_same (&f);
  sync_fixture_tear_down (&f);
}

/* Changes of one target go in the order they were made. */
static void
test_order (void)
{
  SyncFixture f;
  gint64 id;

  start (&f);
  id = find_not_enrolled (&f);
  sync_fixture_stage (&f, "assign", id, 1, NULL);
  sync_fixture_stage (&f, "set-due-date", id, 1, "due_date=2031-01-01");
  sync_fixture_stage (&f, "edit-user", id, 0, "family_name=One");
  sync_fixture_stage (&f, "edit-user", id, 0, "family_name=Two");
  sync_fixture_stage (&f, "archive", id, 0, NULL);
  sync_fixture_stage (&f, "restore", id, 0, NULL);
  g_assert_cmpint (sync_fixture_sync (&f).n_applied, ==, 6);
  assert_family_name (&f, id, "Two");
  sync_fixture_assert_applied (&f, 6);
  sync_fixture_assert_same (&f);
  sync_fixture_tear_down (&f);
}

/* The whole request is refused for one change in it: that one alone is rejected. */
static void
test_refused_request (void)
{
  SyncFixture f;
  RegSyncReport report;

  start (&f);
  sync_fixture_stage_many (&f, "archive", 10, 26, 0);
  /* The request as a whole, its first half, and so on down to one change. */
  sync_fixture_add_status (&f, "/v1/operations", 422, 0, 5);
  report = sync_fixture_sync (&f);
  g_assert_cmpint (report.n_rejected, ==, 1);
  g_assert_cmpint (report.n_applied, ==, 16);
  g_assert_cmpint (report.n_left, ==, 0);
  sync_fixture_assert_applied (&f, 16);
  sync_fixture_tear_down (&f);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync/conflicts/k01-same-value", test_k01_same_value);
  g_test_add_func ("/sync/conflicts/k02-other-field", test_k02_other_field);
  g_test_add_func ("/sync/conflicts/k03-use-mine", test_k03_use_mine);
  g_test_add_func ("/sync/conflicts/k03-use-theirs", test_k03_use_theirs);
  g_test_add_func ("/sync/conflicts/k03-by-pull", test_k03_by_pull);
  g_test_add_func ("/sync/conflicts/k04-already-assigned", test_k04_already_assigned);
  g_test_add_func ("/sync/conflicts/k08-archived", test_k08_archived);
  g_test_add_func ("/sync/conflicts/k08-restored-here", test_k08_restored_here);
  g_test_add_func ("/sync/conflicts/k12-due-date", test_k12_due_date);
  g_test_add_func ("/sync/conflicts/k09-unknown", test_k09_unknown);
  g_test_add_func ("/sync/conflicts/rejected", test_rejected_parks_its_dependants);
  g_test_add_func ("/sync/conflicts/order", test_order);
  g_test_add_func ("/sync/conflicts/refused-request", test_refused_request);
  return g_test_run ();
}
