/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-cli"

#include "cli/reg-cli-table.h"

#include "rules/reg-text.h"

#include <glib/gi18n-lib.h>

static const RegCliColumn columns[] = {
  { "id", N_ ("Id"), REG_CELL_NUMBER },       { "at", N_ ("When"), REG_CELL_TEXT },
  { "event", N_ ("Event"), REG_CELL_TEXT },   { "operation", N_ ("Operation"), REG_CELL_TEXT },
  { "title", N_ ("Title"), REG_CELL_TEXT },   { "user", N_ ("Email ID"), REG_CELL_TEXT },
  { "course", N_ ("Course"), REG_CELL_TEXT }, { "detail", N_ ("Detail"), REG_CELL_TEXT },
  { "batch", N_ ("Step"), REG_CELL_NUMBER },
};

/* A day, a moment, or unix seconds. */
static gboolean
read_since (const char *text, gint64 *since)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GDateTime) time = NULL;
  g_autofree char *moment = NULL;

  if (g_ascii_string_to_signed (text, 10, 0, G_MAXINT64, since, NULL))
    return TRUE;
  moment = reg_date_is_valid (text) ? g_strconcat (text, "T00:00:00Z", NULL) : g_strdup (text);
  time = g_date_time_new_from_iso8601 (moment, utc);
  if (time == NULL)
    return FALSE;
  *since = g_date_time_to_unix (time);
  return TRUE;
}

static gboolean
add_entry (RegCliTable *table, const RegAuditEntry *entry, GError **error)
{
  g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, entry->id);
  g_autofree char *at = reg_cli_dup_time (entry->at);
  g_autofree char *batch = g_strdup_printf ("%" G_GINT64_FORMAT, entry->batch_id);
  const char *const cells[] = {
    id,
    at,
    entry->event,
    entry->operation != NULL ? entry->operation : "",
    entry->title != NULL ? entry->title : "",
    entry->user_email != NULL ? entry->user_email : "",
    entry->course_code != NULL ? entry->course_code : "",
    entry->detail != NULL ? entry->detail : "",
    entry->batch_id != 0 ? batch : "",
  };

  G_STATIC_ASSERT (G_N_ELEMENTS (cells) == G_N_ELEMENTS (columns));
  return reg_cli_table_add (table, cells, error);
}

RegExit
reg_cli_audit (RegCli *self, int argc, char **argv)
{
  g_autofree char *text = NULL;
  g_autofree char *format = NULL;
  g_autofree char *output = NULL;
  gint64 since = 0;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (RegCliTable) table = NULL;
  const GOptionEntry options[] = {
    { "since", 0, 0, G_OPTION_ARG_STRING, &text,
      N_ ("From a day (2026-12-31) or a moment (2026-12-31T12:00:00Z) on"), N_ ("TIME") },
    { "format", 0, 0, G_OPTION_ARG_STRING, &format, N_ ("How to print the list"),
      "table|csv|json" },
    { "output", 0, 0, G_OPTION_ARG_FILENAME, &output, N_ ("Write a spreadsheet instead"),
      N_ ("FILE.xlsx|FILE.csv") },
    G_OPTION_ENTRY_NULL,
  };

  if (!reg_cli_parse (self, "audit", &argc, &argv, options, NULL))
    return REG_EXIT_USAGE;
  if (argc > 1 || (text != NULL && !read_since (text, &since)))
    return reg_cli_misuse (_ ("“%s” is no time: write 2026-12-31 or 2026-12-31T12:00:00Z."),
                           argc > 1 ? argv[1] : text);
  if (!reg_cli_open (self, &error))
    return reg_cli_fail (error);
  table = reg_cli_table_new (self, columns, G_N_ELEMENTS (columns), format, output, &error);
  if (table == NULL)
    return reg_cli_misuse ("%s", error->message);
  entries = reg_store_list_audit (self->store, since, 0, &error);
  if (entries == NULL)
    return reg_cli_fail (error);
  for (guint i = 0; i < entries->len; i++)
    if (!add_entry (table, g_ptr_array_index (entries, i), &error))
      return reg_cli_fail (error);
  if (!reg_cli_table_finish (table, &error))
    return reg_cli_fail (error);
  return REG_EXIT_DONE;
}
