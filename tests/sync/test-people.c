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

static gint64
stage_manager (SyncFixture *f, gint64 user_id, gint64 manager_id)
{
  g_autofree char *params = g_strdup_printf ("manager_id=%" G_GINT64_FORMAT, manager_id);

  sync_fixture_stage (f, "edit-user", user_id, 0, params);
  return user_id;
}

/* Somebody who was made here is the manager of others who were, and of people who were there; two
 * of them are each other's. One sync brings all of it there. */
static void
test_manager_offline (void)
{
  SyncFixture f;
  g_autoptr (RegUser) nova = NULL, mira = NULL, old = NULL;
  g_autofree char *params = NULL;
  gint64 id, other;

  set_up (&f);
  id = sync_fixture_add_user (&f, "email=nova@example.com");
  params = g_strdup_printf ("email=mira@example.com;manager_id=%" G_GINT64_FORMAT, id);
  other = sync_fixture_add_user (&f, params);
  stage_manager (&f, id, other);
  stage_manager (&f, 5, id);
  g_assert_cmpint (sync_fixture_sync (&f).n_applied, ==, 4);
  nova = find (&f, "nova@example.com");
  mira = find (&f, "mira@example.com");
  old = reg_store_get_user (f.store, 5, NULL);
  g_assert_cmpint (nova->id, >, 0);
  g_assert_cmpint (mira->manager_id, ==, nova->id);
  g_assert_cmpint (nova->manager_id, ==, mira->id);
  g_assert_cmpint (old->manager_id, ==, nova->id);
  sync_fixture_assert_same (&f);
  sync_fixture_tear_down (&f);
}

