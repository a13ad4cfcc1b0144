/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-views"

#include "views/common/reg-due-date-dialog.h"

#include "rules/reg-operation.h"
#include "views/common/reg-date-row.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  AdwMessageDialog *dialog;
  RegDateRow *row;
  RegDueDateChosen chosen;
  gpointer data;
  GDestroyNotify destroy;
} Asking;

static void
asking_free (gpointer data)
{
  Asking *asking = data;

  if (asking->destroy != NULL)
    asking->destroy (asking->data);
  g_free (asking);
}

static void
on_changed_cb (Asking *asking)
{
  gboolean is_there = *reg_date_row_get_date (asking->row) != '\0';

  adw_message_dialog_set_response_enabled (asking->dialog, "set",
                                           is_there && reg_date_row_is_valid (asking->row));
}

static void
on_response_cb (AdwMessageDialog *dialog, const char *response, Asking *asking)
{
  if (g_strcmp0 (response, "set") == 0)
    asking->chosen (reg_date_row_get_date (asking->row), asking->data);
}

/**
 * reg_due_date_dialog_present:
 * @date: what stands there at first; "" for nothing
 * @chosen: called with the date, where one was chosen
 */
void
reg_due_date_dialog_present (GtkWindow *parent,
                             const char *date,
                             RegDueDateChosen chosen,
                             gpointer data,
                             GDestroyNotify destroy)
{
  const RegOperation *operation = reg_operation_find ("set-due-date");
  Asking *asking = g_new0 (Asking, 1);
  GtkWidget *list = gtk_list_box_new ();

  asking->dialog = ADW_MESSAGE_DIALOG (
      adw_message_dialog_new (parent, _ ("Course Due Date"), _ (operation->effect)));
  asking->row = REG_DATE_ROW (reg_date_row_new ());
  asking->chosen = chosen;
  asking->data = data;
  asking->destroy = destroy;
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_list_box_append (GTK_LIST_BOX (list), GTK_WIDGET (asking->row));
  adw_message_dialog_set_extra_child (asking->dialog, list);
  adw_message_dialog_add_responses (asking->dialog, "cancel", _ ("_Cancel"), "set",
                                    _ ("_Set Due Date"), NULL);
  adw_message_dialog_set_response_appearance (asking->dialog, "set", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (asking->dialog, "set");
  adw_message_dialog_set_close_response (asking->dialog, "cancel");
  g_object_set_data_full (G_OBJECT (asking->dialog), "reg-asking", asking, asking_free);
  g_signal_connect_swapped (asking->row, "changed", G_CALLBACK (on_changed_cb), asking);
  g_signal_connect (asking->dialog, "response", G_CALLBACK (on_response_cb), asking);
  reg_date_row_set_date (asking->row, date);
  on_changed_cb (asking);
  gtk_window_present (GTK_WINDOW (asking->dialog));
}
