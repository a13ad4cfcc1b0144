/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every action through the one frame of the wizard: what it asks, what the final check says of each
 * line, and what is staged. */
#include "import-ui.h"

#include "views/common/reg-host.h"
#include "views/import-wizard/reg-plan-rows.h"
#include "views/import-wizard/reg-plan-view.h"
#include "views/import-wizard/reg-setup-page.h"

#include <glib/gstdio.h>
#include <string.h>

#define PEOPLE "Email ID,Employee ID,Given Name,Location,Groups\n"

static void
add_labels (RegPage *page)
{
  reg_test_page_add_label (page, 900, 1, REG_LABEL_LOCATION, "Oslo");
  reg_test_page_add_label (page, 901, 1, REG_LABEL_GROUP, "Drivers");
  reg_test_page_add_label (page, 902, 1, REG_LABEL_GROUP, "Night Shift");
}

static void
set_up_with_labels (Fixture *f, gconstpointer data)
{
  reg_test_ui_open_with (&f->ui, 200, 20, add_labels);
}

static void
open_file (Fixture *f, const char *text, gint64 course_id)
{
  write_file (f, "list.csv", text);
  open_wizard (f, course_id);
}

static const RegPlanRow *
get_plan_row (guint position)
{
  GListModel *model = G_LIST_MODEL (reg_column_list_get_model (get_list (get_wizard ())));
  g_autoptr (RegIdListItem) item = NULL;
  gpointer row = NULL;

  REG_TEST_WAIT (g_list_model_get_n_items (model) > position);
  item = g_list_model_get_item (model, position);
  REG_TEST_WAIT ((row = reg_id_list_item_get_row (item)) != NULL);
  return row;
}

static void
wait_staged (Fixture *f, gint64 n)
{
  reg_test_ui_press (get_wizard (), "Start import");
  REG_TEST_WAIT (get_wizard () == NULL);
  REG_TEST_WAIT (reg_workspace_get_n_waiting (f->ui.workspace) == n);
}

/* ---- People ---- */

/* Without a window manager a size may be asked for in vain while the window is only coming. */
static gboolean
is_narrow (void)
{
  static int turn;

  gtk_window_set_default_size (GTK_WINDOW (get_wizard ()), 360 + (turn++ & 1), 640);
  return gtk_widget_get_width (get_wizard ()) < 420;
}

/* On a phone's width what has no column of its own is told all the same. */
static void
make_narrow (void)
{
  REG_TEST_WAIT (is_narrow ());
}

/* A file of people needs no word about the action; who is added and updated is told, and can be
 * said otherwise. */
static void
test_people (Fixture *f, gconstpointer data)
{
  open_file (f,
             PEOPLE "user00021@example.com,,Anna,Oslo,Drivers\n" /* 2: is there */
                    "new@example.com,N-1,Nina,Oslo,\n"           /* 3: is not */
                    "user00022@example.com,,,,Night Shift\n",    /* 4: two empty cells */
             0);
  wait_for_text (get_wizard (), "1 user will be added · 2 users will be updated");
  wait_for_text (get_wizard (),
                 "People who are new are added, those who are there already are updated.");
  wait_for_text (get_wizard (), "A column that is not in the file leaves everything as it is.");
  wait_for_text (get_wizard (), "Will Be Added or Updated (3)");
  g_assert_nonnull (g_strstr_len (get_plan_row (0)->detail, -1, "Given Name: Given00021 → Anna"));
  g_assert_nonnull (g_strstr_len (get_plan_row (0)->detail, -1, "Location: none → Oslo"));
  g_assert_cmpstr (get_plan_row (1)->identifier, ==, "new@example.com");
  g_assert_cmpstr (get_plan_row (1)->name, ==, "Nina");
  g_assert_cmpstr (get_plan_row (1)->detail, ==, "New · Employee ID: N-1 · Location: Oslo");
  reg_test_ui_picture (get_wizard (), "wizard-people");
  reg_test_ui_audit (get_wizard ());

  go_back ();
  g_assert_cmpuint (adw_combo_row_get_selected (get_combo ("Who Is Added or Updated")), ==, 2);
  reg_test_ui_picture (get_wizard (), "wizard-people-setup");
  reg_test_ui_audit (get_wizard ());
  adw_combo_row_set_selected (get_combo ("Who Is Added or Updated"), 0);
  /* nobody who is there is touched, so there is nothing an empty cell may take away */
  g_assert_null (reg_test_ui_find_label (get_wizard (), "An Empty Cell"));
  reg_test_ui_press (get_wizard (), "Check File");
  wait_for_text (get_wizard (), "1 user will be added · 2 cannot be added");
  wait_for_text (get_wizard (), "those who are there already stay as they are");
  g_assert_null (reg_test_ui_find_button (get_wizard (), "Take It Away Instead"));
  wait_staged (f, 1);
}

