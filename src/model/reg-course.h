/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/reg-enums.h"

#include <glib-object.h>

G_BEGIN_DECLS

#define REG_TYPE_COURSE (reg_course_get_type ())

/**
 * RegCourse:
 * @code: short code, unique within the LMS
 * @items: for a path, the ids of its courses as text ",3,7,"; else ""
 * @pool_id: the licence pool an assignment draws from, or 0 for none
 * @auto_reassign_days: 0 for never
 *
 * A course or curriculum.
 */
typedef struct
{
  gint64 id;
  gint64 revision;
  char *code;
  char *title;
  RegCourseKind kind;
  gboolean has_scorm;
  gboolean has_quiz;
  gint64 pool_id;
  int auto_reassign_days;
  char *items;
} RegCourse;

GType reg_course_get_type (void);
RegCourse *reg_course_new (void);
RegCourse *reg_course_copy (const RegCourse *self);
void reg_course_free (RegCourse *self);
void reg_course_clear (RegCourse *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RegCourse, reg_course_free)

G_END_DECLS
