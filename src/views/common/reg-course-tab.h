/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A tab of a course's page: Enrollments, Sessions, Settings, Overview. The page knows its tabs by
 * this alone. */
#pragma once

#include "model/reg-course.h"
#include "store/reg-store-query.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define REG_TYPE_COURSE_TAB (reg_course_tab_get_type ())
G_DECLARE_INTERFACE (RegCourseTab, reg_course_tab, REG, COURSE_TAB, GtkWidget)

/**
 * RegCourseTabInterface:
 * @show_course: another course is on show, or the same one once more; 0: none
 * @is_for: (nullable): whether the course has this tab at all
 * @filter: (nullable): shows the enrollments that match; a tab that can do so is gone to
 *
 * A tab that lists something is a RegView besides: the page hands on what the window asks it.
 */
struct _RegCourseTabInterface
{
  GTypeInterface parent_iface;

  void (*show_course) (RegCourseTab *self, gint64 course_id);
  gboolean (*is_for) (RegCourseTab *self, const RegCourse *course);
  void (*filter) (RegCourseTab *self, const RegEnrollmentQuery *query);
};

void reg_course_tab_show_course (RegCourseTab *self, gint64 course_id);
gboolean reg_course_tab_is_for (RegCourseTab *self, const RegCourse *course);
gboolean reg_course_tab_can_filter (RegCourseTab *self);
void reg_course_tab_filter (RegCourseTab *self, const RegEnrollmentQuery *query);

/* Asks the page to show the enrollments that match, in the tab that can. */
void reg_course_tab_request_filter (RegCourseTab *self, const RegEnrollmentQuery *query);

G_END_DECLS
