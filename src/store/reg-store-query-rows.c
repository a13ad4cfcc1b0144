/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows as lists show them: records with the names of what they refer to. */
#define G_LOG_DOMAIN "reg-store"

#include "store/reg-store-query.h"

#include "rules/reg-status.h"
#include "store/reg-store-query-private.h"

/* Whether a target has open changes (0) and one that needs a person (1): NULL, 0 or 1. */
#define SQL_SYNC(user, course)                                                                     \
  "(SELECT max (state > 3) FROM change WHERE user_id = " user " AND course_id = " course           \
  " AND " REG_SQL_OPEN ")"

static RegSyncState
read_sync_state (sqlite3_stmt *stmt, int column)
{
  if (sqlite3_column_type (stmt, column) == SQLITE_NULL)
    return REG_SYNCED;
  return sqlite3_column_int (stmt, column) != 0 ? REG_NEEDS_ATTENTION : REG_WAITING;
}

/* A name as reg_user_dup_name () makes it, from given name, family name and e-mail; NULL where the
 * columns are. */
static char *
read_name (sqlite3_stmt *stmt, int first)
{
  RegUser user = { 0 };

  if (sqlite3_column_type (stmt, first) == SQLITE_NULL)
    return NULL;
  user.given_name = (char *)reg_store_column_text (stmt, first);
  user.family_name = (char *)reg_store_column_text (stmt, first + 1);
  user.email = (char *)reg_store_column_text (stmt, first + 2);
  return reg_user_dup_name (&user);
}

static char *
read_text (sqlite3_stmt *stmt, int column)
{
  return g_strdup (reg_store_column_text (stmt, column));
}

void
reg_user_row_free (RegUserRow *self)
{
  g_clear_pointer (&self->user, reg_user_free);
  g_free (self->location);
  g_free (self->groups);
  g_free (self->manager);
  g_free (self);
}

void
reg_enrollment_row_free (RegEnrollmentRow *self)
{
  g_clear_pointer (&self->enrollment, reg_enrollment_free);
  g_free (self->user_name);
  g_free (self->user_email);
  g_free (self->user_employee_id);
  g_free (self->course_title);
  g_free (self->course_code);
  g_free (self->assigned_by);
  g_free (self->session_place);
  g_free (self->pool_name);
  g_free (self->product);
  g_free (self);
}

void
reg_course_row_free (RegCourseRow *self)
{
  g_clear_pointer (&self->course, reg_course_free);
  g_free (self);
}

/* GPtrArray calls it for rows that are gone, too. */
static void
user_row_clear (gpointer row)
{
  if (row != NULL)
    reg_user_row_free (row);
}

static void
enrollment_row_clear (gpointer row)
{
  if (row != NULL)
    reg_enrollment_row_free (row);
}

#define SQL_USER_ROW                                                                               \
  "SELECT u.*, m.given_name, m.family_name, m.email, " SQL_SYNC (                                  \
      "?1", "0") " FROM (SELECT " REG_SQL_USER " FROM user WHERE id = ?1) AS u"                    \
                 " LEFT JOIN user AS m ON m.id = u.manager_id"

static RegUserRow *
read_user_row (sqlite3_stmt *stmt, RegLabelNames *labels)
{
  RegUserRow *row = g_new0 (RegUserRow, 1);

  row->user = g_new0 (RegUser, 1);
  reg_store_read_user (stmt, 0, row->user);
  row->manager = read_name (stmt, REG_N_SQL_USER);
  row->sync_state = read_sync_state (stmt, REG_N_SQL_USER + 3);
  row->location = g_strdup (reg_label_names_get (labels, row->user->location_id));
  row->groups = reg_label_names_dup_groups (labels, row->user->labels);
  return row;
}

/**
 * reg_store_get_user_rows:
 * @self: a store
 * @ids: (array length=n): users
 * @n: how many
 * @error: return location
 *
 * Location and groups are "" where there are none, the manager is %NULL.
 *
 * Returns: (transfer full) (element-type RegUserRow): a row per id, %NULL for one that is gone;
 *   %NULL with @error set on failure
 */
