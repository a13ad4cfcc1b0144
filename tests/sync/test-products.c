/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What Custom Assignment says of a product: offline and then synced, and what others did; taken
 * back before and after, and renewed. The local row is the LMS's to the last field. */
#include "sync-fixture.h"

#include "sync/reg-account.h"

#include <string.h>

/* Of the demo: a language course with two editions, four units, and a pool of subscriptions. */
#define LANGUAGES "LANG-310"
#define SPREADSHEETS "SHEET-320"

static gint64
find_course (SyncFixture *f, const char *code)
{
  g_autoptr (GError) error = NULL;
  gint64 id = reg_store_find_course (f->store, code, &error);

  g_assert_no_error (error);
  g_assert_cmpint (id, >, 0);
  return id;
}

static RegEnrollment *
get_enrollment (SyncFixture *f, gint64 user_id, gint64 course_id)
{
  g_autoptr (GError) error = NULL;
  RegEnrollment *enrollment = reg_store_get_enrollment (f->store, user_id, course_id, &error);

  g_assert_no_error (error);
  return enrollment != NULL ? enrollment : reg_enrollment_new ();
}

/* Somebody who may be assigned it, or who has it and did not begin. */
static gint64
find_user (SyncFixture *f, gint64 course_id, gboolean enrolled)
{
  for (gint64 id = 20; id < 220; id++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (RegUser) user = reg_store_get_user (f->store, id, &error);
      g_autoptr (RegEnrollment) enrollment = get_enrollment (f, id, course_id);

      g_assert_no_error (error);
      if (user->state == REG_USER_STATE_ACTIVE && enrollment->present == enrolled
          && (!enrolled
              || (enrollment->access == REG_ACCESS_ACTIVE && enrollment->started_at == 0)))
        return id;
    }
  g_assert_not_reached ();
}

static RegLicensePool *
get_pool (SyncFixture *f)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) pools = reg_store_list_pools (f->store, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < pools->len; i++)
    {
      RegLicensePool *pool = g_ptr_array_index (pools, i);

      if (pool->kind == REG_POOL_SUBSCRIPTION)
        return reg_license_pool_copy (pool);
    }
  g_assert_not_reached ();
}

static void
set_up (SyncFixture *f)
{
  sync_fixture_set_up (f, 0);
  sync_fixture_sync (f);
}

static void
assert_product (const RegEnrollment *enrollment,
                const char *edition,
                const char *mode,
                const char *units,
                const char *end)
{
  g_assert_true (enrollment->present);
  g_assert_cmpstr (enrollment->edition, ==, edition);
  g_assert_cmpstr (enrollment->mode, ==, mode);
  g_assert_cmpstr (enrollment->units, ==, units);
  g_assert_cmpstr (enrollment->subscription_end, ==, end);
}

/* The moment of the assignment is the LMS's to say. */
static void
assert_equal_but_times (RegEnrollment *a, RegEnrollment *b)
{
  a->assigned_at = b->assigned_at;
  g_assert_true (reg_enrollment_equal (a, b));
}

static void
test_subscription (void)
{
  SyncFixture f;
  g_autoptr (RegLicensePool) before = NULL, after = NULL;
  g_autoptr (RegEnrollment) mine = NULL, rebased = NULL, theirs = NULL;
  gint64 course, user, due, n, counter;
  g_autoptr (GError) error = NULL;

  set_up (&f);
  course = find_course (&f, LANGUAGES);
  user = find_user (&f, course, FALSE);
  before = get_pool (&f);
  g_assert_cmpstr (before->expires, !=, "");
  g_assert_cmpint (sync_fixture_stage (&f, "assign", user, course,
                                       "mode=subscription;edition=2;due_date=2031-02-03"),
                   >, 0);
  mine = get_enrollment (&f, user, course);
  assert_product (mine, "2", "subscription", NULL, before->expires);
  /* It stays so when the row is made anew beneath another change. */
  due = sync_fixture_stage (&f, "set-due-date", user, course, "due_date=2031-05-05");
  g_assert_true (reg_store_undo_batch (f.store, due, &counter, &n, NULL, NULL, NULL, &error));
  rebased = get_enrollment (&f, user, course);
  g_assert_true (reg_enrollment_equal (mine, rebased));
  g_assert_cmpint (sync_fixture_sync (&f).n_applied, ==, 1);
  theirs = get_enrollment (&f, user, course);
  assert_product (theirs, "2", "subscription", NULL, before->expires);
  assert_equal_but_times (mine, theirs);
  after = get_pool (&f);
  g_assert_cmpint (after->available, ==, before->available - 1);
  sync_fixture_assert_same (&f);
  sync_fixture_tear_down (&f);
}

