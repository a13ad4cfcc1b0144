/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Items live in a table by id as long as somebody holds them. The pages asked for last are held
 * here, so that scrolling back shows rows at once; everything else is made anew when it is
 * scrolled to. */
#define G_LOG_DOMAIN "reg-store"

#include "store/reg-id-list-item-private.h"

#define PAGE_SIZE 256
#define N_PAGES 8
/* A longer stretch is replaced in two steps, taking away and putting in: told in one, a list widget
 * asks for every item of it. */
#define SPLICE_LIMIT 1024
#define NO_PAGE G_MAXSIZE

/* One page of items, held. number: NO_PAGE where the positions changed since. */
typedef struct
{
  gsize number;
  guint n;
  RegIdListItem *items[PAGE_SIZE];
} Page;

struct _RegIdListModel
{
  GObject parent_instance;

  RegIdList *ids;
  /* Between the two steps of a long replacement: so many ids are left out from here on. */
  gsize cut_at;
  gsize cut_len;
  GHashTable *items;    /* id → RegIdListItem, not held */
  Page *pages[N_PAGES]; /* last used first */
  guint generation;
  RegIdListFetch fetch;
  gpointer fetch_data;
  GDestroyNotify fetch_destroy;
  GDestroyNotify row_free;
};

static void reg_id_list_model_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (RegIdListModel,
                               reg_id_list_model,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      reg_id_list_model_list_model_init))

static gsize
get_n (RegIdListModel *self)
{
  return self->ids->n - self->cut_len;
}

static gint64
get_id (RegIdListModel *self, gsize position)
{
  return self->ids->ids[position < self->cut_at ? position : position + self->cut_len];
}

static void
page_free (Page *page)
{
  for (guint i = 0; i < page->n; i++)
    g_object_unref (page->items[i]);
  g_free (page);
}

static RegIdListItem *
ref_item (RegIdListModel *self, gint64 id)
{
  RegIdListItem *item = g_hash_table_lookup (self->items, &id);

  return item != NULL ? g_object_ref (item)
                      : reg_id_list_item_new (id, self->items, self->row_free);
}

static guint
next_generation (RegIdListModel *self)
{
  self->generation++;
  if (self->generation == 0)
    self->generation++;
  return self->generation;
}

static Page *
make_page (RegIdListModel *self, gsize number)
{
  Page *page = g_new0 (Page, 1);
  gsize first = number * PAGE_SIZE;

  page->number = number;
  page->n = MIN (get_n (self) - first, PAGE_SIZE);
  for (guint i = 0; i < page->n; i++)
    page->items[i] = ref_item (self, get_id (self, first + i));
  return page;
}

/* Asks for the rows of a page that have neither come nor been asked for. */
static void
fetch_page (RegIdListModel *self, const Page *page)
{
  gint64 ids[PAGE_SIZE];
  guint generation = 0;
  guint n = 0;

  for (guint i = 0; i < page->n; i++)
    {
      RegIdListItem *item = page->items[i];

      if (item->answered || item->wanted != 0)
        continue;
      if (generation == 0)
        generation = next_generation (self);
      item->wanted = generation;
      ids[n++] = item->id;
    }
  if (n > 0)
    self->fetch (self, ids, n, generation, self->fetch_data);
}

/* The page of that number, in front of the others. made: whether its rows are to be fetched. */
static Page *
use_page (RegIdListModel *self, gsize number, gboolean *made)
{
  Page *page;
  guint at = 0;

  *made = FALSE;
  while (at < N_PAGES - 1 && self->pages[at] != NULL && self->pages[at]->number != number)
    at++;
  page = self->pages[at];
  if (page != NULL && page->number == number && at == 0)
    return page;

  if (page == NULL || page->number != number)
    {
      Page *old = page;

      page = make_page (self, number);
      *made = TRUE;
      g_clear_pointer (&old, page_free);
    }
  for (; at > 0; at--)
    self->pages[at] = self->pages[at - 1];
  self->pages[0] = page;
  return page;
}

static GType
reg_id_list_model_get_item_type (GListModel *model)
{
  return REG_TYPE_ID_LIST_ITEM;
}

static guint
reg_id_list_model_get_n_items (GListModel *model)
{
  return MIN (get_n (REG_ID_LIST_MODEL (model)), G_MAXUINT - 1);
}

