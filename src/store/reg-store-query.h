/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Looking things up: ordered ids of a whole filter result, and records by id. */
#pragma once

#include "model/reg-course.h"
#include "model/reg-enrollment.h"
#include "model/reg-label.h"
#include "model/reg-license-pool.h"
#include "model/reg-preset.h"
#include "model/reg-session.h"
#include "model/reg-user.h"
#include "store/reg-id-list.h"
#include "store/reg-people-filter.h"
#include "store/reg-store.h"

G_BEGIN_DECLS

typedef enum
{
  REG_USER_SORT_NAME,
  REG_USER_SORT_EMAIL,
  REG_USER_SORT_EMPLOYEE_ID,
  REG_USER_SORT_LOCATION,
  REG_USER_SORT_GROUPS,
  REG_USER_SORT_ROLE,
  REG_USER_SORT_STATE,
} RegUserSort;

/**
 * RegUserQuery:
 * @search: (nullable): as typed; every word must occur somewhere in name, e-mail or employee ID,
 *   accents and case ignored
 * @states: bits 1u << RegUserState; 0 for any
 * @roles: bits 1u << RegRole; 0 for any
 * @people: (nullable): what they belong to, and whom they report to
 */
typedef struct
{
  const char *search;
  guint states;
  guint roles;
  const RegPeopleFilter *people;
  RegUserSort sort;
  gboolean descending;
} RegUserQuery;

typedef enum
{
  REG_ENROLLMENT_SORT_NAME,
  REG_ENROLLMENT_SORT_EMAIL,
  REG_ENROLLMENT_SORT_STATUS, /* then by progress */
  REG_ENROLLMENT_SORT_REQUIREMENT,
  REG_ENROLLMENT_SORT_DUE,
  REG_ENROLLMENT_SORT_ASSIGNED,
  REG_ENROLLMENT_SORT_COMPLETED,
  REG_ENROLLMENT_SORT_COURSE, /* by title, for one user's list */
} RegEnrollmentSort;

typedef enum
{
  REG_DUE_ANY,
  REG_DUE_OVERDUE,
  REG_DUE_THIS_WEEK,
  REG_DUE_NONE,
  REG_DUE_LATER, /* after this week */
} RegDueFilter;
#define REG_N_DUE_FILTERS 5

#define REG_SESSION_NONE (-1)

/**
 * RegEnrollmentQuery:
 * @course_id: one course's enrollments; or 0 with
 * @user_id: one user's
 * @statuses: bits of RegStatus (REG_STATUS_BIT); 0 for any
 * @requirement: -1 for any, else a RegRequirement
 * @access: -1 for any, else a RegAccess
 * @archived_only: only training records that were archived
 * @people: (nullable): of whom
 * @session_id: people who are or were in that session; %REG_SESSION_NONE: who hold no seat; 0 for
 *   any
 * @sources: bits 1u << RegSource; 0 for any
 * @assigned_by: who assigned it; 0 for anybody
 * @completed_from: completed at this moment or later; 0 for any
 * @completed_until: completed before this moment; 0 for any
 * @waiting_only: only rows with pending changes
 * @today: "YYYY-MM-DD" for the due filters
 */
typedef struct
{
  gint64 course_id;
  gint64 user_id;
  const char *search;
  guint statuses;
  int requirement;
  int access;
  RegDueFilter due;
  const char *today;
  gboolean archived_only;
  const RegPeopleFilter *people;
  gint64 session_id;
  guint sources;
  gint64 assigned_by;
  gint64 completed_from;
  gint64 completed_until;
  gboolean waiting_only;
  RegEnrollmentSort sort;
  gboolean descending;
} RegEnrollmentQuery;

/* How a row stands with the LMS. */
typedef enum
{
  REG_SYNCED,
  REG_WAITING,         /* has pending changes */
  REG_NEEDS_ATTENTION, /* has a rejected change or a conflict */
} RegSyncState;

typedef struct
{
  RegUser *user;
  RegSyncState sync_state;
  char *location;
  char *groups; /* names, ", "-separated */
  char *manager;
} RegUserRow;

typedef struct
{
  RegEnrollment *enrollment;
  RegCourseKind course_kind;
  gboolean course_has_scorm;
  gboolean course_has_quiz;
  RegSyncState sync_state;
  char *user_name;
  char *user_email;
  char *user_employee_id;
  RegUserState user_state;
  gint64 user_manager_id;
  char *course_title;
  char *course_code;
  char *assigned_by;
  char *session_place;
  gint64 session_starts_at;
  char *pool_name; /* (nullable): of the licenses the course draws from */
  char *product;   /* (nullable): what of the course was assigned, in words */
} RegEnrollmentRow;

