/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-views"

#include "views/common/reg-copy-dialog.h"

#include "rules/reg-status.h"
#include "views/common/reg-assignment-details.h"
#include "views/common/reg-course-picker.h"
#include "views/common/reg-label-picker.h"
#include "views/common/reg-review-dialog.h"

#include <glib/gi18n-lib.h>

struct _RegCopyDialog
{
  AdwWindow parent_instance;

  GtkButton *go_on;
  RegLabelPicker *target;
  RegCoursePicker *sources;
  GtkLabel *chosen;
  AdwComboRow *status;
  RegAssignmentDetails *details;

  RegWorkspace *workspace;
  GArray *first_sources; /* ticked once the courses are there */
  gint64 first_target;
  gboolean is_busy;
};

G_DEFINE_FINAL_TYPE (RegCopyDialog, reg_copy_dialog, ADW_TYPE_WINDOW)

/* Whom: an entry each, in this order. */
static const guint statuses[] = {
  REG_STATUS_ALL_PRESENT,
  REG_STATUS_BIT (REG_STATUS_COMPLETED),
  REG_STATUS_ALL_PRESENT & ~REG_STATUS_BIT (REG_STATUS_COMPLETED),
};

/* A course is not copied into itself. (transfer full) */
static gint64 *
dup_sources (RegCopyDialog *self, gsize *n)
{
  gint64 target = reg_label_picker_get_id (self->target);
  gint64 *ids = reg_course_picker_dup_ids (self->sources, NULL);

  *n = 0;
  for (gsize i = 0; ids[i] != 0; i++)
    if (ids[i] != target)
      ids[(*n)++] = ids[i];
  return ids;
}

static void
update (RegCopyDialog *self)
{
  gsize n;
  g_autofree gint64 *ids = dup_sources (self, &n);
  g_autofree char *text =
      g_strdup_printf (ngettext ("%'zu course chosen", "%'zu courses chosen", n), n);

  gtk_label_set_label (self->chosen, text);
  gtk_widget_set_sensitive (GTK_WIDGET (self->go_on),
                            !self->is_busy && n > 0 && reg_label_picker_get_id (self->target) != 0
                                && reg_assignment_details_is_valid (self->details));
}

/* The drop-down picks by id and name; where it begins is the target asked for. */
static void
fill_targets (RegCopyDialog *self)
{
  GPtrArray *courses = reg_course_picker_get_all (self->sources);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func ((GDestroyNotify)reg_label_free);

  for (guint i = 0; i < courses->len; i++)
    {
      const RegCourse *course = g_ptr_array_index (courses, i);
      RegLabel *name = reg_label_new ();

      name->id = course->id;
      g_free (name->name);
      name->name = g_strdup_printf ("%s · %s", course->title, course->code);
      g_ptr_array_add (names, name);
    }
  reg_label_picker_set_labels (self->target, names, G_MAXUINT);
  reg_label_picker_set_id (self->target, self->first_target);
}

static void
on_courses_loaded_cb (RegCopyDialog *self, const char *wrong)
{
  RegHost *host = reg_host_from (GTK_WIDGET (self));
  g_autoptr (GError) error = NULL;

  if (wrong != NULL)
    {
      error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, wrong);
      if (host != NULL)
        reg_host_show_error (host, _ ("Could Not Look Up Courses"), error);
      return;
    }
  fill_targets (self);
  reg_course_picker_set_ids (self->sources, (const gint64 *)(gpointer)self->first_sources->data,
                             self->first_sources->len);
  update (self);
}

/* Going on: who is enrolled there is looked up, and reviewed. */

typedef struct
{
  gint64 *sources;
  gsize n_sources;
  guint statuses;
} Question;

static void
question_free (gpointer data)
{
  Question *question = data;

  g_free (question->sources);
  g_free (question);
}

static gpointer
find_people (RegStore *store, gpointer data, RegProgress *progress, GError **error)
{
  const Question *question = data;

  return reg_store_query_enrolled_users (store, question->sources, question->n_sources,
                                         question->statuses, NULL, error);
}

static void
show_review (RegCopyDialog *self, const RegIdList *people)
{
  RegReviewDialog *review =
      reg_review_dialog_new (GTK_WINDOW (self), self->workspace, reg_operation_find ("assign"));
  g_autoptr (RegParams) params = reg_assignment_details_dup_params (self->details);
  g_autoptr (GPtrArray) items =
      g_ptr_array_new_with_free_func ((GDestroyNotify)reg_review_item_free);

  g_ptr_array_add (items, reg_review_item_new (reg_label_picker_get_id (self->target), NULL));
  reg_review_dialog_set_params (review, params);
  reg_review_dialog_set_items (review, items);
  reg_review_dialog_set_users (review, people->ids, people->n);
  reg_review_dialog_set_subject (review, reg_label_picker_get_name (self->target));
  g_signal_connect_object (review, "staged", G_CALLBACK (gtk_window_close), self,
                           G_CONNECT_SWAPPED);
  reg_review_dialog_start (review);
}

