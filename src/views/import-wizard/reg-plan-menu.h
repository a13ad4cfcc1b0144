/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The menu of a line that may not be imported: what can be done about it. */
#pragma once

#include "imports/reg-import-fix.h"
#include "views/import-wizard/reg-plan-rows.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* The line shall be corrected by hand. */
#define REG_PLAN_MENU_EDIT "edit"

GMenuModel *reg_plan_menu_create (gpointer row, gpointer data);
const RegImportFix *reg_plan_menu_find_fix (const RegPlanRow *row, const char *name, gboolean *all);

G_END_DECLS
