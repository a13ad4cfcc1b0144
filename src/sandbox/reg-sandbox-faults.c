/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-sandbox"

#include "sandbox/reg-sandbox-faults.h"

struct _RegSandboxFaults
{
  GPtrArray *list; /* RegFault, in the order they were asked for */
};

static const char *const nicks[] = {
  "", "refuse", "hang", "cut-after-commit", "answer-twice", "garble", "slow", "status"
};

G_STATIC_ASSERT (G_N_ELEMENTS (nicks) == REG_FAULT_STATUS + 1);

/* "" for none */
const char *
reg_fault_kind_get_nick (RegFaultKind kind)
{
  return nicks[kind];
}

RegSandboxFaults *
reg_sandbox_faults_new (void)
{
  RegSandboxFaults *self = g_new0 (RegSandboxFaults, 1);

  self->list = g_ptr_array_new_with_free_func ((GDestroyNotify)reg_fault_free);
  return self;
}

void
reg_sandbox_faults_free (RegSandboxFaults *self)
{
  g_ptr_array_unref (self->list);
  g_free (self);
}

void
reg_fault_free (RegFault *fault)
{
  g_free (fault->path);
  g_free (fault);
}

static gboolean
read_number (JsonObject *object, const char *key, gint64 fallback, gint64 *value)
{
  JsonNode *node = json_object_get_member (object, key);

  *value = fallback;
  if (node == NULL)
    return TRUE;
  if (json_node_get_value_type (node) != G_TYPE_INT64)
    return FALSE;
  *value = json_node_get_int (node);
  return TRUE;
}

/**
 * reg_sandbox_faults_add:
 * @self: the faults
 * @description: `{"path", "fault", "status", "retry_after", "delay", "count", "after"}`
 *
 * Returns: (nullable): the name of the member that is wrong, or %NULL
 */
const char *
reg_sandbox_faults_add (RegSandboxFaults *self, JsonObject *description)
{
  const char *path = json_object_get_string_member_with_default (description, "path", NULL);
  const char *nick = json_object_get_string_member_with_default (description, "fault", NULL);
  gint64 status, retry_after, delay, after, count;
  RegFault *fault;
  guint kind;

  if (path == NULL || *path != '/')
    return "path";
  for (kind = REG_FAULT_REFUSE; kind < G_N_ELEMENTS (nicks); kind++)
    if (g_strcmp0 (nicks[kind], nick) == 0)
      break;
  if (kind == G_N_ELEMENTS (nicks))
    return "fault";
  if (!read_number (description, "status", 503, &status) || status < 200 || status > 599)
    return "status";
  if (!read_number (description, "retry_after", 0, &retry_after) || retry_after < 0)
    return "retry_after";
  if (!read_number (description, "delay", 0, &delay) || delay < 0 || delay > G_MAXINT)
    return "delay";
  if (!read_number (description, "after", 0, &after) || after < 0)
    return "after";
  if (!read_number (description, "count", 1, &count) || count == 0)
    return "count";
  fault = g_new0 (RegFault, 1);
  fault->path = g_strdup (path);
  fault->kind = (RegFaultKind)kind;
  fault->status = (guint)status;
  fault->retry_after = (guint)retry_after;
  fault->delay = (guint)delay;
  fault->after = after;
  fault->count = count;
  g_ptr_array_add (self->list, fault);
  return NULL;
}

void
reg_sandbox_faults_clear (RegSandboxFaults *self)
{
  g_ptr_array_set_size (self->list, 0);
}

/**
 * reg_sandbox_faults_take:
 * @self: the faults
 * @path: path of a request that begins
 *
 * Counts the request. The first fault that concerns it is taken.
 *
 * Returns: (transfer full) (nullable): a copy of the fault, or %NULL
 */
RegFault *
reg_sandbox_faults_take (RegSandboxFaults *self, const char *path)
{
  for (guint i = 0; i < self->list->len; i++)
    {
      RegFault *fault = g_ptr_array_index (self->list, i);
      RegFault *taken;

      if (!g_str_has_prefix (path, fault->path))
        continue;
      if (fault->after > 0)
        {
          fault->after--;
          continue;
        }
      taken = g_memdup2 (fault, sizeof *fault);
      taken->path = g_strdup (fault->path);
      if (fault->count > 0 && --fault->count == 0)
        g_ptr_array_remove_index (self->list, i);
      return taken;
    }
  return NULL;
}
