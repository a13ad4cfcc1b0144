/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads and writes of the store, handed to the workers.
 *
 * Threads: public functions on main; …_work () on a worker, with nothing but the task's data. */
#define G_LOG_DOMAIN "reg-workspace"

#include "workspace/reg-workspace-private.h"

#include "store/reg-id-list-model.h"

#include <glib/gi18n-lib.h>

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

/* ---- Queries ---- */

typedef struct
{
  RegUserQuery users;
  RegEnrollmentQuery enrollments;
  char *search;
  char *today;
  GCancellable *cancellable;
} Query;

static Query *
query_new (const char *search, const char *today, GCancellable *cancellable)
{
  Query *query = g_new0 (Query, 1);

  query->search = g_strdup (search);
  query->today = g_strdup (today);
  query->cancellable = cancellable != NULL ? g_object_ref (cancellable) : NULL;
  return query;
}

static void
query_free (gpointer data)
{
  Query *query = data;

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
  Query *copy = query_new (query->search, NULL, cancellable);
  g_autoptr (GTask) task =
      run_task (self, query_users, copy, query_free, (GDestroyNotify)reg_id_list_unref, NULL,
                cancellable, callback, data);

  copy->users = *query;
  copy->users.search = copy->search;
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
      query_new (query->search,
                 query->today != NULL ? query->today : reg_workspace_get_today (self), cancellable);
  g_autoptr (GTask) task =
      run_task (self, query_enrollments, copy, query_free, (GDestroyNotify)reg_id_list_unref, NULL,
                cancellable, callback, data);

  copy->enrollments = *query;
  copy->enrollments.search = copy->search;
  copy->enrollments.today = copy->today;
  push (self, self->reader, task);
}

RegIdList *
reg_workspace_query_enrollments_finish (RegWorkspace *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* ---- Models ---- */

/* Shared by a model and the pages under way for it. */
typedef struct
{
  GWeakRef workspace;
  RegWorkspaceRows get_rows;
  gpointer data;
  GDestroyNotify destroy;
} Source;

typedef struct
{
  RegStore *store;
  Source *source;
  gint64 *ids;
  gsize n;
  guint generation;
} Page;

static void
source_clear (gpointer data)
{
  Source *source = data;

  g_weak_ref_clear (&source->workspace);
  if (source->destroy != NULL)
    source->destroy (source->data);
}

static void
source_release (gpointer source)
{
  g_atomic_rc_box_release_full (source, source_clear);
}

static void
page_free (Page *page)
{
  reg_store_unref (page->store);
  source_release (page->source);
  g_free (page->ids);
  g_free (page);
}

static void
page_work (GTask *task, gpointer data)
{
  Page *page = g_task_get_task_data (task);
  Source *source = page->source;
  GError *error = NULL;
  GPtrArray *rows = source->get_rows (page->store, page->ids, page->n, source->data, &error);

  if (rows == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, rows, (GDestroyNotify)g_ptr_array_unref);
}

static void
on_page_fetched_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  RegIdListModel *model = REG_ID_LIST_MODEL (object);
  Page *page = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = g_task_propagate_pointer (G_TASK (result), &error);

  if (rows == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_warning ("Cannot read rows: %s", error->message);
      return;
    }
  /* the model takes the rows */
  g_ptr_array_set_free_func (rows, NULL);
  reg_id_list_model_put_page (model, page->ids, rows->pdata, page->n, page->generation);
}

static void
fetch_page (RegIdListModel *model, const gint64 *ids, gsize n, guint generation, gpointer data)
{
  Source *source = data;
  g_autoptr (RegWorkspace) self = g_weak_ref_get (&source->workspace);
  g_autoptr (GTask) task = NULL;
  Page *page;

  if (self == NULL || self->closed)
    return;
  page = g_new (Page, 1);
  page->store = reg_store_ref (self->store);
  page->source = g_atomic_rc_box_acquire (source);
  page->ids = g_memdup2 (ids, n * sizeof *ids);
  page->n = n;
  page->generation = generation;
  task = g_task_new (model, NULL, on_page_fetched_cb, NULL);
  g_task_set_task_data (task, page, (GDestroyNotify)page_free);
  reg_worker_push_urgent (self->reader, task, page_work, NULL, NULL);
}

/**
 * reg_workspace_create_model:
 * @self: a workspace
 * @get_rows: reads the rows of some ids, on the reader worker
 * @data: for @get_rows; may be read there while the model and its pages live
 * @destroy: (nullable): frees @data, on main
 * @row_free: frees a row
 *
 * Returns: (transfer full): a model, empty until it is given ids
 */
