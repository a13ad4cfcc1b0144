/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-model"

#include "model/reg-enums.h"

#include <string.h>

static const char *
to_nick (const char *const *nicks, gsize n, guint value)
{
  g_return_val_if_fail (value < n, NULL);
  return nicks[value];
}

static gboolean
from_nick (const char *const *nicks, gsize n, const char *nick, gssize len, guint *value)
{
  gsize size;

  if (nick == NULL)
    return FALSE;
  size = len < 0 ? strlen (nick) : (gsize)len;
  for (gsize i = 0; i < n; i++)
    if (strlen (nicks[i]) == size && memcmp (nicks[i], nick, size) == 0)
      {
        *value = i;
        return TRUE;
      }
  return FALSE;
}

#define DEFINE_NICKS(name, Type, ...)                                                              \
  static const char *const name##_nicks[] = { __VA_ARGS__ };                                       \
                                                                                                   \
  const char *reg_##name##_to_nick (Type value)                                                    \
  {                                                                                                \
    return to_nick (name##_nicks, G_N_ELEMENTS (name##_nicks), value);                             \
  }                                                                                                \
                                                                                                   \
  gboolean reg_##name##_from_nick (const char *nick, gssize len, Type *value)                      \
  {                                                                                                \
    guint found;                                                                                   \
                                                                                                   \
    if (!from_nick (name##_nicks, G_N_ELEMENTS (name##_nicks), nick, len, &found))                 \
      return FALSE;                                                                                \
    *value = (Type)found;                                                                          \
    return TRUE;                                                                                   \
  }

DEFINE_NICKS (user_state, RegUserState, "pending", "active", "deactivated", "archived")
DEFINE_NICKS (role,
              RegRole,
              "learner",
              "coordinator",
              "instructor",
              "manager",
              "administrator",
              "primary-admin")
DEFINE_NICKS (course_kind, RegCourseKind, "self_paced", "ilt", "path", "external")
DEFINE_NICKS (label_kind, RegLabelKind, "group", "team", "tag", "location")
DEFINE_NICKS (access, RegAccess, "active", "revoked")
DEFINE_NICKS (requirement, RegRequirement, "optional", "required")
DEFINE_NICKS (source, RegSource, "manual", "self", "team", "qualification", "import", "auto")
DEFINE_NICKS (seat, RegSeat, "none", "enrolled", "attended", "incomplete", "no_show")
DEFINE_NICKS (pool_kind, RegPoolKind, "license", "credit", "subscription")
DEFINE_NICKS (status,
              RegStatus,
              "absent",
              "not-started",
              "started",
              "in-progress",
              "enrolled",
              "completed",
              "unenrolled")
DEFINE_NICKS (change_state,
              RegChangeState,
              "pending",
              "sending",
              "unknown",
              "done",
              "rejected",
              "conflict",
              "undone")
DEFINE_NICKS (outcome_kind, RegOutcomeKind, "applied", "skipped", "rejected", "conflict", "unknown")
DEFINE_NICKS (run_state, RegRunState, "staged", "sending", "finished", "undone")
