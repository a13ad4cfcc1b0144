/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-views"

#include "views/common/reg-column-list-private.h"
#include "views/common/reg-list-fixes.h"

/* Rows under the pointer or with the focus. */

static GtkListItem *
find_list_item_below (GtkWidget *widget)
{
  while (widget != NULL)
    {
      GtkListItem *list_item = g_object_get_data (G_OBJECT (widget), REG_LIST_ITEM_KEY);

      if (list_item != NULL)
        return list_item;
      widget = gtk_widget_get_first_child (widget);
    }
  return NULL;
}

/* The list item a widget in the view belongs to: of a cell, the padding round it, or a row. */
static GtkListItem *
find_list_item (RegColumnList *self, GtkWidget *widget)
{
  GtkWidget *inner = reg_list_find_inner (GTK_WIDGET (self->view));

  if (widget == NULL || !gtk_widget_is_ancestor (widget, inner))
    return NULL;
  for (; widget != NULL && widget != inner; widget = gtk_widget_get_parent (widget))
    {
      GtkListItem *list_item = find_list_item_below (widget);

      if (list_item != NULL)
        return list_item;
    }
  return NULL;
}

static void
activate_item (RegColumnList *self, GtkListItem *list_item)
{
  RegIdListItem *item = gtk_list_item_get_item (list_item);

  if (item != NULL)
    reg_column_list_emit_activated (self, reg_id_list_item_get_id (item));
}

static void
toggle_item (RegColumnList *self, GtkListItem *list_item)
{
  gtk_widget_activate_action (reg_list_find_inner (GTK_WIDGET (self->view)), "list.select-item",
                              "(ubb)", gtk_list_item_get_position (list_item), TRUE, FALSE);
}

static gboolean
is_in_button (RegColumnList *self, GtkWidget *widget)
{
  for (; widget != NULL && widget != GTK_WIDGET (self); widget = gtk_widget_get_parent (widget))
    if (GTK_IS_BUTTON (widget) || GTK_IS_CHECK_BUTTON (widget) || GTK_IS_MENU_BUTTON (widget))
      return TRUE;
  return FALSE;
}

/* A column view of GTK 4.8 toggles a row twice on Ctrl+click, its cell and its row both; so it is
 * done here, before both. */
static void
on_pressed_cb (GtkGestureClick *gesture, int n_press, double x, double y, RegColumnList *self)
{
  GdkModifierType state =
      gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));
  GtkWidget *picked = gtk_widget_pick (GTK_WIDGET (self->view), x, y, GTK_PICK_DEFAULT);
  GtkListItem *list_item = find_list_item (self, picked);

  self->pressed_id = REG_LIST_NOT_PRESSED;
  if (list_item == NULL || (state & GDK_SHIFT_MASK) != 0 || is_in_button (self, picked))
    return;
  if ((state & GDK_CONTROL_MASK) == 0)
    {
      RegIdListItem *item = gtk_list_item_get_item (list_item);

      if (n_press == 1 && item != NULL)
        self->pressed_id = reg_id_list_item_get_id (item);
      return;
    }
  toggle_item (self, list_item);
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
}

/* A plain click opens the row, once the button is let go over it: what opens may take its place. */
static void
on_released_cb (GtkGestureClick *gesture, int n_press, double x, double y, RegColumnList *self)
{
  GtkListItem *list_item =
      find_list_item (self, gtk_widget_pick (GTK_WIDGET (self->view), x, y, GTK_PICK_DEFAULT));
  RegIdListItem *item = list_item != NULL ? gtk_list_item_get_item (list_item) : NULL;

  if (item != NULL && n_press == 1 && reg_id_list_item_get_id (item) == self->pressed_id)
    activate_item (self, list_item);
  self->pressed_id = REG_LIST_NOT_PRESSED;
}

static void
on_context_menu_closed_cb (RegColumnList *self)
{
  /* Its entry's action runs after it has closed. */
  g_idle_add_once ((GSourceOnceFunc)gtk_widget_unparent, g_steal_pointer (&self->context_menu));
}

