/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-net"

#include "net/reg-json-reader.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

/* Bytes at which the fast scan of a string stops: its end, an escape, and what must not stand in
 * one. */
static const guint8 stops[256] = {
  ['"'] = 1, ['\\'] = 1, [0] = 1,  [1] = 1,  [2] = 1,  [3] = 1,  [4] = 1,  [5] = 1,  [6] = 1,
  [7] = 1,   [8] = 1,    [9] = 1,  [10] = 1, [11] = 1, [12] = 1, [13] = 1, [14] = 1, [15] = 1,
  [16] = 1,  [17] = 1,   [18] = 1, [19] = 1, [20] = 1, [21] = 1, [22] = 1, [23] = 1, [24] = 1,
  [25] = 1,  [26] = 1,   [27] = 1, [28] = 1, [29] = 1, [30] = 1, [31] = 1,
};

/**
 * reg_json_reader_init:
 * @text: (transfer none): changed while it is read; must stay as long as the strings are used, and
 *   text[len] must be readable and 0
 */
void
reg_json_reader_init (RegJsonReader *self, char *text, gsize len)
{
  memset (self, 0, sizeof *self);
  self->start = self->p = text;
  self->end = text + len;
  if (!g_utf8_validate (text, len, &self->at))
    {
      self->what = N_ ("not UTF-8, or with a NUL");
      self->p = self->end;
    }
}

gboolean
reg_json_reader_failed (const RegJsonReader *self)
{
  return self->what != NULL;
}

/**
 * reg_json_reader_fail:
 * @what: static text, marked with N_ (); what is wrong at the place reached
 *
 * For the caller who finds that a value is not what it should be. The first error stays.
 */
void
reg_json_reader_fail (RegJsonReader *self, const char *what)
{
  if (self->what != NULL)
    return;
  self->what = what;
  self->at = self->p;
  self->p = self->end;
}

/**
 * reg_json_reader_fail_value:
 * @what: what kind of value it should have been
 * @value: the value that is not known, of which the beginning is shown
 * @len: bytes of @value
 */
void
reg_json_reader_fail_value (RegJsonReader *self, const char *what, const char *value, gsize len)
{
  const char *end;

  if (self->what != NULL)
    return;
  g_utf8_validate (value, MIN (len, 40), &end);
  /* Translators: the name of a field, and what the LMS says in it. */
  g_snprintf (self->message, sizeof self->message, _ ("%s “%.*s” is not known"), what,
              (int)(end - value), value);
  reg_json_reader_fail (self, self->message);
}

static inline void
skip_space (RegJsonReader *self)
{
  while (*self->p == ' ' || *self->p == '\n' || *self->p == '\t' || *self->p == '\r')
    self->p++;
}

static inline gboolean
take (RegJsonReader *self, char c, const char *what)
{
  skip_space (self);
  if (*self->p != c || self->p == self->end)
    {
      reg_json_reader_fail (self, what);
      return FALSE;
    }
  self->p++;
  return TRUE;
}

/**
 * reg_json_reader_finish:
 *
 * Returns: whether the whole text was one JSON value, read to its end, and nothing was wrong;
 *   otherwise %FALSE with REG_NET_ERROR_GARBLED
 */
gboolean
reg_json_reader_finish (RegJsonReader *self, GError **error)
{
  if (self->what == NULL)
    {
      skip_space (self);
      if (self->p != self->end || self->depth > 0)
        reg_json_reader_fail (self, N_ ("more text than one value"));
    }
  if (self->what == NULL)
    return TRUE;
  g_set_error (error, REG_NET_ERROR, REG_NET_ERROR_GARBLED,
               _ ("The answer cannot be understood (byte %zu: %s)."),
               (gsize)(self->at - self->start), _ (self->what));
  return FALSE;
}

