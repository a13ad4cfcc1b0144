/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-cli"

#include "cli/reg-cli-table.h"

#include "imports/reg-import-export.h"
#include "tabular/reg-row-writer.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define FLUSH_BYTES (1 << 16)

typedef enum
{
  WAY_TABLE,
  WAY_JSON,
  WAY_CSV,
  WAY_FILE,
} Way;

struct _RegCliTable
{
  const RegCliColumn *columns;
  guint n_columns;
  Way way;
  gboolean single;
  gboolean begun;
  gboolean is_open;     /* the one record waits for its details */
  RegCliTable *details; /* (nullable) */
  const char *details_heading;
  GPtrArray *rows; /* char **, for a table, whose widths depend on all rows */
  RegJsonWriter json;
  GString *csv;
  RegRowWriter *writer;
};

gsize
reg_cli_get_width (const char *text)
{
  gsize width = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      width += g_unichar_iszerowidth (c) ? 0 : g_unichar_iswide (c) ? 2 : 1;
    }
  return width;
}

static void
append_csv (GString *out, const char *text)
{
  gboolean escape = reg_row_cell_needs_escape (text);

  if (!escape && strpbrk (text, "\",\r\n") == NULL)
    {
      g_string_append (out, text);
      return;
    }
  g_string_append_c (out, '"');
  if (escape)
    g_string_append_c (out, '\'');
  for (const char *p = text; *p != '\0'; p++)
    {
      if (*p == '"')
        g_string_append_c (out, '"');
      g_string_append_c (out, *p);
    }
  g_string_append_c (out, '"');
}

static void
add_csv_row (RegCliTable *self, const char *const *cells)
{
  for (guint i = 0; i < self->n_columns; i++)
    {
      if (i > 0)
        g_string_append_c (self->csv, ',');
      append_csv (self->csv, cells[i]);
    }
  g_string_append (self->csv, "\r\n");
  if (self->csv->len < FLUSH_BYTES)
    return;
  fwrite (self->csv->str, 1, self->csv->len, stdout);
  g_string_truncate (self->csv, 0);
}

static void
write_headings (RegCliTable *self, const char **headings)
{
  for (guint i = 0; i < self->n_columns; i++)
    headings[i] = _ (self->columns[i].heading);
}

static gboolean
choose_way (RegCliTable *self, RegCli *cli, const char *format, const char *output, GError **error)
{
  if (output != NULL)
    {
      self->way = WAY_FILE;
      return reg_import_check_output (output, error);
    }
  if (cli->json || g_strcmp0 (format, "json") == 0)
    self->way = WAY_JSON;
  else if (g_strcmp0 (format, "csv") == 0)
    self->way = WAY_CSV;
  else if (format == NULL || g_str_equal (format, "table"))
    self->way = WAY_TABLE;
  else
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   _ ("There is no format “%s”: table, csv and json are there."), format);
      return FALSE;
    }
  return TRUE;
}

/**
 * reg_cli_table_new:
 * @cli: the command line; --json decides where @format says nothing
 * @columns: the columns, which must live on
 * @n_columns: how many
 * @format: (nullable): "table", "csv" or "json"
 * @output: (nullable): a .xlsx or .csv file
 * @error: why not
 *
 * Returns: (transfer full): an empty list
 */
RegCliTable *
reg_cli_table_new (RegCli *cli,
                   const RegCliColumn *columns,
                   guint n_columns,
                   const char *format,
                   const char *output,
                   GError **error)
{
  g_autoptr (RegCliTable) self = g_new0 (RegCliTable, 1);
  const RegWriteOptions options = { .has_header = TRUE };
  g_autofree const char **headings = g_new (const char *, n_columns);

  self->columns = columns;
  self->n_columns = n_columns;
  self->rows = g_ptr_array_new_with_free_func ((GDestroyNotify)g_strfreev);
  self->json.out = g_string_new (NULL);
  self->csv = g_string_new (NULL);
  if (!choose_way (self, cli, format, output, error))
    return NULL;
  write_headings (self, headings);
  if (self->way == WAY_CSV)
    add_csv_row (self, headings);
  if (self->way == WAY_FILE)
    {
      self->writer = reg_row_writer_new_for_path (output, &options, error);
      if (self->writer == NULL || !reg_row_writer_add (self->writer, headings, n_columns, error))
        return NULL;
    }
  return g_steal_pointer (&self);
}

