/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is damaged, no spreadsheet, or made to do harm: refused in words, within bounds, without a
 * crash. */
#include "book-builder.h"
#include "reading.h"

#include <sys/resource.h>
#include <unistd.h>
#include <zlib.h>

static void
assert_bytes_refused (GBytes *bytes, int code, const char *words)
{
  assert_refused (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), code, words);
}

static void
assert_book_refused (const Book *book, int code, const char *words)
{
  g_autoptr (GBytes) bytes = book_build (book);

  assert_bytes_refused (bytes, code, words);
}

typedef struct
{
  const char *path;
  Book book;
  int code;
  const char *words;
} Case;

#define ROW "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>"

static const Case cases[] = {
  { "checksum", { .rows = ROW, .flags = ZIP_BAD_CRC }, REG_TABULAR_ERROR_DAMAGED, "damaged" },
  { "checksum-stored",
    { .rows = ROW, .flags = ZIP_BAD_CRC | ZIP_STORED },
    REG_TABULAR_ERROR_DAMAGED,
    "damaged" },
  { "size-too-small",
    { .rows = ROW, .flags = ZIP_SIZE_TOO_SMALL },
    REG_TABULAR_ERROR_DAMAGED,
    "damaged" },
  { "size-too-large",
    { .rows = ROW, .flags = ZIP_SIZE_TOO_LARGE },
    REG_TABULAR_ERROR_DAMAGED,
    "damaged" },
  { "same-place", { .rows = ROW, .flags = ZIP_SAME_PLACE }, REG_TABULAR_ERROR_DAMAGED, "damaged" },
  { "encrypted-entry",
    { .rows = ROW, .flags = ZIP_ENCRYPTED },
    REG_TABULAR_ERROR_ENCRYPTED,
    "password" },
  { "odd-method",
    { .rows = ROW, .flags = ZIP_ODD_METHOD },
    REG_TABULAR_ERROR_UNSUPPORTED,
    "packed in an unusual way" },
  { "row-0-beyond", { .rows = "<row r=\"1048577\"/>" }, REG_TABULAR_ERROR_TOO_LARGE, "1048576" },
  { "row-far-beyond",
    { .rows = "<row r=\"99999999999999999999999\"/>" },
    REG_TABULAR_ERROR_TOO_LARGE,
    "1048576" },
  { "column-beyond",
    { .rows = "<row r=\"1\"><c r=\"XFE1\"/></row>" },
    REG_TABULAR_ERROR_TOO_LARGE,
    "16384 columns" },
  { "column-far-beyond",
    { .rows = "<row r=\"1\"><c r=\"ZZZZZZZZZZZZ1\"><v>1</v></c></row>" },
    REG_TABULAR_ERROR_TOO_LARGE,
    "16384 columns" },
  { "no-such-string",
    { .rows = "<row><c t=\"s\"><v>1</v></c></row>", .strings = "<si><t>a</t></si>" },
    REG_TABULAR_ERROR_DAMAGED,
    "damaged" },
  { "no-strings",
    { .rows = "<row><c t=\"s\"><v>0</v></c></row>" },
    REG_TABULAR_ERROR_DAMAGED,
    "damaged" },
  { "string-index",
    { .rows = "<row><c t=\"s\"><v>-1</v></c></row>", .strings = "<si><t>a</t></si>" },
    REG_TABULAR_ERROR_DAMAGED,
    "damaged" },
  { "ends-in-row",
    { .sheet = "<worksheet><sheetData><row r=\"1\"><c><v>1</v></c>" },
    REG_TABULAR_ERROR_DAMAGED,
    "damaged" },
  { "ends-in-cell",
    { .sheet = "<worksheet><sheetData><row r=\"1\"><c><v>1" },
    REG_TABULAR_ERROR_DAMAGED,
    "damaged" },
  { "ends-between-rows",
    { .sheet = "<worksheet><sheetData>" ROW },
    REG_TABULAR_ERROR_DAMAGED,
    "damaged" },
  { "row-twice", { .rows = "<row r=\"5\"/><row r=\"5\"/>" }, REG_TABULAR_ERROR_DAMAGED, "damaged" },
  { "row-backwards",
    { .rows = "<row r=\"5\"/><row r=\"2\"/>" },
    REG_TABULAR_ERROR_DAMAGED,
    "damaged" },
  { "row-in-row", { .rows = "<row><row/></row>" }, REG_TABULAR_ERROR_DAMAGED, "damaged" },
  { "row-in-cell", { .rows = "<row><c><row></c></row>" }, REG_TABULAR_ERROR_DAMAGED, "damaged" },
  { "no-xml", { .sheet = "hello" }, REG_TABULAR_ERROR_DAMAGED, "damaged" },
  { "bad-tag", { .rows = "<row><c r=A1></c></row>" }, REG_TABULAR_ERROR_DAMAGED, "damaged" },
  { "bad-text",
    { .rows = "<row><c t=\"inlineStr\"><is><t>\xE9</t></is></c></row>" },
    REG_TABULAR_ERROR_BAD_TEXT,
    "encoding" },
  { "sheet-doctype",
    { .sheet = "<!DOCTYPE x [<!ENTITY a \"b\">]><worksheet><sheetData/></worksheet>" },
    REG_TABULAR_ERROR_UNSUPPORTED,
    "XML declarations" },
  { "styles-doctype",
    { .rows = ROW,
      .styles =
          "<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><styleSheet>&a;</styleSheet>" },
    REG_TABULAR_ERROR_UNSUPPORTED,
    "XML declarations" },
  { "styles-no-xml",
    { .rows = ROW, .styles = "<styleSheet><cellXfs>" },
    REG_TABULAR_ERROR_DAMAGED,
    "damaged" },
  { "no-sheets", { .rows = ROW, .sheets = "" }, REG_TABULAR_ERROR_NO_SHEET, "no sheet" },
  { "no-relation", { .rows = ROW, .relations = "" }, REG_TABULAR_ERROR_NO_SHEET, "no sheet" },
  { "sheet-missing",
    { .rows = ROW,
      .relations = "<Relationship Id=\"rId1\" Type=\"x/worksheet\" Target=\"no.xml\"/>" },
    REG_TABULAR_ERROR_DAMAGED,
    "damaged" },
  { "out-of-the-container",
    { .rows = ROW,
      .relations =
          "<Relationship Id=\"rId1\" Type=\"x/worksheet\" Target=\"../../../../etc/passwd\"/>" },
    REG_TABULAR_ERROR_DAMAGED,
    "damaged" },
};

