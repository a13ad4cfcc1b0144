/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kill-day.h"

#include "kill-steps.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

void
kill_day_sync (SyncFixture *f)
{
  g_autoptr (GError) error = NULL;

  reg_engine_run (f->engine, REG_SYNC_PUSH | REG_SYNC_PULL, NULL, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
}

/* ---- the child ---- */

gboolean
kill_day_is_child (int argc, char **argv)
{
  return argc == 8 && strcmp (argv[1], "--child") == 0;
}

const char *
kill_day_get_name (char **argv)
{
  return argv[7];
}

int
kill_day_run_child (char **argv, const KillDay *day)
{
  g_autoptr (GError) error = NULL;
  SyncFixture f = { .now = g_get_real_time () / G_USEC_PER_SEC };

  kill_steps_begin ((guint)atoi (argv[6]));
  f.store = reg_store_open (argv[2], &error);
  g_assert_no_error (error);
  f.lms = reg_lms_new ("registrar", argv[3], argv[4], &error);
  g_assert_no_error (error);
  f.lms = kill_steps_wrap_lms (f.lms, day->max_operations, day->page_size);
  f.engine = reg_engine_new (f.store, f.lms);
  day->work (&f, day, argv[5]);
  reg_engine_free (f.engine);
  g_object_unref (f.lms);
  reg_store_unref (f.store);
  g_print ("%s\n", kill_steps_get_trace ());
  return 0;
}

/* ---- its surroundings ---- */

/* The files as the day begins: the LMS's and the local copy in @files, and what both are made from.
 */
typedef struct
{
  const KillDay *day;
  SyncFixture files;
  char *people;
  char *file;
} Morning;

static void
close_all (SyncFixture *f)
{
  g_clear_pointer (&f->engine, reg_engine_free);
  g_clear_object (&f->lms);
  g_clear_pointer (&f->store, reg_store_unref);
}

static void
morning_init (Morning *self, const KillDay *day)
{
  g_autoptr (GString) people =
      g_string_new ("employee_id,first_name,last_name,email,location,groups,"
                    "role,manager_email,status,hire_date\n");
  g_autoptr (GError) error = NULL;
  SyncFixture *f = &self->files;

  memset (self, 0, sizeof *self);
  self->day = day;
  reg_test_folder_init (&f->folder);
  self->people = g_build_filename (f->folder.folder, "people.csv", NULL);
  self->file = g_build_filename (f->folder.folder, "file.csv", NULL);
  for (int i = 2; i < 2 + KILL_N_PEOPLE; i++)
    g_string_append_printf (people,
                            "E%d,Given%d,Family%d,user%d@example.com,,%s,Learner,,active,\n", i, i,
                            i, i, i == 2 ? "Night Shift;Drivers" : "");
  g_file_set_contents (self->people, people->str, -1, &error);
  g_assert_no_error (error);
  g_file_set_contents (self->file, day->file, -1, &error);
  g_assert_no_error (error);

  f->now = g_get_real_time () / G_USEC_PER_SEC;
  f->options.db_path = g_build_filename (f->folder.folder, "lms.db", NULL);
  f->options.seed = REG_SANDBOX_SEED_PEOPLE;
  f->options.people = self->people;
  f->options.n_courses = 3;
  sync_fixture_start_sandbox (f);
  sync_fixture_open_store (f);
  kill_day_sync (f);
  if (day->prepare != NULL)
    day->prepare (f);
  close_all (f);
  g_clear_pointer (&f->admin, reg_http_free);
  g_clear_pointer (&f->sandbox, reg_sandbox_free);
}

static void
morning_clear (Morning *self)
{
  g_free ((char *)self->files.options.db_path);
  g_free (self->people);
  g_free (self->file);
  reg_test_folder_clear (&self->files.folder);
}

static void
copy_file (const char *from, const char *to)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *data = NULL;
  gsize size;

  g_file_get_contents (from, &data, &size, &error);
  g_assert_no_error (error);
  g_file_set_contents_full (to, data, (gssize)size, G_FILE_SET_CONTENTS_NONE, 0600, &error);
  g_assert_no_error (error);
}

/* A day of its own; the store is not open yet. */
static void
begin_day (SyncFixture *f, const Morning *morning)
{
  memset (f, 0, sizeof *f);
  reg_test_folder_init (&f->folder);
  f->now = morning->files.now;
  f->options = morning->files.options;
  f->options.db_path = g_build_filename (f->folder.folder, "lms.db", NULL);
  copy_file (morning->files.options.db_path, f->options.db_path);
  copy_file (morning->files.folder.path, f->folder.path);
  sync_fixture_start_sandbox (f);
}

/* Returns: (transfer full) (nullable): the steps it took, or NULL where it was killed */
static char *
spawn_child (SyncFixture *f, const Morning *morning, guint kill_at)
{
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *number = g_strdup_printf ("%u", kill_at);
  const char *argv[] = { self,
                         "--child",
                         f->folder.path,
                         reg_sandbox_get_url (f->sandbox),
                         reg_sandbox_get_token (f->sandbox),
                         morning->file,
                         number,
                         morning->day->name,
                         NULL };
  g_autoptr (GError) error = NULL;
  g_autofree char *trace = NULL;
  int status;

  g_spawn_sync (NULL, (char **)argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, &trace, NULL, &status,
                &error);
  g_assert_no_error (error);
  if (WIFSIGNALED (status) && WTERMSIG (status) == SIGKILL)
    return NULL;
  g_assert_true (WIFEXITED (status));
  g_assert_cmpint (WEXITSTATUS (status), ==, 0);
  return g_steal_pointer (&trace);
}

/* ---- the days ---- */

static void
end_day (SyncFixture *f, const Morning *morning)
{
  const KillDay *day = morning->day;

  sync_fixture_open_store (f);
  day->assert_whole (f, day);
  day->work (f, day, morning->file);
  day->assert_whole (f, day);
  day->assert_done (f, day, morning->file);
  sync_fixture_tear_down (f);
}

/* What a transaction writes before its last page is nothing until that one is there, so of a row of
 * such writes the first one stands for all. */
static gboolean
stands_for_itself (const char *trace, guint i)
{
  return trace[i] != 'w' || i == 0 || trace[i - 1] != 'w' || (i > 1 && trace[i - 2] == 'f');
}

void
kill_day_test (gconstpointer data)
{
  const KillDay *day = data;
  g_autofree char *trace = NULL;
  Morning morning;
  SyncFixture f;
  guint n_killed = 0;
  guint n_met = 0;
  /* Another one each day, so that none is left out by all. */
  guint first = g_str_hash (day->name);

  morning_init (&morning, day);
  begin_day (&f, &morning);
  trace = g_strchomp (spawn_child (&f, &morning, 0));
  end_day (&f, &morning);
  g_test_message ("%s", trace);
  for (guint i = 0; trace[i] != '\0'; i++)
    {
      g_autofree char *whole = NULL;

      if (!g_test_slow ()
          && (!stands_for_itself (trace, i) || (n_met++ + first) % MAX (day->every, 1) != 0))
        continue;
      begin_day (&f, &morning);
      whole = spawn_child (&f, &morning, i + 1);
      g_assert_null (whole);
      n_killed++;
      end_day (&f, &morning);
    }
  g_test_message ("killed at %u of %zu steps", n_killed, strlen (trace));
  morning_clear (&morning);
}
