/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One page of the LMS's rows, in one transaction with its cursor. */
#define G_LOG_DOMAIN "reg-store"

#include "store/reg-store-pull.h"

#include "store/reg-store-private.h"

#include <string.h>

#define CURSOR_SETTING "cursor"

/**
 * Pull:
 * @has_user_base: whether any user has a base, so that most pages never ask
 * @has_conflict: likewise, whether any change is in conflict
 * @expect_new: whether the last row was new: then the next one is inserted without a look first
 */
typedef struct
{
  RegStoreTransaction *transaction;
  RegStoreDb *db;
  RegPullStats *stats;
  gboolean has_user_base;
  gboolean has_enrollment_base;
  gboolean has_course_base;
  gboolean has_conflict;
  gboolean expect_new;
} Pull;

static gboolean
get_flag (Pull *pull, const char *sql, gboolean *flag, GError **error)
{
  sqlite3_stmt *stmt = reg_store_db_prepare (pull->db, sql, error);

  if (stmt == NULL || !reg_store_db_step (pull->db, stmt, flag, error))
    return FALSE;
  sqlite3_reset (stmt);
  return TRUE;
}

/* A record as the LMS gives it may have no text where ours is never NULL. */
static RegUser
fill_texts (const RegUser *user)
{
  RegUser filled = *user;
  char *empty = (char *)"";

  filled.email = user->email != NULL ? user->email : empty;
  filled.employee_id = user->employee_id != NULL ? user->employee_id : empty;
  filled.given_name = user->given_name != NULL ? user->given_name : empty;
  filled.family_name = user->family_name != NULL ? user->family_name : empty;
  filled.labels = user->labels != NULL ? user->labels : empty;
  return filled;
}

/* Revision 0 says nothing: such a row is always written. */
static gboolean
look_up (Pull *pull, const char *sql, gint64 id, gint64 revision, gboolean *same, GError **error)
{
  sqlite3_stmt *stmt = reg_store_db_prepare (pull->db, sql, error);
  gboolean row;

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, id);
  if (!reg_store_db_step (pull->db, stmt, &row, error))
    return FALSE;
  *same = row && revision != 0 && sqlite3_column_int64 (stmt, 0) == revision;
  pull->expect_new = !row;
  sqlite3_reset (stmt);
  return TRUE;
}

/* *found: left alone where none is looked for */
static gboolean
find_conflict (Pull *pull, gint64 user_id, gint64 course_id, gboolean *found, GError **error)
{
  sqlite3_stmt *stmt;

  if (!pull->has_conflict || *found)
    return TRUE;
  G_STATIC_ASSERT (REG_CHANGE_CONFLICT == 5);
  stmt = reg_store_db_prepare (pull->db,
                               "SELECT 1 FROM change INDEXED BY change_target WHERE user_id = ?1 "
                               "AND course_id = ?2 AND " REG_SQL_OPEN " AND state = 5 LIMIT 1",
                               error);
  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, user_id);
  sqlite3_bind_int64 (stmt, 2, course_id);
  if (!reg_store_db_step (pull->db, stmt, found, error))
    return FALSE;
  sqlite3_reset (stmt);
  return TRUE;
}

/* The base was written as the LMS has it: what waits is done to it again. */
static gboolean
rebase (Pull *pull, gint64 user_id, gint64 course_id, GError **error)
{
  return (!pull->has_conflict
          || reg_store_review_conflicts (pull->transaction, user_id, course_id, error))
         && reg_store_rebase (pull->transaction, user_id, course_id, &pull->stats->n_conflicts,
                              error);
}

static gboolean
put_user (Pull *pull, const RegUser *row, GError **error)
{
  RegUser user = fill_texts (row);
  gboolean same = FALSE, inserted = FALSE, based = FALSE;

  if (pull->has_user_base && !reg_store_has_base (pull->transaction, user.id, 0, &based, error))
    return FALSE;
  if (!based && pull->expect_new
      && !reg_store_insert_user (pull->transaction, &user, &inserted, error))
    return FALSE;
  if (!inserted
      && !look_up (pull,
                   based ? "SELECT revision FROM user_base WHERE id = ?1 AND present"
                         : "SELECT revision FROM user WHERE id = ?1",
                   user.id, user.revision, &same, error))
    return FALSE;
  if (same)
    return TRUE;
  pull->stats->n_changed++;
  if (inserted)
    return TRUE;
  if (!find_conflict (pull, user.id, 0, &based, error))
    return FALSE;
  if (!based)
    return reg_store_write_user (pull->transaction, &user, NULL, error);
  return reg_store_put_user_base (pull->transaction, &user, TRUE, error)
         && rebase (pull, user.id, 0, error);
}

