/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "book-builder.h"
#include "reading.h"

#define RELATION "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

typedef struct
{
  const char *path;
  Book book;
  const char *rows;
} Case;

static const Case cases[] = {
  { "empty", { .rows = "" }, "" },
  { "no-data", { .sheet = "<worksheet><sheetViews/></worksheet>" }, "" },
  { "no-rows", { .sheet = "<worksheet><sheetData/><mergeCells/></worksheet>" }, "" },
  { "shared",
    { .rows = "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>1</v></c><c r=\"B1\" t=\"s\"><v>0</v></c></row>",
      .strings = "<si><t>a</t></si><si><t>b &amp; c</t></si>" },
    "1[b & c|a]" },
  { "shared-rich",
    { .rows = "<row r=\"1\"><c t=\"s\"><v>0</v></c><c t=\"s\"><v>1</v></c><c "
              "t=\"s\"><v>2</v></c></row>",
      .strings = "<si><r><rPr><b/></rPr><t>a</t></r><r><t xml:space=\"preserve\"> b</t></r></si>"
                 "<si><t>東京</t><rPh sb=\"0\" eb=\"2\"><t>トウキョウ</t></rPh><phoneticPr/></si>"
                 "<si/>" },
    "1[a b|東京]" },
  { "inline",
    { .rows = "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>a</t></is></c>"
              "<c r=\"B1\" t=\"inlineStr\"><is><r><t>b</t></r><r><rPr/><t>c</t></r>"
              "<rPh sb=\"0\" eb=\"1\"><t>no</t></rPh></is></c></row>" },
    "1[a|bc]" },
  { "both-texts",
    { .rows = "<row r=\"1\"><c t=\"inlineStr\"><v>1.0</v><is><r><t>1.</t></r></is></c>"
              "<c t=\"inlineStr\"><is><t>a@b.c</t></is><v>a@b.c</v></c></row>" },
    "1[1.|a@b.c]" },
  { "references",
    { .rows =
          "<row r=\"1\"><c t=\"inlineStr\"><is><t>&lt;&gt;&amp;&quot;&apos; &#233;&#xE9;&#x1F600;"
          "</t></is></c><c t=\"inlineStr\"><is><t>&nbsp; &; &#0; &#xD800; &#x110000;</t></is></c>"
          "</row>" },
    "1[<>&\"' éé😀|&nbsp; &; � � �]" },
  { "escapes",
    { .rows = "<row r=\"1\"><c t=\"inlineStr\"><is><t>a_x0041_b_x005F_x0041_</t></is></c>"
              "<c t=\"inlineStr\"><is><t>_xD83D__xDE00_ _xD83D_ _x0000_ _x00_ "
              "_x00G0_</t></is></c></row>" },
    "1[aAb_x0041_|😀 � � _x00_ _x00G0_]" },
  { "line-ends",
    { .rows =
          "<row r=\"1\"><c t=\"inlineStr\"><is><t>a\r\nb\rc\nd_x000D_e&#13;f</t></is></c></row>" },
    "1[a\nb\nc\nd\re\rf]" },
  { "cdata",
    { .rows = "<row r=\"1\"><c t=\"inlineStr\"><is><t>a<![CDATA[<&amp;]]>b<!-- no "
              "-->c</t></is></c></row>" },
    "1[a<&amp;bc]" },
  { "numbers",
    { .rows = "<row r=\"1\"><c><v>1</v></c><c><v>1.0</v></c><c><v>1.50</v></c><c><v>1.5E+3</v></c>"
              "<c><v>1E20</v></c><c><v>1E21</v></c><c><v>1e-7</v></c><c><v>1.25E-8</v></c></row>"
              "<row r=\"2\"><c><v>0</v></c><c><v>-0</v></c><c><v>-2.5</v></c>"
              "<c><v>0.30000000000000004</v></c><c><v>0.1</v></c><c><v>007</v></c>"
              "<c><v>12345678901234567890</v></c><c><v>abc</v></c><c><v>1e999</v></c>"
              "<c t=\"n\"><v>100</v></c><c><v>123.456</v></c></row>" },
    "1[1|1|1.5|1500|100000000000000000000|1E+21|0.0000001|1.25E-08] "
    "2[0|0|-2.5|0.30000000000000004|0.1|7|12345678901234567890|abc|1e999|100|123.456]" },
  { "types",
    { .rows =
          "<row r=\"1\"><c t=\"b\"><v>1</v></c><c t=\"b\"><v>0</v></c><c t=\"e\"><v>#N/A</v></c>"
          "<c t=\"str\"><f>A1&amp;\"x\"</f><v>x &lt; y</v></c><c "
          "t=\"d\"><v>2014-04-18T00:00:00</v></c>"
          "<c t=\"d\"><v>2014-04-18T12:34:56.000Z</v></c><c t=\"d\"><v>2014-04-18</v></c>"
          "<c t=\"d\"><v>2014-04-18T12:34</v></c><c><f>1+1</f><v>2</v></c></row>" },
    "1[TRUE|FALSE|#N/A|x < y|2014-04-18|2014-04-18 12:34:56|2014-04-18|2014-04-18 12:34:00|2]" },
  { "no-references",
    { .rows = "<row><c><v>1</v></c><c/><c><v>3</v></c></row><row/><row><c><v>4</v></c></row>" },
    "1[1||3] 2[] 3[4]" },
  { "gaps",
    { .rows = "<row r=\"2\"><c r=\"B2\"><v>1</v></c><c><v>2</v></c><c r=\"AA2\"><v>3</v></c></row>"
              "<row r=\"7\"><c r=\"A7\"><v>4</v></c></row><row><c><v>5</v></c></row>" },
    "2[|1|2||||||||||||||||||||||||3] 7[4] 8[5]" },
  { "out-of-order",
    { .rows = "<row r=\"1\"><c r=\"C1\"><v>3</v></c><c r=\"A1\"><v>1</v></c></row>" },
    "1[1||3]" },
  { "only-formatted",
    { .rows =
          "<row r=\"1\"><c r=\"A1\"><v>1</v></c><c r=\"B1\" s=\"1\"/><c r=\"C1\"><v></v></c></row>"
          "<row r=\"2\"><c r=\"A2\" s=\"1\"/><c r=\"XFD2\" s=\"1\"/></row><row r=\"3\" "
          "ht=\"20\"/>" },
    "1[1] 2[] 3[]" },
  { "prefix",
    { .sheet =
          "<x:worksheet xmlns:x=\"m\"><x:sheetData><x:row r=\"1\"><x:c r=\"A1\" t=\"inlineStr\">"
          "<x:is><x:t>a</x:t></x:is></x:c></x:row></x:sheetData></x:worksheet>" },
    "1[a]" },
  { "odd-markup",
    { .sheet =
          "<?xml version='1.0'?><!-- <row/> --><worksheet\n a='>' ><sheetData\t><?pi <row> ?>\n"
          "<row r = '1' spans=\"1:2\"  >\n <c r='A1'\n t='inlineStr' ><is><t >a</t ></is></c >"
          " <c r='B1'><f>1</f><v >2</v><extLst><ext><x>9</x></ext></extLst></c></row >\n"
          "</sheetData ></worksheet>" },
    "1[a|2]" },
  { "utf-8-mark",
    { .rows = "<row><c><v>1</v></c></row>", .mark = "\xEF\xBB\xBF", .mark_len = 3 },
    "1[1]" },
  { "utf-16le",
    { .rows = "<row><c t=\"s\"><v>0</v></c></row>",
      .strings = "<si><t>é東𠮷</t></si>",
      .encoding = "UTF-16LE",
      .mark = "\xFF\xFE",
      .mark_len = 2 },
    "1[é東𠮷]" },
  { "utf-16be",
    { .rows = "<row><c t=\"s\"><v>0</v></c></row>",
      .strings = "<si><t>é東𠮷</t></si>",
      .encoding = "UTF-16BE",
      .mark = "\xFE\xFF",
      .mark_len = 2 },
    "1[é東𠮷]" },
  { "stored", { .rows = "<row><c><v>1</v></c></row>", .flags = ZIP_STORED }, "1[1]" },
  { "descriptor", { .rows = "<row><c><v>1</v></c></row>", .flags = ZIP_DESCRIPTOR }, "1[1]" },
  { "absolute-target",
    { .rows = "<row><c><v>1</v></c></row>",
      .relations = "<Relationship Id=\"rId1\" Type=\"" RELATION
                   "/worksheet\" Target=\"/xl/./worksheets/../worksheets/SHEET1.xml\"/>" },
    "1[1]" },
  { "strict",
    { .rows = "<row><c><v>1</v></c></row>",
      .sheets = "<sheet xmlns:s=\"http://purl.oclc.org/ooxml/officeDocument/relationships\" "
                "name=\"A\" s:id=\"rId1\"/>",
      .relations = "<Relationship Id=\"rId1\" "
                   "Type=\"http://purl.oclc.org/ooxml/officeDocument/relationships/worksheet\" "
                   "Target=\"worksheets\\sheet1.xml\"/>" },
    "1[1]" },
  { "last-cell",
    { .rows =
          "<row r=\"1048576\"><c r=\"A1048576\"><v>1</v></c><c r=\"XFD1048576\" s=\"1\"/></row>" },
    "1048576[1]" },
};

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  g_autoptr (GBytes) bytes = book_build (&c->book);

  assert_rows (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), c->rows);
}

