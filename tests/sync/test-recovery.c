/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Going on after what ended a run: a wrong token, a dead LMS, a cut pull, kill -9. */
#include "sync-fixture.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>

static void
test_auth (void)
{
  SyncFixture f;
  g_autoptr (GError) error = NULL;
  RegSyncReport report;

  sync_fixture_set_up (&f, 100);
  sync_fixture_sync (&f);
  sync_fixture_stage_many (&f, "archive", 10, 20, 0);

  sync_fixture_connect (&f, "wrong");
  g_assert_false (
      reg_engine_run (f.engine, REG_SYNC_PUSH | REG_SYNC_PULL, &report, NULL, NULL, NULL, &error));
  g_assert_error (error, REG_LMS_ERROR, REG_LMS_ERROR_AUTH);
  g_assert_cmpint (report.n_left, ==, 11);
  g_assert_cmpint (report.retry_at, ==, 0);

  /* The token expires while changes are on their way: a 401 was not processed. */
  g_clear_error (&error);
  sync_fixture_connect (&f, reg_sandbox_get_token (f.sandbox));
  sync_fixture_add_status (&f, "/v1/operations", 401, 0, 1);
  g_assert_false (
      reg_engine_run (f.engine, REG_SYNC_PUSH | REG_SYNC_PULL, &report, NULL, NULL, NULL, &error));
  g_assert_error (error, REG_LMS_ERROR, REG_LMS_ERROR_AUTH);
  g_assert_cmpint (sync_fixture_count (&f, REG_CHANGE_PENDING), ==, 11);

  report = sync_fixture_sync (&f);
  g_assert_cmpint (report.n_applied, ==, 11);
  sync_fixture_assert_applied (&f, 11);
  sync_fixture_assert_same (&f);
  sync_fixture_tear_down (&f);
}

static void
test_server_restart (void)
{
  SyncFixture f;
  g_autoptr (GError) error = NULL;
  RegSyncReport report;
  gint64 waits[3];

  sync_fixture_set_up (&f, 100);
  sync_fixture_sync (&f);
  sync_fixture_stage_many (&f, "archive", 10, 20, 0);
  reg_sandbox_stop (f.sandbox);
  for (guint i = 0; i < G_N_ELEMENTS (waits); i++)
    {
      g_clear_error (&error);
      g_assert_false (reg_engine_run (f.engine, REG_SYNC_PUSH | REG_SYNC_PULL, &report, NULL, NULL,
                                      NULL, &error));
      g_assert_error (error, REG_LMS_ERROR, REG_LMS_ERROR_UNREACHABLE);
      g_assert_cmpint (report.n_left, ==, 11);
      waits[i] = report.retry_at - f.now;
    }
  /* Longer each time, with a fifth of chance in it. */
  g_assert_cmpint (waits[0], >=, 4);
  g_assert_cmpint (waits[0], <=, 6);
  g_assert_cmpint (waits[2], >=, 16);
  g_assert_cmpint (waits[2], <=, 24);

  sync_fixture_restart_sandbox (&f);
  g_assert_cmpint (sync_fixture_sync (&f).n_applied, ==, 11);
  sync_fixture_assert_applied (&f, 11);
  sync_fixture_assert_same (&f);
  sync_fixture_tear_down (&f);
}

/* The waiting time of a change that the LMS put off lies in the future for ever once the clock was
 * moved back; it is sent all the same. */
static void
test_clock_moved_back (void)
{
  SyncFixture f;
  g_autoptr (GError) error = NULL;
  RegSyncReport report;

  sync_fixture_set_up (&f, 100);
  sync_fixture_sync (&f);
  sync_fixture_stage_many (&f, "archive", 10, 20, 0);
  sync_fixture_add_status (&f, "/v1/operations", 503, 60, 1);
  g_assert_false (
      reg_engine_run (f.engine, REG_SYNC_PUSH | REG_SYNC_PULL, &report, NULL, NULL, NULL, &error));
  g_assert_error (error, REG_LMS_ERROR, REG_LMS_ERROR_BUSY);

  /* Before its time nothing is sent. */
  report = sync_fixture_sync (&f);
  g_assert_cmpint (report.n_applied, ==, 0);
  g_assert_cmpint (report.n_left, ==, 11);
  g_assert_cmpint (report.retry_at, >=, f.now + 60);

  f.now -= 400 * 24 * 60 * 60;
  report = sync_fixture_sync (&f);
  g_assert_cmpint (report.n_applied, ==, 11);
  sync_fixture_assert_applied (&f, 11);
  sync_fixture_tear_down (&f);
}

