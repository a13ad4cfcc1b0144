/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-views"

#include "views/users/reg-user-menu.h"

#include "views/common/reg-operation-menu.h"

#include <glib/gi18n-lib.h>

/**
 * reg_user_menu_new:
 * @user: somebody
 * @workspace: the account on show
 *
 * Returns: (transfer full): their menu
 */
GMenuModel *
reg_user_menu_new (const RegUser *user, RegWorkspace *workspace)
{
  g_autoptr (GPtrArray) operations = reg_operation_list_for_state (
      user->state, reg_workspace_get_roles (workspace, 0, user->manager_id));
  GMenuModel *menu = reg_operation_menu_new (operations, reg_workspace_get_site (workspace));
  g_autoptr (GMenu) courses = g_menu_new ();

  g_menu_append (courses, _ ("Course Assignments"), "row.do::" REG_USER_MENU_COURSES);
  g_menu_append_section (G_MENU (menu), NULL, G_MENU_MODEL (courses));
  return menu;
}
