/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keys, conflicts, licenses, and what hangs on an enrollment. Each test has a site of its own. */
#include "reg-test-server.h"

#include <string.h>

#define ACTOR 1
#define KEY "3f0e5a5e-6d0f-4a0e-9f0a-0d6f0b2f8f11"

typedef struct
{
  RegTestServer *server;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->server = reg_test_server_new_seeded (REG_SANDBOX_SEED_DEMO, 0);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  reg_test_server_free (fixture->server);
}

static void
assert_result (JsonObject *result, const char *outcome, const char *code)
{
  g_assert_cmpstr (json_object_get_string_member (result, "outcome"), ==, outcome);
  g_assert_cmpstr (json_object_get_string_member_with_default (result, "code", NULL), ==, code);
  g_assert_true (json_object_get_null_member (result, "sentence") == (code == NULL));
}

/* Does it, asserts the outcome, and gives the result for a closer look. */
static JsonObject *
operate (Fixture *fixture,
         const char *operation,
         gint64 user_id,
         gint64 course_id,
         const char *params,
         const char *base,
         const char *outcome,
         const char *code)
{
  JsonObject *result =
      reg_test_server_operate (fixture->server, NULL, operation, user_id, course_id, params, base);

  assert_result (result, outcome, code);
  return result;
}

static void
check (Fixture *fixture,
       const char *operation,
       gint64 user_id,
       gint64 course_id,
       const char *params,
       const char *base,
       const char *outcome,
       const char *code)
{
  json_object_unref (operate (fixture, operation, user_id, course_id, params, base, outcome, code));
}

/* The first row of a kind for which a member has this value; text, or a number as text. */
static JsonObject *
find_row (Fixture *fixture, const char *kind, const char *member, const char *value)
{
  g_autoptr (JsonObject) page = reg_test_server_get (fixture->server, "/v1/changes?limit=5000");
  JsonArray *rows = json_object_get_array_member (page, kind);

  for (guint i = 0; i < json_array_get_length (rows); i++)
    {
      JsonObject *row = json_array_get_object_element (rows, i);
      JsonNode *node = json_object_get_member (row, member);
      g_autofree char *text = json_node_get_value_type (node) == G_TYPE_STRING
                                  ? json_node_dup_string (node)
                                  : json_to_string (node, FALSE);

      if (strcmp (text, value) == 0)
        return json_object_ref (row);
    }
  return NULL;
}

static gint64
get_available (Fixture *fixture, gint64 pool_id)
{
  g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, pool_id);
  g_autoptr (JsonObject) pool = find_row (fixture, "pools", "id", id);

  return json_object_get_int_member (pool, "available");
}

static gint64
get_course (Fixture *fixture, const char *code)
{
  g_autoptr (JsonObject) course = find_row (fixture, "courses", "code", code);

  return json_object_get_int_member (course, "id");
}

static gint64
get_course_pool (Fixture *fixture, const char *code)
{
  g_autoptr (JsonObject) course = find_row (fixture, "courses", "code", code);

  return json_object_get_int_member (course, "pool_id");
}

static char *
dup_text (JsonObject *object)
{
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), object);

  return json_to_string (node, FALSE);
}

/* Sent again, it is answered the same and carried out once. */
static void
test_same_key (Fixture *fixture, gconstpointer data)
{
  gint64 course = get_course (fixture, "IND-101");
  g_autoptr (JsonObject) first = reg_test_server_operate (
      fixture->server, KEY, "assign", ACTOR, course, "{\"message\": \"Welcome\"}", NULL);
  g_autoptr (JsonObject) second = reg_test_server_operate (
      fixture->server, KEY, "assign", ACTOR, course, "{\"message\": \"Welcome\"}", NULL);
  g_autoptr (JsonObject) outcomes =
      reg_test_server_post (fixture->server, "/v1/operations/outcomes", "{\"ids\": [\"" KEY "\"]}");
  JsonArray *results = json_object_get_array_member (outcomes, "results");
  g_autofree char *first_text = dup_text (first);
  g_autofree char *second_text = dup_text (second);
  g_autofree char *asked_text = dup_text (json_array_get_object_element (results, 0));

  assert_result (first, "applied", NULL);
  g_assert_cmpstr (first_text, ==, second_text);
  g_assert_cmpstr (first_text, ==, asked_text);
  g_assert_cmpint (reg_test_server_count_applied (fixture->server, KEY), ==, 1);
  g_assert_cmpint (reg_test_server_count_mails (fixture->server), ==, 1);
}

