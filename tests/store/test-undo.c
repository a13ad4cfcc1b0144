/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-test"

#include "store-fixture.h"

/* What one row of the matrix does before the undo: 'a' assigns user 6 to course 1, 'd' unassigns,
 * 'u' sets a due date, 'c' clears it; capital letters are answered by the LMS before the next one.
 * Then every batch is undone, newest first; what is left must be what the LMS has. */
typedef struct
{
  const char *steps;
  gboolean enrolled_before_undo;
  gboolean enrolled_after_undo;
} Row;

static const Row rows[] = {
  { "a", TRUE, FALSE },     { "ad", FALSE, FALSE }, { "ada", TRUE, FALSE },
  { "au", TRUE, FALSE },    { "auc", TRUE, FALSE }, { "aud", FALSE, FALSE },
  { "adada", TRUE, FALSE }, { "Ad", FALSE, TRUE },  { "Au", TRUE, TRUE },
  { "Aucu", TRUE, TRUE },   { "Ada", TRUE, TRUE },  { "AuUd", FALSE, TRUE },
  { "audau", TRUE, FALSE },
};

static gint64
do_step (RegStore *store, char letter)
{
  switch (g_ascii_tolower (letter))
    {
    case 'a':
      return stage (store, "assign", NULL, 1, 6, 6);
    case 'd':
      return stage (store, "unassign", NULL, 1, 6, 6);
    case 'u':
      return stage (store, "set-due-date", "due_date=2026-05-05", 1, 6, 6);
    case 'c':
      return stage (store, "clear-due-date", NULL, 1, 6, 6);
    default:
      g_assert_not_reached ();
    }
}

static void
answer_until_empty (RegStore *store)
{
  while (answer_all (store, REG_OUTCOME_APPLIED, NULL) > 0)
    continue;
}

static void
test_matrix_row (StoreFixture *fixture, gconstpointer data)
{
  const Row *row = data;
  g_autofree char *base = NULL;
  g_autofree char *after = NULL;
  g_autoptr (GArray) batches = g_array_new (FALSE, FALSE, sizeof (gint64));

  base = dump_effective (fixture->folder.path);
  for (const char *p = row->steps; *p != '\0'; p++)
    {
      gint64 batch_id = do_step (fixture->store, *p);

      if (g_ascii_isupper (*p))
        {
          answer_until_empty (fixture->store);
          g_free (base);
          base = dump_effective (fixture->folder.path);
          g_array_set_size (batches, 0);
        }
      else
        {
          g_array_append_val (batches, batch_id);
        }
      assert_consistent (fixture->folder.path);
    }
  assert_enrolled (fixture->store, 6, 1, row->enrolled_before_undo);
  for (guint i = batches->len; i > 0; i--)
    {
      g_assert_cmpint (undo (fixture->store, g_array_index (batches, gint64, i - 1), NULL), ==, 1);
      assert_consistent (fixture->folder.path);
    }
  assert_enrolled (fixture->store, 6, 1, row->enrolled_after_undo);
  after = dump_effective (fixture->folder.path);
  g_assert_cmpstr (after, ==, base);
}

static void
test_bulk (StoreFixture *fixture, gconstpointer data)
{
  g_autofree char *before = dump_effective (fixture->folder.path);
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) waiting = NULL;
  gint64 batch_id = stage (fixture->store, "archive", NULL, 0, 1, 20);

  g_assert_cmpint (reg_store_get_undoable_batch (fixture->store, &error), ==, batch_id);
  g_assert_cmpint (undo (fixture->store, batch_id, NULL), ==, 20);
  after = dump_effective (fixture->folder.path);
  g_assert_cmpstr (after, ==, before);
  g_assert_cmpint (reg_store_get_undoable_batch (fixture->store, &error), ==, 0);
  waiting = reg_store_list_batches (fixture->store, TRUE, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (waiting->len, ==, 0);
  g_assert_cmpuint (answer_all (fixture->store, REG_OUTCOME_APPLIED, NULL), ==, 0);
}

