/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The real window over a filled local copy, looked at from inside. */
#pragma once

#include "app/reg-window.h"
#include "views/common/reg-column-list.h"

#include "reg-test-store.h"

G_BEGIN_DECLS

#define REG_TEST_DEADLINE_S 30

gboolean reg_test_ui_is_late (gpointer late);

/* Iterates the main context until the condition holds. */
#define REG_TEST_WAIT(condition)                                                                   \
  G_STMT_START                                                                                     \
  {                                                                                                \
    gboolean is_late = FALSE;                                                                      \
    guint deadline = g_timeout_add_seconds (REG_TEST_DEADLINE_S, reg_test_ui_is_late, &is_late);   \
                                                                                                   \
    while (!(condition) && !is_late)                                                               \
      g_main_context_iteration (NULL, TRUE);                                                       \
    if (!is_late)                                                                                  \
      g_source_remove (deadline);                                                                  \
    g_assert_true (condition);                                                                     \
  }                                                                                                \
  G_STMT_END

typedef struct
{
  RegTestFolder folder;
  RegAccount account;
  RegWorkspace *workspace;
  RegWindow *window;
} RegTestUi;

void reg_test_ui_init (int *argc, char ***argv);
/* So many users; course 1 has them all, of whom every fourth is done; course 2 nobody. */
void reg_test_ui_open (RegTestUi *self, gint64 n_users, gint64 n_enrolled);
/* And what add puts into the last page besides. */
typedef void (*RegTestAdd) (RegPage *page);
void reg_test_ui_open_with (RegTestUi *self, gint64 n_users, gint64 n_enrolled, RegTestAdd add);
/* As user 1 in this role. */
void reg_test_ui_open_as (RegTestUi *self,
                          RegRole role,
                          gint64 n_users,
                          gint64 n_enrolled,
                          RegTestAdd add);
/* Closes it and checks that nothing keeps the window alive. */
void reg_test_ui_close (RegTestUi *self);
/* Ends the program, as it were, and starts it again on the same local copy. */
void reg_test_ui_restart (RegTestUi *self);
/* A file dropped on the window. */
void reg_test_ui_drop (RegTestUi *self, const char *path);

typedef gboolean (*RegTestMatch) (GtkWidget *widget, gconstpointer data);
GtkWidget *reg_test_ui_find (GtkWidget *root, RegTestMatch match, gconstpointer data);
/* Something on show: a label with exactly this text, or one that contains it. */
GtkWidget *reg_test_ui_find_label (gpointer root, const char *text);
GtkWidget *reg_test_ui_find_text (gpointer root, const char *part);
GtkWidget *reg_test_ui_find_type (gpointer root, GType type);
/* A button on show by the text on it. */
GtkWidget *reg_test_ui_find_button (gpointer root, const char *text);
GtkWidget *reg_test_ui_find_window (GType type);
/* Waits for the button and that it can be pressed, and presses it. */
void reg_test_ui_press (gpointer root, const char *text);
/* The list on show, and how many rows it has; 0 where there is none. */
RegColumnList *reg_test_ui_get_list (RegTestUi *self);
guint reg_test_ui_count_rows (RegTestUi *self);
void reg_test_ui_select_rows (RegTestUi *self, guint first, guint n);
void reg_test_ui_search (RegTestUi *self, const char *text);
/* What a click on an entry of a row's menu, or of the selection bar, asks for. */
void reg_test_ui_do_row (RegTestUi *self, gint64 id, const char *name);
void reg_test_ui_do_bulk (RegTestUi *self, const char *name);
/* Where REG_TEST_PICTURES names a folder, a picture of the window goes there. */
void reg_test_ui_picture (gpointer window, const char *name);
/* Asserts that everything in the tree that can be used has a name, and every icon exists. */
void reg_test_ui_audit (gpointer root);

G_END_DECLS
