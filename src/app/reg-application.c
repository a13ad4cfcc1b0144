/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-app"

#include "app/reg-application.h"

#include "app/reg-menu-names.h"
#include "app/reg-session-opener.h"
#include "app/reg-window.h"
#include "views/common/reg-host.h"
#include "views/preferences/reg-preferences-window.h"

#include <glib/gi18n-lib.h>

struct _RegApplication
{
  AdwApplication parent_instance;

  GSettings *settings;
  RegSessionOpener *opener;
  RegWorkspace *workspace;
  RegWindow *window; /* weak */
  gboolean wants_demo;
  char *data_dir;
};

G_DEFINE_FINAL_TYPE (RegApplication, reg_application, ADW_TYPE_APPLICATION)

static void
close_workspace (RegApplication *self)
{
  if (self->workspace == NULL)
    return;
  if (self->window != NULL)
    reg_window_set_workspace (self->window, NULL);
  reg_workspace_close (self->workspace);
  g_clear_object (&self->workspace);
}

static void
on_interval_changed_cb (RegApplication *self)
{
  if (self->workspace != NULL)
    reg_workspace_set_sync_interval (self->workspace,
                                     g_settings_get_uint (self->settings, "sync-interval-minutes"));
}

static void
on_work_offline_changed_cb (RegApplication *self)
{
  if (self->workspace != NULL)
    g_settings_set_boolean (self->settings, "work-offline",
                            reg_workspace_get_work_offline (self->workspace));
}

static void
take_workspace (RegApplication *self,
                RegWorkspace *workspace,
                gboolean is_new,
                gboolean is_persistent)
{
  const RegAccount *account = reg_workspace_get_account (workspace);

  self->workspace = workspace;
  /* Before the first look at the LMS: "Work offline" outlives the program. But a new account, or
   * the demo, would stay empty. */
  if (!is_new)
    reg_workspace_set_work_offline (workspace,
                                    g_settings_get_boolean (self->settings, "work-offline"));
  if (!reg_session_opener_is_demo (self->opener))
    g_signal_connect_object (workspace, "notify::work-offline",
                             G_CALLBACK (on_work_offline_changed_cb), self, G_CONNECT_SWAPPED);
  on_interval_changed_cb (self);
  if (!reg_session_opener_is_demo (self->opener))
    g_settings_set_string (self->settings, "last-account", account->id);
  if (self->window == NULL)
    return;
  reg_window_set_workspace (self->window, workspace);
  if (!is_persistent)
    reg_host_toast (REG_HOST (self->window),
                    _ ("No keyring is running: the access token is kept until you quit"), 0);
}

static void
on_opened_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RegApplication) self = data;
  g_autoptr (GError) error = NULL;
  gboolean is_new = FALSE, is_persistent = TRUE;
  RegWorkspace *workspace =
      reg_session_opener_finish (self->opener, result, &is_new, &is_persistent, &error);

  g_application_release (G_APPLICATION (self));
  if (workspace != NULL)
    take_workspace (self, workspace, is_new, is_persistent);
  else if (self->window == NULL)
    return;
  else if (error != NULL)
    reg_window_show_failed (self->window, _ ("The Account Could Not Be Opened"), error);
  else
    reg_window_set_workspace (self->window, NULL);
}

static void
open_demo (RegApplication *self)
{
  close_workspace (self);
  reg_window_show_opening (self->window, _ ("Starting the Demo…"));
  g_application_hold (G_APPLICATION (self));
  reg_session_opener_demo_async (self->opener, on_opened_cb, g_object_ref (self));
}

static void
open_last (RegApplication *self)
{
  g_autofree char *last = g_settings_get_string (self->settings, "last-account");

  reg_window_show_opening (self->window, _ ("Opening…"));
  g_application_hold (G_APPLICATION (self));
  reg_session_opener_open_last_async (self->opener, last, on_opened_cb, g_object_ref (self));
}

static void
on_connect_requested_cb (RegApplication *self, const char *url, const char *token)
{
  close_workspace (self);
  reg_window_show_opening (self->window, _ ("Connecting…"));
  g_application_hold (G_APPLICATION (self));
  reg_session_opener_connect_async (self->opener, url, token, on_opened_cb, g_object_ref (self));
}

