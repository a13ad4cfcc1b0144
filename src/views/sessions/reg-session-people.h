/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A dialog to choose people of a course from who are in no session, and to put them into one. */
#pragma once

#include "model/reg-session.h"
#include "workspace/reg-workspace.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define REG_TYPE_SESSION_PEOPLE (reg_session_people_get_type ())
G_DECLARE_FINAL_TYPE (RegSessionPeople, reg_session_people, REG, SESSION_PEOPLE, AdwWindow)

/* origin: a widget in the window it is done in; the session is copied */
void
reg_session_people_present (GtkWidget *origin, RegWorkspace *workspace, const RegSession *session);

G_END_DECLS
