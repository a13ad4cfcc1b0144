/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-views"

#include "views/users/reg-user-columns.h"

#include "rules/reg-status.h"
#include "views/common/reg-row-cells.h"

#include <glib/gi18n-lib.h>

static char *
dup_row_name (gpointer row, gpointer data)
{
  return reg_user_dup_name (((RegUserRow *)row)->user);
}

static void
bind_name (RegCell *cell, gpointer row, gpointer data)
{
  RegUserRow *user_row = row;
  g_autofree char *name = reg_user_dup_name (user_row->user);
  RegUser *user = user_row->user;

  reg_cell_set_text (cell, name);
  reg_row_cells_show_subtitle (cell, *user->email != '\0' ? user->email : user->employee_id,
                               user_row->sync_state, reg_column_list_is_narrow (data));
}

static void
bind_email (RegCell *cell, gpointer row, gpointer data)
{
  reg_cell_set_text (cell, ((RegUserRow *)row)->user->email);
}

static void
bind_employee_id (RegCell *cell, gpointer row, gpointer data)
{
  reg_cell_set_text (cell, ((RegUserRow *)row)->user->employee_id);
}

static void
bind_location (RegCell *cell, gpointer row, gpointer data)
{
  reg_cell_set_text (cell, ((RegUserRow *)row)->location);
}

static void
bind_groups (RegCell *cell, gpointer row, gpointer data)
{
  reg_cell_set_text (cell, ((RegUserRow *)row)->groups);
}

static void
bind_role (RegCell *cell, gpointer row, gpointer data)
{
  reg_cell_set_text (cell, reg_role_get_label (((RegUserRow *)row)->user->role));
}

static void
bind_status (RegCell *cell, gpointer row, gpointer data)
{
  reg_row_cells_show_user_state (cell, ((RegUserRow *)row)->user);
}

static void
bind_sync (RegCell *cell, gpointer row, gpointer data)
{
  reg_row_cells_show_sync (cell, ((RegUserRow *)row)->sync_state);
}

void
reg_user_columns_add (RegColumnList *list)
{
  reg_column_list_add_checks (list);
  reg_column_list_add_column (list, _ ("Name"), REG_USER_SORT_NAME, 0, 0, REG_COLUMN_EXPAND,
                              bind_name, list);
  reg_column_list_add_column (list, _ ("E-mail"), REG_USER_SORT_EMAIL, 230, 1250, REG_COLUMN_NONE,
                              bind_email, NULL);
  reg_column_list_add_column (list, _ ("Employee ID"), REG_USER_SORT_EMPLOYEE_ID, 110, 880,
                              REG_COLUMN_NUMERIC, bind_employee_id, NULL);
  reg_column_list_add_column (list, _ ("Location"), REG_USER_SORT_LOCATION, 120, 640,
                              REG_COLUMN_NONE, bind_location, NULL);
  reg_column_list_add_column (list, _ ("Groups"), REG_USER_SORT_GROUPS, 150, 1000, REG_COLUMN_NONE,
                              bind_groups, NULL);
  reg_column_list_add_column (list, _ ("Role"), REG_USER_SORT_ROLE, 120, 760, REG_COLUMN_NONE,
                              bind_role, NULL);
  reg_column_list_add_column (list, _ ("Status"), REG_USER_SORT_STATE, 205, 480, REG_COLUMN_NONE,
                              bind_status, NULL);
  reg_column_list_add_column (list, _ ("Sync"), -1, 110, 560, REG_COLUMN_NONE, bind_sync, NULL);
  reg_column_list_add_menus (list);
  reg_column_list_set_label (list, _ ("Users"));
  reg_column_list_set_name_func (list, dup_row_name, NULL);
  reg_column_list_sort_by (list, REG_USER_SORT_NAME, FALSE);
}
