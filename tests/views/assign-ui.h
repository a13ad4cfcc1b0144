/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the tests of assigning do in lists and in the review. */
#pragma once

#include "reg-test-ui.h"

#include "views/common/reg-column-list.h"

G_BEGIN_DECLS

/* The list on show, and how many rows it has. */
RegColumnList *assign_ui_get_list (gpointer root);
guint assign_ui_count_rows (gpointer root);
/* Waits for a button to be there and to be sensitive. */
void assign_ui_press (gpointer root, const char *label);
GtkWidget *assign_ui_get_button (gpointer root, const char *label);
/* The check box of the row with that title. */
GtkCheckButton *assign_ui_find_row_check (gpointer root, const char *title);
void assign_ui_choose (gpointer root, const char *title);
/* The review in front, once its rows are there. */
GtkWidget *assign_ui_get_review (guint n_rows);
void assign_ui_select_rows (gpointer root, guint first, guint n);
void assign_ui_untick (gpointer root, guint position);

G_END_DECLS
