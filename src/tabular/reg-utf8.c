/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-tabular"

#include "tabular/reg-utf8.h"

#include <string.h>

#define ONES G_GUINT64_CONSTANT (0x0101010101010101)
#define HIGHS G_GUINT64_CONSTANT (0x8080808080808080)

/* Nonzero when one of the eight bytes is above 127 or NUL. */
static inline guint64
odd_bytes (const char *p)
{
  guint64 w;

  memcpy (&w, p, sizeof w);
  return (w | (w - ONES)) & HIGHS;
}

static inline gboolean
is_tail (guint8 c)
{
  return (c & 0xC0) == 0x80;
}

/* How long the character at @p is that begins with a byte above 127; 0 when it is none or is cut
 * off. */
static inline gsize
wide_character (const guint8 *p, gsize left)
{
  if (p[0] < 0xC2 || p[0] > 0xF4)
    return 0;
  if (p[0] < 0xE0)
    return left >= 2 && is_tail (p[1]) ? 2 : 0;
  if (p[0] < 0xF0)
    {
      if (left < 3 || !is_tail (p[1]) || !is_tail (p[2]))
        return 0;
      if ((p[0] == 0xE0 && p[1] < 0xA0) || (p[0] == 0xED && p[1] > 0x9F))
        return 0;
      return 3;
    }
  if (left < 4 || !is_tail (p[1]) || !is_tail (p[2]) || !is_tail (p[3]))
    return 0;
  if ((p[0] == 0xF0 && p[1] < 0x90) || (p[0] == 0xF4 && p[1] > 0x8F))
    return 0;
  return 4;
}

/**
 * reg_utf8_span:
 * @text: bytes
 * @len: how many
 *
 * Does what g_utf8_validate_len() does, at memory speed where the text is plain ASCII.
 *
 * Returns: how many bytes from the start are whole UTF-8 characters other than NUL
 */
gsize
reg_utf8_span (const char *text, gsize len)
{
  const char *p = text;
  const char *end = text + len;

  while (p < end)
    {
      gsize k;

      while (end - p >= 32
             && (odd_bytes (p) | odd_bytes (p + 8) | odd_bytes (p + 16) | odd_bytes (p + 24)) == 0)
        p += 32;
      while (p < end && (gint8)*p > 0)
        p++;
      if (p == end || *p == '\0')
        break;
      k = wide_character ((const guint8 *)p, (gsize)(end - p));
      if (k == 0)
        break;
      p += k;
    }
  return (gsize)(p - text);
}

/**
 * reg_utf8_is_cut_off:
 * @text: the bytes at which reg_utf8_span() stopped
 * @len: how many there are until the end
 *
 * Returns: whether they may be the start of a character whose rest is still to come
 */
gboolean
reg_utf8_is_cut_off (const char *text, gsize len)
{
  const guint8 *p = (const guint8 *)text;
  guint8 whole[4] = { 0, 0x80, 0x80, 0x80 };

  if (len == 0 || len > 3 || p[0] < 0xC2)
    return FALSE;
  memcpy (whole, p, len);
  /* Only the second byte is bound to a range by the first: fill in one that always fits. */
  if (len == 1)
    whole[1] = p[0] == 0xE0 || p[0] == 0xF0 ? 0xA0 : 0x80;
  return wide_character (whole, 4) > len;
}
