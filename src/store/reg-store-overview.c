/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-store"

#include "store/reg-store-overview.h"

#include "store/reg-store-private.h"
#include "store/reg-user-index.h"

#include <stdio.h>
#include <string.h>

/* The status as reg_enrollment_get_status () has it, how the due date stands, and the month of the
 * completion, counted together. */
#define SELECT_OVERVIEW                                                                            \
  "SELECT CASE WHEN access = ?3 THEN ?4 WHEN completed_at <> 0 THEN ?5 "                           \
  "WHEN ?6 AND seat = ?7 THEN ?8 WHEN progress > 0 THEN ?9 WHEN started_at <> 0 THEN ?10 "         \
  "ELSE ?11 END, "                                                                                 \
  "CASE WHEN due_date = '' THEN ?12 WHEN due_date < ?13 THEN ?14 WHEN due_date <= ?15 THEN ?16 "   \
  "ELSE ?17 END, "                                                                                 \
  "CASE WHEN completed_at >= ?18 THEN strftime('%Y', completed_at, 'unixepoch') * 12 "             \
  "+ strftime('%m', completed_at, 'unixepoch') ELSE 0 END, count(*) "                              \
  "FROM enrollment WHERE id >= ?1 AND id <= ?2 GROUP BY 1, 2, 3"

static gint64
get_seconds (int year, int month)
{
  g_autoptr (GDateTime) time = g_date_time_new_utc (year, month, 1, 0, 0, 0);

  return time != NULL ? g_date_time_to_unix (time) : 0;
}

/* The months up to that of today, which is YYYY-MM-DD. */
static void
prepare_months (RegOverview *overview, const char *today)
{
  int year = 1970, month = 1;

  if (sscanf (today, "%d-%d", &year, &month) != 2 || month < 1 || month > 12)
    year = 1970, month = 1;
  for (int i = REG_OVERVIEW_MONTHS - 1; i >= 0; i--)
    {
      RegOverviewMonth *one = &overview->months[i];

      one->year = year;
      one->month = month;
      one->from = get_seconds (year, month);
      one->until = month == 12 ? get_seconds (year + 1, 1) : get_seconds (year, month + 1);
      if (--month == 0)
        {
          month = 12;
          year--;
        }
    }
}

/* The last of the seven days that begin with today. */
static char *
dup_week_end (const char *today)
{
  g_autofree char *text = g_strdup_printf ("%sT00:00:00Z", today);
  g_autoptr (GDateTime) start = g_date_time_new_from_iso8601 (text, NULL);
  g_autoptr (GDateTime) end = start != NULL ? g_date_time_add_days (start, 6) : NULL;

  return end != NULL ? g_date_time_format (end, "%Y-%m-%d") : g_strdup (today);
}

static void
bind_meanings (sqlite3_stmt *stmt, gboolean is_ilt, const char *today, const char *week_end)
{
  sqlite3_bind_int (stmt, 3, REG_ACCESS_REVOKED);
  sqlite3_bind_int (stmt, 4, REG_STATUS_UNENROLLED);
  sqlite3_bind_int (stmt, 5, REG_STATUS_COMPLETED);
  sqlite3_bind_int (stmt, 6, is_ilt);
  sqlite3_bind_int (stmt, 7, REG_SEAT_ENROLLED);
  sqlite3_bind_int (stmt, 8, REG_STATUS_ENROLLED);
  sqlite3_bind_int (stmt, 9, REG_STATUS_IN_PROGRESS);
  sqlite3_bind_int (stmt, 10, REG_STATUS_STARTED);
  sqlite3_bind_int (stmt, 11, REG_STATUS_NOT_STARTED);
  sqlite3_bind_int (stmt, 12, REG_DUE_NONE);
  sqlite3_bind_text (stmt, 13, today, -1, SQLITE_STATIC);
  sqlite3_bind_int (stmt, 14, REG_DUE_OVERDUE);
  sqlite3_bind_text (stmt, 15, week_end, -1, SQLITE_STATIC);
  sqlite3_bind_int (stmt, 16, REG_DUE_THIS_WEEK);
  sqlite3_bind_int (stmt, 17, REG_DUE_LATER);
}

static void
add_group (RegOverview *overview, sqlite3_stmt *stmt)
{
  int status = CLAMP (sqlite3_column_int (stmt, 0), 0, REG_N_STATUSES - 1);
  int due = CLAMP (sqlite3_column_int (stmt, 1), 0, REG_N_DUE_FILTERS - 1);
  int month = sqlite3_column_int (stmt, 2);
  gint64 n = sqlite3_column_int64 (stmt, 3);

  overview->n += n;
  overview->statuses[status] += n;
  if ((REG_STATUS_BIT (status) & REG_STATUS_ALL_OPEN) != 0)
    {
      overview->n_open += n;
      overview->dues[due] += n;
    }
  for (guint i = 0; status == REG_STATUS_COMPLETED && i < REG_OVERVIEW_MONTHS; i++)
    if (overview->months[i].year * 12 + overview->months[i].month == month)
      overview->months[i].n += n;
}

