/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/reg-account.h"

#include "net/reg-net-error.h"
#include "reg-test-store.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

static void
test_create (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RegAccount) first = NULL;
  g_autoptr (RegAccount) again = NULL;
  g_autoptr (RegAccount) other = NULL;
  g_autoptr (GPtrArray) accounts = NULL;
  g_autofree char *folder = NULL;
  RegTestFolder f;
  GStatBuf info;

  reg_test_folder_init (&f);
  accounts = reg_account_list (f.folder, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (accounts->len, ==, 0);
  g_clear_pointer (&accounts, g_ptr_array_unref);

  first = reg_account_create (f.folder, "registrar", "lms.example.org/", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (first->url, ==, "https://lms.example.org");
  g_assert_cmpstr (first->kind, ==, "registrar");
  g_assert_true (g_str_has_prefix (first->database, f.folder));
  again = reg_account_create (f.folder, "registrar", "https://lms.example.org", &error);
  g_assert_cmpstr (again->id, ==, first->id);
  other = reg_account_create (f.folder, "registrar", "http://127.0.0.1:8080", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (other->id, !=, first->id);

  accounts = reg_account_list (f.folder, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (accounts->len, ==, 2);

  /* Nobody else may look in. */
  folder = g_path_get_dirname (first->database);
  g_assert_cmpint (g_stat (folder, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0700);

  g_file_set_contents (first->database, "x", 1, &error);
  g_assert_no_error (error);
  g_assert_true (reg_account_remove (f.folder, first, &error));
  g_assert_no_error (error);
  g_assert_false (g_file_test (folder, G_FILE_TEST_EXISTS));
  g_clear_pointer (&accounts, g_ptr_array_unref);
  accounts = reg_account_list (f.folder, &error);
  g_assert_cmpuint (accounts->len, ==, 1);
  reg_test_folder_clear (&f);
}

static void
test_refused_address (void)
{
  g_autoptr (GError) error = NULL;
  RegTestFolder f;

  reg_test_folder_init (&f);
  g_assert_null (reg_account_create (f.folder, "registrar", "http://lms.example.org", &error));
  g_assert_error (error, REG_NET_ERROR, REG_NET_ERROR_ADDRESS);
  reg_test_folder_clear (&f);
}

/* No bus, no keyring: the token lives as long as this process, and is written nowhere. */
static void
test_session_token (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RegAccount) account = NULL;
  g_autofree char *none = NULL;
  g_autofree char *token = NULL;
  g_autofree char *folder = NULL;
  g_autofree char *ini = NULL;
  g_autofree char *text = NULL;
  gboolean persistent = TRUE;
  RegTestFolder f;

  reg_test_folder_init (&f);
  account = reg_account_create (f.folder, "registrar", "https://lms.example.org", &error);
  none = reg_account_dup_token (account, &error);
  g_assert_no_error (error);
  g_assert_null (none);
  g_assert_true (reg_account_set_token (account, "s3cret", &persistent, &error));
  g_assert_false (persistent);
  token = reg_account_dup_token (account, &error);
  g_assert_cmpstr (token, ==, "s3cret");
  folder = g_path_get_dirname (account->database);
  ini = g_build_filename (folder, "account.ini", NULL);
  g_file_get_contents (ini, &text, NULL, &error);
  g_assert_no_error (error);
  g_assert_null (strstr (text, "s3cret"));

  g_assert_true (reg_account_set_token (account, NULL, NULL, &error));
  none = reg_account_dup_token (account, &error);
  g_assert_null (none);
  reg_test_folder_clear (&f);
}

static void
test_token_file (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RegAccount) account = NULL;
  g_autofree char *path = NULL;
  g_autofree char *token = NULL;
  RegTestFolder f;

  reg_test_folder_init (&f);
  path = g_build_filename (f.folder, "token", NULL);
  account = reg_account_create (f.folder, "registrar", "https://lms.example.org", &error);
  g_assert_no_error (error);
  g_assert_false (reg_account_set_token_file (account, path, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
  g_clear_error (&error);

  g_file_set_contents (path, "  \n", -1, NULL);
  g_assert_false (reg_account_set_token_file (account, path, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL);
  g_clear_error (&error);

  /* Read each time: a renewed token is taken up. */
  g_file_set_contents (path, "one\n", -1, NULL);
  g_assert_true (reg_account_set_token_file (account, path, &error));
  g_assert_no_error (error);
  g_file_set_contents (path, "two\n", -1, NULL);
  token = reg_account_dup_token (account, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (token, ==, "two");
  g_clear_pointer (&token, g_free);

  g_remove (path);
  g_assert_null (reg_account_dup_token (account, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
  g_clear_error (&error);

  /* The environment comes first. */
  g_setenv ("REGISTRAR_TOKEN", "three", TRUE);
  token = reg_account_dup_token (account, &error);
  g_unsetenv ("REGISTRAR_TOKEN");
  g_assert_no_error (error);
  g_assert_cmpstr (token, ==, "three");
  g_assert_true (reg_account_set_token_file (account, NULL, &error));
  g_assert_null (reg_account_dup_token (account, &error));
  g_assert_no_error (error);
  reg_test_folder_clear (&f);
}

static void
test_broken_account (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RegAccount) account = NULL;
  g_autofree char *folder = NULL;
  g_autofree char *ini = NULL;
  RegTestFolder f;

  reg_test_folder_init (&f);
  account = reg_account_create (f.folder, "registrar", "https://lms.example.org", &error);
  folder = g_path_get_dirname (account->database);
  ini = g_build_filename (folder, "account.ini", NULL);
  g_file_set_contents (ini, "[account]\nkind=registrar\n", -1, NULL);
  g_assert_null (reg_account_list (f.folder, &error));
  g_assert_error (error, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_KEY_NOT_FOUND);
  reg_test_folder_clear (&f);
}

static void
test_site (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RegStore) store = NULL;
  g_autoptr (RegSite) site = reg_site_new ();
  g_autoptr (RegSite) none = NULL;
  g_autoptr (RegSite) read = NULL;
  RegTestFolder f;

  reg_test_folder_init (&f);
  store = reg_store_open (f.path, &error);
  g_assert_no_error (error);
  none = reg_account_dup_site (store, &error);
  g_assert_no_error (error);
  g_assert_null (none);
  site->actor_id = 42;
  g_assert_true (reg_account_set_site (store, site, &error));
  read = reg_account_dup_site (store, &error);
  g_assert_no_error (error);
  g_assert_cmpint (read->actor_id, ==, 42);
  g_clear_pointer (&store, reg_store_unref);
  reg_test_folder_clear (&f);
}

int
main (int argc, char **argv)
{
  /* Not the keyring of whoever runs the tests. */
  g_unsetenv ("DBUS_SESSION_BUS_ADDRESS");
  g_unsetenv ("XDG_RUNTIME_DIR");
  g_unsetenv ("SECRET_BACKEND");
  g_unsetenv ("REGISTRAR_TOKEN");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync/account/create", test_create);
  g_test_add_func ("/sync/account/refused-address", test_refused_address);
  g_test_add_func ("/sync/account/session-token", test_session_token);
  g_test_add_func ("/sync/account/token-file", test_token_file);
  g_test_add_func ("/sync/account/broken", test_broken_account);
  g_test_add_func ("/sync/account/site", test_site);
  return g_test_run ();
}
