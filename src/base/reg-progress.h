/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One progress object for all long work. Setters may be called from any thread; the signal
 * "changed" is emitted on the main context, at most some ten times a second. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define REG_TYPE_PROGRESS (reg_progress_get_type ())
G_DECLARE_FINAL_TYPE (RegProgress, reg_progress, REG, PROGRESS, GObject)

RegProgress *reg_progress_new (const char *title);
void reg_progress_set (RegProgress *self, gint64 done, gint64 total);
void reg_progress_set_text (RegProgress *self, const char *text);
const char *reg_progress_get_title (RegProgress *self);
char *reg_progress_dup_text (RegProgress *self);
/* 0…1, or -1 where the total is not known. */
double reg_progress_get_fraction (RegProgress *self);
gint64 reg_progress_get_done (RegProgress *self);
gint64 reg_progress_get_total (RegProgress *self);
GCancellable *reg_progress_get_cancellable (RegProgress *self);
void reg_progress_cancel (RegProgress *self);

G_END_DECLS
