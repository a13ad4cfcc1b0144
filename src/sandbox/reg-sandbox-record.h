/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the sandbox was asked and what it answered, kept in a file. Used on its thread only. */
#pragma once

#include "sandbox/reg-sandbox-site.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

typedef struct _RegSandboxRecord RegSandboxRecord;

RegSandboxRecord *reg_sandbox_record_open (const char *path, GError **error);
void reg_sandbox_record_close (RegSandboxRecord *self);
void reg_sandbox_record_add (RegSandboxRecord *self,
                             SoupServerMessage *message,
                             RegFaultKind fault,
                             const RegSandboxReply *reply);

G_END_DECLS
