/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Operations on what the LMS has recorded of one enrollment: progress, certificates, attempts. */
#define G_LOG_DOMAIN "reg-rules"

#include "rules/reg-operation-private.h"
#include "rules/reg-seat.h"

#include <glib/gi18n-lib.h>

static const char *const no_params[] = { NULL };

/* "both" is only for those who are in a session. */
static RegReason
remove_user_check (const RegSubject *subject, const RegParams *params, char **sentence)
{
  const char *scope = reg_params_get (params, REG_PARAM_SCOPE);

  if (scope == NULL || g_str_equal (scope, REG_SCOPE_COURSE))
    return REG_REASON_NONE;
  if (g_str_equal (scope, REG_SCOPE_BOTH))
    return reg_enrollment_get_held_session (subject->enrollment) != 0 ? REG_REASON_NONE
                                                                      : REG_REASON_NO_SEAT;
  if (sentence != NULL)
    *sentence = reg_reason_dup_sentence (REG_REASON_VALUE_INVALID, scope, NULL);
  return REG_REASON_VALUE_INVALID;
}

static void
remove_apply (RegSubject *subject, const RegParams *params)
{
  reg_subject_give_license_back (subject);
  subject->enrollment->present = FALSE;
}

static const char *const remove_user_params[] = { REG_PARAM_SCOPE, NULL };

const RegOperation reg_operation_remove_user = {
  .name = "remove-user",
  .label = N_ ("Remove User"),
  .target = REG_TARGET_ENROLLMENT,
  .statuses = REG_STATUS_ALL_PRESENT,
  .states = REG_STATES_USABLE,
  .roles = REG_ROLES_TEACHING,
  .confirm = REG_CONFIRM_IRREVERSIBLE,
  .warning = N_ ("Once removed, the data CANNOT be recovered."),
  .effect =
      N_ ("All data of the user that belongs to this course is deleted: progress, history and "
          "certificates. The license returns to the pool if the course was never accessed."),
  PLURAL_ (.done_one = "%d user removed from the course",
           .done_many = "%d users removed from the course"),
  .removes_records = TRUE,
  .not_enrolled = N_ ("Not enrolled, so there is nobody to remove."),
  .param_keys = remove_user_params,
  .check = remove_user_check,
  .apply = remove_apply,
};

gboolean
reg_subject_is_by_qualification (const RegSubject *subject)
{
  return subject->enrollment->source == REG_SOURCE_QUALIFICATION;
}

const RegOperation reg_operation_remove_registration = {
  .name = "remove-registration",
  .label = N_ ("Remove registration"),
  .target = REG_TARGET_ENROLLMENT,
  .statuses = REG_STATUS_ALL_PRESENT | REG_STATUS_BIT (REG_STATUS_UNENROLLED),
  .states = REG_STATES_USABLE,
  .roles = REG_ROLES_MANAGING,
  .confirm = REG_CONFIRM_IRREVERSIBLE,
  .warning = N_ ("Please note: removing registrations is irreversible."),
  .effect = N_ ("The activity is no longer visible under 'Completed', and all history associated "
                "with it is deleted. The license returns to the pool if the course was never "
                "accessed."),
  PLURAL_ (.done_one = "Registration of %d user removed",
           .done_many = "Registrations of %d users removed"),
  .notice = N_ ("This user was enrolled based on a qualification and will automatically be "
                "re-enrolled after the registration is removed."),
  .notice_many = N_ ("Enrolled based on a qualification, and automatically re-enrolled after the "
                     "registration is removed: %d"),
  .removes_records = TRUE,
  .not_enrolled = N_ ("Not enrolled, so there is no registration to remove."),
  .param_keys = no_params,
  .is_apart = TRUE,
  .apply = remove_apply,
  .needs_notice = reg_subject_is_by_qualification,
};

void
reg_enrollment_start_anew (RegEnrollment *enrollment)
{
  enrollment->progress = 0;
  enrollment->started_at = 0;
  enrollment->completed_at = 0;
}

static void
reset_progress_apply (RegSubject *subject, const RegParams *params)
{
  reg_enrollment_start_anew (subject->enrollment);
  if (reg_params_get_boolean (params, "withdraw_certificate"))
    subject->enrollment->certificate_at = 0;
}

static const RegChoice withdraw_certificate = {
  .key = "withdraw_certificate",
  .label = N_ ("Remove the certificate too"),
  .warning = N_ ("The progress and the certificate of the most recent attempt will be lost."),
  .effect = N_ ("The status returns to Not Started. The history is kept, the certificate of the "
                "most recent attempt is removed."),
  .confirm = REG_CONFIRM_DIALOG,
};

static const char *const reset_progress_params[] = { "withdraw_certificate", NULL };

const RegOperation reg_operation_reset_progress = {
  .name = "reset-progress",
  .label = N_ ("Reset progress"),
  .target = REG_TARGET_ENROLLMENT,
  .statuses = REG_STATUS_BIT (REG_STATUS_STARTED) | REG_STATUS_BIT (REG_STATUS_IN_PROGRESS)
              | REG_STATUS_BIT (REG_STATUS_COMPLETED),
  .states = REG_STATES_USABLE,
  .roles = REG_ROLES_TEACHING,
  .confirm = REG_CONFIRM_DIALOG,
  .warning = N_ ("The progress of the most recent attempt will be lost."),
  .effect =
      N_ ("The status returns to Not Started. The history and an earned certificate are kept."),
  PLURAL_ (.done_one = "Progress of %d user reset", .done_many = "Progress of %d users reset"),
  .choice = &withdraw_certificate,
  .not_enrolled = N_ ("Not enrolled, so there is no progress to reset."),
  .param_keys = reset_progress_params,
  .apply = reset_progress_apply,
};

