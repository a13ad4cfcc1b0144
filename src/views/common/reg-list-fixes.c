/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GTK 4.8's lists lose their place when the scroll position moves twice before they are laid out:
 * rows not laid out yet count as nothing high, and the list ends up thousands of rows away. So the
 * list is kept from hearing of each movement; it is told once a frame, just before layout. */
#define G_LOG_DOMAIN "reg-views"

#include "views/common/reg-list-fixes.h"

/* The first minor version whose lists are known not to need this. */
#define FIRST_STEADY_MINOR 12

typedef struct
{
  GtkAdjustment *adjustment;
  GtkWidget *list;
  GListModel *model;
  guint tick_id;
  gboolean is_telling;
  gboolean awaits_layout; /* its rows changed since it was last laid out */
} Steadier;

/**
 * reg_list_find_inner:
 *
 * Returns: (transfer none) (nullable): the GtkListView that a GtkColumnView keeps its rows in
 */
GtkWidget *
reg_list_find_inner (GtkWidget *view)
{
  if (GTK_IS_LIST_BASE (view))
    return view;
  for (GtkWidget *child = gtk_widget_get_first_child (view); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = reg_list_find_inner (child);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
on_items_changed_cb (Steadier *self)
{
  self->awaits_layout = TRUE;
}

static void
forget_model (Steadier *self)
{
  if (self->model != NULL)
    g_signal_handlers_disconnect_by_func (self->model, on_items_changed_cb, self);
  g_clear_object (&self->model);
}

static void
on_model_changed_cb (Steadier *self)
{
  forget_model (self);
  g_object_get (self->list, "model", &self->model, NULL);
  if (self->model != NULL)
    g_signal_connect_swapped (self->model, "items-changed", G_CALLBACK (on_items_changed_cb), self);
  self->awaits_layout = TRUE;
}

static guint
hold_list (Steadier *self)
{
  return g_signal_handlers_block_matched (self->adjustment, G_SIGNAL_MATCH_DATA, 0, 0, NULL, NULL,
                                          self->list);
}

static void
release_list (Steadier *self)
{
  g_signal_handlers_unblock_matched (self->adjustment, G_SIGNAL_MATCH_DATA, 0, 0, NULL, NULL,
                                     self->list);
}

static gboolean
on_tick_cb (GtkWidget *list, GdkFrameClock *clock, gpointer data)
{
  Steadier *self = data;

  if (self->awaits_layout)
    {
      self->awaits_layout = FALSE;
      return G_SOURCE_CONTINUE;
    }
  self->tick_id = 0;
  if (self->model != NULL && g_list_model_get_n_items (self->model) > 0)
    {
      self->is_telling = TRUE;
      release_list (self);
      g_signal_emit_by_name (self->adjustment, "value-changed");
      hold_list (self);
      self->is_telling = FALSE;
    }
  return G_SOURCE_REMOVE;
}

static void
on_value_changed_cb (Steadier *self)
{
  if (!self->is_telling && self->tick_id == 0)
    self->tick_id = gtk_widget_add_tick_callback (self->list, on_tick_cb, self, NULL);
}

static void
on_list_gone (gpointer data, GObject *list)
{
  Steadier *self = data;

  g_signal_handlers_disconnect_by_data (self->adjustment, self);
  forget_model (self);
  g_object_unref (self->adjustment);
  g_free (self);
}

/**
 * reg_list_steady_scrolling:
 * @window: with a list or a column view that is complete already
 *
 * Keeps fast scrolling from jumping, where this version of GTK needs it.
 */
void
reg_list_steady_scrolling (GtkScrolledWindow *window)
{
  Steadier *self;

  g_return_if_fail (GTK_IS_SCROLLED_WINDOW (window));

  if (gtk_get_major_version () != 4 || gtk_get_minor_version () >= FIRST_STEADY_MINOR)
    return;
  self = g_new0 (Steadier, 1);
  self->list = reg_list_find_inner (gtk_scrolled_window_get_child (window));
  self->adjustment = g_object_ref (gtk_scrolled_window_get_vadjustment (window));
  if (self->list == NULL || hold_list (self) != 1)
    {
      g_warning ("This version of GTK keeps its lists in another way than known");
      g_object_unref (self->adjustment);
      g_free (self);
      return;
    }
  g_object_weak_ref (G_OBJECT (self->list), on_list_gone, self);
  g_signal_connect_swapped (self->adjustment, "value-changed", G_CALLBACK (on_value_changed_cb),
                            self);
  g_signal_connect_swapped (self->list, "notify::model", G_CALLBACK (on_model_changed_cb), self);
  on_model_changed_cb (self);
}
