/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Acceptance checks that concern this computer and the LMS: each is done here, offline and then
 * synced, and at the LMS itself for somebody in the same position; both end with the same fields.
 */
#include "rules/reg-status.h"
#include "sync-fixture.h"

#include <string.h>

#define COURSE 1

static RegEnrollment *
get_enrollment (SyncFixture *f, gint64 user_id)
{
  g_autoptr (GError) error = NULL;
  RegEnrollment *enrollment = reg_store_get_enrollment (f->store, user_id, COURSE, &error);

  g_assert_no_error (error);
  return enrollment;
}

/* The next active person after this one who is not in the course. */
static gint64
find_not_enrolled (SyncFixture *f, gint64 after)
{
  for (gint64 id = MAX (after, 1) + 1; id < 300; id++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (RegUser) user = reg_store_get_user (f->store, id, &error);
      g_autoptr (RegEnrollment) there = get_enrollment (f, id);

      g_assert_no_error (error);
      if ((there == NULL || !there->present) && user->state == REG_USER_STATE_ACTIVE)
        return id;
    }
  g_assert_not_reached ();
}

static void
do_there (SyncFixture *f, const char *operation, gint64 user_id, const char *params)
{
  g_assert_cmpint (sync_fixture_do_there (f, operation, user_id, COURSE, params), ==,
                   REG_OUTCOME_APPLIED);
}

static void
do_here (SyncFixture *f, const char *operation, gint64 user_id, const char *params)
{
  g_assert_cmpint (sync_fixture_stage (f, operation, user_id, COURSE, params), >, 0);
}

/* Two enrollments, of which one was changed here and the other there. who: whether it is also
 * compared who assigned them. */
static void
assert_alike (SyncFixture *f, gint64 a_id, gint64 b_id, gboolean who)
{
  g_autoptr (RegEnrollment) a = get_enrollment (f, a_id);
  g_autoptr (RegEnrollment) b = get_enrollment (f, b_id);

  b->user_id = a->user_id;
  b->revision = a->revision;
  b->assigned_at = a->assigned_at;
  b->started_at = a->started_at;
  if (!who)
    b->assigned_by = a->assigned_by;
  g_assert_true (reg_enrollment_equal (a, b));
}

static void
assert_due (SyncFixture *f, gint64 user_id, const char *date, RegRequirement requirement, gint64 by)
{
  g_autoptr (RegEnrollment) enrollment = get_enrollment (f, user_id);

  g_assert_cmpstr (enrollment->due_date, ==, date);
  g_assert_cmpint (enrollment->requirement, ==, requirement);
  g_assert_cmpint (enrollment->assigned_by, ==, by);
}

/* T-08: a due date makes Required, its removal Optional; who assigned stays, and nobody is written
 * to. Where it is not known who assigned, see /rules/operation. */
static void
test_t08_due_dates (SyncFixture *f, gconstpointer data)
{
  gint64 here = find_not_enrolled (f, 0), there = find_not_enrolled (f, here);
  gint64 by;
  guint n_mails;

  do_there (f, "assign", here, NULL);
  do_there (f, "assign", there, NULL);
  sync_fixture_sync (f);
  n_mails = sync_fixture_count_mails (f);
  {
    g_autoptr (RegEnrollment) assigned = get_enrollment (f, here);

    by = assigned->assigned_by;
    g_assert_cmpint (by, !=, 0);
  }

  do_here (f, "set-due-date", here, "due_date=2031-01-01");
  do_there (f, "set-due-date", there, "due_date=2031-01-01");
  assert_due (f, here, "2031-01-01", REG_REQUIREMENT_REQUIRED, by);
  g_assert_cmpint (sync_fixture_sync (f).n_applied, ==, 1);
  assert_due (f, here, "2031-01-01", REG_REQUIREMENT_REQUIRED, by);
  assert_alike (f, here, there, TRUE);
  sync_fixture_assert_same (f);

  do_here (f, "clear-due-date", here, NULL);
  do_there (f, "clear-due-date", there, NULL);
  assert_due (f, here, "", REG_REQUIREMENT_OPTIONAL, by);
  g_assert_cmpint (sync_fixture_sync (f).n_applied, ==, 1);
  assert_due (f, here, "", REG_REQUIREMENT_OPTIONAL, by);
  assert_alike (f, here, there, TRUE);
  sync_fixture_assert_same (f);
  g_assert_cmpuint (sync_fixture_count_mails (f), ==, n_mails);
}

static void
assert_gone (SyncFixture *f, gint64 user_id)
{
  g_autoptr (RegEnrollment) gone = get_enrollment (f, user_id);

  g_assert_true (gone == NULL || !gone->present);
}

/* T-17: unenrolled, there is no access, the learner still sees it under Completed, and the progress
 * is untouched; a registration that is removed leaves nothing behind. The notice and the enrolling
 * anew by qualification: /sync/operations/qualification. */
static void
test_t17_unenroll (SyncFixture *f, gconstpointer data)
{
  gint64 here = find_not_enrolled (f, 0), there = find_not_enrolled (f, here);
  g_autoptr (RegEnrollment) before = NULL, after = NULL;

  do_there (f, "assign", here, NULL);
  do_there (f, "assign", there, NULL);
  sync_fixture_learn (f, here, COURSE, 40);
  sync_fixture_learn (f, there, COURSE, 40);
  sync_fixture_sync (f);
  before = get_enrollment (f, here);
  do_here (f, "unenroll", here, NULL);
  do_there (f, "unenroll", there, NULL);
  for (int synced = 0; synced < 2; synced++)
    {
      g_clear_pointer (&after, reg_enrollment_free);
      after = get_enrollment (f, here);
      g_assert_cmpint (after->access, ==, REG_ACCESS_REVOKED);
      g_assert_true (after->visible);
      g_assert_cmpint (after->progress, ==, 40);
      g_assert_cmpint (after->started_at, ==, before->started_at);
      g_assert_cmpint (after->completed_at, ==, 0);
      g_assert_cmpint (reg_enrollment_get_status (after, REG_COURSE_SELF_PACED), ==,
                       REG_STATUS_UNENROLLED);
      if (synced == 0)
        g_assert_cmpint (sync_fixture_sync (f).n_applied, ==, 1);
    }
  assert_alike (f, here, there, TRUE);

  do_here (f, "remove-registration", here, NULL);
  do_there (f, "remove-registration", there, NULL);
  assert_gone (f, here);
  g_assert_cmpint (sync_fixture_sync (f).n_applied, ==, 1);
  sync_fixture_assert_same (f);
  assert_gone (f, here);
  assert_gone (f, there);
}

