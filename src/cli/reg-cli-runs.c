/* SPDX-License-Identifier: GPL-3.0-or-later */
/* import list, show, rejects, compare: what became of imports. */
#define G_LOG_DOMAIN "reg-cli"

#include "cli/reg-cli-import.h"
#include "cli/reg-cli-table.h"

#include "imports/reg-import-check.h"
#include "sync/reg-import-compare.h"
#include "sync/reg-import-copy.h"

#include <glib/gi18n-lib.h>

static const RegCliColumn columns[] = {
  { "run", N_ ("Run"), REG_CELL_NUMBER },
  { "action", N_ ("Action"), REG_CELL_TEXT },
  { "file", N_ ("File"), REG_CELL_TEXT },
  { "state", N_ ("State"), REG_CELL_TEXT },
  { "started_at", N_ ("Started"), REG_CELL_TEXT },
  { "finished_at", N_ ("Finished"), REG_CELL_TEXT },
  { "lines_read", N_ ("Lines"), REG_CELL_NUMBER },
  { "users", N_ ("Users"), REG_CELL_NUMBER },
  { "not_imported", N_ ("Not Imported"), REG_CELL_NUMBER },
  { "unmarked", N_ ("Unmarked"), REG_CELL_NUMBER },
  { "blank", N_ ("Blank"), REG_CELL_NUMBER },
  { "settled", N_ ("Put Right Since"), REG_CELL_NUMBER },
  { "rejects", N_ ("Rejects"), REG_CELL_NUMBER },
  { "waiting", N_ ("Waiting"), REG_CELL_NUMBER },
  { "batch", N_ ("Step"), REG_CELL_NUMBER },
  { "outcome", N_ ("Outcome"), REG_CELL_HIDDEN },
};

/* The outcome is said once the LMS has answered every line. */
static char *
dup_outcome (const RegImportRun *run, gint64 n_imported, gint64 n_not_imported)
{
  switch (run->state)
    {
    case REG_RUN_FINISHED:
      return reg_import_dup_run_outcome (run, n_imported, n_not_imported);
    case REG_RUN_UNDONE:
      return g_strdup (_ ("This import was taken back."));
    case REG_RUN_STAGED:
    case REG_RUN_SENDING:
      return g_strdup (_ ("Saved on this computer. Nothing is sent to the LMS until you sync."));
    }
  return NULL;
}

static gboolean
add_run (RegCli *self, RegCliTable *table, const RegImportRun *run, GError **error)
{
  gint64 rejects = reg_store_count_rejects (self->store, run->id, error);
  gint64 settled = rejects < 0 ? -1 : reg_store_count_settled_lines (self->store, run->id, error);
  gint64 imported = settled < 0 ? -1
                                : reg_store_count_batch_users (self->store, run->batch_id,
                                                               1u << REG_CHANGE_DONE, error);
  g_autoptr (RegBatch) batch = NULL;
  g_autofree char *started = reg_cli_dup_time (run->started_at);
  g_autofree char *finished = reg_cli_dup_time (run->finished_at);
  g_autofree char *outcome = NULL;
  char texts[10][24];

  if (imported < 0)
    return FALSE;
  if (run->batch_id != 0)
    {
      batch = reg_store_get_batch (self->store, run->batch_id, error);
      if (batch == NULL)
        return FALSE;
    }
  outcome = dup_outcome (run, imported, rejects);
  {
    const gint64 numbers[] = { run->id,
                               run->lines_read,
                               run->n_users,
                               run->n_not_imported - settled,
                               run->n_unmarked,
                               run->n_blank,
                               settled,
                               rejects,
                               batch != NULL ? reg_batch_get_waiting (batch) : 0,
                               run->batch_id };

    for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
      g_snprintf (texts[i], sizeof texts[i], "%" G_GINT64_FORMAT, numbers[i]);
  }
  {
    const char *const cells[] = {
      texts[0], run->action, run->file_name, reg_run_state_to_nick (run->state),
      started,  finished,    texts[1],       texts[2],
      texts[3], texts[4],    texts[5],       texts[6],
      texts[7], texts[8],    texts[9],       outcome,
    };

    G_STATIC_ASSERT (G_N_ELEMENTS (cells) == G_N_ELEMENTS (columns));
    return reg_cli_table_add (table, cells, error);
  }
}

