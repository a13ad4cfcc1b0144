/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "Export Users": says who is written, asks where to, and writes everybody who is active. */
#pragma once

#include "views/common/reg-progress-row.h"
#include "workspace/reg-workspace.h"

G_BEGIN_DECLS

/* page: what it is asked over; progress_row: where one can see how far it is, and stop it */
void
reg_user_export_present (GtkWidget *page, RegWorkspace *workspace, RegProgressRow *progress_row);

G_END_DECLS
