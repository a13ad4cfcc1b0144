/* SPDX-License-Identifier: GPL-3.0-or-later */
/* T-10, MAS-01 and X-28 for every operation: of a selection of people in all statuses, those for
 * whom it is possible are concerned, and of each other it is said beforehand why not. */
#define G_LOG_DOMAIN "reg-test"

#include "store-fixture.h"

#include "rules/reg-status.h"
#include "store/reg-review.h"

#include <string.h>

#define PLAIN 3
#define LED 2
#define SESSION 71

/* Who is where; ARCHIVED is in progress, but the account is archived. */
enum
{
  NOT_STARTED = 1,
  STARTED,
  IN_PROGRESS,
  SEATED,
  COMPLETED,
  UNENROLLED,
  ABSENT,
  ARCHIVED,
  UNCERTIFIED, /* completed, without a certificate */
  N_PEOPLE = UNCERTIFIED,
};

static void
enroll (RegPage *page, gint64 user, gint64 course, gint64 revision)
{
  RegEnrollment *enrollment;

  if (user == ABSENT)
    return;
  enrollment = reg_test_page_add_enrollment (page, user, course, revision);
  enrollment->started_at = user == NOT_STARTED || user == SEATED ? 0 : 10;
  enrollment->progress = user == COMPLETED ? 100 : user >= IN_PROGRESS && user != SEATED ? 40 : 0;
  if (user == COMPLETED || user == UNCERTIFIED)
    enrollment->completed_at = 20;
  if (user == COMPLETED)
    enrollment->certificate_at = 20;
  if (user == UNENROLLED)
    enrollment->access = REG_ACCESS_REVOKED;
  enrollment->archived = user == UNENROLLED;
  if (user == SEATED && course == LED)
    {
      enrollment->session_id = SESSION;
      enrollment->seat = REG_SEAT_ENROLLED;
    }
  if (user == STARTED)
    g_strlcpy (enrollment->due_date, "2031-05-05", sizeof enrollment->due_date);
  enrollment->is_instructor = user == IN_PROGRESS;
}

static void
set_up (StoreFixture *f, gconstpointer data)
{
  g_autoptr (RegPage) page = reg_page_new ();
  RegSession *session;

  store_fixture_set_up (f, data);
  reg_test_page_add_course (page, LED, 2000)->kind = REG_COURSE_ILT;
  for (int i = 0; i < 2; i++)
    {
      session = reg_test_page_add_session (page, SESSION + i, 2001 + i, LED);
      session->starts_at = NOW + 86400;
      session->ends_at = NOW + 90000;
    }
  for (gint64 user = 1; user <= N_PEOPLE; user++)
    {
      enroll (page, user, PLAIN, 2100 + user);
      enroll (page, user, LED, 2200 + user);
    }
  reg_test_page_add_user (page, ARCHIVED, 2300)->state = REG_USER_STATE_ARCHIVED;
  reg_test_store_apply (f->store, page);
}

static RegStatus
get_status (gint64 user, gint64 course)
{
  switch (user)
    {
    case NOT_STARTED:
      return REG_STATUS_NOT_STARTED;
    case STARTED:
      return REG_STATUS_STARTED;
    case SEATED:
      return course == LED ? REG_STATUS_ENROLLED : REG_STATUS_NOT_STARTED;
    case COMPLETED:
    case UNCERTIFIED:
      return REG_STATUS_COMPLETED;
    case UNENROLLED:
      return REG_STATUS_UNENROLLED;
    case ABSENT:
      return REG_STATUS_ABSENT;
    default:
      return REG_STATUS_IN_PROGRESS;
    }
}

static const char *
get_params (const char *operation)
{
  static const char *const params[][2] = { { "set-due-date", "due_date=2031-01-01" },
                                           { "change-session", "session_id=72" } };

  for (guint i = 0; i < G_N_ELEMENTS (params); i++)
    if (strcmp (params[i][0], operation) == 0)
      return params[i][1];
  return NULL;
}

static void
test_operation (StoreFixture *f, gconstpointer data)
{
  const RegOperation *operation = data;
  g_autoptr (RegParams) params = make_params (get_params (operation->name));
  g_autoptr (RegReview) review = NULL;
  g_autoptr (GError) error = NULL;
  gint64 course = operation->kinds != 0 ? LED : PLAIN, ids[N_PEOPLE], rows[N_PEOPLE];
  RegReviewRequest request = { .operation = operation,
                               .params = params,
                               .enrollment_ids = ids,
                               .n_enrollments = N_PEOPLE,
                               .actor_id = ACTOR,
                               .actor_role = REG_ROLE_ADMINISTRATOR,
                               .now = NOW };
  const RegStep step = {
    .title = "Mixed", .actor_id = ACTOR, .actor_role = REG_ROLE_ADMINISTRATOR, .now = NOW
  };
  RegStepResult result;

  for (gint64 user = 1; user <= N_PEOPLE; user++)
    {
      ids[user - 1] = reg_enrollment_id (user, course);
      rows[user - 1] = user;
    }
  review = reg_store_review (f->store, &request, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (review->n_rows, ==, N_PEOPLE);
  for (gint64 user = 1; user <= N_PEOPLE; user++)
    {
      const RegReviewRow *row = &review->rows[user - 1];
      gboolean fits = user != ARCHIVED
                      && (operation->statuses & REG_STATUS_BIT (get_status (user, course))) != 0;

      g_test_message ("%s: %d: %s", operation->name, (int)user,
                      row->sentence != NULL ? row->sentence : "possible");
      g_assert_cmpint (row->user_id, ==, user);
      g_assert_true (fits || row->verdict != REG_REVIEW_WILL);
      g_assert_cmpint (row->sentence != NULL && *row->sentence != '\0', ==,
                       row->verdict != REG_REVIEW_WILL);
    }
  /* the selection is a mixed one for each operation */
  g_assert_cmpint (review->counts[REG_REVIEW_WILL], >, 0);
  g_assert_cmpint (review->counts[REG_REVIEW_SKIP] + review->counts[REG_REVIEW_CANNOT], >, 0);
  g_assert_cmpint (review->counts[REG_REVIEW_WILL] + review->counts[REG_REVIEW_SKIP]
                       + review->counts[REG_REVIEW_CANNOT],
                   ==, N_PEOPLE);
  g_assert_true (reg_store_stage_review (f->store, review, rows, N_PEOPLE, &step, &result, NULL,
                                         NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (result.n_staged, ==, review->counts[REG_REVIEW_WILL]);
  reg_step_result_clear (&result);
}

int
main (int argc, char **argv)
{
  guint n;
  const RegOperation *const *operations = reg_operation_list (&n);

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < n; i++)
    /* what ends is renewed: of that is a test of its own */
    if (operations[i]->target == REG_TARGET_ENROLLMENT
        && strcmp (operations[i]->name, "renew") != 0)
      {
        g_autofree char *path = g_strdup_printf ("/store/mixed/%s", operations[i]->name);

        g_test_add (path, StoreFixture, operations[i], set_up, test_operation,
                    store_fixture_tear_down);
      }
  return g_test_run ();
}
