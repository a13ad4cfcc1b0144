/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the window's own thread does for a list of so many users (a million, or the number given):
 * the CPU of each thing a person does until its outcome is on show, and the longest stretch in
 * which the window answered nobody. Work of the other threads is not in it. Run it under
 * tests/tools/headless-run --wm none --no-a11y. */
#include "reg-test-ui.h"

#include "views/common/reg-column-list.h"

#include <stdlib.h>
#include <time.h>

#define MILLION 1000000

static double
get_cpu (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return (double)now.tv_sec * 1000 + (double)now.tv_nsec / 1e6;
}

static double begun, longest;

static void
begin (void)
{
  begun = get_cpu ();
  longest = 0;
}

/* One round of the main loop; what it costs counts where it is the longest. */
static void
turn (void)
{
  double before = get_cpu ();

  g_main_context_iteration (NULL, TRUE);
  longest = MAX (longest, get_cpu () - before);
}

#define TURN_UNTIL(condition)                                                                      \
  while (!(condition))                                                                             \
  turn ()

static void
report (const char *what)
{
  g_print ("%-44s %8.1f ms %8.1f ms at a time\n", what, get_cpu () - begun, longest);
}

static RegColumnList *
get_list (RegTestUi *ui)
{
  return REG_COLUMN_LIST (reg_test_ui_find_type (ui->window, REG_TYPE_COLUMN_LIST));
}

static guint
count_rows (RegTestUi *ui)
{
  RegColumnList *list = get_list (ui);
  RegIdListModel *model = list != NULL ? reg_column_list_get_model (list) : NULL;

  return model != NULL ? g_list_model_get_n_items (G_LIST_MODEL (model)) : 0;
}

static gboolean
on_frame_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer n_frames)
{
  ++*(int *)n_frames;
  return G_SOURCE_CONTINUE;
}

/* Three frames, so that what was asked for is laid out and painted. */
static void
paint (RegTestUi *ui)
{
  int n_frames = 0;
  guint id = gtk_widget_add_tick_callback (GTK_WIDGET (ui->window), on_frame_cb, &n_frames, NULL);

  TURN_UNTIL (n_frames >= 3);
  gtk_widget_remove_tick_callback (GTK_WIDGET (ui->window), id);
}

static RegIdList *
get_ids (RegTestUi *ui)
{
  return reg_id_list_model_get_ids (reg_column_list_get_model (get_list (ui)));
}

static void
search (RegTestUi *ui, const char *text)
{
  g_autofree char *what = g_strdup_printf ("search for \"%s\"", text);
  RegIdList *before = get_ids (ui);

  begin ();
  gtk_editable_set_text (GTK_EDITABLE (reg_test_ui_find_type (ui->window, GTK_TYPE_SEARCH_ENTRY)),
                         text);
  TURN_UNTIL (get_ids (ui) != before);
  paint (ui);
  report (what);
}

static void
scroll_to (RegTestUi *ui, guint position, const char *what)
{
  begin ();
  reg_column_list_scroll_to (get_list (ui), position);
  paint (ui);
  report (what);
}

static void
sort_by (RegTestUi *ui, int key, const char *what)
{
  RegIdList *before = get_ids (ui);

  begin ();
  reg_column_list_sort_by (get_list (ui), key, TRUE);
  TURN_UNTIL (get_ids (ui) != before);
  paint (ui);
  report (what);
}

static GtkWidget *
get_dialog (void)
{
  return reg_test_ui_find_window (ADW_TYPE_MESSAGE_DIALOG);
}

static void
archive_and_undo (RegTestUi *ui, gint64 n)
{
  g_autofree char *what = g_strdup_printf ("archive %d", (int)n);

  gtk_selection_model_select_range (
      GTK_SELECTION_MODEL (reg_column_list_get_selection (get_list (ui))), 0, (guint)n, FALSE);
  paint (ui);
  begin ();
  gtk_widget_activate_action (GTK_WIDGET (ui->window), "win.delete", NULL);
  TURN_UNTIL (get_dialog () != NULL);
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (get_dialog ()), "do");
  TURN_UNTIL (reg_workspace_get_n_waiting (ui->workspace) == n
              && reg_test_ui_find_text (ui->window, "archived") != NULL);
  paint (ui);
  report (what);
  begin ();
  gtk_widget_activate_action (GTK_WIDGET (ui->window), "win.undo", NULL);
  TURN_UNTIL (reg_workspace_get_n_waiting (ui->workspace) == 0);
  paint (ui);
  report ("undo");
}

int
main (int argc, char **argv)
{
  gint64 n = argc > 1 ? atoll (argv[1]) : MILLION;
  RegTestUi ui;

  reg_test_ui_init (&argc, &argv);
  begin ();
  reg_test_ui_open (&ui, n, 0);
  begin ();
  TURN_UNTIL (count_rows (&ui) == n);
  paint (&ui);
  report ("the list, once the window is there");
  search (&ui, "family1");
  search (&ui, "family12");
  search (&ui, "family123");
  search (&ui, "family12");
  search (&ui, "family1");
  search (&ui, "");
  scroll_to (&ui, (guint)n / 2, "jump to the middle");
  scroll_to (&ui, (guint)n - 1, "jump to the end");
  scroll_to (&ui, 0, "jump to the start");
  begin ();
  gtk_widget_activate_action (GTK_WIDGET (ui.window), "win.select-all", NULL);
  paint (&ui);
  report ("select all");
  begin ();
  gtk_selection_model_unselect_all (
      GTK_SELECTION_MODEL (reg_column_list_get_selection (get_list (&ui))));
  paint (&ui);
  report ("unselect all");
  sort_by (&ui, REG_USER_SORT_EMAIL, "sort by e-mail");
  sort_by (&ui, REG_USER_SORT_NAME, "sort by name");
  archive_and_undo (&ui, n / 10);
  reg_test_ui_close (&ui);
  return 0;
}
