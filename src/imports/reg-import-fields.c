/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a plan changes about people: before and after of each field. */
#define G_LOG_DOMAIN "reg-imports"

#include "imports/reg-import-plan.h"

#include "rules/reg-status.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const struct
{
  const char *key;
  const char *label;
} labels[] = {
  { "email", N_ ("Email ID") },
  { "employee_id", N_ ("Employee ID") },
  { "given_name", N_ ("Given Name") },
  { "family_name", N_ ("Family Name") },
  { "role", N_ ("Role") },
  { "location_id", N_ ("Location") },
  { "manager_id", N_ ("Manager") },
  { "labels", N_ ("Groups") },
};

/**
 * reg_import_plan_get_fields:
 * @self: a plan
 * @item: one of its items
 * @fields: (out) (transfer none): the first of the fields it changes
 *
 * Returns: how many fields of the person the item changes; 0 where it is about an enrollment
 */
guint
reg_import_plan_get_fields (const RegImportPlan *self,
                            const RegImportItem *item,
                            const RegImportField **fields)
{
  const RegImportField *first = &g_array_index (self->fields, RegImportField, item->detail);
  guint n = 1;

  *fields = NULL;
  if (item->course_id != 0 || item->detail >= self->fields->len)
    return 0;
  while (!first[n - 1].is_last)
    n++;
  *fields = first;
  return n;
}

/**
 * reg_import_plan_get_identifier:
 * @self: a plan
 * @item: one of its items
 *
 * Returns: (transfer none): the e-mail of the person, or the employee ID of one without an e-mail
 */
const char *
reg_import_plan_get_identifier (const RegImportPlan *self, const RegImportItem *item)
{
  const RegImportField *fields;
  guint n = item->user_id == 0 ? reg_import_plan_get_fields (self, item, &fields) : 0;
  const char *email = reg_directory_get_email (self->directory, item->user_id);

  for (guint i = 0; i < n; i++)
    if (strcmp (fields[i].key, "email") == 0)
      return fields[i].after;
  for (guint i = 0; i < n; i++)
    if (strcmp (fields[i].key, "employee_id") == 0)
      return fields[i].after;
  if (email != NULL && *email != '\0')
    return email;
  email = reg_directory_get_employee_id (self->directory, item->user_id);
  return email != NULL ? email : "";
}

/**
 * reg_import_plan_get_operation:
 * @self: a plan
 * @item: one of its items
 *
 * Returns: (transfer none): the operation the item becomes
 */
const RegOperation *
reg_import_plan_get_operation (const RegImportPlan *self, const RegImportItem *item)
{
  const RegImportAction *action = reg_import_action_find (self->action);

  if (action->people == REG_PEOPLE_USUAL)
    return reg_operation_find (action->operation);
  return reg_operation_find (item->user_id == 0 ? "add-user" : "edit-user");
}

/**
 * reg_import_field_get_label:
 * @field: a field
 *
 * Returns: (transfer none): what it is called, translated
 */
const char *
reg_import_field_get_label (const RegImportField *field)
{
  for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
    if (strcmp (labels[i].key, field->key) == 0)
      return _ (labels[i].label);
  return field->key;
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return g_utf8_collate (*(const char *const *)a, *(const char *const *)b);
}

/* "Drivers; Night Shift" of ",3,7," */
static char *
dup_label_names (const RegImportPlan *self, const char *ids)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  const char *p = ids;

  while (*p == ',' && p[1] != '\0')
    {
      const RegLabel *label =
          reg_directory_get_label (self->directory, g_ascii_strtoll (p + 1, (char **)&p, 10));

      if (label != NULL)
        g_ptr_array_add (names, label->name);
    }
  g_ptr_array_sort (names, compare_names);
  g_ptr_array_add (names, NULL);
  return g_strjoinv ("; ", (char **)names->pdata);
}

/**
 * reg_import_plan_dup_field_text:
 * @self: a plan
 * @field: a field of one of its items
 * @after: whether what it will be is wanted, else what it is
 *
 * Returns: (transfer full): the value as a person reads it: a name where the field holds an id
 */
char *
reg_import_plan_dup_field_text (const RegImportPlan *self,
                                const RegImportField *field,
                                gboolean after)
{
  const char *value = after ? field->after : field->before;
  RegRole role;

  if (strcmp (field->key, "labels") == 0)
    return dup_label_names (self, value);
  if (strcmp (field->key, "role") == 0 && reg_role_from_nick (value, -1, &role))
    return g_strdup (reg_role_get_label (role));
  if (strcmp (field->key, "location_id") == 0)
    {
      const RegLabel *label =
          reg_directory_get_label (self->directory, g_ascii_strtoll (value, NULL, 10));

      return g_strdup (label != NULL ? label->name : "");
    }
  if (strcmp (field->key, "manager_id") == 0)
    {
      const char *email =
          reg_directory_get_email (self->directory, g_ascii_strtoll (value, NULL, 10));

      return g_strdup (email != NULL ? email : "");
    }
  return g_strdup (value);
}

void
reg_import_plan_fill_params (const RegImportPlan *plan, guint32 first_field, RegParams *params)
{
  for (guint32 i = first_field; i < plan->fields->len; i++)
    {
      const RegImportField *field = &g_array_index (plan->fields, RegImportField, i);

      reg_params_set (params, field->key, field->after);
      if (field->is_last)
        return;
    }
}
