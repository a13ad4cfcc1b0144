/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Operations on a person's account. */
#define G_LOG_DOMAIN "reg-rules"

#include "rules/reg-operation-private.h"

#include <glib/gi18n-lib.h>

static void
approve_apply (RegSubject *subject, const RegParams *params)
{
  subject->user->state = REG_USER_STATE_ACTIVE;
  subject->user->approved_at = subject->now;
  if (reg_params_get_boolean (params, "notify"))
    subject->user->notified_at = subject->now;
}

static const char *const approve_params[] = { "notify", NULL };

static const RegChoice approve_choice = {
  .key = "notify",
  .label = N_ ("Notify"),
  .effect = N_ ("The user becomes active, and the LMS sends the notification e-mail."),
  .confirm = REG_CONFIRM_UNDO,
};

const RegOperation reg_operation_approve = {
  .name = "approve",
  .label = N_ ("Approve"),
  .target = REG_TARGET_USER,
  .states = REG_STATE_BIT (REG_USER_STATE_PENDING),
  .roles = REG_ROLES_ADMIN,
  .confirm = REG_CONFIRM_UNDO,
  .effect = N_ ("The user becomes active. Nobody is notified unless you ask for it."),
  PLURAL_ (.done_one = "%d user approved", .done_many = "%d users approved"),
  .choice = &approve_choice,
  .param_keys = approve_params,
  .apply = approve_apply,
};

static void
notify_apply (RegSubject *subject, const RegParams *params)
{
  subject->user->notified_at = subject->now;
}

static const char *const no_params[] = { NULL };

const RegOperation reg_operation_notify = {
  .name = "notify",
  .label = N_ ("Notify"),
  .target = REG_TARGET_USER,
  .states = REG_STATE_BIT (REG_USER_STATE_ACTIVE),
  .roles = REG_ROLES_ADMIN,
  .confirm = REG_CONFIRM_UNDO,
  .effect = N_ ("The LMS sends the notification e-mail, again where it was sent before."),
  PLURAL_ (.done_one = "%d user will be notified", .done_many = "%d users will be notified"),
  .mails = TRUE,
  .param_keys = no_params,
  .apply = notify_apply,
};

static void
reset_password_apply (RegSubject *subject, const RegParams *params)
{
  /* It is the LMS that writes to the user; nothing shows in the account. */
}

const RegOperation reg_operation_reset_password = {
  .name = "reset-password",
  .label = N_ ("Reset Password"),
  .target = REG_TARGET_USER,
  .states = REG_STATE_BIT (REG_USER_STATE_ACTIVE),
  .roles = REG_ROLES_ADMIN,
  .confirm = REG_CONFIRM_UNDO,
  .effect = N_ ("The LMS sends the user an e-mail with which they choose a new password."),
  PLURAL_ (.done_one = "%d user will get an e-mail to choose a new password",
           .done_many = "%d users will get an e-mail to choose a new password"),
  .param_keys = no_params,
  .mails = TRUE,
  .apply = reset_password_apply,
};

/* With the choice it is done to the enrollments instead, and the account stays as it is. */
static void
archive_apply (RegSubject *subject, const RegParams *params)
{
  if (reg_params_get_boolean (params, "keep_active"))
    return;
  subject->user->state = REG_USER_STATE_ARCHIVED;
  subject->user->archived_at = subject->now;
}

static const char *const archive_params[] = { "keep_active", NULL };

static const RegChoice archive_choice = {
  .key = "keep_active",
  .label = N_ ("Archive the old course activity, keep the user active"),
  .warning = N_ ("The system will never delete any recorded training data."),
  .effect = N_ ("The courses the user has now are archived with their records, and the user stays "
                "active, so that a new course can be assigned."),
  .confirm = REG_CONFIRM_UNDO,
  .counter = "restore-activity",
  .instead = "archive-activity",
};

const RegOperation reg_operation_archive = {
  .name = "archive",
  .label = N_ ("Archive"),
  .target = REG_TARGET_USER,
  .states = REG_STATES_USABLE | REG_STATE_BIT (REG_USER_STATE_DEACTIVATED),
  .roles = REG_ROLES_ADMIN,
  .confirm = REG_CONFIRM_UNDO,
  .warning = N_ ("The system will never delete any recorded training data."),
  .effect = N_ ("The account is archived and found through the Status filter. It can be restored."),
  PLURAL_ (.done_one = "%d user archived", .done_many = "%d users archived"),
  .counter = "restore",
  .choice = &archive_choice,
  .param_keys = archive_params,
  .returns_licenses = TRUE,
  .is_apart = TRUE,
  .apply = archive_apply,
};

static void
restore_apply (RegSubject *subject, const RegParams *params)
{
  RegUser *user = subject->user;

  /* Somebody archived while they waited for approval waits for it again. */
  user->state = user->approved_at != 0 ? REG_USER_STATE_ACTIVE : REG_USER_STATE_PENDING;
  user->archived_at = 0;
}

const RegOperation reg_operation_restore = {
  .name = "restore",
  .label = N_ ("Restore"),
  .target = REG_TARGET_USER,
  .states = REG_STATE_BIT (REG_USER_STATE_ARCHIVED),
  .roles = REG_ROLES_ADMIN,
  .confirm = REG_CONFIRM_UNDO,
  .effect = N_ ("The account is active again, with its training records."),
  PLURAL_ (.done_one = "%d user restored", .done_many = "%d users restored"),
  .counter = "archive",
  .param_keys = no_params,
  .is_apart = TRUE,
  .apply = restore_apply,
};
