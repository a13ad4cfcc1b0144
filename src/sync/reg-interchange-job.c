/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A file of another system against the local copy: all of its steps are one batch, people first. */
/* Threads: blocking; on the store worker, or the command line's only thread. */
#define G_LOG_DOMAIN "reg-sync"

#include "sync/reg-import-job.h"

#include "sync/reg-import-copy.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/**
 * reg_import_job_check_interchange:
 * @store: the local copy
 * @interchange: what kind of file it is
 * @request: the file
 * @progress: (nullable): called now and then
 * @progress_data: passed to @progress
 * @cancellable: (nullable): to stop it
 * @error: as of reg_import_job_check ()
 *
 * Returns: (transfer full) (nullable): the plan of each step
 */
RegInterchangePlan *
reg_import_job_check_interchange (RegStore *store,
                                  const RegInterchange *interchange,
                                  const RegImportRequest *request,
                                  RegImportProgress progress,
                                  gpointer progress_data,
                                  GCancellable *cancellable,
                                  GError **error)
{
  g_autoptr (RegDirectory) directory = reg_import_job_fill_directory (store, request, error);
  RegImportRequest own = *request;
  g_autoptr (RegImportPast) past =
      directory != NULL ? reg_import_past_new (store, &own, error) : NULL;
  RegInterchangePlan *plan;

  if (past == NULL)
    return NULL;
  plan = reg_interchange_check (interchange, &own, directory, progress, progress_data, cancellable,
                                error);
  /* The plans keep the directory; it must not keep the store open. */
  reg_directory_set_loader (directory, NULL, NULL, NULL);
  reg_directory_set_people (directory, NULL, NULL, NULL);
  return plan;
}

/* A line that makes somebody; target: its place, counted from 1. Somebody who was unticked has
 * none, 0, and takes what the steps after say of them along. */
typedef struct
{
  gsize target;
  guint32 line;
} Maker;

/* What is staged of all steps. */
typedef struct
{
  GArray *targets;    /* RegStepTarget */
  GArray *makers;     /* Maker */
  GPtrArray *params;  /* RegParams */
  GHashTable *people; /* gint64 */
  GArray *unticked;   /* RegStepTarget */
  GPtrArray *rejects; /* RegImportReject */
  gint64 n_orphans;   /* lines of which nothing is imported for that */
} Gathered;

/* A file of an archive has its own lines. Returns: (transfer full) */
static char *
dup_reason (const RegImportPlan *plan, const char *reason)
{
  return reg_import_plan_can_correct (plan) ? g_strdup (reason)
                                            : g_strdup_printf ("%s: %s", plan->file_name, reason);
}

static void
tell_orphan (Gathered *gathered, const RegImportPlan *plan, const RegImportItem *item, guint32 line)
{
  const RegCourse *course = reg_directory_get_course (plan->directory, item->course_id);
  g_autofree char *sentence =
      g_strdup_printf (_ ("The person was to be added by line %u, which was left out."), line);
  g_autofree char *reason = dup_reason (plan, sentence);

  g_ptr_array_add (gathered->rejects,
                   reg_import_reject_new (item->line, reg_import_plan_get_identifier (plan, item),
                                          course != NULL ? course->code : NULL,
                                          reg_reason_to_code (REG_REASON_BLOCKED), reason));
  /* In an archive the person has a line of their own, and this one asked for nothing else. */
  gathered->n_orphans += !reg_import_plan_can_correct (plan);
}

static void
add_item (Gathered *gathered, const RegImportPlan *plan, const RegImportItem *item)
{
  RegStepTarget target = { .user_id = item->user_id,
                           .course_id = item->course_id,
                           .line = item->line,
                           .operation = reg_import_plan_get_operation (plan, item) };
  gint64 person = item->user_id;

  if (item->user_id < REG_INTERCHANGE_NEW)
    {
      const Maker *maker =
          &g_array_index (gathered->makers, Maker, reg_interchange_get_new (item->user_id));

      target.made_by = maker->target;
      target.user_id = 0;
      if (target.made_by == 0)
        {
          tell_orphan (gathered, plan, item, maker->line);
          return;
        }
    }
  target.params = reg_import_plan_dup_params (plan, item->detail);
  g_ptr_array_add (gathered->params, (gpointer)target.params);
  g_array_append_val (gathered->targets, target);
  if (item->user_id == 0)
    {
      const Maker maker = { gathered->targets->len, item->line };

      person = G_MININT64 + (gint64)gathered->makers->len;
      g_array_append_val (gathered->makers, maker);
    }
  g_hash_table_add (gathered->people, g_memdup2 (&person, sizeof person));
}

