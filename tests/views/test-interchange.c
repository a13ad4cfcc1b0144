/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files that are known by their headings, dropped on the window: those of other systems, and those
 * a recipe was made for. */
#include "import-ui.h"

#include "../tabular/book-builder.h"

#include "sync/reg-import-recipes.h"
#include "views/common/reg-host.h"
#include "views/import-wizard/reg-fix-dialog.h"
#include "views/import-wizard/reg-interchange-page.h"
#include "views/import-wizard/reg-mapping-view.h"
#include "views/import-wizard/reg-plan-view.h"
#include "views/import-wizard/reg-recipes-dialog.h"

#include <string.h>

#define MOODLE                                                                                     \
  "username,firstname,lastname,email,password,course1,role1,enrolstatus1\n"                        \
  "nora,Nora,Nye,nora@new.example,secret,C2,student,\n"                                            \
  "user00021@example.com,Changed,Family00021,,,C2,,\n"                                             \
  "user00001@example.com,Given00001,Family00001,,,C1,,1\n"                                         \
  "boss,Bo,Ss,boss@new.example,,C2,editingteacher,\n"                                              \
  "nils,Nils,Nord,nils-at-new.example,,NOPE,,\n"

static void
set_up_few (Fixture *f, gconstpointer data)
{
  reg_test_ui_open (&f->ui, 60, 20);
}

static void
drop (Fixture *f, const char *name, const char *text, gssize len)
{
  write_bytes (f, name, text, len);
  reg_test_ui_drop (&f->ui, f->path);
  REG_TEST_WAIT (get_wizard () != NULL);
}

static void
choose_step (guint step)
{
  GtkWidget *choice = reg_test_ui_find_type (get_wizard (), GTK_TYPE_DROP_DOWN);

  gtk_drop_down_set_selected (GTK_DROP_DOWN (choice), step);
}

/* It says what it is and what is not used; each step has its final check; one start, one undo. */
static void
test_moodle (Fixture *f, gconstpointer data)
{
  drop (f, "upload.csv", MOODLE, -1);
  wait_for_text (get_wizard (), "This looks like a file of Moodle to upload users");
  wait_for_text (get_wizard (), "1 column of “upload.csv”");
  wait_for_text (get_wizard (), "password");
  reg_test_ui_audit (get_wizard ());
  reg_test_ui_picture (get_wizard (), "interchange-moodle");

  gtk_window_set_default_size (GTK_WINDOW (get_wizard ()), 360, 640);
  gtk_test_widget_wait_for_draw (get_wizard ());
  reg_test_ui_picture (get_wizard (), "interchange-moodle-narrow");
  reg_test_ui_press (get_wizard (), "Final Check");
  wait_for_text (get_wizard (), "6 of 6 ticked");
  gtk_test_widget_wait_for_draw (get_wizard ());
  reg_test_ui_picture (get_wizard (), "interchange-final-check-narrow");
  gtk_window_set_default_size (GTK_WINDOW (get_wizard ()), 920, 640);
  gtk_test_widget_wait_for_draw (get_wizard ());
  wait_for_text (get_wizard (), "Changed");
  reg_test_ui_audit (get_wizard ());
  reg_test_ui_picture (get_wizard (), "interchange-final-check");
  choose_step (1);
  wait_for_text (get_wizard (), "2 users will be enrolled");
  gtk_selection_model_unselect_item (
      GTK_SELECTION_MODEL (reg_column_list_get_selection (get_list (get_wizard ()))), 1);
  wait_for_text (get_wizard (), "5 of 6 ticked");
  choose_step (2);
  wait_for_text (get_wizard (), "1 user will be unenrolled");
  choose_step (1);
  wait_for_text (get_wizard (), "5 of 6 ticked");

  reg_test_ui_press (get_wizard (), "Start import");
  REG_TEST_WAIT (get_wizard () == NULL);
  REG_TEST_WAIT (reg_workspace_get_n_waiting (f->ui.workspace) == 5);
  wait_for_text (f->ui.window, "wait to be sent");
  wait_for_text (f->ui.window, "5 lines read");
  wait_for_text (f->ui.window, "Not an e-mail address");
  reg_test_ui_picture (f->ui.window, "interchange-status");
  reg_host_undo (REG_HOST (f->ui.window), 0);
  REG_TEST_WAIT (reg_workspace_get_n_waiting (f->ui.workspace) == 0);
}

