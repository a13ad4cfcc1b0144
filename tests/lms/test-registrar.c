/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lms/registrar/reg-registrar-lms.h"

#include "../net/raw-server.h"

#include <json-glib/json-glib.h>
#include <string.h>

typedef struct
{
  RawServer *server;
  RegLms *lms;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  f->server = raw_server_new ();
  f->lms = reg_lms_new ("registrar", raw_server_get_url (f->server), "secret", &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_object_unref (f->lms);
  raw_server_free (f->server);
}

static const char page_text[] =
    "{\"labels\":[{\"id\":3,\"revision\":1,\"kind\":\"location\",\"name\":\"Köln\"}],"
    "\"users\":[{\"id\":7,\"revision\":2,\"email\":\"Zo\\u00eb@Example.org\",\"employee_id\":"
    "\"007\",\"given_name\":\"Zo\\u00eb\",\"family_name\":\"O\\\"Neil\",\"role\":\"learner\","
    "\"state\":\"active\",\"location_id\":3,\"manager_id\":null,\"labels\":[12,4,4],"
    "\"approved_at\":100,\"notified_at\":null,\"archived_at\":null,\"shoe_size\":{\"eu\":[42.5]}}"
    ",{\"state\":\"archived\",\"role\":\"primary-admin\",\"id\":8,\"employee_id\":null,\"labels\""
    ":[]}],"
    "\"courses\":[{\"id\":5,\"revision\":3,\"code\":\"C5\",\"title\":\"Safety\",\"kind\":\"path\""
    ",\"has_scorm\":true,\"has_quiz\":false,\"pool_id\":2,\"auto_reassign_days\":null,"
    "\"items\":[9,7]}],"
    "\"sessions\":[{\"id\":6,\"revision\":4,\"course_id\":5,\"place\":\"Room "
    "1\",\"starts_at\":10,\"ends_at\":20,\"seats\":12,\"taken\":3}],"
    "\"pools\":[{\"id\":2,\"revision\":5,\"kind\":\"credit\",\"name\":\"P\",\"total\":10,"
    "\"available\":4}],"
    "\"enrollments\":[{\"user_id\":7,\"course_id\":5,\"revision\":6,\"access\":\"revoked\","
    "\"requirement\":\"required\",\"source\":\"import\",\"visible\":true,\"archived\":false,"
    "\"due_date\":\"2026-12-31\",\"assigned_by\":1,\"assigned_at\":50,\"attempt\":2,"
    "\"started_at\":60,\"progress\":40,\"completed_at\":null,\"session_id\":6,\"seat\":\"no_show\""
    ",\"certificate_at\":null,\"edition\":\"2\",\"mode\":\"subscription\",\"units\":null,"
    "\"subscription_end\":\"2031-02-03\"}],"
    "\"attempts\":[{\"id\":1,\"revision\":7,\"user_id\":7,\"course_id\":5,\"ended\\u005fby\":\"a\\"
    "nb\"}],\"certificates\":[ {\"id\":2,\"revision\":8,\"user_id\":7,\"course_id\":5} ],"
    "\"presets\":[{\"id\":3,\"revision\":9,\"name\":\"x\",\"items\":[]}],"
    "\"removed\":[{\"kind\":\"enrollment\",\"id\":null,\"user_id\":7,\"course_id\":9}],"
    "\"news\":\"to come\",\"cursor\":\"c/9 ü\",\"more\":true}";

static void
check_users (const RegPage *page)
{
  const RegUser *user = &g_array_index (page->users, RegUser, 0);

  g_assert_cmpuint (page->users->len, ==, 2);
  g_assert_cmpint (user->id, ==, 7);
  g_assert_cmpint (user->revision, ==, 2);
  g_assert_cmpstr (user->email, ==, "Zoë@Example.org");
  g_assert_cmpstr (user->employee_id, ==, "007");
  g_assert_cmpstr (user->given_name, ==, "Zoë");
  g_assert_cmpstr (user->family_name, ==, "O\"Neil");
  g_assert_cmpint (user->role, ==, REG_ROLE_LEARNER);
  g_assert_cmpint (user->state, ==, REG_USER_STATE_ACTIVE);
  g_assert_cmpint (user->location_id, ==, 3);
  g_assert_cmpint (user->manager_id, ==, 0);
  g_assert_cmpstr (user->labels, ==, ",4,12,");
  g_assert_cmpint (user->approved_at, ==, 100);
  user = &g_array_index (page->users, RegUser, 1);
  g_assert_cmpint (user->id, ==, 8);
  g_assert_cmpint (user->role, ==, REG_ROLE_PRIMARY_ADMIN);
  g_assert_cmpint (user->state, ==, REG_USER_STATE_ARCHIVED);
  g_assert_cmpstr (user->email, ==, "");
  g_assert_cmpstr (user->employee_id, ==, "");
  g_assert_cmpstr (user->labels, ==, "");
}

static void
check_enrollment (const RegEnrollment *enrollment)
{
  g_assert_true (enrollment->present);
  g_assert_cmpint (enrollment->user_id, ==, 7);
  g_assert_cmpint (enrollment->course_id, ==, 5);
  g_assert_cmpint (enrollment->access, ==, REG_ACCESS_REVOKED);
  g_assert_cmpint (enrollment->requirement, ==, REG_REQUIREMENT_REQUIRED);
  g_assert_cmpint (enrollment->source, ==, REG_SOURCE_IMPORT);
  g_assert_true (enrollment->visible);
  g_assert_false (enrollment->archived);
  g_assert_cmpstr (enrollment->due_date, ==, "2026-12-31");
  g_assert_cmpint (enrollment->attempt, ==, 2);
  g_assert_cmpint (enrollment->progress, ==, 40);
  g_assert_cmpint (enrollment->completed_at, ==, 0);
  g_assert_cmpint (enrollment->seat, ==, REG_SEAT_NO_SHOW);
  g_assert_cmpstr (enrollment->edition, ==, "2");
  g_assert_cmpstr (enrollment->mode, ==, REG_MODE_SUBSCRIPTION);
  g_assert_null (enrollment->units);
  g_assert_cmpstr (enrollment->subscription_end, ==, "2031-02-03");
}

static void
check_documents (const RegPage *page)
{
  static const char attempt[] =
      "{\"id\":1,\"revision\":7,\"user_id\":7,\"course_id\":5,\"ended\\u005fby\":\"a\\nb\"}";
  const RegDocument *document = &g_array_index (page->documents, RegDocument, 0);

  g_assert_cmpuint (page->documents->len, ==, 3);
  g_assert_cmpstr (document->kind, ==, "attempt");
  g_assert_cmpmem (document->json, document->json_len, attempt, strlen (attempt));
  g_assert_cmpint (document->user_id, ==, 7);
  document = &g_array_index (page->documents, RegDocument, 1);
  g_assert_cmpstr (document->kind, ==, "certificate");
  g_assert_cmpint (document->revision, ==, 8);
  g_assert_cmpint (document->course_id, ==, 5);
  document = &g_array_index (page->documents, RegDocument, 2);
  g_assert_cmpstr (document->kind, ==, "preset");
  g_assert_cmpint (document->id, ==, 3);
}

static void
test_pull (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RegPage) page = NULL;
  g_autofree char *request = NULL;
  const RegCourse *course;
  const RegSession *session;
  const RegTombstone *tombstone;
  const RegLicensePool *pool;

  raw_server_set_json (f->server, "/v1/changes", "200 OK", NULL, page_text);
  page = reg_lms_pull (f->lms, "a&b c", 1000, NULL, &error);
  g_assert_no_error (error);
  request = raw_server_dup_request (f->server, "/v1/changes");
  g_assert_true (g_str_has_prefix (request, "GET /v1/changes?after=a%26b%20c&limit=1000 "));
  g_assert_cmpstr (page->cursor, ==, "c/9 ü");
  g_assert_true (page->more);
  g_assert_cmpuint (reg_page_get_n_rows (page), ==, 11);
  check_users (page);
  check_enrollment (&g_array_index (page->enrollments, RegEnrollment, 0));
  check_documents (page);
  g_assert_cmpstr (g_array_index (page->labels, RegLabel, 0).name, ==, "Köln");
  g_assert_cmpint (g_array_index (page->labels, RegLabel, 0).kind, ==, REG_LABEL_LOCATION);
  course = &g_array_index (page->courses, RegCourse, 0);
  g_assert_cmpstr (course->code, ==, "C5");
  g_assert_cmpint (course->kind, ==, REG_COURSE_PATH);
  g_assert_true (course->has_scorm);
  g_assert_false (course->has_quiz);
  g_assert_cmpstr (course->items, ==, ",9,7,");
  session = &g_array_index (page->sessions, RegSession, 0);
  g_assert_cmpstr (session->place, ==, "Room 1");
  g_assert_cmpint (session->seats, ==, 12);
  pool = &g_array_index (page->pools, RegLicensePool, 0);
  g_assert_cmpint (pool->kind, ==, REG_POOL_CREDIT);
  g_assert_cmpint (pool->available, ==, 4);
  tombstone = &g_array_index (page->tombstones, RegTombstone, 0);
  g_assert_cmpstr (tombstone->kind, ==, "enrollment");
  g_assert_cmpint (tombstone->course_id, ==, 9);
}

