/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sync/reg-engine.h"

G_BEGIN_DECLS

/* Seconds: no wait is longer. The store takes a time that lies more than a day ahead for that of a
 * clock that was moved back. */
#define REG_ENGINE_MAX_DELAY 3600

struct _RegEngine
{
  RegStore *store;
  RegLms *lms;
  RegClock clock;
  gpointer clock_data;
  GRand *rand;
  guint n_failures; /* runs in a row that the LMS did not answer */
};

/**
 * RegEngineRun:
 * @n_lost: answers lost so far
 * @n_to_send: for the progress
 *
 * One run of the engine.
 */
typedef struct
{
  RegEngine *engine;
  RegSyncReport *report;
  RegSyncProgress progress;
  gpointer progress_data;
  GCancellable *cancellable;
  guint max_operations;
  guint page_size;
  guint n_lost;
  gint64 n_sent;
  gint64 n_to_send;
} RegEngineRun;

gint64 reg_engine_get_now (RegEngine *self);
gint64 reg_engine_get_delay (RegEngine *self, guint attempts, guint retry_after);
void reg_engine_run_tell (RegEngineRun *run, RegSyncPhase phase, gint64 done, gint64 total);

gboolean reg_engine_run_ask (RegEngineRun *run, GError **error);
gboolean reg_engine_run_push (RegEngineRun *run, GError **error);
gboolean reg_engine_run_pull (RegEngineRun *run, GError **error);

G_END_DECLS
