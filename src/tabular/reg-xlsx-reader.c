/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-tabular"

#include "tabular/reg-xlsx-reader.h"

#include "tabular/reg-xlsx-part.h"
#include "tabular/reg-xlsx-row.h"
#include "tabular/reg-xlsx-strings.h"
#include "tabular/reg-xlsx-workbook.h"
#include "tabular/reg-xml-text.h"
#include "tabular/reg-zip.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

#define MAX_ROWS G_GUINT64_CONSTANT (1048576)
#define MAX_CELL ((gsize)1 << 20)
#define MAX_ROW_XML ((gsize)32 << 20)
/* What is written between the rows, all together: nothing, or a line end each */
#define MAX_BETWEEN ((gsize)64 << 20)
/* A few bytes in a cell stand for a text of any length, however often: all together they may give
 * so much, or so many times what the sheet has when it is packed. */
#define MAX_SHARED ((guint64)64 << 20)
#define MAX_SHARED_RATIO 16

/* Whoever wants to see the first rows only need not wait for the texts of all: for so many rows,
 * each is asked which texts it has. Programs write them in the order in which they come up. */
#define EARLY_ROWS 4096

struct _RegXlsxReader
{
  RegZip *zip;
  RegXlsxWorkbook *workbook;
  const char *sheet;
  const RegZipEntry *entry;
  const RegZipEntry *strings_entry;
  RegXlsxStrings *strings;
  RegXlsxPart *part;
  RegXmlScanner *scanner;
  gboolean in_data;
  gboolean at_end;
  guint64 row; /* the number of the last row */
  guint64 n_rows;
  guint64 n_hidden;
  guint8 hidden_columns[REG_XLSX_MAX_COLUMNS / 8]; /* bits */
  guint64 n_described;                             /* columns, up to the last that was described */
  gsize between;
  guint64 shared;

  RegXlsxRow *found; /* the cells of the row as they stand in the file */
  RegRowCell *cells; /* the same as text, REG_XLSX_MAX_COLUMNS */
  guint n_cells;
  char *numbers; /* the texts of this row's numbers, REG_XLSX_MAX_NUMBER each */
  guint numbers_allocated;
};

static const RegXmlAttribute *
find_attribute (const RegXmlScanner *scanner, const char *name)
{
  for (guint i = 0; i < scanner->n_attributes; i++)
    if (reg_xml_is (scanner->attributes[i].name, scanner->attributes[i].name_len, name))
      return &scanner->attributes[i];
  return NULL;
}

static gboolean
is_true (const RegXmlAttribute *attribute)
{
  return attribute != NULL
         && (reg_xml_is (attribute->value, attribute->value_len, "1")
             || reg_xml_is (attribute->value, attribute->value_len, "true"));
}

static gboolean
fail_rows (GError **error)
{
  g_set_error (error, REG_TABULAR_ERROR, REG_TABULAR_ERROR_TOO_LARGE,
               _ ("This sheet has more rows than the %d that a spreadsheet can have. Copy the list "
                  "to a new spreadsheet and save that."),
               (int)MAX_ROWS);
  return FALSE;
}

/* Joins a cell's pieces in place. Decoding only shortens, and the row has been scanned: what stood
 * there is not needed any more. */
static void
join_pieces (RegXlsxReader *self, const RegXlsxFound *cell, RegRowCell *out)
{
  const RegXlsxPiece *pieces = &self->found->pieces[cell->first_piece];
  char *start = pieces[0].text;
  gsize len = 0;

  for (guint i = 0; i < cell->n_pieces; i++)
    {
      const RegXlsxPiece *piece = &pieces[i];

      if (!piece->plain)
        len += reg_xml_text_decode (start + len, piece->text, piece->len, piece->literal);
      else
        {
          if (start + len != piece->text)
            memmove (start + len, piece->text, piece->len);
          len += piece->len;
        }
    }
  start[len] = '\0';
  out->text = start;
  out->len = len;
}

