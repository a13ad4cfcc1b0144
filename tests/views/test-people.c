/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Adding users in the window, and changing their groups and roles. */
#include "reg-test-ui.h"

#include "views/enrollments/reg-enrollments-page.h"
#include "views/common/reg-host.h"
#include "tabular/reg-row-reader.h"
#include "views/common/reg-progress-row.h"
#include "views/common/reg-label-chooser.h"
#include "views/common/reg-label-picker.h"
#include "views/users/reg-add-user-dialog.h"
#include "views/users/reg-user-filter.h"
#include "views/users/reg-users-page.h"

#include <glib/gstdio.h>

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

static gboolean
is_row_menu (GtkWidget *widget, gconstpointer data)
{
  return GTK_IS_MENU_BUTTON (widget) && gtk_widget_get_mapped (widget);
}

static void
undo_in_row (RegTestUi *ui)
{
  GtkWidget *list = reg_test_ui_find_type (ui->window, REG_TYPE_COLUMN_LIST);
  GtkWidget *button = NULL;

  REG_TEST_WAIT (reg_test_ui_find_label (list, "Nova Star") != NULL);
  REG_TEST_WAIT ((button = reg_test_ui_find (list, is_row_menu, NULL)) != NULL);
  gtk_menu_button_popup (GTK_MENU_BUTTON (button));
  g_assert_true (gtk_widget_activate_action (button, "row.do", "s", "undo"));
  gtk_menu_button_popdown (GTK_MENU_BUTTON (button));
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

  /* What is queued for her goes with her, and that is said first: of a single change, too. */
  edit_first_of_all (&ui);
  reg_host_open_changes (REG_HOST (ui.window), 1);
  REG_TEST_WAIT (reg_test_ui_count_rows (&ui) == 1);
  undo_in_row (&ui);
  REG_TEST_WAIT (reg_test_ui_find_window (ADW_TYPE_MESSAGE_DIALOG) != NULL);
  REG_TEST_WAIT (reg_test_ui_find_text (reg_test_ui_find_window (ADW_TYPE_MESSAGE_DIALOG),
                                        "1 other change is queued")
                 != NULL);
  reg_test_ui_picture (reg_test_ui_find_window (ADW_TYPE_MESSAGE_DIALOG), "undo-adding");
  reg_test_ui_press (reg_test_ui_find_window (ADW_TYPE_MESSAGE_DIALOG), "Cancel");
  REG_TEST_WAIT (reg_test_ui_find_window (ADW_TYPE_MESSAGE_DIALOG) == NULL);
  g_assert_cmpint (reg_workspace_get_n_waiting (ui.workspace), ==, 2);
  reg_host_open_user (REG_HOST (ui.window), -1);
  REG_TEST_WAIT (reg_test_ui_count_rows (&ui) == 21);
  reg_host_undo (REG_HOST (ui.window), 1);
  REG_TEST_WAIT (reg_test_ui_find_window (ADW_TYPE_MESSAGE_DIALOG) != NULL);
  REG_TEST_WAIT (reg_test_ui_find_text (reg_test_ui_find_window (ADW_TYPE_MESSAGE_DIALOG),
                                        "1 other change is queued")
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

static void
add_groups (RegPage *page)
{
  reg_test_page_add_label (page, 31, 5001, REG_LABEL_GROUP, "Drivers");
  reg_test_page_add_label (page, 32, 5002, REG_LABEL_GROUP, "Night Shift");
  reg_test_page_add_label (page, 33, 5003, REG_LABEL_TEAM,
                           "A team with a name that is longer than the dialog is wide");
}

static gboolean
is_check_of (GtkWidget *widget, gconstpointer label)
{
  GtkWidget *row = GTK_IS_CHECK_BUTTON (widget) && gtk_widget_get_mapped (widget)
                       ? gtk_widget_get_ancestor (widget, ADW_TYPE_ACTION_ROW)
                       : NULL;

  return row != NULL
         && g_strcmp0 (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), label) == 0;
}

/* Several groups joined and left at once; what one has checked the other cannot. */
static void
test_groups (void)
{
  RegTestUi ui;
  GtkWidget *dialog, *check;

  reg_test_ui_open_with (&ui, 20, 0, add_groups);
  REG_TEST_WAIT (reg_test_ui_count_rows (&ui) == 20);
  reg_test_ui_select_rows (&ui, 0, 3);
  reg_test_ui_do_bulk (&ui, "set-groups");
  REG_TEST_WAIT (reg_test_ui_find_window (ADW_TYPE_MESSAGE_DIALOG) != NULL);
  dialog = reg_test_ui_find_window (ADW_TYPE_MESSAGE_DIALOG);
  g_assert_nonnull (reg_test_ui_find_label (dialog, "Change Groups: 3 users"));
  REG_TEST_WAIT (reg_test_ui_find_button (dialog, "Change") != NULL);
  g_assert_false (gtk_widget_get_sensitive (reg_test_ui_find_button (dialog, "Change")));
  check = reg_test_ui_find (dialog, is_check_of, "Night Shift");
  g_assert_nonnull (check);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), TRUE);
  reg_test_ui_picture (dialog, "change-groups");
  reg_test_ui_audit (dialog);
  reg_test_ui_press (dialog, "Change");
  REG_TEST_WAIT (reg_workspace_get_n_waiting (ui.workspace) == 3);
  REG_TEST_WAIT (reg_test_ui_find_text (ui.window, "3 users") != NULL);
  reg_test_ui_picture (ui.window, "groups-changed");
  reg_host_open_changes (REG_HOST (ui.window), 1);
  REG_TEST_WAIT (reg_test_ui_find_text (ui.window, "into Night Shift") != NULL);
  reg_test_ui_picture (ui.window, "groups-waiting");
  reg_test_ui_close (&ui);
}

