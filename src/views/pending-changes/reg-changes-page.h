/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pending Changes: the outbox, one line for each action of the person; and, one step deeper, the
 * changes of one action with what can be done with each. */
#pragma once

#include "workspace/reg-workspace.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define REG_TYPE_CHANGES_PAGE (reg_changes_page_get_type ())
G_DECLARE_FINAL_TYPE (RegChangesPage, reg_changes_page, REG, CHANGES_PAGE, AdwBin)

GtkWidget *reg_changes_page_new (RegWorkspace *workspace);
/* Shows one batch; 0: the list. */
void reg_changes_page_open_batch (RegChangesPage *self, gint64 batch_id);

G_END_DECLS
