/* SPDX-License-Identifier: GPL-3.0-or-later */
/* users list, show, export. */
#define G_LOG_DOMAIN "reg-cli"

#include "cli/reg-cli-filter.h"
#include "cli/reg-cli-table.h"

#include "rules/reg-status.h"
#include "sync/reg-import-job.h"

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

static gboolean
print_users (RegCli *self,
             const RegIdList *ids,
             const char *format,
             const char *output,
             GError **error)
{
  g_autoptr (RegCliTable) table =
      reg_cli_table_new (self, columns, G_N_ELEMENTS (columns), format, output, error);

  return table != NULL && add_users (self, table, ids->ids, ids->n, error)
         && reg_cli_table_finish (table, error);
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
  g_autoptr (RegIdList) ids = NULL;
  RegUserQuery query = { 0 };
  const GOptionEntry entries[] = {
    { "search", 0, 0, G_OPTION_ARG_STRING, &filter.search,
      N_ ("Words in name, e-mail or employee ID"), N_ ("TEXT") },
    { "status", 0, 0, G_OPTION_ARG_STRING, &filter.status,
      N_ ("pending, active, deactivated, archived, or several with commas; any"), N_ ("STATUS") },
    REG_CLI_PEOPLE_OPTIONS (filter),
    { "role", 0, 0, G_OPTION_ARG_STRING, &filter.role,
      N_ ("learner, coordinator, instructor, manager, administrator, primary-admin"), N_ ("ROLE") },
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
  ids = reg_store_query_users (self->store, &query, NULL, &error);
  if (ids == NULL)
    return reg_cli_fail (error);
  if (export ? !reg_import_job_export_people (self->store, ids->ids, ids->n, output, NULL, NULL,
                                              NULL, &error)
             : !print_users (self, ids, format, output, &error))
    return g_error_matches (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE)
               ? reg_cli_misuse ("%s", error->message)
               : reg_cli_fail (error);
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
