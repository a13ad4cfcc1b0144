/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The effective rows and the base rows of users and enrollments. */
#define G_LOG_DOMAIN "reg-store"

#include "store/reg-store-private.h"

#include <string.h>

/* The columns of a user that no index and no search looks at, so most changes need only these. */
#define SET_PLAIN                                                                                  \
  "revision = ?2, role = ?7, state = ?8, location_id = ?9, manager_id = ?10, labels = ?11, "       \
  "approved_at = ?12, notified_at = ?13, archived_at = ?14"

static void
bind_search (RegStoreTransaction *self, sqlite3_stmt *stmt, const RegUser *user)
{
  gsize at, len;

  reg_store_make_search_text (user, self->scratch, &at, &len);
  sqlite3_bind_text (stmt, 15, self->scratch->str + at, (int)len, SQLITE_STATIC);
  sqlite3_bind_text (stmt, 16, self->scratch->str, (int)self->scratch->len, SQLITE_STATIC);
}

gboolean
reg_store_insert_user (RegStoreTransaction *self,
                       const RegUser *user,
                       gboolean *inserted,
                       GError **error)
{
  sqlite3_stmt *stmt = reg_store_db_prepare (
      self->db,
      "INSERT OR IGNORE INTO user (" REG_SQL_USER ", email_key, search_text) VALUES (?1, ?2, ?3, "
      "?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)",
      error);

  if (stmt == NULL)
    return FALSE;
  reg_store_bind_user (stmt, user);
  bind_search (self, stmt, user);
  if (!reg_store_db_run (self->db, stmt, error))
    return FALSE;
  *inserted = sqlite3_changes (self->db->handle) > 0;
  if (*inserted)
    reg_store_transaction_add_user (self, user->id);
  return TRUE;
}

static gboolean
update_user (RegStoreTransaction *self, const RegUser *user, const RegUser *old, GError **error)
{
  gboolean same_text = strcmp (user->email, old->email) == 0
                       && strcmp (user->employee_id, old->employee_id) == 0
                       && strcmp (user->given_name, old->given_name) == 0
                       && strcmp (user->family_name, old->family_name) == 0;
  sqlite3_stmt *stmt = reg_store_db_prepare (
      self->db,
      same_text ? "UPDATE user SET " SET_PLAIN " WHERE id = ?1"
                : "UPDATE user SET " SET_PLAIN
                  ", email = ?3, employee_id = ?4, given_name = ?5, family_name = ?6, "
                  "email_key = ?15, search_text = ?16 WHERE id = ?1",
      error);

  if (stmt == NULL)
    return FALSE;
  reg_store_bind_user (stmt, user);
  if (!same_text)
    bind_search (self, stmt, user);
  reg_store_transaction_add_user (self, user->id);
  return reg_store_db_run (self->db, stmt, error);
}

gboolean
reg_store_load_user (RegStoreTransaction *self,
                     gint64 id,
                     RegUser *user,
                     gboolean *found,
                     GError **error)
{
  sqlite3_stmt *stmt =
      reg_store_db_prepare (self->db, "SELECT " REG_SQL_USER " FROM user WHERE id = ?1", error);

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, id);
  if (!reg_store_db_step (self->db, stmt, found, error))
    return FALSE;
  if (*found)
    {
      reg_store_read_user (stmt, 0, user);
      sqlite3_reset (stmt);
    }
  return TRUE;
}

gboolean
reg_store_write_user (RegStoreTransaction *self,
                      const RegUser *user,
                      const RegUser *old,
                      GError **error)
{
  RegUser present = { 0 };
  gboolean found, done;

  if (old != NULL)
    return update_user (self, user, old, error);
  if (!reg_store_load_user (self, user->id, &present, &found, error))
    return FALSE;
  if (!found)
    return reg_store_insert_user (self, user, &found, error);
  done = (user->revision == present.revision && reg_user_equal (user, &present))
         || update_user (self, user, &present, error);
  reg_user_clear (&present);
  return done;
}

static void
bind_enrollment_row (sqlite3_stmt *stmt, const RegEnrollment *enrollment)
{
  reg_store_bind_enrollment (stmt, enrollment);
  sqlite3_bind_int64 (stmt, 24, reg_enrollment_id (enrollment->user_id, enrollment->course_id));
}

