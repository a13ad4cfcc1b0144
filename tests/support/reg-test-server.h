/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A sandbox of its own for a test, and plain requests to it. What goes wrong ends the test. */
#pragma once

#include "sandbox/reg-sandbox.h"

#include <json-glib/json-glib.h>
#include <libsoup/soup.h>

G_BEGIN_DECLS

typedef struct _RegTestServer RegTestServer;

/**
 * RegTestReply:
 * @status: HTTP status; 0 where the connection ended without an answer
 * @message: (nullable): for its headers
 * @body: (nullable): what came, unpacked
 * @json: (nullable): the body where it is JSON
 */
typedef struct
{
  guint status;
  SoupMessage *message;
  GBytes *body;
  JsonNode *json;
} RegTestReply;

RegTestServer *reg_test_server_new (const RegSandboxOptions *options);
RegTestServer *reg_test_server_new_seeded (RegSandboxSeed seed, guint n_users);
void reg_test_server_free (RegTestServer *self);
void reg_test_server_stop (RegTestServer *self);
void reg_test_server_start (RegTestServer *self);
const char *reg_test_server_get_url (RegTestServer *self);
const char *reg_test_server_get_token (RegTestServer *self);
void reg_test_server_set_token (RegTestServer *self, const char *token);

RegTestReply *reg_test_server_send (RegTestServer *self,
                                    const char *method,
                                    const char *path,
                                    const char *content_type,
                                    const char *body);
void reg_test_reply_free (RegTestReply *reply);

/* These ask for success: they end the test on any other status. */
JsonObject *reg_test_server_get (RegTestServer *self, const char *path);
JsonObject *reg_test_server_post (RegTestServer *self, const char *path, const char *body);
void
reg_test_server_add_fault (RegTestServer *self, const char *path, const char *fault, int count);
void reg_test_server_clear_faults (RegTestServer *self);
int reg_test_server_count_applied (RegTestServer *self, const char *uuid);
int reg_test_server_count_mails (RegTestServer *self);

/* One operation with a new key, or with @uuid; params and base are JSON objects as text, or NULL.
 */
JsonObject *reg_test_server_operate (RegTestServer *self,
                                     const char *uuid,
                                     const char *operation,
                                     gint64 user_id,
                                     gint64 course_id,
                                     const char *params,
                                     const char *base);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RegTestServer, reg_test_server_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RegTestReply, reg_test_reply_free)

G_END_DECLS
