/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Presets: the LMS's stand in document, what waits is laid over them when they are read. They are
 * few. As the target of a change a preset is user 0 and minus its id as the course. */
#define G_LOG_DOMAIN "reg-store"

#include "store/reg-store-private.h"

#include "store/reg-store-query.h"

static gboolean
take_text (RegPreset *preset, const char *text)
{
  g_autoptr (RegParams) params = text != NULL ? reg_params_new_from_text (text, NULL) : NULL;
  const char *name = reg_params_get (params, "name");
  const char *items = reg_params_get (params, "items");

  if (params == NULL)
    return FALSE;
  g_free (preset->name);
  g_free (preset->items);
  preset->name = g_strdup (name != NULL ? name : "");
  preset->items = g_strdup (items != NULL ? items : "");
  return TRUE;
}

/* The LMS's presets by id; id: only that one, or 0. */
static gboolean
read_presets (RegStoreDb *db, gint64 id, GHashTable *presets, GError **error)
{
  sqlite3_stmt *stmt = reg_store_db_prepare (
      db, "SELECT id, revision, json FROM document WHERE kind = 'preset' AND (?1 = 0 OR id = ?1)",
      error);
  gboolean row;

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, id);
  while (reg_store_db_step (db, stmt, &row, error) && row)
    {
      RegPreset *preset = reg_preset_new ();

      preset->id = sqlite3_column_int64 (stmt, 0);
      preset->revision = sqlite3_column_int64 (stmt, 1);
      take_text (preset, (const char *)sqlite3_column_text (stmt, 2));
      g_hash_table_replace (presets, &preset->id, preset);
    }
  return !row;
}

static gboolean
lay_changes_over (RegStoreDb *db, gint64 id, GHashTable *presets, GError **error)
{
  sqlite3_stmt *stmt = reg_store_db_prepare (
      db,
      "SELECT -c.course_id, coalesce(c.params, b.params) FROM change AS c INDEXED BY change_target "
      "JOIN batch AS b ON b.id = c.batch_id WHERE c." REG_SQL_OPEN " AND c." REG_SQL_WAITING
      " AND c.user_id = 0 AND c.course_id < 0 AND (?1 = 0 OR c.course_id = -?1) ORDER BY c.id",
      error);
  gboolean row;

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, id);
  while (reg_store_db_step (db, stmt, &row, error) && row)
    {
      gint64 preset_id = sqlite3_column_int64 (stmt, 0);
      RegPreset *preset = g_hash_table_lookup (presets, &preset_id);

      if (preset == NULL)
        {
          preset = reg_preset_new ();
          preset->id = preset_id;
          g_hash_table_replace (presets, &preset->id, preset);
        }
      take_text (preset, (const char *)sqlite3_column_text (stmt, 1));
    }
  return !row;
}

static GHashTable *
make_table (void)
{
  return g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, (GDestroyNotify)reg_preset_free);
}

/* One that is not there has an empty name. *preset: (transfer full) */
gboolean
reg_store_load_preset (RegStoreTransaction *self, gint64 id, RegPreset **preset, GError **error)
{
  g_autoptr (GHashTable) presets = make_table ();
  const RegPreset *found;

  *preset = NULL;
  if (!read_presets (self->db, id, presets, error)
      || !lay_changes_over (self->db, id, presets, error))
    return FALSE;
  found = g_hash_table_lookup (presets, &id);
  *preset = found != NULL ? reg_preset_copy (found) : reg_preset_new ();
  (*preset)->id = id;
  return TRUE;
}

/* What the LMS said it did, until the pull brings it. */
gboolean
reg_store_apply_to_preset (RegStoreTransaction *self, const RegStoreChange *change, GError **error)
{
  const RegStoreBatchInfo *info = reg_store_transaction_get_batch (self, change->batch_id, error);
  g_autoptr (RegParams) own =
      change->params != NULL ? reg_store_parse_params (change->params) : NULL;
  const RegParams *params;
  g_autofree char *text = NULL;
  const char *name;
  sqlite3_stmt *stmt;

  if (info == NULL)
    return FALSE;
  params = own != NULL ? own : info->params;
  name = reg_params_get (params, "name");
  stmt = reg_store_db_prepare (
      self->db,
      name == NULL || *name == '\0'
          ? "DELETE FROM document WHERE kind = 'preset' AND id = ?1 AND ?2 <> ''"
          : "INSERT OR REPLACE INTO document (kind, id, revision, user_id, course_id, json) "
            "VALUES ('preset', ?1, 0, 0, 0, ?2)",
      error);
  if (stmt == NULL)
    return FALSE;
  text = params != NULL ? reg_params_to_text (params) : g_strdup ("{}");
  sqlite3_bind_int64 (stmt, 1, -change->course_id);
  reg_store_bind_text (stmt, 2, text);
  return reg_store_db_run (self->db, stmt, error);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  const RegPreset *left = *(const RegPreset *const *)a, *right = *(const RegPreset *const *)b;

  return g_utf8_collate (left->name, right->name);
}

/**
 * reg_store_list_presets:
 * @self: a store
 * @error: return location
 *
 * Returns: (transfer full) (element-type RegPreset): the presets by name, with what waits; %NULL on
 *   error
 */
GPtrArray *
reg_store_list_presets (RegStore *self, GError **error)
{
  g_autoptr (GHashTable) presets = make_table ();
  GPtrArray *list = NULL;
  GHashTableIter iter;
  gpointer preset;

  reg_store_db_lock (&self->reader);
  if (read_presets (&self->reader, 0, presets, error)
      && lay_changes_over (&self->reader, 0, presets, error))
    list = g_ptr_array_new_with_free_func ((GDestroyNotify)reg_preset_free);
  reg_store_db_unlock (&self->reader);
  if (list == NULL)
    return NULL;
  g_hash_table_iter_init (&iter, presets);
  while (g_hash_table_iter_next (&iter, NULL, &preset))
    if (((const RegPreset *)preset)->name[0] != '\0')
      g_ptr_array_add (list, reg_preset_copy (preset));
  g_ptr_array_sort (list, compare_names);
  return list;
}
