/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-store"

#include "store/reg-id-list.h"

/* The public part comes first, so that a pointer to it is a pointer to the whole. */
typedef struct
{
  RegIdList list;
  gatomicrefcount refs;
} IdList;

G_DEFINE_BOXED_TYPE (RegIdList, reg_id_list, reg_id_list_ref, reg_id_list_unref)

/**
 * reg_id_list_new_take:
 * @ids: (array length=n) (transfer full) (nullable): made with g_malloc ()
 * @n: how many there are
 *
 * Returns: (transfer full): a list that owns @ids
 */
RegIdList *
reg_id_list_new_take (gint64 *ids, gsize n)
{
  IdList *self = g_new0 (IdList, 1);

  g_atomic_ref_count_init (&self->refs);
  self->list.ids = ids;
  self->list.n = n;
  return &self->list;
}

/**
 * reg_id_list_ref:
 *
 * Returns: (transfer full): @self
 */
RegIdList *
reg_id_list_ref (RegIdList *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&((IdList *)self)->refs);
  return self;
}

/**
 * reg_id_list_unref:
 * @self: (transfer full): freed with its ids when this was the last reference
 */
void
reg_id_list_unref (RegIdList *self)
{
  g_return_if_fail (self != NULL);

  if (g_atomic_ref_count_dec (&((IdList *)self)->refs))
    {
      g_free (self->ids);
      g_free (self);
    }
}
