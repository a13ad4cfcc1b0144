/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-views"

#include "views/import-wizard/reg-import-wizard.h"

#include "imports/reg-import-action.h"
#include "imports/reg-import-breaker.h"
#include "sync/reg-import-recipes.h"
#include "views/common/reg-host.h"
#include "views/import-wizard/reg-count-dialog.h"
#include "views/import-wizard/reg-course-picker.h"
#include "views/import-wizard/reg-fix-dialog.h"
#include "views/import-wizard/reg-import-setup.h"
#include "views/import-wizard/reg-mapping-view.h"
#include "views/import-wizard/reg-plan-view.h"
#include "views/import-wizard/reg-preview-grid.h"
#include "views/import-wizard/reg-template-saver.h"

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
  AdwComboRow *empty_row;
  AdwActionRow *file_row;
  GtkButton *choose;
  GtkBox *courses_box;
  RegCoursePicker *courses;
  GtkButton *check;
  GtkLabel *working_title;
  GtkProgressBar *bar;
  GtkLabel *working_text;
  RegPreviewGrid *first_rows;
  AdwStatusPage *problem;
  RegMappingView *mapping;
  GtkLabel *undecided;
  GtkButton *mapped;
  RegPlanView *plan_view;
  GtkLabel *ticked;
  GtkButton *start;

  RegWorkspace *workspace;
  RegImportSetup setup;
  RegImportPlan *plan;
  GPtrArray *recipes; /* (nullable): RegImportRecipe, of the account */
  RegProgress *progress;
  RegFixDialog *fix_dialog; /* (nullable): while it is open */
  gint64 fixing_line;
  gint64 run_id; /* of an import whose lines shall be corrected, until they are here */
  GtkFileChooserNative *chooser;
  gboolean check_when_ready;
  guint is_checking_again;
  gboolean asks_for_columns; /* although the headings are right */
  gboolean action_chosen;    /* by the person, so the file does not decide it */
  gboolean is_filling;
};

enum
{
  STARTED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RegImportWizard, reg_import_wizard, ADW_TYPE_WINDOW)

static void read_file (RegImportWizard *self);
static void check_file (RegImportWizard *self);

/* ---- Pages ---- */

static gboolean
is_on_page (RegImportWizard *self, const char *name)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), name) == 0;
}

