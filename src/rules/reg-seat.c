/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-rules"

#include "rules/reg-seat.h"

#include <glib/gi18n-lib.h>

/* So many other sessions are named where one is full. */
#define MAX_OFFERS 3

/**
 * reg_enrollment_get_held_session:
 * @self: an enrollment
 *
 * Who attended, or was incomplete, has taken the seat too; a no-show gave it back.
 *
 * Returns: the session in which it takes a seat, or 0
 */
gint64
reg_enrollment_get_held_session (const RegEnrollment *self)
{
  if (!self->present)
    return 0;
  switch (self->seat)
    {
    case REG_SEAT_ENROLLED:
    case REG_SEAT_ATTENDED:
    case REG_SEAT_INCOMPLETE:
      return self->session_id;
    case REG_SEAT_NONE:
    case REG_SEAT_NO_SHOW:
      return 0;
    }
  g_return_val_if_reached (0);
}

gboolean
reg_session_is_full (const RegSession *self)
{
  return self->seats > 0 && self->taken >= self->seats;
}

gboolean
reg_session_is_past (const RegSession *self, gint64 now)
{
  return self->ends_at < now;
}

static guint32
get_day (gint64 unix_seconds, GTimeZone *time_zone)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (unix_seconds);
  g_autoptr (GDateTime) there = NULL;
  GDate date;

  if (utc == NULL)
    return 0;
  there = time_zone != NULL ? g_date_time_to_timezone (utc, time_zone) : g_date_time_ref (utc);
  g_date_clear (&date, 1);
  g_date_set_dmy (&date, g_date_time_get_day_of_month (there), g_date_time_get_month (there),
                  g_date_time_get_year (there));
  return g_date_get_julian (&date);
}

/**
 * reg_session_get_days_past:
 * @self: a session
 * @now: unix seconds
 * @time_zone: (nullable): the site's; UTC where it is %NULL
 *
 * Returns: how many days ago its last day was, as the site's calendar counts; negative for one to
 *   come
 */
gint64
reg_session_get_days_past (const RegSession *self, gint64 now, GTimeZone *time_zone)
{
  return (gint64)get_day (now, time_zone) - get_day (self->ends_at, time_zone);
}

/**
 * reg_session_is_open:
 * @self: a session
 * @now: unix seconds
 * @time_zone: (nullable): the site's; UTC where it is %NULL
 *
 * Returns: whether people may still be put into it: it is to come, or its last day was at
 *   most %REG_SESSION_RETROACTIVE_DAYS days ago
 */
gboolean
reg_session_is_open (const RegSession *self, gint64 now, GTimeZone *time_zone)
{
  return reg_session_get_days_past (self, now, time_zone) <= REG_SESSION_RETROACTIVE_DAYS;
}

/**
 * reg_session_dup_label:
 * @self: a session
 * @time_zone: (nullable): the site's; UTC where it is %NULL
 *
 * Returns: (transfer full): its place and when it begins: "Berlin, 2026-12-02 09:00"
 */
char *
reg_session_dup_label (const RegSession *self, GTimeZone *time_zone)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (self->starts_at);
  g_autoptr (GDateTime) there = NULL;
  g_autofree char *when = NULL;

  if (utc == NULL)
    return g_strdup (self->place);
  there = time_zone != NULL ? g_date_time_to_timezone (utc, time_zone) : g_date_time_ref (utc);
  when = g_date_time_format (there, "%Y-%m-%d %H:%M");
  /* Translators: place and beginning of a session. */
  return *self->place != '\0' ? g_strdup_printf (_ ("%s, %s"), self->place, when)
                              : g_steal_pointer (&when);
}

/**
 * reg_sessions_find:
 * @sessions: (element-type RegSession): sessions
 * @id: one of them
 *
 * Returns: (transfer none) (nullable): the session
 */
RegSession *
reg_sessions_find (GPtrArray *sessions, gint64 id)
{
  for (guint i = 0; i < sessions->len; i++)
    {
      RegSession *session = g_ptr_array_index (sessions, i);

      if (session->id == id)
        return session;
    }
  return NULL;
}

/**
 * reg_sessions_move_seat:
 * @sessions: (element-type RegSession): sessions; their counts are changed
 * @from: where a seat was taken, or 0
 * @to: where it is taken now, or 0
 */
void
reg_sessions_move_seat (GPtrArray *sessions, gint64 from, gint64 to)
{
  RegSession *left = from != 0 && from != to ? reg_sessions_find (sessions, from) : NULL;
  RegSession *entered = to != 0 && from != to ? reg_sessions_find (sessions, to) : NULL;

  if (left != NULL)
    left->taken = MAX (0, left->taken - 1);
  if (entered != NULL)
    entered->taken++;
}

/**
 * reg_sessions_dup_offers:
 * @sessions: (element-type RegSession): a course's sessions, the earliest first
 * @except: one that is full
 * @now: unix seconds
 * @time_zone: (nullable): the site's; UTC where it is %NULL
 *
 * Returns: (transfer full) (nullable): the next sessions with free seats, in words; %NULL where
 *   there are none
 */
char *
reg_sessions_dup_offers (GPtrArray *sessions, gint64 except, gint64 now, GTimeZone *time_zone)
{
  g_autoptr (GString) out = g_string_new (NULL);
  guint n = 0;

  for (guint i = 0; i < sessions->len && n < MAX_OFFERS; i++)
    {
      const RegSession *session = g_ptr_array_index (sessions, i);
      g_autofree char *label = NULL;

      if (session->id == except || reg_session_is_past (session, now)
          || reg_session_is_full (session))
        continue;
      label = reg_session_dup_label (session, time_zone);
      g_string_append (out, n++ > 0 ? "; " : "");
      g_string_append (out, label);
    }
  return n > 0 ? g_string_free (g_steal_pointer (&out), FALSE) : NULL;
}
