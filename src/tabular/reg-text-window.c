/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-tabular"

#include "tabular/reg-text-window.h"

#include "tabular/reg-tabular-error.h"
#include "tabular/reg-utf8.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#define BLOCK ((gsize)256 * 1024)
/* What one source byte can become at most: a byte of windows-1252 can take three. */
#define GROWTH 3

typedef enum
{
  CODING_UTF8,
  CODING_UTF16LE,
  CODING_UTF16BE,
  CODING_WINDOWS_1252,
  CODING_OTHER,
} Coding;

typedef struct
{
  RegTextWindow public;
  gsize capacity;
  RegReadFunc read;
  gpointer source;
  Coding coding;
  GIConv iconv; /* CODING_OTHER */
  guint8 *raw;  /* source bytes not decoded yet; for UTF-8 only a cut-off character */
  gsize raw_len;
} Window;

/* What windows-1252 has at 0x80 to 0x9F; 0: nothing */
static const guint16 windows_1252[32] = { 0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020,
                                          0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0,
                                          0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D,
                                          0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A,
                                          0x0153, 0,      0x017E, 0x0178 };

static Coding
coding_for_name (const char *name)
{
  if (g_ascii_strcasecmp (name, "UTF-8") == 0 || g_ascii_strcasecmp (name, "US-ASCII") == 0)
    return CODING_UTF8;
  if (g_ascii_strcasecmp (name, "UTF-16LE") == 0)
    return CODING_UTF16LE;
  if (g_ascii_strcasecmp (name, "UTF-16BE") == 0)
    return CODING_UTF16BE;
  if (g_ascii_strcasecmp (name, "windows-1252") == 0)
    return CODING_WINDOWS_1252;
  return CODING_OTHER;
}

/**
 * reg_text_window_new:
 * @read: gives the bytes
 * @source: for @read; it must outlive the window
 * @encoding: what the bytes are, for example "UTF-16LE"
 * @error: return location, %REG_TABULAR_ERROR_BAD_TEXT when @encoding is not known
 *
 * Returns: (transfer full) (nullable): an empty window before the start of the text
 */
RegTextWindow *
reg_text_window_new (RegReadFunc read, gpointer source, const char *encoding, GError **error)
{
  Coding coding = coding_for_name (encoding);
  GIConv iconv = (GIConv)-1;
  Window *self;

  if (coding == CODING_OTHER)
    {
      iconv = g_iconv_open ("UTF-8", encoding);
      if (iconv == (GIConv)-1)
        {
          g_set_error (error, REG_TABULAR_ERROR, REG_TABULAR_ERROR_BAD_TEXT,
                       _ ("Text in the encoding “%s” cannot be read. Save the file as UTF-8."),
                       encoding);
          return NULL;
        }
    }
  self = g_new0 (Window, 1);
  self->read = read;
  self->source = source;
  self->coding = coding;
  self->iconv = iconv;
  self->capacity = BLOCK;
  self->public.text = g_malloc (self->capacity + REG_TEXT_WINDOW_SLACK);
  memset (self->public.text, 0, REG_TEXT_WINDOW_SLACK);
  self->raw = g_malloc (coding == CODING_UTF8 ? 4 : BLOCK);
  return &self->public;
}

void
reg_text_window_free (RegTextWindow *public)
{
  Window *self = (Window *)public;

  if (self == NULL)
    return;
  if (self->iconv != (GIConv)-1)
    g_iconv_close (self->iconv);
  g_free (self->raw);
  g_free (public->text);
  g_free (self);
}

static void
stop_at (Window *self, RegTextState state)
{
  self->public.state = state;
  self->public.at_end = TRUE;
}

static gboolean
add_utf8 (Window *self, GError **error)
{
  RegTextWindow *public = &self->public;
  char *fresh = public->text + public->len;
  gsize n = self->raw_len, good;
  gssize got;

  memcpy (fresh, self->raw, n);
  got = self->read (self->source, (guint8 *)fresh + n, self->capacity - public->len - n, error);
  if (got < 0)
    return FALSE;
  n += (gsize)got;
  good = reg_utf8_span (fresh, n);
  self->raw_len = 0;
  if (good < n && got > 0 && reg_utf8_is_cut_off (fresh + good, n - good))
    {
      self->raw_len = n - good;
      memcpy (self->raw, fresh + good, self->raw_len);
    }
  else if (good < n)
    stop_at (self, fresh[good] == '\0' ? REG_TEXT_NUL : REG_TEXT_UNDECODABLE);
  else if (got == 0)
  public->at_end = TRUE;
  public->len += good;
  return TRUE;
}

/* These take what they can from the raw bytes, put it behind the text and return how many they
 * took. They stop before what is cut off (which may become whole) and set the state at what is
 * wrong. */

