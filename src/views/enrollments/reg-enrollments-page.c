/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-views"

#include "views/enrollments/reg-enrollments-page.h"

#include "rules/reg-operation.h"
#include "rules/reg-seat.h"
#include "views/common/reg-assign-dialog.h"
#include "views/common/reg-column-list.h"
#include "views/common/reg-copy-dialog.h"
#include "views/common/reg-course-tab.h"
#include "views/common/reg-enrollment-menu.h"
#include "views/common/reg-filter-strip.h"
#include "views/common/reg-host.h"
#include "views/common/reg-refresh.h"
#include "views/common/reg-selection-bar.h"
#include "views/common/reg-selection-follow.h"
#include "views/common/reg-session-row.h"
#include "views/common/reg-view.h"
#include "views/enrollments/reg-enrollment-columns.h"
#include "views/enrollments/reg-enrollment-export.h"
#include "views/enrollments/reg-enrollment-filter.h"
#include "views/enrollments/reg-enrollment-surroundings.h"
#include "views/enrollments/reg-enrollment-task.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Entries of the menus that open what the row is about besides. */
#define OPEN_USER "open-user"
#define OPEN_COURSE "open-course"

struct _RegEnrollmentsPage
{
  AdwBin parent_instance;

  GtkSearchEntry *search;
  RegFilterStrip *filter_strip;
  GtkWidget *import_button;
  RegEnrollmentFilter *filter;
  RegColumnList *list;
  RegProgressRow *progress_row;
  RegSelectionBar *bar;

  RegWorkspace *workspace;
  RegIdListModel *model;
  RegRefresh *refresh;
  GCancellable *cancellable;
  RegEnrollmentsOf of;
  gint64 id;                         /* of the course or the person; 0: none */
  RegEnrollmentSurroundings *around; /* (nullable) */
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
  const char *title = _ ("Nobody Is Enrolled");
  const char *hint = _ ("Assign the course to people, or drop a list of them here.");

  if (self->of == REG_ENROLLMENTS_OF_USER)
    {
      title = _ ("Enrolled in No Course");
      hint = _ ("What is assigned to this person appears here.");
    }
  if (filter != NULL)
    reg_column_list_set_empty (self->list, "system-search-symbolic", _ ("No Enrollments Found"),
                               _ ("None matches the search and the filters."), _ ("_Clear Filters"),
                               "page.clear-filters");
  else
    reg_column_list_set_empty (self->list, "reg-course-symbolic", title, hint,
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
  reg_selection_follow_enrollments (reg_column_list_get_selection (self->list), self->workspace);
  reg_column_list_set_loaded (self->list, TRUE);
  reg_selection_bar_set_filter (self->bar, filter);
  reg_view_changed (REG_VIEW (self));
}

static void
query (RegEnrollmentsPage *self)
{
  RegEnrollmentQuery enrollment_query = { 0 };

  if (self->workspace == NULL || self->id == 0)
    return;
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  if (self->of == REG_ENROLLMENTS_OF_COURSE)
    enrollment_query.course_id = self->id;
  else
    enrollment_query.user_id = self->id;
  enrollment_query.search = gtk_editable_get_text (GTK_EDITABLE (self->search));
  enrollment_query.sort = self->sort;
  enrollment_query.descending = self->descending;
  enrollment_query.today = reg_workspace_get_today (self->workspace);
  reg_enrollment_filter_apply (self->filter, &enrollment_query);
  reg_workspace_query_enrollments_async (self->workspace, &enrollment_query, self->cancellable,
                                         on_queried_cb, g_object_ref (self));
}

/* Whose they are, and what the filters choose from. */

/* Sessions are of use in an instructor-led course only. */
static void
offer_sessions (RegEnrollmentsPage *self, GPtrArray *sessions)
{
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
  reg_column_list_offer_column (self->list, _ ("Session"),
                                self->around->course->kind == REG_COURSE_ILT);
}

/* What the role of the person signed in may do here to nobody is not offered. */
static void
offer_actions (RegEnrollmentsPage *self)
{
  const RegCourse *course = self->around != NULL ? self->around->course : NULL;
  gboolean can_assign = reg_workspace_offers (self->workspace, reg_operation_find ("assign"),
                                              course != NULL ? course->id : 0);

  reg_selection_bar_offer_operations (self->bar, self->workspace, course);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "page.assign", can_assign);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "page.copy",
                                 can_assign && self->of == REG_ENROLLMENTS_OF_COURSE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "page.import",
                                 reg_workspace_offers_imports (self->workspace));
}

