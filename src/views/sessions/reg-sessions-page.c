/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-views"

#include "views/sessions/reg-sessions-page.h"

#include "rules/reg-operation.h"
#include "rules/reg-seat.h"
#include "views/common/reg-course-tab.h"
#include "views/common/reg-host.h"
#include "views/common/reg-refresh.h"
#include "views/common/reg-session-row.h"
#include "views/sessions/reg-session-people.h"

#include <glib/gi18n-lib.h>

struct _RegSessionsPage
{
  AdwBin parent_instance;

  GtkStack *stack;
  AdwPreferencesPage *page;

  RegWorkspace *workspace;
  RegRefresh *refresh;
  GTimeZone *time_zone;
  gint64 course_id;
  GPtrArray *groups; /* of the page, not owned */
};

static void reg_sessions_page_tab_init (RegCourseTabInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (RegSessionsPage,
                               reg_sessions_page,
                               ADW_TYPE_BIN,
                               G_IMPLEMENT_INTERFACE (REG_TYPE_COURSE_TAB,
                                                      reg_sessions_page_tab_init))

static void
on_row_activated_cb (AdwActionRow *row, RegSessionsPage *self)
{
  RegEnrollmentQuery query = { .course_id = self->course_id,
                               .requirement = -1,
                               .access = -1,
                               .session_id = reg_session_row_get (GTK_WIDGET (row))->id };

  reg_course_tab_request_filter (REG_COURSE_TAB (self), &query);
}

static void
on_add_clicked_cb (GtkWidget *button, RegSessionsPage *self)
{
  GtkWidget *row = gtk_widget_get_ancestor (button, ADW_TYPE_ACTION_ROW);

  reg_session_people_present (GTK_WIDGET (self), self->workspace, reg_session_row_get (row));
}

/* Who may not, is not offered it. */
static gboolean
may_add (RegSessionsPage *self, const RegSession *session)
{
  return reg_session_is_open (session, g_get_real_time () / G_USEC_PER_SEC, self->time_zone)
         && !reg_session_is_full (session)
         && reg_workspace_offers (self->workspace, reg_operation_find ("change-session"),
                                  session->course_id);
}

static GtkWidget *
create_row (RegSessionsPage *self, const RegSession *session)
{
  GtkWidget *row = reg_session_row_new (session, self->time_zone, FALSE);

  if (may_add (self, session))
    {
      GtkWidget *button = gtk_button_new_from_icon_name ("list-add-symbolic");
      g_autofree char *label = reg_session_dup_label (session, self->time_zone);
      /* Translators: %s is a session, as "Berlin, 2026-12-02 09:00". */
      g_autofree char *text = g_strdup_printf (_ ("Add people to %s"), label);

      gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
      gtk_widget_add_css_class (button, "flat");
      gtk_widget_set_tooltip_text (button, _ ("Add People…"));
      gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, text,
                                      -1);
      g_signal_connect_object (button, "clicked", G_CALLBACK (on_add_clicked_cb), self, 0);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
    }
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_widget_set_tooltip_text (row, _ ("Show its people"));
  g_signal_connect_object (row, "activated", G_CALLBACK (on_row_activated_cb), self, 0);
  return row;
}

static void
show_sessions (RegSessionsPage *self, GPtrArray *sessions)
{
  AdwPreferencesGroup *groups[REG_SESSION_OLD + 1] = { NULL };

  for (guint i = 0; i < self->groups->len; i++)
    adw_preferences_page_remove (self->page, g_ptr_array_index (self->groups, i));
  g_ptr_array_set_size (self->groups, 0);
  reg_session_row_sort (sessions, self->time_zone);
  for (guint i = 0; i < sessions->len; i++)
    {
      const RegSession *session = g_ptr_array_index (sessions, i);
      RegSessionAge age = reg_session_row_get_age (session, self->time_zone);

      if (groups[age] == NULL)
        {
          groups[age] = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
          adw_preferences_group_set_title (groups[age], reg_session_row_get_age_label (age));
          adw_preferences_page_add (self->page, groups[age]);
          g_ptr_array_add (self->groups, groups[age]);
        }
      adw_preferences_group_add (groups[age], create_row (self, session));
    }
  gtk_stack_set_visible_child_name (self->stack, sessions->len > 0 ? "sessions" : "none");
}

