/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-sandbox"

#include "sandbox/reg-sandbox-router.h"

#include "sandbox/reg-sandbox-faults.h"

#include <string.h>

#define MAX_JSON_DEPTH 16

static void
post_faults (RegSandboxSite *site, const RegSandboxRequest *request, RegSandboxReply *reply)
{
  const char *wrong = reg_sandbox_faults_add (site->faults, request->body);

  if (wrong != NULL)
    {
      reg_sandbox_reply_problem (reply, 422, "member-invalid", "%s is missing or wrong.", wrong);
      return;
    }
  reply->status = 204;
}

static void
delete_faults (RegSandboxSite *site, const RegSandboxRequest *request, RegSandboxReply *reply)
{
  reg_sandbox_faults_clear (site->faults);
  reply->status = 204;
}

/* '*' in a path stands for a number. */
static const struct
{
  const char *method;
  const char *path;
  RegSandboxHandler handler;
} routes[] = {
  { "GET", "/v1/site", reg_sandbox_get_site },
  { "GET", "/v1/changes", reg_sandbox_get_changes },
  { "POST", "/v1/operations", reg_sandbox_post_operations },
  { "POST", "/v1/operations/outcomes", reg_sandbox_post_outcomes },
  { "GET", "/v1/users/*/courses/*/history", reg_sandbox_get_history },
  { "GET", "/v1/users/*/courses/*/chapters", reg_sandbox_get_chapters },
  { "GET", "/v1/users/*/courses/*/quiz", reg_sandbox_get_quiz },
  { "GET", "/v1/users/*/courses/*/activity", reg_sandbox_get_activity },
  { "GET", "/v1/certificates/*", reg_sandbox_get_certificate },
  { "GET", "/sandbox/mailbox", reg_sandbox_get_mailbox },
  { "DELETE", "/sandbox/mailbox", reg_sandbox_delete_mailbox },
  { "GET", "/sandbox/clock", reg_sandbox_get_clock },
  { "POST", "/sandbox/clock", reg_sandbox_post_clock },
  { "POST", "/sandbox/faults", post_faults },
  { "DELETE", "/sandbox/faults", delete_faults },
  { "GET", "/sandbox/log", reg_sandbox_get_log },
  { "POST", "/sandbox/learn", reg_sandbox_post_learn },
  { "POST", "/sandbox/settings", reg_sandbox_post_settings },
  { "POST", "/sandbox/tokens", reg_sandbox_post_tokens },
};

static gboolean
match_path (const char *pattern, const char *path, gint64 ids[2])
{
  guint n = 0;

  for (; *pattern != '\0'; pattern++)
    {
      char *end;

      if (*pattern != '*')
        {
          if (*pattern != *path++)
            return FALSE;
          continue;
        }
      if (!g_ascii_isdigit (*path))
        return FALSE;
      ids[n++] = g_ascii_strtoll (path, &end, 10);
      path = end;
    }
  return *path == '\0';
}

/* Answers 404 or 405 where there is nothing at the path, or not with this method. */
static RegSandboxHandler
find_handler (const RegSandboxCall *call, gint64 ids[2], RegSandboxReply *reply)
{
  g_autoptr (GString) allow = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (routes); i++)
    {
      if (!match_path (routes[i].path, call->path, ids))
        continue;
      if (strcmp (routes[i].method, call->method) == 0)
        return routes[i].handler;
      g_string_append_printf (allow, "%s%s", allow->len > 0 ? ", " : "", routes[i].method);
    }
  if (allow->len == 0)
    reg_sandbox_reply_problem (reply, 404, "path-unknown", "There is nothing at %s.", call->path);
  else
    {
      reg_sandbox_reply_problem (reply, 405, "method-not-allowed", "Use %s here.", allow->str);
      reply->allow = g_strdup (allow->str);
    }
  return NULL;
}

static gint64
find_token (RegSandboxSite *site, const char *token)
{
  sqlite3_stmt *stmt =
      reg_sandbox_db_query (site->db, "SELECT user_id FROM token WHERE token = ?1");
  gint64 user_id = 0;

  if (strcmp (token, site->token) == 0)
    return site->actor_id;
  sqlite3_bind_text (stmt, 1, token, -1, SQLITE_TRANSIENT);
  if (reg_sandbox_db_step (site->db, stmt))
    user_id = sqlite3_column_int64 (stmt, 0);
  sqlite3_reset (stmt);
  return user_id;
}