#define INSERT_ENROLLMENT                                                                          \
  " INTO enrollment (" REG_SQL_ENROLLMENT ", id) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, "     \
  "?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24)"

gboolean
reg_store_insert_enrollment (RegStoreTransaction *self,
                             const RegEnrollment *enrollment,
                             gboolean *inserted,
                             GError **error)
{
  sqlite3_stmt *stmt = reg_store_db_prepare (self->db, "INSERT OR IGNORE" INSERT_ENROLLMENT, error);

  if (stmt == NULL)
    return FALSE;
  bind_enrollment_row (stmt, enrollment);
  if (!reg_store_db_run (self->db, stmt, error))
    return FALSE;
  *inserted = sqlite3_changes (self->db->handle) > 0;
  self->event.enrollments |= *inserted;
  return TRUE;
}

gboolean
reg_store_write_enrollment (RegStoreTransaction *self,
                            const RegEnrollment *enrollment,
                            GError **error)
{
  sqlite3_stmt *stmt;

  self->event.enrollments = TRUE;
  if (!enrollment->present)
    {
      stmt = reg_store_db_prepare (self->db, "DELETE FROM enrollment WHERE id = ?1", error);
      if (stmt == NULL)
        return FALSE;
      sqlite3_bind_int64 (stmt, 1, reg_enrollment_id (enrollment->user_id, enrollment->course_id));
      return reg_store_db_run (self->db, stmt, error);
    }
  stmt = reg_store_db_prepare (
      self->db,
      "INSERT" INSERT_ENROLLMENT " ON CONFLICT (id) DO UPDATE SET revision = ?3, access = ?4, "
      "requirement = ?5, source = ?6, visible = ?7, archived = ?8, due_date = ?9, "
      "assigned_by = ?10, assigned_at = ?11, attempt = ?12, started_at = ?13, progress = ?14, "
      "completed_at = ?15, session_id = ?16, seat = ?17, certificate_at = ?18, "
      "is_instructor = ?19, edition = ?20, mode = ?21, units = ?22, subscription_end = ?23",
      error);
  if (stmt == NULL)
    return FALSE;
  bind_enrollment_row (stmt, enrollment);
  return reg_store_db_run (self->db, stmt, error);
}

gboolean
reg_store_load_enrollment (RegStoreTransaction *self,
                           gint64 user_id,
                           gint64 course_id,
                           RegEnrollment *enrollment,
                           GError **error)
{
  sqlite3_stmt *stmt = reg_store_db_prepare (
      self->db, "SELECT " REG_SQL_ENROLLMENT " FROM enrollment WHERE id = ?1", error);
  gboolean row;

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, reg_enrollment_id (user_id, course_id));
  if (!reg_store_db_step (self->db, stmt, &row, error))
    return FALSE;
  if (row)
    {
      reg_store_read_enrollment (stmt, 0, enrollment);
      sqlite3_reset (stmt);
    }
  else
    {
      *enrollment = (RegEnrollment){ .user_id = user_id, .course_id = course_id };
    }
  return TRUE;
}

gboolean
reg_store_put_user_base (RegStoreTransaction *self,
                         const RegUser *user,
                         gboolean present,
                         GError **error)
{
  sqlite3_stmt *stmt = reg_store_db_prepare (self->db,
                                             "INSERT OR REPLACE INTO user_base (" REG_SQL_USER
                                             ", present) VALUES (?1, ?2, ?3, ?4, ?5, "
                                             "?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
                                             error);

  if (stmt == NULL)
    return FALSE;
  reg_store_bind_user (stmt, user);
  sqlite3_bind_int (stmt, 15, present);
  return reg_store_db_run (self->db, stmt, error);
}

gboolean
reg_store_put_enrollment_base (RegStoreTransaction *self,
                               const RegEnrollment *enrollment,
                               GError **error)
{
  sqlite3_stmt *stmt = reg_store_db_prepare (
      self->db,
      "INSERT OR REPLACE INTO enrollment_base (" REG_SQL_ENROLLMENT
      ", id, present) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, "
      "?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25)",
      error);

  if (stmt == NULL)
    return FALSE;
  bind_enrollment_row (stmt, enrollment);
  sqlite3_bind_int (stmt, 25, enrollment->present);
  return reg_store_db_run (self->db, stmt, error);
}

