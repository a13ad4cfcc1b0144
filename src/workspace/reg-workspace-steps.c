/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the person does and takes back, handed to the store worker.
 *
 * Threads: public functions on main; what they hand over on the worker, with nothing but its data.
 */
#define G_LOG_DOMAIN "reg-workspace"

#include "workspace/reg-workspace-private.h"

typedef struct
{
  RegStep step;
  RegParams *params;
  RegStepTarget *targets;
  char *title;
  gint64 batch_id;
} StepData;

RegStep
reg_workspace_make_step (RegWorkspace *self, const char *title)
{
  const RegSite *site = reg_workspace_get_site (self);

  return (RegStep){ .title = title,
                    .actor_id = reg_workspace_get_actor_id (self),
                    .actor_role = reg_workspace_get_actor_role (self),
                    .reassign_license =
                        site != NULL ? site->reassign_license : REG_REASSIGN_LICENSE_UNKNOWN,
                    .now = g_get_real_time () / G_USEC_PER_SEC };
}

static void
step_data_free (gpointer data)
{
  StepData *self = data;

  g_clear_pointer (&self->params, reg_params_free);
  g_free (self->targets);
  g_free (self->title);
  g_free (self);
}

void
reg_workspace_step_result_free (gpointer data)
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
    g_clear_pointer (&result, reg_workspace_step_result_free);
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
  copy->step = reg_workspace_make_step (self, copy->title);
  copy->step.operation = operation;
  copy->step.params = copy->params;
  copy->step.targets = targets;
  copy->step.n_targets = n;
  copy->step.dry_run = dry_run;
  reg_workspace_run_async (self, TRUE, stage, copy, step_data_free, reg_workspace_step_result_free,
                           progress, callback, data);
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
