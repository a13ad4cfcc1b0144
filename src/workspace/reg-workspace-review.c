/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-workspace"

#include "workspace/reg-workspace-review.h"

#include "workspace/reg-workspace-private.h"

#include "store/reg-store-query.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  RegReviewRequest request;
  RegParams *params;
  GPtrArray *items;
  gint64 *users;
  gint64 *enrollments;
  guint8 *last;
} Question;

static void
question_free (gpointer data)
{
  Question *self = data;

  g_clear_pointer (&self->params, reg_params_free);
  g_clear_pointer (&self->items, g_ptr_array_unref);
  g_free (self->users);
  g_free (self->enrollments);
  g_free (self->last);
  g_free (self);
}

static gpointer
copy_item (gconstpointer item, gpointer data)
{
  return reg_review_item_new (((const RegReviewItem *)item)->course_id,
                              ((const RegReviewItem *)item)->params);
}

static gsize
count_rows (const RegReviewRequest *request)
{
  if (request->enrollment_ids != NULL)
    return request->n_enrollments;
  return request->n_users * (request->items != NULL ? request->items->len : 1);
}

static Question *
question_new (RegWorkspace *workspace, const RegReviewRequest *request)
{
  Question *self = g_new0 (Question, 1);
  const RegSite *site = reg_workspace_get_site (workspace);

  self->request = *request;
  self->params = request->params != NULL ? reg_params_copy (request->params) : NULL;
  self->users = g_memdup2 (request->user_ids, request->n_users * sizeof (gint64));
  self->enrollments = g_memdup2 (request->enrollment_ids, request->n_enrollments * sizeof (gint64));
  self->last = g_memdup2 (request->last, count_rows (request));
  if (request->items != NULL)
    {
      self->items = g_ptr_array_copy (request->items, copy_item, NULL);
      g_ptr_array_set_free_func (self->items, (GDestroyNotify)reg_review_item_free);
    }
  self->request.params = self->params;
  self->request.items = self->items;
  self->request.user_ids = self->users;
  self->request.enrollment_ids = self->enrollments;
  self->request.last = self->last;
  self->request.actor_id = reg_workspace_get_actor_id (workspace);
  self->request.actor_role = reg_workspace_get_actor_role (workspace);
  self->request.now = g_get_real_time () / G_USEC_PER_SEC;
  if (site != NULL)
    self->request.reassign_license = site->reassign_license;
  return self;
}

static gpointer
make_review (RegStore *store, gpointer data, RegProgress *progress, GError **error)
{
  return reg_store_review (store, &((Question *)data)->request, reg_workspace_on_rows_progress,
                           progress, reg_workspace_get_cancellable (progress), error);
}

/**
 * reg_workspace_review_async:
 * @self: a workspace
 * @request: what would be done; copied
 * @progress: (nullable): progress with cancel
 * @callback: called on main
 * @data: for @callback
 */
void
reg_workspace_review_async (RegWorkspace *self,
                            const RegReviewRequest *request,
                            RegProgress *progress,
                            GAsyncReadyCallback callback,
                            gpointer data)
{
  reg_workspace_run_async (self, TRUE, make_review, question_new (self, request), question_free,
                           (GDestroyNotify)reg_review_unref, progress, callback, data);
}

RegReview *
reg_workspace_review_finish (RegWorkspace *self, GAsyncResult *result, GError **error)
{
  return reg_workspace_run_finish (self, result, error);
}

/* What is done with a review that is there. */
typedef struct
{
  RegReview *review;
  guint verdicts;
  RegReviewSort sort;
  gboolean descending;
  gint64 *rows;
  gsize n_rows;
  char *title;
  RegStep step;
} Work;

static void
work_free (gpointer data)
{
  Work *self = data;

  reg_review_unref (self->review);
  g_free (self->rows);
  g_free (self->title);
  g_free (self);
}

static gpointer
sort_review (RegStore *store, gpointer data, RegProgress *progress, GError **error)
{
  const Work *work = data;

  return reg_store_sort_review (store, work->review, work->verdicts, work->sort, work->descending,
                                error);
}

void
reg_workspace_sort_review_async (RegWorkspace *self,
                                 RegReview *review,
                                 guint verdicts,
                                 RegReviewSort sort,
                                 gboolean descending,
                                 GAsyncReadyCallback callback,
                                 gpointer data)
{
  Work *work = g_new0 (Work, 1);

  work->review = reg_review_ref (review);
  work->verdicts = verdicts;
  work->sort = sort;
  work->descending = descending;
  reg_workspace_run_async (self, FALSE, sort_review, work, work_free,
                           (GDestroyNotify)reg_id_list_unref, NULL, callback, data);
}

RegIdList *
reg_workspace_sort_review_finish (RegWorkspace *self, GAsyncResult *result, GError **error)
{
  return reg_workspace_run_finish (self, result, error);
}

static gpointer
stage_review (RegStore *store, gpointer data, RegProgress *progress, GError **error)
{
  const Work *work = data;
  RegStepResult *result = g_new0 (RegStepResult, 1);

  if (!reg_store_stage_review (store, work->review, work->rows, work->n_rows, &work->step, result,
                               reg_workspace_on_rows_progress, progress,
                               reg_workspace_get_cancellable (progress), error))
    g_clear_pointer (&result, reg_workspace_step_result_free);
  return result;
}

/**
 * reg_workspace_stage_review_async:
 * @self: a workspace
 * @review: what was looked at
 * @rows: (array length=n_rows): numbers of rows, from 1 on; copied
 * @n_rows: how many
 * @title: one line for Pending Changes
 * @progress: (nullable): progress with cancel
 * @callback: called on main; reg_workspace_stage_finish ()
 * @data: for @callback
 */
void
reg_workspace_stage_review_async (RegWorkspace *self,
                                  RegReview *review,
                                  const gint64 *rows,
                                  gsize n_rows,
                                  const char *title,
                                  RegProgress *progress,
                                  GAsyncReadyCallback callback,
                                  gpointer data)
{
  Work *work = g_new0 (Work, 1);

  work->review = reg_review_ref (review);
  work->rows = g_memdup2 (rows, n_rows * sizeof (gint64));
  work->n_rows = n_rows;
  work->title = g_strdup (title);
  work->step = reg_workspace_make_step (self, work->title);
  reg_workspace_run_async (self, TRUE, stage_review, work, work_free,
                           reg_workspace_step_result_free, progress, callback, data);
}
