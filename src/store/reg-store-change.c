/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Single changes: their states and what the audit log keeps of them. */
#define G_LOG_DOMAIN "reg-store"

#include "store/reg-store-private.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

gint64
reg_store_now (void)
{
  return g_get_real_time () / G_USEC_PER_SEC;
}

gboolean
reg_store_add_event (RegStoreTransaction *self,
                     const char *kind,
                     gint64 batch_id,
                     gint64 change_id,
                     gint64 n,
                     const char *detail,
                     GError **error)
{
  sqlite3_stmt *stmt =
      reg_store_db_prepare (self->db,
                            "INSERT INTO event (at, kind, batch_id, change_id, n, detail) "
                            "VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                            error);

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, reg_store_now ());
  reg_store_bind_text (stmt, 2, kind);
  sqlite3_bind_int64 (stmt, 3, batch_id);
  if (change_id != 0)
    sqlite3_bind_int64 (stmt, 4, change_id);
  sqlite3_bind_int64 (stmt, 5, n);
  reg_store_bind_text (stmt, 6, detail);
  return reg_store_db_run (self->db, stmt, error);
}

gboolean
reg_store_set_change_state (RegStoreTransaction *self,
                            gint64 change_id,
                            gint64 batch_id,
                            RegChangeState from,
                            RegChangeState to,
                            const char *code,
                            const char *sentence,
                            const RegParams *server,
                            GError **error)
{
  g_autofree char *server_text = server != NULL ? reg_params_to_text (server) : NULL;
  sqlite3_stmt *stmt =
      reg_store_db_prepare (self->db,
                            "UPDATE change SET state = ?2, code = ?3, sentence = ?4, server = ?5, "
                            "settled_at = ?6, not_before = 0 WHERE id = ?1",
                            error);

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, change_id);
  sqlite3_bind_int (stmt, 2, (int)to);
  reg_store_bind_text (stmt, 3, code);
  reg_store_bind_text (stmt, 4, sentence);
  reg_store_bind_text (stmt, 5, server_text);
  if (to == REG_CHANGE_DONE)
    sqlite3_bind_int64 (stmt, 6, reg_store_now ());
  if (!reg_store_db_run (self->db, stmt, error))
    return FALSE;
  /* server_text is about to go; the statement must not keep it. */
  sqlite3_clear_bindings (stmt);
  reg_store_transaction_count (self, batch_id, (int)from, (int)to);
  if (to == REG_CHANGE_REJECTED)
    return reg_store_add_event (self, "rejected", batch_id, change_id, 1, sentence, error);
  if (to == REG_CHANGE_CONFLICT)
    return reg_store_add_event (self, "conflict", batch_id, change_id, 1, sentence, error);
  return TRUE;
}

static gboolean
write_params (RegStoreTransaction *self,
              const char *sql,
              gint64 change_id,
              const RegParams *params,
              GError **error)
{
  g_autofree char *text = reg_params_to_text (params);
  sqlite3_stmt *stmt = reg_store_db_prepare (self->db, sql, error);
  gboolean done;

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, change_id);
  reg_store_bind_text (stmt, 2, text);
  done = reg_store_db_run (self->db, stmt, error);
  sqlite3_clear_bindings (stmt);
  return done;
}

gboolean
reg_store_set_change_params (RegStoreTransaction *self,
                             gint64 change_id,
                             const RegParams *params,
                             GError **error)
{
  return write_params (self, "UPDATE change SET params = ?2 WHERE id = ?1", change_id, params,
                       error);
}

gboolean
reg_store_set_change_base (RegStoreTransaction *self,
                           gint64 change_id,
                           const RegParams *base,
                           GError **error)
{
  return write_params (self, "UPDATE change SET base = ?2 WHERE id = ?1", change_id, base, error);
}

RegParams *
reg_store_parse_params (const char *text)
{
  g_autoptr (GError) error = NULL;
  RegParams *params;

  if (text == NULL)
    return NULL;
  params = reg_params_new_from_text (text, &error);
  if (params == NULL)
    g_warning ("Parameters of a change cannot be read: %s", error->message);
  return params;
}

static RegParams *
read_params (sqlite3_stmt *stmt, int column)
{
  return reg_store_parse_params ((const char *)sqlite3_column_text (stmt, column));
}