/* A first pull of several pages, cut between two of them, goes on where it stood. */
static void
test_resumed_pull (void)
{
  SyncFixture f;
  g_autoptr (GError) error = NULL;
  g_autofree char *cursor = NULL;
  RegSyncReport first, second;

  sync_fixture_set_up (&f, 2000);
  sync_fixture_add_fault_after (&f, "/v1/changes", "garble", 1, 1);
  g_assert_false (reg_engine_run (f.engine, REG_SYNC_PULL, &first, NULL, NULL, NULL, &error));
  g_assert_error (error, REG_LMS_ERROR, REG_LMS_ERROR_GARBLED);
  g_assert_cmpint (first.n_pulled, >, 0);
  cursor = reg_store_dup_cursor (f.store, NULL);
  g_assert_nonnull (cursor);

  second = sync_fixture_sync (&f);
  g_assert_cmpint (second.n_pulled, >, 0);
  sync_fixture_assert_same (&f);
  /* The rows of the first part did not come again. */
  {
    gint64 users, courses, enrollments;

    reg_store_count (f.store, &users, &courses, &enrollments, NULL);
    g_assert_cmpint (first.n_pulled, <, users + courses + enrollments);
    g_assert_cmpint (second.n_pulled, <, users + courses + enrollments);
  }
  sync_fixture_tear_down (&f);
}

/* A cursor the LMS does not know any more: everything is pulled anew, what is gone there goes here,
 * and what waits stays. */
