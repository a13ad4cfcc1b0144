/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-app"

#include "app/reg-window-private.h"

#include "app/reg-course-tabs.h"
#include "app/reg-sync-button.h"
#include "base/reg-words.h"
#include "views/common/reg-host.h"
#include "views/common/reg-progress-row.h"
#include "views/common/reg-refresh.h"
#include "views/common/reg-undo.h"
#include "views/common/reg-view.h"
#include "views/import-status/reg-imports-page.h"
#include "views/pending-changes/reg-changes-page.h"
#include "views/courses/reg-courses-page.h"
#include "views/enrollments/reg-enrollments-page.h"
#include "views/records/reg-records-page.h"
#include "views/users/reg-users-page.h"
#include "views/welcome/reg-welcome-page.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

#define UNDO_TOAST_SECONDS 10

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

static void reg_window_host_init (RegHostInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (RegWindow,
                               reg_window,
                               ADW_TYPE_APPLICATION_WINDOW,
                               G_IMPLEMENT_INTERFACE (REG_TYPE_HOST, reg_window_host_init))

/* The header says what the page on show says of itself. */
static void
on_view_changed_cb (RegWindow *self)
{
  RegView *view = reg_window_get_view (self);
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
on_sidebar_activated_cb (RegWindow *self, GtkListBoxRow *row)
{
  reg_window_show_place (self, (guint)gtk_list_box_row_get_index (row));
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
  reg_window_show_count (self, REG_PLACE_USERS, counts[0], NULL);
  reg_window_show_count (self, REG_PLACE_COURSES, counts[1], NULL);
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
      gtk_widget_add_css_class (self->sidebar_counts[REG_PLACE_CHANGES], "warning");
    }
  else
    gtk_widget_remove_css_class (self->sidebar_counts[REG_PLACE_CHANGES], "warning");
  reg_window_show_count (self, REG_PLACE_CHANGES, n, words);
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
  g_autoptr (GString) text = g_string_new (NULL);
  gint64 n;

  update_site (self);
  open_waiting_file (self);
  if (report == NULL || report->n_applied + report->n_rejected + report->n_conflicts == 0)
    return;
  reg_words_add_printf (
      text,
      ngettext ("%'" PRIi64 " change sent", "%'" PRIi64 " changes sent", (gulong)report->n_applied),
      report->n_applied);
  n = report->n_rejected + report->n_conflicts;
  if (n > 0)
    reg_words_add_printf (
        text,
        ngettext ("%'" PRIi64 " needs your decision", "%'" PRIi64 " need your decision", (gulong)n),
        n);
  reg_host_toast (REG_HOST (self), text->str, 0);
  reg_host_announce (REG_HOST (self), _ ("Sync Finished"), text->str);
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

typedef struct
{
  RegWindow *window;
  RegUndo *undo;
} Undoing;

static void
on_undone_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Undoing *undoing = data;
  g_autoptr (RegWindow) self = undoing->window;
  g_autoptr (RegUndo) undo = undoing->undo;
  g_autoptr (GError) error = NULL;
  gint64 n = reg_workspace_undo_finish (REG_WORKSPACE (source), result, &error);

  g_free (undoing);
  if (self->workspace == NULL)
    return;
  reg_progress_row_set_progress (self->undo_progress, NULL);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (n < 0)
    reg_host_show_error (REG_HOST (self), _ ("Could Not Be Undone"), error);
  else if (n == 0)
    reg_host_toast (REG_HOST (self), _ ("There is nothing to undo"), 0);
  else
    reg_undo_tell (REG_HOST (self), undo, n);
}

static void
undo_now (gpointer data, const RegUndo *undo)
{
  RegWindow *self = data;
  g_autoptr (RegProgress) progress = NULL;
  Undoing *undoing;

  if (self->workspace == NULL)
    return;
  progress = reg_progress_new (_ ("Taking back…"));
  reg_progress_row_set_progress (self->undo_progress, progress);
  undoing = g_new0 (Undoing, 1);
  undoing->window = g_object_ref (self);
  undoing->undo = reg_undo_new (undo->batch_id, NULL, 0);
  reg_workspace_undo_async (self->workspace, undo->batch_id, progress, on_undone_cb, undoing);
}

static void
reg_window_undo (RegHost *host, gint64 batch_id)
{
  RegWindow *self = REG_WINDOW (host);

  if (self->workspace != NULL)
    reg_undo_ask (GTK_WINDOW (self), self->workspace, reg_undo_new (batch_id, NULL, 0), undo_now,
                  self);
}

static void
reg_window_host_init (RegHostInterface *iface)
{
  iface->get_workspace = reg_window_get_workspace;
  iface->toast = reg_window_toast;
  iface->undo = reg_window_undo;
  iface->show_error = reg_window_show_error;
  iface->announce = reg_window_announce;
  reg_window_pages_init_host (iface);
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
  reg_window_install_actions (widget_class);

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
  reg_window_add_places (self);
  reg_window_add_drop_target (self);
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
  GtkWidget *records = reg_records_page_new (workspace);

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
  add_page (self, "records", records);
  g_signal_connect_object (records, "closed", G_CALLBACK (reg_window_leave_enrollments), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->enrollments, "closed", G_CALLBACK (reg_window_leave_enrollments),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->course, "closed", G_CALLBACK (reg_window_leave_course), self,
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
  reg_window_show_place (self, REG_PLACE_USERS);
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
    reg_host_open_import (REG_HOST (self), file, reg_window_get_open_course (self));
}
