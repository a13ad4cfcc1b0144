/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-tabular"

#include "tabular/reg-csv-reader.h"

#include "tabular/reg-csv-delimiter.h"
#include "tabular/reg-find.h"
#include "tabular/reg-text-encoding.h"
#include "tabular/reg-text-window.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

#define MAX_CELL ((gsize)1 << 20)
#define MAX_RECORD ((gsize)16 << 20)
#define MAX_COLUMNS 16384u
#define DELIMITER_SAMPLE ((gsize)64 * 1024)

/* Where a cell stands in the window, while the record is not known to be complete. */
typedef struct
{
  guint32 start;
  guint32 len;
  gboolean quotes; /* quotation marks within are to be taken out */
} Span;

struct _RegCsvReader
{
  RegInput *input; /* not owned */
  RegTextWindow *window;
  char *encoding;
  char delimiter;
  gsize next;   /* where the next record begins in the window */
  guint64 line; /* the line it begins on */

  Span *spans;
  RegRowCell *cells;
  guint n_cells;
  guint allocated;

  /* of the record that is being scanned */
  gsize cell_start;
  guint64 n_breaks; /* line breaks passed, quoted ones included */
  gboolean in_quotes;
  guint64 quote_line;
};

typedef enum
{
  SCAN_RECORD,
  SCAN_NEEDS_MORE,
  SCAN_TOO_MANY_COLUMNS,
} Scan;

/* The next byte that may end a cell. A NUL stands behind the text, so there always is one. */
static inline char *
find_special (char *p, char mark)
{
  return reg_find_any (p, mark, mark, '\r', '\n');
}

static gboolean
add_span (RegCsvReader *self, const char *start, const char *end, gboolean quotes)
{
  if (self->n_cells == self->allocated)
    {
      if (self->n_cells == MAX_COLUMNS)
        return FALSE;
      self->allocated *= 2;
      self->spans = g_renew (Span, self->spans, self->allocated);
      self->cells = g_renew (RegRowCell, self->cells, self->allocated);
    }
  self->spans[self->n_cells].start = (guint32)(start - self->window->text);
  self->spans[self->n_cells].len = (guint32)(end - start);
  self->spans[self->n_cells].quotes = quotes;
  self->n_cells++;
  return TRUE;
}

/* From behind an opening quote to behind the closing one; NULL when that is not in the window. */
static char *
skip_quoted (RegCsvReader *self, char *p)
{
  self->in_quotes = TRUE;
  self->quote_line = self->line + self->n_breaks;
  for (;;)
    {
      p = find_special (p, '"');
      if (*p == '\0')
        return NULL;
      if (*p == '"')
        {
          if (p[1] != '"')
            break;
          p++;
        }
      else if (*p == '\n' || p[1] != '\n')
        self->n_breaks++;
      p++;
    }
  self->in_quotes = FALSE;
  return p + 1;
}

/* Finds the cells of the record that begins at @next, and where the next one begins. Nothing in the
 * window is changed, so that it can be done again when there is more. */
static Scan
scan_record (RegCsvReader *self, gsize *after)
{
  const char delimiter = self->delimiter;
  char *p = self->window->text + self->next;

  self->n_cells = 0;
  self->n_breaks = 0;
  self->in_quotes = FALSE;
  for (;;)
    {
      char *start = p;
      gboolean quotes = *p == '"';

      self->cell_start = (gsize)(start - self->window->text);
      if (quotes)
        p = skip_quoted (self, p + 1);
      if (p != NULL)
        p = find_special (p, delimiter);
      if (p == NULL || (*p == '\0' && !self->window->at_end)
          || (*p == '\r' && p[1] == '\0' && !self->window->at_end))
        return SCAN_NEEDS_MORE;
      if (*p == '\0' && self->window->state != REG_TEXT_FINE)
        return SCAN_NEEDS_MORE;
      /* a line without anything is a row without cells */
      if (p == start && self->n_cells == 0 && *p != delimiter)
        break;
      if (!add_span (self, start, p, quotes))
        return SCAN_TOO_MANY_COLUMNS;
      if (*p != delimiter)
        break;
      p++;
    }
  if (*p != '\0')
    {
      self->n_breaks++;
      p += p[0] == '\r' && p[1] == '\n' ? 2 : 1;
    }
  *after = (gsize)(p - self->window->text);
  return SCAN_RECORD;
}

