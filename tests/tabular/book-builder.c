/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "book-builder.h"

#include <string.h>
#include <zlib.h>

#define MAIN "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define DOCUMENT "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define PACKAGE "http://schemas.openxmlformats.org/package/2006/relationships"
#define DECLARATION "<?xml version=\"1.0\" standalone=\"yes\"?>\n"

ZipBuilder *
zip_builder_new (void)
{
  ZipBuilder *self = g_new0 (ZipBuilder, 1);

  self->bytes = g_byte_array_new ();
  self->directory = g_byte_array_new ();
  return self;
}

static void
put (GByteArray *out, guint64 value, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      guint8 byte = (guint8)(i < 8 ? value >> (8 * i) : 0);

      g_byte_array_append (out, &byte, 1);
    }
}

static void
put_bytes (GByteArray *out, const void *bytes, gsize len)
{
  g_byte_array_append (out, bytes, (guint)len);
}

/* What both headers have: version to the name's length */
static void
put_common (GByteArray *out,
            guint flags,
            guint method,
            guint32 crc,
            gsize packed,
            gsize size,
            gsize name_len)
{
  put (out, 20, 2);
  put (out, flags, 2);
  put (out, method, 2);
  put (out, 0x00210000, 4);
  put (out, crc, 4);
  put (out, packed, 4);
  put (out, size, 4);
  put (out, name_len, 2);
  put (out, 0, 2);
}

static void
add_entry (ZipBuilder *self,
           const char *name,
           const guint8 *packed,
           gsize packed_len,
           gsize size,
           guint32 crc,
           guint method,
           ZipFlags flags)
{
  gboolean later = (flags & ZIP_DESCRIPTOR) != 0;
  guint bits = ((flags & ZIP_ENCRYPTED) != 0 ? 1 : 0) | (later ? 8 : 0);
  gsize name_len = strlen (name);

  if ((flags & ZIP_SAME_PLACE) == 0)
    {
      self->last_offset = self->bytes->len;
      put (self->bytes, 0x04034B50, 4);
      put_common (self->bytes, bits, method, later ? 0 : crc, later ? 0 : packed_len,
                  later ? 0 : size, name_len);
      put_bytes (self->bytes, name, name_len);
      put_bytes (self->bytes, packed, packed_len);
      if (later)
        {
          put (self->bytes, 0x08074B50, 4);
          put (self->bytes, crc, 4);
          put (self->bytes, packed_len, 4);
          put (self->bytes, size, 4);
        }
    }
  put (self->directory, 0x02014B50, 4);
  put (self->directory, 20, 2);
  put_common (self->directory, bits, method, crc, packed_len, size, name_len);
  put (self->directory, 0, 2 + 2 + 2 + 4);
  put (self->directory, self->last_offset, 4);
  put_bytes (self->directory, name, name_len);
  self->count++;
}

void
zip_builder_add (ZipBuilder *self, const char *name, const void *data, gsize len, ZipFlags flags)
{
  guint32 crc = (guint32)crc32 (crc32 (0, NULL, 0), data, (uInt)len);
  g_autofree guint8 *packed = NULL;
  z_stream zlib = { 0 };
  gsize packed_len;
  gsize size = len;

  deflateInit2 (&zlib, 6, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY);
  packed = g_malloc (deflateBound (&zlib, len) + 64);
  zlib.next_in = (Bytef *)data;
  zlib.avail_in = (uInt)len;
  zlib.next_out = packed;
  zlib.avail_out = (uInt)deflateBound (&zlib, len) + 64;
  g_assert_cmpint (deflate (&zlib, Z_FINISH), ==, Z_STREAM_END);
  packed_len = zlib.total_out;
  deflateEnd (&zlib);
  if ((flags & ZIP_BAD_CRC) != 0)
    crc ^= 1;
  if ((flags & ZIP_SIZE_TOO_SMALL) != 0)
    size--;
  if ((flags & ZIP_SIZE_TOO_LARGE) != 0)
    size++;
  if ((flags & ZIP_STORED) != 0)
    add_entry (self, name, data, len, size, crc, 0, flags);
  else
    add_entry (self, name, packed, packed_len, size, crc, (flags & ZIP_ODD_METHOD) != 0 ? 12 : 8,
               flags);
}

void
zip_builder_add_packed (ZipBuilder *self,
                        const char *name,
                        const void *packed,
                        gsize packed_len,
                        guint32 size,
                        guint32 crc)
{
  add_entry (self, name, packed, packed_len, size, crc, 8, ZIP_PLAIN);
}

