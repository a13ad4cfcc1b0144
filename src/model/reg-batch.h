/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/reg-enums.h"
#include "model/reg-params.h"

#include <glib-object.h>

G_BEGIN_DECLS

#define REG_TYPE_BATCH (reg_batch_get_type ())

/**
 * RegBatch:
 * @title: what the person did, in words: "Archive 100000 users"
 * @run_id: the import run it came from, or 0
 * @counts: changes by RegChangeState
 *
 * One undo step: the changes of one action of the person, and one line in Pending Changes.
 */
typedef struct
{
  gint64 id;
  char *operation;
  char *title;
  char *note;
  RegParams *params;
  gint64 run_id;
  gint64 created_at;
  gint64 counts[REG_N_CHANGE_STATES];
} RegBatch;

GType reg_batch_get_type (void);
RegBatch *reg_batch_new (void);
RegBatch *reg_batch_copy (const RegBatch *self);
void reg_batch_free (RegBatch *self);
gint64 reg_batch_get_total (const RegBatch *self);
gint64 reg_batch_get_waiting (const RegBatch *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RegBatch, reg_batch_free)

G_END_DECLS
