/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-views"

#include "views/common/reg-selection.h"

#include "views/common/reg-id-set.h"

struct _RegSelection
{
  GObject parent_instance;

  RegIdListModel *model;
  RegIdList *ids;  /* (nullable): what the bits are positions in */
  GtkBitset *bits; /* selected positions */
  GArray *hidden;  /* selected ids that are not in the list now */
  RegSelectable selectable;
  gpointer selectable_data;
  gboolean is_changed; /* the bits belong to the new ids, the list has not said so yet */
};

static void reg_selection_list_model_init (GListModelInterface *iface);
static void reg_selection_selection_model_init (GtkSelectionModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (RegSelection,
                               reg_selection,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      reg_selection_list_model_init)
                                   G_IMPLEMENT_INTERFACE (GTK_TYPE_SELECTION_MODEL,
                                                          reg_selection_selection_model_init))

static gsize
count_ids (RegIdList *ids)
{
  return ids != NULL ? ids->n : 0;
}

/* The selected ids as a set, the hidden ones included. */
static RegIdSet *
collect (RegSelection *self)
{
  RegIdSet *set = reg_id_set_new (reg_selection_get_n_selected (self));
  GtkBitsetIter iter;
  guint position;

  for (gboolean more = gtk_bitset_iter_init_first (&iter, self->bits, &position);
       more && position < count_ids (self->ids); more = gtk_bitset_iter_next (&iter, &position))
    reg_id_set_add (set, self->ids->ids[position]);
  for (gsize i = 0; i < self->hidden->len; i++)
    reg_id_set_add (set, g_array_index (self->hidden, gint64, i));
  return set;
}

static void
add_hidden (RegSelection *self, const RegIdSet *shown, gint64 id)
{
  if (!reg_id_set_contains (shown, id))
    g_array_append_val (self->hidden, id);
}

/* Turns a set of ids into bits of the new list and what is hidden from it. */
static void
place (RegSelection *self, RegIdList *ids, const RegIdSet *wanted)
{
  g_autoptr (GArray) old_hidden = g_steal_pointer (&self->hidden);
  g_autoptr (GtkBitset) old_bits = g_steal_pointer (&self->bits);
  g_autoptr (RegIdSet) shown = reg_id_set_new (16);
  gsize n = count_ids (ids);
  GtkBitsetIter iter;
  guint position;

  self->bits = gtk_bitset_new_empty ();
  self->hidden = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (gsize i = 0; i < n; i++)
    if (reg_id_set_contains (wanted, ids->ids[i]))
      {
        gtk_bitset_add (self->bits, (guint)i);
        reg_id_set_add (shown, ids->ids[i]);
      }
  if (reg_id_set_get_size (shown) == reg_id_set_get_size (wanted))
    return;
  for (gboolean more = gtk_bitset_iter_init_first (&iter, old_bits, &position);
       more && position < count_ids (self->ids); more = gtk_bitset_iter_next (&iter, &position))
    add_hidden (self, shown, self->ids->ids[position]);
  for (gsize i = 0; i < old_hidden->len; i++)
    add_hidden (self, shown, g_array_index (old_hidden, gint64, i));
}

static void
on_items_changed_cb (RegSelection *self, guint position, guint removed, guint added)
{
  RegIdList *ids = reg_id_list_model_get_ids (self->model);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->model));

  if (ids != self->ids)
    {
      if (reg_selection_get_n_selected (self) > 0)
        {
          g_autoptr (RegIdSet) wanted = collect (self);

          place (self, ids, wanted);
          self->is_changed = TRUE;
        }
      g_clear_pointer (&self->ids, reg_id_list_unref);
      self->ids = ids != NULL ? reg_id_list_ref (ids) : NULL;
    }
  g_list_model_items_changed (G_LIST_MODEL (self), position, removed, added);
  /* Where the result comes in two steps, rows asked about themselves between them. */
  if (self->is_changed && n == count_ids (self->ids))
    {
      self->is_changed = FALSE;
      if (n > 0)
        gtk_selection_model_selection_changed (GTK_SELECTION_MODEL (self), 0, n);
    }
}

static GType
reg_selection_get_item_type (GListModel *list)
{
  return REG_TYPE_ID_LIST_ITEM;
}

static guint
reg_selection_get_n_items (GListModel *list)
{
  return g_list_model_get_n_items (G_LIST_MODEL (REG_SELECTION (list)->model));
}

static gpointer
reg_selection_get_item (GListModel *list, guint position)
{
  return g_list_model_get_item (G_LIST_MODEL (REG_SELECTION (list)->model), position);
}

static void
reg_selection_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = reg_selection_get_item_type;
  iface->get_n_items = reg_selection_get_n_items;
  iface->get_item = reg_selection_get_item;
}

