/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One line that may not be imported: what is wrong with it, what it may have been meant to be, its
 * cells to be written anew; and on to the next one. */
#pragma once

#include "imports/reg-import-fix.h"
#include "views/import-wizard/reg-plan-rows.h"
#include "workspace/reg-workspace.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define REG_TYPE_FIX_DIALOG (reg_fix_dialog_get_type ())
G_DECLARE_FINAL_TYPE (RegFixDialog, reg_fix_dialog, REG, FIX_DIALOG, AdwWindow)

/* Signals: "fix-taken" (RegImportFix pointer, boolean: for all alike); "cells-corrected" (int64
 * line, RegImportEdits pointer: corrections to be added to those there are). */

GtkWidget *reg_fix_dialog_new (GtkWindow *parent, RegWorkspace *workspace);
/* Shows the line, or where it is no longer wrong the next one that is. FALSE: none is left. */
gboolean reg_fix_dialog_show_line (RegFixDialog *self,
                                   RegImportPlan *plan,
                                   const RegImportEdits *edits,
                                   RegPlanGroup group,
                                   gint64 line);

G_END_DECLS
