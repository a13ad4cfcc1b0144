/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Records from rows and back; part of RegSandboxDb. */
#define G_LOG_DOMAIN "reg-sandbox"

#include "sandbox/reg-sandbox-db.h"

#include "rules/reg-text.h"

#include <string.h>

static char *
peek_text (sqlite3_stmt *stmt, int column)
{
  return (char *)sqlite3_column_text (stmt, column);
}

void
reg_sandbox_db_peek_user (sqlite3_stmt *stmt, RegUser *user)
{
  user->id = sqlite3_column_int64 (stmt, 0);
  user->revision = sqlite3_column_int64 (stmt, 1);
  user->email = peek_text (stmt, 2);
  user->employee_id = peek_text (stmt, 3);
  user->given_name = peek_text (stmt, 4);
  user->family_name = peek_text (stmt, 5);
  user->role = (RegRole)sqlite3_column_int (stmt, 6);
  user->state = (RegUserState)sqlite3_column_int (stmt, 7);
  user->location_id = sqlite3_column_int64 (stmt, 8);
  user->manager_id = sqlite3_column_int64 (stmt, 9);
  user->labels = peek_text (stmt, 10);
  user->approved_at = sqlite3_column_int64 (stmt, 11);
  user->notified_at = sqlite3_column_int64 (stmt, 12);
  user->archived_at = sqlite3_column_int64 (stmt, 13);
}

void
reg_sandbox_db_peek_enrollment (sqlite3_stmt *stmt, RegEnrollment *enrollment)
{
  gint64 id = sqlite3_column_int64 (stmt, 0);

  enrollment->user_id = reg_enrollment_id_get_user (id);
  enrollment->course_id = reg_enrollment_id_get_course (id);
  enrollment->present = TRUE;
  enrollment->revision = sqlite3_column_int64 (stmt, 1);
  enrollment->access = (RegAccess)sqlite3_column_int (stmt, 2);
  enrollment->requirement = (RegRequirement)sqlite3_column_int (stmt, 3);
  enrollment->source = (RegSource)sqlite3_column_int (stmt, 4);
  enrollment->visible = sqlite3_column_int (stmt, 5);
  enrollment->archived = sqlite3_column_int (stmt, 6);
  g_strlcpy (enrollment->due_date, peek_text (stmt, 7), sizeof enrollment->due_date);
  enrollment->assigned_by = sqlite3_column_int64 (stmt, 8);
  enrollment->assigned_at = sqlite3_column_int64 (stmt, 9);
  enrollment->attempt = sqlite3_column_int (stmt, 10);
  enrollment->started_at = sqlite3_column_int64 (stmt, 11);
  enrollment->progress = sqlite3_column_int (stmt, 12);
  enrollment->completed_at = sqlite3_column_int64 (stmt, 13);
  enrollment->session_id = sqlite3_column_int64 (stmt, 14);
  enrollment->seat = (RegSeat)sqlite3_column_int (stmt, 15);
  enrollment->certificate_at = sqlite3_column_int64 (stmt, 16);
  enrollment->is_instructor = sqlite3_column_int (stmt, 17) != 0;
  enrollment->edition = reg_enrollment_intern (peek_text (stmt, 18));
  enrollment->mode = reg_enrollment_intern (peek_text (stmt, 19));
  enrollment->units = reg_enrollment_intern (peek_text (stmt, 20));
  g_strlcpy (enrollment->subscription_end, peek_text (stmt, 21),
             sizeof enrollment->subscription_end);
}

void
reg_sandbox_db_peek_course (sqlite3_stmt *stmt, RegCourse *course)
{
  course->id = sqlite3_column_int64 (stmt, 0);
  course->revision = sqlite3_column_int64 (stmt, 1);
  course->code = peek_text (stmt, 2);
  course->title = peek_text (stmt, 3);
  course->kind = (RegCourseKind)sqlite3_column_int (stmt, 4);
  course->has_scorm = sqlite3_column_int (stmt, 5);
  course->has_quiz = sqlite3_column_int (stmt, 6);
  course->pool_id = sqlite3_column_int64 (stmt, 7);
  course->auto_reassign_days = sqlite3_column_int (stmt, 8);
  course->items = peek_text (stmt, 9);
  course->editions = peek_text (stmt, 10);
  course->units = peek_text (stmt, 11);
}