/* Takes the quotation marks out of a cell, in place: the enclosing ones and one of every doubled
 * pair. */
static gsize
strip_quotes (char *text, gsize len)
{
  char *end = text + len;
  char *out = text;
  char *p = text + 1;

  for (;;)
    {
      char *quote = memchr (p, '"', (gsize)(end - p));
      gsize n = (gsize)(quote - p);

      memmove (out, p, n);
      out += n;
      p = quote + 1;
      if (p == end || *p != '"')
        break;
      *out++ = '"';
      p++;
    }
  memmove (out, p, (gsize)(end - p));
  return (gsize)(out - text) + (gsize)(end - p);
}

static gboolean
fail_too_large (RegCsvReader *self, GError **error)
{
  if (self->in_quotes)
    g_set_error (error, REG_TABULAR_ERROR, REG_TABULAR_ERROR_TOO_LARGE,
                 _ ("The cell that begins in line %" PRIu64
                    " is longer than a cell can be. Perhaps the quotation mark there is never "
                    "closed. Correct that line and try again."),
                 self->quote_line);
  else
    g_set_error (error, REG_TABULAR_ERROR, REG_TABULAR_ERROR_TOO_LARGE,
                 _ ("Line %" PRIu64
                    " is longer than a line of a spreadsheet can be. This does not look like a "
                    "list; check the file and try again."),
                 self->line + self->n_breaks);
  return FALSE;
}

/* Makes cells of the spans. Every end of a cell is a delimiter, a line end or a quote that nobody
 * needs any more, so a NUL goes there. */
static gboolean
finish_cells (RegCsvReader *self, GError **error)
{
  for (guint i = 0; i < self->n_cells; i++)
    {
      Span *span = &self->spans[i];
      char *text = self->window->text + span->start;
      gsize len = span->len;

      if (len > MAX_CELL)
        {
          g_set_error (error, REG_TABULAR_ERROR, REG_TABULAR_ERROR_TOO_LARGE,
                       _ ("Line %" PRIu64
                          " has a cell that is longer than a cell can be. Shorten it and try "
                          "again."),
                       self->line);
          return FALSE;
        }
      if (span->quotes)
        len = strip_quotes (text, len);
      text[len] = '\0';
      self->cells[i].text = text;
      self->cells[i].len = len;
    }
  return TRUE;
}

static guint64
count_breaks (const char *p)
{
  guint64 n = 0;

  for (; *p != '\0'; p++)
    n += *p == '\n' || (*p == '\r' && p[1] != '\n');
  return n;
}

/* There is no more text, and the record that begins at @next is not complete. */
static gboolean
fail_at_end (RegCsvReader *self, GError **error)
{
  guint64 line = self->line + count_breaks (self->window->text + self->next);

  switch (self->window->state)
    {
    case REG_TEXT_NUL:
      g_set_error (error, REG_TABULAR_ERROR, REG_TABULAR_ERROR_BAD_TEXT,
                   _ ("Line %" PRIu64
                      " has a NUL byte, which no text has. Open the file in a spreadsheet program "
                      "and save it as CSV (UTF-8) again."),
                   line);
      break;
    case REG_TEXT_UNDECODABLE:
      g_set_error (error, REG_TABULAR_ERROR, REG_TABULAR_ERROR_BAD_TEXT,
                   _ ("Line %" PRIu64
                      " has characters that are not in the encoding %s. Choose the encoding of the "
                      "file, or save it as CSV (UTF-8)."),
                   line, self->encoding);
      break;
    case REG_TEXT_FINE:
      g_set_error (error, REG_TABULAR_ERROR, REG_TABULAR_ERROR_UNCLOSED_QUOTE,
                   _ ("The quotation mark that opens a cell in line %" PRIu64
                      " is never closed. Correct that line and try again."),
                   self->quote_line);
      break;
    }
  return FALSE;
}

