/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "net/reg-http.h"

#include "raw-server.h"

#include <string.h>

#define TOKEN "s3cret-token"

typedef struct
{
  RawServer *server;
  RegHttp *http;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  f->server = raw_server_new ();
  f->http = reg_http_new (raw_server_get_url (f->server), TOKEN, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  reg_http_free (f->http);
  raw_server_free (f->server);
}

static void
assert_body (RegHttpResponse *response, const char *expected)
{
  gsize size;
  const char *data = g_bytes_get_data (response->body, &size);

  g_assert_cmpmem (data, size, expected, strlen (expected));
}

static void
test_get (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RegHttpResponse) response = NULL;
  g_autofree char *request = NULL;

  raw_server_set_json (f->server, "/v1/site", "200 OK", NULL, "{\"a\":1}");
  response = reg_http_get (f->http, "/v1/site?x=1", NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (response->status, ==, 200);
  g_assert_null (response->problem);
  assert_body (response, "{\"a\":1}");
  request = raw_server_dup_request (f->server, "/v1/site");
  g_assert_nonnull (strstr (request, "GET /v1/site?x=1 HTTP/1.1\r\n"));
  g_assert_nonnull (strstr (request, "Authorization: Bearer " TOKEN "\r\n"));
  g_assert_nonnull (strstr (request, "Accept-Encoding: gzip"));
  g_assert_nonnull (strstr (request, "User-Agent: Registrar/"));
}

static void
test_post (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RegHttpResponse) response = NULL;
  g_autoptr (GBytes) body = g_bytes_new_static ("[1,2]", 5);
  g_autofree char *request = NULL;

  raw_server_set_json (f->server, "/v1/operations", "200 OK", NULL, "{}");
  response = reg_http_post_json (f->http, "/v1/operations", body, NULL, &error);
  g_assert_no_error (error);
  request = raw_server_dup_request (f->server, "/v1/operations");
  g_assert_true (g_str_has_prefix (request, "POST /v1/operations "));
  g_assert_true (g_str_has_suffix (request, "\r\n\r\n[1,2]"));
  g_assert_nonnull (strstr (request, "Content-Type: application/json\r\n"));
}

static GBytes *
gzip (const char *data, gsize size)
{
  g_autoptr (GZlibCompressor) zip = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 9);
  g_autoptr (GOutputStream) out = g_memory_output_stream_new_resizable ();
  g_autoptr (GOutputStream) stream = g_converter_output_stream_new (out, G_CONVERTER (zip));

  g_assert_true (g_output_stream_write_all (stream, data, size, NULL, NULL, NULL));
  g_assert_true (g_output_stream_close (stream, NULL, NULL));
  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (out));
}

static void
set_gzip (Fixture *f, const char *path, const char *data, gsize size)
{
  g_autoptr (GBytes) packed = gzip (data, size);
  g_autoptr (GByteArray) answer = g_byte_array_new ();
  g_autofree char *head =
      g_strdup_printf ("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Encoding: "
                       "gzip\r\nConnection: close\r\nContent-Length: %" G_GSIZE_FORMAT "\r\n\r\n",
                       g_bytes_get_size (packed));

  g_byte_array_append (answer, (const guint8 *)head, strlen (head));
  g_byte_array_append (answer, g_bytes_get_data (packed, NULL), g_bytes_get_size (packed));
  raw_server_set (f->server, path, answer->data, answer->len);
}

static void
test_gzip (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RegHttpResponse) response = NULL;

  set_gzip (f, "/z", "{\"name\":\"Zoë\"}", strlen ("{\"name\":\"Zoë\"}"));
  response = reg_http_get (f->http, "/z", NULL, &error);
  g_assert_no_error (error);
  assert_body (response, "{\"name\":\"Zoë\"}");
}

static void
test_too_large (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gsize size = 8 * 1024 * 1024;
  g_autofree char *zeros = g_malloc0 (size);

  /* A few kilobytes on the line that would be megabytes here. */
  set_gzip (f, "/bomb", zeros, size);
  reg_http_set_max_body (f->http, 1024 * 1024);
  g_assert_null (reg_http_get (f->http, "/bomb", NULL, &error));
  g_assert_error (error, REG_NET_ERROR, REG_NET_ERROR_TOO_LARGE);
}

