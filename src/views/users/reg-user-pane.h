/* SPDX-License-Identifier: GPL-3.0-or-later */
/* User Details beside the list: what is known of one person, their courses, and a form to change
 * it. */
#pragma once

#include "workspace/reg-workspace.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define REG_TYPE_USER_PANE (reg_user_pane_get_type ())
G_DECLARE_FINAL_TYPE (RegUserPane, reg_user_pane, REG, USER_PANE, AdwBin)

/* Signals: "closed"; "operation" (int64 id, string name). */

void reg_user_pane_set_workspace (RegUserPane *self, RegWorkspace *workspace);
/* labels: (element-type RegLabel) */
void reg_user_pane_set_labels (RegUserPane *self, GPtrArray *labels);
void reg_user_pane_show (RegUserPane *self, gint64 user_id);
void reg_user_pane_refresh (RegUserPane *self);
/* Opens the form for the person on show. */
void reg_user_pane_edit (RegUserPane *self);

G_END_DECLS
