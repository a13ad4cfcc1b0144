/* SPDX-License-Identifier: GPL-3.0-or-later */
/* import check, start: files on their way in. */
#define G_LOG_DOMAIN "reg-cli"

#include "cli/reg-cli-import.h"

#include "imports/reg-import-breaker.h"
#include "sync/reg-import-job.h"

#include <glib/gi18n-lib.h>

static void
print_json (const RegImportPlan *plan)
{
  RegJsonWriter json = { .out = g_string_new (NULL) };

  reg_json_writer_open (&json, '{');
  reg_cli_write_plan (&json, plan);
  reg_json_writer_close (&json, '}');
  reg_cli_flush_json (&json, TRUE);
}

/* A file of another system that was taken for a list of ours. */
static RegExit
fail_check (const RegCliImportOptions *options, GError *error)
{
  const RegInterchange *other = g_error_matches (error, REG_IMPORT_ERROR, REG_IMPORT_ERROR_HEADINGS)
                                    ? reg_interchange_detect (options->request.path, NULL)
                                    : NULL;
  RegExit exit = reg_cli_fail_import (error);

  if (other != NULL)
    g_printerr (_ ("The file looks like “%s”: --recipe %s reads it.\n"), _ (other->label),
                other->name);
  return exit;
}

RegExit
reg_cli_import_check (RegCli *self, int argc, char **argv)
{
  g_auto (RegCliImportOptions) options = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (RegImportPlan) plan = NULL;
  g_autofree char *summary = NULL;
  g_autofree char *hidden = NULL;
  RegExit exit = reg_cli_import_options_read (self, "import check", argc, argv, &options);

  if (exit != REG_EXIT_DONE)
    return exit;
  if (options.interchange != NULL)
    return reg_cli_check_interchange (self, &options);
  plan = reg_import_job_check (self->store, &options.request, NULL, NULL, NULL, &error);
  if (plan == NULL)
    return fail_check (&options, error);
  if (self->json)
    {
      print_json (plan);
      return reg_cli_get_plan_exit (plan);
    }
  summary = reg_import_plan_dup_summary (plan);
  hidden = reg_import_plan_dup_hidden (plan);
  g_print ("%s%s%s\n", summary, *hidden != '\0' ? " · " : "", hidden);
  reg_cli_say_ledger (self, plan);
  if (!reg_cli_print_failures (self, plan, &error))
    return reg_cli_fail (error);
  reg_cli_say (self, _ ("Nothing was changed. import start queues it."));
  return reg_cli_get_plan_exit (plan);
}

RegExit
reg_cli_import_start (RegCli *self, int argc, char **argv)
{
  g_auto (RegCliImportOptions) options = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (RegImportPlan) plan = NULL;
  g_autoptr (RegImportRun) run = NULL;
  g_autofree char *summary = NULL;
  RegExit exit = reg_cli_import_options_read (self, "import start", argc, argv, &options);

  if (exit != REG_EXIT_DONE)
    return exit;
  if (options.interchange != NULL)
    return reg_cli_start_interchange (self, &options);
  plan = reg_import_job_check (self->store, &options.request, NULL, NULL, NULL, &error);
  if (plan == NULL)
    return fail_check (&options, error);
  if (reg_cli_is_held (reg_import_plan_dup_warning (plan, NULL), options.confirm, plan->will->len))
    return REG_EXIT_FAILED;
  if (!reg_import_job_start (self->store, &options.request, plan, NULL, &run, NULL, NULL, NULL,
                             &error))
    return reg_cli_fail_import (error);
  if (self->json)
    {
      if (!reg_cli_print_run (self, run, &error))
        return reg_cli_fail (error);
      return reg_cli_get_plan_exit (plan);
    }
  summary = reg_import_plan_dup_summary (plan);
  g_print ("%s\n", summary);
  g_print (_ ("Import %d started.\n"), (int)run->id);
  if (!reg_cli_print_failures (self, plan, &error))
    return reg_cli_fail (error);
  reg_cli_say (self, "%s",
               _ ("Saved on this computer. Nothing is sent to the LMS until you sync."));
  return reg_cli_get_plan_exit (plan);
}