/* A refusal is kept as well: the same key is not judged anew. */
static void
test_refused_key (Fixture *fixture, gconstpointer data)
{
  gint64 course = get_course (fixture, "IND-101");
  g_autoptr (JsonObject) first =
      reg_test_server_operate (fixture->server, KEY, "mark-complete", ACTOR, course, NULL, NULL);
  g_autoptr (JsonObject) second = NULL;

  assert_result (first, "rejected", "not-enrolled");
  check (fixture, "assign", ACTOR, course, NULL, NULL, "applied", NULL);
  second =
      reg_test_server_operate (fixture->server, KEY, "mark-complete", ACTOR, course, NULL, NULL);
  assert_result (second, "rejected", "not-enrolled");
}

static void
test_key_of_another (Fixture *fixture, gconstpointer data)
{
  gint64 course = get_course (fixture, "IND-101");
  g_autoptr (JsonObject) first =
      reg_test_server_operate (fixture->server, KEY, "assign", ACTOR, course, NULL, NULL);
  g_autoptr (JsonObject) second =
      reg_test_server_operate (fixture->server, KEY, "unassign", ACTOR, course, NULL, NULL);

  assert_result (first, "applied", NULL);
  assert_result (second, "rejected", "server-refused");
  g_assert_cmpint (reg_test_server_count_applied (fixture->server, KEY), ==, 1);
}

static void
test_unknown_key (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JsonObject) outcomes =
      reg_test_server_post (fixture->server, "/v1/operations/outcomes", "{\"ids\": [\"" KEY "\"]}");
  JsonArray *results = json_object_get_array_member (outcomes, "results");

  assert_result (json_array_get_object_element (results, 0), "unknown", NULL);
}

static void
test_dry_run (Fixture *fixture, gconstpointer data)
{
  static const char body[] =
      "{\"dry_run\": true, \"operations\": [{\"id\": \"" KEY "\", \"operation\": \"assign\","
      " \"user_id\": 1, \"course_id\": 1, \"params\": {\"message\": \"x\"}}]}";
  g_autoptr (JsonObject) before = reg_test_server_get (fixture->server, "/v1/changes?limit=5000");
  g_autoptr (JsonObject) answer = reg_test_server_post (fixture->server, "/v1/operations", body);
  g_autoptr (JsonObject) after = reg_test_server_get (fixture->server, "/v1/changes?limit=5000");
  JsonArray *results = json_object_get_array_member (answer, "results");

  assert_result (json_array_get_object_element (results, 0), "applied", NULL);
  g_assert_cmpint (reg_test_server_count_applied (fixture->server, NULL), ==, 0);
  g_assert_cmpint (reg_test_server_count_mails (fixture->server), ==, 0);
  g_assert_cmpstr (json_object_get_string_member (before, "cursor"), ==,
                   json_object_get_string_member (after, "cursor"));
}

