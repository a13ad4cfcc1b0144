/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Changes of a course itself: their effective row, their base, and what becomes of them. */
#define G_LOG_DOMAIN "reg-test"

#include "store-fixture.h"

#include <string.h>

#define SET "set-auto-reassign"

static int
get_days (RegStore *store, gint64 id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RegCourse) course = reg_store_get_course (store, id, &error);

  g_assert_no_error (error);
  return course->auto_reassign_days;
}

static gint64
set_days (RegStore *store, gint64 course_id, const char *days, RegReason *reason, RegRole role)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RegParams) params = reg_params_new ();
  RegStepTarget target = { .course_id = course_id };
  RegStep step = { .operation = reg_operation_find (SET),
                   .params = params,
                   .targets = &target,
                   .n_targets = 1,
                   .title = "",
                   .actor_id = ACTOR,
                   .actor_role = role,
                   .now = NOW };
  RegStepResult result = { 0 };
  gint64 batch;

  reg_params_set (params, "auto_reassign_days", days);
  reg_store_stage (store, &step, &result, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  batch = result.batch_id;
  *reason = result.refusals->len > 0 ? g_array_index (result.refusals, RegRefusal, 0).reason
                                     : REG_REASON_NONE;
  reg_step_result_clear (&result);
  return batch;
}

static gint64
set_90 (RegStore *store)
{
  RegReason reason;
  gint64 batch = set_days (store, 1, "90", &reason, REG_ROLE_ADMINISTRATOR);

  g_assert_cmpint (reason, ==, REG_REASON_NONE);
  return batch;
}

static void
test_refused (StoreFixture *f, gconstpointer data)
{
  static const struct
  {
    gint64 course_id;
    const char *days;
    RegRole role;
    RegReason reason;
  } cases[] = {
    { 1, "-1", REG_ROLE_ADMINISTRATOR, REG_REASON_VALUE_INVALID },
    { 1, "3651", REG_ROLE_ADMINISTRATOR, REG_REASON_VALUE_INVALID },
    { 1, "ninety", REG_ROLE_ADMINISTRATOR, REG_REASON_VALUE_INVALID },
    { 1, "1.5", REG_ROLE_ADMINISTRATOR, REG_REASON_VALUE_INVALID },
    { 1, "90", REG_ROLE_MANAGER, REG_REASON_ROLE_MISSING },
    { 1, "90", REG_ROLE_INSTRUCTOR, REG_REASON_ROLE_MISSING },
    { 77, "90", REG_ROLE_ADMINISTRATOR, REG_REASON_COURSE_UNKNOWN },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      RegReason reason;

      g_assert_cmpint (
          set_days (f->store, cases[i].course_id, cases[i].days, &reason, cases[i].role), ==, 0);
      g_assert_cmpint (reason, ==, cases[i].reason);
    }
  g_assert_cmpint (get_days (f->store, 1), ==, 0);
}

static void
test_restart (StoreFixture *f, gconstpointer data)
{
  gint64 batch = set_90 (f->store);
  gint64 counter;
  RegSyncState state;

  store_fixture_reopen (f);
  g_assert_cmpint (get_days (f->store, 1), ==, 90);
  g_assert_true (reg_store_get_course_sync_state (f->store, 1, &state, NULL));
  g_assert_cmpint (state, ==, REG_WAITING);
  g_assert_true (reg_store_get_course_sync_state (f->store, 2, &state, NULL));
  g_assert_cmpint (state, ==, REG_SYNCED);
  g_assert_cmpint (get_days (f->store, 2), ==, 0);
  g_assert_cmpint (undo (f->store, batch, &counter), ==, 1);
  g_assert_cmpint (get_days (f->store, 1), ==, 0);
}

/* A row of the LMS that came meanwhile: other members are its own, this one waits or conflicts. */
static void
test_pull (StoreFixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 batch = set_90 (f->store);
  g_autoptr (RegPage) same = reg_page_new (), other = reg_page_new (), gone = reg_page_new ();
  g_autoptr (RegCourse) course = NULL;
  RegCourse *row = reg_test_page_add_course (same, 1, 50);
  gint64 id = get_change_id (f->store, batch, 0);

  row->title = g_string_chunk_insert (same->strings, "New Title");
  reg_test_store_apply (f->store, same);
  course = reg_store_get_course (f->store, 1, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (course->title, ==, "New Title");
  g_assert_cmpint (course->auto_reassign_days, ==, 90);

  reg_test_page_add_course (other, 1, 51)->auto_reassign_days = 7;
  reg_test_store_apply (f->store, other);
  g_assert_cmpint (get_days (f->store, 1), ==, 7);
  assert_state (f->store, batch, 0, REG_CHANGE_CONFLICT);
  reg_store_resolve_changes (f->store, &id, 1, TRUE, &error);
  g_assert_no_error (error);
  g_assert_cmpint (get_days (f->store, 1), ==, 90);

  /* what the LMS no longer has is refused by it, not forgotten here */
  reg_test_page_add_tombstone (gone, "course", 1, 0, 0);
  reg_test_store_apply (f->store, gone);
  assert_state (f->store, batch, 0, REG_CHANGE_PENDING);
  g_assert_cmpuint (answer_all (f->store, REG_OUTCOME_REJECTED, "course-unknown"), ==, 1);
  assert_state (f->store, batch, 0, REG_CHANGE_REJECTED);
}

static void
test_answered (StoreFixture *f, gconstpointer data)
{
  gint64 batch = set_90 (f->store);
  gint64 counter;

  g_assert_cmpuint (answer_all (f->store, REG_OUTCOME_APPLIED, NULL), ==, 1);
  g_assert_cmpint (get_days (f->store, 1), ==, 90);
  g_assert_cmpint (undo (f->store, batch, &counter), ==, 1);
  g_assert_cmpint (counter, >, 0);
  g_assert_cmpint (get_days (f->store, 1), ==, 0);
  g_assert_cmpuint (answer_all (f->store, REG_OUTCOME_REJECTED, "server-refused"), ==, 1);
  g_assert_cmpint (get_days (f->store, 1), ==, 90);
}

/* After a salvage the course comes again, and the change is done to it again. */
static void
test_salvage (StoreFixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RegPage) page = reg_page_new ();
  gint64 batch = set_90 (f->store);
  guint n_saved = 0;
  g_autofree char *kept = NULL;

  reg_store_unref (f->store);
  f->store = reg_store_salvage (f->folder.path, &kept, &n_saved, &error);
  g_assert_no_error (error);
  reg_test_page_add_course (page, 1, 60);
  page->more = FALSE;
  reg_test_store_apply (f->store, page);
  g_assert_cmpint (get_days (f->store, 1), ==, 90);
  assert_state (f->store, batch, 0, REG_CHANGE_PENDING);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, test)                                                                            \
  g_test_add ("/store/course/" name, StoreFixture, NULL, store_fixture_set_up, test,               \
              store_fixture_tear_down)
  ADD ("refused", test_refused);
  ADD ("restart", test_restart);
  ADD ("pull", test_pull);
  ADD ("answered", test_answered);
  ADD ("salvage", test_salvage);
  return g_test_run ();
}
