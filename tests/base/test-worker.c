/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/reg-progress.h"
#include "base/reg-worker.h"

#include <string.h>

typedef struct
{
  RegWorker *worker;
  GString *order;
  GMutex gate;
  guint n_returned;
  guint n_cancelled;
} State;

static void
note_work (GTask *task, gpointer data)
{
  State *state = g_task_get_task_data (task);

  g_assert_true (reg_worker_is_current (state->worker));
  g_mutex_lock (&state->gate);
  g_mutex_unlock (&state->gate);
  g_string_append (state->order, data);
  g_task_return_boolean (task, TRUE);
}

static void
on_returned_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  State *state = data;
  g_autoptr (GError) error = NULL;

  state->n_returned++;
  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      state->n_cancelled++;
    }
}

static void
push (State *state, const char *name, gboolean urgent, GCancellable *cancellable)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, on_returned_cb, state);

  g_task_set_task_data (task, state, NULL);
  if (urgent)
    reg_worker_push_urgent (state->worker, task, note_work, g_strdup (name), g_free);
  else
    reg_worker_push (state->worker, task, note_work, g_strdup (name), g_free);
}

static void
test_order (void)
{
  State state = { .worker = reg_worker_new ("test"), .order = g_string_new (NULL) };
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();

  g_mutex_init (&state.gate);
  g_mutex_lock (&state.gate);
  push (&state, "a", FALSE, NULL);
  push (&state, "b", FALSE, NULL);
  g_cancellable_cancel (cancelled);
  push (&state, "never", FALSE, cancelled);
  push (&state, "c", FALSE, NULL);
  g_mutex_unlock (&state.gate);
  while (state.n_returned < 4)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (state.order->str, ==, "abc");
  g_assert_cmpuint (state.n_cancelled, ==, 1);

  /* urgent work goes before what is queued; "a" may be running already */
  g_string_truncate (state.order, 0);
  state.n_returned = 0;
  g_mutex_lock (&state.gate);
  push (&state, "a", FALSE, NULL);
  push (&state, "b", FALSE, NULL);
  push (&state, "u", TRUE, NULL);
  g_mutex_unlock (&state.gate);
  while (state.n_returned < 3)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (strchr (state.order->str, 'u') < strchr (state.order->str, 'b'));

  reg_worker_stop (state.worker);
  state.n_returned = state.n_cancelled = 0;
  push (&state, "late", FALSE, NULL);
  while (state.n_returned < 1)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (state.n_cancelled, ==, 1);
  reg_worker_free (state.worker);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_string_free (state.order, TRUE);
  g_mutex_clear (&state.gate);
}

static void
on_changed_cb (RegProgress *progress, guint *n)
{
  (*n)++;
}

static void
test_progress (void)
{
  g_autoptr (RegProgress) progress = reg_progress_new ("Counting");
  guint n = 0;

  g_signal_connect (progress, "changed", G_CALLBACK (on_changed_cb), &n);
  g_assert_cmpfloat (reg_progress_get_fraction (progress), ==, -1);
  for (int i = 0; i <= 1000; i++)
    reg_progress_set (progress, i, 2000);
  while (n == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpfloat (reg_progress_get_fraction (progress), ==, 0.5);
  reg_progress_cancel (progress);
  g_assert_true (g_cancellable_is_cancelled (reg_progress_get_cancellable (progress)));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/worker/order", test_order);
  g_test_add_func ("/base/progress", test_progress);
  return g_test_run ();
}
