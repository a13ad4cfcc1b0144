/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-test"

#include "store-fixture.h"

static GPtrArray *
take (RegStore *store)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *taken = reg_store_take_changes (store, 100, NOW, &error);

  g_assert_no_error (error);
  return taken;
}

static void
assert_take (RegStore *store, guint n)
{
  g_autoptr (GPtrArray) taken = take (store);

  g_assert_cmpuint (taken->len, ==, n);
}

static void
put_one (RegStore *store, RegOutcome *outcome)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) outcomes =
      g_ptr_array_new_with_free_func ((GDestroyNotify)reg_outcome_free);

  g_ptr_array_add (outcomes, outcome);
  reg_store_put_outcomes (store, outcomes, &error);
  g_assert_no_error (error);
}

/* A row of the user as the LMS has it now. */
static RegUser *
make_user (gint64 id, gint64 revision, RegUserState state)
{
  g_autoptr (RegPage) page = reg_page_new ();
  RegUser *user = reg_test_page_add_user (page, id, revision);

  user->state = state;
  return reg_user_copy (user);
}

static void
pull_user (RegStore *store, gint64 id, gint64 revision, const char *email, RegPullStats *stats)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RegPage) page = reg_page_new ();
  RegUser *user = reg_test_page_add_user (page, id, revision);

  if (email != NULL)
    user->email = (char *)email;
  reg_store_apply_page (store, page, stats, &error);
  g_assert_no_error (error);
}

static void
assert_email (RegStore *store, gint64 id, const char *email)
{
  g_autoptr (RegUser) user = reg_store_get_user (store, id, NULL);

  g_assert_cmpstr (user->email, ==, email);
}

static void
test_applied (StoreFixture *fixture, gconstpointer data)
{
  gint64 batch_id = stage (fixture->store, "archive", NULL, 0, 1, 2);
  RegOutcome *outcome =
      reg_outcome_new (get_change_id (fixture->store, batch_id, 1), REG_OUTCOME_APPLIED);
  g_autoptr (RegUser) user = NULL;

  assert_take (fixture->store, 2);
  assert_state (fixture->store, batch_id, 1, REG_CHANGE_SENDING);
  outcome->user = make_user (1, 50, REG_USER_STATE_ARCHIVED);
  outcome->user->archived_at = 777;
  put_one (fixture->store, outcome);
  assert_state (fixture->store, batch_id, 1, REG_CHANGE_DONE);
  assert_state (fixture->store, batch_id, 2, REG_CHANGE_SENDING);
  user = reg_store_get_user (fixture->store, 1, NULL);
  g_assert_cmpint (user->archived_at, ==, 777);
  g_assert_cmpint (user->revision, ==, 50);
}

/* An answer that comes twice: the second says nothing new. */
static void
test_twice (StoreFixture *fixture, gconstpointer data)
{
  gint64 batch_id = stage (fixture->store, "archive", NULL, 0, 1, 1);
  gint64 id = get_change_id (fixture->store, batch_id, 1);

  assert_take (fixture->store, 1);
  put_one (fixture->store, reg_outcome_new (id, REG_OUTCOME_APPLIED));
  put_one (fixture->store, reg_outcome_new (id, REG_OUTCOME_REJECTED));
  assert_state (fixture->store, batch_id, 1, REG_CHANGE_DONE);
  assert_user_state (fixture->store, 1, REG_USER_STATE_ARCHIVED);
}

