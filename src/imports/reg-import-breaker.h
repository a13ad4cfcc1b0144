/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The circuit breaker: a run that takes much away, changes much, or whose people are hardly known
 * is held until somebody has said its number. */
#pragma once

#include "imports/reg-import-check.h"
#include "imports/reg-interchange.h"

G_BEGIN_DECLS

/* (transfer full) (nullable): what is large or looks wrong; NULL where nothing is. n_ticked: rows
 * that shall be started */
char *reg_import_plan_dup_warning (const RegImportPlan *self, GHashTable *excluded);
/* The same of all steps. n_ticked: (nullable): of each; NULL for all there are */
char *reg_interchange_plan_dup_warning (const RegInterchangePlan *self, GPtrArray *excluded);

G_END_DECLS
