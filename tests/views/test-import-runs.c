/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What becomes of an import in the window: nothing while the wizard is closed on any of its pages;
 * its pace; what of it is there after a restart; and what the LMS refused, put right there. */
#include "import-ui.h"

#include "imports/reg-import-check.h"
#include "store/reg-store-outbox.h"
#include "views/common/reg-host.h"
#include "views/import-status/reg-run-view.h"
#include "views/import-wizard/reg-fix-dialog.h"
#include "views/import-wizard/reg-import-wizard.h"
#include "views/import-wizard/reg-interchange-page.h"
#include "views/import-wizard/reg-mapping-view.h"
#include "views/import-wizard/reg-plan-view.h"

#include <glib/gstdio.h>

#define REFUSAL "The course is closed."

static void
open_text (Fixture *f, const char *name, const char *text, gint64 course_id)
{
  if (f->path != NULL)
    g_unlink (f->path);
  write_file (f, name, text);
  open_wizard (f, course_id);
}

/* n people from user 21 on, who are in no course. */
static char *
dup_list (guint n)
{
  GString *text = g_string_new (HEADINGS);

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "user%05u@example.com,,,,\n", 21 + i);
  return g_string_free (text, FALSE);
}

/* ---- Through the workspace ---- */

typedef struct
{
  guint n;
  guint n_refused;
} Answer;

/* As a sync does it: so many of what waits are taken and answered, the first of them refused. */
static gpointer
answer_some (RegStore *store, gpointer data, RegProgress *progress, GError **error)
{
  const Answer *answer = data;
  g_autoptr (GPtrArray) taken = reg_store_take_changes (store, answer->n, 1700000000, error);
  g_autoptr (GPtrArray) outcomes =
      g_ptr_array_new_with_free_func ((GDestroyNotify)reg_outcome_free);

  for (guint i = 0; taken != NULL && i < taken->len; i++)
    {
      gboolean refuse = i < answer->n_refused;
      RegOutcome *outcome = reg_outcome_new (((RegChange *)g_ptr_array_index (taken, i))->id,
                                             refuse ? REG_OUTCOME_REJECTED : REG_OUTCOME_APPLIED);

      outcome->code = g_strdup (refuse ? "server-refused" : NULL);
      outcome->sentence = g_strdup (refuse ? REFUSAL : NULL);
      g_ptr_array_add (outcomes, outcome);
    }
  return taken != NULL && reg_store_put_outcomes (store, outcomes, error) ? g_strdup ("") : NULL;
}

/* How many changes there are, in any state, and how many imports: "changes imports". */
static gpointer
count_all (RegStore *store, gpointer data, RegProgress *progress, GError **error)
{
  gint64 counts[REG_N_CHANGE_STATES] = { 0 };
  g_autoptr (GPtrArray) runs = reg_store_list_runs (store, error);
  gint64 n = 0;

  if (runs == NULL || !reg_store_count_changes (store, counts, error))
    return NULL;
  for (guint i = 0; i < REG_N_CHANGE_STATES; i++)
    n += counts[i];
  return g_strdup_printf ("%d %u", (int)n, runs->len);
}

static void
on_done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  char **done = data;

  *done = reg_workspace_run_finish (REG_WORKSPACE (source), result, &error);
  g_assert_no_error (error);
}

static char *
run (Fixture *f, RegWorkspaceFunc func, gpointer data)
{
  char *done = NULL;

  reg_workspace_run_async (f->ui.workspace, TRUE, func, data, NULL, g_free, NULL, on_done_cb,
                           &done);
  REG_TEST_WAIT (done != NULL);
  return done;
}

static void
answer (Fixture *f, guint n, guint n_refused)
{
  Answer wanted = { n, n_refused };
  g_autofree char *done = run (f, answer_some, &wanted);
}

static void
assert_counts (Fixture *f, const char *counts)
{
  g_autofree char *found = run (f, count_all, NULL);

  g_assert_cmpstr (found, ==, counts);
}

/* ---- Closing the wizard (SPEC T-19) ---- */

static void
close_for_nothing (Fixture *f)
{
  close_wizard ();
  assert_counts (f, "0 0");
}

static void
open_breaker (void)
{
  reg_test_ui_press (get_wizard (), "Start import");
  REG_TEST_WAIT (reg_test_ui_find_window (ADW_TYPE_MESSAGE_DIALOG) != NULL);
}

