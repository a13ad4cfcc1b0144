/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-views"

#include "views/common/reg-label-picker.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _RegLabelPicker
{
  AdwBin parent_instance;

  GtkDropDown *drop_down;
  GArray *ids; /* of the entries; 0 for none */
  char *label;
  char *none_label;
};

typedef enum
{
  PROP_LABEL = 1,
  PROP_NONE_LABEL,
} RegLabelPickerProperty;

enum
{
  CHANGED,
  N_SIGNALS,
};

static GParamSpec *properties[PROP_NONE_LABEL + 1];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RegLabelPicker, reg_label_picker, ADW_TYPE_BIN)

static void
on_selected_changed_cb (RegLabelPicker *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static const char *
get_none_label (RegLabelPicker *self)
{
  return self->none_label != NULL ? self->none_label : _ ("Any");
}

static void
set_only_none (RegLabelPicker *self)
{
  const char *const none[] = { get_none_label (self), NULL };
  g_autoptr (GtkStringList) names = gtk_string_list_new (none);

  g_array_set_size (self->ids, 1);
  gtk_drop_down_set_model (self->drop_down, G_LIST_MODEL (names));
}

static void
reg_label_picker_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  RegLabelPicker *self = REG_LABEL_PICKER (object);

  switch ((RegLabelPickerProperty)id)
    {
    case PROP_LABEL:
      g_value_set_string (value, self->label);
      break;
    case PROP_NONE_LABEL:
      g_value_set_string (value, self->none_label);
      break;
    }
}

static void
reg_label_picker_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  RegLabelPicker *self = REG_LABEL_PICKER (object);

  switch ((RegLabelPickerProperty)id)
    {
    case PROP_LABEL:
      g_free (self->label);
      self->label = g_value_dup_string (value);
      if (self->label != NULL)
        gtk_accessible_update_property (GTK_ACCESSIBLE (self->drop_down),
                                        GTK_ACCESSIBLE_PROPERTY_LABEL, self->label, -1);
      break;
    case PROP_NONE_LABEL:
      g_free (self->none_label);
      self->none_label = g_value_dup_string (value);
      set_only_none (self);
      break;
    }
}

static void
reg_label_picker_finalize (GObject *object)
{
  RegLabelPicker *self = REG_LABEL_PICKER (object);

  g_array_unref (self->ids);
  g_free (self->label);
  g_free (self->none_label);
  G_OBJECT_CLASS (reg_label_picker_parent_class)->finalize (object);
}

static void
reg_label_picker_class_init (RegLabelPickerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = reg_label_picker_get_property;
  object_class->set_property = reg_label_picker_set_property;
  object_class->finalize = reg_label_picker_finalize;

  properties[PROP_LABEL] =
      g_param_spec_string ("label", NULL, NULL, NULL, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_NONE_LABEL] = g_param_spec_string ("none-label", NULL, NULL, NULL,
                                                     G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

/**
 * reg_drop_down_ellipsize:
 * @drop_down: a drop-down of strings
 *
 * What is chosen, as the title of a course, may be longer than the window is wide.
 */
void
reg_drop_down_ellipsize (GtkDropDown *drop_down)
{
  static const char folder[] = "/io/github/registrar_lms/Registrar/common/";
  g_autofree char *short_item = g_strconcat (folder, "reg-short-item.ui", NULL);
  g_autofree char *long_item = g_strconcat (folder, "reg-long-item.ui", NULL);
  g_autoptr (GtkListItemFactory) factory =
      gtk_builder_list_item_factory_new_from_resource (NULL, short_item);
  g_autoptr (GtkListItemFactory) list_factory =
      gtk_builder_list_item_factory_new_from_resource (NULL, long_item);

  gtk_drop_down_set_factory (drop_down, factory);
  gtk_drop_down_set_list_factory (drop_down, list_factory);
}

static void
reg_label_picker_init (RegLabelPicker *self)
{
  GtkExpression *expression = gtk_property_expression_new (GTK_TYPE_STRING_OBJECT, NULL, "string");
  gint64 none = 0;

  self->ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_array_append_val (self->ids, none);
  self->drop_down = GTK_DROP_DOWN (gtk_drop_down_new (NULL, expression));
  set_only_none (self);
  gtk_drop_down_set_enable_search (self->drop_down, TRUE);
  reg_drop_down_ellipsize (self->drop_down);
  gtk_widget_set_hexpand (GTK_WIDGET (self->drop_down), TRUE);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->drop_down));
  g_signal_connect_swapped (self->drop_down, "notify::selected",
                            G_CALLBACK (on_selected_changed_cb), self);
}