static gboolean
has_certificate (const RegEnrollment *enrollment)
{
  return enrollment->certificate_at != 0;
}

static gboolean
has_no_certificate (const RegEnrollment *enrollment)
{
  return enrollment->certificate_at == 0;
}

static void
generate_certificate_apply (RegSubject *subject, const RegParams *params)
{
  subject->enrollment->certificate_at = subject->now;
}

const RegOperation reg_operation_generate_certificate = {
  .name = "generate-certificate",
  .label = N_ ("Generate Certificate"),
  .target = REG_TARGET_ENROLLMENT,
  .statuses = REG_STATUS_BIT (REG_STATUS_COMPLETED),
  .states = REG_STATES_USABLE,
  .roles = REG_ROLES_TEACHING,
  .confirm = REG_CONFIRM_UNDO,
  .effect = N_ ("A certificate of the most recent attempt is issued, with the date of today."),
  PLURAL_ (.done_one = "Certificate of %d user generated",
           .done_many = "Certificates of %d users generated"),
  .counter = "remove-certificate",
  .not_enrolled = N_ ("Not enrolled, so there is nothing to certify."),
  .param_keys = no_params,
  .apply = generate_certificate_apply,
  .has_nothing_to_do = has_certificate,
};

static void
remove_certificate_apply (RegSubject *subject, const RegParams *params)
{
  subject->enrollment->certificate_at = 0;
}

const RegOperation reg_operation_remove_certificate = {
  .name = "remove-certificate",
  .label = N_ ("Remove Certificate"),
  .target = REG_TARGET_ENROLLMENT,
  .statuses = REG_STATUS_BIT (REG_STATUS_COMPLETED),
  .states = REG_STATES_USABLE,
  .roles = REG_ROLES_TEACHING,
  .confirm = REG_CONFIRM_DIALOG,
  .warning = N_ ("This will not reset the user's progress in the course."),
  .effect = N_ ("The certificate of the most recent attempt is removed. Generate Certificate "
                "issues a new one."),
  PLURAL_ (.done_one = "Certificate of %d user removed",
           .done_many = "Certificates of %d users removed"),
  .counter = "generate-certificate",
  .not_enrolled = N_ ("Not enrolled, so there is no certificate to remove."),
  .param_keys = no_params,
  .apply = remove_certificate_apply,
  .has_nothing_to_do = has_no_certificate,
};

static RegReason
check_boolean (const RegParams *params, const char *key, char **sentence)
{
  const char *value = reg_params_get (params, key);

  if (value == NULL || g_str_equal (value, "true") || g_str_equal (value, "false"))
    return REG_REASON_NONE;
  if (sentence != NULL)
    *sentence = reg_reason_dup_sentence (REG_REASON_VALUE_INVALID, value, NULL);
  return REG_REASON_VALUE_INVALID;
}

static RegReason
reassign_check (const RegSubject *subject, const RegParams *params, char **sentence)
{
  RegReason reason = check_boolean (params, "remove_records", sentence);

  if (reason == REG_REASON_NONE)
    reason = check_boolean (params, "skip_completed", sentence);
  if (reason == REG_REASON_NONE && subject->enrollment->completed_at != 0
      && reg_params_get_boolean (params, "skip_completed"))
    reason = REG_REASON_COMPLETED_SKIPPED;
  return reason;
}

static void
reassign_apply (RegSubject *subject, const RegParams *params)
{
  RegEnrollment *enrollment = subject->enrollment;

  reg_enrollment_start_anew (enrollment);
  enrollment->attempt++;
  enrollment->certificate_at = 0;
  enrollment->assigned_at = subject->now;
  enrollment->assigned_by = subject->actor_id;
  enrollment->visible = TRUE;
  enrollment->archived = FALSE;
  enrollment->session_id = 0;
  enrollment->seat = REG_SEAT_NONE;
}

static const RegChoice remove_records = {
  .key = "remove_records",
  .label = N_ ("Remove records of last assignment"),
  .warning = N_ ("Reassign training and Remove records of last assignment"),
  .effect = N_ ("Learners start from the beginning. All records of the last assignment are removed "
                "for each selected user, and users who completed it no longer see its "
                "certificates. Earlier assignments are unaffected."),
  .confirm = REG_CONFIRM_IRREVERSIBLE,
  .removes_records = TRUE,
};

static const char *const reassign_params[] = { "message", "remove_records", "skip_completed",
                                               NULL };

const RegOperation reg_operation_reassign = {
  .name = "reassign",
  .label = N_ ("Reassign"),
  .target = REG_TARGET_ENROLLMENT,
  .statuses = REG_STATUS_ALL_PRESENT,
  .states = REG_STATES_USABLE,
  .roles = REG_ROLES_MANAGING,
  .confirm = REG_CONFIRM_UNDO,
  .warning = N_ ("Reassign training without affecting last assignment"),
  .effect = N_ ("Learners start from the beginning. Certificates and reports of the last "
                "assignment stay available."),
  PLURAL_ (.done_one = "%d user reassigned", .done_many = "%d users reassigned"),
  .counter = "unassign",
  .choice = &remove_records,
  .proceed = N_ ("Proceed"),
  .not_enrolled = N_ ("Not enrolled, so there is nothing to reassign."),
  .param_keys = reassign_params,
  .starts_anew = TRUE,
  .is_apart = TRUE,
  .check = reassign_check,
  .apply = reassign_apply,
};
