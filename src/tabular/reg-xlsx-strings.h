/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tabular/reg-row-reader.h"
#include "tabular/reg-zip.h"

G_BEGIN_DECLS

/**
 * RegXlsxStrings:
 *
 * The texts that the cells of a workbook share, one behind the other in one piece of memory. They
 * are read as far as they are needed.
 */
typedef struct _RegXlsxStrings RegXlsxStrings;

RegXlsxStrings *reg_xlsx_strings_new (RegZip *zip, const RegZipEntry *entry, GError **error);
void reg_xlsx_strings_free (RegXlsxStrings *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RegXlsxStrings, reg_xlsx_strings_free)

gboolean reg_xlsx_strings_read_to (RegXlsxStrings *self, guint64 index, GError **error);
gboolean reg_xlsx_strings_get (const RegXlsxStrings *self, guint64 index, RegRowCell *cell);

G_END_DECLS
