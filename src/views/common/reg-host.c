/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-views"

#include "views/common/reg-host.h"

G_DEFINE_INTERFACE (RegHost, reg_host, GTK_TYPE_WINDOW)

static void
reg_host_default_init (RegHostInterface *iface)
{
}

/**
 * reg_host_from:
 * @widget: a widget in the window, or in a dialog above it
 *
 * Returns: (transfer none) (nullable): the window; %NULL while the widget is in none
 */
RegHost *
reg_host_from (GtkWidget *widget)
{
  GtkRoot *root = gtk_widget_get_root (widget);

  while (root != NULL && !REG_IS_HOST (root))
    root =
        GTK_IS_WINDOW (root) ? (GtkRoot *)gtk_window_get_transient_for (GTK_WINDOW (root)) : NULL;
  return root != NULL ? REG_HOST (root) : NULL;
}

RegWorkspace *
reg_host_get_workspace (RegHost *self)
{
  g_return_val_if_fail (REG_IS_HOST (self), NULL);

  return REG_HOST_GET_IFACE (self)->get_workspace (self);
}

void
reg_host_toast (RegHost *self, const char *text, gint64 undo_batch)
{
  g_return_if_fail (REG_IS_HOST (self));

  REG_HOST_GET_IFACE (self)->toast (self, text, undo_batch);
}

void
reg_host_undo (RegHost *self, gint64 batch_id)
{
  g_return_if_fail (REG_IS_HOST (self));

  REG_HOST_GET_IFACE (self)->undo (self, batch_id);
}

void
reg_host_show_error (RegHost *self, const char *heading, const GError *error)
{
  g_return_if_fail (REG_IS_HOST (self));

  REG_HOST_GET_IFACE (self)->show_error (self, heading, error);
}

void
reg_host_announce (RegHost *self, const char *title, const char *body)
{
  g_return_if_fail (REG_IS_HOST (self));

  REG_HOST_GET_IFACE (self)->announce (self, title, body);
}

void
reg_host_open_user (RegHost *self, gint64 user_id)
{
  g_return_if_fail (REG_IS_HOST (self));

  REG_HOST_GET_IFACE (self)->open_user (self, user_id);
}

void
reg_host_open_enrollments (RegHost *self, gint64 user_id)
{
  g_return_if_fail (REG_IS_HOST (self));

  REG_HOST_GET_IFACE (self)->open_enrollments (self, user_id);
}

void
reg_host_open_course (RegHost *self, gint64 course_id)
{
  g_return_if_fail (REG_IS_HOST (self));

  REG_HOST_GET_IFACE (self)->open_course (self, course_id);
}

void
reg_host_open_team (RegHost *self, gint64 label_id)
{
  g_return_if_fail (REG_IS_HOST (self));

  REG_HOST_GET_IFACE (self)->open_team (self, label_id);
}

void
reg_host_open_import (RegHost *self, GFile *file, gint64 course_id)
{
  g_return_if_fail (REG_IS_HOST (self));

  REG_HOST_GET_IFACE (self)->open_import (self, file, course_id);
}

void
reg_host_open_run (RegHost *self, gint64 run_id)
{
  g_return_if_fail (REG_IS_HOST (self));

  REG_HOST_GET_IFACE (self)->open_run (self, run_id);
}

void
reg_host_correct_run (RegHost *self, gint64 run_id)
{
  g_return_if_fail (REG_IS_HOST (self));

  REG_HOST_GET_IFACE (self)->correct_run (self, run_id);
}

void
reg_host_open_people (RegHost *self, const gint64 *user_ids, gsize n, const char *what)
{
  g_return_if_fail (REG_IS_HOST (self));

  REG_HOST_GET_IFACE (self)->open_people (self, user_ids, n, what);
}

void
reg_host_open_changes (RegHost *self, gint64 batch_id)
{
  g_return_if_fail (REG_IS_HOST (self));

  REG_HOST_GET_IFACE (self)->open_changes (self, batch_id);
}
