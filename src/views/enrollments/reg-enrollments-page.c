/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-views"

#include "views/enrollments/reg-enrollments-page.h"

#include "rules/reg-seat.h"
#include "rules/reg-status.h"
#include "store/reg-store-overview.h"
#include "views/common/reg-assign-dialog.h"
#include "views/common/reg-column-list.h"
#include "views/common/reg-copy-dialog.h"
#include "views/common/reg-course-tab.h"
#include "views/common/reg-due-date-dialog.h"
#include "views/common/reg-enrollment-menu.h"
#include "views/common/reg-host.h"
#include "views/common/reg-review-dialog.h"
#include "views/common/reg-refresh.h"
#include "views/common/reg-removal-dialog.h"
#include "views/common/reg-row-cells.h"
#include "views/common/reg-selection-bar.h"
#include "views/common/reg-session-picker.h"
#include "views/common/reg-session-row.h"
#include "views/common/reg-step-flow.h"
#include "views/common/reg-view.h"
#include "views/enrollments/reg-enrollment-filter.h"

#include <glib/gi18n-lib.h>

/* So many managers can be picked from; more are found through Users. */
#define MAX_MANAGERS 500
/* An entry of the menus that opens the person. */
#define OPEN_USER "open-user"

struct _RegEnrollmentsPage
{
  AdwBin parent_instance;

  GtkSearchEntry *search;
  GtkMenuButton *filter_button;
  RegEnrollmentFilter *filter;
  RegColumnList *list;
  RegProgressRow *progress_row;
  RegSelectionBar *bar;

  RegWorkspace *workspace;
  RegIdListModel *model;
  RegRefresh *refresh;
  GCancellable *cancellable;
  gint64 course_id;
  RegCourse *course; /* (nullable) */
  RegEnrollmentSort sort;
  gboolean descending;
  gsize n_total;
};

static void reg_enrollments_page_view_init (RegViewInterface *iface);
static void reg_enrollments_page_tab_init (RegCourseTabInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (RegEnrollmentsPage,
                               reg_enrollments_page,
                               ADW_TYPE_BIN,
                               G_IMPLEMENT_INTERFACE (REG_TYPE_VIEW, reg_enrollments_page_view_init)
                                   G_IMPLEMENT_INTERFACE (REG_TYPE_COURSE_TAB,
                                                          reg_enrollments_page_tab_init))

static void
show_error (RegEnrollmentsPage *self, const char *heading, const GError *error)
{
  RegHost *host = reg_host_from (GTK_WIDGET (self));

  if (host != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    reg_host_show_error (host, heading, error);
}

static char *
dup_filter_text (RegEnrollmentsPage *self)
{
  g_autofree char *filters = reg_enrollment_filter_dup_text (self->filter);
  const char *search = gtk_editable_get_text (GTK_EDITABLE (self->search));

  if (*search == '\0')
    return g_steal_pointer (&filters);
  if (filters == NULL)
    return g_strdup_printf ("“%s”", search);
  return g_strdup_printf ("“%s”, %s", search, filters);
}

static void
update_empty (RegEnrollmentsPage *self, const char *filter)
{
  if (filter != NULL)
    reg_column_list_set_empty (self->list, "system-search-symbolic", _ ("No Enrollments Found"),
                               _ ("Nobody matches the search and the filters."),
                               _ ("_Clear Filters"), "page.clear-filters");
  else
    reg_column_list_set_empty (self->list, "system-users-symbolic", _ ("Nobody Is Enrolled"),
                               _ ("Assign the course to people, or drop a list of them here."),
                               _ ("_Assign Course…"), "page.assign");
}

static void
on_queried_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RegEnrollmentsPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RegIdList) ids =
      reg_workspace_query_enrollments_finish (self->workspace, result, &error);
  g_autofree char *filter = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  reg_refresh_done (self->refresh);
  if (ids == NULL)
    {
      show_error (self, _ ("Could Not Look Up Enrollments"), error);
      return;
    }
  filter = dup_filter_text (self);
  if (filter == NULL)
    self->n_total = ids->n;
  update_empty (self, filter);
  reg_id_list_model_set_ids (self->model, ids);
  reg_column_list_set_loaded (self->list, TRUE);
  reg_selection_bar_set_filter (self->bar, filter);
  reg_view_changed (REG_VIEW (self));
}

