/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The page of the import wizard that says which other system a file is of, what will come of it,
 * and what of it is not used. */
#pragma once

#include "imports/reg-interchange.h"
#include "views/import-wizard/reg-import-setup.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define REG_TYPE_INTERCHANGE_PAGE (reg_interchange_page_get_type ())
G_DECLARE_FINAL_TYPE (RegInterchangePage, reg_interchange_page, REG, INTERCHANGE_PAGE, AdwBin)

/* Signals: "accepted": on to the final check. "people-changed": the setup says whom to add and
 * update. "declined": it is a list like any other. */

/* setup: borrowed, and written to */
void reg_interchange_page_set_up (RegInterchangePage *self, RegImportSetup *setup);
void reg_interchange_page_set_plan (RegInterchangePage *self, const RegInterchangePlan *plan);
void reg_interchange_page_focus (RegInterchangePage *self);

G_END_DECLS
