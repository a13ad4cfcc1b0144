/* SPDX-License-Identifier: GPL-3.0-or-later */
/* changes: what waits to be sent, and what waits for a person. */
#define G_LOG_DOMAIN "reg-cli"

#include "cli/reg-cli-table.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

#define STATE_BIT(state) (1u << (state))
#define STATES_OPEN                                                                                \
  (STATE_BIT (REG_CHANGE_PENDING) | STATE_BIT (REG_CHANGE_SENDING)                                 \
   | STATE_BIT (REG_CHANGE_UNKNOWN) | STATE_BIT (REG_CHANGE_REJECTED)                              \
   | STATE_BIT (REG_CHANGE_CONFLICT))

static const RegCliColumn columns[] = {
  { "id", N_ ("Id"), REG_CELL_NUMBER },
  { "batch", N_ ("Step"), REG_CELL_NUMBER },
  { "state", N_ ("State"), REG_CELL_TEXT },
  { "operation", N_ ("Operation"), REG_CELL_TEXT },
  { "user", N_ ("Email ID"), REG_CELL_TEXT },
  { "name", N_ ("Name"), REG_CELL_TEXT },
  { "course", N_ ("Course"), REG_CELL_TEXT },
  { "params", N_ ("Parameters"), REG_CELL_TEXT },
  { "code", N_ ("Code"), REG_CELL_TEXT },
  { "reason", N_ ("Reason"), REG_CELL_TEXT },
  { "base", N_ ("Before"), REG_CELL_HIDDEN },
  { "server", N_ ("In the LMS"), REG_CELL_HIDDEN },
  { "attempts", N_ ("Attempts"), REG_CELL_HIDDEN },
  { "uuid", N_ ("Key"), REG_CELL_HIDDEN },
  { "created_at", N_ ("Made"), REG_CELL_HIDDEN },
  { "note", N_ ("Note"), REG_CELL_HIDDEN },
};

/* "due_date=2026-12-31 requirement=required" */
static char *
format_params (const RegParams *params)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; params != NULL && i < reg_params_get_size (params); i++)
    {
      const char *key = reg_params_get_key (params, i);

      g_string_append_printf (out, "%s%s=%s", i > 0 ? " " : "", key, reg_params_get (params, key));
    }
  return g_string_free (out, FALSE);
}

static const char *
or_empty (const char *text)
{
  return text != NULL ? text : "";
}

static gboolean
add_change (RegCliTable *table, const RegChangeRow *row, GError **error)
{
  const RegChange *change = row->change;
  g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, change->id);
  g_autofree char *batch = g_strdup_printf ("%" G_GINT64_FORMAT, change->batch_id);
  g_autofree char *params = format_params (change->params);
  g_autofree char *base = format_params (change->base);
  g_autofree char *server = format_params (change->server);
  g_autofree char *attempts = g_strdup_printf ("%u", change->attempts);
  g_autofree char *created = reg_cli_dup_time (change->created_at);
  const char *const cells[] = {
    id,
    batch,
    reg_change_state_to_nick (change->state),
    change->operation,
    or_empty (row->user_email),
    or_empty (row->user_name),
    or_empty (row->course_code),
    params,
    or_empty (change->code),
    or_empty (change->sentence),
    base,
    server,
    attempts,
    or_empty (change->uuid),
    created,
    or_empty (change->note),
  };

  G_STATIC_ASSERT (G_N_ELEMENTS (cells) == G_N_ELEMENTS (columns));
  return reg_cli_table_add (table, cells, error);
}

static gboolean
read_states (const char *text, guint *states)
{
  g_auto (GStrv) words = g_strsplit (text, ",", -1);

  *states = 0;
  for (guint i = 0; words[i] != NULL; i++)
    {
      RegChangeState state;

      if (!reg_change_state_from_nick (g_strstrip (words[i]), -1, &state))
        {
          reg_cli_misuse (_ ("“%s” is no state: pending, sending, unknown, done, rejected, "
                             "conflict, undone."),
                          words[i]);
          return FALSE;
        }
      *states |= STATE_BIT (state);
    }
  return TRUE;
}

