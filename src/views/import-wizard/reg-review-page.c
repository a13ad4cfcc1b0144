/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-views"

#include "views/import-wizard/reg-review-page.h"

#include "imports/reg-import-breaker.h"
#include "views/common/reg-host.h"
#include "views/import-wizard/reg-count-dialog.h"
#include "views/import-wizard/reg-fix-dialog.h"
#include "views/import-wizard/reg-instead-dialog.h"
#include "views/import-wizard/reg-plan-view.h"

#include <glib/gi18n-lib.h>

struct _RegReviewPage
{
  AdwBin parent_instance;

  GtkBox *recipe_box;
  GtkLabel *recipe;
  GtkDropDown *step_choice;
  RegPlanView *plan_view;
  GtkLabel *ticked;
  GtkButton *start;

  RegWorkspace *workspace;
  RegImportSetup *setup;     /* the wizard's */
  RegImportPlan *plan;       /* on show */
  RegInterchangePlan *steps; /* (nullable): of a file of another system; plan is one of them */
  GPtrArray *excluded;       /* GHashTable, of each step that was on show */
  guint step;
  guint reading; /* the setup's, of what is on show */
  gboolean is_filling;
  RegProgress *progress;
  RegFixDialog *fix_dialog;  /* (nullable): while it is open */
  RegPlanGroup fixing_group; /* what cannot happen, or the bad lines */
  gint64 fixing_line;
  guint is_checking_again;
};

enum
{
  START,
  READ_DIFFERENTLY,
  RECIPE_DECLINED,
  PROBLEM,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RegReviewPage, reg_review_page, ADW_TYPE_BIN)

/* A step that was not looked at is ticked as a whole. */
static gsize
count_ticked_of_step (RegReviewPage *self, guint step)
{
  const RegImportPlan *plan = g_ptr_array_index (self->steps->plans, step);
  GHashTable *excluded = g_ptr_array_index (self->excluded, step);
  gsize n = 0;

  if (step == self->step)
    return reg_plan_view_get_n_ticked (self->plan_view);
  for (guint i = 0; i < plan->will->len; i++)
    n += !reg_import_item_is_in (&g_array_index (plan->will, RegImportItem, i), excluded);
  return n;
}

static gsize
count_ticked (RegReviewPage *self)
{
  gsize n = 0;

  if (self->steps == NULL)
    return reg_plan_view_get_n_ticked (self->plan_view);
  for (guint i = 0; i < self->steps->plans->len; i++)
    n += count_ticked_of_step (self, i);
  return n;
}

/* What the LMS refused of lines that are left out now is given up: that is something to start too.
 */
static gboolean
gives_up (RegReviewPage *self)
{
  return self->setup->corrects != 0 && self->plan->left_out->len > 0;
}

static void
update_ticked (RegReviewPage *self)
{
  gsize n = count_ticked (self);
  gsize n_all =
      self->steps != NULL ? reg_interchange_plan_count_will (self->steps) : self->plan->will->len;
  g_autofree char *text =
      gives_up (self) ? g_strdup_printf (
          ngettext ("What the LMS refused of the %'u line left out is given up.",
                    "What the LMS refused of the %'u lines left out is given up.",
                    self->plan->left_out->len),
          self->plan->left_out->len)
                      : g_strdup_printf (_ ("%'d of %'d ticked. Nothing is sent before you sync."),
                                         (int)n, (int)n_all);

  gtk_label_set_label (self->ticked, text);
  gtk_widget_set_sensitive (GTK_WIDGET (self->start),
                            (n > 0 || gives_up (self)) && !self->is_checking_again);
}

static void
on_plan_view_changed_cb (RegReviewPage *self)
{
  if (self->plan != NULL)
    update_ticked (self);
}

/* A recipe that was used by itself says so. */
static void
show_recipe (RegReviewPage *self)
{
  g_autofree char *text =
      g_strdup_printf (_ ("Read with the recipe “%s”, made for these headings."),
                       self->setup->recipe != NULL ? self->setup->recipe : "");

  gtk_label_set_label (self->recipe, text);
  gtk_widget_set_visible (GTK_WIDGET (self->recipe_box), self->setup->is_recipe_found);
}

static void
on_decline_recipe_clicked_cb (RegReviewPage *self)
{
  g_signal_emit (self, signals[RECIPE_DECLINED], 0);
}

