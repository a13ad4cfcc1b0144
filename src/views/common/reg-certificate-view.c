/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-views"

#include "views/common/reg-certificate-view.h"

#include "store/reg-store-reading.h"
#include "sync/reg-certificate.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

/* One certificate on its way to the person. */
typedef struct
{
  GtkWindow *parent;
  RegWorkspace *workspace;
  char *account_id;
  gint64 user_id;
  gint64 course_id;
  gint64 certificate_id;
  char *file_name; /* (nullable): to look at it */
  GtkFileChooserNative *chooser;
} Errand;

static Errand *
errand_new (GtkWindow *parent, RegWorkspace *workspace)
{
  Errand *errand = g_new0 (Errand, 1);

  errand->parent = g_object_ref (parent);
  errand->workspace = g_object_ref (workspace);
  errand->account_id = g_strdup (reg_workspace_get_account (workspace)->id);
  return errand;
}

static void
errand_free (Errand *errand)
{
  g_clear_object (&errand->chooser);
  g_object_unref (errand->parent);
  g_object_unref (errand->workspace);
  g_free (errand->account_id);
  g_free (errand->file_name);
  g_free (errand);
}

/* The end of an errand that did not work. */
static void
fail (Errand *errand, const char *reason)
{
  GtkWidget *dialog;

  /* The window may have been closed meanwhile. */
  if (gtk_widget_get_mapped (GTK_WIDGET (errand->parent)))
    {
      dialog =
          adw_message_dialog_new (errand->parent, _ ("The Certificate Cannot Be Shown"), reason);
      adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _ ("_Close"));
      gtk_window_present (GTK_WINDOW (dialog));
    }
  errand_free (errand);
}

static void
on_shown_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Errand *errand = data;
  g_autoptr (GError) error = NULL;

  if (g_app_info_launch_default_for_uri_finish (result, &error))
    {
      errand_free (errand);
      return;
    }
  {
    g_autofree char *path = reg_certificate_dup_path (errand->account_id, errand->certificate_id);
    /* Translators: the reason, then a path */
    g_autofree char *reason = g_strdup_printf (
        _ ("No program of this computer showed it: %s\n\nThe file is %s. “Download "
           "Certificate” saves it elsewhere."),
        error->message, path);

    fail (errand, reason);
  }
}

static void
on_saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Errand *errand = data;
  g_autoptr (GError) error = NULL;

  if (g_file_copy_finish (G_FILE (source), result, &error))
    errand_free (errand);
  else
    fail (errand, error->message);
}

static void
on_chooser_response_cb (GtkNativeDialog *dialog, int response, gpointer data)
{
  Errand *errand = data;
  g_autofree char *path = reg_certificate_dup_path (errand->account_id, errand->certificate_id);
  g_autoptr (GFile) kept = g_file_new_for_path (path);
  g_autoptr (GFile) file = response == GTK_RESPONSE_ACCEPT
                               ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog))
                               : NULL;

  if (file == NULL)
    {
      errand_free (errand);
      return;
    }
  g_file_copy_async (kept, file, G_FILE_COPY_OVERWRITE | G_FILE_COPY_TARGET_DEFAULT_PERMS,
                     G_PRIORITY_DEFAULT, NULL, NULL, NULL, on_saved_cb, errand);
}

/* The file is here. */
static void
hand_over (Errand *errand)
{
  g_autofree char *path = reg_certificate_dup_path (errand->account_id, errand->certificate_id);
  g_autofree char *uri = NULL;

  if (errand->file_name == NULL)
    {
      g_autoptr (GdkAppLaunchContext) context =
          gdk_display_get_app_launch_context (gtk_widget_get_display (GTK_WIDGET (errand->parent)));

      uri = g_filename_to_uri (path, NULL, NULL);
      g_app_info_launch_default_for_uri_async (uri, G_APP_LAUNCH_CONTEXT (context), NULL,
                                               on_shown_cb, errand);
      return;
    }
  errand->chooser = gtk_file_chooser_native_new (_ ("Download Certificate"), errand->parent,
                                                 GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Save"), NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (errand->chooser), TRUE);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (errand->chooser), errand->file_name);
  g_signal_connect (errand->chooser, "response", G_CALLBACK (on_chooser_response_cb), errand);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (errand->chooser));
}