RegJsonType
reg_json_reader_peek (RegJsonReader *self)
{
  skip_space (self);
  if (self->p == self->end)
    return REG_JSON_END;
  switch (*self->p)
    {
    case '{':
      return REG_JSON_OBJECT;
    case '[':
      return REG_JSON_ARRAY;
    case '"':
      return REG_JSON_STRING;
    case 't':
      return REG_JSON_TRUE;
    case 'f':
      return REG_JSON_FALSE;
    case 'n':
      return REG_JSON_NULL;
    case '-':
    case '0':
    case '1':
    case '2':
    case '3':
    case '4':
    case '5':
    case '6':
    case '7':
    case '8':
    case '9':
      return REG_JSON_NUMBER;
    default:
      reg_json_reader_fail (self, N_ ("no value"));
      return REG_JSON_END;
    }
}

static gboolean
begin (RegJsonReader *self, char c, const char *what)
{
  if (!take (self, c, what))
    return FALSE;
  if (self->depth == REG_JSON_MAX_DEPTH)
    {
      reg_json_reader_fail (self, N_ ("nested too deeply"));
      return FALSE;
    }
  self->depth++;
  self->first = TRUE;
  return TRUE;
}

/* Before each member or element: the comma, or the end of the container. */
static gboolean
next (RegJsonReader *self, char close)
{
  gboolean first = self->first;

  self->first = FALSE;
  skip_space (self);
  if (*self->p == close && self->p != self->end)
    {
      self->p++;
      self->depth--;
      return FALSE;
    }
  if (first)
    return self->what == NULL;
  return take (self, ',', close == '}' ? N_ ("no comma or }") : N_ ("no comma or ]"));
}

gboolean
reg_json_reader_begin_object (RegJsonReader *self)
{
  return begin (self, '{', N_ ("no object"));
}

gboolean
reg_json_reader_begin_array (RegJsonReader *self)
{
  return begin (self, '[', N_ ("no list"));
}

/**
 * reg_json_reader_next_element:
 *
 * Returns: %TRUE where an element stands, which must then be read or skipped; %FALSE at the end of
 *   the list, or after an error
 */
gboolean
reg_json_reader_next_element (RegJsonReader *self)
{
  return next (self, ']');
}

static int
hex4 (const char *p)
{
  int value = 0;

  for (guint i = 0; i < 4; i++)
    {
      int digit = g_ascii_xdigit_value (p[i]);

      if (digit < 0)
        return -1;
      value = value << 4 | digit;
    }
  return value;
}

/* The character of a \u escape (or two, for a surrogate pair) at p; *size: bytes taken. */
static gunichar
unescape_unicode (RegJsonReader *self, const char *p, gsize *size)
{
  int high = self->end - p >= 6 ? hex4 (p + 2) : -1;
  int low;

  *size = 6;
  if (high > 0 && (high < 0xd800 || high > 0xdfff))
    return high;
  if (high >= 0xd800 && high < 0xdc00 && self->end - p >= 12 && p[6] == '\\' && p[7] == 'u')
    {
      low = hex4 (p + 8);
      *size = 12;
      if (low >= 0xdc00 && low <= 0xdfff)
        return 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00);
    }
  return 0;
}

/* One escape at p; what it stands for goes to *out, which stays behind p. Returns the place after
 * it, or NULL. */
static const char *
unescape (RegJsonReader *self, const char *p, char **out)
{
  gsize size = 2;
  gunichar c;

  switch (self->end - p >= 2 ? p[1] : 0)
    {
    case '"':
    case '\\':
    case '/':
      c = p[1];
      break;
    case 'b':
      c = '\b';
      break;
    case 'f':
      c = '\f';
      break;
    case 'n':
      c = '\n';
      break;
    case 'r':
      c = '\r';
      break;
    case 't':
      c = '\t';
      break;
    case 'u':
      c = unescape_unicode (self, p, &size);
      break;
    default:
      c = 0;
    }
  if (c == 0)
    return NULL;
  if (out != NULL)
    *out += g_unichar_to_utf8 (c, *out);
  return p + size;
}

