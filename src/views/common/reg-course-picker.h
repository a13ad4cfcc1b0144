/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The courses of an account, looked for as one types and ticked. */
#pragma once

#include "workspace/reg-workspace.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define REG_TYPE_COURSE_PICKER (reg_course_picker_get_type ())
G_DECLARE_FINAL_TYPE (RegCoursePicker, reg_course_picker, REG, COURSE_PICKER, AdwBin)

/* Signals: "loaded" (string: what went wrong, or NULL): the courses have been read; "changed": of
 * what is ticked. */

/* chosen: ticked once they are read, 0 for none */
void
reg_course_picker_set_workspace (RegCoursePicker *self, RegWorkspace *workspace, gint64 chosen);
gboolean reg_course_picker_is_loaded (RegCoursePicker *self);
/* (transfer full): ids, 0-terminated */
gint64 *reg_course_picker_dup_ids (RegCoursePicker *self, gsize *n);
void reg_course_picker_set_ids (RegCoursePicker *self, const gint64 *ids, gsize n);
/* (transfer full) (element-type RegCourse): those that are ticked */
GPtrArray *reg_course_picker_dup_courses (RegCoursePicker *self);
/* (nullable) (element-type RegCourse): all of them, once they are read */
GPtrArray *reg_course_picker_get_all (RegCoursePicker *self);
void reg_course_picker_focus (RegCoursePicker *self);

G_END_DECLS
