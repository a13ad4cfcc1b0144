/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One person's enrollments: every course they have, and what is done about them. */
#include "reg-test-ui.h"

#include "views/common/reg-host.h"
#include "views/common/reg-review-dialog.h"
#include "views/common/reg-session-picker.h"
#include "views/enrollments/reg-enrollment-filter.h"
#include "views/users/reg-user-pane.h"

#define PERSON 5
#define LONG_COURSE 3
#define ILT_COURSE 4
#define LONG_TITLE                                                                                 \
  "Occupational Safety and Health for Everybody Who Works with Substances That Are Hazardous"

/* Four courses of the one person, each in another state. */
static void
add_courses (RegPage *page)
{
  RegCourse *course = reg_test_page_add_course (page, LONG_COURSE, 5000);
  RegEnrollment *enrollment;

  course->title = (char *)LONG_TITLE; /* only read, like all texts of a page */
  course = reg_test_page_add_course (page, ILT_COURSE, 5001);
  course->title = (char *)"First Aid";
  course->kind = REG_COURSE_ILT;
  reg_test_page_add_session (page, 1, 5002, ILT_COURSE);

  enrollment = reg_test_page_add_enrollment (page, PERSON, 1, 5010);
  enrollment->progress = 100;
  enrollment->started_at = 1690000000;
  enrollment->completed_at = 1700000000;
  enrollment = reg_test_page_add_enrollment (page, PERSON, LONG_COURSE, 5011);
  enrollment->progress = 40;
  enrollment->started_at = 1690000000;
  enrollment->requirement = REG_REQUIREMENT_REQUIRED;
  g_strlcpy (enrollment->due_date, "2020-05-31", sizeof enrollment->due_date);
  enrollment = reg_test_page_add_enrollment (page, PERSON, ILT_COURSE, 5012);
  enrollment->session_id = 1;
  enrollment->seat = REG_SEAT_ENROLLED;
  enrollment = reg_test_page_add_enrollment (page, PERSON, 2, 5014);
  enrollment->access = REG_ACCESS_REVOKED;
  enrollment->archived = TRUE;
  reg_test_page_add_enrollment (page, 1, 1, 5013);
}

/* One assigned by hand, one by a qualification. */
static void
add_qualified (RegPage *page)
{
  reg_test_page_add_enrollment (page, PERSON, 1, 5010);
  reg_test_page_add_enrollment (page, PERSON, 2, 5011)->source = REG_SOURCE_QUALIFICATION;
}

static void
open_page (RegTestUi *ui)
{
  reg_test_ui_open_with (ui, 20, 0, add_courses);
  REG_TEST_WAIT (reg_test_ui_count_rows (ui) == 20);
  reg_host_open_user (REG_HOST (ui->window), PERSON);
  reg_test_ui_press (ui->window, "Course Assignments");
  REG_TEST_WAIT (reg_test_ui_count_rows (ui) == 4);
  REG_TEST_WAIT (reg_test_ui_find_label (ui->window, "First Aid") != NULL);
}

static gint64
get_id (gint64 course_id)
{
  return reg_enrollment_id (PERSON, course_id);
}

static gboolean
offers_archived (GtkWidget *widget, gconstpointer data)
{
  GListModel *choices =
      GTK_IS_DROP_DOWN (widget)
              && GTK_IS_STRING_LIST (gtk_drop_down_get_model (GTK_DROP_DOWN (widget)))
          ? gtk_drop_down_get_model (GTK_DROP_DOWN (widget))
          : NULL;

  return choices != NULL
         && g_strcmp0 (gtk_string_list_get_string (GTK_STRING_LIST (choices), 3), "Archived") == 0;
}

static gboolean
is_filter (GtkWidget *widget, gconstpointer data)
{
  return REG_IS_ENROLLMENT_FILTER (widget)
         && gtk_widget_get_mapped (gtk_widget_get_parent (widget));
}

/* What was archived is found again. */
static void
look_for_archived (RegTestUi *ui)
{
  GtkWidget *filter = reg_test_ui_find (GTK_WIDGET (ui->window), is_filter, NULL);
  GtkWidget *access = reg_test_ui_find (filter, offers_archived, NULL);

  gtk_drop_down_set_selected (GTK_DROP_DOWN (access), 3);
  REG_TEST_WAIT (reg_test_ui_count_rows (ui) == 1);
  REG_TEST_WAIT (reg_test_ui_find_label (ui->window, "Course 2") != NULL);
  g_assert_nonnull (reg_test_ui_find_label (ui->window, "Archived"));
  reg_test_ui_press (ui->window, "Clear Filters");
  REG_TEST_WAIT (reg_test_ui_count_rows (ui) == 4);
}

