/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The final check as a page of the import wizard: lines are put right here, each time with the
 * check run again, and from here the import is started. */
#pragma once

#include "views/import-wizard/reg-import-setup.h"
#include "workspace/reg-workspace.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define REG_TYPE_REVIEW_PAGE (reg_review_page_get_type ())
G_DECLARE_FINAL_TYPE (RegReviewPage, reg_review_page, REG, REVIEW_PAGE, AdwBin)

/* Signals: "start": what is ticked shall be imported. "read-differently": the file was not read as
 * it is meant. "recipe-declined": the recipe shall not be used. "problem" (GError pointer): the
 * file cannot be checked any more. */

/* setup: borrowed; corrections are written to it */
void reg_review_page_set_up (RegReviewPage *self, RegWorkspace *workspace, RegImportSetup *setup);
void reg_review_page_set_plan (RegReviewPage *self, RegImportPlan *plan);
/* Of a file of another system: one of its steps is on show, by choice. */
void reg_review_page_set_steps (RegReviewPage *self, RegInterchangePlan *steps);
/* (transfer none) (nullable): NULL where a plan of its own is on show */
RegInterchangePlan *reg_review_page_get_steps (RegReviewPage *self);
/* (transfer full): as reg_review_page_dup_excluded (), of each step; NULL where all are ticked */
GPtrArray *reg_review_page_dup_excluded_of_steps (RegReviewPage *self);
RegImportPlan *reg_review_page_get_plan (RegReviewPage *self);
/* (transfer full): rows the person unticked, a set of gint64 */
GHashTable *reg_review_page_dup_excluded (RegReviewPage *self);
/* Takes the last correction back, where there is one. */
void reg_review_page_undo (RegReviewPage *self);
/* Stops the check that runs again. */
void reg_review_page_stop (RegReviewPage *self);
void reg_review_page_focus_start (RegReviewPage *self);

G_END_DECLS
