/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A step in the outbox: its batch, and the changes of the batch. */
#pragma once

#include "store/reg-store-item-private.h"

G_BEGIN_DECLS

/**
 * RegStoreBatch:
 * @counter_of: the batch it takes back, or 0
 * @id: 0 as long as no change was added
 * @last_params: (nullable): of the last change that had its own; borrowed
 * @last_params_text: (nullable): their text
 */
typedef struct
{
  RegStoreTransaction *transaction;
  const RegStep *step;
  gint64 counter_of;
  gint64 id;
  gint64 first_change;
  gint64 next_change;
  const RegParams *last_params;
  char *last_params_text;
} RegStoreBatch;

/* Also after an error it is to be cleared. */
gboolean reg_store_batch_init (RegStoreBatch *self,
                               RegStoreTransaction *transaction,
                               const RegStep *step,
                               gint64 counter_of,
                               GError **error);
void reg_store_batch_clear (RegStoreBatch *self);
/* A step of which every target is refused has none. */
gboolean reg_store_batch_ensure (RegStoreBatch *self, GError **error);
/* base, counter: (nullable): texts of parameters. pool_delta: what it does to what the course's
 * pool has left */
gboolean reg_store_batch_add_change (RegStoreBatch *self,
                                     const RegStoreItem *item,
                                     const char *base,
                                     const char *counter,
                                     gint64 pool_delta,
                                     GError **error);
/* After the last change. */
gboolean reg_store_batch_finish (RegStoreBatch *self, gint64 n_staged, GError **error);

G_END_DECLS
