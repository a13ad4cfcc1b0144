/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one table of operations. The menus, the dry run, the client's optimistic effect, the command
 * line and the sandbox's authority all read it: a new operation is one row and one function. */
#pragma once

#include "model/reg-course.h"
#include "model/reg-enrollment.h"
#include "model/reg-license-pool.h"
#include "model/reg-params.h"
#include "model/reg-preset.h"
#include "model/reg-session.h"
#include "model/reg-user.h"
#include "rules/reg-reason.h"

G_BEGIN_DECLS

/* What an operation is about; see reg_target_from_ids (). */
typedef enum
{
  REG_TARGET_USER,
  REG_TARGET_ENROLLMENT,
  REG_TARGET_COURSE,
  REG_TARGET_PRESET,
} RegTarget;

/* Ten years: what is longer is a slip of the finger. */
#define REG_MAX_AUTO_REASSIGN_DAYS 3650

typedef enum
{
  REG_CONFIRM_UNDO,         /* recoverable: no dialog, a toast with Undo */
  REG_CONFIRM_DIALOG,       /* loses data: dialog with the warning and the count */
  REG_CONFIRM_IRREVERSIBLE, /* dialog and tick; the count typed for more than 20 */
} RegConfirm;

/* Which parameters are field values that are compared with their base (K-01…K-03). */
typedef enum
{
  REG_FIELDS_NONE,
  REG_FIELDS_GIVEN, /* those that are set */
  REG_FIELDS_ALL,   /* all of param_keys; one that is not set means empty */
} RegFields;

/* What is written to the people concerned; where there is none, nothing is sent. */
#define REG_PARAM_MESSAGE "message"

/* remove-user: from what, besides; "both" is for those who are in a session. */
#define REG_PARAM_SCOPE "scope"
#define REG_SCOPE_COURSE "course"
#define REG_SCOPE_BOTH "both"

/* Bits of RegOperation.statuses and .states. */
#define REG_STATUS_BIT(status) (1u << (status))
#define REG_STATUS_ALL_PRESENT                                                                     \
  (REG_STATUS_BIT (REG_STATUS_NOT_STARTED) | REG_STATUS_BIT (REG_STATUS_STARTED)                   \
   | REG_STATUS_BIT (REG_STATUS_IN_PROGRESS) | REG_STATUS_BIT (REG_STATUS_ENROLLED)                \
   | REG_STATUS_BIT (REG_STATUS_COMPLETED))
#define REG_STATE_BIT(state) (1u << (state))
#define REG_ROLE_BIT(role) (1u << (role))
#define REG_KIND_BIT(kind) (1u << (kind))

/**
 * RegSubject:
 * @user: (nullable): the person, changed in place by reg_operation_apply (); %NULL for operations
 * on a course
 * @course: (nullable): for operations on an enrollment or a course
 * @edited_course: (nullable): for operations on a course: @course, to be changed in place
 * @preset: (nullable): for operations on a preset; changed in place
 * @enrollment: (nullable): for operations on an enrollment; changed in place; not present where
 * absent
 * @pool: (nullable): the course's license pool; its available count is changed in place
 * @sessions: (nullable) (element-type RegSession): the course's sessions; their taken seats are
 *   changed in place. %NULL where they are not known: the LMS decides then
 * @time_zone: (nullable): the site's, in which days begin and end; %NULL for UTC
 * @same_email: (nullable): somebody else who has the e-mail of the parameters, where the caller
 * looked for one
 * @same_employee_id: (nullable): likewise for the employee ID
 * @actor_id: who does it
 * @actor_is_instructor: whether that person was made an instructor of this course
 * @now: unix seconds
 *
 * Everything an operation looks at or changes.
 */
typedef struct
{
  RegUser *user;
  const RegCourse *course;
  RegCourse *edited_course;
  RegPreset *preset;
  RegEnrollment *enrollment;
  RegLicensePool *pool;
  GPtrArray *sessions;
  GTimeZone *time_zone;
  const RegUser *same_email;
  const RegUser *same_employee_id;
  gint64 actor_id;
  RegRole actor_role;
  gboolean actor_is_instructor;
  gint64 now;
} RegSubject;

/**
 * RegChoice:
 * @key: the parameter it sets
 * @label: what it offers, to be translated
 * @warning: (nullable): as the operation's own, which it replaces where it is chosen
 * @effect: likewise
 * @confirm: likewise
 * @counter: (nullable): likewise; %NULL where it cannot be taken back once it was sent
 * @removes_records: as the operation's own
 * @instead: (nullable): name of the operation on enrollments that is done instead, on every course
 *   the users have access to
 *
 * What the confirmation of an operation offers besides, off at first.
 */
typedef struct
{
  const char *key;
  const char *label;
  const char *warning;
  const char *effect;
  RegConfirm confirm;
  const char *counter;
  const char *instead;
  gboolean removes_records;
} RegChoice;

/* The parameter "mode" of an assignment. */
gboolean reg_params_are_subscription (const RegParams *params);

typedef struct _RegOperation RegOperation;

