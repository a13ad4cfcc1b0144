/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-store"

#include "store/reg-store-reading.h"

#include "store/reg-store-private.h"

/**
 * reg_store_put_reading:
 * @self: a store
 * @user_id: the person
 * @course_id: the course
 * @kind: what was read
 * @read_at: unix seconds
 * @body: (array length=len): the LMS's answer
 * @len: bytes of @body
 * @error: return location
 *
 * Keeps what was read, in place of what was read before.
 */
gboolean
reg_store_put_reading (RegStore *self,
                       gint64 user_id,
                       gint64 course_id,
                       const char *kind,
                       gint64 read_at,
                       const char *body,
                       gsize len,
                       GError **error)
{
  RegStoreTransaction transaction;
  sqlite3_stmt *stmt;

  if (!reg_store_transaction_begin (&transaction, self, REG_STORE_RECOVERABLE, error))
    return FALSE;
  stmt = reg_store_db_prepare (transaction.db,
                               "INSERT OR REPLACE INTO reading (user_id, course_id, kind, read_at, "
                               "body) VALUES (?1, ?2, ?3, ?4, ?5)",
                               error);
  if (stmt != NULL)
    {
      sqlite3_bind_int64 (stmt, 1, user_id);
      sqlite3_bind_int64 (stmt, 2, course_id);
      reg_store_bind_text (stmt, 3, kind);
      sqlite3_bind_int64 (stmt, 4, read_at);
      sqlite3_bind_text (stmt, 5, body, (int)len, SQLITE_STATIC);
      if (reg_store_db_run (transaction.db, stmt, error))
        {
          sqlite3_clear_bindings (stmt);
          return reg_store_transaction_commit (&transaction, error);
        }
      sqlite3_clear_bindings (stmt);
    }
  reg_store_transaction_rollback (&transaction);
  return FALSE;
}

/**
 * reg_store_get_reading:
 * @self: a store
 * @user_id: the person
 * @course_id: the course
 * @kind: what was read
 * @read_at: (out): unix seconds, 0 for never
 * @body: (out) (transfer full) (nullable): the LMS's answer
 * @error: return location
 */
gboolean
reg_store_get_reading (RegStore *self,
                       gint64 user_id,
                       gint64 course_id,
                       const char *kind,
                       gint64 *read_at,
                       char **body,
                       GError **error)
{
  RegStoreDb *db = &self->reader;
  sqlite3_stmt *stmt;
  gboolean row = FALSE, done = FALSE;

  *read_at = 0;
  *body = NULL;
  reg_store_db_lock (db);
  stmt = reg_store_db_prepare (
      db, "SELECT read_at, body FROM reading WHERE user_id = ?1 AND course_id = ?2 AND kind = ?3",
      error);
  if (stmt != NULL)
    {
      sqlite3_bind_int64 (stmt, 1, user_id);
      sqlite3_bind_int64 (stmt, 2, course_id);
      reg_store_bind_text (stmt, 3, kind);
      done = reg_store_db_step (db, stmt, &row, error);
    }
  if (done && row)
    {
      *read_at = sqlite3_column_int64 (stmt, 0);
      *body = reg_store_column_dup (stmt, 1);
      sqlite3_reset (stmt);
    }
  reg_store_db_unlock (db);
  return done;
}

void
reg_attempt_free (RegAttempt *self)
{
  g_free (self->ended_by);
  g_free (self);
}

static void
attempt_free (gpointer data)
{
  reg_attempt_free (data);
}

/* Attempts that ended, newest first, each with its certificate: of several for one attempt, the one
 * issued last. */
#define SELECT_ATTEMPTS                                                                            \
  "SELECT json ->> 'number', json ->> 'assigned_at', json ->> 'started_at', json ->> 'progress', " \
  "json ->> 'completed_at', json ->> 'ended_by', json ->> 'records' FROM document "                \
  "INDEXED BY document_target WHERE user_id = ?1 AND course_id = ?2 AND kind = 'attempt' "         \
  "ORDER BY json ->> 'number' DESC, id DESC"
#define SELECT_CERTIFICATES                                                                        \
  "SELECT id, json ->> 'attempt', json ->> 'issued_at' FROM document INDEXED BY document_target "  \
  "WHERE user_id = ?1 AND course_id = ?2 AND kind = 'certificate' "                                \
  "AND json ->> 'removed_at' IS NULL ORDER BY json ->> 'attempt' DESC, id DESC"

static gboolean
read_attempts (RegStoreDb *db, gint64 user_id, gint64 course_id, GPtrArray *list, GError **error)
{
  sqlite3_stmt *stmt = reg_store_db_prepare (db, SELECT_ATTEMPTS, error);
  gboolean row = TRUE;

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, user_id);
  sqlite3_bind_int64 (stmt, 2, course_id);
  while (reg_store_db_step (db, stmt, &row, error) && row)
    {
      RegAttempt *attempt = g_new0 (RegAttempt, 1);

      attempt->number = sqlite3_column_int (stmt, 0);
      attempt->assigned_at = sqlite3_column_int64 (stmt, 1);
      attempt->started_at = sqlite3_column_int64 (stmt, 2);
      attempt->progress = sqlite3_column_int (stmt, 3);
      attempt->completed_at = sqlite3_column_int64 (stmt, 4);
      attempt->ended_by = g_strdup (reg_store_column_text (stmt, 5));
      attempt->is_kept = g_strcmp0 (reg_store_column_text (stmt, 6), "removed") != 0;
      g_ptr_array_add (list, attempt);
    }
  return !row;
}

