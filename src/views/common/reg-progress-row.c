/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-views"

#include "views/common/reg-progress-row.h"

#include <glib/gi18n-lib.h>

/* Work that ends sooner than this is not worth a row that comes and goes. */
#define DELAY_MS 300

struct _RegProgressRow
{
  AdwBin parent_instance;

  GtkRevealer *revealer;
  GtkLabel *title;
  GtkProgressBar *bar;
  GtkButton *cancel;

  RegProgress *progress;
  guint delay_id;
};

G_DEFINE_FINAL_TYPE (RegProgressRow, reg_progress_row, ADW_TYPE_BIN)

static void
on_changed_cb (RegProgressRow *self)
{
  g_autofree char *text = reg_progress_dup_text (self->progress);
  double fraction = reg_progress_get_fraction (self->progress);
  const char *title = reg_progress_get_title (self->progress);

  if (text != NULL && *text != '\0')
    title = text;
  gtk_label_set_label (self->title, title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->bar), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  -1);
  if (fraction < 0)
    gtk_progress_bar_pulse (self->bar);
  else
    gtk_progress_bar_set_fraction (self->bar, fraction);
}

static void
on_cancel_clicked_cb (RegProgressRow *self)
{
  gtk_widget_set_sensitive (GTK_WIDGET (self->cancel), FALSE);
  if (self->progress != NULL)
    reg_progress_cancel (self->progress);
}

static gboolean
on_delay_over_cb (gpointer data)
{
  RegProgressRow *self = data;

  self->delay_id = 0;
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
  gtk_revealer_set_reveal_child (self->revealer, TRUE);
  return G_SOURCE_REMOVE;
}

static void
forget (RegProgressRow *self)
{
  g_clear_handle_id (&self->delay_id, g_source_remove);
  if (self->progress != NULL)
    g_signal_handlers_disconnect_by_data (self->progress, self);
  g_clear_object (&self->progress);
}

static void
reg_progress_row_dispose (GObject *object)
{
  forget (REG_PROGRESS_ROW (object));
  G_OBJECT_CLASS (reg_progress_row_parent_class)->dispose (object);
}

static void
reg_progress_row_class_init (RegProgressRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = reg_progress_row_dispose;

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/registrar_lms/Registrar/common/reg-progress-row.ui");
  gtk_widget_class_bind_template_child (widget_class, RegProgressRow, revealer);
  gtk_widget_class_bind_template_child (widget_class, RegProgressRow, title);
  gtk_widget_class_bind_template_child (widget_class, RegProgressRow, bar);
  gtk_widget_class_bind_template_child (widget_class, RegProgressRow, cancel);
  gtk_widget_class_bind_template_callback (widget_class, on_cancel_clicked_cb);
}

static void
reg_progress_row_init (RegProgressRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
reg_progress_row_new (void)
{
  return g_object_new (REG_TYPE_PROGRESS_ROW, NULL);
}

void
reg_progress_row_set_progress (RegProgressRow *self, RegProgress *progress)
{
  g_return_if_fail (REG_IS_PROGRESS_ROW (self));

  if (progress == self->progress)
    return;
  forget (self);
  if (progress == NULL)
    {
      gtk_revealer_set_reveal_child (self->revealer, FALSE);
      gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
      return;
    }
  self->progress = g_object_ref (progress);
  g_signal_connect_object (progress, "changed", G_CALLBACK (on_changed_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_set_sensitive (GTK_WIDGET (self->cancel), TRUE);
  gtk_progress_bar_set_fraction (self->bar, 0);
  on_changed_cb (self);
  self->delay_id = g_timeout_add (DELAY_MS, on_delay_over_cb, self);
}
