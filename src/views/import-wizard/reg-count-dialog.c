/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-views"

#include "views/import-wizard/reg-count-dialog.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

typedef struct
{
  AdwMessageDialog *dialog;
  gint64 n;
  RegCountDialogDone done;
  GObject *data;
} Asking;

static void
asking_free (gpointer data, GClosure *closure)
{
  Asking *asking = data;

  g_object_unref (asking->data);
  g_free (asking);
}

static void
on_number_changed_cb (GtkEditable *entry, Asking *asking)
{
  adw_message_dialog_set_response_enabled (
      asking->dialog, "do", g_ascii_strtoll (gtk_editable_get_text (entry), NULL, 10) == asking->n);
}

static void
on_response_cb (AdwMessageDialog *dialog, const char *response, Asking *asking)
{
  if (g_str_equal (response, "do"))
    asking->done (asking->data);
}

/**
 * reg_count_dialog_ask:
 * @parent: the window it stands before
 * @warning: what is large or looks wrong
 * @n: the number to be typed
 * @confirm_label: what the button says
 * @done: called once it was
 * @data: (type GObject): for @done
 *
 * Returns: (transfer none): the dialog, on show
 */
GtkWidget *
reg_count_dialog_ask (GtkWindow *parent,
                      const char *warning,
                      gint64 n,
                      const char *confirm_label,
                      RegCountDialogDone done,
                      gpointer data)
{
  GtkWidget *dialog = adw_message_dialog_new (parent, _ ("Is This Meant?"), warning);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *entry = gtk_entry_new ();
  Asking *asking = g_new0 (Asking, 1);
  g_autofree char *label = g_strdup_printf (_ ("Type %" PRIi64 " to go on"), n);

  asking->dialog = ADW_MESSAGE_DIALOG (dialog);
  asking->n = n;
  asking->done = done;
  asking->data = g_object_ref (data);
  gtk_box_append (GTK_BOX (box), gtk_label_new (label));
  gtk_box_append (GTK_BOX (box), entry);
  gtk_entry_set_activates_default (GTK_ENTRY (entry), TRUE);
  gtk_entry_set_input_purpose (GTK_ENTRY (entry), GTK_INPUT_PURPOSE_DIGITS);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  adw_message_dialog_set_extra_child (asking->dialog, box);
  adw_message_dialog_add_responses (asking->dialog, "cancel", _ ("_Cancel"), "do", confirm_label,
                                    NULL);
  adw_message_dialog_set_response_appearance (asking->dialog, "do", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_response_enabled (asking->dialog, "do", FALSE);
  adw_message_dialog_set_default_response (asking->dialog, "do");
  adw_message_dialog_set_close_response (asking->dialog, "cancel");
  g_signal_connect (entry, "changed", G_CALLBACK (on_number_changed_cb), asking);
  g_signal_connect_data (dialog, "response", G_CALLBACK (on_response_cb), asking, asking_free, 0);
  gtk_window_present (GTK_WINDOW (dialog));
  gtk_widget_grab_focus (entry);
  return dialog;
}