static void
test_case (gconstpointer data)
{
  const Case *c = data;

  assert_book_refused (&c->book, c->code, c->words);
}

/* A NUL cannot stand in a C string: it is put in afterwards. */
static void
test_nul (void)
{
  g_autofree char *sheet = book_sheet_xml ("<row><c t=\"inlineStr\"><is><t>a~b</t></is></c></row>");
  gsize len = strlen (sheet);
  ZipBuilder *zip = zip_builder_new ();
  const Book book = { .rows = "",
                      .relations =
                          "<Relationship Id=\"rId1\" Type=\"x/worksheet\" Target=\"nul.xml\"/>" };
  g_autoptr (GBytes) bytes = NULL;

  *strchr (sheet, '~') = '\0';
  book_add_parts (&book, zip);
  zip_builder_add (zip, "xl/nul.xml", sheet, len, ZIP_PLAIN);
  bytes = zip_builder_finish (zip, NULL);
  assert_bytes_refused (bytes, REG_TABULAR_ERROR_BAD_TEXT, "encoding");
}

/* The start of a workbook of any length: never a crash, and never taken for the whole. */
static void
test_truncated (void)
{
  const Book book = { .rows = ROW, .strings = "<si><t>a</t></si>" };
  g_autoptr (GBytes) bytes = book_build (&book);
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);

  for (gsize n = 4; n < size; n++)
    assert_refused (data, n, REG_TABULAR_ERROR_TRUNCATED, "end of this file is missing");
}

