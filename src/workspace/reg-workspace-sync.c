/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When to sync: a short pause after an edit, when the network is back, on an interval, and when
 * asked.
 *
 * Threads: main, but for sync_work () and what it calls, which run on the sync worker. */
#define G_LOG_DOMAIN "reg-workspace"

#include "workspace/reg-workspace-private.h"

#include <glib/gi18n-lib.h>

#define EDIT_PAUSE_S 2
#define INTERVAL_MINUTES 15
#define RETRY_MIN_S 10
#define RETRY_MAX_S (5 * 60)

typedef struct
{
  RegWorkspace *workspace; /* not owned; outlives the worker */
  RegStore *store;
  char *kind;
  char *url;
  char *token;
  RegProgress *progress;
  RegSyncReport report;
  RegSite *site;
} SyncRun;

static void
sync_run_free (SyncRun *run)
{
  reg_store_unref (run->store);
  g_free (run->kind);
  g_free (run->url);
  g_free (run->token);
  g_object_unref (run->progress);
  g_clear_pointer (&run->site, reg_site_free);
  g_free (run);
}

void
reg_workspace_free_engine (RegWorkspace *self)
{
  g_clear_pointer (&self->engine, reg_engine_free);
  g_clear_object (&self->lms);
  g_clear_pointer (&self->engine_token, g_free);
}

static const char *
get_phase_text (RegSyncPhase phase)
{
  switch (phase)
    {
    case REG_SYNC_PHASE_CONNECTING:
      return _ ("Connecting…");
    case REG_SYNC_PHASE_ASKING:
      return _ ("Asking what arrived…");
    case REG_SYNC_PHASE_PUSHING:
      return _ ("Sending changes…");
    case REG_SYNC_PHASE_PULLING:
      return _ ("Receiving…");
    }
  g_return_val_if_reached (NULL);
}

static void
on_sync_progress (RegSyncPhase phase, gint64 done, gint64 total, gpointer data)
{
  RegProgress *progress = data;

  reg_progress_set_text (progress, get_phase_text (phase));
  reg_progress_set (progress, done, total);
}

static gboolean
ensure_engine (SyncRun *run, GError **error)
{
  RegWorkspace *self = run->workspace;

  if (self->engine != NULL && g_strcmp0 (self->engine_token, run->token) == 0)
    return TRUE;
  reg_workspace_free_engine (self);
  self->lms = reg_lms_new (run->kind, run->url, run->token, error);
  if (self->lms == NULL)
    return FALSE;
  self->engine = reg_engine_new (run->store, self->lms);
  self->engine_token = g_strdup (run->token);
  return TRUE;
}

static void
sync_work (GTask *task, gpointer data)
{
  SyncRun *run = g_task_get_task_data (task);
  GError *error = NULL;

  if (!ensure_engine (run, &error)
      || !reg_engine_run (run->workspace->engine, REG_SYNC_PUSH | REG_SYNC_PULL, &run->report,
                          on_sync_progress, run->progress, g_task_get_cancellable (task), &error))
    {
      g_task_return_error (task, error);
      return;
    }
  run->site = reg_account_dup_site (run->store, &error);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static void schedule (RegWorkspace *self, guint seconds);

static RegSyncStateKind
get_resting_state (RegWorkspace *self)
{
  if (self->work_offline)
    return REG_SYNC_STATE_OFFLINE;
  return self->n_waiting > 0 ? REG_SYNC_STATE_WAITING : REG_SYNC_STATE_IDLE;
}

static void
sync_failed (RegWorkspace *self, const RegSyncReport *report, const GError *error)
{
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  guint pause = MIN (RETRY_MIN_S << MIN (self->n_failures, 8), RETRY_MAX_S);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      reg_workspace_notify_sync (self, get_resting_state (self), NULL, NULL);
      return;
    }
  if (g_error_matches (error, REG_LMS_ERROR, REG_LMS_ERROR_AUTH))
    {
      reg_workspace_notify_sync (self, REG_SYNC_STATE_SIGNED_OUT, error->message, NULL);
      return;
    }
  self->n_failures++;
  if (report->retry_at > now)
    pause = MAX (pause, (guint)MIN (report->retry_at - now, 3600));
  if (g_error_matches (error, REG_LMS_ERROR, REG_LMS_ERROR_UNREACHABLE)
      || g_error_matches (error, REG_LMS_ERROR, REG_LMS_ERROR_BUSY)
      || g_error_matches (error, REG_LMS_ERROR, REG_LMS_ERROR_GARBLED))
    {
      reg_workspace_notify_sync (self, REG_SYNC_STATE_UNREACHABLE, error->message, NULL);
      schedule (self, pause);
      return;
    }
  reg_workspace_notify_sync (self, REG_SYNC_STATE_FAILED, error->message, NULL);
}

