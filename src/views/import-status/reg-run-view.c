/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-views"

#include "views/import-status/reg-run-view.h"

#include "base/reg-words.h"
#include "imports/reg-import-check.h"
#include "views/common/reg-column-list.h"
#include "views/common/reg-host.h"
#include "sync/reg-import-copy.h"
#include "views/import-status/reg-run-facts.h"
#include "views/import-status/reg-run-line-menu.h"
#include "views/import-status/reg-run-people.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

struct _RegRunView
{
  AdwBin parent_instance;

  GtkLabel *file;
  GtkLabel *outcome;
  GtkLabel *counts;
  GtkLabel *many;
  GtkProgressBar *bar;
  GtkLabel *pace;
  GtkButton *correct;
  GtkButton *pause;
  GtkButton *download;
  RegColumnList *rejects;

  RegWorkspace *workspace;
  gint64 run_id;
  gint64 batch_id;
  char *file_name;
  GPtrArray *shown; /* (nullable): RegImportReject */
  gboolean is_paused;
  gboolean is_reverted;
  gint64 n_answered; /* when it was looked at first, for the pace */
  gint64 since;      /* monotonic, in microseconds */
  GtkFileChooserNative *chooser;
};

G_DEFINE_FINAL_TYPE (RegRunView, reg_run_view, ADW_TYPE_BIN)

static void
bind_line (RegCell *cell, gpointer row, gpointer data)
{
  g_autofree char *text =
      g_strdup_printf ("%" G_GINT64_FORMAT, ((const RegImportReject *)row)->line);

  reg_cell_set_text (cell, text);
}

static const char *
get_help (const RegImportReject *reject)
{
  RegReason reason;

  return reg_reason_from_code (reject->code, &reason) ? reg_reason_get_help (reason) : NULL;
}

/* Where there is no room for a column of reasons, they stand below whom they are about. */
static void
bind_identifier (RegCell *cell, gpointer row, gpointer data)
{
  const RegImportReject *reject = row;
  const char *help = get_help (reject);
  gboolean is_narrow = reg_column_list_is_narrow (data);
  g_autoptr (GString) below = g_string_new (NULL);

  reg_words_add (below, reject->course);
  reg_words_add (below, reject->reason);
  if (help != NULL)
    g_string_append_printf (below, "\n%s", help);
  reg_cell_set_wrap (cell, is_narrow);
  reg_cell_set_text (cell, reject->identifier);
  reg_cell_set_subtitle (cell, is_narrow ? below->str : reject->course);
}

static void
bind_reason (RegCell *cell, gpointer row, gpointer data)
{
  const RegImportReject *reject = row;

  reg_cell_set_wrap (cell, TRUE);
  reg_cell_set_text (cell, reject->reason);
  reg_cell_set_subtitle (cell, get_help (reject));
}

static char *
dup_reject_name (gpointer row, gpointer data)
{
  return g_strdup (((const RegImportReject *)row)->identifier);
}

static const RegImportReject *
find_reject (const GPtrArray *rejects, gint64 id)
{
  for (guint i = 0; i < rejects->len; i++)
    {
      const RegImportReject *reject = g_ptr_array_index (rejects, i);

      if (reject->id == id)
        return reject;
    }
  return NULL;
}

/* data: so few that a table of them is shown */
static GPtrArray *
get_reject_rows (RegStore *store, const gint64 *ids, gsize n, gpointer data, GError **error)
{
  GPtrArray *rows = g_ptr_array_new_full (n, (GDestroyNotify)reg_import_reject_free);

  for (gsize i = 0; i < n; i++)
    g_ptr_array_add (rows, reg_import_reject_copy (find_reject (data, ids[i])));
  return rows;
}

static gboolean
are_same (const GPtrArray *rejects, const GPtrArray *others)
{
  if (rejects == NULL || others == NULL || rejects->len != others->len)
    return rejects == others;
  for (guint i = 0; i < rejects->len; i++)
    {
      const RegImportReject *one = g_ptr_array_index (rejects, i);
      const RegImportReject *other = g_ptr_array_index (others, i);

      if (one->id != other->id || !g_str_equal (one->identifier, other->identifier)
          || !g_str_equal (one->reason, other->reason))
        return FALSE;
    }
  return TRUE;
}

