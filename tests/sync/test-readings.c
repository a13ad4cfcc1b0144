/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is read on demand: asked of the LMS, kept, and there offline with its age. */
#include "lms/reg-lms-error.h"
#include "rules/reg-status.h"
#include "sync-fixture.h"
#include "sync/reg-certificate.h"
#include "sync/reg-reading.h"
#include "tabular/reg-row-reader.h"

#include <glib/gstdio.h>
#include <string.h>

#define COURSE 1
#define ACCOUNT "test-account"

static void
set_up (SyncFixture *f)
{
  sync_fixture_set_up (f, 700);
  sync_fixture_sync (f);
}

static RegReading *
load (SyncFixture *f, const char *what, gint64 user_id)
{
  g_autoptr (GError) error = NULL;
  RegReading *reading =
      reg_reading_load (f->store, reg_read_find_what (what), user_id, COURSE, &error);

  g_assert_no_error (error);
  return reading;
}

static gboolean
fetch (SyncFixture *f, const char *what, gint64 user_id, GError **error)
{
  return reg_reading_fetch (f->store, f->lms, reg_read_find_what (what), user_id, COURSE, f->now,
                            NULL, error);
}

static const RegReadingLine *
get_line (const RegReading *reading, guint i)
{
  return g_ptr_array_index (reading->lines, i);
}

/* Somebody who completed the course twice. */
static gint64
make_person (SyncFixture *f)
{
  gint64 id = 0;

  for (gint64 i = 2; id == 0; i++)
    if (sync_fixture_do_there (f, "assign", i, COURSE, NULL) == REG_OUTCOME_APPLIED)
      id = i;
  sync_fixture_learn (f, id, COURSE, 100);
  sync_fixture_do_there (f, "reassign", id, COURSE, NULL);
  sync_fixture_learn (f, id, COURSE, 100);
  sync_fixture_sync (f);
  return id;
}

static void
test_history (void)
{
  SyncFixture f;
  g_autoptr (GError) error = NULL;
  g_autoptr (RegReading) before = NULL, after = NULL;
  g_autofree char *age = NULL;
  const RegAttempt *attempt;
  gint64 id;

  set_up (&f);
  id = make_person (&f);

  /* never read: what the sync told of both assignments */
  before = load (&f, "history", id);
  g_assert_cmpint (before->read_at, ==, 0);
  g_assert_true (before->is_from_copy);
  g_assert_cmpuint (before->attempts->len, ==, 2);
  attempt = g_ptr_array_index (before->attempts, 0);
  g_assert_cmpint (attempt->number, ==, 2);
  g_assert_cmpint (attempt->certificate_id, !=, 0);
  attempt = g_ptr_array_index (before->attempts, 1);
  g_assert_cmpint (attempt->number, ==, 1);
  g_assert_cmpstr (attempt->ended_by, ==, "reassign");
  g_assert_true (attempt->is_kept);
  g_assert_cmpint (attempt->certificate_id, !=, 0);
  g_assert_cmpuint (before->lines->len, >=, 6);
  for (guint i = 1; i < before->lines->len; i++)
    g_assert_cmpint (get_line (before, i - 1)->at, <=, get_line (before, i)->at);

  g_assert_true (fetch (&f, "history", id, &error));
  g_assert_no_error (error);
  after = load (&f, "history", id);
  g_assert_cmpint (after->read_at, ==, f.now);
  g_assert_false (after->is_from_copy);
  g_assert_cmpuint (after->attempts->len, ==, 2);
  g_assert_cmpstr (get_line (after, 0)->title, ==, "assign");
  g_assert_cmpstr (get_line (after, 0)->detail, ==, "there");
  g_assert_nonnull (get_line (after, 0)->actor);
  age = reg_reading_dup_age (after);
  g_assert_true (g_str_has_prefix (age, "As of "));
  sync_fixture_tear_down (&f);
}

static void
test_chapters_and_activity (void)
{
  SyncFixture f;
  g_autoptr (GError) error = NULL;
  g_autoptr (RegReading) chapters = NULL;
  gint64 id;

  set_up (&f);
  id = make_person (&f);
  g_assert_true (fetch (&f, "chapters", id, &error));
  g_assert_no_error (error);
  chapters = load (&f, "chapters", id);
  g_assert_cmpuint (chapters->lines->len, ==, 5);
  g_assert_cmpint (get_line (chapters, 4)->progress, ==, 100);
  g_assert_cmpint (get_line (chapters, 4)->ended_at, !=, 0);
  g_assert_cmpstr (get_line (chapters, 0)->title, ==, "Welcome");
  sync_fixture_tear_down (&f);
}