/* On every page, and in the middle of the check. */
static void
test_close (Fixture *f, gconstpointer data)
{
  g_autofree char *list = dup_list (3);
  g_autofree char *many = dup_list (150);
  g_autofree char *bad = g_strconcat (list, "nobody@example.com,,,,\n", NULL);
  g_autoptr (GString) strangers = g_string_new (list);

  /* while it is read */
  open_text (f, "list.csv", many, 2);
  close_for_nothing (f);
  /* the choice of the action */
  open_text (f, "list.csv", list, 0);
  wait_for_text (get_wizard (), "names no course");
  close_for_nothing (f);
  /* the columns */
  open_text (f, "list.csv", "Mail,Number\nuser00021@example.com,\n", 2);
  REG_TEST_WAIT (reg_test_ui_find_type (get_wizard (), REG_TYPE_MAPPING_VIEW) != NULL);
  close_for_nothing (f);
  /* a file of another system */
  open_text (f, "users.csv",
             "user_id,login_id,first_name,last_name,email,status\n"
             "N1,nora,Nora,Nye,nora@new.example,active\n",
             0);
  REG_TEST_WAIT (reg_test_ui_find_type (get_wizard (), REG_TYPE_INTERCHANGE_PAGE) != NULL);
  close_for_nothing (f);
  /* what cannot be read */
  open_text (f, "list.csv", "%PDF-1.7\n", 2);
  wait_for_text (get_wizard (), "This File Cannot Be Imported");
  close_for_nothing (f);
  /* the final check, and a line that is about to be corrected */
  open_text (f, "list.csv", bad, 2);
  wait_for_text (get_wizard (), "3 users will be enrolled");
  close_for_nothing (f);
  open_text (f, "list.csv", bad, 2);
  wait_for_text (get_wizard (), "3 users will be enrolled");
  g_signal_emit_by_name (reg_test_ui_find_type (get_wizard (), REG_TYPE_PLAN_VIEW), "line-opened",
                         (int)REG_PLAN_BAD_LINES, (gint64)5);
  REG_TEST_WAIT (reg_test_ui_find_window (REG_TYPE_FIX_DIALOG) != NULL);
  close_for_nothing (f);
  REG_TEST_WAIT (reg_test_ui_find_window (REG_TYPE_FIX_DIALOG) == NULL);
  /* the question before a large import */
  for (guint i = 0; i < 60; i++)
    g_string_append_printf (strangers, "nobody%u@example.com,,,,\n", i);
  open_text (f, "list.csv", strangers->str, 2);
  wait_for_text (get_wizard (), "3 users will be enrolled");
  open_breaker ();
  reg_test_ui_press (reg_test_ui_find_window (ADW_TYPE_MESSAGE_DIALOG), "Cancel");
  REG_TEST_WAIT (reg_test_ui_find_window (ADW_TYPE_MESSAGE_DIALOG) == NULL);
  assert_counts (f, "0 0");
  open_breaker ();
  close_for_nothing (f);
  REG_TEST_WAIT (reg_test_ui_find_window (ADW_TYPE_MESSAGE_DIALOG) == NULL);
}

/* ---- How far it is ---- */

/* n: how many of its lines are good */
static GtkWidget *
start_text (Fixture *f, const char *list, guint n)
{
  open_text (f, "list.csv", list, 2);
  reg_test_ui_press (get_wizard (), "Start import");
  REG_TEST_WAIT (get_wizard () == NULL);
  REG_TEST_WAIT (reg_workspace_get_n_waiting (f->ui.workspace) == n);
  REG_TEST_WAIT (reg_test_ui_find_type (f->ui.window, REG_TYPE_RUN_VIEW) != NULL);
  return reg_test_ui_find_type (f->ui.window, REG_TYPE_RUN_VIEW);
}

static GtkWidget *
start_list (Fixture *f, guint n)
{
  g_autofree char *list = dup_list (n);

  return start_text (f, list, n);
}

static gboolean
on_time_cb (gpointer is_over)
{
  *(gboolean *)is_over = TRUE;
  return G_SOURCE_REMOVE;
}

