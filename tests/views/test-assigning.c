/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Assigning and reassigning in the window: the review, what it offers, and its one button. */
#include "assign-ui.h"

#include "views/common/reg-assign-dialog.h"
#include "views/common/reg-column-list.h"
#include "views/common/reg-host.h"
#include "views/common/reg-preset-dialog.h"
#include "views/common/reg-product-dialog.h"
#include "views/common/reg-review-dialog.h"
#include "views/common/reg-review-table.h"
#include "views/common/reg-selection-bar.h"
#include "views/import-wizard/reg-import-wizard.h"

static gboolean
is_named_check (GtkWidget *widget, gconstpointer label)
{
  return GTK_IS_CHECK_BUTTON (widget) && gtk_widget_get_mapped (widget)
         && g_strcmp0 (gtk_check_button_get_label (GTK_CHECK_BUTTON (widget)), label) == 0;
}

static GtkWidget *
find_check (gpointer root, const char *label)
{
  return reg_test_ui_find (root, is_named_check, label);
}

static GtkWidget *
find_other_review (GtkWidget *review)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (REG_IS_REVIEW_DIALOG (window) && window != review && gtk_widget_get_mapped (window))
        return window;
    }
  return NULL;
}

static GtkWidget *
open_assign (RegTestUi *ui)
{
  GtkWidget *dialog;

  reg_assign_dialog_present_for_course (REG_HOST (ui->window), ui->workspace, 1, "Course 1");
  REG_TEST_WAIT (reg_test_ui_find_window (REG_TYPE_ASSIGN_DIALOG) != NULL);
  dialog = reg_test_ui_find_window (REG_TYPE_ASSIGN_DIALOG);
  REG_TEST_WAIT (assign_ui_count_rows (dialog) == 20);
  reg_column_list_select_all (assign_ui_get_list (dialog));
  REG_TEST_WAIT (reg_test_ui_find_label (dialog, "20 users chosen") != NULL);
  return dialog;
}

/* T-06, T-13: who has the course is skipped and cannot be ticked; one of the others is unticked. */
static void
test_assign (void)
{
  RegTestUi ui;
  GtkWidget *dialog, *review;

  reg_test_ui_open (&ui, 20, 8);
  dialog = open_assign (&ui);
  reg_test_ui_picture (dialog, "assign");
  reg_test_ui_audit (dialog);
  assign_ui_press (dialog, "Continue");
  review = assign_ui_get_review (20);
  REG_TEST_WAIT (reg_test_ui_find_label (review, "12 will be assigned · 8 skipped") != NULL);
  REG_TEST_WAIT (reg_test_ui_find_text (review, "Already assigned: not assigned") != NULL);
  REG_TEST_WAIT (reg_test_ui_find_label (review, "Completed") != NULL);
  g_assert_nonnull (reg_test_ui_find_label (review, "Already enrolled"));
  g_assert_nonnull (reg_test_ui_find_label (review, "E-mails this will cause: 0"));
  g_assert_null (reg_test_ui_find_label (review, "Remove records of last assignment"));
  reg_test_ui_picture (review, "review-assign");
  reg_test_ui_audit (review);
  /* The first eight cannot be ticked, not even all at once. */
  reg_column_list_select_all (assign_ui_get_list (review));
  g_assert_cmpuint (
      reg_selection_get_n_selected (reg_column_list_get_selection (assign_ui_get_list (review))),
      ==, 12);
  assign_ui_untick (review, 19);
  REG_TEST_WAIT (
      reg_test_ui_find_label (review, "11 will be assigned · 1 left out by you · 8 skipped")
      != NULL);
  assign_ui_press (review, "Confirm Assignment");
  REG_TEST_WAIT (reg_test_ui_find_label (ui.window, "11 users enrolled") != NULL);
  REG_TEST_WAIT (reg_test_ui_find_window (REG_TYPE_ASSIGN_DIALOG) == NULL);
  REG_TEST_WAIT (reg_test_ui_find_window (REG_TYPE_REVIEW_DIALOG) == NULL);
  REG_TEST_WAIT (reg_workspace_get_n_waiting (ui.workspace) == 11);
  reg_test_ui_close (&ui);
}

