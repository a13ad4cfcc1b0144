/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define REG_TYPE_ID_LIST (reg_id_list_get_type ())

/**
 * RegIdList:
 * @ids: in the order of the query
 *
 * The ordered ids of a whole query result. Immutable once made; reference-counted, any thread.
 */
typedef struct
{
  gint64 *ids;
  gsize n;
} RegIdList;

GType reg_id_list_get_type (void);
RegIdList *reg_id_list_new_take (gint64 *ids, gsize n);
RegIdList *reg_id_list_ref (RegIdList *self);
void reg_id_list_unref (RegIdList *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RegIdList, reg_id_list_unref)

G_END_DECLS
