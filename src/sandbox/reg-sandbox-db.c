/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-sandbox"

#include "sandbox/reg-sandbox-db.h"

struct _RegSandboxDb
{
  sqlite3 *db;
  GHashTable *statements; /* SQL literal (by address) → sqlite3_stmt */
  GError *error;          /* the first failure that nobody has taken yet */
  gint64 revision;
  gint64 revision_before; /* of the transaction that is open */
};

G_DEFINE_QUARK (reg - sandbox - error - quark, reg_sandbox_error)

static const char schema[] =
    "CREATE TABLE IF NOT EXISTS setting (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;"
    "CREATE TABLE IF NOT EXISTS label (id INTEGER PRIMARY KEY, revision INTEGER NOT NULL,"
    "  kind INTEGER NOT NULL, name TEXT NOT NULL);"
    "CREATE TABLE IF NOT EXISTS user (id INTEGER PRIMARY KEY, revision INTEGER NOT NULL,"
    "  email TEXT NOT NULL, employee_id TEXT NOT NULL, given_name TEXT NOT NULL,"
    "  family_name TEXT NOT NULL, role INTEGER NOT NULL, state INTEGER NOT NULL,"
    "  location_id INTEGER NOT NULL, manager_id INTEGER NOT NULL, labels TEXT NOT NULL,"
    "  approved_at INTEGER NOT NULL, notified_at INTEGER NOT NULL, archived_at INTEGER NOT NULL,"
    "  email_key TEXT NOT NULL);"
    "CREATE TABLE IF NOT EXISTS course (id INTEGER PRIMARY KEY, revision INTEGER NOT NULL,"
    "  code TEXT NOT NULL UNIQUE, title TEXT NOT NULL, kind INTEGER NOT NULL,"
    "  has_scorm INTEGER NOT NULL, has_quiz INTEGER NOT NULL, pool_id INTEGER NOT NULL,"
    "  auto_reassign_days INTEGER NOT NULL, items TEXT NOT NULL,"
    "  editions TEXT NOT NULL, units TEXT NOT NULL);"
    "CREATE TABLE IF NOT EXISTS session (id INTEGER PRIMARY KEY, revision INTEGER NOT NULL,"
    "  course_id INTEGER NOT NULL, place TEXT NOT NULL, starts_at INTEGER NOT NULL,"
    "  ends_at INTEGER NOT NULL, seats INTEGER NOT NULL, taken INTEGER NOT NULL);"
    "CREATE TABLE IF NOT EXISTS pool (id INTEGER PRIMARY KEY, revision INTEGER NOT NULL,"
    "  kind INTEGER NOT NULL, name TEXT NOT NULL, total INTEGER NOT NULL,"
    "  available INTEGER NOT NULL CHECK (available >= 0), expires TEXT NOT NULL);"
    /* learned: the revision at which the learner last did something. accessed: whether they ever
     * opened the course since they have the license, which starting anew does not give back. */
    "CREATE TABLE IF NOT EXISTS enrollment (id INTEGER PRIMARY KEY, revision INTEGER NOT NULL,"
    "  user_id INTEGER NOT NULL, access INTEGER NOT NULL, requirement INTEGER NOT NULL,"
    "  source INTEGER NOT NULL, visible INTEGER NOT NULL, archived INTEGER NOT NULL,"
    "  due_date TEXT NOT NULL, assigned_by INTEGER NOT NULL, assigned_at INTEGER NOT NULL,"
    "  attempt INTEGER NOT NULL, started_at INTEGER NOT NULL, progress INTEGER NOT NULL,"
    "  completed_at INTEGER NOT NULL, session_id INTEGER NOT NULL, seat INTEGER NOT NULL,"
    "  certificate_at INTEGER NOT NULL, learned INTEGER NOT NULL DEFAULT 0,"
    "  accessed INTEGER NOT NULL DEFAULT 0, is_instructor INTEGER NOT NULL DEFAULT 0,"
    "  edition TEXT NOT NULL, mode TEXT NOT NULL, units TEXT NOT NULL,"
    "  subscription_end TEXT NOT NULL);"
    "CREATE TABLE IF NOT EXISTS attempt (id INTEGER PRIMARY KEY, revision INTEGER NOT NULL,"
    "  user_id INTEGER NOT NULL, course_id INTEGER NOT NULL, number INTEGER NOT NULL,"
    "  assigned_at INTEGER NOT NULL, started_at INTEGER NOT NULL, progress INTEGER NOT NULL,"
    "  completed_at INTEGER NOT NULL, ended_by TEXT NOT NULL, kept INTEGER NOT NULL);"
    "CREATE TABLE IF NOT EXISTS certificate (id INTEGER PRIMARY KEY, revision INTEGER NOT NULL,"
    "  user_id INTEGER NOT NULL, course_id INTEGER NOT NULL, attempt INTEGER NOT NULL,"
    "  issued_at INTEGER NOT NULL, removed_at INTEGER NOT NULL);"
    "CREATE TABLE IF NOT EXISTS preset (id INTEGER PRIMARY KEY, revision INTEGER NOT NULL,"
    "  name TEXT NOT NULL, items TEXT NOT NULL);"
    "CREATE TABLE IF NOT EXISTS tombstone (revision INTEGER PRIMARY KEY, kind TEXT NOT NULL,"
    "  id INTEGER NOT NULL, user_id INTEGER NOT NULL, course_id INTEGER NOT NULL);"
    /* revision: the one the enrollment got by it. */
    "CREATE TABLE IF NOT EXISTS event (id INTEGER PRIMARY KEY, enrollment_id INTEGER NOT NULL,"
    "  at INTEGER NOT NULL, actor_id INTEGER NOT NULL, event TEXT NOT NULL,"
    "  attempt INTEGER NOT NULL, revision INTEGER NOT NULL, detail TEXT NOT NULL);"
    "CREATE TABLE IF NOT EXISTS operation (uuid TEXT PRIMARY KEY, request TEXT NOT NULL,"
    "  operation TEXT NOT NULL, user_id INTEGER NOT NULL, course_id INTEGER NOT NULL,"
    "  outcome INTEGER NOT NULL, code TEXT NOT NULL, sentence TEXT NOT NULL,"
    "  server TEXT NOT NULL, at INTEGER NOT NULL, received INTEGER NOT NULL,"
    "  applied INTEGER NOT NULL);"
    "CREATE TABLE IF NOT EXISTS mail (id INTEGER PRIMARY KEY, at INTEGER NOT NULL,"
    "  user_id INTEGER NOT NULL, address TEXT NOT NULL, kind TEXT NOT NULL,"
    "  subject TEXT NOT NULL, body TEXT NOT NULL);"
    "CREATE TABLE IF NOT EXISTS token (token TEXT PRIMARY KEY, user_id INTEGER NOT NULL)"
    "  WITHOUT ROWID;";

