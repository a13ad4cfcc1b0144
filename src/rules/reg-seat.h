/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Seats in sessions: who holds one, which sessions are past, and which of those may still be
 * chosen. */
#pragma once

#include "model/reg-enrollment.h"
#include "model/reg-session.h"

G_BEGIN_DECLS

/* D-06: for so many days after its last one a session may still be chosen. */
#define REG_SESSION_RETROACTIVE_DAYS 90

/* The session whose seats the enrollment counts among, or 0. */
gint64 reg_enrollment_get_held_session (const RegEnrollment *self);

gboolean reg_session_is_full (const RegSession *self);
gboolean reg_session_is_past (const RegSession *self, gint64 now);
gint64 reg_session_get_days_past (const RegSession *self, gint64 now, GTimeZone *time_zone);
gboolean reg_session_is_open (const RegSession *self, gint64 now, GTimeZone *time_zone);
char *reg_session_dup_label (const RegSession *self, GTimeZone *time_zone);

/* Of a course's sessions (element-type RegSession). */
RegSession *reg_sessions_find (GPtrArray *sessions, gint64 id);
void reg_sessions_move_seat (GPtrArray *sessions, gint64 from, gint64 to);
char *
reg_sessions_dup_offers (GPtrArray *sessions, gint64 except, gint64 now, GTimeZone *time_zone);

G_END_DECLS
