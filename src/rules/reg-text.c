/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-rules"

#include "rules/reg-text.h"

#include <string.h>

static gboolean
is_invisible (gunichar c)
{
  /* zero-width space and joiners, word joiner, byte order mark, soft hyphen */
  return (c >= 0x200B && c <= 0x200D) || c == 0x2060 || c == 0xFEFF || c == 0x00AD;
}

static gboolean
is_blank (gunichar c)
{
  return g_unichar_isspace (c) || is_invisible (c) || c == 0x00A0 || c == 0x3000;
}

/**
 * reg_text_append_fold:
 * @out: where to
 * @text: valid UTF-8
 * @len: bytes of @text, or -1
 *
 * Appends text as it is searched and sorted: case folded, accents and other marks taken off,
 * compatibility forms made one, control characters turned to spaces.
 */
void
reg_text_append_fold (GString *out, const char *text, gssize len)
{
  gsize size = len < 0 ? strlen (text) : (gsize)len;
  gsize start = out->len;
  gsize i;

  g_string_set_size (out, start + size);
  for (i = 0; i < size; i++)
    {
      guchar c = text[i];

      if (c >= 0x80)
        break;
      out->str[start + i] = c < 0x20 ? ' ' : g_ascii_tolower (c);
    }
  if (i == size)
    return;

  g_string_truncate (out, start);
  {
    g_autofree char *apart = g_utf8_normalize (text, size, G_NORMALIZE_NFKD);
    g_autofree char *folded = apart != NULL ? g_utf8_casefold (apart, -1) : NULL;

    if (folded == NULL)
      return;
    for (const char *p = folded; *p != '\0'; p = g_utf8_next_char (p))
      {
        gunichar c = g_utf8_get_char (p);

        if (g_unichar_type (c) == G_UNICODE_NON_SPACING_MARK || is_invisible (c))
          continue;
        if (c < 0x20)
          g_string_append_c (out, ' ');
        else
          g_string_append_len (out, p, g_utf8_next_char (p) - p);
      }
  }
}

/**
 * reg_text_fold:
 * @text: valid UTF-8
 * @len: bytes, or -1
 *
 * Returns: (transfer full): the text as reg_text_append_fold () makes it
 */
char *
reg_text_fold (const char *text, gssize len)
{
  GString *out = g_string_new (NULL);

  reg_text_append_fold (out, text, len);
  return g_string_free (out, FALSE);
}

/* Of reg_text_strip (). */
void
reg_text_strip_blanks (const char **text, gsize *len)
{
  const char *p = *text;
  const char *end = p + *len;

  while (p < end)
    {
      guchar c = *p;

      if (c > 0x20 && c < 0x7F)
        break;
      if (!is_blank (g_utf8_get_char (p)))
        break;
      p = g_utf8_next_char (p);
    }
  while (end > p)
    {
      guchar c = end[-1];
      const char *last;

      if (c > 0x20 && c < 0x7F)
        break;
      last = g_utf8_find_prev_char (p, end);
      if (last == NULL || !is_blank (g_utf8_get_char (last)))
        break;
      end = last;
    }
  *text = p;
  *len = end - p;
}

#define ONES G_GUINT64_CONSTANT (0x0101010101010101)

/* Returns: the eight bytes, of which not all need be ASCII */
static guint64
lower_eight (const char *text, char *out)
{
  guint64 piece, lower, from_a, behind_z;

  memcpy (&piece, text, 8);
  /* The highest bit of each byte tells, which no ASCII byte has itself. */
  from_a = (piece & ~(ONES << 7)) + ONES * (0x80 - 'A');
  behind_z = (piece & ~(ONES << 7)) + ONES * (0x80 - 'Z' - 1);
  lower = piece | ((from_a ^ behind_z) & ONES << 7) >> 2;
  memcpy (out, &lower, 8);
  return piece;
}

/* Eight bytes at a time: nothing is called more often than this. FALSE where not all is ASCII. */
static gboolean
lower_ascii (const char *text, gsize len, char *out)
{
  guint64 high = 0;

  for (gsize at = 0; at + 8 < len; at += 8)
    high |= lower_eight (text + at, out + at);
  /* The last eight, some of them for the second time. */
  if (len >= 8)
    high |= lower_eight (text + len - 8, out + len - 8);
  for (gsize at = 0; len < 8 && at < len; at++)
    {
      high |= (guchar)text[at];
      out[at] = g_ascii_tolower (text[at]);
    }
  return (high & ONES << 7) == 0;
}

/**
 * reg_email_key_into:
 * @email: valid UTF-8
 * @len: its bytes
 * @out: where to, not terminated
 * @out_size: room there
 * @out_len: (out): bytes written
 *
 * The key e-mails are matched by: outer blanks and invisible characters taken off, case folded.
 * No allocation for ASCII.
 *
 * Returns: %FALSE where the key does not fit
 */
