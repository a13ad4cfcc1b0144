/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One owned, named thread with a queue: work runs in the order it was asked for, urgent work first.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _RegWorker RegWorker;

/* Runs on the worker; returns its result through the task (g_task_return_…). */
typedef void (*RegWorkerFunc) (GTask *task, gpointer data);

RegWorker *reg_worker_new (const char *name);
/* Waits for the running work, drops what is queued (their tasks return CANCELLED), ends the thread.
 */
void reg_worker_stop (RegWorker *self);
void reg_worker_free (RegWorker *self);
void reg_worker_push (RegWorker *self,
                      GTask *task,
                      RegWorkerFunc func,
                      gpointer data,
                      GDestroyNotify destroy);
void reg_worker_push_urgent (RegWorker *self,
                             GTask *task,
                             RegWorkerFunc func,
                             gpointer data,
                             GDestroyNotify destroy);
gboolean reg_worker_is_current (RegWorker *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RegWorker, reg_worker_free)

G_END_DECLS
