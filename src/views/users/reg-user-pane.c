/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-views"

#include "views/users/reg-user-pane.h"

#include "base/reg-words.h"
#include "rules/reg-status.h"
#include "views/common/reg-host.h"
#include "views/common/reg-row-cells.h"
#include "views/common/reg-step-flow.h"
#include "views/common/reg-view.h"
#include "views/users/reg-user-menu.h"

#include <glib/gi18n-lib.h>

/* A list box is slow with thousands of rows; nobody reads so many beside a list. */
#define MAX_ENROLLMENTS 200

struct _RegUserPane
{
  AdwBin parent_instance;

  GtkStack *stack;
  GtkLabel *name;
  GtkImage *state_icon;
  GtkLabel *state;
  GtkMenuButton *menu_button;
  GtkButton *edit_button;
  AdwActionRow *email;
  AdwActionRow *employee_id;
  AdwActionRow *role;
  AdwActionRow *location;
  AdwActionRow *groups;
  AdwActionRow *manager;
  AdwActionRow *waiting;
  AdwPreferencesGroup *courses_group;
  GtkListBox *courses;

  AdwEntryRow *given_entry;
  AdwEntryRow *family_entry;
  AdwEntryRow *email_entry;
  AdwEntryRow *employee_entry;
  AdwComboRow *role_combo;
  AdwComboRow *location_combo;
  GtkLabel *problem;
  GtkButton *save;

  RegWorkspace *workspace;
  gint64 user_id;
  RegUserRow *row;     /* (nullable): of the user on show */
  GArray *locations;   /* ids of the entries of location_combo */
  gboolean wants_edit; /* the form is wanted as soon as the row is there */
  gboolean is_filling;
};

enum
{
  CLOSED,
  OPERATION,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RegUserPane, reg_user_pane, ADW_TYPE_BIN)

/* What is read for one person. */
typedef struct
{
  gint64 asked_id;
  RegUserRow *row;
  GPtrArray *enrollments;
  gsize n_enrollments;
} Details;

static void
details_free (gpointer data)
{
  Details *details = data;

  g_clear_pointer (&details->row, reg_user_row_free);
  g_clear_pointer (&details->enrollments, g_ptr_array_unref);
  g_free (details);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Details, details_free)

static gpointer
read_details (RegStore *store, gpointer data, RegProgress *progress, GError **error)
{
  gint64 id = *(gint64 *)data;
  RegEnrollmentQuery query = {
    .user_id = id, .requirement = -1, .access = -1, .sort = REG_ENROLLMENT_SORT_COURSE
  };
  g_autoptr (Details) details = g_new0 (Details, 1);
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (RegIdList) ids = NULL;

  /* Somebody who was added here has the LMS's id since the sync. */
  if (!reg_store_resolve_user_id (store, &id, error))
    return NULL;
  query.user_id = id;
  rows = reg_store_get_user_rows (store, &id, 1, error);
  if (rows == NULL)
    return NULL;
  details->asked_id = *(gint64 *)data;
  details->row = g_ptr_array_steal_index (rows, 0);
  ids = reg_store_query_enrollments (store, &query, NULL, error);
  if (ids == NULL)
    return NULL;
  details->n_enrollments = ids->n;
  details->enrollments =
      reg_store_get_enrollment_rows (store, ids->ids, MIN (ids->n, MAX_ENROLLMENTS), error);
  if (details->enrollments == NULL)
    return NULL;
  return g_steal_pointer (&details);
}

static void
show_text (AdwActionRow *row, const char *text)
{
  gboolean is_there = text != NULL && *text != '\0';

  adw_action_row_set_subtitle (row, is_there ? text : _ ("None"));
}

static void
on_course_activated_cb (RegUserPane *self, AdwActionRow *row)
{
  gint64 id = *(gint64 *)g_object_get_data (G_OBJECT (row), "reg-course-id");

  reg_host_open_course (reg_host_from (GTK_WIDGET (self)), id);
}

static char *
dup_enrollment_text (const RegEnrollmentRow *row)
{
  g_autofree char *status = reg_enrollment_dup_status_label (row->enrollment, row->course_kind);
  GString *text = g_string_new (status);

  reg_words_add (text, reg_requirement_get_label (row->enrollment->requirement));
  if (row->enrollment->due_date[0] != '\0')
    reg_words_add_printf (text, _ ("due %s"), row->enrollment->due_date);
  if (row->sync_state == REG_WAITING)
    reg_words_add (text, _ ("Waiting"));
  reg_words_add (text, row->product);
  return g_string_free (text, FALSE);
}

