/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync-fixture.h"

#include <json-glib/json-glib.h>
#include <sqlite3.h>
#include <string.h>

#define MAX_RUNS 40

static gint64
get_now (gpointer data)
{
  return ((SyncFixture *)data)->now;
}

void
sync_fixture_start_sandbox (SyncFixture *f)
{
  g_autoptr (GError) error = NULL;

  f->sandbox = reg_sandbox_new (&f->options);
  reg_sandbox_start (f->sandbox, &error);
  g_assert_no_error (error);
  f->admin =
      reg_http_new (reg_sandbox_get_url (f->sandbox), reg_sandbox_get_token (f->sandbox), &error);
  g_assert_no_error (error);
}

void
sync_fixture_connect (SyncFixture *f, const char *token)
{
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&f->engine, reg_engine_free);
  g_clear_object (&f->lms);
  f->lms = reg_lms_new ("registrar", reg_sandbox_get_url (f->sandbox), token, &error);
  g_assert_no_error (error);
  reg_registrar_lms_set_timeout (REG_REGISTRAR_LMS (f->lms), 30);
  f->engine = reg_engine_new (f->store, f->lms);
  reg_engine_set_clock (f->engine, get_now, f);
}

void
sync_fixture_open_store (SyncFixture *f)
{
  g_autoptr (GError) error = NULL;

  f->store = reg_store_open (f->folder.path, &error);
  g_assert_no_error (error);
  sync_fixture_connect (f, reg_sandbox_get_token (f->sandbox));
}

void
sync_fixture_set_up (SyncFixture *f, guint n_users)
{
  memset (f, 0, sizeof *f);
  reg_test_folder_init (&f->folder);
  f->now = g_get_real_time () / G_USEC_PER_SEC;
  f->options.db_path = g_build_filename (f->folder.folder, "lms.db", NULL);
  f->options.seed = n_users > 0 ? REG_SANDBOX_SEED_COUNT : REG_SANDBOX_SEED_DEMO;
  f->options.n_users = n_users;
  sync_fixture_start_sandbox (f);
  sync_fixture_open_store (f);
}

void
sync_fixture_tear_down (SyncFixture *f)
{
  reg_engine_free (f->engine);
  g_object_unref (f->lms);
  reg_http_free (f->admin);
  reg_store_unref (f->store);
  reg_sandbox_free (f->sandbox);
  g_free ((char *)f->options.db_path);
  reg_test_folder_clear (&f->folder);
}

void
sync_fixture_restart_sandbox (SyncFixture *f)
{
  reg_http_free (f->admin);
  reg_sandbox_free (f->sandbox);
  sync_fixture_start_sandbox (f);
  sync_fixture_connect (f, reg_sandbox_get_token (f->sandbox));
}

/* NULL where nothing, or nothing useful, came back. */
static JsonNode *
try_call (SyncFixture *f, const char *path, GBytes *body, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (RegHttpResponse) response =
      body != NULL ? reg_http_post_json (f->admin, path, body, NULL, error)
                   : reg_http_get (f->admin, path, NULL, error);
  const char *data;
  gsize size;

  if (response == NULL)
    return NULL;
  if (response->status >= 300)
    {
      g_set_error (error, REG_NET_ERROR, REG_NET_ERROR_GARBLED, "%s: %u, %s", path,
                   response->status, response->problem);
      return NULL;
    }
  data = g_bytes_get_data (response->body, &size);
  if (size == 0 || !json_parser_load_from_data (parser, data, size, error))
    return NULL;
  return json_parser_steal_root (parser);
}

static GBytes *
build (JsonBuilder *builder)
{
  g_autoptr (JsonNode) root = json_builder_get_root (builder);
  char *text = json_to_string (root, FALSE);

  return g_bytes_new_take (text, strlen (text));
}

static JsonNode *
call (SyncFixture *f, const char *path, JsonBuilder *builder)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body = builder != NULL ? build (builder) : NULL;
  JsonNode *answer = try_call (f, path, body, &error);

  g_assert_no_error (error);
  return answer;
}

static void
add_text (JsonBuilder *builder, const char *key, const char *value)
{
  json_builder_set_member_name (builder, key);
  json_builder_add_string_value (builder, value);
}

