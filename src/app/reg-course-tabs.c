/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-app"

#include "app/reg-course-tabs.h"

#include "views/courses/reg-course-overview.h"
#include "views/courses/reg-course-settings.h"
#include "views/enrollments/reg-enrollments-page.h"
#include "views/sessions/reg-sessions-page.h"

#include <glib/gi18n-lib.h>

/**
 * reg_course_tabs_create_page:
 * @workspace: the account on show
 *
 * A further tab is a widget that implements RegCourseTab, and one line here.
 *
 * Returns: (transfer floating): the page of a course with all its tabs
 */
RegCoursePage *
reg_course_tabs_create_page (RegWorkspace *workspace)
{
  RegCoursePage *page = REG_COURSE_PAGE (reg_course_page_new (workspace));

  reg_course_page_add (
      page, "enrollments", _ ("Enrollments"), "system-users-symbolic",
      REG_COURSE_TAB (reg_enrollments_page_new (workspace, REG_ENROLLMENTS_OF_COURSE)));
  reg_course_page_add (page, "sessions", _ ("Sessions"), "x-office-calendar-symbolic",
                       REG_COURSE_TAB (reg_sessions_page_new (workspace)));
  reg_course_page_add (page, "settings", _ ("Settings"), "emblem-system-symbolic",
                       REG_COURSE_TAB (reg_course_settings_new (workspace)));
  reg_course_page_add (page, "overview", _ ("Overview"), "reg-chart-symbolic",
                       REG_COURSE_TAB (reg_course_overview_new (workspace)));
  return page;
}