/* those who have the course are moved to Reassign by one click, as a step of their own. */
static void
test_reassign_instead (void)
{
  RegTestUi ui;
  GtkWidget *dialog, *assign, *reassign;

  reg_test_ui_open (&ui, 20, 8);
  dialog = open_assign (&ui);
  assign_ui_press (dialog, "Continue");
  assign = assign_ui_get_review (20);
  assign_ui_press (assign, "Reassign These Instead…");
  REG_TEST_WAIT (find_other_review (assign) != NULL);
  reassign = find_other_review (assign);
  REG_TEST_WAIT (assign_ui_count_rows (reassign) == 8);
  REG_TEST_WAIT (reg_test_ui_find_label (reassign, "8 will be reassigned") != NULL);
  assign_ui_press (reassign, "Proceed");
  REG_TEST_WAIT (reg_test_ui_find_label (ui.window, "8 users reassigned") != NULL);
  REG_TEST_WAIT (reg_test_ui_find_label (assign, "Waiting") != NULL);
  assign_ui_press (assign, "Confirm Assignment");
  REG_TEST_WAIT (reg_test_ui_find_label (ui.window, "12 users enrolled") != NULL);
  REG_TEST_WAIT (reg_workspace_get_n_waiting (ui.workspace) == 20);
  reg_test_ui_close (&ui);
}

/* An entry of the bar's menu. */
static void
press_more (RegTestUi *ui, const char *name)
{
  GtkWidget *bar = reg_test_ui_find_type (ui->window, REG_TYPE_SELECTION_BAR);

  g_assert_nonnull (bar);
  g_signal_emit_by_name (bar, "operation", name);
}

/* T-05, T-09: the tick is there and off, what it does is counted; keeping is the default, and
 * removing wants to be confirmed; Proceed is what does it. */
static void
test_reassign (void)
{
  RegTestUi ui;
  GtkWidget *review;
  GtkSwitch *choice;
  GtkCheckButton *skip;

  reg_test_ui_open (&ui, 20, 8);
  reg_host_open_course (REG_HOST (ui.window), 1);
  REG_TEST_WAIT (assign_ui_count_rows (ui.window) == 8);
  assign_ui_select_rows (ui.window, 0, 8);
  press_more (&ui, "reassign");
  review = assign_ui_get_review (8);
  REG_TEST_WAIT (reg_test_ui_find_label (review, "8 will be reassigned") != NULL);
  g_assert_nonnull (
      reg_test_ui_find_label (review, "Reassign training without affecting last assignment"));
  g_assert_nonnull (
      reg_test_ui_find_label (review, "Learners start from the beginning. Certificates and reports "
                                      "of the last assignment stay available."));
  REG_TEST_WAIT (reg_test_ui_find_label (review, "2 completed users will be re-assigned") != NULL);
  reg_test_ui_picture (review, "review-reassign");
  reg_test_ui_audit (review);
  skip = assign_ui_find_row_check (review, "Skip users who have already completed the course");
  g_assert_false (gtk_check_button_get_active (skip));
  gtk_check_button_set_active (skip, TRUE);
  REG_TEST_WAIT (reg_test_ui_find_label (review, "6 will be reassigned · 2 skipped") != NULL);
  g_assert_nonnull (reg_test_ui_find_label (review, "0 completed users will be re-assigned"));
  gtk_check_button_set_active (skip, FALSE);
  REG_TEST_WAIT (reg_test_ui_find_label (review, "8 will be reassigned") != NULL);
  choice = GTK_SWITCH (reg_test_ui_find_type (review, GTK_TYPE_SWITCH));
  g_assert_false (gtk_switch_get_active (choice));
  gtk_switch_set_active (choice, TRUE);
  g_assert_nonnull (
      reg_test_ui_find_label (review, "Reassign training and Remove records of last assignment"));
  g_assert_false (gtk_widget_get_sensitive (assign_ui_get_button (review, "Proceed")));
  REG_TEST_WAIT (
      find_check (review, "I _understand that this cannot be taken back once it was sent") != NULL);
  gtk_check_button_set_active (
      GTK_CHECK_BUTTON (
          find_check (review, "I _understand that this cannot be taken back once it was sent")),
      TRUE);
  REG_TEST_WAIT (gtk_widget_get_sensitive (assign_ui_get_button (review, "Proceed")));
  reg_test_ui_picture (review, "review-remove-records");
  assign_ui_press (review, "Proceed");
  REG_TEST_WAIT (reg_test_ui_find_label (ui.window, "8 users reassigned") != NULL);
  REG_TEST_WAIT (reg_workspace_get_n_waiting (ui.workspace) == 8);
  reg_test_ui_close (&ui);
}

