/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-tabular"

#include "tabular/reg-xlsx-row.h"

#define FEW_CELLS 64

RegXlsxRow *
reg_xlsx_row_new (void)
{
  RegXlsxRow *self = g_new0 (RegXlsxRow, 1);

  self->cells_allocated = self->pieces_allocated = FEW_CELLS;
  self->cells = g_new (RegXlsxFound, FEW_CELLS);
  self->pieces = g_new (RegXlsxPiece, FEW_CELLS);
  return self;
}

void
reg_xlsx_row_free (RegXlsxRow *self)
{
  if (self == NULL)
    return;
  g_free (self->cells);
  g_free (self->pieces);
  g_free (self);
}

static inline void
add_found (RegXlsxRow *self, const RegXlsxFound *cell)
{
  if (self->n_cells == self->cells_allocated)
    {
      self->cells_allocated *= 2;
      self->cells = g_renew (RegXlsxFound, self->cells, self->cells_allocated);
    }
  self->cells[self->n_cells++] = *cell;
}

static inline void
add_piece (RegXlsxRow *self, char *text, gsize len, gboolean plain, gboolean literal)
{
  if (self->n_pieces == self->pieces_allocated)
    {
      self->pieces_allocated *= 2;
      self->pieces = g_renew (RegXlsxPiece, self->pieces, self->pieces_allocated);
    }
  self->pieces[self->n_pieces++] = (RegXlsxPiece){ text, len, plain, literal };
}

static RegXlsxCellType
read_type (const RegXmlAttribute *attribute)
{
  const char *t = attribute->value;
  gsize n = attribute->value_len;

  if (n == 1)
    switch (*t)
      {
      case 's':
        return REG_XLSX_CELL_SHARED;
      case 'b':
        return REG_XLSX_CELL_BOOLEAN;
      case 'd':
        return REG_XLSX_CELL_DATE;
      case 'e':
        return REG_XLSX_CELL_ERROR;
      default:
        return REG_XLSX_CELL_NUMBER;
      }
  return reg_xml_is (t, n, "str") || reg_xml_is (t, n, "inlineStr") ? REG_XLSX_CELL_TEXT
                                                                    : REG_XLSX_CELL_NUMBER;
}

/* `AB12` to its column, counted from 0; @next when there is no reference. */
static guint
read_column (const RegXmlAttribute *reference, guint next)
{
  guint column = 0;

  for (gsize i = 0; i < reference->value_len && i < 4; i++)
    {
      /* the small letters too */
      guint letter = ((guchar)reference->value[i] & ~0x20u) - (guint)'A';

      if (letter > 25)
        break;
      column = column * 26 + letter + 1;
    }
  return column > 0 ? column - 1 : next;
}

static inline void
start_cell (RegXlsxRow *self, RegXlsxFound *cell, guint next_column)
{
  cell->column = next_column;
  cell->style = 0;
  cell->type = REG_XLSX_CELL_NUMBER;
  cell->first_piece = self->n_pieces;
  cell->n_pieces = 0;
}

static inline void
take_attribute (RegXlsxFound *cell, const RegXmlAttribute *attribute)
{
  guint64 style;

  if (attribute->name_len != 1)
    return;
  if (attribute->name[0] == 'r')
    cell->column = read_column (attribute, cell->column);
  else if (attribute->name[0] == 't')
    cell->type = read_type (attribute);
  else if (attribute->name[0] == 's'
           && reg_xlsx_read_digits (attribute->value, attribute->value_len, &style))
    cell->style = (guint)MIN (style, (guint64)G_MAXUINT);
}

/* `<c r="B7" s="3" t="s"><v>12</v></c>` and the like, which nearly all cells are, at once: the
 * scanner would need six tokens. Leaves everything else, cells that are cut off too, to the
 * scanner. */
static gboolean
scan_plain_cell (RegXlsxRow *self, RegXmlScanner *scanner, RegXlsxFound *cell)
{
  char *p = scanner->p;
  char *text;
  gboolean is_inline, plain;

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
  p = reg_xml_skip_text (text, &plain);
  if (!plain || memcmp (p, is_inline ? "</t></is></c>" : "</v></c>", is_inline ? 13 : 8) != 0)
    return FALSE;
  if (p > text)
    {
      add_piece (self, text, (gsize)(p - text), TRUE, FALSE);
      cell->n_pieces = 1;
    }
  scanner->p = p + (is_inline ? 13 : 8);
  return TRUE;
}