/* What the LMS refused is not shown as if it had happened; it can be sent again, with a new key. */
static void
test_rejected (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 batch_id = stage (fixture->store, "archive", NULL, 0, 1, 1);
  gint64 id = get_change_id (fixture->store, batch_id, 1);
  g_autoptr (RegChange) before = get_change (fixture->store, batch_id, 1);
  g_autoptr (RegChange) parked = NULL;
  g_autoptr (RegChange) after = NULL;
  RegOutcome *outcome = reg_outcome_new (id, REG_OUTCOME_REJECTED);

  assert_take (fixture->store, 1);
  outcome->code = g_strdup ("server-refused");
  outcome->sentence = g_strdup ("No.");
  put_one (fixture->store, outcome);
  assert_user_state (fixture->store, 1, REG_USER_STATE_ACTIVE);
  parked = get_change (fixture->store, batch_id, 1);
  g_assert_cmpstr (parked->sentence, ==, "No.");
  assert_take (fixture->store, 0);
  g_assert_true (reg_store_retry_changes (fixture->store, &id, 1, &error));
  assert_user_state (fixture->store, 1, REG_USER_STATE_ARCHIVED);
  after = get_change (fixture->store, batch_id, 1);
  g_assert_cmpstr (after->uuid, !=, before->uuid);
  g_assert_null (after->code);
  assert_take (fixture->store, 1);
  g_assert_false (reg_store_retry_changes (fixture->store, &id, 1, &error));
  g_assert_error (error, REG_STORE_ERROR, REG_STORE_ERROR_NOT_POSSIBLE);
}

static void
test_discard (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 batch_id = stage (fixture->store, "archive", NULL, 0, 1, 1);
  gint64 id = get_change_id (fixture->store, batch_id, 1);

  assert_take (fixture->store, 1);
  put_one (fixture->store, reg_outcome_new (id, REG_OUTCOME_REJECTED));
  g_assert_true (reg_store_discard_changes (fixture->store, &id, 1, &error));
  assert_state (fixture->store, batch_id, 1, REG_CHANGE_UNDONE);
  g_assert_false (reg_store_discard_changes (fixture->store, &id, 1, &error));
  g_assert_error (error, REG_STORE_ERROR, REG_STORE_ERROR_NOT_POSSIBLE);
}

static void
test_order (StoreFixture *fixture, gconstpointer data)
{
  gint64 edit = stage (fixture->store, "edit-user", "given_name=A", 0, 1, 1);
  gint64 archive = stage (fixture->store, "archive", NULL, 0, 1, 1);
  gint64 other = stage (fixture->store, "archive", NULL, 0, 2, 2);
  gint64 id = get_change_id (fixture->store, edit, 1);

  assert_take (fixture->store, 2);
  assert_state (fixture->store, archive, 1, REG_CHANGE_PENDING);
  assert_state (fixture->store, other, 2, REG_CHANGE_SENDING);
  /* Rejected, it holds up what comes after on the same target, and nothing else. */
  put_one (fixture->store, reg_outcome_new (id, REG_OUTCOME_REJECTED));
  assert_take (fixture->store, 0);
  stage (fixture->store, "archive", NULL, 0, 3, 3);
  assert_take (fixture->store, 1);
  g_assert_true (reg_store_discard_changes (fixture->store, &id, 1, NULL));
  assert_take (fixture->store, 1);
}

/* Somebody restored and then enrolled must be restored first. */
static void
test_account_before_enrollment (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (RegPage) page = reg_page_new ();
  gint64 restore, assign;

  reg_test_page_add_user (page, 7, 100)->state = REG_USER_STATE_ARCHIVED;
  reg_test_store_apply (fixture->store, page);
  restore = stage (fixture->store, "restore", NULL, 0, 7, 7);
  assign = stage (fixture->store, "assign", NULL, 2, 7, 7);
  assert_take (fixture->store, 1);
  assert_state (fixture->store, restore, 7, REG_CHANGE_SENDING);
  assert_state (fixture->store, assign, 7, REG_CHANGE_PENDING);
  put_one (fixture->store,
           reg_outcome_new (get_change_id (fixture->store, restore, 7), REG_OUTCOME_APPLIED));
  assert_take (fixture->store, 1);
}

