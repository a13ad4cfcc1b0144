/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Imports, handed to the workers.
 *
 * Threads: public functions on main; what they hand over on a worker, with nothing but its data. */
#define G_LOG_DOMAIN "reg-workspace"

#include "workspace/reg-workspace-private.h"

#include "sync/reg-import-job.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

typedef struct
{
  RegImportRequest request;
  char *path;
  char *name;
  char *recipe;
  char *action;
  gint64 *courses;
  char **mapping;
  char *sheet;
  char *encoding;
  char *today;
  RegImportEdits *edits;
  RegImportPlan *plan;
  GHashTable *excluded;
  const RegInterchange *interchange;
  RegInterchangePlan *steps;
  GPtrArray *excluded_lists;
} Import;

static void
import_free (gpointer data)
{
  Import *self = data;

  g_free (self->path);
  g_free (self->name);
  g_free (self->recipe);
  g_free (self->action);
  g_free (self->courses);
  g_strfreev (self->mapping);
  g_free (self->sheet);
  g_free (self->encoding);
  g_free (self->today);
  reg_import_edits_free (self->edits);
  g_clear_pointer (&self->plan, reg_import_plan_unref);
  g_clear_pointer (&self->excluded, g_hash_table_unref);
  g_clear_pointer (&self->steps, reg_interchange_plan_unref);
  g_clear_pointer (&self->excluded_lists, g_ptr_array_unref);
  g_free (self);
}

static Import *
import_new (RegWorkspace *self, const RegImportRequest *request)
{
  Import *copy = g_new0 (Import, 1);
  gsize n = 0;

  if (request->courses != NULL)
    {
      while (request->courses[n] != 0)
        n++;
      copy->courses = g_memdup2 (request->courses, (n + 1) * sizeof *request->courses);
    }
  copy->path = g_strdup (request->path);
  copy->name = g_strdup (request->name);
  copy->recipe = g_strdup (request->recipe);
  copy->action = g_strdup (request->action);
  copy->mapping = g_strdupv ((char **)request->mapping);
  copy->sheet = g_strdup (request->sheet);
  copy->encoding = g_strdup (request->encoding);
  copy->today = g_strdup (reg_workspace_get_today (self));
  copy->edits = reg_import_edits_copy (request->edits);
  copy->request = (RegImportRequest){ .path = copy->path,
                                      .name = copy->name,
                                      .recipe = copy->recipe,
                                      .action = copy->action,
                                      .courses = copy->courses,
                                      .mapping = (const char *const *)copy->mapping,
                                      .sheet = copy->sheet,
                                      .encoding = copy->encoding,
                                      .delimiter = request->delimiter,
                                      .heading_line = request->heading_line,
                                      .date_order = request->date_order,
                                      .edits = copy->edits,
                                      .empty = request->empty,
                                      .people = request->people,
                                      .corrects = request->corrects,
                                      .today = copy->today,
                                      .now = g_get_real_time () / G_USEC_PER_SEC,
                                      .actor_id = reg_workspace_get_actor_id (self),
                                      .actor_role = reg_workspace_get_actor_role (self) };
  return copy;
}

static void
on_lines_progress (gint64 lines, double fraction, gpointer data)
{
  g_autofree char *text = NULL;

  if (data == NULL)
    return;
  text = g_strdup_printf (
      ngettext ("%" PRIi64 " line read", "%" PRIi64 " lines read", (gulong)lines), lines);
  reg_progress_set_text (data, text);
  reg_progress_set (data, (gint64)(fraction * 1000), 1000);
}

static gpointer
check_import (RegStore *store, gpointer data, RegProgress *progress, GError **error)
{
  Import *self = data;

  return reg_import_job_check (store, &self->request, on_lines_progress, progress,
                               reg_workspace_get_cancellable (progress), error);
}

/**
 * reg_workspace_check_import_async:
 * @self: a workspace
 * @request: what to check; copied, and actor, today and now filled in
 * @progress: (nullable): progress with cancel
 * @callback: called on main
 * @data: for @callback
 *
 * The dry run. It only reads, but stands on the store worker so that searches stay quick meanwhile.
 */
void
reg_workspace_check_import_async (RegWorkspace *self,
                                  const RegImportRequest *request,
                                  RegProgress *progress,
                                  GAsyncReadyCallback callback,
                                  gpointer data)
{
  reg_workspace_run_async (self, TRUE, check_import, import_new (self, request), import_free,
                           (GDestroyNotify)reg_import_plan_unref, progress, callback, data);
}

