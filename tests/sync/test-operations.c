/* SPDX-License-Identifier: GPL-3.0-or-later */
/* T-25: every operation on an enrollment, made offline and then synced: what this computer showed
 * is what the LMS made of it. It is taken back before the sync to the last field; after the sync by
 * its counter-change, or there is a plain refusal. */
#include "rules/reg-status.h"
#include "sync-fixture.h"

#include <string.h>

#define COURSE 1

/* before: what was done at the LMS first, words with blanks between; a number is the learner's
 * progress. after: what is there in the end, "-" for no enrollment. counter: what takes it back
 * after the sync; NULL where that is not possible. */
typedef struct
{
  const char *operation;
  const char *params;
  const char *before;
  RegStatus after;
  int progress;
  int attempt;
  gboolean has_certificate;
  const char *counter;
} Case;

static const Case cases[] = {
  { "assign", NULL, "", REG_STATUS_NOT_STARTED, 0, 1, FALSE, "unassign" },
  { "assign", NULL, "assign 60 unenroll", REG_STATUS_IN_PROGRESS, 60, 1, FALSE, "unassign" },
  { "set-due-date", "due_date=2031-01-01", "assign 60", REG_STATUS_IN_PROGRESS, 60, 1, FALSE,
    "set-due-date" },
  { "mark-complete", NULL, "assign 60", REG_STATUS_COMPLETED, 100, 1, TRUE, "mark-incomplete" },
  { "mark-incomplete", NULL, "assign 100", REG_STATUS_IN_PROGRESS, 100, 1, TRUE, "mark-complete" },
  { "mark-incomplete", "withdraw_certificate=true", "assign 100", REG_STATUS_IN_PROGRESS, 100, 1,
    FALSE, "mark-complete" },
  { "unassign", NULL, "assign 60", REG_STATUS_ABSENT, 0, 0, FALSE, "assign" },
  { "unenroll", NULL, "assign 60", REG_STATUS_UNENROLLED, 60, 1, FALSE, "assign" },
  { "archive-activity", NULL, "assign", REG_STATUS_UNENROLLED, 0, 1, FALSE, "restore-activity" },
  { "archive-activity", NULL, "assign 100", REG_STATUS_UNENROLLED, 100, 1, TRUE,
    "restore-activity" },
  { "restore-activity", NULL, "assign 60 archive-activity", REG_STATUS_IN_PROGRESS, 60, 1, FALSE,
    "archive-activity" },
  { "assign", NULL, "assign 60 archive-activity", REG_STATUS_NOT_STARTED, 0, 2, FALSE, "unassign" },
  { "reset-progress", NULL, "assign 60", REG_STATUS_NOT_STARTED, 0, 1, FALSE, NULL },
  { "reset-progress", NULL, "assign 100", REG_STATUS_NOT_STARTED, 0, 1, TRUE, NULL },
  { "reset-progress", "withdraw_certificate=true", "assign 100", REG_STATUS_NOT_STARTED, 0, 1,
    FALSE, NULL },
  { "remove-certificate", NULL, "assign 100", REG_STATUS_COMPLETED, 100, 1, FALSE,
    "generate-certificate" },
  { "generate-certificate", NULL, "assign 100 remove-certificate", REG_STATUS_COMPLETED, 100, 1,
    TRUE, "remove-certificate" },
  { "reassign", NULL, "assign 100", REG_STATUS_NOT_STARTED, 0, 2, FALSE, "unassign" },
  { "reassign", "remove_records=true", "assign 100", REG_STATUS_NOT_STARTED, 0, 2, FALSE, NULL },
  { "make-instructor", NULL, "assign 60", REG_STATUS_IN_PROGRESS, 60, 1, FALSE,
    "remove-instructor" },
  { "remove-instructor", NULL, "assign 100 make-instructor", REG_STATUS_COMPLETED, 100, 1, TRUE,
    "make-instructor" },
  { "remove-user", NULL, "assign 100", REG_STATUS_ABSENT, 0, 0, FALSE, NULL },
  { "remove-registration", NULL, "assign 60", REG_STATUS_ABSENT, 0, 0, FALSE, NULL },
  { "remove-registration", NULL, "assign 60 unenroll", REG_STATUS_ABSENT, 0, 0, FALSE, NULL },
};

static RegEnrollment *
get_enrollment (SyncFixture *f, gint64 user_id)
{
  g_autoptr (GError) error = NULL;
  RegEnrollment *enrollment = reg_store_get_enrollment (f->store, user_id, COURSE, &error);

  g_assert_no_error (error);
  if (enrollment == NULL)
    enrollment = reg_enrollment_new ();
  enrollment->user_id = user_id;
  enrollment->course_id = COURSE;
  return enrollment;
}

