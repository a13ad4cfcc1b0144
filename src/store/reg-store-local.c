/* SPDX-License-Identifier: GPL-3.0-or-later */
/* People made here: they have an id below 0 until the LMS answers with theirs. */
#define G_LOG_DOMAIN "reg-store"

#include "store/reg-store-private.h"
#include "store/reg-store-query.h"

#include "rules/reg-text.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

/* A statement with a local id and, where @user_id is not 0, the id the LMS gave. */
static gboolean
run_with_ids (RegStoreTransaction *self,
              const char *sql,
              gint64 local_id,
              gint64 user_id,
              GError **error)
{
  sqlite3_stmt *stmt = reg_store_db_prepare (self->db, sql, error);

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, local_id);
  if (user_id != 0)
    sqlite3_bind_int64 (stmt, 2, user_id);
  return reg_store_db_run (self->db, stmt, error);
}

gboolean
reg_store_make_local_id (RegStoreTransaction *self, gint64 *id, GError **error)
{
  sqlite3_stmt *stmt = reg_store_db_prepare (
      self->db,
      "SELECT min(0, coalesce((SELECT min(id) FROM user), 0), "
      "coalesce((SELECT min(user_id) FROM change INDEXED BY change_local WHERE user_id < 0), 0), "
      "coalesce((SELECT min(id) FROM local_user), 0)) - 1",
      error);

  return stmt != NULL && reg_store_db_get_int64 (self->db, stmt, id, -1, error);
}

static gboolean
resolve (RegStoreDb *db, gint64 *user_id, GError **error)
{
  sqlite3_stmt *stmt =
      reg_store_db_prepare (db, "SELECT user_id FROM local_user WHERE id = ?1", error);

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, *user_id);
  return reg_store_db_get_int64 (db, stmt, user_id, *user_id, error);
}

gboolean
reg_store_resolve_user (RegStoreTransaction *self, gint64 *user_id, GError **error)
{
  return *user_id >= 0 || resolve (self->db, user_id, error);
}

gboolean
reg_store_resolve_user_id (RegStore *self, gint64 *id, GError **error)
{
  gboolean done;

  if (*id >= 0)
    return TRUE;
  reg_store_db_lock (&self->reader);
  done = resolve (&self->reader, id, error);
  reg_store_db_unlock (&self->reader);
  return done;
}

gboolean
reg_store_creates_user (RegStoreTransaction *self,
                        gint64 user_id,
                        gint64 batch_id,
                        const char *own,
                        gboolean *creates,
                        GError **error)
{
  const RegStoreBatchInfo *info;
  const RegOperation *operation;

  *creates = FALSE;
  if (user_id >= 0)
    return TRUE;
  info = reg_store_transaction_get_batch (self, batch_id, error);
  operation = info != NULL ? reg_store_get_operation (info, own) : NULL;
  *creates = operation != NULL && operation->creates;
  return info != NULL;
}

/* Somebody else with this value of a column; zeroed where there is none. */
static gboolean
find_same (RegStoreTransaction *self,
           const char *sql,
           const char *value,
           gint64 except_id,
           RegUser *same,
           GError **error)
{
  sqlite3_stmt *stmt = reg_store_db_prepare (self->db, sql, error);
  gboolean row;

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_text (stmt, 1, value, -1, SQLITE_TRANSIENT);
  sqlite3_bind_int64 (stmt, 2, except_id);
  if (!reg_store_db_step (self->db, stmt, &row, error))
    return FALSE;
  if (row)
    {
      reg_store_read_user (stmt, 0, same);
      sqlite3_reset (stmt);
    }
  sqlite3_clear_bindings (stmt);
  return TRUE;
}

/* Who has the e-mail or the employee ID already that the parameters would give. */
gboolean
reg_store_find_same (RegStoreTransaction *self,
                     const RegUser *user,
                     const RegParams *params,
                     RegUser *same_email,
                     RegUser *same_employee_id,
                     GError **error)
{
  const char *email = reg_params_get (params, "email");
  const char *employee_id = reg_params_get (params, "employee_id");
  gsize len = employee_id != NULL ? strlen (employee_id) : 0;
  g_autofree char *email_key = email != NULL ? reg_email_key (email, -1) : NULL;
  g_autofree char *id = NULL;

  if (email_key != NULL && *email_key != '\0' && strcmp (email, user->email) != 0
      && !find_same (self,
                     "SELECT " REG_SQL_USER " FROM user WHERE email_key = ?1 AND id <> ?2 LIMIT 1",
                     email_key, user->id, same_email, error))
    return FALSE;
  if (len == 0)
    return TRUE;
  reg_text_strip (&employee_id, &len);
  id = g_strndup (employee_id, len);
  return *id == '\0' || strcmp (id, user->employee_id) == 0
         || find_same (self,
                       "SELECT " REG_SQL_USER " FROM user WHERE employee_id = ?1 "
                       "AND employee_id <> '' AND id <> ?2 LIMIT 1",
                       id, user->id, same_employee_id, error);
}

