/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-net"

#include "net/reg-http.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <json-glib/json-glib.h>
#include <libsoup/soup.h>
#include <string.h>

#define TIMEOUT 30
#define IDLE_TIMEOUT 60
#define TOTAL_TIMEOUT (10 * 60)
#define MAX_BODY (64u * 1024 * 1024)
#define MAX_RETRY_AFTER 3600
#define MAX_REDIRECTS 5
#define CHUNK 65536

/* Only the thread that made it touches any of this. */
struct _RegHttp
{
  GThread *thread;
  SoupSession *session;
  char *base_url;
  char *token;
  gsize max_body;
};

static gboolean
is_loopback (const char *host)
{
  g_autoptr (GInetAddress) address = NULL;

  if (g_ascii_strcasecmp (host, "localhost") == 0)
    return TRUE;
  address = g_inet_address_new_from_string (host);
  return address != NULL && g_inet_address_get_is_loopback (address);
}

/**
 * reg_http_normalize_url:
 * @url: an address as a person types it
 *
 * Checks the base address of an LMS: https, or http on this computer alone, so that a token never
 * travels in the clear. White space around it and slashes at its end are dropped; "https://" is
 * put before a bare host name.
 *
 * Returns: (transfer full): the address, or %NULL with REG_NET_ERROR_ADDRESS
 */
char *
reg_http_normalize_url (const char *url, GError **error)
{
  g_autofree char *text = g_strstrip (g_strdup (url != NULL ? url : ""));
  g_autoptr (GUri) uri = NULL;
  char *normal;

  if (*text != '\0' && strstr (text, "://") == NULL)
    {
      char *bare = g_strconcat ("https://", text, NULL);

      g_free (text);
      text = bare;
    }
  if (strpbrk (text, " \t\n\"<>") == NULL)
    uri = g_uri_parse (text, SOUP_HTTP_URI_FLAGS, NULL);
  if (uri == NULL || g_uri_get_host (uri) == NULL || *g_uri_get_host (uri) == '\0')
    {
      g_set_error (error, REG_NET_ERROR, REG_NET_ERROR_ADDRESS,
                   _ ("“%s” is not a web address. Type it as in https://lms.example.org."), text);
      return NULL;
    }
  if (g_uri_get_userinfo (uri) != NULL || g_uri_get_query (uri) != NULL
      || g_uri_get_fragment (uri) != NULL)
    {
      g_set_error_literal (error, REG_NET_ERROR, REG_NET_ERROR_ADDRESS,
                           _ ("The address must not contain a user name, “?” or “#”. Type only "
                              "the part up to there."));
      return NULL;
    }
  if (strcmp (g_uri_get_scheme (uri), "https") != 0
      && (strcmp (g_uri_get_scheme (uri), "http") != 0 || !is_loopback (g_uri_get_host (uri))))
    {
      g_set_error (error, REG_NET_ERROR, REG_NET_ERROR_ADDRESS,
                   _ ("“%s” would be reached without encryption, and the token could be read on "
                      "the way. Use an address that begins with https://."),
                   g_uri_get_host (uri));
      return NULL;
    }
  normal = g_uri_join (SOUP_HTTP_URI_FLAGS, g_uri_get_scheme (uri), NULL, g_uri_get_host (uri),
                       g_uri_get_port (uri), g_uri_get_path (uri), NULL, NULL);
  while (g_str_has_suffix (normal, "/"))
    normal[strlen (normal) - 1] = '\0';
  return normal;
}

/**
 * reg_http_new:
 * @base_url: address that paths are added to; see reg_http_normalize_url ()
 * @token: (nullable): sent as Bearer token; kept in memory only, never logged
 *
 * Returns: (transfer full): %NULL with REG_NET_ERROR_ADDRESS where the address is not to be used
 */
