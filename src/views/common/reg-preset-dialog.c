/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-views"

#include "views/common/reg-preset-dialog.h"

#include "base/reg-words.h"
#include "rules/reg-status.h"
#include "store/reg-store-query.h"
#include "views/common/reg-product-dialog.h"

#include <glib/gi18n-lib.h>

#define ITEM_KEY "reg-preset-item"
#define MAX_DUE_DAYS 3650

struct _RegPresetDialog
{
  AdwWindow parent_instance;

  GtkButton *save;
  AdwEntryRow *name;
  AdwPreferencesGroup *products;
  GtkLabel *hint;

  RegWorkspace *workspace;
  GPtrArray *rows;  /* RegCourseRow */
  gint64 id;        /* 0: a new one */
  GPtrArray *items; /* RegPresetItem, in the order of the products */
};

enum
{
  SAVE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RegPresetDialog, reg_preset_dialog, ADW_TYPE_WINDOW)

static RegCourseRow *
find_course (RegPresetDialog *self, gint64 course_id)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      RegCourseRow *row = g_ptr_array_index (self->rows, i);

      if (row->course->id == course_id)
        return row;
    }
  return NULL;
}

char *
reg_preset_dialog_dup_name (RegPresetDialog *self)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->name))));
}

static void
update (RegPresetDialog *self)
{
  g_autofree char *name = reg_preset_dialog_dup_name (self);

  gtk_widget_set_visible (GTK_WIDGET (self->hint), self->items->len == 0);
  gtk_widget_set_sensitive (GTK_WIDGET (self->save), *name != '\0' && self->items->len > 0);
}

/* ---- One product ---- */

/* "Required · due after 14 days · Castellano" */
static char *
dup_subtitle (RegPresetDialog *self, const RegPresetItem *item)
{
  const RegCourseRow *row = find_course (self, item->course_id);
  const RegEnrollment enrollment = { .edition = *item->edition != '\0' ? item->edition : NULL,
                                     .mode = *item->mode != '\0' ? item->mode : NULL,
                                     .units = *item->units != '\0' ? item->units : NULL };
  g_autofree char *product = row != NULL ? reg_enrollment_dup_product_label (
                                 &enrollment, row->course->editions, row->course->units)
                                         : NULL;
  GString *text = g_string_new (reg_requirement_get_label (item->requirement));

  if (item->due_days > 0)
    reg_words_add_printf (
        text, ngettext ("due after %d day", "due after %d days", (gulong)item->due_days),
        item->due_days);
  reg_words_add (text, product);
  return g_string_free (text, FALSE);
}

static void
show_item (RegPresetDialog *self, GtkWidget *row)
{
  g_autofree char *subtitle = dup_subtitle (self, g_object_get_data (G_OBJECT (row), ITEM_KEY));

  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (row), subtitle);
}

static GtkWidget *
get_product_row (GtkWidget *widget)
{
  return gtk_widget_get_ancestor (widget, ADW_TYPE_EXPANDER_ROW);
}

static void
on_requirement_changed_cb (GtkWidget *combo, GParamSpec *pspec, RegPresetDialog *self)
{
  GtkWidget *row = get_product_row (combo);
  RegPresetItem *item = g_object_get_data (G_OBJECT (row), ITEM_KEY);

  item->requirement = (RegRequirement)adw_combo_row_get_selected (ADW_COMBO_ROW (combo));
  show_item (self, row);
}

/* A due date makes a course Required; the line above says so, and follows. */
static void
on_due_changed_cb (GtkSpinButton *due, RegPresetDialog *self)
{
  GtkWidget *row = get_product_row (GTK_WIDGET (due));
  RegPresetItem *item = g_object_get_data (G_OBJECT (row), ITEM_KEY);
  AdwComboRow *requirement = g_object_get_data (G_OBJECT (due), "reg-requirement");

  item->due_days = gtk_spin_button_get_value_as_int (due);
  if (item->due_days > 0)
    adw_combo_row_set_selected (requirement, REG_REQUIREMENT_REQUIRED);
  show_item (self, row);
}

static void
on_remove_clicked_cb (GtkWidget *button, RegPresetDialog *self)
{
  GtkWidget *row = get_product_row (button);

  g_ptr_array_remove (self->items, g_object_get_data (G_OBJECT (row), ITEM_KEY));
  adw_preferences_group_remove (self->products, row);
  gtk_widget_grab_focus (GTK_WIDGET (self->name));
  update (self);
}

