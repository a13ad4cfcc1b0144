/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-views"

#include "views/common/reg-course-tab.h"

enum
{
  FILTER_REQUESTED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_INTERFACE (RegCourseTab, reg_course_tab, GTK_TYPE_WIDGET)

static void
reg_course_tab_default_init (RegCourseTabInterface *iface)
{
  /**
   * RegCourseTab::filter-requested:
   * @query: a RegEnrollmentQuery that is alive during the call
   *
   * The person wants to see these enrollments.
   */
  signals[FILTER_REQUESTED] =
      g_signal_new ("filter-requested", REG_TYPE_COURSE_TAB, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 1, G_TYPE_POINTER);
}

void
reg_course_tab_show_course (RegCourseTab *self, gint64 course_id)
{
  g_return_if_fail (REG_IS_COURSE_TAB (self));

  REG_COURSE_TAB_GET_IFACE (self)->show_course (self, course_id);
}

gboolean
reg_course_tab_is_for (RegCourseTab *self, const RegCourse *course)
{
  g_return_val_if_fail (REG_IS_COURSE_TAB (self), FALSE);

  return REG_COURSE_TAB_GET_IFACE (self)->is_for == NULL
         || REG_COURSE_TAB_GET_IFACE (self)->is_for (self, course);
}

gboolean
reg_course_tab_can_filter (RegCourseTab *self)
{
  g_return_val_if_fail (REG_IS_COURSE_TAB (self), FALSE);

  return REG_COURSE_TAB_GET_IFACE (self)->filter != NULL;
}

void
reg_course_tab_filter (RegCourseTab *self, const RegEnrollmentQuery *query)
{
  g_return_if_fail (REG_IS_COURSE_TAB (self));

  if (REG_COURSE_TAB_GET_IFACE (self)->filter != NULL)
    REG_COURSE_TAB_GET_IFACE (self)->filter (self, query);
}

void
reg_course_tab_request_filter (RegCourseTab *self, const RegEnrollmentQuery *query)
{
  g_return_if_fail (REG_IS_COURSE_TAB (self));

  g_signal_emit (self, signals[FILTER_REQUESTED], 0, query);
}
