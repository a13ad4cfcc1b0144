/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-app"

#include "app/reg-window.h"

#include "app/reg-course-tabs.h"
#include "app/reg-sync-button.h"
#include "app/reg-undo-question.h"
#include "views/common/reg-host.h"
#include "views/common/reg-progress-row.h"
#include "views/common/reg-refresh.h"
#include "views/common/reg-view.h"
#include "views/import-status/reg-imports-page.h"
#include "views/import-wizard/reg-import-wizard.h"
#include "views/pending-changes/reg-changes-page.h"
#include "views/courses/reg-courses-page.h"
#include "views/enrollments/reg-enrollments-page.h"
#include "views/users/reg-users-page.h"
#include "views/welcome/reg-welcome-page.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

#define UNDO_TOAST_SECONDS 10

struct _RegWindow
{
  AdwApplicationWindow parent_instance;

  AdwToastOverlay *toasts;
  GtkStack *root;
  AdwStatusPage *opening;
  GtkSpinner *opening_spinner;
  GtkBox *failed_buttons;
  AdwBin *welcome;
  AdwLeaflet *leaflet;
  GtkBox *sidebar_box;
  GtkBox *content;
  AdwWindowTitle *site_title;
  GtkListBox *sidebar;
  GtkStack *pages;
  AdwWindowTitle *title;
  GtkButton *back;
  RegSyncButton *sync_button;
  GtkRevealer *notice_revealer;
  GtkLabel *notice;
  GtkButton *notice_button;
  GtkProgressBar *sync_bar;
  RegProgressRow *undo_progress;
  GtkRevealer *drop_hint;

  GSettings *settings;
  RegWorkspace *workspace;
  RegWelcomePage *welcome_page;
  RegUsersPage *users;
  RegImportsPage *imports;
  RegChangesPage *changes;
  RegEnrollmentsPage *enrollments; /* of one person */
  RegCoursePage *course;
  const char *course_from; /* (nullable): the page the course was opened from */
  GtkWidget *sidebar_counts[4];
  const char *place; /* (nullable): the page of the place that is shown */
  RegRefresh *counting;
  AdwToast *toast;     /* weak: the last one, while it is on show */
  GFile *waiting_file; /* to be imported when an account is open */
};

typedef enum
{
  PROP_WORK_OFFLINE = 1,
} RegWindowProperty;

enum
{
  CONNECT_REQUESTED,
  DEMO_REQUESTED,
  SIGN_IN_REQUESTED,
  N_SIGNALS,
};

static GParamSpec *properties[PROP_WORK_OFFLINE + 1];
static guint signals[N_SIGNALS];

/* The sidebar, in order: Alt+1 goes to the first. */
enum
{
  PLACE_USERS,
  PLACE_COURSES,
  PLACE_IMPORTS,
  PLACE_CHANGES,
};

static const struct
{
  const char *page;
  const char *icon;
  const char *title;
} places[] = {
  { "users", "system-users-symbolic", N_ ("Users") },
  { "courses", "reg-course-symbolic", N_ ("Courses") },
  { "imports", "x-office-spreadsheet-symbolic", N_ ("Imports") },
  { "changes", "document-send-symbolic", N_ ("Pending Changes") },
};

