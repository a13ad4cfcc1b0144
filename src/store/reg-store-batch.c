/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-store"

#include "store/reg-store-batch-private.h"

gboolean
reg_store_batch_init (RegStoreBatch *self,
                      RegStoreTransaction *transaction,
                      const RegStep *step,
                      gint64 counter_of,
                      GError **error)
{
  sqlite3_stmt *stmt;

  *self = (RegStoreBatch){ .transaction = transaction, .step = step, .counter_of = counter_of };
  stmt =
      reg_store_db_prepare (transaction->db, "SELECT coalesce(max(id), 0) + 1 FROM change", error);
  if (stmt == NULL
      || !reg_store_db_get_int64 (transaction->db, stmt, &self->first_change, 1, error))
    return FALSE;
  self->next_change = self->first_change;
  return TRUE;
}

void
reg_store_batch_clear (RegStoreBatch *self)
{
  g_clear_pointer (&self->last_params_text, g_free);
}

static gboolean
insert_batch (RegStoreBatch *self, GError **error)
{
  const RegStep *step = self->step;
  g_autofree char *params = step->params != NULL ? reg_params_to_text (step->params) : NULL;
  sqlite3_stmt *stmt = reg_store_db_prepare (
      self->transaction->db,
      "INSERT INTO batch (operation, title, note, params, actor_id, actor_role, created_at, "
      "first_change, last_change, counter_of) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?8 - 1, ?9)",
      error);

  if (stmt == NULL)
    return FALSE;
  reg_store_bind_text (stmt, 1, step->operation->name);
  reg_store_bind_text (stmt, 2, step->title != NULL ? step->title : step->operation->name);
  reg_store_bind_text (stmt, 3, step->note);
  reg_store_bind_text (stmt, 4, params);
  sqlite3_bind_int64 (stmt, 5, step->actor_id);
  sqlite3_bind_int (stmt, 6, (int)step->actor_role);
  sqlite3_bind_int64 (stmt, 7, step->now);
  sqlite3_bind_int64 (stmt, 8, self->first_change);
  if (self->counter_of != 0)
    sqlite3_bind_int64 (stmt, 9, self->counter_of);
  if (!reg_store_db_run (self->transaction->db, stmt, error))
    return FALSE;
  sqlite3_clear_bindings (stmt);
  self->id = sqlite3_last_insert_rowid (self->transaction->db->handle);
  return TRUE;
}

gboolean
reg_store_batch_ensure (RegStoreBatch *self, GError **error)
{
  return self->id != 0 || insert_batch (self, error);
}

/* NULL where the parameters are the step's. */
static const char *
get_params_text (RegStoreBatch *self, const RegStoreItem *item)
{
  const RegParams *params = item->params;

  if (params == NULL || params == self->step->params)
    return NULL;
  if (self->last_params == NULL
      || (params != self->last_params && !reg_params_equal (params, self->last_params)))
    {
      g_free (self->last_params_text);
      self->last_params_text = reg_params_to_text (params);
    }
  /* The item's own go with it, and the next ones may stand where they stood. */
  self->last_params = item->own_params == NULL ? params : NULL;
  return self->last_params_text;
}

gboolean
reg_store_batch_add_change (RegStoreBatch *self,
                            const RegStoreItem *item,
                            const char *base,
                            const char *counter,
                            gint64 pool_delta,
                            GError **error)
{
  guint8 uuid[16];
  sqlite3_stmt *stmt = reg_store_db_prepare (
      self->transaction->db,
      "INSERT INTO change (id, batch_id, uuid, user_id, course_id, params, base, base_revision, "
      "state, created_at, pool_delta, counter, line, operation) "
      "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 0, ?9, ?10, ?11, ?12, ?13)",
      error);

  if (stmt == NULL)
    return FALSE;
  reg_store_make_uuid (uuid);
  sqlite3_bind_int64 (stmt, 1, self->next_change);
  sqlite3_bind_int64 (stmt, 2, self->id);
  sqlite3_bind_blob (stmt, 3, uuid, sizeof uuid, SQLITE_STATIC);
  sqlite3_bind_int64 (stmt, 4, reg_store_pick_user_id (item->operation, item->user_id));
  sqlite3_bind_int64 (stmt, 5, reg_store_pick_course_id (item->operation, item->target->course_id));
  reg_store_bind_text (stmt, 6, get_params_text (self, item));
  reg_store_bind_text (stmt, 7, base);
  sqlite3_bind_int64 (stmt, 8, reg_store_item_get_revision (item));
  sqlite3_bind_int64 (stmt, 9, self->step->now);
  sqlite3_bind_int64 (stmt, 10, pool_delta);
  reg_store_bind_text (stmt, 11, counter);
  if (item->target->line != 0)
    sqlite3_bind_int64 (stmt, 12, item->target->line);
  reg_store_bind_text (stmt, 13,
                       item->operation != self->step->operation ? item->operation->name : NULL);
  if (!reg_store_db_run (self->transaction->db, stmt, error))
    return FALSE;
  self->next_change++;
  reg_store_transaction_count (self->transaction, self->id, -1, REG_CHANGE_PENDING);
  return TRUE;
}

/* The batch once more, in another page of the file: without it its changes could not be salvaged.
 */
static char *
dup_batch_text (const RegStep *step)
{
  g_autoptr (RegParams) text = reg_params_new ();
  g_autofree char *params = step->params != NULL ? reg_params_to_text (step->params) : NULL;

  reg_params_set (text, "operation", step->operation->name);
  reg_params_set (text, "title", step->title != NULL ? step->title : step->operation->name);
  if (step->note != NULL)
    reg_params_set (text, "note", step->note);
  if (params != NULL)
    reg_params_set (text, "params", params);
  reg_params_set_int64 (text, "actor_id", step->actor_id);
  reg_params_set_int64 (text, "actor_role", step->actor_role);
  return reg_params_to_text (text);
}

gboolean
reg_store_batch_finish (RegStoreBatch *self, gint64 n_staged, GError **error)
{
  g_autofree char *text = NULL;
  sqlite3_stmt *stmt;

  if (self->id == 0)
    return TRUE;
  stmt = reg_store_db_prepare (self->transaction->db,
                               "UPDATE batch SET last_change = ?2 WHERE id = ?1", error);
  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, self->id);
  sqlite3_bind_int64 (stmt, 2, self->next_change - 1);
  text = dup_batch_text (self->step);
  return reg_store_db_run (self->transaction->db, stmt, error)
         && reg_store_add_event (self->transaction, "staged", self->id, 0, n_staged, text, error);
}
