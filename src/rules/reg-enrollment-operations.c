/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Operations on one enrollment: what SPEC §7 says each of them does. */
#define G_LOG_DOMAIN "reg-rules"

#include "rules/reg-operation-private.h"
#include "rules/reg-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* A license returns to its pool while the course was never accessed; that of an unenrolled person
 * is back already. */
void
reg_subject_give_license_back (RegSubject *subject)
{
  const RegEnrollment *enrollment = subject->enrollment;

  if (subject->pool != NULL && enrollment->started_at == 0
      && enrollment->access == REG_ACCESS_ACTIVE)
    subject->pool->available++;
}

static void
set_due_date (RegEnrollment *enrollment, const char *date)
{
  g_strlcpy (enrollment->due_date, date != NULL ? date : "", sizeof enrollment->due_date);
}

static RegReason
check_date (const RegParams *params, char **sentence)
{
  const char *date = reg_params_get (params, "due_date");

  if (date == NULL || *date == '\0' || reg_date_is_valid (date))
    return REG_REASON_NONE;
  if (sentence != NULL)
    *sentence = reg_reason_dup_sentence (REG_REASON_DATE_INVALID, date, NULL);
  return REG_REASON_DATE_INVALID;
}

static RegReason
check_requirement (const RegParams *params, char **sentence)
{
  const char *nick = reg_params_get (params, "requirement");
  RegRequirement requirement;

  if (nick == NULL || reg_requirement_from_nick (nick, -1, &requirement))
    return REG_REASON_NONE;
  if (sentence != NULL)
    *sentence = reg_reason_dup_sentence (REG_REASON_VALUE_INVALID, nick, NULL);
  return REG_REASON_VALUE_INVALID;
}

/* What was used for an activity that is archived is not used again for the next one. */
static gboolean
takes_license (const RegSubject *subject)
{
  return subject->enrollment->started_at == 0 || subject->enrollment->archived;
}

static RegReason
assign_check (const RegSubject *subject, const RegParams *params, char **sentence)
{
  RegReason reason = check_requirement (params, sentence);

  if (reason == REG_REASON_NONE)
    reason = check_date (params, sentence);
  if (reason == REG_REASON_NONE)
    reason = reg_subject_check_product (subject, params, sentence);
  if (reason != REG_REASON_NONE)
    return reason;
  if (subject->pool != NULL && subject->pool->available <= 0 && takes_license (subject))
    {
      if (sentence != NULL)
        *sentence = reg_reason_dup_sentence (REG_REASON_LICENCE_SHORT, "1", "0");
      return REG_REASON_LICENCE_SHORT;
    }
  return REG_REASON_NONE;
}

static void
assign_apply (RegSubject *subject, const RegParams *params)
{
  RegEnrollment *enrollment = subject->enrollment;
  const char *date = reg_params_get (params, "due_date");
  const char *requirement = reg_params_get (params, "requirement");
  const char *source = reg_params_get (params, "source");

  if (subject->pool != NULL && takes_license (subject))
    subject->pool->available--;
  /* What was archived stays as it was; the course begins anew. */
  if (!enrollment->present || enrollment->archived)
    {
      int attempt = enrollment->attempt;

      memset (enrollment, 0, sizeof *enrollment);
      enrollment->user_id = subject->user->id;
      enrollment->course_id = subject->course->id;
      enrollment->present = TRUE;
      enrollment->visible = TRUE;
      enrollment->attempt = attempt + 1;
      enrollment->source = REG_SOURCE_MANUAL;
      if (source != NULL)
        reg_source_from_nick (source, -1, &enrollment->source);
    }
  /* Enrolling someone again who was unenrolled gives back the access; the attempt goes on. */
  enrollment->access = REG_ACCESS_ACTIVE;
  enrollment->assigned_by = subject->actor_id;
  enrollment->assigned_at = subject->now;
  if (date != NULL && *date != '\0')
    {
      set_due_date (enrollment, date);
      enrollment->requirement = REG_REQUIREMENT_REQUIRED;
    }
  if (requirement != NULL)
    reg_requirement_from_nick (requirement, -1, &enrollment->requirement);
  reg_subject_apply_product (subject, params);
}

static const char *const assign_params[] = { "due_date",    "edition", "message", "mode",
                                             "requirement", "source",  "units",   NULL };

const RegOperation reg_operation_assign = {
  .name = "assign",
  .label = N_ ("Assign Course"),
  .target = REG_TARGET_ENROLLMENT,
  .statuses = REG_STATUS_BIT (REG_STATUS_ABSENT) | REG_STATUS_BIT (REG_STATUS_UNENROLLED),
  .states = REG_STATES_USABLE,
  .roles = REG_ROLES_MANAGING,
  .confirm = REG_CONFIRM_UNDO,
  .effect = N_ (
      "The course appears in the learners' list. People who already have it are left as they are."),
  PLURAL_ (.done_one = "%d user enrolled", .done_many = "%d users enrolled"),
  .counter = "unassign",
  .param_keys = assign_params,
  .is_final = reg_params_are_subscription,
  .check = assign_check,
  .apply = assign_apply,
};