static void
add_course (RegUserPane *self, const RegEnrollmentRow *row)
{
  GtkWidget *widget = adw_action_row_new ();
  g_autofree char *text = dup_enrollment_text (row);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (widget), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (widget), row->course_title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (widget), text);
  adw_action_row_add_suffix (ADW_ACTION_ROW (widget),
                             gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (widget), TRUE);
  g_object_set_data_full (G_OBJECT (widget), "reg-course-id",
                          g_memdup2 (&row->enrollment->course_id, sizeof (gint64)), g_free);
  gtk_list_box_append (self->courses, widget);
}

static void
show_courses (RegUserPane *self, const Details *details)
{
  GtkWidget *child;
  g_autofree char *text = NULL;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->courses))) != NULL)
    gtk_list_box_remove (self->courses, child);
  for (guint i = 0; i < details->enrollments->len; i++)
    if (g_ptr_array_index (details->enrollments, i) != NULL)
      add_course (self, g_ptr_array_index (details->enrollments, i));
  gtk_widget_set_visible (GTK_WIDGET (self->courses), details->enrollments->len > 0);
  if (details->n_enrollments == 0)
    text = g_strdup (_ ("Enrolled in no course."));
  else if (details->n_enrollments > details->enrollments->len)
    text = g_strdup_printf (ngettext ("and %zu more", "and %zu more",
                                      details->n_enrollments - details->enrollments->len),
                            details->n_enrollments - details->enrollments->len);
  adw_preferences_group_set_description (self->courses_group, text);
}

static void
show_state (RegUserPane *self)
{
  const RegUser *user = self->row->user;
  g_autofree char *words = reg_row_cells_dup_user_state (user);
  g_autoptr (GPtrArray) operations = reg_operation_list_for_state (
      user->state, reg_workspace_get_roles (self->workspace, 0, user->manager_id));
  g_autoptr (GMenuModel) menu = reg_user_menu_new (user, self->workspace);
  gboolean may_edit = FALSE;

  for (guint i = 0; i < operations->len; i++)
    {
      const RegOperation *operation = g_ptr_array_index (operations, i);

      may_edit = may_edit || g_strcmp0 (operation->name, "edit-user") == 0;
    }
  gtk_label_set_label (self->state, words);
  gtk_image_set_from_icon_name (self->state_icon, reg_row_cells_get_user_icon (user->state));
  gtk_menu_button_set_menu_model (self->menu_button, menu);
  gtk_widget_set_visible (GTK_WIDGET (self->edit_button), may_edit);
}

static void
show_row (RegUserPane *self)
{
  const RegUser *user = self->row->user;
  g_autofree char *name = reg_user_dup_name (user);

  gtk_label_set_label (self->name, name);
  show_state (self);
  show_text (self->email, user->email);
  show_text (self->employee_id, user->employee_id);
  show_text (self->role, reg_role_get_label (user->role));
  show_text (self->location, self->row->location);
  show_text (self->groups, self->row->groups);
  show_text (self->manager, self->row->manager);
  gtk_widget_set_visible (GTK_WIDGET (self->waiting), self->row->sync_state != REG_SYNCED);
  if (self->row->sync_state == REG_NEEDS_ATTENTION)
    {
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->waiting), _ ("Look at it"));
      adw_action_row_set_subtitle (
          self->waiting, _ ("The LMS did not take a change of this row. See Pending Changes."));
    }
  else
    {
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->waiting), _ ("Waiting"));
      adw_action_row_set_subtitle (
          self->waiting, _ ("Saved on this computer. Nothing is sent to the LMS until you sync."));
    }
}

static void
on_details_read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RegUserPane) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (Details) details = reg_workspace_run_finish (self->workspace, result, &error);

  if (details == NULL)
    {
      RegHost *host = reg_host_from (GTK_WIDGET (self));

      if (host != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        reg_host_show_error (host, _ ("Could Not Look Up the User"), error);
      return;
    }
  if (details->row == NULL)
    {
      g_signal_emit (self, signals[CLOSED], 0);
      return;
    }
  if (self->user_id < 0 && details->asked_id == self->user_id)
    self->user_id = details->row->user->id;
  if (details->row->user->id != self->user_id)
    return;
  g_clear_pointer (&self->row, reg_user_row_free);
  self->row = g_steal_pointer (&details->row);
  show_row (self);
  show_courses (self, details);
  if (self->wants_edit)
    reg_user_pane_edit (self);
}

