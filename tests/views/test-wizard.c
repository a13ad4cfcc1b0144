/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files that are not right: headings of another system, lines with every kind of error, cells that
 * were pasted. Real widgets over a real local copy. */
#include "../tabular/book-builder.h"
#include "import-ui.h"

#include "views/import-wizard/reg-fix-dialog.h"
#include "views/import-wizard/reg-mapping-view.h"
#include "views/import-wizard/reg-plan-view.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

/* ---- Corrections ---- */

/* Every kind of error a list may have, put right until nothing is left. */
static void
test_until_nothing_is_left (Fixture *f, gconstpointer data)
{
  RegColumnList *list;
  GtkWidget *dialog;
  GtkWidget *entry;

  write_file (f, "list.csv",
              HEADINGS "user00021@exmaple.com,,,,\n" /* 2: letters swapped */
                       ",22,,,\n"                    /* 3: zeros lost */
                       "user00023@example.com,,must,,\n"
                       "user00024@example.com,,,3/4/2026,\n"
                       "user00025@example.com,,,,\n"
                       "user00025@example.com,,,,\n"         /* 7: twice */
                       "user00026@example.com,00027,,,\n"    /* 8: two people */
                       "user00028@example.com,,,,,aside\n"   /* 9: beside the columns */
                       "somebody.else@nowhere.example,,,,\n" /* 10: nobody */
                       "user00029@example.com,,,,\n");
  open_wizard (f, 2);
  wait_for_text (get_wizard (),
                 "2 users will be enrolled · 0 cannot be enrolled · 8 lines may not be imported");
  show_group ("bad");
  list = get_list (get_wizard ());
  g_assert_cmpuint (count_rows (list), ==, 8);
  REG_TEST_WAIT (get_row (list, 0) != NULL);
  wait_for_text (get_wizard (), "user00021@example.com – 1 letter differs");
  reg_test_ui_picture (get_wizard (), "wizard-bad-lines");
  /* the menu's first suggestion */
  do_row (list, 0, "fix 0");
  wait_for_text (get_wizard (), "7 lines may not be imported");
  wait_for_text (get_wizard (), "1 correction made here");

  /* the dialog, from line to line */
  list = get_list (get_wizard ());
  REG_TEST_WAIT (get_row (list, 0) != NULL);
  g_signal_emit_by_name (list, "row-activated", get_id (list, 0));
  REG_TEST_WAIT (reg_test_ui_find_window (REG_TYPE_FIX_DIALOG) != NULL);
  dialog = reg_test_ui_find_window (REG_TYPE_FIX_DIALOG);
  wait_for_text (dialog, "Leading zeros seem lost");
  wait_for_text (dialog, "Restore to 00022");
  reg_test_ui_picture (dialog, "wizard-correct-line");
  reg_test_ui_audit (dialog);
  gtk_widget_activate (gtk_widget_get_ancestor (reg_test_ui_find_label (dialog, "Restore to 00022"),
                                                ADW_TYPE_ACTION_ROW));
  /* 4: typed into the cell */
  wait_for_text (dialog, "“must” is no requirement");
  REG_TEST_WAIT (reg_test_ui_find_label (dialog, "Optional") != NULL);
  entry = reg_test_ui_find_label (dialog, "Requirement");
  entry = gtk_widget_get_ancestor (entry, ADW_TYPE_ACTION_ROW);
  entry = reg_test_ui_find_type (entry, GTK_TYPE_ENTRY);
  gtk_editable_set_text (GTK_EDITABLE (entry), "optional");
  reg_test_ui_press (dialog, "Apply");
  wait_for_text (dialog, "The date can be read as");
  wait_for_text (dialog, "3/4/2026 = 3 April 2026");
  gtk_widget_activate (gtk_widget_get_ancestor (
      reg_test_ui_find_label (dialog, "3/4/2026 = 3 April 2026"), ADW_TYPE_ACTION_ROW));
  wait_for_text (dialog, "Same user as line 6.");
  wait_for_text (dialog, "Line 6");
  REG_TEST_WAIT (reg_test_ui_find_label (dialog, "Keep line 6, leave this one out") != NULL);
  reg_test_ui_picture (dialog, "wizard-two-lines");
  gtk_widget_activate (gtk_widget_get_ancestor (
      reg_test_ui_find_label (dialog, "Keep line 6, leave this one out"), ADW_TYPE_ACTION_ROW));
  wait_for_text (dialog, "Two users match");
  REG_TEST_WAIT (reg_test_ui_find_label (dialog, "the one with the e-mail") != NULL);
  gtk_widget_activate (gtk_widget_get_ancestor (
      reg_test_ui_find_label (dialog, "the one with the e-mail"), ADW_TYPE_ACTION_ROW));
  wait_for_text (dialog, "“aside” stands in column F");
  REG_TEST_WAIT (reg_test_ui_find_label (dialog, "Ignore “aside”") != NULL);
  gtk_widget_activate (gtk_widget_get_ancestor (reg_test_ui_find_label (dialog, "Ignore “aside”"),
                                                ADW_TYPE_ACTION_ROW));
  wait_for_text (dialog, "Employee ID or Email ID not found");
  REG_TEST_WAIT (reg_test_ui_find_label (dialog, "Leave this line out") != NULL);
  gtk_widget_activate (gtk_widget_get_ancestor (
      reg_test_ui_find_label (dialog, "Leave this line out"), ADW_TYPE_ACTION_ROW));
  /* nothing is left: the dialog goes by itself */
  REG_TEST_WAIT (reg_test_ui_find_window (REG_TYPE_FIX_DIALOG) == NULL);
  wait_for_text (get_wizard (),
                 "8 users will be enrolled · 0 cannot be enrolled · 0 lines may not be imported");
  wait_for_text (get_wizard (), "10 lines · 2 left out");
  reg_test_ui_press (get_wizard (), "Start import");
  REG_TEST_WAIT (get_wizard () == NULL);
  REG_TEST_WAIT (reg_workspace_get_n_waiting (f->ui.workspace) == 8);
}