static void
query (RegEnrollmentsPage *self)
{
  RegEnrollmentQuery enrollment_query = { .course_id = self->course_id };

  if (self->workspace == NULL || self->course_id == 0)
    return;
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  enrollment_query.search = gtk_editable_get_text (GTK_EDITABLE (self->search));
  enrollment_query.sort = self->sort;
  enrollment_query.descending = self->descending;
  enrollment_query.today = reg_workspace_get_today (self->workspace);
  reg_enrollment_filter_apply (self->filter, &enrollment_query);
  reg_workspace_query_enrollments_async (self->workspace, &enrollment_query, self->cancellable,
                                         on_queried_cb, g_object_ref (self));
}

/* The course itself, and what the filters choose from. */

typedef struct
{
  RegCourse *course;
  GPtrArray *labels;
  GPtrArray *managers;
  GPtrArray *sessions;
  GPtrArray *assigners;
} Surroundings;

static void
surroundings_free (gpointer data)
{
  Surroundings *found = data;

  g_clear_pointer (&found->course, reg_course_free);
  g_clear_pointer (&found->labels, g_ptr_array_unref);
  g_clear_pointer (&found->managers, g_ptr_array_unref);
  g_clear_pointer (&found->sessions, g_ptr_array_unref);
  g_clear_pointer (&found->assigners, g_ptr_array_unref);
  g_free (found);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Surroundings, surroundings_free)

static GPtrArray *
list_managers (RegStore *store, GError **error)
{
  RegUserQuery query = { .roles = 1u << REG_ROLE_MANAGER };
  g_autoptr (RegIdList) ids = reg_store_query_users (store, &query, NULL, error);
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GPtrArray) managers = g_ptr_array_new_with_free_func ((GDestroyNotify)reg_label_free);

  if (ids == NULL)
    return NULL;
  rows = reg_store_get_user_rows (store, ids->ids, MIN (ids->n, MAX_MANAGERS), error);
  if (rows == NULL)
    return NULL;
  for (guint i = 0; i < rows->len; i++)
    {
      RegUserRow *row = g_ptr_array_index (rows, i);
      RegLabel *label;

      if (row == NULL)
        continue;
      label = reg_label_new ();
      label->id = row->user->id;
      g_free (label->name);
      label->name = reg_user_dup_name (row->user);
      g_ptr_array_add (managers, label);
    }
  return g_steal_pointer (&managers);
}

static gpointer
read_surroundings (RegStore *store, gpointer data, RegProgress *progress, GError **error)
{
  g_autoptr (Surroundings) found = g_new0 (Surroundings, 1);

  found->course = reg_store_get_course (store, *(gint64 *)data, error);
  if (found->course == NULL)
    return NULL;
  found->labels = reg_store_list_labels (store, error);
  if (found->labels == NULL)
    return NULL;
  found->managers = list_managers (store, error);
  if (found->managers == NULL)
    return NULL;
  found->sessions = reg_store_list_sessions (store, found->course->id, error);
  if (found->sessions == NULL)
    return NULL;
  found->assigners = reg_store_list_assigners (store, found->course->id, error);
  return found->assigners != NULL ? g_steal_pointer (&found) : NULL;
}

/* What is of use in an instructor-led course only. */
static void
offer_sessions (RegEnrollmentsPage *self, GPtrArray *sessions)
{
  static const char *const names[] = { "change-session", "mark-no-show" };
  gboolean offered = self->course->kind == REG_COURSE_ILT;
  g_autoptr (GTimeZone) time_zone = reg_session_row_dup_time_zone (self->workspace);
  g_autoptr (GPtrArray) labels = g_ptr_array_new_with_free_func ((GDestroyNotify)reg_label_free);

  for (guint i = 0; i < sessions->len; i++)
    {
      const RegSession *session = g_ptr_array_index (sessions, i);
      RegLabel *label = reg_label_new ();

      label->id = session->id;
      g_free (label->name);
      label->name = reg_session_dup_label (session, time_zone);
      g_ptr_array_add (labels, label);
    }
  reg_enrollment_filter_set_sessions (self->filter, labels);
  reg_column_list_offer_column (self->list, _ ("Session"), offered);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    reg_selection_bar_offer (self->bar, names[i], offered);
}

