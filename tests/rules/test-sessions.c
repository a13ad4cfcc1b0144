/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sessions: who gets a seat, who loses one, and which past sessions can still be chosen. */
#include "rules/reg-operation.h"
#include "rules/reg-seat.h"
#include "rules/reg-status.h"

#include <string.h>

#define DAY G_GINT64_CONSTANT (86400)
/* 2026-11-20 23:30 in Berlin, 22:30 UTC */
#define NOW G_GINT64_CONSTANT (1795213800)

typedef struct
{
  RegUser *user;
  RegCourse *course;
  RegEnrollment *enrollment;
  RegSubject subject;
} Fixture;

static RegSession *
add_session (Fixture *f, gint64 id, gint64 ends_at, int seats, int taken)
{
  RegSession *session = reg_session_new ();

  session->id = id;
  session->course_id = 3;
  g_free (session->place);
  session->place = g_strdup_printf ("Room %d", (int)id);
  session->starts_at = ends_at - 3600;
  session->ends_at = ends_at;
  session->seats = seats;
  session->taken = taken;
  g_ptr_array_add (f->subject.sessions, session);
  return session;
}

static void
set_up (Fixture *f, gconstpointer data)
{
  f->user = reg_user_new ();
  f->user->id = 7;
  f->user->state = REG_USER_STATE_ACTIVE;
  f->course = reg_course_new ();
  f->course->id = 3;
  f->course->kind = REG_COURSE_ILT;
  f->enrollment = reg_enrollment_new ();
  *f->enrollment = (RegEnrollment){
    .user_id = 7, .course_id = 3, .present = TRUE, .visible = TRUE, .attempt = 1
  };
  f->subject = (RegSubject){
    .user = f->user,
    .course = f->course,
    .enrollment = f->enrollment,
    .sessions = g_ptr_array_new_with_free_func ((GDestroyNotify)reg_session_free),
    .time_zone = g_time_zone_new_identifier ("Europe/Berlin"),
    .actor_id = 1,
    .actor_role = REG_ROLE_COORDINATOR,
    .now = NOW,
  };
  g_assert_nonnull (f->subject.time_zone);
  add_session (f, 11, NOW + 5 * DAY, 2, 1);
  add_session (f, 12, NOW + 9 * DAY, 1, 1);
  add_session (f, 13, NOW + 20 * DAY, 0, 400);
  add_session (f, 14, NOW - 12 * DAY, 8, 3);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  reg_user_free (f->user);
  reg_course_free (f->course);
  reg_enrollment_free (f->enrollment);
  g_ptr_array_unref (f->subject.sessions);
  g_time_zone_unref (f->subject.time_zone);
}

static RegReason
check (Fixture *f, const char *name, const char *key, const char *value, char **sentence)
{
  g_autoptr (RegParams) params = reg_params_new ();

  if (key != NULL)
    reg_params_set (params, key, value);
  return reg_operation_check (reg_operation_find (name), &f->subject, params, sentence);
}

static void
do_it (Fixture *f, const char *name, const char *key, const char *value)
{
  g_autoptr (RegParams) params = reg_params_new ();

  if (key != NULL)
    reg_params_set (params, key, value);
  g_assert_cmpint (check (f, name, key, value, NULL), ==, REG_REASON_NONE);
  reg_operation_apply (reg_operation_find (name), &f->subject, params);
}

static int
get_taken (Fixture *f, gint64 id)
{
  return reg_sessions_find (f->subject.sessions, id)->taken;
}

static RegStatus
get_status (Fixture *f)
{
  return reg_enrollment_get_status (f->enrollment, REG_COURSE_ILT);
}

static void
test_add_and_change (Fixture *f, gconstpointer data)
{
  do_it (f, "change-session", "session_id", "11");
  g_assert_cmpint (get_status (f), ==, REG_STATUS_ENROLLED);
  g_assert_cmpint (f->enrollment->session_id, ==, 11);
  g_assert_cmpint (get_taken (f, 11), ==, 2);
  g_assert_cmpint (check (f, "change-session", "session_id", "11", NULL), ==,
                   REG_REASON_NOTHING_TO_DO);
  /* no limit */
  do_it (f, "change-session", "session_id", "13");
  g_assert_cmpint (get_taken (f, 11), ==, 1);
  g_assert_cmpint (get_taken (f, 13), ==, 401);
  do_it (f, "change-session", "session_id", "");
  g_assert_cmpint (get_taken (f, 13), ==, 400);
  g_assert_cmpint (f->enrollment->session_id, ==, 0);
  g_assert_cmpint (get_status (f), ==, REG_STATUS_NOT_STARTED);
  g_assert_cmpint (check (f, "change-session", "session_id", "", NULL), ==,
                   REG_REASON_NOTHING_TO_DO);
}

