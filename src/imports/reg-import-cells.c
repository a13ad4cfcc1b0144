/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The texts of single lines, read from the file again: a check of millions of lines keeps none. */
#define G_LOG_DOMAIN "reg-imports"

#include "imports/reg-import-fix.h"
#include "imports/reg-import-rows.h"

#include "rules/reg-text.h"
#include "tabular/reg-row-writer.h"

static char *
dup_text (const RegRowCell *cell, gboolean is_csv)
{
  const char *text = cell->text;
  gsize len = cell->len;

  if (len > 0)
    reg_text_strip (&text, &len);
  if (is_csv && len > 0 && *text == '\'')
    {
      const char *bare = reg_row_cell_unescape_formula (text);

      len -= bare - text;
      text = bare;
    }
  return g_strndup (text, len);
}

static char **
dup_cells (const RegRow *row, guint n_columns, gboolean is_csv)
{
  guint n = MAX (row->n_cells, n_columns);
  char **cells = g_new0 (char *, n + 1);

  for (guint i = 0; i < n; i++)
    cells[i] = i < row->n_cells ? dup_text (&row->cells[i], is_csv) : g_strdup ("");
  return cells;
}

/**
 * reg_import_plan_read_cells:
 * @self: a plan
 * @edits: (nullable): the corrections it was made with
 * @lines: numbers of lines
 * @n: how many
 * @cancellable: (nullable): to stop it
 * @error: as of reading the file
 *
 * Reads the file as far as the last of the lines.
 *
 * Returns: (transfer full) (element-type gint64 GStrv): the texts of each line that is there, one
 *   for each heading at least
 */
GHashTable *
reg_import_plan_read_cells (const RegImportPlan *self,
                            const RegImportEdits *edits,
                            const gint64 *lines,
                            gsize n,
                            GCancellable *cancellable,
                            GError **error)
{
  const RegReadOptions options = {
    .sheet = self->sheet,
    .encoding = self->delimiter != 0 ? self->encoding : NULL,
    .delimiter = self->delimiter,
  };
  g_autoptr (GHashTable) wanted = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, NULL);
  g_autoptr (GHashTable) found =
      g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, (GDestroyNotify)g_strfreev);
  g_autoptr (RegRowReader) reader = NULL;
  RegImportEditsScratch scratch = { 0 };
  gint64 last = 0;
  RegRow row;
  GError *inner = NULL;

  for (gsize i = 0; i < n; i++)
    {
      g_hash_table_add (wanted, (gpointer)&lines[i]);
      last = MAX (last, lines[i]);
    }
  reader = reg_row_reader_open (self->path, &options, cancellable, error);
  if (reader == NULL)
    return NULL;
  while (last > 0 && reg_row_reader_next (reader, &row, &inner) && (gint64)row.line <= last)
    {
      gint64 line = row.line;

      if (!g_hash_table_contains (wanted, &line))
        continue;
      reg_import_edits_apply (edits, &row, &scratch);
      g_hash_table_insert (found, g_memdup2 (&line, sizeof line),
                           dup_cells (&row, self->headings->len,
                                      reg_row_reader_get_format (reader) == REG_ROW_FORMAT_CSV));
    }
  reg_import_edits_scratch_clear (&scratch);
  if (inner == NULL)
    return g_steal_pointer (&found);
  g_propagate_error (error, inner);
  return NULL;
}