GPtrArray *
reg_store_get_user_rows (RegStore *self, const gint64 *ids, gsize n, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_full (n, user_row_clear);
  RegStoreDb *db = &self->reader;
  sqlite3_stmt *stmt = NULL;
  gboolean ok;

  reg_store_db_lock (db);
  ok = reg_user_index_refresh_labels (self->user_index, db, error);
  if (ok)
    stmt = reg_store_db_prepare (db, SQL_USER_ROW, error);
  ok = stmt != NULL;
  for (gsize i = 0; ok && i < n; i++)
    {
      sqlite3_bind_int64 (stmt, 1, ids[i]);
      if (reg_store_next_row (db, stmt, &ok, error))
        g_ptr_array_add (rows, read_user_row (stmt, reg_user_index_get_labels (self->user_index)));
      else
        g_ptr_array_add (rows, NULL);
      sqlite3_reset (stmt);
    }
  reg_store_db_unlock (db);
  return ok ? g_steal_pointer (&rows) : NULL;
}

#define SQL_ENROLLMENT_ROW                                                                         \
  "SELECT e.*, u.given_name, u.family_name, u.email, u.employee_id, u.state, c.kind, c.title, "    \
  "c.code, a.given_name, a.family_name, a.email, s.place, s.starts_at, c.has_scorm, "              \
  "c.has_quiz, p.name, u.manager_id, c.editions, c.units, " SQL_SYNC (                             \
      "e.user_id", "e.course_id") " FROM (SELECT " REG_SQL_ENROLLMENT                              \
                                  " FROM enrollment WHERE id = ?1) AS e"                           \
                                  " LEFT JOIN user AS u ON u.id = e.user_id"                       \
                                  " LEFT JOIN course AS c ON c.id = e.course_id"                   \
                                  " LEFT JOIN user AS a ON a.id = e.assigned_by"                   \
                                  " LEFT JOIN session AS s ON s.id = e.session_id"                 \
                                  " LEFT JOIN pool AS p ON p.id = c.pool_id"

static RegEnrollmentRow *
read_enrollment_row (sqlite3_stmt *stmt)
{
  RegEnrollmentRow *row = g_new0 (RegEnrollmentRow, 1);
  int at = REG_N_SQL_ENROLLMENT;

  row->enrollment = g_new0 (RegEnrollment, 1);
  reg_store_read_enrollment (stmt, 0, row->enrollment);
  row->user_name = read_name (stmt, at);
  if (row->user_name == NULL)
    row->user_name = g_strdup ("");
  row->user_email = read_text (stmt, at + 2);
  row->user_employee_id = read_text (stmt, at + 3);
  row->user_state =
      (RegUserState)CLAMP (sqlite3_column_int (stmt, at + 4), 0, REG_N_USER_STATES - 1);
  row->course_kind = (RegCourseKind)CLAMP (sqlite3_column_int (stmt, at + 5), REG_COURSE_SELF_PACED,
                                           REG_COURSE_EXTERNAL);
  row->course_title = read_text (stmt, at + 6);
  row->course_code = read_text (stmt, at + 7);
  row->assigned_by = read_name (stmt, at + 8);
  if (sqlite3_column_type (stmt, at + 11) != SQLITE_NULL)
    row->session_place = read_text (stmt, at + 11);
  row->session_starts_at = sqlite3_column_int64 (stmt, at + 12);
  row->course_has_scorm = sqlite3_column_int (stmt, at + 13) != 0;
  row->course_has_quiz = sqlite3_column_int (stmt, at + 14) != 0;
  if (sqlite3_column_type (stmt, at + 15) != SQLITE_NULL)
    row->pool_name = read_text (stmt, at + 15);
  row->user_manager_id = sqlite3_column_int64 (stmt, at + 16);
  row->product =
      reg_enrollment_dup_product_label (row->enrollment, reg_store_column_text (stmt, at + 17),
                                        reg_store_column_text (stmt, at + 18));
  row->sync_state = read_sync_state (stmt, at + 19);
  return row;
}

/**
 * reg_store_get_enrollment_rows:
 * @self: a store
 * @ids: (array length=n): enrollments, as of reg_enrollment_id ()
 * @n: how many
 * @error: return location
 *
 * Who assigned it and the session are %NULL where there are none.
 *
 * Returns: (transfer full) (element-type RegEnrollmentRow): a row per id, %NULL for one that is
 *   gone; %NULL with @error set on failure
 */