/* From the details and back to them; to a course and back; searched and filtered. */
static void
test_walk (void)
{
  RegTestUi ui;

  open_page (&ui);
  g_assert_nonnull (reg_test_ui_find_label (ui.window, "Given00005 Family00005"));
  g_assert_nonnull (reg_test_ui_find_label (ui.window, "user00005@example.com · 4 enrollments"));
  g_assert_nonnull (reg_test_ui_find_label (ui.window, "Completed"));
  g_assert_nonnull (reg_test_ui_find_label (ui.window, "40% Completed"));
  reg_test_ui_picture (ui.window, "user-enrollments");
  reg_test_ui_audit (ui.window);

  reg_test_ui_search (&ui, "aid");
  REG_TEST_WAIT (reg_test_ui_count_rows (&ui) == 1);
  g_assert_nonnull (
      reg_test_ui_find_label (ui.window, "user00005@example.com · 1 of 4 enrollments"));
  reg_test_ui_search (&ui, "no such course");
  REG_TEST_WAIT (reg_test_ui_find_label (ui.window, "No Enrollments Found") != NULL);
  reg_test_ui_press (ui.window, "Clear Filters");
  REG_TEST_WAIT (reg_test_ui_count_rows (&ui) == 4);

  look_for_archived (&ui);

  g_signal_emit_by_name (reg_test_ui_get_list (&ui), "row-activated", get_id (1));
  REG_TEST_WAIT (reg_test_ui_count_rows (&ui) == 2);
  gtk_widget_activate_action (GTK_WIDGET (ui.window), "win.back", NULL);
  REG_TEST_WAIT (reg_test_ui_count_rows (&ui) == 4);
  gtk_widget_activate_action (GTK_WIDGET (ui.window), "win.back", NULL);
  REG_TEST_WAIT (reg_test_ui_count_rows (&ui) == 20);
  g_assert_nonnull (reg_test_ui_find_label (ui.window, "User Details"));

  /* Somebody without any course is told so, and what to do. */
  reg_test_ui_do_row (&ui, 6, "course-assignments");
  REG_TEST_WAIT (reg_test_ui_find_label (ui.window, "Enrolled in No Course") != NULL);
  reg_test_ui_picture (ui.window, "user-enrollments-none");
  g_assert_nonnull (reg_test_ui_find_button (ui.window, "Assign Course…"));
  reg_test_ui_close (&ui);
}

/* Several of them at once, taken back as one step. */
static void
test_bulk (void)
{
  RegTestUi ui;
  GtkWidget *dialog;

  open_page (&ui);
  /* All but the one that is archived. */
  reg_test_ui_select_rows (&ui, 0, 1);
  reg_test_ui_select_rows (&ui, 2, 2);
  reg_test_ui_picture (ui.window, "user-enrollments-selected");
  reg_test_ui_press (ui.window, "Unenroll");
  REG_TEST_WAIT (
      reg_test_ui_find_label (ui.window, "Unenroll · Given00005 Family00005 · 3 enrollments")
      != NULL);
  REG_TEST_WAIT (reg_workspace_get_n_waiting (ui.workspace) == 3);
  REG_TEST_WAIT (reg_test_ui_find_text (ui.window, "Unenrolled (was 40%)") != NULL);
  reg_host_undo (REG_HOST (ui.window), 0);
  REG_TEST_WAIT (reg_workspace_get_n_waiting (ui.workspace) == 0);

  reg_test_ui_press (ui.window, "Remove…");
  REG_TEST_WAIT (reg_test_ui_find_window (ADW_TYPE_MESSAGE_DIALOG) != NULL);
  dialog = reg_test_ui_find_window (ADW_TYPE_MESSAGE_DIALOG);
  g_assert_nonnull (reg_test_ui_find_label (dialog, "Remove registration: 3 Enrollments"));
  g_assert_nonnull (
      reg_test_ui_find_text (dialog, "Please note: removing registrations is irreversible."));
  reg_test_ui_picture (dialog, "user-enrollments-remove");
  gtk_check_button_set_active (
      GTK_CHECK_BUTTON (reg_test_ui_find_type (dialog, GTK_TYPE_CHECK_BUTTON)), TRUE);
  reg_test_ui_press (dialog, "Remove registration (3)");
  REG_TEST_WAIT (reg_test_ui_count_rows (&ui) == 1);
  REG_TEST_WAIT (reg_workspace_get_n_waiting (ui.workspace) == 3);
  reg_host_undo (REG_HOST (ui.window), 0);
  REG_TEST_WAIT (reg_test_ui_count_rows (&ui) == 4);

  /* What the one cannot have done with it is said before the others. */
  reg_test_ui_do_bulk (&ui, "mark-no-show");
  REG_TEST_WAIT (reg_test_ui_find_window (ADW_TYPE_MESSAGE_DIALOG) != NULL);
  dialog = reg_test_ui_find_window (ADW_TYPE_MESSAGE_DIALOG);
  g_assert_nonnull (reg_test_ui_find_text (dialog, LONG_TITLE " · Given00005 Family00005"));
  reg_test_ui_picture (dialog, "user-enrollments-refused");
  gtk_window_close (GTK_WINDOW (dialog));
  reg_test_ui_do_bulk (&ui, "reassign");
  REG_TEST_WAIT (reg_test_ui_find_window (REG_TYPE_REVIEW_DIALOG) != NULL);
  REG_TEST_WAIT (reg_test_ui_find_text (reg_test_ui_find_window (REG_TYPE_REVIEW_DIALOG),
                                        "Reassign: 3 Assignments")
                 != NULL);
  gtk_window_close (GTK_WINDOW (reg_test_ui_find_window (REG_TYPE_REVIEW_DIALOG)));
  reg_test_ui_close (&ui);
}

