/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-test"

#include "store-fixture.h"
#include "store/reg-store-db.h"
#include "store/reg-store-records.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define N_USERS 400
#define OLD_PAGE_SIZE 4096

typedef struct
{
  gsize page; /* bytes of one */
  RegTestFolder folder;
  gint64 archive;
  gint64 assign;
  char *uuid; /* of user 7's change in the second batch */
} Fixture;

static void
fill_lms (RegStore *store, gboolean with_end)
{
  g_autoptr (RegPage) page = reg_page_new ();

  reg_test_store_fill (store, N_USERS, 3);
  page->cursor = g_strdup ("end");
  page->more = !with_end;
  reg_test_store_apply (store, page);
}

/* A copy of what the LMS deleted is nowhere else. */
static void
add_removed_record (const char *path)
{
  sqlite3 *db;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db,
                                 "INSERT INTO removed_record VALUES (1, 1700000000, 41, "
                                 "'remove-registration', 7, 2, 'Ada Lost', 'ada@example.com', "
                                 "'First Aid', 2, 1600000000, 0, 40, 0, 0)",
                                 NULL, NULL, NULL),
                   ==, SQLITE_OK);
  sqlite3_close (db);
}

/* An import of which a later one leaves line 4 out. */
static void
add_imports (const char *path)
{
  sqlite3 *db;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (
      sqlite3_exec (db,
                    "INSERT INTO import_run VALUES "
                    "(1, 'assign', 'a.csv', 'x', NULL, 2, 1, 1, 3, 0, 0, 3, 0, NULL), "
                    "(2, 'assign', 'a.csv', 'x', NULL, 2, 1, 1, 3, 0, 0, 1, 0, 1);"
                    "INSERT INTO import_reject VALUES (1, 1, 4, 'a', NULL, 'user-unknown', 'A'), "
                    "(2, 1, 5, 'b', NULL, 'user-unknown', 'A'), "
                    "(3, 2, 5, 'b', NULL, 'user-unknown', 'A');"
                    "INSERT INTO import_left_out VALUES (1, 2, 4)",
                    NULL, NULL, NULL),
      ==, SQLITE_OK);
  sqlite3_close (db);
}

/* As it was made before pages were larger. */
static void
make_old (const char *path)
{
  sqlite3 *db;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, "PRAGMA page_size = 4096; CREATE TABLE t (x); DROP TABLE t",
                                 NULL, NULL, NULL),
                   ==, SQLITE_OK);
  sqlite3_close (db);
}

/* Users 1 … 300 archived, 1 … 350 assigned to course 2. data: bytes of a page */
static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RegStore) store = NULL;
  g_autoptr (RegChange) change = NULL;

  reg_test_folder_init (&fixture->folder);
  fixture->page = GPOINTER_TO_SIZE (data);
  if (fixture->page == OLD_PAGE_SIZE)
    make_old (fixture->folder.path);
  store = reg_store_open (fixture->folder.path, &error);
  g_assert_no_error (error);
  fill_lms (store, TRUE);
  fixture->assign = stage (store, "assign", "due_date=2026-12-31", 2, 1, 350);
  fixture->archive = stage (store, "archive", NULL, 0, 1, 300);
  g_assert_true (reg_store_set_setting (store, "site", "{}", &error));
  change = get_change (store, fixture->assign, 7);
  fixture->uuid = g_strdup (change->uuid);
  g_clear_pointer (&store, reg_store_unref);
  add_removed_record (fixture->folder.path);
  add_imports (fixture->folder.path);
}

static void
assert_record_there (RegStore *store)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RegIdList) ids =
      reg_store_query_records (store, REG_RECORDS_REMOVED, NULL, NULL, &error);
  g_autoptr (GPtrArray) rows = NULL;
  const RegRecordRow *row;

  g_assert_no_error (error);
  g_assert_cmpuint (ids->n, ==, 1);
  rows = reg_store_get_record_rows (store, ids->ids, 1, &error);
  g_assert_no_error (error);
  row = g_ptr_array_index (rows, 0);
  g_assert_cmpstr (row->user_name, ==, "Ada Lost");
  g_assert_cmpint (row->attempt, ==, 2);
  g_assert_cmpint (row->progress, ==, 40);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_free (fixture->uuid);
  reg_test_folder_clear (&fixture->folder);
}

static void
damage (const char *path, goffset at, gsize n)
{
  g_autofree guint8 *noise = g_malloc (n);
  int fd = open (path, O_RDWR);

  g_assert_cmpint (fd, >=, 0);
  for (gsize i = 0; i < n; i++)
    noise[i] = (guint8)(i * 167 + 200);
  g_assert_cmpint (pwrite (fd, noise, n, at), ==, (gssize)n);
  close (fd);
}

