/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-views"

#include "views/common/reg-list-stop.h"

struct _RegListStop
{
  AdwBin parent_instance;
};

G_DEFINE_FINAL_TYPE (RegListStop, reg_list_stop, ADW_TYPE_BIN)

/* What stands in a row, as its buttons, comes before what stands after the list. */
static gboolean
reg_list_stop_focus (GtkWidget *widget, GtkDirectionType direction)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  gboolean is_tab = direction == GTK_DIR_TAB_FORWARD || direction == GTK_DIR_TAB_BACKWARD;
  GtkWidget *row = NULL;

  if (is_tab && focus != NULL && gtk_widget_is_ancestor (focus, widget))
    row = gtk_widget_get_ancestor (focus, GTK_TYPE_LIST_BOX_ROW);
  if (row != NULL)
    return gtk_widget_child_focus (row, direction);
  return GTK_WIDGET_CLASS (reg_list_stop_parent_class)->focus (widget, direction);
}

static void
reg_list_stop_class_init (RegListStopClass *klass)
{
  GTK_WIDGET_CLASS (klass)->focus = reg_list_stop_focus;
}

static void
reg_list_stop_init (RegListStop *self)
{
}