/* The file loses its end while it is read. */
static void
test_shortened (void)
{
  g_autoptr (GString) xml = g_string_new (NULL);
  Book book = { .flags = ZIP_STORED };
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (TestFile) file = NULL;
  g_autoptr (RegRowReader) reader = NULL;
  g_autoptr (GError) error = NULL;
  RegRow row;

  for (guint i = 0; i < 100000; i++)
    g_string_append (xml, "<row><c><v>1</v></c></row>");
  book.rows = xml->str;
  bytes = book_build (&book);
  file = test_file_new ("people.xlsx", g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  reader = reg_row_reader_open (file->path, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (truncate (file->path, 300000), ==, 0);
  while (reg_row_reader_next (reader, &row, &error))
    ;
  g_assert_error (error, REG_TABULAR_ERROR, REG_TABULAR_ERROR_TRUNCATED);
}

static void
check_zip (const char *const *names, int code, const char *words)
{
  ZipBuilder *zip = zip_builder_new ();
  g_autoptr (GBytes) bytes = NULL;

  for (; *names != NULL; names++)
    zip_builder_add (zip, *names, "<x/>", 4, ZIP_STORED);
  bytes = zip_builder_finish (zip, NULL);
  assert_bytes_refused (bytes, code, words);
}

static void
test_other_zips (void)
{
  static const char *const ods[] = { "mimetype", "content.xml", "styles.xml", NULL };
  static const char *const docx[] = { "[Content_Types].xml", "word/document.xml", NULL };
  static const char *const xlsb[] = { "[Content_Types].xml", "xl/workbook.bin", NULL };
  static const char *const numbers[] = { "Index/Document.iwa", NULL };
  static const char *const plain[] = { "people.csv", NULL };
  static const char *const empty[] = { NULL };
  static const char *const no_rels[] = { "xl/workbook.xml", NULL };
  static const char *const twice[] = { "xl/workbook.xml", "XL/WORKBOOK.XML", NULL };

  check_zip (ods, REG_TABULAR_ERROR_UNSUPPORTED, "OpenDocument");
  check_zip (docx, REG_TABULAR_ERROR_NOT_A_SPREADSHEET, "another Office program");
  check_zip (xlsb, REG_TABULAR_ERROR_UNSUPPORTED, ".xlsb");
  check_zip (numbers, REG_TABULAR_ERROR_UNSUPPORTED, "Numbers");
  check_zip (plain, REG_TABULAR_ERROR_NOT_A_SPREADSHEET, "zip archive");
  check_zip (empty, REG_TABULAR_ERROR_NOT_A_SPREADSHEET, "zip archive");
  check_zip (no_rels, REG_TABULAR_ERROR_DAMAGED, "damaged");
  check_zip (twice, REG_TABULAR_ERROR_NOT_A_SPREADSHEET, "zip archive");
}

/* A workbook whose sheet is @text, @n times: packed once, and the packed bytes repeated. */
static GBytes *
repeat_sheet (const char *start, const char *text, guint n)
{
  ZipBuilder *zip = zip_builder_new ();
  const Book book = { .rows = "",
                      .relations =
                          "<Relationship Id=\"rId1\" Type=\"x/worksheet\" Target=\"big.xml\"/>" };
  g_autoptr (GByteArray) packed = g_byte_array_new ();
  z_stream zlib = { 0 };
  guint8 block[65536];
  uLong crc = crc32 (0, (const Bytef *)start, (uInt)strlen (start));
  uLong text_crc = crc32 (0, (const Bytef *)text, (uInt)strlen (text));
  gsize size = strlen (start) + strlen (text) * n;

  deflateInit2 (&zlib, 9, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY);
  for (guint i = 0; i < 2; i++)
    {
      zlib.next_in = (Bytef *)(i == 0 ? start : text);
      zlib.avail_in = (uInt)strlen (i == 0 ? start : text);
      zlib.next_out = block;
      zlib.avail_out = sizeof block;
      g_assert_cmpint (deflate (&zlib, Z_FULL_FLUSH), ==, Z_OK);
      g_assert_cmpuint (zlib.avail_in, ==, 0);
      g_byte_array_append (packed, block, sizeof block - zlib.avail_out);
    }
  for (guint i = 0; i < n; i++)
    {
      crc = crc32_combine (crc, text_crc, (z_off_t)strlen (text));
      if (i > 0)
        g_byte_array_append (packed, block, sizeof block - zlib.avail_out);
    }
  deflateEnd (&zlib);
  g_byte_array_append (packed, (const guint8 *)"\x03\x00", 2); /* an empty last block */
  book_add_parts (&book, zip);
  zip_builder_add_packed (zip, "xl/big.xml", packed->data, packed->len, (guint32)size,
                          (guint32)crc);
  return zip_builder_finish (zip, NULL);
}

static double
cpu_seconds (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);
  return (double)usage.ru_utime.tv_sec + (double)usage.ru_utime.tv_usec / 1e6;
}

/* How long it takes is said and not asserted, because that depends on the machine. */
static void
check_bomb (const char *start, const char *text, guint n, const char *words)
{
  g_autoptr (GBytes) bytes = repeat_sheet (start, text, n);
  double before = cpu_seconds ();

  assert_bytes_refused (bytes, REG_TABULAR_ERROR_TOO_LARGE, words);
  g_test_message ("%" G_GSIZE_FORMAT " bytes, refused in %.3f s", g_bytes_get_size (bytes),
                  cpu_seconds () - before);
}

static void
test_bombs (void)
{
  static const char start[] = "<worksheet><sheetData>";
  g_autofree char *spaces = g_strnfill (1 << 20, ' ');
  g_autoptr (GString) rows = g_string_new (NULL);
  g_autoptr (GString) noise = g_string_new (NULL);
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);

  for (guint i = 0; i < 100000; i++)
    g_string_append (rows, "<row/>");
  /* half a gigabyte of white space; 40 million empty rows; just more rows than there can be */
  check_bomb (start, spaces, 512, "unpacks to far more");
  check_bomb (start, rows->str, 400, "unpacks to far more");
  check_bomb (start, rows->str, 11, "1048576");
  /* one endless cell, and one endless row, that pack too badly to be a bomb by their ratio */
  for (guint i = 0; i < 30000; i++)
    g_string_append_c (noise, (char)g_rand_int_range (rand, 'A', 'Z'));
  check_bomb ("<worksheet><sheetData><row><c t=\"inlineStr\"><is><t>", noise->str, 2000,
              "longer than it can be");
  g_string_prepend (noise, "<c><v>");
  g_string_append (noise, "</v></c>");
  check_bomb ("<worksheet><sheetData><row>", noise->str, 2000, "longer than it can be");
}

