/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-views"

#include "views/import-wizard/reg-template-saver.h"

#include "sync/reg-import-job.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  GtkWidget *origin;
  RegWorkspace *workspace;
  RegTemplateSaved saved;
  char *action;
  GPtrArray *courses;
  gboolean is_matrix;
  gboolean with_people;
  char *path;
} Template;

static void
template_free (gpointer data)
{
  Template *template = data;

  g_clear_object (&template->origin);
  g_clear_object (&template->workspace);
  g_free (template->action);
  g_ptr_array_unref (template->courses);
  g_free (template->path);
  g_free (template);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Template, template_free)

static gpointer
write_template (RegStore *store, gpointer data, RegProgress *progress, GError **error)
{
  Template *template = data;
  gboolean ok = template->with_people
                    ? reg_import_job_write_template (store, template->action, template->courses,
                                                     template->is_matrix, template->path, error)
                    : reg_import_write_template (template->action, template->courses,
                                                 template->is_matrix, template->path, error);

  return ok ? g_strdup (template->path) : NULL;
}

static void
on_template_written_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Template) template = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = reg_workspace_run_finish (REG_WORKSPACE (source), result, &error);
  g_autofree char *name = path != NULL ? g_path_get_basename (path) : NULL;
  g_autofree char *text =
      path != NULL ? g_strdup_printf (_ ("Saved “%s”. Fill it in, then choose it here."), name)
                   : g_strdup_printf (_ ("The template cannot be saved: %s"), error->message);

  template->saved (template->origin, text);
}

static void
on_place_chosen_cb (GtkNativeDialog *dialog, int response, gpointer data)
{
  g_autoptr (Template) template = data;
  g_autoptr (GFile) file = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  if (file != NULL)
    {
      Template *wanted = template;

      template->path = g_file_get_path (file);
      /* Freed by the callback, which always comes, after the writing. */
      reg_workspace_run_async (wanted->workspace, FALSE, write_template, wanted, NULL, g_free, NULL,
                               on_template_written_cb, g_steal_pointer (&template));
    }
  g_object_unref (dialog);
}

void
reg_template_save (GtkWidget *origin,
                   RegWorkspace *workspace,
                   const RegTemplate *wanted,
                   RegTemplateSaved saved)
{
  g_autofree char *name =
      g_strdup_printf ("%s-%s%s.%s", wanted->action, wanted->is_matrix ? "courses" : "list",
                       wanted->with_people ? "-people" : "", wanted->format);
  GtkFileChooserNative *chooser;
  Template *template;

  if (wanted->is_matrix && wanted->courses->len == 0)
    {
      saved (origin, _ ("Choose the courses first; the template gets a column for each."));
      return;
    }
  template = g_new0 (Template, 1);
  template->origin = g_object_ref (origin);
  template->workspace = g_object_ref (workspace);
  template->saved = saved;
  template->action = g_strdup (wanted->action);
  template->courses = g_ptr_array_ref (wanted->courses);
  template->is_matrix = wanted->is_matrix;
  template->with_people = wanted->with_people;
  chooser =
      gtk_file_chooser_native_new (_ ("Save Template"), GTK_WINDOW (gtk_widget_get_root (origin)),
                                   GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Save"), NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), name);
  g_signal_connect (chooser, "response", G_CALLBACK (on_place_chosen_cb), template);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}