static gpointer
reg_id_list_model_get_item (GListModel *model, guint position)
{
  RegIdListModel *self = REG_ID_LIST_MODEL (model);
  RegIdListItem *item;
  gboolean made;
  Page *page;

  if (position >= get_n (self))
    return NULL;
  page = use_page (self, position / PAGE_SIZE, &made);
  item = g_object_ref (page->items[position % PAGE_SIZE]);
  if (made)
    fetch_page (self, page);
  return item;
}

static void
reg_id_list_model_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = reg_id_list_model_get_item_type;
  iface->get_n_items = reg_id_list_model_get_n_items;
  iface->get_item = reg_id_list_model_get_item;
}

static void
reg_id_list_model_dispose (GObject *object)
{
  RegIdListModel *self = REG_ID_LIST_MODEL (object);

  for (guint i = 0; i < N_PAGES; i++)
    g_clear_pointer (&self->pages[i], page_free);
  if (self->fetch_destroy != NULL)
    g_steal_pointer (&self->fetch_destroy) (self->fetch_data);

  G_OBJECT_CLASS (reg_id_list_model_parent_class)->dispose (object);
}

static void
reg_id_list_model_finalize (GObject *object)
{
  RegIdListModel *self = REG_ID_LIST_MODEL (object);
  GHashTableIter iter;
  RegIdListItem *item;

  g_hash_table_iter_init (&iter, self->items);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *)&item))
    item->items = NULL;
  g_hash_table_unref (self->items);
  reg_id_list_unref (self->ids);

  G_OBJECT_CLASS (reg_id_list_model_parent_class)->finalize (object);
}

static void
reg_id_list_model_class_init (RegIdListModelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = reg_id_list_model_dispose;
  object_class->finalize = reg_id_list_model_finalize;
}

static void
reg_id_list_model_init (RegIdListModel *self)
{
  self->ids = reg_id_list_new_take (NULL, 0);
  self->items = g_hash_table_new (g_int64_hash, g_int64_equal);
}

/**
 * reg_id_list_model_new:
 * @fetch: asks for the rows of a page
 * @data: for @fetch
 * @destroy: (nullable): frees @data
 * @row_free: (nullable): frees a row
 *
 * Returns: (transfer full): an empty model
 */
RegIdListModel *
reg_id_list_model_new (RegIdListFetch fetch,
                       gpointer data,
                       GDestroyNotify destroy,
                       GDestroyNotify row_free)
{
  RegIdListModel *self = g_object_new (REG_TYPE_ID_LIST_MODEL, NULL);

  self->fetch = fetch;
  self->fetch_data = data;
  self->fetch_destroy = destroy;
  self->row_free = row_free;
  return self;
}

/* Positions from here on are others now. The items of pages there stay held until their turn comes
 * to leave, for most of them will be asked for again. */
static void
unnumber_pages (RegIdListModel *self, gsize position)
{
  for (guint i = 0; i < N_PAGES; i++)
    {
      Page *page = self->pages[i];

      if (page != NULL && page->number != NO_PAGE
          && (page->number * PAGE_SIZE + page->n > position || page->n < PAGE_SIZE))
        page->number = NO_PAGE;
    }
}

static void
tell (RegIdListModel *self, gsize position, gsize removed, gsize added)
{
  unnumber_pages (self, position);
  g_list_model_items_changed (G_LIST_MODEL (self), position, removed, added);
}

/**
 * reg_id_list_model_set_ids:
 * @ids: the result to show
 *
 * Shows another result. Ids that both have at the beginning and at the end stay untouched; what is
 * between is told as changed. Items keep their identity by id, and the row they have: where rows
 * changed as well, call reg_id_list_model_refresh () for them.
 */
