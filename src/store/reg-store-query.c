/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Single records, lists that are short, and everybody in turn. */
#define G_LOG_DOMAIN "reg-store"

#include "store/reg-store-query.h"

#include "model/reg-license-pool.h"
#include "rules/reg-text.h"
#include "store/reg-store-query-private.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

/* stmt: (nullable): at its end, or on error, ok says which. Returns: whether there is a row */
gboolean
reg_store_next_row (RegStoreDb *db, sqlite3_stmt *stmt, gboolean *ok, GError **error)
{
  gboolean row = FALSE;

  *ok = stmt != NULL && reg_store_db_step (db, stmt, &row, error);
  return row;
}

/* Whether every word of the search, folded here, is somewhere in a folded text. */
gboolean
reg_text_has_words (const char *fold, const char *search)
{
  g_autofree char *valid = NULL;
  g_autofree char *wanted = NULL;
  g_auto (GStrv) words = NULL;

  if (search == NULL)
    return TRUE;
  valid = g_utf8_make_valid (search, -1);
  wanted = reg_text_fold (valid, -1);
  words = g_strsplit (wanted, " ", -1);
  for (guint i = 0; words[i] != NULL; i++)
    if (strstr (fold, words[i]) == NULL)
      return FALSE;
  return TRUE;
}

/**
 * reg_store_query_users:
 * @self: a store
 * @query: search, filters and order
 * @cancellable: (nullable): ends the query between rows
 * @error: return location
 *
 * Finds users. People that are alike in the order asked for stand in name order; those without a
 * value of the column (no location, no employee ID) stand last in either direction.
 *
 * Returns: (transfer full): all ids, in order; %NULL with @error set on failure
 */
RegIdList *
reg_store_query_users (RegStore *self,
                       const RegUserQuery *query,
                       GCancellable *cancellable,
                       GError **error)
{
  RegIdList *ids = NULL;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  reg_store_db_lock (&self->reader);
  if (reg_user_index_refresh (self->user_index, &self->reader, cancellable, error))
    ids = reg_user_index_query (self->user_index, &self->reader, query, cancellable, error);
  reg_store_db_unlock (&self->reader);
  return ids;
}

/* A course with its title as it is sorted. */
typedef struct
{
  char *fold;
  RegCourse *course;
} SortedCourse;

static int
compare_courses (gconstpointer a, gconstpointer b)
{
  const SortedCourse *first = a;
  const SortedCourse *second = b;
  int order = strcmp (first->fold, second->fold);

  if (order == 0)
    order = strcmp (first->course->code, second->course->code);
  if (order == 0)
    order = (first->course->id > second->course->id) - (first->course->id < second->course->id);
  return order;
}

static void
sorted_course_clear (gpointer data)
{
  g_free (((SortedCourse *)data)->fold);
}

/* Returns: (transfer full) (element-type RegCourse): all courses, by title */
GPtrArray *
reg_store_read_courses (RegStoreDb *db, GError **error)
{
  g_autoptr (GPtrArray) courses = g_ptr_array_new_with_free_func ((GDestroyNotify)reg_course_free);
  g_autoptr (GArray) sorted = g_array_new (FALSE, FALSE, sizeof (SortedCourse));
  sqlite3_stmt *stmt = reg_store_db_prepare (db, "SELECT " REG_SQL_COURSE " FROM course", error);
  gboolean ok;

  g_array_set_clear_func (sorted, sorted_course_clear);
  while (reg_store_next_row (db, stmt, &ok, error))
    {
      SortedCourse item = { .course = g_new0 (RegCourse, 1) };

      reg_store_read_course (stmt, 0, item.course);
      item.fold = reg_text_fold (item.course->title, -1);
      g_array_append_val (sorted, item);
      g_ptr_array_add (courses, item.course);
    }
  if (!ok)
    return NULL;
  g_array_sort (sorted, compare_courses);
  for (guint i = 0; i < sorted->len; i++)
    courses->pdata[i] = g_array_index (sorted, SortedCourse, i).course;
  return g_steal_pointer (&courses);
}

