/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the window offers to each role: in the menus of rows, in the bar of a selection, in the
 * header; in a course of theirs and in another, for their team and for others. */
#include "../support/reg-test-roles.h"

#include "reg-test-ui.h"

#include "views/common/reg-column-list.h"
#include "views/common/reg-host.h"
#include "views/common/reg-selection-bar.h"

#define N_USERS 8
#define IN_TEAM 3
#define OTHER 5

/* Who is signed in, user 1, is an instructor of course 1 and manages user 3. */
static void
add_as_instructor (RegPage *page)
{
  for (guint i = 0; i < page->enrollments->len; i++)
    {
      RegEnrollment *enrollment = &g_array_index (page->enrollments, RegEnrollment, i);

      enrollment->is_instructor = enrollment->user_id == 1;
    }
  for (gint64 user = 1; user <= N_USERS; user++)
    reg_test_page_add_enrollment (page, user, 2, 500 + user);
  reg_test_page_add_user (page, IN_TEAM, 600)->manager_id = 1;
}

static void
add_plain (RegPage *page)
{
  add_as_instructor (page);
  for (guint i = 0; i < page->enrollments->len; i++)
    g_array_index (page->enrollments, RegEnrollment, i).is_instructor = FALSE;
}

static void
collect (GMenuModel *menu, const char *action, GHashTable *names)
{
  for (int i = 0; i < g_menu_model_get_n_items (menu); i++)
    {
      g_autoptr (GMenuModel) section = g_menu_model_get_item_link (menu, i, G_MENU_LINK_SECTION);
      g_autofree char *name = NULL;
      g_autofree char *target = NULL;

      if (section != NULL)
        collect (section, action, names);
      if (g_menu_model_get_item_attribute (menu, i, G_MENU_ATTRIBUTE_ACTION, "s", &name)
          && strcmp (name, action) == 0
          && g_menu_model_get_item_attribute (menu, i, G_MENU_ATTRIBUTE_TARGET, "s", &target))
        g_hash_table_add (names, g_steal_pointer (&target));
    }
}

static gboolean
is_menu_button (GtkWidget *widget, gconstpointer data)
{
  return GTK_IS_MENU_BUTTON (widget);
}

/* The menu of the row of a user. */
static GHashTable *
open_menu (RegTestUi *ui, gint64 user_id)
{
  g_autofree char *name = g_strdup_printf ("Given%05d Family%05d", (int)user_id, (int)user_id);
  GHashTable *names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GtkWidget *list = reg_test_ui_find_type (ui->window, REG_TYPE_COLUMN_LIST);
  GtkWidget *row = reg_test_ui_find_label (list, name);
  GtkWidget *button = NULL;

  while (row != NULL && (button = reg_test_ui_find (row, is_menu_button, NULL)) == NULL)
    row = gtk_widget_get_parent (row);
  g_assert_nonnull (button);
  gtk_menu_button_popup (GTK_MENU_BUTTON (button));
  collect (gtk_menu_button_get_menu_model (GTK_MENU_BUTTON (button)), "row.do", names);
  gtk_menu_button_popdown (GTK_MENU_BUTTON (button));
  return names;
}

static void
collect_bar (GtkWidget *widget, GHashTable *names)
{
  if (GTK_IS_MENU_BUTTON (widget))
    collect (gtk_menu_button_get_menu_model (GTK_MENU_BUTTON (widget)), "bulk.do", names);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    collect_bar (child, names);
}

static GtkSelectionModel *
get_selection (RegTestUi *ui)
{
  return GTK_SELECTION_MODEL (reg_column_list_get_selection (
      REG_COLUMN_LIST (reg_test_ui_find_type (ui->window, REG_TYPE_COLUMN_LIST))));
}

static GHashTable *
list_bar (RegTestUi *ui)
{
  GHashTable *names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  gtk_selection_model_select_all (get_selection (ui));
  REG_TEST_WAIT (reg_test_ui_find_type (ui->window, REG_TYPE_SELECTION_BAR) != NULL);
  collect_bar (reg_test_ui_find_type (ui->window, REG_TYPE_SELECTION_BAR), names);
  return names;
}

static gboolean
is_on_show (RegTestUi *ui, const char *name)
{
  GtkWidget *list = reg_test_ui_find_type (ui->window, REG_TYPE_COLUMN_LIST);

  return list != NULL && reg_test_ui_find_label (list, name) != NULL;
}

static void
show_course (RegTestUi *ui, gint64 course_id)
{
  reg_host_open_course (REG_HOST (ui->window), course_id);
  REG_TEST_WAIT (reg_test_ui_find_type (ui->window, REG_TYPE_COLUMN_LIST) != NULL);
  REG_TEST_WAIT (is_on_show (ui, "Given00003 Family00003")
                 && is_on_show (ui, "Given00005 Family00005"));
}

/* everything: what an administrator is offered there. */
static void
compare (GHashTable *offered,
         GHashTable *everything,
         RegRole role,
         gboolean own_course,
         gboolean own_team)
{
  for (guint i = 0; i < G_N_ELEMENTS (reg_test_roles); i++)
    {
      const RegTestRoles *row = &reg_test_roles[i];
      gboolean expected = reg_test_roles_allow (row, role, own_course, own_team)
                          && g_hash_table_contains (everything, row->operation);

      g_test_message ("%s: %s", reg_role_to_nick (role), row->operation);
      g_assert_cmpint (g_hash_table_contains (offered, row->operation), ==, expected);
    }
}