static void
show_page (RegImportWizard *self, const char *name)
{
  gboolean is_review = g_str_equal (name, "review"), is_mapping = g_str_equal (name, "mapping");

  gtk_stack_set_visible_child_name (self->stack, name);
  gtk_widget_set_visible (GTK_WIDGET (self->back),
                          is_review || is_mapping || g_str_equal (name, "problem"));
  adw_window_title_set_title (self->title, is_review    ? _ ("Final Check")
                                           : is_mapping ? _ ("Columns")
                                                        : _ ("Import"));
  if (is_review)
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
show_hint (RegImportWizard *self, const char *text)
{
  gtk_label_set_label (self->hint, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->hint), text != NULL);
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
begin_progress (RegImportWizard *self, const char *title)
{
  g_set_object (&self->progress, NULL);
  self->progress = reg_progress_new (title);
  g_signal_connect_object (self->progress, "changed", G_CALLBACK (on_progress_changed_cb), self,
                           G_CONNECT_SWAPPED);
}

static void
begin_work (RegImportWizard *self, const char *title)
{
  begin_progress (self, title);
  gtk_label_set_label (self->working_title, title);
  gtk_label_set_label (self->working_text, "");
  gtk_progress_bar_set_fraction (self->bar, 0);
  show_page (self, "working");
}

static void
update_file (RegImportWizard *self)
{
  g_autofree char *shown = reg_import_setup_dup_name (&self->setup);
  g_autofree char *markup = g_markup_escape_text (shown, -1);

  adw_action_row_set_subtitle (self->file_row, markup);
  adw_window_title_set_subtitle (self->title, shown);
  gtk_widget_set_sensitive (GTK_WIDGET (self->check), TRUE);
}

/* ---- The action ---- */

static const RegImportAction *
get_action (RegImportWizard *self)
{
  guint n;
  const RegImportAction *actions = reg_import_action_list (&n);

  return &actions[MIN (adw_combo_row_get_selected (self->action_row), n - 1)];
}

static void
select_action (RegImportWizard *self, const char *name)
{
  guint n;
  const RegImportAction *actions = reg_import_action_list (&n);

  self->is_filling = TRUE;
  for (guint i = 0; i < n; i++)
    if (g_str_equal (actions[i].name, name))
      adw_combo_row_set_selected (self->action_row, i);
  self->is_filling = FALSE;
}

static void
update_action (RegImportWizard *self)
{
  self->setup.action = get_action (self)->name;
  gtk_widget_set_visible (GTK_WIDGET (self->courses_box), get_action (self)->has_courses);
  gtk_widget_set_visible (GTK_WIDGET (self->empty_row), get_action (self)->has_empty_rule);
}

static void
on_action_chosen_cb (RegImportWizard *self)
{
  if (!self->is_filling)
    self->action_chosen = TRUE;
  update_action (self);
}

static void
on_empty_chosen_cb (RegImportWizard *self)
{
  self->setup.empty =
      adw_combo_row_get_selected (self->empty_row) == 1 ? REG_EMPTY_CLEAR : REG_EMPTY_LEAVE;
}

static void
take_choices (RegImportWizard *self)
{
  update_action (self);
  g_free (self->setup.courses);
  self->setup.courses = reg_course_picker_dup_ids (self->courses, NULL);
}

/* ---- The first rows ---- */

static void
update_undecided (RegImportWizard *self)
{
  guint n = reg_mapping_view_get_n_undecided (self->mapping);
  g_autofree char *text =
      n > 0 ? g_strdup_printf (
          ngettext ("%u column is not decided yet.", "%u columns are not decided yet.", n), n)
            : g_strdup (_ ("Every column is decided."));

  gtk_label_set_label (self->undecided, text);
  gtk_widget_set_sensitive (GTK_WIDGET (self->mapped), n == 0);
}

/* Names of the recipes made for these headings. */
static char **
dup_fitting_recipes (RegImportWizard *self)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  for (guint i = 0; self->recipes != NULL && i < self->recipes->len; i++)
    {
      const RegImportRecipe *recipe = g_ptr_array_index (self->recipes, i);

      if (g_strcmp0 (recipe->headings, self->setup.headings) == 0)
        g_ptr_array_add (names, g_strdup (recipe->name));
    }
  g_ptr_array_add (names, NULL);
  return (char **)g_ptr_array_free (g_steal_pointer (&names), FALSE);
}

static void
show_mapping (RegImportWizard *self, const RegImportPreview *preview, const char *problem)
{
  g_auto (GStrv) recipes = dup_fitting_recipes (self);
  g_autofree char *proposal = reg_import_setup_dup_name (&self->setup);
  char *dot = strrchr (proposal, '.');

  if (dot != NULL)
    *dot = '\0';
  reg_mapping_view_set_preview (
      self->mapping, preview,
      get_action (self)->has_matrix ? reg_course_picker_get_all (self->courses) : NULL);
  reg_mapping_view_set_recipes (self->mapping, (const char *const *)recipes);
  reg_mapping_view_set_proposal (self->mapping, proposal);
  reg_mapping_view_set_problem (self->mapping, problem);
  update_undecided (self);
  show_page (self, "mapping");
}

static void
on_first_rows_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RegImportWizard) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RegImportPreview) preview =
      reg_workspace_preview_import_finish (REG_WORKSPACE (source), result, &error);

  if (preview == NULL && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    show_page (self, "setup");
  else if (preview == NULL)
    show_problem (self, error);
  if (preview == NULL)
    return;
  reg_import_setup_take_preview (&self->setup, preview);
  reg_preview_grid_set_preview (self->first_rows, preview);
  if (!preview->is_exact && preview->other_action != NULL && !self->action_chosen)
    {
      select_action (self, preview->other_action);
      update_action (self);
      check_file (self);
    }
  else if (preview->is_exact && !self->asks_for_columns)
    check_file (self);
  else
    show_mapping (self, preview,
                  preview->is_exact ? NULL
                                    : _ ("The headings of this file are not those of the sample "
                                         "file. Say what each column is."));
}

/* (transfer full): what is said while it is read */
static char *
dup_working_title (RegImportWizard *self)
{
  g_autofree char *shown = reg_import_setup_dup_name (&self->setup);

  return g_strdup_printf (_ ("Checking “%s”"), shown);
}