/* K-10, as far as the rules go: other sessions are offered. */
static void
test_full (Fixture *f, gconstpointer data)
{
  g_autofree char *sentence = NULL;
  g_autofree char *alone = NULL;

  g_assert_cmpint (check (f, "change-session", "session_id", "12", &sentence), ==,
                   REG_REASON_SESSION_FULL);
  g_assert_nonnull (strstr (sentence, "Room 12, 2026-11-29"));
  g_assert_nonnull (strstr (sentence, "Room 11"));
  g_assert_nonnull (strstr (sentence, "Room 13"));
  g_assert_null (strstr (sentence, "Room 14"));
  reg_sessions_find (f->subject.sessions, 11)->taken = 2;
  reg_sessions_find (f->subject.sessions, 13)->seats = 400;
  g_assert_cmpint (check (f, "change-session", "session_id", "12", &alone), ==,
                   REG_REASON_SESSION_FULL);
  g_assert_nonnull (strstr (alone, "in no other session"));
  /* who has the last seat already may come back to it */
  f->enrollment->session_id = 12;
  f->enrollment->seat = REG_SEAT_INCOMPLETE;
  g_assert_cmpint (check (f, "change-session", "session_id", "12", NULL), ==, REG_REASON_NONE);
}

static void
test_refused_values (Fixture *f, gconstpointer data)
{
  g_assert_cmpint (check (f, "change-session", NULL, NULL, NULL), ==, REG_REASON_VALUE_INVALID);
  g_assert_cmpint (check (f, "change-session", "session_id", "soon", NULL), ==,
                   REG_REASON_VALUE_INVALID);
  g_assert_cmpint (check (f, "change-session", "session_id", "-11", NULL), ==,
                   REG_REASON_VALUE_INVALID);
  /* that of another course is not among the course's sessions */
  g_assert_cmpint (check (f, "change-session", "session_id", "99", NULL), ==,
                   REG_REASON_SESSION_UNKNOWN);
  f->course->kind = REG_COURSE_SELF_PACED;
  g_assert_cmpint (check (f, "change-session", "session_id", "11", NULL), ==,
                   REG_REASON_COURSE_KIND);
}

/* T-11 */
static void
test_t11_past_sessions (Fixture *f, gconstpointer data)
{
  static const RegRole roles[] = { REG_ROLE_COORDINATOR, REG_ROLE_INSTRUCTOR,
                                   REG_ROLE_ADMINISTRATOR, REG_ROLE_PRIMARY_ADMIN };
  static const RegRole not_roles[] = { REG_ROLE_LEARNER, REG_ROLE_MANAGER };
  const RegSession *last, *too_old;

  /* It is 2026-11-20 in Berlin: 90 days before is 08-22. 00:30 of that day was 22:30 UTC of the
   * 21st, as summer time had it. */
  last = add_session (f, 90, NOW - 91 * DAY, 8, 0);
  too_old = add_session (f, 91, NOW - 91 * DAY - 3600, 8, 0);
  g_assert_true (reg_session_is_past (last, NOW));
  g_assert_cmpint (reg_session_get_days_past (last, NOW, f->subject.time_zone), ==, 90);
  g_assert_cmpint (reg_session_get_days_past (too_old, NOW, f->subject.time_zone), ==, 91);
  /* as UTC counts, it was a day earlier */
  g_assert_cmpint (reg_session_get_days_past (last, NOW, NULL), ==, 91);
  for (guint i = 0; i < G_N_ELEMENTS (roles); i++)
    {
      f->subject.actor_role = roles[i];
      f->subject.actor_is_instructor = roles[i] == REG_ROLE_INSTRUCTOR;
      g_assert_cmpint (check (f, "change-session", "session_id", "90", NULL), ==, REG_REASON_NONE);
      g_assert_cmpint (check (f, "change-session", "session_id", "91", NULL), ==,
                       REG_REASON_SESSION_TOO_OLD);
    }
  for (guint i = 0; i < G_N_ELEMENTS (not_roles); i++)
    {
      f->subject.actor_role = not_roles[i];
      f->subject.actor_is_instructor = FALSE;
      g_assert_cmpint (check (f, "change-session", "session_id", "90", NULL), ==,
                       REG_REASON_ROLE_MISSING);
      g_assert_cmpint (check (f, "change-session", "session_id", "11", NULL), ==,
                       REG_REASON_ROLE_MISSING);
    }
  /* who was made an instructor of the course may do there what instructors may */
  f->subject.actor_is_instructor = TRUE;
  g_assert_cmpint (check (f, "change-session", "session_id", "90", NULL), ==, REG_REASON_NONE);
  g_assert_cmpint (check (f, "make-instructor", NULL, NULL, NULL), ==, REG_REASON_ROLE_MISSING);
}