static gboolean
asks (const char *text)
{
  GtkWidget *dialog = reg_test_ui_find_window (ADW_TYPE_MESSAGE_DIALOG);

  return dialog != NULL && reg_test_ui_find_label (dialog, text) != NULL;
}

/* Of several courses from one that has sessions: from the session, from the course, from both. */
static void
test_removal (void)
{
  RegTestUi ui;
  GtkWidget *dialog;

  open_page (&ui);
  reg_test_ui_select_rows (&ui, 0, 1);
  reg_test_ui_select_rows (&ui, 2, 2);
  reg_test_ui_do_bulk (&ui, "remove-user");
  REG_TEST_WAIT (asks ("Remove 3 Enrollments"));
  dialog = reg_test_ui_find_window (ADW_TYPE_MESSAGE_DIALOG);
  g_assert_nonnull (reg_test_ui_find_label (dialog, "Only from the session"));
  reg_test_ui_picture (dialog, "user-enrollments-removal");
  reg_test_ui_press (dialog, "Continue");
  /* the other two have no sessions */
  REG_TEST_WAIT (asks ("2 cannot be included"));
  dialog = reg_test_ui_find_window (ADW_TYPE_MESSAGE_DIALOG);
  g_assert_nonnull (
      reg_test_ui_find_text (dialog, "Not possible in a course of this kind: Self-paced"));
  reg_test_ui_press (dialog, "Remove from Session (1)");
  REG_TEST_WAIT (reg_workspace_get_n_waiting (ui.workspace) == 1);
  REG_TEST_WAIT (reg_test_ui_find_text (ui.window, "Not Started") != NULL);
  reg_test_ui_close (&ui);
}

/* A single one where something must be known beforehand is asked about. */
static void
test_notice (void)
{
  RegTestUi ui;
  GtkWidget *dialog;

  reg_test_ui_open_with (&ui, 20, 0, add_qualified);
  REG_TEST_WAIT (reg_test_ui_count_rows (&ui) == 20);
  reg_host_open_user (REG_HOST (ui.window), PERSON);
  reg_test_ui_press (ui.window, "Course Assignments");
  REG_TEST_WAIT (reg_test_ui_count_rows (&ui) == 2);
  reg_test_ui_do_row (&ui, get_id (1), "unenroll");
  REG_TEST_WAIT (reg_workspace_get_n_waiting (ui.workspace) == 1);
  reg_test_ui_do_row (&ui, get_id (2), "unenroll");
  REG_TEST_WAIT (reg_test_ui_find_window (ADW_TYPE_MESSAGE_DIALOG) != NULL);
  dialog = reg_test_ui_find_window (ADW_TYPE_MESSAGE_DIALOG);
  g_assert_nonnull (reg_test_ui_find_text (
      dialog, "Enrolled based on a qualification; the LMS may enroll again."));
  reg_test_ui_picture (dialog, "unenroll-qualification");
  reg_test_ui_press (dialog, "Unenroll (1)");
  REG_TEST_WAIT (reg_workspace_get_n_waiting (ui.workspace) == 2);
  reg_test_ui_close (&ui);
}

