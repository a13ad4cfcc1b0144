/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "Add User": who they are, checked in words as one types; somebody who is there already can be
 * looked at instead. */
#pragma once

#include "views/common/reg-host.h"
#include "workspace/reg-workspace.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define REG_TYPE_ADD_USER_DIALOG (reg_add_user_dialog_get_type ())
G_DECLARE_FINAL_TYPE (RegAddUserDialog, reg_add_user_dialog, REG, ADD_USER_DIALOG, AdwWindow)

/* labels: (element-type RegLabel): locations, groups, teams and tags to choose from */
void reg_add_user_dialog_present (RegHost *host, RegWorkspace *workspace, GPtrArray *labels);

G_END_DECLS