/* Answers 401 or 403 where the token is not known, or may not do this. */
static RegUser *
sign_in (RegSandboxSite *site, const RegSandboxCall *call, RegSandboxReply *reply)
{
  const char *header = call->authorization != NULL ? call->authorization : "";
  gint64 user_id =
      g_ascii_strncasecmp (header, "Bearer ", 7) == 0 ? find_token (site, header + 7) : 0;
  g_autoptr (RegUser) user = user_id != 0 ? reg_sandbox_db_load_user (site->db, user_id) : NULL;

  if (user == NULL)
    reg_sandbox_reply_problem (reply, 401, "token-invalid",
                               "Sign in with a token of this site: Authorization: Bearer TOKEN.");
  else if (user->state != REG_USER_STATE_ACTIVE)
    reg_sandbox_reply_problem (reply, 403, "account-inactive", "This account is not active.");
  else if (user->role == REG_ROLE_LEARNER && !reg_sandbox_is_instructor (site->db, user->id, 0))
    reg_sandbox_reply_problem (reply, 403, "role-missing", "Learners have no access here.");
  else if (g_str_has_prefix (call->path, "/sandbox/") && user_id != site->actor_id)
    reg_sandbox_reply_problem (reply, 403, "role-missing", "Only the first token may do this.");
  else
    return g_steal_pointer (&user);
  return NULL;
}

/* The parser recurses, so what is nested without end must not reach it. */
static gboolean
is_shallow (const char *text, gsize len)
{
  gboolean quoted = FALSE;
  int depth = 0;

  for (gsize i = 0; i < len; i++)
    {
      if (quoted && text[i] == '\\')
        i++;
      else if (text[i] == '"')
        quoted = !quoted;
      else if (!quoted && (text[i] == '{' || text[i] == '['))
        {
          if (++depth > MAX_JSON_DEPTH)
            return FALSE;
        }
      else if (!quoted && (text[i] == '}' || text[i] == ']'))
        depth--;
    }
  return TRUE;
}

static JsonNode *
read_body (const RegSandboxCall *call, RegSandboxReply *reply)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (GError) error = NULL;

  if (g_strcmp0 (call->content_type, "application/json") != 0)
    reg_sandbox_reply_problem (reply, 415, "not-json", "Send application/json.");
  else if (call->body_len > REG_SANDBOX_MAX_BODY)
    reg_sandbox_reply_problem (reply, 413, "too-large", "At most %d bytes in one request.",
                               REG_SANDBOX_MAX_BODY);
  else if (!g_utf8_validate (call->body, (gssize)call->body_len, NULL))
    reg_sandbox_reply_problem (reply, 400, "not-json", "This is not UTF-8.");
  else if (!is_shallow (call->body, call->body_len))
    reg_sandbox_reply_problem (reply, 400, "not-json", "This is nested too deeply.");
  else if (!json_parser_load_from_data (parser, call->body, (gssize)call->body_len, &error))
    reg_sandbox_reply_problem (reply, 400, "not-json", "This is not JSON: %s", error->message);
  else if (json_parser_get_root (parser) == NULL)
    reg_sandbox_reply_problem (reply, 400, "not-json", "The body is empty.");
  else if (!JSON_NODE_HOLDS_OBJECT (json_parser_get_root (parser)))
    reg_sandbox_reply_problem (reply, 422, "not-object", "The body must be a JSON object.");
  else
    return json_parser_steal_root (parser);
  return NULL;
}

/**
 * reg_sandbox_route:
 * @site: the site
 * @call: a request
 * @reply: an empty reply, filled in
 *
 * Carries out a request.
 */
void
reg_sandbox_route (RegSandboxSite *site, const RegSandboxCall *call, RegSandboxReply *reply)
{
  RegSandboxRequest request = { .query = call->query };
  g_autoptr (RegUser) actor = sign_in (site, call, reply);
  g_autoptr (JsonNode) body = NULL;
  RegSandboxHandler handler;
  GError *error = NULL;

  if (actor != NULL)
    {
      handler = find_handler (call, request.ids, reply);
      if (handler != NULL && call->query == NULL)
        {
          reg_sandbox_reply_problem (reply, 400, "query-invalid", "The query cannot be read.");
          handler = NULL;
        }
      if (handler != NULL && strcmp (call->method, "POST") == 0)
        {
          body = read_body (call, reply);
          handler = body != NULL ? handler : NULL;
        }
      request.actor = actor;
      request.body = body != NULL ? json_node_get_object (body) : NULL;
      if (handler != NULL)
        handler (site, &request, reply);
    }
  if (reg_sandbox_db_take_error (site->db, &error))
    reg_sandbox_reply_storage (reply, error);
}
