/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Operations on what an account says of its person: adding one, and changing it. */
#define G_LOG_DOMAIN "reg-rules"

#include "rules/reg-operation-private.h"
#include "rules/reg-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static RegReason
invalid (const char *value, char **sentence)
{
  if (sentence != NULL)
    *sentence = reg_reason_dup_sentence (REG_REASON_VALUE_INVALID, value, NULL);
  return REG_REASON_VALUE_INVALID;
}

/* As invalid (), in words of its own; they are translated already. */
static RegReason
refuse (const char *words, char **sentence)
{
  if (sentence != NULL)
    *sentence = g_strdup (words);
  return REG_REASON_VALUE_INVALID;
}

static gboolean
is_number (const char *text)
{
  guint64 number;

  return *text == '\0' || g_ascii_string_to_unsigned (text, 10, 0, G_MAXINT64, &number, NULL);
}

/* Below 0: somebody made here, whose change waits until the LMS has said who that is. */
static gboolean
is_person (const char *text)
{
  gint64 id;

  return *text == '\0' || g_ascii_string_to_signed (text, 10, -G_MAXINT64, G_MAXINT64, &id, NULL);
}

static RegReason
check_role (const RegSubject *subject, const char *nick, char **sentence)
{
  RegRole role;

  if (nick == NULL)
    return REG_REASON_NONE;
  if (!reg_role_from_nick (nick, -1, &role))
    return invalid (nick, sentence);
  return role > subject->actor_role ? REG_REASON_ROLE_MISSING : REG_REASON_NONE;
}

/* Where the manager is known by id: who is made here has none before that. */
static gboolean
is_own_manager (const RegUser *user, const RegParams *params)
{
  gint64 manager = reg_params_get_int64 (params, "manager_id");

  return manager != 0 && manager == user->id;
}

static RegReason
check_places (const RegSubject *subject, const RegParams *params, char **sentence)
{
  const char *location = reg_params_get (params, "location_id");
  const char *manager = reg_params_get (params, "manager_id");
  const char *labels = reg_params_get (params, "labels");

  if (location != NULL && !is_number (location))
    return invalid (location, sentence);
  if (manager != NULL && !is_person (manager))
    return invalid (manager, sentence);
  if (is_own_manager (subject->user, params))
    return refuse (_ ("Nobody can be their own manager."), sentence);
  if (labels != NULL && !reg_user_labels_are_valid (labels))
    return invalid (labels, sentence);
  return REG_REASON_NONE;
}

/* (transfer full) (nullable): a value without the blanks around it */
static char *
dup_stripped (const RegParams *params, const char *key)
{
  const char *value = reg_params_get (params, key);
  gsize len = value != NULL ? strlen (value) : 0;

  if (value != NULL)
    reg_text_strip (&value, &len);
  return g_strndup (value, len);
}

static RegReason
taken (const RegParams *params, const char *key, const RegUser *by, char **sentence)
{
  g_autofree char *value = dup_stripped (params, key);
  g_autofree char *name = reg_user_dup_name (by);

  if (sentence != NULL)
    *sentence = reg_reason_dup_sentence (REG_REASON_USER_EXISTS, value, name);
  return REG_REASON_USER_EXISTS;
}

/* Who has the same e-mail or employee ID was looked up by the caller, where it can. */
static RegReason
check_taken (const RegSubject *subject, const RegParams *params, char **sentence)
{
  if (subject->same_email != NULL)
    return taken (params, "email", subject->same_email, sentence);
  if (subject->same_employee_id != NULL)
    return taken (params, "employee_id", subject->same_employee_id, sentence);
  return REG_REASON_NONE;
}

static gboolean
is_empty (const char *text)
{
  return text == NULL || *text == '\0';
}

static RegReason
add_user_check (const RegSubject *subject, const RegParams *params, char **sentence)
{
  g_autofree char *email = dup_stripped (params, "email");
  g_autofree char *employee_id = dup_stripped (params, "employee_id");
  RegReason reason;

  if (is_empty (email) && is_empty (employee_id))
    return refuse (_ ("An e-mail address or an employee ID is needed."), sentence);
  if (!is_empty (email) && !reg_email_is_valid (email, -1))
    return REG_REASON_EMAIL_INVALID;
  reason = check_role (subject, reg_params_get (params, "role"), sentence);
  if (reason == REG_REASON_NONE)
    reason = check_places (subject, params, sentence);
  return reason == REG_REASON_NONE ? check_taken (subject, params, sentence) : reason;
}