/* Somebody of each state, and a name that a spreadsheet would compute. */
static void
add_states (RegPage *page)
{
  reg_test_page_add_user (page, 2, 5001)->state = REG_USER_STATE_PENDING;
  reg_test_page_add_user (page, 3, 5002)->state = REG_USER_STATE_DEACTIVATED;
  reg_test_page_add_user (page, 4, 5003)->state = REG_USER_STATE_ARCHIVED;
  reg_test_page_add_named_user (page, 5, 5004, "=1+1", "Formula", "formula@example.com", "00005");
}

static gboolean
is_chosen (GtkFileChooser *chooser, GFile *file)
{
  g_autoptr (GFile) chosen = gtk_file_chooser_get_file (chooser);

  return chosen != NULL && g_file_equal (chosen, file);
}

static gboolean
has_folder (GtkFileChooser *chooser)
{
  g_autoptr (GFile) folder = gtk_file_chooser_get_current_folder (chooser);

  return folder != NULL;
}

/* Chooses the file in the toolkit's own dialog. */
static void
choose_file (const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFile) folder = g_file_get_parent (file);
  g_autofree char *name = g_file_get_basename (file);
  GtkWidget *chooser;

  REG_TEST_WAIT (reg_test_ui_find_window (GTK_TYPE_FILE_CHOOSER_DIALOG) != NULL);
  chooser = reg_test_ui_find_window (GTK_TYPE_FILE_CHOOSER_DIALOG);
  /* It looks into a folder of its own choice first. */
  REG_TEST_WAIT (has_folder (GTK_FILE_CHOOSER (chooser)));
  g_assert_true (gtk_file_chooser_set_current_folder (GTK_FILE_CHOOSER (chooser), folder, NULL));
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), name);
  REG_TEST_WAIT (is_chosen (GTK_FILE_CHOOSER (chooser), file));
  gtk_dialog_response (GTK_DIALOG (chooser), GTK_RESPONSE_ACCEPT);
  REG_TEST_WAIT (reg_test_ui_find_window (GTK_TYPE_FILE_CHOOSER_DIALOG) == NULL);
}

