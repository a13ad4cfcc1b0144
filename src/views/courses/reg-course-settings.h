/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A course's Settings: what it is, what it is made of, and what an administrator can change. */
#pragma once

#include "workspace/reg-workspace.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define REG_TYPE_COURSE_SETTINGS (reg_course_settings_get_type ())
G_DECLARE_FINAL_TYPE (RegCourseSettings, reg_course_settings, REG, COURSE_SETTINGS, AdwBin)

GtkWidget *reg_course_settings_new (RegWorkspace *workspace);

G_END_DECLS
