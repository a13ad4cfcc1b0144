/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tabular/reg-row-writer.h"

G_BEGIN_DECLS

/**
 * RegXlsxWriter:
 *
 * Rows as a workbook with one sheet. Every cell is text, so nothing in it can run as a formula and
 * no identifier loses its zeros.
 */
typedef struct _RegXlsxWriter RegXlsxWriter;

RegXlsxWriter *
reg_xlsx_writer_new (const char *path, const RegWriteOptions *options, GError **error);
void reg_xlsx_writer_free (RegXlsxWriter *self);

gboolean
reg_xlsx_writer_add (RegXlsxWriter *self, const char *const *cells, guint n_cells, GError **error);
gboolean reg_xlsx_writer_finish (RegXlsxWriter *self, GError **error);

G_END_DECLS
