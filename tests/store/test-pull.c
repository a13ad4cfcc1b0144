/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-test"

#include "reg-test-store.h"

#include "store/reg-store-outbox.h"
#include "store/reg-store-query.h"

typedef struct
{
  RegTestFolder folder;
  RegStore *store;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  reg_test_folder_init (&fixture->folder);
  fixture->store = reg_store_open (fixture->folder.path, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  reg_store_unref (fixture->store);
  reg_test_folder_clear (&fixture->folder);
}

static void
test_rows (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RegPage) page = reg_page_new ();
  g_autoptr (RegUser) user = NULL;
  g_autoptr (RegEnrollment) enrollment = NULL;
  g_autoptr (RegCourse) course = NULL;
  g_autofree char *cursor = NULL;
  RegPullStats stats;

  reg_test_page_add_label (page, 7, 1, REG_LABEL_GROUP, "Night shift");
  reg_test_page_add_pool (page, 3, 1, 5);
  reg_test_page_add_course (page, 2, 1)->pool_id = 3;
  reg_test_page_add_session (page, 4, 1, 2);
  reg_test_page_add_named_user (page, 10, 1, "Éva", "Ångström", " Eva@Example.com", "007");
  g_strlcpy (reg_test_page_add_enrollment (page, 10, 2, 1)->due_date, "2026-12-31",
             sizeof (RegDate));
  reg_test_page_add_document (page, "preset", 1, 0, 0, "{\"id\":1}");
  page->cursor = g_strdup ("abc");
  g_assert_true (reg_store_apply_page (fixture->store, page, &stats, &error));
  g_assert_no_error (error);
  g_assert_cmpint (stats.n_rows, ==, 7);
  g_assert_cmpint (stats.n_changed, ==, 7);
  g_assert_cmpint (stats.n_conflicts, ==, 0);

  user = reg_store_get_user (fixture->store, 10, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (user->email, ==, " Eva@Example.com");
  g_assert_cmpstr (user->employee_id, ==, "007");
  enrollment = reg_store_get_enrollment (fixture->store, 10, 2, &error);
  g_assert_no_error (error);
  g_assert_true (enrollment->present);
  g_assert_cmpstr (enrollment->due_date, ==, "2026-12-31");
  course = reg_store_get_course (fixture->store, 2, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (course->code, ==, "C2");
  g_assert_cmpint (course->pool_id, ==, 3);
  g_assert_cmpint (reg_store_find_user (fixture->store, "eva@example.COM", &error), ==, 10);
  g_assert_cmpint (reg_store_find_user (fixture->store, "007", &error), ==, 10);
  cursor = reg_store_dup_cursor (fixture->store, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (cursor, ==, "abc");
}

static void
test_unchanged (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RegPage) page = reg_page_new ();
  RegPullStats stats;

  reg_test_page_add_course (page, 1, 1);
  reg_test_page_add_user (page, 1, 1);
  reg_test_page_add_user (page, 2, 1);
  reg_test_page_add_enrollment (page, 1, 1, 1);
  reg_test_store_apply (fixture->store, page);
  reg_store_apply_page (fixture->store, page, &stats, &error);
  g_assert_no_error (error);
  g_assert_cmpint (stats.n_changed, ==, 0);

  g_array_index (page->users, RegUser, 1).revision = 2;
  g_array_index (page->users, RegUser, 1).given_name = (char *)"Other";
  reg_store_apply_page (fixture->store, page, &stats, &error);
  g_assert_no_error (error);
  g_assert_cmpint (stats.n_changed, ==, 1);
  {
    g_autoptr (RegUser) user = reg_store_get_user (fixture->store, 2, &error);

    g_assert_cmpstr (user->given_name, ==, "Other");
    g_assert_cmpint (user->revision, ==, 2);
  }
}

static void
test_tombstones (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RegPage) page = reg_page_new ();
  gint64 n_users, n_courses, n_enrollments;

  reg_test_store_fill (fixture->store, 3, 2);
  reg_test_store_enroll (fixture->store, 1, 3);
  reg_test_store_enroll (fixture->store, 2, 3);
  reg_test_page_add_tombstone (page, "user", 1, 0, 0);
  reg_test_page_add_tombstone (page, "course", 2, 0, 0);
  reg_test_page_add_tombstone (page, "enrollment", 0, 2, 1);
  reg_test_page_add_tombstone (page, "enrollment", 0, 77, 1);
  reg_test_page_add_tombstone (page, "certificate", 5, 0, 0);
  reg_test_store_apply (fixture->store, page);
  reg_store_count (fixture->store, &n_users, &n_courses, &n_enrollments, &error);
  g_assert_no_error (error);
  g_assert_cmpint (n_users, ==, 2);
  g_assert_cmpint (n_courses, ==, 1);
  g_assert_cmpint (n_enrollments, ==, 1);
}

static void
on_changed (RegStore *store, const RegStoreEvent *event, gpointer data)
{
  RegStoreEvent *last = data;

  *last = *event;
}

static void
test_notify (Fixture *fixture, gconstpointer data)
{
  RegStoreEvent last = { 0 };
  g_autoptr (RegPage) page = reg_page_new ();

  reg_store_set_notify (fixture->store, on_changed, &last, NULL);
  reg_test_page_add_user (page, 1, 1);
  reg_test_store_apply (fixture->store, page);
  g_assert_true (last.users);
  g_assert_cmpuint (last.n_user_ids, ==, 1);
  g_assert_false (last.enrollments);
  g_assert_false (last.outbox);
  last = (RegStoreEvent){ 0 };
  reg_test_store_apply (fixture->store, page);
  g_assert_false (last.users);
  reg_store_set_notify (fixture->store, NULL, NULL, NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/store/pull/rows", Fixture, NULL, set_up, test_rows, tear_down);
  g_test_add ("/store/pull/unchanged", Fixture, NULL, set_up, test_unchanged, tear_down);
  g_test_add ("/store/pull/tombstones", Fixture, NULL, set_up, test_tombstones, tear_down);
  g_test_add ("/store/pull/notify", Fixture, NULL, set_up, test_notify, tear_down);
  return g_test_run ();
}
