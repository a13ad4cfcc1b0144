/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Enrollments: who has a course or what a person has, how far they are, and what can be done about
 * it. */
#pragma once

#include "views/enrollments/reg-enrollments-of.h"
#include "workspace/reg-workspace.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define REG_TYPE_ENROLLMENTS_PAGE (reg_enrollments_page_get_type ())
G_DECLARE_FINAL_TYPE (RegEnrollmentsPage, reg_enrollments_page, REG, ENROLLMENTS_PAGE, AdwBin)

/* Signals: "closed": a person's page is to be left. */

GtkWidget *reg_enrollments_page_new (RegWorkspace *workspace, RegEnrollmentsOf of);
void reg_enrollments_page_show (RegEnrollmentsPage *self, gint64 id);

G_END_DECLS