static void reg_window_host_init (RegHostInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (RegWindow,
                               reg_window,
                               ADW_TYPE_APPLICATION_WINDOW,
                               G_IMPLEMENT_INTERFACE (REG_TYPE_HOST, reg_window_host_init))

static RegView *
get_view (RegWindow *self)
{
  GtkWidget *child = gtk_stack_get_visible_child (self->pages);

  return child != NULL && self->workspace != NULL ? REG_VIEW (child) : NULL;
}

/* The course that is on show, or 0: a file dropped there is meant for it. */
static gint64
get_open_course (RegWindow *self)
{
  if (gtk_stack_get_visible_child (self->pages) != GTK_WIDGET (self->course))
    return 0;
  return reg_course_page_get_course (self->course);
}

/* The header says what the page on show says of itself. */
static void
on_view_changed_cb (RegWindow *self)
{
  RegView *view = get_view (self);
  g_autofree char *title = view != NULL ? reg_view_dup_title (view) : NULL;
  g_autofree char *subtitle = view != NULL ? reg_view_dup_subtitle (view) : NULL;
  gboolean is_folded = adw_leaflet_get_folded (self->leaflet);

  adw_window_title_set_title (self->title, title != NULL ? title : "");
  adw_window_title_set_subtitle (self->title, subtitle);
  gtk_widget_set_visible (GTK_WIDGET (self->back),
                          is_folded || (view != NULL && reg_view_can_go_back (view)));
}

static void
on_folded_cb (RegWindow *self)
{
  reg_sync_button_set_narrow (self->sync_button, adw_leaflet_get_folded (self->leaflet));
  on_view_changed_cb (self);
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

static void
show_page (RegWindow *self, const char *page)
{
  if (self->workspace == NULL)
    return;
  self->place = page;
  gtk_stack_set_visible_child_name (self->pages, page);
  select_place (self, page);
  adw_leaflet_set_visible_child (self->leaflet, GTK_WIDGET (self->content));
}

static void
on_sidebar_activated_cb (RegWindow *self, GtkListBoxRow *row)
{
  show_page (self, places[gtk_list_box_row_get_index (row)].page);
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

static void
add_page (RegWindow *self, const char *name, GtkWidget *page)
{
  gtk_stack_add_named (self->pages, page, name);
  g_signal_connect_object (page, "view-changed", G_CALLBACK (on_view_changed_cb), self,
                           G_CONNECT_SWAPPED);
}

/* What the account says of itself. */

static void
update_notice (RegWindow *self)
{
  RegSyncStateKind state = self->workspace != NULL ? reg_workspace_get_sync_state (self->workspace)
                                                   : REG_SYNC_STATE_IDLE;
  const char *message = NULL;

  if (state == REG_SYNC_STATE_SIGNED_OUT)
    {
      message = _ ("The LMS did not accept the access token. Your changes wait until you sign in.");
      gtk_button_set_label (self->notice_button, _ ("Sign In…"));
    }
  else if (state == REG_SYNC_STATE_FAILED)
    {
      message = reg_workspace_get_sync_message (self->workspace);
      gtk_button_set_label (self->notice_button, _ ("Details…"));
    }
  if (message != NULL)
    gtk_label_set_label (self->notice, message);
  gtk_revealer_set_reveal_child (self->notice_revealer, message != NULL);
}

static gpointer
count_rows (RegStore *store, gpointer data, RegProgress *progress, GError **error)
{
  gint64 *counts = g_new0 (gint64, 3);

  if (reg_store_count (store, &counts[0], &counts[1], &counts[2], error))
    return counts;
  g_free (counts);
  return NULL;
}

static void
show_count (RegWindow *self, guint place, gint64 n, const char *words)
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
on_rows_counted_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RegWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree gint64 *counts = reg_workspace_run_finish (REG_WORKSPACE (source), result, &error);

  if (self->workspace == NULL)
    return;
  reg_refresh_done (self->counting);
  if (counts == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_warning ("Rows could not be counted: %s", error->message);
      return;
    }
  show_count (self, PLACE_USERS, counts[0], NULL);
  show_count (self, PLACE_COURSES, counts[1], NULL);
}

static void
count_again (gpointer data)
{
  RegWindow *self = data;

  if (self->workspace != NULL)
    reg_workspace_run_async (self->workspace, FALSE, count_rows, NULL, NULL, g_free, NULL,
                             on_rows_counted_cb, g_object_ref (self));
}

static void
on_workspace_changed_cb (RegWindow *self)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.import",
                                 reg_workspace_offers_imports (self->workspace));
  reg_refresh_ask (self->counting);
}

static void
on_waiting_changed_cb (RegWindow *self)
{
  gint64 n_attention = reg_workspace_get_n_attention (self->workspace);
  gint64 n = reg_workspace_get_n_waiting (self->workspace) + n_attention;
  g_autofree char *words = NULL;

  if (n_attention > 0)
    {
      words = g_strdup_printf (ngettext ("%'" PRIi64 " needs your decision",
                                         "%'" PRIi64 " need your decision", (gulong)n_attention),
                               n_attention);
      gtk_widget_add_css_class (self->sidebar_counts[PLACE_CHANGES], "warning");
    }
  else
    gtk_widget_remove_css_class (self->sidebar_counts[PLACE_CHANGES], "warning");
  show_count (self, PLACE_CHANGES, n, words);
}

static void
on_notice_clicked_cb (RegWindow *self)
{
  reg_sync_button_popup (self->sync_button);
}

static void
on_sync_progress_cb (RegProgress *progress, RegWindow *self)
{
  double fraction = reg_progress_get_fraction (progress);

  if (fraction < 0)
    gtk_progress_bar_pulse (self->sync_bar);
  else
    gtk_progress_bar_set_fraction (self->sync_bar, fraction);
}

