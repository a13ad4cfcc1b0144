/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-rules"

#include "rules/reg-operation-private.h"
#include "rules/reg-seat.h"
#include "rules/reg-status.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const RegOperation *const operations[] = {
  &reg_operation_assign,
  &reg_operation_set_due_date,
  &reg_operation_clear_due_date,
  &reg_operation_mark_complete,
  &reg_operation_mark_incomplete,
  &reg_operation_unassign,
  &reg_operation_unenroll,
  &reg_operation_reset_progress,
  &reg_operation_generate_certificate,
  &reg_operation_remove_certificate,
  &reg_operation_remove_user,
  &reg_operation_remove_registration,
  &reg_operation_reassign,
  &reg_operation_renew,
  &reg_operation_change_session,
  &reg_operation_mark_no_show,
  &reg_operation_remove_from_session,
  &reg_operation_make_instructor,
  &reg_operation_remove_instructor,
  &reg_operation_approve,
  &reg_operation_notify,
  &reg_operation_archive,
  &reg_operation_restore,
  &reg_operation_reset_password,
  &reg_operation_archive_activity,
  &reg_operation_restore_activity,
  &reg_operation_add_user,
  &reg_operation_edit_user,
  &reg_operation_set_auto_reassign,
  &reg_operation_set_groups,
  &reg_operation_set_role,
  &reg_operation_save_preset,
};

/**
 * reg_target_from_ids:
 * @user_id: the user, or 0
 * @course_id: the course, or 0
 *
 * A target is known by two numbers, in the outbox as on the wire: a user has no course, an
 * enrollment has both, a course has no user, and neither has a preset, whose course is minus its
 * id.
 *
 * Returns: the kind of target
 */
RegTarget
reg_target_from_ids (gint64 user_id, gint64 course_id)
{
  if (user_id == 0)
    return course_id < 0 ? REG_TARGET_PRESET : REG_TARGET_COURSE;
  return course_id == 0 ? REG_TARGET_USER : REG_TARGET_ENROLLMENT;
}

/**
 * reg_operation_find:
 * @name: (nullable): the word of the wire API
 *
 * Returns: (nullable) (transfer none): the operation, or %NULL where there is none of that name
 */
const RegOperation *
reg_operation_find (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (operations); i++)
    if (g_strcmp0 (operations[i]->name, name) == 0)
      return operations[i];
  return NULL;
}

/**
 * reg_operation_list:
 * @n: (out): how many
 *
 * Returns: (transfer none): every operation
 */
const RegOperation *const *
reg_operation_list (guint *n)
{
  *n = G_N_ELEMENTS (operations);
  return operations;
}

/**
 * reg_actor_get_roles:
 * @role: the role of who is signed in
 * @id: their id
 * @is_instructor: whether they were made an instructor of the course at hand
 * @manager_id: who manages the person at hand; 0 for nobody
 *
 * A role counts where it applies: that of an instructor in their own courses, that of a manager
 * for their own team. Who was made an instructor of a course is one there, whatever their role.
 *
 * Returns: bits of the roles they have there, to be compared with those of operations and readings
 */
guint
reg_actor_get_roles (RegRole role, gint64 id, gboolean is_instructor, gint64 manager_id)
{
  guint roles = is_instructor ? REG_ROLE_BIT (REG_ROLE_INSTRUCTOR) : 0;

  if (role == REG_ROLE_INSTRUCTOR || (role == REG_ROLE_MANAGER && manager_id != id))
    return roles;
  return roles | REG_ROLE_BIT (role);
}

static RegReason
check_state (const RegOperation *self, const RegSubject *subject)
{
  if (self->target == REG_TARGET_COURSE || self->target == REG_TARGET_PRESET)
    return REG_REASON_NONE;
  if ((self->states & REG_STATE_BIT (subject->user->state)) != 0)
    return REG_REASON_NONE;
  switch (subject->user->state)
    {
    case REG_USER_STATE_DEACTIVATED:
      return REG_REASON_USER_DEACTIVATED;
    case REG_USER_STATE_ARCHIVED:
      return REG_REASON_USER_ARCHIVED;
    case REG_USER_STATE_PENDING:
    case REG_USER_STATE_ACTIVE:
      return REG_REASON_STATUS_NOT_ALLOWED;
    }
  g_return_val_if_reached (REG_REASON_STATUS_NOT_ALLOWED);
}

