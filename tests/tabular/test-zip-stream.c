/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What zlib packed, in every way it can, is unpacked to the same bytes whatever the size of the
 * pieces; and a stream that is cut short or goes on behind its end is damaged. */
#include "book-builder.h"

#include "tabular/reg-tabular-error.h"
#include "tabular/reg-zip-stream.h"

#include <string.h>
#include <zlib.h>

#define NAME "part"
#define SIZE ((gsize)300 * 1000)

/* The state is of the test, so that each run has the same bytes. */
static guint32
next_number (guint32 *state)
{
  *state = *state * 1664525 + 1013904223;
  return *state >> 8;
}

/* kind: 0 cells of a sheet, 1 noise that cannot be packed, 2 the same byte all along, 3 noise and
 * repeats from as far away as deflate reaches */
static guint8 *
create_bytes (int kind)
{
  guint32 state = 1;
  guint8 *bytes = g_malloc (SIZE);

  if (kind == 0)
    {
      g_autoptr (GString) text = g_string_sized_new (SIZE + 100);

      for (guint i = 1; text->len < SIZE; i++)
        g_string_append_printf (text, "<c r=\"A%u\" t=\"s\"><v>%u</v></c>", i,
                                next_number (&state) % 100000);
      memcpy (bytes, text->str, SIZE);
      return bytes;
    }
  for (gsize i = 0; i < SIZE; i++)
    if (kind == 2)
      bytes[i] = 'x';
    else if (kind == 3 && i >= 32768 && (i / 4096) % 2 == 0)
      bytes[i] = bytes[i - 32768];
    else
      bytes[i] = (guint8)next_number (&state);
  return bytes;
}

/* flush: how zlib ends each block of 20 000 bytes */
static GByteArray *
pack (const guint8 *bytes, int level, int strategy, int flush)
{
  GByteArray *packed = g_byte_array_new ();
  gsize done = 0;
  z_stream zlib = { 0 };
  guint8 block[4096];
  int status;

  g_assert_cmpint (deflateInit2 (&zlib, level, Z_DEFLATED, -MAX_WBITS, 8, strategy), ==, Z_OK);
  do
    {
      gsize piece = MIN (SIZE - done, 20000);
      int how = done + piece == SIZE ? Z_FINISH : flush;

      zlib.next_in = (Bytef *)bytes + done;
      zlib.avail_in = (uInt)piece;
      do
        {
          zlib.next_out = block;
          zlib.avail_out = sizeof block;
          status = deflate (&zlib, how);
          g_byte_array_append (packed, block, sizeof block - zlib.avail_out);
        }
      while (zlib.avail_out == 0);
      done += piece;
    }
  while (status != Z_STREAM_END);
  deflateEnd (&zlib);
  return packed;
}

/* Returns: (nullable): all bytes of it, read in pieces; NULL on error */
static GByteArray *
unpack (const GByteArray *packed, guint32 size, guint32 crc, gsize piece, GError **error)
{
  ZipBuilder *builder = zip_builder_new ();
  g_autoptr (GBytes) file = NULL;
  g_autoptr (RegInput) input = NULL;
  g_autoptr (RegZip) zip = NULL;
  g_autoptr (RegZipStream) stream = NULL;
  g_autoptr (GByteArray) whole = g_byte_array_new ();
  g_autofree guint8 *buffer =
      g_malloc (piece); /* no larger: a finder of mistakes watches its end */
  gssize got;

  zip_builder_add_packed (builder, NAME, packed->data, packed->len, size, crc);
  file = zip_builder_finish (builder, NULL);
  input = reg_input_new_for_text (g_bytes_get_data (file, NULL), g_bytes_get_size (file), NULL);
  zip = reg_zip_new (input, error);
  g_assert_nonnull (zip);
  stream = reg_zip_stream_new (zip, reg_zip_find (zip, NAME), error);
  g_assert_nonnull (stream);
  while ((got = reg_zip_stream_read (stream, buffer, piece, error)) > 0)
    g_byte_array_append (whole, buffer, (guint)got);
  return got == 0 ? g_steal_pointer (&whole) : NULL;
}

static guint32
sum (const guint8 *bytes)
{
  return (guint32)crc32 (crc32 (0, NULL, 0), bytes, (uInt)SIZE);
}

static void
test_every_way (void)
{
  const int levels[] = { 0, 1, 6, 9 };
  const int strategies[] = { Z_DEFAULT_STRATEGY, Z_HUFFMAN_ONLY, Z_RLE, Z_FIXED };
  const int flushes[] = { Z_NO_FLUSH, Z_SYNC_FLUSH, Z_FULL_FLUSH };
  const gsize pieces[] = { 997, 4096, 65536, 256 * 1024, SIZE, SIZE + 1 };

  for (int kind = 0; kind < 4; kind++)
    {
      g_autofree guint8 *bytes = create_bytes (kind);

      for (gsize i = 0; i < G_N_ELEMENTS (levels) * G_N_ELEMENTS (strategies); i++)
        for (gsize k = 0; k < G_N_ELEMENTS (flushes); k++)
          {
            g_autoptr (GByteArray) packed =
                pack (bytes, levels[i % 4], strategies[i / 4], flushes[k]);

            for (gsize p = 0; p < G_N_ELEMENTS (pieces); p++)
              {
                g_autoptr (GError) error = NULL;
                g_autoptr (GByteArray) whole =
                    unpack (packed, SIZE, sum (bytes), pieces[p], &error);

                g_assert_no_error (error);
                g_assert_cmpmem (whole->data, whole->len, bytes, SIZE);
              }
          }
    }
}

