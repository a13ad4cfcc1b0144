/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who may ask, how it must be asked, and what a mistake is answered with. */
#include "reg-test-server.h"

#include <string.h>

static RegTestServer *server;

static void
assert_problem (const RegTestReply *reply, guint status, const char *code)
{
  JsonObject *problem;

  g_assert_cmpuint (reply->status, ==, status);
  g_assert_cmpstr (soup_message_headers_get_content_type (
                       soup_message_get_response_headers (reply->message), NULL),
                   ==, "application/problem+json");
  g_assert_nonnull (reply->json);
  problem = json_node_get_object (reply->json);
  g_assert_cmpint (json_object_get_int_member (problem, "status"), ==, status);
  g_assert_cmpstr (json_object_get_string_member (problem, "code"), ==, code);
  g_assert_cmpuint (strlen (json_object_get_string_member (problem, "detail")), >, 0);
}

static void
assert_answer (const char *method,
               const char *path,
               const char *type,
               const char *body,
               guint status,
               const char *code)
{
  g_autoptr (RegTestReply) reply = reg_test_server_send (server, method, path, type, body);

  assert_problem (reply, status, code);
}

static const char *
get_header (const RegTestReply *reply, const char *name)
{
  return soup_message_headers_get_one (soup_message_get_response_headers (reply->message), name);
}

static void
test_site (void)
{
  g_autoptr (JsonObject) site = reg_test_server_get (server, "/v1/site");
  JsonObject *actor = json_object_get_object_member (site, "actor");
  JsonObject *limits = json_object_get_object_member (site, "limits");

  g_assert_cmpstr (json_object_get_string_member (actor, "role"), ==, "primary-admin");
  g_assert_cmpint (json_object_get_int_member (limits, "operations"), ==, 500);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (site, "operations")), >,
                    10);
}

static void
test_sign_in (void)
{
  static const char *const wrong[] = { NULL, "", "nobody", "Bearer", "' OR 1=1 --" };
  g_autofree char *token = g_strdup (reg_test_server_get_token (server));

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (RegTestReply) reply = NULL;

      reg_test_server_set_token (server, wrong[i]);
      reply = reg_test_server_send (server, "GET", "/v1/site", NULL, NULL);
      assert_problem (reply, 401, "token-invalid");
      g_assert_nonnull (get_header (reply, "WWW-Authenticate"));
    }
  reg_test_server_set_token (server, token);
}

/* The nth person for whom a member of their row has this value. */
static gint64
find_user (const char *member, const char *value)
{
  g_autoptr (JsonObject) page = reg_test_server_get (server, "/v1/changes?limit=5000");
  JsonArray *users = json_object_get_array_member (page, "users");

  for (guint i = 0; i < json_array_get_length (users); i++)
    {
      JsonObject *user = json_array_get_object_element (users, i);

      if (strcmp (json_object_get_string_member (user, member), value) == 0
          && (strcmp (member, "state") == 0
              || strcmp (json_object_get_string_member (user, "state"), "active") == 0))
        return json_object_get_int_member (user, "id");
    }
  g_assert_not_reached ();
}

static void
sign_in_as (gint64 user_id)
{
  g_autofree char *body = g_strdup_printf ("{\"user_id\": %" G_GINT64_FORMAT "}", user_id);
  g_autoptr (JsonObject) answer = reg_test_server_post (server, "/sandbox/tokens", body);

  reg_test_server_set_token (server, json_object_get_string_member (answer, "token"));
}

static void
test_roles (void)
{
  g_autofree char *token = g_strdup (reg_test_server_get_token (server));
  gint64 learner = find_user ("role", "learner");
  gint64 archived = find_user ("state", "archived");
  gint64 manager = find_user ("role", "manager");
  gint64 instructor = find_user ("role", "instructor");
  g_autoptr (JsonObject) site = NULL;
  g_autoptr (JsonObject) result = NULL;

  sign_in_as (learner);
  assert_answer ("GET", "/v1/site", NULL, NULL, 403, "role-missing");
  reg_test_server_set_token (server, token);
  sign_in_as (archived);
  assert_answer ("GET", "/v1/site", NULL, NULL, 403, "account-inactive");
  reg_test_server_set_token (server, token);
  sign_in_as (instructor);
  assert_answer ("GET", "/v1/users/2/courses/4/activity", NULL, NULL, 403, "role-missing");
  assert_answer ("GET", "/sandbox/log", NULL, NULL, 403, "role-missing");
  reg_test_server_set_token (server, token);
  sign_in_as (manager);
  site = reg_test_server_get (server, "/v1/site");
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (site, "operations")), >,
                    0);
  result = reg_test_server_operate (server, NULL, "archive", learner, 0, NULL, NULL);
  g_assert_cmpstr (json_object_get_string_member (result, "code"), ==, "role-missing");
  reg_test_server_set_token (server, token);
}