/* T-12: the seat is free, the status Not Started, another session can be chosen. */
static void
test_t12_no_show (Fixture *f, gconstpointer data)
{
  const RegOperation *operation = reg_operation_find ("mark-no-show");

  g_assert_cmpint (check (f, "mark-no-show", NULL, NULL, NULL), ==, REG_REASON_STATUS_NOT_ALLOWED);
  do_it (f, "change-session", "session_id", "14");
  f->enrollment->started_at = NOW - 12 * DAY;
  do_it (f, "mark-no-show", NULL, NULL);
  g_assert_cmpint (get_status (f), ==, REG_STATUS_NOT_STARTED);
  g_assert_cmpint (f->enrollment->seat, ==, REG_SEAT_NO_SHOW);
  g_assert_cmpint (f->enrollment->session_id, ==, 14);
  g_assert_cmpint (get_taken (f, 14), ==, 3);
  do_it (f, "change-session", "session_id", "11");
  g_assert_cmpint (get_status (f), ==, REG_STATUS_ENROLLED);
  /* D-13: a message only where one is written */
  g_assert_true (g_strv_contains (operation->param_keys, "message"));
  g_assert_null (operation->choice);
}

/* T-20: from the session, from the course, from both. */
static void
test_t20_removal (Fixture *f, gconstpointer data)
{
  f->subject.actor_role = REG_ROLE_INSTRUCTOR;
  f->subject.actor_is_instructor = TRUE;
  g_assert_cmpint (check (f, "remove-from-session", NULL, NULL, NULL), ==, REG_REASON_NO_SEAT);
  g_assert_cmpint (check (f, "remove-user", REG_PARAM_SCOPE, REG_SCOPE_BOTH, NULL), ==,
                   REG_REASON_NO_SEAT);
  g_assert_cmpint (check (f, "remove-user", REG_PARAM_SCOPE, "all", NULL), ==,
                   REG_REASON_VALUE_INVALID);
  do_it (f, "change-session", "session_id", "11");
  do_it (f, "remove-from-session", NULL, NULL);
  g_assert_cmpint (get_status (f), ==, REG_STATUS_NOT_STARTED);
  g_assert_cmpint (f->enrollment->seat, ==, REG_SEAT_NONE);
  g_assert_cmpint (get_taken (f, 11), ==, 1);
  g_assert_cmpint (check (f, "remove-user", NULL, NULL, NULL), ==, REG_REASON_NONE);
  g_assert_cmpint (check (f, "remove-user", REG_PARAM_SCOPE, REG_SCOPE_COURSE, NULL), ==,
                   REG_REASON_NONE);
  do_it (f, "change-session", "session_id", "11");
  do_it (f, "remove-user", REG_PARAM_SCOPE, REG_SCOPE_BOTH);
  g_assert_cmpint (get_status (f), ==, REG_STATUS_ABSENT);
  g_assert_cmpint (get_taken (f, 11), ==, 1);
}