/* Older first: the newer change stays and shows on what the LMS has. */
static void
test_older_first (StoreFixture *fixture, gconstpointer data)
{
  gint64 first = stage (fixture->store, "edit-user", "email=first@example.com", 0, 2, 2);
  gint64 second =
      stage (fixture->store, "edit-user", "email=second@example.com given_name=Zoe", 0, 2, 2);
  g_autoptr (RegChange) change = NULL;
  g_autoptr (RegUser) user = NULL;

  undo (fixture->store, first, NULL);
  user = reg_store_get_user (fixture->store, 2, NULL);
  g_assert_cmpstr (user->email, ==, "second@example.com");
  /* Its base is what the LMS has: nobody but this person edited, so there is no conflict. */
  change = get_change (fixture->store, second, 2);
  g_assert_cmpstr (reg_params_get (change->base, "email"), ==, "user00002@example.com");
  g_assert_cmpstr (reg_params_get (change->base, "given_name"), ==, "Given00002");
}

/* Setting a value back to what the LMS has leaves nothing to send (K-14). */
static void
test_set_back (StoreFixture *fixture, gconstpointer data)
{
  gint64 first = stage (fixture->store, "edit-user", "email=first@example.com", 0, 2, 2);
  gint64 second = stage (fixture->store, "edit-user", "email=user00002@example.com", 0, 2, 2);

  undo (fixture->store, first, NULL);
  assert_state (fixture->store, second, 2, REG_CHANGE_DONE);
  g_assert_cmpuint (answer_all (fixture->store, REG_OUTCOME_APPLIED, NULL), ==, 0);
}

static void
assert_not_possible (RegStore *store, gint64 batch_id)
{
  g_autoptr (GError) error = NULL;
  gint64 counter, n;

  g_assert_false (reg_store_undo_batch (store, batch_id, &counter, &n, NULL, NULL, NULL, &error));
  g_assert_error (error, REG_STORE_ERROR, REG_STORE_ERROR_NOT_POSSIBLE);
}

static void
test_sending (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) taken = NULL;
  gint64 batch_id = stage (fixture->store, "archive", NULL, 0, 1, 3);

  taken = reg_store_take_changes (fixture->store, 2, NOW, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (taken->len, ==, 2);
  g_assert_cmpint (undo (fixture->store, batch_id, NULL), ==, 1);
  assert_not_possible (fixture->store, batch_id);
  assert_user_state (fixture->store, 1, REG_USER_STATE_ARCHIVED);
  assert_user_state (fixture->store, 3, REG_USER_STATE_ACTIVE);
}

static void
test_counter (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 batch_id = stage (fixture->store, "archive", NULL, 0, 1, 3);
  gint64 counter;
  g_autoptr (RegBatch) batch = NULL;

  g_assert_cmpuint (answer_all (fixture->store, REG_OUTCOME_APPLIED, NULL), ==, 3);
  g_assert_cmpint (undo (fixture->store, batch_id, &counter), ==, 3);
  g_assert_cmpint (counter, >, batch_id);
  batch = reg_store_get_batch (fixture->store, counter, &error);
  g_assert_cmpstr (batch->operation, ==, "restore");
  assert_user_state (fixture->store, 2, REG_USER_STATE_ACTIVE);
  assert_not_possible (fixture->store, batch_id);
  /* Taken back itself, it leaves the first one to be undone again. */
  g_assert_cmpint (undo (fixture->store, counter, NULL), ==, 3);
  assert_user_state (fixture->store, 2, REG_USER_STATE_ARCHIVED);
  g_assert_cmpint (reg_store_get_undoable_batch (fixture->store, &error), ==, batch_id);
}

static void
test_counter_fields (StoreFixture *fixture, gconstpointer data)
{
  gint64 first = stage (fixture->store, "set-due-date", "due_date=2026-03-03", 1, 1, 2);
  gint64 second, counter;

  g_assert_cmpuint (answer_all (fixture->store, REG_OUTCOME_APPLIED, NULL), ==, 2);
  second = stage (fixture->store, "clear-due-date", NULL, 1, 1, 2);
  g_assert_cmpuint (answer_all (fixture->store, REG_OUTCOME_APPLIED, NULL), ==, 2);
  assert_due (fixture->store, 1, 1, "");
  g_assert_cmpint (undo (fixture->store, second, &counter), ==, 2);
  assert_due (fixture->store, 1, 1, "2026-03-03");
  g_assert_cmpuint (answer_all (fixture->store, REG_OUTCOME_APPLIED, NULL), ==, 2);
  g_assert_cmpint (undo (fixture->store, first, &counter), ==, 2);
  assert_due (fixture->store, 1, 1, "");
}

