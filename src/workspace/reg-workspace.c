/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Threads: a RegWorkspace is made, used and freed on the main thread. Work is handed to its three
 * workers; what they need of it travels in the task's data, never the object itself. */
#define G_LOG_DOMAIN "reg-workspace"

#include "workspace/reg-workspace-private.h"

#include "rules/reg-text.h"

#include <glib/gi18n-lib.h>

enum
{
  CHANGED,
  SYNCED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

typedef enum
{
  PROP_SYNC_STATE = 1,
  PROP_SYNC_MESSAGE,
  PROP_WORK_OFFLINE,
  PROP_N_WAITING,
  PROP_N_ATTENTION,
  PROP_LAST_SYNC,
  PROP_PROGRESS,
} RegWorkspaceProperty;

static GParamSpec *properties[PROP_PROGRESS + 1];

G_DEFINE_FINAL_TYPE (RegWorkspace, reg_workspace, G_TYPE_OBJECT)

/* What the store says changed, gathered until the main thread looks. Shared with the writing
 * threads. */
struct _RegWorkspaceEvents
{
  gatomicrefcount refs;
  GMutex lock;
  GWeakRef workspace;

  /* Under the lock. */
  RegStoreEvent gathered;
  gboolean queued;
};

static void
events_unref (RegWorkspaceEvents *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_weak_ref_clear (&self->workspace);
  g_mutex_clear (&self->lock);
  g_free (self);
}

/* Whoever shows the number hears of it, however it became known. */
void
reg_workspace_take_n_waiting (RegWorkspace *self, gint64 n)
{
  if (self->n_waiting == n)
    return;
  self->n_waiting = n;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_WAITING]);
}

static void
on_counted_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RegWorkspace) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree gint64 *counts = reg_workspace_run_finish (self, result, &error);
  gint64 waiting, attention;

  if (counts == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_warning ("Cannot count the pending changes: %s", error->message);
      return;
    }
  waiting = counts[REG_CHANGE_PENDING] + counts[REG_CHANGE_SENDING] + counts[REG_CHANGE_UNKNOWN];
  attention = counts[REG_CHANGE_REJECTED] + counts[REG_CHANGE_CONFLICT];
  reg_workspace_take_n_waiting (self, waiting);
  if (self->n_attention != attention)
    {
      self->n_attention = attention;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_ATTENTION]);
    }
  reg_workspace_outbox_counted (self);
}

static gpointer
count_changes (RegStore *store, gpointer data, RegProgress *progress, GError **error)
{
  g_autofree gint64 *counts = g_new0 (gint64, REG_N_CHANGE_STATES);

  if (!reg_store_count_changes (store, counts, error))
    return NULL;
  return g_steal_pointer (&counts);
}

static void
count_outbox (RegWorkspace *self)
{
  reg_workspace_run_async (self, FALSE, count_changes, NULL, NULL, g_free, NULL, on_counted_cb,
                           g_object_ref (self));
}

void
reg_workspace_emit_changed (RegWorkspace *self, const RegStoreEvent *event)
{
  g_signal_emit (self, signals[CHANGED], 0, event->users, event->courses || event->labels,
                 event->enrollments, event->outbox, event->runs);
}

static gboolean
on_events_gathered_cb (gpointer data)
{
  RegWorkspaceEvents *events = data;
  g_autoptr (RegWorkspace) self = g_weak_ref_get (&events->workspace);
  RegStoreEvent event;

  g_mutex_lock (&events->lock);
  event = events->gathered;
  events->gathered = (RegStoreEvent){ 0 };
  events->queued = FALSE;
  g_mutex_unlock (&events->lock);
  if (self == NULL || self->closed)
    return G_SOURCE_REMOVE;
  if (event.outbox)
    count_outbox (self);
  if (event.enrollments)
    reg_workspace_look_up_instructed (self);
  reg_workspace_emit_changed (self, &event);
  return G_SOURCE_REMOVE;
}

/* On the writing thread. */
static void
on_store_changed (RegStore *store, const RegStoreEvent *event, gpointer data)
{
  RegWorkspaceEvents *events = data;
  RegStoreEvent *all = &events->gathered;

  g_mutex_lock (&events->lock);
  all->users |= event->users;
  all->courses |= event->courses;
  all->labels |= event->labels;
  all->enrollments |= event->enrollments;
  all->outbox |= event->outbox;
  all->runs |= event->runs;
  if (!events->queued)
    {
      events->queued = TRUE;
      g_atomic_ref_count_inc (&events->refs);
      g_idle_add_full (G_PRIORITY_DEFAULT, on_events_gathered_cb, events,
                       (GDestroyNotify)events_unref);
    }
  g_mutex_unlock (&events->lock);
}