static void
on_surroundings_read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RegEnrollmentsPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (Surroundings) found = reg_workspace_run_finish (self->workspace, result, &error);

  if (found == NULL)
    {
      show_error (self, _ ("Could Not Look Up the Course"), error);
      return;
    }
  if (found->course->id != self->course_id)
    return;
  g_clear_pointer (&self->course, reg_course_free);
  self->course = g_steal_pointer (&found->course);
  reg_enrollment_filter_set_labels (self->filter, found->labels, found->managers, found->assigners);
  offer_sessions (self, found->sessions);
  reg_view_changed (REG_VIEW (self));
}

static void
offer_actions (RegEnrollmentsPage *self)
{
  gboolean can_assign = reg_site_can (reg_workspace_get_site (self->workspace), "assign");

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "page.assign", can_assign);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "page.copy", can_assign);
}

static void
look_again (gpointer data)
{
  RegEnrollmentsPage *self = data;

  if (self->course_id == 0)
    {
      reg_refresh_done (self->refresh);
      return;
    }
  query (self);
  offer_actions (self);
  reg_id_list_model_refresh (self->model, NULL, 0);
  reg_workspace_run_async (self->workspace, FALSE, read_surroundings,
                           g_memdup2 (&self->course_id, sizeof (gint64)), g_free, surroundings_free,
                           NULL, on_surroundings_read_cb, g_object_ref (self));
}

static void
on_workspace_changed_cb (RegEnrollmentsPage *self,
                         gboolean users,
                         gboolean courses,
                         gboolean enrollments,
                         gboolean outbox,
                         gboolean runs)
{
  if ((users || courses || enrollments || outbox) && self->course_id != 0)
    reg_refresh_ask (self->refresh);
}

/* Doing things. */

typedef struct
{
  RegEnrollmentsPage *page;
  gint64 *ids;
  gsize n;
  char *subject;
} Chosen;

static void
chosen_free (gpointer data)
{
  Chosen *chosen = data;

  g_object_unref (chosen->page);
  g_free (chosen->ids);
  g_free (chosen->subject);
  g_free (chosen);
}

/* The course, and the person where it is one. */
static char *
dup_subject (RegEnrollmentsPage *self, const char *subject)
{
  if (subject != NULL && self->course != NULL)
    return g_strdup_printf ("%s · %s", self->course->title, subject);
  return self->course != NULL ? g_strdup (self->course->title) : NULL;
}

static void
start_flow (RegEnrollmentsPage *self,
            const char *name,
            const RegParams *params,
            const gint64 *ids,
            gsize n,
            const char *subject)
{
  RegStepFlow *flow =
      reg_step_flow_new (GTK_WIDGET (self), self->workspace, reg_operation_find (name));
  g_autofree char *title = dup_subject (self, subject);

  reg_step_flow_set_params (flow, params);
  reg_step_flow_set_enrollments (flow, ids, n);
  reg_step_flow_set_subject (flow, title);
  reg_step_flow_set_progress_row (flow, self->progress_row);
  reg_step_flow_start (flow);
}

static Chosen *
chosen_new (RegEnrollmentsPage *self, const gint64 *ids, gsize n, const char *subject)
{
  Chosen *chosen = g_new0 (Chosen, 1);

  chosen->page = g_object_ref (self);
  chosen->ids = g_memdup2 (ids, n * sizeof (gint64));
  chosen->n = n;
  chosen->subject = g_strdup (subject);
  return chosen;
}

static GtkWindow *
get_window (RegEnrollmentsPage *self)
{
  return GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
}

static void
on_session_chosen (gint64 session_id, gpointer data)
{
  Chosen *chosen = data;
  g_autoptr (RegParams) params = reg_params_new ();

  reg_params_set_int64 (params, "session_id", session_id);
  start_flow (chosen->page, "change-session", params, chosen->ids, chosen->n, chosen->subject);
}

