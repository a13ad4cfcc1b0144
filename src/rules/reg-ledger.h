/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a step costs, said before it is confirmed: licenses, pool by pool, and e-mails. The dry run,
 * the confirmations and the command line read it; nothing else counts either of them. */
#pragma once

#include "model/reg-site.h"
#include "rules/reg-operation.h"

G_BEGIN_DECLS

/**
 * RegCost:
 * @pool_id: the pool the licenses are of; 0 where the course draws from none
 * @needed: licenses taken from the pool
 * @returned: licenses given back to it
 * @used: licenses that would have gone back, had the course not been accessed
 * @undecided: licenses of which only the LMS knows whether it takes them
 * @mails: e-mails the person gets
 *
 * What one target of an operation costs.
 */
typedef struct
{
  gint64 pool_id;
  gint8 needed;
  gint8 returned;
  gint8 used;
  gint8 undecided;
  guint8 mails;
} RegCost;

/**
 * RegLedgerLine:
 * @available: what the pool has before, less what waiting changes take
 * @left_out: how many targets are left out because the pool is exhausted
 *
 * One pool of licenses in a step.
 */
typedef struct
{
  gint64 pool_id;
  char *name;
  RegPoolKind kind;
  gint64 available;
  gint64 needed;
  gint64 returned;
  gint64 used;
  gint64 left_out;
} RegLedgerLine;

/**
 * RegLedger:
 * @lines: (element-type RegLedgerLine): in the order they were first looked at
 * @n_undecided: licenses of which only the LMS knows whether it takes them
 * @n_mails: e-mails the step will cause
 */
typedef struct
{
  GArray *lines;
  gint64 n_undecided;
  gint64 n_mails;
} RegLedger;

void reg_operation_apply_counted (const RegOperation *self,
                                  RegSubject *subject,
                                  const RegParams *params,
                                  RegReassignLicense reassign,
                                  RegCost *cost);

void reg_ledger_init (RegLedger *self);
void reg_ledger_clear (RegLedger *self);
void reg_ledger_copy (RegLedger *self, const RegLedger *from);
/* pool: (nullable): as it is before the first target of it is done */
RegLedgerLine *reg_ledger_look (RegLedger *self, const RegLicensePool *pool);
const RegLedgerLine *reg_ledger_find (const RegLedger *self, gint64 pool_id);
void reg_ledger_add (RegLedger *self, const RegCost *cost);
/* Keeps what the pools have and forgets what was added. */
void reg_ledger_reset (RegLedger *self);
/* What returning and using them means, in words; NULL where neither happens. */
char *reg_ledger_dup_license_words (const RegLedger *self);
char *reg_ledger_dup_licenses (const RegLedger *self);
char *reg_ledger_dup_mails (const RegLedger *self);
char *reg_ledger_dup_text (const RegLedger *self);

G_END_DECLS