gboolean
reg_cli_print_run (RegCli *self, const RegImportRun *run, GError **error)
{
  g_autoptr (RegCliTable) table =
      reg_cli_table_new (self, columns, G_N_ELEMENTS (columns), NULL, NULL, error);

  if (table == NULL)
    return FALSE;
  reg_cli_table_set_single (table);
  return add_run (self, table, run, error) && reg_cli_table_finish (table, error);
}

RegExit
reg_cli_import_list (RegCli *self, int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) runs = NULL;
  g_autoptr (RegCliTable) table = NULL;

  if (!reg_cli_parse (self, "import list", &argc, &argv, NULL, NULL))
    return REG_EXIT_USAGE;
  if (!reg_cli_open (self, &error))
    return reg_cli_fail (error);
  runs = reg_store_list_runs (self->store, &error);
  if (runs == NULL)
    return reg_cli_fail (error);
  table = reg_cli_table_new (self, columns, G_N_ELEMENTS (columns), NULL, NULL, &error);
  for (guint i = 0; i < runs->len; i++)
    if (!add_run (self, table, g_ptr_array_index (runs, i), &error))
      return reg_cli_fail (error);
  if (!reg_cli_table_finish (table, &error))
    return reg_cli_fail (error);
  return REG_EXIT_DONE;
}

/* The run of that number; NULL with the exit status where there is none. */
static RegImportRun *
get_run (RegCli *self, const char *text, RegExit *exit)
{
  g_autoptr (GError) error = NULL;
  RegImportRun *run;
  gint64 id;

  if (!g_ascii_string_to_signed (text, 10, 1, G_MAXINT64, &id, NULL))
    {
      *exit = reg_cli_misuse (_ ("“%s” is no number of an import. import list shows them."), text);
      return NULL;
    }
  if (!reg_cli_open (self, &error))
    {
      *exit = reg_cli_fail (error);
      return NULL;
    }
  run = reg_store_get_run (self->store, id, &error);
  if (run == NULL && error == NULL)
    g_set_error (&error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                 _ ("There is no import %s. import list shows them."), text);
  if (run == NULL)
    *exit = reg_cli_fail (error);
  return run;
}

RegExit
reg_cli_import_show (RegCli *self, int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rejects = NULL;
  g_autoptr (RegImportRun) run = NULL;
  RegExit exit = REG_EXIT_DONE;
  gint64 n;

  if (!reg_cli_parse (self, "import show", &argc, &argv, NULL, NULL))
    return REG_EXIT_USAGE;
  if (argc != 2)
    return reg_cli_misuse (_ ("import show needs the number of one import."));
  run = get_run (self, argv[1], &exit);
  if (run == NULL)
    return exit;
  if (!reg_cli_print_run (self, run, &error))
    return reg_cli_fail (error);
  n = reg_store_count_rejects (self->store, run->id, &error);
  if (n < 0)
    return reg_cli_fail (error);
  if (self->json || n == 0)
    return REG_EXIT_DONE;
  if (n >= REG_IMPORT_TABLE_LIMIT)
    {
      g_autofree char *notice = reg_import_dup_list_notice (n);

      g_print ("\n%s\n", notice);
      return REG_EXIT_DONE;
    }
  rejects = reg_store_list_rejects (self->store, run->id, 0, &error);
  if (rejects == NULL)
    return reg_cli_fail (error);
  g_print ("\n");
  if (!reg_cli_print_rejects (self, rejects, &error))
    return reg_cli_fail (error);
  return REG_EXIT_DONE;
}

