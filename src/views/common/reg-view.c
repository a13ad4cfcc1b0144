/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-views"

#include "views/common/reg-view.h"

enum
{
  VIEW_CHANGED,
  CLOSED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_INTERFACE (RegView, reg_view, GTK_TYPE_WIDGET)

static void
reg_view_default_init (RegViewInterface *iface)
{
  /**
   * RegView::view-changed:
   *
   * The title, the subtitle or whether the page can go back is another one now.
   */
  signals[VIEW_CHANGED] = g_signal_new ("view-changed", REG_TYPE_VIEW, G_SIGNAL_RUN_LAST, 0, NULL,
                                        NULL, NULL, G_TYPE_NONE, 0);
  /**
   * RegView::closed:
   *
   * The person is done with the page: the window shows the one it was opened from.
   */
  signals[CLOSED] = g_signal_new ("closed", REG_TYPE_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 0);
}

char *
reg_view_dup_title (RegView *self)
{
  g_return_val_if_fail (REG_IS_VIEW (self), NULL);

  return REG_VIEW_GET_IFACE (self)->dup_title (self);
}

char *
reg_view_dup_subtitle (RegView *self)
{
  g_return_val_if_fail (REG_IS_VIEW (self), NULL);

  if (REG_VIEW_GET_IFACE (self)->dup_subtitle == NULL)
    return NULL;
  return REG_VIEW_GET_IFACE (self)->dup_subtitle (self);
}

void
reg_view_find (RegView *self)
{
  g_return_if_fail (REG_IS_VIEW (self));

  if (REG_VIEW_GET_IFACE (self)->find != NULL)
    REG_VIEW_GET_IFACE (self)->find (self);
}

void
reg_view_select_all (RegView *self)
{
  g_return_if_fail (REG_IS_VIEW (self));

  if (REG_VIEW_GET_IFACE (self)->select_all != NULL)
    REG_VIEW_GET_IFACE (self)->select_all (self);
}

void
reg_view_delete (RegView *self)
{
  g_return_if_fail (REG_IS_VIEW (self));

  if (REG_VIEW_GET_IFACE (self)->delete != NULL)
    REG_VIEW_GET_IFACE (self)->delete (self);
}

gboolean
reg_view_can_go_back (RegView *self)
{
  g_return_val_if_fail (REG_IS_VIEW (self), FALSE);

  if (REG_VIEW_GET_IFACE (self)->can_go_back == NULL)
    return REG_VIEW_GET_IFACE (self)->go_back != NULL;
  return REG_VIEW_GET_IFACE (self)->can_go_back (self);
}

void
reg_view_go_back (RegView *self)
{
  g_return_if_fail (REG_IS_VIEW (self));

  if (REG_VIEW_GET_IFACE (self)->go_back != NULL)
    REG_VIEW_GET_IFACE (self)->go_back (self);
}

/**
 * reg_view_close:
 *
 * What going back is for a page that was opened from another one.
 */
void
reg_view_close (RegView *self)
{
  g_return_if_fail (REG_IS_VIEW (self));

  g_signal_emit (self, signals[CLOSED], 0);
}

/**
 * reg_view_changed:
 *
 * Tells the window that an answer of the page is another one now.
 */
void
reg_view_changed (RegView *self)
{
  g_return_if_fail (REG_IS_VIEW (self));

  g_signal_emit (self, signals[VIEW_CHANGED], 0);
}

/**
 * reg_view_add_shortcut:
 * @page: a page, or a part of one
 * @keyval: what is pressed with Ctrl
 * @action: (transfer full): what it does; pages that are not on show must do nothing
 */
void
reg_view_add_shortcut (GtkWidget *page, guint keyval, GtkShortcutAction *action)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_shortcut_controller_set_scope (GTK_SHORTCUT_CONTROLLER (controller),
                                     GTK_SHORTCUT_SCOPE_GLOBAL);
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (controller),
      gtk_shortcut_new (gtk_keyval_trigger_new (keyval, GDK_CONTROL_MASK), action));
  gtk_widget_add_controller (page, controller);
}
