/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From method, path, headers and body to a reply. */
#pragma once

#include "sandbox/reg-sandbox-site.h"

G_BEGIN_DECLS

/**
 * RegSandboxCall:
 * @query: (nullable): its parameters, or %NULL where they cannot be read
 * @authorization: (nullable): that header
 * @content_type: (nullable): that header, without parameters
 *
 * A request as it came in.
 */
typedef struct
{
  const char *method;
  const char *path;
  GHashTable *query;
  const char *authorization;
  const char *content_type;
  const char *body;
  gsize body_len;
} RegSandboxCall;

void reg_sandbox_route (RegSandboxSite *site, const RegSandboxCall *call, RegSandboxReply *reply);

G_END_DECLS
