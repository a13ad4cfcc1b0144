/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-cli"

#include "cli/reg-cli.h"

#include "imports/reg-import-check.h"
#include "lms/reg-lms-error.h"
#include "rules/reg-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>
#include <unistd.h>

void
reg_cli_clear (RegCli *self)
{
  g_clear_pointer (&self->data_dir, g_free);
  g_clear_pointer (&self->site, reg_site_free);
  g_clear_pointer (&self->store, reg_store_unref);
  g_clear_pointer (&self->account, reg_account_free);
}

/**
 * reg_cli_fail:
 * @error: (transfer none): what went wrong
 *
 * Says it on stderr.
 *
 * Returns: how the program ends because of it
 */
RegExit
reg_cli_fail (GError *error)
{
  g_printerr ("registrar-cli: %s\n", error->message);
  if (g_error_matches (error, REG_LMS_ERROR, REG_LMS_ERROR_AUTH))
    return REG_EXIT_AUTH;
  if (g_error_matches (error, REG_LMS_ERROR, REG_LMS_ERROR_UNREACHABLE)
      || g_error_matches (error, REG_LMS_ERROR, REG_LMS_ERROR_BUSY))
    return REG_EXIT_UNREACHABLE;
  if (g_error_matches (error, REG_LMS_ERROR, REG_LMS_ERROR_UNSUPPORTED))
    return REG_EXIT_USAGE;
  return REG_EXIT_FAILED;
}

RegExit
reg_cli_misuse (const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  g_printerr ("registrar-cli: %s\n", text);
  return REG_EXIT_USAGE;
}

void
reg_cli_say (RegCli *self, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list args;

  if (self->quiet)
    return;
  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  g_printerr ("%s\n", text);
}

static void
add_entries (RegCli *self, GOptionContext *context, const GOptionEntry *entries)
{
  const GOptionEntry shared[] = {
    { "data-dir", 0, 0, G_OPTION_ARG_FILENAME, &self->data_dir,
      N_ ("Keep everything in this folder"), N_ ("DIR") },
    { "json", 0, 0, G_OPTION_ARG_NONE, &self->json, N_ ("Print JSON on standard output"), NULL },
    { "yes", 0, 0, G_OPTION_ARG_NONE, &self->yes, N_ ("Ask no questions"), NULL },
    { "quiet", 0, 0, G_OPTION_ARG_NONE, &self->quiet, N_ ("No messages but errors"), NULL },
    G_OPTION_ENTRY_NULL,
  };

  if (entries != NULL)
    g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  g_option_context_add_main_entries (context, shared, GETTEXT_PACKAGE);
}

/**
 * reg_cli_parse:
 * @self: the command line
 * @name: the command
 * @argc: (inout): its words
 * @argv: (inout): its words; what is left are those that are no options
 * @entries: (nullable): its own options
 * @details: (nullable): what --help says below them
 *
 * Returns: %FALSE where an option is wrong, which it has said
 */
gboolean
reg_cli_parse (RegCli *self,
               const char *name,
               int *argc,
               char ***argv,
               const GOptionEntry *entries,
               const char *details)
{
  const RegCliCommand *command = reg_cli_find_command (name);
  g_autofree char *usage = g_strconcat (name, " ", command->arguments, NULL);
  g_autoptr (GOptionContext) context = g_option_context_new (usage);
  g_autoptr (GError) error = NULL;

  g_option_context_set_summary (context, _ (command->summary));
  g_option_context_set_description (context, details);
  g_option_context_set_translation_domain (context, GETTEXT_PACKAGE);
  add_entries (self, context, entries);
  if (g_option_context_parse (context, argc, argv, &error))
    return TRUE;
  g_printerr ("registrar-cli %s: %s\n", name, error->message);
  return FALSE;
}

/**
 * reg_cli_find_account:
 * @self: the command line
 * @error: where to say that there is none
 *
 * Sets the account: the one connected last.
 *
 * Returns: whether there is one
 */
gboolean
reg_cli_find_account (RegCli *self, GError **error)
{
  g_autoptr (GPtrArray) accounts = NULL;
  const RegAccount *last;

  if (self->account != NULL)
    return TRUE;
  accounts = reg_account_list (self->data_dir, error);
  if (accounts == NULL)
    return FALSE;
  if (accounts->len == 0)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                           _ ("There is no account yet. Make one: registrar-cli connect --kind "
                              "registrar --url URL --token-file FILE"));
      return FALSE;
    }
  last = g_ptr_array_index (accounts, accounts->len - 1);
  self->account = g_new0 (RegAccount, 1);
  self->account->id = g_strdup (last->id);
  self->account->kind = g_strdup (last->kind);
  self->account->url = g_strdup (last->url);
  self->account->database = g_strdup (last->database);
  return TRUE;
}

static RegStore *
open_or_salvage (RegCli *self, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autofree char *backup = NULL;
  RegStore *store = reg_store_open (self->account->database, &local);
  guint n_saved = 0;

  if (store != NULL || !g_error_matches (local, REG_STORE_ERROR, REG_STORE_ERROR_CORRUPT))
    {
      if (store == NULL)
        g_propagate_error (error, g_steal_pointer (&local));
      return store;
    }
  store = reg_store_salvage (self->account->database, &backup, &n_saved, error);
  if (store != NULL)
    g_printerr (ngettext ("The local copy could not be read; sync makes it anew. %u change was "
                          "saved. The damaged file was kept as %s.\n",
                          "The local copy could not be read; sync makes it anew. %u changes were "
                          "saved. The damaged file was kept as %s.\n",
                          n_saved),
                n_saved, backup);
  return store;
}