/* Title and code as they are searched. */
static char *
dup_course_fold (const RegCourse *course)
{
  GString *fold = g_string_new (NULL);

  reg_text_append_fold (fold, course->title, -1);
  g_string_append_c (fold, '\x1f');
  reg_text_append_fold (fold, course->code, -1);
  return g_string_free (fold, FALSE);
}

gboolean
reg_course_has_words (const RegCourse *course, const char *search)
{
  g_autofree char *fold = dup_course_fold (course);

  return reg_text_has_words (fold, search);
}

static void
course_place_free (gpointer data)
{
  g_free (((RegCoursePlace *)data)->fold);
  g_free (data);
}

RegCoursePlaces *
reg_course_places_new (RegStoreDb *db, GError **error)
{
  g_autoptr (GPtrArray) courses = reg_store_read_courses (db, error);
  RegCoursePlaces *self;

  if (courses == NULL)
    return NULL;
  self = g_new0 (RegCoursePlaces, 1);
  self->courses = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, course_place_free);
  for (guint i = 0; i < courses->len; i++)
    {
      const RegCourse *course = courses->pdata[i];
      RegCoursePlace *place = g_new0 (RegCoursePlace, 1);

      place->id = course->id;
      place->place = i;
      place->kind = course->kind;
      place->fold = dup_course_fold (course);
      g_hash_table_insert (self->courses, &place->id, place);
    }
  return self;
}

void
reg_course_places_free (RegCoursePlaces *self)
{
  g_hash_table_unref (self->courses);
  g_free (self);
}

const RegCoursePlace *
reg_course_places_get (RegCoursePlaces *self, gint64 id)
{
  return g_hash_table_lookup (self->courses, &id);
}

static int
compare_labels (gconstpointer a, gconstpointer b)
{
  const RegLabel *first = *(const RegLabel *const *)a;
  const RegLabel *second = *(const RegLabel *const *)b;
  g_autofree char *first_fold = reg_text_fold (first->name, -1);
  g_autofree char *second_fold = reg_text_fold (second->name, -1);
  int order = (first->kind > second->kind) - (first->kind < second->kind);

  if (order == 0)
    order = strcmp (first_fold, second_fold);
  return order != 0 ? order : (first->id > second->id) - (first->id < second->id);
}

static gpointer
read_label (sqlite3_stmt *stmt)
{
  RegLabel *label = g_new0 (RegLabel, 1);

  label->id = sqlite3_column_int64 (stmt, 0);
  label->revision = sqlite3_column_int64 (stmt, 1);
  label->kind =
      (RegLabelKind)CLAMP (sqlite3_column_int (stmt, 2), REG_LABEL_GROUP, REG_LABEL_LOCATION);
  label->name = g_strdup (reg_store_column_text (stmt, 3));
  return label;
}

/**
 * reg_store_list_labels:
 * @self: a store
 * @error: return location
 *
 * Returns: (transfer full) (element-type RegLabel): groups, teams, tags and locations, each kind by
 *   name; %NULL with @error set on failure
 */
GPtrArray *
reg_store_list_labels (RegStore *self, GError **error)
{
  GPtrArray *labels =
      reg_store_reader_list (self, "SELECT id, revision, kind, name FROM label", REG_NO_NUMBERS,
                             read_label, (GDestroyNotify)reg_label_free, error);

  if (labels != NULL)
    g_ptr_array_sort (labels, compare_labels);
  return labels;
}

/**
 * reg_store_list_sessions:
 * @self: a store
 * @course_id: a course
 * @error: return location
 *
 * Returns: (transfer full) (element-type RegSession): its sessions, the earliest first, with the
 *   seats that are taken when the waiting changes are done; %NULL with @error set on failure
 */
