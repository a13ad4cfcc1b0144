/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-views"

#include "views/common/reg-operation-menu.h"

#include <glib/gi18n-lib.h>

static gboolean
asks_more (const RegOperation *operation)
{
  return g_strcmp0 (operation->name, "assign") == 0
         || g_strcmp0 (operation->name, "set-due-date") == 0
         || g_strcmp0 (operation->name, "set-groups") == 0
         || g_strcmp0 (operation->name, "set-role") == 0
         || g_strcmp0 (operation->name, "change-session") == 0
         || operation->confirm != REG_CONFIRM_UNDO || operation->choice != NULL;
}

/**
 * reg_operation_dup_menu_label:
 *
 * Returns: (transfer full): the label, with "…" where something is asked for before it is done
 */
char *
reg_operation_dup_menu_label (const RegOperation *operation)
{
  return asks_more (operation) ? g_strdup_printf (_ ("%s…"), _ (operation->label))
                               : g_strdup (_ (operation->label));
}

static void
append (GMenu *menu, const char *label, const char *name, gboolean is_offered)
{
  g_autoptr (GMenuItem) item = NULL;
  g_autofree char *text = is_offered ? g_strdup (label)
                                     /* Translators: %s is an operation, as "Archive". */
                                     : g_strdup_printf (_ ("%s (not offered by this LMS)"), label);

  item = g_menu_item_new (text, NULL);
  /* There is no action "row.missing", which makes the entry insensitive. */
  g_menu_item_set_action_and_target (item, is_offered ? "row.do" : "row.missing", "s", name);
  g_menu_append_item (menu, item);
}

/* What stands apart, and what comes before it; where there is neither, that is said. */
static GMenuModel *
join (GMenu *plain, GMenu *apart)
{
  GMenu *menu = g_menu_new ();

  if (g_menu_model_get_n_items (G_MENU_MODEL (plain)) == 0
      && g_menu_model_get_n_items (G_MENU_MODEL (apart)) == 0)
    g_menu_append (plain, _ ("Your role may change nothing here"), "row.missing");

  if (g_menu_model_get_n_items (G_MENU_MODEL (plain)) > 0)
    g_menu_append_section (menu, NULL, G_MENU_MODEL (plain));
  if (g_menu_model_get_n_items (G_MENU_MODEL (apart)) > 0)
    g_menu_append_section (menu, NULL, G_MENU_MODEL (apart));
  return G_MENU_MODEL (menu);
}

/**
 * reg_operation_menu_new_for_entries:
 * @entries: (element-type RegMenuEntry): in menu order
 * @site: (nullable): what the LMS offers; %NULL where it is not known yet
 *
 * Returns: (transfer full): a menu whose entries call "row.do" with the entry's name
 */
GMenuModel *
reg_operation_menu_new_for_entries (GArray *entries, const RegSite *site)
{
  g_autoptr (GMenu) plain = g_menu_new ();
  g_autoptr (GMenu) apart = g_menu_new ();
  gboolean is_apart = FALSE;

  for (guint i = 0; i < entries->len; i++)
    {
      const RegMenuEntry *entry = &g_array_index (entries, RegMenuEntry, i);
      const RegOperation *operation = entry->operation;
      g_autofree char *label = operation != NULL ? reg_operation_dup_menu_label (operation)
                                                 : g_strdup (_ (entry->read->label));

      is_apart |= operation != NULL && operation->is_apart;
      append (is_apart ? apart : plain, label, reg_menu_entry_get_name (entry),
              operation == NULL || site == NULL || reg_site_can (site, operation->name));
    }
  return join (plain, apart);
}

/**
 * reg_operation_menu_new:
 * @operations: (element-type RegOperation): in menu order
 * @site: (nullable): what the LMS offers; %NULL where it is not known yet
 *
 * Returns: (transfer full): a menu whose entries call "row.do" with the operation's name
 */
GMenuModel *
reg_operation_menu_new (GPtrArray *operations, const RegSite *site)
{
  g_autoptr (GMenu) plain = g_menu_new ();
  g_autoptr (GMenu) apart = g_menu_new ();
  gboolean is_apart = FALSE;

  for (guint i = 0; i < operations->len; i++)
    {
      const RegOperation *operation = g_ptr_array_index (operations, i);
      gboolean is_offered = site == NULL || reg_site_can (site, operation->name);
      g_autofree char *label = reg_operation_dup_menu_label (operation);

      is_apart |= operation->is_apart;
      append (is_apart ? apart : plain, label, operation->name, is_offered);
    }
  return join (plain, apart);
}
