/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every operation × role × own course or another × own team or another, against the table of the
 * specification: what is checked, and what the menus offer. */
#include "../support/reg-test-roles.h"
#include "rules/reg-read.h"

#define ACTOR 7

static void
assert_offered (GPtrArray *menu, const RegTestRoles *row, gboolean allowed)
{
  for (guint i = 0; i < menu->len; i++)
    {
      const RegOperation *operation = g_ptr_array_index (menu, i);

      g_assert_true (allowed || strcmp (operation->name, row->operation) != 0);
    }
}

/* Whether the menu of any status, or of any state, has it. */
static gboolean
is_in_a_menu (const char *name, guint roles)
{
  gboolean found = FALSE;

  for (guint i = 0; i <= REG_STATUS_UNENROLLED + REG_N_USER_STATES; i++)
    {
      g_autoptr (GPtrArray) menu =
          i <= REG_STATUS_UNENROLLED
              ? reg_operation_list_for_status ((RegStatus)i, roles)
              : reg_operation_list_for_state ((RegUserState)(i - REG_STATUS_UNENROLLED - 1), roles);

      found |= g_ptr_array_find (menu, reg_operation_find (name), NULL);
    }
  return found;
}

static void
compare (const RegTestRoles *row, RegRole role, gboolean own_course, gboolean own_team)
{
  const RegOperation *operation = reg_operation_find (row->operation);
  gboolean allowed = reg_test_roles_allow (row, role, own_course, own_team);
  g_autoptr (RegUser) user = reg_user_new ();
  g_autoptr (RegCourse) course = reg_course_new ();
  g_autoptr (RegPreset) preset = reg_preset_new ();
  g_autoptr (GPtrArray) menu = NULL;
  RegEnrollment enrollment = { .present = TRUE, .visible = TRUE };
  g_autofree char *sentence = NULL;
  const RegSubject subject = {
    .user = user,
    .course = course,
    .edited_course = course,
    .preset = preset,
    .enrollment = &enrollment,
    .actor_id = ACTOR,
    .actor_role = role,
    .actor_is_instructor = own_course,
  };
  RegReason reason, expected = reg_test_roles_get_reason (row, role);
  guint roles;

  g_test_message ("%s %s %s course %s team", row->operation, reg_role_to_nick (role),
                  own_course ? "own" : "other", own_team ? "own" : "other");
  user->state = REG_USER_STATE_ACTIVE;
  user->manager_id = own_team ? ACTOR : ACTOR + 1;
  course->kind = REG_COURSE_ILT;
  reason = reg_operation_check (operation, &subject, NULL, &sentence);
  if (allowed)
    {
      g_assert_cmpint (reason, !=, REG_REASON_ROLE_MISSING);
      g_assert_cmpint (reason, !=, REG_REASON_COURSE_NOT_OWN);
      g_assert_cmpint (reason, !=, REG_REASON_TEAM_NOT_OWN);
    }
  else
    {
      g_autofree char *words = reg_reason_dup_sentence (expected, NULL, NULL);

      g_assert_cmpint (reason, ==, expected);
      g_assert_cmpstr (sentence, ==, words);
    }
  roles = reg_actor_get_roles (role, ACTOR, own_course, user->manager_id);
  g_assert_cmpint ((operation->roles & roles) != 0, ==, allowed);
  menu = operation->target == REG_TARGET_USER
             ? reg_operation_list_for_state (user->state, roles)
             : reg_operation_list_for_enrollment (&enrollment, course->kind, roles);
  assert_offered (menu, row, allowed);
  if (is_in_a_menu (row->operation, G_MAXUINT))
    g_assert_cmpint (is_in_a_menu (row->operation, roles), ==, allowed);
}

static void
test_table (void)
{
  guint n;

  reg_operation_list (&n);
  g_assert_cmpuint (n, ==, G_N_ELEMENTS (reg_test_roles));
  for (guint i = 0; i < n; i++)
    for (guint role = 0; role < REG_N_ROLES; role++)
      for (guint own = 0; own < 4; own++)
        compare (&reg_test_roles[i], (RegRole)role, (own & 1) != 0, (own & 2) != 0);
}

/* What is only looked at follows the same rule; the players' statements are for administrators. */
static void
test_readings (void)
{
  const RegCourse course = { .has_scorm = TRUE, .has_quiz = TRUE };
  guint n;
  const RegRead *reads = reg_read_list (&n);

  for (guint i = 0; i < n; i++)
    for (guint role = 0; role < REG_N_ROLES; role++)
      for (guint own = 0; own < 4; own++)
        {
          gboolean own_course = (own & 1) != 0, own_team = (own & 2) != 0;
          guint roles =
              reg_actor_get_roles ((RegRole)role, ACTOR, own_course, own_team ? ACTOR : 0);
          gboolean expected = role >= REG_ROLE_ADMINISTRATOR;

          if (strcmp (reads[i].name, "view-activity") != 0)
            expected |= own_course || role == REG_ROLE_COORDINATOR
                        || (role == REG_ROLE_MANAGER && own_team);
          g_test_message ("%s %s %u", reads[i].name, reg_role_to_nick ((RegRole)role), own);
          g_assert_cmpint (reg_read_is_for (&reads[i], &course, roles), ==, expected);
        }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/roles/table", test_table);
  g_test_add_func ("/rules/roles/readings", test_readings);
  return g_test_run ();
}
