/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Workbooks. Where the input begins with "PK" it is the container as it is; otherwise the lines
 * "~~" part it into sheet, shared strings, styles, workbook and relations, which are put into a
 * container that is in order, so that a change reaches the reader of XML. What is empty is left
 * out; workbook and relations then are ordinary ones. */
#include "fuzz.h"

#include "../tabular/book-builder.h"
#include "fuzz-rows.h"
#include "tabular/reg-file-kind.h"
#include "tabular/reg-xlsx-reader.h"

#include <string.h>

static const char mark[] = "\n~~\n";

static const struct
{
  const char *name;
  const char *usual; /* NULL: such a file need not be there */
} parts[] = {
  { "xl/worksheets/sheet1.xml", "<worksheet><sheetData/></worksheet>" },
  { "xl/sharedStrings.xml", NULL },
  { "xl/styles.xml", NULL },
  { "xl/workbook.xml", "<workbook "
                       "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/"
                       "relationships\"><sheets><sheet name=\"People\" sheetId=\"1\" "
                       "r:id=\"rId1\"/></sheets></workbook>" },
  { "xl/_rels/workbook.xml.rels",
    "<Relationships><Relationship Id=\"rId1\" Type=\"x/worksheet\" "
    "Target=\"worksheets/sheet1.xml\"/>"
    "<Relationship Id=\"rId2\" Type=\"x/styles\" Target=\"styles.xml\"/>"
    "<Relationship Id=\"rId3\" Type=\"x/sharedStrings\" "
    "Target=\"sharedStrings.xml\"/></Relationships>" },
};

static GBytes *
build (const char *data, gsize size)
{
  static const char root[] = "<Relationships><Relationship Id=\"rId1\" Type=\"x/officeDocument\" "
                             "Target=\"xl/workbook.xml\"/></Relationships>";
  ZipBuilder *zip = zip_builder_new ();

  zip_builder_add (zip, "_rels/.rels", root, strlen (root), ZIP_STORED);
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      const char *end = size > 0 ? memmem (data, size, mark, strlen (mark)) : NULL;
      gsize len = end != NULL ? (gsize)(end - data) : size;

      if (len > 0)
        zip_builder_add (zip, parts[i].name, data, len, ZIP_STORED);
      else if (parts[i].usual != NULL)
        zip_builder_add (zip, parts[i].name, parts[i].usual, strlen (parts[i].usual), ZIP_STORED);
      len = end != NULL ? len + strlen (mark) : len;
      data += len;
      size -= len;
    }
  return zip_builder_finish (zip, NULL);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  gboolean whole = size >= 2 && memcmp (data, "PK", 2) == 0;
  g_autoptr (GBytes) bytes =
      whole ? g_bytes_new_static (data, size) : build ((const char *)data, size);
  g_autoptr (RegInput) input =
      reg_input_new_for_text (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), NULL);
  g_autoptr (RegXlsxReader) reader = NULL;
  g_autoptr (GError) error = NULL;
  guint64 line = 0;
  RegFileKind kind;
  RegRow row;

  if (reg_file_kind_find (input, &kind, &error) && kind == REG_FILE_KIND_ZIP)
    reader = reg_xlsx_reader_new (input, NULL, &error);
  while (reader != NULL && reg_xlsx_reader_next (reader, &row, &error))
    fuzz_assert_row (&row, &line);
  if (error != NULL)
    fuzz_assert_refusal (error);
  return 0;
}
