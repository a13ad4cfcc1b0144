/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-tabular"

#include "tabular/reg-xlsx-reader.h"

#include "tabular/reg-xlsx-part.h"
#include "tabular/reg-xlsx-strings.h"
#include "tabular/reg-xlsx-workbook.h"
#include "tabular/reg-xml-text.h"
#include "tabular/reg-zip.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

#define MAX_ROWS G_GUINT64_CONSTANT (1048576)
#define MAX_COLUMNS 16384u
#define MAX_CELL ((gsize)1 << 20)
#define MAX_ROW_XML ((gsize)32 << 20)

typedef enum
{
  CELL_NUMBER,
  CELL_SHARED,
  CELL_TEXT, /* inline, or what a formula gives */
  CELL_BOOLEAN,
  CELL_DATE,
  CELL_ERROR,
} CellType;

/* A piece of a cell's text, as it stands in the window */
typedef struct
{
  char *text;
  gsize len;
  gboolean plain;
  gboolean literal;
} Piece;

/* A cell of the row that is being scanned; of most there is one piece. */
typedef struct
{
  guint column;
  guint style;
  guint first_piece;
  guint n_pieces;
  CellType type;
} Found;

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

  Found *found; /* the cells of the row */
  guint n_found;
  guint found_allocated;
  Piece *pieces;
  guint n_pieces;
  guint pieces_allocated;
  RegCell *cells; /* MAX_COLUMNS */
  guint n_cells;
  char *numbers; /* the texts of this row's numbers, REG_XLSX_MAX_NUMBER each */
  guint numbers_allocated;
};

typedef enum
{
  SCAN_ROW,
  SCAN_NEEDS_MORE,
  SCAN_WRONG,
} Scan;

static inline void
add_found (RegXlsxReader *self, const Found *cell)
{
  if (self->n_found == self->found_allocated)
    {
      self->found_allocated *= 2;
      self->found = g_renew (Found, self->found, self->found_allocated);
    }
  self->found[self->n_found++] = *cell;
}

static inline void
add_piece (RegXlsxReader *self, char *text, gsize len, gboolean plain, gboolean literal)
{
  if (self->n_pieces == self->pieces_allocated)
    {
      self->pieces_allocated *= 2;
      self->pieces = g_renew (Piece, self->pieces, self->pieces_allocated);
    }
  self->pieces[self->n_pieces++] = (Piece){ text, len, plain, literal };
}

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

/* Only digits; what is too long comes out too large for whatever it is to be. */
static gboolean
read_digits (const char *text, gsize len, guint64 *number)
{
  *number = 0;
  for (gsize i = 0; i < len; i++)
    {
      if (!g_ascii_isdigit (text[i]))
        return FALSE;
      *number = MIN (*number * 10 + (guint64)(text[i] - '0'), G_GUINT64_CONSTANT (1) << 40);
    }
  return len > 0;
}

static CellType
read_type (const RegXmlAttribute *attribute)
{
  const char *t = attribute->value;
  gsize n = attribute->value_len;

  if (n == 1)
    switch (*t)
      {
      case 's':
        return CELL_SHARED;
      case 'b':
        return CELL_BOOLEAN;
      case 'd':
        return CELL_DATE;
      case 'e':
        return CELL_ERROR;
      default:
        return CELL_NUMBER;
      }
  return reg_xml_is (t, n, "str") || reg_xml_is (t, n, "inlineStr") ? CELL_TEXT : CELL_NUMBER;
}

/* `AB12` to its column, counted from 0; @next when there is no reference. */
static guint
read_column (const RegXmlAttribute *reference, guint next)
{
  guint column = 0;

  for (gsize i = 0; i < reference->value_len && i < 4; i++)
    {
      char c = g_ascii_toupper (reference->value[i]);

      if (c < 'A' || c > 'Z')
        break;
      column = column * 26 + (guint)(c - 'A') + 1;
    }
  return column > 0 ? column - 1 : next;
}

