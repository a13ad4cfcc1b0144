/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "Look again, but not at every page of a long pull": asked at any rate, it calls back at once and
 * then once in a while, and not again before the last look is through. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef struct _RegRefresh RegRefresh;
typedef void (*RegRefreshFunc) (gpointer data);

RegRefresh *reg_refresh_new (RegRefreshFunc func, gpointer data);
/* Looks only while the widget is on show; what was asked before is looked up when it is. */
void reg_refresh_follow (RegRefresh *self, GtkWidget *widget);
void reg_refresh_free (RegRefresh *self);
void reg_refresh_ask (RegRefresh *self);
/* The look that was asked for has been answered. */
void reg_refresh_done (RegRefresh *self);

G_END_DECLS