static void
format_cell (RegXlsxReader *self, const RegXlsxFound *cell, char *number, RegRowCell *out)
{
  static const RegXlsxFormat general = { REG_XLSX_GENERAL, "" };
  GArray *formats = self->workbook->formats;
  gsize n = 0;

  switch (cell->type)
    {
    case REG_XLSX_CELL_NUMBER:
      n = reg_xlsx_format_number (cell->style < formats->len
                                      ? &g_array_index (formats, RegXlsxFormat, cell->style)
                                      : &general,
                                  out->text, out->len, self->workbook->date1904, number);
      break;
    case REG_XLSX_CELL_DATE:
      n = reg_xlsx_format_iso_date (out->text, out->len, number);
      break;
    case REG_XLSX_CELL_BOOLEAN:
      n = out->len != 1 ? 0 : g_strlcpy (number, out->text[0] == '0' ? "FALSE" : "TRUE", 8);
      break;
    case REG_XLSX_CELL_SHARED:
    case REG_XLSX_CELL_TEXT:
    case REG_XLSX_CELL_ERROR:
      return;
    }
  if (n == 0)
    return;
  number[n] = '\0';
  out->text = number;
  out->len = n;
}

static gboolean
finish_cell (RegXlsxReader *self, const RegXlsxFound *cell, char *number, GError **error)
{
  RegRowCell out;

  if (cell->column >= REG_XLSX_MAX_COLUMNS)
    {
      g_set_error (error, REG_TABULAR_ERROR, REG_TABULAR_ERROR_TOO_LARGE,
                   _ ("Row %" PRIu64
                      " has more than the %u columns that a spreadsheet can have. Copy the list to "
                      "a new spreadsheet and save that."),
                   self->row, REG_XLSX_MAX_COLUMNS);
      return FALSE;
    }
  join_pieces (self, cell, &out);
  if (cell->type == REG_XLSX_CELL_SHARED)
    {
      guint64 index;

      if (!reg_xlsx_read_digits (out.text, out.len, &index)
          || !reg_xlsx_strings_get (self->strings, index, &out))
        return reg_xlsx_fail_damaged (error);
      self->shared += out.len;
      if (self->shared > MAX (MAX_SHARED, self->entry->packed * MAX_SHARED_RATIO))
        return reg_xlsx_fail_text (error);
    }
  else
    format_cell (self, cell, number, &out);
  if (out.len > MAX_CELL)
    {
      g_set_error (error, REG_TABULAR_ERROR, REG_TABULAR_ERROR_TOO_LARGE,
                   _ ("Row %" PRIu64
                      " has a cell that is longer than a cell can be. Shorten it and try again."),
                   self->row);
      return FALSE;
    }
  if (out.len == 0)
    return TRUE;
  for (; self->n_cells <= cell->column; self->n_cells++)
    self->cells[self->n_cells] = (RegRowCell){ "", 0 };
  self->cells[cell->column] = out;
  return TRUE;
}

/* Texts may move while more are read, so those of a row are read before the first is taken. */
static gboolean
read_strings (RegXlsxReader *self, GError **error)
{
  guint64 highest = 0;

  if (self->n_rows > EARLY_ROWS)
    return reg_xlsx_strings_read_to (self->strings, G_MAXUINT64, error);
  for (guint i = 0; i < self->found->n_cells; i++)
    {
      const RegXlsxFound *cell = &self->found->cells[i];
      const RegXlsxPiece *piece = &self->found->pieces[cell->first_piece];
      guint64 index = G_MAXUINT64;

      if (cell->type != REG_XLSX_CELL_SHARED)
        continue;
      /* A number that is written in an odd way is known only once its pieces are joined. */
      if (cell->n_pieces == 1 && piece->plain
          && !reg_xlsx_read_digits (piece->text, piece->len, &index))
        index = G_MAXUINT64;
      highest = MAX (highest, index);
    }
  return reg_xlsx_strings_read_to (self->strings, highest, error);
}

static gboolean
finish_cells (RegXlsxReader *self, GError **error)
{
  if (!read_strings (self, error))
    return FALSE;
  self->n_cells = 0;
  if (self->found->n_cells > self->numbers_allocated)
    {
      self->numbers_allocated = self->found->n_cells;
      g_free (self->numbers);
      self->numbers = g_malloc ((gsize)self->numbers_allocated * REG_XLSX_MAX_NUMBER);
    }
  for (guint i = 0; i < self->found->n_cells; i++)
    if (!finish_cell (self, &self->found->cells[i], self->numbers + (gsize)i * REG_XLSX_MAX_NUMBER,
                      error))
      return FALSE;
  return TRUE;
}