static void
test_unknown (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 batch_id = stage (fixture->store, "archive", NULL, 0, 1, 2);
  gint64 id = get_change_id (fixture->store, batch_id, 1);
  g_autoptr (RegChange) before = get_change (fixture->store, batch_id, 1);
  g_autoptr (RegChange) after = NULL;
  g_autoptr (GPtrArray) unknown = NULL;

  assert_take (fixture->store, 2);
  store_fixture_reopen (fixture);
  g_assert_true (reg_store_mark_interrupted (fixture->store, &error));
  unknown = reg_store_list_unknown (fixture->store, 10, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (unknown->len, ==, 2);
  assert_take (fixture->store, 0);
  /* Still shown, and sent again under the same key where the LMS never saw it. */
  assert_user_state (fixture->store, 1, REG_USER_STATE_ARCHIVED);
  put_one (fixture->store, reg_outcome_new (id, REG_OUTCOME_UNKNOWN));
  after = get_change (fixture->store, batch_id, 1);
  g_assert_cmpstr (after->uuid, ==, before->uuid);
  assert_take (fixture->store, 1);
}

static void
test_postponed (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 batch_id = stage (fixture->store, "archive", NULL, 0, 1, 2);
  gint64 ids[2] = { get_change_id (fixture->store, batch_id, 1),
                    get_change_id (fixture->store, batch_id, 2) };
  g_autoptr (RegChange) change = NULL;
  gint64 when;

  g_assert_true (reg_store_get_next_attempt (fixture->store, NOW, &when, &error));
  g_assert_cmpint (when, ==, NOW);
  assert_take (fixture->store, 2);
  g_assert_true (reg_store_put_postponed (fixture->store, ids, 1, FALSE, NOW + 60, &error));
  g_assert_true (reg_store_put_postponed (fixture->store, ids + 1, 1, TRUE, NOW + 90, &error));
  assert_state (fixture->store, batch_id, 2, REG_CHANGE_UNKNOWN);
  change = get_change (fixture->store, batch_id, 1);
  g_assert_cmpint (change->not_before, ==, NOW + 60);
  g_assert_cmpuint (change->attempts, ==, 1);
  assert_take (fixture->store, 0);
  g_assert_true (reg_store_get_next_attempt (fixture->store, NOW, &when, &error));
  g_assert_cmpint (when, ==, NOW + 60);
  {
    g_autoptr (GPtrArray) later = reg_store_take_changes (fixture->store, 10, NOW + 60, &error);

    g_assert_cmpuint (later->len, ==, 1);
  }
}

/* The clock was moved back by a year: what was to wait a minute does not wait a year. */
static void
test_clock_back (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 batch_id = stage (fixture->store, "archive", NULL, 0, 1, 1);
  gint64 id = get_change_id (fixture->store, batch_id, 1);
  gint64 past = NOW - 365 * 86400;
  g_autoptr (GPtrArray) taken = NULL;
  gint64 when;

  assert_take (fixture->store, 1);
  g_assert_true (reg_store_put_postponed (fixture->store, &id, 1, FALSE, NOW + 60, &error));
  g_assert_true (reg_store_get_next_attempt (fixture->store, past, &when, &error));
  g_assert_cmpint (when, ==, past);
  taken = reg_store_take_changes (fixture->store, 10, past, &error);
  g_assert_cmpuint (taken->len, ==, 1);
}

/* Held up by a conflict, a change is no reason to wake up. */
static void
test_blocked_sleeps (StoreFixture *fixture, gconstpointer data)
{
  gint64 first = stage (fixture->store, "edit-user", "given_name=A", 0, 1, 1);
  gint64 when;

  stage (fixture->store, "archive", NULL, 0, 1, 1);
  assert_take (fixture->store, 1);
  put_one (fixture->store,
           reg_outcome_new (get_change_id (fixture->store, first, 1), REG_OUTCOME_CONFLICT));
  g_assert_true (reg_store_get_next_attempt (fixture->store, NOW, &when, NULL));
  g_assert_cmpint (when, ==, 0);
}

/* K-01: the LMS has the same value meanwhile. */
static void
test_same_value (StoreFixture *fixture, gconstpointer data)
{
  RegPullStats stats;
  gint64 batch_id = stage (fixture->store, "edit-user", "email=new@example.com", 0, 1, 1);
  g_autoptr (RegChange) change = NULL;

  pull_user (fixture->store, 1, 60, "new@example.com", &stats);
  g_assert_cmpint (stats.n_conflicts, ==, 0);
  change = get_change (fixture->store, batch_id, 1);
  g_assert_cmpint (change->state, ==, REG_CHANGE_DONE);
  g_assert_cmpstr (change->code, ==, "nothing-to-do");
  assert_take (fixture->store, 0);
}

/* K-02: another field. */
static void
test_merge (StoreFixture *fixture, gconstpointer data)
{
  RegPullStats stats;
  gint64 batch_id = stage (fixture->store, "edit-user", "given_name=Mine", 0, 1, 1);
  g_autoptr (RegUser) user = NULL;

  pull_user (fixture->store, 1, 60, "theirs@example.com", &stats);
  g_assert_cmpint (stats.n_conflicts, ==, 0);
  assert_state (fixture->store, batch_id, 1, REG_CHANGE_PENDING);
  user = reg_store_get_user (fixture->store, 1, NULL);
  g_assert_cmpstr (user->given_name, ==, "Mine");
  g_assert_cmpstr (user->email, ==, "theirs@example.com");
}

/* K-03: the same field, and both ways out. */
static void
test_conflict (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  RegPullStats stats;
  gint64 mine = stage (fixture->store, "edit-user", "email=mine@example.com", 0, 1, 1);
  gint64 other = stage (fixture->store, "edit-user", "email=mine2@example.com", 0, 2, 2);
  gint64 ids[2] = { get_change_id (fixture->store, mine, 1),
                    get_change_id (fixture->store, other, 2) };
  g_autoptr (RegChange) change = NULL;
  g_autoptr (RegChange) resolved = NULL;

  pull_user (fixture->store, 1, 60, "theirs@example.com", &stats);
  g_assert_cmpint (stats.n_conflicts, ==, 1);
  pull_user (fixture->store, 2, 61, "theirs2@example.com", &stats);
  assert_email (fixture->store, 1, "theirs@example.com");
  change = get_change (fixture->store, mine, 1);
  g_assert_cmpint (change->state, ==, REG_CHANGE_CONFLICT);
  g_assert_cmpstr (reg_params_get (change->server, "email"), ==, "theirs@example.com");
  g_assert_cmpstr (change->code, ==, "field-changed");
  assert_take (fixture->store, 0);

  g_assert_true (reg_store_resolve_changes (fixture->store, ids, 1, TRUE, &error));
  assert_email (fixture->store, 1, "mine@example.com");
  resolved = get_change (fixture->store, mine, 1);
  g_assert_cmpstr (reg_params_get (resolved->base, "email"), ==, "theirs@example.com");
  g_assert_cmpstr (resolved->uuid, !=, change->uuid);
  g_assert_true (reg_store_resolve_changes (fixture->store, ids + 1, 1, FALSE, &error));
  assert_email (fixture->store, 2, "theirs2@example.com");
  assert_state (fixture->store, other, 2, REG_CHANGE_UNDONE);
  assert_take (fixture->store, 1);
}

/* "Use mine" is said of the value that is shown, the LMS's latest; once that is not the LMS's any
 * more, it is asked again. */
static void
test_conflict_moved_on (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  RegPullStats stats;
  gint64 mine = stage (fixture->store, "edit-user", "email=mine@example.com", 0, 1, 1);
  gint64 id = get_change_id (fixture->store, mine, 1);
  g_autoptr (RegChange) change = NULL;

  pull_user (fixture->store, 1, 60, "theirs@example.com", &stats);
  pull_user (fixture->store, 1, 61, "later@example.com", &stats);
  g_assert_true (reg_store_resolve_changes (fixture->store, &id, 1, TRUE, &error));
  assert_state (fixture->store, mine, 1, REG_CHANGE_PENDING);
  pull_user (fixture->store, 1, 62, "latest@example.com", &stats);
  change = get_change (fixture->store, mine, 1);
  g_assert_cmpint (change->state, ==, REG_CHANGE_CONFLICT);
  g_assert_cmpstr (reg_params_get (change->server, "email"), ==, "latest@example.com");
}

/* The LMS answers with a conflict of its own. */
static void
test_conflict_answer (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 mine = stage (fixture->store, "edit-user", "email=mine@example.com", 0, 1, 1);
  gint64 id = get_change_id (fixture->store, mine, 1);
  RegOutcome *outcome = reg_outcome_new (id, REG_OUTCOME_CONFLICT);

  assert_take (fixture->store, 1);
  outcome->server = make_params ("email=theirs@example.com");
  outcome->user = make_user (1, 70, REG_USER_STATE_ACTIVE);
  g_free (outcome->user->email);
  outcome->user->email = g_strdup ("theirs@example.com");
  put_one (fixture->store, outcome);
  assert_state (fixture->store, mine, 1, REG_CHANGE_CONFLICT);
  assert_email (fixture->store, 1, "theirs@example.com");
  g_assert_true (reg_store_resolve_changes (fixture->store, &id, 1, TRUE, &error));
  assert_email (fixture->store, 1, "mine@example.com");
}

/* A conflict is with what the LMS has now: later pulls are shown in it, and end it where both have
 * the same by now (K-01), or where the LMS is back at what there was (the change waits again). */
static void
test_conflict_pulled (StoreFixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *email;
    RegChangeState state;
    const char *shown;
  } rows[] = { { "third@example.com", REG_CHANGE_CONFLICT, "third@example.com" },
               { "fourth@example.com", REG_CHANGE_CONFLICT, "fourth@example.com" },
               { "user00001@example.com", REG_CHANGE_PENDING, "mine@example.com" },
               { "fifth@example.com", REG_CHANGE_CONFLICT, "fifth@example.com" },
               { "mine@example.com", REG_CHANGE_DONE, "mine@example.com" } };
  gint64 mine = stage (fixture->store, "edit-user", "email=mine@example.com", 0, 1, 1);
  RegPullStats stats;

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (RegChange) change = NULL;

      g_test_message ("%s", rows[i].email);
      pull_user (fixture->store, 1, 100 + i, rows[i].email, &stats);
      assert_state (fixture->store, mine, 1, rows[i].state);
      assert_email (fixture->store, 1, rows[i].shown);
      change = get_change (fixture->store, mine, 1);
      if (rows[i].state == REG_CHANGE_CONFLICT)
        g_assert_cmpstr (reg_params_get (change->server, "email"), ==, rows[i].email);
    }
  assert_take (fixture->store, 0);
}

