/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Operations on people, made offline and then synced: what this computer showed is what the LMS
 * made of it; and people made here, whatever happens on the way. */
#include "sync-fixture.h"

#include <string.h>

static RegUser *
find (SyncFixture *f, const char *identifier)
{
  g_autoptr (GError) error = NULL;
  gint64 id = reg_store_find_user (f->store, identifier, &error);
  RegUser *user = id != 0 ? reg_store_get_user (f->store, id, &error) : NULL;

  g_assert_no_error (error);
  return user;
}

static void
assert_enrolled (SyncFixture *f, gint64 user_id, gint64 course_id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RegEnrollment) enrollment =
      reg_store_get_enrollment (f->store, user_id, course_id, &error);

  g_assert_no_error (error);
  g_assert_nonnull (enrollment);
  g_assert_true (enrollment->present);
}

/* Only the id is the LMS's. */
static void
assert_same_person (RegUser *mine, RegUser *theirs)
{
  g_assert_cmpint (mine->id, <, 0);
  g_assert_cmpint (theirs->id, >, 0);
  mine->id = theirs->id;
  mine->approved_at = mine->approved_at != 0;
  theirs->approved_at = theirs->approved_at != 0;
  g_assert_true (reg_user_equal (mine, theirs));
}

static void
set_up (SyncFixture *f)
{
  sync_fixture_set_up (f, 100);
  sync_fixture_sync (f);
}

/* Much is done with somebody who is not in the LMS yet; one sync brings all of it there. */
static void
test_add_offline (void)
{
  SyncFixture f;
  g_autoptr (RegUser) mine = NULL, theirs = NULL;
  gint64 id;

  set_up (&f);
  id = sync_fixture_add_user (&f, "email=nova@example.com;given_name=Nova;employee_id=007");
  sync_fixture_stage (&f, "edit-user", id, 0, "family_name=Star");
  sync_fixture_stage (&f, "approve", id, 0, NULL);
  sync_fixture_stage (&f, "assign", id, 1, "due_date=2031-01-01");
  sync_fixture_stage (&f, "assign", id, 2, NULL);
  mine = find (&f, "nova@example.com");
  g_assert_cmpint (sync_fixture_sync (&f).n_applied, ==, 5);
  theirs = find (&f, "007");
  assert_same_person (mine, theirs);
  assert_enrolled (&f, theirs->id, 1);
  assert_enrolled (&f, theirs->id, 2);
  sync_fixture_assert_applied (&f, 5);
  sync_fixture_assert_same (&f);

  /* Taken back after it was sent: nobody is deleted, they are archived. */
  {
    g_autoptr (GError) error = NULL;
    g_autoptr (RegUser) archived = NULL;
    g_autoptr (GPtrArray) batches = reg_store_list_batches (f.store, FALSE, &error);
    const RegBatch *add = g_ptr_array_index (batches, batches->len - 1);
    gint64 counter, n;

    g_assert_cmpstr (add->operation, ==, "add-user");
    reg_store_undo_batch (f.store, add->id, &counter, &n, NULL, NULL, NULL, &error);
    g_assert_no_error (error);
    g_assert_cmpint (sync_fixture_sync (&f).n_applied, ==, 1);
    archived = find (&f, "007");
    g_assert_cmpint (archived->state, ==, REG_USER_STATE_ARCHIVED);
  }
  sync_fixture_assert_same (&f);
  sync_fixture_tear_down (&f);
}

/* The LMS added them, and its answer was lost: it is asked for, and they are not added twice. */
static void
test_add_answer_lost (gconstpointer data)
{
  const char *fault = data;
  SyncFixture f;
  g_autoptr (RegUser) theirs = NULL;
  gint64 id;

  set_up (&f);
  id = sync_fixture_add_user (&f, "email=nova@example.com");
  sync_fixture_stage (&f, "assign", id, 1, NULL);
  sync_fixture_add_fault (&f, "/v1/operations", fault, 1);
  sync_fixture_sync_to_end (&f);
  theirs = find (&f, "nova@example.com");
  assert_enrolled (&f, theirs->id, 1);
  sync_fixture_assert_applied (&f, 2);
  sync_fixture_assert_same (&f);
  sync_fixture_tear_down (&f);
}

/* Somebody else added the same person meanwhile. What was queued waits; corrected and sent again,
 * or given up. */
static void
test_add_rejected (gconstpointer data)
{
  gboolean correct = GPOINTER_TO_INT (data);
  SyncFixture f;
  g_autoptr (GError) error = NULL;
  g_autoptr (RegChange) change = NULL;
  g_autoptr (RegUser) theirs = NULL;
  RegSyncReport report;
  gint64 id;

  set_up (&f);
  id = sync_fixture_add_user (&f, "email=nova@example.com");
  sync_fixture_stage (&f, "assign", id, 1, NULL);
  g_assert_cmpint (sync_fixture_do_there (&f, "add-user", 0, 0, "email=Nova@Example.com"), ==,
                   REG_OUTCOME_APPLIED);
  report = sync_fixture_sync (&f);
  g_assert_cmpint (report.n_rejected, ==, 1);
  g_assert_cmpint (report.n_attention, ==, 1);
  g_assert_cmpint (report.retry_at, ==, 0);
  change = sync_fixture_dup_change (&f, REG_CHANGE_REJECTED);
  g_assert_cmpstr (change->code, ==, "user-exists");
  g_assert_cmpint (sync_fixture_count (&f, REG_CHANGE_PENDING), ==, 1);
  if (!correct)
    {
      reg_store_discard_changes (f.store, &change->id, 1, &error);
      g_assert_no_error (error);
      g_assert_cmpint (sync_fixture_count (&f, REG_CHANGE_PENDING), ==, 0);
      theirs = find (&f, "nova@example.com");
      g_assert_cmpint (theirs->id, >, 0);
    }
  else
    {
      sync_fixture_stage (&f, "edit-user", id, 0, "email=nova.two@example.com");
      reg_store_retry_changes (f.store, &change->id, 1, &error);
      g_assert_no_error (error);
      report = sync_fixture_sync (&f);
      g_assert_cmpint (report.n_applied, ==, 2);
      theirs = find (&f, "nova.two@example.com");
      assert_enrolled (&f, theirs->id, 1);
    }
  sync_fixture_assert_same (&f);
  sync_fixture_tear_down (&f);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync/people/add-offline", test_add_offline);
  g_test_add_data_func ("/sync/people/add-cut", "cut-after-commit", test_add_answer_lost);
  g_test_add_data_func ("/sync/people/add-garbled", "garble", test_add_answer_lost);
  g_test_add_data_func ("/sync/people/add-refused", "refuse", test_add_answer_lost);
  g_test_add_data_func ("/sync/people/add-twice", "answer-twice", test_add_answer_lost);
  g_test_add_data_func ("/sync/people/add-corrected", GINT_TO_POINTER (TRUE), test_add_rejected);
  g_test_add_data_func ("/sync/people/add-discarded", GINT_TO_POINTER (FALSE), test_add_rejected);
  return g_test_run ();
}
