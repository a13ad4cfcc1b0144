/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Operations on a person's account. */
#define G_LOG_DOMAIN "reg-rules"

#include "rules/reg-operation-private.h"
#include "rules/reg-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static void
approve_apply (RegSubject *subject, const RegParams *params)
{
  subject->user->state = REG_USER_STATE_ACTIVE;
  subject->user->approved_at = subject->now;
  if (reg_params_get_boolean (params, "notify"))
    subject->user->notified_at = subject->now;
}

static const char *const approve_params[] = { "notify", NULL };

const RegOperation reg_operation_approve = {
  .name = "approve",
  .label = N_ ("Approve"),
  .target = REG_TARGET_USER,
  .states = REG_STATE_BIT (REG_USER_STATE_PENDING),
  .roles = REG_ROLES_ADMIN,
  .confirm = REG_CONFIRM_UNDO,
  .effect = N_ ("The user becomes active. Nobody is notified unless you ask for it."),
  PLURAL_ (.done_one = "%d user approved", .done_many = "%d users approved"),
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
archive_apply (RegSubject *subject, const RegParams *params)
{
  subject->user->state = REG_USER_STATE_ARCHIVED;
  subject->user->archived_at = subject->now;
}

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
  .param_keys = no_params,
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

static RegReason
invalid (const char *value, char **sentence)
{
  if (sentence != NULL)
    *sentence = reg_reason_dup_sentence (REG_REASON_VALUE_INVALID, value, NULL);
  return REG_REASON_VALUE_INVALID;
}

static gboolean
is_number (const char *text)
{
  guint64 number;

  return *text == '\0' || g_ascii_string_to_unsigned (text, 10, 0, G_MAXINT64, &number, NULL);
}

static RegReason
edit_user_check (const RegSubject *subject, const RegParams *params, char **sentence)
{
  const char *email = reg_params_get (params, "email");
  const char *role = reg_params_get (params, "role");
  const char *given = reg_params_get (params, "given_name");
  const char *family = reg_params_get (params, "family_name");
  const char *location = reg_params_get (params, "location_id");
  const char *manager = reg_params_get (params, "manager_id");
  RegRole value;

  if (reg_params_get_size (params) == 0)
    return REG_REASON_NOTHING_TO_DO;
  if (email != NULL && !reg_email_is_valid (email, -1))
    return REG_REASON_EMAIL_INVALID;
  if (role != NULL && !reg_role_from_nick (role, -1, &value))
    return invalid (role, sentence);
  if (role != NULL && value > subject->actor_role)
    return REG_REASON_ROLE_MISSING;
  if (location != NULL && !is_number (location))
    return invalid (location, sentence);
  if (manager != NULL && !is_number (manager))
    return invalid (manager, sentence);
  if (*(given != NULL ? given : subject->user->given_name) == '\0'
      && *(family != NULL ? family : subject->user->family_name) == '\0')
    return invalid ("", sentence);
  return REG_REASON_NONE;
}

static void
take_text (char **field, const RegParams *params, const char *key)
{
  const char *value = reg_params_get (params, key);

  if (value != NULL && strcmp (value, *field) != 0)
    {
      g_free (*field);
      *field = g_strdup (value);
    }
}

static void
edit_user_apply (RegSubject *subject, const RegParams *params)
{
  RegUser *user = subject->user;

  take_text (&user->email, params, "email");
  take_text (&user->employee_id, params, "employee_id");
  take_text (&user->given_name, params, "given_name");
  take_text (&user->family_name, params, "family_name");
  take_text (&user->labels, params, "labels");
  if (reg_params_get (params, "role") != NULL)
    reg_role_from_nick (reg_params_get (params, "role"), -1, &user->role);
  if (reg_params_get (params, "location_id") != NULL)
    user->location_id = reg_params_get_int64 (params, "location_id");
  if (reg_params_get (params, "manager_id") != NULL)
    user->manager_id = reg_params_get_int64 (params, "manager_id");
}

static const char *const edit_user_params[] = { "email",      "employee_id", "family_name",
                                                "given_name", "labels",      "location_id",
                                                "manager_id", "role",        NULL };

const RegOperation reg_operation_edit_user = {
  .name = "edit-user",
  .label = N_ ("Edit User"),
  .target = REG_TARGET_USER,
  .states = REG_STATES_USABLE,
  .roles = REG_ROLES_ADMIN,
  .confirm = REG_CONFIRM_UNDO,
  .effect = N_ ("Only the fields you changed are sent."),
  PLURAL_ (.done_one = "%d user edited", .done_many = "%d users edited"),
  .counter = "edit-user",
  .param_keys = edit_user_params,
  .fields = REG_FIELDS_GIVEN,
  .check = edit_user_check,
  .apply = edit_user_apply,
};
