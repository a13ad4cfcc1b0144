/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-lms"

#include "lms/registrar/reg-registrar-lms.h"

#include "lms/registrar/reg-registrar-json.h"
#include "net/reg-http.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _RegRegistrarLms
{
  RegLms parent_instance;

  RegHttp *http;
};

G_DEFINE_FINAL_TYPE (RegRegistrarLms, reg_registrar_lms, REG_TYPE_LMS)

/* An error of the layer below, as a decision. */
static void
take_network_error (GError *cause, GError **error)
{
  RegLmsError code;

  if (cause->domain != REG_NET_ERROR)
    {
      g_propagate_error (error, cause);
      return;
    }
  switch ((RegNetError)cause->code)
    {
    case REG_NET_ERROR_ADDRESS:
      code = REG_LMS_ERROR_REFUSED;
      break;
    case REG_NET_ERROR_UNREACHABLE:
      code = REG_LMS_ERROR_UNREACHABLE;
      break;
    case REG_NET_ERROR_TOO_LARGE:
    case REG_NET_ERROR_GARBLED:
    default:
      code = REG_LMS_ERROR_GARBLED;
      break;
    }
  g_set_error_literal (error, REG_LMS_ERROR, code, cause->message);
  g_error_free (cause);
}

static void
set_refusal (RegHttpResponse *response, GError **error)
{
  const char *words = response->problem;

  if (response->status == 401)
    g_set_error (error, REG_LMS_ERROR, REG_LMS_ERROR_AUTH,
                 words != NULL ? _ ("The LMS does not accept the token: %s. Sign in again.")
                               : _ ("The LMS does not accept the token. Sign in again."),
                 words);
  else if (response->status == 408 || response->status == 429 || response->status == 503)
    g_set_error (error, REG_LMS_ERROR, REG_LMS_ERROR_BUSY,
                 words != NULL ? _ ("The LMS is busy (%u, %s). It will be tried again.")
                               : _ ("The LMS is busy (%u). It will be tried again."),
                 response->status, words);
  else if (response->status >= 500)
    g_set_error (error, REG_LMS_ERROR, REG_LMS_ERROR_UNREACHABLE,
                 words != NULL ? _ ("The LMS has trouble (%u, %s). It will be tried again.")
                               : _ ("The LMS has trouble (%u). It will be tried again."),
                 response->status, words);
  else
    g_set_error (error, REG_LMS_ERROR, REG_LMS_ERROR_REFUSED,
                 words != NULL ? _ ("The LMS refuses (%u): %s") : _ ("The LMS refuses (%u)."),
                 response->status, words);
}

/* Answers only a response with status 2xx. */
static RegHttpResponse *
check (RegRegistrarLms *self, RegHttpResponse *response, GError *cause, GError **error)
{
  if (response == NULL)
    {
      take_network_error (cause, error);
      return NULL;
    }
  if (response->status >= 200 && response->status < 300)
    return response;
  reg_lms_set_retry_after (REG_LMS (self), response->retry_after);
  set_refusal (response, error);
  reg_http_response_free (response);
  return NULL;
}

static RegHttpResponse *
get (RegRegistrarLms *self, const char *path, GCancellable *cancellable, GError **error)
{
  GError *cause = NULL;
  RegHttpResponse *response = reg_http_get (self->http, path, cancellable, &cause);

  return check (self, response, cause, error);
}

static RegHttpResponse *
post (RegRegistrarLms *self,
      const char *path,
      GBytes *body,
      GCancellable *cancellable,
      GError **error)
{
  GError *cause = NULL;
  RegHttpResponse *response = reg_http_post_json (self->http, path, body, cancellable, &cause);

  return check (self, response, cause, error);
}

static RegSite *
reg_registrar_lms_describe (RegLms *lms, GCancellable *cancellable, GError **error)
{
  RegRegistrarLms *self = REG_REGISTRAR_LMS (lms);
  g_autoptr (RegHttpResponse) response = get (self, "/v1/site", cancellable, error);
  GError *cause = NULL;
  RegSite *site;
  char *text;
  gsize len;

  if (response == NULL)
    return NULL;
  text = reg_http_response_steal_text (response, &len);
  site = reg_registrar_read_site (text, len, &cause);
  if (site == NULL)
    take_network_error (cause, error);
  return site;
}

static RegPage *
reg_registrar_lms_pull (RegLms *lms,
                        const char *cursor,
                        guint limit,
                        GCancellable *cancellable,
                        GError **error)
{
  RegRegistrarLms *self = REG_REGISTRAR_LMS (lms);
  g_autofree char *after = g_uri_escape_string (cursor != NULL ? cursor : "", NULL, FALSE);
  g_autofree char *path = g_strdup_printf ("/v1/changes?after=%s&limit=%u", after, limit);
  g_autoptr (RegHttpResponse) response = get (self, path, cancellable, error);
  GError *cause = NULL;
  RegPage *page;
  char *text;
  gsize len;

  if (response == NULL)
    return NULL;
  text = reg_http_response_steal_text (response, &len);
  page = reg_registrar_read_page (text, len, &cause);
  if (page == NULL)
    take_network_error (cause, error);
  return page;
}

