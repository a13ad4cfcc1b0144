/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The menu of one enrollment, in a course's list as in a person's: operations in the order of SPEC
 * §2, what can be looked at among them, and its certificate. */
#pragma once

#include "views/common/reg-host.h"

G_BEGIN_DECLS

/* (transfer full): entries call "row.do" with a name */
GMenuModel *reg_enrollment_menu_new (const RegEnrollmentRow *row, RegWorkspace *workspace);
/* Shows what is only looked at. FALSE where the name is another one. */
gboolean reg_enrollment_menu_show (GtkWidget *origin,
                                   RegWorkspace *workspace,
                                   const char *name,
                                   const RegEnrollmentRow *row);

G_END_DECLS
