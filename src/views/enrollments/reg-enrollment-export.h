/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "Export": the enrollments on show as a file that can be imported again. */
#pragma once

#include "views/common/reg-progress-row.h"
#include "workspace/reg-workspace.h"

G_BEGIN_DECLS

/* ids: as they stand in the list; title: of the course or the person */
void reg_enrollment_export_present (GtkWidget *page,
                                    RegWorkspace *workspace,
                                    RegProgressRow *progress_row,
                                    RegIdList *ids,
                                    const char *title);

G_END_DECLS
