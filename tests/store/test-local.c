/* SPDX-License-Identifier: GPL-3.0-or-later */
/* People made here, before the LMS knows them and when it answers. */
#define G_LOG_DOMAIN "reg-test"

#include "store-fixture.h"

#include "store/reg-store-pull.h"

#include <string.h>

static void
add_user (StoreFixture *fixture, const char *params, gint64 *batch_id, gint64 *user_id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RegParams) parsed = make_params (params);
  RegStepTarget target = { 0 };
  RegStepResult result;
  RegStep step = { .operation = reg_operation_find ("add-user"),
                   .params = parsed,
                   .targets = &target,
                   .n_targets = 1,
                   .title = "add-user",
                   .actor_id = ACTOR,
                   .actor_role = REG_ROLE_ADMINISTRATOR,
                   .now = NOW };

  reg_store_stage (fixture->store, &step, &result, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (result.refusals->len, ==, 0);
  g_assert_cmpint (result.user_id, <, 0);
  *batch_id = result.batch_id;
  *user_id = result.user_id;
  reg_step_result_clear (&result);
}

static RegUser *
get_user (StoreFixture *fixture, gint64 id)
{
  g_autoptr (GError) error = NULL;
  RegUser *user = reg_store_get_user (fixture->store, id, &error);

  g_clear_error (&error);
  return user;
}

static GPtrArray *
take (StoreFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *changes = reg_store_take_changes (fixture->store, 100, NOW, &error);

  g_assert_no_error (error);
  return changes;
}

/* One answer to the one change that was being sent. */
static void
answer (StoreFixture *fixture, const RegChange *change, RegOutcomeKind kind, gint64 user_id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) outcomes =
      g_ptr_array_new_with_free_func ((GDestroyNotify)reg_outcome_free);
  RegOutcome *outcome = reg_outcome_new (change->id, kind);

  if (user_id != 0)
    {
      outcome->user = reg_user_new ();
      outcome->user->id = user_id;
      outcome->user->revision = 70;
      g_free (outcome->user->email);
      outcome->user->email = g_strdup (reg_params_get (change->params, "email"));
    }
  g_ptr_array_add (outcomes, outcome);
  reg_store_put_outcomes (fixture->store, outcomes, &error);
  g_assert_no_error (error);
}

static void
test_like_anybody (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RegUser) user = NULL;
  g_autofree char *before = dump_effective (fixture->folder.path);
  g_autofree char *after = NULL;
  gint64 add, second, id, other;

  add_user (fixture, "email=new@example.com given_name=Nova", &add, &id);
  add_user (fixture, "employee_id=0099", &second, &other);
  g_assert_cmpint (other, <, id);
  stage (fixture->store, "edit-user", "family_name=Star", 0, id, id);
  stage (fixture->store, "assign", NULL, 1, id, id);
  stage (fixture->store, "assign", NULL, 2, id, id);
  stage (fixture->store, "approve", NULL, 0, id, id);
  assert_consistent (fixture->folder.path);
  user = get_user (fixture, id);
  g_assert_cmpstr (user->given_name, ==, "Nova");
  g_assert_cmpstr (user->family_name, ==, "Star");
  g_assert_cmpint (user->state, ==, REG_USER_STATE_ACTIVE);
  assert_enrolled (fixture->store, id, 1, TRUE);
  g_assert_cmpint (reg_store_find_user (fixture->store, "NEW@example.com", &error), ==, id);
  g_assert_cmpint (reg_store_find_user (fixture->store, "0099", &error), ==, other);

  /* What is queued for a person goes with the person. */
  g_assert_cmpint (reg_store_count_dependants (fixture->store, add, NULL, 0, &error), ==, 4);
  g_assert_cmpint (reg_store_count_dependants (fixture->store, second, NULL, 0, &error), ==, 0);
  undo (fixture->store, add, NULL);
  assert_consistent (fixture->folder.path);
  g_assert_null (get_user (fixture, id));
  undo (fixture->store, second, NULL);
  after = dump_effective (fixture->folder.path);
  g_assert_cmpstr (after, ==, before);
  g_assert_cmpuint (answer_all (fixture->store, REG_OUTCOME_APPLIED, NULL), ==, 0);
}