/* Half a gigabyte of comments between two rows; noise lets it pack just badly enough. */
static void
test_padding (void)
{
  g_autoptr (GString) padding = g_string_new ("<!--");
  g_autoptr (GRand) rand = g_rand_new_with_seed (2);

  for (guint i = 0; i < 20000; i++)
    g_string_append_c (padding, (char)g_rand_int_range (rand, 'A', 'Z'));
  g_string_append_printf (padding, "%*s-->", 900000, "");
  check_bomb ("<worksheet><sheetData>", padding->str, 500, "mostly padding");
}

/* One text of a megabyte, that a hundred thousand cells of a few bytes stand for */
static void
test_amplified_text (void)
{
  g_autoptr (GString) strings = g_string_new ("<si><t>");
  g_autoptr (GString) rows = g_string_new (NULL);
  const char *words = "more text than can be imported";
  Book book = { 0 };

  g_string_append_printf (strings, "%01000000d</t></si>", 1);
  for (guint i = 0; i < 100000; i++)
    g_string_append (rows, "<row><c t=\"s\"><v>0</v></c></row>");
  book.strings = strings->str;
  book.rows = rows->str;
  assert_book_refused (&book, REG_TABULAR_ERROR_TOO_LARGE, words);
}

/* Texts of the same djb2 hash, as tables of GLib's would have them: two pairs of characters can
 * stand for each other */
static char *
make_colliding_name (guint i)
{
  GString *name = g_string_new (NULL);

  for (guint bit = 0; bit < 17; bit++)
    g_string_append (name, (i >> bit & 1) != 0 ? "a~" : "b]");
  return g_string_free (name, FALSE);
}