typedef struct
{
  RegCourse *course;
  gint64 n_enrolled;
  gint64 n_completed;
  gint64 n_overdue;
  gint64 n_waiting;
  gint64 n_missing;      /* of a team: who does not have the course */
  gint64 pool_available; /* -1 where the course draws from no pool */
} RegCourseRow;

void reg_user_row_free (RegUserRow *self);
void reg_enrollment_row_free (RegEnrollmentRow *self);
void reg_course_row_free (RegCourseRow *self);

RegIdList *reg_store_query_users (RegStore *self,
                                  const RegUserQuery *query,
                                  GCancellable *cancellable,
                                  GError **error);
RegIdList *reg_store_query_enrollments (RegStore *self,
                                        const RegEnrollmentQuery *query,
                                        GCancellable *cancellable,
                                        GError **error);

/* The people enrolled in any of these courses with one of these statuses (bits; 0: whoever has the
 * course), each once, by name. */
RegIdList *reg_store_query_enrolled_users (RegStore *self,
                                           const gint64 *course_ids,
                                           gsize n_courses,
                                           guint statuses,
                                           GCancellable *cancellable,
                                           GError **error);

/* One row per id, in the order asked; NULL in the place of an id that is gone. */
GPtrArray *reg_store_get_user_rows (RegStore *self, const gint64 *ids, gsize n, GError **error);
GPtrArray *
reg_store_get_enrollment_rows (RegStore *self, const gint64 *ids, gsize n, GError **error);

/* Courses are few: all of them, by title. today: for the overdue count. */
GPtrArray *
reg_store_list_course_rows (RegStore *self, const char *search, const char *today, GError **error);
/* The same of a team alone: courses that somebody of it has. */
GPtrArray *reg_store_list_team_rows (RegStore *self,
                                     const RegIdList *members,
                                     const char *search,
                                     const char *today,
                                     GError **error);
/* All courses without counts, in no order (RegCourse). */
GPtrArray *reg_store_list_courses (RegStore *self, GError **error);
GPtrArray *reg_store_list_labels (RegStore *self, GError **error);
/* (transfer full) (element-type gint64): the courses somebody was made an instructor of */
GArray *reg_store_list_instructed (RegStore *self, gint64 user_id, GError **error);
GPtrArray *reg_store_list_sessions (RegStore *self, gint64 course_id, GError **error);
GPtrArray *reg_store_list_pools (RegStore *self, GError **error);
/* By name, with what waits (RegPreset). */
GPtrArray *reg_store_list_presets (RegStore *self, GError **error);

RegUser *reg_store_get_user (RegStore *self, gint64 id, GError **error);
RegCourse *reg_store_get_course (RegStore *self, gint64 id, GError **error);
/* How what was changed of the course itself stands with the LMS. */
gboolean
reg_store_get_course_sync_state (RegStore *self, gint64 id, RegSyncState *state, GError **error);
RegEnrollment *
reg_store_get_enrollment (RegStore *self, gint64 user_id, gint64 course_id, GError **error);
/* By e-mail or employee ID, as typed; 0 where nobody or more than one person matches. */
/* An id below 0 becomes the one the LMS gave since, where it has. */
gboolean reg_store_resolve_user_id (RegStore *self, gint64 *id, GError **error);
gint64 reg_store_find_user (RegStore *self, const char *identifier, GError **error);
/* By code, title or id; 0 where no course, or more than one, matches. */
gint64 reg_store_find_course (RegStore *self, const char *identifier, GError **error);
gboolean reg_store_count (RegStore *self,
                          gint64 *n_users,
                          gint64 *n_courses,
                          gint64 *n_enrollments,
                          GError **error);

/* Everybody, for matching a roster: called once per user with texts that live during the call and
 * end with their length, not with NUL. */
typedef void (*RegUserVisitor) (gint64 id,
                                RegUserState state,
                                const char *email,
                                gsize email_len,
                                const char *employee_id,
                                gsize employee_len,
                                gpointer data);
gboolean
reg_store_visit_users (RegStore *self, RegUserVisitor visitor, gpointer data, GError **error);
/* Everybody's whole record, in the order of their ids. */
typedef void (*RegUserRecordVisitor) (const RegUser *user, gpointer data);
gboolean reg_store_visit_user_records (RegStore *self,
                                       RegUserRecordVisitor visitor,
                                       gpointer data,
                                       GError **error);
/* All present enrollments of a course. */
typedef void (*RegEnrollmentVisitor) (const RegEnrollment *enrollment, gpointer data);
gboolean reg_store_visit_enrollments (RegStore *self,
                                      gint64 course_id,
                                      RegEnrollmentVisitor visitor,
                                      gpointer data,
                                      GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RegUserRow, reg_user_row_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RegEnrollmentRow, reg_enrollment_row_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RegCourseRow, reg_course_row_free)

G_END_DECLS
