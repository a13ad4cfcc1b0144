/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A dialog to choose one of a course's sessions from: those ahead, the recent past ones marked as
 * such, and older and full ones that say why they cannot be chosen. */
#pragma once

#include "workspace/reg-workspace.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define REG_TYPE_SESSION_PICKER (reg_session_picker_get_type ())
G_DECLARE_FINAL_TYPE (RegSessionPicker, reg_session_picker, REG, SESSION_PICKER, AdwWindow)

typedef void (*RegSessionChosen) (gint64 session_id, gpointer data);

/* current: the session the one person is in, or 0; n_people: for how many it is chosen; chosen is
 * called at most once. */
void reg_session_picker_present (GtkWindow *parent,
                                 RegWorkspace *workspace,
                                 gint64 course_id,
                                 gint64 current,
                                 gsize n_people,
                                 RegSessionChosen chosen,
                                 gpointer data,
                                 GDestroyNotify destroy);

G_END_DECLS