static inline void
start_cell (RegXlsxReader *self, Found *cell, guint next_column)
{
  cell->column = next_column;
  cell->style = 0;
  cell->type = CELL_NUMBER;
  cell->first_piece = self->n_pieces;
  cell->n_pieces = 0;
}

static inline void
take_attribute (Found *cell, const RegXmlAttribute *attribute)
{
  guint64 style;

  if (attribute->name_len != 1)
    return;
  if (attribute->name[0] == 'r')
    cell->column = read_column (attribute, cell->column);
  else if (attribute->name[0] == 't')
    cell->type = read_type (attribute);
  else if (attribute->name[0] == 's'
           && read_digits (attribute->value, attribute->value_len, &style))
    cell->style = (guint)MIN (style, (guint64)G_MAXUINT);
}

/* `<c r="B7" s="3" t="s"><v>12</v></c>` and the like, which nearly all cells are, at once: the
 * scanner would need six tokens. Leaves everything else, cells that are cut off too, to the
 * scanner. */
static gboolean
scan_plain_cell (RegXlsxReader *self, Found *cell)
{
  char *p = self->scanner->p;
  char *text;
  gboolean is_inline;

  if (p[0] != '<' || p[1] != 'c')
    return FALSE;
  for (p += 2; *p == ' '; p++)
    {
      RegXmlAttribute attribute = { p + 1, 1, p + 4, 0 };

      if (p[1] == '\0' || p[2] != '=' || p[3] != '"')
        return FALSE;
      for (p += 4; *p != '"'; p++)
        if (*p == '\0')
          return FALSE;
      attribute.value_len = (gsize)(p - attribute.value);
      take_attribute (cell, &attribute);
    }
  is_inline = memcmp (p, "><is><t>", 8) == 0;
  if (!is_inline && memcmp (p, "><v>", 4) != 0)
    return FALSE;
  text = p + (is_inline ? 8 : 4);
  for (p = text; *p != '<'; p++)
    if (*p == '\0' || *p == '&' || *p == '_' || *p == '\r')
      return FALSE;
  if (memcmp (p, is_inline ? "</t></is></c>" : "</v></c>", is_inline ? 13 : 8) != 0)
    return FALSE;
  if (p > text)
    {
      add_piece (self, text, (gsize)(p - text), TRUE, FALSE);
      cell->n_pieces = 1;
    }
  self->scanner->p = p + (is_inline ? 13 : 8);
  return TRUE;
}

/* From behind `<c …>` to behind `</c>`: the pieces of text within `v` or within the `t` of `is`. */
static Scan
scan_cell (RegXlsxReader *self, Found *cell)
{
  RegXmlScanner *scanner = self->scanner;
  gboolean in_value = FALSE;
  gboolean in_phonetic = FALSE;

  for (;;)
    switch (reg_xml_scanner_next (scanner))
      {
      case REG_XML_TEXT:
        if (in_value && !in_phonetic)
          {
            add_piece (self, scanner->text, scanner->text_len, scanner->plain, scanner->literal);
            cell->n_pieces++;
          }
        break;
      case REG_XML_START:
        if (scanner->name_len == 1 && (*scanner->name == 'v' || *scanner->name == 't'))
          in_value = !scanner->empty;
        else if (reg_xml_is (scanner->name, scanner->name_len, "rPh"))
          in_phonetic = !scanner->empty;
        else if (reg_xml_is (scanner->name, scanner->name_len, "row"))
          return SCAN_WRONG;
        break;
      case REG_XML_END:
        in_value = FALSE;
        if (scanner->name_len == 1 && *scanner->name == 'c')
          return SCAN_ROW;
        if (reg_xml_is (scanner->name, scanner->name_len, "rPh"))
          in_phonetic = FALSE;
        else if (reg_xml_is (scanner->name, scanner->name_len, "row"))
          return SCAN_WRONG;
        break;
      case REG_XML_OTHER:
        break;
      case REG_XML_NEEDS_MORE:
        return SCAN_NEEDS_MORE;
      case REG_XML_DOCTYPE:
      case REG_XML_WRONG:
        return SCAN_WRONG;
      }
}