RegHttp *
reg_http_new (const char *base_url, const char *token, GError **error)
{
  g_autofree char *normal = reg_http_normalize_url (base_url, error);
  RegHttp *self;

  if (normal == NULL)
    return NULL;
  self = g_new0 (RegHttp, 1);
  self->thread = g_thread_self ();
  self->base_url = g_steal_pointer (&normal);
  self->token = g_strdup (token);
  self->max_body = MAX_BODY;
  self->session = soup_session_new_with_options ("timeout", TIMEOUT, "idle-timeout", IDLE_TIMEOUT,
                                                 "max-conns-per-host", 1, "user-agent",
                                                 "Registrar/" REG_VERSION, NULL);
  /* The token goes with each request; a 401 must come back to the caller as it is. */
  soup_session_remove_feature_by_type (self->session, SOUP_TYPE_AUTH_MANAGER);
  return self;
}

void
reg_http_free (RegHttp *self)
{
  if (self == NULL)
    return;
  soup_session_abort (self->session);
  g_object_unref (self->session);
  g_free (self->base_url);
  g_free (self->token);
  g_free (self);
}

const char *
reg_http_get_base_url (RegHttp *self)
{
  return self->base_url;
}

/**
 * reg_http_set_timeout:
 * @seconds: how long to wait for a connection, and for the next byte of an answer
 *
 * For connections made from now on.
 */
void
reg_http_set_timeout (RegHttp *self, guint seconds)
{
  soup_session_set_timeout (self->session, seconds);
}

void
reg_http_set_max_body (RegHttp *self, gsize bytes)
{
  self->max_body = bytes;
}

void
reg_http_response_free (RegHttpResponse *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->body, g_bytes_unref);
  g_free (self->problem);
  g_free (self);
}

/**
 * reg_http_response_steal_text:
 * @len: (out): bytes of it
 *
 * Takes the body out of the response, which must be its only holder.
 *
 * Returns: (transfer full): the body; a NUL that is not counted stands at its end
 */
char *
reg_http_response_steal_text (RegHttpResponse *self, gsize *len)
{
  return g_bytes_unref_to_data (g_steal_pointer (&self->body), len);
}

/* A server may repeat what it was sent; what is shown or logged must not hold the token. */
static char *
redact (RegHttp *self, const char *text)
{
  g_autoptr (GString) out = g_string_new (text);

  if (self->token != NULL && *self->token != '\0')
    g_string_replace (out, self->token, "•••", 0);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static void
set_network_error (RegHttp *self, GError *cause, GError **error)
{
  g_autofree char *words = redact (self, cause->message);

  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED) || cause->domain == REG_NET_ERROR)
    {
      g_propagate_error (error, g_error_copy (cause));
      return;
    }
  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    g_set_error (error, REG_NET_ERROR, REG_NET_ERROR_UNREACHABLE, _ ("%s did not answer in time."),
                 self->base_url);
  else if (cause->domain == G_TLS_ERROR)
    g_set_error (error, REG_NET_ERROR, REG_NET_ERROR_UNREACHABLE,
                 _ ("The connection to %s is not safe: %s"), self->base_url, words);
  else
    g_set_error (error, REG_NET_ERROR, REG_NET_ERROR_UNREACHABLE, _ ("%s cannot be reached: %s"),
                 self->base_url, words);
}

static GBytes *
read_body (RegHttp *self,
           SoupMessage *message,
           GInputStream *stream,
           GCancellable *cancellable,
           GError **error)
{
  goffset announced =
      soup_message_headers_get_content_length (soup_message_get_response_headers (message));
  gint64 deadline = g_get_monotonic_time () + TOTAL_TIMEOUT * G_USEC_PER_SEC;
  g_autoptr (GByteArray) body = g_byte_array_sized_new (
      announced > 0 && (gsize)announced <= self->max_body ? (guint)announced + CHUNK : CHUNK);
  gssize got = 0;

  do
    {
      guint had = body->len;

      if (had > self->max_body)
        {
          g_set_error (error, REG_NET_ERROR, REG_NET_ERROR_TOO_LARGE,
                       _ ("%s sent an answer of more than %zu MiB. It was dropped."),
                       self->base_url, self->max_body / (1024 * 1024));
          return NULL;
        }
      if (g_get_monotonic_time () > deadline)
        {
          g_set_error (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "Too slow");
          return NULL;
        }
      g_byte_array_set_size (body, had + CHUNK);
      got = g_input_stream_read (stream, body->data + had, CHUNK, cancellable, error);
      g_byte_array_set_size (body, had + MAX (got, 0));
    }
  while (got > 0);
  if (got < 0)
    return NULL;
  if (soup_message_headers_get_encoding (soup_message_get_response_headers (message))
          == SOUP_ENCODING_CONTENT_LENGTH
      && soup_message_headers_get_one (soup_message_get_response_headers (message),
                                       "Content-Encoding")
             == NULL
      && (gsize)announced > body->len)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT, _ ("The answer was cut off."));
      return NULL;
    }
  /* Not counted: whoever reads the text in place may rely on a NUL at its end. */
  g_byte_array_append (body, (const guint8 *)"", 1);
  g_byte_array_set_size (body, body->len - 1);
  return g_byte_array_free_to_bytes (g_steal_pointer (&body));
}