static RegReason
edit_user_check (const RegSubject *subject, const RegParams *params, char **sentence)
{
  const char *email = reg_params_get (params, "email");
  const char *given = reg_params_get (params, "given_name");
  const char *family = reg_params_get (params, "family_name");
  RegReason reason;

  if (reg_params_get_size (params) == 0)
    return REG_REASON_NOTHING_TO_DO;
  if (email != NULL && !reg_email_is_valid (email, -1))
    return REG_REASON_EMAIL_INVALID;
  reason = check_role (subject, reg_params_get (params, "role"), sentence);
  if (reason == REG_REASON_NONE)
    reason = check_places (subject, params, sentence);
  if (reason != REG_REASON_NONE)
    return reason;
  if ((given != NULL || family != NULL)
      && *(given != NULL ? given : subject->user->given_name) == '\0'
      && *(family != NULL ? family : subject->user->family_name) == '\0')
    return refuse (_ ("A given name or a family name is needed."), sentence);
  return check_taken (subject, params, sentence);
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

static void
strip (char **field)
{
  const char *text = *field;
  gsize len = strlen (text);
  char *stripped;

  reg_text_strip (&text, &len);
  stripped = g_strndup (text, len);
  g_free (*field);
  *field = stripped;
}

static void
add_user_apply (RegSubject *subject, const RegParams *params)
{
  RegUser *user = subject->user;

  edit_user_apply (subject, params);
  strip (&user->email);
  strip (&user->employee_id);
  strip (&user->given_name);
  strip (&user->family_name);
  user->state = REG_USER_STATE_PENDING;
}

static const char *const user_params[] = { "email",      "employee_id", "family_name",
                                           "given_name", "labels",      "location_id",
                                           "manager_id", "role",        NULL };

/* Its subject is a blank user of that state. */
const RegOperation reg_operation_add_user = {
  .name = "add-user",
  .label = N_ ("Add User"),
  .target = REG_TARGET_USER,
  .creates = TRUE,
  .states = REG_STATE_BIT (REG_USER_STATE_PENDING),
  .roles = REG_ROLES_ADMIN,
  .confirm = REG_CONFIRM_UNDO,
  .effect = N_ ("The user is new and waits for approval. Nobody is notified."),
  PLURAL_ (.done_one = "%d user added", .done_many = "%d users added"),
  .counter = "archive",
  .param_keys = user_params,
  .check = add_user_check,
  .apply = add_user_apply,
};

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
  .param_keys = user_params,
  .fields = REG_FIELDS_GIVEN,
  .check = edit_user_check,
  .apply = edit_user_apply,
};

static const char *const set_role_params[] = { "role", NULL };

static RegReason
set_role_check (const RegSubject *subject, const RegParams *params, char **sentence)
{
  const char *role = reg_params_get (params, "role");

  if (role == NULL)
    return invalid ("", sentence);
  if (subject->user->role > subject->actor_role)
    return REG_REASON_ROLE_MISSING;
  if (g_strcmp0 (role, reg_role_to_nick (subject->user->role)) == 0)
    return REG_REASON_NOTHING_TO_DO;
  return check_role (subject, role, sentence);
}

const RegOperation reg_operation_set_role = {
  .name = "set-role",
  .label = N_ ("Change Role"),
  .target = REG_TARGET_USER,
  .states = REG_STATES_USABLE,
  .roles = REG_ROLES_ADMIN,
  .confirm = REG_CONFIRM_UNDO,
  .effect = N_ ("The user may do what the new role may do, from the next sync on."),
  PLURAL_ (.done_one = "Role of %d user changed", .done_many = "Role of %d users changed"),
  .counter = "set-role",
  .param_keys = set_role_params,
  .fields = REG_FIELDS_GIVEN,
  .check = set_role_check,
  .apply = edit_user_apply,
};

/* Groups are added and taken away rather than set, so that two people who do so at once do not
 * undo each other's work, and many users keep what else they are in. */

static char *
change_labels (const char *labels, const RegParams *params)
{
  g_autofree char *added = reg_user_labels_add (labels, reg_params_get (params, "add_labels"));

  return reg_user_labels_remove (added, reg_params_get (params, "remove_labels"));
}

static RegReason
set_groups_check (const RegSubject *subject, const RegParams *params, char **sentence)
{
  static const char *const keys[] = { "add_labels", "remove_labels" };
  g_autofree char *labels = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      const char *value = reg_params_get (params, keys[i]);

      if (value != NULL && !reg_user_labels_are_valid (value))
        return invalid (value, sentence);
    }
  labels = change_labels (subject->user->labels, params);
  return strcmp (labels, subject->user->labels) == 0 ? REG_REASON_NOTHING_TO_DO : REG_REASON_NONE;
}

static void
set_groups_apply (RegSubject *subject, const RegParams *params)
{
  RegUser *user = subject->user;
  char *labels = change_labels (user->labels, params);

  g_free (user->labels);
  user->labels = labels;
}

/* Only what was new is taken away again, only what was there is given back. */
static RegParams *
set_groups_dup_counter (const RegSubject *before, const RegParams *params)
{
  const char *labels = before->user->labels;
  g_autofree char *after = change_labels (labels, params);
  g_autofree char *lost = reg_user_labels_remove (labels, after);
  g_autofree char *won = reg_user_labels_remove (after, labels);
  RegParams *counter = reg_params_new ();

  if (*lost != '\0')
    reg_params_set (counter, "add_labels", lost);
  if (*won != '\0')
    reg_params_set (counter, "remove_labels", won);
  return counter;
}

static const char *const set_groups_params[] = { "add_labels", "remove_labels", NULL };

const RegOperation reg_operation_set_groups = {
  .name = "set-groups",
  .label = N_ ("Change Groups"),
  .target = REG_TARGET_USER,
  .states = REG_STATES_USABLE,
  .roles = REG_ROLES_MANAGING,
  .confirm = REG_CONFIRM_UNDO,
  .effect = N_ ("The user joins and leaves the groups you chose and stays in all others."),
  PLURAL_ (.done_one = "Groups of %d user changed", .done_many = "Groups of %d users changed"),
  .counter = "set-groups",
  .param_keys = set_groups_params,
  .check = set_groups_check,
  .apply = set_groups_apply,
  .dup_counter = set_groups_dup_counter,
};
