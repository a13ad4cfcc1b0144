/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-model"

#include "model/reg-course.h"

G_DEFINE_BOXED_TYPE (RegCourse, reg_course, reg_course_copy, reg_course_free)

/**
 * reg_course_new:
 *
 * Makes a course with empty texts and zeros.
 *
 * Returns: (transfer full): the record
 */
RegCourse *
reg_course_new (void)
{
  RegCourse *self = g_new0 (RegCourse, 1);

  self->code = g_strdup ("");
  self->title = g_strdup ("");
  self->items = g_strdup ("");
  return self;
}

RegCourse *
reg_course_copy (const RegCourse *self)
{
  RegCourse *copy = g_memdup2 (self, sizeof *self);

  copy->code = g_strdup (self->code);
  copy->title = g_strdup (self->title);
  copy->items = g_strdup (self->items);
  return copy;
}

void
reg_course_clear (RegCourse *self)
{
  g_clear_pointer (&self->code, g_free);
  g_clear_pointer (&self->title, g_free);
  g_clear_pointer (&self->items, g_free);
}

void
reg_course_free (RegCourse *self)
{
  reg_course_clear (self);
  g_free (self);
}
