/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-app"

#include "app/reg-sync-button.h"

#include "views/common/reg-progress-row.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

struct _RegSyncButton
{
  AdwBin parent_instance;

  GtkMenuButton *button;
  GtkImage *icon;
  GtkLabel *word;
  GtkLabel *heading;
  GtkLabel *message;
  GtkLabel *last;
  GtkBox *sign_in;
  GtkPasswordEntry *token;
  GtkButton *sign_in_button;
  RegProgressRow *progress;

  RegWorkspace *workspace;
  gboolean is_narrow;
};

enum
{
  SIGN_IN_REQUESTED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RegSyncButton, reg_sync_button, ADW_TYPE_BIN)

static const char *
get_icon (RegSyncStateKind state)
{
  switch (state)
    {
    case REG_SYNC_STATE_IDLE:
      return "emblem-ok-symbolic";
    case REG_SYNC_STATE_WAITING:
      return "document-send-symbolic";
    case REG_SYNC_STATE_SYNCING:
      return "emblem-synchronizing-symbolic";
    case REG_SYNC_STATE_OFFLINE:
      return "network-offline-symbolic";
    case REG_SYNC_STATE_UNREACHABLE:
      return "network-error-symbolic";
    case REG_SYNC_STATE_SIGNED_OUT:
      return "dialog-password-symbolic";
    case REG_SYNC_STATE_FAILED:
      return "dialog-warning-symbolic";
    }
  g_return_val_if_reached ("dialog-warning-symbolic");
}

static const char *
get_word (RegSyncStateKind state)
{
  switch (state)
    {
    case REG_SYNC_STATE_IDLE:
      return _ ("Up to Date");
    case REG_SYNC_STATE_WAITING:
      return _ ("Changes Waiting");
    case REG_SYNC_STATE_SYNCING:
      return _ ("Syncing…");
    case REG_SYNC_STATE_OFFLINE:
      return _ ("Working Offline");
    case REG_SYNC_STATE_UNREACHABLE:
      return _ ("LMS Not Reachable");
    case REG_SYNC_STATE_SIGNED_OUT:
      return _ ("Signed Out");
    case REG_SYNC_STATE_FAILED:
      return _ ("Sync Failed");
    }
  g_return_val_if_reached ("");
}

static char *
dup_last_sync (RegSyncButton *self)
{
  gint64 when = reg_workspace_get_last_sync (self->workspace);
  g_autoptr (GDateTime) time = when != 0 ? g_date_time_new_from_unix_local (when) : NULL;
  g_autofree char *text = NULL;

  if (time == NULL)
    return g_strdup (_ ("Not synced since Registrar was opened"));
  text = g_date_time_format (time, "%Y-%m-%d %H:%M");
  /* Translators: %s is a date with a time. */
  return g_strdup_printf (_ ("Last sync: %s"), text);
}

static char *
dup_message (RegSyncButton *self)
{
  const char *message = reg_workspace_get_sync_message (self->workspace);
  gint64 n = reg_workspace_get_n_waiting (self->workspace);
  gint64 n_attention = reg_workspace_get_n_attention (self->workspace);
  GString *text = g_string_new (NULL);

  if (n > 0)
    g_string_append_printf (text,
                            ngettext ("%'" PRIi64 " change waits to be sent.",
                                      "%'" PRIi64 " changes wait to be sent.", (gulong)n),
                            n);
  else
    g_string_append (text, _ ("All your changes have been sent."));
  if (n_attention > 0)
    {
      g_string_append_c (text, '\n');
      g_string_append_printf (text,
                              ngettext ("%'" PRIi64 " change needs your decision.",
                                        "%'" PRIi64 " changes need your decision.",
                                        (gulong)n_attention),
                              n_attention);
    }
  if (message != NULL && *message != '\0')
    g_string_append_printf (text, "\n%s", message);
  return g_string_free (text, FALSE);
}

