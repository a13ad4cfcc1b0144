/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-views"

#include "views/courses/reg-course-page.h"

#include "views/common/reg-host.h"
#include "views/common/reg-refresh.h"
#include "views/common/reg-view.h"

#include <glib/gi18n-lib.h>

struct _RegCoursePage
{
  AdwBin parent_instance;

  AdwSqueezer *squeezer;
  AdwViewSwitcher *switcher;
  AdwViewStack *stack;
  AdwViewSwitcherBar *bar;

  RegWorkspace *workspace;
  RegRefresh *refresh;
  GPtrArray *tabs; /* of the stack, not owned */
  gint64 course_id;
  RegCourse *course; /* (nullable) */
  guint squeezed_idle;
};

static void reg_course_page_view_init (RegViewInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (RegCoursePage,
                               reg_course_page,
                               ADW_TYPE_BIN,
                               G_IMPLEMENT_INTERFACE (REG_TYPE_VIEW, reg_course_page_view_init))

/* The course itself. */

static void
update_tabs (RegCoursePage *self)
{
  GtkWidget *visible = adw_view_stack_get_visible_child (self->stack);

  for (guint i = 0; i < self->tabs->len; i++)
    {
      RegCourseTab *tab = g_ptr_array_index (self->tabs, i);
      AdwViewStackPage *page = adw_view_stack_get_page (self->stack, GTK_WIDGET (tab));
      gboolean is_for = reg_course_tab_is_for (tab, self->course);

      if (!is_for && visible == GTK_WIDGET (tab))
        adw_view_stack_set_visible_child (self->stack, g_ptr_array_index (self->tabs, 0));
      adw_view_stack_page_set_visible (page, is_for);
    }
}

static gpointer
read_course (RegStore *store, gpointer data, RegProgress *progress, GError **error)
{
  return reg_store_get_course (store, *(gint64 *)data, error);
}

static void
on_course_read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RegCoursePage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RegCourse) course = reg_workspace_run_finish (self->workspace, result, &error);
  RegHost *host = reg_host_from (GTK_WIDGET (self));

  if (self->refresh == NULL)
    return;
  reg_refresh_done (self->refresh);
  if (course == NULL)
    {
      if (host != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        reg_host_show_error (host, _ ("Could Not Look Up the Course"), error);
      return;
    }
  if (course->id != self->course_id)
    return;
  g_clear_pointer (&self->course, reg_course_free);
  self->course = g_steal_pointer (&course);
  update_tabs (self);
  reg_view_changed (REG_VIEW (self));
}

static void
look_again (gpointer data)
{
  RegCoursePage *self = data;

  if (self->course_id == 0)
    {
      reg_refresh_done (self->refresh);
      return;
    }
  reg_workspace_run_async (
      self->workspace, FALSE, read_course, g_memdup2 (&self->course_id, sizeof (gint64)), g_free,
      (GDestroyNotify)reg_course_free, NULL, on_course_read_cb, g_object_ref (self));
}

static void
on_workspace_changed_cb (RegCoursePage *self,
                         gboolean users,
                         gboolean courses,
                         gboolean enrollments,
                         gboolean outbox,
                         gboolean runs)
{
  if (courses && self->course_id != 0)
    reg_refresh_ask (self->refresh);
}

/* Tabs. */

static RegView *
get_view (RegCoursePage *self)
{
  GtkWidget *child = adw_view_stack_get_visible_child (self->stack);

  return REG_IS_VIEW (child) ? REG_VIEW (child) : NULL;
}

static void
on_tab_changed_cb (RegCoursePage *self)
{
  reg_view_changed (REG_VIEW (self));
}

/* The switcher is at the top where it has room; never moved in the middle of an allocation. */

static gboolean
on_squeezed_idle_cb (gpointer data)
{
  RegCoursePage *self = data;

  self->squeezed_idle = 0;
  adw_view_switcher_bar_set_reveal (self->bar, adw_squeezer_get_visible_child (self->squeezer)
                                                   != GTK_WIDGET (self->switcher));
  return G_SOURCE_REMOVE;
}

static void
on_squeezed_cb (RegCoursePage *self)
{
  if (self->squeezed_idle == 0)
    self->squeezed_idle = g_idle_add_full (G_PRIORITY_HIGH_IDLE, on_squeezed_idle_cb, self, NULL);
}

static void
on_filter_requested_cb (RegCoursePage *self, const RegEnrollmentQuery *query)
{
  for (guint i = 0; i < self->tabs->len; i++)
    {
      RegCourseTab *tab = g_ptr_array_index (self->tabs, i);

      if (!reg_course_tab_can_filter (tab))
        continue;
      adw_view_stack_set_visible_child (self->stack, GTK_WIDGET (tab));
      reg_course_tab_filter (tab, query);
      return;
    }
}

/* RegView. */

static char *
reg_course_page_dup_title (RegView *view)
{
  RegCoursePage *self = REG_COURSE_PAGE (view);

  return g_strdup (self->course != NULL ? self->course->title : "");
}

static char *
reg_course_page_dup_subtitle (RegView *view)
{
  RegCoursePage *self = REG_COURSE_PAGE (view);
  RegView *tab = get_view (self);
  char *subtitle = tab != NULL ? reg_view_dup_subtitle (tab) : NULL;

  return subtitle != NULL ? subtitle : self->course != NULL ? g_strdup (self->course->code) : NULL;
}

