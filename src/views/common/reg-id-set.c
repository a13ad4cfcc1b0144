/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-views"

#include "views/common/reg-id-set.h"

struct _RegIdSet
{
  gint64 *slots; /* 0 marks a free one */
  gsize n_slots; /* a power of two */
  gsize n;
  gboolean has_zero;
};

static gsize
find_slot (const RegIdSet *self, gint64 id)
{
  gsize mask = self->n_slots - 1;
  gsize i = (gsize)(((guint64)id * G_GUINT64_CONSTANT (0x9E3779B97F4A7C15)) >> 20) & mask;

  while (self->slots[i] != 0 && self->slots[i] != id)
    i = (i + 1) & mask;
  return i;
}

static void
grow (RegIdSet *self)
{
  g_autofree gint64 *old = self->slots;
  gsize n_old = self->n_slots;

  self->n_slots *= 2;
  self->slots = g_new0 (gint64, self->n_slots);
  for (gsize i = 0; i < n_old; i++)
    if (old[i] != 0)
      self->slots[find_slot (self, old[i])] = old[i];
}

/**
 * reg_id_set_new:
 * @expected: about how many ids it will hold
 */
RegIdSet *
reg_id_set_new (gsize expected)
{
  RegIdSet *self = g_new0 (RegIdSet, 1);

  self->n_slots = 16;
  while (self->n_slots < expected * 2)
    self->n_slots *= 2;
  self->slots = g_new0 (gint64, self->n_slots);
  return self;
}

void
reg_id_set_free (RegIdSet *self)
{
  g_free (self->slots);
  g_free (self);
}

gboolean
reg_id_set_add (RegIdSet *self, gint64 id)
{
  gsize i;

  if (id == 0)
    {
      gboolean is_new = !self->has_zero;

      self->has_zero = TRUE;
      return is_new;
    }
  i = find_slot (self, id);
  if (self->slots[i] == id)
    return FALSE;
  self->slots[i] = id;
  self->n++;
  if (self->n * 2 > self->n_slots)
    grow (self);
  return TRUE;
}

gboolean
reg_id_set_contains (const RegIdSet *self, gint64 id)
{
  return id == 0 ? self->has_zero : self->slots[find_slot (self, id)] == id;
}

gsize
reg_id_set_get_size (const RegIdSet *self)
{
  return self->n + (self->has_zero ? 1 : 0);
}
