/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-tabular"

#include "tabular/reg-text-encoding.h"

#include "tabular/reg-tabular-error.h"
#include "tabular/reg-text-window.h"
#include "tabular/reg-utf8.h"

#include <glib/gi18n-lib.h>
#include <string.h>
#include <uchardet.h>

/* So much of the file is looked at. What comes later and does not fit is an error that names the
 * line. */
#define LOOK_AT (G_GUINT64_CONSTANT (64) << 20)
#define BLOCK ((gsize)256 * 1024)
/* Statistics are slow, and more text does not make them better. */
#define STATISTICS_BLOCKS 2
#define WIDE_SAMPLE ((gsize)64 * 1024)
/* Text of another script has more letters above 127 than this share; western text has fewer, and on
 * few letters the statistics of other encodings are no better than a coin. */
#define OTHER_SCRIPT_SHARE 0.10
/* More than one byte in so many is no text. */
#define MOST_CONTROLS 32

static const struct
{
  const char *encoding;
  guint8 len;
  guint8 bytes[4];
} boms[] = {
  { "UTF-8", 3, { 0xEF, 0xBB, 0xBF, 0 } },
  /* before UTF-16LE, whose mark it begins with */
  { "UTF-32LE", 4, { 0xFF, 0xFE, 0, 0 } },
  { "UTF-32BE", 4, { 0, 0, 0xFE, 0xFF } },
  { "UTF-16LE", 2, { 0xFF, 0xFE, 0, 0 } },
  { "UTF-16BE", 2, { 0xFE, 0xFF, 0, 0 } },
};

static gsize
find_bom (const guint8 *start, gsize len)
{
  for (gsize i = 0; i < G_N_ELEMENTS (boms); i++)
    if (len >= boms[i].len && memcmp (start, boms[i].bytes, boms[i].len) == 0)
      return i;
  return G_N_ELEMENTS (boms);
}

/**
 * reg_text_encoding_skip_bom:
 * @start: the first bytes of a file
 * @len: how many there are
 * @encoding: what a person says they are
 *
 * Returns: the length of the byte order mark, if they begin with the one of @encoding
 */
gsize
reg_text_encoding_skip_bom (const guint8 *start, gsize len, const char *encoding)
{
  gsize i = find_bom (start, len);

  if (i < G_N_ELEMENTS (boms) && g_ascii_strcasecmp (boms[i].encoding, encoding) == 0)
    return boms[i].len;
  return 0;
}

/* UTF-32 without a mark: nothing else has a character in every four bytes. */
static const char *
guess_utf32 (const guint8 *p, gsize len)
{
  gboolean fits[2] = { len >= 4, len >= 4 }; /* little endian, big endian */

  for (gsize i = 0; i + 4 <= len; i += 4)
    for (gsize big = 0; big < 2; big++)
      {
        guint32 c = big ? GUINT32_FROM_BE (*(const guint32 *)(const void *)(p + i))
                        : GUINT32_FROM_LE (*(const guint32 *)(const void *)(p + i));

        fits[big] &= c != 0 && g_unichar_validate (c);
      }
  return fits[0] ? "UTF-32LE" : fits[1] ? "UTF-32BE" : NULL;
}

/* UTF-16 without a mark: nearly all that separates cells and lines has its NUL beside it, and
 * always on the same side. A stray NUL in another text has not. */
static const char *
guess_utf16 (const guint8 *p, gsize len)
{
  gsize separators = 0;
  gsize paired[2] = { 0, 0 }; /* little endian, big endian */
  gsize zeros[2] = { 0, 0 };  /* at odd places, at even ones */
  gsize pairs = len / 2;

  for (gsize i = 0; i < pairs * 2; i++)
    {
      zeros[1 - (i & 1)] += p[i] == 0;
      if (p[i] != 0 && strchr (",;\t\r\n", p[i]) != NULL)
        {
          separators++;
          paired[i & 1] += p[i ^ 1] == 0;
        }
    }
  for (gsize big = 0; big < 2; big++)
    if ((paired[big] > 0 && paired[big] * 2 >= separators && paired[1 - big] * 10 <= paired[big])
        || (separators == 0 && pairs > 0 && zeros[big] == pairs && zeros[1 - big] == 0))
      return big == 0 ? "UTF-16LE" : "UTF-16BE";
  return NULL;
}

static gssize
read_input (gpointer source, guint8 *buffer, gsize n, GError **error)
{
  RegInput *input = source;

  if (reg_input_get_position (input) >= LOOK_AT)
    return 0;
  return reg_input_read (input, buffer, n, error);
}

/* Sets @decodes to whether the looked-at part is text in @encoding; FALSE when it cannot be read.
 */