GPtrArray *
reg_store_list_sessions (RegStore *self, gint64 course_id, GError **error)
{
  GPtrArray *sessions;

  reg_store_db_lock (&self->reader);
  sessions = reg_store_read_sessions (&self->reader, course_id, error);
  reg_store_db_unlock (&self->reader);
  return sessions;
}

/**
 * reg_store_list_courses:
 * @self: a store
 * @error: return location
 *
 * Returns: (transfer full) (element-type RegCourse): all courses; %NULL with @error set on failure
 */
GPtrArray *
reg_store_list_courses (RegStore *self, GError **error)
{
  GPtrArray *courses;

  reg_store_db_lock (&self->reader);
  courses = reg_store_read_courses (&self->reader, error);
  reg_store_db_unlock (&self->reader);
  return courses;
}

static gpointer
read_pool (sqlite3_stmt *stmt)
{
  RegLicensePool *pool = g_new0 (RegLicensePool, 1);

  reg_store_read_pool (stmt, 0, pool);
  return pool;
}

GPtrArray *
reg_store_read_pools (RegStoreDb *db, GError **error)
{
  return reg_store_db_list (db, REG_SQL_POOLS "ORDER BY pool.name, pool.id", REG_NO_NUMBERS,
                            read_pool, (GDestroyNotify)reg_license_pool_free, error);
}

/**
 * reg_store_list_pools:
 * @self: a store
 * @error: return location
 *
 * Returns: (transfer full) (element-type RegLicensePool): the license pools, by name, less what
 *   waiting changes take from them; %NULL with @error set on failure
 */
GPtrArray *
reg_store_list_pools (RegStore *self, GError **error)
{
  GPtrArray *pools;

  reg_store_db_lock (&self->reader);
  pools = reg_store_read_pools (&self->reader, error);
  reg_store_db_unlock (&self->reader);
  return pools;
}

static gpointer
read_user (sqlite3_stmt *stmt)
{
  RegUser *user = g_new0 (RegUser, 1);

  reg_store_read_user (stmt, 0, user);
  return user;
}

/**
 * reg_store_get_user:
 * @self: a store
 * @id: a user
 * @error: return location
 *
 * Returns: (transfer full): the user as the screen shows them; %NULL with
 *   %REG_STORE_ERROR_NOT_FOUND where there is none, or another error
 */
RegUser *
reg_store_get_user (RegStore *self, gint64 id, GError **error)
{
  gboolean done;
  RegUser *user = reg_store_reader_get (self, "SELECT " REG_SQL_USER " FROM user WHERE id = ?1",
                                        REG_NUMBERS (id), read_user, &done, error);

  if (user == NULL && done)
    g_set_error (error, REG_STORE_ERROR, REG_STORE_ERROR_NOT_FOUND,
                 _ ("There is no user with the ID %" PRIi64 "."), id);
  return user;
}

static gpointer
read_course (sqlite3_stmt *stmt)
{
  RegCourse *course = g_new0 (RegCourse, 1);

  reg_store_read_course (stmt, 0, course);
  return course;
}

/**
 * reg_store_get_course:
 * @self: a store
 * @id: a course
 * @error: return location
 *
 * Returns: (transfer full): the course; %NULL with %REG_STORE_ERROR_NOT_FOUND where there is none,
 *   or another error
 */
RegCourse *
reg_store_get_course (RegStore *self, gint64 id, GError **error)
{
  gboolean done;
  RegCourse *course =
      reg_store_reader_get (self, "SELECT " REG_SQL_COURSE " FROM course WHERE id = ?1",
                            REG_NUMBERS (id), read_course, &done, error);

  if (course == NULL && done)
    g_set_error (error, REG_STORE_ERROR, REG_STORE_ERROR_NOT_FOUND,
                 _ ("There is no course with the ID %" PRIi64 "."), id);
  return course;
}

