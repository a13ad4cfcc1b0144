/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names longer than any cell, in both directions, dark, in high contrast and in large letters:
 * nothing warns, and the window still becomes narrow. Pictures are for people (REG_TEST_PICTURES).
 */
#include "reg-test-ui.h"

#include "views/common/reg-host.h"
#include "views/preferences/reg-preferences-window.h"

#define NARROW 360
#define LONG_GIVEN "Wolfeschlegelsteinhausenbergerdorff-Maximiliane Konstantina"
#define LONG_FAMILY "Ahlefeldt-Hohenlohe-Schillingsfürst-Waldenburg-Bartenstein der Jüngere"
#define ARABIC_GIVEN "عبد الرحمن محمد عبد العزيز"
#define ARABIC_FAMILY "بن خالد بن عبد الله آل سعود الهاشمي القرشي"
#define LONG_TITLE                                                                                 \
  "Occupational health, safety and environmental protection for contractors and visitors (yearly)"

static void
add_long (RegPage *page)
{
  RegUser *user;
  RegCourse *course;

  reg_test_page_add_label (page, 1, 50001, REG_LABEL_LOCATION, LONG_TITLE);
  user = reg_test_page_add_named_user (page, 1, 50002, LONG_GIVEN, LONG_FAMILY,
                                       "wolfeschlegelsteinhausenbergerdorff.maximiliane."
                                       "konstantina@hohenlohe-schillingsfuerst.example",
                                       "EMPLOYEE-ID-000000000000000000000000000000000000001");
  user->location_id = 1;
  reg_test_page_add_named_user (page, 2, 50003, ARABIC_GIVEN, ARABIC_FAMILY, "ar@example.com",
                                "٠٠٠٢");
  reg_test_page_add_named_user (page, 3, 50004, "A", "", "a@example.com", "");
  course = reg_test_page_add_course (page, 1, 50005);
  course->title = (char *)LONG_TITLE; /* only read, like all texts of a page */
}

static GtkWidget *
open_preferences (RegTestUi *ui)
{
  g_autoptr (GSettings) settings = g_settings_new (REG_APP_ID);
  GtkWidget *window = reg_preferences_window_new (GTK_WINDOW (ui->window), settings, ui->workspace);

  gtk_window_present (GTK_WINDOW (window));
  gtk_test_widget_wait_for_draw (window);
  return window;
}

static int
get_minimum (gpointer widget)
{
  int minimum;

  gtk_widget_measure (GTK_WIDGET (widget), GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL,
                      NULL);
  return minimum;
}

static void
take_picture (gpointer window, const char *style, const char *width, const char *name)
{
  g_autofree char *file = g_strdup_printf ("%s-%s-%s", style, width, name);

  gtk_test_widget_wait_for_draw (GTK_WIDGET (window));
  reg_test_ui_picture (window, file);
}

static void
look_at_pages (RegTestUi *ui, const char *style, const char *width)
{
  static const char *const pages[] = { "users", "courses", "imports", "changes" };

  for (int i = 0; i < (int)G_N_ELEMENTS (pages); i++)
    {
      gtk_widget_activate_action (GTK_WIDGET (ui->window), "win.go", "i", i);
      take_picture (ui->window, style, width, pages[i]);
    }
  reg_host_open_course (REG_HOST (ui->window), 1);
  REG_TEST_WAIT (reg_test_ui_find_text (ui->window, "Not Started") != NULL);
  take_picture (ui->window, style, width, "course");
  reg_host_open_user (REG_HOST (ui->window), 1);
  REG_TEST_WAIT (reg_test_ui_find_label (ui->window, "User Details") != NULL);
  REG_TEST_WAIT (reg_test_ui_find_text (ui->window, LONG_FAMILY) != NULL);
  take_picture (ui->window, style, width, "details");
}

static void
look (const char *style, int narrow)
{
  RegTestUi ui;
  GtkWidget *preferences;

  reg_test_ui_open_with (&ui, 20, 8, add_long);
  REG_TEST_WAIT (reg_test_ui_find_text (ui.window, LONG_FAMILY) != NULL);
  look_at_pages (&ui, style, "wide");
  preferences = open_preferences (&ui);
  take_picture (preferences, style, "wide", "preferences");
  g_assert_cmpint (get_minimum (gtk_widget_get_first_child (preferences)), <=, narrow);
  gtk_window_set_default_size (GTK_WINDOW (preferences), 360, 600);
  gtk_test_widget_wait_for_draw (preferences);
  take_picture (preferences, style, "narrow", "preferences");
  gtk_window_destroy (GTK_WINDOW (preferences));
  for (int width = 1000; width >= 360; width -= 160)
    {
      gtk_window_set_default_size (GTK_WINDOW (ui.window), width, 640);
      gtk_test_widget_wait_for_draw (GTK_WIDGET (ui.window));
    }
  look_at_pages (&ui, style, "narrow");
  g_assert_cmpint (get_minimum (ui.window), <=, narrow);
  /* No page made it wider on its way. */
  g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (ui.window)), <=, narrow);
  reg_test_ui_close (&ui);
}

static void
test_light (void)
{
  look ("light", NARROW);
}

static void
test_dark (void)
{
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      ADW_COLOR_SCHEME_FORCE_DARK);
  look ("dark", NARROW);
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), ADW_COLOR_SCHEME_DEFAULT);
}

static void
test_right_to_left (void)
{
  gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  look ("rtl", NARROW);
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
}

/* As "Large Text" of GNOME's settings, and a half more. */
static void
test_large_text (void)
{
  int before;

  g_object_get (gtk_settings_get_default (), "gtk-xft-dpi", &before, NULL);
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", 96 * 1024 * 3 / 2, NULL);
  look ("large", NARROW * 3 / 2);
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", before, NULL);
}

int
main (int argc, char **argv)
{
  reg_test_ui_init (&argc, &argv);
  g_test_add_func ("/appearance/light", test_light);
  g_test_add_func ("/appearance/dark", test_dark);
  g_test_add_func ("/appearance/right-to-left", test_right_to_left);
  g_test_add_func ("/appearance/large-text", test_large_text);
  return g_test_run ();
}