static guint
count_lines (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RegRowReader) reader = reg_row_reader_open (path, NULL, NULL, &error);
  RegRow row;
  guint n = 0;

  g_assert_no_error (error);
  while (reg_row_reader_next (reader, &row, &error))
    n++;
  g_assert_no_error (error);
  return n - 1;
}

/* Returns: how many people the file names; what is left out of it is asserted. */
static guint
read_export (const char *path, const char *formula)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RegRowReader) reader = reg_row_reader_open (path, NULL, NULL, &error);
  gboolean has_formula = FALSE;
  RegRow row;
  guint n = 0;

  g_assert_no_error (error);
  while (reg_row_reader_next (reader, &row, &error))
    {
      for (guint i = 0; i < row.n_cells; i++)
        {
          g_autofree char *cell = g_strndup (row.cells[i].text, row.cells[i].len);

          has_formula = has_formula || g_strcmp0 (cell, formula) == 0;
          g_assert_cmpstr (cell, !=, "archived");
          g_assert_cmpstr (cell, !=, "pending");
          g_assert_cmpstr (cell, !=, "deactivated");
        }
      n++;
    }
  g_assert_no_error (error);
  g_assert_true (has_formula);
  return n - 1;
}

/* said: what the dialog tells beforehand */
static void
start_export (RegTestUi *ui, const char *path, guint format, const char *said)
{
  GtkWidget *page = gtk_widget_get_ancestor (
      reg_test_ui_find_type (ui->window, REG_TYPE_COLUMN_LIST), REG_TYPE_USERS_PAGE);
  GtkWidget *dialog;

  g_assert_true (gtk_widget_activate_action (page, "page.export", NULL));
  REG_TEST_WAIT (reg_test_ui_find_window (ADW_TYPE_MESSAGE_DIALOG) != NULL);
  dialog = reg_test_ui_find_window (ADW_TYPE_MESSAGE_DIALOG);
  g_assert_nonnull (reg_test_ui_find_text (dialog, said));
  reg_test_ui_picture (dialog, "export-users");
  reg_test_ui_audit (dialog);
  adw_combo_row_set_selected (ADW_COMBO_ROW (reg_test_ui_find_type (dialog, ADW_TYPE_COMBO_ROW)),
                              format);
  reg_test_ui_press (dialog, "Export…");
  choose_file (path);
}

static void
export_to (RegTestUi *ui, const char *ending, guint format, const char *formula)
{
  g_autofree char *name = g_strconcat ("everybody", ending, NULL);
  g_autofree char *path = g_build_filename (ui->folder.folder, name, NULL);
  g_autofree char *done = g_strdup_printf ("17 active users saved as “%s”", name);

  start_export (ui, path, format, "All 17 active users are written");
  REG_TEST_WAIT (reg_test_ui_find_label (ui->window, done) != NULL);
  g_assert_cmpuint (read_export (path, formula), ==, 17);
  g_assert_cmpint (g_remove (path), ==, 0);
}

/* T-23: who is active, whatever the list is filtered by; as a workbook and as a text table. */
static void
test_export (void)
{
  RegTestUi ui;

  reg_test_ui_open_with (&ui, 20, 0, add_states);
  REG_TEST_WAIT (reg_test_ui_count_rows (&ui) == 20);
  reg_test_ui_search (&ui, "formula");
  REG_TEST_WAIT (reg_test_ui_count_rows (&ui) == 1);
  export_to (&ui, ".xlsx", 0, "=1+1");
  export_to (&ui, ".csv", 1, "'=1+1");
  reg_test_ui_close (&ui);
}

static double
get_fraction (GtkWidget *row)
{
  return gtk_progress_bar_get_fraction (
      GTK_PROGRESS_BAR (reg_test_ui_find_type (row, GTK_TYPE_PROGRESS_BAR)));
}