/* MAS-03: incomplete in that session; complete takes the seat as attended. */
static void
test_complete (Fixture *f, gconstpointer data)
{
  const RegOperation *incomplete = reg_operation_find ("mark-incomplete");
  g_autoptr (RegParams) counter = NULL;

  f->subject.actor_role = REG_ROLE_INSTRUCTOR;
  f->subject.actor_is_instructor = TRUE;
  do_it (f, "change-session", "session_id", "11");
  g_assert_cmpstr (reg_operation_get_counter_of (incomplete, &f->subject, NULL), ==,
                   "change-session");
  counter = reg_operation_dup_counter_params (incomplete, &f->subject, NULL);
  g_assert_cmpstr (reg_params_get (counter, "session_id"), ==, "11");
  g_assert_cmpuint (reg_params_get_size (counter), ==, 1);
  do_it (f, "mark-incomplete", NULL, NULL);
  g_assert_cmpint (f->enrollment->seat, ==, REG_SEAT_INCOMPLETE);
  g_assert_cmpint (get_taken (f, 11), ==, 2);
  do_it (f, "change-session", "session_id", "11");
  g_assert_cmpint (get_status (f), ==, REG_STATUS_ENROLLED);
  do_it (f, "mark-complete", NULL, NULL);
  g_assert_cmpint (f->enrollment->seat, ==, REG_SEAT_ATTENDED);
  g_assert_cmpint (get_taken (f, 11), ==, 2);
  /* T-10: not on what is completed */
  g_assert_cmpint (check (f, "mark-complete", NULL, NULL, NULL), ==, REG_REASON_STATUS_NOT_ALLOWED);
  g_assert_cmpint (check (f, "change-session", "session_id", "13", NULL), ==,
                   REG_REASON_STATUS_NOT_ALLOWED);
  g_assert_cmpint (check (f, "mark-no-show", NULL, NULL, NULL), ==, REG_REASON_STATUS_NOT_ALLOWED);
  g_assert_cmpstr (reg_operation_get_counter_of (incomplete, &f->subject, NULL), ==,
                   "mark-complete");
  do_it (f, "mark-incomplete", NULL, NULL);
  g_assert_cmpint (f->enrollment->seat, ==, REG_SEAT_INCOMPLETE);
}

/* What a counter-change gives back: the session there was, or none. */
static void
test_counters (Fixture *f, gconstpointer data)
{
  static const char *const names[] = { "change-session", "mark-no-show", "remove-from-session" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    for (int seated = 0; seated < 2; seated++)
      {
        const RegOperation *operation = reg_operation_find (names[i]);
        g_autoptr (RegParams) params = reg_params_new ();
        g_autoptr (RegParams) counter = NULL;

        f->enrollment->session_id = seated ? 11 : 0;
        f->enrollment->seat = seated ? REG_SEAT_ENROLLED : REG_SEAT_NONE;
        reg_params_set (params, "session_id", "13");
        counter = reg_operation_dup_counter_params (operation, &f->subject, params);
        g_assert_cmpstr (reg_operation_get_counter_of (operation, &f->subject, params), ==,
                         "change-session");
        g_assert_cmpstr (reg_params_get (counter, "session_id"), ==, seated ? "11" : "");
        g_assert_cmpuint (reg_params_get_size (counter), ==, 1);
      }
}

/* The seat goes with the enrollment, and with its access. */
static void
test_other_ways_out (Fixture *f, gconstpointer data)
{
  static const char *const names[] = { "unassign", "unenroll", "reassign", "remove-registration" };

  f->subject.actor_role = REG_ROLE_ADMINISTRATOR;
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      *f->enrollment = (RegEnrollment){ .user_id = 7, .course_id = 3, .present = TRUE };
      do_it (f, "change-session", "session_id", "11");
      g_assert_cmpint (get_taken (f, 11), ==, 2);
      do_it (f, names[i], NULL, NULL);
      g_assert_cmpint (get_taken (f, 11), ==, 1);
    }
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/rules/sessions/add-and-change", test_add_and_change);
  ADD ("/rules/sessions/full", test_full);
  ADD ("/rules/sessions/refused-values", test_refused_values);
  ADD ("/rules/sessions/t-11-past-sessions", test_t11_past_sessions);
  ADD ("/rules/sessions/t-12-no-show", test_t12_no_show);
  ADD ("/rules/sessions/t-20-removal", test_t20_removal);
  ADD ("/rules/sessions/complete", test_complete);
  ADD ("/rules/sessions/counters", test_counters);
  ADD ("/rules/sessions/other-ways-out", test_other_ways_out);
  return g_test_run ();
}
