/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-tabular"

#include "tabular/reg-xlsx-format.h"

#include <math.h>
#include <string.h>

#define DAY_SECONDS G_GINT64_CONSTANT (86400)
/* The last day that spreadsheets know, 9999-12-31 */
#define MAX_SERIAL 2958466.0

/**
 * reg_xlsx_format_for_id:
 * @id: the number of a built-in format
 *
 * Returns: what it does
 */
RegXlsxFormat
reg_xlsx_format_for_id (guint id)
{
  RegXlsxFormat format = { REG_XLSX_GENERAL, "" };

  if (id == 22)
    format.kind = REG_XLSX_DATE_TIME;
  else if (id == 46)
    format.kind = REG_XLSX_ELAPSED;
  else if ((id >= 18 && id <= 21) || id == 45 || id == 47)
    format.kind = REG_XLSX_TIME;
  /* 27 to 36 and 50 to 58 are dates wherever they mean anything, in East Asian editions */
  else if ((id >= 14 && id <= 17) || (id >= 27 && id <= 36) || (id >= 50 && id <= 58))
    format.kind = REG_XLSX_DATE;
  return format;
}

/* The first section of a format code, cut into what it shows as it stands and what has a meaning */
typedef struct
{
  GString *chars;
  GString *marks; /* 'L': literal, 'C': code; one for every byte of @chars */
  gboolean elapsed;
} Section;

static void
add_char (Section *section, char c, char mark)
{
  g_string_append_c (section->chars, c);
  g_string_append_c (section->marks, mark);
}

/* `[Red]`, `[$-409]` and conditions show nothing; `[h]` and its kin count on past a day. */
static const char *
read_bracket (Section *section, const char *p)
{
  const char *end = strchr (p, ']');
  gsize n;

  if (end == NULL)
    return p + strlen (p);
  n = (gsize)(end - p) - 1;
  if (n > 0 && strspn (p + 1, "hHmMsS") == n)
    {
      section->elapsed = TRUE;
      add_char (section, 'h', 'C');
    }
  return end + 1;
}

static void
read_section (Section *section, const char *p)
{
  while (*p != '\0' && *p != ';')
    switch (*p)
      {
      case '"':
        for (p++; *p != '\0' && *p != '"'; p++)
          add_char (section, *p, 'L');
        p += *p == '"';
        break;
      case '\\':
        p++;
        if (*p != '\0')
          add_char (section, *p++, 'L');
        break;
      case '_': /* room as wide as the next character */
      case '*': /* the next character, as often as it fits */
        p += p[1] != '\0' ? 2 : 1;
        break;
      case '[':
        p = read_bracket (section, p);
        break;
      case '-':
      case ' ':
      case '(':
      case ')':
        add_char (section, *p++, 'L');
        break;
      default:
        add_char (section, g_ascii_tolower (*p++), 'C');
      }
}

static RegXlsxFormatKind
find_date_kind (const Section *section)
{
  g_autoptr (GString) codes = g_string_new (NULL);
  gboolean date, time;

  for (gsize i = 0; i < section->chars->len; i++)
    if (section->marks->str[i] == 'C')
      g_string_append_c (codes, section->chars->str[i]);
  time = strstr (codes->str, "am/pm") != NULL || strpbrk (codes->str, "hs") != NULL;
  g_string_replace (codes, "am/pm", "", 0);
  if (g_str_has_prefix (codes->str, "general"))
    return REG_XLSX_GENERAL;
  /* an m beside hours or seconds is minutes */
  date = strpbrk (codes->str, "yd") != NULL || (!time && strchr (codes->str, 'm') != NULL);
  if (date)
    return time ? REG_XLSX_DATE_TIME : REG_XLSX_DATE;
  if (time)
    return section->elapsed ? REG_XLSX_ELAPSED : REG_XLSX_TIME;
  return REG_XLSX_GENERAL;
}

/* `00000` and `000-00`: an identifier, of which the number has lost its zeros */
static gboolean
is_padded (const Section *section)
{
  guint zeros = 0;

  for (gsize i = 0; i < section->chars->len; i++)
    {
      gboolean zero = section->chars->str[i] == '0';

      if (zero == (section->marks->str[i] == 'L'))
        return FALSE;
      zeros += zero;
    }
  return zeros >= 2 && section->chars->len < REG_XLSX_MAX_PADDED;
}

/**
 * reg_xlsx_format_for_code:
 * @code: a format as workbooks write it, such as `yyyy-mm-dd` or `00000`
 *
 * Returns: what it does
 */
