/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-views"

#include "views/import-wizard/reg-changes-dialog.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

static GtkWidget *
create_row (const RegImportText *change)
{
  GtkWidget *row = adw_action_row_new ();
  /* Translators: what a field is, and what it will be. */
  g_autofree char *text =
      g_strdup_printf (_ ("%s → %s"), *change->before != '\0' ? change->before : _ ("none"),
                       *change->after != '\0' ? change->after : _ ("none"));
  g_autofree char *markup = g_markup_escape_text (text, -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), change->label);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), markup);
  return row;
}

static gboolean
on_key_cb (GtkWidget *window, GVariant *arguments, gpointer data)
{
  gtk_window_close (GTK_WINDOW (window));
  return TRUE;
}

static void
close_on_escape (GtkWidget *window)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (controller),
      gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0),
                        gtk_callback_action_new (on_key_cb, NULL, NULL)));
  gtk_widget_add_controller (window, controller);
}

/**
 * reg_changes_dialog_show:
 * @parent: the window it stands before
 * @plan: a plan
 * @place: of an item in its will
 * @name: (nullable): who it is about
 *
 * Returns: (transfer none): the dialog, on show
 */
GtkWidget *
reg_changes_dialog_show (GtkWindow *parent, RegImportPlan *plan, guint place, const char *name)
{
  const RegImportItem *item = &g_array_index (plan->will, RegImportItem, place);
  const RegCourse *course = reg_directory_get_course (plan->directory, item->course_id);
  g_autoptr (GPtrArray) changes = reg_import_plan_dup_changes (plan, place);
  g_autofree char *line = g_strdup_printf (_ ("Line %" PRIu32), item->line);
  g_autofree char *who =
      g_markup_escape_text (name != NULL ? name : reg_import_plan_get_identifier (plan, item), -1);
  g_autofree char *where = course != NULL ? g_markup_escape_text (course->title, -1) : NULL;
  GtkWidget *window =
      g_object_new (ADW_TYPE_WINDOW, "transient-for", parent, "modal", TRUE, "destroy-with-parent",
                    TRUE, "title", line, "default-width", 440, "width-request", 340, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *page = adw_preferences_page_new ();
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), who);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group), where);
  for (guint i = 0; i < changes->len; i++)
    adw_preferences_group_add (ADW_PREFERENCES_GROUP (group),
                               create_row (g_ptr_array_index (changes, i)));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (group));
  gtk_widget_set_vexpand (page, TRUE);
  gtk_window_set_default_size (GTK_WINDOW (window), 440, 140 + 64 * (int)MIN (changes->len, 6));
  gtk_box_append (GTK_BOX (box), header);
  gtk_box_append (GTK_BOX (box), page);
  adw_window_set_content (ADW_WINDOW (window), box);
  close_on_escape (window);
  gtk_window_present (GTK_WINDOW (window));
  return window;
}
