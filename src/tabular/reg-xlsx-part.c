/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-tabular"

#include "tabular/reg-xlsx-part.h"

#include "tabular/reg-tabular-error.h"

#include <glib/gi18n-lib.h>

struct _RegXlsxPart
{
  RegZipStream *stream;
  guint8 start[4]; /* the first bytes, read to learn the encoding */
  gsize start_len;
  gsize start_used;
  RegTextWindow *window;
  RegXmlScanner scanner;
};

gboolean
reg_xlsx_fail_damaged (GError **error)
{
  g_set_error_literal (error, REG_TABULAR_ERROR, REG_TABULAR_ERROR_DAMAGED,
                       _ ("This workbook is damaged. Open it in a spreadsheet program and save it "
                          "again."));
  return FALSE;
}

gboolean
reg_xlsx_fail_doctype (GError **error)
{
  g_set_error_literal (error, REG_TABULAR_ERROR, REG_TABULAR_ERROR_UNSUPPORTED,
                       _ ("This workbook has XML declarations that no spreadsheet program writes. "
                          "Open it in one and save it again."));
  return FALSE;
}

gboolean
reg_xlsx_fail_text (GError **error)
{
  g_set_error_literal (error, REG_TABULAR_ERROR, REG_TABULAR_ERROR_TOO_LARGE,
                       _ ("This workbook has more text than can be imported at once. Copy the "
                          "list to a new spreadsheet and save that."));
  return FALSE;
}

static gssize
read_part (gpointer source, guint8 *buffer, gsize n, GError **error)
{
  RegXlsxPart *self = source;
  gsize left = self->start_len - self->start_used;

  if (left == 0)
    return reg_zip_stream_read (self->stream, buffer, n, error);
  n = MIN (n, left);
  memcpy (buffer, self->start + self->start_used, n);
  self->start_used += n;
  return (gssize)n;
}

/* XML without a word about it is UTF-8; UTF-16 shows in the first two bytes, with a mark or
 * without. */
static const char *
find_encoding (RegXlsxPart *self)
{
  const guint8 *s = self->start;

  if (self->start_len >= 3 && s[0] == 0xEF && s[1] == 0xBB && s[2] == 0xBF)
    {
      self->start_used = 3;
      return "UTF-8";
    }
  if (self->start_len < 2)
    return "UTF-8";
  self->start_used = (s[0] == 0xFF && s[1] == 0xFE) || (s[0] == 0xFE && s[1] == 0xFF) ? 2 : 0;
  if ((s[0] == 0xFF && s[1] == 0xFE) || (s[0] == '<' && s[1] == 0))
    return "UTF-16LE";
  if ((s[0] == 0xFE && s[1] == 0xFF) || (s[0] == 0 && s[1] == '<'))
    return "UTF-16BE";
  return "UTF-8";
}

/**
 * reg_xlsx_part_open:
 * @zip: the container; it must outlive the part
 * @entry: one of its files
 * @error: return location, see #RegTabularError and %G_IO_ERROR
 *
 * Returns: (transfer full) (nullable): the part, before its first token
 */
RegXlsxPart *
reg_xlsx_part_open (RegZip *zip, const RegZipEntry *entry, GError **error)
{
  g_autoptr (RegXlsxPart) self = g_new0 (RegXlsxPart, 1);
  gssize got;

  self->stream = reg_zip_stream_new (zip, entry, error);
  if (self->stream == NULL)
    return NULL;
  got = reg_zip_stream_read (self->stream, self->start, sizeof self->start, error);
  if (got < 0)
    return NULL;
  self->start_len = (gsize)got;
  self->window = reg_text_window_new (read_part, self, find_encoding (self), error);
  if (self->window == NULL)
    return NULL;
  self->scanner.p = self->window->text;
  return g_steal_pointer (&self);
}

void
reg_xlsx_part_free (RegXlsxPart *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->window, reg_text_window_free);
  g_clear_pointer (&self->stream, reg_zip_stream_free);
  g_free (self);
}

RegXmlScanner *
reg_xlsx_part_get_scanner (RegXlsxPart *self)
{
  return &self->scanner;
}

/**
 * reg_xlsx_part_more:
 * @self: the part
 * @keep: where the text begins that is still needed; the scanner goes on from there
 * @limit: how much text may be needed at once
 * @error: return location, see #RegTabularError and %G_IO_ERROR
 *
 * Gets more text after the scanner said that it needs it. All other pointers into the text go
 * stale.
 *
 * Returns: whether there is more; the end of the part is an error
 */
gboolean
reg_xlsx_part_more (RegXlsxPart *self, char *keep, gsize limit, GError **error)
{
  RegTextWindow *window = self->window;
  gsize drop = (gsize)(keep - window->text);
  GError *local = NULL;
  gboolean more;

  if (window->len - drop > limit)
    {
      g_set_error_literal (error, REG_TABULAR_ERROR, REG_TABULAR_ERROR_TOO_LARGE,
                           _ ("This workbook has a row or a cell that is longer than it can be. "
                              "Copy the list to a new spreadsheet and save that."));
      return FALSE;
    }
  more = reg_text_window_more (window, drop, &local);
  self->scanner.p = window->text;
  if (more)
    return TRUE;
  if (local != NULL)
    {
      g_propagate_error (error, local);
      return FALSE;
    }
  if (window->state != REG_TEXT_FINE)
    {
      g_set_error_literal (error, REG_TABULAR_ERROR, REG_TABULAR_ERROR_BAD_TEXT,
                           _ ("This workbook has text that is not in its encoding. Open it in a "
                              "spreadsheet program and save it again."));
      return FALSE;
    }
  return reg_xlsx_fail_damaged (error);
}

/**
 * reg_xlsx_part_drain:
 * @self: the part
 * @error: return location, see #RegTabularError and %G_IO_ERROR
 *
 * Reads what is left, so that the checksum is compared.
 *
 * Returns: whether the part is whole
 */
gboolean
reg_xlsx_part_drain (RegXlsxPart *self, GError **error)
{
  guint8 rest[4096];
  gssize got;

  while ((got = reg_zip_stream_read (self->stream, rest, sizeof rest, error)) > 0)
    ;
  return got == 0;
}

guint64
reg_xlsx_part_get_packed_read (RegXlsxPart *self)
{
  return reg_zip_stream_get_packed_read (self->stream);
}
