/* SPDX-License-Identifier: GPL-3.0-or-later */
/* users add, edit. */
#define G_LOG_DOMAIN "reg-cli"

#include "cli/reg-cli-table.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/**
 * reg_cli_dup_labels:
 * @names: names of groups, teams or tags
 *
 * Returns: (transfer full) (nullable): their ids as %RegUser has them; %NULL where one is not there
 */
char *
reg_cli_dup_labels (RegCli *self, char **names)
{
  g_autofree char *labels = g_strdup ("");

  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autofree char *one = NULL, *more = NULL;
      gint64 id;

      if (*g_strstrip (names[i]) == '\0')
        continue;
      id = reg_cli_find_label (self, REG_CLI_ANY_GROUP, names[i]);
      if (id == 0)
        return NULL;
      one = g_strdup_printf (",%" G_GINT64_FORMAT ",", id);
      more = reg_user_labels_add (labels, one);
      g_free (labels);
      labels = g_steal_pointer (&more);
    }
  return g_steal_pointer (&labels);
}

static gboolean
read_groups (RegCli *self, const char *text, RegParams *params)
{
  g_auto (GStrv) names = g_strsplit (text, ";", -1);
  g_autofree char *labels = reg_cli_dup_labels (self, names);

  if (labels != NULL)
    reg_params_set (params, "labels", labels);
  return labels != NULL;
}

/* One FIELD=VALUE. Locations, managers and groups are given by name. */
static gboolean
read_field (RegCli *self, const char *text, RegParams *params)
{
  static const char *const plain[] = { "email", "employee_id", "given_name", "family_name",
                                       "role" };
  const char *equals = strchr (text, '=');
  g_autofree char *field = equals != NULL ? g_strndup (text, equals - text) : g_strdup (text);
  const char *value = equals != NULL ? equals + 1 : "";
  gint64 id = 0;

  g_strdelimit (field, "-", '_');
  for (guint i = 0; equals != NULL && i < G_N_ELEMENTS (plain); i++)
    if (g_str_equal (field, plain[i]))
      {
        reg_params_set (params, field, value);
        return TRUE;
      }
  if (equals != NULL && g_str_equal (field, "groups"))
    return read_groups (self, value, params);
  if (equals != NULL && g_str_equal (field, "location"))
    {
      if (*value != '\0' && (id = reg_cli_find_label (self, 1u << REG_LABEL_LOCATION, value)) == 0)
        return FALSE;
      reg_params_set_int64 (params, "location_id", id);
      return TRUE;
    }
  if (equals != NULL && g_str_equal (field, "manager"))
    {
      if (*value != '\0' && (id = reg_cli_find_user (self, value)) == 0)
        return FALSE;
      reg_params_set_int64 (params, "manager_id", id);
      return TRUE;
    }
  reg_cli_misuse (_ ("“%s” sets nothing. FIELD=VALUE, with email, employee_id, given_name, "
                     "family_name, role, location, manager or groups as the field."),
                  text);
  return FALSE;
}

/* What was staged, for scripts. */
static void
print_user (RegCli *self, gint64 id, gint64 batch_id)
{
  RegJsonWriter json = { 0 };

  if (!self->json)
    return;
  json.out = g_string_new (NULL);
  reg_json_writer_open (&json, '{');
  reg_json_writer_add_int (&json, "id", id);
  reg_json_writer_add_int (&json, "batch", batch_id);
  reg_json_writer_close (&json, '}');
  reg_cli_flush_json (&json, TRUE);
}

/* name: whom a refusal is about */
static RegExit
run_step (RegCli *self,
          const char *operation,
          gint64 user_id,
          const RegParams *params,
          const char *name,
          const char *title)
{
  const RegStepTarget target = { .user_id = user_id };
  const RegStep step = {
    .operation = reg_operation_find (operation),
    .params = params,
    .targets = &target,
    .n_targets = 1,
    .title = title,
    .actor_id = reg_cli_get_actor_id (self),
    .actor_role = reg_cli_get_actor_role (self),
    .now = reg_cli_get_now (),
  };
  g_autoptr (GError) error = NULL;
  RegStepResult result = { 0 };
  RegExit exit = REG_EXIT_DONE;

  if (self->site != NULL && !reg_site_can (self->site, operation))
    return reg_cli_misuse (_ ("The LMS does not offer %s to this account."), operation);
  if (!reg_store_stage (self->store, &step, &result, NULL, NULL, NULL, &error))
    exit = reg_cli_fail (error);
  else if (result.refusals->len > 0)
    {
      g_printerr ("registrar-cli: %s: %s\n", name,
                  g_array_index (result.refusals, RegRefusal, 0).sentence);
      exit = REG_EXIT_FAILED;
    }
  else
    {
      print_user (self, user_id != 0 ? user_id : result.user_id, result.batch_id);
      reg_cli_say (self,
                   _ ("%s. Saved on this computer. Nothing is sent to the LMS until you sync."),
                   title);
    }
  reg_step_result_clear (&result);
  return exit;
}

