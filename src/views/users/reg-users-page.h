/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Users: everybody the LMS knows, found as one types, with the actions on one or many of them. */
#pragma once

#include "workspace/reg-workspace.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define REG_TYPE_USERS_PAGE (reg_users_page_get_type ())
G_DECLARE_FINAL_TYPE (RegUsersPage, reg_users_page, REG, USERS_PAGE, AdwBin)

GtkWidget *reg_users_page_new (RegWorkspace *workspace);
/* Shows one person's details, and the list at the place where they are. */
void reg_users_page_open (RegUsersPage *self, gint64 user_id);
/* Shows these people alone, and selects them; what: who they are. */
void
reg_users_page_show_only (RegUsersPage *self, const gint64 *user_ids, gsize n, const char *what);

G_END_DECLS
