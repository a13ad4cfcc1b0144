/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Threads: blocking; on the store worker, or the command line's only thread. */
#define G_LOG_DOMAIN "reg-sync"

#include "sync/reg-import-job.h"
#include "sync/reg-import-copy.h"

#include "store/reg-store-query.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

/* refused: (nullable): people here whom the LMS refused to add, of the import that is corrected */
typedef struct
{
  RegDirectory *directory;
  RegIdList *refused;
} People;

static gboolean
is_refused (const RegIdList *refused, gint64 id)
{
  for (gsize i = 0; refused != NULL && id < 0 && i < refused->n; i++)
    if (refused->ids[i] == id)
      return TRUE;
  return FALSE;
}

static void
on_user_visited (gint64 id,
                 RegUserState state,
                 const char *email,
                 gsize email_len,
                 const char *employee_id,
                 gsize employee_len,
                 gpointer data)
{
  const People *people = data;

  /* Their lines add them anew. */
  if (!is_refused (people->refused, id))
    reg_directory_add_user (people->directory, id, state, email, (gssize)email_len, employee_id,
                            (gssize)employee_len);
}

static void
on_enrollment_visited (const RegEnrollment *enrollment, gpointer data)
{
  reg_directory_add_enrollment (data, enrollment);
}

static gboolean
load_enrollments (RegDirectory *directory, gint64 course_id, gpointer data, GError **error)
{
  return reg_store_visit_enrollments (data, course_id, on_enrollment_visited, directory, error);
}

static gboolean
add_courses (RegDirectory *directory, RegStore *store, GError **error)
{
  g_autoptr (GPtrArray) courses = reg_store_list_courses (store, error);

  for (guint i = 0; courses != NULL && i < courses->len; i++)
    reg_directory_add_course (directory, g_ptr_array_index (courses, i));
  return courses != NULL;
}

static gboolean
visit_people (RegDirectoryPerson person, gpointer person_data, gpointer data, GError **error)
{
  return reg_store_visit_user_records (data, person, person_data, error);
}

static gboolean
fill_labels (RegStore *store, RegDirectory *directory, GError **error)
{
  g_autoptr (GPtrArray) labels = reg_store_list_labels (store, error);

  for (guint i = 0; labels != NULL && i < labels->len; i++)
    reg_directory_add_label (directory, g_ptr_array_index (labels, i));
  return labels != NULL;
}

static gboolean
list_refused (RegStore *store,
              const RegImportRequest *request,
              GHashTable **refused,
              GError **error)
{
  g_autoptr (GPtrArray) rejects = NULL;

  if (request->corrects == 0)
    return TRUE;
  rejects = reg_store_list_rejects (store, request->corrects, 0, error);
  if (rejects == NULL)
    return FALSE;
  *refused = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  for (guint i = 0; i < rejects->len; i++)
    {
      const RegImportReject *reject = g_ptr_array_index (rejects, i);

      if (g_str_equal (reject->code, reg_reason_to_code (REG_REASON_SERVER_REFUSED)))
        g_hash_table_insert (*refused, g_memdup2 (&reject->line, sizeof reject->line),
                             g_strdup (reject->reason));
    }
  return TRUE;
}

/* Only where something may be done instead of it. */
static gboolean
list_made (RegStore *store, const RegImportRequest *request, GHashTable **made, GError **error)
{
  g_autoptr (GPtrArray) targets = NULL;

  if (request->corrects == 0 || !reg_import_edits_has_instead (request->edits))
    return TRUE;
  targets = reg_store_list_import_targets (store, request->corrects, error);
  if (targets == NULL)
    return FALSE;
  *made = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < targets->len; i++)
    {
      const RegStepTarget *target = g_ptr_array_index (targets, i);

      if (reg_import_edits_concerns (request->edits, target->line))
        g_hash_table_add (
            *made, reg_import_dup_made_key (target->line, target->user_id, target->course_id));
    }
  return TRUE;
}