/* T-05: where the LMS reassigns everybody anyway, there is no tick, and the setting is named. */
static void
test_always (void)
{
  RegTestUi ui;
  GtkWidget *review;

  reg_test_ui_open (&ui, 20, 8);
  ((RegSite *)reg_workspace_get_site (ui.workspace))->allow_reassign_always = TRUE;
  reg_host_open_course (REG_HOST (ui.window), 1);
  REG_TEST_WAIT (assign_ui_count_rows (ui.window) == 8);
  assign_ui_select_rows (ui.window, 0, 8);
  press_more (&ui, "reassign");
  review = assign_ui_get_review (8);
  REG_TEST_WAIT (reg_test_ui_find_label (review, "8 will be reassigned") != NULL);
  g_assert_null (
      assign_ui_find_row_check (review, "Skip users who have already completed the course"));
  g_assert_nonnull (reg_test_ui_find_label (
      review, "Allow course re-assignment regardless of learners course status"));
  g_assert_nonnull (reg_test_ui_find_label (review, "On"));
  assign_ui_press (review, "Proceed");
  REG_TEST_WAIT (reg_workspace_get_n_waiting (ui.workspace) == 8);
  reg_test_ui_close (&ui);
}

/* What is irreversible for more than 20 wants the number typed. */
static void
test_typed_count (void)
{
  RegTestUi ui;
  GtkWidget *review;
  GtkEditable *count;

  reg_test_ui_open (&ui, 30, 30);
  reg_host_open_course (REG_HOST (ui.window), 1);
  REG_TEST_WAIT (assign_ui_count_rows (ui.window) == 30);
  assign_ui_select_rows (ui.window, 0, 30);
  press_more (&ui, "reassign");
  review = assign_ui_get_review (30);
  gtk_switch_set_active (GTK_SWITCH (reg_test_ui_find_type (review, GTK_TYPE_SWITCH)), TRUE);
  REG_TEST_WAIT (reg_test_ui_find_label (review, "Type 30 to confirm how many") != NULL);
  gtk_check_button_set_active (
      GTK_CHECK_BUTTON (
          find_check (review, "I _understand that this cannot be taken back once it was sent")),
      TRUE);
  count = GTK_EDITABLE (reg_test_ui_find_type (review, GTK_TYPE_ENTRY));
  gtk_editable_set_text (count, "29");
  g_assert_false (gtk_widget_get_sensitive (assign_ui_get_button (review, "Proceed")));
  gtk_editable_set_text (count, "30");
  REG_TEST_WAIT (gtk_widget_get_sensitive (assign_ui_get_button (review, "Proceed")));
  gtk_window_close (GTK_WINDOW (review));
  REG_TEST_WAIT (reg_test_ui_find_window (REG_TYPE_REVIEW_DIALOG) == NULL);
  g_assert_cmpint (reg_workspace_get_n_waiting (ui.workspace), ==, 0);
  reg_test_ui_close (&ui);
}

/* T-24: 50 000 rows, from the list's Select All to the queue. */
static void
test_many (void)
{
  RegTestUi ui;
  GtkWidget *review;

  reg_test_ui_open (&ui, 50000, 50000);
  reg_host_open_course (REG_HOST (ui.window), 1);
  REG_TEST_WAIT (assign_ui_count_rows (ui.window) == 50000);
  reg_column_list_select_all (assign_ui_get_list (ui.window));
  press_more (&ui, "reassign");
  review = assign_ui_get_review (50000);
  REG_TEST_WAIT (reg_test_ui_find_label (review, "50000 will be reassigned") != NULL);
  reg_test_ui_picture (review, "review-many");
  assign_ui_press (review, "Proceed");
  REG_TEST_WAIT (reg_workspace_get_n_waiting (ui.workspace) == 50000);
  REG_TEST_WAIT (reg_test_ui_find_window (REG_TYPE_REVIEW_DIALOG) == NULL);
  gtk_widget_activate_action (GTK_WIDGET (ui.window), "win.undo", NULL);
  REG_TEST_WAIT (reg_workspace_get_n_waiting (ui.workspace) == 0);
  reg_test_ui_close (&ui);
}

