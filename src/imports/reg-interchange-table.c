/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-imports"

#include "imports/reg-directory-private.h"
#include "imports/reg-interchange-private.h"

#include "tabular/reg-zip-stream.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* More text of one file than this is not unpacked. */
#define MAX_MEMBER (512 * 1024 * 1024)
#define MAX_HEADINGS ((gsize)16 * 1024)

void
reg_interchange_table_free (RegInterchangeTable *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->headings, g_ptr_array_unref);
  g_clear_pointer (&self->folded, g_ptr_array_unref);
  g_clear_pointer (&self->left_out, g_array_unref);
  reg_import_edits_scratch_clear (&self->scratch);
  g_clear_pointer (&self->reader, reg_row_reader_free);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_free (self->is_used);
  g_free (self->file_name);
  g_free (self);
}

static RegInterchangeTable *
table_new (RegRowReader *reader, const char *file_name, GError **error)
{
  g_autoptr (RegInterchangeTable) self = g_new0 (RegInterchangeTable, 1);
  RegRow row;
  GError *inner = NULL;

  self->reader = reader;
  self->file_name = g_strdup (file_name);
  self->headings = g_ptr_array_new_with_free_func (g_free);
  self->folded = g_ptr_array_new_with_free_func (g_free);
  self->left_out = g_array_new (FALSE, FALSE, sizeof (gint64));
  if (reader == NULL)
    return NULL;
  if (!reg_row_reader_next (reader, &row, &inner))
    {
      if (inner != NULL)
        g_propagate_error (error, inner);
      else
        g_set_error_literal (error, REG_IMPORT_ERROR, REG_IMPORT_ERROR_EMPTY,
                             _ ("The file is empty."));
      return NULL;
    }
  self->is_used = g_new0 (guint8, row.n_cells + 1);
  for (guint i = 0; i < row.n_cells; i++)
    {
      const RegRowCell *cell = &row.cells[i];

      g_ptr_array_add (self->headings, g_strstrip (g_strndup (cell->text, cell->len)));
      g_ptr_array_add (self->folded, reg_directory_fold (cell->text, cell->len));
    }
  return g_steal_pointer (&self);
}

RegInterchangeTable *
reg_interchange_table_open (const char *path,
                            const RegReadOptions *options,
                            GCancellable *cancellable,
                            GError **error)
{
  g_autofree char *name = g_filename_display_basename (path);

  return table_new (reg_row_reader_open (path, options, cancellable, error), name, error);
}

static RegInterchangeTable *
open_bytes (GBytes *bytes, const char *file_name, GCancellable *cancellable, GError **error)
{
  const RegReadOptions options = { .delimiter = ',' };
  gsize len;
  const char *text = g_bytes_get_data (bytes, &len);
  RegInterchangeTable *table = table_new (
      reg_row_reader_open_text (text != NULL ? text : "", len, &options, cancellable, error),
      file_name, error);

  if (table != NULL)
    table->bytes = g_bytes_ref (bytes);
  return table;
}

RegInterchangeTable *
reg_interchange_table_open_member (RegZip *zip,
                                   const RegZipEntry *entry,
                                   const char *file_name,
                                   GCancellable *cancellable,
                                   GError **error)
{
  g_autoptr (GBytes) bytes = reg_zip_read_whole (zip, entry, MAX_MEMBER, error);

  return bytes != NULL ? open_bytes (bytes, file_name, cancellable, error) : NULL;
}

/* The first line, or as much of it as there is room for. */
static GBytes *
read_first_line (RegZip *zip, const RegZipEntry *entry)
{
  g_autoptr (RegZipStream) stream = reg_zip_stream_new (zip, entry, NULL);
  g_autofree char *start = g_malloc0 (MAX_HEADINGS + 1);
  gsize len = 0;
  gssize got = stream != NULL ? 1 : 0;

  while (got > 0 && len < MAX_HEADINGS)
    {
      got = reg_zip_stream_read (stream, (guint8 *)start + len, MAX_HEADINGS - len, NULL);
      len += (gsize)MAX (got, 0);
    }
  return g_bytes_new (start, strcspn (start, "\r\n"));
}

gboolean
reg_interchange_table_member_has (RegZip *zip,
                                  const RegZipEntry *entry,
                                  const char *const *headings,
                                  GCancellable *cancellable)
{
  g_autoptr (GBytes) bytes = read_first_line (zip, entry);
  g_autoptr (RegInterchangeTable) table = open_bytes (bytes, entry->name, cancellable, NULL);

  for (; table != NULL && *headings != NULL; headings++)
    if (!reg_interchange_table_has (table, *headings))
      return FALSE;
  return table != NULL;
}

/* -1 where there is no such column */
static int
find (const RegInterchangeTable *self, const char *heading)
{
  for (guint i = 0; i < self->folded->len; i++)
    if (strcmp (g_ptr_array_index (self->folded, i), heading) == 0)
      {
        self->is_used[i] = TRUE;
        return (int)i;
      }
  return -1;
}

gboolean
reg_interchange_table_has (const RegInterchangeTable *self, const char *heading)
{
  return find (self, heading) >= 0;
}

char *
reg_interchange_table_dup (const RegInterchangeTable *self, const char *heading)
{
  int column = find (self, heading);

  if (column < 0 || (guint)column >= self->row.n_cells)
    return g_strdup ("");
  return g_strstrip (g_strndup (self->row.cells[column].text, self->row.cells[column].len));
}

static gboolean
has_text (const RegRow *row)
{
  for (guint i = 0; i < row->n_cells; i++)
    if (row->cells[i].len > 0)
      return TRUE;
  return FALSE;
}

gboolean
reg_interchange_table_visit (RegInterchangeTable *self,
                             RegInterchangeRowFunc func,
                             gpointer data,
                             GError **error)
{
  GError *inner = NULL;

  while (reg_row_reader_next (self->reader, &self->row, &inner))
    {
      gint64 line = (gint64)self->row.line;

      if (!reg_import_edits_concerns (self->edits, line))
        continue;
      reg_import_edits_apply (self->edits, &self->row, &self->scratch);
      if (reg_import_edits_is_left_out (self->edits, line))
        g_array_append_val (self->left_out, line);
      else if (has_text (&self->row))
        func (self, data);
    }
  if (inner != NULL)
    g_propagate_error (error, inner);
  return inner == NULL;
}

RegInterchangeFile *
reg_interchange_table_describe (const RegInterchangeTable *self)
{
  g_autoptr (GPtrArray) unused = g_ptr_array_new ();

  for (guint i = 0; i < self->headings->len; i++)
    {
      const char *heading = g_ptr_array_index (self->headings, i);

      if (!self->is_used[i] && *heading != '\0')
        g_ptr_array_add (unused, g_strdup (heading));
    }
  g_ptr_array_add (unused, NULL);
  return reg_interchange_file_new (
      self->file_name, (char **)g_ptr_array_free (g_steal_pointer (&unused), FALSE), TRUE);
}
