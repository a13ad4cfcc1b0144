/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-sandbox"

#include "sandbox/reg-sandbox-site.h"

/* Unix seconds on the site's own clock. */
gint64
reg_sandbox_site_now (const RegSandboxSite *self)
{
  return g_get_real_time () / G_USEC_PER_SEC + self->clock_offset;
}

void
reg_sandbox_reply_clear (RegSandboxReply *reply)
{
  if (reply->body != NULL)
    g_string_free (reply->body, TRUE);
  g_free (reply->allow);
  *reply = (RegSandboxReply){ 0 };
}

/**
 * reg_sandbox_reply_begin:
 * @reply: a reply
 *
 * Returns: a writer for its body, which is JSON with status 200 unless that is changed
 */
RegJsonWriter
reg_sandbox_reply_begin (RegSandboxReply *reply)
{
  reg_sandbox_reply_clear (reply);
  reply->status = 200;
  reply->content_type = "application/json";
  reply->body = g_string_new (NULL);
  return (RegJsonWriter){ .out = reply->body };
}

static const char *
get_title (guint status)
{
  switch (status)
    {
    case 400:
      return "Bad request";
    case 401:
      return "Not signed in";
    case 403:
      return "Not allowed";
    case 404:
      return "Not found";
    case 405:
      return "Method not allowed";
    case 409:
      return "Conflict";
    case 413:
      return "Too much at once";
    case 415:
      return "Not JSON";
    case 422:
      return "Not understood";
    case 429:
      return "Too many requests";
    case 503:
      return "Not available";
    default:
      return "Not possible";
    }
}

/**
 * reg_sandbox_reply_problem:
 * @reply: a reply
 * @status: HTTP status
 * @code: a stable word for programs
 * @format: what is wrong, in a sentence for people
 *
 * Makes it an `application/problem+json` answer; what was written before is dropped.
 */
void
reg_sandbox_reply_problem (RegSandboxReply *reply,
                           guint status,
                           const char *code,
                           const char *format,
                           ...)
{
  RegJsonWriter writer = reg_sandbox_reply_begin (reply);
  g_autofree char *detail = NULL;
  va_list args;

  va_start (args, format);
  detail = g_strdup_vprintf (format, args);
  va_end (args);
  reply->status = status;
  reply->content_type = "application/problem+json";
  reg_json_writer_open (&writer, '{');
  reg_json_writer_add_text (&writer, "type", "about:blank");
  reg_json_writer_add_text (&writer, "title", get_title (status));
  reg_json_writer_add_int (&writer, "status", status);
  reg_json_writer_add_text (&writer, "code", code);
  reg_json_writer_add_text (&writer, "detail", detail);
  reg_json_writer_close (&writer, '}');
}

/* error: (transfer full): why the database could not be used */
void
reg_sandbox_reply_storage (RegSandboxReply *reply, GError *error)
{
  reg_sandbox_reply_problem (reply, 503, "storage", "%s", error->message);
  g_error_free (error);
}

gboolean
reg_sandbox_reply_has_enrollment (RegSandboxSite *site,
                                  const RegSandboxRequest *request,
                                  RegSandboxReply *reply,
                                  RegEnrollment **enrollment)
{
  g_autoptr (RegEnrollment) found =
      reg_sandbox_db_load_enrollment (site->db, request->ids[0], request->ids[1]);

  if (!found->present)
    {
      reg_sandbox_reply_problem (reply, 404, "not-enrolled",
                                 "There is no enrollment of this person in this course.");
      return FALSE;
    }
  *enrollment = g_steal_pointer (&found);
  return TRUE;
}
