/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-views"

#include "views/common/reg-row-cells.h"

#include "rules/reg-status.h"

#include <glib/gi18n-lib.h>

const char *
reg_row_cells_get_user_icon (RegUserState state)
{
  switch (state)
    {
    case REG_USER_STATE_PENDING:
      return "content-loading-symbolic";
    case REG_USER_STATE_ACTIVE:
      return "avatar-default-symbolic";
    case REG_USER_STATE_DEACTIVATED:
      return "action-unavailable-symbolic";
    case REG_USER_STATE_ARCHIVED:
      return "folder-symbolic";
    }
  g_return_val_if_reached ("avatar-default-symbolic");
}

/**
 * reg_row_cells_dup_user_state:
 *
 * Returns: (transfer full): the state in words; "Approved & Notified" where both have happened
 */
char *
reg_row_cells_dup_user_state (const RegUser *user)
{
  if (user->state == REG_USER_STATE_ACTIVE && user->approved_at != 0 && user->notified_at != 0)
    return g_strdup (_ ("Approved & Notified"));
  if (user->state == REG_USER_STATE_ACTIVE && user->approved_at != 0)
    return g_strdup (_ ("Approved"));
  return g_strdup (reg_user_state_get_label (user->state));
}

void
reg_row_cells_show_user_state (RegCell *cell, const RegUser *user)
{
  g_autofree char *words = reg_row_cells_dup_user_state (user);
  gboolean is_notified = user->state == REG_USER_STATE_ACTIVE && user->notified_at != 0;

  reg_cell_set_text (cell, words);
  reg_cell_set_icon (cell, reg_row_cells_get_user_icon (user->state),
                     user->state == REG_USER_STATE_PENDING ? "warning" : NULL);
  reg_cell_set_second_icon (cell, is_notified ? "emblem-ok-symbolic" : NULL, "success");
  reg_cell_set_dim (cell, user->state == REG_USER_STATE_ARCHIVED
                              || user->state == REG_USER_STATE_DEACTIVATED);
}

void
reg_row_cells_show_status (RegCell *cell, const RegEnrollment *enrollment, RegCourseKind kind)
{
  static const struct
  {
    const char *icon;
    const char *css_class;
  } looks[REG_N_STATUSES] = {
    [REG_STATUS_ABSENT] = { NULL, NULL },
    [REG_STATUS_NOT_STARTED] = { "radio-symbolic", "dim-label" },
    [REG_STATUS_STARTED] = { "media-playback-start-symbolic", NULL },
    [REG_STATUS_IN_PROGRESS] = { "media-playback-start-symbolic", "accent" },
    [REG_STATUS_ENROLLED] = { "x-office-calendar-symbolic", NULL },
    [REG_STATUS_COMPLETED] = { "emblem-ok-symbolic", "success" },
    [REG_STATUS_UNENROLLED] = { "action-unavailable-symbolic", "dim-label" },
  };
  RegStatus status = reg_enrollment_get_status (enrollment, kind);
  g_autofree char *words = reg_enrollment_dup_status_label (enrollment, kind);

  reg_cell_set_text (cell, words);
  reg_cell_set_icon (cell, looks[status].icon, looks[status].css_class);
  reg_cell_set_dim (cell, status == REG_STATUS_UNENROLLED);
}

void
reg_row_cells_show_sync (RegCell *cell, RegSyncState state)
{
  switch (state)
    {
    case REG_SYNCED:
      return;
    case REG_WAITING:
      reg_cell_set_text (cell, _ ("Waiting"));
      reg_cell_set_icon (cell, "document-send-symbolic", "warning");
      reg_cell_set_hint (cell,
                         _ ("Saved on this computer. Nothing is sent to the LMS until you sync."));
      return;
    case REG_NEEDS_ATTENTION:
      reg_cell_set_text (cell, _ ("Look at it"));
      reg_cell_set_icon (cell, "dialog-warning-symbolic", "error");
      reg_cell_set_hint (cell,
                         _ ("The LMS did not take a change of this row. See Pending Changes."));
      return;
    }
}

void
reg_row_cells_show_subtitle (RegCell *cell, const char *text, RegSyncState state, gboolean mark)
{
  g_autofree char *both = NULL;

  if (mark && state != REG_SYNCED)
    both =
        g_strdup_printf ("%s · %s", state == REG_WAITING ? _ ("Waiting") : _ ("Look at it"), text);
  reg_cell_set_subtitle (cell, both != NULL ? both : text);
  if (both != NULL)
    reg_cell_set_icon (cell,
                       state == REG_WAITING ? "document-send-symbolic" : "dialog-warning-symbolic",
                       state == REG_WAITING ? "warning" : "error");
}

char *
reg_row_cells_dup_date (gint64 unix_seconds)
{
  g_autoptr (GDateTime) when = NULL;

  if (unix_seconds == 0)
    return g_strdup ("");
  when = g_date_time_new_from_unix_local (unix_seconds);
  return when != NULL ? g_date_time_format (when, "%Y-%m-%d") : g_strdup ("");
}

void
reg_row_cells_show_license (RegCell *cell, const RegEnrollmentRow *row)
{
  const RegEnrollment *enrollment = row->enrollment;

  if (row->pool_name == NULL)
    return;
  if (enrollment->started_at != 0 || enrollment->progress > 0 || enrollment->completed_at != 0)
    reg_cell_set_text (cell, _ ("Used"));
  else if (enrollment->access == REG_ACCESS_ACTIVE)
    reg_cell_set_text (cell, _ ("Reserved"));
  else
    reg_cell_set_text (cell, _ ("Returned"));
  reg_cell_set_hint (cell, row->pool_name);
}