static void
set_text (char **text, const RegParams *params, const char *key)
{
  const char *value = reg_params_get (params, key);

  g_free (*text);
  *text = g_strdup (value != NULL ? value : "");
}

static void
take_params (RegPresetItem *item, const RegParams *params)
{
  set_text (&item->edition, params, "edition");
  set_text (&item->mode, params, "mode");
  set_text (&item->units, params, "units");
}

static void add_product (RegPresetDialog *self, RegPresetItem *item, gboolean open);

static GtkWidget *
find_row (GtkWidget *widget, const RegPresetItem *item)
{
  if (g_object_get_data (G_OBJECT (widget), ITEM_KEY) == item)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_row (child, item);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* A product that is there already gets the edition and the units, and keeps the rest. */
static void
on_picked_cb (RegProductDialog *dialog,
              const char *title,
              const char *detail,
              RegPresetDialog *self)
{
  gint64 course_id = reg_product_dialog_get_course_id (dialog);
  g_autoptr (RegParams) params = reg_product_dialog_dup_params (dialog);
  RegPresetItem *item = NULL;

  for (guint i = 0; i < self->items->len; i++)
    if (((RegPresetItem *)g_ptr_array_index (self->items, i))->course_id == course_id)
      item = g_ptr_array_index (self->items, i);
  if (item != NULL)
    {
      take_params (item, params);
      show_item (self, find_row (GTK_WIDGET (self->products), item));
      return;
    }
  item = reg_preset_item_new (course_id);
  take_params (item, params);
  g_ptr_array_add (self->items, item);
  add_product (self, item, TRUE);
  update (self);
}

/* course: (nullable): the one whose edition and units are asked for */
static void
pick (RegPresetDialog *self, RegCourseRow *course)
{
  g_autoptr (GPtrArray) one = g_ptr_array_new ();
  RegProductDialog *dialog;

  if (course != NULL)
    g_ptr_array_add (one, course);
  dialog = reg_product_dialog_new (GTK_WINDOW (self), self->workspace,
                                   course != NULL ? one : self->rows, TRUE);
  g_signal_connect_object (dialog, "picked", G_CALLBACK (on_picked_cb), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
on_change_activated_cb (GtkWidget *change, RegPresetDialog *self)
{
  const RegPresetItem *item = g_object_get_data (G_OBJECT (get_product_row (change)), ITEM_KEY);

  pick (self, find_course (self, item->course_id));
}

static void
on_add_clicked_cb (RegPresetDialog *self)
{
  pick (self, NULL);
}

static GtkWidget *
create_requirement (RegPresetDialog *self, const RegPresetItem *item)
{
  const char *const names[] = { reg_requirement_get_label (REG_REQUIREMENT_OPTIONAL),
                                reg_requirement_get_label (REG_REQUIREMENT_REQUIRED), NULL };
  g_autoptr (GtkStringList) list = gtk_string_list_new (names);
  GtkWidget *row = adw_combo_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("Requirement"));
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (list));
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), item->requirement);
  g_signal_connect (row, "notify::selected", G_CALLBACK (on_requirement_changed_cb), self);
  return row;
}

static GtkWidget *
create_due (RegPresetDialog *self, const RegPresetItem *item, GtkWidget *requirement)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *due = gtk_spin_button_new_with_range (0, MAX_DUE_DAYS, 1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("Due After"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row),
                               _ ("Days from the assignment on; 0 for no due date"));
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (due), item->due_days);
  gtk_widget_set_valign (due, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (due), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Due after so many days"), -1);
  g_object_set_data (G_OBJECT (due), "reg-requirement", requirement);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), due);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), due);
  g_signal_connect (due, "value-changed", G_CALLBACK (on_due_changed_cb), self);
  return row;
}

/* Whether there is anything to ask for: a pool may be one of subscriptions. */
static gboolean
has_choices (const RegCourse *course)
{
  return course->pool_id != 0 || *course->editions != '\0' || *course->units != '\0';
}

static GtkWidget *
create_change (RegPresetDialog *self)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("Edition, Units or Subscription…"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             gtk_image_new_from_icon_name ("go-next-symbolic"));
  g_signal_connect (row, "activated", G_CALLBACK (on_change_activated_cb), self);
  return row;
}

