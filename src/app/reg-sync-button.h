/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How it stands with the LMS, in the header: an icon and a word; more of it, "Sync Now" and signing
 * in again in its popover. */
#pragma once

#include "workspace/reg-workspace.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define REG_TYPE_SYNC_BUTTON (reg_sync_button_get_type ())
G_DECLARE_FINAL_TYPE (RegSyncButton, reg_sync_button, REG, SYNC_BUTTON, AdwBin)

/* Signals: "sign-in-requested" (string token). */

/* workspace: (nullable) */
void reg_sync_button_set_workspace (RegSyncButton *self, RegWorkspace *workspace);
void reg_sync_button_set_narrow (RegSyncButton *self, gboolean narrow);
void reg_sync_button_popup (RegSyncButton *self);

G_END_DECLS
