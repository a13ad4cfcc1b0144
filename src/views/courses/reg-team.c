/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-views"

#include "views/courses/reg-team.h"

#include "views/common/reg-assign-dialog.h"
#include "views/common/reg-step-flow.h"

#include <glib/gi18n-lib.h>

GPtrArray *
reg_team_list (RegStore *store, gint64 actor_id, GError **error)
{
  g_auto (RegPeopleFilter) people = { 0 };
  const RegUserQuery reports = { .states = REG_TEAM_STATES, .people = &people };
  g_autoptr (GPtrArray) labels = reg_store_list_labels (store, error);
  g_autoptr (RegIdList) own = NULL;

  if (labels == NULL)
    return NULL;
  for (guint i = labels->len; i-- > 0;)
    if (((RegLabel *)g_ptr_array_index (labels, i))->kind == REG_LABEL_LOCATION)
      g_ptr_array_remove_index (labels, i);
  reg_people_filter_add (&people, REG_PEOPLE_MANAGER, actor_id);
  own = reg_store_query_users (store, &reports, NULL, error);
  if (own == NULL)
    return NULL;
  if (own->n > 0)
    {
      RegLabel *label = reg_label_new ();

      label->id = REG_TEAM_REPORTS;
      g_free (label->name);
      label->name = g_strdup (_ ("Who Reports to Me"));
      g_ptr_array_insert (labels, 0, label);
    }
  return g_steal_pointer (&labels);
}

void
reg_team_fill (gint64 id, RegRole actor_role, gint64 actor_id, RegPeopleFilter *people)
{
  if (id != REG_TEAM_REPORTS)
    reg_people_filter_add (people, REG_PEOPLE_TEAM, id);
  if (id == REG_TEAM_REPORTS || actor_role == REG_ROLE_MANAGER)
    reg_people_filter_add (people, REG_PEOPLE_MANAGER, actor_id);
}

/* What is asked for on the reader worker, and what becomes of the answer. */
typedef struct
{
  GtkWidget *page;
  RegPeopleFilter team;
  char *name;
  char *operation;
  gint64 *course_ids;
  gsize n_courses;
  RegProgressRow *progress_row; /* the page's */
} Work;

static Work *
work_new (GtkWidget *page,
          RegWorkspace *workspace,
          gint64 id,
          const char *name,
          const char *operation,
          const gint64 *course_ids,
          gsize n)
{
  Work *work = g_new0 (Work, 1);

  work->page = g_object_ref (page);
  work->name = g_strdup (name);
  work->operation = g_strdup (operation);
  work->course_ids = g_memdup2 (course_ids, n * sizeof *course_ids);
  work->n_courses = n;
  reg_team_fill (id, reg_workspace_get_actor_role (workspace),
                 reg_workspace_get_actor_id (workspace), &work->team);
  return work;
}

static void
work_free (Work *work)
{
  g_object_unref (work->page);
  g_free (work->name);
  g_free (work->operation);
  g_free (work->course_ids);
  reg_people_filter_clear (&work->team);
  g_free (work);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Work, work_free)

static void
on_members_found_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Work) work = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RegIdList) ids =
      reg_workspace_query_users_finish (REG_WORKSPACE (source), result, &error);
  RegHost *host = reg_host_from (work->page);

  if (host == NULL)
    return;
  if (ids == NULL)
    reg_host_show_error (host, _ ("Could Not Look Up Users"), error);
  else if (ids->n > 0)
    reg_assign_dialog_present_for_team (host, REG_WORKSPACE (source), ids->ids, ids->n, work->name,
                                        work->course_ids, work->n_courses);
}

void
reg_team_assign (GtkWidget *page,
                 RegWorkspace *workspace,
                 gint64 id,
                 const char *name,
                 const gint64 *course_ids,
                 gsize n)
{
  Work *work = work_new (page, workspace, id, name, NULL, course_ids, n);
  const RegUserQuery query = { .states = REG_TEAM_STATES, .people = &work->team };

  reg_workspace_query_users_async (workspace, &query, NULL, on_members_found_cb, work);
}

/* The enrollments of the team in these courses. */
static gpointer
find_enrollments (RegStore *store, gpointer data, RegProgress *progress, GError **error)
{
  const Work *work = data;
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  gsize n;

  for (gsize i = 0; i < work->n_courses; i++)
    {
      const RegEnrollmentQuery query = { .course_id = work->course_ids[i],
                                         .statuses = REG_STATUS_ALL_PRESENT,
                                         .requirement = -1,
                                         .access = -1,
                                         .people = &work->team };
      g_autoptr (RegIdList) list = reg_store_query_enrollments (store, &query, NULL, error);

      if (list == NULL)
        return NULL;
      g_array_append_vals (ids, list->ids, (guint)list->n);
    }
  n = ids->len;
  return reg_id_list_new_take ((gint64 *)(gpointer)g_array_free (g_steal_pointer (&ids), FALSE), n);
}

static void
on_enrollments_found_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Work) work = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RegIdList) ids = reg_workspace_run_finish (REG_WORKSPACE (source), result, &error);
  RegHost *host = reg_host_from (work->page);
  RegStepFlow *flow;

  if (host == NULL)
    return;
  if (ids == NULL)
    {
      reg_host_show_error (host, _ ("Could Not Look Up Enrollments"), error);
      return;
    }
  if (ids->n == 0)
    return;
  flow =
      reg_step_flow_new (work->page, REG_WORKSPACE (source), reg_operation_find (work->operation));
  reg_step_flow_set_enrollments (flow, ids->ids, ids->n);
  reg_step_flow_set_subject (flow, work->name);
  reg_step_flow_set_progress_row (flow, work->progress_row);
  /* It concerns many people at one click: asked in any case. */
  reg_step_flow_set_ask (flow, NULL);
  reg_step_flow_start (flow);
}

void
reg_team_remove (GtkWidget *page,
                 RegWorkspace *workspace,
                 gint64 id,
                 const char *name,
                 const char *operation,
                 const gint64 *course_ids,
                 gsize n,
                 RegProgressRow *progress_row)
{
  Work *work = work_new (page, workspace, id, name, operation, course_ids, n);

  work->progress_row = progress_row;
  reg_workspace_run_async (workspace, FALSE, find_enrollments, work, NULL,
                           (GDestroyNotify)reg_id_list_unref, NULL, on_enrollments_found_cb, work);
}
