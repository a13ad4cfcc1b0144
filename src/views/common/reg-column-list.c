/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-views"

#include "views/common/reg-column-list.h"

#include "views/common/reg-column-list-private.h"
#include "views/common/reg-list-fixes.h"

#include <glib/gi18n-lib.h>

/* Below this width a page leaves out what is said elsewhere. */
#define NARROW_WIDTH 560
/* Of GTK's setting: 96, in 1024ths. */
#define USUAL_DPI 98304

typedef enum
{
  PROP_NARROW = 1,
} RegColumnListProperty;

enum
{
  ROW_ACTIVATED,
  SORT_CHANGED,
  SELECTION_CHANGED,
  ROW_OPERATION,
  N_SIGNALS,
};

static GParamSpec *properties[PROP_NARROW + 1];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RegColumnList, reg_column_list, ADW_TYPE_BIN)

void
reg_column_list_emit_activated (RegColumnList *self, gint64 id)
{
  g_signal_emit (self, signals[ROW_ACTIVATED], 0, id);
}

static void
on_view_activate_cb (RegColumnList *self, guint position)
{
  g_autoptr (RegIdListItem) item = g_list_model_get_item (G_LIST_MODEL (self->selection), position);

  if (item != NULL)
    reg_column_list_emit_activated (self, reg_id_list_item_get_id (item));
}

static void
reg_column_list_do (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  RegColumnList *self = REG_COLUMN_LIST (widget);

  g_signal_emit (self, signals[ROW_OPERATION], 0, self->menu_id,
                 g_variant_get_string (parameter, NULL));
}

/* Sorting: the view's sorter tells only by comparing what it sorts by now, and which way. */

static int
compare_probe (gconstpointer a, gconstpointer b, gpointer data)
{
  RegListColumn *column = data;

  column->list->probed_key = column->sort_key;
  return -1;
}

static void
on_sorter_changed_cb (RegColumnList *self)
{
  GtkSorter *sorter = gtk_column_view_get_sorter (self->view);
  GtkOrdering ordering;

  self->probed_key = -1;
  ordering = gtk_sorter_compare (sorter, self->view, self->scroller);
  self->sorted_key = self->probed_key;
  self->is_descending = ordering == GTK_ORDERING_LARGER;
  reg_list_titles_update (self);
  if (self->probed_key >= 0)
    g_signal_emit (self, signals[SORT_CHANGED], 0, self->probed_key, self->is_descending);
}

/* The check box over the first column's title. */

static GtkWidget *
find_first_title (RegColumnList *self)
{
  GtkWidget *header = gtk_widget_get_first_child (GTK_WIDGET (self->view));

  return header != NULL ? gtk_widget_get_first_child (header) : NULL;
}

static gboolean
on_get_child_position_cb (GtkOverlay *overlay,
                          GtkWidget *child,
                          GdkRectangle *allocation,
                          RegColumnList *self)
{
  GtkWidget *title = find_first_title (self);
  graphene_rect_t bounds;
  GtkRequisition size;

  if (child != GTK_WIDGET (self->check_all) || title == NULL
      || !gtk_widget_compute_bounds (title, GTK_WIDGET (overlay), &bounds))
    return FALSE;
  gtk_widget_get_preferred_size (child, NULL, &size);
  allocation->width = size.width;
  allocation->height = size.height;
  allocation->x = (int)(bounds.origin.x + (bounds.size.width - (float)size.width) / 2);
  allocation->y = (int)(bounds.origin.y + (bounds.size.height - (float)size.height) / 2);
  return TRUE;
}

static void
on_check_all_toggled_cb (RegColumnList *self)
{
  if (self->selection == NULL)
    return;
  if (gtk_check_button_get_active (self->check_all))
    reg_column_list_select_all (self);
  else
    gtk_selection_model_unselect_all (GTK_SELECTION_MODEL (self->selection));
}

static void
update_check_all (RegColumnList *self)
{
  gsize n = self->selection != NULL ? reg_selection_get_n_selectable (self->selection) : 0;
  gsize n_shown = self->selection != NULL ? reg_selection_get_n_shown (self->selection) : 0;

  if (self->check_all == NULL)
    return;
  g_signal_handler_block (self->check_all, self->check_all_handler);
  gtk_check_button_set_active (self->check_all, n > 0 && n_shown == n);
  gtk_check_button_set_inconsistent (self->check_all, n_shown > 0 && n_shown < n);
  gtk_widget_set_sensitive (GTK_WIDGET (self->check_all), n > 0);
  g_signal_handler_unblock (self->check_all, self->check_all_handler);
}