static void
add_int (JsonBuilder *builder, const char *key, gint64 value)
{
  json_builder_set_member_name (builder, key);
  json_builder_add_int_value (builder, value);
}

static void
add_fault (SyncFixture *f,
           const char *path,
           const char *fault,
           guint status,
           guint retry_after,
           guint after,
           guint count)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) answer = NULL;

  json_builder_begin_object (builder);
  add_text (builder, "path", path);
  add_text (builder, "fault", fault);
  if (status > 0)
    add_int (builder, "status", status);
  add_int (builder, "retry_after", retry_after);
  add_int (builder, "delay", 20);
  add_int (builder, "after", after);
  add_int (builder, "count", count);
  json_builder_end_object (builder);
  answer = call (f, "/sandbox/faults", builder);
}

void
sync_fixture_add_fault (SyncFixture *f, const char *path, const char *fault, guint count)
{
  add_fault (f, path, fault, 0, 0, 0, count);
}

void
sync_fixture_add_fault_after (SyncFixture *f,
                              const char *path,
                              const char *fault,
                              guint after,
                              guint count)
{
  add_fault (f, path, fault, 0, 0, after, count);
}

void
sync_fixture_add_status (SyncFixture *f,
                         const char *path,
                         guint status,
                         guint retry_after,
                         guint count)
{
  add_fault (f, path, "status", status, retry_after, 0, count);
}

static RegParams *
parse_params (const char *text)
{
  RegParams *params = reg_params_new ();

  /* Where a value has semicolons, ampersands stand between the pairs. */
  const char *separator = text != NULL && strchr (text, '&') != NULL ? "&" : ";";
  g_auto (GStrv) pairs = g_strsplit (text != NULL ? text : "", separator, -1);

  for (guint i = 0; pairs[i] != NULL; i++)
    {
      g_auto (GStrv) parts = g_strsplit (pairs[i], "=", 2);

      reg_params_set (params, parts[0], parts[1]);
    }
  return params;
}

static gint64
stage (SyncFixture *f,
       const char *operation,
       const RegParams *params,
       const RegStepTarget *targets,
       gsize n,
       gint64 *user_id)
{
  g_autoptr (GError) error = NULL;
  RegStepResult result = { 0 };
  RegStep step = {
    .operation = reg_operation_find (operation),
    .params = params,
    .targets = targets,
    .n_targets = n,
    .title = operation,
    .actor_id = 1,
    .actor_role = REG_ROLE_PRIMARY_ADMIN,
    .now = f->now,
  };
  gint64 batch_id;

  g_assert_nonnull (step.operation);
  reg_store_stage (f->store, &step, &result, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  batch_id = result.batch_id;
  if (user_id != NULL)
    *user_id = result.user_id;
  reg_step_result_clear (&result);
  return batch_id;
}

gint64
sync_fixture_stage (SyncFixture *f,
                    const char *operation,
                    gint64 user_id,
                    gint64 course_id,
                    const char *params)
{
  g_autoptr (RegParams) parsed = parse_params (params);
  RegStepTarget target = { .user_id = user_id, .course_id = course_id };

  return stage (f, operation, parsed, &target, 1, NULL);
}

gint64
sync_fixture_add_user (SyncFixture *f, const char *params)
{
  g_autoptr (RegParams) parsed = parse_params (params);
  RegStepTarget target = { 0 };
  gint64 user_id = 0;

  stage (f, "add-user", parsed, &target, 1, &user_id);
  return user_id;
}

gint64
sync_fixture_stage_many (SyncFixture *f,
                         const char *operation,
                         gint64 first,
                         gint64 last,
                         gint64 course_id)
{
  g_autofree RegStepTarget *targets = g_new0 (RegStepTarget, last - first + 1);

  for (gint64 i = first; i <= last; i++)
    {
      targets[i - first].user_id = i;
      targets[i - first].course_id = course_id;
    }
  return stage (f, operation, NULL, targets, last - first + 1, NULL);
}

RegOutcomeKind
sync_fixture_do_there (SyncFixture *f,
                       const char *operation,
                       gint64 user_id,
                       gint64 course_id,
                       const char *params)
{
  g_autoptr (RegParams) parsed = parse_params (params);
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) answer = NULL;
  g_autofree char *uuid = g_uuid_string_random ();
  g_autoptr (GBytes) body = NULL;
  JsonObject *result;
  RegOutcomeKind outcome;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "operations");
  json_builder_begin_array (builder);
  json_builder_begin_object (builder);
  add_text (builder, "id", uuid);
  add_text (builder, "operation", operation);
  add_int (builder, "user_id", user_id);
  add_int (builder, "course_id", MAX (course_id, 0));
  if (course_id < 0)
    add_int (builder, "preset_id", -course_id);
  add_text (builder, "note", "there");
  json_builder_set_member_name (builder, "params");
  json_builder_begin_object (builder);
  for (guint i = 0; i < reg_params_get_size (parsed); i++)
    add_text (builder, reg_params_get_key (parsed, i),
              reg_params_get (parsed, reg_params_get_key (parsed, i)));
  json_builder_end_object (builder);
  json_builder_end_object (builder);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  /* A fault may hit this one too; the key makes it safe to repeat. */
  body = build (builder);
  for (guint i = 0; i < 20 && answer == NULL; i++)
    answer = try_call (f, "/v1/operations", body, NULL);
  g_assert_nonnull (answer);
  result = json_array_get_object_element (
      json_object_get_array_member (json_node_get_object (answer), "results"), 0);
  g_assert_true (
      reg_outcome_kind_from_nick (json_object_get_string_member (result, "outcome"), -1, &outcome));
  return outcome;
}

