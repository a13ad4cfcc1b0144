/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The audit log: what happened to batches and single changes, and every change the LMS applied. */
#define G_LOG_DOMAIN "reg-store"

#include "store/reg-store-outbox.h"

#include "store/reg-store-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

void
reg_audit_entry_free (RegAuditEntry *self)
{
  g_free (self->event);
  g_free (self->operation);
  g_free (self->title);
  g_free (self->user_email);
  g_free (self->course_code);
  g_free (self->detail);
  g_free (self);
}

static void
entry_free (gpointer data)
{
  reg_audit_entry_free (data);
}

/* One table of both kinds; events have even ids and changes odd ones, so that they stay apart. */
#define AUDIT                                                                                      \
  "SELECT 2 * e.id AS id, e.at AS at, e.kind, coalesce(c.operation, b.operation), e.batch_id, "    \
  "b.title, u.email, "                                                                             \
  "co.code, e.detail, e.n, e.change_id, c.base, coalesce(c.params, b.params) "                     \
  "FROM event AS e JOIN batch AS b ON b.id = e.batch_id "                                          \
  "LEFT JOIN change AS c ON c.id = e.change_id LEFT JOIN user AS u ON u.id = c.user_id "           \
  "LEFT JOIN course AS co ON co.id = c.course_id WHERE e.at >= ?1 "                                \
  "UNION ALL SELECT 2 * c.id + 1, c.settled_at, "                                                  \
  "CASE WHEN c.code IS NULL THEN 'applied' ELSE 'skipped' END, coalesce(c.operation, "             \
  "b.operation), c.batch_id, b.title, "                                                            \
  "u.email, co.code, c.sentence, 1, c.id, c.base, coalesce(c.params, b.params) "                   \
  "FROM change AS c JOIN batch AS b ON b.id = c.batch_id LEFT JOIN user AS u ON u.id = c.user_id " \
  "LEFT JOIN course AS co ON co.id = c.course_id "                                                 \
  "WHERE c.settled_at IS NOT NULL AND c.settled_at >= ?1 "                                         \
  "ORDER BY at DESC, id DESC LIMIT ?2"

/* "due_date: 2026-01-31 → 2026-12-31", for each field of the base. */
static void
append_fields (GString *out, const RegParams *base, const RegParams *params)
{
  for (guint i = 0; base != NULL && i < reg_params_get_size (base); i++)
    {
      const char *key = reg_params_get_key (base, i);
      const char *value = reg_params_get (params, key);

      g_string_append_printf (out, "%s%s: %s → %s", out->len > 0 ? "; " : "", key,
                              reg_params_get (base, key), value != NULL ? value : "");
    }
}

/* What an operation that is not on fields was asked for. */
static void
append_params (GString *out, const RegParams *params)
{
  for (guint i = 0; params != NULL && i < reg_params_get_size (params); i++)
    {
      const char *key = reg_params_get_key (params, i);

      g_string_append_printf (out, "%s%s: %s", out->len > 0 ? "; " : "", key,
                              reg_params_get (params, key));
    }
}

static char *
dup_detail (sqlite3_stmt *stmt)
{
  const char *text = reg_store_column_text (stmt, 8);
  int n = sqlite3_column_int (stmt, 9);
  g_autoptr (RegParams) base = NULL;
  g_autoptr (RegParams) params = NULL;
  GString *out = g_string_new (NULL);

  if (sqlite3_column_type (stmt, 10) == SQLITE_NULL)
    {
      g_string_printf (out, ngettext ("%d change", "%d changes", (gulong)n), n);
      return g_string_free (out, FALSE);
    }
  base = reg_store_parse_params ((const char *)sqlite3_column_text (stmt, 11));
  params = reg_store_parse_params ((const char *)sqlite3_column_text (stmt, 12));
  if (base != NULL)
    append_fields (out, base, params);
  else
    append_params (out, params);
  if (*text != '\0')
    g_string_append_printf (out, "%s%s", out->len > 0 ? "; " : "", text);
  return g_string_free (out, FALSE);
}

static gpointer
read_entry (sqlite3_stmt *stmt)
{
  RegAuditEntry *entry = g_new0 (RegAuditEntry, 1);

  entry->id = sqlite3_column_int64 (stmt, 0);
  entry->at = sqlite3_column_int64 (stmt, 1);
  entry->event = g_strdup (reg_store_column_text (stmt, 2));
  entry->operation = g_strdup (reg_store_column_text (stmt, 3));
  entry->batch_id = sqlite3_column_int64 (stmt, 4);
  entry->title = g_strdup (reg_store_column_text (stmt, 5));
  entry->user_email = g_strdup (reg_store_column_text (stmt, 6));
  entry->course_code = g_strdup (reg_store_column_text (stmt, 7));
  entry->detail = dup_detail (stmt);
  return entry;
}

/**
 * reg_store_list_audit:
 * @self: a store
 * @since: unix seconds; 0 for everything
 * @limit: how many at most; 0 for all
 * @error: return location
 *
 * Returns: (transfer full) (element-type RegAuditEntry) (nullable): the audit log, newest first;
 * %NULL on error
 */
GPtrArray *
reg_store_list_audit (RegStore *self, gint64 since, gint64 limit, GError **error)
{
  return reg_store_reader_list (self, AUDIT, REG_NUMBERS (since, limit > 0 ? limit : -1),
                                read_entry, entry_free, error);
}