#define STYLES(formats, cells)                                                                     \
  "<styleSheet "                                                                                   \
  "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><numFmts>" formats          \
  "</numFmts><cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs><cellXfs>" cells                    \
  "</cellXfs></styleSheet>"

typedef struct
{
  const char *code; /* a format code, or the number of a built-in one */
  const char *value;
  const char *text;
  const char *text_1904; /* NULL: the same */
} Formatted;

static const Formatted formatted[] = {
  { "0", "41747", "41747", NULL },
  { "14", "41747", "2014-04-18", "2018-04-19" },
  { "14", "40285", "2010-04-17", "2014-04-18" },
  { "14", "41747.75", "2014-04-18", "2018-04-19" },
  { "22", "41747.75", "2014-04-18 18:00:00", "2018-04-19 18:00:00" },
  { "22", "41747", "2014-04-18", "2018-04-19" },
  { "22", "41747.999999", "2014-04-19", "2018-04-20" },
  { "14", "0", "1900-01-00", "1904-01-01" },
  { "14", "1", "1900-01-01", "1904-01-02" },
  { "14", "59", "1900-02-28", "1904-02-29" },
  { "14", "60", "1900-02-29", "1904-03-01" },
  { "14", "61", "1900-03-01", "1904-03-02" },
  { "14", "2958465", "9999-12-31", "2958465" },
  { "14", "2958466", "2958466", "2958466" },
  { "14", "-1", "-1", NULL },
  { "14", "soon", "soon", NULL },
  { "20", "0.5", "12:00:00", NULL },
  { "46", "1.5", "36:00:00", NULL },
  { "47", "0.5", "12:00:00", NULL },
  { "49", "41747", "41747", NULL },
  { "yyyy\\-mm\\-dd", "41747", "2014-04-18", "2018-04-19" },
  { "[$-409]d\\-mmm\\-yy;@", "41747", "2014-04-18", "2018-04-19" },
  { "[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", "41747", "2014-04-18", "2018-04-19" },
  { "mmm", "41747", "2014-04-18", "2018-04-19" },
  { "dd/mm/yyyy hh:mm", "41747.5", "2014-04-18 12:00:00", "2018-04-19 12:00:00" },
  { "h:mm AM/PM", "0.75", "18:00:00", NULL },
  { "mm:ss.0", "0.001", "00:01:26", NULL },
  { "[h]:mm", "2", "48:00:00", NULL },
  { "[Red]0.00", "5", "5", NULL },
  { "0.00 \"days\"", "5", "5", NULL },
  { "#,##0\\ \\d", "5", "5", NULL },
  { "0.00E+00", "5", "5", NULL },
  { "General", "5", "5", NULL },
  { "00000", "123", "00123", NULL },
  { "00000", "123456", "123456", NULL },
  { "00000", "12.5", "12.5", NULL },
  { "00000", "-5", "-5", NULL },
  { "00000", "0", "00000", NULL },
  { "0000000000", "1.23E5", "0000123000", NULL },
  { "000-00-0000", "12345678", "012-34-5678", NULL },
  { "\"E\"0000000", "42", "E0000042", NULL },
  { "00000;[Red]00000", "7", "00007", NULL },
  { "0", "7", "7", NULL },
  { "##00", "7", "7", NULL },
};