static void
on_demo_requested_cb (RegApplication *self)
{
  open_demo (self);
}

static void
on_token_kept_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RegApplication) self = data;
  g_autoptr (GError) error = NULL;

  if (!reg_session_opener_keep_token_finish (self->opener, result, NULL, &error)
      && self->window != NULL)
    reg_host_show_error (REG_HOST (self->window), _ ("The Access Token Could Not Be Kept"), error);
}

static void
on_sign_in_requested_cb (RegApplication *self, const char *token)
{
  if (self->workspace == NULL)
    return;
  reg_workspace_sign_in (self->workspace, token);
  reg_session_opener_keep_token_async (self->opener, reg_workspace_get_account (self->workspace),
                                       token, on_token_kept_cb, g_object_ref (self));
}

static void
on_add_account_cb (RegApplication *self)
{
  close_workspace (self);
  reg_window_set_workspace (self->window, NULL);
}

static void
on_removed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RegApplication) self = data;
  g_autoptr (GError) error = NULL;

  if (!reg_session_opener_remove_finish (self->opener, result, &error) && self->window != NULL)
    reg_host_show_error (REG_HOST (self->window), _ ("The Account Could Not Be Removed"), error);
}

static void
on_remove_account_cb (RegApplication *self)
{
  g_autoptr (RegWorkspace) workspace = NULL;

  if (self->workspace == NULL)
    return;
  workspace = g_object_ref (self->workspace);
  close_workspace (self);
  g_settings_reset (self->settings, "last-account");
  reg_session_opener_remove_async (self->opener, reg_workspace_get_account (workspace),
                                   on_removed_cb, g_object_ref (self));
}

