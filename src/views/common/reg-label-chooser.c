/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-views"

#include "views/common/reg-label-chooser.h"

#include "views/common/reg-label-picker.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  gint64 id;
  char *name;
} Choice;

struct _RegLabelChooser
{
  AdwBin parent_instance;

  GtkLabel *heading;
  RegLabelPicker *picker;
  GtkBox *chips;

  GArray *choices; /* Choice, in the order of the chips */
};

typedef enum
{
  PROP_TITLE = 1,
} RegLabelChooserProperty;

enum
{
  CHANGED,
  N_SIGNALS,
};

static GParamSpec *properties[PROP_TITLE + 1];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RegLabelChooser, reg_label_chooser, ADW_TYPE_BIN)

static void
choice_clear (gpointer data)
{
  g_free (((Choice *)data)->name);
}

/* Returns: the place of the choice, or that behind the last one */
static guint
find_choice (RegLabelChooser *self, gint64 id)
{
  guint i = 0;

  while (i < self->choices->len && g_array_index (self->choices, Choice, i).id != id)
    i++;
  return i;
}

static GtkWidget *
get_chip (RegLabelChooser *self, guint place)
{
  GtkWidget *chip = gtk_widget_get_first_child (GTK_WIDGET (self->chips));

  for (guint i = 0; i < place; i++)
    chip = gtk_widget_get_next_sibling (chip);
  return chip;
}

static void
remove_choice (RegLabelChooser *self, guint place)
{
  gtk_box_remove (self->chips, get_chip (self, place));
  g_array_remove_index (self->choices, place);
}

static void
on_chip_clicked_cb (RegLabelChooser *self, GtkWidget *chip)
{
  guint place = 0;

  while (get_chip (self, place) != chip)
    place++;
  gtk_widget_grab_focus (GTK_WIDGET (self->picker));
  remove_choice (self, place);
  g_signal_emit (self, signals[CHANGED], 0);
}

static GtkWidget *
create_chip (RegLabelChooser *self, const char *name)
{
  GtkWidget *chip = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (name);
  g_autofree char *words = g_strdup_printf (_ ("Do Not Filter by “%s”"), name);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("window-close-symbolic"));
  gtk_button_set_child (GTK_BUTTON (chip), box);
  gtk_widget_set_tooltip_text (chip, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (chip), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  g_signal_connect_swapped (chip, "clicked", G_CALLBACK (on_chip_clicked_cb), self);
  return chip;
}

/* What is picked becomes a chip, and the list is there for the next one. */
static void
on_picked_cb (RegLabelChooser *self)
{
  Choice choice = { reg_label_picker_get_id (self->picker), NULL };

  if (choice.id == 0)
    return;
  if (find_choice (self, choice.id) < self->choices->len)
    {
      reg_label_picker_clear (self->picker);
      return;
    }
  choice.name = g_strdup (reg_label_picker_get_name (self->picker));
  gtk_box_append (self->chips, create_chip (self, choice.name));
  g_array_append_val (self->choices, choice);
  reg_label_picker_clear (self->picker);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
reg_label_chooser_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch ((RegLabelChooserProperty)id)
    {
    case PROP_TITLE:
      g_value_set_string (value, gtk_label_get_label (REG_LABEL_CHOOSER (object)->heading));
      break;
    }
}

static void
reg_label_chooser_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  RegLabelChooser *self = REG_LABEL_CHOOSER (object);

  switch ((RegLabelChooserProperty)id)
    {
    case PROP_TITLE:
      gtk_label_set_label (self->heading, g_value_get_string (value));
      g_object_set (self->picker, "label", g_value_get_string (value), NULL);
      break;
    }
}

static void
reg_label_chooser_finalize (GObject *object)
{
  g_array_unref (REG_LABEL_CHOOSER (object)->choices);
  G_OBJECT_CLASS (reg_label_chooser_parent_class)->finalize (object);
}

static void
reg_label_chooser_class_init (RegLabelChooserClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = reg_label_chooser_get_property;
  object_class->set_property = reg_label_chooser_set_property;
  object_class->finalize = reg_label_chooser_finalize;
  properties[PROP_TITLE] =
      g_param_spec_string ("title", NULL, NULL, NULL, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_property (object_class, PROP_TITLE, properties[PROP_TITLE]);
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (REG_TYPE_LABEL_PICKER);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/registrar_lms/Registrar/common/reg-label-chooser.ui");
  gtk_widget_class_bind_template_child (widget_class, RegLabelChooser, heading);
  gtk_widget_class_bind_template_child (widget_class, RegLabelChooser, picker);
  gtk_widget_class_bind_template_child (widget_class, RegLabelChooser, chips);
  gtk_widget_class_bind_template_callback (widget_class, on_picked_cb);
}

static void
reg_label_chooser_init (RegLabelChooser *self)
{
  self->choices = g_array_new (FALSE, FALSE, sizeof (Choice));
  g_array_set_clear_func (self->choices, choice_clear);
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* What is gone from the labels is not filtered by any more. */
void
reg_label_chooser_set_labels (RegLabelChooser *self, GPtrArray *labels, guint kinds)
{
  g_autoptr (GHashTable) known = g_hash_table_new (g_int64_hash, g_int64_equal);
  gboolean is_changed = FALSE;

  g_return_if_fail (REG_IS_LABEL_CHOOSER (self));

  for (guint i = 0; i < labels->len; i++)
    {
      RegLabel *label = g_ptr_array_index (labels, i);

      if ((kinds & (1u << label->kind)) != 0)
        g_hash_table_add (known, &label->id);
    }
  for (guint i = self->choices->len; i-- > 0;)
    if (!g_hash_table_contains (known, &g_array_index (self->choices, Choice, i).id))
      {
        remove_choice (self, i);
        is_changed = TRUE;
      }
  reg_label_picker_set_labels (self->picker, labels, kinds);
  gtk_widget_set_visible (GTK_WIDGET (self), g_hash_table_size (known) > 0);
  if (is_changed)
    g_signal_emit (self, signals[CHANGED], 0);
}

void
reg_label_chooser_clear (RegLabelChooser *self)
{
  g_return_if_fail (REG_IS_LABEL_CHOOSER (self));

  if (self->choices->len == 0)
    return;
  while (self->choices->len > 0)
    remove_choice (self, self->choices->len - 1);
  g_signal_emit (self, signals[CHANGED], 0);
}

void
reg_label_chooser_fill (RegLabelChooser *self,
                        RegPeopleFilter *people,
                        RegPeopleAttribute attribute)
{
  g_return_if_fail (REG_IS_LABEL_CHOOSER (self));

  for (guint i = 0; i < self->choices->len; i++)
    reg_people_filter_add (people, attribute, g_array_index (self->choices, Choice, i).id);
}

char *
reg_label_chooser_dup_text (RegLabelChooser *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_return_val_if_fail (REG_IS_LABEL_CHOOSER (self), NULL);

  for (guint i = 0; i < self->choices->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "",
                            g_array_index (self->choices, Choice, i).name);
  return text->len > 0
             /* Translators: what is filtered by, "Teams: North, South" */
             ? g_strdup_printf (_ ("%s: %s"), gtk_label_get_label (self->heading), text->str)
             : NULL;
}