static void
test_paths (void)
{
  g_autoptr (RegTestReply) reply = NULL;

  assert_answer ("GET", "/", NULL, NULL, 404, "path-unknown");
  assert_answer ("GET", "/v1/changes/", NULL, NULL, 404, "path-unknown");
  assert_answer ("GET", "/v1/users/x/courses/2/history", NULL, NULL, 404, "path-unknown");
  assert_answer ("GET", "/v1/users/99999/courses/2/history", NULL, NULL, 404, "user-unknown");
  assert_answer ("GET", "/v1/users/2/courses/99/history", NULL, NULL, 404, "course-unknown");
  assert_answer ("GET", "/v1/users/99999/courses/1/chapters", NULL, NULL, 404, "not-enrolled");
  assert_answer ("GET", "/v1/users/2/courses/4/quiz", NULL, NULL, 404, "not-in-course");
  assert_answer ("GET", "/v1/certificates/999999", NULL, NULL, 404, "certificate-unknown");
  reply = reg_test_server_send (server, "PUT", "/sandbox/mailbox", "application/json", "{}");
  assert_problem (reply, 405, "method-not-allowed");
  g_assert_cmpstr (get_header (reply, "Allow"), ==, "GET, DELETE");
}

static void
test_bodies (void)
{
  static const char json[] = "application/json";
  static const char path[] = "/v1/operations";
  g_autoptr (GString) deep = g_string_new (NULL);

  for (guint i = 0; i < 200000; i++)
    g_string_append_c (deep, '[');
  assert_answer ("POST", path, "text/plain", "{}", 415, "not-json");
  assert_answer ("POST", path, json, "", 400, "not-json");
  assert_answer ("POST", path, json, "{\"operations\":", 400, "not-json");
  assert_answer ("POST", path, json, "{\"operations\": \"\xff\"}", 400, "not-json");
  assert_answer ("POST", path, json, deep->str, 400, "not-json");
  assert_answer ("POST", path, json, "[]", 422, "not-object");
  assert_answer ("POST", path, json, "3", 422, "not-object");
  assert_answer ("POST", path, json, "{}", 422, "member-invalid");
  assert_answer ("POST", path, json, "{\"operations\": {}}", 422, "member-invalid");
  assert_answer ("POST", path, json, "{\"operations\": [null]}", 422, "member-invalid");
  assert_answer ("POST", path, json, "{\"operations\": [{}]}", 422, "member-invalid");
  assert_answer ("POST", path, json, "{\"operations\": [], \"dry_run\": 1}", 422, "member-invalid");
  assert_answer ("POST", "/v1/operations/outcomes", json, "{\"ids\": [1]}", 422, "member-invalid");
  assert_answer ("POST", "/sandbox/clock", json, "{\"now\": \"x\"}", 422, "member-invalid");
  assert_answer ("POST", "/sandbox/faults", json, "{\"path\": \"/\", \"fault\": \"no\"}", 422,
                 "member-invalid");
  assert_answer ("POST", "/sandbox/tokens", json, "{\"user_id\": 99999}", 422, "member-invalid");
}

/* Each member of an operation, wrong in turn. */
static void
test_members (void)
{
  static const char *const wrong[] = {
    "\"id\": 7",
    "\"id\": \"not-a-uuid\"",
    "\"operation\": null",
    "\"operation\": 3",
    "\"user_id\": \"2\"",
    "\"user_id\": 2.5",
    "\"course_id\": \"2\"",
    "\"params\": []",
    "\"params\": {\"due_date\": 3}",
    "\"base\": \"x\"",
    "\"base_revision\": \"x\"",
    "\"note\": 5",
  };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autofree char *id = g_uuid_string_random ();
      g_autofree char *body = g_strdup_printf (
          "{\"operations\": [{\"id\": \"%s\", \"operation\": \"assign\", \"user_id\": 2,"
          " \"course_id\": 1, %s}]}",
          id, wrong[i]);

      assert_answer ("POST", "/v1/operations", "application/json", body, 422, "member-invalid");
    }
  g_assert_cmpint (reg_test_server_count_applied (server, NULL), ==, 0);
}

static void
test_limits (void)
{
  g_autoptr (GString) ids = g_string_new ("{\"ids\": [\"0\"");
  g_autoptr (GString) many = g_string_new ("{\"operations\": [{}");
  g_autofree char *huge = g_malloc (9 * 1024 * 1024 + 1);
  g_autoptr (RegTestReply) reply = NULL;

  for (guint i = 1; i < 501; i++)
    {
      g_string_append (ids, ",\"0\"");
      g_string_append (many, ",{}");
    }
  g_string_append (ids, "]}");
  g_string_append (many, "]}");
  assert_answer ("POST", "/v1/operations/outcomes", "application/json", ids->str, 413, "too-many");
  assert_answer ("POST", "/v1/operations", "application/json", many->str, 413, "too-many");
  memset (huge, ' ', 9 * 1024 * 1024);
  huge[9 * 1024 * 1024] = '\0';
  reply = reg_test_server_send (server, "POST", "/v1/operations", "application/json", huge);
  /* The connection may be closed before all of it is sent; in no case is it accepted. */
  g_assert_true (reply->status == 413 || reply->status == 0);
}