/**
 * RegOperation:
 * @name: the word of the wire API and the command line
 * @label: menu label, to be translated
 * @creates: whether it makes its target: its subject is a blank user, and no menu has it
 * @statuses: bits of RegStatus in which it may be done (operations on enrollments)
 * @states: bits of RegUserState in which it may be done
 * @roles: bits of RegRole that may do it
 * @kinds: bits of RegCourseKind it may be done in (operations on enrollments); 0 for any
 * @warning: (nullable): the sentence of SPEC §3 its confirmation shows, to be translated
 * @effect: what happens, in one sentence, to be translated
 * @done_one: what a toast says afterwards of one, "%d user enrolled"; use g_dngettext ()
 * @done_many: the same of many
 * @counter: (nullable): name of the operation that takes it back after it was sent
 * @choice: (nullable): what its confirmation offers; such an operation always asks
 * @proceed: (nullable): the word on the button that does it, where it is not the label
 * @notice: (nullable): what must be said beforehand of a person @needs_notice is true for
 * @notice_many: the same where several are concerned, with "%d" for how many of them
 * @not_enrolled: (nullable): why it is not possible for somebody who is not enrolled, to be
 *   translated; only the operations on enrollments that need one
 * @param_keys: the parameters it understands, %NULL-terminated
 * @fields: whether its parameters are values of fields that another person may have changed too
 * @mails: whether it writes to each person, whatever its parameters say
 * @returns_licenses: whether the users' licenses that were not used go back to their pools
 * @removes_records: whether what the LMS has recorded of the enrollment is deleted
 * @starts_anew: whether it is another assignment of a course the person has; whether that takes a
 * license is the LMS's to say
 * @is_final: (nullable): whether it cannot be taken back once it was sent with these parameters,
 * as a subscription, which has a tick of its own
 * @is_apart: whether it stands after the separator in menus; so does what follows it there
 * @check: (nullable): what the bits cannot say; may set *@sentence
 * @apply: the effect on the subject
 * @needs_notice: (nullable): whether @notice is about this subject
 * @has_nothing_to_do: (nullable): whether an enrollment is as the operation would make it already;
 * its menu leaves the operation out then
 * @get_counter: (nullable): name of the operation that takes it back, where that depends on what
 *   was there before
 * @dup_counter: (nullable): its parameters, where they are not the fields' values before
 */
struct _RegOperation
{
  const char *name;
  const char *label;
  RegTarget target;
  gboolean creates;
  guint statuses;
  guint states;
  guint roles;
  guint kinds;
  RegConfirm confirm;
  const char *warning;
  const char *effect;
  const char *done_one;
  const char *done_many;
  const char *counter;
  const RegChoice *choice;
  const char *proceed;
  const char *notice;
  const char *notice_many;
  const char *not_enrolled;
  const char *const *param_keys;
  RegFields fields;
  gboolean mails;
  gboolean returns_licenses;
  gboolean removes_records;
  gboolean starts_anew;
  gboolean (*is_final) (const RegParams *params);
  gboolean is_apart;
  RegReason (*check) (const RegSubject *subject, const RegParams *params, char **sentence);
  void (*apply) (RegSubject *subject, const RegParams *params);
  gboolean (*needs_notice) (const RegSubject *subject);
  gboolean (*has_nothing_to_do) (const RegEnrollment *enrollment);
  const char *(*get_counter) (const RegEnrollment *before);
  RegParams *(*dup_counter) (const RegSubject *before, const RegParams *params);
};

/* Which kind of target a change with these ids has. */
RegTarget reg_target_from_ids (gint64 user_id, gint64 course_id);

guint reg_actor_get_roles (RegRole role, gint64 id, gboolean is_instructor, gint64 manager_id);

const RegOperation *reg_operation_find (const char *name);
const RegOperation *const *reg_operation_list (guint *n);
/* Whether it may be done in courses of a kind. */
gboolean reg_operation_fits_kind (const RegOperation *self, RegCourseKind kind);

RegReason reg_operation_check (const RegOperation *self,
                               const RegSubject *subject,
                               const RegParams *params,
                               char **sentence);
void reg_operation_apply (const RegOperation *self, RegSubject *subject, const RegParams *params);
char *reg_operation_dup_not_enrolled (const RegOperation *self);

/* What its choice, where the parameters make it, changes. */
gboolean reg_operation_has_chosen (const RegOperation *self, const RegParams *params);
RegConfirm reg_operation_get_confirm (const RegOperation *self, const RegParams *params);
const char *reg_operation_get_warning (const RegOperation *self, const RegParams *params);
const char *reg_operation_get_effect (const RegOperation *self, const RegParams *params);
const char *reg_operation_get_counter (const RegOperation *self, const RegParams *params);
const char *reg_operation_get_tick (const RegOperation *self, const RegParams *params);
const RegOperation *reg_operation_get_instead (const RegOperation *self, const RegParams *params);
gboolean reg_operation_removes_records (const RegOperation *self, const RegParams *params);
guint reg_operation_count_mails (const RegOperation *self, const RegParams *params);
char *reg_operation_dup_notice (const RegOperation *self, gint64 n_targets, gint64 n_noticed);

/* For operations on fields. */
RegParams *reg_operation_dup_base (const RegOperation *self,
                                   const RegSubject *subject,
                                   const RegParams *params);
RegReason reg_operation_compare_base (const RegOperation *self,
                                      const RegSubject *server,
                                      const RegParams *params,
                                      const RegParams *base,
                                      RegParams **server_values);

/* Counter-change: which operation gives back what this subject had before, with which parameters.
 */
const char *reg_operation_get_counter_of (const RegOperation *self,
                                          const RegSubject *before,
                                          const RegParams *params);
RegParams *reg_operation_dup_counter_params (const RegOperation *self,
                                             const RegSubject *before,
                                             const RegParams *params);

/* Menus (SPEC §2): operations offered for one enrollment or user, in menu order, to who has these
 * roles there; see reg_actor_get_roles (). */
GPtrArray *reg_operation_list_for_status (RegStatus status, guint roles);
GPtrArray *reg_operation_list_for_enrollment (const RegEnrollment *enrollment,
                                              RegCourseKind kind,
                                              guint roles);
GPtrArray *reg_operation_list_for_state (RegUserState state, guint roles);

G_END_DECLS
