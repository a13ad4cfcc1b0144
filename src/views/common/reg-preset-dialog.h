/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A preset made or changed: its name, and each product with its requirement, its due rule, and its
 * edition, units or subscription. */
#pragma once

#include "model/reg-preset.h"
#include "workspace/reg-workspace.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define REG_TYPE_PRESET_DIALOG (reg_preset_dialog_get_type ())
G_DECLARE_FINAL_TYPE (RegPresetDialog, reg_preset_dialog, REG, PRESET_DIALOG, AdwWindow)

/* Signals: "save": the person wants it so; the dialog closes. */

/* rows: (element-type RegCourseRow): the courses to choose from; preset: what it begins with, its
 * name "" for a new one */
RegPresetDialog *reg_preset_dialog_new (GtkWindow *parent,
                                        RegWorkspace *workspace,
                                        GPtrArray *rows,
                                        const RegPreset *preset);
/* 0: a new one */
gint64 reg_preset_dialog_get_id (RegPresetDialog *self);
/* (transfer full) */
char *reg_preset_dialog_dup_name (RegPresetDialog *self);
/* (transfer none) (element-type RegPresetItem) */
GPtrArray *reg_preset_dialog_get_items (RegPresetDialog *self);

G_END_DECLS
