/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-tabular"

#include "tabular/reg-file-kind.h"

#include "tabular/reg-tabular-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define START_LEN ((gsize)4096)

typedef struct
{
  const char *magic;
  guint8 len;
  RegTabularError code;
  const char *message;
} Magic;

/* Files that people take for spreadsheets, by their first bytes */
static const Magic magics[] = {
  { "%PDF-", 5, REG_TABULAR_ERROR_NOT_A_SPREADSHEET,
    N_ ("This is a PDF document. Export the list from where it was made as .xlsx or .csv.") },
  { "\x09\x08\x10\0", 4, REG_TABULAR_ERROR_OLD_XLS, NULL },
  { "\x09\x08\x08\0", 4, REG_TABULAR_ERROR_OLD_XLS, NULL },
  { "\x09\x04\x06\0", 4, REG_TABULAR_ERROR_OLD_XLS, NULL },
  { "\x09\x02\x06\0", 4, REG_TABULAR_ERROR_OLD_XLS, NULL },
  { "\x09\0\x04\0", 4, REG_TABULAR_ERROR_OLD_XLS, NULL },
  { "{\\rtf", 5, REG_TABULAR_ERROR_NOT_A_SPREADSHEET,
    N_ ("This is a text document. Copy its table into a spreadsheet program and save it as .xlsx "
        "or .csv.") },
  { "\x1f\x8b", 2, REG_TABULAR_ERROR_NOT_A_SPREADSHEET,
    N_ ("This file is compressed. Unpack it and choose the spreadsheet in it.") },
  { "7z\xbc\xaf", 4, REG_TABULAR_ERROR_NOT_A_SPREADSHEET,
    N_ ("This file is an archive. Unpack it and choose the spreadsheet in it.") },
  { "Rar!", 4, REG_TABULAR_ERROR_NOT_A_SPREADSHEET,
    N_ ("This file is an archive. Unpack it and choose the spreadsheet in it.") },
  { "\x89PNG", 4, REG_TABULAR_ERROR_NOT_A_SPREADSHEET,
    N_ ("This is a picture. Choose the spreadsheet itself.") },
  { "\xff\xd8\xff", 3, REG_TABULAR_ERROR_NOT_A_SPREADSHEET,
    N_ ("This is a picture. Choose the spreadsheet itself.") },
};

static gboolean
fail (GError **error, RegTabularError code, const char *message)
{
  g_set_error_literal (error, REG_TABULAR_ERROR, (int)code, message);
  return FALSE;
}

static gboolean
fail_old_xls (GError **error)
{
  return fail (error, REG_TABULAR_ERROR_OLD_XLS,
               _ ("This is an old .xls file. Open it in a spreadsheet program and save it as "
                  ".xlsx."));
}

/* Whether the little-endian UTF-16 form of @name stands in the bytes. */
static gboolean
has_wide_name (const guint8 *bytes, gsize len, const char *name)
{
  guint8 wide[64];
  gsize n = strlen (name);

  for (gsize i = 0; i < n; i++)
    {
      wide[i * 2] = (guint8)name[i];
      wide[i * 2 + 1] = 0;
    }
  return memmem (bytes, len, wide, n * 2) != NULL;
}

/* The container of the old Office formats, and of every Office file with a password. Its directory
 * names the streams within; where that stands is said at byte 48 of the header. */
static gboolean
fail_compound_file (RegInput *input, const guint8 *start, gsize len, GError **error)
{
  guint8 directory[4096] = { 0 };
  guint64 sector_size;
  guint64 offset;
  guint64 size = reg_input_get_size (input);
  gsize n;

  if (len < 512)
    return fail (error, REG_TABULAR_ERROR_TRUNCATED,
                 _ ("The end of this file is missing. Copy or download it once more."));
  sector_size = start[30] == 12 ? 4096 : 512;
  offset = ((guint64)start[48] | (guint64)start[49] << 8 | (guint64)start[50] << 16
            | (guint64)start[51] << 24)
               * sector_size
           + sector_size;
  n = offset < size ? (gsize)MIN (size - offset, sizeof directory) : 0;
  if (!reg_input_read_at (input, offset, directory, n, error))
    return FALSE;
  if (has_wide_name (directory, n, "EncryptedPackage")
      || has_wide_name (start, len, "EncryptedPackage"))
    return fail (error, REG_TABULAR_ERROR_ENCRYPTED,
                 _ ("This file is protected with a password. Open it in a spreadsheet program and "
                    "save it without the password."));
  if (has_wide_name (directory, n, "WordDocument") || has_wide_name (directory, n, "PowerPoint"))
    return fail (error, REG_TABULAR_ERROR_NOT_A_SPREADSHEET,
                 _ ("This is a document of another Office program. Choose an .xlsx or .csv file."));
  return fail_old_xls (error);
}

