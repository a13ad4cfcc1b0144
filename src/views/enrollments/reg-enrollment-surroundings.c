/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-views"

#include "views/enrollments/reg-enrollment-surroundings.h"

#include "store/reg-store-overview.h"

typedef struct
{
  RegEnrollmentsOf of;
  gint64 id;
} Asked;

void
reg_enrollment_surroundings_free (RegEnrollmentSurroundings *self)
{
  g_clear_pointer (&self->course, reg_course_free);
  g_clear_pointer (&self->user, reg_user_free);
  g_clear_pointer (&self->labels, g_ptr_array_unref);
  g_clear_pointer (&self->managers, g_ptr_array_unref);
  g_clear_pointer (&self->sessions, g_ptr_array_unref);
  g_clear_pointer (&self->ilt_courses, g_hash_table_unref);
  g_clear_pointer (&self->assigners, g_ptr_array_unref);
  g_free (self);
}

static gboolean
read_course (RegEnrollmentSurroundings *self, RegStore *store, GError **error)
{
  self->course = reg_store_get_course (store, self->id, error);
  if (self->course == NULL)
    return FALSE;
  self->labels = reg_store_list_labels (store, error);
  if (self->labels == NULL)
    return FALSE;
  self->managers = reg_store_list_managers (store, REG_MAX_MANAGERS, error);
  if (self->managers == NULL)
    return FALSE;
  self->sessions = reg_store_list_sessions (store, self->id, error);
  return self->sessions != NULL;
}

static gboolean
read_ilt_courses (RegEnrollmentSurroundings *self, RegStore *store, GError **error)
{
  g_autoptr (GPtrArray) courses = reg_store_list_courses (store, error);

  if (courses == NULL)
    return FALSE;
  self->ilt_courses = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  for (guint i = 0; i < courses->len; i++)
    {
      const RegCourse *course = g_ptr_array_index (courses, i);

      if (course->kind == REG_COURSE_ILT)
        g_hash_table_add (self->ilt_courses, g_memdup2 (&course->id, sizeof course->id));
    }
  return TRUE;
}

static gboolean
read_user (RegEnrollmentSurroundings *self, RegStore *store, GError **error)
{
  /* Somebody who was added here has the LMS's id since the sync. */
  if (!reg_store_resolve_user_id (store, &self->id, error))
    return FALSE;
  self->user = reg_store_get_user (store, self->id, error);
  return self->user != NULL && read_ilt_courses (self, store, error);
}

static gpointer
read_all (RegStore *store, gpointer data, RegProgress *progress, GError **error)
{
  const Asked *asked = data;
  g_autoptr (RegEnrollmentSurroundings) self = g_new0 (RegEnrollmentSurroundings, 1);
  gboolean is_read = FALSE;

  self->asked_id = self->id = asked->id;
  switch (asked->of)
    {
    case REG_ENROLLMENTS_OF_COURSE:
      is_read = read_course (self, store, error);
      break;
    case REG_ENROLLMENTS_OF_USER:
      is_read = read_user (self, store, error);
      break;
    }
  if (!is_read)
    return NULL;
  self->assigners = asked->of == REG_ENROLLMENTS_OF_COURSE
                        ? reg_store_list_assigners (store, self->id, 0, error)
                        : reg_store_list_assigners (store, 0, self->id, error);
  return self->assigners != NULL ? g_steal_pointer (&self) : NULL;
}

void
reg_enrollment_surroundings_read_async (RegWorkspace *workspace,
                                        RegEnrollmentsOf of,
                                        gint64 id,
                                        GAsyncReadyCallback callback,
                                        gpointer data)
{
  Asked *asked = g_new (Asked, 1);

  asked->of = of;
  asked->id = id;
  reg_workspace_run_async (workspace, FALSE, read_all, asked, g_free,
                           (GDestroyNotify)reg_enrollment_surroundings_free, NULL, callback, data);
}

char *
reg_enrollment_surroundings_dup_title (const RegEnrollmentSurroundings *self)
{
  return self->course != NULL ? g_strdup (self->course->title) : reg_user_dup_name (self->user);
}
