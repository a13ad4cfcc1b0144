/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Enrollments copied from courses to another, and a team's trainings, in the window. */
#include "assign-ui.h"

#include "views/common/reg-assign-dialog.h"
#include "views/common/reg-copy-dialog.h"
#include "views/common/reg-host.h"
#include "views/common/reg-label-picker.h"
#include "views/common/reg-review-dialog.h"

/* Course 2 has people 5 to 12, one of them unenrolled since; course 3, of a long name, has
 * person 6. */
static void
add_trainings (RegPage *page)
{
  reg_test_page_add_course (page, 3, 9000)->title =
      (char *)"Workplace Safety, Emergency Exits and First Aid for Everybody (2027)";
  for (gint64 id = 5; id <= 12; id++)
    reg_test_page_add_enrollment (page, id, 2, 9000 + id)->access =
        id == 12 ? REG_ACCESS_REVOKED : REG_ACCESS_ACTIVE;
  reg_test_page_add_enrollment (page, 6, 3, 9020);
}

/* The review of what goes from courses 1 and 2 to course 3. */
static void
confirm_copy (RegTestUi *ui, const char *summary, gint64 n_waiting)
{
  GtkWidget *review = reg_test_ui_find_window (REG_TYPE_REVIEW_DIALOG);

  REG_TEST_WAIT (reg_test_ui_find_label (review, summary) != NULL);
  g_assert_nonnull (reg_test_ui_find_label (review, "E-mails this will cause: 0"));
  assign_ui_press (review, "Confirm Assignment");
  REG_TEST_WAIT (reg_workspace_get_n_waiting (ui->workspace) == n_waiting);
  REG_TEST_WAIT (reg_test_ui_find_window (REG_TYPE_COPY_DIALOG) == NULL);
  REG_TEST_WAIT (reg_test_ui_find_window (REG_TYPE_REVIEW_DIALOG) == NULL);
}

/* ASG-17: from a selection of courses into one; each person once, nobody twice, nobody who lost
 * access; and one undo. */
static void
test_copy (void)
{
  RegTestUi ui;
  GtkWidget *dialog;
  GtkWidget *target;

  reg_test_ui_open_with (&ui, 20, 8, add_trainings);
  gtk_widget_activate_action (GTK_WIDGET (ui.window), "win.go", "i", 1);
  REG_TEST_WAIT (assign_ui_count_rows (ui.window) == 3);
  assign_ui_select_rows (ui.window, 0, 2);
  assign_ui_press (ui.window, "Copy Enrollments…");
  REG_TEST_WAIT (reg_test_ui_find_window (REG_TYPE_COPY_DIALOG) != NULL);
  dialog = reg_test_ui_find_window (REG_TYPE_COPY_DIALOG);
  REG_TEST_WAIT (reg_test_ui_find_label (dialog, "2 courses chosen") != NULL);
  g_assert_false (gtk_widget_get_sensitive (assign_ui_get_button (dialog, "Continue")));
  target = reg_test_ui_find_type (dialog, REG_TYPE_LABEL_PICKER);
  reg_label_picker_set_id (REG_LABEL_PICKER (target), 2);
  g_assert_nonnull (reg_test_ui_find_label (dialog, "1 course chosen"));
  reg_label_picker_set_id (REG_LABEL_PICKER (target), 3);
  g_assert_nonnull (reg_test_ui_find_label (dialog, "2 courses chosen"));
  reg_test_ui_picture (dialog, "copy");
  reg_test_ui_audit (dialog);
  assign_ui_press (dialog, "Continue");
  assign_ui_get_review (11);
  confirm_copy (&ui, "10 will be assigned · 1 skipped", 10);
  gtk_widget_activate_action (GTK_WIDGET (ui.window), "win.undo", NULL);
  REG_TEST_WAIT (reg_workspace_get_n_waiting (ui.workspace) == 0);
  reg_test_ui_close (&ui);
}

