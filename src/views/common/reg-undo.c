/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-views"

#include "views/common/reg-undo.h"

#include "base/reg-words.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>
#include <inttypes.h>

typedef struct
{
  GtkWindow *parent;
  RegWorkspace *workspace;
  RegUndo *undo;
  RegUndoAnswered answered;
  GObject *data;
} Question;

/**
 * reg_undo_new:
 * @batch_id: a step, or 0
 * @ids: (array length=n) (nullable): or single changes; copied
 * @n: how many
 */
RegUndo *
reg_undo_new (gint64 batch_id, const gint64 *ids, gsize n)
{
  RegUndo *self = g_new0 (RegUndo, 1);

  self->batch_id = batch_id;
  self->ids = g_memdup2 (ids, n * sizeof *ids);
  self->n = n;
  return self;
}

void
reg_undo_free (RegUndo *self)
{
  g_free (self->ids);
  g_free (self);
}

static RegUndo *
copy (const RegUndo *self)
{
  return reg_undo_new (self->batch_id, self->ids, self->n);
}

static void
free_undo (gpointer data)
{
  reg_undo_free (data);
}

static void
question_free (gpointer data)
{
  Question *question = data;

  g_object_unref (question->parent);
  g_object_unref (question->workspace);
  reg_undo_free (question->undo);
  g_object_unref (question->data);
  g_free (question);
}

static gpointer
count_dependants (RegStore *store, gpointer data, RegProgress *progress, GError **error)
{
  const RegUndo *undo = data;
  gint64 n = reg_store_count_dependants (store, undo->batch_id, undo->ids, undo->n, error);

  return n >= 0 ? g_memdup2 (&n, sizeof n) : NULL;
}

static void
on_response_cb (AdwMessageDialog *dialog, const char *response, Question *question)
{
  if (g_strcmp0 (response, "undo") == 0)
    question->answered (question->data, question->undo);
}

static void
ask (Question *question, gint64 n)
{
  g_autofree char *body = g_strdup_printf (
      ngettext ("%d other change is queued for the users this adds. It is taken back too.",
                "%d other changes are queued for the users this adds. They are taken back too.",
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
on_dependants_counted_cb (GObject *source, GAsyncResult *result, gpointer data)
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
    question->answered (question->data, question->undo);
  question_free (question);
}

/**
 * reg_undo_ask:
 * @undo: (transfer full): what is to be undone
 */
void
reg_undo_ask (GtkWindow *parent,
              RegWorkspace *workspace,
              RegUndo *undo,
              RegUndoAnswered answered,
              gpointer data)
{
  Question *question = g_new0 (Question, 1);

  question->parent = g_object_ref (parent);
  question->workspace = g_object_ref (workspace);
  question->undo = undo;
  question->answered = answered;
  question->data = g_object_ref (data);
  reg_workspace_run_async (workspace, FALSE, count_dependants, copy (undo), free_undo, g_free, NULL,
                           on_dependants_counted_cb, question);
}

typedef struct
{
  RegHost *host;
  gint64 n;
} Telling;

static gpointer
count_later (RegStore *store, gpointer data, RegProgress *progress, GError **error)
{
  const RegUndo *undo = data;
  gint64 n = reg_store_count_later (store, undo->batch_id, undo->ids, undo->n, error);

  return n >= 0 ? g_memdup2 (&n, sizeof n) : NULL;
}

static void
on_later_counted_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Telling *telling = data;
  g_autoptr (RegHost) host = telling->host;
  g_autofree gint64 *n = reg_workspace_run_finish (REG_WORKSPACE (source), result, NULL);
  GString *text = g_string_new (NULL);

  reg_words_add_printf (text,
                        ngettext ("%'" PRIi64 " change taken back",
                                  "%'" PRIi64 " changes taken back", (gulong)telling->n),
                        telling->n);
  if (n != NULL && *n > 0)
    reg_words_add_printf (
        text,
        ngettext ("%'" PRIi64 " later change of the same people or courses still waits",
                  "%'" PRIi64 " later changes of the same people or courses still wait",
                  (gulong)*n),
        *n);
  g_free (telling);
  if (reg_host_get_workspace (host) == REG_WORKSPACE (source))
    reg_host_toast (host, text->str, 0);
  g_string_free (text, TRUE);
}

void
reg_undo_tell (RegHost *host, const RegUndo *undo, gint64 n)
{
  Telling *telling = g_new0 (Telling, 1);

  telling->host = g_object_ref (host);
  telling->n = n;
  reg_workspace_run_async (reg_host_get_workspace (host), FALSE, count_later, copy (undo),
                           free_undo, g_free, NULL, on_later_counted_cb, telling);
}
