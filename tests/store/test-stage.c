/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-test"

#include "store-fixture.h"

static void
test_users (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 batch_id = stage (fixture->store, "archive", NULL, 0, 1, 10);
  g_autoptr (RegBatch) batch = reg_store_get_batch (fixture->store, batch_id, &error);
  g_autoptr (RegChange) change = get_change (fixture->store, batch_id, 3);
  guint n_refused;

  g_assert_no_error (error);
  g_assert_cmpint (batch->counts[REG_CHANGE_PENDING], ==, 10);
  g_assert_cmpstr (batch->operation, ==, "archive");
  g_assert_cmpstr (change->operation, ==, "archive");
  g_assert_true (g_uuid_string_is_valid (change->uuid));
  g_assert_cmpint (change->base_revision, ==, 3);
  assert_user_state (fixture->store, 3, REG_USER_STATE_ARCHIVED);
  assert_user_state (fixture->store, 11, REG_USER_STATE_ACTIVE);

  g_assert_cmpint (stage_full (fixture->store, "archive", NULL, 0, 9, 12, &n_refused), >, 0);
  g_assert_cmpuint (n_refused, ==, 2);
}

static void
test_assign (StoreFixture *fixture, gconstpointer data)
{
  guint n_refused;
  gint64 batch_id =
      stage_full (fixture->store, "assign", "due_date=2026-12-31", 1, 1, 8, &n_refused);

  g_assert_cmpuint (n_refused, ==, 5);
  assert_due (fixture->store, 8, 1, "2026-12-31");
  assert_due (fixture->store, 5, 1, "");
  store_fixture_reopen (fixture);
  assert_due (fixture->store, 8, 1, "2026-12-31");
  assert_state (fixture->store, batch_id, 8, REG_CHANGE_PENDING);
}

