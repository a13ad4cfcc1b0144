/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-imports"

#include "imports/reg-import-rows.h"
#include "imports/reg-import-columns.h"
#include "imports/reg-import-preview.h"

#include "rules/reg-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Above the headings of a report stand a title, a date, somebody's name; not more than this. */
#define MAX_AHEAD 25
/* One known word may stand in any title; two are a heading line. */
#define ENOUGH_KNOWN 2

/* A row that outlives the reader's next one. */
typedef struct
{
  RegRow row;
  RegRowCell *cells;
  char *texts;
} Kept;

static void
kept_free (gpointer data)
{
  Kept *kept = data;

  g_free (kept->cells);
  g_free (kept->texts);
  g_free (kept);
}

static Kept *
keep (const RegRow *row)
{
  Kept *kept = g_new0 (Kept, 1);
  gsize size = 0, at = 0;

  for (guint i = 0; i < row->n_cells; i++)
    size += row->cells[i].len + 1;
  kept->texts = g_malloc (MAX (size, 1));
  kept->cells = g_new0 (RegRowCell, MAX (row->n_cells, 1));
  for (guint i = 0; i < row->n_cells; i++)
    {
      kept->cells[i].text = kept->texts + at;
      kept->cells[i].len = row->cells[i].len;
      memcpy (kept->texts + at, row->cells[i].text, row->cells[i].len);
      at += row->cells[i].len;
      kept->texts[at++] = '\0';
    }
  kept->row = *row;
  kept->row.cells = kept->cells;
  return kept;
}

void
reg_import_rows_init (RegImportRows *self, RegRowReader *reader, const RegImportEdits *edits)
{
  memset (self, 0, sizeof *self);
  self->reader = reader;
  self->edits = edits;
  self->ahead = g_ptr_array_new_with_free_func (kept_free);
}

void
reg_import_rows_clear (RegImportRows *self)
{
  g_clear_pointer (&self->ahead, g_ptr_array_unref);
  reg_import_edits_scratch_clear (&self->scratch);
}

static gboolean
is_blank (const RegRow *row)
{
  for (guint i = 0; i < row->n_cells; i++)
    {
      RegRowCell cell = row->cells[i];

      if (cell.len > 0)
        reg_text_strip (&cell.text, &cell.len);
      if (cell.len > 0)
        return FALSE;
    }
  return TRUE;
}

/* (nullable): the next row of the file, kept; NULL with an error, or at the end */
static const RegRow *
read_ahead (RegImportRows *self, GError **error)
{
  RegRow row;
  Kept *kept;

  if (!reg_row_reader_next (self->reader, &row, error))
    return NULL;
  kept = keep (&row);
  g_ptr_array_add (self->ahead, kept);
  return &kept->row;
}

static gboolean
fail_empty (GError **error)
{
  if (error != NULL && *error == NULL)
    g_set_error_literal (error, REG_IMPORT_ERROR, REG_IMPORT_ERROR_EMPTY, _ ("The file is empty."));
  return FALSE;
}

/* Rows above the heading are titles, those below are read again as lines. */
static gboolean
take_heading (RegImportRows *self, guint place, RegRow *row)
{
  const Kept *heading = g_ptr_array_index (self->ahead, place);

  for (guint i = 0; i < place; i++)
    self->n_above += !is_blank (&((Kept *)g_ptr_array_index (self->ahead, i))->row);
  *row = heading->row;
  self->heading_line = row->line;
  self->next = place + 1;
  return TRUE;
}

/* How many cells of the row would do as headings if a person said what they mean. */
static guint
count_likely (const RegImportAction *action, RegDirectory *directory, const RegRow *row)
{
  static const char *const no_samples[] = { NULL };
  guint n = 0;

  for (guint i = 0; i < row->n_cells; i++)
    {
      g_autofree char *why = NULL;
      g_autofree char *field =
          reg_import_suggest_field (action, directory, row->cells[i].text, no_samples, &why);

      n += field != NULL;
    }
  return n;
}

/* Of the lines that were looked at, the first one that a person could make headings of. */
static guint
find_likely (RegImportRows *self,
             guint first,
             const RegImportAction *action,
             RegDirectory *directory)
{
  for (guint i = first; i < self->ahead->len; i++)
    {
      const Kept *kept = g_ptr_array_index (self->ahead, i);
      guint n = count_likely (action, directory, &kept->row);

      if (n >= ENOUGH_KNOWN || (i == first && n > 0))
        return i;
    }
  return first;
}

/* Where the first line names nothing that is known, another one may. What goes wrong in reading so
 * far ahead is told when it is reached. */
static guint
look_further (RegImportRows *self,
              guint first,
              const RegImportAction *action,
              RegDirectory *directory,
              const RegImportRequest *request)
{
  for (guint i = first + 1; i <= first + MAX_AHEAD; i++)
    {
      const RegRow *row = read_ahead (self, NULL);

      if (row == NULL)
        break;
      if (reg_import_columns_count_known (action, directory, row, request->mapping) >= ENOUGH_KNOWN)
        return self->ahead->len - 1;
    }
  return find_likely (self, first, action, directory);
}

gboolean
reg_import_rows_find_heading (RegImportRows *self,
                              const RegImportAction *action,
                              RegDirectory *directory,
                              const RegImportRequest *request,
                              RegRow *row,
                              GError **error)
{
  GError *inner = NULL;
  const RegRow *first;
  guint place;

  do
    {
      /* Only the rows that are needed again are kept. */
      if (self->ahead->len > MAX_AHEAD)
        {
          self->n_above += !is_blank (&((Kept *)g_ptr_array_index (self->ahead, 0))->row);
          g_ptr_array_remove_index (self->ahead, 0);
        }
      first = read_ahead (self, &inner);
    }
  while (first != NULL
         && (request->heading_line > 0 ? first->line < (guint64)request->heading_line
                                       : is_blank (first)));
  if (first == NULL)
    {
      if (inner != NULL)
        {
          g_propagate_error (error, inner);
          return FALSE;
        }
      return fail_empty (error);
    }
  place = self->ahead->len - 1;
  if (request->heading_line == 0
      && reg_import_columns_count_known (action, directory, first, request->mapping) == 0)
    place = look_further (self, place, action, directory, request);
  return take_heading (self, place, row);
}

gboolean
reg_import_rows_get_ahead (RegImportRows *self, guint place, RegRow *row)
{
  if (place >= self->ahead->len)
    return FALSE;
  *row = ((const Kept *)g_ptr_array_index (self->ahead, place))->row;
  return TRUE;
}

gboolean
reg_import_rows_next (RegImportRows *self, RegRow *row, GError **error)
{
  do
    if (G_UNLIKELY (self->next < self->ahead->len))
      *row = ((const Kept *)g_ptr_array_index (self->ahead, self->next++))->row;
    else if (!reg_row_reader_next (self->reader, row, error))
      return FALSE;
  while (!reg_import_edits_concerns (self->edits, (gint64)row->line));
  reg_import_edits_apply (self->edits, row, &self->scratch);
  return TRUE;
}