static void
reg_course_page_find (RegView *view)
{
  RegCoursePage *self = REG_COURSE_PAGE (view);

  /* Only a list can be searched: Ctrl+F elsewhere goes there. */
  if (get_view (self) == NULL)
    adw_view_stack_set_visible_child (self->stack, g_ptr_array_index (self->tabs, 0));
  if (get_view (self) != NULL)
    reg_view_find (get_view (self));
}

static void
reg_course_page_select_all (RegView *view)
{
  RegView *tab = get_view (REG_COURSE_PAGE (view));

  if (tab != NULL)
    reg_view_select_all (tab);
}

static void
reg_course_page_delete (RegView *view)
{
  RegView *tab = get_view (REG_COURSE_PAGE (view));

  if (tab != NULL)
    reg_view_delete (tab);
}

static void
reg_course_page_go_back (RegView *view)
{
  RegView *tab = get_view (REG_COURSE_PAGE (view));

  if (tab != NULL && reg_view_can_go_back (tab))
    reg_view_go_back (tab);
  else
    reg_view_close (view);
}

static void
reg_course_page_view_init (RegViewInterface *iface)
{
  iface->dup_title = reg_course_page_dup_title;
  iface->dup_subtitle = reg_course_page_dup_subtitle;
  iface->find = reg_course_page_find;
  iface->select_all = reg_course_page_select_all;
  iface->delete = reg_course_page_delete;
  iface->go_back = reg_course_page_go_back;
}

static void
reg_course_page_dispose (GObject *object)
{
  RegCoursePage *self = REG_COURSE_PAGE (object);

  g_clear_handle_id (&self->squeezed_idle, g_source_remove);
  g_clear_pointer (&self->refresh, reg_refresh_free);
  g_clear_pointer (&self->course, reg_course_free);
  g_clear_pointer (&self->tabs, g_ptr_array_unref);
  g_clear_object (&self->workspace);
  G_OBJECT_CLASS (reg_course_page_parent_class)->dispose (object);
}

static void
reg_course_page_class_init (RegCoursePageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = reg_course_page_dispose;

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/registrar_lms/Registrar/courses/reg-course-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RegCoursePage, squeezer);
  gtk_widget_class_bind_template_child (widget_class, RegCoursePage, switcher);
  gtk_widget_class_bind_template_child (widget_class, RegCoursePage, stack);
  gtk_widget_class_bind_template_child (widget_class, RegCoursePage, bar);
  gtk_widget_class_bind_template_callback (widget_class, on_tab_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_squeezed_cb);
}

static void
reg_course_page_init (RegCoursePage *self)
{
  self->tabs = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  self->refresh = reg_refresh_new (look_again, self);
}

/**
 * reg_course_page_new:
 * @workspace: the account on show
 *
 * Returns: (transfer floating): a page without tabs
 */
GtkWidget *
reg_course_page_new (RegWorkspace *workspace)
{
  RegCoursePage *self = g_object_new (REG_TYPE_COURSE_PAGE, NULL);

  self->workspace = g_object_ref (workspace);
  g_signal_connect_object (workspace, "changed", G_CALLBACK (on_workspace_changed_cb), self,
                           G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

/**
 * reg_course_page_add:
 * @self: a page
 * @name: what reg_course_page_show_tab () calls it
 * @title: what the switcher says, translated
 * @icon_name: its icon there
 * @tab: the tab
 */
void
reg_course_page_add (RegCoursePage *self,
                     const char *name,
                     const char *title,
                     const char *icon_name,
                     RegCourseTab *tab)
{
  g_return_if_fail (REG_IS_COURSE_PAGE (self));

  g_ptr_array_add (self->tabs, tab);
  adw_view_stack_add_titled (self->stack, GTK_WIDGET (tab), name, title);
  adw_view_stack_page_set_icon_name (adw_view_stack_get_page (self->stack, GTK_WIDGET (tab)),
                                     icon_name);
  g_signal_connect_object (tab, "filter-requested", G_CALLBACK (on_filter_requested_cb), self,
                           G_CONNECT_SWAPPED);
  if (REG_IS_VIEW (tab))
    g_signal_connect_object (tab, "view-changed", G_CALLBACK (on_tab_changed_cb), self,
                             G_CONNECT_SWAPPED);
}

/**
 * reg_course_page_show:
 * @self: a page
 * @course_id: the course to show
 *
 * Shows a course; another one than before begins with the first tab.
 */
void
reg_course_page_show (RegCoursePage *self, gint64 course_id)
{
  g_return_if_fail (REG_IS_COURSE_PAGE (self));

  if (course_id != self->course_id)
    {
      self->course_id = course_id;
      g_clear_pointer (&self->course, reg_course_free);
      adw_view_stack_set_visible_child (self->stack, g_ptr_array_index (self->tabs, 0));
    }
  for (guint i = 0; i < self->tabs->len; i++)
    reg_course_tab_show_course (g_ptr_array_index (self->tabs, i), course_id);
  look_again (self);
}

gint64
reg_course_page_get_course (RegCoursePage *self)
{
  g_return_val_if_fail (REG_IS_COURSE_PAGE (self), 0);

  return self->course_id;
}

/**
 * reg_course_page_show_tab:
 * @self: a page
 * @name: the tab's name
 *
 * Does nothing where the course has no such tab.
 */
void
reg_course_page_show_tab (RegCoursePage *self, const char *name)
{
  GtkWidget *child;

  g_return_if_fail (REG_IS_COURSE_PAGE (self));

  child = adw_view_stack_get_child_by_name (self->stack, name);
  if (child != NULL
      && adw_view_stack_page_get_visible (adw_view_stack_get_page (self->stack, child)))
    adw_view_stack_set_visible_child (self->stack, child);
}
