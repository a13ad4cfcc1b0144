/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Operations on seats in sessions, and on who teaches. */
#define G_LOG_DOMAIN "reg-rules"

#include "rules/reg-operation-private.h"
#include "rules/reg-seat.h"

#include <glib/gi18n-lib.h>

#define STATUSES_SEATABLE                                                                          \
  (REG_STATUS_BIT (REG_STATUS_NOT_STARTED) | REG_STATUS_BIT (REG_STATUS_STARTED)                   \
   | REG_STATUS_BIT (REG_STATUS_IN_PROGRESS) | REG_STATUS_BIT (REG_STATUS_ENROLLED))

/* The seat is free; where nothing was done in the course yet, it is Not Started again. */
static void
leave_session (RegEnrollment *enrollment)
{
  enrollment->session_id = 0;
  enrollment->seat = REG_SEAT_NONE;
  if (enrollment->progress == 0)
    enrollment->started_at = 0;
}

static RegReason
refuse_full (const RegSubject *subject, const RegSession *session, char **sentence)
{
  if (sentence != NULL)
    {
      g_autofree char *label = reg_session_dup_label (session, subject->time_zone);
      g_autofree char *offers = reg_sessions_dup_offers (subject->sessions, session->id,
                                                         subject->now, subject->time_zone);

      *sentence =
          offers != NULL
              ? g_strdup_printf (_ ("No seat left in %s. There are seats in: %s"), label, offers)
              : g_strdup_printf (_ ("No seat left in %s, and in no other session to come."), label);
    }
  return REG_REASON_SESSION_FULL;
}

static RegReason
check_seat (const RegSubject *subject, gint64 id, char **sentence)
{
  const RegSession *session = reg_sessions_find (subject->sessions, id);

  if (session == NULL)
    return REG_REASON_SESSION_UNKNOWN;
  if (!reg_session_is_open (session, subject->now, subject->time_zone))
    return REG_REASON_SESSION_TOO_OLD;
  if (reg_enrollment_get_held_session (subject->enrollment) != id && reg_session_is_full (session))
    return refuse_full (subject, session, sentence);
  return REG_REASON_NONE;
}

static RegReason
change_session_check (const RegSubject *subject, const RegParams *params, char **sentence)
{
  const char *text = reg_params_get (params, "session_id");
  const RegEnrollment *enrollment = subject->enrollment;
  gint64 id = reg_params_get_int64 (params, "session_id");

  if (text == NULL || (id <= 0 && *text != '\0'))
    {
      if (sentence != NULL)
        *sentence =
            reg_reason_dup_sentence (REG_REASON_VALUE_INVALID, text != NULL ? text : "", NULL);
      return REG_REASON_VALUE_INVALID;
    }
  if (id == 0)
    return reg_enrollment_get_held_session (enrollment) != 0 ? REG_REASON_NONE
                                                             : REG_REASON_NOTHING_TO_DO;
  if (enrollment->seat == REG_SEAT_ENROLLED && enrollment->session_id == id)
    return REG_REASON_NOTHING_TO_DO;
  return subject->sessions != NULL ? check_seat (subject, id, sentence) : REG_REASON_NONE;
}

static void
change_session_apply (RegSubject *subject, const RegParams *params)
{
  gint64 id = reg_params_get_int64 (params, "session_id");

  if (id == 0)
    {
      leave_session (subject->enrollment);
      return;
    }
  subject->enrollment->session_id = id;
  subject->enrollment->seat = REG_SEAT_ENROLLED;
}

static const char *const change_session_params[] = { "session_id", NULL };

const RegOperation reg_operation_change_session = {
  .name = "change-session",
  .label = N_ ("Change/Add to Session"),
  .target = REG_TARGET_ENROLLMENT,
  .statuses = STATUSES_SEATABLE,
  .states = REG_STATES_USABLE,
  .roles = REG_ROLES_SESSIONS,
  .kinds = REG_KIND_BIT (REG_COURSE_ILT),
  .confirm = REG_CONFIRM_UNDO,
  .effect = N_ ("The user gets a seat in the session and gives back the one they had. Sessions of "
                "the past 90 days can be chosen too."),
  PLURAL_ (.done_one = "%d user put into the session",
           .done_many = "%d users put into the session"),
  .counter = "change-session",
  .not_enrolled = N_ ("Not enrolled, so there is no place in a session to give."),
  .param_keys = change_session_params,
  .fields = REG_FIELDS_GIVEN,
  .check = change_session_check,
  .apply = change_session_apply,
};

static void
mark_no_show_apply (RegSubject *subject, const RegParams *params)
{
  reg_enrollment_start_anew (subject->enrollment);
  subject->enrollment->seat = REG_SEAT_NO_SHOW;
}

