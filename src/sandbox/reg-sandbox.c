/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The server. Threads: reg_sandbox_new (), _start (), _stop () and _free () belong to one thread of
 * the caller's. All else runs on the sandbox's own thread, on its own main context; "own" below is
 * touched there only. */
#define G_LOG_DOMAIN "reg-sandbox"

#include "sandbox/reg-sandbox.h"

#include "sandbox/reg-sandbox-faults.h"
#include "sandbox/reg-sandbox-record.h"
#include "sandbox/reg-sandbox-router.h"
#include "sandbox/reg-sandbox-seed.h"

#include <libsoup/soup.h>
#include <string.h>
#include <zlib.h>

#define MIN_GZIP 1024

struct _RegSandbox
{
  RegSandboxOptions options;
  GThread *thread;
  GMainContext *context;
  GMainLoop *loop;
  char *url;
  char *token;

  struct
  {
    GMutex mutex;
    GCond cond;
    gboolean ready;
    GError *error;
  } starting; /* shared, locked */

  struct
  {
    RegSandboxSite site;
    SoupServer *server;
    RegSandboxRecord *record; /* or NULL */
    GPtrArray *held;          /* SoupServerMessage: requests that are never answered */
  } own;
};

static const char fault_key[] = "reg-fault";

/**
 * reg_sandbox_new:
 * @options: what it is like; copied
 *
 * Returns: (transfer full): a sandbox that does not run yet
 */
RegSandbox *
reg_sandbox_new (const RegSandboxOptions *options)
{
  RegSandbox *self = g_new0 (RegSandbox, 1);

  self->options = *options;
  self->options.db_path = g_strdup (options->db_path);
  self->options.people = g_strdup (options->people);
  self->options.token = g_strdup (options->token);
  self->options.record = g_strdup (options->record);
  g_mutex_init (&self->starting.mutex);
  g_cond_init (&self->starting.cond);
  return self;
}

void
reg_sandbox_free (RegSandbox *self)
{
  reg_sandbox_stop (self);
  g_free ((char *)self->options.db_path);
  g_free ((char *)self->options.people);
  g_free ((char *)self->options.token);
  g_free ((char *)self->options.record);
  g_mutex_clear (&self->starting.mutex);
  g_cond_clear (&self->starting.cond);
  g_free (self->url);
  g_free (self->token);
  g_free (self);
}

/* Where it listens: "http://127.0.0.1:PORT". */
const char *
reg_sandbox_get_url (RegSandbox *self)
{
  return self->url;
}

const char *
reg_sandbox_get_token (RegSandbox *self)
{
  return self->token;
}

/* ---- replies ---- */

static gboolean
takes_gzip (SoupServerMessage *message)
{
  const char *header = soup_message_headers_get_list (
      soup_server_message_get_request_headers (message), "Accept-Encoding");
  GSList *list = header != NULL ? soup_header_parse_quality_list (header, NULL) : NULL;
  gboolean takes = FALSE;

  for (GSList *l = list; l != NULL; l = l->next)
    takes |= g_ascii_strcasecmp (l->data, "gzip") == 0;
  soup_header_free_list (list);
  return takes;
}

/* Returns: (transfer full) (nullable): the text as gzip, fast rather than small. */
static GString *
compress_gzip (const GString *text)
{
  z_stream stream = { 0 };
  g_autoptr (GString) out = NULL;
  int status;

  if (deflateInit2 (&stream, Z_BEST_SPEED, Z_DEFLATED, MAX_WBITS + 16, 9, Z_DEFAULT_STRATEGY)
      != Z_OK)
    return NULL;
  out = g_string_sized_new (deflateBound (&stream, text->len));
  stream.next_in = (Bytef *)text->str;
  stream.avail_in = (uInt)text->len;
  stream.next_out = (Bytef *)out->str;
  stream.avail_out = (uInt)(out->allocated_len - 1);
  status = deflate (&stream, Z_FINISH);
  g_string_set_size (out, stream.total_out);
  deflateEnd (&stream);
  return status == Z_STREAM_END ? g_steal_pointer (&out) : NULL;
}

static RegFaultKind
get_fault_kind (SoupServerMessage *message)
{
  const RegFault *fault = g_object_get_data (G_OBJECT (message), fault_key);

  return fault != NULL ? fault->kind : REG_FAULT_NONE;
}

