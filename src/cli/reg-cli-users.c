/* SPDX-License-Identifier: GPL-3.0-or-later */
/* users list, show, export, edit. */
#define G_LOG_DOMAIN "reg-cli"

#include "cli/reg-cli-filter.h"
#include "cli/reg-cli-table.h"

#include "rules/reg-status.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Rows are fetched so many at a time. */
#define PAGE 1000

static const RegCliColumn columns[] = {
  { "id", N_ ("Id"), REG_CELL_NUMBER },
  { "name", N_ ("Name"), REG_CELL_TEXT },
  { "email", N_ ("Email ID"), REG_CELL_TEXT },
  { "employee_id", N_ ("Employee ID"), REG_CELL_TEXT },
  { "location", N_ ("Location"), REG_CELL_TEXT },
  { "groups", N_ ("Groups"), REG_CELL_TEXT },
  { "role", N_ ("Role"), REG_CELL_TEXT },
  { "status", N_ ("Status"), REG_CELL_TEXT },
  { "manager", N_ ("Manager"), REG_CELL_TEXT },
  { "given_name", N_ ("Given Name"), REG_CELL_HIDDEN },
  { "family_name", N_ ("Family Name"), REG_CELL_HIDDEN },
  { "notified_at", N_ ("Notified"), REG_CELL_HIDDEN },
  { "waiting", N_ ("Waiting"), REG_CELL_YES_NO },
};

static gboolean
add_user (RegCliTable *table, const RegUserRow *row, GError **error)
{
  const RegUser *user = row->user;
  g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, user->id);
  g_autofree char *name = reg_user_dup_name (user);
  g_autofree char *notified = reg_cli_dup_time (user->notified_at);
  const char *const cells[] = {
    id,
    name,
    user->email,
    user->employee_id,
    row->location != NULL ? row->location : "",
    row->groups != NULL ? row->groups : "",
    reg_role_to_nick (user->role),
    reg_user_state_to_nick (user->state),
    row->manager != NULL ? row->manager : "",
    user->given_name,
    user->family_name,
    notified,
    row->sync_state != REG_SYNCED ? "yes" : "",
  };

  G_STATIC_ASSERT (G_N_ELEMENTS (cells) == G_N_ELEMENTS (columns));
  return reg_cli_table_add (table, cells, error);
}

static gboolean
add_users (RegCli *self, RegCliTable *table, const gint64 *ids, gsize n, GError **error)
{
  for (gsize at = 0; at < n; at += PAGE)
    {
      g_autoptr (GPtrArray) rows =
          reg_store_get_user_rows (self->store, ids + at, MIN (PAGE, n - at), error);

      if (rows == NULL)
        return FALSE;
      for (guint i = 0; i < rows->len; i++)
        if (g_ptr_array_index (rows, i) != NULL
            && !add_user (table, g_ptr_array_index (rows, i), error))
          return FALSE;
    }
  return TRUE;
}

static gboolean
read_sort (const char *text, RegUserSort *sort)
{
  static const char *const words[] = { "name",   "email", "employee-id", "location",
                                       "groups", "role",  "status" };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (text == NULL || g_str_equal (text, words[i]))
      {
        *sort = (RegUserSort)i;
        return TRUE;
      }
  reg_cli_misuse (_ ("Nothing is sorted by “%s”."), text);
  return FALSE;
}