static void
test_garbled_pages (Fixture *f, gconstpointer data)
{
  static const struct
  {
    const char *body;
    const char *words; /* that the message holds */
  } cases[] = {
    { "", "object" },
    { "<html>", "object" },
    { "[]", "object" },
    { "{}", "cursor" },
    { "{\"cursor\":\"\",\"more\":false}", "cursor" },
    { "{\"cursor\":\"c\"}", "cursor" },
    { "{\"users\":{},\"cursor\":\"c\",\"more\":false}", "list" },
    { "{\"users\":[{\"id\":1,\"role\":\"emperor\"}],\"cursor\":\"c\",\"more\":false}",
      "role “emperor” is not known" },
    { "{\"users\":[{\"id\":1,\"state\":null}],\"cursor\":\"c\",\"more\":false}", "null" },
    { "{\"users\":[{\"email\":\"a\"}],\"cursor\":\"c\",\"more\":false}", "id" },
    { "{\"users\":[{\"id\":-4}],\"cursor\":\"c\",\"more\":false}", "id" },
    { "{\"users\":[{\"id\":549755813888}],\"cursor\":\"c\",\"more\":false}", "id" },
    { "{\"users\":[{\"id\":1,\"email\":5}],\"cursor\":\"c\",\"more\":false}", "string" },
    { "{\"users\":[{\"id\":1,\"labels\":[\"a\"]}],\"cursor\":\"c\",\"more\":false}", "number" },
    { "{\"users\":[{\"id\":1,\"labels\":[0]}],\"cursor\":\"c\",\"more\":false}", "id" },
    { "{\"users\":[{\"id\":1},\"cursor\":\"c\",\"more\":false}", "" },
    { "{\"enrollments\":[{\"user_id\":1}],\"cursor\":\"c\",\"more\":false}", "ids" },
    { "{\"enrollments\":[{\"due_date\":\"tomorrow\"}],\"cursor\":\"c\",\"more\":false}", "date" },
    { "{\"enrollments\":[{\"due_date\":\"31-12-2026\"}],\"cursor\":\"c\",\"more\":false}", "date" },
    { "{\"enrollments\":[{\"progress\":9999999999}],\"cursor\":\"c\",\"more\":false}", "large" },
    { "{\"courses\":[{\"id\":9000000}],\"cursor\":\"c\",\"more\":false}", "id" },
    { "{\"removed\":[{\"kind\":\"moon\",\"id\":1}],\"cursor\":\"c\",\"more\":false}", "moon" },
    { "{\"removed\":[{\"id\":1}],\"cursor\":\"c\",\"more\":false}", "kind" },
    { "{\"cursor\":\"c\",\"more\":false}{", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      raw_server_set_json (f->server, "/v1/changes", "200 OK", NULL, cases[i].body);
      g_assert_null (reg_lms_pull (f->lms, NULL, 10, NULL, &error));
      g_assert_error (error, REG_LMS_ERROR, REG_LMS_ERROR_GARBLED);
      if (strstr (error->message, cases[i].words) == NULL)
        g_error ("“%s” says: %s", cases[i].body, error->message);
    }
}

/* Every beginning of a good page is garbled, and nothing reads over the end. */
static void
test_cut_pages (Fixture *f, gconstpointer data)
{
  for (gsize len = 1; len < strlen (page_text); len += 7)
    {
      g_autofree char *cut = g_strndup (page_text, len);
      g_autoptr (GError) error = NULL;

      raw_server_set_json (f->server, "/v1/changes", "200 OK", NULL, cut);
      g_assert_null (reg_lms_pull (f->lms, NULL, 10, NULL, &error));
      g_assert_error (error, REG_LMS_ERROR, REG_LMS_ERROR_GARBLED);
    }
}

static void
test_describe (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RegSite) site = NULL;

  raw_server_set_json (
      f->server, "/v1/site", "200 OK", NULL,
      "{\"name\":\"Acme\",\"version\":\"1.2\",\"time_zone\":\"Europe/Berlin\",\"actor\":{\"id\":4,"
      "\"email\":\"a@b.c\",\"name\":\"A B\",\"role\":\"administrator\"},\"settings\":{\"allow_"
      "reassign_always\":true},\"operations\":[\"assign\",\"archive\"],\"limits\":{\"operations\":"
      "200,\"page\":99999999}}");
  site = reg_lms_describe (f->lms, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (site->name, ==, "Acme");
  g_assert_cmpstr (site->time_zone, ==, "Europe/Berlin");
  g_assert_cmpint (site->actor_id, ==, 4);
  g_assert_cmpstr (site->actor_email, ==, "a@b.c");
  g_assert_cmpint (site->actor_role, ==, REG_ROLE_ADMINISTRATOR);
  g_assert_true (site->allow_reassign_always);
  g_assert_true (reg_site_can (site, "archive"));
  g_assert_false (reg_site_can (site, "renew"));
  g_assert_cmpuint (site->max_operations, ==, 200);
  g_assert_cmpuint (site->page_size, ==, 10000);

  raw_server_set_json (f->server, "/v1/site", "200 OK", NULL, "{\"name\":\"Acme\"}");
  g_assert_null (reg_lms_describe (f->lms, NULL, &error));
  g_assert_error (error, REG_LMS_ERROR, REG_LMS_ERROR_GARBLED);
}

static RegChange *
new_change (const char *uuid)
{
  RegChange *change = reg_change_new ();

  change->uuid = g_strdup (uuid);
  change->operation = g_strdup ("assign");
  change->user_id = 7;
  change->course_id = 5;
  return change;
}

static GPtrArray *
new_changes (void)
{
  GPtrArray *changes = g_ptr_array_new_with_free_func ((GDestroyNotify)reg_change_free);
  RegChange *change = new_change ("u-1");

  change->params = reg_params_new ();
  reg_params_set (change->params, "message", "Say \"hi\"\n日本");
  change->base = reg_params_new ();
  reg_params_set (change->base, "due_date", "");
  change->base_revision = 12;
  change->note = g_strdup ("because");
  g_ptr_array_add (changes, change);
  g_ptr_array_add (changes, new_change ("u-2"));
  return changes;
}

static JsonObject *
parse_body (JsonParser *parser, const char *request)
{
  g_autoptr (GError) error = NULL;

  json_parser_load_from_data (parser, strstr (request, "\r\n\r\n") + 4, -1, &error);
  g_assert_no_error (error);
  return json_node_get_object (json_parser_get_root (parser));
}

static void
check_operations (const char *request)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonObject *root = parse_body (parser, request);
  JsonArray *operations = json_object_get_array_member (root, "operations");
  JsonObject *operation = json_array_get_object_element (operations, 0);

  g_assert_false (json_object_get_boolean_member (root, "dry_run"));
  g_assert_cmpuint (json_array_get_length (operations), ==, 2);
  g_assert_cmpstr (json_object_get_string_member (operation, "id"), ==, "u-1");
  g_assert_cmpstr (json_object_get_string_member (operation, "operation"), ==, "assign");
  g_assert_cmpint (json_object_get_int_member (operation, "user_id"), ==, 7);
  g_assert_cmpint (json_object_get_int_member (operation, "course_id"), ==, 5);
  g_assert_cmpint (json_object_get_int_member (operation, "base_revision"), ==, 12);
  g_assert_cmpstr (json_object_get_string_member (operation, "note"), ==, "because");
  g_assert_cmpstr (json_object_get_string_member (
                       json_object_get_object_member (operation, "params"), "message"),
                   ==, "Say \"hi\"\n日本");
  g_assert_cmpstr (
      json_object_get_string_member (json_object_get_object_member (operation, "base"), "due_date"),
      ==, "");
  operation = json_array_get_object_element (operations, 1);
  g_assert_cmpuint (json_object_get_size (json_object_get_object_member (operation, "params")), ==,
                    0);
  g_assert_true (json_object_get_null_member (operation, "note"));
}

