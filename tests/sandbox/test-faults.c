/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What goes wrong on request: as it was asked for, as often as it was asked for, and not otherwise.
 */
#include "reg-test-server.h"

#include <string.h>

#define KEY "7f9c24e8-3b12-4fef-9d5c-6f0f2a1b3c4d"

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

/* Assigns course 1 to the administrator, always with the same key. */
static RegTestReply *
assign (Fixture *fixture)
{
  return reg_test_server_send (fixture->server, "POST", "/v1/operations", "application/json",
                               "{\"operations\": [{\"id\": \"" KEY
                               "\", \"operation\": \"assign\", \"user_id\": 1,"
                               " \"course_id\": 1}]}");
}

static void
assert_assign_works (Fixture *fixture)
{
  g_autoptr (RegTestReply) reply = assign (fixture);

  g_assert_cmpuint (reply->status, ==, 200);
  g_assert_nonnull (reply->json);
  g_assert_cmpint (reg_test_server_count_applied (fixture->server, KEY), ==, 1);
}

static void
test_refuse (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RegTestReply) reply = NULL;

  reg_test_server_add_fault (fixture->server, "/v1/operations", "refuse", 1);
  reply = assign (fixture);
  g_assert_cmpuint (reply->status, ==, 0);
  g_assert_cmpint (reg_test_server_count_applied (fixture->server, KEY), ==, 0);
  assert_assign_works (fixture);
}

static void
test_cut_after_commit (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RegTestReply) reply = NULL;

  reg_test_server_add_fault (fixture->server, "/v1/operations", "cut-after-commit", 1);
  reply = assign (fixture);
  g_assert_cmpuint (reply->status, ==, 0);
  g_assert_cmpint (reg_test_server_count_applied (fixture->server, KEY), ==, 1);
  assert_assign_works (fixture);
}

static void
test_answer_twice (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RegTestReply) reply = NULL;

  reg_test_server_add_fault (fixture->server, "/v1/operations", "answer-twice", 1);
  reply = assign (fixture);
  g_assert_cmpuint (reply->status, ==, 200);
  g_assert_cmpint (reg_test_server_count_applied (fixture->server, KEY), ==, 1);
}

static void
test_garble (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RegTestReply) reply = NULL;

  reg_test_server_add_fault (fixture->server, "/v1/operations", "garble", 1);
  reply = assign (fixture);
  g_assert_cmpuint (reply->status, ==, 200);
  g_assert_null (reply->json);
  g_assert_cmpint (reg_test_server_count_applied (fixture->server, KEY), ==, 1);
  assert_assign_works (fixture);
}

static void
test_slow (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JsonObject) none =
      reg_test_server_post (fixture->server, "/sandbox/faults",
                            "{\"path\": \"/v1/operations\", \"fault\": \"slow\", \"delay\": 50}");
  gint64 began = g_get_monotonic_time ();

  g_assert_null (none);
  assert_assign_works (fixture);
  g_assert_cmpint (g_get_monotonic_time () - began, >=, 50 * 1000);
}

static void
test_status (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JsonObject) none = reg_test_server_post (
      fixture->server, "/sandbox/faults",
      "{\"path\": \"/v1/operations\", \"fault\": \"status\", \"status\": 429, \"retry_after\": 9}");
  g_autoptr (RegTestReply) reply = assign (fixture);

  g_assert_null (none);
  g_assert_cmpuint (reply->status, ==, 429);
  g_assert_cmpstr (soup_message_headers_get_one (soup_message_get_response_headers (reply->message),
                                                 "Retry-After"),
                   ==, "9");
  g_assert_cmpint (reg_test_server_count_applied (fixture->server, KEY), ==, 0);
  assert_assign_works (fixture);
}

static gboolean
on_time_over (gpointer data)
{
  g_cancellable_cancel (data);
  return G_SOURCE_REMOVE;
}

static void
on_hung (GObject *source, GAsyncResult *result, gpointer data)
{
  GError **error = data;
  g_autoptr (GBytes) bytes =
      soup_session_send_and_read_finish (SOUP_SESSION (source), result, error);

  g_assert_null (bytes);
}

