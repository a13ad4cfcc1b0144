/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is said with an assignment: whether it is required, until when, and a message. */
#pragma once

#include "model/reg-params.h"
#include "model/reg-enums.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define REG_TYPE_ASSIGNMENT_DETAILS (reg_assignment_details_get_type ())
G_DECLARE_FINAL_TYPE (RegAssignmentDetails,
                      reg_assignment_details,
                      REG,
                      ASSIGNMENT_DETAILS,
                      AdwPreferencesGroup)

/* Signals: "changed". */

/* FALSE while something is typed as a date that is none. */
gboolean reg_assignment_details_is_valid (RegAssignmentDetails *self);
RegRequirement reg_assignment_details_get_requirement (RegAssignmentDetails *self);
/* (transfer full): the parameters of assign */
RegParams *reg_assignment_details_dup_params (RegAssignmentDetails *self);

G_END_DECLS