RegImportPast *
reg_import_past_new (RegStore *store, RegImportRequest *request, GError **error)
{
  g_autoptr (RegImportPast) self = g_new0 (RegImportPast, 1);

  if (!list_refused (store, request, &self->refused, error)
      || !list_made (store, request, &self->made, error))
    return NULL;
  request->refused = self->refused;
  request->made = self->made;
  return g_steal_pointer (&self);
}

void
reg_import_past_free (RegImportPast *self)
{
  g_clear_pointer (&self->refused, g_hash_table_unref);
  g_clear_pointer (&self->made, g_hash_table_unref);
  g_free (self);
}

static gboolean
fill_people (RegDirectory *directory,
             RegStore *store,
             const RegImportRequest *request,
             GError **error)
{
  g_autoptr (RegIdList) refused = NULL;
  People people = { .directory = directory };

  if (request != NULL && request->corrects != 0)
    {
      refused = reg_store_list_refused_users (store, request->corrects, error);
      if (refused == NULL)
        return FALSE;
      people.refused = refused;
    }
  return reg_store_visit_users (store, on_user_visited, &people, error);
}

RegDirectory *
reg_import_job_fill_directory (RegStore *store, const RegImportRequest *request, GError **error)
{
  g_autoptr (RegDirectory) directory = reg_directory_new ();
  g_autoptr (GPtrArray) pools = NULL;

  if (!fill_people (directory, store, request, error) || !add_courses (directory, store, error))
    return NULL;
  pools = reg_store_list_pools (store, error);
  if (pools == NULL)
    return NULL;
  for (guint i = 0; i < pools->len; i++)
    reg_directory_add_pool (directory, g_ptr_array_index (pools, i));
  if (!fill_labels (store, directory, error))
    return NULL;
  reg_directory_set_loader (directory, load_enrollments, reg_store_ref (store),
                            (GDestroyNotify)reg_store_unref);
  reg_directory_set_people (directory, visit_people, reg_store_ref (store),
                            (GDestroyNotify)reg_store_unref);
  return g_steal_pointer (&directory);
}

/* A manager acts for their own team. */
static gboolean
fill_team (RegDirectory *directory,
           RegStore *store,
           const RegImportRequest *request,
           GCancellable *cancellable,
           GError **error)
{
  g_auto (RegPeopleFilter) people = { 0 };
  const RegUserQuery query = { .people = &people };
  g_autoptr (RegIdList) team = NULL;

  if (request->actor_role != REG_ROLE_MANAGER)
    return TRUE;
  reg_people_filter_add (&people, REG_PEOPLE_MANAGER, request->actor_id);
  team = reg_store_query_users (store, &query, cancellable, error);
  if (team != NULL)
    reg_directory_set_team (directory, team->ids, team->n);
  return team != NULL;
}

/**
 * reg_import_job_check:
 * @store: the local copy
 * @request: the file and what is wanted of it
 * @progress: (nullable): called now and then
 * @progress_data: passed to @progress
 * @cancellable: (nullable): to stop it
 * @error: %REG_IMPORT_ERROR, %REG_TABULAR_ERROR, %REG_STORE_ERROR or %G_IO_ERROR
 *
 * Checks a file against the local copy. Nothing is written.
 *
 * Returns: (transfer full): the plan
 */
RegImportPlan *
reg_import_job_check (RegStore *store,
                      const RegImportRequest *request,
                      RegImportProgress progress,
                      gpointer progress_data,
                      GCancellable *cancellable,
                      GError **error)
{
  g_autoptr (RegDirectory) directory = reg_import_job_fill_directory (store, request, error);
  RegImportRequest own = *request;
  g_autoptr (RegImportPast) past = NULL;
  RegImportPlan *plan;

  if (directory == NULL || !fill_team (directory, store, request, cancellable, error))
    return NULL;
  past = reg_import_past_new (store, &own, error);
  if (past == NULL)
    return NULL;
  plan = reg_import_check (&own, directory, progress, progress_data, cancellable, error);
  /* The plan keeps the directory; it must not keep the store open. */
  reg_directory_set_loader (directory, NULL, NULL, NULL);
  reg_directory_set_people (directory, NULL, NULL, NULL);
  return plan;
}

