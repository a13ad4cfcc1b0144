/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A list of rows with check boxes, columns to sort by, and a menu in each row, over a
 * RegIdListModel of any length. A click or Return opens a row; its check box, Space, Ctrl+click and
 * Shift+click select it. */
#pragma once

#include "views/common/reg-cell.h"
#include "views/common/reg-selection.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define REG_TYPE_COLUMN_LIST (reg_column_list_get_type ())
G_DECLARE_FINAL_TYPE (RegColumnList, reg_column_list, REG, COLUMN_LIST, AdwBin)

/* Signals: "row-activated" (int64 id); "sort-changed" (int key, boolean descending);
 * "selection-changed"; "row-operation" (int64 id, string name): an entry of the row's menu. */

/* Fills a cell from a row that is there. The cell was cleared before. */
typedef void (*RegColumnBind) (RegCell *cell, gpointer row, gpointer data);
/* (transfer full): what a row is called, for screen readers */
typedef char *(*RegRowName) (gpointer row, gpointer data);
/* (transfer full): a row's menu; its entries call "row.do" with the name of what to do */
typedef GMenuModel *(*RegRowMenu) (gpointer row, gpointer data);

GtkWidget *reg_column_list_new (void);
void reg_column_list_set_model (RegColumnList *self, RegIdListModel *model);
RegIdListModel *reg_column_list_get_model (RegColumnList *self);
RegSelection *reg_column_list_get_selection (RegColumnList *self);

void reg_column_list_set_label (RegColumnList *self, const char *label);
void reg_column_list_set_name_func (RegColumnList *self, RegRowName func, gpointer data);
/* Which rows can be ticked; before the model is set. */
void reg_column_list_set_selectable (RegColumnList *self, RegSelectable func, gpointer data);
void reg_column_list_set_menu_func (RegColumnList *self, RegRowMenu func, gpointer data);

/**
 * RegColumnFlags:
 * @REG_COLUMN_NUMERIC: digits of one width
 */
typedef enum
{
  REG_COLUMN_NONE = 0,
  REG_COLUMN_EXPAND = 1 << 0,
  REG_COLUMN_NUMERIC = 1 << 1,
} RegColumnFlags;

/* Order of calls: add_checks, add_column…, add_menus. sort_key -1: not to be sorted by. The column
 * is left out while the list is narrower than min_list_width. */
void reg_column_list_add_checks (RegColumnList *self);
void reg_column_list_add_column (RegColumnList *self,
                                 const char *title,
                                 int sort_key,
                                 int width,
                                 int min_list_width,
                                 RegColumnFlags flags,
                                 RegColumnBind bind,
                                 gpointer data);
/* A column that some lists of the page have no use for. */
void reg_column_list_offer_column (RegColumnList *self, const char *title, gboolean offered);
void reg_column_list_add_menus (RegColumnList *self);
void reg_column_list_sort_by (RegColumnList *self, int sort_key, gboolean descending);

/* What stands in place of an empty list; button_label and action_name nullable. */
void reg_column_list_set_empty (RegColumnList *self,
                                const char *icon_name,
                                const char *title,
                                const char *description,
                                const char *button_label,
                                const char *action_name);
/* TRUE once the first result has come: until then a spinner is shown, not the empty state. */
void reg_column_list_set_loaded (RegColumnList *self, gboolean loaded);
/* Whether columns are left out for want of room; rows are bound again when that changes. */
gboolean reg_column_list_is_narrow (RegColumnList *self);
/* Ticks a row, or takes the tick away. */
void reg_column_list_toggle (RegColumnList *self, gint64 id);
void reg_column_list_select_all (RegColumnList *self);
void reg_column_list_scroll_to (RegColumnList *self, guint position);
void reg_column_list_focus (RegColumnList *self);

G_END_DECLS
