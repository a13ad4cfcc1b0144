/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ways out of what cannot happen, and of bad lines, that are no correction of a cell: another
 * operation, the people, the columns, all lines alike. Real widgets over a real local copy. */
#include "import-ui.h"

#include "views/import-status/reg-run-view.h"
#include "views/import-wizard/reg-fix-dialog.h"
#include "views/import-wizard/reg-plan-menu.h"
#include "views/import-wizard/reg-plan-view.h"
#include "views/import-wizard/reg-setup-page.h"

#include <glib/gstdio.h>

/* The name of the item of a row's menu that is called so. */
static char *
find_item (gpointer row, const char *label)
{
  g_autoptr (GMenuModel) menu = reg_plan_menu_create (row, NULL);

  for (int i = 0; i < g_menu_model_get_n_items (menu); i++)
    {
      g_autoptr (GMenuModel) section = g_menu_model_get_item_link (menu, i, G_MENU_LINK_SECTION);

      for (int k = 0; k < g_menu_model_get_n_items (section); k++)
        {
          g_autofree char *own = NULL;
          char *target = NULL;

          g_assert_true (g_menu_model_get_item_attribute (section, k, "label", "s", &own));
          g_assert_true (g_menu_model_get_item_attribute (section, k, "target", "s", &target));
          if (g_str_equal (own, label))
            return target;
          g_free (target);
        }
    }
  g_error ("The menu has no “%s”", label);
}

static void
choose (RegColumnList *list, guint position, const char *label)
{
  g_autofree char *name = NULL;

  REG_TEST_WAIT (get_row (list, position) != NULL);
  name = find_item (get_row (list, position), label);
  do_row (list, position, name);
}

static GtkWidget *
wait_for_question (void)
{
  REG_TEST_WAIT (reg_test_ui_find_window (ADW_TYPE_MESSAGE_DIALOG) != NULL);
  return reg_test_ui_find_window (ADW_TYPE_MESSAGE_DIALOG);
}

static void
answer (GtkWidget *dialog, const char *response)
{
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), response);
  gtk_window_close (GTK_WINDOW (dialog));
  REG_TEST_WAIT (reg_test_ui_find_window (ADW_TYPE_MESSAGE_DIALOG) == NULL);
}

/* Three who have the course and one who has not. */
static void
open_mixed (Fixture *f)
{
  write_file (f, "list.csv",
              HEADINGS "user00001@example.com,,,,\nuser00002@example.com,,,,\n"
                       "user00003@example.com,,,,\nuser00021@example.com,,,,\n");
  open_wizard (f, 1);
  wait_for_text (get_wizard (), "1 user will be enrolled · 3 cannot be enrolled");
}

/* Whoever has the course is reassigned instead: one, then all; each taken back as one step. */
static void
test_reassign (Fixture *f, gconstpointer data)
{
  RegColumnList *list;
  GtkWidget *dialog;

  open_mixed (f);
  list = show_group ("cannot");
  reg_test_ui_picture (get_wizard (), "wizard-cannot");
  choose (list, 0, "Reassign instead");
  dialog = wait_for_question ();
  g_assert_nonnull (reg_test_ui_find_text (dialog, "Remove records of last assignment"));
  reg_test_ui_audit (dialog);
  answer (dialog, "do");
  wait_for_text (get_wizard (), "1 user will be enrolled · 1 user will be reassigned · "
                                "2 cannot be enrolled");
  choose (show_group ("cannot"), 0, "Reassign all who have it already instead");
  dialog = wait_for_question ();
  wait_for_text (dialog, "Skip users who have already completed the course");
  wait_for_text (dialog, "Reassign 2 Users Instead?");
  reg_test_ui_picture (dialog, "wizard-reassign-instead");
  answer (dialog, "do");
  wait_for_text (get_wizard (), "1 user will be enrolled · 3 users will be reassigned · "
                                "0 cannot be enrolled");
  show_group ("will");
  wait_for_text (get_wizard (), "Will Be Assigned (4)");
  wait_for_text (get_wizard (), "Operation: Assign Course → Reassign");
  reg_test_ui_picture (get_wizard (), "wizard-reassigned");
  gtk_widget_activate_action (get_wizard (), "wizard.undo", NULL);
  wait_for_text (get_wizard (), "1 user will be reassigned · 2 cannot be enrolled");
  gtk_widget_activate_action (get_wizard (), "wizard.undo", NULL);
  wait_for_text (get_wizard (), "1 user will be enrolled · 3 cannot be enrolled");
  close_wizard ();
}

