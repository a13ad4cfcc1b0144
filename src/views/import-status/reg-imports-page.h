/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Import Status: the imports that were started; and, one step deeper, one of them: its outcome,
 * what was not imported and why, and the list of it to download. */
#pragma once

#include "workspace/reg-workspace.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define REG_TYPE_IMPORTS_PAGE (reg_imports_page_get_type ())
G_DECLARE_FINAL_TYPE (RegImportsPage, reg_imports_page, REG, IMPORTS_PAGE, AdwBin)

GtkWidget *reg_imports_page_new (RegWorkspace *workspace);
/* Shows one import; 0: the list. */
void reg_imports_page_open_run (RegImportsPage *self, gint64 run_id);

G_END_DECLS