/* The same for what is no field: how far the learner is by now. */
static void
test_progress_pulled (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (RegPage) page = reg_page_new ();
  g_autoptr (RegPage) later = reg_page_new ();
  g_autoptr (RegChange) change = NULL;
  gint64 batch_id, id;
  RegOutcome *outcome;

  reg_test_page_add_enrollment (page, 1, 2, 90)->progress = 40;
  reg_test_store_apply (fixture->store, page);
  batch_id = stage (fixture->store, "unassign", NULL, 2, 1, 1);
  id = get_change_id (fixture->store, batch_id, 1);
  assert_take (fixture->store, 1);
  outcome = reg_outcome_new (id, REG_OUTCOME_CONFLICT);
  outcome->server = make_params ("progress=60");
  put_one (fixture->store, outcome);
  reg_test_page_add_enrollment (later, 1, 2, 95)->progress = 80;
  reg_test_store_apply (fixture->store, later);
  change = get_change (fixture->store, batch_id, 1);
  g_assert_cmpint (change->state, ==, REG_CHANGE_CONFLICT);
  g_assert_cmpstr (reg_params_get (change->server, "progress"), ==, "80");
}

/* K-04: the LMS has enrolled the person meanwhile; their row is not overwritten. */
static void
test_enrolled_meanwhile (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (RegPage) page = reg_page_new ();
  g_autoptr (RegEnrollment) enrollment = NULL;
  gint64 batch_id = stage (fixture->store, "assign", "due_date=2026-12-31", 2, 1, 1);

  reg_test_page_add_enrollment (page, 1, 2, 90)->progress = 40;
  reg_test_store_apply (fixture->store, page);
  assert_state (fixture->store, batch_id, 1, REG_CHANGE_PENDING);
  enrollment = reg_store_get_enrollment (fixture->store, 1, 2, NULL);
  g_assert_cmpint (enrollment->progress, ==, 40);
  g_assert_cmpstr (enrollment->due_date, ==, "");
  g_assert_cmpuint (answer_all (fixture->store, REG_OUTCOME_SKIPPED, "already-assigned"), ==, 1);
  assert_state (fixture->store, batch_id, 1, REG_CHANGE_DONE);
}