/* Whether an action before it in the list, or the one that was asked for, has the same headings. */
static gboolean
is_told_apart (const RegImportAction *action, const RegImportRequest *request)
{
  guint n;
  const RegImportAction *actions = reg_import_action_list (&n);

  if (action->headings == reg_import_action_find (request->action)->headings)
    return FALSE;
  for (guint i = 0; i < n && &actions[i] != action; i++)
    if (actions[i].headings == action->headings)
      return FALSE;
  return TRUE;
}

/* Headings that are exactly those of one other action say which one is meant. */
static const char *
find_other_action (const RegImportRequest *request, RegDirectory *directory)
{
  RegImportRequest other = *request;
  const char *found = NULL;
  guint n;
  const RegImportAction *actions = reg_import_action_list (&n);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (RegImportPreview) preview = NULL;

      if (!is_told_apart (&actions[i], request))
        continue;
      other.action = actions[i].name;
      preview = reg_import_preview_read (&other, directory, NULL, NULL);
      if (preview == NULL || !preview->is_exact)
        continue;
      if (found != NULL)
        return NULL;
      found = actions[i].name;
    }
  return found;
}

/**
 * reg_import_job_preview:
 * @store: the local copy
 * @request: the file and what is known of it
 * @cancellable: (nullable): to stop it
 * @error: as of reg_import_preview_read (), or %REG_STORE_ERROR
 *
 * Returns: (transfer full): the first lines of the file and what its columns seem to be
 */
RegImportPreview *
reg_import_job_preview (RegStore *store,
                        const RegImportRequest *request,
                        GCancellable *cancellable,
                        GError **error)
{
  g_autoptr (RegDirectory) directory = reg_directory_new ();
  RegImportPreview *preview;

  if (!add_courses (directory, store, error))
    return NULL;
  preview = reg_import_preview_read (request, directory, cancellable, error);
  if (preview != NULL && !preview->is_exact && request->mapping == NULL)
    preview->other_action = find_other_action (request, directory);
  return preview;
}

static gboolean
is_excluded (GHashTable *excluded, gint64 line)
{
  return excluded != NULL && g_hash_table_contains (excluded, &line);
}

static const RegImportItem *
find_manager (const RegImportPlan *plan, const RegImportItem *item)
{
  guint32 line = reg_import_plan_get_manager_line (plan, item);

  return line != 0 ? reg_import_plan_find_item (plan, line) : NULL;
}

static gsize
get_place (const RegImportPlan *plan, const RegImportItem *item)
{
  return item - (const RegImportItem *)(void *)plan->will->data;
}

static void
exclude_orphan (const RegImportPlan *plan,
                GHashTable *excluded,
                GPtrArray *rejects,
                const RegImportItem *item)
{
  gint64 line = item->line, manager = reg_import_plan_get_manager_line (plan, item);
  g_autofree char *sentence = NULL;

  if (is_excluded (excluded, line) || !is_excluded (excluded, manager))
    return;
  sentence =
      g_strdup_printf (_ ("The manager stands in line %" PRIi64 ", which was left out."), manager);
  g_ptr_array_add (rejects,
                   reg_import_reject_new (line, reg_import_plan_get_identifier (plan, item), NULL,
                                          reg_reason_to_code (REG_REASON_BLOCKED), sentence));
  g_hash_table_add (excluded, g_memdup2 (&line, sizeof line));
}