/* Course 2 has two editions and units, and a pool of subscriptions; course 3 one edition. */
static gpointer
add_products (RegStore *store, gpointer data, RegProgress *progress, GError **error)
{
  g_autoptr (RegPage) page = reg_page_new ();
  RegCourse *course = reg_test_page_add_course (page, 2, 9001);
  RegLicensePool *pool = reg_test_page_add_pool (page, 1, 9002, 30);

  course->pool_id = 1;
  course->editions = (char *)"{'1': 'Castellano', '2': 'Americano'}";
  course->units = (char *)"{'1': 'Saludos', '2': 'De viaje'}";
  pool->kind = REG_POOL_SUBSCRIPTION;
  course = reg_test_page_add_course (page, 3, 9003);
  course->editions = (char *)"{'1': 'Full'}";
  reg_test_store_apply (store, page);
  return g_strdup ("done");
}

static void
on_added_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_free (reg_workspace_run_finish (REG_WORKSPACE (source), result, NULL));
  *(gboolean *)data = TRUE;
}

/* The review's rows as a file, by verdict: those that are skipped come last. */
static gpointer
export_review (RegStore *store, gpointer path, RegProgress *progress, GError **error)
{
  g_autofree gint64 *users = g_new (gint64, 50000);
  g_autoptr (GPtrArray) items =
      g_ptr_array_new_with_free_func ((GDestroyNotify)reg_review_item_free);
  RegReviewRequest request = { .operation = reg_operation_find ("assign"),
                               .items = items,
                               .user_ids = users,
                               .n_users = 50000,
                               .actor_id = 1,
                               .actor_role = REG_ROLE_PRIMARY_ADMIN,
                               .now = 1800000000 };
  g_autoptr (RegReview) review = NULL;
  g_autoptr (RegIdList) order = NULL;

  for (gint64 i = 0; i < 50000; i++)
    users[i] = i + 1;
  g_ptr_array_add (items, reg_review_item_new (1, NULL));
  review = reg_store_review (store, &request, NULL, NULL, NULL, error);
  g_assert_no_error (*error);
  order = reg_store_sort_review (store, review, 0, REG_REVIEW_SORT_VERDICT, FALSE, error);
  g_assert_no_error (*error);
  reg_review_export (store, review, order, NULL, path, progress, error);
  g_assert_no_error (*error);
  return g_strdup ("done");
}