static gboolean
try_encoding (RegInput *input, const char *encoding, RegTextState *state, GError **error)
{
  g_autoptr (RegTextWindow) window = NULL;
  g_autoptr (GError) local = NULL;

  *state = REG_TEXT_UNDECODABLE;
  reg_input_seek (input, 0);
  window = reg_text_window_new (read_input, input, encoding, NULL);
  if (window == NULL)
    return TRUE;
  while (reg_text_window_more (window, window->len, &local))
    ;
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  *state = window->state;
  return TRUE;
}

/* How often every byte occurs in the looked-at part */
typedef struct
{
  guint64 seen[256];
} Counts;

static gboolean
count_bytes (RegInput *input, Counts *counts, GError **error)
{
  g_autofree guint8 *block = g_malloc (BLOCK);
  gssize got;

  reg_input_seek (input, 0);
  while ((got = read_input (input, block, BLOCK, error)) > 0)
    for (gssize i = 0; i < got; i++)
      counts->seen[block[i]]++;
  return got == 0;
}

static double
share_of_wide_letters (const Counts *counts)
{
  guint64 wide = 0;
  guint64 plain = 0;

  for (guint c = 0; c < 256; c++)
    {
      if (c >= 0x80)
        wide += counts->seen[c];
      else if (g_ascii_isalpha ((char)c))
        plain += counts->seen[c];
    }
  return wide > 0 ? (double)wide / (double)(wide + plain) : 0;
}

/* Of the other Latin encodings the statistics are not believed: a list of names from many countries
 * is no text of one language. */
