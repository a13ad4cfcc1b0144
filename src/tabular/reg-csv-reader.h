/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tabular/reg-input.h"
#include "tabular/reg-row-reader.h"

G_BEGIN_DECLS

/**
 * RegCsvReader:
 *
 * The rows of a comma-, semicolon- or tab-separated text. Line ends may be LF, CRLF or CR, mixed. A
 * quotation mark has its meaning only as the first character of a cell; what follows a closing one
 * is taken as it stands.
 */
typedef struct _RegCsvReader RegCsvReader;

RegCsvReader *reg_csv_reader_new (RegInput *input, const RegReadOptions *options, GError **error);
void reg_csv_reader_free (RegCsvReader *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RegCsvReader, reg_csv_reader_free)

gboolean reg_csv_reader_next (RegCsvReader *self, RegRow *row, GError **error);
const char *reg_csv_reader_get_encoding (RegCsvReader *self);
char reg_csv_reader_get_delimiter (RegCsvReader *self);

G_END_DECLS