static void
show_context_menu (RegColumnList *self, GtkListItem *list_item, const GdkRectangle *where)
{
  gpointer row = reg_list_cells_get_row (list_item);
  g_autoptr (GMenuModel) menu = NULL;

  if (row == NULL || self->menu_func == NULL || self->context_menu != NULL)
    return;
  menu = self->menu_func (row, self->menu_data);
  self->menu_id = reg_id_list_item_get_id (gtk_list_item_get_item (list_item));
  self->context_menu = gtk_popover_menu_new_from_model (menu);
  gtk_popover_set_has_arrow (GTK_POPOVER (self->context_menu), FALSE);
  gtk_widget_set_halign (self->context_menu, GTK_ALIGN_START);
  gtk_widget_set_parent (self->context_menu, GTK_WIDGET (self->overlay));
  gtk_popover_set_pointing_to (GTK_POPOVER (self->context_menu), where);
  g_signal_connect_swapped (self->context_menu, "closed", G_CALLBACK (on_context_menu_closed_cb),
                            self);
  gtk_popover_popup (GTK_POPOVER (self->context_menu));
}

static void
on_secondary_pressed_cb (GtkGestureClick *gesture,
                         int n_press,
                         double x,
                         double y,
                         RegColumnList *self)
{
  GtkListItem *list_item =
      find_list_item (self, gtk_widget_pick (GTK_WIDGET (self->view), x, y, GTK_PICK_DEFAULT));
  GdkRectangle where = { .width = 1, .height = 1 };
  double to_x, to_y;

  if (list_item == NULL)
    return;
  gtk_widget_translate_coordinates (GTK_WIDGET (self->view), GTK_WIDGET (self->overlay), x, y,
                                    &to_x, &to_y);
  where.x = (int)to_x;
  where.y = (int)to_y;
  show_context_menu (self, list_item, &where);
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
}

/* Return opens a row and Space selects it, whichever part of the row has the focus. */
static gboolean
on_key_pressed_cb (GtkEventControllerKey *controller,
                   guint keyval,
                   guint keycode,
                   GdkModifierType state,
                   RegColumnList *self)
{
  GdkModifierType modifiers = state & gtk_accelerator_get_default_mod_mask ();
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GtkListItem *list_item = focus != NULL ? find_list_item (self, focus) : NULL;

  if (list_item == NULL)
    return GDK_EVENT_PROPAGATE;
  if ((keyval == GDK_KEY_Return || keyval == GDK_KEY_KP_Enter || keyval == GDK_KEY_ISO_Enter)
      && modifiers == 0 && !GTK_IS_MENU_BUTTON (gtk_widget_get_parent (focus)))
    {
      activate_item (self, list_item);
      return GDK_EVENT_STOP;
    }
  if (keyval == GDK_KEY_space && modifiers == 0 && !is_in_button (self, focus))
    {
      toggle_item (self, list_item);
      return GDK_EVENT_STOP;
    }
  if (keyval == GDK_KEY_Menu || (keyval == GDK_KEY_F10 && modifiers == GDK_SHIFT_MASK))
    {
      graphene_rect_t bounds;
      GdkRectangle where;

      if (!gtk_widget_compute_bounds (gtk_list_item_get_child (list_item),
                                      GTK_WIDGET (self->overlay), &bounds))
        return GDK_EVENT_PROPAGATE;
      where = (GdkRectangle){ (int)bounds.origin.x, (int)bounds.origin.y, (int)bounds.size.width,
                              (int)bounds.size.height };
      show_context_menu (self, list_item, &where);
      return GDK_EVENT_STOP;
    }
  return GDK_EVENT_PROPAGATE;
}

void
reg_list_input_add (RegColumnList *self)
{
  GtkGesture *primary = gtk_gesture_click_new ();
  GtkGesture *secondary = gtk_gesture_click_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (primary), GTK_PHASE_CAPTURE);
  g_signal_connect (primary, "pressed", G_CALLBACK (on_pressed_cb), self);
  g_signal_connect (primary, "released", G_CALLBACK (on_released_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->view), GTK_EVENT_CONTROLLER (primary));
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (secondary), GDK_BUTTON_SECONDARY);
  g_signal_connect (secondary, "pressed", G_CALLBACK (on_secondary_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->view), GTK_EVENT_CONTROLLER (secondary));
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->view), keys);
}