static gpointer
read_enrollment (sqlite3_stmt *stmt)
{
  RegEnrollment *enrollment = reg_enrollment_new ();

  reg_store_read_enrollment (stmt, 0, enrollment);
  return enrollment;
}

/**
 * reg_store_get_enrollment:
 * @self: a store
 * @user_id: a user
 * @course_id: a course
 * @error: return location
 *
 * Returns: (transfer full): the enrollment as the screen shows it; one that is not present where
 *   the user is not enrolled. %NULL with @error set on failure
 */
RegEnrollment *
reg_store_get_enrollment (RegStore *self, gint64 user_id, gint64 course_id, GError **error)
{
  gboolean done;
  RegEnrollment *enrollment = reg_store_reader_get (
      self, "SELECT " REG_SQL_ENROLLMENT " FROM enrollment WHERE id = ?1",
      REG_NUMBERS (reg_enrollment_id (user_id, course_id)), read_enrollment, &done, error);

  if (enrollment != NULL || !done)
    return enrollment;
  enrollment = reg_enrollment_new ();
  enrollment->present = FALSE;
  enrollment->user_id = user_id;
  enrollment->course_id = course_id;
  return enrollment;
}

static char *
dup_stripped (const char *text)
{
  const char *begin = text;
  gsize len = strlen (text);

  reg_text_strip (&begin, &len);
  return g_strndup (begin, len);
}

/**
 * reg_store_find_user:
 * @self: a store
 * @identifier: an e-mail address or employee ID, as somebody typed it
 * @error: return location
 *
 * Returns: the user, or 0: without an error where nobody or more than one person matches
 */
gint64
reg_store_find_user (RegStore *self, const char *identifier, GError **error)
{
  g_autofree char *valid = g_utf8_make_valid (identifier, -1);
  g_autofree char *email_key = reg_email_key (valid, -1);
  g_autofree char *employee_id = dup_stripped (valid);
  RegStoreDb *db = &self->reader;
  gint64 id = 0;
  guint n = 0;
  sqlite3_stmt *stmt;
  gboolean ok;

  if (*employee_id == '\0')
    return 0;
  reg_store_db_lock (db);
  stmt = reg_store_db_prepare (db,
                               "SELECT id FROM user WHERE email_key = ?1 UNION "
                               "SELECT id FROM user WHERE employee_id = ?2 AND employee_id <> '' "
                               "LIMIT 2",
                               error);
  if (stmt != NULL)
    {
      reg_store_bind_text (stmt, 1, email_key);
      reg_store_bind_text (stmt, 2, employee_id);
    }
  while (reg_store_next_row (db, stmt, &ok, error))
    {
      id = sqlite3_column_int64 (stmt, 0);
      n++;
    }
  if (stmt != NULL)
    sqlite3_clear_bindings (stmt);
  reg_store_db_unlock (db);
  return ok && n == 1 ? id : 0;
}

typedef enum
{
  MATCH_CODE,
  MATCH_CODE_FOLDED,
  MATCH_TITLE,
  MATCH_ID,
  N_MATCHES,
} CourseMatch;

static gboolean
is_course_match (const RegCourse *course, CourseMatch match, const char *typed, const char *fold)
{
  g_autofree char *own = NULL;
  char id[32];

  switch (match)
    {
    case MATCH_CODE:
      return strcmp (course->code, typed) == 0;
    case MATCH_CODE_FOLDED:
      own = reg_text_fold (course->code, -1);
      return strcmp (own, fold) == 0;
    case MATCH_TITLE:
      own = reg_text_fold (course->title, -1);
      return strcmp (own, fold) == 0;
    case MATCH_ID:
      g_snprintf (id, sizeof id, "%" G_GINT64_FORMAT, course->id);
      return strcmp (id, typed) == 0;
    case N_MATCHES:
      break;
    }
  return FALSE;
}

