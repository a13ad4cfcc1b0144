/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a person corrected in a file that was checked, without touching the file: single cells, all
 * cells alike, lines left out. The check reads the file through them, so a corrected line is judged
 * as if it had been written that way. */
#pragma once

#include "tabular/reg-row-reader.h"

G_BEGIN_DECLS

/* Of a sheet. */
#define REG_IMPORT_MAX_COLUMNS 16384

typedef struct _RegImportEdits RegImportEdits;

RegImportEdits *reg_import_edits_new (void);
RegImportEdits *reg_import_edits_copy (const RegImportEdits *self);
void reg_import_edits_free (RegImportEdits *self);

void reg_import_edits_set_cell (RegImportEdits *self, gint64 line, guint column, const char *text);
/* Every cell of the column with the text old, outer blanks aside. */
void
reg_import_edits_set_alike (RegImportEdits *self, guint column, const char *old, const char *text);
/* Numbers in the column get zeros before them until they have so many digits. */
void reg_import_edits_set_digits (RegImportEdits *self, guint column, guint digits);
void reg_import_edits_leave_out (RegImportEdits *self, gint64 line);
/* What the LMS refused of the line is tried again as it is; line 0: of every line. */
void reg_import_edits_accept (RegImportEdits *self, gint64 line);
/* The line becomes another operation where its own is not possible, RegImportInstead; line 0: every
 * line that it fits. */
void reg_import_edits_set_instead (RegImportEdits *self, gint64 line, const char *instead);
gboolean reg_import_edits_has_instead (const RegImportEdits *self);
typedef gboolean (*RegImportInsteadFits) (const char *instead, gconstpointer data);
/* (transfer none) (nullable): what was said last of the line, of those that fit. is_of_all: (out):
 * whether it was said of all lines, where there is something */
const char *reg_import_edits_find_instead (const RegImportEdits *self,
                                           gint64 line,
                                           RegImportInsteadFits fits,
                                           gconstpointer data,
                                           gboolean *is_of_all);
/* From here on only these lines of the file are read, as if the others were not there. */
void reg_import_edits_set_only (RegImportEdits *self, const gint64 *lines, gsize n);
/* (transfer full): nothing corrected yet, of the same lines alone */
RegImportEdits *reg_import_edits_copy_only (const RegImportEdits *self);
/* Adds what others corrected, as one step. */
void reg_import_edits_add (RegImportEdits *self, const RegImportEdits *others);
/* Takes back the newest step; FALSE where there is none. */
gboolean reg_import_edits_undo (RegImportEdits *self);

/* How many steps. */
guint reg_import_edits_get_n (const RegImportEdits *self);
gboolean reg_import_edits_concerns (const RegImportEdits *self, gint64 line);
/* Whether the line was corrected, or accepted as it is, since it was said which lines are read. */
gboolean reg_import_edits_is_settled (const RegImportEdits *self, gint64 line);
gboolean reg_import_edits_is_left_out (const RegImportEdits *self, gint64 line);

/* To be kept and read again; the lines that are read alone are not part of it. */
char *reg_import_edits_to_text (const RegImportEdits *self);
RegImportEdits *reg_import_edits_from_text (const char *text);

/* Reading through them. */
typedef struct
{
  GArray *cells; /* RegRowCell */
  GPtrArray *texts;
} RegImportEditsScratch;

void reg_import_edits_scratch_clear (RegImportEditsScratch *self);
/* Changes row where it is concerned; it is valid until the next call with the scratch. */
void
reg_import_edits_apply (const RegImportEdits *self, RegRow *row, RegImportEditsScratch *scratch);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RegImportEdits, reg_import_edits_free)

G_END_DECLS