static RegReason
due_date_check (const RegSubject *subject, const RegParams *params, char **sentence)
{
  RegReason reason = check_requirement (params, sentence);

  if (reason != REG_REASON_NONE)
    return reason;
  if (reg_params_get (params, "due_date") == NULL)
    {
      if (sentence != NULL)
        *sentence = reg_reason_dup_sentence (REG_REASON_DATE_INVALID, "", NULL);
      return REG_REASON_DATE_INVALID;
    }
  return check_date (params, sentence);
}

static void
due_date_apply (RegSubject *subject, const RegParams *params)
{
  RegEnrollment *enrollment = subject->enrollment;
  const char *requirement = reg_params_get (params, "requirement");

  set_due_date (enrollment, reg_params_get (params, "due_date"));
  enrollment->requirement =
      enrollment->due_date[0] != '\0' ? REG_REQUIREMENT_REQUIRED : REG_REQUIREMENT_OPTIONAL;
  if (requirement != NULL)
    reg_requirement_from_nick (requirement, -1, &enrollment->requirement);
  if (enrollment->assigned_by == 0)
    enrollment->assigned_by = subject->actor_id;
}

static const char *const set_due_date_params[] = { "due_date", "requirement", NULL };
static const char *const clear_due_date_params[] = { "due_date", NULL };

#define DUE_DATE_EFFECT                                                                            \
  N_ ("Adding a due date makes the course Required. Removing it makes the course Optional. No "    \
      "notifications will be generated.")

const RegOperation reg_operation_set_due_date = {
  .name = "set-due-date",
  .label = N_ ("Update/Add Course Due Date"),
  .target = REG_TARGET_ENROLLMENT,
  .statuses = REG_STATUS_ALL_PRESENT,
  .states = REG_STATES_USABLE,
  .roles = REG_ROLES_MANAGING,
  .confirm = REG_CONFIRM_UNDO,
  .effect = DUE_DATE_EFFECT,
  PLURAL_ (.done_one = "Due date of %d user set", .done_many = "Due date of %d users set"),
  .counter = "set-due-date",
  .not_enrolled = N_ ("Not enrolled, so there is no due date to set."),
  .param_keys = set_due_date_params,
  .fields = REG_FIELDS_GIVEN,
  .check = due_date_check,
  .apply = due_date_apply,
};

static gboolean
has_no_due_date (const RegEnrollment *enrollment)
{
  return enrollment->due_date[0] == '\0';
}

const RegOperation reg_operation_clear_due_date = {
  .name = "clear-due-date",
  .label = N_ ("Remove Course Due Date"),
  .target = REG_TARGET_ENROLLMENT,
  .statuses = REG_STATUS_ALL_PRESENT,
  .states = REG_STATES_USABLE,
  .roles = REG_ROLES_MANAGING,
  .confirm = REG_CONFIRM_UNDO,
  .effect = DUE_DATE_EFFECT,
  PLURAL_ (.done_one = "Due date of %d user removed", .done_many = "Due date of %d users removed"),
  .counter = "set-due-date",
  .not_enrolled = N_ ("Not enrolled, so there is no due date to remove."),
  .param_keys = clear_due_date_params,
  .fields = REG_FIELDS_ALL,
  .apply = due_date_apply,
  .has_nothing_to_do = has_no_due_date,
};

static void
mark_complete_apply (RegSubject *subject, const RegParams *params)
{
  RegEnrollment *enrollment = subject->enrollment;

  enrollment->completed_at = subject->now;
  enrollment->progress = 100;
  if (enrollment->started_at == 0)
    enrollment->started_at = subject->now;
  if (enrollment->seat == REG_SEAT_ENROLLED || enrollment->seat == REG_SEAT_INCOMPLETE)
    enrollment->seat = REG_SEAT_ATTENDED;
  if (enrollment->certificate_at == 0)
    enrollment->certificate_at = subject->now;
}

static const char *const no_params[] = { NULL };

const RegOperation reg_operation_mark_complete = {
  .name = "mark-complete",
  .label = N_ ("Mark as Complete"),
  .target = REG_TARGET_ENROLLMENT,
  .statuses = REG_STATUS_BIT (REG_STATUS_NOT_STARTED) | REG_STATUS_BIT (REG_STATUS_STARTED)
              | REG_STATUS_BIT (REG_STATUS_IN_PROGRESS) | REG_STATUS_BIT (REG_STATUS_ENROLLED),
  .states = REG_STATES_USABLE,
  .roles = REG_ROLES_TEACHING,
  .confirm = REG_CONFIRM_UNDO,
  .effect = N_ ("All certificates and credits are given, as if the user had completed the course "
                "on their own."),
  PLURAL_ (.done_one = "%d user marked as complete", .done_many = "%d users marked as complete"),
  .counter = "mark-incomplete",
  .not_enrolled = N_ ("Not enrolled, so there is nothing to complete."),
  .param_keys = no_params,
  .apply = mark_complete_apply,
};

