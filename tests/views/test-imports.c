/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The import wizard, Import Status and Pending Changes, in process: real widgets over a real local
 * copy. */
#include "import-ui.h"

#include "views/common/reg-host.h"
#include "views/import-status/reg-run-view.h"
#include "views/import-wizard/reg-plan-view.h"

#include <glib/gstdio.h>

/* n lines of people 21 … 20 + n, who are in no course. */
static void
append_people (GString *text, guint n)
{
  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "user%05u@example.com,,,,\n", 21 + i);
}

/* A list without a course: the wizard asks for the course in words, then goes on. */
static void
test_asks_for_course (Fixture *f, gconstpointer data)
{
  g_autoptr (GString) text = g_string_new (HEADINGS);
  const gint64 course = 2;

  append_people (text, 3);
  write_file (f, "list.csv", text->str);
  open_wizard (f, 0);
  wait_for_text (get_wizard (), "names no course");
  reg_test_ui_picture (get_wizard (), "wizard-setup");
  reg_selection_select_ids (reg_column_list_get_selection (get_list (get_wizard ())), &course, 1);
  reg_test_ui_press (get_wizard (), "Check File");
  wait_for_text (get_wizard (), "3 users will be enrolled");
  gtk_window_close (GTK_WINDOW (get_wizard ()));
  REG_TEST_WAIT (get_wizard () == NULL);
  /* closing it stages nothing */
  g_assert_cmpint (reg_workspace_get_n_waiting (f->ui.workspace), ==, 0);
}

/* T-19: the three groups add up; an unticked line is left out; fewer than 50 rejects stand in a
 * table. */
static void
test_final_check (Fixture *f, gconstpointer data)
{
  g_autoptr (GString) text = g_string_new (HEADINGS);
  RegPlanView *view;
  RegRunView *run;

  append_people (text, 10);
  g_string_append (text, "nobody@example.com,,,,\nuser00021@example.com,,,,\n");
  g_string_append (text, "user00001@example.com,,,,\n");
  write_file (f, "list.csv", text->str);
  open_wizard (f, 1);
  wait_for_text (get_wizard (),
                 "10 users will be enrolled · 1 cannot be enrolled · 2 lines may not be imported");
  reg_test_ui_picture (get_wizard (), "wizard-final-check");
  view = REG_PLAN_VIEW (reg_test_ui_find_type (get_wizard (), REG_TYPE_PLAN_VIEW));
  g_assert_cmpuint (reg_plan_view_get_n_ticked (view), ==, 10);
  gtk_selection_model_unselect_item (
      GTK_SELECTION_MODEL (reg_column_list_get_selection (get_list (view))), 4);
  g_assert_cmpuint (reg_plan_view_get_n_ticked (view), ==, 9);
  reg_test_ui_press (get_wizard (), "Start import");
  REG_TEST_WAIT (get_wizard () == NULL);
  REG_TEST_WAIT (reg_workspace_get_n_waiting (f->ui.workspace) == 9);
  wait_for_text (f->ui.window, "9 users wait to be sent");
  run = REG_RUN_VIEW (reg_test_ui_find_type (f->ui.window, REG_TYPE_RUN_VIEW));
  REG_TEST_WAIT (reg_test_ui_find_type (run, REG_TYPE_COLUMN_LIST) != NULL);
  wait_for_text (run, "Employee ID or Email ID not found");
  g_assert_nonnull (reg_test_ui_find_button (run, "Download List"));
  reg_test_ui_picture (f->ui.window, "import-status-table");
}

/* A line with two marks is two rows, and each stands for itself. */
static void
test_untick_mark (Fixture *f, gconstpointer data)
{
  RegPlanView *view;

  write_file (f, "matrix.csv",
              "Email ID,C1,C2\nuser00021@example.com,x,x\nuser00022@example.com,x,x\n");
  open_wizard (f, 1);
  wait_for_text (get_wizard (), "2 users will be enrolled");
  view = REG_PLAN_VIEW (reg_test_ui_find_type (get_wizard (), REG_TYPE_PLAN_VIEW));
  g_assert_cmpuint (reg_plan_view_get_n_ticked (view), ==, 4);
  gtk_selection_model_unselect_item (
      GTK_SELECTION_MODEL (reg_column_list_get_selection (get_list (view))), 0);
  wait_for_text (get_wizard (), "3 of 4 ticked");
  reg_test_ui_press (get_wizard (), "Start import");
  REG_TEST_WAIT (get_wizard () == NULL);
  REG_TEST_WAIT (reg_workspace_get_n_waiting (f->ui.workspace) == 3);
}

