/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The window and its pages, in process: real widgets over a real local copy. */
#include "reg-test-ui.h"

#include "views/common/reg-column-list.h"
#include "rules/reg-read.h"
#include "store/reg-store-reading.h"
#include "views/common/reg-host.h"
#include "views/common/reg-reading-window.h"
#include "views/common/reg-selection-bar.h"
#include "views/courses/reg-course-page.h"
#include "views/import-wizard/reg-import-wizard.h"
#include "views/preferences/reg-preferences-window.h"

#include <glib/gstdio.h>

/* A hundred thousand people: shown, found, all selected, and what a filter hides stays selected. */
static void
test_users_list (void)
{
  RegTestUi ui;

  reg_test_ui_open (&ui, 100000, 0);
  REG_TEST_WAIT (reg_test_ui_count_rows (&ui) == 100000);
  REG_TEST_WAIT (reg_test_ui_find_label (ui.window, "Given00001 Family00001") != NULL);
  reg_test_ui_picture (ui.window, "users");
  gtk_widget_activate_action (GTK_WIDGET (ui.window), "win.select-all", NULL);
  REG_TEST_WAIT (reg_test_ui_find_text (ui.window, "000 selected") != NULL);
  g_assert_cmpuint (
      reg_selection_get_n_selected (reg_column_list_get_selection (reg_test_ui_get_list (&ui))), ==,
      100000);
  reg_test_ui_picture (ui.window, "users-selected");
  reg_test_ui_search (&ui, "family0042");
  REG_TEST_WAIT (reg_test_ui_count_rows (&ui) == 10);
  REG_TEST_WAIT (reg_test_ui_find_text (ui.window, "hidden by the filter") != NULL);
  g_assert_nonnull (reg_test_ui_find_text (ui.window, "family0042"));
  reg_test_ui_search (&ui, "nobody at all");
  REG_TEST_WAIT (reg_test_ui_find_label (ui.window, "No Users Found") != NULL);
  reg_test_ui_picture (ui.window, "users-none");
  reg_test_ui_press (ui.window, "Clear Filters");
  REG_TEST_WAIT (reg_test_ui_count_rows (&ui) == 100000);
  reg_column_list_scroll_to (reg_test_ui_get_list (&ui), 99999);
  REG_TEST_WAIT (reg_test_ui_find_label (ui.window, "Given100000 Family100000") != NULL
                 || reg_test_ui_find_text (ui.window, "Family99999") != NULL);
  reg_test_ui_audit (ui.window);
  reg_test_ui_close (&ui);
}

static gboolean
is_named (GtkWidget *widget, const char *name)
{
  g_autofree char *other = gtk_test_accessible_check_property (GTK_ACCESSIBLE (widget),
                                                               GTK_ACCESSIBLE_PROPERTY_LABEL, name);

  return other == NULL;
}

/* What a screen reader is told of a list. */
static void
test_list_names (void)
{
  RegTestUi ui;
  GtkWidget *row;

  reg_test_ui_open (&ui, 5, 0);
  REG_TEST_WAIT (reg_test_ui_count_rows (&ui) == 5);
  REG_TEST_WAIT (reg_test_ui_find_label (ui.window, "Given00001 Family00001") != NULL);
  row = reg_test_ui_find_label (ui.window, "Given00001 Family00001");
  while (gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (row)) != GTK_ACCESSIBLE_ROLE_ROW)
    row = gtk_widget_get_parent (row);
  REG_TEST_WAIT (
      is_named (row, "Given00001 Family00001, user00001@example.com, Learner, Approved"));
  reg_test_ui_close (&ui);
}

/* Several movements within one frame: GTK 4.8 loses its place without help. */
static void
test_scrolling (void)
{
  RegTestUi ui;
  GtkWidget *scroller;
  GtkAdjustment *adjustment;

  reg_test_ui_open (&ui, 5000, 0);
  REG_TEST_WAIT (reg_test_ui_count_rows (&ui) == 5000);
  scroller = gtk_widget_get_ancestor (reg_test_ui_find_type (ui.window, GTK_TYPE_COLUMN_VIEW),
                                      GTK_TYPE_SCROLLED_WINDOW);
  adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller));
  REG_TEST_WAIT (reg_test_ui_find_label (ui.window, "Given00001 Family00001") != NULL);
  gtk_test_widget_wait_for_draw (GTK_WIDGET (ui.window));
  gtk_test_widget_wait_for_draw (GTK_WIDGET (ui.window));
  for (int i = 0; i < 40; i++)
    {
      for (int k = 0; k < 3; k++)
        gtk_adjustment_set_value (adjustment, gtk_adjustment_get_value (adjustment) + 47);
      gtk_test_widget_wait_for_draw (GTK_WIDGET (ui.window));
    }
  g_assert_cmpfloat_with_epsilon (gtk_adjustment_get_value (adjustment), 40 * 3 * 47, 1);
  reg_test_ui_close (&ui);
}

