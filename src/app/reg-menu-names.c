/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From GTK 4.10 to 4.18 at least the entries of a GtkPopoverMenu have an empty name for a screen
 * reader. The widgets are GTK's own and made by it, so they are found once the menu has the focus.
 */
#define G_LOG_DOMAIN "reg-app"

#include "app/reg-menu-names.h"

/* The last minor version whose entries are named by their labels. */
#define LAST_NAMED_MINOR 8

static void
name_entries (GtkWidget *widget)
{
  if (g_strcmp0 (G_OBJECT_TYPE_NAME (widget), "GtkModelButton") == 0)
    {
      g_autofree char *text = NULL;

      g_object_get (widget, "text", &text, NULL);
      /* What the entry is labelled by would go before its name, but says nothing. */
      gtk_accessible_reset_relation (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
      if (text != NULL && *text != '\0')
        gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                        text, -1);
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    name_entries (child);
}

static void
on_focus_changed_cb (GtkWindow *window)
{
  GtkWidget *focus = gtk_window_get_focus (window);
  GtkWidget *menu = focus != NULL ? gtk_widget_get_ancestor (focus, GTK_TYPE_POPOVER_MENU) : NULL;

  if (menu != NULL)
    name_entries (menu);
}

static void
on_window_added_cb (GtkApplication *application, GtkWindow *window, gpointer data)
{
  g_signal_connect (window, "notify::focus-widget", G_CALLBACK (on_focus_changed_cb), NULL);
}

/**
 * reg_menu_names_follow:
 * @application: before its first window
 *
 * Names the entries of every menu that opens in a window of @application.
 */
void
reg_menu_names_follow (GtkApplication *application)
{
  if (gtk_get_major_version () == 4 && gtk_get_minor_version () > LAST_NAMED_MINOR)
    g_signal_connect (application, "window-added", G_CALLBACK (on_window_added_cb), NULL);
}