/* excluded: (nullable): rows the person unticked */
static void
add_step (Gathered *gathered, const RegImportPlan *plan, GHashTable *excluded)
{
  for (guint i = 0; i < plan->will->len; i++)
    {
      const RegImportItem *item = &g_array_index (plan->will, RegImportItem, i);
      const Maker none = { 0, item->line };

      if (!reg_import_item_is_in (item, excluded))
        add_item (gathered, plan, item);
      else if (item->user_id == 0)
        g_array_append_val (gathered->makers, none);
    }
}

/* A line that several steps refuse for the same reason is one line of the list. */
static void
add_rejects (GPtrArray *rejects, GHashTable *told, const RegImportPlan *plan)
{
  g_autoptr (GPtrArray) own = reg_import_plan_list_rejects (plan);

  for (guint i = 0; i < own->len; i++)
    {
      const RegImportReject *reject = g_ptr_array_index (own, i);
      g_autofree char *reason = dup_reason (plan, reject->reason);
      char *key = g_strdup_printf ("%" G_GINT64_FORMAT "\x1f%s\x1f%s", reject->line,
                                   reject->course != NULL ? reject->course : "", reason);

      if (g_hash_table_add (told, key))
        g_ptr_array_add (rejects, reg_import_reject_new (reject->line, reject->identifier,
                                                         reject->course, reject->code, reason));
    }
}

/* What became of a line in the end, the best last. */
typedef enum
{
  LINE_NONE,
  LINE_UNMARKED,
  LINE_NOT_IMPORTED,
  LINE_IMPORTED,
  N_LINE_FATES,
} LineFate;

/* fates: a byte a line */
static void
note_line (GByteArray *fates, gint64 line, LineFate fate)
{
  guint len = fates->len;

  if (line >= len)
    {
      g_byte_array_set_size (fates, (guint)line + 1);
      memset (fates->data + len, LINE_NONE, fates->len - len);
    }
  fates->data[line] = MAX (fates->data[line], fate);
}

static void
note_lines (GByteArray *fates, const RegImportPlan *plan)
{
  for (guint i = 0; i < plan->will->len; i++)
    note_line (fates, g_array_index (plan->will, RegImportItem, i).line, LINE_IMPORTED);
  for (guint i = 0; i < plan->cannot->len; i++)
    note_line (fates, g_array_index (plan->cannot, RegImportCannot, i).line, LINE_NOT_IMPORTED);
  for (guint i = 0; i < plan->bad_lines->len; i++)
    note_line (fates, g_array_index (plan->bad_lines, RegImportBadLine, i).line, LINE_NOT_IMPORTED);
  for (guint i = 0; i < plan->unmarked->len; i++)
    note_line (fates, g_array_index (plan->unmarked, gint64, i), LINE_UNMARKED);
  for (guint i = 0; i < plan->left_out->len; i++)
    note_line (fates, g_array_index (plan->left_out, gint64, i), LINE_UNMARKED);
}

/* The steps read the same lines, so a line of a file is counted once. */
static void
count_lines (RegImportRun *run, const RegInterchangePlan *plan)
{
  g_autoptr (GHashTable) files =
      g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify)g_byte_array_unref);
  gint64 counts[N_LINE_FATES] = { 0 };
  GHashTableIter iter;
  gpointer value;

  for (guint i = 0; i < plan->plans->len; i++)
    {
      const RegImportPlan *step = g_ptr_array_index (plan->plans, i);

      value = g_hash_table_lookup (files, step->file_name);
      if (value == NULL)
        {
          value = g_byte_array_new ();
          g_hash_table_insert (files, step->file_name, value);
        }
      note_lines (value, step);
    }
  g_hash_table_iter_init (&iter, files);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    for (guint i = 0; i < ((GByteArray *)value)->len; i++)
      counts[((GByteArray *)value)->data[i]]++;
  run->lines_read = counts[LINE_UNMARKED] + counts[LINE_NOT_IMPORTED] + counts[LINE_IMPORTED];
  run->n_unmarked = counts[LINE_UNMARKED];
  run->n_not_imported = counts[LINE_NOT_IMPORTED];
}