static const RegCliColumn batch_columns[] = {
  { "batch", N_ ("Step"), REG_CELL_NUMBER },
  { "title", N_ ("Title"), REG_CELL_TEXT },
  { "operation", N_ ("Operation"), REG_CELL_TEXT },
  { "created_at", N_ ("Made"), REG_CELL_TEXT },
  { "total", N_ ("Changes"), REG_CELL_NUMBER },
  { "waiting", N_ ("Waiting"), REG_CELL_NUMBER },
  { "done", N_ ("Done"), REG_CELL_NUMBER },
  { "rejected", N_ ("Rejected"), REG_CELL_NUMBER },
  { "conflicts", N_ ("Conflicts"), REG_CELL_NUMBER },
  { "undone", N_ ("Undone"), REG_CELL_NUMBER },
  { "run", N_ ("Import ID"), REG_CELL_NUMBER },
};

static gboolean
add_batch (RegCliTable *table, const RegBatch *batch, GError **error)
{
  const gint64 numbers[] = { batch->id,
                             reg_batch_get_total (batch),
                             reg_batch_get_waiting (batch),
                             batch->counts[REG_CHANGE_DONE],
                             batch->counts[REG_CHANGE_REJECTED],
                             batch->counts[REG_CHANGE_CONFLICT],
                             batch->counts[REG_CHANGE_UNDONE],
                             batch->run_id };
  g_autofree char *created = reg_cli_dup_time (batch->created_at);
  char texts[G_N_ELEMENTS (numbers)][24];

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    g_snprintf (texts[i], sizeof texts[i], "%" G_GINT64_FORMAT, numbers[i]);
  {
    const char *const cells[] = {
      texts[0],
      batch->title,
      batch->operation,
      created,
      texts[1],
      texts[2],
      texts[3],
      texts[4],
      texts[5],
      texts[6],
      batch->run_id != 0 ? texts[7] : "",
    };

    G_STATIC_ASSERT (G_N_ELEMENTS (cells) == G_N_ELEMENTS (batch_columns));
    return reg_cli_table_add (table, cells, error);
  }
}

static RegExit
print_batches (RegCli *self, gboolean all)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) batches = reg_store_list_batches (self->store, !all, &error);
  g_autoptr (RegCliTable) table = NULL;

  if (batches == NULL)
    return reg_cli_fail (error);
  table = reg_cli_table_new (self, batch_columns, G_N_ELEMENTS (batch_columns), NULL, NULL, &error);
  for (guint i = 0; i < batches->len; i++)
    if (!add_batch (table, g_ptr_array_index (batches, i), &error))
      return reg_cli_fail (error);
  if (!reg_cli_table_finish (table, &error))
    return reg_cli_fail (error);
  return REG_EXIT_DONE;
}

RegExit
reg_cli_changes_list (RegCli *self, int argc, char **argv)
{
  gboolean all = FALSE, batches = FALSE;
  g_autofree char *state = NULL;
  g_autofree char *format = NULL;
  gint64 batch = 0;
  guint states = STATES_OPEN;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (RegCliTable) table = NULL;
  const GOptionEntry entries[] = {
    { "all", 0, 0, G_OPTION_ARG_NONE, &all, N_ ("Those that are done or undone as well"), NULL },
    { "state", 0, 0, G_OPTION_ARG_STRING, &state,
      N_ ("pending, sending, unknown, done, rejected, conflict, undone, or several with commas"),
      N_ ("STATE") },
    { "batch", 0, 0, G_OPTION_ARG_INT64, &batch, N_ ("Only those of one step"), N_ ("ID") },
    { "batches", 0, 0, G_OPTION_ARG_NONE, &batches, N_ ("The steps themselves, one a line"), NULL },
    { "format", 0, 0, G_OPTION_ARG_STRING, &format, N_ ("How to print the list"),
      "table|csv|json" },
    G_OPTION_ENTRY_NULL,
  };

  if (!reg_cli_parse (self, "changes list", &argc, &argv, entries, NULL))
    return REG_EXIT_USAGE;
  if (argc > 1)
    return reg_cli_misuse (_ ("“%s” is too much here."), argv[1]);
  if (state != NULL && !read_states (state, &states))
    return REG_EXIT_USAGE;
  if (all && state == NULL)
    states = 0;
  if (!reg_cli_open (self, &error))
    return reg_cli_fail (error);
  if (batches)
    return print_batches (self, all);
  table = reg_cli_table_new (self, columns, G_N_ELEMENTS (columns), format, NULL, &error);
  if (table == NULL)
    return reg_cli_misuse ("%s", error->message);
  rows = reg_store_list_changes (self->store, batch, states, 0, 0, &error);
  if (rows == NULL)
    return reg_cli_fail (error);
  for (guint i = 0; i < rows->len; i++)
    if (!add_change (table, g_ptr_array_index (rows, i), &error))
      return reg_cli_fail (error);
  if (!reg_cli_table_finish (table, &error))
    return reg_cli_fail (error);
  return REG_EXIT_DONE;
}