static guint
count_files (const char *folder)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) dir = g_dir_open (folder, 0, &error);
  guint n = 0;

  g_assert_no_error (error);
  while (g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

static gboolean
is_exporting (GtkWidget *widget, gconstpointer data)
{
  return REG_IS_PROGRESS_ROW (widget) && reg_test_ui_find_text (widget, "Exporting users") != NULL;
}

/* So many that it takes a while: how far it is, stopped midway without anything left behind, and
 * then written whole while the list is searched. */
static void
test_export_many (void)
{
  RegTestUi ui;
  g_autofree char *folder = NULL, *path = NULL;
  GtkWidget *row;

  reg_test_ui_open (&ui, 100000, 0);
  REG_TEST_WAIT (reg_test_ui_count_rows (&ui) == 100000);
  folder = g_build_filename (ui.folder.folder, "exports", NULL);
  path = g_build_filename (folder, "many.xlsx", NULL);
  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);

  start_export (&ui, path, 0, "All 100000 active users are written");
  REG_TEST_WAIT (reg_test_ui_find (GTK_WIDGET (ui.window), is_exporting, NULL) != NULL);
  row = reg_test_ui_find (GTK_WIDGET (ui.window), is_exporting, NULL);
  REG_TEST_WAIT (get_fraction (row) > 0);
  g_assert_cmpfloat (get_fraction (row), <=, 1);
  reg_test_ui_picture (ui.window, "export-progress");
  gtk_widget_activate (reg_test_ui_find_type (row, GTK_TYPE_BUTTON));
  REG_TEST_WAIT (!gtk_widget_get_visible (row));
  g_assert_cmpuint (count_files (folder), ==, 0);

  start_export (&ui, path, 0, "All 100000 active users are written");
  reg_test_ui_search (&ui, "user00007@");
  REG_TEST_WAIT (reg_test_ui_count_rows (&ui) == 1);
  reg_test_ui_search (&ui, "");
  REG_TEST_WAIT (reg_test_ui_find_label (ui.window, "100000 active users saved as “many.xlsx”")
                 != NULL);
  g_assert_false (gtk_widget_get_visible (row));
  g_assert_cmpuint (count_lines (path), ==, 100000);
  reg_test_ui_close (&ui);
}

/* The list on show, whole: of a course, and of it only those who match. */
static void
test_export_enrollments (void)
{
  RegTestUi ui;
  GtkWidget *page, *dialog;
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  reg_test_ui_open (&ui, 20, 8);
  reg_host_open_course (REG_HOST (ui.window), 1);
  REG_TEST_WAIT (reg_test_ui_find_type (ui.window, REG_TYPE_ENROLLMENTS_PAGE) != NULL);
  page = reg_test_ui_find_type (ui.window, REG_TYPE_ENROLLMENTS_PAGE);
  REG_TEST_WAIT (reg_test_ui_count_rows (&ui) == 8);
  reg_test_ui_picture (ui.window, "enrollments-more");
  g_assert_true (gtk_widget_activate_action (page, "page.export", NULL));
  REG_TEST_WAIT (reg_test_ui_find_window (ADW_TYPE_MESSAGE_DIALOG) != NULL);
  dialog = reg_test_ui_find_window (ADW_TYPE_MESSAGE_DIALOG);
  g_assert_nonnull (reg_test_ui_find_text (dialog, "All 8 enrollments on show are written"));
  reg_test_ui_audit (dialog);
  adw_combo_row_set_selected (ADW_COMBO_ROW (reg_test_ui_find_type (dialog, ADW_TYPE_COMBO_ROW)),
                              1);
  reg_test_ui_press (dialog, "Export…");
  path = g_build_filename (ui.folder.folder, "enrolled.csv", NULL);
  choose_file (path);
  REG_TEST_WAIT (reg_test_ui_find_label (ui.window, "8 enrollments saved as “enrolled.csv”")
                 != NULL);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  lines = g_strsplit (text, "\n", -1);
  g_assert_nonnull (strstr (lines[0], "Email ID,Employee ID,Course,Requirement,Due Date,Message"));
  g_assert_nonnull (strstr (lines[1], "user00001@example.com,00001,C1,"));
  g_assert_cmpint (g_remove (path), ==, 0);
  reg_test_ui_close (&ui);
}