static void
test_problem (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RegHttpResponse) response = NULL;

  raw_server_set_json (f->server, "/p", "422 Unprocessable Content", NULL,
                       "{\"title\":\"Not possible\",\"detail\":\"No user 9 for " TOKEN "\"}");
  response = reg_http_get (f->http, "/p", NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (response->status, ==, 422);
  g_assert_cmpstr (response->problem, ==, "Not possible: No user 9 for •••");
}

static void
test_problem_that_is_none (Fixture *f, gconstpointer data)
{
  static const char *const bodies[] = {
    "", "<html>Bad gateway</html>", "[]", "{\"title\":3}", "{\"title\":\"\xff\"}", "null"
  };

  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (RegHttpResponse) response = NULL;

      raw_server_set_json (f->server, "/p", "500 Oops", NULL, bodies[i]);
      response = reg_http_get (f->http, "/p", NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (response->status, ==, 500);
      g_assert_null (response->problem);
    }
}

static void
test_retry_after (Fixture *f, gconstpointer data)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (GDateTime) soon = g_date_time_add_seconds (now, 300);
  g_autofree char *date = g_date_time_format (soon, "Retry-After: %a, %d %b %Y %H:%M:%S GMT\r\n");
  const struct
  {
    const char *header;
    guint low, high;
  } cases[] = {
    { "Retry-After: 17\r\n", 17, 17 },
    { "Retry-After: 999999999\r\n", 3600, 3600 },
    { "Retry-After: soon\r\n", 0, 0 },
    { "Retry-After: -5\r\n", 0, 0 },
    { "Retry-After: Wed, 21 Oct 2015 07:28:00 GMT\r\n", 0, 0 },
    { date, 200, 302 },
    { NULL, 0, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (RegHttpResponse) response = NULL;

      raw_server_set_json (f->server, "/b", "503 Busy", cases[i].header, "{}");
      response = reg_http_get (f->http, "/b", NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (response->retry_after, >=, cases[i].low);
      g_assert_cmpuint (response->retry_after, <=, cases[i].high);
    }
}

static void
test_time_out (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  raw_server_set (f->server, "/hang", NULL, 0);
  reg_http_set_timeout (f->http, 1);
  g_assert_null (reg_http_get (f->http, "/hang", NULL, &error));
  g_assert_error (error, REG_NET_ERROR, REG_NET_ERROR_UNREACHABLE);
  g_assert_nonnull (strstr (error->message, "in time"));
}

typedef struct
{
  RawServer *server;
  GCancellable *cancellable;
} Canceller;

static gpointer
cancel_when_asked (gpointer data)
{
  Canceller *c = data;

  raw_server_wait (c->server, "/hang");
  g_cancellable_cancel (c->cancellable);
  return NULL;
}

static void
test_cancel (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Canceller c = { f->server, cancellable };
  GThread *thread;

  raw_server_set (f->server, "/hang", NULL, 0);
  thread = g_thread_new ("cancel", cancel_when_asked, &c);
  g_assert_null (reg_http_get (f->http, "/hang", cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_thread_join (thread);
}

static void
test_cut (Fixture *f, gconstpointer data)
{
  static const char *const answers[] = {
    "",
    "HTTP/1.1 200 OK\r\nContent-Le",
    "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 100\r\n\r\n{\"a\":",
    "HTTP/1.1 200 OK\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n10\r\n{\"a\":",
    "garbage\r\n\r\n",
  };

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (RegHttpResponse) response = NULL;

      raw_server_set (f->server, "/cut", answers[i], -1);
      response = reg_http_get (f->http, "/cut", NULL, &error);
      g_assert_null (response);
      g_assert_error (error, REG_NET_ERROR, REG_NET_ERROR_UNREACHABLE);
    }
}

static void
test_nobody_there (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RegHttp) http = NULL;
  RawServer *server = raw_server_new ();
  g_autofree char *url = g_strdup (raw_server_get_url (server));

  raw_server_free (server);
  http = reg_http_new (url, NULL, &error);
  g_assert_no_error (error);
  g_assert_null (reg_http_get (http, "/", NULL, &error));
  g_assert_error (error, REG_NET_ERROR, REG_NET_ERROR_UNREACHABLE);
}

static void
test_redirect_to_another_host (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RawServer) other = raw_server_new ();
  g_autofree char *header = g_strdup_printf ("Location: %s/x\r\n", raw_server_get_url (other));

  raw_server_set_json (other, "/x", "200 OK", NULL, "{}");
  raw_server_set_json (f->server, "/x", "302 Found", header, "");
  g_assert_null (reg_http_get (f->http, "/x", NULL, &error));
  g_assert_error (error, REG_NET_ERROR, REG_NET_ERROR_ADDRESS);
  g_assert_cmpuint (raw_server_get_n_requests (other), ==, 0);
}