/* Everything waits for the adding, and goes with the LMS's id. */
static void
test_rekey (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) first = NULL, second = NULL;
  g_autoptr (RegUser) user = NULL;
  const RegChange *change;
  gint64 add, edit, one, undone, id, when;

  add_user (fixture, "email=new@example.com", &add, &id);
  edit = stage (fixture->store, "edit-user", "given_name=Nova", 0, id, id);
  one = stage (fixture->store, "assign", "due_date=2030-01-01", 1, id, id);
  undone = stage (fixture->store, "assign", NULL, 2, id, id);
  undo (fixture->store, undone, NULL);
  stage (fixture->store, "assign", NULL, 2, 6, 6);

  first = take (fixture);
  g_assert_cmpuint (first->len, ==, 2);
  change = g_ptr_array_index (first, 0);
  g_assert_cmpstr (change->operation, ==, "add-user");
  g_assert_cmpint (((RegChange *)g_ptr_array_index (first, 1))->user_id, ==, 6);
  second = take (fixture);
  g_assert_cmpuint (second->len, ==, 0);
  g_clear_pointer (&second, g_ptr_array_unref);

  answer (fixture, change, REG_OUTCOME_APPLIED, 4711);
  assert_consistent (fixture->folder.path);
  g_assert_null (get_user (fixture, id));
  user = get_user (fixture, 4711);
  g_assert_cmpstr (user->email, ==, "new@example.com");
  g_assert_cmpstr (user->given_name, ==, "Nova");
  assert_enrolled (fixture->store, id, 1, FALSE);
  assert_due (fixture->store, 4711, 1, "2030-01-01");
  assert_state (fixture->store, add, 4711, REG_CHANGE_DONE);
  assert_state (fixture->store, edit, 4711, REG_CHANGE_PENDING);
  assert_state (fixture->store, one, 4711, REG_CHANGE_PENDING);
  assert_state (fixture->store, undone, 4711, REG_CHANGE_UNDONE);

  /* Somebody who still has the old id open can go on. */
  stage (fixture->store, "assign", NULL, 3, id, id);
  assert_enrolled (fixture->store, 4711, 3, TRUE);
  second = take (fixture);
  g_assert_cmpuint (second->len, ==, 1);
  g_assert_cmpint (((RegChange *)g_ptr_array_index (second, 0))->user_id, ==, 4711);
  /* An id is never used twice. */
  add_user (fixture, "email=other@example.com", &add, &when);
  g_assert_cmpint (when, <, id);
}

/* A pull brought the person before the lost answer was asked for. */
static void
test_pulled_before (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) taken = NULL;
  g_autoptr (RegPage) page = reg_page_new ();
  RegUser row = { .id = 4711, .revision = 70, .email = (char *)"new@example.com" };
  RegEnrollment enrollment = { .user_id = 4711,
                               .course_id = 1,
                               .revision = 71,
                               .present = TRUE,
                               .progress = 40,
                               .visible = TRUE };
  g_autoptr (RegEnrollment) shown = NULL;
  gint64 add, id;

  add_user (fixture, "email=new@example.com", &add, &id);
  stage (fixture->store, "assign", NULL, 1, id, id);
  taken = take (fixture);
  g_array_append_val (page->users, row);
  g_array_append_val (page->enrollments, enrollment);
  reg_store_apply_page (fixture->store, page, NULL, &error);
  g_assert_no_error (error);
  answer (fixture, g_ptr_array_index (taken, 0), REG_OUTCOME_APPLIED, 4711);
  assert_consistent (fixture->folder.path);
  g_assert_null (get_user (fixture, id));
  shown = reg_store_get_enrollment (fixture->store, 4711, 1, &error);
  g_assert_cmpint (shown->progress, ==, 40);
}