static gboolean
reg_selection_is_selected (GtkSelectionModel *model, guint position)
{
  return gtk_bitset_contains (REG_SELECTION (model)->bits, position);
}

static GtkBitset *
reg_selection_get_selection_in_range (GtkSelectionModel *model, guint position, guint n)
{
  return gtk_bitset_ref (REG_SELECTION (model)->bits);
}

/* Takes out of new bits what cannot be selected. */
static void
leave_out (RegSelection *self, GtkBitset *bits)
{
  g_autoptr (GtkBitset) added = NULL;
  GtkBitsetIter iter;
  guint position;

  if (self->selectable == NULL)
    return;
  added = gtk_bitset_copy (bits);
  gtk_bitset_subtract (added, self->bits);
  for (gboolean more = gtk_bitset_iter_init_first (&iter, added, &position); more;
       more = gtk_bitset_iter_next (&iter, &position))
    if (!reg_selection_is_selectable (self, position))
      gtk_bitset_remove (bits, position);
}

/* Takes the bits over; the old ones may be in somebody's hands, so they are never changed. */
static void
take_bits (RegSelection *self, GtkBitset *bits)
{
  g_autoptr (GtkBitset) changes = gtk_bitset_copy (self->bits);
  guint first, last;

  leave_out (self, bits);

  gtk_bitset_difference (changes, bits);
  gtk_bitset_unref (self->bits);
  self->bits = bits;
  if (gtk_bitset_is_empty (changes))
    return;
  first = gtk_bitset_get_minimum (changes);
  last = gtk_bitset_get_maximum (changes);
  gtk_selection_model_selection_changed (GTK_SELECTION_MODEL (self), first, last - first + 1);
}

static gboolean
reg_selection_select_item (GtkSelectionModel *model, guint position, gboolean unselect_rest)
{
  RegSelection *self = REG_SELECTION (model);
  GtkBitset *bits;

  if (unselect_rest)
    return FALSE;
  bits = gtk_bitset_copy (self->bits);
  gtk_bitset_add (bits, position);
  take_bits (self, bits);
  return TRUE;
}

static gboolean
reg_selection_unselect_item (GtkSelectionModel *model, guint position)
{
  RegSelection *self = REG_SELECTION (model);
  GtkBitset *bits = gtk_bitset_copy (self->bits);

  gtk_bitset_remove (bits, position);
  take_bits (self, bits);
  return TRUE;
}

static gboolean
reg_selection_select_range (GtkSelectionModel *model,
                            guint position,
                            guint n,
                            gboolean unselect_rest)
{
  RegSelection *self = REG_SELECTION (model);
  GtkBitset *bits = gtk_bitset_copy (self->bits);

  gtk_bitset_add_range (bits, position, n);
  take_bits (self, bits);
  return TRUE;
}

static gboolean
reg_selection_set_selection (GtkSelectionModel *model, GtkBitset *selected, GtkBitset *mask)
{
  RegSelection *self = REG_SELECTION (model);
  g_autoptr (GtkBitset) wanted = gtk_bitset_copy (selected);
  GtkBitset *bits = gtk_bitset_copy (self->bits);

  gtk_bitset_intersect (wanted, mask);
  gtk_bitset_subtract (bits, mask);
  gtk_bitset_union (bits, wanted);
  take_bits (self, bits);
  return TRUE;
}

static void
reg_selection_selection_model_init (GtkSelectionModelInterface *iface)
{
  iface->is_selected = reg_selection_is_selected;
  iface->get_selection_in_range = reg_selection_get_selection_in_range;
  iface->select_item = reg_selection_select_item;
  iface->unselect_item = reg_selection_unselect_item;
  iface->select_range = reg_selection_select_range;
  iface->set_selection = reg_selection_set_selection;
}

static void
reg_selection_dispose (GObject *object)
{
  RegSelection *self = REG_SELECTION (object);

  g_clear_object (&self->model);
  g_clear_pointer (&self->ids, reg_id_list_unref);
  G_OBJECT_CLASS (reg_selection_parent_class)->dispose (object);
}

static void
reg_selection_finalize (GObject *object)
{
  RegSelection *self = REG_SELECTION (object);

  gtk_bitset_unref (self->bits);
  g_array_unref (self->hidden);
  G_OBJECT_CLASS (reg_selection_parent_class)->finalize (object);
}

static void
reg_selection_class_init (RegSelectionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = reg_selection_dispose;
  object_class->finalize = reg_selection_finalize;
}

static void
reg_selection_init (RegSelection *self)
{
  self->bits = gtk_bitset_new_empty ();
  self->hidden = g_array_new (FALSE, FALSE, sizeof (gint64));
}

