/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The program registrar-cli: finds the command and runs it. */
#define G_LOG_DOMAIN "reg-cli"

#include "cli/reg-cli.h"

#include <glib/gi18n-lib.h>
#include <locale.h>
#include <string.h>

/* In the order --help shows them. */
static const RegCliCommand commands[] = {
  { "connect", "--kind registrar --url URL [--token-file FILE|-]",
    N_ ("Sign in to an LMS and make a local copy of it"), reg_cli_connect },
  { "disconnect", "", N_ ("Forget the LMS and its local copy"), reg_cli_disconnect },
  { "account", "", N_ ("Say which LMS this is, and how the local copy stands"), reg_cli_account },
  { "sync", "[--pull-only|--push-only]", N_ ("Send what waits, then fetch what is new"),
    reg_cli_sync },
  { "users list", "[FILTER…]", N_ ("List people"), reg_cli_users_list },
  { "users show", "USER", N_ ("Show one person"), reg_cli_users_show },
  { "users export", "--output FILE.xlsx|FILE.csv [FILTER…]",
    N_ ("Write people to a spreadsheet: the active ones, unless --status says"),
    reg_cli_users_export },
  { "users add", "--email ADDRESS|--employee-id ID [FIELD…]", N_ ("Add one person"),
    reg_cli_users_add },
  { "users edit", "--user USER --set FIELD=VALUE…", N_ ("Change fields of one person"),
    reg_cli_users_edit },
  { "courses list", "[--search TEXT]", N_ ("List courses"), reg_cli_courses_list },
  { "courses show", "COURSE", N_ ("Show one course"), reg_cli_courses_show },
  { "enrollments list", "--course COURSE|--user USER [FILTER…]",
    N_ ("List the enrollments of a course or of a person"), reg_cli_enrollments_list },
  { "enrollments export", "--course COURSE|--user USER --output FILE.xlsx|FILE.csv [FILTER…]",
    N_ ("Write enrollments to a spreadsheet that can be imported again"),
    reg_cli_enrollments_export },
  { "enrollments history", "--user USER --course COURSE", N_ ("Say what happened in a course"),
    reg_cli_enrollments_history },
  { "enrollments chapters", "--user USER --course COURSE",
    N_ ("Show the progress in single chapters"), reg_cli_enrollments_chapters },
  { "enrollments quiz", "--user USER --course COURSE [--output FILE.xlsx|FILE.csv]",
    N_ ("Show the answers in quiz chapters"), reg_cli_enrollments_quiz },
  { "enrollments activity", "--user USER --course COURSE",
    N_ ("Show what a SCORM or xAPI player told; for administrators"),
    reg_cli_enrollments_activity },
  { "enrollments certificate", "--user USER --course COURSE --output FILE.pdf",
    N_ ("Save a certificate"), reg_cli_enrollments_certificate },
  { "records list", "[--kind archived|removed] [--search TEXT]",
    N_ ("List archived training records, and copies of removed ones"), reg_cli_records_list },
  { "do", "OPERATION [--course COURSE…] --user USER…|--filter KEY=VALUE…",
    N_ ("Do something to one, some or thousands"), reg_cli_do },
  { "presets list", "", N_ ("List presets and their products"), reg_cli_presets_list },
  { "presets save", "NAME [--item COURSE:VALUE…] [--remove COURSE] [--rename NAME]",
    N_ ("Make a preset, or change one"), reg_cli_presets_save },
  { "presets delete", "NAME", N_ ("Delete a preset"), reg_cli_presets_delete },
  { "import template", "--action ACTION [--course COURSE…] --output FILE.xlsx|FILE.csv",
    N_ ("Write a spreadsheet to fill in"), reg_cli_import_template },
  { "import check", "--action ACTION [--course COURSE…] FILE",
    N_ ("Say line by line what an import would do; nothing is changed"), reg_cli_import_check },
  { "import start", "--action ACTION [--course COURSE…] FILE",
    N_ ("Queue what the check says; the next sync sends it"), reg_cli_import_start },
  { "import list", "", N_ ("List the imports that were started"), reg_cli_import_list },
  { "import show", "RUN", N_ ("Show how an import stands"), reg_cli_import_show },
  { "import rejects", "RUN --output DIRECTORY",
    N_ ("Write the lines that were not imported, with the reasons"), reg_cli_import_rejects },
  { "import compare", "RUN", N_ ("Say how the file differs from that of the import before"),
    reg_cli_import_compare },
  { "import recipes", "list|remove NAME|rename NAME NEW-NAME",
    N_ ("List, remove or rename what was remembered of kinds of files"), reg_cli_import_recipes },
  { "changes list", "[--all] [--state STATE] [--batch ID]", N_ ("List what waits to be sent"),
    reg_cli_changes_list },
  { "changes show", "ID…", N_ ("Show changes whole"), reg_cli_changes_show },
  { "changes undo", "ID…", N_ ("Take changes back; what was sent is countered"),
    reg_cli_changes_undo },
  { "changes retry", "ID…", N_ ("Send rejected changes again"), reg_cli_changes_retry },
  { "changes resolve", "--mine|--theirs ID…", N_ ("Decide conflicts"), reg_cli_changes_resolve },
  { "changes discard", "ID…", N_ ("Drop rejected or conflicting changes"),
    reg_cli_changes_discard },
  { "audit", "[--since TIME]", N_ ("List what was done, and what the LMS said"), reg_cli_audit },
};