static gpointer
read_sessions (RegStore *store, gpointer data, RegProgress *progress, GError **error)
{
  return reg_store_list_sessions (store, *(gint64 *)data, error);
}

static void
on_sessions_read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RegSessionsPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) sessions = reg_workspace_run_finish (self->workspace, result, &error);
  RegHost *host = reg_host_from (GTK_WIDGET (self));

  if (self->refresh == NULL)
    return;
  reg_refresh_done (self->refresh);
  if (sessions != NULL)
    show_sessions (self, sessions);
  else if (host != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    reg_host_show_error (host, _ ("Could Not Look Up the Sessions"), error);
}

static void
look_again (gpointer data)
{
  RegSessionsPage *self = data;

  if (self->course_id == 0)
    {
      reg_refresh_done (self->refresh);
      return;
    }
  g_clear_pointer (&self->time_zone, g_time_zone_unref);
  self->time_zone = reg_session_row_dup_time_zone (self->workspace);
  reg_workspace_run_async (
      self->workspace, FALSE, read_sessions, g_memdup2 (&self->course_id, sizeof (gint64)), g_free,
      (GDestroyNotify)g_ptr_array_unref, NULL, on_sessions_read_cb, g_object_ref (self));
}

/* Seats follow what waits. */
static void
on_workspace_changed_cb (RegSessionsPage *self,
                         gboolean users,
                         gboolean courses,
                         gboolean enrollments,
                         gboolean outbox,
                         gboolean runs)
{
  if (courses || enrollments || outbox)
    reg_refresh_ask (self->refresh);
}

static void
reg_sessions_page_show_course (RegCourseTab *tab, gint64 course_id)
{
  RegSessionsPage *self = REG_SESSIONS_PAGE (tab);

  self->course_id = course_id;
  reg_refresh_ask (self->refresh);
}

static gboolean
reg_sessions_page_is_for (RegCourseTab *tab, const RegCourse *course)
{
  return course->kind == REG_COURSE_ILT;
}

static void
reg_sessions_page_tab_init (RegCourseTabInterface *iface)
{
  iface->show_course = reg_sessions_page_show_course;
  iface->is_for = reg_sessions_page_is_for;
}

static void
reg_sessions_page_dispose (GObject *object)
{
  RegSessionsPage *self = REG_SESSIONS_PAGE (object);

  g_clear_pointer (&self->refresh, reg_refresh_free);
  g_clear_pointer (&self->groups, g_ptr_array_unref);
  g_clear_pointer (&self->time_zone, g_time_zone_unref);
  g_clear_object (&self->workspace);
  G_OBJECT_CLASS (reg_sessions_page_parent_class)->dispose (object);
}

static void
reg_sessions_page_class_init (RegSessionsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = reg_sessions_page_dispose;

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/registrar_lms/Registrar/sessions/reg-sessions-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RegSessionsPage, stack);
  gtk_widget_class_bind_template_child (widget_class, RegSessionsPage, page);
}

static void
reg_sessions_page_init (RegSessionsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->groups = g_ptr_array_new ();
  self->refresh = reg_refresh_new (look_again, self);
  reg_refresh_follow (self->refresh, GTK_WIDGET (self));
}

/**
 * reg_sessions_page_new:
 * @workspace: the account on show
 */
GtkWidget *
reg_sessions_page_new (RegWorkspace *workspace)
{
  RegSessionsPage *self = g_object_new (REG_TYPE_SESSIONS_PAGE, NULL);

  self->workspace = g_object_ref (workspace);
  g_signal_connect_object (workspace, "changed", G_CALLBACK (on_workspace_changed_cb), self,
                           G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
