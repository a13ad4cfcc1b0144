/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A damaged database: the person's work is read from it, the LMS's rows come again with the next
 * pull. */
#define G_LOG_DOMAIN "reg-store"

#include "store/reg-store-private.h"
#include "store/reg-store-salvage-pages.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

/* What is worth saving. In order: batches before their changes. */
typedef struct
{
  const char *name;
  guint n_columns;
  const char *insert;
  const char *ascending;
  const char *descending;
} Table;

#define TABLE(name, n, places)                                                                     \
  {                                                                                                \
    name, n, "INSERT OR IGNORE INTO " name " VALUES (" places ")",                                 \
        "SELECT * FROM " name " ORDER BY rowid", "SELECT * FROM " name " ORDER BY rowid DESC"      \
  }
#define SEVEN "?, ?, ?, ?, ?, ?, ?"

enum
{
  TABLE_BATCH,
  TABLE_CHANGE,
  TABLE_IMPORT_RUN,
  TABLE_IMPORT_REJECT,
  TABLE_IMPORT_LEFT_OUT,
  TABLE_EVENT,
  TABLE_REMOVED_RECORD,
  TABLE_SETTING,
  N_TABLES
};

static const Table tables[] = {
  [TABLE_BATCH] = TABLE ("batch", 20, SEVEN ", " SEVEN ", ?, ?, ?, ?, ?, ?"),
  [TABLE_CHANGE] = TABLE ("change", 20, SEVEN ", " SEVEN ", ?, ?, ?, ?, ?, ?"),
  [TABLE_IMPORT_RUN] = TABLE ("import_run", 14, SEVEN ", " SEVEN),
  [TABLE_IMPORT_REJECT] = TABLE ("import_reject", 7, SEVEN),
  [TABLE_IMPORT_LEFT_OUT] = TABLE ("import_left_out", 3, "?, ?, ?"),
  [TABLE_EVENT] = TABLE ("event", 7, SEVEN),
  [TABLE_REMOVED_RECORD] = TABLE ("removed_record", 15, SEVEN ", " SEVEN ", ?"),
  [TABLE_SETTING] = { "setting", 2, "INSERT OR IGNORE INTO setting VALUES (?, ?)",
                      "SELECT * FROM setting ORDER BY key",
                      "SELECT * FROM setting ORDER BY key DESC" },
};

typedef struct
{
  RegStoreDb *target;
  sqlite3_stmt *inserts[N_TABLES];
  int result; /* the first error of writing */
} Salvage;

static void
note_result (Salvage *salvage, sqlite3_stmt *stmt)
{
  int result = sqlite3_step (stmt);

  /* A damaged row may break a rule of the table; it is passed over. */
  if (result != SQLITE_DONE && (result & 0xff) != SQLITE_CONSTRAINT && salvage->result == SQLITE_OK)
    salvage->result = result;
  sqlite3_reset (stmt);
}

/* Reads as far as it goes; FALSE where it stopped at damage. */
static gboolean
read_table (Salvage *salvage, sqlite3 *source, guint table, const char *sql)
{
  sqlite3_stmt *select = NULL;
  sqlite3_stmt *insert = salvage->inserts[table];
  int result = sqlite3_prepare_v2 (source, sql, -1, &select, NULL);

  if (result != SQLITE_OK || sqlite3_column_count (select) > (int)tables[table].n_columns)
    {
      sqlite3_finalize (select);
      return FALSE;
    }
  while ((result = sqlite3_step (select)) == SQLITE_ROW)
    {
      /* An older schema has fewer columns. */
      sqlite3_clear_bindings (insert);
      for (int i = 0; i < sqlite3_column_count (select); i++)
        sqlite3_bind_value (insert, i + 1, sqlite3_column_value (select, i));
      note_result (salvage, insert);
    }
  sqlite3_finalize (select);
  return result == SQLITE_DONE;
}