static gboolean
is_local (RegImportWizard *self)
{
  g_autoptr (GError) error = NULL;

  if (g_file_peek_path (self->setup.file) != NULL)
    return TRUE;
  error = g_error_new_literal (
      G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
      _ ("This file is not on this computer. Copy it here first, then import it."));
  show_problem (self, error);
  return FALSE;
}

/* The first lines at once; they say whether the file can be checked as it stands. */
static void
read_file (RegImportWizard *self)
{
  g_autofree char *title = NULL;
  RegImportRequest request;

  if (self->setup.file == NULL || !is_local (self))
    return;
  take_choices (self);
  show_hint (self, NULL);
  title = dup_working_title (self);
  begin_work (self, title);
  reg_import_setup_fill_request (&self->setup, &request);
  reg_workspace_preview_import_async (self->workspace, &request, self->progress, on_first_rows_cb,
                                      g_object_ref (self));
}

static void
on_reading_changed_cb (RegImportWizard *self)
{
  reg_import_setup_set_reading (&self->setup, reg_mapping_view_get_sheet (self->mapping),
                                reg_mapping_view_get_encoding (self->mapping),
                                reg_mapping_view_get_delimiter (self->mapping),
                                reg_mapping_view_get_heading_line (self->mapping));
  self->asks_for_columns = TRUE;
  read_file (self);
}

/* ---- Recipes ---- */

static gpointer
list_recipes (RegStore *store, gpointer data, RegProgress *progress, GError **error)
{
  return reg_import_recipes_list (store, error);
}

static void
on_recipes_listed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RegImportWizard) self = data;
  g_autoptr (GError) error = NULL;
  GPtrArray *recipes = reg_workspace_run_finish (REG_WORKSPACE (source), result, &error);

  /* Without them nothing is lost but their being offered. */
  if (recipes == NULL)
    return;
  g_clear_pointer (&self->recipes, g_ptr_array_unref);
  self->recipes = recipes;
}

static void
on_recipe_chosen_cb (RegImportWizard *self, const char *name)
{
  for (guint i = 0; self->recipes != NULL && i < self->recipes->len; i++)
    {
      const RegImportRecipe *recipe = g_ptr_array_index (self->recipes, i);
      gsize n = 0;

      if (!g_str_equal (recipe->name, name))
        continue;
      reg_import_setup_take_recipe (&self->setup, recipe);
      select_action (self, self->setup.action);
      update_action (self);
      while (recipe->courses != NULL && recipe->courses[n] != 0)
        n++;
      if (n > 0)
        reg_course_picker_set_ids (self->courses, recipe->courses, n);
      check_file (self);
      return;
    }
}

static gpointer
save_recipe (RegStore *store, gpointer data, RegProgress *progress, GError **error)
{
  return reg_import_recipes_save (store, data, error) ? g_strdup ("") : NULL;
}

static void
on_recipe_saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RegImportWizard) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *done = reg_workspace_run_finish (REG_WORKSPACE (source), result, &error);
  RegHost *host = reg_host_from (GTK_WIDGET (self));

  if (done == NULL && host != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    reg_host_show_error (host, _ ("The recipe cannot be saved"), error);
}

/* What was said of the columns now is what the recipe says. */
static void
remember_recipe (RegImportWizard *self)
{
  g_autofree char *name = reg_mapping_view_dup_recipe_name (self->mapping);
  RegImportRecipe *recipe;
  RegImportRequest request;

  if (name == NULL)
    return;
  reg_import_setup_fill_request (&self->setup, &request);
  recipe = reg_import_recipe_new (name, &request);
  recipe->headings = g_strdup (self->setup.headings);
  reg_workspace_run_async (self->workspace, TRUE, save_recipe, recipe,
                           (GDestroyNotify)reg_import_recipe_free, g_free, NULL, on_recipe_saved_cb,
                           g_object_ref (self));
}

static void
on_mapped_clicked_cb (RegImportWizard *self)
{
  char **mapping = reg_mapping_view_dup_mapping (self->mapping);

  if (mapping == NULL)
    return;
  reg_import_setup_take_mapping (&self->setup, mapping);
  remember_recipe (self);
  self->asks_for_columns = FALSE;
  check_file (self);
}

/* ---- The check ---- */

static void
update_ticked (RegImportWizard *self)
{
  gsize n = reg_plan_view_get_n_ticked (self->plan_view);
  g_autofree char *text =
      g_strdup_printf (_ ("%'d of %'d ticked. Nothing is sent before you sync."), (int)n,
                       (int)self->plan->will->len);

  gtk_label_set_label (self->ticked, text);
  gtk_widget_set_sensitive (GTK_WIDGET (self->start), n > 0 && !self->is_checking_again);
}