static void
test_rejected (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) taken = NULL, again = NULL, rest = NULL;
  g_autoptr (RegUser) user = NULL;
  gint64 add, edit, course, id, change_id, when;

  add_user (fixture, "email=new@example.com given_name=Nova", &add, &id);
  course = stage (fixture->store, "assign", NULL, 1, id, id);
  taken = take (fixture);
  answer (fixture, g_ptr_array_index (taken, 0), REG_OUTCOME_REJECTED, 0);
  assert_consistent (fixture->folder.path);
  user = get_user (fixture, id);
  g_assert_cmpstr (user->given_name, ==, "Nova");
  assert_enrolled (fixture->store, id, 1, TRUE);
  g_assert_true (reg_store_get_next_attempt (fixture->store, NOW, &when, &error));
  g_assert_cmpint (when, ==, 0);

  edit = stage (fixture->store, "edit-user", "email=better@example.com", 0, id, id);
  g_assert_true (reg_store_get_next_attempt (fixture->store, NOW, &when, &error));
  g_assert_cmpint (when, ==, 0);
  store_fixture_reopen (fixture);
  change_id = get_change_id (fixture->store, add, id);
  g_assert_true (reg_store_retry_changes (fixture->store, &change_id, 1, &error));
  g_assert_no_error (error);
  assert_state (fixture->store, edit, id, REG_CHANGE_UNDONE);
  assert_consistent (fixture->folder.path);
  again = take (fixture);
  g_assert_cmpuint (again->len, ==, 1);
  {
    RegChange *change = g_ptr_array_index (again, 0);

    g_assert_cmpstr (reg_params_get (change->params, "email"), ==, "better@example.com");
    g_assert_cmpstr (reg_params_get (change->params, "given_name"), ==, "Nova");
    answer (fixture, change, REG_OUTCOME_APPLIED, 4711);
  }
  assert_state (fixture->store, course, 4711, REG_CHANGE_PENDING);
  rest = take (fixture);
  g_assert_cmpuint (rest->len, ==, 1);
}

static void
test_discarded (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) taken = NULL;
  g_autofree char *before = dump_effective (fixture->folder.path);
  g_autofree char *after = NULL;
  gint64 add, id, change_id;

  add_user (fixture, "email=new@example.com", &add, &id);
  stage (fixture->store, "assign", NULL, 1, id, id);
  taken = take (fixture);
  answer (fixture, g_ptr_array_index (taken, 0), REG_OUTCOME_REJECTED, 0);
  change_id = get_change_id (fixture->store, add, id);
  g_assert_cmpint (reg_store_count_dependants (fixture->store, 0, &change_id, 1, &error), ==, 1);
  g_assert_true (reg_store_discard_changes (fixture->store, &change_id, 1, &error));
  after = dump_effective (fixture->folder.path);
  g_assert_cmpstr (after, ==, before);
  assert_consistent (fixture->folder.path);
}

/* Undoing an older change leaves the later ones of the same target queued; how many is known. */
static void
test_later (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 first = stage (fixture->store, "assign", NULL, 2, 1, 3), counter, n;
  gint64 later = stage (fixture->store, "set-due-date", "due_date=2031-01-01", 2, 2, 3);
  gint64 change_id = get_change_id (fixture->store, first, 2);

  g_assert_cmpint (reg_store_count_later (fixture->store, first, NULL, 0, &error), ==, 0);
  g_assert_true (reg_store_undo_changes (fixture->store, &change_id, 1, &n, &error));
  g_assert_cmpint (reg_store_count_later (fixture->store, 0, &change_id, 1, &error), ==, 1);
  g_assert_true (
      reg_store_undo_batch (fixture->store, first, &counter, &n, NULL, NULL, NULL, &error));
  g_assert_cmpint (reg_store_count_later (fixture->store, first, NULL, 0, &error), ==, 2);
  g_assert_cmpint (reg_store_count_later (fixture->store, later, NULL, 0, &error), ==, 0);
  g_assert_no_error (error);
}