static gint64
find_root (const char *path, const char *table)
{
  sqlite3 *db;
  sqlite3_stmt *stmt;
  gint64 root;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (
      sqlite3_prepare_v2 (db, "SELECT rootpage FROM sqlite_schema WHERE name = ?", -1, &stmt, NULL),
      ==, SQLITE_OK);
  sqlite3_bind_text (stmt, 1, table, -1, SQLITE_STATIC);
  g_assert_cmpint (sqlite3_step (stmt), ==, SQLITE_ROW);
  root = sqlite3_column_int64 (stmt, 0);
  sqlite3_finalize (stmt);
  sqlite3_close (db);
  return root;
}

static RegStore *
salvage (Fixture *fixture, guint *n_saved)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *backup = NULL;
  RegStore *store = reg_store_salvage (fixture->folder.path, &backup, n_saved, &error);

  g_assert_no_error (error);
  g_assert_true (g_file_test (backup, G_FILE_TEST_EXISTS));
  return store;
}

/* The pull brings the rows back, and the changes show on them again. */
static void
assert_all_there (Fixture *fixture, RegStore *store)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *cursor = reg_store_dup_cursor (store, &error);
  g_autofree char *site = reg_store_dup_setting (store, "site", &error);
  g_autoptr (RegChange) change = get_change (store, fixture->assign, 7);

  g_assert_no_error (error);
  g_assert_null (cursor);
  g_assert_cmpstr (site, ==, "{}");
  g_assert_cmpstr (change->uuid, ==, fixture->uuid);
  g_assert_cmpstr (reg_params_get (change->params, "due_date"), ==, "2026-12-31");
  assert_record_there (store);
  g_assert_cmpint (reg_store_count_rejects (store, 1, &error), ==, 1);
  g_assert_no_error (error);
  fill_lms (store, TRUE);
  assert_user_state (store, 1, REG_USER_STATE_ARCHIVED);
  assert_user_state (store, 300, REG_USER_STATE_ARCHIVED);
  assert_user_state (store, 301, REG_USER_STATE_ACTIVE);
  assert_due (store, 350, 2, "2026-12-31");
  assert_enrolled (store, 351, 2, FALSE);
}

static void
salvage_and_check (Fixture *fixture)
{
  guint n_saved;
  RegStore *store = salvage (fixture, &n_saved);

  g_assert_cmpuint (n_saved, ==, 650);
  assert_all_there (fixture, store);
  reg_store_unref (store);
  assert_consistent (fixture->folder.path);
}

static void
test_header (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  damage (fixture->folder.path, 0, fixture->page);
  g_assert_null (reg_store_open (fixture->folder.path, &error));
  g_assert_error (error, REG_STORE_ERROR, REG_STORE_ERROR_CORRUPT);
  salvage_and_check (fixture);
}

static void
test_user_root (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  damage (fixture->folder.path, (find_root (fixture->folder.path, "user") - 1) * fixture->page,
          fixture->page);
  g_assert_null (reg_store_open (fixture->folder.path, &error));
  g_assert_error (error, REG_STORE_ERROR, REG_STORE_ERROR_CORRUPT);
  salvage_and_check (fixture);
}

/* The tree of the changes has lost its root; its leaves are all there. */
static void
test_change_root (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  damage (fixture->folder.path, (find_root (fixture->folder.path, "change") - 1) * fixture->page,
          fixture->page);
  g_assert_null (reg_store_open (fixture->folder.path, &error));
  g_assert_error (error, REG_STORE_ERROR, REG_STORE_ERROR_CORRUPT);
  salvage_and_check (fixture);
}

static void
test_index (Fixture *fixture, gconstpointer data)
{
  damage (fixture->folder.path,
          (find_root (fixture->folder.path, "change_target") - 1) * fixture->page, fixture->page);
  salvage_and_check (fixture);
}

