/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What reg-user-index.c fills and reg-user-index-query.c reads. */
#pragma once

#include "store/reg-label-names.h"
#include "store/reg-user-index.h"

G_BEGIN_DECLS

/* Distinct values of a column, numbered in the order they were first seen. */
typedef struct
{
  GHashTable *numbers; /* value → number + 1 */
  GPtrArray *values;   /* number → value; owned by the table */
} RegInterned;

/**
 * RegUserColumns:
 * @text: folded text of all rows, each ended by a line feed
 * @starts: where each row's text begins; one more than rows
 * @prints: hash of e-mail key and employee ID: whether an order by them still holds
 * @locations: numbers in RegUserIndex.locations
 * @label_sets: numbers in RegUserIndex.label_sets
 *
 * Users, a column each.
 */
typedef struct
{
  gsize n;
  gsize room;
  gsize text_len;
  gsize text_room;
  char *text;
  guint32 *starts;
  gint64 *ids;
  gint64 *managers;
  guint32 *prints;
  guint32 *locations;
  guint32 *label_sets;
  guint8 *states;
  guint8 *roles;
} RegUserColumns;

/* The order of a column: row rank → place of its value; rows without a value have
 * REG_USER_RANK_NONE. */
typedef struct
{
  guint32 *places;
  guint32 n_places;
} RegUserOrder;

struct _RegUserIndex
{
  GMutex dirty_lock;
  GArray *dirty_ids;
  gboolean all_dirty;
  gboolean labels_dirty;

  RegUserColumns rows; /* in name order: a row's number is its rank */
  guint32 *by_id;      /* ranks in the order of their ids */
  RegInterned locations;
  RegInterned label_sets;
  RegUserOrder by_email;
  RegUserOrder by_employee_id;
  RegLabelNames *labels;
  guint32 *hits; /* room for one rank per row */
};

void reg_user_order_clear (RegUserOrder *self);

G_END_DECLS