/* The start of a text with the marks and the white space before it taken off, in lower case */
static char *
fold_start (const guint8 *start, gsize len)
{
  GString *text = g_string_sized_new (len);

  for (gsize i = 0; i < len; i++)
    if (start[i] != 0 && start[i] < 0x80 && (text->len > 0 || !g_ascii_isspace (start[i])))
      g_string_append_c (text, g_ascii_tolower ((char)start[i]));
  return g_string_free (text, FALSE);
}

/* Markup that is saved under a spreadsheet's name */
static gboolean
check_markup (const guint8 *start, gsize len, GError **error)
{
  g_autofree char *text = fold_start (start, len);

  if (text[0] != '<')
    return TRUE;
  if (strstr (text, "urn:schemas-microsoft-com:office:spreadsheet") != NULL
      || strstr (text, "office:document") != NULL)
    return fail (error, REG_TABULAR_ERROR_UNSUPPORTED,
                 _ ("This is a spreadsheet in a single XML file. Open it in a spreadsheet program "
                    "and save it as .xlsx."));
  if (g_str_has_prefix (text, "<!doctype html") || g_str_has_prefix (text, "<html")
      || g_str_has_prefix (text, "<table") || g_str_has_prefix (text, "<head")
      || g_str_has_prefix (text, "<meta") || strstr (text, "<html") != NULL)
    return fail (error, REG_TABULAR_ERROR_NOT_A_SPREADSHEET,
                 _ ("This is a web page, whatever its name says. Open it in a spreadsheet program "
                    "and save it as .xlsx."));
  if (g_str_has_prefix (text, "<?xml"))
    return fail (error, REG_TABULAR_ERROR_NOT_A_SPREADSHEET,
                 _ ("This is an XML file and not a spreadsheet. Choose an .xlsx or .csv file."));
  return TRUE;
}

/* SYLK is text too: "ID;P…" and then records of one letter. A list may have a column "ID" as well,
 * so the second line must be one of them. */
static gboolean
check_sylk (const guint8 *start, gsize len, GError **error)
{
  const guint8 *end = start + len;
  const guint8 *line;

  if (len < 5 || memcmp (start, "ID;P", 4) != 0)
    return TRUE;
  for (line = start; line < end && *line != '\n' && *line != '\r'; line++)
    ;
  while (line < end && (*line == '\n' || *line == '\r'))
    line++;
  if (end - line < 3 || line[1] != ';' || strchr ("BCFOP", *line) == NULL)
    return TRUE;
  return fail (error, REG_TABULAR_ERROR_UNSUPPORTED,
               _ ("This is an old .slk file. Open it in a spreadsheet program and save it as "
                  ".xlsx."));
}

/* What Excel keeps beside an open workbook, under its name with "~$" before it: whose it is, once
 * in bytes and once in UTF-16, each with its length. */
static gboolean
check_owner_file (RegInput *input, const guint8 *start, gsize len, GError **error)
{
  const gsize name_room = 54;

  if (reg_input_get_size (input) != 165 || len != 165 || start[0] == 0 || start[0] > name_room
      || start[1 + name_room] != start[0] || start[2 + name_room] != 0)
    return TRUE;
  return fail (error, REG_TABULAR_ERROR_NOT_A_SPREADSHEET,
               _ ("This only says who has the workbook open. Choose the file of the same name "
                  "without “~$”."));
}

/**
 * reg_file_kind_find:
 * @input: the file
 * @kind: (out): how to read it
 * @error: return location, see #RegTabularError and %G_IO_ERROR
 *
 * Looks at the contents and never at the name, which is often wrong.
 *
 * Returns: whether it may be a spreadsheet that can be read
 */
gboolean
reg_file_kind_find (RegInput *input, RegFileKind *kind, GError **error)
{
  guint8 start[START_LEN];
  gsize len = (gsize)MIN (reg_input_get_size (input), START_LEN);

  if (!reg_input_read_at (input, 0, start, len, error))
    return FALSE;
  if (len >= 4 && memcmp (start, "PK", 2) == 0
      && (memcmp (start + 2, "\3\4", 2) == 0 || memcmp (start + 2, "\5\6", 2) == 0))
    {
      *kind = REG_FILE_KIND_ZIP;
      return TRUE;
    }
  if (len >= 8 && memcmp (start, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8) == 0)
    return fail_compound_file (input, start, len, error);
  for (gsize i = 0; i < G_N_ELEMENTS (magics); i++)
    if (len >= magics[i].len && memcmp (start, magics[i].magic, magics[i].len) == 0)
      return magics[i].message != NULL ? fail (error, magics[i].code, _ (magics[i].message))
                                       : fail_old_xls (error);
  *kind = REG_FILE_KIND_TEXT;
  return check_owner_file (input, start, len, error) && check_markup (start, len, error)
         && check_sylk (start, len, error);
}