/* Nobody is like them: they are added as a change of their own, and enrolled with the others. */
static void
test_add_person (Fixture *f, gconstpointer data)
{
  RegColumnList *list;
  GtkWidget *dialog;

  write_file (f, "list.csv", HEADINGS "user00021@example.com,,,,\nnina@nowhere.example,N-1,,,\n");
  open_wizard (f, 2);
  wait_for_text (get_wizard (), "1 user will be enrolled");
  show_group ("bad");
  list = get_list (get_wizard ());
  REG_TEST_WAIT (get_row (list, 0) != NULL);
  g_signal_emit_by_name (list, "row-activated", get_id (list, 0));
  REG_TEST_WAIT (reg_test_ui_find_window (REG_TYPE_FIX_DIALOG) != NULL);
  dialog = reg_test_ui_find_window (REG_TYPE_FIX_DIALOG);
  wait_for_text (dialog, "Add this person, and include the line");
  reg_test_ui_picture (dialog, "wizard-add-person");
  gtk_widget_activate (gtk_widget_get_ancestor (
      reg_test_ui_find_label (dialog, "Add this person, and include the line"),
      ADW_TYPE_ACTION_ROW));
  wait_for_text (get_wizard (),
                 "2 users will be enrolled · 0 cannot be enrolled · 0 lines may not be imported");
  REG_TEST_WAIT (reg_test_ui_find_window (REG_TYPE_FIX_DIALOG) == NULL);
  g_assert_cmpint (reg_workspace_get_n_waiting (f->ui.workspace), ==, 1);
  reg_test_ui_press (get_wizard (), "Start import");
  REG_TEST_WAIT (get_wizard () == NULL);
  REG_TEST_WAIT (reg_workspace_get_n_waiting (f->ui.workspace) == 3);
}

