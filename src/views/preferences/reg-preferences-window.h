/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "workspace/reg-workspace.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define REG_TYPE_PREFERENCES_WINDOW (reg_preferences_window_get_type ())
G_DECLARE_FINAL_TYPE (RegPreferencesWindow,
                      reg_preferences_window,
                      REG,
                      PREFERENCES_WINDOW,
                      AdwPreferencesWindow)

/* Signals: "add-account"; "remove-account": asked for and confirmed. */

/* workspace: (nullable): the account that is open */
GtkWidget *
reg_preferences_window_new (GtkWindow *parent, GSettings *settings, RegWorkspace *workspace);

G_END_DECLS
