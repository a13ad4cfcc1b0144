/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the final check says above its groups. */
#pragma once

#include "imports/reg-import-check.h"

G_BEGIN_DECLS

/* How the file was read: "10 lines, 2 left out · read as UTF-8, columns split by “,”". sample:
 * (nullable): a text that shows whether the encoding is right */
char *reg_plan_dup_reading (const RegImportPlan *plan, const char *sample);
/* Whom it adds and changes; "" where there is nothing to say. */
char *reg_plan_dup_rules (const RegImportPlan *plan);
/* What its empty cells mean. */
char *reg_plan_dup_empty_rule (const RegImportPlan *plan);
/* Licenses and e-mails. is_ticked: (nullable) (array): by row of what will happen */
char *reg_plan_dup_ledger (const RegImportPlan *plan, const guint8 *is_ticked);

G_END_DECLS