/* What is gone for good must be confirmed before it starts, however few they are. Afterwards a
 * revert names first whom it cannot give it back. */
static void
test_remove_records (Fixture *f, gconstpointer data)
{
  GtkWidget *dialog, *check, *run;

  open_mixed (f);
  choose (show_group ("cannot"), 2, "Reassign instead");
  dialog = wait_for_question ();
  check = reg_test_ui_find_type (dialog, GTK_TYPE_CHECK_BUTTON);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), TRUE);
  wait_for_text (dialog, "All records of the last assignment are removed");
  reg_test_ui_picture (dialog, "wizard-remove-records");
  answer (dialog, "do");
  wait_for_text (get_wizard (), "1 user will be reassigned");
  show_group ("will");
  wait_for_text (get_wizard (), "Records of last assignment: kept → removed");
  reg_test_ui_press (get_wizard (), "Start import");
  dialog = wait_for_question ();
  wait_for_text (dialog, "This removes all records of the last assignment of 1 user for good.");
  gtk_editable_set_text (GTK_EDITABLE (reg_test_ui_find_type (dialog, GTK_TYPE_ENTRY)), "2");
  answer (dialog, "do");
  REG_TEST_WAIT (get_wizard () == NULL);
  REG_TEST_WAIT (reg_workspace_get_n_waiting (f->ui.workspace) == 2);

  let_lms_answer (f, 0);
  run = reg_test_ui_find_type (f->ui.window, REG_TYPE_RUN_VIEW);
  wait_for_text (run, "2 users imported successfully, 2 users not imported.");
  gtk_widget_activate_action (run, "run.revert", NULL);
  dialog = wait_for_question ();
  wait_for_text (dialog, "Cannot be taken back: 1 change that the LMS has made.\n"
                         "Is taken back with the next sync: 1 change.");
  reg_test_ui_picture (dialog, "import-revert-kept");
  answer (dialog, "people");
  wait_for_text (f->ui.window, "Cannot be taken back, from “list.csv”");
  REG_TEST_WAIT (reg_test_ui_count_rows (&f->ui) == 1);
}

/* The person stands in Users, and the wizard is still there to go on with. */
static void
test_show_people (Fixture *f, gconstpointer data)
{
  open_mixed (f);
  choose (show_group ("cannot"), 1, "Show the person");
  wait_for_text (f->ui.window, "Not imported from list.csv");
  REG_TEST_WAIT (reg_test_ui_count_rows (&f->ui) == 1);
  g_assert_false (gtk_window_get_modal (GTK_WINDOW (get_wizard ())));
  choose (show_group ("cannot"), 1, "Show all people with this reason");
  REG_TEST_WAIT (reg_test_ui_count_rows (&f->ui) == 3);
  reg_test_ui_picture (f->ui.window, "wizard-show-people");
  close_wizard ();
}

