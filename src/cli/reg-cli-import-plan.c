/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a check found, as lines and as JSON. */
#define G_LOG_DOMAIN "reg-cli"

#include "cli/reg-cli-import.h"
#include "cli/reg-cli-table.h"

#include <glib/gi18n-lib.h>

static const char *
get_course_code (const RegImportPlan *plan, gint64 course_id)
{
  const RegCourse *course = reg_directory_get_course (plan->directory, course_id);

  return course != NULL ? course->code : "";
}

/* The course of what the plan says; null where it is about the person alone. */
static void
add_course (RegJsonWriter *json, const RegImportPlan *plan, gint64 course_id)
{
  reg_json_writer_add_text_or_null (json, "course",
                                    course_id != 0 ? get_course_code (plan, course_id) : NULL);
}

static void
write_changes (RegJsonWriter *json, const RegImportPlan *plan, guint place)
{
  g_autoptr (GPtrArray) changes = reg_import_plan_dup_changes (plan, place);

  reg_json_writer_key (json, "changes");
  reg_json_writer_open (json, '[');
  for (guint i = 0; i < changes->len; i++)
    {
      const RegImportText *change = g_ptr_array_index (changes, i);

      reg_json_writer_open (json, '{');
      reg_json_writer_add_text (json, "field", change->key);
      reg_json_writer_add_text (json, "before", change->before);
      reg_json_writer_add_text (json, "after", change->after);
      reg_json_writer_close (json, '}');
    }
  reg_json_writer_close (json, ']');
}

static void
write_will (RegJsonWriter *json, const RegImportPlan *plan, guint place)
{
  const RegImportItem *item = &g_array_index (plan->will, RegImportItem, place);

  reg_json_writer_add_int (json, "line", item->line);
  reg_json_writer_add_text (json, "user", reg_import_plan_get_identifier (plan, item));
  if (item->user_id == 0)
    reg_json_writer_add_boolean (json, "new", TRUE);
  add_course (json, plan, item->course_id);
  write_changes (json, plan, place);
}

static void
write_cannot (RegJsonWriter *json, const RegImportPlan *plan, guint place)
{
  const RegImportCannot *one = &g_array_index (plan->cannot, RegImportCannot, place);

  reg_json_writer_add_int (json, "line", one->line);
  reg_json_writer_add_text (json, "user", reg_directory_get_email (plan->directory, one->user_id));
  add_course (json, plan, one->course_id);
  reg_json_writer_add_text (json, "code", reg_reason_to_code (one->reason));
  reg_json_writer_add_text (json, "reason", one->sentence);
}

static void
write_bad_line (RegJsonWriter *json, const RegImportPlan *plan, guint place)
{
  const RegImportBadLine *line = &g_array_index (plan->bad_lines, RegImportBadLine, place);

  reg_json_writer_add_int (json, "line", line->line);
  reg_json_writer_add_text (json, "identifier", line->identifier);
  reg_json_writer_add_text (json, "code", reg_reason_to_code (line->reason));
  reg_json_writer_add_text (json, "reason", line->sentence);
}

/* A list of n objects, each filled by write; a long one leaves in parts. */
static void
write_objects (RegJsonWriter *json,
               const char *key,
               const RegImportPlan *plan,
               guint n,
               void (*write) (RegJsonWriter *json, const RegImportPlan *plan, guint place))
{
  reg_json_writer_key (json, key);
  reg_json_writer_open (json, '[');
  for (guint i = 0; i < n; i++)
    {
      reg_json_writer_open (json, '{');
      write (json, plan, i);
      reg_json_writer_close (json, '}');
      if (json->out->len > (1 << 16))
        reg_cli_flush_json (json, FALSE);
    }
  reg_json_writer_close (json, ']');
}

static void
write_numbers (RegJsonWriter *json, const char *key, const GArray *numbers)
{
  reg_json_writer_key (json, key);
  reg_json_writer_open (json, '[');
  for (guint i = 0; i < numbers->len; i++)
    reg_json_writer_int (json, g_array_index (numbers, gint64, i));
  reg_json_writer_close (json, ']');
}

static void
write_ledger (RegJsonWriter *json, const RegImportPlan *plan)
{
  RegLedger ledger;

  reg_import_plan_init_ledger (plan, &ledger, NULL);
  reg_json_writer_add_int (json, "emails", ledger.n_mails);
  reg_json_writer_key (json, "licenses");
  reg_json_writer_open (json, '[');
  for (guint i = 0; i < ledger.lines->len; i++)
    {
      const RegLedgerLine *line = &g_array_index (ledger.lines, RegLedgerLine, i);

      reg_json_writer_open (json, '{');
      reg_json_writer_add_text (json, "pool", line->name);
      reg_json_writer_add_int (json, "needed", line->needed);
      reg_json_writer_add_int (json, "available", line->available);
      reg_json_writer_add_int (json, "returned", line->returned);
      reg_json_writer_add_int (json, "used", line->used);
      reg_json_writer_add_int (json, "left_out", line->left_out);
      reg_json_writer_close (json, '}');
    }
  reg_json_writer_close (json, ']');
  reg_ledger_clear (&ledger);
}

