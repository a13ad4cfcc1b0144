/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What reg-user-index.c fills and reg-user-index-query.c reads. */
#pragma once

#include "store/reg-label-names.h"
#include "store/reg-user-index.h"

#include <string.h>

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
 * @email_prints: hash of the e-mail key: whether an order by it still holds
 * @employee_id_prints: hash of the employee ID
 * @values: which of the two there are
 * @locations: numbers in RegUserIndex.locations
 * @label_sets: numbers in RegUserIndex.label_sets
 * @letters: which single characters are in the text, a bit each as of reg_user_letter_get_bit ()
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
  guint64 *letters;
  guint32 *email_prints;
  guint32 *employee_id_prints;
  guint32 *locations;
  guint32 *label_sets;
  guint8 *states;
  guint8 *roles;
  guint8 *values;
} RegUserColumns;

/**
 * RegUserOrder:
 * @n: how many have a value
 * @ids: those, in the order of the values, and in name order where they are alike
 * @same: whether each has the value of the one before it
 * @ranks: (nullable): their ranks, once a filter asked for them
 * @places: (nullable): the other way round, by rank: number of the value, or REG_USER_RANK_NONE
 *
 * The order of a column that is not held here, as the database's index has it.
 */
typedef struct
{
  gsize n;
  gint64 *ids;
  guint8 *same;
  guint32 *ranks;
  guint32 *places;
} RegUserOrder;

/* Bits of RegUserColumns.values. */
#define REG_USER_HAS_EMAIL 1
#define REG_USER_HAS_EMPLOYEE_ID 2

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

/* The bit of a character that has one, 0 for any other. Half of all people have an "a" somewhere:
 * for these, looking at a bit a row is far less than looking at all of the text. */
static inline guint64
reg_user_letter_get_bit (char c)
{
  static const char others[] = "0123456789.@-_";
  const char *other = c != '\0' ? strchr (others, c) : NULL;

  if (c >= 'a' && c <= 'z')
    return G_GUINT64_CONSTANT (1) << (c - 'a');
  return other != NULL ? G_GUINT64_CONSTANT (1) << (26 + (other - others)) : 0;
}

void reg_user_order_clear (RegUserOrder *self);

G_END_DECLS
