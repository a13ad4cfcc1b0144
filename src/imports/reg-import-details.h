/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What lines ask for beside the person: requirement, due date, message. Lines share their distinct
 * combinations, so each is read once, and dates are understood as one column. */
#pragma once

#include "imports/reg-import-check.h"

#include "tabular/reg-row-reader.h"

G_BEGIN_DECLS

typedef struct _RegImportDetails RegImportDetails;

RegImportDetails *reg_import_details_new (void);
void reg_import_details_free (RegImportDetails *self);
/* Index of the combination; 0 where all three are empty. */
guint32 reg_import_details_add (RegImportDetails *self,
                                const RegRowCell *requirement,
                                const RegRowCell *due_date,
                                const RegRowCell *message);
/* Once all are there: decides how dates like 3/4/2026 are meant, if date_order does not say it. */
void reg_import_details_resolve (RegImportDetails *self, char date_order);
/* REG_REASON_NONE where the combination can be used. sentence: (out) (transfer none) */
RegReason reg_import_details_check (RegImportDetails *self, guint32 index, const char **sentence);
/* Whether both ask for the same, however it is written; once they are resolved. */
gboolean reg_import_details_is_same (const RegImportDetails *self, guint32 one, guint32 other);
/* RegImportDetail by index, with messages put into strings. */
GArray *reg_import_details_dup_array (RegImportDetails *self, GStringChunk *strings);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RegImportDetails, reg_import_details_free)

G_END_DECLS
