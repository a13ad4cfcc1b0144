/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lines of an import that the LMS refused are put right and imported again: only those, each
 * carried out once, and nothing of the first attempt is left to hold them back. */
#include "sync-fixture.h"

#include "sync/reg-import-copy.h"
#include "sync/reg-import-job.h"

#include <glib/gstdio.h>

#define LAST_USER 300
#define COURSE 5

typedef struct
{
  SyncFixture sync;
  char *path;
  RegImportRequest request;
  gint64 courses[2];
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  sync_fixture_set_up (&self->sync, 0);
  sync_fixture_sync (&self->sync);
  self->path = g_build_filename (self->sync.folder.folder, "list.csv", NULL);
  self->courses[0] = COURSE;
  self->request = (RegImportRequest){ .path = self->path,
                                      .action = "assign",
                                      .courses = self->courses,
                                      .today = "2026-06-01",
                                      .now = self->sync.now,
                                      .actor_id = 1,
                                      .actor_role = REG_ROLE_PRIMARY_ADMIN };
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_unlink (self->path);
  g_clear_pointer (&self->path, g_free);
  sync_fixture_tear_down (&self->sync);
}

static RegUser *
get_user (Fixture *self, gint64 id)
{
  g_autoptr (GError) error = NULL;
  RegUser *user = reg_store_get_user (self->sync.store, id, &error);

  g_assert_no_error (error);
  return user;
}

/* The next active person after this one who is not in the course. */
static gint64
find_person (Fixture *self, gint64 after)
{
  for (gint64 id = MAX (after, 1) + 1; id <= LAST_USER; id++)
    {
      g_autoptr (RegUser) user = get_user (self, id);
      g_autoptr (RegEnrollment) there =
          reg_store_get_enrollment (self->sync.store, id, COURSE, NULL);

      if (user != NULL && user->state == REG_USER_STATE_ACTIVE && *user->email != '\0'
          && (there == NULL || !there->present))
        return id;
    }
  g_assert_not_reached ();
}

static gboolean
is_enrolled (Fixture *self, gint64 user_id)
{
  g_autoptr (RegEnrollment) there =
      reg_store_get_enrollment (self->sync.store, user_id, COURSE, NULL);

  return there != NULL && there->present;
}

static RegImportPlan *
check (Fixture *self)
{
  g_autoptr (GError) error = NULL;
  RegImportPlan *plan =
      reg_import_job_check (self->sync.store, &self->request, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  return plan;
}

static RegImportRun *
start (Fixture *self)
{
  g_autoptr (RegImportPlan) plan = check (self);
  g_autoptr (GError) error = NULL;
  RegImportRun *run = NULL;

  g_assert_true (reg_import_job_start (self->sync.store, &self->request, plan, NULL, &run, NULL,
                                       NULL, NULL, &error));
  g_assert_no_error (error);
  return run;
}

static RegImportRun *
start_text (Fixture *self, const char *text)
{
  g_assert_true (g_file_set_contents (self->path, text, -1, NULL));
  return start (self);
}

static GPtrArray *
list_rejects (Fixture *self, const RegImportRun *run)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *rejects = reg_store_list_rejects (self->sync.store, run->id, 0, &error);

  g_assert_no_error (error);
  return rejects;
}

/* As "Correct and Import Again…" opens it. */
static RegImportCopy *
correct (Fixture *self, const RegImportRun *run)
{
  g_autoptr (GError) error = NULL;
  RegImportCopy *copy = reg_import_copy_open (self->sync.store, run->id, &error);

  g_assert_no_error (error);
  g_assert_nonnull (copy);
  reg_import_recipe_fill_request (copy->recipe, &self->request);
  reg_import_edits_set_only (copy->edits, (const gint64 *)(void *)copy->lines->data,
                             copy->lines->len);
  self->request.path = copy->path;
  self->request.name = copy->file_name;
  self->request.heading_line = copy->heading_line;
  self->request.edits = copy->edits;
  self->request.corrects = copy->run_id;
  return copy;
}

static char *
dup_list (Fixture *self, const gint64 *people, guint n)
{
  g_autoptr (GString) text = g_string_new ("Email ID,Employee ID,Requirement,Due Date,Message\n");

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (RegUser) user = get_user (self, people[i]);

      g_string_append_printf (text, "%s,,,,\n", user->email);
    }
  return g_strdup (text->str);
}

