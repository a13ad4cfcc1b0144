/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads and writes of the store, handed to the workers; searches.
 *
 * Threads: public functions on main; …_work () on a worker, with nothing but the task's data. */
#define G_LOG_DOMAIN "reg-workspace"

#include "workspace/reg-workspace-private.h"

typedef struct
{
  RegStore *store;
  RegWorkspaceFunc func;
  gpointer data;
  GDestroyNotify data_free;
  GDestroyNotify result_free;
  RegProgress *progress;
} Run;

static void
run_free (Run *run)
{
  if (run->data_free != NULL)
    run->data_free (run->data);
  g_clear_object (&run->progress);
  g_clear_pointer (&run->store, reg_store_unref);
  g_free (run);
}

static void
run_work (GTask *task, gpointer data)
{
  Run *run = g_task_get_task_data (task);
  GError *error = NULL;
  gpointer result = run->func (run->store, run->data, run->progress, &error);

  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, result, run->result_free);
}

static GTask *
run_task (RegWorkspace *self,
          RegWorkspaceFunc func,
          gpointer func_data,
          GDestroyNotify func_data_free,
          GDestroyNotify result_free,
          RegProgress *progress,
          GCancellable *cancellable,
          GAsyncReadyCallback callback,
          gpointer data)
{
  GTask *task = g_task_new (self, cancellable, callback, data);
  Run *run = g_new0 (Run, 1);

  run->store = self->store != NULL ? reg_store_ref (self->store) : NULL;
  run->func = func;
  run->data = func_data;
  run->data_free = func_data_free;
  run->result_free = result_free;
  run->progress = progress != NULL ? g_object_ref (progress) : NULL;
  g_task_set_task_data (task, run, (GDestroyNotify)run_free);
  return task;
}

/* A page that is about to go may still ask; of a closed workspace it gets CANCELLED. */
static void
push (RegWorkspace *self, RegWorker *worker, GTask *task)
{
  if (self->closed)
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "The account was closed");
  else
    reg_worker_push (worker, task, run_work, NULL, NULL);
}

static void
on_errands_stopped_cb (GCancellable *cancellable, RegProgress *progress)
{
  reg_progress_cancel (progress);
}

/**
 * reg_workspace_run_async:
 * @self: a workspace
 * @write: whether it writes: on the store worker, else on the reader worker
 * @func: called on the worker
 * @func_data: for @func
 * @func_data_free: (nullable): frees @func_data, on the main thread
 * @result_free: (nullable): frees the result where nobody takes it
 * @progress: (nullable): handed to @func; its cancellable is looked at before @func runs
 * @callback: called on main
 * @data: for @callback
 */
void
reg_workspace_run_async (RegWorkspace *self,
                         gboolean write,
                         RegWorkspaceFunc func,
                         gpointer func_data,
                         GDestroyNotify func_data_free,
                         GDestroyNotify result_free,
                         RegProgress *progress,
                         GAsyncReadyCallback callback,
                         gpointer data)
{
  g_autoptr (GTask) task = run_task (self, func, func_data, func_data_free, result_free, progress,
                                     reg_workspace_get_cancellable (progress), callback, data);

  push (self, write ? self->writer : self->reader, task);
}

/**
 * reg_workspace_run_errand_async:
 * @self: a workspace
 * @func: called on a worker of its own; it looks at the cancellable of @progress between the calls
 *   of the store it makes
 * @func_data: for @func
 * @func_data_free: (nullable): frees @func_data, on the main thread
 * @result_free: (nullable): frees the result where nobody takes it
 * @progress: handed to @func
 * @callback: called on main; reg_workspace_run_finish ()
 * @data: for @callback
 */
