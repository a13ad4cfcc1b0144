/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a product is assigned: its edition, by subscription or unit by unit; and renewing the
 * subscription. */
#define G_LOG_DOMAIN "reg-rules"

#include "rules/reg-operation-private.h"
#include "rules/reg-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static RegReason
refuse (const char *value, char **sentence)
{
  if (sentence != NULL)
    *sentence = reg_reason_dup_sentence (REG_REASON_VALUE_INVALID, value, NULL);
  return REG_REASON_VALUE_INVALID;
}

static RegReason
refuse_short (char *words, char **sentence)
{
  if (sentence != NULL)
    *sentence = words;
  else
    g_free (words);
  return REG_REASON_LICENCE_SHORT;
}

static RegReason
check_subscription (const RegSubject *subject, char **sentence)
{
  const RegLicensePool *pool = subject->pool;

  if (pool == NULL || pool->kind != REG_POOL_SUBSCRIPTION)
    {
      if (sentence != NULL)
        *sentence = g_strdup (_ ("There is no subscription of this product."));
      return REG_REASON_VALUE_INVALID;
    }
  if (pool->expires[0] != '\0')
    {
      g_autoptr (GDateTime) now = g_date_time_new_from_unix_utc (subject->now);
      g_autofree char *today = g_date_time_format (now, "%Y-%m-%d");

      if (strcmp (pool->expires, today) < 0)
        return refuse_short (
            g_strdup_printf (_ ("The subscription of this product ended on %s."), pool->expires),
            sentence);
    }
  return REG_REASON_NONE;
}

gboolean
reg_params_are_subscription (const RegParams *params)
{
  return g_strcmp0 (reg_params_get (params, "mode"), REG_MODE_SUBSCRIPTION) == 0;
}

/* Edition, mode and units of an assignment; each may be left to the LMS. */
RegReason
reg_subject_check_product (const RegSubject *subject, const RegParams *params, char **sentence)
{
  const char *edition = reg_params_get (params, "edition");
  const char *mode = reg_params_get (params, "mode");
  const char *units = reg_params_get (params, "units");

  if (edition != NULL && !reg_course_has_parts (subject->course->editions, edition))
    return refuse (edition, sentence);
  if (mode != NULL && strcmp (mode, REG_MODE_SUBSCRIPTION) != 0
      && strcmp (mode, REG_MODE_UNITS) != 0)
    return refuse (mode, sentence);
  if ((units != NULL) != (g_strcmp0 (mode, REG_MODE_UNITS) == 0))
    return refuse (units != NULL ? units : mode, sentence);
  if (units != NULL && !reg_course_has_parts (subject->course->units, units))
    return refuse (units, sentence);
  return reg_params_are_subscription (params) ? check_subscription (subject, sentence)
                                              : REG_REASON_NONE;
}

/* The enrollment's subscription is that of the pool, which may be prolonged later. */
static void
set_subscription (RegSubject *subject)
{
  RegEnrollment *enrollment = subject->enrollment;

  enrollment->mode = reg_enrollment_intern (REG_MODE_SUBSCRIPTION);
  enrollment->units = NULL;
  g_strlcpy (enrollment->subscription_end, subject->pool != NULL ? subject->pool->expires : "",
             sizeof enrollment->subscription_end);
}

/* What of the course is assigned: as the parameters say, and as it was where they say nothing. */
void
reg_subject_apply_product (RegSubject *subject, const RegParams *params)
{
  RegEnrollment *enrollment = subject->enrollment;
  const char *edition = reg_params_get (params, "edition");
  const char *mode = reg_params_get (params, "mode");

  if (edition != NULL)
    enrollment->edition = reg_enrollment_intern (edition);
  if (reg_params_are_subscription (params))
    set_subscription (subject);
  else if (mode != NULL)
    {
      enrollment->mode = reg_enrollment_intern (mode);
      enrollment->units = reg_enrollment_intern (reg_params_get (params, "units"));
      enrollment->subscription_end[0] = '\0';
    }
}

/* Nothing is used for a term the person has already. */
static gboolean
has_term (const RegEnrollment *enrollment, const RegLicensePool *pool)
{
  return enrollment->access == REG_ACCESS_ACTIVE && !enrollment->archived
         && enrollment->subscription_end[0] != '\0' && pool->expires[0] != '\0'
         && strcmp (enrollment->subscription_end, pool->expires) >= 0;
}

static RegReason
renew_check (const RegSubject *subject, const RegParams *params, char **sentence)
{
  RegReason reason = check_subscription (subject, sentence);

  if (reason == REG_REASON_NONE && has_term (subject->enrollment, subject->pool))
    {
      if (sentence != NULL)
        *sentence = g_strdup_printf (_ ("The subscription runs until %s already."),
                                     subject->enrollment->subscription_end);
      return REG_REASON_NOTHING_TO_DO;
    }
  if (reason != REG_REASON_NONE || subject->pool->available > 0)
    return reason;
  return refuse_short (reg_reason_dup_sentence (REG_REASON_LICENCE_SHORT, "1", "0"), sentence);
}

static void
renew_apply (RegSubject *subject, const RegParams *params)
{
  RegEnrollment *enrollment = subject->enrollment;

  if (subject->pool != NULL)
    subject->pool->available--;
  enrollment->access = REG_ACCESS_ACTIVE;
  enrollment->visible = TRUE;
  enrollment->archived = FALSE;
  enrollment->assigned_by = subject->actor_id;
  enrollment->assigned_at = subject->now;
  set_subscription (subject);
}

static gboolean
always_final (const RegParams *params)
{
  return TRUE;
}

static const char *const renew_params[] = { "message", NULL };

const RegOperation reg_operation_renew = {
  .name = "renew",
  .label = N_ ("Renew Subscription"),
  .target = REG_TARGET_ENROLLMENT,
  .statuses = REG_STATUS_ALL_PRESENT | REG_STATUS_BIT (REG_STATUS_UNENROLLED),
  .states = REG_STATES_USABLE,
  .roles = REG_ROLES_MANAGING,
  .confirm = REG_CONFIRM_UNDO,
  .effect = N_ ("The learners have access for another term. Progress, history and certificates "
                "stay as they are. One subscription is used for each."),
  PLURAL_ (.done_one = "Subscription of %d user renewed",
           .done_many = "Subscriptions of %d users renewed"),
  .not_enrolled = N_ ("Not enrolled, so there is no subscription to renew."),
  .param_keys = renew_params,
  .is_final = always_final,
  .check = renew_check,
  .apply = renew_apply,
};