/* Each byte for itself: the unpacker keeps what it has ahead of the reader. */
static void
test_byte_by_byte (void)
{
  g_autofree guint8 *bytes = create_bytes (0);
  g_autoptr (GByteArray) packed = pack (bytes, 6, Z_DEFAULT_STRATEGY, Z_NO_FLUSH);
  g_autoptr (GError) error = NULL;
  g_autoptr (GByteArray) whole = unpack (packed, SIZE, sum (bytes), 1, &error);

  g_assert_no_error (error);
  g_assert_cmpmem (whole->data, whole->len, bytes, SIZE);
}

static void
assert_damaged (const GByteArray *packed, guint32 size, guint32 crc)
{
  const gsize pieces[] = { 997, 65536, SIZE + 1 };

  for (gsize p = 0; p < G_N_ELEMENTS (pieces); p++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (unpack (packed, size, crc, pieces[p], &error));
      g_assert_error (error, REG_TABULAR_ERROR, REG_TABULAR_ERROR_DAMAGED);
    }
}

static void
test_cut_short (void)
{
  for (int kind = 0; kind < 4; kind++)
    {
      g_autofree guint8 *bytes = create_bytes (kind);
      g_autoptr (GByteArray) packed = pack (bytes, 6, Z_DEFAULT_STRATEGY, Z_NO_FLUSH);
      guint len = packed->len;

      for (guint cut = 1; cut < len; cut = cut < 20 ? cut + 1 : cut * 2)
        {
          g_byte_array_set_size (packed, len - cut);
          assert_damaged (packed, SIZE, sum (bytes));
        }
    }
}

static void
test_goes_on (void)
{
  for (int kind = 0; kind < 4; kind++)
    for (guint more = 1; more <= 20; more++)
      {
        const guint8 rest[20] = { 3, 0 }; /* as if it was another one that is empty */
        g_autofree guint8 *bytes = create_bytes (kind);
        g_autoptr (GByteArray) packed = pack (bytes, 6, Z_DEFAULT_STRATEGY, Z_NO_FLUSH);

        g_byte_array_append (packed, rest, more);
        assert_damaged (packed, SIZE, sum (bytes));
      }
}

static void
test_wrong_sums (void)
{
  g_autofree guint8 *bytes = create_bytes (0);
  g_autoptr (GByteArray) packed = pack (bytes, 6, Z_DEFAULT_STRATEGY, Z_NO_FLUSH);

  assert_damaged (packed, SIZE, sum (bytes) ^ 1);
  assert_damaged (packed, SIZE - 1, sum (bytes));
  assert_damaged (packed, SIZE + 1, sum (bytes));
}

/* Blocks of nothing, one after another, end with the file. */
static void
test_empty_blocks (void)
{
  const guint8 empty[5] = { 0, 0, 0, 0xFF, 0xFF };
  const guint8 last[5] = { 1, 0, 0, 0xFF, 0xFF };
  g_autoptr (GByteArray) packed = g_byte_array_new ();
  g_autoptr (GByteArray) whole = NULL;
  g_autoptr (GError) error = NULL;

  for (int i = 0; i < 100000; i++)
    g_byte_array_append (packed, empty, sizeof empty);
  assert_damaged (packed, 0, 0);
  g_byte_array_append (packed, last, sizeof last);
  whole = unpack (packed, 0, 0, 4096, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (whole->len, ==, 0);
}

/* Whatever is wrong within, it ends, and never as if it was right. */
static void
test_mutated (void)
{
  guint32 state = 7;

  for (int kind = 0; kind < 4; kind++)
    {
      g_autofree guint8 *bytes = create_bytes (kind);
      g_autoptr (GByteArray) packed = pack (bytes, 6, Z_DEFAULT_STRATEGY, Z_SYNC_FLUSH);

      for (int i = 0; i < 200; i++)
        {
          g_autoptr (GByteArray) other = g_byte_array_new ();
          g_autoptr (GByteArray) whole = NULL;
          g_autoptr (GError) error = NULL;

          g_byte_array_append (other, packed->data, packed->len);
          for (int k = 0; k <= i % 4; k++)
            other->data[next_number (&state) % other->len] ^=
                (guint8)(1 << next_number (&state) % 8);
          whole = unpack (other, SIZE, sum (bytes), 1 + next_number (&state) % SIZE, &error);
          if (whole != NULL)
            g_assert_cmpmem (whole->data, whole->len, bytes, SIZE);
          else
            g_assert_error (error, REG_TABULAR_ERROR, REG_TABULAR_ERROR_DAMAGED);
        }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tabular/zip-stream/every-way", test_every_way);
  g_test_add_func ("/tabular/zip-stream/byte-by-byte", test_byte_by_byte);
  g_test_add_func ("/tabular/zip-stream/cut-short", test_cut_short);
  g_test_add_func ("/tabular/zip-stream/goes-on", test_goes_on);
  g_test_add_func ("/tabular/zip-stream/wrong-sums", test_wrong_sums);
  g_test_add_func ("/tabular/zip-stream/empty-blocks", test_empty_blocks);
  g_test_add_func ("/tabular/zip-stream/mutated", test_mutated);
  return g_test_run ();
}
