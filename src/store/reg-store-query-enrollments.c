/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Enrollments of a course or of a user: one range of the table, joined in memory with the users,
 * filtered and sorted here. */
#define G_LOG_DOMAIN "reg-store"

#include "store/reg-store-query.h"

#include "rules/reg-seat.h"
#include "rules/reg-status.h"
#include "store/reg-radix-sort.h"
#include "store/reg-store-query-private.h"

#include <stdio.h>
#include <string.h>

#define CANCEL_EVERY 4096
#define NO_KEY G_MAXUINT64

#define COLUMNS                                                                                    \
  "user_id, course_id, access, requirement, due_date, assigned_at, started_at, progress, "         \
  "completed_at, seat, session_id, source, assigned_by, archived"

typedef struct
{
  gint64 id;
  guint64 key;
  guint32 rank;   /* of the user, in name order */
  guint32 course; /* place of the course */
} Hit;

typedef struct
{
  RegStore *store;
  RegStoreDb *db;
  const RegEnrollmentQuery *query;
  RegCoursePlaces *courses;    /* (nullable): for one user's list */
  RegCourseKind course_kind;   /* for one course's */
  gboolean use_users;          /* whether the index is up to date */
  guint64 *users;              /* (nullable): a bit for each rank that passes the filters */
  const guint32 *email_places; /* (nullable) */
  GHashTable *waiting;         /* (nullable): ids of enrollments with open changes */
  char week_end[11];
  GArray *hits;
} Search;

/* One user's list is searched for courses, a course's list for users. */
static gboolean
searches_courses (const RegEnrollmentQuery *query)
{
  return query->user_id != 0;
}

static gboolean
prepare_courses (Search *self, GError **error)
{
  sqlite3_stmt *stmt;
  gint64 kind = REG_COURSE_SELF_PACED;

  if (searches_courses (self->query))
    {
      self->courses = reg_course_places_new (self->db, error);
      return self->courses != NULL;
    }
  stmt = reg_store_db_prepare (self->db, "SELECT kind FROM course WHERE id = ?", error);
  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, self->query->course_id);
  if (!reg_store_db_get_int64 (self->db, stmt, &kind, kind, error))
    return FALSE;
  self->course_kind = (RegCourseKind)CLAMP (kind, REG_COURSE_SELF_PACED, REG_COURSE_EXTERNAL);
  return TRUE;
}

static gboolean
prepare_users (Search *self, GCancellable *cancellable, GError **error)
{
  const RegEnrollmentQuery *query = self->query;
  RegUserQuery users = {
    .search = searches_courses (query) ? NULL : query->search,
    .people = query->people,
  };
  RegUserIndex *index = self->store->user_index;

  self->use_users = query->user_id == 0 || reg_user_index_is_filter (&users);
  if (!self->use_users)
    return TRUE;
  if (!reg_user_index_refresh (index, self->db, cancellable, error))
    return FALSE;
  if (reg_user_index_is_filter (&users))
    self->users = reg_user_index_match (index, &users);
  if (query->sort == REG_ENROLLMENT_SORT_EMAIL)
    {
      self->email_places = reg_user_index_get_email_places (index, self->db, cancellable, error);
      return self->email_places != NULL;
    }
  return TRUE;
}

static gboolean
prepare_waiting (Search *self, GError **error)
{
  sqlite3_stmt *stmt;
  gboolean ok;

  if (!self->query->waiting_only)
    return TRUE;
  self->waiting = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  stmt = reg_store_db_prepare (
      self->db, "SELECT user_id, course_id FROM change WHERE " REG_SQL_OPEN " AND course_id <> 0",
      error);
  while (reg_store_next_row (self->db, stmt, &ok, error))
    {
      gint64 id =
          reg_enrollment_id (sqlite3_column_int64 (stmt, 0), sqlite3_column_int64 (stmt, 1));

      g_hash_table_add (self->waiting, g_memdup2 (&id, sizeof id));
    }
  return ok;
}

/* The last of the seven days that begin with today. */
static void
prepare_week (Search *self)
{
  const char *today = self->query->today;
  int year, month, day;
  GDate date;

  self->week_end[0] = '\0';
  if (today == NULL || sscanf (today, "%d-%d-%d", &year, &month, &day) != 3
      || !g_date_valid_dmy (day, month, year))
    return;
  g_date_clear (&date, 1);
  g_date_set_dmy (&date, day, month, year);
  g_date_add_days (&date, 6);
  g_snprintf (self->week_end, sizeof self->week_end, "%04u-%02u-%02u", g_date_get_year (&date),
              (guint)g_date_get_month (&date), g_date_get_day (&date));
}