/* One by one: the session of the one course that has some, a due date, another course. */
static void
test_single (void)
{
  RegTestUi ui;
  GtkWidget *dialog;

  open_page (&ui);
  reg_test_ui_do_row (&ui, get_id (ILT_COURSE), "change-session");
  REG_TEST_WAIT (reg_test_ui_find_window (REG_TYPE_SESSION_PICKER) != NULL);
  gtk_window_close (GTK_WINDOW (reg_test_ui_find_window (REG_TYPE_SESSION_PICKER)));

  reg_test_ui_do_row (&ui, get_id (LONG_COURSE), "clear-due-date");
  REG_TEST_WAIT (reg_workspace_get_n_waiting (ui.workspace) == 1);
  reg_test_ui_do_row (&ui, get_id (LONG_COURSE), "unassign");
  REG_TEST_WAIT (reg_test_ui_find_window (ADW_TYPE_MESSAGE_DIALOG) != NULL);
  dialog = reg_test_ui_find_window (ADW_TYPE_MESSAGE_DIALOG);
  reg_test_ui_press (dialog, "Unassign User (1)");
  REG_TEST_WAIT (reg_workspace_get_n_waiting (ui.workspace) == 2);

  reg_test_ui_press (ui.window, "Assign Course");
  REG_TEST_WAIT (reg_test_ui_find_window (ADW_TYPE_WINDOW) != NULL);
  REG_TEST_WAIT (
      reg_test_ui_find_text (reg_test_ui_find_window (ADW_TYPE_WINDOW), "Given00005 Family00005")
      != NULL);
  REG_TEST_WAIT (reg_test_ui_find_label (reg_test_ui_find_window (ADW_TYPE_WINDOW), LONG_TITLE)
                 != NULL);
  gtk_window_close (GTK_WINDOW (reg_test_ui_find_window (ADW_TYPE_WINDOW)));
  REG_TEST_WAIT (reg_test_ui_find_window (ADW_TYPE_WINDOW) == NULL);
  reg_test_ui_close (&ui);
}

/* As if the LMS had done all that waits. */
static gpointer
answer_all (RegStore *store, gpointer data, RegProgress *progress, GError **error)
{
  g_autoptr (GPtrArray) taken = reg_store_take_changes (store, 100, 2000000000, error);
  g_autoptr (GPtrArray) outcomes =
      g_ptr_array_new_with_free_func ((GDestroyNotify)reg_outcome_free);

  if (taken == NULL)
    return NULL;
  for (guint i = 0; i < taken->len; i++)
    g_ptr_array_add (outcomes, reg_outcome_new (((RegChange *)g_ptr_array_index (taken, i))->id,
                                                REG_OUTCOME_APPLIED));
  return reg_store_put_outcomes (store, outcomes, error) ? g_strdup ("") : NULL;
}

static void
on_answered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *done = reg_workspace_run_finish (REG_WORKSPACE (source), result, &error);

  g_assert_no_error (error);
  *(gboolean *)data = done != NULL;
}

/* USR-14 and C-19: over all people, what is archived, and a copy of what was removed. */
static void
test_records (void)
{
  RegTestUi ui;
  GtkWidget *dialog;
  gboolean is_answered = FALSE;

  open_page (&ui);
  reg_test_ui_do_row (&ui, get_id (LONG_COURSE), "remove-registration");
  REG_TEST_WAIT (reg_test_ui_find_window (ADW_TYPE_MESSAGE_DIALOG) != NULL);
  dialog = reg_test_ui_find_window (ADW_TYPE_MESSAGE_DIALOG);
  gtk_check_button_set_active (
      GTK_CHECK_BUTTON (reg_test_ui_find_type (dialog, GTK_TYPE_CHECK_BUTTON)), TRUE);
  reg_test_ui_press (dialog, "Remove registration (1)");
  REG_TEST_WAIT (reg_workspace_get_n_waiting (ui.workspace) == 1);

  /* before the LMS has done it, it is only waiting */
  gtk_widget_activate_action (GTK_WIDGET (ui.window), "win.records", NULL);
  REG_TEST_WAIT (reg_test_ui_find_label (ui.window, "Archived Records") != NULL);
  REG_TEST_WAIT (reg_test_ui_count_rows (&ui) == 1);
  REG_TEST_WAIT (reg_test_ui_find_label (ui.window, "Archived (was 0%)") != NULL);
  reg_workspace_run_async (ui.workspace, TRUE, answer_all, NULL, NULL, g_free, NULL, on_answered_cb,
                           &is_answered);
  REG_TEST_WAIT (is_answered);
  REG_TEST_WAIT (reg_test_ui_count_rows (&ui) == 2);
  REG_TEST_WAIT (reg_test_ui_find_label (ui.window, "Removed") != NULL);
  g_assert_nonnull (reg_test_ui_find_text (ui.window, " · Remove registration"));
  g_assert_nonnull (reg_test_ui_find_label (ui.window, LONG_TITLE));
  g_assert_nonnull (reg_test_ui_find_label (ui.window, "40% Completed"));
  reg_test_ui_picture (ui.window, "records");
  reg_test_ui_audit (ui.window);

  reg_test_ui_search (&ui, "hazardous");
  REG_TEST_WAIT (reg_test_ui_count_rows (&ui) == 1);
  reg_test_ui_search (&ui, "no such course");
  REG_TEST_WAIT (reg_test_ui_find_label (ui.window, "No Records Found") != NULL);
  reg_test_ui_search (&ui, "");
  REG_TEST_WAIT (reg_test_ui_count_rows (&ui) == 2);
  gtk_window_set_default_size (GTK_WINDOW (ui.window), 360, 640);
  gtk_test_widget_wait_for_draw (GTK_WIDGET (ui.window));
  reg_test_ui_picture (ui.window, "records-narrow");

  g_signal_emit_by_name (reg_test_ui_get_list (&ui), "row-activated", get_id (2));
  REG_TEST_WAIT (reg_test_ui_count_rows (&ui) == 3);
  gtk_widget_activate_action (GTK_WIDGET (ui.window), "win.back", NULL);
  REG_TEST_WAIT (reg_test_ui_count_rows (&ui) == 20);
  reg_test_ui_close (&ui);
}

