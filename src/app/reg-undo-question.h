/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Undoing the adding of users takes back what is queued for them: that is said beforehand. */
#pragma once

#include "workspace/reg-workspace.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef void (*RegUndoAnswered) (gpointer data, gint64 batch_id);

/* answered: called where nothing needs to be asked, or the answer is yes; data: a GObject, which is
 * held meanwhile */
void reg_undo_question_ask (GtkWindow *parent,
                            RegWorkspace *workspace,
                            gint64 batch_id,
                            RegUndoAnswered answered,
                            gpointer data);

G_END_DECLS