static GPtrArray *
exchange (RegRegistrarLms *self,
          const char *path,
          GBytes *body,
          GPtrArray *changes,
          GCancellable *cancellable,
          GError **error)
{
  g_autoptr (RegHttpResponse) response = post (self, path, body, cancellable, error);
  GError *cause = NULL;
  GPtrArray *results;
  char *text;
  gsize len;

  if (response == NULL)
    return NULL;
  text = reg_http_response_steal_text (response, &len);
  results = reg_registrar_read_results (text, len, changes, &cause);
  if (results == NULL)
    take_network_error (cause, error);
  return results;
}

static GPtrArray *
reg_registrar_lms_push (RegLms *lms, GPtrArray *changes, GCancellable *cancellable, GError **error)
{
  g_autoptr (GBytes) body = reg_registrar_write_operations (changes, FALSE);

  return exchange (REG_REGISTRAR_LMS (lms), "/v1/operations", body, changes, cancellable, error);
}

static GPtrArray *
reg_registrar_lms_ask (RegLms *lms, GPtrArray *changes, GCancellable *cancellable, GError **error)
{
  g_autoptr (GBytes) body = reg_registrar_write_questions (changes);

  return exchange (REG_REGISTRAR_LMS (lms), "/v1/operations/outcomes", body, changes, cancellable,
                   error);
}

static char *
dup_read_path (const char *what, gint64 user_id, gint64 course_id)
{
  static const char *const reads[] = { "history", "chapters", "quiz", "activity", NULL };
  guint64 id;

  if (g_strv_contains (reads, what))
    return g_strdup_printf ("/v1/users/%" G_GINT64_FORMAT "/courses/%" G_GINT64_FORMAT "/%s",
                            user_id, course_id, what);
  if (g_str_has_prefix (what, "certificate/")
      && g_ascii_string_to_unsigned (what + strlen ("certificate/"), 10, 1, G_MAXINT64, &id, NULL))
    return g_strdup_printf ("/v1/certificates/%" G_GUINT64_FORMAT, id);
  return NULL;
}

static GBytes *
reg_registrar_lms_read (RegLms *lms,
                        const char *what,
                        gint64 user_id,
                        gint64 course_id,
                        GCancellable *cancellable,
                        GError **error)
{
  g_autofree char *path = dup_read_path (what, user_id, course_id);
  g_autoptr (RegHttpResponse) response = NULL;

  if (path == NULL)
    {
      g_set_error (error, REG_LMS_ERROR, REG_LMS_ERROR_UNSUPPORTED,
                   _ ("This LMS does not offer “%s”."), what);
      return NULL;
    }
  response = get (REG_REGISTRAR_LMS (lms), path, cancellable, error);
  return response != NULL ? g_steal_pointer (&response->body) : NULL;
}

static void
reg_registrar_lms_finalize (GObject *object)
{
  RegRegistrarLms *self = REG_REGISTRAR_LMS (object);

  g_clear_pointer (&self->http, reg_http_free);
  G_OBJECT_CLASS (reg_registrar_lms_parent_class)->finalize (object);
}

static void
reg_registrar_lms_class_init (RegRegistrarLmsClass *klass)
{
  RegLmsClass *lms_class = REG_LMS_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = reg_registrar_lms_finalize;
  lms_class->describe = reg_registrar_lms_describe;
  lms_class->pull = reg_registrar_lms_pull;
  lms_class->push = reg_registrar_lms_push;
  lms_class->ask = reg_registrar_lms_ask;
  lms_class->read = reg_registrar_lms_read;
}

static void
reg_registrar_lms_init (RegRegistrarLms *self)
{
}

/**
 * reg_registrar_lms_new:
 * @url: base address
 * @token: (nullable): Bearer token
 *
 * Returns: (transfer full): a connector; %NULL with REG_LMS_ERROR_REFUSED where the address is not
 *   to be used
 */
RegLms *
reg_registrar_lms_new (const char *url, const char *token, GError **error)
{
  GError *cause = NULL;
  RegHttp *http = reg_http_new (url, token, &cause);
  RegRegistrarLms *self;

  if (http == NULL)
    {
      take_network_error (cause, error);
      return NULL;
    }
  self = g_object_new (REG_TYPE_REGISTRAR_LMS, NULL);
  self->http = http;
  return REG_LMS (self);
}

void
reg_registrar_lms_set_timeout (RegRegistrarLms *self, guint seconds)
{
  reg_http_set_timeout (self->http, seconds);
}
