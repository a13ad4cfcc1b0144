/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-tabular"

#include "tabular/reg-xml-text.h"

#include "tabular/reg-utf8.h"

#include <string.h>

#define REPLACEMENT 0xFFFD
#define LONGEST_REFERENCE 12

/* A reference such as `&amp;` or `&#233;`: puts its character, and returns how long it is in the
 * text; 0 when it is none. */
static gsize
decode_reference (char **out, const char *p, gsize left)
{
  static const struct
  {
    const char *name;
    char c;
  } names[] = {
    { "&amp;", '&' }, { "&lt;", '<' }, { "&gt;", '>' }, { "&quot;", '"' }, { "&apos;", '\'' }
  };
  const char *end = memchr (p, ';', MIN (left, LONGEST_REFERENCE));
  gsize n = end != NULL ? (gsize)(end - p) + 1 : 0;
  guint32 c = 0;
  gboolean hex;

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (n == strlen (names[i].name) && memcmp (p, names[i].name, n) == 0)
      {
        *(*out)++ = names[i].c;
        return n;
      }
  hex = n > 3 && (p[2] == 'x' || p[2] == 'X');
  if (n < (hex ? 5u : 4u) || p[1] != '#')
    return 0;
  for (const char *d = p + (hex ? 3 : 2); d < end; d++)
    {
      if (hex ? !g_ascii_isxdigit (*d) : !g_ascii_isdigit (*d))
        return 0;
      c = MIN (c * (hex ? 16 : 10) + (guint32)g_ascii_xdigit_value (*d), 0x110000u);
    }
  if (c == 0 || c >= 0x110000 || (c >= 0xD800 && c < 0xE000))
    c = REPLACEMENT;
  *out += reg_utf8_put (*out, c);
  return n;
}

/* `_x000D_`, the way workbooks write what XML cannot: one UTF-16 unit in four hexadecimal digits */
static gboolean
read_unit (const char *p, gsize left, guint32 *unit)
{
  if (left < 7 || p[0] != '_' || p[1] != 'x' || p[6] != '_')
    return FALSE;
  *unit = 0;
  for (int i = 2; i < 6; i++)
    {
      if (!g_ascii_isxdigit (p[i]))
        return FALSE;
      *unit = *unit << 4 | (guint32)g_ascii_xdigit_value (p[i]);
    }
  return TRUE;
}

static gsize
decode_unit (char **out, const char *p, gsize left)
{
  guint32 c;
  guint32 low;
  gsize n = 7;

  if (!read_unit (p, left, &c))
    return 0;
  if (c >= 0xD800 && c < 0xDC00 && read_unit (p + 7, left - 7, &low) && low >= 0xDC00
      && low < 0xE000)
    {
      c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
      n = 14;
    }
  if (c == 0 || (c >= 0xD800 && c < 0xE000))
    c = REPLACEMENT;
  *out += reg_utf8_put (*out, c);
  return n;
}

/**
 * reg_xml_text_decode:
 * @out: where the text goes; it never gets longer, so this may be @text itself or stand before it
 * @text: text of an XML element, valid UTF-8
 * @len: its length in bytes
 * @literal: it stood in a CDATA section, where references have no meaning
 *
 * Resolves references, the `_xHHHH_` of workbooks, and line ends, which XML reads as LF. What is no
 * known reference stays as it is; what stands for no character becomes U+FFFD.
 *
 * Returns: the length of the result; it is not NUL-terminated
 */
gsize
reg_xml_text_decode (char *out, const char *text, gsize len, gboolean literal)
{
  const char *p = text;
  const char *end = text + len;
  char *o = out;

  while (p < end)
    {
      gsize n = 0;

      if (*p == '&' && !literal)
        n = decode_reference (&o, p, (gsize)(end - p));
      else if (*p == '_')
        n = decode_unit (&o, p, (gsize)(end - p));
      else if (*p == '\r')
        {
          *o++ = '\n';
          n = end - p > 1 && p[1] == '\n' ? 2 : 1;
        }
      if (n == 0)
        *o++ = *p++;
      else
        p += n;
    }
  return (gsize)(o - out);
}