/* A correction taken back; what was unticked stays so. */
static void
test_undo (Fixture *f, gconstpointer data)
{
  RegPlanView *view;
  RegColumnList *list;

  write_file (f, "list.csv",
              HEADINGS "user00021@example.com,,,,\nuser00022@example.com,,,,\n"
                       "user00023@exmaple.com,,,,\n");
  open_wizard (f, 2);
  wait_for_text (get_wizard (), "2 users will be enrolled");
  view = REG_PLAN_VIEW (reg_test_ui_find_type (get_wizard (), REG_TYPE_PLAN_VIEW));
  list = get_list (view);
  gtk_selection_model_unselect_item (GTK_SELECTION_MODEL (reg_column_list_get_selection (list)), 1);
  show_group ("bad");
  list = get_list (get_wizard ());
  REG_TEST_WAIT (get_row (list, 0) != NULL);
  do_row (list, 0, "fix 0");
  wait_for_text (get_wizard (), "3 users will be enrolled");
  g_assert_cmpuint (reg_plan_view_get_n_ticked (view), ==, 2);
  reg_test_ui_press (get_wizard (), "Undo");
  wait_for_text (get_wizard (), "2 users will be enrolled");
  g_assert_cmpuint (reg_plan_view_get_n_ticked (view), ==, 1);
  g_assert_null (reg_test_ui_find_button (get_wizard (), "Undo"));
  close_wizard ();
}

/* ---- Looking for lines ---- */

static void
test_search_and_reasons (Fixture *f, gconstpointer data)
{
  g_autoptr (GString) text = g_string_new (HEADINGS);
  RegPlanView *view;
  GtkWidget *search, *reasons;

  for (guint i = 21; i < 41; i++)
    g_string_append_printf (text, "user%05u@example.com,,,,\n", i);
  g_string_append (text,
                   "nobody@nowhere.example,,,,\nnotanaddress,,,,\nalso@nowhere.example,,,,\n");
  write_file (f, "list.csv", text->str);
  open_wizard (f, 2);
  wait_for_text (get_wizard (), "20 users will be enrolled");
  view = REG_PLAN_VIEW (reg_test_ui_find_type (get_wizard (), REG_TYPE_PLAN_VIEW));
  search = reg_test_ui_find_type (view, GTK_TYPE_SEARCH_ENTRY);
  gtk_editable_set_text (GTK_EDITABLE (search), "family00025");
  REG_TEST_WAIT (count_rows (get_list (view)) == 1);
  /* looking unticks nobody */
  g_assert_cmpuint (reg_plan_view_get_n_ticked (view), ==, 20);
  gtk_editable_set_text (GTK_EDITABLE (search), "");
  REG_TEST_WAIT (count_rows (get_list (view)) == 20);
  show_group ("bad");
  reasons = reg_test_ui_find_type (view, GTK_TYPE_DROP_DOWN);
  g_assert_nonnull (reasons);
  g_assert_cmpuint (count_rows (get_list (view)), ==, 3);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (reasons), 1);
  REG_TEST_WAIT (count_rows (get_list (view)) == 2);
  reg_test_ui_picture (get_wizard (), "wizard-one-reason");
  gtk_drop_down_set_selected (GTK_DROP_DOWN (reasons), 2);
  REG_TEST_WAIT (count_rows (get_list (view)) == 1);
  close_wizard ();
}

/* ---- Columns ---- */

#define HR "Staff No.,Name,E-mail,Shoe size\n"