static void
test_lost_cursor (void)
{
  SyncFixture f;
  g_autoptr (GError) error = NULL;
  g_autoptr (RegPage) page = reg_page_new ();
  g_autoptr (RegUser) gone = NULL;
  RegSyncReport report;

  sync_fixture_set_up (&f, 2000);
  sync_fixture_sync (&f);
  reg_test_page_add_user (page, 5000, 1);
  reg_test_page_add_user (page, 5001, 1);
  reg_test_page_add_enrollment (page, 5000, 1, 1);
  reg_test_page_add_label (page, 5002, 1, REG_LABEL_TAG, "gone");
  reg_test_page_add_course (page, 5003, 1);
  reg_test_page_add_document (page, "attempt", 900000, 5000, 1, "{}");
  reg_test_store_apply (f.store, page);
  sync_fixture_stage (&f, "edit-user", 5001, 0, "family_name=Kept");
  sync_fixture_stage (&f, "edit-user", 5, 0, "family_name=Mine");
  reg_store_set_setting (f.store, "cursor", "one of another age", &error);
  g_assert_no_error (error);

  /* Cut in the middle, after the refusal and one page: the rest comes with the next run, and only
   * then is known what did not come. */
  sync_fixture_add_fault_after (&f, "/v1/changes", "garble", 2, 1);
  g_assert_false (reg_engine_run (f.engine, REG_SYNC_PULL, &report, NULL, NULL, NULL, &error));
  g_assert_error (error, REG_LMS_ERROR, REG_LMS_ERROR_GARBLED);
  g_clear_error (&error);
  gone = reg_store_get_user (f.store, 5000, NULL);
  g_assert_nonnull (gone);
  g_clear_pointer (&gone, reg_user_free);
  reg_engine_run (f.engine, REG_SYNC_PULL, &report, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  gone = reg_store_get_user (f.store, 5000, NULL);
  g_assert_null (gone);
  g_assert_cmpint (sync_fixture_count (&f, REG_CHANGE_UNDONE), ==, 0);

  report = sync_fixture_sync (&f);
  g_assert_cmpint (report.n_applied, ==, 1);
  g_assert_cmpint (report.n_attention, ==, 1);
  {
    g_autoptr (GPtrArray) rows = reg_store_list_changes (
        f.store, 0, 1u << REG_CHANGE_REJECTED | 1u << REG_CHANGE_CONFLICT, 0, 0, &error);
    gint64 id = ((RegChangeRow *)g_ptr_array_index (rows, 0))->change->id;

    reg_store_discard_changes (f.store, &id, 1, &error);
    g_assert_no_error (error);
  }
  sync_fixture_assert_same (&f);
  sync_fixture_tear_down (&f);
}

typedef struct
{
  SyncFixture *f;
  GCancellable *cancellable;
  RegSyncPhase phase;
  guint n;
} Canceller;

static void
cancel_in_phase (RegSyncPhase phase, gint64 done, gint64 total, gpointer data)
{
  Canceller *c = data;

  if (phase == c->phase && c->n-- == 0)
    g_cancellable_cancel (c->cancellable);
}

static void
test_cancel (void)
{
  SyncFixture f;

  sync_fixture_set_up (&f, 2000);
  for (RegSyncPhase phase = REG_SYNC_PHASE_CONNECTING; phase <= REG_SYNC_PHASE_PULLING; phase++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      Canceller c = { &f, cancellable, phase, 1 };

      if (phase == REG_SYNC_PHASE_ASKING)
        continue;
      c.n = phase == REG_SYNC_PHASE_PULLING ? 2 : 0;
      reg_engine_run (f.engine, REG_SYNC_PUSH | REG_SYNC_PULL, NULL, cancel_in_phase, &c,
                      cancellable, &error);
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    }
  sync_fixture_sync (&f);
  sync_fixture_stage_many (&f, "archive", 10, 1200, 0);
  {
    g_autoptr (GError) error = NULL;
    g_autoptr (GCancellable) cancellable = g_cancellable_new ();
    Canceller c = { &f, cancellable, REG_SYNC_PHASE_PUSHING, 1 };

    reg_engine_run (f.engine, REG_SYNC_PUSH, NULL, cancel_in_phase, &c, cancellable, &error);
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  }
  sync_fixture_sync_to_end (&f);
  sync_fixture_assert_applied (&f, sync_fixture_count (&f, REG_CHANGE_DONE));
  sync_fixture_assert_same (&f);
  sync_fixture_tear_down (&f);
}

/* kill -9. The child stages a batch and runs the engine; a timer of the kernel's ends it somewhere
 * on the way. */

#define N_KILLS 16
#define N_STAGED 40

static int
run_child (char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RegStore) store = NULL;
  g_autoptr (RegLms) lms = NULL;
  g_autoptr (RegEngine) engine = NULL;
  gint64 microseconds = g_ascii_strtoll (argv[5], NULL, 10);
  gint64 round = g_ascii_strtoll (argv[6], NULL, 10);
  struct sigevent event = { .sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGKILL };
  struct itimerspec when = {
    .it_value = { microseconds / G_USEC_PER_SEC, microseconds % G_USEC_PER_SEC * 1000 },
  };
  SyncFixture f = { .now = g_get_real_time () / G_USEC_PER_SEC };
  timer_t timer;

  g_assert_cmpint (timer_create (CLOCK_MONOTONIC, &event, &timer), ==, 0);
  if (microseconds > 0)
    g_assert_cmpint (timer_settime (timer, 0, &when, NULL), ==, 0);
  f.store = store = reg_store_open (argv[2], &error);
  g_assert_no_error (error);
  for (gint64 i = 0; i < 4; i++)
    {
      gint64 first = 10 + (i % 2) * N_STAGED;
      const char *operation = (round + i / 2) % 2 == 0 ? "archive" : "restore";

      sync_fixture_stage_many (&f, operation, first, first + N_STAGED - 1, 0);
    }
  for (gint64 i = 0; i < 3; i++)
    {
      g_autofree char *params = g_strdup_printf ("employee_id=%d-%d", (int)round, (int)i);
      gint64 id = sync_fixture_add_user (&f, params);

      sync_fixture_stage (&f, "assign", id, 1, NULL);
      sync_fixture_stage (&f, "edit-user", id, 0, "given_name=Nova");
    }
  lms = reg_lms_new ("registrar", argv[3], argv[4], &error);
  g_assert_no_error (error);
  engine = reg_engine_new (store, lms);
  reg_engine_run (engine, REG_SYNC_PUSH | REG_SYNC_PULL, NULL, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  timer_delete (timer);
  return 0;
}

/* Answers whether it was killed. */
static gboolean
spawn_child (SyncFixture *f, gint64 microseconds, guint round)
{
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *time_text = g_strdup_printf ("%" G_GINT64_FORMAT, microseconds);
  g_autofree char *round_text = g_strdup_printf ("%u", round);
  const char *argv[] = { self,
                         "--child",
                         f->folder.path,
                         reg_sandbox_get_url (f->sandbox),
                         reg_sandbox_get_token (f->sandbox),
                         time_text,
                         round_text,
                         NULL };
  g_autoptr (GError) error = NULL;
  int status;

  g_spawn_sync (NULL, (char **)argv, NULL, G_SPAWN_STDOUT_TO_DEV_NULL, NULL, NULL, NULL, NULL,
                &status, &error);
  g_assert_no_error (error);
  if (WIFSIGNALED (status) && WTERMSIG (status) == SIGKILL)
    return TRUE;
  g_assert_true (WIFEXITED (status));
  g_assert_cmpint (WEXITSTATUS (status), ==, 0);
  return FALSE;
}

static void
test_kill (void)
{
  SyncFixture f;
  guint n_killed = 0;
  gint64 whole;

  sync_fixture_set_up (&f, 200);
  sync_fixture_sync (&f);
  g_clear_pointer (&f.engine, reg_engine_free);
  g_clear_pointer (&f.store, reg_store_unref);

  whole = g_get_monotonic_time ();
  g_assert_false (spawn_child (&f, 0, 0));
  whole = g_get_monotonic_time () - whole;
  for (guint i = 0; i < N_KILLS; i++)
    n_killed += spawn_child (&f, g_random_int_range (1000, (gint32)MAX (whole, 2000)), i);
  g_test_message ("%u of %u children were killed", n_killed, N_KILLS);

  sync_fixture_open_store (&f);
  sync_fixture_sync_to_end (&f);
  g_assert_cmpint (sync_fixture_count (&f, REG_CHANGE_PENDING), ==, 0);
  g_assert_cmpint (sync_fixture_count (&f, REG_CHANGE_SENDING), ==, 0);
  g_assert_cmpint (sync_fixture_count (&f, REG_CHANGE_UNKNOWN), ==, 0);
  g_assert_cmpint (sync_fixture_count (&f, REG_CHANGE_REJECTED), ==, 0);
  g_assert_cmpint (sync_fixture_count (&f, REG_CHANGE_CONFLICT), ==, 0);
  /* Nothing lost, nothing twice: what is done here was carried out there, once. */
  sync_fixture_assert_applied (&f, sync_fixture_count (&f, REG_CHANGE_DONE));
  sync_fixture_assert_same (&f);
  sync_fixture_tear_down (&f);
}

int
main (int argc, char **argv)
{
  if (argc == 7 && strcmp (argv[1], "--child") == 0)
    return run_child (argv);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync/recovery/auth", test_auth);
  g_test_add_func ("/sync/recovery/server-restart", test_server_restart);
  g_test_add_func ("/sync/recovery/clock-moved-back", test_clock_moved_back);
  g_test_add_func ("/sync/recovery/resumed-pull", test_resumed_pull);
  g_test_add_func ("/sync/recovery/lost-cursor", test_lost_cursor);
  g_test_add_func ("/sync/recovery/cancel", test_cancel);
  g_test_add_func ("/sync/recovery/kill", test_kill);
  return g_test_run ();
}
