/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Courses: what there is to take, with how many have taken it. Opening one shows its enrollments.
 */
#pragma once

#include "workspace/reg-workspace.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define REG_TYPE_COURSES_PAGE (reg_courses_page_get_type ())
G_DECLARE_FINAL_TYPE (RegCoursesPage, reg_courses_page, REG, COURSES_PAGE, AdwBin)

/* The trainings of a team, as if it was chosen above the list. */
void reg_courses_page_show_team (RegCoursesPage *self, gint64 label_id);
GtkWidget *reg_courses_page_new (RegWorkspace *workspace);

G_END_DECLS
