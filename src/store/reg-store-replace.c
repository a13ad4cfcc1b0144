/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the LMS refused and is done anew: the new change takes the place of the refused one, which
 * would hold it back otherwise. */
#define G_LOG_DOMAIN "reg-store"

#include "store/reg-store-private.h"

#include <string.h>

/* What the audit log says of it. */
#define REPLACED "replaced by a newer one"
#define LEFT_OUT "left out"

static gboolean
drop (RegStoreTransaction *self, gint64 id, const char *why, GError **error)
{
  RegStoreChange change;
  gboolean found, done;

  if (!reg_store_load_change (self, id, &change, &found, error))
    return FALSE;
  if (!found)
    return TRUE;
  done = change.state != REG_CHANGE_REJECTED
         || (reg_store_drop_change (self, &change, error)
             && reg_store_add_event (self, "discarded", change.batch_id, id, 1, why, error));
  reg_store_change_clear (&change);
  return done;
}

/* Whether what one change was to set is all set by another: of fields, that it sets these too. */
static gboolean
is_covered (const char *refused_base, const RegParams *base)
{
  g_autoptr (RegParams) refused = reg_store_parse_params (refused_base);

  for (guint i = 0; refused != NULL && i < reg_params_get_size (refused); i++)
    if (base == NULL || reg_params_get (base, reg_params_get_key (refused, i)) == NULL)
      return FALSE;
  return TRUE;
}

gboolean
reg_store_has_refused (RegStoreTransaction *self, gboolean *has, GError **error)
{
  sqlite3_stmt *stmt = reg_store_db_prepare (
      self->db,
      "SELECT EXISTS (SELECT 1 FROM change INDEXED BY change_queue WHERE " REG_SQL_OPEN
      " AND state = 4)",
      error);
  gint64 n = 0;

  if (stmt == NULL || !reg_store_db_get_int64 (self->db, stmt, &n, 0, error))
    return FALSE;
  *has = n != 0;
  return TRUE;
}

gboolean
reg_store_replace_refused (RegStoreTransaction *self,
                           gint64 user_id,
                           gint64 course_id,
                           const RegOperation *operation,
                           const RegParams *base,
                           GError **error)
{
  const RegStoreBatchInfo *info;
  RegStoreChange change;
  sqlite3_stmt *stmt = reg_store_db_prepare (
      self->db,
      "SELECT " REG_SQL_STORE_CHANGE " FROM change INDEXED BY change_target WHERE " REG_SQL_OPEN
      " AND user_id = ?1 AND course_id = ?2 ORDER BY id DESC LIMIT 1",
      error);
  gboolean row, done = TRUE;

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, user_id);
  sqlite3_bind_int64 (stmt, 2, course_id);
  if (!reg_store_db_step (self->db, stmt, &row, error))
    return FALSE;
  if (!row)
    return TRUE;
  reg_store_change_read (stmt, &change);
  sqlite3_reset (stmt);
  info = reg_store_transaction_get_batch (self, change.batch_id, error);
  if (info == NULL)
    done = FALSE;
  else if (change.state == REG_CHANGE_REJECTED
           && reg_store_get_operation (info, change.operation) == operation
           && is_covered (change.base, base))
    done = drop (self, change.id, REPLACED, error);
  reg_store_change_clear (&change);
  return done;
}

static guint
target_hash (gconstpointer key)
{
  const RegStepTarget *target = key;
  /* local ids are below 0 */
  guint64 mixed =
      (guint64)target->line ^ (guint64)target->user_id << 20 ^ (guint64)target->course_id << 40;

  return g_int64_hash (&mixed);
}

static gboolean
target_equal (gconstpointer a, gconstpointer b)
{
  const RegStepTarget *one = a, *other = b;

  return one->line == other->line && one->user_id == other->user_id
         && one->course_id == other->course_id;
}

typedef struct
{
  gint64 change_id;
  RegStepTarget target;
} Refused;