void
reg_sandbox_db_peek_session (sqlite3_stmt *stmt, RegSession *session)
{
  session->id = sqlite3_column_int64 (stmt, 0);
  session->revision = sqlite3_column_int64 (stmt, 1);
  session->course_id = sqlite3_column_int64 (stmt, 2);
  session->place = peek_text (stmt, 3);
  session->starts_at = sqlite3_column_int64 (stmt, 4);
  session->ends_at = sqlite3_column_int64 (stmt, 5);
  session->seats = sqlite3_column_int (stmt, 6);
  session->taken = sqlite3_column_int (stmt, 7);
}

void
reg_sandbox_db_peek_pool (sqlite3_stmt *stmt, RegLicensePool *pool)
{
  pool->id = sqlite3_column_int64 (stmt, 0);
  pool->revision = sqlite3_column_int64 (stmt, 1);
  pool->kind = (RegPoolKind)sqlite3_column_int (stmt, 2);
  pool->name = peek_text (stmt, 3);
  pool->total = sqlite3_column_int64 (stmt, 4);
  pool->available = sqlite3_column_int64 (stmt, 5);
  g_strlcpy (pool->expires, peek_text (stmt, 6), sizeof pool->expires);
}

void
reg_sandbox_db_peek_label (sqlite3_stmt *stmt, RegLabel *label)
{
  label->id = sqlite3_column_int64 (stmt, 0);
  label->revision = sqlite3_column_int64 (stmt, 1);
  label->kind = (RegLabelKind)sqlite3_column_int (stmt, 2);
  label->name = peek_text (stmt, 3);
}

void
reg_sandbox_db_peek_attempt (sqlite3_stmt *stmt, RegSandboxAttempt *attempt)
{
  attempt->id = sqlite3_column_int64 (stmt, 0);
  attempt->revision = sqlite3_column_int64 (stmt, 1);
  attempt->user_id = sqlite3_column_int64 (stmt, 2);
  attempt->course_id = sqlite3_column_int64 (stmt, 3);
  attempt->number = sqlite3_column_int (stmt, 4);
  attempt->assigned_at = sqlite3_column_int64 (stmt, 5);
  attempt->started_at = sqlite3_column_int64 (stmt, 6);
  attempt->progress = sqlite3_column_int (stmt, 7);
  attempt->completed_at = sqlite3_column_int64 (stmt, 8);
  attempt->ended_by = peek_text (stmt, 9);
  attempt->kept = sqlite3_column_int (stmt, 10);
}

void
reg_sandbox_db_peek_certificate (sqlite3_stmt *stmt, RegSandboxCertificate *certificate)
{
  certificate->id = sqlite3_column_int64 (stmt, 0);
  certificate->revision = sqlite3_column_int64 (stmt, 1);
  certificate->user_id = sqlite3_column_int64 (stmt, 2);
  certificate->course_id = sqlite3_column_int64 (stmt, 3);
  certificate->attempt = sqlite3_column_int (stmt, 4);
  certificate->issued_at = sqlite3_column_int64 (stmt, 5);
  certificate->removed_at = sqlite3_column_int64 (stmt, 6);
}

/* Steps to the row with this id. The caller resets the statement. */
static sqlite3_stmt *
find (RegSandboxDb *self, const char *sql, gint64 id)
{
  sqlite3_stmt *stmt = reg_sandbox_db_query (self, sql);

  sqlite3_bind_int64 (stmt, 1, id);
  return reg_sandbox_db_step (self, stmt) ? stmt : NULL;
}