typedef struct
{
  GHashTable *of_row[2][2];
  GHashTable *of_bar[2];
} Offers;

static void
look (RegTestUi *ui, Offers *offers)
{
  for (guint course = 0; course < 2; course++)
    {
      show_course (ui, course + 1);
      offers->of_row[course][0] = open_menu (ui, IN_TEAM);
      offers->of_row[course][1] = open_menu (ui, OTHER);
      offers->of_bar[course] = list_bar (ui);
      gtk_selection_model_unselect_all (get_selection (ui));
    }
}

static void
offers_clear (Offers *offers)
{
  for (guint course = 0; course < 2; course++)
    {
      g_hash_table_unref (offers->of_row[course][0]);
      g_hash_table_unref (offers->of_row[course][1]);
      g_hash_table_unref (offers->of_bar[course]);
    }
}

static void
test_offered (void)
{
  static const struct
  {
    RegRole role;
    gboolean teaches;
  } actors[] = {
    { REG_ROLE_PRIMARY_ADMIN, FALSE }, { REG_ROLE_ADMINISTRATOR, FALSE },
    { REG_ROLE_MANAGER, FALSE },       { REG_ROLE_MANAGER, TRUE },
    { REG_ROLE_INSTRUCTOR, FALSE },    { REG_ROLE_INSTRUCTOR, TRUE },
    { REG_ROLE_COORDINATOR, FALSE },   { REG_ROLE_LEARNER, TRUE },
  };
  Offers everything = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (actors); i++)
    {
      RegRole role = actors[i].role;
      gboolean teaches = actors[i].teaches;
      Offers offers = { 0 };
      RegTestUi ui;

      g_test_message ("%s%s", reg_role_to_nick (role), teaches ? ", instructor of course 1" : "");
      reg_test_ui_open_as (&ui, role, 20, N_USERS, teaches ? add_as_instructor : add_plain);
      look (&ui, &offers);
      if (role == REG_ROLE_INSTRUCTOR && teaches)
        {
          gtk_selection_model_select_all (get_selection (&ui));
          REG_TEST_WAIT (reg_test_ui_find_label (ui.window, "Your role may change nothing here")
                         != NULL);
          reg_test_ui_picture (ui.window, "roles-other-course");
          show_course (&ui, 1);
          reg_test_ui_picture (ui.window, "roles-own-course");
        }
      if (i == 0)
        everything = offers;
      for (guint course = 0; course < 2; course++)
        {
          gboolean own = teaches && course == 0;

          compare (offers.of_row[course][0], everything.of_row[course][0], role, own, TRUE);
          compare (offers.of_row[course][1], everything.of_row[course][1], role, own, FALSE);
          /* the bar offers what may be possible with somebody */
          compare (offers.of_bar[course], everything.of_bar[course], role, own, TRUE);
        }
      if (i != 0)
        offers_clear (&offers);
      reg_test_ui_close (&ui);
    }
  offers_clear (&everything);
}

static gboolean
has_action (GtkWidget *widget, gconstpointer name)
{
  return GTK_IS_ACTIONABLE (widget) && gtk_widget_get_mapped (widget)
         && g_strcmp0 (gtk_actionable_get_action_name (GTK_ACTIONABLE (widget)), name) == 0;
}

static gboolean
is_offered (RegTestUi *ui, const char *action)
{
  GtkWidget *button = reg_test_ui_find (GTK_WIDGET (ui->window), has_action, action);

  return button != NULL && gtk_widget_get_sensitive (button);
}

/* Adding people, assigning and importing are not offered to those who may do nothing with them. */
static void
test_header (void)
{
  static const struct
  {
    RegRole role;
    gboolean adds, assigns;
  } rows[] = { { REG_ROLE_ADMINISTRATOR, TRUE, TRUE },
               { REG_ROLE_MANAGER, FALSE, TRUE },
               { REG_ROLE_INSTRUCTOR, FALSE, FALSE },
               { REG_ROLE_COORDINATOR, FALSE, FALSE } };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      RegTestUi ui;

      g_test_message ("%s", reg_role_to_nick (rows[i].role));
      reg_test_ui_open_as (&ui, rows[i].role, 20, N_USERS, add_as_instructor);
      REG_TEST_WAIT (is_on_show (&ui, "Given00003 Family00003"));
      g_assert_cmpint (is_offered (&ui, "page.add-user"), ==, rows[i].adds);
      g_assert_cmpint (is_offered (&ui, "page.import"), ==, rows[i].assigns);
      show_course (&ui, 1);
      g_assert_cmpint (is_offered (&ui, "page.assign"), ==, rows[i].assigns);
      g_assert_cmpint (is_offered (&ui, "page.import"), ==, rows[i].assigns);
      reg_test_ui_close (&ui);
    }
}

int
main (int argc, char **argv)
{
  reg_test_ui_init (&argc, &argv);
  g_test_add_func ("/roles/offered", test_offered);
  g_test_add_func ("/roles/header", test_header);
  return g_test_run ();
}
