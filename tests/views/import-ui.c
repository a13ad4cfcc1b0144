/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import-ui.h"

#include "views/common/reg-host.h"
#include "views/import-wizard/reg-import-wizard.h"

#include <glib/gstdio.h>

void
tear_down (Fixture *f, gconstpointer data)
{
  if (f->path != NULL)
    g_assert_cmpint (g_unlink (f->path), ==, 0);
  g_clear_pointer (&f->path, g_free);
  reg_test_ui_close (&f->ui);
}

void
write_bytes (Fixture *f, const char *name, const char *bytes, gssize len)
{
  g_autoptr (GError) error = NULL;

  g_free (f->path);
  f->path = g_build_filename (f->ui.folder.folder, name, NULL);
  g_assert_true (g_file_set_contents (f->path, bytes, len, &error));
  g_assert_no_error (error);
}

void
write_file (Fixture *f, const char *name, const char *text)
{
  write_bytes (f, name, text, -1);
}

void
open_wizard (Fixture *f, gint64 course_id)
{
  g_autoptr (GFile) file = f->path != NULL ? g_file_new_for_path (f->path) : NULL;

  reg_host_open_import (REG_HOST (f->ui.window), file, course_id);
  REG_TEST_WAIT (get_wizard () != NULL);
}

GtkWidget *
get_wizard (void)
{
  return reg_test_ui_find_window (REG_TYPE_IMPORT_WIZARD);
}

void
close_wizard (void)
{
  gtk_window_close (GTK_WINDOW (get_wizard ()));
  REG_TEST_WAIT (get_wizard () == NULL);
}

void
wait_for_text (gpointer root, const char *part)
{
  REG_TEST_WAIT (reg_test_ui_find_text (root, part) != NULL);
}

RegColumnList *
get_list (gpointer root)
{
  return REG_COLUMN_LIST (reg_test_ui_find_type (root, REG_TYPE_COLUMN_LIST));
}

guint
count_rows (RegColumnList *list)
{
  return g_list_model_get_n_items (G_LIST_MODEL (reg_column_list_get_model (list)));
}