/* Each returns (transfer full) (nullable): the record, or NULL where there is none. */
RegUser *
reg_sandbox_db_load_user (RegSandboxDb *self, gint64 id)
{
  sqlite3_stmt *stmt =
      find (self, "SELECT " REG_SANDBOX_USER_COLUMNS " FROM user WHERE id = ?1", id);
  RegUser borrowed = { 0 };
  RegUser *user = NULL;

  if (stmt != NULL)
    {
      reg_sandbox_db_peek_user (stmt, &borrowed);
      user = reg_user_copy (&borrowed);
    }
  sqlite3_reset (stmt);
  return user;
}

RegCourse *
reg_sandbox_db_load_course (RegSandboxDb *self, gint64 id)
{
  sqlite3_stmt *stmt =
      find (self, "SELECT " REG_SANDBOX_COURSE_COLUMNS " FROM course WHERE id = ?1", id);
  RegCourse borrowed = { 0 };
  RegCourse *course = NULL;

  if (stmt != NULL)
    {
      reg_sandbox_db_peek_course (stmt, &borrowed);
      course = reg_course_copy (&borrowed);
    }
  sqlite3_reset (stmt);
  return course;
}

RegLicensePool *
reg_sandbox_db_load_pool (RegSandboxDb *self, gint64 id)
{
  sqlite3_stmt *stmt =
      find (self, "SELECT " REG_SANDBOX_POOL_COLUMNS " FROM pool WHERE id = ?1", id);
  RegLicensePool borrowed = { 0 };
  RegLicensePool *pool = NULL;

  if (stmt != NULL)
    {
      reg_sandbox_db_peek_pool (stmt, &borrowed);
      pool = reg_license_pool_copy (&borrowed);
    }
  sqlite3_reset (stmt);
  return pool;
}

RegSession *
reg_sandbox_db_load_session (RegSandboxDb *self, gint64 id)
{
  sqlite3_stmt *stmt =
      find (self, "SELECT " REG_SANDBOX_SESSION_COLUMNS " FROM session WHERE id = ?1", id);
  RegSession borrowed = { 0 };
  RegSession *session = NULL;

  if (stmt != NULL)
    {
      reg_sandbox_db_peek_session (stmt, &borrowed);
      session = reg_session_copy (&borrowed);
    }
  sqlite3_reset (stmt);
  return session;
}

/* A course's sessions, the earliest first (transfer full) (element-type RegSession). */
GPtrArray *
reg_sandbox_db_list_sessions (RegSandboxDb *self, gint64 course_id)
{
  GPtrArray *sessions = g_ptr_array_new_with_free_func ((GDestroyNotify)reg_session_free);
  sqlite3_stmt *stmt = reg_sandbox_db_query (self, "SELECT " REG_SANDBOX_SESSION_COLUMNS
                                                   " FROM session WHERE course_id = ?1"
                                                   " ORDER BY starts_at, id");

  sqlite3_bind_int64 (stmt, 1, course_id);
  while (reg_sandbox_db_step (self, stmt))
    {
      RegSession borrowed = { 0 };

      reg_sandbox_db_peek_session (stmt, &borrowed);
      g_ptr_array_add (sessions, reg_session_copy (&borrowed));
    }
  return sessions;
}

/**
 * reg_sandbox_db_load_enrollment:
 * @self: a database
 * @user_id: a user
 * @course_id: a course
 *
 * Returns: (transfer full): the enrollment of the pair, not present where there is none
 */
RegEnrollment *
reg_sandbox_db_load_enrollment (RegSandboxDb *self, gint64 user_id, gint64 course_id)
{
  sqlite3_stmt *stmt =
      find (self, "SELECT " REG_SANDBOX_ENROLLMENT_COLUMNS " FROM enrollment WHERE id = ?1",
            reg_enrollment_id (user_id, course_id));
  RegEnrollment *enrollment = reg_enrollment_new ();

  enrollment->user_id = user_id;
  enrollment->course_id = course_id;
  if (stmt != NULL)
    reg_sandbox_db_peek_enrollment (stmt, enrollment);
  sqlite3_reset (stmt);
  return enrollment;
}