/* A list that says the same stays as it is, wherever somebody has scrolled it to. */
static void
show_rejects (RegRunView *self, GPtrArray *rejects)
{
  gsize n = rejects != NULL ? rejects->len : 0;
  g_autoptr (RegIdListModel) model = NULL;
  g_autoptr (RegIdList) list = NULL;
  gint64 *ids;

  gtk_widget_set_visible (GTK_WIDGET (self->rejects), n > 0);
  if (n == 0 || are_same (self->shown, rejects))
    return;
  g_clear_pointer (&self->shown, g_ptr_array_unref);
  self->shown = g_ptr_array_ref (rejects);
  ids = g_new (gint64, n);
  for (gsize i = 0; i < n; i++)
    ids[i] = ((const RegImportReject *)g_ptr_array_index (rejects, i))->id;
  list = reg_id_list_new_take (ids, n);
  model = reg_workspace_create_model (self->workspace, get_reject_rows, g_ptr_array_ref (rejects),
                                      (GDestroyNotify)g_ptr_array_unref,
                                      (GDestroyNotify)reg_import_reject_free);
  reg_id_list_model_set_ids (model, list);
  reg_column_list_set_model (self->rejects, model);
  reg_column_list_set_loaded (self->rejects, TRUE);
}

static char *
dup_counts (const RegImportRun *run, gint64 n_rejects, gint64 n_settled)
{
  g_autoptr (GString) text = g_string_new (NULL);

  reg_words_add_printf (text, ngettext ("%'d line read", "%'d lines read", (gulong)run->lines_read),
                        (int)run->lines_read);
  reg_words_add_printf (text, ngettext ("%'d user", "%'d users", (gulong)run->n_users),
                        (int)run->n_users);
  if (n_rejects > 0)
    reg_words_add_printf (
        text, ngettext ("%'d not imported", "%'d not imported", (gulong)n_rejects), (int)n_rejects);
  if (n_settled > 0)
    reg_words_add_printf (
        text, ngettext ("%'d put right since", "%'d put right since", (gulong)n_settled),
        (int)n_settled);
  if (run->n_unmarked > 0)
    reg_words_add_printf (
        text, ngettext ("%'d without a mark", "%'d without a mark", (gulong)run->n_unmarked),
        (int)run->n_unmarked);
  if (run->n_blank > 0)
    reg_words_add_printf (text, ngettext ("%'d blank", "%'d blank", (gulong)run->n_blank),
                          (int)run->n_blank);
  return g_strdup (text->str);
}

/* ---- Progress ---- */

/* "about 3 minutes left" */
static char *
dup_time_left (double seconds)
{
  guint minutes = (guint)(seconds / 60 + 0.5);

  if (seconds < 60)
    return g_strdup (_ ("less than a minute left"));
  return g_strdup_printf (ngettext ("about %u minute left", "about %u minutes left", minutes),
                          minutes);
}

/* How far it is, how quickly it goes, and how long it will take at that pace. */
static char *
dup_pace (RegRunView *self, gint64 n_answered, gint64 n_changes)
{
  double seconds = (double)(g_get_monotonic_time () - self->since) / G_USEC_PER_SEC;
  double rate = seconds > 0.5 ? (double)(n_answered - self->n_answered) / seconds : 0;
  g_autofree char *left = NULL;

  if (self->is_paused)
    return g_strdup_printf (_ ("Paused: %'d of %'d changes answered by the LMS"), (int)n_answered,
                            (int)n_changes);
  if (rate <= 0)
    return g_strdup_printf (_ ("%'d of %'d changes answered by the LMS"), (int)n_answered,
                            (int)n_changes);
  left = dup_time_left ((double)(n_changes - n_answered) / rate);
  /* Translators: how many changes are answered in a second, and how long the rest will take. */
  return g_strdup_printf (_ ("%'d of %'d changes answered by the LMS · %.0f a second · %s"),
                          (int)n_answered, (int)n_changes, rate, left);
}

