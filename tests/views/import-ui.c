/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import-ui.h"

#include "views/common/reg-host.h"
#include "views/import-wizard/reg-import-wizard.h"
#include "views/import-wizard/reg-plan-view.h"

#include <glib/gstdio.h>

void
set_up (Fixture *f, gconstpointer data)
{
  reg_test_ui_open (&f->ui, 200, 20);
}

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
  GtkWidget *question;

  gtk_window_close (GTK_WINDOW (get_wizard ()));
  question = reg_test_ui_find_window (ADW_TYPE_MESSAGE_DIALOG);
  if (question != NULL)
    adw_message_dialog_response (ADW_MESSAGE_DIALOG (question), "discard");
  REG_TEST_WAIT (get_wizard () == NULL);
}

static gboolean
is_back (GtkWidget *widget, gconstpointer data)
{
  return GTK_IS_BUTTON (widget) && gtk_widget_get_mapped (widget)
         && g_strcmp0 (gtk_widget_get_tooltip_text (widget), "Back") == 0;
}

void
go_back (void)
{
  GtkWidget *button = NULL;

  REG_TEST_WAIT ((button = reg_test_ui_find (get_wizard (), is_back, NULL)) != NULL);
  g_assert_true (gtk_widget_activate (button));
}

AdwComboRow *
get_combo (const char *title)
{
  GtkWidget *label;

  REG_TEST_WAIT (reg_test_ui_find_label (get_wizard (), title) != NULL);
  label = reg_test_ui_find_label (get_wizard (), title);
  return ADW_COMBO_ROW (gtk_widget_get_ancestor (label, ADW_TYPE_COMBO_ROW));
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

gpointer
get_row (RegColumnList *list, guint position)
{
  g_autoptr (RegIdListItem) item =
      g_list_model_get_item (G_LIST_MODEL (reg_column_list_get_model (list)), position);

  return item != NULL ? reg_id_list_item_get_row (item) : NULL;
}

gint64
get_id (RegColumnList *list, guint position)
{
  /* the model is asked for anew: each reload puts another one into the list */
  REG_TEST_WAIT (get_row (list, position) != NULL);
  return reg_id_list_model_get_ids (reg_column_list_get_model (list))->ids[position];
}

void
do_row (RegColumnList *list, guint position, const char *operation)
{
  g_signal_emit_by_name (list, "row-operation", get_id (list, position), operation);
}

RegColumnList *
show_group (const char *name)
{
  RegPlanView *view = REG_PLAN_VIEW (reg_test_ui_find_type (get_wizard (), REG_TYPE_PLAN_VIEW));
  GtkWidget *stack = gtk_widget_get_ancestor (GTK_WIDGET (get_list (view)), GTK_TYPE_STACK);
  RegColumnList *list;

  gtk_stack_set_visible_child_name (GTK_STACK (stack), name);
  list = get_list (view);
  if (count_rows (list) > 0)
    REG_TEST_WAIT (get_row (list, 0) != NULL);
  return list;
}

/* data: how many are refused */
static gpointer
answer_all (RegStore *store, gpointer data, RegProgress *progress, GError **error)
{
  guint n_refused = GPOINTER_TO_UINT (data);
  g_autoptr (GPtrArray) taken = reg_store_take_changes (store, 100, 1700000000, error);
  g_autoptr (GPtrArray) outcomes =
      g_ptr_array_new_with_free_func ((GDestroyNotify)reg_outcome_free);

  for (guint i = 0; taken != NULL && i < taken->len; i++)
    {
      const RegChange *change = g_ptr_array_index (taken, i);
      RegOutcome *outcome =
          reg_outcome_new (change->id, i < n_refused ? REG_OUTCOME_REJECTED : REG_OUTCOME_APPLIED);

      if (i < n_refused)
        {
          outcome->code = g_strdup ("server-refused");
          outcome->sentence = g_strdup ("The course is closed.");
        }
      g_ptr_array_add (outcomes, outcome);
    }
  return taken != NULL && reg_store_put_outcomes (store, outcomes, error) ? g_strdup ("") : NULL;
}

static void
on_answered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  char **done = data;

  *done = reg_workspace_run_finish (REG_WORKSPACE (source), result, &error);
  g_assert_no_error (error);
}

void
let_lms_answer (Fixture *f, guint n_refused)
{
  g_autofree char *done = NULL;

  reg_workspace_run_async (f->ui.workspace, TRUE, answer_all, GUINT_TO_POINTER (n_refused), NULL,
                           g_free, NULL, on_answered_cb, &done);
  REG_TEST_WAIT (done != NULL);
}