/* The manager is not added after all: the others are, without one. */
static void
test_manager_taken_back (void)
{
  SyncFixture f;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) batches = NULL;
  g_autoptr (RegUser) mira = NULL, old = NULL;
  g_autofree char *params = NULL;
  gint64 id, counter, n;

  set_up (&f);
  id = sync_fixture_add_user (&f, "email=nova@example.com");
  params = g_strdup_printf ("email=mira@example.com;manager_id=%" G_GINT64_FORMAT, id);
  sync_fixture_add_user (&f, params);
  stage_manager (&f, 5, id);
  batches = reg_store_list_batches (f.store, FALSE, &error);
  reg_store_undo_batch (f.store, ((RegBatch *)g_ptr_array_index (batches, batches->len - 1))->id,
                        &counter, &n, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (sync_fixture_sync (&f).n_applied, ==, 1);
  mira = find (&f, "mira@example.com");
  old = reg_store_get_user (f.store, 5, NULL);
  g_assert_cmpint (mira->manager_id, ==, 0);
  g_assert_cmpint (old->manager_id, >=, 0);
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

/* params: with a semicolon between them; counter: what takes it back after the sync */
typedef struct
{
  const char *operation;
  const char *params;
  const char *before; /* (nullable): done at the LMS first */
  const char *counter;
  guint n_mails;
} Case;

static const Case cases[] = {
  { "approve", NULL, "pending", NULL, 0 },
  { "approve", "notify=true", "pending", NULL, 1 },
  { "notify", NULL, NULL, NULL, 1 },
  { "reset-password", NULL, NULL, NULL, 1 },
  { "archive", NULL, NULL, "restore", 0 },
  { "restore", NULL, "archive", "archive", 0 },
  { "edit-user", "given_name=Nova;family_name=Star", NULL, "edit-user", 0 },
  { "set-role", "role=manager", NULL, "set-role", 0 },
  { "set-groups", "add_labels=,7,9,", NULL, "set-groups", 0 },
  { "set-groups", "add_labels=,7,;remove_labels=,8,", NULL, "set-groups", 0 },
};

static void
forget_times (RegUser *user)
{
  user->approved_at = user->approved_at != 0;
  user->notified_at = user->notified_at != 0;
  user->archived_at = user->archived_at != 0;
}

static gint64
find_somebody (SyncFixture *f, RegUserState state)
{
  for (gint64 id = 20; id < 300; id++)
    {
      g_autoptr (RegUser) user = reg_store_get_user (f->store, id, NULL);

      if (user != NULL && user->state == state && user->role == REG_ROLE_LEARNER)
        return id;
    }
  g_assert_not_reached ();
}

/* T-25, for operations on people; T-22 in its mails. */
static void
test_case (gconstpointer data)
{
  const Case *c = data;
  SyncFixture f;
  g_autoptr (GError) error = NULL;
  g_autoptr (RegUser) before = NULL, undone = NULL, mine = NULL, theirs = NULL;
  gint64 id, batch, counter, n;

  sync_fixture_set_up (&f, 0);
  sync_fixture_sync (&f);
  id = find_somebody (&f, g_strcmp0 (c->before, "pending") == 0 ? REG_USER_STATE_PENDING
                                                                : REG_USER_STATE_ACTIVE);
  if (g_strcmp0 (c->before, "archive") == 0)
    {
      sync_fixture_do_there (&f, "archive", id, 0, NULL);
      sync_fixture_sync (&f);
    }
  before = reg_store_get_user (f.store, id, &error);

  batch = sync_fixture_stage (&f, c->operation, id, 0, c->params);
  g_assert_cmpint (batch, >, 0);
  reg_store_undo_batch (f.store, batch, &counter, &n, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  undone = reg_store_get_user (f.store, id, &error);
  g_assert_true (reg_user_equal (before, undone));
  g_assert_cmpint (sync_fixture_sync (&f).n_applied, ==, 0);
  g_assert_cmpuint (sync_fixture_count_mails (&f), ==, 0);

  batch = sync_fixture_stage (&f, c->operation, id, 0, c->params);
  mine = reg_store_get_user (f.store, id, &error);
  g_assert_cmpint (sync_fixture_sync (&f).n_applied, ==, 1);
  theirs = reg_store_get_user (f.store, id, &error);
  forget_times (mine);
  forget_times (theirs);
  g_assert_true (reg_user_equal (mine, theirs));
  g_assert_cmpuint (sync_fixture_count_mails (&f), ==, c->n_mails);
  sync_fixture_assert_same (&f);

  g_assert_cmpint (reg_store_undo_batch (f.store, batch, &counter, &n, NULL, NULL, NULL, &error),
                   ==, c->counter != NULL);
  if (c->counter != NULL)
    {
      g_autoptr (RegChange) change = sync_fixture_dup_change (&f, REG_CHANGE_PENDING);
      g_autoptr (RegUser) again = NULL;

      g_assert_cmpstr (change->operation, ==, c->counter);
      g_assert_cmpint (sync_fixture_sync (&f).n_applied, ==, 1);
      again = reg_store_get_user (f.store, id, &error);
      forget_times (before);
      forget_times (again);
      g_assert_true (reg_user_equal (before, again));
    }
  sync_fixture_assert_same (&f);
  sync_fixture_tear_down (&f);
}

/* Two people change the groups of one person: both stay. */
static void
test_groups_merge (void)
{
  SyncFixture f;
  g_autoptr (RegUser) user = NULL;
  gint64 id;

  sync_fixture_set_up (&f, 0);
  sync_fixture_sync (&f);
  id = find_somebody (&f, REG_USER_STATE_ACTIVE);
  sync_fixture_stage (&f, "set-groups", id, 0, "add_labels=,7,");
  sync_fixture_do_there (&f, "set-groups", id, 0, "add_labels=,9,");
  sync_fixture_sync (&f);
  user = reg_store_get_user (f.store, id, NULL);
  g_assert_true (reg_user_has_label (user, 9) && reg_user_has_label (user, 7));
  g_assert_cmpint (sync_fixture_count (&f, REG_CHANGE_CONFLICT), ==, 0);
  sync_fixture_assert_same (&f);
  sync_fixture_tear_down (&f);
}

static gint64
get_available (SyncFixture *f, gint64 pool_id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) pools = reg_store_list_pools (f->store, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < pools->len; i++)
    if (((RegLicensePool *)g_ptr_array_index (pools, i))->id == pool_id)
      return ((RegLicensePool *)g_ptr_array_index (pools, i))->available;
  g_assert_not_reached ();
}

/* Takes the person out of every course. Returns: (transfer full): those they were never in */
static GPtrArray *
clear_courses (SyncFixture *f, gint64 user_id)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *courses = reg_store_list_courses (f->store, &error);

  g_assert_no_error (error);
  for (guint i = courses->len; i > 0; i--)
    {
      const RegCourse *course = g_ptr_array_index (courses, i - 1);
      g_autoptr (RegEnrollment) there =
          reg_store_get_enrollment (f->store, user_id, course->id, &error);

      if (there == NULL || !there->present)
        continue;
      sync_fixture_do_there (f, "remove-user", user_id, course->id, NULL);
      g_ptr_array_remove_index (courses, i - 1);
    }
  return courses;
}

