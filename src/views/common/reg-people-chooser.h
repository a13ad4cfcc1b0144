/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which people a list is about: location, groups, teams, tags and whom they report to. */
#pragma once

#include "store/reg-people-filter.h"

#include "base/reg-words.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define REG_TYPE_PEOPLE_CHOOSER (reg_people_chooser_get_type ())
G_DECLARE_FINAL_TYPE (RegPeopleChooser, reg_people_chooser, REG, PEOPLE_CHOOSER, AdwBin)

/* Signals: "changed". */

/* Each: (element-type RegLabel); a manager is a label with the person's id and name. What was
 * chosen stays chosen where it still exists. */
void reg_people_chooser_set_labels (RegPeopleChooser *self, GPtrArray *labels, GPtrArray *managers);
void reg_people_chooser_clear (RegPeopleChooser *self);
/* Returns: (transfer none): what is chosen; good until the next call */
const RegPeopleFilter *reg_people_chooser_get_filter (RegPeopleChooser *self);
/* Puts what is chosen to the words of a filter; see reg_words_add (). */
void reg_people_chooser_append_text (RegPeopleChooser *self, GString *text);

G_END_DECLS