/* Many archived in one step, and taken back. */
static void
test_archive_and_undo (void)
{
  RegTestUi ui;

  reg_test_ui_open (&ui, 20, 0);
  REG_TEST_WAIT (reg_test_ui_count_rows (&ui) == 20);
  reg_test_ui_select_rows (&ui, 0, 3);
  reg_test_ui_press (ui.window, "Archive…");
  REG_TEST_WAIT (reg_test_ui_find_window (ADW_TYPE_MESSAGE_DIALOG) != NULL);
  g_assert_nonnull (
      reg_test_ui_find_label (reg_test_ui_find_window (ADW_TYPE_MESSAGE_DIALOG),
                              "The system will never delete any recorded training data."));
  reg_test_ui_picture (reg_test_ui_find_window (ADW_TYPE_MESSAGE_DIALOG), "archive");
  reg_test_ui_press (reg_test_ui_find_window (ADW_TYPE_MESSAGE_DIALOG), "Archive (3)");
  REG_TEST_WAIT (reg_test_ui_find_label (ui.window, "3 users archived") != NULL);
  REG_TEST_WAIT (reg_test_ui_find_label (ui.window, "Waiting") != NULL);
  REG_TEST_WAIT (reg_test_ui_find_label (ui.window, "Archived") != NULL);
  REG_TEST_WAIT (reg_workspace_get_n_waiting (ui.workspace) == 3);
  reg_test_ui_picture (ui.window, "users-archived");
  gtk_widget_activate_action (GTK_WIDGET (ui.window), "win.undo", NULL);
  REG_TEST_WAIT (reg_test_ui_find_label (ui.window, "3 changes taken back") != NULL);
  REG_TEST_WAIT (reg_workspace_get_n_waiting (ui.workspace) == 0);
  REG_TEST_WAIT (reg_test_ui_find_label (ui.window, "Archived") == NULL);
  reg_test_ui_close (&ui);
}

/* What cannot be done is said before the question, by name and reason. */
static void
test_mixed_selection (void)
{
  RegTestUi ui;
  GtkWidget *dialog;

  reg_test_ui_open (&ui, 20, 8);
  reg_host_open_course (REG_HOST (ui.window), 1);
  REG_TEST_WAIT (reg_test_ui_count_rows (&ui) == 8);
  REG_TEST_WAIT (reg_test_ui_find_label (ui.window, "Completed") != NULL);
  reg_test_ui_picture (ui.window, "enrollments");
  reg_test_ui_audit (ui.window);
  reg_test_ui_select_rows (&ui, 0, 4);
  reg_test_ui_press (ui.window, "Unassign…");
  REG_TEST_WAIT (reg_test_ui_find_window (ADW_TYPE_MESSAGE_DIALOG) != NULL);
  dialog = reg_test_ui_find_window (ADW_TYPE_MESSAGE_DIALOG);
  g_assert_nonnull (reg_test_ui_find_text (dialog, "My Learning page"));
  g_assert_nonnull (reg_test_ui_find_label (dialog, "What happens"));
  g_assert_nonnull (reg_test_ui_find_label (dialog, "1 cannot be included"));
  g_assert_nonnull (reg_test_ui_find_text (dialog, "Given00004 Family00004"));
  reg_test_ui_picture (dialog, "confirm");
  reg_test_ui_audit (dialog);
  reg_test_ui_press (dialog, "Unassign User (3)");
  REG_TEST_WAIT (reg_test_ui_find_label (ui.window, "3 users unassigned") != NULL);
  REG_TEST_WAIT (reg_test_ui_count_rows (&ui) == 5);
  reg_test_ui_close (&ui);
}

