/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "Advanced Filters" of Users: location, group, status, role. */
#pragma once

#include "store/reg-store-query.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define REG_TYPE_USER_FILTER (reg_user_filter_get_type ())
G_DECLARE_FINAL_TYPE (RegUserFilter, reg_user_filter, REG, USER_FILTER, GtkPopover)

/* Signals: "changed". */

/* As reg_people_chooser_set_labels (). */
void reg_user_filter_set_labels (RegUserFilter *self, GPtrArray *labels, GPtrArray *managers);
/* Writes states, roles and people, which is good until the next call. */
void reg_user_filter_apply (RegUserFilter *self, RegUserQuery *query);
void reg_user_filter_clear (RegUserFilter *self);
/* In words, for "N of M selected (filter: …)"; NULL where nothing is filtered. */
char *reg_user_filter_dup_text (RegUserFilter *self);

G_END_DECLS