static void
show_progress (RegRunView *self, const RegRunFacts *facts)
{
  gint64 n_answered = reg_run_facts_get_n_answered (facts);
  gint64 n_changes = reg_run_facts_get_n_changes (facts);
  gboolean is_open = facts->run->state == REG_RUN_STAGED || facts->run->state == REG_RUN_SENDING;
  g_autofree char *pace = NULL;

  self->is_paused = facts->is_paused;
  if (self->since == 0)
    {
      self->since = g_get_monotonic_time ();
      self->n_answered = n_answered;
    }
  pace = dup_pace (self, n_answered, n_changes);
  gtk_widget_set_visible (GTK_WIDGET (self->bar), is_open && n_changes > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->pace), is_open && n_changes > 0);
  gtk_progress_bar_set_fraction (self->bar,
                                 n_changes > 0 ? (double)n_answered / (double)n_changes : 0);
  gtk_label_set_label (self->pace, pace);
  gtk_widget_set_visible (GTK_WIDGET (self->pause), is_open);
  gtk_button_set_label (self->pause, facts->is_paused ? _ ("Resume") : _ ("Pause"));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "run.cancel", is_open);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "run.revert",
                                 self->batch_id != 0 && facts->run->state != REG_RUN_UNDONE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "run.retry",
                                 facts->batch != NULL
                                     && facts->batch->counts[REG_CHANGE_REJECTED] > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->correct), facts->is_kept);
}

static void
show_facts (RegRunView *self, const RegRunFacts *facts)
{
  g_autofree char *outcome = reg_run_facts_dup_outcome (facts);
  g_autofree char *counts = dup_counts (facts->run, facts->n_rejects, facts->n_settled);
  gboolean many = facts->n_rejects >= REG_IMPORT_TABLE_LIMIT;

  self->batch_id = facts->run->batch_id;
  self->is_reverted = facts->run->is_reverted;
  g_free (self->file_name);
  self->file_name = g_strdup (facts->run->file_name);
  show_progress (self, facts);
  gtk_label_set_label (self->file, facts->run->file_name);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->file), facts->run->file_name);
  gtk_label_set_label (self->outcome, outcome);
  gtk_label_set_label (self->counts, counts);
  gtk_widget_set_visible (GTK_WIDGET (self->download), facts->n_rejects > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "run.show-changes", self->batch_id != 0);
  gtk_widget_set_visible (GTK_WIDGET (self->many), many);
  if (many)
    {
      g_autofree char *text = reg_import_dup_list_notice (facts->n_rejects);

      gtk_label_set_label (self->many, text);
    }
  show_rejects (self, facts->rejects);
}

static gpointer
read_facts (RegStore *store, gpointer data, RegProgress *progress, GError **error)
{
  const gint64 *run_id = data;

  return reg_run_facts_read (store, *run_id, REG_IMPORT_TABLE_LIMIT, error);
}

static void
on_facts_read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RegRunView) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RegRunFacts) facts = reg_workspace_run_finish (REG_WORKSPACE (source), result, &error);
  RegHost *host = reg_host_from (GTK_WIDGET (self));

  if (facts != NULL && facts->run->id == self->run_id)
    show_facts (self, facts);
  else if (facts == NULL && host != NULL
           && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    reg_host_show_error (host, _ ("The Import Cannot Be Read"), error);
}

/* ---- Download List ---- */

typedef struct
{
  gint64 run_id;
  char *path;
} Download;

static void
download_free (gpointer data)
{
  Download *download = data;

  g_free (download->path);
  g_free (download);
}

static gpointer
write_list (RegStore *store, gpointer data, RegProgress *progress, GError **error)
{
  Download *download = data;

  if (!reg_import_copy_write_rejects (store, download->run_id, download->path, error))
    return NULL;
  return g_strdup (download->path);
}

static void
on_list_written_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RegRunView) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = reg_workspace_run_finish (REG_WORKSPACE (source), result, &error);
  RegHost *host = reg_host_from (GTK_WIDGET (self));
  g_autofree char *text = NULL;
  g_autofree char *name = NULL;

  if (host == NULL)
    return;
  if (path == NULL)
    {
      reg_host_show_error (host, _ ("The List Cannot Be Saved"), error);
      return;
    }
  name = g_path_get_basename (path);
  text = g_strdup_printf (_ ("Saved “%s”"), name);
  reg_host_toast (host, text, 0);
}

static void
on_chooser_response_cb (GtkNativeDialog *dialog, int response, RegRunView *self)
{
  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
      Download *download = g_new0 (Download, 1);

      download->run_id = self->run_id;
      download->path = g_file_get_path (file);
      reg_workspace_run_async (self->workspace, FALSE, write_list, download, download_free, g_free,
                               NULL, on_list_written_cb, g_object_ref (self));
    }
  g_clear_object (&self->chooser);
}

