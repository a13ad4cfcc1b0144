/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files out of the local copy: people to be edited and imported again, templates with people. */
/* Threads: blocking; on the store worker, or the command line's only thread. */
#define G_LOG_DOMAIN "reg-sync"

#include "sync/reg-import-job.h"

#include "imports/reg-import-columns.h"
#include "imports/reg-import-export.h"
#include "rules/reg-status.h"
#include "store/reg-store-query.h"
#include "tabular/reg-row-writer.h"

#include <glib/gi18n-lib.h>

#define EXPORT_PAGE 1000

/**
 * reg_import_job_export_people:
 * @store: the local copy
 * @ids: (array length=n): whom to write, in that order
 * @n: how many
 * @path: where to; .xlsx or .csv
 * @progress: (nullable): called now and then
 * @progress_data: passed to @progress
 * @cancellable: (nullable): to stop it; no file is there then
 * @error: %G_OPTION_ERROR_BAD_VALUE where the name does not say what to write, else why not
 *
 * Returns: whether the file is written
 */
gboolean
reg_import_job_export_people (RegStore *store,
                              const gint64 *ids,
                              gsize n,
                              const char *path,
                              RegImportProgress progress,
                              gpointer progress_data,
                              GCancellable *cancellable,
                              GError **error)
{
  g_autoptr (RegDirectory) directory = NULL;
  g_autoptr (RegPeopleExport) export = NULL;

  if (!reg_import_check_output (path, error))
    return FALSE;
  directory = reg_import_job_fill_directory (store, NULL, error);
  export = directory != NULL ? reg_people_export_new (directory, path, error) : NULL;
  if (export == NULL)
    return FALSE;
  for (gsize at = 0; at < n; at += EXPORT_PAGE)
    {
      g_autoptr (GPtrArray) rows =
          reg_store_get_user_rows (store, ids + at, MIN (EXPORT_PAGE, n - at), error);

      if (rows == NULL || g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      for (guint i = 0; i < rows->len; i++)
        {
          const RegUserRow *row = g_ptr_array_index (rows, i);

          if (row != NULL && !reg_people_export_add (export, row->user, error))
            return FALSE;
        }
      if (progress != NULL)
        progress ((gint64)MIN (at + EXPORT_PAGE, n), (double)(at + rows->len) / n, progress_data);
    }
  return reg_people_export_close (export, error);
}

static char *
dup_day (gint64 time)
{
  g_autoptr (GDateTime) moment = time != 0 ? g_date_time_new_from_unix_local (time) : NULL;

  return moment != NULL ? g_date_time_format (moment, "%F") : g_strdup ("");
}

static gboolean
write_enrollment (RegRowWriter *writer, const RegEnrollmentRow *row, GError **error)
{
  const RegEnrollment *own = row->enrollment;
  RegStatus status = reg_enrollment_get_status (own, row->course_kind);
  g_autofree char *assigned = dup_day (own->assigned_at);
  g_autofree char *completed = dup_day (own->completed_at);
  g_autofree char *progress = g_strdup_printf ("%d%%", own->progress);
  /* Whom and which course an import finds them by. */
  const char *course = *row->course_code != '\0' ? row->course_code : row->course_title;
  const char *const cells[] = {
    row->user_email,
    row->user_employee_id,
    course,
    reg_requirement_to_nick (own->requirement),
    own->due_date,
    "",
    row->user_name,
    row->course_title,
    reg_status_to_nick (status),
    progress,
    assigned,
    completed,
    row->product != NULL ? row->product : "",
    own->subscription_end,
  };

  G_STATIC_ASSERT (G_N_ELEMENTS (cells) == REG_IMPORT_N_ENROLLMENT_HEADINGS);
  return reg_row_writer_add (writer, cells, G_N_ELEMENTS (cells), error);
}

/**
 * reg_import_job_export_enrollments:
 * @store: the local copy
 * @ids: (array length=n): which to write, in that order
 * @n: how many
 * @path: where to; .xlsx or .csv
 * @progress: (nullable): called now and then
 * @progress_data: passed to @progress
 * @cancellable: (nullable): to stop it; no file is there then
 * @error: as of reg_import_job_export_people ()
 *
 * Writes enrollments as "assign", "unenroll" and "set-due-dates" read them, so that what is not
 * touched changes nothing.
 *
 * Returns: whether the file is written
 */
gboolean
reg_import_job_export_enrollments (RegStore *store,
                                   const gint64 *ids,
                                   gsize n,
                                   const char *path,
                                   RegImportProgress progress,
                                   gpointer progress_data,
                                   GCancellable *cancellable,
                                   GError **error)
{
  static const RegWriteColumn columns[REG_IMPORT_N_ENROLLMENT_HEADINGS] = {
    { .width = 32 }, { .width = 14 }, { .width = 14 }, { .width = 14 }, { .width = 14 },
    { .width = 18 }, { .width = 24 }, { .width = 28 }, { .width = 14 }, { .width = 12 },
    { .width = 14 }, { .width = 14 }, { .width = 28 }, { .width = 18 },
  };
  const RegWriteOptions options = { .has_header = TRUE,
                                    .n_columns = G_N_ELEMENTS (columns),
                                    .columns = columns };
  g_autoptr (RegRowWriter) writer = NULL;

  if (!reg_import_check_output (path, error))
    return FALSE;
  writer = reg_row_writer_new_for_path (path, &options, error);
  if (writer == NULL
      || !reg_row_writer_add (writer, reg_import_enrollment_headings,
                              REG_IMPORT_N_ENROLLMENT_HEADINGS, error))
    return FALSE;
  for (gsize at = 0; at < n; at += EXPORT_PAGE)
    {
      gsize n_page = MIN (EXPORT_PAGE, n - at);
      g_autoptr (GPtrArray) rows = reg_store_get_enrollment_rows (store, ids + at, n_page, error);

      if (rows == NULL || g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      for (guint i = 0; i < rows->len; i++)
        if (g_ptr_array_index (rows, i) != NULL
            && !write_enrollment (writer, g_ptr_array_index (rows, i), error))
          return FALSE;
      if (progress != NULL)
        progress ((gint64)(at + n_page), (double)(at + n_page) / n, progress_data);
    }
  return reg_row_writer_close (writer, error);
}

/* Somebody's enrollment in a course of the template. */
typedef struct
{
  GHashTable *people;    /* gint64 → anything: who gets a line */
  GHashTable *due_dates; /* gint64 → text, of one course */
  gboolean active_only;
} Enrolled;

static void
on_enrollment (const RegEnrollment *enrollment, gpointer data)
{
  Enrolled *enrolled = data;

  if (enrolled->active_only && enrollment->access != REG_ACCESS_ACTIVE)
    return;
  g_hash_table_add (enrolled->people, g_memdup2 (&enrollment->user_id, sizeof enrollment->user_id));
  if (enrolled->due_dates != NULL)
    g_hash_table_insert (enrolled->due_dates,
                         g_memdup2 (&enrollment->user_id, sizeof enrollment->user_id),
                         g_strdup (enrollment->due_date));
}

/* enrolled: (nullable): NULL for everybody */
static gboolean
write_people (RegStore *store,
              RegTemplateWriter *writer,
              const Enrolled *enrolled,
              const RegCourse *course,
              GError **error)
{
  const RegUserQuery query = { .states = REG_STATE_BIT (REG_USER_STATE_ACTIVE)
                                         | REG_STATE_BIT (REG_USER_STATE_PENDING) };
  g_autoptr (RegIdList) ids = reg_store_query_users (store, &query, NULL, error);

  for (gsize at = 0; ids != NULL && at < ids->n; at += EXPORT_PAGE)
    {
      g_autoptr (GPtrArray) rows =
          reg_store_get_user_rows (store, ids->ids + at, MIN (EXPORT_PAGE, ids->n - at), error);

      if (rows == NULL)
        return FALSE;
      for (guint i = 0; i < rows->len; i++)
        {
          const RegUserRow *row = g_ptr_array_index (rows, i);
          const char *due_date = row != NULL && enrolled != NULL && enrolled->due_dates != NULL
                                     ? g_hash_table_lookup (enrolled->due_dates, &row->user->id)
                                     : NULL;

          if (row != NULL
              && (enrolled == NULL || g_hash_table_contains (enrolled->people, &row->user->id))
              && !reg_template_writer_add (writer, row->user, course, due_date, error))
            return FALSE;
        }
    }
  return ids != NULL;
}

static gboolean
write_enrolled (RegStore *store,
                RegTemplateWriter *writer,
                GPtrArray *courses,
                gboolean name_courses,
                GError **error)
{
  g_autoptr (GHashTable) people = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr (GHashTable) due_dates =
      g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  Enrolled enrolled = { .people = people,
                        .due_dates = name_courses ? due_dates : NULL,
                        .active_only = TRUE };

  for (guint i = 0; i < courses->len; i++)
    {
      const RegCourse *course = g_ptr_array_index (courses, i);

      if (!reg_store_visit_enrollments (store, course->id, on_enrollment, &enrolled, error))
        return FALSE;
      if (!name_courses)
        continue;
      if (!write_people (store, writer, &enrolled, course, error))
        return FALSE;
      g_hash_table_remove_all (people);
      g_hash_table_remove_all (due_dates);
    }
  return name_courses || write_people (store, writer, &enrolled, NULL, error);
}

/**
 * reg_import_job_write_template:
 * @store: the local copy
 * @action: name of an action
 * @courses: (element-type RegCourse): the courses chosen
 * @matrix: whether to write the x-marks form
 * @path: where to
 * @error: where to say why not
 *
 * Returns: whether it is written
 */
gboolean
reg_import_job_write_template (RegStore *store,
                               const char *action,
                               GPtrArray *courses,
                               gboolean matrix,
                               const char *path,
                               GError **error)
{
  g_autoptr (RegDirectory) directory = reg_import_job_fill_directory (store, NULL, error);
  g_autoptr (RegTemplateWriter) writer = NULL;
  const RegImportAction *own = reg_import_action_find (action);
  gboolean of_courses = own != NULL && own->has_courses && !g_str_equal (own->name, "assign");

  if (directory == NULL)
    return FALSE;
  writer = reg_template_writer_new (action, courses, matrix, directory, path, error);
  if (writer == NULL)
    return FALSE;
  if (of_courses && courses->len == 0)
    {
      g_set_error_literal (error, REG_IMPORT_ERROR, REG_IMPORT_ERROR_ACTION,
                           _ ("Choose the courses first: the template gets the people who are in "
                              "them."));
      return FALSE;
    }
  if (of_courses ? !write_enrolled (store, writer, courses,
                                    g_str_equal (own->name, "set-due-dates"), error)
                 : !write_people (store, writer, NULL, NULL, error))
    return FALSE;
  return reg_template_writer_close (writer, error);
}
