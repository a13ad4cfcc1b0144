/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a zip has of a OneRoster export. The files stand on top, or together in any one folder of
 * it, as they do where a folder was packed. Nothing is ever unpacked to the disk. */
#pragma once

#include "imports/reg-interchange.h"

#include "tabular/reg-zip.h"

G_BEGIN_DECLS

typedef enum
{
  REG_ROSTER_USERS,
  REG_ROSTER_CLASSES,
  REG_ROSTER_ENROLLMENTS,
  REG_N_ROSTER_FILES,
} RegRosterFile;

/**
 * RegInterchangeArchive:
 * @zip: the archive; not owned
 * @manifest: (nullable): its manifest.csv
 * @members: (nullable): of each of the files that are read, the one there is
 */
typedef struct
{
  RegZip *zip;
  const RegZipEntry *manifest;
  const RegZipEntry *members[REG_N_ROSTER_FILES];
} RegInterchangeArchive;

/* "users.csv" */
const char *reg_interchange_archive_get_name (RegRosterFile file);
gboolean reg_interchange_archive_find (RegInterchangeArchive *self, RegZip *zip, GError **error);
gboolean reg_interchange_archive_is_roster (const RegInterchangeArchive *self,
                                            GCancellable *cancellable);
/* What else there is is added to files (RegInterchangeFile). */
void reg_interchange_archive_add_unread (const RegInterchangeArchive *self, GPtrArray *files);

G_END_DECLS
