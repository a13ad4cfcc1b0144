/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-views"

#include "views/common/reg-selection-bar.h"

#include <glib/gi18n-lib.h>

/* So many operations have a button of their own; the rest is behind "More". */
#define N_BUTTONS 3

/* One that was added. button: (nullable): where it has one of its own. */
typedef struct
{
  char *name;
  char *label;
  GtkWidget *button;
  gboolean is_offered;
} Operation;

struct _RegSelectionBar
{
  AdwBin parent_instance;

  GtkActionBar *bar;
  GtkLabel *count;
  GtkLabel *hidden;
  GtkButton *select_all;
  GtkBox *buttons;
  GtkMenuButton *more_button;
  GtkMenuButton *menu_button;
  GtkWidget *squeezer;
  GtkWidget *nothing;

  RegColumnList *list;   /* its page owns both */
  GPtrArray *operations; /* Operation */
  GMenu *more;           /* what has no button of its own */
  GMenu *menu;           /* everything */
  char *filter;
};

enum
{
  OPERATION,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RegSelectionBar, reg_selection_bar, ADW_TYPE_BIN)

static void
update (RegSelectionBar *self)
{
  RegSelection *selection = reg_column_list_get_selection (self->list);
  gsize n = selection != NULL ? reg_selection_get_n_selected (selection) : 0;
  gsize n_hidden = selection != NULL ? reg_selection_get_n_hidden (selection) : 0;
  guint n_items = selection != NULL ? g_list_model_get_n_items (G_LIST_MODEL (selection)) : 0;
  g_autofree char *text = NULL;

  gtk_action_bar_set_revealed (self->bar, n > 0);
  if (n == 0)
    return;
  if (self->filter != NULL)
    /* Translators: how many of the rows on show are selected, and what the list is filtered by. */
    text = g_strdup_printf (_ ("%'zu of %'u selected (filter: %s)"), n - n_hidden, n_items,
                            self->filter);
  else
    text = g_strdup_printf (_ ("%'zu of %'u selected"), n - n_hidden, n_items);
  gtk_label_set_label (self->count, text);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->count), text);
  gtk_widget_set_visible (GTK_WIDGET (self->hidden), n_hidden > 0);
  if (n_hidden > 0)
    {
      g_autofree char *hidden =
          g_strdup_printf (ngettext ("%'zu selected row is hidden by the filter",
                                     "%'zu selected rows are hidden by the filter", n_hidden),
                           n_hidden);

      gtk_label_set_label (self->hidden, hidden);
    }
  gtk_widget_set_sensitive (GTK_WIDGET (self->select_all), n - n_hidden < n_items);
}

static void
on_select_all_clicked_cb (RegSelectionBar *self)
{
  reg_column_list_select_all (self->list);
}

static void
on_clear_clicked_cb (RegSelectionBar *self)
{
  RegSelection *selection = reg_column_list_get_selection (self->list);

  if (selection != NULL)
    reg_selection_clear (selection);
  gtk_widget_grab_focus (GTK_WIDGET (self->list));
}

static void
reg_selection_bar_do (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  g_signal_emit (widget, signals[OPERATION], 0, g_variant_get_string (parameter, NULL));
}

static void
reg_selection_bar_dispose (GObject *object)
{
  RegSelectionBar *self = REG_SELECTION_BAR (object);

  g_clear_object (&self->more);
  g_clear_object (&self->menu);
  G_OBJECT_CLASS (reg_selection_bar_parent_class)->dispose (object);
}

static void
reg_selection_bar_finalize (GObject *object)
{
  RegSelectionBar *self = REG_SELECTION_BAR (object);

  g_ptr_array_unref (self->operations);
  g_free (self->filter);
  G_OBJECT_CLASS (reg_selection_bar_parent_class)->finalize (object);
}

static void
operation_free (gpointer data)
{
  Operation *operation = data;

  g_free (operation->name);
  g_free (operation->label);
  g_free (operation);
}

static void
reg_selection_bar_class_init (RegSelectionBarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = reg_selection_bar_dispose;
  object_class->finalize = reg_selection_bar_finalize;

  signals[OPERATION] = g_signal_new ("operation", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_install_action (widget_class, "bulk.do", "s", reg_selection_bar_do);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/registrar_lms/Registrar/common/reg-selection-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, RegSelectionBar, bar);
  gtk_widget_class_bind_template_child (widget_class, RegSelectionBar, count);
  gtk_widget_class_bind_template_child (widget_class, RegSelectionBar, hidden);
  gtk_widget_class_bind_template_child (widget_class, RegSelectionBar, select_all);
  gtk_widget_class_bind_template_child (widget_class, RegSelectionBar, buttons);
  gtk_widget_class_bind_template_child (widget_class, RegSelectionBar, more_button);
  gtk_widget_class_bind_template_child (widget_class, RegSelectionBar, menu_button);
  gtk_widget_class_bind_template_child (widget_class, RegSelectionBar, squeezer);
  gtk_widget_class_bind_template_child (widget_class, RegSelectionBar, nothing);
  gtk_widget_class_bind_template_callback (widget_class, on_select_all_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_clear_clicked_cb);
}

