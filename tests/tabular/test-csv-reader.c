/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reading.h"

#include <unistd.h>

typedef struct
{
  const char *path;
  const char *text;
  const char *rows;
  char delimiter;
} Case;

static const Case cases[] = {
  { "empty", "", "", ',' },
  { "one-cell", "a", "1[a]", ',' },
  { "no-last-line-end", "a,b\nc,d", "1[a|b] 2[c|d]", ',' },
  { "lf", "a,b\nc,d\n", "1[a|b] 2[c|d]", ',' },
  { "crlf", "a,b\r\nc,d\r\n", "1[a|b] 2[c|d]", ',' },
  { "cr", "a,b\rc,d\r", "1[a|b] 2[c|d]", ',' },
  { "mixed-line-ends", "a,b\nc,d\r\ne,f\rg,h", "1[a|b] 2[c|d] 3[e|f] 4[g|h]", ',' },
  { "blank-lines", "\na,b\n\n\r\nc,d\n\n", "1[] 2[a|b] 3[] 4[] 5[c|d] 6[]", ',' },
  { "empty-cells", ",\na,\n,b\n", "1[|] 2[a|] 3[|b]", ',' },
  { "semicolon", "a;b;c\n1,5;2;3\n", "1[a|b|c] 2[1,5|2|3]", ';' },
  { "tab", "a\tb\n1,2\t3;4\n", "1[a|b] 2[1,2|3;4]", '\t' },
  { "comma-beside-lists", "a,b\nx,1;2;3\ny,1;2\n", "1[a|b] 2[x|1;2;3] 3[y|1;2]", ',' },
  { "quoted-semicolons", "a,b\n\"1;2\",3\n\"4;5\",6\n", "1[a|b] 2[1;2|3] 3[4;5|6]", ',' },
  { "title-before-heading", "People, 2026\n\na;b;c\n1;2;3\n4;5;6\n",
    "1[People, 2026] 2[] 3[a|b|c] 4[1|2|3] 5[4|5|6]", ';' },
  { "one-column", "Email ID\na@example.com\nb@example.com\n",
    "1[Email ID] 2[a@example.com] 3[b@example.com]", ',' },
  { "sep", "sep=;\na;b,c\n", "2[a|b,c]", ';' },
  { "sep-crlf", "SEP=|\r\na|b\r\n", "2[a|b]", '|' },
  { "sep-tab", "sep=\t\na\tb\n", "2[a|b]", '\t' },
  { "sep-quoted", "\"sep=;\"\na;b\n", "2[a|b]", ';' },
  { "sep-only", "sep=;", "", ';' },
  { "sep-like", "sep=;x\n", "1[sep=|x]", ';' },
  { "quotes", "\"a\",\"b\"\n\"c\",d\n", "1[a|b] 2[c|d]", ',' },
  { "doubled-quotes", "\"a\"\"b\",\"\"\"\"\n", "1[a\"b|\"]", ',' },
  { "empty-quotes", "\"\",a\n\"\"\n", "1[|a] 2[]", ',' },
  { "delimiter-in-quotes", "\"a,b\",c\n", "1[a,b|c]", ',' },
  { "several-lines-in-a-cell", "\"a\nb\r\nc\rd\",e\nf,g\n", "1[a\nb\r\nc\rd|e] 5[f|g]", ',' },
  { "quote-within-a-cell", "a\"b,c \"d\"\n", "1[a\"b|c \"d\"]", ',' },
  { "text-after-a-quote", "\"a\"b\"c,d\n\"e\" ,f\n", "1[ab\"c|d] 2[e |f]", ',' },
  { "spaces-stay", " a , b\n", "1[ a | b]", ',' },
  { "utf-8", "Zoë,東京,𠮷\n", "1[Zoë|東京|𠮷]", ',' },
  { "utf-8-mark",
    "\xEF\xBB\xBF"
    "a,é\n",
    "1[a|é]", ',' },
  { "mark-and-quote", "\xEF\xBB\xBF\"a\",b\n", "1[a|b]", ',' },
  { "angle-bracket", "<a@example.com>,b\n", "1[<a@example.com>|b]", ',' },
};

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  g_autoptr (TestFile) file = test_file_new ("people.csv", c->text, strlen (c->text));
  g_autoptr (GError) error = NULL;
  g_autoptr (RegRowReader) reader = reg_row_reader_open (file->path, NULL, NULL, &error);
  g_autofree char *rows = NULL;

  g_assert_no_error (error);
  rows = read_rows (reader, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (rows, ==, c->rows);
  g_assert_cmpint (reg_row_reader_get_format (reader), ==, REG_ROW_FORMAT_CSV);
  g_assert_cmpint (reg_row_reader_get_delimiter (reader), ==, c->delimiter);
  g_assert_cmpstr (reg_row_reader_get_encoding (reader), ==, "UTF-8");
  g_assert_null (reg_row_reader_get_sheet (reader));
  g_assert_null (reg_row_reader_get_sheets (reader)[0]);
  g_assert_cmpfloat (reg_row_reader_get_fraction (reader), ==, 1);
}