static RegReason
check_role (const RegOperation *self, const RegSubject *subject)
{
  guint roles =
      reg_actor_get_roles (subject->actor_role, subject->actor_id, subject->actor_is_instructor,
                           subject->user != NULL ? subject->user->manager_id : 0);

  if ((self->roles & roles) != 0)
    return REG_REASON_NONE;
  if ((self->roles & REG_ROLE_BIT (subject->actor_role)) == 0)
    return REG_REASON_ROLE_MISSING;
  return subject->actor_role == REG_ROLE_MANAGER ? REG_REASON_TEAM_NOT_OWN
                                                 : REG_REASON_COURSE_NOT_OWN;
}

gboolean
reg_operation_fits_kind (const RegOperation *self, RegCourseKind kind)
{
  return self->kinds == 0 || (self->kinds & REG_KIND_BIT (kind)) != 0;
}

static RegReason
check_status (const RegOperation *self, const RegSubject *subject)
{
  RegStatus status;

  if (self->target != REG_TARGET_ENROLLMENT)
    return REG_REASON_NONE;
  if (!reg_operation_fits_kind (self, subject->course->kind))
    return REG_REASON_COURSE_KIND;
  status = reg_enrollment_get_status (subject->enrollment, subject->course->kind);
  if ((self->statuses & REG_STATUS_BIT (status)) != 0)
    return REG_REASON_NONE;
  if (status == REG_STATUS_ABSENT)
    return REG_REASON_NOT_ENROLLED;
  if ((self->statuses & REG_STATUS_BIT (REG_STATUS_ABSENT)) != 0)
    return REG_REASON_ALREADY_ASSIGNED;
  return REG_REASON_STATUS_NOT_ALLOWED;
}

/**
 * reg_operation_dup_not_enrolled:
 * @self: an operation on enrollments
 *
 * Returns: (transfer full): why it is not possible for somebody who is not enrolled, translated
 */
char *
reg_operation_dup_not_enrolled (const RegOperation *self)
{
  return self->not_enrolled != NULL ? g_strdup (_ (self->not_enrolled))
                                    : reg_reason_dup_sentence (REG_REASON_NOT_ENROLLED, NULL, NULL);
}

static char *
dup_sentence (const RegOperation *self, const RegSubject *subject, RegReason reason)
{
  if (reason == REG_REASON_COURSE_KIND)
    return reg_reason_dup_sentence (reason, reg_course_kind_get_label (subject->course->kind),
                                    NULL);
  if (reason == REG_REASON_NOT_ENROLLED)
    return reg_operation_dup_not_enrolled (self);
  if (reason != REG_REASON_STATUS_NOT_ALLOWED)
    return reg_reason_dup_sentence (reason, NULL, NULL);
  if (self->target != REG_TARGET_ENROLLMENT)
    return reg_reason_dup_sentence (reason, reg_user_state_get_label (subject->user->state), NULL);
  {
    g_autofree char *label =
        reg_enrollment_dup_status_label (subject->enrollment, subject->course->kind);

    return reg_reason_dup_sentence (reason, label, NULL);
  }
}

/**
 * reg_operation_check:
 * @self: an operation
 * @subject: what it would be done to; not changed
 * @params: (nullable): its parameters
 * @sentence: (out) (optional) (transfer full) (nullable): the reason in words, translated
 *
 * Whether an operation is possible: the role, the person's state, the enrollment's status, then
 * what the operation itself looks at.
 *
 * Returns: %REG_REASON_NONE, or why not
 */
RegReason
reg_operation_check (const RegOperation *self,
                     const RegSubject *subject,
                     const RegParams *params,
                     char **sentence)
{
  g_autofree char *detail = NULL;
  RegReason reason;

  g_return_val_if_fail (self->target != REG_TARGET_PRESET || subject->preset != NULL,
                        REG_REASON_VALUE_INVALID);
  g_return_val_if_fail (self->target == REG_TARGET_COURSE || self->target == REG_TARGET_PRESET
                            || subject->user != NULL,
                        REG_REASON_USER_UNKNOWN);
  g_return_val_if_fail (self->target == REG_TARGET_USER || self->target == REG_TARGET_PRESET
                            || subject->course != NULL,
                        REG_REASON_COURSE_UNKNOWN);
  g_return_val_if_fail (self->target != REG_TARGET_ENROLLMENT || subject->enrollment != NULL,
                        REG_REASON_COURSE_UNKNOWN);

  reason = check_role (self, subject);
  if (reason == REG_REASON_NONE)
    reason = check_state (self, subject);
  if (reason == REG_REASON_NONE)
    reason = check_status (self, subject);
  if (reason == REG_REASON_NONE && self->has_nothing_to_do != NULL
      && self->has_nothing_to_do (subject->enrollment))
    reason = REG_REASON_NOTHING_TO_DO;
  if (reason == REG_REASON_NONE && self->check != NULL)
    reason = self->check (subject, params, sentence != NULL ? &detail : NULL);
  if (sentence != NULL)
    *sentence = reason == REG_REASON_NONE ? NULL
                : detail != NULL          ? g_steal_pointer (&detail)
                                          : dup_sentence (self, subject, reason);
  return reason;
}