/* Counted as the answers come; once there is a pace, how long the rest will take. */
static void
test_pace (Fixture *f, gconstpointer data)
{
  GtkWidget *view = start_list (f, 10);
  gboolean is_over = FALSE;
  GtkWidget *bar;

  wait_for_text (view, "0 of 10 changes answered by the LMS");
  bar = reg_test_ui_find_type (view, GTK_TYPE_PROGRESS_BAR);
  g_assert_cmpfloat (gtk_progress_bar_get_fraction (GTK_PROGRESS_BAR (bar)), ==, 0);
  /* of less than half a second no pace is told */
  g_timeout_add (600, on_time_cb, &is_over);
  answer (f, 2, 0);
  wait_for_text (view, "2 of 10 changes answered by the LMS");
  REG_TEST_WAIT (is_over);
  answer (f, 3, 0);
  wait_for_text (view, "5 of 10 changes answered by the LMS · ");
  wait_for_text (view, " a second · less than a minute left");
  g_assert_cmpfloat_with_epsilon (gtk_progress_bar_get_fraction (GTK_PROGRESS_BAR (bar)), 0.5,
                                  0.001);
  reg_test_ui_picture (f->ui.window, "import-status-pace");
  answer (f, 100, 0);
  wait_for_text (view, "Import process completed and 10 users imported successfully.");
  g_assert_null (reg_test_ui_find_type (view, GTK_TYPE_PROGRESS_BAR));
  g_assert_null (reg_test_ui_find_text (view, " a second"));
}

/* A paused import is paused still, and counts on from where it was. */
static void
test_restart (Fixture *f, gconstpointer data)
{
  GtkWidget *view = start_list (f, 5);

  answer (f, 2, 1);
  wait_for_text (view, "2 of 5 changes answered by the LMS");
  reg_test_ui_press (view, "Pause");
  wait_for_text (view, "Paused: 2 of 5 changes answered by the LMS");

  reg_test_ui_restart (&f->ui);
  reg_host_open_run (REG_HOST (f->ui.window), 1);
  REG_TEST_WAIT (reg_test_ui_find_type (f->ui.window, REG_TYPE_RUN_VIEW) != NULL);
  view = reg_test_ui_find_type (f->ui.window, REG_TYPE_RUN_VIEW);
  wait_for_text (view, "Paused: 2 of 5 changes answered by the LMS");
  wait_for_text (view, "3 users wait to be sent to the LMS.");
  wait_for_text (view, REFUSAL);
  reg_test_ui_picture (f->ui.window, "import-status-after-restart");
  answer (f, 100, 0);
  g_assert_cmpint (reg_workspace_get_n_waiting (f->ui.workspace), ==, 3);
  reg_test_ui_press (view, "Resume");
  REG_TEST_WAIT (reg_test_ui_find_button (view, "Pause") != NULL);
  answer (f, 100, 0);
  wait_for_text (view,
                 "Import process completed. 4 users imported successfully, 1 users not imported.");
}

/* ---- Download List ---- */

/* Whether the toolkit's dialog is there and proposes that file. */
static gboolean
is_proposed (const char *path)
{
  GtkWidget *chooser = reg_test_ui_find_window (GTK_TYPE_FILE_CHOOSER_DIALOG);
  g_autoptr (GFile) file =
      chooser != NULL ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser)) : NULL;

  return file != NULL && g_strcmp0 (g_file_peek_path (file), path) == 0;
}

static void
download (GtkWidget *view, const char *path, int response)
{
  reg_test_ui_press (view, "Download List");
  REG_TEST_WAIT (is_proposed (path));
  gtk_dialog_response (GTK_DIALOG (reg_test_ui_find_window (GTK_TYPE_FILE_CHOOSER_DIALOG)),
                       response);
  REG_TEST_WAIT (reg_test_ui_find_window (GTK_TYPE_FILE_CHOOSER_DIALOG) == NULL);
}

