/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The LMS's own tables. Used on the sandbox's thread only. */
#pragma once

#include "model/reg-preset.h"
#include "model/reg-course.h"
#include "model/reg-enrollment.h"
#include "model/reg-label.h"
#include "model/reg-license-pool.h"
#include "model/reg-session.h"
#include "model/reg-user.h"

#include <gio/gio.h>
#include <sqlite3.h>

G_BEGIN_DECLS

#define REG_SANDBOX_ERROR (reg_sandbox_error_quark ())

/**
 * RegSandboxError:
 * @REG_SANDBOX_ERROR_STORAGE: the database cannot be read or written
 * @REG_SANDBOX_ERROR_SEED: the data to begin with cannot be made
 */
typedef enum
{
  REG_SANDBOX_ERROR_STORAGE,
  REG_SANDBOX_ERROR_SEED,
} RegSandboxError;

GQuark reg_sandbox_error_quark (void);

/* What an LMS knows of an attempt that ended; the latest one stands in its enrollment. */
typedef struct
{
  gint64 id;
  gint64 revision;
  gint64 user_id;
  gint64 course_id;
  int number;
  gint64 assigned_at;
  gint64 started_at;
  int progress;
  gint64 completed_at;
  const char *ended_by;
  gboolean kept; /* FALSE: its records were removed */
} RegSandboxAttempt;

typedef struct
{
  gint64 id;
  gint64 revision;
  gint64 user_id;
  gint64 course_id;
  int attempt;
  gint64 issued_at;
  gint64 removed_at;
} RegSandboxCertificate;

typedef struct _RegSandboxDb RegSandboxDb;

RegSandboxDb *reg_sandbox_db_open (const char *path, GError **error);
void reg_sandbox_db_close (RegSandboxDb *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RegSandboxDb, reg_sandbox_db_close)

/* The first failure is kept and makes all that follows do nothing until it is taken. */
gboolean reg_sandbox_db_take_error (RegSandboxDb *self, GError **error);
void reg_sandbox_db_exec (RegSandboxDb *self, const char *sql);
sqlite3_stmt *reg_sandbox_db_query (RegSandboxDb *self, const char *sql);
gboolean reg_sandbox_db_step (RegSandboxDb *self, sqlite3_stmt *stmt);
void reg_sandbox_db_run (RegSandboxDb *self, sqlite3_stmt *stmt);
gint64 reg_sandbox_db_get_int (RegSandboxDb *self, const char *sql);

void reg_sandbox_db_begin (RegSandboxDb *self);
gboolean reg_sandbox_db_commit (RegSandboxDb *self, GError **error);
void reg_sandbox_db_rollback (RegSandboxDb *self);

gint64 reg_sandbox_db_next_revision (RegSandboxDb *self);
gint64 reg_sandbox_db_get_revision (RegSandboxDb *self);

char *reg_sandbox_db_dup_setting (RegSandboxDb *self, const char *key);
void reg_sandbox_db_set_setting (RegSandboxDb *self, const char *key, const char *value);

/* Reading a row of `SELECT <columns>` in place: texts belong to the statement. */
#define REG_SANDBOX_USER_COLUMNS                                                                   \
  "id, revision, email, employee_id, given_name, family_name, role, state, location_id, "          \
  "manager_id, labels, approved_at, notified_at, archived_at"
#define REG_SANDBOX_ENROLLMENT_COLUMNS                                                             \
  "id, revision, access, requirement, source, visible, archived, due_date, assigned_by, "          \
  "assigned_at, attempt, started_at, progress, completed_at, session_id, seat, certificate_at, "   \
  "is_instructor, edition, mode, units, subscription_end"
#define REG_SANDBOX_COURSE_COLUMNS                                                                 \
  "id, revision, code, title, kind, has_scorm, has_quiz, pool_id, auto_reassign_days, items, "     \
  "editions, units"
#define REG_SANDBOX_SESSION_COLUMNS                                                                \
  "id, revision, course_id, place, starts_at, ends_at, seats, taken"