/**
 * reg_operation_apply:
 * @self: an operation
 * @subject: what it is done to
 * @params: (nullable): its parameters
 *
 * Changes the subject as the operation does. The caller has asked reg_operation_check (), except in
 * a rebase, where an intent that was possible once is shown until the LMS has answered it.
 */
void
reg_operation_apply (const RegOperation *self, RegSubject *subject, const RegParams *params)
{
  gint64 before = 0;

  if (subject->sessions != NULL)
    before = reg_enrollment_get_held_session (subject->enrollment);
  self->apply (subject, params);
  if (subject->sessions != NULL)
    reg_sessions_move_seat (subject->sessions, before,
                            reg_enrollment_get_held_session (subject->enrollment));
}

/**
 * reg_operation_has_chosen:
 * @self: an operation
 * @params: (nullable): its parameters
 *
 * Returns: whether the parameters make the choice that the operation offers
 */
gboolean
reg_operation_has_chosen (const RegOperation *self, const RegParams *params)
{
  return self->choice != NULL && reg_params_get_boolean (params, self->choice->key);
}

static gboolean
is_final (const RegOperation *self, const RegParams *params)
{
  return self->is_final != NULL && self->is_final (params);
}

/**
 * reg_operation_get_tick:
 * @self: an operation
 * @params: (nullable): its parameters
 *
 * Returns: (nullable) (transfer none): what must be ticked before it is done, to be translated
 */
const char *
reg_operation_get_tick (const RegOperation *self, const RegParams *params)
{
  if (is_final (self, params))
    return N_ ("I confirm this is a subscription assignment. It can't be undone.");
  return reg_operation_get_confirm (self, params) == REG_CONFIRM_IRREVERSIBLE
             ? N_ ("I _understand that this cannot be taken back once it was sent")
             : NULL;
}

/**
 * reg_operation_get_confirm:
 * @self: an operation
 * @params: (nullable): its parameters
 *
 * Returns: how strongly it is confirmed with these parameters
 */
RegConfirm
reg_operation_get_confirm (const RegOperation *self, const RegParams *params)
{
  if (is_final (self, params))
    return REG_CONFIRM_IRREVERSIBLE;
  return reg_operation_has_chosen (self, params) ? self->choice->confirm : self->confirm;
}

/**
 * reg_operation_get_warning:
 * @self: an operation
 * @params: (nullable): its parameters
 *
 * Returns: (nullable) (transfer none): what its confirmation warns of, to be translated
 */
const char *
reg_operation_get_warning (const RegOperation *self, const RegParams *params)
{
  return reg_operation_has_chosen (self, params) ? self->choice->warning : self->warning;
}

/**
 * reg_operation_get_effect:
 * @self: an operation
 * @params: (nullable): its parameters
 *
 * Returns: (transfer none): what happens, to be translated
 */
const char *
reg_operation_get_effect (const RegOperation *self, const RegParams *params)
{
  return reg_operation_has_chosen (self, params) ? self->choice->effect : self->effect;
}

/**
 * reg_operation_get_counter:
 * @self: an operation
 * @params: (nullable): its parameters
 *
 * Returns: (nullable) (transfer none): name of the operation that takes it back after it was sent
 */
const char *
reg_operation_get_counter (const RegOperation *self, const RegParams *params)
{
  if (is_final (self, params))
    return NULL;
  return reg_operation_has_chosen (self, params) ? self->choice->counter : self->counter;
}

/**
 * reg_operation_get_instead:
 * @self: an operation
 * @params: (nullable): its parameters
 *
 * Returns: (nullable): what is done instead to the users' enrollments with these parameters
 */