static const char make_indexes[] =
    "CREATE INDEX IF NOT EXISTS label_revision ON label (revision);"
    "CREATE INDEX IF NOT EXISTS user_revision ON user (revision);"
    "CREATE INDEX IF NOT EXISTS course_revision ON course (revision);"
    "CREATE INDEX IF NOT EXISTS session_revision ON session (revision);"
    "CREATE INDEX IF NOT EXISTS session_course ON session (course_id);"
    "CREATE INDEX IF NOT EXISTS pool_revision ON pool (revision);"
    "CREATE INDEX IF NOT EXISTS enrollment_revision ON enrollment (revision);"
    "CREATE INDEX IF NOT EXISTS attempt_revision ON attempt (revision);"
    "CREATE INDEX IF NOT EXISTS certificate_revision ON certificate (revision);"
    "CREATE INDEX IF NOT EXISTS preset_revision ON preset (revision);"
    "DROP INDEX IF EXISTS user_email;"
    "CREATE UNIQUE INDEX IF NOT EXISTS user_email_key ON user (email_key) WHERE email_key <> '';"
    "CREATE INDEX IF NOT EXISTS user_employee_id ON user (employee_id) WHERE employee_id <> '';"
    "CREATE INDEX IF NOT EXISTS enrollment_user ON enrollment (user_id);"
    "CREATE INDEX IF NOT EXISTS attempt_enrollment ON attempt (user_id, course_id);"
    "CREATE INDEX IF NOT EXISTS certificate_enrollment ON certificate (user_id, course_id);"
    "CREATE INDEX IF NOT EXISTS event_enrollment ON event (enrollment_id);"
    "CREATE INDEX IF NOT EXISTS tombstone_row ON tombstone (kind, id, user_id, course_id);";