static void
test_columns_and_recipe (Fixture *f, gconstpointer data)
{
  GtkWidget *undecided;
  GtkWidget *mapping;
  GtkWidget *remember;

  write_file (f, "hr export.csv",
              "Staff list 2026\n\n" HR "00021,Müller,user00021@example.com,44\n"
              "00022,Zoë,user00022@example.com,38\n");
  open_wizard (f, 2);
  wait_for_text (get_wizard (), "The headings of this file are not those of the sample file");
  mapping = reg_test_ui_find_type (get_wizard (), REG_TYPE_MAPPING_VIEW);
  wait_for_text (mapping, "Suggested: another word for it · 00021 · 00022");
  wait_for_text (mapping, "We read it as UTF-8: “Müller” – looks right?");
  wait_for_text (mapping, "Passed over above it: Staff list 2026");
  wait_for_text (get_wizard (), "2 columns are not decided yet.");
  /* the keyboard is at the first of them */
  REG_TEST_WAIT (gtk_window_get_focus (GTK_WINDOW (get_wizard ())) != NULL);
  undecided = gtk_widget_get_ancestor (gtk_window_get_focus (GTK_WINDOW (get_wizard ())),
                                       GTK_TYPE_DROP_DOWN);
  g_assert_nonnull (undecided);
  g_assert_cmpuint (gtk_drop_down_get_selected (GTK_DROP_DOWN (undecided)), ==, 0);
  reg_test_ui_picture (get_wizard (), "wizard-columns");
  reg_test_ui_audit (get_wizard ());
  g_assert_false (gtk_widget_get_sensitive (
      reg_test_ui_find_button (get_wizard (), "Check With These Columns")));
  reg_test_ui_press (mapping, "Leave the Rest Out");
  wait_for_text (mapping, "Nothing in the file is taken for: Requirement, Due Date, Message");
  remember = reg_test_ui_find_type (mapping, GTK_TYPE_SWITCH);
  gtk_switch_set_active (GTK_SWITCH (remember), TRUE);
  wait_for_text (mapping, "Name of the Recipe");
  reg_test_ui_press (get_wizard (), "Check With These Columns");
  wait_for_text (get_wizard (),
                 "2 users will be enrolled · 0 cannot be enrolled · 0 lines may not be imported");
  wait_for_text (get_wizard (), "headings in line 3");
  close_wizard ();

  /* next month: used by itself, and without that offered, by its headings */
  g_unlink (f->path);
  write_file (f, "hr export 2.csv", HR "00023,Ann,user00023@example.com,40\n");
  open_wizard (f, 2);
  wait_for_text (get_wizard (), "Read with the recipe “hr export”");
  reg_test_ui_press (get_wizard (), "Read Without It");
  wait_for_text (get_wizard (), "Recipes for These Headings");
  reg_test_ui_picture (get_wizard (), "wizard-recipe");
  gtk_widget_activate (gtk_widget_get_ancestor (reg_test_ui_find_label (get_wizard (), "hr export"),
                                                ADW_TYPE_ACTION_ROW));
  wait_for_text (get_wizard (), "1 user will be enrolled");
  close_wizard ();
}

/* What columns are was said for one action; another one has other fields. */
static void
test_columns_of_another_action (Fixture *f, gconstpointer data)
{
  write_file (f, "list.csv", "Mail,Deadline\nuser00021@example.com,2031-12-31\n");
  open_wizard (f, 2);
  wait_for_text (get_wizard (), "The headings of this file are not those of the sample file");
  wait_for_text (get_wizard (), "Every column is decided.");
  reg_test_ui_press (get_wizard (), "Check With These Columns");
  wait_for_text (get_wizard (), "1 user will be enrolled");
  go_back ();
  /* "Update users" is the last of the actions */
  adw_combo_row_set_selected (get_combo ("Select the action you want to take"), 5);
  reg_test_ui_press (get_wizard (), "Check File");
  wait_for_text (get_wizard (), "1 column is not decided yet.");
  reg_test_ui_picture (get_wizard (), "wizard-columns-again");
  close_wizard ();
}

#define TEXT(text) "<c t=\"inlineStr\"><is><t>" text "</t></is></c>"

