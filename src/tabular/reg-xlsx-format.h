/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  REG_XLSX_GENERAL,
  REG_XLSX_DATE,
  REG_XLSX_DATE_TIME,
  REG_XLSX_TIME,
  REG_XLSX_ELAPSED, /* hours that may pass 24 */
  REG_XLSX_PADDED,
} RegXlsxFormatKind;

/* What a padded number can be long at most, with the text round it */
#define REG_XLSX_MAX_PADDED 32

/**
 * RegXlsxFormat:
 * @kind: what a number in a cell means
 * @template: of %REG_XLSX_PADDED: a 0 for every digit, and the characters between them
 *
 * What matters of a cell's number format.
 */
typedef struct
{
  RegXlsxFormatKind kind;
  char template[REG_XLSX_MAX_PADDED];
} RegXlsxFormat;

#define REG_XLSX_MAX_NUMBER 64

RegXlsxFormat reg_xlsx_format_for_id (guint id);
RegXlsxFormat reg_xlsx_format_for_code (const char *code);
gsize reg_xlsx_format_number (const RegXlsxFormat *self,
                              const char *raw,
                              gsize len,
                              gboolean date1904,
                              char out[REG_XLSX_MAX_NUMBER]);
gsize reg_xlsx_format_iso_date (const char *raw, gsize len, char out[REG_XLSX_MAX_NUMBER]);

G_END_DECLS
