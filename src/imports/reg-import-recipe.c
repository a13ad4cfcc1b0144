/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-imports"

#include "imports/reg-import-recipe.h"
#include "imports/reg-directory-private.h"

#include <string.h>

#define GROUP "Recipe"

static gint64 *
dup_ids (const gint64 *ids)
{
  gsize n = 0;

  if (ids == NULL)
    return NULL;
  while (ids[n] != 0)
    n++;
  return g_memdup2 (ids, (n + 1) * sizeof *ids);
}

/**
 * reg_import_recipe_new:
 * @name: what it is called
 * @request: what was said of a file
 *
 * Returns: (transfer full): the recipe
 */
RegImportRecipe *
reg_import_recipe_new (const char *name, const RegImportRequest *request)
{
  RegImportRecipe *self = g_new0 (RegImportRecipe, 1);

  self->name = g_strdup (name);
  self->action = g_strdup (request->action);
  self->courses = dup_ids (request->courses);
  self->mapping = g_strdupv ((char **)request->mapping);
  self->sheet = g_strdup (request->sheet);
  self->encoding = g_strdup (request->encoding);
  self->delimiter = request->delimiter;
  self->date_order = request->date_order;
  self->empty = request->empty;
  self->people = request->people;
  return self;
}

void
reg_import_recipe_free (RegImportRecipe *self)
{
  g_free (self->name);
  g_free (self->headings);
  g_free (self->action);
  g_free (self->courses);
  g_strfreev (self->mapping);
  g_free (self->sheet);
  g_free (self->encoding);
  g_free (self);
}

void
reg_import_recipe_fill_request (const RegImportRecipe *self, RegImportRequest *request)
{
  request->action = self->action;
  request->courses = self->courses;
  request->mapping = (const char *const *)self->mapping;
  request->sheet = self->sheet;
  request->encoding = self->encoding;
  request->delimiter = self->delimiter;
  request->date_order = self->date_order;
  request->empty = self->empty;
  request->people = self->people;
}

static void
set_text (GKeyFile *file, const char *key, const char *text)
{
  if (text != NULL)
    g_key_file_set_string (file, GROUP, key, text);
}

static void
set_char (GKeyFile *file, const char *key, char value)
{
  if (value != 0)
    g_key_file_set_integer (file, GROUP, key, value);
}

char *
reg_import_recipe_to_text (const RegImportRecipe *self)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GString) courses = g_string_new (NULL);

  set_text (file, "Action", self->action);
  set_text (file, "Headings", self->headings);
  set_text (file, "Sheet", self->sheet);
  /* "Encoding" means something else to a key file. */
  set_text (file, "TextEncoding", self->encoding);
  set_char (file, "Delimiter", self->delimiter);
  set_char (file, "DateOrder", self->date_order);
  if (self->empty == REG_EMPTY_CLEAR)
    g_key_file_set_boolean (file, GROUP, "EmptyClears", TRUE);
  if (self->people != REG_PEOPLE_USUAL)
    g_key_file_set_integer (file, GROUP, "People", (int)self->people);
  for (gsize i = 0; self->courses != NULL && self->courses[i] != 0; i++)
    g_string_append_printf (courses, "%s%" G_GINT64_FORMAT, i > 0 ? " " : "", self->courses[i]);
  if (courses->len > 0)
    set_text (file, "Courses", courses->str);
  if (self->mapping != NULL)
    g_key_file_set_string_list (file, GROUP, "Mapping", (const char *const *)self->mapping,
                                g_strv_length (self->mapping));
  return g_key_file_to_data (file, NULL, NULL);
}

static gint64 *
parse_ids (const char *text)
{
  g_auto (GStrv) words = g_strsplit (text != NULL ? text : "", " ", -1);
  gint64 *ids = g_new0 (gint64, g_strv_length (words) + 1);
  gsize n = 0;

  for (guint i = 0; words[i] != NULL; i++)
    {
      gint64 id = g_ascii_strtoll (words[i], NULL, 10);

      if (id != 0)
        ids[n++] = id;
    }
  return ids;
}

/**
 * reg_import_recipe_from_text:
 * @name: what it is called
 * @text: what reg_import_recipe_to_text () wrote
 *
 * Returns: (transfer full) (nullable): the recipe; %NULL where the text is none
 */
RegImportRecipe *
reg_import_recipe_from_text (const char *name, const char *text)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *courses = NULL;
  RegImportRecipe *self;

  if (!g_key_file_load_from_data (file, text, strlen (text), G_KEY_FILE_NONE, NULL)
      || !g_key_file_has_key (file, GROUP, "Action", NULL))
    return NULL;
  self = g_new0 (RegImportRecipe, 1);
  self->name = g_strdup (name);
  self->action = g_key_file_get_string (file, GROUP, "Action", NULL);
  self->headings = g_key_file_get_string (file, GROUP, "Headings", NULL);
  self->sheet = g_key_file_get_string (file, GROUP, "Sheet", NULL);
  self->encoding = g_key_file_get_string (file, GROUP, "TextEncoding", NULL);
  self->delimiter = (char)g_key_file_get_integer (file, GROUP, "Delimiter", NULL);
  self->date_order = (char)g_key_file_get_integer (file, GROUP, "DateOrder", NULL);
  self->empty =
      g_key_file_get_boolean (file, GROUP, "EmptyClears", NULL) ? REG_EMPTY_CLEAR : REG_EMPTY_LEAVE;
  self->people = (RegPeopleRule)CLAMP (g_key_file_get_integer (file, GROUP, "People", NULL),
                                       REG_PEOPLE_USUAL, REG_PEOPLE_BOTH);
  self->mapping = g_key_file_get_string_list (file, GROUP, "Mapping", NULL, NULL);
  courses = g_key_file_get_string (file, GROUP, "Courses", NULL);
  self->courses = parse_ids (courses);
  return self;
}

char *
reg_import_preview_dup_headings_key (const RegImportPreview *preview)
{
  GString *key = g_string_new (NULL);

  for (guint i = 0; i < preview->columns->len; i++)
    {
      const RegImportPreviewColumn *column = g_ptr_array_index (preview->columns, i);
      g_autofree char *folded = reg_directory_fold (column->heading, strlen (column->heading));

      g_string_append_printf (key, "%s%s", i > 0 ? "\x1f" : "", folded);
    }
  return g_string_free (key, FALSE);
}
