/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The program registrar-sandbox: one sandbox until it is told to end. */
#define G_LOG_DOMAIN "reg-sandbox"

#include "base/reg-json-writer.h"
#include "sandbox/reg-sandbox.h"

#include <errno.h>
#include <glib-unix.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

static int port;
static char *db_path;
static char *seed;
static char *people;
static int n_courses = 20;
static char *token;
static char *record;
static gboolean quiet;
static gboolean exit_with_parent;
static gboolean version;

static const GOptionEntry entries[] = {
  { "port", 0, 0, G_OPTION_ARG_INT, &port, "Listen here on 127.0.0.1; 0 (the default) for any port",
    "N" },
  { "db", 0, 0, G_OPTION_ARG_FILENAME, &db_path, "Keep the data in this file; by default in memory",
    "FILE" },
  { "seed", 0, 0, G_OPTION_ARG_STRING, &seed,
    "Begin with the demo company, or with N people, N/100 courses and 5 N enrollments", "demo|N" },
  { "people", 0, 0, G_OPTION_ARG_FILENAME, &people,
    "Begin with the people of a roster (employee_id, first_name, …)", "ROSTER" },
  { "courses", 0, 0, G_OPTION_ARG_INT, &n_courses,
    "With --people: how many courses C001, C002, … to make (20)", "M" },
  { "token", 0, 0, G_OPTION_ARG_STRING, &token, "The token that signs in; by default a random one",
    "T" },
  { "record", 0, 0, G_OPTION_ARG_FILENAME, &record,
    "Append each request and its answer to this file, a line of JSON each", "FILE" },
  { "exit-with-parent", 0, 0, G_OPTION_ARG_NONE, &exit_with_parent,
    "End when the program that started it ends", NULL },
  { "quiet", 0, 0, G_OPTION_ARG_NONE, &quiet, "No hint on standard error", NULL },
  { "version", 0, 0, G_OPTION_ARG_NONE, &version, "Show the version", NULL },
  G_OPTION_ENTRY_NULL,
};

static gboolean
parse_seed (RegSandboxOptions *options)
{
  guint64 n;

  if (seed != NULL && people != NULL)
    {
      g_printerr ("registrar-sandbox: --seed and --people exclude each other\n");
      return FALSE;
    }
  if (port < 0 || port > G_MAXUINT16 || n_courses < 0 || n_courses > 100000)
    {
      g_printerr ("registrar-sandbox: --port or --courses is out of range\n");
      return FALSE;
    }
  if (people != NULL)
    options->seed = REG_SANDBOX_SEED_PEOPLE;
  else if (g_strcmp0 (seed, "demo") == 0)
    options->seed = REG_SANDBOX_SEED_DEMO;
  else if (seed != NULL)
    {
      if (!g_ascii_string_to_unsigned (seed, 10, 1, 10000000, &n, NULL))
        {
          g_printerr ("registrar-sandbox: --seed is \"demo\" or a number of people\n");
          return FALSE;
        }
      options->seed = REG_SANDBOX_SEED_COUNT;
      options->n_users = (guint)n;
    }
  return TRUE;
}

static gboolean
on_signal (gpointer data)
{
  g_main_loop_quit (data);
  return G_SOURCE_CONTINUE;
}

static void
print_address (RegSandbox *sandbox)
{
  RegJsonWriter writer = { .out = g_string_new (NULL) };

  reg_json_writer_open (&writer, '{');
  reg_json_writer_add_text (&writer, "url", reg_sandbox_get_url (sandbox));
  reg_json_writer_add_text (&writer, "token", reg_sandbox_get_token (sandbox));
  reg_json_writer_close (&writer, '}');
  g_print ("%s\n", writer.out->str);
  fflush (stdout);
  g_string_free (writer.out, TRUE);
}

/* The parent may have ended before the kernel was asked to tell of it. */
static gboolean
follow_parent (pid_t parent)
{
  if (prctl (PR_SET_PDEATHSIG, SIGTERM) != 0)
    {
      g_printerr ("registrar-sandbox: --exit-with-parent: %s\n", g_strerror (errno));
      return FALSE;
    }
  return getppid () == parent;
}

static int
serve (const RegSandboxOptions *options)
{
  g_autoptr (RegSandbox) sandbox = reg_sandbox_new (options);
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GError) error = NULL;

  g_unix_signal_add (SIGTERM, on_signal, loop);
  g_unix_signal_add (SIGINT, on_signal, loop);
  if (!reg_sandbox_start (sandbox, &error))
    {
      g_printerr ("registrar-sandbox: %s\n", error->message);
      return 1;
    }
  print_address (sandbox);
  if (!quiet)
    g_printerr ("registrar-sandbox: not for production; end with Ctrl+C\n");
  g_main_loop_run (loop);
  return 0;
}

int
main (int argc, char **argv)
{
  pid_t parent = getppid ();
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  RegSandboxOptions options = { 0 };

  setlocale (LC_ALL, "");
  g_option_context_set_summary (
      context,
      "A small LMS for the demo and the tests. Prints one line of JSON with its \"url\" and "
      "\"token\", then serves until it is ended.");
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      g_printerr ("registrar-sandbox: %s\n", error->message);
      return 2;
    }
  if (version)
    {
      g_print ("registrar-sandbox " REG_VERSION "\n");
      return 0;
    }
  if (argc > 1 || !parse_seed (&options))
    {
      if (argc > 1)
        g_printerr ("registrar-sandbox: %s is not an option\n", argv[1]);
      return 2;
    }
  if (exit_with_parent && !follow_parent (parent))
    return 1;
  options.port = (guint)port;
  options.db_path = db_path;
  options.people = people;
  options.n_courses = (guint)n_courses;
  options.token = token;
  options.record = record;
  return serve (&options);
}
