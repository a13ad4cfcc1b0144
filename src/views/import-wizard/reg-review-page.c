/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-views"

#include "views/import-wizard/reg-review-page.h"

#include "imports/reg-import-breaker.h"
#include "views/common/reg-host.h"
#include "views/import-wizard/reg-count-dialog.h"
#include "views/import-wizard/reg-fix-dialog.h"
#include "views/import-wizard/reg-plan-view.h"

#include <glib/gi18n-lib.h>

struct _RegReviewPage
{
  AdwBin parent_instance;

  RegPlanView *plan_view;
  GtkLabel *ticked;
  GtkButton *start;

  RegWorkspace *workspace;
  RegImportSetup *setup; /* the wizard's */
  RegImportPlan *plan;
  RegProgress *progress;
  RegFixDialog *fix_dialog; /* (nullable): while it is open */
  gint64 fixing_line;
  guint is_checking_again;
};

enum
{
  START,
  READ_DIFFERENTLY,
  PROBLEM,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RegReviewPage, reg_review_page, ADW_TYPE_BIN)

static void
update_ticked (RegReviewPage *self)
{
  gsize n = reg_plan_view_get_n_ticked (self->plan_view);
  g_autofree char *text =
      g_strdup_printf (_ ("%'d of %'d ticked. Nothing is sent before you sync."), (int)n,
                       (int)self->plan->will->len);

  gtk_label_set_label (self->ticked, text);
  gtk_widget_set_sensitive (GTK_WIDGET (self->start), n > 0 && !self->is_checking_again);
}

static void
on_plan_view_changed_cb (RegReviewPage *self)
{
  if (self->plan != NULL)
    update_ticked (self);
}

/* excluded: (nullable): lines that stay unticked */
static void
show_plan (RegReviewPage *self, RegImportPlan *plan, GHashTable *excluded)
{
  reg_import_plan_ref (plan);
  g_clear_pointer (&self->plan, reg_import_plan_unref);
  self->plan = plan;
  self->setup->heading_line = plan->heading_line;
  reg_plan_view_set_plan (self->plan_view, plan, self->setup->edits, self->setup->sample, excluded);
  update_ticked (self);
}

void
reg_review_page_set_plan (RegReviewPage *self, RegImportPlan *plan)
{
  show_plan (self, plan, NULL);
}

RegImportPlan *
reg_review_page_get_plan (RegReviewPage *self)
{
  return self->plan;
}

GHashTable *
reg_review_page_dup_excluded (RegReviewPage *self)
{
  return reg_plan_view_dup_excluded (self->plan_view);
}

void
reg_review_page_focus_start (RegReviewPage *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->start));
}

/* ---- Corrections ---- */

static void
close_fix_dialog (RegReviewPage *self)
{
  if (self->fix_dialog != NULL)
    gtk_window_destroy (GTK_WINDOW (self->fix_dialog));
}

static void
on_checked_again_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RegReviewPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RegImportPlan) plan =
      reg_workspace_check_import_finish (REG_WORKSPACE (source), result, &error);
  g_autoptr (GHashTable) excluded = NULL;

  /* The wizard may be closed by now, and what it knew of the file gone with it. */
  if (--self->is_checking_again > 0 || gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    return;
  reg_plan_view_set_busy (self->plan_view, FALSE);
  if (plan == NULL)
    {
      close_fix_dialog (self);
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_signal_emit (self, signals[PROBLEM], 0, error);
      return;
    }
  excluded = reg_plan_view_dup_excluded (self->plan_view);
  show_plan (self, plan, excluded);
  if (self->fix_dialog != NULL
      && !reg_fix_dialog_show_line (self->fix_dialog, plan, self->setup->edits, self->fixing_line))
    {
      close_fix_dialog (self);
      reg_review_page_focus_start (self);
    }
  else if (self->fix_dialog == NULL)
    reg_plan_view_focus_bad_line (self->plan_view, self->fixing_line);
}

/* The same check once more, over what was corrected. */
static void
check_again (RegReviewPage *self)
{
  RegImportRequest request;

  self->is_checking_again++;
  reg_plan_view_set_busy (self->plan_view, TRUE);
  gtk_widget_set_sensitive (GTK_WIDGET (self->start), FALSE);
  g_clear_object (&self->progress);
  self->progress = reg_progress_new (_ ("Checking again"));
  reg_import_setup_fill_request (self->setup, &request);
  reg_workspace_check_import_async (self->workspace, &request, self->progress, on_checked_again_cb,
                                    g_object_ref (self));
}

void
reg_review_page_stop (RegReviewPage *self)
{
  if (self->progress != NULL)
    reg_progress_cancel (self->progress);
}

static void
on_restored_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RegReviewPage) self = data;
  g_autoptr (GError) error = NULL;
  RegStepResult step = { 0 };
  RegHost *host = reg_host_from (GTK_WIDGET (self));

  gboolean ok = reg_workspace_stage_finish (REG_WORKSPACE (source), result, &step, &error);

  if (ok && host != NULL)
    check_again (self);
  else if (host != NULL)
    reg_host_show_error (host, _ ("The person cannot be restored"), error);
  reg_step_result_clear (&step);
}

