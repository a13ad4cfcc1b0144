/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A workspace against a real LMS in this process: what the window would see. */
#include "workspace/reg-workspace.h"

#include "reg-test-server.h"
#include "reg-test-store.h"

#include <string.h>

#define DEADLINE_S 30

typedef struct
{
  RegTestFolder folder;
  RegTestServer *server;
  RegAccount account;
  RegWorkspace *workspace;
  GAsyncResult *result;
  guint n_synced;
  guint n_changed;
} Fixture;

static gboolean
on_deadline_cb (gpointer data)
{
  g_error ("Nothing happened for %d seconds", DEADLINE_S);
  return G_SOURCE_REMOVE;
}

#define WAIT_FOR(condition)                                                                        \
  G_STMT_START                                                                                     \
  {                                                                                                \
    guint deadline = g_timeout_add_seconds (DEADLINE_S, on_deadline_cb, NULL);                     \
                                                                                                   \
    while (!(condition))                                                                           \
      g_main_context_iteration (NULL, TRUE);                                                       \
    g_source_remove (deadline);                                                                    \
  }                                                                                                \
  G_STMT_END

static void
on_result_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Fixture *f = data;

  g_set_object (&f->result, result);
}

static void
on_synced_cb (Fixture *f)
{
  f->n_synced++;
}

static void
on_changed_cb (Fixture *f)
{
  f->n_changed++;
}

static void
open_workspace (Fixture *f, const char *token)
{
  g_autoptr (GError) error = NULL;

  reg_workspace_open_async (&f->account, token, NULL, on_result_cb, f);
  WAIT_FOR (f->result != NULL);
  f->workspace = reg_workspace_open_finish (f->result, &error);
  g_assert_no_error (error);
  g_clear_object (&f->result);
  g_signal_connect_swapped (f->workspace, "synced", G_CALLBACK (on_synced_cb), f);
  g_signal_connect_swapped (f->workspace, "changed", G_CALLBACK (on_changed_cb), f);
}

static void
set_up (Fixture *f, gconstpointer data)
{
  reg_test_folder_init (&f->folder);
  f->server = reg_test_server_new_seeded (REG_SANDBOX_SEED_DEMO, 0);
  f->account = (RegAccount){ .id = (char *)"test",
                             .kind = (char *)"registrar",
                             .url = (char *)reg_test_server_get_url (f->server),
                             .database = f->folder.path };
}

static void
close_workspace (Fixture *f)
{
  if (f->workspace == NULL)
    return;
  g_signal_handlers_disconnect_by_data (f->workspace, f);
  reg_workspace_close (f->workspace);
  /* what was asked for last still comes back, as cancelled */
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (f->workspace);
  f->workspace = NULL;
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  close_workspace (f);
  g_clear_object (&f->result);
  reg_test_server_free (f->server);
  reg_test_folder_clear (&f->folder);
}

static RegIdList *
query_users (Fixture *f, const RegUserQuery *query)
{
  g_autoptr (GError) error = NULL;
  RegIdList *list;

  reg_workspace_query_users_async (f->workspace, query, NULL, on_result_cb, f);
  WAIT_FOR (f->result != NULL);
  list = reg_workspace_query_users_finish (f->workspace, f->result, &error);
  g_assert_no_error (error);
  g_clear_object (&f->result);
  return list;
}

static void
stage_archive (Fixture *f, const gint64 *ids, gsize n, RegStepResult *result)
{
  g_autoptr (GError) error = NULL;

  reg_workspace_stage_async (f->workspace, reg_operation_find ("archive"), NULL, ids, n, NULL, 0,
                             "Archive some", FALSE, NULL, on_result_cb, f);
  WAIT_FOR (f->result != NULL);
  g_assert_true (reg_workspace_stage_finish (f->workspace, f->result, result, &error));
  g_assert_no_error (error);
  g_clear_object (&f->result);
}

