/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * RegInput:
 *
 * The bytes of one file, or of a piece of text in memory. Files are read and never mapped: another
 * program may cut one short meanwhile, and a mapping would then kill the process.
 */
typedef struct _RegInput RegInput;

RegInput *reg_input_open (const char *path, GCancellable *cancellable, GError **error);
RegInput *reg_input_new_for_text (const char *text, gsize len, GCancellable *cancellable);
/* Size in bytes and time of the last change in microseconds: what tells, without reading a file,
 * that it was not touched. */
gboolean reg_input_get_stamp (const char *path, gint64 *size, gint64 *mtime, GError **error);
void reg_input_free (RegInput *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RegInput, reg_input_free)

guint64 reg_input_get_size (RegInput *self);
guint64 reg_input_get_position (RegInput *self);
void reg_input_seek (RegInput *self, guint64 position);
gssize reg_input_read (RegInput *self, guint8 *buffer, gsize n, GError **error);
/* What tells an edited file from the one that was read; it is no seal against someone who forges
 * one. Only what was not read in order is read for it. */
gboolean reg_input_get_fingerprint (RegInput *self, guint64 *fingerprint, GError **error);
gboolean
reg_input_read_at (RegInput *self, guint64 offset, guint8 *buffer, gsize n, GError **error);

G_END_DECLS