/* Three lines, of which the LMS refuses the second: that person was archived there meanwhile. */
static RegImportRun *
start_refused (Fixture *self, gint64 *people)
{
  g_autofree char *text = NULL;
  g_autoptr (GPtrArray) rejects = NULL;
  RegImportRun *run;

  people[0] = find_person (self, 0);
  people[1] = find_person (self, people[0]);
  people[2] = find_person (self, people[1]);
  text = dup_list (self, people, 3);
  run = start_text (self, text);
  sync_fixture_do_there (&self->sync, "archive", people[1], 0, NULL);
  sync_fixture_sync (&self->sync);
  rejects = list_rejects (self, run);
  g_assert_cmpuint (rejects->len, ==, 1);
  g_assert_cmpint (((RegImportReject *)g_ptr_array_index (rejects, 0))->line, ==, 3);
  g_assert_cmpstr (((RegImportReject *)g_ptr_array_index (rejects, 0))->code, ==, "user-archived");
  return run;
}

/* Nothing is left: the list of the first import is empty, the second is through, each person once.
 */
static void
assert_all_done (Fixture *self, const RegImportRun *first, const RegImportRun *second, gint64 n)
{
  g_autoptr (GPtrArray) rejects = list_rejects (self, first);
  g_autoptr (RegImportRun) run = NULL;

  g_assert_cmpuint (rejects->len, ==, 0);
  g_assert_cmpint (reg_store_count_rejects (self->sync.store, first->id, NULL), ==, 0);
  run = reg_store_get_run (self->sync.store, second->id, NULL);
  g_assert_cmpint (run->state, ==, REG_RUN_FINISHED);
  g_assert_cmpint (sync_fixture_count (&self->sync, REG_CHANGE_PENDING), ==, 0);
  g_assert_cmpint (sync_fixture_count (&self->sync, REG_CHANGE_REJECTED), ==, 0);
  sync_fixture_assert_applied (&self->sync, n);
  sync_fixture_assert_same (&self->sync);
}

/* The person is back: the same line again. */
static void
test_same_person (Fixture *self, gconstpointer data)
{
  gint64 people[3];
  g_autoptr (RegImportRun) first = start_refused (self, people);
  g_autoptr (RegImportRun) second = NULL;
  g_autoptr (RegImportCopy) copy = NULL;
  g_autoptr (RegImportPlan) plan = NULL;

  sync_fixture_do_there (&self->sync, "restore", people[1], 0, NULL);
  sync_fixture_sync (&self->sync);
  copy = correct (self, first);
  plan = check (self);
  g_assert_cmpint (plan->lines_read, ==, 1);
  second = start (self);
  g_assert_cmpint (sync_fixture_count (&self->sync, REG_CHANGE_REJECTED), ==, 0);
  g_assert_true (is_enrolled (self, people[1]));
  sync_fixture_sync (&self->sync);
  assert_all_done (self, first, second, 3);
}

/* The line names somebody else now: what was asked for the first one is given up. */
static void
test_other_person (Fixture *self, gconstpointer data)
{
  gint64 people[3];
  g_autoptr (RegImportRun) first = start_refused (self, people);
  g_autoptr (RegImportRun) second = NULL;
  g_autoptr (RegImportCopy) copy = correct (self, first);
  gint64 other = find_person (self, people[2]);
  g_autoptr (RegUser) user = get_user (self, other);

  reg_import_edits_set_cell (copy->edits, 3, 0, user->email);
  second = start (self);
  sync_fixture_sync (&self->sync);
  g_assert_true (is_enrolled (self, other));
  g_assert_false (is_enrolled (self, people[1]));
  assert_all_done (self, first, second, 3);
}

/* A line that still cannot be imported stays as refused as it was. */
static void
test_not_corrected (Fixture *self, gconstpointer data)
{
  gint64 people[3];
  g_autoptr (RegImportRun) first = start_refused (self, people);
  g_autoptr (RegImportRun) second = NULL;
  g_autoptr (RegImportCopy) copy = correct (self, first);

  second = start (self);
  g_assert_cmpint (second->batch_id, ==, 0);
  g_assert_cmpint (reg_store_count_rejects (self->sync.store, first->id, NULL), ==, 1);
  g_assert_cmpint (sync_fixture_count (&self->sync, REG_CHANGE_REJECTED), ==, 1);
}