/**
 * reg_cli_open:
 * @self: the command line
 * @error: why not
 *
 * Opens the local copy of the account.
 *
 * Returns: whether it is open
 */
gboolean
reg_cli_open (RegCli *self, GError **error)
{
  GError *local = NULL;

  if (self->store != NULL)
    return TRUE;
  if (!reg_cli_find_account (self, error))
    return FALSE;
  self->store = open_or_salvage (self, error);
  if (self->store == NULL)
    return FALSE;
  self->site = reg_account_dup_site (self->store, &local);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, local);
  return FALSE;
}

gint64
reg_cli_get_now (void)
{
  return g_get_real_time () / G_USEC_PER_SEC;
}

char *
reg_cli_dup_today (RegCli *self)
{
  return reg_date_from_time (reg_cli_get_now (), self->site != NULL ? self->site->time_zone : NULL);
}

RegRole
reg_cli_get_actor_role (RegCli *self)
{
  return self->site != NULL ? self->site->actor_role : REG_ROLE_LEARNER;
}

gint64
reg_cli_get_actor_id (RegCli *self)
{
  return self->site != NULL ? self->site->actor_id : 0;
}

/**
 * reg_cli_confirm:
 * @self: the command line
 * @question: what is about to happen, ending in a question
 * @exit: (out): how the program ends where the answer is no
 *
 * Returns: whether to go on
 */
gboolean
reg_cli_confirm (RegCli *self, const char *question, RegExit *exit)
{
  char answer[64];

  if (self->yes)
    return TRUE;
  g_printerr ("%s ", question);
  if (!isatty (STDIN_FILENO))
    {
      g_printerr ("\n");
      *exit = reg_cli_misuse (_ ("Nobody can answer here. Add --yes if it shall be done."));
      return FALSE;
    }
  g_printerr ("[y/N] ");
  *exit = REG_EXIT_FAILED;
  if (fgets (answer, sizeof answer, stdin) == NULL)
    return FALSE;
  g_strstrip (answer);
  if (g_ascii_strcasecmp (answer, "y") == 0 || g_ascii_strcasecmp (answer, "yes") == 0)
    return TRUE;
  g_printerr ("%s\n", _ ("Nothing was done."));
  return FALSE;
}

void
reg_cli_flush_json (RegJsonWriter *writer, gboolean end)
{
  if (end)
    g_string_append_c (writer->out, '\n');
  fwrite (writer->out->str, 1, writer->out->len, stdout);
  g_string_truncate (writer->out, 0);
  if (!end)
    return;
  fflush (stdout);
  g_string_free (g_steal_pointer (&writer->out), TRUE);
}

gint64
reg_cli_find_user (RegCli *self, const char *text)
{
  g_autoptr (GError) error = NULL;
  gint64 id = reg_store_find_user (self->store, text, &error);

  if (error != NULL)
    g_printerr ("registrar-cli: %s\n", error->message);
  else if (id == 0)
    g_printerr (
        _ ("registrar-cli: Nobody, or more than one person, has the e-mail or employee ID “%s”.\n"),
        text);
  return error != NULL ? 0 : id;
}

gint64
reg_cli_find_course (RegCli *self, const char *text)
{
  g_autoptr (GError) error = NULL;
  gint64 id = reg_store_find_course (self->store, text, &error);

  if (error != NULL)
    g_printerr ("registrar-cli: %s\n", error->message);
  else if (id == 0)
    g_printerr (_ ("registrar-cli: No course, or more than one, has the code, title or id “%s”.\n"),
                text);
  return error != NULL ? 0 : id;
}

gint64 *
reg_cli_find_courses (RegCli *self, char **texts, gsize *n)
{
  gsize size = texts != NULL ? g_strv_length (texts) : 0;
  g_autofree gint64 *ids = g_new0 (gint64, size + 1);

  *n = size;
  for (gsize i = 0; i < size; i++)
    if ((ids[i] = reg_cli_find_course (self, texts[i])) == 0)
      return NULL;
  return g_steal_pointer (&ids);
}

gint64
reg_cli_find_label (RegCli *self, guint kinds, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) labels = reg_store_list_labels (self->store, &error);
  g_autofree char *wanted = reg_text_fold (name, -1);

  if (labels == NULL)
    {
      g_printerr ("registrar-cli: %s\n", error->message);
      return 0;
    }
  for (guint i = 0; i < labels->len; i++)
    {
      const RegLabel *label = g_ptr_array_index (labels, i);
      g_autofree char *folded = reg_text_fold (label->name, -1);

      if ((kinds & 1u << label->kind) != 0 && g_str_equal (folded, wanted))
        return label->id;
    }
  g_printerr (kinds == 1u << REG_LABEL_LOCATION ? _ ("registrar-cli: There is no location “%s”.\n")
              : kinds == 1u << REG_LABEL_TEAM ? _ ("registrar-cli: There is no team “%s”.\n")
              : kinds == 1u << REG_LABEL_TAG  ? _ ("registrar-cli: There is no tag “%s”.\n")
                                              : _ ("registrar-cli: There is no group “%s”.\n"),
              name);
  return 0;
}

char *
reg_cli_dup_time (gint64 unix_seconds)
{
  g_autoptr (GDateTime) time =
      unix_seconds != 0 ? g_date_time_new_from_unix_utc (unix_seconds) : NULL;

  return time != NULL ? g_date_time_format (time, "%Y-%m-%dT%H:%M:%SZ") : g_strdup ("");
}
