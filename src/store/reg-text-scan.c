/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The search as you type: every row that holds a word, by reading all of the text. With vectors of
 * sixteen bytes this is quicker than asking an index, and it needs none. */
#define G_LOG_DOMAIN "reg-store"

#include "store/reg-text-scan.h"

#include <string.h>

#ifdef __SSE2__
#include <immintrin.h>
#define VECTOR 16
#define BLOCK 64
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

#ifdef __SSE2__
/* What is looked for: up to eight bytes of it are compared as one number. */
typedef struct
{
  const char *word;
  gsize len;
  guint64 head;
  guint64 mask;
} Word;

static inline gboolean
is_word_at (const Word *self, const char *at)
{
  guint64 bytes;

  memcpy (&bytes, at, sizeof bytes);
  return (bytes & self->mask) == self->head
         && (self->len <= sizeof bytes
             || memcmp (at + sizeof bytes, self->word + sizeof bytes, self->len - sizeof bytes)
                    == 0);
}

/* The places in a block where the first and the last byte are right, as bits. */
static inline guint64
get_candidates_sse2 (const char *block, const Word *word)
{
  const __m128i *heads = (const __m128i *)(const void *)block;
  const __m128i *tails = (const __m128i *)(const void *)(block + word->len - 1);
  const __m128i first = _mm_set1_epi8 (word->word[0]);
  const __m128i last = _mm_set1_epi8 (word->word[word->len - 1]);
  __m128i found[BLOCK / 16];
  guint64 bits = 0;

  for (guint i = 0; i < G_N_ELEMENTS (found); i++)
    found[i] = _mm_and_si128 (_mm_cmpeq_epi8 (_mm_loadu_si128 (heads + i), first),
                              _mm_cmpeq_epi8 (_mm_loadu_si128 (tails + i), last));
  if (_mm_movemask_epi8 (
          _mm_or_si128 (_mm_or_si128 (found[0], found[1]), _mm_or_si128 (found[2], found[3])))
      == 0)
    return 0;
  for (guint i = 0; i < G_N_ELEMENTS (found); i++)
    bits |= (guint64)(guint)_mm_movemask_epi8 (found[i]) << (i * 16);
  return bits;
}

__attribute__ ((target ("avx2"))) static inline guint64
get_candidates_avx2 (const char *block, const Word *word)
{
  const __m256i *heads = (const __m256i *)(const void *)block;
  const __m256i *tails = (const __m256i *)(const void *)(block + word->len - 1);
  const __m256i first = _mm256_set1_epi8 (word->word[0]);
  const __m256i last = _mm256_set1_epi8 (word->word[word->len - 1]);
  guint64 bits = 0;

  for (guint i = 0; i < BLOCK / 32; i++)
    {
      __m256i found = _mm256_and_si256 (_mm256_cmpeq_epi8 (_mm256_loadu_si256 (heads + i), first),
                                        _mm256_cmpeq_epi8 (_mm256_loadu_si256 (tails + i), last));

      bits |= (guint64)(guint)_mm256_movemask_epi8 (found) << (i * 32);
    }
  return bits;
}

/* Looks at the text block by block, and goes on behind a row as soon as it has the word. A macro,
 * so that it is compiled for each kind of processor. Where it ends stands in *row and *n. */
#define DEFINE_SCAN_BLOCKS(name, attribute, get_candidates)                                        \
  attribute static gsize name (const char *text, const guint32 *starts, gsize end,                 \
                               const Word *word, guint32 *rows, gsize *n_rows)                     \
  {                                                                                                \
    gsize at = 0;                                                                                  \
    gsize row = 0;                                                                                 \
    gsize n = 0;                                                                                   \
                                                                                                   \
    while (at < end)                                                                               \
      {                                                                                            \
        guint64 bits = get_candidates (text + at, word);                                           \
        gsize next = at + BLOCK;                                                                   \
                                                                                                   \
        while (bits != 0)                                                                          \
          {                                                                                        \
            gsize place = at + (gsize)__builtin_ctzll (bits);                                      \
                                                                                                   \
            bits &= bits - 1;                                                                      \
            if (!is_word_at (word, text + place))                                                  \
              continue;                                                                            \
            while (starts[row + 1] <= place)                                                       \
              row++;                                                                               \
            rows[n++] = row;                                                                       \
            if (starts[row + 1] >= next)                                                           \
              {                                                                                    \
                next = starts[row + 1];                                                            \
                break;                                                                             \
              }                                                                                    \
            bits &= G_MAXUINT64 << (starts[row + 1] - at);                                         \
          }                                                                                        \
        at = next;                                                                                 \
      }                                                                                            \
    *n_rows = n;                                                                                   \
    return at;                                                                                     \
  }

DEFINE_SCAN_BLOCKS (scan_blocks_sse2, , get_candidates_sse2)
DEFINE_SCAN_BLOCKS (scan_blocks_avx2, __attribute__ ((target ("avx2"))), get_candidates_avx2)

/* All blocks that a whole block and the word fit behind. Returns: how far it looked */
static gsize
scan_blocks (const char *text,
             const guint32 *starts,
             gsize n_rows,
             const char *bytes,
             gsize len,
             guint32 *rows,
             gsize *n)
{
  Word word = { .word = bytes, .len = len };
  gsize margin = 2 * BLOCK + len;

  memcpy (&word.head, bytes, MIN (len, sizeof word.head));
  memset (&word.mask, 0xff, MIN (len, sizeof word.mask));
  if (starts[n_rows] < margin)
    return 0;
  if (__builtin_cpu_supports ("avx2"))
    return scan_blocks_avx2 (text, starts, starts[n_rows] - margin, &word, rows, n);
  return scan_blocks_sse2 (text, starts, starts[n_rows] - margin, &word, rows, n);
}
#endif

/**
 * reg_text_scan_rows:
 * @text: rows one after the other
 * @starts: where row i begins; starts[n_rows] is the end of the text
 * @n_rows: how many rows there are
 * @word: bytes to look for; one that ends every row must not be in them
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
  gsize row = 0;
  gsize at = 0;
  gsize n = 0;

#ifdef __SSE2__
  at = scan_blocks (text, starts, n_rows, word, len, rows, &n);
  row = n > 0 ? rows[n - 1] + 1 : 0;
#endif
  for (; row < n_rows; row++)
    {
      gsize begin = MAX (starts[row], at);

      if (begin < starts[row + 1]
          && reg_text_scan (text + begin, text + starts[row + 1], word, len) != NULL)
        rows[n++] = row;
    }
  return n;
}
