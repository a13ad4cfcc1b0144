/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The three groups of a final check as rows of a list. */
#pragma once

#include "imports/reg-import-check.h"
#include "imports/reg-import-fix.h"
#include "store/reg-store-query.h"

G_BEGIN_DECLS

typedef enum
{
  REG_PLAN_WILL,
  REG_PLAN_CANNOT,
  REG_PLAN_BAD_LINES,
  REG_PLAN_N_GROUPS,
} RegPlanGroup;

/**
 * RegPlanRow:
 * @name: the person, or for a line that cannot be imported what stands there
 * @detail: what is changed: "Due Date: none → 2026-12-31"
 * @reason: (nullable): why not
 * @help: (nullable): what to do about it
 * @can_edit: whether its line can be opened to be corrected
 * @fixes: (nullable) (element-type RegImportFix): of a line that may not be imported, or of what
 *   cannot happen
 */
typedef struct
{
  gint64 line;
  char *name;
  char *identifier;
  char *course;
  char *detail;
  char *reason;
  char *help;
  gboolean can_edit;
  GPtrArray *fixes;
} RegPlanRow;

/* One group of one plan, to be read by one thread at a time. */
typedef struct _RegPlanRows RegPlanRows;

RegPlanRows *
reg_plan_rows_new (RegImportPlan *plan, const RegImportEdits *edits, RegPlanGroup group);
void reg_plan_rows_free (RegPlanRows *self);

void reg_plan_row_free (RegPlanRow *self);
guint reg_plan_get_n_rows (const RegImportPlan *plan, RegPlanGroup group);
/* ids are places in the group, from 1 */
GPtrArray *
reg_plan_rows_read (RegPlanRows *self, RegStore *store, const gint64 *ids, gsize n, GError **error);

G_END_DECLS