/* The form. */

static gint64
get_location (RegUserPane *self)
{
  guint selected = adw_combo_row_get_selected (self->location_combo);

  return selected < self->locations->len ? g_array_index (self->locations, gint64, selected) : 0;
}

static void
put (RegParams *params, const char *key, AdwEntryRow *entry, const char *old)
{
  g_autofree char *text = g_strdup (gtk_editable_get_text (GTK_EDITABLE (entry)));

  g_strstrip (text);
  if (g_strcmp0 (text, old) != 0)
    reg_params_set (params, key, text);
}

/* What the form says otherwise than the row. */
static RegParams *
dup_params (RegUserPane *self)
{
  const RegUser *user = self->row->user;
  RegParams *params = reg_params_new ();
  RegRole role = (RegRole)adw_combo_row_get_selected (self->role_combo);

  put (params, "given_name", self->given_entry, user->given_name);
  put (params, "family_name", self->family_entry, user->family_name);
  put (params, "email", self->email_entry, user->email);
  put (params, "employee_id", self->employee_entry, user->employee_id);
  if (role != user->role)
    reg_params_set (params, "role", reg_role_to_nick (role));
  if (get_location (self) != user->location_id)
    reg_params_set_int64 (params, "location_id", get_location (self));
  return params;
}

static char *
dup_problem (RegUserPane *self, const RegParams *params)
{
  g_autoptr (RegUser) user = reg_user_copy (self->row->user);
  RegSubject subject = { .user = user,
                         .actor_id = reg_workspace_get_actor_id (self->workspace),
                         .actor_role = reg_workspace_get_actor_role (self->workspace) };
  char *sentence = NULL;
  RegReason reason =
      reg_operation_check (reg_operation_find ("edit-user"), &subject, params, &sentence);

  if (*gtk_editable_get_text (GTK_EDITABLE (self->given_entry)) == '\0'
      && *gtk_editable_get_text (GTK_EDITABLE (self->family_entry)) == '\0')
    {
      g_free (sentence);
      return g_strdup (_ ("A person needs a name."));
    }
  if (reason == REG_REASON_NONE || reason == REG_REASON_NOTHING_TO_DO)
    {
      g_free (sentence);
      return NULL;
    }
  return sentence != NULL ? sentence : reg_reason_dup_sentence (reason, NULL, NULL);
}

static void
on_form_changed_cb (RegUserPane *self)
{
  g_autoptr (RegParams) params = NULL;
  g_autofree char *problem = NULL;

  if (self->row == NULL || self->is_filling)
    return;
  params = dup_params (self);
  problem = reg_params_get_size (params) > 0 ? dup_problem (self, params) : NULL;
  gtk_label_set_label (self->problem, problem != NULL ? problem : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), problem != NULL);
  gtk_widget_set_sensitive (GTK_WIDGET (self->save),
                            problem == NULL && reg_params_get_size (params) > 0);
}

static void
fill_form (RegUserPane *self)
{
  const RegUser *user = self->row->user;
  guint location = 0;

  self->is_filling = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->given_entry), user->given_name);
  gtk_editable_set_text (GTK_EDITABLE (self->family_entry), user->family_name);
  gtk_editable_set_text (GTK_EDITABLE (self->email_entry), user->email);
  gtk_editable_set_text (GTK_EDITABLE (self->employee_entry), user->employee_id);
  adw_combo_row_set_selected (self->role_combo, user->role);
  for (guint i = 0; i < self->locations->len; i++)
    if (g_array_index (self->locations, gint64, i) == user->location_id)
      location = i;
  adw_combo_row_set_selected (self->location_combo, location);
  self->is_filling = FALSE;
  on_form_changed_cb (self);
}

static void
show_details_page (RegUserPane *self)
{
  gtk_stack_set_visible_child_name (self->stack, "details");
  gtk_widget_grab_focus (GTK_WIDGET (self->edit_button));
}