/* The number of the row that just started. */
static gboolean
number_row (RegXlsxReader *self, guint64 *number, GError **error)
{
  const RegXmlAttribute *reference = find_attribute (self->scanner, "r");

  if (reference == NULL || !reg_xlsx_read_digits (reference->value, reference->value_len, number)
      || *number == 0)
    *number = self->row + 1;
  if (*number > MAX_ROWS || self->n_rows == MAX_ROWS)
    return fail_rows (error);
  /* Rows stand in their order. A number that comes twice would name two lines. */
  if (*number <= self->row)
    return reg_xlsx_fail_damaged (error);
  return TRUE;
}

/* At `<row`, which has just been scanned and began at @start. */
static gboolean
read_row (RegXlsxReader *self, gsize limit, char *start, gboolean *again, GError **error)
{
  gboolean empty = self->scanner->empty;
  gboolean hidden = is_true (find_attribute (self->scanner, "hidden"));
  guint64 number;
  RegXlsxScan scan;

  *again = FALSE;
  if (!number_row (self, &number, error))
    return FALSE;
  scan = reg_xlsx_row_scan (self->found, empty ? NULL : self->scanner);
  if (scan == REG_XLSX_SCAN_NEEDS_MORE)
    {
      *again = TRUE;
      return reg_xlsx_part_more (self->part, start, limit, error);
    }
  if (scan == REG_XLSX_SCAN_WRONG)
    return reg_xlsx_fail_damaged (error);
  self->row = number;
  self->n_rows++;
  self->n_hidden += hidden;
  return finish_cells (self, error);
}

/* At `<col`: columns are described in their order, each once. */
static void
read_columns (RegXlsxReader *self)
{
  const RegXmlAttribute *from = find_attribute (self->scanner, "min");
  const RegXmlAttribute *to = find_attribute (self->scanner, "max");
  gboolean hidden = is_true (find_attribute (self->scanner, "hidden"));
  guint64 first, last;

  if (from == NULL || to == NULL || !reg_xlsx_read_digits (from->value, from->value_len, &first)
      || !reg_xlsx_read_digits (to->value, to->value_len, &last) || first <= self->n_described
      || last < first)
    return;
  last = MIN (last, REG_XLSX_MAX_COLUMNS);
  for (guint64 i = first; hidden && i <= last; i++)
    self->hidden_columns[(i - 1) / 8] |= (guint8)(1u << ((i - 1) % 8));
  self->n_described = last;
}

static gboolean
pass_over (RegXlsxReader *self, gsize len, GError **error)
{
  self->between += len;
  if (self->between <= MAX_BETWEEN)
    return TRUE;
  g_set_error_literal (error, REG_TABULAR_ERROR, REG_TABULAR_ERROR_TOO_LARGE,
                       _ ("This sheet is mostly padding between its rows. Copy the list to a new "
                          "spreadsheet and save that."));
  return FALSE;
}

static gboolean
finish (RegXlsxReader *self, GError **error)
{
  self->at_end = TRUE;
  return reg_xlsx_part_drain (self->part, error)
         && reg_xlsx_strings_read_to (self->strings, G_MAXUINT64, error);
}

/**
 * reg_xlsx_reader_next:
 * @self: the reader
 * @row: (out): the row
 * @error: return location, see #RegTabularError and %G_IO_ERROR
 *
 * Returns: whether there was another row; %FALSE without error at the end
 */