/* Nobody ticked: nothing to start. */
static void
test_nobody_ticked (Fixture *f, gconstpointer data)
{
  g_autoptr (GString) text = g_string_new (HEADINGS);
  GtkWidget *start;

  append_people (text, 2);
  write_file (f, "list.csv", text->str);
  open_wizard (f, 2);
  wait_for_text (get_wizard (), "2 users will be enrolled");
  start = reg_test_ui_find_button (get_wizard (), "Start import");
  g_assert_true (gtk_widget_get_sensitive (start));
  reg_selection_clear (reg_column_list_get_selection (get_list (get_wizard ())));
  g_assert_false (gtk_widget_get_sensitive (start));
  gtk_window_close (GTK_WINDOW (get_wizard ()));
  REG_TEST_WAIT (get_wizard () == NULL);
}

/* What is held by the circuit breaker starts once its number was typed. */
static void
type_count (const char *wrong, const char *right)
{
  GtkWidget *dialog, *entry, *start;

  REG_TEST_WAIT (reg_test_ui_find_window (ADW_TYPE_MESSAGE_DIALOG) != NULL);
  dialog = reg_test_ui_find_window (ADW_TYPE_MESSAGE_DIALOG);
  REG_TEST_WAIT (reg_test_ui_find_type (dialog, GTK_TYPE_ENTRY) != NULL);
  entry = reg_test_ui_find_type (dialog, GTK_TYPE_ENTRY);
  start = reg_test_ui_find_button (dialog, "Start import");
  g_assert_false (gtk_widget_get_sensitive (start));
  gtk_editable_set_text (GTK_EDITABLE (entry), wrong);
  g_assert_false (gtk_widget_get_sensitive (start));
  gtk_editable_set_text (GTK_EDITABLE (entry), right);
  g_assert_true (gtk_widget_get_sensitive (start));
  reg_test_ui_picture (dialog, "wizard-breaker");
  g_assert_true (gtk_widget_activate (start));
}

/* SPEC T-01: 49 rejects are a table, 50 are only a list to download. */
static void
start_with_rejects (Fixture *f, guint n)
{
  g_autoptr (GString) text = g_string_new (HEADINGS);

  append_people (text, 1);
  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "nobody%u@example.com,,,,\n", i);
  write_file (f, "list.csv", text->str);
  open_wizard (f, 2);
  reg_test_ui_press (get_wizard (), "Start import");
  /* most people of the file are not in the LMS: is it the right one? */
  type_count ("49", "1");
  REG_TEST_WAIT (get_wizard () == NULL);
  wait_for_text (f->ui.window, "1 user waits to be sent");
  g_assert_nonnull (reg_test_ui_find_button (f->ui.window, "Download List"));
}

static void
test_49_rejects (Fixture *f, gconstpointer data)
{
  GtkWidget *run;

  start_with_rejects (f, 49);
  run = reg_test_ui_find_type (f->ui.window, REG_TYPE_RUN_VIEW);
  REG_TEST_WAIT (reg_test_ui_find_type (run, REG_TYPE_COLUMN_LIST) != NULL);
  g_assert_cmpuint (count_rows (get_list (run)), ==, 49);
}

static void
test_50_rejects (Fixture *f, gconstpointer data)
{
  GtkWidget *run;

  start_with_rejects (f, 50);
  wait_for_text (f->ui.window,
                 "50 users were not imported. Download the list to see each user and the reason.");
  run = reg_test_ui_find_type (f->ui.window, REG_TYPE_RUN_VIEW);
  g_assert_null (reg_test_ui_find_type (run, REG_TYPE_COLUMN_LIST));
}

/* A file that cannot be read is refused in words, and another one can be tried. */
static void
test_old_xls (Fixture *f, gconstpointer data)
{
  char ole[1024] = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

  write_bytes (f, "list.xls", ole, sizeof ole);
  open_wizard (f, 2);
  wait_for_text (get_wizard (), "This File Cannot Be Imported");
  wait_for_text (get_wizard (), ".xlsx");
  g_assert_nonnull (reg_test_ui_find_button (get_wizard (), "Choose Another File…"));
  reg_test_ui_picture (get_wizard (), "wizard-problem");
  gtk_window_close (GTK_WINDOW (get_wizard ()));
  REG_TEST_WAIT (get_wizard () == NULL);
}

