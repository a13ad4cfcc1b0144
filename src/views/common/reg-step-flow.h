/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One action of the person from the click to the toast: check what it would do (dry run), say whom
 * it cannot concern and why, ask where data is lost, stage it, offer Undo. */
#pragma once

#include "views/common/reg-progress-row.h"
#include "workspace/reg-workspace.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define REG_TYPE_STEP_FLOW (reg_step_flow_get_type ())
G_DECLARE_FINAL_TYPE (RegStepFlow, reg_step_flow, REG, STEP_FLOW, GObject)

/* Signals: "finished" (boolean: whether something was staged). */

RegStepFlow *
reg_step_flow_new (GtkWidget *origin, RegWorkspace *workspace, const RegOperation *operation);
void reg_step_flow_set_params (RegStepFlow *self, const RegParams *params);
/* Whom it concerns: users alone, users in courses, or enrollments. The ids are copied. */
void reg_step_flow_set_users (RegStepFlow *self, const gint64 *ids, gsize n);
void reg_step_flow_set_courses (RegStepFlow *self, const gint64 *ids, gsize n);
void reg_step_flow_set_enrollments (RegStepFlow *self, const gint64 *ids, gsize n);
/* What the line in Pending Changes says besides the operation: a person's or a course's name. */
void reg_step_flow_set_subject (RegStepFlow *self, const char *subject);
void reg_step_flow_set_progress_row (RegStepFlow *self, RegProgressRow *row);
/* Asks in any case; note: (nullable): a line such as "E-mails this will cause: 12" */
void reg_step_flow_set_ask (RegStepFlow *self, const char *note);
/* Other words than the operation's own on the button that does it. */
void reg_step_flow_set_confirm_label (RegStepFlow *self, const char *label);
/* For an operation that makes users, when it has finished: the last one's id. */
gint64 reg_step_flow_get_user_id (RegStepFlow *self);
/* Runs; consumes the reference. */
void reg_step_flow_start (RegStepFlow *self);

G_END_DECLS
