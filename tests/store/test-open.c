/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-test"

#include "reg-test-store.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static void
set_up (RegTestFolder *folder, gconstpointer data)
{
  reg_test_folder_init (folder);
}

static void
tear_down (RegTestFolder *folder, gconstpointer data)
{
  reg_test_folder_clear (folder);
}

static void
assert_open_fails (const char *path, RegStoreError code)
{
  g_autoptr (GError) error = NULL;
  RegStore *store = reg_store_open (path, &error);

  g_assert_null (store);
  g_assert_error (error, REG_STORE_ERROR, (int)code);
  g_assert_cmpuint (strlen (error->message), >, 30);
}

static void
assert_opens (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RegStore) store = reg_store_open (path, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (reg_store_get_path (store), ==, path);
}

static void
execute (const char *path, const char *sql)
{
  sqlite3 *db;
  char *message = NULL;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  sqlite3_exec (db, sql, NULL, NULL, &message);
  g_assert_cmpstr (message, ==, NULL);
  sqlite3_close (db);
}

static void
test_mode (RegTestFolder *folder, gconstpointer data)
{
  static const char *const suffixes[] = { "", "-wal", "-shm", ".lock" };
  g_autoptr (GError) error = NULL;
  g_autoptr (RegStore) store = reg_store_open (folder->path, &error);

  g_assert_no_error (error);
  g_assert_true (reg_store_set_setting (store, "a", "b", &error));
  for (gsize i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *path = g_strconcat (folder->path, suffixes[i], NULL);
      struct stat info;

      g_assert_cmpint (stat (path, &info), ==, 0);
      g_assert_cmpint (info.st_mode & 0777, ==, 0600);
    }
}

static void
test_settings (RegTestFolder *folder, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RegStore) store = reg_store_open (folder->path, &error);
  g_autofree char *value = NULL;
  g_autofree char *none = NULL;

  g_assert_no_error (error);
  g_assert_true (reg_store_set_setting (store, "site", "{}", &error));
  g_assert_true (reg_store_set_setting (store, "site", "{\"a\":1}", &error));
  g_clear_pointer (&store, reg_store_unref);
  store = reg_store_open (folder->path, &error);
  g_assert_no_error (error);
  value = reg_store_dup_setting (store, "site", &error);
  g_assert_cmpstr (value, ==, "{\"a\":1}");
  g_assert_true (reg_store_set_setting (store, "site", NULL, &error));
  none = reg_store_dup_setting (store, "site", &error);
  g_assert_no_error (error);
  g_assert_null (none);
}

static void
test_two_copies (RegTestFolder *folder, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  RegStore *store = reg_store_open (folder->path, &error);
  int status;
  pid_t child;

  g_assert_no_error (error);
  assert_open_fails (folder->path, REG_STORE_ERROR_BUSY);
  /* Another process, as the command line is to the window. */
  child = fork ();
  if (child == 0)
    {
      g_autoptr (GError) child_error = NULL;
      RegStore *second = reg_store_open (folder->path, &child_error);

      _exit (second == NULL && g_error_matches (child_error, REG_STORE_ERROR, REG_STORE_ERROR_BUSY)
                 ? 0
                 : 1);
    }
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFEXITED (status));
  g_assert_cmpint (WEXITSTATUS (status), ==, 0);
  reg_store_unref (store);
  assert_opens (folder->path);
}

/* Another program holds the database itself. */
static void
test_locked (RegTestFolder *folder, gconstpointer data)
{
  sqlite3 *db;

  assert_opens (folder->path);
  g_assert_cmpint (sqlite3_open (folder->path, &db), ==, SQLITE_OK);
  g_assert_cmpint (
      sqlite3_exec (db, "PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE", NULL, NULL, NULL), ==,
      SQLITE_OK);
  assert_open_fails (folder->path, REG_STORE_ERROR_BUSY);
  sqlite3_close (db);
  assert_opens (folder->path);
}

static void
test_newer (RegTestFolder *folder, gconstpointer data)
{
  assert_opens (folder->path);
  execute (folder->path, "PRAGMA user_version = 9999");
  assert_open_fails (folder->path, REG_STORE_ERROR_NEWER);
}

static void
test_no_database (RegTestFolder *folder, gconstpointer data)
{
  g_autofree char *noise = g_strnfill (20000, 'x');

  g_assert_true (g_file_set_contents (folder->path, noise, -1, NULL));
  assert_open_fails (folder->path, REG_STORE_ERROR_CORRUPT);
}

static void
test_other_database (RegTestFolder *folder, gconstpointer data)
{
  execute (folder->path, "CREATE TABLE holiday (place TEXT)");
  assert_open_fails (folder->path, REG_STORE_ERROR_CORRUPT);
}

/* An empty file is what a fall right after making it leaves. */
static void
test_empty_file (RegTestFolder *folder, gconstpointer data)
{
  g_assert_true (g_file_set_contents (folder->path, "", 0, NULL));
  assert_opens (folder->path);
}

static void
test_truncated (RegTestFolder *folder, gconstpointer data)
{
  assert_opens (folder->path);
  g_assert_cmpint (truncate (folder->path, 5000), ==, 0);
  assert_open_fails (folder->path, REG_STORE_ERROR_CORRUPT);
}

static void
test_no_folder (RegTestFolder *folder, gconstpointer data)
{
  g_autofree char *path = g_build_filename (folder->folder, "not", "there.db", NULL);

  assert_open_fails (path, REG_STORE_ERROR_FAILED);
}

#define ADD(name, function)                                                                        \
  g_test_add ("/store/open/" name, RegTestFolder, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("mode", test_mode);
  ADD ("settings", test_settings);
  ADD ("two-copies", test_two_copies);
  ADD ("locked", test_locked);
  ADD ("newer", test_newer);
  ADD ("no-database", test_no_database);
  ADD ("other-database", test_other_database);
  ADD ("empty-file", test_empty_file);
  ADD ("truncated", test_truncated);
  ADD ("no-folder", test_no_folder);
  return g_test_run ();
}