static guint
parse_retry_after (const char *value)
{
  g_autoptr (GDateTime) date = NULL;
  g_autoptr (GDateTime) now = NULL;
  guint64 seconds;

  if (value == NULL)
    return 0;
  if (g_ascii_string_to_unsigned (value, 10, 0, G_MAXUINT32, &seconds, NULL))
    return MIN (seconds, MAX_RETRY_AFTER);
  date = soup_date_time_new_from_http_string (value);
  if (date == NULL)
    return 0;
  now = g_date_time_new_now_utc ();
  return CLAMP (g_date_time_difference (date, now) / G_TIME_SPAN_SECOND + 1, 0, MAX_RETRY_AFTER);
}

static char *
dup_problem (RegHttp *self, GBytes *body)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  gsize size;
  const char *data = g_bytes_get_data (body, &size);
  const char *words[2] = { NULL, NULL };
  static const char *const members[2] = { "title", "detail" };
  g_autofree char *text = NULL;
  JsonNode *root;

  if (size == 0 || size > 65536 || !g_utf8_validate (data, size, NULL)
      || !json_parser_load_from_data (parser, data, size, NULL))
    return NULL;
  root = json_parser_get_root (parser);
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      JsonNode *node = json_object_get_member (json_node_get_object (root), members[i]);

      if (node != NULL && JSON_NODE_HOLDS_VALUE (node)
          && json_node_get_value_type (node) == G_TYPE_STRING && *json_node_get_string (node) != 0)
        words[i] = json_node_get_string (node);
    }
  if (words[0] != NULL && words[1] != NULL && strcmp (words[0], words[1]) != 0)
    text = g_strdup_printf ("%s: %s", words[0], words[1]);
  else
    text = g_strdup (words[1] != NULL ? words[1] : words[0]);
  return text != NULL ? redact (self, text) : NULL;
}

static gboolean
is_redirect (guint status)
{
  return status == SOUP_STATUS_MOVED_PERMANENTLY || status == SOUP_STATUS_FOUND
         || status == SOUP_STATUS_SEE_OTHER || status == SOUP_STATUS_TEMPORARY_REDIRECT
         || status == SOUP_STATUS_PERMANENT_REDIRECT;
}

static gboolean
same_origin (GUri *a, GUri *b)
{
  return strcmp (g_uri_get_scheme (a), g_uri_get_scheme (b)) == 0
         && g_ascii_strcasecmp (g_uri_get_host (a), g_uri_get_host (b)) == 0
         && g_uri_get_port (a) == g_uri_get_port (b);
}

/* Where a redirect leads. Another host would receive the token, and a changed address is something
 * for a person to look at. */
static GUri *
follow_redirect (RegHttp *self, SoupMessage *message, GError **error)
{
  const char *location =
      soup_message_headers_get_one (soup_message_get_response_headers (message), "Location");
  GUri *from = soup_message_get_uri (message);
  g_autoptr (GUri) to = NULL;

  if (location != NULL)
    to = g_uri_parse_relative (from, location, SOUP_HTTP_URI_FLAGS, NULL);
  if (to == NULL || g_uri_get_host (to) == NULL)
    {
      g_set_error (error, REG_NET_ERROR, REG_NET_ERROR_ADDRESS,
                   _ ("%s sends on to another address, but does not say which."), self->base_url);
      return NULL;
    }
  if (!same_origin (from, to))
    {
      g_set_error (error, REG_NET_ERROR, REG_NET_ERROR_ADDRESS,
                   _ ("%s sends on to %s. Connect to that address if you trust it; the token was "
                      "not sent there."),
                   self->base_url, g_uri_get_host (to));
      return NULL;
    }
  return g_steal_pointer (&to);
}

