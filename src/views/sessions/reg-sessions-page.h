/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sessions of an instructor-led course: where and when, how many seats are taken; its people,
 * and more of them. */
#pragma once

#include "workspace/reg-workspace.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define REG_TYPE_SESSIONS_PAGE (reg_sessions_page_get_type ())
G_DECLARE_FINAL_TYPE (RegSessionsPage, reg_sessions_page, REG, SESSIONS_PAGE, AdwBin)

GtkWidget *reg_sessions_page_new (RegWorkspace *workspace);

G_END_DECLS
