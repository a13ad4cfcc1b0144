/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The columns of a list of users. */
#pragma once

#include "views/common/reg-column-list.h"

G_BEGIN_DECLS

/* Gives the list its columns, sorted by the name; menus come from the caller. */
void reg_user_columns_add (RegColumnList *list);

G_END_DECLS
