/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an import costs: licenses, pool by pool, and e-mails. */
#define G_LOG_DOMAIN "reg-imports"

#include "imports/reg-import-plan.h"

static RegCost
get_cost (const RegImportPlan *self, guint row)
{
  const RegImportItem *item = &g_array_index (self->will, RegImportItem, row);
  guint8 bits = row < self->costs->len ? g_array_index (self->costs, guint8, row) : 0;
  RegCost cost = {
    .needed = (bits & REG_IMPORT_COST_NEEDED) != 0,
    .returned = (bits & REG_IMPORT_COST_RETURNED) != 0,
    .used = (bits & REG_IMPORT_COST_USED) != 0,
    .undecided = (bits & REG_IMPORT_COST_UNDECIDED) != 0,
  };

  if (bits != 0)
    cost.pool_id = reg_directory_get_course (self->directory, item->course_id)->pool_id;
  if (self->n_emails > 0)
    cost.mails = g_array_index (self->details, RegImportDetail, item->detail).message != NULL;
  return cost;
}

/**
 * reg_import_plan_init_ledger:
 * @self: a plan
 * @ledger: (out caller-allocates): what the import costs
 * @is_ticked: (nullable) (array): by row of those that will happen, whether it shall; %NULL for all
 *
 * A row that does not happen costs nothing.
 */
void
reg_import_plan_init_ledger (const RegImportPlan *self, RegLedger *ledger, const guint8 *is_ticked)
{
  reg_ledger_copy (ledger, &self->ledger);
  ledger->n_mails = self->n_emails;
  if (is_ticked == NULL)
    return;
  reg_ledger_reset (ledger);
  for (guint i = 0; i < self->will->len; i++)
    {
      RegCost cost = get_cost (self, i);

      if (is_ticked[i])
        reg_ledger_add (ledger, &cost);
    }
}
