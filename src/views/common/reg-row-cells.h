/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What several lists say of a row in the same way: an icon and a word, never a color alone. */
#pragma once

#include "store/reg-store-query.h"
#include "views/common/reg-cell.h"

G_BEGIN_DECLS

void reg_row_cells_show_user_state (RegCell *cell, const RegUser *user);
void reg_row_cells_show_status (RegCell *cell, const RegEnrollment *enrollment, RegCourseKind kind);
/* Marks a row that was not sent yet, or that a person has to look at. */
void reg_row_cells_show_sync (RegCell *cell, RegSyncState state);
/* The same before the smaller line, where the list has no room for a column of its own. */
void
reg_row_cells_show_subtitle (RegCell *cell, const char *text, RegSyncState state, gboolean mark);
/* What the enrollment means to the pool of licenses the course draws from. */
void reg_row_cells_show_license (RegCell *cell, const RegEnrollmentRow *row);
/* YYYY-MM-DD, as due dates are written; "" for none. */
char *reg_row_cells_dup_date (gint64 unix_seconds);
const char *reg_row_cells_get_user_icon (RegUserState state);
char *reg_row_cells_dup_user_state (const RegUser *user);

G_END_DECLS