/* Whoever has a manager whose line stays out stays out too, and is told. Each is walked up from
 * once, to the first who stays out or has been met, and settled from there down. excluded: keys of
 * items, which are lines here, to which they are added. */
static void
exclude_orphans (const RegImportPlan *plan, GHashTable *excluded, GPtrArray *rejects)
{
  g_autofree gboolean *is_met = g_new0 (gboolean, plan->will->len + 1);
  g_autoptr (GPtrArray) way = g_ptr_array_new ();

  if (g_hash_table_size (excluded) == 0 || plan->people == REG_PEOPLE_USUAL)
    return;
  for (guint i = 0; i < plan->will->len; i++)
    {
      const RegImportItem *at = &g_array_index (plan->will, RegImportItem, i);

      g_ptr_array_set_size (way, 0);
      while (at != NULL && !is_met[get_place (plan, at)] && !is_excluded (excluded, at->line))
        {
          is_met[get_place (plan, at)] = TRUE;
          g_ptr_array_add (way, (gpointer)at);
          at = find_manager (plan, at);
        }
      for (guint k = way->len; k > 0; k--)
        exclude_orphan (plan, excluded, rejects, g_ptr_array_index (way, k - 1));
    }
}

static GHashTable *
dup_rows (GHashTable *rows)
{
  GHashTable *copy = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  GHashTableIter iter;
  gpointer key;

  if (rows == NULL)
    return copy;
  g_hash_table_iter_init (&iter, rows);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    g_hash_table_add (copy, g_memdup2 (key, sizeof (gint64)));
  return copy;
}

/* What is staged. params owns all parameters. */
typedef struct
{
  const RegImportPlan *plan;
  GHashTable *excluded; /* reg_import_item_get_key () */
  GPtrArray *params;
  GArray *targets; /* RegStepTarget */
  gsize *places;   /* by item: of its target, counted from 1 */
  RegStore *store;
  GError *error; /* (nullable): why people cannot be read */
} Staging;

/* A list of labels was made of those of the check: what others gave or took since stays so. */
static void
merge_labels (Staging *staging, const RegImportItem *item, RegParams *params)
{
  const RegImportPlan *plan = staging->plan;
  const RegImportField *fields;
  guint n = reg_import_plan_get_fields (plan, item, &fields);
  g_autoptr (RegUser) user = NULL;
  const char *before = "", *after = reg_params_get (params, "labels");

  if (after == NULL || item->user_id == 0 || staging->error != NULL)
    return;
  user = reg_store_get_user (staging->store, item->user_id, &staging->error);
  for (guint i = 0; i < n; i++)
    if (g_str_equal (reg_import_plan_get_text (plan, fields[i].key), "labels"))
      before = reg_import_plan_get_text (plan, fields[i].before);
  if (user != NULL && !g_str_equal (user->labels, before))
    {
      g_autofree char *gone = reg_user_labels_remove (before, after);
      g_autofree char *come = reg_user_labels_remove (after, before);
      g_autofree char *kept = reg_user_labels_remove (user->labels, gone);
      g_autofree char *merged = reg_user_labels_add (kept, come);

      reg_params_set (params, "labels", merged);
    }
}

/* Lines of an action on enrollments share parameters by their detail, those of an action on people
 * have their own. */
static void
add_target (Staging *staging, guint index)
{
  const RegImportPlan *plan = staging->plan;
  const RegImportItem *item = &g_array_index (plan->will, RegImportItem, index);
  RegStepTarget target = { .user_id = item->user_id,
                           .course_id = item->course_id,
                           .line = item->line };

  if (!reg_import_action_find (plan->action)->has_courses)
    {
      RegParams *own = reg_import_plan_dup_params (plan, item->detail);

      target.operation = reg_import_plan_get_operation (plan, item);
      target.params = own;
      merge_labels (staging, item, own);
      g_ptr_array_add (staging->params, own);
      /* Only the manager is another one, and that comes below. */
      if (item->user_id != 0 && reg_params_get_size (own) == 0)
        return;
    }
  else if (item->detail != 0)
    target.params = g_ptr_array_index (staging->params, item->detail);
  if (reg_import_plan_get_instead (plan, item) != NULL)
    target.operation = reg_import_plan_get_operation (plan, item);
  g_array_append_val (staging->targets, target);
  if (staging->places != NULL)
    staging->places[index] = staging->targets->len;
}