static void
ask_session (RegEnrollmentsPage *self, const gint64 *ids, gsize n, const RegEnrollmentRow *row)
{
  const RegEnrollment *enrollment = row != NULL ? row->enrollment : NULL;
  gint64 current =
      enrollment != NULL && enrollment->seat == REG_SEAT_ENROLLED ? enrollment->session_id : 0;

  reg_session_picker_present (
      get_window (self), self->workspace, self->course_id, current, n, on_session_chosen,
      chosen_new (self, ids, n, row != NULL ? row->user_name : NULL), chosen_free);
}

static void
on_removal_chosen (const char *operation, const RegParams *params, gpointer data)
{
  Chosen *chosen = data;

  start_flow (chosen->page, operation, params, chosen->ids, chosen->n, chosen->subject);
}

static void
on_due_date_chosen (const char *date, gpointer data)
{
  Chosen *chosen = data;
  g_autoptr (RegParams) params = reg_params_new ();

  reg_params_set (params, "due_date", date);
  start_flow (chosen->page, "set-due-date", params, chosen->ids, chosen->n, chosen->subject);
}

static void
ask_due_date (RegEnrollmentsPage *self,
              const gint64 *ids,
              gsize n,
              const char *subject,
              const char *date)
{
  reg_due_date_dialog_present (get_window (self), date, on_due_date_chosen,
                               chosen_new (self, ids, n, subject), chosen_free);
}

static void
ask_reassign (RegEnrollmentsPage *self, const gint64 *ids, gsize n, const char *subject)
{
  g_autofree char *title = dup_subject (self, subject);

  reg_review_dialog_reassign (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), self->workspace,
                              ids, n, title);
}

static void
do_operation (RegEnrollmentsPage *self,
              const char *name,
              const gint64 *ids,
              gsize n,
              const RegEnrollmentRow *row)
{
  const char *subject = row != NULL ? row->user_name : NULL;

  if (g_strcmp0 (name, OPEN_USER) == 0)
    reg_host_open_user (reg_host_from (GTK_WIDGET (self)), reg_enrollment_id_get_user (ids[0]));
  else if (row != NULL && reg_enrollment_menu_show (GTK_WIDGET (self), self->workspace, name, row))
    return;
  else if (g_strcmp0 (name, "set-due-date") == 0)
    ask_due_date (self, ids, n, subject, row != NULL ? row->enrollment->due_date : "");
  else if (g_strcmp0 (name, "reassign") == 0)
    ask_reassign (self, ids, n, subject);
  else if (g_strcmp0 (name, "change-session") == 0)
    ask_session (self, ids, n, row);
  else if (g_strcmp0 (name, "remove-user") == 0 && self->course != NULL
           && self->course->kind == REG_COURSE_ILT)
    reg_removal_dialog_present (get_window (self), self->workspace, n, on_removal_chosen,
                                chosen_new (self, ids, n, subject), chosen_free);
  else
    start_flow (self, name, NULL, ids, n, subject);
}

static void
on_row_operation_cb (RegEnrollmentsPage *self, gint64 id, const char *name)
{
  guint position = reg_id_list_model_find (self->model, id);
  g_autoptr (RegIdListItem) item =
      position != G_MAXUINT ? g_list_model_get_item (G_LIST_MODEL (self->model), position) : NULL;

  do_operation (self, name, &id, 1, item != NULL ? reg_id_list_item_get_row (item) : NULL);
}

static void
on_bulk_operation_cb (RegEnrollmentsPage *self, const char *name)
{
  gsize n;
  g_autofree gint64 *ids = reg_selection_dup_ids (reg_column_list_get_selection (self->list), &n);

  if (n > 0)
    do_operation (self, name, ids, n, NULL);
}

static void
on_row_activated_cb (RegEnrollmentsPage *self, gint64 id)
{
  reg_host_open_user (reg_host_from (GTK_WIDGET (self)), reg_enrollment_id_get_user (id));
}

static GMenuModel *
create_menu (gpointer row, gpointer data)
{
  RegEnrollmentsPage *self = data;
  RegEnrollmentRow *enrollment_row = row;
  GMenuModel *menu = reg_enrollment_menu_new (enrollment_row, self->workspace);
  g_autoptr (GMenu) more = g_menu_new ();

  g_menu_append (more, _ ("User Details"), "row.do::" OPEN_USER);
  g_menu_append_section (G_MENU (menu), NULL, G_MENU_MODEL (more));
  return menu;
}