static void
on_surroundings_read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RegEnrollmentsPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RegEnrollmentSurroundings) found =
      reg_workspace_run_finish (self->workspace, result, &error);

  if (found == NULL)
    {
      /* Whoever is gone by now has no page any more. */
      if (self->of == REG_ENROLLMENTS_OF_USER && self->around != NULL
          && g_error_matches (error, REG_STORE_ERROR, REG_STORE_ERROR_NOT_FOUND))
        reg_view_close (REG_VIEW (self));
      else
        show_error (self,
                    self->of == REG_ENROLLMENTS_OF_COURSE ? _ ("Could Not Look Up the Course")
                                                          : _ ("Could Not Look Up the User"),
                    error);
      return;
    }
  if (found->asked_id != self->id)
    return;
  g_clear_pointer (&self->around, reg_enrollment_surroundings_free);
  self->around = g_steal_pointer (&found);
  if (self->around->id != self->id)
    {
      self->id = self->around->id;
      query (self);
    }
  reg_enrollment_filter_set_labels (self->filter, self->around->labels, self->around->managers,
                                    self->around->assigners);
  if (self->around->sessions != NULL)
    offer_sessions (self, self->around->sessions);
  offer_actions (self);
  reg_view_changed (REG_VIEW (self));
}

static void
look_again (gpointer data)
{
  RegEnrollmentsPage *self = data;

  if (self->id == 0)
    {
      reg_refresh_done (self->refresh);
      return;
    }
  query (self);
  reg_id_list_model_refresh (self->model, NULL, 0);
  reg_enrollment_surroundings_read_async (self->workspace, self->of, self->id,
                                          on_surroundings_read_cb, g_object_ref (self));
}

static void
on_workspace_changed_cb (RegEnrollmentsPage *self,
                         gboolean users,
                         gboolean courses,
                         gboolean enrollments,
                         gboolean outbox,
                         gboolean runs)
{
  if ((users || courses || enrollments || outbox) && self->id != 0)
    reg_refresh_ask (self->refresh);
}

/* Doing things. */

/* What the enrollments have in common: the course or the person, and both where it is one. */
static char *
dup_subject (RegEnrollmentsPage *self, const RegEnrollmentRow *row)
{
  if (row != NULL)
    return g_strdup_printf ("%s · %s", row->course_title, row->user_name);
  return self->around != NULL ? reg_enrollment_surroundings_dup_title (self->around) : NULL;
}

/* Whether any of them is in an instructor-led course. */
static gboolean
have_sessions (RegEnrollmentsPage *self, const gint64 *ids, gsize n)
{
  const RegEnrollmentSurroundings *around = self->around;

  if (around == NULL)
    return FALSE;
  if (around->course != NULL)
    return around->course->kind == REG_COURSE_ILT;
  for (gsize i = 0; i < n; i++)
    {
      gint64 course_id = reg_enrollment_id_get_course (ids[i]);

      if (g_hash_table_contains (around->ilt_courses, &course_id))
        return TRUE;
    }
  return FALSE;
}

static void
do_operation (RegEnrollmentsPage *self,
              const char *name,
              const gint64 *ids,
              gsize n,
              const RegEnrollmentRow *row)
{
  RegHost *host = reg_host_from (GTK_WIDGET (self));
  g_autofree char *subject = dup_subject (self, row);

  if (g_strcmp0 (name, OPEN_USER) == 0)
    reg_host_open_user (host, reg_enrollment_id_get_user (ids[0]));
  else if (g_strcmp0 (name, OPEN_COURSE) == 0)
    reg_host_open_course (host, reg_enrollment_id_get_course (ids[0]));
  else
    reg_enrollment_task_start (
        reg_enrollment_task_new (GTK_WIDGET (self), self->workspace, self->progress_row, ids, n),
        name, row, have_sessions (self, ids, n), subject);
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
  do_operation (self, self->of == REG_ENROLLMENTS_OF_COURSE ? OPEN_USER : OPEN_COURSE, &id, 1,
                NULL);
}

static GMenuModel *
create_menu (gpointer row, gpointer data)
{
  RegEnrollmentsPage *self = data;
  GMenuModel *menu = reg_enrollment_menu_new (row, self->workspace);
  g_autoptr (GMenu) more = g_menu_new ();

  if (self->of == REG_ENROLLMENTS_OF_COURSE)
    g_menu_append (more, _ ("User Details"), "row.do::" OPEN_USER);
  else
    g_menu_append (more, _ ("Open Course"), "row.do::" OPEN_COURSE);
  g_menu_append_section (G_MENU (menu), NULL, G_MENU_MODEL (more));
  return menu;
}