static void
on_saved_cb (RegUserPane *self, gboolean staged)
{
  if (staged)
    show_details_page (self);
}

static void
on_save_clicked_cb (RegUserPane *self)
{
  g_autoptr (RegParams) params = NULL;
  g_autofree char *name = NULL;
  RegStepFlow *flow;

  if (!gtk_widget_get_sensitive (GTK_WIDGET (self->save)))
    return;
  params = dup_params (self);
  name = reg_user_dup_name (self->row->user);
  flow = reg_step_flow_new (GTK_WIDGET (self), self->workspace, reg_operation_find ("edit-user"));
  reg_step_flow_set_params (flow, params);
  reg_step_flow_set_users (flow, &self->user_id, 1);
  reg_step_flow_set_subject (flow, name);
  g_signal_connect_object (flow, "finished", G_CALLBACK (on_saved_cb), self, G_CONNECT_SWAPPED);
  reg_step_flow_start (flow);
}

static void
on_cancel_clicked_cb (RegUserPane *self)
{
  show_details_page (self);
}

static void
on_close_clicked_cb (RegUserPane *self)
{
  gtk_stack_set_visible_child_name (self->stack, "details");
  g_signal_emit (self, signals[CLOSED], 0);
}

static void
reg_user_pane_do (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  RegUserPane *self = REG_USER_PANE (widget);

  g_signal_emit (self, signals[OPERATION], 0, self->user_id,
                 g_variant_get_string (parameter, NULL));
}

/* Ctrl+E is for whoever is on show, wherever in the window the focus is. */
static gboolean
on_enrollments_cb (GtkWidget *widget, GVariant *args, gpointer data)
{
  RegUserPane *self = REG_USER_PANE (widget);

  if (!gtk_widget_get_mapped (widget) || self->user_id == 0)
    return GDK_EVENT_PROPAGATE;
  g_signal_emit (self, signals[OPERATION], 0, self->user_id, REG_USER_MENU_COURSES);
  return GDK_EVENT_STOP;
}

static gboolean
on_escape_cb (GtkWidget *widget, GVariant *args, gpointer data)
{
  RegUserPane *self = REG_USER_PANE (widget);

  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "form") == 0)
    on_cancel_clicked_cb (self);
  else
    on_close_clicked_cb (self);
  return GDK_EVENT_STOP;
}

static void
reg_user_pane_dispose (GObject *object)
{
  RegUserPane *self = REG_USER_PANE (object);

  g_clear_object (&self->workspace);
  g_clear_pointer (&self->row, reg_user_row_free);
  G_OBJECT_CLASS (reg_user_pane_parent_class)->dispose (object);
}

static void
reg_user_pane_finalize (GObject *object)
{
  g_array_unref (REG_USER_PANE (object)->locations);
  G_OBJECT_CLASS (reg_user_pane_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, RegUserPane, stack);
  gtk_widget_class_bind_template_child (widget_class, RegUserPane, name);
  gtk_widget_class_bind_template_child (widget_class, RegUserPane, state_icon);
  gtk_widget_class_bind_template_child (widget_class, RegUserPane, state);
  gtk_widget_class_bind_template_child (widget_class, RegUserPane, menu_button);
  gtk_widget_class_bind_template_child (widget_class, RegUserPane, edit_button);
  gtk_widget_class_bind_template_child (widget_class, RegUserPane, email);
  gtk_widget_class_bind_template_child (widget_class, RegUserPane, employee_id);
  gtk_widget_class_bind_template_child (widget_class, RegUserPane, role);
  gtk_widget_class_bind_template_child (widget_class, RegUserPane, location);
  gtk_widget_class_bind_template_child (widget_class, RegUserPane, groups);
  gtk_widget_class_bind_template_child (widget_class, RegUserPane, manager);
  gtk_widget_class_bind_template_child (widget_class, RegUserPane, waiting);
  gtk_widget_class_bind_template_child (widget_class, RegUserPane, courses_group);
  gtk_widget_class_bind_template_child (widget_class, RegUserPane, courses);
  gtk_widget_class_bind_template_child (widget_class, RegUserPane, given_entry);
  gtk_widget_class_bind_template_child (widget_class, RegUserPane, family_entry);
  gtk_widget_class_bind_template_child (widget_class, RegUserPane, email_entry);
  gtk_widget_class_bind_template_child (widget_class, RegUserPane, employee_entry);
  gtk_widget_class_bind_template_child (widget_class, RegUserPane, role_combo);
  gtk_widget_class_bind_template_child (widget_class, RegUserPane, location_combo);
  gtk_widget_class_bind_template_child (widget_class, RegUserPane, problem);
  gtk_widget_class_bind_template_child (widget_class, RegUserPane, save);
}

