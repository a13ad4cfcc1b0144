/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A million lines: within bounded memory, with progress all along, and ended at once when that is
 * wanted. */
#include "import-fixture.h"

#include "imports/reg-interchange.h"

#include <stdio.h>
#include <malloc.h>
#include <sys/resource.h>

#define N_LINES 1000000
#define MAX_MEGABYTES 150

typedef struct
{
  GCancellable *cancellable;
  gint64 cancel_at; /* lines, or 0 */
  gint64 lines;
  double fraction;
  guint n_calls;
  guint n_after; /* calls after it was cancelled */
} Watch;

static void
on_progress (gint64 lines, double fraction, gpointer data)
{
  Watch *watch = data;

  g_assert_cmpint (lines, >=, watch->lines);
  g_assert_cmpfloat (fraction, >=, 0);
  g_assert_cmpfloat (fraction, <=, 1);
  watch->lines = lines;
  watch->fraction = fraction;
  watch->n_calls++;
  watch->n_after += g_cancellable_is_cancelled (watch->cancellable);
  if (watch->cancel_at > 0 && lines >= watch->cancel_at)
    g_cancellable_cancel (watch->cancellable);
}

/* The same over several steps, each of which begins anew. */
static void
on_step_progress (gint64 lines, double fraction, gpointer data)
{
  Watch *watch = data;

  watch->lines = 0;
  on_progress (lines, fraction, data);
}

/* One line after the other, so that no text of that size is in memory. */
static char *
write_lines (ImportFixture *fixture,
             const char *heading,
             guint n,
             void (*write_line) (FILE *file, guint i))
{
  char *path = g_build_filename (fixture->folder, "large.csv", NULL);
  FILE *file = fopen (path, "w");

  g_assert_nonnull (file);
  fputs (heading, file);
  for (guint i = 0; i < n; i++)
    write_line (file, i);
  g_assert_cmpint (fclose (file), ==, 0);
  return path;
}

/* Every tenth line names Anna, who is there once; the others name nobody, and are kept with the
 * reason. */
static void
write_mark (FILE *file, guint i)
{
  if (i % 10 == 0)
    fputs ("anna@example.com,x\n", file);
  else
    fprintf (file, "nobody%07u@example.com,x\n", i);
}

static char *
write_marks (ImportFixture *fixture)
{
  return write_lines (fixture, "Email ID,C001\n", N_LINES, write_mark);
}

static glong
get_peak_megabytes (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);
  return usage.ru_maxrss / 1024;
}

static RegImportPlan *
check (ImportFixture *fixture, const char *path, Watch *watch, GError **error)
{
  RegImportRequest request = {
    .path = path,
    .action = "assign",
    .today = "2026-06-01",
    .now = 1780272000,
    .actor_id = 1,
    .actor_role = REG_ROLE_ADMINISTRATOR,
  };

  return reg_import_check (&request, fixture->directory, on_progress, watch, watch->cancellable,
                           error);
}

static void
test_million (ImportFixture *fixture, gconstpointer data)
{
  g_autofree char *path = write_marks (fixture);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (RegImportPlan) plan = NULL;
  g_autoptr (GError) error = NULL;
  Watch watch = { .cancellable = cancellable };
  glong before = get_peak_megabytes (), more;

  plan = check (fixture, path, &watch, &error);
  more = get_peak_megabytes () - before;
  g_assert_no_error (error);
  g_assert_cmpint (plan->lines_read, ==, N_LINES);
  g_assert_cmpuint (plan->will->len + plan->cannot->len + plan->bad_lines->len, ==, N_LINES);
  g_assert_cmpuint (plan->will->len, ==, 1);
  /* Something moves a hundred times at least. */
  g_assert_cmpuint (watch.n_calls, >=, 100);
  g_test_message ("%u calls, %ld MB more at the peak", watch.n_calls, more);
  if (g_getenv ("ASAN_OPTIONS") == NULL) /* which takes memory of its own */
    g_assert_cmpint (more, <=, MAX_MEGABYTES);
}

