/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Threads: used on main. The functions ending in _work run on the worker, with records only. */
#define G_LOG_DOMAIN "reg-app"

#include "app/reg-session-opener.h"

#include "base/reg-worker.h"
#include "workspace/reg-demo-lms.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

struct _RegSessionOpener
{
  GObject parent_instance;

  RegWorker *worker;
  char *data_dir;
  RegDemoLms *demo; /* (nullable) */
  char *demo_dir;   /* its profile, removed at the end */
};

G_DEFINE_FINAL_TYPE (RegSessionOpener, reg_session_opener, G_TYPE_OBJECT)

/* What one opening knows. */
typedef struct
{
  char *data_dir;
  char *last_id;
  char *url;
  char *token;
  gboolean is_new;
  gboolean keeps_token;
  gboolean is_persistent;
  RegAccount *account;
} Opening;

static void
opening_free (gpointer data)
{
  Opening *opening = data;

  g_free (opening->data_dir);
  g_free (opening->last_id);
  g_free (opening->url);
  g_free (opening->token);
  g_clear_pointer (&opening->account, reg_account_free);
  g_free (opening);
}

static void
on_opened_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  RegWorkspace *workspace = reg_workspace_open_finish (result, &error);

  if (workspace == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, workspace, g_object_unref);
}

static void
on_account_ready_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Opening *opening = g_task_get_task_data (task);
  GError *error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    g_task_return_error (task, error);
  else if (opening->account == NULL)
    g_task_return_pointer (task, NULL, NULL);
  else
    reg_workspace_open_async (opening->account, opening->token, NULL, on_opened_cb,
                              g_steal_pointer (&task));
}

static RegAccount *
take_account (GPtrArray *accounts, const char *id)
{
  guint wanted = 0;

  if (accounts->len == 0)
    return NULL;
  for (guint i = 0; i < accounts->len; i++)
    if (g_strcmp0 (((RegAccount *)g_ptr_array_index (accounts, i))->id, id) == 0)
      wanted = i;
  return g_ptr_array_steal_index (accounts, wanted);
}

