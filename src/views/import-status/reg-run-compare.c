/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-views"

#include "views/import-status/reg-run-compare.h"

#include "sync/reg-import-copy.h"

#include <glib/gi18n-lib.h>

#define DONE (1u << REG_CHANGE_DONE)
#define REFUSED (1u << REG_CHANGE_REJECTED | 1u << REG_CHANGE_CONFLICT)
#define WAITING (1u << REG_CHANGE_PENDING | 1u << REG_CHANGE_SENDING | 1u << REG_CHANGE_UNKNOWN)
#define ALL (DONE | REFUSED | WAITING)

RegRunPeople *
reg_run_people_new (gint64 run_id, const char *group)
{
  RegRunPeople *self = g_new0 (RegRunPeople, 1);

  self->run_id = run_id;
  self->group = g_strdup (group);
  return self;
}

void
reg_run_people_free (RegRunPeople *self)
{
  g_free (self->group);
  g_clear_pointer (&self->ids, reg_id_list_unref);
  g_free (self->what);
  g_free (self);
}

/* The newest one before it that was for the same: by its recipe where both have one, else by action
 * and name. */
static RegImportRun *
find_before (RegStore *store, const RegImportRun *run, GError **error)
{
  g_autoptr (GPtrArray) runs = reg_store_list_runs (store, error);
  RegImportRun *same_action = NULL;

  for (guint i = 0; runs != NULL && i < runs->len; i++)
    {
      const RegImportRun *other = g_ptr_array_index (runs, i);

      if (other->id >= run->id || other->batch_id == 0 || !g_str_equal (other->action, run->action)
          || other->state == REG_RUN_UNDONE)
        continue;
      if (g_str_equal (other->file_name, run->file_name))
        {
          g_clear_pointer (&same_action, reg_import_run_free);
          return reg_import_run_copy (other);
        }
      if (same_action == NULL)
        same_action = reg_import_run_copy (other);
    }
  return same_action;
}

/* Ids of one that are not of the other; both are in order. */
static RegIdList *
subtract (const RegIdList *one, const RegIdList *other)
{
  gint64 *ids = g_new (gint64, MAX (one->n, 1));
  gsize n = 0, k = 0;

  for (gsize i = 0; i < one->n; i++)
    {
      while (k < other->n && other->ids[k] < one->ids[i])
        k++;
      if (k == other->n || other->ids[k] != one->ids[i])
        ids[n++] = one->ids[i];
    }
  return reg_id_list_new_take (ids, n);
}

static gboolean
compare (RegStore *store, RegRunPeople *self, const RegImportRun *run, GError **error)
{
  gboolean wants_new = g_str_equal (self->group, "new");
  g_autoptr (GError) local = NULL;
  g_autoptr (RegImportRun) before = find_before (store, run, &local);
  g_autoptr (RegIdList) now = NULL;
  g_autoptr (RegIdList) then = NULL;

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (before == NULL)
    {
      self->what = g_strdup (_ ("There is no import of this kind before it"));
      return TRUE;
    }
  now = reg_store_list_batch_users (store, run->batch_id, ALL, error);
  then = now != NULL ? reg_store_list_batch_users (store, before->batch_id, ALL, error) : NULL;
  if (then == NULL)
    return FALSE;
  self->ids = wants_new ? subtract (now, then) : subtract (then, now);
  if (self->ids->n == 0)
    self->what = wants_new ? g_strdup_printf (_ ("Nobody is new since “%s”"), before->file_name)
                           : g_strdup_printf (_ ("Nobody is gone since “%s”"), before->file_name);
  else
    self->what = wants_new
                     ? g_strdup_printf (_ ("In “%s”, but not in the import of “%s” before"),
                                        run->file_name, before->file_name)
                     : g_strdup_printf (_ ("In the import of “%2$s” before, but not in “%1$s”"),
                                        run->file_name, before->file_name);
  return TRUE;
}

static gboolean
read_group (RegStore *store, RegRunPeople *self, const RegImportRun *run, GError **error)
{
  gboolean imported = g_str_equal (self->group, "imported");
  gboolean refused = g_str_equal (self->group, "refused");

  self->ids = reg_store_list_batch_users (store, run->batch_id,
                                          imported  ? DONE
                                          : refused ? REFUSED
                                                    : WAITING,
                                          error);
  if (self->ids == NULL)
    return FALSE;
  if (self->ids->n == 0)
    self->what = g_strdup (_ ("Nobody is in this group"));
  else if (imported)
    self->what = g_strdup_printf (_ ("Imported from “%s”"), run->file_name);
  else if (refused)
    self->what = g_strdup_printf (_ ("Refused by the LMS, from “%s”"), run->file_name);
  else
    self->what = g_strdup_printf (_ ("Waiting to be sent, from “%s”"), run->file_name);
  return TRUE;
}

gpointer
reg_run_people_read (RegStore *store, gpointer data, RegProgress *progress, GError **error)
{
  const RegRunPeople *wanted = data;
  g_autoptr (RegRunPeople) self = reg_run_people_new (wanted->run_id, wanted->group);
  g_autoptr (RegImportRun) run = reg_store_get_run (store, wanted->run_id, error);
  gboolean is_compare = g_str_equal (wanted->group, "new") || g_str_equal (wanted->group, "gone");

  if (run == NULL
      || !(is_compare ? compare (store, self, run, error) : read_group (store, self, run, error)))
    return NULL;
  return g_steal_pointer (&self);
}