/* The keys that open it from the details. */
static void
test_key (void)
{
  RegTestUi ui;
  GtkWidget *pane;
  g_autoptr (GListModel) controllers = NULL;
  gboolean is_found = FALSE;

  reg_test_ui_open_with (&ui, 20, 0, add_courses);
  REG_TEST_WAIT (reg_test_ui_count_rows (&ui) == 20);
  reg_host_open_user (REG_HOST (ui.window), PERSON);
  REG_TEST_WAIT (reg_test_ui_find_button (ui.window, "Course Assignments") != NULL);
  pane = reg_test_ui_find_type (ui.window, REG_TYPE_USER_PANE);
  controllers = gtk_widget_observe_controllers (pane);
  for (guint i = 0; i < g_list_model_get_n_items (controllers) && !is_found; i++)
    {
      g_autoptr (GObject) controller = g_list_model_get_item (controllers, i);
      g_autoptr (GtkShortcut) shortcut = NULL;

      if (!GTK_IS_SHORTCUT_CONTROLLER (controller)
          || gtk_shortcut_controller_get_scope (GTK_SHORTCUT_CONTROLLER (controller))
                 != GTK_SHORTCUT_SCOPE_GLOBAL)
        continue;
      shortcut = g_list_model_get_item (G_LIST_MODEL (controller), 0);
      is_found = gtk_shortcut_action_activate (gtk_shortcut_get_action (shortcut), 0, pane, NULL);
    }
  g_assert_true (is_found);
  REG_TEST_WAIT (reg_test_ui_count_rows (&ui) == 4);
  reg_test_ui_close (&ui);
}

/* A telephone's width, with a long title: nothing makes the window wider. */
static void
test_narrow (void)
{
  RegTestUi ui;
  int minimum;

  open_page (&ui);
  for (int width = 1000; width >= 360; width -= 160)
    {
      gtk_window_set_default_size (GTK_WINDOW (ui.window), width, 640);
      gtk_test_widget_wait_for_draw (GTK_WIDGET (ui.window));
    }
  reg_test_ui_select_rows (&ui, 0, 2);
  reg_test_ui_picture (ui.window, "user-enrollments-narrow");
  gtk_widget_measure (GTK_WIDGET (ui.window), GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL,
                      NULL);
  g_assert_cmpint (minimum, <=, 360);
  reg_test_ui_close (&ui);
}

int
main (int argc, char **argv)
{
  reg_test_ui_init (&argc, &argv);
  g_test_add_func ("/enrollments/walk", test_walk);
  g_test_add_func ("/enrollments/bulk", test_bulk);
  g_test_add_func ("/enrollments/removal", test_removal);
  g_test_add_func ("/enrollments/notice", test_notice);
  g_test_add_func ("/enrollments/records", test_records);
  g_test_add_func ("/enrollments/single", test_single);
  g_test_add_func ("/enrollments/key", test_key);
  g_test_add_func ("/enrollments/narrow", test_narrow);
  return g_test_run ();
}