/* Shorter than in the menus of the rows: the bar says already what it is about. */
static const struct
{
  const char *name;
  const char *label;
} bulk_operations[] = {
  { "set-due-date", N_ ("Set Due Date…") },
  { "mark-complete", N_ ("Mark as Complete") },
  { "unassign", N_ ("Unassign…") },
  { "unenroll", N_ ("Unenroll") },
  { "change-session", N_ ("Change/Add to Session…") },
  { "mark-no-show", N_ ("Mark as No Show…") },
  { "remove-from-session", N_ ("Remove from Session") },
  { "clear-due-date", N_ ("Remove Due Date") },
  { "mark-incomplete", N_ ("Mark as Incomplete…") },
  { "reassign", N_ ("Re-assign Users…") },
  { "reset-progress", N_ ("Reset Progress…") },
  { "generate-certificate", N_ ("Generate Certificate") },
  { "remove-certificate", N_ ("Remove Certificate…") },
  { "remove-user", N_ ("Remove User…") },
  { "remove-registration", N_ ("Remove Registration…") },
};

/* The first ones have buttons: of a person's courses, those that end an enrollment. */
static void
add_bulk_operations (RegEnrollmentsPage *self)
{
  gboolean of_user = self->of == REG_ENROLLMENTS_OF_USER;

  if (of_user)
    {
      reg_selection_bar_add (self->bar, "unenroll", _ ("Unenroll"));
      reg_selection_bar_add (self->bar, "remove-registration", _ ("Remove…"));
    }
  for (guint i = 0; i < G_N_ELEMENTS (bulk_operations); i++)
    {
      const char *name = bulk_operations[i].name;

      if (!of_user
          || (strcmp (name, "unenroll") != 0 && strcmp (name, "remove-registration") != 0
              && strcmp (name, "change-session") != 0))
        reg_selection_bar_add (self->bar, name, _ (bulk_operations[i].label));
    }
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

  reg_filter_strip_set_text (self->filter_strip, text);
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
assign (RegEnrollmentsPage *self)
{
  RegHost *host = reg_host_from (GTK_WIDGET (self));
  g_autofree char *title =
      self->around != NULL ? reg_enrollment_surroundings_dup_title (self->around) : NULL;

  if (self->of == REG_ENROLLMENTS_OF_COURSE)
    reg_assign_dialog_present_for_course (host, self->workspace, self->id, title);
  else
    reg_assign_dialog_present_for_users (host, self->workspace, &self->id, 1, title);
}

static void
reg_enrollments_page_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  RegEnrollmentsPage *self = REG_ENROLLMENTS_PAGE (widget);

  if (g_strcmp0 (action_name, "page.import") == 0)
    {
      reg_host_open_import (reg_host_from (widget), NULL, self->id);
    }
  else if (g_strcmp0 (action_name, "page.assign") == 0)
    {
      assign (self);
    }
  else if (g_strcmp0 (action_name, "page.export") == 0)
    {
      g_autofree char *title =
          self->around != NULL ? reg_enrollment_surroundings_dup_title (self->around) : NULL;

      reg_enrollment_export_present (widget, self->workspace, self->progress_row,
                                     reg_id_list_model_get_ids (self->model),
                                     title != NULL ? title : _ ("Enrollments"));
    }
  else if (g_strcmp0 (action_name, "page.copy") == 0)
    {
      reg_copy_dialog_present (reg_host_from (widget), self->workspace, NULL, 0, self->id);
    }
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

  return self->around != NULL ? reg_enrollment_surroundings_dup_title (self->around)
                              : g_strdup ("");
}

/* The course's code, or how the person is known. */
static const char *
get_code (RegEnrollmentsPage *self)
{
  const RegUser *user = self->around != NULL ? self->around->user : NULL;

  if (user != NULL)
    return *user->email != '\0' ? user->email : user->employee_id;
  return self->around != NULL ? self->around->course->code : "";
}

static char *
reg_enrollments_page_dup_subtitle (RegView *view)
{
  RegEnrollmentsPage *self = REG_ENROLLMENTS_PAGE (view);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->model));

  if (n != self->n_total && self->n_total > 0)
    return g_strdup_printf (_ ("%s · %'u of %'zu enrollments"), get_code (self), n, self->n_total);
  return g_strdup_printf (ngettext ("%s · %'u enrollment", "%s · %'u enrollments", n),
                          get_code (self), n);
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