static void
test_push (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) changes = new_changes ();
  g_autoptr (GPtrArray) results = NULL;
  g_autofree char *request = NULL;
  const RegLmsResult *result;

  raw_server_set_json (
      f->server, "/v1/operations", "200 OK", NULL,
      "{\"results\":[{\"id\":\"u-2\",\"outcome\":\"conflict\",\"code\":\"field-changed\","
      "\"sentence\":\"Changed since\",\"revision\":4,\"server\":{\"due_date\":\"2027-01-01\"},"
      "\"user\":null,\"enrollment\":null,\"absent\":true},{\"id\":\"u-9\",\"outcome\":\"applied\"},"
      "{\"id\":\"u-1\",\"outcome\":\"applied\",\"code\":null,\"sentence\":null,\"revision\":5,"
      "\"server\":null,\"user\":{\"id\":7,\"email\":\"e\",\"role\":\"manager\",\"state\":"
      "\"active\",\"labels\":[1]},\"enrollment\":{\"user_id\":7,\"course_id\":5,\"access\":"
      "\"active\",\"requirement\":\"optional\",\"source\":\"manual\",\"seat\":null}},{\"id\":"
      "\"u-1\",\"outcome\":\"rejected\"}]}");
  results = reg_lms_push (f->lms, changes, NULL, &error);
  g_assert_no_error (error);
  request = raw_server_dup_request (f->server, "/v1/operations");
  check_operations (request);

  g_assert_cmpuint (results->len, ==, 2);
  result = g_ptr_array_index (results, 0);
  g_assert_cmpstr (result->uuid, ==, "u-2");
  g_assert_cmpint (result->kind, ==, REG_OUTCOME_CONFLICT);
  g_assert_cmpstr (result->code, ==, "field-changed");
  g_assert_cmpstr (result->sentence, ==, "Changed since");
  g_assert_cmpstr (reg_params_get (result->server, "due_date"), ==, "2027-01-01");
  g_assert_null (result->user);
  g_assert_false (result->enrollment->present);
  g_assert_cmpint (result->enrollment->user_id, ==, 7);
  g_assert_cmpint (result->enrollment->course_id, ==, 5);
  result = g_ptr_array_index (results, 1);
  g_assert_cmpint (result->kind, ==, REG_OUTCOME_APPLIED);
  g_assert_null (result->code);
  g_assert_cmpstr (result->user->labels, ==, ",1,");
  g_assert_true (result->enrollment->present);
}

