/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-views"

#include "views/common/reg-enrollment-menu.h"

#include "rules/reg-read.h"
#include "views/common/reg-certificate-view.h"
#include "views/common/reg-operation-menu.h"
#include "views/common/reg-reading-window.h"

#include <glib/gi18n-lib.h>

/**
 * reg_enrollment_menu_new:
 * @row: an enrollment
 * @workspace: the account on show
 *
 * Returns: (transfer full): its menu
 */
GMenuModel *
reg_enrollment_menu_new (const RegEnrollmentRow *row, RegWorkspace *workspace)
{
  const RegCourse course = { .kind = row->course_kind,
                             .has_scorm = row->course_has_scorm,
                             .has_quiz = row->course_has_quiz };
  g_autoptr (GArray) entries = reg_menu_list_for_enrollment (
      row->enrollment, &course,
      reg_workspace_get_roles (workspace, row->enrollment->course_id, row->user_manager_id));
  GMenuModel *menu =
      reg_operation_menu_new_for_entries (entries, reg_workspace_get_site (workspace));
  g_autoptr (GMenu) certificate = g_menu_new ();

  if (row->enrollment->certificate_at == 0)
    return menu;
  g_menu_append (certificate, _ ("View Certificate"), "row.do::" REG_MENU_VIEW_CERTIFICATE);
  g_menu_append (certificate, _ ("Download Certificate…"),
                 "row.do::" REG_MENU_DOWNLOAD_CERTIFICATE);
  g_menu_append_section (G_MENU (menu), NULL, G_MENU_MODEL (certificate));
  return menu;
}

/**
 * reg_enrollment_menu_show:
 * @origin: where it was asked for
 * @workspace: the account on show
 * @name: an entry of the menu
 * @row: the enrollment
 *
 * Returns: whether the entry is one that only shows something
 */
gboolean
reg_enrollment_menu_show (GtkWidget *origin,
                          RegWorkspace *workspace,
                          const char *name,
                          const RegEnrollmentRow *row)
{
  const RegRead *read = reg_read_find (name);

  if (read != NULL)
    {
      reg_reading_window_present (reg_host_from (origin), workspace, read, row);
      return TRUE;
    }
  if (g_strcmp0 (name, REG_MENU_VIEW_CERTIFICATE) != 0
      && g_strcmp0 (name, REG_MENU_DOWNLOAD_CERTIFICATE) != 0)
    return FALSE;
  reg_certificate_view_open (GTK_WINDOW (gtk_widget_get_root (origin)), workspace, row,
                             g_strcmp0 (name, REG_MENU_DOWNLOAD_CERTIFICATE) == 0);
  return TRUE;
}