static void
update (RegSyncButton *self)
{
  RegSyncStateKind state;
  g_autofree char *message = NULL;
  g_autofree char *last = NULL;
  g_autofree char *name = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self), self->workspace != NULL);
  if (self->workspace == NULL)
    return;
  state = reg_workspace_get_sync_state (self->workspace);
  message = dup_message (self);
  last = dup_last_sync (self);
  /* Translators: %s is how it stands, as "Up to Date". */
  name = g_strdup_printf (_ ("Sync: %s"), get_word (state));
  gtk_image_set_from_icon_name (self->icon, get_icon (state));
  gtk_label_set_label (self->word, get_word (state));
  gtk_label_set_label (self->heading, get_word (state));
  gtk_label_set_label (self->message, message);
  gtk_label_set_label (self->last, last);
  gtk_widget_set_visible (GTK_WIDGET (self->word), !self->is_narrow);
  gtk_widget_set_visible (GTK_WIDGET (self->sign_in), state == REG_SYNC_STATE_SIGNED_OUT);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->button), name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name, -1);
  reg_progress_row_set_progress (self->progress, reg_workspace_get_progress (self->workspace));
}

static void
on_token_changed_cb (RegSyncButton *self)
{
  gtk_widget_set_sensitive (GTK_WIDGET (self->sign_in_button),
                            *gtk_editable_get_text (GTK_EDITABLE (self->token)) != '\0');
}

static void
on_sign_in_clicked_cb (RegSyncButton *self)
{
  const char *token = gtk_editable_get_text (GTK_EDITABLE (self->token));

  if (*token == '\0')
    return;
  g_signal_emit (self, signals[SIGN_IN_REQUESTED], 0, token);
  gtk_editable_set_text (GTK_EDITABLE (self->token), "");
  gtk_menu_button_popdown (self->button);
}

static void
reg_sync_button_dispose (GObject *object)
{
  RegSyncButton *self = REG_SYNC_BUTTON (object);

  if (self->workspace != NULL)
    g_signal_handlers_disconnect_by_data (self->workspace, self);
  g_clear_object (&self->workspace);
  G_OBJECT_CLASS (reg_sync_button_parent_class)->dispose (object);
}

static void
reg_sync_button_class_init (RegSyncButtonClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = reg_sync_button_dispose;
  g_type_ensure (REG_TYPE_PROGRESS_ROW);
  signals[SIGN_IN_REQUESTED] =
      g_signal_new ("sign-in-requested", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                    NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/registrar_lms/Registrar/app/reg-sync-button.ui");
  gtk_widget_class_bind_template_child (widget_class, RegSyncButton, button);
  gtk_widget_class_bind_template_child (widget_class, RegSyncButton, icon);
  gtk_widget_class_bind_template_child (widget_class, RegSyncButton, word);
  gtk_widget_class_bind_template_child (widget_class, RegSyncButton, heading);
  gtk_widget_class_bind_template_child (widget_class, RegSyncButton, message);
  gtk_widget_class_bind_template_child (widget_class, RegSyncButton, last);
  gtk_widget_class_bind_template_child (widget_class, RegSyncButton, sign_in);
  gtk_widget_class_bind_template_child (widget_class, RegSyncButton, token);
  gtk_widget_class_bind_template_child (widget_class, RegSyncButton, sign_in_button);
  gtk_widget_class_bind_template_child (widget_class, RegSyncButton, progress);
  gtk_widget_class_bind_template_callback (widget_class, on_token_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_sign_in_clicked_cb);
}

static void
reg_sync_button_init (RegSyncButton *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->token), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Access Token"), -1);
  update (self);
}

void
reg_sync_button_set_workspace (RegSyncButton *self, RegWorkspace *workspace)
{
  static const char *const watched[] = { "notify::sync-state", "notify::sync-message",
                                         "notify::n-waiting",  "notify::n-attention",
                                         "notify::last-sync",  "notify::progress" };

  g_return_if_fail (REG_IS_SYNC_BUTTON (self));

  if (self->workspace != NULL)
    g_signal_handlers_disconnect_by_data (self->workspace, self);
  g_set_object (&self->workspace, workspace);
  for (guint i = 0; workspace != NULL && i < G_N_ELEMENTS (watched); i++)
    g_signal_connect_object (workspace, watched[i], G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}

void
reg_sync_button_set_narrow (RegSyncButton *self, gboolean narrow)
{
  g_return_if_fail (REG_IS_SYNC_BUTTON (self));

  self->is_narrow = narrow;
  update (self);
}

void
reg_sync_button_popup (RegSyncButton *self)
{
  g_return_if_fail (REG_IS_SYNC_BUTTON (self));

  gtk_menu_button_popup (self->button);
}