static void
restore_person (RegReviewPage *self, gint64 user_id)
{
  const RegOperation *operation = reg_operation_find ("restore");
  const char *email = reg_directory_get_email (self->plan->directory, user_id);
  g_autofree char *title = g_strdup_printf (_ ("Restore %s"), email != NULL ? email : "");

  reg_workspace_stage_async (self->workspace, operation, NULL, &user_id, 1, NULL, 0, title, FALSE,
                             NULL, on_restored_cb, g_object_ref (self));
}

static void
on_fix_taken_cb (RegReviewPage *self, const RegImportFix *fix, gboolean all)
{
  self->fixing_line = fix->line;
  if (fix->kind == REG_FIX_RESTORE)
    {
      restore_person (self, fix->user_id);
      return;
    }
  reg_import_fix_apply (fix, all, self->setup->edits, &self->setup->date_order);
  check_again (self);
}

static void
on_cells_corrected_cb (RegReviewPage *self, gint64 line, const RegImportEdits *corrected)
{
  self->fixing_line = line;
  reg_import_edits_add (self->setup->edits, corrected);
  check_again (self);
}

static void
on_fix_dialog_gone_cb (gpointer data, GObject *dialog)
{
  RegReviewPage *self = data;

  self->fix_dialog = NULL;
}

static void
on_line_opened_cb (RegReviewPage *self, gint64 line)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (self->fix_dialog != NULL)
    return;
  self->fixing_line = line;
  self->fix_dialog = REG_FIX_DIALOG (reg_fix_dialog_new (GTK_WINDOW (root), self->workspace));
  g_object_weak_ref (G_OBJECT (self->fix_dialog), on_fix_dialog_gone_cb, self);
  g_signal_connect_object (self->fix_dialog, "fix-taken", G_CALLBACK (on_fix_taken_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->fix_dialog, "cells-corrected", G_CALLBACK (on_cells_corrected_cb),
                           self, G_CONNECT_SWAPPED);
  reg_fix_dialog_show_line (self->fix_dialog, self->plan, self->setup->edits, line);
  gtk_window_present (GTK_WINDOW (self->fix_dialog));
}

void
reg_review_page_undo (RegReviewPage *self)
{
  if (reg_import_edits_undo (self->setup->edits))
    check_again (self);
}

/* ---- Leaving the page ---- */

static void
on_read_differently_cb (RegReviewPage *self)
{
  g_signal_emit (self, signals[READ_DIFFERENTLY], 0);
}

static void
emit_start (RegReviewPage *self)
{
  g_signal_emit (self, signals[START], 0);
}

/* What is large or looks wrong is held until its number was typed. */
static void
on_start_clicked_cb (RegReviewPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  gsize n_ticked = reg_plan_view_get_n_ticked (self->plan_view);
  g_autofree char *warning = reg_import_plan_dup_warning (self->plan, n_ticked);

  if (warning == NULL)
    emit_start (self);
  else
    reg_count_dialog_ask (GTK_WINDOW (root), warning, n_ticked, _ ("Start import"),
                          (RegCountDialogDone)emit_start, self);
}

/* ---- Object ---- */

static void
reg_review_page_dispose (GObject *object)
{
  RegReviewPage *self = REG_REVIEW_PAGE (object);

  if (self->fix_dialog != NULL)
    g_object_weak_unref (G_OBJECT (self->fix_dialog), on_fix_dialog_gone_cb, self);
  self->fix_dialog = NULL;
  g_clear_object (&self->progress);
  g_clear_pointer (&self->plan, reg_import_plan_unref);
  g_clear_object (&self->workspace);
  G_OBJECT_CLASS (reg_review_page_parent_class)->dispose (object);
}

static void
reg_review_page_class_init (RegReviewPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = reg_review_page_dispose;

  signals[START] = g_signal_new ("start", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
  signals[READ_DIFFERENTLY] = g_signal_new ("read-differently", G_TYPE_FROM_CLASS (klass),
                                            G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[PROBLEM] = g_signal_new ("problem", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);

  g_type_ensure (REG_TYPE_PLAN_VIEW);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/registrar_lms/Registrar/import-wizard/reg-review-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RegReviewPage, plan_view);
  gtk_widget_class_bind_template_child (widget_class, RegReviewPage, ticked);
  gtk_widget_class_bind_template_child (widget_class, RegReviewPage, start);
  gtk_widget_class_bind_template_callback (widget_class, on_plan_view_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_line_opened_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_fix_taken_cb);
  gtk_widget_class_bind_template_callback (widget_class, reg_review_page_undo);
  gtk_widget_class_bind_template_callback (widget_class, on_read_differently_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_start_clicked_cb);
}

static void
reg_review_page_init (RegReviewPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
reg_review_page_set_up (RegReviewPage *self, RegWorkspace *workspace, RegImportSetup *setup)
{
  self->workspace = g_object_ref (workspace);
  self->setup = setup;
  reg_plan_view_set_workspace (self->plan_view, workspace);
}
