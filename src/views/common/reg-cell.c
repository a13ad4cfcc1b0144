/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-views"

#include "views/common/reg-cell.h"

/* More lines than that would push the other rows out of sight. */
#define MAX_WRAPPED_LINES 6
/* Narrower than that a sentence is hard to read. */
#define MIN_WRAPPED_CHARS 26

struct _RegCell
{
  GtkWidget parent_instance;

  GtkWidget *box; /* of the two lines */
  GtkWidget *title;
  GtkWidget *subtitle;
  GtkWidget *icons[2];
  char *icon_classes[2];
  char *hint;
  gboolean is_wrapped;
};

G_DEFINE_FINAL_TYPE (RegCell, reg_cell, GTK_TYPE_WIDGET)

static gboolean
is_cut (GtkWidget *label)
{
  return label != NULL && gtk_widget_get_visible (label)
         && pango_layout_is_ellipsized (gtk_label_get_layout (GTK_LABEL (label)));
}

static gboolean
reg_cell_query_tooltip (GtkWidget *widget, int x, int y, gboolean keyboard, GtkTooltip *tooltip)
{
  RegCell *self = REG_CELL (widget);
  g_autoptr (GString) text = g_string_new (NULL);

  if (is_cut (self->title))
    g_string_append (text, gtk_label_get_label (GTK_LABEL (self->title)));
  if (is_cut (self->subtitle))
    g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "",
                            gtk_label_get_label (GTK_LABEL (self->subtitle)));
  if (self->hint != NULL)
    g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", self->hint);
  if (text->len == 0)
    return FALSE;
  gtk_tooltip_set_text (tooltip, text->str);
  return TRUE;
}

static void
reg_cell_dispose (GObject *object)
{
  RegCell *self = REG_CELL (object);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (reg_cell_parent_class)->dispose (object);
}

static void
reg_cell_finalize (GObject *object)
{
  RegCell *self = REG_CELL (object);

  g_free (self->icon_classes[0]);
  g_free (self->icon_classes[1]);
  g_free (self->hint);
  G_OBJECT_CLASS (reg_cell_parent_class)->finalize (object);
}

static void
reg_cell_class_init (RegCellClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = reg_cell_dispose;
  object_class->finalize = reg_cell_finalize;
  widget_class->query_tooltip = reg_cell_query_tooltip;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "regcell");
}

/* A long address is broken where the line ends; a hyphen there would look like a part of it. */
static void
keep_from_hyphens (GtkLabel *label)
{
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_insert_hyphens_new (FALSE));
  gtk_label_set_attributes (label, attributes);
}

static GtkWidget *
append_label_new (RegCell *self)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  if (self->is_wrapped)
    {
      gtk_label_set_wrap (GTK_LABEL (label), TRUE);
      gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
      gtk_label_set_lines (GTK_LABEL (label), MAX_WRAPPED_LINES);
      gtk_label_set_width_chars (GTK_LABEL (label), MIN_WRAPPED_CHARS);
      keep_from_hyphens (GTK_LABEL (label));
    }
  gtk_box_append (GTK_BOX (self->box), label);
  return label;
}

static void
remove_label (GtkWidget *label)
{
  gtk_box_remove (GTK_BOX (gtk_widget_get_parent (label)), label);
}

static void
reg_cell_init (RegCell *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 6);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_set_valign (self->box, GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (self->box, TRUE);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  self->title = append_label_new (self);
}

GtkWidget *
reg_cell_new (void)
{
  return g_object_new (REG_TYPE_CELL, NULL);
}

void
reg_cell_set_text (RegCell *self, const char *text)
{
  g_return_if_fail (REG_IS_CELL (self));

  gtk_label_set_label (GTK_LABEL (self->title), text != NULL ? text : "");
}

void
reg_cell_set_subtitle (RegCell *self, const char *text)
{
  g_return_if_fail (REG_IS_CELL (self));

  if (self->subtitle == NULL)
    {
      if (text == NULL)
        return;
      self->subtitle = append_label_new (self);
      gtk_widget_add_css_class (self->subtitle, "dim-label");
      gtk_widget_add_css_class (self->subtitle, "caption");
    }
  gtk_label_set_label (GTK_LABEL (self->subtitle), text != NULL ? text : "");
  gtk_widget_set_visible (self->subtitle, text != NULL);
}

