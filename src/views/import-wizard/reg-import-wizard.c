/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-views"

#include "views/import-wizard/reg-import-wizard.h"

#include "imports/reg-import-action.h"
#include "rules/reg-text.h"
#include "views/common/reg-column-list.h"
#include "views/import-wizard/reg-plan-view.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _RegImportWizard
{
  AdwWindow parent_instance;

  AdwWindowTitle *title;
  GtkButton *back;
  GtkStack *stack;
  GtkLabel *hint;
  AdwComboRow *action_row;
  AdwActionRow *file_row;
  GtkButton *choose;
  GtkSearchEntry *search;
  RegColumnList *courses;
  GtkButton *check;
  GtkLabel *working_title;
  GtkProgressBar *bar;
  GtkLabel *working_text;
  AdwStatusPage *problem;
  RegPlanView *plan_view;
  GtkLabel *ticked;
  GtkButton *start;

  RegWorkspace *workspace;
  GFile *file;
  GPtrArray *all_courses; /* RegCourse; (nullable) until they are read */
  gint64 first_course_id;
  RegIdListModel *course_model;
  RegImportPlan *plan;
  RegProgress *progress;
  GtkFileChooserNative *chooser;
  gboolean check_when_ready;
};

enum
{
  STARTED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RegImportWizard, reg_import_wizard, ADW_TYPE_WINDOW)

static void check_file (RegImportWizard *self);

/* ---- Pages ---- */

static void
show_page (RegImportWizard *self, const char *name)
{
  gboolean can_go_back = g_str_equal (name, "review") || g_str_equal (name, "problem");

  gtk_stack_set_visible_child_name (self->stack, name);
  gtk_widget_set_visible (GTK_WIDGET (self->back), can_go_back);
  adw_window_title_set_title (self->title,
                              g_str_equal (name, "review") ? _ ("Final Check") : _ ("Import"));
  if (g_str_equal (name, "review"))
    gtk_widget_grab_focus (GTK_WIDGET (self->start));
}

static void
show_problem (RegImportWizard *self, const GError *error)
{
  g_autofree char *text = g_markup_escape_text (error->message, -1);

  adw_status_page_set_description (self->problem, text);
  show_page (self, "problem");
}

static void
on_progress_changed_cb (RegImportWizard *self)
{
  double fraction = reg_progress_get_fraction (self->progress);
  g_autofree char *text = reg_progress_dup_text (self->progress);

  if (fraction < 0)
    gtk_progress_bar_pulse (self->bar);
  else
    gtk_progress_bar_set_fraction (self->bar, fraction);
  gtk_label_set_label (self->working_text, text != NULL ? text : "");
}

