/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a page of enrollments knows besides its rows: whose they are, and what its filters choose
 * from. */
#pragma once

#include "views/enrollments/reg-enrollments-of.h"
#include "workspace/reg-workspace.h"

G_BEGIN_DECLS

/**
 * RegEnrollmentSurroundings:
 * @asked_id: which course or person was asked about
 * @id: the same; another one where a person who was added here has got the LMS's id since
 * @course: (nullable): the course whose enrollments they are
 * @user: (nullable): the person whose they are
 * @labels: (nullable) (element-type RegLabel): of the people; what follows is of a course's list
 *   alone, too
 * @managers: (nullable) (element-type RegLabel): ids and names of managers
 * @sessions: (nullable) (element-type RegSession): of the course
 * @ilt_courses: (nullable): ids (gint64) of the instructor-led courses, for lists of several
 * courses
 * @assigners: (element-type RegLabel): ids and names of those who assigned any of it
 */
typedef struct
{
  gint64 asked_id;
  gint64 id;
  RegCourse *course;
  RegUser *user;
  GPtrArray *labels;
  GPtrArray *managers;
  GPtrArray *sessions;
  GHashTable *ilt_courses;
  GPtrArray *assigners;
} RegEnrollmentSurroundings;

void reg_enrollment_surroundings_free (RegEnrollmentSurroundings *self);
/* callback: ends with reg_workspace_run_finish (), which gives a RegEnrollmentSurroundings */
void reg_enrollment_surroundings_read_async (RegWorkspace *workspace,
                                             RegEnrollmentsOf of,
                                             gint64 id,
                                             GAsyncReadyCallback callback,
                                             gpointer data);
/* What it is called: the course's title or the person's name. */
char *reg_enrollment_surroundings_dup_title (const RegEnrollmentSurroundings *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RegEnrollmentSurroundings, reg_enrollment_surroundings_free)

G_END_DECLS