/* T-16: a whole account that is archived gives back the licenses of courses that were never
 * accessed; the pool says so before the sync, and is the LMS's after it. */
static void
test_archive_pool (void)
{
  SyncFixture f;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) courses = NULL;
  gint64 id, unused = 0, used = 0, pool = 0, used_pool = 0, before, used_before, batch, counter, n;

  sync_fixture_set_up (&f, 0);
  sync_fixture_sync (&f);
  id = find_somebody (&f, REG_USER_STATE_ACTIVE);
  courses = clear_courses (&f, id);
  for (guint i = 0; i < courses->len; i++)
    {
      const RegCourse *course = g_ptr_array_index (courses, i);

      if (course->pool_id != 0 && unused == 0)
        {
          unused = course->id;
          pool = course->pool_id;
        }
      else if (course->pool_id != 0 && used == 0)
        {
          used = course->id;
          used_pool = course->pool_id;
        }
    }
  g_assert_cmpint (used, >, 0);
  sync_fixture_do_there (&f, "assign", id, unused, NULL);
  sync_fixture_do_there (&f, "assign", id, used, NULL);
  sync_fixture_learn (&f, id, used, 40);
  sync_fixture_sync (&f);
  before = get_available (&f, pool);
  used_before = get_available (&f, used_pool);

  batch = sync_fixture_stage (&f, "archive", id, 0, NULL);
  g_assert_cmpint (get_available (&f, pool), ==, before + 1);
  g_assert_cmpint (get_available (&f, used_pool), ==, used_before);
  reg_store_undo_batch (f.store, batch, &counter, &n, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (get_available (&f, pool), ==, before);
  sync_fixture_stage (&f, "archive", id, 0, NULL);
  g_assert_cmpint (sync_fixture_sync (&f).n_applied, ==, 1);
  g_assert_cmpint (get_available (&f, pool), ==, before + 1);
  g_assert_cmpint (get_available (&f, used_pool), ==, used_before);
  sync_fixture_assert_same (&f);
  /* Restoring takes it again. */
  sync_fixture_stage (&f, "restore", id, 0, NULL);
  g_assert_cmpint (get_available (&f, pool), ==, before);
  g_assert_cmpint (sync_fixture_sync (&f).n_applied, ==, 1);
  g_assert_cmpint (get_available (&f, pool), ==, before);
  g_assert_cmpint (get_available (&f, used_pool), ==, used_before);
  sync_fixture_assert_same (&f);
  sync_fixture_tear_down (&f);
}

/* T-16, the choice: the old activity is archived, unused licenses return, the user stays active and
 * can be assigned the course anew. Offline, or by the LMS itself. */