/* Somebody new who is unticked takes their courses along. */
static void
test_unticked_person (Fixture *f, gconstpointer data)
{
  drop (f, "upload.csv", MOODLE, -1);
  reg_test_ui_press (get_wizard (), "Final Check");
  wait_for_text (get_wizard (), "6 of 6 ticked");
  gtk_selection_model_unselect_item (
      GTK_SELECTION_MODEL (reg_column_list_get_selection (get_list (get_wizard ()))), 0);
  wait_for_text (get_wizard (), "5 of 6 ticked");
  reg_test_ui_press (get_wizard (), "Start import");
  REG_TEST_WAIT (get_wizard () == NULL);
  REG_TEST_WAIT (reg_workspace_get_n_waiting (f->ui.workspace) == 4);
}

/* A cell of the file itself is put right, and the line is checked in every step. */
static void
test_correct (Fixture *f, gconstpointer data)
{
  RegPlanView *view;
  RegImportFix fix = {
    .kind = REG_FIX_SET, .line = 6, .column = 3, .text = (char *)"nils@new.example"
  };

  drop (f, "upload.csv", MOODLE, -1);
  reg_test_ui_press (get_wizard (), "Final Check");
  wait_for_text (get_wizard (), "6 of 6 ticked");
  view = REG_PLAN_VIEW (reg_test_ui_find_type (get_wizard (), REG_TYPE_PLAN_VIEW));
  g_signal_emit_by_name (view, "line-opened", (int)REG_PLAN_BAD_LINES, (gint64)6);
  REG_TEST_WAIT (reg_test_ui_find_window (REG_TYPE_FIX_DIALOG) != NULL);
  wait_for_text (reg_test_ui_find_window (REG_TYPE_FIX_DIALOG), "Not an e-mail address");
  reg_test_ui_picture (reg_test_ui_find_window (REG_TYPE_FIX_DIALOG), "interchange-fix");
  g_signal_emit_by_name (view, "fix-taken", &fix, FALSE);
  REG_TEST_WAIT (reg_test_ui_find_window (REG_TYPE_FIX_DIALOG) == NULL);
  wait_for_text (get_wizard (), "7 of 7 ticked");
  wait_for_text (get_wizard (), "1 correction made here; the file is not touched.");
  gtk_widget_activate_action (get_wizard (), "wizard.undo", NULL);
  wait_for_text (get_wizard (), "6 of 6 ticked");
  close_wizard ();
  g_assert_cmpint (reg_workspace_get_n_waiting (f->ui.workspace), ==, 0);
}

/* Whom to add and update is said on the page; and that it is no such file at all. */
static void
test_choices (Fixture *f, gconstpointer data)
{
  GtkWidget *people;

  drop (f, "users.csv",
        "user_id,login_id,first_name,last_name,email,status\n"
        "N1,nora,Nora,Nye,nora@new.example,active\n"
        "00021,user00021@example.com,Changed,Family00021,,active\n",
        -1);
  wait_for_text (get_wizard (), "This looks like Canvas's users.csv");
  people = reg_test_ui_find_type (reg_test_ui_find_type (get_wizard (), REG_TYPE_INTERCHANGE_PAGE),
                                  ADW_TYPE_COMBO_ROW);
  adw_combo_row_set_selected (ADW_COMBO_ROW (people), 2);
  reg_test_ui_press (get_wizard (), "Final Check");
  wait_for_text (get_wizard (), "1 of 1 ticked");
  g_signal_emit_by_name (reg_test_ui_find_type (get_wizard (), REG_TYPE_PLAN_VIEW),
                         "read-differently");
  reg_test_ui_press (get_wizard (), "Read It as a List");
  REG_TEST_WAIT (reg_test_ui_find_type (get_wizard (), REG_TYPE_MAPPING_VIEW) != NULL);
  close_wizard ();
}

