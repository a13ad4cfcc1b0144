/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-views"

#include "views/import-status/reg-run-view.h"

#include "imports/reg-import-check.h"
#include "views/common/reg-column-list.h"
#include "views/common/reg-host.h"
#include "views/import-status/reg-run-facts.h"

#include <glib/gi18n-lib.h>

struct _RegRunView
{
  AdwBin parent_instance;

  GtkLabel *file;
  GtkLabel *outcome;
  GtkLabel *counts;
  GtkLabel *many;
  GtkButton *download;
  GtkButton *show_changes;
  RegColumnList *rejects;

  RegWorkspace *workspace;
  gint64 run_id;
  gint64 batch_id;
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

static void
bind_identifier (RegCell *cell, gpointer row, gpointer data)
{
  const RegImportReject *reject = row;

  reg_cell_set_text (cell, reject->identifier);
  reg_cell_set_subtitle (cell, reject->course);
}

static void
bind_reason (RegCell *cell, gpointer row, gpointer data)
{
  const RegImportReject *reject = row;
  RegReason reason;

  reg_cell_set_text (cell, reject->reason);
  if (reg_reason_from_code (reject->code, &reason))
    reg_cell_set_hint (cell, reg_reason_get_help (reason));
}

static char *
dup_reject_name (gpointer row, gpointer data)
{
  return g_strdup (((const RegImportReject *)row)->identifier);
}

/* ids are places in the array, from 1 */
static GPtrArray *
get_reject_rows (RegStore *store, const gint64 *ids, gsize n, gpointer data, GError **error)
{
  const GPtrArray *rejects = data;
  GPtrArray *rows = g_ptr_array_new_full (n, (GDestroyNotify)reg_import_reject_free);

  for (gsize i = 0; i < n; i++)
    g_ptr_array_add (rows, reg_import_reject_copy (g_ptr_array_index (rejects, ids[i] - 1)));
  return rows;
}

static void
show_rejects (RegRunView *self, GPtrArray *rejects)
{
  gsize n = rejects != NULL ? rejects->len : 0;
  g_autoptr (RegIdListModel) model = NULL;
  g_autoptr (RegIdList) list = NULL;
  gint64 *ids;

  gtk_widget_set_visible (GTK_WIDGET (self->rejects), n > 0);
  if (n == 0)
    return;
  ids = g_new (gint64, n);
  for (gsize i = 0; i < n; i++)
    ids[i] = i + 1;
  list = reg_id_list_new_take (ids, n);
  model = reg_workspace_create_model (self->workspace, get_reject_rows, g_ptr_array_ref (rejects),
                                      (GDestroyNotify)g_ptr_array_unref,
                                      (GDestroyNotify)reg_import_reject_free);
  reg_id_list_model_set_ids (model, list);
  reg_column_list_set_model (self->rejects, model);
  reg_column_list_set_loaded (self->rejects, TRUE);
}

static char *
dup_counts (const RegImportRun *run, gint64 n_rejects)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_append_printf (text,
                          ngettext ("%'d line read", "%'d lines read", (gulong)run->lines_read),
                          (int)run->lines_read);
  g_string_append (text, " · ");
  g_string_append_printf (text, ngettext ("%'d user", "%'d users", (gulong)run->n_users),
                          (int)run->n_users);
  if (n_rejects > 0)
    g_string_append_printf (
        text, ngettext (" · %'d not imported", " · %'d not imported", (gulong)n_rejects),
        (int)n_rejects);
  if (run->n_unmarked > 0)
    g_string_append_printf (
        text, ngettext (" · %'d without a mark", " · %'d without a mark", (gulong)run->n_unmarked),
        (int)run->n_unmarked);
  if (run->n_blank > 0)
    g_string_append_printf (text, ngettext (" · %'d blank", " · %'d blank", (gulong)run->n_blank),
                            (int)run->n_blank);
  return g_strdup (text->str);
}

static void
show_facts (RegRunView *self, const RegRunFacts *facts)
{
  g_autofree char *outcome = reg_run_facts_dup_outcome (facts);
  g_autofree char *counts = dup_counts (facts->run, facts->n_rejects);
  gboolean many = facts->n_rejects >= REG_IMPORT_TABLE_LIMIT;

  self->batch_id = facts->run->batch_id;
  gtk_label_set_label (self->file, facts->run->file_name);
  gtk_label_set_label (self->outcome, outcome);
  gtk_label_set_label (self->counts, counts);
  gtk_widget_set_visible (GTK_WIDGET (self->download), facts->n_rejects > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->show_changes), self->batch_id != 0);
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
    reg_host_show_error (host, _ ("The import cannot be read"), error);
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
  g_autoptr (GPtrArray) rejects = reg_store_list_rejects (store, download->run_id, 0, error);

  if (rejects == NULL || !reg_import_write_rejects (rejects, download->path, error))
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
      reg_host_show_error (host, _ ("The list cannot be saved"), error);
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

static void
on_download_clicked_cb (RegRunView *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  g_autofree char *name = NULL;

  if (self->chooser != NULL)
    return;
  name = reg_import_dup_list_name (reg_workspace_get_today (self->workspace));
  self->chooser = gtk_file_chooser_native_new (_ ("Download List"), GTK_WINDOW (root),
                                               GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Save"), NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser), name);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (on_chooser_response_cb), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
on_show_changes_clicked_cb (RegRunView *self)
{
  RegHost *host = reg_host_from (GTK_WIDGET (self));

  if (host != NULL)
    reg_host_open_changes (host, self->batch_id);
}

/* ---- Object ---- */

static void
reg_run_view_dispose (GObject *object)
{
  RegRunView *self = REG_RUN_VIEW (object);

  g_clear_object (&self->chooser);
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
  gtk_widget_class_bind_template_child (widget_class, RegRunView, download);
  gtk_widget_class_bind_template_child (widget_class, RegRunView, show_changes);
  gtk_widget_class_bind_template_child (widget_class, RegRunView, rejects);
  gtk_widget_class_bind_template_callback (widget_class, on_download_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_show_changes_clicked_cb);
}

static void
reg_run_view_init (RegRunView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  reg_column_list_set_label (self->rejects, _ ("Not imported"));
  reg_column_list_set_name_func (self->rejects, dup_reject_name, NULL);
  reg_column_list_add_column (self->rejects, _ ("Line"), -1, 60, 0, REG_COLUMN_NUMERIC, bind_line,
                              NULL);
  reg_column_list_add_column (self->rejects, _ ("Email ID or Employee ID"), -1, 0, 0,
                              REG_COLUMN_EXPAND, bind_identifier, NULL);
  reg_column_list_add_column (self->rejects, _ ("Reason"), -1, 0, 0, REG_COLUMN_EXPAND, bind_reason,
                              NULL);
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
    }
  self->run_id = run_id;
  if (run_id != 0)
    reg_workspace_run_async (self->workspace, FALSE, read_facts, g_memdup2 (&run_id, sizeof run_id),
                             g_free, (GDestroyNotify)reg_run_facts_free, NULL, on_facts_read_cb,
                             g_object_ref (self));
}
