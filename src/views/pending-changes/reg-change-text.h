/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a change and a batch are put in words. */
#pragma once

#include "store/reg-store-outbox.h"

G_BEGIN_DECLS

const char *reg_change_state_get_label (RegChangeState state);
const char *reg_change_state_get_icon_name (RegChangeState state);
/* (nullable): CSS class of the icon */
const char *reg_change_state_get_css_class (RegChangeState state);

/* "Assign Course" */
const char *reg_change_get_label (const RegChange *change);
/* (nullable): "due 2026-12-31 · requirement required" */
char *reg_change_dup_details (const RegChangeRow *row);
/* (nullable): why it is not done: the reason, and in a conflict both values */
char *reg_change_dup_problem (const RegChangeRow *row);
/* "1,999 waiting · 1 undone" */
char *reg_batch_dup_state (const RegBatch *batch);
/* The state a person should know of first. */
RegChangeState reg_batch_get_state (const RegBatch *batch);
/* "5 minutes ago", "yesterday", a date */
char *reg_time_dup_label (gint64 unix_seconds);

G_END_DECLS