/* That a list which was saved be overwritten is not proposed. */
static void
test_download_twice (Fixture *f, gconstpointer data)
{
  GtkWidget *view = start_list (f, 2);
  g_autofree char *today = g_strdup (reg_workspace_get_today (f->ui.workspace));
  const char *downloads = g_get_user_special_dir (G_USER_DIRECTORY_DOWNLOAD);
  const char *folder = downloads != NULL ? downloads : g_get_home_dir ();
  g_autofree char *first = reg_import_dup_list_path (folder, today);
  g_autofree char *second = NULL;

  answer (f, 2, 1);
  wait_for_text (view, REFUSAL);
  download (view, first, GTK_RESPONSE_ACCEPT);
  REG_TEST_WAIT (g_file_test (first, G_FILE_TEST_EXISTS));
  second = reg_import_dup_list_path (folder, today);
  g_assert_cmpstr (second, !=, first);
  download (view, second, GTK_RESPONSE_CANCEL);
  g_assert_cmpint (g_unlink (first), ==, 0);
}

/* ---- Little room ---- */

#define LONG_FILE                                                                                  \
  "Onboarding of the northern region, first quarter 2026, second corrected version (final).csv"
#define LONG_PERSON                                                                                \
  "maximiliane.josephine.von-und-zu-hohenstein-wittelsbach@training.northern-region.example.org"

static void
assert_title_whole (Fixture *f, const char *title)
{
  GtkWidget *label;

  REG_TEST_WAIT (reg_test_ui_find_label (f->ui.window, title) != NULL);
  label = reg_test_ui_find_label (f->ui.window, title);
  g_assert_true (gtk_widget_get_mapped (label));
  gtk_test_widget_wait_for_draw (GTK_WIDGET (f->ui.window));
  g_assert_false (pango_layout_is_ellipsized (gtk_label_get_layout (GTK_LABEL (label))));
}

/* As narrow as it gets, with three buttons of the window: the titles are whole, and nothing asks
 * for more. */
static void
test_narrow (Fixture *f, gconstpointer data)
{
  g_autofree char *list = dup_list (2);
  g_autofree char *text =
      g_strconcat (list, LONG_PERSON ",,,,\n000123,,,32.13.2026,Welcome\n", NULL);
  GtkWidget *view;
  int minimum;

  gtk_window_set_default_size (GTK_WINDOW (f->ui.window), 360, 640);
  open_text (f, LONG_FILE, text, 2);
  reg_test_ui_press (get_wizard (), "Start import");
  REG_TEST_WAIT (get_wizard () == NULL);
  REG_TEST_WAIT (reg_test_ui_find_type (f->ui.window, REG_TYPE_RUN_VIEW) != NULL);
  view = reg_test_ui_find_type (f->ui.window, REG_TYPE_RUN_VIEW);
  wait_for_text (view, "2 not imported");
  REG_TEST_WAIT (count_rows (get_list (view)) == 2);
  wait_for_text (view, LONG_PERSON);
  assert_title_whole (f, "Import Status");
  reg_test_ui_picture (f->ui.window, "import-status-narrow");
  gtk_widget_measure (GTK_WIDGET (f->ui.window), GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL,
                      NULL, NULL);
  g_assert_cmpint (minimum, <=, 360);
  gtk_widget_activate_action (GTK_WIDGET (f->ui.window), "win.back", NULL);
  REG_TEST_WAIT (reg_test_ui_find_type (f->ui.window, REG_TYPE_RUN_VIEW) == NULL);
  REG_TEST_WAIT (count_rows (get_list (f->ui.window)) == 1);
  wait_for_text (f->ui.window, LONG_FILE);
  reg_test_ui_picture (f->ui.window, "imports-narrow");
  reg_host_open_changes (REG_HOST (f->ui.window), 0);
  assert_title_whole (f, "Pending Changes");
  reg_test_ui_picture (f->ui.window, "pending-changes-narrow");
}

/* ---- What the LMS refused ---- */

/* The same table and the same corrections; only what was refused is imported again, and of the
 * first attempt nothing is left. */