static gint64
find_course (SyncFixture *f, gboolean quiz)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) courses = reg_store_list_courses (f->store, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < courses->len; i++)
    {
      const RegCourse *course = g_ptr_array_index (courses, i);

      if (course->kind == REG_COURSE_SELF_PACED && (quiz ? course->has_quiz : course->has_scorm))
        return course->id;
    }
  g_assert_not_reached ();
}

static gint64
find_enrolled (SyncFixture *f, gint64 course_id, RegStatus status)
{
  RegEnrollmentQuery query = { .course_id = course_id,
                               .statuses = REG_STATUS_BIT (status),
                               .requirement = -1,
                               .access = -1,
                               .today = "2026-01-01" };
  g_autoptr (RegIdList) ids = reg_store_query_enrollments (f->store, &query, NULL, NULL);

  g_assert_cmpuint (ids->n, >, 0);
  return reg_enrollment_id_get_user (ids->ids[0]);
}

/* PRG-06: as a spreadsheet, both forms; the old one is refused. */
static void
test_quiz_export (void)
{
  static const char *const names[] = { "quiz.xlsx", "quiz.csv" };
  SyncFixture f;
  g_autoptr (GError) error = NULL;
  g_autoptr (RegReading) quiz = NULL;
  g_autofree char *old = NULL;
  const RegRead *read = reg_read_find_what ("quiz");
  gint64 course, user;

  set_up (&f);
  course = find_course (&f, TRUE);
  user = find_enrolled (&f, course, REG_STATUS_COMPLETED);
  g_assert_true (reg_reading_fetch (f.store, f.lms, read, user, course, f.now, NULL, &error));
  g_assert_no_error (error);
  quiz = reg_reading_load (f.store, read, user, course, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (quiz->lines->len, ==, 4);
  g_assert_cmpstr (get_line (quiz, 0)->question, !=, "");
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (f.folder.folder, names[i], NULL);
      g_autoptr (RegRowReader) reader = NULL;
      RegRow row;
      guint n = 0;

      g_assert_true (reg_reading_export (quiz, path, &error));
      g_assert_no_error (error);
      reader = reg_row_reader_open (path, NULL, NULL, &error);
      g_assert_no_error (error);
      while (reg_row_reader_next (reader, &row, &error))
        n++;
      g_assert_no_error (error);
      g_assert_cmpuint (n, ==, 5);
    }
  old = g_build_filename (f.folder.folder, "quiz.xls", NULL);
  g_assert_false (reg_reading_export (quiz, old, &error));
  g_assert_error (error, REG_TABULAR_ERROR, REG_TABULAR_ERROR_UNSUPPORTED);
  g_assert_false (g_file_test (old, G_FILE_TEST_EXISTS));
  sync_fixture_tear_down (&f);
}

/* What was kept stays where the LMS cannot be reached, or answers nonsense. */
static void
test_offline (void)
{
  SyncFixture f;
  g_autoptr (GError) error = NULL;
  g_autoptr (RegReading) never = NULL, kept = NULL;
  g_autofree char *age = NULL;
  gint64 id;

  set_up (&f);
  id = make_person (&f);
  never = load (&f, "chapters", id);
  g_assert_cmpint (never->read_at, ==, 0);
  g_assert_cmpuint (never->lines->len, ==, 0);
  age = reg_reading_dup_age (never);
  g_assert_cmpstr (age, ==, "Never read from the LMS.");

  sync_fixture_add_fault (&f, "/v1/users", "refuse", 9);
  g_assert_false (fetch (&f, "chapters", id, &error));
  g_assert_error (error, REG_LMS_ERROR, REG_LMS_ERROR_UNREACHABLE);
  g_clear_error (&error);
  sync_fixture_restart_sandbox (&f);
  g_assert_true (fetch (&f, "chapters", id, &error));
  g_assert_no_error (error);
  sync_fixture_add_fault (&f, "/v1/users", "garble", 1);
  g_assert_false (fetch (&f, "chapters", id, &error));
  g_assert_nonnull (error);
  g_clear_error (&error);
  kept = load (&f, "chapters", id);
  g_assert_cmpuint (kept->lines->len, ==, 5);

  /* nobody of that number */
  g_assert_false (fetch (&f, "chapters", 999999, &error));
  g_assert_nonnull (error);
  sync_fixture_tear_down (&f);
}