static void
test_details_and_edit (void)
{
  RegTestUi ui;
  GtkWidget *entry;

  reg_test_ui_open (&ui, 20, 8);
  REG_TEST_WAIT (reg_test_ui_count_rows (&ui) == 20);
  reg_host_open_user (REG_HOST (ui.window), 2);
  REG_TEST_WAIT (reg_test_ui_find_label (ui.window, "User Details") != NULL);
  REG_TEST_WAIT (reg_test_ui_find_label (ui.window, "Enrollments") != NULL);
  reg_test_ui_picture (ui.window, "details");
  reg_test_ui_press (ui.window, "Edit");
  REG_TEST_WAIT (reg_test_ui_find_label (ui.window, "Edit User") != NULL);
  entry = reg_test_ui_find_type (ui.window, ADW_TYPE_ENTRY_ROW);
  gtk_editable_set_text (GTK_EDITABLE (entry), "Nora");
  reg_test_ui_picture (ui.window, "edit");
  reg_test_ui_audit (ui.window);
  reg_test_ui_press (ui.window, "Save");
  REG_TEST_WAIT (reg_test_ui_find_label (ui.window, "1 user edited") != NULL);
  REG_TEST_WAIT (reg_test_ui_find_text (ui.window, "Nora Family00002") != NULL);
  reg_test_ui_close (&ui);
}

/* Every page by keyboard's way, narrow and wide, named through and through. */
static void
test_pages (void)
{
  static const char *const titles[] = { "Users", "Courses", "Imports", "Pending Changes" };
  RegTestUi ui;

  reg_test_ui_open (&ui, 20, 8);
  for (int i = 0; i < (int)G_N_ELEMENTS (titles); i++)
    {
      gtk_widget_activate_action (GTK_WIDGET (ui.window), "win.go", "i", i);
      REG_TEST_WAIT (reg_test_ui_find_label (ui.window, titles[i]) != NULL);
      gtk_test_widget_wait_for_draw (GTK_WIDGET (ui.window));
      reg_test_ui_picture (ui.window, titles[i]);
      reg_test_ui_audit (ui.window);
    }
  reg_host_open_course (REG_HOST (ui.window), 2);
  REG_TEST_WAIT (reg_test_ui_find_label (ui.window, "Nobody Is Enrolled") != NULL);
  gtk_widget_activate_action (GTK_WIDGET (ui.window), "win.back", NULL);
  REG_TEST_WAIT (reg_test_ui_find_label (ui.window, "Nobody Is Enrolled") == NULL);
  reg_test_ui_close (&ui);
}

/* As a person drags its edge: what is left out at one width makes room for the next. */
static void
make_narrow (RegTestUi *ui)
{
  for (int width = 1000; width >= 360; width -= 40)
    {
      gtk_window_set_default_size (GTK_WINDOW (ui->window), width, 640);
      gtk_test_widget_wait_for_draw (GTK_WIDGET (ui->window));
      gtk_test_widget_wait_for_draw (GTK_WIDGET (ui->window));
    }
  g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (ui->window)), <=, 360);
}

/* What was read on demand, kept and looked at offline. */