const RegOperation *
reg_operation_get_instead (const RegOperation *self, const RegParams *params)
{
  return reg_operation_has_chosen (self, params) && self->choice->instead != NULL
             ? reg_operation_find (self->choice->instead)
             : NULL;
}

/**
 * reg_operation_count_mails:
 * @self: an operation
 * @params: (nullable): its parameters
 *
 * Nobody is written to unless the operation is about that, or its parameters ask for it: by a
 * message, or by notifying.
 *
 * Returns: how many e-mails each person gets
 */
guint
reg_operation_count_mails (const RegOperation *self, const RegParams *params)
{
  const char *message = reg_params_get (params, "message");

  return (message != NULL && *message != '\0' ? 1 : 0)
         + (self->mails || reg_params_get_boolean (params, "notify") ? 1 : 0);
}

/**
 * reg_operation_removes_records:
 * @self: an operation
 * @params: (nullable): its parameters
 *
 * Returns: whether the LMS deletes what it has recorded, so that a copy is to be kept
 */
gboolean
reg_operation_removes_records (const RegOperation *self, const RegParams *params)
{
  return self->removes_records
         || (reg_operation_has_chosen (self, params) && self->choice->removes_records);
}

/**
 * reg_operation_dup_notice:
 * @self: an operation
 * @n_targets: how many it will concern
 * @n_noticed: for how many of them needs_notice () is true
 *
 * Returns: (nullable) (transfer full): what must be said beforehand, translated
 */
