/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A course's Enrollments: who has it, how far they are, and what can be done about it. */
#pragma once

#include "workspace/reg-workspace.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define REG_TYPE_ENROLLMENTS_PAGE (reg_enrollments_page_get_type ())
G_DECLARE_FINAL_TYPE (RegEnrollmentsPage, reg_enrollments_page, REG, ENROLLMENTS_PAGE, AdwBin)

GtkWidget *reg_enrollments_page_new (RegWorkspace *workspace);
void reg_enrollments_page_show (RegEnrollmentsPage *self, gint64 course_id);
gint64 reg_enrollments_page_get_course (RegEnrollmentsPage *self);

G_END_DECLS