static void
on_progress_changed_cb (RegWindow *self)
{
  RegProgress *progress = reg_workspace_get_progress (self->workspace);

  gtk_widget_set_visible (GTK_WIDGET (self->sync_bar), progress != NULL);
  if (progress == NULL)
    return;
  gtk_progress_bar_set_fraction (self->sync_bar, 0);
  g_signal_connect_object (progress, "changed", G_CALLBACK (on_sync_progress_cb), self, 0);
}

static void
on_offline_changed_cb (RegWindow *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_WORK_OFFLINE]);
}

static void
update_site (RegWindow *self)
{
  const RegSite *site = self->workspace != NULL ? reg_workspace_get_site (self->workspace) : NULL;

  adw_window_title_set_subtitle (self->site_title, site != NULL ? site->name : NULL);
}

static void
open_waiting_file (RegWindow *self)
{
  g_autoptr (GFile) file = g_steal_pointer (&self->waiting_file);

  if (file != NULL)
    reg_window_open_file (self, file);
}

static void
on_synced_cb (RegWindow *self, const RegSyncReport *report)
{
  g_autofree char *text = NULL;

  update_site (self);
  open_waiting_file (self);
  if (report == NULL || report->n_applied + report->n_rejected + report->n_conflicts == 0)
    return;
  text = g_strdup_printf (
      ngettext ("%'" PRIi64 " change sent", "%'" PRIi64 " changes sent", (gulong)report->n_applied),
      report->n_applied);
  if (report->n_rejected + report->n_conflicts > 0)
    {
      gint64 n = report->n_rejected + report->n_conflicts;
      g_autofree char *more =
          g_strdup_printf (ngettext ("%'" PRIi64 " needs your decision",
                                     "%'" PRIi64 " need your decision", (gulong)n),
                           n);
      g_autofree char *both = g_strdup_printf ("%s · %s", text, more);

      reg_host_toast (REG_HOST (self), both, 0);
      reg_host_announce (REG_HOST (self), _ ("Sync Finished"), both);
      return;
    }
  reg_host_toast (REG_HOST (self), text, 0);
  reg_host_announce (REG_HOST (self), _ ("Sync Finished"), text);
}

/* RegHost. */

static RegWorkspace *
reg_window_get_workspace (RegHost *host)
{
  return REG_WINDOW (host)->workspace;
}

static void
reg_window_toast (RegHost *host, const char *text, gint64 undo_batch)
{
  RegWindow *self = REG_WINDOW (host);
  AdwToast *toast = adw_toast_new (text);
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  adw_toast_set_title (toast, escaped);
  if (undo_batch != 0)
    {
      adw_toast_set_button_label (toast, _ ("_Undo"));
      adw_toast_set_action_name (toast, "win.undo-batch");
      adw_toast_set_action_target (toast, "x", undo_batch);
      adw_toast_set_timeout (toast, UNDO_TOAST_SECONDS);
    }
  /* What was done last is said at once, not after what was said before. */
  if (self->toast != NULL)
    adw_toast_dismiss (self->toast);
  g_set_weak_pointer (&self->toast, toast);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

static void
reg_window_show_error (RegHost *host, const char *heading, const GError *error)
{
  GtkWidget *dialog =
      adw_message_dialog_new (GTK_WINDOW (host), heading, error != NULL ? error->message : NULL);

  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _ ("_Close"));
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "close");
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "close");
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
reg_window_announce (RegHost *host, const char *title, const char *body)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (host));
  g_autoptr (GNotification) notification = NULL;

  if (application == NULL || gtk_application_get_active_window (application) != NULL)
    for (GList *l = application != NULL ? gtk_application_get_windows (application) : NULL;
         l != NULL; l = l->next)
      if (gtk_window_is_active (l->data))
        return;
  if (application == NULL)
    return;
  notification = g_notification_new (title);
  g_notification_set_body (notification, body);
  g_application_send_notification (G_APPLICATION (application), "long-work", notification);
}

static void
on_undone_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RegWindow) self = data;
  g_autoptr (GError) error = NULL;
  gint64 n = reg_workspace_undo_finish (REG_WORKSPACE (source), result, &error);
  g_autofree char *text = NULL;

  if (self->workspace == NULL)
    return;
  reg_progress_row_set_progress (self->undo_progress, NULL);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (n < 0)
    {
      reg_host_show_error (REG_HOST (self), _ ("Could Not Be Undone"), error);
      return;
    }
  if (n == 0)
    text = g_strdup (_ ("There is nothing to undo"));
  else
    text = g_strdup_printf (
        ngettext ("%'" PRIi64 " change taken back", "%'" PRIi64 " changes taken back", (gulong)n),
        n);
  reg_host_toast (REG_HOST (self), text, 0);
}

