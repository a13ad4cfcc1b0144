/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The first lines of a file, read in an instant: what it is, what its columns seem to be, and what
 * a person must say before it can be checked. */
#pragma once

#include "imports/reg-import-check.h"
#include "imports/reg-interchange.h"

G_BEGIN_DECLS

/**
 * RegImportPreviewColumn:
 * @letter: what a spreadsheet calls it
 * @heading: as it stands in the file; "" where nothing does
 * @samples: some of its texts
 * @field: (nullable): the heading of the sample file, or the code of the course, that it is taken
 *   for; "" where it is left out; %NULL where that is not known
 * @suggestion: (nullable): what an unknown one is likely to be
 * @why: (nullable): why that is likely, translated
 * @is_twice: whether a column before it is taken for the same
 * @is_hidden: whether a spreadsheet program does not show it
 */
typedef struct
{
  char *letter;
  char *heading;
  char **samples;
  char *field;
  char *suggestion;
  char *why;
  gboolean is_twice;
  gboolean is_hidden;
} RegImportPreviewColumn;

/* One of the first lines of the file, those above the headings too. */
typedef struct
{
  gint64 line;
  char **cells;
} RegImportPreviewRow;

/**
 * RegImportPreview:
 * @format: whether it is text or a workbook
 * @sheets: names of the sheets of a workbook
 * @sample: (nullable): a text with letters beyond ASCII, to see whether the encoding is right
 * @is_matrix: whether the columns are courses
 * @rows: (element-type RegImportPreviewRow): the first lines
 * @columns: (element-type RegImportPreviewColumn): those of the heading line
 * @missing: (element-type utf8): headings of the sample file that no column has
 * @fields: headings of the sample file that columns may be taken for
 * @is_exact: whether the headings are right as they stand
 * @other_action: (nullable): where they are not, the action whose headings they exactly are
 * @interchange: (nullable): where they are not, the other system whose file it is; nothing else is
 *   said of an archive
 */
typedef struct
{
  RegRowFormat format;
  char *encoding;
  char delimiter;
  char *sheet;
  char **sheets;
  char *sample;
  gint64 heading_line;
  gboolean is_matrix;
  GPtrArray *rows;
  GPtrArray *columns;
  GPtrArray *missing;
  char **fields;
  gboolean is_exact;
  const char *other_action;
  const RegInterchange *interchange;
} RegImportPreview;

RegImportPreview *reg_import_preview_read (const RegImportRequest *request,
                                           RegDirectory *directory,
                                           GCancellable *cancellable,
                                           GError **error);
void reg_import_preview_free (RegImportPreview *self);

/* (transfer full) (nullable): what a heading is likely to mean for the action; samples: texts of
 * its column. why: (out) (transfer full) (nullable) */
char *reg_import_suggest_field (const RegImportAction *action,
                                RegDirectory *directory,
                                const char *heading,
                                const char *const *samples,
                                char **why);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RegImportPreview, reg_import_preview_free)

G_END_DECLS