/* What the LMS answers to whatever waits: whoever was added here is its user 77. */
static gpointer
answer_all (RegStore *store, gpointer data, RegProgress *progress, GError **error)
{
  g_autoptr (GPtrArray) changes = reg_store_take_changes (store, 100, 1, error);
  g_autoptr (GPtrArray) outcomes =
      g_ptr_array_new_with_free_func ((GDestroyNotify)reg_outcome_free);

  g_assert_nonnull (changes);
  for (guint i = 0; i < changes->len; i++)
    {
      const RegChange *change = g_ptr_array_index (changes, i);
      RegOutcome *outcome = reg_outcome_new (change->id, REG_OUTCOME_APPLIED);

      outcome->user = reg_user_new ();
      outcome->user->id = 77;
      outcome->user->revision = 9000;
      g_free (outcome->user->email);
      outcome->user->email = g_strdup (reg_params_get (change->params, "email"));
      g_ptr_array_add (outcomes, outcome);
    }
  return reg_store_put_outcomes (store, outcomes, error) ? store : NULL;
}

static void
on_answered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_assert_nonnull (reg_workspace_run_finish (REG_WORKSPACE (source), result, NULL));
  *(gboolean *)data = TRUE;
}

/* Whoever was added and ticked here stays ticked when the LMS has given them an id. */
static void
test_follow (void)
{
  RegTestUi ui;
  RegSelection *selection;
  GtkWidget *dialog;
  g_autofree gint64 *ids = NULL;
  const gint64 both[] = { 3, -1 };
  gboolean is_answered = FALSE;
  gsize n;

  reg_test_ui_open (&ui, 20, 0);
  REG_TEST_WAIT (reg_test_ui_count_rows (&ui) == 20);
  dialog = open_dialog (&ui);
  type (dialog, "E-mail", "nova@example.com");
  reg_test_ui_press (dialog, "Add");
  REG_TEST_WAIT (reg_test_ui_count_rows (&ui) == 21);
  selection = reg_column_list_get_selection (reg_test_ui_get_list (&ui));
  reg_selection_select_ids (selection, both, G_N_ELEMENTS (both));
  g_assert_cmpuint (reg_selection_get_n_hidden (selection), ==, 0);
  reg_workspace_run_async (ui.workspace, TRUE, answer_all, NULL, NULL, NULL, NULL, on_answered_cb,
                           &is_answered);
  REG_TEST_WAIT (is_answered);
  REG_TEST_WAIT (reg_id_list_model_find (reg_column_list_get_model (reg_test_ui_get_list (&ui)), 77)
                 != G_MAXUINT);
  REG_TEST_WAIT (reg_selection_get_n_hidden (selection) == 0);
  ids = reg_selection_dup_ids (selection, &n);
  g_assert_cmpuint (n, ==, 2);
  g_assert_true ((ids[0] == 3 && ids[1] == 77) || (ids[0] == 77 && ids[1] == 3));
  reg_test_ui_close (&ui);
}

enum
{
  SALES = 101,
  SERVICE,
  NORTH,
  NEW,
  BERLIN,
};

/* Users 1 … 4 are in Sales, 3 … 6 in Service, 4 … 9 in the team North, 4, 5 and 6 are in Berlin, 2
 * and 4 report to user 1. */
static void
add_members (RegPage *page)
{
  reg_test_page_add_label (page, SALES, 5001, REG_LABEL_GROUP, "Sales");
  reg_test_page_add_label (page, SERVICE, 5002, REG_LABEL_GROUP, "Service");
  reg_test_page_add_label (page, NORTH, 5003, REG_LABEL_TEAM, "North");
  reg_test_page_add_label (page, NEW, 5004, REG_LABEL_TAG, "New");
  reg_test_page_add_label (page, BERLIN, 5005, REG_LABEL_LOCATION, "Berlin");
  for (gint64 id = 1; id <= 9; id++)
    {
      RegUser *user = reg_test_page_add_user (page, id, 5010 + id);

      user->labels = (char *)(id < 3    ? ",101,"
                              : id == 3 ? ",101,102,"
                              : id == 4 ? ",101,102,103,"
                              : id < 7  ? ",102,103,"
                                        : ",103,");
      user->location_id = id >= 4 && id <= 6 ? BERLIN : 0;
      user->manager_id = id == 2 || id == 4 ? 1 : 0;
    }
}