/* excluded: (nullable): rows that stay unticked */
static void
show_plan (RegReviewPage *self, RegImportPlan *plan, GHashTable *excluded)
{
  reg_import_plan_ref (plan);
  g_clear_pointer (&self->plan, reg_import_plan_unref);
  self->plan = plan;
  self->reading = self->setup->n_readings;
  show_recipe (self);
  self->setup->heading_line = plan->heading_line;
  reg_plan_view_set_plan (self->plan_view, plan, self->setup->edits, self->setup->sample, excluded);
  update_ticked (self);
}

/* ---- Steps ---- */

static void
forget_steps (RegReviewPage *self)
{
  g_clear_pointer (&self->steps, reg_interchange_plan_unref);
  g_clear_pointer (&self->excluded, g_ptr_array_unref);
}

static void
excluded_free (gpointer data)
{
  if (data != NULL)
    g_hash_table_unref (data);
}

static void
keep_excluded (RegReviewPage *self)
{
  GHashTable *excluded = reg_plan_view_dup_excluded (self->plan_view);

  excluded_free (g_ptr_array_index (self->excluded, self->step));
  g_ptr_array_index (self->excluded, self->step) = excluded;
}

static void
on_step_chosen_cb (RegReviewPage *self)
{
  guint step = gtk_drop_down_get_selected (self->step_choice);

  if (self->is_filling || self->steps == NULL || step >= self->steps->plans->len)
    return;
  keep_excluded (self);
  self->step = step;
  show_plan (self, g_ptr_array_index (self->steps->plans, step),
             g_ptr_array_index (self->excluded, step));
}

/* "Update users (12)" */
static void
fill_step_choice (RegReviewPage *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  for (guint i = 0; i < self->steps->plans->len; i++)
    {
      const RegImportPlan *plan = g_ptr_array_index (self->steps->plans, i);

      gtk_string_list_take (names,
                            g_strdup_printf ("%s (%'d)", reg_interchange_get_step_label (plan),
                                             (int)plan->will->len));
    }
  self->is_filling = TRUE;
  gtk_drop_down_set_model (self->step_choice, G_LIST_MODEL (names));
  gtk_drop_down_set_selected (self->step_choice, self->step);
  self->is_filling = FALSE;
}

/* excluded: (transfer full) (nullable): rows that stay unticked, of each step */
static void
show_steps (RegReviewPage *self, RegInterchangePlan *steps, GPtrArray *excluded)
{
  reg_interchange_plan_ref (steps);
  forget_steps (self);
  self->steps = steps;
  self->excluded = excluded;
  if (excluded == NULL)
    {
      self->excluded = g_ptr_array_new_with_free_func (excluded_free);
      self->step = 0;
    }
  g_ptr_array_set_size (self->excluded, steps->plans->len);
  self->step = MIN (self->step, steps->plans->len - 1);
  fill_step_choice (self);
  gtk_widget_set_visible (GTK_WIDGET (self->step_choice), steps->plans->len > 1);
  show_plan (self, g_ptr_array_index (steps->plans, self->step),
             g_ptr_array_index (self->excluded, self->step));
}

/* Whether the file is still read as what is on show was: its lines are the same ones then. */
static gboolean
is_read_alike (RegReviewPage *self)
{
  return self->plan != NULL && self->reading == self->setup->n_readings;
}

/* A step may be gone, or new, once a line is another: what was unticked is known by the action. */
static GPtrArray *
match_excluded (RegReviewPage *self, const RegInterchangePlan *steps)
{
  GPtrArray *excluded = g_ptr_array_new_with_free_func (excluded_free);
  const char *shown = self->plan->action;

  keep_excluded (self);
  for (guint i = 0; i < steps->plans->len; i++)
    {
      const RegImportPlan *plan = g_ptr_array_index (steps->plans, i);

      g_ptr_array_add (excluded, NULL);
      for (guint k = 0; k < self->steps->plans->len; k++)
        {
          const RegImportPlan *old = g_ptr_array_index (self->steps->plans, k);

          if (g_str_equal (old->action, plan->action))
            g_ptr_array_index (excluded, i) =
                g_steal_pointer (&g_ptr_array_index (self->excluded, k));
        }
      if (g_str_equal (plan->action, shown))
        self->step = i;
    }
  return excluded;
}

void
reg_review_page_set_steps (RegReviewPage *self, RegInterchangePlan *steps)
{
  gboolean keeps = self->steps != NULL && is_read_alike (self);

  show_steps (self, steps, keeps ? match_excluded (self, steps) : NULL);
}

RegInterchangePlan *
reg_review_page_get_steps (RegReviewPage *self)
{
  return self->steps;
}