static GArray *
list_courses (RegStoreTransaction *self, gint64 local_id, GError **error)
{
  g_autoptr (GArray) courses = g_array_new (FALSE, FALSE, sizeof (gint64));
  sqlite3_stmt *stmt =
      reg_store_db_prepare (self->db,
                            "SELECT DISTINCT course_id FROM change INDEXED BY change_local "
                            "WHERE user_id < 0 AND user_id = ?1 AND course_id <> 0",
                            error);
  gboolean row = TRUE;

  if (stmt == NULL)
    return NULL;
  sqlite3_bind_int64 (stmt, 1, local_id);
  while (reg_store_db_step (self->db, stmt, &row, error) && row)
    {
      gint64 id = sqlite3_column_int64 (stmt, 0);

      g_array_append_val (courses, id);
    }
  return row ? NULL : g_steal_pointer (&courses);
}

static gboolean
rekey_enrollment (RegStoreTransaction *self,
                  gint64 local_id,
                  gint64 user_id,
                  gint64 course_id,
                  GError **error)
{
  gint64 old = reg_enrollment_id (local_id, course_id);

  self->event.enrollments = TRUE;
  return run_with_ids (self, "DELETE FROM enrollment WHERE id = ?1", old, 0, error)
         && run_with_ids (self, "DELETE FROM enrollment_base WHERE id = ?1", old, 0, error)
         && reg_store_keep_base (self, user_id, course_id, error)
         && reg_store_rebase (self, user_id, course_id, NULL, error);
}

/* A pull may have brought the row already, where the answer was lost and asked for only later. */
gboolean
reg_store_rekey_user (RegStoreTransaction *self,
                      gint64 local_id,
                      const RegUser *user,
                      GError **error)
{
  g_autoptr (GArray) courses = list_courses (self, local_id, error);

  if (courses == NULL || !reg_store_put_server_user (self, user, error)
      || !run_with_ids (self, "DELETE FROM user WHERE id = ?1", local_id, 0, error)
      || !run_with_ids (self, "DELETE FROM user_base WHERE id = ?1", local_id, 0, error)
      || !run_with_ids (self, "UPDATE change SET user_id = ?2 WHERE user_id < 0 AND user_id = ?1",
                        local_id, user->id, error)
      || !run_with_ids (self, "INSERT OR REPLACE INTO local_user (id, user_id) VALUES (?1, ?2)",
                        local_id, user->id, error))
    return FALSE;
  reg_store_transaction_add_user (self, local_id);
  reg_store_transaction_add_user (self, user->id);
  if (!reg_store_keep_base (self, user->id, 0, error)
      || !reg_store_rebase (self, user->id, 0, NULL, error))
    return FALSE;
  for (guint i = 0; i < courses->len; i++)
    if (!rekey_enrollment (self, local_id, user->id, g_array_index (courses, gint64, i), error))
      return FALSE;
  return TRUE;
}

static void
change_clear (gpointer data)
{
  reg_store_change_clear (data);
}

/* What else is open for a person made here, the newest first. */
static GArray *
list_dependants (RegStoreTransaction *self, const RegStoreChange *add, GError **error)
{
  g_autoptr (GArray) list = g_array_new (FALSE, FALSE, sizeof (RegStoreChange));
  sqlite3_stmt *stmt = reg_store_db_prepare (
      self->db,
      "SELECT " REG_SQL_STORE_CHANGE " FROM change INDEXED BY change_target WHERE " REG_SQL_OPEN
      " AND user_id = ?1 AND id <> ?2 ORDER BY id DESC",
      error);
  gboolean row = TRUE;

  if (stmt == NULL)
    return NULL;
  g_array_set_clear_func (list, change_clear);
  sqlite3_bind_int64 (stmt, 1, add->user_id);
  sqlite3_bind_int64 (stmt, 2, add->id);
  while (reg_store_db_step (self->db, stmt, &row, error) && row)
    {
      RegStoreChange change;

      reg_store_change_read (stmt, &change);
      g_array_append_val (list, change);
    }
  return row ? NULL : g_steal_pointer (&list);
}