static RegImportRun *
run_new (const RegInterchangePlan *plan, const RegImportRequest *request)
{
  RegImportRun *run = reg_import_run_new ();

  run->action = g_strdup (plan->interchange->name);
  run->file_name = request->name != NULL ? g_strdup (request->name)
                                         : g_filename_display_basename (request->path);
  run->state = REG_RUN_STAGED;
  run->started_at = request->now;
  run->corrects = request->corrects;
  count_lines (run, plan);
  return run;
}

static gboolean
stage (RegStore *store,
       const RegImportRequest *request,
       const RegImportPlan *first,
       const Gathered *gathered,
       RegImportRun *run,
       GPtrArray *rejects,
       RegStoreProgress progress,
       gpointer progress_data,
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
                   .left_out = (const gint64 *)(void *)first->left_out->data,
                   .n_left_out = first->left_out->len,
                   .unticked = (const RegStepTarget *)(void *)gathered->unticked->data,
                   .n_unticked = gathered->unticked->len,
                   .actor_id = request->actor_id,
                   .actor_role = request->actor_role,
                   .now = request->now };
  gboolean ok;

  step.operation = step.n_targets > 0 ? step.targets[0].operation : reg_operation_find ("assign");
  ok = reg_store_stage (store, &step, &result, progress, progress_data, cancellable, error);
  reg_step_result_clear (&result);
  return ok;
}

/* A file that can be corrected is kept as those of the other actions are. */
static void
keep_copy (RegStore *store,
           const RegImportRun *run,
           const RegInterchangePlan *plan,
           const RegImportRequest *request)
{
  const RegImportPlan *first = g_ptr_array_index (plan->plans, 0);
  RegImportRequest own = *request;

  if (!reg_import_plan_can_correct (first))
    return;
  own.action = plan->interchange->name;
  own.courses = NULL;
  own.mapping = NULL;
  reg_import_copy_keep (store, run, first, &own);
}

/**
 * reg_import_job_start_interchange:
 * @store: the local copy
 * @request: what the plan was made from
 * @plan: the plan
 * @excluded: (nullable) (element-type GHashTable): for each step the rows the person unticked, a
 *   set of gint64, or %NULL
 * @run: (out) (optional) (transfer full): the run as it was written
 * @progress: (nullable): called now and then
 * @progress_data: passed to @progress
 * @cancellable: (nullable): to stop it; nothing is written then
 * @error: as of reg_import_job_start ()
 *
 * Stages all steps as one batch.
 *
 * Returns: whether it is on the disk
 */
gboolean
reg_import_job_start_interchange (RegStore *store,
                                  const RegImportRequest *request,
                                  const RegInterchangePlan *plan,
                                  GPtrArray *excluded,
                                  RegImportRun **run,
                                  RegStoreProgress progress,
                                  gpointer progress_data,
                                  GCancellable *cancellable,
                                  GError **error)
{
  g_autoptr (RegImportRun) own = run_new (plan, request);
  g_autoptr (GPtrArray) params = g_ptr_array_new_with_free_func ((GDestroyNotify)reg_params_free);
  g_autoptr (GPtrArray) rejects =
      g_ptr_array_new_with_free_func ((GDestroyNotify)reg_import_reject_free);
  g_autoptr (GArray) targets = g_array_new (FALSE, FALSE, sizeof (RegStepTarget));
  g_autoptr (GArray) makers = g_array_new (FALSE, FALSE, sizeof (Maker));
  g_autoptr (GHashTable) people = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr (GHashTable) told = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GArray) unticked = g_array_new (FALSE, FALSE, sizeof (RegStepTarget));
  Gathered gathered = { targets, makers, params, people, unticked, rejects, 0 };

  for (guint i = 0; i < plan->plans->len; i++)
    {
      const RegImportPlan *step = g_ptr_array_index (plan->plans, i);

      if (!reg_import_plan_verify_file (step, error))
        return FALSE;
      add_step (&gathered, step, excluded != NULL ? g_ptr_array_index (excluded, i) : NULL);
      add_rejects (rejects, told, step);
    }
  own->n_users = g_hash_table_size (people);
  own->n_not_imported += gathered.n_orphans;
  own->file_hash = reg_import_plan_dup_hash (g_ptr_array_index (plan->plans, 0), error);
  if (own->file_hash == NULL
      || !reg_import_job_list_unticked (store, request->corrects, plan->plans, excluded, unticked,
                                        rejects, error)
      || !stage (store, request, g_ptr_array_index (plan->plans, 0), &gathered, own, rejects,
                 progress, progress_data, cancellable, error))
    return FALSE;
  keep_copy (store, own, plan, request);
  if (run != NULL)
    *run = g_steal_pointer (&own);
  return TRUE;
}