static gpointer
put_readings (RegStore *store, gpointer data, RegProgress *progress, GError **error)
{
  static const struct
  {
    const char *what, *body;
  } readings[] = {
    { "chapters", "{\"chapters\":[{\"number\":1,\"title\":\"Welcome\",\"progress\":100,"
                  "\"started_at\":1700000000,\"completed_at\":1700086400},"
                  "{\"number\":2,\"title\":\"The essentials\",\"progress\":40,"
                  "\"started_at\":1700086400,\"completed_at\":null},"
                  "{\"number\":3,\"title\":\"In practice\",\"progress\":0}]}" },
    { "quiz", "{\"quizzes\":[{\"number\":1,\"title\":\"Test yourself\",\"answered_at\":1700086400,"
              "\"score\":50,\"passed\":false,\"responses\":["
              "{\"question\":\"What do you do first?\",\"answer\":\"Stop and look\","
              "\"correct\":true},"
              "{\"question\":\"Who is responsible?\",\"answer\":\"Somebody else\","
              "\"correct\":false}]}]}" },
    { "history", "{\"events\":[{\"at\":1690000000,\"actor_id\":2,\"event\":\"assign\","
                 "\"attempt\":1,\"detail\":\"For the audit\"},"
                 "{\"at\":1700000000,\"actor_id\":null,\"event\":\"completed\","
                 "\"attempt\":1,\"detail\":null}]}" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (readings); i++)
    if (!reg_store_put_reading (store, 4, 1, readings[i].what, 1795000000, readings[i].body,
                                strlen (readings[i].body), error))
      return NULL;
  return GINT_TO_POINTER (TRUE);
}

static void
on_put_cb (GObject *source, GAsyncResult *result, gpointer done)
{
  g_autoptr (GError) error = NULL;

  *(gboolean *)done = reg_workspace_run_finish (REG_WORKSPACE (source), result, &error) != NULL;
  g_assert_no_error (error);
}

static GtkWidget *
open_reading (RegTestUi *ui, const char *name)
{
  guint position = reg_id_list_model_find (reg_column_list_get_model (reg_test_ui_get_list (ui)),
                                           reg_enrollment_id (4, 1));
  g_autoptr (RegIdListItem) item = g_list_model_get_item (
      G_LIST_MODEL (reg_column_list_get_model (reg_test_ui_get_list (ui))), position);

  REG_TEST_WAIT (reg_id_list_item_get_row (item) != NULL);
  reg_reading_window_present (REG_HOST (ui->window), ui->workspace, reg_read_find (name),
                              reg_id_list_item_get_row (item));
  REG_TEST_WAIT (reg_test_ui_find_window (REG_TYPE_READING_WINDOW) != NULL);
  return reg_test_ui_find_window (REG_TYPE_READING_WINDOW);
}

static void
close_reading (GtkWidget *window)
{
  gtk_window_destroy (GTK_WINDOW (window));
  REG_TEST_WAIT (reg_test_ui_find_window (REG_TYPE_READING_WINDOW) == NULL);
}

static void
test_readings (void)
{
  RegTestUi ui;
  GtkWidget *window;
  gboolean done = FALSE;
  int minimum;

  reg_test_ui_open (&ui, 20, 8);
  reg_host_open_course (REG_HOST (ui.window), 1);
  REG_TEST_WAIT (reg_test_ui_count_rows (&ui) == 8);
  REG_TEST_WAIT (reg_test_ui_find_label (ui.window, "Completed") != NULL);
  window = open_reading (&ui, "view-chapters");
  REG_TEST_WAIT (reg_test_ui_find_label (window, "Not Read Yet") != NULL);
  REG_TEST_WAIT (reg_test_ui_find_button (window, "Try Again") != NULL);
  reg_test_ui_picture (window, "reading-never");
  reg_test_ui_audit (window);
  close_reading (window);

  reg_workspace_run_async (ui.workspace, TRUE, put_readings, NULL, NULL, NULL, NULL, on_put_cb,
                           &done);
  REG_TEST_WAIT (done);
  window = open_reading (&ui, "view-chapters");
  REG_TEST_WAIT (reg_test_ui_find_label (window, "2. The essentials") != NULL);
  g_assert_nonnull (reg_test_ui_find_text (window, "As of "));
  reg_test_ui_picture (window, "reading-chapters");
  reg_test_ui_audit (window);
  close_reading (window);
  window = open_reading (&ui, "view-quiz");
  REG_TEST_WAIT (reg_test_ui_find_label (window, "Who is responsible?") != NULL);
  g_assert_nonnull (reg_test_ui_find_text (window, "not passed"));
  gtk_window_set_default_size (GTK_WINDOW (window), 360, 500);
  gtk_test_widget_wait_for_draw (window);
  gtk_test_widget_wait_for_draw (window);
  gtk_widget_measure (window, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, <=, 360);
  reg_test_ui_picture (window, "reading-quiz");
  reg_test_ui_audit (window);
  close_reading (window);
  window = open_reading (&ui, "view-history");
  REG_TEST_WAIT (reg_test_ui_find_text (window, "For the audit") != NULL);
  REG_TEST_WAIT (reg_test_ui_find_text (window, "the latest one") != NULL);
  reg_test_ui_picture (window, "reading-history");
  reg_test_ui_audit (window);
  close_reading (window);
  reg_test_ui_close (&ui);
}

/* X-28 in the window: of all who are selected, those it is not possible for are listed with the
 * reason before anything is done. */
static void
test_mixed_bulk (void)
{
  static const struct
  {
    const char *operation;
    guint n_cannot;
  } rows[] = { { "mark-complete", 2 },
               { "mark-incomplete", 6 },
               { "unassign", 2 },
               { "reset-progress", 6 },
               { "generate-certificate", 6 } };
  RegTestUi ui;

  reg_test_ui_open (&ui, 20, 8);
  reg_host_open_course (REG_HOST (ui.window), 1);
  REG_TEST_WAIT (reg_test_ui_count_rows (&ui) == 8);
  REG_TEST_WAIT (reg_test_ui_find_label (ui.window, "Completed") != NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *cannot = g_strdup_printf ("%u cannot be included", rows[i].n_cannot);
      GtkWidget *dialog;

      g_test_message ("%s", rows[i].operation);
      reg_test_ui_select_rows (&ui, 0, 8);
      gtk_widget_activate_action (reg_test_ui_find_type (ui.window, REG_TYPE_SELECTION_BAR),
                                  "bulk.do", "s", rows[i].operation);
      REG_TEST_WAIT (reg_test_ui_find_window (ADW_TYPE_MESSAGE_DIALOG) != NULL);
      dialog = reg_test_ui_find_window (ADW_TYPE_MESSAGE_DIALOG);
      REG_TEST_WAIT (reg_test_ui_find_label (dialog, cannot) != NULL);
      g_assert_nonnull (reg_test_ui_find_text (dialog, "Given0000"));
      if (i == 0)
        reg_test_ui_picture (dialog, "mixed-selection");
      reg_test_ui_press (dialog, "Cancel");
      REG_TEST_WAIT (reg_test_ui_find_window (ADW_TYPE_MESSAGE_DIALOG) == NULL);
      g_assert_cmpint (reg_workspace_get_n_waiting (ui.workspace), ==, 0);
    }
  reg_test_ui_close (&ui);
}

/* The certificate is withdrawn only if that is asked for, of both. */
static void
test_withdraw_certificate (void)
{
  static const char *const buttons[] = { "Mark as Incomplete…", "Reset Progress…" };
  RegTestUi ui;

  reg_test_ui_open (&ui, 20, 8);
  reg_host_open_course (REG_HOST (ui.window), 1);
  REG_TEST_WAIT (reg_test_ui_count_rows (&ui) == 8);
  REG_TEST_WAIT (reg_test_ui_find_label (ui.window, "Completed") != NULL);
  for (guint i = 0; i < G_N_ELEMENTS (buttons); i++)
    {
      GtkWidget *dialog, *choice;

      reg_test_ui_select_rows (&ui, 3, 1);
      gtk_widget_activate_action (reg_test_ui_find_type (ui.window, REG_TYPE_SELECTION_BAR),
                                  "bulk.do", "s", i == 0 ? "mark-incomplete" : "reset-progress");
      REG_TEST_WAIT (reg_test_ui_find_window (ADW_TYPE_MESSAGE_DIALOG) != NULL);
      dialog = reg_test_ui_find_window (ADW_TYPE_MESSAGE_DIALOG);
      g_assert_nonnull (reg_test_ui_find_text (dialog, "Remove the certificate too"));
      choice = reg_test_ui_find_type (dialog, GTK_TYPE_SWITCH);
      g_assert_nonnull (choice);
      g_assert_false (gtk_switch_get_active (GTK_SWITCH (choice)));
      gtk_switch_set_active (GTK_SWITCH (choice), TRUE);
      gtk_test_widget_wait_for_draw (dialog);
      g_assert_nonnull (reg_test_ui_find_text (dialog, "certificate of the most recent attempt"));
      reg_test_ui_picture (dialog, i == 0 ? "mark-incomplete" : "reset-progress");
      reg_test_ui_audit (dialog);
      reg_test_ui_press (dialog, "Cancel");
      REG_TEST_WAIT (reg_test_ui_find_window (ADW_TYPE_MESSAGE_DIALOG) == NULL);
    }
  reg_test_ui_close (&ui);
}

static gboolean
has_tooltip (GtkWidget *widget, gconstpointer text)
{
  return GTK_IS_BUTTON (widget) && gtk_widget_get_mapped (widget)
         && g_strcmp0 (gtk_widget_get_tooltip_text (widget), text) == 0;
}

/* The course in numbers: every part says what it counts, and shows it. */
static void
test_overview (void)
{
  RegTestUi ui;
  RegCoursePage *page;
  GtkWidget *part;

  reg_test_ui_open (&ui, 20, 8);
  reg_host_open_course (REG_HOST (ui.window), 1);
  REG_TEST_WAIT (reg_test_ui_count_rows (&ui) == 8);
  page = REG_COURSE_PAGE (reg_test_ui_find_type (ui.window, REG_TYPE_COURSE_PAGE));
  reg_course_page_show_tab (page, "overview");
  REG_TEST_WAIT (reg_test_ui_find_label (ui.window, "8 enrollments") != NULL);
  gtk_test_widget_wait_for_draw (GTK_WIDGET (ui.window));
  reg_test_ui_picture (ui.window, "overview");
  reg_test_ui_audit (ui.window);
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      ADW_COLOR_SCHEME_FORCE_DARK);
  gtk_test_widget_wait_for_draw (GTK_WIDGET (ui.window));
  reg_test_ui_picture (ui.window, "overview-dark");
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), ADW_COLOR_SCHEME_DEFAULT);
  make_narrow (&ui);
  reg_test_ui_picture (ui.window, "narrow-overview");
  part = reg_test_ui_find (GTK_WIDGET (ui.window), has_tooltip, "Completed: 2 of 8, 25 %");
  g_assert_nonnull (part);
  g_assert_true (gtk_widget_get_focusable (part));
  g_assert_true (gtk_widget_activate (part));
  REG_TEST_WAIT (reg_test_ui_find_type (ui.window, REG_TYPE_COLUMN_LIST) != NULL);
  REG_TEST_WAIT (reg_test_ui_count_rows (&ui) == 2);
  reg_course_page_show_tab (page, "overview");
  part = reg_test_ui_find (GTK_WIDGET (ui.window), has_tooltip, "No due date: 6 of 6, 100 %");
  g_assert_nonnull (part);
  g_assert_true (gtk_widget_activate (part));
  REG_TEST_WAIT (reg_test_ui_count_rows (&ui) == 6);
  reg_host_open_course (REG_HOST (ui.window), 2);
  reg_course_page_show_tab (page, "overview");
  REG_TEST_WAIT (reg_test_ui_find_label (ui.window, "Nothing to Count Yet") != NULL);
  reg_test_ui_close (&ui);
}