/* K-01…K-03: the same field to the same value, another field, the same field to another value. */
static void
test_fields (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JsonObject) conflict = NULL;
  g_autoptr (JsonObject) merged = NULL;
  JsonObject *values, *user;

  check (fixture, "edit-user", 3, 0, "{\"given_name\": \"Ada\"}", NULL, "applied", NULL);
  check (fixture, "edit-user", 3, 0, "{\"given_name\": \"Ada\"}", "{\"given_name\": \"old\"}",
         "skipped", "nothing-to-do");
  merged =
      operate (fixture, "edit-user", 3, 0, "{\"family_name\": \"Byron\"}", NULL, "applied", NULL);
  user = json_object_get_object_member (merged, "user");
  g_assert_cmpstr (json_object_get_string_member (user, "given_name"), ==, "Ada");
  g_assert_cmpstr (json_object_get_string_member (user, "family_name"), ==, "Byron");
  conflict = operate (
      fixture, "edit-user", 3, 0, "{\"given_name\": \"Augusta\", \"family_name\": \"Lovelace\"}",
      "{\"given_name\": \"old\", \"family_name\": \"Byron\"}", "conflict", "field-changed");
  values = json_object_get_object_member (conflict, "server");
  g_assert_cmpuint (json_object_get_size (values), ==, 1);
  g_assert_cmpstr (json_object_get_string_member (values, "given_name"), ==, "Ada");
  g_assert_true (json_object_get_null_member (conflict, "user"));
}

static void
test_due_dates (Fixture *fixture, gconstpointer data)
{
  gint64 course = get_course (fixture, "IND-101");
  g_autoptr (JsonObject) set = NULL;
  g_autoptr (JsonObject) conflict = NULL;
  JsonObject *enrollment;

  check (fixture, "assign", ACTOR, course, NULL, NULL, "applied", NULL);
  set = operate (fixture, "set-due-date", ACTOR, course, "{\"due_date\": \"2030-01-31\"}",
                 "{\"due_date\": \"\"}", "applied", NULL);
  enrollment = json_object_get_object_member (set, "enrollment");
  g_assert_cmpstr (json_object_get_string_member (enrollment, "due_date"), ==, "2030-01-31");
  g_assert_cmpstr (json_object_get_string_member (enrollment, "requirement"), ==, "required");
  conflict = operate (fixture, "set-due-date", ACTOR, course, "{\"due_date\": \"2031-01-31\"}",
                      "{\"due_date\": \"\"}", "conflict", "field-changed");
  g_assert_cmpstr (json_object_get_string_member (
                       json_object_get_object_member (conflict, "server"), "due_date"),
                   ==, "2030-01-31");
  check (fixture, "set-due-date", ACTOR, course, "{\"due_date\": \"2030-02-30\"}", NULL, "rejected",
         "date-invalid");
  g_assert_cmpint (reg_test_server_count_mails (fixture->server), ==, 0);
}

/* K-04: assigned once; the second time nothing is used and nothing changes. */
static void
test_already_assigned (Fixture *fixture, gconstpointer data)
{
  gint64 course = get_course (fixture, "FIRE-110");
  gint64 pool = get_course_pool (fixture, "FIRE-110");
  gint64 available = get_available (fixture, pool);
  g_autoptr (JsonObject) again = NULL;

  check (fixture, "assign", ACTOR, course, NULL, NULL, "applied", NULL);
  g_assert_cmpint (get_available (fixture, pool), ==, available - 1);
  again = operate (fixture, "assign", ACTOR, course, "{\"due_date\": \"2030-01-01\"}", NULL,
                   "skipped", "already-assigned");
  g_assert_true (json_object_get_null_member (json_object_get_object_member (again, "enrollment"),
                                              "due_date"));
  g_assert_cmpint (get_available (fixture, pool), ==, available - 1);
}

/* K-08 and K-09. */
static void
test_people_who_are_gone (Fixture *fixture, gconstpointer data)
{
  gint64 course = get_course (fixture, "IND-101");
  g_autoptr (JsonObject) deactivated = find_row (fixture, "users", "state", "deactivated");
  g_autoptr (JsonObject) archived = find_row (fixture, "users", "state", "archived");
  gint64 off = json_object_get_int_member (deactivated, "id");
  gint64 away = json_object_get_int_member (archived, "id");

  check (fixture, "edit-user", off, 0, "{\"given_name\": \"A\"}", NULL, "rejected",
         "user-deactivated");
  check (fixture, "assign", off, course, NULL, NULL, "rejected", "user-deactivated");
  check (fixture, "edit-user", away, 0, "{\"given_name\": \"A\"}", NULL, "rejected",
         "user-archived");
  check (fixture, "assign", away, course, NULL, NULL, "rejected", "user-archived");
  check (fixture, "edit-user", 987654, 0, "{\"given_name\": \"A\"}", NULL, "rejected",
         "user-unknown");
  check (fixture, "assign", -5, course, NULL, NULL, "rejected", "user-unknown");
  check (fixture, "assign", ACTOR, 4711, NULL, NULL, "rejected", "course-unknown");
  check (fixture, "teleport", ACTOR, course, NULL, NULL, "rejected", "operation-unsupported");
}