/* An archive is known by its manifest; what is not read of it is named. */
static void
test_oneroster (Fixture *f, gconstpointer data)
{
  static const struct
  {
    const char *name, *text;
  } members[] = {
    { "manifest.csv", "propertyName,value\noneroster.version,1.2\n" },
    { "users.csv", "sourcedId,status,enabledUser,username,givenName,familyName,identifier,email\n"
                   "u1,,true,olga,Olga,Ost,O-1,olga@new.example\n"
                   "u2,,true,odd,Odd,One,O-2,odd-at-new.example\n" },
    { "classes.csv", "sourcedId,title,classCode\nk1,Whatever,C2\n" },
    { "enrollments.csv",
      "sourcedId,status,classSourcedId,userSourcedId,role\ne1,,k1,u1,student\n" },
    { "orgs.csv", "sourcedId,name\no1,School\n" },
  };
  ZipBuilder *zip = zip_builder_new ();
  g_autoptr (GBytes) bytes = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    zip_builder_add (zip, members[i].name, members[i].text, strlen (members[i].text), 0);
  bytes = zip_builder_finish (zip, NULL);
  drop (f, "roster.zip", g_bytes_get_data (bytes, NULL), (gssize)g_bytes_get_size (bytes));
  wait_for_text (get_wizard (), "This looks like a OneRoster archive");
  wait_for_text (get_wizard (), "The file “orgs.csv”");
  g_assert_null (reg_test_ui_find_button (get_wizard (), "Read It as a List"));
  reg_test_ui_picture (get_wizard (), "interchange-oneroster");
  reg_test_ui_press (get_wizard (), "Final Check");
  wait_for_text (get_wizard (), "2 of 2 ticked");
  g_signal_emit_by_name (reg_test_ui_find_type (get_wizard (), REG_TYPE_PLAN_VIEW), "line-opened",
                         (int)REG_PLAN_BAD_LINES, (gint64)3);
  REG_TEST_WAIT (reg_test_ui_find_window (ADW_TYPE_MESSAGE_DIALOG) != NULL);
  wait_for_text (reg_test_ui_find_window (ADW_TYPE_MESSAGE_DIALOG), "stands in “users.csv” inside");
  reg_test_ui_press (reg_test_ui_find_window (ADW_TYPE_MESSAGE_DIALOG), "Close");
  reg_test_ui_press (get_wizard (), "Start import");
  REG_TEST_WAIT (get_wizard () == NULL);
  REG_TEST_WAIT (reg_workspace_get_n_waiting (f->ui.workspace) == 2);
}

static void
drop_packed (Fixture *f, const char *const *names)
{
  static const char users[] =
      "sourcedId,username,givenName,familyName,email\nu1,o,O,P,o@new.example\n";
  ZipBuilder *zip = zip_builder_new ();
  g_autoptr (GBytes) bytes = NULL;

  for (; *names != NULL; names++)
    zip_builder_add (zip, *names, users, strlen (users), 0);
  bytes = zip_builder_finish (zip, NULL);
  drop (f, "packed.zip", g_bytes_get_data (bytes, NULL), (gssize)g_bytes_get_size (bytes));
}

/* A folder that was packed, without a manifest; and two of them, of which neither is meant. */
static void
test_packed_folder (Fixture *f, gconstpointer data)
{
  static const char *const folder[] = { "Export/users.csv", "__MACOSX/Export/._users.csv", NULL };
  static const char *const two[] = { "new/users.csv", "old/users.csv", NULL };

  drop_packed (f, folder);
  wait_for_text (get_wizard (), "This looks like a OneRoster archive");
  wait_for_text (get_wizard (), "no manifest.csv");
  g_assert_null (reg_test_ui_find_text (get_wizard (), "__macosx"));
  reg_test_ui_picture (get_wizard (), "interchange-packed-folder");
  close_wizard ();
  drop_packed (f, two);
  wait_for_text (get_wizard (), "“new/users.csv” and “old/users.csv”");
  reg_test_ui_picture (get_wizard (), "interchange-two-exports");
  close_wizard ();
}

/* ---- Recipes ---- */

static gpointer
save_recipe (RegStore *store, gpointer data, RegProgress *progress, GError **error)
{
  return reg_import_recipes_save (store, data, error) ? g_strdup ("") : NULL;
}