static void
update_stack (RegColumnList *self)
{
  guint n = self->model != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->model)) : 0;
  const char *page = n > 0 ? "list" : self->is_loaded ? "empty" : "loading";

  gtk_stack_set_visible_child_name (self->stack, page);
}

static void
on_selection_changed_cb (RegColumnList *self)
{
  update_check_all (self);
  g_signal_emit (self, signals[SELECTION_CHANGED], 0);
}

static void
on_items_changed_cb (RegColumnList *self)
{
  update_stack (self);
  on_selection_changed_cb (self);
}

/* Widths are meant for letters of the usual size. */
static int
scale_width (RegColumnList *self, int width)
{
  int dpi = -1;

  g_object_get (gtk_widget_get_settings (GTK_WIDGET (self)), "gtk-xft-dpi", &dpi, NULL);
  return dpi > USUAL_DPI ? (int)((gint64)width * dpi / USUAL_DPI) : width;
}

/* GTK 4.8 counts the fixed width of hidden columns when it shares out the width; so they have none
 * while they are hidden. */
static gboolean
show_column (RegListColumn *column, gboolean show)
{
  if (gtk_column_view_column_get_visible (column->column) == show)
    return FALSE;
  if (!show)
    {
      column->width = gtk_column_view_column_get_fixed_width (column->column);
      gtk_column_view_column_set_fixed_width (column->column, -1);
    }
  else
    gtk_column_view_column_set_fixed_width (column->column, column->width);
  gtk_column_view_column_set_visible (column->column, show);
  return TRUE;
}

static void
name_rows (RegColumnList *self)
{
  for (GtkWidget *row = gtk_widget_get_first_child (reg_list_find_inner (GTK_WIDGET (self->view)));
       row != NULL; row = gtk_widget_get_next_sibling (row))
    reg_list_cells_name_row (row);
}

/* Whether it is shown at this width. A column that only some lists have takes its place from the
 * others. */
static gboolean
has_room (RegColumnList *self, const RegListColumn *column)
{
  int width = self->known_width;

  if (column->is_left_out)
    return FALSE;
  for (guint i = 0; i < self->columns->len; i++)
    {
      const RegListColumn *other = g_ptr_array_index (self->columns, i);

      if (column->min_list_width > 0 && !column->is_optional && other->is_optional
          && has_room (self, other))
        width -= other->asked_width;
    }
  return width >= column->min_list_width || column->min_list_width == 0;
}

/* GTK takes the width a cell has from the column at its place in the row, where hidden columns have
 * no cell and one that was hidden has its cell last: rows of wrapped texts would have the height of
 * a column much narrower. So those on show come first, each in its place. */
static void
arrange_columns (RegColumnList *self)
{
  guint position = 0;

  for (guint i = 0; i < self->columns->len; i++)
    {
      const RegListColumn *column = g_ptr_array_index (self->columns, i);

      if (gtk_column_view_column_get_visible (column->column))
        gtk_column_view_insert_column (self->view, position++, column->column);
    }
}

static gboolean
update_columns (RegColumnList *self)
{
  gboolean is_changed = FALSE;

  for (guint i = 0; i < self->columns->len; i++)
    {
      RegListColumn *column = g_ptr_array_index (self->columns, i);

      is_changed |= show_column (column, has_room (self, column));
    }
  if (is_changed)
    arrange_columns (self);
  return is_changed;
}

/* Columns come and go with the width; never in the middle of an allocation. */

static gboolean
on_width_changed_cb (gpointer data)
{
  RegColumnList *self = data;
  gboolean is_narrow = self->known_width < scale_width (self, NARROW_WIDTH);
  gboolean is_changed;

  self->width_idle = 0;
  if (is_narrow != self->is_narrow)
    {
      self->is_narrow = is_narrow;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NARROW]);
      if (self->model != NULL)
        reg_id_list_model_refresh (self->model, NULL, 0);
    }
  is_changed = update_columns (self);
  if (is_changed)
    name_rows (self);
  return G_SOURCE_REMOVE;
}

