/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-imports"

#include "imports/reg-import-action.h"

#include <glib/gi18n-lib.h>

/* xgettext keyword: a singular and its plural */
#define PLURAL_(one, many) one, many

/* Headings are part of the file format: they are never translated. */
static const RegImportHeading assign_headings[] = {
  { "Email ID", REG_COLUMN_EMAIL },          { "Employee ID", REG_COLUMN_EMPLOYEE_ID },
  { "Requirement", REG_COLUMN_REQUIREMENT }, { "Due Date", REG_COLUMN_DUE_DATE },
  { "Message", REG_COLUMN_MESSAGE },
};

static const RegImportHeading unenroll_headings[] = {
  { "Email ID", REG_COLUMN_EMAIL },
  { "Employee ID", REG_COLUMN_EMPLOYEE_ID },
};

static const RegImportAction actions[] = {
  {
      .name = "assign",
      .label = N_ ("Assign"),
      .operation = "assign",
      .headings = assign_headings,
      .n_headings = G_N_ELEMENTS (assign_headings),
      .has_matrix = TRUE,
      .will_title = N_ ("Will Be Enrolled"),
      PLURAL_ (.summary_will_one = "%s user will be enrolled",
               .summary_will_many = "%s users will be enrolled"),
      PLURAL_ (.summary_cannot_one = "%s cannot be enrolled",
               .summary_cannot_many = "%s cannot be enrolled"),
      PLURAL_ (.title_one = "Import “%s”: enroll %s user",
               .title_many = "Import “%s”: enroll %s users"),
  },
  {
      .name = "unenroll",
      .label = N_ ("Unenroll users (Unregister users)"),
      .operation = "unenroll",
      .headings = unenroll_headings,
      .n_headings = G_N_ELEMENTS (unenroll_headings),
      .has_matrix = TRUE,
      .will_title = N_ ("Will Be Unenrolled"),
      PLURAL_ (.summary_will_one = "%s user will be unenrolled",
               .summary_will_many = "%s users will be unenrolled"),
      PLURAL_ (.summary_cannot_one = "%s cannot be unenrolled",
               .summary_cannot_many = "%s cannot be unenrolled"),
      PLURAL_ (.title_one = "Import “%s”: unenroll %s user",
               .title_many = "Import “%s”: unenroll %s users"),
  },
};

/**
 * reg_import_action_find:
 * @name: (nullable): a name
 *
 * Returns: (transfer none) (nullable): the action of that name
 */
const RegImportAction *
reg_import_action_find (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    if (g_strcmp0 (actions[i].name, name) == 0)
      return &actions[i];
  return NULL;
}

/**
 * reg_import_action_list:
 * @n: (out): how many there are
 *
 * Returns: (transfer none) (array length=n): all actions
 */
const RegImportAction *
reg_import_action_list (guint *n)
{
  *n = G_N_ELEMENTS (actions);
  return actions;
}
