/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The recipes of the account: each can be renamed and removed. */
#pragma once

#include "workspace/reg-workspace.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define REG_TYPE_RECIPES_DIALOG (reg_recipes_dialog_get_type ())
G_DECLARE_FINAL_TYPE (RegRecipesDialog, reg_recipes_dialog, REG, RECIPES_DIALOG, AdwWindow)

/* Signals: "changed": a recipe has another name, or is gone, or is back. */

GtkWidget *reg_recipes_dialog_new (GtkWindow *parent, RegWorkspace *workspace);

G_END_DECLS