static RegHttpResponse *
take_response (RegHttp *self, SoupMessage *message, GBytes *body)
{
  RegHttpResponse *response = g_new0 (RegHttpResponse, 1);

  response->status = soup_message_get_status (message);
  response->body = body;
  response->retry_after = parse_retry_after (
      soup_message_headers_get_one (soup_message_get_response_headers (message), "Retry-After"));
  if (response->status >= 400)
    response->problem = dup_problem (self, body);
  g_debug ("%s %s: %u, %" G_GSIZE_FORMAT " bytes", soup_message_get_method (message),
           g_uri_get_path (soup_message_get_uri (message)), response->status,
           g_bytes_get_size (body));
  return response;
}

static SoupMessage *
new_message (RegHttp *self, const char *method, GUri *uri, GBytes *request)
{
  SoupMessage *message = soup_message_new_from_uri (method, uri);
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);

  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  soup_message_headers_replace (headers, "Accept", "application/json, application/problem+json");
  if (self->token != NULL && *self->token != '\0')
    {
      g_autofree char *value = g_strconcat ("Bearer ", self->token, NULL);

      soup_message_headers_replace (headers, "Authorization", value);
    }
  if (request != NULL)
    soup_message_set_request_body_from_bytes (message, "application/json", request);
  return message;
}

static RegHttpResponse *
send_request (RegHttp *self,
              const char *method,
              const char *path,
              GBytes *request,
              GCancellable *cancellable,
              GError **error)
{
  g_autofree char *address = g_strconcat (self->base_url, path, NULL);
  g_autoptr (GUri) uri = g_uri_parse (address, SOUP_HTTP_URI_FLAGS, error);

  g_return_val_if_fail (self->thread == g_thread_self (), NULL);
  for (guint i = 0; uri != NULL && i < MAX_REDIRECTS; i++)
    {
      g_autoptr (SoupMessage) message = new_message (self, method, uri, request);
      g_autoptr (GError) cause = NULL;
      g_autoptr (GInputStream) stream =
          soup_session_send (self->session, message, cancellable, &cause);
      GBytes *body = NULL;

      if (stream != NULL)
        body = read_body (self, message, stream, cancellable, &cause);
      if (body == NULL)
        {
          set_network_error (self, cause, error);
          return NULL;
        }
      if (!is_redirect (soup_message_get_status (message)))
        return take_response (self, message, body);
      g_bytes_unref (body);
      g_uri_unref (uri);
      uri = follow_redirect (self, message, error);
    }
  if (uri != NULL)
    g_set_error (error, REG_NET_ERROR, REG_NET_ERROR_ADDRESS, _ ("%s sends round in a circle."),
                 self->base_url);
  return NULL;
}

/**
 * reg_http_get:
 * @path: added to the base address, begins with a slash
 *
 * Returns: (transfer full): the answer, whatever its status; %NULL with a REG_NET_ERROR or
 *   G_IO_ERROR_CANCELLED
 */
RegHttpResponse *
reg_http_get (RegHttp *self, const char *path, GCancellable *cancellable, GError **error)
{
  return send_request (self, SOUP_METHOD_GET, path, NULL, cancellable, error);
}

/**
 * reg_http_post_json:
 * @path: added to the base address, begins with a slash
 * @body: JSON text
 *
 * Returns: (transfer full): as reg_http_get ()
 */
RegHttpResponse *
reg_http_post_json (RegHttp *self,
                    const char *path,
                    GBytes *body,
                    GCancellable *cancellable,
                    GError **error)
{
  return send_request (self, SOUP_METHOD_POST, path, body, cancellable, error);
}