static gsize
decode_utf16 (Window *self)
{
  const guint8 *p = self->raw;
  const guint8 *end = p + self->raw_len;
  char *out = self->public.text + self->public.len;
  int high = self->coding == CODING_UTF16LE ? 1 : 0;

  while (end - p >= 2)
    {
      guint32 c = (guint32)p[high] << 8 | p[1 - high];
      int step = 2;

      if (c == 0 || (c >= 0xDC00 && c < 0xE000))
        {
          stop_at (self, c == 0 ? REG_TEXT_NUL : REG_TEXT_UNDECODABLE);
          break;
        }
      if (c >= 0xD800 && c < 0xDC00)
        {
          guint32 low;

          if (end - p < 4)
            break;
          low = (guint32)p[2 + high] << 8 | p[3 - high];
          if (low < 0xDC00 || low > 0xDFFF)
            {
              stop_at (self, REG_TEXT_UNDECODABLE);
              break;
            }
          c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
          step = 4;
        }
      out += reg_utf8_put (out, c);
      p += step;
    }
  self->public.len = (gsize)(out - self->public.text);
  return (gsize)(p - self->raw);
}

static gsize
decode_windows_1252 (Window *self)
{
  const guint8 *p = self->raw;
  const guint8 *end = p + self->raw_len;
  char *out = self->public.text + self->public.len;

  for (; p < end; p++)
    {
      guint32 c = *p >= 0x80 && *p < 0xA0 ? windows_1252[*p - 0x80] : *p;

      if (c == 0)
        {
          stop_at (self, *p == 0 ? REG_TEXT_NUL : REG_TEXT_UNDECODABLE);
          break;
        }
      out += reg_utf8_put (out, c);
    }
  self->public.len = (gsize)(out - self->public.text);
  return (gsize)(p - self->raw);
}

static gsize
decode_other (Window *self)
{
  RegTextWindow *public = &self->public;
  char *in = (char *)self->raw;
  gsize in_left = self->raw_len;
  char *fresh = public->text + public->len;
  char *out = fresh;
  gsize out_left = self->capacity - public->len;
  gsize good;
  gsize done = g_iconv (self->iconv, &in, &in_left, &out, &out_left);
  gboolean wrong = done == (gsize)-1 && errno == EILSEQ;

  good = reg_utf8_span (fresh, (gsize)(out - fresh));
  if (good < (gsize)(out - fresh))
    stop_at (self, fresh[good] == '\0' ? REG_TEXT_NUL : REG_TEXT_UNDECODABLE);
  else if (wrong)
    stop_at (self, REG_TEXT_UNDECODABLE);
  public->len += good;
  return (gsize)(in - (char *)self->raw);
}

static gboolean
add_decoded (Window *self, GError **error)
{
  RegTextWindow *public = &self->public;
  gsize room = (self->capacity - public->len) / GROWTH;
  gsize taken = 0;
  gssize got = 0;

  if (self->raw_len < room)
    {
      got = self->read (self->source, self->raw + self->raw_len, MIN (room, BLOCK) - self->raw_len,
                        error);
      if (got < 0)
        return FALSE;
      self->raw_len += (gsize)got;
    }
  switch (self->coding)
    {
    case CODING_UTF16LE:
    case CODING_UTF16BE:
      taken = decode_utf16 (self);
      break;
    case CODING_WINDOWS_1252:
      taken = decode_windows_1252 (self);
      break;
    case CODING_OTHER:
      taken = decode_other (self);
      break;
    case CODING_UTF8:
      g_assert_not_reached ();
    }
  self->raw_len -= taken;
  memmove (self->raw, self->raw + taken, self->raw_len);
  if (got == 0 && taken == 0 && !public->at_end)
    {
      if (self->raw_len > 0) /* the text ends within a character */
        stop_at (self, REG_TEXT_UNDECODABLE);
      public->at_end = TRUE;
    }
  return TRUE;
}

/**
 * reg_text_window_more:
 * @self: the window
 * @drop: how many bytes at its start are no longer needed
 * @error: return location; only the source's own errors
 *
 * Moves the window on, so that what was at @drop is at its start, and adds text. The window grows
 * when nothing much is dropped: the caller limits how long one piece may get.
 *
 * Returns: whether there is more text than before; %FALSE without error when there is none
 */
gboolean
reg_text_window_more (RegTextWindow *public, gsize drop, GError **error)
{
  Window *self = (Window *)public;
  gsize before;
  gboolean fine = TRUE;

  g_assert (drop <= public->len);
  memmove (public->text, public->text + drop, public->len - drop);
  public->len -= drop;
  before = public->len;
  if (public->len > self->capacity / 2)
    {
      self->capacity *= 2;
      public->text = g_realloc (public->text, self->capacity + REG_TEXT_WINDOW_SLACK);
    }
  while (fine && !public->at_end && public->len == before)
    fine = self->coding == CODING_UTF8 ? add_utf8 (self, error) : add_decoded (self, error);
  memset (public->text + public->len, 0, REG_TEXT_WINDOW_SLACK);
  return fine && public->len > before;
}