/* K-09: deleted there. The row stays while it carries a change, and goes with it. */
static void
test_user_deleted (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RegPage) page = reg_page_new ();
  gint64 batch_id = stage (fixture->store, "edit-user", "given_name=Mine", 0, 1, 1);
  gint64 id = get_change_id (fixture->store, batch_id, 1);
  g_autoptr (RegUser) user = NULL;
  g_autoptr (RegUser) gone = NULL;

  reg_test_page_add_tombstone (page, "user", 1, 0, 0);
  reg_test_store_apply (fixture->store, page);
  user = reg_store_get_user (fixture->store, 1, NULL);
  g_assert_cmpstr (user->given_name, ==, "Mine");
  g_assert_cmpuint (answer_all (fixture->store, REG_OUTCOME_REJECTED, "user-unknown"), ==, 1);
  g_clear_pointer (&user, reg_user_free);
  user = reg_store_get_user (fixture->store, 1, NULL);
  g_assert_nonnull (user);
  g_assert_true (reg_store_discard_changes (fixture->store, &id, 1, &error));
  gone = reg_store_get_user (fixture->store, 1, NULL);
  g_assert_null (gone);
}

/* Rejected first, deleted then: the same. And somebody who comes back is there as the LMS says. */
static void
test_user_deleted_after (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (RegPage) page = reg_page_new ();
  gint64 batch_id = stage (fixture->store, "edit-user", "given_name=Mine", 0, 1, 2);
  gint64 ids[2] = { get_change_id (fixture->store, batch_id, 1),
                    get_change_id (fixture->store, batch_id, 2) };
  RegPullStats stats;
  g_autoptr (RegUser) kept = NULL;
  g_autoptr (RegUser) gone = NULL;

  g_assert_cmpuint (answer_all (fixture->store, REG_OUTCOME_REJECTED, "user-unknown"), ==, 2);
  reg_test_page_add_tombstone (page, "user", 1, 0, 0);
  reg_test_page_add_tombstone (page, "user", 2, 0, 0);
  reg_test_store_apply (fixture->store, page);
  kept = reg_store_get_user (fixture->store, 1, NULL);
  g_assert_cmpstr (kept->given_name, ==, "Given00001");
  pull_user (fixture->store, 2, 80, "back@example.com", &stats);
  assert_email (fixture->store, 2, "back@example.com");
  g_assert_true (reg_store_discard_changes (fixture->store, ids, 2, NULL));
  gone = reg_store_get_user (fixture->store, 1, NULL);
  g_assert_null (gone);
  assert_email (fixture->store, 2, "back@example.com");
}