/* A cell has ended: keeps it if there is anything in it. */
static inline Scan
end_cell (RegXlsxReader *self, const Found *cell)
{
  if (cell->n_pieces > 0 || cell->column >= MAX_COLUMNS)
    add_found (self, cell);
  return self->n_found > 2 * MAX_COLUMNS ? SCAN_WRONG : SCAN_ROW;
}

/* From behind `<row …>` to behind `</row>`. Nothing in the window changes, so that it can be done
 * again when there is more. */
static Scan
scan_cells (RegXlsxReader *self)
{
  RegXmlScanner *scanner = self->scanner;
  guint next_column = 0;
  Scan scan = SCAN_ROW;

  while (scan == SCAN_ROW)
    {
      Found cell;

      start_cell (self, &cell, next_column);
      if (scan_plain_cell (self, &cell))
        {
          next_column = cell.column + 1;
          scan = end_cell (self, &cell);
          continue;
        }
      switch (reg_xml_scanner_next (scanner))
        {
        case REG_XML_START:
          if (scanner->name_len == 1 && *scanner->name == 'c')
            {
              start_cell (self, &cell, next_column);
              for (guint i = 0; i < scanner->n_attributes; i++)
                take_attribute (&cell, &scanner->attributes[i]);
              next_column = cell.column + 1;
              scan = scanner->empty ? SCAN_ROW : scan_cell (self, &cell);
              if (scan == SCAN_ROW)
                scan = end_cell (self, &cell);
            }
          else if (reg_xml_is (scanner->name, scanner->name_len, "row"))
            scan = SCAN_WRONG;
          break;
        case REG_XML_END:
          if (reg_xml_is (scanner->name, scanner->name_len, "row"))
            return SCAN_ROW;
          if (reg_xml_is (scanner->name, scanner->name_len, "sheetData"))
            scan = SCAN_WRONG;
          break;
        case REG_XML_TEXT:
        case REG_XML_OTHER:
          break;
        case REG_XML_NEEDS_MORE:
          scan = SCAN_NEEDS_MORE;
          break;
        case REG_XML_DOCTYPE:
        case REG_XML_WRONG:
          scan = SCAN_WRONG;
          break;
        }
    }
  return scan;
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
join_pieces (RegXlsxReader *self, const Found *cell, RegCell *out)
{
  const Piece *pieces = &self->pieces[cell->first_piece];
  char *start = pieces[0].text;
  gsize len = 0;

  for (guint i = 0; i < cell->n_pieces; i++)
    {
      const Piece *piece = &pieces[i];

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
format_cell (RegXlsxReader *self, const Found *cell, char *number, RegCell *out)
{
  static const RegXlsxFormat general = { REG_XLSX_GENERAL, "" };
  GArray *formats = self->workbook->formats;
  gsize n = 0;

  switch (cell->type)
    {
    case CELL_NUMBER:
      n = reg_xlsx_format_number (cell->style < formats->len
                                      ? &g_array_index (formats, RegXlsxFormat, cell->style)
                                      : &general,
                                  out->text, out->len, self->workbook->date1904, number);
      break;
    case CELL_DATE:
      n = reg_xlsx_format_iso_date (out->text, out->len, number);
      break;
    case CELL_BOOLEAN:
      n = out->len != 1 ? 0 : g_strlcpy (number, out->text[0] == '0' ? "FALSE" : "TRUE", 8);
      break;
    case CELL_SHARED:
    case CELL_TEXT:
    case CELL_ERROR:
      return;
    }
  if (n == 0)
    return;
  number[n] = '\0';
  out->text = number;
  out->len = n;
}

static gboolean
finish_cell (RegXlsxReader *self, const Found *cell, char *number, GError **error)
{
  RegCell out;

  if (cell->column >= MAX_COLUMNS)
    {
      g_set_error (error, REG_TABULAR_ERROR, REG_TABULAR_ERROR_TOO_LARGE,
                   _ ("Row %" PRIu64
                      " has more than the %u columns that a spreadsheet can have. Copy the list to "
                      "a new spreadsheet and save that."),
                   self->row, MAX_COLUMNS);
      return FALSE;
    }
  join_pieces (self, cell, &out);
  if (cell->type == CELL_SHARED)
    {
      guint64 index;

      if (!read_digits (out.text, out.len, &index)
          || !reg_xlsx_strings_get (self->strings, index, &out))
        return reg_xlsx_fail_damaged (error);
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
    self->cells[self->n_cells] = (RegCell){ "", 0 };
  self->cells[cell->column] = out;
  return TRUE;
}

static gboolean
finish_cells (RegXlsxReader *self, GError **error)
{
  self->n_cells = 0;
  if (self->n_found > self->numbers_allocated)
    {
      self->numbers_allocated = self->n_found;
      g_free (self->numbers);
      self->numbers = g_malloc ((gsize)self->numbers_allocated * REG_XLSX_MAX_NUMBER);
    }
  for (guint i = 0; i < self->n_found; i++)
    if (!finish_cell (self, &self->found[i], self->numbers + (gsize)i * REG_XLSX_MAX_NUMBER, error))
      return FALSE;
  return TRUE;
}

/* The number of the row that just started. */
static gboolean
number_row (RegXlsxReader *self, guint64 *number, GError **error)
{
  const RegXmlAttribute *reference = find_attribute (self->scanner, "r");

  if (reference == NULL || !read_digits (reference->value, reference->value_len, number)
      || *number == 0)
    *number = self->row + 1;
  if (*number > MAX_ROWS || self->n_rows == MAX_ROWS)
    return fail_rows (error);
  return TRUE;
}

/* At `<row`, which has just been scanned and began at @start. */
static gboolean
read_row (RegXlsxReader *self, gsize limit, char *start, gboolean *again, GError **error)
{
  gboolean empty = self->scanner->empty;
  gboolean hidden = is_true (find_attribute (self->scanner, "hidden"));
  guint64 number;
  Scan scan = SCAN_ROW;

  *again = FALSE;
  if (!number_row (self, &number, error))
    return FALSE;
  self->n_found = 0;
  self->n_pieces = 0;
  if (!empty)
    scan = scan_cells (self);
  if (scan == SCAN_NEEDS_MORE)
    {
      *again = TRUE;
      return reg_xlsx_part_more (self->part, start, limit, error);
    }
  if (scan == SCAN_WRONG)
    return reg_xlsx_fail_damaged (error);
  self->row = number;
  self->n_rows++;
  self->n_hidden += hidden;
  return finish_cells (self, error);
}

static gboolean
finish (RegXlsxReader *self, GError **error)
{
  self->at_end = TRUE;
  return reg_xlsx_part_drain (self->part, error);
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
          break;
        case REG_XML_END:
          if (reg_xml_is (scanner->name, scanner->name_len, "sheetData")
              || reg_xml_is (scanner->name, scanner->name_len, "worksheet"))
            return finish (self, error) && FALSE;
          break;
        case REG_XML_NEEDS_MORE:
          if (!reg_xlsx_part_more (self->part, start, MAX_ROW_XML, error))
            return FALSE;
          break;
        case REG_XML_TEXT:
        case REG_XML_OTHER:
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
  self->found_allocated = 64;
  self->found = g_new (Found, self->found_allocated);
  self->pieces_allocated = 64;
  self->pieces = g_new (Piece, self->pieces_allocated);
  self->cells = g_new (RegCell, MAX_COLUMNS);
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
  g_free (self->found);
  g_free (self->pieces);
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

double
reg_xlsx_reader_get_fraction (RegXlsxReader *self)
{
  double strings = self->strings_entry != NULL ? (double)self->strings_entry->packed : 0;
  double whole = strings + (double)self->entry->packed;

  if (self->at_end || whole <= 0)
    return 1;
  return MIN (1.0, (strings + (double)reg_xlsx_part_get_packed_read (self->part)) / whole);
}
