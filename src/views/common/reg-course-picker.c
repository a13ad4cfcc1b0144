/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-views"

#include "views/common/reg-course-picker.h"

#include "rules/reg-text.h"
#include "views/common/reg-column-list.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _RegCoursePicker
{
  AdwBin parent_instance;

  GtkSearchEntry *search;
  RegColumnList *list;

  RegWorkspace *workspace;
  GPtrArray *all; /* RegCourse; (nullable) until they are read */
  RegIdListModel *model;
  gint64 chosen;
};

enum
{
  LOADED,
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RegCoursePicker, reg_course_picker, ADW_TYPE_BIN)

static gpointer
list_courses (RegStore *store, gpointer data, RegProgress *progress, GError **error)
{
  g_autoptr (GPtrArray) rows = reg_store_list_course_rows (store, NULL, data, error);
  GPtrArray *courses;

  if (rows == NULL)
    return NULL;
  courses = g_ptr_array_new_full (rows->len, (GDestroyNotify)reg_course_free);
  for (guint i = 0; i < rows->len; i++)
    g_ptr_array_add (courses,
                     reg_course_copy (((RegCourseRow *)g_ptr_array_index (rows, i))->course));
  return courses;
}

static GPtrArray *
get_courses (RegStore *store, const gint64 *ids, gsize n, gpointer data, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_full (n, (GDestroyNotify)reg_course_free);

  for (gsize i = 0; i < n; i++)
    {
      g_autoptr (GError) local = NULL;
      RegCourse *course = reg_store_get_course (store, ids[i], &local);

      if (course == NULL && !g_error_matches (local, REG_STORE_ERROR, REG_STORE_ERROR_NOT_FOUND))
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return NULL;
        }
      g_ptr_array_add (rows, course);
    }
  return g_steal_pointer (&rows);
}

static gboolean
course_matches (const RegCourse *course, const char *needle)
{
  g_autofree char *line = g_strconcat (course->code, " ", course->title, NULL);
  g_autofree char *folded = reg_text_fold (line, -1);

  return strstr (folded, needle) != NULL;
}

static void
filter_courses (RegCoursePicker *self)
{
  g_autofree char *needle = reg_text_fold (gtk_editable_get_text (GTK_EDITABLE (self->search)), -1);
  g_autoptr (RegIdList) list = NULL;
  gint64 *ids;
  gsize n = 0;

  if (self->all == NULL)
    return;
  ids = g_new (gint64, MAX (self->all->len, 1));
  for (guint i = 0; i < self->all->len; i++)
    {
      const RegCourse *course = g_ptr_array_index (self->all, i);

      if (course_matches (course, needle))
        ids[n++] = course->id;
    }
  list = reg_id_list_new_take (ids, n);
  reg_id_list_model_set_ids (self->model, list);
  reg_column_list_set_loaded (self->list, TRUE);
}

static void
on_courses_listed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RegCoursePicker) self = data;
  g_autoptr (GError) error = NULL;

  self->all = reg_workspace_run_finish (REG_WORKSPACE (source), result, &error);
  if (self->all == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_signal_emit (self, signals[LOADED], 0, error->message);
      return;
    }
  if (self->model == NULL)
    return;
  filter_courses (self);
  if (self->chosen != 0)
    reg_course_picker_set_ids (self, &self->chosen, 1);
  g_signal_emit (self, signals[LOADED], 0, NULL);
}

static void
bind_course (RegCell *cell, gpointer row, gpointer data)
{
  reg_cell_set_text (cell, ((const RegCourse *)row)->title);
}

static void
bind_code (RegCell *cell, gpointer row, gpointer data)
{
  reg_cell_set_text (cell, ((const RegCourse *)row)->code);
}

static char *
dup_course_name (gpointer row, gpointer data)
{
  return g_strdup (((const RegCourse *)row)->title);
}

static void
on_course_activated_cb (RegCoursePicker *self, gint64 id)
{
  guint position = reg_id_list_model_find (self->model, id);
  GtkSelectionModel *selection = GTK_SELECTION_MODEL (reg_column_list_get_selection (self->list));

  if (position == G_MAXUINT)
    return;
  if (gtk_selection_model_is_selected (selection, position))
    gtk_selection_model_unselect_item (selection, position);
  else
    gtk_selection_model_select_item (selection, position, FALSE);
}

