/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An instructor-led course in the window: its sessions, who is put into one, who did not come, and
 * from what people are removed. */
#include "reg-test-ui.h"

#include "views/common/reg-column-list.h"
#include "views/common/reg-host.h"
#include "views/common/reg-session-picker.h"
#include "views/courses/reg-course-page.h"
#include "views/sessions/reg-session-people.h"

#define COURSE 3
#define DAY G_GINT64_CONSTANT (86400)

enum
{
  TOO_OLD = 11,
  RECENT,
  FULL,
  LATER,
};

static void
add_session (RegPage *page, gint64 id, const char *place, gint64 days, int seats, int taken)
{
  RegSession *session = reg_test_page_add_session (page, id, 1, COURSE);

  session->place = g_string_chunk_insert (page->strings, place);
  session->starts_at = g_get_real_time () / G_USEC_PER_SEC + days * DAY;
  session->ends_at = session->starts_at + 3600;
  session->seats = seats;
  session->taken = taken;
}

/* Eight people, of whom three are in the recent session. */
static gpointer
fill (RegStore *store, gpointer data, RegProgress *progress, GError **error)
{
  g_autoptr (RegPage) page = reg_page_new ();
  RegCourse *course = reg_test_page_add_course (page, COURSE, 1);

  course->kind = REG_COURSE_ILT;
  add_session (page, TOO_OLD, "Munich", -100, 10, 4);
  add_session (page, RECENT, "Lisbon, the large room on the second floor", -12, 10, 3);
  add_session (page, FULL, "Oslo", 7, 6, 6);
  add_session (page, LATER, "Berlin", 40, 5, 1);
  for (gint64 user = 1; user <= 8; user++)
    {
      RegEnrollment *enrollment = reg_test_page_add_enrollment (page, user, COURSE, 1);

      enrollment->attempt = 1;
      if (user <= 3)
        {
          enrollment->session_id = RECENT;
          enrollment->seat = REG_SEAT_ENROLLED;
        }
      enrollment->is_instructor = user == 8;
    }
  reg_test_store_apply (store, page);
  return g_strdup ("filled");
}

static void
on_filled_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree char *done = reg_workspace_run_finish (REG_WORKSPACE (source), result, NULL);

  *(gboolean *)data = done != NULL;
}

static RegColumnList *
get_list (gpointer root)
{
  return REG_COLUMN_LIST (reg_test_ui_find_type (root, REG_TYPE_COLUMN_LIST));
}

static guint
count_rows (gpointer root)
{
  RegColumnList *list = get_list (root);

  if (list == NULL)
    return 0;
  return g_list_model_get_n_items (G_LIST_MODEL (reg_column_list_get_model (list)));
}

static void
open_course (RegTestUi *ui)
{
  gboolean is_filled = FALSE;

  reg_test_ui_open (ui, 20, 0);
  reg_workspace_run_async (ui->workspace, TRUE, fill, NULL, NULL, g_free, NULL, on_filled_cb,
                           &is_filled);
  REG_TEST_WAIT (is_filled);
  reg_host_open_course (REG_HOST (ui->window), COURSE);
  REG_TEST_WAIT (count_rows (ui->window) == 8);
  REG_TEST_WAIT (reg_test_ui_find_label (ui->window, "Enrolled") != NULL);
}

static void
select_rows (gpointer root, guint first, guint n)
{
  gtk_selection_model_select_range (
      GTK_SELECTION_MODEL (reg_column_list_get_selection (get_list (root))), first, n, TRUE);
}

static void
do_bulk (RegTestUi *ui, const char *name)
{
  GtkWidget *bar = reg_test_ui_find_button (ui->window, "Unassign…");

  REG_TEST_WAIT (bar != NULL && gtk_widget_get_mapped (bar));
  g_assert_true (gtk_widget_activate_action (bar, "bulk.do", "s", name));
}

static GtkListBoxRow *
get_row (GtkWidget *picker, int index)
{
  return gtk_list_box_get_row_at_index (
      GTK_LIST_BOX (reg_test_ui_find_type (picker, GTK_TYPE_LIST_BOX)), index);
}

