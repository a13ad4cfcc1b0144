/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The second pass: from matched lines to the plan. */
#pragma once

#include "imports/reg-import-lines.h"

G_BEGIN_DECLS

RegImportPlan *reg_import_plan_new (void);
gboolean reg_import_plan_fill (RegImportPlan *plan,
                               RegImportLines *lines,
                               GCancellable *cancellable,
                               GError **error);

G_END_DECLS