static void
undo_now (gpointer data, gint64 batch_id)
{
  RegWindow *self = data;
  g_autoptr (RegProgress) progress = NULL;

  if (self->workspace == NULL)
    return;
  progress = reg_progress_new (_ ("Taking back…"));
  reg_progress_row_set_progress (self->undo_progress, progress);
  reg_workspace_undo_async (self->workspace, batch_id, progress, on_undone_cb, g_object_ref (self));
}

static void
reg_window_undo (RegHost *host, gint64 batch_id)
{
  RegWindow *self = REG_WINDOW (host);

  if (self->workspace != NULL)
    reg_undo_question_ask (GTK_WINDOW (self), self->workspace, batch_id, undo_now, self);
}

static void
reg_window_open_user (RegHost *host, gint64 user_id)
{
  RegWindow *self = REG_WINDOW (host);

  show_page (self, "users");
  reg_users_page_open (self->users, user_id);
}

static void
on_import_started_cb (RegWindow *self, const RegImportRun *run)
{
  g_autofree char *text = g_strdup_printf (_ ("Import of “%s” started"), run->file_name);

  reg_host_toast (REG_HOST (self), text, run->batch_id);
  reg_host_open_run (REG_HOST (self), run->id);
}

static void
show_wizard (RegWindow *self, GtkWidget *wizard)
{
  g_signal_connect_object (wizard, "started", G_CALLBACK (on_import_started_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (wizard));
}

static void
reg_window_open_import (RegHost *host, GFile *file, gint64 course_id)
{
  RegWindow *self = REG_WINDOW (host);

  if (self->workspace != NULL)
    show_wizard (self, reg_import_wizard_new (GTK_WINDOW (self), self->workspace, file, course_id));
}

static void
reg_window_correct_run (RegHost *host, gint64 run_id)
{
  RegWindow *self = REG_WINDOW (host);

  if (self->workspace != NULL)
    show_wizard (self, reg_import_wizard_new_for_run (GTK_WINDOW (self), self->workspace, run_id));
}

static void
reg_window_open_people (RegHost *host, const gint64 *user_ids, gsize n, const char *what)
{
  RegWindow *self = REG_WINDOW (host);

  if (self->users == NULL)
    return;
  show_page (self, "users");
  reg_users_page_show_only (self->users, user_ids, n, what);
}

static void
reg_window_open_run (RegHost *host, gint64 run_id)
{
  RegWindow *self = REG_WINDOW (host);

  show_page (self, "imports");
  reg_imports_page_open_run (self->imports, run_id);
}

static void
reg_window_open_changes (RegHost *host, gint64 batch_id)
{
  RegWindow *self = REG_WINDOW (host);

  show_page (self, "changes");
  reg_changes_page_open_batch (self->changes, batch_id);
}

static void
show_enrollments (RegWindow *self)
{
  show_page (self, "users");
  gtk_stack_set_visible_child_name (self->pages, "enrollments");
}

static void
reg_window_open_enrollments (RegHost *host, gint64 user_id)
{
  RegWindow *self = REG_WINDOW (host);

  reg_enrollments_page_show (self->enrollments, user_id);
  show_enrollments (self);
}

static void
on_enrollments_closed_cb (RegWindow *self)
{
  show_page (self, "users");
}

static void
reg_window_open_course (RegHost *host, gint64 course_id)
{
  RegWindow *self = REG_WINDOW (host);

  if (gtk_stack_get_visible_child (self->pages) != GTK_WIDGET (self->course))
    self->course_from = g_intern_string (gtk_stack_get_visible_child_name (self->pages));
  reg_course_page_show (self->course, course_id);
  show_page (self, "courses");
  gtk_stack_set_visible_child_name (self->pages, "course");
}

/* Back is to where the course was opened. */
static void
on_course_closed_cb (RegWindow *self)
{
  if (g_strcmp0 (self->course_from, "enrollments") == 0)
    show_enrollments (self);
  else
    show_page (self, self->course_from != NULL ? self->course_from : "courses");
}

static void
reg_window_host_init (RegHostInterface *iface)
{
  iface->open_enrollments = reg_window_open_enrollments;
  iface->open_course = reg_window_open_course;
  iface->get_workspace = reg_window_get_workspace;
  iface->toast = reg_window_toast;
  iface->undo = reg_window_undo;
  iface->show_error = reg_window_show_error;
  iface->announce = reg_window_announce;
  iface->open_user = reg_window_open_user;
  iface->open_import = reg_window_open_import;
  iface->open_run = reg_window_open_run;
  iface->correct_run = reg_window_correct_run;
  iface->open_people = reg_window_open_people;
  iface->open_changes = reg_window_open_changes;
}

/* Actions. */

static void
reg_window_action_view (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  RegView *view = get_view (REG_WINDOW (widget));

  if (view == NULL)
    return;
  if (g_strcmp0 (action_name, "win.find") == 0)
    reg_view_find (view);
  else if (g_strcmp0 (action_name, "win.select-all") == 0)
    reg_view_select_all (view);
  else
    reg_view_delete (view);
}

static void
reg_window_action_back (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  RegWindow *self = REG_WINDOW (widget);
  RegView *view = get_view (self);

  if (view != NULL && reg_view_can_go_back (view))
    reg_view_go_back (view);
  else if (adw_leaflet_get_folded (self->leaflet))
    adw_leaflet_set_visible_child (self->leaflet, GTK_WIDGET (self->sidebar_box));
}

static void
reg_window_action_import (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  reg_host_open_import (REG_HOST (widget), NULL, 0);
}

/* A range of cells copied in a spreadsheet, pasted anywhere but into an entry. */
static void
reg_window_action_paste (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  RegWindow *self = REG_WINDOW (widget);

  if (self->workspace != NULL)
    show_wizard (self, reg_import_wizard_new_for_clipboard (GTK_WINDOW (self), self->workspace,
                                                            get_open_course (self)));
}

static void
reg_window_action_sync (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  RegWindow *self = REG_WINDOW (widget);

  if (self->workspace == NULL)
    return;
  if (reg_workspace_get_work_offline (self->workspace))
    reg_host_toast (REG_HOST (self), _ ("“Work offline” is on"), 0);
  else
    reg_workspace_sync (self->workspace);
}

static void
reg_window_action_undo (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  reg_host_undo (REG_HOST (widget), parameter != NULL ? g_variant_get_int64 (parameter) : 0);
}

static void
reg_window_action_welcome (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  RegWindow *self = REG_WINDOW (widget);

  if (self->workspace == NULL)
    gtk_stack_set_visible_child_name (self->root, "welcome");
}

static void
reg_window_action_go (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  RegWindow *self = REG_WINDOW (widget);
  guint index = (guint)g_variant_get_int32 (parameter);

  if (index < G_N_ELEMENTS (places))
    show_page (self, places[index].page);
}

static void
save_size (RegWindow *self)
{
  int width, height;

  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  g_settings_set_boolean (self->settings, "window-maximized",
                          gtk_window_is_maximized (GTK_WINDOW (self)));
  if (width >= 360 && height >= 294)
    {
      g_settings_set_int (self->settings, "window-width", width);
      g_settings_set_int (self->settings, "window-height", height);
    }
}

static gboolean
reg_window_close_request (GtkWindow *window)
{
  save_size (REG_WINDOW (window));
  return GTK_WINDOW_CLASS (reg_window_parent_class)->close_request (window);
}

static void
reg_window_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  RegWindow *self = REG_WINDOW (object);

  switch ((RegWindowProperty)id)
    {
    case PROP_WORK_OFFLINE:
      g_value_set_boolean (value, self->workspace != NULL
                                      && reg_workspace_get_work_offline (self->workspace));
      break;
    }
}

