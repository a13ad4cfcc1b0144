/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Archiving what somebody did in a course while they stay active, and bringing it back. */
#define G_LOG_DOMAIN "reg-rules"

#include "rules/reg-operation-private.h"

#include <glib/gi18n-lib.h>

static const char *const no_params[] = { NULL };

static void
archive_activity_apply (RegSubject *subject, const RegParams *params)
{
  RegEnrollment *enrollment = subject->enrollment;

  reg_subject_give_license_back (subject);
  enrollment->access = REG_ACCESS_REVOKED;
  enrollment->archived = TRUE;
  if (enrollment->seat == REG_SEAT_ENROLLED)
    enrollment->seat = REG_SEAT_NONE;
}

const RegOperation reg_operation_archive_activity = {
  .name = "archive-activity",
  .label = N_ ("Archive Course Activity"),
  .target = REG_TARGET_ENROLLMENT,
  .statuses = REG_STATUS_ALL_PRESENT,
  .states = REG_STATES_USABLE,
  .roles = REG_ROLES_ADMIN,
  .confirm = REG_CONFIRM_UNDO,
  .effect = N_ ("The course is archived with its records, and the user stays active. Progress, "
                "history and certificates are kept. A new assignment needs a new license."),
  PLURAL_ (.done_one = "Course activity of %d user archived",
           .done_many = "Course activity of %d users archived"),
  .counter = "restore-activity",
  .not_enrolled = N_ ("Not enrolled, so there is nothing to archive."),
  .param_keys = no_params,
  .is_apart = TRUE,
  .apply = archive_activity_apply,
};

static gboolean
is_not_archived (const RegEnrollment *enrollment)
{
  return !enrollment->archived;
}

static RegReason
restore_activity_check (const RegSubject *subject, const RegParams *params, char **sentence)
{
  if (subject->pool == NULL || subject->pool->available > 0 || subject->enrollment->started_at != 0)
    return REG_REASON_NONE;
  if (sentence != NULL)
    *sentence = reg_reason_dup_sentence (REG_REASON_LICENCE_SHORT, "1", "0");
  return REG_REASON_LICENCE_SHORT;
}

static void
restore_activity_apply (RegSubject *subject, const RegParams *params)
{
  RegEnrollment *enrollment = subject->enrollment;

  if (subject->pool != NULL && enrollment->started_at == 0)
    subject->pool->available--;
  enrollment->access = REG_ACCESS_ACTIVE;
  enrollment->archived = FALSE;
}

const RegOperation reg_operation_restore_activity = {
  .name = "restore-activity",
  .label = N_ ("Restore Course Activity"),
  .target = REG_TARGET_ENROLLMENT,
  .statuses = REG_STATUS_BIT (REG_STATUS_UNENROLLED),
  .states = REG_STATES_USABLE,
  .roles = REG_ROLES_ADMIN,
  .confirm = REG_CONFIRM_UNDO,
  .effect = N_ ("The user has the course again, as it was when it was archived."),
  PLURAL_ (.done_one = "Course activity of %d user restored",
           .done_many = "Course activity of %d users restored"),
  .counter = "archive-activity",
  .not_enrolled = N_ ("Not enrolled, so there is nothing to restore."),
  .param_keys = no_params,
  .check = restore_activity_check,
  .apply = restore_activity_apply,
  .has_nothing_to_do = is_not_archived,
};
