/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-store"

#include "store/reg-store-records.h"

#include "rules/reg-operation.h"
#include "rules/reg-status.h"
#include "rules/reg-text.h"
#include "store/reg-store-private.h"
#include "store/reg-store-query-private.h"

#include <glib/gi18n-lib.h>

#define CANCEL_EVERY 4096

/* Keeping what goes. */

#define INTO_REMOVED                                                                               \
  "INSERT INTO removed_record (removed_at, change_id, operation, user_id, course_id, user_name, "  \
  "user_email, course_title, attempt, assigned_at, started_at, progress, completed_at, "           \
  "certificate_at) SELECT ?1, ?2, ?3, ?4, ?5, "                                                    \
  "coalesce(trim(u.given_name || ' ' || u.family_name), ''), "                                     \
  "coalesce(nullif(u.email, ''), u.employee_id, ''), coalesce(c.title, ''), "
#define WITH_NAMES " LEFT JOIN user AS u ON u.id = ?4 LEFT JOIN course AS c ON c.id = ?5 "

/* The latest attempt stands in the enrollment alone. */
#define KEEP_LATEST                                                                                \
  INTO_REMOVED "b.attempt, b.assigned_at, b.started_at, b.progress, b.completed_at, "              \
               "b.certificate_at FROM enrollment_base AS b" WITH_NAMES                             \
               "WHERE b.id = ?6 AND b.present"
#define KEEP_EARLIER                                                                               \
  INTO_REMOVED                                                                                     \
  "d.json ->> 'number', coalesce(d.json ->> 'assigned_at', 0), "                                   \
  "coalesce(d.json ->> 'started_at', 0), coalesce(d.json ->> 'progress', 0), "                     \
  "coalesce(d.json ->> 'completed_at', 0), coalesce((SELECT max(k.json ->> 'issued_at') FROM "     \
  "document AS k INDEXED BY document_target WHERE k.user_id = ?4 AND k.course_id = ?5 "            \
  "AND k.kind = 'certificate' AND k.json ->> 'attempt' = d.json ->> 'number' "                     \
  "AND k.json ->> 'removed_at' IS NULL), 0) FROM document AS d INDEXED BY "                        \
  "document_target" WITH_NAMES "WHERE d.user_id = ?4 AND d.course_id = ?5 AND d.kind = 'attempt' " \
  "AND d.json ->> 'records' IS NOT 'removed'"

/* (nullable): NULL on error */
static sqlite3_stmt *
prepare_keeping (RegStoreTransaction *self,
                 const char *sql,
                 const RegStoreChange *change,
                 const RegOperation *operation,
                 GError **error)
{
  sqlite3_stmt *stmt = reg_store_db_prepare (self->db, sql, error);

  if (stmt == NULL)
    return NULL;
  sqlite3_bind_int64 (stmt, 1, g_get_real_time () / G_USEC_PER_SEC);
  sqlite3_bind_int64 (stmt, 2, change->id);
  reg_store_bind_text (stmt, 3, operation->name);
  sqlite3_bind_int64 (stmt, 4, change->user_id);
  sqlite3_bind_int64 (stmt, 5, change->course_id);
  return stmt;
}

static gboolean
keep_latest (RegStoreTransaction *self,
             const RegStoreChange *change,
             const RegOperation *operation,
             GError **error)
{
  sqlite3_stmt *stmt = prepare_keeping (self, KEEP_LATEST, change, operation, error);

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 6, reg_enrollment_id (change->user_id, change->course_id));
  return reg_store_db_run (self->db, stmt, error);
}

static gboolean
keep_earlier (RegStoreTransaction *self,
              const RegStoreChange *change,
              const RegOperation *operation,
              GError **error)
{
  sqlite3_stmt *stmt = prepare_keeping (self, KEEP_EARLIER, change, operation, error);

  return stmt != NULL && reg_store_db_run (self->db, stmt, error);
}