static void
test_refused (Fixture *f, gconstpointer data)
{
  GtkWidget *view = start_list (f, 4);
  GtkWidget *fix, *row;

  answer (f, 4, 2);
  wait_for_text (view,
                 "Import process completed. 2 users imported successfully, 2 users not imported.");
  wait_for_text (view, REFUSAL);
  reg_test_ui_press (view, "Correct and Import Again…");
  REG_TEST_WAIT (get_wizard () != NULL);
  wait_for_text (get_wizard (),
                 "0 users will be enrolled · 0 cannot be enrolled · 2 lines may not be imported");
  wait_for_text (get_wizard (), "The LMS refused: " REFUSAL);
  reg_test_ui_picture (get_wizard (), "wizard-refused");
  reg_test_ui_audit (get_wizard ());
  /* one is corrected, the other tried again as it is */
  g_signal_emit_by_name (reg_test_ui_find_type (get_wizard (), REG_TYPE_PLAN_VIEW), "line-opened",
                         (int)REG_PLAN_BAD_LINES, (gint64)2);
  REG_TEST_WAIT (reg_test_ui_find_window (REG_TYPE_FIX_DIALOG) != NULL);
  fix = reg_test_ui_find_window (REG_TYPE_FIX_DIALOG);
  wait_for_text (fix, "The LMS refused: " REFUSAL);
  wait_for_text (fix, "Try it again as it is");
  reg_test_ui_picture (fix, "wizard-refused-line");
  row = gtk_widget_get_ancestor (reg_test_ui_find_label (fix, "Message"), ADW_TYPE_ACTION_ROW);
  gtk_editable_set_text (GTK_EDITABLE (reg_test_ui_find_type (row, GTK_TYPE_ENTRY)), "Welcome");
  reg_test_ui_press (fix, "Apply");
  wait_for_text (get_wizard (), "1 user will be enrolled");
  wait_for_text (fix, "Line 3");
  REG_TEST_WAIT (reg_test_ui_find_label (fix, "Try it again as it is") != NULL);
  gtk_widget_activate (gtk_widget_get_ancestor (
      reg_test_ui_find_label (fix, "Try it again as it is"), ADW_TYPE_ACTION_ROW));
  wait_for_text (get_wizard (),
                 "2 users will be enrolled · 0 cannot be enrolled · 0 lines may not be imported");
  reg_test_ui_press (get_wizard (), "Start import");
  REG_TEST_WAIT (get_wizard () == NULL);
  REG_TEST_WAIT (reg_workspace_get_n_waiting (f->ui.workspace) == 2);
  g_assert_cmpint (reg_workspace_get_n_attention (f->ui.workspace), ==, 0);
  answer (f, 100, 0);
  view = reg_test_ui_find_type (f->ui.window, REG_TYPE_RUN_VIEW);
  wait_for_text (view, "Import process completed and 2 users imported successfully.");
  reg_host_open_run (REG_HOST (f->ui.window), 1);
  view = reg_test_ui_find_type (f->ui.window, REG_TYPE_RUN_VIEW);
  wait_for_text (view, "Import process completed and 2 users imported successfully.");
  g_assert_null (reg_test_ui_find_button (view, "Download List"));
}

/* However the file is read, an import is corrected in the lines that it did not import, and those
 * alone. */
static void
test_read_differently (Fixture *f, gconstpointer data)
{
  GtkWidget *view = start_list (f, 4);

  answer (f, 4, 2);
  wait_for_text (view, "2 users imported successfully, 2 users not imported.");
  reg_test_ui_press (view, "Correct and Import Again…");
  REG_TEST_WAIT (get_wizard () != NULL);
  wait_for_text (get_wizard (), "2 lines may not be imported");
  reg_test_ui_press (get_wizard (), "Change…");
  adw_combo_row_set_selected (get_combo ("Encoding"), 2);
  reg_test_ui_press (get_wizard (), "Check With These Columns");
  wait_for_text (get_wizard (), "1250");
  wait_for_text (get_wizard (),
                 "0 users will be enrolled · 0 cannot be enrolled · 2 lines may not be imported");
  wait_for_text (get_wizard (), "The LMS refused: " REFUSAL);
  close_wizard ();
}