static void
test_colliding_names (void)
{
  const Book book = { .rows = ROW };
  ZipBuilder *zip = zip_builder_new ();
  g_autoptr (GBytes) bytes = NULL;
  double before;

  book_add_parts (&book, zip);
  g_assert_cmpuint (g_str_hash ("a~"), ==, g_str_hash ("b]"));
  for (guint i = 0; i < 60000; i++)
    {
      g_autofree char *name = make_colliding_name (i);

      zip_builder_add_packed (zip, name, "\x03\x00", 2, 0, 0);
    }
  bytes = zip_builder_finish (zip, NULL);
  before = cpu_seconds ();
  assert_rows (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), "1[1]");
  g_test_message ("60000 names of one hash, read in %.3f s", cpu_seconds () - before);
}

/* Relations whose ids collide, more of them than there can be sheets */
static void
test_colliding_relations (void)
{
  g_autoptr (GString) relations = g_string_new (NULL);
  Book book = { .rows = ROW };
  double before = cpu_seconds ();

  for (guint i = 0; i < 120000; i++)
    {
      g_autofree char *name = make_colliding_name (i);

      g_string_append_printf (
          relations, "<Relationship Id=\"%s\" Type=\"x/worksheet\" Target=\"no.xml\"/>", name);
    }
  book.relations = relations->str;
  assert_book_refused (&book, REG_TABULAR_ERROR_NO_SHEET, "no sheet");
  g_test_message ("120000 ids of one hash, read in %.3f s", cpu_seconds () - before);
}

/* References that nobody resolves: there are no declarations to make them from. */
static void
test_entities (void)
{
  const Book book = {
    .rows = ROW,
    .properties = "<workbookPr date1904=\"&lol;\"/>",
  };

  assert_book_refused (&book, REG_TABULAR_ERROR_DAMAGED, "damaged");
}

/* ---- random changes ---- */

static void
mutate (GRand *rand, GByteArray *bytes)
{
  guint n = (guint)g_rand_int_range (rand, 1, 5);

  for (guint i = 0; i < n && bytes->len > 8; i++)
    {
      guint at = (guint)g_rand_int_range (rand, 0, (gint32)bytes->len - 4);
      guint len = (guint)g_rand_int_range (rand, 1, (gint32)MIN (bytes->len - at, 40));
      static const char marks[] = "<>/=\"'&;_x \0\n\r,[]!-?c";

      switch (g_rand_int_range (rand, 0, 5))
        {
        case 0:
          bytes->data[at] = (guint8)g_rand_int (rand);
          break;
        case 1:
          bytes->data[at] = (guint8)marks[g_rand_int_range (rand, 0, sizeof marks - 1)];
          break;
        case 2:
          g_byte_array_remove_range (bytes, at, len);
          break;
        case 3:
          {
            g_autofree guint8 *copy = g_memdup2 (bytes->data + at, len);

            g_byte_array_append (bytes, copy, len);
            break;
          }
        default:
          memmove (bytes->data + at,
                   bytes->data + (guint)g_rand_int_range (rand, 0, (gint32)(bytes->len - len)),
                   len);
        }
    }
}

/* Reads it or refuses it; read_rows() asserts that every cell is valid text. */
static void
read_any (const void *bytes, gsize len)
{
  static TestFile *file = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *rows = NULL;

  if (bytes == NULL)
    {
      g_clear_pointer (&file, test_file_free);
      return;
    }
  if (file == NULL)
    file = test_file_new ("people", "", 0);
  g_assert_true (g_file_set_contents_full (file->path, bytes, (gssize)len, G_FILE_SET_CONTENTS_NONE,
                                           0600, NULL));
  rows = read_file (file->path, NULL, &error);
  if (error != NULL)
    g_assert_cmpuint (strlen (error->message), >, 20);
}

static void
mutate_and_read (const void *bytes, gsize len, guint seed, guint rounds)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);

  for (guint i = 0; i < rounds; i++)
    {
      g_autoptr (GByteArray) copy = g_byte_array_new ();

      g_byte_array_append (copy, bytes, (guint)len);
      mutate (rand, copy);
      read_any (copy->data, copy->len);
    }
  read_any (NULL, 0);
}

