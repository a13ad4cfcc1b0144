/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The window: the sidebar, the page beside it, and what pages ask of it (RegHost). It navigates;
 * opening accounts is RegSession's. */
#pragma once

#include "workspace/reg-workspace.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define REG_TYPE_WINDOW (reg_window_get_type ())
G_DECLARE_FINAL_TYPE (RegWindow, reg_window, REG, WINDOW, AdwApplicationWindow)

/* Signals: "connect-requested" (string url, string token); "demo-requested"; "sign-in-requested"
 * (string token). */

RegWindow *reg_window_new (GtkApplication *application);
/* (nullable): none shows the welcome page */
void reg_window_set_workspace (RegWindow *self, RegWorkspace *workspace);
/* While an account is being opened; error: (nullable): why it could not be. */
void reg_window_show_opening (RegWindow *self, const char *text);
void reg_window_show_failed (RegWindow *self, const char *heading, const GError *error);
/* Opens the wizard for a file, as soon as an account is open. */
void reg_window_open_file (RegWindow *self, GFile *file);

G_END_DECLS
