/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The check boxes of a list of any length: a bitset beside a RegIdListModel. Selecting never asks
 * for a row, and what is selected stays so by its id when the list shows another result.
 *
 * Selecting without the intent to toggle (the arrow keys, a plain click) changes nothing: a row is
 * opened by a click and selected by its check box, Space, Ctrl or Shift. */
#pragma once

#include "store/reg-id-list-model.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define REG_TYPE_SELECTION (reg_selection_get_type ())
G_DECLARE_FINAL_TYPE (RegSelection, reg_selection, REG, SELECTION, GObject)

RegSelection *reg_selection_new (RegIdListModel *model);
/* (nullable): whether the row with an id can be selected at all */
typedef gboolean (*RegSelectable) (gint64 id, gpointer data);
void reg_selection_set_selectable (RegSelection *self, RegSelectable func, gpointer data);
gboolean reg_selection_is_selectable (RegSelection *self, guint position);
/* How many of the rows on show can be selected. */
gsize reg_selection_get_n_selectable (RegSelection *self);
/* All that is selected, and how much of it the list does not show now. */
gsize reg_selection_get_n_selected (RegSelection *self);
gsize reg_selection_get_n_hidden (RegSelection *self);
gsize reg_selection_get_n_shown (RegSelection *self);
void reg_selection_clear (RegSelection *self);
void reg_selection_select_ids (RegSelection *self, const gint64 *ids, gsize n);
gint64 *reg_selection_dup_ids (RegSelection *self, gsize *n);

G_END_DECLS