static void
on_plan_view_changed_cb (RegImportWizard *self)
{
  if (self->plan != NULL)
    update_ticked (self);
}

/* excluded: (nullable): lines that stay unticked */
static void
show_plan (RegImportWizard *self, RegImportPlan *plan, GHashTable *excluded)
{
  reg_import_plan_ref (plan);
  g_clear_pointer (&self->plan, reg_import_plan_unref);
  self->plan = plan;
  self->setup.heading_line = plan->heading_line;
  reg_plan_view_set_plan (self->plan_view, plan, self->setup.edits, self->setup.sample, excluded);
  update_ticked (self);
}

static void
on_checked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RegImportWizard) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RegImportPlan) plan =
      reg_workspace_check_import_finish (REG_WORKSPACE (source), result, &error);

  if (plan != NULL)
    {
      show_plan (self, plan, NULL);
      show_page (self, "review");
    }
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    show_page (self, "setup");
  else if (g_error_matches (error, REG_IMPORT_ERROR, REG_IMPORT_ERROR_ACTION))
    {
      show_hint (self, error->message);
      show_page (self, "setup");
      reg_course_picker_focus (self->courses);
    }
  else if (g_error_matches (error, REG_IMPORT_ERROR, REG_IMPORT_ERROR_HEADINGS)
           && reg_mapping_view_has_columns (self->mapping))
    {
      reg_mapping_view_set_problem (self->mapping, error->message);
      show_page (self, "mapping");
    }
  else
    show_problem (self, error);
}

static void
check_file (RegImportWizard *self)
{
  g_autofree char *title = NULL;
  RegImportRequest request;

  take_choices (self);
  show_hint (self, NULL);
  title = dup_working_title (self);
  begin_work (self, title);
  reg_import_setup_fill_request (&self->setup, &request);
  reg_workspace_check_import_async (self->workspace, &request, self->progress, on_checked_cb,
                                    g_object_ref (self));
}

/* ---- Corrections ---- */

static void
on_checked_again_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RegImportWizard) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RegImportPlan) plan =
      reg_workspace_check_import_finish (REG_WORKSPACE (source), result, &error);
  g_autoptr (GHashTable) excluded = NULL;

  if (--self->is_checking_again > 0)
    return;
  reg_plan_view_set_busy (self->plan_view, FALSE);
  if (plan == NULL)
    {
      if (self->fix_dialog != NULL)
        gtk_window_destroy (GTK_WINDOW (self->fix_dialog));
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        show_problem (self, error);
      return;
    }
  excluded = reg_plan_view_dup_excluded (self->plan_view);
  show_plan (self, plan, excluded);
  if (self->fix_dialog != NULL
      && !reg_fix_dialog_show_line (self->fix_dialog, plan, self->setup.edits, self->fixing_line))
    {
      gtk_window_destroy (GTK_WINDOW (self->fix_dialog));
      gtk_widget_grab_focus (GTK_WIDGET (self->start));
    }
  else if (self->fix_dialog == NULL)
    reg_plan_view_focus_bad_line (self->plan_view, self->fixing_line);
}

/* The same check once more, over what was corrected. */
static void
check_again (RegImportWizard *self)
{
  RegImportRequest request;

  self->is_checking_again++;
  reg_plan_view_set_busy (self->plan_view, TRUE);
  gtk_widget_set_sensitive (GTK_WIDGET (self->start), FALSE);
  begin_progress (self, _ ("Checking again"));
  reg_import_setup_fill_request (&self->setup, &request);
  reg_workspace_check_import_async (self->workspace, &request, self->progress, on_checked_again_cb,
                                    g_object_ref (self));
}

static void
on_restored_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RegImportWizard) self = data;
  g_autoptr (GError) error = NULL;
  RegStepResult step = { 0 };
  RegHost *host = reg_host_from (GTK_WIDGET (self));

  if (reg_workspace_stage_finish (REG_WORKSPACE (source), result, &step, &error))
    check_again (self);
  else if (host != NULL)
    reg_host_show_error (host, _ ("The person cannot be restored"), error);
  reg_step_result_clear (&step);
}

