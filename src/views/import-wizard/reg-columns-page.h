/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The page of the import wizard that asks what the columns of a file are, and keeps the answers as
 * recipes. */
#pragma once

#include "imports/reg-import-preview.h"
#include "imports/reg-import-recipe.h"
#include "views/import-wizard/reg-import-setup.h"
#include "workspace/reg-workspace.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define REG_TYPE_COLUMNS_PAGE (reg_columns_page_get_type ())
G_DECLARE_FINAL_TYPE (RegColumnsPage, reg_columns_page, REG, COLUMNS_PAGE, AdwBin)

/* Signals: "reading-changed": the setup says another sheet, encoding, delimiter or heading line, so
 * the file is to be read anew. "recipe-chosen" (RegImportRecipe pointer): it says everything.
 * "action-chosen" (uint): another action, by its place. "decided": the setup says what every column
 * is. */

/* setup: borrowed, and written to */
void reg_columns_page_set_up (RegColumnsPage *self, RegWorkspace *workspace, RegImportSetup *setup);
/* courses: (nullable) (element-type RegCourse): what columns may be besides. problem: (nullable) */
void reg_columns_page_show (RegColumnsPage *self,
                            const RegImportPreview *preview,
                            GPtrArray *courses,
                            const char *problem);
/* (transfer none) (nullable): the recipe for the headings of the file, where there is one only */
const RegImportRecipe *reg_columns_page_find_recipe (RegColumnsPage *self);
/* The recipes are others now. */
void reg_columns_page_list_recipes (RegColumnsPage *self);
void reg_columns_page_focus (RegColumnsPage *self);
/* What is wrong with what was chosen; FALSE where no file was shown here yet. */
gboolean reg_columns_page_show_problem (RegColumnsPage *self, const char *problem);

G_END_DECLS
