/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/reg-enums.h"
#include "model/reg-params.h"

#include <glib-object.h>

G_BEGIN_DECLS

#define REG_TYPE_COURSE (reg_course_get_type ())

/**
 * RegCourse:
 * @code: short code, unique within the LMS
 * @items: for a path, the ids of its courses as text ",3,7,"; else ""
 * @pool_id: the license pool an assignment draws from, or 0 for none
 * @auto_reassign_days: 0 for never
 * @editions: the editions it comes in, number and name, as text of RegParams; "" for none
 * @units: the units that can be assigned one by one, likewise
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
  char *editions;
  char *units;
} RegCourse;

GType reg_course_get_type (void);
RegCourse *reg_course_new (void);
RegCourse *reg_course_copy (const RegCourse *self);
void reg_course_free (RegCourse *self);
gboolean reg_course_equal (const RegCourse *a, const RegCourse *b);
void reg_course_clear (RegCourse *self);
/* (nullable): number and name of each, NULL where there are none; parts: the editions or units */
RegParams *reg_course_parse_parts (const char *parts);
/* Whether each of these numbers, "1,3", is that of a part. */
gboolean reg_course_has_parts (const char *parts, const char *numbers);
/* "First steps, Second steps" */
char *reg_course_dup_part_names (const char *parts, const char *numbers);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RegCourse, reg_course_free)

G_END_DECLS