/* People who have a manager who comes with the same file get that one once all of them are made,
 * in whatever order they stand there. */
static void
add_manager (Staging *staging, guint index)
{
  const RegImportPlan *plan = staging->plan;
  const RegImportItem *item = &g_array_index (plan->will, RegImportItem, index);
  const RegImportItem *manager = find_manager (plan, item);
  RegStepTarget target = { .user_id = item->user_id, .line = item->line };

  if (manager == NULL)
    return;
  target.operation = reg_operation_find ("edit-user");
  target.params = reg_params_new ();
  g_ptr_array_add (staging->params, (gpointer)target.params);
  target.made_by = item->user_id == 0 ? staging->places[index] : 0;
  target.manager_made_by = staging->places[get_place (plan, manager)];
  g_array_append_val (staging->targets, target);
}

static gint64
list_targets (Staging *staging)
{
  const RegImportPlan *plan = staging->plan;
  gboolean is_about_people = plan->people != REG_PEOPLE_USUAL;
  g_autoptr (GHashTable) seen = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_autofree gsize *places = is_about_people ? g_new0 (gsize, plan->will->len + 1) : NULL;
  gint64 last_line = 0, n_users = 0;

  staging->places = places;
  for (guint i = 0; i < plan->will->len; i++)
    {
      RegImportItem *item = &g_array_index (plan->will, RegImportItem, i);

      if (reg_import_item_is_in (item, staging->excluded))
        continue;
      add_target (staging, i);
      if (item->user_id == 0)
        n_users += 1;
      else if (plan->n_users != plan->n_will_lines)
        n_users += g_hash_table_add (seen, &item->user_id);
      else
        n_users += item->line != last_line;
      last_line = item->line;
    }
  for (guint i = 0; is_about_people && i < plan->will->len; i++)
    if (!reg_import_item_is_in (&g_array_index (plan->will, RegImportItem, i), staging->excluded))
      add_manager (staging, i);
  staging->places = NULL;
  return n_users;
}

/* Lines of which nothing is imported: bad ones, and those that stand in cannot alone. */
static gint64
count_not_imported (const RegImportPlan *plan)
{
  return plan->bad_lines->len + plan->n_accepted - plan->n_will_lines;
}

static RegImportRun *
run_new (const RegImportRequest *request, const RegImportPlan *plan, gint64 n_users)
{
  RegImportRun *run = reg_import_run_new ();

  run->action = g_strdup (plan->action);
  run->file_name = g_strdup (plan->file_name);
  run->state = REG_RUN_STAGED;
  run->started_at = request->now;
  run->lines_read = plan->lines_read;
  run->n_blank = plan->n_blank;
  run->n_unmarked = plan->unmarked->len;
  run->n_not_imported = count_not_imported (plan);
  run->n_users = n_users;
  run->corrects = request->corrects;
  return run;
}

/**
 * reg_import_job_start:
 * @store: the local copy
 * @request: what the plan was made from
 * @plan: the plan
 * @excluded: (nullable) (element-type gint64): rows the person unticked, reg_import_item_get_key ()
 * @run: (out) (optional) (transfer full): the run as it was written
 * @progress: (nullable): called now and then
 * @progress_data: passed to @progress
 * @cancellable: (nullable): to stop it; nothing is written then
 * @error: %REG_IMPORT_ERROR_CHANGED, %REG_STORE_ERROR or %G_IO_ERROR
 *
 * Stages what the plan says: one batch, one undo step, one transaction, with the run and the lines
 * left out.
 *
 * Returns: whether it is on the disk
 */
