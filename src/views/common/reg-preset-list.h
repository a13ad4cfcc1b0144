/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Preset Assignment: the presets, one to be chosen, each with a button that deletes it; and a way
 * to save new ones. */
#pragma once

#include "store/reg-review.h"
#include "workspace/reg-workspace.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define REG_TYPE_PRESET_LIST (reg_preset_list_get_type ())
G_DECLARE_FINAL_TYPE (RegPresetList, reg_preset_list, REG, PRESET_LIST, AdwBin)

/* Signals: "changed". */

/* rows: (element-type RegCourseRow): the courses there are */
void reg_preset_list_set_up (RegPresetList *self, RegWorkspace *workspace, GPtrArray *rows);
/* (nullable): the name of the one that is chosen */
const char *reg_preset_list_get_name (RegPresetList *self);
/* (transfer full) (element-type RegReviewItem): its products; message: (nullable) */
GPtrArray *reg_preset_list_dup_items (RegPresetList *self, const char *message);
/* Opens the dialog for a new one with these products (element-type RegPresetItem). */
void reg_preset_list_create (RegPresetList *self, GPtrArray *items);

G_END_DECLS
