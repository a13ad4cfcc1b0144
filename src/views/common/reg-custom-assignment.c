/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-views"

#include "views/common/reg-custom-assignment.h"

#include "store/reg-store-query.h"
#include "views/common/reg-product-dialog.h"

#include <glib/gi18n-lib.h>

struct _RegCustomAssignment
{
  AdwBin parent_instance;

  AdwComboRow *kind;
  GtkListBox *products;
  GtkButton *add;
  GtkWidget *saving;

  RegWorkspace *workspace;
  GPtrArray *rows;
  GPtrArray *items;      /* RegReviewItem */
  GPtrArray *operations; /* by entry of the combo row */
};

enum
{
  CHANGED,
  SAVE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RegCustomAssignment, reg_custom_assignment, ADW_TYPE_BIN)

const RegOperation *
reg_custom_assignment_get_operation (RegCustomAssignment *self)
{
  guint selected = adw_combo_row_get_selected (self->kind);

  return selected < self->operations->len ? g_ptr_array_index (self->operations, selected)
                                          : reg_operation_find ("assign");
}

guint
reg_custom_assignment_get_n (RegCustomAssignment *self)
{
  return self->items->len;
}

GPtrArray *
reg_custom_assignment_dup_items (RegCustomAssignment *self, const RegParams *params)
{
  GPtrArray *items = g_ptr_array_new_with_free_func ((GDestroyNotify)reg_review_item_free);

  for (guint i = 0; i < self->items->len; i++)
    {
      const RegReviewItem *own = g_ptr_array_index (self->items, i);
      RegReviewItem *item = reg_review_item_new (own->course_id, params);

      if (item->params == NULL)
        item->params = reg_params_new ();
      for (guint k = 0; k < reg_params_get_size (own->params); k++)
        {
          const char *key = reg_params_get_key (own->params, k);

          reg_params_set (item->params, key, reg_params_get (own->params, key));
        }
      g_ptr_array_add (items, item);
    }
  return items;
}

static char *
dup_param (const RegParams *params, const char *key)
{
  const char *value = reg_params_get (params, key);

  return g_strdup (value != NULL ? value : "");
}

GPtrArray *
reg_custom_assignment_dup_preset_items (RegCustomAssignment *self, RegRequirement requirement)
{
  GPtrArray *items = g_ptr_array_new_with_free_func ((GDestroyNotify)reg_preset_item_free);

  for (guint i = 0; i < self->items->len; i++)
    {
      const RegReviewItem *own = g_ptr_array_index (self->items, i);
      RegPresetItem *item = reg_preset_item_new (own->course_id);

      item->requirement = requirement;
      g_free (item->edition);
      g_free (item->mode);
      g_free (item->units);
      item->edition = dup_param (own->params, "edition");
      item->mode = dup_param (own->params, "mode");
      item->units = dup_param (own->params, "units");
      g_ptr_array_add (items, item);
    }
  return items;
}

/* A preset is for assignments, of at least one product. */
static void
update_saving (RegCustomAssignment *self)
{
  gtk_widget_set_visible (
      self->saving,
      self->items->len > 0
          && reg_custom_assignment_get_operation (self) == reg_operation_find ("assign")
          && reg_site_can (reg_workspace_get_site (self->workspace), "save-preset"));
}

static void
on_save_clicked_cb (RegCustomAssignment *self)
{
  g_signal_emit (self, signals[SAVE], 0);
}

static void
on_remove_clicked_cb (GtkWidget *button, RegCustomAssignment *self)
{
  GtkWidget *row = gtk_widget_get_ancestor (button, GTK_TYPE_LIST_BOX_ROW);
  int index = gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row));

  g_ptr_array_remove_index (self->items, (guint)index);
  gtk_list_box_remove (self->products, row);
  gtk_widget_set_visible (GTK_WIDGET (self->products), self->items->len > 0);
  gtk_widget_grab_focus (GTK_WIDGET (self->add));
  update_saving (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
add_row (RegCustomAssignment *self, const char *title, const char *detail)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *remove = gtk_button_new_from_icon_name ("list-remove-symbolic");
  g_autofree char *label = g_strdup_printf (_ ("Remove %s"), title);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), detail);
  gtk_widget_set_valign (remove, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (remove, "flat");
  gtk_widget_set_tooltip_text (remove, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (remove), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), remove);
  gtk_list_box_append (self->products, row);
  gtk_widget_set_visible (GTK_WIDGET (self->products), TRUE);
  g_signal_connect (remove, "clicked", G_CALLBACK (on_remove_clicked_cb), self);
}

