/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-sandbox"

#include "sandbox/reg-sandbox-asked.h"

#include "rules/reg-operation.h"

void
reg_sandbox_asked_clear (RegSandboxAsked *asked)
{
  g_clear_pointer (&asked->params, reg_params_free);
  g_clear_pointer (&asked->base, reg_params_free);
}

/* A member that is a whole number, a text, or (where that is allowed) null or absent. */
static gboolean
read_int (JsonObject *object, const char *key, gboolean needed, gint64 *value)
{
  JsonNode *node = json_object_get_member (object, key);

  *value = 0;
  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return !needed;
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_INT64)
    return FALSE;
  *value = json_node_get_int (node);
  return TRUE;
}

static gboolean
read_text (JsonObject *object, const char *key, gboolean needed, const char **value)
{
  JsonNode *node = json_object_get_member (object, key);

  *value = NULL;
  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return !needed;
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
    return FALSE;
  *value = json_node_get_string (node);
  return TRUE;
}

static gboolean
read_params (JsonObject *object, const char *key, RegParams **params)
{
  JsonNode *node = json_object_get_member (object, key);
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  *params = NULL;
  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return TRUE;
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return FALSE;
  *params = reg_params_new ();
  json_object_iter_init (&iter, json_node_get_object (node));
  while (json_object_iter_next (&iter, &name, &value))
    {
      if (!JSON_NODE_HOLDS_VALUE (value) || json_node_get_value_type (value) != G_TYPE_STRING)
        return FALSE;
      reg_params_set (*params, name, json_node_get_string (value));
    }
  return TRUE;
}

const char *
reg_sandbox_asked_read (JsonNode *node, RegSandboxAsked *asked)
{
  JsonObject *object;

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return "operations";
  object = json_node_get_object (node);
  if (!read_text (object, "id", TRUE, &asked->uuid) || !g_uuid_string_is_valid (asked->uuid))
    return "id";
  if (!read_text (object, "operation", TRUE, &asked->name))
    return "operation";
  if (!read_int (object, "user_id", TRUE, &asked->user_id))
    return "user_id";
  if (!read_int (object, "course_id", FALSE, &asked->course_id))
    return "course_id";
  if (reg_operation_find (asked->name) != NULL
      && reg_operation_find (asked->name)->target == REG_TARGET_USER)
    asked->course_id = 0;
  if (reg_operation_find (asked->name) != NULL
      && reg_operation_find (asked->name)->target == REG_TARGET_COURSE)
    asked->user_id = 0;
  if (reg_operation_find (asked->name) != NULL && reg_operation_find (asked->name)->creates)
    asked->user_id = 0;
  if (reg_operation_find (asked->name) != NULL
      && reg_operation_find (asked->name)->target == REG_TARGET_PRESET)
    {
      if (!read_int (object, "preset_id", TRUE, &asked->course_id) || asked->course_id <= 0
          || asked->course_id >> REG_PRESET_ID_BITS != 0)
        return "preset_id";
      asked->user_id = 0;
      asked->course_id = -asked->course_id;
    }
  if (!read_params (object, "params", &asked->params))
    return "params";
  if (!read_params (object, "base", &asked->base))
    return "base";
  if (!read_int (object, "base_revision", FALSE, &asked->base_revision))
    return "base_revision";
  if (!read_text (object, "note", FALSE, &asked->note))
    return "note";
  return NULL;
}
