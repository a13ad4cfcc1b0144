/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Holds what is large or looks wrong, until its number was typed. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

typedef void (*RegCountDialogDone) (gpointer data);

/* done: called with data, an object that is kept meanwhile, once the number was typed */
GtkWidget *reg_count_dialog_ask (GtkWindow *parent,
                                 const char *warning,
                                 gint64 n,
                                 const char *confirm_label,
                                 RegCountDialogDone done,
                                 gpointer data);

G_END_DECLS
