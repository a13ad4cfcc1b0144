/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-views"

#include "views/common/reg-check-row.h"

static void
on_toggled_cb (GtkCheckButton *check, GtkWidget *row)
{
  gtk_accessible_update_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_CHECKED,
                               gtk_check_button_get_active (check) ? GTK_ACCESSIBLE_TRISTATE_TRUE
                                                                   : GTK_ACCESSIBLE_TRISTATE_FALSE,
                               -1);
}

/**
 * reg_check_row_new:
 * @title: what is chosen, no markup
 * @subtitle: (nullable): more about it, no markup
 * @group: (nullable): of which only one can be chosen
 *
 * The focus goes to the row alone, which says whether it is checked: one key from row to row.
 *
 * Returns: (transfer floating): an #AdwActionRow with a check box before its title
 */
GtkWidget *
reg_check_row_new (const char *title, const char *subtitle, GtkCheckButton *group)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *check = gtk_check_button_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  if (subtitle != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  gtk_widget_set_can_focus (check, FALSE);
  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  gtk_check_button_set_group (GTK_CHECK_BUTTON (check), group);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
  g_signal_connect (check, "toggled", G_CALLBACK (on_toggled_cb), row);
  on_toggled_cb (GTK_CHECK_BUTTON (check), row);
  return row;
}

/**
 * reg_check_row_get_check:
 * @row: what reg_check_row_new () made
 *
 * Returns: (transfer none): its check box
 */
GtkCheckButton *
reg_check_row_get_check (GtkWidget *row)
{
  return GTK_CHECK_BUTTON (adw_action_row_get_activatable_widget (ADW_ACTION_ROW (row)));
}
