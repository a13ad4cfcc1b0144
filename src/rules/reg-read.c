/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-rules"

#include "rules/reg-read.h"

#include "rules/reg-operation-private.h"

#include <glib/gi18n-lib.h>

#define ROLES_SEEING                                                                               \
  (REG_ROLES_MANAGING | REG_ROLE_BIT (REG_ROLE_INSTRUCTOR) | REG_ROLE_BIT (REG_ROLE_COORDINATOR))
#define STATUSES_OF_CONTENT                                                                        \
  (REG_STATUS_BIT (REG_STATUS_NOT_STARTED) | REG_STATUS_BIT (REG_STATUS_STARTED)                   \
   | REG_STATUS_BIT (REG_STATUS_IN_PROGRESS) | REG_STATUS_BIT (REG_STATUS_COMPLETED))

static const RegRead reads[] = {
  {
      .name = "view-history",
      .what = "history",
      .label = N_ ("View History"),
      .title = N_ ("History"),
      .statuses = REG_STATUS_ALL_PRESENT | REG_STATUS_BIT (REG_STATUS_UNENROLLED),
      .roles = ROLES_SEEING,
  },
  {
      .name = "view-activity",
      .what = "activity",
      .label = N_ ("View SCORM/xAPI Activity"),
      .title = N_ ("SCORM/xAPI Activity"),
      .statuses = REG_STATUS_BIT (REG_STATUS_STARTED),
      .roles = REG_ROLES_ADMIN,
      .needs_scorm = TRUE,
  },
  {
      .name = "view-chapters",
      .what = "chapters",
      .label = N_ ("View Chapter Insights"),
      .title = N_ ("Chapter Insights"),
      .statuses = STATUSES_OF_CONTENT,
      .roles = ROLES_SEEING,
  },
  {
      .name = "view-quiz",
      .what = "quiz",
      .label = N_ ("View Quiz Insights"),
      .title = N_ ("Quiz Insights"),
      .statuses = STATUSES_OF_CONTENT,
      .roles = ROLES_SEEING,
      .needs_quiz = TRUE,
  },
};

/**
 * reg_read_find:
 * @name: an entry of the menus
 *
 * Returns: (nullable) (transfer none): what it shows, or %NULL where it is none of these
 */
const RegRead *
reg_read_find (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (reads); i++)
    if (g_strcmp0 (reads[i].name, name) == 0)
      return &reads[i];
  return NULL;
}

/**
 * reg_read_find_what:
 * @what: the word of the wire API
 *
 * Returns: (nullable) (transfer none): what it shows
 */
const RegRead *
reg_read_find_what (const char *what)
{
  for (guint i = 0; i < G_N_ELEMENTS (reads); i++)
    if (g_strcmp0 (reads[i].what, what) == 0)
      return &reads[i];
  return NULL;
}

/**
 * reg_read_list:
 * @n: (out): how many
 *
 * Returns: (transfer none) (array length=n): all of them
 */
const RegRead *
reg_read_list (guint *n)
{
  *n = G_N_ELEMENTS (reads);
  return reads;
}

gboolean
reg_read_is_for (const RegRead *self, const RegCourse *course, guint roles)
{
  return (self->roles & roles) != 0 && (!self->needs_scorm || course->has_scorm)
         && (!self->needs_quiz || course->has_quiz);
}

const char *
reg_menu_entry_get_name (const RegMenuEntry *self)
{
  return self->operation != NULL ? self->operation->name : self->read->name;
}
