/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-imports"

#include "imports/reg-near-text.h"

#include <string.h>

/* Longer texts are not compared: e-mails and headings are shorter. */
#define MAX_LEN 254

guint64
reg_near_text_get_letters (const char *text, gsize len)
{
  guint64 letters = 0;

  for (gsize i = 0; i < len; i++)
    letters |= G_GUINT64_CONSTANT (1) << ((guchar)text[i] & 63);
  return letters;
}

/**
 * reg_near_text_get_limit:
 * @len: the bytes of a name
 *
 * Returns: how many letters of it may differ from the name that was meant; where more do, it is
 *   likely to be another
 */
guint
reg_near_text_get_limit (gsize len)
{
  return MIN (len / 3, 3);
}

/**
 * reg_near_text_get_distance:
 * @one: a text
 * @one_len: its bytes
 * @other: another
 * @other_len: its bytes
 * @max: from how far on it does not matter how far
 *
 * Counts bytes; letters beyond ASCII count as more than one, which is no harm for texts that are
 * nearly the same.
 *
 * Returns: how many letters must be changed, added, left out or swapped; @max + 1 where more
 */
guint
reg_near_text_get_distance (const char *one,
                            gsize one_len,
                            const char *other,
                            gsize other_len,
                            guint max)
{
  guint8 rows[3][MAX_LEN + 2];
  guint8 *before = rows[0], *last = rows[1], *now = rows[2];

  if (one_len > MAX_LEN || other_len > MAX_LEN
      || MAX (one_len, other_len) - MIN (one_len, other_len) > max)
    return max + 1;
  for (gsize j = 0; j <= other_len; j++)
    last[j] = (guint8)MIN (j, max + 1);
  for (gsize i = 1; i <= one_len; i++)
    {
      gsize from = i > max ? i - max : 1, to = MIN (other_len, i + max);
      guint8 best = (guint8)(max + 1);
      guint8 *spare = before;

      /* Outside of the band nothing is near. */
      now[from - 1] = (guint8)MIN (from == 1 ? i : max + 1, max + 1);
      for (gsize j = from; j <= to; j++)
        {
          guint value = last[j - 1] + (one[i - 1] != other[j - 1]);

          value = MIN (value, now[j - 1] + 1u);
          if (j < i + max)
            value = MIN (value, last[j] + 1u);
          if (i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1])
            value = MIN (value, before[j - 2] + 1u);
          now[j] = (guint8)MIN (value, max + 1);
          best = MIN (best, now[j]);
        }
      if (best > max)
        return max + 1;
      before = last;
      last = now;
      now = spare;
    }
  return last[other_len];
}