/* D-04: an administrator sets after how many days everybody begins again. */
static void
test_auto_reassign (void)
{
  RegTestUi ui;
  RegCoursePage *page;
  GtkWidget *days;

  reg_test_ui_open (&ui, 20, 8);
  reg_host_open_course (REG_HOST (ui.window), 1);
  REG_TEST_WAIT (reg_test_ui_count_rows (&ui) == 8);
  page = REG_COURSE_PAGE (reg_test_ui_find_type (ui.window, REG_TYPE_COURSE_PAGE));
  reg_course_page_show_tab (page, "settings");
  REG_TEST_WAIT (reg_test_ui_find_label (ui.window, "Self-paced") != NULL);
  gtk_switch_set_active (GTK_SWITCH (reg_test_ui_find_type (ui.window, GTK_TYPE_SWITCH)), TRUE);
  days = reg_test_ui_find_type (ui.window, GTK_TYPE_SPIN_BUTTON);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (days), 90);
  reg_test_ui_picture (ui.window, "auto-reassign");
  reg_test_ui_press (ui.window, "Save");
  REG_TEST_WAIT (reg_test_ui_find_label (ui.window, "Auto-reassignment of 1 course set") != NULL);
  REG_TEST_WAIT (reg_test_ui_find_text (ui.window, "Saved on this computer") != NULL);
  REG_TEST_WAIT (reg_workspace_get_n_waiting (ui.workspace) == 1);
  reg_test_ui_picture (ui.window, "auto-reassign-waiting");
  gtk_widget_activate_action (GTK_WIDGET (ui.window), "win.undo", NULL);
  REG_TEST_WAIT (
      !gtk_switch_get_active (GTK_SWITCH (reg_test_ui_find_type (ui.window, GTK_TYPE_SWITCH))));

  /* Return in the field saves what was typed */
  gtk_switch_set_active (GTK_SWITCH (reg_test_ui_find_type (ui.window, GTK_TYPE_SWITCH)), TRUE);
  days = reg_test_ui_find_type (ui.window, GTK_TYPE_SPIN_BUTTON);
  gtk_editable_set_text (GTK_EDITABLE (days), "45");
  g_signal_emit_by_name (gtk_editable_get_delegate (GTK_EDITABLE (days)), "activate");
  REG_TEST_WAIT (reg_workspace_get_n_waiting (ui.workspace) == 1);
  g_assert_cmpint (gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (days)), ==, 45);
  reg_test_ui_close (&ui);
}