static void
on_saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  char **done = data;

  *done = reg_workspace_run_finish (REG_WORKSPACE (source), result, &error);
  g_assert_no_error (error);
}

static void
remember_request (Fixture *f, const char *name, const RegImportRequest *request, char *headings)
{
  g_autoptr (RegImportRecipe) recipe = reg_import_recipe_new (name, request);
  g_autofree char *done = NULL;

  recipe->headings = headings;
  reg_workspace_run_async (f->ui.workspace, TRUE, save_recipe, recipe, NULL, g_free, NULL,
                           on_saved_cb, &done);
  REG_TEST_WAIT (done != NULL);
}

static void
remember (Fixture *f, const char *name)
{
  static const char *const mapping[] = { "Mail=Email ID", "No=Employee ID", "=Requirement",
                                         "=Due Date",     "=Message",       NULL };
  static const gint64 courses[] = { 2, 0 };
  const RegImportRequest request = { .action = "assign", .courses = courses, .mapping = mapping };

  remember_request (f, name, &request, g_strdup ("mail\x1fno"));
}

#define ODD "Mail,No\nuser00021@example.com,\nuser00022@example.com,\n"

/* The same headings again: the recipe is used by itself, says so, and can be declined. */
static void
test_recipe (Fixture *f, gconstpointer data)
{
  remember (f, "Monthly");
  drop (f, "march.csv", ODD, -1);
  wait_for_text (get_wizard (), "2 users will be enrolled");
  wait_for_text (get_wizard (), "Read with the recipe “Monthly”");
  reg_test_ui_audit (get_wizard ());
  reg_test_ui_picture (get_wizard (), "recipe-used");
  reg_test_ui_press (get_wizard (), "Read Without It");
  REG_TEST_WAIT (reg_test_ui_find_type (get_wizard (), REG_TYPE_MAPPING_VIEW) != NULL);
  wait_for_text (get_wizard (), "Monthly");
  close_wizard ();
}

/* What is chosen after a recipe was taken stays chosen. */
static void
test_choices_after_recipe (Fixture *f, gconstpointer data)
{
  remember (f, "Monthly");
  drop (f, "march.csv", "Mail,No\nuser00021@example.com,\nuser00001@example.com,\n", -1);
  wait_for_text (get_wizard (), "2 users will be enrolled");
  go_back ();
  /* "Unenroll users" is the second of the actions */
  adw_combo_row_set_selected (get_combo ("Select the action you want to take"), 1);
  reg_test_ui_press (get_wizard (), "Check File");
  wait_for_text (get_wizard (), "0 users will be unenrolled · 2 cannot be unenrolled");
  close_wizard ();

  drop (f, "april.csv", "Mail,No\nuser00021@example.com,M\xfcller\n", -1);
  wait_for_text (get_wizard (), "windows-1252");
  reg_test_ui_press (get_wizard (), "Change…");
  adw_combo_row_set_selected (get_combo ("Encoding"), 2);
  wait_for_text (get_wizard (), "We read it as windows-1250");
  reg_test_ui_press (get_wizard (), "Leave the Rest Out");
  reg_test_ui_press (get_wizard (), "Check With These Columns");
  wait_for_text (get_wizard (), "1250");
  go_back ();
  reg_test_ui_press (get_wizard (), "Check File");
  wait_for_text (get_wizard (), "1250");
  close_wizard ();
}

/* The same where the recipe says that it is another system's file. */
static void
test_choices_after_other_system (Fixture *f, gconstpointer data)
{
  static const char text[] =
      "username,email\nuser00021@example.com,\nnew@example.com,new@example.com\n";
  const RegImportRequest request = { .action = "moodle-users", .people = REG_PEOPLE_NEW };

  remember_request (f, "Upload", &request,
                    g_strdup ("username\x1f"
                              "email"));
  drop (f, "upload.csv", text, -1);
  wait_for_text (get_wizard (), "1 user will be added");
  g_assert_cmpuint (adw_combo_row_get_selected (get_combo ("People of the File")), ==, 1);
  adw_combo_row_set_selected (get_combo ("People of the File"), 2);
  wait_for_text (get_wizard (), "0 users will be updated");
  go_back ();
  reg_test_ui_press (get_wizard (), "Check File");
  wait_for_text (get_wizard (), "This looks like a file of Moodle");
  g_assert_cmpuint (adw_combo_row_get_selected (get_combo ("People of the File")), ==, 2);
  close_wizard ();
}