/* Another person written into a line whose own has the course already; then the rest left out. */
static void
test_correct_cannot (Fixture *f, gconstpointer data)
{
  RegColumnList *list;
  GtkWidget *dialog, *entry;

  open_mixed (f);
  list = show_group ("cannot");
  g_signal_emit_by_name (list, "row-activated", get_id (list, 0));
  REG_TEST_WAIT (reg_test_ui_find_window (REG_TYPE_FIX_DIALOG) != NULL);
  dialog = reg_test_ui_find_window (REG_TYPE_FIX_DIALOG);
  wait_for_text (dialog, "Already assigned");
  wait_for_text (dialog, "Reassign instead");
  REG_TEST_WAIT (reg_test_ui_find_label (dialog, "Email ID") != NULL);
  reg_test_ui_picture (dialog, "wizard-correct-cannot");
  reg_test_ui_audit (dialog);
  entry =
      gtk_widget_get_ancestor (reg_test_ui_find_label (dialog, "Email ID"), ADW_TYPE_ACTION_ROW);
  entry = reg_test_ui_find_type (entry, GTK_TYPE_ENTRY);
  gtk_editable_set_text (GTK_EDITABLE (entry), "user00022@example.com");
  reg_test_ui_press (dialog, "Apply");
  wait_for_text (dialog, "Line 3");
  wait_for_text (get_wizard (), "2 users will be enrolled · 2 cannot be enrolled");
  gtk_window_close (GTK_WINDOW (dialog));
  REG_TEST_WAIT (reg_test_ui_find_window (REG_TYPE_FIX_DIALOG) == NULL);
  choose (show_group ("cannot"), 0, "Leave out all lines with this reason");
  wait_for_text (get_wizard (), "2 users will be enrolled · 0 cannot be enrolled");
  wait_for_text (get_wizard (), "2 left out");
  gtk_widget_activate_action (get_wizard (), "wizard.undo", NULL);
  wait_for_text (get_wizard (), "2 users will be enrolled · 2 cannot be enrolled");
  close_wizard ();
}

/* Shown by their reason, lines go one by one; the keyboard stays in the list, at the next of them,
 * and what was unticked stays so. */
static void
test_filtered (Fixture *f, gconstpointer data)
{
  RegPlanView *view;
  RegColumnList *list;
  GtkWidget *reasons;

  write_file (f, "list.csv",
              HEADINGS "user00021@example.com,,,,\nuser00022@example.com,,,,\n"
                       "nobody@nowhere.example,,,,\nnotanaddress,,,,\n"
                       "also@nowhere.example,,,,\nuser00023@exmaple.com,,,,\n");
  open_wizard (f, 2);
  wait_for_text (get_wizard (), "2 users will be enrolled");
  view = REG_PLAN_VIEW (reg_test_ui_find_type (get_wizard (), REG_TYPE_PLAN_VIEW));
  gtk_selection_model_unselect_item (
      GTK_SELECTION_MODEL (reg_column_list_get_selection (show_group ("will"))), 0);
  list = show_group ("bad");
  reasons = reg_test_ui_find_type (view, GTK_TYPE_DROP_DOWN);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (reasons), 1);
  REG_TEST_WAIT (count_rows (list) == 3);
  choose (list, 0, "Leave this line out");
  wait_for_text (get_wizard (), "3 lines may not be imported");
  list = get_list (view);
  REG_TEST_WAIT (count_rows (list) == 2);
  /* the next one with the reason, not the one between them */
  REG_TEST_WAIT (get_row (list, 0) != NULL && ((RegPlanRow *)get_row (list, 0))->line == 6);
  REG_TEST_WAIT (gtk_window_get_focus (GTK_WINDOW (get_wizard ())) != NULL
                 && gtk_widget_is_ancestor (gtk_window_get_focus (GTK_WINDOW (get_wizard ())),
                                            GTK_WIDGET (list)));
  choose (list, 1, "user00023@example.com");
  wait_for_text (get_wizard (), "3 users will be enrolled");
  g_assert_cmpuint (reg_plan_view_get_n_ticked (view), ==, 2);
  REG_TEST_WAIT (count_rows (get_list (view)) == 1);
  choose (get_list (view), 0, "Leave out all lines with this reason");
  wait_for_text (get_wizard (), "1 line may not be imported");
  /* of that reason none is left: the others are shown */
  REG_TEST_WAIT (count_rows (get_list (view)) == 1);
  close_wizard ();
}

