/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Threads: every function may be called from any thread; work runs on the worker's own. A task's
 * data is only freed on the thread that asked, because GTask returns there. */
#define G_LOG_DOMAIN "reg-base"

#include "base/reg-worker.h"

typedef struct
{
  GTask *task;
  RegWorkerFunc func;
  gpointer data;
  GDestroyNotify destroy;
} Work;

struct _RegWorker
{
  GThread *thread;
  GMutex lock;
  GCond changed;

  /* Under the lock. */
  GQueue queue;
  gboolean stopping;
};

static gboolean
on_drop_cb (gpointer data)
{
  return G_SOURCE_REMOVE;
}

static void
work_free (Work *work)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  if (work->destroy != NULL)
    work->destroy (work->data);
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, on_drop_cb, work->task, g_object_unref);
  g_source_attach (source, g_task_get_context (work->task));
  g_free (work);
}

static gpointer
run (gpointer data)
{
  RegWorker *self = data;

  for (;;)
    {
      Work *work;

      g_mutex_lock (&self->lock);
      while (self->queue.length == 0 && !self->stopping)
        g_cond_wait (&self->changed, &self->lock);
      work = g_queue_pop_head (&self->queue);
      g_mutex_unlock (&self->lock);
      if (work == NULL)
        return NULL;
      if (!g_task_return_error_if_cancelled (work->task))
        work->func (work->task, work->data);
      work_free (work);
    }
}

/**
 * reg_worker_new:
 * @name: name of the thread, at most 15 bytes
 *
 * Returns: (transfer full): a worker, its thread running
 */
RegWorker *
reg_worker_new (const char *name)
{
  RegWorker *self = g_new0 (RegWorker, 1);

  g_mutex_init (&self->lock);
  g_cond_init (&self->changed);
  g_queue_init (&self->queue);
  self->thread = g_thread_new (name, run, self);
  return self;
}

/**
 * reg_worker_stop:
 * @self: a worker
 *
 * Waits for the work that runs, drops what is queued (its tasks return G_IO_ERROR_CANCELLED) and
 * ends the thread. Work pushed later is dropped too. Not to be called on the worker itself.
 */
void
reg_worker_stop (RegWorker *self)
{
  GQueue dropped = G_QUEUE_INIT;
  Work *work;

  g_mutex_lock (&self->lock);
  self->stopping = TRUE;
  dropped = self->queue;
  g_queue_init (&self->queue);
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->lock);
  while ((work = g_queue_pop_head (&dropped)) != NULL)
    {
      g_task_return_new_error (work->task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Closed");
      work_free (work);
    }
  if (self->thread != NULL)
    g_thread_join (g_steal_pointer (&self->thread));
}

void
reg_worker_free (RegWorker *self)
{
  reg_worker_stop (self);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->changed);
  g_free (self);
}

static void
push (RegWorker *self,
      GTask *task,
      RegWorkerFunc func,
      gpointer data,
      GDestroyNotify destroy,
      gboolean urgent)
{
  Work *work = g_new (Work, 1);

  *work = (Work){ g_object_ref (task), func, data, destroy };
  g_mutex_lock (&self->lock);
  if (!self->stopping)
    {
      if (urgent)
        g_queue_push_head (&self->queue, work);
      else
        g_queue_push_tail (&self->queue, work);
      g_cond_signal (&self->changed);
      work = NULL;
    }
  g_mutex_unlock (&self->lock);
  if (work != NULL)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Closed");
      work_free (work);
    }
}

/**
 * reg_worker_push:
 * @self: a worker
 * @task: what @func returns its result through; its cancellable is looked at before it runs
 * @func: the work
 * @data: for @func
 * @destroy: (nullable): frees @data, on the worker
 *
 * Queues work behind what is queued already.
 */
void
reg_worker_push (RegWorker *self,
                 GTask *task,
                 RegWorkerFunc func,
                 gpointer data,
                 GDestroyNotify destroy)
{
  push (self, task, func, data, destroy, FALSE);
}

/**
 * reg_worker_push_urgent:
 * @self: a worker
 * @task: what @func returns its result through
 * @func: the work
 * @data: for @func
 * @destroy: (nullable): frees @data, on the worker
 *
 * Queues work before everything that is queued: pages a person is looking at.
 */
void
reg_worker_push_urgent (RegWorker *self,
                        GTask *task,
                        RegWorkerFunc func,
                        gpointer data,
                        GDestroyNotify destroy)
{
  push (self, task, func, data, destroy, TRUE);
}

gboolean
reg_worker_is_current (RegWorker *self)
{
  return self->thread == g_thread_self ();
}