/* T-11 in the window: past ones are marked, older and full ones say why they cannot be chosen. */
static void
test_picker (void)
{
  RegTestUi ui;
  GtkWidget *picker;

  open_course (&ui);
  g_assert_nonnull (reg_test_ui_find_label (ui.window, "Instructor · user00008@example.com"));
  reg_test_ui_picture (ui.window, "session-enrollments");
  reg_test_ui_audit (ui.window);
  select_rows (ui.window, 3, 2);
  do_bulk (&ui, "change-session");
  REG_TEST_WAIT (reg_test_ui_find_window (REG_TYPE_SESSION_PICKER) != NULL);
  picker = reg_test_ui_find_window (REG_TYPE_SESSION_PICKER);
  REG_TEST_WAIT (reg_test_ui_find_label (picker, "Berlin") != NULL);
  g_assert_nonnull (reg_test_ui_find_label (picker, "Upcoming"));
  g_assert_nonnull (reg_test_ui_find_label (picker, "Past, within 90 days"));
  g_assert_nonnull (reg_test_ui_find_label (picker, "Ended 12 days ago"));
  g_assert_nonnull (reg_test_ui_find_text (picker, "ended more than 90 days ago"));
  g_assert_nonnull (reg_test_ui_find_text (picker, "no seat left"));
  g_assert_nonnull (reg_test_ui_find_text (picker, "4 of 5 seats left"));
  /* Oslo is next, and full; then Berlin, Lisbon and Munich */
  g_assert_false (gtk_widget_get_sensitive (GTK_WIDGET (get_row (picker, 0))));
  g_assert_true (gtk_widget_get_sensitive (GTK_WIDGET (get_row (picker, 1))));
  g_assert_true (gtk_widget_get_sensitive (GTK_WIDGET (get_row (picker, 2))));
  g_assert_false (gtk_widget_get_sensitive (GTK_WIDGET (get_row (picker, 3))));
  g_assert_true (gtk_list_box_row_is_selected (get_row (picker, 1)));
  reg_test_ui_picture (picker, "session-picker");
  reg_test_ui_audit (picker);
  gtk_editable_set_text (GTK_EDITABLE (reg_test_ui_find_type (picker, GTK_TYPE_SEARCH_ENTRY)),
                         "lisbon");
  REG_TEST_WAIT (gtk_list_box_row_is_selected (get_row (picker, 2)));
  REG_TEST_WAIT (reg_test_ui_find_text (picker, "This session is past") != NULL);
  reg_test_ui_press (picker, "Put into Session");
  REG_TEST_WAIT (reg_test_ui_find_label (ui.window, "2 users put into the session") != NULL);
  REG_TEST_WAIT (reg_test_ui_find_window (REG_TYPE_SESSION_PICKER) == NULL);
  REG_TEST_WAIT (reg_workspace_get_n_waiting (ui.workspace) == 2);
  reg_test_ui_close (&ui);
}

/* Where more people are chosen than there are seats, who gets none is listed before. */
static void
test_too_few_seats (void)
{
  RegTestUi ui;
  GtkWidget *picker, *dialog;

  open_course (&ui);
  select_rows (ui.window, 3, 5);
  do_bulk (&ui, "change-session");
  REG_TEST_WAIT (reg_test_ui_find_window (REG_TYPE_SESSION_PICKER) != NULL);
  picker = reg_test_ui_find_window (REG_TYPE_SESSION_PICKER);
  REG_TEST_WAIT (reg_test_ui_find_text (picker, "4 seats are left") != NULL);
  reg_test_ui_press (picker, "Put into Session");
  REG_TEST_WAIT (reg_test_ui_find_window (ADW_TYPE_MESSAGE_DIALOG) != NULL);
  dialog = reg_test_ui_find_window (ADW_TYPE_MESSAGE_DIALOG);
  g_assert_nonnull (reg_test_ui_find_label (dialog, "1 cannot be included"));
  g_assert_nonnull (reg_test_ui_find_text (dialog, "No seat left in Berlin"));
  reg_test_ui_picture (dialog, "session-too-few");
  reg_test_ui_press (dialog, "Change/Add to Session (4)");
  REG_TEST_WAIT (reg_test_ui_find_label (ui.window, "4 users put into the session") != NULL);
  reg_test_ui_close (&ui);
}

