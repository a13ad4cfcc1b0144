/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keeps selected whom the LMS has given another id since: somebody who was added here. */
#pragma once

#include "views/common/reg-selection.h"
#include "workspace/reg-workspace.h"

G_BEGIN_DECLS

/* Of users, or of their enrollments; to be called after the list was looked up anew. */
void reg_selection_follow_users (RegSelection *self, RegWorkspace *workspace);
void reg_selection_follow_enrollments (RegSelection *self, RegWorkspace *workspace);

G_END_DECLS
