/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lines that ask for more than one thing: what became of one mark is told of that mark alone, also
 * once the line is read again. */
#include "job-fixture.h"

#include "imports/reg-interchange.h"
#include "store/reg-store-outbox.h"
#include "store/reg-store-query.h"
#include "sync/reg-import-copy.h"

typedef struct
{
  JobFixture job;
  GHashTable *excluded; /* (nullable) */
} Fixture;

/* The first ten are in the second of four courses. */
static void
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (RegPage) page = reg_page_new ();

  job_fixture_set_up (&self->job, 30, "marks.csv");
  reg_test_page_add_course (page, 4, 1);
  reg_test_store_apply (self->job.store, page);
  reg_test_store_enroll (self->job.store, 2, 10);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_clear_pointer (&self->excluded, g_hash_table_unref);
  job_fixture_tear_down (&self->job, data);
}

static void
write_file (Fixture *self, const char *text)
{
  g_assert_true (g_file_set_contents (self->job.path, text, -1, NULL));
}

static void
untick (Fixture *self, gint64 line, gint64 course_id)
{
  const RegImportItem item = { .line = (guint32)line, .course_id = course_id };
  gint64 key = reg_import_item_get_key (&item);

  if (self->excluded == NULL)
    self->excluded = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_hash_table_add (self->excluded, g_memdup2 (&key, sizeof key));
}

