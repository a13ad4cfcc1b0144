/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A full disk, a process that ends anywhere, and damage found while working. */
#define G_LOG_DOMAIN "reg-test"

#include "store-fixture.h"

#include <fcntl.h>
#include <signal.h>
#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>

#define N_USERS 3000
#define N_KILLS 24

static gboolean
try_archive (RegStore *store, gint64 from, gint64 to, GError **error)
{
  g_autofree RegStepTarget *targets = g_new0 (RegStepTarget, (gsize)(to - from + 1));
  RegStep step = { .operation = reg_operation_find ("archive"),
                   .targets = targets,
                   .n_targets = (gsize)(to - from + 1),
                   .title = "Archive",
                   .actor_role = REG_ROLE_ADMINISTRATOR,
                   .now = NOW };
  RegStepResult result;
  gboolean done;

  for (gint64 id = from; id <= to; id++)
    targets[id - from].user_id = id;
  done = reg_store_stage (store, &step, &result, NULL, NULL, NULL, error);
  if (!done)
    {
      g_assert_cmpint (result.batch_id, ==, 0);
      g_assert_cmpint (result.n_staged, ==, 0);
    }
  reg_step_result_clear (&result);
  return done;
}

static void
test_disk_full (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) pull_error = NULL;
  g_autoptr (RegPage) page = reg_page_new ();
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *cursor = NULL;
  gint64 counts[REG_N_CHANGE_STATES];
  gboolean staged, pulled;

  reg_test_store_fill (fixture->store, N_USERS, 0);
  for (gint64 id = N_USERS + 1; id < 2 * N_USERS; id++)
    reg_test_page_add_user (page, id, 1);
  page->cursor = g_strdup ("next");
  before = dump_effective (fixture->folder.path);
  reg_test_limit_file_size (64 * 1024);
  staged = try_archive (fixture->store, 1, N_USERS, &error);
  pulled = reg_store_apply_page (fixture->store, page, NULL, &pull_error);
  reg_test_limit_file_size (RLIM_INFINITY);
  g_assert_false (staged);
  g_assert_error (error, REG_STORE_ERROR, REG_STORE_ERROR_FULL);
  g_assert_false (pulled);
  g_assert_error (pull_error, REG_STORE_ERROR, REG_STORE_ERROR_FULL);

  after = dump_effective (fixture->folder.path);
  g_assert_cmpstr (before, ==, after);
  g_assert_true (reg_store_count_changes (fixture->store, counts, NULL));
  g_assert_cmpint (counts[REG_CHANGE_PENDING], ==, 0);
  cursor = reg_store_dup_cursor (fixture->store, NULL);
  g_assert_null (cursor);
  /* With room again it goes on, without being opened anew. */
  g_clear_error (&error);
  g_assert_true (try_archive (fixture->store, 1, N_USERS, &error));
  g_assert_no_error (error);
}

static void
test_disk_full_at_opening (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (fixture->folder.folder, "other.db", NULL);
  RegStore *store;

  reg_test_limit_file_size (0);
  store = reg_store_open (path, &error);
  reg_test_limit_file_size (RLIM_INFINITY);
  g_assert_null (store);
  g_assert_error (error, REG_STORE_ERROR, REG_STORE_ERROR_FULL);
  g_clear_error (&error);
  store = reg_store_open (path, &error);
  g_assert_no_error (error);
  reg_store_unref (store);
}

/* The page of the batches is hit while the store is open: in words, and nothing is written. */
static void
test_damage_while_open (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *noise = g_strnfill (4096, 'x');
  g_autofree char *kept = NULL;
  gsize size;
  RegStore *store;
  int fd;

  g_clear_pointer (&fixture->store, reg_store_unref);
  g_assert_true (g_file_get_contents (fixture->folder.path, &kept, &size, NULL));
  store = reg_store_open (fixture->folder.path, &error);
  g_assert_no_error (error);
  fd = open (fixture->folder.path, O_RDWR);
  for (gsize at = 4096; at + 4096 <= size; at += 4096)
    g_assert_cmpint (pwrite (fd, noise, 4096, (off_t)at), ==, 4096);
  close (fd);
  g_assert_false (try_archive (store, 1, 20, &error));
  g_assert_error (error, REG_STORE_ERROR, REG_STORE_ERROR_CORRUPT);
  reg_store_unref (store);
  g_assert_true (g_file_set_contents (fixture->folder.path, kept, (gssize)size, NULL));
}

/* What the child says of a step after the store said that it is done. */
typedef struct
{
  char kind; /* 's' staged, 'u' undone, 'o' answered */
  gint64 id;
} Report;

static void
report (int fd, char kind, gint64 id)
{
  Report said = { .kind = kind, .id = id };

  if (write (fd, &said, sizeof said) != sizeof said)
    _exit (2);
}