/* The name is free in the folder that is shown first; of another the dialog asks itself. */
static void
propose_list (RegRunView *self, GtkFileChooser *chooser)
{
  const char *downloads = g_get_user_special_dir (G_USER_DIRECTORY_DOWNLOAD);
  g_autoptr (GFile) folder =
      g_file_new_for_path (downloads != NULL ? downloads : g_get_home_dir ());
  g_autofree char *path = reg_import_dup_list_path (g_file_peek_path (folder),
                                                    reg_workspace_get_today (self->workspace));
  g_autofree char *name = g_path_get_basename (path);

  /* Where there is no such folder, it shows one of its own choice. */
  gtk_file_chooser_set_current_folder (chooser, folder, NULL);
  gtk_file_chooser_set_current_name (chooser, name);
}

static void
on_download_clicked_cb (RegRunView *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (self->chooser != NULL)
    return;
  self->chooser = gtk_file_chooser_native_new (_ ("Download List"), GTK_WINDOW (root),
                                               GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Save"), NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  propose_list (self, GTK_FILE_CHOOSER (self->chooser));
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (on_chooser_response_cb), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
show_changes (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  RegRunView *self = REG_RUN_VIEW (widget);
  RegHost *host = reg_host_from (GTK_WIDGET (self));

  if (host != NULL)
    reg_host_open_changes (host, self->batch_id);
}

static void
on_correct_clicked_cb (RegRunView *self)
{
  RegHost *host = reg_host_from (GTK_WIDGET (self));

  if (host != NULL)
    reg_host_correct_run (host, self->run_id);
}

/* ---- Pause, cancel, try again ---- */

typedef struct
{
  gint64 batch_id;
  gint64 run_id;
  gboolean flag;
  const char *what;
  RegBatchRevert revert;
} Work;

static Work *
work_new (RegRunView *self)
{
  Work *work = g_new0 (Work, 1);

  work->batch_id = self->batch_id;
  work->run_id = self->run_id;
  return work;
}

static gpointer
pause_batch (RegStore *store, gpointer data, RegProgress *progress, GError **error)
{
  Work *work = data;

  return reg_store_set_batch_paused (store, work->batch_id, work->flag, error) ? g_strdup ("")
                                                                               : NULL;
}

static gpointer
cancel_batch (RegStore *store, gpointer data, RegProgress *progress, GError **error)
{
  gint64 n;

  return reg_store_cancel_batch (store, ((Work *)data)->batch_id, &n, error) ? g_strdup ("") : NULL;
}

static gpointer
retry_batch (RegStore *store, gpointer data, RegProgress *progress, GError **error)
{
  g_autoptr (RegIdList) ids =
      reg_store_query_changes (store, ((Work *)data)->batch_id, 1u << REG_CHANGE_REJECTED, error);

  if (ids == NULL || (ids->n > 0 && !reg_store_retry_changes (store, ids->ids, ids->n, error)))
    return NULL;
  return g_strdup ("");
}

static void
on_work_done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RegRunView) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *done = reg_workspace_run_finish (REG_WORKSPACE (source), result, &error);
  RegHost *host = reg_host_from (GTK_WIDGET (self));

  if (done == NULL && host != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    reg_host_show_error (host, _ ("That Did Not Work"), error);
  else if (done != NULL)
    reg_run_view_set_run (self, self->run_id);
}

static void
run_work (RegRunView *self, RegWorkspaceFunc func, gboolean flag)
{
  Work *work = work_new (self);

  work->flag = flag;
  /* What comes now goes at another pace. */
  self->since = 0;
  reg_workspace_run_async (self->workspace, TRUE, func, work, g_free, g_free, NULL, on_work_done_cb,
                           g_object_ref (self));
}

static void
on_pause_clicked_cb (RegRunView *self)
{
  run_work (self, pause_batch, !self->is_paused);
}

static void
cancel_run (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  run_work (REG_RUN_VIEW (widget), cancel_batch, FALSE);
}

static void
retry_run (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  run_work (REG_RUN_VIEW (widget), retry_batch, FALSE);
}

/* ---- People ---- */

static void
on_people_read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RegRunView) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RegRunPeople) people =
      reg_workspace_run_finish (REG_WORKSPACE (source), result, &error);
  RegHost *host = reg_host_from (GTK_WIDGET (self));

  if (host == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (people == NULL)
    reg_host_show_error (host, _ ("The People Cannot Be Read"), error);
  else if (people->ids == NULL || people->ids->n == 0)
    reg_host_toast (host, people->what, 0);
  else
    reg_host_open_people (host, people->ids->ids, people->ids->n, people->what);
}