RegIdListModel *
reg_workspace_create_model (RegWorkspace *self,
                            RegWorkspaceRows get_rows,
                            gpointer data,
                            GDestroyNotify destroy,
                            GDestroyNotify row_free)
{
  Source *source = g_atomic_rc_box_new0 (Source);

  g_weak_ref_init (&source->workspace, self);
  source->get_rows = get_rows;
  source->data = data;
  source->destroy = destroy;
  return reg_id_list_model_new (fetch_page, source, source_release, row_free);
}

static GPtrArray *
get_user_rows (RegStore *store, const gint64 *ids, gsize n, gpointer data, GError **error)
{
  return reg_store_get_user_rows (store, ids, n, error);
}

/**
 * reg_workspace_create_user_model:
 * @self: a workspace
 *
 * Returns: (transfer full): a model of RegUserRow, empty until it is given ids
 */
RegIdListModel *
reg_workspace_create_user_model (RegWorkspace *self)
{
  return reg_workspace_create_model (self, get_user_rows, NULL, NULL,
                                     (GDestroyNotify)reg_user_row_free);
}

static GPtrArray *
get_enrollment_rows (RegStore *store, const gint64 *ids, gsize n, gpointer data, GError **error)
{
  return reg_store_get_enrollment_rows (store, ids, n, error);
}

/**
 * reg_workspace_create_enrollment_model:
 * @self: a workspace
 *
 * Returns: (transfer full): a model of RegEnrollmentRow, empty until it is given ids
 */
RegIdListModel *
reg_workspace_create_enrollment_model (RegWorkspace *self)
{
  return reg_workspace_create_model (self, get_enrollment_rows, NULL, NULL,
                                     (GDestroyNotify)reg_enrollment_row_free);
}

/* ---- Steps and undo ---- */

typedef struct
{
  RegStep step;
  RegParams *params;
  RegStepTarget *targets;
  char *title;
  gint64 batch_id;
} StepData;

static void
step_data_free (gpointer data)
{
  StepData *self = data;

  g_clear_pointer (&self->params, reg_params_free);
  g_free (self->targets);
  g_free (self->title);
  g_free (self);
}

static void
step_result_free (gpointer data)
{
  reg_step_result_clear (data);
  g_free (data);
}

static gpointer
stage (RegStore *store, gpointer data, RegProgress *progress, GError **error)
{
  StepData *self = data;
  RegStepResult *result = g_new0 (RegStepResult, 1);

  if (!reg_store_stage (store, &self->step, result, reg_workspace_on_rows_progress, progress,
                        reg_workspace_get_cancellable (progress), error))
    g_clear_pointer (&result, step_result_free);
  return result;
}

/* Takes targets. */
static void
stage_targets (RegWorkspace *self,
               const RegOperation *operation,
               const RegParams *params,
               RegStepTarget *targets,
               gsize n,
               const char *title,
               gboolean dry_run,
               RegProgress *progress,
               GAsyncReadyCallback callback,
               gpointer data)
{
  StepData *copy = g_new0 (StepData, 1);

  copy->params = params != NULL ? reg_params_copy (params) : NULL;
  copy->targets = targets;
  copy->title = g_strdup (title);
  copy->step = (RegStep){ .operation = operation,
                          .params = copy->params,
                          .targets = targets,
                          .n_targets = n,
                          .title = copy->title,
                          .actor_id = reg_workspace_get_actor_id (self),
                          .actor_role = reg_workspace_get_actor_role (self),
                          .now = g_get_real_time () / G_USEC_PER_SEC,
                          .dry_run = dry_run };
  reg_workspace_run_async (self, TRUE, stage, copy, step_data_free, step_result_free, progress,
                           callback, data);
}

/**
 * reg_workspace_stage_async:
 * @self: a workspace
 * @operation: what to do
 * @params: (nullable): its parameters; copied
 * @user_ids: the people
 * @n_users: how many
 * @course_ids: (nullable): the courses; each goes with each person. %NULL for operations on users
 * @n_courses: how many
 * @title: one line for Pending Changes
 * @dry_run: check only
 * @progress: (nullable): progress with cancel
 * @callback: called on main; reg_workspace_stage_finish ()
 * @data: for @callback
 */
