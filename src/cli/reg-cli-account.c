/* SPDX-License-Identifier: GPL-3.0-or-later */
/* connect, disconnect, account: which LMS this is. */
#define G_LOG_DOMAIN "reg-cli"

#include "cli/reg-cli-account.h"
#include "cli/reg-cli-table.h"

#include "lms/reg-lms.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static char *
read_stream (FILE *file)
{
  g_autoptr (GString) text = g_string_new (NULL);
  char piece[512];
  size_t n;

  while ((n = fread (piece, 1, sizeof piece, file)) > 0)
    g_string_append_len (text, piece, n);
  return g_strdup (text->str);
}

static char *
read_token (const char *path, GError **error)
{
  g_autofree char *token = NULL;

  if (path == NULL)
    token = g_strdup (g_getenv ("REGISTRAR_TOKEN"));
  else if (g_str_equal (path, "-"))
    token = read_stream (stdin);
  else if (!g_file_get_contents (path, &token, NULL, error))
    return NULL;
  if (token != NULL)
    g_strstrip (token);
  if (token != NULL && *token != '\0')
    return g_steal_pointer (&token);
  g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                       path == NULL ? _ ("Give the token with --token-file FILE, or - for standard "
                                         "input.")
                                    : _ ("The token file is empty."));
  return NULL;
}

/**
 * reg_cli_create_lms:
 * @self: the command line, its account open
 * @error: why not
 *
 * Makes the connector with the account's token.
 *
 * Returns: (transfer full): the connector
 */
RegLms *
reg_cli_create_lms (RegCli *self, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autofree char *token = reg_account_dup_token (self->account, &local);

  if (token != NULL)
    return reg_lms_new (self->account->kind, self->account->url, token, error);
  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  else
    g_set_error_literal (error, REG_LMS_ERROR, REG_LMS_ERROR_AUTH,
                         _ ("There is no token for this LMS. Connect again with --token-file "
                            "FILE."));
  return NULL;
}

/* The account of that address, made now where there is none. */
static gboolean
take_account (RegCli *self, const char *kind, const char *url, GError **error)
{
  g_autoptr (GPtrArray) accounts = reg_account_list (self->data_dir, error);

  if (accounts == NULL)
    return FALSE;
  for (guint i = 0; i < accounts->len; i++)
    {
      const RegAccount *account = g_ptr_array_index (accounts, i);

      if (!g_str_equal (account->kind, kind) || !g_str_equal (account->url, url))
        {
          g_set_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS,
                       _ ("This profile is connected to %s. Disconnect first, or use another "
                          "--data-dir."),
                       account->url);
          return FALSE;
        }
      return reg_cli_find_account (self, error);
    }
  self->account = reg_account_create (self->data_dir, kind, url, error);
  return self->account != NULL;
}

/* A secret goes to the keyring. Without one, the path of the token file is kept, never the token.
 */
static gboolean
keep_token (RegCli *self, const char *token, const char *path, GError **error)
{
  gboolean persistent = FALSE;
  g_autofree char *absolute = NULL;

  if (!reg_account_set_token (self->account, token, &persistent, error))
    return FALSE;
  if (path != NULL && !g_str_equal (path, "-") && !persistent)
    absolute = g_canonicalize_filename (path, NULL);
  if (!reg_account_set_token_file (self->account, absolute, error))
    return FALSE;
  if (absolute != NULL)
    reg_cli_say (self, _ ("No keyring is running: sync reads the token from %s."), absolute);
  else if (!persistent)
    reg_cli_say (self,
                 _ ("No keyring is running, so the token is not kept. Set REGISTRAR_TOKEN for "
                    "sync, or connect with --token-file FILE."));
  return TRUE;
}

static gboolean
connect_to (RegCli *self,
            const char *kind,
            const char *url,
            const char *token,
            const char *path,
            GError **error)
{
  g_autoptr (RegLms) lms = reg_lms_new (kind, url, token, error);
  g_autoptr (RegSite) site = lms != NULL ? reg_lms_describe (lms, NULL, error) : NULL;

  if (site == NULL || !take_account (self, kind, url, error) || !reg_cli_open (self, error)
      || !reg_account_set_site (self->store, site, error) || !keep_token (self, token, path, error))
    return FALSE;
  reg_cli_say (self, _ ("Connected to %s as %s. Now fetch everything: registrar-cli sync"),
               site->name, site->actor_email);
  return TRUE;
}

RegExit
reg_cli_connect (RegCli *self, int argc, char **argv)
{
  g_autofree char *kind = NULL;
  g_autofree char *url = NULL;
  g_autofree char *path = NULL;
  g_autofree char *token = NULL;
  g_autoptr (GError) error = NULL;
  const GOptionEntry entries[] = {
    { "kind", 0, 0, G_OPTION_ARG_STRING, &kind, N_ ("What kind of LMS it is"), "registrar" },
    { "url", 0, 0, G_OPTION_ARG_STRING, &url, N_ ("Its address"), "URL" },
    { "token-file", 0, 0, G_OPTION_ARG_FILENAME, &path,
      N_ ("File with the token that signs in; - for standard input"), N_ ("FILE") },
    G_OPTION_ENTRY_NULL,
  };

  if (!reg_cli_parse (self, "connect", &argc, &argv, entries, NULL))
    return REG_EXIT_USAGE;
  if (kind == NULL || url == NULL || argc > 1)
    return reg_cli_misuse (_ ("connect needs --kind and --url."));
  while (g_str_has_suffix (url, "/"))
    url[strlen (url) - 1] = '\0';
  token = read_token (path, &error);
  if (token == NULL)
    return g_error_matches (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE)
               ? reg_cli_misuse ("%s", error->message)
               : reg_cli_fail (error);
  if (!connect_to (self, kind, url, token, path, &error))
    return reg_cli_fail (error);
  return REG_EXIT_DONE;
}

