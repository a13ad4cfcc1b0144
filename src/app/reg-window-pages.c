/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sidebar and the pages beside it. */
#define G_LOG_DOMAIN "reg-app"

#include "app/reg-window-private.h"

#include "views/courses/reg-courses-page.h"

#include <glib/gi18n-lib.h>

static const struct
{
  const char *page;
  const char *icon;
  const char *title;
} places[REG_N_PLACES] = {
  { "users", "system-users-symbolic", N_ ("Users") },
  { "courses", "reg-course-symbolic", N_ ("Courses") },
  { "imports", "x-office-spreadsheet-symbolic", N_ ("Imports") },
  { "changes", "document-send-symbolic", N_ ("Pending Changes") },
};

RegView *
reg_window_get_view (RegWindow *self)
{
  GtkWidget *child = gtk_stack_get_visible_child (self->pages);

  return child != NULL && self->workspace != NULL ? REG_VIEW (child) : NULL;
}

gint64
reg_window_get_open_course (RegWindow *self)
{
  if (gtk_stack_get_visible_child (self->pages) != GTK_WIDGET (self->course))
    return 0;
  return reg_course_page_get_course (self->course);
}

static void
select_place (RegWindow *self, const char *page)
{
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    if (g_strcmp0 (places[i].page, page) == 0)
      gtk_list_box_select_row (self->sidebar,
                               gtk_list_box_get_row_at_index (self->sidebar, (int)i));
}

/* Tab goes through the places and marks each on its way, without going there. */
static void
on_sidebar_left_cb (RegWindow *self)
{
  select_place (self, self->place);
}

void
reg_window_show_page (RegWindow *self, const char *page)
{
  if (self->workspace == NULL)
    return;
  self->place = page;
  gtk_stack_set_visible_child_name (self->pages, page);
  select_place (self, page);
  adw_leaflet_set_visible_child (self->leaflet, GTK_WIDGET (self->content));
}

void
reg_window_show_place (RegWindow *self, guint place)
{
  if (place < REG_N_PLACES)
    reg_window_show_page (self, places[place].page);
}

static GtkWidget *
create_place (RegWindow *self, guint index)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *label = gtk_label_new (_ (places[index].title));
  GtkWidget *row = gtk_list_box_row_new ();

  self->sidebar_counts[index] = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->sidebar_counts[index], "dim-label");
  gtk_widget_add_css_class (self->sidebar_counts[index], "numeric");
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name (places[index].icon));
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), self->sidebar_counts[index]);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ (places[index].title), -1);
  return row;
}

void
reg_window_add_places (RegWindow *self)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();

  for (guint i = 0; i < REG_N_PLACES; i++)
    gtk_list_box_append (self->sidebar, create_place (self, i));
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (on_sidebar_left_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->sidebar), focus);
}

void
reg_window_show_count (RegWindow *self, RegPlace place, gint64 n, const char *words)
{
  g_autofree char *number = g_strdup_printf ("%'" G_GINT64_FORMAT, n);
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->sidebar, (int)place);
  g_autofree char *name = NULL;

  gtk_label_set_label (GTK_LABEL (self->sidebar_counts[place]), n > 0 ? number : "");
  name = n > 0 ? g_strdup_printf ("%s, %s", _ (places[place].title), words != NULL ? words : number)
               : g_strdup (_ (places[place].title));
  gtk_widget_set_tooltip_text (self->sidebar_counts[place], words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, name,
                                  -1);
}

static void
reg_window_open_user (RegHost *host, gint64 user_id)
{
  RegWindow *self = REG_WINDOW (host);

  reg_window_show_page (self, "users");
  reg_users_page_open (self->users, user_id);
}

static void
on_import_started_cb (RegWindow *self, const RegImportRun *run)
{
  g_autofree char *text = g_strdup_printf (_ ("Import of “%s” started"), run->file_name);

  reg_host_toast (REG_HOST (self), text, run->batch_id);
  reg_host_open_run (REG_HOST (self), run->id);
}