/* The LMS had it already: taking "our" assignment back must not touch theirs. */
static void
test_counter_skipped (StoreFixture *fixture, gconstpointer data)
{
  gint64 batch_id = stage (fixture->store, "assign", NULL, 2, 1, 1);

  g_assert_cmpuint (answer_all (fixture->store, REG_OUTCOME_SKIPPED, "already-assigned"), ==, 1);
  assert_not_possible (fixture->store, batch_id);
}

static void
test_no_counter (StoreFixture *fixture, gconstpointer data)
{
  gint64 batch_id = stage (fixture->store, "notify", NULL, 0, 1, 1);

  g_assert_cmpuint (answer_all (fixture->store, REG_OUTCOME_APPLIED, NULL), ==, 1);
  assert_not_possible (fixture->store, batch_id);
}

static void
test_single_changes (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 batch_id = stage (fixture->store, "archive", NULL, 0, 1, 3);
  gint64 ids[2] = { get_change_id (fixture->store, batch_id, 1),
                    get_change_id (fixture->store, batch_id, 3) };
  gint64 missing = 4711;
  gint64 n;

  g_assert_true (reg_store_undo_changes (fixture->store, ids, 2, &n, &error));
  g_assert_no_error (error);
  g_assert_cmpint (n, ==, 2);
  assert_user_state (fixture->store, 1, REG_USER_STATE_ACTIVE);
  assert_user_state (fixture->store, 2, REG_USER_STATE_ARCHIVED);
  g_assert_false (reg_store_undo_changes (fixture->store, ids, 2, &n, &error));
  g_assert_error (error, REG_STORE_ERROR, REG_STORE_ERROR_NOT_POSSIBLE);
  g_clear_error (&error);
  g_assert_false (reg_store_undo_changes (fixture->store, &missing, 1, &n, &error));
  g_assert_error (error, REG_STORE_ERROR, REG_STORE_ERROR_NOT_FOUND);
}

static void
cancel_now (gint64 done, gint64 total, gpointer data)
{
  g_cancellable_cancel (data);
}

static void
test_cancel (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  gint64 batch_id, counter, n;

  reg_test_store_fill (fixture->store, 2500, 0);
  batch_id = stage (fixture->store, "archive", NULL, 0, 1, 2500);
  g_assert_false (reg_store_undo_batch (fixture->store, batch_id, &counter, &n, cancel_now,
                                        cancellable, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  assert_state (fixture->store, batch_id, 1, REG_CHANGE_PENDING);
  assert_user_state (fixture->store, 1, REG_USER_STATE_ARCHIVED);
}

static void
test_run (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RegImportRun) run = reg_import_run_new ();
  g_autoptr (RegImportRun) stored = NULL;
  RegStepTarget target = { 6, 1, NULL, 2 };
  RegStep step = { .operation = reg_operation_find ("assign"),
                   .targets = &target,
                   .n_targets = 1,
                   .title = "Import",
                   .run = run,
                   .actor_role = REG_ROLE_ADMINISTRATOR,
                   .now = NOW };
  RegStepResult result;

  run->action = g_strdup ("assign");
  reg_store_stage (fixture->store, &step, &result, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  undo (fixture->store, result.batch_id, NULL);
  reg_step_result_clear (&result);
  stored = reg_store_get_run (fixture->store, run->id, &error);
  g_assert_cmpint (stored->state, ==, REG_RUN_UNDONE);
}

#define ADD(name, function)                                                                        \
  g_test_add ("/store/undo/" name, StoreFixture, NULL, store_fixture_set_up, function,             \
              store_fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strdup_printf ("/store/undo/matrix/%s", rows[i].steps);

      g_test_add (path, StoreFixture, &rows[i], store_fixture_set_up, test_matrix_row,
                  store_fixture_tear_down);
    }
  ADD ("bulk", test_bulk);
  ADD ("older-first", test_older_first);
  ADD ("set-back", test_set_back);
  ADD ("sending", test_sending);
  ADD ("counter", test_counter);
  ADD ("counter-fields", test_counter_fields);
  ADD ("counter-skipped", test_counter_skipped);
  ADD ("no-counter", test_no_counter);
  ADD ("single-changes", test_single_changes);
  ADD ("cancel", test_cancel);
  ADD ("run", test_run);
  return g_test_run ();
}