static void
reg_workspace_dispose (GObject *object)
{
  reg_workspace_close (REG_WORKSPACE (object));
  G_OBJECT_CLASS (reg_workspace_parent_class)->dispose (object);
}

static void
reg_workspace_finalize (GObject *object)
{
  RegWorkspace *self = REG_WORKSPACE (object);

  g_clear_pointer (&self->events, events_unref);
  g_clear_pointer (&self->store, reg_store_unref);
  g_clear_pointer (&self->account, reg_account_free);
  g_clear_pointer (&self->site, reg_site_free);
  g_clear_pointer (&self->instructed, g_array_unref);
  g_free (self->token);
  g_free (self->sync_message);
  g_free (self->notice);
  g_free (self->today);
  G_OBJECT_CLASS (reg_workspace_parent_class)->finalize (object);
}

static void
reg_workspace_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  RegWorkspace *self = REG_WORKSPACE (object);

  switch ((RegWorkspaceProperty)id)
    {
    case PROP_SYNC_STATE:
      g_value_set_int (value, self->sync_state);
      return;
    case PROP_SYNC_MESSAGE:
      g_value_set_string (value, self->sync_message);
      return;
    case PROP_WORK_OFFLINE:
      g_value_set_boolean (value, self->work_offline);
      return;
    case PROP_N_WAITING:
      g_value_set_int64 (value, self->n_waiting);
      return;
    case PROP_N_ATTENTION:
      g_value_set_int64 (value, self->n_attention);
      return;
    case PROP_LAST_SYNC:
      g_value_set_int64 (value, self->last_sync);
      return;
    case PROP_PROGRESS:
      g_value_set_object (value, self->progress);
      return;
    }
  G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