static void
answer_some (RegStore *store, GRand *rand, int fd)
{
  g_autoptr (GPtrArray) taken = reg_store_take_changes (store, 40, NOW, NULL);
  g_autoptr (GPtrArray) outcomes =
      g_ptr_array_new_with_free_func ((GDestroyNotify)reg_outcome_free);

  for (guint i = 0; i < taken->len; i++)
    {
      static const RegOutcomeKind kinds[] = { REG_OUTCOME_APPLIED, REG_OUTCOME_APPLIED,
                                              REG_OUTCOME_SKIPPED, REG_OUTCOME_REJECTED };
      RegChange *change = g_ptr_array_index (taken, i);

      g_ptr_array_add (outcomes,
                       reg_outcome_new (change->id, kinds[g_rand_int_range (rand, 0, 4)]));
    }
  if (reg_store_put_outcomes (store, outcomes, NULL) && taken->len > 0)
    report (fd, 'o', ((RegChange *)g_ptr_array_index (taken, 0))->id);
}

/* Stages, undoes and answers until it is killed. */
static void
run_child (const char *path, guint32 seed, int fd)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  RegStore *store = reg_store_open (path, NULL);

  if (store == NULL || !reg_store_mark_interrupted (store, NULL))
    _exit (3);
  for (;;)
    {
      gint64 from = g_rand_int_range (rand, 1, 200);
      guint n_refused;
      gint64 batch_id, counter, n;

      switch (g_rand_int_range (rand, 0, 4))
        {
        case 0:
          batch_id = stage_full (store, g_rand_boolean (rand) ? "archive" : "restore", NULL, 0,
                                 from, from + 30, &n_refused);
          report (fd, 's', batch_id);
          break;
        case 1:
          batch_id = stage_full (store, g_rand_boolean (rand) ? "assign" : "unassign", NULL, 1,
                                 from, from + 30, &n_refused);
          report (fd, 's', batch_id);
          break;
        case 2:
          batch_id = reg_store_get_undoable_batch (store, NULL);
          if (batch_id != 0
              && reg_store_undo_batch (store, batch_id, &counter, &n, NULL, NULL, NULL, NULL))
            report (fd, 'u', batch_id);
          break;
        default:
          answer_some (store, rand, fd);
          break;
        }
    }
}

static void
check_report (RegStore *store, const Report *said)
{
  g_autoptr (RegBatch) batch = NULL;

  if (said->kind == 'o' || said->id == 0)
    return;
  batch = reg_store_get_batch (store, said->id, NULL);
  g_assert_nonnull (batch);
  g_assert_cmpint (reg_batch_get_total (batch), >, 0);
}

/* Kills a child in the middle of its work, after it has said so many things were done. */
static void
kill_once (StoreFixture *fixture, guint32 seed, guint n_reports, GArray *reports)
{
  int fds[2];
  pid_t child;
  Report said;

  g_assert_cmpint (pipe (fds), ==, 0);
  child = fork ();
  if (child == 0)
    {
      close (fds[0]);
      run_child (fixture->folder.path, seed, fds[1]);
    }
  close (fds[1]);
  for (guint i = 0; i < n_reports && read (fds[0], &said, sizeof said) == sizeof said; i++)
    g_array_append_val (reports, said);
  kill (child, SIGKILL);
  while (read (fds[0], &said, sizeof said) == sizeof said)
    g_array_append_val (reports, said);
  close (fds[0]);
  g_assert_cmpint (waitpid (child, NULL, 0), ==, child);
}

static void
test_kill (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (g_test_rand_int ());
  g_autoptr (GArray) reports = g_array_new (FALSE, FALSE, sizeof (Report));

  reg_test_store_fill (fixture->store, 300, 0);
  g_clear_pointer (&fixture->store, reg_store_unref);
  for (guint i = 0; i < N_KILLS; i++)
    {
      g_autoptr (GError) error = NULL;

      kill_once (fixture, g_rand_int (rand), (guint)g_rand_int_range (rand, 1, 15), reports);
      fixture->store = reg_store_open (fixture->folder.path, &error);
      g_assert_no_error (error);
      g_assert_true (reg_store_mark_interrupted (fixture->store, &error));
      for (guint k = 0; k < reports->len; k++)
        check_report (fixture->store, &g_array_index (reports, Report, k));
      g_clear_pointer (&fixture->store, reg_store_unref);
      assert_consistent (fixture->folder.path);
    }
  g_assert_cmpuint (reports->len, >=, N_KILLS);
}

#define ADD(name, function)                                                                        \
  g_test_add ("/store/faults/" name, StoreFixture, NULL, store_fixture_set_up, function,           \
              store_fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  signal (SIGXFSZ, SIG_IGN);
  ADD ("disk-full", test_disk_full);
  ADD ("disk-full-at-opening", test_disk_full_at_opening);
  ADD ("damage-while-open", test_damage_while_open);
  ADD ("kill", test_kill);
  return g_test_run ();
}
