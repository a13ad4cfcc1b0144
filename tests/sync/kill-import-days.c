/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A day with each kind of import: a file is checked, started and sent; one of them is taken back
 * afterwards. How it was read is kept as a recipe, one line is corrected, and the list of what was
 * not imported is saved. */
#include "kill-day.h"

#include "sync/reg-import-copy.h"
#include "sync/reg-import-job.h"
#include "sync/reg-import-recipes.h"

#include <string.h>

#define NOBODY "nobody@example.com"
#define RECIPE "Monthly"

/**
 * ImportDay:
 * @action: or @interchange
 * @instead: (nullable): what is done where the action is not possible
 * @n_lines: of the file, with that of nobody
 * @n_changes: what becomes of it
 * @n_before: changes that were made in the morning
 * @is_reverted: it is taken back afterwards
 */
typedef struct
{
  const char *action;
  const char *interchange;
  const char *instead;
  RegPeopleRule people;
  gint64 n_lines;
  gint64 n_changes;
  gint64 n_before;
  gboolean is_reverted;
} ImportDay;

/* ---- mornings ---- */

static void
enroll (SyncFixture *f)
{
  sync_fixture_stage_many (f, "assign", 2, 6, 1);
  kill_day_sync (f);
}

/* People 2 … 6 have done course 1. */
static void
complete (SyncFixture *f)
{
  enroll (f);
  for (gint64 id = 2; id <= 6; id++)
    sync_fixture_learn (f, id, 1, 100);
  kill_day_sync (f);
}

/* ---- the day ---- */

static RegImportRequest
make_request (SyncFixture *f, const ImportDay *day, const char *path, const RegImportEdits *edits)
{
  return (RegImportRequest){
    .path = path,
    .name = "file.csv",
    .recipe = RECIPE,
    .action = day->action != NULL ? day->action : "assign",
    .people = day->people,
    .edits = edits,
    .today = "2026-06-01",
    .now = f->now,
    .actor_id = 1,
    .actor_role = REG_ROLE_PRIMARY_ADMIN,
  };
}

/* The person who is not there is corrected to another one. */
static RegImportEdits *
make_edits (const ImportDay *day)
{
  RegImportEdits *edits = reg_import_edits_new ();

  reg_import_edits_set_cell (edits, 2, 0, "somebody@example.com");
  if (day->instead != NULL)
    reg_import_edits_set_instead (edits, 0, day->instead);
  return edits;
}

static RegInterchangePlan *
check_interchange (SyncFixture *f, const ImportDay *day, const RegImportRequest *request)
{
  g_autoptr (GError) error = NULL;
  RegInterchangePlan *plan = reg_import_job_check_interchange (
      f->store, reg_interchange_find (day->interchange), request, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  return plan;
}

static RegImportPlan *
check (SyncFixture *f, const RegImportRequest *request)
{
  g_autoptr (GError) error = NULL;
  RegImportPlan *plan = reg_import_job_check (f->store, request, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  return plan;
}

static void
start (SyncFixture *f, const ImportDay *day, const char *path)
{
  g_autoptr (RegImportEdits) edits = make_edits (day);
  RegImportRequest request = make_request (f, day, path, edits);
  g_autoptr (RegImportRun) run = NULL;
  g_autoptr (GError) error = NULL;

  if (day->interchange != NULL)
    {
      g_autoptr (RegInterchangePlan) plan = NULL;

      request.edits = NULL;
      plan = check_interchange (f, day, &request);
      reg_import_job_start_interchange (f->store, &request, plan, NULL, &run, NULL, NULL, NULL,
                                        &error);
    }
  else
    {
      g_autoptr (RegImportPlan) plan = check (f, &request);

      reg_import_job_start (f->store, &request, plan, NULL, &run, NULL, NULL, NULL, &error);
    }
  g_assert_no_error (error);
}

static void
save_recipe (SyncFixture *f, const ImportDay *day, const char *path)
{
  const RegImportRequest request = make_request (f, day, path, NULL);
  g_autoptr (RegImportRecipe) recipe = reg_import_recipe_new (RECIPE, &request);
  g_autoptr (GError) error = NULL;

  reg_import_recipes_save (f->store, recipe, &error);
  g_assert_no_error (error);
}

static char *
dup_list_path (SyncFixture *f)
{
  g_autofree char *folder = g_path_get_dirname (reg_store_get_path (f->store));

  return g_build_filename (folder, "list.csv", NULL);
}

/* (nullable): the run there is */
static RegImportRun *
find_run (SyncFixture *f)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) runs = reg_store_list_runs (f->store, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (runs->len, <=, 1);
  return runs->len == 1 ? reg_import_run_copy (g_ptr_array_index (runs, 0)) : NULL;
}

static void
save_list (SyncFixture *f)
{
  g_autoptr (RegImportRun) run = find_run (f);
  g_autofree char *path = dup_list_path (f);
  g_autoptr (GError) error = NULL;

  reg_import_copy_write_rejects (f->store, run->id, path, &error);
  g_assert_no_error (error);
}

/* (nullable): the batch of the import, or what took it back */
static RegBatch *
find_batch (SyncFixture *f, gboolean is_counter)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) batches = reg_store_list_batches (f->store, FALSE, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < batches->len; i++)
    {
      const RegBatch *batch = g_ptr_array_index (batches, i);

      if (is_counter ? g_str_has_prefix (batch->title, "Undo: ") : batch->run_id != 0)
        return reg_batch_copy (batch);
    }
  return NULL;
}

