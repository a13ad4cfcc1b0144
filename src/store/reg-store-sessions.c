/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sessions: how many seats are taken when the waiting changes are done, and who teaches. */
#define G_LOG_DOMAIN "reg-store"

#include "store/reg-store-private.h"

#include "model/reg-session.h"
#include "model/reg-site.h"
#include "rules/reg-seat.h"
#include "store/reg-store-query-private.h"

/* Seats that are held, as reg_enrollment_get_held_session () has it. */
#define HELD "seat IN (1, 2, 3)"
G_STATIC_ASSERT (REG_SEAT_ENROLLED == 1 && REG_SEAT_INCOMPLETE == 3);

/* What waits moves seats from where the base has them to where the effective row has them. */
#define SESSIONS                                                                                   \
  "SELECT s.id, s.revision, s.course_id, s.place, s.starts_at, s.ends_at, s.seats, "               \
  "max(0, s.taken + coalesce(w.n, 0)) FROM session AS s LEFT JOIN ("                               \
  "SELECT session_id, sum(n) AS n FROM ("                                                          \
  "SELECT e.session_id AS session_id, 1 AS n FROM enrollment_base AS b "                           \
  "CROSS JOIN enrollment AS e ON e.id = b.id WHERE b.id >= ?2 AND b.id <= ?3 AND e." HELD          \
  " UNION ALL SELECT b.session_id, -1 FROM enrollment_base AS b "                                  \
  "WHERE b.id >= ?2 AND b.id <= ?3 AND b.present AND b." HELD                                      \
  ") GROUP BY session_id) AS w ON w.session_id = s.id "                                            \
  "WHERE s.course_id = ?1 ORDER BY s.starts_at, s.id"

static gpointer
read_session (sqlite3_stmt *stmt)
{
  RegSession *session = g_new0 (RegSession, 1);

  session->id = sqlite3_column_int64 (stmt, 0);
  session->revision = sqlite3_column_int64 (stmt, 1);
  session->course_id = sqlite3_column_int64 (stmt, 2);
  session->place = reg_store_column_dup (stmt, 3);
  session->starts_at = sqlite3_column_int64 (stmt, 4);
  session->ends_at = sqlite3_column_int64 (stmt, 5);
  session->seats = sqlite3_column_int (stmt, 6);
  session->taken = sqlite3_column_int (stmt, 7);
  return session;
}

GPtrArray *
reg_store_read_sessions (RegStoreDb *db, gint64 course_id, GError **error)
{
  return reg_store_db_list (
      db, SESSIONS,
      REG_NUMBERS (course_id, reg_enrollment_id (0, course_id), reg_enrollment_id (-1, course_id)),
      read_session, (GDestroyNotify)reg_session_free, error);
}

GTimeZone *
reg_store_read_time_zone (RegStoreDb *db)
{
  sqlite3_stmt *stmt =
      reg_store_db_prepare (db, "SELECT value FROM setting WHERE key = 'site'", NULL);
  g_autoptr (RegSite) site = NULL;
  gboolean row;

  if (stmt == NULL || !reg_store_db_step (db, stmt, &row, NULL) || !row)
    return NULL;
  site = reg_site_new_from_text (reg_store_column_text (stmt, 0), NULL);
  sqlite3_reset (stmt);
  return site != NULL && site->time_zone != NULL ? g_time_zone_new_identifier (site->time_zone)
                                                 : NULL;
}

gboolean
reg_store_get_server_seat (RegStoreTransaction *self,
                           gint64 user_id,
                           gint64 course_id,
                           gint64 *session_id,
                           GError **error)
{
  sqlite3_stmt *stmt = reg_store_db_prepare (
      self->db,
      "SELECT CASE WHEN b.id IS NULL THEN (SELECT session_id FROM enrollment WHERE id = k.id "
      "AND " HELD ") WHEN b.present AND b." HELD " THEN b.session_id END "
      "FROM (SELECT ?1 AS id) AS k LEFT JOIN enrollment_base AS b ON b.id = k.id",
      error);

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, reg_enrollment_id (user_id, course_id));
  return reg_store_db_get_int64 (self->db, stmt, session_id, 0, error);
}

static gboolean
count_seat (RegStoreTransaction *self, gint64 session_id, int difference, GError **error)
{
  sqlite3_stmt *stmt;

  if (session_id == 0)
    return TRUE;
  stmt = reg_store_db_prepare (
      self->db, "UPDATE session SET taken = max(0, taken + ?2) WHERE id = ?1", error);
  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, session_id);
  sqlite3_bind_int (stmt, 2, difference);
  self->event.courses = TRUE;
  return reg_store_db_run (self->db, stmt, error);
}

gboolean
reg_store_move_server_seat (RegStoreTransaction *self, gint64 from, gint64 to, GError **error)
{
  return from == to || (count_seat (self, from, -1, error) && count_seat (self, to, +1, error));
}

gboolean
reg_store_is_instructor (RegStoreTransaction *self,
                         gint64 user_id,
                         gint64 course_id,
                         gboolean *is_instructor,
                         GError **error)
{
  sqlite3_stmt *stmt = reg_store_db_prepare (
      self->db, "SELECT 1 FROM enrollment WHERE id = ?1 AND is_instructor AND access = 0", error);

  G_STATIC_ASSERT (REG_ACCESS_ACTIVE == 0);
  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, reg_enrollment_id (user_id, course_id));
  if (!reg_store_db_step (self->db, stmt, is_instructor, error))
    return FALSE;
  if (*is_instructor)
    sqlite3_reset (stmt);
  return TRUE;
}

/**
 * reg_store_list_instructed:
 * @self: a store
 * @user_id: a person
 * @error: return location
 *
 * Returns: (transfer full) (element-type gint64): the courses the person was made an instructor of
 *   and has access to; %NULL with @error set on failure
 */
GArray *
reg_store_list_instructed (RegStore *self, gint64 user_id, GError **error)
{
  g_autoptr (GArray) courses = g_array_new (FALSE, FALSE, sizeof (gint64));
  RegStoreDb *db = &self->reader;
  sqlite3_stmt *stmt;
  gboolean ok = FALSE;

  reg_store_db_lock (db);
  stmt = reg_store_db_prepare (db,
                               "SELECT course_id FROM enrollment WHERE user_id = ?1 "
                               "AND is_instructor AND access = 0 ORDER BY course_id",
                               error);
  if (stmt != NULL)
    sqlite3_bind_int64 (stmt, 1, user_id);
  while (reg_store_next_row (db, stmt, &ok, error))
    {
      gint64 id = sqlite3_column_int64 (stmt, 0);

      g_array_append_val (courses, id);
    }
  reg_store_db_unlock (db);
  return ok ? g_steal_pointer (&courses) : NULL;
}
