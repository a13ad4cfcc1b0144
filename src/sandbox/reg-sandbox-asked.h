/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/reg-params.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* One operation of a request. */
typedef struct
{
  const char *uuid;
  const char *name;
  gint64 user_id;
  gint64 course_id;
  RegParams *params;
  RegParams *base;
  gint64 base_revision;
  const char *note;
} RegSandboxAsked;

/* Fills asked, which is zeroed; its texts are the node's. Returns: (nullable): the name of the
 * member that is wrong */
const char *reg_sandbox_asked_read (JsonNode *node, RegSandboxAsked *asked);
void reg_sandbox_asked_clear (RegSandboxAsked *asked);

G_END_DECLS
