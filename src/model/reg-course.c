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
  self->editions = g_strdup ("");
  self->units = g_strdup ("");
  return self;
}

RegCourse *
reg_course_copy (const RegCourse *self)
{
  RegCourse *copy = g_memdup2 (self, sizeof *self);

  copy->code = g_strdup (self->code);
  copy->title = g_strdup (self->title);
  copy->items = g_strdup (self->items);
  copy->editions = g_strdup (self->editions);
  copy->units = g_strdup (self->units);
  return copy;
}

void
reg_course_clear (RegCourse *self)
{
  g_clear_pointer (&self->code, g_free);
  g_clear_pointer (&self->title, g_free);
  g_clear_pointer (&self->items, g_free);
  g_clear_pointer (&self->editions, g_free);
  g_clear_pointer (&self->units, g_free);
}

void
reg_course_free (RegCourse *self)
{
  reg_course_clear (self);
  g_free (self);
}

/**
 * reg_course_parse_parts:
 * @parts: (nullable): editions or units of a course
 *
 * Returns: (transfer full) (nullable): the name of each by its number; %NULL where there are none
 */
RegParams *
reg_course_parse_parts (const char *parts)
{
  if (parts == NULL || *parts == '\0')
    return NULL;
  return reg_params_new_from_text (parts, NULL);
}

/**
 * reg_course_has_parts:
 * @parts: (nullable): editions or units of a course
 * @numbers: numbers with commas between them
 *
 * Returns: whether there is at least one number, and each is that of a part
 */
gboolean
reg_course_has_parts (const char *parts, const char *numbers)
{
  g_autoptr (RegParams) names = reg_course_parse_parts (parts);
  g_auto (GStrv) words = g_strsplit (numbers, ",", -1);

  for (guint i = 0; words[i] != NULL; i++)
    if (reg_params_get (names, words[i]) == NULL)
      return FALSE;
  return words[0] != NULL;
}

/**
 * reg_course_dup_part_names:
 * @parts: (nullable): editions or units of a course
 * @numbers: numbers with commas between them
 *
 * Returns: (transfer full): their names; the number itself where there is none of it
 */
char *
reg_course_dup_part_names (const char *parts, const char *numbers)
{
  g_autoptr (RegParams) names = reg_course_parse_parts (parts);
  g_auto (GStrv) words = g_strsplit (numbers, ",", -1);
  GString *text = g_string_new (NULL);

  for (guint i = 0; words[i] != NULL; i++)
    {
      const char *name = reg_params_get (names, words[i]);

      g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", name != NULL ? name : words[i]);
    }
  return g_string_free (text, FALSE);
}

/**
 * reg_course_equal:
 * @a: a course
 * @b: another
 *
 * Compares what the LMS holds of two courses; revisions are left out.
 *
 * Returns: whether they say the same
 */
gboolean
reg_course_equal (const RegCourse *a, const RegCourse *b)
{
  return a->id == b->id && g_strcmp0 (a->code, b->code) == 0 && g_strcmp0 (a->title, b->title) == 0
         && a->kind == b->kind && a->has_scorm == b->has_scorm && a->has_quiz == b->has_quiz
         && a->pool_id == b->pool_id && a->auto_reassign_days == b->auto_reassign_days
         && g_strcmp0 (a->items, b->items) == 0 && g_strcmp0 (a->editions, b->editions) == 0
         && g_strcmp0 (a->units, b->units) == 0;
}