/* Whether the entries are these already: a list that is open must not be made anew under the
 * pointer. */
static gboolean
has_entries (RegLabelPicker *self, GArray *ids, GtkStringList *names)
{
  GListModel *shown = gtk_drop_down_get_model (self->drop_down);

  if (ids->len != self->ids->len
      || memcmp (ids->data, self->ids->data, ids->len * sizeof (gint64)) != 0)
    return FALSE;
  for (guint i = 0; i < ids->len; i++)
    if (strcmp (gtk_string_list_get_string (GTK_STRING_LIST (shown), i),
                gtk_string_list_get_string (names, i))
        != 0)
      return FALSE;
  return TRUE;
}

void
reg_label_picker_set_labels (RegLabelPicker *self, GPtrArray *labels, guint kinds)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  gint64 chosen, none = 0;
  guint selected = 0;

  g_return_if_fail (REG_IS_LABEL_PICKER (self));

  chosen = reg_label_picker_get_id (self);
  g_array_append_val (ids, none);
  gtk_string_list_append (names, get_none_label (self));
  for (guint i = 0; i < labels->len; i++)
    {
      RegLabel *label = g_ptr_array_index (labels, i);

      if ((kinds & (1u << label->kind)) == 0)
        continue;
      if (label->id == chosen)
        selected = ids->len;
      g_array_append_val (ids, label->id);
      gtk_string_list_append (names, label->name);
    }
  if (has_entries (self, ids, names))
    {
      g_array_unref (ids);
      return;
    }
  g_array_unref (self->ids);
  self->ids = ids;
  g_signal_handlers_block_by_func (self->drop_down, on_selected_changed_cb, self);
  gtk_drop_down_set_model (self->drop_down, G_LIST_MODEL (names));
  gtk_drop_down_set_selected (self->drop_down, selected);
  g_signal_handlers_unblock_by_func (self->drop_down, on_selected_changed_cb, self);
  if (chosen != 0 && selected == 0)
    g_signal_emit (self, signals[CHANGED], 0);
}

gint64
reg_label_picker_get_id (RegLabelPicker *self)
{
  guint selected;

  g_return_val_if_fail (REG_IS_LABEL_PICKER (self), 0);

  selected = gtk_drop_down_get_selected (self->drop_down);
  return selected < self->ids->len ? g_array_index (self->ids, gint64, selected) : 0;
}

/**
 * reg_label_picker_get_name:
 *
 * Returns: (nullable) (transfer none): the name of the label chosen
 */
const char *
reg_label_picker_get_name (RegLabelPicker *self)
{
  GtkStringObject *item;

  if (reg_label_picker_get_id (self) == 0)
    return NULL;
  item = gtk_drop_down_get_selected_item (self->drop_down);
  return gtk_string_object_get_string (item);
}

void
reg_label_picker_set_id (RegLabelPicker *self, gint64 id)
{
  g_return_if_fail (REG_IS_LABEL_PICKER (self));

  for (guint i = 0; i < self->ids->len; i++)
    if (g_array_index (self->ids, gint64, i) == id)
      gtk_drop_down_set_selected (self->drop_down, i);
}

void
reg_label_picker_clear (RegLabelPicker *self)
{
  g_return_if_fail (REG_IS_LABEL_PICKER (self));

  gtk_drop_down_set_selected (self->drop_down, 0);
}
