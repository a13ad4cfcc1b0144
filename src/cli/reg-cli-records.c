/* SPDX-License-Identifier: GPL-3.0-or-later */
/* records list: what was archived, and the copies of what was removed. */
#define G_LOG_DOMAIN "reg-cli"

#include "cli/reg-cli-table.h"

#include "store/reg-store-records.h"

#include <glib/gi18n-lib.h>

/* Rows are fetched so many at a time. */
#define PAGE 1000

static const RegCliColumn columns[] = {
  { "user", N_ ("User"), REG_CELL_TEXT },
  { "name", N_ ("Name"), REG_CELL_TEXT },
  { "course", N_ ("Course"), REG_CELL_TEXT },
  { "record", N_ ("Record"), REG_CELL_TEXT },
  { "status", N_ ("Status"), REG_CELL_TEXT },
  { "progress", N_ ("Progress"), REG_CELL_NUMBER },
  { "attempt", N_ ("Attempt"), REG_CELL_NUMBER },
  { "assigned_at", N_ ("Assigned"), REG_CELL_TEXT },
  { "completed_at", N_ ("Completed"), REG_CELL_TEXT },
  { "certificate_at", N_ ("Certificate"), REG_CELL_TEXT },
  { "removed_at", N_ ("Removed"), REG_CELL_TEXT },
  { "removed_by", N_ ("Removed by"), REG_CELL_HIDDEN },
};

static gboolean
add_record (RegCliTable *table, const RegRecordRow *row, GError **error)
{
  g_autofree char *progress = g_strdup_printf ("%d", row->progress);
  g_autofree char *attempt = g_strdup_printf ("%d", row->attempt);
  g_autofree char *assigned = reg_cli_dup_time (row->assigned_at);
  g_autofree char *completed = reg_cli_dup_time (row->completed_at);
  g_autofree char *certificate = reg_cli_dup_time (row->certificate_at);
  g_autofree char *removed = reg_cli_dup_time (row->removed_at);
  const char *const cells[] = {
    row->user_email,   row->user_name,
    row->course_title, reg_record_row_get_kind (row),
    row->status,       progress,
    attempt,           assigned,
    completed,         certificate,
    removed,           row->removed_by != NULL ? row->removed_by->name : "",
  };

  G_STATIC_ASSERT (G_N_ELEMENTS (cells) == G_N_ELEMENTS (columns));
  return reg_cli_table_add (table, cells, error);
}

static gboolean
add_records (RegCli *self, RegCliTable *table, const RegIdList *ids, GError **error)
{
  for (gsize at = 0; at < ids->n; at += PAGE)
    {
      g_autoptr (GPtrArray) rows =
          reg_store_get_record_rows (self->store, ids->ids + at, MIN (PAGE, ids->n - at), error);

      if (rows == NULL)
        return FALSE;
      for (guint i = 0; i < rows->len; i++)
        if (g_ptr_array_index (rows, i) != NULL
            && !add_record (table, g_ptr_array_index (rows, i), error))
          return FALSE;
    }
  return TRUE;
}

static gboolean
read_kind (const char *text, RegRecords *which)
{
  *which = REG_RECORDS_ALL;
  if (text == NULL)
    return TRUE;
  if (g_str_equal (text, "archived"))
    *which = REG_RECORDS_ARCHIVED;
  else if (g_str_equal (text, "removed"))
    *which = REG_RECORDS_REMOVED;
  else
    return FALSE;
  return TRUE;
}

RegExit
reg_cli_records_list (RegCli *self, int argc, char **argv)
{
  g_autofree char *search = NULL;
  g_autofree char *kind = NULL;
  g_autofree char *format = NULL;
  g_autofree char *output = NULL;
  const GOptionEntry entries[] = {
    { "search", 0, 0, G_OPTION_ARG_STRING, &search,
      N_ ("Words in name, e-mail, employee ID or course"), N_ ("TEXT") },
    { "kind", 0, 0, G_OPTION_ARG_STRING, &kind, N_ ("Only those"), "archived|removed" },
    { "format", 0, 0, G_OPTION_ARG_STRING, &format, N_ ("How to print the list"),
      "table|csv|json" },
    { "output", 0, 0, G_OPTION_ARG_FILENAME, &output, N_ ("Write a spreadsheet instead"),
      N_ ("FILE.xlsx|FILE.csv") },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (RegCliTable) table = NULL;
  g_autoptr (RegIdList) ids = NULL;
  RegRecords which;

  if (!reg_cli_parse (self, "records list", &argc, &argv, entries, NULL))
    return REG_EXIT_USAGE;
  if (argc > 1)
    return reg_cli_misuse (_ ("“%s” is too much here."), argv[1]);
  if (!read_kind (kind, &which))
    return reg_cli_misuse (_ ("“%s” is neither archived nor removed."), kind);
  if (!reg_cli_open (self, &error))
    return reg_cli_fail (error);
  ids = reg_store_query_records (self->store, which, search, NULL, &error);
  if (ids == NULL)
    return reg_cli_fail (error);
  table = reg_cli_table_new (self, columns, G_N_ELEMENTS (columns), format, output, &error);
  if (table == NULL || !add_records (self, table, ids, &error)
      || !reg_cli_table_finish (table, &error))
    return g_error_matches (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE)
               ? reg_cli_misuse ("%s", error->message)
               : reg_cli_fail (error);
  return REG_EXIT_DONE;
}
