/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rows of a review with names, for a list and for a file. */
#define G_LOG_DOMAIN "reg-workspace"

#include "workspace/reg-workspace-review.h"

#include "store/reg-store-query.h"
#include "tabular/reg-row-writer.h"

#include <glib/gi18n-lib.h>

#define PAGE 1000

void
reg_review_line_free (RegReviewLine *self)
{
  g_free (self->name);
  g_free (self->email);
  g_free (self->employee_id);
  g_free (self->course_title);
  g_free (self->course_code);
  g_free (self->standing);
  g_free (self->verdict);
  g_free (self);
}

static const RegCourse *
find_course (const GPtrArray *courses, gint64 id)
{
  for (guint i = 0; i < courses->len; i++)
    if (((const RegCourse *)g_ptr_array_index (courses, i))->id == id)
      return g_ptr_array_index (courses, i);
  return NULL;
}

static RegReviewLine *
line_new (const RegReview *review,
          const RegReviewRow *row,
          const RegUserRow *user,
          const RegCourse *course)
{
  RegReviewLine *self = g_new0 (RegReviewLine, 1);

  self->row = *row;
  self->name = user != NULL ? reg_user_dup_name (user->user) : g_strdup (_ ("Unknown user"));
  self->email = g_strdup (user != NULL ? user->user->email : "");
  self->employee_id = g_strdup (user != NULL ? user->user->employee_id : "");
  self->course_title = g_strdup (course != NULL ? course->title : "");
  self->course_code = g_strdup (course != NULL ? course->code : "");
  self->standing = reg_review_row_dup_standing (row);
  self->verdict = reg_review_row_dup_verdict (row, review->operation);
  return self;
}

static GPtrArray *
read_lines (RegStore *store,
            const RegReview *review,
            const GPtrArray *courses,
            const gint64 *rows,
            gsize n,
            GError **error)
{
  g_autofree gint64 *ids = g_new (gint64, MAX (n, 1));
  g_autoptr (GPtrArray) users = NULL;
  GPtrArray *lines;

  for (gsize i = 0; i < n; i++)
    ids[i] = review->rows[rows[i] - 1].user_id;
  users = reg_store_get_user_rows (store, ids, n, error);
  if (users == NULL)
    return NULL;
  lines = g_ptr_array_new_full ((guint)n, (GDestroyNotify)reg_review_line_free);
  for (gsize i = 0; i < n; i++)
    {
      const RegReviewRow *row = &review->rows[rows[i] - 1];

      g_ptr_array_add (lines, line_new (review, row, g_ptr_array_index (users, i),
                                        find_course (courses, row->course_id)));
    }
  return lines;
}

/**
 * reg_review_read_lines:
 * @store: a store
 * @review: a review
 * @rows: (array length=n): numbers of rows, from 1 on
 * @n: how many
 * @error: return location
 *
 * Returns: (transfer full) (element-type RegReviewLine): the rows with names, or %NULL
 */
GPtrArray *
reg_review_read_lines (RegStore *store,
                       const RegReview *review,
                       const gint64 *rows,
                       gsize n,
                       GError **error)
{
  g_autoptr (GPtrArray) courses = reg_store_list_courses (store, error);

  return courses != NULL ? read_lines (store, review, courses, rows, n, error) : NULL;
}

static gboolean
write_line (RegRowWriter *writer, const RegReviewLine *line, gboolean is_ticked, GError **error)
{
  const char *const cells[] = { line->name,
                                line->email,
                                line->employee_id,
                                line->course_title,
                                line->course_code,
                                line->standing,
                                line->row.is_waiting ? _ ("Waiting") : "",
                                is_ticked                              ? line->verdict
                                : line->row.verdict == REG_REVIEW_WILL ? _ ("Left out by you")
                                                                       : line->verdict,
                                line->row.sentence != NULL ? line->row.sentence : "" };

  return reg_row_writer_add (writer, cells, G_N_ELEMENTS (cells), error);
}

static gboolean
write_lines (RegRowWriter *writer,
             RegStore *store,
             const RegReview *review,
             const RegIdList *rows,
             const guint8 *ticked,
             RegProgress *progress,
             GError **error)
{
  g_autoptr (GPtrArray) courses = reg_store_list_courses (store, error);

  if (courses == NULL)
    return FALSE;
  for (gsize from = 0; from < rows->n; from += PAGE)
    {
      gsize n = MIN (PAGE, rows->n - from);
      g_autoptr (GPtrArray) lines = NULL;

      if (progress != NULL
          && g_cancellable_set_error_if_cancelled (reg_progress_get_cancellable (progress), error))
        return FALSE;
      lines = read_lines (store, review, courses, rows->ids + from, n, error);
      if (lines == NULL)
        return FALSE;
      for (gsize i = 0; i < n; i++)
        if (!write_line (writer, g_ptr_array_index (lines, i),
                         ticked == NULL || ticked[rows->ids[from + i] - 1] != 0, error))
          return FALSE;
      if (progress != NULL)
        reg_progress_set (progress, (gint64)(from + n), (gint64)rows->n);
    }
  return TRUE;
}

/**
 * reg_review_export:
 * @store: a store
 * @review: a review
 * @rows: numbers of the rows to write, in their order
 * @ticked: (nullable): by row, whether it will be carried out
 * @path: where to; the ending says whether a table or a workbook
 * @progress: (nullable): progress with cancel
 * @error: return location
 *
 * Returns: whether the file is there
 */
gboolean
reg_review_export (RegStore *store,
                   const RegReview *review,
                   const RegIdList *rows,
                   const guint8 *ticked,
                   const char *path,
                   RegProgress *progress,
                   GError **error)
{
  const char *const headings[] = {
    _ ("Name"), _ ("Email ID"), _ ("Employee ID"),      _ ("Course"), _ ("Code"),
    _ ("Now"),  _ ("Waiting"),  _ ("What Will Happen"), _ ("Reason")
  };
  const RegWriteOptions options = { .sheet = _ ("Review"), .has_header = TRUE };
  g_autoptr (RegRowWriter) writer = reg_row_writer_new_for_path (path, &options, error);

  return writer != NULL && reg_row_writer_add (writer, headings, G_N_ELEMENTS (headings), error)
         && write_lines (writer, store, review, rows, ticked, progress, error)
         && reg_row_writer_close (writer, error);
}