static gboolean
is_other_script (const char *name)
{
  static const char *const scripts[] = {
    "WINDOWS-1251", "KOI8",        "ISO-8859-5", "IBM8",         "MAC-CYRILLIC",
    "WINDOWS-1253", "ISO-8859-7",  "ISO-8859-8", "WINDOWS-1255", "ISO-8859-6",
    "WINDOWS-1256", "ISO-8859-11", "TIS-620",    "SHIFT_JIS",    "EUC-",
    "BIG5",         "GB18030",     "UHC",        "JOHAB"
  };

  for (gsize i = 0; i < G_N_ELEMENTS (scripts); i++)
    if (g_ascii_strncasecmp (name, scripts[i], strlen (scripts[i])) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
is_western (const Counts *counts)
{
  static const guint8 nothing[] = { 0x81, 0x8D, 0x8F, 0x90, 0x9D };

  for (gsize i = 0; i < G_N_ELEMENTS (nothing); i++)
    if (counts->seen[nothing[i]] > 0)
      return FALSE;
  return TRUE;
}

/* Text has hardly any control characters but those that split lines and columns. NULs do not count:
 * where they stand among text, the reader says in which line. */
static gboolean
is_noise (const Counts *counts)
{
  guint64 all = 0;
  guint64 controls = 0;

  for (guint c = 1; c < 256; c++)
    {
      all += counts->seen[c];
      if (c < ' ' && strchr ("\t\n\v\f\r\x1a\x1b", (int)c) == NULL)
        controls += counts->seen[c];
    }
  return controls > all / MOST_CONTROLS;
}

/* Text of mainframes: nothing of what splits ASCII text, and nearly all of it letters, digits and
 * punctuation where EBCDIC has them. In which of its many forms it is cannot be told. */
static gboolean
is_ebcdic (const Counts *counts)
{
  static const guint8 places[][2] = { { 0x81, 0x89 }, { 0x91, 0x99 }, { 0xA2, 0xA9 },
                                      { 0xC1, 0xC9 }, { 0xD1, 0xD9 }, { 0xE2, 0xE9 },
                                      { 0xF0, 0xF9 }, { 0x4B, 0x4B }, { 0x5E, 0x61 },
                                      { 0x6B, 0x6D }, { 0x7A, 0x7F }, { 0x40, 0x40 } };
  guint64 all = 0, there = 0;

  for (const char *ascii = " ,;\t\n"; *ascii != '\0'; ascii++)
    if (counts->seen[(guint8)*ascii] > 0)
      return FALSE;
  for (guint c = 0; c < 256; c++)
    all += counts->seen[c];
  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    for (guint c = places[i][0]; c <= places[i][1]; c++)
      there += counts->seen[c];
  return there > all - all / 10;
}

/* What is really written under a standard's name has more characters than the standard. */
static char *
widen_name (const char *name)
{
  static const char *const wider[][2] = {
    { "SHIFT_JIS", "CP932" }, { "EUC-KR", "CP949" }, { "BIG5", "CP950" }, { "TIS-620", "CP874" }
  };

  for (gsize i = 0; i < G_N_ELEMENTS (wider); i++)
    if (g_ascii_strcasecmp (name, wider[i][0]) == 0)
      return g_strdup (wider[i][1]);
  return g_strdup (name);
}

/* Asks the statistics of languages about the first blocks that are not plain ASCII. */
static gboolean
ask_statistics (RegInput *input, char **name, GError **error)
{
  g_autofree guint8 *block = g_malloc (BLOCK);
  uchardet_t detector = uchardet_new ();
  const char *charset;
  guint fed = 0;
  gssize got = 0;

  *name = NULL;
  reg_input_seek (input, 0);
  while (fed < STATISTICS_BLOCKS && (got = read_input (input, block, BLOCK, error)) > 0)
    if (reg_utf8_span ((const char *)block, (gsize)got) < (gsize)got)
      {
        uchardet_handle_data (detector, (const char *)block, (size_t)got);
        fed++;
      }
  uchardet_data_end (detector);
  charset = uchardet_get_charset (detector);
  if (charset[0] != '\0' && g_ascii_strcasecmp (charset, "ISO-8859-1") != 0)
    *name = widen_name (charset);
  uchardet_delete (detector);
  return got >= 0;
}

/* Bytes that are not UTF-8: another script when there is much of it and the statistics say so, else
 * western. What cannot be western may be whatever the statistics say. */
static char *
guess_bytes (RegInput *input, GError **error)
{
  Counts counts = { { 0 } };
  g_autofree char *name = NULL;
  RegTextState state = REG_TEXT_UNDECODABLE;
  gboolean western;

  if (!count_bytes (input, &counts, error))
    return NULL;
  if (is_ebcdic (&counts))
    {
      g_set_error_literal (error, REG_TABULAR_ERROR, REG_TABULAR_ERROR_BAD_TEXT,
                           _ ("This text is in EBCDIC, as mainframes write it. Have it exported as "
                              "CSV (UTF-8)."));
      return NULL;
    }
  if (is_noise (&counts))
    {
      g_set_error_literal (error, REG_TABULAR_ERROR, REG_TABULAR_ERROR_NOT_A_SPREADSHEET,
                           _ ("This is neither a text nor a workbook. Choose an .xlsx or .csv "
                              "file."));
      return NULL;
    }
  western = is_western (&counts);
  if (western && share_of_wide_letters (&counts) < OTHER_SCRIPT_SHARE)
    return g_strdup ("windows-1252");
  if (!ask_statistics (input, &name, error))
    return NULL;
  if (name != NULL && (!western || is_other_script (name))
      && !try_encoding (input, name, &state, error))
    return NULL;
  return state == REG_TEXT_FINE ? g_steal_pointer (&name) : g_strdup ("windows-1252");
}

/**
 * reg_text_encoding_guess:
 * @input: a text file; its position moves
 * @bom_len: (out): length of the byte order mark to skip
 * @error: return location, %G_IO_ERROR, or %REG_TABULAR_ERROR where it is nothing that can be read
 *
 * Finds out what a text file is encoded in: by its mark, by the NULs of unmarked UTF-32 and UTF-16,
 * by being UTF-8 throughout, by statistics when much of it is in another script, and windows-1252
 * otherwise.
 *
 * Returns: (transfer full) (nullable): the name of the encoding
 */
char *
reg_text_encoding_guess (RegInput *input, gsize *bom_len, GError **error)
{
  g_autofree guint8 *start = g_malloc (WIDE_SAMPLE);
  gsize n = (gsize)MIN (reg_input_get_size (input), WIDE_SAMPLE);
  RegTextState state;
  gsize bom;

  *bom_len = 0;
  if (!reg_input_read_at (input, 0, start, n, error))
    return NULL;
  bom = find_bom (start, n);
  if (bom < G_N_ELEMENTS (boms))
    {
      *bom_len = boms[bom].len;
      return g_strdup (boms[bom].encoding);
    }
  if (n >= 4 && memcmp (start, "+/v", 3) == 0 && strchr ("89+/", start[3]) != NULL)
    {
      g_set_error_literal (error, REG_TABULAR_ERROR, REG_TABULAR_ERROR_BAD_TEXT,
                           _ ("This text is in UTF-7, which was made for old mail. Save it as CSV "
                              "(UTF-8) where it was made."));
      return NULL;
    }
  if (memchr (start, 0, n) != NULL)
    {
      const char *wide = guess_utf32 (start, n);

      if (wide == NULL)
        wide = guess_utf16 (start, n);
      if (wide != NULL)
        return g_strdup (wide);
    }
  if (!try_encoding (input, "UTF-8", &state, error))
    return NULL;
  /* That a NUL is an error, and which line it is in, the reader will say. */
  if (state != REG_TEXT_UNDECODABLE)
    return g_strdup ("UTF-8");
  return guess_bytes (input, error);
}
