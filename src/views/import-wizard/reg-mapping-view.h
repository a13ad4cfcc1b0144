/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a file is to be read, and what each of its columns is: asked where the headings are not those
 * of the sample file, and whenever a person wants it otherwise. */
#pragma once

#include "imports/reg-import-preview.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define REG_TYPE_MAPPING_VIEW (reg_mapping_view_get_type ())
G_DECLARE_FINAL_TYPE (RegMappingView, reg_mapping_view, REG, MAPPING_VIEW, AdwBin)

/* Signals: "reading-changed": another sheet, encoding, delimiter or heading line was chosen;
 * "changed": the meaning of a column was; "recipe-chosen" (string): its name; "action-chosen"
 * (uint): its place in reg_import_action_list (). */

/* What the columns are for: the fields they may be taken for are those of the action. */
void reg_mapping_view_set_action (RegMappingView *self, guint place);

/* courses: (nullable) (element-type RegCourse): that columns may be, for actions with x-marks */
void reg_mapping_view_set_preview (RegMappingView *self,
                                   const RegImportPreview *preview,
                                   GPtrArray *courses);
/* Whether a file is shown. */
gboolean reg_mapping_view_has_columns (RegMappingView *self);
/* What is wrong with what was chosen; NULL for nothing. */
void reg_mapping_view_set_problem (RegMappingView *self, const char *problem);
/* Recipes whose headings are those of the file. */
void reg_mapping_view_set_recipes (RegMappingView *self, const char *const *names);
/* proposal: what a recipe might be called */
void reg_mapping_view_set_proposal (RegMappingView *self, const char *proposal);

/* (transfer full) (nullable): NULL while a column is not decided */
char **reg_mapping_view_dup_mapping (RegMappingView *self);
guint reg_mapping_view_get_n_undecided (RegMappingView *self);
gboolean reg_mapping_view_focus_undecided (RegMappingView *self);
/* (transfer full) (nullable): NULL where nothing shall be remembered */
char *reg_mapping_view_dup_recipe_name (RegMappingView *self);

/* What was chosen; (nullable), 0 for what is found out. */
const char *reg_mapping_view_get_sheet (RegMappingView *self);
const char *reg_mapping_view_get_encoding (RegMappingView *self);
char reg_mapping_view_get_delimiter (RegMappingView *self);
gint64 reg_mapping_view_get_heading_line (RegMappingView *self);

G_END_DECLS
