/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Questions before what cannot be taken back, and windows beside the main one, in process. */
#include "reg-test-ui.h"

#include "views/common/reg-confirm.h"

static gboolean
is_type (GtkWidget *widget, gconstpointer type)
{
  return g_type_is_a (G_OBJECT_TYPE (widget), GPOINTER_TO_SIZE (type));
}

static gboolean
is_mapped_type (GtkWidget *widget, gconstpointer type)
{
  return is_type (widget, type) && gtk_widget_get_mapped (widget);
}

static GtkWidget *
ask (const char *operation, gint64 n)
{
  GtkWidget *dialog = reg_confirm_new (NULL, reg_operation_find (operation), n, FALSE, NULL, NULL);

  gtk_window_present (GTK_WINDOW (dialog));
  gtk_test_widget_wait_for_draw (dialog);
  return dialog;
}

static gboolean
is_open (GtkWidget *dialog)
{
  return adw_message_dialog_get_response_enabled (ADW_MESSAGE_DIALOG (dialog), "do");
}

static GtkWidget *
find_tick (GtkWidget *dialog)
{
  return reg_test_ui_find (dialog, is_mapped_type, GSIZE_TO_POINTER (GTK_TYPE_CHECK_BUTTON));
}

static GtkWidget *
find_count (GtkWidget *dialog)
{
  return reg_test_ui_find (dialog, is_mapped_type, GSIZE_TO_POINTER (GTK_TYPE_ENTRY));
}

/* Exactly the count opens the way, and only with the tick. */
static void
check_count (GtkWidget *dialog, const char *count)
{
  static const char *const wrong[] = { "", "2", "250", "24", "25 people", "-25", "twenty-five" };
  GtkWidget *entry = find_count (dialog);

  g_assert_nonnull (entry);
  g_assert_nonnull (find_tick (dialog));
  g_assert_false (is_open (dialog));
  gtk_editable_set_text (GTK_EDITABLE (entry), count);
  g_assert_false (is_open (dialog));
  gtk_check_button_set_active (GTK_CHECK_BUTTON (find_tick (dialog)), TRUE);
  g_assert_true (is_open (dialog));
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      gtk_editable_set_text (GTK_EDITABLE (entry), wrong[i]);
      g_assert_false (is_open (dialog));
    }
  gtk_editable_set_text (GTK_EDITABLE (entry), " 25 ");
  g_assert_true (is_open (dialog));
  gtk_check_button_set_active (GTK_CHECK_BUTTON (find_tick (dialog)), FALSE);
  g_assert_false (is_open (dialog));
}

static void
test_typed_count (gconstpointer operation)
{
  GtkWidget *dialog = ask (operation, 25);

  g_assert_cmpstr (adw_message_dialog_get_default_response (ADW_MESSAGE_DIALOG (dialog)), ==,
                   "cancel");
  reg_test_ui_picture (dialog, operation);
  reg_test_ui_audit (dialog);
  check_count (dialog, "25");
  gtk_window_destroy (GTK_WINDOW (dialog));

  /* Up to twenty, the tick alone. */
  dialog = ask (operation, REG_CONFIRM_TYPE_COUNT_ABOVE);
  g_assert_null (find_count (dialog));
  g_assert_false (is_open (dialog));
  gtk_check_button_set_active (GTK_CHECK_BUTTON (find_tick (dialog)), TRUE);
  g_assert_true (is_open (dialog));
  gtk_window_destroy (GTK_WINDOW (dialog));
}

/* Reassigning asks for both only where it removes what was there. */
static void
test_reassign (void)
{
  GtkWidget *dialog = ask ("reassign", 25);
  GtkWidget *choice = reg_test_ui_find_type (dialog, GTK_TYPE_SWITCH);
  g_autoptr (RegParams) without = NULL;
  g_autoptr (RegParams) with = NULL;

  g_assert_nonnull (choice);
  g_assert_null (find_tick (dialog));
  g_assert_null (find_count (dialog));
  g_assert_true (is_open (dialog));
  without = reg_confirm_dup_choice (dialog);
  g_assert_cmpuint (reg_params_get_size (without), ==, 0);
  reg_test_ui_audit (dialog);
  reg_test_ui_picture (dialog, "reassign");

  gtk_switch_set_active (GTK_SWITCH (choice), TRUE);
  gtk_test_widget_wait_for_draw (dialog);
  reg_test_ui_audit (dialog);
  reg_test_ui_picture (dialog, "reassign-removing");
  check_count (dialog, "25");
  with = reg_confirm_dup_choice (dialog);
  g_assert_cmpuint (reg_params_get_size (with), ==, 1);

  gtk_switch_set_active (GTK_SWITCH (choice), FALSE);
  g_assert_true (is_open (dialog));
  gtk_window_destroy (GTK_WINDOW (dialog));
}

static void
test_shortcuts (void)
{
  static const GtkTextDirection directions[] = { GTK_TEXT_DIR_LTR, GTK_TEXT_DIR_RTL };

  for (guint i = 0; i < G_N_ELEMENTS (directions); i++)
    {
      g_autoptr (GtkBuilder) builder = NULL;
      GtkWindow *window;

      gtk_widget_set_default_direction (directions[i]);
      builder =
          gtk_builder_new_from_resource ("/io/github/registrar_lms/Registrar/gtk/help-overlay.ui");
      window = GTK_WINDOW (gtk_builder_get_object (builder, "help_overlay"));
      gtk_window_present (window);
      gtk_test_widget_wait_for_draw (GTK_WIDGET (window));
      reg_test_ui_picture (window, i == 0 ? "shortcuts" : "shortcuts-right-to-left");
      gtk_window_destroy (window);
    }
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
}

int
main (int argc, char **argv)
{
  reg_test_ui_init (&argc, &argv);
  g_test_add_data_func ("/dialogs/typed-count/remove-user", "remove-user", test_typed_count);
  g_test_add_data_func ("/dialogs/typed-count/remove-registration", "remove-registration",
                        test_typed_count);
  g_test_add_func ("/dialogs/reassign", test_reassign);
  g_test_add_func ("/dialogs/shortcuts", test_shortcuts);
  return g_test_run ();
}
