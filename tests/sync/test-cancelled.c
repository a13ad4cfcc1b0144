/* SPDX-License-Identifier: GPL-3.0-or-later */
/* K-14: two waiting changes of one target that cancel each other out are both dropped, and nothing
 * is sent; whatever leaves a trace is sent. */
#include "sync-fixture.h"

#include <string.h>

/* Of the demo: one on one's own, one with sessions. */
#define COURSE 1
#define COURSE_WITH_SESSIONS 6

static void
set_up (SyncFixture *f, gconstpointer data)
{
  sync_fixture_set_up (f, 0);
  sync_fixture_sync (f);
}

static void
tear_down (SyncFixture *f, gconstpointer data)
{
  sync_fixture_assert_same (f);
  sync_fixture_tear_down (f);
}

static RegEnrollment *
get_enrollment (SyncFixture *f, gint64 user_id, gint64 course_id)
{
  g_autoptr (GError) error = NULL;
  RegEnrollment *enrollment = reg_store_get_enrollment (f->store, user_id, course_id, &error);

  g_assert_no_error (error);
  return enrollment;
}

static gint64
find_user (SyncFixture *f, gint64 course_id, gboolean enrolled)
{
  for (gint64 id = 26;; id++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (RegUser) user = reg_store_get_user (f->store, id, &error);
      g_autoptr (RegEnrollment) enrollment = get_enrollment (f, id, course_id);

      g_assert_no_error (error);
      if (user->state == REG_USER_STATE_ACTIVE
          && (enrollment != NULL && enrollment->present) == enrolled)
        return id;
    }
}

/* Somebody with a due date, and so with everything that setting one fills. */
static gint64
prepare_due (SyncFixture *f)
{
  gint64 user = find_user (f, COURSE, FALSE);

  g_assert_cmpint (sync_fixture_do_there (f, "assign", user, COURSE, "due_date=2031-01-01"), ==,
                   REG_OUTCOME_APPLIED);
  sync_fixture_sync (f);
  return user;
}

/* Nothing was sent, everything is as the LMS has it, and there is nothing to undo. */
static void
assert_dropped (SyncFixture *f, gint64 n)
{
  gint64 n_received = sync_fixture_count_received (f);
  RegSyncReport report = sync_fixture_sync (f);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows =
      reg_store_list_changes (f->store, 0, 1u << REG_CHANGE_UNDONE, 0, 0, &error);

  g_assert_no_error (error);
  g_assert_cmpint (report.n_applied + report.n_skipped + report.n_rejected + report.n_left, ==, 0);
  g_assert_cmpint (sync_fixture_count_received (f), ==, n_received);
  g_assert_cmpuint (rows->len, ==, n);
  for (guint i = 0; i < rows->len; i++)
    {
      const RegChangeRow *row = g_ptr_array_index (rows, i);

      g_assert_cmpstr (row->change->code, ==, "cancelled-out");
    }
  g_assert_cmpint (reg_store_get_undoable_batch (f->store, &error), ==, 0);
  g_assert_no_error (error);
}

static void
test_due_date (SyncFixture *f, gconstpointer data)
{
  gint64 user = prepare_due (f);
  g_autoptr (RegEnrollment) before = get_enrollment (f, user, COURSE), after = NULL;

  sync_fixture_stage (f, "set-due-date", user, COURSE, "due_date=2032-02-02");
  sync_fixture_stage (f, "set-due-date", user, COURSE, "due_date=2033-03-03");
  sync_fixture_stage (f, "set-due-date", user, COURSE, "due_date=2031-01-01");
  assert_dropped (f, 3);
  after = get_enrollment (f, user, COURSE);
  g_assert_true (reg_enrollment_equal (before, after));
}

static void
test_never_enrolled (SyncFixture *f, gconstpointer data)
{
  gint64 user = find_user (f, COURSE, FALSE);
  g_autoptr (RegEnrollment) enrollment = NULL;

  sync_fixture_stage (f, "assign", user, COURSE, NULL);
  sync_fixture_stage (f, "unassign", user, COURSE, NULL);
  assert_dropped (f, 2);
  enrollment = get_enrollment (f, user, COURSE);
  g_assert_false (enrollment != NULL && enrollment->present);
}

static void
test_session (SyncFixture *f, gconstpointer data)
{
  gint64 user = find_user (f, COURSE_WITH_SESSIONS, FALSE);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) before = reg_store_list_sessions (f->store, COURSE_WITH_SESSIONS, &error);
  g_autoptr (GPtrArray) after = NULL;
  const RegSession *session = g_ptr_array_index (before, 2);
  g_autofree char *params = g_strdup_printf ("session_id=%" G_GINT64_FORMAT, session->id);

  sync_fixture_do_there (f, "assign", user, COURSE_WITH_SESSIONS, NULL);
  sync_fixture_sync (f);
  g_assert_cmpint (sync_fixture_stage (f, "change-session", user, COURSE_WITH_SESSIONS, params), >,
                   0);
  g_assert_cmpint (sync_fixture_stage (f, "remove-from-session", user, COURSE_WITH_SESSIONS, NULL),
                   >, 0);
  assert_dropped (f, 2);
  after = reg_store_list_sessions (f->store, COURSE_WITH_SESSIONS, &error);
  g_assert_cmpint (((RegSession *)g_ptr_array_index (after, 2))->taken, ==, session->taken);
}

