/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From what people of an instructor-led course are removed: the session, the course, or both. */
#pragma once

#include "workspace/reg-workspace.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* operation: its name; params: (nullable) */
typedef void (*RegRemovalChosen) (const char *operation, const RegParams *params, gpointer data);

void reg_removal_dialog_present (GtkWindow *parent,
                                 RegWorkspace *workspace,
                                 gsize n,
                                 gboolean spans_courses,
                                 RegRemovalChosen chosen,
                                 gpointer data,
                                 GDestroyNotify destroy);

G_END_DECLS
