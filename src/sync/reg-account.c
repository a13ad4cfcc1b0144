/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any thread; the keyring may ask the person for its password, so not the window's. */
#define G_LOG_DOMAIN "reg-sync"

#include "sync/reg-account.h"

#include "sync/reg-certificate.h"

#include "net/reg-http.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <libsecret/secret.h>
#include <string.h>

#define INI "account.ini"
#define GROUP "account"
#define DATABASE "registrar.db"
#define SITE_SETTING "site"
#define MAX_TOKEN 65536

/* Tokens where no keyring runs, by account id. */
static GMutex session_lock;
static GHashTable *session_tokens;

static const SecretSchema *
get_schema (void)
{
  static const SecretSchema schema = {
    "io.github.registrar_lms.Registrar.Token",
    SECRET_SCHEMA_NONE,
    {
        { "url", SECRET_SCHEMA_ATTRIBUTE_STRING },
        { "kind", SECRET_SCHEMA_ATTRIBUTE_STRING },
        { "id", SECRET_SCHEMA_ATTRIBUTE_STRING },
        { NULL, 0 },
    },
  };

  return &schema;
}

/* Without a session bus libsecret would try to start one, and wait. */
static gboolean
has_keyring (void)
{
  const char *runtime = g_getenv ("XDG_RUNTIME_DIR");
  g_autofree char *bus = runtime != NULL ? g_build_filename (runtime, "bus", NULL) : NULL;

  return g_getenv ("DBUS_SESSION_BUS_ADDRESS") != NULL
         || g_strcmp0 (g_getenv ("SECRET_BACKEND"), "file") == 0
         || (bus != NULL && g_file_test (bus, G_FILE_TEST_EXISTS));
}

void
reg_account_free (RegAccount *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->kind);
  g_free (self->url);
  g_free (self->database);
  g_free (self);
}

static char *
dup_root (const char *data_dir)
{
  if (data_dir != NULL)
    return g_build_filename (data_dir, "accounts", NULL);
  return g_build_filename (g_get_user_data_dir (), "registrar", "accounts", NULL);
}

static char *
dup_ini (const RegAccount *self)
{
  g_autofree char *folder = g_path_get_dirname (self->database);

  return g_build_filename (folder, INI, NULL);
}

static RegAccount *
load (const char *root, const char *id, GError **error)
{
  g_autoptr (RegAccount) self = g_new0 (RegAccount, 1);
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *path = g_build_filename (root, id, INI, NULL);

  if (!g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, error))
    return NULL;
  self->id = g_strdup (id);
  self->database = g_build_filename (root, id, DATABASE, NULL);
  self->kind = g_key_file_get_string (file, GROUP, "kind", error);
  if (self->kind != NULL)
    self->url = g_key_file_get_string (file, GROUP, "url", error);
  return self->url != NULL ? g_steal_pointer (&self) : NULL;
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

/**
 * reg_account_list:
 * @data_dir: (nullable): the profile; %NULL for the user's data directory
 *
 * Returns: (transfer full) (element-type RegAccount): the accounts, the oldest first; %NULL where
 *   one cannot be read
 */
GPtrArray *
reg_account_list (const char *data_dir, GError **error)
{
  g_autofree char *root = dup_root (data_dir);
  g_autoptr (GPtrArray) accounts =
      g_ptr_array_new_with_free_func ((GDestroyNotify)reg_account_free);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = NULL;
  const char *name;

  if (!g_file_test (root, G_FILE_TEST_EXISTS))
    return g_steal_pointer (&accounts);
  dir = g_dir_open (root, 0, error);
  if (dir == NULL)
    return NULL;
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *ini = g_build_filename (root, name, INI, NULL);

      if (g_file_test (ini, G_FILE_TEST_EXISTS))
        g_ptr_array_add (names, g_strdup (name));
    }
  g_ptr_array_sort (names, compare_names);
  for (guint i = 0; i < names->len; i++)
    {
      RegAccount *account = load (root, g_ptr_array_index (names, i), error);

      if (account == NULL)
        return NULL;
      g_ptr_array_add (accounts, account);
    }
  return g_steal_pointer (&accounts);
}

/* A name that sorts by age, says whose it is, and is never used twice. */
static char *
make_id (const char *url)
{
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_NONE, NULL);
  g_autofree char *host = g_strdup (uri != NULL ? g_uri_get_host (uri) : "lms");
  g_autofree char *uuid = g_uuid_string_random ();

  g_strcanon (host, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-", '-');
  return g_strdup_printf ("%012" G_GINT64_FORMAT "-%s-%.8s", g_get_real_time () / G_USEC_PER_SEC,
                          host, uuid);
}

