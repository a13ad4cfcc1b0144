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
/* Most values that are alike are so in twos and threes. */
#define FEW 32

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
         || reg_people_filter_is_set (query->people);
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

/* Ranks that hold the first word, in order, into self->hits. */
static gsize
scan (RegUserIndex *self, const char *word)
{
  const RegUserColumns *rows = &self->rows;
  guint64 bit = word[1] == '\0' ? reg_user_letter_get_bit (word[0]) : 0;
  gsize kept = 0;

  if (bit == 0)
    return reg_text_scan_rows (rows->text, rows->starts, rows->n, word, strlen (word), self->hits);
  for (gsize rank = 0; rank < rows->n; rank++)
    {
      self->hits[kept] = rank;
      kept += (rows->letters[rank] & bit) != 0;
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

      n = i == 0 ? scan (self, word) : keep_word (self, word, n);
    }
  return n;
}

/* Whether a set of labels, ",3,17,", holds one of these. */
static gboolean
holds_label (const char *labels, const GArray *ids)
{
  for (guint i = 0; i < ids->len; i++)
    {
      char part[24];

      g_snprintf (part, sizeof part, ",%" G_GINT64_FORMAT ",", g_array_index (ids, gint64, i));
      if (strstr (labels, part) != NULL)
        return TRUE;
    }
  return FALSE;
}

/* Returns: (nullable): which label sets are allowed, as one byte each; NULL for all of them */
static guint8 *
match_label_sets (RegUserIndex *self, const RegPeopleFilter *people)
{
  g_autofree guint8 *matches = NULL;

  for (guint kind = REG_PEOPLE_GROUP; kind <= REG_PEOPLE_TAG; kind++)
    {
      if (people->ids[kind] == NULL)
        continue;
      if (matches == NULL)
        {
          matches = g_new (guint8, self->label_sets.values->len + 1);
          memset (matches, TRUE, self->label_sets.values->len + 1);
        }
      for (guint i = 0; i < self->label_sets.values->len; i++)
        matches[i] &= holds_label (self->label_sets.values->pdata[i], people->ids[kind]);
    }
  return g_steal_pointer (&matches);
}

/* The same of locations. */
static guint8 *
match_locations (RegUserIndex *self, const GArray *ids)
{
  guint8 *matches = NULL;

  if (ids == NULL)
    return NULL;
  matches = g_new0 (guint8, self->locations.values->len + 1);
  for (guint i = 0; i < ids->len; i++)
    {
      guint number = GPOINTER_TO_UINT (
          g_hash_table_lookup (self->locations.numbers, &g_array_index (ids, gint64, i)));

      if (number != 0)
        matches[number - 1] = TRUE;
    }
  return matches;
}

static gsize
filter_by_bits (RegUserIndex *self, const RegUserQuery *query, gsize n)
{
  const RegUserColumns *rows = &self->rows;
  guint states = query->states != 0 ? query->states : G_MAXUINT;
  guint roles = query->roles != 0 ? query->roles : G_MAXUINT;
  gsize kept = 0;

  for (gsize i = 0; i < n; i++)
    {
      guint32 rank = self->hits[i];

      self->hits[kept] = rank;
      kept += (states >> rows->states[rank] & 1) & (roles >> rows->roles[rank] & 1);
    }
  return kept;
}

static gsize
filter_by_people (RegUserIndex *self, const RegPeopleFilter *people, gsize n)
{
  const RegUserColumns *rows = &self->rows;
  g_autofree guint8 *label_sets = match_label_sets (self, people);
  g_autofree guint8 *locations = match_locations (self, people->ids[REG_PEOPLE_LOCATION]);
  gsize kept = 0;

  for (gsize i = 0; i < n; i++)
    {
      guint32 rank = self->hits[i];

      self->hits[kept] = rank;
      kept += (locations == NULL || locations[rows->locations[rank]])
              && (label_sets == NULL || label_sets[rows->label_sets[rank]])
              && reg_people_filter_allows (people, REG_PEOPLE_MANAGER, rows->managers[rank]);
    }
  return kept;
}

