/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is asked before groups or roles of users are changed. */
#pragma once

#include "model/reg-params.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* params: the operation's; borrowed */
typedef void (*RegAccountChosen) (const RegParams *params, gpointer data);

/* labels: (element-type RegLabel); how_many: "Anna Lee" or "12 users" */
void reg_groups_dialog_present (GtkWindow *parent,
                                GPtrArray *labels,
                                const char *how_many,
                                RegAccountChosen chosen,
                                gpointer data,
                                GDestroyNotify destroy);
/* highest: the role of who acts; nobody is given a higher one */
void reg_role_dialog_present (GtkWindow *parent,
                              const char *how_many,
                              guint highest,
                              RegAccountChosen chosen,
                              gpointer data,
                              GDestroyNotify destroy);

G_END_DECLS