/* Columns. */

static char *
dup_row_name (gpointer row, gpointer data)
{
  return g_strdup (((RegEnrollmentRow *)row)->user_name);
}

static void
bind_name (RegCell *cell, gpointer row, gpointer data)
{
  RegEnrollmentRow *enrollment_row = row;
  const char *who = *enrollment_row->user_email != '\0' ? enrollment_row->user_email
                                                        : enrollment_row->user_employee_id;
  g_autofree char *instructor = NULL;

  reg_cell_set_text (cell, enrollment_row->user_name);
  if (enrollment_row->enrollment->is_instructor)
    instructor = g_strdup_printf (_ ("Instructor · %s"), who);
  reg_row_cells_show_subtitle (cell, instructor != NULL ? instructor : who,
                               enrollment_row->sync_state,
                               reg_column_list_is_narrow (REG_ENROLLMENTS_PAGE (data)->list));
}

static void
bind_status (RegCell *cell, gpointer row, gpointer data)
{
  RegEnrollmentRow *enrollment_row = row;

  reg_row_cells_show_status (cell, enrollment_row->enrollment, enrollment_row->course_kind);
}

static void
bind_progress (RegCell *cell, gpointer row, gpointer data)
{
  const RegEnrollment *enrollment = ((RegEnrollmentRow *)row)->enrollment;
  /* Translators: progress in a course */
  g_autofree char *text = g_strdup_printf (_ ("%d %%"), enrollment->progress);

  reg_cell_set_text (cell, text);
  reg_cell_set_dim (cell, enrollment->progress == 0);
}

static void
bind_requirement (RegCell *cell, gpointer row, gpointer data)
{
  RegRequirement requirement = ((RegEnrollmentRow *)row)->enrollment->requirement;

  reg_cell_set_text (cell, reg_requirement_get_label (requirement));
  reg_cell_set_dim (cell, requirement == REG_REQUIREMENT_OPTIONAL);
}

static void
bind_assigned (RegCell *cell, gpointer row, gpointer data)
{
  RegEnrollmentRow *enrollment_row = row;
  g_autofree char *date = reg_row_cells_dup_date (enrollment_row->enrollment->assigned_at);

  reg_cell_set_text (cell, date);
  if (enrollment_row->assigned_by != NULL && *enrollment_row->assigned_by != '\0')
    {
      g_autofree char *hint = g_strdup_printf (_ ("Assigned by %s"), enrollment_row->assigned_by);

      reg_cell_set_hint (cell, hint);
    }
}

static void
bind_due (RegCell *cell, gpointer row, gpointer data)
{
  RegEnrollmentsPage *self = data;
  const RegEnrollment *enrollment = ((RegEnrollmentRow *)row)->enrollment;

  reg_cell_set_text (cell, enrollment->due_date);
  if (reg_enrollment_is_overdue (enrollment, reg_workspace_get_today (self->workspace)))
    {
      reg_cell_set_icon (cell, "alarm-symbolic", "error");
      reg_cell_set_hint (cell, _ ("Overdue"));
      reg_cell_set_subtitle (cell, _ ("Overdue"));
    }
}

static void
bind_completed (RegCell *cell, gpointer row, gpointer data)
{
  g_autofree char *date =
      reg_row_cells_dup_date (((RegEnrollmentRow *)row)->enrollment->completed_at);

  reg_cell_set_text (cell, date);
}

static void
bind_session (RegCell *cell, gpointer row, gpointer data)
{
  RegEnrollmentRow *enrollment_row = row;
  g_autofree char *date = NULL;

  if (enrollment_row->enrollment->session_id == 0 || enrollment_row->session_place == NULL)
    return;
  date = reg_row_cells_dup_date (enrollment_row->session_starts_at);
  reg_cell_set_text (cell, enrollment_row->session_place);
  if (enrollment_row->enrollment->seat == REG_SEAT_NO_SHOW)
    {
      g_autofree char *missed = g_strdup_printf (_ ("%s · no-show"), date);

      reg_cell_set_subtitle (cell, missed);
      reg_cell_set_dim (cell, TRUE);
    }
  else if (enrollment_row->enrollment->seat == REG_SEAT_INCOMPLETE)
    {
      g_autofree char *incomplete = g_strdup_printf (_ ("%s · incomplete"), date);

      reg_cell_set_subtitle (cell, incomplete);
    }
  else
    {
      reg_cell_set_subtitle (cell, date);
    }
}

