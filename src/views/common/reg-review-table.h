/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rows of a review: a person and a course each, how the person stands there and what will
 * become of it; to be sorted, narrowed down, unticked and exported. */
#pragma once

#include "views/common/reg-progress-row.h"
#include "workspace/reg-workspace-review.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define REG_TYPE_REVIEW_TABLE (reg_review_table_get_type ())
G_DECLARE_FINAL_TYPE (RegReviewTable, reg_review_table, REG, REVIEW_TABLE, AdwBin)

/* Signals: "changed": what is ticked, or the review. */

/* with_courses: whether the rows are of more than one course */
void reg_review_table_set_up (RegReviewTable *self,
                              RegWorkspace *workspace,
                              RegProgressRow *progress_row,
                              gboolean with_courses);
/* Rows that were unticked before stay so where there are as many rows. */
void reg_review_table_set_review (RegReviewTable *self, RegReview *review);
gsize reg_review_table_get_n_ticked (RegReviewTable *self);
/* Of those ticked, how many have completed the course. */
gsize reg_review_table_get_n_completed (RegReviewTable *self);
/* Numbers of the rows that are ticked, from 1 on. */
gint64 *reg_review_table_dup_ticked (RegReviewTable *self, gsize *n);
/* By row, from 0 on, whether the person unticked it; (nullable): where none is. */
const guint8 *reg_review_table_get_unticked (RegReviewTable *self);
/* What those that are ticked cost; reg_ledger_clear () it. */
void reg_review_table_get_ledger (RegReviewTable *self, RegLedger *ledger);

G_END_DECLS
