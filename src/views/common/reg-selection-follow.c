/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-views"

#include "views/common/reg-selection-follow.h"

/* Which selected rows the list lacks because they were made here. */
typedef struct
{
  RegSelection *selection;
  gboolean are_enrollments;
  GArray *old_ids;
  GArray *new_ids;
} Following;

static void
following_free (Following *self)
{
  g_object_unref (self->selection);
  g_array_unref (self->old_ids);
  g_array_unref (self->new_ids);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Following, following_free)

static gint64
get_user (const Following *self, gint64 id)
{
  return self->are_enrollments ? reg_enrollment_id_get_user (id) : id;
}

/* Returns: itself */
static gpointer
resolve (RegStore *store, gpointer data, RegProgress *progress, GError **error)
{
  Following *self = data;

  for (guint i = 0; i < self->old_ids->len; i++)
    {
      gint64 old_id = g_array_index (self->old_ids, gint64, i);
      gint64 id = get_user (self, old_id);

      if (!reg_store_resolve_user_id (store, &id, error))
        return NULL;
      if (self->are_enrollments)
        id = reg_enrollment_id (id, reg_enrollment_id_get_course (old_id));
      g_array_append_val (self->new_ids, id);
    }
  return self;
}

static void
on_resolved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Following) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree gint64 *ids = NULL;
  gboolean is_changed = FALSE;
  gsize n;

  if (reg_workspace_run_finish (REG_WORKSPACE (source), result, &error) == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_warning ("Who is selected could not be looked up: %s", error->message);
      return;
    }
  /* What is selected now: it may be something else meanwhile. */
  ids = reg_selection_dup_ids (self->selection, &n);
  for (guint i = 0; i < self->old_ids->len; i++)
    {
      gint64 old_id = g_array_index (self->old_ids, gint64, i);
      gint64 new_id = g_array_index (self->new_ids, gint64, i);

      for (gsize k = 0; k < n && new_id != old_id; k++)
        if (ids[k] == old_id)
          {
            ids[k] = new_id;
            is_changed = TRUE;
          }
    }
  if (is_changed)
    reg_selection_select_ids (self->selection, ids, n);
}

static void
follow (RegSelection *selection, RegWorkspace *workspace, gboolean are_enrollments)
{
  g_autofree gint64 *ids = NULL;
  Following *self;
  gsize n;

  if (reg_selection_get_n_hidden (selection) == 0)
    return;
  self = g_new0 (Following, 1);
  self->selection = g_object_ref (selection);
  self->are_enrollments = are_enrollments;
  self->old_ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->new_ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  ids = reg_selection_dup_ids (selection, &n);
  /* What the list does not show comes last. */
  for (gsize i = reg_selection_get_n_shown (selection); i < n; i++)
    if (get_user (self, ids[i]) < 0)
      g_array_append_val (self->old_ids, ids[i]);
  if (self->old_ids->len == 0)
    following_free (self);
  else
    reg_workspace_run_async (workspace, FALSE, resolve, self, NULL, NULL, NULL, on_resolved_cb,
                             self);
}

void
reg_selection_follow_users (RegSelection *self, RegWorkspace *workspace)
{
  g_return_if_fail (REG_IS_SELECTION (self));

  follow (self, workspace, FALSE);
}

void
reg_selection_follow_enrollments (RegSelection *self, RegWorkspace *workspace)
{
  g_return_if_fail (REG_IS_SELECTION (self));

  follow (self, workspace, TRUE);
}
