/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The choice of one reason among those of the lines of a group. */
#pragma once

#include "imports/reg-import-plan.h"
#include "views/import-wizard/reg-plan-rows.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

void reg_plan_reasons_fill (GtkDropDown *reasons, const RegImportPlan *plan, RegPlanGroup group);
RegReason reg_plan_reasons_get_chosen (GtkDropDown *reasons);

G_END_DECLS