static void
on_page_size_changed_cb (RegColumnList *self)
{
  int width =
      (int)gtk_adjustment_get_page_size (gtk_scrolled_window_get_hadjustment (self->scroller));

  if (width == self->known_width || width == 0)
    return;
  self->known_width = width;
  if (self->width_idle == 0)
    self->width_idle = g_idle_add_full (G_PRIORITY_HIGH_IDLE, on_width_changed_cb, self, NULL);
}

static gboolean
reg_column_list_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (REG_COLUMN_LIST (widget)->view));
}

/* For Tab all rows are one stop, however many they are: next is what stands after the list. Before
 * them are the titles, which are passed over on the way down, and the check box over the rows. */
static gboolean
reg_column_list_move_focus (GtkWidget *widget, GtkDirectionType direction)
{
  RegColumnList *self = REG_COLUMN_LIST (widget);
  GtkWidget *inner = reg_list_find_inner (GTK_WIDGET (self->view));
  GtkWidget *header = gtk_widget_get_first_child (GTK_WIDGET (self->view));
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  gboolean is_tab = direction == GTK_DIR_TAB_FORWARD || direction == GTK_DIR_TAB_BACKWARD;
  gboolean moved;

  if (is_tab && focus != NULL && (focus == inner || gtk_widget_is_ancestor (focus, inner)))
    return direction == GTK_DIR_TAB_BACKWARD
           && (reg_list_titles_focus (self)
               || (self->check_all != NULL
                   && gtk_widget_child_focus (GTK_WIDGET (self->check_all), direction)));
  if (is_tab && focus != NULL && gtk_widget_is_ancestor (focus, header))
    {
      if (direction == GTK_DIR_TAB_FORWARD)
        return gtk_widget_child_focus (inner, direction);
      return self->check_all != NULL
             && gtk_widget_child_focus (GTK_WIDGET (self->check_all), direction);
    }
  gtk_widget_set_can_focus (header, FALSE);
  moved = GTK_WIDGET_CLASS (reg_column_list_parent_class)->focus (widget, direction);
  gtk_widget_set_can_focus (header, TRUE);
  return moved;
}

static void
reg_column_list_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch ((RegColumnListProperty)id)
    {
    case PROP_NARROW:
      g_value_set_boolean (value, REG_COLUMN_LIST (object)->is_narrow);
      break;
    }
}

static void
reg_column_list_dispose (GObject *object)
{
  RegColumnList *self = REG_COLUMN_LIST (object);

  g_clear_handle_id (&self->width_idle, g_source_remove);
  g_clear_pointer (&self->context_menu, gtk_widget_unparent);
  if (self->model != NULL)
    g_signal_handlers_disconnect_by_data (self->selection, self);
  g_clear_object (&self->model);
  g_clear_object (&self->selection);
  if (self->view != NULL)
    {
      g_signal_handlers_disconnect_by_data (gtk_column_view_get_sorter (self->view), self);
      g_signal_handlers_disconnect_by_data (gtk_scrolled_window_get_hadjustment (self->scroller),
                                            self);
      gtk_column_view_set_model (self->view, NULL);
    }
  self->view = NULL;
  self->check_all = NULL;
  G_OBJECT_CLASS (reg_column_list_parent_class)->dispose (object);
}

static void
reg_column_list_finalize (GObject *object)
{
  RegColumnList *self = REG_COLUMN_LIST (object);

  g_ptr_array_unref (self->columns);
  G_OBJECT_CLASS (reg_column_list_parent_class)->finalize (object);
}