/* Removed at the LMS with all data: nothing of it is kept here. */
static void
test_removed (void)
{
  SyncFixture f;
  g_autoptr (GError) error = NULL;
  g_autoptr (RegReading) gone = NULL;
  gint64 id;

  set_up (&f);
  id = make_person (&f);
  g_assert_true (fetch (&f, "history", id, &error));
  g_assert_no_error (error);
  sync_fixture_do_there (&f, "remove-user", id, COURSE, NULL);
  sync_fixture_sync (&f);
  gone = load (&f, "history", id);
  g_assert_cmpint (gone->read_at, ==, 0);
  g_assert_cmpuint (gone->lines->len, ==, 0);
  g_assert_cmpuint (gone->attempts->len, ==, 0);
  sync_fixture_tear_down (&f);
}

static gint64
find_certificate (SyncFixture *f, gint64 user_id)
{
  g_autoptr (GError) error = NULL;
  gint64 id;

  reg_store_find_certificate (f->store, user_id, COURSE, &id, NULL, &error);
  g_assert_no_error (error);
  return id;
}

/* T-21 and ENR-14: looked at, kept, removed, issued again; the progress stays. */
static void
test_certificate (void)
{
  SyncFixture f;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  g_autofree char *contents = NULL;
  g_autoptr (RegEnrollment) enrollment = NULL;
  gint64 user_id, first, counter, n, batch;
  gsize len;
  GStatBuf info;

  set_up (&f);
  user_id = make_person (&f);
  first = find_certificate (&f, user_id);
  g_assert_cmpint (first, !=, 0);
  reg_certificate_forget_all (ACCOUNT);
  g_assert_false (reg_certificate_is_kept (ACCOUNT, first));
  g_assert_true (reg_certificate_fetch (ACCOUNT, f.lms, first, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (reg_certificate_is_kept (ACCOUNT, first));
  path = reg_certificate_dup_path (ACCOUNT, first);
  g_assert_true (g_file_get_contents (path, &contents, &len, NULL));
  g_assert_true (g_str_has_prefix (contents, "%PDF-"));
  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);

  /* removed here, and taken back, before it was sent */
  batch = sync_fixture_stage (&f, "remove-certificate", user_id, COURSE, NULL);
  /* that of the assignment before is what is left to look at */
  g_assert_cmpint (find_certificate (&f, user_id), !=, first);
  reg_store_undo_batch (f.store, batch, &counter, &n, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (find_certificate (&f, user_id), ==, first);

  sync_fixture_stage (&f, "remove-certificate", user_id, COURSE, NULL);
  g_assert_cmpint (sync_fixture_sync (&f).n_applied, ==, 1);
  g_assert_cmpint (find_certificate (&f, user_id), !=, first);
  g_assert_false (reg_certificate_fetch (ACCOUNT, f.lms, first, NULL, &error));
  g_assert_nonnull (error);
  g_clear_error (&error);
  enrollment = reg_store_get_enrollment (f.store, user_id, COURSE, &error);
  g_assert_no_error (error);
  g_assert_cmpint (enrollment->progress, ==, 100);
  g_assert_cmpint (enrollment->completed_at, !=, 0);

  sync_fixture_stage (&f, "generate-certificate", user_id, COURSE, NULL);
  g_assert_cmpint (sync_fixture_sync (&f).n_applied, ==, 1);
  g_assert_cmpint (find_certificate (&f, user_id), >, first);
  sync_fixture_assert_same (&f);
  reg_certificate_forget_all (ACCOUNT);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  sync_fixture_tear_down (&f);
}

int
main (int argc, char **argv)
{
  RegTestFolder cache;
  int status;

  g_test_init (&argc, &argv, NULL);
  reg_test_folder_init (&cache);
  g_setenv ("XDG_CACHE_HOME", cache.folder, TRUE);
  g_test_add_func ("/sync/readings/history", test_history);
  g_test_add_func ("/sync/readings/chapters", test_chapters_and_activity);
  g_test_add_func ("/sync/readings/quiz-export", test_quiz_export);
  g_test_add_func ("/sync/readings/offline", test_offline);
  g_test_add_func ("/sync/readings/removed", test_removed);
  g_test_add_func ("/sync/readings/certificate", test_certificate);
  status = g_test_run ();
  reg_test_folder_clear (&cache);
  return status;
}