static void
test_unknown_targets (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  RegStepTarget targets[] = { { 77, 1, NULL, 0 }, { 1, 77, NULL, 0 }, { 9, 2, NULL, 0 } };
  RegStep step = { .operation = reg_operation_find ("assign"),
                   .targets = targets,
                   .n_targets = 3,
                   .title = "Assign",
                   .actor_role = REG_ROLE_ADMINISTRATOR,
                   .now = NOW };
  RegStepResult result;

  reg_store_stage (fixture->store, &step, &result, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (result.n_staged, ==, 1);
  g_assert_cmpuint (result.refusals->len, ==, 2);
  g_assert_cmpint (g_array_index (result.refusals, RegRefusal, 0).reason, ==,
                   REG_REASON_USER_UNKNOWN);
  g_assert_cmpint (g_array_index (result.refusals, RegRefusal, 1).reason, ==,
                   REG_REASON_COURSE_UNKNOWN);
  g_assert_nonnull (g_array_index (result.refusals, RegRefusal, 1).sentence);
  reg_step_result_clear (&result);
}

static void
test_role (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  RegStepTarget target = { 1, 0, NULL, 0 };
  RegStep step = { .operation = reg_operation_find ("archive"),
                   .targets = &target,
                   .n_targets = 1,
                   .title = "Archive",
                   .actor_role = REG_ROLE_LEARNER,
                   .now = NOW };
  RegStepResult result;

  reg_store_stage (fixture->store, &step, &result, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (result.batch_id, ==, 0);
  g_assert_cmpint (g_array_index (result.refusals, RegRefusal, 0).reason, ==,
                   REG_REASON_ROLE_MISSING);
  reg_step_result_clear (&result);
}

/* A target twice: the second is judged after the first, in the dry run as in the real one. */
static void
test_dry_run (StoreFixture *fixture, gconstpointer data)
{
  RegStepTarget once[] = { { 6, 1, NULL, 0 }, { 1, 1, NULL, 0 } };
  RegStepTarget twice[] = { { 6, 1, NULL, 0 }, { 6, 1, NULL, 0 } };
  g_autofree char *before = dump_effective (fixture->folder.path);
  g_autofree char *after = NULL;
  RegStep step = { .operation = reg_operation_find ("assign"),
                   .n_targets = 2,
                   .title = "Assign",
                   .actor_role = REG_ROLE_ADMINISTRATOR,
                   .now = NOW,
                   .dry_run = TRUE };

  for (int i = 0; i < 2; i++)
    {
      g_autoptr (GError) error = NULL;
      RegStepResult result;

      step.targets = i == 0 ? once : twice;
      reg_store_stage (fixture->store, &step, &result, NULL, NULL, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpint (result.batch_id, ==, 0);
      g_assert_cmpint (result.n_staged, ==, 1);
      g_assert_cmpuint (result.refusals->len, ==, 1);
      g_assert_cmpuint (g_array_index (result.refusals, RegRefusal, 0).target, ==, 1);
      reg_step_result_clear (&result);
    }
  after = dump_effective (fixture->folder.path);
  g_assert_cmpstr (before, ==, after);
}

static void
assert_available (RegStore *store, gint64 available)
{
  g_autoptr (GPtrArray) pools = reg_store_list_pools (store, NULL);

  g_assert_cmpuint (pools->len, ==, 1);
  g_assert_cmpint (((RegLicensePool *)g_ptr_array_index (pools, 0))->available, ==, available);
}

/* Waiting assignments count against the pool, those taken back do not. */
static void
test_pool (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (RegPage) page = reg_page_new ();
  gint64 batch_id;
  guint n_refused;

  reg_test_page_add_pool (page, 5, 1, 3);
  reg_test_page_add_course (page, 9, 1)->pool_id = 5;
  reg_test_store_apply (fixture->store, page);
  batch_id = stage (fixture->store, "assign", NULL, 9, 1, 2);
  assert_available (fixture->store, 1);
  stage_full (fixture->store, "assign", NULL, 9, 3, 6, &n_refused);
  g_assert_cmpuint (n_refused, ==, 3);
  g_assert_cmpint (undo (fixture->store, batch_id, NULL), ==, 2);
  stage_full (fixture->store, "assign", NULL, 9, 10, 14, &n_refused);
  g_assert_cmpuint (n_refused, ==, 3);
  g_assert_cmpuint (answer_all (fixture->store, REG_OUTCOME_APPLIED, NULL), ==, 3);
  assert_available (fixture->store, 0);
  stage_full (fixture->store, "assign", NULL, 9, 15, 15, &n_refused);
  g_assert_cmpuint (n_refused, ==, 1);
}

static void
cancel_midway (gint64 done, gint64 total, gpointer data)
{
  g_cancellable_cancel (data);
}

static void
test_cancel (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autofree RegStepTarget *targets = g_new0 (RegStepTarget, 3000);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  RegStep step = { .operation = reg_operation_find ("archive"),
                   .targets = targets,
                   .n_targets = 3000,
                   .title = "Archive",
                   .actor_role = REG_ROLE_ADMINISTRATOR,
                   .now = NOW };
  RegStepResult result;
  gint64 counts[REG_N_CHANGE_STATES];

  reg_test_store_fill (fixture->store, 3000, 0);
  for (gint64 i = 0; i < 3000; i++)
    targets[i].user_id = i + 1;
  before = dump_effective (fixture->folder.path);
  g_assert_false (reg_store_stage (fixture->store, &step, &result, cancel_midway, cancellable,
                                   cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (result.batch_id, ==, 0);
  reg_step_result_clear (&result);
  after = dump_effective (fixture->folder.path);
  g_assert_cmpstr (before, ==, after);
  g_assert_true (reg_store_count_changes (fixture->store, counts, NULL));
  g_assert_cmpint (counts[REG_CHANGE_PENDING], ==, 0);
}

static void
test_own_params (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RegParams) general = make_params ("due_date=2026-01-01");
  g_autoptr (RegParams) own = make_params ("due_date=2027-07-07 requirement=optional");
  RegStepTarget targets[] = { { 6, 1, NULL, 0 }, { 7, 1, own, 0 }, { 8, 1, own, 0 } };
  RegStep step = { .operation = reg_operation_find ("assign"),
                   .params = general,
                   .targets = targets,
                   .n_targets = 3,
                   .title = "Assign",
                   .note = "Because",
                   .actor_role = REG_ROLE_ADMINISTRATOR,
                   .now = NOW };
  RegStepResult result;
  g_autoptr (RegChange) change = NULL;

  reg_store_stage (fixture->store, &step, &result, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  assert_due (fixture->store, 6, 1, "2026-01-01");
  assert_due (fixture->store, 8, 1, "2027-07-07");
  change = get_change (fixture->store, result.batch_id, 8);
  g_assert_cmpstr (reg_params_get (change->params, "requirement"), ==, "optional");
  g_assert_cmpstr (change->note, ==, "Because");
  reg_step_result_clear (&result);
}

static void
test_run (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RegImportRun) run = reg_import_run_new ();
  g_autoptr (RegImportRun) stored = NULL;
  g_autoptr (GPtrArray) given =
      g_ptr_array_new_with_free_func ((GDestroyNotify)reg_import_reject_free);
  g_autoptr (GPtrArray) rejects = NULL;
  RegStepTarget targets[] = { { 6, 1, NULL, 2 }, { 7, 1, NULL, 3 }, { 1, 1, NULL, 4 } };
  RegStep step = { .operation = reg_operation_find ("assign"),
                   .targets = targets,
                   .n_targets = 3,
                   .title = "Import",
                   .run = run,
                   .run_rejects = given,
                   .actor_role = REG_ROLE_ADMINISTRATOR,
                   .now = NOW };
  RegStepResult result;

  run->action = g_strdup ("assign");
  run->file_name = g_strdup ("people.csv");
  run->file_hash = g_strdup ("00");
  run->lines_read = 4;
  g_ptr_array_add (given, reg_import_reject_new (5, "x@y.z", NULL, "user-unknown", "Not found"));
  reg_store_stage (fixture->store, &step, &result, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (run->id, >, 0);
  g_assert_cmpint (run->batch_id, ==, result.batch_id);
  reg_step_result_clear (&result);
  g_assert_cmpint (reg_store_count_rejects (fixture->store, run->id, &error), ==, 2);

  g_assert_cmpuint (answer_all (fixture->store, REG_OUTCOME_REJECTED, "licence-short"), ==, 2);
  rejects = reg_store_list_rejects (fixture->store, run->id, 0, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rejects->len, ==, 4);
  g_assert_cmpint (reg_store_count_rejects (fixture->store, run->id, &error), ==, 4);
  for (guint i = 0; i < 4; i++)
    g_assert_cmpint (((RegImportReject *)g_ptr_array_index (rejects, i))->line, ==, i + 2);
  g_assert_cmpstr (((RegImportReject *)g_ptr_array_index (rejects, 0))->code, ==, "licence-short");
  g_assert_cmpstr (((RegImportReject *)g_ptr_array_index (rejects, 0))->identifier, ==,
                   "user00006@example.com");
  g_assert_cmpstr (((RegImportReject *)g_ptr_array_index (rejects, 0))->course, ==, "C1");
  g_assert_cmpstr (((RegImportReject *)g_ptr_array_index (rejects, 2))->code, ==,
                   "already-assigned");
  stored = reg_store_get_run (fixture->store, run->id, &error);
  g_assert_no_error (error);
  g_assert_cmpint (stored->state, ==, REG_RUN_FINISHED);
  g_assert_cmpint (stored->finished_at, >, 0);
}

/* Nothing to stage: the run is there all the same, and finished. */
static void
test_empty_run (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RegImportRun) run = reg_import_run_new ();
  g_autoptr (GPtrArray) runs = NULL;
  RegStep step = { .operation = reg_operation_find ("assign"),
                   .title = "Import",
                   .run = run,
                   .actor_role = REG_ROLE_ADMINISTRATOR,
                   .now = NOW };
  RegStepResult result;

  run->action = g_strdup ("assign");
  reg_store_stage (fixture->store, &step, &result, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (result.batch_id, ==, 0);
  reg_step_result_clear (&result);
  runs = reg_store_list_runs (fixture->store, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (runs->len, ==, 1);
  g_assert_cmpint (((RegImportRun *)g_ptr_array_index (runs, 0))->state, ==, REG_RUN_FINISHED);
}

#define ADD(name, function)                                                                        \
  g_test_add ("/store/stage/" name, StoreFixture, NULL, store_fixture_set_up, function,            \
              store_fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("users", test_users);
  ADD ("assign", test_assign);
  ADD ("unknown-targets", test_unknown_targets);
  ADD ("role", test_role);
  ADD ("dry-run", test_dry_run);
  ADD ("pool", test_pool);
  ADD ("cancel", test_cancel);
  ADD ("own-params", test_own_params);
  ADD ("run", test_run);
  ADD ("empty-run", test_empty_run);
  return g_test_run ();
}
