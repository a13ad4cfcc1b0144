/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-tabular"

#include "tabular/reg-output-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <unistd.h>

/**
 * reg_output_file_fail:
 * @error: return location
 * @code: an errno value
 *
 * Returns: %FALSE
 */
gboolean
reg_output_file_fail (GError **error, int code)
{
  if (code == ENOSPC || code == EDQUOT)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE,
                         _ ("The file cannot be saved because the disk is full. Make room, or "
                            "choose another folder."));
  else
    g_set_error (error, G_IO_ERROR, g_io_error_from_errno (code),
                 _ ("The file cannot be saved: %s."), g_strerror (code));
  return FALSE;
}

/**
 * reg_output_file_new:
 * @path: what the file is to be called
 * @error: return location, %G_IO_ERROR
 *
 * Returns: (transfer full) (nullable): an empty file beside it
 */
RegOutputFile *
reg_output_file_new (const char *path, GError **error)
{
  g_autoptr (RegOutputFile) self = g_new0 (RegOutputFile, 1);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *hidden = g_strdup_printf (".%s.XXXXXX", name);

  self->path = g_strdup (path);
  self->temporary = g_build_filename (folder, hidden, NULL);
  self->fd = g_mkstemp_full (self->temporary, O_RDWR | O_CLOEXEC, 0666);
  if (self->fd < 0)
    {
      int code = errno;

      g_clear_pointer (&self->temporary, g_free);
      reg_output_file_fail (error, code);
      return NULL;
    }
  return g_steal_pointer (&self);
}

/* The new name lasts only once the folder has been written too. */
static void
sync_folder (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  int fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

  if (fd < 0)
    return;
  if (fsync (fd) < 0)
    g_debug ("The folder of %s cannot be flushed: %s", path, g_strerror (errno));
  close (fd);
}

/**
 * reg_output_file_commit:
 * @self: the file, with all that is to be in it
 * @error: return location, %G_IO_ERROR
 *
 * Flushes the file to the disk and gives it its name.
 *
 * Returns: whether it is there now
 */
gboolean
reg_output_file_commit (RegOutputFile *self, GError **error)
{
  if (fsync (self->fd) < 0 || g_rename (self->temporary, self->path) < 0)
    return reg_output_file_fail (error, errno);
  g_clear_pointer (&self->temporary, g_free);
  sync_folder (self->path);
  return TRUE;
}

void
reg_output_file_free (RegOutputFile *self)
{
  if (self == NULL)
    return;
  if (self->fd >= 0)
    close (self->fd);
  if (self->temporary != NULL)
    g_unlink (self->temporary);
  g_free (self->temporary);
  g_free (self->path);
  g_free (self);
}