GPtrArray *
reg_review_page_dup_excluded_of_steps (RegReviewPage *self)
{
  GPtrArray *copy = g_ptr_array_new_with_free_func (excluded_free);

  keep_excluded (self);
  for (guint i = 0; i < self->excluded->len; i++)
    {
      GHashTable *excluded = g_ptr_array_index (self->excluded, i);

      g_ptr_array_add (copy, excluded != NULL ? g_hash_table_ref (excluded) : NULL);
    }
  return copy;
}

/* Of lines that are put right: marks that were never in question come unticked, once they come.
 * old: (nullable): what was on show before */
static void
untick_others (RegReviewPage *self,
               const RegImportPlan *plan,
               const RegImportPlan *old,
               GHashTable *excluded)
{
  g_autoptr (GHashTable) others = NULL;
  GHashTableIter iter;
  gpointer key;

  if (self->setup->rejects == NULL)
    return;
  others = reg_import_list_other_rows (self->setup->rejects, plan);
  for (guint i = 0; old != NULL && i < old->will->len; i++)
    {
      gint64 shown = reg_import_item_get_key (&g_array_index (old->will, RegImportItem, i));

      g_hash_table_remove (others, &shown);
    }
  g_hash_table_iter_init (&iter, others);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    g_hash_table_add (excluded, g_memdup2 (key, sizeof (gint64)));
}

void
reg_review_page_set_plan (RegReviewPage *self, RegImportPlan *plan)
{
  gboolean keeps =
      self->steps == NULL && is_read_alike (self) && g_str_equal (self->plan->action, plan->action);
  g_autoptr (RegImportPlan) old = keeps ? reg_import_plan_ref (self->plan) : NULL;
  g_autoptr (GHashTable) excluded =
      keeps ? reg_plan_view_dup_excluded (self->plan_view)
            : g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  forget_steps (self);
  gtk_widget_set_visible (GTK_WIDGET (self->step_choice), FALSE);
  show_plan (self, plan, NULL);
  untick_others (self, plan, old, excluded);
  if (g_hash_table_size (excluded) > 0)
    show_plan (self, plan, excluded);
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

/* FALSE: there is nothing to show, or a further check is on its way. The wizard may be closed by
 * now, and what it knew of the file gone with it. */
static gboolean
end_checking_again (RegReviewPage *self, gboolean ok, const GError *error)
{
  if (--self->is_checking_again > 0 || gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    return FALSE;
  reg_plan_view_set_busy (self->plan_view, FALSE);
  if (ok)
    return TRUE;
  close_fix_dialog (self);
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_signal_emit (self, signals[PROBLEM], 0, error);
  return FALSE;
}

/* Over to the next line that is not right. */
static void
go_on_fixing (RegReviewPage *self)
{
  if (self->fix_dialog != NULL)
    {
      if (reg_fix_dialog_show_line (self->fix_dialog, self->plan, self->setup->edits,
                                    self->fixing_group, self->fixing_line))
        return;
      close_fix_dialog (self);
    }
  else if (self->fixing_line == 0)
    return;
  if (!reg_plan_view_focus_line (self->plan_view, self->fixing_group, self->fixing_line))
    reg_review_page_focus_start (self);
}

static void
on_checked_again_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RegReviewPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RegImportPlan) plan =
      reg_workspace_check_import_finish (REG_WORKSPACE (source), result, &error);
  g_autoptr (GHashTable) excluded = NULL;

  if (!end_checking_again (self, plan != NULL, error))
    return;
  excluded = reg_plan_view_dup_excluded (self->plan_view);
  untick_others (self, plan, self->plan, excluded);
  show_plan (self, plan, excluded);
  go_on_fixing (self);
}

static void
on_steps_checked_again_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RegReviewPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RegInterchangePlan) steps =
      reg_workspace_check_interchange_finish (REG_WORKSPACE (source), result, &error);

  if (!end_checking_again (self, steps != NULL, error))
    return;
  show_steps (self, steps, match_excluded (self, steps));
  go_on_fixing (self);
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
  if (self->steps != NULL)
    reg_workspace_check_interchange_async (self->workspace, self->steps->interchange, &request,
                                           self->progress, on_steps_checked_again_cb,
                                           g_object_ref (self));
  else
    reg_workspace_check_import_async (self->workspace, &request, self->progress,
                                      on_checked_again_cb, g_object_ref (self));
}

void
reg_review_page_stop (RegReviewPage *self)
{
  if (self->progress != NULL)
    reg_progress_cancel (self->progress);
}