static gsize
find (RegUserIndex *self, const RegUserQuery *query)
{
  gsize n = search (self, query->search);

  if (query->states != 0 || query->roles != 0)
    n = filter_by_bits (self, query, n);
  return reg_people_filter_is_set (query->people) ? filter_by_people (self, query->people, n) : n;
}

/* Who has somebody reporting to them, each once. */
static GHashTable *
collect_managers (RegUserIndex *self)
{
  GHashTable *managers = g_hash_table_new (g_int64_hash, g_int64_equal);

  for (gsize rank = 0; rank < self->rows.n; rank++)
    if (self->rows.managers[rank] != 0)
      g_hash_table_add (managers, &self->rows.managers[rank]);
  return managers;
}

/**
 * reg_user_index_list_managers:
 *
 * Returns: (transfer full): who has somebody reporting to them, by name
 */
RegIdList *
reg_user_index_list_managers (RegUserIndex *self)
{
  g_autoptr (GHashTable) managers = collect_managers (self);
  gint64 *ids = g_new (gint64, g_hash_table_size (managers) + 1);
  gsize n = 0;

  for (gsize rank = 0; rank < self->rows.n; rank++)
    if (g_hash_table_contains (managers, &self->rows.ids[rank]))
      ids[n++] = self->rows.ids[rank];
  return reg_id_list_new_take (ids, n);
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
  guint64 span;
} RankTable;

static void
rank_table_init (RankTable *self, RegUserIndex *index)
{
  const RegUserColumns *rows = &index->rows;

  memset (self, 0, sizeof *self);
  self->index = index;
  if (rows->n == 0)
    return;
  self->first = rows->ids[index->by_id[0]];
  self->span = (guint64)rows->ids[index->by_id[rows->n - 1]] - (guint64)self->first;
  if (self->span >= 4 * (guint64)rows->n)
    return;
  self->ranks = g_new (guint32, self->span + 1);
  memset (self->ranks, 0xff, (self->span + 1) * sizeof *self->ranks);
  for (gsize rank = 0; rank < rows->n; rank++)
    self->ranks[rows->ids[rank] - self->first] = rank;
}

static inline guint32
rank_table_get (const RankTable *self, gint64 id)
{
  guint64 at = (guint64)id - (guint64)self->first;

  if (self->ranks == NULL)
    return reg_user_index_get_rank (self->index, id);
  return at <= self->span ? self->ranks[at] : REG_USER_RANK_NONE;
}

/* Puts ids that are alike in name order. */
static void
sort_run (RegUserIndex *self, gint64 *ids, gsize n)
{
  RegSortItem few[2 * FEW];
  g_autofree RegSortItem *many = n > FEW ? g_new (RegSortItem, 2 * n) : NULL;
  RegSortItem *items = many != NULL ? many : few;

  for (gsize i = 0; i < n; i++)
    {
      items[i].key = reg_user_index_get_rank (self, ids[i]);
      items[i].value = (guint64)ids[i];
    }
  reg_radix_sort (items, items + n, n);
  for (gsize i = 0; i < n; i++)
    ids[i] = (gint64)items[i].value;
}

static void
sort_runs (RegUserIndex *self, RegUserOrder *order)
{
  for (gsize begin = 0, end; begin < order->n; begin = end)
    {
      for (end = begin + 1; end < order->n && order->same[end]; end++)
        ;
      if (end - begin > 1)
        sort_run (self, order->ids + begin, end - begin);
    }
}

/* sql gives id and text in the order of the texts, empty ones left out. */
static gboolean
read_order (RegUserIndex *self,
            RegUserOrder *order,
            RegStoreDb *db,
            const char *sql,
            GCancellable *cancellable,
            GError **error)
{
  sqlite3_stmt *statement = reg_store_db_prepare (db, sql, error);
  g_autoptr (GByteArray) last = g_byte_array_new ();
  gsize room = self->rows.n;
  gboolean row = FALSE;
  gboolean ok = statement != NULL;

  order->ids = g_new (gint64, room);
  order->same = g_new (guint8, room);
  /* Somebody more came since the last refresh: the next one makes the order anew. */
  while (ok && order->n < room && (ok = reg_store_db_step (db, statement, &row, error)) && row)
    {
      /* As a blob: SQLite copies a text to put a zero behind it. */
      const guint8 *text = sqlite3_column_blob (statement, 1);
      gsize len = sqlite3_column_bytes (statement, 1);

      order->ids[order->n] = sqlite3_column_int64 (statement, 0);
      order->same[order->n] =
          order->n > 0 && len == last->len && memcmp (text, last->data, len) == 0;
      if (!order->same[order->n])
        {
          g_byte_array_set_size (last, len);
          memcpy (last->data, text, len);
        }
      if (++order->n % CANCEL_EVERY == 0)
        ok = !g_cancellable_set_error_if_cancelled (cancellable, error);
    }
  if (statement != NULL)
    sqlite3_reset (statement);
  if (ok)
    sort_runs (self, order);
  else
    reg_user_order_clear (order);
  return ok;
}

