/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rows of a file as the check reads them: the heading line is found, title lines above it are
 * passed over, corrections are applied. */
#pragma once

#include "imports/reg-import-check.h"
#include "imports/reg-import-edits.h"

#include "tabular/reg-row-reader.h"

G_BEGIN_DECLS

typedef struct
{
  RegRowReader *reader;
  const RegImportEdits *edits;
  GPtrArray *ahead; /* rows read while looking for the heading line */
  guint next;
  gint64 heading_line;
  guint n_above; /* lines with text above the heading line */
  RegImportEditsScratch scratch;
} RegImportRows;

/* reader: stays the caller's */
void reg_import_rows_init (RegImportRows *self, RegRowReader *reader, const RegImportEdits *edits);
void reg_import_rows_clear (RegImportRows *self);
/* row: (out): the heading line; it is valid until the rows are cleared */
gboolean reg_import_rows_find_heading (RegImportRows *self,
                                       const RegImportAction *action,
                                       RegDirectory *directory,
                                       const RegImportRequest *request,
                                       RegRow *row,
                                       GError **error);
/* The rows from the first one on down to the heading line, once it was found. */
gboolean reg_import_rows_get_ahead (RegImportRows *self, guint place, RegRow *row);
/* The next row below the heading line; FALSE without an error at the end. */
gboolean reg_import_rows_next (RegImportRows *self, RegRow *row, GError **error);

G_END_DECLS