/* Where a cell has both forms of its text, the inline one is meant. */
static void
drop_pieces (RegXlsxRow *self, RegXlsxFound *cell)
{
  self->n_pieces = cell->first_piece;
  cell->n_pieces = 0;
}

/* From behind `<c …>` to behind `</c>`: the pieces of text within `v` or within the `t` of `is`. */
static RegXlsxScan
scan_cell (RegXlsxRow *self, RegXmlScanner *scanner, RegXlsxFound *cell)
{
  gboolean in_value = FALSE;
  gboolean in_phonetic = FALSE;
  gboolean is_inline = FALSE;

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
          in_value = !scanner->empty && (*scanner->name == 't' || !is_inline);
        else if (reg_xml_is (scanner->name, scanner->name_len, "is"))
          {
            drop_pieces (self, cell);
            is_inline = TRUE;
          }
        else if (reg_xml_is (scanner->name, scanner->name_len, "rPh"))
          in_phonetic = !scanner->empty;
        else if (reg_xml_is (scanner->name, scanner->name_len, "row"))
          return REG_XLSX_SCAN_WRONG;
        break;
      case REG_XML_END:
        in_value = FALSE;
        if (scanner->name_len == 1 && *scanner->name == 'c')
          return REG_XLSX_SCAN_ROW;
        if (reg_xml_is (scanner->name, scanner->name_len, "rPh"))
          in_phonetic = FALSE;
        else if (reg_xml_is (scanner->name, scanner->name_len, "row"))
          return REG_XLSX_SCAN_WRONG;
        break;
      case REG_XML_OTHER:
        break;
      case REG_XML_NEEDS_MORE:
        return REG_XLSX_SCAN_NEEDS_MORE;
      case REG_XML_DOCTYPE:
      case REG_XML_WRONG:
        return REG_XLSX_SCAN_WRONG;
      }
}

/* A cell has ended: keeps it if there is anything in it. */
static inline RegXlsxScan
end_cell (RegXlsxRow *self, const RegXlsxFound *cell)
{
  if (cell->n_pieces > 0 || cell->column >= REG_XLSX_MAX_COLUMNS)
    add_found (self, cell);
  return self->n_cells > 2 * REG_XLSX_MAX_COLUMNS ? REG_XLSX_SCAN_WRONG : REG_XLSX_SCAN_ROW;
}

/**
 * reg_xlsx_row_scan:
 * @self: the row; what it had is gone
 * @scanner: (nullable): behind `<row …>`; %NULL for a row without cells
 *
 * Finds the cells of a row, up to behind `</row>`. Nothing in the text changes, so that it can be
 * done again when there is more of it.
 *
 * Returns: whether the row was whole
 */
RegXlsxScan
reg_xlsx_row_scan (RegXlsxRow *self, RegXmlScanner *scanner)
{
  guint next_column = 0;
  RegXlsxScan scan = REG_XLSX_SCAN_ROW;

  self->n_cells = 0;
  self->n_pieces = 0;
  if (scanner == NULL)
    return REG_XLSX_SCAN_ROW;
  while (scan == REG_XLSX_SCAN_ROW)
    {
      RegXlsxFound cell;

      start_cell (self, &cell, next_column);
      if (scan_plain_cell (self, scanner, &cell))
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
              scan = scanner->empty ? REG_XLSX_SCAN_ROW : scan_cell (self, scanner, &cell);
              if (scan == REG_XLSX_SCAN_ROW)
                scan = end_cell (self, &cell);
            }
          else if (reg_xml_is (scanner->name, scanner->name_len, "row"))
            scan = REG_XLSX_SCAN_WRONG;
          break;
        case REG_XML_END:
          if (reg_xml_is (scanner->name, scanner->name_len, "row"))
            return REG_XLSX_SCAN_ROW;
          if (reg_xml_is (scanner->name, scanner->name_len, "sheetData"))
            scan = REG_XLSX_SCAN_WRONG;
          break;
        case REG_XML_TEXT:
        case REG_XML_OTHER:
          break;
        case REG_XML_NEEDS_MORE:
          scan = REG_XLSX_SCAN_NEEDS_MORE;
          break;
        case REG_XML_DOCTYPE:
        case REG_XML_WRONG:
          scan = REG_XLSX_SCAN_WRONG;
          break;
        }
    }
  return scan;
}