static gboolean
ensure_email_order (RegUserIndex *self, RegStoreDb *db, GCancellable *cancellable, GError **error)
{
  return self->by_email.ids != NULL || self->rows.n == 0
         || read_order (self, &self->by_email, db,
                        "SELECT id, email_key FROM user WHERE email_key > '' ORDER BY email_key",
                        cancellable, error);
}

static gboolean
ensure_employee_id_order (RegUserIndex *self,
                          RegStoreDb *db,
                          GCancellable *cancellable,
                          GError **error)
{
  return self->by_employee_id.ids != NULL || self->rows.n == 0
         || read_order (
             self, &self->by_employee_id, db,
             "SELECT id, employee_id FROM user WHERE employee_id <> '' ORDER BY employee_id",
             cancellable, error);
}

static void
ensure_ranks (RegUserIndex *self, RegUserOrder *order)
{
  RankTable table;

  if (order->ranks != NULL)
    return;
  rank_table_init (&table, self);
  order->ranks = g_new (guint32, order->n);
  for (gsize i = 0; i < order->n; i++)
    order->ranks[i] = rank_table_get (&table, order->ids[i]);
  g_free (table.ranks);
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
  RegUserOrder *order = &self->by_email;
  guint32 place = 0;

  if (!ensure_email_order (self, db, cancellable, error))
    return NULL;
  if (order->places != NULL)
    return order->places;
  ensure_ranks (self, order);
  order->places = g_new (guint32, self->rows.n + 1);
  memset (order->places, 0xff, (self->rows.n + 1) * sizeof *order->places);
  for (gsize i = 0; i < order->n; i++)
    {
      place += !order->same[i];
      if (order->ranks[i] != REG_USER_RANK_NONE)
        order->places[order->ranks[i]] = place;
    }
  return order->places;
}

/* What a query by such an order collects. */
typedef struct
{
  const RegUserOrder *order;
  const guint64 *bits; /* (nullable): of those that pass the filters */
  gint64 *ids;
  gsize n;
} Collected;

static inline void
collect (Collected *self, gsize at)
{
  guint32 rank = self->bits != NULL ? self->order->ranks[at] : 0;

  if (self->bits == NULL
      || (rank != REG_USER_RANK_NONE && (self->bits[rank / 64] >> (rank % 64) & 1) != 0))
    self->ids[self->n++] = self->order->ids[at];
}

/* Runs of values that are alike stay in name order. */
static void
collect_descending (Collected *self)
{
  for (gsize end = self->order->n, begin; end > 0; end = begin)
    {
      for (begin = end - 1; begin > 0 && self->order->same[begin]; begin--)
        ;
      for (gsize at = begin; at < end; at++)
        collect (self, at);
    }
}

