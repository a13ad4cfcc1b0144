/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Long work shown in place: what is done, how far it is, and a way to stop it. */
#pragma once

#include "base/reg-progress.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define REG_TYPE_PROGRESS_ROW (reg_progress_row_get_type ())
G_DECLARE_FINAL_TYPE (RegProgressRow, reg_progress_row, REG, PROGRESS_ROW, AdwBin)

GtkWidget *reg_progress_row_new (void);
/* progress NULL: hides itself */
void reg_progress_row_set_progress (RegProgressRow *self, RegProgress *progress);

G_END_DECLS
