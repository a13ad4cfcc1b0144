/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tabular/reg-zip.h"

G_BEGIN_DECLS

/**
 * RegZipStream:
 *
 * One file of a container as it unpacks, piece by piece. At its end the size and the checksum are
 * compared with what the directory says.
 */
typedef struct _RegZipStream RegZipStream;

RegZipStream *reg_zip_stream_new (RegZip *zip, const RegZipEntry *entry, GError **error);
void reg_zip_stream_free (RegZipStream *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RegZipStream, reg_zip_stream_free)

gssize reg_zip_stream_read (gpointer self, guint8 *buffer, gsize n, GError **error);
guint64 reg_zip_stream_get_packed_read (RegZipStream *self);
GBytes *reg_zip_read_whole (RegZip *zip, const RegZipEntry *entry, gsize limit, GError **error);

G_END_DECLS
