/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Another session for changes that the LMS did not accept because theirs was full, gone or changed
 * by somebody else (K-10). */
#pragma once

#include "workspace/reg-workspace.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* origin: in the window; ids: (array length=n): changes, of which those that await a session are
 * asked about, course by course */
void
reg_change_session_choose (GtkWidget *origin, RegWorkspace *workspace, const gint64 *ids, gsize n);

G_END_DECLS
