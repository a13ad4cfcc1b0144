/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One import: its outcome in a sentence, its counts, and the lines that were not imported. */
#pragma once

#include "workspace/reg-workspace.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define REG_TYPE_RUN_VIEW (reg_run_view_get_type ())
G_DECLARE_FINAL_TYPE (RegRunView, reg_run_view, REG, RUN_VIEW, AdwBin)

void reg_run_view_set_workspace (RegRunView *self, RegWorkspace *workspace);
/* run_id 0: empty. The same id again reads it anew. */
void reg_run_view_set_run (RegRunView *self, gint64 run_id);

G_END_DECLS
