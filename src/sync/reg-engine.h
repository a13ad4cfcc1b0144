/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sync: push what waits, then pull what changed. Linear blocking code on one thread (the sync
 * worker, or the command line's main thread); DESIGN's sync contract is what its tests assert. */
#pragma once

#include "lms/reg-lms.h"
#include "store/reg-store.h"

G_BEGIN_DECLS

typedef enum
{
  REG_SYNC_PUSH = 1 << 0,
  REG_SYNC_PULL = 1 << 1,
} RegSyncFlags;

typedef enum
{
  REG_SYNC_PHASE_CONNECTING,
  REG_SYNC_PHASE_ASKING, /* resolving lost answers */
  REG_SYNC_PHASE_PUSHING,
  REG_SYNC_PHASE_PULLING,
} RegSyncPhase;

/**
 * RegSyncReport:
 * @n_left: changes that still wait (not before a time, or blocked)
 * @n_attention: changes that wait for a person (rejected and conflicts), in all
 * @retry_at: unix seconds when the engine should be run again, 0 for no need
 */
typedef struct
{
  gint64 n_applied;
  gint64 n_skipped;
  gint64 n_rejected;
  gint64 n_conflicts;
  gint64 n_left;
  gint64 n_attention;
  gint64 n_pulled;
  gint64 retry_at;
} RegSyncReport;

/* total is 0 where it is not known */
typedef void (*RegSyncProgress) (RegSyncPhase phase, gint64 done, gint64 total, gpointer data);

/* Unix seconds; injected so that tests can move it. */
typedef gint64 (*RegClock) (gpointer data);

typedef struct _RegEngine RegEngine;

RegEngine *reg_engine_new (RegStore *store, RegLms *lms);
void reg_engine_free (RegEngine *self);
void reg_engine_set_clock (RegEngine *self, RegClock clock, gpointer data);
gboolean reg_engine_run (RegEngine *self,
                         RegSyncFlags flags,
                         RegSyncReport *report,
                         RegSyncProgress progress,
                         gpointer progress_data,
                         GCancellable *cancellable,
                         GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RegEngine, reg_engine_free)

G_END_DECLS