/* A course's tabs, wide and narrow; another course begins with the first one. */
static void
test_course_tabs (void)
{
  RegTestUi ui;
  RegCoursePage *page;

  reg_test_ui_open (&ui, 20, 8);
  reg_host_open_course (REG_HOST (ui.window), 1);
  REG_TEST_WAIT (reg_test_ui_count_rows (&ui) == 8);
  page = REG_COURSE_PAGE (reg_test_ui_find_type (ui.window, REG_TYPE_COURSE_PAGE));
  reg_course_page_show_tab (page, "settings");
  REG_TEST_WAIT (reg_test_ui_find_label (ui.window, "About") != NULL);
  REG_TEST_WAIT (reg_test_ui_find_label (ui.window, "C1") != NULL);
  reg_test_ui_picture (ui.window, "course-settings");
  reg_test_ui_audit (ui.window);
  make_narrow (&ui);
  reg_test_ui_picture (ui.window, "narrow-course-settings");
  gtk_widget_activate_action (GTK_WIDGET (ui.window), "win.find", NULL);
  REG_TEST_WAIT (reg_test_ui_count_rows (&ui) == 8);
  reg_course_page_show_tab (page, "settings");
  reg_host_open_course (REG_HOST (ui.window), 2);
  REG_TEST_WAIT (reg_test_ui_find_label (ui.window, "Nobody Is Enrolled") != NULL);
  reg_test_ui_close (&ui);
}

