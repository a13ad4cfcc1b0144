/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One bar of a picture, drawn in the colour of its style. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define REG_TYPE_CHART_BAR (reg_chart_bar_get_type ())
G_DECLARE_FINAL_TYPE (RegChartBar, reg_chart_bar, REG, CHART_BAR, GtkWidget)

/* length: how much room it takes along the orientation at least */
GtkWidget *reg_chart_bar_new (GtkOrientation orientation, int length);
/* 0 … 1 */
void reg_chart_bar_set_fraction (RegChartBar *self, double fraction);

G_END_DECLS