static gint64
find_not_enrolled (SyncFixture *f)
{
  for (gint64 id = 2; id < 200; id++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (RegUser) user = reg_store_get_user (f->store, id, &error);
      g_autoptr (RegEnrollment) enrollment = get_enrollment (f, id);

      g_assert_no_error (error);
      if (!enrollment->present && user->state == REG_USER_STATE_ACTIVE)
        return id;
    }
  g_assert_not_reached ();
}

static void
prepare (SyncFixture *f, const char *before, gint64 user_id)
{
  g_auto (GStrv) words = g_strsplit (before, " ", -1);

  for (guint i = 0; words[i] != NULL; i++)
    if (g_ascii_isdigit (*words[i]))
      sync_fixture_learn (f, user_id, COURSE, atoi (words[i]));
    else if (*words[i] != '\0')
      g_assert_cmpint (sync_fixture_do_there (f, words[i], user_id, COURSE, NULL), ==,
                       REG_OUTCOME_APPLIED);
  sync_fixture_sync (f);
}

/* The moment something happened is the LMS's to say: only whether it happened is compared. */
static void
forget_times (RegEnrollment *enrollment)
{
  enrollment->assigned_at = enrollment->assigned_at != 0;
  enrollment->started_at = enrollment->started_at != 0;
  enrollment->completed_at = enrollment->completed_at != 0;
  enrollment->certificate_at = enrollment->certificate_at != 0;
}

static void
assert_as_said (const Case *c, const RegEnrollment *enrollment)
{
  g_assert_cmpint (reg_enrollment_get_status (enrollment, REG_COURSE_SELF_PACED), ==, c->after);
  if (c->after == REG_STATUS_ABSENT)
    return;
  g_assert_cmpint (enrollment->progress, ==, c->progress);
  g_assert_cmpint (enrollment->attempt, ==, c->attempt);
  g_assert_cmpint (enrollment->certificate_at != 0, ==, c->has_certificate);
}

static void
undo (SyncFixture *f, gint64 batch, gint64 *counter, gboolean expected)
{
  g_autoptr (GError) error = NULL;
  gint64 n = 0;
  gboolean done = reg_store_undo_batch (f->store, batch, counter, &n, NULL, NULL, NULL, &error);

  if (!expected)
    {
      g_assert_false (done);
      g_assert_error (error, REG_STORE_ERROR, REG_STORE_ERROR_NOT_POSSIBLE);
      return;
    }
  g_assert_no_error (error);
  g_assert_cmpint (n, ==, 1);
}

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  SyncFixture f;
  g_autoptr (GError) error = NULL;
  g_autoptr (RegEnrollment) before = NULL, mine = NULL, theirs = NULL;
  gint64 user_id, batch, counter = 0;

  sync_fixture_set_up (&f, 700);
  sync_fixture_sync (&f);
  user_id = find_not_enrolled (&f);
  prepare (&f, c->before, user_id);
  before = get_enrollment (&f, user_id);

  /* taken back before it was sent */
  batch = sync_fixture_stage (&f, c->operation, user_id, COURSE, c->params);
  g_assert_cmpint (batch, >, 0);
  undo (&f, batch, &counter, TRUE);
  g_assert_cmpint (counter, ==, 0);
  mine = get_enrollment (&f, user_id);
  g_assert_true (reg_enrollment_equal (before, mine));
  g_assert_cmpint (mine->revision, ==, before->revision);
  g_clear_pointer (&mine, reg_enrollment_free);

  /* made again, and sent */
  batch = sync_fixture_stage (&f, c->operation, user_id, COURSE, c->params);
  mine = get_enrollment (&f, user_id);
  assert_as_said (c, mine);
  g_assert_cmpint (sync_fixture_sync (&f).n_applied, ==, 1);
  theirs = get_enrollment (&f, user_id);
  assert_as_said (c, theirs);
  forget_times (mine);
  forget_times (theirs);
  g_assert_true (reg_enrollment_equal (mine, theirs));
  sync_fixture_assert_same (&f);

  /* taken back after it was sent */
  g_assert_cmpint (reg_store_get_undoable_batch (f.store, &error), ==,
                   c->counter != NULL ? batch : 0);
  g_assert_no_error (error);
  undo (&f, batch, &counter, c->counter != NULL);
  if (c->counter != NULL)
    {
      g_autoptr (RegChange) change = sync_fixture_dup_change (&f, REG_CHANGE_PENDING);

      g_assert_cmpstr (change->operation, ==, c->counter);
      g_assert_cmpint (sync_fixture_sync (&f).n_applied, ==, 1);
    }
  sync_fixture_assert_same (&f);
  sync_fixture_tear_down (&f);
}

