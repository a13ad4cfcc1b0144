/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A template to fill in: where to, then written. */
#pragma once

#include "workspace/reg-workspace.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* text: what became of it, for the person */
typedef void (*RegTemplateSaved) (gpointer data, const char *text);

/* courses: (element-type RegCourse): those chosen; target: "list.csv", "list.xlsx", "matrix.csv" or
 * "matrix.xlsx". saved is called with the origin, if that is still there. */
void reg_template_save (GtkWidget *origin,
                        RegWorkspace *workspace,
                        const char *action,
                        GPtrArray *courses,
                        const char *target,
                        RegTemplateSaved saved);

G_END_DECLS
