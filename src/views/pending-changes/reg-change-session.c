/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-views"

#include "views/pending-changes/reg-change-session.h"

#include "views/common/reg-host.h"
#include "views/common/reg-session-picker.h"

#include <glib/gi18n-lib.h>

/* The changes of one course that a session is chosen for; for the workers. */
typedef struct
{
  gint64 *ids;
  gsize n;
  gint64 course_id; /* 0 where none of them awaits a session */
  gint64 session_id;
  gint64 actor_id;
  RegRole actor_role;
} Choosing;

/* While the person chooses. */
typedef struct
{
  GtkWidget *origin;
  RegWorkspace *workspace;
  Choosing *choosing;
} Asking;

static void
choosing_free (gpointer data)
{
  Choosing *self = data;

  g_free (self->ids);
  g_free (self);
}

static Choosing *
choosing_new (const Choosing *like)
{
  Choosing *self = g_memdup2 (like, sizeof *like);

  self->ids = g_memdup2 (like->ids, like->n * sizeof (gint64));
  return self;
}

static void
asking_free (gpointer data)
{
  Asking *self = data;

  g_object_unref (self->origin);
  g_object_unref (self->workspace);
  choosing_free (self->choosing);
  g_free (self);
}

static gpointer
find_awaiting (RegStore *store, gpointer data, RegProgress *progress, GError **error)
{
  const Choosing *asked = data;
  g_autoptr (GPtrArray) rows = reg_store_get_change_rows (store, asked->ids, asked->n, error);
  Choosing *found;

  if (rows == NULL)
    return NULL;
  found = choosing_new (asked);
  found->n = 0;
  for (guint i = 0; i < rows->len; i++)
    {
      const RegChangeRow *row = g_ptr_array_index (rows, i);

      if (row == NULL || !reg_change_awaits_session (row->change)
          || (found->course_id != 0 && found->course_id != row->change->course_id))
        continue;
      found->course_id = row->change->course_id;
      found->ids[found->n++] = row->change->id;
    }
  return found;
}

static gpointer
choose (RegStore *store, gpointer data, RegProgress *progress, GError **error)
{
  const Choosing *self = data;
  g_autofree gint64 *n_done = g_new0 (gint64, 1);

  if (!reg_store_choose_session (store, self->ids, self->n, self->session_id, self->actor_id,
                                 self->actor_role, g_get_real_time () / G_USEC_PER_SEC, n_done,
                                 error))
    return NULL;
  return g_steal_pointer (&n_done);
}

static void
on_done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GtkWidget) origin = data;
  g_autoptr (GError) error = NULL;
  g_autofree gint64 *n = reg_workspace_run_finish (REG_WORKSPACE (source), result, &error);
  RegHost *host = reg_host_from (origin);
  g_autofree char *text = NULL;

  if (host == NULL)
    return;
  if (n == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        reg_host_show_error (host, _ ("The Session Cannot Be Chosen"), error);
      return;
    }
  text = g_strdup_printf (ngettext ("%d change waits with the other session",
                                    "%d changes wait with the other session", (gulong)*n),
                          (int)*n);
  reg_host_toast (host, text, 0);
}

static void
on_session_chosen (gint64 session_id, gpointer data)
{
  Asking *asking = data;
  Choosing *choosing = choosing_new (asking->choosing);

  choosing->session_id = session_id;
  reg_workspace_run_async (asking->workspace, TRUE, choose, choosing, choosing_free, g_free, NULL,
                           on_done_cb, g_object_ref (asking->origin));
}

static void
on_found_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GtkWidget) origin = data;
  g_autoptr (GError) error = NULL;
  Choosing *found = reg_workspace_run_finish (REG_WORKSPACE (source), result, &error);
  RegHost *host = reg_host_from (origin);

  if (found == NULL)
    {
      if (host != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        reg_host_show_error (host, _ ("The Pending Changes Cannot Be Read"), error);
    }
  else if (host != NULL && found->course_id != 0)
    {
      Asking *asking = g_new0 (Asking, 1);

      asking->origin = g_object_ref (origin);
      asking->workspace = g_object_ref (REG_WORKSPACE (source));
      asking->choosing = found;
      reg_session_picker_present (GTK_WINDOW (gtk_widget_get_root (origin)), asking->workspace,
                                  found->course_id, 0, found->n, on_session_chosen, asking,
                                  asking_free);
    }
  else
    {
      if (host != NULL)
        reg_host_toast (host, _ ("None of the selected changes allows that"), 0);
      choosing_free (found);
    }
}

void
reg_change_session_choose (GtkWidget *origin, RegWorkspace *workspace, const gint64 *ids, gsize n)
{
  const Choosing asked = {
    .ids = (gint64 *)ids,
    .n = n,
    .actor_id = reg_workspace_get_actor_id (workspace),
    .actor_role = reg_workspace_get_actor_role (workspace),
  };

  if (n > 0)
    reg_workspace_run_async (workspace, FALSE, find_awaiting, choosing_new (&asked), choosing_free,
                             choosing_free, NULL, on_found_cb, g_object_ref (origin));
}