/* The list that was downloaded is a file like any other: nothing says which import it is of. */
static void
test_list (Fixture *self, gconstpointer data)
{
  gint64 people[3];
  g_autoptr (RegImportRun) first = start_refused (self, people);
  g_autoptr (RegImportRun) second = NULL;
  g_autoptr (GError) error = NULL;

  sync_fixture_do_there (&self->sync, "restore", people[1], 0, NULL);
  sync_fixture_sync (&self->sync);
  g_assert_true (reg_import_copy_write_rejects (self->sync.store, first->id, self->path, &error));
  g_assert_no_error (error);
  second = start (self);
  sync_fixture_sync (&self->sync);
  assert_all_done (self, first, second, 3);
}

/* Somebody else was given the employee ID meanwhile; with another one the person is added once. */
static void
test_new_person (Fixture *self, gconstpointer data)
{
  g_autoptr (RegImportRun) first = NULL;
  g_autoptr (RegImportRun) second = NULL;
  g_autoptr (RegImportCopy) copy = NULL;
  g_autoptr (RegImportPlan) plan = NULL;
  g_autoptr (RegIdList) found = NULL;
  const RegUserQuery query = { .search = "new.one@example.org" };

  self->request.action = "add-users";
  self->request.courses = NULL;
  first = start_text (self, "Email ID,Employee ID,Given Name,Family Name\n"
                            "new.one@example.org,X-700,Nea,One\n");
  sync_fixture_do_there (
      &self->sync, "add-user", 0, 0,
      "email=other.one@example.org;employee_id=X-700;given_name=O;family_name=O");
  sync_fixture_sync (&self->sync);
  g_assert_cmpint (reg_store_count_rejects (self->sync.store, first->id, NULL), ==, 1);

  copy = correct (self, first);
  plan = check (self);
  /* The one whom the LMS refused is not in the way; the one who has the number is named. */
  g_assert_cmpuint (plan->will->len, ==, 0);
  reg_import_edits_set_cell (copy->edits, 2, 1, "X-701");
  second = start (self);
  g_assert_cmpint (second->n_users, ==, 1);
  sync_fixture_sync (&self->sync);
  assert_all_done (self, first, second, 1);
  found = reg_store_query_users (self->sync.store, &query, NULL, NULL);
  g_assert_cmpuint (found->n, ==, 1);
  g_assert_cmpint (found->ids[0], >, 0);
}

/* By hand it is the same, unless the new edit would leave out some of what the refused one was to
 * do. */
static void
test_by_hand (Fixture *self, gconstpointer data)
{
  gint64 id = find_person (self, 0);
  g_autoptr (RegUser) taken = get_user (self, find_person (self, id));

  sync_fixture_stage (&self->sync, "edit-user", id, 0, "email=free@example.org;family_name=Later");
  sync_fixture_do_there (&self->sync, "edit-user", taken->id, 0, "email=free@example.org");
  sync_fixture_sync (&self->sync);
  g_assert_cmpint (sync_fixture_count (&self->sync, REG_CHANGE_REJECTED), ==, 1);
  sync_fixture_stage (&self->sync, "edit-user", id, 0, "family_name=Last");
  g_assert_cmpint (sync_fixture_count (&self->sync, REG_CHANGE_REJECTED), ==, 1);
  g_assert_cmpint (sync_fixture_count (&self->sync, REG_CHANGE_PENDING), ==, 1);
}

static void
test_by_hand_whole (Fixture *self, gconstpointer data)
{
  gint64 id = find_person (self, 0);
  g_autoptr (RegUser) taken = get_user (self, find_person (self, id));
  g_autoptr (RegUser) user = NULL;

  sync_fixture_stage (&self->sync, "edit-user", id, 0, "email=free@example.org");
  sync_fixture_do_there (&self->sync, "edit-user", taken->id, 0, "email=free@example.org");
  sync_fixture_sync (&self->sync);
  sync_fixture_stage (&self->sync, "edit-user", id, 0, "email=freer@example.org;family_name=Last");
  g_assert_cmpint (sync_fixture_count (&self->sync, REG_CHANGE_REJECTED), ==, 0);
  sync_fixture_sync (&self->sync);
  user = get_user (self, id);
  g_assert_cmpstr (user->email, ==, "freer@example.org");
  g_assert_cmpstr (user->family_name, ==, "Last");
  sync_fixture_assert_same (&self->sync);
}

#define ADD(name, func)                                                                            \
  g_test_add ("/sync/import-again/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("same-person", test_same_person);
  ADD ("other-person", test_other_person);
  ADD ("not-corrected", test_not_corrected);
  ADD ("list", test_list);
  ADD ("new-person", test_new_person);
  ADD ("by-hand", test_by_hand);
  ADD ("by-hand-whole", test_by_hand_whole);
  return g_test_run ();
}
