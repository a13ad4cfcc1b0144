/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reg-test-server.h"

#include <string.h>

struct _RegTestServer
{
  RegSandboxOptions options;
  RegSandbox *sandbox;
  SoupSession *session;
  char *token;
};

RegTestServer *
reg_test_server_new (const RegSandboxOptions *options)
{
  RegTestServer *self = g_new0 (RegTestServer, 1);

  self->options = *options;
  self->options.db_path = g_strdup (options->db_path);
  self->session = soup_session_new_with_options ("timeout", 20, NULL);
  reg_test_server_start (self);
  return self;
}

RegTestServer *
reg_test_server_new_seeded (RegSandboxSeed seed, guint n_users)
{
  return reg_test_server_new (&(RegSandboxOptions){ .seed = seed, .n_users = n_users });
}

void
reg_test_server_free (RegTestServer *self)
{
  reg_test_server_stop (self);
  g_object_unref (self->session);
  g_free ((char *)self->options.db_path);
  g_free (self->token);
  g_free (self);
}

/* Starts it again, at the same place; its data is there again if it has a file. */
void
reg_test_server_start (RegTestServer *self)
{
  g_autoptr (GError) error = NULL;

  self->sandbox = reg_sandbox_new (&self->options);
  reg_sandbox_start (self->sandbox, &error);
  g_assert_no_error (error);
  self->options.port = (guint)atoi (strrchr (reg_sandbox_get_url (self->sandbox), ':') + 1);
  reg_test_server_set_token (self, reg_sandbox_get_token (self->sandbox));
}

void
reg_test_server_stop (RegTestServer *self)
{
  soup_session_abort (self->session);
  g_clear_pointer (&self->sandbox, reg_sandbox_free);
}

const char *
reg_test_server_get_url (RegTestServer *self)
{
  return reg_sandbox_get_url (self->sandbox);
}

const char *
reg_test_server_get_token (RegTestServer *self)
{
  return self->token;
}

/* token: (nullable): sends it from now on, or none */
void
reg_test_server_set_token (RegTestServer *self, const char *token)
{
  g_free (self->token);
  self->token = g_strdup (token);
}

RegTestReply *
reg_test_server_send (RegTestServer *self,
                      const char *method,
                      const char *path,
                      const char *content_type,
                      const char *body)
{
  g_autofree char *url = g_strconcat (reg_sandbox_get_url (self->sandbox), path, NULL);
  g_autofree char *bearer = g_strconcat ("Bearer ", self->token, NULL);
  RegTestReply *reply = g_new0 (RegTestReply, 1);

  reply->message = soup_message_new (method, url);
  if (self->token != NULL)
    soup_message_headers_replace (soup_message_get_request_headers (reply->message),
                                  "Authorization", bearer);
  if (body != NULL)
    {
      g_autoptr (GBytes) bytes = g_bytes_new (body, strlen (body));

      soup_message_set_request_body_from_bytes (reply->message, content_type, bytes);
    }
  reply->body = soup_session_send_and_read (self->session, reply->message, NULL, NULL);
  if (reply->body != NULL)
    {
      gsize size;
      const char *data = g_bytes_get_data (reply->body, &size);
      g_autofree char *text = g_strndup (data != NULL ? data : "", size);

      reply->status = soup_message_get_status (reply->message);
      if (g_utf8_validate (text, -1, NULL))
        reply->json = json_from_string (text, NULL);
    }
  return reply;
}

void
reg_test_reply_free (RegTestReply *reply)
{
  g_clear_object (&reply->message);
  g_clear_pointer (&reply->body, g_bytes_unref);
  g_clear_pointer (&reply->json, json_node_unref);
  g_free (reply);
}

static JsonObject *
take_object (RegTestReply *reply)
{
  g_assert_cmpuint (reply->status, >=, 200);
  g_assert_cmpuint (reply->status, <, 300);
  if (reply->json == NULL)
    return NULL;
  g_assert_true (JSON_NODE_HOLDS_OBJECT (reply->json));
  return json_object_ref (json_node_get_object (reply->json));
}

/* Returns: (transfer full) */
JsonObject *
reg_test_server_get (RegTestServer *self, const char *path)
{
  g_autoptr (RegTestReply) reply = reg_test_server_send (self, "GET", path, NULL, NULL);

  return take_object (reply);
}

/* Returns: (transfer full) (nullable): NULL where the answer has no body */
JsonObject *
reg_test_server_post (RegTestServer *self, const char *path, const char *body)
{
  g_autoptr (RegTestReply) reply =
      reg_test_server_send (self, "POST", path, "application/json", body);

  return take_object (reply);
}

/* count: how many requests it concerns, negative for all until it is cleared */
void
reg_test_server_add_fault (RegTestServer *self, const char *path, const char *fault, int count)
{
  g_autofree char *body =
      g_strdup_printf ("{\"path\": \"%s\", \"fault\": \"%s\", \"count\": %d}", path, fault, count);

  g_assert_null (reg_test_server_post (self, "/sandbox/faults", body));
}

void
reg_test_server_clear_faults (RegTestServer *self)
{
  g_autoptr (RegTestReply) reply =
      reg_test_server_send (self, "DELETE", "/sandbox/faults", NULL, NULL);

  g_assert_cmpuint (reply->status, ==, 204);
}

/* How often the LMS carried out the change with this key; with NULL, all changes together. */
int
reg_test_server_count_applied (RegTestServer *self, const char *uuid)
{
  g_autoptr (JsonObject) log = reg_test_server_get (self, "/sandbox/log");
  JsonArray *operations = json_object_get_array_member (log, "operations");
  int n = 0;

  for (guint i = 0; i < json_array_get_length (operations); i++)
    {
      JsonObject *one = json_array_get_object_element (operations, i);

      if (uuid == NULL || strcmp (json_object_get_string_member (one, "id"), uuid) == 0)
        n += (int)json_object_get_int_member (one, "applied");
    }
  return n;
}

int
reg_test_server_count_mails (RegTestServer *self)
{
  g_autoptr (JsonObject) mailbox = reg_test_server_get (self, "/sandbox/mailbox");

  return (int)json_array_get_length (json_object_get_array_member (mailbox, "mails"));
}

JsonObject *
reg_test_server_operate (RegTestServer *self,
                         const char *uuid,
                         const char *operation,
                         gint64 user_id,
                         gint64 course_id,
                         const char *params,
                         const char *base)
{
  g_autofree char *key = uuid != NULL ? g_strdup (uuid) : g_uuid_string_random ();
  g_autofree char *body = g_strdup_printf (
      "{\"operations\": [{\"id\": \"%s\", \"operation\": \"%s\", \"user_id\": %" G_GINT64_FORMAT
      ", \"course_id\": %" G_GINT64_FORMAT ", \"params\": %s, \"base\": %s}]}",
      key, operation, user_id, course_id, params != NULL ? params : "null",
      base != NULL ? base : "null");
  g_autoptr (JsonObject) answer = reg_test_server_post (self, "/v1/operations", body);
  JsonArray *results = json_object_get_array_member (answer, "results");

  g_assert_cmpuint (json_array_get_length (results), ==, 1);
  return json_object_ref (json_array_get_object_element (results, 0));
}