/* Through the trees, from both ends: what they still reach is the newest. */
static void
read_through_sqlite (Salvage *salvage, const char *path)
{
  sqlite3 *source = NULL;

  if (sqlite3_open_v2 (path, &source, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL)
      == SQLITE_OK)
    {
      /* What stands in the log goes into the copy, for the scan of its pages. */
      sqlite3_exec (source, "PRAGMA wal_checkpoint(TRUNCATE)", NULL, NULL, NULL);
      for (guint i = 0; i < N_TABLES; i++)
        if (!read_table (salvage, source, i, tables[i].ascending))
          read_table (salvage, source, i, tables[i].descending);
    }
  sqlite3_close (source);
}

static gboolean
is_text (const RegSalvageValue *value)
{
  return value->type == SQLITE_TEXT;
}

static gboolean
is_number (const RegSalvageValue *value)
{
  return value->type == SQLITE_INTEGER;
}

/* Which table a row belongs to, by the shape of its columns; N_TABLES for none that matters. */
static guint
recognize (gboolean has_rowid, const RegSalvageValue *v, guint n)
{
  if (!has_rowid)
    return n == 2 && is_text (&v[0]) && is_text (&v[1]) ? TABLE_SETTING : N_TABLES;
  if (v[0].type != SQLITE_NULL)
    return N_TABLES;
  /* One written before there was a column for the operation has 19. */
  if ((n == 19 || n == 20) && v[2].type == SQLITE_BLOB && v[2].len == 16 && is_number (&v[1])
      && is_number (&v[3]) && is_number (&v[8]))
    return TABLE_CHANGE;
  if (n == 20 && is_text (&v[1]) && is_text (&v[2]) && is_number (&v[6]) && is_number (&v[9]))
    return TABLE_BATCH;
  if (n == 15 && is_number (&v[1]) && is_number (&v[2]) && is_text (&v[3]) && is_text (&v[6]))
    return TABLE_REMOVED_RECORD;
  /* One written before imports could be corrected has 13. */
  if ((n == 13 || n == 14) && is_text (&v[1]) && is_text (&v[2]) && is_text (&v[3])
      && is_number (&v[5]))
    return TABLE_IMPORT_RUN;
  if (n == 3 && is_number (&v[1]) && is_number (&v[2]))
    return TABLE_IMPORT_LEFT_OUT;
  if (n == 7 && is_number (&v[1]) && is_number (&v[2]) && is_text (&v[3]) && is_text (&v[5]))
    return TABLE_IMPORT_REJECT;
  if (n == 7 && is_number (&v[1]) && is_text (&v[2]) && is_number (&v[3]) && is_number (&v[5]))
    return TABLE_EVENT;
  return N_TABLES;
}

static void
bind_salvaged (sqlite3_stmt *stmt, int at, const RegSalvageValue *value)
{
  if (value->type == SQLITE_INTEGER)
    sqlite3_bind_int64 (stmt, at, value->number);
  else if (value->type == SQLITE_TEXT)
    sqlite3_bind_text (stmt, at, (const char *)value->data, (int)value->len, SQLITE_STATIC);
  else if (value->type == SQLITE_BLOB)
    sqlite3_bind_blob (stmt, at, value->data, (int)value->len, SQLITE_STATIC);
  else
    sqlite3_bind_null (stmt, at);
}

static void
on_page_row (gboolean has_rowid,
             gint64 rowid,
             const RegSalvageValue *values,
             guint n_values,
             gpointer data)
{
  Salvage *salvage = data;
  guint table = recognize (has_rowid, values, n_values);

  if (table == N_TABLES)
    return;
  sqlite3_clear_bindings (salvage->inserts[table]);
  for (guint i = 0; i < n_values; i++)
    bind_salvaged (salvage->inserts[table], (int)i + 1, &values[i]);
  if (has_rowid)
    sqlite3_bind_int64 (salvage->inserts[table], 1, rowid);
  note_result (salvage, salvage->inserts[table]);
}

static const guint8 *
get_bytes (GMappedFile *file, gsize *size)
{
  *size = file != NULL ? g_mapped_file_get_length (file) : 0;
  return *size > 0 ? (const guint8 *)g_mapped_file_get_contents (file) : NULL;
}

/* Rows the trees no longer lead to; those of a log that could not be put into the file are newer.
 */