/**
 * reg_cell_set_wrap:
 *
 * Texts that do not fit take more lines, before they are cut. The cell is empty after a change: a
 * label of GTK 4.8 that was not shown goes on asking for one line, so that it is made anew.
 */
void
reg_cell_set_wrap (RegCell *self, gboolean wrap)
{
  g_return_if_fail (REG_IS_CELL (self));

  if (self->is_wrapped == wrap)
    return;
  self->is_wrapped = wrap;
  g_clear_pointer (&self->subtitle, remove_label);
  g_clear_pointer (&self->title, remove_label);
  self->title = append_label_new (self);
}

static void
set_icon (RegCell *self, int index, const char *icon_name, const char *css_class)
{
  GtkWidget *icon = self->icons[index];

  if (icon == NULL)
    {
      if (icon_name == NULL)
        return;
      icon = self->icons[index] = gtk_image_new ();
      gtk_accessible_update_state (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
      gtk_widget_insert_before (icon, GTK_WIDGET (self), self->box);
    }
  if (self->icon_classes[index] != NULL)
    gtk_widget_remove_css_class (icon, self->icon_classes[index]);
  g_clear_pointer (&self->icon_classes[index], g_free);
  if (css_class != NULL)
    {
      self->icon_classes[index] = g_strdup (css_class);
      gtk_widget_add_css_class (icon, css_class);
    }
  if (icon_name != NULL)
    gtk_image_set_from_icon_name (GTK_IMAGE (icon), icon_name);
  gtk_widget_set_visible (icon, icon_name != NULL);
}

/**
 * reg_cell_set_icon:
 *
 * The icon goes with a word in the same cell, so that screen readers leave it out.
 */
void
reg_cell_set_icon (RegCell *self, const char *icon_name, const char *css_class)
{
  g_return_if_fail (REG_IS_CELL (self));

  set_icon (self, 0, icon_name, css_class);
}

void
reg_cell_set_second_icon (RegCell *self, const char *icon_name, const char *css_class)
{
  g_return_if_fail (REG_IS_CELL (self));

  set_icon (self, 1, icon_name, css_class);
}

void
reg_cell_set_hint (RegCell *self, const char *hint)
{
  g_return_if_fail (REG_IS_CELL (self));

  if (g_strcmp0 (self->hint, hint) == 0)
    return;
  g_free (self->hint);
  self->hint = g_strdup (hint);
}

void
reg_cell_set_dim (RegCell *self, gboolean dim)
{
  g_return_if_fail (REG_IS_CELL (self));

  if (dim)
    gtk_widget_add_css_class (self->title, "dim-label");
  else
    gtk_widget_remove_css_class (self->title, "dim-label");
}

void
reg_cell_set_numeric (RegCell *self, gboolean numeric)
{
  g_return_if_fail (REG_IS_CELL (self));

  if (numeric)
    gtk_widget_add_css_class (self->title, "numeric");
  else
    gtk_widget_remove_css_class (self->title, "numeric");
}

void
reg_cell_clear (RegCell *self)
{
  reg_cell_set_text (self, NULL);
  reg_cell_set_subtitle (self, NULL);
  reg_cell_set_icon (self, NULL, NULL);
  reg_cell_set_second_icon (self, NULL, NULL);
  reg_cell_set_hint (self, NULL);
  reg_cell_set_dim (self, FALSE);
}

static void
append_label (GString *text, GtkWidget *label)
{
  const char *words = label != NULL && gtk_widget_get_visible (label)
                          ? gtk_label_get_label (GTK_LABEL (label))
                          : "";

  if (*words != '\0')
    g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", words);
}

void
reg_cell_append_text (RegCell *self, GString *text)
{
  g_return_if_fail (REG_IS_CELL (self));

  append_label (text, self->title);
  append_label (text, self->subtitle);
}
