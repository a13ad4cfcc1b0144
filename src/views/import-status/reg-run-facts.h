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
 * @n_settled: lines not imported at the start, and put right by a later import
 * @batch: (nullable): its changes, counted by state
 * @is_paused: whether what waits stays where it is
 * @is_kept: whether the file is at hand for the lines that were not imported
 * @rejects: (nullable) (element-type RegImportReject): read where they were asked for
 */
typedef struct
{
  RegImportRun *run;
  gint64 n_imported;
  gint64 n_waiting;
  gint64 n_rejects;
  gint64 n_settled;
  RegBatch *batch;
  gboolean is_paused;
  gboolean is_kept;
  GPtrArray *rejects;
} RegRunFacts;

RegRunFacts *
reg_run_facts_read (RegStore *store, gint64 run_id, gint64 max_rejects, GError **error);
void reg_run_facts_free (RegRunFacts *self);
/* Changes of the run, and how many of them the LMS has answered. */
gint64 reg_run_facts_get_n_changes (const RegRunFacts *self);
gint64 reg_run_facts_get_n_answered (const RegRunFacts *self);
char *reg_run_facts_dup_outcome (const RegRunFacts *self);
const char *reg_run_get_state_label (const RegImportRun *run);
const char *reg_run_get_icon_name (const RegImportRun *run);
/* What a revert would do, in lines. */
char *reg_run_dup_revert_text (const RegBatchRevert *revert, gboolean is_reverted);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RegRunFacts, reg_run_facts_free)

G_END_DECLS