static void
test_keep_active (gconstpointer data)
{
  gboolean online = GPOINTER_TO_INT (data);
  SyncFixture f;
  g_autoptr (GError) error = NULL;
  g_autoptr (RegUser) user = NULL;
  g_autoptr (GPtrArray) courses = NULL;
  gint64 id, unused = 0, used = 0, pool, before, batch, counter, n;

  sync_fixture_set_up (&f, 0);
  sync_fixture_sync (&f);
  id = find_somebody (&f, REG_USER_STATE_ACTIVE);
  courses = clear_courses (&f, id);
  for (guint i = 0; i < courses->len; i++)
    {
      const RegCourse *course = g_ptr_array_index (courses, i);

      if (course->pool_id != 0 && unused == 0)
        unused = course->id;
      else if (course->kind == REG_COURSE_SELF_PACED && used == 0)
        used = course->id;
    }
  g_assert_cmpint (unused, >, 0);
  g_assert_cmpint (used, >, 0);
  sync_fixture_do_there (&f, "assign", id, unused, NULL);
  sync_fixture_do_there (&f, "assign", id, used, NULL);
  sync_fixture_learn (&f, id, used, 40);
  sync_fixture_sync (&f);
  {
    g_autoptr (RegCourse) course = reg_store_get_course (f.store, unused, &error);

    pool = course->pool_id;
  }
  before = get_available (&f, pool);

  if (online)
    {
      g_assert_cmpint (sync_fixture_do_there (&f, "archive", id, 0, "keep_active=true"), ==,
                       REG_OUTCOME_APPLIED);
      sync_fixture_sync (&f);
    }
  else
    {
      batch = sync_fixture_stage (&f, "archive", id, 0, "keep_active=true");
      g_assert_cmpint (get_available (&f, pool), ==, before + 1);
      reg_store_undo_batch (f.store, batch, &counter, &n, NULL, NULL, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpint (n, ==, 2);
      g_assert_cmpint (get_available (&f, pool), ==, before);
      sync_fixture_stage (&f, "archive", id, 0, "keep_active=true");
      g_assert_cmpint (sync_fixture_sync (&f).n_applied, ==, 2);
    }
  user = reg_store_get_user (f.store, id, &error);
  g_assert_cmpint (user->state, ==, REG_USER_STATE_ACTIVE);
  g_assert_cmpint (get_available (&f, pool), ==, before + 1);
  {
    g_autoptr (RegEnrollment) old = reg_store_get_enrollment (f.store, id, used, &error);

    g_assert_true (old->archived);
    g_assert_cmpint (old->access, ==, REG_ACCESS_REVOKED);
    g_assert_cmpint (old->progress, ==, 40);
  }
  g_assert_cmpint (sync_fixture_stage (&f, "assign", id, used, NULL), >, 0);
  g_assert_cmpint (sync_fixture_sync (&f).n_applied, ==, 1);
  sync_fixture_assert_same (&f);
  sync_fixture_tear_down (&f);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/sync/people/%u-%s", i + 1, cases[i].operation);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/sync/people/groups-merge", test_groups_merge);
  g_test_add_func ("/sync/people/archive-pool", test_archive_pool);
  g_test_add_data_func ("/sync/people/keep-active", GINT_TO_POINTER (FALSE), test_keep_active);
  g_test_add_data_func ("/sync/people/keep-active-online", GINT_TO_POINTER (TRUE),
                        test_keep_active);
  g_test_add_func ("/sync/people/add-offline", test_add_offline);
  g_test_add_func ("/sync/people/manager-offline", test_manager_offline);
  g_test_add_func ("/sync/people/manager-taken-back", test_manager_taken_back);
  g_test_add_data_func ("/sync/people/add-cut", "cut-after-commit", test_add_answer_lost);
  g_test_add_data_func ("/sync/people/add-garbled", "garble", test_add_answer_lost);
  g_test_add_data_func ("/sync/people/add-refused", "refuse", test_add_answer_lost);
  g_test_add_data_func ("/sync/people/add-twice", "answer-twice", test_add_answer_lost);
  g_test_add_data_func ("/sync/people/add-corrected", GINT_TO_POINTER (TRUE), test_add_rejected);
  g_test_add_data_func ("/sync/people/add-discarded", GINT_TO_POINTER (FALSE), test_add_rejected);
  return g_test_run ();
}