/* Of all imports of the file: whichever of them was corrected, the lines are the same. */
static GArray *
list_refused (RegStoreTransaction *self, const RegStep *step, GHashTable *lines, GError **error)
{
  g_autoptr (GArray) list = g_array_new (FALSE, FALSE, sizeof (Refused));
  g_autoptr (GHashTable) unticked = g_hash_table_new (target_hash, target_equal);
  sqlite3_stmt *stmt = reg_store_db_prepare (
      self->db,
      "SELECT c.id, c.line, c.user_id, c.course_id FROM " REG_SQL_RUNS_OF_FILE " JOIN change AS c "
      "ON c.id BETWEEN b.first_change AND b.last_change AND c.batch_id = b.id "
      "WHERE c.state = 4 AND c.line IS NOT NULL",
      error);
  gboolean row = TRUE;

  if (stmt == NULL)
    return NULL;
  sqlite3_bind_int64 (stmt, 1, step->run->corrects);
  for (gsize i = 0; i < step->n_unticked; i++)
    g_hash_table_add (unticked, (gpointer)&step->unticked[i]);
  while (reg_store_db_step (self->db, stmt, &row, error) && row)
    {
      const Refused refused = { sqlite3_column_int64 (stmt, 0),
                                { .line = sqlite3_column_int64 (stmt, 1),
                                  .user_id = sqlite3_column_int64 (stmt, 2),
                                  .course_id = sqlite3_column_int64 (stmt, 3) } };

      if (g_hash_table_contains (lines, &refused.target.line)
          && !g_hash_table_contains (unticked, &refused.target))
        g_array_append_val (list, refused);
    }
  return row ? NULL : g_steal_pointer (&list);
}

/* In the list of its import it stands from now on as one left out at the start does: gone while
 * what takes its place stands. */
static gboolean
keep_reject (RegStoreTransaction *self, gint64 id, GError **error)
{
  sqlite3_stmt *stmt = reg_store_db_prepare (
      self->db,
      "INSERT INTO import_reject (run_id, line, identifier, course, code, reason) "
      "SELECT b.run_id, c.line, coalesce(u.email, ''), co.code, coalesce(c.code, ''), "
      "coalesce(c.sentence, '') FROM change AS c JOIN batch AS b ON b.id = c.batch_id "
      "LEFT JOIN user AS u ON u.id = c.user_id LEFT JOIN course AS co ON co.id = c.course_id "
      "WHERE c.id = ?1",
      error);

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, id);
  return reg_store_db_run (self->db, stmt, error);
}

/* people: (nullable): by line, to which those who were not added are added; of people made here
 * nothing but the adding is sent before they are */
static gboolean
drop_lines (RegStoreTransaction *self,
            const RegStep *step,
            GHashTable *lines,
            const char *why,
            GHashTable *people,
            GError **error)
{
  g_autoptr (GArray) list = list_refused (self, step, lines, error);
  gboolean done = TRUE;

  for (guint i = 0; list != NULL && done && i < list->len; i++)
    {
      const Refused *refused = &g_array_index (list, Refused, i);

      if (people != NULL && refused->target.user_id < 0)
        g_hash_table_insert (people, g_memdup2 (&refused->target.line, sizeof refused->target.line),
                             g_memdup2 (&refused->target.user_id, sizeof refused->target.user_id));
      done = keep_reject (self, refused->change_id, error)
             && drop (self, refused->change_id, why, error);
    }
  return list != NULL && done;
}

static void
add_line (GHashTable *lines, gint64 line)
{
  g_hash_table_add (lines, g_memdup2 (&line, sizeof line));
}

gboolean
reg_store_replace_lines (RegStoreTransaction *self,
                         const RegStep *step,
                         GHashTable *people,
                         GError **error)
{
  g_autoptr (GHashTable) lines = NULL;

  if (step->run == NULL || step->run->corrects == 0)
    return TRUE;
  lines = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  for (gsize i = 0; i < step->n_targets; i++)
    add_line (lines, step->targets[i].line);
  if (!drop_lines (self, step, lines, REPLACED, people, error))
    return FALSE;
  g_hash_table_remove_all (lines);
  for (gsize i = 0; i < step->n_left_out; i++)
    add_line (lines, step->left_out[i]);
  return drop_lines (self, step, lines, LEFT_OUT, NULL, error);
}