static void
bind_license (RegCell *cell, gpointer row, gpointer data)
{
  reg_row_cells_show_license (cell, row);
}

static void
bind_sync (RegCell *cell, gpointer row, gpointer data)
{
  reg_row_cells_show_sync (cell, ((RegEnrollmentRow *)row)->sync_state);
}

static void
add_columns (RegEnrollmentsPage *self)
{
  RegColumnList *list = self->list;

  reg_column_list_add_checks (list);
  reg_column_list_add_column (list, _ ("Name"), REG_ENROLLMENT_SORT_NAME, 0, 0, REG_COLUMN_EXPAND,
                              bind_name, self);
  reg_column_list_add_column (list, _ ("Status"), REG_ENROLLMENT_SORT_STATUS, 140, 0,
                              REG_COLUMN_NONE, bind_status, NULL);
  reg_column_list_add_column (list, _ ("Session"), -1, 150, 640, REG_COLUMN_NONE, bind_session,
                              NULL);
  reg_column_list_offer_column (list, _ ("Session"), FALSE);
  reg_column_list_add_column (list, _ ("Progress"), -1, 80, 1060, REG_COLUMN_NUMERIC, bind_progress,
                              NULL);
  reg_column_list_add_column (list, _ ("Requirement"), REG_ENROLLMENT_SORT_REQUIREMENT, 115, 860,
                              REG_COLUMN_NONE, bind_requirement, NULL);
  reg_column_list_add_column (list, _ ("Assigned"), REG_ENROLLMENT_SORT_ASSIGNED, 105, 960,
                              REG_COLUMN_NUMERIC, bind_assigned, NULL);
  reg_column_list_add_column (list, _ ("Due"), REG_ENROLLMENT_SORT_DUE, 120, 620,
                              REG_COLUMN_NUMERIC, bind_due, self);
  reg_column_list_add_column (list, _ ("Completed"), REG_ENROLLMENT_SORT_COMPLETED, 105, 740,
                              REG_COLUMN_NUMERIC, bind_completed, NULL);
  reg_column_list_add_column (list, _ ("Licence"), -1, 95, 1320, REG_COLUMN_NONE, bind_license,
                              NULL);
  reg_column_list_add_column (list, _ ("Sync"), -1, 110, 560, REG_COLUMN_NONE, bind_sync, NULL);
  reg_column_list_add_menus (list);
  reg_column_list_set_label (list, _ ("Enrollments"));
  reg_column_list_set_name_func (list, dup_row_name, NULL);
  reg_column_list_set_menu_func (list, create_menu, self);
  reg_column_list_sort_by (list, REG_ENROLLMENT_SORT_NAME, FALSE);
}

static void
add_bulk_operations (RegEnrollmentsPage *self)
{
  /* Shorter than in the menus of the rows: the bar says already what it is about. */
  reg_selection_bar_add (self->bar, "set-due-date", _ ("Set Due Date…"));
  reg_selection_bar_add (self->bar, "mark-complete", _ ("Mark as Complete"));
  reg_selection_bar_add (self->bar, "unassign", _ ("Unassign…"));
  reg_selection_bar_add (self->bar, "unenroll", _ ("Unenroll"));
  reg_selection_bar_add (self->bar, "change-session", _ ("Change/Add to Session…"));
  reg_selection_bar_add (self->bar, "mark-no-show", _ ("Mark as No Show…"));
  reg_selection_bar_add (self->bar, "clear-due-date", _ ("Remove Due Date"));
  reg_selection_bar_add (self->bar, "mark-incomplete", _ ("Mark as Incomplete…"));
  reg_selection_bar_add (self->bar, "reassign", _ ("Re-assign Users…"));
  reg_selection_bar_add (self->bar, "reset-progress", _ ("Reset Progress…"));
  reg_selection_bar_add (self->bar, "generate-certificate", _ ("Generate Certificate"));
  reg_selection_bar_add (self->bar, "remove-certificate", _ ("Remove Certificate…"));
  reg_selection_bar_add (self->bar, "remove-user", _ ("Remove User…"));
  reg_selection_bar_add (self->bar, "remove-registration", _ ("Remove Registration…"));
}

