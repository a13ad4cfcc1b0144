/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two administrators, learners and a bad network, at random: whatever happens, the queue empties,
 * nothing is done twice, and the local copy becomes what the LMS has. Each seed is a story of its
 * own; REG_TEST_SEEDS=N in the environment tells more of them. */
#include "sync-fixture.h"

#include <string.h>

#define N_USERS 60
#define N_COURSES 14
#define N_STEPS 120
#define N_SEEDS 4

static const char *const enrollment_operations[] = {
  "assign",          "unassign", "set-due-date",   "clear-due-date",     "mark-complete",
  "mark-incomplete", "unenroll", "reset-progress", "remove-certificate", "generate-certificate"
};
static const char *const user_operations[] = { "edit-user", "archive", "restore", "approve" };

typedef struct
{
  const char *operation;
  gint64 user_id;
  gint64 course_id;
  char params[64];
} Action;

static void
choose (GRand *rand, Action *action)
{
  static const char *const fields[] = { "given_name", "family_name", "employee_id" };

  *action = (Action){ .user_id = g_rand_int_range (rand, 2, N_USERS) };
  if (g_rand_int_range (rand, 0, 3) == 0)
    action->operation = user_operations[g_rand_int_range (rand, 0, G_N_ELEMENTS (user_operations))];
  else
    {
      action->operation =
          enrollment_operations[g_rand_int_range (rand, 0, G_N_ELEMENTS (enrollment_operations))];
      action->course_id = g_rand_int_range (rand, 1, N_COURSES);
    }
  if (strcmp (action->operation, "edit-user") == 0)
    g_snprintf (action->params, sizeof action->params, "%s=v%d",
                fields[g_rand_int_range (rand, 0, G_N_ELEMENTS (fields))],
                g_rand_int_range (rand, 0, 1000));
  else if (strcmp (action->operation, "reassign") == 0)
    g_snprintf (action->params, sizeof action->params, "remove_records=%s",
                g_rand_boolean (rand) ? "true" : "false");
  else if (strcmp (action->operation, "set-due-date") == 0)
    g_snprintf (action->params, sizeof action->params, "due_date=2031-01-%02d",
                g_rand_int_range (rand, 1, 29));
}

/* The same few people are added here and there, and here something is done with them at once. */
static void
choose_new (GRand *rand, Action *action)
{
  *action = (Action){ .operation = "add-user" };
  g_snprintf (action->params, sizeof action->params, "email=new%d@example.com",
              g_rand_int_range (rand, 0, 12));
}

static void
do_here (SyncFixture *f, GRand *rand)
{
  Action action;

  choose (rand, &action);
  if (g_rand_int_range (rand, 0, 4) == 0)
    action.user_id = -g_rand_int_range (rand, 1, 8);
  if (g_rand_int_range (rand, 0, 6) == 0)
    choose_new (rand, &action);
  sync_fixture_stage (f, action.operation, action.user_id, action.course_id,
                      *action.params != '\0' ? action.params : NULL);
}

static void
do_there (SyncFixture *f, GRand *rand)
{
  Action action;

  choose (rand, &action);
  if (g_rand_int_range (rand, 0, 6) == 0)
    choose_new (rand, &action);
  sync_fixture_do_there (f, action.operation, action.user_id, action.course_id,
                         *action.params != '\0' ? action.params : NULL);
}

static void
break_something (SyncFixture *f, GRand *rand)
{
  static const char *const faults[] = { "refuse", "cut-after-commit", "answer-twice", "garble" };
  static const char *const paths[] = { "/v1/site", "/v1/operations", "/v1/changes" };
  static const guint statuses[] = { 429, 500, 503 };
  const char *path = paths[g_rand_int_range (rand, 0, G_N_ELEMENTS (paths))];
  guint which = g_rand_int_range (rand, 0, G_N_ELEMENTS (faults) + 1);

  if (which < G_N_ELEMENTS (faults))
    sync_fixture_add_fault (f, path, faults[which], 1);
  else
    sync_fixture_add_status (f, path, statuses[g_rand_int_range (rand, 0, G_N_ELEMENTS (statuses))],
                             7, 1);
}