/* The key of a target's row and of its base. */
static gint64
get_row_id (gint64 user_id, gint64 course_id)
{
  switch (reg_target_from_ids (user_id, course_id))
    {
    case REG_TARGET_USER:
      return user_id;
    case REG_TARGET_ENROLLMENT:
      return reg_enrollment_id (user_id, course_id);
    case REG_TARGET_COURSE:
    case REG_TARGET_PRESET:
      return course_id;
    }
  g_return_val_if_reached (0);
}

static const char *
get_keep_sql (RegTarget target)
{
  switch (target)
    {
    case REG_TARGET_USER:
      return "INSERT OR IGNORE INTO user_base (" REG_SQL_USER ", present) SELECT " REG_SQL_USER
             ", 1 FROM user WHERE id = ?1";
    case REG_TARGET_ENROLLMENT:
      return "INSERT OR IGNORE INTO enrollment_base (" REG_SQL_ENROLLMENT
             ", id, present) SELECT " REG_SQL_ENROLLMENT ", id, 1 FROM enrollment WHERE id = ?1";
    case REG_TARGET_COURSE:
      return "INSERT OR IGNORE INTO course_base (id, auto_reassign_days) "
             "SELECT id, auto_reassign_days FROM course WHERE id = ?1";
    case REG_TARGET_PRESET:
      return NULL;
    }
  g_return_val_if_reached (NULL);
}

static const char *
get_has_sql (RegTarget target)
{
  switch (target)
    {
    case REG_TARGET_USER:
      return "SELECT 1 FROM user_base WHERE id = ?1";
    case REG_TARGET_ENROLLMENT:
      return "SELECT 1 FROM enrollment_base WHERE id = ?1";
    case REG_TARGET_COURSE:
      return "SELECT 1 FROM course_base WHERE id = ?1";
    case REG_TARGET_PRESET:
      return "SELECT 1 FROM change INDEXED BY change_target WHERE " REG_SQL_OPEN
             " AND user_id = 0 AND course_id = ?1 AND " REG_SQL_WAITING " LIMIT 1";
    }
  g_return_val_if_reached (NULL);
}

/* The LMS does not have a person who was made here. */
static gboolean
keep_local_base (RegStoreTransaction *self, gint64 user_id, GError **error)
{
  char *empty = (char *)"";
  RegUser blank = { .id = user_id,
                    .email = empty,
                    .employee_id = empty,
                    .given_name = empty,
                    .family_name = empty,
                    .labels = empty };
  gboolean has_base;

  return reg_store_has_base (self, user_id, 0, &has_base, error)
         && (has_base || reg_store_put_user_base (self, &blank, FALSE, error));
}

gboolean
reg_store_keep_base (RegStoreTransaction *self, gint64 user_id, gint64 course_id, GError **error)
{
  RegEnrollment absent = { .user_id = user_id, .course_id = course_id };
  RegTarget target = reg_target_from_ids (user_id, course_id);
  sqlite3_stmt *stmt;
  gboolean has_base;

  if (course_id == 0 && user_id < 0)
    return keep_local_base (self, user_id, error);
  if (target == REG_TARGET_PRESET)
    return TRUE;
  stmt = reg_store_db_prepare (self->db, get_keep_sql (target), error);
  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, get_row_id (user_id, course_id));
  if (!reg_store_db_run (self->db, stmt, error))
    return FALSE;
  if (target != REG_TARGET_ENROLLMENT || sqlite3_changes (self->db->handle) > 0)
    return TRUE;
  /* Nothing copied: there is a base already, or the person is not enrolled there. */
  return reg_store_has_base (self, user_id, course_id, &has_base, error)
         && (has_base || reg_store_put_enrollment_base (self, &absent, error));
}

gboolean
reg_store_has_base (RegStoreTransaction *self,
                    gint64 user_id,
                    gint64 course_id,
                    gboolean *has_base,
                    GError **error)
{
  sqlite3_stmt *stmt = reg_store_db_prepare (
      self->db, get_has_sql (reg_target_from_ids (user_id, course_id)), error);

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, get_row_id (user_id, course_id));
  if (!reg_store_db_step (self->db, stmt, has_base, error))
    return FALSE;
  sqlite3_reset (stmt);
  return TRUE;
}
