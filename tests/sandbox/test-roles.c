/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every operation as each role asks for it, in a course of theirs and in another, for their team
 * and for others: the sandbox refuses what the specification gives them no right to, and says why.
 */
#include "../support/reg-test-roles.h"

#include "reg-test-server.h"

#define OWN_COURSE 6
#define OTHER_COURSE 8
#define ADMIN 1
#define MANAGER 4
#define INSTRUCTOR 17
#define COORDINATOR 22

static RegTestServer *server;

static char *
make_token (gint64 user_id)
{
  g_autofree char *body = g_strdup_printf ("{\"user_id\": %" G_GINT64_FORMAT "}", user_id);
  g_autoptr (JsonObject) answer = reg_test_server_post (server, "/sandbox/tokens", body);

  return g_strdup (json_object_get_string_member (answer, "token"));
}

/* An active learner; of_manager: managed by this one, or below 0 by anybody else. */
static gint64
find_learner (gint64 of_manager, gint64 except)
{
  g_autoptr (JsonObject) page = reg_test_server_get (server, "/v1/changes?limit=5000");
  JsonArray *users = json_object_get_array_member (page, "users");

  for (guint i = 0; i < json_array_get_length (users); i++)
    {
      JsonObject *user = json_array_get_object_element (users, i);
      gint64 manager = json_object_get_int_member_with_default (user, "manager_id", 0);
      gint64 id = json_object_get_int_member (user, "id");

      if (strcmp (json_object_get_string_member (user, "state"), "active") == 0
          && strcmp (json_object_get_string_member (user, "role"), "learner") == 0 && id != except
          && (of_manager > 0 ? manager == of_manager : manager != -of_manager))
        return id;
    }
  g_assert_not_reached ();
}

static void
make_instructor (gint64 user_id)
{
  g_autoptr (JsonObject) assigned =
      reg_test_server_operate (server, NULL, "assign", user_id, OWN_COURSE, NULL, NULL);
  g_autoptr (JsonObject) made =
      reg_test_server_operate (server, NULL, "make-instructor", user_id, OWN_COURSE, NULL, NULL);

  g_assert_cmpstr (json_object_get_string_member (made, "outcome"), ==, "applied");
}

static gboolean
is_about_role (const char *code)
{
  return g_strcmp0 (code, "role-missing") == 0 || g_strcmp0 (code, "course-not-own") == 0
         || g_strcmp0 (code, "team-not-own") == 0;
}

static void
compare (const RegTestRoles *row,
         RegRole role,
         gboolean own_course,
         gboolean own_team,
         gint64 user_id,
         gint64 course_id)
{
  const RegOperation *operation = reg_operation_find (row->operation);
  gboolean is_enrollment = operation->target == REG_TARGET_ENROLLMENT;
  gboolean allowed = reg_test_roles_allow (row, role, is_enrollment && own_course, own_team);
  g_autoptr (JsonObject) result = NULL;
  const char *code;

  if (operation->target == REG_TARGET_PRESET || operation->creates)
    return;
  g_test_message ("%s %s %d %d", row->operation, reg_role_to_nick (role), own_course, own_team);
  result = reg_test_server_operate (
      server, NULL, row->operation, operation->target == REG_TARGET_COURSE ? 0 : user_id,
      operation->target == REG_TARGET_USER ? 0 : course_id, NULL, NULL);
  code = json_object_get_string_member_with_default (result, "code", NULL);
  if (allowed)
    g_assert_false (is_about_role (code));
  else
    {
      RegReason reason = reg_test_roles_get_reason (row, role);
      g_autofree char *sentence = reg_reason_dup_sentence (reason, NULL, NULL);

      g_assert_cmpstr (json_object_get_string_member (result, "outcome"), ==, "rejected");
      g_assert_cmpstr (code, ==, reg_reason_to_code (reason));
      g_assert_cmpstr (json_object_get_string_member (result, "sentence"), ==, sentence);
    }
}

