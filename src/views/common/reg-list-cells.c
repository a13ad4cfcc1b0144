/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-views"

#include "views/common/reg-column-list-private.h"

#include <glib/gi18n-lib.h>

#define HANDLER_KEY "reg-handler"

gpointer
reg_list_cells_get_row (GtkListItem *list_item)
{
  RegIdListItem *item = gtk_list_item_get_item (list_item);

  return item != NULL ? reg_id_list_item_get_row (item) : NULL;
}

static char *
dup_name (RegColumnList *self, GtkListItem *list_item)
{
  gpointer row = reg_list_cells_get_row (list_item);

  if (row == NULL || self->name_func == NULL)
    return g_strdup_printf (_ ("row %u"), gtk_list_item_get_position (list_item) + 1);
  return self->name_func (row, self->name_data);
}

void
reg_list_set_name (GtkWidget *widget, const char *label)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
}

/* Cells: each follows the row of its item while it is bound. */

/* A row is called what its cells say; its check box and its menu have names of their own. */
void
reg_list_cells_name_row (GtkWidget *row)
{
  g_autoptr (GString) name = g_string_new (NULL);

  for (GtkWidget *at = gtk_widget_get_first_child (row); at != NULL;
       at = gtk_widget_get_next_sibling (at))
    {
      GtkWidget *child = gtk_widget_get_first_child (at);

      if (gtk_widget_get_visible (at) && child != NULL && REG_IS_CELL (child))
        reg_cell_append_text (REG_CELL (child), name);
    }
  reg_list_set_name (row, name->str);
}

static void
update_text_cell (GtkListItem *list_item, RegListColumn *column)
{
  RegCell *cell = REG_CELL (gtk_list_item_get_child (list_item));
  gpointer row = reg_list_cells_get_row (list_item);

  reg_cell_clear (cell);
  if (row != NULL)
    column->bind (cell, row, column->data);
  else if (column->is_first)
    {
      reg_cell_set_text (cell, _ ("Loading…"));
      reg_cell_set_dim (cell, TRUE);
    }
  if (column == column->list->last_text)
    reg_list_cells_name_row (gtk_widget_get_parent (gtk_widget_get_parent (GTK_WIDGET (cell))));
}

static void
update_check_cell (GtkListItem *list_item, RegListColumn *column)
{
  g_autofree char *name = dup_name (column->list, list_item);
  /* Translators: %s is a person or a course; the name of a check box. */
  g_autofree char *label = g_strdup_printf (_ ("Select %s"), name);
  GtkWidget *check = gtk_list_item_get_child (list_item);

  reg_list_set_name (check, label);
  gtk_widget_set_sensitive (check,
                            reg_selection_is_selectable (column->list->selection,
                                                         gtk_list_item_get_position (list_item)));
}

static void
update_menu_cell (GtkListItem *list_item, RegListColumn *column)
{
  GtkWidget *button = gtk_list_item_get_child (list_item);
  g_autofree char *name = dup_name (column->list, list_item);
  /* Translators: %s is a person or a course; the name of a menu button. */
  g_autofree char *label = g_strdup_printf (_ ("Actions for %s"), name);

  reg_list_set_name (button, label);
  gtk_widget_set_sensitive (button, reg_list_cells_get_row (list_item) != NULL);
}

static void
update_cell (GtkListItem *list_item)
{
  RegListColumn *column = g_object_get_data (G_OBJECT (list_item), "reg-column");
  GtkWidget *child = gtk_list_item_get_child (list_item);

  if (REG_IS_CELL (child))
    update_text_cell (list_item, column);
  else if (GTK_IS_CHECK_BUTTON (child))
    update_check_cell (list_item, column);
  else
    update_menu_cell (list_item, column);
}

static void
on_bind_cb (GtkSignalListItemFactory *factory, GtkListItem *list_item, RegListColumn *column)
{
  GObject *item = gtk_list_item_get_item (list_item);
  gulong handler =
      g_signal_connect_swapped (item, "notify::row", G_CALLBACK (update_cell), list_item);

  g_object_set_data (G_OBJECT (list_item), HANDLER_KEY, GSIZE_TO_POINTER (handler));
  update_cell (list_item);
}

static void
on_unbind_cb (GtkSignalListItemFactory *factory, GtkListItem *list_item, RegListColumn *column)
{
  gpointer handler = g_object_steal_data (G_OBJECT (list_item), HANDLER_KEY);
  GObject *item = gtk_list_item_get_item (list_item);

  if (item != NULL && handler != NULL)
    g_signal_handler_disconnect (item, GPOINTER_TO_SIZE (handler));
}