/* A product that is there already is taken out first: each goes once with a person. */
static void
on_picked_cb (RegProductDialog *dialog,
              const char *title,
              const char *detail,
              RegCustomAssignment *self)
{
  gint64 course_id = reg_product_dialog_get_course_id (dialog);
  g_autoptr (RegParams) params = reg_product_dialog_dup_params (dialog);

  for (guint i = 0; i < self->items->len; i++)
    if (((RegReviewItem *)g_ptr_array_index (self->items, i))->course_id == course_id)
      {
        gtk_list_box_remove (self->products,
                             GTK_WIDGET (gtk_list_box_get_row_at_index (self->products, (int)i)));
        g_ptr_array_remove_index (self->items, i);
        break;
      }
  g_ptr_array_add (self->items, reg_review_item_new (course_id, params));
  add_row (self, title, detail);
  update_saving (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_add_clicked_cb (RegCustomAssignment *self)
{
  const RegOperation *operation = reg_custom_assignment_get_operation (self);
  RegProductDialog *dialog =
      reg_product_dialog_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), self->workspace,
                              self->rows, g_strcmp0 (operation->name, "assign") == 0);

  g_signal_connect_object (dialog, "picked", G_CALLBACK (on_picked_cb), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* Editions and modes belong to an assignment: another kind begins anew. */
static void
on_kind_changed_cb (RegCustomAssignment *self)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (self->products, 0)) != NULL)
    gtk_list_box_remove (self->products, GTK_WIDGET (row));
  g_ptr_array_set_size (self->items, 0);
  gtk_widget_set_visible (GTK_WIDGET (self->products), FALSE);
  gtk_widget_set_visible (self->saving, FALSE);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
reg_custom_assignment_dispose (GObject *object)
{
  RegCustomAssignment *self = REG_CUSTOM_ASSIGNMENT (object);

  g_clear_object (&self->workspace);
  G_OBJECT_CLASS (reg_custom_assignment_parent_class)->dispose (object);
}

static void
reg_custom_assignment_finalize (GObject *object)
{
  RegCustomAssignment *self = REG_CUSTOM_ASSIGNMENT (object);

  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_ptr_array_unref (self->items);
  g_ptr_array_unref (self->operations);
  G_OBJECT_CLASS (reg_custom_assignment_parent_class)->finalize (object);
}

static void
reg_custom_assignment_class_init (RegCustomAssignmentClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = reg_custom_assignment_dispose;
  object_class->finalize = reg_custom_assignment_finalize;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  signals[SAVE] = g_signal_new ("save", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/registrar_lms/Registrar/common/reg-custom-assignment.ui");
  gtk_widget_class_bind_template_child (widget_class, RegCustomAssignment, kind);
  gtk_widget_class_bind_template_child (widget_class, RegCustomAssignment, products);
  gtk_widget_class_bind_template_child (widget_class, RegCustomAssignment, add);
  gtk_widget_class_bind_template_child (widget_class, RegCustomAssignment, saving);
  gtk_widget_class_bind_template_callback (widget_class, on_save_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_add_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_kind_changed_cb);
}

static void
reg_custom_assignment_init (RegCustomAssignment *self)
{
  self->items = g_ptr_array_new_with_free_func ((GDestroyNotify)reg_review_item_free);
  self->operations = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* What the LMS offers to this account. */
static void
fill_kinds (RegCustomAssignment *self)
{
  static const struct
  {
    const char *operation;
    const char *label;
  } kinds[] = { { "assign", N_ ("Assignment") },
                { "reassign", N_ ("Reassignment") },
                { "renew", N_ ("Subscription renewal") } };
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  const RegSite *site = reg_workspace_get_site (self->workspace);

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (i == 0 || reg_site_can (site, kinds[i].operation))
      {
        g_ptr_array_add (self->operations, (gpointer)reg_operation_find (kinds[i].operation));
        gtk_string_list_append (names, _ (kinds[i].label));
      }
  adw_combo_row_set_model (self->kind, G_LIST_MODEL (names));
  if (site == NULL || !reg_site_can (site, "renew"))
    adw_action_row_set_subtitle (ADW_ACTION_ROW (self->kind),
                                 _ ("This LMS does not offer to renew subscriptions."));
}

void
reg_custom_assignment_set_up (RegCustomAssignment *self, RegWorkspace *workspace, GPtrArray *rows)
{
  self->workspace = g_object_ref (workspace);
  self->rows = g_ptr_array_ref (rows);
  fill_kinds (self);
  gtk_widget_set_sensitive (GTK_WIDGET (self->add), TRUE);
}
