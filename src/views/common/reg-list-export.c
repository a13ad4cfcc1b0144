/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-views"

#include "views/common/reg-list-export.h"

#include "views/common/reg-host.h"

#include <glib/gi18n-lib.h>

/* What a file can be, as the dialog lists them. */
static const struct
{
  const char *ending;
  const char *label;
} formats[] = {
  { ".xlsx", N_ ("Excel Workbook (.xlsx)") },
  { ".csv", N_ ("Text Table (.csv)") },
};

typedef struct
{
  const RegListExport *kind;
  GtkWidget *page;
  RegWorkspace *workspace;
  RegProgressRow *progress_row;
  RegProgress *progress; /* (nullable): once it is written */
  AdwComboRow *format;   /* of the dialog */
  RegIdList *ids;
  char *stem;
  char *path;
} Export;

static void
export_free (gpointer data)
{
  Export *self = data;

  g_object_unref (self->page);
  g_object_unref (self->workspace);
  g_object_unref (self->progress_row);
  g_clear_object (&self->progress);
  reg_id_list_unref (self->ids);
  g_free (self->stem);
  g_free (self->path);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Export, export_free)

/* Writing, on a worker. */

typedef struct
{
  const RegListExport *kind;
  RegIdList *ids;
  char *path;
  RegProgress *progress; /* not owned */
} Writing;

static void
writing_free (gpointer data)
{
  Writing *writing = data;

  reg_id_list_unref (writing->ids);
  g_free (writing->path);
  g_free (writing);
}

static void
on_lines_written (gint64 lines, double fraction, gpointer data)
{
  const Writing *writing = data;

  reg_progress_set (writing->progress, lines, (gint64)writing->ids->n);
}

static gpointer
write_list (RegStore *store, gpointer data, RegProgress *progress, GError **error)
{
  Writing *writing = data;

  writing->progress = progress;
  return writing->kind->write (store, writing->ids->ids, writing->ids->n, writing->path,
                               on_lines_written, writing, reg_progress_get_cancellable (progress),
                               error)
             ? g_strdup ("")
             : NULL;
}

static void
on_written_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Export) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *done = reg_workspace_run_finish (REG_WORKSPACE (source), result, &error);
  g_autofree char *name = g_path_get_basename (self->path);
  g_autofree char *text = NULL;
  RegHost *host = reg_host_from (self->page);

  reg_progress_row_set_progress (self->progress_row, NULL);
  if (host == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (done == NULL)
    {
      reg_host_show_error (host, _ (self->kind->problem), error);
      return;
    }
  text = self->kind->dup_saved (self->ids->n, name);
  reg_host_toast (host, text, 0);
  reg_host_announce (host, _ (self->kind->title), text);
}

static void
write_file (Export *self)
{
  Writing *writing = g_new0 (Writing, 1);

  writing->kind = self->kind;
  writing->ids = reg_id_list_ref (self->ids);
  writing->path = g_strdup (self->path);
  self->progress = reg_progress_new (_ (self->kind->writing));
  reg_progress_row_set_progress (self->progress_row, self->progress);
  reg_workspace_run_errand_async (self->workspace, write_list, writing, writing_free, g_free,
                                  self->progress, on_written_cb, self);
}

/* Where to. */

static void
on_place_chosen_cb (GtkNativeDialog *dialog, int response, gpointer data)
{
  g_autoptr (Export) self = data;
  g_autoptr (GFile) file = response == GTK_RESPONSE_ACCEPT
                               ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog))
                               : NULL;

  self->path = file != NULL ? g_file_get_path (file) : NULL;
  if (self->path != NULL)
    write_file (g_steal_pointer (&self));
  else if (file != NULL && reg_host_from (self->page) != NULL)
    {
      g_autoptr (GError) error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                                                      _ ("Choose a folder on this computer."));

      reg_host_show_error (reg_host_from (self->page), _ (self->kind->problem), error);
    }
  g_object_unref (dialog);
}

static void
ask_place (Export *self, const char *ending)
{
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (self->page));
  g_autofree char *name = g_strconcat (self->stem, ending, NULL);
  GtkFileChooserNative *chooser = gtk_file_chooser_native_new (
      _ (self->kind->title), window, GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Export"), NULL);

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), name);
  g_signal_connect (chooser, "response", G_CALLBACK (on_place_chosen_cb), self);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

/* Who and what. */

static void
on_response_cb (AdwMessageDialog *dialog, const char *response, gpointer data)
{
  Export *self = data;

  if (g_strcmp0 (response, "export") == 0)
    ask_place (self, formats[adw_combo_row_get_selected (self->format)].ending);
  else
    export_free (self);
}

static GtkWidget *
create_formats (Export *self)
{
  GtkWidget *list = gtk_list_box_new ();
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    gtk_string_list_append (names, _ (formats[i].label));
  self->format = ADW_COMBO_ROW (adw_combo_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->format), _ ("File Type"));
  adw_combo_row_set_model (self->format, G_LIST_MODEL (names));
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("File Type"), -1);
  gtk_list_box_append (GTK_LIST_BOX (list), GTK_WIDGET (self->format));
  return list;
}

static void
show_dialog (Export *self, const char *body)
{
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (self->page));
  AdwMessageDialog *dialog =
      ADW_MESSAGE_DIALOG (adw_message_dialog_new (window, _ (self->kind->title), body));

  adw_message_dialog_set_extra_child (dialog, create_formats (self));
  adw_message_dialog_add_responses (dialog, "cancel", _ ("_Cancel"), "export", _ ("_Export…"),
                                    NULL);
  adw_message_dialog_set_response_appearance (dialog, "export", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_response_enabled (dialog, "export", self->ids->n > 0);
  adw_message_dialog_set_default_response (dialog, "export");
  adw_message_dialog_set_close_response (dialog, "cancel");
  g_signal_connect (dialog, "response", G_CALLBACK (on_response_cb), self);
  gtk_window_present (GTK_WINDOW (dialog));
}

void
reg_list_export_present (const RegListExport *kind,
                         GtkWidget *page,
                         RegWorkspace *workspace,
                         RegProgressRow *progress_row,
                         RegIdList *ids,
                         const char *stem,
                         const char *body)
{
  Export *self = g_new0 (Export, 1);

  self->kind = kind;
  self->page = g_object_ref (page);
  self->workspace = g_object_ref (workspace);
  self->progress_row = g_object_ref (progress_row);
  self->ids = reg_id_list_ref (ids);
  self->stem = g_strdup (stem);
  show_dialog (self, body);
}