/* There is no answer until the client gives up; others are served meanwhile. */
static void
test_hang (Fixture *fixture, gconstpointer data)
{
  g_autofree char *url = g_strconcat (reg_test_server_get_url (fixture->server), "/v1/site", NULL);
  g_autoptr (SoupSession) session = soup_session_new ();
  g_autoptr (SoupMessage) message = soup_message_new ("GET", url);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  reg_test_server_add_fault (fixture->server, "/v1/site", "hang", 1);
  soup_session_send_and_read_async (session, message, G_PRIORITY_DEFAULT, cancellable, on_hung,
                                    &error);
  g_timeout_add (50, on_time_over, cancellable);
  while (error == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  assert_assign_works (fixture);
}

/* A sandbox that still owes an answer, for ever or for a moment, can be stopped. */
static void
stop_while_held (Fixture *fixture, const char *fault)
{
  g_autofree char *url = g_strconcat (reg_test_server_get_url (fixture->server), "/v1/site", NULL);
  g_autoptr (SoupSession) session = soup_session_new ();
  g_autoptr (SoupMessage) message = soup_message_new ("GET", url);
  g_autoptr (GError) error = NULL;
  guint rounds = 0;

  g_assert_null (reg_test_server_post (fixture->server, "/sandbox/faults", fault));
  soup_session_send_and_read_async (session, message, G_PRIORITY_DEFAULT, NULL, on_hung, &error);
  /* The request is on its way; what is asked for after it is answered, so it has arrived. */
  for (; rounds < 20; rounds++)
    {
      g_main_context_iteration (NULL, FALSE);
      assert_assign_works (fixture);
    }
  reg_test_server_stop (fixture->server);
  while (error == NULL)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_stop_while_hanging (Fixture *fixture, gconstpointer data)
{
  stop_while_held (fixture, "{\"path\": \"/v1/site\", \"fault\": \"hang\"}");
}

static void
test_stop_while_slow (Fixture *fixture, gconstpointer data)
{
  stop_while_held (fixture, "{\"path\": \"/v1/site\", \"fault\": \"slow\", \"delay\": 60000}");
}

/* count: how many; after: how many are let through before; path: which. */
static void
test_counting (Fixture *fixture, gconstpointer data)
{
  static const guint expected[] = { 200, 200, 500, 500, 500, 200 };
  g_autoptr (JsonObject) none =
      reg_test_server_post (fixture->server, "/sandbox/faults",
                            "{\"path\": \"/v1/cha\", \"fault\": \"status\", \"status\": 500, "
                            "\"count\": 3, \"after\": 2}");

  g_assert_null (none);
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_autoptr (RegTestReply) page =
          reg_test_server_send (fixture->server, "GET", "/v1/changes?limit=1", NULL, NULL);
      g_autoptr (RegTestReply) site =
          reg_test_server_send (fixture->server, "GET", "/v1/site", NULL, NULL);

      g_assert_cmpuint (page->status, ==, expected[i]);
      g_assert_cmpuint (site->status, ==, 200);
    }
}

static void
test_until_cleared (Fixture *fixture, gconstpointer data)
{
  reg_test_server_add_fault (fixture->server, "/v1/", "status", -1);
  for (guint i = 0; i < 5; i++)
    {
      g_autoptr (RegTestReply) reply = assign (fixture);

      g_assert_cmpuint (reply->status, ==, 503);
    }
  reg_test_server_clear_faults (fixture->server);
  assert_assign_works (fixture);
}

#define ADD(path, func) g_test_add ("/sandbox/faults/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("refuse", test_refuse);
  ADD ("cut-after-commit", test_cut_after_commit);
  ADD ("answer-twice", test_answer_twice);
  ADD ("garble", test_garble);
  ADD ("slow", test_slow);
  ADD ("status", test_status);
  ADD ("hang", test_hang);
  ADD ("stop-while-hanging", test_stop_while_hanging);
  ADD ("stop-while-slow", test_stop_while_slow);
  ADD ("counting", test_counting);
  ADD ("until-cleared", test_until_cleared);
  return g_test_run ();
}