RegExit
reg_cli_users_edit (RegCli *self, int argc, char **argv)
{
  g_autofree char *identifier = NULL;
  g_auto (GStrv) fields = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (RegParams) params = reg_params_new ();
  g_autoptr (RegUser) user = NULL;
  g_autofree char *name = NULL;
  g_autofree char *title = NULL;
  gint64 id;
  const GOptionEntry entries[] = {
    { "user", 0, 0, G_OPTION_ARG_STRING, &identifier, N_ ("Whom: e-mail or employee ID"),
      N_ ("USER") },
    { "set", 0, 0, G_OPTION_ARG_STRING_ARRAY, &fields,
      N_ ("email, employee_id, given_name, family_name, role, location, manager, groups (with ; "
          "between them)"),
      N_ ("FIELD=VALUE") },
    G_OPTION_ENTRY_NULL,
  };

  if (!reg_cli_parse (self, "users edit", &argc, &argv, entries, NULL))
    return REG_EXIT_USAGE;
  if (identifier == NULL || fields == NULL || argc > 1)
    return reg_cli_misuse (_ ("users edit needs --user and at least one --set FIELD=VALUE."));
  if (!reg_cli_open (self, &error))
    return reg_cli_fail (error);
  for (guint i = 0; fields[i] != NULL; i++)
    if (!read_field (self, fields[i], params))
      return REG_EXIT_USAGE;
  id = reg_cli_find_user (self, identifier);
  if (id == 0)
    return REG_EXIT_FAILED;
  user = reg_store_get_user (self->store, id, &error);
  if (user == NULL)
    return reg_cli_fail (error);
  name = reg_user_dup_name (user);
  title = g_strdup_printf (_ ("Edit %s"), name);
  return run_step (self, "edit-user", id, params, user->email, title);
}

/* What a user is added with, besides the texts. */
static gboolean
read_places (RegCli *self,
             const char *location,
             const char *manager,
             char **groups,
             RegParams *params)
{
  gint64 id = 0;

  if (location != NULL && (id = reg_cli_find_label (self, 1u << REG_LABEL_LOCATION, location)) == 0)
    return FALSE;
  if (location != NULL)
    reg_params_set_int64 (params, "location_id", id);
  if (manager != NULL && (id = reg_cli_find_user (self, manager)) == 0)
    return FALSE;
  if (manager != NULL)
    reg_params_set_int64 (params, "manager_id", id);
  if (groups != NULL)
    {
      g_autofree char *labels = reg_cli_dup_labels (self, groups);

      if (labels == NULL)
        return FALSE;
      reg_params_set (params, "labels", labels);
    }
  return TRUE;
}

RegExit
reg_cli_users_add (RegCli *self, int argc, char **argv)
{
  g_autofree char *email = NULL, *employee_id = NULL, *given_name = NULL, *family_name = NULL;
  g_autofree char *role = NULL, *location = NULL, *manager = NULL;
  g_auto (GStrv) groups = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (RegParams) params = reg_params_new ();
  g_autofree char *title = NULL;
  const char *name;
  const GOptionEntry entries[] = {
    { "email", 0, 0, G_OPTION_ARG_STRING, &email, N_ ("E-mail address"), N_ ("ADDRESS") },
    { "employee-id", 0, 0, G_OPTION_ARG_STRING, &employee_id, N_ ("Employee ID"), N_ ("ID") },
    { "given-name", 0, 0, G_OPTION_ARG_STRING, &given_name, N_ ("Given name"), N_ ("NAME") },
    { "family-name", 0, 0, G_OPTION_ARG_STRING, &family_name, N_ ("Family name"), N_ ("NAME") },
    { "role", 0, 0, G_OPTION_ARG_STRING, &role,
      N_ ("learner, coordinator, instructor, manager, administrator, primary-admin"), N_ ("ROLE") },
    { "location", 0, 0, G_OPTION_ARG_STRING, &location, N_ ("Location, by its name"),
      N_ ("LOCATION") },
    { "group", 0, 0, G_OPTION_ARG_STRING_ARRAY, &groups,
      N_ ("Group, team or tag, by its name; may be given again"), N_ ("GROUP") },
    { "manager", 0, 0, G_OPTION_ARG_STRING, &manager, N_ ("To whom the person reports"),
      N_ ("USER") },
    G_OPTION_ENTRY_NULL,
  };

  if (!reg_cli_parse (self, "users add", &argc, &argv, entries, NULL))
    return REG_EXIT_USAGE;
  if ((email == NULL && employee_id == NULL) || argc > 1)
    return reg_cli_misuse (_ ("users add needs --email or --employee-id."));
  if (!reg_cli_open (self, &error))
    return reg_cli_fail (error);
  reg_params_set (params, "email", email);
  reg_params_set (params, "employee_id", employee_id);
  reg_params_set (params, "given_name", given_name);
  reg_params_set (params, "family_name", family_name);
  reg_params_set (params, "role", role);
  if (!read_places (self, location, manager, groups, params))
    return REG_EXIT_USAGE;
  name = email != NULL ? email : employee_id;
  title = g_strdup_printf (_ ("Add %s"), name);
  return run_step (self, "add-user", 0, params, name, title);
}