/* Columns that a spreadsheet program does not show are read, and told on both pages. */
static void
test_hidden_columns (Fixture *f, gconstpointer data)
{
  const Book book = {
    .sheet =
        "<worksheet><cols><col min=\"1\" max=\"1\"/><col min=\"2\" max=\"3\" hidden=\"1\"/></cols>"
        "<sheetData><row r=\"1\">" TEXT ("Email ID") TEXT ("Staff No.")
            TEXT ("Shoe size") "</row><row r=\"2\">" TEXT ("user00021@example.com") TEXT ("00021")
                TEXT ("44") "</row></sheetData></worksheet>",
  };
  g_autoptr (GBytes) bytes = book_build (&book);
  GtkWidget *mapping;

  write_bytes (f, "list.xlsx", g_bytes_get_data (bytes, NULL), (gssize)g_bytes_get_size (bytes));
  open_wizard (f, 2);
  wait_for_text (get_wizard (), "The headings of this file are not those of the sample file");
  mapping = reg_test_ui_find_type (get_wizard (), REG_TYPE_MAPPING_VIEW);
  wait_for_text (mapping, "Suggested: another word for it · Hidden in the sheet · 00021");
  wait_for_text (mapping, "Hidden in the sheet · 44");
  reg_test_ui_picture (get_wizard (), "wizard-hidden-columns");
  reg_test_ui_press (mapping, "Leave the Rest Out");
  reg_test_ui_press (get_wizard (), "Check With These Columns");
  wait_for_text (get_wizard (), "1 user will be enrolled");
  wait_for_text (get_wizard (), "the column “Staff No.” is hidden in the sheet, and is read too");
  reg_test_ui_picture (get_wizard (), "wizard-hidden-told");
  close_wizard ();
}

/* The file was read as something else than it is. */
static void
test_read_differently (Fixture *f, gconstpointer data)
{
  GtkWidget *mapping;
  GtkWidget *combo;

  write_file (f, "list.csv",
              "Email ID;Employee ID;Requirement;Due Date;Message\nuser00021@example.com;;;;a, b\n");
  open_wizard (f, 2);
  wait_for_text (get_wizard (), "columns split by “;”");
  reg_test_ui_press (get_wizard (), "Change…");
  wait_for_text (get_wizard (), "Columns Are Split By");
  mapping = reg_test_ui_find_type (get_wizard (), REG_TYPE_MAPPING_VIEW);
  wait_for_text (get_wizard (), "Every column is decided.");
  combo = gtk_widget_get_ancestor (reg_test_ui_find_label (mapping, "Columns Are Split By"),
                                   ADW_TYPE_COMBO_ROW);
  adw_combo_row_set_selected (ADW_COMBO_ROW (combo), 0);
  /* by commas there is one heading that nobody knows */
  wait_for_text (get_wizard (), "column is not decided yet");
  combo = gtk_widget_get_ancestor (reg_test_ui_find_label (mapping, "Columns Are Split By"),
                                   ADW_TYPE_COMBO_ROW);
  adw_combo_row_set_selected (ADW_COMBO_ROW (combo), 1);
  wait_for_text (get_wizard (), "Every column is decided.");
  reg_test_ui_press (get_wizard (), "Check With These Columns");
  wait_for_text (get_wizard (), "1 user will be enrolled");
  close_wizard ();
}

/* ---- Pasting ---- */

static void
test_paste (Fixture *f, gconstpointer data)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (f->ui.window));

  gdk_clipboard_set_text (clipboard, "Email ID\tEmployee ID\tRequirement\tDue Date\tMessage\n"
                                     "user00021@example.com\t\t\t\t\"two\nlines\"\n"
                                     "user00022@example.com\t\t\t\t\n");
  open_wizard (f, 2);
  wait_for_text (get_wizard (), "paste copied cells");
  gtk_widget_activate_action (get_wizard (), "wizard.paste", NULL);
  wait_for_text (get_wizard (), "2 users will be enrolled");
  wait_for_text (get_wizard (), "columns split by tabs");
  wait_for_text (get_wizard (), "Pasted cells");
  reg_test_ui_press (get_wizard (), "Start import");
  REG_TEST_WAIT (get_wizard () == NULL);
  REG_TEST_WAIT (reg_workspace_get_n_waiting (f->ui.workspace) == 2);
}

static void
test_paste_nothing (Fixture *f, gconstpointer data)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (f->ui.window)), "");
  open_wizard (f, 2);
  gtk_widget_activate_action (get_wizard (), "wizard.paste", NULL);
  wait_for_text (get_wizard (), "There are no cells to paste");
  close_wizard ();
}

