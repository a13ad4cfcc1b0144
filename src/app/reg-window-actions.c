/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the window's menus and keys do. */
#define G_LOG_DOMAIN "reg-app"

#include "app/reg-window-private.h"

#include <glib/gi18n-lib.h>

static void
reg_window_action_view (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  RegView *view = reg_window_get_view (REG_WINDOW (widget));

  if (view == NULL)
    return;
  if (g_strcmp0 (action_name, "win.find") == 0)
    reg_view_find (view);
  else if (g_strcmp0 (action_name, "win.select-all") == 0)
    reg_view_select_all (view);
  else
    reg_view_delete (view);
}

static void
reg_window_action_back (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  RegWindow *self = REG_WINDOW (widget);
  RegView *view = reg_window_get_view (self);

  if (view != NULL && reg_view_can_go_back (view))
    reg_view_go_back (view);
  else if (adw_leaflet_get_folded (self->leaflet))
    adw_leaflet_set_visible_child (self->leaflet, GTK_WIDGET (self->sidebar_box));
}

static void
reg_window_action_import (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  reg_host_open_import (REG_HOST (widget), NULL, 0);
}

/* A range of cells copied in a spreadsheet, pasted anywhere but into an entry. */
static void
reg_window_action_paste (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  RegWindow *self = REG_WINDOW (widget);
  RegImportWizard *wizard = reg_window_find_wizard (self);

  if (wizard != NULL)
    {
      reg_import_wizard_open (wizard, NULL);
      gtk_widget_activate_action (GTK_WIDGET (wizard), "wizard.paste", NULL);
    }
  else if (self->workspace != NULL)
    reg_window_show_wizard (
        self, reg_import_wizard_new_for_clipboard (GTK_WINDOW (self), self->workspace,
                                                   reg_window_get_open_course (self)));
}

static void
reg_window_action_sync (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  RegWindow *self = REG_WINDOW (widget);

  if (self->workspace == NULL)
    return;
  if (reg_workspace_get_work_offline (self->workspace))
    reg_host_toast (REG_HOST (self), _ ("“Work Offline” is on"), 0);
  else
    reg_workspace_sync (self->workspace);
}

static void
reg_window_action_undo (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  reg_host_undo (REG_HOST (widget), parameter != NULL ? g_variant_get_int64 (parameter) : 0);
}

static void
reg_window_action_welcome (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  RegWindow *self = REG_WINDOW (widget);

  if (self->workspace == NULL)
    gtk_stack_set_visible_child_name (self->root, "welcome");
}

static void
reg_window_action_go (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  reg_window_show_place (REG_WINDOW (widget), (guint)g_variant_get_int32 (parameter));
}

static void
reg_window_action_records (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  reg_window_show_records (REG_WINDOW (widget));
}

void
reg_window_install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.find", NULL, reg_window_action_view);
  gtk_widget_class_install_action (widget_class, "win.select-all", NULL, reg_window_action_view);
  gtk_widget_class_install_action (widget_class, "win.delete", NULL, reg_window_action_view);
  gtk_widget_class_install_action (widget_class, "win.back", NULL, reg_window_action_back);
  gtk_widget_class_install_action (widget_class, "win.sync", NULL, reg_window_action_sync);
  gtk_widget_class_install_action (widget_class, "win.import", NULL, reg_window_action_import);
  gtk_widget_class_install_action (widget_class, "win.paste", NULL, reg_window_action_paste);
  gtk_widget_class_install_action (widget_class, "win.undo", NULL, reg_window_action_undo);
  gtk_widget_class_install_action (widget_class, "win.undo-batch", "x", reg_window_action_undo);
  gtk_widget_class_install_action (widget_class, "win.welcome", NULL, reg_window_action_welcome);
  gtk_widget_class_install_action (widget_class, "win.records", NULL, reg_window_action_records);
  gtk_widget_class_install_action (widget_class, "win.go", "i", reg_window_action_go);
  gtk_widget_class_install_property_action (widget_class, "win.work-offline", "work-offline");

  /* Bindings of the window come after those of what has the focus: Ctrl+A in an entry stays its. */
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_f, GDK_CONTROL_MASK, "win.find", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_a, GDK_CONTROL_MASK, "win.select-all",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, 0, "win.delete", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Left, GDK_ALT_MASK, "win.back", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_v, GDK_CONTROL_MASK, "win.paste",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_o, GDK_CONTROL_MASK, "win.import",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F5, 0, "win.sync", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_z, GDK_CONTROL_MASK, "win.undo", NULL);
  for (int i = 0; i < 9; i++)
    gtk_widget_class_add_binding_action (widget_class, GDK_KEY_1 + (guint)i, GDK_ALT_MASK, "win.go",
                                         "i", i);
}
