/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-views"

#include "views/import-wizard/reg-import-wizard.h"

#include "views/common/reg-escape.h"
#include "views/import-wizard/reg-columns-page.h"
#include "views/import-wizard/reg-discard-dialog.h"
#include "views/import-wizard/reg-file-intake.h"
#include "views/import-wizard/reg-import-setup.h"
#include "views/import-wizard/reg-interchange-page.h"
#include "views/import-wizard/reg-preview-grid.h"
#include "views/import-wizard/reg-recipes-dialog.h"
#include "views/import-wizard/reg-review-page.h"
#include "views/import-wizard/reg-setup-page.h"

#include <glib/gi18n-lib.h>

struct _RegImportWizard
{
  AdwWindow parent_instance;

  AdwWindowTitle *title;
  GtkButton *back;
  GtkStack *stack;
  RegSetupPage *setup_page;
  GtkLabel *working_title;
  GtkProgressBar *bar;
  GtkLabel *working_text;
  RegPreviewGrid *first_rows;
  AdwStatusPage *problem;
  RegColumnsPage *columns_page;
  RegInterchangePage *interchange_page;
  RegReviewPage *review_page;

  RegWorkspace *workspace;
  RegImportSetup setup; /* the pages read and write it */
  RegProgress *progress;
  gint64 run_id; /* of an import whose lines shall be corrected, until they are here */
  gboolean check_when_ready;
  gboolean asks_for_columns; /* although the headings are right */
  guint n_kept;              /* corrections that an import of before came with */
  GFile *next_file;          /* (nullable): that takes the place of this one, if it may */
  gboolean is_discarding;
};

enum
{
  STARTED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RegImportWizard, reg_import_wizard, ADW_TYPE_WINDOW)

static void on_recipe_chosen_cb (RegImportWizard *self, const RegImportRecipe *recipe);
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
                          !g_str_equal (name, "setup") && !g_str_equal (name, "working"));
  adw_window_title_set_title (self->title, is_review    ? _ ("Final Check")
                                           : is_mapping ? _ ("Columns")
                                                        : _ ("Import"));
  if (is_review)
    reg_review_page_focus_start (self->review_page);
  else if (g_str_equal (name, "interchange"))
    reg_interchange_page_focus (self->interchange_page);
  /* Who came for the encoding or the heading line finds that first. */
  else if (is_mapping && !self->asks_for_columns)
    reg_columns_page_focus (self->columns_page);
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
  /* What is checked again meanwhile may be of another file, or comes too late. */
  reg_review_page_stop (self->review_page);
  g_clear_object (&self->progress);
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
  g_autofree char *shown = reg_import_setup_dup_name (&self->setup);

  reg_setup_page_set_file_name (self->setup_page, shown);
  adw_window_title_set_subtitle (self->title, shown);
}

/* ---- The first rows ---- */

/* What was chosen after the recipe was taken stays chosen. */
static gboolean
is_read_by (RegImportWizard *self, const RegImportRecipe *recipe)
{
  return g_strcmp0 (self->setup.recipe, recipe->name) == 0;
}

/* What the columns are was said for another action, which has other fields: it is asked anew. */
static gboolean
forget_columns (RegImportWizard *self, const GError *error)
{
  if (self->setup.mapping == NULL
      || !g_error_matches (error, REG_IMPORT_ERROR, REG_IMPORT_ERROR_HEADINGS))
    return FALSE;
  reg_import_setup_take_mapping (&self->setup, NULL);
  read_file (self);
  return TRUE;
}

static void
on_first_rows_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RegImportWizard) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RegImportPreview) preview =
      reg_workspace_preview_import_finish (REG_WORKSPACE (source), result, &error);
  const RegImportRecipe *recipe;

  if (preview == NULL && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    show_page (self, "setup");
  else if (preview == NULL && !forget_columns (self, error))
    show_problem (self, error);
  if (preview == NULL)
    return;
  reg_import_setup_take_preview (&self->setup, preview);
  recipe = reg_columns_page_find_recipe (self->columns_page);
  if (recipe != NULL && !preview->is_exact && !self->setup.declines_recipe
      && !self->asks_for_columns)
    {
      if (is_read_by (self, recipe))
        {
          check_file (self);
          return;
        }
      on_recipe_chosen_cb (self, recipe);
      self->setup.is_recipe_found = TRUE;
      return;
    }
  if (preview->interchange != NULL && !self->setup.is_list && !self->asks_for_columns)
    {
      self->setup.interchange = preview->interchange;
      check_file (self);
      return;
    }
  reg_preview_grid_set_preview (self->first_rows, preview);
  if (!preview->is_exact && preview->other_action != NULL
      && !reg_setup_page_is_action_chosen (self->setup_page))
    {
      self->setup.action = preview->other_action;
      /* Headings alone do not say whether people are to be added. */
      self->setup.people =
          reg_import_action_find (preview->other_action)->people != REG_PEOPLE_USUAL
              ? REG_PEOPLE_BOTH
              : REG_PEOPLE_USUAL;
      reg_setup_page_show_setup (self->setup_page, NULL);
      check_file (self);
    }
  else if (preview->is_exact && !self->asks_for_columns)
    check_file (self);
  else
    {
      reg_columns_page_show (
          self->columns_page, preview, reg_setup_page_get_columns (self->setup_page),
          preview->is_exact ? NULL
                            : _ ("The headings of this file are not those of the sample file. "
                                 "Say what each column is."));
      show_page (self, "mapping");
    }
}

