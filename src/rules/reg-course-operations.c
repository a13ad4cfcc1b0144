/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Operations on a course itself. */
#define G_LOG_DOMAIN "reg-rules"

#include "rules/reg-operation-private.h"

#include <glib/gi18n-lib.h>

#define DAYS "auto_reassign_days"

/* "" and "0" both say never. */
static gboolean
parse_days (const char *text, int *days)
{
  guint64 number = 0;

  if (*text != '\0'
      && !g_ascii_string_to_unsigned (text, 10, 0, REG_MAX_AUTO_REASSIGN_DAYS, &number, NULL))
    return FALSE;
  *days = (int)number;
  return TRUE;
}

static RegReason
set_auto_reassign_check (const RegSubject *subject, const RegParams *params, char **sentence)
{
  const char *text = reg_params_get (params, DAYS);
  int days;

  if (text == NULL)
    return REG_REASON_NOTHING_TO_DO;
  if (!parse_days (text, &days))
    {
      if (sentence != NULL)
        *sentence = reg_reason_dup_sentence (REG_REASON_VALUE_INVALID, text, NULL);
      return REG_REASON_VALUE_INVALID;
    }
  return REG_REASON_NONE;
}

static void
set_auto_reassign_apply (RegSubject *subject, const RegParams *params)
{
  const char *text = reg_params_get (params, DAYS);
  int days;

  if (text != NULL && parse_days (text, &days))
    subject->edited_course->auto_reassign_days = days;
}

static const char *const set_auto_reassign_params[] = { DAYS, NULL };

const RegOperation reg_operation_set_auto_reassign = {
  .name = "set-auto-reassign",
  .label = N_ ("Set Auto-Reassignment"),
  .target = REG_TARGET_COURSE,
  .roles = REG_ROLES_ADMIN,
  .confirm = REG_CONFIRM_UNDO,
  .effect = N_ ("Everybody who enrolls or is assigned is reassigned after this number of days. The "
                "last assignment is always kept, with its records and certificates."),
  PLURAL_ (.done_one = "Auto-reassignment of %d course set",
           .done_many = "Auto-reassignment of %d courses set"),
  .counter = "set-auto-reassign",
  .param_keys = set_auto_reassign_params,
  .fields = REG_FIELDS_GIVEN,
  .check = set_auto_reassign_check,
  .apply = set_auto_reassign_apply,
};
