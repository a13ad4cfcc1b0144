/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lines of an import that the LMS refused are put right and imported again: only those, each
 * carried out once, and nothing of the first attempt is left to hold them back. */
#include "again-fixture.h"

#include "imports/reg-import-breaker.h"

#define LAST_USER 300

/* Three lines, of which the LMS refuses the second: that person was archived there meanwhile. */
static RegImportRun *
start_refused (AgainFixture *self, gint64 *people)
{
  g_autofree char *text = NULL;
  g_autoptr (GPtrArray) rejects = NULL;
  RegImportRun *run;

  people[0] = again_find_person (self, 0);
  people[1] = again_find_person (self, people[0]);
  people[2] = again_find_person (self, people[1]);
  text = again_dup_list (self, people, 3);
  run = again_start_text (self, text);
  sync_fixture_do_there (&self->sync, "archive", people[1], 0, NULL);
  sync_fixture_sync (&self->sync);
  rejects = again_list_rejects (self, run);
  g_assert_cmpuint (rejects->len, ==, 1);
  g_assert_cmpint (((RegImportReject *)g_ptr_array_index (rejects, 0))->line, ==, 3);
  g_assert_cmpstr (((RegImportReject *)g_ptr_array_index (rejects, 0))->code, ==, "user-archived");
  return run;
}

/* Nothing is left: the list of the first import is empty, the second is through, each person once.
 */