static const char drop_indexes[] =
    "DROP INDEX user_revision; DROP INDEX user_email_key; DROP INDEX user_employee_id; DROP INDEX "
    "enrollment_revision;"
    "DROP INDEX enrollment_user; DROP INDEX attempt_revision; DROP INDEX attempt_enrollment;"
    "DROP INDEX certificate_revision; DROP INDEX certificate_enrollment;"
    "DROP INDEX event_enrollment;";

static const char highest_revision[] =
    "SELECT max (coalesce ((SELECT max (revision) FROM label), 0),"
    " coalesce ((SELECT max (revision) FROM user), 0),"
    " coalesce ((SELECT max (revision) FROM course), 0),"
    " coalesce ((SELECT max (revision) FROM session), 0),"
    " coalesce ((SELECT max (revision) FROM pool), 0),"
    " coalesce ((SELECT max (revision) FROM enrollment), 0),"
    " coalesce ((SELECT max (revision) FROM attempt), 0),"
    " coalesce ((SELECT max (revision) FROM certificate), 0),"
    " coalesce ((SELECT max (revision) FROM preset), 0),"
    " coalesce ((SELECT max (revision) FROM tombstone), 0))";

static void
fail (RegSandboxDb *self)
{
  if (self->error == NULL)
    self->error = g_error_new (REG_SANDBOX_ERROR, REG_SANDBOX_ERROR_STORAGE,
                               "The sandbox's database failed: %s", sqlite3_errmsg (self->db));
}

static void
finalize (gpointer stmt)
{
  sqlite3_finalize (stmt);
}

/**
 * reg_sandbox_db_open:
 * @path: a file, made where it is missing, or ":memory:"
 * @error: return location
 *
 * Returns: (transfer full): the database
 */