static void
bind_text (sqlite3_stmt *stmt, int at, const char *text)
{
  sqlite3_bind_text (stmt, at, text, -1, SQLITE_STATIC);
}

/* Binds one whole number after the other, from the first parameter on. */
#define BIND_INTS(stmt, ...)                                                                       \
  G_STMT_START                                                                                     \
  {                                                                                                \
    const gint64 values_[] = { __VA_ARGS__ };                                                      \
    for (guint i_ = 0; i_ < G_N_ELEMENTS (values_); i_++)                                          \
      sqlite3_bind_int64 (stmt, (int)i_ + 1, values_[i_]);                                         \
  }                                                                                                \
  G_STMT_END

/* A new row is one whose id is 0; SQLite names it where it is bound as NULL. */
static void
run_insert (RegSandboxDb *self, sqlite3_stmt *stmt, gint64 *id)
{
  if (*id == 0)
    sqlite3_bind_null (stmt, 1);
  reg_sandbox_db_run (self, stmt);
  if (*id == 0 && stmt != NULL)
    *id = sqlite3_last_insert_rowid (sqlite3_db_handle (stmt));
}

void
reg_sandbox_db_save_user (RegSandboxDb *self, RegUser *user)
{
  g_autofree char *key = reg_email_key (user->email, -1);
  sqlite3_stmt *stmt = reg_sandbox_db_query (
      self, "INSERT INTO user (id, revision, role, state, location_id, manager_id, approved_at,"
            " notified_at, archived_at, email, employee_id, given_name, family_name, labels,"
            " email_key)"
            " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)"
            " ON CONFLICT (id) DO UPDATE SET revision = ?2, role = ?3, state = ?4,"
            " location_id = ?5, manager_id = ?6, approved_at = ?7, notified_at = ?8,"
            " archived_at = ?9, email = ?10, employee_id = ?11, given_name = ?12,"
            " family_name = ?13, labels = ?14, email_key = ?15");

  user->revision = reg_sandbox_db_next_revision (self);
  BIND_INTS (stmt, user->id, user->revision, user->role, user->state, user->location_id,
             user->manager_id, user->approved_at, user->notified_at, user->archived_at);
  bind_text (stmt, 10, user->email);
  bind_text (stmt, 11, user->employee_id);
  bind_text (stmt, 12, user->given_name);
  bind_text (stmt, 13, user->family_name);
  bind_text (stmt, 14, user->labels);
  bind_text (stmt, 15, key);
  run_insert (self, stmt, &user->id);
}

void
reg_sandbox_db_save_course (RegSandboxDb *self, RegCourse *course)
{
  sqlite3_stmt *stmt = reg_sandbox_db_query (
      self, "INSERT OR REPLACE INTO course (id, revision, kind, has_scorm, has_quiz, pool_id,"
            " auto_reassign_days, code, title, items, editions, units)"
            " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)");

  course->revision = reg_sandbox_db_next_revision (self);
  BIND_INTS (stmt, course->id, course->revision, course->kind, course->has_scorm, course->has_quiz,
             course->pool_id, course->auto_reassign_days);
  bind_text (stmt, 8, course->code);
  bind_text (stmt, 9, course->title);
  bind_text (stmt, 10, course->items);
  bind_text (stmt, 11, course->editions != NULL ? course->editions : "");
  bind_text (stmt, 12, course->units != NULL ? course->units : "");
  run_insert (self, stmt, &course->id);
}

void
reg_sandbox_db_save_session (RegSandboxDb *self, RegSession *session)
{
  sqlite3_stmt *stmt = reg_sandbox_db_query (
      self, "INSERT OR REPLACE INTO session (id, revision, course_id, starts_at, ends_at, seats,"
            " taken, place) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)");

  session->revision = reg_sandbox_db_next_revision (self);
  BIND_INTS (stmt, session->id, session->revision, session->course_id, session->starts_at,
             session->ends_at, session->seats, session->taken);
  bind_text (stmt, 8, session->place);
  run_insert (self, stmt, &session->id);
}