static void
assert_all_done (AgainFixture *self,
                 const RegImportRun *first,
                 const RegImportRun *second,
                 gint64 n)
{
  g_autoptr (GPtrArray) rejects = again_list_rejects (self, first);
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
test_same_person (AgainFixture *self, gconstpointer data)
{
  gint64 people[3];
  g_autoptr (RegImportRun) first = start_refused (self, people);
  g_autoptr (RegImportRun) second = NULL;
  g_autoptr (RegImportCopy) copy = NULL;
  g_autoptr (RegImportPlan) plan = NULL;

  sync_fixture_do_there (&self->sync, "restore", people[1], 0, NULL);
  sync_fixture_sync (&self->sync);
  copy = again_correct (self, first);
  plan = again_check (self);
  g_assert_cmpint (plan->lines_read, ==, 1);
  second = again_start (self);
  g_assert_cmpint (sync_fixture_count (&self->sync, REG_CHANGE_REJECTED), ==, 0);
  g_assert_true (again_is_enrolled (self, people[1]));
  sync_fixture_sync (&self->sync);
  assert_all_done (self, first, second, 3);
}

/* The line names somebody else now: what was asked for the first one is given up. */
static void
test_other_person (AgainFixture *self, gconstpointer data)
{
  gint64 people[3];
  g_autoptr (RegImportRun) first = start_refused (self, people);
  g_autoptr (RegImportRun) second = NULL;
  g_autoptr (RegImportCopy) copy = again_correct (self, first);
  gint64 other = again_find_person (self, people[2]);
  g_autoptr (RegUser) user = again_get_user (self, other);

  reg_import_edits_set_cell (copy->edits, 3, 0, user->email);
  second = again_start (self);
  sync_fixture_sync (&self->sync);
  g_assert_true (again_is_enrolled (self, other));
  g_assert_false (again_is_enrolled (self, people[1]));
  assert_all_done (self, first, second, 3);
}

/* A line that still cannot be imported stays as refused as it was. */
static void
test_not_corrected (AgainFixture *self, gconstpointer data)
{
  gint64 people[3];
  g_autoptr (RegImportRun) first = start_refused (self, people);
  g_autoptr (RegImportRun) second = NULL;
  g_autoptr (RegImportCopy) copy = again_correct (self, first);

  second = again_start (self);
  g_assert_cmpint (second->batch_id, ==, 0);
  g_assert_cmpint (reg_store_count_rejects (self->sync.store, first->id, NULL), ==, 1);
  g_assert_cmpint (sync_fixture_count (&self->sync, REG_CHANGE_REJECTED), ==, 1);
}

/* The list that was downloaded is a file like any other: nothing says which import it is of. */
static void
test_list (AgainFixture *self, gconstpointer data)
{
  gint64 people[3];
  g_autoptr (RegImportRun) first = start_refused (self, people);
  g_autoptr (RegImportRun) second = NULL;
  g_autoptr (GError) error = NULL;

  sync_fixture_do_there (&self->sync, "restore", people[1], 0, NULL);
  sync_fixture_sync (&self->sync);
  g_assert_true (reg_import_copy_write_rejects (self->sync.store, first->id, self->path, &error));
  g_assert_no_error (error);
  second = again_start (self);
  sync_fixture_sync (&self->sync);
  assert_all_done (self, first, second, 3);
}

/* Somebody else was given the employee ID meanwhile; with another one the person is added once. */
static void
test_new_person (AgainFixture *self, gconstpointer data)
{
  g_autoptr (RegImportRun) first = NULL;
  g_autoptr (RegImportRun) second = NULL;
  g_autoptr (RegImportCopy) copy = NULL;
  g_autoptr (RegImportPlan) plan = NULL;
  g_autoptr (RegIdList) found = NULL;
  const RegUserQuery query = { .search = "new.one@example.org" };

  self->request.action = "add-users";
  self->request.courses = NULL;
  first = again_start_text (self, "Email ID,Employee ID,Given Name,Family Name\n"
                                  "new.one@example.org,X-700,Nea,One\n");
  sync_fixture_do_there (
      &self->sync, "add-user", 0, 0,
      "email=other.one@example.org;employee_id=X-700;given_name=O;family_name=O");
  sync_fixture_sync (&self->sync);
  g_assert_cmpint (reg_store_count_rejects (self->sync.store, first->id, NULL), ==, 1);

  copy = again_correct (self, first);
  plan = again_check (self);
  /* The one whom the LMS refused is not in the way; the one who has the number is named. */
  g_assert_cmpuint (plan->will->len, ==, 0);
  reg_import_edits_set_cell (copy->edits, 2, 1, "X-701");
  second = again_start (self);
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
test_by_hand (AgainFixture *self, gconstpointer data)
{
  gint64 id = again_find_person (self, 0);
  g_autoptr (RegUser) taken = again_get_user (self, again_find_person (self, id));

  sync_fixture_stage (&self->sync, "edit-user", id, 0, "email=free@example.org;family_name=Later");
  sync_fixture_do_there (&self->sync, "edit-user", taken->id, 0, "email=free@example.org");
  sync_fixture_sync (&self->sync);
  g_assert_cmpint (sync_fixture_count (&self->sync, REG_CHANGE_REJECTED), ==, 1);
  sync_fixture_stage (&self->sync, "edit-user", id, 0, "family_name=Last");
  g_assert_cmpint (sync_fixture_count (&self->sync, REG_CHANGE_REJECTED), ==, 1);
  g_assert_cmpint (sync_fixture_count (&self->sync, REG_CHANGE_PENDING), ==, 1);
}

static void
test_by_hand_whole (AgainFixture *self, gconstpointer data)
{
  gint64 id = again_find_person (self, 0);
  g_autoptr (RegUser) taken = again_get_user (self, again_find_person (self, id));
  g_autoptr (RegUser) user = NULL;

  sync_fixture_stage (&self->sync, "edit-user", id, 0, "email=free@example.org");
  sync_fixture_do_there (&self->sync, "edit-user", taken->id, 0, "email=free@example.org");
  sync_fixture_sync (&self->sync);
  sync_fixture_stage (&self->sync, "edit-user", id, 0, "email=freer@example.org;family_name=Last");
  g_assert_cmpint (sync_fixture_count (&self->sync, REG_CHANGE_REJECTED), ==, 0);
  sync_fixture_sync (&self->sync);
  user = again_get_user (self, id);
  g_assert_cmpstr (user->email, ==, "freer@example.org");
  g_assert_cmpstr (user->family_name, ==, "Last");
  sync_fixture_assert_same (&self->sync);
}

static RegUser *
find_user (AgainFixture *self, gint64 batch_id, const char *email)
{
  g_autoptr (RegIdList) ids = reg_store_list_batch_users (self->sync.store, batch_id, ~0u, NULL);

  for (gsize i = 0; i < ids->n; i++)
    {
      g_autoptr (RegUser) user = reg_store_get_user (self->sync.store, ids->ids[i], NULL);

      if (user != NULL && g_str_equal (user->email, email))
        return g_steal_pointer (&user);
    }
  g_assert_not_reached ();
}

/* Somebody whom the LMS refused to add is added with another address: those whose manager they were
 * to be, in lines that were imported, have the manager they were to have. */
static void
test_new_manager (AgainFixture *self, gconstpointer data)
{
  g_autoptr (RegImportRun) first = NULL;
  g_autoptr (RegImportRun) second = NULL;
  g_autoptr (RegImportCopy) copy = NULL;
  g_autoptr (RegUser) anna = NULL;
  g_autoptr (RegUser) boss = NULL;

  self->request.action = "add-users";
  self->request.courses = NULL;
  first = again_start_text (self, "Email ID,Given Name,Manager\n"
                                  "anna.new@example.org,Anna,boss.new@example.org\n"
                                  "boss.new@example.org,Boss,\n");
  sync_fixture_do_there (&self->sync, "edit-user", again_find_person (self, 0), 0,
                         "email=boss.new@example.org");
  sync_fixture_sync_to_end (&self->sync);
  g_assert_cmpint (sync_fixture_count (&self->sync, REG_CHANGE_REJECTED), ==, 1);
  copy = again_correct (self, first);
  g_assert_cmpuint (copy->lines->len, ==, 1);
  reg_import_edits_set_cell (copy->edits, 3, 0, "boss.other@example.org");
  second = again_start (self);
  boss = find_user (self, second->batch_id, "boss.other@example.org");
  anna = find_user (self, first->batch_id, "anna.new@example.org");
  g_assert_cmpint (anna->manager_id, ==, boss->id);
  sync_fixture_sync_to_end (&self->sync);
  g_clear_pointer (&boss, reg_user_free);
  g_clear_pointer (&anna, reg_user_free);
  boss = find_user (self, second->batch_id, "boss.other@example.org");
  anna = find_user (self, first->batch_id, "anna.new@example.org");
  g_assert_cmpint (boss->id, >, 0);
  g_assert_cmpint (anna->manager_id, ==, boss->id);
  sync_fixture_assert_same (&self->sync);
}

/* Left out after all: what the LMS refused of the line is given up, here and in Pending Changes. */
static void
test_left_out (AgainFixture *self, gconstpointer data)
{
  gint64 people[3];
  g_autoptr (RegImportRun) first = start_refused (self, people);
  g_autoptr (RegImportRun) second = NULL;
  g_autoptr (RegImportCopy) copy = again_correct (self, first);

  reg_import_edits_leave_out (copy->edits, 3);
  second = again_start (self);
  g_assert_cmpint (second->batch_id, ==, 0);
  g_assert_cmpint (second->n_not_imported, ==, 0);
  g_assert_cmpint (sync_fixture_count (&self->sync, REG_CHANGE_REJECTED), ==, 0);
  sync_fixture_sync (&self->sync);
  g_assert_false (again_is_enrolled (self, people[1]));
  assert_all_done (self, first, second, 2);
}

/* ---- Something else instead ---- */

/* The next person from there on who has completed the course; or who has it and has not. */
static gint64
find_enrolled (AgainFixture *self, gint64 after, gboolean completed)
{
  for (gint64 id = MAX (after, 1) + 1; id <= LAST_USER; id++)
    {
      g_autoptr (RegUser) user = again_get_user (self, id);
      g_autoptr (RegEnrollment) there =
          reg_store_get_enrollment (self->sync.store, id, AGAIN_COURSE, NULL);

      if (user != NULL && user->state == REG_USER_STATE_ACTIVE && *user->email != '\0'
          && there != NULL && there->present && there->access == REG_ACCESS_ACTIVE
          && !there->archived && (there->completed_at != 0) == completed)
        return id;
    }
  g_assert_not_reached ();
}

static RegEnrollment *
get_enrollment (AgainFixture *self, gint64 user_id)
{
  g_autoptr (GError) error = NULL;
  RegEnrollment *enrollment =
      reg_store_get_enrollment (self->sync.store, user_id, AGAIN_COURSE, &error);

  g_assert_no_error (error);
  return enrollment;
}

/* Line 2 somebody new to the course, line 3 somebody who has it, line 4 who has completed it.
 * Returns: (transfer full): what is corrected of it, for the request */
static RegImportEdits *
write_mixed (AgainFixture *self, gint64 people[3])
{
  RegImportEdits *edits = reg_import_edits_new ();
  g_autofree char *text = NULL;

  people[0] = again_find_person (self, 0);
  people[1] = find_enrolled (self, 0, FALSE);
  people[2] = find_enrolled (self, 0, TRUE);
  text = again_dup_list (self, people, 3);
  g_assert_true (g_file_set_contents (self->path, text, -1, NULL));
  self->request.edits = edits;
  return edits;
}

/* The plan counts what is reassigned apart; it is one import, one step to be undone, and the LMS
 * and the local copy agree in the end. */
static void
test_reassign (AgainFixture *self, gconstpointer data)
{
  gint64 people[3];
  g_autoptr (RegImportEdits) edits = write_mixed (self, people);
  g_autoptr (RegImportPlan) before = NULL;
  g_autoptr (RegImportPlan) plan = NULL;
  g_autoptr (RegImportRun) run = NULL;
  g_autoptr (RegEnrollment) was = NULL;
  g_autoptr (RegEnrollment) is = NULL;
  g_autofree char *summary = NULL;

  was = get_enrollment (self, people[1]);
  before = again_check (self);
  g_assert_cmpuint (before->will->len, ==, 1);
  g_assert_cmpuint (before->cannot->len, ==, 2);
  reg_import_edits_set_instead (edits, 3, "reassign");
  plan = again_check (self);
  g_assert_cmpuint (plan->will->len, ==, 2);
  g_assert_cmpuint (plan->cannot->len, ==, 1);
  summary = reg_import_plan_dup_summary (plan);
  g_assert_cmpstr (summary, ==,
                   "1 user will be enrolled · 1 user will be reassigned · 1 cannot be enrolled · "
                   "0 lines may not be imported");
  run = again_start (self);
  g_assert_cmpint (run->n_users, ==, 2);
  g_assert_cmpint (sync_fixture_count (&self->sync, REG_CHANGE_PENDING), ==, 2);
  is = get_enrollment (self, people[1]);
  g_assert_cmpint (is->attempt, ==, was->attempt + 1);
  g_assert_cmpint (is->progress, ==, 0);
  sync_fixture_sync (&self->sync);
  g_assert_true (again_is_enrolled (self, people[0]));
  sync_fixture_assert_applied (&self->sync, 2);
  g_assert_cmpint (sync_fixture_count (&self->sync, REG_CHANGE_PENDING), ==, 0);
  g_assert_cmpint (sync_fixture_count (&self->sync, REG_CHANGE_REJECTED), ==, 0);
  sync_fixture_assert_same (&self->sync);
}

/* Taken back before the sync: nothing was ever sent, and the last assignment is as it was. */
static void
test_reassign_undone (AgainFixture *self, gconstpointer data)
{
  gint64 people[3];
  g_autoptr (RegImportEdits) edits = write_mixed (self, people);
  g_autoptr (RegImportRun) run = NULL;
  g_autoptr (RegEnrollment) was = NULL;
  g_autoptr (RegEnrollment) is = NULL;

  was = get_enrollment (self, people[2]);
  reg_import_edits_set_instead (edits, 0, "reassign=remove_records");
  run = again_start (self);
  g_assert_cmpint (sync_fixture_count (&self->sync, REG_CHANGE_PENDING), ==, 3);
  g_assert_cmpint (again_undo (self, run->batch_id), ==, 0);
  g_assert_cmpint (sync_fixture_count (&self->sync, REG_CHANGE_UNDONE), ==, 3);
  is = get_enrollment (self, people[2]);
  g_assert_cmpint (is->completed_at, ==, was->completed_at);
  g_assert_cmpint (is->attempt, ==, was->attempt);
  sync_fixture_sync (&self->sync);
  sync_fixture_assert_applied (&self->sync, 0);
  sync_fixture_assert_same (&self->sync);
}

/* For all, but not those who completed it; then one of these too. What cannot be taken back once
 * it was sent is told before. */
static void
test_reassign_all (AgainFixture *self, gconstpointer data)
{
  gint64 people[3];
  g_autoptr (RegImportEdits) edits = write_mixed (self, people);
  g_autoptr (RegImportPlan) skipping = NULL;
  g_autoptr (RegImportPlan) plan = NULL;
  g_autoptr (RegImportRun) run = NULL;
  g_autoptr (RegEnrollment) is = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *warning = NULL;
  g_autofree char *kept = NULL;
  g_autoptr (RegIdList) left = NULL;
  RegBatchRevert revert;

  reg_import_edits_set_instead (edits, 0, "reassign=skip_completed");
  skipping = again_check (self);
  g_assert_cmpuint (skipping->cannot->len, ==, 1);
  g_assert_cmpint (g_array_index (skipping->cannot, RegImportCannot, 0).reason, ==,
                   REG_REASON_COMPLETED_SKIPPED);
  kept = reg_import_plan_dup_warning (skipping, NULL);
  g_assert_null (kept);
  reg_import_edits_set_instead (edits, 4, "reassign=remove_records");
  plan = again_check (self);
  g_assert_cmpuint (plan->cannot->len, ==, 0);
  g_assert_cmpint (plan->n_instead_users, ==, 2);
  warning = reg_import_plan_dup_warning (plan, NULL);
  g_assert_cmpstr (warning, ==,
                   "This removes all records of the last assignment of 1 user for good.");
  run = again_start (self);
  sync_fixture_sync (&self->sync);
  is = get_enrollment (self, people[2]);
  g_assert_cmpint (is->completed_at, ==, 0);
  sync_fixture_assert_applied (&self->sync, 3);
  sync_fixture_assert_same (&self->sync);
  g_assert_true (reg_store_preview_revert (self->sync.store, run->batch_id, &revert, &error));
  g_assert_no_error (error);
  g_assert_cmpint (revert.n_countered, ==, 2);
  g_assert_cmpint (revert.n_kept, ==, 1);
  left = reg_store_list_kept_users (self->sync.store, run->batch_id, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (left->n, ==, 1);
  g_assert_cmpint (left->ids[0], ==, people[2]);
}

/* Nobody is new: the import is one of the other operation. What was chosen is known of its copy
 * too, when the lines that were refused are corrected. */
static void
test_reassign_only (AgainFixture *self, gconstpointer data)
{
  gint64 people[2];
  g_autoptr (RegImportEdits) edits = reg_import_edits_new ();
  g_autoptr (RegImportRun) run = NULL;
  g_autoptr (RegImportCopy) copy = NULL;
  g_autoptr (RegBatch) batch = NULL;
  g_autofree char *text = NULL;
  g_autoptr (RegUser) other = NULL;

  people[0] = find_enrolled (self, 0, FALSE);
  people[1] = find_enrolled (self, people[0], FALSE);
  text = again_dup_list (self, people, 2);
  self->request.edits = edits;
  reg_import_edits_set_instead (edits, 0, "reassign");
  run = again_start_text (self, text);
  batch = reg_store_get_batch (self->sync.store, run->batch_id, NULL);
  g_assert_cmpstr (batch->operation, ==, "reassign");
  g_assert_cmpstr (batch->title, ==, "Import “list.csv”: reassign 2 users");
  sync_fixture_do_there (&self->sync, "archive", people[1], 0, NULL);
  sync_fixture_sync (&self->sync);
  g_assert_cmpint (reg_store_count_rejects (self->sync.store, run->id, NULL), ==, 1);
  copy = again_correct (self, run);
  other = again_get_user (self, find_enrolled (self, people[1], FALSE));
  reg_import_edits_set_cell (copy->edits, 3, 0, other->email);
  g_clear_pointer (&run, reg_import_run_free);
  run = again_start (self);
  g_assert_cmpint (run->n_users, ==, 1);
  sync_fixture_sync (&self->sync);
  sync_fixture_assert_applied (&self->sync, 2);
  g_assert_cmpint (sync_fixture_count (&self->sync, REG_CHANGE_REJECTED), ==, 0);
  sync_fixture_assert_same (&self->sync);
}

/* Due dates of who does not have the course: it is assigned with them. */
static void
test_assign_instead (AgainFixture *self, gconstpointer data)
{
  gint64 id = again_find_person (self, 0);
  g_autoptr (RegUser) user = again_get_user (self, id);
  g_autoptr (RegImportEdits) edits = reg_import_edits_new ();
  g_autoptr (RegImportRun) run = NULL;
  g_autoptr (RegEnrollment) is = NULL;
  g_autofree char *text =
      g_strdup_printf ("Email ID,Employee ID,Due Date\n%s,,2027-03-01\n", user->email);

  self->request.action = "set-due-dates";
  self->request.edits = edits;
  reg_import_edits_set_instead (edits, 0, "assign");
  run = again_start_text (self, text);
  sync_fixture_sync (&self->sync);
  is = get_enrollment (self, id);
  g_assert_true (is->present);
  g_assert_cmpstr (is->due_date, ==, "2027-03-01");
  g_assert_cmpint (is->requirement, ==, REG_REQUIREMENT_REQUIRED);
  sync_fixture_assert_applied (&self->sync, 1);
  sync_fixture_assert_same (&self->sync);
}

/* A file of people to be added has somebody who is there: updated instead. */
static void
test_update_instead (AgainFixture *self, gconstpointer data)
{
  gint64 id = again_find_person (self, 0);
  g_autoptr (RegUser) user = again_get_user (self, id);
  g_autoptr (RegUser) is = NULL;
  g_autoptr (RegImportEdits) edits = reg_import_edits_new ();
  g_autoptr (RegImportRun) run = NULL;
  g_autofree char *text =
      g_strdup_printf ("Email ID,Given Name,Family Name\nnew.two@example.org,Nea,Two\n"
                       "%s,Otherwise,Named\n",
                       user->email);

  self->request.action = "add-users";
  self->request.courses = NULL;
  self->request.edits = edits;
  reg_import_edits_set_instead (edits, 3, "update");
  run = again_start_text (self, text);
  g_assert_cmpint (run->n_users, ==, 2);
  sync_fixture_sync (&self->sync);
  is = again_get_user (self, id);
  g_assert_cmpstr (is->given_name, ==, "Otherwise");
  sync_fixture_assert_applied (&self->sync, 2);
  sync_fixture_assert_same (&self->sync);
}

#define ADD(name, func)                                                                            \
  g_test_add ("/sync/import-again/" name, AgainFixture, NULL, again_set_up, func, again_tear_down)

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
  ADD ("new-manager", test_new_manager);
  ADD ("left-out", test_left_out);
  ADD ("reassign", test_reassign);
  ADD ("reassign-undone", test_reassign_undone);
  ADD ("reassign-all", test_reassign_all);
  ADD ("reassign-only", test_reassign_only);
  ADD ("assign-instead", test_assign_instead);
  ADD ("update-instead", test_update_instead);
  return g_test_run ();
}