/* Page after page, one at a time: at most what stood in that page is lost, and nothing crashes. */
static void
test_every_page (Fixture *fixture, gconstpointer data)
{
  g_autofree char *whole = NULL;
  gsize size;
  gsize n_lossy = 0;

  g_assert_true (g_file_get_contents (fixture->folder.path, &whole, &size, NULL));
  for (gsize at = 0; at + fixture->page <= size; at += fixture->page)
    {
      g_autoptr (GError) error = NULL;
      guint n_saved;
      RegStore *store;
      gint64 counts[REG_N_CHANGE_STATES];

      g_assert_true (g_file_set_contents (fixture->folder.path, whole, (gssize)size, NULL));
      damage (fixture->folder.path, (goffset)at, fixture->page);
      store = salvage (fixture, &n_saved);
      g_assert_cmpuint (n_saved, <=, 650);
      g_assert_true (reg_store_count_changes (store, counts, &error));
      g_assert_no_error (error);
      g_assert_cmpint (counts[REG_CHANGE_PENDING], ==, n_saved);
      n_lossy += n_saved < 650;
      /* A small leaf of the changes holds some eighty; the batches are told of twice. */
      g_assert_cmpuint (n_saved, >=, 650 - 100 * fixture->page / OLD_PAGE_SIZE);
      reg_store_unref (store);
      assert_consistent (fixture->folder.path);
    }
  g_assert_cmpuint (n_lossy, >, 0);
  g_assert_cmpuint (n_lossy, <, size / fixture->page / 2);
}

static void
test_truncated (Fixture *fixture, gconstpointer data)
{
  struct stat info;
  guint n_saved;
  RegStore *store;

  g_assert_cmpint (stat (fixture->folder.path, &info), ==, 0);
  g_assert_cmpint (truncate (fixture->folder.path, info.st_size - info.st_size / 8), ==, 0);
  store = salvage (fixture, &n_saved);
  g_assert_cmpuint (n_saved, >, 0);
  reg_store_unref (store);
}

static void
test_no_database (Fixture *fixture, gconstpointer data)
{
  g_autofree char *noise = g_strnfill (50000, 'x');
  guint n_saved = 1;
  RegStore *store;

  g_assert_true (g_file_set_contents (fixture->folder.path, noise, -1, NULL));
  store = salvage (fixture, &n_saved);
  g_assert_cmpuint (n_saved, ==, 0);
  reg_store_unref (store);
}

static void
copy_to (const char *from, const char *to)
{
  g_autofree char *bytes = NULL;
  gsize size;

  g_assert_true (g_file_get_contents (from, &bytes, &size, NULL));
  g_assert_true (g_file_set_contents (to, bytes, (gssize)size, NULL));
}

/* What was staged last stands in the log alone, and the database's first page is gone. */
static void
test_log (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *log = g_strconcat (fixture->folder.path, "-wal", NULL);
  g_autofree char *kept = g_strconcat (fixture->folder.path, "-kept", NULL);
  g_autofree char *kept_log = g_strconcat (fixture->folder.path, "-kept-wal", NULL);
  RegStore *store = reg_store_open (fixture->folder.path, &error);
  gint64 batch_id;
  guint n_saved;

  g_assert_no_error (error);
  batch_id = stage (store, "archive", NULL, 0, 310, 320);
  copy_to (fixture->folder.path, kept);
  copy_to (log, kept_log);
  reg_store_unref (store);
  copy_to (kept, fixture->folder.path);
  copy_to (kept_log, log);
  damage (fixture->folder.path, 0, fixture->page);
  store = salvage (fixture, &n_saved);
  g_assert_cmpuint (n_saved, ==, 661);
  assert_state (store, batch_id, 315, REG_CHANGE_PENDING);
  reg_store_unref (store);
}

/* The old file is out of the way, the new one not yet in its place: opening takes it. */
static void
test_interrupted (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *salvaged = g_strconcat (fixture->folder.path, ".salvaged", NULL);
  RegStore *store;
  guint n_saved;

  damage (fixture->folder.path, 0, fixture->page);
  reg_store_unref (salvage (fixture, &n_saved));
  g_assert_cmpint (g_rename (fixture->folder.path, salvaged), ==, 0);
  store = reg_store_open (fixture->folder.path, &error);
  g_assert_no_error (error);
  assert_all_there (fixture, store);
  reg_store_unref (store);
}

#define ADD_OF(name, size, function)                                                               \
  g_test_add ("/store/salvage/" name, Fixture, GSIZE_TO_POINTER (size), set_up, function, tear_down)
#define ADD(name, function)                                                                        \
  ADD_OF (name, REG_STORE_PAGE_SIZE, function);                                                    \
  ADD_OF ("old-" name, OLD_PAGE_SIZE, function)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("header", test_header);
  ADD ("user-root", test_user_root);
  ADD ("change-root", test_change_root);
  ADD ("index", test_index);
  ADD ("every-page", test_every_page);
  ADD ("truncated", test_truncated);
  ADD ("no-database", test_no_database);
  ADD ("log", test_log);
  ADD ("interrupted", test_interrupted);
  return g_test_run ();
}
