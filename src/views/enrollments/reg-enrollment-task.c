/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-views"

#include "views/enrollments/reg-enrollment-task.h"

#include "views/common/reg-due-date-dialog.h"
#include "views/common/reg-enrollment-menu.h"
#include "views/common/reg-removal-dialog.h"
#include "views/common/reg-review-dialog.h"
#include "views/common/reg-session-picker.h"
#include "views/common/reg-step-flow.h"

struct _RegEnrollmentTask
{
  GtkWidget *page;
  RegWorkspace *workspace;
  RegProgressRow *progress_row;
  gint64 *ids;
  gsize n;
  char *subject; /* (nullable) */
};

RegEnrollmentTask *
reg_enrollment_task_new (GtkWidget *page,
                         RegWorkspace *workspace,
                         RegProgressRow *progress_row,
                         const gint64 *ids,
                         gsize n)
{
  RegEnrollmentTask *self = g_new0 (RegEnrollmentTask, 1);

  self->page = g_object_ref (page);
  self->workspace = g_object_ref (workspace);
  self->progress_row = g_object_ref (progress_row);
  self->ids = g_memdup2 (ids, n * sizeof *ids);
  self->n = n;
  return self;
}

static void
reg_enrollment_task_free (gpointer data)
{
  RegEnrollmentTask *self = data;

  g_object_unref (self->page);
  g_object_unref (self->workspace);
  g_object_unref (self->progress_row);
  g_free (self->ids);
  g_free (self->subject);
  g_free (self);
}

static GtkWindow *
get_window (RegEnrollmentTask *self)
{
  return GTK_WINDOW (gtk_widget_get_root (self->page));
}

static void
start_flow (RegEnrollmentTask *self, const char *operation, const RegParams *params)
{
  RegStepFlow *flow =
      reg_step_flow_new (self->page, self->workspace, reg_operation_find (operation));

  reg_step_flow_set_params (flow, params);
  reg_step_flow_set_enrollments (flow, self->ids, self->n);
  reg_step_flow_set_subject (flow, self->subject);
  reg_step_flow_set_progress_row (flow, self->progress_row);
  reg_step_flow_start (flow);
}

static void
on_session_chosen (gint64 session_id, gpointer data)
{
  g_autoptr (RegParams) params = reg_params_new ();

  reg_params_set_int64 (params, "session_id", session_id);
  start_flow (data, "change-session", params);
}

static void
ask_session (RegEnrollmentTask *self, const RegEnrollment *enrollment)
{
  gint64 current =
      enrollment != NULL && enrollment->seat == REG_SEAT_ENROLLED ? enrollment->session_id : 0;

  reg_session_picker_present (get_window (self), self->workspace,
                              reg_enrollment_id_get_course (self->ids[0]), current, self->n,
                              on_session_chosen, self, reg_enrollment_task_free);
}

static void
on_removal_chosen (const char *operation, const RegParams *params, gpointer data)
{
  start_flow (data, operation, params);
}

static void
on_due_date_chosen (const char *date, gpointer data)
{
  g_autoptr (RegParams) params = reg_params_new ();

  reg_params_set (params, "due_date", date);
  start_flow (data, "set-due-date", params);
}

/**
 * reg_enrollment_task_start:
 * @self: (transfer full): the task, which lives until what it asks is answered
 * @operation: its name, or another entry of an enrollment's menu
 * @row: (nullable): the one enrollment it is about, where it is one
 * @has_sessions: whether it is about instructor-led courses
 * @subject: (nullable): what Pending Changes says besides the operation
 */
void
reg_enrollment_task_start (RegEnrollmentTask *self,
                           const char *operation,
                           const RegEnrollmentRow *row,
                           gboolean has_sessions,
                           const char *subject)
{
  const RegEnrollment *enrollment = row != NULL ? row->enrollment : NULL;

  self->subject = g_strdup (subject);
  if (g_strcmp0 (operation, "change-session") == 0)
    {
      ask_session (self, enrollment);
      return;
    }
  if (g_strcmp0 (operation, "set-due-date") == 0)
    {
      reg_due_date_dialog_present (get_window (self),
                                   enrollment != NULL ? enrollment->due_date : "",
                                   on_due_date_chosen, self, reg_enrollment_task_free);
      return;
    }
  if (g_strcmp0 (operation, "remove-user") == 0 && has_sessions)
    {
      reg_removal_dialog_present (get_window (self), self->workspace, self->n,
                                  reg_enrollment_ids_span_courses (self->ids, self->n),
                                  on_removal_chosen, self, reg_enrollment_task_free);
      return;
    }
  if (g_strcmp0 (operation, "reassign") == 0)
    reg_review_dialog_reassign (get_window (self), self->workspace, self->ids, self->n,
                                self->subject);
  else if (row == NULL || !reg_enrollment_menu_show (self->page, self->workspace, operation, row))
    start_flow (self, operation, NULL);
  reg_enrollment_task_free (self);
}