static void
read_through_pages (Salvage *salvage, const char *path)
{
  g_autofree char *log_path = g_strconcat (path, "-wal", NULL);
  g_autoptr (GMappedFile) file = g_mapped_file_new (path, FALSE, NULL);
  g_autoptr (GMappedFile) log = g_mapped_file_new (log_path, FALSE, NULL);
  gsize size, log_size;
  const guint8 *bytes = get_bytes (file, &size);
  const guint8 *log_bytes = get_bytes (log, &log_size);

  if (log_bytes != NULL)
    reg_salvage_scan_log (log_bytes, log_size, bytes, size, on_page_row, salvage);
  if (bytes != NULL)
    reg_salvage_scan_pages (bytes, size, on_page_row, salvage);
}

/* Changes wait for rows that are not here yet: an enrollment counts as absent and a user gets a
 * stand-in, until the pull brings them; after its last page everything is made anew. */
#define STAND_INS                                                                                  \
  "INSERT OR IGNORE INTO user_base SELECT DISTINCT user_id, 0, '', '', '', '', 0, 0, 0, 0, '', "   \
  "0, 0, 0, 0 FROM change WHERE (state < 3 OR user_id < 0 AND " REG_SQL_OPEN ") "                  \
  "AND course_id = 0 AND user_id <> 0;"                                                            \
  "INSERT OR IGNORE INTO enrollment_base (" REG_SQL_ENROLLMENT ", id, present) SELECT DISTINCT "   \
  "user_id, course_id, 0, 0, 0, 0, 0, 0, '', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, '', '', '', '', "       \
  "course_id << 40 | (user_id & 0xffffffffff), 0 "                                                 \
  "FROM change WHERE state < 3 AND course_id <> 0 AND user_id <> 0;"                               \
  "INSERT OR IGNORE INTO course_base SELECT DISTINCT course_id, 0 FROM change "                    \
  "WHERE state < 3 AND user_id = 0 AND course_id > 0;"                                             \
  "INSERT OR REPLACE INTO setting VALUES ('" REG_STORE_REBASE_SETTING "', '1');"

/* What lost its other half goes; counts are counted again. */
#define TIDY                                                                                       \
  "DELETE FROM setting WHERE key = 'cursor';"                                                      \
  "DELETE FROM change WHERE batch_id NOT IN (SELECT id FROM batch) "                               \
  "OR state NOT BETWEEN 0 AND 6;"                                                                  \
  "UPDATE batch SET (first_change, last_change) = (SELECT min(first_change, coalesce(min(id), "    \
  "first_change)), max(last_change, coalesce(max(id), last_change)) FROM change "                  \
  "WHERE batch_id = batch.id);"                                                                    \
  "UPDATE batch SET n_pending = 0, n_sending = 0, n_unknown = 0, n_done = 0, n_rejected = 0, "     \
  "n_conflict = 0, n_undone = 0;"                                                                  \
  "UPDATE batch SET n_pending = t.s0, n_sending = t.s1, n_unknown = t.s2, n_done = t.s3, "         \
  "n_rejected = t.s4, n_conflict = t.s5, n_undone = t.s6 FROM (SELECT batch_id, "                  \
  "sum(state = 0) AS s0, sum(state = 1) AS s1, sum(state = 2) AS s2, sum(state = 3) AS s3, "       \
  "sum(state = 4) AS s4, sum(state = 5) AS s5, sum(state = 6) AS s6 FROM change "                  \
  "GROUP BY batch_id) AS t WHERE t.batch_id = batch.id;"                                           \
  "UPDATE import_run SET batch_id = NULL WHERE batch_id NOT IN (SELECT id FROM batch);"            \
  "DELETE FROM import_reject WHERE run_id NOT IN (SELECT id FROM import_run);"                     \
  "DELETE FROM import_left_out WHERE run_id NOT IN (SELECT id FROM import_run);"                   \
  "DELETE FROM event WHERE batch_id NOT IN (SELECT id FROM batch);"