static void
on_person_staged_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RegReviewPage) self = data;
  g_autoptr (GError) error = NULL;
  RegStepResult step = { 0 };
  RegHost *host = reg_host_from (GTK_WIDGET (self));

  gboolean ok = reg_workspace_stage_finish (REG_WORKSPACE (source), result, &step, &error);

  if (ok && host != NULL)
    check_again (self);
  else if (host != NULL)
    reg_host_show_error (host, _ ("The Person Cannot Be Restored or Added"), error);
  reg_step_result_clear (&step);
}

static void
restore_people (RegReviewPage *self, const RegImportFix *fix, gboolean all)
{
  const RegOperation *operation = reg_operation_find ("restore");
  const char *email = reg_directory_get_email (self->plan->directory, fix->user_id);
  g_autoptr (GArray) users = all ? reg_import_plan_list_users (self->plan, fix->reason)
                                 : g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autofree char *title = NULL;

  if (!all)
    g_array_append_val (users, fix->user_id);
  title = users->len == 1
              ? g_strdup_printf (_ ("Restore %s"), email != NULL ? email : "")
              : g_strdup_printf (ngettext ("Restore %u user", "Restore %u users", users->len),
                                 users->len);
  reg_workspace_stage_async (self->workspace, operation, NULL, (const gint64 *)(void *)users->data,
                             users->len, NULL, 0, title, FALSE, NULL, on_person_staged_cb,
                             g_object_ref (self));
}

/* Whoever is added waits for approval; what else is known of them can be said in Users. */
static void
add_person (RegReviewPage *self, const RegImportFix *fix)
{
  const gint64 nobody = 0;
  const char *name = *fix->text != '\0' ? fix->text : fix->old;
  g_autofree char *title = g_strdup_printf (_ ("Add %s"), name);
  g_autoptr (RegParams) params = reg_params_new ();

  if (*fix->text != '\0')
    reg_params_set (params, "email", fix->text);
  if (*fix->old != '\0')
    reg_params_set (params, "employee_id", fix->old);
  reg_workspace_stage_async (self->workspace, reg_operation_find ("add-user"), params, &nobody, 1,
                             NULL, 0, title, FALSE, NULL, on_person_staged_cb, g_object_ref (self));
}

/* The wizard stays where it is: whoever is put right there is checked again here. */
static void
show_people (RegReviewPage *self, const RegImportFix *fix, gboolean all)
{
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
  RegHost *host = reg_host_from (GTK_WIDGET (self));
  g_autoptr (GArray) users = all ? reg_import_plan_list_users (self->plan, fix->reason)
                                 : g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autofree char *what = NULL;

  if (!all)
    g_array_append_val (users, fix->user_id);
  if (!all && fix->other_user_id != 0)
    g_array_append_val (users, fix->other_user_id);
  if (host == NULL || users->len == 0)
    return;
  close_fix_dialog (self);
  gtk_window_set_modal (window, FALSE);
  /* Translators: who is shown in Users; %s is the name of a file. */
  what = g_strdup_printf (_ ("Not imported from %s"), self->plan->file_name);
  reg_host_open_people (host, (const gint64 *)(void *)users->data, users->len, what);
  gtk_window_present (GTK_WINDOW (host));
}

static void
apply_fix (gpointer data, const RegImportFix *fix, gboolean all)
{
  RegReviewPage *self = data;

  if (self->plan == NULL)
    return;
  reg_import_fix_apply (fix, all, self->plan, self->setup->edits, &self->setup->date_order);
  check_again (self);
}

static void
on_fix_taken_cb (RegReviewPage *self, const RegImportFix *fix, gboolean all)
{
  GtkRoot *root = gtk_widget_get_root (
      GTK_WIDGET (self->fix_dialog != NULL ? GTK_WIDGET (self->fix_dialog) : GTK_WIDGET (self)));

  self->fixing_line = fix->line;
  switch (fix->kind)
    {
    case REG_FIX_RESTORE:
      restore_people (self, fix, all);
      break;
    case REG_FIX_ADD_PERSON:
      add_person (self, fix);
      break;
    case REG_FIX_SHOW_PEOPLE:
      show_people (self, fix, all);
      break;
    case REG_FIX_MAP:
      close_fix_dialog (self);
      g_signal_emit (self, signals[READ_DIFFERENTLY], 0);
      break;
    case REG_FIX_CHECK_AGAIN:
      check_again (self);
      break;
    case REG_FIX_INSTEAD:
      reg_instead_dialog_ask (GTK_WINDOW (root), reg_workspace_get_site (self->workspace),
                              self->plan, fix, all, apply_fix, self);
      break;
    case REG_FIX_SET:
    case REG_FIX_DIGITS:
    case REG_FIX_DATE_ORDER:
    case REG_FIX_LEAVE_OUT:
    case REG_FIX_ACCEPT:
      apply_fix (self, fix, all);
      break;
    }
}