static RegUser *
get_user (SyncFixture *f, gint64 id)
{
  g_autoptr (GError) error = NULL;
  RegUser *user = reg_store_get_user (f->store, id, &error);

  g_assert_no_error (error);
  return user;
}

static gint64
find_pending (SyncFixture *f, gint64 after)
{
  for (gint64 id = after + 1; id < 700; id++)
    {
      g_autoptr (RegUser) user = get_user (f, id);

      if (user->state == REG_USER_STATE_PENDING)
        return id;
    }
  g_assert_not_reached ();
}

/* T-22: approved, somebody is active and was not written to; each Notify is one e-mail. */
static void
test_t22_approve (SyncFixture *f, gconstpointer data)
{
  gint64 here = find_pending (f, 1), there = find_pending (f, here);
  guint n_mails = sync_fixture_count_mails (f);
  const gint64 both[] = { here, there };

  g_assert_cmpint (sync_fixture_stage (f, "approve", here, 0, NULL), >, 0);
  g_assert_cmpint (sync_fixture_do_there (f, "approve", there, 0, NULL), ==, REG_OUTCOME_APPLIED);
  g_assert_cmpint (sync_fixture_sync (f).n_applied, ==, 1);
  for (guint i = 0; i < G_N_ELEMENTS (both); i++)
    {
      g_autoptr (RegUser) user = get_user (f, both[i]);

      g_assert_cmpint (user->state, ==, REG_USER_STATE_ACTIVE);
      g_assert_cmpint (user->approved_at, !=, 0);
      g_assert_cmpint (user->notified_at, ==, 0);
    }
  g_assert_cmpuint (sync_fixture_count_mails (f), ==, n_mails);
  for (guint i = 1; i <= 2; i++)
    {
      g_autoptr (RegUser) user = NULL;

      g_assert_cmpint (sync_fixture_stage (f, "notify", here, 0, NULL), >, 0);
      g_assert_cmpuint (sync_fixture_count_mails (f), ==, n_mails + i - 1);
      g_assert_cmpint (sync_fixture_sync (f).n_applied, ==, 1);
      g_assert_cmpuint (sync_fixture_count_mails (f), ==, n_mails + i);
      user = get_user (f, here);
      g_assert_cmpint (user->notified_at, !=, 0);
    }
  sync_fixture_assert_same (f);
}

/* T-24: what is selected by "all" of a filtered list is the filter's result, to the last of 50 000,
 * and a step on it concerns exactly these. */
static void
test_t24_select_all (void)
{
  enum
  {
    N_USERS = 50000
  };
  RegTestFolder folder;
  g_autoptr (GError) error = NULL;
  g_autoptr (RegStore) store = NULL;
  g_autoptr (RegIdList) found = NULL, archived = NULL;
  g_autofree RegStepTarget *targets = NULL;
  const RegUserQuery query = { .search = "family000", .sort = REG_USER_SORT_EMAIL };
  const RegUserQuery after = { .states = 1u << REG_USER_STATE_ARCHIVED,
                               .sort = REG_USER_SORT_EMAIL };
  RegStep step = { .operation = reg_operation_find ("archive"),
                   .title = "Archive",
                   .actor_id = 1,
                   .actor_role = REG_ROLE_PRIMARY_ADMIN,
                   .now = 1795000000 };
  RegStepResult result = { 0 };

  reg_test_folder_init (&folder);
  store = reg_store_open (folder.path, &error);
  g_assert_no_error (error);
  reg_test_store_fill (store, N_USERS, 1);
  found = reg_store_query_users (store, &query, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (found->n, ==, 99);
  targets = g_new0 (RegStepTarget, found->n);
  for (gsize i = 0; i < found->n; i++)
    targets[i].user_id = found->ids[i];
  step.targets = targets;
  step.n_targets = found->n;
  g_assert_true (reg_store_stage (store, &step, &result, NULL, NULL, NULL, &error));
  g_assert_cmpint (result.n_staged, ==, (gint64)found->n);
  reg_step_result_clear (&result);
  archived = reg_store_query_users (store, &after, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (archived->ids, archived->n * sizeof (gint64), found->ids,
                   found->n * sizeof (gint64));
  g_clear_pointer (&store, reg_store_unref);
  reg_test_folder_clear (&folder);
}

static void
set_up (SyncFixture *f, gconstpointer data)
{
  sync_fixture_set_up (f, 700);
  sync_fixture_sync (f);
}

static void
tear_down (SyncFixture *f, gconstpointer data)
{
  sync_fixture_tear_down (f);
}

#define ADD(path, func) g_test_add (path, SyncFixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/acceptance/t-08-due-dates", test_t08_due_dates);
  ADD ("/acceptance/t-17-unenroll", test_t17_unenroll);
  ADD ("/acceptance/t-22-approve", test_t22_approve);
  g_test_add_func ("/acceptance/t-24-select-all", test_t24_select_all);
  return g_test_run ();
}