/* K-05: the learner went on since, so losing the progress waits for a person. */
static void
test_learner_went_on (Fixture *fixture, gconstpointer data)
{
  static const char format[] =
      "{\"operations\": [{\"id\": \"%s\", \"operation\": \"unassign\", \"user_id\": 1,"
      " \"course_id\": 1, \"base_revision\": %" G_GINT64_FORMAT "}]}";
  g_autoptr (JsonObject) assigned =
      operate (fixture, "assign", ACTOR, 1, NULL, NULL, "applied", NULL);
  g_autofree char *old =
      g_strdup_printf (format, KEY, json_object_get_int_member (assigned, "revision"));
  g_autofree char *uuid = g_uuid_string_random ();
  g_autofree char *fresh = NULL;
  g_autoptr (JsonObject) learned = NULL;
  g_autoptr (JsonObject) first = NULL;
  g_autoptr (JsonObject) second = NULL;
  JsonObject *conflict;

  learned = reg_test_server_post (fixture->server, "/sandbox/learn",
                                  "{\"user_id\": 1, \"course_id\": 1, \"progress\": 60}");
  first = reg_test_server_post (fixture->server, "/v1/operations", old);
  conflict = json_array_get_object_element (json_object_get_array_member (first, "results"), 0);
  assert_result (conflict, "conflict", "field-changed");
  g_assert_cmpstr (json_object_get_string_member (
                       json_object_get_object_member (conflict, "server"), "progress"),
                   ==, "60");
  fresh = g_strdup_printf (format, uuid, json_object_get_int_member (conflict, "revision"));
  second = reg_test_server_post (fixture->server, "/v1/operations", fresh);
  assert_result (
      json_array_get_object_element (json_object_get_array_member (second, "results"), 0),
      "applied", NULL);
}

static void
test_pool_runs_out (Fixture *fixture, gconstpointer data)
{
  gint64 course = get_course (fixture, "SHEET-320");
  gint64 pool = get_course_pool (fixture, "SHEET-320");
  gint64 available = get_available (fixture, pool);
  gint64 n_applied = 0;
  gboolean refused = FALSE;

  g_assert_cmpint (available, >, 0);
  for (gint64 user = 1; user <= 60 && !refused; user++)
    {
      g_autoptr (JsonObject) result =
          reg_test_server_operate (fixture->server, NULL, "assign", user, course, NULL, NULL);
      const char *code = json_object_get_string_member_with_default (result, "code", NULL);

      n_applied += code == NULL;
      refused = g_strcmp0 (code, "licence-short") == 0;
    }
  g_assert_true (refused);
  g_assert_cmpint (n_applied, ==, available);
  g_assert_cmpint (get_available (fixture, pool), ==, 0);
  check (fixture, "unassign", ACTOR, course, NULL, NULL, "applied", NULL);
  g_assert_cmpint (get_available (fixture, pool), ==, 1);
  check (fixture, "assign", ACTOR, course, NULL, NULL, "applied", NULL);
}

/* T-16: archiving gives back what was never accessed; what was, is used. Restoring takes it again.
 */