/* What an empty cell means is told with how many there are, and answered where it is told. */
static void
test_empty_cells (Fixture *f, gconstpointer data)
{
  open_file (f, PEOPLE "user00021@example.com,,,Oslo,\nuser00022@example.com,,Bo,,\n", 0);
  wait_for_text (get_wizard (), "4 cells are empty: what is there stays.");
  wait_for_text (get_wizard (), "2 users will be updated");
  reg_test_ui_press (get_wizard (), "Take It Away Instead");
  wait_for_text (get_wizard (), "4 cells are empty: what is there is taken away.");
  g_assert_nonnull (
      g_strstr_len (get_plan_row (0)->detail, -1, "Given Name: Given00021 → removed"));
  reg_test_ui_picture (get_wizard (), "wizard-empty-cells");
  make_narrow ();
  wait_for_text (get_wizard (), "Given Name: Given00021 → removed");
  reg_test_ui_picture (get_wizard (), "wizard-empty-cells-narrow");
  go_back ();
  get_combo ("An Empty Cell");
  reg_test_ui_picture (get_wizard (), "wizard-people-setup-narrow");
  g_assert_cmpuint (adw_combo_row_get_selected (get_combo ("An Empty Cell")), ==, 1);
  reg_test_ui_press (get_wizard (), "Check File");
  wait_for_text (get_wizard (), "4 cells are empty: what is there is taken away.");
  reg_test_ui_press (get_wizard (), "Leave It Instead");
  wait_for_text (get_wizard (), "4 cells are empty: what is there stays.");
  wait_staged (f, 2);
}

static GtkWidget *
find_plain_window (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (G_OBJECT_TYPE (window) == ADW_TYPE_WINDOW)
        return window;
    }
  return NULL;
}

/* A line opens with all it changes. */
static void
test_changes (Fixture *f, gconstpointer data)
{
  GtkWidget *dialog;

  open_file (f, PEOPLE "user00021@example.com,,Anna,Oslo,Drivers\n", 0);
  wait_for_text (get_wizard (), "1 user will be updated");
  get_plan_row (0);
  g_signal_emit_by_name (get_list (get_wizard ()), "row-activated", (gint64)1);
  REG_TEST_WAIT ((dialog = find_plain_window ()) != NULL);
  g_assert_nonnull (reg_test_ui_find_label (dialog, "Given00021 Family00021"));
  g_assert_nonnull (reg_test_ui_find_label (dialog, "Given00021 → Anna"));
  g_assert_nonnull (reg_test_ui_find_label (dialog, "none → Oslo"));
  g_assert_nonnull (reg_test_ui_find_label (dialog, "none → Drivers"));
  reg_test_ui_picture (dialog, "wizard-changes");
  reg_test_ui_audit (dialog);
  gtk_window_close (GTK_WINDOW (dialog));
  close_wizard ();
}

/* ---- The other actions ---- */

typedef struct
{
  const char *action; /* its place in the list is found by its name */
  const char *text;
  gint64 course_id;
  const char *summary;
  const char *detail;
} Case;

