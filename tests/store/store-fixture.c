/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-test"

#include "store-fixture.h"

#include "rules/reg-operation.h"

#include <sqlite3.h>
#include <string.h>

void
store_fixture_set_up (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  reg_test_folder_init (&fixture->folder);
  fixture->store = reg_store_open (fixture->folder.path, &error);
  g_assert_no_error (error);
  reg_test_store_fill (fixture->store, 20, 3);
  reg_test_store_enroll (fixture->store, 1, 5);
}

void
store_fixture_tear_down (StoreFixture *fixture, gconstpointer data)
{
  g_clear_pointer (&fixture->store, reg_store_unref);
  assert_consistent (fixture->folder.path);
  reg_test_folder_clear (&fixture->folder);
}

void
store_fixture_reopen (StoreFixture *fixture)
{
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&fixture->store, reg_store_unref);
  fixture->store = reg_store_open (fixture->folder.path, &error);
  g_assert_no_error (error);
}

RegParams *
make_params (const char *text)
{
  RegParams *params;
  g_auto (GStrv) pairs = NULL;

  if (text == NULL)
    return NULL;
  params = reg_params_new ();
  pairs = g_strsplit (text, " ", -1);
  for (guint i = 0; pairs[i] != NULL; i++)
    {
      g_auto (GStrv) pair = g_strsplit (pairs[i], "=", 2);

      reg_params_set (params, pair[0], pair[1]);
    }
  return params;
}

gint64
stage_full (RegStore *store,
            const char *operation,
            const char *params,
            gint64 course_id,
            gint64 from,
            gint64 to,
            guint *n_refused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) targets = g_array_new (FALSE, TRUE, sizeof (RegStepTarget));
  g_autoptr (RegParams) parsed = make_params (params);
  RegStepResult result;
  RegStep step = { .operation = reg_operation_find (operation),
                   .params = parsed,
                   .title = operation,
                   .actor_id = ACTOR,
                   .actor_role = REG_ROLE_ADMINISTRATOR,
                   .now = NOW };
  gint64 batch_id;

  for (gint64 id = from; id <= to; id++)
    {
      RegStepTarget target = { .user_id = id, .course_id = course_id };

      g_array_append_val (targets, target);
    }
  step.targets = (const RegStepTarget *)targets->data;
  step.n_targets = targets->len;
  g_assert_nonnull (step.operation);
  reg_store_stage (store, &step, &result, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (result.n_staged + result.refusals->len, ==, targets->len);
  *n_refused = result.refusals->len;
  batch_id = result.batch_id;
  reg_step_result_clear (&result);
  return batch_id;
}

gint64
stage (RegStore *store,
       const char *operation,
       const char *params,
       gint64 course_id,
       gint64 from,
       gint64 to)
{
  guint n_refused;
  gint64 batch_id = stage_full (store, operation, params, course_id, from, to, &n_refused);

  g_assert_cmpuint (n_refused, ==, 0);
  g_assert_cmpint (batch_id, >, 0);
  return batch_id;
}

gint64
undo (RegStore *store, gint64 batch_id, gint64 *counter_batch_id)
{
  g_autoptr (GError) error = NULL;
  gint64 n = 0, counter;

  reg_store_undo_batch (store, batch_id, &counter, &n, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  if (counter_batch_id != NULL)
    *counter_batch_id = counter;
  else
    g_assert_cmpint (counter, ==, 0);
  return n;
}

RegChange *
get_change (RegStore *store, gint64 batch_id, gint64 user_id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = reg_store_list_changes (store, batch_id, 0, 0, 0, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < rows->len; i++)
    {
      RegChangeRow *row = g_ptr_array_index (rows, i);

      if (row->change->user_id == user_id)
        return reg_change_copy (row->change);
    }
  g_assert_not_reached ();
}

gint64
get_change_id (RegStore *store, gint64 batch_id, gint64 user_id)
{
  g_autoptr (RegChange) change = get_change (store, batch_id, user_id);

  return change->id;
}

void
assert_state (RegStore *store, gint64 batch_id, gint64 user_id, RegChangeState state)
{
  g_autoptr (RegChange) change = get_change (store, batch_id, user_id);

  g_assert_cmpstr (reg_change_state_to_nick (change->state), ==, reg_change_state_to_nick (state));
}

void
assert_user_state (RegStore *store, gint64 id, RegUserState state)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RegUser) user = reg_store_get_user (store, id, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (reg_user_state_to_nick (user->state), ==, reg_user_state_to_nick (state));
}

void
assert_due (RegStore *store, gint64 user_id, gint64 course_id, const char *due_date)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RegEnrollment) enrollment =
      reg_store_get_enrollment (store, user_id, course_id, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (enrollment->due_date, ==, due_date);
}