static void
test_archive (Fixture *fixture, gconstpointer data)
{
  gint64 fire = get_course (fixture, "FIRE-110");
  gint64 pool = get_course_pool (fixture, "FIRE-110");
  g_autoptr (JsonObject) learned = NULL;
  gint64 available;
  gint64 user_id;

  for (user_id = 23; user_id < 300; user_id++)
    {
      g_autoptr (JsonObject) result =
          reg_test_server_operate (fixture->server, NULL, "assign", user_id, fire, NULL, NULL);

      if (json_object_get_null_member (result, "code"))
        break;
    }
  available = get_available (fixture, pool);
  check (fixture, "archive", user_id, 0, NULL, NULL, "applied", NULL);
  g_assert_cmpint (get_available (fixture, pool), ==, available + 1);
  check (fixture, "archive", user_id, 0, NULL, NULL, "rejected", "user-archived");
  g_assert_cmpint (get_available (fixture, pool), ==, available + 1);
  check (fixture, "restore", user_id, 0, NULL, NULL, "applied", NULL);
  g_assert_cmpint (get_available (fixture, pool), ==, available);
  {
    g_autofree char *body =
        g_strdup_printf ("{\"user_id\": %" G_GINT64_FORMAT ", \"course_id\": %" G_GINT64_FORMAT
                         ", \"progress\": 10}",
                         user_id, fire);

    learned = reg_test_server_post (fixture->server, "/sandbox/learn", body);
  }
  check (fixture, "archive", user_id, 0, NULL, NULL, "applied", NULL);
  g_assert_cmpint (get_available (fixture, pool), ==, available);
}

static void
test_mails (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JsonObject) pending = find_row (fixture, "users", "state", "pending");
  gint64 user_id = json_object_get_int_member (pending, "id");
  g_autoptr (RegTestReply) cleared = NULL;

  check (fixture, "approve", user_id, 0, NULL, NULL, "applied", NULL);
  check (fixture, "assign", ACTOR, 1, NULL, NULL, "applied", NULL);
  check (fixture, "mark-complete", ACTOR, 1, NULL, NULL, "applied", NULL);
  g_assert_cmpint (reg_test_server_count_mails (fixture->server), ==, 0);
  check (fixture, "notify", user_id, 0, NULL, NULL, "applied", NULL);
  check (fixture, "notify", user_id, 0, NULL, NULL, "applied", NULL);
  g_assert_cmpint (reg_test_server_count_mails (fixture->server), ==, 2);
  check (fixture, "assign", ACTOR, 2, "{\"message\": \"Please\"}", NULL, "applied", NULL);
  check (fixture, "assign", ACTOR, 3, "{\"message\": \"\"}", NULL, "applied", NULL);
  g_assert_cmpint (reg_test_server_count_mails (fixture->server), ==, 3);
  cleared = reg_test_server_send (fixture->server, "DELETE", "/sandbox/mailbox", NULL, NULL);
  g_assert_cmpuint (cleared->status, ==, 204);
  g_assert_cmpint (reg_test_server_count_mails (fixture->server), ==, 0);
}

static void
test_references (Fixture *fixture, gconstpointer data)
{
  static const char *const wrong[] = {
    "{\"manager_id\": \"99999\"}", "{\"manager_id\": \"3\"}",
    "{\"location_id\": \"7\"}",    "{\"labels\": \",1,\"}",
    "{\"labels\": \",7,9999,\"}",  "{\"email\": \" Robin.Okonkwo@REGISTRAR.example \"}",
    "{\"shoe_size\": \"43\"}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    check (fixture, "edit-user", 3, 0, wrong[i], NULL, "rejected",
           strstr (wrong[i], " Robin") != NULL ? "email-invalid" : "value-invalid");
  check (fixture, "edit-user", 3, 0, "{\"email\": \"Robin.Okonkwo@REGISTRAR.example\"}", NULL,
         "rejected", "user-exists");
  check (fixture, "edit-user", 3, 0, "{\"labels\": \",7,9,\", \"location_id\": \"2\"}", NULL,
         "applied", NULL);
}