static void
test_garbled_results (Fixture *f, gconstpointer data)
{
  static const char *const bodies[] = {
    "{}",
    "{\"results\":[]}",
    "{\"results\":[{\"id\":\"u-1\",\"outcome\":\"applied\"}]}",
    "{\"results\":[{\"id\":\"u-1\",\"outcome\":\"maybe\"},{\"id\":\"u-2\",\"outcome\":"
    "\"applied\"}]}",
    "{\"results\":[{\"id\":\"u-1\",\"outcome\":\"applied\"},{\"id\":\"u-2\",\"outcome\":"
    "\"applied\"}]",
    "{\"results\":[{\"id\":\"u-1\",\"outcome\":\"applied\",\"server\":[]},{\"id\":\"u-2\","
    "\"outcome\":\"applied\"}]}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) changes = new_changes ();

      raw_server_set_json (f->server, "/v1/operations", "200 OK", NULL, bodies[i]);
      g_assert_null (reg_lms_push (f->lms, changes, NULL, &error));
      g_assert_error (error, REG_LMS_ERROR, REG_LMS_ERROR_GARBLED);
    }
}

static void
test_ask (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) changes = new_changes ();
  g_autoptr (GPtrArray) results = NULL;
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autofree char *request = NULL;
  JsonArray *ids;

  raw_server_set_json (f->server, "/v1/operations/outcomes", "200 OK", NULL,
                       "{\"results\":[{\"id\":\"u-1\",\"outcome\":\"unknown\"},{\"id\":\"u-2\","
                       "\"outcome\":\"skipped\",\"code\":\"already-assigned\"}]}");
  results = reg_lms_ask (f->lms, changes, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (((RegLmsResult *)g_ptr_array_index (results, 0))->kind, ==, REG_OUTCOME_UNKNOWN);
  g_assert_cmpint (((RegLmsResult *)g_ptr_array_index (results, 1))->kind, ==, REG_OUTCOME_SKIPPED);
  request = raw_server_dup_request (f->server, "/v1/operations/outcomes");
  ids = json_object_get_array_member (parse_body (parser, request), "ids");
  g_assert_cmpuint (json_array_get_length (ids), ==, 2);
  g_assert_cmpstr (json_array_get_string_element (ids, 1), ==, "u-2");
}

