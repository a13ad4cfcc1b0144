/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-tabular"

#include "tabular/reg-zip-stream.h"

#include "tabular/reg-tabular-error.h"

#include <glib/gi18n-lib.h>
#include <zlib.h>

#define BLOCK ((gsize)64 * 1024)

struct _RegZipStream
{
  RegInput *input;
  const RegZipEntry *entry;
  guint64 offset;      /* of the packed bytes not read yet */
  guint64 packed_left; /* how many these are */
  guint64 unpacked;
  uLong crc;
  z_stream zlib;
  gboolean zlib_used;
  gboolean finished;
  guint8 *block;
};

static gssize
fail_damaged (GError **error)
{
  g_set_error_literal (error, REG_TABULAR_ERROR, REG_TABULAR_ERROR_DAMAGED,
                       _ ("This file is damaged. Copy or download it once more, or open it in a "
                          "spreadsheet program and save it again."));
  return -1;
}

/**
 * reg_zip_stream_new:
 * @zip: the container; it must outlive the stream
 * @entry: one of its files
 * @error: return location, see #RegTabularError and %G_IO_ERROR
 *
 * Returns: (transfer full) (nullable): the file, at its start
 */
RegZipStream *
reg_zip_stream_new (RegZip *zip, const RegZipEntry *entry, GError **error)
{
  g_autoptr (RegZipStream) self = g_new0 (RegZipStream, 1);

  self->input = reg_zip_get_input (zip);
  self->entry = entry;
  self->packed_left = entry->packed;
  self->crc = crc32 (0, NULL, 0);
  if (!reg_zip_locate (zip, entry, &self->offset, error))
    return NULL;
  self->block = g_malloc (BLOCK);
  if (entry->method != 0)
    {
      /* negative: deflate alone, without zlib's own header */
      if (inflateInit2 (&self->zlib, -MAX_WBITS) != Z_OK)
        g_error ("zlib cannot be used");
      self->zlib_used = TRUE;
    }
  return g_steal_pointer (&self);
}

void
reg_zip_stream_free (RegZipStream *self)
{
  if (self == NULL)
    return;
  if (self->zlib_used)
    inflateEnd (&self->zlib);
  g_free (self->block);
  g_free (self);
}

static gboolean
read_packed (RegZipStream *self, guint8 *buffer, gsize n, GError **error)
{
  if (!reg_input_read_at (self->input, self->offset, buffer, n, error))
    return FALSE;
  self->offset += n;
  self->packed_left -= n;
  return TRUE;
}

static gssize
read_stored (RegZipStream *self, guint8 *buffer, gsize n, GError **error)
{
  n = (gsize)MIN (n, self->packed_left);
  if (!read_packed (self, buffer, n, error))
    return -1;
  self->finished = self->packed_left == 0;
  return (gssize)n;
}

static gssize
read_deflated (RegZipStream *self, guint8 *buffer, gsize n, GError **error)
{
  z_stream *zlib = &self->zlib;

  n = MIN (n, (gsize)G_MAXINT);
  zlib->next_out = buffer;
  zlib->avail_out = (uInt)n;
  while (zlib->avail_out > 0)
    {
      int status;

      if (zlib->avail_in == 0 && self->packed_left > 0)
        {
          gsize piece = (gsize)MIN (BLOCK, self->packed_left);

          if (!read_packed (self, self->block, piece, error))
            return -1;
          zlib->next_in = self->block;
          zlib->avail_in = (uInt)piece;
        }
      status = inflate (zlib, Z_NO_FLUSH);
      if (status == Z_STREAM_END)
        {
          self->finished = TRUE;
          if (zlib->avail_in > 0 || self->packed_left > 0)
            return fail_damaged (error);
          break;
        }
      /* Z_BUF_ERROR: no more input although the end has not come */
      if (status != Z_OK)
        return fail_damaged (error);
    }
  return (gssize)(n - zlib->avail_out);
}

/**
 * reg_zip_stream_read:
 * @self: the stream
 * @buffer: (array length=n): where the bytes go
 * @n: how many at most
 * @error: return location, see #RegTabularError and %G_IO_ERROR
 *
 * A #RegReadFunc.
 *
 * Returns: how many bytes there were; 0 at the end, when size and checksum were right; -1 on error
 */
gssize
reg_zip_stream_read (gpointer stream, guint8 *buffer, gsize n, GError **error)
{
  RegZipStream *self = stream;
  gssize got = 0;

  if (!self->finished && n > 0)
    {
      got = self->zlib_used ? read_deflated (self, buffer, n, error)
                            : read_stored (self, buffer, n, error);
      if (got < 0)
        return -1;
      self->unpacked += (guint64)got;
      self->crc = crc32 (self->crc, buffer, (uInt)got);
      if (self->unpacked > self->entry->size)
        return fail_damaged (error);
    }
  if (self->finished
      && (self->unpacked != self->entry->size || (guint32)self->crc != self->entry->crc))
    return fail_damaged (error);
  return got;
}

/**
 * reg_zip_stream_get_packed_read:
 * @self: the stream
 *
 * Returns: how many of the packed bytes have been used
 */
guint64
reg_zip_stream_get_packed_read (RegZipStream *self)
{
  return self->entry->packed - self->packed_left;
}

/**
 * reg_zip_read_whole:
 * @zip: the container
 * @entry: one of its files
 * @limit: how large it may be
 * @error: return location, see #RegTabularError and %G_IO_ERROR
 *
 * Returns: (transfer full) (nullable): all bytes of the file
 */
GBytes *
reg_zip_read_whole (RegZip *zip, const RegZipEntry *entry, gsize limit, GError **error)
{
  g_autoptr (RegZipStream) stream = NULL;
  g_autofree guint8 *bytes = NULL;
  gsize len = 0;
  gssize got;

  if (entry->size > limit)
    {
      g_set_error_literal (error, REG_TABULAR_ERROR, REG_TABULAR_ERROR_TOO_LARGE,
                           _ ("This file unpacks to far more than a spreadsheet can hold. Copy the "
                              "list to a new spreadsheet and save that."));
      return NULL;
    }
  stream = reg_zip_stream_new (zip, entry, error);
  if (stream == NULL)
    return NULL;
  bytes = g_malloc ((gsize)entry->size + 1); /* one more shows what is longer than it says */
  while ((got = reg_zip_stream_read (stream, bytes + len, (gsize)entry->size + 1 - len, error)) > 0)
    len += (gsize)got;
  if (got < 0)
    return NULL;
  return g_bytes_new_take (g_steal_pointer (&bytes), len);
}
