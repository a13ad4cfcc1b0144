/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where there is no account yet: connect to an LMS, or try the demo. Also asks for a new token. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define REG_TYPE_WELCOME_PAGE (reg_welcome_page_get_type ())
G_DECLARE_FINAL_TYPE (RegWelcomePage, reg_welcome_page, REG, WELCOME_PAGE, AdwBin)

/* Signals: "connect-requested" (string url, string token); "demo-requested". */

GtkWidget *reg_welcome_page_new (void);
/* The address is known and cannot be changed: only a token is asked for. url NULL: a new account.
 */
void reg_welcome_page_set_url (RegWelcomePage *self, const char *url);
/* While it connects nothing can be pressed. */
void reg_welcome_page_set_busy (RegWelcomePage *self, gboolean busy);
/* (nullable): what went wrong, in words */
void reg_welcome_page_set_error (RegWelcomePage *self, const char *message);

G_END_DECLS
