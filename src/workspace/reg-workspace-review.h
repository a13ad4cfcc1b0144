/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Looking at a step before it is confirmed, for the main thread.
 *
 * Threads: all functions are called on main; the work is done on the workers. */
#pragma once

#include "store/reg-review.h"
#include "workspace/reg-workspace.h"

G_BEGIN_DECLS

/* request: copied; its actor, its time and what the site says are filled in. On the store worker:
 * a dry run takes the writer's turn. */
void reg_workspace_review_async (RegWorkspace *self,
                                 const RegReviewRequest *request,
                                 RegProgress *progress,
                                 GAsyncReadyCallback callback,
                                 gpointer data);
RegReview *reg_workspace_review_finish (RegWorkspace *self, GAsyncResult *result, GError **error);

/* As reg_store_sort_review (), on the reader worker. */
void reg_workspace_sort_review_async (RegWorkspace *self,
                                      RegReview *review,
                                      guint verdicts,
                                      RegReviewSort sort,
                                      gboolean descending,
                                      GAsyncReadyCallback callback,
                                      gpointer data);
RegIdList *
reg_workspace_sort_review_finish (RegWorkspace *self, GAsyncResult *result, GError **error);

/* rows: numbers from 1 on; those that are possible are staged. reg_workspace_stage_finish () */
void reg_workspace_stage_review_async (RegWorkspace *self,
                                       RegReview *review,
                                       const gint64 *rows,
                                       gsize n_rows,
                                       const char *title,
                                       RegProgress *progress,
                                       GAsyncReadyCallback callback,
                                       gpointer data);

/**
 * RegReviewLine:
 *
 * A row of a review with what a person needs to recognize its target.
 */
typedef struct
{
  RegReviewRow row;
  char *name;
  char *email;
  char *employee_id;
  char *course_title;
  char *course_code;
  char *standing;
  char *verdict;
} RegReviewLine;

void reg_review_line_free (RegReviewLine *self);
/* (element-type RegReviewLine): one a number; blocks, for the reader worker */
GPtrArray *reg_review_read_lines (RegStore *store,
                                  const RegReview *review,
                                  const gint64 *rows,
                                  gsize n,
                                  GError **error);

/* Writes these rows to a .csv or .xlsx file, in their order; ticked: (nullable): by row, from 0 on,
 * whether it will be carried out. Blocks, for the reader worker. */
gboolean reg_review_export (RegStore *store,
                            const RegReview *review,
                            const RegIdList *rows,
                            const guint8 *ticked,
                            const char *path,
                            RegProgress *progress,
                            GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RegReviewLine, reg_review_line_free)

G_END_DECLS
