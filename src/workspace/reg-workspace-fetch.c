/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a person asks the LMS for by itself: a history, a certificate.
 *
 * Threads: main, but for fetch_work () and the functions it calls, which run on the fetch worker:
 * it has a connection of its own, so that nobody waits for a long sync to end. */
#define G_LOG_DOMAIN "reg-workspace"

#include "lms/reg-lms-error.h"
#include "workspace/reg-workspace-private.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  RegWorkspaceFetch func;
  gpointer func_data;
  GDestroyNotify func_data_free;
  GDestroyNotify result_free;
  RegStore *store;
  char *kind;
  char *url;
  char *token;
} Fetch;

static void
fetch_free (gpointer data)
{
  Fetch *fetch = data;

  if (fetch->func_data_free != NULL)
    fetch->func_data_free (fetch->func_data);
  reg_store_unref (fetch->store);
  g_free (fetch->kind);
  g_free (fetch->url);
  g_free (fetch->token);
  g_free (fetch);
}

static void
fetch_work (GTask *task, gpointer data)
{
  Fetch *fetch = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (RegLms) lms = reg_lms_new (fetch->kind, fetch->url, fetch->token, &error);
  gpointer result = lms != NULL ? fetch->func (fetch->store, lms, fetch->func_data,
                                               g_task_get_cancellable (task), &error)
                                : NULL;

  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, result, fetch->result_free);
}

/**
 * reg_workspace_fetch_async:
 * @self: a workspace
 * @func: asks the LMS and returns what it got, or sets the error
 * @func_data: for @func
 * @func_data_free: (nullable): frees @func_data
 * @result_free: (nullable): frees a result nobody takes
 * @callback: called on main; reg_workspace_fetch_finish ()
 * @data: for @callback
 *
 * Asks the LMS for something, beside any sync. It fails at once while working offline and without a
 * token.
 */
void
reg_workspace_fetch_async (RegWorkspace *self,
                           RegWorkspaceFetch func,
                           gpointer func_data,
                           GDestroyNotify func_data_free,
                           GDestroyNotify result_free,
                           GAsyncReadyCallback callback,
                           gpointer data)
{
  g_autoptr (GTask) task = NULL;
  Fetch *fetch = g_new0 (Fetch, 1);

  if (self->fetch_cancellable == NULL)
    self->fetch_cancellable = g_cancellable_new ();
  task = g_task_new (self, self->fetch_cancellable, callback, data);
  fetch->func = func;
  fetch->func_data = func_data;
  fetch->func_data_free = func_data_free;
  fetch->result_free = result_free;
  fetch->store = self->store != NULL ? reg_store_ref (self->store) : NULL;
  fetch->kind = g_strdup (self->account->kind);
  fetch->url = g_strdup (self->account->url);
  fetch->token = g_strdup (self->token);
  g_task_set_source_tag (task, reg_workspace_fetch_async);
  g_task_set_task_data (task, fetch, fetch_free);
  if (self->closed)
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "%s",
                             _ ("The account was closed."));
  else if (self->work_offline)
    g_task_return_new_error (task, REG_LMS_ERROR, REG_LMS_ERROR_UNREACHABLE, "%s",
                             _ ("Registrar works offline. Turn Work Offline off to ask the LMS."));
  else if (self->token == NULL)
    g_task_return_new_error (task, REG_LMS_ERROR, REG_LMS_ERROR_AUTH, "%s",
                             _ ("You are not signed in to the LMS."));
  else
    {
      if (self->fetcher == NULL)
        self->fetcher = reg_worker_new ("reg-fetch");
      reg_worker_push (self->fetcher, task, fetch_work, NULL, NULL);
    }
}

gpointer
reg_workspace_fetch_finish (RegWorkspace *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
reg_workspace_stop_fetching (RegWorkspace *self)
{
  g_cancellable_cancel (self->fetch_cancellable);
  if (self->fetcher != NULL)
    reg_worker_free (g_steal_pointer (&self->fetcher));
  g_clear_object (&self->fetch_cancellable);
}