static gboolean
save (const char *path, GKeyFile *file, GError **error)
{
  gsize len;
  g_autofree char *text = g_key_file_to_data (file, &len, NULL);

  return g_file_set_contents_full (path, text, len, G_FILE_SET_CONTENTS_CONSISTENT, 0600, error);
}

static RegAccount *
find (GPtrArray *accounts, const char *kind, const char *url)
{
  for (guint i = 0; i < accounts->len; i++)
    {
      RegAccount *account = g_ptr_array_index (accounts, i);

      if (strcmp (account->kind, kind) == 0 && strcmp (account->url, url) == 0)
        return g_ptr_array_steal_index (accounts, i);
    }
  return NULL;
}

/**
 * reg_account_create:
 * @data_dir: (nullable): the profile; %NULL for the user's data directory
 * @kind: connector
 * @url: address of the LMS as typed
 *
 * Returns: (transfer full): a new account, or the one that connects to that address already; %NULL
 *   with a REG_NET_ERROR_ADDRESS or a G_FILE_ERROR
 */
RegAccount *
reg_account_create (const char *data_dir, const char *kind, const char *url, GError **error)
{
  g_autofree char *normal = reg_http_normalize_url (url, error);
  g_autoptr (GPtrArray) accounts = normal != NULL ? reg_account_list (data_dir, error) : NULL;
  g_autofree char *root = dup_root (data_dir);
  g_autofree char *id = NULL;
  g_autofree char *folder = NULL;
  g_autofree char *path = NULL;
  g_autoptr (GKeyFile) file = g_key_file_new ();
  RegAccount *known;

  if (accounts == NULL)
    return NULL;
  known = find (accounts, kind, normal);
  if (known != NULL)
    return known;
  id = make_id (normal);
  folder = g_build_filename (root, id, NULL);
  path = g_build_filename (folder, INI, NULL);
  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      int code = errno;

      g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (code),
                   _ ("The folder “%s” cannot be made: %s"), folder, g_strerror (code));
      return NULL;
    }
  g_key_file_set_string (file, GROUP, "kind", kind);
  g_key_file_set_string (file, GROUP, "url", normal);
  return save (path, file, error) ? load (root, id, error) : NULL;
}

/**
 * reg_account_remove:
 *
 * Forgets the token and the certificates that were kept, and deletes the account's folder with
 * everything in it, changes that were not sent included.
 */
gboolean
reg_account_remove (const char *data_dir, const RegAccount *self, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (self->database);
  g_autoptr (GDir) dir = NULL;
  const char *name;

  if (!reg_account_set_token (self, NULL, NULL, error))
    return FALSE;
  reg_certificate_forget_all (self->id);
  dir = g_dir_open (folder, 0, error);
  if (dir == NULL)
    return FALSE;
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autoptr (GFile) file = g_file_new_for_path (path);

      if (!g_file_delete (file, NULL, error))
        return FALSE;
    }
  if (g_rmdir (folder) != 0)
    {
      int code = errno;

      g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (code),
                   _ ("The folder “%s” cannot be deleted: %s"), folder, g_strerror (code));
      return FALSE;
    }
  return TRUE;
}

static char *
read_token_file (const char *path, GError **error)
{
  g_autofree char *text = NULL;
  gsize len;

  if (!g_file_get_contents (path, &text, &len, error))
    {
      g_prefix_error (error, _ ("The token cannot be read: "));
      return NULL;
    }
  if (len > MAX_TOKEN || strlen (text) != len || *g_strstrip (text) == '\0')
    {
      g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL, _ ("“%s” does not hold a token."),
                   path);
      return NULL;
    }
  return g_steal_pointer (&text);
}

static char *
dup_token_file (const RegAccount *self)
{
  g_autofree char *path = dup_ini (self);
  g_autoptr (GKeyFile) file = g_key_file_new ();

  if (!g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, NULL))
    return NULL;
  return g_key_file_get_string (file, GROUP, "token-file", NULL);
}

static char *
dup_session_token (const RegAccount *self)
{
  char *token = NULL;

  g_mutex_lock (&session_lock);
  if (session_tokens != NULL)
    token = g_strdup (g_hash_table_lookup (session_tokens, self->id));
  g_mutex_unlock (&session_lock);
  return token;
}