/* Left out after all: nothing of it stays in Pending Changes, nor in Import Status. */
static void
test_left_out (Fixture *f, gconstpointer data)
{
  GtkWidget *view = start_list (f, 4);
  GtkWidget *fix, *button;

  answer (f, 4, 2);
  wait_for_text (view,
                 "Import process completed. 2 users imported successfully, 2 users not imported.");
  g_assert_cmpint (reg_workspace_get_n_attention (f->ui.workspace), ==, 2);
  reg_test_ui_press (view, "Correct and Import Again…");
  REG_TEST_WAIT (get_wizard () != NULL);
  wait_for_text (get_wizard (), "2 lines may not be imported");
  g_signal_emit_by_name (reg_test_ui_find_type (get_wizard (), REG_TYPE_PLAN_VIEW), "line-opened",
                         (int)REG_PLAN_BAD_LINES, (gint64)2);
  REG_TEST_WAIT (reg_test_ui_find_window (REG_TYPE_FIX_DIALOG) != NULL);
  fix = reg_test_ui_find_window (REG_TYPE_FIX_DIALOG);
  REG_TEST_WAIT (reg_test_ui_find_label (fix, "Leave this line out") != NULL);
  button = gtk_widget_get_ancestor (reg_test_ui_find_label (fix, "Leave this line out"),
                                    ADW_TYPE_ACTION_ROW);
  reg_test_ui_press (button, "For All Alike");
  wait_for_text (get_wizard (), "0 lines may not be imported");
  wait_for_text (get_wizard (), "What the LMS refused of the 2 lines left out is given up.");
  reg_test_ui_picture (get_wizard (), "wizard-given-up");
  reg_test_ui_press (get_wizard (), "Start import");
  REG_TEST_WAIT (get_wizard () == NULL);
  REG_TEST_WAIT (reg_workspace_get_n_attention (f->ui.workspace) == 0);
  reg_host_open_run (REG_HOST (f->ui.window), 1);
  view = reg_test_ui_find_type (f->ui.window, REG_TYPE_RUN_VIEW);
  wait_for_text (view, "Import process completed and 2 users imported successfully.");
  g_assert_null (reg_test_ui_find_button (view, "Download List"));
}

/* What was left out at the start and is put right later leaves the list of the first import, and
 * comes back when the correction is taken back. */
static void
test_settled (Fixture *f, gconstpointer data)
{
  g_autofree char *good = dup_list (2);
  g_autofree char *list =
      g_strconcat (good, "nobody@example.com,,,,\nnoone@example.com,,,,\n", NULL);
  GtkWidget *view = start_text (f, list, 2);
  GtkWidget *fix, *row;

  wait_for_text (view, "4 lines read · 2 users · 2 not imported");
  REG_TEST_WAIT (count_rows (get_list (view)) == 2);
  reg_test_ui_press (view, "Correct and Import Again…");
  REG_TEST_WAIT (get_wizard () != NULL);
  wait_for_text (get_wizard (), "2 lines may not be imported");
  g_signal_emit_by_name (reg_test_ui_find_type (get_wizard (), REG_TYPE_PLAN_VIEW), "line-opened",
                         (int)REG_PLAN_BAD_LINES, (gint64)4);
  REG_TEST_WAIT (reg_test_ui_find_window (REG_TYPE_FIX_DIALOG) != NULL);
  fix = reg_test_ui_find_window (REG_TYPE_FIX_DIALOG);
  REG_TEST_WAIT (reg_test_ui_find_label (fix, "Email ID") != NULL);
  row = gtk_widget_get_ancestor (reg_test_ui_find_label (fix, "Email ID"), ADW_TYPE_ACTION_ROW);
  gtk_editable_set_text (GTK_EDITABLE (reg_test_ui_find_type (row, GTK_TYPE_ENTRY)),
                         "user00030@example.com");
  reg_test_ui_press (fix, "Apply");
  wait_for_text (get_wizard (), "1 user will be enrolled");
  gtk_window_close (GTK_WINDOW (fix));
  REG_TEST_WAIT (reg_test_ui_find_window (REG_TYPE_FIX_DIALOG) == NULL);
  reg_test_ui_press (get_wizard (), "Start import");
  REG_TEST_WAIT (get_wizard () == NULL);
  REG_TEST_WAIT (reg_workspace_get_n_waiting (f->ui.workspace) == 3);
  reg_host_open_run (REG_HOST (f->ui.window), 1);
  view = reg_test_ui_find_type (f->ui.window, REG_TYPE_RUN_VIEW);
  wait_for_text (view, "4 lines read · 2 users · 1 not imported · 1 put right since");
  REG_TEST_WAIT (count_rows (get_list (view)) == 1);
  g_assert_null (reg_test_ui_find_text (view, "nobody@example.com"));
  reg_test_ui_picture (f->ui.window, "import-status-put-right");
  reg_host_undo (REG_HOST (f->ui.window), 2);
  wait_for_text (view, "4 lines read · 2 users · 2 not imported");
  REG_TEST_WAIT (count_rows (get_list (view)) == 2);
  wait_for_text (view, "nobody@example.com");
}

