/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-imports"

#include "imports/reg-import-export.h"

#include "imports/reg-import-check.h"
#include "imports/reg-import-columns.h"

#include "tabular/reg-row-writer.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define EMAIL_WIDTH 32
#define TEXT_WIDTH 18

struct _RegPeopleExport
{
  RegDirectory *directory;
  const RegImportAction *action;
  RegRowWriter *writer;
};

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return g_utf8_collate (*(const char *const *)a, *(const char *const *)b);
}

static char *
dup_groups (RegDirectory *directory, const char *ids)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  const char *p = ids;

  while (*p == ',' && p[1] != '\0')
    {
      const RegLabel *label =
          reg_directory_get_label (directory, g_ascii_strtoll (p + 1, (char **)&p, 10));

      if (label != NULL && label->kind == REG_LABEL_GROUP)
        g_ptr_array_add (names, label->name);
    }
  g_ptr_array_sort (names, compare_names);
  g_ptr_array_add (names, NULL);
  return g_strjoinv ("; ", (char **)names->pdata);
}

/* By e-mail; somebody without one by employee ID. */
static char *
dup_manager (RegDirectory *directory, gint64 id)
{
  const char *email = id != 0 ? reg_directory_get_email (directory, id) : NULL;

  if (email == NULL)
    return g_strdup ("");
  return g_strdup (*email != '\0' ? email : reg_directory_get_employee_id (directory, id));
}

static char *
dup_label_name (RegDirectory *directory, gint64 id)
{
  const RegLabel *label = id != 0 ? reg_directory_get_label (directory, id) : NULL;

  return g_strdup (label != NULL ? label->name : "");
}

/**
 * reg_import_dup_person_cell:
 * @directory: knows labels and managers
 * @user: a person
 * @kind: a column
 *
 * Returns: (transfer full): what the column says of the person, as an import reads it
 */
char *
reg_import_dup_person_cell (RegDirectory *directory, const RegUser *user, RegColumnKind kind)
{
  switch (kind)
    {
    case REG_COLUMN_IDENTIFIER:
      return g_strdup (*user->email != '\0' ? user->email : user->employee_id);
    case REG_COLUMN_EMAIL:
      return g_strdup (user->email);
    case REG_COLUMN_EMPLOYEE_ID:
      return g_strdup (user->employee_id);
    case REG_COLUMN_GIVEN_NAME:
      return g_strdup (user->given_name);
    case REG_COLUMN_FAMILY_NAME:
      return g_strdup (user->family_name);
    case REG_COLUMN_ROLE:
      return g_strdup (reg_role_to_nick (user->role));
    case REG_COLUMN_LOCATION:
      return dup_label_name (directory, user->location_id);
    case REG_COLUMN_MANAGER:
      return dup_manager (directory, user->manager_id);
    case REG_COLUMN_GROUPS:
      return dup_groups (directory, user->labels);
    case REG_COLUMN_UNNAMED:
    case REG_COLUMN_IGNORED:
    case REG_COLUMN_REQUIREMENT:
    case REG_COLUMN_DUE_DATE:
    case REG_COLUMN_MESSAGE:
    case REG_COLUMN_COURSE:
    case REG_COLUMN_COURSE_NAME:
      break;
    }
  return g_strdup ("");
}

/**
 * reg_import_check_output:
 * @path: where somebody wants a list to be written
 * @error: why not
 *
 * Returns: whether its name says what to write
 */
gboolean
reg_import_check_output (const char *path, GError **error)
{
  g_autofree char *folded = g_ascii_strdown (path, -1);
  g_autofree char *name = NULL;

  if (g_str_has_suffix (folded, ".xlsx") || g_str_has_suffix (folded, ".csv"))
    return TRUE;
  name = g_filename_display_basename (path);
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
               _ ("“%s” does not say what to write. Give the file a name that ends in .xlsx or "
                  ".csv."),
               name);
  return FALSE;
}

static gboolean
add_headings (RegPeopleExport *self, GError **error)
{
  g_autoptr (GPtrArray) headings = g_ptr_array_new ();

  for (guint i = 0; i < self->action->n_headings; i++)
    g_ptr_array_add (headings, (gpointer)self->action->headings[i].text);
  g_ptr_array_add (headings, (gpointer)REG_IMPORT_STATUS_HEADING);
  return reg_row_writer_add (self->writer, (const char *const *)headings->pdata, headings->len,
                             error);
}

/**
 * reg_people_export_new:
 * @directory: knows labels and managers; kept
 * @path: where to; its ending decides between .xlsx and .csv
 * @error: why not
 *
 * Returns: (transfer full) (nullable): a file that appears when it is closed
 */
RegPeopleExport *
reg_people_export_new (RegDirectory *directory, const char *path, GError **error)
{
  g_autoptr (RegPeopleExport) self = g_new0 (RegPeopleExport, 1);
  g_autofree RegWriteColumn *columns = NULL;
  RegWriteOptions options = { .has_header = TRUE };

  self->directory = reg_directory_ref (directory);
  self->action = reg_import_action_find ("update-users");
  columns = g_new0 (RegWriteColumn, self->action->n_headings + 1);
  for (guint i = 0; i <= self->action->n_headings; i++)
    columns[i].width =
        i < self->action->n_headings && self->action->headings[i].kind == REG_COLUMN_EMAIL
            ? EMAIL_WIDTH
            : TEXT_WIDTH;
  options.n_columns = self->action->n_headings + 1;
  options.columns = columns;
  if (!reg_import_check_output (path, error))
    return NULL;
  self->writer = reg_row_writer_new_for_path (path, &options, error);
  if (self->writer == NULL || !add_headings (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

gboolean
reg_people_export_add (RegPeopleExport *self, const RegUser *user, GError **error)
{
  g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < self->action->n_headings; i++)
    g_ptr_array_add (
        cells, reg_import_dup_person_cell (self->directory, user, self->action->headings[i].kind));
  g_ptr_array_add (cells, g_strdup (reg_user_state_to_nick (user->state)));
  return reg_row_writer_add (self->writer, (const char *const *)cells->pdata, cells->len, error);
}

gboolean
reg_people_export_close (RegPeopleExport *self, GError **error)
{
  return reg_row_writer_close (self->writer, error);
}

void
reg_people_export_free (RegPeopleExport *self)
{
  g_clear_pointer (&self->writer, reg_row_writer_free);
  reg_directory_unref (self->directory);
  g_free (self);
}
