/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One run: describe, ask about lost answers, push, pull, report. Linear blocking code on the thread
 * that made the RegLms. */
#define G_LOG_DOMAIN "reg-sync"

#include "sync/reg-engine.h"

#include "sync/reg-account.h"
#include "sync/reg-engine-private.h"

#include "store/reg-store-outbox.h"

#define FIRST_DELAY 5
#define LONGEST_DELAY (15 * 60)

static gint64
real_clock (gpointer data)
{
  return g_get_real_time () / G_USEC_PER_SEC;
}

/**
 * reg_engine_new:
 * @store: the local copy
 * @lms: the connector; made on the thread that will run the engine
 *
 * Returns: (transfer full): an engine at rest
 */
RegEngine *
reg_engine_new (RegStore *store, RegLms *lms)
{
  RegEngine *self = g_new0 (RegEngine, 1);

  self->store = reg_store_ref (store);
  self->lms = g_object_ref (lms);
  self->clock = real_clock;
  self->rand = g_rand_new ();
  return self;
}

void
reg_engine_free (RegEngine *self)
{
  if (self == NULL)
    return;
  reg_store_unref (self->store);
  g_object_unref (self->lms);
  g_rand_free (self->rand);
  g_free (self);
}

void
reg_engine_set_clock (RegEngine *self, RegClock clock, gpointer data)
{
  self->clock = clock;
  self->clock_data = data;
}

gint64
reg_engine_get_now (RegEngine *self)
{
  return self->clock (self->clock_data);
}

/* Seconds to wait after so many attempts: 5, 10, 20 … up to a quarter of an hour, a fifth more or
 * less so that many clients do not come back at once. What the LMS asks for is never cut. */
gint64
reg_engine_get_delay (RegEngine *self, guint attempts, guint retry_after)
{
  gint64 delay = FIRST_DELAY;

  if (retry_after > 0)
    return MIN (retry_after + g_rand_int_range (self->rand, 0, 3), REG_ENGINE_MAX_DELAY);
  for (guint i = 1; i < attempts && delay < LONGEST_DELAY; i++)
    delay *= 2;
  delay = MIN (delay, LONGEST_DELAY);
  return MAX (1, (gint64)(delay * g_rand_double_range (self->rand, 0.8, 1.2)));
}

void
reg_engine_run_tell (RegEngineRun *run, RegSyncPhase phase, gint64 done, gint64 total)
{
  if (run->progress != NULL)
    run->progress (phase, done, total, run->progress_data);
}

static gboolean
run_steps (RegEngineRun *run, RegSyncFlags flags, GError **error)
{
  RegEngine *self = run->engine;
  g_autoptr (RegSite) site = NULL;

  /* What an earlier run had sent when it was ended has no answer any more. */
  if (!reg_store_mark_interrupted (self->store, error))
    return FALSE;
  reg_engine_run_tell (run, REG_SYNC_PHASE_CONNECTING, 0, 0);
  site = reg_lms_describe (self->lms, run->cancellable, error);
  if (site == NULL || !reg_account_set_site (self->store, site, error))
    return FALSE;
  run->max_operations = site->max_operations;
  run->page_size = site->page_size;
  /* Before the pull, which may bring what a lost answer was about. */
  if (!reg_engine_run_ask (run, error)
      || ((flags & REG_SYNC_PUSH) != 0 && !reg_engine_run_push (run, error)))
    return FALSE;
  return (flags & REG_SYNC_PULL) == 0 || reg_engine_run_pull (run, error);
}

/* Whether trying again later, without a person, may help. */
static gboolean
is_passing (const GError *cause)
{
  return g_error_matches (cause, REG_LMS_ERROR, REG_LMS_ERROR_UNREACHABLE)
         || g_error_matches (cause, REG_LMS_ERROR, REG_LMS_ERROR_BUSY)
         || g_error_matches (cause, REG_LMS_ERROR, REG_LMS_ERROR_GARBLED);
}

static gboolean
fill_report (RegEngineRun *run, const GError *cause, GError **error)
{
  RegEngine *self = run->engine;
  RegSyncReport *report = run->report;
  gint64 counts[REG_N_CHANGE_STATES] = { 0 };
  gint64 now = reg_engine_get_now (self);
  gint64 next = 0;

  if (!reg_store_count_changes (self->store, counts, error))
    return FALSE;
  report->n_left =
      counts[REG_CHANGE_PENDING] + counts[REG_CHANGE_SENDING] + counts[REG_CHANGE_UNKNOWN];
  report->n_attention = counts[REG_CHANGE_REJECTED] + counts[REG_CHANGE_CONFLICT];
  if (cause == NULL)
    {
      self->n_failures = 0;
      if (report->n_left > 0 && !reg_store_get_next_attempt (self->store, now, &next, error))
        return FALSE;
    }
  else if (is_passing (cause))
    {
      self->n_failures++;
      next =
          now + reg_engine_get_delay (self, self->n_failures, reg_lms_get_retry_after (self->lms));
    }
  report->retry_at = next;
  return TRUE;
}

/**
 * reg_engine_run:
 * @flags: what to do
 * @report: (out caller-allocates): what was done, also where an error ended it
 * @progress: (nullable): called on this thread
 *
 * Pushes what waits, then pulls what changed. Whatever happens, each change stands in the outbox in
 * the state that is known of it, and a later run goes on from there.
 *
 * Returns: %TRUE where the run came to its end; %FALSE with a REG_LMS_ERROR, a REG_STORE_ERROR or
 *   G_IO_ERROR_CANCELLED
 */
gboolean
reg_engine_run (RegEngine *self,
                RegSyncFlags flags,
                RegSyncReport *report,
                RegSyncProgress progress,
                gpointer progress_data,
                GCancellable *cancellable,
                GError **error)
{
  RegSyncReport unused;
  RegEngineRun run = {
    .engine = self,
    .report = report != NULL ? report : &unused,
    .progress = progress,
    .progress_data = progress_data,
    .cancellable = cancellable,
  };
  GError *cause = NULL;
  g_autoptr (GError) report_error = NULL;

  *run.report = (RegSyncReport){ 0 };
  if (!run_steps (&run, flags, &cause))
    g_assert (cause != NULL);
  if (!fill_report (&run, cause, &report_error) && cause == NULL)
    cause = g_steal_pointer (&report_error);
  if (cause == NULL)
    return TRUE;
  g_propagate_error (error, cause);
  return FALSE;
}