static void
test_redirect_at_home (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RegHttpResponse) response = NULL;
  g_autofree char *request = NULL;

  raw_server_set_json (f->server, "/old", "308 Moved", "Location: /new\r\n", "");
  raw_server_set_json (f->server, "/new", "200 OK", NULL, "[]");
  response = reg_http_get (f->http, "/old", NULL, &error);
  g_assert_no_error (error);
  assert_body (response, "[]");
  request = raw_server_dup_request (f->server, "/new");
  g_assert_nonnull (strstr (request, "Bearer " TOKEN));

  raw_server_set_json (f->server, "/round", "302 Found", "Location: /round\r\n", "");
  g_assert_null (reg_http_get (f->http, "/round", NULL, &error));
  g_assert_error (error, REG_NET_ERROR, REG_NET_ERROR_ADDRESS);
}

static GLogWriterOutput
collect_log (GLogLevelFlags level, const GLogField *fields, gsize n, gpointer data)
{
  GString *log = data;

  for (gsize i = 0; i < n; i++)
    if (strcmp (fields[i].key, "MESSAGE") == 0)
      g_string_append (log, fields[i].value);
  return G_LOG_WRITER_HANDLED;
}

/* In a process of its own: the log writer can be set once. */
static void
test_token_is_not_logged (void)
{
  if (g_test_subprocess ())
    {
      g_autoptr (GString) log = g_string_new (NULL);
      g_autoptr (GError) error = NULL;
      Fixture f;

      g_log_set_writer_func (collect_log, log, NULL);
      set_up (&f, NULL);
      raw_server_set_json (f.server, "/a", "401 No", NULL, "{\"title\":\"" TOKEN "\"}");
      reg_http_response_free (reg_http_get (f.http, "/a", NULL, &error));
      tear_down (&f, NULL);
      g_assert_nonnull (strstr (log->str, "GET /a: 401"));
      g_assert_null (strstr (log->str, TOKEN));
      return;
    }
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_passed ();
}

static void
test_url (void)
{
  static const struct
  {
    const char *typed;
    const char *normal; /* NULL: refused */
  } cases[] = {
    { " https://lms.example.org/ ", "https://lms.example.org" },
    { "lms.example.org", "https://lms.example.org" },
    { "https://lms.example.org:8443/lms//", "https://lms.example.org:8443/lms" },
    { "http://127.0.0.1:8080", "http://127.0.0.1:8080" },
    { "http://localhost:80/", "http://localhost" },
    { "http://[::1]:8080", "http://[::1]:8080" },
    { "http://lms.example.org", NULL },
    { "http://127.0.0.1.example.org", NULL },
    { "https://user:pw@lms.example.org", NULL },
    { "https://lms.example.org/?a=b", NULL },
    { "ftp://lms.example.org", NULL },
    { "https://", NULL },
    { "not an address", NULL },
    { "", NULL },
    { NULL, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *url = reg_http_normalize_url (cases[i].typed, &error);

      g_assert_cmpstr (url, ==, cases[i].normal);
      if (cases[i].normal == NULL)
        g_assert_error (error, REG_NET_ERROR, REG_NET_ERROR_ADDRESS);
      else
        g_assert_no_error (error);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  if (g_test_subprocess ())
    g_setenv ("G_MESSAGES_DEBUG", "reg-net", TRUE);
#define ADD(path, func) g_test_add ("/net/http/" path, Fixture, NULL, set_up, func, tear_down)
  ADD ("get", test_get);
  ADD ("post", test_post);
  ADD ("gzip", test_gzip);
  ADD ("too-large", test_too_large);
  ADD ("problem", test_problem);
  ADD ("problem-that-is-none", test_problem_that_is_none);
  ADD ("retry-after", test_retry_after);
  ADD ("time-out", test_time_out);
  ADD ("cancel", test_cancel);
  ADD ("cut", test_cut);
  ADD ("redirect-to-another-host", test_redirect_to_another_host);
  ADD ("redirect-at-home", test_redirect_at_home);
#undef ADD
  g_test_add_func ("/net/http/nobody-there", test_nobody_there);
  g_test_add_func ("/net/http/token-is-not-logged", test_token_is_not_logged);
  g_test_add_func ("/net/http/url", test_url);
  return g_test_run ();
}
