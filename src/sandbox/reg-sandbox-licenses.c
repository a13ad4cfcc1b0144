/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Licenses: which are used, and which go back to their pool. */
#define G_LOG_DOMAIN "reg-sandbox"

#include "sandbox/reg-sandbox-site.h"

/* The license of a course that was ever opened is used, also where the person starts anew. */
gboolean
reg_sandbox_is_accessed (RegSandboxDb *db, const RegEnrollment *enrollment)
{
  sqlite3_stmt *stmt =
      reg_sandbox_db_query (db, "SELECT 1 FROM enrollment WHERE id = ?1 AND accessed");
  gboolean found;

  sqlite3_bind_int64 (stmt, 1, reg_enrollment_id (enrollment->user_id, enrollment->course_id));
  found = reg_sandbox_db_step (db, stmt);
  sqlite3_reset (stmt);
  return found;
}

void
reg_sandbox_forget_access (RegSandboxDb *db, const RegEnrollment *enrollment)
{
  sqlite3_stmt *stmt =
      reg_sandbox_db_query (db, "UPDATE enrollment SET accessed = 0 WHERE id = ?1");

  sqlite3_bind_int64 (stmt, 1, reg_enrollment_id (enrollment->user_id, enrollment->course_id));
  reg_sandbox_db_run (db, stmt);
}

GArray *
reg_sandbox_list_courses (RegSandboxDb *db, gint64 user_id)
{
  GArray *courses = g_array_new (FALSE, FALSE, sizeof (gint64));
  sqlite3_stmt *stmt = reg_sandbox_db_query (
      db, "SELECT id FROM enrollment WHERE user_id = ?1 AND access = ?2 ORDER BY id");

  sqlite3_bind_int64 (stmt, 1, user_id);
  sqlite3_bind_int (stmt, 2, REG_ACCESS_ACTIVE);
  while (reg_sandbox_db_step (db, stmt))
    {
      gint64 id = reg_enrollment_id_get_course (sqlite3_column_int64 (stmt, 0));

      g_array_append_val (courses, id);
    }
  return courses;
}

typedef struct
{
  gint64 pool_id;
  gint64 n;
} Wanted;

/* The pools of the courses a person was assigned and never accessed. */
static GArray *
find_unused_licenses (RegSandboxDb *db, gint64 user_id)
{
  GArray *wanted = g_array_new (FALSE, FALSE, sizeof (Wanted));
  sqlite3_stmt *stmt = reg_sandbox_db_query (
      db, "SELECT course.pool_id, count (*) FROM enrollment"
          " JOIN course ON course.id = enrollment.id >> 40"
          " WHERE enrollment.user_id = ?1 AND course.pool_id <> 0"
          " AND NOT enrollment.accessed AND enrollment.access = ?2 GROUP BY course.pool_id");

  G_STATIC_ASSERT (REG_USER_ID_BITS == 40);
  sqlite3_bind_int64 (stmt, 1, user_id);
  sqlite3_bind_int (stmt, 2, REG_ACCESS_ACTIVE);
  while (reg_sandbox_db_step (db, stmt))
    {
      Wanted one = { sqlite3_column_int64 (stmt, 0), sqlite3_column_int64 (stmt, 1) };

      g_array_append_val (wanted, one);
    }
  return wanted;
}

/* Archiving gives unused licenses back (+1), restoring takes them again (-1): all of them or none.
 */
RegReason
reg_sandbox_move_licenses (RegSandboxDb *db, gint64 user_id, int direction)
{
  g_autoptr (GArray) wanted = find_unused_licenses (db, user_id);
  g_autoptr (GPtrArray) pools =
      g_ptr_array_new_with_free_func ((GDestroyNotify)reg_license_pool_free);

  for (guint i = 0; i < wanted->len; i++)
    {
      const Wanted *one = &g_array_index (wanted, Wanted, i);
      RegLicensePool *pool = reg_sandbox_db_load_pool (db, one->pool_id);

      if (pool == NULL)
        continue;
      g_ptr_array_add (pools, pool);
      pool->available += direction * one->n;
      if (pool->available < 0)
        return REG_REASON_LICENCE_SHORT;
    }
  for (guint i = 0; i < pools->len; i++)
    reg_sandbox_db_save_pool (db, g_ptr_array_index (pools, i));
  return REG_REASON_NONE;
}