/**
 * reg_store_find_course:
 * @self: a store
 * @identifier: a code, title or id, as somebody typed it
 * @error: return location
 *
 * A code counts before a title and a title before an id; case and accents are ignored where nothing
 * matches exactly.
 *
 * Returns: the course, or 0: without an error where none or more than one matches
 */
gint64
reg_store_find_course (RegStore *self, const char *identifier, GError **error)
{
  g_autofree char *valid = g_utf8_make_valid (identifier, -1);
  g_autofree char *typed = dup_stripped (valid);
  g_autofree char *fold = reg_text_fold (typed, -1);
  g_autoptr (GPtrArray) courses = NULL;

  if (*typed == '\0')
    return 0;
  reg_store_db_lock (&self->reader);
  courses = reg_store_read_courses (&self->reader, error);
  reg_store_db_unlock (&self->reader);

  for (CourseMatch match = MATCH_CODE; courses != NULL && match < N_MATCHES; match++)
    {
      gint64 id = 0;
      guint n = 0;

      for (guint i = 0; i < courses->len; i++)
        if (is_course_match (courses->pdata[i], match, typed, fold))
          {
            id = ((const RegCourse *)courses->pdata[i])->id;
            n++;
          }
      if (n > 0)
        return n == 1 ? id : 0;
    }
  return 0;
}

/**
 * reg_store_count:
 * @self: a store
 * @n_users: (out) (optional): how many users there are
 * @n_courses: (out) (optional): how many courses
 * @n_enrollments: (out) (optional): how many enrollments
 * @error: return location
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
reg_store_count (RegStore *self,
                 gint64 *n_users,
                 gint64 *n_courses,
                 gint64 *n_enrollments,
                 GError **error)
{
  static const char *const sql[] = {
    "SELECT count(*) FROM user",
    "SELECT count(*) FROM course",
    "SELECT count(*) FROM enrollment",
  };
  gint64 *counts[] = { n_users, n_courses, n_enrollments };
  gboolean ok = TRUE;

  reg_store_db_lock (&self->reader);
  for (guint i = 0; ok && i < G_N_ELEMENTS (sql); i++)
    {
      sqlite3_stmt *stmt;

      if (counts[i] == NULL)
        continue;
      stmt = reg_store_db_prepare (&self->reader, sql[i], error);
      ok = stmt != NULL && reg_store_db_get_int64 (&self->reader, stmt, counts[i], 0, error);
    }
  reg_store_db_unlock (&self->reader);
  return ok;
}

typedef struct
{
  gint64 id;
  RegUserState state;
} Inactive;

typedef struct
{
  RegUserVisitor visitor;
  gpointer data;
  GArray *inactive; /* Inactive, by id */
  guint next;
} UserVisit;

static gboolean
visit_user (sqlite3_value **columns, gpointer data, GError **error)
{
  UserVisit *visit = data;
  gint64 id = sqlite3_value_int64 (columns[0]);
  RegUserState state = REG_USER_STATE_ACTIVE;
  gsize email_len, employee_len;
  const char *email = reg_store_value_text (columns[1], &email_len);
  const char *employee_id = reg_store_value_text (columns[2], &employee_len);

  if (visit->next < visit->inactive->len
      && g_array_index (visit->inactive, Inactive, visit->next).id == id)
    state = g_array_index (visit->inactive, Inactive, visit->next++).state;
  visit->visitor (id, state, email, email_len, employee_id, employee_len, visit->data);
  return TRUE;
}

static gboolean
list_inactive (RegStoreDb *db, GArray *inactive, GError **error)
{
  /* The condition of the index user_inactive, word for word. */
  sqlite3_stmt *stmt =
      reg_store_db_prepare (db, "SELECT id, state FROM user WHERE state <> 1 ORDER BY id", error);
  gboolean ok;

  while (reg_store_next_row (db, stmt, &ok, error))
    {
      Inactive one = { sqlite3_column_int64 (stmt, 0),
                       (RegUserState)CLAMP (sqlite3_column_int (stmt, 1), 0,
                                            REG_N_USER_STATES - 1) };

      g_array_append_val (inactive, one);
    }
  return ok;
}