RegXlsxFormat
reg_xlsx_format_for_code (const char *code)
{
  RegXlsxFormat format = { REG_XLSX_GENERAL, "" };
  Section section = { g_string_new (NULL), g_string_new (NULL), FALSE };

  read_section (&section, code);
  format.kind = find_date_kind (&section);
  if (format.kind == REG_XLSX_GENERAL && is_padded (&section))
    {
      format.kind = REG_XLSX_PADDED;
      g_strlcpy (format.template, section.chars->str, sizeof format.template);
    }
  g_string_free (section.chars, TRUE);
  g_string_free (section.marks, TRUE);
  return format;
}

/* `d.ddde±xx` to what a person writes: no exponent as long as the zeros can be counted. */
static gsize
write_digits (const char *scientific, char *out)
{
  gboolean negative = scientific[0] == '-';
  const char *p = scientific + negative;
  const char *e = strchr (p, 'e');
  char digits[24];
  int n = 0;
  int exponent = (int)g_ascii_strtoll (e + 1, NULL, 10);
  char *o = out;

  for (; p < e; p++)
    if (*p != '.')
      digits[n++] = *p;
  while (n > 1 && digits[n - 1] == '0')
    n--;
  if (negative)
    *o++ = '-';
  if (exponent < -7 || exponent > 20)
    {
      *o++ = digits[0];
      if (n > 1)
        *o++ = '.';
      for (int i = 1; i < n; i++)
        *o++ = digits[i];
      return (gsize)(o - out) + (gsize)g_snprintf (o, 8, "E%+03d", exponent);
    }
  if (exponent < 0)
    {
      *o++ = '0';
      *o++ = '.';
      for (int i = -1; i > exponent; i--)
        *o++ = '0';
      memcpy (o, digits, (gsize)n);
      return (gsize)(o - out) + (gsize)n;
    }
  for (int i = 0; i < MAX (n, exponent + 1); i++)
    {
      *o++ = i < n ? digits[i] : '0';
      if (i == exponent && n > exponent + 1)
        *o++ = '.';
    }
  return (gsize)(o - out);
}

/* The shortest text that is this number again */
static gsize
write_number (double value, char out[REG_XLSX_MAX_NUMBER])
{
  char scientific[40];

  if (value == 0)
    {
      out[0] = '0';
      return 1;
    }
  for (int digits = 14; digits <= 16; digits++)
    {
      char format[8];

      g_snprintf (format, sizeof format, "%%.%de", digits);
      g_ascii_formatd (scientific, sizeof scientific, format, value);
      if (g_ascii_strtod (scientific, NULL) == value)
        break;
    }
  return write_digits (scientific, out);
}

static char *
put_two (char *out, int value)
{
  out[0] = (char)('0' + value / 10);
  out[1] = (char)('0' + value % 10);
  return out + 2;
}

static char *
put_time (char *out, gint64 second_of_day)
{
  int s = (int)second_of_day;

  out = put_two (out, s / 3600);
  *out++ = ':';
  out = put_two (out, s / 60 % 60);
  *out++ = ':';
  return put_two (out, s % 60);
}

/* @days as spreadsheets count them from 1900, which they take for a leap year */
static char *
put_day (char *out, gint64 days)
{
  GDate date;

  if (days == 0 || days == 60)
    {
      /* two days that never were */
      memcpy (out, days == 0 ? "1900-01-00" : "1900-02-29", 10);
      return out + 10;
    }
  g_date_clear (&date, 1);
  /* 693594 is 1899-12-30 */
  g_date_set_julian (&date, (guint32)(693594 + days + (days < 60 ? 1 : 0)));
  out = put_two (out, g_date_get_year (&date) / 100);
  out = put_two (out, g_date_get_year (&date) % 100);
  *out++ = '-';
  out = put_two (out, (int)g_date_get_month (&date));
  *out++ = '-';
  return put_two (out, g_date_get_day (&date));
}

static gsize
write_date (double value, RegXlsxFormatKind kind, gboolean date1904, char out[REG_XLSX_MAX_NUMBER])
{
  gint64 seconds = (gint64)floor (value * (double)DAY_SECONDS + 0.5);
  gint64 days = seconds / DAY_SECONDS;
  char *end;

  if (kind == REG_XLSX_ELAPSED)
    return (gsize)g_snprintf (out, REG_XLSX_MAX_NUMBER, "%" G_GINT64_FORMAT ":%02d:%02d",
                              seconds / 3600, (int)(seconds / 60 % 60), (int)(seconds % 60));
  if (days == 0 && (kind == REG_XLSX_TIME || (kind == REG_XLSX_DATE_TIME && !date1904)))
    return (gsize)(put_time (out, seconds) - out);
  end = put_day (out, days + (date1904 ? 1462 : 0));
  if (kind != REG_XLSX_DATE && seconds % DAY_SECONDS != 0)
    {
      *end++ = ' ';
      end = put_time (end, seconds % DAY_SECONDS);
    }
  return (gsize)(end - out);
}