/* What loses progress waits for a person where the learner went on; theirs then stands or goes. */
static void
test_conflict (gconstpointer data)
{
  const char *operation = data;
  const char *params = strcmp (operation, "reassign") == 0 ? "remove_records=true" : NULL;
  SyncFixture f;
  g_autoptr (GError) error = NULL;
  g_autoptr (RegChange) change = NULL;
  g_autoptr (RegEnrollment) theirs = NULL, mine = NULL;
  RegSyncReport report;
  gint64 user_id;

  sync_fixture_set_up (&f, 700);
  sync_fixture_sync (&f);
  user_id = find_not_enrolled (&f);
  prepare (&f, "assign 20", user_id);
  g_assert_cmpint (sync_fixture_stage (&f, operation, user_id, COURSE, params), >, 0);
  sync_fixture_learn (&f, user_id, COURSE, 60);
  report = sync_fixture_sync (&f);
  g_assert_cmpint (report.n_conflicts, ==, 1);
  theirs = get_enrollment (&f, user_id);
  g_assert_cmpint (theirs->progress, ==, 60);
  change = sync_fixture_dup_change (&f, REG_CHANGE_CONFLICT);
  g_assert_cmpstr (reg_params_get (change->server, "progress"), ==, "60");

  reg_store_resolve_changes (f.store, &change->id, 1, TRUE, &error);
  g_assert_no_error (error);
  report = sync_fixture_sync (&f);
  g_assert_cmpint (report.n_applied, ==, 1);
  g_assert_cmpint (report.n_attention + report.n_left, ==, 0);
  mine = get_enrollment (&f, user_id);
  g_assert_cmpint (mine->progress, ==, 0);
  sync_fixture_assert_same (&f);
  sync_fixture_tear_down (&f);
}

/* What is said beforehand of somebody enrolled by a qualification. */
static void
assert_notice (SyncFixture *f, const char *operation, gint64 user_id, const char *expected)
{
  const RegStepTarget target = { .user_id = user_id, .course_id = COURSE };
  const RegStep step = { .operation = reg_operation_find (operation),
                         .targets = &target,
                         .n_targets = 1,
                         .title = "",
                         .actor_id = 1,
                         .actor_role = REG_ROLE_PRIMARY_ADMIN,
                         .dry_run = TRUE };
  RegStepResult result = { 0 };
  g_autoptr (GError) error = NULL;
  g_autofree char *notice = NULL;

  reg_store_stage (f->store, &step, &result, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (result.n_noticed, ==, 1);
  notice = reg_operation_dup_notice (step.operation, result.n_staged, result.n_noticed);
  g_assert_cmpstr (notice, ==, expected);
  reg_step_result_clear (&result);
}

/* T-17, K-13 and X-24: shown as gone until the sync, and then enrolled again, where the
 * registration was removed; who was unenrolled stays so. Both are said beforehand (W-33). */
static void
test_qualification (void)
{
  SyncFixture f;
  g_autoptr (RegEnrollment) unenrolled = NULL, mine = NULL, theirs = NULL;
  gint64 user_id;

  sync_fixture_set_up (&f, 700);
  sync_fixture_sync (&f);
  user_id = find_not_enrolled (&f);
  g_assert_cmpint (sync_fixture_do_there (&f, "assign", user_id, COURSE, "source=qualification"),
                   ==, REG_OUTCOME_APPLIED);
  prepare (&f, "60", user_id);
  assert_notice (&f, "unenroll", user_id,
                 "Enrolled based on a qualification; the LMS may enroll again.");
  sync_fixture_stage (&f, "unenroll", user_id, COURSE, NULL);
  g_assert_cmpint (sync_fixture_sync (&f).n_applied, ==, 1);
  unenrolled = get_enrollment (&f, user_id);
  g_assert_cmpint (unenrolled->access, ==, REG_ACCESS_REVOKED);
  g_assert_cmpint (unenrolled->progress, ==, 60);
  sync_fixture_assert_same (&f);

  assert_notice (&f, "remove-registration", user_id,
                 "This user was enrolled based on a qualification and will automatically be "
                 "re-enrolled after the registration is removed.");
  sync_fixture_stage (&f, "remove-registration", user_id, COURSE, NULL);
  mine = get_enrollment (&f, user_id);
  g_assert_false (mine->present);
  g_assert_cmpint (sync_fixture_sync (&f).n_applied, ==, 1);
  theirs = get_enrollment (&f, user_id);
  g_assert_true (theirs->present);
  g_assert_cmpint (theirs->progress, ==, 0);
  g_assert_cmpint (theirs->source, ==, REG_SOURCE_QUALIFICATION);
  sync_fixture_assert_same (&f);
  sync_fixture_tear_down (&f);
}

int
main (int argc, char **argv)
{
  static const char *const losing[] = { "unassign", "reset-progress", "remove-user",
                                        "remove-registration", "reassign" };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/sync/operations/%u-%s", i + 1, cases[i].operation);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  for (guint i = 0; i < G_N_ELEMENTS (losing); i++)
    {
      g_autofree char *path = g_strdup_printf ("/sync/operations/conflict-%s", losing[i]);

      g_test_add_data_func (path, losing[i], test_conflict);
    }
  g_test_add_func ("/sync/operations/qualification", test_qualification);
  return g_test_run ();
}
