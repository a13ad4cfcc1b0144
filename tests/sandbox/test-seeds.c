/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a sandbox begins with. */
#include "reg-test-server.h"

#include <glib/gstdio.h>
#include <string.h>

#define NOW 1790000000

static JsonObject *
get_all (RegTestServer *server)
{
  return reg_test_server_get (server, "/v1/changes?limit=5000");
}

static guint
count (JsonObject *page, const char *kind)
{
  return json_array_get_length (json_object_get_array_member (page, kind));
}

static JsonObject *
get_row (JsonObject *page, const char *kind, guint i)
{
  return json_array_get_object_element (json_object_get_array_member (page, kind), i);
}

/* How many rows of a kind have this text in a member. */
static guint
count_with (JsonObject *page, const char *kind, const char *member, const char *text)
{
  guint n = 0;

  for (guint i = 0; i < count (page, kind); i++)
    n += g_strcmp0 (
             json_object_get_string_member_with_default (get_row (page, kind, i), member, NULL),
             text)
         == 0;
  return n;
}

static RegTestServer *
new_demo (void)
{
  return reg_test_server_new (&(RegSandboxOptions){ .seed = REG_SANDBOX_SEED_DEMO, .now = NOW });
}

static void
assert_each_word (JsonObject *page, const char *kind, const char *member, const char *words)
{
  g_auto (GStrv) list = g_strsplit (words, " ", -1);

  for (guint i = 0; list[i] != NULL; i++)
    {
      g_test_message ("%s %s %s", kind, member, list[i]);
      g_assert_cmpuint (count_with (page, kind, member, list[i]), >, 0);
    }
}

static void
test_demo (void)
{
  g_autoptr (RegTestServer) server = new_demo ();
  g_autoptr (JsonObject) page = get_all (server);

  g_assert_false (json_object_get_boolean_member (page, "more"));
  g_assert_cmpuint (count (page, "users"), ==, 301);
  g_assert_cmpuint (count (page, "courses"), ==, 14);
  g_assert_cmpuint (count (page, "presets"), ==, 3);
  g_assert_cmpuint (count (page, "attempts"), >, 10);
  g_assert_cmpuint (count_with (page, "labels", "kind", "location"), ==, 6);
  g_assert_cmpuint (count_with (page, "labels", "kind", "group"), ==, 12);
  assert_each_word (page, "labels", "kind", "tag team");
  assert_each_word (page, "users", "state", "pending active deactivated archived");
  assert_each_word (page, "users", "role",
                    "learner coordinator instructor manager administrator primary-admin");
  assert_each_word (page, "courses", "kind", "self_paced ilt path external");
  assert_each_word (page, "pools", "kind", "license credit subscription");
  assert_each_word (page, "enrollments", "access", "active revoked");
  assert_each_word (page, "enrollments", "requirement", "optional required");
  assert_each_word (page, "enrollments", "source", "manual self team qualification import auto");
  assert_each_word (page, "enrollments", "seat", "enrolled attended incomplete no_show");
}

/* Times run forward, and what belongs together is there. */
static void
test_demo_makes_sense (void)
{
  g_autoptr (RegTestServer) server = new_demo ();
  g_autoptr (JsonObject) page = get_all (server);
  guint n_certificates = 0, n_old = 0, n_past = 0, n_future = 0;

  for (guint i = 0; i < count (page, "enrollments"); i++)
    {
      JsonObject *row = get_row (page, "enrollments", i);
      gint64 assigned = json_object_get_int_member (row, "assigned_at");
      gint64 started = json_object_get_int_member_with_default (row, "started_at", 0);
      gint64 completed = json_object_get_int_member_with_default (row, "completed_at", 0);

      g_assert_cmpint (assigned, >, 0);
      g_assert_cmpint (assigned, <, NOW);
      g_assert_true (started == 0 || (started >= assigned && started <= NOW + 3600));
      g_assert_true (completed == 0 || (completed >= started && completed <= NOW + 3600));
      g_assert_true ((completed != 0) == (json_object_get_int_member (row, "progress") == 100));
      n_certificates += completed != 0;
    }
  g_assert_cmpuint (count (page, "certificates"), ==, n_certificates + count (page, "attempts"));
  for (guint i = 0; i < count (page, "sessions"); i++)
    {
      JsonObject *row = get_row (page, "sessions", i);
      gint64 ends = json_object_get_int_member (row, "ends_at");

      g_assert_cmpint (json_object_get_int_member (row, "taken"), <=,
                       json_object_get_int_member (row, "seats"));
      n_old += ends < NOW - 90 * 86400;
      n_past += ends >= NOW - 90 * 86400 && ends < NOW;
      n_future += ends > NOW;
    }
  g_assert_cmpuint (n_old, >, 0);
  g_assert_cmpuint (n_past, >, 0);
  g_assert_cmpuint (n_future, >, 0);
}

