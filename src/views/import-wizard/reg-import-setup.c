/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-views"

#include "views/import-wizard/reg-import-setup.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <gtk/gtk.h>
#include <string.h>

#define PASTED_FOLDER "registrar-pasted-"

/* same_lines: whether its lines stay what they are, so that those an import is corrected in are
 * still the only ones. */
static void
forget_reading (RegImportSetup *self, gboolean same_lines)
{
  RegImportEdits *edits =
      same_lines ? reg_import_edits_copy_only (self->edits) : reg_import_edits_new ();

  self->n_readings++;
  g_clear_pointer (&self->mapping, g_strfreev);
  g_clear_pointer (&self->sheet, g_free);
  g_clear_pointer (&self->encoding, g_free);
  g_clear_pointer (&self->sample, g_free);
  g_clear_pointer (&self->headings, g_free);
  g_clear_pointer (&self->edits, reg_import_edits_free);
  self->delimiter = 0;
  self->heading_line = 0;
  self->date_order = 0;
  self->edits = edits;
  if (!same_lines)
    {
      self->corrects = 0;
      g_clear_pointer (&self->rejects, g_ptr_array_unref);
    }
  g_clear_pointer (&self->recipe, g_free);
  self->is_recipe_found = FALSE;
}

/* The first sheet may go without its name. */
static gboolean
is_same_sheet (const RegImportSetup *self, const char *sheet)
{
  return self->sheet == NULL || sheet == NULL || g_str_equal (sheet, self->sheet);
}

void
reg_import_setup_take_file (RegImportSetup *self, GFile *file)
{
  if (self->file != NULL && !g_file_equal (self->file, file))
    reg_pasted_file_remove (self->file);
  g_set_object (&self->file, file);
  g_clear_pointer (&self->name, g_free);
  self->interchange = NULL;
  self->is_list = FALSE;
  self->declines_recipe = FALSE;
  forget_reading (self, FALSE);
}

void
reg_import_setup_clear (RegImportSetup *self)
{
  if (self->file != NULL)
    reg_pasted_file_remove (self->file);
  g_clear_object (&self->file);
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->courses, g_free);
  forget_reading (self, FALSE);
  g_clear_pointer (&self->edits, reg_import_edits_free);
}

void
reg_import_setup_set_reading (RegImportSetup *self,
                              const char *sheet,
                              const char *encoding,
                              char delimiter,
                              gint64 heading_line)
{
  char *own_sheet = g_strdup (sheet);
  char *own_encoding = g_strdup (encoding);

  forget_reading (self, is_same_sheet (self, sheet));
  self->sheet = own_sheet;
  self->encoding = own_encoding;
  self->delimiter = delimiter;
  self->heading_line = heading_line;
}

void
reg_import_setup_take_mapping (RegImportSetup *self, char **mapping)
{
  g_strfreev (self->mapping);
  self->mapping = mapping;
}

void
reg_import_setup_take_preview (RegImportSetup *self, const RegImportPreview *preview)
{
  g_free (self->sample);
  self->sample = g_strdup (preview->sample);
  g_free (self->headings);
  self->headings = reg_import_preview_dup_headings_key (preview);
}

void
reg_import_setup_take_recipe (RegImportSetup *self, const RegImportRecipe *recipe)
{
  g_autofree char *headings = g_steal_pointer (&self->headings);
  const RegImportAction *action = reg_import_action_find (recipe->action);

  forget_reading (self, is_same_sheet (self, recipe->sheet));
  self->headings = g_steal_pointer (&headings);
  if (action != NULL)
    self->action = action->name;
  self->interchange = reg_interchange_find (recipe->action);
  self->mapping = g_strdupv (recipe->mapping);
  self->sheet = g_strdup (recipe->sheet);
  self->encoding = g_strdup (recipe->encoding);
  self->delimiter = recipe->delimiter;
  self->date_order = recipe->date_order;
  self->empty = recipe->empty;
  self->recipe = g_strdup (recipe->name);
  self->people = recipe->people;
}