static void
begin_check (RegImportWizard *self)
{
  g_autofree char *shown = reg_import_setup_dup_name (&self->setup);
  g_autofree char *title = g_strdup_printf (_ ("Checking “%s”"), shown);

  reg_setup_page_take_courses (self->setup_page);
  reg_setup_page_set_hint (self->setup_page, NULL);
  begin_work (self, title);
}

/* The first lines at once; they say whether the file can be checked as it stands. */
static void
read_file (RegImportWizard *self)
{
  g_autoptr (GError) error = NULL;
  RegImportRequest request;

  if (self->setup.file == NULL)
    return;
  if (!reg_file_intake_is_local (self->setup.file, &error))
    {
      show_problem (self, error);
      return;
    }
  begin_check (self);
  reg_import_setup_fill_request (&self->setup, &request);
  reg_workspace_preview_import_async (self->workspace, &request, self->progress, on_first_rows_cb,
                                      g_object_ref (self));
}

static void
on_reading_changed_cb (RegImportWizard *self)
{
  self->asks_for_columns = TRUE;
  read_file (self);
}

static void
on_recipe_chosen_cb (RegImportWizard *self, const RegImportRecipe *recipe)
{
  reg_import_setup_take_recipe (&self->setup, recipe);
  reg_setup_page_show_setup (self->setup_page, recipe->courses);
  check_file (self);
}

static void
on_recipe_declined_cb (RegImportWizard *self)
{
  reg_import_setup_set_reading (&self->setup, NULL, NULL, 0, 0);
  self->setup.declines_recipe = TRUE;
  read_file (self);
}

/* Columns are asked for only where their headings are not the other action's. */
static void
on_action_chosen_cb (RegImportWizard *self, guint place)
{
  reg_setup_page_choose_action (self->setup_page, place);
  reg_import_setup_take_mapping (&self->setup, NULL);
  self->setup.declines_recipe = TRUE;
  self->asks_for_columns = FALSE;
  read_file (self);
}

static void
manage_recipes (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  RegImportWizard *self = REG_IMPORT_WIZARD (widget);
  GtkWidget *dialog = reg_recipes_dialog_new (GTK_WINDOW (self), self->workspace);

  g_signal_connect_object (dialog, "changed", G_CALLBACK (reg_columns_page_list_recipes),
                           self->columns_page, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
on_columns_decided_cb (RegImportWizard *self)
{
  self->asks_for_columns = FALSE;
  check_file (self);
}

/* ---- The check ---- */

static void
on_checked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RegImportWizard) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RegImportPlan) plan =
      reg_workspace_check_import_finish (REG_WORKSPACE (source), result, &error);

  if (plan != NULL)
    {
      reg_review_page_set_plan (self->review_page, plan);
      show_page (self, "review");
    }
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    show_page (self, "setup");
  else if (g_error_matches (error, REG_IMPORT_ERROR, REG_IMPORT_ERROR_ACTION))
    {
      reg_setup_page_set_hint (self->setup_page, error->message);
      show_page (self, "setup");
      reg_setup_page_focus_courses (self->setup_page);
    }
  else if (g_error_matches (error, REG_IMPORT_ERROR, REG_IMPORT_ERROR_HEADINGS)
           && reg_columns_page_show_problem (self->columns_page, error->message))
    show_page (self, "mapping");
  else
    show_problem (self, error);
}

static void
on_interchange_checked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RegImportWizard) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RegInterchangePlan) plan =
      reg_workspace_check_interchange_finish (REG_WORKSPACE (source), result, &error);

  if (plan != NULL)
    {
      reg_interchange_page_set_plan (self->interchange_page, plan);
      reg_review_page_set_steps (self->review_page, plan);
      show_page (self, "interchange");
    }
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    show_page (self, "setup");
  else
    show_problem (self, error);
}

static void
on_interchange_accepted_cb (RegImportWizard *self)
{
  show_page (self, "review");
}