/* Nobody is made twice, also not by two lines of one step. */
static void
test_duplicates (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RegUser) known = get_user (fixture, 3);
  g_autofree char *upper = g_ascii_strup (known->email, -1);
  g_autoptr (RegParams) same = reg_params_new (), one = make_params ("email=one@example.com");
  RegStepTarget targets[] = { { .params = same }, { .params = one }, { .params = one } };
  RegStep step = { .operation = reg_operation_find ("add-user"),
                   .targets = targets,
                   .n_targets = G_N_ELEMENTS (targets),
                   .title = "",
                   .actor_id = ACTOR,
                   .actor_role = REG_ROLE_ADMINISTRATOR,
                   .now = NOW };

  reg_params_set (same, "email", upper);
  for (step.dry_run = TRUE;; step.dry_run = FALSE)
    {
      RegStepResult result;
      RegRefusal *refusal;

      reg_store_stage (fixture->store, &step, &result, NULL, NULL, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpint (result.n_staged, ==, 1);
      g_assert_cmpuint (result.refusals->len, ==, 2);
      refusal = &g_array_index (result.refusals, RegRefusal, 1);
      g_assert_cmpuint (refusal->target, ==, 2);
      g_assert_cmpint (refusal->reason, ==, REG_REASON_USER_EXISTS);
      g_assert_nonnull (strstr (refusal->sentence, "one@example.com"));
      reg_step_result_clear (&result);
      if (!step.dry_run)
        break;
    }
  {
    guint n_refused;

    stage_full (fixture->store, "edit-user", "email=one@example.com", 0, 4, 4, &n_refused);
    g_assert_cmpuint (n_refused, ==, 1);
  }
}

/* The adding, what waits for it and what it was refused with outlive the database. */
static void
test_salvage (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) taken = NULL;
  g_autoptr (RegPage) page = reg_page_new ();
  g_autoptr (RegUser) user = NULL, other = NULL;
  g_autofree char *path = g_strdup (fixture->folder.path);
  g_autofree char *backup = NULL;
  RegCourse course = { .id = 1, .revision = 1, .code = (char *)"C1", .title = (char *)"One" };
  gint64 add, second, id, rejected;
  guint n_saved;

  add_user (fixture, "email=refused@example.com", &add, &rejected);
  taken = take (fixture);
  answer (fixture, g_ptr_array_index (taken, 0), REG_OUTCOME_REJECTED, 0);
  add_user (fixture, "employee_id=0099", &second, &id);
  stage (fixture->store, "assign", NULL, 1, id, id);
  g_clear_pointer (&fixture->store, reg_store_unref);
  fixture->store = reg_store_salvage (path, &backup, &n_saved, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n_saved, ==, 3);
  g_array_append_val (page->courses, course);
  reg_store_apply_page (fixture->store, page, NULL, &error);
  g_assert_no_error (error);
  user = get_user (fixture, id);
  g_assert_cmpstr (user->employee_id, ==, "0099");
  other = get_user (fixture, rejected);
  g_assert_cmpstr (other->email, ==, "refused@example.com");
  assert_enrolled (fixture->store, id, 1, TRUE);
  assert_consistent (fixture->folder.path);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function)                                                                        \
  g_test_add ("/store/local/" name, StoreFixture, NULL, store_fixture_set_up, function,            \
              store_fixture_tear_down)
  ADD ("like-anybody", test_like_anybody);
  ADD ("rekey", test_rekey);
  ADD ("pulled-before", test_pulled_before);
  ADD ("rejected", test_rejected);
  ADD ("discarded", test_discarded);
  ADD ("later", test_later);
  ADD ("duplicates", test_duplicates);
  ADD ("salvage", test_salvage);
#undef ADD
  return g_test_run ();
}
