/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-store"

#include "store/reg-store-private.h"

#include "store/reg-store-resources.h"

#include <glib/gi18n-lib.h>

/* "Regi": tells our files from other people's databases. */
#define APPLICATION_ID 0x52656769
#define SCHEMA_PATH "/io/github/registrar_lms/Registrar/store/"

/* The version this program writes: as many migrations as there are. */
static int
get_newest_version (void)
{
  g_auto (GStrv) names = g_resource_enumerate_children (reg_store_get_resource (), SCHEMA_PATH,
                                                        G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

  return names != NULL ? (int)g_strv_length (names) : 0;
}

static gboolean
get_number (RegStoreDb *db, const char *sql, gint64 *value, GError **error)
{
  sqlite3_stmt *stmt = reg_store_db_prepare (db, sql, error);

  return stmt != NULL && reg_store_db_get_int64 (db, stmt, value, 0, error);
}

static gboolean
migrate_to (RegStoreDb *db, int version, GError **error)
{
  g_autofree char *path = g_strdup_printf ("%s%d", SCHEMA_PATH, version);
  g_autoptr (GBytes) sql =
      g_resource_lookup_data (reg_store_get_resource (), path, G_RESOURCE_LOOKUP_FLAGS_NONE, error);
  g_autofree char *script = NULL;

  if (sql == NULL)
    return FALSE;
  script = g_strdup_printf ("BEGIN IMMEDIATE;"
                            "%.*s;"
                            "PRAGMA application_id = %d;"
                            "PRAGMA user_version = %d;"
                            "COMMIT;",
                            (int)g_bytes_get_size (sql), (const char *)g_bytes_get_data (sql, NULL),
                            APPLICATION_ID, version);
  if (reg_store_db_exec (db, script, error))
    return TRUE;
  reg_store_db_exec (db, "ROLLBACK", NULL);
  return FALSE;
}

static gboolean
fail_corrupt (const char *detail, GError **error)
{
  g_set_error (error, REG_STORE_ERROR, REG_STORE_ERROR_CORRUPT,
               _ ("Registrar's local copy is damaged and cannot be read: %s"), detail);
  return FALSE;
}

/* The parts that are small and without which nothing goes: what damage to the front of a file hits
 * first. Damage elsewhere shows when the page is read. */
static gboolean
check_readable (RegStoreDb *db, GError **error)
{
  static const char *const probes[] = {
    "SELECT count(value) FROM setting",
    "SELECT count(title) FROM batch",
    "SELECT count(file_name) FROM import_run",
    "SELECT max(id) FROM change",
    "SELECT count(*) FROM change WHERE " REG_SQL_OPEN,
    "SELECT max(id) FROM user",
    "SELECT max(id) FROM enrollment",
    "SELECT count(present) FROM user_base",
    "SELECT count(present) FROM enrollment_base",
  };
  gint64 value;

  for (gsize i = 0; i < G_N_ELEMENTS (probes); i++)
    if (!get_number (db, probes[i], &value, error))
      return FALSE;
  return TRUE;
}

/**
 * reg_store_schema_prepare:
 * @db: the writer, just opened
 * @error: return location
 *
 * Brings the schema up to date, one transaction a migration; refuses a newer one, somebody else's
 * database, and one whose small tables cannot be read.
 */
gboolean
reg_store_schema_prepare (RegStoreDb *db, GError **error)
{
  gint64 version, id, n_tables;
  int newest = get_newest_version ();

  if (!get_number (db, "SELECT count(*) FROM sqlite_schema", &n_tables, error)
      || !get_number (db, "PRAGMA application_id", &id, error)
      || !get_number (db, "PRAGMA user_version", &version, error))
    return FALSE;
  if ((n_tables > 0 && (id != APPLICATION_ID || version < 1))
      || (n_tables == 0 && (id != 0 || version != 0)))
    return fail_corrupt (_ ("it does not look like a database of Registrar"), error);
  if (version > newest)
    {
      g_set_error (error, REG_STORE_ERROR, REG_STORE_ERROR_NEWER,
                   _ ("This account was used with a newer version of Registrar. Update Registrar "
                      "to open it. (The database is of version %d, this program knows up to %d.)"),
                   (int)version, newest);
      return FALSE;
    }
  for (int next = (int)version + 1; next <= newest; next++)
    if (!migrate_to (db, next, error))
      return FALSE;
  return check_readable (db, error);
}
