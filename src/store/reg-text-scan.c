/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The search as you type: every row that holds a word, by reading all of the text. With vectors of
 * sixteen bytes this is quicker than asking an index, and it needs none. */
#define G_LOG_DOMAIN "reg-store"

#include "store/reg-text-scan.h"

#include <string.h>

#ifdef __SSE2__
#include <emmintrin.h>
#define VECTOR 16
#endif

/**
 * reg_text_scan:
 * @text: where to begin
 * @end: where the text ends
 * @word: bytes to look for
 * @len: how many they are, at least one
 *
 * Returns: (nullable): where @word is first found
 */
const char *
reg_text_scan (const char *text, const char *end, const char *word, gsize len)
{
#ifdef __SSE2__
  /* Candidates are places where the first and the last byte are right; only these are compared. */
  const __m128i first = _mm_set1_epi8 (word[0]);
  const __m128i last = _mm_set1_epi8 (word[len - 1]);

  for (; (gsize)(end - text) >= VECTOR + len; text += VECTOR)
    {
      __m128i heads = _mm_loadu_si128 ((const __m128i *)(const void *)text);
      __m128i tails = _mm_loadu_si128 ((const __m128i *)(const void *)(text + len - 1));
      guint mask = _mm_movemask_epi8 (
          _mm_and_si128 (_mm_cmpeq_epi8 (heads, first), _mm_cmpeq_epi8 (tails, last)));

      for (; mask != 0; mask &= mask - 1)
        {
          const char *at = text + __builtin_ctz (mask);

          if (len < 3 || memcmp (at + 1, word + 1, len - 2) == 0)
            return at;
        }
    }
#endif
  return memmem (text, end - text, word, len);
}

/* The row an offset lies in, from a row that is not behind it. Hits are mostly close together:
 * some steps forward, then strides that double, then halving. */
static inline gsize
find_row (const guint32 *starts, gsize n_rows, gsize row, gsize offset)
{
  gsize step = 8;
  gsize low = row;
  gsize high;

  if (row + step >= n_rows || starts[row + step] > offset)
    {
      while (row + 1 < n_rows && starts[row + 1] <= offset)
        row++;
      return row;
    }
  while ((high = low + step) < n_rows && starts[high] <= offset)
    {
      low = high;
      step *= 2;
    }
  high = MIN (high, n_rows);
  while (low + 1 < high)
    {
      gsize middle = (low + high) / 2;

      if (starts[middle] <= offset)
        low = middle;
      else
        high = middle;
    }
  return low;
}

/**
 * reg_text_scan_rows:
 * @text: rows one after the other
 * @starts: where row i begins; starts[n_rows] is the end of the text
 * @n_rows: how many rows there are
 * @word: bytes to look for; a byte that ends every row must not be in them
 * @len: how many they are, at least one
 * @rows: (out): the rows that hold it, in their order; room for @n_rows
 *
 * Returns: how many rows hold it
 */
gsize
reg_text_scan_rows (const char *text,
                    const guint32 *starts,
                    gsize n_rows,
                    const char *word,
                    gsize len,
                    guint32 *rows)
{
  const char *end = text + starts[n_rows];
  const char *at = text;
  gsize row = 0;
  gsize n = 0;

  if (n_rows == 0)
    return 0;
  while ((at = reg_text_scan (at, end, word, len)) != NULL)
    {
      row = find_row (starts, n_rows, row, at - text);
      rows[n++] = row;
      at = text + starts[row + 1];
    }
  return n;
}
