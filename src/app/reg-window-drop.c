/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files dropped anywhere on the window. */
#define G_LOG_DOMAIN "reg-app"

#include "app/reg-window-private.h"

#include <glib/gi18n-lib.h>

/* Whatever it is: the wizard says of what it cannot read how to make it readable. */
static gboolean
on_drop_cb (GtkDropTarget *target, const GValue *value, double x, double y, RegWindow *self)
{
  g_autoptr (GSList) files = NULL;

  gtk_revealer_set_reveal_child (self->drop_hint, FALSE);
  if (!G_VALUE_HOLDS (value, GDK_TYPE_FILE_LIST))
    return FALSE;
  files = gdk_file_list_get_files (g_value_get_boxed (value));
  if (files == NULL)
    return FALSE;
  if (files->next != NULL)
    reg_host_toast (REG_HOST (self), _ ("One file at a time: the first one was taken"), 0);
  reg_window_open_file (self, files->data);
  return TRUE;
}

static GdkDragAction
on_drop_enter_cb (GtkDropTarget *target, double x, double y, RegWindow *self)
{
  if (self->workspace != NULL)
    gtk_revealer_set_reveal_child (self->drop_hint, TRUE);
  return self->workspace != NULL ? GDK_ACTION_COPY : 0;
}

static void
on_drop_leave_cb (GtkDropTarget *target, RegWindow *self)
{
  gtk_revealer_set_reveal_child (self->drop_hint, FALSE);
}

void
reg_window_add_drop_target (RegWindow *self)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  g_signal_connect (target, "drop", G_CALLBACK (on_drop_cb), self);
  g_signal_connect (target, "enter", G_CALLBACK (on_drop_enter_cb), self);
  g_signal_connect (target, "leave", G_CALLBACK (on_drop_leave_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->root), GTK_EVENT_CONTROLLER (target));
}
