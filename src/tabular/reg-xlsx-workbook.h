/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tabular/reg-xlsx-format.h"
#include "tabular/reg-zip.h"

G_BEGIN_DECLS

/**
 * RegXlsxWorkbook:
 * @sheets: (element-type utf8): the names of the sheets, in their order
 * @date1904: days are counted from 1904
 * @formats: (element-type RegXlsxFormat): the number format of every cell style
 *
 * What the small parts of a workbook say about the large ones.
 */
typedef struct
{
  GPtrArray *sheets; /* NULL-terminated */
  gboolean date1904;
  GArray *formats;
} RegXlsxWorkbook;

RegXlsxWorkbook *reg_xlsx_workbook_new (RegZip *zip, GError **error);
void reg_xlsx_workbook_free (RegXlsxWorkbook *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RegXlsxWorkbook, reg_xlsx_workbook_free)

const char *reg_xlsx_workbook_choose_sheet (RegXlsxWorkbook *self,
                                            const char *name,
                                            const RegZipEntry **entry,
                                            GError **error);
const RegZipEntry *reg_xlsx_workbook_get_strings (RegXlsxWorkbook *self);

G_END_DECLS
