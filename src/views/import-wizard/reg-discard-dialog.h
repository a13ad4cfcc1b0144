/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asked before corrections are lost that nobody else knows of. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

typedef void (*RegDiscardDialogDone) (gpointer data);

void reg_discard_dialog_ask (GtkWindow *parent, guint n, RegDiscardDialogDone done, gpointer data);

G_END_DECLS
