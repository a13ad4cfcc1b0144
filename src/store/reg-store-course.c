/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Courses as targets of changes. What can be changed of a course has its base in course_base while
 * a change waits; the row in course has the effective values. */
#define G_LOG_DOMAIN "reg-store"

#include "store/reg-store-query.h"

#include "store/reg-store-private.h"

gboolean
reg_store_load_course (RegStoreTransaction *self, gint64 id, RegCourse **course, GError **error)
{
  sqlite3_stmt *stmt =
      reg_store_db_prepare (self->db, "SELECT " REG_SQL_COURSE " FROM course WHERE id = ?1", error);
  gboolean row;

  *course = NULL;
  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, id);
  if (!reg_store_db_step (self->db, stmt, &row, error))
    return FALSE;
  if (row)
    {
      *course = g_new0 (RegCourse, 1);
      reg_store_read_course (stmt, 0, *course);
      sqlite3_reset (stmt);
    }
  return TRUE;
}

/**
 * reg_store_get_course_sync_state:
 * @self: a store
 * @id: a course
 * @state: (out): whether a change of the course itself waits, or needs a person
 * @error: return location
 */
gboolean
reg_store_get_course_sync_state (RegStore *self, gint64 id, RegSyncState *state, GError **error)
{
  gint64 worst = 0;
  gboolean done = reg_store_reader_get_int64 (
      self,
      "SELECT max(state) + 1 FROM change INDEXED BY change_target WHERE " REG_SQL_OPEN
      " AND user_id = 0 AND course_id = ?1",
      REG_NUMBERS (id), &worst, error);

  *state = worst == 0                        ? REG_SYNCED
           : worst <= REG_CHANGE_UNKNOWN + 1 ? REG_WAITING
                                             : REG_NEEDS_ATTENTION;
  return done;
}

gboolean
reg_store_write_course (RegStoreTransaction *self, const RegCourse *course, GError **error)
{
  sqlite3_stmt *stmt = reg_store_db_prepare (
      self->db,
      "UPDATE course SET auto_reassign_days = ?2 WHERE id = ?1 AND auto_reassign_days <> ?2",
      error);

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, course->id);
  sqlite3_bind_int (stmt, 2, course->auto_reassign_days);
  if (!reg_store_db_run (self->db, stmt, error))
    return FALSE;
  if (sqlite3_changes (self->db->handle) > 0)
    reg_store_transaction_forget_courses (self);
  return TRUE;
}

gboolean
reg_store_put_course_base (RegStoreTransaction *self, const RegCourse *course, GError **error)
{
  sqlite3_stmt *stmt = reg_store_db_prepare (
      self->db, "INSERT OR REPLACE INTO course_base (id, auto_reassign_days) VALUES (?1, ?2)",
      error);

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, course->id);
  sqlite3_bind_int (stmt, 2, course->auto_reassign_days);
  return reg_store_db_run (self->db, stmt, error);
}

gboolean
reg_store_load_course_base (RegStoreTransaction *self,
                            gint64 id,
                            RegCourse **course,
                            gboolean *has_base,
                            GError **error)
{
  sqlite3_stmt *stmt = reg_store_db_prepare (
      self->db, "SELECT auto_reassign_days FROM course_base WHERE id = ?1", error);
  int days;

  *course = NULL;
  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, id);
  if (!reg_store_db_step (self->db, stmt, has_base, error))
    return FALSE;
  if (!*has_base)
    return TRUE;
  days = sqlite3_column_int (stmt, 0);
  sqlite3_reset (stmt);
  if (!reg_store_load_course (self, id, course, error))
    return FALSE;
  if (*course != NULL)
    (*course)->auto_reassign_days = days;
  return TRUE;
}