GBytes *
zip_builder_finish (ZipBuilder *self, const char *comment)
{
  guint32 offset = self->bytes->len;
  gsize comment_len = comment != NULL ? strlen (comment) : 0;
  GBytes *bytes;

  put_bytes (self->bytes, self->directory->data, self->directory->len);
  put (self->bytes, 0x06054B50, 4);
  put (self->bytes, 0, 4);
  put (self->bytes, self->count, 2);
  put (self->bytes, self->count, 2);
  put (self->bytes, self->directory->len, 4);
  put (self->bytes, offset, 4);
  put (self->bytes, comment_len, 2);
  put_bytes (self->bytes, comment, comment_len);
  bytes = g_byte_array_free_to_bytes (self->bytes);
  g_byte_array_unref (self->directory);
  g_free (self);
  return bytes;
}

/* Adds a part in the encoding that the book wants. */
static void
add_part (const Book *book, ZipBuilder *zip, const char *name, const char *text, ZipFlags flags)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *coded = NULL;
  gsize len = strlen (text);

  if (book->encoding != NULL)
    coded = g_convert (text, -1, book->encoding, "UTF-8", NULL, &len, &error);
  g_assert_no_error (error);
  put_bytes (bytes, book->mark, book->mark_len);
  put_bytes (bytes, coded != NULL ? coded : text, len);
  zip_builder_add (zip, name, bytes->data, bytes->len, flags);
}

char *
book_sheet_xml (const char *rows)
{
  return g_strdup_printf (DECLARATION "<worksheet xmlns=\"" MAIN "\"><sheetData>%s</sheetData>"
                                      "<pageMargins left=\"1\"/></worksheet>",
                          rows);
}

void
book_add_parts (const Book *book, ZipBuilder *zip)
{
  g_autofree char *sheet = book->sheet != NULL
                               ? g_strdup (book->sheet)
                               : book_sheet_xml (book->rows != NULL ? book->rows : "");
  g_autofree char *workbook = g_strdup_printf (
      DECLARATION "<workbook xmlns=\"" MAIN "\" xmlns:r=\"" DOCUMENT
                  "\">%s<sheets>%s</sheets></workbook>",
      book->properties != NULL ? book->properties : "",
      book->sheets != NULL ? book->sheets : "<sheet name=\"People\" sheetId=\"1\" r:id=\"rId1\"/>");
  g_autofree char *relations =
      g_strdup_printf (DECLARATION "<Relationships xmlns=\"" PACKAGE "\">%s</Relationships>",
                       book->relations != NULL ? book->relations
                                               : "<Relationship Id=\"rId1\" Type=\"" DOCUMENT
                                                 "/worksheet\" Target=\"worksheets/sheet1.xml\"/>"
                                                 "<Relationship Id=\"rId2\" Type=\"" DOCUMENT
                                                 "/styles\" Target=\"styles.xml\"/>"
                                                 "<Relationship Id=\"rId3\" Type=\"" DOCUMENT
                                                 "/sharedStrings\" Target=\"sharedStrings.xml\"/>");
  static const char roots[] =
      DECLARATION "<Relationships xmlns=\"" PACKAGE "\"><Relationship Id=\"rId1\" Type=\"" DOCUMENT
                  "/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>";

  zip_builder_add (zip, "_rels/.rels", roots, sizeof roots - 1, ZIP_PLAIN);
  add_part (book, zip, "xl/workbook.xml", workbook, ZIP_PLAIN);
  zip_builder_add (zip, "xl/_rels/workbook.xml.rels", relations, strlen (relations), ZIP_PLAIN);
  if (book->styles != NULL)
    zip_builder_add (zip, "xl/styles.xml", book->styles, strlen (book->styles), ZIP_PLAIN);
  if (book->strings != NULL)
    {
      g_autofree char *strings =
          g_strdup_printf (DECLARATION "<sst xmlns=\"" MAIN "\">%s</sst>", book->strings);

      add_part (book, zip, "xl/sharedStrings.xml", strings, ZIP_PLAIN);
    }
  add_part (book, zip, "xl/worksheets/sheet1.xml", sheet, book->flags);
}

GBytes *
book_build (const Book *book)
{
  ZipBuilder *zip = zip_builder_new ();

  book_add_parts (book, zip);
  return zip_builder_finish (zip, NULL);
}
