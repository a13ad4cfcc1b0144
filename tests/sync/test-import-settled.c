/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lines that were left out at the start of an import and are put right later: they leave its list
 * while what a later import made of them stands, and come back when that is taken back. */
#include "again-fixture.h"

#include "sync/reg-import-compare.h"

/* Line 2 is good, 3 and 4 name nobody. */
static RegImportRun *
start_bad (AgainFixture *self, gint64 *people)
{
  g_autofree char *good = NULL;
  g_autofree char *text = NULL;

  for (guint i = 0; i < 4; i++)
    people[i] = again_find_person (self, i > 0 ? people[i - 1] : 0);
  good = again_dup_list (self, people, 1);
  text = g_strconcat (good, "nobody.one@example.org,,,,\nnobody.two@example.org,,,,\n", NULL);
  return again_start_text (self, text);
}

static void
set_person (AgainFixture *self, RegImportCopy *copy, gint64 line, gint64 id)
{
  g_autoptr (RegUser) user = again_get_user (self, id);

  reg_import_edits_set_cell (copy->edits, line, 0, user->email);
}

/* lines: those that are in the list, one after the other; settled: how many are not any more */
static void
assert_lines (AgainFixture *self, const RegImportRun *run, const char *lines, gint64 settled)
{
  g_autoptr (GPtrArray) rejects = again_list_rejects (self, run);
  g_autoptr (GString) found = g_string_new (NULL);

  for (guint i = 0; i < rejects->len; i++)
    g_string_append_printf (found, "%s%d", i > 0 ? " " : "",
                            (int)((RegImportReject *)g_ptr_array_index (rejects, i))->line);
  g_assert_cmpstr (found->str, ==, lines);
  g_assert_cmpint (reg_store_count_rejects (self->sync.store, run->id, NULL), ==, rejects->len);
  g_assert_cmpint (reg_store_count_settled_lines (self->sync.store, run->id, NULL), ==, settled);
}

