/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-store"

#include "store/reg-store.h"

#include "store/reg-store-private.h"
#include "store/reg-user-index.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

static gboolean
fail_errno (const char *path, GError **error)
{
  int code = errno;

  g_set_error (error, REG_STORE_ERROR,
               code == ENOSPC || code == EDQUOT ? REG_STORE_ERROR_FULL : REG_STORE_ERROR_FAILED,
               _ ("Registrar's database %s cannot be opened: %s"), path, g_strerror (code));
  return FALSE;
}

/* The lock is the open file's, so it also keeps out a second store in this process, and it ends
 * with the process however that ends. */
int
reg_store_lock_path (const char *path, GError **error)
{
  g_autofree char *lock_path = g_strconcat (path, ".lock", NULL);
  int fd = g_open (lock_path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

  if (fd < 0)
    {
      fail_errno (lock_path, error);
      return -1;
    }
  if (flock (fd, LOCK_EX | LOCK_NB) == 0)
    return fd;
  if (errno == EWOULDBLOCK)
    g_set_error_literal (error, REG_STORE_ERROR, REG_STORE_ERROR_BUSY,
                         _ ("Registrar is already open on this account. Use that window, or close "
                            "it and try again."));
  else
    fail_errno (lock_path, error);
  close (fd);
  return -1;
}

/* SQLite gives its side files the mode of the database, so the mode must be right before it opens
 * it. */
gboolean
reg_store_make_private_file (const char *path, GError **error)
{
  int fd = g_open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

  if (fd < 0)
    return fail_errno (path, error);
  if (fchmod (fd, 0600) != 0)
    {
      fail_errno (path, error);
      close (fd);
      return FALSE;
    }
  close (fd);
  return TRUE;
}

RegStore *
reg_store_open_locked (const char *path, int lock_fd, GError **error)
{
  RegStore *self = g_new0 (RegStore, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->path = g_strdup (path);
  self->lock_fd = lock_fd;
  self->user_index = reg_user_index_new ();
  g_mutex_init (&self->notify_lock);
  if (reg_store_take_salvaged (path, error) && reg_store_make_private_file (path, error)
      && reg_store_db_open (&self->writer, path, TRUE, error)
      && reg_store_schema_prepare (&self->writer, error)
      && reg_store_db_open (&self->reader, path, FALSE, error))
    return self;
  reg_store_unref (self);
  return NULL;
}

/**
 * reg_store_open:
 * @path: the account's database file; made, with mode 0600, where there is none
 * @error: return location
 *
 * Opens the local copy and brings its schema up to date. One process at a time may have it open.
 *
 * Returns: (transfer full): the store, or %NULL with %REG_STORE_ERROR_BUSY, _NEWER, _CORRUPT (call
 * reg_store_salvage () then), _FULL or _FAILED
 */
RegStore *
reg_store_open (const char *path, GError **error)
{
  int lock_fd = reg_store_lock_path (path, error);

  return lock_fd >= 0 ? reg_store_open_locked (path, lock_fd, error) : NULL;
}

RegStore *
reg_store_ref (RegStore *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
reg_store_unref (RegStore *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  if (self->notify_destroy != NULL)
    self->notify_destroy (self->notify_data);
  reg_store_db_close (&self->reader);
  reg_store_db_close (&self->writer);
  reg_user_index_free (self->user_index);
  close (self->lock_fd);
  g_mutex_clear (&self->notify_lock);
  g_free (self->path);
  g_free (self);
}

const char *
reg_store_get_path (RegStore *self)
{
  return self->path;
}

/**
 * reg_store_set_notify:
 * @self: a store
 * @notify: (nullable) (scope notified): told after each commit, on the writing thread
 * @data: for @notify
 * @destroy: (nullable): frees @data
 *
 * @notify may read the store; it must not write to it or set another notify function.
 */
void
reg_store_set_notify (RegStore *self, RegStoreNotify notify, gpointer data, GDestroyNotify destroy)
{
  GDestroyNotify old_destroy;
  gpointer old_data;

  g_mutex_lock (&self->notify_lock);
  old_destroy = self->notify_destroy;
  old_data = self->notify_data;
  self->notify = notify;
  self->notify_data = data;
  self->notify_destroy = destroy;
  g_mutex_unlock (&self->notify_lock);
  if (old_destroy != NULL)
    old_destroy (old_data);
}

/**
 * reg_store_dup_setting:
 * @self: a store
 * @key: name of a setting of this account
 * @error: return location
 *
 * Returns: (transfer full) (nullable): its value; %NULL without an error where it was never set
 */
char *
reg_store_dup_setting (RegStore *self, const char *key, GError **error)
{
  sqlite3_stmt *stmt;
  gboolean row;
  char *value = NULL;

  reg_store_db_lock (&self->reader);
  stmt = reg_store_db_prepare (&self->reader, "SELECT value FROM setting WHERE key = ?", error);
  if (stmt != NULL)
    {
      reg_store_bind_text (stmt, 1, key);
      if (reg_store_db_step (&self->reader, stmt, &row, error) && row)
        value = reg_store_column_dup (stmt, 0);
      sqlite3_reset (stmt);
      sqlite3_clear_bindings (stmt);
    }
  reg_store_db_unlock (&self->reader);
  return value;
}

/**
 * reg_store_list_settings:
 * @self: a store
 * @prefix: how the keys begin
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the names of settings of this account that begin so; %NULL
 * on error
 */
char **
reg_store_list_settings (RegStore *self, const char *prefix, GError **error)
{
  g_autoptr (GPtrArray) keys = g_ptr_array_new_with_free_func (g_free);
  sqlite3_stmt *stmt;
  gboolean row = TRUE;

  reg_store_db_lock (&self->reader);
  stmt = reg_store_db_prepare (
      &self->reader, "SELECT key FROM setting WHERE substr(key, 1, length(?1)) = ?1 ORDER BY key",
      error);
  if (stmt != NULL)
    {
      reg_store_bind_text (stmt, 1, prefix);
      while (reg_store_db_step (&self->reader, stmt, &row, error) && row)
        g_ptr_array_add (keys, reg_store_column_dup (stmt, 0));
      sqlite3_clear_bindings (stmt);
    }
  reg_store_db_unlock (&self->reader);
  if (row)
    return NULL;
  g_ptr_array_add (keys, NULL);
  return (char **)g_ptr_array_free (g_steal_pointer (&keys), FALSE);
}

gboolean
reg_store_write_setting (RegStoreTransaction *transaction,
                         const char *key,
                         const char *value,
                         GError **error)
{
  sqlite3_stmt *stmt =
      reg_store_db_prepare (transaction->db,
                            value != NULL ? "INSERT INTO setting (key, value) VALUES (?1, ?2) "
                                            "ON CONFLICT (key) DO UPDATE SET value = excluded.value"
                                          : "DELETE FROM setting WHERE key = ?1",
                            error);

  if (stmt == NULL)
    return FALSE;
  reg_store_bind_text (stmt, 1, key);
  if (value != NULL)
    reg_store_bind_text (stmt, 2, value);
  return reg_store_db_run (transaction->db, stmt, error);
}

/**
 * reg_store_set_setting:
 * @self: a store
 * @key: name of a setting of this account
 * @value: (nullable): its value; %NULL takes it away
 * @error: return location
 */
gboolean
reg_store_set_setting (RegStore *self, const char *key, const char *value, GError **error)
{
  RegStoreTransaction transaction;

  if (!reg_store_transaction_begin (&transaction, self, REG_STORE_DURABLE, error))
    return FALSE;
  if (reg_store_write_setting (&transaction, key, value, error))
    return reg_store_transaction_commit (&transaction, error);
  reg_store_transaction_rollback (&transaction);
  return FALSE;
}
