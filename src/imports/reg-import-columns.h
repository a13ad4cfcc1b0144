/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The heading line of a file: which column holds what, and which form the file has. */
#pragma once

#include "imports/reg-directory.h"
#include "imports/reg-import-action.h"

#include "tabular/reg-row-reader.h"

G_BEGIN_DECLS

/* Behind the columns of an export of people. */
#define REG_IMPORT_STATUS_HEADING "Status"
/* The columns of an export of enrollments: what an action does not read of them is passed over. */
#define REG_IMPORT_N_ENROLLMENT_HEADINGS 14
extern const char *const reg_import_enrollment_headings[REG_IMPORT_N_ENROLLMENT_HEADINGS + 1];

typedef struct
{
  RegColumnKind kind;
  guint32 course; /* index in the directory, of a REG_COLUMN_COURSE */
} RegImportColumn;

/**
 * RegImportColumns:
 * @is_matrix: x-marks under courses, instead of one person a line for chosen courses
 * @holds_emails: whether the heading of the REG_COLUMN_IDENTIFIER says that it holds e-mails
 * @columns: one for each cell of the heading line
 */
typedef struct
{
  gboolean is_matrix;
  gboolean holds_emails;
  guint n_columns;
  RegImportColumn *columns;
} RegImportColumns;

/* What is to be said of one column before the file can be read. */
typedef enum
{
  REG_COLUMN_FINE,
  REG_COLUMN_UNKNOWN,
  REG_COLUMN_TWICE, /* means the same as a column before it */
} RegColumnProblem;

/**
 * RegImportHeadings:
 * @columns: what the columns hold, as far as that is known
 * @problems: (element-type RegColumnProblem): one for each column
 * @missing: (element-type utf8): headings that no column has
 *
 * A heading line looked at, whether or not it can be read.
 */
typedef struct
{
  RegImportColumns columns;
  GArray *problems;
  GPtrArray *missing;
} RegImportHeadings;

void reg_import_headings_clear (RegImportHeadings *self);
/* FALSE only where the mapping itself makes no sense; with nothing to clear then. */
gboolean reg_import_headings_examine (RegImportHeadings *self,
                                      const RegImportAction *action,
                                      RegDirectory *directory,
                                      const RegRow *row,
                                      const char *const *mapping,
                                      GError **error);
/* How many cells of the row would do as headings. */
guint reg_import_columns_count_known (const RegImportAction *action,
                                      RegDirectory *directory,
                                      const RegRow *row,
                                      const char *const *mapping);

gboolean reg_import_columns_read (RegImportColumns *self,
                                  const RegImportAction *action,
                                  RegDirectory *directory,
                                  const RegRow *row,
                                  const char *const *mapping,
                                  GError **error);
void reg_import_columns_clear (RegImportColumns *self);

/* The first columns of a list that Download List wrote: imported again, they are passed over. */
#define REG_IMPORT_N_REJECT_HEADINGS 5
extern const char *const reg_import_reject_headings[REG_IMPORT_N_REJECT_HEADINGS + 1];

/* "A", "B", … "AA": what a spreadsheet calls the column. */
char *reg_import_dup_column_letter (guint column);
/* What stands in a cell, for a sentence: the first 80 characters are enough to find it by. len: -1
 * to the NUL. */
char *reg_import_dup_quote (const char *text, gssize len);

G_END_DECLS
