/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bench-step [USERS]: what one action on everybody costs, and taking it back: archiving all users,
 * enrolling half of them in a course. Then the lists of a copy with five enrollments a user: the
 * courses with their counts, and a course with everybody in it. CPU seconds of this process; the
 * database is filled by another one, so that the peak of memory is that of the work. */
#include "bench.h"

#include "reg-test-store.h"

#include "store/reg-store-outbox.h"
#include "store/reg-store-query.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define N_COURSES 100
/* Everybody is in the first ones. */
#define N_FULL 5
#define TODAY "2026-06-15"

static void
fill_apart (const char *path, gint64 n_users)
{
  g_autoptr (GError) error = NULL;
  pid_t child = fork ();
  int status = 0;

  if (child == 0)
    {
      RegStore *store = reg_store_open (path, &error);

      bench_die_on (error);
      reg_test_store_fill (store, n_users, N_COURSES);
      for (gint64 course = 1; course <= N_FULL; course++)
        reg_test_store_enroll (store, course, n_users);
      reg_store_unref (store);
      _exit (0);
    }
  if (child < 0 || waitpid (child, &status, 0) != child || status != 0)
    exit (1);
}

static gint64
stage (RegStore *store, RegStep *step, gint64 n)
{
  g_autofree RegStepTarget *targets = g_new0 (RegStepTarget, n);
  g_autoptr (GError) error = NULL;
  RegStepResult result;
  gint64 batch_id;
  double begin;

  for (gint64 i = 0; i < n; i++)
    targets[i] = (RegStepTarget){ .user_id = i + 1, .course_id = N_COURSES };
  step->targets = targets;
  step->n_targets = n;
  step->actor_role = REG_ROLE_ADMINISTRATOR;
  step->now = 1781500000;
  begin = bench_now ();
  reg_store_stage (store, step, &result, NULL, NULL, NULL, &error);
  begin = bench_now () - begin;
  bench_die_on (error);
  g_print ("%-34s %7.2f s CPU (%" G_GINT64_FORMAT " changes in one step)\n", step->title, begin,
           result.n_staged);
  if (result.n_staged != n)
    exit (1);
  batch_id = result.batch_id;
  reg_step_result_clear (&result);
  return batch_id;
}

static void
undo (RegStore *store, gint64 batch_id, gint64 n)
{
  g_autoptr (GError) error = NULL;
  gint64 counter, n_undone;
  double begin = bench_now ();

  reg_store_undo_batch (store, batch_id, &counter, &n_undone, NULL, NULL, NULL, &error);
  begin = bench_now () - begin;
  bench_die_on (error);
  g_print ("%-34s %7.2f s CPU\n", counter != 0 ? "  undone after it was sent" : "  undone", begin);
  if (n_undone != n)
    exit (1);
}

/* The LMS has all of it. */
static void
send_all (RegStore *store, gint64 n)
{
  g_autoptr (GError) error = NULL;
  gint64 n_sent = 0;

  for (;;)
    {
      g_autoptr (GPtrArray) outcomes =
          g_ptr_array_new_with_free_func ((GDestroyNotify)reg_outcome_free);
      g_autoptr (GPtrArray) changes = reg_store_take_changes (store, 500, 1781500000, &error);

      bench_die_on (error);
      if (changes->len == 0)
        break;
      for (guint i = 0; i < changes->len; i++)
        {
          const RegChange *change = changes->pdata[i];

          g_ptr_array_add (outcomes, reg_outcome_new (change->id, REG_OUTCOME_APPLIED));
        }
      n_sent += changes->len;
      reg_store_put_outcomes (store, outcomes, &error);
      bench_die_on (error);
    }
  if (n_sent != n)
    exit (1);
}

static void
list_courses (RegStore *store, const char *what)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  double begin = bench_now ();

  rows = reg_store_list_course_rows (store, NULL, TODAY, &error);
  bench_die_on (error);
  g_print ("%-34s %7.3f s CPU\n", what, bench_now () - begin);
}

static void
list_enrollments (RegStore *store, const char *what, RegEnrollmentQuery *query)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RegIdList) ids = NULL;
  double begin = bench_now ();

  query->course_id = 1;
  query->requirement = query->access = -1;
  query->today = TODAY;
  ids = reg_store_query_enrollments (store, query, NULL, &error);
  bench_die_on (error);
  g_print ("%-34s %7.3f s CPU, %zu rows\n", what, bench_now () - begin, ids->n);
}

static void
list (RegStore *store)
{
  list_courses (store, "courses with counts, first");
  list_courses (store, "courses with counts, again");
  list_enrollments (store, "a course by name, first", &(RegEnrollmentQuery){ 0 });
  list_enrollments (store, "a course by name, again", &(RegEnrollmentQuery){ 0 });
  list_enrollments (store, "a course by status",
                    &(RegEnrollmentQuery){ .sort = REG_ENROLLMENT_SORT_STATUS });
  list_enrollments (store, "a course by due date",
                    &(RegEnrollmentQuery){ .sort = REG_ENROLLMENT_SORT_DUE });
  list_enrollments (store, "a course, searched", &(RegEnrollmentQuery){ .search = "family0000" });
}

int
main (int argc, char **argv)
{
  gint64 n_users = argc > 1 ? g_ascii_strtoll (argv[1], NULL, 10) : 100000;
  RegStep archive = { .operation = reg_operation_find ("archive"), .title = "archive all" };
  RegStep assign = { .operation = reg_operation_find ("assign"), .title = "enroll half" };
  g_autoptr (GError) error = NULL;
  RegTestFolder folder;
  RegStore *store;
  gint64 archived;

  if (n_users < 10)
    {
      g_printerr ("Usage: bench-step [USERS]\nUSERS: 10 or more\n");
      return 2;
    }
  reg_test_folder_init (&folder);
  fill_apart (folder.path, n_users);
  store = reg_store_open (folder.path, &error);
  bench_die_on (error);
  g_print ("%" G_GINT64_FORMAT " users, %" G_GINT64_FORMAT " enrollments; goal: 4 s for all\n",
           n_users, n_users * N_FULL);
  list (store);
  bench_print_memory ("after the lists");
  undo (store, stage (store, &archive, n_users), n_users);
  archived = stage (store, &archive, n_users);
  send_all (store, n_users);
  undo (store, archived, n_users);
  undo (store, stage (store, &assign, n_users / 2), n_users / 2);
  list_courses (store, "courses with counts, after it");
  bench_print_memory ("at the end");
  reg_store_unref (store);
  reg_test_folder_clear (&folder);
  return 0;
}
