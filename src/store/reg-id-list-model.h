/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A GListModel over the ids of a query: items are made when asked for, filled page by page, and
 * held weakly. Main thread only; the fetch function is called with the ids of a page and answers
 * later. */
#pragma once

#include "store/reg-id-list.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define REG_TYPE_ID_LIST_MODEL (reg_id_list_model_get_type ())
G_DECLARE_FINAL_TYPE (RegIdListModel, reg_id_list_model, REG, ID_LIST_MODEL, GObject)

#define REG_TYPE_ID_LIST_ITEM (reg_id_list_item_get_type ())
G_DECLARE_FINAL_TYPE (RegIdListItem, reg_id_list_item, REG, ID_LIST_ITEM, GObject)

/* An item: its id, and its row once it is there (property "row", a boxed pointer; NULL meanwhile).
 */
gint64 reg_id_list_item_get_id (RegIdListItem *self);
gpointer reg_id_list_item_get_row (RegIdListItem *self);

/**
 * RegIdListFetch:
 * @ids: (transfer none): the ids of one page, copied by the callee if it needs them later
 * @generation: to be handed back to reg_id_list_model_put_page ()
 *
 * Asks for the rows of one page. The answer comes, now or later, on the main thread through
 * reg_id_list_model_put_page ().
 */
typedef void (*RegIdListFetch) (RegIdListModel *self,
                                const gint64 *ids,
                                gsize n,
                                guint generation,
                                gpointer data);

RegIdListModel *reg_id_list_model_new (RegIdListFetch fetch,
                                       gpointer data,
                                       GDestroyNotify destroy,
                                       GDestroyNotify row_free);
/* Shows another result: common prefix and suffix are kept, items keep their identity by id. */
void reg_id_list_model_set_ids (RegIdListModel *self, RegIdList *ids);
RegIdList *reg_id_list_model_get_ids (RegIdListModel *self);
/* rows: (transfer full) one per id, NULL for a row that is gone */
void reg_id_list_model_put_page (RegIdListModel *self,
                                 const gint64 *ids,
                                 gpointer *rows,
                                 gsize n,
                                 guint generation);
/* Rows on show are fetched again (ids NULL: all of them); their places stay. */
void reg_id_list_model_refresh (RegIdListModel *self, const gint64 *ids, gsize n);
/* Position of an id, or G_MAXUINT. */
guint reg_id_list_model_find (RegIdListModel *self, gint64 id);

G_END_DECLS
