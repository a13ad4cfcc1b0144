/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the person who is signed in may do, and where. */
#define G_LOG_DOMAIN "reg-workspace"

#include "workspace/reg-workspace-private.h"

#include <string.h>

/* site: (nullable). Returns: (transfer full) (element-type gint64) */
GArray *
reg_workspace_read_instructed (RegStore *store, const RegSite *site, GError **error)
{
  return reg_store_list_instructed (store, site != NULL ? site->actor_id : 0, error);
}

static gpointer
read_instructed (RegStore *store, gpointer data, RegProgress *progress, GError **error)
{
  return reg_store_list_instructed (store, *(const gint64 *)data, error);
}

static gboolean
are_same (const GArray *a, const GArray *b)
{
  return a->len == b->len
         && (a->len == 0 || memcmp (a->data, b->data, a->len * sizeof (gint64)) == 0);
}

static void
on_instructed_read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RegWorkspace) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) instructed = reg_workspace_run_finish (self, result, &error);
  const RegStoreEvent event = { .enrollments = TRUE };

  if (instructed == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_warning ("Cannot look up the courses of an instructor: %s", error->message);
      return;
    }
  if (are_same (self->instructed, instructed))
    return;
  g_array_unref (self->instructed);
  self->instructed = g_steal_pointer (&instructed);
  reg_workspace_emit_changed (self, &event);
}

/* After enrollments changed, or who is signed in. Where other courses are theirs now, what is on
 * show is to be made again. */
void
reg_workspace_look_up_instructed (RegWorkspace *self)
{
  gint64 actor_id = reg_workspace_get_actor_id (self);

  reg_workspace_run_async (self, FALSE, read_instructed, g_memdup2 (&actor_id, sizeof actor_id),
                           g_free, (GDestroyNotify)g_array_unref, NULL, on_instructed_read_cb,
                           g_object_ref (self));
}

static gboolean
is_instructor (RegWorkspace *self, gint64 course_id)
{
  if (course_id == 0)
    return self->instructed->len > 0;
  for (guint i = 0; i < self->instructed->len; i++)
    if (g_array_index (self->instructed, gint64, i) == course_id)
      return TRUE;
  return FALSE;
}

/**
 * reg_workspace_get_roles:
 * @self: a workspace
 * @course_id: a course, or 0 for any
 * @manager_id: who manages the person at hand, or 0
 *
 * Returns: bits of the roles that the person signed in has there; see reg_actor_get_roles ()
 */
guint
reg_workspace_get_roles (RegWorkspace *self, gint64 course_id, gint64 manager_id)
{
  return reg_actor_get_roles (reg_workspace_get_actor_role (self),
                              reg_workspace_get_actor_id (self), is_instructor (self, course_id),
                              manager_id);
}

/**
 * reg_workspace_offers:
 * @self: a workspace
 * @operation: an operation
 * @course_id: in which course, or 0 for any
 *
 * For what stands above a list of people: which of them it may be done to is said of each of them.
 *
 * Returns: whether the LMS has it, and the role of the person signed in may do it to somebody
 */
gboolean
reg_workspace_offers (RegWorkspace *self, const RegOperation *operation, gint64 course_id)
{
  guint roles = reg_workspace_get_roles (self, course_id, reg_workspace_get_actor_id (self));

  return (operation->roles & roles) != 0
         && (self->site == NULL || reg_site_can (self->site, operation->name));
}

gboolean
reg_workspace_offers_imports (RegWorkspace *self)
{
  guint n;
  const RegImportAction *actions = reg_import_action_list (&n);

  for (guint i = 0; i < n; i++)
    if (reg_workspace_offers (self, reg_operation_find (actions[i].operation), 0))
      return TRUE;
  return FALSE;
}

/**
 * reg_workspace_take_site:
 * @self: a workspace
 * @site: (transfer full): what the LMS said of itself and of who is signed in
 *
 * Where that person may do something else than before, what is on show is to be made again.
 */
void
reg_workspace_take_site (RegWorkspace *self, RegSite *site)
{
  const RegStoreEvent event = { .users = TRUE, .courses = TRUE, .enrollments = TRUE };
  g_autoptr (RegSite) before = g_steal_pointer (&self->site);

  self->site = site;
  if (before != NULL && before->actor_id == site->actor_id && before->actor_role == site->actor_role
      && g_strv_equal ((const char *const *)before->operations,
                       (const char *const *)site->operations))
    return;
  reg_workspace_look_up_instructed (self);
  reg_workspace_emit_changed (self, &event);
}