static void
restore_person (RegImportWizard *self, gint64 user_id)
{
  const RegOperation *operation = reg_operation_find ("restore");
  const char *email = reg_directory_get_email (self->plan->directory, user_id);
  g_autofree char *title = g_strdup_printf (_ ("Restore %s"), email != NULL ? email : "");

  reg_workspace_stage_async (self->workspace, operation, NULL, &user_id, 1, NULL, 0, title, FALSE,
                             NULL, on_restored_cb, g_object_ref (self));
}

static void
on_fix_taken_cb (RegImportWizard *self, const RegImportFix *fix, gboolean all)
{
  self->fixing_line = fix->line;
  if (fix->kind == REG_FIX_RESTORE)
    {
      restore_person (self, fix->user_id);
      return;
    }
  reg_import_fix_apply (fix, all, self->setup.edits, &self->setup.date_order);
  check_again (self);
}

static void
on_cells_corrected_cb (RegImportWizard *self, gint64 line, const RegImportEdits *corrected)
{
  self->fixing_line = line;
  reg_import_edits_add (self->setup.edits, corrected);
  check_again (self);
}

static void
on_fix_dialog_gone_cb (gpointer data, GObject *dialog)
{
  RegImportWizard *self = data;

  self->fix_dialog = NULL;
}

static void
on_line_opened_cb (RegImportWizard *self, gint64 line)
{
  if (self->fix_dialog != NULL)
    return;
  self->fixing_line = line;
  self->fix_dialog = REG_FIX_DIALOG (reg_fix_dialog_new (GTK_WINDOW (self), self->workspace));
  g_object_weak_ref (G_OBJECT (self->fix_dialog), on_fix_dialog_gone_cb, self);
  g_signal_connect_object (self->fix_dialog, "fix-taken", G_CALLBACK (on_fix_taken_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->fix_dialog, "cells-corrected", G_CALLBACK (on_cells_corrected_cb),
                           self, G_CONNECT_SWAPPED);
  reg_fix_dialog_show_line (self->fix_dialog, self->plan, self->setup.edits, line);
  gtk_window_present (GTK_WINDOW (self->fix_dialog));
}

static void
on_undo_cb (RegImportWizard *self)
{
  if (is_on_page (self, "review") && reg_import_edits_undo (self->setup.edits))
    check_again (self);
}

static void
undo_correction (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  on_undo_cb (REG_IMPORT_WIZARD (widget));
}

static void
on_read_differently_cb (RegImportWizard *self)
{
  self->asks_for_columns = TRUE;
  read_file (self);
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
start_import (RegImportWizard *self)
{
  g_autoptr (GHashTable) excluded = reg_plan_view_dup_excluded (self->plan_view);
  RegImportRequest request;

  begin_work (self, _ ("Starting the import"));
  reg_import_setup_fill_request (&self->setup, &request);
  reg_workspace_start_import_async (self->workspace, &request, self->plan, excluded, self->progress,
                                    on_started_cb, g_object_ref (self));
}

/* What is large or looks wrong is held until its number was typed. */
static void
on_start_clicked_cb (RegImportWizard *self)
{
  gsize n_ticked = reg_plan_view_get_n_ticked (self->plan_view);
  g_autofree char *warning = reg_import_plan_dup_warning (self->plan, n_ticked);

  if (warning == NULL)
    start_import (self);
  else
    reg_count_dialog_ask (GTK_WINDOW (self), warning, n_ticked, _ ("Start import"),
                          (RegCountDialogDone)start_import, self);
}

/* ---- Files ---- */

static void
take_file (RegImportWizard *self, GFile *file)
{
  reg_import_setup_take_file (&self->setup, file);
  self->asks_for_columns = FALSE;
  update_file (self);
  if (reg_course_picker_is_loaded (self->courses))
    read_file (self);
  else
    self->check_when_ready = TRUE;
}

/* ---- An import of before ---- */

static gpointer
open_copy (RegStore *store, gpointer data, RegProgress *progress, GError **error)
{
  RegImportCopy *copy = reg_import_copy_open (store, *(const gint64 *)data, error);

  if (copy == NULL && *error == NULL)
    g_set_error_literal (error, REG_IMPORT_ERROR, REG_IMPORT_ERROR_CHANGED,
                         _ ("The file of this import is not kept any more. Download the list, "
                            "correct it, and import that."));
  return copy;
}

static void
on_copy_opened_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RegImportWizard) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RegImportCopy) copy =
      reg_workspace_run_finish (REG_WORKSPACE (source), result, &error);
  gsize n = 0;

  if (copy == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        show_problem (self, error);
      return;
    }
  reg_import_setup_take_copy (&self->setup, copy);
  select_action (self, self->setup.action);
  self->action_chosen = TRUE;
  while (copy->recipe->courses != NULL && copy->recipe->courses[n] != 0)
    n++;
  reg_course_picker_set_ids (self->courses, copy->recipe->courses, n);
  update_file (self);
  check_file (self);
}