/* The focus goes from row to row: a row of GTK 4.8 never takes it where something in it can. Space,
 * Return and the menu key do what the check box and the buttons do. */
static void
set_child (GtkListItem *list_item, RegListColumn *column, GtkWidget *child)
{
  gtk_widget_set_can_focus (child, FALSE);
  g_object_set_data (G_OBJECT (list_item), "reg-column", column);
  g_object_set_data (G_OBJECT (child), REG_LIST_ITEM_KEY, list_item);
  gtk_list_item_set_child (list_item, child);
}

static void
on_setup_text_cb (GtkSignalListItemFactory *factory, GtkListItem *list_item, RegListColumn *column)
{
  GtkWidget *cell = reg_cell_new ();

  reg_cell_set_numeric (REG_CELL (cell), (column->flags & REG_COLUMN_NUMERIC) != 0);
  set_child (list_item, column, cell);
}

static void
on_check_toggled_cb (GtkCheckButton *check, GtkListItem *list_item)
{
  if (gtk_check_button_get_active (check) != gtk_list_item_get_selected (list_item))
    gtk_widget_activate_action (GTK_WIDGET (check), "list.select-item", "(ubb)",
                                gtk_list_item_get_position (list_item), TRUE, FALSE);
}

static void
on_selected_changed_cb (GtkListItem *list_item)
{
  GtkWidget *check = gtk_list_item_get_child (list_item);

  if (check != NULL)
    gtk_check_button_set_active (GTK_CHECK_BUTTON (check), gtk_list_item_get_selected (list_item));
}

static void
on_setup_check_cb (GtkSignalListItemFactory *factory, GtkListItem *list_item, RegListColumn *column)
{
  GtkWidget *check = gtk_check_button_new ();

  gtk_widget_set_halign (check, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  set_child (list_item, column, check);
  g_signal_connect (check, "toggled", G_CALLBACK (on_check_toggled_cb), list_item);
  g_signal_connect (list_item, "notify::selected", G_CALLBACK (on_selected_changed_cb), NULL);
}

static void
on_create_popup_cb (GtkMenuButton *button, gpointer data)
{
  GtkListItem *list_item = data;
  RegListColumn *column = g_object_get_data (G_OBJECT (list_item), "reg-column");
  RegColumnList *self = column->list;
  gpointer row = reg_list_cells_get_row (list_item);
  g_autoptr (GMenuModel) menu = NULL;

  if (row == NULL || self->menu_func == NULL)
    return;
  menu = self->menu_func (row, self->menu_data);
  self->menu_id = reg_id_list_item_get_id (gtk_list_item_get_item (list_item));
  gtk_menu_button_set_menu_model (button, menu);
}

/* GTK asks the display where the pointer is whenever a widget is given the text of a tooltip, and
 * waits for the answer: for two hundred rows that were a tenth of what showing a list costs. */
static gboolean
on_query_menu_tooltip_cb (GtkWidget *button,
                          int x,
                          int y,
                          gboolean keyboard_mode,
                          GtkTooltip *tooltip,
                          gpointer data)
{
  gtk_tooltip_set_text (tooltip, _ ("Actions"));
  return TRUE;
}

static void
on_setup_menu_cb (GtkSignalListItemFactory *factory, GtkListItem *list_item, RegListColumn *column)
{
  GtkWidget *button = gtk_menu_button_new ();

  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "view-more-symbolic");
  gtk_menu_button_set_has_frame (GTK_MENU_BUTTON (button), FALSE);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_has_tooltip (button, TRUE);
  g_signal_connect (button, "query-tooltip", G_CALLBACK (on_query_menu_tooltip_cb), NULL);
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (button), on_create_popup_cb, list_item,
                                         NULL);
  set_child (list_item, column, button);
}

GtkListItemFactory *
reg_list_cells_new_factory (RegListColumn *column, RegListCells kind)
{
  static const GCallback setup[] = {
    [REG_LIST_CELLS_TEXT] = G_CALLBACK (on_setup_text_cb),
    [REG_LIST_CELLS_CHECK] = G_CALLBACK (on_setup_check_cb),
    [REG_LIST_CELLS_MENU] = G_CALLBACK (on_setup_menu_cb),
  };
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", setup[kind], column);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind_cb), column);
  g_signal_connect (factory, "unbind", G_CALLBACK (on_unbind_cb), column);
  return factory;
}