#define REG_SANDBOX_POOL_COLUMNS "id, revision, kind, name, total, available, expires"
#define REG_SANDBOX_LABEL_COLUMNS "id, revision, kind, name"
#define REG_SANDBOX_ATTEMPT_COLUMNS                                                                \
  "id, revision, user_id, course_id, number, assigned_at, started_at, progress, completed_at, "    \
  "ended_by, kept"
#define REG_SANDBOX_CERTIFICATE_COLUMNS                                                            \
  "id, revision, user_id, course_id, attempt, issued_at, removed_at"

void reg_sandbox_db_peek_user (sqlite3_stmt *stmt, RegUser *user);
void reg_sandbox_db_peek_enrollment (sqlite3_stmt *stmt, RegEnrollment *enrollment);
void reg_sandbox_db_peek_course (sqlite3_stmt *stmt, RegCourse *course);
void reg_sandbox_db_peek_session (sqlite3_stmt *stmt, RegSession *session);
void reg_sandbox_db_peek_pool (sqlite3_stmt *stmt, RegLicensePool *pool);
void reg_sandbox_db_peek_label (sqlite3_stmt *stmt, RegLabel *label);
void reg_sandbox_db_peek_attempt (sqlite3_stmt *stmt, RegSandboxAttempt *attempt);
void reg_sandbox_db_peek_certificate (sqlite3_stmt *stmt, RegSandboxCertificate *certificate);

RegUser *reg_sandbox_db_load_user (RegSandboxDb *self, gint64 id);
RegCourse *reg_sandbox_db_load_course (RegSandboxDb *self, gint64 id);
RegLicensePool *reg_sandbox_db_load_pool (RegSandboxDb *self, gint64 id);
RegSession *reg_sandbox_db_load_session (RegSandboxDb *self, gint64 id);
GPtrArray *reg_sandbox_db_list_sessions (RegSandboxDb *self, gint64 course_id);
RegEnrollment *
reg_sandbox_db_load_enrollment (RegSandboxDb *self, gint64 user_id, gint64 course_id);

/* Writing: each gives the row a new revision, in the record too. Those with id 0 get an id. */
void reg_sandbox_db_save_user (RegSandboxDb *self, RegUser *user);
void reg_sandbox_db_save_course (RegSandboxDb *self, RegCourse *course);
void reg_sandbox_db_save_session (RegSandboxDb *self, RegSession *session);
void reg_sandbox_db_save_pool (RegSandboxDb *self, RegLicensePool *pool);
void reg_sandbox_db_save_label (RegSandboxDb *self, RegLabel *label);
void reg_sandbox_db_save_enrollment (RegSandboxDb *self, RegEnrollment *enrollment);
void reg_sandbox_db_save_attempt (RegSandboxDb *self, RegSandboxAttempt *attempt);
void reg_sandbox_db_save_certificate (RegSandboxDb *self, RegSandboxCertificate *certificate);
void
reg_sandbox_db_save_preset (RegSandboxDb *self, gint64 id, const char *name, const char *items);
/* (transfer full): with an empty name where there is none */
RegPreset *reg_sandbox_db_load_preset (RegSandboxDb *self, gint64 id);
void reg_sandbox_db_remove_preset (RegSandboxDb *self, gint64 id);
/* Without a name it goes. */
void reg_sandbox_db_store_preset (RegSandboxDb *self, const RegPreset *preset);
void reg_sandbox_db_remove_enrollment (RegSandboxDb *self, gint64 user_id, gint64 course_id);
void reg_sandbox_db_forget_records (RegSandboxDb *self, gint64 user_id, gint64 course_id);

void reg_sandbox_db_add_event (RegSandboxDb *self,
                               gint64 user_id,
                               gint64 course_id,
                               gint64 at,
                               gint64 actor_id,
                               const char *event,
                               int attempt,
                               const char *detail);
gboolean reg_sandbox_db_has_email (RegSandboxDb *self, const char *email, gint64 except_id);

/* Around a large fill: indexes are made once at its end. */
void reg_sandbox_db_drop_indexes (RegSandboxDb *self);
void reg_sandbox_db_make_indexes (RegSandboxDb *self);

G_END_DECLS