/* Reads a string. With write FALSE the text stays as it is. Returns its first byte. */
static char *
scan_string (RegJsonReader *self, gboolean write, gsize *len)
{
  char *start, *p, *out;

  if (!take (self, '"', N_ ("no string")))
    return NULL;
  start = p = self->p;
  while (!stops[(guint8)*p])
    p++;
  out = p;
  while (*p != '"')
    {
      if (*p == '\\')
        {
          const char *after = unescape (self, p, write ? &out : NULL);

          if (after == NULL)
            {
              self->p = p;
              reg_json_reader_fail (self, N_ ("an escape that means nothing"));
              return NULL;
            }
          p += after - p;
        }
      else if ((guint8)*p < 0x20)
        {
          self->p = p;
          reg_json_reader_fail (self, p == self->end ? N_ ("a string without end")
                                                     : N_ ("a control character in a string"));
          return NULL;
        }
      else if (write)
        *out++ = *p++;
      else
        p++;
    }
  self->p = p + 1;
  *len = out - start;
  return start;
}

/**
 * reg_json_reader_next_member:
 * @name: (out): its name, not NUL-terminated
 * @len: (out): bytes of @name
 *
 * Returns: %TRUE where a member stands, whose value must then be read or skipped; %FALSE at the end
 *   of the object, or after an error
 */
gboolean
reg_json_reader_next_member (RegJsonReader *self, const char **name, gsize *len)
{
  if (!next (self, '}'))
    return FALSE;
  *name = scan_string (self, TRUE, len);
  return *name != NULL && take (self, ':', N_ ("no colon"));
}

/**
 * reg_json_reader_get_string:
 * @len: (out) (optional): bytes of it
 *
 * Returns: (nullable) (transfer none): the string, NUL-terminated, in the text that is read; %NULL
 *   for null, or after an error
 */
char *
reg_json_reader_get_string (RegJsonReader *self, gsize *len)
{
  gsize size = 0;
  char *text = NULL;

  skip_space (self);
  if (*self->p != 'n')
    text = scan_string (self, TRUE, &size);
  else
    reg_json_reader_get_null (self);
  if (text != NULL)
    text[size] = '\0';
  if (len != NULL)
    *len = size;
  return text;
}

static char *
scan_digits (RegJsonReader *self, char *p)
{
  if (!g_ascii_isdigit (*p))
    {
      self->p = p;
      reg_json_reader_fail (self, N_ ("no digit"));
      return NULL;
    }
  while (g_ascii_isdigit (*p))
    p++;
  return p;
}

/* The number at the place reached, of any kind. */
static void
skip_number (RegJsonReader *self)
{
  char *p = self->p;
  gboolean zero;

  if (*p == '-')
    p++;
  zero = *p == '0';
  if (zero)
    p++;
  else if ((p = scan_digits (self, p)) == NULL)
    return;
  if (*p == '.' && (p = scan_digits (self, p + 1)) == NULL)
    return;
  if (*p == 'e' || *p == 'E')
    {
      p++;
      if (*p == '+' || *p == '-')
        p++;
      if ((p = scan_digits (self, p)) == NULL)
        return;
    }
  self->p = p;
  if (g_ascii_isdigit (*p))
    reg_json_reader_fail (self, N_ ("a number that begins with 0"));
}

/**
 * reg_json_reader_get_int64:
 *
 * Returns: the whole number; 0 for null. A fraction, an exponent or a number outside of 64 bits is
 *   an error.
 */
