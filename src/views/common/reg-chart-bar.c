/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-views"

#include "views/common/reg-chart-bar.h"

#define THICKNESS 12
#define TRACK_ALPHA 0.12f
/* What is there is seen, however little it is. */
#define MIN_LENGTH 3

struct _RegChartBar
{
  GtkWidget parent_instance;

  GtkOrientation orientation;
  int length;
  double fraction;
};

G_DEFINE_FINAL_TYPE (RegChartBar, reg_chart_bar, GTK_TYPE_WIDGET)

static void
reg_chart_bar_measure (GtkWidget *widget,
                       GtkOrientation orientation,
                       int for_size,
                       int *minimum,
                       int *natural,
                       int *minimum_baseline,
                       int *natural_baseline)
{
  RegChartBar *self = REG_CHART_BAR (widget);

  *minimum = *natural = orientation == self->orientation ? self->length : THICKNESS;
  *minimum_baseline = *natural_baseline = -1;
}

static void
append_bar (GtkSnapshot *snapshot, const graphene_rect_t *bounds, const GdkRGBA *color)
{
  GskRoundedRect shape;

  gsk_rounded_rect_init_from_rect (
      &shape, bounds, MIN (THICKNESS, MIN (bounds->size.width, bounds->size.height)) / 2);
  gtk_snapshot_push_rounded_clip (snapshot, &shape);
  gtk_snapshot_append_color (snapshot, color, bounds);
  gtk_snapshot_pop (snapshot);
}

static void
reg_chart_bar_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  RegChartBar *self = REG_CHART_BAR (widget);
  float width = (float)gtk_widget_get_width (widget);
  float height = (float)gtk_widget_get_height (widget);
  gboolean is_vertical = self->orientation == GTK_ORIENTATION_VERTICAL;
  float total = is_vertical ? height : width;
  float part = self->fraction > 0 ? MAX (MIN_LENGTH, total * (float)self->fraction) : 0;
  graphene_rect_t bounds = GRAPHENE_RECT_INIT (0, 0, width, height);
  GdkRGBA color, track;

  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &color);
  track = color;
  track.alpha *= TRACK_ALPHA;
  append_bar (snapshot, &bounds, &track);
  if (part <= 0)
    return;
  if (is_vertical)
    bounds = GRAPHENE_RECT_INIT (0, height - part, width, part);
  else if (gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL)
    bounds = GRAPHENE_RECT_INIT (width - part, 0, part, height);
  else
    bounds = GRAPHENE_RECT_INIT (0, 0, part, height);
  append_bar (snapshot, &bounds, &color);
}

static void
reg_chart_bar_class_init (RegChartBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->measure = reg_chart_bar_measure;
  widget_class->snapshot = reg_chart_bar_snapshot;
  gtk_widget_class_set_css_name (widget_class, "chartbar");
  /* What it shows is said by what it stands in. */
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
reg_chart_bar_init (RegChartBar *self)
{
}

GtkWidget *
reg_chart_bar_new (GtkOrientation orientation, int length)
{
  RegChartBar *self = g_object_new (REG_TYPE_CHART_BAR, NULL);

  self->orientation = orientation;
  self->length = length;
  return GTK_WIDGET (self);
}

void
reg_chart_bar_set_fraction (RegChartBar *self, double fraction)
{
  g_return_if_fail (REG_IS_CHART_BAR (self));

  self->fraction = CLAMP (fraction, 0, 1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