static void
test_narrow (void)
{
  RegTestUi ui;
  int minimum;

  reg_test_ui_open (&ui, 20, 8);
  REG_TEST_WAIT (reg_test_ui_count_rows (&ui) == 20);
  make_narrow (&ui);
  reg_test_ui_select_rows (&ui, 0, 2);
  gtk_widget_activate_action (GTK_WIDGET (ui.window), "win.delete", NULL);
  REG_TEST_WAIT (reg_test_ui_find_window (ADW_TYPE_MESSAGE_DIALOG) != NULL);
  reg_test_ui_press (reg_test_ui_find_window (ADW_TYPE_MESSAGE_DIALOG), "Archive (2)");
  REG_TEST_WAIT (reg_test_ui_find_label (ui.window, "Waiting · user00001@example.com") != NULL);
  reg_test_ui_picture (ui.window, "narrow-users");
  reg_host_open_course (REG_HOST (ui.window), 1);
  REG_TEST_WAIT (reg_test_ui_count_rows (&ui) == 8);
  reg_test_ui_picture (ui.window, "narrow-enrollments");
  reg_host_open_user (REG_HOST (ui.window), 2);
  REG_TEST_WAIT (reg_test_ui_find_label (ui.window, "User Details") != NULL);
  reg_test_ui_picture (ui.window, "narrow-details");
  gtk_widget_measure (GTK_WIDGET (ui.window), GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL,
                      NULL);
  g_assert_cmpint (minimum, <=, 360);
  reg_test_ui_close (&ui);
}

static gboolean
is_check_all (GtkWidget *widget, gconstpointer data)
{
  return GTK_IS_CHECK_BUTTON (widget) && GTK_IS_OVERLAY (gtk_widget_get_parent (widget))
         && gtk_widget_get_mapped (widget);
}

static float
get_x (GtkWidget *widget, RegTestUi *ui)
{
  graphene_rect_t bounds;

  g_assert_true (gtk_widget_compute_bounds (widget, GTK_WIDGET (ui->window), &bounds));
  return bounds.origin.x + bounds.size.width / 2;
}

static gboolean
is_row_check (GtkWidget *widget, gconstpointer data)
{
  return GTK_IS_CHECK_BUTTON (widget) && !GTK_IS_OVERLAY (gtk_widget_get_parent (widget))
         && gtk_widget_get_mapped (widget);
}

/* From right to left, the check box over the list stays over those of the rows. */
static void
test_right_to_left (void)
{
  RegTestUi ui;

  gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  reg_test_ui_open (&ui, 20, 8);
  reg_host_open_course (REG_HOST (ui.window), 1);
  REG_TEST_WAIT (reg_test_ui_find_label (ui.window, "Completed") != NULL);
  gtk_test_widget_wait_for_draw (GTK_WIDGET (ui.window));
  reg_test_ui_select_rows (&ui, 2, 3);
  reg_test_ui_picture (ui.window, "right-to-left");
  g_assert_cmpfloat_with_epsilon (
      get_x (reg_test_ui_find (GTK_WIDGET (ui.window), is_check_all, NULL), &ui),
      get_x (reg_test_ui_find (GTK_WIDGET (ui.window), is_row_check, NULL), &ui), 4);
  reg_test_ui_close (&ui);
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
}