/* A pull between two edits of one field by the same person is no conflict. */
static void
test_chain (StoreFixture *fixture, gconstpointer data)
{
  RegPullStats stats;
  gint64 first = stage (fixture->store, "edit-user", "email=one@example.com", 0, 1, 1);
  gint64 second = stage (fixture->store, "edit-user", "email=two@example.com", 0, 1, 1);

  pull_user (fixture->store, 1, 60, NULL, &stats);
  g_assert_cmpint (stats.n_conflicts, ==, 0);
  assert_email (fixture->store, 1, "two@example.com");
  assert_take (fixture->store, 1);
  put_one (fixture->store,
           reg_outcome_new (get_change_id (fixture->store, first, 1), REG_OUTCOME_APPLIED));
  assert_email (fixture->store, 1, "two@example.com");
  assert_state (fixture->store, second, 1, REG_CHANGE_PENDING);
  pull_user (fixture->store, 1, 61, "one@example.com", &stats);
  g_assert_cmpint (stats.n_conflicts, ==, 0);
  assert_state (fixture->store, second, 1, REG_CHANGE_PENDING);
}

static guint
count_events (RegStore *store, const char *event)
{
  g_autoptr (GPtrArray) entries = reg_store_list_audit (store, 0, 0, NULL);
  guint n = 0;

  for (guint i = 0; i < entries->len; i++)
    n += g_strcmp0 (((RegAuditEntry *)g_ptr_array_index (entries, i))->event, event) == 0;
  return n;
}