static void
assert_exported (RegTestUi *ui)
{
  g_autofree char *path = g_build_filename (ui->folder.folder, "review.csv", NULL);
  g_autoptr (RegProgress) progress = reg_progress_new ("Writing");
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  gboolean is_done = FALSE;

  reg_workspace_run_async (ui->workspace, FALSE, export_review, path, NULL, g_free, progress,
                           on_added_cb, &is_done);
  REG_TEST_WAIT (is_done);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  lines = g_strsplit (g_strchomp (text), "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 50001);
  g_assert_null (strstr (lines[1], "Already assigned"));
  g_assert_nonnull (strstr (lines[50000], "Already assigned"));
}

/* ASG-15: from the dialog that adds users to a course on to a file of them. */
static void
test_import_instead (void)
{
  RegTestUi ui;
  GtkWidget *dialog, *wizard;

  reg_test_ui_open (&ui, 20, 8);
  reg_assign_dialog_present_for_course (REG_HOST (ui.window), ui.workspace, 1, "Course 1");
  REG_TEST_WAIT (reg_test_ui_find_window (REG_TYPE_ASSIGN_DIALOG) != NULL);
  dialog = reg_test_ui_find_window (REG_TYPE_ASSIGN_DIALOG);
  REG_TEST_WAIT (assign_ui_count_rows (dialog) == 20);
  reg_test_ui_picture (dialog, "assign-people");
  reg_test_ui_audit (dialog);
  assign_ui_press (dialog, "Import…");
  REG_TEST_WAIT (reg_test_ui_find_window (REG_TYPE_IMPORT_WIZARD) != NULL);
  g_assert_null (reg_test_ui_find_window (REG_TYPE_ASSIGN_DIALOG));
  wizard = reg_test_ui_find_window (REG_TYPE_IMPORT_WIZARD);
  REG_TEST_WAIT (reg_test_ui_find_text (wizard, "Course 1") != NULL);
  reg_test_ui_close (&ui);
}

/* 50 000 rows of an assignment: sorted, one unticked, exported; what is stopped in the middle
 * leaves nothing behind, and may be begun again. */
static void
test_many_assigned (void)
{
  RegTestUi ui;
  GtkWidget *dialog, *review;
  RegSelection *selection;
  gboolean is_done = FALSE;

  reg_test_ui_open (&ui, 50000, 8);
  reg_assign_dialog_present_for_course (REG_HOST (ui.window), ui.workspace, 1, "Course 1");
  REG_TEST_WAIT (reg_test_ui_find_window (REG_TYPE_ASSIGN_DIALOG) != NULL);
  dialog = reg_test_ui_find_window (REG_TYPE_ASSIGN_DIALOG);
  REG_TEST_WAIT (assign_ui_count_rows (dialog) == 50000);
  reg_column_list_select_all (assign_ui_get_list (dialog));
  assign_ui_press (dialog, "Continue");
  review = assign_ui_get_review (50000);
  REG_TEST_WAIT (reg_test_ui_find_label (review, "49992 will be assigned · 8 skipped") != NULL);
  selection = reg_column_list_get_selection (assign_ui_get_list (review));
  g_assert_false (reg_selection_is_selectable (selection, 0));
  g_signal_emit_by_name (assign_ui_get_list (review), "sort-changed", REG_REVIEW_SORT_VERDICT,
                         FALSE);
  REG_TEST_WAIT (reg_selection_is_selectable (selection, 0));
  g_assert_false (reg_selection_is_selectable (selection, 49999));
  assign_ui_untick (review, 0);
  REG_TEST_WAIT (
      reg_test_ui_find_label (review, "49991 will be assigned · 1 left out by you · 8 skipped")
      != NULL);
  reg_test_ui_picture (review, "review-many-assigned");
  assign_ui_press (review, "Confirm Assignment");
  gtk_window_close (GTK_WINDOW (review));
  REG_TEST_WAIT (reg_test_ui_find_window (REG_TYPE_REVIEW_DIALOG) == NULL);
  /* Whatever was under way on the worker is over when this is. */
  reg_workspace_run_async (ui.workspace, TRUE, add_products, NULL, NULL, NULL, NULL, on_added_cb,
                           &is_done);
  REG_TEST_WAIT (is_done);
  g_assert_cmpint (reg_workspace_get_n_waiting (ui.workspace), ==, 0);
  assert_exported (&ui);
  assign_ui_press (dialog, "Continue");
  review = assign_ui_get_review (50000);
  REG_TEST_WAIT (reg_test_ui_find_label (review, "49992 will be assigned · 8 skipped") != NULL);
  assign_ui_press (review, "Confirm Assignment");
  REG_TEST_WAIT (reg_workspace_get_n_waiting (ui.workspace) == 49992);
  REG_TEST_WAIT (reg_test_ui_find_window (REG_TYPE_ASSIGN_DIALOG) == NULL);
  reg_test_ui_close (&ui);
}

static GtkWidget *
open_custom (RegTestUi *ui)
{
  const gint64 users[] = { 1, 2, 3 };
  gboolean is_added = FALSE;
  GtkWidget *dialog;

  reg_workspace_run_async (ui->workspace, TRUE, add_products, NULL, NULL, NULL, NULL, on_added_cb,
                           &is_added);
  REG_TEST_WAIT (is_added);
  reg_assign_dialog_present_for_users (REG_HOST (ui->window), ui->workspace, users, 3, NULL);
  REG_TEST_WAIT (reg_test_ui_find_window (REG_TYPE_ASSIGN_DIALOG) != NULL);
  dialog = reg_test_ui_find_window (REG_TYPE_ASSIGN_DIALOG);
  gtk_stack_set_visible_child_name (GTK_STACK (reg_test_ui_find_type (dialog, GTK_TYPE_STACK)),
                                    "custom");
  return dialog;
}

static GtkWidget *
open_products (GtkWidget *dialog)
{
  assign_ui_press (dialog, "Add Product");
  REG_TEST_WAIT (reg_test_ui_find_window (REG_TYPE_PRODUCT_DIALOG) != NULL);
  return reg_test_ui_find_window (REG_TYPE_PRODUCT_DIALOG);
}

/* T-14, T-15: two products, one by subscription in an edition; the one with one edition asks for
 * none. Nothing can be confirmed before the tick. */
static void
test_custom (void)
{
  RegTestUi ui;
  GtkWidget *dialog, *product, *review;
  GtkWidget *tick;

  reg_test_ui_open (&ui, 20, 0);
  dialog = open_custom (&ui);
  product = open_products (dialog);
  assign_ui_choose (product, "Course 2");
  reg_test_ui_picture (product, "product");
  reg_test_ui_audit (product);
  assign_ui_press (product, "Continue");
  assign_ui_choose (product, "Americano");
  reg_test_ui_picture (product, "product-edition");
  assign_ui_press (product, "Continue");
  REG_TEST_WAIT (reg_test_ui_find_label (product, "Subscription") != NULL);
  gtk_test_widget_wait_for_draw (product);
  reg_test_ui_picture (product, "product-mode");
  assign_ui_press (product, "Add Product");
  REG_TEST_WAIT (reg_test_ui_find_window (REG_TYPE_PRODUCT_DIALOG) == NULL);
  REG_TEST_WAIT (reg_test_ui_find_label (dialog, "Americano · Subscription") != NULL);
  product = open_products (dialog);
  assign_ui_choose (product, "Course 3");
  assign_ui_press (product, "Add Product");
  REG_TEST_WAIT (reg_test_ui_find_window (REG_TYPE_PRODUCT_DIALOG) == NULL);
  REG_TEST_WAIT (reg_test_ui_find_label (dialog, "Course 3") != NULL);
  reg_test_ui_picture (dialog, "custom");
  reg_test_ui_audit (dialog);
  assign_ui_press (dialog, "Continue");
  review = assign_ui_get_review (6);
  REG_TEST_WAIT (reg_test_ui_find_label (review, "6 will be assigned") != NULL);
  g_assert_nonnull (reg_test_ui_find_label (review, "Licenses, Pool: 3 needed, 30 available"));
  tick = find_check (review, "I confirm this is a subscription assignment. It can't be undone.");
  g_assert_nonnull (tick);
  g_assert_false (gtk_widget_get_sensitive (assign_ui_get_button (review, "Confirm Assignment")));
  reg_test_ui_picture (review, "review-subscription");
  reg_test_ui_audit (review);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (tick), TRUE);
  assign_ui_press (review, "Confirm Assignment");
  REG_TEST_WAIT (reg_workspace_get_n_waiting (ui.workspace) == 6);
  REG_TEST_WAIT (reg_test_ui_find_window (REG_TYPE_ASSIGN_DIALOG) == NULL);
  gtk_widget_activate_action (GTK_WIDGET (ui.window), "win.undo", NULL);
  REG_TEST_WAIT (reg_workspace_get_n_waiting (ui.workspace) == 0);
  reg_test_ui_close (&ui);
}