gboolean
reg_import_job_start (RegStore *store,
                      const RegImportRequest *request,
                      const RegImportPlan *plan,
                      GHashTable *excluded,
                      RegImportRun **run,
                      RegStoreProgress progress,
                      gpointer progress_data,
                      GCancellable *cancellable,
                      GError **error)
{
  const RegImportAction *action = reg_import_action_find (plan->action);
  g_autoptr (GPtrArray) params = g_ptr_array_new_with_free_func ((GDestroyNotify)reg_params_free);
  g_autoptr (GPtrArray) rejects = NULL;
  g_autoptr (GArray) targets = NULL;
  g_autoptr (RegImportRun) own = NULL;
  g_autoptr (GHashTable) own_excluded = NULL;
  g_autoptr (GArray) unticked = g_array_new (FALSE, FALSE, sizeof (RegStepTarget));
  g_autoptr (GPtrArray) plans = g_ptr_array_new ();
  g_autoptr (GPtrArray) all_excluded = g_ptr_array_new ();
  g_autofree char *title = NULL;
  RegStepResult result = { 0 };
  RegStep step = { 0 };
  Staging staging;
  guint n_rejects;
  gint64 n_users;
  gboolean ok;

  if (!reg_import_plan_verify_file (plan, error))
    return FALSE;
  for (guint i = 0; action->has_courses && i < plan->details->len; i++)
    g_ptr_array_add (params, reg_import_plan_dup_params (plan, i));
  rejects = reg_import_plan_list_rejects (plan);
  n_rejects = rejects->len;
  own_excluded = dup_rows (excluded);
  exclude_orphans (plan, own_excluded, rejects);
  targets = g_array_sized_new (FALSE, FALSE, sizeof (RegStepTarget), plan->will->len);
  staging = (Staging){ plan, own_excluded, params, targets, NULL, store, NULL };
  n_users = list_targets (&staging);
  if (staging.error != NULL)
    {
      g_propagate_error (error, staging.error);
      return FALSE;
    }
  own = run_new (request, plan, n_users);
  own->n_not_imported += rejects->len - n_rejects;
  own->file_hash = reg_import_plan_dup_hash (plan, error);
  g_ptr_array_add (plans, (gpointer)plan);
  g_ptr_array_add (all_excluded, own_excluded);
  if (own->file_hash == NULL
      || !reg_import_job_list_unticked (store, request->corrects, plans, all_excluded, unticked,
                                        rejects, error))
    return FALSE;
  title = reg_import_plan_dup_title (plan, n_users);

  step.operation = reg_operation_find (action->operation);
  step.params = action->has_courses ? g_ptr_array_index (params, 0) : NULL;
  step.targets = (const RegStepTarget *)(void *)targets->data;
  step.n_targets = targets->len;
  /* Where nothing of it is as the action says, the batch is the other operation's. */
  if (plan->n_usual_users + plan->n_cleared_users == 0 && plan->n_instead_users > 0
      && targets->len > 0)
    {
      step.operation = step.targets[0].operation;
      step.params = step.targets[0].params;
    }
  step.title = title;
  step.run = own;
  step.run_rejects = rejects;
  step.left_out = (const gint64 *)(void *)plan->left_out->data;
  step.n_left_out = plan->left_out->len;
  step.unticked = (const RegStepTarget *)(void *)unticked->data;
  step.n_unticked = unticked->len;
  step.actor_id = request->actor_id;
  step.actor_role = request->actor_role;
  step.now = request->now;
  ok = reg_store_stage (store, &step, &result, progress, progress_data, cancellable, error);
  reg_step_result_clear (&result);
  if (ok)
    reg_import_copy_keep (store, own, plan, request);
  if (ok && run != NULL)
    *run = g_steal_pointer (&own);
  return ok;
}