/* What was named on the command line: changes by number, steps as b and their number. */
typedef struct
{
  GArray *changes; /* gint64 */
  GArray *batches; /* gint64 */
} Named;

static void
named_clear (Named *self)
{
  g_clear_pointer (&self->changes, g_array_unref);
  g_clear_pointer (&self->batches, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Named, named_clear)

static gboolean
read_named (int argc, char **argv, Named *named)
{
  named->changes = g_array_new (FALSE, FALSE, sizeof (gint64));
  named->batches = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (int i = 1; i < argc; i++)
    {
      gboolean batch = argv[i][0] == 'b';
      gint64 id;

      if (!g_ascii_string_to_signed (argv[i] + batch, 10, 1, G_MAXINT64, &id, NULL))
        {
          reg_cli_misuse (_ ("“%s” is neither a change (12) nor a step (b3)."), argv[i]);
          return FALSE;
        }
      g_array_append_val (batch ? named->batches : named->changes, id);
    }
  if (argc > 1)
    return TRUE;
  reg_cli_misuse (_ ("Which changes? changes list shows their numbers; b3 means all of step 3."));
  return FALSE;
}

/* Puts the changes of named steps that are in one of the states among the changes. */
static gboolean
spread_batches (RegCli *self, Named *named, guint states, GError **error)
{
  for (guint i = 0; i < named->batches->len; i++)
    {
      g_autoptr (RegIdList) ids = reg_store_query_changes (
          self->store, g_array_index (named->batches, gint64, i), states, error);

      if (ids == NULL)
        return FALSE;
      g_array_append_vals (named->changes, ids->ids, ids->n);
    }
  return TRUE;
}

RegExit
reg_cli_changes_show (RegCli *self, int argc, char **argv)
{
  g_auto (Named) named = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (RegCliTable) table = NULL;
  RegExit exit = REG_EXIT_DONE;

  if (!reg_cli_parse (self, "changes show", &argc, &argv, NULL, NULL)
      || !read_named (argc, argv, &named))
    return REG_EXIT_USAGE;
  if (!reg_cli_open (self, &error) || !spread_batches (self, &named, 0, &error))
    return reg_cli_fail (error);
  rows = reg_store_get_change_rows (self->store, (gint64 *)(void *)named.changes->data,
                                    named.changes->len, &error);
  if (rows == NULL)
    return reg_cli_fail (error);
  table = reg_cli_table_new (self, columns, G_N_ELEMENTS (columns), NULL, NULL, &error);
  if (named.changes->len == 1 && g_ptr_array_index (rows, 0) != NULL)
    reg_cli_table_set_single (table);
  for (guint i = 0; i < rows->len; i++)
    if (g_ptr_array_index (rows, i) == NULL)
      {
        g_printerr (_ ("registrar-cli: There is no change %d.\n"),
                    (int)g_array_index (named.changes, gint64, i));
        exit = REG_EXIT_FAILED;
      }
    else if (!add_change (table, g_ptr_array_index (rows, i), &error))
      return reg_cli_fail (error);
  if (!reg_cli_table_finish (table, &error))
    return reg_cli_fail (error);
  return exit;
}

/* Undoing an older change leaves later ones of the same people and courses queued. */
static void
say_later (RegCli *self, const Named *named)
{
  g_autoptr (GError) error = NULL;
  gint64 n = 0;

  if (named->changes->len > 0)
    n = reg_store_count_later (self->store, 0, (gint64 *)(void *)named->changes->data,
                               named->changes->len, &error);
  for (guint i = 0; error == NULL && i < named->batches->len; i++)
    n += reg_store_count_later (self->store, g_array_index (named->batches, gint64, i), NULL, 0,
                                &error);
  if (error != NULL)
    g_warning ("Later changes were not counted: %s", error->message);
  else if (n > 0)
    reg_cli_say (self,
                 ngettext ("%" PRIi64 " later change of the same people or courses still waits.",
                           "%" PRIi64 " later changes of the same people or courses still wait.",
                           (gulong)n),
                 n);
}

/* Who is taken back takes everything else along that is queued for them. */
static gboolean
confirm_dependants (RegCli *self, const Named *named, RegExit *exit)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *question = NULL;
  gint64 n = 0, found = 0;

  if (named->changes->len > 0)
    n = reg_store_count_dependants (self->store, 0, (gint64 *)(void *)named->changes->data,
                                    named->changes->len, &error);
  for (guint i = 0; error == NULL && i < named->batches->len; i++)
    {
      found = reg_store_count_dependants (self->store, g_array_index (named->batches, gint64, i),
                                          NULL, 0, &error);
      n += found;
    }
  if (error != NULL)
    {
      *exit = reg_cli_fail (error);
      return FALSE;
    }
  if (n == 0)
    return TRUE;
  question = g_strdup_printf (
      ngettext ("%d other change is queued for users this adds, and is taken back too. Go on?",
                "%d other changes are queued for users this adds, and are taken back too. Go on?",
                (gulong)n),
      (int)n);
  return reg_cli_confirm (self, question, exit);
}