/* W-40, and a message that is off, counted, and wanted once it is on. */
static void
test_no_show (void)
{
  RegTestUi ui;
  GtkWidget *dialog, *message, *done;

  open_course (&ui);
  select_rows (ui.window, 0, 4);
  do_bulk (&ui, "mark-no-show");
  REG_TEST_WAIT (reg_test_ui_find_window (ADW_TYPE_MESSAGE_DIALOG) != NULL);
  dialog = reg_test_ui_find_window (ADW_TYPE_MESSAGE_DIALOG);
  g_assert_nonnull (reg_test_ui_find_label (
      dialog, "The user is removed from the session and the course status reverts to \"Not "
              "Started\". The user can enroll in another session."));
  g_assert_nonnull (reg_test_ui_find_label (dialog, "1 cannot be included"));
  g_assert_nonnull (reg_test_ui_find_label (dialog, "Nothing is sent to the learners."));
  g_assert_null (reg_test_ui_find_type (dialog, GTK_TYPE_TEXT_VIEW));
  done = reg_test_ui_find_button (dialog, "Mark as No Show (3)");
  g_assert_true (gtk_widget_get_sensitive (done));
  reg_test_ui_picture (dialog, "no-show");
  reg_test_ui_audit (dialog);
  gtk_switch_set_active (GTK_SWITCH (reg_test_ui_find_type (dialog, GTK_TYPE_SWITCH)), TRUE);
  REG_TEST_WAIT (reg_test_ui_find_type (dialog, GTK_TYPE_TEXT_VIEW) != NULL);
  g_assert_nonnull (reg_test_ui_find_label (dialog, "E-mails this will cause: 3"));
  g_assert_false (gtk_widget_get_sensitive (done));
  message = reg_test_ui_find_type (dialog, GTK_TYPE_TEXT_VIEW);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (message)), "We missed you.",
                            -1);
  g_assert_true (gtk_widget_get_sensitive (done));
  reg_test_ui_picture (dialog, "no-show-message");
  reg_test_ui_audit (dialog);
  reg_test_ui_press (dialog, "Mark as No Show (3)");
  REG_TEST_WAIT (reg_test_ui_find_label (ui.window, "3 users marked as no-show") != NULL);
  REG_TEST_WAIT (reg_test_ui_find_text (ui.window, "no-show") != NULL);
  REG_TEST_WAIT (reg_workspace_get_n_waiting (ui.workspace) == 3);
  reg_test_ui_close (&ui);
}

static gboolean
asks (const char *text)
{
  GtkWidget *dialog = reg_test_ui_find_window (ADW_TYPE_MESSAGE_DIALOG);

  return dialog != NULL && reg_test_ui_find_label (dialog, text) != NULL;
}

/* T-20 */
static void
test_removal (void)
{
  RegTestUi ui;
  GtkWidget *dialog;

  open_course (&ui);
  select_rows (ui.window, 0, 4);
  do_bulk (&ui, "remove-user");
  REG_TEST_WAIT (reg_test_ui_find_window (ADW_TYPE_MESSAGE_DIALOG) != NULL);
  dialog = reg_test_ui_find_window (ADW_TYPE_MESSAGE_DIALOG);
  g_assert_nonnull (reg_test_ui_find_label (dialog, "Only from the session"));
  g_assert_nonnull (reg_test_ui_find_label (dialog, "Entirely from the course"));
  g_assert_nonnull (reg_test_ui_find_label (dialog, "From both the session and the course"));
  reg_test_ui_picture (dialog, "removal");
  reg_test_ui_audit (dialog);
  reg_test_ui_press (dialog, "Continue");
  /* one of the four is in no session */
  REG_TEST_WAIT (asks ("1 cannot be included"));
  dialog = reg_test_ui_find_window (ADW_TYPE_MESSAGE_DIALOG);
  reg_test_ui_press (dialog, "Remove from Session (3)");
  REG_TEST_WAIT (reg_test_ui_find_label (ui.window, "3 users removed from the session") != NULL);
  reg_test_ui_close (&ui);
}