void
reg_sandbox_db_save_pool (RegSandboxDb *self, RegLicensePool *pool)
{
  sqlite3_stmt *stmt = reg_sandbox_db_query (
      self, "INSERT OR REPLACE INTO pool (id, revision, kind, total, available, name,"
            " expires) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)");

  pool->revision = reg_sandbox_db_next_revision (self);
  BIND_INTS (stmt, pool->id, pool->revision, pool->kind, pool->total, pool->available);
  bind_text (stmt, 6, pool->name);
  bind_text (stmt, 7, pool->expires);
  run_insert (self, stmt, &pool->id);
}

void
reg_sandbox_db_save_label (RegSandboxDb *self, RegLabel *label)
{
  sqlite3_stmt *stmt = reg_sandbox_db_query (
      self, "INSERT OR REPLACE INTO label (id, revision, kind, name) VALUES (?1, ?2, ?3, ?4)");

  label->revision = reg_sandbox_db_next_revision (self);
  BIND_INTS (stmt, label->id, label->revision, label->kind);
  bind_text (stmt, 4, label->name);
  run_insert (self, stmt, &label->id);
}

/* A tombstone ends when its row comes back: a page never tells of both. */
static void
lift_tombstone (RegSandboxDb *self, gint64 user_id, gint64 course_id)
{
  sqlite3_stmt *stmt = reg_sandbox_db_query (
      self, "DELETE FROM tombstone WHERE kind = 'enrollment' AND id = 0 AND user_id = ?1"
            " AND course_id = ?2");

  BIND_INTS (stmt, user_id, course_id);
  reg_sandbox_db_run (self, stmt);
}

/**
 * reg_sandbox_db_save_enrollment:
 * @self: a database
 * @enrollment: a present one; one whose revision is 0 is new
 */
void
reg_sandbox_db_save_enrollment (RegSandboxDb *self, RegEnrollment *enrollment)
{
  sqlite3_stmt *stmt = reg_sandbox_db_query (
      self, "INSERT INTO enrollment (id, revision, user_id, access, requirement, source, visible,"
            " archived, assigned_by, assigned_at, attempt, started_at, progress, completed_at,"
            " session_id, seat, certificate_at, due_date, is_instructor, edition, mode, units,"
            " subscription_end, accessed)"
            " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17,"
            " ?18, ?19, ?20, ?21, ?22, ?23, ?12 <> 0) ON CONFLICT (id) DO UPDATE SET revision = "
            "?2, access = ?4, "
            "requirement = ?5,"
            " source = ?6, visible = ?7, archived = ?8, assigned_by = ?9, assigned_at = ?10,"
            " attempt = ?11, started_at = ?12, progress = ?13, completed_at = ?14,"
            " session_id = ?15, seat = ?16, certificate_at = ?17, due_date = ?18,"
            " is_instructor = ?19, edition = ?20, mode = ?21, units = ?22,"
            " subscription_end = ?23,"
            " accessed = max (accessed, ?12 <> 0)");

  if (enrollment->revision == 0)
    lift_tombstone (self, enrollment->user_id, enrollment->course_id);
  enrollment->revision = reg_sandbox_db_next_revision (self);
  BIND_INTS (stmt, reg_enrollment_id (enrollment->user_id, enrollment->course_id),
             enrollment->revision, enrollment->user_id, enrollment->access, enrollment->requirement,
             enrollment->source, enrollment->visible, enrollment->archived, enrollment->assigned_by,
             enrollment->assigned_at, enrollment->attempt, enrollment->started_at,
             enrollment->progress, enrollment->completed_at, enrollment->session_id,
             enrollment->seat, enrollment->certificate_at);
  bind_text (stmt, 18, enrollment->due_date);
  sqlite3_bind_int (stmt, 19, enrollment->is_instructor);
  bind_text (stmt, 20, enrollment->edition != NULL ? enrollment->edition : "");
  bind_text (stmt, 21, enrollment->mode != NULL ? enrollment->mode : "");
  bind_text (stmt, 22, enrollment->units != NULL ? enrollment->units : "");
  bind_text (stmt, 23, enrollment->subscription_end);
  reg_sandbox_db_run (self, stmt);
}

