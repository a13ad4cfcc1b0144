/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-views"

#include "views/enrollments/reg-enrollment-columns.h"

#include "rules/reg-status.h"
#include "views/common/reg-row-cells.h"

#include <glib/gi18n-lib.h>

/* The smaller line below a name, with what the person is in the course where they are no learner
 * there. */
static void
show_subtitle (RegCell *cell, const char *text, const RegEnrollmentRow *row, RegColumnList *list)
{
  g_autofree char *instructor = NULL;

  if (row->enrollment->is_instructor)
    instructor = g_strdup_printf (_ ("Instructor · %s"), text);
  reg_row_cells_show_subtitle (cell, instructor != NULL ? instructor : text, row->sync_state,
                               reg_column_list_is_narrow (list));
}

static void
bind_user (RegCell *cell, gpointer row, gpointer data)
{
  RegEnrollmentRow *enrollment_row = row;

  reg_cell_set_text (cell, enrollment_row->user_name);
  show_subtitle (cell,
                 *enrollment_row->user_email != '\0' ? enrollment_row->user_email
                                                     : enrollment_row->user_employee_id,
                 enrollment_row, data);
}

static void
bind_course (RegCell *cell, gpointer row, gpointer data)
{
  RegEnrollmentRow *enrollment_row = row;

  reg_cell_set_text (cell, enrollment_row->course_title);
  show_subtitle (cell, enrollment_row->course_code, enrollment_row, data);
}

static void
bind_status (RegCell *cell, gpointer row, gpointer data)
{
  RegEnrollmentRow *enrollment_row = row;

  reg_row_cells_show_status (cell, enrollment_row->enrollment, enrollment_row->course_kind);
}

static void
bind_progress (RegCell *cell, gpointer row, gpointer data)
{
  const RegEnrollment *enrollment = ((RegEnrollmentRow *)row)->enrollment;
  /* Translators: progress in a course */
  g_autofree char *text = g_strdup_printf (_ ("%d %%"), enrollment->progress);

  reg_cell_set_text (cell, text);
  reg_cell_set_dim (cell, enrollment->progress == 0);
}

static void
bind_requirement (RegCell *cell, gpointer row, gpointer data)
{
  RegRequirement requirement = ((RegEnrollmentRow *)row)->enrollment->requirement;

  reg_cell_set_text (cell, reg_requirement_get_label (requirement));
  reg_cell_set_dim (cell, requirement == REG_REQUIREMENT_OPTIONAL);
}

static void
bind_assigned (RegCell *cell, gpointer row, gpointer data)
{
  RegEnrollmentRow *enrollment_row = row;
  g_autofree char *date = reg_row_cells_dup_date (enrollment_row->enrollment->assigned_at);

  reg_cell_set_text (cell, date);
  if (enrollment_row->assigned_by != NULL && *enrollment_row->assigned_by != '\0')
    {
      g_autofree char *hint = g_strdup_printf (_ ("Assigned by %s"), enrollment_row->assigned_by);

      reg_cell_set_hint (cell, hint);
    }
}

static void
bind_due (RegCell *cell, gpointer row, gpointer data)
{
  const RegEnrollment *enrollment = ((RegEnrollmentRow *)row)->enrollment;

  reg_cell_set_text (cell, enrollment->due_date);
  if (reg_enrollment_is_overdue (enrollment, reg_workspace_get_today (data)))
    {
      reg_cell_set_icon (cell, "alarm-symbolic", "error");
      reg_cell_set_hint (cell, _ ("Overdue"));
      reg_cell_set_subtitle (cell, _ ("Overdue"));
    }
}

static void
bind_completed (RegCell *cell, gpointer row, gpointer data)
{
  g_autofree char *date =
      reg_row_cells_dup_date (((RegEnrollmentRow *)row)->enrollment->completed_at);

  reg_cell_set_text (cell, date);
}

static void
bind_session (RegCell *cell, gpointer row, gpointer data)
{
  RegEnrollmentRow *enrollment_row = row;
  g_autofree char *date = NULL;

  if (enrollment_row->enrollment->session_id == 0 || enrollment_row->session_place == NULL)
    return;
  date = reg_row_cells_dup_date (enrollment_row->session_starts_at);
  reg_cell_set_text (cell, enrollment_row->session_place);
  if (enrollment_row->enrollment->seat == REG_SEAT_NO_SHOW)
    {
      g_autofree char *missed = g_strdup_printf (_ ("%s · no-show"), date);

      reg_cell_set_subtitle (cell, missed);
      reg_cell_set_dim (cell, TRUE);
    }
  else if (enrollment_row->enrollment->seat == REG_SEAT_INCOMPLETE)
    {
      g_autofree char *incomplete = g_strdup_printf (_ ("%s · incomplete"), date);

      reg_cell_set_subtitle (cell, incomplete);
    }
  else
    {
      reg_cell_set_subtitle (cell, date);
    }
}

