/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The cells of an action on people, as they stand in the file: a number for each cell. Where the
 * text has a meaning that must be found, the same one for the same text; addresses, IDs and names
 * are kept as they come, as a table of them takes more room than those that repeat. */
#pragma once

#include "imports/reg-import-columns.h"
#include "imports/reg-text-table.h"

G_BEGIN_DECLS

/* As many columns as RegColumnKind has kinds for people. */
#define REG_IMPORT_MAX_VALUES 8

/**
 * RegImportValues:
 * @columns: (array length=n): where in the file the kinds of @kinds stand
 * @cells: guint32, @n for each line that was added: offsets in @texts
 */
typedef struct
{
  guint n;
  RegColumnKind kinds[REG_IMPORT_MAX_VALUES];
  int columns[REG_IMPORT_MAX_VALUES];
  RegTextArena texts;
  RegTextTable table;
  GArray *cells;
} RegImportValues;

void reg_import_values_init (RegImportValues *self);
void reg_import_values_clear (RegImportValues *self);
/* Takes the columns that say something about people, in the order of their kinds; with_identity:
 * also e-mail and employee ID. */
void reg_import_values_set_columns (RegImportValues *self,
                                    const RegImportColumns *columns,
                                    gboolean with_identity);
guint32 reg_import_values_intern (RegImportValues *self, const char *text, gsize len);
/* Index of the line's cells, from the first call on; its cells follow by _add_cell (). */
guint32 reg_import_values_begin_line (RegImportValues *self);
void reg_import_values_add_cell (RegImportValues *self, const char *text, gsize len);

/* -1 where the file has no such column */
int reg_import_values_find (const RegImportValues *self, RegColumnKind kind);
guint32 reg_import_values_get_cell (const RegImportValues *self, guint32 line, guint place);
/* "" where it is empty, or place is -1 */
const char *reg_import_values_get (const RegImportValues *self, guint32 line, int place);
gboolean reg_import_values_is_same_cell (const RegImportValues *self,
                                         guint32 one,
                                         guint32 other,
                                         guint place);
gboolean reg_import_values_is_same (const RegImportValues *self, guint32 one, guint32 other);

G_END_DECLS
