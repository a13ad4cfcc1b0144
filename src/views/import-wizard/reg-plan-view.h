/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The final check: what was read, who will be concerned, who cannot be, which lines may not be
 * imported and why. Rows can be unticked, lines looked for and put right. */
#pragma once

#include "imports/reg-import-fix.h"
#include "views/import-wizard/reg-plan-rows.h"
#include "workspace/reg-workspace.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define REG_TYPE_PLAN_VIEW (reg_plan_view_get_type ())
G_DECLARE_FINAL_TYPE (RegPlanView, reg_plan_view, REG, PLAN_VIEW, AdwBin)

/* Signals: "changed": rows were ticked or unticked. "line-opened" (int, a RegPlanGroup, and int64):
 * a line that is not imported shall be corrected. "fix-taken" (RegImportFix pointer, boolean): and
 * how; whether for all alike. "undo": the last correction shall be taken back. "read-differently":
 * the file was not read as it is meant. "empty-rule-chosen" (int, a RegEmptyRule): what its empty
 * cells mean. */

void reg_plan_view_set_workspace (RegPlanView *self, RegWorkspace *workspace);
/* sample: (nullable): a text that shows whether the encoding is right. excluded: (nullable): rows
 * that stay unticked */
void reg_plan_view_set_plan (RegPlanView *self,
                             RegImportPlan *plan,
                             const RegImportEdits *edits,
                             const char *sample,
                             GHashTable *excluded);
/* (transfer full): rows the person unticked, a set of gint64 */
GHashTable *reg_plan_view_dup_excluded (RegPlanView *self);
gsize reg_plan_view_get_n_ticked (RegPlanView *self);
/* While the check runs again. */
void reg_plan_view_set_busy (RegPlanView *self, gboolean busy);
/* Which of its lists is on show. */
RegPlanGroup reg_plan_view_get_group (RegPlanView *self);
/* FALSE: there is no such line on show. */
gboolean reg_plan_view_focus_line (RegPlanView *self, RegPlanGroup group, gint64 line);

G_END_DECLS
