/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-views"

#include "views/import-wizard/reg-file-intake.h"

#include "views/common/reg-host.h"
#include "views/import-wizard/reg-import-setup.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  GtkWidget *widget;
  RegFileTaken taken;
} Paste;

static gboolean
on_drop_cb (GtkDropTarget *target, const GValue *value, double x, double y, RegFileTaken taken)
{
  GtkWidget *widget = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (target));
  GSList *files;

  if (!G_VALUE_HOLDS (value, GDK_TYPE_FILE_LIST))
    return FALSE;
  files = g_value_get_boxed (value);
  if (files == NULL)
    return FALSE;
  if (files->next != NULL)
    reg_host_toast (reg_host_from (widget), _ ("One file at a time: the first one was taken"), 0);
  taken (widget, files->data, NULL);
  return TRUE;
}

/**
 * reg_file_intake_add_drop:
 * @widget: where files may be dropped
 * @taken: called with @widget and the first of them
 */
void
reg_file_intake_add_drop (GtkWidget *widget, RegFileTaken taken)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  g_signal_connect (target, "drop", G_CALLBACK (on_drop_cb), taken);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (target));
}

static void
on_text_read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Paste *paste = data;
  g_autoptr (GtkWidget) widget = paste->widget;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);
  g_autoptr (GFile) file = NULL;

  if (text != NULL && *text != '\0')
    file = reg_pasted_file_new (text, &error);
  paste->taken (widget, file, error);
}

/**
 * reg_file_intake_paste:
 * @widget: where cells are pasted
 * @taken: called with @widget and a file of what was copied
 */
void
reg_file_intake_paste (GtkWidget *widget, RegFileTaken taken)
{
  Paste *paste = g_new0 (Paste, 1);

  paste->widget = g_object_ref (widget);
  paste->taken = taken;
  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (widget), NULL, on_text_read_cb, paste);
}

/**
 * reg_file_intake_is_local:
 * @file: what was taken
 * @error: return location
 *
 * Returns: whether it has a path it can be read by
 */
gboolean
reg_file_intake_is_local (GFile *file, GError **error)
{
  if (g_file_peek_path (file) != NULL)
    return TRUE;
  g_set_error_literal (
      error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
      _ ("This file is not on this computer. Copy it here first, then import it."));
  return FALSE;
}