/**
 * reg_store_get_overview:
 * @self: a store
 * @course_id: a course
 * @today: YYYY-MM-DD
 * @overview: (out caller-allocates): its numbers
 * @error: return location
 */
gboolean
reg_store_get_overview (RegStore *self,
                        gint64 course_id,
                        const char *today,
                        RegOverview *overview,
                        GError **error)
{
  g_autoptr (RegCourse) course = reg_store_get_course (self, course_id, error);
  g_autofree char *week_end = dup_week_end (today);
  RegStoreDb *db = &self->reader;
  sqlite3_stmt *stmt;
  gboolean row = TRUE;

  memset (overview, 0, sizeof *overview);
  if (course == NULL)
    return FALSE;
  prepare_months (overview, today);
  reg_store_db_lock (db);
  stmt = reg_store_db_prepare (db, SELECT_OVERVIEW, error);
  if (stmt != NULL)
    {
      sqlite3_bind_int64 (stmt, 1, reg_enrollment_id (0, course_id));
      sqlite3_bind_int64 (stmt, 2, reg_enrollment_id (-1, course_id));
      bind_meanings (stmt, course->kind == REG_COURSE_ILT, today, week_end);
      sqlite3_bind_int64 (stmt, 18, overview->months[0].from);
      while (reg_store_db_step (db, stmt, &row, error) && row)
        add_group (overview, stmt);
      sqlite3_clear_bindings (stmt);
    }
  reg_store_db_unlock (db);
  return !row;
}

static RegLabel *
label_new_for_user (const RegUser *user)
{
  RegLabel *label = reg_label_new ();

  label->id = user->id;
  g_free (label->name);
  label->name = reg_user_dup_name (user);
  return label;
}

/**
 * reg_store_list_managers:
 * @self: a store
 * @limit: at most so many
 * @error: return location
 *
 * Returns: (transfer full) (element-type RegLabel) (nullable): who has somebody reporting to them;
 *   %NULL on error
 */
GPtrArray *
reg_store_list_managers (RegStore *self, gsize limit, GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify)reg_label_free);
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (RegIdList) ids = NULL;

  reg_store_db_lock (&self->reader);
  if (reg_user_index_refresh (self->user_index, &self->reader, NULL, error))
    ids = reg_user_index_list_managers (self->user_index);
  reg_store_db_unlock (&self->reader);
  rows = ids != NULL ? reg_store_get_user_rows (self, ids->ids, MIN (ids->n, limit), error) : NULL;
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      const RegUserRow *row = g_ptr_array_index (rows, i);

      if (row != NULL)
        g_ptr_array_add (list, label_new_for_user (row->user));
    }
  return rows != NULL ? g_steal_pointer (&list) : NULL;
}

#define ASSIGNERS(which)                                                                           \
  "SELECT u.id, u.given_name, u.family_name, u.email FROM (SELECT DISTINCT assigned_by AS id "     \
  "FROM enrollment WHERE " which " AND assigned_by <> 0) AS a "                                    \
  "JOIN user AS u ON u.id = a.id ORDER BY u.search_text"

/**
 * reg_store_list_assigners:
 * @self: a store
 * @course_id: a course; or 0 with
 * @user_id: a person
 * @error: return location
 *
 * Returns: (transfer full) (element-type RegLabel) (nullable): who assigned the course to anybody,
 *   or anything to the person; %NULL on error
 */
GPtrArray *
reg_store_list_assigners (RegStore *self, gint64 course_id, gint64 user_id, GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify)reg_label_free);
  RegStoreDb *db = &self->reader;
  sqlite3_stmt *stmt;
  gboolean row = TRUE;

  reg_store_db_lock (db);
  stmt = reg_store_db_prepare (
      db, course_id != 0 ? ASSIGNERS ("id >= ?1 AND id <= ?2") : ASSIGNERS ("user_id = ?1"), error);
  if (stmt != NULL)
    {
      sqlite3_bind_int64 (stmt, 1, course_id != 0 ? reg_enrollment_id (0, course_id) : user_id);
      if (course_id != 0)
        sqlite3_bind_int64 (stmt, 2, reg_enrollment_id (-1, course_id));
      while (reg_store_db_step (db, stmt, &row, error) && row)
        {
          const RegUser user = { .id = sqlite3_column_int64 (stmt, 0),
                                 .given_name = (char *)reg_store_column_text (stmt, 1),
                                 .family_name = (char *)reg_store_column_text (stmt, 2),
                                 .email = (char *)reg_store_column_text (stmt, 3) };

          g_ptr_array_add (list, label_new_for_user (&user));
        }
    }
  reg_store_db_unlock (db);
  return row ? NULL : g_steal_pointer (&list);
}
