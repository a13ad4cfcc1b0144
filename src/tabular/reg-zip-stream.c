/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-tabular"

#include "tabular/reg-zip-stream.h"

#include "tabular/reg-tabular-error.h"

#include <glib/gi18n-lib.h>
#include <isa-l/igzip_lib.h>
#include <zlib.h>

#define BLOCK ((gsize)64 * 1024)

struct _RegZipStream
{
  RegInput *input;
  const RegZipEntry *entry;
  guint64 offset;      /* of the packed bytes not read yet */
  guint64 packed_left; /* how many these are */
  guint64 unpacked;
  guint32 crc;
  struct inflate_state *inflate; /* (nullable): NULL where the bytes are stored as they are */
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
  if (!reg_zip_locate (zip, entry, &self->offset, error))
    return NULL;
  self->block = g_malloc (BLOCK);
  if (entry->method != 0)
    {
      self->inflate = g_new (struct inflate_state, 1);
      isal_inflate_init (self->inflate);
    }
  return g_steal_pointer (&self);
}

void
reg_zip_stream_free (RegZipStream *self)
{
  if (self == NULL)
    return;
  g_free (self->inflate);
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

/* Whether bytes follow behind the end: those not taken yet, and those taken ahead of it. */
static gboolean
has_rest (RegZipStream *self)
{
  return self->packed_left > 0 || self->inflate->avail_in > 0 || self->inflate->read_in_length >= 8;
}

static gssize
read_deflated (RegZipStream *self, guint8 *buffer, gsize n, GError **error)
{
  struct inflate_state *inflate = self->inflate;

  n = MIN (n, (gsize)G_MAXINT);
  inflate->next_out = buffer;
  inflate->avail_out = (guint32)n;
  while (inflate->avail_out > 0)
    {
      guint32 room = inflate->avail_out;
      gboolean is_last = self->packed_left == 0;

      if (inflate->avail_in == 0 && !is_last)
        {
          gsize piece = (gsize)MIN (BLOCK, self->packed_left);

          if (!read_packed (self, self->block, piece, error))
            return -1;
          inflate->next_in = self->block;
          inflate->avail_in = (guint32)piece;
        }
      if (isal_inflate (inflate) != ISAL_DECOMP_OK)
        return fail_damaged (error);
      if (inflate->block_state == ISAL_BLOCK_FINISH)
        {
          self->finished = TRUE;
          if (has_rest (self))
            return fail_damaged (error);
          break;
        }
      /* no more input although the end has not come */
      if (is_last && inflate->avail_in == 0 && inflate->avail_out == room)
        return fail_damaged (error);
    }
  return (gssize)(n - inflate->avail_out);
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
      got = self->inflate != NULL ? read_deflated (self, buffer, n, error)
                                  : read_stored (self, buffer, n, error);
      if (got < 0)
        return -1;
      self->unpacked += (guint64)got;
      /* zlib's: that of ISA-L 2.30 leaves wide registers in use, and with them all that follows
       * takes half as long again on computers that have AVX-512 */
      self->crc = (guint32)crc32 (self->crc, buffer, (uInt)got);
      if (self->unpacked > self->entry->size)
        return fail_damaged (error);
    }
  if (self->finished && (self->unpacked != self->entry->size || self->crc != self->entry->crc))
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