void
sync_fixture_learn (SyncFixture *f, gint64 user_id, gint64 course_id, int progress)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) answer = NULL;

  json_builder_begin_object (builder);
  add_int (builder, "user_id", user_id);
  add_int (builder, "course_id", course_id);
  add_int (builder, "progress", progress);
  json_builder_end_object (builder);
  answer = call (f, "/sandbox/learn", builder);
}

void
sync_fixture_set_setting (SyncFixture *f, const char *key, gboolean value)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) answer = NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, key);
  json_builder_add_boolean_value (builder, value);
  json_builder_end_object (builder);
  answer = call (f, "/sandbox/settings", builder);
}

RegSyncReport
sync_fixture_sync (SyncFixture *f)
{
  g_autoptr (GError) error = NULL;
  RegSyncReport report;

  reg_engine_run (f->engine, REG_SYNC_PUSH | REG_SYNC_PULL, &report, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  return report;
}

void
sync_fixture_sync_to_end (SyncFixture *f)
{
  for (guint i = 0; i < MAX_RUNS; i++)
    {
      g_autoptr (GError) error = NULL;
      RegSyncReport report;

      if (reg_engine_run (f->engine, REG_SYNC_PUSH | REG_SYNC_PULL, &report, NULL, NULL, NULL,
                          &error))
        {
          if (report.n_left == 0 || report.retry_at == 0)
            return;
        }
      else
        g_assert_cmpint (error->domain, ==, REG_LMS_ERROR);
      if (report.retry_at > f->now)
        f->now = report.retry_at;
    }
  g_error ("There is no end to it");
}

gint64
sync_fixture_count (SyncFixture *f, RegChangeState state)
{
  g_autoptr (GError) error = NULL;
  gint64 counts[REG_N_CHANGE_STATES];

  reg_store_count_changes (f->store, counts, &error);
  g_assert_no_error (error);
  return counts[state];
}

RegChange *
sync_fixture_dup_change (SyncFixture *f, RegChangeState state)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = reg_store_list_changes (f->store, 0, 1u << state, 0, 0, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (rows->len, ==, 1);
  return reg_change_copy (((RegChangeRow *)g_ptr_array_index (rows, 0))->change);
}

/* The LMS's log as a JSON array. */
static JsonNode *
get_log (SyncFixture *f, JsonArray **operations)
{
  JsonNode *root = call (f, "/sandbox/log", NULL);

  *operations = json_object_get_array_member (json_node_get_object (root), "operations");
  return root;
}

guint
sync_fixture_count_mails (SyncFixture *f)
{
  g_autoptr (JsonNode) root = call (f, "/sandbox/mailbox", NULL);

  return json_array_get_length (
      json_object_get_array_member (json_node_get_object (root), "mails"));
}

static GHashTable *
list_keys (SyncFixture *f)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = reg_store_list_changes (f->store, 0, 0, 0, 0, &error);
  GHashTable *keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < rows->len; i++)
    g_hash_table_add (keys, g_strdup (((RegChangeRow *)g_ptr_array_index (rows, i))->change->uuid));
  return keys;
}

