/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One account's local copy: one SQLite file.
 *
 * Threads: every function here blocks and may be called from any thread but the window's main
 * thread; a lock inside RegStore serializes the writer connection, another one the reader
 * connection. */
#pragma once

#include "store/reg-store-error.h"

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _RegStore RegStore;

/**
 * RegStoreEvent:
 * @users: whether rows of users changed; so for the other kinds
 * @n_user_ids: how many ids @user_ids holds; 0 with @users TRUE means "any of them"
 *
 * What one committed transaction changed. Handed to the notify function on the writing thread.
 */
typedef struct
{
  gboolean users;
  gboolean courses;
  gboolean labels;
  gboolean enrollments;
  gboolean outbox;
  gboolean runs;
  const gint64 *user_ids;
  gsize n_user_ids;
} RegStoreEvent;

typedef void (*RegStoreNotify) (RegStore *self, const RegStoreEvent *event, gpointer data);

/* done and total in rows; called on the working thread now and then */
typedef void (*RegStoreProgress) (gint64 done, gint64 total, gpointer data);

RegStore *reg_store_open (const char *path, GError **error);
RegStore *reg_store_salvage (const char *path, char **backup_path, guint *n_saved, GError **error);
RegStore *reg_store_ref (RegStore *self);
void reg_store_unref (RegStore *self);
const char *reg_store_get_path (RegStore *self);
void
reg_store_set_notify (RegStore *self, RegStoreNotify notify, gpointer data, GDestroyNotify destroy);

char *reg_store_dup_setting (RegStore *self, const char *key, GError **error);
gboolean reg_store_set_setting (RegStore *self, const char *key, const char *value, GError **error);
/* (transfer full): the keys that begin so, in their order */
char **reg_store_list_settings (RegStore *self, const char *prefix, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RegStore, reg_store_unref)

G_END_DECLS
