/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * RegOutputFile:
 * @path: its name in the end
 * @temporary: its name meanwhile, in the same folder
 * @fd: open for writing
 *
 * A file that appears under its name whole or not at all.
 */
typedef struct
{
  char *path;
  char *temporary;
  int fd;
} RegOutputFile;

RegOutputFile *reg_output_file_new (const char *path, GError **error);
gboolean reg_output_file_commit (RegOutputFile *self, GError **error);
void reg_output_file_free (RegOutputFile *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RegOutputFile, reg_output_file_free)

gboolean reg_output_file_fail (GError **error, int code);

G_END_DECLS