void
reg_id_list_model_set_ids (RegIdListModel *self, RegIdList *ids)
{
  g_autoptr (RegIdList) old = NULL;
  gsize prefix = 0, suffix = 0, shorter, removed, added;

  g_return_if_fail (REG_IS_ID_LIST_MODEL (self));
  g_return_if_fail (ids != NULL);
  g_return_if_fail (self->cut_len == 0);

  shorter = MIN (self->ids->n, ids->n);
  if (ids == self->ids)
    return;
  while (prefix < shorter && self->ids->ids[prefix] == ids->ids[prefix])
    prefix++;
  while (suffix < shorter - prefix
         && self->ids->ids[self->ids->n - 1 - suffix] == ids->ids[ids->n - 1 - suffix])
    suffix++;
  removed = self->ids->n - prefix - suffix;
  added = ids->n - prefix - suffix;

  if (removed > 0 && added > 0 && MAX (removed, added) > SPLICE_LIMIT)
    {
      self->cut_at = prefix;
      self->cut_len = removed;
      tell (self, prefix, removed, 0);
      self->cut_len = 0;
      removed = 0;
    }
  old = self->ids;
  self->ids = reg_id_list_ref (ids);
  if (removed > 0 || added > 0)
    tell (self, prefix, removed, added);
}

/**
 * reg_id_list_model_get_ids:
 *
 * Returns: (transfer none): the result that is shown
 */
RegIdList *
reg_id_list_model_get_ids (RegIdListModel *self)
{
  g_return_val_if_fail (REG_IS_ID_LIST_MODEL (self), NULL);

  return self->ids;
}

/**
 * reg_id_list_model_put_page:
 * @ids: (array length=n): ids of a page, as they were asked for
 * @rows: (array length=n): a row each, %NULL for one that is gone; the rows are taken, the array
 *   is not
 * @generation: the one of the request
 *
 * Answers a request. Rows nobody waits for any more, and rows that were asked for again since, are
 * freed.
 */
void
reg_id_list_model_put_page (RegIdListModel *self,
                            const gint64 *ids,
                            gpointer *rows,
                            gsize n,
                            guint generation)
{
  g_return_if_fail (REG_IS_ID_LIST_MODEL (self));

  for (gsize i = 0; i < n; i++)
    {
      RegIdListItem *item = g_hash_table_lookup (self->items, &ids[i]);

      if (item != NULL && item->wanted == generation)
        {
          g_object_ref (item);
          reg_id_list_item_take_row (item, rows[i]);
          g_object_unref (item);
        }
      else if (rows[i] != NULL && self->row_free != NULL)
        self->row_free (rows[i]);
    }
}

/**
 * reg_id_list_model_refresh:
 * @ids: (array length=n) (nullable): ids whose rows changed; %NULL: any
 * @n: how many
 *
 * Fetches the rows of items in use again. They show what they have until the answer comes, and
 * answers that are under way are not taken any more.
 */
void
reg_id_list_model_refresh (RegIdListModel *self, const gint64 *ids, gsize n)
{
  g_autoptr (GArray) wanted = NULL;
  guint generation;

  g_return_if_fail (REG_IS_ID_LIST_MODEL (self));

  wanted = g_array_new (FALSE, FALSE, sizeof (gint64));
  generation = next_generation (self);
  if (ids == NULL)
    {
      GHashTableIter iter;
      RegIdListItem *item;

      g_hash_table_iter_init (&iter, self->items);
      while (g_hash_table_iter_next (&iter, NULL, (gpointer *)&item))
        {
          item->wanted = generation;
          g_array_append_val (wanted, item->id);
        }
    }
  for (gsize i = 0; ids != NULL && i < n; i++)
    {
      RegIdListItem *item = g_hash_table_lookup (self->items, &ids[i]);

      if (item == NULL || item->wanted == generation)
        continue;
      item->wanted = generation;
      g_array_append_val (wanted, item->id);
    }
  for (guint i = 0; i < wanted->len; i += PAGE_SIZE)
    self->fetch (self, &g_array_index (wanted, gint64, i), MIN (wanted->len - i, PAGE_SIZE),
                 generation, self->fetch_data);
}

/**
 * reg_id_list_model_find:
 * @id: an id
 *
 * Returns: its position, or %G_MAXUINT where it is not in the list
 */
guint
reg_id_list_model_find (RegIdListModel *self, gint64 id)
{
  g_return_val_if_fail (REG_IS_ID_LIST_MODEL (self), G_MAXUINT);

  /* A million comparisons take less than a millisecond; a table of them would take 30 MB. */
  for (gsize position = 0; position < get_n (self); position++)
    if (get_id (self, position) == id)
      return position;
  return G_MAXUINT;
}