/* What would be lost with the local copy. */
static gboolean
confirm_disconnect (RegCli *self, RegExit *exit)
{
  gint64 counts[REG_N_CHANGE_STATES] = { 0 };
  gint64 n;
  g_autofree char *question = NULL;

  /* A copy that cannot be opened cannot be asked. */
  if (!reg_cli_open (self, NULL) || !reg_store_count_changes (self->store, counts, NULL))
    return TRUE;
  n = counts[REG_CHANGE_PENDING] + counts[REG_CHANGE_SENDING] + counts[REG_CHANGE_UNKNOWN]
      + counts[REG_CHANGE_REJECTED] + counts[REG_CHANGE_CONFLICT];
  g_clear_pointer (&self->store, reg_store_unref);
  if (n == 0)
    return TRUE;
  question = g_strdup_printf (ngettext ("%d change was not sent and will be lost. Disconnect?",
                                        "%d changes were not sent and will be lost. Disconnect?",
                                        CLAMP (n, 0, G_MAXINT)),
                              (int)CLAMP (n, 0, G_MAXINT));
  return reg_cli_confirm (self, question, exit);
}

RegExit
reg_cli_disconnect (RegCli *self, int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  RegExit exit = REG_EXIT_DONE;

  if (!reg_cli_parse (self, "disconnect", &argc, &argv, NULL, NULL))
    return REG_EXIT_USAGE;
  if (!reg_cli_find_account (self, &error))
    return reg_cli_fail (error);
  if (!confirm_disconnect (self, &exit))
    return exit;
  if (!reg_account_remove (self->data_dir, self->account, &error))
    return reg_cli_fail (error);
  reg_cli_say (self, _ ("Disconnected from %s."), self->account->url);
  return REG_EXIT_DONE;
}

static char *
format_number (gint64 n)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT, n);
}

RegExit
reg_cli_account (RegCli *self, int argc, char **argv)
{
  static const RegCliColumn columns[] = {
    { "kind", N_ ("Kind"), REG_CELL_TEXT },
    { "url", N_ ("Address"), REG_CELL_TEXT },
    { "name", N_ ("Site"), REG_CELL_TEXT },
    { "user", N_ ("Signed in as"), REG_CELL_TEXT },
    { "role", N_ ("Role"), REG_CELL_TEXT },
    { "database", N_ ("Local copy"), REG_CELL_TEXT },
    { "users", N_ ("Users"), REG_CELL_NUMBER },
    { "courses", N_ ("Courses"), REG_CELL_NUMBER },
    { "enrollments", N_ ("Enrollments"), REG_CELL_NUMBER },
    { "waiting", N_ ("Changes waiting"), REG_CELL_NUMBER },
    { "attention", N_ ("Waiting for you"), REG_CELL_NUMBER },
    { "operations", N_ ("Operations"), REG_CELL_TEXT },
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (RegCliTable) table = NULL;
  gint64 counts[REG_N_CHANGE_STATES] = { 0 };
  gint64 n[3] = { 0 };
  g_autofree char *operations = NULL;

  if (!reg_cli_parse (self, "account", &argc, &argv, NULL, NULL))
    return REG_EXIT_USAGE;
  if (!reg_cli_open (self, &error) || !reg_store_count (self->store, &n[0], &n[1], &n[2], &error)
      || !reg_store_count_changes (self->store, counts, &error))
    return reg_cli_fail (error);
  table = reg_cli_table_new (self, columns, G_N_ELEMENTS (columns), NULL, NULL, &error);
  reg_cli_table_set_single (table);
  operations = self->site != NULL && self->site->operations != NULL
                   ? g_strjoinv (" ", self->site->operations)
                   : g_strdup ("");
  {
    g_autofree char *users = format_number (n[0]);
    g_autofree char *courses = format_number (n[1]);
    g_autofree char *enrollments = format_number (n[2]);
    g_autofree char *waiting = format_number (
        counts[REG_CHANGE_PENDING] + counts[REG_CHANGE_SENDING] + counts[REG_CHANGE_UNKNOWN]);
    g_autofree char *attention =
        format_number (counts[REG_CHANGE_REJECTED] + counts[REG_CHANGE_CONFLICT]);
    const char *const cells[] = {
      self->account->kind,
      self->account->url,
      self->site != NULL ? self->site->name : "",
      self->site != NULL ? self->site->actor_email : "",
      self->site != NULL ? reg_role_to_nick (self->site->actor_role) : "",
      self->account->database,
      users,
      courses,
      enrollments,
      waiting,
      attention,
      operations,
    };

    if (!reg_cli_table_add (table, cells, &error) || !reg_cli_table_finish (table, &error))
      return reg_cli_fail (error);
  }
  return REG_EXIT_DONE;
}
