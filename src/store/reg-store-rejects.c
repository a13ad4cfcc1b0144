/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lines of imports that were not imported, and people of those that were. */
#define G_LOG_DOMAIN "reg-store"

#include "store/reg-store-outbox.h"

#include "store/reg-store-private.h"

/* Which lines left out at the start were put right since, is asked of the imports that read the
 * file of ?1 once more: "taken" is what those have imported of it, or leave out for good; "lost"
 * are single marks of which that was taken back; "settled" is what of the list that answers. A line
 * of which such an import says the same again is not. */
#define SETTLED                                                                                    \
  "WITH later AS (SELECT s.id, s.batch_id, b.first_change, b.last_change, b.undone_by, s.state "   \
  "FROM import_run AS o JOIN import_run AS s ON s.corrects = coalesce(o.corrects, o.id) "          \
  "AND s.id > o.id LEFT JOIN batch AS b ON b.id = s.batch_id WHERE o.id = ?1), "                   \
  "back AS MATERIALIZED " REG_SQL_GIVEN_BACK ", "                                                  \
  "made AS MATERIALIZED (SELECT l.id AS run_id, c.line, k.code AS course, c.state <> 6 "           \
  "AND (c.batch_id, c.user_id, c.course_id) NOT IN back AS stands FROM later AS l "                \
  "JOIN change AS c ON c.id BETWEEN l.first_change AND l.last_change AND c.batch_id = l.batch_id " \
  "LEFT JOIN course AS k ON k.id = c.course_id WHERE c.line > 0), "                                \
  "taken AS MATERIALIZED (SELECT run_id, line FROM made WHERE stands "                             \
  "UNION SELECT l.id, x.line FROM later AS l JOIN import_left_out AS x ON x.run_id = l.id "        \
  "WHERE l.state <> 3 AND l.undone_by IS NULL), "                                                  \
  "lost AS MATERIALIZED (SELECT run_id, line, course FROM made "                                   \
  "WHERE NOT stands AND course IS NOT NULL), "                                                     \
  "settled AS MATERIALIZED (SELECT DISTINCT r.id, r.line FROM taken AS t JOIN import_reject AS r " \
  "ON r.run_id = ?1 AND r.line = t.line WHERE NOT EXISTS (SELECT 1 FROM import_reject AS a "       \
  "WHERE a.run_id = t.run_id AND a.line = r.line AND a.course IS r.course) "                       \
  "AND (r.course IS NULL OR (t.run_id, r.line, r.course) NOT IN lost)) "

/* Lines left out at the start, and changes the LMS rejected since. */
#define REJECTS                                                                                    \
  SETTLED                                                                                          \
  "SELECT line AS line, identifier, course, code, reason, 0, 0, id FROM import_reject "            \
  "WHERE run_id = ?1 AND id NOT IN (SELECT id FROM settled) "                                      \
  "UNION ALL SELECT coalesce(c.line, 0), coalesce(u.email, ''), co.code, coalesce(c.code, ''), "   \
  "c.sentence, c.id, c.user_id, -c.id FROM import_run AS r JOIN batch AS b ON b.id = r.batch_id "  \
  "JOIN "                                                                                          \
  "change AS c "                                                                                   \
  "ON c.id >= b.first_change AND c.id <= b.last_change AND c.batch_id = b.id "                     \
  "LEFT JOIN user AS u ON u.id = c.user_id LEFT JOIN course AS co ON co.id = c.course_id "         \
  "WHERE r.id = ?1 AND c.state = 4 "

static gpointer
read_reject (sqlite3_stmt *stmt)
{
  const char *code = reg_store_column_text (stmt, 3);
  const char *reason = reg_store_column_text (stmt, 4);
  g_autofree char *sentence = NULL;
  RegImportReject *reject;
  RegReason known;

  if (*reason == '\0' && reg_reason_from_code (code, &known))
    reason = sentence = reg_reason_dup_sentence (known, NULL, NULL);
  reject = reg_import_reject_new (sqlite3_column_int64 (stmt, 0), reg_store_column_text (stmt, 1),
                                  (const char *)sqlite3_column_text (stmt, 2), code, reason);
  reject->change_id = sqlite3_column_int64 (stmt, 5);
  reject->user_id = sqlite3_column_int64 (stmt, 6);
  reject->id = sqlite3_column_int64 (stmt, 7);
  return reject;
}

static void
reject_free (gpointer data)
{
  reg_import_reject_free (data);
}

/**
 * reg_store_list_rejects:
 * @self: a store
 * @run_id: an import
 * @limit: how many at most; 0 for all
 * @error: return location
 *
 * Returns: (transfer full) (element-type RegImportReject) (nullable): lines that were not imported,
 * and by no later import that puts them right, by line; %NULL on error
 */
GPtrArray *
reg_store_list_rejects (RegStore *self, gint64 run_id, gint64 limit, GError **error)
{
  return reg_store_reader_list (self, REJECTS "ORDER BY line LIMIT ?2",
                                REG_NUMBERS (run_id, limit > 0 ? limit : -1), read_reject,
                                reject_free, error);
}

