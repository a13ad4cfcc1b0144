/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A drop-down of one kind of label, with "Any" before them, searched as one types. */
#pragma once

#include "model/reg-label.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define REG_TYPE_LABEL_PICKER (reg_label_picker_get_type ())
G_DECLARE_FINAL_TYPE (RegLabelPicker, reg_label_picker, REG, LABEL_PICKER, AdwBin)

/* Signals: "changed". Properties: "label": what it picks, for screen readers;
 * "none-label": the words before them, where they are not "Any". */

/* kinds: bits 1u << RegLabelKind; labels: (element-type RegLabel) */
void reg_label_picker_set_labels (RegLabelPicker *self, GPtrArray *labels, guint kinds);
gint64 reg_label_picker_get_id (RegLabelPicker *self);
const char *reg_label_picker_get_name (RegLabelPicker *self);
/* Does nothing where there is no such label. */
void reg_label_picker_set_id (RegLabelPicker *self, gint64 id);
void reg_label_picker_clear (RegLabelPicker *self);

void reg_drop_down_ellipsize (GtkDropDown *drop_down);

G_END_DECLS