/* The tab, from there the people of a session, and more of them. */
static void
test_sessions_page (void)
{
  RegTestUi ui;
  RegCoursePage *page;
  GtkWidget *dialog;

  open_course (&ui);
  page = REG_COURSE_PAGE (reg_test_ui_find_type (ui.window, REG_TYPE_COURSE_PAGE));
  reg_course_page_show_tab (page, "sessions");
  REG_TEST_WAIT (reg_test_ui_find_label (ui.window, "Berlin") != NULL);
  g_assert_nonnull (reg_test_ui_find_text (ui.window, "1 of 5 seats taken"));
  g_assert_nonnull (reg_test_ui_find_label (ui.window, "Ended 12 days ago"));
  reg_test_ui_picture (ui.window, "sessions");
  reg_test_ui_audit (ui.window);
  gtk_widget_activate (
      gtk_widget_get_ancestor (reg_test_ui_find_text (ui.window, "Lisbon"), ADW_TYPE_ACTION_ROW));
  REG_TEST_WAIT (count_rows (ui.window) == 3);
  reg_test_ui_picture (ui.window, "session-people");
  reg_course_page_show_tab (page, "sessions");
  REG_TEST_WAIT (reg_test_ui_find_label (ui.window, "Berlin") != NULL);
  gtk_widget_activate (reg_test_ui_find_type (
      gtk_widget_get_ancestor (reg_test_ui_find_label (ui.window, "Berlin"), ADW_TYPE_ACTION_ROW),
      GTK_TYPE_BUTTON));
  REG_TEST_WAIT (reg_test_ui_find_window (REG_TYPE_SESSION_PEOPLE) != NULL);
  dialog = reg_test_ui_find_window (REG_TYPE_SESSION_PEOPLE);
  REG_TEST_WAIT (count_rows (dialog) == 5);
  REG_TEST_WAIT (reg_test_ui_find_text (dialog, "Family00004") != NULL);
  select_rows (dialog, 0, 2);
  REG_TEST_WAIT (reg_test_ui_find_label (dialog, "2 users chosen · 4 seats left") != NULL);
  reg_test_ui_picture (dialog, "session-add-people");
  reg_test_ui_audit (dialog);
  reg_test_ui_press (dialog, "Put into Session");
  REG_TEST_WAIT (reg_test_ui_find_label (ui.window, "2 users put into the session") != NULL);
  REG_TEST_WAIT (reg_test_ui_find_text (ui.window, "3 of 5 seats taken") != NULL);
  /* another course has no such tab */
  reg_host_open_course (REG_HOST (ui.window), 1);
  REG_TEST_WAIT (reg_test_ui_find_label (ui.window, "Nobody Is Enrolled") != NULL);
  reg_course_page_show_tab (page, "sessions");
  REG_TEST_WAIT (reg_test_ui_find_label (ui.window, "Nobody Is Enrolled") != NULL);
  reg_test_ui_close (&ui);
}

/* The LMS refuses every change that waits: the session is full. */
static gpointer
refuse (RegStore *store, gpointer data, RegProgress *progress, GError **error)
{
  g_autoptr (GPtrArray) taken = reg_store_take_changes (store, 100, 1, error);
  g_autoptr (GPtrArray) outcomes =
      g_ptr_array_new_with_free_func ((GDestroyNotify)reg_outcome_free);

  for (guint i = 0; taken != NULL && i < taken->len; i++)
    {
      const RegChange *change = g_ptr_array_index (taken, i);
      RegOutcome *outcome = reg_outcome_new (change->id, REG_OUTCOME_REJECTED);

      outcome->code = g_strdup ("session-full");
      outcome->sentence = g_strdup ("No seat left in Berlin. There are seats in: Lisbon");
      g_ptr_array_add (outcomes, outcome);
    }
  if (taken == NULL || !reg_store_put_outcomes (store, outcomes, error))
    return NULL;
  return g_strdup ("refused");
}

