/* SPDX-License-Identifier: GPL-3.0-or-later */
/* import check and start of the files of other systems. */
#define G_LOG_DOMAIN "reg-cli"

#include "cli/reg-cli-import.h"

#include "imports/reg-import-breaker.h"
#include "sync/reg-import-job.h"

#include <glib/gi18n-lib.h>

/* What nothing is taken from: columns of a file, or a file of the archive. */
static void
write_unused (RegJsonWriter *json, const RegInterchangePlan *plan)
{
  reg_json_writer_key (json, "unused");
  reg_json_writer_open (json, '[');
  for (guint i = 0; i < plan->files->len; i++)
    {
      const RegInterchangeFile *file = g_ptr_array_index (plan->files, i);

      if (file->is_read && file->unused[0] == NULL)
        continue;
      reg_json_writer_open (json, '{');
      reg_json_writer_add_text (json, "file", file->name);
      reg_json_writer_add_boolean (json, "read", file->is_read);
      reg_json_writer_key (json, "columns");
      reg_json_writer_open (json, '[');
      for (guint k = 0; file->unused[k] != NULL; k++)
        reg_json_writer_text (json, file->unused[k]);
      reg_json_writer_close (json, ']');
      reg_json_writer_close (json, '}');
    }
  reg_json_writer_close (json, ']');
}

static void
print_steps_json (const RegInterchangePlan *plan, const char *path)
{
  RegJsonWriter json = { .out = g_string_new (NULL) };
  g_autofree char *name = g_filename_display_basename (path);

  reg_json_writer_open (&json, '{');
  reg_json_writer_add_text (&json, "recipe", plan->interchange->name);
  reg_json_writer_add_text (&json, "file", name);
  reg_json_writer_add_text (&json, "not_done", _ (plan->interchange->not_done));
  if (plan->note != NULL)
    reg_json_writer_add_text (&json, "note", plan->note);
  write_unused (&json, plan);
  reg_json_writer_key (&json, "steps");
  reg_json_writer_open (&json, '[');
  for (guint i = 0; i < plan->plans->len; i++)
    {
      reg_json_writer_open (&json, '{');
      reg_cli_write_plan (&json, g_ptr_array_index (plan->plans, i));
      reg_json_writer_close (&json, '}');
    }
  reg_json_writer_close (&json, ']');
  reg_json_writer_close (&json, '}');
  reg_cli_flush_json (&json, TRUE);
}

static void
print_unused (RegCli *self, const RegInterchangePlan *plan)
{
  for (guint i = 0; i < plan->files->len; i++)
    {
      const RegInterchangeFile *file = g_ptr_array_index (plan->files, i);
      g_autofree char *columns = g_strjoinv (", ", file->unused);

      if (!file->is_read)
        reg_cli_say (self, _ ("Not used: the file %s."), file->name);
      else if (*columns != '\0')
        reg_cli_say (self, _ ("Not used of %s: %s."), file->name, columns);
    }
}

static gboolean
print_steps (RegCli *self, const RegInterchangePlan *plan, GError **error)
{
  reg_cli_say (self, _ ("Read as “%s”. %s"), _ (plan->interchange->label),
               _ (plan->interchange->not_done));
  if (plan->note != NULL)
    reg_cli_say (self, "%s", plan->note);
  print_unused (self, plan);
  for (guint i = 0; i < plan->plans->len; i++)
    {
      const RegImportPlan *step = g_ptr_array_index (plan->plans, i);
      g_autofree char *summary = reg_import_plan_dup_summary (step);

      g_print ("%s: %s\n", step->file_name, summary);
      reg_cli_say_ledger (self, step);
      if (!reg_cli_print_failures (self, step, error))
        return FALSE;
    }
  return TRUE;
}

static RegExit
get_exit (const RegInterchangePlan *plan)
{
  for (guint i = 0; i < plan->plans->len; i++)
    if (reg_cli_get_plan_exit (g_ptr_array_index (plan->plans, i)) != REG_EXIT_DONE)
      return REG_EXIT_ATTENTION;
  return REG_EXIT_DONE;
}

RegExit
reg_cli_check_interchange (RegCli *self, const RegCliImportOptions *options)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RegInterchangePlan) plan = reg_import_job_check_interchange (
      self->store, options->interchange, &options->request, NULL, NULL, NULL, &error);

  if (plan == NULL)
    return reg_cli_fail_import (error);
  if (self->json)
    print_steps_json (plan, options->request.path);
  else if (!print_steps (self, plan, &error))
    return reg_cli_fail (error);
  else
    reg_cli_say (self, _ ("Nothing was changed. import start queues it."));
  return get_exit (plan);
}

RegExit
reg_cli_start_interchange (RegCli *self, const RegCliImportOptions *options)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RegImportRun) run = NULL;
  g_autoptr (RegInterchangePlan) plan = reg_import_job_check_interchange (
      self->store, options->interchange, &options->request, NULL, NULL, NULL, &error);

  if (plan == NULL)
    return reg_cli_fail_import (error);
  if (reg_cli_is_held (reg_interchange_plan_dup_warning (plan, NULL), options->confirm,
                       (gint64)reg_interchange_plan_count_will (plan)))
    return REG_EXIT_FAILED;
  if (!reg_import_job_start_interchange (self->store, &options->request, plan, NULL, &run, NULL,
                                         NULL, NULL, &error))
    return reg_cli_fail_import (error);
  if (self->json)
    return reg_cli_print_run (self, run, &error) ? get_exit (plan) : reg_cli_fail (error);
  if (!print_steps (self, plan, &error))
    return reg_cli_fail (error);
  g_print (_ ("Import %d started.\n"), (int)run->id);
  reg_cli_say (self, "%s",
               _ ("Saved on this computer. Nothing is sent to the LMS until you sync."));
  return get_exit (plan);
}