static void
on_sync_done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RegWorkspace) self = data;
  SyncRun *run = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;

  if (self->closed)
    return;
  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      sync_failed (self, &run->report, error);
    }
  else
    {
      self->n_failures = 0;
      if (run->site != NULL)
        reg_workspace_take_site (self, g_steal_pointer (&run->site));
      reg_workspace_take_n_waiting (self, run->report.n_left);
      reg_workspace_notify_sync (self, get_resting_state (self), NULL, NULL);
      reg_workspace_notify_synced (self, &run->report);
      if (run->report.retry_at > 0)
        schedule (self, (guint)CLAMP (run->report.retry_at - now, 1, 3600));
    }
  if (self->again)
    {
      self->again = FALSE;
      reg_workspace_sync (self);
    }
}

/**
 * reg_workspace_sync:
 * @self: a workspace
 *
 * Syncs now. While a run is under way another one follows it; with "Work offline" on, or without a
 * token, nothing happens.
 */
void
reg_workspace_sync (RegWorkspace *self)
{
  g_autoptr (RegProgress) progress = NULL;
  g_autoptr (GTask) task = NULL;
  SyncRun *run;

  g_clear_handle_id (&self->sync_timeout, g_source_remove);
  if (self->closed || self->work_offline)
    return;
  if (self->token == NULL)
    {
      reg_workspace_notify_sync (self, REG_SYNC_STATE_SIGNED_OUT,
                                 _ ("Sign in to sync with the LMS."), NULL);
      return;
    }
  if (self->sync_state == REG_SYNC_STATE_SYNCING)
    {
      self->again = TRUE;
      return;
    }
  progress = reg_progress_new (_ ("Syncing"));
  run = g_new0 (SyncRun, 1);
  run->workspace = self;
  run->store = reg_store_ref (self->store);
  run->kind = g_strdup (self->account->kind);
  run->url = g_strdup (self->account->url);
  run->token = g_strdup (self->token);
  run->progress = g_object_ref (progress);
  task = g_task_new (NULL, reg_progress_get_cancellable (progress), on_sync_done_cb,
                     g_object_ref (self));
  g_task_set_task_data (task, run, (GDestroyNotify)sync_run_free);
  reg_workspace_notify_sync (self, REG_SYNC_STATE_SYNCING, NULL, progress);
  reg_worker_push (self->syncer, task, sync_work, NULL, NULL);
}

/**
 * reg_workspace_cancel_sync:
 * @self: a workspace
 *
 * Stops the run that is under way. What was sent without an answer is asked for by the next one.
 */
void
reg_workspace_cancel_sync (RegWorkspace *self)
{
  self->again = FALSE;
  if (self->progress != NULL)
    reg_progress_cancel (self->progress);
}

static gboolean
on_time_to_sync_cb (gpointer data)
{
  RegWorkspace *self = data;

  self->sync_timeout = 0;
  reg_workspace_sync (self);
  return G_SOURCE_REMOVE;
}

/* Syncs in so many seconds, or earlier where that was asked for before. */
static void
schedule (RegWorkspace *self, guint seconds)
{
  gint64 at = g_get_monotonic_time () + (gint64)seconds * G_USEC_PER_SEC;

  if (self->work_offline || self->closed)
    return;
  if (self->sync_timeout != 0)
    {
      if (self->sync_timeout_at <= at)
        return;
      g_source_remove (self->sync_timeout);
    }
  self->sync_timeout_at = at;
  self->sync_timeout = g_timeout_add_seconds (seconds, on_time_to_sync_cb, self);
}

