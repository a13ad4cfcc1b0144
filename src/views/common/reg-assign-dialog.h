/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "Assign Course": courses for people chosen in Users, or people for a course; requirement, due
 * date, message; then a look at who would be enrolled and who cannot be. */
#pragma once

#include "views/common/reg-host.h"
#include "workspace/reg-workspace.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define REG_TYPE_ASSIGN_DIALOG (reg_assign_dialog_get_type ())
G_DECLARE_FINAL_TYPE (RegAssignDialog, reg_assign_dialog, REG, ASSIGN_DIALOG, AdwWindow)

void reg_assign_dialog_present_for_users (RegHost *host,
                                          RegWorkspace *workspace,
                                          const gint64 *ids,
                                          gsize n,
                                          const char *name);
/* name: of the team; these courses are ticked at first */
void reg_assign_dialog_present_for_team (RegHost *host,
                                         RegWorkspace *workspace,
                                         const gint64 *ids,
                                         gsize n,
                                         const char *name,
                                         const gint64 *course_ids,
                                         gsize n_courses);
void reg_assign_dialog_present_for_course (RegHost *host,
                                           RegWorkspace *workspace,
                                           gint64 course_id,
                                           const char *title);

G_END_DECLS
