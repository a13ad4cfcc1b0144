/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is said of each target before a step is confirmed, and that the step does just that. */
#define G_LOG_DOMAIN "reg-test"

#include "store-fixture.h"

#include "store/reg-review.h"

#include <string.h>

#define DONE 5000

/* The fixture's 20 users and courses 1 … 3. In course 1 are users 1 … 5; here 4 and 5 have
 * completed it, 3 is unenrolled, 6 is archived and 7 is deactivated. Course 3 draws from a pool
 * of 4. */
static void
set_up (StoreFixture *f, gconstpointer data)
{
  g_autoptr (RegPage) page = reg_page_new ();

  store_fixture_set_up (f, data);
  for (gint64 id = 1; id <= 5; id++)
    {
      RegEnrollment *enrollment = reg_test_page_add_enrollment (page, id, 1, 1000 + id);

      enrollment->started_at = id == 1 ? 0 : 10;
      enrollment->progress = id == 1 ? 0 : id >= 4 ? 100 : 40;
      enrollment->completed_at = id >= 4 ? DONE : 0;
      if (id == 3)
        enrollment->access = REG_ACCESS_REVOKED;
    }
  reg_test_page_add_user (page, 6, 1010)->state = REG_USER_STATE_ARCHIVED;
  reg_test_page_add_user (page, 7, 1011)->state = REG_USER_STATE_DEACTIVATED;
  reg_test_page_add_pool (page, 1, 1012, 4)->name = (char *)"Safety";
  reg_test_page_add_course (page, 3, 1013)->pool_id = 1;
  reg_test_store_apply (f->store, page);
}

static RegReview *
review (StoreFixture *f,
        const char *operation,
        const char *params,
        const gint64 *courses,
        guint n_courses,
        gint64 last_user,
        const guint8 *last)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RegParams) step_params = make_params (params);
  g_autoptr (GPtrArray) items =
      g_ptr_array_new_with_free_func ((GDestroyNotify)reg_review_item_free);
  gint64 users[20];
  RegReviewRequest request = { .operation = reg_operation_find (operation),
                               .params = step_params,
                               .items = items,
                               .user_ids = users,
                               .n_users = (gsize)last_user,
                               .last = last,
                               .actor_id = ACTOR,
                               .actor_role = REG_ROLE_ADMINISTRATOR,
                               .now = NOW };
  RegReview *made;

  for (int i = 0; i < 20; i++)
    users[i] = i + 1;
  for (guint i = 0; i < n_courses; i++)
    g_ptr_array_add (items, reg_review_item_new (courses[i], NULL));
  made = reg_store_review (f->store, &request, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  return made;
}

static void
assert_row (const RegReview *made,
            gsize row,
            RegReviewVerdict verdict,
            RegStanding standing,
            RegReason reason)
{
  g_assert_cmpint (made->rows[row].verdict, ==, verdict);
  g_assert_cmpint (made->rows[row].standing, ==, standing);
  g_assert_cmpint (made->rows[row].reason, ==, reason);
  g_assert_cmpint (made->rows[row].sentence != NULL, ==, reason != REG_REASON_NONE);
}

/* T-06, T-13, W-39: who has the course is skipped, the others are assigned. */
static void
test_assign (StoreFixture *f, gconstpointer data)
{
  const gint64 courses[] = { 1, 2 };
  g_autofree char *before = dump_effective (f->folder.path);
  g_autofree char *after = NULL;
  g_autoptr (RegReview) made = review (f, "assign", "message=Hello", courses, 2, 8, NULL);

  g_assert_cmpuint (made->n_rows, ==, 16);
  assert_row (made, 0, REG_REVIEW_SKIP, REG_STANDING_ENROLLED, REG_REASON_ALREADY_ASSIGNED);
  assert_row (made, 2, REG_REVIEW_WILL, REG_STANDING_UNENROLLED, REG_REASON_NONE);
  assert_row (made, 3, REG_REVIEW_SKIP, REG_STANDING_COMPLETED, REG_REASON_ALREADY_ASSIGNED);
  assert_row (made, 5, REG_REVIEW_CANNOT, REG_STANDING_NONE, REG_REASON_USER_ARCHIVED);
  assert_row (made, 6, REG_REVIEW_CANNOT, REG_STANDING_NONE, REG_REASON_USER_DEACTIVATED);
  assert_row (made, 7, REG_REVIEW_WILL, REG_STANDING_NONE, REG_REASON_NONE);
  assert_row (made, 8, REG_REVIEW_WILL, REG_STANDING_NONE, REG_REASON_NONE);
  g_assert_cmpstr (made->rows[0].sentence, ==,
                   "Already assigned: not assigned a second time. No credit used, progress "
                   "unchanged.");
  g_assert_cmpint (made->rows[8].course_id, ==, 2);
  g_assert_cmpint (made->counts[REG_REVIEW_WILL], ==, 8);
  g_assert_cmpint (made->counts[REG_REVIEW_SKIP], ==, 4);
  g_assert_cmpint (made->counts[REG_REVIEW_CANNOT], ==, 4);
  g_assert_cmpint (made->n_enrolled, ==, 4);
  g_assert_cmpint (made->ledger.n_mails, ==, 8);
  after = dump_effective (f->folder.path);
  g_assert_cmpstr (before, ==, after);
}

