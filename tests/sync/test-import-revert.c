/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Imports that are taken back, wholly or in part, after a real LMS has answered. */
#include "again-fixture.h"

#include "imports/reg-interchange.h"

#define NEW_ID "rv-100"

static RegImportRun *
start_moodle (AgainFixture *self, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RegInterchangePlan) plan = NULL;
  RegImportRun *run = NULL;

  g_assert_true (g_file_set_contents (self->path, text, -1, NULL));
  self->request.courses = NULL;
  plan = reg_import_job_check_interchange (self->sync.store, reg_interchange_find ("moodle-users"),
                                           &self->request, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (reg_import_job_start_interchange (self->sync.store, &self->request, plan, NULL,
                                                   &run, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
  return run;
}

static char *
dup_moodle_text (AgainFixture *self, gint64 known)
{
  g_autoptr (RegUser) user = again_get_user (self, known);
  g_autoptr (RegCourse) course = reg_store_get_course (self->sync.store, AGAIN_COURSE, NULL);

  return g_strdup_printf ("username,email,idnumber,firstname,lastname,course1\n"
                          "revert.me,revert.me@example.org," NEW_ID ",Revert,Me,%s\n"
                          "%s,%s,%s,Otherwise,%s,%s\n",
                          course->code, user->email, user->email, user->employee_id,
                          user->family_name, course->code);
}

static gint64
find_new (AgainFixture *self, gint64 batch_id)
{
  g_autoptr (RegIdList) ids = reg_store_list_batch_users (self->sync.store, batch_id, ~0u, NULL);

  for (gsize i = 0; i < ids->n; i++)
    {
      g_autoptr (RegUser) user = again_get_user (self, ids->ids[i]);

      if (g_str_equal (user->employee_id, NEW_ID))
        return user->id;
    }
  g_assert_not_reached ();
}

/* Somebody who came with the file is taken out of the course before they are archived. */
static void
test_people_and_courses (AgainFixture *self, gconstpointer data)
{
  gint64 known = again_find_person (self, 0), id;
  g_autoptr (RegUser) before = again_get_user (self, known);
  g_autofree char *text = dup_moodle_text (self, known);
  g_autoptr (RegImportRun) run = start_moodle (self, text);
  RegBatchRevert revert;
  g_autoptr (GError) error = NULL;
  gint64 counter, n;

  sync_fixture_sync_to_end (&self->sync);
  id = find_new (self, run->batch_id);
  g_assert_true (again_is_enrolled (self, id));
  g_assert_true (again_is_enrolled (self, known));
  g_assert_true (reg_store_preview_revert (self->sync.store, run->batch_id, &revert, &error));
  g_assert_cmpint (revert.n_countered, ==, 4);
  g_assert_cmpint (revert.n_kept, ==, 0);
  g_assert_true (reg_store_undo_batch (self->sync.store, run->batch_id, &counter, &n, NULL, NULL,
                                       NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (n, ==, 4);
  sync_fixture_sync_to_end (&self->sync);
  g_assert_cmpint (sync_fixture_count (&self->sync, REG_CHANGE_REJECTED), ==, 0);
  g_assert_false (again_is_enrolled (self, id));
  g_assert_false (again_is_enrolled (self, known));
  {
    g_autoptr (RegUser) user = again_get_user (self, id);
    g_autoptr (RegUser) after = again_get_user (self, known);

    g_assert_cmpint (user->state, ==, REG_USER_STATE_ARCHIVED);
    g_assert_cmpstr (after->given_name, ==, before->given_name);
  }
  sync_fixture_assert_same (&self->sync);
}

/* What is given back is one step: taken back, all of the import can be reverted again. */
static void
test_back_and_forth (AgainFixture *self, gconstpointer data)
{
  gint64 known = again_find_person (self, 0);
  g_autofree char *text = dup_moodle_text (self, known);
  g_autoptr (RegImportRun) run = start_moodle (self, text);
  g_autoptr (GPtrArray) batches = NULL;
  RegBatchRevert revert;
  gint64 counter;

  sync_fixture_sync_to_end (&self->sync);
  counter = again_undo (self, run->batch_id);
  batches = reg_store_list_batches (self->sync.store, TRUE, NULL);
  g_assert_cmpuint (batches->len, ==, 1);
  again_undo (self, counter);
  g_assert_true (again_is_enrolled (self, known));
  g_assert_true (reg_store_preview_revert (self->sync.store, run->batch_id, &revert, NULL));
  g_assert_cmpint (revert.n_countered, ==, 4);
  again_undo (self, run->batch_id);
  g_assert_false (again_is_enrolled (self, known));
}

/* Once it was reverted, what a person does by hand is not the import's any more. */
static void
test_once (AgainFixture *self, gconstpointer data)
{
  gint64 known = again_find_person (self, 0);
  g_autofree char *text = dup_moodle_text (self, known);
  g_autoptr (RegImportRun) run = start_moodle (self, text);
  g_autoptr (GError) error = NULL;
  gint64 counter, n;

  sync_fixture_sync_to_end (&self->sync);
  again_undo (self, run->batch_id);
  sync_fixture_sync_to_end (&self->sync);
  g_assert_cmpint (sync_fixture_stage (&self->sync, "assign", known, AGAIN_COURSE, NULL), !=, 0);
  sync_fixture_sync_to_end (&self->sync);
  g_assert_false (reg_store_undo_batch (self->sync.store, run->batch_id, &counter, &n, NULL, NULL,
                                        NULL, &error));
  g_assert_error (error, REG_STORE_ERROR, REG_STORE_ERROR_NOT_POSSIBLE);
  g_assert_true (again_is_enrolled (self, known));
}

static RegImportRun *
correct_person (AgainFixture *self, const RegImportRun *run, const char *email)
{
  g_autoptr (RegImportCopy) copy = again_correct (self, run);

  reg_import_edits_set_cell (copy->edits, 2, 0, email);
  return again_start (self);
}

/* A mark that was imported and reverted, and is refused when its line is read again, is news. */
static void
test_mark_again (AgainFixture *self, gconstpointer data)
{
  gint64 id = again_find_person (self, 0);
  g_autoptr (RegUser) user = again_get_user (self, id);
  g_autoptr (RegCourse) one = reg_store_get_course (self->sync.store, AGAIN_COURSE, NULL);
  g_autoptr (RegCourse) other = reg_store_get_course (self->sync.store, AGAIN_COURSE + 1, NULL);
  g_autofree char *text =
      g_strdup_printf ("Email ID,%s,%s\nnobody.here@example.org,x,x\n", one->code, other->code);
  g_autoptr (RegImportRun) first = NULL;
  g_autoptr (RegImportRun) second = NULL;
  g_autoptr (RegImportRun) third = NULL;
  g_autoptr (GPtrArray) rejects = NULL;

  self->request.courses = NULL;
  first = again_start_text (self, text);
  second = correct_person (self, first, user->email);
  sync_fixture_sync_to_end (&self->sync);
  again_undo (self, second->batch_id);
  sync_fixture_sync_to_end (&self->sync);
  g_assert_false (again_is_enrolled (self, id));
  g_assert_cmpint (sync_fixture_do_there (&self->sync, "assign", id, AGAIN_COURSE, NULL), ==,
                   REG_OUTCOME_APPLIED);
  sync_fixture_sync_to_end (&self->sync);
  third = correct_person (self, first, user->email);
  rejects = again_list_rejects (self, third);
  g_assert_cmpuint (rejects->len, ==, 1);
  g_assert_cmpstr (((RegImportReject *)g_ptr_array_index (rejects, 0))->course, ==, one->code);
}

/* So it can be done instead again. */
static void
test_instead_again (AgainFixture *self, gconstpointer data)
{
  gint64 id = again_find_person (self, 0);
  g_autofree char *text = again_dup_list (self, &id, 1);
  g_autoptr (RegImportRun) first = NULL;
  g_autoptr (RegImportRun) second = NULL;
  g_autoptr (RegImportCopy) copy = NULL;
  g_autoptr (RegImportCopy) again = NULL;
  g_autoptr (RegImportPlan) plan = NULL;

  g_assert_cmpint (sync_fixture_do_there (&self->sync, "assign", id, AGAIN_COURSE, NULL), ==,
                   REG_OUTCOME_APPLIED);
  sync_fixture_sync_to_end (&self->sync);
  first = again_start_text (self, text);
  copy = again_correct (self, first);
  reg_import_edits_set_instead (copy->edits, 2, "reassign");
  second = again_start (self);
  g_assert_cmpint (second->n_users, ==, 1);
  sync_fixture_sync_to_end (&self->sync);
  again_undo (self, second->batch_id);
  sync_fixture_sync_to_end (&self->sync);
  if (!again_is_enrolled (self, id))
    sync_fixture_do_there (&self->sync, "assign", id, AGAIN_COURSE, NULL);
  sync_fixture_sync_to_end (&self->sync);
  again = again_correct (self, first);
  g_assert_cmpuint (again->lines->len, ==, 1);
  reg_import_edits_set_instead (again->edits, 2, "reassign");
  plan = again_check (self);
  g_assert_cmpuint (plan->will->len, ==, 1);
  g_assert_cmpuint (plan->n_instead_users, ==, 1);
}

#define ADD(name, func)                                                                            \
  g_test_add ("/sync/import-revert/" name, AgainFixture, NULL, again_set_up, func, again_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("people-and-courses", test_people_and_courses);
  ADD ("back-and-forth", test_back_and_forth);
  ADD ("once", test_once);
  ADD ("mark-again", test_mark_again);
  ADD ("instead-again", test_instead_again);
  return g_test_run ();
}