char *
reg_operation_dup_notice (const RegOperation *self, gint64 n_targets, gint64 n_noticed)
{
  if (self->notice == NULL || n_noticed == 0)
    return NULL;
  if (n_targets == 1)
    return g_strdup (_ (self->notice));
    /* The text comes from the table, where xgettext checks it. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  return g_strdup_printf (_ (self->notice_many), (int)n_noticed);
#pragma GCC diagnostic pop
}

const char *
reg_subject_get_field (const RegSubject *subject, const char *key, char buffer[32])
{
  const RegUser *user = subject->user;
  gint64 number;

  if (strcmp (key, "due_date") == 0)
    return subject->enrollment->due_date;
  if (strcmp (key, "requirement") == 0)
    return reg_requirement_to_nick (subject->enrollment->requirement);
  if (strcmp (key, "edition") == 0)
    return subject->enrollment->edition;
  if (strcmp (key, "mode") == 0)
    return subject->enrollment->mode;
  if (strcmp (key, "units") == 0)
    return subject->enrollment->units;
  if (strcmp (key, "name") == 0)
    return subject->preset->name;
  if (strcmp (key, "items") == 0)
    return subject->preset->items;
  if (strcmp (key, "auto_reassign_days") == 0)
    {
      g_snprintf (buffer, 32, "%d", subject->course->auto_reassign_days);
      return buffer;
    }
  if (strcmp (key, "email") == 0)
    return user->email;
  if (strcmp (key, "employee_id") == 0)
    return user->employee_id;
  if (strcmp (key, "given_name") == 0)
    return user->given_name;
  if (strcmp (key, "family_name") == 0)
    return user->family_name;
  if (strcmp (key, "labels") == 0)
    return user->labels;
  if (strcmp (key, "role") == 0)
    return reg_role_to_nick (user->role);
  if (strcmp (key, "session_id") == 0)
    number = subject->enrollment->seat == REG_SEAT_ENROLLED ? subject->enrollment->session_id : 0;
  else if (strcmp (key, "location_id") == 0)
    number = user->location_id;
  else if (strcmp (key, "manager_id") == 0)
    number = user->manager_id;
  else
    return NULL;
  if (number == 0)
    return "";
  g_snprintf (buffer, 32, "%" G_GINT64_FORMAT, number);
  return buffer;
}

/* The value a field gets, or NULL where the operation leaves it alone. */
static const char *
get_new_value (const RegOperation *self, const RegParams *params, const char *key)
{
  const char *value = reg_params_get (params, key);

  return value == NULL && self->fields == REG_FIELDS_ALL ? "" : value;
}

/**
 * reg_operation_dup_base:
 * @self: an operation
 * @subject: what it will be done to
 * @params: (nullable): its parameters
 *
 * What each field has now that the operation will give another value.
 *
 * Returns: (nullable) (transfer full): the values, or %NULL for an operation that is not on fields
 */
RegParams *
reg_operation_dup_base (const RegOperation *self,
                        const RegSubject *subject,
                        const RegParams *params)
{
  g_autoptr (RegParams) base = NULL;
  char buffer[32];

  if (self->fields == REG_FIELDS_NONE)
    return NULL;
  base = reg_params_new ();
  for (guint i = 0; self->param_keys[i] != NULL; i++)
    {
      const char *key = self->param_keys[i];

      if (get_new_value (self, params, key) != NULL)
        reg_params_set (base, key, reg_subject_get_field (subject, key, buffer));
    }
  return g_steal_pointer (&base);
}

/**
 * reg_operation_compare_base:
 * @self: an operation on fields
 * @server: the subject as the LMS has it now
 * @params: (nullable): the parameters
 * @base: (nullable): the values when the edit was made
 * @server_values: (out) (optional) (transfer full) (nullable): the LMS's values where they conflict
 *
 * The three-way comparison: a field that the LMS changed to something else is a conflict (K-03),
 * one it changed to the same value is not (K-01), fields that were left alone merge (K-02).
 *
 * Returns: %REG_REASON_NONE to go on, %REG_REASON_NOTHING_TO_DO where the LMS has all the new
 * values already, %REG_REASON_FIELD_CHANGED for a conflict
 */
RegReason
reg_operation_compare_base (const RegOperation *self,
                            const RegSubject *server,
                            const RegParams *params,
                            const RegParams *base,
                            RegParams **server_values)
{
  g_autoptr (RegParams) values = reg_params_new ();
  gboolean conflict = FALSE, all_same = TRUE;
  char buffer[32];

  if (server_values != NULL)
    *server_values = NULL;
  if (self->fields == REG_FIELDS_NONE)
    return REG_REASON_NONE;
  for (guint i = 0; self->param_keys[i] != NULL; i++)
    {
      const char *key = self->param_keys[i];
      const char *mine = get_new_value (self, params, key);
      const char *was = reg_params_get (base, key);
      const char *theirs;

      if (mine == NULL)
        continue;
      theirs = reg_subject_get_field (server, key, buffer);
      if (strcmp (theirs, mine) == 0)
        continue;
      all_same = FALSE;
      if (was != NULL && strcmp (theirs, was) != 0)
        {
          conflict = TRUE;
          reg_params_set (values, key, theirs);
        }
    }
  if (conflict)
    {
      if (server_values != NULL)
        *server_values = g_steal_pointer (&values);
      return REG_REASON_FIELD_CHANGED;
    }
  return all_same ? REG_REASON_NOTHING_TO_DO : REG_REASON_NONE;
}

/**
 * reg_operation_get_counter_of:
 * @self: an operation
 * @before: the subject before it was done
 * @params: (nullable): the parameters it was done with
 *
 * Returns: (nullable) (transfer none): name of the operation that gives back what there was
 */
const char *
reg_operation_get_counter_of (const RegOperation *self,
                              const RegSubject *before,
                              const RegParams *params)
{
  if (self->get_counter != NULL)
    return self->get_counter (before->enrollment);
  return reg_operation_get_counter (self, params);
}

/**
 * reg_operation_dup_counter_params:
 * @self: an operation with a counter
 * @before: the subject before it was done
 * @params: (nullable): the parameters it was done with
 *
 * The parameters with which the counter-operation gives back what was there before.
 *
 * Returns: (transfer full): the parameters
 */
RegParams *
reg_operation_dup_counter_params (const RegOperation *self,
                                  const RegSubject *before,
                                  const RegParams *params)
{
  static const char *const keys[] = { "due_date", "requirement", "session_id",
                                      "edition",  "mode",        "units" };
  g_autoptr (RegParams) counter = reg_operation_dup_base (self, before, params);
  const RegOperation *operation =
      reg_operation_find (reg_operation_get_counter_of (self, before, params));
  char buffer[32];

  if (self->dup_counter != NULL)
    return self->dup_counter (before, params);
  if (counter == NULL)
    counter = reg_params_new ();
  if (operation == NULL || before->enrollment == NULL || !before->enrollment->present)
    return g_steal_pointer (&counter);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (g_strv_contains (operation->param_keys, keys[i])
        && reg_subject_get_field (before, keys[i], buffer) != NULL)
      reg_params_set (counter, keys[i], reg_subject_get_field (before, keys[i], buffer));
  return g_steal_pointer (&counter);
}
