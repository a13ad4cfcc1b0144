/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-imports"

#include "imports/reg-import-date.h"

#include <string.h>

/* Reads up to max digits; returns how many there were. */
static gsize
read_number (const char **p, const char *end, gsize max, int *value)
{
  gsize n = 0;

  *value = 0;
  while (*p < end && n < max && g_ascii_isdigit (**p))
    {
      *value = *value * 10 + (**p - '0');
      (*p)++;
      n++;
    }
  return n;
}

/* "2026-03-04 00:00:00", "…T00:00": a moment of that day is that day. */
static gboolean
is_time_of_day (const char *p, const char *end)
{
  if (p == end)
    return TRUE;
  if (*p != ' ' && *p != 'T')
    return FALSE;
  for (p++; p < end; p++)
    if (!g_ascii_isdigit (*p) && *p != ':' && *p != '.' && *p != 'Z')
      return FALSE;
  return TRUE;
}

static gboolean
put_date (RegDate out, int year, int month, int day)
{
  if (year < 1900 || year > 9999 || month > 12 || !g_date_valid_dmy (day, month, year))
    return FALSE;
  g_snprintf (out, sizeof (RegDate), "%04d-%02d-%02d", year, month, day);
  return TRUE;
}

/* Two small numbers and a year, told apart as well as one cell alone allows. */
static RegDateReading
read_either (int first, int second, int year, char separator, RegDate date, RegDate other)
{
  gboolean day_first = put_date (date, year, second, first);
  gboolean month_first = put_date (other, year, first, second);

  /* Nobody writes the month first with full stops. */
  if (separator == '.')
    return day_first ? REG_DATE_CERTAIN : REG_DATE_INVALID;
  if (day_first && month_first)
    return strcmp (date, other) == 0 ? REG_DATE_CERTAIN : REG_DATE_EITHER;
  if (month_first)
    memcpy (date, other, sizeof (RegDate));
  return day_first ? REG_DATE_DAY_FIRST : month_first ? REG_DATE_MONTH_FIRST : REG_DATE_INVALID;
}

static int
read_month (const char **p, const char *end)
{
  static const char *const months[] = { "january",   "february", "march",    "april",
                                        "may",       "june",     "july",     "august",
                                        "september", "october",  "november", "december" };
  gsize n = 0;

  while (*p + n < end && g_ascii_isalpha ((*p)[n]))
    n++;
  for (int i = 0; n >= 3 && i < 12; i++)
    if (g_ascii_strncasecmp (*p, months[i], n) == 0)
      {
        *p += n;
        return i + 1;
      }
  return 0;
}

/* "31-Jan-2031", "31 January 2031": as databases and spreadsheet programs write it in English. */
static RegDateReading
read_named_month (const char *p, const char *end, int day, RegDate date)
{
  char separator = *p++;
  int month = read_month (&p, end), year;

  if (month == 0 || p == end || *p != separator)
    return REG_DATE_INVALID;
  p++;
  if (read_number (&p, end, 4, &year) != 4 || !is_time_of_day (p, end))
    return REG_DATE_INVALID;
  return put_date (date, year, month, day) ? REG_DATE_CERTAIN : REG_DATE_INVALID;
}

/* "20310131", as SAP writes it: eight digits, of which the first two are those of a year. */
static RegDateReading
read_compact (const char *text, RegDate date)
{
  const char *p = text, *end = text + 8;
  int year, month, day;

  if (read_number (&p, end, 4, &year) + read_number (&p, end, 2, &month)
          + read_number (&p, end, 2, &day)
      != 8)
    return REG_DATE_INVALID;
  return year < 2100 && put_date (date, year, month, day) ? REG_DATE_CERTAIN : REG_DATE_INVALID;
}

/**
 * reg_import_date_read:
 * @text: outer blanks already taken off
 * @len: its bytes
 * @date: (out): the date
 * @other: (out): its other reading
 *
 * Reads 2026-12-31 (and with / or .), 31.12.2026, 31/12/2026 and 12/31/2026, 20261231, and
 * 31-Dec-2026 with English months. Years have four digits.
 *
 * Returns: how sure it is
 */
RegDateReading
reg_import_date_read (const char *text, gsize len, RegDate date, RegDate other)
{
  const char *p = text, *end = text + len;
  int numbers[3];
  gsize digits[3];
  char separator = '\0';

  if (len == 8 && strchr ("-/.", text[4]) == NULL)
    {
      RegDateReading compact = read_compact (text, date);

      if (compact != REG_DATE_INVALID)
        return compact;
    }
  for (int i = 0; i < 3; i++)
    {
      digits[i] = read_number (&p, end, 4, &numbers[i]);
      if (digits[i] == 0)
        return REG_DATE_INVALID;
      if (i == 2)
        break;
      if (i == 0 && digits[0] <= 2 && end - p > 4 && g_ascii_isalpha (p[1])
          && strchr ("- ", *p) != NULL)
        return read_named_month (p, end, numbers[0], date);
      if (p == end || strchr ("-/.", *p) == NULL || (i == 1 && *p != separator))
        return REG_DATE_INVALID;
      separator = *p++;
    }
  if (!is_time_of_day (p, end))
    return REG_DATE_INVALID;
  if (digits[0] == 4 && digits[1] <= 2 && digits[2] <= 2)
    return put_date (date, numbers[0], numbers[1], numbers[2]) ? REG_DATE_CERTAIN
                                                               : REG_DATE_INVALID;
  if (digits[0] > 2 || digits[1] > 2 || digits[2] != 4)
    return REG_DATE_INVALID;
  return read_either (numbers[0], numbers[1], numbers[2], separator, date, other);
}
