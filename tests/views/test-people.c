/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Adding users in the window, and changing their groups and roles. */
#include "reg-test-ui.h"

#include "views/common/reg-host.h"
#include "views/users/reg-add-user-dialog.h"

static gboolean
has_title (GtkWidget *widget, gconstpointer title)
{
  return ADW_IS_PREFERENCES_ROW (widget) && gtk_widget_get_mapped (widget)
         && g_strcmp0 (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), title) == 0;
}

static void
type (gpointer dialog, const char *title, const char *text)
{
  GtkWidget *row = NULL;

  REG_TEST_WAIT ((row = reg_test_ui_find (dialog, has_title, title)) != NULL);
  gtk_editable_set_text (GTK_EDITABLE (row), text);
}

static GtkWidget *
open_dialog (RegTestUi *ui)
{
  reg_test_ui_press (ui->window, "Add User");
  REG_TEST_WAIT (reg_test_ui_find_window (REG_TYPE_ADD_USER_DIALOG) != NULL);
  return reg_test_ui_find_window (REG_TYPE_ADD_USER_DIALOG);
}

static void
on_staged_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  RegStepResult staged = { 0 };

  g_assert_true (reg_workspace_stage_finish (REG_WORKSPACE (source), result, &staged, NULL));
  g_assert_cmpint (staged.n_staged, ==, 1);
  reg_step_result_clear (&staged);
  *(gboolean *)data = TRUE;
}

/* The user who was added first has the id -1. */
static void
edit_first_of_all (RegTestUi *ui)
{
  const gint64 id = -1;
  gboolean done = FALSE;

  reg_workspace_stage_async (ui->workspace, reg_operation_find ("approve"), NULL, &id, 1, NULL, 0,
                             "Approve", FALSE, NULL, on_staged_cb, &done);
  REG_TEST_WAIT (done);
}

/* What is wrong is said as one types; whoever is there already can be looked at. */
static void
test_add (void)
{
  RegTestUi ui;
  GtkWidget *dialog;

  reg_test_ui_open (&ui, 20, 0);
  REG_TEST_WAIT (reg_test_ui_count_rows (&ui) == 20);
  dialog = open_dialog (&ui);
  REG_TEST_WAIT (reg_test_ui_find_label (dialog, "An e-mail address or an employee ID is needed.")
                 != NULL);
  g_assert_false (gtk_widget_get_sensitive (reg_test_ui_find_button (dialog, "Add")));
  type (dialog, "E-mail", "nova@");
  REG_TEST_WAIT (reg_test_ui_find_label (dialog, "Not an e-mail address.") != NULL);
  type (dialog, "E-mail", "USER00007@example.com");
  REG_TEST_WAIT (reg_test_ui_find_text (dialog, "This user is there already:") != NULL);
  reg_test_ui_picture (dialog, "add-user-known");
  reg_test_ui_audit (dialog);
  reg_test_ui_press (dialog, "Show User");
  REG_TEST_WAIT (reg_test_ui_find_window (REG_TYPE_ADD_USER_DIALOG) == NULL);
  REG_TEST_WAIT (reg_test_ui_find_label (ui.window, "User Details") != NULL);

  dialog = open_dialog (&ui);
  type (dialog, "Given Name", "Nova");
  type (dialog, "Family Name", "Star");
  type (dialog, "E-mail", "nova@example.com");
  reg_test_ui_picture (dialog, "add-user");
  reg_test_ui_press (dialog, "Add");
  REG_TEST_WAIT (reg_test_ui_find_window (REG_TYPE_ADD_USER_DIALOG) == NULL);
  REG_TEST_WAIT (reg_test_ui_find_label (ui.window, "1 user added") != NULL);
  REG_TEST_WAIT (reg_test_ui_count_rows (&ui) == 21);
  REG_TEST_WAIT (reg_test_ui_find_label (ui.window, "Nova Star") != NULL);
  reg_test_ui_picture (ui.window, "user-added");

  /* What is queued for her goes with her, and that is said first. */
  edit_first_of_all (&ui);
  reg_host_undo (REG_HOST (ui.window), 1);
  REG_TEST_WAIT (reg_test_ui_find_window (ADW_TYPE_MESSAGE_DIALOG) != NULL);
  REG_TEST_WAIT (reg_test_ui_find_text (reg_test_ui_find_window (ADW_TYPE_MESSAGE_DIALOG),
                                        "1 change of another step")
                 != NULL);
  reg_test_ui_press (reg_test_ui_find_window (ADW_TYPE_MESSAGE_DIALOG), "Undo");
  REG_TEST_WAIT (reg_test_ui_count_rows (&ui) == 20);
  REG_TEST_WAIT (reg_workspace_get_n_waiting (ui.workspace) == 0);
  reg_test_ui_close (&ui);
}

static void
test_role (void)
{
  RegTestUi ui;
  GtkWidget *dialog;

  reg_test_ui_open (&ui, 20, 0);
  REG_TEST_WAIT (reg_test_ui_count_rows (&ui) == 20);
  reg_test_ui_select_rows (&ui, 0, 2);
  reg_test_ui_do_bulk (&ui, "set-role");
  REG_TEST_WAIT (reg_test_ui_find_window (ADW_TYPE_MESSAGE_DIALOG) != NULL);
  dialog = reg_test_ui_find_window (ADW_TYPE_MESSAGE_DIALOG);
  adw_combo_row_set_selected (ADW_COMBO_ROW (reg_test_ui_find_type (dialog, ADW_TYPE_COMBO_ROW)),
                              REG_ROLE_INSTRUCTOR);
  reg_test_ui_picture (dialog, "change-role");
  reg_test_ui_audit (dialog);
  reg_test_ui_press (dialog, "Change");
  REG_TEST_WAIT (reg_test_ui_find_label (ui.window, "Role of 2 users changed") != NULL);
  REG_TEST_WAIT (reg_workspace_get_n_waiting (ui.workspace) == 2);
  reg_test_ui_close (&ui);
}

int
main (int argc, char **argv)
{
  reg_test_ui_init (&argc, &argv);
  g_test_add_func ("/people/add", test_add);
  g_test_add_func ("/people/role", test_role);
  return g_test_run ();
}