static void
send_reply (RegSandbox *self, SoupServerMessage *message, RegSandboxReply *reply)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  gsize len;

  if (self->own.record != NULL)
    reg_sandbox_record_add (self->own.record, message, get_fault_kind (message), reply);
  soup_server_message_set_status (message, reply->status, NULL);
  if (reply->status == 401)
    soup_message_headers_replace (headers, "WWW-Authenticate",
                                  "Bearer realm=\"registrar-sandbox\"");
  if (reply->allow != NULL)
    soup_message_headers_replace (headers, "Allow", reply->allow);
  if (reply->retry_after > 0)
    {
      g_autofree char *seconds = g_strdup_printf ("%u", reply->retry_after);

      soup_message_headers_replace (headers, "Retry-After", seconds);
    }
  if (reply->body == NULL)
    return;
  soup_message_headers_replace (headers, "Vary", "Accept-Encoding");
  if (reply->body->len >= MIN_GZIP && takes_gzip (message))
    {
      GString *packed = compress_gzip (reply->body);

      if (packed != NULL)
        {
          g_string_free (reply->body, TRUE);
          reply->body = packed;
          soup_message_headers_replace (headers, "Content-Encoding", "gzip");
        }
    }
  len = reply->body->len;
  soup_server_message_set_response (message, reply->content_type, SOUP_MEMORY_TAKE,
                                    g_string_free (g_steal_pointer (&reply->body), FALSE), len);
}

/* Returns: (transfer full) (nullable): NULL where a parameter cannot be read or comes twice; it
 * must not look left out */
static GHashTable *
parse_query (const char *text)
{
  g_autoptr (GHashTable) query = NULL;
  guint n = 1;

  if (text == NULL || *text == '\0')
    return g_hash_table_new (g_str_hash, g_str_equal);
  for (const char *p = text; *p != '\0'; p++)
    n += *p == '&';
  query = soup_form_decode (text);
  return g_hash_table_size (query) == n && strstr (text, "%00") == NULL ? g_steal_pointer (&query)
                                                                        : NULL;
}

static void
answer (RegSandbox *self, SoupServerMessage *message, guint times)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  SoupMessageBody *body = soup_server_message_get_request_body (message);
  GUri *uri = soup_server_message_get_uri (message);
  g_autoptr (GHashTable) query = parse_query (g_uri_get_query (uri));
  RegSandboxCall call = {
    .method = soup_server_message_get_method (message),
    .path = g_uri_get_path (uri),
    .query = query,
    .authorization = soup_message_headers_get_one (headers, "Authorization"),
    .content_type = soup_message_headers_get_content_type (headers, NULL),
    .body = body->data,
    .body_len = (gsize)body->length,
  };
  RegSandboxReply reply = { 0 };

  for (; times > 0; times--)
    {
      reg_sandbox_reply_clear (&reply);
      reg_sandbox_route (&self->own.site, &call, &reply);
    }
  send_reply (self, message, &reply);
  reg_sandbox_reply_clear (&reply);
}

/* ---- faults ---- */

static void
cut (SoupServerMessage *message)
{
  GSocket *socket = soup_server_message_get_socket (message);

  if (socket != NULL)
    g_socket_shutdown (socket, TRUE, TRUE, NULL);
}

static void
garble (RegSandbox *self, SoupServerMessage *message)
{
  SoupMessageBody *body = soup_server_message_get_response_body (message);
  g_autoptr (GBytes) whole = NULL;
  GString *broken;
  gsize size;
  const char *data;

  soup_message_headers_remove (soup_server_message_get_request_headers (message),
                               "Accept-Encoding");
  answer (self, message, 1);
  whole = soup_message_body_flatten (body);
  data = g_bytes_get_data (whole, &size);
  broken = g_string_new_len (data, (gssize)(size / 2));
  g_string_append (broken, "\x01\xff{\"");
  size = broken->len;
  soup_message_body_truncate (body);
  soup_server_message_set_status (message, 200, NULL);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_TAKE,
                                    g_string_free (broken, FALSE), size);
}

static void
send_status (RegSandbox *self, SoupServerMessage *message, const RegFault *fault)
{
  RegSandboxReply reply = { 0 };

  reg_sandbox_reply_problem (&reply, fault->status, "fault", "The sandbox was told to answer so.");
  reply.retry_after = fault->retry_after;
  send_reply (self, message, &reply);
  reg_sandbox_reply_clear (&reply);
}

typedef struct
{
  RegSandbox *sandbox;
  SoupServerMessage *message;
} Slow;

static gboolean
on_slow_over (gpointer data)
{
  Slow *slow = data;

  if (g_ptr_array_remove (slow->sandbox->own.held, slow->message))
    {
      answer (slow->sandbox, slow->message, 1);
      soup_server_message_unpause (slow->message);
    }
  return G_SOURCE_REMOVE;
}

