/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who may do what, as the specification has it (PRG-07, PRG-11, MAS-04, ASG-17, ASG-18 and the
 * roles of its model), as plain data: what the rules, the sandbox and the window are compared with.
 */
#pragma once

#include "rules/reg-operation.h"

#include <string.h>

/* roles: A administrators, M managers for their own team, I instructors in their own courses,
 * C coordinators */
typedef struct
{
  const char *operation;
  const char *roles;
} RegTestRoles;

static const RegTestRoles reg_test_roles[] = {
  { "assign", "AM" },
  { "set-due-date", "AM" },
  { "clear-due-date", "AM" },
  { "mark-complete", "AI" },
  { "mark-incomplete", "AI" },
  { "unassign", "AM" },
  { "unenroll", "AM" },
  { "reset-progress", "AI" },
  { "generate-certificate", "AI" },
  { "remove-certificate", "AI" },
  { "remove-user", "AI" },
  { "remove-registration", "AM" },
  { "reassign", "AM" },
  { "change-session", "AIC" },
  { "mark-no-show", "AIC" },
  { "remove-from-session", "AIC" },
  { "make-instructor", "A" },
  { "remove-instructor", "A" },
  { "renew", "AM" },
  { "archive-activity", "A" },
  { "restore-activity", "A" },
  { "approve", "A" },
  { "notify", "A" },
  { "archive", "A" },
  { "restore", "A" },
  { "add-user", "A" },
  { "edit-user", "A" },
  { "set-groups", "AM" },
  { "set-role", "A" },
  { "reset-password", "A" },
  { "set-auto-reassign", "A" },
  { "save-preset", "A" },
};

/* own_course: whether who acts was made an instructor of it, whatever their role. */
static inline gboolean
reg_test_roles_allow (const RegTestRoles *self,
                      RegRole role,
                      gboolean own_course,
                      gboolean own_team)
{
  if (own_course && strchr (self->roles, 'I') != NULL)
    return TRUE;
  switch (role)
    {
    case REG_ROLE_ADMINISTRATOR:
    case REG_ROLE_PRIMARY_ADMIN:
      return strchr (self->roles, 'A') != NULL;
    case REG_ROLE_MANAGER:
      return own_team && strchr (self->roles, 'M') != NULL;
    case REG_ROLE_COORDINATOR:
      return strchr (self->roles, 'C') != NULL;
    case REG_ROLE_INSTRUCTOR:
    case REG_ROLE_LEARNER:
      return FALSE;
    }
  return FALSE;
}

/* Why not: in words that tell who has the role, but not here. */
static inline RegReason
reg_test_roles_get_reason (const RegTestRoles *self, RegRole role)
{
  if (role == REG_ROLE_INSTRUCTOR && strchr (self->roles, 'I') != NULL)
    return REG_REASON_COURSE_NOT_OWN;
  if (role == REG_ROLE_MANAGER && strchr (self->roles, 'M') != NULL)
    return REG_REASON_TEAM_NOT_OWN;
  return REG_REASON_ROLE_MISSING;
}