/* In an instructor-led course: incomplete in the session (MAS-03). */
static void
mark_incomplete_apply (RegSubject *subject, const RegParams *params)
{
  RegEnrollment *enrollment = subject->enrollment;

  enrollment->completed_at = 0;
  if (enrollment->seat == REG_SEAT_ATTENDED || enrollment->seat == REG_SEAT_ENROLLED)
    enrollment->seat = REG_SEAT_INCOMPLETE;
  if (reg_params_get_boolean (params, "withdraw_certificate"))
    enrollment->certificate_at = 0;
}

/* Who only held a seat gets that back, not a completion. */
static const char *
mark_incomplete_get_counter (const RegEnrollment *before)
{
  return before->completed_at != 0 ? "mark-complete" : "change-session";
}

static const RegChoice withdraw_certificate = {
  .key = "withdraw_certificate",
  .label = N_ ("Remove the certificate too"),
  .effect = N_ ("The completion is taken back and the certificate of the most recent attempt is "
                "removed; the progress stays. Who is in a session is incomplete in that session."),
  .confirm = REG_CONFIRM_UNDO,
  .counter = "mark-complete",
};

static const char *const mark_incomplete_params[] = { "withdraw_certificate", NULL };

const RegOperation reg_operation_mark_incomplete = {
  .name = "mark-incomplete",
  .label = N_ ("Mark as Incomplete"),
  .target = REG_TARGET_ENROLLMENT,
  .statuses = REG_STATUS_BIT (REG_STATUS_COMPLETED) | REG_STATUS_BIT (REG_STATUS_ENROLLED),
  .states = REG_STATES_USABLE,
  .roles = REG_ROLES_TEACHING,
  .confirm = REG_CONFIRM_UNDO,
  .effect = N_ ("The completion is taken back; the progress stays. A certificate is withdrawn only "
                "if you ask for it. Who is in a session is incomplete in that session."),
  PLURAL_ (.done_one = "%d user marked as incomplete",
           .done_many = "%d users marked as incomplete"),
  .counter = "mark-complete",
  .choice = &withdraw_certificate,
  .not_enrolled = N_ ("Not enrolled, so there is nothing to mark as incomplete."),
  .param_keys = mark_incomplete_params,
  .apply = mark_incomplete_apply,
  .get_counter = mark_incomplete_get_counter,
};

static void
unassign_apply (RegSubject *subject, const RegParams *params)
{
  reg_subject_give_license_back (subject);
  subject->enrollment->present = FALSE;
}

const RegOperation reg_operation_unassign = {
  .name = "unassign",
  .label = N_ ("Unassign User"),
  .target = REG_TARGET_ENROLLMENT,
  .statuses = REG_STATUS_BIT (REG_STATUS_NOT_STARTED) | REG_STATUS_BIT (REG_STATUS_STARTED)
              | REG_STATUS_BIT (REG_STATUS_IN_PROGRESS) | REG_STATUS_BIT (REG_STATUS_ENROLLED),
  .states = REG_STATES_USABLE,
  .roles = REG_ROLES_MANAGING,
  .confirm = REG_CONFIRM_DIALOG,
  .warning = N_ ("The current progress of the latest attempt for the course will be lost and the "
                 "course will be removed from the user's My Learning page."),
  .effect = N_ ("Earlier attempts and their certificates are kept. The license returns to the pool "
                "if the course was never accessed."),
  PLURAL_ (.done_one = "%d user unassigned", .done_many = "%d users unassigned"),
  .counter = "assign",
  .not_enrolled = N_ ("Not enrolled, so there is nothing to unassign."),
  .param_keys = no_params,
  .apply = unassign_apply,
};

static void
unenroll_apply (RegSubject *subject, const RegParams *params)
{
  RegEnrollment *enrollment = subject->enrollment;

  reg_subject_give_license_back (subject);
  enrollment->access = REG_ACCESS_REVOKED;
  if (enrollment->seat == REG_SEAT_ENROLLED)
    enrollment->seat = REG_SEAT_NONE;
}

const RegOperation reg_operation_unenroll = {
  .name = "unenroll",
  .label = N_ ("Unenroll"),
  .target = REG_TARGET_ENROLLMENT,
  .statuses = REG_STATUS_ALL_PRESENT,
  .states = REG_STATES_USABLE,
  .roles = REG_ROLES_MANAGING,
  .confirm = REG_CONFIRM_UNDO,
  .effect = N_ ("The activity stays under 'Completed' for the learner, but they no longer have "
                "access to it. Progress and history are kept."),
  PLURAL_ (.done_one = "%d user unenrolled", .done_many = "%d users unenrolled"),
  .counter = "assign",
  .notice = N_ ("Enrolled based on a qualification; the LMS may enroll again."),
  .notice_many = N_ ("Enrolled based on a qualification, so that the LMS may enroll again: %d"),
  .not_enrolled = N_ ("Not enrolled, so there is nothing to unenroll."),
  .param_keys = no_params,
  .is_apart = TRUE,
  .apply = unenroll_apply,
  .needs_notice = reg_subject_is_by_qualification,
};