static gboolean
put_enrollment (Pull *pull, const RegEnrollment *enrollment, GError **error)
{
  gint64 id = reg_enrollment_id (enrollment->user_id, enrollment->course_id);
  gboolean same = FALSE, inserted = FALSE, based = FALSE;

  if (pull->has_enrollment_base
      && !reg_store_has_base (pull->transaction, enrollment->user_id, enrollment->course_id, &based,
                              error))
    return FALSE;
  if (!based && pull->expect_new && enrollment->present
      && !reg_store_insert_enrollment (pull->transaction, enrollment, &inserted, error))
    return FALSE;
  if (!inserted
      && !look_up (pull,
                   based ? "SELECT revision FROM enrollment_base WHERE id = ?1 AND present"
                         : "SELECT revision FROM enrollment WHERE id = ?1",
                   id, enrollment->revision, &same, error))
    return FALSE;
  if ((same && enrollment->present) || (!enrollment->present && !based && pull->expect_new))
    return TRUE;
  pull->stats->n_changed++;
  if (inserted)
    return TRUE;
  if (!find_conflict (pull, enrollment->user_id, enrollment->course_id, &based, error))
    return FALSE;
  if (!based)
    return reg_store_write_enrollment (pull->transaction, enrollment, error);
  return reg_store_put_enrollment_base (pull->transaction, enrollment, error)
         && rebase (pull, enrollment->user_id, enrollment->course_id, error);
}

gboolean
reg_store_put_server_user (RegStoreTransaction *transaction, const RegUser *user, GError **error)
{
  RegPullStats stats = { 0 };
  Pull pull = {
    .transaction = transaction, .db = transaction->db, .stats = &stats, .has_user_base = TRUE
  };

  return put_user (&pull, user, error);
}

gboolean
reg_store_put_server_enrollment (RegStoreTransaction *transaction,
                                 const RegEnrollment *enrollment,
                                 GError **error)
{
  RegPullStats stats = { 0 };
  Pull pull = {
    .transaction = transaction, .db = transaction->db, .stats = &stats, .has_enrollment_base = TRUE
  };

  return put_enrollment (&pull, enrollment, error);
}

/* Runs a statement that upserts one of the small kinds. */
static gboolean
upsert (Pull *pull, sqlite3_stmt *stmt, gboolean *changed, GError **error)
{
  if (!reg_store_db_run (pull->db, stmt, error))
    return FALSE;
  if (sqlite3_changes (pull->db->handle) > 0)
    {
      pull->stats->n_changed++;
      *changed = TRUE;
    }
  return TRUE;
}