/* The file changes between the check and the start: refused in words, nothing staged. */
static void
test_file_changes (Fixture *f, gconstpointer data)
{
  g_autoptr (GString) text = g_string_new (HEADINGS);
  g_autoptr (GError) error = NULL;

  append_people (text, 2);
  write_file (f, "list.csv", text->str);
  open_wizard (f, 2);
  wait_for_text (get_wizard (), "2 users will be enrolled");
  append_people (text, 3);
  g_assert_true (g_file_set_contents (f->path, text->str, -1, &error));
  reg_test_ui_press (get_wizard (), "Start import");
  wait_for_text (get_wizard (), "This File Cannot Be Imported");
  g_assert_cmpint (reg_workspace_get_n_waiting (f->ui.workspace), ==, 0);
  /* checked again, it goes on */
  reg_test_ui_press (get_wizard (), "Check Again");
  wait_for_text (get_wizard (), "will be enrolled");
  gtk_window_close (GTK_WINDOW (get_wizard ()));
  REG_TEST_WAIT (get_wizard () == NULL);
}

/* What was not imported opens again, alone; paused, nothing of it is sent; its people are shown. */
static void
test_run_afterwards (Fixture *f, gconstpointer data)
{
  g_autoptr (GString) text = g_string_new (HEADINGS);
  GtkWidget *run;
  RegColumnList *list;

  append_people (text, 3);
  g_string_append (text, "user00031@exmaple.com,,,,\nuser00021@example.com,,,,\n");
  write_file (f, "list.csv", text->str);
  open_wizard (f, 2);
  reg_test_ui_press (get_wizard (), "Start import");
  REG_TEST_WAIT (get_wizard () == NULL);
  wait_for_text (f->ui.window, "3 users wait to be sent");
  run = reg_test_ui_find_type (f->ui.window, REG_TYPE_RUN_VIEW);
  reg_test_ui_press (run, "Pause");
  wait_for_text (run, "Paused: 0 of 3 changes answered by the LMS");
  reg_test_ui_picture (f->ui.window, "import-status-paused");
  reg_test_ui_press (run, "Resume");
  REG_TEST_WAIT (reg_test_ui_find_button (run, "Pause") != NULL);

  reg_test_ui_press (run, "Correct and Import Again…");
  REG_TEST_WAIT (get_wizard () != NULL);
  wait_for_text (get_wizard (),
                 "0 users will be enrolled · 1 cannot be enrolled · 1 line may not be imported");
  list = get_list (get_wizard ());
  g_assert_cmpuint (count_rows (list), ==, 1);
  gtk_window_close (GTK_WINDOW (get_wizard ()));
  REG_TEST_WAIT (get_wizard () == NULL);

  gtk_widget_activate_action (run, "run.select", "s", "waiting");
  wait_for_text (f->ui.window, "Waiting to be sent, from “list.csv”");
  list = get_list (f->ui.window);
  REG_TEST_WAIT (count_rows (list) == 3);
  g_assert_cmpuint (reg_selection_get_n_selected (reg_column_list_get_selection (list)), ==, 3);
  reg_test_ui_picture (f->ui.window, "import-people");
  reg_test_ui_press (f->ui.window, "Show Everybody");
  REG_TEST_WAIT (count_rows (list) == 200);

  reg_host_open_run (REG_HOST (f->ui.window), 1);
  REG_TEST_WAIT (reg_test_ui_find_type (f->ui.window, REG_TYPE_RUN_VIEW) != NULL);
  gtk_widget_activate_action (run, "run.revert", NULL);
  REG_TEST_WAIT (reg_test_ui_find_window (ADW_TYPE_MESSAGE_DIALOG) != NULL);
  wait_for_text (reg_test_ui_find_window (ADW_TYPE_MESSAGE_DIALOG),
                 "Are dropped: 3 changes that were not sent.");
  reg_test_ui_press (reg_test_ui_find_window (ADW_TYPE_MESSAGE_DIALOG), "Revert");
  REG_TEST_WAIT (reg_workspace_get_n_waiting (f->ui.workspace) == 0);
  wait_for_text (run, "This import was undone before it was sent");
}