GPtrArray *
reg_store_get_enrollment_rows (RegStore *self, const gint64 *ids, gsize n, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_full (n, enrollment_row_clear);
  RegStoreDb *db = &self->reader;
  sqlite3_stmt *stmt;
  gboolean ok;

  reg_store_db_lock (db);
  stmt = reg_store_db_prepare (db, SQL_ENROLLMENT_ROW, error);
  ok = stmt != NULL;
  for (gsize i = 0; ok && i < n; i++)
    {
      sqlite3_bind_int64 (stmt, 1, ids[i]);
      if (reg_store_next_row (db, stmt, &ok, error))
        g_ptr_array_add (rows, read_enrollment_row (stmt));
      else
        g_ptr_array_add (rows, NULL);
      sqlite3_reset (stmt);
    }
  reg_store_db_unlock (db);
  return ok ? g_steal_pointer (&rows) : NULL;
}

/* A team of people whose share of each course is counted. members: NULL where everybody counts */
typedef struct
{
  GHashTable *members; /* gint64, borrowed */
  const char *today;
} Counted;

static gboolean
is_counted (const Counted *counted, gint64 user_id)
{
  return counted->members == NULL || g_hash_table_contains (counted->members, &user_id);
}

static void
count_enrollment (RegCourseRow *row, const RegEnrollment *enrollment, const Counted *counted)
{
  /* Of a team it is asked who has the course. */
  if (counted->members != NULL && enrollment->access == REG_ACCESS_REVOKED)
    return;
  row->n_enrolled++;
  row->n_completed +=
      reg_enrollment_get_status (enrollment, row->course->kind) == REG_STATUS_COMPLETED;
  row->n_overdue += reg_enrollment_is_overdue (enrollment, counted->today);
}

/* By id → RegCourseRow, borrowed. */
static gboolean
count_enrollments (RegStoreDb *db, GHashTable *by_id, const Counted *counted, GError **error)
{
  sqlite3_stmt *stmt = reg_store_db_prepare (
      db, "SELECT course_id, access, completed_at, due_date, user_id FROM enrollment", error);
  RegCourseRow *row = NULL;
  gint64 last = 0;
  gboolean ok;

  while (reg_store_next_row (db, stmt, &ok, error))
    {
      RegEnrollment enrollment = { .present = TRUE };

      enrollment.course_id = sqlite3_column_int64 (stmt, 0);
      if (row == NULL || enrollment.course_id != last)
        row = g_hash_table_lookup (by_id, &enrollment.course_id);
      last = enrollment.course_id;
      if (row == NULL || !is_counted (counted, sqlite3_column_int64 (stmt, 4)))
        continue;
      enrollment.access = sqlite3_column_int (stmt, 1) == REG_ACCESS_REVOKED ? REG_ACCESS_REVOKED
                                                                             : REG_ACCESS_ACTIVE;
      enrollment.completed_at = sqlite3_column_int64 (stmt, 2);
      g_strlcpy (enrollment.due_date, reg_store_column_text (stmt, 3), sizeof enrollment.due_date);
      count_enrollment (row, &enrollment, counted);
    }
  return ok;
}

static gboolean
count_waiting (RegStoreDb *db, GHashTable *by_id, const Counted *counted, GError **error)
{
  sqlite3_stmt *stmt = reg_store_db_prepare (
      db,
      "SELECT DISTINCT course_id, user_id FROM change WHERE " REG_SQL_OPEN " AND course_id <> 0",
      error);
  gboolean ok;

  while (reg_store_next_row (db, stmt, &ok, error))
    {
      gint64 id = sqlite3_column_int64 (stmt, 0);
      RegCourseRow *row = g_hash_table_lookup (by_id, &id);

      if (row != NULL)
        row->n_waiting += is_counted (counted, sqlite3_column_int64 (stmt, 1));
    }
  return ok;
}

