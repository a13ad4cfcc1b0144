/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One course or curriculum: its tabs, with a switcher at the top, or at the bottom where the page
 * is narrow. */
#pragma once

#include "views/common/reg-course-tab.h"
#include "workspace/reg-workspace.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define REG_TYPE_COURSE_PAGE (reg_course_page_get_type ())
G_DECLARE_FINAL_TYPE (RegCoursePage, reg_course_page, REG, COURSE_PAGE, AdwBin)

/* Signals: "closed": the person goes back to the courses. */

GtkWidget *reg_course_page_new (RegWorkspace *workspace);
/* The tab is shown in the order they are added; the first one is shown first. */
void reg_course_page_add (RegCoursePage *self,
                          const char *name,
                          const char *title,
                          const char *icon_name,
                          RegCourseTab *tab);
void reg_course_page_show (RegCoursePage *self, gint64 course_id);
gint64 reg_course_page_get_course (RegCoursePage *self);
/* Goes to a tab, where the course has it. */
void reg_course_page_show_tab (RegCoursePage *self, const char *name);

G_END_DECLS
