/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "assign-ui.h"

#include "views/common/reg-review-dialog.h"

RegColumnList *
assign_ui_get_list (gpointer root)
{
  return REG_COLUMN_LIST (reg_test_ui_find_type (root, REG_TYPE_COLUMN_LIST));
}

guint
assign_ui_count_rows (gpointer root)
{
  GtkWidget *list = reg_test_ui_find_type (root, REG_TYPE_COLUMN_LIST);
  RegIdListModel *model = list != NULL ? reg_column_list_get_model (REG_COLUMN_LIST (list)) : NULL;

  return model != NULL ? g_list_model_get_n_items (G_LIST_MODEL (model)) : 0;
}

void
assign_ui_press (gpointer root, const char *label)
{
  GtkWidget *button;

  REG_TEST_WAIT (reg_test_ui_find_button (root, label) != NULL);
  button = reg_test_ui_find_button (root, label);
  REG_TEST_WAIT (gtk_widget_get_sensitive (button));
  g_assert_true (gtk_widget_activate (button));
}

/* The check box of the row with that title. */
GtkCheckButton *
assign_ui_find_row_check (gpointer root, const char *title)
{
  GtkWidget *label = reg_test_ui_find_label (root, title);
  GtkWidget *row = label != NULL ? gtk_widget_get_ancestor (label, ADW_TYPE_ACTION_ROW) : NULL;

  return row != NULL ? GTK_CHECK_BUTTON (reg_test_ui_find_type (row, GTK_TYPE_CHECK_BUTTON)) : NULL;
}

GtkWidget *
assign_ui_get_button (gpointer root, const char *label)
{
  GtkWidget *button;

  REG_TEST_WAIT (reg_test_ui_find_button (root, label) != NULL);
  button = reg_test_ui_find_button (root, label);
  return button;
}

/* The review in front, once its rows are there. */
GtkWidget *
assign_ui_get_review (guint n_rows)
{
  GtkWidget *dialog;

  REG_TEST_WAIT (reg_test_ui_find_window (REG_TYPE_REVIEW_DIALOG) != NULL);
  dialog = reg_test_ui_find_window (REG_TYPE_REVIEW_DIALOG);
  REG_TEST_WAIT (assign_ui_count_rows (dialog) == n_rows);
  return dialog;
}

void
assign_ui_select_rows (gpointer root, guint first, guint n)
{
  gtk_selection_model_select_range (
      GTK_SELECTION_MODEL (reg_column_list_get_selection (assign_ui_get_list (root))), first, n,
      FALSE);
}

void
assign_ui_untick (gpointer root, guint position)
{
  gtk_selection_model_unselect_item (
      GTK_SELECTION_MODEL (reg_column_list_get_selection (assign_ui_get_list (root))), position);
}

void
assign_ui_choose (gpointer root, const char *title)
{
  REG_TEST_WAIT (assign_ui_find_row_check (root, title) != NULL);
  gtk_check_button_set_active (assign_ui_find_row_check (root, title), TRUE);
}
