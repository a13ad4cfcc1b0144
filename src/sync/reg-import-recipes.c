/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-sync"

#include "sync/reg-import-recipes.h"

#include "imports/reg-interchange.h"

#include <glib/gi18n-lib.h>

#define PREFIX "import-recipe:"

static char *
dup_key (const char *name)
{
  return g_strconcat (PREFIX, name, NULL);
}

static void
recipe_free (gpointer data)
{
  reg_import_recipe_free (data);
}

GPtrArray *
reg_import_recipes_list (RegStore *store, GError **error)
{
  g_auto (GStrv) keys = reg_store_list_settings (store, PREFIX, error);
  g_autoptr (GPtrArray) recipes = g_ptr_array_new_with_free_func (recipe_free);

  if (keys == NULL)
    return NULL;
  for (guint i = 0; keys[i] != NULL; i++)
    {
      g_autoptr (GError) local = NULL;
      RegImportRecipe *recipe = reg_import_recipes_get (store, keys[i] + sizeof PREFIX - 1, &local);

      if (local != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return NULL;
        }
      if (recipe != NULL)
        g_ptr_array_add (recipes, recipe);
    }
  return g_steal_pointer (&recipes);
}

RegImportRecipe *
reg_import_recipes_get (RegStore *store, const char *name, GError **error)
{
  g_autofree char *key = dup_key (name);
  g_autofree char *text = reg_store_dup_setting (store, key, error);

  return text != NULL ? reg_import_recipe_from_text (name, text) : NULL;
}

gboolean
reg_import_recipes_save (RegStore *store, const RegImportRecipe *recipe, GError **error)
{
  g_autofree char *key = dup_key (recipe->name);
  g_autofree char *text = reg_import_recipe_to_text (recipe);

  return reg_store_set_setting (store, key, text, error);
}

/* Another recipe is not written over, and one that is called like a kind of file could not be
 * asked for. */
static gboolean
check_new_name (RegStore *store, const char *name, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (RegImportRecipe) there = NULL;

  if (*name == '\0')
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                         _ ("A recipe needs a name."));
  else if (reg_interchange_find (name) != NULL)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS,
                 _ ("“%s” is the name of a kind of file. Choose another."), name);
  else
    {
      there = reg_import_recipes_get (store, name, &local);
      if (local != NULL)
        g_propagate_error (error, g_steal_pointer (&local));
      else if (there != NULL)
        g_set_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS,
                     _ ("There is a recipe “%s” already. Choose another name."), name);
      else
        return TRUE;
    }
  return FALSE;
}

gboolean
reg_import_recipes_rename (RegStore *store, const char *name, const char *new_name, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (RegImportRecipe) recipe = reg_import_recipes_get (store, name, &local);

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (recipe == NULL || g_str_equal (name, new_name))
    return TRUE;
  if (!check_new_name (store, new_name, error))
    return FALSE;
  g_free (recipe->name);
  recipe->name = g_strdup (new_name);
  /* The new one first: between the two there are both, never none. */
  return reg_import_recipes_save (store, recipe, error)
         && reg_import_recipes_remove (store, name, error);
}

gboolean
reg_import_recipes_remove (RegStore *store, const char *name, GError **error)
{
  g_autofree char *key = dup_key (name);

  return reg_store_set_setting (store, key, NULL, error);
}