static void
begin_work (RegImportWizard *self, const char *title)
{
  g_set_object (&self->progress, NULL);
  self->progress = reg_progress_new (title);
  g_signal_connect_object (self->progress, "changed", G_CALLBACK (on_progress_changed_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_label_set_label (self->working_title, title);
  gtk_label_set_label (self->working_text, "");
  gtk_progress_bar_set_fraction (self->bar, 0);
  show_page (self, "working");
}

static void
update_file (RegImportWizard *self)
{
  g_autofree char *name = self->file != NULL ? g_file_get_basename (self->file) : NULL;
  g_autofree char *markup = NULL;

  if (name == NULL)
    return;
  markup = g_markup_escape_text (name, -1);
  adw_action_row_set_subtitle (self->file_row, markup);
  adw_window_title_set_subtitle (self->title, name);
  gtk_widget_set_sensitive (GTK_WIDGET (self->check), TRUE);
}

static const RegImportAction *
get_action (RegImportWizard *self)
{
  guint n;
  const RegImportAction *actions = reg_import_action_list (&n);

  return &actions[MIN (adw_combo_row_get_selected (self->action_row), n - 1)];
}

/* ---- Courses ---- */

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
filter_courses (RegImportWizard *self)
{
  g_autofree char *needle = reg_text_fold (gtk_editable_get_text (GTK_EDITABLE (self->search)), -1);
  g_autoptr (RegIdList) list = NULL;
  gint64 *ids;
  gsize n = 0;

  if (self->all_courses == NULL)
    return;
  ids = g_new (gint64, MAX (self->all_courses->len, 1));
  for (guint i = 0; i < self->all_courses->len; i++)
    {
      const RegCourse *course = g_ptr_array_index (self->all_courses, i);

      if (course_matches (course, needle))
        ids[n++] = course->id;
    }
  list = reg_id_list_new_take (ids, n);
  reg_id_list_model_set_ids (self->course_model, list);
  reg_column_list_set_loaded (self->courses, TRUE);
}

static void
on_courses_listed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RegImportWizard) self = data;
  g_autoptr (GError) error = NULL;

  self->all_courses = reg_workspace_run_finish (REG_WORKSPACE (source), result, &error);
  if (self->all_courses == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        show_problem (self, error);
      return;
    }
  filter_courses (self);
  if (self->first_course_id != 0)
    reg_selection_select_ids (reg_column_list_get_selection (self->courses), &self->first_course_id,
                              1);
  if (self->check_when_ready)
    check_file (self);
  self->check_when_ready = FALSE;
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
on_course_activated_cb (RegImportWizard *self, gint64 id)
{
  guint position = reg_id_list_model_find (self->course_model, id);
  GtkSelectionModel *selection =
      GTK_SELECTION_MODEL (reg_column_list_get_selection (self->courses));

  if (position == G_MAXUINT)
    return;
  if (gtk_selection_model_is_selected (selection, position))
    gtk_selection_model_unselect_item (selection, position);
  else
    gtk_selection_model_select_item (selection, position, FALSE);
}

/* ---- The check ---- */

/* (transfer full): ids of the chosen courses, 0-terminated */
static gint64 *
dup_chosen_courses (RegImportWizard *self)
{
  gsize n;
  gint64 *ids = reg_selection_dup_ids (reg_column_list_get_selection (self->courses), &n);

  ids = g_renew (gint64, ids, n + 1);
  ids[n] = 0;
  return ids;
}

static void
fill_request (RegImportWizard *self, RegImportRequest *request, const gint64 *courses)
{
  *request = (RegImportRequest){ .path = g_file_peek_path (self->file),
                                 .action = get_action (self)->name,
                                 .courses = courses };
}

static void
update_ticked (RegImportWizard *self)
{
  gsize n = reg_plan_view_get_n_ticked (self->plan_view);
  g_autofree char *text =
      g_strdup_printf (_ ("%'d of %'d ticked. Nothing is sent before you sync."), (int)n,
                       (int)self->plan->will->len);

  gtk_label_set_label (self->ticked, text);
  gtk_widget_set_sensitive (GTK_WIDGET (self->start), n > 0);
}

static void
on_plan_view_changed_cb (RegImportWizard *self)
{
  if (self->plan != NULL)
    update_ticked (self);
}

static void
show_plan (RegImportWizard *self, RegImportPlan *plan)
{
  g_clear_pointer (&self->plan, reg_import_plan_unref);
  self->plan = reg_import_plan_ref (plan);
  reg_plan_view_set_plan (self->plan_view, self->workspace, plan);
  update_ticked (self);
  show_page (self, "review");
}

static void
on_checked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RegImportWizard) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RegImportPlan) plan =
      reg_workspace_check_import_finish (REG_WORKSPACE (source), result, &error);

  if (plan != NULL)
    show_plan (self, plan);
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    show_page (self, "setup");
  else if (g_error_matches (error, REG_IMPORT_ERROR, REG_IMPORT_ERROR_ACTION))
    {
      gtk_label_set_label (self->hint, error->message);
      gtk_widget_set_visible (GTK_WIDGET (self->hint), TRUE);
      show_page (self, "setup");
      gtk_widget_grab_focus (GTK_WIDGET (self->search));
    }
  else
    show_problem (self, error);
}

static void
check_file (RegImportWizard *self)
{
  g_autofree gint64 *courses = dup_chosen_courses (self);
  g_autofree char *name = NULL;
  g_autofree char *title = NULL;
  RegImportRequest request;

  if (self->file == NULL)
    return;
  if (g_file_peek_path (self->file) == NULL)
    {
      g_autoptr (GError) error = g_error_new_literal (
          G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
          _ ("This file is not on this computer. Copy it here first, then import it."));

      show_problem (self, error);
      return;
    }
  gtk_widget_set_visible (GTK_WIDGET (self->hint), FALSE);
  name = g_file_get_basename (self->file);
  title = g_strdup_printf (_ ("Checking “%s”"), name);
  begin_work (self, title);
  fill_request (self, &request, courses);
  reg_workspace_check_import_async (self->workspace, &request, self->progress, on_checked_cb,
                                    g_object_ref (self));
}

