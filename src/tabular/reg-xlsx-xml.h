/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tabular/reg-zip.h"

G_BEGIN_DECLS

/**
 * RegXlsxXml:
 *
 * One of the small XML files of a workbook, element by element.
 */
typedef struct _RegXlsxXml RegXlsxXml;

RegXlsxXml *reg_xlsx_xml_open (RegZip *zip, const RegZipEntry *entry, GError **error);
void reg_xlsx_xml_free (RegXlsxXml *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RegXlsxXml, reg_xlsx_xml_free)

gboolean reg_xlsx_xml_next (RegXlsxXml *self, GError **error);
const char *reg_xlsx_xml_get_name (RegXlsxXml *self);
gboolean reg_xlsx_xml_is_within (RegXlsxXml *self, const char *name);
char *reg_xlsx_xml_dup_attribute (RegXlsxXml *self, const char *name);
char *reg_xlsx_xml_dup_relation (RegXlsxXml *self);

G_END_DECLS