static const Case cases[] = {
  { "assign",
    "Email ID,Employee ID,Requirement,Due Date,Message\nuser00021@example.com,,,2031-05-01,\n", 2,
    "1 user will be enrolled",
    "Status: not enrolled → Not Started · Requirement: none → Required · Due Date: none → "
    "2031-05-01" },
  { "unenroll", "Email ID,Employee ID\nuser00001@example.com,\n", 1, "1 user will be unenrolled",
    "→ Unenrolled (was " },
  { "set-due-dates", "Email ID,Employee ID,Course,Due Date\nuser00001@example.com,,,2031-05-01\n",
    1, "The due date of 1 user will be set", "→ 2031-05-01" },
  { "add-to-groups", "Email ID,Employee ID,Groups\nuser00021@example.com,,Drivers; Night Shift\n",
    0, "1 user will be added to groups", "Groups: none → Drivers; Night Shift" },
  { "add-users", PEOPLE "new@example.com,N-1,Nina,Oslo,\n", 0, "1 user will be added",
    "New · Employee ID: N-1 · Location: Oslo" },
  { "update-users", PEOPLE "user00021@example.com,,Anna,,\n", 0, "1 user will be updated",
    "Given Name: Given00021 → Anna" },
};

static guint
find_action (const char *name)
{
  guint n;
  const RegImportAction *actions = reg_import_action_list (&n);

  for (guint i = 0; i < n; i++)
    if (g_str_equal (actions[i].name, name))
      return i;
  g_assert_not_reached ();
}

/* Action, file, check, before and after, start: the same way for each of them. */
static void
test_one_frame (Fixture *f, gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const Case *one = &cases[i];

      open_file (f, "Something\nelsewhere\n", one->course_id);
      wait_for_text (get_wizard (), "The headings of this file are not those of the sample file");
      go_back ();
      adw_combo_row_set_selected (get_combo ("Select the action you want to take"),
                                  find_action (one->action));
      g_assert_true (g_file_set_contents (f->path, one->text, -1, NULL));
      reg_test_ui_press (get_wizard (), "Check File");
      wait_for_text (get_wizard (), one->summary);
      if (g_strstr_len (get_plan_row (0)->detail, -1, one->detail) == NULL)
        g_error ("%s: “%s”", one->action, get_plan_row (0)->detail);
      close_wizard ();
    }
}

/* ---- Templates ---- */

static GtkWidget *
find_chooser (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (GTK_IS_FILE_CHOOSER_DIALOG (window) && gtk_widget_get_visible (window))
        return window;
    }
  return NULL;
}

/* (transfer full): the template as text */
static char *
save_template (Fixture *f, const char *action, const char *format)
{
  g_autofree char *name = g_strdup_printf ("template.%s", format);
  g_autofree char *path = g_build_filename (f->ui.folder.folder, name, NULL);
  GtkWidget *page = reg_test_ui_find_type (get_wizard (), REG_TYPE_SETUP_PAGE);
  GtkWidget *chooser;
  char *text = NULL;
  gsize len;

  g_assert_true (gtk_widget_activate_action (page, action, "s", format));
  REG_TEST_WAIT ((chooser = find_chooser ()) != NULL);
  /* as if the whole path was typed */
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), path);
  reg_setup_page_set_hint (REG_SETUP_PAGE (page), NULL);
  gtk_dialog_response (GTK_DIALOG (chooser), GTK_RESPONSE_ACCEPT);
  wait_for_text (get_wizard (), "Fill it in, then choose it here.");
  g_assert_true (g_file_get_contents (path, &text, &len, NULL));
  g_assert_cmpint (g_unlink (path), ==, 0);
  return text;
}

