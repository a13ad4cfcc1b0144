/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "raw-server.h"

#include <string.h>

#define MAX_THREADS 16

struct _RawServer
{
  GSocketService *service;
  GMainContext *context;
  int stopped; /* atomic */
  int gone;    /* atomic: the service and with it its threads */
  GThread *thread;
  char *url;
  GCancellable *stopping;

  /* Shared, locked */
  GMutex lock;
  GCond cond;
  GHashTable *answers;
  GHashTable *requests;
  guint n_requests;
};

/* Reads a request to its end. Its path is the word between the first two spaces, without the query.
 */
static char *
read_request (RawServer *self, GInputStream *stream, char **path)
{
  g_autoptr (GString) text = g_string_new (NULL);
  gsize want = G_MAXSIZE;
  char buffer[4096];

  while (text->len < want)
    {
      gssize got = g_input_stream_read (stream, buffer, sizeof buffer, self->stopping, NULL);
      const char *end, *length;

      if (got <= 0)
        return NULL;
      g_string_append_len (text, buffer, got);
      end = strstr (text->str, "\r\n\r\n");
      if (end == NULL)
        continue;
      length = strstr (text->str, "Content-Length: ");
      want = end + 4 - text->str;
      if (length != NULL && length < end)
        want += g_ascii_strtoull (length + strlen ("Content-Length: "), NULL, 10);
    }
  *path = g_strndup (strchr (text->str, ' ') + 1, strcspn (strchr (text->str, ' ') + 1, " ?"));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
wait_for_stop (RawServer *self)
{
  GPollFD fd;

  if (!g_cancellable_make_pollfd (self->stopping, &fd))
    return;
  g_poll (&fd, 1, 20000);
  g_cancellable_release_fd (self->stopping);
}

static gboolean
on_connection_made_cb (GThreadedSocketService *service,
                       GSocketConnection *connection,
                       GObject *source,
                       gpointer data)
{
  RawServer *self = data;
  g_autofree char *path = NULL;
  g_autofree char *request =
      read_request (self, g_io_stream_get_input_stream (G_IO_STREAM (connection)), &path);
  g_autoptr (GBytes) answer = NULL;
  gboolean known;

  if (request == NULL)
    return TRUE;
  g_mutex_lock (&self->lock);
  self->n_requests++;
  g_hash_table_replace (self->requests, g_strdup (path), g_steal_pointer (&request));
  known = g_hash_table_contains (self->answers, path);
  answer = g_hash_table_lookup (self->answers, path);
  if (answer != NULL)
    g_bytes_ref (answer);
  g_cond_broadcast (&self->cond);
  g_mutex_unlock (&self->lock);

  if (known && answer == NULL)
    wait_for_stop (self);
  else if (known)
    g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)),
                               g_bytes_get_data (answer, NULL), g_bytes_get_size (answer), NULL,
                               self->stopping, NULL);
  g_io_stream_close (G_IO_STREAM (connection), NULL, NULL);
  return TRUE;
}

static gpointer
run_server (gpointer data)
{
  RawServer *self = data;

  g_main_context_push_thread_default (self->context);
  while (!g_atomic_int_get (&self->stopped))
    g_main_context_iteration (self->context, TRUE);
  g_main_context_pop_thread_default (self->context);
  return NULL;
}

static void
on_service_gone_cb (gpointer data, GClosure *closure)
{
  RawServer *self = data;

  g_atomic_int_set (&self->gone, TRUE);
  g_main_context_wakeup (self->context);
}

static void
unref_bytes (gpointer data)
{
  if (data != NULL)
    g_bytes_unref (data);
}

RawServer *
raw_server_new (void)
{
  RawServer *self = g_new0 (RawServer, 1);
  g_autoptr (GInetAddress) address = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) any = g_inet_socket_address_new (address, 0);
  g_autoptr (GSocketAddress) bound = NULL;

  self->answers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, unref_bytes);
  self->requests = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->stopping = g_cancellable_new ();
  self->context = g_main_context_new ();
  g_main_context_push_thread_default (self->context);
  self->service = g_threaded_socket_service_new (MAX_THREADS);
  /* Each thread holds the service, so the last of them lets go of the handler. */
  g_signal_connect_data (self->service, "run", G_CALLBACK (on_connection_made_cb), self,
                         on_service_gone_cb, 0);
  g_assert_true (g_socket_listener_add_address (G_SOCKET_LISTENER (self->service), any,
                                                G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL,
                                                &bound, NULL));
  g_socket_service_start (self->service);
  g_main_context_pop_thread_default (self->context);
  self->url = g_strdup_printf ("http://127.0.0.1:%u",
                               g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound)));
  self->thread = g_thread_new ("raw-server", run_server, self);
  return self;
}

void
raw_server_free (RawServer *self)
{
  g_cancellable_cancel (self->stopping);
  g_atomic_int_set (&self->stopped, TRUE);
  g_main_context_wakeup (self->context);
  g_thread_join (self->thread);
  g_socket_service_stop (self->service);
  g_socket_listener_close (G_SOCKET_LISTENER (self->service));
  g_object_unref (self->service);
  while (!g_atomic_int_get (&self->gone))
    g_main_context_iteration (self->context, TRUE);
  g_main_context_unref (self->context);
  g_hash_table_unref (self->answers);
  g_hash_table_unref (self->requests);
  g_object_unref (self->stopping);
  g_free (self->url);
  g_free (self);
}

const char *
raw_server_get_url (RawServer *self)
{
  return self->url;
}

void
raw_server_set (RawServer *self, const char *path, const void *answer, gssize len)
{
  GBytes *bytes = NULL;

  if (answer != NULL)
    bytes = g_bytes_new (answer, len < 0 ? strlen (answer) : (gsize)len);
  g_mutex_lock (&self->lock);
  g_hash_table_replace (self->answers, g_strdup (path), bytes);
  g_mutex_unlock (&self->lock);
}

void
raw_server_set_json (RawServer *self,
                     const char *path,
                     const char *status,
                     const char *headers,
                     const char *body)
{
  g_autofree char *answer =
      g_strdup_printf ("HTTP/1.1 %s\r\nContent-Type: application/json\r\nConnection: close\r\n%s"
                       "Content-Length: %" G_GSIZE_FORMAT "\r\n\r\n%s",
                       status, headers != NULL ? headers : "", strlen (body), body);

  raw_server_set (self, path, answer, -1);
}

char *
raw_server_dup_request (RawServer *self, const char *path)
{
  char *request;

  g_mutex_lock (&self->lock);
  request = g_strdup (g_hash_table_lookup (self->requests, path));
  g_mutex_unlock (&self->lock);
  return request;
}

guint
raw_server_get_n_requests (RawServer *self)
{
  guint n;

  g_mutex_lock (&self->lock);
  n = self->n_requests;
  g_mutex_unlock (&self->lock);
  return n;
}

void
raw_server_wait (RawServer *self, const char *path)
{
  gint64 deadline = g_get_monotonic_time () + 20 * G_USEC_PER_SEC;

  g_mutex_lock (&self->lock);
  while (!g_hash_table_contains (self->requests, path))
    g_assert_true (g_cond_wait_until (&self->cond, &self->lock, deadline));
  g_mutex_unlock (&self->lock);
}