/* A course's list is a tab of its page, which closes as a whole. */
static gboolean
reg_enrollments_page_can_go_back (RegView *view)
{
  return REG_ENROLLMENTS_PAGE (view)->of == REG_ENROLLMENTS_OF_USER;
}

static void
reg_enrollments_page_view_init (RegViewInterface *iface)
{
  iface->dup_title = reg_enrollments_page_dup_title;
  iface->dup_subtitle = reg_enrollments_page_dup_subtitle;
  iface->find = reg_enrollments_page_find;
  iface->select_all = reg_enrollments_page_select_all;
  iface->delete = reg_enrollments_page_delete;
  iface->can_go_back = reg_enrollments_page_can_go_back;
  iface->go_back = reg_view_close;
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
  g_clear_pointer (&self->around, reg_enrollment_surroundings_free);
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
  g_type_ensure (REG_TYPE_FILTER_STRIP);
  g_type_ensure (REG_TYPE_ENROLLMENT_FILTER);
  g_type_ensure (REG_TYPE_PROGRESS_ROW);
  g_type_ensure (REG_TYPE_SELECTION_BAR);

  gtk_widget_class_install_action (widget_class, "page.clear-filters", NULL,
                                   reg_enrollments_page_action);
  gtk_widget_class_install_action (widget_class, "page.import", NULL, reg_enrollments_page_action);
  gtk_widget_class_install_action (widget_class, "page.assign", NULL, reg_enrollments_page_action);
  gtk_widget_class_install_action (widget_class, "page.export", NULL, reg_enrollments_page_action);
  gtk_widget_class_install_action (widget_class, "page.copy", NULL, reg_enrollments_page_action);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/registrar_lms/Registrar/enrollments/reg-enrollments-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RegEnrollmentsPage, search);
  gtk_widget_class_bind_template_child (widget_class, RegEnrollmentsPage, filter_strip);
  gtk_widget_class_bind_template_child (widget_class, RegEnrollmentsPage, import_button);
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
}

/* A person's courses are another list than a course's people: other things are looked for in it,
 * and what is about one course alone is left out. */
static void
set_up_for_user (RegEnrollmentsPage *self)
{
  g_object_set (self->search, "placeholder-text", _ ("Search course title or code"), NULL);
  gtk_widget_set_visible (self->import_button, FALSE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "page.import", FALSE);
  reg_column_list_offer_column (self->list, _ ("Session"), TRUE);
}

/**
 * reg_enrollments_page_new:
 * @workspace: the account on show
 * @of: whose enrollments it will show
 */
GtkWidget *
reg_enrollments_page_new (RegWorkspace *workspace, RegEnrollmentsOf of)
{
  RegEnrollmentsPage *self = g_object_new (REG_TYPE_ENROLLMENTS_PAGE, NULL);

  self->workspace = g_object_ref (workspace);
  self->of = of;
  self->model = reg_workspace_create_enrollment_model (workspace);
  reg_enrollment_columns_add (self->list, workspace, of);
  add_bulk_operations (self);
  reg_column_list_set_menu_func (self->list, create_menu, self);
  if (of == REG_ENROLLMENTS_OF_USER)
    set_up_for_user (self);
  reg_column_list_set_model (self->list, self->model);
  reg_selection_bar_set_list (self->bar, self->list);
  g_signal_connect_object (workspace, "changed", G_CALLBACK (on_workspace_changed_cb), self,
                           G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

/**
 * reg_enrollments_page_show:
 * @self: a page
 * @id: a course or a person
 *
 * Shows another one, without the filters and the selection of the last one.
 */
void
reg_enrollments_page_show (RegEnrollmentsPage *self, gint64 id)
{
  g_return_if_fail (REG_IS_ENROLLMENTS_PAGE (self));

  if (id != self->id)
    {
      g_autoptr (RegIdList) nobody = reg_id_list_new_take (g_new (gint64, 1), 0);

      self->id = id;
      self->n_total = 0;
      g_clear_pointer (&self->around, reg_enrollment_surroundings_free);
      reg_column_list_set_loaded (self->list, FALSE);
      reg_id_list_model_set_ids (self->model, nobody);
      reg_selection_clear (reg_column_list_get_selection (self->list));
      gtk_editable_set_text (GTK_EDITABLE (self->search), "");
      reg_enrollment_filter_clear (self->filter);
    }
  look_again (self);
}