static void
test_table (void)
{
  g_autofree char *admin = g_strdup (reg_test_server_get_token (server));
  gint64 teacher = find_learner (-MANAGER, 0);
  gint64 in_team = find_learner (MANAGER, teacher), other = find_learner (-MANAGER, teacher);
  const struct
  {
    gint64 id;
    RegRole role;
    gboolean teaches;
  } actors[] = {
    { MANAGER, REG_ROLE_MANAGER, FALSE },
    { INSTRUCTOR, REG_ROLE_INSTRUCTOR, TRUE },
    { COORDINATOR, REG_ROLE_COORDINATOR, FALSE },
    { teacher, REG_ROLE_LEARNER, TRUE },
  };

  make_instructor (INSTRUCTOR);
  make_instructor (teacher);
  for (guint a = 0; a < G_N_ELEMENTS (actors); a++)
    {
      g_autofree char *token = make_token (actors[a].id);

      reg_test_server_set_token (server, token);
      for (guint i = 0; i < G_N_ELEMENTS (reg_test_roles); i++)
        for (guint own = 0; own < 4; own++)
          {
            gboolean own_course = (own & 1) != 0, own_team = (own & 2) != 0;

            compare (&reg_test_roles[i], actors[a].role, own_course && actors[a].teaches,
                     own_team && actors[a].role == REG_ROLE_MANAGER, own_team ? in_team : other,
                     own_course ? OWN_COURSE : OTHER_COURSE);
          }
      reg_test_server_set_token (server, admin);
    }
}

/* What the site says of the account are the operations of its role somewhere. */
static void
test_site (void)
{
  g_autofree char *admin = g_strdup (reg_test_server_get_token (server));
  static const struct
  {
    gint64 id;
    char role;
  } actors[] = { { ADMIN, 'A' }, { MANAGER, 'M' }, { INSTRUCTOR, 'I' }, { COORDINATOR, 'C' } };

  for (guint a = 0; a < G_N_ELEMENTS (actors); a++)
    {
      g_autofree char *token = make_token (actors[a].id);
      g_autoptr (JsonObject) site = NULL;
      g_autofree char *text = NULL;

      reg_test_server_set_token (server, token);
      site = reg_test_server_get (server, "/v1/site");
      text = json_to_string (json_object_get_member (site, "operations"), FALSE);
      for (guint i = 0; i < G_N_ELEMENTS (reg_test_roles); i++)
        {
          g_autofree char *quoted = g_strdup_printf ("\"%s\"", reg_test_roles[i].operation);

          g_test_message ("%c %s", actors[a].role, quoted);
          g_assert_cmpint (strstr (text, quoted) != NULL, ==,
                           strchr (reg_test_roles[i].roles, actors[a].role) != NULL);
        }
      reg_test_server_set_token (server, admin);
    }
}

static void
assert_status (gint64 user_id, gint64 course_id, const char *what, guint status)
{
  g_autofree char *path = g_strdup_printf (
      "/v1/users/%" G_GINT64_FORMAT "/courses/%" G_GINT64_FORMAT "/%s", user_id, course_id, what);
  g_autoptr (RegTestReply) reply = reg_test_server_send (server, "GET", path, NULL, NULL);

  g_assert_cmpuint (reply->status, ==, status);
}

/* Readings follow the same rule. */
static void
test_readings (void)
{
  g_autofree char *admin = g_strdup (reg_test_server_get_token (server));
  g_autofree char *teacher = make_token (INSTRUCTOR);
  g_autofree char *manager = make_token (MANAGER);
  gint64 in_team = find_learner (MANAGER, 0), other = find_learner (-MANAGER, 0);

  reg_test_server_set_token (server, teacher);
  assert_status (other, OWN_COURSE, "history", 200);
  assert_status (other, OTHER_COURSE, "history", 403);
  assert_status (other, OTHER_COURSE, "chapters", 403);
  assert_status (other, OTHER_COURSE, "quiz", 403);
  assert_status (other, OWN_COURSE, "activity", 403);
  reg_test_server_set_token (server, manager);
  assert_status (in_team, OTHER_COURSE, "history", 200);
  assert_status (other, OTHER_COURSE, "history", 403);
  reg_test_server_set_token (server, admin);
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  server = reg_test_server_new_seeded (REG_SANDBOX_SEED_DEMO, 0);
  g_test_add_func ("/sandbox/roles/table", test_table);
  g_test_add_func ("/sandbox/roles/site", test_site);
  g_test_add_func ("/sandbox/roles/readings", test_readings);
  status = g_test_run ();
  reg_test_server_free (server);
  return status;
}
