/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A date to type as YYYY-MM-DD or to pick from a calendar; empty where there is none. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define REG_TYPE_DATE_ROW (reg_date_row_get_type ())
G_DECLARE_FINAL_TYPE (RegDateRow, reg_date_row, REG, DATE_ROW, AdwEntryRow)

GtkWidget *reg_date_row_new (void);
const char *reg_date_row_get_date (RegDateRow *self);
void reg_date_row_set_date (RegDateRow *self, const char *date);
/* TRUE for an empty row, too. */
gboolean reg_date_row_is_valid (RegDateRow *self);

G_END_DECLS
