/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Training records of all people that nobody works with any more: archived ones, and the copies of
 * those that were removed. */
#pragma once

#include "workspace/reg-workspace.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define REG_TYPE_RECORDS_PAGE (reg_records_page_get_type ())
G_DECLARE_FINAL_TYPE (RegRecordsPage, reg_records_page, REG, RECORDS_PAGE, AdwBin)

/* Signals: "closed": it is to be left. */

GtkWidget *reg_records_page_new (RegWorkspace *workspace);

G_END_DECLS