static void
reg_selection_bar_init (RegSelectionBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->operations = g_ptr_array_new_with_free_func (operation_free);
  self->more = g_menu_new ();
  self->menu = g_menu_new ();
  gtk_menu_button_set_menu_model (self->more_button, G_MENU_MODEL (self->more));
  gtk_menu_button_set_menu_model (self->menu_button, G_MENU_MODEL (self->menu));
}

GtkWidget *
reg_selection_bar_new (void)
{
  return g_object_new (REG_TYPE_SELECTION_BAR, NULL);
}

void
reg_selection_bar_set_list (RegSelectionBar *self, RegColumnList *list)
{
  g_return_if_fail (REG_IS_SELECTION_BAR (self));

  self->list = list;
  g_signal_connect_object (list, "selection-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  /* The check box over the list does the same. */
  g_object_bind_property (list, "narrow", self->select_all, "visible",
                          G_BINDING_SYNC_CREATE | G_BINDING_INVERT_BOOLEAN);
  update (self);
}

static void
update_menus (RegSelectionBar *self)
{
  gboolean is_empty;

  g_menu_remove_all (self->menu);
  g_menu_remove_all (self->more);
  for (guint i = 0; i < self->operations->len; i++)
    {
      const Operation *operation = g_ptr_array_index (self->operations, i);
      g_autoptr (GMenuItem) item = NULL;

      if (operation->button != NULL)
        gtk_widget_set_visible (operation->button, operation->is_offered);
      if (!operation->is_offered)
        continue;
      item = g_menu_item_new (operation->label, NULL);
      g_menu_item_set_action_and_target (item, "bulk.do", "s", operation->name);
      g_menu_append_item (self->menu, item);
      if (operation->button == NULL)
        g_menu_append_item (self->more, item);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->more_button),
                          g_menu_model_get_n_items (G_MENU_MODEL (self->more)) > 0);
  is_empty = g_menu_model_get_n_items (G_MENU_MODEL (self->menu)) == 0;
  gtk_widget_set_visible (self->nothing, is_empty);
  gtk_widget_set_visible (self->squeezer, !is_empty);
}

void
reg_selection_bar_add (RegSelectionBar *self, const char *name, const char *label)
{
  Operation *operation;

  g_return_if_fail (REG_IS_SELECTION_BAR (self));

  operation = g_new0 (Operation, 1);
  operation->name = g_strdup (name);
  operation->label = g_strdup (label);
  operation->is_offered = TRUE;
  if (self->operations->len < N_BUTTONS)
    {
      operation->button = gtk_button_new_with_label (label);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (operation->button), "bulk.do");
      gtk_actionable_set_action_target (GTK_ACTIONABLE (operation->button), "s", name);
      gtk_box_insert_child_after (self->buttons, operation->button,
                                  gtk_widget_get_prev_sibling (GTK_WIDGET (self->more_button)));
    }
  g_ptr_array_add (self->operations, operation);
  update_menus (self);
}

static gboolean
set_offered (Operation *operation, gboolean offered)
{
  if (operation->is_offered == offered)
    return FALSE;
  operation->is_offered = offered;
  return TRUE;
}

void
reg_selection_bar_offer (RegSelectionBar *self, const char *name, gboolean offered)
{
  gboolean is_changed = FALSE;

  g_return_if_fail (REG_IS_SELECTION_BAR (self));

  for (guint i = 0; i < self->operations->len; i++)
    {
      Operation *operation = g_ptr_array_index (self->operations, i);

      if (g_strcmp0 (operation->name, name) == 0)
        is_changed |= set_offered (operation, offered);
    }
  if (is_changed)
    update_menus (self);
}

void
reg_selection_bar_offer_operations (RegSelectionBar *self,
                                    RegWorkspace *workspace,
                                    const RegCourse *course)
{
  gboolean is_changed = FALSE;

  g_return_if_fail (REG_IS_SELECTION_BAR (self));

  for (guint i = 0; i < self->operations->len; i++)
    {
      Operation *added = g_ptr_array_index (self->operations, i);
      const RegOperation *operation = reg_operation_find (added->name);

      if (operation != NULL)
        is_changed |= set_offered (
            added, reg_workspace_offers (workspace, operation, course != NULL ? course->id : 0)
                       && (course == NULL || reg_operation_fits_kind (operation, course->kind)));
    }
  if (is_changed)
    update_menus (self);
}

void
reg_selection_bar_set_filter (RegSelectionBar *self, const char *filter)
{
  g_return_if_fail (REG_IS_SELECTION_BAR (self));

  g_free (self->filter);
  self->filter = g_strdup (filter);
  update (self);
}