static void
on_plan_fix_taken_cb (RegReviewPage *self, const RegImportFix *fix, gboolean all)
{
  self->fixing_group = reg_plan_view_get_group (self->plan_view) == REG_PLAN_CANNOT
                           ? REG_PLAN_CANNOT
                           : REG_PLAN_BAD_LINES;
  on_fix_taken_cb (self, fix, all);
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

/* A file in an archive is not read line by line again. */
static void
explain_archive (RegReviewPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  g_autofree char *text = g_strdup_printf (
      _ ("The line stands in “%s” inside the archive. Correct it where the archive "
         "was made, or import the other lines without it."),
      self->plan->file_name);
  GtkWidget *dialog =
      adw_message_dialog_new (GTK_WINDOW (root), _ ("This Line Cannot Be Corrected Here"), text);

  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _ ("_Close"));
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
on_line_opened_cb (RegReviewPage *self, int group, gint64 line)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (self->fix_dialog != NULL)
    return;
  if (!reg_import_plan_can_correct (self->plan))
    {
      explain_archive (self);
      return;
    }
  self->fixing_group = (RegPlanGroup)group;
  self->fixing_line = line;
  self->fix_dialog = REG_FIX_DIALOG (reg_fix_dialog_new (GTK_WINDOW (root), self->workspace));
  g_object_weak_ref (G_OBJECT (self->fix_dialog), on_fix_dialog_gone_cb, self);
  g_signal_connect_object (self->fix_dialog, "fix-taken", G_CALLBACK (on_fix_taken_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->fix_dialog, "cells-corrected", G_CALLBACK (on_cells_corrected_cb),
                           self, G_CONNECT_SWAPPED);
  reg_fix_dialog_show_line (self->fix_dialog, self->plan, self->setup->edits, self->fixing_group,
                            line);
  gtk_window_present (GTK_WINDOW (self->fix_dialog));
}

void
reg_review_page_undo (RegReviewPage *self)
{
  if (reg_import_edits_undo (self->setup->edits))
    check_again (self);
}

static void
on_empty_rule_chosen_cb (RegReviewPage *self, int rule)
{
  self->setup->empty = (RegEmptyRule)rule;
  self->fixing_line = 0;
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

/* (transfer full) (nullable) */
static char *
dup_warning (RegReviewPage *self)
{
  g_autoptr (GHashTable) excluded = reg_plan_view_dup_excluded (self->plan_view);

  if (self->steps == NULL)
    return reg_import_plan_dup_warning (self->plan, excluded);
  keep_excluded (self);
  return reg_interchange_plan_dup_warning (self->steps, self->excluded);
}

/* What is large or looks wrong is held until its number was typed. */
static void
on_start_clicked_cb (RegReviewPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  gsize n_ticked = count_ticked (self);
  g_autofree char *warning = dup_warning (self);

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
    {
      g_object_weak_unref (G_OBJECT (self->fix_dialog), on_fix_dialog_gone_cb, self);
      gtk_window_destroy (GTK_WINDOW (self->fix_dialog));
      self->fix_dialog = NULL;
    }
  g_clear_object (&self->progress);
  forget_steps (self);
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
  signals[RECIPE_DECLINED] = g_signal_new ("recipe-declined", G_TYPE_FROM_CLASS (klass),
                                           G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[PROBLEM] = g_signal_new ("problem", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);

  g_type_ensure (REG_TYPE_PLAN_VIEW);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/registrar_lms/Registrar/import-wizard/reg-review-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RegReviewPage, recipe_box);
  gtk_widget_class_bind_template_child (widget_class, RegReviewPage, recipe);
  gtk_widget_class_bind_template_child (widget_class, RegReviewPage, step_choice);
  gtk_widget_class_bind_template_child (widget_class, RegReviewPage, plan_view);
  gtk_widget_class_bind_template_child (widget_class, RegReviewPage, ticked);
  gtk_widget_class_bind_template_child (widget_class, RegReviewPage, start);
  gtk_widget_class_bind_template_callback (widget_class, on_decline_recipe_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_step_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_plan_view_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_line_opened_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_plan_fix_taken_cb);
  gtk_widget_class_bind_template_callback (widget_class, reg_review_page_undo);
  gtk_widget_class_bind_template_callback (widget_class, on_read_differently_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_empty_rule_chosen_cb);
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
