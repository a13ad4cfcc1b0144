/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one wrapper around SoupSession: one base address, one token, blocking requests.
 *
 * Threads: made and used on one thread (the sync worker, or the command line's main thread); needs
 * no main loop. */
#pragma once

#include "net/reg-net-error.h"

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _RegHttp RegHttp;

/**
 * RegHttpResponse:
 * @status: HTTP status
 * @body: what came, decompressed; never %NULL before reg_http_response_steal_text ()
 * @retry_after: seconds the server asks to wait, 0 where it does not say; at most an hour
 * @problem: (nullable): what an answer of 400 and more says in words (title and detail of
 *   application/problem+json), free of the token
 */
typedef struct
{
  guint status;
  GBytes *body;
  guint retry_after;
  char *problem;
} RegHttpResponse;

void reg_http_response_free (RegHttpResponse *self);
char *reg_http_response_steal_text (RegHttpResponse *self, gsize *len);

RegHttp *reg_http_new (const char *base_url, const char *token, GError **error);
void reg_http_free (RegHttp *self);

const char *reg_http_get_base_url (RegHttp *self);
void reg_http_set_timeout (RegHttp *self, guint seconds);
void reg_http_set_max_body (RegHttp *self, gsize bytes);

RegHttpResponse *
reg_http_get (RegHttp *self, const char *path, GCancellable *cancellable, GError **error);
RegHttpResponse *reg_http_post_json (RegHttp *self,
                                     const char *path,
                                     GBytes *body,
                                     GCancellable *cancellable,
                                     GError **error);

char *reg_http_normalize_url (const char *url, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RegHttp, reg_http_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RegHttpResponse, reg_http_response_free)

G_END_DECLS
