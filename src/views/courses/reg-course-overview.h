/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A course's Overview: its numbers as a picture, each part of which shows the enrollments it
 * counts. */
#pragma once

#include "workspace/reg-workspace.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define REG_TYPE_COURSE_OVERVIEW (reg_course_overview_get_type ())
G_DECLARE_FINAL_TYPE (RegCourseOverview, reg_course_overview, REG, COURSE_OVERVIEW, AdwBin)

GtkWidget *reg_course_overview_new (RegWorkspace *workspace);

G_END_DECLS