/* Callbacks of the template. */

static void
on_search_changed_cb (RegEnrollmentsPage *self)
{
  query (self);
}

static void
on_search_stopped_cb (RegEnrollmentsPage *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  reg_column_list_focus (self->list);
}

static void
on_search_activated_cb (RegEnrollmentsPage *self)
{
  reg_column_list_focus (self->list);
}

static void
on_filter_changed_cb (RegEnrollmentsPage *self)
{
  g_autofree char *text = reg_enrollment_filter_dup_text (self->filter);

  if (text != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->filter_button), "accent");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->filter_button), "accent");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->filter_button), text);
  query (self);
}

static void
on_sort_changed_cb (RegEnrollmentsPage *self, int key, gboolean descending)
{
  self->sort = (RegEnrollmentSort)key;
  self->descending = descending;
  query (self);
}

static void
reg_enrollments_page_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  RegEnrollmentsPage *self = REG_ENROLLMENTS_PAGE (widget);
  RegHost *host = reg_host_from (widget);

  if (g_strcmp0 (action_name, "page.import") == 0)
    reg_host_open_import (host, NULL, self->course_id);
  else if (g_strcmp0 (action_name, "page.assign") == 0)
    reg_assign_dialog_present_for_course (host, self->workspace, self->course_id,
                                          self->course != NULL ? self->course->title : NULL);
  else if (g_strcmp0 (action_name, "page.copy") == 0)
    reg_copy_dialog_present (host, self->workspace, NULL, 0, self->course_id);
  else
    {
      gtk_editable_set_text (GTK_EDITABLE (self->search), "");
      reg_enrollment_filter_clear (self->filter);
      gtk_widget_grab_focus (GTK_WIDGET (self->search));
    }
}

/* RegView. */

static char *
reg_enrollments_page_dup_title (RegView *view)
{
  RegEnrollmentsPage *self = REG_ENROLLMENTS_PAGE (view);

  return g_strdup (self->course != NULL ? self->course->title : "");
}

static char *
reg_enrollments_page_dup_subtitle (RegView *view)
{
  RegEnrollmentsPage *self = REG_ENROLLMENTS_PAGE (view);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->model));
  const char *code = self->course != NULL ? self->course->code : "";

  if (n != self->n_total && self->n_total > 0)
    return g_strdup_printf (_ ("%s · %'u of %'zu enrollments"), code, n, self->n_total);
  return g_strdup_printf (ngettext ("%s · %'u enrollment", "%s · %'u enrollments", n), code, n);
}

static void
reg_enrollments_page_find (RegView *view)
{
  gtk_widget_grab_focus (GTK_WIDGET (REG_ENROLLMENTS_PAGE (view)->search));
}

static void
reg_enrollments_page_select_all (RegView *view)
{
  reg_column_list_select_all (REG_ENROLLMENTS_PAGE (view)->list);
}

static void
reg_enrollments_page_delete (RegView *view)
{
  on_bulk_operation_cb (REG_ENROLLMENTS_PAGE (view), "unassign");
}

static void
reg_enrollments_page_view_init (RegViewInterface *iface)
{
  iface->dup_title = reg_enrollments_page_dup_title;
  iface->dup_subtitle = reg_enrollments_page_dup_subtitle;
  iface->find = reg_enrollments_page_find;
  iface->select_all = reg_enrollments_page_select_all;
  iface->delete = reg_enrollments_page_delete;
}

/* RegCourseTab. */

static void
reg_enrollments_page_show_course (RegCourseTab *tab, gint64 course_id)
{
  reg_enrollments_page_show (REG_ENROLLMENTS_PAGE (tab), course_id);
}

static void
reg_enrollments_page_filter (RegCourseTab *tab, const RegEnrollmentQuery *wanted)
{
  RegEnrollmentsPage *self = REG_ENROLLMENTS_PAGE (tab);

  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  reg_enrollment_filter_set_query (self->filter, wanted);
  reg_column_list_focus (self->list);
}