gint64
reg_json_reader_get_int64 (RegJsonReader *self)
{
  gboolean negative;
  guint64 value = 0;
  char *p, *digits;

  skip_space (self);
  p = self->p;
  if (*p == 'n')
    {
      reg_json_reader_get_null (self);
      return 0;
    }
  negative = *p == '-';
  if (negative)
    p++;
  digits = p;
  for (; g_ascii_isdigit (*p); p++)
    {
      if (value > (G_MAXUINT64 - 9) / 10)
        break;
      value = value * 10 + (*p - '0');
    }
  if (p == digits || *p == '.' || *p == 'e' || *p == 'E' || (*digits == '0' && p - digits > 1))
    reg_json_reader_fail (self, N_ ("no whole number"));
  else if (g_ascii_isdigit (*p) || value > (guint64)G_MAXINT64 + negative)
    reg_json_reader_fail (self, N_ ("a number that is too large"));
  else
    {
      self->p = p;
      return negative ? (gint64)(0 - value) : (gint64)value;
    }
  return 0;
}

static gboolean
take_word (RegJsonReader *self, const char *word)
{
  gsize len = strlen (word);

  if ((gsize)(self->end - self->p) < len || memcmp (self->p, word, len) != 0)
    {
      reg_json_reader_fail (self, N_ ("no value"));
      return FALSE;
    }
  self->p += len;
  return TRUE;
}

/* null counts as FALSE. */
gboolean
reg_json_reader_get_boolean (RegJsonReader *self)
{
  skip_space (self);
  if (*self->p == 't')
    return take_word (self, "true");
  if (*self->p == 'f')
    take_word (self, "false");
  else
    reg_json_reader_get_null (self);
  return FALSE;
}

/**
 * reg_json_reader_get_null:
 *
 * Returns: whether a null stood there; anything else is an error
 */
gboolean
reg_json_reader_get_null (RegJsonReader *self)
{
  skip_space (self);
  return take_word (self, "null");
}

static void
skip_object (RegJsonReader *self)
{
  gsize len;

  if (!begin (self, '{', N_ ("no object")))
    return;
  while (next (self, '}'))
    {
      if (scan_string (self, FALSE, &len) == NULL || !take (self, ':', N_ ("no colon")))
        return;
      reg_json_reader_skip (self);
    }
}

static void
skip_array (RegJsonReader *self)
{
  if (!begin (self, '[', N_ ("no list")))
    return;
  while (next (self, ']'))
    reg_json_reader_skip (self);
}

/**
 * reg_json_reader_skip:
 *
 * Passes over one value, checks it, and leaves its text as it is.
 */
void
reg_json_reader_skip (RegJsonReader *self)
{
  gsize len;

  switch (reg_json_reader_peek (self))
    {
    case REG_JSON_OBJECT:
      skip_object (self);
      break;
    case REG_JSON_ARRAY:
      skip_array (self);
      break;
    case REG_JSON_STRING:
      scan_string (self, FALSE, &len);
      break;
    case REG_JSON_NUMBER:
      skip_number (self);
      break;
    case REG_JSON_TRUE:
    case REG_JSON_FALSE:
      reg_json_reader_get_boolean (self);
      break;
    case REG_JSON_NULL:
      reg_json_reader_get_null (self);
      break;
    case REG_JSON_END:
      reg_json_reader_fail (self, N_ ("no value"));
      break;
    }
}

/**
 * reg_json_reader_get_raw:
 * @len: (out): bytes of it
 *
 * Passes over one value like reg_json_reader_skip ().
 *
 * Returns: (nullable) (transfer none): its text as it came, not NUL-terminated; %NULL after an
 * error
 */
const char *
reg_json_reader_get_raw (RegJsonReader *self, gsize *len)
{
  const char *start;

  skip_space (self);
  start = self->p;
  reg_json_reader_skip (self);
  *len = self->p - start;
  return self->what == NULL ? start : NULL;
}

/**
 * reg_json_reader_rewind:
 * @raw: what reg_json_reader_get_raw () answered last
 *
 * Goes back to the beginning of that value, to read it once more.
 */
void
reg_json_reader_rewind (RegJsonReader *self, const char *raw)
{
  if (self->what == NULL)
    self->p = (char *)raw;
}
