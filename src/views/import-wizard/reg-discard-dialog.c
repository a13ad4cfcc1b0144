/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-views"

#include "views/import-wizard/reg-discard-dialog.h"

#include <glib/gi18n-lib.h>

#define ASKING_KEY "reg-asking"

typedef struct
{
  RegDiscardDialogDone done;
  GObject *data;
} Asking;

static void
asking_free (gpointer data)
{
  Asking *asking = data;

  g_object_unref (asking->data);
  g_free (asking);
}

static void
on_closed (gpointer data)
{
  Asking *asking = data;

  asking->done (asking->data);
  asking_free (asking);
}

/* Where the window closes for it, the dialog would go with it while it still answers. */
static void
on_response_cb (AdwMessageDialog *dialog, const char *response, gpointer data)
{
  if (g_str_equal (response, "discard"))
    g_idle_add_once (on_closed, g_object_steal_data (G_OBJECT (dialog), ASKING_KEY));
}

/**
 * reg_discard_dialog_ask:
 * @parent: the window it stands before
 * @n: how many corrections there are
 * @done: called where they may be lost
 * @data: (type GObject): for @done
 */
void
reg_discard_dialog_ask (GtkWindow *parent, guint n, RegDiscardDialogDone done, gpointer data)
{
  g_autofree char *heading =
      g_strdup_printf (ngettext ("Discard %'u Correction?", "Discard %'u Corrections?", n), n);
  GtkWidget *dialog = adw_message_dialog_new (
      parent, heading,
      _ ("Nothing is imported, and what was corrected here is lost. The file is not touched."));
  AdwMessageDialog *message = ADW_MESSAGE_DIALOG (dialog);
  Asking *asking = g_new0 (Asking, 1);

  asking->done = done;
  asking->data = g_object_ref (data);

  adw_message_dialog_add_responses (message, "cancel", _ ("_Keep Correcting"), "discard",
                                    _ ("_Discard"), NULL);
  adw_message_dialog_set_response_appearance (message, "discard", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (message, "cancel");
  adw_message_dialog_set_close_response (message, "cancel");
  g_object_set_data_full (G_OBJECT (dialog), ASKING_KEY, asking, asking_free);
  g_signal_connect (dialog, "response", G_CALLBACK (on_response_cb), NULL);
  gtk_window_present (GTK_WINDOW (dialog));
}