static void
test_certificate (void)
{
  g_autoptr (RegTestReply) reply =
      reg_test_server_send (server, "GET", "/v1/certificates/1", NULL, NULL);
  const char *pdf = g_bytes_get_data (reply->body, NULL);
  gsize size = g_bytes_get_size (reply->body);
  g_autofree char *text = g_strndup (pdf, size);
  const char *end = g_strrstr_len (pdf, (gssize)size, "startxref\n");

  g_assert_cmpuint (reply->status, ==, 200);
  g_assert_cmpstr (get_header (reply, "Content-Type"), ==, "application/pdf");
  g_assert_true (g_str_has_prefix (pdf, "%PDF-1.4"));
  g_assert_true (g_str_has_suffix (text, "%%EOF\n") || strlen (text) < size);
  g_assert_nonnull (end);
  g_assert_cmpmem (pdf + atoi (end + strlen ("startxref\n")), 4, "xref", 4);
}

static void
test_clock (void)
{
  g_autoptr (JsonObject) set =
      reg_test_server_post (server, "/sandbox/clock", "{\"now\": 2000000000}");
  g_autoptr (JsonObject) moved =
      reg_test_server_post (server, "/sandbox/clock", "{\"advance\": -86400}");
  g_autoptr (JsonObject) result = NULL;
  JsonObject *enrollment;
  gint64 now = json_object_get_int_member (moved, "now");

  g_assert_cmpint (json_object_get_int_member (set, "now"), >=, 2000000000);
  g_assert_cmpint (now, >=, 2000000000 - 86400);
  g_assert_cmpint (now, <, 2000000000 - 86400 + 3600);
  result = reg_test_server_operate (server, NULL, "assign", 1, 1, NULL, NULL);
  enrollment = json_object_get_object_member (result, "enrollment");
  g_assert_cmpint (json_object_get_int_member (enrollment, "assigned_at"), >=, now);
}

/* What the chapters, the quiz and the player say agrees with the enrollment. */
static void
test_reads (void)
{
  g_autoptr (JsonObject) page = reg_test_server_get (server, "/v1/changes?limit=5000");
  JsonArray *enrollments = json_object_get_array_member (page, "enrollments");
  guint n_read = 0;

  for (guint i = 0; i < json_array_get_length (enrollments) && n_read < 20; i++)
    {
      JsonObject *row = json_array_get_object_element (enrollments, i);
      g_autofree char *base =
          g_strdup_printf ("/v1/users/%" G_GINT64_FORMAT "/courses/%" G_GINT64_FORMAT,
                           json_object_get_int_member (row, "user_id"),
                           json_object_get_int_member (row, "course_id"));
      g_autofree char *history_path = g_strconcat (base, "/history", NULL);
      g_autofree char *chapters_path = g_strconcat (base, "/chapters", NULL);
      g_autoptr (JsonObject) history = NULL;
      g_autoptr (JsonObject) chapters = NULL;
      JsonArray *list;
      gint64 sum = 0;

      if (json_object_get_int_member (row, "progress") == 0)
        continue;
      n_read++;
      history = reg_test_server_get (server, history_path);
      g_assert_cmpuint (json_array_get_length (json_object_get_array_member (history, "events")), >,
                        0);
      chapters = reg_test_server_get (server, chapters_path);
      list = json_object_get_array_member (chapters, "chapters");
      for (guint k = 0; k < json_array_get_length (list); k++)
        sum += json_object_get_int_member (json_array_get_object_element (list, k), "progress");
      g_assert_cmpint (sum / json_array_get_length (list), ==,
                       json_object_get_int_member (row, "progress"));
    }
  g_assert_cmpuint (n_read, ==, 20);
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  server = reg_test_server_new_seeded (REG_SANDBOX_SEED_DEMO, 0);
  g_test_add_func ("/sandbox/requests/site", test_site);
  g_test_add_func ("/sandbox/requests/sign-in", test_sign_in);
  g_test_add_func ("/sandbox/requests/roles", test_roles);
  g_test_add_func ("/sandbox/requests/paths", test_paths);
  g_test_add_func ("/sandbox/requests/bodies", test_bodies);
  g_test_add_func ("/sandbox/requests/members", test_members);
  g_test_add_func ("/sandbox/requests/limits", test_limits);
  g_test_add_func ("/sandbox/requests/reads", test_reads);
  g_test_add_func ("/sandbox/requests/certificate", test_certificate);
  g_test_add_func ("/sandbox/requests/clock", test_clock);
  status = g_test_run ();
  reg_test_server_free (server);
  return status;
}