static GtkWidget *
start_file (Fixture *f, const char *name, const char *lines)
{
  g_autofree char *text = g_strconcat (HEADINGS, lines, NULL);

  if (f->path != NULL)
    g_unlink (f->path);
  g_clear_pointer (&f->path, g_free);
  write_file (f, name, text);
  open_wizard (f, 2);
  reg_test_ui_press (get_wizard (), "Start import");
  REG_TEST_WAIT (get_wizard () == NULL);
  REG_TEST_WAIT (reg_test_ui_find_type (f->ui.window, REG_TYPE_RUN_VIEW) != NULL);
  wait_for_text (f->ui.window, name);
  return reg_test_ui_find_type (f->ui.window, REG_TYPE_RUN_VIEW);
}

/* Against the file of the month before: who is new, who is gone, of whom it says something else. */
static void
test_compare (Fixture *f, gconstpointer data)
{
  static const struct
  {
    const char *group;
    const char *text;
    guint n;
  } cases[] = {
    { "new", "In “list.csv”, but not in the import of “list.csv” before · 1 more whom", 1 },
    { "gone", "In the import of “list.csv” before, but not in “list.csv”", 1 },
    { "changed", "“list.csv” says something else of them than “list.csv” before", 1 },
  };
  GtkWidget *run = start_file (
      f, "list.csv",
      "user00021@example.com,,,,\nuser00022@example.com,,,,\nuser00023@example.com,,,,\n");

  gtk_widget_activate_action (run, "run.compare", "s", "new");
  wait_for_text (f->ui.window, "There is no import of this kind before it");
  start_file (f, "list.csv",
              "user00022@example.com,,,,\nuser00023@example.com,,,,Welcome\n"
              "user00024@example.com,,,,\nnobody@example.com,,,,\n");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      reg_host_open_run (REG_HOST (f->ui.window), 2);
      REG_TEST_WAIT (reg_test_ui_find_type (f->ui.window, REG_TYPE_RUN_VIEW) != NULL);
      gtk_widget_activate_action (run, "run.compare", "s", cases[i].group);
      wait_for_text (f->ui.window, cases[i].text);
      REG_TEST_WAIT (count_rows (get_list (f->ui.window)) == cases[i].n);
    }
}

/* What waits is dropped, what was sent stays; and what is shown outlives the window. */
static void
test_cancel (Fixture *f, gconstpointer data)
{
  GtkWidget *run =
      start_file (f, "list.csv", "user00021@example.com,,,,\nuser00022@example.com,,,,\n");

  REG_TEST_WAIT (reg_workspace_get_n_waiting (f->ui.workspace) == 2);
  gtk_widget_activate_action (run, "run.cancel", NULL);
  REG_TEST_WAIT (reg_workspace_get_n_waiting (f->ui.workspace) == 0);
  wait_for_text (run, "This import was undone before it was sent. Nothing reached the LMS.");
  reg_test_ui_picture (f->ui.window, "import-status-cancelled");
  g_assert_null (reg_test_ui_find_button (run, "Pause"));
}

/* ---- What the LMS answered ---- */

/* One refused: it joins the list with the LMS's own words, its people are shown, and it is sent
 * again; then all is imported, word for word (W-01), and there is nothing to download. */
