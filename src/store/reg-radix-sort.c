/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-store"

#include "store/reg-radix-sort.h"

#include <string.h>

#define N_DIGITS 8
#define N_BUCKETS 256
/* Below this many, comparing is cheaper than counting. */
#define SMALL 48

static inline guint
get_digit (guint64 key, guint digit)
{
  return (key >> (8 * digit)) & 0xff;
}

static void
insertion_sort (RegSortItem *items, gsize n)
{
  for (gsize i = 1; i < n; i++)
    {
      RegSortItem item = items[i];
      gsize j = i;

      for (; j > 0 && items[j - 1].key > item.key; j--)
        items[j] = items[j - 1];
      items[j] = item;
    }
}

/**
 * reg_radix_sort:
 * @items: sorted in place by key; equal keys keep their order
 * @scratch: room for @n items
 * @n: how many there are
 *
 * Passes over digits that are the same in all keys are left out, so short keys cost little.
 */
void
reg_radix_sort (RegSortItem *items, RegSortItem *scratch, gsize n)
{
  gsize counts[N_DIGITS][N_BUCKETS];
  RegSortItem *from = items;
  RegSortItem *to = scratch;

  if (n < SMALL)
    {
      insertion_sort (items, n);
      return;
    }

  memset (counts, 0, sizeof counts);
  for (gsize i = 0; i < n; i++)
    for (guint d = 0; d < N_DIGITS; d++)
      counts[d][get_digit (items[i].key, d)]++;

  for (guint d = 0; d < N_DIGITS; d++)
    {
      gsize *places = counts[d];
      gsize sum = 0;

      if (places[get_digit (items[0].key, d)] == n)
        continue;
      for (guint b = 0; b < N_BUCKETS; b++)
        {
          gsize count = places[b];

          places[b] = sum;
          sum += count;
        }
      for (gsize i = 0; i < n; i++)
        to[places[get_digit (from[i].key, d)]++] = from[i];

      RegSortItem *swap = from;
      from = to;
      to = swap;
    }
  if (from != items)
    memcpy (items, from, n * sizeof *items);
}

/* Eight bytes of a text from a depth on, as a number that sorts as they do; zeros past its end. */
static inline guint64
get_text_key (const char *text, gsize len, gsize depth)
{
  guint64 key = 0;

  if (depth >= len)
    return 0;
  memcpy (&key, text + depth, MIN (len - depth, sizeof key));
  return GUINT64_FROM_BE (key);
}

static int
compare_texts (const char *text, const guint32 *starts, guint64 a, guint64 b, gsize depth)
{
  gsize a_len = starts[a + 1] - starts[a];
  gsize b_len = starts[b + 1] - starts[b];
  gsize a_rest = a_len > depth ? a_len - depth : 0;
  gsize b_rest = b_len > depth ? b_len - depth : 0;
  int order = 0;

  if (a_rest > 0 && b_rest > 0)
    order = memcmp (text + starts[a] + depth, text + starts[b] + depth, MIN (a_rest, b_rest));
  return order != 0 ? order : (a_rest > b_rest) - (a_rest < b_rest);
}

static void
insertion_sort_texts (RegSortItem *items,
                      gsize n,
                      const char *text,
                      const guint32 *starts,
                      gsize depth)
{
  for (gsize i = 1; i < n; i++)
    {
      RegSortItem item = items[i];
      gsize j = i;

      for (; j > 0 && compare_texts (text, starts, items[j - 1].value, item.value, depth) > 0; j--)
        items[j] = items[j - 1];
      items[j] = item;
    }
}

static void
sort_texts_from (RegSortItem *items,
                 RegSortItem *scratch,
                 gsize n,
                 const char *text,
                 const guint32 *starts,
                 gsize depth)
{
  if (n < SMALL)
    {
      insertion_sort_texts (items, n, text, starts, depth);
      return;
    }
  for (gsize i = 0; i < n; i++)
    {
      guint64 row = items[i].value;

      items[i].key = get_text_key (text + starts[row], starts[row + 1] - starts[row], depth);
    }
  reg_radix_sort (items, scratch, n);

  for (gsize begin = 0, end; begin < n; begin = end)
    {
      gboolean longer = FALSE;

      for (end = begin; end < n && items[end].key == items[begin].key; end++)
        {
          guint64 row = items[end].value;

          longer |= starts[row + 1] - starts[row] > depth + sizeof (guint64);
        }
      if (longer && end - begin > 1)
        sort_texts_from (items + begin, scratch, end - begin, text, starts,
                         depth + sizeof (guint64));
    }
}

/**
 * reg_radix_sort_texts:
 * @items: their values are rows of @text; sorted in place by the bytes of the rows. Their keys are
 *   overwritten; equal rows keep their order
 * @scratch: room for @n items
 * @n: how many there are
 * @text: the bytes of all rows, one after the other
 * @starts: where row i begins; starts[i + 1] is where it ends
 *
 * Eight bytes are compared at a time; only rows that are alike so far look at the next eight.
 */
void
reg_radix_sort_texts (RegSortItem *items,
                      RegSortItem *scratch,
                      gsize n,
                      const char *text,
                      const guint32 *starts)
{
  sort_texts_from (items, scratch, n, text, starts, 0);
}