const RegCliCommand *
reg_cli_find_command (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    if (g_str_equal (commands[i].name, name))
      return &commands[i];
  return NULL;
}

/* group: (nullable): only commands whose first word it is */
static void
print_commands (FILE *file, const char *group)
{
  gsize len = group != NULL ? strlen (group) : 0;

  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    if (group == NULL
        || (g_str_has_prefix (commands[i].name, group) && commands[i].name[len] == ' '))
      fprintf (file, "  %-17s %s\n", commands[i].name, _ (commands[i].summary));
}

static void
print_help (void)
{
  g_print (_ ("Usage:\n  registrar-cli COMMAND [OPTION…]\n\n"
              "Looks up users, assigns trainings and imports rosters, offline: changes wait until "
              "“sync”.\n\n"));
  g_print ("%s\n", _ ("Commands:"));
  fflush (stdout);
  print_commands (stdout, NULL);
  fflush (stdout);
  g_print ("\n%s\n", _ ("Options of every command:"));
  g_print (
      _ ("  --data-dir DIR    Keep everything in this folder\n"
         "  --json            Print JSON on standard output\n"
         "  --yes             Ask no questions\n"
         "  --quiet           No messages but errors\n"
         "  --help            Show the options of a command\n"
         "  --version         Show the version\n\n"
         "Exit status: 0 done, 1 failed, 2 wrong usage, 3 done but something waits for a person,\n"
         "4 LMS not reachable (the work is saved and waits), 5 sign-in refused.\n"));
}

/* Options that may stand before the command. Returns how many words were taken, 0 for none, -1 for
 * one that is wrong. */
static int
take_option (RegCli *cli, int argc, char **argv, int at)
{
  const char *word = argv[at];

  if (g_str_equal (word, "--json"))
    cli->json = TRUE;
  else if (g_str_equal (word, "--yes"))
    cli->yes = TRUE;
  else if (g_str_equal (word, "--quiet"))
    cli->quiet = TRUE;
  else if (g_str_has_prefix (word, "--data-dir="))
    {
      g_free (cli->data_dir);
      cli->data_dir = g_strdup (word + strlen ("--data-dir="));
    }
  else if (g_str_equal (word, "--data-dir") && at + 1 < argc)
    {
      g_free (cli->data_dir);
      cli->data_dir = g_strdup (argv[at + 1]);
      return 2;
    }
  else
    return word[0] == '-' ? -1 : 0;
  return 1;
}

static RegExit
run_command (RegCli *cli, int argc, char **argv, int at)
{
  g_autofree char *two = at + 1 < argc ? g_strconcat (argv[at], " ", argv[at + 1], NULL) : NULL;
  const RegCliCommand *command = reg_cli_find_command (argv[at]);
  int words = 1;

  if (command == NULL && two != NULL)
    {
      command = reg_cli_find_command (two);
      words = 2;
    }
  if (command != NULL)
    {
      argv[at + words - 1] = argv[0];
      return command->run (cli, argc - at - words + 1, argv + at + words - 1);
    }
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    if (g_str_has_prefix (commands[i].name, argv[at]) && commands[i].name[strlen (argv[at])] == ' ')
      {
        gboolean help = at + 1 < argc && g_str_equal (argv[at + 1], "--help");

        fprintf (help ? stdout : stderr, "%s\n", _ ("Commands:"));
        print_commands (help ? stdout : stderr, argv[at]);
        return help ? REG_EXIT_DONE : REG_EXIT_USAGE;
      }
  return reg_cli_misuse (_ ("There is no command “%s”. registrar-cli --help lists them."),
                         argv[at]);
}

static RegExit
run (RegCli *cli, int argc, char **argv)
{
  int at = 1;

  while (at < argc)
    {
      int taken = take_option (cli, argc, argv, at);

      if (taken == 0)
        return run_command (cli, argc, argv, at);
      if (taken > 0)
        at += taken;
      else if (g_str_equal (argv[at], "--help") || g_str_equal (argv[at], "-h"))
        {
          print_help ();
          return REG_EXIT_DONE;
        }
      else if (g_str_equal (argv[at], "--version"))
        {
          g_print ("registrar-cli " REG_VERSION "\n");
          return REG_EXIT_DONE;
        }
      else
        return reg_cli_misuse (_ ("The option %s is not known or lacks its value."), argv[at]);
    }
  return reg_cli_misuse (_ ("Which command? registrar-cli --help lists them."));
}

int
main (int argc, char **argv)
{
  RegCli cli = { 0 };
  RegExit exit_status;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, REG_LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  g_set_prgname ("registrar-cli");

  exit_status = run (&cli, argc, argv);
  reg_cli_clear (&cli);
  return exit_status;
}
