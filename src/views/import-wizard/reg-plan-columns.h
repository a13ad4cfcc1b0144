/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How the rows of the final check look, in each of its three groups. */
#pragma once

#include "views/common/reg-column-list.h"
#include "views/import-wizard/reg-plan-rows.h"

G_BEGIN_DECLS

void reg_plan_columns_set_up (RegColumnList *list, RegPlanGroup group, const char *label);

G_END_DECLS
