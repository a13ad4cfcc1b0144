/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The menu of a line that is not imported: what can be done about it. */
#pragma once

#include "imports/reg-import-fix.h"
#include "model/reg-site.h"
#include "views/import-wizard/reg-plan-rows.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* The line shall be corrected by hand. */
#define REG_PLAN_MENU_EDIT "edit"

gboolean reg_plan_menu_offers (const RegImportFix *fix, const RegSite *site);
GMenuModel *reg_plan_menu_create (const RegPlanRow *row, const RegSite *site);
const RegImportFix *reg_plan_menu_find_fix (const RegPlanRow *row, const char *name, gboolean *all);

G_END_DECLS