/* A column that was taken for another: its page, and back with what was corrected. */
static void
test_columns (Fixture *f, gconstpointer data)
{
  write_file (f, "list.csv",
              HEADINGS "user00021@example.com,,,,\nnobody@nowhere.example,,,,\n"
                       "else@nowhere.example,,,,\n");
  open_wizard (f, 2);
  wait_for_text (get_wizard (), "2 lines may not be imported");
  choose (show_group ("bad"), 0, "Leave this line out");
  wait_for_text (get_wizard (), "1 line may not be imported");
  choose (show_group ("bad"), 0, "Say what the columns mean…");
  REG_TEST_WAIT (reg_test_ui_find_button (get_wizard (), "Check With These Columns") != NULL);
  wait_for_text (get_wizard (), "Every column is decided.");
  reg_test_ui_press (get_wizard (), "Check With These Columns");
  wait_for_text (get_wizard (), "1 user will be enrolled");
  wait_for_text (get_wizard (), "1 line may not be imported");
  wait_for_text (get_wizard (), "1 left out");
  close_wizard ();
}

/* A list of people whose headings are nobody's: what it is for is said beside the columns. */
static void
test_another_action (Fixture *f, gconstpointer data)
{
  GtkWidget *row;

  write_file (f, "staff.csv",
              "Mail address,First Name,Surname\nuser00021@example.com,Anna,Adams\n");
  open_wizard (f, 0);
  wait_for_text (get_wizard (), "Say what each column is.");
  wait_for_text (get_wizard (), "2 columns are not decided yet.");
  row = reg_test_ui_find_label (get_wizard (), "Select the action you want to take");
  row = gtk_widget_get_ancestor (row, ADW_TYPE_COMBO_ROW);
  reg_test_ui_picture (get_wizard (), "wizard-columns-action");
  reg_test_ui_audit (get_wizard ());
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), 5);
  wait_for_text (get_wizard (), "Every column is decided.");
  g_assert_cmpuint (adw_combo_row_get_selected (ADW_COMBO_ROW (row)), ==, 5);
  reg_test_ui_press (get_wizard (), "Check With These Columns");
  wait_for_text (get_wizard (), "1 user will be updated");
  close_wizard ();
}

/* What was corrected is not lost by a key or by another file without a word. */
static void
test_corrections_are_kept (Fixture *f, gconstpointer data)
{
  GtkWidget *wizard, *question;

  write_file (f, "list.csv", HEADINGS "user00021@example.com,,,,\nnobody@nowhere.example,,,,\n");
  open_wizard (f, 2);
  wait_for_text (get_wizard (), "1 line may not be imported");
  choose (show_group ("bad"), 0, "Leave this line out");
  wait_for_text (get_wizard (), "1 correction made here");
  wizard = get_wizard ();
  gtk_window_close (GTK_WINDOW (wizard));
  question = wait_for_question ();
  wait_for_text (question, "Discard 1 Correction?");
  reg_test_ui_audit (question);
  reg_test_ui_picture (question, "wizard-discard");
  answer (question, "cancel");
  g_assert_true (get_wizard () == wizard);

  /* another one does not open a second wizard */
  reg_test_ui_drop (&f->ui, f->path);
  question = wait_for_question ();
  answer (question, "cancel");
  wait_for_text (get_wizard (), "1 correction made here");
  reg_test_ui_drop (&f->ui, f->path);
  question = wait_for_question ();
  answer (question, "discard");
  wait_for_text (get_wizard (), "1 line may not be imported");
  g_assert_true (get_wizard () == wizard);
  g_assert_null (reg_test_ui_find_text (get_wizard (), "1 correction made here"));
  /* nothing is left to be lost */
  gtk_window_close (GTK_WINDOW (wizard));
  REG_TEST_WAIT (get_wizard () == NULL);
}

/* The setup page chooses another file: asked there too. */
static void
test_chosen_file_asks (Fixture *f, gconstpointer data)
{
  g_autoptr (GFile) file = NULL;
  GtkWidget *setup = NULL;
  GtkWidget *question;

  write_file (f, "list.csv", HEADINGS "user00021@example.com,,,,\nnobody@nowhere.example,,,,\n");
  open_wizard (f, 2);
  wait_for_text (get_wizard (), "1 line may not be imported");
  choose (show_group ("bad"), 0, "Leave this line out");
  wait_for_text (get_wizard (), "1 correction made here");
  go_back ();
  REG_TEST_WAIT ((setup = reg_test_ui_find_type (get_wizard (), REG_TYPE_SETUP_PAGE)) != NULL);
  file = g_file_new_for_path (f->path);
  g_signal_emit_by_name (setup, "file-chosen", file);
  question = wait_for_question ();
  answer (question, "cancel");
  reg_test_ui_press (get_wizard (), "Check File");
  wait_for_text (get_wizard (), "1 correction made here");
  close_wizard ();
}