gboolean
reg_store_keep_removed (RegStoreTransaction *self, const RegStoreChange *change, GError **error)
{
  const RegStoreBatchInfo *info;
  const RegOperation *operation;
  g_autoptr (RegParams) own = NULL;

  if (reg_target_from_ids (change->user_id, change->course_id) != REG_TARGET_ENROLLMENT)
    return TRUE;
  info = reg_store_transaction_get_batch (self, change->batch_id, error);
  if (info == NULL)
    return FALSE;
  operation = reg_store_get_operation (info, change->operation);
  own = reg_store_parse_params (change->params);
  if (operation == NULL
      || !reg_operation_removes_records (operation, own != NULL ? own : info->params))
    return TRUE;
  /* Who starts anew keeps what was before the last assignment. */
  return keep_latest (self, change, operation, error)
         && (operation->starts_anew || keep_earlier (self, change, operation, error));
}

/* Looking at it. */

#define FIND_REMOVED                                                                               \
  "SELECT -id, user_name || ' ' || user_email || ' ' || course_title FROM removed_record "         \
  "ORDER BY id DESC"
#define FIND_ARCHIVED                                                                              \
  "SELECT e.id, u.search_text || ' ' || c.title FROM enrollment AS e "                             \
  "JOIN user AS u ON u.id = e.user_id JOIN course AS c ON c.id = e.course_id "                     \
  "WHERE e.id IN (SELECT id FROM enrollment WHERE archived <> 0 UNION SELECT a.id FROM user AS o " \
  "JOIN enrollment AS a ON a.user_id = o.id WHERE o.state <> 1 AND o.state = 3) ORDER BY "         \
  "u.search_text, c.title"

static gboolean
find (RegStore *self,
      const char *sql,
      const char *search,
      GArray *ids,
      GCancellable *cancellable,
      GError **error)
{
  sqlite3_stmt *stmt = reg_store_db_prepare (&self->reader, sql, error);
  gboolean ok;
  gsize n = 0;

  G_STATIC_ASSERT (REG_USER_STATE_ARCHIVED == 3);
  while (reg_store_next_row (&self->reader, stmt, &ok, error))
    {
      gint64 id = sqlite3_column_int64 (stmt, 0);
      g_autofree char *fold = NULL;

      if (++n % CANCEL_EVERY == 0 && g_cancellable_set_error_if_cancelled (cancellable, error))
        {
          sqlite3_reset (stmt);
          return FALSE;
        }
      if (search != NULL && *search != '\0')
        fold = reg_text_fold (reg_store_column_text (stmt, 1), -1);
      if (fold == NULL || reg_text_has_words (fold, search))
        g_array_append_val (ids, id);
    }
  return ok;
}

RegIdList *
reg_store_query_records (RegStore *self,
                         RegRecords which,
                         const char *search,
                         GCancellable *cancellable,
                         GError **error)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  gboolean done;
  gsize n;

  reg_store_db_lock (&self->reader);
  done = ((which & REG_RECORDS_REMOVED) == 0
          || find (self, FIND_REMOVED, search, ids, cancellable, error))
         && ((which & REG_RECORDS_ARCHIVED) == 0
             || find (self, FIND_ARCHIVED, search, ids, cancellable, error));
  reg_store_db_unlock (&self->reader);
  if (!done)
    {
      g_array_unref (ids);
      return NULL;
    }
  n = ids->len;
  return reg_id_list_new_take ((gint64 *)(gpointer)g_array_free (ids, FALSE), n);
}

void
reg_record_row_free (RegRecordRow *self)
{
  g_free (self->user_name);
  g_free (self->user_email);
  g_free (self->course_title);
  g_free (self->status);
  g_free (self);
}

const char *
reg_record_row_get_kind (const RegRecordRow *self)
{
  return self->is_removed ? _ ("Removed") : _ ("Archived");
}

