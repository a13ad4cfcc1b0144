/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-sandbox"

#include "sandbox/reg-sandbox-record.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>

struct _RegSandboxRecord
{
  int fd;
};

static const char folder_variable[] = "REGISTRAR_SANDBOX_RECORD";

static int
open_file (const char *path)
{
  const char *folder = g_getenv (folder_variable);
  g_autofree char *name = NULL;

  if (path != NULL)
    return g_open (path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  name = g_build_filename (folder, "sandbox-XXXXXX.jsonl", NULL);
  return g_mkstemp_full (name, O_WRONLY | O_APPEND | O_CLOEXEC, 0600);
}

/**
 * reg_sandbox_record_open:
 * @path: (nullable): the file to append to
 * @error: return location
 *
 * Without a path, the record goes to a new file in the folder that the environment variable
 * `REGISTRAR_SANDBOX_RECORD` names; where there is none, nothing is recorded.
 *
 * Returns: (transfer full) (nullable): the record, or %NULL without an error where none is wanted
 */
RegSandboxRecord *
reg_sandbox_record_open (const char *path, GError **error)
{
  RegSandboxRecord *self;
  int fd;

  if (path == NULL && g_getenv (folder_variable) == NULL)
    return NULL;
  fd = open_file (path);
  if (fd < 0)
    {
      g_set_error (error, G_FILE_ERROR, (int)g_file_error_from_errno (errno),
                   "The record cannot be written to %s: %s",
                   path != NULL ? path : g_getenv (folder_variable), g_strerror (errno));
      return NULL;
    }
  self = g_new0 (RegSandboxRecord, 1);
  self->fd = fd;
  return self;
}

void
reg_sandbox_record_close (RegSandboxRecord *self)
{
  g_close (self->fd, NULL);
  g_free (self);
}

/* As text where it is text, in base64 under another name otherwise. */
static void
add_body (RegJsonWriter *writer, const char *key, const char *data, gsize len)
{
  if (data == NULL)
    reg_json_writer_add_text_or_null (writer, key, "");
  else if (g_utf8_validate_len (data, len, NULL))
    reg_json_writer_add_text (writer, key, data);
  else
    {
      g_autofree char *packed = g_base64_encode ((const guchar *)data, len);
      g_autofree char *name = g_strconcat (key, "_base64", NULL);

      reg_json_writer_add_text (writer, name, packed);
    }
}

static void
add_request (RegJsonWriter *writer, SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  SoupMessageBody *body = soup_server_message_get_request_body (message);
  GUri *uri = soup_server_message_get_uri (message);

  reg_json_writer_add_text (writer, "method", soup_server_message_get_method (message));
  reg_json_writer_add_text (writer, "path", g_uri_get_path (uri));
  reg_json_writer_add_text_or_null (writer, "query",
                                    g_uri_get_query (uri) != NULL ? g_uri_get_query (uri) : "");
  reg_json_writer_add_text_or_null (writer, "request_type",
                                    soup_message_headers_get_content_type (headers, NULL) != NULL
                                        ? soup_message_headers_get_one (headers, "Content-Type")
                                        : "");
  add_body (writer, "request", body->length > 0 ? body->data : NULL, (gsize)body->length);
}

/* One write, so that a record that was cut ends within a line. */
static void
append (RegSandboxRecord *self, const GString *line)
{
  gsize done = 0;

  while (done < line->len)
    {
      gssize n = write (self->fd, line->str + done, line->len - done);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        {
          g_warning ("The record is not complete: %s", g_strerror (errno));
          return;
        }
      done += (gsize)n;
    }
}

/**
 * reg_sandbox_record_add:
 * @self: the record
 * @message: a request that was read
 * @fault: what goes wrong with it on purpose
 * @reply: its answer, before it is compressed, cut or broken
 *
 * Appends one line of JSON: `method`, `path`, `query`, `request_type`, `request`, `fault`,
 * `status`, `content_type` and `answer`. Bodies that are not UTF-8 are in `request_base64` and
 * `answer_base64`.
 */
void
reg_sandbox_record_add (RegSandboxRecord *self,
                        SoupServerMessage *message,
                        RegFaultKind fault,
                        const RegSandboxReply *reply)
{
  g_autoptr (GString) line = g_string_new (NULL);
  RegJsonWriter writer = { .out = line };

  reg_json_writer_open (&writer, '{');
  add_request (&writer, message);
  reg_json_writer_add_text_or_null (&writer, "fault", reg_fault_kind_get_nick (fault));
  reg_json_writer_add_int (&writer, "status", reply->status);
  reg_json_writer_add_text_or_null (&writer, "content_type",
                                    reply->content_type != NULL ? reply->content_type : "");
  add_body (&writer, "answer", reply->body != NULL ? reply->body->str : NULL,
            reply->body != NULL ? reply->body->len : 0);
  reg_json_writer_close (&writer, '}');
  g_string_append_c (line, '\n');
  append (self, line);
}