void
reg_cli_table_set_single (RegCliTable *self)
{
  self->single = TRUE;
}

static void
begin (RegCliTable *self)
{
  if (!self->begun && !self->single)
    reg_json_writer_open (&self->json, '[');
  self->begun = TRUE;
}

static void
write_json_cells (RegJsonWriter *json,
                  const RegCliColumn *columns,
                  guint n_columns,
                  const char *const *cells)
{
  for (guint i = 0; i < n_columns; i++)
    {
      const char *key = columns[i].key;

      switch (columns[i].kind)
        {
        case REG_CELL_TEXT:
        case REG_CELL_HIDDEN:
          reg_json_writer_add_text_or_null (json, key, cells[i]);
          break;
        case REG_CELL_NUMBER:
          reg_json_writer_key (json, key);
          if (*cells[i] == '\0')
            reg_json_writer_null (json);
          else
            reg_json_writer_int (json, g_ascii_strtoll (cells[i], NULL, 10));
          break;
        case REG_CELL_YES_NO:
          reg_json_writer_add_boolean (json, key, *cells[i] != '\0');
          break;
        }
    }
}

static void
add_json_row (RegCliTable *self, const char *const *cells)
{
  begin (self);
  reg_json_writer_open (&self->json, '{');
  write_json_cells (&self->json, self->columns, self->n_columns, cells);
  self->is_open = self->single;
  if (self->is_open)
    return;
  reg_json_writer_close (&self->json, '}');
  if (self->json.out->len > FLUSH_BYTES)
    reg_cli_flush_json (&self->json, FALSE);
}

static char **
dup_row (const char *const *cells, guint n_columns)
{
  char **row = g_new0 (char *, n_columns + 1);

  for (guint i = 0; i < n_columns; i++)
    row[i] = g_strdelimit (g_strdup (cells[i]), "\n\r\t", ' ');
  return row;
}

gboolean
reg_cli_table_add (RegCliTable *self, const char *const *cells, GError **error)
{
  switch (self->way)
    {
    case WAY_TABLE:
      g_ptr_array_add (self->rows, dup_row (cells, self->n_columns));
      return TRUE;
    case WAY_JSON:
      add_json_row (self, cells);
      return TRUE;
    case WAY_CSV:
      add_csv_row (self, cells);
      return TRUE;
    case WAY_FILE:
      return reg_row_writer_add (self->writer, cells, self->n_columns, error);
    }
  return TRUE;
}

/**
 * reg_cli_table_add_details:
 * @self: one record, which was added
 * @key: what JSON calls the list
 * @heading: what a table calls it, translated
 * @columns: the list's columns, which must live on
 * @n_columns: how many
 * @rows: (element-type GStrv): its rows
 */
void
reg_cli_table_add_details (RegCliTable *self,
                           const char *key,
                           const char *heading,
                           const RegCliColumn *columns,
                           guint n_columns,
                           GPtrArray *rows)
{
  g_return_if_fail (self->single);

  if (self->way == WAY_JSON)
    {
      reg_json_writer_key (&self->json, key);
      reg_json_writer_open (&self->json, '[');
      for (guint i = 0; i < rows->len; i++)
        {
          reg_json_writer_open (&self->json, '{');
          write_json_cells (&self->json, columns, n_columns, g_ptr_array_index (rows, i));
          reg_json_writer_close (&self->json, '}');
        }
      reg_json_writer_close (&self->json, ']');
      return;
    }
  self->details = g_new0 (RegCliTable, 1);
  self->details->columns = columns;
  self->details->n_columns = n_columns;
  self->details->rows = g_ptr_array_new_with_free_func ((GDestroyNotify)g_strfreev);
  self->details->csv = g_string_new (NULL);
  self->details_heading = heading;
  for (guint i = 0; i < rows->len; i++)
    g_ptr_array_add (self->details->rows, dup_row (g_ptr_array_index (rows, i), n_columns));
}