static gboolean
insert_batch_again (RegStoreDb *target, sqlite3_stmt *event, GError **error)
{
  g_autoptr (RegParams) text = reg_store_parse_params (reg_store_column_text (event, 2));
  sqlite3_stmt *stmt;

  if (text == NULL || reg_params_get (text, "operation") == NULL)
    return TRUE;
  stmt = reg_store_db_prepare (
      target,
      "INSERT INTO batch (id, operation, title, note, params, actor_id, actor_role, created_at, "
      "first_change, last_change) SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, min(id), max(id) "
      "FROM change WHERE batch_id = ?1 HAVING count(*) > 0",
      error);
  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, sqlite3_column_int64 (event, 0));
  reg_store_bind_text (stmt, 2, reg_params_get (text, "operation"));
  reg_store_bind_text (stmt, 3, reg_params_get (text, "title"));
  reg_store_bind_text (stmt, 4, reg_params_get (text, "note"));
  reg_store_bind_text (stmt, 5, reg_params_get (text, "params"));
  sqlite3_bind_int64 (stmt, 6, reg_params_get_int64 (text, "actor_id"));
  sqlite3_bind_int64 (stmt, 7, reg_params_get_int64 (text, "actor_role"));
  sqlite3_bind_int64 (stmt, 8, sqlite3_column_int64 (event, 1));
  return reg_store_db_run (target, stmt, error);
}

/* Batches whose own page is lost, from the events that tell of them. */
static gboolean
restore_batches (RegStoreDb *target, GError **error)
{
  sqlite3_stmt *stmt = reg_store_db_prepare (
      target,
      "SELECT batch_id, at, detail FROM event WHERE kind = 'staged' AND detail IS NOT NULL "
      "AND batch_id NOT IN (SELECT id FROM batch)",
      error);
  gboolean row;

  if (stmt == NULL)
    return FALSE;
  while (reg_store_db_step (target, stmt, &row, error) && row)
    if (!insert_batch_again (target, stmt, error))
      return FALSE;
  return !row;
}

static gboolean
fill (RegStoreDb *target, const char *source, guint *n_saved, GError **error)
{
  Salvage salvage = { .target = target };
  sqlite3_stmt *count;
  gint64 n;

  if (!reg_store_db_exec (target, "PRAGMA foreign_keys = OFF; BEGIN IMMEDIATE", error))
    return FALSE;
  for (guint i = 0; i < N_TABLES; i++)
    {
      salvage.inserts[i] = reg_store_db_prepare (target, tables[i].insert, error);
      if (salvage.inserts[i] == NULL)
        return FALSE;
    }
  read_through_sqlite (&salvage, source);
  read_through_pages (&salvage, source);
  if (salvage.result != SQLITE_OK)
    return reg_store_db_fail (target, salvage.result, error);
  if (!restore_batches (target, error))
    return FALSE;
  if (!reg_store_db_exec (target, TIDY STAND_INS "COMMIT; PRAGMA foreign_keys = ON", error))
    return FALSE;
  count = reg_store_db_prepare (target, "SELECT count(*) FROM change WHERE " REG_SQL_OPEN, error);
  if (count == NULL || !reg_store_db_get_int64 (target, count, &n, 0, error))
    return FALSE;
  *n_saved = (guint)n;
  return TRUE;
}

static void
remove_database (const char *path)
{
  static const char *const suffixes[] = { "", "-wal", "-shm" };

  for (gsize i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *name = g_strconcat (path, suffixes[i], NULL);

      g_remove (name);
    }
}