/* ---- Files that are none ---- */

typedef struct
{
  const char *name;
  const char *text; /* NULL: a folder of that name */
  const char *says;
} Refused;

static const Refused refused[] = {
  { "list.pdf", "%PDF-1.7\n", "This is a PDF document" },
  { "list.xls", "<html><table><tr><td>Email ID</td></tr></table></html>", "This is a web page" },
  { "empty.csv", "", "The file is empty." },
  { "folder.csv", NULL, "This is a folder" },
};

static void
test_refused (Fixture *f, gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      if (refused[i].text != NULL)
        write_file (f, refused[i].name, refused[i].text);
      else
        {
          f->path = g_build_filename (f->ui.folder.folder, refused[i].name, NULL);
          g_assert_cmpint (g_mkdir (f->path, 0700), ==, 0);
        }
      open_wizard (f, 2);
      wait_for_text (get_wizard (), "This File Cannot Be Imported");
      wait_for_text (get_wizard (), refused[i].says);
      close_wizard ();
      if (refused[i].text != NULL)
        g_unlink (f->path);
      else
        g_rmdir (f->path);
      g_clear_pointer (&f->path, g_free);
    }
}

/* A pipe nobody writes to holds nothing up: the wizard says so, and takes the next file. */
static void
test_pipe (Fixture *f, gconstpointer data)
{
  f->path = g_build_filename (f->ui.folder.folder, "pipe.csv", NULL);
  g_assert_cmpint (mkfifo (f->path, 0600), ==, 0);
  open_wizard (f, 2);
  wait_for_text (get_wizard (), "This is not an ordinary file.");
  reg_test_ui_audit (get_wizard ());
  g_assert_cmpint (g_unlink (f->path), ==, 0);
  write_file (f, "list.csv", HEADINGS "user00021@example.com,,,,\n");
  reg_test_ui_drop (&f->ui, f->path);
  wait_for_text (get_wizard (), "1 user will be enrolled");
  close_wizard ();
}

/* Gone between the check and what needs it again: told in words, and nothing is staged. */
static void
test_file_is_removed (Fixture *f, gconstpointer data)
{
  write_file (f, "list.csv", HEADINGS "user00021@example.com,,,,\nnobody@example.com,,,,\n");
  open_wizard (f, 2);
  wait_for_text (get_wizard (), "1 user will be enrolled");
  g_assert_cmpint (g_unlink (f->path), ==, 0);
  g_clear_pointer (&f->path, g_free);
  reg_test_ui_press (get_wizard (), "Start import");
  wait_for_text (get_wizard (), "This File Cannot Be Imported");
  reg_test_ui_audit (get_wizard ());
  g_assert_cmpint (reg_workspace_get_n_waiting (f->ui.workspace), ==, 0);
  /* with nothing to take back, nothing happens */
  gtk_widget_activate_action (get_wizard (), "wizard.undo", NULL);
  close_wizard ();
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  reg_test_ui_init (&argc, &argv);
  ADD ("/views/wizard/until-nothing-is-left", test_until_nothing_is_left);
  ADD ("/views/wizard/add-person", test_add_person);
  ADD ("/views/wizard/undo", test_undo);
  ADD ("/views/wizard/search-and-reasons", test_search_and_reasons);
  ADD ("/views/wizard/columns-and-recipe", test_columns_and_recipe);
  ADD ("/views/wizard/columns-of-another-action", test_columns_of_another_action);
  ADD ("/views/wizard/hidden-columns", test_hidden_columns);
  ADD ("/views/wizard/read-differently", test_read_differently);
  ADD ("/views/wizard/paste", test_paste);
  ADD ("/views/wizard/paste-nothing", test_paste_nothing);
  ADD ("/views/wizard/refused", test_refused);
  ADD ("/views/wizard/pipe", test_pipe);
  ADD ("/views/wizard/file-is-removed", test_file_is_removed);
  return g_test_run ();
}