/* The number of waiting changes is known anew: after an edit they go out by themselves. */
void
reg_workspace_outbox_counted (RegWorkspace *self)
{
  switch (self->sync_state)
    {
    case REG_SYNC_STATE_IDLE:
    case REG_SYNC_STATE_WAITING:
      reg_workspace_notify_sync (self, get_resting_state (self), self->sync_message, NULL);
      if (self->n_waiting > 0)
        schedule (self, EDIT_PAUSE_S);
      return;
    case REG_SYNC_STATE_SYNCING:
    case REG_SYNC_STATE_OFFLINE:
    case REG_SYNC_STATE_UNREACHABLE:
    case REG_SYNC_STATE_SIGNED_OUT:
    case REG_SYNC_STATE_FAILED:
      return;
    }
}

/**
 * reg_workspace_set_work_offline:
 * @self: a workspace
 * @offline: whether changes are held back
 *
 * "Work offline": everything waits on this computer until it is switched off again.
 */
void
reg_workspace_set_work_offline (RegWorkspace *self, gboolean offline)
{
  if (self->work_offline == offline)
    return;
  self->work_offline = offline;
  reg_workspace_notify_work_offline (self);
  if (offline)
    {
      g_clear_handle_id (&self->sync_timeout, g_source_remove);
      reg_workspace_cancel_sync (self);
      if (self->sync_state != REG_SYNC_STATE_SYNCING)
        reg_workspace_notify_sync (self, REG_SYNC_STATE_OFFLINE, NULL, NULL);
    }
  else
    {
      if (self->sync_state == REG_SYNC_STATE_OFFLINE)
        reg_workspace_notify_sync (self, get_resting_state (self), NULL, NULL);
      reg_workspace_sync (self);
    }
}

/**
 * reg_workspace_sign_in:
 * @self: a workspace
 * @token: a new token
 *
 * Goes on with another token after the LMS refused the old one. What waits is sent with it.
 */
void
reg_workspace_sign_in (RegWorkspace *self, const char *token)
{
  g_free (self->token);
  self->token = g_strdup (token);
  self->n_failures = 0;
  reg_workspace_sync (self);
}

static gboolean
on_interval_cb (gpointer data)
{
  RegWorkspace *self = data;

  if (self->sync_state != REG_SYNC_STATE_SIGNED_OUT)
    reg_workspace_sync (self);
  return G_SOURCE_CONTINUE;
}

/**
 * reg_workspace_set_sync_interval:
 * @self: a workspace
 * @minutes: how long it waits between two looks at the LMS of its own accord, from 1
 */
void
reg_workspace_set_sync_interval (RegWorkspace *self, guint minutes)
{
  g_return_if_fail (minutes > 0);

  g_clear_handle_id (&self->interval_timeout, g_source_remove);
  if (!self->closed)
    self->interval_timeout = g_timeout_add_seconds (minutes * 60, on_interval_cb, self);
}

static void
on_network_changed_cb (GNetworkMonitor *monitor, gboolean available, RegWorkspace *self)
{
  if (available && self->sync_state != REG_SYNC_STATE_SIGNED_OUT)
    schedule (self, EDIT_PAUSE_S);
}

void
reg_workspace_start_sync (RegWorkspace *self)
{
  reg_workspace_set_sync_interval (self, INTERVAL_MINUTES);
  self->network_handler = g_signal_connect (g_network_monitor_get_default (), "network-changed",
                                            G_CALLBACK (on_network_changed_cb), self);
  if (self->work_offline)
    reg_workspace_notify_sync (self, REG_SYNC_STATE_OFFLINE, NULL, NULL);
  else if (self->token == NULL)
    reg_workspace_sync (self);
  else
    {
      /* Not at once: whoever opens the workspace may first say that it is to work offline. */
      self->sync_timeout_at = g_get_monotonic_time ();
      self->sync_timeout = g_idle_add (on_time_to_sync_cb, self);
    }
}

void
reg_workspace_stop_sync (RegWorkspace *self)
{
  reg_workspace_cancel_sync (self);
  g_clear_handle_id (&self->sync_timeout, g_source_remove);
  g_clear_handle_id (&self->interval_timeout, g_source_remove);
  g_clear_signal_handler (&self->network_handler, g_network_monitor_get_default ());
  g_clear_object (&self->progress);
}
