/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Threads: setters and getters on any thread; "changed" is emitted on the default main context, at
 * most some ten times a second. */
#define G_LOG_DOMAIN "reg-base"

#include "base/reg-progress.h"

#define INTERVAL_MS 80

struct _RegProgress
{
  GObject parent_instance;

  char *title;
  GCancellable *cancellable;

  /* Shared between threads, under the lock. */
  GMutex lock;
  gint64 done;
  gint64 total;
  char *text;
  gboolean queued;
};

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RegProgress, reg_progress, G_TYPE_OBJECT)

static gboolean
on_interval_over_cb (gpointer data)
{
  RegProgress *self = data;

  g_mutex_lock (&self->lock);
  self->queued = FALSE;
  g_mutex_unlock (&self->lock);
  g_signal_emit (self, signals[CHANGED], 0);
  return G_SOURCE_REMOVE;
}

/* With the lock held. */
static void
queue_changed (RegProgress *self)
{
  if (self->queued)
    return;
  self->queued = TRUE;
  g_timeout_add_full (G_PRIORITY_DEFAULT_IDLE, INTERVAL_MS, on_interval_over_cb,
                      g_object_ref (self), g_object_unref);
}

static void
reg_progress_finalize (GObject *object)
{
  RegProgress *self = REG_PROGRESS (object);

  g_free (self->title);
  g_free (self->text);
  g_object_unref (self->cancellable);
  g_mutex_clear (&self->lock);
  G_OBJECT_CLASS (reg_progress_parent_class)->finalize (object);
}

static void
reg_progress_class_init (RegProgressClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = reg_progress_finalize;

  /**
   * RegProgress::changed:
   *
   * Something of it is different.
   */
  signals[CHANGED] = g_signal_new ("changed", REG_TYPE_PROGRESS, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
}

static void
reg_progress_init (RegProgress *self)
{
  g_mutex_init (&self->lock);
  self->cancellable = g_cancellable_new ();
}

/**
 * reg_progress_new:
 * @title: what is being done, translated
 *
 * Returns: (transfer full): a progress that has not begun
 */
RegProgress *
reg_progress_new (const char *title)
{
  RegProgress *self = g_object_new (REG_TYPE_PROGRESS, NULL);

  self->title = g_strdup (title);
  return self;
}

/**
 * reg_progress_set:
 * @self: a progress
 * @done: how much is done
 * @total: of how much; 0 where that is not known
 */
void
reg_progress_set (RegProgress *self, gint64 done, gint64 total)
{
  g_mutex_lock (&self->lock);
  self->done = done;
  self->total = total;
  queue_changed (self);
  g_mutex_unlock (&self->lock);
}

/**
 * reg_progress_set_text:
 * @self: a progress
 * @text: (nullable): a line that says more, translated
 */
void
reg_progress_set_text (RegProgress *self, const char *text)
{
  g_mutex_lock (&self->lock);
  g_free (self->text);
  self->text = g_strdup (text);
  queue_changed (self);
  g_mutex_unlock (&self->lock);
}

const char *
reg_progress_get_title (RegProgress *self)
{
  return self->title;
}

/**
 * reg_progress_dup_text:
 * @self: a progress
 *
 * Returns: (nullable) (transfer full): the line that says more
 */
char *
reg_progress_dup_text (RegProgress *self)
{
  char *text;

  g_mutex_lock (&self->lock);
  text = g_strdup (self->text);
  g_mutex_unlock (&self->lock);
  return text;
}

/**
 * reg_progress_get_fraction:
 * @self: a progress
 *
 * Returns: 0…1, or -1 where the total is not known
 */
double
reg_progress_get_fraction (RegProgress *self)
{
  double fraction;

  g_mutex_lock (&self->lock);
  fraction = self->total > 0 ? CLAMP ((double)self->done / self->total, 0, 1) : -1;
  g_mutex_unlock (&self->lock);
  return fraction;
}

gint64
reg_progress_get_done (RegProgress *self)
{
  gint64 done;

  g_mutex_lock (&self->lock);
  done = self->done;
  g_mutex_unlock (&self->lock);
  return done;
}

gint64
reg_progress_get_total (RegProgress *self)
{
  gint64 total;

  g_mutex_lock (&self->lock);
  total = self->total;
  g_mutex_unlock (&self->lock);
  return total;
}

/**
 * reg_progress_get_cancellable:
 * @self: a progress
 *
 * Returns: (transfer none): what the work looks at
 */
GCancellable *
reg_progress_get_cancellable (RegProgress *self)
{
  return self->cancellable;
}

void
reg_progress_cancel (RegProgress *self)
{
  g_cancellable_cancel (self->cancellable);
}
