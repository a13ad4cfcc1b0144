/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/reg-site.h"
#include "rules/reg-read.h"

#include <gio/gio.h>

G_BEGIN_DECLS

GMenuModel *reg_operation_menu_new (GPtrArray *operations, const RegSite *site);
char *reg_operation_dup_menu_label (const RegOperation *operation);

/* (element-type RegMenuEntry): an enrollment's whole menu. */
GMenuModel *reg_operation_menu_new_for_entries (GArray *entries, const RegSite *site);

G_END_DECLS