static gboolean
put_labels (Pull *pull, const GArray *labels, GError **error)
{
  for (guint i = 0; i < labels->len; i++)
    {
      const RegLabel *label = &g_array_index (labels, RegLabel, i);
      sqlite3_stmt *stmt = reg_store_db_prepare (
          pull->db,
          "INSERT INTO label (id, revision, kind, name) VALUES (?1, ?2, ?3, ?4) "
          "ON CONFLICT (id) DO UPDATE SET revision = ?2, kind = ?3, name = ?4 "
          "WHERE revision <> ?2 OR ?2 = 0",
          error);

      if (stmt == NULL)
        return FALSE;
      sqlite3_bind_int64 (stmt, 1, label->id);
      sqlite3_bind_int64 (stmt, 2, label->revision);
      sqlite3_bind_int (stmt, 3, (int)label->kind);
      reg_store_bind_text (stmt, 4, label->name != NULL ? label->name : "");
      if (!upsert (pull, stmt, &pull->transaction->event.labels, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
put_pools (Pull *pull, const GArray *pools, GError **error)
{
  for (guint i = 0; i < pools->len; i++)
    {
      const RegLicensePool *pool = &g_array_index (pools, RegLicensePool, i);
      sqlite3_stmt *stmt = reg_store_db_prepare (
          pull->db,
          "INSERT INTO pool (" REG_SQL_POOL ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) "
          "ON CONFLICT (id) DO UPDATE SET revision = ?2, kind = ?3, name = ?4, total = ?5, "
          "available = ?6, expires = ?7 WHERE revision <> ?2 OR ?2 = 0",
          error);

      if (stmt == NULL)
        return FALSE;
      sqlite3_bind_int64 (stmt, 1, pool->id);
      sqlite3_bind_int64 (stmt, 2, pool->revision);
      sqlite3_bind_int (stmt, 3, (int)pool->kind);
      reg_store_bind_text (stmt, 4, pool->name != NULL ? pool->name : "");
      sqlite3_bind_int64 (stmt, 5, pool->total);
      sqlite3_bind_int64 (stmt, 6, pool->available);
      reg_store_bind_text (stmt, 7, pool->expires);
      if (!upsert (pull, stmt, &pull->transaction->event.courses, error))
        return FALSE;
    }
  return TRUE;
}

/* The row was written as the LMS has it: what waits is done to it again. */
static gboolean
rebase_course (Pull *pull, const RegCourse *course, GError **error)
{
  gboolean based;

  if (!reg_store_has_base (pull->transaction, 0, course->id, &based, error)
      || !find_conflict (pull, 0, course->id, &based, error))
    return FALSE;
  return !based
         || (reg_store_put_course_base (pull->transaction, course, error)
             && rebase (pull, 0, course->id, error));
}

static gboolean
put_course (Pull *pull, const RegCourse *course, gboolean *changed, GError **error)
{
  gboolean is_new = FALSE;
  sqlite3_stmt *stmt = reg_store_db_prepare (
      pull->db,
      "INSERT INTO course (" REG_SQL_COURSE ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, "
      "?11, ?12) ON CONFLICT (id) DO UPDATE SET revision = ?2, code = ?3, title = ?4, kind = ?5, "
      "has_scorm = ?6, has_quiz = ?7, pool_id = ?8, auto_reassign_days = ?9, items = ?10, "
      "editions = ?11, units = ?12 "
      "WHERE revision <> ?2 OR ?2 = 0",
      error);

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, course->id);
  sqlite3_bind_int64 (stmt, 2, course->revision);
  reg_store_bind_text (stmt, 3, course->code != NULL ? course->code : "");
  reg_store_bind_text (stmt, 4, course->title != NULL ? course->title : "");
  sqlite3_bind_int (stmt, 5, (int)course->kind);
  sqlite3_bind_int (stmt, 6, course->has_scorm);
  sqlite3_bind_int (stmt, 7, course->has_quiz);
  sqlite3_bind_int64 (stmt, 8, course->pool_id);
  sqlite3_bind_int (stmt, 9, course->auto_reassign_days);
  reg_store_bind_text (stmt, 10, course->items != NULL ? course->items : "");
  reg_store_bind_text (stmt, 11, course->editions != NULL ? course->editions : "");
  reg_store_bind_text (stmt, 12, course->units != NULL ? course->units : "");
  if (!upsert (pull, stmt, &is_new, error))
    return FALSE;
  *changed |= is_new;
  return !is_new || (!pull->has_course_base && !pull->has_conflict)
         || rebase_course (pull, course, error);
}

gboolean
reg_store_put_server_course (RegStoreTransaction *transaction,
                             const RegCourse *course,
                             GError **error)
{
  RegPullStats stats = { 0 };
  Pull pull = {
    .transaction = transaction, .db = transaction->db, .stats = &stats, .has_course_base = TRUE
  };
  gboolean changed = FALSE;

  if (!put_course (&pull, course, &changed, error))
    return FALSE;
  if (changed)
    reg_store_transaction_forget_courses (transaction);
  return TRUE;
}

static gboolean
put_courses (Pull *pull, const GArray *courses, GError **error)
{
  gboolean changed = FALSE;

  for (guint i = 0; i < courses->len; i++)
    if (!put_course (pull, &g_array_index (courses, RegCourse, i), &changed, error))
      return FALSE;
  if (changed)
    reg_store_transaction_forget_courses (pull->transaction);
  return TRUE;
}

static gboolean
put_sessions (Pull *pull, const GArray *sessions, GError **error)
{
  for (guint i = 0; i < sessions->len; i++)
    {
      const RegSession *session = &g_array_index (sessions, RegSession, i);
      sqlite3_stmt *stmt = reg_store_db_prepare (
          pull->db,
          "INSERT INTO session (id, revision, course_id, place, starts_at, ends_at, seats, taken) "
          "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) "
          "ON CONFLICT (id) DO UPDATE SET revision = ?2, course_id = ?3, place = ?4, "
          "starts_at = ?5, ends_at = ?6, seats = ?7, taken = ?8 WHERE revision <> ?2 OR ?2 = 0",
          error);

      if (stmt == NULL)
        return FALSE;
      sqlite3_bind_int64 (stmt, 1, session->id);
      sqlite3_bind_int64 (stmt, 2, session->revision);
      sqlite3_bind_int64 (stmt, 3, session->course_id);
      reg_store_bind_text (stmt, 4, session->place != NULL ? session->place : "");
      sqlite3_bind_int64 (stmt, 5, session->starts_at);
      sqlite3_bind_int64 (stmt, 6, session->ends_at);
      sqlite3_bind_int (stmt, 7, session->seats);
      sqlite3_bind_int (stmt, 8, session->taken);
      if (!upsert (pull, stmt, &pull->transaction->event.courses, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
put_documents (Pull *pull, const GArray *documents, GError **error)
{
  gboolean changed = FALSE;

  for (guint i = 0; i < documents->len; i++)
    {
      const RegDocument *document = &g_array_index (documents, RegDocument, i);
      sqlite3_stmt *stmt = reg_store_db_prepare (
          pull->db,
          "INSERT INTO document (kind, id, revision, user_id, course_id, json) "
          "VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (kind, id) DO UPDATE SET revision = ?3, "
          "user_id = ?4, course_id = ?5, json = ?6 WHERE revision <> ?3 OR ?3 = 0",
          error);

      if (stmt == NULL)
        return FALSE;
      reg_store_bind_text (stmt, 1, document->kind);
      sqlite3_bind_int64 (stmt, 2, document->id);
      sqlite3_bind_int64 (stmt, 3, document->revision);
      sqlite3_bind_int64 (stmt, 4, document->user_id);
      sqlite3_bind_int64 (stmt, 5, document->course_id);
      sqlite3_bind_text (stmt, 6, document->json, (int)document->json_len, SQLITE_STATIC);
      if (!upsert (pull, stmt, &changed, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
run_with_id (Pull *pull, const char *sql, gint64 id, gboolean *changed, GError **error)
{
  sqlite3_stmt *stmt = reg_store_db_prepare (pull->db, sql, error);

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, id);
  if (!reg_store_db_run (pull->db, stmt, error))
    return FALSE;
  *changed |= sqlite3_changes (pull->db->handle) > 0;
  return TRUE;
}

/* A user with a rejected change or a conflict has no base, but stays as long as that is open. */
static gboolean
keep_open_user (Pull *pull, gint64 id, gboolean *based, GError **error)
{
  sqlite3_stmt *stmt;
  gboolean open;

  if (!reg_store_has_base (pull->transaction, id, 0, based, error))
    return FALSE;
  if (*based)
    return TRUE;
  stmt = reg_store_db_prepare (pull->db,
                               "SELECT 1 FROM change INDEXED BY change_target WHERE " REG_SQL_OPEN
                               " AND user_id = ?1 AND course_id = 0 LIMIT 1",
                               error);
  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, id);
  if (!reg_store_db_step (pull->db, stmt, &open, error))
    return FALSE;
  sqlite3_reset (stmt);
  return !open
         || (reg_store_keep_base (pull->transaction, id, 0, error)
             && reg_store_has_base (pull->transaction, id, 0, based, error));
}

/* What was read of an enrollment goes with it; 0 for all of a person's, or of a course's. */
static gboolean
forget_readings (Pull *pull, gint64 user_id, gint64 course_id, GError **error)
{
  sqlite3_stmt *stmt = reg_store_db_prepare (
      pull->db,
      user_id == 0     ? "DELETE FROM reading WHERE course_id = ?2"
      : course_id == 0 ? "DELETE FROM reading WHERE user_id = ?1"
                       : "DELETE FROM reading WHERE user_id = ?1 AND course_id = ?2",
      error);

  if (stmt == NULL)
    return FALSE;
  if (user_id != 0)
    sqlite3_bind_int64 (stmt, 1, user_id);
  if (course_id != 0)
    sqlite3_bind_int64 (stmt, 2, course_id);
  return reg_store_db_run (pull->db, stmt, error);
}

/* Enrollments that carry changes stay until those are settled. */
static gboolean
remove_user (Pull *pull, gint64 id, GError **error)
{
  gboolean *enrollments = &pull->transaction->event.enrollments;
  gboolean based, changed = FALSE;

  if (!forget_readings (pull, id, 0, error))
    return FALSE;
  if (!run_with_id (
          pull,
          "DELETE FROM enrollment WHERE user_id = ?1 "
          "AND NOT EXISTS (SELECT 1 FROM enrollment_base AS b WHERE b.id = enrollment.id)",
          id, enrollments, error)
      || !keep_open_user (pull, id, &based, error))
    return FALSE;
  if (based)
    return run_with_id (pull, "UPDATE user_base SET present = 0 WHERE id = ?1", id, &changed, error)
           && reg_store_rebase (pull->transaction, id, 0, &pull->stats->n_conflicts, error);
  if (!run_with_id (pull, "DELETE FROM user WHERE id = ?1", id, &changed, error))
    return FALSE;
  if (changed)
    reg_store_transaction_add_user (pull->transaction, id);
  return TRUE;
}

static gboolean
remove_enrollment (Pull *pull, gint64 user_id, gint64 course_id, GError **error)
{
  RegEnrollment absent = { .user_id = user_id, .course_id = course_id };

  return forget_readings (pull, user_id, course_id, error) && put_enrollment (pull, &absent, error);
}

static gboolean
remove_row (Pull *pull, const RegTombstone *tombstone, GError **error)
{
  RegStoreEvent *event = &pull->transaction->event;

  if (strcmp (tombstone->kind, "user") == 0)
    return remove_user (pull, tombstone->id, error);
  if (strcmp (tombstone->kind, "enrollment") == 0)
    return remove_enrollment (pull, tombstone->user_id, tombstone->course_id, error);
  if (strcmp (tombstone->kind, "session") == 0)
    return run_with_id (pull, "DELETE FROM session WHERE id = ?1", tombstone->id, &event->courses,
                        error);
  if (strcmp (tombstone->kind, "label") == 0)
    return run_with_id (pull, "DELETE FROM label WHERE id = ?1", tombstone->id, &event->labels,
                        error);
  if (strcmp (tombstone->kind, "pool") == 0)
    return run_with_id (pull, "DELETE FROM pool WHERE id = ?1", tombstone->id, &event->courses,
                        error);
  if (strcmp (tombstone->kind, "course") == 0)
    {
      reg_store_transaction_forget_courses (pull->transaction);
      return forget_readings (pull, 0, tombstone->id, error)
             && run_with_id (
                 pull,
                 "DELETE FROM enrollment WHERE id >= ?1 << 40 AND id < (?1 + 1) << 40 "
                 "AND NOT EXISTS (SELECT 1 FROM enrollment_base AS b WHERE b.id = enrollment.id)",
                 tombstone->id, &event->enrollments, error)
             && run_with_id (pull, "DELETE FROM course_base WHERE id = ?1", tombstone->id,
                             &event->courses, error)
             && run_with_id (pull, "DELETE FROM course WHERE id = ?1", tombstone->id,
                             &event->courses, error);
    }
  {
    gboolean changed = FALSE;
    sqlite3_stmt *stmt =
        reg_store_db_prepare (pull->db, "DELETE FROM document WHERE kind = ?1 AND id = ?2", error);

    if (stmt == NULL)
      return FALSE;
    reg_store_bind_text (stmt, 1, tombstone->kind);
    sqlite3_bind_int64 (stmt, 2, tombstone->id);
    return upsert (pull, stmt, &changed, error);
  }
}

/* The last page after a salvage: what the LMS does not have was not rebased on the way. */
static gboolean
end_salvage (Pull *pull, GError **error)
{
  gboolean wanted;

  if (!get_flag (pull, "SELECT 1 FROM setting WHERE key = '" REG_STORE_REBASE_SETTING "'", &wanted,
                 error))
    return FALSE;
  return !wanted
         || (reg_store_rebase_all (pull->transaction, &pull->stats->n_conflicts, error)
             && reg_store_write_setting (pull->transaction, REG_STORE_REBASE_SETTING, NULL, error));
}

static gboolean
put_page (Pull *pull, const RegPage *page, GError **error)
{
  if (!put_labels (pull, page->labels, error) || !put_pools (pull, page->pools, error)
      || !put_courses (pull, page->courses, error) || !put_sessions (pull, page->sessions, error))
    return FALSE;
  pull->expect_new = TRUE;
  for (guint i = 0; i < page->users->len; i++)
    if (!put_user (pull, &g_array_index (page->users, RegUser, i), error))
      return FALSE;
  pull->expect_new = TRUE;
  for (guint i = 0; i < page->enrollments->len; i++)
    if (!put_enrollment (pull, &g_array_index (page->enrollments, RegEnrollment, i), error))
      return FALSE;
  if (!put_documents (pull, page->documents, error))
    return FALSE;
  for (guint i = 0; i < page->tombstones->len; i++)
    if (!remove_row (pull, &g_array_index (page->tombstones, RegTombstone, i), error))
      return FALSE;
  if (!page->more && !end_salvage (pull, error))
    return FALSE;
  return page->cursor == NULL
         || reg_store_write_setting (pull->transaction, CURSOR_SETTING, page->cursor, error);
}

/**
 * reg_store_apply_page:
 * @self: a store
 * @page: rows of the LMS and where the next page begins
 * @stats: (out caller-allocates) (optional): what it did
 * @error: return location
 *
 * Writes the rows and the cursor in one transaction. A row of the revision that is here already is
 * left alone. Rows with waiting changes go to the base; the changes are compared with them and
 * applied again.
 */
gboolean
reg_store_apply_page (RegStore *self, const RegPage *page, RegPullStats *stats, GError **error)
{
  RegStoreTransaction transaction;
  RegPullStats counted = { .n_rows = (gint64)reg_page_get_n_rows (page) };
  Pull pull = { .transaction = &transaction, .stats = &counted };

  if (stats != NULL)
    *stats = (RegPullStats){ 0 };
  if (!reg_store_transaction_begin (&transaction, self, REG_STORE_RECOVERABLE, error))
    return FALSE;
  pull.db = transaction.db;
  if (!get_flag (&pull, "SELECT 1 FROM user_base LIMIT 1", &pull.has_user_base, error)
      || !get_flag (&pull, "SELECT 1 FROM enrollment_base LIMIT 1", &pull.has_enrollment_base,
                    error)
      || !get_flag (&pull, "SELECT 1 FROM course_base LIMIT 1", &pull.has_course_base, error)
      || !get_flag (&pull, "SELECT 1 FROM batch WHERE n_conflict > 0 LIMIT 1", &pull.has_conflict,
                    error)
      || !put_page (&pull, page, error))
    {
      reg_store_transaction_rollback (&transaction);
      return FALSE;
    }
  if (!reg_store_transaction_commit (&transaction, error))
    return FALSE;
  if (stats != NULL)
    *stats = counted;
  return TRUE;
}

/**
 * reg_store_dup_cursor:
 * @self: a store
 * @error: return location
 *
 * Returns: (transfer full) (nullable): where the next pull begins; %NULL without an error for the
 * very beginning
 */
char *
reg_store_dup_cursor (RegStore *self, GError **error)
{
  return reg_store_dup_setting (self, CURSOR_SETTING, error);
}