static void
reg_enrollments_page_tab_init (RegCourseTabInterface *iface)
{
  iface->show_course = reg_enrollments_page_show_course;
  iface->filter = reg_enrollments_page_filter;
}

static void
reg_enrollments_page_dispose (GObject *object)
{
  RegEnrollmentsPage *self = REG_ENROLLMENTS_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->refresh, reg_refresh_free);
  g_clear_pointer (&self->course, reg_course_free);
  g_clear_object (&self->model);
  g_clear_object (&self->workspace);
  G_OBJECT_CLASS (reg_enrollments_page_parent_class)->dispose (object);
}

static void
reg_enrollments_page_class_init (RegEnrollmentsPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = reg_enrollments_page_dispose;

  g_type_ensure (REG_TYPE_COLUMN_LIST);
  g_type_ensure (REG_TYPE_ENROLLMENT_FILTER);
  g_type_ensure (REG_TYPE_PROGRESS_ROW);
  g_type_ensure (REG_TYPE_SELECTION_BAR);

  gtk_widget_class_install_action (widget_class, "page.clear-filters", NULL,
                                   reg_enrollments_page_action);
  gtk_widget_class_install_action (widget_class, "page.import", NULL, reg_enrollments_page_action);
  gtk_widget_class_install_action (widget_class, "page.assign", NULL, reg_enrollments_page_action);
  gtk_widget_class_install_action (widget_class, "page.copy", NULL, reg_enrollments_page_action);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/registrar_lms/Registrar/enrollments/reg-enrollments-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RegEnrollmentsPage, search);
  gtk_widget_class_bind_template_child (widget_class, RegEnrollmentsPage, filter_button);
  gtk_widget_class_bind_template_child (widget_class, RegEnrollmentsPage, filter);
  gtk_widget_class_bind_template_child (widget_class, RegEnrollmentsPage, list);
  gtk_widget_class_bind_template_child (widget_class, RegEnrollmentsPage, progress_row);
  gtk_widget_class_bind_template_child (widget_class, RegEnrollmentsPage, bar);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_search_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_search_stopped_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_filter_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_sort_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_row_operation_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_bulk_operation_cb);
}

static void
reg_enrollments_page_init (RegEnrollmentsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->refresh = reg_refresh_new (look_again, self);
  add_columns (self);
  add_bulk_operations (self);
}

/**
 * reg_enrollments_page_new:
 * @workspace: the account on show
 */
GtkWidget *
reg_enrollments_page_new (RegWorkspace *workspace)
{
  RegEnrollmentsPage *self = g_object_new (REG_TYPE_ENROLLMENTS_PAGE, NULL);

  self->workspace = g_object_ref (workspace);
  self->model = reg_workspace_create_enrollment_model (workspace);
  reg_column_list_set_model (self->list, self->model);
  reg_selection_bar_set_list (self->bar, self->list);
  g_signal_connect_object (workspace, "changed", G_CALLBACK (on_workspace_changed_cb), self,
                           G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

/**
 * reg_enrollments_page_show:
 *
 * Shows another course, without the filters and the selection of the last one.
 */
void
reg_enrollments_page_show (RegEnrollmentsPage *self, gint64 course_id)
{
  g_return_if_fail (REG_IS_ENROLLMENTS_PAGE (self));

  if (course_id != self->course_id)
    {
      g_autoptr (RegIdList) nobody = reg_id_list_new_take (g_new (gint64, 1), 0);

      self->course_id = course_id;
      self->n_total = 0;
      g_clear_pointer (&self->course, reg_course_free);
      reg_column_list_set_loaded (self->list, FALSE);
      reg_id_list_model_set_ids (self->model, nobody);
      reg_selection_clear (reg_column_list_get_selection (self->list));
      gtk_editable_set_text (GTK_EDITABLE (self->search), "");
      reg_enrollment_filter_clear (self->filter);
    }
  look_again (self);
}

gint64
reg_enrollments_page_get_course (RegEnrollmentsPage *self)
{
  g_return_val_if_fail (REG_IS_ENROLLMENTS_PAGE (self), 0);

  return self->course_id;
}