static gboolean
is_due_match (const Search *self, const RegEnrollment *enrollment)
{
  const char *today = self->query->today != NULL ? self->query->today : "";

  switch (self->query->due)
    {
    case REG_DUE_ANY:
      return TRUE;
    case REG_DUE_OVERDUE:
      return reg_enrollment_is_overdue (enrollment, today);
    case REG_DUE_THIS_WEEK:
      return enrollment->access == REG_ACCESS_ACTIVE && enrollment->completed_at == 0
             && enrollment->due_date[0] != '\0' && strcmp (enrollment->due_date, today) >= 0
             && strcmp (enrollment->due_date, self->week_end) <= 0;
    case REG_DUE_NONE:
      return enrollment->due_date[0] == '\0';
    case REG_DUE_LATER:
      return enrollment->access == REG_ACCESS_ACTIVE && enrollment->completed_at == 0
             && strcmp (enrollment->due_date, self->week_end) > 0;
    }
  g_return_val_if_reached (FALSE);
}

static gboolean
is_user_match (const Search *self, guint32 rank)
{
  return self->users == NULL
         || (rank != REG_USER_RANK_NONE && (self->users[rank / 64] >> (rank % 64) & 1) != 0);
}

static gboolean
is_match (const Search *self, const RegEnrollment *enrollment, RegStatus status)
{
  const RegEnrollmentQuery *query = self->query;

  if (query->course_id != 0 && enrollment->course_id != query->course_id)
    return FALSE;
  if (query->statuses != 0 && (query->statuses & (1u << status)) == 0)
    return FALSE;
  if (query->requirement >= 0 && (int)enrollment->requirement != query->requirement)
    return FALSE;
  if (query->access >= 0 && (int)enrollment->access != query->access)
    return FALSE;
  if (query->archived_only && !enrollment->archived)
    return FALSE;
  if (query->session_id > 0 && enrollment->session_id != query->session_id)
    return FALSE;
  if (query->session_id == REG_SESSION_NONE && reg_enrollment_get_held_session (enrollment) != 0)
    return FALSE;
  if (query->sources != 0 && (query->sources & (1u << enrollment->source)) == 0)
    return FALSE;
  if (query->assigned_by != 0 && enrollment->assigned_by != query->assigned_by)
    return FALSE;
  if (query->completed_from != 0 && enrollment->completed_at < query->completed_from)
    return FALSE;
  if (query->completed_until != 0
      && (enrollment->completed_at == 0 || enrollment->completed_at >= query->completed_until))
    return FALSE;
  return is_due_match (self, enrollment);
}

static guint64
key_from_date (const char *date)
{
  guint64 key = 0;

  if (date[0] == '\0')
    return NO_KEY;
  for (; *date != '\0'; date++)
    if (g_ascii_isdigit (*date))
      key = key * 10 + (*date - '0');
  return key;
}

static guint64
key_from_time (gint64 time)
{
  return time != 0 ? reg_radix_key_from_int64 (time) : NO_KEY;
}

static guint64
get_key (const Search *self, const RegEnrollment *enrollment, RegStatus status, const Hit *hit)
{
  switch (self->query->sort)
    {
    case REG_ENROLLMENT_SORT_NAME:
      return hit->rank;
    case REG_ENROLLMENT_SORT_EMAIL:
      if (self->email_places == NULL || hit->rank == REG_USER_RANK_NONE
          || self->email_places[hit->rank] == REG_USER_RANK_NONE)
        return NO_KEY;
      return self->email_places[hit->rank];
    case REG_ENROLLMENT_SORT_STATUS:
      return (guint64)status << 8 | CLAMP (enrollment->progress, 0, 255);
    case REG_ENROLLMENT_SORT_REQUIREMENT:
      return enrollment->requirement;
    case REG_ENROLLMENT_SORT_DUE:
      return key_from_date (enrollment->due_date);
    case REG_ENROLLMENT_SORT_ASSIGNED:
      return key_from_time (enrollment->assigned_at);
    case REG_ENROLLMENT_SORT_COMPLETED:
      return key_from_time (enrollment->completed_at);
    case REG_ENROLLMENT_SORT_COURSE:
      return hit->course;
    }
  g_return_val_if_reached (0);
}

