/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/reg-enums.h"

#include <glib-object.h>

G_BEGIN_DECLS

#define REG_TYPE_ENROLLMENT (reg_enrollment_get_type ())

/* A date as "YYYY-MM-DD", or "" for none. */
typedef char RegDate[11];

/* How a product is assigned: as a whole where the mode is none of these. */
#define REG_MODE_SUBSCRIPTION "subscription"
#define REG_MODE_UNITS "units"

/**
 * RegEnrollment:
 * @present: FALSE where the user is not enrolled in the course; the other fields then say nothing
 * @assigned_by: the user who assigned it, or 0
 * @assigned_at: unix seconds, 0 for never; so are @started_at, @completed_at and @certificate_at
 * @attempt: number of the latest attempt, from 1
 * @progress: 0…100 of the latest attempt
 * @session_id: the session a seat is or was held in, or 0
 * @is_instructor: whether the person has the permissions of an instructor in this course
 * @certificate_at: when the latest attempt's certificate was issued; 0 where there is none
 * @edition: (nullable): number of the edition of the course; this and the next two are of
 *   reg_enrollment_intern ()
 * @mode: (nullable): how it was assigned, as %REG_MODE_UNITS
 * @units: (nullable): numbers of the units with commas between them
 * @subscription_end: the last day of the subscription; "" for none, or one without end
 *
 * One person's enrollment in one course, with its latest attempt. A pair of user and course has at
 * most one, so the pair is its identity: reg_enrollment_id ().
 */
typedef struct
{
  gint64 user_id;
  gint64 course_id;
  gint64 revision;
  gboolean present;
  RegAccess access;
  RegRequirement requirement;
  RegSource source;
  gboolean visible;
  gboolean archived;
  RegDate due_date;
  gint64 assigned_by;
  gint64 assigned_at;
  int attempt;
  gint64 started_at;
  int progress;
  gint64 completed_at;
  gint64 session_id;
  RegSeat seat;
  gint64 certificate_at;
  gboolean is_instructor;
  const char *edition;
  const char *mode;
  const char *units;
  RegDate subscription_end;
} RegEnrollment;

#define REG_USER_ID_BITS 40

/* The row id of an enrollment: all enrollments of a course are one range of it. */
static inline gint64
reg_enrollment_id (gint64 user_id, gint64 course_id)
{
  return (gint64)(((guint64)course_id << REG_USER_ID_BITS)
                  | ((guint64)user_id & ((G_GUINT64_CONSTANT (1) << REG_USER_ID_BITS) - 1)));
}

static inline gint64
reg_enrollment_id_get_course (gint64 id)
{
  return id >> REG_USER_ID_BITS;
}

/* Negative user ids (people made offline) come back negative. */
static inline gint64
reg_enrollment_id_get_user (gint64 id)
{
  return (gint64)((guint64)id << (64 - REG_USER_ID_BITS)) >> (64 - REG_USER_ID_BITS);
}

/* Whether not all of them are in one course. */
gboolean reg_enrollment_ids_span_courses (const gint64 *ids, gsize n);

GType reg_enrollment_get_type (void);
RegEnrollment *reg_enrollment_new (void);
RegEnrollment *reg_enrollment_copy (const RegEnrollment *self);
void reg_enrollment_free (RegEnrollment *self);
/* (nullable): a text that lives forever, the same one for the same words; NULL for an empty one */
const char *reg_enrollment_intern (const char *text);
gboolean reg_enrollment_equal (const RegEnrollment *a, const RegEnrollment *b);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RegEnrollment, reg_enrollment_free)

G_END_DECLS
