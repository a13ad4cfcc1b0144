/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is known of one import, read from the local copy in one go. */
#pragma once

#include "store/reg-store-outbox.h"

G_BEGIN_DECLS

/**
 * RegRunFacts:
 * @n_imported: people the LMS has answered for
 * @n_waiting: people whose changes still wait
 * @n_rejects: lines not imported, at the start and since
 * @rejects: (nullable) (element-type RegImportReject): read where they were asked for
 */
typedef struct
{
  RegImportRun *run;
  gint64 n_imported;
  gint64 n_waiting;
  gint64 n_rejects;
  GPtrArray *rejects;
} RegRunFacts;

RegRunFacts *
reg_run_facts_read (RegStore *store, gint64 run_id, gint64 max_rejects, GError **error);
void reg_run_facts_free (RegRunFacts *self);
char *reg_run_facts_dup_outcome (const RegRunFacts *self);
const char *reg_run_state_get_label (RegRunState state);
const char *reg_run_state_get_icon_name (RegRunState state);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RegRunFacts, reg_run_facts_free)

G_END_DECLS