static gpointer
do_nothing (RegStore *store, gpointer data, RegProgress *progress, GError **error)
{
  return g_strdup ("");
}

static void
on_nothing_done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  char **done = data;

  *done = reg_workspace_run_finish (REG_WORKSPACE (source), result, NULL);
}

/* A file takes the place of one that is just checked again: what that says comes too late. */
static void
test_late_check (Fixture *f, gconstpointer data)
{
  g_autofree char *done = NULL;
  GtkWidget *wizard;
  g_autofree char *first = NULL;
  RegPlanView *view;

  write_file (f, "first.csv",
              "People of May\n\nMade by hand\n" HEADINGS "user00021@example.com,,,,\n"
              "nobody@nowhere.example,,,,\n");
  open_wizard (f, 2);
  wait_for_text (get_wizard (), "1 line may not be imported");
  wizard = get_wizard ();
  view = REG_PLAN_VIEW (reg_test_ui_find_type (wizard, REG_TYPE_PLAN_VIEW));
  first = g_steal_pointer (&f->path);
  write_file (f, "second.csv",
              "Mail address,Due Date\nuser00022@example.com,\nuser00023@example.com,\n"
              "user00024@example.com,\nuser00025@example.com,\n");
  g_signal_emit_by_name (view, "empty-rule-chosen", REG_EMPTY_CLEAR);
  reg_test_ui_drop (&f->ui, f->path);
  reg_workspace_run_async (f->ui.workspace, TRUE, do_nothing, NULL, NULL, g_free, NULL,
                           on_nothing_done_cb, &done);
  REG_TEST_WAIT (done != NULL);
  wait_for_text (wizard, "Say what each column is.");

  reg_test_ui_press (wizard, "Check With These Columns");
  wait_for_text (wizard, "4 users will be enrolled");
  close_wizard ();
  g_assert_cmpint (g_unlink (first), ==, 0);
}

/* Back and forth: what was unticked stays so. */
static void
test_ticks_come_back (Fixture *f, gconstpointer data)
{
  RegSelection *selection;

  write_file (f, "list.csv",
              HEADINGS "user00021@example.com,,,,\nuser00022@example.com,,,,\n"
                       "user00023@example.com,,,,\n");
  open_wizard (f, 2);
  wait_for_text (get_wizard (), "3 of 3 ticked");
  selection = reg_column_list_get_selection (show_group ("will"));
  gtk_selection_model_unselect_item (GTK_SELECTION_MODEL (selection), 1);
  wait_for_text (get_wizard (), "2 of 3 ticked");
  go_back ();
  reg_test_ui_press (get_wizard (), "Check File");
  wait_for_text (get_wizard (), "of 3 ticked");
  g_assert_nonnull (reg_test_ui_find_text (get_wizard (), "2 of 3 ticked"));
  close_wizard ();
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  reg_test_ui_init (&argc, &argv);
  ADD ("/views/wizard-ways/reassign", test_reassign);
  ADD ("/views/wizard-ways/remove-records", test_remove_records);
  ADD ("/views/wizard-ways/show-people", test_show_people);
  ADD ("/views/wizard-ways/correct-cannot", test_correct_cannot);
  ADD ("/views/wizard-ways/filtered", test_filtered);
  ADD ("/views/wizard-ways/columns", test_columns);
  ADD ("/views/wizard-ways/another-action", test_another_action);
  ADD ("/views/wizard-ways/corrections-are-kept", test_corrections_are_kept);
  ADD ("/views/wizard-ways/chosen-file-asks", test_chosen_file_asks);
  ADD ("/views/wizard-ways/late-check", test_late_check);
  ADD ("/views/wizard-ways/ticks-come-back", test_ticks_come_back);
  return g_test_run ();
}