static void
reg_window_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  RegWindow *self = REG_WINDOW (object);

  switch ((RegWindowProperty)id)
    {
    case PROP_WORK_OFFLINE:
      if (self->workspace != NULL)
        reg_workspace_set_work_offline (self->workspace, g_value_get_boolean (value));
      break;
    }
}

static void
forget_workspace (RegWindow *self)
{
  GtkWidget *page;

  if (self->workspace == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->workspace, self);
  reg_sync_button_set_workspace (self->sync_button, NULL);
  g_clear_object (&self->workspace);
  self->users = NULL;
  self->imports = NULL;
  self->changes = NULL;
  self->enrollments = NULL;
  self->course = NULL;
  while ((page = gtk_widget_get_first_child (GTK_WIDGET (self->pages))) != NULL)
    gtk_stack_remove (self->pages, page);
}

static void
reg_window_dispose (GObject *object)
{
  RegWindow *self = REG_WINDOW (object);

  if (self->pages != NULL)
    forget_workspace (self);
  self->pages = NULL;
  g_clear_pointer (&self->counting, reg_refresh_free);
  g_clear_weak_pointer (&self->toast);
  g_clear_object (&self->settings);
  g_clear_object (&self->waiting_file);
  G_OBJECT_CLASS (reg_window_parent_class)->dispose (object);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.find", NULL, reg_window_action_view);
  gtk_widget_class_install_action (widget_class, "win.select-all", NULL, reg_window_action_view);
  gtk_widget_class_install_action (widget_class, "win.delete", NULL, reg_window_action_view);
  gtk_widget_class_install_action (widget_class, "win.back", NULL, reg_window_action_back);
  gtk_widget_class_install_action (widget_class, "win.sync", NULL, reg_window_action_sync);
  gtk_widget_class_install_action (widget_class, "win.import", NULL, reg_window_action_import);
  gtk_widget_class_install_action (widget_class, "win.paste", NULL, reg_window_action_paste);
  gtk_widget_class_install_action (widget_class, "win.undo", NULL, reg_window_action_undo);
  gtk_widget_class_install_action (widget_class, "win.undo-batch", "x", reg_window_action_undo);
  gtk_widget_class_install_action (widget_class, "win.welcome", NULL, reg_window_action_welcome);
  gtk_widget_class_install_action (widget_class, "win.go", "i", reg_window_action_go);
  gtk_widget_class_install_property_action (widget_class, "win.work-offline", "work-offline");

  /* Bindings of the window come after those of what has the focus: Ctrl+A in an entry stays its. */
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_f, GDK_CONTROL_MASK, "win.find", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_a, GDK_CONTROL_MASK, "win.select-all",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, 0, "win.delete", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Left, GDK_ALT_MASK, "win.back", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_v, GDK_CONTROL_MASK, "win.paste",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_o, GDK_CONTROL_MASK, "win.import",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F5, 0, "win.sync", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_z, GDK_CONTROL_MASK, "win.undo", NULL);
  for (int i = 0; i < 9; i++)
    gtk_widget_class_add_binding_action (widget_class, GDK_KEY_1 + (guint)i, GDK_ALT_MASK, "win.go",
                                         "i", i);
}

