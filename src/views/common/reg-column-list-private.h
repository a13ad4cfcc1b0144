/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the parts of a RegColumnList share: the list itself, its cells (reg-list-cells.c), and what
 * the pointer and the keys do to its rows (reg-list-input.c). */
#pragma once

#include "views/common/reg-column-list.h"

G_BEGIN_DECLS

/* Where the pointer's button is not down on any row. */
#define REG_LIST_NOT_PRESSED G_MININT64
/* On a cell's widget: its GtkListItem. */
#define REG_LIST_ITEM_KEY "reg-list-item"

typedef struct _RegListColumn RegListColumn;

struct _RegListColumn
{
  RegColumnList *list; /* the list owns the column */
  GtkColumnViewColumn *column;
  int sort_key;
  int min_list_width;
  gboolean is_optional; /* some lists of the page have no use for it */
  gboolean is_left_out; /* so this one has not, whatever the width */
  int asked_width;
  int width; /* fixed width while it is hidden */
  RegColumnFlags flags;
  RegColumnBind bind;
  gpointer data;
  gboolean is_first;
};

struct _RegColumnList
{
  AdwBin parent_instance;

  GtkStack *stack;
  AdwStatusPage *empty;
  GtkWidget *empty_button;
  GtkOverlay *overlay;
  GtkScrolledWindow *scroller;
  GtkColumnView *view;
  GtkCheckButton *check_all; /* (nullable): lies over the first column's title */
  gulong check_all_handler;

  RegIdListModel *model;
  RegSelection *selection;
  GPtrArray *columns;
  RegListColumn *last_text; /* its cell is filled last */
  gboolean is_loaded;
  int probed_key;
  int sorted_key; /* or -1 */
  gboolean is_descending;
  int known_width;
  gboolean is_narrow;
  guint width_idle;

  RegRowName name_func;
  gpointer name_data;
  RegSelectable selectable;
  gpointer selectable_data;
  RegRowMenu menu_func;
  gpointer menu_data;
  gint64 menu_id;    /* whose menu is open */
  gint64 pressed_id; /* whose row the pointer went down on, or NOT_PRESSED */
  GtkWidget *context_menu;
};

/* reg-column-list.c */
void reg_column_list_emit_activated (RegColumnList *self, gint64 id);

/* reg-list-cells.c */
typedef enum
{
  REG_LIST_CELLS_TEXT,
  REG_LIST_CELLS_CHECK,
  REG_LIST_CELLS_MENU,
} RegListCells;

/* (transfer full) */
GtkListItemFactory *reg_list_cells_new_factory (RegListColumn *column, RegListCells kind);
/* (transfer none) (nullable): the row a cell shows. */
gpointer reg_list_cells_get_row (GtkListItem *list_item);
/* Calls a row what its cells say. */
void reg_list_cells_name_row (GtkWidget *row);
/* For screen readers. */
void reg_list_set_name (GtkWidget *widget, const char *name);

/* reg-list-titles.c: what a screen reader and the keys find over the rows. */
void reg_list_titles_update (RegColumnList *self);
void reg_list_titles_add_keys (RegColumnList *self);
gboolean reg_list_titles_focus (RegColumnList *self);

/* reg-list-input.c: what the pointer and the keys do to rows. */
void reg_list_input_add (RegColumnList *self);

G_END_DECLS