static gboolean
is_entry_row (GtkWidget *widget, gconstpointer title)
{
  return ADW_IS_ENTRY_ROW (widget) && gtk_widget_get_mapped (widget)
         && g_strcmp0 (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), title) == 0;
}

static gboolean
has_tooltip (GtkWidget *widget, gconstpointer text)
{
  return gtk_widget_get_mapped (widget)
         && g_strcmp0 (gtk_widget_get_tooltip_text (widget), text) == 0;
}

static GtkWidget *
get_preset_dialog (void)
{
  REG_TEST_WAIT (reg_test_ui_find_window (REG_TYPE_PRESET_DIALOG) != NULL);
  return reg_test_ui_find_window (REG_TYPE_PRESET_DIALOG);
}

static void
add_to_preset (GtkWidget *preset, const char *title)
{
  GtkWidget *product = open_products (preset);

  assign_ui_choose (product, title);
  assign_ui_press (product, "Add Product");
  REG_TEST_WAIT (reg_test_ui_find_window (REG_TYPE_PRODUCT_DIALOG) == NULL);
  REG_TEST_WAIT (reg_test_ui_find_label (preset, title) != NULL);
}

static void
set_name (GtkWidget *preset, const char *name)
{
  gtk_editable_set_text (GTK_EDITABLE (reg_test_ui_find (preset, is_entry_row, "Name")), name);
}