static void
read_partly (sqlite3_stmt *stmt, RegEnrollment *enrollment)
{
  enrollment->present = TRUE;
  enrollment->user_id = sqlite3_column_int64 (stmt, 0);
  enrollment->course_id = sqlite3_column_int64 (stmt, 1);
  enrollment->access =
      sqlite3_column_int (stmt, 2) == REG_ACCESS_REVOKED ? REG_ACCESS_REVOKED : REG_ACCESS_ACTIVE;
  enrollment->requirement = sqlite3_column_int (stmt, 3) == REG_REQUIREMENT_REQUIRED
                                ? REG_REQUIREMENT_REQUIRED
                                : REG_REQUIREMENT_OPTIONAL;
  g_strlcpy (enrollment->due_date, reg_store_column_text (stmt, 4), sizeof enrollment->due_date);
  enrollment->assigned_at = sqlite3_column_int64 (stmt, 5);
  enrollment->started_at = sqlite3_column_int64 (stmt, 6);
  enrollment->progress = sqlite3_column_int (stmt, 7);
  enrollment->completed_at = sqlite3_column_int64 (stmt, 8);
  enrollment->seat = (RegSeat)CLAMP (sqlite3_column_int (stmt, 9), 0, REG_SEAT_NO_SHOW);
  enrollment->session_id = sqlite3_column_int64 (stmt, 10);
  enrollment->source = (RegSource)CLAMP (sqlite3_column_int (stmt, 11), 0, REG_SOURCE_AUTO);
  enrollment->assigned_by = sqlite3_column_int64 (stmt, 12);
  enrollment->archived = sqlite3_column_int (stmt, 13) != 0;
}

static void
add_row (Search *self, sqlite3_stmt *stmt)
{
  const RegEnrollmentQuery *query = self->query;
  RegEnrollment enrollment = { 0 };
  const RegCoursePlace *course = NULL;
  RegStatus status;
  Hit hit;

  read_partly (stmt, &enrollment);
  if (self->courses != NULL)
    course = reg_course_places_get (self->courses, enrollment.course_id);
  status =
      reg_enrollment_get_status (&enrollment, course != NULL ? course->kind : self->course_kind);
  if (!is_match (self, &enrollment, status))
    return;
  if (self->courses != NULL
      && !reg_text_has_words (course != NULL ? course->fold : "", query->search))
    return;

  hit.id = reg_enrollment_id (enrollment.user_id, enrollment.course_id);
  if (self->waiting != NULL && !g_hash_table_contains (self->waiting, &hit.id))
    return;
  hit.rank =
      self->use_users ? reg_user_index_get_rank (self->store->user_index, enrollment.user_id) : 0;
  if (!is_user_match (self, hit.rank))
    return;
  hit.course = course != NULL ? course->place : G_MAXUINT32;
  hit.key = get_key (self, &enrollment, status, &hit);
  if (query->descending && hit.key != NO_KEY)
    hit.key = NO_KEY - 1 - hit.key;
  g_array_append_val (self->hits, hit);
}

static sqlite3_stmt *
prepare_rows (Search *self, GError **error)
{
  const RegEnrollmentQuery *query = self->query;
  sqlite3_stmt *stmt;

  if (query->user_id != 0)
    {
      stmt = reg_store_db_prepare (self->db,
                                   "SELECT " COLUMNS " FROM enrollment WHERE user_id = ?1", error);
      if (stmt != NULL)
        sqlite3_bind_int64 (stmt, 1, query->user_id);
      return stmt;
    }
  stmt = reg_store_db_prepare (
      self->db, "SELECT " COLUMNS " FROM enrollment WHERE id >= ?1 AND id <= ?2", error);
  if (stmt != NULL)
    {
      sqlite3_bind_int64 (stmt, 1, reg_enrollment_id (0, query->course_id));
      sqlite3_bind_int64 (stmt, 2, reg_enrollment_id (-1, query->course_id));
    }
  return stmt;
}

static gboolean
read_rows (Search *self, GCancellable *cancellable, GError **error)
{
  sqlite3_stmt *stmt = prepare_rows (self, error);
  gsize n = 0;
  gboolean ok;

  while (reg_store_next_row (self->db, stmt, &ok, error))
    {
      add_row (self, stmt);
      n++;
      if (n % CANCEL_EVERY == 0 && g_cancellable_set_error_if_cancelled (cancellable, error))
        {
          sqlite3_reset (stmt);
          return FALSE;
        }
    }
  return ok;
}