/* The new user comes with the answer, and again when the key comes again; nobody is added twice. */
static void
test_add_user (Fixture *fixture, gconstpointer data)
{
  static const char params[] = "{\"email\": \" New.Person@registrar.example\", \"employee_id\": "
                               "\"00077\", \"given_name\": \"New\", \"labels\": \",7,\"}";
  static const struct
  {
    const char *params, *code;
  } refused[] = {
    { "{\"given_name\": \"Nobody\"}", "value-invalid" },
    { "{\"email\": \"nowhere\"}", "email-invalid" },
    { "{\"email\": \"new.person@REGISTRAR.example\"}", "user-exists" },
    { "{\"employee_id\": \" 00077 \"}", "user-exists" },
    { "{\"employee_id\": \"1\", \"manager_id\": \"99999\"}", "value-invalid" },
    { "{\"employee_id\": \"1\", \"labels\": \",9999,\"}", "value-invalid" },
    { "{\"employee_id\": \"1\", \"role\": \"king\"}", "value-invalid" },
  };
  g_autoptr (JsonObject) added = NULL, first = NULL, second = NULL;
  JsonObject *user;
  gint64 id;

  added = operate (fixture, "add-user", 0, 0, params, NULL, "applied", NULL);
  user = json_object_get_object_member (added, "user");
  id = json_object_get_int_member (user, "id");
  g_assert_cmpint (id, >, 300);
  g_assert_cmpstr (json_object_get_string_member (user, "email"), ==,
                   "New.Person@registrar.example");
  g_assert_cmpstr (json_object_get_string_member (user, "employee_id"), ==, "00077");
  g_assert_cmpstr (json_object_get_string_member (user, "state"), ==, "pending");
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    check (fixture, "add-user", 0, 0, refused[i].params, NULL, "rejected", refused[i].code);
  /* Without an e-mail there may be many. */
  first = operate (fixture, "add-user", 0, 0, "{\"employee_id\": \"a\"}", NULL, "applied", NULL);
  second = operate (fixture, "add-user", 0, 0, "{\"employee_id\": \"b\"}", NULL, "applied", NULL);
  g_assert_cmpint (json_object_get_int_member (json_object_get_object_member (first, "user"), "id"),
                   ==, id + 1);
  check (fixture, "assign", id + 1, 1, NULL, NULL, "applied", NULL);
  g_assert_cmpint (reg_test_server_count_mails (fixture->server), ==, 0);
}

/* Completing issues a certificate; unassigning ends the attempt, and the next one counts on. */
static void
test_attempts (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JsonObject) done = NULL;
  g_autoptr (JsonObject) gone = NULL;
  g_autoptr (JsonObject) again = NULL;
  g_autoptr (JsonObject) page = NULL;
  g_autofree char *path = NULL;
  JsonArray *rows;

  check (fixture, "assign", ACTOR, 1, NULL, NULL, "applied", NULL);
  page = reg_test_server_get (fixture->server, "/v1/changes?limit=5000");
  path = g_strdup_printf ("/v1/changes?after=%s", json_object_get_string_member (page, "cursor"));
  json_object_unref (g_steal_pointer (&page));
  done = operate (fixture, "mark-complete", ACTOR, 1, NULL, NULL, "applied", NULL);
  g_assert_false (json_object_get_null_member (json_object_get_object_member (done, "enrollment"),
                                               "certificate_at"));
  check (fixture, "mark-incomplete", ACTOR, 1, "{\"withdraw_certificate\": \"true\"}", NULL,
         "applied", NULL);
  gone = operate (fixture, "unassign", ACTOR, 1, NULL, NULL, "applied", NULL);
  g_assert_true (json_object_get_boolean_member (gone, "absent"));
  g_assert_true (json_object_get_null_member (gone, "enrollment"));
  page = reg_test_server_get (fixture->server, path);
  rows = json_object_get_array_member (page, "certificates");
  g_assert_cmpuint (json_array_get_length (rows), ==, 1);
  g_assert_false (
      json_object_get_null_member (json_array_get_object_element (rows, 0), "removed_at"));
  rows = json_object_get_array_member (page, "attempts");
  g_assert_cmpuint (json_array_get_length (rows), ==, 1);
  g_assert_cmpstr (
      json_object_get_string_member (json_array_get_object_element (rows, 0), "ended_by"), ==,
      "unassign");
  rows = json_object_get_array_member (page, "removed");
  g_assert_cmpuint (json_array_get_length (rows), ==, 1);
  again = operate (fixture, "assign", ACTOR, 1, NULL, NULL, "applied", NULL);
  g_assert_cmpint (
      json_object_get_int_member (json_object_get_object_member (again, "enrollment"), "attempt"),
      ==, 2);
  json_object_unref (g_steal_pointer (&page));
  page = reg_test_server_get (fixture->server, path);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (page, "removed")), ==, 0);
}