/* Where a list is made anew the keyboard goes on at the row of this title, or at the button. */
static gboolean
has_focus (GtkWidget *dialog, const char *title)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (dialog));

  if (ADW_IS_PREFERENCES_ROW (focus))
    return g_strcmp0 (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (focus)), title) == 0;
  return GTK_IS_BUTTON (focus) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (focus)), title) == 0;
}

static void
delete_preset (GtkWidget *dialog, const char *tooltip)
{
  gtk_widget_activate (reg_test_ui_find (dialog, has_tooltip, tooltip));
}

/* There are none at first; one is made, edited in place, taken back a step, chosen and assigned. */
static void
test_presets (void)
{
  RegTestUi ui;
  GtkWidget *dialog, *preset, *review;
  GtkStack *chooser;

  reg_test_ui_open (&ui, 20, 0);
  dialog = open_custom (&ui);
  chooser = GTK_STACK (reg_test_ui_find_type (dialog, GTK_TYPE_STACK));
  gtk_stack_set_visible_child_name (chooser, "presets");
  assign_ui_press (dialog, "New Preset");
  preset = get_preset_dialog ();
  g_assert_false (gtk_widget_get_sensitive (assign_ui_get_button (preset, "Save Preset")));
  add_to_preset (preset, "Course 3");
  set_name (preset, "Starters");
  REG_TEST_WAIT (reg_test_ui_find_type (preset, GTK_TYPE_SPIN_BUTTON) != NULL);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (reg_test_ui_find_type (preset, GTK_TYPE_SPIN_BUTTON)),
                             14);
  REG_TEST_WAIT (reg_test_ui_find_label (preset, "Required · due after 14 days") != NULL);
  reg_test_ui_picture (preset, "preset");
  reg_test_ui_audit (preset);
  assign_ui_press (preset, "Save Preset");
  REG_TEST_WAIT (reg_workspace_get_n_waiting (ui.workspace) == 1);
  REG_TEST_WAIT (assign_ui_find_row_check (dialog, "Starters") != NULL);
  g_assert_true (has_focus (dialog, "Starters"));
  assign_ui_choose (dialog, "Starters");
  gtk_check_button_set_active (assign_ui_find_row_check (dialog, "Starters"), FALSE);
  g_assert_false (gtk_widget_get_sensitive (assign_ui_get_button (dialog, "Continue")));
  assign_ui_choose (dialog, "Starters");
  g_assert_true (gtk_widget_get_sensitive (assign_ui_get_button (dialog, "Continue")));
  reg_test_ui_picture (dialog, "presets");
  reg_test_ui_audit (dialog);
  /* Edited in place: another name, a product more. */
  gtk_widget_activate (reg_test_ui_find (dialog, has_tooltip, "Edit Starters"));
  preset = get_preset_dialog ();
  g_assert_nonnull (reg_test_ui_find_label (preset, "Required · due after 14 days"));
  set_name (preset, "Newcomers");
  add_to_preset (preset, "Course 1");
  reg_test_ui_picture (preset, "preset-edit");
  assign_ui_press (preset, "Save Preset");
  REG_TEST_WAIT (assign_ui_find_row_check (dialog, "Newcomers") != NULL);
  g_assert_nonnull (reg_test_ui_find_label (dialog, "2 products"));
  g_assert_true (has_focus (dialog, "Newcomers"));
  g_assert_true (gtk_check_button_get_active (assign_ui_find_row_check (dialog, "Newcomers")));
  gtk_window_close (GTK_WINDOW (dialog));
  REG_TEST_WAIT (reg_test_ui_find_window (REG_TYPE_ASSIGN_DIALOG) == NULL);
  gtk_widget_activate_action (GTK_WIDGET (ui.window), "win.undo", NULL);
  REG_TEST_WAIT (reg_workspace_get_n_waiting (ui.workspace) == 1);
  dialog = open_custom (&ui);
  chooser = GTK_STACK (reg_test_ui_find_type (dialog, GTK_TYPE_STACK));
  gtk_stack_set_visible_child_name (chooser, "presets");
  assign_ui_choose (dialog, "Starters");
  g_assert_nonnull (reg_test_ui_find_label (dialog, "1 product"));
  assign_ui_press (dialog, "Continue");
  review = assign_ui_get_review (3);
  REG_TEST_WAIT (reg_test_ui_find_label (review, "3 will be assigned") != NULL);
  assign_ui_press (review, "Confirm Assignment");
  REG_TEST_WAIT (reg_workspace_get_n_waiting (ui.workspace) == 4);
  REG_TEST_WAIT (reg_test_ui_find_window (REG_TYPE_ASSIGN_DIALOG) == NULL);
  reg_test_ui_close (&ui);
}

