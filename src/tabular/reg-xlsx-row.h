/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tabular/reg-xml-scanner.h"

G_BEGIN_DECLS

#define REG_XLSX_MAX_COLUMNS 16384u

typedef enum
{
  REG_XLSX_CELL_NUMBER,
  REG_XLSX_CELL_SHARED,
  REG_XLSX_CELL_TEXT, /* inline, or what a formula gives */
  REG_XLSX_CELL_BOOLEAN,
  REG_XLSX_CELL_DATE,
  REG_XLSX_CELL_ERROR,
} RegXlsxCellType;

typedef enum
{
  REG_XLSX_SCAN_ROW,
  REG_XLSX_SCAN_NEEDS_MORE, /* the text ends within the row */
  REG_XLSX_SCAN_WRONG,
} RegXlsxScan;

/* A piece of a cell's text, as it stands in the file */
typedef struct
{
  char *text;
  gsize len;
  gboolean plain;
  gboolean literal;
} RegXlsxPiece;

/* A cell that has something in it; nearly all have one piece. */
typedef struct
{
  guint column; /* from 0; what is too large is for the caller to refuse */
  guint style;
  guint first_piece;
  guint n_pieces;
  RegXlsxCellType type;
} RegXlsxFound;

/**
 * RegXlsxRow:
 *
 * The cells of one row of a sheet, found but not yet made into text.
 */
typedef struct
{
  RegXlsxFound *cells;
  guint n_cells;
  guint cells_allocated;
  RegXlsxPiece *pieces;
  guint n_pieces;
  guint pieces_allocated;
} RegXlsxRow;

RegXlsxRow *reg_xlsx_row_new (void);
void reg_xlsx_row_free (RegXlsxRow *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RegXlsxRow, reg_xlsx_row_free)

RegXlsxScan reg_xlsx_row_scan (RegXlsxRow *self, RegXmlScanner *scanner);

/**
 * reg_xlsx_read_digits:
 * @text: what is to be a number
 * @len: its length in bytes
 * @number: (out): the number; one that is too long comes out too large for whatever it is to be
 *
 * Returns: whether there are digits and nothing else
 */
static inline gboolean
reg_xlsx_read_digits (const char *text, gsize len, guint64 *number)
{
  guint64 n = 0;

  for (gsize i = 0; i < len; i++)
    {
      guint digit = (guchar)text[i] - (guint)'0';

      if (digit > 9)
        return FALSE;
      if (n < G_GUINT64_CONSTANT (1) << 40)
        n = n * 10 + digit;
    }
  *number = n;
  return len > 0;
}

G_END_DECLS