gboolean
reg_email_key_into (const char *email, gsize len, char *out, gsize out_size, gsize *out_len)
{
  gsize n = 0;

  reg_text_strip (&email, &len);
  if (len > out_size)
    return FALSE;
  if (lower_ascii (email, len, out))
    n = len;
  else
    {
      g_autoptr (GString) clean = g_string_sized_new (len);
      g_autofree char *folded = NULL;

      for (const char *p = email; p < email + len; p = g_utf8_next_char (p))
        if (!is_invisible (g_utf8_get_char (p)))
          g_string_append_len (clean, p, g_utf8_next_char (p) - p);
      folded = g_utf8_casefold (clean->str, clean->len);
      n = strlen (folded);
      if (n > out_size)
        return FALSE;
      memcpy (out, folded, n);
    }
  *out_len = n;
  return TRUE;
}

/**
 * reg_email_key:
 * @email: valid UTF-8
 * @len: its bytes, or -1
 *
 * Returns: (transfer full): the key of reg_email_key_into ()
 */
char *
reg_email_key (const char *email, gssize len)
{
  gsize size = len < 0 ? strlen (email) : (gsize)len;
  gsize room = 3 * size + 16, n = 0;
  g_autofree char *key = g_malloc (room + 1);

  while (!reg_email_key_into (email, size, key, room, &n))
    {
      room *= 2;
      key = g_realloc (key, room + 1);
    }
  key[n] = '\0';
  return g_steal_pointer (&key);
}

static gboolean
is_domain_valid (const char *domain, gsize len)
{
  gsize label = 0;
  gboolean dot = FALSE;

  if (len == 0 || len > 253)
    return FALSE;
  for (gsize i = 0; i < len; i++)
    {
      guchar c = domain[i];

      if (c == '.')
        {
          if (label == 0 || domain[i - 1] == '-')
            return FALSE;
          dot = TRUE;
          label = 0;
          continue;
        }
      if (!(g_ascii_isalnum (c) || c >= 0x80 || (c == '-' && label > 0)) || ++label > 63)
        return FALSE;
    }
  return dot && label > 0 && domain[len - 1] != '-';
}

/**
 * reg_email_is_valid:
 * @email: valid UTF-8, outer blanks already taken off
 * @len: its bytes, or -1
 *
 * Whether a text can be an e-mail address: one @, a local part of the characters RFC 5322 allows
 * unquoted (letters of any script too), and a domain with a dot.
 *
 * Returns: whether it can
 */
gboolean
reg_email_is_valid (const char *email, gssize len)
{
  gsize size = len < 0 ? strlen (email) : (gsize)len;
  const char *at = memchr (email, '@', size);
  gsize local;

  if (at == NULL || memchr (at + 1, '@', size - (at + 1 - email)) != NULL)
    return FALSE;
  local = at - email;
  if (local == 0 || local > 64 || email[0] == '.' || at[-1] == '.')
    return FALSE;
  for (gsize i = 0; i < local; i++)
    {
      guchar c = email[i];

      if (c == '.' && email[i + 1] == '.')
        return FALSE;
      if (c <= 0x20 || c == 0x7F || strchr ("()<>[]:;,\\\"", c) != NULL)
        return FALSE;
    }
  return is_domain_valid (at + 1, size - local - 1);
}

static guint
read_digits (const char *text, guint n)
{
  guint number = 0;

  for (guint i = 0; i < n; i++)
    number = number * 10 + (guint)(text[i] - '0');
  return number;
}

/**
 * reg_date_is_valid:
 * @date: a text
 *
 * Returns: whether it is a day of the calendar, written YYYY-MM-DD
 */
gboolean
reg_date_is_valid (const char *date)
{
  for (int i = 0; i < 10; i++)
    if (i == 4 || i == 7 ? date[i] != '-' : !g_ascii_isdigit (date[i]))
      return FALSE;
  if (date[10] != '\0' || memcmp (date, "0000", 4) == 0)
    return FALSE;
  return g_date_valid_dmy ((GDateDay)read_digits (date + 8, 2),
                           (GDateMonth)read_digits (date + 5, 2), (GDateYear)read_digits (date, 4));
}

/**
 * reg_date_from_time:
 * @unix_seconds: a moment
 * @time_zone: (nullable): IANA name; UTC where it is %NULL or unknown
 *
 * Returns: (transfer full): the day it is there, YYYY-MM-DD
 */
char *
reg_date_from_time (gint64 unix_seconds, const char *time_zone)
{
  g_autoptr (GTimeZone) zone = time_zone != NULL ? g_time_zone_new_identifier (time_zone) : NULL;
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (unix_seconds);
  g_autoptr (GDateTime) there = NULL;

  if (utc == NULL)
    return g_strdup ("1970-01-01");
  there = zone != NULL ? g_date_time_to_timezone (utc, zone) : g_date_time_ref (utc);
  return g_date_time_format (there, "%Y-%m-%d");
}
