/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What goes wrong on purpose, by path and count. Used on the sandbox's thread only. */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

typedef enum
{
  REG_FAULT_NONE,
  REG_FAULT_REFUSE,           /* the connection is closed before the request is looked at */
  REG_FAULT_HANG,             /* there is never an answer */
  REG_FAULT_CUT_AFTER_COMMIT, /* done, but the connection is closed instead of an answer */
  REG_FAULT_ANSWER_TWICE,     /* the request is carried out twice */
  REG_FAULT_GARBLE,           /* done, but the answer is cut off and broken */
  REG_FAULT_SLOW,             /* done and answered after a while */
  REG_FAULT_STATUS,           /* another status instead */
} RegFaultKind;

/**
 * RegFault:
 * @path: prefix of the paths it concerns
 * @status: for %REG_FAULT_STATUS
 * @retry_after: seconds, 0 for none; for %REG_FAULT_STATUS
 * @delay: milliseconds; for %REG_FAULT_SLOW
 * @after: how many requests are let through before
 * @count: how many requests it still concerns; negative for all
 */
typedef struct
{
  char *path;
  RegFaultKind kind;
  guint status;
  guint retry_after;
  guint delay;
  gint64 after;
  gint64 count;
} RegFault;

typedef struct _RegSandboxFaults RegSandboxFaults;

const char *reg_fault_kind_get_nick (RegFaultKind kind);
RegSandboxFaults *reg_sandbox_faults_new (void);
void reg_sandbox_faults_free (RegSandboxFaults *self);
const char *reg_sandbox_faults_add (RegSandboxFaults *self, JsonObject *description);
void reg_sandbox_faults_clear (RegSandboxFaults *self);
RegFault *reg_sandbox_faults_take (RegSandboxFaults *self, const char *path);
void reg_fault_free (RegFault *fault);

G_END_DECLS
