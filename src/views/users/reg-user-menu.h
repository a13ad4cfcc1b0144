/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The menu of a person, in the list and beside their details: its entries call "row.do". */
#pragma once

#include "workspace/reg-workspace.h"

G_BEGIN_DECLS

/* The entry that is no operation: it opens what the person is enrolled in. */
#define REG_USER_MENU_COURSES "course-assignments"

GMenuModel *reg_user_menu_new (const RegUser *user, RegWorkspace *workspace);

G_END_DECLS