/* With the people who are there, where that is ticked; what is saved is read back. */
static void
test_templates (Fixture *f, gconstpointer data)
{
  g_autofree char *plain = NULL;
  g_autofree char *list = NULL;
  g_autofree char *matrix = NULL;
  g_autofree char *workbook = NULL;

  reg_host_open_import (REG_HOST (f->ui.window), NULL, 1);
  REG_TEST_WAIT (get_wizard () != NULL);
  REG_TEST_WAIT (reg_setup_page_is_loaded (
      REG_SETUP_PAGE (reg_test_ui_find_type (get_wizard (), REG_TYPE_SETUP_PAGE))));
  adw_combo_row_set_selected (get_combo ("Select the action you want to take"),
                              find_action ("unenroll"));
  wait_for_text (get_wizard (), "A line for everybody who is in the chosen courses");
  plain = save_template (f, "setup.template", "csv");
  g_assert_null (strchr (plain, '@'));
  gtk_check_button_set_active (
      GTK_CHECK_BUTTON (reg_test_ui_find_type (
          gtk_widget_get_ancestor (
              reg_test_ui_find_label (get_wizard (), "With the People Already There"),
              ADW_TYPE_ACTION_ROW),
          GTK_TYPE_CHECK_BUTTON)),
      TRUE);
  list = save_template (f, "setup.template", "csv");
  g_assert_nonnull (strstr (list, "Email ID,Employee ID"));
  g_assert_nonnull (strstr (list, "user00020@example.com"));
  g_assert_null (strstr (list, "user00021@example.com"));
  matrix = save_template (f, "setup.matrix", "csv");
  g_assert_nonnull (strstr (matrix, "user00001@example.com"));
  workbook = save_template (f, "setup.matrix", "xlsx");
  g_assert_cmpmem (workbook, 2, "PK", 2);
  adw_combo_row_set_selected (get_combo ("Select the action you want to take"),
                              find_action ("update-users"));
  g_free (list);
  list = save_template (f, "setup.template", "csv");
  g_assert_nonnull (strstr (list, "user00199@example.com"));
  g_assert_nonnull (strstr (list, "Given00199"));
  close_wizard ();
}

/* What an import costs follows the ticks. */
static void
test_costs (Fixture *f, gconstpointer data)
{
  RegColumnList *list;

  open_file (f,
             "Email ID,Employee ID,Requirement,Due Date,Message\n"
             "user00021@example.com,,,,Welcome\nuser00022@example.com,,,,Welcome\n",
             1);
  wait_for_text (get_wizard (), "E-mails this will cause: 2");
  list = get_list (get_wizard ());
  gtk_selection_model_unselect_item (GTK_SELECTION_MODEL (reg_column_list_get_selection (list)), 0);
  wait_for_text (get_wizard (), "E-mails this will cause: 1");
  reg_column_list_select_all (list);
  wait_for_text (get_wizard (), "E-mails this will cause: 2");
  close_wizard ();
}

static gboolean
is_whole (const char *text)
{
  GtkWidget *label = reg_test_ui_find_text (get_wizard (), text);

  return label != NULL && gtk_widget_get_height (label) > 20
         && !pango_layout_is_ellipsized (gtk_label_get_layout (GTK_LABEL (label)));
}

/* On a phone's width a line that may not be imported says all of why, in as many lines as it takes.
 */
static void
test_reasons_narrow (Fixture *f, gconstpointer data)
{
  int minimum;

  open_file (f,
             "Email ID,Employee ID,Requirement,Due Date,Message\n"
             "user00021@example.com,,must,,\n",
             1);
  wait_for_text (get_wizard (), "Not Imported (1)");
  reg_test_ui_press (get_wizard (), "Not Imported (1)");
  wait_for_text (get_wizard (), "write Required or Optional");
  make_narrow ();
  REG_TEST_WAIT (is_whole ("“must” is no requirement: write Required or Optional, or leave it "
                           "empty."));
  gtk_widget_measure (get_wizard (), GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, <=, 360);
  reg_test_ui_picture (get_wizard (), "wizard-reasons-narrow");
  close_wizard ();
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up_with_labels, func, tear_down)

int
main (int argc, char **argv)
{
  reg_test_ui_init (&argc, &argv);
  ADD ("/views/wizard-actions/people", test_people);
  ADD ("/views/wizard-actions/empty-cells", test_empty_cells);
  ADD ("/views/wizard-actions/changes", test_changes);
  ADD ("/views/wizard-actions/templates", test_templates);
  ADD ("/views/wizard-actions/one-frame", test_one_frame);
  ADD ("/views/wizard-actions/costs", test_costs);
  ADD ("/views/wizard-actions/reasons-narrow", test_reasons_narrow);
  return g_test_run ();
}
