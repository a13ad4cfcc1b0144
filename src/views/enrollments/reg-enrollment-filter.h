/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "Advanced Filters" of a course's Enrollments. */
#pragma once

#include "store/reg-store-query.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define REG_TYPE_ENROLLMENT_FILTER (reg_enrollment_filter_get_type ())
G_DECLARE_FINAL_TYPE (RegEnrollmentFilter,
                      reg_enrollment_filter,
                      REG,
                      ENROLLMENT_FILTER,
                      GtkPopover)

/* Signals: "changed". */

/* Each: (element-type RegLabel); a manager or who assigned is given as a label with the person's id
 * and name. */
void reg_enrollment_filter_set_labels (RegEnrollmentFilter *self,
                                       GPtrArray *labels,
                                       GPtrArray *managers,
                                       GPtrArray *assigners);
/* sessions: (element-type RegLabel): a session's id and what it is called; none: not to be filtered
 * by */
void reg_enrollment_filter_set_sessions (RegEnrollmentFilter *self, GPtrArray *sessions);
void reg_enrollment_filter_apply (RegEnrollmentFilter *self, RegEnrollmentQuery *query);
void reg_enrollment_filter_set_query (RegEnrollmentFilter *self, const RegEnrollmentQuery *query);
void reg_enrollment_filter_clear (RegEnrollmentFilter *self);
/* In words; NULL where nothing is filtered. */
char *reg_enrollment_filter_dup_text (RegEnrollmentFilter *self);

G_END_DECLS