void
reg_import_setup_set_recipe_name (RegImportSetup *self, const char *name)
{
  char *own = g_strdup (name);

  g_free (self->recipe);
  self->recipe = own;
}

void
reg_import_setup_take_copy (RegImportSetup *self, const RegImportCopy *copy)
{
  g_autoptr (GFile) file = g_file_new_for_path (copy->path);

  reg_import_setup_take_file (self, file);
  reg_import_setup_take_recipe (self, copy->recipe);
  reg_import_setup_set_recipe_name (self, copy->series);
  self->name = g_strdup (copy->file_name);
  self->heading_line = copy->heading_line;
  self->corrects = copy->run_id;
  self->rejects = g_ptr_array_ref (copy->rejects);
  reg_import_edits_free (self->edits);
  self->edits = reg_import_edits_copy (copy->edits);
  reg_import_edits_set_only (self->edits, (const gint64 *)(void *)copy->lines->data,
                             copy->lines->len);
}

char *
reg_import_setup_dup_name (const RegImportSetup *self)
{
  g_autofree char *name = g_file_get_basename (self->file);

  return self->name != NULL ? g_strdup (self->name) : g_filename_display_name (name);
}

GListModel *
reg_import_setup_list_actions (void)
{
  GtkStringList *names = gtk_string_list_new (NULL);
  guint n;
  const RegImportAction *actions = reg_import_action_list (&n);

  for (guint i = 0; i < n; i++)
    gtk_string_list_append (names, _ (actions[i].label));
  return G_LIST_MODEL (names);
}

guint
reg_import_setup_find_action (const RegImportSetup *self)
{
  guint n;
  const RegImportAction *actions = reg_import_action_list (&n);

  for (guint i = 0; i < n; i++)
    if (g_str_equal (actions[i].name, self->action))
      return i;
  g_return_val_if_reached (0);
}

void
reg_import_setup_fill_request (const RegImportSetup *self, RegImportRequest *request)
{
  *request = (RegImportRequest){
    .path = g_file_peek_path (self->file),
    .recipe = self->recipe,
    .name = self->name,
    .action = self->action,
    .courses = self->courses,
    .mapping = (const char *const *)self->mapping,
    .sheet = self->sheet,
    .encoding = self->encoding,
    .delimiter = self->delimiter,
    .heading_line = self->heading_line,
    .date_order = self->date_order,
    .edits = self->edits,
    .empty = self->empty,
    .people = self->people,
    .corrects = self->corrects,
  };
}

/* ---- Pasted cells ---- */

/**
 * reg_pasted_file_new:
 * @text: a copied range of cells
 * @error: return location
 *
 * From here on a paste goes the way of every file.
 *
 * Returns: (transfer full) (nullable): a file with the text, to be removed with
 *   reg_pasted_file_remove ()
 */
GFile *
reg_pasted_file_new (const char *text, GError **error)
{
  g_autofree char *folder = g_dir_make_tmp (PASTED_FOLDER "XXXXXX", error);
  g_autofree char *path = NULL;

  if (folder == NULL)
    return NULL;
  /* Translators: the name of a file, as Import Status shows it. */
  path = g_build_filename (folder, _ ("Pasted cells"), NULL);
  if (g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_NONE, 0600, error))
    return g_file_new_for_path (path);
  g_rmdir (folder);
  return NULL;
}

void
reg_pasted_file_remove (GFile *file)
{
  const char *path = g_file_peek_path (file);
  g_autofree char *folder = path != NULL ? g_path_get_dirname (path) : NULL;
  g_autofree char *name = folder != NULL ? g_path_get_basename (folder) : NULL;
  g_autofree char *parent = folder != NULL ? g_path_get_dirname (folder) : NULL;

  if (name == NULL || !g_str_has_prefix (name, PASTED_FOLDER)
      || !g_str_equal (parent, g_get_tmp_dir ()))
    return;
  g_unlink (path);
  g_rmdir (folder);
}