reg_workspace_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_WORK_OFFLINE)
    reg_workspace_set_work_offline (REG_WORKSPACE (object), g_value_get_boolean (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
reg_workspace_class_init (RegWorkspaceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags readable = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->dispose = reg_workspace_dispose;
  object_class->finalize = reg_workspace_finalize;
  object_class->get_property = reg_workspace_get_property;
  object_class->set_property = reg_workspace_set_property;

  properties[PROP_SYNC_STATE] = g_param_spec_int (
      "sync-state", NULL, NULL, 0, REG_SYNC_STATE_FAILED, REG_SYNC_STATE_IDLE, readable);
  properties[PROP_SYNC_MESSAGE] = g_param_spec_string ("sync-message", NULL, NULL, NULL, readable);
  properties[PROP_WORK_OFFLINE] =
      g_param_spec_boolean ("work-offline", NULL, NULL, FALSE, readable | G_PARAM_WRITABLE);
  properties[PROP_N_WAITING] =
      g_param_spec_int64 ("n-waiting", NULL, NULL, 0, G_MAXINT64, 0, readable);
  properties[PROP_N_ATTENTION] =
      g_param_spec_int64 ("n-attention", NULL, NULL, 0, G_MAXINT64, 0, readable);
  properties[PROP_LAST_SYNC] =
      g_param_spec_int64 ("last-sync", NULL, NULL, 0, G_MAXINT64, 0, readable);
  properties[PROP_PROGRESS] =
      g_param_spec_object ("progress", NULL, NULL, REG_TYPE_PROGRESS, readable);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  /**
   * RegWorkspace::changed:
   * @users: whether users changed
   * @courses: whether courses, sessions, pools or labels changed
   * @enrollments: whether enrollments changed
   * @outbox: whether pending changes changed
   * @runs: whether import runs changed
   *
   * Rows of the local copy are different: query again.
   */
  signals[CHANGED] = g_signal_new ("changed", REG_TYPE_WORKSPACE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 5, G_TYPE_BOOLEAN, G_TYPE_BOOLEAN,
                                   G_TYPE_BOOLEAN, G_TYPE_BOOLEAN, G_TYPE_BOOLEAN);

  /**
   * RegWorkspace::synced:
   * @report: (type gpointer): the RegSyncReport, valid during the emission
   *
   * A sync run ended well.
   */
  signals[SYNCED] = g_signal_new ("synced", REG_TYPE_WORKSPACE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static void
reg_workspace_init (RegWorkspace *self)
{
  self->writer = reg_worker_new ("reg-store");
  self->reader = reg_worker_new ("reg-reader");
  self->syncer = reg_worker_new ("reg-sync");
  self->events = g_new0 (RegWorkspaceEvents, 1);
  g_atomic_ref_count_init (&self->events->refs);
  g_mutex_init (&self->events->lock);
  g_weak_ref_init (&self->events->workspace, self);
}

typedef struct
{
  char *path;
  RegStore *store;
  RegSite *site;
  GArray *instructed;
  char *notice;
} Opening;

static void
opening_free (Opening *opening)
{
  g_free (opening->path);
  g_clear_pointer (&opening->store, reg_store_unref);
  g_clear_pointer (&opening->site, reg_site_free);
  g_clear_pointer (&opening->instructed, g_array_unref);
  g_free (opening->notice);
  g_free (opening);
}

static RegStore *
open_or_salvage (Opening *opening, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autofree char *backup = NULL;
  RegStore *store = reg_store_open (opening->path, &local);
  guint n_saved = 0;

  if (store != NULL || !g_error_matches (local, REG_STORE_ERROR, REG_STORE_ERROR_CORRUPT))
    {
      if (store == NULL)
        g_propagate_error (error, g_steal_pointer (&local));
      return store;
    }
  store = reg_store_salvage (opening->path, &backup, &n_saved, error);
  if (store != NULL)
    opening->notice = g_strdup_printf (
        ngettext ("The local copy could not be read and is made anew from the LMS. %u change was "
                  "saved. The damaged file was kept as %s.",
                  "The local copy could not be read and is made anew from the LMS. %u changes were "
                  "saved. The damaged file was kept as %s.",
                  n_saved),
        n_saved, backup);
  return store;
}

static void
open_work (GTask *task, gpointer data)
{
  Opening *opening = g_task_get_task_data (task);
  GError *error = NULL;

  opening->store = open_or_salvage (opening, &error);
  if (opening->store != NULL)
    opening->site = reg_account_dup_site (opening->store, &error);
  if (error == NULL)
    opening->instructed = reg_workspace_read_instructed (opening->store, opening->site, &error);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

/**
 * reg_workspace_open_async:
 * @account: whose local copy is opened; copied
 * @token: (nullable): the account's token, or %NULL to work offline with what is there
 * @cancellable: (nullable): a cancellable
 * @callback: called on the main thread
 * @data: for @callback
 *
 * Opens the database on the store worker. A database that cannot be read is salvaged first; see
 * reg_workspace_get_notice ().
 */
void
reg_workspace_open_async (RegAccount *account,
                          const char *token,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer data)
{
  g_autoptr (RegWorkspace) self = g_object_new (REG_TYPE_WORKSPACE, NULL);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, data);
  Opening *opening = g_new0 (Opening, 1);

  self->account = g_new0 (RegAccount, 1);
  self->account->id = g_strdup (account->id);
  self->account->kind = g_strdup (account->kind);
  self->account->url = g_strdup (account->url);
  self->account->database = g_strdup (account->database);
  self->token = g_strdup (token);
  opening->path = g_strdup (account->database);
  g_task_set_task_data (task, opening, (GDestroyNotify)opening_free);
  reg_worker_push (self->writer, task, open_work, NULL, NULL);
}

/**
 * reg_workspace_open_finish:
 * @result: what the callback got
 * @error: return location
 *
 * Returns: (transfer full): the workspace, or %NULL with a REG_STORE_ERROR
 */
RegWorkspace *
reg_workspace_open_finish (GAsyncResult *result, GError **error)
{
  RegWorkspace *self = REG_WORKSPACE (g_task_get_source_object (G_TASK (result)));
  Opening *opening = g_task_get_task_data (G_TASK (result));

  if (!g_task_propagate_boolean (G_TASK (result), error))
    {
      reg_workspace_close (self);
      return NULL;
    }
  self->store = g_steal_pointer (&opening->store);
  self->site = g_steal_pointer (&opening->site);
  self->instructed = g_steal_pointer (&opening->instructed);
  self->notice = g_steal_pointer (&opening->notice);
  g_atomic_ref_count_inc (&self->events->refs);
  reg_store_set_notify (self->store, on_store_changed, self->events, (GDestroyNotify)events_unref);
  count_outbox (self);
  reg_workspace_start_sync (self);
  return g_object_ref (self);
}

/**
 * reg_workspace_close:
 * @self: a workspace
 *
 * Cancels what runs, waits for the workers and drops what is queued. Nothing is lost: what was
 * saved is on disk, and what was being sent is asked for at the next start.
 */
void
reg_workspace_close (RegWorkspace *self)
{
  if (self->closed)
    return;
  self->closed = TRUE;
  reg_workspace_stop_sync (self);
  reg_workspace_stop_fetching (self);
  reg_workspace_stop_errands (self);
  reg_worker_free (g_steal_pointer (&self->syncer));
  reg_workspace_free_engine (self);
  reg_worker_free (g_steal_pointer (&self->writer));
  reg_worker_free (g_steal_pointer (&self->reader));
  if (self->store != NULL)
    reg_store_set_notify (self->store, NULL, NULL, NULL);
  g_clear_pointer (&self->store, reg_store_unref);
}

void
reg_workspace_notify_sync (RegWorkspace *self,
                           RegSyncStateKind state,
                           const char *message,
                           RegProgress *progress)
{
  GObject *object = G_OBJECT (self);

  g_object_freeze_notify (object);
  if (self->sync_state != state)
    {
      self->sync_state = state;
      g_object_notify_by_pspec (object, properties[PROP_SYNC_STATE]);
    }
  if (g_strcmp0 (self->sync_message, message) != 0)
    {
      g_free (self->sync_message);
      self->sync_message = g_strdup (message);
      g_object_notify_by_pspec (object, properties[PROP_SYNC_MESSAGE]);
    }
  if (g_set_object (&self->progress, progress))
    g_object_notify_by_pspec (object, properties[PROP_PROGRESS]);
  g_object_thaw_notify (object);
}

void
reg_workspace_notify_synced (RegWorkspace *self, const RegSyncReport *report)
{
  self->last_sync = g_get_real_time () / G_USEC_PER_SEC;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LAST_SYNC]);
  g_signal_emit (self, signals[SYNCED], 0, report);
}

void
reg_workspace_notify_work_offline (RegWorkspace *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_WORK_OFFLINE]);
}

