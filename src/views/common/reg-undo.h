/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is said before and after something is undone: that undoing the adding of users takes back
 * what is queued for them, and that later changes of the same people and courses stay queued. */
#pragma once

#include "views/common/reg-host.h"

G_BEGIN_DECLS

/* What is undone: a step, or single changes. */
typedef struct
{
  gint64 batch_id; /* 0 for single changes, or for the newest step */
  gint64 *ids;
  gsize n;
} RegUndo;

RegUndo *reg_undo_new (gint64 batch_id, const gint64 *ids, gsize n);
void reg_undo_free (RegUndo *self);

typedef void (*RegUndoAnswered) (gpointer data, const RegUndo *undo);

/* answered: called where nothing needs to be asked, or the answer is yes; data: a GObject, which is
 * held meanwhile */
void reg_undo_ask (GtkWindow *parent,
                   RegWorkspace *workspace,
                   RegUndo *undo,
                   RegUndoAnswered answered,
                   gpointer data);
/* A toast: n changes were taken back, and how many later ones stay queued. */
void reg_undo_tell (RegHost *host, const RegUndo *undo, gint64 n);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RegUndo, reg_undo_free)

G_END_DECLS