static gboolean
is_chooser (GtkWidget *widget, gconstpointer title)
{
  g_autofree char *own = NULL;

  if (!REG_IS_LABEL_CHOOSER (widget))
    return FALSE;
  g_object_get (widget, "title", &own, NULL);
  return g_strcmp0 (own, title) == 0;
}

static gboolean
is_user_filter (GtkWidget *widget, gconstpointer data)
{
  return REG_IS_USER_FILTER (widget);
}

/* Picks an entry as a person does, with n rows left in the list then. */
static void
choose (RegTestUi *ui, const char *title, gint64 id, guint n)
{
  GtkWidget *chooser = reg_test_ui_find (GTK_WIDGET (ui->window), is_chooser, title);

  g_assert_true (gtk_widget_get_mapped (chooser));
  reg_label_picker_set_id (
      REG_LABEL_PICKER (reg_test_ui_find_type (chooser, REG_TYPE_LABEL_PICKER)), id);
  REG_TEST_WAIT (reg_test_ui_count_rows (ui) == n);
}

/* Several at once: any of one kind, all of the kinds; what is filtered by is in view. */
static void
test_filters (void)
{
  RegTestUi ui;
  GtkWidget *button;

  reg_test_ui_open_with (&ui, 20, 0, add_members);
  REG_TEST_WAIT (reg_test_ui_count_rows (&ui) == 20);
  button = gtk_widget_get_parent (reg_test_ui_find (GTK_WIDGET (ui.window), is_user_filter, NULL));
  gtk_menu_button_popup (GTK_MENU_BUTTON (button));
  REG_TEST_WAIT (reg_test_ui_find_label (ui.window, "Reports to") != NULL);
  choose (&ui, "Groups", SALES, 4);
  choose (&ui, "Groups", SERVICE, 6);
  choose (&ui, "Groups", SERVICE, 6);
  choose (&ui, "Teams", NORTH, 3);
  choose (&ui, "Location", BERLIN, 3);
  choose (&ui, "Reports to", 1, 1);
  REG_TEST_WAIT (reg_test_ui_find_label (ui.window, "Groups: Sales, Service · Teams: North · "
                                                    "Location: Berlin · Reports to: "
                                                    "Given00001 Family00001")
                 != NULL);
  reg_test_ui_picture (ui.window, "filters");
  reg_test_ui_picture (gtk_menu_button_get_popover (GTK_MENU_BUTTON (button)), "filters-popover");
  reg_test_ui_audit (ui.window);
  choose (&ui, "Tags", NEW, 0);
  REG_TEST_WAIT (reg_test_ui_find_label (ui.window, "No Users Found") != NULL);
  reg_test_ui_press (ui.window, "New");
  REG_TEST_WAIT (reg_test_ui_count_rows (&ui) == 1);
  gtk_menu_button_popdown (GTK_MENU_BUTTON (button));
  reg_test_ui_press (ui.window, "Clear Filters");
  REG_TEST_WAIT (reg_test_ui_count_rows (&ui) == 20);
  g_assert_null (reg_test_ui_find_text (ui.window, "Groups: Sales"));
  reg_test_ui_close (&ui);
}

int
main (int argc, char **argv)
{
  reg_test_ui_init (&argc, &argv);
  g_test_add_func ("/people/add", test_add);
  g_test_add_func ("/people/role", test_role);
  g_test_add_func ("/people/groups", test_groups);
  g_test_add_func ("/people/export", test_export);
  g_test_add_func ("/people/export-many", test_export_many);
  g_test_add_func ("/people/export-enrollments", test_export_enrollments);
  g_test_add_func ("/people/filters", test_filters);
  g_test_add_func ("/people/follow", test_follow);
  return g_test_run ();
}