/* ---- The start ---- */

static void
on_started_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RegImportWizard) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RegImportRun) run =
      reg_workspace_start_import_finish (REG_WORKSPACE (source), result, &error);

  if (run != NULL)
    {
      g_signal_emit (self, signals[STARTED], 0, run);
      gtk_window_destroy (GTK_WINDOW (self));
    }
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    show_page (self, "review");
  else
    show_problem (self, error);
}

static void
on_start_clicked_cb (RegImportWizard *self)
{
  g_autofree gint64 *courses = dup_chosen_courses (self);
  g_autoptr (GHashTable) excluded = reg_plan_view_dup_excluded (self->plan_view);
  RegImportRequest request;

  begin_work (self, _ ("Starting the import"));
  fill_request (self, &request, courses);
  reg_workspace_start_import_async (self->workspace, &request, self->plan, excluded, self->progress,
                                    on_started_cb, g_object_ref (self));
}

/* ---- Files ---- */

static void
take_file (RegImportWizard *self, GFile *file)
{
  g_set_object (&self->file, file);
  update_file (self);
  if (self->all_courses != NULL)
    check_file (self);
  else
    self->check_when_ready = TRUE;
}

static void
on_file_chosen_cb (GtkNativeDialog *dialog, int response, RegImportWizard *self)
{
  g_autoptr (GFile) file = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  g_clear_object (&self->chooser);
  if (file != NULL)
    take_file (self, file);
}

static void
on_choose_clicked_cb (RegImportWizard *self)
{
  g_autoptr (GtkFileFilter) filter = NULL;

  if (self->chooser != NULL)
    return;
  filter = gtk_file_filter_new ();
  gtk_file_filter_set_name (filter, _ ("Spreadsheets (.csv, .tsv, .xlsx)"));
  gtk_file_filter_add_suffix (filter, "csv");
  gtk_file_filter_add_suffix (filter, "tsv");
  gtk_file_filter_add_suffix (filter, "txt");
  gtk_file_filter_add_suffix (filter, "xlsx");
  self->chooser = gtk_file_chooser_native_new (_ ("Choose a File to Import"), GTK_WINDOW (self),
                                               GTK_FILE_CHOOSER_ACTION_OPEN, _ ("_Open"), NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (self->chooser), filter);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (on_file_chosen_cb), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static gboolean
on_drop_cb (GtkDropTarget *target, const GValue *value, double x, double y, RegImportWizard *self)
{
  GSList *files;

  if (!G_VALUE_HOLDS (value, GDK_TYPE_FILE_LIST)
      || g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "working") == 0)
    return FALSE;
  files = g_value_get_boxed (value);
  if (files == NULL)
    return FALSE;
  take_file (self, files->data);
  return TRUE;
}

/* ---- Templates ---- */

typedef struct
{
  char *action;
  GPtrArray *courses;
  gboolean is_matrix;
  char *path;
} Template;

static void
template_free (gpointer data)
{
  Template *template = data;

  g_free (template->action);
  g_ptr_array_unref (template->courses);
  g_free (template->path);
  g_free (template);
}

static gpointer
write_template (RegStore *store, gpointer data, RegProgress *progress, GError **error)
{
  Template *template = data;

  if (!reg_import_write_template (template->action, template->courses, template->is_matrix,
                                  template->path, error))
    return NULL;
  return g_strdup (template->path);
}

static void
show_hint (RegImportWizard *self, const char *text)
{
  gtk_label_set_label (self->hint, text);
  gtk_widget_set_visible (GTK_WIDGET (self->hint), TRUE);
}

static void
on_template_written_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RegImportWizard) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = reg_workspace_run_finish (REG_WORKSPACE (source), result, &error);
  g_autofree char *name = path != NULL ? g_path_get_basename (path) : NULL;
  g_autofree char *text =
      path != NULL ? g_strdup_printf (_ ("Saved “%s”. Fill it in, then choose it here."), name)
                   : g_strdup_printf (_ ("The template cannot be saved: %s"), error->message);

  show_hint (self, text);
}

