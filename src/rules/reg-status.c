/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-rules"

#include "rules/reg-status.h"

#include "base/reg-words.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/**
 * reg_enrollment_get_status:
 * @self: an enrollment
 * @kind: the kind of its course
 *
 * Derives the status that is shown, in the order of SPEC §6: Unenrolled, Completed, Enrolled (a
 * seat is held), XX% Completed, Started, Not Started.
 *
 * Returns: the status
 */
RegStatus
reg_enrollment_get_status (const RegEnrollment *self, RegCourseKind kind)
{
  if (!self->present)
    return REG_STATUS_ABSENT;
  if (self->access == REG_ACCESS_REVOKED)
    return REG_STATUS_UNENROLLED;
  if (self->completed_at != 0)
    return REG_STATUS_COMPLETED;
  if (kind == REG_COURSE_ILT && self->seat == REG_SEAT_ENROLLED)
    return REG_STATUS_ENROLLED;
  if (self->progress > 0)
    return REG_STATUS_IN_PROGRESS;
  return self->started_at != 0 ? REG_STATUS_STARTED : REG_STATUS_NOT_STARTED;
}

/**
 * reg_enrollment_dup_product_label:
 * @self: an enrollment
 * @editions: the editions of its course, as of reg_course_parse_parts ()
 * @units: likewise
 *
 * Returns: (transfer full) (nullable): edition, units and subscription in words, translated; %NULL
 *   for the course as a whole
 */
char *
reg_enrollment_dup_product_label (const RegEnrollment *self,
                                  const char *editions,
                                  const char *units)
{
  GString *text = g_string_new (NULL);

  if (self->edition != NULL)
    {
      g_autofree char *name = reg_course_dup_part_names (editions, self->edition);

      reg_words_add (text, name);
    }
  if (self->units != NULL)
    {
      g_autofree char *names = reg_course_dup_part_names (units, self->units);

      reg_words_add (text, names);
    }
  if (g_strcmp0 (self->mode, REG_MODE_SUBSCRIPTION) == 0 && self->subscription_end[0] != '\0')
    {
      g_autofree char *until =
          g_strdup_printf (_ ("Subscription until %s"), self->subscription_end);

      reg_words_add (text, until);
    }
  else if (g_strcmp0 (self->mode, REG_MODE_SUBSCRIPTION) == 0)
    {
      reg_words_add (text, _ ("Subscription"));
    }
  return g_string_free (text, text->len == 0);
}

/**
 * reg_status_get_label:
 * @status: a status
 *
 * Returns: (transfer none): its translated word; for one in progress the one used in filters
 */
const char *
reg_status_get_label (RegStatus status)
{
  switch (status)
    {
    case REG_STATUS_ABSENT:
      return _ ("Not Enrolled");
    case REG_STATUS_NOT_STARTED:
      return _ ("Not Started");
    case REG_STATUS_STARTED:
      return _ ("Started");
    case REG_STATUS_IN_PROGRESS:
      return _ ("In Progress");
    case REG_STATUS_ENROLLED:
      return _ ("Enrolled");
    case REG_STATUS_COMPLETED:
      return _ ("Completed");
    case REG_STATUS_UNENROLLED:
      return _ ("Unenrolled");
    }
  g_return_val_if_reached ("");
}

/**
 * reg_enrollment_dup_status_label:
 * @self: an enrollment
 * @kind: the kind of its course
 *
 * Returns: (transfer full): what the list shows: "40% Completed", "Unenrolled (was 40%)", …
 */
char *
reg_enrollment_dup_status_label (const RegEnrollment *self, RegCourseKind kind)
{
  RegStatus status = reg_enrollment_get_status (self, kind);

  if (status == REG_STATUS_IN_PROGRESS)
    return g_strdup_printf (_ ("%d%% Completed"), self->progress);
  if (status == REG_STATUS_UNENROLLED && self->archived && self->completed_at != 0)
    return g_strdup (_ ("Archived (was Completed)"));
  if (status == REG_STATUS_UNENROLLED && self->archived)
    return g_strdup_printf (_ ("Archived (was %d%%)"), self->progress);
  if (status == REG_STATUS_UNENROLLED && self->completed_at != 0)
    return g_strdup (_ ("Unenrolled (was Completed)"));
  if (status == REG_STATUS_UNENROLLED)
    return g_strdup_printf (_ ("Unenrolled (was %d%%)"), self->progress);
  return g_strdup (reg_status_get_label (status));
}

/**
 * reg_enrollment_is_overdue:
 * @self: an enrollment
 * @today: YYYY-MM-DD
 *
 * Returns: whether its due date has passed and it is neither completed nor unenrolled
 */
gboolean
reg_enrollment_is_overdue (const RegEnrollment *self, const char *today)
{
  return self->present && self->access == REG_ACCESS_ACTIVE && self->completed_at == 0
         && self->due_date[0] != '\0' && strcmp (self->due_date, today) < 0;
}

const char *
reg_user_state_get_label (RegUserState state)
{
  switch (state)
    {
    case REG_USER_STATE_PENDING:
      return _ ("Waiting for Approval");
    case REG_USER_STATE_ACTIVE:
      return _ ("Active");
    case REG_USER_STATE_DEACTIVATED:
      return _ ("Deactivated");
    case REG_USER_STATE_ARCHIVED:
      return _ ("Archived");
    }
  g_return_val_if_reached ("");
}

const char *
reg_role_get_label (RegRole role)
{
  switch (role)
    {
    case REG_ROLE_LEARNER:
      return C_ ("role", "Learner");
    case REG_ROLE_COORDINATOR:
      return C_ ("role", "Coordinator");
    case REG_ROLE_INSTRUCTOR:
      return C_ ("role", "Instructor");
    case REG_ROLE_MANAGER:
      return C_ ("role", "Manager");
    case REG_ROLE_ADMINISTRATOR:
      return C_ ("role", "Administrator");
    case REG_ROLE_PRIMARY_ADMIN:
      return C_ ("role", "Primary Administrator");
    }
  g_return_val_if_reached ("");
}

const char *
reg_requirement_get_label (RegRequirement requirement)
{
  return requirement == REG_REQUIREMENT_REQUIRED ? _ ("Required") : _ ("Optional");
}

const char *
reg_course_kind_get_label (RegCourseKind kind)
{
  switch (kind)
    {
    case REG_COURSE_SELF_PACED:
      return _ ("Self-paced");
    case REG_COURSE_ILT:
      return _ ("Instructor-led");
    case REG_COURSE_PATH:
      return _ ("Curriculum");
    case REG_COURSE_EXTERNAL:
      return _ ("External");
    }
  g_return_val_if_reached ("");
}

/**
 * reg_source_get_label:
 * @source: how somebody came to a course
 *
 * Returns: (transfer none): it in words, translated
 */
const char *
reg_source_get_label (RegSource source)
{
  switch (source)
    {
    case REG_SOURCE_MANUAL:
      return _ ("Assigned");
    case REG_SOURCE_SELF:
      return _ ("By themselves");
    case REG_SOURCE_TEAM:
      return _ ("Through a team");
    case REG_SOURCE_QUALIFICATION:
      return _ ("Based on a qualification");
    case REG_SOURCE_IMPORT:
      return _ ("By an import");
    case REG_SOURCE_AUTO:
      return _ ("Reassigned automatically");
    }
  g_return_val_if_reached ("");
}
