/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Several labels of one kind to filter by: a list to pick from, and below it those that were, each
 * with a button that takes it away. Where there are none at all, it hides itself. */
#pragma once

#include "store/reg-people-filter.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define REG_TYPE_LABEL_CHOOSER (reg_label_chooser_get_type ())
G_DECLARE_FINAL_TYPE (RegLabelChooser, reg_label_chooser, REG, LABEL_CHOOSER, AdwBin)

/* Properties: "title": what the labels are, in the plural. Signals: "changed". */

/* (element-type RegLabel); kinds: bits of RegLabelKind */
void reg_label_chooser_set_labels (RegLabelChooser *self, GPtrArray *labels, guint kinds);
void reg_label_chooser_clear (RegLabelChooser *self);
void reg_label_chooser_fill (RegLabelChooser *self,
                             RegPeopleFilter *people,
                             RegPeopleAttribute attribute);
/* "Teams: North, South"; NULL where none is chosen. */
char *reg_label_chooser_dup_text (RegLabelChooser *self);

G_END_DECLS