/* list and export differ in where the rows go, and in what export leaves out by itself. */
static RegExit
list_users (RegCli *self, int argc, char **argv, gboolean export)
{
  g_auto (RegCliFilter) filter = { 0 };
  g_autofree char *format = NULL;
  g_autofree char *output = NULL;
  g_autofree char *sort = NULL;
  gboolean descending = FALSE;
  g_autoptr (GError) error = NULL;
  g_autoptr (RegCliTable) table = NULL;
  g_autoptr (RegIdList) ids = NULL;
  RegUserQuery query = { 0 };
  const GOptionEntry entries[] = {
    { "search", 0, 0, G_OPTION_ARG_STRING, &filter.search,
      N_ ("Words in name, e-mail or employee ID"), N_ ("TEXT") },
    { "status", 0, 0, G_OPTION_ARG_STRING, &filter.status,
      N_ ("pending, active, deactivated, archived, or several with commas; any"), N_ ("STATUS") },
    { "group", 0, 0, G_OPTION_ARG_STRING, &filter.group, N_ ("Members of a group, team or tag"),
      N_ ("GROUP") },
    { "location", 0, 0, G_OPTION_ARG_STRING, &filter.location, N_ ("People of a location"),
      N_ ("LOCATION") },
    { "role", 0, 0, G_OPTION_ARG_STRING, &filter.role,
      N_ ("learner, coordinator, instructor, manager, administrator, primary-admin"), N_ ("ROLE") },
    { "manager", 0, 0, G_OPTION_ARG_STRING, &filter.manager, N_ ("People who report to somebody"),
      N_ ("USER") },
    { "sort", 0, 0, G_OPTION_ARG_STRING, &sort,
      N_ ("name, email, employee-id, location, groups, role, status"), N_ ("COLUMN") },
    { "descending", 0, 0, G_OPTION_ARG_NONE, &descending, N_ ("The last first"), NULL },
    { "format", 0, 0, G_OPTION_ARG_STRING, &format, N_ ("How to print the list"),
      "table|csv|json" },
    { "output", 0, 0, G_OPTION_ARG_FILENAME, &output, N_ ("Write a spreadsheet instead"),
      N_ ("FILE.xlsx|FILE.csv") },
    G_OPTION_ENTRY_NULL,
  };

  if (!reg_cli_parse (self, export ? "users export" : "users list", &argc, &argv, entries, NULL))
    return REG_EXIT_USAGE;
  if (argc > 1)
    return reg_cli_misuse (_ ("“%s” is too much here."), argv[1]);
  if (export && output == NULL)
    return reg_cli_misuse (_ ("users export needs --output FILE.xlsx or FILE.csv."));
  if (!read_sort (sort, &query.sort))
    return REG_EXIT_USAGE;
  if (export && filter.status == NULL)
    {
      filter.status = g_strdup ("active");
      reg_cli_say (self, _ ("Only active users are exported. --status any exports all."));
    }
  if (!reg_cli_open (self, &error))
    return reg_cli_fail (error);
  if (!reg_cli_filter_fill_users (self, &filter, &query))
    return REG_EXIT_USAGE;
  query.descending = descending;
  table = reg_cli_table_new (self, columns, G_N_ELEMENTS (columns), format, output, &error);
  if (table == NULL)
    return g_error_matches (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE)
               ? reg_cli_misuse ("%s", error->message)
               : reg_cli_fail (error);
  ids = reg_store_query_users (self->store, &query, NULL, &error);
  if (ids == NULL || !add_users (self, table, ids->ids, ids->n, &error)
      || !reg_cli_table_finish (table, &error))
    return reg_cli_fail (error);
  if (output != NULL)
    reg_cli_say (self, ngettext ("%u user written to %s", "%u users written to %s", (gulong)ids->n),
                 (guint)ids->n, output);
  return REG_EXIT_DONE;
}

RegExit
reg_cli_users_list (RegCli *self, int argc, char **argv)
{
  return list_users (self, argc, argv, FALSE);
}

RegExit
reg_cli_users_export (RegCli *self, int argc, char **argv)
{
  return list_users (self, argc, argv, TRUE);
}

RegExit
reg_cli_users_show (RegCli *self, int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RegCliTable) table = NULL;
  gint64 id;

  if (!reg_cli_parse (self, "users show", &argc, &argv, NULL, NULL))
    return REG_EXIT_USAGE;
  if (argc != 2)
    return reg_cli_misuse (_ ("users show needs one e-mail or employee ID."));
  if (!reg_cli_open (self, &error))
    return reg_cli_fail (error);
  id = reg_cli_find_user (self, argv[1]);
  if (id == 0)
    return REG_EXIT_FAILED;
  table = reg_cli_table_new (self, columns, G_N_ELEMENTS (columns), NULL, NULL, &error);
  reg_cli_table_set_single (table);
  if (!add_users (self, table, &id, 1, &error) || !reg_cli_table_finish (table, &error))
    return reg_cli_fail (error);
  return REG_EXIT_DONE;
}