static void
test_retry (Fixture *f, gconstpointer data)
{
  GtkWidget *run = start_file (
      f, "list.csv",
      "user00021@example.com,,,,\nuser00022@example.com,,,,\nuser00023@example.com,,,,\n");

  REG_TEST_WAIT (reg_workspace_get_n_waiting (f->ui.workspace) == 3);
  let_lms_answer (f, 1);
  wait_for_text (run,
                 "Import process completed. 2 users imported successfully, 1 users not imported.");
  wait_for_text (run, "The course is closed.");
  g_assert_nonnull (reg_test_ui_find_button (run, "Download List"));
  g_assert_null (reg_test_ui_find_button (run, "Pause"));
  reg_test_ui_picture (f->ui.window, "import-status-refused");
  gtk_widget_activate_action (run, "run.select", "s", "refused");
  wait_for_text (f->ui.window, "Refused by the LMS, from “list.csv”");
  REG_TEST_WAIT (count_rows (get_list (f->ui.window)) == 1);
  reg_host_open_run (REG_HOST (f->ui.window), 1);
  REG_TEST_WAIT (reg_test_ui_find_type (f->ui.window, REG_TYPE_RUN_VIEW) != NULL);
  gtk_widget_activate_action (run, "run.retry", NULL);
  REG_TEST_WAIT (reg_workspace_get_n_waiting (f->ui.workspace) == 1);
  wait_for_text (run, "1 user waits to be sent to the LMS.");
  wait_for_text (run, "2 of 3 changes answered by the LMS");
  let_lms_answer (f, 0);
  wait_for_text (run, "Import process completed and 3 users imported successfully.");
  g_assert_null (reg_test_ui_find_button (run, "Download List"));
  reg_test_ui_picture (f->ui.window, "import-status-done");
  gtk_widget_activate_action (run, "run.select", "s", "imported");
  wait_for_text (f->ui.window, "Imported from “list.csv”");
  REG_TEST_WAIT (count_rows (get_list (f->ui.window)) == 3);
}

/* A finished run: the counter-change is queued for what the LMS has made. */
static void
test_revert_finished (Fixture *f, gconstpointer data)
{
  GtkWidget *run = start_file (f, "list.csv", "user00021@example.com,,,,\n");
  GtkWidget *dialog;

  REG_TEST_WAIT (reg_workspace_get_n_waiting (f->ui.workspace) == 1);
  let_lms_answer (f, 0);
  wait_for_text (run, "Import process completed and 1 users imported successfully.");
  gtk_widget_activate_action (run, "run.revert", NULL);
  REG_TEST_WAIT (reg_test_ui_find_window (ADW_TYPE_MESSAGE_DIALOG) != NULL);
  dialog = reg_test_ui_find_window (ADW_TYPE_MESSAGE_DIALOG);
  wait_for_text (dialog, "Is taken back with the next sync: 1 change.");
  wait_for_text (dialog, "What was changed again since is set back as well");
  reg_test_ui_picture (dialog, "import-revert");
  reg_test_ui_press (dialog, "Revert");
  REG_TEST_WAIT (reg_workspace_get_n_waiting (f->ui.workspace) == 1);
  wait_for_text (run, "1 users imported successfully. It was reverted since.");
  REG_TEST_WAIT (reg_test_ui_find_window (ADW_TYPE_MESSAGE_DIALOG) == NULL);
  /* once only */
  gtk_widget_activate_action (run, "run.revert", NULL);
  REG_TEST_WAIT (reg_test_ui_find_window (ADW_TYPE_MESSAGE_DIALOG) != NULL);
  dialog = reg_test_ui_find_window (ADW_TYPE_MESSAGE_DIALOG);
  wait_for_text (dialog, "What can be taken back of this import was taken back already.");
  reg_test_ui_press (dialog, "Cancel");
  REG_TEST_WAIT (reg_test_ui_find_window (ADW_TYPE_MESSAGE_DIALOG) == NULL);
  gtk_widget_activate_action (GTK_WIDGET (f->ui.window), "win.back", NULL);
  REG_TEST_WAIT (reg_test_ui_find_label (f->ui.window, "Reverted") != NULL);
  reg_test_ui_picture (f->ui.window, "imports-reverted");
  /* taken back itself before it was sent, it is none */
  reg_host_undo (REG_HOST (f->ui.window), 2);
  REG_TEST_WAIT (reg_test_ui_find_label (f->ui.window, "Finished") != NULL);
}

/* ---- Pending Changes ---- */

