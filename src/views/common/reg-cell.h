/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands in one cell of a list: an icon, a line, a smaller line beneath. Each part is made
 * when first needed, for a list keeps some hundred rows of cells. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define REG_TYPE_CELL (reg_cell_get_type ())
G_DECLARE_FINAL_TYPE (RegCell, reg_cell, REG, CELL, GtkWidget)

GtkWidget *reg_cell_new (void);
/* Texts that do not fit are cut, and shown whole as a tooltip. NULL: empty. */
void reg_cell_set_text (RegCell *self, const char *text);
void reg_cell_set_subtitle (RegCell *self, const char *text);
/* Before the texts; stays when the cell is cleared. */
void reg_cell_set_wrap (RegCell *self, gboolean wrap);
/* icon_name NULL: none. css_class: (nullable): "success", "warning", "error", "dim-label" */
void reg_cell_set_icon (RegCell *self, const char *icon_name, const char *css_class);
void reg_cell_set_second_icon (RegCell *self, const char *icon_name, const char *css_class);
/* Said instead of the whole text when the pointer rests on the cell. */
void reg_cell_set_hint (RegCell *self, const char *hint);
void reg_cell_set_dim (RegCell *self, gboolean dim);
void reg_cell_set_numeric (RegCell *self, gboolean numeric);
void reg_cell_clear (RegCell *self);
/* Appends what the cell says, after a comma where there is something before. */
void reg_cell_append_text (RegCell *self, GString *text);

G_END_DECLS