static const char *const mark_no_show_params[] = { "message", NULL };

const RegOperation reg_operation_mark_no_show = {
  .name = "mark-no-show",
  .label = N_ ("Mark as No Show"),
  .target = REG_TARGET_ENROLLMENT,
  .statuses = REG_STATUS_BIT (REG_STATUS_ENROLLED),
  .states = REG_STATES_USABLE,
  .roles = REG_ROLES_SESSIONS,
  .kinds = REG_KIND_BIT (REG_COURSE_ILT),
  .confirm = REG_CONFIRM_DIALOG,
  .warning = N_ ("The user is removed from the session and the course status reverts to \"Not "
                 "Started\". The user can enroll in another session."),
  .effect = N_ ("The seat is free for somebody else. The no-show is kept in the history. A message "
                "is sent only if you write one."),
  PLURAL_ (.done_one = "%d user marked as no-show", .done_many = "%d users marked as no-show"),
  .counter = "change-session",
  .not_enrolled = N_ ("Not enrolled, so there is no session to have missed."),
  .param_keys = mark_no_show_params,
  .apply = mark_no_show_apply,
};

static RegReason
remove_from_session_check (const RegSubject *subject, const RegParams *params, char **sentence)
{
  return reg_enrollment_get_held_session (subject->enrollment) != 0 ? REG_REASON_NONE
                                                                    : REG_REASON_NO_SEAT;
}

static void
remove_from_session_apply (RegSubject *subject, const RegParams *params)
{
  leave_session (subject->enrollment);
}

static const char *const no_params[] = { NULL };

const RegOperation reg_operation_remove_from_session = {
  .name = "remove-from-session",
  .label = N_ ("Remove from Session"),
  .target = REG_TARGET_ENROLLMENT,
  .statuses = STATUSES_SEATABLE,
  .states = REG_STATES_USABLE,
  .roles = REG_ROLES_SESSIONS,
  .kinds = REG_KIND_BIT (REG_COURSE_ILT),
  .confirm = REG_CONFIRM_UNDO,
  .effect = N_ ("The seat is free for somebody else, and the course status is Not Started. The "
                "course stays assigned; no no-show is recorded."),
  PLURAL_ (.done_one = "%d user removed from the session",
           .done_many = "%d users removed from the session"),
  .counter = "change-session",
  .not_enrolled = N_ ("Not enrolled, so there is no session to remove from."),
  .param_keys = no_params,
  .is_apart = TRUE,
  .check = remove_from_session_check,
  .apply = remove_from_session_apply,
};

static void
make_instructor_apply (RegSubject *subject, const RegParams *params)
{
  subject->enrollment->is_instructor = TRUE;
}

static gboolean
is_instructor (const RegEnrollment *enrollment)
{
  return enrollment->is_instructor;
}

const RegOperation reg_operation_make_instructor = {
  .name = "make-instructor",
  .label = N_ ("Make Instructor"),
  .target = REG_TARGET_ENROLLMENT,
  .statuses = REG_STATUS_ALL_PRESENT,
  .states = REG_STATES_USABLE,
  .roles = REG_ROLES_ADMIN,
  .confirm = REG_CONFIRM_UNDO,
  .effect = N_ ("The user gets the permissions of an instructor, in this course only."),
  PLURAL_ (.done_one = "%d user made an instructor of the course",
           .done_many = "%d users made instructors of the course"),
  .counter = "remove-instructor",
  .not_enrolled = N_ ("Not enrolled, so there is nobody to make an instructor."),
  .param_keys = no_params,
  .apply = make_instructor_apply,
  .has_nothing_to_do = is_instructor,
};

static void
remove_instructor_apply (RegSubject *subject, const RegParams *params)
{
  subject->enrollment->is_instructor = FALSE;
}

static gboolean
is_no_instructor (const RegEnrollment *enrollment)
{
  return !enrollment->is_instructor;
}

const RegOperation reg_operation_remove_instructor = {
  .name = "remove-instructor",
  .label = N_ ("Remove as Instructor"),
  .target = REG_TARGET_ENROLLMENT,
  .statuses = REG_STATUS_ALL_PRESENT,
  .states = REG_STATES_USABLE,
  .roles = REG_ROLES_ADMIN,
  .confirm = REG_CONFIRM_UNDO,
  .effect = N_ ("The user no longer has the permissions of an instructor in this course. The "
                "enrollment stays as it is."),
  PLURAL_ (.done_one = "%d user is no longer an instructor of the course",
           .done_many = "%d users are no longer instructors of the course"),
  .counter = "make-instructor",
  .not_enrolled = N_ ("Not enrolled, so there is no instructor to remove."),
  .param_keys = no_params,
  .apply = remove_instructor_apply,
  .has_nothing_to_do = is_no_instructor,
};