/**
 * reg_store_count_rejects:
 * @self: a store
 * @run_id: an import
 * @error: return location
 *
 * Returns: how many lines reg_store_list_rejects () has; -1 on error
 */
gint64
reg_store_count_rejects (RegStore *self, gint64 run_id, GError **error)
{
  gint64 n;
  gboolean done = reg_store_reader_get_int64 (
      self,
      SETTLED "SELECT (SELECT count(*) FROM import_reject WHERE run_id = ?1) "
              "- (SELECT count(*) FROM settled) + coalesce((SELECT b.n_rejected FROM import_run "
              "AS r JOIN batch AS b ON b.id = r.batch_id WHERE r.id = ?1), 0)",
      REG_NUMBERS (run_id), &n, error);

  return done ? n : -1;
}

/**
 * reg_store_count_settled_lines:
 * @self: a store
 * @run_id: an import
 * @error: return location
 *
 * Returns: of how many lines of which it imported nothing a later import has made something, or
 * leaves them out for good; -1 on error
 */
gint64
reg_store_count_settled_lines (RegStore *self, gint64 run_id, GError **error)
{
  gint64 n;
  gboolean done = reg_store_reader_get_int64 (
      self,
      SETTLED "SELECT count(DISTINCT line) FROM settled WHERE line NOT IN (SELECT c.line FROM "
              "import_run AS r JOIN batch AS b ON b.id = r.batch_id JOIN change AS c "
              "ON c.id BETWEEN b.first_change AND b.last_change AND c.batch_id = b.id "
              "WHERE r.id = ?1 AND c.line > 0)",
      REG_NUMBERS (run_id), &n, error);

  return done ? n : -1;
}

/**
 * reg_store_list_refused_users:
 * @self: a store
 * @run_id: an import
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the people of changes that the LMS refused, of this import
 * and of all others that read lines of the same file
 */
RegIdList *
reg_store_list_refused_users (RegStore *self, gint64 run_id, GError **error)
{
  return reg_store_reader_list_ids (
      self,
      "SELECT DISTINCT c.user_id FROM " REG_SQL_RUNS_OF_FILE " JOIN change AS c "
      "ON c.id BETWEEN b.first_change AND b.last_change AND c.batch_id = b.id "
      "WHERE c.state = 4 ORDER BY c.user_id",
      REG_NUMBERS (run_id), error);
}

/**
 * reg_store_list_run_users:
 * @self: a store
 * @run_id: an import
 * @operation: name of an operation
 * @error: return location
 *
 * Returns: (transfer full) (nullable): to whom that import, or one of the same file before it, did
 * or is to do this operation, by id
 */
RegIdList *
reg_store_list_run_users (RegStore *self, gint64 run_id, const char *operation, GError **error)
{
  RegStoreDb *db = &self->reader;
  sqlite3_stmt *stmt;
  RegIdList *ids;

  reg_store_db_lock (db);
  stmt = reg_store_db_prepare (
      db,
      "SELECT DISTINCT c.user_id FROM " REG_SQL_RUNS_OF_FILE " JOIN change AS c "
      "ON c.id BETWEEN b.first_change AND b.last_change AND c.batch_id = b.id WHERE r.id <= ?1 "
      "AND c.state NOT IN (4, 6) AND coalesce(c.operation, b.operation) = ?2 ORDER BY c.user_id",
      error);
  if (stmt != NULL)
    {
      sqlite3_bind_int64 (stmt, 1, run_id);
      reg_store_bind_text (stmt, 2, operation);
    }
  ids = reg_store_db_take_ids (db, stmt, error);
  reg_store_db_unlock (db);
  return ids;
}

static gpointer
read_target (sqlite3_stmt *stmt)
{
  const RegStepTarget target = { .line = sqlite3_column_int64 (stmt, 0),
                                 .user_id = sqlite3_column_int64 (stmt, 1),
                                 .course_id = sqlite3_column_int64 (stmt, 2) };

  return g_memdup2 (&target, sizeof target);
}

/**
 * reg_store_list_import_targets:
 * @self: a store
 * @run_id: an import
 * @error: return location
 *
 * Returns: (transfer full) (element-type RegStepTarget) (nullable): what imports of the file did
 *   and have not given back; %NULL on error
 */
GPtrArray *
reg_store_list_import_targets (RegStore *self, gint64 run_id, GError **error)
{
  return reg_store_reader_list (
      self,
      "SELECT c.line, c.user_id, c.course_id FROM " REG_SQL_RUNS_OF_FILE " JOIN change AS c "
      "ON c.id BETWEEN b.first_change AND b.last_change AND c.batch_id = b.id "
      "WHERE c.state NOT IN (4, 6) AND c.line > 0 "
      "AND (c.batch_id, c.user_id, c.course_id) NOT IN " REG_SQL_GIVEN_BACK,
      REG_NUMBERS (run_id), read_target, g_free, error);
}