static void
set_session_token (const RegAccount *self, const char *token)
{
  g_mutex_lock (&session_lock);
  if (session_tokens == NULL)
    session_tokens = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  if (token != NULL)
    g_hash_table_replace (session_tokens, g_strdup (self->id), g_strdup (token));
  else
    g_hash_table_remove (session_tokens, self->id);
  g_mutex_unlock (&session_lock);
}

/**
 * reg_account_dup_token:
 *
 * Returns: (transfer full) (nullable): the token; %NULL without an error where the person has to
 *   sign in, %NULL with an error where the token file cannot be read
 */
char *
reg_account_dup_token (const RegAccount *self, GError **error)
{
  const char *environment = g_getenv ("REGISTRAR_TOKEN");
  g_autofree char *file = dup_token_file (self);
  g_autoptr (GError) cause = NULL;
  g_autofree char *secret = NULL;
  char *token;

  if (environment != NULL && *environment != '\0')
    return g_strdup (environment);
  if (file != NULL)
    return read_token_file (file, error);
  token = dup_session_token (self);
  if (token != NULL || !has_keyring ())
    return token;
  secret = secret_password_lookup_sync (get_schema (), NULL, &cause, "url", self->url, "kind",
                                        self->kind, "id", self->id, NULL);
  /* No keyring is no error: the person signs in again. */
  if (cause != NULL)
    g_info ("No token from the keyring: %s", cause->message);
  return g_steal_pointer (&secret);
}

static gboolean
store_secret (const RegAccount *self, const char *token)
{
  g_autoptr (GError) cause = NULL;
  g_autofree char *label = g_strdup_printf (_ ("Registrar: %s"), self->url);
  gboolean stored;

  if (!has_keyring ())
    return FALSE;
  if (token != NULL)
    stored = secret_password_store_sync (get_schema (), SECRET_COLLECTION_DEFAULT, label, token,
                                         NULL, &cause, "url", self->url, "kind", self->kind, "id",
                                         self->id, NULL);
  else
    stored = secret_password_clear_sync (get_schema (), NULL, &cause, "url", self->url, "kind",
                                         self->kind, "id", self->id, NULL);
  if (cause != NULL)
    g_info ("The keyring did not take the token: %s", cause->message);
  return stored && cause == NULL;
}

/**
 * reg_account_set_token:
 * @token: (nullable): %NULL forgets it
 * @persistent: (out) (optional): whether it outlives this process
 *
 * A token file set before is forgotten.
 */
gboolean
reg_account_set_token (const RegAccount *self,
                       const char *token,
                       gboolean *persistent,
                       GError **error)
{
  gboolean stored = store_secret (self, token);

  set_session_token (self, stored ? NULL : token);
  if (persistent != NULL)
    *persistent = stored;
  return reg_account_set_token_file (self, NULL, error);
}

/**
 * reg_account_set_token_file:
 * @path: (nullable): a file with nothing but the token; %NULL forgets it
 */
gboolean
reg_account_set_token_file (const RegAccount *self, const char *path, GError **error)
{
  g_autofree char *ini = dup_ini (self);
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *known = NULL;
  g_autofree char *token = NULL;
  g_autofree char *absolute = NULL;

  if (!g_key_file_load_from_file (file, ini, G_KEY_FILE_KEEP_COMMENTS, error))
    return FALSE;
  known = g_key_file_get_string (file, GROUP, "token-file", NULL);
  if (path == NULL)
    return known == NULL
           || (g_key_file_remove_key (file, GROUP, "token-file", error) && save (ini, file, error));
  token = read_token_file (path, error);
  if (token == NULL)
    return FALSE;
  absolute = g_canonicalize_filename (path, NULL);
  g_key_file_set_string (file, GROUP, "token-file", absolute);
  return save (ini, file, error);
}

/**
 * reg_account_dup_site:
 *
 * Returns: (transfer full) (nullable): the site as last described; %NULL without an error before
 *   the first contact
 */
RegSite *
reg_account_dup_site (RegStore *store, GError **error)
{
  g_autofree char *text = reg_store_dup_setting (store, SITE_SETTING, error);

  return text != NULL ? reg_site_new_from_text (text, error) : NULL;
}

gboolean
reg_account_set_site (RegStore *store, const RegSite *site, GError **error)
{
  g_autofree char *text = reg_site_to_text (site);

  return reg_store_set_setting (store, SITE_SETTING, text, error);
}