static void
test_cancelled_midway (ImportFixture *fixture, gconstpointer data)
{
  g_autofree char *path = write_marks (fixture);
  static const gint64 places[] = { 1, N_LINES / 2, N_LINES - 1000 };

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autoptr (RegImportPlan) plan = NULL;
      g_autoptr (GError) error = NULL;
      Watch watch = { .cancellable = cancellable, .cancel_at = places[i] };

      plan = check (fixture, path, &watch, &error);
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_assert_null (plan);
      /* It does not go on for longer than from one call to the next. */
      g_assert_cmpuint (watch.n_after, <=, 1);
      g_assert_cmpint (watch.lines, <=, places[i] + N_LINES / 20);
    }
}

/* ---- A file of another system ---- */

#define N_NEW 100000
#define MAX_NEW_MEGABYTES 40

/* Everybody is new, and gets a course. */
static void
write_upload (FILE *file, guint i)
{
  fprintf (file, "new%07u,New,Person%07u,new%07u@example.com,C001\n", i, i, i);
}

static char *
write_moodle (ImportFixture *fixture)
{
  return write_lines (fixture, "username,firstname,lastname,email,course1\n", N_NEW, write_upload);
}

static RegInterchangePlan *
check_moodle (ImportFixture *fixture, const char *path, Watch *watch, GError **error)
{
  RegImportRequest request = {
    .path = path,
    .today = "2026-06-01",
    .now = 1780272000,
    .actor_id = 1,
    .actor_role = REG_ROLE_ADMINISTRATOR,
  };

  return reg_interchange_check (reg_interchange_find ("moodle-users"), &request, fixture->directory,
                                on_step_progress, watch, watch->cancellable, error);
}

static void
test_interchange (ImportFixture *fixture, gconstpointer data)
{
  g_autofree char *path = write_moodle (fixture);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (RegInterchangePlan) plan = NULL;
  g_autoptr (GError) error = NULL;
  Watch watch = { .cancellable = cancellable };
  glong before = get_peak_megabytes (), more;

  /* What is measured is the peak of a program that did nothing else. */
  if (!g_test_subprocess ())
    {
      g_test_trap_subprocess (NULL, 0, 0);
      g_test_trap_assert_passed ();
      return;
    }
  plan = check_moodle (fixture, path, &watch, &error);
  more = get_peak_megabytes () - before;
  g_assert_no_error (error);
  g_assert_cmpuint (plan->plans->len, >=, 2);
  for (guint i = 0; i < 2; i++)
    g_assert_cmpuint (((RegImportPlan *)g_ptr_array_index (plan->plans, i))->will->len, ==, N_NEW);
  g_assert_cmpuint (watch.n_calls, >=, 10);
  g_test_message ("%u calls, %ld MB more at the peak", watch.n_calls, more);
  if (g_getenv ("ASAN_OPTIONS") == NULL)
    g_assert_cmpint (more, <=, MAX_NEW_MEGABYTES);
}

static void
test_interchange_cancelled (ImportFixture *fixture, gconstpointer data)
{
  g_autofree char *path = write_moodle (fixture);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (RegInterchangePlan) plan = NULL;
  g_autoptr (GError) error = NULL;
  Watch watch = { .cancellable = cancellable, .cancel_at = N_NEW / 2 };

  plan = check_moodle (fixture, path, &watch, &error);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (plan);
  g_assert_cmpuint (watch.n_after, <=, 1);
}

int
main (int argc, char **argv)
{
#ifdef M_PERTURB
  /* meson has malloc () write to all it gives, and what is only reserved would count. */
  mallopt (M_PERTURB, 0);
#endif
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/imports/large/million", ImportFixture, NULL, import_fixture_set_up, test_million,
              import_fixture_tear_down);
  g_test_add ("/imports/large/cancelled-midway", ImportFixture, NULL, import_fixture_set_up,
              test_cancelled_midway, import_fixture_tear_down);
  g_test_add ("/imports/large/interchange", ImportFixture, NULL, import_fixture_set_up,
              test_interchange, import_fixture_tear_down);
  g_test_add ("/imports/large/interchange-cancelled", ImportFixture, NULL, import_fixture_set_up,
              test_interchange_cancelled, import_fixture_tear_down);
  return g_test_run ();
}
