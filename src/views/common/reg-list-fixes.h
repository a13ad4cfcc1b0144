/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

GtkWidget *reg_list_find_inner (GtkWidget *view);
void reg_list_steady_scrolling (GtkScrolledWindow *window);

G_END_DECLS