/* What was taken away comes back with its edition and units. */
static void
test_units (void)
{
  SyncFixture f;
  g_autoptr (RegEnrollment) mine = NULL, theirs = NULL, again = NULL, others = NULL;
  gint64 course, user, other, batch, n, counter = 0;
  g_autoptr (GError) error = NULL;

  set_up (&f);
  course = find_course (&f, LANGUAGES);
  user = find_user (&f, course, FALSE);
  g_assert_cmpint (
      sync_fixture_stage (&f, "assign", user, course, "mode=units;units=1,3;edition=1"), >, 0);
  mine = get_enrollment (&f, user, course);
  assert_product (mine, "1", "units", "1,3", "");
  g_assert_cmpint (sync_fixture_sync (&f).n_applied, ==, 1);
  theirs = get_enrollment (&f, user, course);
  assert_equal_but_times (mine, theirs);
  batch = sync_fixture_stage (&f, "unassign", user, course, NULL);
  g_assert_cmpint (sync_fixture_sync (&f).n_applied, ==, 1);
  g_assert_true (reg_store_undo_batch (f.store, batch, &counter, &n, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (sync_fixture_sync (&f).n_applied, ==, 1);
  again = get_enrollment (&f, user, course);
  assert_product (again, "1", "units", "1,3", "");
  /* What the other administrator chose comes with the pull. */
  course = find_course (&f, SPREADSHEETS);
  other = find_user (&f, course, FALSE);
  g_assert_cmpint (sync_fixture_do_there (&f, "assign", other, course, "mode=units;units=2"), ==,
                   REG_OUTCOME_APPLIED);
  sync_fixture_sync (&f);
  others = get_enrollment (&f, other, course);
  assert_product (others, NULL, "units", "2", "");
  sync_fixture_assert_same (&f);
  sync_fixture_tear_down (&f);
}

/* LIC-03: another term for who has the course, once; who has the term already is refused. */
static void
test_renew (void)
{
  SyncFixture f;
  g_autoptr (RegLicensePool) before = NULL, waiting = NULL, after = NULL;
  g_autoptr (RegEnrollment) old = NULL, mine = NULL, theirs = NULL, undone = NULL;
  gint64 course, user, batch, n, counter = 0;
  g_autoptr (GError) error = NULL;

  set_up (&f);
  course = find_course (&f, LANGUAGES);
  user = find_user (&f, course, TRUE);
  before = get_pool (&f);
  old = get_enrollment (&f, user, course);
  g_assert_cmpstr (old->subscription_end, <, before->expires);
  batch = sync_fixture_stage (&f, "renew", user, course, NULL);
  g_assert_cmpint (batch, >, 0);
  g_assert_true (reg_store_undo_batch (f.store, batch, &counter, &n, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
  undone = get_enrollment (&f, user, course);
  g_assert_true (reg_enrollment_equal (old, undone));

  batch = sync_fixture_stage (&f, "renew", user, course, NULL);
  mine = get_enrollment (&f, user, course);
  assert_product (mine, old->edition, "subscription", NULL, before->expires);
  g_assert_cmpint (mine->attempt, ==, old->attempt);
  g_assert_cmpint (mine->progress, ==, old->progress);
  waiting = get_pool (&f);
  g_assert_cmpint (waiting->available, ==, before->available - 1);
  g_assert_cmpint (sync_fixture_stage (&f, "renew", user, course, NULL), ==, 0);
  g_assert_cmpint (sync_fixture_sync (&f).n_applied, ==, 1);
  theirs = get_enrollment (&f, user, course);
  assert_equal_but_times (mine, theirs);
  after = get_pool (&f);
  g_assert_cmpint (after->available, ==, before->available - 1);
  g_assert_cmpint (sync_fixture_do_there (&f, "renew", user, course, NULL), ==,
                   REG_OUTCOME_SKIPPED);
  /* A subscription cannot be taken back. */
  g_assert_false (reg_store_undo_batch (f.store, batch, &counter, &n, NULL, NULL, NULL, &error));
  g_assert_error (error, REG_STORE_ERROR, REG_STORE_ERROR_NOT_POSSIBLE);
  sync_fixture_assert_same (&f);
  sync_fixture_tear_down (&f);
}

/* Who was unenrolled has access again, also while the subscription itself runs. */
static void
test_renew_unenrolled (void)
{
  SyncFixture f;
  g_autoptr (RegEnrollment) mine = NULL, theirs = NULL;
  gint64 course, user;

  set_up (&f);
  course = find_course (&f, LANGUAGES);
  user = find_user (&f, course, TRUE);
  g_assert_cmpint (sync_fixture_do_there (&f, "renew", user, course, NULL), ==,
                   REG_OUTCOME_APPLIED);
  g_assert_cmpint (sync_fixture_do_there (&f, "unenroll", user, course, NULL), ==,
                   REG_OUTCOME_APPLIED);
  sync_fixture_sync (&f);
  g_assert_cmpint (sync_fixture_stage (&f, "renew", user, course, NULL), >, 0);
  mine = get_enrollment (&f, user, course);
  g_assert_cmpint (mine->access, ==, REG_ACCESS_ACTIVE);
  g_assert_cmpint (sync_fixture_sync (&f).n_applied, ==, 1);
  theirs = get_enrollment (&f, user, course);
  assert_equal_but_times (mine, theirs);
  sync_fixture_assert_same (&f);
  sync_fixture_tear_down (&f);
}

/* A course without a subscription; and a site that offers no renewal any more. */
static void
test_renew_refused (void)
{
  SyncFixture f;
  g_autoptr (RegChange) change = NULL;
  g_autoptr (RegSite) site = NULL;
  g_autoptr (GError) error = NULL;
  gint64 course, user;

  set_up (&f);
  course = find_course (&f, SPREADSHEETS);
  g_assert_cmpint (sync_fixture_stage (&f, "renew", find_user (&f, course, TRUE), course, NULL), ==,
                   0);
  course = find_course (&f, LANGUAGES);
  user = find_user (&f, course, TRUE);
  g_assert_cmpint (sync_fixture_stage (&f, "renew", user, course, NULL), >, 0);
  sync_fixture_set_setting (&f, "renew_hidden", TRUE);
  g_assert_cmpint (sync_fixture_sync (&f).n_attention, ==, 1);
  change = sync_fixture_dup_change (&f, REG_CHANGE_REJECTED);
  g_assert_cmpstr (change->code, ==, "operation-unsupported");
  site = reg_account_dup_site (f.store, &error);
  g_assert_no_error (error);
  g_assert_false (reg_site_can (site, "renew"));
  sync_fixture_tear_down (&f);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync/products/subscription", test_subscription);
  g_test_add_func ("/sync/products/units", test_units);
  g_test_add_func ("/sync/products/renew", test_renew);
  g_test_add_func ("/sync/products/renew-unenrolled", test_renew_unenrolled);
  g_test_add_func ("/sync/products/renew-refused", test_renew_refused);
  return g_test_run ();
}
