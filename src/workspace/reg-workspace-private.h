/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/reg-worker.h"
#include "workspace/reg-workspace.h"

G_BEGIN_DECLS

typedef struct _RegWorkspaceEvents RegWorkspaceEvents;

struct _RegWorkspace
{
  GObject parent_instance;

  /* Main thread. */
  RegAccount *account;
  RegSite *site;
  char *token;
  char *notice;
  char *today;
  RegStore *store;
  RegWorker *writer;
  RegWorker *reader;
  RegWorker *syncer;
  RegWorker *fetcher; /* (nullable): made when it is first needed */
  GCancellable *fetch_cancellable;
  RegWorker *errand; /* (nullable): made when it is first needed */
  GCancellable *errand_cancellable;
  RegWorkspaceEvents *events;
  GArray *instructed; /* (element-type gint64): courses the person signed in is an instructor of */
  gboolean closed;

  /* Main thread: sync. */
  RegSyncStateKind sync_state;
  char *sync_message;
  RegProgress *progress;
  gint64 n_waiting;
  gint64 n_attention;
  gint64 last_sync;
  gboolean work_offline;
  gboolean again;
  guint n_failures;
  guint sync_timeout;
  gint64 sync_timeout_at;
  guint interval_timeout;
  gulong network_handler;

  /* Only the sync worker touches these while it runs. */
  RegEngine *engine;
  RegLms *lms;
  char *engine_token;
};

/* reg-workspace.c */
void reg_workspace_notify_sync (RegWorkspace *self,
                                RegSyncStateKind state,
                                const char *message,
                                RegProgress *progress);
void reg_workspace_notify_synced (RegWorkspace *self, const RegSyncReport *report);
void reg_workspace_notify_work_offline (RegWorkspace *self);

/* reg-workspace-work.c: progress: (nullable), as the data of the first one */
void reg_workspace_on_rows_progress (gint64 done, gint64 total, gpointer progress);
GCancellable *reg_workspace_get_cancellable (RegProgress *progress);

/* reg-workspace-work.c */
void reg_workspace_stop_errands (RegWorkspace *self);

/* Rows of the local copy, or who may do what with them, are different. */
void reg_workspace_emit_changed (RegWorkspace *self, const RegStoreEvent *event);
void reg_workspace_take_n_waiting (RegWorkspace *self, gint64 n);

/* reg-workspace-steps.c: a step of who is signed in, now; the title is borrowed */
RegStep reg_workspace_make_step (RegWorkspace *self, const char *title);
void reg_workspace_step_result_free (gpointer result);

/* reg-workspace-actor.c */
GArray *reg_workspace_read_instructed (RegStore *store, const RegSite *site, GError **error);
void reg_workspace_look_up_instructed (RegWorkspace *self);
void reg_workspace_take_site (RegWorkspace *self, RegSite *site);

/* reg-workspace-fetch.c */
void reg_workspace_stop_fetching (RegWorkspace *self);

/* reg-workspace-sync.c */
void reg_workspace_start_sync (RegWorkspace *self);
void reg_workspace_stop_sync (RegWorkspace *self);
void reg_workspace_free_engine (RegWorkspace *self);
void reg_workspace_outbox_counted (RegWorkspace *self);

G_END_DECLS