/* From the page of the course they are copied into, and only who has completed. */
static void
test_copy_here (void)
{
  RegTestUi ui;
  GtkWidget *dialog, *whom;
  int minimum;

  reg_test_ui_open_with (&ui, 20, 8, add_trainings);
  reg_host_open_course (REG_HOST (ui.window), 3);
  REG_TEST_WAIT (assign_ui_count_rows (ui.window) == 1);
  gtk_widget_activate_action (reg_test_ui_find_type (ui.window, REG_TYPE_COLUMN_LIST), "page.copy",
                              NULL);
  REG_TEST_WAIT (reg_test_ui_find_window (REG_TYPE_COPY_DIALOG) != NULL);
  dialog = reg_test_ui_find_window (REG_TYPE_COPY_DIALOG);
  REG_TEST_WAIT (assign_ui_count_rows (dialog) == 3);
  REG_TEST_WAIT (reg_label_picker_get_id (
                     REG_LABEL_PICKER (reg_test_ui_find_type (dialog, REG_TYPE_LABEL_PICKER)))
                 == 3);
  reg_column_list_select_all (assign_ui_get_list (dialog));
  REG_TEST_WAIT (reg_test_ui_find_label (dialog, "2 courses chosen") != NULL);
  whom = gtk_widget_get_ancestor (reg_test_ui_find_label (dialog, "Whom"), ADW_TYPE_COMBO_ROW);
  adw_combo_row_set_selected (ADW_COMBO_ROW (whom), 1);
  gtk_window_set_default_size (GTK_WINDOW (dialog), 360, 640);
  for (int i = 0; i < 4; i++)
    gtk_test_widget_wait_for_draw (dialog);
  reg_test_ui_picture (dialog, "copy-narrow");
  gtk_widget_measure (dialog, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, <=, 360);
  assign_ui_press (dialog, "Continue");
  assign_ui_get_review (2);
  confirm_copy (&ui, "2 will be assigned", 2);
  reg_test_ui_close (&ui);
}

/* Who may not assign is not offered it. */
static void
test_copy_not_offered (void)
{
  RegTestUi ui;

  reg_test_ui_open_with (&ui, 20, 8, add_trainings);
  g_clear_pointer (&((RegSite *)reg_workspace_get_site (ui.workspace))->operations, g_strfreev);
  ((RegSite *)reg_workspace_get_site (ui.workspace))->operations = g_new0 (char *, 1);
  reg_host_open_course (REG_HOST (ui.window), 3);
  REG_TEST_WAIT (assign_ui_count_rows (ui.window) == 1);
  g_assert_null (reg_test_ui_find_button (ui.window, "Assign Course"));
  gtk_widget_activate_action (reg_test_ui_find_type (ui.window, REG_TYPE_COLUMN_LIST), "page.copy",
                              NULL);
  g_assert_null (reg_test_ui_find_window (REG_TYPE_COPY_DIALOG));
  reg_test_ui_close (&ui);
}

/* Team 1 is people 1 to 6; 5 and 6 have course 2, one of them completed. */
static void
add_team (RegPage *page)
{
  reg_test_page_add_label (page, 70, 9000, REG_LABEL_TEAM, "Field Service, North and Islands");
  for (gint64 id = 1; id <= 6; id++)
    {
      RegUser *user = reg_test_page_add_user (page, id, 9010 + id);

      user->labels = (char *)",70,";
      user->state = REG_USER_STATE_ACTIVE;
    }
  for (gint64 id = 5; id <= 12; id++)
    {
      RegEnrollment *enrollment = reg_test_page_add_enrollment (page, id, 2, 9030 + id);

      enrollment->completed_at = id == 6 ? 1700000000 : 0;
      enrollment->progress = id == 6 ? 100 : 0;
    }
}

static RegLabelPicker *
get_team_picker (RegTestUi *ui)
{
  return REG_LABEL_PICKER (reg_test_ui_find_type (ui->window, REG_TYPE_LABEL_PICKER));
}

/* ASG-18: a team's trainings with its own numbers; one is given to all its members, another taken
 * away. */