static void
revert (SyncFixture *f)
{
  g_autoptr (RegBatch) batch = find_batch (f, FALSE);
  g_autoptr (GError) error = NULL;
  gint64 counter_batch, n_undone;

  reg_store_undo_batch (f->store, batch->id, &counter_batch, &n_undone, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
}

static void
work (SyncFixture *f, const KillDay *day, const char *path)
{
  const ImportDay *import = day->data;
  g_autoptr (RegImportRun) run = NULL;

  save_recipe (f, import, path);
  run = find_run (f);
  if (run == NULL)
    start (f, import, path);
  save_list (f);
  kill_day_sync (f);
  if (import->is_reverted)
    {
      g_autoptr (RegBatch) counter = find_batch (f, TRUE);

      if (counter == NULL)
        revert (f);
      kill_day_sync (f);
    }
}

/* ---- what must be true ---- */

/* A kept file is the whole file, and tells how it was read; or there is none. */
static void
assert_copy (SyncFixture *f, const KillDay *day, gint64 run_id)
{
  const ImportDay *import = day->data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RegImportCopy) copy = reg_import_copy_open (f->store, run_id, &error);
  g_autofree char *text = NULL;

  g_assert_no_error (error);
  if (copy == NULL)
    return;
  g_file_get_contents (copy->path, &text, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, day->file);
  g_assert_cmpstr (copy->series, ==, RECIPE);
  g_assert_cmpuint (reg_import_edits_get_n (copy->edits), ==,
                    (import->interchange == NULL) + (import->instead != NULL));
}

/* So is a saved list. */
static void
assert_list (SyncFixture *f)
{
  g_autofree char *path = dup_list_path (f);
  g_autofree char *text = NULL;

  if (g_file_get_contents (path, &text, NULL, NULL))
    g_assert_true (g_str_has_suffix (text, "\n") && strstr (text, "body@example") != NULL);
}

/* What a person did is there as a whole or not at all, and every line of the file is told. */
static void
assert_whole (SyncFixture *f, const KillDay *day)
{
  const ImportDay *import = day->data;
  g_autoptr (RegImportRun) run = find_run (f);
  g_autoptr (RegBatch) batch = find_batch (f, FALSE);
  g_autoptr (RegBatch) counter = find_batch (f, TRUE);
  g_autoptr (GError) error = NULL;

  g_assert_true ((run == NULL) == (batch == NULL));
  if (run != NULL)
    {
      g_assert_cmpint (reg_batch_get_total (batch), ==, import->n_changes);
      g_assert_cmpint (run->lines_read, ==, import->n_lines);
      g_assert_cmpint (run->n_not_imported, ==, 1);
      g_assert_cmpint (reg_store_count_rejects (f->store, run->id, &error), ==, 1);
      g_assert_no_error (error);
      assert_copy (f, day, run->id);
    }
  if (counter != NULL)
    g_assert_cmpint (reg_batch_get_total (counter), ==, import->n_changes);
  assert_list (f);
}

static gsize
count_will (SyncFixture *f, const ImportDay *day, const char *path)
{
  const RegImportRequest request = make_request (f, day, path, NULL);
  g_autoptr (RegInterchangePlan) exchanged = NULL;
  g_autoptr (RegImportPlan) plan = NULL;

  if (day->interchange == NULL)
    {
      plan = check (f, &request);
      return plan->will->len;
    }
  exchanged = check_interchange (f, day, &request);
  return reg_interchange_plan_count_will (exchanged);
}