static void
read_people (RegRunView *self, const char *what)
{
  reg_workspace_run_async (self->workspace, FALSE, reg_run_people_read,
                           reg_run_people_new (self->run_id, what),
                           (GDestroyNotify)reg_run_people_free, (GDestroyNotify)reg_run_people_free,
                           NULL, on_people_read_cb, g_object_ref (self));
}

static void
select_people (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  read_people (REG_RUN_VIEW (widget), g_variant_get_string (parameter, NULL));
}

/* ---- Single lines ---- */

static void
on_reject_operation_cb (RegRunView *self, gint64 id, const char *name)
{
  RegIdListModel *model = reg_column_list_get_model (self->rejects);
  guint position = reg_id_list_model_find (model, id);
  g_autoptr (RegIdListItem) item =
      position != G_MAXUINT ? g_list_model_get_item (G_LIST_MODEL (model), position) : NULL;
  const RegImportReject *reject = item != NULL ? reg_id_list_item_get_row (item) : NULL;
  RegHost *host = reg_host_from (GTK_WIDGET (self));
  RegRunLineAct act;
  gboolean all;

  if (reject == NULL || host == NULL || !reg_run_line_act_from_name (name, &act, &all))
    return;
  switch (act)
    {
    case REG_RUN_LINE_CORRECT:
      reg_host_correct_run (host, self->run_id);
      break;
    case REG_RUN_LINE_RETRY:
      self->since = 0;
      reg_workspace_run_async (
          self->workspace, TRUE, reg_run_retry,
          reg_run_retry_new (self->run_id, reject->code, all ? 0 : reject->change_id),
          (GDestroyNotify)reg_run_retry_free, g_free, NULL, on_work_done_cb, g_object_ref (self));
      break;
    case REG_RUN_LINE_SHOW_PEOPLE:
      {
        g_autofree char *group =
            all ? g_strdup_printf (REG_RUN_PEOPLE_CODE "%s", reject->code)
                : g_strdup_printf (REG_RUN_PEOPLE_LINE "%" PRIi64, reject->line);

        read_people (self, group);
        break;
      }
    case REG_RUN_LINE_SHOW_CHANGES:
      reg_host_open_changes (host, self->batch_id);
      break;
    }
}

static GMenuModel *
create_reject_menu (gpointer row, gpointer data)
{
  RegRunView *self = data;

  return reg_run_line_menu_create (row, gtk_widget_get_visible (GTK_WIDGET (self->correct)));
}

/* ---- Revert ---- */

static gpointer
preview_revert (RegStore *store, gpointer data, RegProgress *progress, GError **error)
{
  g_autofree Work *work = g_memdup2 (data, sizeof *work);

  return reg_store_preview_revert (store, work->batch_id, &work->revert, error)
             ? g_steal_pointer (&work)
             : NULL;
}

static void
on_revert_response_cb (GtkWidget *dialog, const char *response, RegRunView *self)
{
  RegHost *host = reg_host_from (GTK_WIDGET (self));

  if (g_str_equal (response, "people"))
    read_people (self, REG_RUN_PEOPLE_KEPT);
  else if (g_str_equal (response, "do") && host != NULL)
    reg_host_undo (host, self->batch_id);
}

static void
ask_revert (RegRunView *self, const RegBatchRevert *revert)
{
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
  g_autofree char *heading = g_strdup_printf (_ ("Revert “%s”?"), self->file_name);
  g_autofree char *text = reg_run_dup_revert_text (revert, self->is_reverted);
  GtkWidget *dialog = adw_message_dialog_new (window, heading, text);

  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"));
  if (revert->n_kept > 0)
    adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "people", _ ("Show _People"));
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "do", _ ("_Revert"));
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "do",
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_response_enabled (ADW_MESSAGE_DIALOG (dialog), "do",
                                           revert->n_waiting + revert->n_countered > 0);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_revert_response_cb), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
on_revert_previewed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RegRunView) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree Work *work = reg_workspace_run_finish (REG_WORKSPACE (source), result, &error);
  RegHost *host = reg_host_from (GTK_WIDGET (self));

  if (work != NULL && gtk_widget_get_root (GTK_WIDGET (self)) != NULL)
    ask_revert (self, &work->revert);
  else if (work == NULL && host != NULL
           && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    reg_host_show_error (host, _ ("That Did Not Work"), error);
}

