/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-imports"

#include "imports/reg-interchange-archive.h"
#include "imports/reg-interchange-private.h"

#include "tabular/reg-tabular-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/**
 * Member:
 * @name: the last part of its path
 * @headings: without a manifest it is known by these
 */
typedef struct
{
  const char *name;
  const char *headings[3];
} Member;

static const Member known_members[] = {
  [REG_ROSTER_USERS] = { "users.csv", { "sourcedid", "familyname", NULL } },
  [REG_ROSTER_CLASSES] = { "classes.csv", { "sourcedid", "title", NULL } },
  [REG_ROSTER_ENROLLMENTS] = { "enrollments.csv", { "classsourcedid", "usersourcedid", NULL } },
};
G_STATIC_ASSERT (G_N_ELEMENTS (known_members) == REG_N_ROSTER_FILES);

const char *
reg_interchange_archive_get_name (RegRosterFile file)
{
  return known_members[file].name;
}

static const char *
get_last_part (const RegZipEntry *entry)
{
  const char *slash = strrchr (entry->name, '/');

  return slash != NULL ? slash + 1 : entry->name;
}

/* Folders, and what file managers put beside the files: __MACOSX/._users.csv, .DS_Store. */
static gboolean
is_no_file (const RegZipEntry *entry)
{
  const char *name = get_last_part (entry);

  return *name == '\0' || *name == '.' || g_str_has_prefix (entry->name, "__macosx/")
         || strstr (entry->name, "/__macosx/") != NULL || g_str_equal (name, "thumbs.db")
         || g_str_equal (name, "desktop.ini");
}

static gboolean
stand_together (const RegZipEntry *a, const RegZipEntry *b)
{
  gsize n = (gsize)(get_last_part (a) - a->name);

  return n == (gsize)(get_last_part (b) - b->name) && strncmp (a->name, b->name, n) == 0;
}

/* A path of the archive, to be shown: the bytes of it may be anything. */
static char *
dup_path (const RegZipEntry *entry)
{
  return g_utf8_make_valid (entry->name, -1);
}

static gboolean
fail_apart (GError **error, const RegZipEntry *a, const RegZipEntry *b)
{
  g_autofree char *one = dup_path (a);
  g_autofree char *other = dup_path (b);

  g_set_error (error, REG_TABULAR_ERROR, REG_TABULAR_ERROR_UNSUPPORTED,
               _ ("The archive has “%s” and “%s”, and it cannot be told which files belong "
                  "together. Put the files of one export into one folder, and pack that alone."),
               one, other);
  return FALSE;
}

static gboolean
check_places (const RegInterchangeArchive *self, GError **error)
{
  const RegZipEntry *first = NULL;

  for (guint i = 0; i < REG_N_ROSTER_FILES; i++)
    {
      const RegZipEntry *member = self->members[i];

      if (first == NULL)
        first = member;
      else if (member != NULL && !stand_together (first, member))
        return fail_apart (error, first, member);
    }
  return TRUE;
}

/**
 * reg_interchange_archive_find:
 * @self: (out caller-allocates): what there is, also where there is too much of it
 * @zip: an archive; it must outlive @self
 * @error: return location, %REG_TABULAR_ERROR_UNSUPPORTED
 *
 * Looks for the files by the last part of their names, in which upper and lower case are the same.
 *
 * Returns: whether it is clear which files are meant
 */
gboolean
reg_interchange_archive_find (RegInterchangeArchive *self, RegZip *zip, GError **error)
{
  const RegZipEntry *entry, *twice[2] = { NULL, NULL };

  *self = (RegInterchangeArchive){ .zip = zip };
  for (guint place = 0; (entry = reg_zip_get_entry (zip, place)) != NULL; place++)
    {
      const char *name = get_last_part (entry);

      if (is_no_file (entry))
        continue;
      if (g_str_equal (name, "manifest.csv"))
        self->manifest = entry;
      for (guint i = 0; i < REG_N_ROSTER_FILES; i++)
        if (!g_str_equal (name, known_members[i].name))
          continue;
        else if (self->members[i] == NULL)
          self->members[i] = entry;
        else
          {
            twice[0] = self->members[i];
            twice[1] = entry;
          }
    }
  return twice[0] != NULL ? fail_apart (error, twice[0], twice[1]) : check_places (self, error);
}

/**
 * reg_interchange_archive_is_roster:
 * @self: what was found
 * @cancellable: (nullable): to stop reading
 *
 * Returns: whether the archive says that it is a OneRoster export, or else its files do
 */
gboolean
reg_interchange_archive_is_roster (const RegInterchangeArchive *self, GCancellable *cancellable)
{
  if (self->manifest != NULL)
    return TRUE;
  if (self->members[REG_ROSTER_USERS] == NULL && self->members[REG_ROSTER_ENROLLMENTS] == NULL)
    return FALSE;
  for (guint i = 0; i < REG_N_ROSTER_FILES; i++)
    if (self->members[i] != NULL
        && !reg_interchange_table_member_has (self->zip, self->members[i],
                                              known_members[i].headings, cancellable))
      return FALSE;
  return TRUE;
}

void
reg_interchange_archive_add_unread (const RegInterchangeArchive *self, GPtrArray *files)
{
  const RegZipEntry *entry;

  for (guint place = 0; (entry = reg_zip_get_entry (self->zip, place)) != NULL; place++)
    {
      gboolean is_read = entry == self->manifest || is_no_file (entry);
      g_autofree char *path = dup_path (entry);

      for (guint i = 0; i < REG_N_ROSTER_FILES; i++)
        is_read |= entry == self->members[i];
      if (!is_read)
        g_ptr_array_add (files, reg_interchange_file_new (path, g_new0 (char *, 1), FALSE));
    }
}