void
reg_sandbox_db_save_attempt (RegSandboxDb *self, RegSandboxAttempt *attempt)
{
  sqlite3_stmt *stmt = reg_sandbox_db_query (
      self, "INSERT OR REPLACE INTO attempt (id, revision, user_id, course_id, number,"
            " assigned_at, started_at, progress, completed_at, kept, ended_by)"
            " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)");

  attempt->revision = reg_sandbox_db_next_revision (self);
  BIND_INTS (stmt, attempt->id, attempt->revision, attempt->user_id, attempt->course_id,
             attempt->number, attempt->assigned_at, attempt->started_at, attempt->progress,
             attempt->completed_at, attempt->kept);
  bind_text (stmt, 11, attempt->ended_by);
  run_insert (self, stmt, &attempt->id);
}

void
reg_sandbox_db_save_certificate (RegSandboxDb *self, RegSandboxCertificate *certificate)
{
  sqlite3_stmt *stmt = reg_sandbox_db_query (
      self, "INSERT OR REPLACE INTO certificate (id, revision, user_id, course_id, attempt,"
            " issued_at, removed_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)");

  certificate->revision = reg_sandbox_db_next_revision (self);
  BIND_INTS (stmt, certificate->id, certificate->revision, certificate->user_id,
             certificate->course_id, certificate->attempt, certificate->issued_at,
             certificate->removed_at);
  run_insert (self, stmt, &certificate->id);
}

/* items: as text of a RegPreset */
void
reg_sandbox_db_save_preset (RegSandboxDb *self, gint64 id, const char *name, const char *items)
{
  sqlite3_stmt *stmt = reg_sandbox_db_query (
      self, "INSERT OR REPLACE INTO preset (id, revision, name, items) VALUES (?1, ?2, ?3, ?4)");

  BIND_INTS (stmt, id, reg_sandbox_db_next_revision (self));
  bind_text (stmt, 3, name);
  bind_text (stmt, 4, items);
  run_insert (self, stmt, &id);
  stmt = reg_sandbox_db_query (self, "DELETE FROM tombstone WHERE kind = 'preset' AND id = ?1");
  sqlite3_bind_int64 (stmt, 1, id);
  reg_sandbox_db_run (self, stmt);
}

static void
add_tombstone (RegSandboxDb *self, const char *kind, gint64 id, gint64 user_id, gint64 course_id)
{
  sqlite3_stmt *stmt =
      reg_sandbox_db_query (self, "INSERT INTO tombstone (revision, id, user_id, course_id, kind)"
                                  " VALUES (?1, ?2, ?3, ?4, ?5)");

  BIND_INTS (stmt, reg_sandbox_db_next_revision (self), id, user_id, course_id);
  bind_text (stmt, 5, kind);
  reg_sandbox_db_run (self, stmt);
}

void
reg_sandbox_db_remove_preset (RegSandboxDb *self, gint64 id)
{
  sqlite3_stmt *stmt = reg_sandbox_db_query (self, "DELETE FROM preset WHERE id = ?1");

  sqlite3_bind_int64 (stmt, 1, id);
  reg_sandbox_db_run (self, stmt);
  add_tombstone (self, "preset", id, 0, 0);
}