static void
slow_free (gpointer data)
{
  Slow *slow = data;

  g_object_unref (slow->message);
  g_free (slow);
}

static void
hold (RegSandbox *self, SoupServerMessage *message, guint delay)
{
  soup_server_message_pause (message);
  g_ptr_array_add (self->own.held, g_object_ref (message));
  if (delay > 0)
    {
      g_autoptr (GSource) source = g_timeout_source_new (delay);
      Slow *slow = g_new0 (Slow, 1);

      slow->sandbox = self;
      slow->message = g_object_ref (message);
      g_source_set_callback (source, on_slow_over, slow, slow_free);
      g_source_attach (source, self->context);
    }
}

/* A client that has left waits for nothing any more. */
static void
on_finished (SoupServerMessage *message, gpointer data)
{
  RegSandbox *self = data;

  g_ptr_array_remove (self->own.held, message);
}

static void
on_request (SoupServer *server,
            SoupServerMessage *message,
            const char *path,
            GHashTable *query,
            gpointer data)
{
  RegSandbox *self = data;
  const RegFault *fault = g_object_get_data (G_OBJECT (message), fault_key);

  switch (get_fault_kind (message))
    {
    case REG_FAULT_NONE:
      answer (self, message, 1);
      break;
    case REG_FAULT_REFUSE: /* the connection is closed already */
      soup_server_message_set_status (message, 503, NULL);
      break;
    case REG_FAULT_HANG:
      hold (self, message, 0);
      break;
    case REG_FAULT_CUT_AFTER_COMMIT:
      answer (self, message, 1);
      cut (message);
      break;
    case REG_FAULT_ANSWER_TWICE:
      answer (self, message, 2);
      break;
    case REG_FAULT_GARBLE:
      garble (self, message);
      break;
    case REG_FAULT_SLOW:
      hold (self, message, MAX (1, fault->delay));
      break;
    case REG_FAULT_STATUS:
      send_status (self, message, fault);
      break;
    }
}

/* Before the body is read: faults are counted, and what is too large is not read at all. */
static void
on_request_begun (SoupServer *server,
                  SoupServerMessage *message,
                  const char *path,
                  GHashTable *query,
                  gpointer data)
{
  RegSandbox *self = data;
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  RegFault *fault = g_str_has_prefix (path, "/sandbox/")
                        ? NULL
                        : reg_sandbox_faults_take (self->own.site.faults, path);

  if (fault != NULL)
    {
      g_object_set_data_full (G_OBJECT (message), fault_key, fault, (GDestroyNotify)reg_fault_free);
      g_signal_connect (message, "finished", G_CALLBACK (on_finished), self);
      g_signal_connect (message, "disconnected", G_CALLBACK (on_finished), self);
      if (fault->kind == REG_FAULT_REFUSE)
        cut (message);
    }
  if (soup_message_headers_get_content_length (headers) > REG_SANDBOX_MAX_BODY)
    {
      RegSandboxReply reply = { 0 };

      reg_sandbox_reply_problem (&reply, 413, "too-large", "At most %d bytes in one request.",
                                 REG_SANDBOX_MAX_BODY);
      soup_message_headers_replace (soup_server_message_get_response_headers (message),
                                    "Connection", "close");
      send_reply (self, message, &reply);
      reg_sandbox_reply_clear (&reply);
    }
}

/* ---- its thread ---- */

static gboolean
open_site (RegSandbox *self, GError **error)
{
  RegSandboxSite *site = &self->own.site;
  const char *path = self->options.db_path != NULL ? self->options.db_path : ":memory:";
  gint64 real_now = g_get_real_time () / G_USEC_PER_SEC;
  /* Not the clock's, which may have gone on while the database was opened. */
  gint64 now = self->options.now != 0 ? self->options.now : real_now;

  site->faults = reg_sandbox_faults_new ();
  site->clock_offset = now - real_now;
  site->db = reg_sandbox_db_open (path, error);
  if (site->db == NULL || !reg_sandbox_seed (site->db, &self->options, now, error))
    return FALSE;
  if (self->options.token != NULL)
    reg_sandbox_db_set_setting (site->db, "token", self->options.token);
  site->token = reg_sandbox_db_dup_setting (site->db, "token");
  site->name = reg_sandbox_db_dup_setting (site->db, "name");
  site->time_zone = reg_sandbox_db_dup_setting (site->db, "time_zone");
  site->generation = reg_sandbox_db_dup_setting (site->db, "generation");
  site->actor_id = reg_sandbox_db_get_int (
      site->db, "SELECT CAST (value AS INTEGER) FROM setting WHERE key = 'actor'");
  return !reg_sandbox_db_take_error (site->db, error);
}

