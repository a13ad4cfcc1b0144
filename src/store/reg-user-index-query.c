/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Search, filters and sort orders over the columns. Whatever the order, people that are alike in
 * it stand in name order. */
#define G_LOG_DOMAIN "reg-store"

#include "store/reg-user-index-private.h"

#include "rules/reg-text.h"
#include "store/reg-radix-sort.h"
#include "store/reg-text-scan.h"

#include <string.h>

#define CANCEL_EVERY 4096

static int
compare_longer_first (gconstpointer a, gconstpointer b)
{
  gsize first = strlen (*(const char *const *)a);
  gsize second = strlen (*(const char *const *)b);

  return (first < second) - (first > second);
}

/* The folded words of a search, the longest (the rarest, most likely) first. */
static GPtrArray *
split_words (const char *search)
{
  GPtrArray *words = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *valid = g_utf8_make_valid (search, -1);
  g_autofree char *fold = reg_text_fold (valid, -1);
  g_auto (GStrv) parts = g_strsplit_set (fold, " \n\x1f", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    if (parts[i][0] != '\0')
      g_ptr_array_add (words, g_strdup (parts[i]));
  g_ptr_array_sort (words, compare_longer_first);
  return words;
}

static gboolean
has_words (const char *search)
{
  for (; search != NULL && *search != '\0'; search++)
    if (*search != ' ')
      return TRUE;
  return FALSE;
}

/**
 * reg_user_index_is_filter:
 *
 * Returns: whether the query may leave out anybody
 */
gboolean
reg_user_index_is_filter (const RegUserQuery *query)
{
  return has_words (query->search) || query->states != 0 || query->roles != 0
         || query->location_id != 0 || query->label_id != 0 || query->manager_id != 0;
}

static gsize
keep_word (RegUserIndex *self, const char *word, gsize n)
{
  const RegUserColumns *rows = &self->rows;
  gsize len = strlen (word);
  gsize kept = 0;

  for (gsize i = 0; i < n; i++)
    {
      guint32 rank = self->hits[i];
      const char *text = rows->text + rows->starts[rank];

      if (reg_text_scan (text, rows->text + rows->starts[rank + 1], word, len) != NULL)
        self->hits[kept++] = rank;
    }
  return kept;
}

/* Ranks that match all words, in order, into self->hits. */
static gsize
search (RegUserIndex *self, const char *typed)
{
  const RegUserColumns *rows = &self->rows;
  g_autoptr (GPtrArray) words = typed != NULL ? split_words (typed) : NULL;
  gsize n = rows->n;

  if (words == NULL || words->len == 0)
    {
      for (gsize rank = 0; rank < n; rank++)
        self->hits[rank] = rank;
      return n;
    }
  for (guint i = 0; i < words->len; i++)
    {
      const char *word = words->pdata[i];

      n = i == 0 ? reg_text_scan_rows (rows->text, rows->starts, rows->n, word, strlen (word),
                                       self->hits)
                 : keep_word (self, word, n);
    }
  return n;
}

/* Which label sets hold the label, as one byte each. */
static guint8 *
match_label_sets (RegUserIndex *self, gint64 label_id)
{
  guint8 *matches = g_new0 (guint8, self->label_sets.values->len + 1);
  g_autofree char *part = g_strdup_printf (",%" G_GINT64_FORMAT ",", label_id);

  for (guint i = 0; i < self->label_sets.values->len; i++)
    matches[i] = strstr (self->label_sets.values->pdata[i], part) != NULL;
  return matches;
}

static gsize
filter (RegUserIndex *self, const RegUserQuery *query, gsize n)
{
  const RegUserColumns *rows = &self->rows;
  gint64 location_id = query->location_id;
  guint32 location =
      GPOINTER_TO_UINT (g_hash_table_lookup (self->locations.numbers, &location_id)) - 1;
  g_autofree guint8 *label_sets =
      query->label_id != 0 ? match_label_sets (self, query->label_id) : NULL;
  guint states = query->states != 0 ? query->states : G_MAXUINT;
  guint roles = query->roles != 0 ? query->roles : G_MAXUINT;
  gsize kept = 0;

  for (gsize i = 0; i < n; i++)
    {
      guint32 rank = self->hits[i];
      gboolean keep = (states >> rows->states[rank] & 1) & (roles >> rows->roles[rank] & 1);

      keep &= location_id == 0 || rows->locations[rank] == location;
      keep &= query->manager_id == 0 || rows->managers[rank] == query->manager_id;
      keep = keep && (label_sets == NULL || label_sets[rows->label_sets[rank]]);
      self->hits[kept] = rank;
      kept += keep;
    }
  return kept;
}

static gsize
find (RegUserIndex *self, const RegUserQuery *query)
{
  gsize n = search (self, query->search);

  if (query->states == 0 && query->roles == 0 && query->location_id == 0 && query->label_id == 0
      && query->manager_id == 0)
    return n;
  return filter (self, query, n);
}

/**
 * reg_user_index_match:
 * @query: its search and filters count, not its order
 *
 * Returns: (transfer full): a bit per rank, in words of 64
 */
guint64 *
reg_user_index_match (RegUserIndex *self, const RegUserQuery *query)
{
  guint64 *bits = g_new0 (guint64, self->rows.n / 64 + 1);
  gsize n = find (self, query);

  for (gsize i = 0; i < n; i++)
    bits[self->hits[i] / 64] |= G_GUINT64_CONSTANT (1) << (self->hits[i] % 64);
  return bits;
}

/* Rank by id where ids are dense, as they mostly are: a plain table is read instead of searched. */
typedef struct
{
  RegUserIndex *index;
  guint32 *ranks;
  gint64 first;
} RankTable;

static void
rank_table_init (RankTable *self, RegUserIndex *index)
{
  const RegUserColumns *rows = &index->rows;
  gint64 first = rows->n > 0 ? rows->ids[index->by_id[0]] : 0;
  gint64 last = rows->n > 0 ? rows->ids[index->by_id[rows->n - 1]] : 0;
  guint64 span = (guint64)last - (guint64)first;

  self->index = index;
  self->first = first;
  self->ranks = NULL;
  if (rows->n == 0 || span >= 4 * (guint64)rows->n)
    return;
  self->ranks = g_new (guint32, span + 1);
  memset (self->ranks, 0xff, (span + 1) * sizeof *self->ranks);
  for (gsize rank = 0; rank < rows->n; rank++)
    self->ranks[rows->ids[rank] - first] = rank;
  self->first = first;
}

static guint32
rank_table_get (const RankTable *self, gint64 id)
{
  if (self->ranks == NULL)
    return reg_user_index_get_rank (self->index, id);
  if (id < self->first
      || id - self->first
             > self->index->rows.ids[self->index->by_id[self->index->rows.n - 1]] - self->first)
    return REG_USER_RANK_NONE;
  return self->ranks[id - self->first];
}

/* Whether a text differs from the one before, which is kept here. */
static gboolean
is_other_text (GByteArray *last, const guint8 *text, gsize len)
{
  if (len == last->len && memcmp (text, last->data, len) == 0)
    return FALSE;
  g_byte_array_set_size (last, len);
  memcpy (last->data, text, len);
  return TRUE;
}

/* sql gives id and text in the order of the texts, empty ones left out. */
static gboolean
make_order (RegUserIndex *self,
            RegUserOrder *order,
            RegStoreDb *db,
            const char *sql,
            GCancellable *cancellable,
            GError **error)
{
  sqlite3_stmt *statement = reg_store_db_prepare (db, sql, error);
  g_autoptr (GByteArray) last = g_byte_array_new ();
  RankTable table;
  gsize n = 0;
  gboolean row = FALSE;
  gboolean ok = statement != NULL;

  if (!ok)
    return FALSE;
  rank_table_init (&table, self);
  order->places = g_new (guint32, self->rows.n + 1);
  order->n_places = 0;
  memset (order->places, 0xff, (self->rows.n + 1) * sizeof *order->places);
  while (ok && (ok = reg_store_db_step (db, statement, &row, error)) && row)
    {
      guint32 rank = rank_table_get (&table, sqlite3_column_int64 (statement, 0));
      /* As a blob: SQLite copies a text to put a zero behind it. */
      const guint8 *text = sqlite3_column_blob (statement, 1);

      order->n_places += is_other_text (last, text, sqlite3_column_bytes (statement, 1));
      if (rank != REG_USER_RANK_NONE)
        order->places[rank] = order->n_places - 1;
      if (++n % CANCEL_EVERY == 0)
        ok = !g_cancellable_set_error_if_cancelled (cancellable, error);
    }
  sqlite3_reset (statement);
  g_free (table.ranks);
  if (!ok)
    reg_user_order_clear (order);
  return ok;
}

static gboolean
ensure_email_order (RegUserIndex *self, RegStoreDb *db, GCancellable *cancellable, GError **error)
{
  return self->by_email.places != NULL
         || make_order (self, &self->by_email, db,
                        "SELECT id, email_key FROM user WHERE email_key <> '' ORDER BY email_key",
                        cancellable, error);
}

static gboolean
ensure_employee_id_order (RegUserIndex *self,
                          RegStoreDb *db,
                          GCancellable *cancellable,
                          GError **error)
{
  return self->by_employee_id.places != NULL
         || make_order (
             self, &self->by_employee_id, db,
             "SELECT id, employee_id FROM user WHERE employee_id <> '' ORDER BY employee_id",
             cancellable, error);
}

/**
 * reg_user_index_get_email_places:
 *
 * Returns: (transfer none): by rank, the place of the user's e-mail in the order of e-mails;
 *   %REG_USER_RANK_NONE for users without one. %NULL with @error set on failure
 */
const guint32 *
reg_user_index_get_email_places (RegUserIndex *self,
                                 RegStoreDb *db,
                                 GCancellable *cancellable,
                                 GError **error)
{
  if (!ensure_email_order (self, db, cancellable, error))
    return NULL;
  return self->by_email.places;
}

typedef struct
{
  char *fold;
  guint32 number;
} NamedValue;

static int
compare_named_values (gconstpointer a, gconstpointer b)
{
  return strcmp (((const NamedValue *)a)->fold, ((const NamedValue *)b)->fold);
}

static void
named_value_clear (gpointer data)
{
  g_free (((NamedValue *)data)->fold);
}

/* Places of the values of an interned column in the order of their names. */
static void
order_values (RegUserIndex *self, RegUserOrder *order, gboolean locations)
{
  RegInterned *values = locations ? &self->locations : &self->label_sets;
  g_autoptr (GArray) named =
      g_array_sized_new (FALSE, FALSE, sizeof (NamedValue), values->values->len);
  const char *last = NULL;

  g_array_set_clear_func (named, named_value_clear);
  for (guint i = 0; i < values->values->len; i++)
    {
      NamedValue value = { NULL, i };

      if (locations)
        value.fold = g_strdup (
            reg_label_names_get_fold (self->labels, *(const gint64 *)values->values->pdata[i]));
      else
        value.fold = reg_label_names_dup_groups_fold (self->labels, values->values->pdata[i]);
      g_array_append_val (named, value);
    }
  g_array_sort (named, compare_named_values);

  order->places = g_new (guint32, named->len + 1);
  order->n_places = 0;
  for (guint i = 0; i < named->len; i++)
    {
      const NamedValue *value = &g_array_index (named, NamedValue, i);

      if (value->fold[0] == '\0')
        {
          order->places[value->number] = REG_USER_RANK_NONE;
          continue;
        }
      if (last == NULL || strcmp (last, value->fold) != 0)
        order->n_places++;
      last = value->fold;
      order->places[value->number] = order->n_places - 1;
    }
}

static guint32
get_place (const RegUserIndex *self, RegUserSort sort, const RegUserOrder *order, guint32 rank)
{
  switch (sort)
    {
    case REG_USER_SORT_NAME:
      return rank;
    case REG_USER_SORT_EMAIL:
    case REG_USER_SORT_EMPLOYEE_ID:
      return order->places[rank];
    case REG_USER_SORT_LOCATION:
      return order->places[self->rows.locations[rank]];
    case REG_USER_SORT_GROUPS:
      return order->places[self->rows.label_sets[rank]];
    case REG_USER_SORT_ROLE:
      return self->rows.roles[rank];
    case REG_USER_SORT_STATE:
      return self->rows.states[rank];
    }
  g_return_val_if_reached (0);
}

/* Orders self->hits, which are in name order. Rows without a value stand last either way. */
static void
sort_hits (RegUserIndex *self, const RegUserQuery *query, const RegUserOrder *order, gsize n)
{
  g_autofree RegSortItem *items = g_new (RegSortItem, n);
  g_autofree RegSortItem *scratch = g_new (RegSortItem, n);

  for (gsize i = 0; i < n; i++)
    {
      guint32 place = get_place (self, query->sort, order, self->hits[i]);

      if (query->descending && place != REG_USER_RANK_NONE)
        place = REG_USER_RANK_NONE - 1 - place;
      items[i].key = place;
      items[i].value = self->hits[i];
    }
  reg_radix_sort (items, scratch, n);
  for (gsize i = 0; i < n; i++)
    self->hits[i] = items[i].value;
}

static gboolean
prepare_order (RegUserIndex *self,
               RegUserSort sort,
               RegUserOrder *own,
               const RegUserOrder **order,
               RegStoreDb *db,
               GCancellable *cancellable,
               GError **error)
{
  *order = own;
  switch (sort)
    {
    case REG_USER_SORT_EMAIL:
      *order = &self->by_email;
      return ensure_email_order (self, db, cancellable, error);
    case REG_USER_SORT_EMPLOYEE_ID:
      *order = &self->by_employee_id;
      return ensure_employee_id_order (self, db, cancellable, error);
    case REG_USER_SORT_LOCATION:
    case REG_USER_SORT_GROUPS:
      order_values (self, own, sort == REG_USER_SORT_LOCATION);
      return TRUE;
    case REG_USER_SORT_NAME:
    case REG_USER_SORT_ROLE:
    case REG_USER_SORT_STATE:
      return TRUE;
    }
  g_return_val_if_reached (FALSE);
}

/**
 * reg_user_index_query:
 * @query: what is asked for
 *
 * Returns: (transfer full): the ids of everybody it finds, in its order; %NULL with @error set on
 *   failure
 */
RegIdList *
reg_user_index_query (RegUserIndex *self,
                      RegStoreDb *db,
                      const RegUserQuery *query,
                      GCancellable *cancellable,
                      GError **error)
{
  RegUserOrder own = { 0 };
  const RegUserOrder *order = NULL;
  gboolean backwards = query->sort == REG_USER_SORT_NAME && query->descending;
  gint64 *ids;
  gsize n;

  if (!prepare_order (self, query->sort, &own, &order, db, cancellable, error))
    return NULL;
  n = find (self, query);
  if (query->sort != REG_USER_SORT_NAME)
    sort_hits (self, query, order, n);
  reg_user_order_clear (&own);

  ids = g_new (gint64, n);
  for (gsize i = 0; i < n; i++)
    ids[i] = self->rows.ids[self->hits[backwards ? n - 1 - i : i]];
  return reg_id_list_new_take (ids, n);
}