static void
on_people_found_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RegCopyDialog) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RegIdList) people = reg_workspace_run_finish (REG_WORKSPACE (source), result, &error);
  RegHost *host;

  /* Closed meanwhile. */
  if (self->sources == NULL)
    return;
  host = reg_host_from (GTK_WIDGET (self));
  self->is_busy = FALSE;
  update (self);
  if (people == NULL)
    {
      if (host != NULL)
        reg_host_show_error (host, _ ("Could Not Look Up Enrollments"), error);
      return;
    }
  if (people->n > 0)
    {
      show_review (self, people);
      return;
    }
  error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                               _ ("Choose other courses, or another status."));
  if (host != NULL)
    reg_host_show_error (host, _ ("Nobody Is Enrolled There"), error);
}

static void
on_go_on_clicked_cb (RegCopyDialog *self)
{
  Question *question = g_new0 (Question, 1);

  question->sources = dup_sources (self, &question->n_sources);
  question->statuses = statuses[adw_combo_row_get_selected (self->status)];
  self->is_busy = TRUE;
  update (self);
  reg_workspace_run_async (self->workspace, FALSE, find_people, question, question_free,
                           (GDestroyNotify)reg_id_list_unref, NULL, on_people_found_cb,
                           g_object_ref (self));
}

static void
reg_copy_dialog_dispose (GObject *object)
{
  RegCopyDialog *self = REG_COPY_DIALOG (object);

  g_clear_object (&self->workspace);
  self->sources = NULL;
  G_OBJECT_CLASS (reg_copy_dialog_parent_class)->dispose (object);
}

static void
reg_copy_dialog_finalize (GObject *object)
{
  g_array_unref (REG_COPY_DIALOG (object)->first_sources);
  G_OBJECT_CLASS (reg_copy_dialog_parent_class)->finalize (object);
}

static void
reg_copy_dialog_class_init (RegCopyDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = reg_copy_dialog_dispose;
  object_class->finalize = reg_copy_dialog_finalize;

  g_type_ensure (REG_TYPE_ASSIGNMENT_DETAILS);
  g_type_ensure (REG_TYPE_COURSE_PICKER);
  g_type_ensure (REG_TYPE_LABEL_PICKER);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/registrar_lms/Registrar/common/reg-copy-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, RegCopyDialog, go_on);
  gtk_widget_class_bind_template_child (widget_class, RegCopyDialog, target);
  gtk_widget_class_bind_template_child (widget_class, RegCopyDialog, sources);
  gtk_widget_class_bind_template_child (widget_class, RegCopyDialog, chosen);
  gtk_widget_class_bind_template_child (widget_class, RegCopyDialog, status);
  gtk_widget_class_bind_template_child (widget_class, RegCopyDialog, details);
  gtk_widget_class_bind_template_callback (widget_class, on_go_on_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_courses_loaded_cb);
  gtk_widget_class_bind_template_callback (widget_class, update);
}

static void
reg_copy_dialog_init (RegCopyDialog *self)
{
  const char *const names[] = { _ ("Everybody Enrolled"), _ ("Only Completed"),
                                _ ("Only Not Completed"), NULL };
  g_autoptr (GtkStringList) list = gtk_string_list_new (names);

  G_STATIC_ASSERT (G_N_ELEMENTS (names) == G_N_ELEMENTS (statuses) + 1);
  self->first_sources = g_array_new (FALSE, FALSE, sizeof (gint64));
  gtk_widget_init_template (GTK_WIDGET (self));
  adw_combo_row_set_model (self->status, G_LIST_MODEL (list));
}

/**
 * reg_copy_dialog_present:
 * @host: the window it is above
 * @workspace: the account that is open
 * @sources: (nullable) (array length=n_sources): courses that are ticked at first
 * @n_sources: how many
 * @target: the course that is chosen at first, or 0
 */
void
reg_copy_dialog_present (RegHost *host,
                         RegWorkspace *workspace,
                         const gint64 *sources,
                         gsize n_sources,
                         gint64 target)
{
  RegCopyDialog *self = g_object_new (REG_TYPE_COPY_DIALOG, "transient-for", host, NULL);

  self->workspace = g_object_ref (workspace);
  self->first_target = target;
  if (n_sources > 0)
    g_array_append_vals (self->first_sources, sources, (guint)n_sources);
  reg_course_picker_set_workspace (self->sources, workspace, 0);
  update (self);
  reg_course_picker_focus (self->sources);
  gtk_window_present (GTK_WINDOW (self));
}