static void
test_round_trip (Fixture *f, gconstpointer data)
{
  const RegUserQuery active = { .states = 1u << REG_USER_STATE_ACTIVE };
  const RegUserQuery archived = { .states = 1u << REG_USER_STATE_ARCHIVED };
  g_autoptr (RegIdList) before = NULL;
  g_autoptr (RegIdList) after = NULL;
  g_autoptr (RegIdList) gone = NULL;
  RegStepResult result = { 0 };
  gint64 ids[4];
  guint n_ids = 0;
  gsize n_before;

  open_workspace (f, reg_test_server_get_token (f->server));
  WAIT_FOR (f->n_synced >= 1);
  g_assert_cmpint (reg_workspace_get_actor_role (f->workspace), ==, REG_ROLE_PRIMARY_ADMIN);
  before = query_users (f, &active);
  gone = query_users (f, &archived);
  n_before = before->n;
  g_assert_cmpuint (n_before, >, 200);

  /* offline: three are archived, one undone by hand, the rest waits */
  reg_workspace_set_work_offline (f->workspace, TRUE);
  for (gsize i = 0; i < before->n && n_ids < G_N_ELEMENTS (ids); i++)
    if (before->ids[i] != reg_workspace_get_actor_id (f->workspace))
      ids[n_ids++] = before->ids[i];
  stage_archive (f, ids, 3, &result);
  g_assert_cmpint (result.n_staged, ==, 3);
  reg_step_result_clear (&result);
  WAIT_FOR (reg_workspace_get_n_waiting (f->workspace) == 3);
  stage_archive (f, ids + 3, 1, &result);
  reg_step_result_clear (&result);
  reg_workspace_undo_async (f->workspace, 0, NULL, on_result_cb, f);
  WAIT_FOR (f->result != NULL);
  g_assert_cmpint (reg_workspace_undo_finish (f->workspace, f->result, NULL), ==, 1);
  g_clear_object (&f->result);
  after = query_users (f, &active);
  g_assert_cmpuint (after->n, ==, n_before - 3);
  g_assert_cmpint (reg_test_server_count_applied (f->server, NULL), ==, 0);

  /* online: exactly the rest arrives, once */
  f->n_synced = 0;
  reg_workspace_set_work_offline (f->workspace, FALSE);
  WAIT_FOR (f->n_synced >= 1 && reg_workspace_get_n_waiting (f->workspace) == 0);
  g_assert_cmpint (reg_test_server_count_applied (f->server, NULL), ==, 3);
  g_clear_pointer (&after, reg_id_list_unref);
  after = query_users (f, &archived);
  g_assert_cmpuint (after->n, ==, gone->n + 3);
  g_assert_cmpint (reg_workspace_get_sync_state (f->workspace), ==, REG_SYNC_STATE_IDLE);
}

/* A refused token: the queue pauses, nothing is lost, and a good token goes on. */
static void
test_sign_in_again (Fixture *f, gconstpointer data)
{
  open_workspace (f, "wrong");
  WAIT_FOR (reg_workspace_get_sync_state (f->workspace) == REG_SYNC_STATE_SIGNED_OUT);
  g_assert_nonnull (reg_workspace_get_sync_message (f->workspace));
  reg_workspace_sign_in (f->workspace, reg_test_server_get_token (f->server));
  WAIT_FOR (f->n_synced >= 1);
  g_assert_cmpint (reg_workspace_get_sync_state (f->workspace), ==, REG_SYNC_STATE_IDLE);
}

static void
test_unreachable (Fixture *f, gconstpointer data)
{
  f->account.url = (char *)"http://127.0.0.1:9";
  open_workspace (f, "any");
  WAIT_FOR (reg_workspace_get_sync_state (f->workspace) == REG_SYNC_STATE_UNREACHABLE);
  g_assert_nonnull (reg_workspace_get_sync_message (f->workspace));
}

/* A database that cannot be read is made anew, and the person is told. */
static void
test_salvage (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *rubbish = g_strnfill (20000, 'x');

  g_assert_true (g_file_set_contents (f->folder.path, rubbish, -1, &error));
  open_workspace (f, reg_test_server_get_token (f->server));
  g_assert_nonnull (reg_workspace_get_notice (f->workspace));
  WAIT_FOR (f->n_synced >= 1);
  {
    const RegUserQuery all = { 0 };
    g_autoptr (RegIdList) users = query_users (f, &all);

    g_assert_cmpuint (users->n, >, 200);
  }
}

/* Two copies of the program on one database. */
static void
test_second_copy (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  RegWorkspace *second;

  open_workspace (f, reg_test_server_get_token (f->server));
  reg_workspace_open_async (&f->account, NULL, NULL, on_result_cb, f);
  WAIT_FOR (f->result != NULL);
  second = reg_workspace_open_finish (f->result, &error);
  g_assert_null (second);
  g_assert_error (error, REG_STORE_ERROR, REG_STORE_ERROR_BUSY);
  g_clear_object (&f->result);
}

/* A page of rows arrives in a model. */
static void
test_model (Fixture *f, gconstpointer data)
{
  const RegUserQuery all = { 0 };
  g_autoptr (RegIdList) users = NULL;
  g_autoptr (RegIdListModel) model = NULL;
  g_autoptr (RegIdListItem) item = NULL;
  const RegUserRow *row;

  open_workspace (f, reg_test_server_get_token (f->server));
  WAIT_FOR (f->n_synced >= 1);
  users = query_users (f, &all);
  model = reg_workspace_create_user_model (f->workspace);
  reg_id_list_model_set_ids (model, users);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (model)), ==, users->n);
  item = g_list_model_get_item (G_LIST_MODEL (model), 7);
  WAIT_FOR (reg_id_list_item_get_row (item) != NULL);
  row = reg_id_list_item_get_row (item);
  g_assert_cmpint (row->user->id, ==, users->ids[7]);
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/workspace/round-trip", test_round_trip);
  ADD ("/workspace/sign-in-again", test_sign_in_again);
  ADD ("/workspace/unreachable", test_unreachable);
  ADD ("/workspace/salvage", test_salvage);
  ADD ("/workspace/second-copy", test_second_copy);
  ADD ("/workspace/model", test_model);
  return g_test_run ();
}