RegSandboxDb *
reg_sandbox_db_open (const char *path, GError **error)
{
  /* One thread at a time uses it, so SQLite need not lock for every column. */
  const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
  g_autoptr (RegSandboxDb) self = g_new0 (RegSandboxDb, 1);

  self->statements = g_hash_table_new_full (NULL, NULL, NULL, finalize);
  if (sqlite3_open_v2 (path, &self->db, flags, NULL) != SQLITE_OK)
    fail (self);
  reg_sandbox_db_exec (self, "PRAGMA busy_timeout = 5000");
  reg_sandbox_db_exec (self, "PRAGMA journal_mode = WAL");
  reg_sandbox_db_exec (self, "PRAGMA synchronous = NORMAL");
  reg_sandbox_db_exec (self, schema);
  reg_sandbox_db_exec (self, make_indexes);
  self->revision = reg_sandbox_db_get_int (self, highest_revision);
  if (reg_sandbox_db_take_error (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
reg_sandbox_db_close (RegSandboxDb *self)
{
  g_hash_table_unref (self->statements);
  sqlite3_close (self->db);
  g_clear_error (&self->error);
  g_free (self);
}

/**
 * reg_sandbox_db_take_error:
 * @self: a database
 * @error: return location for the failure
 *
 * Returns: whether something failed since the last call
 */
gboolean
reg_sandbox_db_take_error (RegSandboxDb *self, GError **error)
{
  if (self->error == NULL)
    return FALSE;
  g_propagate_error (error, g_steal_pointer (&self->error));
  return TRUE;
}

void
reg_sandbox_db_exec (RegSandboxDb *self, const char *sql)
{
  if (self->error == NULL && sqlite3_exec (self->db, sql, NULL, NULL, NULL) != SQLITE_OK)
    fail (self);
}

/**
 * reg_sandbox_db_query:
 * @self: a database
 * @sql: one statement; a literal, because it is kept by its address
 *
 * Returns: (transfer none) (nullable): the statement, ready for values; %NULL after a failure,
 *   which SQLite's binding functions and reg_sandbox_db_step () take
 */
sqlite3_stmt *
reg_sandbox_db_query (RegSandboxDb *self, const char *sql)
{
  sqlite3_stmt *stmt = g_hash_table_lookup (self->statements, sql);

  if (self->error != NULL)
    return NULL;
  if (stmt != NULL)
    {
      sqlite3_reset (stmt);
      return stmt;
    }
  if (sqlite3_prepare_v3 (self->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &stmt, NULL) != SQLITE_OK)
    {
      fail (self);
      return NULL;
    }
  g_hash_table_insert (self->statements, (gpointer)sql, stmt);
  return stmt;
}

/**
 * reg_sandbox_db_step:
 * @self: a database
 * @stmt: (nullable): a statement of it
 *
 * Returns: whether there is a row; at the end the statement is reset
 */
gboolean
reg_sandbox_db_step (RegSandboxDb *self, sqlite3_stmt *stmt)
{
  int status;

  if (stmt == NULL || self->error != NULL)
    return FALSE;
  status = sqlite3_step (stmt);
  if (status == SQLITE_ROW)
    return TRUE;
  if (status != SQLITE_DONE)
    fail (self);
  sqlite3_reset (stmt);
  return FALSE;
}

/* Runs a statement that gives no rows. */
void
reg_sandbox_db_run (RegSandboxDb *self, sqlite3_stmt *stmt)
{
  while (reg_sandbox_db_step (self, stmt))
    continue;
}

/* The one number a statement without values gives; 0 where it gives none. */
gint64
reg_sandbox_db_get_int (RegSandboxDb *self, const char *sql)
{
  sqlite3_stmt *stmt = reg_sandbox_db_query (self, sql);
  gint64 value = 0;

  if (reg_sandbox_db_step (self, stmt))
    value = sqlite3_column_int64 (stmt, 0);
  if (stmt != NULL)
    sqlite3_reset (stmt);
  return value;
}

void
reg_sandbox_db_begin (RegSandboxDb *self)
{
  self->revision_before = self->revision;
  reg_sandbox_db_exec (self, "BEGIN IMMEDIATE");
}

/**
 * reg_sandbox_db_commit:
 * @self: a database in a transaction
 * @error: return location for the first failure since it began
 *
 * Ends the transaction; where anything in it failed, it is rolled back.
 *
 * Returns: whether all of it is kept
 */
gboolean
reg_sandbox_db_commit (RegSandboxDb *self, GError **error)
{
  reg_sandbox_db_exec (self, "COMMIT");
  if (self->error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&self->error));
  reg_sandbox_db_rollback (self);
  return FALSE;
}

void
reg_sandbox_db_rollback (RegSandboxDb *self)
{
  GHashTableIter iter;
  gpointer stmt;

  g_hash_table_iter_init (&iter, self->statements);
  while (g_hash_table_iter_next (&iter, NULL, &stmt))
    sqlite3_reset (stmt);
  if (!sqlite3_get_autocommit (self->db))
    sqlite3_exec (self->db, "ROLLBACK", NULL, NULL, NULL);
  g_clear_error (&self->error);
  self->revision = self->revision_before;
}

gint64
reg_sandbox_db_next_revision (RegSandboxDb *self)
{
  return ++self->revision;
}

gint64
reg_sandbox_db_get_revision (RegSandboxDb *self)
{
  return self->revision;
}

/* Returns: (nullable) (transfer full): the value, or NULL where it was never set */
char *
reg_sandbox_db_dup_setting (RegSandboxDb *self, const char *key)
{
  sqlite3_stmt *stmt = reg_sandbox_db_query (self, "SELECT value FROM setting WHERE key = ?1");
  char *value = NULL;

  sqlite3_bind_text (stmt, 1, key, -1, SQLITE_TRANSIENT);
  if (reg_sandbox_db_step (self, stmt))
    value = g_strdup ((const char *)sqlite3_column_text (stmt, 0));
  sqlite3_reset (stmt);
  return value;
}

void
reg_sandbox_db_set_setting (RegSandboxDb *self, const char *key, const char *value)
{
  sqlite3_stmt *stmt =
      reg_sandbox_db_query (self, "INSERT OR REPLACE INTO setting (key, value) VALUES (?1, ?2)");

  sqlite3_bind_text (stmt, 1, key, -1, SQLITE_TRANSIENT);
  sqlite3_bind_text (stmt, 2, value, -1, SQLITE_TRANSIENT);
  reg_sandbox_db_run (self, stmt);
}

void
reg_sandbox_db_drop_indexes (RegSandboxDb *self)
{
  reg_sandbox_db_exec (self, drop_indexes);
}

void
reg_sandbox_db_make_indexes (RegSandboxDb *self)
{
  reg_sandbox_db_exec (self, make_indexes);
}
