/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The titles over a list, for those who cannot see or click: each says whether and how the list is
 * sorted by it. Shift+Tab from the rows goes to them, the arrow keys from one to the next, Space or
 * Return sorts. */
#define G_LOG_DOMAIN "reg-views"

#include "views/common/reg-column-list-private.h"
#include "views/common/reg-list-fixes.h"

#include <glib/gi18n-lib.h>

static GtkWidget *
get_header (RegColumnList *self)
{
  return gtk_widget_get_first_child (GTK_WIDGET (self->view));
}

/* The column a title is of; titles and columns have the same order. */
static GtkColumnViewColumn *
find_column (RegColumnList *self, GtkWidget *title)
{
  GListModel *columns = gtk_column_view_get_columns (self->view);
  guint i = 0;

  for (GtkWidget *at = gtk_widget_get_first_child (get_header (self)); at != NULL && at != title;
       at = gtk_widget_get_next_sibling (at))
    i++;
  /* The view keeps it. */
  g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i);
  return column;
}

static const RegListColumn *
find_sorted (RegColumnList *self, GtkColumnViewColumn *column)
{
  for (guint i = 0; self->sorted_key >= 0 && i < self->columns->len; i++)
    {
      const RegListColumn *at = g_ptr_array_index (self->columns, i);

      if (at->column == column && at->sort_key == self->sorted_key)
        return at;
    }
  return NULL;
}

/* Names the titles by what they do now. */
void
reg_list_titles_update (RegColumnList *self)
{
  for (GtkWidget *at = gtk_widget_get_first_child (get_header (self)); at != NULL;
       at = gtk_widget_get_next_sibling (at))
    {
      GtkColumnViewColumn *column = find_column (self, at);
      const char *title = column != NULL ? gtk_column_view_column_get_title (column) : NULL;
      g_autofree char *name = NULL;

      if (title == NULL)
        continue;
      gtk_widget_set_focusable (at, gtk_column_view_column_get_sorter (column) != NULL);
      if (find_sorted (self, column) == NULL)
        name = g_strdup (title);
      else
        /* Translators: %s is the title of a column. */
        name = g_strdup_printf (
            self->is_descending ? _ ("%s, sorted descending") : _ ("%s, sorted ascending"), title);
      reg_list_set_name (at, name);
    }
}

/* Where the list is sorted by, or the first that can be sorted by. */
gboolean
reg_list_titles_focus (RegColumnList *self)
{
  GtkWidget *first = NULL;

  for (GtkWidget *at = gtk_widget_get_first_child (get_header (self)); at != NULL;
       at = gtk_widget_get_next_sibling (at))
    {
      if (!gtk_widget_get_focusable (at) || !gtk_widget_get_visible (at))
        continue;
      if (find_sorted (self, find_column (self, at)) != NULL)
        return gtk_widget_grab_focus (at);
      first = first != NULL ? first : at;
    }
  return first != NULL && gtk_widget_grab_focus (first);
}

/* To the next title, or the one before; never out of the titles. */
static void
focus_beside (GtkWidget *title, gboolean to_next)
{
  do
    title = to_next ? gtk_widget_get_next_sibling (title) : gtk_widget_get_prev_sibling (title);
  while (title != NULL && (!gtk_widget_get_focusable (title) || !gtk_widget_get_visible (title)));
  if (title != NULL)
    gtk_widget_grab_focus (title);
}

static gboolean
on_key_pressed_cb (GtkEventControllerKey *controller,
                   guint keyval,
                   guint keycode,
                   GdkModifierType state,
                   RegColumnList *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GtkColumnViewColumn *column;

  if (focus == NULL || gtk_widget_get_parent (focus) != get_header (self)
      || (state & gtk_accelerator_get_default_mod_mask ()) != 0)
    return GDK_EVENT_PROPAGATE;
  if (keyval == GDK_KEY_Down)
    return gtk_widget_child_focus (reg_list_find_inner (GTK_WIDGET (self->view)),
                                   GTK_DIR_TAB_FORWARD);
  if (keyval == GDK_KEY_Left || keyval == GDK_KEY_Right)
    {
      focus_beside (focus, (keyval == GDK_KEY_Right)
                               == (gtk_widget_get_direction (focus) == GTK_TEXT_DIR_LTR));
      return GDK_EVENT_STOP;
    }
  if (keyval != GDK_KEY_space && keyval != GDK_KEY_Return && keyval != GDK_KEY_KP_Enter)
    return GDK_EVENT_PROPAGATE;
  column = find_column (self, focus);
  gtk_column_view_sort_by_column (self->view, column,
                                  find_sorted (self, column) != NULL && !self->is_descending
                                      ? GTK_SORT_DESCENDING
                                      : GTK_SORT_ASCENDING);
  return GDK_EVENT_STOP;
}

void
reg_list_titles_add_keys (RegColumnList *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key_pressed_cb), self);
  gtk_widget_add_controller (get_header (self), keys);
  /* GTK 4.8 lets nothing in it have the focus. */
  gtk_widget_set_can_focus (get_header (self), TRUE);
}