void
sync_fixture_assert_applied (SyncFixture *f, gint64 n)
{
  g_autoptr (GHashTable) keys = list_keys (f);
  g_autoptr (JsonNode) log = NULL;
  JsonArray *operations;
  gint64 found = 0;

  log = get_log (f, &operations);
  for (guint i = 0; i < json_array_get_length (operations); i++)
    {
      JsonObject *operation = json_array_get_object_element (operations, i);
      gint64 applied = json_object_get_int_member (operation, "applied");

      g_assert_cmpint (applied, <=, 1);
      if (g_hash_table_contains (keys, json_object_get_string_member (operation, "id")))
        found += applied;
    }
  g_assert_cmpint (found, ==, n);
}

gint64
sync_fixture_count_received (SyncFixture *f)
{
  g_autoptr (JsonNode) log = NULL;
  JsonArray *operations;
  gint64 n = 0;

  log = get_log (f, &operations);
  for (guint i = 0; i < json_array_get_length (operations); i++)
    n += json_object_get_int_member (json_array_get_object_element (operations, i), "received");
  return n;
}

/* Comparing two databases, row by row. */

static sqlite3_stmt *
prepare (sqlite3 *db, const char *table, const char *order)
{
  g_autofree char *sql = g_strdup_printf ("SELECT * FROM %s ORDER BY %s", table, order);
  sqlite3_stmt *stmt;

  g_assert_cmpint (sqlite3_prepare_v2 (db, sql, -1, &stmt, NULL), ==, SQLITE_OK);
  return stmt;
}

static char *
dup_row (sqlite3_stmt *stmt)
{
  GString *text = g_string_new (NULL);

  if (sqlite3_step (stmt) != SQLITE_ROW)
    {
      g_string_free (text, TRUE);
      return NULL;
    }
  for (int i = 0; i < sqlite3_column_count (stmt); i++)
    g_string_append_printf (text, "%s=%s ", sqlite3_column_name (stmt, i),
                            sqlite3_column_text (stmt, i));
  return g_string_free (text, FALSE);
}

static sqlite3 *
open_database (const char *path)
{
  sqlite3 *db;

  g_assert_cmpint (sqlite3_open_v2 (path, &db, SQLITE_OPEN_READWRITE, NULL), ==, SQLITE_OK);
  return db;
}

void
sync_assert_same_databases (const char *a, const char *b)
{
  static const char *const tables[][2] = {
    { "user", "id" },           { "enrollment", "id" }, { "course", "id" },
    { "session", "id" },        { "label", "id" },      { "pool", "id" },
    { "document", "kind, id" }, { "user_base", "id" },  { "enrollment_base", "id" },
    { "course_base", "id" },
  };
  sqlite3 *db_a = open_database (a), *db_b = open_database (b);

  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      sqlite3_stmt *stmt_a = prepare (db_a, tables[i][0], tables[i][1]);
      sqlite3_stmt *stmt_b = prepare (db_b, tables[i][0], tables[i][1]);

      for (;;)
        {
          g_autofree char *row_a = dup_row (stmt_a);
          g_autofree char *row_b = dup_row (stmt_b);

          if (g_strcmp0 (row_a, row_b) != 0)
            g_error ("%s differs\nhere:  %s\nthere: %s", tables[i][0], row_a, row_b);
          if (row_a == NULL)
            break;
        }
      sqlite3_finalize (stmt_a);
      sqlite3_finalize (stmt_b);
    }
  sqlite3_close (db_a);
  sqlite3_close (db_b);
}

void
sync_fixture_assert_same (SyncFixture *f)
{
  g_autoptr (GError) error = NULL;
  RegTestFolder folder;
  RegStore *store;
  RegEngine *engine;

  reg_test_folder_init (&folder);
  store = reg_store_open (folder.path, &error);
  g_assert_no_error (error);
  engine = reg_engine_new (store, f->lms);
  reg_engine_run (engine, REG_SYNC_PULL, NULL, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  sync_assert_same_databases (f->folder.path, folder.path);
  reg_engine_free (engine);
  reg_store_unref (store);
  reg_test_folder_clear (&folder);
}