static void
undo_something (SyncFixture *f)
{
  g_autoptr (GError) error = NULL;
  gint64 batch = reg_store_get_undoable_batch (f->store, &error);
  gint64 counter, n;

  g_assert_no_error (error);
  if (batch != 0 && !reg_store_undo_batch (f->store, batch, &counter, &n, NULL, NULL, NULL, &error))
    g_assert_error (error, REG_STORE_ERROR, REG_STORE_ERROR_NOT_POSSIBLE);
}

/* What waits for a person is decided this way or that. */
static void
decide (SyncFixture *f, GRand *rand)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = reg_store_list_changes (
      f->store, 0, 1u << REG_CHANGE_REJECTED | 1u << REG_CHANGE_CONFLICT, 0, 0, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < rows->len; i++)
    {
      const RegChange *change = ((RegChangeRow *)g_ptr_array_index (rows, i))->change;
      guint way = g_rand_int_range (rand, 0, 3);

      if (way == 0)
        continue;
      if (change->state == REG_CHANGE_CONFLICT)
        reg_store_resolve_changes (f->store, &change->id, 1, way == 1, &error);
      else if (way == 1)
        reg_store_retry_changes (f->store, &change->id, 1, &error);
      else
        reg_store_discard_changes (f->store, &change->id, 1, &error);
      /* What was queued for somebody went with the adding of them. */
      if (!g_error_matches (error, REG_STORE_ERROR, REG_STORE_ERROR_NOT_POSSIBLE))
        g_assert_no_error (error);
      g_clear_error (&error);
    }
}

static void
sync_once (SyncFixture *f, GRand *rand)
{
  static const RegSyncFlags flags[] = { REG_SYNC_PUSH, REG_SYNC_PULL,
                                        REG_SYNC_PUSH | REG_SYNC_PULL };
  g_autoptr (GError) error = NULL;
  RegSyncReport report;

  if (!reg_engine_run (f->engine, flags[g_rand_int_range (rand, 0, G_N_ELEMENTS (flags))], &report,
                       NULL, NULL, NULL, &error))
    g_assert_cmpint (error->domain, ==, REG_LMS_ERROR);
  if (report.retry_at > f->now && g_rand_boolean (rand))
    f->now = report.retry_at;
}

/* Those the LMS did for us; a skipped one has a code. */
static gint64
count_applied (SyncFixture *f)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows =
      reg_store_list_changes (f->store, 0, 1u << REG_CHANGE_DONE, 0, 0, &error);
  gint64 n = 0;

  g_assert_no_error (error);
  for (guint i = 0; i < rows->len; i++)
    n += ((RegChangeRow *)g_ptr_array_index (rows, i))->change->code == NULL;
  return n;
}

static void
settle_everything (SyncFixture *f, GRand *rand)
{
  for (guint i = 0; i < 50; i++)
    {
      sync_fixture_sync_to_end (f);
      if (sync_fixture_count (f, REG_CHANGE_REJECTED) == 0
          && sync_fixture_count (f, REG_CHANGE_CONFLICT) == 0)
        return;
      decide (f, rand);
    }
  g_error ("There is no end to it");
}

static void
test_seed (gconstpointer data)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (GPOINTER_TO_UINT (data));
  SyncFixture f;

  sync_fixture_set_up (&f, 0);
  sync_fixture_sync (&f);
  for (guint i = 0; i < N_STEPS; i++)
    switch (g_rand_int_range (rand, 0, 12))
      {
      case 0:
      case 1:
        do_there (&f, rand);
        break;
      case 2:
        break_something (&f, rand);
        break;
      case 3:
        undo_something (&f);
        break;
      case 4:
        decide (&f, rand);
        break;
      case 5:
      case 6:
        sync_once (&f, rand);
        break;
      default:
        do_here (&f, rand);
        break;
      }
  settle_everything (&f, rand);
  sync_fixture_assert_applied (&f, count_applied (&f));
  sync_fixture_assert_same (&f);
  sync_fixture_tear_down (&f);
}

int
main (int argc, char **argv)
{
  const char *wanted = g_getenv ("REG_TEST_SEEDS");
  guint n_seeds = wanted != NULL ? (guint)g_ascii_strtoull (wanted, NULL, 10) : N_SEEDS;

  g_test_init (&argc, &argv, NULL);
  for (guint seed = 1; seed <= n_seeds; seed++)
    {
      g_autofree char *path = g_strdup_printf ("/sync/random/%u", seed);

      g_test_add_data_func (path, GUINT_TO_POINTER (seed), test_seed);
    }
  return g_test_run ();
}