/* What was put together for once is kept; in a narrow window too. */
static void
test_save_as_preset (void)
{
  RegTestUi ui;
  GtkWidget *dialog, *product, *preset;
  int minimum;

  reg_test_ui_open (&ui, 20, 0);
  dialog = open_custom (&ui);
  product = open_products (dialog);
  assign_ui_choose (product, "Course 2");
  assign_ui_press (product, "Continue");
  assign_ui_choose (product, "Americano");
  assign_ui_press (product, "Continue");
  REG_TEST_WAIT (reg_test_ui_find_label (product, "Subscription") != NULL);
  assign_ui_press (product, "Add Product");
  assign_ui_press (dialog, "Save as Preset…");
  preset = get_preset_dialog ();
  REG_TEST_WAIT (reg_test_ui_find_label (preset, "Optional · Americano · Subscription") != NULL);
  set_name (preset, "Languages");
  gtk_window_set_default_size (GTK_WINDOW (preset), 360, 640);
  adw_expander_row_set_expanded (
      ADW_EXPANDER_ROW (reg_test_ui_find_type (preset, ADW_TYPE_EXPANDER_ROW)), TRUE);
  for (int i = 0; i < 8; i++)
    gtk_test_widget_wait_for_draw (preset);
  reg_test_ui_picture (preset, "preset-narrow");
  gtk_widget_measure (preset, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, <=, 360);
  assign_ui_press (preset, "Save Preset");
  REG_TEST_WAIT (reg_workspace_get_n_waiting (ui.workspace) == 1);
  gtk_stack_set_visible_child_name (GTK_STACK (reg_test_ui_find_type (dialog, GTK_TYPE_STACK)),
                                    "presets");
  REG_TEST_WAIT (assign_ui_find_row_check (dialog, "Languages") != NULL);
  /* With the last one gone, the next is what is left to do. */
  delete_preset (dialog, "Delete Languages");
  REG_TEST_WAIT (reg_test_ui_find_label (dialog, "No Presets") != NULL);
  g_assert_true (has_focus (dialog, "_New Preset"));
  reg_test_ui_close (&ui);
}

static void
test_narrow (void)
{
  RegTestUi ui;
  GtkWidget *dialog, *review;
  int minimum;

  reg_test_ui_open (&ui, 20, 8);
  dialog = open_assign (&ui);
  assign_ui_press (dialog, "Continue");
  review = assign_ui_get_review (20);
  gtk_window_set_default_size (GTK_WINDOW (review), 360, 640);
  for (int i = 0; i < 4; i++)
    gtk_test_widget_wait_for_draw (review);
  reg_test_ui_picture (review, "review-narrow");
  gtk_widget_measure (review, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, <=, 360);
  reg_test_ui_close (&ui);
}

int
main (int argc, char **argv)
{
  reg_test_ui_init (&argc, &argv);
  g_test_add_func ("/assigning/assign", test_assign);
  g_test_add_func ("/assigning/reassign-instead", test_reassign_instead);
  g_test_add_func ("/assigning/reassign", test_reassign);
  g_test_add_func ("/assigning/always", test_always);
  g_test_add_func ("/assigning/typed-count", test_typed_count);
  g_test_add_func ("/assigning/many", test_many);
  g_test_add_func ("/assigning/import-instead", test_import_instead);
  g_test_add_func ("/assigning/many-assigned", test_many_assigned);
  g_test_add_func ("/assigning/custom", test_custom);
  g_test_add_func ("/assigning/presets", test_presets);
  g_test_add_func ("/assigning/save-as-preset", test_save_as_preset);
  g_test_add_func ("/assigning/narrow", test_narrow);
  return g_test_run ();
}