/* self->hits: n ranks that pass the filters. value: the bit of those that are in the order. */
static RegIdList *
query_by_order (RegUserIndex *self, RegUserOrder *order, guint8 value, gboolean descending, gsize n)
{
  g_autofree guint64 *bits = NULL;
  Collected collected = { .order = order };
  gsize n_without = 0;

  for (gsize i = 0; i < n; i++)
    n_without += (self->rows.values[self->hits[i]] & value) == 0;
  if (n < self->rows.n || order->n + n_without != self->rows.n)
    {
      ensure_ranks (self, order);
      bits = g_new0 (guint64, self->rows.n / 64 + 1);
      for (gsize i = 0; i < n; i++)
        bits[self->hits[i] / 64] |= G_GUINT64_CONSTANT (1) << (self->hits[i] % 64);
    }
  collected.bits = bits;
  collected.ids = g_new (gint64, order->n + n_without);
  if (descending)
    collect_descending (&collected);
  else
    for (gsize at = 0; at < order->n; at++)
      collect (&collected, at);
  for (gsize i = 0; i < n && n_without > 0; i++)
    if ((self->rows.values[self->hits[i]] & value) == 0)
      collected.ids[collected.n++] = self->rows.ids[self->hits[i]];
  return reg_id_list_new_take (collected.ids, collected.n);
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

/* Places of the values of an interned column in the order of their names, by number. */
static guint32 *
order_values (RegUserIndex *self, gboolean locations)
{
  RegInterned *values = locations ? &self->locations : &self->label_sets;
  g_autoptr (GArray) named =
      g_array_sized_new (FALSE, FALSE, sizeof (NamedValue), values->values->len);
  guint32 *places = g_new (guint32, values->values->len + 1);
  const char *last = NULL;
  guint32 place = 0;

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

  for (guint i = 0; i < named->len; i++)
    {
      const NamedValue *value = &g_array_index (named, NamedValue, i);

      place += last != NULL && strcmp (last, value->fold) != 0;
      places[value->number] = value->fold[0] != '\0' ? place : REG_USER_RANK_NONE;
      last = value->fold;
    }
  return places;
}

/* Orders self->hits, which are in name order, by a column that is held here: the places of its
 * numbers, or the numbers themselves. Rows without a value stand last either way. */
static void
sort_hits (RegUserIndex *self,
           const guint32 *numbers,
           const guint8 *small_numbers,
           const guint32 *places,
           gboolean descending,
           gsize n)
{
  g_autofree RegSortItem *items = g_new (RegSortItem, n);
  g_autofree RegSortItem *scratch = g_new (RegSortItem, n);

  for (gsize i = 0; i < n; i++)
    {
      guint32 rank = self->hits[i];
      guint32 place = numbers != NULL ? places[numbers[rank]] : small_numbers[rank];

      if (descending && place != REG_USER_RANK_NONE)
        place = REG_USER_RANK_NONE - 1 - place;
      items[i].key = place;
      items[i].value = rank;
    }
  reg_radix_sort (items, scratch, n);
  for (gsize i = 0; i < n; i++)
    self->hits[i] = items[i].value;
}

static RegIdList *
list_hits (RegUserIndex *self, gsize n, gboolean backwards)
{
  gint64 *ids = g_new (gint64, n);

  for (gsize i = 0; i < n; i++)
    ids[i] = self->rows.ids[self->hits[backwards ? n - 1 - i : i]];
  return reg_id_list_new_take (ids, n);
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
  gboolean down = query->descending;
  gsize n = find (self, query);
  g_autofree guint32 *places = NULL;

  switch (query->sort)
    {
    case REG_USER_SORT_NAME:
      return list_hits (self, n, down);
    case REG_USER_SORT_EMAIL:
      if (!ensure_email_order (self, db, cancellable, error))
        return NULL;
      return query_by_order (self, &self->by_email, REG_USER_HAS_EMAIL, down, n);
    case REG_USER_SORT_EMPLOYEE_ID:
      if (!ensure_employee_id_order (self, db, cancellable, error))
        return NULL;
      return query_by_order (self, &self->by_employee_id, REG_USER_HAS_EMPLOYEE_ID, down, n);
    case REG_USER_SORT_LOCATION:
      places = order_values (self, TRUE);
      sort_hits (self, self->rows.locations, NULL, places, down, n);
      return list_hits (self, n, FALSE);
    case REG_USER_SORT_GROUPS:
      places = order_values (self, FALSE);
      sort_hits (self, self->rows.label_sets, NULL, places, down, n);
      return list_hits (self, n, FALSE);
    case REG_USER_SORT_ROLE:
      sort_hits (self, NULL, self->rows.roles, NULL, down, n);
      return list_hits (self, n, FALSE);
    case REG_USER_SORT_STATE:
      sort_hits (self, NULL, self->rows.states, NULL, down, n);
      return list_hits (self, n, FALSE);
    }
  g_return_val_if_reached (NULL);
}