static void
test_audit (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) entries = NULL;
  gint64 edit = stage (fixture->store, "edit-user", "email=one@example.com", 0, 1, 1);
  gint64 archive = stage (fixture->store, "archive", NULL, 0, 2, 3);
  gint64 id;
  gboolean found = FALSE;

  put_one (fixture->store,
           (assert_take (fixture->store, 3),
            reg_outcome_new (get_change_id (fixture->store, edit, 1), REG_OUTCOME_APPLIED)));
  put_one (fixture->store,
           reg_outcome_new (get_change_id (fixture->store, archive, 2), REG_OUTCOME_SKIPPED));
  id = get_change_id (fixture->store, archive, 3);
  put_one (fixture->store, reg_outcome_new (id, REG_OUTCOME_REJECTED));
  g_assert_true (reg_store_discard_changes (fixture->store, &id, 1, NULL));
  g_assert_cmpuint (count_events (fixture->store, "staged"), ==, 2);
  g_assert_cmpuint (count_events (fixture->store, "applied"), ==, 1);
  g_assert_cmpuint (count_events (fixture->store, "skipped"), ==, 1);
  g_assert_cmpuint (count_events (fixture->store, "rejected"), ==, 1);
  g_assert_cmpuint (count_events (fixture->store, "discarded"), ==, 1);
  entries = reg_store_list_audit (fixture->store, 0, 0, NULL);
  for (guint i = 0; i < entries->len; i++)
    {
      const RegAuditEntry *entry = g_ptr_array_index (entries, i);

      if (g_strcmp0 (entry->event, "applied") != 0)
        continue;
      found = TRUE;
      g_assert_cmpstr (entry->detail, ==, "email: user00001@example.com → one@example.com");
      g_assert_cmpstr (entry->operation, ==, "edit-user");
    }
  g_assert_true (found);
}

static void
test_lists (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 first = stage (fixture->store, "archive", NULL, 0, 1, 3);
  gint64 second = stage (fixture->store, "assign", NULL, 3, 5, 6);
  g_autoptr (RegIdList) ids = reg_store_query_changes (fixture->store, 0, 0, &error);
  g_autoptr (RegIdList) pending =
      reg_store_query_changes (fixture->store, second, 1u << REG_CHANGE_PENDING, &error);
  g_autoptr (RegIdList) done =
      reg_store_query_changes (fixture->store, 0, 1u << REG_CHANGE_REJECTED, &error);
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GPtrArray) listed = reg_store_list_changes (fixture->store, first, 0, 1, 1, &error);
  gint64 asked[2] = { 0, 4711 };
  const RegChangeRow *row;

  g_assert_no_error (error);
  g_assert_cmpuint (ids->n, ==, 5);
  g_assert_cmpint (ids->ids[0], >, ids->ids[4]);
  g_assert_cmpuint (pending->n, ==, 2);
  g_assert_cmpuint (done->n, ==, 0);
  g_assert_cmpuint (listed->len, ==, 1);
  asked[0] = pending->ids[0];
  rows = reg_store_get_change_rows (fixture->store, asked, 2, &error);
  g_assert_no_error (error);
  row = g_ptr_array_index (rows, 0);
  g_assert_cmpstr (row->user_name, ==, "Given00006 Family00006");
  g_assert_cmpstr (row->user_email, ==, "user00006@example.com");
  g_assert_cmpstr (row->course_code, ==, "C3");
  g_assert_null (g_ptr_array_index (rows, 1));
}