static void
assert_done (SyncFixture *f, const KillDay *day, const char *path)
{
  const ImportDay *import = day->data;
  gint64 n = (import->is_reverted ? 2 : 1) * import->n_changes + import->n_before;
  g_autoptr (RegImportRun) run = find_run (f);
  g_autofree char *list = dup_list_path (f);
  g_autoptr (RegImportRecipe) recipe = NULL;
  g_autoptr (GError) error = NULL;
  gint64 counts[REG_N_CHANGE_STATES];

  reg_store_count_changes (f->store, counts, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < REG_N_CHANGE_STATES; i++)
    g_assert_cmpint (counts[i], ==, i == REG_CHANGE_DONE ? n : 0);
  g_assert_cmpint (run->state, ==, REG_RUN_FINISHED);
  g_assert_true (g_file_test (list, G_FILE_TEST_IS_REGULAR));
  recipe = reg_import_recipes_get (f->store, RECIPE, &error);
  g_assert_no_error (error);
  g_assert_nonnull (recipe);
  /* The LMS got each of them, and carried it out once. */
  sync_fixture_assert_applied (f, n);
  sync_fixture_assert_same (f);
  /* The same file asks for nothing any more, or for all of it again. */
  g_assert_cmpuint (count_will (f, import, path), ==, import->is_reverted ? import->n_changes : 0);
}

/* ---- the files ---- */

#define DAY(the_name, the_every, the_prepare, the_file, ...)                                       \
  {                                                                                                \
    .name = the_name, .file = the_file, .max_operations = 3, .page_size = 100, .every = the_every, \
    .prepare = the_prepare, .work = work, .assert_whole = assert_whole,                            \
    .assert_done = assert_done, .data = &(const ImportDay)                                         \
    {                                                                                              \
      __VA_ARGS__                                                                                  \
    }                                                                                              \
  }

const KillDay kill_import_days[] = {
  DAY ("assign-and-revert",
       1,
       NULL,
       "Email ID,C001,C002\n" NOBODY ",x,\nuser7@example.com,x,x\nuser8@example.com,x,\n"
       "user9@example.com,,x\nuser10@example.com,x,x\n",
       .action = "assign",
       .n_lines = 5,
       .n_changes = 6,
       .is_reverted = TRUE),
  DAY ("reassign",
       3,
       complete,
       "Email ID,C001\n" NOBODY ",x\nuser2@example.com,x\nuser3@example.com,x\n"
       "user4@example.com,x\nuser7@example.com,x\n",
       .action = "assign",
       .instead = "reassign",
       .n_lines = 5,
       .n_changes = 4,
       .n_before = 5),
  DAY ("unenroll",
       3,
       enroll,
       "Email ID,C001\n" NOBODY ",x\nuser2@example.com,x\nuser3@example.com,x\n"
       "user4@example.com,x\nuser5@example.com,x\n",
       .action = "unenroll",
       .n_lines = 5,
       .n_changes = 4,
       .n_before = 5),
  DAY ("set-due-dates",
       3,
       enroll,
       "Email ID,Employee ID,Course,Due Date\n" NOBODY ",,C001,2027-01-31\n"
       "user2@example.com,,C001,2027-01-31\n,E3,C001,2027-02-28\nuser4@example.com,,C001,"
       "2027-01-31\nuser5@example.com,,C001,2027-01-31\n",
       .action = "set-due-dates",
       .n_lines = 5,
       .n_changes = 4,
       .n_before = 5),
  DAY ("add-to-groups",
       3,
       NULL,
       "Email ID,Employee ID,Groups\n" NOBODY ",,Drivers\nuser7@example.com,,Drivers\n"
       ",E8,Night Shift;Drivers\nuser9@example.com,,Night Shift\nuser10@example.com,,Drivers\n",
       .action = "add-to-groups",
       .n_lines = 5,
       .n_changes = 4),
  /* A manager who is new in the same file is not known where their own line cannot be. */
  DAY ("add-users",
       3,
       NULL,
       "Email ID,Given Name,Family Name,Role,Manager\n"
       "new1@example.com,A,One,Learner," NOBODY "\n"
       "new2@example.com,B,Two,Learner,new3@example.com\nnew3@example.com,C,Three,Manager,\n"
       "new4@example.com,D,Four,Learner,new3@example.com\nnew5@example.com,E,Five,Learner,\n",
       .action = "add-users",
       .people = REG_PEOPLE_NEW,
       .n_lines = 5,
       .n_changes = 6),
  DAY ("update-users",
       3,
       NULL,
       "Email ID,Family Name,Groups\n" NOBODY ",Else,\nuser7@example.com,Other7,Drivers\n"
       "user8@example.com,Other8,\nuser9@example.com,Other9,Night Shift\n"
       "user10@example.com,Other10,\n",
       .action = "update-users",
       .people = REG_PEOPLE_EXISTING,
       .n_lines = 5,
       .n_changes = 4),
  DAY ("interchange",
       3,
       NULL,
       "username,email,firstname,lastname,course1\n"
       "nobody,nobody@example..com,No,Body,C001\n"
       "user7,user7@example.com,Given7,Other7,C001\nnew1,new1@example.com,New,One,C001\n"
       "new2,new2@example.com,New,Two,C002\n",
       .interchange = "moodle-users",
       .people = REG_PEOPLE_BOTH,
       .n_lines = 4,
       .n_changes = 6),
};
const guint kill_n_import_days = G_N_ELEMENTS (kill_import_days);