void
reg_window_show_wizard (RegWindow *self, GtkWidget *wizard)
{
  g_signal_connect_object (wizard, "started", G_CALLBACK (on_import_started_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (wizard));
}

/* (transfer none) (nullable): the wizard that is open */
RegImportWizard *
reg_window_find_wizard (RegWindow *self)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      /* GTK keeps it. */
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (REG_IS_IMPORT_WIZARD (window)
          && gtk_window_get_transient_for (window) == GTK_WINDOW (self))
        return REG_IMPORT_WIZARD (window);
    }
  return NULL;
}

static void
reg_window_open_import (RegHost *host, GFile *file, gint64 course_id)
{
  RegWindow *self = REG_WINDOW (host);
  RegImportWizard *wizard = reg_window_find_wizard (self);

  if (wizard != NULL)
    reg_import_wizard_open (wizard, file);
  else if (self->workspace != NULL)
    reg_window_show_wizard (
        self, reg_import_wizard_new (GTK_WINDOW (self), self->workspace, file, course_id));
}

static void
reg_window_correct_run (RegHost *host, gint64 run_id)
{
  RegWindow *self = REG_WINDOW (host);

  if (self->workspace != NULL)
    reg_window_show_wizard (
        self, reg_import_wizard_new_for_run (GTK_WINDOW (self), self->workspace, run_id));
}

static void
reg_window_open_people (RegHost *host, const gint64 *user_ids, gsize n, const char *what)
{
  RegWindow *self = REG_WINDOW (host);

  if (self->users == NULL)
    return;
  reg_window_show_page (self, "users");
  reg_users_page_show_only (self->users, user_ids, n, what);
}

static void
reg_window_open_run (RegHost *host, gint64 run_id)
{
  RegWindow *self = REG_WINDOW (host);

  reg_window_show_page (self, "imports");
  reg_imports_page_open_run (self->imports, run_id);
}

static void
reg_window_open_changes (RegHost *host, gint64 batch_id)
{
  RegWindow *self = REG_WINDOW (host);

  reg_window_show_page (self, "changes");
  reg_changes_page_open_batch (self->changes, batch_id);
}

static void
show_enrollments (RegWindow *self)
{
  reg_window_show_page (self, "users");
  gtk_stack_set_visible_child_name (self->pages, "enrollments");
}

static void
reg_window_open_enrollments (RegHost *host, gint64 user_id)
{
  RegWindow *self = REG_WINDOW (host);

  reg_enrollments_page_show (self->enrollments, user_id);
  show_enrollments (self);
}

void
reg_window_show_records (RegWindow *self)
{
  if (self->workspace == NULL)
    return;
  reg_window_show_page (self, "users");
  gtk_stack_set_visible_child_name (self->pages, "records");
}

void
reg_window_leave_enrollments (RegWindow *self)
{
  reg_window_show_page (self, "users");
}

static void
reg_window_open_course (RegHost *host, gint64 course_id)
{
  RegWindow *self = REG_WINDOW (host);

  if (gtk_stack_get_visible_child (self->pages) != GTK_WIDGET (self->course))
    self->course_from = g_intern_string (gtk_stack_get_visible_child_name (self->pages));
  reg_course_page_show (self->course, course_id);
  reg_window_show_page (self, "courses");
  gtk_stack_set_visible_child_name (self->pages, "course");
}

static void
reg_window_open_team (RegHost *host, gint64 label_id)
{
  RegWindow *self = REG_WINDOW (host);

  reg_window_show_page (self, "courses");
  reg_courses_page_show_team (
      REG_COURSES_PAGE (gtk_stack_get_child_by_name (self->pages, "courses")), label_id);
}

/* Back is to where the course was opened. */
void
reg_window_leave_course (RegWindow *self)
{
  if (g_strcmp0 (self->course_from, "enrollments") == 0)
    show_enrollments (self);
  else
    reg_window_show_page (self, self->course_from != NULL ? self->course_from : "courses");
}

void
reg_window_pages_init_host (RegHostInterface *iface)
{
  iface->open_enrollments = reg_window_open_enrollments;
  iface->open_course = reg_window_open_course;
  iface->open_team = reg_window_open_team;
  iface->open_user = reg_window_open_user;
  iface->open_import = reg_window_open_import;
  iface->open_run = reg_window_open_run;
  iface->correct_run = reg_window_correct_run;
  iface->open_people = reg_window_open_people;
  iface->open_changes = reg_window_open_changes;
}
