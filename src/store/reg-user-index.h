/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Everybody in memory, as columns in name order: what search, filters and sort orders read.
 *
 * Threads: guarded by the store's reader lock, except for the two invalidate functions, which may
 * be called from any thread and only note what is to be read again. The index is filled by the
 * first reg_user_index_refresh () and brought up to date by the next ones. */
#pragma once

#include "store/reg-id-list.h"
#include "store/reg-label-names.h"
#include "store/reg-store-db.h"
#include "store/reg-store-query.h"

G_BEGIN_DECLS

typedef struct _RegUserIndex RegUserIndex;

#define REG_USER_RANK_NONE G_MAXUINT32

RegUserIndex *reg_user_index_new (void);
void reg_user_index_free (RegUserIndex *self);

void reg_user_index_invalidate_users (RegUserIndex *self, const gint64 *ids, gsize n);
void reg_user_index_invalidate_labels (RegUserIndex *self);

gboolean reg_user_index_refresh (RegUserIndex *self,
                                 RegStoreDb *db,
                                 GCancellable *cancellable,
                                 GError **error);

gboolean reg_user_index_refresh_labels (RegUserIndex *self, RegStoreDb *db, GError **error);

/* All of these after reg_user_index_refresh (). */
gsize reg_user_index_get_size (RegUserIndex *self);
RegLabelNames *reg_user_index_get_labels (RegUserIndex *self);
guint32 reg_user_index_get_rank (RegUserIndex *self, gint64 id);
gint64 reg_user_index_get_id (RegUserIndex *self, guint32 rank);
gboolean reg_user_index_is_filter (const RegUserQuery *query);
RegIdList *reg_user_index_list_managers (RegUserIndex *self);
guint64 *reg_user_index_match (RegUserIndex *self, const RegUserQuery *query);
const guint32 *reg_user_index_get_email_places (RegUserIndex *self,
                                                RegStoreDb *db,
                                                GCancellable *cancellable,
                                                GError **error);
RegIdList *reg_user_index_query (RegUserIndex *self,
                                 RegStoreDb *db,
                                 const RegUserQuery *query,
                                 GCancellable *cancellable,
                                 GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RegUserIndex, reg_user_index_free)

G_END_DECLS
