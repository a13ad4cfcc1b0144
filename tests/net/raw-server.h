/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A server that answers with bytes as they were put down: for what a well-made server never sends.
 * Runs in its own threads on 127.0.0.1, port 0. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _RawServer RawServer;

RawServer *raw_server_new (void);
void raw_server_free (RawServer *self);
const char *raw_server_get_url (RawServer *self);

/* What a path is answered with: the whole answer, status line and all; then the connection is
 * closed. NULL: no answer at all until the server is freed. */
void raw_server_set (RawServer *self, const char *path, const void *answer, gssize len);
/* status: as in "200 OK"; headers: (nullable): each ends in CR LF */
void raw_server_set_json (RawServer *self,
                          const char *path,
                          const char *status,
                          const char *headers,
                          const char *body);

/* The last request to that path, head and body; NULL where there was none. */
char *raw_server_dup_request (RawServer *self, const char *path);
guint raw_server_get_n_requests (RawServer *self);
/* Waits until a request to that path was read. */
void raw_server_wait (RawServer *self, const char *path);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RawServer, raw_server_free)

G_END_DECLS