const RegAccount *
reg_workspace_get_account (RegWorkspace *self)
{
  return self->account;
}

const RegSite *
reg_workspace_get_site (RegWorkspace *self)
{
  return self->site;
}

RegRole
reg_workspace_get_actor_role (RegWorkspace *self)
{
  return self->site != NULL ? self->site->actor_role : REG_ROLE_LEARNER;
}

gint64
reg_workspace_get_actor_id (RegWorkspace *self)
{
  return self->site != NULL ? self->site->actor_id : 0;
}

/**
 * reg_workspace_get_today:
 * @self: a workspace
 *
 * Returns: (transfer none): today in the site's time zone, YYYY-MM-DD; valid until the next call
 */
const char *
reg_workspace_get_today (RegWorkspace *self)
{
  g_free (self->today);
  self->today = reg_date_from_time (g_get_real_time () / G_USEC_PER_SEC,
                                    self->site != NULL ? self->site->time_zone : NULL);
  return self->today;
}

const char *
reg_workspace_get_notice (RegWorkspace *self)
{
  return self->notice;
}

RegSyncStateKind
reg_workspace_get_sync_state (RegWorkspace *self)
{
  return self->sync_state;
}

const char *
reg_workspace_get_sync_message (RegWorkspace *self)
{
  return self->sync_message;
}

gboolean
reg_workspace_get_work_offline (RegWorkspace *self)
{
  return self->work_offline;
}

gint64
reg_workspace_get_n_waiting (RegWorkspace *self)
{
  return self->n_waiting;
}

gint64
reg_workspace_get_n_attention (RegWorkspace *self)
{
  return self->n_attention;
}

gint64
reg_workspace_get_last_sync (RegWorkspace *self)
{
  return self->last_sync;
}

/**
 * reg_workspace_get_progress:
 * @self: a workspace
 *
 * Returns: (nullable) (transfer none): the progress of the sync that runs
 */
RegProgress *
reg_workspace_get_progress (RegWorkspace *self)
{
  return self->progress;
}
