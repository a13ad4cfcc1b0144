/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-views"

#include "views/common/reg-filter-strip.h"

struct _RegFilterStrip
{
  AdwBin parent_instance;

  GtkLabel *text;
};

G_DEFINE_FINAL_TYPE (RegFilterStrip, reg_filter_strip, ADW_TYPE_BIN)

static void
reg_filter_strip_class_init (RegFilterStripClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/registrar_lms/Registrar/common/reg-filter-strip.ui");
  gtk_widget_class_bind_template_child (widget_class, RegFilterStrip, text);
}

static void
reg_filter_strip_init (RegFilterStrip *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
reg_filter_strip_set_text (RegFilterStrip *self, const char *text)
{
  g_return_if_fail (REG_IS_FILTER_STRIP (self));

  gtk_label_set_label (self->text, text != NULL ? text : "");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->text), text);
  gtk_widget_set_visible (GTK_WIDGET (self), text != NULL);
}
