/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * RegCsvWriter:
 *
 * Rows as UTF-8 with a mark, commas and CRLF, which every spreadsheet program opens by a double
 * click. A cell that such a program would take for a formula gets an apostrophe in front.
 */
typedef struct _RegCsvWriter RegCsvWriter;

RegCsvWriter *reg_csv_writer_new (int fd);
void reg_csv_writer_free (RegCsvWriter *self);

gboolean
reg_csv_writer_add (RegCsvWriter *self, const char *const *cells, guint n_cells, GError **error);
gboolean reg_csv_writer_flush (RegCsvWriter *self, GError **error);

G_END_DECLS
