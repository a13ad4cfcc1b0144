/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Something to be done with enrollments picked in a list: what it needs to know is asked first. */
#pragma once

#include "views/common/reg-progress-row.h"
#include "workspace/reg-workspace.h"

G_BEGIN_DECLS

typedef struct _RegEnrollmentTask RegEnrollmentTask;

/* page: what it is asked over, and where its progress is shown. The ids are copied. */
RegEnrollmentTask *reg_enrollment_task_new (GtkWidget *page,
                                            RegWorkspace *workspace,
                                            RegProgressRow *progress_row,
                                            const gint64 *ids,
                                            gsize n);
void reg_enrollment_task_start (RegEnrollmentTask *self,
                                const char *operation,
                                const RegEnrollmentRow *row,
                                gboolean has_sessions,
                                const char *subject);

G_END_DECLS