static GtkWidget *
create_remove (RegPresetDialog *self, const char *title)
{
  GtkWidget *remove = gtk_button_new_from_icon_name ("list-remove-symbolic");
  g_autofree char *label = g_strdup_printf (_ ("Remove %s"), title);

  gtk_widget_set_valign (remove, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (remove, "flat");
  gtk_widget_set_tooltip_text (remove, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (remove), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
  g_signal_connect (remove, "clicked", G_CALLBACK (on_remove_clicked_cb), self);
  return remove;
}

static void
add_product (RegPresetDialog *self, RegPresetItem *item, gboolean open)
{
  const RegCourseRow *course = find_course (self, item->course_id);
  const char *title = course != NULL ? course->course->title : _ ("Unknown Course");
  GtkWidget *row = adw_expander_row_new ();
  GtkWidget *requirement = create_requirement (self, item);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  g_object_set_data (G_OBJECT (row), ITEM_KEY, item);
  adw_expander_row_add_action (ADW_EXPANDER_ROW (row), create_remove (self, title));
  adw_expander_row_add_row (ADW_EXPANDER_ROW (row), requirement);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (row), create_due (self, item, requirement));
  if (course != NULL && has_choices (course->course))
    adw_expander_row_add_row (ADW_EXPANDER_ROW (row), create_change (self));
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (row), open);
  adw_preferences_group_add (self->products, row);
  show_item (self, row);
}

/* ---- The dialog ---- */

static void
on_save_clicked_cb (RegPresetDialog *self)
{
  g_signal_emit (self, signals[SAVE], 0);
  gtk_window_close (GTK_WINDOW (self));
}

gint64
reg_preset_dialog_get_id (RegPresetDialog *self)
{
  return self->id;
}

GPtrArray *
reg_preset_dialog_get_items (RegPresetDialog *self)
{
  return self->items;
}

static void
reg_preset_dialog_dispose (GObject *object)
{
  g_clear_object (&REG_PRESET_DIALOG (object)->workspace);
  G_OBJECT_CLASS (reg_preset_dialog_parent_class)->dispose (object);
}

static void
reg_preset_dialog_finalize (GObject *object)
{
  RegPresetDialog *self = REG_PRESET_DIALOG (object);

  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->items, g_ptr_array_unref);
  G_OBJECT_CLASS (reg_preset_dialog_parent_class)->finalize (object);
}

static void
reg_preset_dialog_class_init (RegPresetDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = reg_preset_dialog_dispose;
  object_class->finalize = reg_preset_dialog_finalize;

  signals[SAVE] = g_signal_new ("save", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 0);

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/registrar_lms/Registrar/common/reg-preset-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, RegPresetDialog, save);
  gtk_widget_class_bind_template_child (widget_class, RegPresetDialog, name);
  gtk_widget_class_bind_template_child (widget_class, RegPresetDialog, products);
  gtk_widget_class_bind_template_child (widget_class, RegPresetDialog, hint);
  gtk_widget_class_bind_template_callback (widget_class, on_save_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_add_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, update);
}

static void
reg_preset_dialog_init (RegPresetDialog *self)
{
  self->items = g_ptr_array_new_with_free_func ((GDestroyNotify)reg_preset_item_free);
  gtk_widget_init_template (GTK_WIDGET (self));
}

RegPresetDialog *
reg_preset_dialog_new (GtkWindow *parent,
                       RegWorkspace *workspace,
                       GPtrArray *rows,
                       const RegPreset *preset)
{
  RegPresetDialog *self = g_object_new (REG_TYPE_PRESET_DIALOG, "transient-for", parent, NULL);
  GPtrArray *items = *preset->items != '\0' ? reg_preset_parse_items (preset->items) : NULL;

  self->workspace = g_object_ref (workspace);
  self->rows = g_ptr_array_ref (rows);
  self->id = preset->id;
  gtk_window_set_title (GTK_WINDOW (self), self->id != 0 ? _ ("Edit Preset") : _ ("New Preset"));
  gtk_editable_set_text (GTK_EDITABLE (self->name), preset->name);
  if (items != NULL)
    {
      g_ptr_array_unref (self->items);
      self->items = items;
    }
  for (guint i = 0; i < self->items->len; i++)
    add_product (self, g_ptr_array_index (self->items, i), FALSE);
  update (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->name));
  return self;
}