RegExit
reg_cli_changes_undo (RegCli *self, int argc, char **argv)
{
  gboolean last = FALSE;
  g_auto (Named) named = { 0 };
  g_autoptr (GError) error = NULL;
  gint64 n = 0, total = 0;
  RegExit exit = REG_EXIT_DONE;
  const GOptionEntry entries[] = {
    { "last", 0, 0, G_OPTION_ARG_NONE, &last, N_ ("The newest step that can be taken back"), NULL },
    G_OPTION_ENTRY_NULL,
  };

  if (!reg_cli_parse (self, "changes undo", &argc, &argv, entries, NULL))
    return REG_EXIT_USAGE;
  if (last && argc > 1)
    return reg_cli_misuse (_ ("--last and numbers exclude each other."));
  if (!last && !read_named (argc, argv, &named))
    return REG_EXIT_USAGE;
  if (!reg_cli_open (self, &error))
    return reg_cli_fail (error);
  if (last)
    {
      gint64 batch = reg_store_get_undoable_batch (self->store, &error);

      if (error != NULL)
        return reg_cli_fail (error);
      named.changes = g_array_new (FALSE, FALSE, sizeof (gint64));
      named.batches = g_array_new (FALSE, FALSE, sizeof (gint64));
      if (batch != 0)
        g_array_append_val (named.batches, batch);
    }
  if (!confirm_dependants (self, &named, &exit))
    return exit;
  if (named.changes->len > 0)
    {
      if (!reg_store_undo_changes (self->store, (gint64 *)(void *)named.changes->data,
                                   named.changes->len, &n, &error))
        return reg_cli_fail (error);
      total += n;
    }
  for (guint i = 0; i < named.batches->len; i++)
    {
      gint64 counter = 0;

      if (!reg_store_undo_batch (self->store, g_array_index (named.batches, gint64, i), &counter,
                                 &n, NULL, NULL, NULL, &error))
        return reg_cli_fail (error);
      total += n;
      if (counter != 0)
        reg_cli_say (self, _ ("What was sent is countered by step b%d, which the next sync sends."),
                     (int)counter);
    }
  reg_cli_say (
      self,
      ngettext ("%" PRIi64 " change taken back.", "%" PRIi64 " changes taken back.", (gulong)total),
      total);
  say_later (self, &named);
  if (total > 0)
    return REG_EXIT_DONE;
  g_printerr ("registrar-cli: %s\n", _ ("There was nothing to take back."));
  return REG_EXIT_FAILED;
}

typedef gboolean (*ChangesFunc) (RegStore *store, const gint64 *ids, gsize n, GError **error);

static RegExit
run_on_named (RegCli *self, Named *named, guint states, ChangesFunc func, GError **error)
{
  if (!reg_cli_open (self, error) || !spread_batches (self, named, states, error)
      || (named->changes->len > 0
          && !func (self->store, (gint64 *)(void *)named->changes->data, named->changes->len,
                    error)))
    return reg_cli_fail (*error);
  return REG_EXIT_DONE;
}

