/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copy Enrollments: who is enrolled in some courses is assigned another one. */
#pragma once

#include "views/common/reg-host.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define REG_TYPE_COPY_DIALOG (reg_copy_dialog_get_type ())
G_DECLARE_FINAL_TYPE (RegCopyDialog, reg_copy_dialog, REG, COPY_DIALOG, AdwWindow)

/* sources: (nullable): courses that are ticked at first; target: the one that is chosen, or 0 */
void reg_copy_dialog_present (RegHost *host,
                              RegWorkspace *workspace,
                              const gint64 *sources,
                              gsize n_sources,
                              gint64 target);

G_END_DECLS
