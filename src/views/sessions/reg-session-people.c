/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-views"

#include "views/sessions/reg-session-people.h"

#include "rules/reg-operation.h"
#include "rules/reg-seat.h"
#include "views/common/reg-column-list.h"
#include "views/common/reg-row-cells.h"
#include "views/common/reg-session-row.h"
#include "views/common/reg-step-flow.h"

#include <glib/gi18n-lib.h>

struct _RegSessionPeople
{
  AdwWindow parent_instance;

  AdwWindowTitle *title;
  GtkButton *choose;
  GtkSearchEntry *search;
  RegColumnList *list;
  GtkLabel *chosen;

  GtkWidget *origin; /* weak */
  RegWorkspace *workspace;
  RegIdListModel *model;
  RegSession *session;
  char *label; /* what the session is called */
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (RegSessionPeople, reg_session_people, ADW_TYPE_WINDOW)

static void
update (RegSessionPeople *self)
{
  RegSelection *selection;
  g_autofree char *chosen = NULL, *left = NULL, *text = NULL;
  int n_left;
  gsize n;

  /* on its way out, or not yet there */
  if (self->workspace == NULL)
    return;
  selection = reg_column_list_get_selection (self->list);
  n = selection != NULL ? reg_selection_get_n_selected (selection) : 0;
  n_left = MAX (0, self->session->seats - self->session->taken);
  chosen = g_strdup_printf (ngettext ("%'zu user chosen", "%'zu users chosen", n), n);
  if (self->session->seats > 0)
    {
      left = g_strdup_printf (ngettext ("%'d seat left", "%'d seats left", n_left), n_left);
      text = g_strdup_printf ("%s · %s", chosen, left);
    }
  gtk_label_set_label (self->chosen, text != NULL ? text : chosen);
  if (self->session->seats > 0 && n > (gsize)n_left)
    gtk_widget_add_css_class (GTK_WIDGET (self->chosen), "warning");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->chosen), "warning");
  gtk_widget_set_sensitive (GTK_WIDGET (self->choose), n > 0);
}

static void
on_queried_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RegSessionPeople) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RegIdList) ids =
      reg_workspace_query_enrollments_finish (REG_WORKSPACE (source), result, &error);

  if (ids == NULL || self->model == NULL)
    return;
  reg_id_list_model_set_ids (self->model, ids);
  reg_column_list_set_loaded (self->list, TRUE);
  update (self);
}

/* Those who are in the course, in no session, and not yet through. */
static void
query (RegSessionPeople *self)
{
  RegEnrollmentQuery wanted = { .course_id = self->session->course_id,
                                .requirement = -1,
                                .access = REG_ACCESS_ACTIVE,
                                .session_id = REG_SESSION_NONE,
                                .statuses = REG_STATUS_BIT (REG_STATUS_NOT_STARTED)
                                            | REG_STATUS_BIT (REG_STATUS_STARTED)
                                            | REG_STATUS_BIT (REG_STATUS_IN_PROGRESS),
                                .search = gtk_editable_get_text (GTK_EDITABLE (self->search)) };

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  reg_workspace_query_enrollments_async (self->workspace, &wanted, self->cancellable, on_queried_cb,
                                         g_object_ref (self));
}

static void
on_row_activated_cb (RegSessionPeople *self, gint64 id)
{
  reg_column_list_toggle (self->list, id);
}

static void
on_choose_cb (RegSessionPeople *self)
{
  gsize n;
  g_autofree gint64 *ids = reg_selection_dup_ids (reg_column_list_get_selection (self->list), &n);
  g_autoptr (RegParams) params = reg_params_new ();
  RegStepFlow *flow;

  if (n == 0 || self->origin == NULL)
    return;
  flow = reg_step_flow_new (self->origin, self->workspace, reg_operation_find ("change-session"));
  reg_params_set_int64 (params, "session_id", self->session->id);
  reg_step_flow_set_params (flow, params);
  reg_step_flow_set_enrollments (flow, ids, n);
  reg_step_flow_set_subject (flow, self->label);
  gtk_window_close (GTK_WINDOW (self));
  reg_step_flow_start (flow);
}