#define RICH_ROWS                                                                                  \
  "<row r=\"1\" hidden=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" "                         \
  "t=\"s\"><v>1</v></c></row>"                                                                     \
  "<row r=\"2\"><c r=\"A2\" s=\"1\"><v>41747.5</v></c><c r=\"B2\" s=\"2\"><v>12</v></c>"           \
  "<c r=\"D2\" t=\"inlineStr\"><is><r><t>a&amp;_x0041_</t></r><rPh><t>b</t></rPh></is></c></row>"  \
  "<row><c t=\"b\"><v>1</v></c><c "                                                                \
  "t=\"str\"><f>A1</f><v><![CDATA[<x>]]></v></c><c/><c><v>1.5E-3</v></c></row>"

static const Book rich = {
  .rows = RICH_ROWS,
  .strings =
      "<si><t>Zoë</t></si><si><r><t>a</t></r><r><t xml:space=\"preserve\"> b&#233;</t></r></si>",
  .styles =
      "<styleSheet><numFmts><numFmt numFmtId=\"164\" formatCode=\"00000\"/></numFmts><cellXfs>"
      "<xf numFmtId=\"0\"/><xf numFmtId=\"22\"/><xf numFmtId=\"164\"/></cellXfs></styleSheet>",
  .flags = ZIP_STORED,
};

static void
test_mutated_container (void)
{
  g_autoptr (GBytes) bytes = book_build (&rich);

  mutate_and_read (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), 1, 3000);
}

/* The parts change, and the container is right again, so that its checksum does not catch it. */
static void
test_mutated_parts (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (2);

  for (guint i = 0; i < 3000; i++)
    {
      Book book = rich;
      const char **parts[] = { &book.sheet, &book.strings, &book.styles, &book.sheets };
      const char **part = parts[g_rand_int_range (rand, 0, 8) % 5 % G_N_ELEMENTS (parts)];
      g_autofree char *sheet = book_sheet_xml (RICH_ROWS);
      g_autofree char *changed = NULL;
      g_autoptr (GByteArray) text = g_byte_array_new ();
      g_autoptr (GBytes) bytes = NULL;

      book.sheet = sheet;
      book.sheets = "<sheet name=\"People\" sheetId=\"1\" r:id=\"rId1\"/>";
      g_byte_array_append (text, (const guint8 *)*part, (guint)strlen (*part));
      mutate (rand, text);
      changed = g_strndup ((const char *)text->data, text->len);
      *part = changed;
      bytes = book_build (&book);
      read_any (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
    }
  read_any (NULL, 0);
}

static void
test_mutated_text (void)
{
  static const char text[] =
      "sep=;\r\nE-mail;Name\r\na@example.com;\"Zoë \"\"Z\"\" \nB\"\r\n;;\r\n\"x\";é\n\n";
  static const char wide[] = "\xFF\xFE"
                             "a\0,\0b\0\r\0\n\0\"\0c\0\"\0,\0\x3D\xD8\x00\xDE\r\0\n\0";

  mutate_and_read (text, sizeof text - 1, 3, 3000);
  mutate_and_read (wide, sizeof wide - 1, 4, 1500);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/tabular/hostile/case/", cases[i].path, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/tabular/hostile/nul", test_nul);
  g_test_add_func ("/tabular/hostile/truncated", test_truncated);
  g_test_add_func ("/tabular/hostile/shortened", test_shortened);
  g_test_add_func ("/tabular/hostile/other-zips", test_other_zips);
  g_test_add_func ("/tabular/hostile/bombs", test_bombs);
  g_test_add_func ("/tabular/hostile/padding", test_padding);
  g_test_add_func ("/tabular/hostile/amplified-text", test_amplified_text);
  g_test_add_func ("/tabular/hostile/colliding-names", test_colliding_names);
  g_test_add_func ("/tabular/hostile/colliding-relations", test_colliding_relations);
  g_test_add_func ("/tabular/hostile/entities", test_entities);
  g_test_add_func ("/tabular/hostile/mutated-container", test_mutated_container);
  g_test_add_func ("/tabular/hostile/mutated-parts", test_mutated_parts);
  g_test_add_func ("/tabular/hostile/mutated-text", test_mutated_text);
  return g_test_run ();
}