RegImportPlan *
reg_workspace_check_import_finish (RegWorkspace *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static gpointer
preview_import (RegStore *store, gpointer data, RegProgress *progress, GError **error)
{
  Import *self = data;

  return reg_import_job_preview (store, &self->request, reg_workspace_get_cancellable (progress),
                                 error);
}

/**
 * reg_workspace_preview_import_async:
 * @self: a workspace
 * @request: the file and what is known of it; copied
 * @progress: (nullable): progress with cancel
 * @callback: called on main
 * @data: for @callback
 *
 * Reads the first lines, on the reader worker, so that they are there before the check.
 */
void
reg_workspace_preview_import_async (RegWorkspace *self,
                                    const RegImportRequest *request,
                                    RegProgress *progress,
                                    GAsyncReadyCallback callback,
                                    gpointer data)
{
  reg_workspace_run_async (self, FALSE, preview_import, import_new (self, request), import_free,
                           (GDestroyNotify)reg_import_preview_free, progress, callback, data);
}

RegImportPreview *
reg_workspace_preview_import_finish (RegWorkspace *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static gpointer
start_import (RegStore *store, gpointer data, RegProgress *progress, GError **error)
{
  Import *self = data;
  RegImportRun *run = NULL;

  if (!reg_import_job_start (store, &self->request, self->plan, self->excluded, &run,
                             reg_workspace_on_rows_progress, progress,
                             reg_workspace_get_cancellable (progress), error))
    return NULL;
  return run;
}

/**
 * reg_workspace_start_import_async:
 * @self: a workspace
 * @request: what was checked; copied
 * @plan: the plan the check gave
 * @excluded: (nullable): set of rows the person unticked
 * @progress: (nullable): progress with cancel
 * @callback: called on main
 * @data: for @callback
 */
void
reg_workspace_start_import_async (RegWorkspace *self,
                                  const RegImportRequest *request,
                                  RegImportPlan *plan,
                                  GHashTable *excluded,
                                  RegProgress *progress,
                                  GAsyncReadyCallback callback,
                                  gpointer data)
{
  Import *import = import_new (self, request);

  import->plan = reg_import_plan_ref (plan);
  import->excluded = excluded != NULL ? g_hash_table_ref (excluded) : NULL;
  reg_workspace_run_async (self, TRUE, start_import, import, import_free,
                           (GDestroyNotify)reg_import_run_free, progress, callback, data);
}

RegImportRun *
reg_workspace_start_import_finish (RegWorkspace *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* ---- Files of other systems ---- */

static gpointer
check_interchange (RegStore *store, gpointer data, RegProgress *progress, GError **error)
{
  Import *self = data;

  return reg_import_job_check_interchange (store, self->interchange, &self->request,
                                           on_lines_progress, progress,
                                           reg_workspace_get_cancellable (progress), error);
}

/**
 * reg_workspace_check_interchange_async:
 * @self: a workspace
 * @interchange: what kind of file it is
 * @request: as of reg_workspace_check_import_async ()
 * @progress: (nullable): progress with cancel
 * @callback: called on main
 * @data: for @callback
 */
void
reg_workspace_check_interchange_async (RegWorkspace *self,
                                       const RegInterchange *interchange,
                                       const RegImportRequest *request,
                                       RegProgress *progress,
                                       GAsyncReadyCallback callback,
                                       gpointer data)
{
  Import *import = import_new (self, request);

  import->interchange = interchange;
  reg_workspace_run_async (self, TRUE, check_interchange, import, import_free,
                           (GDestroyNotify)reg_interchange_plan_unref, progress, callback, data);
}

RegInterchangePlan *
reg_workspace_check_interchange_finish (RegWorkspace *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static gpointer
start_interchange (RegStore *store, gpointer data, RegProgress *progress, GError **error)
{
  Import *self = data;
  RegImportRun *run = NULL;

  if (!reg_import_job_start_interchange (store, &self->request, self->steps, self->excluded_lists,
                                         &run, reg_workspace_on_rows_progress, progress,
                                         reg_workspace_get_cancellable (progress), error))
    return NULL;
  return run;
}

/**
 * reg_workspace_start_interchange_async:
 * @self: a workspace
 * @request: what was checked
 * @plan: the plan the check gave
 * @excluded: (transfer full) (element-type GHashTable): rows the person unticked, of each step;
 *   handed over, for the worker reads them
 * @progress: (nullable): progress with cancel
 * @callback: called on main; with reg_workspace_start_import_finish ()
 * @data: for @callback
 */
void
reg_workspace_start_interchange_async (RegWorkspace *self,
                                       const RegImportRequest *request,
                                       RegInterchangePlan *plan,
                                       GPtrArray *excluded,
                                       RegProgress *progress,
                                       GAsyncReadyCallback callback,
                                       gpointer data)
{
  Import *import = import_new (self, request);

  import->steps = reg_interchange_plan_ref (plan);
  import->excluded_lists = excluded;
  reg_workspace_run_async (self, TRUE, start_interchange, import, import_free,
                           (GDestroyNotify)reg_import_run_free, progress, callback, data);
}