static void
on_interchange_declined_cb (RegImportWizard *self)
{
  self->setup.interchange = NULL;
  self->setup.is_list = TRUE;
  self->setup.heading_line = 0;
  read_file (self);
}

static void
check_file (RegImportWizard *self)
{
  RegImportRequest request;

  begin_check (self);
  reg_import_setup_fill_request (&self->setup, &request);
  if (self->setup.interchange != NULL)
    {
      reg_workspace_check_interchange_async (self->workspace, self->setup.interchange, &request,
                                             self->progress, on_interchange_checked_cb,
                                             g_object_ref (self));
      return;
    }
  reg_workspace_check_import_async (self->workspace, &request, self->progress, on_checked_cb,
                                    g_object_ref (self));
}

static void
on_read_differently_cb (RegImportWizard *self)
{
  if (self->setup.interchange != NULL)
    {
      show_page (self, "interchange");
      return;
    }
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
on_start_cb (RegImportWizard *self)
{
  g_autoptr (GHashTable) excluded = reg_review_page_dup_excluded (self->review_page);
  RegInterchangePlan *steps = reg_review_page_get_steps (self->review_page);
  RegImportRequest request;

  begin_work (self, _ ("Starting the import"));
  reg_import_setup_fill_request (&self->setup, &request);
  if (steps != NULL)
    {
      reg_workspace_start_interchange_async (
          self->workspace, &request, steps,
          reg_review_page_dup_excluded_of_steps (self->review_page), self->progress, on_started_cb,
          g_object_ref (self));
      return;
    }
  reg_workspace_start_import_async (self->workspace, &request,
                                    reg_review_page_get_plan (self->review_page), excluded,
                                    self->progress, on_started_cb, g_object_ref (self));
}

/* ---- Files ---- */

static void
take_file (RegImportWizard *self, GFile *file)
{
  reg_import_setup_take_file (&self->setup, file);
  self->asks_for_columns = FALSE;
  self->n_kept = 0;
  update_file (self);
  if (reg_setup_page_is_loaded (self->setup_page))
    read_file (self);
  else
    self->check_when_ready = TRUE;
}

/* Corrections that were made here and nowhere else. */
static guint
count_corrections (RegImportWizard *self)
{
  guint n = reg_import_edits_get_n (self->setup.edits);

  return n > self->n_kept ? n - self->n_kept : 0;
}

static void
take_next_file (gpointer data)
{
  RegImportWizard *self = data;
  g_autoptr (GFile) file = g_steal_pointer (&self->next_file);

  if (file != NULL)
    take_file (self, file);
}

/* In the place of the one on show. */
static void
take_other_file (RegImportWizard *self, GFile *file)
{
  guint n = count_corrections (self);

  g_set_object (&self->next_file, file);
  if (n > 0)
    reg_discard_dialog_ask (GTK_WINDOW (self), n, take_next_file, self);
  else
    take_next_file (self);
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

  if (copy == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        show_problem (self, error);
      return;
    }
  reg_import_setup_take_copy (&self->setup, copy);
  self->n_kept = reg_import_edits_get_n (self->setup.edits);
  reg_setup_page_show_setup (self->setup_page, copy->recipe->courses);
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
on_file_chosen_cb (RegImportWizard *self, GFile *file)
{
  take_other_file (self, file);
}

static void
on_choose_clicked_cb (RegImportWizard *self)
{
  reg_setup_page_choose_file (self->setup_page);
}

/* Dropped or pasted. */
static void
on_file_taken (gpointer data, GFile *file, const GError *error)
{
  RegImportWizard *self = data;

  if (is_on_page (self, "working"))
    return;
  if (file != NULL)
    take_other_file (self, file);
  else if (error != NULL)
    show_problem (self, error);
  else
    reg_setup_page_set_hint (
        self->setup_page, _ ("There are no cells to paste. Copy them in the spreadsheet first."));
}

static void
paste (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  if (!is_on_page (REG_IMPORT_WIZARD (widget), "working"))
    reg_file_intake_paste (widget, on_file_taken);
}

/* ---- Callbacks ---- */

static void
on_stop_clicked_cb (RegImportWizard *self)
{
  if (self->progress != NULL)
    reg_progress_cancel (self->progress);
}

static void
undo_correction (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  RegImportWizard *self = REG_IMPORT_WIZARD (widget);

  if (is_on_page (self, "review"))
    reg_review_page_undo (self->review_page);
}

static void
on_back_clicked_cb (RegImportWizard *self)
{
  gboolean has_steps = reg_review_page_get_steps (self->review_page) != NULL;

  /* Some of it may have been said on later pages. */
  reg_setup_page_show_setup (self->setup_page, NULL);
  show_page (self, is_on_page (self, "review") && has_steps ? "interchange" : "setup");
}

static void
discard (gpointer data)
{
  RegImportWizard *self = data;

  self->is_discarding = TRUE;
  gtk_window_close (GTK_WINDOW (self));
}

static gboolean
reg_import_wizard_close_request (GtkWindow *window)
{
  RegImportWizard *self = REG_IMPORT_WIZARD (window);
  guint n = count_corrections (self);

  if (n > 0 && !self->is_discarding)
    {
      reg_discard_dialog_ask (window, n, discard, self);
      return TRUE;
    }
  on_stop_clicked_cb (self);
  reg_review_page_stop (self->review_page);
  return GTK_WINDOW_CLASS (reg_import_wizard_parent_class)->close_request (window);
}

/* ---- Object ---- */

static void
reg_import_wizard_dispose (GObject *object)
{
  RegImportWizard *self = REG_IMPORT_WIZARD (object);

  g_clear_object (&self->progress);
  g_clear_object (&self->next_file);
  reg_import_setup_clear (&self->setup);
  g_clear_object (&self->workspace);
  G_OBJECT_CLASS (reg_import_wizard_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  g_type_ensure (REG_TYPE_SETUP_PAGE);
  g_type_ensure (REG_TYPE_COLUMNS_PAGE);
  g_type_ensure (REG_TYPE_INTERCHANGE_PAGE);
  g_type_ensure (REG_TYPE_PREVIEW_GRID);
  g_type_ensure (REG_TYPE_REVIEW_PAGE);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/registrar_lms/Registrar/import-wizard/reg-import-wizard.ui");
  gtk_widget_class_bind_template_child (widget_class, RegImportWizard, title);
  gtk_widget_class_bind_template_child (widget_class, RegImportWizard, back);
  gtk_widget_class_bind_template_child (widget_class, RegImportWizard, stack);
  gtk_widget_class_bind_template_child (widget_class, RegImportWizard, setup_page);
  gtk_widget_class_bind_template_child (widget_class, RegImportWizard, working_title);
  gtk_widget_class_bind_template_child (widget_class, RegImportWizard, bar);
  gtk_widget_class_bind_template_child (widget_class, RegImportWizard, working_text);
  gtk_widget_class_bind_template_child (widget_class, RegImportWizard, first_rows);
  gtk_widget_class_bind_template_child (widget_class, RegImportWizard, problem);
  gtk_widget_class_bind_template_child (widget_class, RegImportWizard, columns_page);
  gtk_widget_class_bind_template_child (widget_class, RegImportWizard, interchange_page);
  gtk_widget_class_bind_template_child (widget_class, RegImportWizard, review_page);
}

static void
bind_callbacks (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_callback (widget_class, on_courses_loaded_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_file_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_choose_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, read_file);
  gtk_widget_class_bind_template_callback (widget_class, check_file);
  gtk_widget_class_bind_template_callback (widget_class, on_interchange_accepted_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_interchange_declined_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_stop_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_back_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_reading_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_recipe_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_action_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_recipe_declined_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_columns_decided_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_read_differently_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_problem);
  gtk_widget_class_bind_template_callback (widget_class, on_start_cb);
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
  gtk_widget_class_install_action (widget_class, "wizard.paste", NULL, paste);
  gtk_widget_class_install_action (widget_class, "wizard.recipes", NULL, manage_recipes);
  gtk_widget_class_install_action (widget_class, "wizard.undo", NULL, undo_correction);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_v, GDK_CONTROL_MASK, "wizard.paste",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_z, GDK_CONTROL_MASK, "wizard.undo",
                                       NULL);
}

static void
reg_import_wizard_init (RegImportWizard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  reg_file_intake_add_drop (GTK_WIDGET (self), on_file_taken);
  reg_escape_from_searches (GTK_WINDOW (self));
}

/**
 * reg_import_wizard_open:
 * @self: a wizard that is open already
 * @file: (nullable): takes the place of the file on show
 *
 * Comes to the front. Where it is busy it keeps its file, and where corrections would be lost it
 * asks first.
 */
void
reg_import_wizard_open (RegImportWizard *self, GFile *file)
{
  if (file != NULL && !is_on_page (self, "working"))
    take_other_file (self, file);
  gtk_window_present (GTK_WINDOW (self));
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
  reg_columns_page_set_up (self->columns_page, workspace, &self->setup);
  reg_interchange_page_set_up (self->interchange_page, &self->setup);
  reg_review_page_set_up (self->review_page, workspace, &self->setup);
  if (file != NULL)
    take_file (self, file);
  reg_setup_page_set_up (self->setup_page, workspace, &self->setup, course_id);
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