/* By id: both in one look at the database. */
static gboolean
visit_users (RegStoreDb *db, UserVisit *visit, GError **error)
{
  sqlite3_stmt *stmt;

  if (!list_inactive (db, visit->inactive, error))
    return FALSE;
  stmt = reg_store_db_prepare (db, "SELECT visit (id, email, employee_id) FROM user NOT INDEXED",
                               error);
  return stmt != NULL && reg_store_db_visit (db, stmt, visit_user, visit, error);
}

/**
 * reg_store_visit_users:
 * @self: a store
 * @visitor: (scope call): called once for each user; it must not call the store
 * @data: for @visitor
 * @error: return location
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
reg_store_visit_users (RegStore *self, RegUserVisitor visitor, gpointer data, GError **error)
{
  RegStoreDb *db = &self->reader;
  g_autoptr (GArray) inactive = g_array_new (FALSE, FALSE, sizeof (Inactive));
  UserVisit visit = { visitor, data, inactive, 0 };
  gboolean ok;

  reg_store_db_lock (db);
  /* Every page is needed once: the few that are kept stay in the processor's cache. */
  if (!reg_store_db_exec (db, "PRAGMA cache_size = -64; BEGIN", error))
    {
      reg_store_db_unlock (db);
      return FALSE;
    }
  ok = visit_users (db, &visit, error);
  ok = reg_store_db_exec (db, "COMMIT; PRAGMA cache_size = -16384", ok ? error : NULL) && ok;
  reg_store_db_unlock (db);
  return ok;
}

/**
 * reg_store_visit_user_records:
 * @self: a store
 * @visitor: (scope call): called once for each user; it must not call the store
 * @data: for @visitor
 * @error: return location
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
reg_store_visit_user_records (RegStore *self,
                              RegUserRecordVisitor visitor,
                              gpointer data,
                              GError **error)
{
  RegStoreDb *db = &self->reader;
  sqlite3_stmt *stmt;
  gboolean ok;

  reg_store_db_lock (db);
  stmt = reg_store_db_prepare (db, "SELECT " REG_SQL_USER " FROM user ORDER BY id", error);
  while (reg_store_next_row (db, stmt, &ok, error))
    {
      RegUser user = { 0 };

      reg_store_read_user (stmt, 0, &user);
      visitor (&user, data);
      reg_user_clear (&user);
    }
  reg_store_db_unlock (db);
  return ok;
}

/**
 * reg_store_visit_enrollments:
 * @self: a store
 * @course_id: a course
 * @visitor: (scope call): called once for each of its enrollments; it must not call the store
 * @data: for @visitor
 * @error: return location
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
reg_store_visit_enrollments (RegStore *self,
                             gint64 course_id,
                             RegEnrollmentVisitor visitor,
                             gpointer data,
                             GError **error)
{
  RegStoreDb *db = &self->reader;
  sqlite3_stmt *stmt;
  gboolean ok;

  reg_store_db_lock (db);
  stmt = reg_store_db_prepare (
      db, "SELECT " REG_SQL_ENROLLMENT " FROM enrollment WHERE id >= ?1 AND id <= ?2", error);
  if (stmt != NULL)
    {
      sqlite3_bind_int64 (stmt, 1, reg_enrollment_id (0, course_id));
      sqlite3_bind_int64 (stmt, 2, reg_enrollment_id (-1, course_id));
    }
  while (reg_store_next_row (db, stmt, &ok, error))
    {
      RegEnrollment enrollment = { 0 };

      reg_store_read_enrollment (stmt, 0, &enrollment);
      visitor (&enrollment, data);
    }
  reg_store_db_unlock (db);
  return ok;
}