static GPtrArray *
dup_chosen_course_records (RegImportWizard *self)
{
  g_autofree gint64 *ids = dup_chosen_courses (self);
  GPtrArray *records = g_ptr_array_new_with_free_func ((GDestroyNotify)reg_course_free);

  for (guint k = 0; self->all_courses != NULL && k < self->all_courses->len; k++)
    {
      const RegCourse *course = g_ptr_array_index (self->all_courses, k);

      for (gsize i = 0; ids[i] != 0; i++)
        if (ids[i] == course->id)
          g_ptr_array_add (records, reg_course_copy (course));
    }
  return records;
}

static void
on_template_place_chosen_cb (GtkNativeDialog *dialog, int response, RegImportWizard *self)
{
  g_autoptr (GFile) file = NULL;
  Template *template;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  if (file != NULL)
    {
      template = g_new0 (Template, 1);
      template->action = g_strdup (get_action (self)->name);
      template->courses = dup_chosen_course_records (self);
      template->is_matrix =
          GPOINTER_TO_INT (g_object_get_data (G_OBJECT (dialog), "reg-is-matrix"));
      template->path = g_file_get_path (file);
      reg_workspace_run_async (self->workspace, FALSE, write_template, template, template_free,
                               g_free, NULL, on_template_written_cb, g_object_ref (self));
    }
  g_clear_object (&self->chooser);
}

static void
save_template (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  RegImportWizard *self = REG_IMPORT_WIZARD (widget);
  const char *target = g_variant_get_string (parameter, NULL);
  gboolean is_matrix = g_str_has_prefix (target, "matrix");
  g_autofree char *name = NULL;
  gsize n;

  g_free (reg_selection_dup_ids (reg_column_list_get_selection (self->courses), &n));
  if (is_matrix && n == 0)
    {
      show_hint (self, _ ("Choose the courses first; the template gets a column for each."));
      return;
    }
  if (self->chooser != NULL)
    return;
  name = g_strdup_printf ("%s-%s", get_action (self)->name, target);
  self->chooser = gtk_file_chooser_native_new (_ ("Save Template"), GTK_WINDOW (self),
                                               GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Save"), NULL);
  g_object_set_data (G_OBJECT (self->chooser), "reg-is-matrix", GINT_TO_POINTER (is_matrix));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser), name);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (on_template_place_chosen_cb),
                           self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

/* ---- Callbacks ---- */

static void
on_search_changed_cb (RegImportWizard *self)
{
  filter_courses (self);
}

static void
on_check_clicked_cb (RegImportWizard *self)
{
  check_file (self);
}

static void
on_stop_clicked_cb (RegImportWizard *self)
{
  if (self->progress != NULL)
    reg_progress_cancel (self->progress);
}

static void
on_back_clicked_cb (RegImportWizard *self)
{
  show_page (self, "setup");
}

static gboolean
reg_import_wizard_close_request (GtkWindow *window)
{
  on_stop_clicked_cb (REG_IMPORT_WIZARD (window));
  return GTK_WINDOW_CLASS (reg_import_wizard_parent_class)->close_request (window);
}

/* ---- Object ---- */