/* Every case again in an encoding that has everything, with and without its mark. */
static void
check_wide (const char *text,
            const char *encoding,
            const char *mark,
            gsize mark_len,
            const char *expected)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autoptr (GError) error = NULL;
  gsize len;
  g_autofree char *wide = g_convert (text, -1, encoding, "UTF-8", NULL, &len, &error);

  g_assert_no_error (error);
  g_byte_array_append (bytes, (const guint8 *)mark, (guint)mark_len);
  g_byte_array_append (bytes, (const guint8 *)wide, (guint)len);
  assert_rows (bytes->data, bytes->len, expected);
}

static void
test_wide (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const char *text = cases[i].text;

      if (text[0] == '\0' || g_str_has_prefix (text, "\xEF\xBB\xBF"))
        continue;
      check_wide (text, "UTF-16LE", "\xFF\xFE", 2, cases[i].rows);
      check_wide (text, "UTF-16BE", "\xFE\xFF", 2, cases[i].rows);
      check_wide (text, "UTF-16LE", "", 0, cases[i].rows);
      check_wide (text, "UTF-16BE", "", 0, cases[i].rows);
      check_wide (text, "UTF-32LE", "\xFF\xFE\0\0", 4, cases[i].rows);
      check_wide (text, "UTF-32BE", "\0\0\xFE\xFF", 4, cases[i].rows);
      check_wide (text, "UTF-32LE", "", 0, cases[i].rows);
      check_wide (text, "UTF-32BE", "", 0, cases[i].rows);
    }
}