static void
pad (GString *out, const char *text, gsize width, gboolean right)
{
  gsize own = reg_cli_get_width (text);

  for (gsize i = own; right && i < width; i++)
    g_string_append_c (out, ' ');
  g_string_append (out, text);
  for (gsize i = own; !right && i < width; i++)
    g_string_append_c (out, ' ');
}

static void
print_line (RegCliTable *self, const char *const *cells, const gsize *widths)
{
  g_autoptr (GString) out = g_string_new (NULL);

  for (guint i = 0; i < self->n_columns; i++)
    {
      if (self->columns[i].kind == REG_CELL_HIDDEN)
        continue;
      if (out->len > 0)
        g_string_append (out, "  ");
      pad (out, cells[i], widths[i], self->columns[i].kind == REG_CELL_NUMBER);
    }
  while (out->len > 0 && out->str[out->len - 1] == ' ')
    g_string_truncate (out, out->len - 1);
  g_string_append_c (out, '\n');
  fwrite (out->str, 1, out->len, stdout);
}

static void
print_table (RegCliTable *self)
{
  g_autofree gsize *widths = g_new0 (gsize, self->n_columns);
  g_autofree const char **headings = g_new (const char *, self->n_columns);

  write_headings (self, headings);
  for (guint c = 0; c < self->n_columns; c++)
    {
      widths[c] = reg_cli_get_width (headings[c]);
      for (guint r = 0; r < self->rows->len; r++)
        widths[c] = MAX (widths[c], reg_cli_get_width (((char **)self->rows->pdata[r])[c]));
    }
  print_line (self, headings, widths);
  for (guint r = 0; r < self->rows->len; r++)
    print_line (self, self->rows->pdata[r], widths);
}

static void
print_records (RegCliTable *self)
{
  gsize width = 0;

  for (guint c = 0; c < self->n_columns; c++)
    width = MAX (width, reg_cli_get_width (_ (self->columns[c].heading)));
  for (guint r = 0; r < self->rows->len; r++)
    for (guint c = 0; c < self->n_columns; c++)
      {
        const char *cell = ((char **)self->rows->pdata[r])[c];
        g_autoptr (GString) out = g_string_new (NULL);

        pad (out, _ (self->columns[c].heading), width, FALSE);
        g_string_append_printf (out, "  %s", cell);
        fprintf (stdout, "%s\n", g_strchomp (out->str));
      }
}

/**
 * reg_cli_table_finish:
 * @self: a list
 * @error: why the file cannot be written
 *
 * Prints what is not yet printed.
 *
 * Returns: whether everything is out
 */
gboolean
reg_cli_table_finish (RegCliTable *self, GError **error)
{
  switch (self->way)
    {
    case WAY_TABLE:
      if (self->single)
        print_records (self);
      else
        print_table (self);
      if (self->details != NULL && self->details->rows->len > 0)
        {
          fprintf (stdout, "\n%s\n", self->details_heading);
          print_table (self->details);
        }
      break;
    case WAY_JSON:
      begin (self);
      if (self->is_open)
        reg_json_writer_close (&self->json, '}');
      if (!self->single)
        reg_json_writer_close (&self->json, ']');
      reg_cli_flush_json (&self->json, TRUE);
      break;
    case WAY_CSV:
      fwrite (self->csv->str, 1, self->csv->len, stdout);
      break;
    case WAY_FILE:
      return reg_row_writer_close (self->writer, error);
    }
  fflush (stdout);
  return TRUE;
}

void
reg_cli_table_free (RegCliTable *self)
{
  g_ptr_array_unref (self->rows);
  if (self->json.out != NULL)
    g_string_free (self->json.out, TRUE);
  g_string_free (self->csv, TRUE);
  g_clear_pointer (&self->writer, reg_row_writer_free);
  g_clear_pointer (&self->details, reg_cli_table_free);
  g_free (self);
}