/* After a scan that found no whole record: gets more text, or says why there is none. */
static gboolean
read_on (RegCsvReader *self, Scan scan, GError **error)
{
  RegTextWindow *window = self->window;
  g_autoptr (GError) local = NULL;

  if (scan == SCAN_TOO_MANY_COLUMNS)
    {
      g_set_error (
          error, REG_TABULAR_ERROR, REG_TABULAR_ERROR_TOO_LARGE,
          _ ("Line %" PRIu64 " has more than %u cells. Check which character separates the cells."),
          self->line, MAX_COLUMNS);
      return FALSE;
    }
  if (window->len - self->next > MAX_RECORD || window->len - self->cell_start > MAX_CELL)
    return fail_too_large (self, error);
  if (window->at_end)
    return fail_at_end (self, error);
  reg_text_window_more (window, self->next, &local);
  self->next = 0;
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/**
 * reg_csv_reader_next:
 * @self: the reader
 * @row: (out): the row
 * @error: return location, see #RegTabularError and %G_IO_ERROR
 *
 * Returns: whether there was another row; %FALSE without error at the end
 */
gboolean
reg_csv_reader_next (RegCsvReader *self, RegRow *row, GError **error)
{
  RegTextWindow *window = self->window;
  gsize after;

  for (;;)
    {
      Scan scan;

      if (window->at_end && window->state == REG_TEXT_FINE && self->next == window->len)
        return FALSE;
      scan = scan_record (self, &after);
      if (scan == SCAN_RECORD)
        break;
      if (!read_on (self, scan, error))
        return FALSE;
    }
  if (!finish_cells (self, error))
    return FALSE;
  row->line = self->line;
  row->n_cells = self->n_cells;
  row->cells = self->cells;
  self->next = after;
  self->line += self->n_breaks;
  return TRUE;
}

static gssize
read_input (gpointer source, guint8 *buffer, gsize n, GError **error)
{
  return reg_input_read (source, buffer, n, error);
}

static gboolean
find_encoding (RegCsvReader *self, const char *wanted, GError **error)
{
  gsize bom_len = 0;

  if (wanted == NULL)
    {
      self->encoding = reg_text_encoding_guess (self->input, &bom_len, error);
      if (self->encoding == NULL)
        return FALSE;
    }
  else
    {
      guint8 start[4];
      gssize got;

      reg_input_seek (self->input, 0);
      got = reg_input_read (self->input, start, sizeof start, error);
      if (got < 0)
        return FALSE;
      self->encoding = g_strdup (wanted);
      bom_len = reg_text_encoding_skip_bom (start, (gsize)got, wanted);
    }
  reg_input_seek (self->input, bom_len);
  return TRUE;
}

static gboolean
find_delimiter (RegCsvReader *self, char wanted, GError **error)
{
  RegTextWindow *window = self->window;
  g_autoptr (GError) local = NULL;
  char declared = 0;
  gsize used;

  while (window->len < DELIMITER_SAMPLE && reg_text_window_more (window, 0, &local))
    ;
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  used = reg_csv_delimiter_declared (window->text, window->len, &declared);
  if (used > 0)
    {
      if (window->text[used] == '\r' && window->text[used + 1] == '\n')
        used++;
      self->next = MIN (used + 1, window->len);
      self->line++;
    }
  if (wanted != 0)
    self->delimiter = wanted;
  else if (used > 0)
    self->delimiter = declared;
  else
    self->delimiter = reg_csv_delimiter_guess (window->text, window->len, window->at_end);
  return TRUE;
}

/**
 * reg_csv_reader_new:
 * @input: the bytes; it must outlive the reader
 * @options: (nullable): what not to find out
 * @error: return location, see #RegTabularError and %G_IO_ERROR
 *
 * Returns: (transfer full) (nullable): a reader before the first row
 */
RegCsvReader *
reg_csv_reader_new (RegInput *input, const RegReadOptions *options, GError **error)
{
  g_autoptr (RegCsvReader) self = g_new0 (RegCsvReader, 1);

  self->input = input;
  self->line = 1;
  self->allocated = 64;
  self->spans = g_new (Span, self->allocated);
  self->cells = g_new (RegRowCell, self->allocated);
  if (!find_encoding (self, options != NULL ? options->encoding : NULL, error))
    return NULL;
  self->window = reg_text_window_new (read_input, input, self->encoding, error);
  if (self->window == NULL)
    return NULL;
  if (!find_delimiter (self, options != NULL ? options->delimiter : 0, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
reg_csv_reader_free (RegCsvReader *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->window, reg_text_window_free);
  g_free (self->encoding);
  g_free (self->spans);
  g_free (self->cells);
  g_free (self);
}

const char *
reg_csv_reader_get_encoding (RegCsvReader *self)
{
  return self->encoding;
}

char
reg_csv_reader_get_delimiter (RegCsvReader *self)
{
  return self->delimiter;
}