static void
reg_window_class_init (RegWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = reg_window_get_property;
  object_class->set_property = reg_window_set_property;
  object_class->dispose = reg_window_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = reg_window_close_request;
  g_type_ensure (REG_TYPE_PROGRESS_ROW);
  g_type_ensure (REG_TYPE_SYNC_BUTTON);

  properties[PROP_WORK_OFFLINE] =
      g_param_spec_boolean ("work-offline", NULL, NULL, FALSE,
                            G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_property (object_class, PROP_WORK_OFFLINE, properties[PROP_WORK_OFFLINE]);

  signals[CONNECT_REQUESTED] =
      g_signal_new ("connect-requested", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                    NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
  signals[DEMO_REQUESTED] = g_signal_new ("demo-requested", G_TYPE_FROM_CLASS (klass),
                                          G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGN_IN_REQUESTED] =
      g_signal_new ("sign-in-requested", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                    NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  install_actions (widget_class);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/registrar_lms/Registrar/app/reg-window.ui");
  gtk_widget_class_bind_template_child (widget_class, RegWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, RegWindow, root);
  gtk_widget_class_bind_template_child (widget_class, RegWindow, opening);
  gtk_widget_class_bind_template_child (widget_class, RegWindow, opening_spinner);
  gtk_widget_class_bind_template_child (widget_class, RegWindow, failed_buttons);
  gtk_widget_class_bind_template_child (widget_class, RegWindow, welcome);
  gtk_widget_class_bind_template_child (widget_class, RegWindow, leaflet);
  gtk_widget_class_bind_template_child (widget_class, RegWindow, sidebar_box);
  gtk_widget_class_bind_template_child (widget_class, RegWindow, content);
  gtk_widget_class_bind_template_child (widget_class, RegWindow, site_title);
  gtk_widget_class_bind_template_child (widget_class, RegWindow, sidebar);
  gtk_widget_class_bind_template_child (widget_class, RegWindow, pages);
  gtk_widget_class_bind_template_child (widget_class, RegWindow, title);
  gtk_widget_class_bind_template_child (widget_class, RegWindow, back);
  gtk_widget_class_bind_template_child (widget_class, RegWindow, sync_button);
  gtk_widget_class_bind_template_child (widget_class, RegWindow, notice_revealer);
  gtk_widget_class_bind_template_child (widget_class, RegWindow, notice);
  gtk_widget_class_bind_template_child (widget_class, RegWindow, notice_button);
  gtk_widget_class_bind_template_child (widget_class, RegWindow, sync_bar);
  gtk_widget_class_bind_template_child (widget_class, RegWindow, undo_progress);
  gtk_widget_class_bind_template_child (widget_class, RegWindow, drop_hint);
  gtk_widget_class_bind_template_callback (widget_class, on_folded_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_view_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_sidebar_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_notice_clicked_cb);
}

/* Files dropped anywhere. */

static gboolean
can_import (GFile *file)
{
  static const char *const endings[] = { ".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".xls" };
  g_autofree char *name = g_file_get_basename (file);
  g_autofree char *lower = g_ascii_strdown (name, -1);

  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    if (g_str_has_suffix (lower, endings[i]))
      return TRUE;
  return FALSE;
}

static gboolean
on_drop_cb (GtkDropTarget *target, const GValue *value, double x, double y, RegWindow *self)
{
  g_autoptr (GSList) files = NULL;

  gtk_revealer_set_reveal_child (self->drop_hint, FALSE);
  if (!G_VALUE_HOLDS (value, GDK_TYPE_FILE_LIST))
    return FALSE;
  files = gdk_file_list_get_files (g_value_get_boxed (value));
  for (GSList *l = files; l != NULL; l = l->next)
    if (can_import (l->data))
      {
        if (l->next != NULL || l != files)
          reg_host_toast (REG_HOST (self), _ ("One file at a time: the first one was taken"), 0);
        reg_window_open_file (self, l->data);
        return TRUE;
      }
  reg_host_toast (REG_HOST (self), _ ("Only CSV and Excel files (.csv, .xlsx) can be imported"), 0);
  return FALSE;
}

static GdkDragAction
on_drop_enter_cb (GtkDropTarget *target, double x, double y, RegWindow *self)
{
  if (self->workspace != NULL)
    gtk_revealer_set_reveal_child (self->drop_hint, TRUE);
  return self->workspace != NULL ? GDK_ACTION_COPY : 0;
}

static void
on_drop_leave_cb (GtkDropTarget *target, RegWindow *self)
{
  gtk_revealer_set_reveal_child (self->drop_hint, FALSE);
}

static void
add_drop_target (RegWindow *self)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  g_signal_connect (target, "drop", G_CALLBACK (on_drop_cb), self);
  g_signal_connect (target, "enter", G_CALLBACK (on_drop_enter_cb), self);
  g_signal_connect (target, "leave", G_CALLBACK (on_drop_leave_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->root), GTK_EVENT_CONTROLLER (target));
}

static void
on_connect_requested_cb (RegWindow *self, const char *url, const char *token)
{
  g_signal_emit (self, signals[CONNECT_REQUESTED], 0, url, token);
}

static void
on_demo_requested_cb (RegWindow *self)
{
  g_signal_emit (self, signals[DEMO_REQUESTED], 0);
}

static void
on_sign_in_requested_cb (RegWindow *self, const char *token)
{
  g_signal_emit (self, signals[SIGN_IN_REQUESTED], 0, token);
}

static void
watch_sidebar_focus (RegWindow *self)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();

  g_signal_connect_swapped (focus, "leave", G_CALLBACK (on_sidebar_left_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->sidebar), focus);
}

static void
reg_window_init (RegWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->settings = g_settings_new (REG_APP_ID);
  self->counting = reg_refresh_new (count_again, self);
  gtk_window_set_default_size (GTK_WINDOW (self),
                               g_settings_get_int (self->settings, "window-width"),
                               g_settings_get_int (self->settings, "window-height"));
  if (g_settings_get_boolean (self->settings, "window-maximized"))
    gtk_window_maximize (GTK_WINDOW (self));
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    gtk_list_box_append (self->sidebar, create_place (self, i));
  add_drop_target (self);
  watch_sidebar_focus (self);
  g_signal_connect_object (self->sync_button, "sign-in-requested",
                           G_CALLBACK (on_sign_in_requested_cb), self, G_CONNECT_SWAPPED);
  self->welcome_page = REG_WELCOME_PAGE (reg_welcome_page_new ());
  adw_bin_set_child (self->welcome, GTK_WIDGET (self->welcome_page));
  g_signal_connect_object (self->welcome_page, "connect-requested",
                           G_CALLBACK (on_connect_requested_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->welcome_page, "demo-requested", G_CALLBACK (on_demo_requested_cb),
                           self, G_CONNECT_SWAPPED);
  on_folded_cb (self);
}

RegWindow *
reg_window_new (GtkApplication *application)
{
  return g_object_new (REG_TYPE_WINDOW, "application", application, NULL);
}

static void
open_workspace (RegWindow *self, RegWorkspace *workspace)
{
  self->workspace = g_object_ref (workspace);
  self->users = REG_USERS_PAGE (reg_users_page_new (workspace));
  self->course = reg_course_tabs_create_page (workspace);
  add_page (self, "users", GTK_WIDGET (self->users));
  self->imports = REG_IMPORTS_PAGE (reg_imports_page_new (workspace));
  add_page (self, "imports", GTK_WIDGET (self->imports));
  self->changes = REG_CHANGES_PAGE (reg_changes_page_new (workspace));
  add_page (self, "changes", GTK_WIDGET (self->changes));
  add_page (self, "courses", reg_courses_page_new (workspace));
  add_page (self, "course", GTK_WIDGET (self->course));
  self->enrollments =
      REG_ENROLLMENTS_PAGE (reg_enrollments_page_new (workspace, REG_ENROLLMENTS_OF_USER));
  add_page (self, "enrollments", GTK_WIDGET (self->enrollments));
  g_signal_connect_object (self->enrollments, "closed", G_CALLBACK (on_enrollments_closed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->course, "closed", G_CALLBACK (on_course_closed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (workspace, "changed", G_CALLBACK (on_workspace_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (workspace, "notify::n-waiting", G_CALLBACK (on_waiting_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (workspace, "notify::n-attention", G_CALLBACK (on_waiting_changed_cb),
                           self, G_CONNECT_SWAPPED);
  on_workspace_changed_cb (self);
  on_waiting_changed_cb (self);
  g_signal_connect_object (workspace, "notify::sync-state", G_CALLBACK (update_notice), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (workspace, "notify::sync-message", G_CALLBACK (update_notice), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (workspace, "notify::progress", G_CALLBACK (on_progress_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (workspace, "notify::work-offline", G_CALLBACK (on_offline_changed_cb),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (workspace, "synced", G_CALLBACK (on_synced_cb), self, G_CONNECT_SWAPPED);
  reg_sync_button_set_workspace (self->sync_button, workspace);
  update_notice (self);
  update_site (self);
  on_progress_changed_cb (self);
  gtk_stack_set_visible_child_name (self->root, "main");
  show_page (self, places[0].page);
  if (reg_workspace_get_notice (workspace) != NULL)
    {
      g_autoptr (GError) notice = g_error_new_literal (REG_STORE_ERROR, REG_STORE_ERROR_CORRUPT,
                                                       reg_workspace_get_notice (workspace));

      reg_host_show_error (REG_HOST (self), _ ("The Local Copy Was Rebuilt"), notice);
    }
}

/**
 * reg_window_set_workspace:
 * @workspace: (nullable): the account to show, or %NULL for the welcome page
 */
void
reg_window_set_workspace (RegWindow *self, RegWorkspace *workspace)
{
  g_return_if_fail (REG_IS_WINDOW (self));

  forget_workspace (self);
  if (workspace == NULL)
    {
      gtk_stack_set_visible_child_name (self->root, "welcome");
      gtk_widget_grab_focus (GTK_WIDGET (self->welcome_page));
      return;
    }
  open_workspace (self, workspace);
  open_waiting_file (self);
}

void
reg_window_show_opening (RegWindow *self, const char *text)
{
  g_return_if_fail (REG_IS_WINDOW (self));

  forget_workspace (self);
  adw_status_page_set_icon_name (self->opening, NULL);
  adw_status_page_set_title (self->opening, text);
  adw_status_page_set_description (self->opening, NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->opening_spinner), TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self->failed_buttons), FALSE);
  gtk_stack_set_visible_child_name (self->root, "opening");
}

/**
 * reg_window_show_failed:
 *
 * Says why no account is open.
 */
void
reg_window_show_failed (RegWindow *self, const char *heading, const GError *error)
{
  g_return_if_fail (REG_IS_WINDOW (self));

  forget_workspace (self);
  adw_status_page_set_icon_name (self->opening, "dialog-warning-symbolic");
  adw_status_page_set_title (self->opening, heading);
  adw_status_page_set_description (self->opening, error->message);
  gtk_widget_set_visible (GTK_WIDGET (self->opening_spinner), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->failed_buttons), TRUE);
  gtk_stack_set_visible_child_name (self->root, "opening");
}

void
reg_window_open_file (RegWindow *self, GFile *file)
{
  g_return_if_fail (REG_IS_WINDOW (self));

  /* Before the first pull there is nobody to match the file's lines with. */
  if (self->workspace == NULL || reg_workspace_get_site (self->workspace) == NULL)
    g_set_object (&self->waiting_file, file);
  else
    reg_host_open_import (REG_HOST (self), file, get_open_course (self));
}