/* What goes on stands in the enrollment alone. */
static gboolean
read_current (RegStoreDb *db, gint64 user_id, gint64 course_id, GPtrArray *list, GError **error)
{
  sqlite3_stmt *stmt =
      reg_store_db_prepare (db,
                            "SELECT attempt, assigned_at, started_at, progress, completed_at, "
                            "certificate_at FROM enrollment WHERE id = ?1",
                            error);
  RegAttempt *attempt;
  gboolean row;

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, reg_enrollment_id (user_id, course_id));
  if (!reg_store_db_step (db, stmt, &row, error))
    return FALSE;
  if (!row)
    return TRUE;
  attempt = g_new0 (RegAttempt, 1);
  attempt->number = sqlite3_column_int (stmt, 0);
  attempt->assigned_at = sqlite3_column_int64 (stmt, 1);
  attempt->started_at = sqlite3_column_int64 (stmt, 2);
  attempt->progress = sqlite3_column_int (stmt, 3);
  attempt->completed_at = sqlite3_column_int64 (stmt, 4);
  attempt->certificate_at = sqlite3_column_int64 (stmt, 5);
  attempt->ended_by = g_strdup ("");
  attempt->is_kept = TRUE;
  sqlite3_reset (stmt);
  g_ptr_array_insert (list, 0, attempt);
  return TRUE;
}

static RegAttempt *
find_attempt (GPtrArray *list, int number)
{
  for (guint i = 0; i < list->len; i++)
    if (((RegAttempt *)g_ptr_array_index (list, i))->number == number)
      return g_ptr_array_index (list, i);
  return NULL;
}

static gboolean
read_certificates (RegStoreDb *db,
                   gint64 user_id,
                   gint64 course_id,
                   GPtrArray *list,
                   GError **error)
{
  sqlite3_stmt *stmt = reg_store_db_prepare (db, SELECT_CERTIFICATES, error);
  gboolean row = TRUE;

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, user_id);
  sqlite3_bind_int64 (stmt, 2, course_id);
  while (reg_store_db_step (db, stmt, &row, error) && row)
    {
      RegAttempt *attempt = find_attempt (list, sqlite3_column_int (stmt, 1));
      /* One that is about to be removed, or not yet issued, is as its enrollment says. */
      gboolean is_current = attempt != NULL && *attempt->ended_by == '\0';

      if (attempt == NULL || attempt->certificate_id != 0
          || (is_current && attempt->certificate_at == 0))
        continue;
      attempt->certificate_id = sqlite3_column_int64 (stmt, 0);
      attempt->certificate_at = sqlite3_column_int64 (stmt, 2);
    }
  return !row;
}

/**
 * reg_store_list_attempts:
 * @self: a store
 * @user_id: the person
 * @course_id: the course
 * @error: return location
 *
 * Returns: (transfer full) (element-type RegAttempt) (nullable): every assignment of the course to
 * the person that the LMS has told of, newest first; %NULL on error
 */
GPtrArray *
reg_store_list_attempts (RegStore *self, gint64 user_id, gint64 course_id, GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (attempt_free);
  RegStoreDb *db = &self->reader;
  gboolean done;

  reg_store_db_lock (db);
  done = read_attempts (db, user_id, course_id, list, error)
         && read_current (db, user_id, course_id, list, error)
         && read_certificates (db, user_id, course_id, list, error);
  reg_store_db_unlock (db);
  return done ? g_steal_pointer (&list) : NULL;
}

/**
 * reg_store_find_certificate:
 * @self: a store
 * @user_id: the person
 * @course_id: the course
 * @id: (out): the certificate, or 0 for none
 * @attempt: (out) (optional): the attempt it was issued for
 * @error: return location
 *
 * Which certificate a person can look at: that of the most recent attempt that has one. One that is
 * removed here, or was issued here and not sent yet, is not there.
 */
gboolean
reg_store_find_certificate (RegStore *self,
                            gint64 user_id,
                            gint64 course_id,
                            gint64 *id,
                            int *attempt,
                            GError **error)
{
  g_autoptr (GPtrArray) attempts = reg_store_list_attempts (self, user_id, course_id, error);

  *id = 0;
  if (attempts == NULL)
    return FALSE;
  for (guint i = 0; i < attempts->len; i++)
    {
      const RegAttempt *one = g_ptr_array_index (attempts, i);

      if (one->certificate_id == 0)
        continue;
      *id = one->certificate_id;
      if (attempt != NULL)
        *attempt = one->number;
      break;
    }
  return TRUE;
}