void
reg_workspace_stage_async (RegWorkspace *self,
                           const RegOperation *operation,
                           const RegParams *params,
                           const gint64 *user_ids,
                           gsize n_users,
                           const gint64 *course_ids,
                           gsize n_courses,
                           const char *title,
                           gboolean dry_run,
                           RegProgress *progress,
                           GAsyncReadyCallback callback,
                           gpointer data)
{
  gsize columns = course_ids != NULL ? n_courses : 1;
  RegStepTarget *targets = g_new0 (RegStepTarget, MAX (n_users * columns, 1));

  for (gsize i = 0; i < n_users; i++)
    for (gsize k = 0; k < columns; k++)
      targets[i * columns + k] =
          (RegStepTarget){ user_ids[i], course_ids != NULL ? course_ids[k] : 0, NULL };
  stage_targets (self, operation, params, targets, n_users * columns, title, dry_run, progress,
                 callback, data);
}

/**
 * reg_workspace_stage_enrollments_async:
 * @self: a workspace
 * @operation: what to do
 * @params: (nullable): its parameters; copied
 * @enrollment_ids: ids as of reg_enrollment_id ()
 * @n: how many
 * @title: one line for Pending Changes
 * @dry_run: check only
 * @progress: (nullable): progress with cancel
 * @callback: called on main; reg_workspace_stage_finish ()
 * @data: for @callback
 */
void
reg_workspace_stage_enrollments_async (RegWorkspace *self,
                                       const RegOperation *operation,
                                       const RegParams *params,
                                       const gint64 *enrollment_ids,
                                       gsize n,
                                       const char *title,
                                       gboolean dry_run,
                                       RegProgress *progress,
                                       GAsyncReadyCallback callback,
                                       gpointer data)
{
  RegStepTarget *targets = g_new0 (RegStepTarget, MAX (n, 1));

  for (gsize i = 0; i < n; i++)
    targets[i] = (RegStepTarget){ reg_enrollment_id_get_user (enrollment_ids[i]),
                                  reg_enrollment_id_get_course (enrollment_ids[i]), NULL };
  stage_targets (self, operation, params, targets, n, title, dry_run, progress, callback, data);
}

/**
 * reg_workspace_stage_finish:
 * @self: a workspace
 * @result: what the callback got
 * @step_result: (out caller-allocates): what was staged and what was refused
 * @error: return location
 *
 * Returns: %FALSE where nothing was staged because of an error
 */
gboolean
reg_workspace_stage_finish (RegWorkspace *self,
                            GAsyncResult *result,
                            RegStepResult *step_result,
                            GError **error)
{
  g_autofree RegStepResult *staged = g_task_propagate_pointer (G_TASK (result), error);

  if (staged == NULL)
    return FALSE;
  *step_result = *staged;
  return TRUE;
}

static gpointer
undo (RegStore *store, gpointer data, RegProgress *progress, GError **error)
{
  gint64 batch_id = ((StepData *)data)->batch_id;
  g_autofree gint64 *n_undone = g_new0 (gint64, 1);
  g_autoptr (GError) local = NULL;
  gint64 counter;

  if (batch_id == 0)
    {
      batch_id = reg_store_get_undoable_batch (store, &local);
      if (local != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return NULL;
        }
      if (batch_id == 0)
        return g_steal_pointer (&n_undone);
    }
  if (!reg_store_undo_batch (store, batch_id, &counter, n_undone, reg_workspace_on_rows_progress,
                             progress, reg_workspace_get_cancellable (progress), error))
    return NULL;
  return g_steal_pointer (&n_undone);
}

/**
 * reg_workspace_undo_async:
 * @self: a workspace
 * @batch_id: the step, or 0 for the newest one that can be undone
 * @progress: (nullable): progress with cancel
 * @callback: called on main
 * @data: for @callback
 */
void
reg_workspace_undo_async (RegWorkspace *self,
                          gint64 batch_id,
                          RegProgress *progress,
                          GAsyncReadyCallback callback,
                          gpointer data)
{
  StepData *step = g_new0 (StepData, 1);

  step->batch_id = batch_id;
  reg_workspace_run_async (self, TRUE, undo, step, step_data_free, g_free, progress, callback,
                           data);
}

/**
 * reg_workspace_undo_finish:
 * @self: a workspace
 * @result: what the callback got
 * @error: return location
 *
 * Returns: how many changes were taken back, 0 where there was nothing to undo, -1 on error
 */
gint64
reg_workspace_undo_finish (RegWorkspace *self, GAsyncResult *result, GError **error)
{
  g_autofree gint64 *n_undone = g_task_propagate_pointer (G_TASK (result), error);

  return n_undone != NULL ? *n_undone : -1;
}