/* With another session than the one that was full or gone. */
static RegExit
choose_session (RegCli *self, Named *named, gint64 session_id)
{
  g_autoptr (GError) error = NULL;
  gint64 n_done = 0;

  if (!reg_cli_open (self, &error)
      || !spread_batches (self, named,
                          STATE_BIT (REG_CHANGE_REJECTED) | STATE_BIT (REG_CHANGE_CONFLICT), &error)
      || !reg_store_choose_session (self->store, (gint64 *)(void *)named->changes->data,
                                    named->changes->len, session_id, reg_cli_get_actor_id (self),
                                    reg_cli_get_actor_role (self), reg_cli_get_now (), &n_done,
                                    &error))
    return reg_cli_fail (error);
  reg_cli_say (self,
               ngettext ("%" PRIi64 " change waits with the other session.",
                         "%" PRIi64 " changes wait with the other session.", (gulong)n_done),
               n_done);
  return n_done < named->changes->len ? REG_EXIT_ATTENTION : REG_EXIT_DONE;
}

RegExit
reg_cli_changes_retry (RegCli *self, int argc, char **argv)
{
  g_auto (Named) named = { 0 };
  gint64 session_id = 0;
  const GOptionEntry entries[] = {
    { "session", 0, 0, G_OPTION_ARG_INT64, &session_id,
      N_ ("Ask for this session instead, by its number"), N_ ("ID") },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GError) error = NULL;
  RegExit exit;

  if (!reg_cli_parse (self, "changes retry", &argc, &argv, entries, NULL)
      || !read_named (argc, argv, &named))
    return REG_EXIT_USAGE;
  if (session_id != 0)
    return choose_session (self, &named, session_id);
  exit =
      run_on_named (self, &named, STATE_BIT (REG_CHANGE_REJECTED) | STATE_BIT (REG_CHANGE_CONFLICT),
                    reg_store_retry_changes, &error);
  if (exit == REG_EXIT_DONE)
    reg_cli_say (self, "%s", _ ("The next sync sends them again."));
  return exit;
}

RegExit
reg_cli_changes_discard (RegCli *self, int argc, char **argv)
{
  g_auto (Named) named = { 0 };
  g_autoptr (GError) error = NULL;
  RegExit exit = REG_EXIT_DONE;

  if (!reg_cli_parse (self, "changes discard", &argc, &argv, NULL, NULL)
      || !read_named (argc, argv, &named))
    return REG_EXIT_USAGE;
  if (!reg_cli_confirm (
          self, _ ("What you asked for is dropped, and the LMS's values stay. Discard?"), &exit))
    return exit;
  return run_on_named (self, &named,
                       STATE_BIT (REG_CHANGE_REJECTED) | STATE_BIT (REG_CHANGE_CONFLICT),
                       reg_store_discard_changes, &error);
}

static gboolean
resolve_mine (RegStore *store, const gint64 *ids, gsize n, GError **error)
{
  return reg_store_resolve_changes (store, ids, n, TRUE, error);
}

static gboolean
resolve_theirs (RegStore *store, const gint64 *ids, gsize n, GError **error)
{
  return reg_store_resolve_changes (store, ids, n, FALSE, error);
}

RegExit
reg_cli_changes_resolve (RegCli *self, int argc, char **argv)
{
  gboolean mine = FALSE, theirs = FALSE;
  g_auto (Named) named = { 0 };
  g_autoptr (GError) error = NULL;
  const GOptionEntry entries[] = {
    { "mine", 0, 0, G_OPTION_ARG_NONE, &mine, N_ ("Keep what you asked for"), NULL },
    { "theirs", 0, 0, G_OPTION_ARG_NONE, &theirs, N_ ("Keep what the LMS has"), NULL },
    G_OPTION_ENTRY_NULL,
  };

  if (!reg_cli_parse (self, "changes resolve", &argc, &argv, entries, NULL))
    return REG_EXIT_USAGE;
  if (mine == theirs)
    return reg_cli_misuse (_ ("changes resolve needs either --mine or --theirs."));
  if (!read_named (argc, argv, &named))
    return REG_EXIT_USAGE;
  return run_on_named (self, &named, STATE_BIT (REG_CHANGE_CONFLICT),
                       mine ? resolve_mine : resolve_theirs, &error);
}
