/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tabular/reg-input.h"

G_BEGIN_DECLS

/**
 * RegZipEntry:
 * @name: in lower case, with slashes, without one in front
 * @packed: bytes in the file
 * @size: bytes when unpacked, as the directory says; more are never unpacked
 *
 * One file in a zip container.
 */
typedef struct
{
  char *name;
  guint64 packed;
  guint64 size;
  guint64 offset; /* of the local header */
  guint32 crc;
  guint16 method;
  guint16 flags;
  guint16 raw_name_len;
} RegZipEntry;

/**
 * RegZip:
 *
 * The directory of a zip container, which says what is where. It is read with distrust: entries
 * that overlap, lie outside the file or unpack to absurd sizes are refused.
 */
typedef struct _RegZip RegZip;

RegZip *reg_zip_new (RegInput *input, GError **error);
void reg_zip_free (RegZip *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RegZip, reg_zip_free)

const RegZipEntry *reg_zip_find (RegZip *self, const char *name);
/* The entries in the order of their names; NULL from their number on. */
const RegZipEntry *reg_zip_get_entry (RegZip *self, guint place);
RegInput *reg_zip_get_input (RegZip *self);
gboolean
reg_zip_locate (RegZip *self, const RegZipEntry *entry, guint64 *data_offset, GError **error);

G_END_DECLS