/* D-01: completed users are reassigned unless they are to be skipped; how many is said. */
static void
test_reassign (StoreFixture *f, gconstpointer data)
{
  const gint64 course = 1;
  g_autoptr (RegReview) all = review (f, "reassign", NULL, &course, 1, 8, NULL);
  g_autoptr (RegReview) some = review (f, "reassign", "skip_completed=true", &course, 1, 8, NULL);
  g_autofree char *text = reg_ledger_dup_text (&all->ledger);

  assert_row (all, 0, REG_REVIEW_WILL, REG_STANDING_ENROLLED, REG_REASON_NONE);
  assert_row (all, 3, REG_REVIEW_WILL, REG_STANDING_COMPLETED, REG_REASON_NONE);
  assert_row (all, 7, REG_REVIEW_CANNOT, REG_STANDING_NONE, REG_REASON_NOT_ENROLLED);
  g_assert_cmpint (all->n_completed, ==, 2);
  g_assert_cmpint (all->counts[REG_REVIEW_WILL], ==, 4);
  g_assert_cmpstr (text, ==, "E-mails this will cause: 0");
  assert_row (some, 3, REG_REVIEW_SKIP, REG_STANDING_COMPLETED, REG_REASON_COMPLETED_SKIPPED);
  g_assert_cmpint (some->n_completed, ==, 0);
  g_assert_cmpint (some->counts[REG_REVIEW_WILL], ==, 2);
  g_assert_cmpint (some->counts[REG_REVIEW_SKIP], ==, 2);
}

/* K-11: an exhausted pool says who is left out; those looked at last give way to the others. */
static void
test_pool (StoreFixture *f, gconstpointer data)
{
  const gint64 course = 3;
  const guint8 last[10] = { 1, 1 };
  g_autoptr (RegReview) made = review (f, "assign", NULL, &course, 1, 10, NULL);
  g_autoptr (RegReview) again = review (f, "assign", NULL, &course, 1, 10, last);
  const RegLedgerLine *line = reg_ledger_find (&made->ledger, 1);
  g_autofree char *text = reg_ledger_dup_text (&made->ledger);

  g_assert_cmpint (made->counts[REG_REVIEW_WILL], ==, 4);
  assert_row (made, 3, REG_REVIEW_WILL, REG_STANDING_NONE, REG_REASON_NONE);
  assert_row (made, 4, REG_REVIEW_CANNOT, REG_STANDING_NONE, REG_REASON_LICENCE_SHORT);
  g_assert_cmpint (line->needed, ==, 4);
  g_assert_cmpint (line->available, ==, 4);
  g_assert_cmpint (line->left_out, ==, 4);
  g_assert_cmpstr (text, ==,
                   "Licenses, Safety: 4 needed, 4 available · 4 left out, because no license is "
                   "left\nE-mails this will cause: 0");
  assert_row (again, 0, REG_REVIEW_CANNOT, REG_STANDING_NONE, REG_REASON_LICENCE_SHORT);
  assert_row (again, 2, REG_REVIEW_WILL, REG_STANDING_NONE, REG_REASON_NONE);
  assert_row (again, 4, REG_REVIEW_WILL, REG_STANDING_NONE, REG_REASON_NONE);
}

