/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One target of a step: what it is about, with all that its operation asks for. */
#pragma once

#include "store/reg-store-private.h"

G_BEGIN_DECLS

/**
 * RegStoreItems:
 * @pools: license pools by id, less what waiting changes take
 * @teaching: courses by id, and what is looked up once of each
 * @made: (nullable): the users earlier targets made, by place
 * @time_zone: (nullable): the site's
 *
 * What the items of a step share.
 */
typedef struct
{
  RegStoreTransaction *transaction;
  const RegStep *step;
  GHashTable *pools;
  GHashTable *teaching;
  GHashTable *made;
  GTimeZone *time_zone;
} RegStoreItems;

/**
 * RegStoreItem:
 * @params: (nullable): of the target, or else of the step
 * @own_params: (nullable): those with what is known only now
 * @edited_course: (nullable): for an operation on a course
 * @cost: what it takes of the pool
 */
typedef struct
{
  const RegStepTarget *target;
  gint64 user_id;
  const RegOperation *operation;
  const RegParams *params;
  RegParams *own_params;
  RegUser user;
  RegPreset *preset;
  RegCourse *edited_course;
  RegUser same_email;
  RegUser same_employee_id;
  RegEnrollment enrollment;
  gboolean user_found;
  RegSubject subject;
  gboolean is_waiting;
  RegCost cost;
} RegStoreItem;

void
reg_store_items_init (RegStoreItems *self, RegStoreTransaction *transaction, const RegStep *step);
void reg_store_items_clear (RegStoreItems *self);
/* Fills an item's subject; also after an error it is to be cleared. A target that is not there
 * gives its reason. */
gboolean reg_store_items_load (RegStoreItems *self,
                               const RegStepTarget *target,
                               RegStoreItem *item,
                               RegReason *reason,
                               GError **error);
/* The user of the item was made just now. */
void reg_store_items_note_made (RegStoreItems *self, const RegStoreItem *item);
/* A RegStoreGetPool; data: a RegStoreItems. *pool is borrowed. */
gboolean reg_store_items_get_pool (gpointer data, gint64 id, RegLicensePool **pool, GError **error);

void reg_store_item_clear (RegStoreItem *self);
gint64 reg_store_item_get_revision (const RegStoreItem *self);
/* Which of a target's numbers are the operation's: the number, or 0. */
gint64 reg_store_pick_user_id (const RegOperation *operation, gint64 user_id);
gint64 reg_store_pick_course_id (const RegOperation *operation, gint64 course_id);

G_END_DECLS
