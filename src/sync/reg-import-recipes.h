/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The recipes of an account, kept in its local copy. Blocking; any thread but the window's. */
#pragma once

#include "imports/reg-import-recipe.h"
#include "store/reg-store.h"

G_BEGIN_DECLS

/* (transfer full) (element-type RegImportRecipe): by name */
GPtrArray *reg_import_recipes_list (RegStore *store, GError **error);
/* (transfer full) (nullable): NULL without an error where there is none of that name */
RegImportRecipe *reg_import_recipes_get (RegStore *store, const char *name, GError **error);
/* Takes the place of one of the same name. */
gboolean reg_import_recipes_save (RegStore *store, const RegImportRecipe *recipe, GError **error);
gboolean
reg_import_recipes_rename (RegStore *store, const char *name, const char *new_name, GError **error);
gboolean reg_import_recipes_remove (RegStore *store, const char *name, GError **error);

G_END_DECLS
