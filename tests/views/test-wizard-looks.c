/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How the pages of the import wizard stand at any width: rows as high as their texts, nothing that
 * keeps the window from becoming narrow. Real widgets over a real local copy. */
#include "import-ui.h"

#define NARROW 360
#define WIDE 1200
/* The line below a row, and what is rounded. */
#define SLACK 4

typedef struct
{
  int width;
  int turn;
} Size;

/* Without a window manager a size may be asked for in vain while the window is only coming. */
static gboolean
has_size (Size *size)
{
  gtk_window_set_default_size (GTK_WINDOW (get_wizard ()), size->width + (size->turn++ & 1), 640);
  return ABS (gtk_widget_get_width (get_wizard ()) - size->width) < 60;
}

static void
make_wide (int width)
{
  Size size = { .width = width };

  REG_TEST_WAIT (has_size (&size));
  gtk_test_widget_wait_for_draw (get_wizard ());
}

static int
measure (GtkWidget *widget, GtkOrientation orientation, int for_size)
{
  int minimum;

  gtk_widget_measure (widget, orientation, for_size, &minimum, NULL, NULL, NULL);
  return minimum;
}

static gboolean
is_row (GtkWidget *widget, gconstpointer data)
{
  return g_str_equal (gtk_widget_get_css_name (widget), "row") && gtk_widget_get_mapped (widget);
}

/* What its cells need at the width they have. */
static gboolean
is_as_high_as_its_texts (GtkWidget *row)
{
  int needed = 0;

  for (GtkWidget *cell = gtk_widget_get_first_child (row); cell != NULL;
       cell = gtk_widget_get_next_sibling (cell))
    if (gtk_widget_get_visible (cell))
      needed = MAX (needed, measure (cell, GTK_ORIENTATION_VERTICAL, gtk_widget_get_width (cell)));
  return gtk_widget_get_height (row) <= needed + SLACK;
}

static gboolean
first_row_is_as_high_as_its_texts (const char *group)
{
  GtkWidget *row = reg_test_ui_find (GTK_WIDGET (show_group (group)), is_row, NULL);

  return row != NULL && is_as_high_as_its_texts (row);
}

static void
check_heights (void)
{
  static const char *const groups[] = { "will", "cannot", "bad" };

  for (guint i = 0; i < G_N_ELEMENTS (groups); i++)
    REG_TEST_WAIT (first_row_is_as_high_as_its_texts (groups[i]));
}

/* Columns come and go with the width; each row is as high as its texts afterwards, too. */
static void
test_rows (Fixture *f, gconstpointer data)
{
  write_file (f, "list.csv",
              HEADINGS "user00021@example.com,,,,\n"
                       "user00001@example.com,,,,\n"
                       "nobody@example.com,,,,\n");
  open_wizard (f, 1);
  wait_for_text (get_wizard (),
                 "1 user will be enrolled · 1 cannot be enrolled · 1 line may not be imported");
  check_heights ();
  make_wide (WIDE);
  check_heights ();
  make_wide (NARROW);
  reg_test_ui_picture (get_wizard (), "wizard-check-narrow");
  check_heights ();
  make_wide (WIDE);
  check_heights ();
}

/* Of people there is no course, whose column stands before the reasons. */
static void
test_rows_without_course (Fixture *f, gconstpointer data)
{
  write_file (f, "people.csv",
              "Email ID,Employee ID,Given Name\n"
              "user00021@example.com,,Anna\n"
              "user00022@example.com,,Given00022\n"
              "nobody-at-all,,Nina\n");
  open_wizard (f, 0);
  wait_for_text (get_wizard (), "may not be imported");
  make_wide (WIDE);
  REG_TEST_WAIT (first_row_is_as_high_as_its_texts ("will"));
  REG_TEST_WAIT (first_row_is_as_high_as_its_texts ("bad"));
}

/* The choices scroll where they leave no room for the courses. */
static void
test_setup_is_narrow (Fixture *f, gconstpointer data)
{
  open_wizard (f, 0);
  reg_test_ui_picture (get_wizard (), "wizard-begin");
  reg_test_ui_audit (get_wizard ());
  make_wide (NARROW);
  g_assert_cmpint (gtk_widget_get_width (get_wizard ()), <, NARROW + 60);
  reg_test_ui_picture (get_wizard (), "wizard-begin-narrow");
  g_assert_nonnull (reg_test_ui_find_label (get_wizard (), "No File Yet?"));
  close_wizard ();

  write_file (f, "list.csv", HEADINGS "user00021@example.com,,,,\n");
  open_wizard (f, 0);
  wait_for_text (get_wizard (), "names no course");
  make_wide (NARROW);
  g_assert_null (reg_test_ui_find_label (get_wizard (), "No File Yet?"));
  reg_test_ui_picture (get_wizard (), "wizard-course-narrow");
  reg_test_ui_audit (get_wizard ());
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  reg_test_ui_init (&argc, &argv);
  ADD ("/views/wizard-looks/rows", test_rows);
  ADD ("/views/wizard-looks/rows-without-course", test_rows_without_course);
  ADD ("/views/wizard-looks/setup-is-narrow", test_setup_is_narrow);
  return g_test_run ();
}