static void
bind_license (RegCell *cell, gpointer row, gpointer data)
{
  reg_row_cells_show_license (cell, row);
}

static void
bind_product (RegCell *cell, gpointer row, gpointer data)
{
  const char *product = ((RegEnrollmentRow *)row)->product;

  if (product == NULL)
    return;
  reg_cell_set_text (cell, product);
  reg_cell_set_hint (cell, product);
}

static void
bind_sync (RegCell *cell, gpointer row, gpointer data)
{
  reg_row_cells_show_sync (cell, ((RegEnrollmentRow *)row)->sync_state);
}

static char *
dup_user_name (gpointer row, gpointer data)
{
  return g_strdup (((RegEnrollmentRow *)row)->user_name);
}

static char *
dup_course_title (gpointer row, gpointer data)
{
  return g_strdup (((RegEnrollmentRow *)row)->course_title);
}

static void
add_first_column (RegColumnList *list, RegEnrollmentsOf of)
{
  switch (of)
    {
    case REG_ENROLLMENTS_OF_COURSE:
      reg_column_list_add_column (list, _ ("Name"), REG_ENROLLMENT_SORT_NAME, 0, 0,
                                  REG_COLUMN_EXPAND, bind_user, list);
      reg_column_list_set_name_func (list, dup_user_name, NULL);
      reg_column_list_sort_by (list, REG_ENROLLMENT_SORT_NAME, FALSE);
      break;
    case REG_ENROLLMENTS_OF_USER:
      reg_column_list_add_column (list, _ ("Course"), REG_ENROLLMENT_SORT_COURSE, 0, 0,
                                  REG_COLUMN_EXPAND, bind_course, list);
      reg_column_list_set_name_func (list, dup_course_title, NULL);
      reg_column_list_sort_by (list, REG_ENROLLMENT_SORT_COURSE, FALSE);
      break;
    }
}

void
reg_enrollment_columns_add (RegColumnList *list, RegWorkspace *workspace, RegEnrollmentsOf of)
{
  reg_column_list_add_checks (list);
  add_first_column (list, of);
  reg_column_list_add_column (list, _ ("Status"), REG_ENROLLMENT_SORT_STATUS, 155, 0,
                              REG_COLUMN_NONE, bind_status, NULL);
  reg_column_list_add_column (list, _ ("Session"), -1, 150, 640, REG_COLUMN_NONE, bind_session,
                              NULL);
  reg_column_list_offer_column (list, _ ("Session"), FALSE);
  reg_column_list_add_column (list, _ ("Progress"), -1, 80, 1060, REG_COLUMN_NUMERIC, bind_progress,
                              NULL);
  reg_column_list_add_column (list, _ ("Requirement"), REG_ENROLLMENT_SORT_REQUIREMENT, 115, 860,
                              REG_COLUMN_NONE, bind_requirement, NULL);
  reg_column_list_add_column (list, _ ("Assigned"), REG_ENROLLMENT_SORT_ASSIGNED, 105, 960,
                              REG_COLUMN_NUMERIC, bind_assigned, NULL);
  reg_column_list_add_column (list, _ ("Due"), REG_ENROLLMENT_SORT_DUE, 120, 620,
                              REG_COLUMN_NUMERIC, bind_due, workspace);
  reg_column_list_add_column (list, _ ("Completed"), REG_ENROLLMENT_SORT_COMPLETED, 105, 740,
                              REG_COLUMN_NUMERIC, bind_completed, NULL);
  reg_column_list_add_column (list, _ ("License"), -1, 95, 1320, REG_COLUMN_NONE, bind_license,
                              NULL);
  reg_column_list_add_column (list, _ ("Product"), -1, 160, 1200, REG_COLUMN_NONE, bind_product,
                              NULL);
  reg_column_list_add_column (list, _ ("Sync"), -1, 110, 560, REG_COLUMN_NONE, bind_sync, NULL);
  reg_column_list_add_menus (list);
  reg_column_list_set_label (list, _ ("Enrollments"));
}