/* Fetching it. */

typedef struct
{
  char *account_id;
  gint64 certificate_id;
} Wanted;

static void
wanted_free (gpointer data)
{
  Wanted *wanted = data;

  g_free (wanted->account_id);
  g_free (wanted);
}

static gpointer
fetch (RegStore *store, RegLms *lms, gpointer data, GCancellable *cancellable, GError **error)
{
  const Wanted *wanted = data;

  return GINT_TO_POINTER (
      reg_certificate_fetch (wanted->account_id, lms, wanted->certificate_id, cancellable, error));
}

static void
on_fetched_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Errand *errand = data;
  g_autoptr (GError) error = NULL;

  reg_workspace_fetch_finish (REG_WORKSPACE (source), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    errand_free (errand);
  else if (error != NULL)
    {
      g_autofree char *reason =
          g_strdup_printf (_ ("It was not looked at on this computer before, and the LMS could not "
                              "be asked: %s"),
                           error->message);

      fail (errand, reason);
    }
  else
    hand_over (errand);
}

static void
get_file (Errand *errand)
{
  Wanted *wanted;

  if (reg_certificate_is_kept (errand->account_id, errand->certificate_id))
    {
      hand_over (errand);
      return;
    }
  wanted = g_new0 (Wanted, 1);
  wanted->account_id = g_strdup (errand->account_id);
  wanted->certificate_id = errand->certificate_id;
  reg_workspace_fetch_async (errand->workspace, fetch, wanted, wanted_free, NULL, on_fetched_cb,
                             errand);
}

/* Which one it is. */

typedef struct
{
  gint64 user_id;
  gint64 course_id;
} Pair;

static gpointer
find (RegStore *store, gpointer data, RegProgress *progress, GError **error)
{
  const Pair *pair = data;
  gint64 id;

  if (!reg_store_find_certificate (store, pair->user_id, pair->course_id, &id, NULL, error))
    return NULL;
  return g_memdup2 (&id, sizeof id);
}

static void
on_found_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Errand *errand = data;
  g_autoptr (GError) error = NULL;
  g_autofree gint64 *id = reg_workspace_run_finish (REG_WORKSPACE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    errand_free (errand);
  else if (id == NULL)
    fail (errand, error->message);
  else if (*id == 0)
    fail (errand, _ ("The LMS has not issued it yet. It is there after the next sync."));
  else
    {
      errand->certificate_id = *id;
      get_file (errand);
    }
}

/**
 * reg_certificate_view_open:
 * @parent: the window it is asked for in
 * @workspace: the account on show
 * @row: whose, and of which course
 * @download: whether it is saved instead of shown
 *
 * Shows or saves the certificate of the most recent attempt that has one.
 */
void
reg_certificate_view_open (GtkWindow *parent,
                           RegWorkspace *workspace,
                           const RegEnrollmentRow *row,
                           gboolean download)
{
  const Pair pair = { row->enrollment->user_id, row->enrollment->course_id };
  Errand *errand = errand_new (parent, workspace);

  if (download)
    errand->file_name = reg_certificate_dup_file_name (row->course_code, row->user_name);
  reg_workspace_run_async (workspace, FALSE, find, g_memdup2 (&pair, sizeof pair), g_free, g_free,
                           NULL, on_found_cb, errand);
}

void
reg_certificate_view_open_one (GtkWindow *parent,
                               RegWorkspace *workspace,
                               gint64 certificate_id,
                               const char *file_name)
{
  Errand *errand = errand_new (parent, workspace);

  errand->certificate_id = certificate_id;
  errand->file_name = g_strdup (file_name);
  get_file (errand);
}
