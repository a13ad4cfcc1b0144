/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/reg-id-list-model.h"

G_BEGIN_DECLS

/**
 * RegIdListItem:
 * @items: (nullable): the model's table it stands in; %NULL when the model is gone
 * @wanted: generation of the request whose answer it waits for, or 0
 * @answered: whether its row came at least once
 */
struct _RegIdListItem
{
  GObject parent_instance;

  gint64 id;
  gpointer row;
  GDestroyNotify row_free;
  GHashTable *items;
  guint wanted;
  gboolean answered;
};

RegIdListItem *reg_id_list_item_new (gint64 id, GHashTable *items, GDestroyNotify row_free);
void reg_id_list_item_take_row (RegIdListItem *self, gpointer row);

G_END_DECLS