/* Who loses the seat in a session frees it. */
static void
test_seats (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JsonObject) enrollment = find_row (fixture, "enrollments", "seat", "enrolled");
  g_autofree char *session_id =
      g_strdup_printf ("%" G_GINT64_FORMAT, json_object_get_int_member (enrollment, "session_id"));
  g_autofree char *user_id =
      g_strdup_printf ("%" G_GINT64_FORMAT, json_object_get_int_member (enrollment, "user_id"));
  g_autoptr (JsonObject) user = find_row (fixture, "users", "id", user_id);
  g_autoptr (JsonObject) before = find_row (fixture, "sessions", "id", session_id);
  g_autoptr (JsonObject) after = NULL;

  if (g_strcmp0 (json_object_get_string_member (user, "state"), "archived") == 0)
    check (fixture, "restore", json_object_get_int_member (user, "id"), 0, NULL, NULL, "applied",
           NULL);
  check (fixture, "unassign", json_object_get_int_member (enrollment, "user_id"),
         json_object_get_int_member (enrollment, "course_id"), NULL, NULL, "applied", NULL);
  after = find_row (fixture, "sessions", "id", session_id);
  g_assert_cmpint (json_object_get_int_member (after, "taken"), ==,
                   json_object_get_int_member (before, "taken") - 1);
}

/* Fifty in one request: each for itself, in order, and a refused one does not stop the rest. */
static void
test_many (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GString) body = g_string_new ("{\"operations\": [");
  g_autoptr (JsonObject) answer = NULL;
  JsonArray *results;

  for (int i = 0; i < 50; i++)
    {
      g_autofree char *uuid = g_uuid_string_random ();

      g_string_append_printf (
          body, "%s{\"id\": \"%s\", \"operation\": \"%s\", \"user_id\": %d, \"course_id\": 12}",
          i > 0 ? "," : "", uuid, i % 2 == 0 ? "assign" : "unenroll", i % 10 == 8 ? 4711 : 1);
    }
  g_string_append (body, "]}");
  answer = reg_test_server_post (fixture->server, "/v1/operations", body->str);
  results = json_object_get_array_member (answer, "results");
  g_assert_cmpuint (json_array_get_length (results), ==, 50);
  for (guint i = 0; i < 50; i++)
    {
      JsonObject *result = json_array_get_object_element (results, i);

      if (i % 10 == 8)
        assert_result (result, "rejected", "user-unknown");
      else if (i % 10 == 9) /* what it would take back was refused */
        assert_result (result, "rejected", "status-not-allowed");
      else
        assert_result (result, "applied", NULL);
    }
}

#define ADD(path, func)                                                                            \
  g_test_add ("/sandbox/operations/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("same-key", test_same_key);
  ADD ("refused-key", test_refused_key);
  ADD ("key-of-another", test_key_of_another);
  ADD ("unknown-key", test_unknown_key);
  ADD ("dry-run", test_dry_run);
  ADD ("fields", test_fields);
  ADD ("due-dates", test_due_dates);
  ADD ("already-assigned", test_already_assigned);
  ADD ("people-who-are-gone", test_people_who_are_gone);
  ADD ("learner-went-on", test_learner_went_on);
  ADD ("pool-runs-out", test_pool_runs_out);
  ADD ("archive", test_archive);
  ADD ("mails", test_mails);
  ADD ("references", test_references);
  ADD ("add-user", test_add_user);
  ADD ("attempts", test_attempts);
  ADD ("seats", test_seats);
  ADD ("many", test_many);
  return g_test_run ();
}
