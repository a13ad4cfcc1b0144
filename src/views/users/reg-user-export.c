/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-views"

#include "views/users/reg-user-export.h"

#include "rules/reg-operation.h"
#include "sync/reg-import-job.h"
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
  GtkWidget *page;
  RegWorkspace *workspace;
  RegProgressRow *progress_row;
  RegProgress *progress; /* (nullable): once it is written */
  AdwComboRow *format;   /* of the dialog */
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
  g_free (self->path);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Export, export_free)

static const RegUserQuery active_users = { .states = REG_STATE_BIT (REG_USER_STATE_ACTIVE) };

/* Writing, on a worker. */

typedef struct
{
  RegProgress *progress;
  gsize n;
} Writing;

static void
on_lines_written (gint64 lines, double fraction, gpointer data)
{
  const Writing *writing = data;

  reg_progress_set (writing->progress, lines, (gint64)writing->n);
}

/* Returns: (transfer full): how many were written */
static gpointer
write_users (RegStore *store, gpointer data, RegProgress *progress, GError **error)
{
  GCancellable *cancellable = reg_progress_get_cancellable (progress);
  g_autoptr (RegIdList) ids = reg_store_query_users (store, &active_users, cancellable, error);
  Writing writing = { progress, ids != NULL ? ids->n : 0 };

  if (ids == NULL
      || !reg_import_job_export_people (store, ids->ids, ids->n, data, on_lines_written, &writing,
                                        cancellable, error))
    return NULL;
  return g_memdup2 (&writing.n, sizeof writing.n);
}

static void
on_written_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Export) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree gsize *n = reg_workspace_run_finish (REG_WORKSPACE (source), result, &error);
  g_autofree char *name = g_path_get_basename (self->path);
  g_autofree char *text = NULL;
  RegHost *host = reg_host_from (self->page);

  reg_progress_row_set_progress (self->progress_row, NULL);
  if (host == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (n == NULL)
    {
      reg_host_show_error (host, _ ("The Users Cannot Be Exported"), error);
      return;
    }
  text = g_strdup_printf (
      ngettext ("%'zu active user saved as “%s”", "%'zu active users saved as “%s”", *n), *n, name);
  reg_host_toast (host, text, 0);
  reg_host_announce (host, _ ("Export Users"), text);
}

static void
write_file (Export *self)
{
  self->progress = reg_progress_new (_ ("Exporting users…"));
  reg_progress_row_set_progress (self->progress_row, self->progress);
  reg_workspace_run_errand_async (self->workspace, write_users, g_strdup (self->path), g_free,
                                  g_free, self->progress, on_written_cb, self);
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

      reg_host_show_error (reg_host_from (self->page), _ ("The Users Cannot Be Exported"), error);
    }
  g_object_unref (dialog);
}

static void
ask_place (Export *self, const char *ending)
{
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (self->page));
  /* Translators: the name of a file, with the date of today */
  g_autofree char *stem =
      g_strdup_printf (_ ("Users %s"), reg_workspace_get_today (self->workspace));
  g_autofree char *name = g_strconcat (stem, ending, NULL);
  GtkFileChooserNative *chooser = gtk_file_chooser_native_new (
      _ ("Export Users"), window, GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Export"), NULL);

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
show_dialog (Export *self, gsize n)
{
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (self->page));
  g_autofree char *body = g_strdup_printf (
      ngettext ("The %'zu active user is written, whatever the list is filtered by. Users who are "
                "not active are left out.",
                "All %'zu active users are written, whatever the list is filtered by. Users who "
                "are not active are left out.",
                n),
      n);
  AdwMessageDialog *dialog =
      ADW_MESSAGE_DIALOG (adw_message_dialog_new (window, _ ("Export Users"), body));

  adw_message_dialog_set_extra_child (dialog, create_formats (self));
  adw_message_dialog_add_responses (dialog, "cancel", _ ("_Cancel"), "export", _ ("_Export…"),
                                    NULL);
  adw_message_dialog_set_response_appearance (dialog, "export", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_response_enabled (dialog, "export", n > 0);
  adw_message_dialog_set_default_response (dialog, "export");
  adw_message_dialog_set_close_response (dialog, "cancel");
  g_signal_connect (dialog, "response", G_CALLBACK (on_response_cb), self);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
on_counted_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Export) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RegIdList) ids =
      reg_workspace_query_users_finish (REG_WORKSPACE (source), result, &error);

  if (reg_host_from (self->page) == NULL
      || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (ids != NULL)
    show_dialog (g_steal_pointer (&self), ids->n);
  else
    reg_host_show_error (reg_host_from (self->page), _ ("Could Not Look Up Users"), error);
}

void
reg_user_export_present (GtkWidget *page, RegWorkspace *workspace, RegProgressRow *progress_row)
{
  Export *self = g_new0 (Export, 1);

  self->page = g_object_ref (page);
  self->workspace = g_object_ref (workspace);
  self->progress_row = g_object_ref (progress_row);
  reg_workspace_query_users_async (workspace, &active_users, NULL, on_counted_cb, self);
}
