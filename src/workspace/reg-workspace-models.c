/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Models whose rows the reader worker fetches, page by page.
 *
 * Threads: public functions on main; page_work () on the worker, with nothing but the task's data.
 */
#define G_LOG_DOMAIN "reg-workspace"

#include "workspace/reg-workspace-private.h"

#include "store/reg-id-list-model.h"

/* Shared by a model and the pages under way for it. */
typedef struct
{
  GWeakRef workspace;
  RegWorkspaceRows get_rows;
  gpointer data;
  GDestroyNotify destroy;
} Source;

typedef struct
{
  RegStore *store;
  Source *source;
  gint64 *ids;
  gsize n;
  guint generation;
} Page;

static void
source_clear (gpointer data)
{
  Source *source = data;

  g_weak_ref_clear (&source->workspace);
  if (source->destroy != NULL)
    source->destroy (source->data);
}

static void
source_release (gpointer source)
{
  g_atomic_rc_box_release_full (source, source_clear);
}

static void
page_free (Page *page)
{
  reg_store_unref (page->store);
  source_release (page->source);
  g_free (page->ids);
  g_free (page);
}

static void
page_work (GTask *task, gpointer data)
{
  Page *page = g_task_get_task_data (task);
  Source *source = page->source;
  GError *error = NULL;
  GPtrArray *rows = source->get_rows (page->store, page->ids, page->n, source->data, &error);

  if (rows == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, rows, (GDestroyNotify)g_ptr_array_unref);
}

static void
on_page_fetched_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  RegIdListModel *model = REG_ID_LIST_MODEL (object);
  Page *page = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = g_task_propagate_pointer (G_TASK (result), &error);

  if (rows == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_warning ("Cannot read rows: %s", error->message);
      return;
    }
  /* the model takes the rows */
  g_ptr_array_set_free_func (rows, NULL);
  reg_id_list_model_put_page (model, page->ids, rows->pdata, page->n, page->generation);
}

static void
fetch_page (RegIdListModel *model, const gint64 *ids, gsize n, guint generation, gpointer data)
{
  Source *source = data;
  g_autoptr (RegWorkspace) self = g_weak_ref_get (&source->workspace);
  g_autoptr (GTask) task = NULL;
  Page *page;

  if (self == NULL || self->closed)
    return;
  page = g_new (Page, 1);
  page->store = reg_store_ref (self->store);
  page->source = g_atomic_rc_box_acquire (source);
  page->ids = g_memdup2 (ids, n * sizeof *ids);
  page->n = n;
  page->generation = generation;
  task = g_task_new (model, NULL, on_page_fetched_cb, NULL);
  g_task_set_task_data (task, page, (GDestroyNotify)page_free);
  reg_worker_push_urgent (self->reader, task, page_work, NULL, NULL);
}

/**
 * reg_workspace_create_model:
 * @self: a workspace
 * @get_rows: reads the rows of some ids, on the reader worker
 * @data: for @get_rows; may be read there while the model and its pages live
 * @destroy: (nullable): frees @data, on main
 * @row_free: frees a row
 *
 * Returns: (transfer full): a model, empty until it is given ids
 */
RegIdListModel *
reg_workspace_create_model (RegWorkspace *self,
                            RegWorkspaceRows get_rows,
                            gpointer data,
                            GDestroyNotify destroy,
                            GDestroyNotify row_free)
{
  Source *source = g_atomic_rc_box_new0 (Source);

  g_weak_ref_init (&source->workspace, self);
  source->get_rows = get_rows;
  source->data = data;
  source->destroy = destroy;
  return reg_id_list_model_new (fetch_page, source, source_release, row_free);
}

static GPtrArray *
get_user_rows (RegStore *store, const gint64 *ids, gsize n, gpointer data, GError **error)
{
  return reg_store_get_user_rows (store, ids, n, error);
}

/**
 * reg_workspace_create_user_model:
 * @self: a workspace
 *
 * Returns: (transfer full): a model of RegUserRow, empty until it is given ids
 */
RegIdListModel *
reg_workspace_create_user_model (RegWorkspace *self)
{
  return reg_workspace_create_model (self, get_user_rows, NULL, NULL,
                                     (GDestroyNotify)reg_user_row_free);
}

static GPtrArray *
get_enrollment_rows (RegStore *store, const gint64 *ids, gsize n, gpointer data, GError **error)
{
  return reg_store_get_enrollment_rows (store, ids, n, error);
}

/**
 * reg_workspace_create_enrollment_model:
 * @self: a workspace
 *
 * Returns: (transfer full): a model of RegEnrollmentRow, empty until it is given ids
 */
RegIdListModel *
reg_workspace_create_enrollment_model (RegWorkspace *self)
{
  return reg_workspace_create_model (self, get_enrollment_rows, NULL, NULL,
                                     (GDestroyNotify)reg_enrollment_row_free);
}
