/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  ZIP_PLAIN = 0,
  ZIP_STORED = 1 << 0,
  ZIP_DESCRIPTOR = 1 << 1, /* the local header does not know the sizes */
  ZIP_ENCRYPTED = 1 << 2,
  ZIP_BAD_CRC = 1 << 3,
  ZIP_SIZE_TOO_SMALL = 1 << 4,
  ZIP_SIZE_TOO_LARGE = 1 << 5,
  ZIP_ODD_METHOD = 1 << 6,
  ZIP_SAME_PLACE = 1 << 7, /* the bytes of the file before, once more */
} ZipFlags;

/* Builds zip containers, right and wrong ones. */
typedef struct
{
  GByteArray *bytes;
  GByteArray *directory;
  guint count;
  guint32 last_offset;
} ZipBuilder;

ZipBuilder *zip_builder_new (void);
void
zip_builder_add (ZipBuilder *self, const char *name, const void *data, gsize len, ZipFlags flags);
void zip_builder_add_packed (ZipBuilder *self,
                             const char *name,
                             const void *packed,
                             gsize packed_len,
                             guint32 size,
                             guint32 crc);
GBytes *zip_builder_finish (ZipBuilder *self, const char *comment);

/* A workbook. What is NULL gets what an ordinary one has. */
typedef struct
{
  const char *rows;    /* within sheetData */
  const char *sheet;   /* the whole part instead */
  const char *strings; /* within sst; NULL: no such part */
  const char *styles;  /* the whole part; NULL: none */
  const char *properties;
  const char *sheets;    /* within sheets */
  const char *relations; /* within the workbook's relations */
  const char *encoding;  /* of sheet, strings and workbook, other than UTF-8 */
  const char *mark;      /* before each of them */
  gsize mark_len;
  ZipFlags flags; /* of the sheet */
} Book;

char *book_sheet_xml (const char *rows);
void book_add_parts (const Book *book, ZipBuilder *zip);
GBytes *book_build (const Book *book);

G_END_DECLS