RegExit
reg_cli_import_rejects (RegCli *self, int argc, char **argv)
{
  g_autofree char *output = NULL;
  g_autofree char *today = NULL;
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rejects = NULL;
  g_autoptr (RegImportRun) run = NULL;
  RegExit exit = REG_EXIT_DONE;
  const GOptionEntry entries[] = {
    { "output", 0, 0, G_OPTION_ARG_FILENAME, &output,
      N_ ("Folder for Non_Imported_List_YYYY-MM-DD.csv"), N_ ("DIRECTORY") },
    G_OPTION_ENTRY_NULL,
  };

  if (!reg_cli_parse (self, "import rejects", &argc, &argv, entries, NULL))
    return REG_EXIT_USAGE;
  if (argc != 2 || (output == NULL && !self->json))
    return reg_cli_misuse (_ ("import rejects needs the number of one import, and --output."));
  run = get_run (self, argv[1], &exit);
  if (run == NULL)
    return exit;
  rejects = reg_store_list_rejects (self->store, run->id, 0, &error);
  if (rejects == NULL)
    return reg_cli_fail (error);
  if (output != NULL)
    {
      today = reg_cli_dup_today (self);
      path = reg_import_dup_list_path (output, today);
      if (!reg_import_copy_write_rejects (self->store, run->id, path, &error))
        return reg_cli_fail (error);
      reg_cli_say (self, _ ("Written to %s."), path);
    }
  if (self->json && !reg_cli_print_rejects (self, rejects, &error))
    return reg_cli_fail (error);
  return REG_EXIT_DONE;
}

static const RegCliColumn difference_columns[] = {
  { "difference", N_ ("Difference"), REG_CELL_TEXT },
  { "identifier", N_ ("Email ID or Employee ID"), REG_CELL_TEXT },
  { "known", N_ ("In the LMS"), REG_CELL_YES_NO },
  { "instead", N_ ("Instead"), REG_CELL_TEXT },
};

static RegExit
print_comparison (RegCli *self, const RegImportComparison *comparison)
{
  static const char *const differences[] = { [REG_DIFFERENCE_NEW] = "new",
                                             [REG_DIFFERENCE_GONE] = "gone",
                                             [REG_DIFFERENCE_CHANGED] = "changed" };
  g_autoptr (GError) error = NULL;
  g_autoptr (RegCliTable) table = reg_cli_table_new (
      self, difference_columns, G_N_ELEMENTS (difference_columns), NULL, NULL, &error);

  for (guint i = 0; table != NULL && i < comparison->people->len; i++)
    {
      const RegComparedPerson *person = g_ptr_array_index (comparison->people, i);
      const char *const cells[] = { differences[person->difference], person->identifier,
                                    person->user_id != 0 ? "yes" : "",
                                    person->instead != NULL ? person->instead->name : "" };

      if (!reg_cli_table_add (table, cells, &error))
        return reg_cli_fail (error);
    }
  return table != NULL && reg_cli_table_finish (table, &error) ? REG_EXIT_DONE
                                                               : reg_cli_fail (error);
}

RegExit
reg_cli_import_compare (RegCli *self, int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RegImportRun) run = NULL;
  g_autoptr (RegImportComparison) comparison = NULL;
  RegExit exit = REG_EXIT_DONE;

  if (!reg_cli_parse (self, "import compare", &argc, &argv, NULL, NULL))
    return REG_EXIT_USAGE;
  if (argc != 2)
    return reg_cli_misuse (_ ("import compare needs the number of one import."));
  run = get_run (self, argv[1], &exit);
  if (run == NULL)
    return exit;
  comparison = reg_import_compare (self->store, run->id, NULL, &error);
  if (comparison == NULL)
    return reg_cli_fail (error);
  if (comparison->before == NULL)
    reg_cli_say (self, "%s", _ ("There is no import of this kind before it."));
  else
    reg_cli_say (self, _ ("Compared with import %d, “%s”."), (int)comparison->before->id,
                 comparison->before->file_name);
  return print_comparison (self, comparison);
}