static RegImportRun *
start_plan (Fixture *self, const RegImportPlan *plan)
{
  g_autoptr (GError) error = NULL;
  RegImportRun *run = NULL;

  g_assert_true (reg_import_job_start (self->job.store, &self->job.request, plan, self->excluded,
                                       &run, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
  return run;
}

static RegImportRun *
start (Fixture *self)
{
  g_autoptr (RegImportPlan) plan = job_fixture_check (&self->job);

  return start_plan (self, plan);
}

static RegInterchangePlan *
check_moodle (Fixture *self)
{
  g_autoptr (GError) error = NULL;
  RegInterchangePlan *plan =
      reg_import_job_check_interchange (self->job.store, reg_interchange_find ("moodle-users"),
                                        &self->job.request, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  return plan;
}

static RegImportRun *
start_moodle (Fixture *self)
{
  g_autoptr (RegInterchangePlan) plan = check_moodle (self);
  g_autoptr (GError) error = NULL;
  RegImportRun *run = NULL;

  g_assert_true (reg_import_job_start_interchange (self->job.store, &self->job.request, plan, NULL,
                                                   &run, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
  return run;
}

static const RegImportPlan *
find_step (const RegInterchangePlan *plan, const char *action)
{
  for (guint i = 0; i < plan->plans->len; i++)
    {
      const RegImportPlan *step = g_ptr_array_index (plan->plans, i);

      if (g_str_equal (step->action, action))
        return step;
    }
  return NULL;
}

/* The LMS does everything but what is about these courses, or this user. */
static void
answer (Fixture *self, guint refused_courses, gint64 refused_user)
{
  g_autoptr (GError) error = NULL;

  for (;;)
    {
      g_autoptr (GPtrArray) taken =
          reg_store_take_changes (self->job.store, 100, JOB_FIXTURE_NOW, &error);
      g_autoptr (GPtrArray) outcomes =
          g_ptr_array_new_with_free_func ((GDestroyNotify)reg_outcome_free);

      g_assert_no_error (error);
      if (taken->len == 0)
        return;
      for (guint i = 0; i < taken->len; i++)
        {
          const RegChange *change = g_ptr_array_index (taken, i);
          gboolean is_refused = (refused_courses & 1u << change->course_id) != 0
                                || (refused_user != 0 && change->user_id == refused_user);
          RegOutcome *outcome =
              reg_outcome_new (change->id, is_refused ? REG_OUTCOME_REJECTED : REG_OUTCOME_APPLIED);

          outcome->code = g_strdup (is_refused ? "server-refused" : NULL);
          outcome->sentence = g_strdup (is_refused ? "The course is closed." : NULL);
          g_ptr_array_add (outcomes, outcome);
        }
      g_assert_true (reg_store_put_outcomes (self->job.store, outcomes, &error));
      g_assert_no_error (error);
    }
}

/* As "Correct and Import Again…" opens it. */
static RegImportCopy *
correct (Fixture *self, const RegImportRun *run)
{
  g_autoptr (GError) error = NULL;
  RegImportCopy *copy = reg_import_copy_open (self->job.store, run->id, &error);

  g_assert_no_error (error);
  g_assert_nonnull (copy);
  reg_import_recipe_fill_request (copy->recipe, &self->job.request);
  reg_import_edits_set_only (copy->edits, (const gint64 *)(void *)copy->lines->data,
                             copy->lines->len);
  self->job.request.path = copy->path;
  self->job.request.name = copy->file_name;
  self->job.request.heading_line = copy->heading_line;
  self->job.request.edits = copy->edits;
  self->job.request.corrects = copy->run_id;
  g_clear_pointer (&self->excluded, g_hash_table_unref);
  return copy;
}

/* "2 C1, 3": what was not imported */
static void
assert_rejects (Fixture *self, const RegImportRun *run, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rejects = reg_store_list_rejects (self->job.store, run->id, 0, &error);
  g_autoptr (GString) found = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < rejects->len; i++)
    {
      const RegImportReject *reject = g_ptr_array_index (rejects, i);

      g_string_append_printf (found, "%s%d%s%s", i > 0 ? ", " : "", (int)reject->line,
                              reject->course != NULL ? " " : "",
                              reject->course != NULL ? reject->course : "");
    }
  g_assert_cmpstr (found->str, ==, expected);
  g_assert_cmpint (reg_store_count_rejects (self->job.store, run->id, NULL), ==, rejects->len);
}

static gint64
count_changes (Fixture *self, RegChangeState state)
{
  gint64 counts[REG_N_CHANGE_STATES] = { 0 };
  g_autoptr (GError) error = NULL;

  reg_store_count_changes (self->job.store, counts, &error);
  g_assert_no_error (error);
  return counts[state];
}

/* What the LMS said is said of its own line of a file of another system, and can be let through. */
static void
test_refused_of_moodle (Fixture *self, gconstpointer data)
{
  g_autoptr (RegImportRun) run = NULL;
  g_autoptr (RegImportCopy) copy = NULL;
  g_autoptr (RegInterchangePlan) plan = NULL;
  g_autoptr (RegInterchangePlan) accepted = NULL;
  const RegImportPlan *step;

  write_file (self, "username,email,firstname,lastname,course1\n"
                    "a,user00021@example.com,,,C1\nb,user00022@example.com,,,C1\n"
                    "c,user00023@example.com,,,C1\n");
  run = start_moodle (self);
  answer (self, 0, 23);
  assert_rejects (self, run, "4 C1");
  copy = correct (self, run);
  plan = check_moodle (self);
  step = find_step (plan, "assign");
  g_assert_cmpuint (step->will->len, ==, 0);
  g_assert_cmpuint (step->bad_lines->len, ==, 1);
  g_assert_cmpint (g_array_index (step->bad_lines, RegImportBadLine, 0).line, ==, 4);
  g_assert_cmpint (g_array_index (step->bad_lines, RegImportBadLine, 0).reason, ==,
                   REG_REASON_SERVER_REFUSED);
  reg_import_edits_accept (copy->edits, 4);
  accepted = check_moodle (self);
  step = find_step (accepted, "assign");
  g_assert_cmpuint (step->will->len, ==, 1);
  g_assert_cmpuint (step->bad_lines->len, ==, 0);
}

/* Nothing is left of the lines that are put right: they are left out, and that is done. */
static void
test_moodle_left_out (Fixture *self, gconstpointer data)
{
  g_autoptr (RegImportRun) run = NULL;
  g_autoptr (RegImportRun) second = NULL;
  g_autoptr (RegImportCopy) copy = NULL;

  write_file (self, "username,email,firstname,lastname,course1\n"
                    "a,user00021@example.com,,,C1\nb,user00022@example.com,,,C1\n");
  run = start_moodle (self);
  answer (self, 0, 22);
  assert_rejects (self, run, "3 C1");
  copy = correct (self, run);
  reg_import_edits_leave_out (copy->edits, 3);
  second = start_moodle (self);
  g_assert_cmpint (second->batch_id, ==, 0);
  assert_rejects (self, run, "");
}

/* Whoever is not added is in no course either, and that is told. */
static void
test_moodle_unticked (Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) excluded = g_ptr_array_new ();
  g_autoptr (RegInterchangePlan) plan = NULL;
  g_autoptr (RegImportRun) run = NULL;
  g_autoptr (GError) error = NULL;

  write_file (self, "username,email,firstname,lastname,course1,course2\n"
                    "a,user00021@example.com,,,C1,\nn,nora@new.example,Nora,Nye,C1,C3\n");
  plan = check_moodle (self);
  untick (self, 3, 0);
  g_ptr_array_add (excluded, self->excluded);
  g_ptr_array_add (excluded, NULL);
  g_assert_true (reg_import_job_start_interchange (self->job.store, &self->job.request, plan,
                                                   excluded, &run, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (run->n_users, ==, 1);
  g_assert_cmpint (count_changes (self, REG_CHANGE_PENDING), ==, 1);
  assert_rejects (self, run, "3 C1, 3 C3");
}

static void
test_moodle_instead (Fixture *self, gconstpointer data)
{
  g_autoptr (RegImportEdits) edits = reg_import_edits_new ();
  g_autoptr (RegInterchangePlan) plan = NULL;
  const RegImportPlan *step;

  write_file (self, "username,email,firstname,lastname,course1,course2\n"
                    "z,user00020@example.com,,,C1,\n\na,user00005@example.com,,,C2,C1\n"
                    "b,user00006@example.com,,,C2,\n");
  self->job.request.edits = edits;
  reg_import_edits_set_instead (edits, 4, "reassign");
  plan = check_moodle (self);
  step = find_step (plan, "assign");
  g_assert_cmpuint (step->will->len, ==, 3);
  g_assert_cmpuint (step->cannot->len, ==, 1);
  g_assert_cmpint (g_array_index (step->cannot, RegImportCannot, 0).line, ==, 5);
  g_assert_cmpint (step->n_instead_users, ==, 1);
}

/* What an import has made of a line is there then: it is not the reason to do something instead. */
static void
test_instead_once (Fixture *self, gconstpointer data)
{
  g_autoptr (RegImportEdits) edits = reg_import_edits_new ();
  g_autoptr (RegImportRun) run = NULL;
  g_autoptr (RegImportRun) second = NULL;
  g_autoptr (RegImportCopy) copy = NULL;
  g_autoptr (RegImportPlan) plan = NULL;
  g_autoptr (RegImportPlan) other = NULL;
  const RegImportItem *item;

  write_file (self, "Email ID,C1,C2,C3\nuser00005@example.com,x,x,x\n");
  self->job.request.edits = edits;
  reg_import_edits_set_instead (edits, 0, "reassign");
  run = start (self);
  g_assert_cmpint (count_changes (self, REG_CHANGE_PENDING), ==, 3);
  answer (self, 1u << 3, 0);
  assert_rejects (self, run, "2 C3");
  copy = correct (self, run);
  reg_import_edits_accept (copy->edits, 2);
  plan = job_fixture_check (&self->job);
  g_assert_cmpuint (plan->will->len, ==, 1);
  item = &g_array_index (plan->will, RegImportItem, 0);
  g_assert_cmpint (item->course_id, ==, 3);
  g_assert_cmpstr (reg_import_plan_get_operation (plan, item)->name, ==, "assign");
  g_assert_cmpuint (plan->cannot->len, ==, 2);
  /* of somebody else it is another question */
  reg_import_edits_set_cell (copy->edits, 2, 0, "user00006@example.com");
  other = job_fixture_check (&self->job);
  g_assert_cmpuint (other->will->len, ==, 3);
  g_assert_cmpint (other->n_instead_users, ==, 1);
  reg_import_edits_undo (copy->edits);
  second = start (self);
  answer (self, 0, 0);
  assert_rejects (self, run, "");
}

/* "Assign with this due date instead" is about lines that have one. */
static void
test_instead_without_date (Fixture *self, gconstpointer data)
{
  const gint64 courses[] = { 2, 0 };
  g_autoptr (RegImportEdits) edits = reg_import_edits_new ();
  g_autoptr (RegImportPlan) plan = NULL;

  write_file (self, "Email ID,Employee ID,Due Date\nuser00021@example.com,,2026-12-01\n"
                    "user00022@example.com,,\n");
  self->job.request.action = "set-due-dates";
  self->job.request.courses = courses;
  self->job.request.empty = REG_EMPTY_CLEAR;
  self->job.request.edits = edits;
  reg_import_edits_set_instead (edits, 0, "assign");
  plan = job_fixture_check (&self->job);
  g_assert_cmpuint (plan->will->len, ==, 1);
  g_assert_cmpint (g_array_index (plan->will, RegImportItem, 0).line, ==, 2);
  g_assert_cmpuint (plan->cannot->len, ==, 1);
  g_assert_cmpint (g_array_index (plan->cannot, RegImportCannot, 0).reason, ==,
                   REG_REASON_NOT_ENROLLED);
  g_clear_pointer (&plan, reg_import_plan_unref);
  /* unless it is asked for that one */
  reg_import_edits_set_instead (edits, 3, "assign");
  plan = job_fixture_check (&self->job);
  g_assert_cmpuint (plan->will->len, ==, 2);
}

/* Of two marks that the LMS refused one is tried again: the other is as refused as it was. */
static void
test_unticked_again (Fixture *self, gconstpointer data)
{
  g_autoptr (RegImportRun) run = NULL;
  g_autoptr (RegImportRun) second = NULL;
  g_autoptr (RegImportRun) third = NULL;
  g_autoptr (RegImportCopy) copy = NULL;

  write_file (self, "Email ID,C1,C3\nuser00005@example.com,x,x\nuser00006@example.com,x,x\n");
  run = start (self);
  answer (self, 1u << 1 | 1u << 3, 0);
  assert_rejects (self, run, "2 C1, 2 C3, 3 C1, 3 C3");
  copy = correct (self, run);
  reg_import_edits_accept (copy->edits, 0);
  untick (self, 2, 3);
  untick (self, 3, 1);
  untick (self, 3, 3);
  second = start (self);
  g_assert_cmpint (count_changes (self, REG_CHANGE_PENDING), ==, 1);
  g_assert_cmpint (count_changes (self, REG_CHANGE_REJECTED), ==, 3);
  assert_rejects (self, run, "2 C3, 3 C1, 3 C3");
  answer (self, 0, 0);
  assert_rejects (self, run, "2 C3, 3 C1, 3 C3");
  g_clear_pointer (&copy, reg_import_copy_free);
  copy = correct (self, run);
  reg_import_edits_accept (copy->edits, 0);
  third = start (self);
  g_assert_cmpint (count_changes (self, REG_CHANGE_PENDING), ==, 3);
  g_assert_cmpint (count_changes (self, REG_CHANGE_REJECTED), ==, 0);
  answer (self, 0, 0);
  assert_rejects (self, run, "");
}

/* So is a mark that was left out at the start, and is possible now. */
static void
test_unticked_left_out (Fixture *self, gconstpointer data)
{
  g_autoptr (RegImportRun) run = NULL;
  g_autoptr (RegImportRun) second = NULL;
  g_autoptr (RegImportRun) third = NULL;
  g_autoptr (RegImportCopy) copy = NULL;
  g_autoptr (RegPage) page = reg_page_new ();

  write_file (self, "Email ID,C1,C2\nuser00005@example.com,x,x\n");
  run = start (self);
  answer (self, 1u << 1, 0);
  assert_rejects (self, run, "2 C2, 2 C1");
  reg_test_page_add_tombstone (page, "enrollment", 0, 5, 2);
  reg_test_store_apply (self->job.store, page);
  copy = correct (self, run);
  reg_import_edits_accept (copy->edits, 2);
  untick (self, 2, 2);
  second = start (self);
  answer (self, 0, 0);
  assert_rejects (self, run, "2 C2");
  assert_rejects (self, second, "2 C2");
  g_clear_pointer (&copy, reg_import_copy_free);
  copy = correct (self, second);
  third = start (self);
  g_assert_cmpint (count_changes (self, REG_CHANGE_PENDING), ==, 1);
  assert_rejects (self, run, "");
  assert_rejects (self, second, "");
}

/* Of a line whose other marks were imported, or unticked, only the one that was refused is in
 * question: in the wizard, and in Download List. */
static void
test_other_marks (Fixture *self, gconstpointer data)
{
  g_autoptr (RegImportRun) run = NULL;
  g_autoptr (RegImportCopy) copy = NULL;
  g_autoptr (RegImportPlan) plan = NULL;
  g_autoptr (RegImportPlan) again = NULL;
  g_autoptr (GHashTable) others = NULL;
  g_autoptr (GError) error = NULL;
  const RegImportItem *item;

  write_file (self, "Email ID,C1,C3,C4\nuser00005@example.com,x,X,x\nnobody@example.com,x,,x\n");
  untick (self, 2, 4);
  run = start (self);
  answer (self, 1u << 3, 0);
  assert_rejects (self, run, "2 C3, 3");
  copy = correct (self, run);
  reg_import_edits_accept (copy->edits, 2);
  reg_import_edits_set_cell (copy->edits, 3, 0, "user00006@example.com");
  plan = job_fixture_check (&self->job);
  others = reg_import_list_other_rows (copy->rejects, plan);
  g_assert_cmpuint (plan->will->len, ==, 4);
  g_assert_cmpuint (g_hash_table_size (others), ==, 1);
  item = &g_array_index (plan->will, RegImportItem, 1);
  g_assert_cmpint (item->course_id, ==, 4);
  g_assert_true (reg_import_item_is_in (item, others));

  g_assert_true (reg_import_copy_write_rejects (self->job.store, run->id, self->job.path, &error));
  g_assert_no_error (error);
  self->job.request.path = self->job.path;
  self->job.request.name = NULL;
  self->job.request.heading_line = 0;
  self->job.request.edits = NULL;
  self->job.request.corrects = 0;
  again = job_fixture_check (&self->job);
  g_assert_cmpuint (again->will->len, ==, 1);
  g_assert_cmpuint (again->cannot->len, ==, 0);
  g_assert_cmpint (g_array_index (again->will, RegImportItem, 0).course_id, ==, 3);
  g_assert_cmpuint (again->bad_lines->len, ==, 1);
}

/* A manager who comes with the file is a second change of the same line. */
static void
test_overtaken_manager (Fixture *self, gconstpointer data)
{
  g_autoptr (RegImportPlan) plan = NULL;
  g_autoptr (RegImportRun) run = NULL;
  g_autoptr (RegPage) page = reg_page_new ();
  g_autoptr (GPtrArray) rejects = NULL;

  write_file (self, "Email ID,Given Name,Manager\none@example.com,One,boss@example.com\n"
                    "two@example.com,Two,boss@example.com\nboss@example.com,Boss,\n");
  self->job.request.action = "add-users";
  plan = job_fixture_check (&self->job);
  g_assert_cmpuint (plan->will->len, ==, 3);
  /* while the final check is on the screen, the LMS gets somebody with that address */
  reg_test_page_add_named_user (page, 40, 900, "O", "Ne", "one@example.com", "");
  reg_test_store_apply (self->job.store, page);
  run = start_plan (self, plan);
  g_assert_cmpint (run->n_users, ==, 2);
  g_assert_cmpint (run->n_not_imported, ==, 1);
  assert_rejects (self, run, "2");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func)                                                                            \
  g_test_add ("/sync/import-marks/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("refused-of-moodle", test_refused_of_moodle);
  ADD ("moodle-left-out", test_moodle_left_out);
  ADD ("moodle-unticked", test_moodle_unticked);
  ADD ("moodle-instead", test_moodle_instead);
  ADD ("instead-once", test_instead_once);
  ADD ("instead-without-date", test_instead_without_date);
  ADD ("unticked-again", test_unticked_again);
  ADD ("unticked-left-out", test_unticked_left_out);
  ADD ("other-marks", test_other_marks);
  ADD ("overtaken-manager", test_overtaken_manager);
  return g_test_run ();
}
