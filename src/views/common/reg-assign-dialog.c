/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-views"

#include "views/common/reg-assign-dialog.h"

#include "rules/reg-status.h"
#include "rules/reg-text.h"
#include "views/common/reg-assignment-details.h"
#include "views/common/reg-check-row.h"
#include "views/common/reg-column-list.h"
#include "views/common/reg-custom-assignment.h"
#include "views/common/reg-list-stop.h"
#include "views/common/reg-preset-list.h"
#include "views/common/reg-progress-row.h"
#include "views/common/reg-row-cells.h"
#include "views/common/reg-review-dialog.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

struct _RegAssignDialog
{
  AdwWindow parent_instance;

  AdwWindowTitle *title;
  GtkButton *go_on;
  GtkSearchEntry *search;
  GtkWidget *search_bar;
  GtkStackSwitcher *switcher;
  GtkStack *chooser;
  RegCustomAssignment *custom;
  RegPresetList *presets;
  RegAssignmentDetails *details;
  GtkListBox *courses;
  RegColumnList *people;
  GtkLabel *chosen;
  RegProgressRow *progress_row;

  RegWorkspace *workspace;
  GArray *user_ids;   /* (nullable): for people chosen before */
  GArray *course_ids; /* courses that are ticked at first */
  gint64 course_id;   /* or for a course */
  char *subject;      /* (nullable): name of the one person, or of the course */
  GHashTable *checks; /* of the courses: GtkCheckButton → RegCourseRow */
  GPtrArray *course_rows;
  RegIdListModel *people_model;
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (RegAssignDialog, reg_assign_dialog, ADW_TYPE_WINDOW)

static gboolean
is_shown (RegAssignDialog *self, const char *page)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (self->chooser), page) == 0;
}

/* What is done: products of the custom assignment may be reassigned or renewed instead. */
static const RegOperation *
get_operation (RegAssignDialog *self)
{
  return is_shown (self, "custom") ? reg_custom_assignment_get_operation (self->custom)
                                   : reg_operation_find ("assign");
}

static gsize
count_chosen (RegAssignDialog *self)
{
  GHashTableIter iter;
  gpointer check;
  gsize n = 0;

  if (is_shown (self, "custom"))
    return reg_custom_assignment_get_n (self->custom);
  if (is_shown (self, "presets"))
    return reg_preset_list_get_name (self->presets) != NULL ? 1 : 0;
  if (self->course_id != 0)
    return self->people_model != NULL
               ? reg_selection_get_n_selected (reg_column_list_get_selection (self->people))
               : 0;
  g_hash_table_iter_init (&iter, self->checks);
  while (g_hash_table_iter_next (&iter, &check, NULL))
    n += gtk_check_button_get_active (check) ? 1 : 0;
  return n;
}

static void
update (RegAssignDialog *self)
{
  gsize n = count_chosen (self);
  g_autofree char *text = NULL;

  if (self->course_id != 0)
    text = g_strdup_printf (ngettext ("%'zu user chosen", "%'zu users chosen", n), n);
  else
    text = g_strdup_printf (ngettext ("%'zu course chosen", "%'zu courses chosen", n), n);
  gtk_label_set_label (self->chosen, text);
  gtk_widget_set_visible (self->search_bar,
                          !is_shown (self, "custom") && !is_shown (self, "presets"));
  /* A requirement and a due date belong to an assignment. */
  gtk_widget_set_visible (GTK_WIDGET (self->details),
                          !is_shown (self, "presets")
                              && get_operation (self) == reg_operation_find ("assign"));
  gtk_widget_set_sensitive (GTK_WIDGET (self->go_on),
                            n > 0 && reg_assignment_details_is_valid (self->details));
}

/* Courses to choose from. */

static gpointer
read_courses (RegStore *store, gpointer data, RegProgress *progress, GError **error)
{
  return reg_store_list_course_rows (store, NULL, data, error);
}

static gboolean
is_ticked_first (RegAssignDialog *self, gint64 course_id)
{
  for (guint i = 0; i < self->course_ids->len; i++)
    if (g_array_index (self->course_ids, gint64, i) == course_id)
      return TRUE;
  return FALSE;
}

static void
add_course (RegAssignDialog *self, RegCourseRow *course_row)
{
  g_autofree char *subtitle = NULL;
  GtkCheckButton *check;
  GtkWidget *row;

  if (course_row->pool_available >= 0)
    subtitle = g_strdup_printf (
        _ ("%s · %s · %'" PRIi64 " licenses available"), course_row->course->code,
        reg_course_kind_get_label (course_row->course->kind), course_row->pool_available);
  else
    subtitle = g_strdup_printf ("%s · %s", course_row->course->code,
                                reg_course_kind_get_label (course_row->course->kind));
  row = reg_check_row_new (course_row->course->title, subtitle, NULL);
  check = reg_check_row_get_check (row);
  g_object_set_data (G_OBJECT (row), "reg-course-row", course_row);
  gtk_list_box_append (self->courses, row);
  g_hash_table_insert (self->checks, check, course_row);
  gtk_check_button_set_active (check, is_ticked_first (self, course_row->course->id));
  g_signal_connect_swapped (check, "toggled", G_CALLBACK (update), self);
}