/* Ids among the values are told by name, those of the LMS too. */
static void
test_names (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RegPage) page = reg_page_new ();
  g_autoptr (GPtrArray) rows = NULL;
  gint64 batch_id, id;
  const RegChangeRow *row;

  reg_test_page_add_label (page, 31, 60, REG_LABEL_GROUP, "Drivers");
  reg_test_page_add_label (page, 32, 61, REG_LABEL_TAG, "Mentor");
  reg_test_page_add_label (page, 33, 62, REG_LABEL_LOCATION, "Berlin");
  reg_test_page_add_label (page, 34, 63, REG_LABEL_LOCATION, "Lyon");
  reg_test_store_apply (fixture->store, page);
  batch_id = stage (fixture->store, "edit-user",
                    "labels=,31,32, location_id=33 manager_id=2 given_name=A", 0, 1, 1);
  id = get_change_id (fixture->store, batch_id, 1);
  g_clear_pointer (&page, reg_page_free);
  page = reg_page_new ();
  reg_test_page_add_user (page, 1, 70)->location_id = 34;
  reg_test_store_apply (fixture->store, page);
  rows = reg_store_get_change_rows (fixture->store, &id, 1, &error);
  g_assert_no_error (error);
  row = g_ptr_array_index (rows, 0);
  g_assert_cmpint (row->change->state, ==, REG_CHANGE_CONFLICT);
  g_assert_cmpuint (reg_params_get_size (row->names), ==, 3);
  g_assert_cmpstr (reg_params_get (row->names, "labels"), ==, "Drivers, Mentor");
  g_assert_cmpstr (reg_params_get (row->names, "location_id"), ==, "Berlin");
  g_assert_cmpstr (reg_params_get (row->names, "manager_id"), ==, "Given00002 Family00002");
  g_assert_cmpstr (reg_params_get (row->server_names, "location_id"), ==, "Lyon");
}

#define ADD(name, function)                                                                        \
  g_test_add ("/store/outcomes/" name, StoreFixture, NULL, store_fixture_set_up, function,         \
              store_fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("applied", test_applied);
  ADD ("twice", test_twice);
  ADD ("rejected", test_rejected);
  ADD ("discard", test_discard);
  ADD ("order", test_order);
  ADD ("account-before-enrollment", test_account_before_enrollment);
  ADD ("unknown", test_unknown);
  ADD ("postponed", test_postponed);
  ADD ("clock-back", test_clock_back);
  ADD ("blocked-sleeps", test_blocked_sleeps);
  ADD ("same-value", test_same_value);
  ADD ("merge", test_merge);
  ADD ("conflict", test_conflict);
  ADD ("conflict-moved-on", test_conflict_moved_on);
  ADD ("conflict-answer", test_conflict_answer);
  ADD ("conflict-pulled", test_conflict_pulled);
  ADD ("progress-pulled", test_progress_pulled);
  ADD ("enrolled-meanwhile", test_enrolled_meanwhile);
  ADD ("user-deleted", test_user_deleted);
  ADD ("user-deleted-after", test_user_deleted_after);
  ADD ("chain", test_chain);
  ADD ("audit", test_audit);
  ADD ("lists", test_lists);
  ADD ("names", test_names);
  return g_test_run ();
}