static void
test_addresses (void)
{
  g_autoptr (RegTestServer) server = new_demo ();
  g_autoptr (JsonObject) page = get_all (server);
  guint n_native = 0;

  for (guint i = 0; i < count (page, "users"); i++)
    {
      JsonObject *row = get_row (page, "users", i);

      g_assert_true (g_str_is_ascii (json_object_get_string_member (row, "email")));
      n_native += !g_str_is_ascii (json_object_get_string_member (row, "family_name"));
    }
  g_assert_cmpuint (n_native, >, 100);
}

/* The same clock makes the same site, but for the name its cursors carry. */
static void
test_same_again (void)
{
  g_autoptr (RegTestServer) a = new_demo ();
  g_autoptr (RegTestServer) b = new_demo ();
  g_autoptr (JsonObject) page_a = get_all (a);
  g_autoptr (JsonObject) page_b = get_all (b);
  g_autoptr (JsonNode) node_a = json_node_init_object (json_node_alloc (), page_a);
  g_autoptr (JsonNode) node_b = json_node_init_object (json_node_alloc (), page_b);

  json_object_remove_member (page_a, "cursor");
  json_object_remove_member (page_b, "cursor");
  g_assert_true (json_node_equal (node_a, node_b));
}

static void
test_count (void)
{
  g_autoptr (RegTestServer) server = reg_test_server_new_seeded (REG_SANDBOX_SEED_COUNT, 700);
  g_autoptr (JsonObject) page = get_all (server);

  g_assert_cmpuint (count (page, "users"), ==, 701);
  g_assert_cmpuint (count (page, "courses"), ==, 7);
  g_assert_cmpuint (count (page, "enrollments"), ==, 3500);
}

static const char roster[] =
    "employee_id,first_name,last_name,email,location,groups,role,manager_email,status,hire_date\r\n"
    "E0000001,Ada,Byron,ada@example.com,London,All staff;Board,Administrator,,active,2001-02-03\r\n"
    "0000002,\"Zoë \"\"Z\"\"\",Çelik,ZOE@Example.com,\"Paris, 12e\",All staff,Trainer,"
    "ada@example.com,active,2010-01-01\r\n"
    "E0000003,太郎,佐藤,taro@example.com,London,Board;All staff;Board,Learner,ada@example.com,"
    "deactivated,2020-12-31\r\n"
    "E0000004,Twice,Same,zoe@example.com,London,,Learner,,active,2020-12-31\r\n"
    "E0000005,No,Address,none,London,,Learner,,active,2020-12-31\r\n"
    "E0000006,Mia,Stern,mia@example.com,,,Manager,nobody@example.com,active,not a date\r\n";

static char *
write_file (const char *text)
{
  g_autoptr (GError) error = NULL;
  char *path = NULL;
  int fd = g_file_open_tmp ("reg-roster-XXXXXX.csv", &path, &error);

  g_assert_no_error (error);
  g_close (fd, &error);
  g_assert_no_error (error);
  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
  return path;
}

static JsonObject *
find_user (JsonObject *page, const char *email)
{
  for (guint i = 0; i < count (page, "users"); i++)
    if (strcmp (json_object_get_string_member (get_row (page, "users", i), "email"), email) == 0)
      return get_row (page, "users", i);
  return NULL;
}

