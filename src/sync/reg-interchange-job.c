/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A file of another system against the local copy: all of its steps are one batch, people first. */
/* Threads: blocking; on the store worker, or the command line's only thread. */
#define G_LOG_DOMAIN "reg-sync"

#include "sync/reg-import-job.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/**
 * reg_import_job_check_interchange:
 * @store: the local copy
 * @interchange: what kind of file it is
 * @request: the file
 * @cancellable: (nullable): to stop it
 * @error: as of reg_import_job_check ()
 *
 * Returns: (transfer full) (element-type RegImportPlan): a plan for each step
 */
GPtrArray *
reg_import_job_check_interchange (RegStore *store,
                                  const RegInterchange *interchange,
                                  const RegImportRequest *request,
                                  GCancellable *cancellable,
                                  GError **error)
{
  g_autoptr (RegDirectory) directory = reg_import_job_fill_directory (store, error);
  GPtrArray *plans;

  if (directory == NULL)
    return NULL;
  plans = reg_interchange_check (interchange, request, directory, cancellable, error);
  /* The plans keep the directory; it must not keep the store open. */
  reg_directory_set_loader (directory, NULL, NULL, NULL);
  reg_directory_set_people (directory, NULL, NULL, NULL);
  return plans;
}

typedef struct
{
  GArray *targets;    /* RegStepTarget */
  GArray *makers;     /* gsize: places of the targets that make somebody, counted from 1 */
  GPtrArray *params;  /* RegParams */
  GHashTable *people; /* gint64 */
} Gathered;

static void
add_item (Gathered *gathered, const RegImportPlan *plan, const RegImportItem *item)
{
  RegStepTarget target = { .user_id = item->user_id,
                           .course_id = item->course_id,
                           .line = item->line,
                           .operation = reg_import_plan_get_operation (plan, item) };
  RegParams *params = reg_import_plan_dup_params (plan, item->detail);
  gint64 person = item->user_id;

  g_ptr_array_add (gathered->params, params);
  target.params = params;
  if (item->user_id < REG_INTERCHANGE_NEW)
    {
      target.made_by =
          g_array_index (gathered->makers, gsize, reg_interchange_get_new (item->user_id));
      target.user_id = 0;
    }
  g_array_append_val (gathered->targets, target);
  if (item->user_id == 0)
    {
      gsize place = gathered->targets->len;

      person = G_MININT64 + (gint64)gathered->makers->len;
      g_array_append_val (gathered->makers, place);
    }
  g_hash_table_add (gathered->people, g_memdup2 (&person, sizeof person));
}

static void
add_rejects (GPtrArray *rejects, const RegImportPlan *plan, gboolean name_file)
{
  g_autoptr (GPtrArray) own = reg_import_plan_list_rejects (plan);

  for (guint i = 0; i < own->len; i++)
    {
      const RegImportReject *reject = g_ptr_array_index (own, i);
      g_autofree char *reason = name_file
                                    ? g_strdup_printf ("%s: %s", plan->file_name, reject->reason)
                                    : g_strdup (reject->reason);

      g_ptr_array_add (rejects, reg_import_reject_new (reject->line, reject->identifier,
                                                       reject->course, reject->code, reason));
    }
}

static RegImportRun *
run_new (const RegInterchange *interchange, const RegImportRequest *request, GPtrArray *plans)
{
  RegImportRun *run = reg_import_run_new ();

  run->action = g_strdup (interchange->name);
  run->file_name = g_filename_display_basename (request->path);
  run->state = REG_RUN_STAGED;
  run->started_at = request->now;
  for (guint i = 0; i < plans->len; i++)
    {
      const RegImportPlan *plan = g_ptr_array_index (plans, i);

      run->lines_read += plan->lines_read;
      run->n_blank += plan->n_blank;
      run->n_unmarked += plan->unmarked->len;
      run->n_not_imported += plan->bad_lines->len + plan->n_accepted - plan->n_will_lines;
    }
  return run;
}

static gboolean
stage (RegStore *store,
       const RegImportRequest *request,
       const Gathered *gathered,
       RegImportRun *run,
       GPtrArray *rejects,
       GCancellable *cancellable,
       GError **error)
{
  g_autofree char *title = g_strdup_printf (
      ngettext ("Import “%s”: %d user", "Import “%s”: %d users", (gulong)run->n_users),
      run->file_name, (int)run->n_users);
  g_autoptr (RegParams) none = reg_params_new ();
  RegStepResult result = { 0 };
  RegStep step = { .params = none,
                   .targets = (const RegStepTarget *)(void *)gathered->targets->data,
                   .n_targets = gathered->targets->len,
                   .title = title,
                   .run = run,
                   .run_rejects = rejects,
                   .actor_id = request->actor_id,
                   .actor_role = request->actor_role,
                   .now = request->now };
  gboolean ok;

  step.operation = step.n_targets > 0 ? step.targets[0].operation : reg_operation_find ("assign");
  ok = reg_store_stage (store, &step, &result, NULL, NULL, cancellable, error);
  reg_step_result_clear (&result);
  return ok;
}

/**
 * reg_import_job_start_interchange:
 * @store: the local copy
 * @interchange: what kind of file it is
 * @request: what the plans were made from
 * @plans: (element-type RegImportPlan): the plans
 * @run: (out) (optional) (transfer full): the run as it was written
 * @cancellable: (nullable): to stop it; nothing is written then
 * @error: as of reg_import_job_start ()
 *
 * Stages all steps as one batch.
 *
 * Returns: whether it is on the disk
 */
gboolean
reg_import_job_start_interchange (RegStore *store,
                                  const RegInterchange *interchange,
                                  const RegImportRequest *request,
                                  GPtrArray *plans,
                                  RegImportRun **run,
                                  GCancellable *cancellable,
                                  GError **error)
{
  g_autoptr (RegImportRun) own = run_new (interchange, request, plans);
  g_autoptr (GPtrArray) params = g_ptr_array_new_with_free_func ((GDestroyNotify)reg_params_free);
  g_autoptr (GPtrArray) rejects =
      g_ptr_array_new_with_free_func ((GDestroyNotify)reg_import_reject_free);
  g_autoptr (GArray) targets = g_array_new (FALSE, FALSE, sizeof (RegStepTarget));
  g_autoptr (GArray) makers = g_array_new (FALSE, FALSE, sizeof (gsize));
  g_autoptr (GHashTable) people = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  Gathered gathered = { targets, makers, params, people };

  for (guint i = 0; i < plans->len; i++)
    {
      const RegImportPlan *plan = g_ptr_array_index (plans, i);

      if (!reg_import_plan_verify_file (plan, error))
        return FALSE;
      for (guint k = 0; k < plan->will->len; k++)
        add_item (&gathered, plan, &g_array_index (plan->will, RegImportItem, k));
      add_rejects (rejects, plan, strcmp (plan->file_name, own->file_name) != 0);
    }
  own->n_users = g_hash_table_size (people);
  own->file_hash = reg_import_plan_dup_hash (g_ptr_array_index (plans, 0), error);
  if (own->file_hash == NULL
      || !stage (store, request, &gathered, own, rejects, cancellable, error))
    return FALSE;
  if (run != NULL)
    *run = g_steal_pointer (&own);
  return TRUE;
}
