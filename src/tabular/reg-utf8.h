/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gsize reg_utf8_span (const char *text, gsize len);
gboolean reg_utf8_is_cut_off (const char *text, gsize len);

/**
 * reg_utf8_put:
 * @out: where up to four bytes go
 * @c: a code point that is not a surrogate
 *
 * Returns: how many bytes were written
 */
static inline gsize
reg_utf8_put (char *out, guint32 c)
{
  if (c < 0x80)
    {
      out[0] = (char)c;
      return 1;
    }
  if (c < 0x800)
    {
      out[0] = (char)(0xC0 | c >> 6);
      out[1] = (char)(0x80 | (c & 0x3F));
      return 2;
    }
  if (c < 0x10000)
    {
      out[0] = (char)(0xE0 | c >> 12);
      out[1] = (char)(0x80 | (c >> 6 & 0x3F));
      out[2] = (char)(0x80 | (c & 0x3F));
      return 3;
    }
  out[0] = (char)(0xF0 | c >> 18);
  out[1] = (char)(0x80 | (c >> 12 & 0x3F));
  out[2] = (char)(0x80 | (c >> 6 & 0x3F));
  out[3] = (char)(0x80 | (c & 0x3F));
  return 4;
}

G_END_DECLS