static void
reg_column_list_class_init (RegColumnListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = reg_column_list_dispose;
  object_class->finalize = reg_column_list_finalize;
  object_class->get_property = reg_column_list_get_property;
  widget_class->focus = reg_column_list_move_focus;
  widget_class->grab_focus = reg_column_list_grab_focus;

  properties[PROP_NARROW] =
      g_param_spec_boolean ("narrow", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_property (object_class, PROP_NARROW, properties[PROP_NARROW]);

  signals[ROW_ACTIVATED] =
      g_signal_new ("row-activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                    NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
  signals[SORT_CHANGED] =
      g_signal_new ("sort-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                    NULL, G_TYPE_NONE, 2, G_TYPE_INT, G_TYPE_BOOLEAN);
  signals[SELECTION_CHANGED] =
      g_signal_new ("selection-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                    NULL, NULL, G_TYPE_NONE, 0);
  signals[ROW_OPERATION] =
      g_signal_new ("row-operation", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                    NULL, G_TYPE_NONE, 2, G_TYPE_INT64, G_TYPE_STRING);

  gtk_widget_class_install_action (widget_class, "row.do", "s", reg_column_list_do);
}

static GtkWidget *
create_loading (void)
{
  GtkWidget *spinner = gtk_spinner_new ();

  gtk_spinner_set_spinning (GTK_SPINNER (spinner), TRUE);
  gtk_widget_set_halign (spinner, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (spinner, GTK_ALIGN_CENTER);
  gtk_widget_set_size_request (spinner, 32, 32);
  reg_list_set_name (spinner, _ ("Loading"));
  return spinner;
}

static void
reg_column_list_init (RegColumnList *self)
{
  self->columns = g_ptr_array_new_with_free_func (g_free);
  self->pressed_id = REG_LIST_NOT_PRESSED;
  self->sorted_key = -1;
  /* Until the width is known: a page in a narrow window must not ask for more at first. */
  self->is_narrow = TRUE;
  self->stack = GTK_STACK (gtk_stack_new ());
  self->overlay = GTK_OVERLAY (gtk_overlay_new ());
  self->scroller = GTK_SCROLLED_WINDOW (gtk_scrolled_window_new ());
  self->view = GTK_COLUMN_VIEW (gtk_column_view_new (NULL));
  self->empty = ADW_STATUS_PAGE (adw_status_page_new ());

  gtk_widget_add_css_class (GTK_WIDGET (self->view), "data-table");
  gtk_column_view_set_show_row_separators (self->view, TRUE);
  gtk_widget_set_vexpand (GTK_WIDGET (self->scroller), TRUE);
  gtk_scrolled_window_set_child (self->scroller, GTK_WIDGET (self->view));
  gtk_overlay_set_child (self->overlay, GTK_WIDGET (self->scroller));
  gtk_widget_add_css_class (GTK_WIDGET (self->empty), "compact");

  gtk_stack_add_named (self->stack, create_loading (), "loading");
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->overlay), "list");
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->empty), "empty");
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->stack));

  g_signal_connect_swapped (self->view, "activate", G_CALLBACK (on_view_activate_cb), self);
  g_signal_connect_object (gtk_column_view_get_sorter (self->view), "changed",
                           G_CALLBACK (on_sorter_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_scrolled_window_get_hadjustment (self->scroller),
                           "notify::page-size", G_CALLBACK (on_page_size_changed_cb), self,
                           G_CONNECT_SWAPPED);
  reg_list_input_add (self);
  reg_list_titles_add_keys (self);
  reg_list_steady_scrolling (self->scroller);
}

GtkWidget *
reg_column_list_new (void)
{
  return g_object_new (REG_TYPE_COLUMN_LIST, NULL);
}

/**
 * reg_column_list_set_model:
 *
 * Shows the rows of @model; nothing of them is selected.
 */
void
reg_column_list_set_model (RegColumnList *self, RegIdListModel *model)
{
  g_return_if_fail (REG_IS_COLUMN_LIST (self));

  if (self->selection != NULL)
    g_signal_handlers_disconnect_by_data (self->selection, self);
  g_clear_object (&self->selection);
  g_set_object (&self->model, model);
  self->selection = reg_selection_new (model);
  reg_selection_set_selectable (self->selection, self->selectable, self->selectable_data);
  g_signal_connect_object (self->selection, "items-changed", G_CALLBACK (on_items_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->selection, "selection-changed",
                           G_CALLBACK (on_selection_changed_cb), self, G_CONNECT_SWAPPED);
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (self->selection));
  on_items_changed_cb (self);
}

RegIdListModel *
reg_column_list_get_model (RegColumnList *self)
{
  g_return_val_if_fail (REG_IS_COLUMN_LIST (self), NULL);

  return self->model;
}

RegSelection *
reg_column_list_get_selection (RegColumnList *self)
{
  g_return_val_if_fail (REG_IS_COLUMN_LIST (self), NULL);

  return self->selection;
}

