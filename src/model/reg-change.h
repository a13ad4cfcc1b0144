/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/reg-enums.h"
#include "model/reg-params.h"

#include <glib-object.h>

G_BEGIN_DECLS

#define REG_TYPE_CHANGE (reg_change_get_type ())

/**
 * RegChange:
 * @id: place in the outbox; changes of one target are sent in this order
 * @batch_id: the undo step it belongs to
 * @uuid: idempotency key, made once before the first send
 * @operation: name of the RegOperation
 * @course_id: 0 where the operation is about the user alone
 * @params: (nullable): what is asked for
 * @base: (nullable): for operations on fields, the value each field had when the edit was made
 * @base_revision: the target's revision the edit was made on
 * @code: (nullable): reason of a rejection, skip or conflict, from the catalogue
 * @sentence: (nullable): that reason in words
 * @server: (nullable): in a conflict, the LMS's value of each field of @base
 * @not_before: unix seconds before which it is not sent again
 * @note: (nullable): the person's own reason for the batch
 *
 * One intent that waits in the outbox, or was settled.
 */
typedef struct
{
  gint64 id;
  gint64 batch_id;
  char *uuid;
  char *operation;
  gint64 user_id;
  gint64 course_id;
  RegParams *params;
  RegParams *base;
  gint64 base_revision;
  RegChangeState state;
  guint attempts;
  gint64 not_before;
  char *code;
  char *sentence;
  RegParams *server;
  gint64 created_at;
  char *note;
} RegChange;

GType reg_change_get_type (void);
RegChange *reg_change_new (void);
RegChange *reg_change_copy (const RegChange *self);
void reg_change_free (RegChange *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RegChange, reg_change_free)

G_END_DECLS