static void
on_courses_read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RegAssignDialog) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = reg_workspace_run_finish (self->workspace, result, &error);
  RegHost *host = reg_host_from (GTK_WIDGET (self));

  if (rows == NULL)
    {
      if (host != NULL)
        reg_host_show_error (host, _ ("Could Not Look Up Courses"), error);
      return;
    }
  if (self->courses == NULL)
    return;
  self->course_rows = g_steal_pointer (&rows);
  if (self->user_ids != NULL)
    {
      reg_custom_assignment_set_up (self->custom, self->workspace, self->course_rows);
      reg_preset_list_set_up (self->presets, self->workspace, self->course_rows);
    }
  for (guint i = 0; i < self->course_rows->len; i++)
    add_course (self, g_ptr_array_index (self->course_rows, i));
  update (self);
}

static gboolean
filter_course (GtkListBoxRow *row, gpointer data)
{
  RegAssignDialog *self = data;
  RegCourseRow *course_row = g_object_get_data (G_OBJECT (row), "reg-course-row");
  const char *search = gtk_editable_get_text (GTK_EDITABLE (self->search));
  g_autofree char *wanted = reg_text_fold (search, -1);
  g_autofree char *text =
      g_strdup_printf ("%s %s", course_row->course->code, course_row->course->title);
  g_autofree char *folded = reg_text_fold (text, -1);

  return strstr (folded, wanted) != NULL;
}

/* People to choose from. */

static void
on_people_queried_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RegAssignDialog) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RegIdList) ids = reg_workspace_query_users_finish (self->workspace, result, &error);
  RegHost *host = reg_host_from (GTK_WIDGET (self));

  if (ids != NULL && self->people_model != NULL)
    {
      reg_id_list_model_set_ids (self->people_model, ids);
      reg_column_list_set_loaded (self->people, TRUE);
      update (self);
    }
  else if (ids == NULL && host != NULL
           && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    reg_host_show_error (host, _ ("Could Not Look Up Users"), error);
}

static void
query_people (RegAssignDialog *self)
{
  RegUserQuery query = { .search = gtk_editable_get_text (GTK_EDITABLE (self->search)),
                         .states = 1u << REG_USER_STATE_ACTIVE | 1u << REG_USER_STATE_PENDING };

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  reg_workspace_query_users_async (self->workspace, &query, self->cancellable, on_people_queried_cb,
                                   g_object_ref (self));
}

static char *
dup_row_name (gpointer row, gpointer data)
{
  return reg_user_dup_name (((RegUserRow *)row)->user);
}

static void
bind_name (RegCell *cell, gpointer row, gpointer data)
{
  RegUser *user = ((RegUserRow *)row)->user;
  g_autofree char *name = reg_user_dup_name (user);

  reg_cell_set_text (cell, name);
  reg_cell_set_subtitle (cell, *user->email != '\0' ? user->email : user->employee_id);
}

static void
bind_groups (RegCell *cell, gpointer row, gpointer data)
{
  reg_cell_set_text (cell, ((RegUserRow *)row)->groups);
}

static void
on_person_activated_cb (RegAssignDialog *self, gint64 id)
{
  reg_column_list_toggle (self->people, id);
}

static void
on_search_changed_cb (RegAssignDialog *self)
{
  if (self->course_id != 0)
    query_people (self);
  else
    gtk_list_box_invalidate_filter (self->courses);
}

/* What was found by the last letter, which may not have been looked at yet. */
static void
on_search_activated_cb (RegAssignDialog *self)
{
  on_search_changed_cb (self);
  gtk_widget_child_focus (GTK_WIDGET (self->chooser), GTK_DIR_TAB_FORWARD);
}

/* Going on. */

static GArray *
dup_chosen_courses (RegAssignDialog *self)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  GHashTableIter iter;
  gpointer check, row;

  g_hash_table_iter_init (&iter, self->checks);
  while (g_hash_table_iter_next (&iter, &check, &row))
    if (gtk_check_button_get_active (check))
      g_array_append_val (ids, ((RegCourseRow *)row)->course->id);
  return ids;
}

