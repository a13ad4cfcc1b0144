/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Everything that one line of an import changes, before and after. */
#pragma once

#include "imports/reg-import-check.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* place: of an item in the plan's will; name: (nullable): who it is about */
GtkWidget *
reg_changes_dialog_show (GtkWindow *parent, RegImportPlan *plan, guint place, const char *name);

G_END_DECLS