void
reg_column_list_set_label (RegColumnList *self, const char *label)
{
  g_return_if_fail (REG_IS_COLUMN_LIST (self));

  reg_list_set_name (GTK_WIDGET (self->view), label);
  reg_list_set_name (reg_list_find_inner (GTK_WIDGET (self->view)), label);
}

void
reg_column_list_set_name_func (RegColumnList *self, RegRowName func, gpointer data)
{
  g_return_if_fail (REG_IS_COLUMN_LIST (self));

  self->name_func = func;
  self->name_data = data;
}

void
reg_column_list_set_selectable (RegColumnList *self, RegSelectable func, gpointer data)
{
  g_return_if_fail (REG_IS_COLUMN_LIST (self));

  self->selectable = func;
  self->selectable_data = data;
}

void
reg_column_list_set_menu_func (RegColumnList *self, RegRowMenu func, gpointer data)
{
  g_return_if_fail (REG_IS_COLUMN_LIST (self));

  self->menu_func = func;
  self->menu_data = data;
}

static RegListColumn *
append_column (RegColumnList *self, const char *title, RegListCells kind, int min_list_width)
{
  RegListColumn *column = g_new0 (RegListColumn, 1);

  column->list = self;
  column->sort_key = -1;
  column->min_list_width = scale_width (self, min_list_width);
  column->column = gtk_column_view_column_new (title, reg_list_cells_new_factory (column, kind));
  gtk_column_view_append_column (self->view, column->column);
  g_object_unref (column->column); /* the view keeps it as long as the list lives */
  g_ptr_array_add (self->columns, column);
  return column;
}

void
reg_column_list_add_checks (RegColumnList *self)
{
  g_return_if_fail (REG_IS_COLUMN_LIST (self));

  append_column (self, NULL, REG_LIST_CELLS_CHECK, 0);
  self->check_all = GTK_CHECK_BUTTON (gtk_check_button_new ());
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->check_all), _ ("Select All"));
  reg_list_set_name (GTK_WIDGET (self->check_all), _ ("Select All"));
  self->check_all_handler = g_signal_connect_swapped (self->check_all, "toggled",
                                                      G_CALLBACK (on_check_all_toggled_cb), self);
  gtk_overlay_add_overlay (self->overlay, GTK_WIDGET (self->check_all));
  gtk_overlay_set_clip_overlay (self->overlay, GTK_WIDGET (self->check_all), TRUE);
  g_signal_connect (self->overlay, "get-child-position", G_CALLBACK (on_get_child_position_cb),
                    self);
  g_signal_connect_object (gtk_scrolled_window_get_hadjustment (self->scroller), "value-changed",
                           G_CALLBACK (gtk_widget_queue_allocate), self->overlay,
                           G_CONNECT_SWAPPED);
  update_check_all (self);
}

void
reg_column_list_add_column (RegColumnList *self,
                            const char *title,
                            int sort_key,
                            int width,
                            int min_list_width,
                            RegColumnFlags flags,
                            RegColumnBind bind,
                            gpointer data)
{
  RegListColumn *column;

  g_return_if_fail (REG_IS_COLUMN_LIST (self));

  column = append_column (self, title, REG_LIST_CELLS_TEXT, min_list_width);
  column->sort_key = sort_key;
  column->flags = flags;
  column->bind = bind;
  column->data = data;
  self->last_text = column;
  column->is_first = (flags & REG_COLUMN_EXPAND) != 0 && min_list_width == 0;
  gtk_column_view_column_set_resizable (column->column, TRUE);
  gtk_column_view_column_set_expand (column->column, (flags & REG_COLUMN_EXPAND) != 0);
  column->asked_width = scale_width (self, width);
  if (width > 0)
    gtk_column_view_column_set_fixed_width (column->column, column->asked_width);
  if (sort_key >= 0)
    {
      g_autoptr (GtkSorter) sorter =
          GTK_SORTER (gtk_custom_sorter_new (compare_probe, column, NULL));

      gtk_column_view_column_set_sorter (column->column, sorter);
    }
  reg_list_titles_update (self);
}