static void
find_work (GTask *task, gpointer data)
{
  Opening *opening = data;
  g_autoptr (GError) token_error = NULL;
  GError *error = NULL;
  g_autoptr (GPtrArray) accounts = reg_account_list (opening->data_dir, &error);

  if (accounts == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  opening->account = take_account (accounts, opening->last_id);
  opening->is_persistent = TRUE;
  if (opening->account != NULL)
    opening->token = reg_account_dup_token (opening->account, &token_error);
  /* Without its token the account opens all the same; the window asks for it. */
  if (token_error != NULL)
    g_message ("The access token is not at hand: %s", token_error->message);
  g_task_return_boolean (task, TRUE);
}

static void
connect_work (GTask *task, gpointer data)
{
  Opening *opening = data;
  GError *error = NULL;

  opening->is_new = TRUE;
  opening->account = reg_account_create (opening->data_dir, "registrar", opening->url, &error);
  if (opening->account == NULL
      || (opening->keeps_token
          && !reg_account_set_token (opening->account, opening->token, &opening->is_persistent,
                                     &error)))
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static void
start (RegSessionOpener *self, GTask *outer, RegWorkerFunc work)
{
  Opening *opening = g_task_get_task_data (outer);
  g_autoptr (GTask) inner = g_task_new (self, NULL, on_account_ready_cb, g_object_ref (outer));

  reg_worker_push (self->worker, inner, work, opening, NULL);
}

static void
on_demo_started_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  RegSessionOpener *self = g_task_get_source_object (task);
  Opening *opening = g_task_get_task_data (task);
  GError *error = NULL;
  RegDemoLms *demo = reg_demo_lms_start_finish (result, &error);

  if (demo == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  g_clear_object (&self->demo);
  self->demo = demo;
  if (self->demo_dir == NULL)
    self->demo_dir = g_dir_make_tmp ("registrar-demo-XXXXXX", &error);
  if (self->demo_dir == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  opening->data_dir = g_strdup (self->demo_dir);
  opening->url = g_strdup (reg_demo_lms_get_url (demo));
  opening->token = g_strdup (reg_demo_lms_get_token (demo));
  opening->is_persistent = TRUE;
  start (self, task, connect_work);
}

static void
remove_work (GTask *task, gpointer data)
{
  Opening *opening = data;
  GError *error = NULL;

  if (reg_account_remove (opening->data_dir, opening->account, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* Removes a folder that this program made in the temporary directory. */
static void
remove_folder (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR) && !g_file_test (child, G_FILE_TEST_IS_SYMLINK))
        remove_folder (child);
      else
        g_unlink (child);
    }
  g_rmdir (path);
}

static void
reg_session_opener_finalize (GObject *object)
{
  RegSessionOpener *self = REG_SESSION_OPENER (object);

  g_clear_pointer (&self->worker, reg_worker_free);
  g_clear_object (&self->demo);
  if (self->demo_dir != NULL)
    remove_folder (self->demo_dir);
  g_free (self->demo_dir);
  g_free (self->data_dir);
  G_OBJECT_CLASS (reg_session_opener_parent_class)->finalize (object);
}

static void
reg_session_opener_class_init (RegSessionOpenerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = reg_session_opener_finalize;
}

static void
reg_session_opener_init (RegSessionOpener *self)
{
  self->worker = reg_worker_new ("reg-accounts");
}

RegSessionOpener *
reg_session_opener_new (const char *data_dir)
{
  RegSessionOpener *self = g_object_new (REG_TYPE_SESSION_OPENER, NULL);

  self->data_dir = g_strdup (data_dir);
  return self;
}

static Opening *
add_opening (GTask *task, RegSessionOpener *self)
{
  Opening *opening = g_new0 (Opening, 1);

  opening->data_dir = g_strdup (self->data_dir);
  g_task_set_task_data (task, opening, opening_free);
  return opening;
}

void
reg_session_opener_open_last_async (RegSessionOpener *self,
                                    const char *last_id,
                                    GAsyncReadyCallback callback,
                                    gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, data);
  Opening *opening = add_opening (task, self);

  opening->last_id = g_strdup (last_id);
  start (self, task, find_work);
}

void
reg_session_opener_connect_async (RegSessionOpener *self,
                                  const char *url,
                                  const char *token,
                                  GAsyncReadyCallback callback,
                                  gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, data);
  Opening *opening = add_opening (task, self);

  opening->url = g_strdup (url);
  opening->token = g_strdup (token);
  opening->keeps_token = TRUE;
  start (self, task, connect_work);
}

/**
 * reg_session_opener_demo_async:
 *
 * Starts an LMS of its own with sample data and opens a profile that is gone afterwards.
 */
void
reg_session_opener_demo_async (RegSessionOpener *self, GAsyncReadyCallback callback, gpointer data)
{
  GTask *task = g_task_new (self, NULL, callback, data);
  Opening *opening = add_opening (task, self);

  g_clear_pointer (&opening->data_dir, g_free);
  reg_demo_lms_start_async (NULL, on_demo_started_cb, task);
}

/**
 * reg_session_opener_finish:
 *
 * Returns: (transfer full) (nullable): the account opened; %NULL without an error where there is
 *   none yet
 */
RegWorkspace *
reg_session_opener_finish (RegSessionOpener *self,
                           GAsyncResult *result,
                           gboolean *is_new,
                           gboolean *is_persistent,
                           GError **error)
{
  Opening *opening = g_task_get_task_data (G_TASK (result));

  if (is_new != NULL)
    *is_new = opening->is_new;
  if (is_persistent != NULL)
    *is_persistent = opening->is_persistent;
  return g_task_propagate_pointer (G_TASK (result), error);
}

static RegAccount *
copy_account (const RegAccount *account)
{
  RegAccount *copy = g_new0 (RegAccount, 1);

  copy->id = g_strdup (account->id);
  copy->kind = g_strdup (account->kind);
  copy->url = g_strdup (account->url);
  copy->database = g_strdup (account->database);
  return copy;
}

static void
keep_token_work (GTask *task, gpointer data)
{
  Opening *opening = data;
  GError *error = NULL;

  if (reg_account_set_token (opening->account, opening->token, &opening->is_persistent, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
reg_session_opener_keep_token_async (RegSessionOpener *self,
                                     const RegAccount *account,
                                     const char *token,
                                     GAsyncReadyCallback callback,
                                     gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, data);
  Opening *opening = add_opening (task, self);

  opening->account = copy_account (account);
  opening->token = g_strdup (token);
  reg_worker_push (self->worker, task, keep_token_work, opening, NULL);
}

gboolean
reg_session_opener_keep_token_finish (RegSessionOpener *self,
                                      GAsyncResult *result,
                                      gboolean *is_persistent,
                                      GError **error)
{
  Opening *opening = g_task_get_task_data (G_TASK (result));

  if (is_persistent != NULL)
    *is_persistent = opening->is_persistent;
  return g_task_propagate_boolean (G_TASK (result), error);
}

void
reg_session_opener_remove_async (RegSessionOpener *self,
                                 const RegAccount *account,
                                 GAsyncReadyCallback callback,
                                 gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, data);
  Opening *opening = add_opening (task, self);

  opening->account = copy_account (account);
  reg_worker_push (self->worker, task, remove_work, opening, NULL);
}

gboolean
reg_session_opener_remove_finish (RegSessionOpener *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * reg_session_opener_is_demo:
 *
 * Returns: whether the demo runs
 */
gboolean
reg_session_opener_is_demo (RegSessionOpener *self)
{
  return self->demo != NULL;
}
