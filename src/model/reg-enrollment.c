/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-model"

#include "model/reg-enrollment.h"

#include <string.h>

G_DEFINE_BOXED_TYPE (RegEnrollment, reg_enrollment, reg_enrollment_copy, reg_enrollment_free)

/**
 * reg_enrollment_new:
 *
 * Makes an enrollment that is not present.
 *
 * Returns: (transfer full): the record
 */
RegEnrollment *
reg_enrollment_new (void)
{
  return g_new0 (RegEnrollment, 1);
}

RegEnrollment *
reg_enrollment_copy (const RegEnrollment *self)
{
  return g_memdup2 (self, sizeof *self);
}

void
reg_enrollment_free (RegEnrollment *self)
{
  g_free (self);
}

/**
 * reg_enrollment_intern:
 * @text: (nullable): an edition, a mode, or units
 *
 * Of these there are few, and enrollments are many.
 *
 * Returns: (nullable) (transfer none): @text for as long as the program runs, %NULL for none
 */
const char *
reg_enrollment_intern (const char *text)
{
  return text != NULL && *text != '\0' ? g_intern_string (text) : NULL;
}

gboolean
reg_enrollment_ids_span_courses (const gint64 *ids, gsize n)
{
  for (gsize i = 1; i < n; i++)
    if (reg_enrollment_id_get_course (ids[i]) != reg_enrollment_id_get_course (ids[0]))
      return TRUE;
  return FALSE;
}

/**
 * reg_enrollment_equal:
 * @a: an enrollment
 * @b: another
 *
 * Compares what the LMS holds of two enrollments; revisions are left out.
 *
 * Returns: whether they say the same
 */
gboolean
reg_enrollment_equal (const RegEnrollment *a, const RegEnrollment *b)
{
  if (a->user_id != b->user_id || a->course_id != b->course_id || a->present != b->present)
    return FALSE;
  if (!a->present)
    return TRUE;
  return a->access == b->access && a->requirement == b->requirement && a->source == b->source
         && a->visible == b->visible && a->archived == b->archived
         && g_strcmp0 (a->due_date, b->due_date) == 0 && a->assigned_by == b->assigned_by
         && a->assigned_at == b->assigned_at && a->attempt == b->attempt
         && a->started_at == b->started_at && a->progress == b->progress
         && a->completed_at == b->completed_at && a->session_id == b->session_id
         && a->seat == b->seat && a->certificate_at == b->certificate_at
         && a->is_instructor == b->is_instructor && g_strcmp0 (a->edition, b->edition) == 0
         && g_strcmp0 (a->mode, b->mode) == 0 && g_strcmp0 (a->units, b->units) == 0
         && strcmp (a->subscription_end, b->subscription_end) == 0;
}