gboolean
reg_xlsx_reader_next (RegXlsxReader *self, RegRow *row, GError **error)
{
  RegXmlScanner *scanner = self->scanner;

  while (!self->at_end)
    {
      char *start = scanner->p;
      gboolean again;

      switch (reg_xml_scanner_next (scanner))
        {
        case REG_XML_START:
          if (reg_xml_is (scanner->name, scanner->name_len, "sheetData"))
            {
              self->in_data = TRUE;
              if (scanner->empty)
                return finish (self, error) && FALSE;
            }
          else if (self->in_data && reg_xml_is (scanner->name, scanner->name_len, "row"))
            {
              if (!read_row (self, MAX_ROW_XML, start, &again, error))
                return FALSE;
              if (again)
                break;
              row->line = self->row;
              row->n_cells = self->n_cells;
              row->cells = self->cells;
              return TRUE;
            }
          else if (!self->in_data && reg_xml_is (scanner->name, scanner->name_len, "col"))
            {
              read_columns (self);
            }
          if (!pass_over (self, (gsize)(scanner->p - start), error))
            return FALSE;
          break;
        case REG_XML_END:
          if (reg_xml_is (scanner->name, scanner->name_len, "sheetData")
              || reg_xml_is (scanner->name, scanner->name_len, "worksheet"))
            return finish (self, error) && FALSE;
          if (!pass_over (self, (gsize)(scanner->p - start), error))
            return FALSE;
          break;
        case REG_XML_NEEDS_MORE:
          if (!reg_xlsx_part_more (self->part, start, MAX_ROW_XML, error))
            return FALSE;
          break;
        case REG_XML_TEXT:
        case REG_XML_OTHER:
          if (!pass_over (self, (gsize)(scanner->p - start), error))
            return FALSE;
          break;
        case REG_XML_DOCTYPE:
          return reg_xlsx_fail_doctype (error);
        case REG_XML_WRONG:
          return reg_xlsx_fail_damaged (error);
        }
    }
  return FALSE;
}

/**
 * reg_xlsx_reader_new:
 * @input: the file; it must outlive the reader
 * @sheet: (nullable): the name of a sheet; by default the first that is not hidden
 * @error: return location, see #RegTabularError and %G_IO_ERROR
 *
 * Returns: (transfer full) (nullable): a reader before the first row
 */
RegXlsxReader *
reg_xlsx_reader_new (RegInput *input, const char *sheet, GError **error)
{
  g_autoptr (RegXlsxReader) self = g_new0 (RegXlsxReader, 1);

  self->zip = reg_zip_new (input, error);
  if (self->zip == NULL)
    return NULL;
  self->workbook = reg_xlsx_workbook_new (self->zip, error);
  if (self->workbook == NULL)
    return NULL;
  self->sheet = reg_xlsx_workbook_choose_sheet (self->workbook, sheet, &self->entry, error);
  if (self->sheet == NULL)
    return NULL;
  self->strings_entry = reg_xlsx_workbook_get_strings (self->workbook);
  self->strings = reg_xlsx_strings_new (self->zip, self->strings_entry, error);
  if (self->strings == NULL)
    return NULL;
  self->part = reg_xlsx_part_open (self->zip, self->entry, error);
  if (self->part == NULL)
    return NULL;
  self->scanner = reg_xlsx_part_get_scanner (self->part);
  self->found = reg_xlsx_row_new ();
  self->cells = g_new (RegRowCell, REG_XLSX_MAX_COLUMNS);
  return g_steal_pointer (&self);
}

void
reg_xlsx_reader_free (RegXlsxReader *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->part, reg_xlsx_part_free);
  g_clear_pointer (&self->strings, reg_xlsx_strings_free);
  g_clear_pointer (&self->workbook, reg_xlsx_workbook_free);
  g_clear_pointer (&self->zip, reg_zip_free);
  g_clear_pointer (&self->found, reg_xlsx_row_free);
  g_free (self->cells);
  g_free (self->numbers);
  g_free (self);
}

const char *
reg_xlsx_reader_get_sheet (RegXlsxReader *self)
{
  return self->sheet;
}

const char *const *
reg_xlsx_reader_get_sheets (RegXlsxReader *self)
{
  return (const char *const *)self->workbook->sheets->pdata;
}

guint64
reg_xlsx_reader_get_n_hidden_rows (RegXlsxReader *self)
{
  return self->n_hidden;
}

gboolean
reg_xlsx_reader_is_column_hidden (RegXlsxReader *self, guint column)
{
  return column < REG_XLSX_MAX_COLUMNS
         && (self->hidden_columns[column / 8] & 1u << (column % 8)) != 0;
}

double
reg_xlsx_reader_get_fraction (RegXlsxReader *self)
{
  double strings = self->strings_entry != NULL ? (double)self->strings_entry->packed : 0;
  double whole = strings + (double)self->entry->packed;

  if (self->at_end || whole <= 0)
    return 1;
  return MIN (1.0, (strings + (double)reg_xlsx_part_get_packed_read (self->part)) / whole);
}
