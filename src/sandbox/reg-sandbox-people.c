/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an operation on a person's account needs to be looked up. */
#define G_LOG_DOMAIN "reg-sandbox"

#include "sandbox/reg-sandbox-site.h"

#include "rules/reg-text.h"

#include <string.h>

static RegUser *
find_one (RegSandboxDb *db, sqlite3_stmt *stmt, const char *value, gint64 except_id)
{
  gint64 id = 0;

  sqlite3_bind_text (stmt, 1, value, -1, SQLITE_TRANSIENT);
  sqlite3_bind_int64 (stmt, 2, except_id);
  if (reg_sandbox_db_step (db, stmt))
    id = sqlite3_column_int64 (stmt, 0);
  sqlite3_reset (stmt);
  return id != 0 ? reg_sandbox_db_load_user (db, id) : NULL;
}

/* Who has the e-mail or the employee ID already that the parameters would give the user. */
void
reg_sandbox_find_same (RegSandboxDb *db,
                       const RegUser *user,
                       const RegParams *params,
                       RegUser **same_email,
                       RegUser **same_employee_id)
{
  const char *email = reg_params_get (params, "email");
  const char *employee_id = reg_params_get (params, "employee_id");
  g_autofree char *key = email != NULL ? reg_email_key (email, -1) : NULL;
  gsize len = employee_id != NULL ? strlen (employee_id) : 0;

  if (key != NULL && *key != '\0')
    *same_email = find_one (
        db,
        reg_sandbox_db_query (
            db, "SELECT id FROM user WHERE email_key = ?1 AND email_key <> '' AND id <> ?2"),
        key, user->id);
  if (len > 0)
    reg_text_strip (&employee_id, &len);
  if (len > 0)
    {
      g_autofree char *id = g_strndup (employee_id, len);

      if (strcmp (id, user->employee_id) != 0)
        *same_employee_id =
            find_one (db,
                      reg_sandbox_db_query (db, "SELECT id FROM user WHERE employee_id = ?1"
                                                " AND employee_id <> '' AND id <> ?2 LIMIT 1"),
                      id, user->id);
    }
}

/* What the table cannot look up: rows that a field points to. */
RegReason
reg_sandbox_check_references (RegSandboxDb *db,
                              const RegSubject *subject,
                              const RegParams *params,
                              char **sentence)
{
  const char *labels = reg_params_get (params, "labels");
  const char *more = reg_params_get (params, "add_labels");
  gint64 manager = reg_params_get_int64 (params, "manager_id");
  gint64 location = reg_params_get_int64 (params, "location_id");
  g_autofree char *wrong = NULL;
  sqlite3_stmt *stmt;

  if (manager != 0)
    {
      g_autoptr (RegUser) found = reg_sandbox_db_load_user (db, manager);

      if (found == NULL || manager == subject->user->id)
        wrong = g_strdup_printf ("manager %" G_GINT64_FORMAT, manager);
    }
  stmt = reg_sandbox_db_query (db, "SELECT 1 FROM label WHERE id = ?1 AND (kind = ?2) = ?3");
  if (location != 0)
    {
      sqlite3_bind_int64 (stmt, 1, location);
      sqlite3_bind_int (stmt, 2, REG_LABEL_LOCATION);
      sqlite3_bind_int (stmt, 3, TRUE);
      if (!reg_sandbox_db_step (db, stmt))
        wrong = g_strdup_printf ("location %" G_GINT64_FORMAT, location);
      sqlite3_reset (stmt);
    }
  labels = labels != NULL ? labels : more;
  if (labels != NULL && wrong == NULL)
    {
      g_auto (GStrv) ids = g_strsplit (labels, ",", -1);

      for (guint i = 0; ids[i] != NULL && wrong == NULL; i++)
        {
          if (*ids[i] == '\0')
            continue;
          sqlite3_bind_int64 (stmt, 1, g_ascii_strtoll (ids[i], NULL, 10));
          sqlite3_bind_int (stmt, 2, REG_LABEL_LOCATION);
          sqlite3_bind_int (stmt, 3, FALSE);
          if (!reg_sandbox_db_step (db, stmt))
            wrong = g_strdup_printf ("label %s", ids[i]);
          sqlite3_reset (stmt);
        }
    }
  if (wrong == NULL)
    return REG_REASON_NONE;
  *sentence = reg_reason_dup_sentence (REG_REASON_VALUE_INVALID, wrong, NULL);
  return REG_REASON_VALUE_INVALID;
}