static void
revert_run (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  RegRunView *self = REG_RUN_VIEW (widget);

  reg_workspace_run_async (self->workspace, FALSE, preview_revert, work_new (self), g_free, g_free,
                           NULL, on_revert_previewed_cb, g_object_ref (self));
}

/* ---- Object ---- */

static void
reg_run_view_dispose (GObject *object)
{
  RegRunView *self = REG_RUN_VIEW (object);

  g_clear_object (&self->chooser);
  g_clear_pointer (&self->file_name, g_free);
  g_clear_pointer (&self->shown, g_ptr_array_unref);
  g_clear_object (&self->workspace);
  G_OBJECT_CLASS (reg_run_view_parent_class)->dispose (object);
}

static void
reg_run_view_class_init (RegRunViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = reg_run_view_dispose;

  g_type_ensure (REG_TYPE_COLUMN_LIST);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/registrar_lms/Registrar/import-status/reg-run-view.ui");
  gtk_widget_class_bind_template_child (widget_class, RegRunView, file);
  gtk_widget_class_bind_template_child (widget_class, RegRunView, outcome);
  gtk_widget_class_bind_template_child (widget_class, RegRunView, counts);
  gtk_widget_class_bind_template_child (widget_class, RegRunView, many);
  gtk_widget_class_bind_template_child (widget_class, RegRunView, bar);
  gtk_widget_class_bind_template_child (widget_class, RegRunView, pace);
  gtk_widget_class_bind_template_child (widget_class, RegRunView, correct);
  gtk_widget_class_bind_template_child (widget_class, RegRunView, pause);
  gtk_widget_class_bind_template_child (widget_class, RegRunView, download);
  gtk_widget_class_bind_template_child (widget_class, RegRunView, rejects);
  gtk_widget_class_bind_template_callback (widget_class, on_download_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_correct_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_pause_clicked_cb);
  gtk_widget_class_install_action (widget_class, "run.show-changes", NULL, show_changes);
  gtk_widget_class_install_action (widget_class, "run.select", "s", select_people);
  gtk_widget_class_install_action (widget_class, "run.compare", "s", select_people);
  gtk_widget_class_install_action (widget_class, "run.retry", NULL, retry_run);
  gtk_widget_class_install_action (widget_class, "run.cancel", NULL, cancel_run);
  gtk_widget_class_install_action (widget_class, "run.revert", NULL, revert_run);
}

static void
reg_run_view_init (RegRunView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  reg_column_list_set_label (self->rejects, _ ("Not imported"));
  reg_column_list_set_name_func (self->rejects, dup_reject_name, NULL);
  reg_column_list_add_column (self->rejects, _ ("Line"), -1, 72, 0, REG_COLUMN_NUMERIC, bind_line,
                              NULL);
  reg_column_list_add_column (self->rejects, _ ("Email ID or Employee ID"), -1, 0, 0,
                              REG_COLUMN_EXPAND, bind_identifier, self->rejects);
  reg_column_list_add_column (self->rejects, _ ("Reason"), -1, 0, 560, REG_COLUMN_EXPAND,
                              bind_reason, NULL);
  reg_column_list_set_menu_func (self->rejects, create_reject_menu, self);
  reg_column_list_add_menus (self->rejects);
  g_signal_connect_object (self->rejects, "row-operation", G_CALLBACK (on_reject_operation_cb),
                           self, G_CONNECT_SWAPPED);
}

void
reg_run_view_set_workspace (RegRunView *self, RegWorkspace *workspace)
{
  g_set_object (&self->workspace, workspace);
}

/**
 * reg_run_view_set_run:
 * @self: the view
 * @run_id: an import; 0 for none
 *
 * Shows an import, read anew.
 */
void
reg_run_view_set_run (RegRunView *self, gint64 run_id)
{
  if (self->run_id != run_id)
    {
      gtk_label_set_label (self->file, "");
      gtk_label_set_label (self->outcome, "");
      gtk_label_set_label (self->counts, "");
      gtk_widget_set_visible (GTK_WIDGET (self->rejects), FALSE);
      self->since = 0;
    }
  self->run_id = run_id;
  if (run_id != 0)
    reg_workspace_run_async (self->workspace, FALSE, read_facts, g_memdup2 (&run_id, sizeof run_id),
                             g_free, (GDestroyNotify)reg_run_facts_free, NULL, on_facts_read_cb,
                             g_object_ref (self));
}
