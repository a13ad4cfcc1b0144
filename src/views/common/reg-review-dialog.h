/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The last page before something is assigned or reassigned: each person and course with what will
 * become of it, what it costs, what is offered besides, and the one button that does it. */
#pragma once

#include "views/common/reg-host.h"
#include "workspace/reg-workspace-review.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define REG_TYPE_REVIEW_DIALOG (reg_review_dialog_get_type ())
G_DECLARE_FINAL_TYPE (RegReviewDialog, reg_review_dialog, REG, REVIEW_DIALOG, AdwWindow)

/* Signals: "staged": it was done, and the dialog closes. */

RegReviewDialog *
reg_review_dialog_new (GtkWindow *parent, RegWorkspace *workspace, const RegOperation *operation);
void reg_review_dialog_set_params (RegReviewDialog *self, const RegParams *params);
/* People in courses (element-type RegReviewItem), or enrollments. All is copied. */
void reg_review_dialog_set_users (RegReviewDialog *self, const gint64 *ids, gsize n);
void reg_review_dialog_set_items (RegReviewDialog *self, GPtrArray *items);
void reg_review_dialog_set_enrollments (RegReviewDialog *self, const gint64 *ids, gsize n);
/* What Pending Changes says besides: the one person's, or the one course's name. */
void reg_review_dialog_set_subject (RegReviewDialog *self, const char *subject);
/* Shows it and begins to look. */
void reg_review_dialog_start (RegReviewDialog *self);

/* The dialog for reassigning enrollments picked in a list. */
void reg_review_dialog_reassign (GtkWindow *parent,
                                 RegWorkspace *workspace,
                                 const gint64 *enrollment_ids,
                                 gsize n,
                                 const char *subject);

G_END_DECLS