RegChange *
reg_store_read_change (sqlite3_stmt *stmt)
{
  RegChange *change = reg_change_new ();
  const guint8 *uuid = sqlite3_column_blob (stmt, 2);

  change->id = sqlite3_column_int64 (stmt, 0);
  change->batch_id = sqlite3_column_int64 (stmt, 1);
  if (uuid != NULL && sqlite3_column_bytes (stmt, 2) == 16)
    {
      g_free (change->uuid);
      change->uuid = reg_store_uuid_to_text (uuid);
    }
  g_free (change->operation);
  change->operation = g_strdup (reg_store_column_text (stmt, 3));
  change->user_id = sqlite3_column_int64 (stmt, 4);
  change->course_id = sqlite3_column_int64 (stmt, 5);
  change->params = read_params (stmt, 6);
  change->base = read_params (stmt, 7);
  change->base_revision = sqlite3_column_int64 (stmt, 8);
  change->state = (RegChangeState)CLAMP (sqlite3_column_int (stmt, 9), 0, REG_N_CHANGE_STATES - 1);
  change->attempts = (guint)sqlite3_column_int (stmt, 10);
  change->not_before = sqlite3_column_int64 (stmt, 11);
  change->code = reg_store_column_dup (stmt, 12);
  change->sentence = reg_store_column_dup (stmt, 13);
  change->server = read_params (stmt, 14);
  change->created_at = sqlite3_column_int64 (stmt, 15);
  change->note = reg_store_column_dup (stmt, 16);
  return change;
}

void
reg_store_change_read (sqlite3_stmt *stmt, RegStoreChange *change)
{
  *change = (RegStoreChange){
    .id = sqlite3_column_int64 (stmt, 0),
    .batch_id = sqlite3_column_int64 (stmt, 1),
    .user_id = sqlite3_column_int64 (stmt, 2),
    .course_id = sqlite3_column_int64 (stmt, 3),
    .state = (RegChangeState)CLAMP (sqlite3_column_int (stmt, 4), 0, REG_N_CHANGE_STATES - 1),
    .created_at = sqlite3_column_int64 (stmt, 5),
    .pool_delta = sqlite3_column_int64 (stmt, 6),
    .code = reg_store_column_dup (stmt, 7),
    .params = reg_store_column_dup (stmt, 8),
    .base = reg_store_column_dup (stmt, 9),
    .server = reg_store_column_dup (stmt, 10),
    .counter = reg_store_column_dup (stmt, 11),
    .operation = reg_store_column_dup (stmt, 12),
  };
}

void
reg_store_change_clear (RegStoreChange *change)
{
  g_free (change->code);
  g_free (change->params);
  g_free (change->base);
  g_free (change->server);
  g_free (change->operation);
  g_free (change->counter);
}

gboolean
reg_store_load_change (RegStoreTransaction *self,
                       gint64 id,
                       RegStoreChange *change,
                       gboolean *found,
                       GError **error)
{
  sqlite3_stmt *stmt = reg_store_db_prepare (
      self->db, "SELECT " REG_SQL_STORE_CHANGE " FROM change WHERE id = ?1", error);

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, id);
  if (!reg_store_db_step (self->db, stmt, found, error))
    return FALSE;
  if (*found)
    {
      reg_store_change_read (stmt, change);
      sqlite3_reset (stmt);
    }
  return TRUE;
}

static gboolean
run_for_change (RegStoreTransaction *transaction,
                gint64 id,
                RegStoreChangeFunc func,
                gpointer data,
                gboolean *done,
                GError **error)
{
  RegStoreChange change;
  gboolean found, success;

  if (!reg_store_load_change (transaction, id, &change, &found, error))
    return FALSE;
  if (!found)
    {
      g_set_error (error, REG_STORE_ERROR, REG_STORE_ERROR_NOT_FOUND,
                   _ ("There is no change %" PRIi64 " in Pending Changes."), id);
      return FALSE;
    }
  *done = FALSE;
  success = func (transaction, &change, data, done, error);
  reg_store_change_clear (&change);
  return success;
}

gboolean
reg_store_for_changes (RegStore *self,
                       const gint64 *ids,
                       gsize n,
                       RegStoreChangeFunc func,
                       gpointer data,
                       const char *impossible,
                       gint64 *n_done,
                       GError **error)
{
  RegStoreTransaction transaction;
  gint64 counted = 0;
  gboolean success = TRUE, done;

  if (n_done != NULL)
    *n_done = 0;
  if (!reg_store_transaction_begin (&transaction, self, REG_STORE_DURABLE, error))
    return FALSE;
  for (gsize i = 0; success && i < n; i++)
    {
      success = run_for_change (&transaction, ids[i], func, data, &done, error);
      counted += success && done;
    }
  if (success && counted == 0 && n > 0)
    {
      g_set_error_literal (error, REG_STORE_ERROR, REG_STORE_ERROR_NOT_POSSIBLE, impossible);
      success = FALSE;
    }
  if (!success)
    {
      reg_store_transaction_rollback (&transaction);
      return FALSE;
    }
  if (!reg_store_transaction_commit (&transaction, error))
    return FALSE;
  if (n_done != NULL)
    *n_done = counted;
  return TRUE;
}
