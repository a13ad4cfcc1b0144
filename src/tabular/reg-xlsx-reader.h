/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tabular/reg-input.h"
#include "tabular/reg-row-reader.h"

G_BEGIN_DECLS

/**
 * RegXlsxReader:
 *
 * The rows of one sheet of a workbook.
 */
typedef struct _RegXlsxReader RegXlsxReader;

RegXlsxReader *reg_xlsx_reader_new (RegInput *input, const char *sheet, GError **error);
void reg_xlsx_reader_free (RegXlsxReader *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RegXlsxReader, reg_xlsx_reader_free)

gboolean reg_xlsx_reader_next (RegXlsxReader *self, RegRow *row, GError **error);
const char *reg_xlsx_reader_get_sheet (RegXlsxReader *self);
const char *const *reg_xlsx_reader_get_sheets (RegXlsxReader *self);
guint64 reg_xlsx_reader_get_n_hidden_rows (RegXlsxReader *self);
gboolean reg_xlsx_reader_is_column_hidden (RegXlsxReader *self, guint column);
double reg_xlsx_reader_get_fraction (RegXlsxReader *self);

G_END_DECLS
