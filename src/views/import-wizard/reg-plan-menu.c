/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-views"

#include "views/import-wizard/reg-plan-menu.h"

#include <glib/gi18n-lib.h>

#define FIX "fix "
#define ALL "all "

static void
append_fix (GMenu *menu, const char *label, const char *name)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, "row.do", "s", name);
  g_menu_append_item (menu, item);
}

/* What the LMS does not offer is not offered here either. */
gboolean
reg_plan_menu_offers (const RegImportFix *fix, const RegSite *site)
{
  return fix->operation == NULL || site == NULL || reg_site_can (site, fix->operation);
}

/**
 * reg_plan_menu_create:
 * @row: a RegPlanRow that may not be imported, or cannot happen
 * @site: (nullable): what the LMS says of itself
 *
 * Lists what can be done about a line, then the same for all alike. "fix 2" is the third fix for
 * this line, "all 2" for all alike.
 *
 * Returns: (transfer full): the menu
 */
GMenuModel *
reg_plan_menu_create (const RegPlanRow *row, const RegSite *site)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) edit = g_menu_new ();
  g_autoptr (GMenu) fixes = g_menu_new ();
  g_autoptr (GMenu) all = g_menu_new ();

  if (row->can_edit)
    append_fix (edit, _ ("Correct…"), REG_PLAN_MENU_EDIT);
  for (guint i = 0; row->fixes != NULL && i < row->fixes->len; i++)
    {
      const RegImportFix *fix = g_ptr_array_index (row->fixes, i);
      g_autofree char *name = g_strdup_printf (FIX "%u", i);
      g_autofree char *all_name = g_strdup_printf (ALL "%u", i);
      g_autofree char *all_label = reg_import_fix_dup_all_label (fix);

      if (!reg_plan_menu_offers (fix, site))
        continue;
      append_fix (fixes, fix->label, name);
      if (fix->can_all_alike)
        append_fix (all, all_label, all_name);
    }
  g_menu_append_section (menu, NULL, G_MENU_MODEL (edit));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (fixes));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (all));
  return G_MENU_MODEL (g_steal_pointer (&menu));
}

/**
 * reg_plan_menu_find_fix:
 * @row: the row whose menu it was
 * @name: what was chosen there
 * @all: (out): whether for all lines alike
 *
 * Returns: (transfer none) (nullable): the fix that was chosen
 */
const RegImportFix *
reg_plan_menu_find_fix (const RegPlanRow *row, const char *name, gboolean *all)
{
  guint64 place;

  *all = g_str_has_prefix (name, ALL);
  if (row->fixes == NULL || (!*all && !g_str_has_prefix (name, FIX)))
    return NULL;
  place = g_ascii_strtoull (name + strlen (FIX), NULL, 10);
  return place < row->fixes->len ? g_ptr_array_index (row->fixes, (guint)place) : NULL;
}
