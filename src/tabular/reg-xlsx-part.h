/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tabular/reg-text-window.h"
#include "tabular/reg-xml-scanner.h"
#include "tabular/reg-zip-stream.h"

G_BEGIN_DECLS

/**
 * RegXlsxPart:
 *
 * One large XML file of a workbook as a stream of tokens.
 */
typedef struct _RegXlsxPart RegXlsxPart;

RegXlsxPart *reg_xlsx_part_open (RegZip *zip, const RegZipEntry *entry, GError **error);
void reg_xlsx_part_free (RegXlsxPart *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RegXlsxPart, reg_xlsx_part_free)

RegXmlScanner *reg_xlsx_part_get_scanner (RegXlsxPart *self);
gboolean reg_xlsx_part_more (RegXlsxPart *self, char *keep, gsize limit, GError **error);
gboolean reg_xlsx_part_drain (RegXlsxPart *self, GError **error);
guint64 reg_xlsx_part_get_packed_read (RegXlsxPart *self);
gboolean reg_xlsx_fail_damaged (GError **error);
gboolean reg_xlsx_fail_doctype (GError **error);
gboolean reg_xlsx_fail_text (GError **error);

G_END_DECLS
