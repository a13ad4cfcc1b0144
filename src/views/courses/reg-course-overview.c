/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-views"

#include "views/courses/reg-course-overview.h"

#include "rules/reg-status.h"
#include "store/reg-store-overview.h"
#include "views/common/reg-chart-bar.h"
#include "views/common/reg-course-tab.h"
#include "views/common/reg-host.h"
#include "views/common/reg-refresh.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

#define COLUMN_HEIGHT 120

/* A part of the picture: a button that shows what it counts. */
typedef struct
{
  GtkButton *button;
  GtkLabel *value;
  RegChartBar *bar;
  GtkLabel *name;
  RegEnrollmentQuery query;
} Part;

struct _RegCourseOverview
{
  AdwBin parent_instance;

  GtkStack *stack;
  GtkLabel *total;
  GtkBox *statuses;
  GtkBox *dues;
  GtkBox *months;

  RegWorkspace *workspace;
  RegRefresh *refresh;
  gint64 course_id;
  Part status_parts[REG_N_STATUSES];
  Part due_parts[REG_N_DUE_FILTERS];
  Part month_parts[REG_OVERVIEW_MONTHS];
};

static void reg_course_overview_tab_init (RegCourseTabInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (RegCourseOverview,
                               reg_course_overview,
                               ADW_TYPE_BIN,
                               G_IMPLEMENT_INTERFACE (REG_TYPE_COURSE_TAB,
                                                      reg_course_overview_tab_init))

/* Filling in. */

static void
set_part (Part *part, const char *name, gint64 n, gint64 total, gint64 full)
{
  int percent = total > 0 ? (int)((n * 100 + total / 2) / total) : 0;
  g_autofree char *value = g_strdup_printf ("%'" PRIi64, n);
  /* Translators: a part of a picture, as "Completed: 120 of 300, 40 %" */
  g_autofree char *text =
      g_strdup_printf (_ ("%s: %'" PRIi64 " of %'" PRIi64 ", %d %%"), name, n, total, percent);

  gtk_label_set_label (part->value, value);
  reg_chart_bar_set_fraction (part->bar, full > 0 ? (double)n / (double)full : 0);
  gtk_accessible_update_property (GTK_ACCESSIBLE (part->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  text, -1);
  gtk_widget_set_tooltip_text (GTK_WIDGET (part->button), text);
  gtk_widget_set_sensitive (GTK_WIDGET (part->button), n > 0);
}

/* The percentage stands beside the number where there is room for it. */
static void
set_row (Part *part, const char *name, gint64 n, gint64 total)
{
  g_autofree char *value = NULL;
  int percent = total > 0 ? (int)((n * 100 + total / 2) / total) : 0;

  set_part (part, name, n, total, total);
  value = g_strdup_printf (_ ("%'" PRIi64 " · %d %%"), n, percent);
  gtk_label_set_label (part->value, value);
}

static const char *
get_due_label (RegDueFilter due)
{
  switch (due)
    {
    case REG_DUE_ANY:
      return "";
    case REG_DUE_OVERDUE:
      return _ ("Overdue");
    case REG_DUE_THIS_WEEK:
      return _ ("Due this week");
    case REG_DUE_LATER:
      return _ ("Due later");
    case REG_DUE_NONE:
      return _ ("No due date");
    }
  g_return_val_if_reached ("");
}

static void
show_months (RegCourseOverview *self, const RegOverview *overview)
{
  gint64 most = 1, total = overview->statuses[REG_STATUS_COMPLETED];

  for (guint i = 0; i < REG_OVERVIEW_MONTHS; i++)
    most = MAX (most, overview->months[i].n);
  for (guint i = 0; i < REG_OVERVIEW_MONTHS; i++)
    {
      const RegOverviewMonth *month = &overview->months[i];
      Part *part = &self->month_parts[i];
      g_autoptr (GDateTime) time = g_date_time_new_utc (month->year, month->month, 1, 0, 0, 0);
      g_autofree char *name = g_date_time_format (time, "%b");
      /* Translators: a month and its year, as "March 2026" */
      g_autofree char *whole = g_date_time_format (time, _ ("%B %Y"));

      set_part (part, whole, month->n, total, most);
      gtk_label_set_label (part->name, name);
      part->query = (RegEnrollmentQuery){ .statuses = REG_STATUS_BIT (REG_STATUS_COMPLETED),
                                          .requirement = -1,
                                          .access = -1,
                                          .completed_from = month->from,
                                          .completed_until = month->until };
    }
}

static void
show_overview (RegCourseOverview *self, const RegOverview *overview)
{
  g_autofree char *total = g_strdup_printf (
      ngettext ("%'d enrollment", "%'d enrollments", (gulong)overview->n), (int)overview->n);

  gtk_label_set_label (self->total, total);
  for (guint i = REG_STATUS_NOT_STARTED; i < REG_N_STATUSES; i++)
    {
      set_row (&self->status_parts[i], reg_status_get_label ((RegStatus)i), overview->statuses[i],
               overview->n);
      gtk_widget_set_visible (GTK_WIDGET (self->status_parts[i].button),
                              overview->statuses[i] > 0
                                  || (i != REG_STATUS_ENROLLED && i != REG_STATUS_UNENROLLED));
    }
  for (guint i = REG_DUE_OVERDUE; i < REG_N_DUE_FILTERS; i++)
    set_row (&self->due_parts[i], get_due_label ((RegDueFilter)i), overview->dues[i],
             overview->n_open);
  show_months (self, overview);
  gtk_stack_set_visible_child_name (self->stack, overview->n > 0 ? "picture" : "empty");
}

typedef struct
{
  gint64 course_id;
  char *today;
  RegOverview overview;
} Look;

static void
look_free (gpointer data)
{
  Look *look = data;

  g_free (look->today);
  g_free (look);
}

static gpointer
read_overview (RegStore *store, gpointer data, RegProgress *progress, GError **error)
{
  const Look *look = data;
  RegOverview overview;

  if (!reg_store_get_overview (store, look->course_id, look->today, &overview, error))
    return NULL;
  return g_memdup2 (&overview, sizeof overview);
}

typedef struct
{
  RegCourseOverview *self;
  gint64 course_id;
} Asked;

static void
on_read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Asked *asked = data;
  g_autoptr (RegCourseOverview) self = asked->self;
  g_autoptr (GError) error = NULL;
  g_autofree RegOverview *overview =
      reg_workspace_run_finish (REG_WORKSPACE (source), result, &error);
  RegHost *host = reg_host_from (GTK_WIDGET (self));

  if (self->refresh == NULL)
    return;
  reg_refresh_done (self->refresh);
  if (overview != NULL && asked->course_id == self->course_id)
    show_overview (self, overview);
  else if (overview == NULL && host != NULL
           && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    reg_host_show_error (host, _ ("Could Not Look Up the Course"), error);
}

static void
look_again (gpointer data)
{
  RegCourseOverview *self = data;
  Look *look;
  Asked *asked;

  if (self->course_id == 0)
    {
      reg_refresh_done (self->refresh);
      return;
    }
  look = g_new0 (Look, 1);
  look->course_id = self->course_id;
  look->today = g_strdup (reg_workspace_get_today (self->workspace));
  asked = g_new0 (Asked, 1);
  asked->self = g_object_ref (self);
  asked->course_id = self->course_id;
  reg_workspace_run_async (self->workspace, FALSE, read_overview, look, look_free, g_free, NULL,
                           on_read_cb, asked);
}

static void
on_workspace_changed_cb (RegCourseOverview *self,
                         gboolean users,
                         gboolean courses,
                         gboolean enrollments,
                         gboolean outbox,
                         gboolean runs)
{
  if (courses || enrollments)
    reg_refresh_ask (self->refresh);
}

/* Building. */

static Part *
find_part (RegCourseOverview *self, GtkButton *button)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->status_parts); i++)
    if (self->status_parts[i].button == button)
      return &self->status_parts[i];
  for (guint i = 0; i < G_N_ELEMENTS (self->due_parts); i++)
    if (self->due_parts[i].button == button)
      return &self->due_parts[i];
  for (guint i = 0; i < G_N_ELEMENTS (self->month_parts); i++)
    if (self->month_parts[i].button == button)
      return &self->month_parts[i];
  return NULL;
}

