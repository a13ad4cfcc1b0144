/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-tabular"

#include "tabular/reg-csv-writer.h"

#include "tabular/reg-output-file.h"
#include "tabular/reg-row-writer.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#define BLOCK ((gsize)64 * 1024)

struct _RegCsvWriter
{
  int fd; /* not owned */
  GString *buffer;
};

/**
 * reg_csv_writer_new:
 * @fd: where to write; it must outlive the writer
 *
 * Returns: (transfer full): a writer before the first row
 */
RegCsvWriter *
reg_csv_writer_new (int fd)
{
  RegCsvWriter *self = g_new0 (RegCsvWriter, 1);

  self->fd = fd;
  self->buffer = g_string_sized_new (BLOCK + 4096);
  g_string_append (self->buffer, "\xEF\xBB\xBF");
  return self;
}

void
reg_csv_writer_free (RegCsvWriter *self)
{
  if (self == NULL)
    return;
  g_string_free (self->buffer, TRUE);
  g_free (self);
}

static void
add_cell (GString *buffer, const char *text)
{
  gboolean escape = reg_row_cell_needs_escape (text);
  gsize len = strlen (text);
  /* Quotes round white space at the ends too: some programs trim it otherwise. */
  gboolean quote = strpbrk (text, ",;\t\"\r\n") != NULL
                   || (len > 0 && (g_ascii_isspace (text[0]) || g_ascii_isspace (text[len - 1])));

  if (quote)
    g_string_append_c (buffer, '"');
  if (escape)
    g_string_append_c (buffer, '\'');
  for (const char *p = text; quote && *p != '\0';)
    {
      gsize n = strcspn (p, "\"");

      g_string_append_len (buffer, p, (gssize)n);
      p += n;
      if (*p == '"')
        {
          g_string_append (buffer, "\"\"");
          p++;
        }
    }
  if (quote)
    g_string_append_c (buffer, '"');
  else
    g_string_append_len (buffer, text, (gssize)len);
}

/**
 * reg_csv_writer_add:
 * @self: the writer
 * @cells: (array length=n_cells): the cells of a row, UTF-8; a %NULL is an empty one
 * @n_cells: how many
 * @error: return location, %G_IO_ERROR
 *
 * Returns: whether the row was taken
 */
gboolean
reg_csv_writer_add (RegCsvWriter *self, const char *const *cells, guint n_cells, GError **error)
{
  for (guint i = 0; i < n_cells; i++)
    {
      if (i > 0)
        g_string_append_c (self->buffer, ',');
      if (cells[i] != NULL)
        add_cell (self->buffer, cells[i]);
    }
  g_string_append (self->buffer, "\r\n");
  return self->buffer->len < BLOCK || reg_csv_writer_flush (self, error);
}

/**
 * reg_csv_writer_flush:
 * @self: the writer
 * @error: return location, %G_IO_ERROR
 *
 * Returns: whether all rows that were added have been written
 */
gboolean
reg_csv_writer_flush (RegCsvWriter *self, GError **error)
{
  const char *p = self->buffer->str;
  gsize left = self->buffer->len;

  while (left > 0)
    {
      gssize done = write (self->fd, p, left);

      if (done < 0 && errno == EINTR)
        continue;
      if (done < 0)
        return reg_output_file_fail (error, errno);
      p += done;
      left -= (gsize)done;
    }
  g_string_truncate (self->buffer, 0);
  return TRUE;
}