void
reg_workspace_run_errand_async (RegWorkspace *self,
                                RegWorkspaceFunc func,
                                gpointer func_data,
                                GDestroyNotify func_data_free,
                                GDestroyNotify result_free,
                                RegProgress *progress,
                                GAsyncReadyCallback callback,
                                gpointer data)
{
  g_autoptr (GTask) task = run_task (self, func, func_data, func_data_free, result_free, progress,
                                     reg_workspace_get_cancellable (progress), callback, data);

  if (self->errand == NULL && !self->closed)
    {
      self->errand = reg_worker_new ("reg-errand");
      self->errand_cancellable = g_cancellable_new ();
    }
  if (self->errand != NULL)
    g_cancellable_connect (self->errand_cancellable, G_CALLBACK (on_errands_stopped_cb),
                           g_object_ref (progress), g_object_unref);
  push (self, self->errand, task);
}

void
reg_workspace_stop_errands (RegWorkspace *self)
{
  g_cancellable_cancel (self->errand_cancellable);
  if (self->errand != NULL)
    reg_worker_free (g_steal_pointer (&self->errand));
  g_clear_object (&self->errand_cancellable);
}

/**
 * reg_workspace_run_finish:
 * @self: a workspace
 * @result: what the callback got
 * @error: return location
 *
 * Returns: (nullable) (transfer full): what the function returned
 */
gpointer
reg_workspace_run_finish (RegWorkspace *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
reg_workspace_on_rows_progress (gint64 done, gint64 total, gpointer data)
{
  if (data != NULL)
    reg_progress_set (data, done, total);
}

GCancellable *
reg_workspace_get_cancellable (RegProgress *progress)
{
  return progress != NULL ? reg_progress_get_cancellable (progress) : NULL;
}

/* Searches. */

typedef struct
{
  RegUserQuery users;
  RegEnrollmentQuery enrollments;
  RegPeopleFilter people;
  char *search;
  char *today;
  GCancellable *cancellable;
} Query;

static Query *
query_new (const char *search,
           const RegPeopleFilter *people,
           const char *today,
           GCancellable *cancellable)
{
  Query *query = g_new0 (Query, 1);

  reg_people_filter_copy (&query->people, people);
  query->search = g_strdup (search);
  query->today = g_strdup (today);
  query->cancellable = cancellable != NULL ? g_object_ref (cancellable) : NULL;
  return query;
}

static void
query_free (gpointer data)
{
  Query *query = data;

  reg_people_filter_clear (&query->people);
  g_free (query->search);
  g_free (query->today);
  g_clear_object (&query->cancellable);
  g_free (query);
}

static gpointer
query_users (RegStore *store, gpointer data, RegProgress *progress, GError **error)
{
  Query *query = data;

  return reg_store_query_users (store, &query->users, query->cancellable, error);
}

void
reg_workspace_query_users_async (RegWorkspace *self,
                                 const RegUserQuery *query,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer data)
{
  Query *copy = query_new (query->search, query->people, NULL, cancellable);
  g_autoptr (GTask) task =
      run_task (self, query_users, copy, query_free, (GDestroyNotify)reg_id_list_unref, NULL,
                cancellable, callback, data);

  copy->users = *query;
  copy->users.search = copy->search;
  copy->users.people = &copy->people;
  push (self, self->reader, task);
}

RegIdList *
reg_workspace_query_users_finish (RegWorkspace *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static gpointer
query_enrollments (RegStore *store, gpointer data, RegProgress *progress, GError **error)
{
  Query *query = data;

  return reg_store_query_enrollments (store, &query->enrollments, query->cancellable, error);
}

void
reg_workspace_query_enrollments_async (RegWorkspace *self,
                                       const RegEnrollmentQuery *query,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer data)
{
  Query *copy =
      query_new (query->search, query->people,
                 query->today != NULL ? query->today : reg_workspace_get_today (self), cancellable);
  g_autoptr (GTask) task =
      run_task (self, query_enrollments, copy, query_free, (GDestroyNotify)reg_id_list_unref, NULL,
                cancellable, callback, data);

  copy->enrollments = *query;
  copy->enrollments.search = copy->search;
  copy->enrollments.people = &copy->people;
  copy->enrollments.today = copy->today;
  push (self, self->reader, task);
}

RegIdList *
reg_workspace_query_enrollments_finish (RegWorkspace *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
