/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/reg-words.h"
#include "rules/reg-operation.h"

G_BEGIN_DECLS

#define REG_ROLES_ADMIN                                                                            \
  (REG_ROLE_BIT (REG_ROLE_ADMINISTRATOR) | REG_ROLE_BIT (REG_ROLE_PRIMARY_ADMIN))
#define REG_ROLES_MANAGING (REG_ROLES_ADMIN | REG_ROLE_BIT (REG_ROLE_MANAGER))
#define REG_ROLES_SESSIONS                                                                         \
  (REG_ROLES_ADMIN | REG_ROLE_BIT (REG_ROLE_INSTRUCTOR) | REG_ROLE_BIT (REG_ROLE_COORDINATOR))
#define REG_ROLES_TEACHING (REG_ROLES_ADMIN | REG_ROLE_BIT (REG_ROLE_INSTRUCTOR))

/* People something can still be done with (K-08). */
#define REG_STATES_USABLE                                                                          \
  (REG_STATE_BIT (REG_USER_STATE_PENDING) | REG_STATE_BIT (REG_USER_STATE_ACTIVE))

extern const RegOperation reg_operation_assign;
extern const RegOperation reg_operation_set_due_date;
extern const RegOperation reg_operation_clear_due_date;
extern const RegOperation reg_operation_mark_complete;
extern const RegOperation reg_operation_mark_incomplete;
extern const RegOperation reg_operation_unassign;
extern const RegOperation reg_operation_unenroll;
extern const RegOperation reg_operation_reset_progress;
extern const RegOperation reg_operation_generate_certificate;
extern const RegOperation reg_operation_remove_certificate;
extern const RegOperation reg_operation_remove_user;
extern const RegOperation reg_operation_remove_registration;
extern const RegOperation reg_operation_reassign;
extern const RegOperation reg_operation_change_session;
extern const RegOperation reg_operation_mark_no_show;
extern const RegOperation reg_operation_remove_from_session;
extern const RegOperation reg_operation_make_instructor;
extern const RegOperation reg_operation_remove_instructor;
extern const RegOperation reg_operation_renew;
extern const RegOperation reg_operation_save_preset;
extern const RegOperation reg_operation_approve;
extern const RegOperation reg_operation_notify;
extern const RegOperation reg_operation_archive;
extern const RegOperation reg_operation_restore;
extern const RegOperation reg_operation_add_user;
extern const RegOperation reg_operation_edit_user;
extern const RegOperation reg_operation_set_auto_reassign;
extern const RegOperation reg_operation_set_groups;
extern const RegOperation reg_operation_set_role;
extern const RegOperation reg_operation_reset_password;
extern const RegOperation reg_operation_archive_activity;
extern const RegOperation reg_operation_restore_activity;

/* The value of a field of the subject as text, in buffer or borrowed; "" for none. */
const char *reg_subject_get_field (const RegSubject *subject, const char *key, char buffer[32]);

/* Edition, mode and units of an assignment. */
RegReason
reg_subject_check_product (const RegSubject *subject, const RegParams *params, char **sentence);
void reg_subject_apply_product (RegSubject *subject, const RegParams *params);

void reg_subject_give_license_back (RegSubject *subject);
/* Whoever has a course by a qualification has it still when that enrollment ends. */
gboolean reg_subject_is_by_qualification (const RegSubject *subject);

/* The latest attempt from the beginning. */
void reg_enrollment_start_anew (RegEnrollment *enrollment);

G_END_DECLS