static void
do_in_row (RegTestUi *ui, const char *name)
{
  GtkWidget *list = reg_test_ui_find_type (ui->window, REG_TYPE_COLUMN_LIST);
  GtkWidget *button = reg_test_ui_find_type (list, GTK_TYPE_MENU_BUTTON);

  gtk_menu_button_popup (GTK_MENU_BUTTON (button));
  g_assert_true (gtk_widget_activate_action (button, "row.do", "s", name));
  gtk_menu_button_popdown (GTK_MENU_BUTTON (button));
}

/* K-10: what the LMS refused for want of a seat is given another session, one row or many. */
static void
test_choose_another (void)
{
  RegTestUi ui;
  GtkWidget *picker;
  gboolean is_refused = FALSE;

  open_course (&ui);
  select_rows (ui.window, 3, 2);
  do_bulk (&ui, "change-session");
  REG_TEST_WAIT (reg_test_ui_find_window (REG_TYPE_SESSION_PICKER) != NULL);
  picker = reg_test_ui_find_window (REG_TYPE_SESSION_PICKER);
  REG_TEST_WAIT (reg_test_ui_find_label (picker, "Berlin") != NULL);
  reg_test_ui_press (picker, "Put into Session");
  REG_TEST_WAIT (reg_workspace_get_n_waiting (ui.workspace) == 2);
  reg_workspace_run_async (ui.workspace, TRUE, refuse, NULL, NULL, g_free, NULL, on_filled_cb,
                           &is_refused);
  REG_TEST_WAIT (is_refused);
  REG_TEST_WAIT (reg_workspace_get_n_attention (ui.workspace) == 2);
  reg_host_open_changes (REG_HOST (ui.window), 0);
  REG_TEST_WAIT (count_rows (ui.window) == 1);
  do_in_row (&ui, "show");
  REG_TEST_WAIT (count_rows (ui.window) == 2);
  REG_TEST_WAIT (reg_test_ui_find_text (ui.window, "No seat left in Berlin") != NULL);
  g_assert_nonnull (reg_test_ui_find_text (ui.window, "session Berlin"));
  select_rows (ui.window, 0, 2);
  REG_TEST_WAIT (reg_test_ui_find_button (ui.window, "Retry") != NULL);
  reg_test_ui_picture (ui.window, "session-refused");
  g_assert_true (gtk_widget_activate_action (reg_test_ui_find_button (ui.window, "Retry"),
                                             "bulk.do", "s", "session"));
  REG_TEST_WAIT (reg_test_ui_find_window (REG_TYPE_SESSION_PICKER) != NULL);
  picker = reg_test_ui_find_window (REG_TYPE_SESSION_PICKER);
  REG_TEST_WAIT (reg_test_ui_find_label (picker, "Berlin") != NULL);
  gtk_editable_set_text (GTK_EDITABLE (reg_test_ui_find_type (picker, GTK_TYPE_SEARCH_ENTRY)),
                         "lisbon");
  REG_TEST_WAIT (gtk_list_box_row_is_selected (get_row (picker, 2)));
  reg_test_ui_press (picker, "Put into Session");
  REG_TEST_WAIT (reg_test_ui_find_label (ui.window, "2 changes wait with the other session")
                 != NULL);
  REG_TEST_WAIT (reg_workspace_get_n_attention (ui.workspace) == 0);
  REG_TEST_WAIT (reg_workspace_get_n_waiting (ui.workspace) == 2);
  REG_TEST_WAIT (reg_test_ui_find_text (ui.window, "session Lisbon") != NULL);
  reg_test_ui_close (&ui);
}

int
main (int argc, char **argv)
{
  reg_test_ui_init (&argc, &argv);
  g_test_add_func ("/sessions/picker", test_picker);
  g_test_add_func ("/sessions/too-few-seats", test_too_few_seats);
  g_test_add_func ("/sessions/no-show", test_no_show);
  g_test_add_func ("/sessions/removal", test_removal);
  g_test_add_func ("/sessions/page", test_sessions_page);
  g_test_add_func ("/sessions/choose-another", test_choose_another);
  return g_test_run ();
}