/* An edit here, and the same field edited in the LMS: a conflict. operation: that of the edit. */
static gpointer
make_conflict (RegStore *store, gpointer operation, RegProgress *progress, GError **error)
{
  g_autoptr (RegParams) params = reg_params_new ();
  g_autoptr (RegPage) page = reg_page_new ();
  gboolean of_user = strcmp (operation, "edit-user") == 0;
  const RegStepTarget target = { .user_id = 5, .course_id = of_user ? 0 : 1 };
  RegStepResult result = { 0 };
  RegStep step = { .operation = reg_operation_find (operation),
                   .params = params,
                   .targets = &target,
                   .n_targets = 1,
                   .title = "Edit user 5",
                   .actor_id = 1,
                   .actor_role = REG_ROLE_PRIMARY_ADMIN,
                   .now = 1700000000 };
  RegPullStats stats;

  if (of_user)
    reg_params_set (params, "family_name", "Mine");
  if (!reg_store_stage (store, &step, &result, NULL, NULL, NULL, error))
    return NULL;
  g_assert_cmpint (result.n_staged, ==, 1);
  if (of_user)
    reg_test_page_add_named_user (page, 5, 100000, "Given00005", "Theirs", "user00005@example.com",
                                  "00005");
  else
    g_strlcpy (reg_test_page_add_enrollment (page, 5, 1, 100000)->due_date, "2030-06-30",
               sizeof (RegDate));
  if (!reg_store_apply_page (store, page, &stats, error))
    return NULL;
  g_assert_cmpint (stats.n_conflicts, ==, 1);
  reg_step_result_clear (&result);
  return g_memdup2 (&result.batch_id, sizeof result.batch_id);
}

static void
on_made_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 **batch_id = data;

  *batch_id = reg_workspace_run_finish (REG_WORKSPACE (source), result, &error);
  g_assert_no_error (error);
}

static void
test_conflict (Fixture *f, gconstpointer data)
{
  g_autofree gint64 *batch_id = NULL;

  reg_workspace_run_async (f->ui.workspace, TRUE, make_conflict, (gpointer) "edit-user", NULL,
                           g_free, NULL, on_made_cb, &batch_id);
  REG_TEST_WAIT (batch_id != NULL);
  reg_host_open_changes (REG_HOST (f->ui.window), *batch_id);
  wait_for_text (f->ui.window, "yours “Mine”, the LMS's “Theirs”");
  reg_test_ui_picture (f->ui.window, "conflict");
  do_row (get_list (f->ui.window), 0, "mine");
  wait_for_text (f->ui.window, "1 waiting");
  REG_TEST_WAIT (reg_workspace_get_n_attention (f->ui.workspace) == 0);
  g_assert_cmpint (reg_workspace_get_n_waiting (f->ui.workspace), ==, 1);
}

/* One page on: somebody has the course with a due date that is taken away here. */
static gpointer
add_due_date (RegStore *store, gpointer data, RegProgress *progress, GError **error)
{
  g_autoptr (RegPage) page = reg_page_new ();

  g_strlcpy (reg_test_page_add_enrollment (page, 5, 1, 99999)->due_date, "2029-01-01",
             sizeof (RegDate));
  if (!reg_store_apply_page (store, page, NULL, error))
    return NULL;
  return make_conflict (store, data, progress, error);
}

/* K-12: what each choice makes of the course is said with it. */
static void
test_conflict_of_due_dates (Fixture *f, gconstpointer data)
{
  g_autofree gint64 *batch_id = NULL;

  reg_workspace_run_async (f->ui.workspace, TRUE, add_due_date, (gpointer) "clear-due-date", NULL,
                           g_free, NULL, on_made_cb, &batch_id);
  REG_TEST_WAIT (batch_id != NULL);
  reg_host_open_changes (REG_HOST (f->ui.window), *batch_id);
  wait_for_text (f->ui.window, "yours “none (Optional)”, the LMS's “2030-06-30 (Required)”");
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  reg_test_ui_init (&argc, &argv);
  ADD ("/views/imports/asks-for-course", test_asks_for_course);
  ADD ("/views/imports/final-check", test_final_check);
  ADD ("/views/imports/untick-mark", test_untick_mark);
  ADD ("/views/imports/nobody-ticked", test_nobody_ticked);
  ADD ("/views/imports/49-rejects", test_49_rejects);
  ADD ("/views/imports/50-rejects", test_50_rejects);
  ADD ("/views/imports/old-xls", test_old_xls);
  ADD ("/views/imports/file-changes", test_file_changes);
  ADD ("/views/imports/run-afterwards", test_run_afterwards);
  ADD ("/views/imports/compare", test_compare);
  ADD ("/views/imports/cancel", test_cancel);
  ADD ("/views/imports/retry", test_retry);
  ADD ("/views/imports/revert-finished", test_revert_finished);
  ADD ("/views/changes/conflict", test_conflict);
  ADD ("/views/changes/conflict-of-due-dates", test_conflict_of_due_dates);
  return g_test_run ();
}
