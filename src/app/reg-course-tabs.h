/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which tabs a course's page has: the one place that knows the screens they come from. */
#pragma once

#include "views/courses/reg-course-page.h"

G_BEGIN_DECLS

RegCoursePage *reg_course_tabs_create_page (RegWorkspace *workspace);

G_END_DECLS