static void
test_team (void)
{
  RegTestUi ui;
  GtkWidget *dialog, *page;

  reg_test_ui_open_with (&ui, 20, 0, add_team);
  gtk_widget_activate_action (GTK_WIDGET (ui.window), "win.go", "i", 1);
  REG_TEST_WAIT (assign_ui_count_rows (ui.window) == 2);
  page = reg_test_ui_find_type (ui.window, REG_TYPE_COLUMN_LIST);
  g_assert_null (reg_test_ui_find_label (ui.window, "Not Enrolled"));
  g_assert_null (reg_test_ui_find_button (ui.window, "Add Training"));
  reg_label_picker_set_id (get_team_picker (&ui), 70);
  REG_TEST_WAIT (assign_ui_count_rows (ui.window) == 1);
  REG_TEST_WAIT (reg_test_ui_find_label (page, "Not Enrolled") != NULL);
  REG_TEST_WAIT (reg_test_ui_find_label (page, "4") != NULL);
  g_assert_nonnull (reg_test_ui_find_label (page, "2"));
  g_assert_nonnull (reg_test_ui_find_label (page, "1"));
  g_assert_nonnull (
      reg_test_ui_find_label (ui.window, "Trainings: Field Service, North and Islands"));
  reg_test_ui_picture (ui.window, "team");
  reg_test_ui_audit (ui.window);
  /* Course 2 to the four who do not have it. */
  assign_ui_select_rows (ui.window, 0, 1);
  assign_ui_press (ui.window, "Assign to the Others…");
  REG_TEST_WAIT (reg_test_ui_find_window (REG_TYPE_ASSIGN_DIALOG) != NULL);
  dialog = reg_test_ui_find_window (REG_TYPE_ASSIGN_DIALOG);
  REG_TEST_WAIT (reg_test_ui_find_label (dialog, "1 course chosen") != NULL);
  g_assert_true (gtk_check_button_get_active (assign_ui_find_row_check (dialog, "Course 2")));
  assign_ui_press (dialog, "Continue");
  dialog = assign_ui_get_review (6);
  REG_TEST_WAIT (reg_test_ui_find_label (dialog, "4 will be assigned · 2 skipped") != NULL);
  assign_ui_press (dialog, "Confirm Assignment");
  REG_TEST_WAIT (reg_workspace_get_n_waiting (ui.workspace) == 4);
  REG_TEST_WAIT (reg_test_ui_find_label (page, "0") != NULL);
  /* Course 1 is new to all of them. */
  assign_ui_press (ui.window, "Add Training");
  REG_TEST_WAIT (reg_test_ui_find_window (REG_TYPE_ASSIGN_DIALOG) != NULL);
  dialog = reg_test_ui_find_window (REG_TYPE_ASSIGN_DIALOG);
  assign_ui_choose (dialog, "Course 1");
  assign_ui_press (dialog, "Continue");
  dialog = assign_ui_get_review (6);
  REG_TEST_WAIT (reg_test_ui_find_label (dialog, "6 will be assigned") != NULL);
  assign_ui_press (dialog, "Confirm Assignment");
  REG_TEST_WAIT (reg_workspace_get_n_waiting (ui.workspace) == 10);
  REG_TEST_WAIT (assign_ui_count_rows (ui.window) == 2);
  reg_test_ui_close (&ui);
}

/* From the people of a team to its trainings. */
static void
test_team_from_users (void)
{
  RegTestUi ui;

  reg_test_ui_open_with (&ui, 20, 0, add_team);
  reg_host_open_team (REG_HOST (ui.window), 70);
  REG_TEST_WAIT (reg_test_ui_find_label (ui.window, "Trainings: Field Service, North and Islands")
                 != NULL);
  REG_TEST_WAIT (assign_ui_count_rows (ui.window) == 1);
  reg_test_ui_close (&ui);
}

static void
test_team_removal (void)
{
  RegTestUi ui;
  GtkWidget *dialog;

  reg_test_ui_open_with (&ui, 20, 0, add_team);
  gtk_widget_activate_action (GTK_WIDGET (ui.window), "win.go", "i", 1);
  REG_TEST_WAIT (assign_ui_count_rows (ui.window) == 2);
  reg_label_picker_set_id (get_team_picker (&ui), 70);
  REG_TEST_WAIT (assign_ui_count_rows (ui.window) == 1);
  g_signal_emit_by_name (reg_test_ui_find_type (ui.window, REG_TYPE_COLUMN_LIST), "row-operation",
                         (gint64)2, "unassign");
  /* Of the two who have it one has completed it, and keeps it. */
  REG_TEST_WAIT (reg_test_ui_find_window (ADW_TYPE_MESSAGE_DIALOG) != NULL);
  dialog = reg_test_ui_find_window (ADW_TYPE_MESSAGE_DIALOG);
  reg_test_ui_picture (dialog, "team-unassign");
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "do");
  REG_TEST_WAIT (reg_workspace_get_n_waiting (ui.workspace) == 1);
  gtk_widget_activate_action (GTK_WIDGET (ui.window), "win.undo", NULL);
  REG_TEST_WAIT (reg_workspace_get_n_waiting (ui.workspace) == 0);
  gtk_window_set_default_size (GTK_WINDOW (ui.window), 360, 640);
  for (int i = 0; i < 8; i++)
    gtk_test_widget_wait_for_draw (GTK_WIDGET (ui.window));
  reg_test_ui_picture (ui.window, "team-narrow");
  reg_label_picker_clear (get_team_picker (&ui));
  REG_TEST_WAIT (assign_ui_count_rows (ui.window) == 2);
  reg_test_ui_close (&ui);
}