/* What newer programs write besides: of the same name, in another namespace */
#define PROPERTIES_EXTENSION                                                                       \
  "<extLst><ext><x15:workbookPr xmlns:x15=\"urn:x15\" chartTrackingRefBase=\"1\"/></ext></extLst>"

/* One cell in one format, read in both systems of dates */
static void
check_format (const Formatted *f, gboolean date1904)
{
  gboolean built_in = strspn (f->code, "0123456789") == strlen (f->code) && strlen (f->code) <= 2;
  g_autofree char *code = g_markup_escape_text (f->code, -1);
  g_autofree char *styles = g_strdup_printf (STYLES ("<numFmt numFmtId=\"164\" formatCode=\"%s\"/>",
                                                     "<xf numFmtId=\"0\"/><xf numFmtId=\"%s\"/>"),
                                             code, built_in ? f->code : "164");
  g_autofree char *rows =
      g_strdup_printf ("<row r=\"1\"><c r=\"A1\" s=\"1\"><v>%s</v></c></row>", f->value);
  g_autofree char *expected =
      g_strdup_printf ("1[%s]", date1904 && f->text_1904 != NULL ? f->text_1904 : f->text);
  Book book = { .rows = rows,
                .styles = styles,
                .properties = date1904 ? "<workbookPr date1904=\"true\"/>" PROPERTIES_EXTENSION
                                       : "<workbookPr/>" };
  g_autoptr (GBytes) bytes = book_build (&book);

  g_test_message ("%s as %s", f->value, f->code);
  assert_rows (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), expected);
}

