/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A row that opens to groups, teams and tags with a check box each. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define REG_TYPE_LABEL_CHECKS (reg_label_checks_get_type ())
G_DECLARE_FINAL_TYPE (RegLabelChecks, reg_label_checks, REG, LABEL_CHECKS, AdwExpanderRow)

/* Signals: "changed". */

/* labels: (element-type RegLabel) */
GtkWidget *reg_label_checks_new (const char *title, GPtrArray *labels);
/* ",3,7,", as RegUser has it; "" for none */
char *reg_label_checks_dup_ids (RegLabelChecks *self);
/* Makes it impossible to check what the other one has checked. */
void reg_label_checks_exclude (RegLabelChecks *self, RegLabelChecks *other);

G_END_DECLS