static gboolean
read_pools (RegStoreDb *db, GPtrArray *rows, GError **error)
{
  g_autoptr (GPtrArray) pools = reg_store_read_pools (db, error);
  g_autoptr (GHashTable) by_id = g_hash_table_new (g_int64_hash, g_int64_equal);

  if (pools == NULL)
    return FALSE;
  for (guint i = 0; i < pools->len; i++)
    {
      RegLicensePool *pool = pools->pdata[i];

      g_hash_table_insert (by_id, &pool->id, pool);
    }
  for (guint i = 0; i < rows->len; i++)
    {
      RegCourseRow *row = rows->pdata[i];
      const RegLicensePool *pool = g_hash_table_lookup (by_id, &row->course->pool_id);

      row->pool_available = pool != NULL ? pool->available : -1;
    }
  return TRUE;
}

static GPtrArray *
read_course_rows (RegStoreDb *db, const char *search, GHashTable *by_id, GError **error)
{
  g_autoptr (GPtrArray) courses = reg_store_read_courses (db, error);
  GPtrArray *rows;

  if (courses == NULL)
    return NULL;
  rows = g_ptr_array_new_with_free_func ((GDestroyNotify)reg_course_row_free);
  g_ptr_array_set_free_func (courses, NULL);
  for (guint i = 0; i < courses->len; i++)
    {
      RegCourse *course = courses->pdata[i];
      RegCourseRow *row;

      if (!reg_course_has_words (course, search))
        {
          reg_course_free (course);
          continue;
        }
      row = g_new0 (RegCourseRow, 1);
      row->course = course;
      g_ptr_array_add (rows, row);
      g_hash_table_insert (by_id, &course->id, row);
    }
  return rows;
}

static GPtrArray *
list_course_rows (RegStore *self, const char *search, const Counted *counted, GError **error)
{
  g_autoptr (GHashTable) by_id = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_autoptr (GPtrArray) rows = NULL;
  RegStoreDb *db = &self->reader;
  gboolean ok;

  reg_store_db_lock (db);
  rows = read_course_rows (db, search, by_id, error);
  ok = rows != NULL && count_enrollments (db, by_id, counted, error)
       && count_waiting (db, by_id, counted, error) && read_pools (db, rows, error);
  reg_store_db_unlock (db);
  return ok ? g_steal_pointer (&rows) : NULL;
}

/**
 * reg_store_list_course_rows:
 * @self: a store
 * @search: (nullable): as typed; every word must occur in title or code, accents and case ignored
 * @today: YYYY-MM-DD, for the count of overdue enrollments
 * @error: return location
 *
 * Returns: (transfer full) (element-type RegCourseRow): courses with their counts, by title; %NULL
 *   with @error set on failure
 */
GPtrArray *
reg_store_list_course_rows (RegStore *self, const char *search, const char *today, GError **error)
{
  const Counted everybody = { .today = today != NULL ? today : "" };

  return list_course_rows (self, search, &everybody, error);
}

/**
 * reg_store_list_team_rows:
 * @self: a store
 * @members: who is in the team
 * @search: (nullable): as of reg_store_list_course_rows ()
 * @today: YYYY-MM-DD, for the count of overdue enrollments
 * @error: return location
 *
 * Returns: (transfer full) (element-type RegCourseRow): the courses that somebody of the team has,
 *   or that something waits for, with counts of the team alone, by title; %NULL with @error set on
 *   failure
 */
GPtrArray *
reg_store_list_team_rows (RegStore *self,
                          const RegIdList *members,
                          const char *search,
                          const char *today,
                          GError **error)
{
  g_autoptr (GHashTable) ids = g_hash_table_new (g_int64_hash, g_int64_equal);
  const Counted team = { .members = ids, .today = today != NULL ? today : "" };
  g_autoptr (GPtrArray) rows = NULL;

  for (gsize i = 0; i < members->n; i++)
    g_hash_table_add (ids, &members->ids[i]);
  rows = list_course_rows (self, search, &team, error);
  for (guint i = rows != NULL ? rows->len : 0; i-- > 0;)
    {
      RegCourseRow *row = g_ptr_array_index (rows, i);

      row->n_missing = (gint64)members->n - row->n_enrolled;
      if (row->n_enrolled == 0 && row->n_waiting == 0)
        g_ptr_array_remove_index (rows, i);
    }
  return g_steal_pointer (&rows);
}