static void
test_formats (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (formatted); i++)
    {
      check_format (&formatted[i], FALSE);
      check_format (&formatted[i], TRUE);
    }
}

static TestFile *
make_file (const Book *book)
{
  g_autoptr (GBytes) bytes = book_build (book);

  return test_file_new ("people.xlsx", g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

static void
test_sheets (void)
{
  ZipBuilder *zip = zip_builder_new ();
  static const char second[] =
      "<worksheet><sheetData><row><c><v>2</v></c></row></sheetData></worksheet>";
  const Book book = {
    .rows = "<row><c><v>1</v></c></row>",
    .sheets = "<sheet name=\"Chart\" sheetId=\"3\" r:id=\"rId4\"/>"
              "<sheet name=\"Secret\" sheetId=\"1\" state=\"veryHidden\" r:id=\"rId1\"/>"
              "<sheet name=\"R&amp;D\" sheetId=\"2\" r:id=\"rId2\"/>",
    .relations = "<Relationship Id=\"rId1\" Type=\"" RELATION
                 "/worksheet\" Target=\"worksheets/sheet1.xml\"/>"
                 "<Relationship Id=\"rId2\" Type=\"" RELATION "/worksheet\" Target=\"two.xml\"/>"
                 "<Relationship Id=\"rId4\" Type=\"" RELATION "/chartsheet\" Target=\"c.xml\"/>",
  };
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (TestFile) file = NULL;
  g_autoptr (RegRowReader) reader = NULL;
  g_autoptr (GError) error = NULL;
  const RegReadOptions secret = { "Secret", NULL, 0 };
  const RegReadOptions none = { "People", NULL, 0 };
  g_autofree char *rows = NULL;
  g_autofree char *secret_rows = NULL;

  book_add_parts (&book, zip);
  zip_builder_add (zip, "XL\\two.xml", second, sizeof second - 1, ZIP_PLAIN);
  bytes = zip_builder_finish (zip, "a comment PK\5\6");
  file = test_file_new ("people.xlsx", g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  reader = reg_row_reader_open (file->path, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (reg_row_reader_get_format (reader), ==, REG_ROW_FORMAT_XLSX);
  g_assert_null (reg_row_reader_get_encoding (reader));
  g_assert_cmpint (reg_row_reader_get_delimiter (reader), ==, 0);
  g_assert_cmpstr (reg_row_reader_get_sheet (reader), ==, "R&D");
  g_assert_cmpuint (g_strv_length ((GStrv)reg_row_reader_get_sheets (reader)), ==, 2);
  g_assert_cmpstr (reg_row_reader_get_sheets (reader)[0], ==, "Secret");
  rows = read_rows (reader, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (rows, ==, "1[2]");
  secret_rows = read_file (file->path, &secret, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (secret_rows, ==, "1[1]");
  g_assert_null (reg_row_reader_open (file->path, &none, NULL, &error));
  g_assert_error (error, REG_TABULAR_ERROR, REG_TABULAR_ERROR_NO_SHEET);
}

static void
test_hidden_rows (void)
{
  const Book book = { .rows =
                          "<row r=\"1\"/><row r=\"2\" hidden=\"1\"/><row r=\"3\" hidden=\"true\">"
                          "<c><v>1</v></c></row><row r=\"4\" hidden=\"0\"/>" };
  g_autoptr (TestFile) file = make_file (&book);
  g_autoptr (GError) error = NULL;
  g_autoptr (RegRowReader) reader = reg_row_reader_open (file->path, NULL, NULL, &error);
  g_autofree char *rows = NULL;

  g_assert_no_error (error);
  rows = read_rows (reader, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (reg_row_reader_get_n_hidden_rows (reader), ==, 2);
}

/* B, D and everything from F on; what stands there is read all the same. Columns out of their
 * order, and such that are none, are no columns. */
static void
test_hidden_columns (void)
{
  const Book book = {
    .sheet = "<worksheet><cols><col min=\"2\" max=\"2\" hidden=\"1\"/><col min=\"3\" max=\"3\"/>"
             "<col min=\"4\" max=\"4\" hidden=\"true\"/><col min=\"5\" max=\"5\" hidden=\"0\"/>"
             "<col min=\"1\" max=\"3\" hidden=\"1\"/><col min=\"9\" max=\"8\" hidden=\"1\"/>"
             "<col hidden=\"1\"/><col min=\"x\" max=\"y\" hidden=\"1\"/>"
             "<col min=\"6\" max=\"4294967296\" hidden=\"1\"/></cols><sheetData><row r=\"1\">"
             "<c><v>1</v></c><c><v>2</v></c></row></sheetData></worksheet>",
  };
  const char *const hidden = ".x.x.xx";
  g_autoptr (TestFile) file = make_file (&book);
  g_autoptr (GError) error = NULL;
  g_autoptr (RegRowReader) reader = reg_row_reader_open (file->path, NULL, NULL, &error);
  g_autofree char *rows = NULL;

  g_assert_no_error (error);
  rows = read_rows (reader, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (rows, ==, "1[1|2]");
  for (guint i = 0; hidden[i] != '\0'; i++)
    g_assert_cmpint (reg_row_reader_is_column_hidden (reader, i), ==, hidden[i] == 'x');
  g_assert_true (reg_row_reader_is_column_hidden (reader, 16383));
  g_assert_false (reg_row_reader_is_column_hidden (reader, 16384));
}

/* Rows lie across the ends of the blocks that are read, and some are larger than a block. */
static void
test_blocks (gconstpointer encoding)
{
  g_autoptr (GString) xml = g_string_new (NULL);
  g_autoptr (TestFile) file = NULL;
  g_autoptr (RegRowReader) reader = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *large = g_strnfill (700000, 'z');
  Book book = { .encoding = encoding };
  RegRow row;
  guint i = 0;

  for (guint k = 0; k < 20000; k++)
    g_string_append_printf (
        xml,
        "<row r=\"%u\"><c r=\"A%u\"><v>%u</v></c><c r=\"B%u\" t=\"inlineStr\"><is>"
        "<t>é&amp;%.*s%s</t></is></c></row>",
        k + 1, k + 1, k, k + 1, (int)(k % 37), "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        k == 9000 ? large : "");
  book.rows = xml->str;
  if (encoding != NULL)
    {
      book.mark = "\xFE\xFF";
      book.mark_len = 2;
    }
  file = make_file (&book);
  reader = reg_row_reader_open (file->path, NULL, NULL, &error);
  g_assert_no_error (error);
  for (; reg_row_reader_next (reader, &row, &error); i++)
    {
      g_assert_cmpuint (row.line, ==, i + 1);
      g_assert_cmpuint (row.n_cells, ==, 2);
      g_assert_cmpuint (g_ascii_strtoull (row.cells[0].text, NULL, 10), ==, i);
      g_assert_cmpuint (row.cells[1].len, ==, 3 + i % 37 + (i == 9000 ? 700000 : 0));
    }
  g_assert_no_error (error);
  g_assert_cmpuint (i, ==, 20000);
}

static void
test_cancel (void)
{
  g_autoptr (GString) xml = g_string_new (NULL);
  g_autoptr (TestFile) file = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (RegRowReader) reader = NULL;
  g_autoptr (GError) error = NULL;
  Book book = { .flags = ZIP_STORED };
  RegRow row;

  for (guint k = 0; k < 100000; k++)
    g_string_append (xml, "<row><c><v>1</v></c></row>");
  book.rows = xml->str;
  file = make_file (&book);
  reader = reg_row_reader_open (file->path, NULL, cancellable, &error);
  g_assert_no_error (error);
  g_assert_true (reg_row_reader_next (reader, &row, &error));
  g_cancellable_cancel (cancellable);
  while (reg_row_reader_next (reader, &row, &error))
    ;
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/tabular/xlsx/case/", cases[i].path, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/tabular/xlsx/formats", test_formats);
  g_test_add_func ("/tabular/xlsx/sheets", test_sheets);
  g_test_add_func ("/tabular/xlsx/hidden-rows", test_hidden_rows);
  g_test_add_func ("/tabular/xlsx/hidden-columns", test_hidden_columns);
  g_test_add_data_func ("/tabular/xlsx/blocks", NULL, test_blocks);
  g_test_add_data_func ("/tabular/xlsx/blocks-utf-16", "UTF-16BE", test_blocks);
  g_test_add_func ("/tabular/xlsx/cancel", test_cancel);
  return g_test_run ();
}
