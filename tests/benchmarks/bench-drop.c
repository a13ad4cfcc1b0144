/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the drop of a file on the window to its first rows on show, for each file that is named: CPU
 * of all threads, and time as a person counts it. The check that follows is not waited for; it is
 * cancelled. Run it under tests/tools/headless-run --wm none --no-a11y. */
#include "reg-test-ui.h"

#include "views/common/reg-host.h"
#include "views/import-wizard/reg-import-wizard.h"
#include "views/import-wizard/reg-plan-view.h"
#include "views/import-wizard/reg-preview-grid.h"

#include "bench.h"

#define RUNS 9
#define COURSE 2
/* So that the check that was cancelled is over. */
#define PAUSE_MS 300
#define LIMIT_SECONDS 20

static GtkWidget *
get_wizard (void)
{
  return reg_test_ui_find_window (REG_TYPE_IMPORT_WIZARD);
}

static gboolean
on_late_cb (gpointer late)
{
  *(gboolean *)late = TRUE;
  return G_SOURCE_REMOVE;
}

/* Whether the grid stands in the window with cells in it, where it is seen; or the outcome of the
 * check already does, which may be there before the next frame. */
static gboolean
are_rows_shown (void)
{
  GtkWidget *plan =
      get_wizard () != NULL ? reg_test_ui_find_type (get_wizard (), REG_TYPE_PLAN_VIEW) : NULL;
  GtkWidget *wizard = get_wizard ();
  GtkWidget *grid = wizard != NULL ? reg_test_ui_find_type (wizard, REG_TYPE_PREVIEW_GRID) : NULL;
  GtkWidget *cell = grid != NULL ? reg_test_ui_find_type (grid, GTK_TYPE_LABEL) : NULL;

  return (cell != NULL && gtk_widget_get_mapped (cell) && gtk_widget_get_width (cell) > 0)
         || (plan != NULL && gtk_widget_get_mapped (plan));
}

static void
on_painted_cb (GdkFrameClock *clock, gpointer painted)
{
  *(gboolean *)painted = TRUE;
}

/* Until the frame is painted in which the rows are laid out. */
static void
wait_for_rows (void)
{
  gboolean painted = FALSE, late = FALSE;
  guint limit = g_timeout_add_seconds (LIMIT_SECONDS, on_late_cb, &late);
  GdkFrameClock *clock;
  gulong handler;

  while (!late && !are_rows_shown ())
    g_main_context_iteration (NULL, TRUE);
  if (late)
    g_error ("the first rows did not come");
  g_source_remove (limit);
  clock = gtk_widget_get_frame_clock (get_wizard ());
  handler = g_signal_connect (clock, "after-paint", G_CALLBACK (on_painted_cb), &painted);
  gtk_widget_queue_draw (get_wizard ());
  while (!painted)
    g_main_context_iteration (NULL, TRUE);
  g_signal_handler_disconnect (clock, handler);
}

static void
on_pause_over_cb (gpointer paused)
{
  *(gboolean *)paused = TRUE;
}

static void
drop (RegTestUi *ui, const char *path, double *cpu, double *wall)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  double cpu_begun = bench_now ();
  gint64 begun = g_get_monotonic_time ();
  gboolean paused = FALSE;

  reg_host_open_import (REG_HOST (ui->window), file, COURSE);
  wait_for_rows ();
  *cpu = MIN (*cpu, bench_now () - cpu_begun);
  *wall = MIN (*wall, (double)(g_get_monotonic_time () - begun) / G_USEC_PER_SEC);
  gtk_window_close (GTK_WINDOW (get_wizard ()));
  g_timeout_add_once (PAUSE_MS, on_pause_over_cb, &paused);
  while (get_wizard () != NULL || !paused)
    g_main_context_iteration (NULL, TRUE);
}

int
main (int argc, char **argv)
{
  RegTestUi ui;

  reg_test_ui_init (&argc, &argv);
  reg_test_ui_open (&ui, 200, 20);
  for (int i = 1; i < argc; i++)
    {
      g_autofree char *name = g_path_get_basename (argv[i]);
      double cpu = G_MAXDOUBLE, wall = G_MAXDOUBLE;

      for (int run = 0; run < RUNS; run++)
        drop (&ui, argv[i], &cpu, &wall);
      g_print ("  first rows of %-20s %6.3f s CPU  %6.3f s until they are painted\n", name, cpu,
               wall);
    }
  reg_test_ui_close (&ui);
  return 0;
}
