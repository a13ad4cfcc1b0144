/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-views"

#include "views/welcome/reg-welcome-page.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _RegWelcomePage
{
  AdwBin parent_instance;

  AdwStatusPage *status;
  GtkEditable *url;
  GtkEditable *token;
  GtkLabel *error;
  GtkButton *connect;
  GtkButton *demo;
  GtkSpinner *spinner;

  gboolean is_busy;
};

enum
{
  CONNECT_REQUESTED,
  DEMO_REQUESTED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RegWelcomePage, reg_welcome_page, ADW_TYPE_BIN)

static gboolean
is_filled (RegWelcomePage *self)
{
  return *gtk_editable_get_text (self->url) != '\0' && *gtk_editable_get_text (self->token) != '\0';
}

static void
on_changed_cb (RegWelcomePage *self)
{
  gtk_widget_set_sensitive (GTK_WIDGET (self->connect), !self->is_busy && is_filled (self));
}

/* An address typed without its scheme is meant to be https. */
static char *
dup_url (RegWelcomePage *self)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (self->url)));

  if (strstr (text, "://") != NULL)
    return g_steal_pointer (&text);
  return g_strconcat ("https://", text, NULL);
}

static void
on_connect_clicked_cb (RegWelcomePage *self)
{
  g_autofree char *url = NULL;
  g_autofree char *token = NULL;

  if (self->is_busy || !is_filled (self))
    return;
  url = dup_url (self);
  token = g_strstrip (g_strdup (gtk_editable_get_text (self->token)));
  g_signal_emit (self, signals[CONNECT_REQUESTED], 0, url, token);
}

static void
on_demo_clicked_cb (RegWelcomePage *self)
{
  g_signal_emit (self, signals[DEMO_REQUESTED], 0);
}

/* What is to be filled in next gets the focus. */
static gboolean
reg_welcome_page_grab_focus (GtkWidget *widget)
{
  RegWelcomePage *self = REG_WELCOME_PAGE (widget);
  GtkEditable *next = gtk_widget_get_sensitive (GTK_WIDGET (self->url)) ? self->url : self->token;

  return gtk_widget_grab_focus (GTK_WIDGET (gtk_editable_get_delegate (next)));
}

static void
reg_welcome_page_class_init (RegWelcomePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->grab_focus = reg_welcome_page_grab_focus;

  signals[CONNECT_REQUESTED] =
      g_signal_new ("connect-requested", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                    NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
  signals[DEMO_REQUESTED] = g_signal_new ("demo-requested", G_TYPE_FROM_CLASS (klass),
                                          G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/registrar_lms/Registrar/welcome/reg-welcome-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RegWelcomePage, status);
  gtk_widget_class_bind_template_child (widget_class, RegWelcomePage, url);
  gtk_widget_class_bind_template_child (widget_class, RegWelcomePage, token);
  gtk_widget_class_bind_template_child (widget_class, RegWelcomePage, error);
  gtk_widget_class_bind_template_child (widget_class, RegWelcomePage, connect);
  gtk_widget_class_bind_template_child (widget_class, RegWelcomePage, demo);
  gtk_widget_class_bind_template_child (widget_class, RegWelcomePage, spinner);
  gtk_widget_class_bind_template_callback (widget_class, on_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_connect_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_demo_clicked_cb);
}

static void
reg_welcome_page_init (RegWelcomePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
reg_welcome_page_new (void)
{
  return g_object_new (REG_TYPE_WELCOME_PAGE, NULL);
}

/**
 * reg_welcome_page_set_url:
 * @self: the page
 * @url: (nullable): address of the account that needs a new token; %NULL to ask for a new account
 */
void
reg_welcome_page_set_url (RegWelcomePage *self, const char *url)
{
  gtk_editable_set_text (self->url, url != NULL ? url : "");
  gtk_widget_set_sensitive (GTK_WIDGET (self->url), url == NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->demo), url == NULL);
  adw_status_page_set_title (self->status,
                             url == NULL ? _ ("Welcome to Registrar") : _ ("Sign In Again"));
}

/**
 * reg_welcome_page_set_busy:
 * @self: the page
 * @busy: whether it connects
 */
void
reg_welcome_page_set_busy (RegWelcomePage *self, gboolean busy)
{
  self->is_busy = busy;
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), busy);
  gtk_spinner_set_spinning (self->spinner, busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->demo), !busy);
  on_changed_cb (self);
}

/**
 * reg_welcome_page_set_error:
 * @self: the page
 * @message: (nullable): what went wrong, in words
 */
void
reg_welcome_page_set_error (RegWelcomePage *self, const char *message)
{
  gtk_label_set_label (self->error, message != NULL ? message : "");
  gtk_widget_set_visible (GTK_WIDGET (self->error), message != NULL);
}