static void
on_selection_changed_cb (RegCoursePicker *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_search_changed_cb (RegCoursePicker *self)
{
  filter_courses (self);
}

/* What was found by the last letter, which may not have been looked at yet. */
static void
on_search_activated_cb (RegCoursePicker *self)
{
  filter_courses (self);
  reg_column_list_focus (self->list);
}

static void
reg_course_picker_dispose (GObject *object)
{
  RegCoursePicker *self = REG_COURSE_PICKER (object);

  g_clear_object (&self->model);
  g_clear_pointer (&self->all, g_ptr_array_unref);
  g_clear_object (&self->workspace);
  G_OBJECT_CLASS (reg_course_picker_parent_class)->dispose (object);
}

static void
reg_course_picker_class_init (RegCoursePickerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = reg_course_picker_dispose;

  signals[LOADED] = g_signal_new ("loaded", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (REG_TYPE_COLUMN_LIST);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/registrar_lms/Registrar/common/reg-course-picker.ui");
  gtk_widget_class_bind_template_child (widget_class, RegCoursePicker, search);
  gtk_widget_class_bind_template_child (widget_class, RegCoursePicker, list);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_search_activated_cb);
}

static void
reg_course_picker_init (RegCoursePicker *self)
{
  RegColumnList *list;

  gtk_widget_init_template (GTK_WIDGET (self));
  list = self->list;
  reg_column_list_set_label (list, _ ("Courses"));
  reg_column_list_set_name_func (list, dup_course_name, NULL);
  reg_column_list_add_checks (list);
  reg_column_list_add_column (list, _ ("Course"), -1, 0, 0, REG_COLUMN_EXPAND, bind_course, NULL);
  reg_column_list_add_column (list, _ ("Code"), -1, 100, 0, REG_COLUMN_NONE, bind_code, NULL);
  reg_column_list_set_empty (list, "edit-find-symbolic", _ ("No Course Found"),
                             _ ("Try another search."), NULL, NULL);
  g_signal_connect_object (list, "row-activated", G_CALLBACK (on_course_activated_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (list, "selection-changed", G_CALLBACK (on_selection_changed_cb), self,
                           G_CONNECT_SWAPPED);
}

/**
 * reg_course_picker_set_workspace:
 * @self: the picker
 * @workspace: the account that is open
 * @chosen: a course to be ticked, or 0
 *
 * Reads the courses.
 */
void
reg_course_picker_set_workspace (RegCoursePicker *self, RegWorkspace *workspace, gint64 chosen)
{
  g_set_object (&self->workspace, workspace);
  self->chosen = chosen;
  self->model = reg_workspace_create_model (workspace, get_courses, NULL, NULL,
                                            (GDestroyNotify)reg_course_free);
  reg_column_list_set_model (self->list, self->model);
  reg_workspace_run_async (
      workspace, FALSE, list_courses, g_strdup (reg_workspace_get_today (workspace)), g_free,
      (GDestroyNotify)g_ptr_array_unref, NULL, on_courses_listed_cb, g_object_ref (self));
}

gboolean
reg_course_picker_is_loaded (RegCoursePicker *self)
{
  return self->all != NULL;
}

gint64 *
reg_course_picker_dup_ids (RegCoursePicker *self, gsize *n)
{
  gsize count;
  gint64 *ids = reg_selection_dup_ids (reg_column_list_get_selection (self->list), &count);

  ids = g_renew (gint64, ids, count + 1);
  ids[count] = 0;
  if (n != NULL)
    *n = count;
  return ids;
}

/**
 * reg_course_picker_set_ids:
 * @self: the picker
 * @ids: courses; those that are not there any more are passed over
 * @n: how many
 *
 * Ticks these, and no others.
 */
void
reg_course_picker_set_ids (RegCoursePicker *self, const gint64 *ids, gsize n)
{
  reg_selection_clear (reg_column_list_get_selection (self->list));
  reg_selection_select_ids (reg_column_list_get_selection (self->list), ids, n);
}

GPtrArray *
reg_course_picker_dup_courses (RegCoursePicker *self)
{
  g_autofree gint64 *ids = reg_course_picker_dup_ids (self, NULL);
  GPtrArray *records = g_ptr_array_new_with_free_func ((GDestroyNotify)reg_course_free);

  for (guint k = 0; self->all != NULL && k < self->all->len; k++)
    {
      const RegCourse *course = g_ptr_array_index (self->all, k);

      for (gsize i = 0; ids[i] != 0; i++)
        if (ids[i] == course->id)
          g_ptr_array_add (records, reg_course_copy (course));
    }
  return records;
}

GPtrArray *
reg_course_picker_get_all (RegCoursePicker *self)
{
  return self->all;
}

void
reg_course_picker_focus (RegCoursePicker *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}
