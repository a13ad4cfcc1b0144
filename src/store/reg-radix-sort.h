/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sorting a million small numbers within a few screen refreshes. Pure functions, any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  guint64 key;
  guint64 value;
} RegSortItem;

void reg_radix_sort (RegSortItem *items, RegSortItem *scratch, gsize n);
void reg_radix_sort_texts (RegSortItem *items,
                           RegSortItem *scratch,
                           gsize n,
                           const char *text,
                           const guint32 *starts);

/* Order-preserving: a smaller number has a smaller key. */
static inline guint64
reg_radix_key_from_int64 (gint64 value)
{
  return (guint64)value ^ (G_GUINT64_CONSTANT (1) << 63);
}

G_END_DECLS