/* params: what goes with every course; a product has its own besides */
static GPtrArray *
dup_items (RegAssignDialog *self, const RegParams *params)
{
  GPtrArray *items;
  g_autoptr (GArray) courses = NULL;

  if (is_shown (self, "custom"))
    return reg_custom_assignment_dup_items (self->custom, params);
  if (is_shown (self, "presets"))
    return reg_preset_list_dup_items (self->presets, NULL);
  items = g_ptr_array_new_with_free_func ((GDestroyNotify)reg_review_item_free);
  if (self->course_id != 0)
    {
      g_ptr_array_add (items, reg_review_item_new (self->course_id, NULL));
      return items;
    }
  courses = dup_chosen_courses (self);
  for (guint i = 0; i < courses->len; i++)
    g_ptr_array_add (items, reg_review_item_new (g_array_index (courses, gint64, i), NULL));
  return items;
}

static void
on_save_preset_cb (RegAssignDialog *self)
{
  g_autoptr (GPtrArray) items = reg_custom_assignment_dup_preset_items (
      self->custom, reg_assignment_details_get_requirement (self->details));

  reg_preset_list_create (self->presets, items);
}

static gboolean
are_subscriptions (GPtrArray *items)
{
  for (guint i = 0; i < items->len; i++)
    if (!reg_params_are_subscription (((RegReviewItem *)g_ptr_array_index (items, i))->params))
      return FALSE;
  return items->len > 0;
}

/* Whoever has a list of people need not search for them one by one. */
static void
on_import_clicked_cb (RegAssignDialog *self)
{
  RegHost *host = reg_host_from (GTK_WIDGET (self));
  gint64 course_id = self->course_id;

  gtk_window_destroy (GTK_WINDOW (self));
  reg_host_open_import (host, NULL, course_id);
}

static void
on_go_on_clicked_cb (RegAssignDialog *self)
{
  const RegOperation *operation = get_operation (self);
  RegReviewDialog *review = reg_review_dialog_new (GTK_WINDOW (self), self->workspace, operation);
  g_autoptr (RegParams) params = operation == reg_operation_find ("assign")
                                     ? reg_assignment_details_dup_params (self->details)
                                     : reg_params_new ();
  g_autoptr (GPtrArray) items = dup_items (self, params);

  /* A step of subscriptions alone cannot be taken back as a whole. */
  if (are_subscriptions (items))
    reg_params_set (params, "mode", REG_MODE_SUBSCRIPTION);

  reg_review_dialog_set_params (review, params);
  reg_review_dialog_set_items (review, items);
  if (self->course_id != 0)
    {
      gsize n;
      g_autofree gint64 *ids =
          reg_selection_dup_ids (reg_column_list_get_selection (self->people), &n);

      reg_review_dialog_set_users (review, ids, n);
    }
  else
    {
      reg_review_dialog_set_users (review, (const gint64 *)(gpointer)self->user_ids->data,
                                   self->user_ids->len);
    }
  reg_review_dialog_set_subject (review, self->subject);
  g_signal_connect_object (review, "staged", G_CALLBACK (gtk_window_close), self,
                           G_CONNECT_SWAPPED);
  reg_review_dialog_start (review);
}

static void
reg_assign_dialog_dispose (GObject *object)
{
  RegAssignDialog *self = REG_ASSIGN_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->people_model);
  g_clear_object (&self->workspace);
  G_OBJECT_CLASS (reg_assign_dialog_parent_class)->dispose (object);
  self->courses = NULL;
}

static void
reg_assign_dialog_finalize (GObject *object)
{
  RegAssignDialog *self = REG_ASSIGN_DIALOG (object);

  g_clear_pointer (&self->user_ids, g_array_unref);
  g_array_unref (self->course_ids);
  g_clear_pointer (&self->course_rows, g_ptr_array_unref);
  g_hash_table_unref (self->checks);
  g_free (self->subject);
  G_OBJECT_CLASS (reg_assign_dialog_parent_class)->finalize (object);
}

static void
reg_assign_dialog_class_init (RegAssignDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = reg_assign_dialog_dispose;
  object_class->finalize = reg_assign_dialog_finalize;

  g_type_ensure (REG_TYPE_ASSIGNMENT_DETAILS);
  g_type_ensure (REG_TYPE_COLUMN_LIST);
  g_type_ensure (REG_TYPE_CUSTOM_ASSIGNMENT);
  g_type_ensure (REG_TYPE_LIST_STOP);
  g_type_ensure (REG_TYPE_PRESET_LIST);
  g_type_ensure (REG_TYPE_PROGRESS_ROW);

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/registrar_lms/Registrar/common/reg-assign-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, RegAssignDialog, title);
  gtk_widget_class_bind_template_child (widget_class, RegAssignDialog, go_on);
  gtk_widget_class_bind_template_child (widget_class, RegAssignDialog, search);
  gtk_widget_class_bind_template_child (widget_class, RegAssignDialog, chooser);
  gtk_widget_class_bind_template_child (widget_class, RegAssignDialog, search_bar);
  gtk_widget_class_bind_template_child (widget_class, RegAssignDialog, switcher);
  gtk_widget_class_bind_template_child (widget_class, RegAssignDialog, custom);
  gtk_widget_class_bind_template_child (widget_class, RegAssignDialog, presets);
  gtk_widget_class_bind_template_child (widget_class, RegAssignDialog, details);
  gtk_widget_class_bind_template_child (widget_class, RegAssignDialog, courses);
  gtk_widget_class_bind_template_child (widget_class, RegAssignDialog, people);
  gtk_widget_class_bind_template_child (widget_class, RegAssignDialog, chosen);
  gtk_widget_class_bind_template_child (widget_class, RegAssignDialog, progress_row);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_search_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_go_on_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_import_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_person_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_save_preset_cb);
  gtk_widget_class_bind_template_callback (widget_class, update);
}

