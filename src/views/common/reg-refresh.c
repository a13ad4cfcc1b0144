/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-views"

#include "views/common/reg-refresh.h"

/* At most some four looks a second. */
#define INTERVAL_MS 250

struct _RegRefresh
{
  RegRefreshFunc func;
  gpointer data;
  GtkWidget *widget; /* (nullable): whose look it is */
  gulong map_handler;
  guint timeout_id;
  gboolean is_asked;
  gboolean is_looking;
};

static void look (RegRefresh *self);

static gboolean
on_interval_over_cb (gpointer data)
{
  RegRefresh *self = data;

  self->timeout_id = 0;
  if (self->is_asked && !self->is_looking)
    look (self);
  return G_SOURCE_REMOVE;
}

static void
look (RegRefresh *self)
{
  if (self->widget != NULL && !gtk_widget_get_mapped (self->widget))
    return;
  self->is_asked = FALSE;
  self->is_looking = TRUE;
  self->timeout_id = g_timeout_add (INTERVAL_MS, on_interval_over_cb, self);
  self->func (self->data);
}

/**
 * reg_refresh_new:
 * @func: looks again; answers later with reg_refresh_done ()
 */
RegRefresh *
reg_refresh_new (RegRefreshFunc func, gpointer data)
{
  RegRefresh *self = g_new0 (RegRefresh, 1);

  self->func = func;
  self->data = data;
  return self;
}

static void
on_map_cb (RegRefresh *self)
{
  if (self->is_asked && self->timeout_id == 0 && !self->is_looking)
    look (self);
}

/**
 * reg_refresh_follow:
 * @widget: whose look it is; it frees @self before it goes
 *
 * From now on nobody looks for a widget that is not on show. What it asks for meanwhile is looked
 * up when it comes on show.
 */
void
reg_refresh_follow (RegRefresh *self, GtkWidget *widget)
{
  self->widget = widget;
  self->map_handler = g_signal_connect_data (widget, "map", G_CALLBACK (on_map_cb), self, NULL,
                                             G_CONNECT_SWAPPED | G_CONNECT_AFTER);
}

void
reg_refresh_free (RegRefresh *self)
{
  if (self->widget != NULL)
    g_signal_handler_disconnect (self->widget, self->map_handler);
  g_clear_handle_id (&self->timeout_id, g_source_remove);
  g_free (self);
}

void
reg_refresh_ask (RegRefresh *self)
{
  self->is_asked = TRUE;
  if (self->timeout_id == 0 && !self->is_looking)
    look (self);
}

void
reg_refresh_done (RegRefresh *self)
{
  if (self == NULL)
    return;
  self->is_looking = FALSE;
  if (self->is_asked && self->timeout_id == 0)
    look (self);
}
