/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is changed of a course itself: offline and then synced, taken back before and after, changed
 * there too; and what the LMS does by it when the time has come. */
#include "store/reg-store-reading.h"
#include "sync-fixture.h"

#include <string.h>

#define COURSE 1
#define SET "set-auto-reassign"
#define DAY 86400

static int
get_days (SyncFixture *f)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RegCourse) course = reg_store_get_course (f->store, COURSE, &error);

  g_assert_no_error (error);
  return course->auto_reassign_days;
}

static void
undo (SyncFixture *f, gint64 batch, gint64 *counter)
{
  g_autoptr (GError) error = NULL;
  gint64 n;

  reg_store_undo_batch (f->store, batch, counter, &n, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (n, ==, 1);
}

static void
set_up (SyncFixture *f)
{
  sync_fixture_set_up (f, 700);
  sync_fixture_sync (f);
}

static void
test_offline_then_sync (void)
{
  SyncFixture f;
  gint64 batch, counter;
  int before;

  set_up (&f);
  before = get_days (&f);
  batch = sync_fixture_stage (&f, SET, 0, COURSE, "auto_reassign_days=91");
  g_assert_cmpint (get_days (&f), ==, 91);
  undo (&f, batch, &counter);
  g_assert_cmpint (counter, ==, 0);
  g_assert_cmpint (get_days (&f), ==, before);

  batch = sync_fixture_stage (&f, SET, 0, COURSE, "auto_reassign_days=91");
  g_assert_cmpint (sync_fixture_sync (&f).n_applied, ==, 1);
  g_assert_cmpint (get_days (&f), ==, 91);
  sync_fixture_assert_same (&f);

  undo (&f, batch, &counter);
  g_assert_cmpint (counter, >, 0);
  g_assert_cmpint (get_days (&f), ==, before);
  g_assert_cmpint (sync_fixture_sync (&f).n_applied, ==, 1);
  g_assert_cmpint (get_days (&f), ==, before);
  sync_fixture_assert_same (&f);
  sync_fixture_tear_down (&f);
}

/* K-03 and K-01: another administrator set it too. */
static void
test_changed_there (void)
{
  SyncFixture f;
  g_autoptr (GError) error = NULL;
  g_autoptr (RegChange) change = NULL;
  RegSyncReport report;

  set_up (&f);
  sync_fixture_stage (&f, SET, 0, COURSE, "auto_reassign_days=91");
  g_assert_cmpint (sync_fixture_do_there (&f, SET, 0, COURSE, "auto_reassign_days=40"), ==,
                   REG_OUTCOME_APPLIED);
  report = sync_fixture_sync (&f);
  g_assert_cmpint (report.n_conflicts, ==, 1);
  g_assert_cmpint (get_days (&f), ==, 40);
  change = sync_fixture_dup_change (&f, REG_CHANGE_CONFLICT);
  g_assert_cmpstr (reg_params_get (change->server, "auto_reassign_days"), ==, "40");
  reg_store_resolve_changes (f.store, &change->id, 1, TRUE, &error);
  g_assert_no_error (error);
  g_assert_cmpint (get_days (&f), ==, 91);
  g_assert_cmpint (sync_fixture_sync (&f).n_applied, ==, 1);
  g_assert_cmpint (get_days (&f), ==, 91);

  sync_fixture_stage (&f, SET, 0, COURSE, "auto_reassign_days=30");
  g_assert_cmpint (sync_fixture_do_there (&f, SET, 0, COURSE, "auto_reassign_days=30"), ==,
                   REG_OUTCOME_APPLIED);
  report = sync_fixture_sync (&f);
  g_assert_cmpint (report.n_conflicts + report.n_attention, ==, 0);
  g_assert_cmpint (get_days (&f), ==, 30);
  sync_fixture_assert_same (&f);
  sync_fixture_tear_down (&f);
}

/* An answer that was lost is asked for; it is done once. */
static void
test_lost_answer (void)
{
  SyncFixture f;

  set_up (&f);
  sync_fixture_stage (&f, SET, 0, COURSE, "auto_reassign_days=91");
  sync_fixture_add_fault (&f, "/v1/operations", "cut-after-commit", 1);
  sync_fixture_sync_to_end (&f);
  g_assert_cmpint (get_days (&f), ==, 91);
  sync_fixture_assert_applied (&f, 1);
  sync_fixture_assert_same (&f);
  sync_fixture_tear_down (&f);
}

static void
advance (SyncFixture *f, gint64 seconds)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = g_strdup_printf ("{\"advance\": %" G_GINT64_FORMAT "}", seconds);
  g_autoptr (GBytes) body = g_bytes_new (text, strlen (text));
  g_autoptr (RegHttpResponse) response =
      reg_http_post_json (f->admin, "/sandbox/clock", body, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (response->status, ==, 200);
}

static gint64
find_completed (SyncFixture *f)
{
  g_autoptr (GError) error = NULL;
  RegEnrollmentQuery query = { .course_id = COURSE,
                               .statuses = REG_STATUS_BIT (REG_STATUS_COMPLETED),
                               .requirement = -1,
                               .access = -1,
                               .today = "2026-01-01" };
  g_autoptr (RegIdList) ids = reg_store_query_enrollments (f->store, &query, NULL, &error);

  g_assert_no_error (error);
  for (gsize i = 0; i < ids->n; i++)
    {
      gint64 id = reg_enrollment_id_get_user (ids->ids[i]);
      g_autoptr (RegUser) user = reg_store_get_user (f->store, id, &error);

      g_assert_no_error (error);
      if (user->state == REG_USER_STATE_ACTIVE)
        return id;
    }
  g_assert_not_reached ();
}

static RegEnrollment *
get_enrollment (SyncFixture *f, gint64 user_id)
{
  g_autoptr (GError) error = NULL;
  RegEnrollment *enrollment = reg_store_get_enrollment (f->store, user_id, COURSE, &error);

  g_assert_no_error (error);
  return enrollment;
}

/* REA-02 and REA-09: after so many days everybody begins again, and the last assignment stays. */
static void
test_clock (void)
{
  SyncFixture f;
  g_autoptr (RegEnrollment) before = NULL, after = NULL, later = NULL;
  gint64 user_id;

  set_up (&f);
  user_id = find_completed (&f);
  sync_fixture_do_there (&f, "reassign", user_id, COURSE, NULL);
  sync_fixture_learn (&f, user_id, COURSE, 100);
  sync_fixture_stage (&f, SET, 0, COURSE, "auto_reassign_days=30");
  sync_fixture_sync (&f);
  before = get_enrollment (&f, user_id);
  g_assert_cmpint (before->completed_at, !=, 0);

  advance (&f, 29 * DAY);
  sync_fixture_sync (&f);
  later = get_enrollment (&f, user_id);
  g_assert_true (reg_enrollment_equal (before, later));
  advance (&f, 2 * DAY);
  sync_fixture_sync (&f);
  after = get_enrollment (&f, user_id);
  g_assert_cmpint (after->attempt, ==, before->attempt + 1);
  g_assert_cmpint (after->progress, ==, 0);
  g_assert_cmpint (after->completed_at, ==, 0);
  g_assert_cmpint (after->source, ==, REG_SOURCE_AUTO);
  g_assert_cmpint (after->assigned_by, ==, 0);
  g_assert_cmpint (after->assigned_at, ==, before->assigned_at + 30 * DAY);
  g_assert_cmpint (after->requirement, ==, before->requirement);

  {
    g_autoptr (GError) error = NULL;
    g_autoptr (GPtrArray) attempts = reg_store_list_attempts (f.store, user_id, COURSE, &error);
    const RegAttempt *last;

    g_assert_no_error (error);
    last = g_ptr_array_index (attempts, 1);
    g_assert_cmpint (last->number, ==, before->attempt);
    g_assert_true (last->is_kept);
    g_assert_cmpint (last->progress, ==, 100);
    g_assert_cmpint (last->completed_at, ==, before->completed_at);
    g_assert_cmpstr (last->ended_by, ==, "auto-reassigned");
    g_assert_cmpint (last->certificate_id, !=, 0);
  }
  sync_fixture_assert_same (&f);
  sync_fixture_tear_down (&f);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync/course-settings/offline-then-sync", test_offline_then_sync);
  g_test_add_func ("/sync/course-settings/changed-there", test_changed_there);
  g_test_add_func ("/sync/course-settings/lost-answer", test_lost_answer);
  g_test_add_func ("/sync/course-settings/clock", test_clock);
  return g_test_run ();
}