void
reg_column_list_offer_column (RegColumnList *self, const char *title, gboolean offered)
{
  g_return_if_fail (REG_IS_COLUMN_LIST (self));

  for (guint i = 0; i < self->columns->len; i++)
    {
      RegListColumn *column = g_ptr_array_index (self->columns, i);

      if (g_strcmp0 (gtk_column_view_column_get_title (column->column), title) != 0)
        continue;
      column->is_optional = TRUE;
      column->is_left_out = !offered;
    }
  if (update_columns (self))
    name_rows (self);
}

void
reg_column_list_add_menus (RegColumnList *self)
{
  g_return_if_fail (REG_IS_COLUMN_LIST (self));

  append_column (self, NULL, REG_LIST_CELLS_MENU, 0);
}

void
reg_column_list_sort_by (RegColumnList *self, int sort_key, gboolean descending)
{
  g_return_if_fail (REG_IS_COLUMN_LIST (self));

  for (guint i = 0; i < self->columns->len; i++)
    {
      RegListColumn *column = g_ptr_array_index (self->columns, i);

      if (column->sort_key == sort_key)
        gtk_column_view_sort_by_column (self->view, column->column,
                                        descending ? GTK_SORT_DESCENDING : GTK_SORT_ASCENDING);
    }
}

void
reg_column_list_set_empty (RegColumnList *self,
                           const char *icon_name,
                           const char *title,
                           const char *description,
                           const char *button_label,
                           const char *action_name)
{
  g_return_if_fail (REG_IS_COLUMN_LIST (self));

  if (g_strcmp0 (adw_status_page_get_title (self->empty), title) == 0)
    return;
  adw_status_page_set_icon_name (self->empty, icon_name);
  adw_status_page_set_title (self->empty, title);
  adw_status_page_set_description (self->empty, description);
  if (button_label == NULL)
    {
      adw_status_page_set_child (self->empty, NULL);
      return;
    }
  self->empty_button = gtk_button_new_with_mnemonic (button_label);
  gtk_widget_set_halign (self->empty_button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (self->empty_button, "pill");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->empty_button), action_name);
  adw_status_page_set_child (self->empty, self->empty_button);
}

void
reg_column_list_set_loaded (RegColumnList *self, gboolean loaded)
{
  g_return_if_fail (REG_IS_COLUMN_LIST (self));

  self->is_loaded = loaded;
  update_stack (self);
}

gboolean
reg_column_list_is_narrow (RegColumnList *self)
{
  g_return_val_if_fail (REG_IS_COLUMN_LIST (self), FALSE);

  return self->is_narrow;
}

/**
 * reg_column_list_select_all:
 *
 * Selects all that the list shows, however long it is.
 */
void
reg_column_list_select_all (RegColumnList *self)
{
  g_return_if_fail (REG_IS_COLUMN_LIST (self));

  if (self->selection != NULL)
    gtk_selection_model_select_range (GTK_SELECTION_MODEL (self->selection), 0,
                                      g_list_model_get_n_items (G_LIST_MODEL (self->selection)),
                                      FALSE);
}

/**
 * reg_column_list_toggle:
 * @self: a list with checks
 * @id: a row
 *
 * Ticks the row, or takes the tick away; a row that is not on show is left alone.
 */
void
reg_column_list_toggle (RegColumnList *self, gint64 id)
{
  GtkSelectionModel *selection = GTK_SELECTION_MODEL (self->selection);
  guint position = reg_id_list_model_find (reg_column_list_get_model (self), id);

  if (position == G_MAXUINT)
    return;
  if (gtk_selection_model_is_selected (selection, position))
    gtk_selection_model_unselect_item (selection, position);
  else
    gtk_selection_model_select_item (selection, position, FALSE);
}

void
reg_column_list_scroll_to (RegColumnList *self, guint position)
{
  g_return_if_fail (REG_IS_COLUMN_LIST (self));

  gtk_widget_activate_action (reg_list_find_inner (GTK_WIDGET (self->view)), "list.scroll-to-item",
                              "u", position);
}

/**
 * reg_column_list_focus:
 *
 * Moves the focus to the row that had it last, or the first one.
 */
void
reg_column_list_focus (RegColumnList *self)
{
  g_return_if_fail (REG_IS_COLUMN_LIST (self));

  gtk_widget_child_focus (reg_list_find_inner (GTK_WIDGET (self->view)), GTK_DIR_TAB_FORWARD);
}
