/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The dialog before an operation: its warning, what happens, what it offers besides, whom it
 * cannot concern, and for what cannot be taken back a tick, with the count typed where many are
 * concerned. */
#pragma once

#include "store/reg-store-outbox.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* From this many targets on, what cannot be taken back asks for the count. */
#define REG_CONFIRM_TYPE_COUNT_ABOVE 20

GtkWidget *reg_confirm_new (GtkWindow *parent,
                            const RegOperation *operation,
                            gint64 n_possible,
                            gboolean spans_courses,
                            const char *note,
                            GtkWidget *refusals);
gboolean reg_confirm_is_count (const char *typed, gint64 n);
/* Whether the dialog of the operation offers to write to the people, and so says how many e-mails
 * there will be. */
gboolean reg_confirm_offers_message (const RegOperation *operation);
RegParams *reg_confirm_dup_choice (GtkWidget *dialog);
GtkWidget *reg_refused_new (GtkWindow *parent, const RegOperation *operation, GtkWidget *refusals);
GtkWidget *reg_refusals_new (const char *const *names, const char *const *reasons, gsize n_total);

G_END_DECLS