static void
close_site (RegSandboxSite *site)
{
  g_clear_pointer (&site->db, reg_sandbox_db_close);
  g_clear_pointer (&site->faults, reg_sandbox_faults_free);
  g_clear_pointer (&site->token, g_free);
  g_clear_pointer (&site->name, g_free);
  g_clear_pointer (&site->time_zone, g_free);
  g_clear_pointer (&site->generation, g_free);
}

static gboolean
listen_local (RegSandbox *self, GError **error)
{
  GSList *uris;

  self->own.server = soup_server_new ("server-header", "registrar-sandbox ", NULL);
  soup_server_add_early_handler (self->own.server, NULL, on_request_begun, self, NULL);
  soup_server_add_handler (self->own.server, NULL, on_request, self, NULL);
  if (!soup_server_listen_local (self->own.server, self->options.port, SOUP_SERVER_LISTEN_IPV4_ONLY,
                                 error))
    return FALSE;
  uris = soup_server_get_uris (self->own.server);
  self->url = g_strdup_printf ("http://127.0.0.1:%d", g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify)g_uri_unref);
  return TRUE;
}

static gpointer
run (gpointer data)
{
  RegSandbox *self = data;
  g_autoptr (GError) error = NULL;
  gboolean ok;

  g_main_context_push_thread_default (self->context);
  self->own.held = g_ptr_array_new_with_free_func (g_object_unref);
  self->own.record = reg_sandbox_record_open (self->options.record, &error);
  ok = error == NULL && open_site (self, &error) && listen_local (self, &error);
  if (ok)
    self->token = g_strdup (self->own.site.token);

  g_mutex_lock (&self->starting.mutex);
  self->starting.ready = TRUE;
  self->starting.error = g_steal_pointer (&error);
  g_cond_signal (&self->starting.cond);
  g_mutex_unlock (&self->starting.mutex);

  if (ok)
    g_main_loop_run (self->loop);
  for (guint i = 0; i < self->own.held->len; i++)
    cut (g_ptr_array_index (self->own.held, i));
  if (self->own.server != NULL)
    soup_server_disconnect (self->own.server);
  g_clear_object (&self->own.server);
  g_ptr_array_set_size (self->own.held, 0); /* a slow answer that comes due now is none */
  while (g_main_context_iteration (self->context, FALSE))
    continue;
  g_clear_pointer (&self->own.held, g_ptr_array_unref);
  close_site (&self->own.site);
  g_clear_pointer (&self->own.record, reg_sandbox_record_close);
  g_main_context_pop_thread_default (self->context);
  return NULL;
}

/**
 * reg_sandbox_start:
 * @self: a sandbox that does not run
 * @error: return location
 *
 * Fills the database where it is empty and starts to listen. Returns when it does.
 *
 * Returns: whether it runs
 */
gboolean
reg_sandbox_start (RegSandbox *self, GError **error)
{
  g_return_val_if_fail (self->thread == NULL, FALSE);

  g_clear_pointer (&self->url, g_free);
  g_clear_pointer (&self->token, g_free);
  self->starting.ready = FALSE;
  self->context = g_main_context_new ();
  self->loop = g_main_loop_new (self->context, FALSE);
  self->thread = g_thread_new ("sandbox", run, self);
  g_mutex_lock (&self->starting.mutex);
  while (!self->starting.ready)
    g_cond_wait (&self->starting.cond, &self->starting.mutex);
  g_mutex_unlock (&self->starting.mutex);
  if (self->starting.error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&self->starting.error));
  reg_sandbox_stop (self);
  return FALSE;
}

static gboolean
on_stop (gpointer data)
{
  RegSandbox *self = data;

  g_main_loop_quit (self->loop);
  return G_SOURCE_REMOVE;
}

/* Ends it, cutting the requests it still answers. A database in memory is gone then. */
void
reg_sandbox_stop (RegSandbox *self)
{
  g_autoptr (GSource) source = NULL;

  if (self->thread == NULL)
    return;
  source = g_idle_source_new ();
  g_source_set_callback (source, on_stop, self, NULL);
  g_source_attach (source, self->context);
  g_thread_join (g_steal_pointer (&self->thread));
  g_clear_pointer (&self->loop, g_main_loop_unref);
  g_clear_pointer (&self->context, g_main_context_unref);
}
