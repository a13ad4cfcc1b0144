/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is chosen when lines become another operation: what the operation asks for elsewhere too. */
#pragma once

#include "imports/reg-import-fix.h"
#include "model/reg-site.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* fix: with what was chosen in its text */
typedef void (*RegInsteadDialogDone) (gpointer data, const RegImportFix *fix, gboolean all);

void reg_instead_dialog_ask (GtkWindow *parent,
                             const RegSite *site,
                             const RegImportPlan *plan,
                             const RegImportFix *fix,
                             gboolean all,
                             RegInsteadDialogDone done,
                             gpointer data);

G_END_DECLS