#define SELECT_REMOVED                                                                             \
  "SELECT removed_at, operation, user_id, course_id, user_name, user_email, course_title, "        \
  "attempt, assigned_at, started_at, progress, completed_at, certificate_at FROM removed_record "  \
  "WHERE id = ?1"

static RegRecordRow *
read_removed (sqlite3_stmt *stmt)
{
  RegRecordRow *row = g_new0 (RegRecordRow, 1);
  RegEnrollment then = { .present = TRUE };

  row->is_removed = TRUE;
  row->removed_at = sqlite3_column_int64 (stmt, 0);
  row->removed_by = reg_operation_find (reg_store_column_text (stmt, 1));
  row->user_id = sqlite3_column_int64 (stmt, 2);
  row->course_id = sqlite3_column_int64 (stmt, 3);
  row->user_name = reg_store_column_dup (stmt, 4);
  row->user_email = reg_store_column_dup (stmt, 5);
  row->course_title = reg_store_column_dup (stmt, 6);
  row->attempt = sqlite3_column_int (stmt, 7);
  row->assigned_at = sqlite3_column_int64 (stmt, 8);
  then.started_at = sqlite3_column_int64 (stmt, 9);
  then.progress = row->progress = sqlite3_column_int (stmt, 10);
  then.completed_at = row->completed_at = sqlite3_column_int64 (stmt, 11);
  row->certificate_at = sqlite3_column_int64 (stmt, 12);
  row->status = reg_enrollment_dup_status_label (&then, REG_COURSE_SELF_PACED);
  return row;
}

static gboolean
get_removed (RegStore *self, gint64 id, RegRecordRow **row, GError **error)
{
  sqlite3_stmt *stmt;
  gboolean is_there = FALSE, done = FALSE;

  reg_store_db_lock (&self->reader);
  stmt = reg_store_db_prepare (&self->reader, SELECT_REMOVED, error);
  if (stmt != NULL)
    {
      sqlite3_bind_int64 (stmt, 1, id);
      done = reg_store_db_step (&self->reader, stmt, &is_there, error);
    }
  if (done && is_there)
    {
      *row = read_removed (stmt);
      sqlite3_reset (stmt);
    }
  reg_store_db_unlock (&self->reader);
  return done;
}

static gboolean
get_archived (RegStore *self, gint64 id, RegRecordRow **row, GError **error)
{
  g_autoptr (GPtrArray) found = reg_store_get_enrollment_rows (self, &id, 1, error);
  const RegEnrollmentRow *from;

  if (found == NULL)
    return FALSE;
  from = g_ptr_array_index (found, 0);
  if (from == NULL)
    return TRUE;
  *row = g_new0 (RegRecordRow, 1);
  (*row)->user_id = from->enrollment->user_id;
  (*row)->course_id = from->enrollment->course_id;
  (*row)->user_name = g_strdup (from->user_name);
  (*row)->user_email =
      g_strdup (*from->user_email != '\0' ? from->user_email : from->user_employee_id);
  (*row)->course_title = g_strdup (from->course_title);
  (*row)->status = reg_enrollment_dup_status_label (from->enrollment, from->course_kind);
  (*row)->attempt = from->enrollment->attempt;
  (*row)->progress = from->enrollment->progress;
  (*row)->assigned_at = from->enrollment->assigned_at;
  (*row)->completed_at = from->enrollment->completed_at;
  (*row)->certificate_at = from->enrollment->certificate_at;
  return TRUE;
}

static void
row_clear (gpointer row)
{
  if (row != NULL)
    reg_record_row_free (row);
}

GPtrArray *
reg_store_get_record_rows (RegStore *self, const gint64 *ids, gsize n, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_full ((guint)n, row_clear);

  for (gsize i = 0; i < n; i++)
    {
      RegRecordRow *row = NULL;

      if (!(ids[i] < 0 ? get_removed (self, -ids[i], &row, error)
                       : get_archived (self, ids[i], &row, error)))
        return NULL;
      g_ptr_array_add (rows, row);
    }
  return g_steal_pointer (&rows);
}