static void
test_statuses (Fixture *f, gconstpointer data)
{
  static const struct
  {
    const char *status;
    int code;
    guint retry_after;
  } cases[] = {
    { "400 Bad", REG_LMS_ERROR_REFUSED, 0 },      { "401 No", REG_LMS_ERROR_AUTH, 0 },
    { "403 No", REG_LMS_ERROR_REFUSED, 0 },       { "404 No", REG_LMS_ERROR_REFUSED, 0 },
    { "408 Slow", REG_LMS_ERROR_BUSY, 9 },        { "410 Gone", REG_LMS_ERROR_REFUSED, 0 },
    { "413 Large", REG_LMS_ERROR_REFUSED, 0 },    { "422 No", REG_LMS_ERROR_REFUSED, 0 },
    { "429 Wait", REG_LMS_ERROR_BUSY, 9 },        { "500 Oops", REG_LMS_ERROR_UNREACHABLE, 9 },
    { "502 Oops", REG_LMS_ERROR_UNREACHABLE, 9 }, { "503 Wait", REG_LMS_ERROR_BUSY, 9 },
    { "504 Oops", REG_LMS_ERROR_UNREACHABLE, 9 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      raw_server_set_json (f->server, "/v1/site", cases[i].status,
                           cases[i].retry_after > 0 ? "Retry-After: 9\r\n" : NULL,
                           "{\"title\":\"Their words\"}");
      g_assert_null (reg_lms_describe (f->lms, NULL, &error));
      g_assert_error (error, REG_LMS_ERROR, cases[i].code);
      g_assert_nonnull (strstr (error->message, "Their words"));
      g_assert_cmpuint (reg_lms_get_retry_after (f->lms), ==, cases[i].retry_after);

      g_clear_error (&error);
      raw_server_set_json (f->server, "/v1/site", cases[i].status, NULL, "<html>");
      g_assert_null (reg_lms_describe (f->lms, NULL, &error));
      g_assert_error (error, REG_LMS_ERROR, cases[i].code);
      g_assert_cmpuint (reg_lms_get_retry_after (f->lms), ==, 0);
    }
}

static void
test_read (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) history = NULL;
  g_autoptr (GBytes) certificate = NULL;

  raw_server_set_json (f->server, "/v1/users/7/courses/5/history", "200 OK", NULL, "[1]");
  raw_server_set_json (f->server, "/v1/certificates/12", "200 OK", NULL, "%PDF");
  history = reg_lms_read (f->lms, "history", 7, 5, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (history, NULL), g_bytes_get_size (history), "[1]", 3);
  certificate = reg_lms_read (f->lms, "certificate/12", 7, 5, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (certificate), ==, 4);
  g_assert_null (reg_lms_read (f->lms, "../../sandbox/mailbox", 7, 5, NULL, &error));
  g_assert_error (error, REG_LMS_ERROR, REG_LMS_ERROR_UNSUPPORTED);
}