void
assert_enrolled (RegStore *store, gint64 user_id, gint64 course_id, gboolean enrolled)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RegEnrollment) enrollment =
      reg_store_get_enrollment (store, user_id, course_id, &error);

  g_assert_no_error (error);
  g_assert_cmpint (enrollment != NULL && enrollment->present, ==, enrolled);
}

guint
answer_all (RegStore *store, RegOutcomeKind kind, const char *code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) taken = reg_store_take_changes (store, 1000, NOW, &error);
  g_autoptr (GPtrArray) outcomes =
      g_ptr_array_new_with_free_func ((GDestroyNotify)reg_outcome_free);

  g_assert_no_error (error);
  for (guint i = 0; i < taken->len; i++)
    {
      RegChange *change = g_ptr_array_index (taken, i);
      RegOutcome *outcome = reg_outcome_new (change->id, kind);

      outcome->code = g_strdup (code);
      g_ptr_array_add (outcomes, outcome);
    }
  reg_store_put_outcomes (store, outcomes, &error);
  g_assert_no_error (error);
  return taken->len;
}

static sqlite3 *
open_read_only (const char *path)
{
  sqlite3 *db = NULL;

  g_assert_cmpint (sqlite3_open_v2 (path, &db, SQLITE_OPEN_READWRITE, NULL), ==, SQLITE_OK);
  return db;
}

static void
dump_query (sqlite3 *db, const char *sql, GString *out)
{
  sqlite3_stmt *stmt = NULL;

  if (sqlite3_prepare_v2 (db, sql, -1, &stmt, NULL) != SQLITE_OK)
    g_error ("%s: %s", sql, sqlite3_errmsg (db));
  while (sqlite3_step (stmt) == SQLITE_ROW)
    {
      for (int i = 0; i < sqlite3_column_count (stmt); i++)
        g_string_append_printf (out, "%s|", (const char *)sqlite3_column_text (stmt, i));
      g_string_append_c (out, '\n');
    }
  sqlite3_finalize (stmt);
}

char *
dump_effective (const char *path)
{
  sqlite3 *db = open_read_only (path);
  GString *out = g_string_new (NULL);

  dump_query (db, "SELECT * FROM user ORDER BY id", out);
  dump_query (db, "SELECT * FROM enrollment ORDER BY id", out);
  dump_query (db, "SELECT * FROM user_base ORDER BY id", out);
  dump_query (db, "SELECT * FROM enrollment_base ORDER BY id", out);
  dump_query (db, "SELECT * FROM course ORDER BY id", out);
  dump_query (db, "SELECT * FROM course_base ORDER BY id", out);
  sqlite3_close (db);
  return g_string_free (out, FALSE);
}

static gint64
query_number (sqlite3 *db, const char *sql)
{
  sqlite3_stmt *stmt = NULL;
  gint64 value;

  if (sqlite3_prepare_v2 (db, sql, -1, &stmt, NULL) != SQLITE_OK)
    g_error ("%s: %s", sql, sqlite3_errmsg (db));
  g_assert_cmpint (sqlite3_step (stmt), ==, SQLITE_ROW);
  value = sqlite3_column_int64 (stmt, 0);
  sqlite3_finalize (stmt);
  return value;
}

/* The plain reading of the promise, written apart from the code that keeps it: the columns that the
 * operations of these tests move, worked out again from the base and the waiting changes. */
