/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-views"

#include "views/preferences/reg-preferences-window.h"

#include "rules/reg-status.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

struct _RegPreferencesWindow
{
  AdwPreferencesWindow parent_instance;

  GtkSpinButton *interval;
  GtkSwitch *offline;
  AdwPreferencesGroup *account_group;
  AdwActionRow *site;
  AdwActionRow *url;
  AdwActionRow *actor;

  RegWorkspace *workspace;
};

enum
{
  ADD_ACCOUNT,
  REMOVE_ACCOUNT,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RegPreferencesWindow, reg_preferences_window, ADW_TYPE_PREFERENCES_WINDOW)

static void
on_add_clicked_cb (RegPreferencesWindow *self)
{
  g_signal_emit (self, signals[ADD_ACCOUNT], 0);
  gtk_window_close (GTK_WINDOW (self));
}

static void
on_remove_response_cb (RegPreferencesWindow *self, const char *response)
{
  if (g_strcmp0 (response, "remove") != 0)
    return;
  g_signal_emit (self, signals[REMOVE_ACCOUNT], 0);
  gtk_window_close (GTK_WINDOW (self));
}

static void
on_remove_clicked_cb (RegPreferencesWindow *self)
{
  gint64 n = reg_workspace_get_n_waiting (self->workspace)
             + reg_workspace_get_n_attention (self->workspace);
  g_autofree char *lost = NULL;
  g_autofree char *body = NULL;
  GtkWidget *dialog;

  if (n > 0)
    lost =
        g_strdup_printf (ngettext ("%'" PRIi64 " change that was not sent is lost.",
                                   "%'" PRIi64 " changes that were not sent are lost.", (gulong)n),
                         n);
  body = g_strdup_printf (
      "%s%s%s",
      _ ("The local copy and the access token are removed from this computer. Nothing "
         "changes in the LMS."),
      lost != NULL ? "\n\n" : "", lost != NULL ? lost : "");
  dialog = adw_message_dialog_new (GTK_WINDOW (self), _ ("Remove the Account?"), body);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"), "remove",
                                    _ ("_Remove Account"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "remove",
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_remove_response_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
show_account (RegPreferencesWindow *self)
{
  const RegSite *site = reg_workspace_get_site (self->workspace);
  const char *unknown = _ ("Not known before the first sync");
  g_autofree char *actor = NULL;

  if (site == NULL)
    actor = g_strdup (unknown);
  else if (site->actor_name == NULL || *site->actor_name == '\0')
    actor = g_strdup (reg_role_get_label (site->actor_role));
  else
    actor = g_strdup_printf ("%s · %s", site->actor_name, reg_role_get_label (site->actor_role));

  adw_action_row_set_subtitle (self->site, site != NULL ? site->name : unknown);
  adw_action_row_set_subtitle (self->url, reg_workspace_get_account (self->workspace)->url);
  adw_action_row_set_subtitle (self->actor, actor);
  g_object_bind_property (self->workspace, "work-offline", self->offline, "active",
                          G_BINDING_SYNC_CREATE);
}

static void
on_offline_changed_cb (RegPreferencesWindow *self)
{
  if (self->workspace != NULL)
    reg_workspace_set_work_offline (self->workspace, gtk_switch_get_active (self->offline));
}

static void
reg_preferences_window_dispose (GObject *object)
{
  g_clear_object (&REG_PREFERENCES_WINDOW (object)->workspace);
  G_OBJECT_CLASS (reg_preferences_window_parent_class)->dispose (object);
}

static void
reg_preferences_window_class_init (RegPreferencesWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = reg_preferences_window_dispose;
  signals[ADD_ACCOUNT] = g_signal_new ("add-account", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                       0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[REMOVE_ACCOUNT] = g_signal_new ("remove-account", G_TYPE_FROM_CLASS (klass),
                                          G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/registrar_lms/Registrar/preferences/reg-preferences-window.ui");
  gtk_widget_class_bind_template_child (widget_class, RegPreferencesWindow, interval);
  gtk_widget_class_bind_template_child (widget_class, RegPreferencesWindow, offline);
  gtk_widget_class_bind_template_child (widget_class, RegPreferencesWindow, account_group);
  gtk_widget_class_bind_template_child (widget_class, RegPreferencesWindow, site);
  gtk_widget_class_bind_template_child (widget_class, RegPreferencesWindow, url);
  gtk_widget_class_bind_template_child (widget_class, RegPreferencesWindow, actor);
  gtk_widget_class_bind_template_callback (widget_class, on_offline_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_add_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_remove_clicked_cb);
}

static void
reg_preferences_window_init (RegPreferencesWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * reg_preferences_window_new:
 * @settings: where the preferences are kept
 * @workspace: (nullable): the account that is open
 */
GtkWidget *
reg_preferences_window_new (GtkWindow *parent, GSettings *settings, RegWorkspace *workspace)
{
  RegPreferencesWindow *self =
      g_object_new (REG_TYPE_PREFERENCES_WINDOW, "transient-for", parent, NULL);

  g_settings_bind (settings, "sync-interval-minutes", self->interval, "value",
                   G_SETTINGS_BIND_DEFAULT);
  gtk_widget_set_visible (GTK_WIDGET (self->account_group), workspace != NULL);
  gtk_widget_set_sensitive (GTK_WIDGET (self->offline), workspace != NULL);
  if (workspace != NULL)
    {
      self->workspace = g_object_ref (workspace);
      show_account (self);
    }
  return GTK_WIDGET (self);
}