/* Puts the digits into the template from the right; what has no place left goes before the first.
 */
static gsize
write_padded (const char *template, const char *digits, gsize n, char out[REG_XLSX_MAX_NUMBER])
{
  gsize places = 0;
  char *o = out;

  for (const char *t = template; *t != '\0'; t++)
    places += *t == '0';
  for (const char *t = template; *t != '\0'; t++)
    {
      if (*t != '0')
        {
          *o++ = *t;
          continue;
        }
      /* as many digits as leave one for every place that follows */
      if (places > n)
        *o++ = '0';
      for (; n >= places; n--)
        *o++ = *digits++;
      places--;
    }
  return (gsize)(o - out);
}

static gboolean
is_integer (const char *raw, gsize len)
{
  if (len == 0 || len > 20 || (raw[0] == '0' && len > 1))
    return FALSE;
  for (gsize i = 0; i < len; i++)
    if (!g_ascii_isdigit (raw[i]))
      return FALSE;
  return TRUE;
}

static gboolean
read_number (const char *raw, gsize len, double *value)
{
  char copy[REG_XLSX_MAX_NUMBER];
  char *end;

  if (len == 0 || len >= sizeof copy)
    return FALSE;
  if (len <= 15 && is_integer (raw, len))
    {
      gint64 whole = 0;

      for (gsize i = 0; i < len; i++)
        whole = whole * 10 + (raw[i] - '0');
      *value = (double)whole;
      return TRUE;
    }
  for (gsize i = 0; i < len; i++)
    if (!g_ascii_isdigit (raw[i]) && strchr ("+-.eE", raw[i]) == NULL)
      return FALSE;
  memcpy (copy, raw, len);
  copy[len] = '\0';
  *value = g_ascii_strtod (copy, &end);
  return *end == '\0' && isfinite (*value);
}

/**
 * reg_xlsx_format_number:
 * @self: the cell's number format
 * @raw: the number as it stands in the file
 * @len: its length in bytes
 * @date1904: the workbook counts days from 1904
 * @out: where the text goes
 *
 * Makes the text of a number: a date in ISO form, an identifier with its zeros, or the shortest way
 * to write the number.
 *
 * Returns: the length of the text; 0 when @raw is no number and may stay as it is
 */
gsize
reg_xlsx_format_number (const RegXlsxFormat *self,
                        const char *raw,
                        gsize len,
                        gboolean date1904,
                        char out[REG_XLSX_MAX_NUMBER])
{
  double value;
  gsize n;

  if (self->kind == REG_XLSX_GENERAL && is_integer (raw, len))
    return 0;
  if (!read_number (raw, len, &value))
    return 0;
  if (self->kind != REG_XLSX_GENERAL && self->kind != REG_XLSX_PADDED && value >= 0
      && value < (date1904 ? MAX_SERIAL - 1462 : MAX_SERIAL))
    return write_date (value, self->kind, date1904, out);
  if (is_integer (raw, len))
    memcpy (out, raw, n = len);
  else
    n = write_number (value, out);
  if (self->kind == REG_XLSX_PADDED && is_integer (out, n))
    {
      char digits[REG_XLSX_MAX_NUMBER];

      memcpy (digits, out, n);
      return write_padded (self->template, digits, n, out);
    }
  return n;
}

static gboolean
has_shape (const char *text, gsize len, const char *shape)
{
  gsize n = strlen (shape);

  if (len < n)
    return FALSE;
  for (gsize i = 0; i < n; i++)
    if (shape[i] == '0' ? !g_ascii_isdigit (text[i]) : text[i] != shape[i])
      return FALSE;
  return TRUE;
}

/**
 * reg_xlsx_format_iso_date:
 * @raw: what a cell of the type "d" has
 * @len: its length in bytes
 * @out: where the text goes
 *
 * Returns: the length of the date as our other dates are written; 0 when @raw may stay as it is
 */
gsize
reg_xlsx_format_iso_date (const char *raw, gsize len, char out[REG_XLSX_MAX_NUMBER])
{
  static const char date[] = "0000-00-00";
  static const gsize date_len = sizeof date - 1;
  const char *time = raw + date_len + 1;

  if (!has_shape (raw, len, date) || len == date_len)
    return 0;
  if (raw[date_len] != 'T' || !has_shape (time, len - date_len - 1, "00:00"))
    return 0;
  memcpy (out, raw, date_len);
  if (has_shape (time, len - date_len - 1, "00:00:00"))
    g_snprintf (out + date_len, REG_XLSX_MAX_NUMBER - date_len, " %.8s", time);
  else
    g_snprintf (out + date_len, REG_XLSX_MAX_NUMBER - date_len, " %.5s:00", time);
  return strcmp (out + date_len, " 00:00:00") == 0 ? date_len : strlen (out);
}