/* By key, then by name, then by course. */
static RegIdList *
sort_hits (const Search *self)
{
  gsize n = self->hits->len;
  const Hit *hits = (const Hit *)(gpointer)self->hits->data;
  g_autofree RegSortItem *items = g_new (RegSortItem, n);
  g_autofree RegSortItem *scratch = g_new (RegSortItem, n);
  gint64 *ids = g_new (gint64, n);

  for (gsize i = 0; i < n; i++)
    {
      items[i].key = (guint64)hits[i].rank << 32 | hits[i].course;
      items[i].value = i;
    }
  reg_radix_sort (items, scratch, n);
  for (gsize i = 0; i < n; i++)
    items[i].key = hits[items[i].value].key;
  reg_radix_sort (items, scratch, n);
  for (gsize i = 0; i < n; i++)
    ids[i] = hits[items[i].value].id;
  return reg_id_list_new_take (ids, n);
}

static void
search_clear (Search *self)
{
  g_clear_pointer (&self->courses, reg_course_places_free);
  g_clear_pointer (&self->waiting, g_hash_table_unref);
  g_clear_pointer (&self->hits, g_array_unref);
  g_free (self->users);
}

/**
 * reg_store_query_enrollments:
 * @self: a store
 * @query: whose, search, filters and order
 * @cancellable: (nullable): ends the query between rows
 * @error: return location
 *
 * Finds the enrollments of a course, or of a user, where the search looks at courses instead of
 * people. With both, the one they share. Rows that are alike in the order asked for stand in name
 * order, one user's in the order of course titles; rows without a value stand last in either
 * direction. "Due this week" means in the seven days that begin with today, and still open.
 *
 * Returns: (transfer full): ids as of reg_enrollment_id (), in order; %NULL with @error set on
 *   failure
 */
RegIdList *
reg_store_query_enrollments (RegStore *self,
                             const RegEnrollmentQuery *query,
                             GCancellable *cancellable,
                             GError **error)
{
  Search search = { .store = self, .db = &self->reader, .query = query };
  RegIdList *ids = NULL;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  search.hits = g_array_new (FALSE, FALSE, sizeof (Hit));
  prepare_week (&search);
  reg_store_db_lock (&self->reader);
  if (prepare_courses (&search, error) && prepare_users (&search, cancellable, error)
      && prepare_waiting (&search, error) && read_rows (&search, cancellable, error))
    ids = sort_hits (&search);
  reg_store_db_unlock (&self->reader);
  search_clear (&search);
  return ids;
}

/**
 * reg_store_query_enrolled_users:
 * @self: a store
 * @course_ids: (array length=n_courses): courses
 * @n_courses: how many
 * @statuses: bits of RegStatus (REG_STATUS_BIT); 0 for any in which the person has the course
 * @cancellable: (nullable): ends the query between rows
 * @error: return location
 *
 * Returns: (transfer full): who is enrolled in any of the courses, each once, by name; %NULL with
 *   @error set on failure
 */
RegIdList *
reg_store_query_enrolled_users (RegStore *self,
                                const gint64 *course_ids,
                                gsize n_courses,
                                guint statuses,
                                GCancellable *cancellable,
                                GError **error)
{
  const RegUserQuery by_name = { .sort = REG_USER_SORT_NAME };
  g_autoptr (GHashTable) found = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr (RegIdList) users = NULL;
  gint64 *ids;
  gsize n = 0;

  for (gsize i = 0; i < n_courses; i++)
    {
      const RegEnrollmentQuery query = {
        .course_id = course_ids[i],
        .statuses = statuses != 0 ? statuses : REG_STATUS_ALL_PRESENT,
        .requirement = -1,
        .access = -1,
      };
      g_autoptr (RegIdList) list = reg_store_query_enrollments (self, &query, cancellable, error);

      if (list == NULL)
        return NULL;
      for (gsize k = 0; k < list->n; k++)
        {
          gint64 user_id = reg_enrollment_id_get_user (list->ids[k]);

          g_hash_table_add (found, g_memdup2 (&user_id, sizeof user_id));
        }
    }
  users = reg_store_query_users (self, &by_name, cancellable, error);
  if (users == NULL)
    return NULL;
  ids = g_new (gint64, MAX (g_hash_table_size (found), 1));
  for (gsize i = 0; i < users->n && n < g_hash_table_size (found); i++)
    if (g_hash_table_contains (found, &users->ids[i]))
      ids[n++] = users->ids[i];
  return reg_id_list_new_take (ids, n);
}