/* The menu of a line: its person, all people with the reason, and trying again what was refused. */
static void
test_line_menu (Fixture *f, gconstpointer data)
{
  GtkWidget *view = start_list (f, 4);

  answer (f, 4, 2);
  wait_for_text (view, "2 users imported successfully, 2 users not imported.");
  REG_TEST_WAIT (count_rows (get_list (view)) == 2);
  reg_test_ui_picture (f->ui.window, "run-line-menus");
  do_row (get_list (view), 0, "people");
  wait_for_text (f->ui.window, "Not imported from “list.csv”");
  wait_for_text (f->ui.window, "1 of 200");
  reg_host_open_run (REG_HOST (f->ui.window), 1);
  view = reg_test_ui_find_type (f->ui.window, REG_TYPE_RUN_VIEW);
  REG_TEST_WAIT (count_rows (get_list (view)) == 2);
  do_row (get_list (view), 0, "all people");
  wait_for_text (f->ui.window, "2 of 200");
  reg_host_open_run (REG_HOST (f->ui.window), 1);
  view = reg_test_ui_find_type (f->ui.window, REG_TYPE_RUN_VIEW);
  REG_TEST_WAIT (count_rows (get_list (view)) == 2);
  do_row (get_list (view), 1, "retry");
  REG_TEST_WAIT (reg_workspace_get_n_attention (f->ui.workspace) == 1);
  wait_for_text (view, "1 not imported");
  REG_TEST_WAIT (count_rows (get_list (view)) == 1);
  do_row (get_list (view), 0, "all retry");
  REG_TEST_WAIT (reg_workspace_get_n_attention (f->ui.workspace) == 0);
  REG_TEST_WAIT (reg_test_ui_find_text (view, "not imported") == NULL);
  answer (f, 100, 0);
  wait_for_text (view, "Import process completed and 4 users imported successfully.");
}

/* The list is read anew while the menu of a line is open: what is chosen there is done to that
 * line, or to none where it has left the list. */
static void
test_stale_menu (Fixture *f, gconstpointer data)
{
  GtkWidget *view = start_list (f, 4);
  gint64 first, second;

  answer (f, 4, 2);
  wait_for_text (view, "2 users imported successfully, 2 users not imported.");
  REG_TEST_WAIT (count_rows (get_list (view)) == 2);
  first = get_id (get_list (view), 0);
  second = get_id (get_list (view), 1);
  do_row (get_list (view), 0, "retry");
  REG_TEST_WAIT (reg_workspace_get_n_attention (f->ui.workspace) == 1);
  REG_TEST_WAIT (count_rows (get_list (view)) == 1);
  g_assert_cmpint (get_id (get_list (view), 0), ==, second);
  REG_TEST_WAIT (get_row (get_list (view), 0) != NULL);
  g_signal_emit_by_name (get_list (view), "row-operation", first, "people");
  g_signal_emit_by_name (get_list (view), "row-operation", first, "retry");
  g_signal_emit_by_name (get_list (view), "row-operation", second, "retry");
  REG_TEST_WAIT (reg_workspace_get_n_attention (f->ui.workspace) == 0);
  REG_TEST_WAIT (reg_workspace_get_n_waiting (f->ui.workspace) == 2);
  g_assert_null (reg_test_ui_find_text (f->ui.window, "1 of 200"));
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  reg_test_ui_init (&argc, &argv);
  ADD ("/views/import-runs/close", test_close);
  ADD ("/views/import-runs/download-twice", test_download_twice);
  ADD ("/views/import-runs/pace", test_pace);
  ADD ("/views/import-runs/restart", test_restart);
  ADD ("/views/import-runs/narrow", test_narrow);
  ADD ("/views/import-runs/refused", test_refused);
  ADD ("/views/import-runs/read-differently", test_read_differently);
  ADD ("/views/import-runs/left-out", test_left_out);
  ADD ("/views/import-runs/settled", test_settled);
  ADD ("/views/import-runs/line-menu", test_line_menu);
  ADD ("/views/import-runs/stale-menu", test_stale_menu);
  return g_test_run ();
}