static void
on_part_clicked_cb (RegCourseOverview *self, GtkButton *button)
{
  const Part *part = find_part (self, button);

  if (part != NULL)
    reg_course_tab_request_filter (REG_COURSE_TAB (self), &part->query);
}

static void
add_button (RegCourseOverview *self, Part *part, GtkBox *box, GtkWidget *child)
{
  part->button = GTK_BUTTON (gtk_button_new ());
  gtk_button_set_child (part->button, child);
  gtk_widget_add_css_class (GTK_WIDGET (part->button), "flat");
  g_signal_connect_object (part->button, "clicked", G_CALLBACK (on_part_clicked_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (box, GTK_WIDGET (part->button));
}

/* A name and its number, and the bar beneath. */
static void
add_row (RegCourseOverview *self, Part *part, GtkBox *box, const char *name, const char *style)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  part->name = GTK_LABEL (gtk_label_new (name));
  gtk_label_set_xalign (part->name, 0);
  gtk_label_set_ellipsize (part->name, PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (GTK_WIDGET (part->name), TRUE);
  part->value = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_add_css_class (GTK_WIDGET (part->value), "numeric");
  gtk_box_append (GTK_BOX (texts), GTK_WIDGET (part->name));
  gtk_box_append (GTK_BOX (texts), GTK_WIDGET (part->value));
  gtk_box_append (GTK_BOX (row), texts);
  part->bar = REG_CHART_BAR (reg_chart_bar_new (GTK_ORIENTATION_HORIZONTAL, 60));
  gtk_widget_add_css_class (GTK_WIDGET (part->bar), style);
  gtk_box_append (GTK_BOX (row), GTK_WIDGET (part->bar));
  add_button (self, part, box, row);
}

/* A number, the bar beneath, and the month beneath that. */
static void
add_column (RegCourseOverview *self, Part *part)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  part->value = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_ellipsize (part->value, PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (GTK_WIDGET (part->value), "numeric");
  gtk_widget_add_css_class (GTK_WIDGET (part->value), "caption");
  gtk_box_append (GTK_BOX (column), GTK_WIDGET (part->value));
  part->bar = REG_CHART_BAR (reg_chart_bar_new (GTK_ORIENTATION_VERTICAL, COLUMN_HEIGHT));
  gtk_widget_set_halign (GTK_WIDGET (part->bar), GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (GTK_WIDGET (part->bar), "reg-chart-completed");
  gtk_box_append (GTK_BOX (column), GTK_WIDGET (part->bar));
  part->name = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_ellipsize (part->name, PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (GTK_WIDGET (part->name), "caption");
  gtk_box_append (GTK_BOX (column), GTK_WIDGET (part->name));
  add_button (self, part, self->months, column);
  gtk_widget_add_css_class (GTK_WIDGET (part->button), "reg-chart-column");
}

static const char *
get_status_style (RegStatus status)
{
  switch (status)
    {
    case REG_STATUS_COMPLETED:
      return "reg-chart-completed";
    case REG_STATUS_STARTED:
    case REG_STATUS_IN_PROGRESS:
    case REG_STATUS_ENROLLED:
      return "reg-chart-going";
    case REG_STATUS_ABSENT:
    case REG_STATUS_NOT_STARTED:
    case REG_STATUS_UNENROLLED:
      return "reg-chart-idle";
    }
  g_return_val_if_reached ("reg-chart-idle");
}

static void
add_parts (RegCourseOverview *self)
{
  static const RegStatus statuses[] = { REG_STATUS_COMPLETED,   REG_STATUS_IN_PROGRESS,
                                        REG_STATUS_STARTED,     REG_STATUS_ENROLLED,
                                        REG_STATUS_NOT_STARTED, REG_STATUS_UNENROLLED };
  static const RegDueFilter dues[] = { REG_DUE_OVERDUE, REG_DUE_THIS_WEEK, REG_DUE_LATER,
                                       REG_DUE_NONE };

  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      Part *part = &self->status_parts[statuses[i]];

      add_row (self, part, self->statuses, reg_status_get_label (statuses[i]),
               get_status_style (statuses[i]));
      part->query = (RegEnrollmentQuery){ .statuses = REG_STATUS_BIT (statuses[i]),
                                          .requirement = -1,
                                          .access = -1 };
    }
  for (guint i = 0; i < G_N_ELEMENTS (dues); i++)
    {
      Part *part = &self->due_parts[dues[i]];

      add_row (self, part, self->dues, get_due_label (dues[i]),
               dues[i] == REG_DUE_OVERDUE     ? "reg-chart-overdue"
               : dues[i] == REG_DUE_THIS_WEEK ? "reg-chart-soon"
                                              : "reg-chart-idle");
      part->query = (RegEnrollmentQuery){
        .statuses = REG_STATUS_ALL_OPEN, .requirement = -1, .access = -1, .due = dues[i]
      };
    }
  for (guint i = 0; i < REG_OVERVIEW_MONTHS; i++)
    {
      add_column (self, &self->month_parts[i]);
      set_part (&self->month_parts[i], _ ("Completions"), 0, 0, 0);
    }
}

static void
reg_course_overview_show_course (RegCourseTab *tab, gint64 course_id)
{
  RegCourseOverview *self = REG_COURSE_OVERVIEW (tab);

  if (course_id != self->course_id)
    gtk_stack_set_visible_child_name (self->stack, "loading");
  self->course_id = course_id;
  reg_refresh_ask (self->refresh);
}

static void
reg_course_overview_tab_init (RegCourseTabInterface *iface)
{
  iface->show_course = reg_course_overview_show_course;
}

static void
reg_course_overview_dispose (GObject *object)
{
  RegCourseOverview *self = REG_COURSE_OVERVIEW (object);

  g_clear_pointer (&self->refresh, reg_refresh_free);
  g_clear_object (&self->workspace);
  G_OBJECT_CLASS (reg_course_overview_parent_class)->dispose (object);
}

static void
reg_course_overview_class_init (RegCourseOverviewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = reg_course_overview_dispose;

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/registrar_lms/Registrar/courses/reg-course-overview.ui");
  gtk_widget_class_bind_template_child (widget_class, RegCourseOverview, stack);
  gtk_widget_class_bind_template_child (widget_class, RegCourseOverview, total);
  gtk_widget_class_bind_template_child (widget_class, RegCourseOverview, statuses);
  gtk_widget_class_bind_template_child (widget_class, RegCourseOverview, dues);
  gtk_widget_class_bind_template_child (widget_class, RegCourseOverview, months);
}

static void
reg_course_overview_init (RegCourseOverview *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  add_parts (self);
  self->refresh = reg_refresh_new (look_again, self);
  reg_refresh_follow (self->refresh, GTK_WIDGET (self));
}

/**
 * reg_course_overview_new:
 * @workspace: the account on show
 */
GtkWidget *
reg_course_overview_new (RegWorkspace *workspace)
{
  RegCourseOverview *self = g_object_new (REG_TYPE_COURSE_OVERVIEW, NULL);

  self->workspace = g_object_ref (workspace);
  g_signal_connect_object (workspace, "changed", G_CALLBACK (on_workspace_changed_cb), self,
                           G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
