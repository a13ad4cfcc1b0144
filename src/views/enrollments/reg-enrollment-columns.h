/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The columns of a list of enrollments. */
#pragma once

#include "views/common/reg-column-list.h"
#include "views/enrollments/reg-enrollments-of.h"
#include "workspace/reg-workspace.h"

G_BEGIN_DECLS

/* Gives the list its columns, sorted by the first; menus come from the caller. */
void reg_enrollment_columns_add (RegColumnList *list, RegWorkspace *workspace, RegEnrollmentsOf of);

G_END_DECLS