static void
ensure_window (RegApplication *self)
{
  if (self->window == NULL)
    {
      g_set_weak_pointer (&self->window, reg_window_new (GTK_APPLICATION (self)));
      g_signal_connect_object (self->window, "connect-requested",
                               G_CALLBACK (on_connect_requested_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (self->window, "demo-requested", G_CALLBACK (on_demo_requested_cb),
                               self, G_CONNECT_SWAPPED);
      g_signal_connect_object (self->window, "sign-in-requested",
                               G_CALLBACK (on_sign_in_requested_cb), self, G_CONNECT_SWAPPED);
      if (self->workspace != NULL)
        reg_window_set_workspace (self->window, self->workspace);
      else if (self->wants_demo)
        open_demo (self);
      else
        open_last (self);
    }
  gtk_window_present (GTK_WINDOW (self->window));
}

static void
reg_application_activate (GApplication *application)
{
  ensure_window (REG_APPLICATION (application));
}

static void
reg_application_open (GApplication *application, GFile **files, int n_files, const char *hint)
{
  RegApplication *self = REG_APPLICATION (application);

  ensure_window (self);
  reg_window_open_file (self->window, files[0]);
}

static int
reg_application_handle_local_options (GApplication *application, GVariantDict *options)
{
  RegApplication *self = REG_APPLICATION (application);

  if (g_variant_dict_contains (options, "version"))
    {
      g_print ("Registrar %s\n", REG_VERSION);
      return 0;
    }
  g_variant_dict_lookup (options, "data-dir", "^ay", &self->data_dir);
  if (g_variant_dict_contains (options, "demo"))
    self->wants_demo = TRUE;
  /* Another profile is another program: it does not hand over to the one that runs. */
  if (self->wants_demo || self->data_dir != NULL)
    g_application_set_flags (application,
                             g_application_get_flags (application) | G_APPLICATION_NON_UNIQUE);
  return -1;
}

static void
on_quit_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  RegApplication *self = data;

  if (self->window != NULL)
    gtk_window_close (GTK_WINDOW (self->window));
  g_application_quit (G_APPLICATION (self));
}

static void
on_preferences_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  RegApplication *self = data;
  GtkWidget *window;

  if (self->window == NULL)
    return;
  window = reg_preferences_window_new (GTK_WINDOW (self->window), self->settings, self->workspace);
  g_signal_connect_object (window, "add-account", G_CALLBACK (on_add_account_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (window, "remove-account", G_CALLBACK (on_remove_account_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (window));
}

/* After an account could not be opened. */
static void
on_retry_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  RegApplication *self = data;

  if (self->window != NULL && self->workspace == NULL)
    open_last (self);
}

static void
on_about_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  RegApplication *self = data;

  adw_show_about_window (
      GTK_WINDOW (self->window), "application-name", _ ("Registrar"), "application-icon",
      REG_APP_ID, "version", REG_VERSION, "developer-name", _ ("The Registrar developers"),
      "license-type", GTK_LICENSE_GPL_3_0, "website", "https://github.com/registrar-lms/registrar",
      "issue-url", "https://github.com/registrar-lms/registrar/issues", "copyright",
      _ ("© 2026 The Registrar developers"), "translator-credits", _ ("translator-credits"), NULL);
}

static void
reg_application_startup (GApplication *application)
{
  static const GActionEntry entries[] = { { .name = "quit", .activate = on_quit_cb },
                                          { .name = "about", .activate = on_about_cb },
                                          { .name = "retry", .activate = on_retry_cb },
                                          { .name = "preferences",
                                            .activate = on_preferences_cb } };
  static const char *const quit[] = { "<Control>q", NULL };
  static const char *const preferences[] = { "<Control>comma", NULL };
  static const char *const close[] = { "<Control>w", NULL };
  RegApplication *self = REG_APPLICATION (application);

  G_APPLICATION_CLASS (reg_application_parent_class)->startup (application);
  self->settings = g_settings_new (REG_APP_ID);
  self->opener = reg_session_opener_new (self->data_dir);
  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  gtk_application_set_accels_for_action (GTK_APPLICATION (self), "app.quit", quit);
  gtk_application_set_accels_for_action (GTK_APPLICATION (self), "app.preferences", preferences);
  gtk_application_set_accels_for_action (GTK_APPLICATION (self), "window.close", close);
  g_signal_connect_object (self->settings, "changed::sync-interval-minutes",
                           G_CALLBACK (on_interval_changed_cb), self, G_CONNECT_SWAPPED);
  reg_menu_names_follow (GTK_APPLICATION (self));
  gtk_window_set_default_icon_name (REG_APP_ID);
}

static void
reg_application_shutdown (GApplication *application)
{
  RegApplication *self = REG_APPLICATION (application);

  close_workspace (self);
  g_clear_object (&self->opener);
  G_APPLICATION_CLASS (reg_application_parent_class)->shutdown (application);
}

static void
reg_application_finalize (GObject *object)
{
  RegApplication *self = REG_APPLICATION (object);

  g_clear_weak_pointer (&self->window);
  g_clear_object (&self->settings);
  g_free (self->data_dir);
  G_OBJECT_CLASS (reg_application_parent_class)->finalize (object);
}

static void
reg_application_class_init (RegApplicationClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  object_class->finalize = reg_application_finalize;
  application_class->activate = reg_application_activate;
  application_class->open = reg_application_open;
  application_class->startup = reg_application_startup;
  application_class->shutdown = reg_application_shutdown;
  application_class->handle_local_options = reg_application_handle_local_options;
}

static void
reg_application_init (RegApplication *self)
{
  static const GOptionEntry options[] = {
    { "demo", 0, 0, G_OPTION_ARG_NONE, NULL,
      N_ ("Try Registrar on a private demo LMS; nothing is kept"), NULL },
    { "data-dir", 0, 0, G_OPTION_ARG_FILENAME, NULL,
      N_ ("Keep accounts and their local copies in this folder"), N_ ("FOLDER") },
    { "version", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Show the version and exit"), NULL },
    { NULL },
  };

  g_application_add_main_option_entries (G_APPLICATION (self), options);
  g_application_set_option_context_parameter_string (G_APPLICATION (self), _ ("[FILE]"));
}

RegApplication *
reg_application_new (void)
{
  return g_object_new (REG_TYPE_APPLICATION, "application-id", REG_APP_ID, "flags",
                       G_APPLICATION_HANDLES_OPEN, "resource-base-path",
                       "/io/github/registrar_lms/Registrar", NULL);
}