static char *
dup_row_name (gpointer row, gpointer data)
{
  return g_strdup (((RegEnrollmentRow *)row)->user_name);
}

static void
bind_name (RegCell *cell, gpointer row, gpointer data)
{
  RegEnrollmentRow *enrollment_row = row;

  reg_cell_set_text (cell, enrollment_row->user_name);
  reg_cell_set_subtitle (cell, *enrollment_row->user_email != '\0'
                                   ? enrollment_row->user_email
                                   : enrollment_row->user_employee_id);
}

static void
bind_status (RegCell *cell, gpointer row, gpointer data)
{
  RegEnrollmentRow *enrollment_row = row;

  reg_row_cells_show_status (cell, enrollment_row->enrollment, enrollment_row->course_kind);
  if (enrollment_row->enrollment->seat == REG_SEAT_NO_SHOW)
    reg_cell_set_subtitle (cell, _ ("No-show before"));
}

static void
reg_session_people_dispose (GObject *object)
{
  RegSessionPeople *self = REG_SESSION_PEOPLE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_weak_pointer (&self->origin);
  g_clear_object (&self->model);
  g_clear_object (&self->workspace);
  g_clear_pointer (&self->session, reg_session_free);
  g_clear_pointer (&self->label, g_free);
  G_OBJECT_CLASS (reg_session_people_parent_class)->dispose (object);
}

static void
reg_session_people_class_init (RegSessionPeopleClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = reg_session_people_dispose;

  g_type_ensure (REG_TYPE_COLUMN_LIST);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/registrar_lms/Registrar/sessions/reg-session-people.ui");
  gtk_widget_class_bind_template_child (widget_class, RegSessionPeople, title);
  gtk_widget_class_bind_template_child (widget_class, RegSessionPeople, choose);
  gtk_widget_class_bind_template_child (widget_class, RegSessionPeople, search);
  gtk_widget_class_bind_template_child (widget_class, RegSessionPeople, list);
  gtk_widget_class_bind_template_child (widget_class, RegSessionPeople, chosen);
  gtk_widget_class_bind_template_callback (widget_class, update);
  gtk_widget_class_bind_template_callback (widget_class, query);
  gtk_widget_class_bind_template_callback (widget_class, on_choose_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated_cb);
}

static void
reg_session_people_init (RegSessionPeople *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  reg_column_list_add_checks (self->list);
  reg_column_list_add_column (self->list, _ ("Name"), -1, 0, 0, REG_COLUMN_EXPAND, bind_name, NULL);
  reg_column_list_add_column (self->list, _ ("Status"), -1, 150, 420, REG_COLUMN_NONE, bind_status,
                              NULL);
  reg_column_list_set_label (self->list, _ ("People in no session"));
  reg_column_list_set_name_func (self->list, dup_row_name, NULL);
  reg_column_list_set_empty (
      self->list, "system-users-symbolic", _ ("Nobody to Add"),
      _ ("Nobody who is assigned the course and in no session matches. Assign the course first."),
      NULL, NULL);
}

/**
 * reg_session_people_present:
 * @origin: a widget in the window it is done in
 * @workspace: the account on show
 * @session: where they are put; copied
 */
void
reg_session_people_present (GtkWidget *origin, RegWorkspace *workspace, const RegSession *session)
{
  RegSessionPeople *self =
      g_object_new (REG_TYPE_SESSION_PEOPLE, "transient-for", gtk_widget_get_root (origin), NULL);
  g_autoptr (GTimeZone) time_zone = reg_session_row_dup_time_zone (workspace);

  g_set_weak_pointer (&self->origin, origin);
  self->workspace = g_object_ref (workspace);
  self->session = reg_session_copy (session);
  self->label = reg_session_dup_label (session, time_zone);
  adw_window_title_set_subtitle (self->title, self->label);
  self->model = reg_workspace_create_enrollment_model (workspace);
  reg_column_list_set_model (self->list, self->model);
  query (self);
  update (self);
  gtk_window_present (GTK_WINDOW (self));
}