/* ",3,7," of names with commas between them. */
static gboolean
read_groups (RegCli *self, const char *text, RegParams *params)
{
  g_auto (GStrv) names = g_strsplit (text, ";", -1);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GString) labels = g_string_new (NULL);

  for (guint i = 0; names[i] != NULL; i++)
    {
      gint64 id;
      guint at = 0;

      if (*g_strstrip (names[i]) == '\0')
        continue;
      id = reg_cli_find_label (self, REG_LABEL_GROUP, names[i]);
      if (id == 0)
        return FALSE;
      while (at < ids->len && g_array_index (ids, gint64, at) < id)
        at++;
      if (at == ids->len || g_array_index (ids, gint64, at) != id)
        g_array_insert_val (ids, at, id);
    }
  for (guint i = 0; i < ids->len; i++)
    g_string_append_printf (labels, "%s%" G_GINT64_FORMAT ",", i == 0 ? "," : "",
                            g_array_index (ids, gint64, i));
  reg_params_set (params, "labels", labels->str);
  return TRUE;
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
      if (*value != '\0' && (id = reg_cli_find_label (self, REG_LABEL_LOCATION, value)) == 0)
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

static RegExit
edit_user (RegCli *self, gint64 id, const RegParams *params)
{
  const RegStepTarget target = { .user_id = id };
  g_autoptr (GError) error = NULL;
  g_autoptr (RegUser) user = reg_store_get_user (self->store, id, &error);
  g_autofree char *name = user != NULL ? reg_user_dup_name (user) : NULL;
  g_autofree char *title = g_strdup_printf (_ ("Edit %s"), name != NULL ? name : "");
  const RegStep step = {
    .operation = reg_operation_find ("edit-user"),
    .params = params,
    .targets = &target,
    .n_targets = 1,
    .title = title,
    .actor_id = reg_cli_get_actor_id (self),
    .actor_role = reg_cli_get_actor_role (self),
    .now = reg_cli_get_now (),
  };
  RegStepResult result = { 0 };
  RegExit exit = REG_EXIT_DONE;

  if (user == NULL)
    return reg_cli_fail (error);
  if (!reg_store_stage (self->store, &step, &result, NULL, NULL, NULL, &error))
    exit = reg_cli_fail (error);
  else if (result.refusals->len > 0)
    {
      g_printerr ("registrar-cli: %s: %s\n", user->email,
                  g_array_index (result.refusals, RegRefusal, 0).sentence);
      exit = REG_EXIT_FAILED;
    }
  else
    reg_cli_say (self, _ ("%s. Saved on this computer. Nothing is sent to the LMS until you sync."),
                 title);
  reg_step_result_clear (&result);
  return exit;
}

RegExit
reg_cli_users_edit (RegCli *self, int argc, char **argv)
{
  g_autofree char *user = NULL;
  g_auto (GStrv) fields = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (RegParams) params = reg_params_new ();
  gint64 id;
  const GOptionEntry entries[] = {
    { "user", 0, 0, G_OPTION_ARG_STRING, &user, N_ ("Whom: e-mail or employee ID"), N_ ("USER") },
    { "set", 0, 0, G_OPTION_ARG_STRING_ARRAY, &fields,
      N_ ("email, employee_id, given_name, family_name, role, location, manager, groups (with ; "
          "between them)"),
      N_ ("FIELD=VALUE") },
    G_OPTION_ENTRY_NULL,
  };

  if (!reg_cli_parse (self, "users edit", &argc, &argv, entries, NULL))
    return REG_EXIT_USAGE;
  if (user == NULL || fields == NULL || argc > 1)
    return reg_cli_misuse (_ ("users edit needs --user and at least one --set FIELD=VALUE."));
  if (!reg_cli_open (self, &error))
    return reg_cli_fail (error);
  for (guint i = 0; fields[i] != NULL; i++)
    if (!read_field (self, fields[i], params))
      return REG_EXIT_USAGE;
  id = reg_cli_find_user (self, user);
  return id != 0 ? edit_user (self, id, params) : REG_EXIT_FAILED;
}