static void
open_run (RegImportWizard *self)
{
  gint64 run_id = self->run_id;

  self->run_id = 0;
  reg_workspace_run_async (self->workspace, FALSE, open_copy, g_memdup2 (&run_id, sizeof run_id),
                           g_free, (GDestroyNotify)reg_import_copy_free, NULL, on_copy_opened_cb,
                           g_object_ref (self));
}

static void
on_courses_loaded_cb (RegImportWizard *self, const char *problem)
{
  g_autoptr (GError) error = NULL;

  if (problem != NULL)
    {
      error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, problem);
      show_problem (self, error);
      return;
    }
  if (self->check_when_ready)
    read_file (self);
  self->check_when_ready = FALSE;
  if (self->run_id != 0)
    open_run (self);
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

  if (!G_VALUE_HOLDS (value, GDK_TYPE_FILE_LIST) || is_on_page (self, "working"))
    return FALSE;
  files = g_value_get_boxed (value);
  if (files == NULL)
    return FALSE;
  take_file (self, files->data);
  return TRUE;
}

/* ---- Pasting ---- */

static void
on_text_read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RegImportWizard) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, &error);
  g_autoptr (GFile) file = NULL;

  if (text == NULL || *text == '\0')
    {
      show_hint (self, _ ("There are no cells to paste. Copy them in the spreadsheet first."));
      return;
    }
  file = reg_pasted_file_new (text, &error);
  if (file == NULL)
    show_problem (self, error);
  else
    take_file (self, file);
}

static void
paste (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  RegImportWizard *self = REG_IMPORT_WIZARD (widget);

  if (!is_on_page (self, "working"))
    gdk_clipboard_read_text_async (gtk_widget_get_clipboard (widget), NULL, on_text_read_cb,
                                   g_object_ref (self));
}

/* ---- Templates ---- */

static void
on_template_saved (gpointer data, const char *text)
{
  show_hint (data, text);
}

static void
save_template (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  RegImportWizard *self = REG_IMPORT_WIZARD (widget);
  g_autoptr (GPtrArray) courses = reg_course_picker_dup_courses (self->courses);

  reg_template_save (GTK_WIDGET (self), self->workspace, get_action (self)->name, courses,
                     g_variant_get_string (parameter, NULL), on_template_saved);
}

/* ---- Callbacks ---- */