static void
reg_import_wizard_dispose (GObject *object)
{
  RegImportWizard *self = REG_IMPORT_WIZARD (object);

  g_clear_object (&self->chooser);
  g_clear_object (&self->progress);
  g_clear_object (&self->course_model);
  g_clear_object (&self->file);
  g_clear_pointer (&self->all_courses, g_ptr_array_unref);
  g_clear_pointer (&self->plan, reg_import_plan_unref);
  g_clear_object (&self->workspace);
  G_OBJECT_CLASS (reg_import_wizard_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  g_type_ensure (REG_TYPE_COLUMN_LIST);
  g_type_ensure (REG_TYPE_PLAN_VIEW);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/registrar_lms/Registrar/import-wizard/reg-import-wizard.ui");
  gtk_widget_class_bind_template_child (widget_class, RegImportWizard, title);
  gtk_widget_class_bind_template_child (widget_class, RegImportWizard, back);
  gtk_widget_class_bind_template_child (widget_class, RegImportWizard, stack);
  gtk_widget_class_bind_template_child (widget_class, RegImportWizard, hint);
  gtk_widget_class_bind_template_child (widget_class, RegImportWizard, action_row);
  gtk_widget_class_bind_template_child (widget_class, RegImportWizard, file_row);
  gtk_widget_class_bind_template_child (widget_class, RegImportWizard, choose);
  gtk_widget_class_bind_template_child (widget_class, RegImportWizard, search);
  gtk_widget_class_bind_template_child (widget_class, RegImportWizard, courses);
  gtk_widget_class_bind_template_child (widget_class, RegImportWizard, check);
  gtk_widget_class_bind_template_child (widget_class, RegImportWizard, working_title);
  gtk_widget_class_bind_template_child (widget_class, RegImportWizard, bar);
  gtk_widget_class_bind_template_child (widget_class, RegImportWizard, working_text);
  gtk_widget_class_bind_template_child (widget_class, RegImportWizard, problem);
  gtk_widget_class_bind_template_child (widget_class, RegImportWizard, plan_view);
  gtk_widget_class_bind_template_child (widget_class, RegImportWizard, ticked);
  gtk_widget_class_bind_template_child (widget_class, RegImportWizard, start);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_choose_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_check_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_stop_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_back_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_start_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_plan_view_changed_cb);
}

static void
reg_import_wizard_class_init (RegImportWizardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = reg_import_wizard_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = reg_import_wizard_close_request;

  /**
   * RegImportWizard::started:
   * @run: (type gpointer): the RegImportRun, valid during the emission
   *
   * The import was staged.
   */
  signals[STARTED] = g_signal_new ("started", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);

  bind_template (widget_class);
  gtk_widget_class_install_action (widget_class, "wizard.template", "s", save_template);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
set_up_actions (RegImportWizard *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint n;
  const RegImportAction *actions = reg_import_action_list (&n);

  for (guint i = 0; i < n; i++)
    gtk_string_list_append (names, _ (actions[i].label));
  adw_combo_row_set_model (self->action_row, G_LIST_MODEL (names));
}

static void
set_up_courses (RegImportWizard *self)
{
  RegColumnList *list = self->courses;

  reg_column_list_set_label (list, _ ("Courses"));
  reg_column_list_set_name_func (list, dup_course_name, NULL);
  reg_column_list_add_checks (list);
  reg_column_list_add_column (list, _ ("Course"), -1, 0, 0, REG_COLUMN_EXPAND, bind_course, NULL);
  reg_column_list_add_column (list, _ ("Code"), -1, 100, 0, REG_COLUMN_NONE, bind_code, NULL);
  reg_column_list_set_empty (list, "edit-find-symbolic", _ ("No Course Found"),
                             _ ("Try another search."), NULL, NULL);
  g_signal_connect_object (list, "row-activated", G_CALLBACK (on_course_activated_cb), self,
                           G_CONNECT_SWAPPED);
}

static void
reg_import_wizard_init (RegImportWizard *self)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  gtk_widget_init_template (GTK_WIDGET (self));
  set_up_actions (self);
  set_up_courses (self);
  g_signal_connect (target, "drop", G_CALLBACK (on_drop_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}

/**
 * reg_import_wizard_new:
 * @parent: the window it belongs to
 * @workspace: the account that is open
 * @file: (nullable): checked at once
 * @course_id: the course it is for, or 0
 *
 * Returns: (transfer none): the wizard; GTK owns it, as every window
 */
GtkWidget *
reg_import_wizard_new (GtkWindow *parent, RegWorkspace *workspace, GFile *file, gint64 course_id)
{
  RegImportWizard *self = g_object_new (REG_TYPE_IMPORT_WIZARD, "transient-for", parent, NULL);

  self->workspace = g_object_ref (workspace);
  self->first_course_id = course_id;
  self->course_model = reg_workspace_create_model (workspace, get_courses, NULL, NULL,
                                                   (GDestroyNotify)reg_course_free);
  reg_column_list_set_model (self->courses, self->course_model);
  if (file != NULL)
    take_file (self, file);
  reg_workspace_run_async (
      workspace, FALSE, list_courses, g_strdup (reg_workspace_get_today (workspace)), g_free,
      (GDestroyNotify)g_ptr_array_unref, NULL, on_courses_listed_cb, g_object_ref (self));
  return GTK_WIDGET (self);
}