static void
check_encoding (const char *encoding, const char *text, const char *shown)
{
  g_autoptr (GError) error = NULL;
  gsize len;
  g_autofree char *bytes = g_convert (text, -1, encoding, "UTF-8", NULL, &len, &error);
  g_autoptr (TestFile) file = NULL;
  g_autoptr (RegRowReader) reader = NULL;
  RegRow row;

  g_assert_no_error (error);
  file = test_file_new ("people.csv", bytes, len);
  reader = reg_row_reader_open (file->path, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (reg_row_reader_get_encoding (reader), ==, shown);
  g_assert_true (reg_row_reader_next (reader, &row, &error));
  g_assert_cmpuint (row.n_cells, ==, 2);
  g_assert_true (g_str_has_prefix (text, row.cells[0].text));
}

static void
test_encodings (void)
{
  static const char russian[] =
      "Имя,Город\nИван Иванов,Москва\nАнна Петрова,Санкт-Петербург\nДмитрий Щукин,Новгород\n"
      "Ольга Шевченко,Киев\nСергей Ёлкин,Казань\nКсения Грінченко,Одесса\n";
  static const char japanese[] =
      "名前,場所\n佐藤太郎は東京に住んでいます,東京\n鈴木花子さんの会社は大阪です,大阪\n"
      "髙橋さくらの研修はまだ終わっていません,京都\n田中ケンジは来週から参加します,横浜\n";

  check_encoding ("CP1252", "Élodie,Zürich\nJosé,“quoted” – 5 €\n", "windows-1252");
  check_encoding ("CP1252", "Smith,Café\n", "windows-1252");
  check_encoding ("CP1251", russian, "WINDOWS-1251");
  check_encoding ("CP932", japanese, "CP932");
  check_encoding ("UTF-16LE", japanese, "UTF-16LE");
  check_encoding ("UTF-16BE", russian, "UTF-16BE");
  check_encoding ("UTF-32LE", japanese, "UTF-32LE");
  check_encoding ("UTF-32BE", "Smith,Café\n", "UTF-32BE");
}

static void
check_encoding_refused (const char *encoding, const char *words)
{
  static const char text[] =
      "Email ID,Employee ID;Name\nelise@example.com,000124,\"\303\211lise M.\"\n"
      "anna@example.com,000123,Anna Borg\nbruno@example.com,000125,Bruno\n";
  g_autoptr (GError) error = NULL;
  gsize len;
  g_autofree char *bytes = g_convert (text, -1, encoding, "UTF-8", NULL, &len, &error);

  g_assert_no_error (error);
  assert_refused (bytes, len, REG_TABULAR_ERROR_BAD_TEXT, words);
}

/* What no spreadsheet program writes is named; who knows better can say so. */
static void
test_old_encodings (void)
{
  static const char plus[] = "name,mail\n+APw-,anna+test@example.com\n";
  const RegReadOptions mainframe = { NULL, "IBM037", ',' };
  const RegReadOptions mail = { NULL, "UTF-7", 0 };
  g_autoptr (TestFile) file = test_file_new ("list.csv", "\x81\x6B\x82\x25\xF1\x6B\xF2\x25", 8);
  g_autoptr (GError) error = NULL;
  g_autofree char *rows = read_file (file->path, &mainframe, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (rows, ==, "1[a|b] 2[1|2]");
  check_encoding_refused ("IBM037", "EBCDIC");
  check_encoding_refused ("IBM273", "EBCDIC");
  check_encoding_refused ("IBM1047", "EBCDIC");
  assert_refused ("+/v8-name,mail\n", 15, REG_TABULAR_ERROR_BAD_TEXT, "UTF-7");
  /* Without a mark it is no more than odd ASCII, and an address may have a plus sign. */
  assert_rows (plus, sizeof plus - 1, "1[name|mail] 2[+APw-|anna+test@example.com]");
  test_file_free (g_steal_pointer (&file));
  file = test_file_new ("list.csv", "a,+APw-\n", 8);
  g_free (rows);
  rows = read_file (file->path, &mail, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (rows, ==, "1[a|ü]");
}

/* The first byte that is not ASCII comes late: the whole file decides, not its start. */
static void
test_late_byte (void)
{
  g_autoptr (GString) text = g_string_new ("name,place\n");
  g_autoptr (TestFile) file = NULL;
  g_autoptr (RegRowReader) reader = NULL;
  g_autoptr (GError) error = NULL;
  RegRow row;
  gboolean seen = FALSE;

  for (guint i = 0; i < 200000; i++)
    g_string_append (text, "Smith,London\n");
  g_string_append (text, "Jos\xE9,Paris\n");
  file = test_file_new ("people.csv", text->str, text->len);
  reader = reg_row_reader_open (file->path, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (reg_row_reader_get_encoding (reader), ==, "windows-1252");
  while (reg_row_reader_next (reader, &row, &error))
    if (row.line == 200002)
      {
        g_assert_cmpstr (row.cells[0].text, ==, "José");
        seen = TRUE;
      }
  g_assert_no_error (error);
  g_assert_true (seen);
}

static void
test_options (void)
{
  g_autoptr (TestFile) file = test_file_new ("people.csv", "a|b;\xE4\n", 6);
  const RegReadOptions options = { NULL, "ISO-8859-5", '|' };
  const RegReadOptions wrong = { NULL, "UTF-8", 0 };
  const RegReadOptions unknown = { NULL, "no-such-encoding", 0 };
  g_autoptr (GError) error = NULL;
  g_autofree char *rows = read_file (file->path, &options, &error);
  g_autoptr (RegRowReader) reader = NULL;
  g_autofree char *none = NULL;

  g_assert_no_error (error);
  g_assert_cmpstr (rows, ==, "1[a|b;ф]");
  none = read_file (file->path, &wrong, &error);
  g_assert_error (error, REG_TABULAR_ERROR, REG_TABULAR_ERROR_BAD_TEXT);
  g_assert_nonnull (strstr (error->message, "Line 1 "));
  g_clear_error (&error);
  reader = reg_row_reader_open (file->path, &unknown, NULL, &error);
  g_assert_error (error, REG_TABULAR_ERROR, REG_TABULAR_ERROR_BAD_TEXT);
  g_assert_null (reader);
}

static void
test_named_encoding_with_mark (void)
{
  g_autoptr (TestFile) file = test_file_new ("people.csv",
                                             "\xEF\xBB\xBF"
                                             "a,b\n",
                                             7);
  const RegReadOptions options = { NULL, "utf-8", 0 };
  g_autoptr (GError) error = NULL;
  g_autofree char *rows = read_file (file->path, &options, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (rows, ==, "1[a|b]");
}

static void
test_pasted (void)
{
  static const char text[] = "a\tb\n\"c\nd\"\té\n";
  g_autoptr (GError) error = NULL;
  g_autoptr (RegRowReader) reader =
      reg_row_reader_open_text (text, sizeof text - 1, NULL, NULL, &error);
  g_autofree char *rows = NULL;

  g_assert_no_error (error);
  rows = read_rows (reader, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (rows, ==, "1[a|b] 2[c\nd|é]");
}

/* Rows lie across the ends of the blocks that are read, in every encoding that has its own decoder.
 */
static void
check_blocks (const char *encoding, const char *mark, gsize mark_len)
{
  g_autoptr (GString) text = g_string_new ("no,name\n");
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autoptr (TestFile) file = NULL;
  g_autoptr (RegRowReader) reader = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *coded = NULL;
  gsize len;
  RegRow row;
  guint64 line = 1;

  for (guint i = 0; i < 60000; i++)
    g_string_append_printf (text, "%u,\"é%.*s\"\"x\"\r\n", i, (int)(i % 23),
                            "aaaaaaaaaaaaaaaaaaaaaaaa");
  coded = g_convert (text->str, (gssize)text->len, encoding, "UTF-8", NULL, &len, &error);
  g_assert_no_error (error);
  g_byte_array_append (bytes, (const guint8 *)mark, (guint)mark_len);
  g_byte_array_append (bytes, (const guint8 *)coded, (guint)len);
  file = test_file_new ("people.csv", bytes->data, bytes->len);
  reader = reg_row_reader_open (file->path, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (reg_row_reader_next (reader, &row, &error));
  while (reg_row_reader_next (reader, &row, &error))
    {
      guint i = (guint)line - 1;
      g_autofree char *name =
          g_strdup_printf ("é%.*s\"x", (int)(i % 23), "aaaaaaaaaaaaaaaaaaaaaaaa");

      line++;
      g_assert_cmpuint (row.line, ==, line);
      g_assert_cmpuint (row.n_cells, ==, 2);
      g_assert_cmpuint (g_ascii_strtoull (row.cells[0].text, NULL, 10), ==, i);
      g_assert_cmpstr (row.cells[1].text, ==, name);
    }
  g_assert_no_error (error);
  g_assert_cmpuint (line, ==, 60001);
}

static void
test_blocks (void)
{
  check_blocks ("UTF-8", "", 0);
  check_blocks ("UTF-16LE", "\xFF\xFE", 2);
  check_blocks ("UTF-16BE", "\xFE\xFF", 2);
  check_blocks ("CP1252", "", 0);
  check_blocks ("UTF-32BE", "\0\0\xFE\xFF", 4);
}

static void
test_nul (void)
{
  assert_refused ("a,b\nc,\0d\n", 9, REG_TABULAR_ERROR_BAD_TEXT, "Line 2 has a NUL byte");
  assert_refused ("a,b\n\"c\n\0\",d\n", 12, REG_TABULAR_ERROR_BAD_TEXT, "Line 3 ");
  assert_refused ("\0", 1, REG_TABULAR_ERROR_BAD_TEXT, "Line 1 ");
  assert_refused ("Jos\xE9,b\nc\0", 9, REG_TABULAR_ERROR_BAD_TEXT, "Line 2 ");
}

static void
test_undecodable (void)
{
  /* windows-1252 has nothing at 0x81 */
  assert_refused ("a,b\nc,\xE9\x81\n", 9, REG_TABULAR_ERROR_BAD_TEXT, "Line 2 ");
  /* half a surrogate pair, and half a unit */
  assert_refused ("\xFF\xFE"
                  "a\0\n\0\x00\xD8"
                  "b\0",
                  10, REG_TABULAR_ERROR_BAD_TEXT, "Line 2 ");
  assert_refused ("\xFF\xFE"
                  "a\0b",
                  5, REG_TABULAR_ERROR_BAD_TEXT, "Line 1 ");
}

static void
test_unclosed_quote (void)
{
  assert_refused ("a,b\nc,\"d\ne,f\ng,h\n", 17, REG_TABULAR_ERROR_UNCLOSED_QUOTE, "in line 2 ");
  assert_refused ("\"x\ny\",\"", 7, REG_TABULAR_ERROR_UNCLOSED_QUOTE, "in line 2 ");
}

static void
test_limits (void)
{
  g_autofree char *endless = g_strnfill (20 << 20, 'a');
  g_autofree char *quoted = g_strnfill (20 << 20, 'a');
  g_autofree char *cells = g_strnfill (20000, ',');
  g_autofree char *many = g_strnfill (20 << 20, 'a');
  g_autofree char *cell = g_strnfill (1 << 20, 'a');

  assert_refused (endless, 20 << 20, REG_TABULAR_ERROR_TOO_LARGE, "Line 1 is longer");
  quoted[0] = '\n';
  quoted[1] = '"';
  assert_refused (quoted, 20 << 20, REG_TABULAR_ERROR_TOO_LARGE, "begins in line 2 ");
  assert_refused (cells, 20000, REG_TABULAR_ERROR_TOO_LARGE, "more than 16384 cells");
  for (gsize i = 0; i < (20 << 20); i += 4096)
    many[i] = ',';
  assert_refused (many, 20 << 20, REG_TABULAR_ERROR_TOO_LARGE, "Line 1 is longer");
  {
    g_autofree char *expected = g_strdup_printf ("1[%s]", cell);

    assert_rows (cell, 1 << 20, expected);
  }
}

static void
test_not_text (void)
{
  static const struct
  {
    const char *bytes;
    gsize len;
    int code;
    const char *words;
  } others[] = {
    { "%PDF-1.7\n", 9, REG_TABULAR_ERROR_NOT_A_SPREADSHEET, "PDF" },
    { "\n <!DOCTYPE html>\n<html>", 23, REG_TABULAR_ERROR_NOT_A_SPREADSHEET, "web page" },
    { "\xEF\xBB\xBF<html><table>", 16, REG_TABULAR_ERROR_NOT_A_SPREADSHEET, "web page" },
    { "\xFF\xFE<\0t\0a\0b\0l\0e\0>\0", 16, REG_TABULAR_ERROR_NOT_A_SPREADSHEET, "web page" },
    { "<?xml version='1.0'?><x/>", 25, REG_TABULAR_ERROR_NOT_A_SPREADSHEET, "XML" },
    { "<?xml version='1.0'?><Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'>", 84,
      REG_TABULAR_ERROR_UNSUPPORTED, "single XML file" },
    { "{\\rtf1\\ansi", 11, REG_TABULAR_ERROR_NOT_A_SPREADSHEET, "document" },
    { "\x1f\x8b\x08\0", 4, REG_TABULAR_ERROR_NOT_A_SPREADSHEET, "compressed" },
    { "\x89PNG\r\n\x1a\n", 8, REG_TABULAR_ERROR_NOT_A_SPREADSHEET, "picture" },
    { "\x09\x08\x10\0\0\x06\x05\0", 8, REG_TABULAR_ERROR_OLD_XLS, "old .xls" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    assert_refused (others[i].bytes, others[i].len, others[i].code, others[i].words);
}

static void
check_compound (const char *stream, int code, const char *words)
{
  guint8 bytes[2048] = { 0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1 };

  bytes[30] = 9; /* sectors of 512 bytes, the directory in the third of them */
  bytes[48] = 2;
  for (gsize i = 0; stream[i] != '\0'; i++)
    bytes[1536 + i * 2] = (guint8)stream[i];
  assert_refused (bytes, sizeof bytes, code, words);
}

static void
test_compound (void)
{
  check_compound ("EncryptedPackage", REG_TABULAR_ERROR_ENCRYPTED, "password");
  check_compound ("Workbook", REG_TABULAR_ERROR_OLD_XLS, "save it as .xlsx");
  check_compound ("WordDocument", REG_TABULAR_ERROR_NOT_A_SPREADSHEET, "another Office program");
  assert_refused ("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8, REG_TABULAR_ERROR_TRUNCATED, "missing");
}

static void
test_no_file (void)
{
  g_autoptr (TestFile) file = test_file_new ("people.csv", NULL, 0);
  g_autoptr (GError) error = NULL;

  g_assert_null (reg_row_reader_open (file->path, NULL, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (reg_row_reader_open (file->folder, NULL, NULL, &error));
  g_assert_error (error, REG_TABULAR_ERROR, REG_TABULAR_ERROR_NOT_A_SPREADSHEET);
  g_clear_error (&error);
  g_assert_null (reg_row_reader_open ("/dev/null", NULL, NULL, &error));
  g_assert_error (error, REG_TABULAR_ERROR, REG_TABULAR_ERROR_NOT_A_SPREADSHEET);
}

static void
test_cancel (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (TestFile) file = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (RegRowReader) reader = NULL;
  g_autoptr (GError) error = NULL;
  RegRow row;

  for (guint i = 0; i < 200000; i++)
    g_string_append (text, "Smith,London\n");
  file = test_file_new ("people.csv", text->str, text->len);
  reader = reg_row_reader_open (file->path, NULL, cancellable, &error);
  g_assert_no_error (error);
  g_assert_true (reg_row_reader_next (reader, &row, &error));
  g_cancellable_cancel (cancellable);
  while (reg_row_reader_next (reader, &row, &error))
    ;
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (row.line, <, 200000);
}

/* The file loses its end while it is read: what is left is read, and nothing crashes. */
static void
test_shortened (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (TestFile) file = NULL;
  g_autoptr (RegRowReader) reader = NULL;
  g_autoptr (GError) error = NULL;
  RegRow row;
  guint64 n = 0;

  for (guint i = 0; i < 200000; i++)
    g_string_append (text, "Smith,London\n");
  file = test_file_new ("people.csv", text->str, text->len);
  reader = reg_row_reader_open (file->path, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (truncate (file->path, 1000), ==, 0);
  while (reg_row_reader_next (reader, &row, &error))
    n++;
  g_assert_no_error (error);
  g_assert_cmpuint (n, <, 200000);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/tabular/csv/case/", cases[i].path, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/tabular/csv/wide", test_wide);
  g_test_add_func ("/tabular/csv/encodings", test_encodings);
  g_test_add_func ("/tabular/csv/old-encodings", test_old_encodings);
  g_test_add_func ("/tabular/csv/late-byte", test_late_byte);
  g_test_add_func ("/tabular/csv/options", test_options);
  g_test_add_func ("/tabular/csv/named-encoding-with-mark", test_named_encoding_with_mark);
  g_test_add_func ("/tabular/csv/pasted", test_pasted);
  g_test_add_func ("/tabular/csv/blocks", test_blocks);
  g_test_add_func ("/tabular/csv/nul", test_nul);
  g_test_add_func ("/tabular/csv/undecodable", test_undecodable);
  g_test_add_func ("/tabular/csv/unclosed-quote", test_unclosed_quote);
  g_test_add_func ("/tabular/csv/limits", test_limits);
  g_test_add_func ("/tabular/csv/not-text", test_not_text);
  g_test_add_func ("/tabular/csv/compound", test_compound);
  g_test_add_func ("/tabular/csv/no-file", test_no_file);
  g_test_add_func ("/tabular/csv/cancel", test_cancel);
  g_test_add_func ("/tabular/csv/shortened", test_shortened);
  return g_test_run ();
}
