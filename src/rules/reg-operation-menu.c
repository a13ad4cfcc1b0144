/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The menus of SPEC §2: which operations are offered in which status, and in which order. */
#define G_LOG_DOMAIN "reg-rules"

#include "rules/reg-operation-private.h"
#include "rules/reg-read.h"
#include "rules/reg-status.h"

/* Names in menu order, of operations and of what is only looked at. One that neither table has is
 * not offered. */
static const char *const not_started[] = { "set-due-date",
                                           "clear-due-date",
                                           "view-history",
                                           "mark-complete",
                                           "view-chapters",
                                           "view-quiz",
                                           "make-instructor",
                                           "remove-instructor",
                                           "unassign",
                                           "remove-user",
                                           "reassign",
                                           "change-session",
                                           "unenroll",
                                           "remove-registration",
                                           NULL };
static const char *const started[] = { "set-due-date",
                                       "clear-due-date",
                                       "reset-progress",
                                       "view-history",
                                       "mark-complete",
                                       "view-activity",
                                       "view-chapters",
                                       "view-quiz",
                                       "make-instructor",
                                       "remove-instructor",
                                       "unassign",
                                       "remove-user",
                                       "reassign",
                                       "change-session",
                                       "unenroll",
                                       "remove-registration",
                                       NULL };
static const char *const enrolled[] = { "set-due-date",
                                        "clear-due-date",
                                        "change-session",
                                        "mark-complete",
                                        "mark-no-show",
                                        "view-history",
                                        "make-instructor",
                                        "remove-instructor",
                                        "unassign",
                                        "remove-user",
                                        "reassign",
                                        "remove-from-session",
                                        "unenroll",
                                        "remove-registration",
                                        NULL };
static const char *const completed[] = { "set-due-date",
                                         "clear-due-date",
                                         "reset-progress",
                                         "view-history",
                                         "view-chapters",
                                         "view-quiz",
                                         "make-instructor",
                                         "remove-instructor",
                                         "remove-user",
                                         "generate-certificate",
                                         "remove-certificate",
                                         "mark-incomplete",
                                         "reassign",
                                         "unenroll",
                                         "remove-registration",
                                         NULL };
static const char *const unenrolled[] = { "assign", "view-history", "restore-activity",
                                          "remove-registration", NULL };
static const char *const absent[] = { "assign", NULL };
static const char *const user_account[] = { "approve",  "notify", "edit-user",      "set-groups",
                                            "set-role", "assign", "reset-password", "archive",
                                            "restore",  NULL };

static const char *const *
get_names (RegStatus status)
{
  switch (status)
    {
    case REG_STATUS_ABSENT:
      return absent;
    case REG_STATUS_NOT_STARTED:
      return not_started;
    case REG_STATUS_STARTED:
    case REG_STATUS_IN_PROGRESS:
      return started;
    case REG_STATUS_ENROLLED:
      return enrolled;
    case REG_STATUS_COMPLETED:
      return completed;
    case REG_STATUS_UNENROLLED:
      return unenrolled;
    }
  g_return_val_if_reached (absent);
}

/**
 * reg_operation_list_for_status:
 * @status: status of an enrollment
 * @roles: bits of the roles that who is signed in has there
 *
 * Returns: (transfer container) (element-type RegOperation): what its menu offers, in order
 */
GPtrArray *
reg_operation_list_for_status (RegStatus status, guint roles)
{
  GPtrArray *list = g_ptr_array_new ();
  const char *const *names = get_names (status);

  for (guint i = 0; names[i] != NULL; i++)
    {
      const RegOperation *operation = reg_operation_find (names[i]);

      if (operation != NULL && (operation->roles & roles) != 0
          && (operation->statuses & REG_STATUS_BIT (status)) != 0)
        g_ptr_array_add (list, (gpointer)operation);
    }
  return list;
}

static gboolean
is_offered (const RegOperation *operation, const RegEnrollment *enrollment, RegCourseKind kind)
{
  return reg_operation_fits_kind (operation, kind)
         && (operation->has_nothing_to_do == NULL || !operation->has_nothing_to_do (enrollment));
}

/**
 * reg_operation_list_for_enrollment:
 * @enrollment: an enrollment
 * @kind: the kind of its course
 * @roles: bits of the roles that who is signed in has there
 *
 * As reg_operation_list_for_status (), without what has nothing to do here: a due date is removed,
 * and a certificate is removed or generated, only where there is one or none; and sessions are for
 * instructor-led courses.
 *
 * Returns: (transfer container) (element-type RegOperation): what its menu offers, in order
 */
GPtrArray *
reg_operation_list_for_enrollment (const RegEnrollment *enrollment, RegCourseKind kind, guint roles)
{
  GPtrArray *list =
      reg_operation_list_for_status (reg_enrollment_get_status (enrollment, kind), roles);

  for (guint i = list->len; i > 0; i--)
    {
      const RegOperation *operation = g_ptr_array_index (list, i - 1);

      if (!is_offered (operation, enrollment, kind))
        g_ptr_array_remove_index (list, i - 1);
    }
  return list;
}

/**
 * reg_menu_list_for_enrollment:
 * @enrollment: an enrollment
 * @course: its course, as far as its kind and its content go
 * @roles: bits of the roles that who is signed in has there
 *
 * Operations and what is only looked at, in the order of SPEC §2.
 *
 * Returns: (transfer full) (element-type RegMenuEntry): what its menu offers
 */
GArray *
reg_menu_list_for_enrollment (const RegEnrollment *enrollment, const RegCourse *course, guint roles)
{
  GArray *list = g_array_new (FALSE, FALSE, sizeof (RegMenuEntry));
  RegStatus status = reg_enrollment_get_status (enrollment, course->kind);
  const char *const *names = get_names (status);

  for (guint i = 0; names[i] != NULL; i++)
    {
      RegMenuEntry entry = { reg_operation_find (names[i]), reg_read_find (names[i]) };

      if (entry.operation != NULL
              ? (entry.operation->roles & roles) != 0
                    && (entry.operation->statuses & REG_STATUS_BIT (status)) != 0
                    && is_offered (entry.operation, enrollment, course->kind)
              : entry.read != NULL && (entry.read->statuses & REG_STATUS_BIT (status)) != 0
                    && reg_read_is_for (entry.read, course, roles))
        g_array_append_val (list, entry);
    }
  return list;
}

/**
 * reg_operation_list_for_state:
 * @state: state of a user
 * @roles: bits of the roles that who is signed in has there
 *
 * Returns: (transfer container) (element-type RegOperation): what the user's menu offers, in order
 */
GPtrArray *
reg_operation_list_for_state (RegUserState state, guint roles)
{
  GPtrArray *list = g_ptr_array_new ();

  for (guint i = 0; user_account[i] != NULL; i++)
    {
      const RegOperation *operation = reg_operation_find (user_account[i]);

      if (operation != NULL && !operation->creates && (operation->roles & roles) != 0
          && (operation->states & REG_STATE_BIT (state)) != 0)
        g_ptr_array_add (list, (gpointer)operation);
    }
  return list;
}