/* Download List has the same lines. */
static void
assert_download (AgainFixture *self, const RegImportRun *run, guint n)
{
  g_autofree char *path = g_build_filename (self->sync.folder.folder, "download.csv", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  guint n_lines = 0;

  g_assert_true (reg_import_copy_write_rejects (self->sync.store, run->id, path, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &text, NULL, &error));
  for (const char *p = text; (p = strchr (p, '\n')) != NULL; p++)
    n_lines++;
  g_assert_cmpuint (n_lines, ==, n + 1);
}

static RegImportRun *
start_corrected (AgainFixture *self, RegImportCopy **copy)
{
  RegImportRun *run = again_start (self);

  /* The request names parts of it. */
  g_clear_pointer (copy, reg_import_copy_free);
  return run;
}

/* One line is put right, then the other, by correcting whichever import; each is taken back. */
static void
test_one_by_one (AgainFixture *self, gconstpointer data)
{
  gint64 people[4], counter;
  g_autoptr (RegImportRun) first = start_bad (self, people);
  g_autoptr (RegImportRun) second = NULL;
  g_autoptr (RegImportRun) third = NULL;
  g_autoptr (RegImportRun) before = NULL;
  g_autoptr (RegImportCopy) copy = NULL;

  assert_lines (self, first, "3 4", 0);
  assert_download (self, first, 2);
  copy = again_correct (self, first);
  g_assert_cmpuint (copy->lines->len, ==, 2);
  set_person (self, copy, 3, people[1]);
  second = start_corrected (self, &copy);
  assert_lines (self, first, "4", 1);
  assert_lines (self, second, "4", 0);
  assert_download (self, first, 1);

  /* the correction is corrected: the line leaves both lists */
  copy = again_correct (self, second);
  g_assert_cmpuint (copy->lines->len, ==, 1);
  set_person (self, copy, 4, people[2]);
  third = start_corrected (self, &copy);
  assert_lines (self, first, "", 2);
  assert_lines (self, second, "", 1);
  assert_lines (self, third, "", 0);
  /* taken back before it was sent */
  again_undo (self, third->batch_id);
  assert_lines (self, first, "4", 1);
  assert_lines (self, second, "4", 0);

  /* the LMS has it: gone for good, until it is taken back there */
  sync_fixture_sync (&self->sync);
  g_assert_true (again_is_enrolled (self, people[1]));
  assert_lines (self, first, "4", 1);
  counter = again_undo (self, second->batch_id);
  g_assert_cmpint (counter, !=, 0);
  assert_lines (self, first, "3 4", 0);
  again_undo (self, counter);
  assert_lines (self, first, "4", 1);
  again_undo (self, second->batch_id);
  sync_fixture_sync (&self->sync);
  g_assert_false (again_is_enrolled (self, people[1]));
  assert_lines (self, first, "3 4", 0);

  /* and both at once from the first one again */
  copy = again_correct (self, first);
  set_person (self, copy, 3, people[1]);
  set_person (self, copy, 4, people[2]);
  g_clear_pointer (&third, reg_import_run_free);
  third = start_corrected (self, &copy);
  sync_fixture_sync (&self->sync);
  assert_lines (self, first, "", 2);
  assert_lines (self, second, "", 1);
  /* what was reverted is not what it is compared with */
  before = reg_import_compare_find_before (self->sync.store, third, NULL);
  g_assert_cmpint (before->id, ==, first->id);
  g_assert_true (again_is_enrolled (self, people[1]));
  g_assert_true (again_is_enrolled (self, people[2]));
  sync_fixture_assert_same (&self->sync);
}

/* What is dropped half way was not imported. */
static void
test_cancelled (AgainFixture *self, gconstpointer data)
{
  gint64 people[4], n;
  g_autoptr (RegImportRun) first = start_bad (self, people);
  g_autoptr (RegImportRun) second = NULL;
  g_autoptr (RegImportCopy) copy = again_correct (self, first);
  g_autoptr (RegIdList) waiting = NULL;

  set_person (self, copy, 3, people[1]);
  set_person (self, copy, 4, people[2]);
  second = start_corrected (self, &copy);
  waiting =
      reg_store_query_changes (self->sync.store, second->batch_id, 1u << REG_CHANGE_PENDING, NULL);
  g_assert_cmpuint (waiting->n, ==, 2);
  g_assert_true (reg_store_undo_changes (self->sync.store, waiting->ids, 1, &n, NULL));
  assert_lines (self, first, "4", 1);
  sync_fixture_sync (&self->sync);
  assert_lines (self, first, "4", 1);
}

/* What the LMS refuses of it is in the list of the import that sent it. */
static void
test_refused (AgainFixture *self, gconstpointer data)
{
  gint64 people[4];
  g_autoptr (RegImportRun) first = start_bad (self, people);
  g_autoptr (RegImportRun) second = NULL;
  g_autoptr (RegImportRun) third = NULL;
  g_autoptr (RegImportCopy) copy = again_correct (self, first);

  set_person (self, copy, 3, people[1]);
  second = start_corrected (self, &copy);
  sync_fixture_do_there (&self->sync, "archive", people[1], 0, NULL);
  sync_fixture_sync (&self->sync);
  assert_lines (self, first, "4", 1);
  assert_lines (self, second, "3 4", 0);
  /* from the first one the other line is put right, and then the refused one from the last */
  copy = again_correct (self, first);
  set_person (self, copy, 4, people[2]);
  third = start_corrected (self, &copy);
  assert_lines (self, first, "", 2);
  assert_lines (self, second, "3", 1);
  copy = again_correct (self, second);
  set_person (self, copy, 3, people[3]);
  g_clear_pointer (&third, reg_import_run_free);
  third = start_corrected (self, &copy);
  sync_fixture_sync (&self->sync);
  assert_lines (self, first, "", 2);
  assert_lines (self, second, "", 1);
  g_assert_cmpint (sync_fixture_count (&self->sync, REG_CHANGE_REJECTED), ==, 0);
  sync_fixture_assert_applied (&self->sync, 3);
  sync_fixture_assert_same (&self->sync);
}

/* So does what the LMS refused and is put right: it is in the list again, and can be put right. */
static void
test_refused_undone (AgainFixture *self, gconstpointer data)
{
  gint64 people[4];
  g_autoptr (RegImportRun) first = NULL;
  g_autoptr (RegImportRun) second = NULL;
  g_autoptr (RegImportCopy) copy = NULL;
  g_autoptr (GPtrArray) rejects = NULL;
  const RegImportReject *reject;
  g_autofree char *text = NULL;
  g_autoptr (RegUser) user = NULL;

  for (guint i = 0; i < 4; i++)
    people[i] = again_find_person (self, i > 0 ? people[i - 1] : 0);
  text = again_dup_list (self, people, 2);
  first = again_start_text (self, text);
  sync_fixture_do_there (&self->sync, "archive", people[1], 0, NULL);
  sync_fixture_sync (&self->sync);
  assert_lines (self, first, "3", 0);
  for (guint i = 0; i < 2; i++)
    {
      g_clear_pointer (&second, reg_import_run_free);
      copy = again_correct (self, first);
      set_person (self, copy, 3, people[2 + i]);
      second = start_corrected (self, &copy);
      assert_lines (self, first, "", 0);
      again_undo (self, second->batch_id);
      assert_lines (self, first, "3", 0);
    }
  user = again_get_user (self, people[1]);
  rejects = again_list_rejects (self, first);
  reject = g_ptr_array_index (rejects, 0);
  g_assert_cmpstr (reject->identifier, ==, user->email);
  g_assert_cmpstr (reject->code, ==, "user-archived");
  g_assert_cmpint (reject->change_id, ==, 0);
  copy = again_correct (self, first);
  set_person (self, copy, 3, people[3]);
  g_clear_pointer (&second, reg_import_run_free);
  second = start_corrected (self, &copy);
  sync_fixture_sync (&self->sync);
  assert_lines (self, first, "", 0);
  g_assert_true (again_is_enrolled (self, people[3]));
  sync_fixture_assert_applied (&self->sync, 2);
  sync_fixture_assert_same (&self->sync);
}

/* Given up: with nothing imported that cannot be taken back; else it goes as the import goes. */
static void
test_given_up (AgainFixture *self, gconstpointer data)
{
  gint64 people[4];
  g_autoptr (RegImportRun) first = start_bad (self, people);
  g_autoptr (RegImportRun) second = NULL;
  g_autoptr (RegImportCopy) copy = again_correct (self, first);

  reg_import_edits_leave_out (copy->edits, 3);
  second = start_corrected (self, &copy);
  g_assert_cmpint (second->batch_id, ==, 0);
  assert_lines (self, first, "4", 1);
  assert_lines (self, second, "4", 0);
  g_clear_pointer (&second, reg_import_run_free);
  copy = again_correct (self, first);
  g_assert_cmpuint (copy->lines->len, ==, 1);
  set_person (self, copy, 4, people[1]);
  second = start_corrected (self, &copy);
  assert_lines (self, first, "", 2);
  again_undo (self, second->batch_id);
  assert_lines (self, first, "4", 1);
}

static void
test_given_up_undone (AgainFixture *self, gconstpointer data)
{
  gint64 people[4];
  g_autoptr (RegImportRun) first = start_bad (self, people);
  g_autoptr (RegImportRun) second = NULL;
  g_autoptr (RegImportCopy) copy = again_correct (self, first);

  reg_import_edits_leave_out (copy->edits, 3);
  set_person (self, copy, 4, people[1]);
  second = start_corrected (self, &copy);
  assert_lines (self, first, "", 2);
  again_undo (self, second->batch_id);
  assert_lines (self, first, "3 4", 0);
}

/* A mark is told apart from the others of its line. */
static void
test_marks (AgainFixture *self, gconstpointer data)
{
  gint64 id = again_find_person (self, 0), assigned;
  g_autoptr (RegImportRun) first = NULL;
  g_autoptr (RegImportRun) second = NULL;
  g_autoptr (RegImportCopy) copy = NULL;
  g_autoptr (RegUser) user = again_get_user (self, id);
  g_autoptr (RegCourse) one = reg_store_get_course (self->sync.store, AGAIN_COURSE, NULL);
  g_autoptr (RegCourse) other = reg_store_get_course (self->sync.store, AGAIN_COURSE + 1, NULL);
  g_autofree char *text = NULL;

  assigned = sync_fixture_stage (&self->sync, "assign", id, AGAIN_COURSE, NULL);
  text = g_strdup_printf ("Email ID,%s,%s\n%s,x,\n", one->code, other->code, user->email);
  self->request.courses = NULL;
  first = again_start_text (self, text);
  assert_lines (self, first, "2", 0);
  /* the other course is marked too: the first mark is refused for the same reason */
  copy = again_correct (self, first);
  reg_import_edits_set_cell (copy->edits, 2, 2, "x");
  second = start_corrected (self, &copy);
  g_assert_cmpint (second->batch_id, !=, 0);
  assert_lines (self, first, "2", 0);
  assert_lines (self, second, "2", 0);
  /* with the reason gone it is imported, and that the other one is there already is no news */
  again_undo (self, assigned);
  g_clear_pointer (&second, reg_import_run_free);
  copy = again_correct (self, first);
  reg_import_edits_set_cell (copy->edits, 2, 2, "x");
  second = start_corrected (self, &copy);
  assert_lines (self, first, "", 1);
  assert_lines (self, second, "", 0);
  sync_fixture_sync (&self->sync);
  sync_fixture_assert_applied (&self->sync, 2);
}

/* Of what is imported of a line, one course is taken back: that one is in the list again. */
static void
test_mark_undone (AgainFixture *self, gconstpointer data)
{
  gint64 id = again_find_person (self, 0), assigned[2], n;
  g_autoptr (RegImportRun) first = NULL;
  g_autoptr (RegImportRun) second = NULL;
  g_autoptr (RegImportCopy) copy = NULL;
  g_autoptr (RegUser) user = again_get_user (self, id);
  g_autoptr (RegCourse) one = reg_store_get_course (self->sync.store, AGAIN_COURSE, NULL);
  g_autoptr (RegCourse) other = reg_store_get_course (self->sync.store, AGAIN_COURSE + 1, NULL);
  g_autoptr (RegIdList) waiting = NULL;
  g_autofree char *text = NULL;

  for (guint i = 0; i < 2; i++)
    assigned[i] = sync_fixture_stage (&self->sync, "assign", id, AGAIN_COURSE + i, NULL);
  text = g_strdup_printf ("Email ID,%s,%s\n%s,x,x\n", one->code, other->code, user->email);
  self->request.courses = NULL;
  first = again_start_text (self, text);
  assert_lines (self, first, "2 2", 0);
  for (guint i = 0; i < 2; i++)
    again_undo (self, assigned[i]);
  copy = again_correct (self, first);
  second = start_corrected (self, &copy);
  assert_lines (self, first, "", 1);
  waiting =
      reg_store_query_changes (self->sync.store, second->batch_id, 1u << REG_CHANGE_PENDING, NULL);
  g_assert_cmpuint (waiting->n, ==, 2);
  g_assert_true (reg_store_undo_changes (self->sync.store, waiting->ids, 1, &n, NULL));
  assert_lines (self, first, "2", 1);
  sync_fixture_sync (&self->sync);
  assert_lines (self, first, "2", 1);
}

#define ADD(name, func)                                                                            \
  g_test_add ("/sync/import-settled/" name, AgainFixture, NULL, again_set_up, func, again_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("one-by-one", test_one_by_one);
  ADD ("cancelled", test_cancelled);
  ADD ("refused", test_refused);
  ADD ("refused-undone", test_refused_undone);
  ADD ("given-up", test_given_up);
  ADD ("given-up-undone", test_given_up_undone);
  ADD ("marks", test_marks);
  ADD ("mark-undone", test_mark_undone);
  return g_test_run ();
}
