/* SPDX-License-Identifier: GPL-3.0-or-later */
/* import template: files to be filled in. */
#define G_LOG_DOMAIN "reg-cli"

#include "cli/reg-cli-import.h"

#include "imports/reg-import-export.h"
#include "sync/reg-import-job.h"

#include <glib/gi18n-lib.h>

RegExit
reg_cli_import_template (RegCli *self, int argc, char **argv)
{
  g_autofree char *action = NULL;
  g_autofree char *output = NULL;
  gboolean with_people = FALSE;
  gboolean as_list = FALSE;
  g_auto (GStrv) courses = NULL;
  g_autofree gint64 *ids = NULL;
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func ((GDestroyNotify)reg_course_free);
  g_autoptr (GError) error = NULL;
  gboolean is_matrix;
  gsize n;
  const GOptionEntry entries[] = {
    { "action", 0, 0, G_OPTION_ARG_STRING, &action, N_ ("What the lines will ask for"),
      REG_CLI_IMPORT_ACTIONS },
    { "course", 0, 0, G_OPTION_ARG_STRING_ARRAY, &courses,
      N_ ("A column for x-marks; may be given again. Without, the sample list is written"),
      N_ ("COURSE") },
    { "list", 0, 0, G_OPTION_ARG_NONE, &as_list,
      N_ ("Write the list, also where courses are given"), NULL },
    { "with-people", 0, 0, G_OPTION_ARG_NONE, &with_people,
      N_ ("With a line for everybody who is there already"), NULL },
    { "output", 0, 0, G_OPTION_ARG_FILENAME, &output, N_ ("The file to write"),
      N_ ("FILE.xlsx|FILE.csv") },
    G_OPTION_ENTRY_NULL,
  };

  if (!reg_cli_parse (self, "import template", &argc, &argv, entries, NULL))
    return REG_EXIT_USAGE;
  if (action == NULL || output == NULL || argc > 1)
    return reg_cli_misuse (_ ("import template needs --action and --output."));
  if (!reg_cli_import_check_action (action))
    return REG_EXIT_USAGE;
  if (!reg_import_check_output (output, &error))
    return reg_cli_misuse ("%s", error->message);
  if ((courses != NULL || with_people) && !reg_cli_open (self, &error))
    return reg_cli_fail (error);
  ids = reg_cli_find_courses (self, courses, &n);
  if (ids == NULL)
    return REG_EXIT_USAGE;
  for (gsize i = 0; i < n; i++)
    {
      RegCourse *course = reg_store_get_course (self->store, ids[i], &error);

      if (course == NULL)
        return reg_cli_fail (error);
      g_ptr_array_add (records, course);
    }
  is_matrix = n > 0 && !as_list && reg_import_action_find (action)->has_matrix;
  if (with_people
          ? !reg_import_job_write_template (self->store, action, records, is_matrix, output, &error)
          : !reg_import_write_template (action, records, is_matrix, output, &error))
    return reg_cli_fail_import (error);
  reg_cli_say (self, _ ("Written to %s."), output);
  return REG_EXIT_DONE;
}