/* The same team; 3 and 5 report to who is signed in. */
static void
add_managed_team (RegPage *page)
{
  add_team (page);
  for (guint i = 0; i < page->users->len; i++)
    {
      RegUser *user = &g_array_index (page->users, RegUser, i);

      if (user->id == 3 || user->id == 5)
        user->manager_id = 1;
    }
}

static void
select_team (RegTestUi *ui)
{
  gtk_widget_activate_action (GTK_WIDGET (ui->window), "win.go", "i", 1);
  REG_TEST_WAIT (assign_ui_count_rows (ui->window) == 2);
  reg_label_picker_set_id (get_team_picker (ui), 70);
  REG_TEST_WAIT (assign_ui_count_rows (ui->window) == 1);
}

/* A manager sees and changes the trainings of those of the team who report to them. */
static void
test_team_of_manager (void)
{
  RegTestUi ui;
  GtkWidget *dialog;

  reg_test_ui_open_as (&ui, REG_ROLE_MANAGER, 20, 0, add_managed_team);
  select_team (&ui);
  assign_ui_select_rows (ui.window, 0, 1);
  assign_ui_press (ui.window, "Assign to the Others…");
  REG_TEST_WAIT (reg_test_ui_find_window (REG_TYPE_ASSIGN_DIALOG) != NULL);
  dialog = reg_test_ui_find_window (REG_TYPE_ASSIGN_DIALOG);
  REG_TEST_WAIT (reg_test_ui_find_label (dialog, "1 course chosen") != NULL);
  assign_ui_press (dialog, "Continue");
  dialog = assign_ui_get_review (2);
  REG_TEST_WAIT (reg_test_ui_find_label (dialog, "1 will be assigned · 1 skipped") != NULL);
  assign_ui_press (dialog, "Confirm Assignment");
  REG_TEST_WAIT (reg_workspace_get_n_waiting (ui.workspace) == 1);
  gtk_widget_activate_action (GTK_WIDGET (ui.window), "win.undo", NULL);
  REG_TEST_WAIT (reg_workspace_get_n_waiting (ui.workspace) == 0);
  g_signal_emit_by_name (reg_test_ui_find_type (ui.window, REG_TYPE_COLUMN_LIST), "row-operation",
                         (gint64)2, "unassign");
  REG_TEST_WAIT (reg_test_ui_find_window (ADW_TYPE_MESSAGE_DIALOG) != NULL);
  dialog = reg_test_ui_find_window (ADW_TYPE_MESSAGE_DIALOG);
  g_assert_nonnull (reg_test_ui_find_text (dialog, "Unassign User (1)"));
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "do");
  REG_TEST_WAIT (reg_workspace_get_n_waiting (ui.workspace) == 1);
  reg_test_ui_close (&ui);
}

/* Who may assign to nobody looks only. */
static void
test_team_of_instructor (void)
{
  RegTestUi ui;

  reg_test_ui_open_as (&ui, REG_ROLE_INSTRUCTOR, 20, 0, add_managed_team);
  select_team (&ui);
  g_assert_null (reg_test_ui_find_button (ui.window, "Add Training"));
  assign_ui_select_rows (ui.window, 0, 1);
  REG_TEST_WAIT (reg_test_ui_find_label (ui.window, "Your role may change nothing here") != NULL);
  g_assert_null (reg_test_ui_find_button (ui.window, "Assign to the Others…"));
  g_assert_null (reg_test_ui_find_button (ui.window, "Unassign from All…"));
  reg_test_ui_close (&ui);
}

int
main (int argc, char **argv)
{
  reg_test_ui_init (&argc, &argv);
  g_test_add_func ("/copying/copy", test_copy);
  g_test_add_func ("/copying/copy-here", test_copy_here);
  g_test_add_func ("/copying/copy-not-offered", test_copy_not_offered);
  g_test_add_func ("/copying/team", test_team);
  g_test_add_func ("/copying/team-from-users", test_team_from_users);
  g_test_add_func ("/copying/team-removal", test_team_removal);
  g_test_add_func ("/copying/team-of-manager", test_team_of_manager);
  g_test_add_func ("/copying/team-of-instructor", test_team_of_instructor);
  return g_test_run ();
}