gboolean
reg_store_drop_dependants (RegStoreTransaction *self, const RegStoreChange *add, GError **error)
{
  g_autoptr (GArray) list = list_dependants (self, add, error);

  for (guint i = 0; list != NULL && i < list->len; i++)
    {
      const RegStoreChange *change = &g_array_index (list, RegStoreChange, i);

      if (!reg_store_drop_change (self, change, error)
          || !reg_store_add_event (self, "undone", change->batch_id, change->id, 1, NULL, error))
        return FALSE;
    }
  return list != NULL;
}

static GArray *
list_managed (RegStoreTransaction *self, gint64 manager, GError **error)
{
  g_autoptr (GArray) list = g_array_new (FALSE, FALSE, sizeof (gint64));
  /* As the text of parameters has it. */
  g_autofree char *text = g_strdup_printf ("'manager_id': '%" PRIi64 "'", manager);
  sqlite3_stmt *stmt = reg_store_db_prepare (
      self->db,
      "SELECT c.id FROM change AS c INDEXED BY change_queue CROSS JOIN batch AS b "
      "ON b.id = c.batch_id WHERE c." REG_SQL_OPEN " AND c.course_id = 0 "
      "AND instr(coalesce(c.params, b.params, ''), ?1) > 0",
      error);
  gboolean row = TRUE;

  if (stmt == NULL)
    return NULL;
  sqlite3_bind_text (stmt, 1, text, -1, SQLITE_TRANSIENT);
  while (reg_store_db_step (self->db, stmt, &row, error) && row)
    {
      gint64 id = sqlite3_column_int64 (stmt, 0);

      g_array_append_val (list, id);
    }
  return row ? NULL : g_steal_pointer (&list);
}

static gboolean
set_manager (RegStoreTransaction *self, const RegStoreChange *change, gint64 to, GError **error)
{
  const RegStoreBatchInfo *info = reg_store_transaction_get_batch (self, change->batch_id, error);
  g_autoptr (RegParams) params = reg_store_parse_params (change->params);

  if (info == NULL)
    return FALSE;
  if (params == NULL)
    params = info->params != NULL ? reg_params_copy (info->params) : reg_params_new ();
  reg_params_set_int64 (params, "manager_id", to);
  return reg_store_set_change_params (self, change->id, params, error)
         && reg_store_rebase (self, change->user_id, 0, NULL, error);
}

gboolean
reg_store_move_manager (RegStoreTransaction *self, gint64 from, gint64 to, GError **error)
{
  g_autoptr (GArray) list = list_managed (self, from, error);
  gboolean done = list != NULL;

  for (guint i = 0; done && i < list->len; i++)
    {
      RegStoreChange change;
      gboolean found;

      done = reg_store_load_change (self, g_array_index (list, gint64, i), &change, &found, error);
      if (!done || !found)
        continue;
      done = set_manager (self, &change, to, error);
      reg_store_change_clear (&change);
    }
  return done;
}

static gboolean
merge_edit (RegStoreTransaction *self,
            const RegStoreChange *change,
            RegParams *into,
            GError **error)
{
  const RegStoreBatchInfo *info = reg_store_transaction_get_batch (self, change->batch_id, error);
  const RegOperation *operation;
  g_autoptr (RegParams) own = NULL;
  const RegParams *params;

  if (info == NULL)
    return FALSE;
  operation = reg_store_get_operation (info, change->operation);
  if (operation == NULL || !g_str_equal (operation->name, "edit-user"))
    return TRUE;
  own = reg_store_parse_params (change->params);
  params = own != NULL ? own : info->params;
  for (guint i = 0; i < reg_params_get_size (params); i++)
    reg_params_set (into, reg_params_get_key (params, i),
                    reg_params_get (params, reg_params_get_key (params, i)));
  return reg_store_set_change_state (self, change->id, change->batch_id, change->state,
                                     REG_CHANGE_UNDONE, NULL, _ ("Part of adding the user now."),
                                     NULL, error)
         && reg_store_add_event (self, "undone", change->batch_id, change->id, 1,
                                 "merged into add-user", error);
}