void
reg_cli_say_ledger (RegCli *self, const RegImportPlan *plan)
{
  RegLedger ledger;
  g_autofree char *text = NULL;
  g_autofree char *words = NULL;

  reg_import_plan_init_ledger (plan, &ledger, NULL);
  text = reg_ledger_dup_text (&ledger);
  words = reg_ledger_dup_license_words (&ledger);
  reg_ledger_clear (&ledger);
  reg_cli_say (self, "%s", text);
  if (words != NULL)
    reg_cli_say (self, "%s", words);
}

void
reg_cli_write_plan (RegJsonWriter *json, const RegImportPlan *plan)
{
  const char delimiter[] = { plan->delimiter, '\0' };
  g_autofree char *summary = reg_import_plan_dup_summary (plan);

  reg_json_writer_add_text (json, "action", plan->action);
  reg_json_writer_add_text (json, "file", plan->file_name);
  reg_json_writer_add_text_or_null (json, "encoding", plan->delimiter != 0 ? plan->encoding : NULL);
  reg_json_writer_add_text_or_null (json, "delimiter", delimiter);
  reg_json_writer_add_text_or_null (json, "sheet", plan->sheet);
  reg_json_writer_add_int (json, "lines_read", plan->lines_read);
  write_objects (json, "will", plan, plan->will->len, write_will);
  write_objects (json, "cannot", plan, plan->cannot->len, write_cannot);
  write_objects (json, "not_imported", plan, plan->bad_lines->len, write_bad_line);
  write_numbers (json, "unmarked", plan->unmarked);
  write_numbers (json, "left_out", plan->left_out);
  reg_json_writer_add_int (json, "heading_line", plan->heading_line);
  reg_json_writer_add_int (json, "hidden_rows", plan->n_hidden_rows);
  reg_json_writer_key (json, "hidden_columns");
  reg_json_writer_open (json, '[');
  for (guint i = 0; i < plan->hidden_columns->len; i++)
    reg_json_writer_text (json, g_ptr_array_index (plan->hidden_columns, i));
  reg_json_writer_close (json, ']');
  reg_json_writer_add_int (json, "blank", plan->n_blank);
  write_ledger (json, plan);
  reg_json_writer_add_text (json, "summary", summary);
}

const RegCliColumn reg_cli_reject_columns[REG_CLI_N_REJECT_COLUMNS] = {
  { "line", N_ ("Line"), REG_CELL_NUMBER },
  { "identifier", N_ ("Email ID or Employee ID"), REG_CELL_TEXT },
  { "course", N_ ("Course"), REG_CELL_TEXT },
  { "code", N_ ("Code"), REG_CELL_TEXT },
  { "reason", N_ ("Reason"), REG_CELL_TEXT },
};

gboolean
reg_cli_print_failures (RegCli *self, const RegImportPlan *plan, GError **error)
{
  gsize n = (gsize)plan->bad_lines->len + plan->cannot->len;
  g_autoptr (GPtrArray) rejects = NULL;

  if (n == 0)
    return TRUE;
  if (n >= REG_IMPORT_TABLE_LIMIT)
    {
      reg_cli_say (self,
                   _ ("Too many to show here: --json tells each line and its reason, and after "
                      "import start, import rejects writes the list."));
      return TRUE;
    }
  rejects = reg_import_plan_list_rejects (plan);
  return reg_cli_print_rejects (self, rejects, error);
}

gboolean
reg_cli_print_rejects (RegCli *self, GPtrArray *rejects, GError **error)
{
  g_autoptr (RegCliTable) table =
      reg_cli_table_new (self, reg_cli_reject_columns, REG_CLI_N_REJECT_COLUMNS, NULL, NULL, error);

  for (guint i = 0; table != NULL && i < rejects->len; i++)
    {
      const RegImportReject *reject = g_ptr_array_index (rejects, i);
      g_autofree char *line = g_strdup_printf ("%" G_GINT64_FORMAT, reject->line);
      const char *const cells[REG_CLI_N_REJECT_COLUMNS] = {
        line,
        reject->identifier != NULL ? reject->identifier : "",
        reject->course != NULL ? reject->course : "",
        reject->code != NULL ? reject->code : "",
        reject->reason != NULL ? reject->reason : "",
      };

      if (!reg_cli_table_add (table, cells, error))
        return FALSE;
    }
  return table != NULL && reg_cli_table_finish (table, error);
}

RegExit
reg_cli_get_plan_exit (const RegImportPlan *plan)
{
  return plan->bad_lines->len > 0 || plan->cannot->len > 0 ? REG_EXIT_ATTENTION : REG_EXIT_DONE;
}

RegExit
reg_cli_fail_import (GError *error)
{
  RegExit exit = reg_cli_fail (error);

  return g_error_matches (error, REG_IMPORT_ERROR, REG_IMPORT_ERROR_ACTION) ? REG_EXIT_USAGE : exit;
}

gboolean
reg_cli_is_held (char *take_warning, gint64 confirm, gint64 n_rows)
{
  g_autofree char *warning = take_warning;

  if (warning == NULL || confirm == n_rows)
    return FALSE;
  g_printerr (_ ("%s\nNothing was queued. If it is meant, add --confirm %u.\n"), warning,
              (guint)n_rows);
  return TRUE;
}
