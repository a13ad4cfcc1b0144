/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define REG_TYPE_SESSION (reg_session_get_type ())

/**
 * RegSession:
 * @starts_at: unix seconds; so is @ends_at
 * @seats: how many people it takes; 0 for no limit
 * @taken: seats held, as the LMS says
 *
 * One instructor-led session of a course.
 */
typedef struct
{
  gint64 id;
  gint64 revision;
  gint64 course_id;
  char *place;
  gint64 starts_at;
  gint64 ends_at;
  int seats;
  int taken;
} RegSession;

GType reg_session_get_type (void);
RegSession *reg_session_new (void);
RegSession *reg_session_copy (const RegSession *self);
void reg_session_free (RegSession *self);
void reg_session_clear (RegSession *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RegSession, reg_session_free)

G_END_DECLS