static void
reg_assign_dialog_init (RegAssignDialog *self)
{
  self->course_ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  gtk_widget_init_template (GTK_WIDGET (self));
  self->checks = g_hash_table_new (NULL, NULL);
  reg_column_list_set_label (self->people, _ ("Users"));
  gtk_list_box_set_filter_func (self->courses, filter_course, self, NULL);
}

static RegAssignDialog *
create (RegHost *host, RegWorkspace *workspace, const char *subject)
{
  RegAssignDialog *self = g_object_new (REG_TYPE_ASSIGN_DIALOG, "transient-for", host, NULL);

  self->workspace = g_object_ref (workspace);
  self->subject = g_strdup (subject);
  return self;
}

/**
 * reg_assign_dialog_present_for_users:
 * @ids: whom; copied
 * @name: (nullable): of the person, where it is one
 */
void
reg_assign_dialog_present_for_users (RegHost *host,
                                     RegWorkspace *workspace,
                                     const gint64 *ids,
                                     gsize n,
                                     const char *name)
{
  reg_assign_dialog_present_for_team (host, workspace, ids, n, name, NULL, 0);
}

/**
 * reg_assign_dialog_present_for_team:
 * @ids: whom; copied
 * @name: (nullable): of the person, where it is one, or of the team
 * @course_ids: (nullable) (array length=n_courses): courses that are ticked at first
 */
void
reg_assign_dialog_present_for_team (RegHost *host,
                                    RegWorkspace *workspace,
                                    const gint64 *ids,
                                    gsize n,
                                    const char *name,
                                    const gint64 *course_ids,
                                    gsize n_courses)
{
  RegAssignDialog *self = create (host, workspace, name);
  g_autofree char *subtitle =
      name != NULL ? g_strdup (name) : g_strdup_printf (ngettext ("%'zu user", "%'zu users", n), n);

  self->user_ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_array_append_vals (self->user_ids, ids, (guint)n);
  if (n_courses > 0)
    g_array_append_vals (self->course_ids, course_ids, (guint)n_courses);
  adw_window_title_set_subtitle (self->title, subtitle);
  gtk_stack_set_visible_child_name (self->chooser, "courses");
  gtk_widget_set_visible (GTK_WIDGET (self->switcher), TRUE);
  g_object_set (self->search, "placeholder-text", _ ("Search courses"), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->search), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Search courses"), -1);
  reg_workspace_run_async (
      workspace, FALSE, read_courses, g_strdup (reg_workspace_get_today (workspace)), g_free,
      (GDestroyNotify)g_ptr_array_unref, NULL, on_courses_read_cb, g_object_ref (self));
  update (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
  gtk_window_present (GTK_WINDOW (self));
}

/**
 * reg_assign_dialog_present_for_course:
 * @title: of the course
 */
void
reg_assign_dialog_present_for_course (RegHost *host,
                                      RegWorkspace *workspace,
                                      gint64 course_id,
                                      const char *title)
{
  RegAssignDialog *self = create (host, workspace, title);

  self->course_id = course_id;
  adw_window_title_set_subtitle (self->title, title);
  gtk_stack_set_visible_child_name (self->chooser, "people");
  g_object_set (self->search, "placeholder-text", _ ("Search users"), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->search), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Search users"), -1);
  reg_column_list_add_checks (self->people);
  reg_column_list_add_column (self->people, _ ("Name"), -1, 0, 0, REG_COLUMN_EXPAND, bind_name,
                              NULL);
  reg_column_list_add_column (self->people, _ ("Groups"), -1, 180, 480, REG_COLUMN_NONE,
                              bind_groups, NULL);
  reg_column_list_set_name_func (self->people, dup_row_name, NULL);
  reg_column_list_set_empty (self->people, "system-search-symbolic", _ ("No Users Found"), NULL,
                             NULL, NULL);
  self->people_model = reg_workspace_create_user_model (workspace);
  reg_column_list_set_model (self->people, self->people_model);
  query_people (self);
  update (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
  gtk_window_present (GTK_WINDOW (self));
}