static void
on_check_clicked_cb (RegImportWizard *self)
{
  read_file (self);
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

  if (self->fix_dialog != NULL)
    g_object_weak_unref (G_OBJECT (self->fix_dialog), on_fix_dialog_gone_cb, self);
  self->fix_dialog = NULL;
  g_clear_object (&self->chooser);
  g_clear_object (&self->progress);
  reg_import_setup_clear (&self->setup);
  g_clear_pointer (&self->plan, reg_import_plan_unref);
  g_clear_pointer (&self->recipes, g_ptr_array_unref);
  g_clear_object (&self->workspace);
  G_OBJECT_CLASS (reg_import_wizard_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  g_type_ensure (REG_TYPE_COURSE_PICKER);
  g_type_ensure (REG_TYPE_MAPPING_VIEW);
  g_type_ensure (REG_TYPE_PLAN_VIEW);
  g_type_ensure (REG_TYPE_PREVIEW_GRID);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/registrar_lms/Registrar/import-wizard/reg-import-wizard.ui");
  gtk_widget_class_bind_template_child (widget_class, RegImportWizard, title);
  gtk_widget_class_bind_template_child (widget_class, RegImportWizard, back);
  gtk_widget_class_bind_template_child (widget_class, RegImportWizard, stack);
  gtk_widget_class_bind_template_child (widget_class, RegImportWizard, hint);
  gtk_widget_class_bind_template_child (widget_class, RegImportWizard, action_row);
  gtk_widget_class_bind_template_child (widget_class, RegImportWizard, empty_row);
  gtk_widget_class_bind_template_child (widget_class, RegImportWizard, file_row);
  gtk_widget_class_bind_template_child (widget_class, RegImportWizard, choose);
  gtk_widget_class_bind_template_child (widget_class, RegImportWizard, courses_box);
  gtk_widget_class_bind_template_child (widget_class, RegImportWizard, courses);
  gtk_widget_class_bind_template_child (widget_class, RegImportWizard, check);
  gtk_widget_class_bind_template_child (widget_class, RegImportWizard, working_title);
  gtk_widget_class_bind_template_child (widget_class, RegImportWizard, bar);
  gtk_widget_class_bind_template_child (widget_class, RegImportWizard, working_text);
  gtk_widget_class_bind_template_child (widget_class, RegImportWizard, first_rows);
  gtk_widget_class_bind_template_child (widget_class, RegImportWizard, problem);
  gtk_widget_class_bind_template_child (widget_class, RegImportWizard, mapping);
  gtk_widget_class_bind_template_child (widget_class, RegImportWizard, undecided);
  gtk_widget_class_bind_template_child (widget_class, RegImportWizard, mapped);
  gtk_widget_class_bind_template_child (widget_class, RegImportWizard, plan_view);
  gtk_widget_class_bind_template_child (widget_class, RegImportWizard, ticked);
  gtk_widget_class_bind_template_child (widget_class, RegImportWizard, start);
}

static void
bind_callbacks (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_callback (widget_class, on_action_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_empty_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_choose_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_courses_loaded_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_check_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_stop_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_back_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_reading_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_recipe_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_mapped_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, update_undecided);
  gtk_widget_class_bind_template_callback (widget_class, on_line_opened_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_fix_taken_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_undo_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_read_differently_cb);
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
  bind_callbacks (widget_class);
  gtk_widget_class_install_action (widget_class, "wizard.template", "s", save_template);
  gtk_widget_class_install_action (widget_class, "wizard.paste", NULL, paste);
  gtk_widget_class_install_action (widget_class, "wizard.undo", NULL, undo_correction);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_v, GDK_CONTROL_MASK, "wizard.paste",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_z, GDK_CONTROL_MASK, "wizard.undo",
                                       NULL);
}

static void
set_up_actions (RegImportWizard *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint n;
  const RegImportAction *actions = reg_import_action_list (&n);

  for (guint i = 0; i < n; i++)
    gtk_string_list_append (names, _ (actions[i].label));
  self->is_filling = TRUE;
  adw_combo_row_set_model (self->action_row, G_LIST_MODEL (names));
  self->is_filling = FALSE;
  update_action (self);
}

static void
reg_import_wizard_init (RegImportWizard *self)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  self->is_filling = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  set_up_actions (self);
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
  reg_plan_view_set_workspace (self->plan_view, workspace);
  reg_workspace_run_async (workspace, FALSE, list_recipes, NULL, NULL,
                           (GDestroyNotify)g_ptr_array_unref, NULL, on_recipes_listed_cb,
                           g_object_ref (self));
  if (file != NULL)
    take_file (self, file);
  reg_course_picker_set_workspace (self->courses, workspace, course_id);
  return GTK_WIDGET (self);
}

/**
 * reg_import_wizard_new_for_run:
 * @parent: the window it belongs to
 * @workspace: the account that is open
 * @run_id: an import that was started
 *
 * Only the lines that were not imported are read, with the corrections made before.
 *
 * Returns: (transfer none): the wizard
 */
GtkWidget *
reg_import_wizard_new_for_run (GtkWindow *parent, RegWorkspace *workspace, gint64 run_id)
{
  GtkWidget *wizard = reg_import_wizard_new (parent, workspace, NULL, 0);

  REG_IMPORT_WIZARD (wizard)->run_id = run_id;
  return wizard;
}

/**
 * reg_import_wizard_new_for_clipboard:
 * @parent: the window it belongs to
 * @workspace: the account that is open
 * @course_id: the course it is for, or 0
 *
 * Returns: (transfer none): the wizard, which takes what was copied as its file
 */
GtkWidget *
reg_import_wizard_new_for_clipboard (GtkWindow *parent, RegWorkspace *workspace, gint64 course_id)
{
  GtkWidget *wizard = reg_import_wizard_new (parent, workspace, NULL, course_id);

  gtk_widget_activate_action (wizard, "wizard.paste", NULL);
  return wizard;
}
