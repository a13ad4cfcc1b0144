/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-app"

#include "app/reg-undo-question.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

typedef struct
{
  GtkWindow *parent;
  RegWorkspace *workspace;
  gint64 batch_id;
  RegUndoAnswered answered;
  GObject *data;
} Question;

static void
question_free (gpointer data)
{
  Question *question = data;

  g_object_unref (question->parent);
  g_object_unref (question->workspace);
  g_object_unref (question->data);
  g_free (question);
}

static gpointer
count_dependants (RegStore *store, gpointer data, RegProgress *progress, GError **error)
{
  gint64 n = reg_store_count_dependants (store, *(gint64 *)data, NULL, 0, error);

  return n >= 0 ? g_memdup2 (&n, sizeof n) : NULL;
}

static void
on_response_cb (AdwMessageDialog *dialog, const char *response, Question *question)
{
  if (g_strcmp0 (response, "undo") == 0)
    question->answered (question->data, question->batch_id);
}

static void
ask (Question *question, gint64 n)
{
  g_autofree char *body = g_strdup_printf (
      ngettext (
          "%d change of another step is queued for the users this adds. It is taken back too.",
          "%d changes of other steps are queued for the users this adds. They are taken back "
          "too.",
          (gulong)n),
      (int)n);
  GtkWidget *dialog = adw_message_dialog_new (question->parent, _ ("Undo Adding Users?"), body);

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"), "undo",
                                    _ ("_Undo"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "undo",
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_object_set_data_full (G_OBJECT (dialog), "reg-question", question, question_free);
  g_signal_connect (dialog, "response", G_CALLBACK (on_response_cb), question);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
on_counted_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Question *question = data;
  g_autoptr (GError) error = NULL;
  g_autofree gint64 *n = reg_workspace_run_finish (question->workspace, result, &error);

  if (n != NULL && *n > 0)
    {
      ask (question, *n);
      return;
    }
  /* Where it could not be counted, the undo itself says what is wrong. */
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    question->answered (question->data, question->batch_id);
  question_free (question);
}

void
reg_undo_question_ask (GtkWindow *parent,
                       RegWorkspace *workspace,
                       gint64 batch_id,
                       RegUndoAnswered answered,
                       gpointer data)
{
  Question *question = g_new0 (Question, 1);

  question->parent = g_object_ref (parent);
  question->workspace = g_object_ref (workspace);
  question->batch_id = batch_id;
  question->answered = answered;
  question->data = g_object_ref (data);
  reg_workspace_run_async (workspace, FALSE, count_dependants,
                           g_memdup2 (&batch_id, sizeof batch_id), g_free, g_free, NULL,
                           on_counted_cb, question);
}