static gboolean
copy_file (const char *from, const char *to, const char *suffix, GError **error)
{
  g_autofree char *from_path = g_strconcat (from, suffix, NULL);
  g_autofree char *to_path = g_strconcat (to, suffix, NULL);
  g_autoptr (GFile) from_file = g_file_new_for_path (from_path);
  g_autoptr (GFile) to_file = g_file_new_for_path (to_path);
  g_autoptr (GError) local = NULL;

  if (g_file_copy (from_file, to_file, G_FILE_COPY_OVERWRITE, NULL, NULL, NULL, &local))
    {
      g_chmod (to_path, 0600);
      return TRUE;
    }
  if (g_error_matches (local, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    return TRUE;
  g_set_error (error, REG_STORE_ERROR,
               g_error_matches (local, G_IO_ERROR, G_IO_ERROR_NO_SPACE) ? REG_STORE_ERROR_FULL
                                                                        : REG_STORE_ERROR_FAILED,
               _ ("The damaged database could not be kept aside, so it was left alone: %s"),
               local->message);
  return FALSE;
}

/* A copy to read from: SQLite writes to what it opens. */
static gboolean
make_new_database (const char *path, const char *new_path, guint *n_saved, GError **error)
{
  g_autofree char *work = g_strconcat (path, ".reading", NULL);
  RegStoreDb target = { 0 };
  gboolean done;

  remove_database (work);
  remove_database (new_path);
  done = copy_file (path, work, "", error) && copy_file (path, work, "-wal", error)
         && reg_store_make_private_file (new_path, error)
         && reg_store_db_open (&target, new_path, TRUE, error);
  if (done)
    {
      done = reg_store_schema_prepare (&target, error) && fill (&target, work, n_saved, error)
             && reg_store_db_exec (&target, "PRAGMA wal_checkpoint(TRUNCATE)", error);
      reg_store_db_close (&target);
    }
  remove_database (work);
  if (!done)
    remove_database (new_path);
  return done;
}

static char *
dup_backup_path (const char *path)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *time = g_date_time_format (now, "%Y%m%d-%H%M%S");
  char *backup = g_strdup_printf ("%s.damaged-%s", path, time);

  for (int i = 2; g_file_test (backup, G_FILE_TEST_EXISTS); i++)
    {
      g_free (backup);
      backup = g_strdup_printf ("%s.damaged-%s-%d", path, time, i);
    }
  return backup;
}

static void
rename_part (const char *from, const char *to, const char *suffix)
{
  g_autofree char *from_path = g_strconcat (from, suffix, NULL);
  g_autofree char *to_path = g_strconcat (to, suffix, NULL);

  g_rename (from_path, to_path);
}

char *
reg_store_dup_salvaged_path (const char *path)
{
  return g_strconcat (path, ".salvaged", NULL);
}

/* The new database stands complete beside the old one. From the moment the old one is out of the
 * way on, opening takes it; so a fall in between loses nothing. */
gboolean
reg_store_take_salvaged (const char *path, GError **error)
{
  g_autofree char *new_path = reg_store_dup_salvaged_path (path);
  g_autofree char *wal = g_strconcat (path, "-wal", NULL);
  g_autofree char *shm = g_strconcat (path, "-shm", NULL);

  if (g_file_test (path, G_FILE_TEST_EXISTS) || !g_file_test (new_path, G_FILE_TEST_EXISTS))
    return TRUE;
  g_remove (wal);
  g_remove (shm);
  if (g_rename (new_path, path) == 0)
    return TRUE;
  g_set_error (error, REG_STORE_ERROR, REG_STORE_ERROR_FAILED,
               _ ("The saved database %s cannot be put in place."), new_path);
  return FALSE;
}

/**
 * reg_store_salvage:
 * @path: a database that reg_store_open () found %REG_STORE_ERROR_CORRUPT
 * @backup_path: (out) (optional) (transfer full): where the damaged file is kept
 * @n_saved: (out): how many changes that are not settled were saved
 * @error: return location
 *
 * Starts a new database with all that can be read of the person's work: changes with their batches,
 * imports, settings and the audit log. What the LMS has comes with the next pull, and the changes
 * are applied to it again.
 *
 * Returns: (transfer full): the store, or %NULL with an error; then the damaged file is as it was
 */
RegStore *
reg_store_salvage (const char *path, char **backup_path, guint *n_saved, GError **error)
{
  g_autofree char *new_path = reg_store_dup_salvaged_path (path);
  g_autofree char *backup = NULL;
  int lock_fd = reg_store_lock_path (path, error);

  *n_saved = 0;
  if (backup_path != NULL)
    *backup_path = NULL;
  if (lock_fd < 0)
    return NULL;
  if (!make_new_database (path, new_path, n_saved, error))
    {
      close (lock_fd);
      return NULL;
    }
  backup = dup_backup_path (path);
  rename_part (path, backup, "-wal");
  rename_part (path, backup, "");
  if (backup_path != NULL)
    *backup_path = g_steal_pointer (&backup);
  return reg_store_open_locked (path, lock_fd, error);
}