static void
test_person (SyncFixture *f, gconstpointer data)
{
  gint64 user = find_user (f, COURSE, TRUE);

  sync_fixture_stage (f, "archive", user, 0, NULL);
  sync_fixture_stage (f, "restore", user, 0, NULL);
  assert_dropped (f, 2);
}

/* The second one taken back before the sync: the first is there again, and is sent. */
static void
test_undo_second (SyncFixture *f, gconstpointer data)
{
  gint64 user = prepare_due (f), counter = 0, n = 0, second;
  g_autoptr (RegEnrollment) mine = NULL, theirs = NULL;
  g_autoptr (GError) error = NULL;

  sync_fixture_stage (f, "set-due-date", user, COURSE, "due_date=2032-02-02");
  second = sync_fixture_stage (f, "set-due-date", user, COURSE, "due_date=2031-01-01");
  reg_store_undo_batch (f->store, second, &counter, &n, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (n, ==, 1);
  mine = get_enrollment (f, user, COURSE);
  g_assert_cmpstr (mine->due_date, ==, "2032-02-02");
  g_assert_cmpint (sync_fixture_sync (f).n_applied, ==, 1);
  theirs = get_enrollment (f, user, COURSE);
  g_assert_cmpstr (theirs->due_date, ==, "2032-02-02");
}

/* What the LMS may have seen is taken back there. */
static void
test_sent_before (SyncFixture *f, gconstpointer data)
{
  gint64 user = prepare_due (f);
  g_autoptr (GError) error = NULL;
  g_autoptr (RegEnrollment) theirs = NULL;
  RegSyncReport report;

  sync_fixture_stage (f, "set-due-date", user, COURSE, "due_date=2032-02-02");
  sync_fixture_add_status (f, "/v1/operations", 503, 0, 1);
  reg_engine_run (f->engine, REG_SYNC_PUSH, &report, NULL, NULL, NULL, &error);
  g_assert_nonnull (error);
  g_assert_cmpint (sync_fixture_count (f, REG_CHANGE_PENDING), ==, 1);
  sync_fixture_stage (f, "set-due-date", user, COURSE, "due_date=2031-01-01");
  sync_fixture_sync_to_end (f);
  g_assert_cmpint (sync_fixture_count (f, REG_CHANGE_DONE), ==, 2);
  g_assert_cmpint (sync_fixture_count (f, REG_CHANGE_UNDONE), ==, 0);
  theirs = get_enrollment (f, user, COURSE);
  g_assert_cmpstr (theirs->due_date, ==, "2031-01-01");
}

/* A message goes out; what is not the same again is sent; what cannot be taken back is sent. */
static void
test_traces (SyncFixture *f, gconstpointer data)
{
  gint64 user = find_user (f, COURSE, FALSE);

  sync_fixture_stage (f, "assign", user, COURSE, "message=Welcome");
  sync_fixture_stage (f, "unassign", user, COURSE, NULL);
  g_assert_cmpint (sync_fixture_sync (f).n_applied, ==, 2);

  sync_fixture_stage (f, "assign", user, COURSE, NULL);
  sync_fixture_stage (f, "remove-user", user, COURSE, NULL);
  g_assert_cmpint (sync_fixture_sync (f).n_applied, ==, 2);

  sync_fixture_do_there (f, "assign", user, COURSE, NULL);
  sync_fixture_learn (f, user, COURSE, 40);
  sync_fixture_sync (f);
  sync_fixture_stage (f, "mark-complete", user, COURSE, NULL);
  sync_fixture_stage (f, "mark-incomplete", user, COURSE, NULL);
  g_assert_cmpint (sync_fixture_sync (f).n_applied, ==, 2);
  g_assert_cmpint (sync_fixture_count (f, REG_CHANGE_UNDONE), ==, 0);
}

#define ADD(path, func) g_test_add (path, SyncFixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/sync/cancelled/due-date", test_due_date);
  ADD ("/sync/cancelled/never-enrolled", test_never_enrolled);
  ADD ("/sync/cancelled/session", test_session);
  ADD ("/sync/cancelled/person", test_person);
  ADD ("/sync/cancelled/undo-second", test_undo_second);
  ADD ("/sync/cancelled/sent-before", test_sent_before);
  ADD ("/sync/cancelled/traces", test_traces);
  return g_test_run ();
}
