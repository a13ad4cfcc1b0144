/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The final check: what was read, who will be concerned, who cannot be, which lines may not be
 * imported and why. Lines can be unticked. */
#pragma once

#include "workspace/reg-workspace.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define REG_TYPE_PLAN_VIEW (reg_plan_view_get_type ())
G_DECLARE_FINAL_TYPE (RegPlanView, reg_plan_view, REG, PLAN_VIEW, AdwBin)

/* Signals: "changed": rows were ticked or unticked. */

void reg_plan_view_set_plan (RegPlanView *self, RegWorkspace *workspace, RegImportPlan *plan);
/* (transfer full): lines the person unticked, a set of gint64 */
GHashTable *reg_plan_view_dup_excluded (RegPlanView *self);
gsize reg_plan_view_get_n_ticked (RegPlanView *self);

G_END_DECLS