/* Two recipes for the same headings: which one is asked. */
static void
test_two_recipes (Fixture *f, gconstpointer data)
{
  remember (f, "Monthly");
  remember (f, "Weekly");
  drop (f, "march.csv", ODD, -1);
  REG_TEST_WAIT (reg_test_ui_find_type (get_wizard (), REG_TYPE_MAPPING_VIEW) != NULL);
  wait_for_text (get_wizard (), "Weekly");
  close_wizard ();
}

static GtkWidget *
get_recipes (void)
{
  return reg_test_ui_find_window (REG_TYPE_RECIPES_DIALOG);
}

static gboolean
is_entry_row_of (GtkWidget *widget, gconstpointer text)
{
  return ADW_IS_ENTRY_ROW (widget)
         && g_str_equal (gtk_editable_get_text (GTK_EDITABLE (widget)), text);
}

static void
rename_recipe (const char *name, const char *new_name)
{
  GtkWidget *row;

  REG_TEST_WAIT (reg_test_ui_find (get_recipes (), is_entry_row_of, name) != NULL);
  row = reg_test_ui_find (get_recipes (), is_entry_row_of, name);
  gtk_editable_set_text (GTK_EDITABLE (row), new_name);
  g_object_add_weak_pointer (G_OBJECT (row), (gpointer *)&row);
  g_signal_emit_by_name (row, "apply");
  /* they are listed anew */
  REG_TEST_WAIT (row == NULL);
}

static gboolean
is_trash (GtkWidget *widget, gconstpointer data)
{
  return GTK_IS_BUTTON (widget)
         && g_strcmp0 (gtk_button_get_icon_name (GTK_BUTTON (widget)), "user-trash-symbolic") == 0;
}

static void
test_manage_recipes (Fixture *f, gconstpointer data)
{
  remember (f, "Monthly");
  remember (f, "Weekly");
  reg_host_open_import (REG_HOST (f->ui.window), NULL, 0);
  REG_TEST_WAIT (get_wizard () != NULL);
  reg_test_ui_picture (get_wizard (), "wizard-setup-recipes");
  gtk_widget_activate_action (get_wizard (), "wizard.recipes", NULL);
  REG_TEST_WAIT (get_recipes () != NULL);
  rename_recipe ("Monthly", "March");
  rename_recipe ("March", "Weekly");
  wait_for_text (get_recipes (), "There is a recipe “Weekly” already");
  REG_TEST_WAIT (reg_test_ui_find (get_recipes (), is_entry_row_of, "March") != NULL);
  reg_test_ui_audit (get_recipes ());
  reg_test_ui_picture (get_recipes (), "recipes");
  gtk_widget_activate (reg_test_ui_find (get_recipes (), is_trash, NULL));
  REG_TEST_WAIT (reg_test_ui_find (get_recipes (), is_entry_row_of, "March") == NULL);
  gtk_window_close (GTK_WINDOW (get_recipes ()));
  REG_TEST_WAIT (get_recipes () == NULL);
  close_wizard ();
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up_few, func, tear_down)

int
main (int argc, char **argv)
{
  reg_test_ui_init (&argc, &argv);
  ADD ("/views/interchange/moodle", test_moodle);
  ADD ("/views/interchange/unticked-person", test_unticked_person);
  ADD ("/views/interchange/correct", test_correct);
  ADD ("/views/interchange/choices", test_choices);
  ADD ("/views/interchange/oneroster", test_oneroster);
  ADD ("/views/interchange/packed-folder", test_packed_folder);
  ADD ("/views/recipes/used-by-itself", test_recipe);
  ADD ("/views/recipes/choices-after", test_choices_after_recipe);
  ADD ("/views/recipes/choices-after-other-system", test_choices_after_other_system);
  ADD ("/views/recipes/two-for-the-same", test_two_recipes);
  ADD ("/views/recipes/manage", test_manage_recipes);
  return g_test_run ();
}
