/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The bar at the bottom of a list while something is selected: how much, and what to do with it. */
#pragma once

#include "views/common/reg-column-list.h"
#include "workspace/reg-workspace.h"

G_BEGIN_DECLS

#define REG_TYPE_SELECTION_BAR (reg_selection_bar_get_type ())
G_DECLARE_FINAL_TYPE (RegSelectionBar, reg_selection_bar, REG, SELECTION_BAR, AdwBin)

/* Signals: "operation" (string name). */

GtkWidget *reg_selection_bar_new (void);
void reg_selection_bar_set_list (RegSelectionBar *self, RegColumnList *list);
/* Appends a button, and an entry to the menu that stands for the buttons where there is no room. */
void reg_selection_bar_add (RegSelectionBar *self, const char *name, const char *label);
/* Whether what was added is of use for the list on show; at first it is. */
void reg_selection_bar_offer (RegSelectionBar *self, const char *name, gboolean offered);
/* The same for all operations that were added: whether who is signed in may do them to somebody, in
 * the course where there is one. */
void reg_selection_bar_offer_operations (RegSelectionBar *self,
                                         RegWorkspace *workspace,
                                         const RegCourse *course);
/* What the list is filtered by, in words; NULL where it is not. */
void reg_selection_bar_set_filter (RegSelectionBar *self, const char *filter);

G_END_DECLS
