/* SPDX-License-Identifier: GPL-3.0-or-later */
/* import recipes: what was remembered of kinds of files. */
#define G_LOG_DOMAIN "reg-cli"

#include "cli/reg-cli-table.h"
#include "cli/reg-cli.h"

#include "sync/reg-import-recipes.h"

#include <glib/gi18n-lib.h>

static const RegCliColumn columns[] = {
  { "name", N_ ("Name"), REG_CELL_TEXT },
  { "action", N_ ("Action"), REG_CELL_TEXT },
  { "mapping", N_ ("Columns"), REG_CELL_TEXT },
};

static RegExit
list_recipes (RegCli *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) recipes = reg_import_recipes_list (self->store, &error);
  g_autoptr (RegCliTable) table = NULL;

  if (recipes == NULL)
    return reg_cli_fail (error);
  table = reg_cli_table_new (self, columns, G_N_ELEMENTS (columns), NULL, NULL, &error);
  for (guint i = 0; table != NULL && i < recipes->len; i++)
    {
      const RegImportRecipe *recipe = g_ptr_array_index (recipes, i);
      g_autofree char *mapping =
          recipe->mapping != NULL ? g_strjoinv (", ", recipe->mapping) : g_strdup ("");
      const char *const cells[] = { recipe->name, recipe->action, mapping };

      if (!reg_cli_table_add (table, cells, &error))
        return reg_cli_fail (error);
    }
  return table != NULL && reg_cli_table_finish (table, &error) ? REG_EXIT_DONE
                                                               : reg_cli_fail (error);
}

static RegExit
change_recipe (RegCli *self, const char *name, const char *new_name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RegImportRecipe) recipe = reg_import_recipes_get (self->store, name, &error);

  if (error != NULL)
    return reg_cli_fail (error);
  if (recipe == NULL)
    return reg_cli_misuse (_ ("There is no recipe “%s”. import recipes list shows them."), name);
  if (new_name != NULL ? reg_import_recipes_rename (self->store, name, new_name, &error)
                       : reg_import_recipes_remove (self->store, name, &error))
    return REG_EXIT_DONE;
  return reg_cli_fail (error);
}

RegExit
reg_cli_import_recipes (RegCli *self, int argc, char **argv)
{
  g_autoptr (GError) error = NULL;

  if (!reg_cli_parse (self, "import recipes", &argc, &argv, NULL, NULL))
    return REG_EXIT_USAGE;
  if (!((argc == 2 && g_str_equal (argv[1], "list"))
        || (argc == 3 && g_str_equal (argv[1], "remove"))
        || (argc == 4 && g_str_equal (argv[1], "rename"))))
    return reg_cli_misuse (
        _ ("import recipes needs list, remove and a name, or rename and two names."));
  if (!reg_cli_open (self, &error))
    return reg_cli_fail (error);
  if (argc == 2)
    return list_recipes (self);
  return change_recipe (self, argv[2], argc == 4 ? argv[3] : NULL);
}
