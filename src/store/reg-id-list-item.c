/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-store"

#include "store/reg-id-list-item-private.h"

typedef enum
{
  PROP_ROW = 1,
} RegIdListItemProperty;

static GParamSpec *properties[PROP_ROW + 1];

G_DEFINE_FINAL_TYPE (RegIdListItem, reg_id_list_item, G_TYPE_OBJECT)

static void
free_row (RegIdListItem *self)
{
  gpointer row = g_steal_pointer (&self->row);

  if (row != NULL && self->row_free != NULL)
    self->row_free (row);
}

static void
reg_id_list_item_finalize (GObject *object)
{
  RegIdListItem *self = REG_ID_LIST_ITEM (object);

  if (self->items != NULL)
    g_hash_table_remove (self->items, &self->id);
  free_row (self);
  G_OBJECT_CLASS (reg_id_list_item_parent_class)->finalize (object);
}

static void
reg_id_list_item_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  RegIdListItem *self = REG_ID_LIST_ITEM (object);

  switch ((RegIdListItemProperty)id)
    {
    case PROP_ROW:
      g_value_set_pointer (value, self->row);
      return;
    }
  G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
reg_id_list_item_class_init (RegIdListItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = reg_id_list_item_finalize;
  object_class->get_property = reg_id_list_item_get_property;
  properties[PROP_ROW] = g_param_spec_pointer (
      "row", NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
reg_id_list_item_init (RegIdListItem *self)
{
}

/* items: (transfer none): where it enters itself, and leaves when it is finalized. */
RegIdListItem *
reg_id_list_item_new (gint64 id, GHashTable *items, GDestroyNotify row_free)
{
  RegIdListItem *self = g_object_new (REG_TYPE_ID_LIST_ITEM, NULL);

  self->id = id;
  self->row_free = row_free;
  self->items = items;
  g_hash_table_insert (items, &self->id, self);
  return self;
}

/* row: (transfer full) (nullable) */
void
reg_id_list_item_take_row (RegIdListItem *self, gpointer row)
{
  self->answered = TRUE;
  self->wanted = 0;
  if (self->row == NULL && row == NULL)
    return;
  free_row (self);
  self->row = row;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ROW]);
}

/**
 * reg_id_list_item_get_id:
 *
 * Returns: the id it stands for
 */
gint64
reg_id_list_item_get_id (RegIdListItem *self)
{
  g_return_val_if_fail (REG_IS_ID_LIST_ITEM (self), 0);

  return self->id;
}

/**
 * reg_id_list_item_get_row:
 *
 * Returns: (transfer none) (nullable): its row, until the next notify::row; %NULL while it has not
 *   arrived, and where it is gone
 */
gpointer
reg_id_list_item_get_row (RegIdListItem *self)
{
  g_return_val_if_fail (REG_IS_ID_LIST_ITEM (self), NULL);

  return self->row;
}