/* Returned where the course was not accessed, used where it was; X-31 where only the LMS knows. */
static void
test_ledger (StoreFixture *f, gconstpointer data)
{
  const gint64 course = 3;
  g_autoptr (RegPage) page = reg_page_new ();
  g_autoptr (RegReview) unassign = NULL, reassign = NULL;
  g_autofree char *returned = NULL, *unknown = NULL;

  reg_test_page_add_enrollment (page, 1, 3, 2001);
  reg_test_page_add_enrollment (page, 2, 3, 2002)->started_at = 10;
  reg_test_store_apply (f->store, page);
  unassign = review (f, "unassign", NULL, &course, 1, 2, NULL);
  returned = reg_ledger_dup_licenses (&unassign->ledger);
  g_assert_cmpstr (returned, ==,
                   "Licenses, Safety: 0 needed, 4 available · 1 returned · 1 used, not returned");
  reassign = review (f, "reassign", NULL, &course, 1, 2, NULL);
  unknown = reg_ledger_dup_licenses (&reassign->ledger);
  g_assert_cmpstr (unknown, ==, "Licenses: The LMS decides");
}

/* What waits is told; the rows that are possible are staged, and no other. */
static void
test_stage (StoreFixture *f, gconstpointer data)
{
  const gint64 courses[] = { 1, 2 };
  const gint64 rows[] = { 1, 3, 8, 9 };
  g_autoptr (GError) error = NULL;
  g_autoptr (RegReview) made = review (f, "assign", NULL, courses, 2, 8, NULL);
  g_autoptr (RegReview) again = NULL;
  const RegStep step = {
    .title = "Assign", .actor_id = ACTOR, .actor_role = REG_ROLE_ADMINISTRATOR, .now = NOW
  };
  RegStepResult result;

  g_assert_true (reg_store_stage_review (f->store, made, rows, G_N_ELEMENTS (rows), &step, &result,
                                         NULL, NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (result.n_staged, ==, 3);
  g_assert_cmpuint (result.refusals->len, ==, 0);
  reg_step_result_clear (&result);
  assert_enrolled (f->store, 8, 1, TRUE);
  assert_enrolled (f->store, 1, 2, TRUE);
  assert_enrolled (f->store, 2, 2, FALSE);
  again = review (f, "assign", NULL, courses, 2, 8, NULL);
  assert_row (again, 7, REG_REVIEW_SKIP, REG_STANDING_ENROLLED, REG_REASON_ALREADY_ASSIGNED);
  g_assert_true (again->rows[7].is_waiting);
  g_assert_false (again->rows[0].is_waiting);
}

static void
assert_sorted (StoreFixture *f,
               const RegReview *made,
               guint verdicts,
               RegReviewSort sort,
               gboolean descending,
               const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (RegIdList) ids =
      reg_store_sort_review (f->store, made, verdicts, sort, descending, &error);

  g_assert_no_error (error);
  for (gsize i = 0; i < ids->n; i++)
    g_string_append_printf (text, "%s%d", i > 0 ? " " : "", (int)ids->ids[i]);
  g_assert_cmpstr (text->str, ==, expected);
}

static void
test_sort (StoreFixture *f, gconstpointer data)
{
  const gint64 courses[] = { 1, 2 };
  g_autoptr (RegReview) made = review (f, "assign", NULL, courses, 2, 4, NULL);

  assert_sorted (f, made, 0, REG_REVIEW_SORT_NAME, FALSE, "1 5 2 6 3 7 4 8");
  assert_sorted (f, made, 0, REG_REVIEW_SORT_NAME, TRUE, "8 4 7 3 6 2 5 1");
  assert_sorted (f, made, 0, REG_REVIEW_SORT_COURSE, FALSE, "1 2 3 4 5 6 7 8");
  assert_sorted (f, made, 0, REG_REVIEW_SORT_STANDING, FALSE, "5 6 7 8 1 2 4 3");
  assert_sorted (f, made, 1u << REG_REVIEW_SKIP, REG_REVIEW_SORT_VERDICT, FALSE, "1 2 4");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func)                                                                            \
  g_test_add ("/store/review/" name, StoreFixture, NULL, set_up, func, store_fixture_tear_down)
  ADD ("assign", test_assign);
  ADD ("reassign", test_reassign);
  ADD ("pool", test_pool);
  ADD ("ledger", test_ledger);
  ADD ("stage", test_stage);
  ADD ("sort", test_sort);
#undef ADD
  return g_test_run ();
}