/* The LMS refused the values; what the person corrected since is what must be sent. */
gboolean
reg_store_merge_edits (RegStoreTransaction *self, const RegStoreChange *add, GError **error)
{
  const RegStoreBatchInfo *info = reg_store_transaction_get_batch (self, add->batch_id, error);
  g_autoptr (RegParams) params = reg_store_parse_params (add->params);
  g_autoptr (GArray) list = NULL;

  if (info == NULL)
    return FALSE;
  if (params == NULL)
    params = info->params != NULL ? reg_params_copy (info->params) : reg_params_new ();
  list = list_dependants (self, add, error);
  if (list == NULL)
    return FALSE;
  for (guint i = list->len; i > 0; i--)
    {
      const RegStoreChange *change = &g_array_index (list, RegStoreChange, i - 1);

      if (change->course_id == 0 && change->state == REG_CHANGE_PENDING
          && !merge_edit (self, change, params, error))
        return FALSE;
    }
  return reg_store_set_change_params (self, add->id, params, error);
}

/* For a step, or for each of the changes: the sum of a count over ?1, the step, and ?2. */
static gint64
count_for_each (RegStore *self,
                const char *sql,
                gint64 batch_id,
                const gint64 *change_ids,
                gsize n,
                GError **error)
{
  RegStoreDb *db = &self->reader;
  gint64 total = 0;

  reg_store_db_lock (db);
  for (gsize i = 0; i < MAX (n, 1) && total >= 0; i++)
    {
      sqlite3_stmt *stmt = reg_store_db_prepare (db, sql, error);
      gint64 found = 0;

      if (stmt == NULL)
        {
          total = -1;
          break;
        }
      sqlite3_bind_int64 (stmt, 1, batch_id);
      sqlite3_bind_int64 (stmt, 2, n > 0 ? change_ids[i] : 0);
      total = reg_store_db_get_int64 (db, stmt, &found, 0, error) ? total + found : -1;
    }
  reg_store_db_unlock (db);
  return total;
}

/**
 * reg_store_count_dependants:
 * @self: a store
 * @batch_id: a step, or 0 for single changes
 * @change_ids: (array length=n) (nullable): those changes
 * @n: how many
 * @error: return location
 *
 * What is queued for people that the step, or the changes, added: undoing one takes back the other.
 *
 * Returns: how many changes of other steps; -1 on error
 */
gint64
reg_store_count_dependants (RegStore *self,
                            gint64 batch_id,
                            const gint64 *change_ids,
                            gsize n,
                            GError **error)
{
  static const char sql[] =
      "SELECT count(*) FROM change AS a INDEXED BY change_local JOIN batch AS b ON b.id = "
      "a.batch_id JOIN change AS d INDEXED BY change_target ON d." REG_SQL_OPEN
      " AND d.user_id = a.user_id AND d.id <> a.id AND d.batch_id <> ?1 WHERE a.user_id < 0 AND "
      "a." REG_SQL_OPEN
      " AND coalesce(a.operation, b.operation) = 'add-user' AND CASE WHEN ?1 <> 0 THEN a.batch_id "
      "= ?1 ELSE a.id = ?2 END";

  return count_for_each (self, sql, batch_id, change_ids, n, error);
}

/**
 * reg_store_count_later:
 * @self: a store
 * @batch_id: a step of which something was undone, or 0 for single changes
 * @change_ids: (array length=n) (nullable): those changes
 * @n: how many
 * @error: return location
 *
 * Undoing an older change leaves the later ones of the same target in the queue.
 *
 * Returns: how many of other steps still wait; -1 on error
 */
gint64
reg_store_count_later (RegStore *self,
                       gint64 batch_id,
                       const gint64 *change_ids,
                       gsize n,
                       GError **error)
{
  static const char sql_batch[] =
      "SELECT count(DISTINCT d.id) FROM change AS a CROSS JOIN change AS d INDEXED BY "
      "change_target "
      "ON d.user_id = a.user_id AND d.course_id = a.course_id AND d.id > a.id AND d." REG_SQL_OPEN
      " AND d.batch_id <> ?1 WHERE a.id >= (SELECT first_change FROM batch WHERE id = ?1) AND a.id "
      "<= (SELECT last_change FROM batch WHERE id = ?1) AND a.batch_id = ?1 AND a.state = 6";
  static const char sql_change[] =
      "SELECT count(DISTINCT d.id) FROM change AS a CROSS JOIN change AS d INDEXED BY "
      "change_target "
      "ON d.user_id = a.user_id AND d.course_id = a.course_id AND d.id > a.id AND d." REG_SQL_OPEN
      " WHERE a.id = ?2 AND a.state = 6 AND ?1 = 0";

  G_STATIC_ASSERT (REG_CHANGE_UNDONE == 6);
  return count_for_each (self, batch_id != 0 ? sql_batch : sql_change, batch_id, change_ids, n,
                         error);
}
