/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Custom Assignment: what kind it is, and the products, added one by one. */
#pragma once

#include "model/reg-preset.h"
#include "store/reg-review.h"
#include "workspace/reg-workspace.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define REG_TYPE_CUSTOM_ASSIGNMENT (reg_custom_assignment_get_type ())
G_DECLARE_FINAL_TYPE (RegCustomAssignment, reg_custom_assignment, REG, CUSTOM_ASSIGNMENT, AdwBin)

/* Signals: "changed"; "save": the products are to be kept as a preset. */

/* rows: (element-type RegCourseRow) */
void
reg_custom_assignment_set_up (RegCustomAssignment *self, RegWorkspace *workspace, GPtrArray *rows);
/* Assign, reassign or renew. */
const RegOperation *reg_custom_assignment_get_operation (RegCustomAssignment *self);
guint reg_custom_assignment_get_n (RegCustomAssignment *self);
/* (transfer full) (element-type RegPresetItem) */
GPtrArray *reg_custom_assignment_dup_preset_items (RegCustomAssignment *self,
                                                   RegRequirement requirement);
/* (transfer full) (element-type RegReviewItem): each with these parameters besides its own */
GPtrArray *reg_custom_assignment_dup_items (RegCustomAssignment *self, const RegParams *params);

G_END_DECLS