static void
assert_user_replays (sqlite3 *db, gint64 id)
{
  g_autofree char *base_sql =
      g_strdup_printf ("SELECT state, email FROM user_base WHERE id = %" G_GINT64_FORMAT, id);
  g_autofree char *now_sql =
      g_strdup_printf ("SELECT state, email FROM user WHERE id = %" G_GINT64_FORMAT, id);
  g_autofree char *change_sql = g_strdup_printf (
      "SELECT b.operation, coalesce(c.params, b.params, '') FROM change AS c JOIN batch AS b "
      "ON b.id = c.batch_id WHERE c.user_id = %" G_GINT64_FORMAT
      " AND c.course_id = 0 AND c.state < 3 ORDER BY c.id",
      id);
  g_autofree char *email = NULL;
  sqlite3_stmt *stmt;
  int state;

  g_assert_cmpint (sqlite3_prepare_v2 (db, base_sql, -1, &stmt, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (stmt), ==, SQLITE_ROW);
  state = sqlite3_column_int (stmt, 0);
  email = g_strdup ((const char *)sqlite3_column_text (stmt, 1));
  sqlite3_finalize (stmt);
  g_assert_cmpint (sqlite3_prepare_v2 (db, change_sql, -1, &stmt, NULL), ==, SQLITE_OK);
  while (sqlite3_step (stmt) == SQLITE_ROW)
    {
      const char *operation = (const char *)sqlite3_column_text (stmt, 0);

      if (strcmp (operation, "archive") == 0)
        state = REG_USER_STATE_ARCHIVED;
      else if (strcmp (operation, "restore") == 0)
        state = REG_USER_STATE_ACTIVE;
      else if (strcmp (operation, "edit-user") == 0)
        {
          g_autoptr (RegParams) params =
              reg_params_new_from_text ((const char *)sqlite3_column_text (stmt, 1), NULL);
          const char *value = reg_params_get (params, "email");

          if (value != NULL)
            {
              g_free (email);
              email = g_strdup (value);
            }
        }
    }
  sqlite3_finalize (stmt);
  g_assert_cmpint (sqlite3_prepare_v2 (db, now_sql, -1, &stmt, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (stmt), ==, SQLITE_ROW);
  g_assert_cmpint (sqlite3_column_int (stmt, 0), ==, state);
  g_assert_cmpstr ((const char *)sqlite3_column_text (stmt, 1), ==, email);
  sqlite3_finalize (stmt);
}

static void
assert_users_replay (sqlite3 *db)
{
  sqlite3_stmt *stmt;

  g_assert_cmpint (
      sqlite3_prepare_v2 (db, "SELECT id FROM user_base WHERE present", -1, &stmt, NULL), ==,
      SQLITE_OK);
  while (sqlite3_step (stmt) == SQLITE_ROW)
    assert_user_replays (db, sqlite3_column_int64 (stmt, 0));
  sqlite3_finalize (stmt);
}

void
assert_consistent (const char *path)
{
  static const char *const zeros[] = {
    /* Every waiting change of somebody who is there has a base, and no base stands alone. */
    "SELECT count(*) FROM change AS c WHERE c.state < 3 AND c.course_id = 0 AND c.user_id IN "
    "(SELECT id FROM user) AND NOT EXISTS (SELECT 1 FROM user_base AS u WHERE u.id = c.user_id)",
    "SELECT count(*) FROM change AS c WHERE c.state < 3 AND c.user_id = 0 AND NOT EXISTS "
    "(SELECT 1 FROM course_base AS b WHERE b.id = c.course_id)",
    "SELECT count(*) FROM course_base AS b WHERE NOT EXISTS (SELECT 1 FROM change AS c "
    "WHERE c.user_id = 0 AND c.course_id = b.id AND c.state NOT IN (3, 6))",
    "SELECT count(*) FROM change AS c WHERE c.state < 3 AND c.course_id > 0 AND c.user_id <> 0 "
    "AND NOT EXISTS "
    "(SELECT 1 FROM enrollment_base AS e WHERE e.user_id = c.user_id "
    "AND e.course_id = c.course_id)",
    "SELECT count(*) FROM user_base AS u WHERE NOT EXISTS (SELECT 1 FROM change AS c "
    "WHERE c.user_id = u.id AND c.course_id = 0 AND c.state NOT IN (3, 6))",
    "SELECT count(*) FROM enrollment_base AS e WHERE NOT EXISTS (SELECT 1 FROM change AS c "
    "WHERE c.user_id = e.user_id AND c.course_id = e.course_id AND c.state < 3)",
    /* Batches know their changes. */
    "SELECT count(*) FROM change AS c JOIN batch AS b ON b.id = c.batch_id "
    "WHERE c.id NOT BETWEEN b.first_change AND b.last_change",
    "SELECT count(*) FROM batch AS b WHERE n_pending <> (SELECT count(*) FROM change "
    "WHERE batch_id = b.id AND state = 0) OR n_sending <> (SELECT count(*) FROM change "
    "WHERE batch_id = b.id AND state = 1) OR n_unknown <> (SELECT count(*) FROM change "
    "WHERE batch_id = b.id AND state = 2) OR n_done <> (SELECT count(*) FROM change "
    "WHERE batch_id = b.id AND state = 3) OR n_rejected <> (SELECT count(*) FROM change "
    "WHERE batch_id = b.id AND state = 4) OR n_conflict <> (SELECT count(*) FROM change "
    "WHERE batch_id = b.id AND state = 5) OR n_undone <> (SELECT count(*) FROM change "
    "WHERE batch_id = b.id AND state = 6)",
    "SELECT count(*) - count(DISTINCT uuid) FROM change",
  };
  sqlite3 *db = open_read_only (path);

  for (gsize i = 0; i < G_N_ELEMENTS (zeros); i++)
    if (query_number (db, zeros[i]) != 0)
      g_error ("not consistent: %s", zeros[i]);
  assert_users_replay (db);
  g_assert_cmpint (query_number (db, "SELECT count(*) FROM pragma_integrity_check "
                                     "WHERE integrity_check <> 'ok'"),
                   ==, 0);
  g_assert_cmpint (query_number (db, "SELECT count(*) FROM pragma_foreign_key_check"), ==, 0);
  sqlite3_close (db);
}
