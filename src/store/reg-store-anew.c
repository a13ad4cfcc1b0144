/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pulling everything anew, where the LMS cannot tell any more what changed since the last time. */
#define G_LOG_DOMAIN "reg-store"

#include "store/reg-store-pull.h"

#include "store/reg-store-private.h"

#define ANEW_SETTING "pull-anew"
#define CURSOR_SETTING "cursor"

/* A revision no LMS gives. Whatever comes differs from it and is written; what still has it at the
 * end did not come. Rows of revision 0 were made here. */
#define MARK(table) "UPDATE " table " SET revision = -1 WHERE revision <> 0;"
#define MARKS                                                                                      \
  MARK ("user")                                                                                    \
  MARK ("user_base")                                                                               \
  MARK ("enrollment")                                                                              \
  MARK ("enrollment_base")                                                                         \
  MARK ("course") MARK ("session") MARK ("label") MARK ("pool") "DELETE FROM document;"

/**
 * reg_store_begin_anew:
 * @self: a store
 * @error: return location
 *
 * Puts the cursor back to the beginning, and holds every row for unseen until it comes again. All
 * of them stay as they are meanwhile; the pull may be cut and go on later.
 */
gboolean
reg_store_begin_anew (RegStore *self, GError **error)
{
  RegStoreTransaction transaction;

  if (!reg_store_transaction_begin (&transaction, self, REG_STORE_DURABLE, error))
    return FALSE;
  if (!reg_store_db_exec (transaction.db, MARKS, error)
      || !reg_store_write_setting (&transaction, CURSOR_SETTING, "", error)
      || !reg_store_write_setting (&transaction, ANEW_SETTING, "1", error))
    {
      reg_store_transaction_rollback (&transaction);
      return FALSE;
    }
  reg_store_transaction_forget_courses (&transaction);
  return reg_store_transaction_commit (&transaction, error);
}

/* The rows that did not come, as rows the LMS removed. Their kinds are static text. */
static RegPage *
list_unseen (RegStoreDb *db, GError **error)
{
  static const struct
  {
    const char *kind;
    const char *sql;
  } kinds[] = {
    { "enrollment", "SELECT 0, user_id, course_id FROM enrollment WHERE revision = -1" },
    { "user", "SELECT id, 0, 0 FROM user WHERE revision = -1" },
    { "session", "SELECT id, 0, 0 FROM session WHERE revision = -1" },
    { "course", "SELECT id, 0, 0 FROM course WHERE revision = -1" },
    { "label", "SELECT id, 0, 0 FROM label WHERE revision = -1" },
    { "pool", "SELECT id, 0, 0 FROM pool WHERE revision = -1" },
  };
  g_autoptr (RegPage) page = reg_page_new ();

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      sqlite3_stmt *stmt = reg_store_db_prepare (db, kinds[i].sql, error);
      gboolean row = TRUE;

      if (stmt == NULL)
        return NULL;
      while (reg_store_db_step (db, stmt, &row, error) && row)
        {
          RegTombstone tombstone = {
            .kind = kinds[i].kind,
            .id = sqlite3_column_int64 (stmt, 0),
            .user_id = sqlite3_column_int64 (stmt, 1),
            .course_id = sqlite3_column_int64 (stmt, 2),
          };

          g_array_append_val (page->tombstones, tombstone);
        }
      if (row)
        return NULL;
    }
  return g_steal_pointer (&page);
}

/**
 * reg_store_end_anew:
 * @self: a store
 * @stats: (out caller-allocates): what it did
 * @error: return location
 *
 * To be called when a pull has come to its end: what did not come since reg_store_begin_anew () is
 * removed as if the LMS had said so. Does nothing where everything is not being pulled anew.
 */
gboolean
reg_store_end_anew (RegStore *self, RegPullStats *stats, GError **error)
{
  g_autoptr (GError) cause = NULL;
  g_autofree char *anew = reg_store_dup_setting (self, ANEW_SETTING, &cause);
  g_autoptr (RegPage) page = NULL;

  *stats = (RegPullStats){ 0 };
  if (cause != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&cause));
      return FALSE;
    }
  if (anew == NULL || *anew == '\0')
    return TRUE;
  reg_store_db_lock (&self->reader);
  page = list_unseen (&self->reader, error);
  reg_store_db_unlock (&self->reader);
  return page != NULL && reg_store_apply_page (self, page, stats, error)
         && reg_store_set_setting (self, ANEW_SETTING, "", error);
}
