/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-cli"

#include "cli/reg-cli-account.h"

#include "sync/reg-engine.h"

#include <glib/gi18n-lib.h>
#include <signal.h>
#include <unistd.h>

typedef struct
{
  RegCli *cli;
  gboolean is_terminal;
  int phase;
  gint64 last_shown;
  GCancellable *cancellable;
} Showing;

/* Set by Ctrl+C; the engine stops between two steps, and what it did is kept. A second Ctrl+C ends
 * the program at once, which the outbox survives as well. */
static volatile sig_atomic_t interrupted;

static void
on_interrupt (int number)
{
  interrupted = 1;
}

static const char *
get_phase_label (RegSyncPhase phase)
{
  switch (phase)
    {
    case REG_SYNC_PHASE_CONNECTING:
      return _ ("Connecting");
    case REG_SYNC_PHASE_ASKING:
      return _ ("Asking what became of lost answers");
    case REG_SYNC_PHASE_PUSHING:
      return _ ("Sending changes");
    case REG_SYNC_PHASE_PULLING:
      return _ ("Fetching");
    }
  return "";
}

/* On a terminal one line that is written over; else one line a phase. */
static void
on_progress (RegSyncPhase phase, gint64 done, gint64 total, gpointer data)
{
  Showing *showing = data;
  gint64 now = g_get_monotonic_time ();

  if (interrupted)
    g_cancellable_cancel (showing->cancellable);
  if (showing->cli->quiet)
    return;
  if (!showing->is_terminal)
    {
      if (showing->phase != (int)phase)
        g_printerr ("%s…\n", get_phase_label (phase));
      showing->phase = phase;
      return;
    }
  if (showing->phase == (int)phase && now - showing->last_shown < G_USEC_PER_SEC / 10)
    return;
  showing->phase = phase;
  showing->last_shown = now;
  if (total > 0)
    g_printerr ("\r\033[K%s… %" G_GINT64_FORMAT " / %" G_GINT64_FORMAT, get_phase_label (phase),
                done, total);
  else if (done > 0)
    g_printerr ("\r\033[K%s… %" G_GINT64_FORMAT, get_phase_label (phase), done);
  else
    g_printerr ("\r\033[K%s…", get_phase_label (phase));
}

static void
print_report (RegCli *self, const RegSyncReport *report)
{
  RegJsonWriter json = { .out = g_string_new (NULL) };

  if (!self->json)
    {
      g_string_free (json.out, TRUE);
      reg_cli_say (self,
                   _ ("Sent: %d applied, %d skipped, %d rejected, %d conflicts. Fetched: %d rows. "
                      "Waiting: %d. Waiting for you: %d."),
                   (int)report->n_applied, (int)report->n_skipped, (int)report->n_rejected,
                   (int)report->n_conflicts, (int)report->n_pulled, (int)report->n_left,
                   (int)report->n_attention);
      return;
    }
  reg_json_writer_open (&json, '{');
  reg_json_writer_add_int (&json, "applied", report->n_applied);
  reg_json_writer_add_int (&json, "skipped", report->n_skipped);
  reg_json_writer_add_int (&json, "rejected", report->n_rejected);
  reg_json_writer_add_int (&json, "conflicts", report->n_conflicts);
  reg_json_writer_add_int (&json, "pulled", report->n_pulled);
  reg_json_writer_add_int (&json, "waiting", report->n_left);
  reg_json_writer_add_int (&json, "attention", report->n_attention);
  reg_json_writer_add_int_or_null (&json, "retry_at", report->retry_at);
  reg_json_writer_close (&json, '}');
  reg_cli_flush_json (&json, TRUE);
}

static RegExit
run_engine (RegCli *self, RegLms *lms, RegSyncFlags flags)
{
  g_autoptr (RegEngine) engine = reg_engine_new (self->store, lms);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  RegSyncReport report = { 0 };
  Showing showing = {
    .cli = self, .is_terminal = isatty (STDERR_FILENO), .phase = -1, .cancellable = cancellable
  };
  struct sigaction action = { .sa_handler = on_interrupt, .sa_flags = SA_RESETHAND };
  gboolean ok;

  sigaction (SIGINT, &action, NULL);
  ok = reg_engine_run (engine, flags, &report, on_progress, &showing, cancellable, &error);
  signal (SIGINT, SIG_DFL);
  if (showing.is_terminal && showing.phase >= 0 && !self->quiet)
    g_printerr ("\r\033[K");
  print_report (self, &report);
  if (!ok)
    {
      RegExit exit = reg_cli_fail (error);

      if (exit == REG_EXIT_UNREACHABLE)
        reg_cli_say (self,
                     _ ("Your changes are saved on this computer and wait for the next sync."));
      return exit;
    }
  if (report.n_attention > 0)
    {
      reg_cli_say (self, _ ("Some changes wait for you: registrar-cli changes list"));
      return REG_EXIT_ATTENTION;
    }
  return report.n_left > 0 && report.retry_at != 0 ? REG_EXIT_UNREACHABLE : REG_EXIT_DONE;
}

RegExit
reg_cli_sync (RegCli *self, int argc, char **argv)
{
  gboolean pull_only = FALSE, push_only = FALSE;
  g_autoptr (GError) error = NULL;
  g_autoptr (RegLms) lms = NULL;
  const GOptionEntry entries[] = {
    { "pull-only", 0, 0, G_OPTION_ARG_NONE, &pull_only, N_ ("Only fetch"), NULL },
    { "push-only", 0, 0, G_OPTION_ARG_NONE, &push_only, N_ ("Only send"), NULL },
    G_OPTION_ENTRY_NULL,
  };

  if (!reg_cli_parse (self, "sync", &argc, &argv, entries, NULL))
    return REG_EXIT_USAGE;
  if (pull_only && push_only)
    return reg_cli_misuse (_ ("--pull-only and --push-only exclude each other."));
  if (!reg_cli_open (self, &error))
    return reg_cli_fail (error);
  lms = reg_cli_create_lms (self, &error);
  if (lms == NULL)
    return reg_cli_fail (error);
  return run_engine (self, lms,
                     pull_only   ? REG_SYNC_PULL
                     : push_only ? REG_SYNC_PUSH
                                 : REG_SYNC_PUSH | REG_SYNC_PULL);
}
