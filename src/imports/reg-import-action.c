/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-imports"

#include "imports/reg-import-action.h"

#include "base/reg-words.h"

#include <glib/gi18n-lib.h>

/* Headings are part of the file format: they are never translated. */
static const RegImportHeading assign_headings[] = {
  { "Email ID", REG_COLUMN_EMAIL },          { "Employee ID", REG_COLUMN_EMPLOYEE_ID },
  { "Requirement", REG_COLUMN_REQUIREMENT }, { "Due Date", REG_COLUMN_DUE_DATE },
  { "Message", REG_COLUMN_MESSAGE },         { "Course", REG_COLUMN_COURSE_NAME, TRUE, TRUE },
};

static const RegImportHeading unenroll_headings[] = {
  { "Email ID", REG_COLUMN_EMAIL },
  { "Employee ID", REG_COLUMN_EMPLOYEE_ID },
  { "Course", REG_COLUMN_COURSE_NAME, TRUE, TRUE },
};

static const RegImportHeading due_date_headings[] = {
  { "Email ID", REG_COLUMN_EMAIL },
  { "Employee ID", REG_COLUMN_EMPLOYEE_ID },
  { "Course", REG_COLUMN_COURSE_NAME, TRUE },
  { "Due Date", REG_COLUMN_DUE_DATE },
};

static const RegImportHeading group_headings[] = {
  { "Email ID", REG_COLUMN_EMAIL },
  { "Employee ID", REG_COLUMN_EMPLOYEE_ID },
  { "Groups", REG_COLUMN_GROUPS },
};

/* One line is one person. What a file has no column for stays as it is. */
static const RegImportHeading people_headings[] = {
  { "Email ID", REG_COLUMN_EMAIL, TRUE },
  { "Employee ID", REG_COLUMN_EMPLOYEE_ID, TRUE },
  { "Given Name", REG_COLUMN_GIVEN_NAME, TRUE },
  { "Family Name", REG_COLUMN_FAMILY_NAME, TRUE },
  { "Role", REG_COLUMN_ROLE, TRUE },
  { "Location", REG_COLUMN_LOCATION, TRUE },
  { "Manager", REG_COLUMN_MANAGER, TRUE },
  { "Groups", REG_COLUMN_GROUPS, TRUE },
};

static const RegImportAction actions[] = {
  {
      .name = "assign",
      .label = N_ ("Assign"),
      .operation = "assign",
      .headings = assign_headings,
      .n_headings = G_N_ELEMENTS (assign_headings),
      .has_matrix = TRUE,
      .has_courses = TRUE,
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
      .has_courses = TRUE,
      .will_title = N_ ("Will Be Unenrolled"),
      PLURAL_ (.summary_will_one = "%s user will be unenrolled",
               .summary_will_many = "%s users will be unenrolled"),
      PLURAL_ (.summary_cannot_one = "%s cannot be unenrolled",
               .summary_cannot_many = "%s cannot be unenrolled"),
      PLURAL_ (.title_one = "Import “%s”: unenroll %s user",
               .title_many = "Import “%s”: unenroll %s users"),
  },
  {
      .name = "set-due-dates",
      .label = N_ ("Set due dates"),
      .operation = "set-due-date",
      .headings = due_date_headings,
      .n_headings = G_N_ELEMENTS (due_date_headings),
      .has_courses = TRUE,
      .has_empty_rule = TRUE,
      .will_title = N_ ("Will Get the Due Date"),
      PLURAL_ (.summary_will_one = "The due date of %s user will be set",
               .summary_will_many = "The due dates of %s users will be set"),
      PLURAL_ (.summary_cannot_one = "%s cannot be changed",
               .summary_cannot_many = "%s cannot be changed"),
      PLURAL_ (.title_one = "Import “%s”: set the due date of %s user",
               .title_many = "Import “%s”: set the due dates of %s users"),
      .cleared_title = N_ ("Due Date Will Be Removed"),
      .mixed_title = N_ ("Due Date Will Be Set or Removed"),
      PLURAL_ (.summary_cleared_one = "The due date of %s user will be removed",
               .summary_cleared_many = "The due dates of %s users will be removed"),
      PLURAL_ (.title_cleared_one = "Import “%s”: remove the due date of %s user",
               .title_cleared_many = "Import “%s”: remove the due dates of %s users"),
  },
  {
      .name = "add-to-groups",
      .label = N_ ("Add to groups"),
      .operation = "set-groups",
      .headings = group_headings,
      .n_headings = G_N_ELEMENTS (group_headings),
      .will_title = N_ ("Will Be Added to Groups"),
      PLURAL_ (.summary_will_one = "%s user will be added to groups",
               .summary_will_many = "%s users will be added to groups"),
      PLURAL_ (.summary_cannot_one = "%s cannot be added",
               .summary_cannot_many = "%s cannot be added"),
      PLURAL_ (.title_one = "Import “%s”: add %s user to groups",
               .title_many = "Import “%s”: add %s users to groups"),
  },
  {
      .name = "add-users",
      .label = N_ ("Add users"),
      .operation = "add-user",
      .headings = people_headings,
      .n_headings = G_N_ELEMENTS (people_headings),
      .has_empty_rule = TRUE,
      .people = REG_PEOPLE_NEW,
      .will_title = N_ ("Will Be Added"),
      PLURAL_ (.summary_will_one = "%s user will be added",
               .summary_will_many = "%s users will be added"),
      PLURAL_ (.summary_cannot_one = "%s cannot be added",
               .summary_cannot_many = "%s cannot be added"),
      PLURAL_ (.title_one = "Import “%s”: add %s user", .title_many = "Import “%s”: add %s users"),
  },
  {
      .name = "update-users",
      .label = N_ ("Update users"),
      .operation = "edit-user",
      .headings = people_headings,
      .n_headings = G_N_ELEMENTS (people_headings),
      .has_empty_rule = TRUE,
      .people = REG_PEOPLE_EXISTING,
      .will_title = N_ ("Will Be Updated"),
      PLURAL_ (.summary_will_one = "%s user will be updated",
               .summary_will_many = "%s users will be updated"),
      PLURAL_ (.summary_cannot_one = "%s cannot be updated",
               .summary_cannot_many = "%s cannot be updated"),
      PLURAL_ (.title_one = "Import “%s”: update %s user",
               .title_many = "Import “%s”: update %s users"),
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
