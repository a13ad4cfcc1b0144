/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The second pass of an action on people: what each line changes about its person. */
#pragma once

#include "imports/reg-import-plan.h"

G_BEGIN_DECLS

gboolean reg_import_people_fill (RegImportPlan *plan,
                                 RegImportLines *lines,
                                 GCancellable *cancellable,
                                 GError **error);

G_END_DECLS
