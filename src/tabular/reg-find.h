/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

G_BEGIN_DECLS

/**
 * reg_find_any:
 * @p: text that ends with NUL and has #REG_TEXT_WINDOW_SLACK bytes behind it
 * @a: a byte
 * @b: another
 * @c: another
 * @d: another
 *
 * Returns: where the next of these bytes is, or the NUL
 */
static inline char *
reg_find_any (char *p, char a, char b, char c, char d)
{
#ifdef __SSE2__
  const __m128i va = _mm_set1_epi8 (a);
  const __m128i vb = _mm_set1_epi8 (b);
  const __m128i vc = _mm_set1_epi8 (c);
  const __m128i vd = _mm_set1_epi8 (d);
  const __m128i zero = _mm_setzero_si128 ();

  for (;; p += 16)
    {
      __m128i v = _mm_loadu_si128 ((const __m128i *)p);
      __m128i hit = _mm_or_si128 (_mm_cmpeq_epi8 (v, va), _mm_cmpeq_epi8 (v, vb));
      int mask;

      hit = _mm_or_si128 (hit, _mm_or_si128 (_mm_cmpeq_epi8 (v, vc), _mm_cmpeq_epi8 (v, vd)));
      mask = _mm_movemask_epi8 (_mm_or_si128 (hit, _mm_cmpeq_epi8 (v, zero)));
      if (mask != 0)
        return p + __builtin_ctz ((unsigned)mask);
    }
#else
  while (*p != a && *p != b && *p != c && *p != d && *p != '\0')
    p++;
  return p;
#endif
}

G_END_DECLS
