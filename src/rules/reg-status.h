/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/reg-course.h"
#include "model/reg-enrollment.h"

G_BEGIN_DECLS

RegStatus reg_enrollment_get_status (const RegEnrollment *self, RegCourseKind kind);
char *reg_enrollment_dup_status_label (const RegEnrollment *self, RegCourseKind kind);
const char *reg_status_get_label (RegStatus status);
/* (nullable): what of the course was assigned; editions and units: the course's */
char *reg_enrollment_dup_product_label (const RegEnrollment *self,
                                        const char *editions,
                                        const char *units);
gboolean reg_enrollment_is_overdue (const RegEnrollment *self, const char *today);

const char *reg_user_state_get_label (RegUserState state);
const char *reg_role_get_label (RegRole role);
const char *reg_requirement_get_label (RegRequirement requirement);
const char *reg_course_kind_get_label (RegCourseKind kind);

const char *reg_source_get_label (RegSource source);

G_END_DECLS
