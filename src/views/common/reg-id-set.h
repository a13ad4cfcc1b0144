/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A set of 64-bit ids, for a selection of a million rows: open addressing, grown by doubling. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _RegIdSet RegIdSet;

RegIdSet *reg_id_set_new (gsize expected);
void reg_id_set_free (RegIdSet *self);
/* TRUE where the id was not there before. */
gboolean reg_id_set_add (RegIdSet *self, gint64 id);
gboolean reg_id_set_contains (const RegIdSet *self, gint64 id);
gsize reg_id_set_get_size (const RegIdSet *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RegIdSet, reg_id_set_free)

G_END_DECLS
