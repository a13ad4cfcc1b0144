/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-imports"

#include "imports/reg-import-instead.h"

#include "base/reg-words.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const RegImportInstead rows[] = {
  {
      .name = "reassign",
      .action = "assign",
      .reason = REG_REASON_ALREADY_ASSIGNED,
      .operation = "reassign",
      .label = N_ ("Reassign instead"),
      .all_label = N_ ("Reassign all who have it already instead"),
      .will_title = N_ ("Will Be Assigned"),
      PLURAL_ (.summary_one = "%s user will be reassigned",
               .summary_many = "%s users will be reassigned"),
      PLURAL_ (.title_one = "Import “%s”: reassign %s user",
               .title_many = "Import “%s”: reassign %s users"),
  },
  {
      .name = "assign",
      .action = "set-due-dates",
      .reason = REG_REASON_NOT_ENROLLED,
      .operation = "assign",
      .is_with_date = TRUE,
      .label = N_ ("Assign with this due date instead"),
      .all_label = N_ ("Assign all who are not enrolled instead"),
      .will_title = N_ ("Will Get the Due Date"),
      PLURAL_ (.summary_one = "%s user will be enrolled",
               .summary_many = "%s users will be enrolled"),
      PLURAL_ (.title_one = "Import “%s”: enroll %s user",
               .title_many = "Import “%s”: enroll %s users"),
  },
  {
      .name = "update",
      .action = "add-users",
      .reason = REG_REASON_USER_EXISTS,
      .operation = "edit-user",
      .label = N_ ("Update instead"),
      .all_label = N_ ("Update all who are there already instead"),
  },
};

const RegImportInstead *
reg_import_instead_find (const char *action, RegReason reason)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (rows[i].reason == reason && strcmp (rows[i].action, action) == 0)
      return &rows[i];
  return NULL;
}

const RegImportInstead *
reg_import_instead_find_of (const char *action)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (strcmp (rows[i].action, action) == 0)
      return &rows[i];
  return NULL;
}

gboolean
reg_import_instead_fits (const char *text, gconstpointer instead)
{
  const RegImportInstead *self = instead;
  gsize len = strcspn (text, "=");

  return strlen (self->name) == len && strncmp (text, self->name, len) == 0;
}

const RegImportInstead *
reg_import_instead_parse (const char *text, const char *action)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (strcmp (rows[i].action, action) == 0 && reg_import_instead_fits (text, &rows[i]))
      return &rows[i];
  return NULL;
}

void
reg_import_instead_fill_params (const char *text, RegParams *params)
{
  const char *equals = strchr (text, '=');
  g_auto (GStrv) keys = g_strsplit (equals != NULL ? equals + 1 : "", ",", -1);

  for (char **key = keys; *key != NULL; key++)
    if (**key != '\0')
      reg_params_set_boolean (params, *key, TRUE);
}

/**
 * reg_import_instead_dup_text:
 * @self: what is done instead
 * @chosen: (nullable): parameters of the operation that are yes or no
 *
 * Returns: (transfer full): the text of a correction that asks for it
 */
char *
reg_import_instead_dup_text (const RegImportInstead *self, const RegParams *chosen)
{
  GString *text = g_string_new (self->name);

  for (guint i = 0; chosen != NULL && i < reg_params_get_size (chosen); i++)
    {
      const char *key = reg_params_get_key (chosen, i);

      if (reg_params_get_boolean (chosen, key))
        g_string_append_printf (text, "%c%s", strchr (text->str, '=') != NULL ? ',' : '=', key);
    }
  return g_string_free (text, FALSE);
}

static gboolean
takes (const RegOperation *operation, const char *text)
{
  g_autoptr (RegParams) params = reg_params_new ();

  reg_import_instead_fill_params (text, params);
  for (guint i = 0; i < reg_params_get_size (params); i++)
    if (!g_strv_contains (operation->param_keys, reg_params_get_key (params, i)))
      return FALSE;
  return TRUE;
}

gboolean
reg_import_instead_is_known (const char *text)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (reg_import_instead_fits (text, &rows[i]))
      return takes (reg_operation_find (rows[i].operation), text);
  return FALSE;
}

char *
reg_import_instead_dup_names (void)
{
  GString *names = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", rows[i].name);
  return g_string_free (names, FALSE);
}