RegSelection *
reg_selection_new (RegIdListModel *model)
{
  RegSelection *self = g_object_new (REG_TYPE_SELECTION, NULL);
  RegIdList *ids = reg_id_list_model_get_ids (model);

  self->model = g_object_ref (model);
  self->ids = ids != NULL ? reg_id_list_ref (ids) : NULL;
  g_signal_connect_object (model, "items-changed", G_CALLBACK (on_items_changed_cb), self,
                           G_CONNECT_SWAPPED);
  return self;
}

/**
 * reg_selection_set_selectable:
 * @self: a selection in which nothing is selected yet
 * @func: (nullable): whether a row can be selected
 * @data: for @func
 */
void
reg_selection_set_selectable (RegSelection *self, RegSelectable func, gpointer data)
{
  g_return_if_fail (REG_IS_SELECTION (self));

  self->selectable = func;
  self->selectable_data = data;
}

gboolean
reg_selection_is_selectable (RegSelection *self, guint position)
{
  g_return_val_if_fail (REG_IS_SELECTION (self), FALSE);

  return self->selectable == NULL
         || (position < count_ids (self->ids)
             && self->selectable (self->ids->ids[position], self->selectable_data));
}

gsize
reg_selection_get_n_selectable (RegSelection *self)
{
  gsize n = 0;

  g_return_val_if_fail (REG_IS_SELECTION (self), 0);

  if (self->selectable == NULL)
    return count_ids (self->ids);
  for (gsize i = 0; i < count_ids (self->ids); i++)
    n += self->selectable (self->ids->ids[i], self->selectable_data) ? 1 : 0;
  return n;
}

gsize
reg_selection_get_n_shown (RegSelection *self)
{
  g_return_val_if_fail (REG_IS_SELECTION (self), 0);

  return (gsize)gtk_bitset_get_size (self->bits);
}

gsize
reg_selection_get_n_hidden (RegSelection *self)
{
  g_return_val_if_fail (REG_IS_SELECTION (self), 0);

  return self->hidden->len;
}

gsize
reg_selection_get_n_selected (RegSelection *self)
{
  g_return_val_if_fail (REG_IS_SELECTION (self), 0);

  return (gsize)gtk_bitset_get_size (self->bits) + self->hidden->len;
}

/**
 * reg_selection_clear:
 *
 * Nothing is selected any more, what is hidden included.
 */
void
reg_selection_clear (RegSelection *self)
{
  guint n;

  g_return_if_fail (REG_IS_SELECTION (self));

  g_array_set_size (self->hidden, 0);
  gtk_bitset_unref (self->bits);
  self->bits = gtk_bitset_new_empty ();
  n = reg_selection_get_n_items (G_LIST_MODEL (self));
  if (n > 0)
    gtk_selection_model_selection_changed (GTK_SELECTION_MODEL (self), 0, n);
}

/**
 * reg_selection_select_ids:
 *
 * Selects these ids and nothing else, whether the list shows them or not.
 */
void
reg_selection_select_ids (RegSelection *self, const gint64 *ids, gsize n)
{
  g_autoptr (RegIdSet) wanted = NULL;

  g_return_if_fail (REG_IS_SELECTION (self));

  wanted = reg_id_set_new (n);
  g_array_set_size (self->hidden, 0);
  for (gsize i = 0; i < n; i++)
    if (reg_id_set_add (wanted, ids[i]))
      g_array_append_val (self->hidden, ids[i]);
  gtk_bitset_unref (self->bits);
  self->bits = gtk_bitset_new_empty ();
  place (self, self->ids, wanted);
  if (reg_selection_get_n_items (G_LIST_MODEL (self)) > 0)
    gtk_selection_model_selection_changed (GTK_SELECTION_MODEL (self), 0,
                                           reg_selection_get_n_items (G_LIST_MODEL (self)));
}

/**
 * reg_selection_dup_ids:
 * @n: (out): how many
 *
 * Returns: (transfer full): what is selected: in the order of the list, then what it hides
 */
gint64 *
reg_selection_dup_ids (RegSelection *self, gsize *n)
{
  GtkBitsetIter iter;
  guint position;
  gint64 *ids;
  gsize count = 0;

  g_return_val_if_fail (REG_IS_SELECTION (self), NULL);

  ids = g_new (gint64, reg_selection_get_n_selected (self) + 1);
  for (gboolean more = gtk_bitset_iter_init_first (&iter, self->bits, &position);
       more && position < count_ids (self->ids); more = gtk_bitset_iter_next (&iter, &position))
    ids[count++] = self->ids->ids[position];
  for (gsize i = 0; i < self->hidden->len; i++)
    ids[count++] = g_array_index (self->hidden, gint64, i);
  *n = count;
  return ids;
}
