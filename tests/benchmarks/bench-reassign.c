/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bench-reassign [USERS]: assigning a course to so many people, then reassigning it: looked at row
 * by row, staged, undone, staged again and sent to a sandbox in a process of its own. CPU seconds
 * of this process, which is the client. */
#include "bench.h"

#include "lms/registrar/reg-registrar-lms.h"
#include "sandbox/reg-sandbox.h"
#include "store/reg-review.h"
#include "store/reg-store-query.h"
#include "sync/reg-engine.h"

#include "reg-test-store.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#define COURSE 1

typedef struct
{
  RegStore *store;
  RegEngine *engine;
  gint64 *users;
  gsize n;
} Bench;

/* The LMS, in a process of its own; its address and token come through a pipe. */
static pid_t
start_lms (guint n_users, char **url, char **token)
{
  g_autofree char *text = g_new0 (char, 1024);
  g_auto (GStrv) lines = NULL;
  int ends[2];
  pid_t child;

  if (pipe (ends) != 0 || (child = fork ()) < 0)
    exit (1);
  if (child == 0)
    {
      const RegSandboxOptions options = { .seed = REG_SANDBOX_SEED_COUNT, .n_users = n_users };
      g_autoptr (GError) error = NULL;
      RegSandbox *sandbox = reg_sandbox_new (&options);
      g_autofree char *answer = NULL;

      prctl (PR_SET_PDEATHSIG, SIGKILL);
      reg_sandbox_start (sandbox, &error);
      bench_die_on (error);
      answer = g_strdup_printf ("%s\n%s\n", reg_sandbox_get_url (sandbox),
                                reg_sandbox_get_token (sandbox));
      if (write (ends[1], answer, strlen (answer)) < 0)
        exit (1);
      for (;;)
        pause ();
    }
  if (read (ends[0], text, 1023) <= 0)
    exit (1);
  lines = g_strsplit (text, "\n", -1);
  *url = g_strdup (lines[0]);
  *token = g_strdup (lines[1]);
  return child;
}

static RegReview *
review (Bench *bench, const char *operation)
{
  g_autoptr (GPtrArray) items =
      g_ptr_array_new_with_free_func ((GDestroyNotify)reg_review_item_free);
  const RegReviewRequest request = { .operation = reg_operation_find (operation),
                                     .items = items,
                                     .user_ids = bench->users,
                                     .n_users = bench->n,
                                     .actor_id = 1,
                                     .actor_role = REG_ROLE_PRIMARY_ADMIN,
                                     .now = g_get_real_time () / G_USEC_PER_SEC };
  g_autoptr (GError) error = NULL;
  RegReview *made;
  double begin = bench_now ();

  g_ptr_array_add (items, reg_review_item_new (COURSE, NULL));
  made = reg_store_review (bench->store, &request, NULL, NULL, NULL, &error);
  bench_die_on (error);
  g_print ("%-10s review  %6.2f s CPU (%zu rows)\n", operation, bench_now () - begin, made->n_rows);
  return made;
}

static gint64
stage (Bench *bench, const RegReview *made)
{
  g_autofree gint64 *rows = g_new (gint64, made->n_rows);
  const RegStep step = { .title = "Bench",
                         .actor_id = 1,
                         .actor_role = REG_ROLE_PRIMARY_ADMIN,
                         .now = g_get_real_time () / G_USEC_PER_SEC };
  g_autoptr (GError) error = NULL;
  RegStepResult result;
  gint64 batch_id;
  double begin = bench_now ();

  for (gsize i = 0; i < made->n_rows; i++)
    rows[i] = (gint64)i + 1;
  reg_store_stage_review (bench->store, made, rows, made->n_rows, &step, &result, NULL, NULL, NULL,
                          &error);
  bench_die_on (error);
  g_print ("%-10s stage   %6.2f s CPU (%" G_GINT64_FORMAT " changes)\n", made->operation->name,
           bench_now () - begin, result.n_staged);
  batch_id = result.batch_id;
  reg_step_result_clear (&result);
  return batch_id;
}

static double
send_all (Bench *bench, const char *what)
{
  g_autoptr (GError) error = NULL;
  RegSyncReport report;
  double begin = bench_now ();

  if (!reg_engine_run (bench->engine, REG_SYNC_PUSH | REG_SYNC_PULL, &report, NULL, NULL, NULL,
                       &error))
    bench_die_on (error);
  begin = bench_now () - begin;
  if (what != NULL)
    g_print ("%-10s sync    %6.2f s CPU, %.1f us a row (%" G_GINT64_FORMAT " applied)\n", what,
             begin, begin * 1e6 / (double)MAX (report.n_applied, 1), report.n_applied);
  return begin / (double)MAX (report.n_applied, 1);
}

static double
measure (Bench *bench, const char *operation)
{
  g_autoptr (RegReview) made = review (bench, operation);
  g_autoptr (GError) error = NULL;
  gint64 batch_id = stage (bench, made), counter, n_undone;
  double begin = bench_now ();

  reg_store_undo_batch (bench->store, batch_id, &counter, &n_undone, NULL, NULL, NULL, &error);
  bench_die_on (error);
  g_print ("%-10s undo    %6.2f s CPU\n", operation, bench_now () - begin);
  stage (bench, made);
  return send_all (bench, operation);
}

/* Those who are not in the course yet and can be. */
static void
find_users (Bench *bench, gsize n)
{
  const RegUserQuery query = { .states = 1u << REG_USER_STATE_ACTIVE };
  g_autoptr (GError) error = NULL;
  g_autoptr (RegIdList) ids = reg_store_query_users (bench->store, &query, NULL, &error);

  bench_die_on (error);
  bench->users = g_new (gint64, MAX (n, 1));
  for (gsize i = 0; i < ids->n && bench->n < n; i++)
    {
      g_autoptr (RegEnrollment) enrollment =
          reg_store_get_enrollment (bench->store, ids->ids[i], COURSE, &error);

      if (enrollment == NULL || !enrollment->present)
        bench->users[bench->n++] = ids->ids[i];
      g_clear_error (&error);
    }
}

int
main (int argc, char **argv)
{
  gsize n = argc > 1 ? (gsize)g_ascii_strtoull (argv[1], NULL, 10) : 50000;
  g_autoptr (GError) error = NULL;
  g_autofree char *url = NULL, *token = NULL;
  pid_t lms_process = start_lms ((guint)(n * 13 / 10 + 100), &url, &token);
  RegTestFolder folder;
  Bench bench = { 0 };
  RegLms *lms;
  double assign, reassign;

  reg_test_folder_init (&folder);
  bench.store = reg_store_open (folder.path, &error);
  bench_die_on (error);
  lms = reg_registrar_lms_new (url, token, &error);
  bench_die_on (error);
  bench.engine = reg_engine_new (bench.store, lms);
  send_all (&bench, NULL);
  find_users (&bench, n);
  g_print ("%zu people; goals: staging 3 s, sync of reassign 1.5 x that of assign\n", bench.n);
  assign = measure (&bench, "assign");
  reassign = measure (&bench, "reassign");
  g_print ("sync of a row: reassign %.2f x assign\n", reassign / assign);
  reg_engine_free (bench.engine);
  g_object_unref (lms);
  reg_store_unref (bench.store);
  reg_test_folder_clear (&folder);
  g_free (bench.users);
  kill (lms_process, SIGKILL);
  waitpid (lms_process, NULL, 0);
  return 0;
}