static void
test_people (void)
{
  g_autofree char *path = write_file (roster);
  g_autoptr (RegTestServer) server = reg_test_server_new (
      &(RegSandboxOptions){ .seed = REG_SANDBOX_SEED_PEOPLE, .people = path, .n_courses = 18 });
  g_autoptr (JsonObject) page = get_all (server);
  JsonObject *ada = find_user (page, "ada@example.com");
  JsonObject *zoe = find_user (page, "ZOE@Example.com");
  JsonObject *taro = find_user (page, "taro@example.com");

  g_assert_cmpuint (count (page, "users"), ==, 1 + 4);
  g_assert_cmpuint (count (page, "enrollments"), ==, 0);
  g_assert_cmpuint (count_with (page, "labels", "kind", "location"), ==, 2);
  g_assert_cmpuint (count_with (page, "labels", "kind", "group"), ==, 2);
  g_assert_cmpstr (json_object_get_string_member (ada, "role"), ==, "administrator");
  g_assert_cmpstr (json_object_get_string_member (zoe, "role"), ==, "instructor");
  g_assert_cmpstr (json_object_get_string_member (zoe, "given_name"), ==, "Zoë \"Z\"");
  g_assert_cmpstr (json_object_get_string_member (zoe, "employee_id"), ==, "0000002");
  g_assert_cmpint (json_object_get_int_member (zoe, "manager_id"), ==,
                   json_object_get_int_member (ada, "id"));
  g_assert_cmpstr (json_object_get_string_member (taro, "state"), ==, "deactivated");
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (taro, "labels")), ==, 2);
  g_assert_cmpuint (count (page, "courses"), ==, 18);
  g_assert_cmpstr (json_object_get_string_member (get_row (page, "courses", 0), "code"), ==,
                   "C001");
  g_assert_cmpstr (json_object_get_string_member (get_row (page, "courses", 9), "title"), ==,
                   "Machine \"B\" permit");
  g_assert_cmpstr (json_object_get_string_member (get_row (page, "courses", 16), "title"), ==,
                   "Induction");
  g_assert_cmpint (g_unlink (path), ==, 0);
}

static void
assert_not_started (const RegSandboxOptions *options, const char *says)
{
  g_autoptr (RegSandbox) sandbox = reg_sandbox_new (options);
  g_autoptr (GError) error = NULL;

  g_assert_false (reg_sandbox_start (sandbox, &error));
  g_assert_nonnull (error);
  if (says != NULL)
    g_assert_nonnull (strstr (error->message, says));
}

static void
test_wrong_people (void)
{
  g_autofree char *path = write_file ("employee_id,first_name\n1,Ada\n");

  assert_not_started (&(RegSandboxOptions){ .seed = REG_SANDBOX_SEED_PEOPLE, .people = path },
                      "last_name");
  g_assert_cmpint (g_unlink (path), ==, 0);
  assert_not_started (&(RegSandboxOptions){ .seed = REG_SANDBOX_SEED_PEOPLE, .people = path },
                      NULL);
}

static void
test_wrong_database (void)
{
  g_autofree char *path = write_file ("This is a text, and a rather long one, not a database; "
                                      "SQLite looks at the first hundred bytes of a file.");
  g_autoptr (RegTestServer) server = reg_test_server_new_seeded (REG_SANDBOX_SEED_NONE, 0);
  guint port = (guint)atoi (strrchr (reg_test_server_get_url (server), ':') + 1);

  assert_not_started (&(RegSandboxOptions){ .db_path = path }, "database");
  assert_not_started (&(RegSandboxOptions){ .db_path = "/nowhere/at/all.db" }, "database");
  assert_not_started (&(RegSandboxOptions){ .port = port }, NULL);
  g_assert_cmpint (g_unlink (path), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sandbox/seeds/demo", test_demo);
  g_test_add_func ("/sandbox/seeds/demo-makes-sense", test_demo_makes_sense);
  g_test_add_func ("/sandbox/seeds/addresses", test_addresses);
  g_test_add_func ("/sandbox/seeds/same-again", test_same_again);
  g_test_add_func ("/sandbox/seeds/count", test_count);
  g_test_add_func ("/sandbox/seeds/people", test_people);
  g_test_add_func ("/sandbox/seeds/wrong-people", test_wrong_people);
  g_test_add_func ("/sandbox/seeds/wrong-database", test_wrong_database);
  return g_test_run ();
}