void
reg_sandbox_db_remove_enrollment (RegSandboxDb *self, gint64 user_id, gint64 course_id)
{
  sqlite3_stmt *stmt = reg_sandbox_db_query (self, "DELETE FROM enrollment WHERE id = ?1");

  sqlite3_bind_int64 (stmt, 1, reg_enrollment_id (user_id, course_id));
  reg_sandbox_db_run (self, stmt);
  add_tombstone (self, "enrollment", 0, user_id, course_id);
}

static void
forget (RegSandboxDb *self,
        const char *kind,
        const char *select,
        const char *remove,
        gint64 user_id,
        gint64 course_id)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  sqlite3_stmt *stmt = reg_sandbox_db_query (self, select);

  BIND_INTS (stmt, user_id, course_id);
  while (reg_sandbox_db_step (self, stmt))
    {
      gint64 id = sqlite3_column_int64 (stmt, 0);

      g_array_append_val (ids, id);
    }
  for (guint i = 0; i < ids->len; i++)
    add_tombstone (self, kind, g_array_index (ids, gint64, i), user_id, course_id);
  stmt = reg_sandbox_db_query (self, remove);
  BIND_INTS (stmt, user_id, course_id);
  reg_sandbox_db_run (self, stmt);
}

/* Deletes all that is recorded of a person in a course beside the enrollment itself. */
void
reg_sandbox_db_forget_records (RegSandboxDb *self, gint64 user_id, gint64 course_id)
{
  sqlite3_stmt *stmt;

  forget (self, "attempt", "SELECT id FROM attempt WHERE user_id = ?1 AND course_id = ?2",
          "DELETE FROM attempt WHERE user_id = ?1 AND course_id = ?2", user_id, course_id);
  forget (self, "certificate", "SELECT id FROM certificate WHERE user_id = ?1 AND course_id = ?2",
          "DELETE FROM certificate WHERE user_id = ?1 AND course_id = ?2", user_id, course_id);
  stmt = reg_sandbox_db_query (self, "DELETE FROM event WHERE enrollment_id = ?1");
  sqlite3_bind_int64 (stmt, 1, reg_enrollment_id (user_id, course_id));
  reg_sandbox_db_run (self, stmt);
}

/**
 * reg_sandbox_db_add_event:
 * @self: a database
 * @user_id: whom it concerns
 * @course_id: in which course; 0 for the person as such
 * @at: unix seconds
 * @actor_id: who did it
 * @event: an operation's name, or what the learner did
 * @attempt: the attempt it belongs to
 * @detail: a note, or ""
 *
 * Adds a line to the history.
 */
void
reg_sandbox_db_add_event (RegSandboxDb *self,
                          gint64 user_id,
                          gint64 course_id,
                          gint64 at,
                          gint64 actor_id,
                          const char *event,
                          int attempt,
                          const char *detail)
{
  sqlite3_stmt *stmt = reg_sandbox_db_query (
      self, "INSERT INTO event (enrollment_id, at, actor_id, attempt, event, detail, revision)"
            " VALUES (?1, ?2, ?3, ?4, ?5, ?6,"
            " coalesce ((SELECT revision FROM enrollment WHERE id = ?1), 0))");

  BIND_INTS (stmt, reg_enrollment_id (user_id, course_id), at, actor_id, attempt);
  bind_text (stmt, 5, event);
  bind_text (stmt, 6, detail);
  reg_sandbox_db_run (self, stmt);
}

/* Whether somebody else has this e-mail address. */
gboolean
reg_sandbox_db_has_email (RegSandboxDb *self, const char *email, gint64 except_id)
{
  g_autofree char *key = reg_email_key (email, -1);
  sqlite3_stmt *stmt = reg_sandbox_db_query (
      self, "SELECT 1 FROM user WHERE email_key = ?1 AND email_key <> '' AND id <> ?2");
  gboolean found;

  sqlite3_bind_text (stmt, 1, key, -1, SQLITE_TRANSIENT);
  sqlite3_bind_int64 (stmt, 2, except_id);
  found = reg_sandbox_db_step (self, stmt);
  sqlite3_reset (stmt);
  return found;
}