static void
test_hang (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  raw_server_set (f->server, "/v1/site", NULL, 0);
  reg_registrar_lms_set_timeout (REG_REGISTRAR_LMS (f->lms), 1);
  g_assert_null (reg_lms_describe (f->lms, NULL, &error));
  g_assert_error (error, REG_LMS_ERROR, REG_LMS_ERROR_UNREACHABLE);
}

static void
test_cancelled (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  g_cancellable_cancel (cancellable);
  g_assert_null (reg_lms_describe (f->lms, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_kinds (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (reg_lms_new ("moodle", "https://lms.example.org", "t", &error));
  g_assert_error (error, REG_LMS_ERROR, REG_LMS_ERROR_UNSUPPORTED);
  g_clear_error (&error);
  g_assert_null (reg_lms_new ("fax", "https://lms.example.org", "t", &error));
  g_assert_error (error, REG_LMS_ERROR, REG_LMS_ERROR_UNSUPPORTED);
  g_clear_error (&error);
  g_assert_null (reg_lms_new ("registrar", "http://lms.example.org", "t", &error));
  g_assert_error (error, REG_LMS_ERROR, REG_LMS_ERROR_REFUSED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add ("/lms/registrar/" path, Fixture, NULL, set_up, func, tear_down)
  ADD ("pull", test_pull);
  ADD ("garbled-pages", test_garbled_pages);
  ADD ("cut-pages", test_cut_pages);
  ADD ("describe", test_describe);
  ADD ("push", test_push);
  ADD ("garbled-results", test_garbled_results);
  ADD ("ask", test_ask);
  ADD ("statuses", test_statuses);
  ADD ("read", test_read);
  ADD ("hang", test_hang);
  ADD ("cancelled", test_cancelled);
#undef ADD
  g_test_add_func ("/lms/registrar/kinds", test_kinds);
  return g_test_run ();
}