/* Whatever is dropped, the wizard opens for it; what is not a table is refused there in words. */
static void
test_drop (void)
{
  RegTestUi ui;
  GtkWidget *wizard;
  g_autofree char *picture = NULL;

  reg_test_ui_open (&ui, 20, 8);
  REG_TEST_WAIT (reg_test_ui_count_rows (&ui) == 20);
  picture = g_build_filename (ui.folder.folder, "picture.png", NULL);
  g_assert_true (g_file_set_contents (picture, "\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16, NULL));
  reg_test_ui_drop (&ui, picture);
  REG_TEST_WAIT (reg_test_ui_find_window (REG_TYPE_IMPORT_WIZARD) != NULL);
  wizard = reg_test_ui_find_window (REG_TYPE_IMPORT_WIZARD);
  REG_TEST_WAIT (reg_test_ui_find_text (wizard, "This is a picture.") != NULL);
  gtk_window_destroy (GTK_WINDOW (wizard));
  g_assert_cmpint (g_unlink (picture), ==, 0);
  reg_test_ui_close (&ui);
}

static void
test_preferences (void)
{
  g_autoptr (GSettings) settings = g_settings_new (REG_APP_ID);
  RegTestUi ui;
  GtkWidget *preferences;

  reg_test_ui_open (&ui, 5, 0);
  preferences = reg_preferences_window_new (GTK_WINDOW (ui.window), settings, ui.workspace);
  gtk_window_present (GTK_WINDOW (preferences));
  gtk_test_widget_wait_for_draw (preferences);
  g_assert_nonnull (reg_test_ui_find_label (preferences, "Test Site"));
  reg_test_ui_picture (preferences, "preferences");
  reg_test_ui_audit (preferences);
  gtk_window_destroy (GTK_WINDOW (preferences));
  reg_test_ui_close (&ui);
}

static gboolean
has_focus_in (RegTestUi *ui, GType type)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (ui->window));

  return focus != NULL
         && gtk_widget_get_ancestor (focus, type) == reg_test_ui_find_type (ui->window, type);
}

/* Tab leads past all rows at once; Shift+Tab to the titles, which say how the list is sorted. */
static void
test_keys_in_list (void)
{
  RegTestUi ui;
  GtkWidget *title;
  char *wrong;

  reg_test_ui_open (&ui, 200, 0);
  REG_TEST_WAIT (reg_test_ui_count_rows (&ui) == 200);
  gtk_test_widget_wait_for_draw (GTK_WIDGET (ui.window));
  title = gtk_widget_get_first_child (
      gtk_widget_get_first_child (reg_test_ui_find_type (ui.window, GTK_TYPE_COLUMN_VIEW)));
  title = gtk_widget_get_next_sibling (title);
  wrong = gtk_test_accessible_check_property (GTK_ACCESSIBLE (title), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                              "Name, sorted ascending");
  g_assert_cmpstr (wrong, ==, NULL);
  reg_column_list_sort_by (reg_test_ui_get_list (&ui), 0, TRUE);
  wrong = gtk_test_accessible_check_property (GTK_ACCESSIBLE (title), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                              "Name, sorted descending");
  g_assert_cmpstr (wrong, ==, NULL);
  reg_column_list_focus (reg_test_ui_get_list (&ui));
  g_assert_true (has_focus_in (&ui, GTK_TYPE_LIST_VIEW));
  gtk_widget_child_focus (GTK_WIDGET (ui.window), GTK_DIR_TAB_FORWARD);
  g_assert_false (has_focus_in (&ui, REG_TYPE_COLUMN_LIST));
  reg_column_list_focus (reg_test_ui_get_list (&ui));
  gtk_widget_child_focus (GTK_WIDGET (ui.window), GTK_DIR_TAB_BACKWARD);
  g_assert_true (has_focus_in (&ui, GTK_TYPE_COLUMN_VIEW));
  g_assert_false (has_focus_in (&ui, GTK_TYPE_LIST_VIEW));
  reg_test_ui_close (&ui);
}

int
main (int argc, char **argv)
{
  reg_test_ui_init (&argc, &argv);
  g_test_add_func ("/window/users-list", test_users_list);
  g_test_add_func ("/window/list-names", test_list_names);
  g_test_add_func ("/window/scrolling", test_scrolling);
  g_test_add_func ("/window/archive-and-undo", test_archive_and_undo);
  g_test_add_func ("/window/mixed-selection", test_mixed_selection);
  g_test_add_func ("/window/details-and-edit", test_details_and_edit);
  g_test_add_func ("/window/pages", test_pages);
  g_test_add_func ("/window/course-tabs", test_course_tabs);
  g_test_add_func ("/window/readings", test_readings);
  g_test_add_func ("/window/withdraw-certificate", test_withdraw_certificate);
  g_test_add_func ("/window/mixed-bulk", test_mixed_bulk);
  g_test_add_func ("/window/overview", test_overview);
  g_test_add_func ("/window/auto-reassign", test_auto_reassign);
  g_test_add_func ("/window/narrow", test_narrow);
  g_test_add_func ("/window/right-to-left", test_right_to_left);
  g_test_add_func ("/window/drop", test_drop);
  g_test_add_func ("/window/preferences", test_preferences);
  g_test_add_func ("/window/keys-in-list", test_keys_in_list);
  return g_test_run ();
}
