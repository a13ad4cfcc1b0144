/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words of the domain. Each enum has one nick per value: the word the wire API, the database's
 * text columns and the command line use. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  REG_USER_STATE_PENDING,
  REG_USER_STATE_ACTIVE,
  REG_USER_STATE_DEACTIVATED,
  REG_USER_STATE_ARCHIVED,
} RegUserState;
#define REG_N_USER_STATES 4

typedef enum
{
  REG_ROLE_LEARNER,
  REG_ROLE_COORDINATOR,
  REG_ROLE_INSTRUCTOR,
  REG_ROLE_MANAGER,
  REG_ROLE_ADMINISTRATOR,
  REG_ROLE_PRIMARY_ADMIN,
} RegRole;
#define REG_N_ROLES 6

typedef enum
{
  REG_COURSE_SELF_PACED,
  REG_COURSE_ILT,
  REG_COURSE_PATH,
  REG_COURSE_EXTERNAL,
} RegCourseKind;
#define REG_N_COURSE_KINDS 4

typedef enum
{
  REG_LABEL_GROUP,
  REG_LABEL_TEAM,
  REG_LABEL_TAG,
  REG_LABEL_LOCATION,
} RegLabelKind;

typedef enum
{
  REG_ACCESS_ACTIVE,
  REG_ACCESS_REVOKED,
} RegAccess;

typedef enum
{
  REG_REQUIREMENT_OPTIONAL,
  REG_REQUIREMENT_REQUIRED,
} RegRequirement;

typedef enum
{
  REG_SOURCE_MANUAL,
  REG_SOURCE_SELF,
  REG_SOURCE_TEAM,
  REG_SOURCE_QUALIFICATION,
  REG_SOURCE_IMPORT,
  REG_SOURCE_AUTO,
} RegSource;

typedef enum
{
  REG_SEAT_NONE,
  REG_SEAT_ENROLLED,
  REG_SEAT_ATTENDED,
  REG_SEAT_INCOMPLETE,
  REG_SEAT_NO_SHOW,
} RegSeat;

typedef enum
{
  REG_POOL_LICENSE,
  REG_POOL_CREDIT,
  REG_POOL_SUBSCRIPTION,
} RegPoolKind;

/* What is shown of an enrollment: derived by reg_enrollment_get_status (), never stored by an LMS.
 */
typedef enum
{
  REG_STATUS_ABSENT, /* there is no enrollment */
  REG_STATUS_NOT_STARTED,
  REG_STATUS_STARTED,
  REG_STATUS_IN_PROGRESS, /* "XX% Completed" */
  REG_STATUS_ENROLLED,    /* holds a seat in a session */
  REG_STATUS_COMPLETED,
  REG_STATUS_UNENROLLED,
} RegStatus;
#define REG_N_STATUSES 7

typedef enum
{
  REG_CHANGE_PENDING,
  REG_CHANGE_SENDING,
  REG_CHANGE_UNKNOWN, /* sent, no answer: asked for by its key before any resend */
  REG_CHANGE_DONE,
  REG_CHANGE_REJECTED,
  REG_CHANGE_CONFLICT,
  REG_CHANGE_UNDONE,
} RegChangeState;
#define REG_N_CHANGE_STATES 7

typedef enum
{
  REG_OUTCOME_APPLIED,
  REG_OUTCOME_SKIPPED,
  REG_OUTCOME_REJECTED,
  REG_OUTCOME_CONFLICT,
  REG_OUTCOME_UNKNOWN, /* the LMS never saw this key */
} RegOutcomeKind;

typedef enum
{
  REG_RUN_STAGED, /* waits in Pending Changes */
  REG_RUN_SENDING,
  REG_RUN_FINISHED, /* the LMS has answered every line */
  REG_RUN_UNDONE,
} RegRunState;

const char *reg_user_state_to_nick (RegUserState value);
const char *reg_role_to_nick (RegRole value);
const char *reg_course_kind_to_nick (RegCourseKind value);
const char *reg_label_kind_to_nick (RegLabelKind value);
const char *reg_access_to_nick (RegAccess value);
const char *reg_requirement_to_nick (RegRequirement value);
const char *reg_source_to_nick (RegSource value);
const char *reg_seat_to_nick (RegSeat value);
const char *reg_pool_kind_to_nick (RegPoolKind value);
const char *reg_status_to_nick (RegStatus value);
const char *reg_change_state_to_nick (RegChangeState value);
const char *reg_outcome_kind_to_nick (RegOutcomeKind value);
const char *reg_run_state_to_nick (RegRunState value);

/* Each returns FALSE and leaves *value alone where the nick is not known. len: bytes, or -1. */
gboolean reg_user_state_from_nick (const char *nick, gssize len, RegUserState *value);
gboolean reg_role_from_nick (const char *nick, gssize len, RegRole *value);
gboolean reg_course_kind_from_nick (const char *nick, gssize len, RegCourseKind *value);
gboolean reg_label_kind_from_nick (const char *nick, gssize len, RegLabelKind *value);
gboolean reg_access_from_nick (const char *nick, gssize len, RegAccess *value);
gboolean reg_requirement_from_nick (const char *nick, gssize len, RegRequirement *value);
gboolean reg_source_from_nick (const char *nick, gssize len, RegSource *value);
gboolean reg_seat_from_nick (const char *nick, gssize len, RegSeat *value);
gboolean reg_pool_kind_from_nick (const char *nick, gssize len, RegPoolKind *value);
gboolean reg_status_from_nick (const char *nick, gssize len, RegStatus *value);
gboolean reg_change_state_from_nick (const char *nick, gssize len, RegChangeState *value);
gboolean reg_outcome_kind_from_nick (const char *nick, gssize len, RegOutcomeKind *value);
gboolean reg_run_state_from_nick (const char *nick, gssize len, RegRunState *value);

G_END_DECLS