static void
reg_user_pane_class_init (RegUserPaneClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = reg_user_pane_dispose;
  object_class->finalize = reg_user_pane_finalize;

  signals[CLOSED] = g_signal_new ("closed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);
  signals[OPERATION] = g_signal_new ("operation", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_INT64, G_TYPE_STRING);

  gtk_widget_class_install_action (widget_class, "row.do", "s", reg_user_pane_do);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, on_escape_cb, NULL);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/registrar_lms/Registrar/users/reg-user-pane.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, on_close_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_cancel_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_save_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_form_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_course_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, reg_user_pane_edit);
}

static void
reg_user_pane_init (RegUserPane *self)
{
  g_autoptr (GtkStringList) roles = gtk_string_list_new (NULL);

  gtk_widget_init_template (GTK_WIDGET (self));
  reg_view_add_shortcut (GTK_WIDGET (self), GDK_KEY_e,
                         gtk_callback_action_new (on_enrollments_cb, NULL, NULL));
  self->locations = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->is_filling = TRUE;
  for (guint i = 0; i < REG_N_ROLES; i++)
    gtk_string_list_append (roles, reg_role_get_label ((RegRole)i));
  adw_combo_row_set_model (self->role_combo, G_LIST_MODEL (roles));
  self->is_filling = FALSE;
}

void
reg_user_pane_set_workspace (RegUserPane *self, RegWorkspace *workspace)
{
  g_return_if_fail (REG_IS_USER_PANE (self));

  g_set_object (&self->workspace, workspace);
}

void
reg_user_pane_set_labels (RegUserPane *self, GPtrArray *labels)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  gint64 chosen, none = 0;
  guint selected = 0;

  g_return_if_fail (REG_IS_USER_PANE (self));

  chosen = get_location (self);
  g_array_set_size (self->locations, 0);
  g_array_append_val (self->locations, none);
  gtk_string_list_append (names, _ ("None"));
  for (guint i = 0; i < labels->len; i++)
    {
      RegLabel *label = g_ptr_array_index (labels, i);

      if (label->kind != REG_LABEL_LOCATION)
        continue;
      if (label->id == chosen)
        selected = self->locations->len;
      g_array_append_val (self->locations, label->id);
      gtk_string_list_append (names, label->name);
    }
  self->is_filling = TRUE;
  adw_combo_row_set_model (self->location_combo, G_LIST_MODEL (names));
  adw_combo_row_set_selected (self->location_combo, selected);
  self->is_filling = FALSE;
}

/**
 * reg_user_pane_show:
 *
 * Shows another person; a form that was open is left.
 */
void
reg_user_pane_show (RegUserPane *self, gint64 user_id)
{
  g_return_if_fail (REG_IS_USER_PANE (self));

  if (user_id != self->user_id)
    {
      g_clear_pointer (&self->row, reg_user_row_free);
      gtk_stack_set_visible_child_name (self->stack, "details");
      self->wants_edit = FALSE;
    }
  self->user_id = user_id;
  reg_user_pane_refresh (self);
}

void
reg_user_pane_refresh (RegUserPane *self)
{
  g_return_if_fail (REG_IS_USER_PANE (self));

  if (self->user_id == 0 || self->workspace == NULL)
    return;
  reg_workspace_run_async (self->workspace, FALSE, read_details,
                           g_memdup2 (&self->user_id, sizeof (gint64)), g_free, details_free, NULL,
                           on_details_read_cb, g_object_ref (self));
}

void
reg_user_pane_edit (RegUserPane *self)
{
  g_return_if_fail (REG_IS_USER_PANE (self));

  self->wants_edit = self->row == NULL;
  if (self->row == NULL)
    return;
  fill_form (self);
  gtk_stack_set_visible_child_name (self->stack, "form");
  gtk_widget_grab_focus (GTK_WIDGET (self->given_entry));
}
