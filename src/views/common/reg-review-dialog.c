/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-views"

#include "views/common/reg-review-dialog.h"

#include "base/reg-words.h"
#include "views/common/reg-confirm.h"
#include "views/common/reg-progress-row.h"
#include "views/common/reg-review-table.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

/* After this pause the rows are looked at once more, where licenses are short. */
#define LOOK_AGAIN_MS 300
/* A step on so many may take a while: whoever looked away meanwhile is told of its end. */
#define MANY 1000

struct _RegReviewDialog
{
  AdwWindow parent_instance;

  AdwWindowTitle *title;
  GtkButton *confirm;
  GtkWidget *options;
  AdwActionRow *choice_row;
  GtkSwitch *choice;
  AdwActionRow *skip_row;
  GtkCheckButton *skip;
  AdwActionRow *setting_row;
  GtkLabel *setting;
  GtkLabel *warning;
  GtkLabel *effect;
  GtkLabel *summary;
  RegReviewTable *table;
  GtkWidget *enrolled_bar;
  GtkLabel *enrolled;
  RegProgressRow *progress_row;
  GtkLabel *licenses;
  GtkLabel *mails;
  GtkLabel *notice;
  GtkCheckButton *subscription;
  GtkWidget *guard;
  GtkCheckButton *understood;
  GtkLabel *count_label;
  GtkEntry *count;

  RegWorkspace *workspace;
  const RegOperation *operation;
  RegParams *params;
  GPtrArray *items;    /* (nullable) */
  GArray *users;       /* with items */
  GArray *enrollments; /* or these */
  char *subject;
  RegReview *review; /* (nullable) */
  RegProgress *progress;
  guint look_again;
  gboolean is_busy;
};

enum
{
  STAGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RegReviewDialog, reg_review_dialog, ADW_TYPE_WINDOW)

static void look (RegReviewDialog *self);

static gboolean
is_reassigning (RegReviewDialog *self)
{
  return self->operation->starts_anew;
}

static gboolean
allows_always (RegReviewDialog *self)
{
  const RegSite *site = reg_workspace_get_site (self->workspace);

  return site != NULL && site->allow_reassign_always;
}

/* What was set by the caller and what is chosen here. */
static RegParams *
dup_params (RegReviewDialog *self)
{
  RegParams *params = self->params != NULL ? reg_params_copy (self->params) : reg_params_new ();

  if (self->operation->choice != NULL && gtk_switch_get_active (self->choice))
    reg_params_set_boolean (params, self->operation->choice->key, TRUE);
  if (is_reassigning (self) && !allows_always (self) && gtk_check_button_get_active (self->skip))
    reg_params_set_boolean (params, "skip_completed", TRUE);
  return params;
}

/* Whether something is done that is final by its parameters: a subscription. */
static gboolean
is_final (RegReviewDialog *self)
{
  if (self->operation->is_final == NULL)
    return FALSE;
  for (guint i = 0; self->items != NULL && i < self->items->len; i++)
    if (self->operation->is_final (((RegReviewItem *)g_ptr_array_index (self->items, i))->params))
      return TRUE;
  return self->operation->is_final (self->params);
}

static gboolean
has_many_courses (RegReviewDialog *self)
{
  if (self->enrollments == NULL)
    return self->items->len > 1;
  for (guint i = 1; i < self->enrollments->len; i++)
    if (reg_enrollment_id_get_course (g_array_index (self->enrollments, gint64, i))
        != reg_enrollment_id_get_course (g_array_index (self->enrollments, gint64, 0)))
      return TRUE;
  return FALSE;
}

/* ---- What the page says ---- */

/* The one button is open when something is ticked and all that must be confirmed is. */
static void
update_confirm (RegReviewDialog *self)
{
  gsize n = reg_review_table_get_n_ticked (self->table);
  gboolean is_open = n > 0 && !self->is_busy && self->review != NULL;

  if (gtk_widget_get_visible (GTK_WIDGET (self->subscription)))
    is_open = is_open && gtk_check_button_get_active (self->subscription);
  if (gtk_widget_get_visible (self->guard)
      && gtk_widget_get_visible (GTK_WIDGET (self->understood)))
    is_open = is_open && gtk_check_button_get_active (self->understood);
  if (gtk_widget_get_visible (self->guard) && gtk_widget_get_visible (GTK_WIDGET (self->count)))
    is_open =
        is_open
        && reg_confirm_is_count (gtk_editable_get_text (GTK_EDITABLE (self->count)), (gint64)n);
  gtk_widget_set_sensitive (GTK_WIDGET (self->confirm), is_open);
}

static void
set_text (GtkLabel *label, const char *text)
{
  gtk_label_set_text (label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL && *text != '\0');
}

/* The words and how strongly it is asked follow the choice. */
static void
update_choice (RegReviewDialog *self)
{
  g_autoptr (RegParams) params = dup_params (self);
  RegConfirm confirm = reg_operation_get_confirm (self->operation, params);
  const char *warning = reg_operation_get_warning (self->operation, params);

  set_text (self->warning, warning != NULL ? _ (warning) : NULL);
  set_text (self->effect, _ (reg_operation_get_effect (self->operation, params)));
  if (is_final (self))
    confirm = REG_CONFIRM_IRREVERSIBLE;
  gtk_widget_set_visible (self->guard, confirm == REG_CONFIRM_IRREVERSIBLE);
  /* Return does what can be undone. */
  gtk_window_set_default_widget (
      GTK_WINDOW (self), confirm == REG_CONFIRM_IRREVERSIBLE ? NULL : GTK_WIDGET (self->confirm));
  if (confirm == REG_CONFIRM_IRREVERSIBLE)
    {
      gtk_widget_remove_css_class (GTK_WIDGET (self->confirm), "suggested-action");
      gtk_widget_add_css_class (GTK_WIDGET (self->confirm), "destructive-action");
    }
  else
    {
      gtk_widget_remove_css_class (GTK_WIDGET (self->confirm), "destructive-action");
      gtk_widget_add_css_class (GTK_WIDGET (self->confirm), "suggested-action");
    }
}

static char *
dup_summary (RegReviewDialog *self, gsize n_ticked)
{
  GString *text = g_string_new (NULL);
  gint64 n_will = self->review->counts[REG_REVIEW_WILL];
  gint64 n_skip = self->review->counts[REG_REVIEW_SKIP];
  gint64 n_cannot = self->review->counts[REG_REVIEW_CANNOT];

  if (is_reassigning (self))
    reg_words_add_printf (
        text, ngettext ("%zu will be reassigned", "%zu will be reassigned", n_ticked), n_ticked);
  else
    reg_words_add_printf (text, ngettext ("%zu will be assigned", "%zu will be assigned", n_ticked),
                          n_ticked);
  if ((gint64)n_ticked < n_will)
    reg_words_add_printf (text, _ ("%zu left out by you"), (gsize)n_will - n_ticked);
  if (n_skip > 0)
    reg_words_add_printf (text, _ ("%" PRIi64 " skipped"), n_skip);
  if (n_cannot > 0)
    reg_words_add_printf (text, _ ("%" PRIi64 " cannot be included"), n_cannot);
  return g_string_free (text, FALSE);
}

static char *
dup_heading (RegReviewDialog *self, gsize n)
{
  if (has_many_courses (self))
    return g_strdup_printf (ngettext ("%s: %zu Assignment", "%s: %zu Assignments", n),
                            _ (self->operation->label), n);
  return g_strdup_printf (ngettext ("%s: %zu User", "%s: %zu Users", n), _ (self->operation->label),
                          n);
}

static void
update_costs (RegReviewDialog *self)
{
  RegLedger ledger;
  g_autofree char *licenses = NULL, *mails = NULL, *notice = NULL;

  reg_review_table_get_ledger (self->table, &ledger);
  licenses = reg_ledger_dup_licenses (&ledger);
  mails = reg_ledger_dup_mails (&ledger);
  notice = reg_operation_dup_notice (self->operation, self->review->counts[REG_REVIEW_WILL],
                                     self->review->n_noticed);
  set_text (self->licenses, licenses);
  set_text (self->mails, mails);
  set_text (self->notice, notice);
  reg_ledger_clear (&ledger);
}

static void
update_skip (RegReviewDialog *self)
{
  gsize n = reg_review_table_get_n_completed (self->table);
  g_autofree char *text = g_strdup_printf (ngettext ("%zu completed user will be re-assigned",
                                                     "%zu completed users will be re-assigned", n),
                                           n);

  adw_action_row_set_subtitle (self->skip_row, text);
}

static void
update_enrolled (RegReviewDialog *self)
{
  gint64 n = self->review->n_enrolled;
  g_autofree char *text = g_strdup_printf (
      ngettext ("%" PRIi64 " has the course already: not assigned a second time, no credit used, "
                "progress unchanged.",
                "%" PRIi64 " have the course already: not assigned a second time, no credit used, "
                "progress unchanged.",
                (gulong)n),
      n);

  gtk_label_set_text (self->enrolled, text);
  gtk_widget_set_visible (
      self->enrolled_bar,
      n > 0 && !is_reassigning (self)
          && reg_site_can (reg_workspace_get_site (self->workspace), "reassign"));
}

static void
update (RegReviewDialog *self)
{
  gsize n = reg_review_table_get_n_ticked (self->table);

  if (self->review != NULL)
    {
      g_autofree char *summary = dup_summary (self, n);
      g_autofree char *heading = dup_heading (self, n);
      g_autofree char *type = g_strdup_printf (_ ("Type %zu to confirm how many"), n);

      set_text (self->summary, summary);
      adw_window_title_set_title (self->title, heading);
      gtk_window_set_title (GTK_WINDOW (self), heading);
      gtk_label_set_text (self->count_label, type);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->count), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      type, -1);
      update_costs (self);
      update_skip (self);
      update_enrolled (self);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->count), n > REG_CONFIRM_TYPE_COUNT_ABOVE);
  gtk_widget_set_visible (GTK_WIDGET (self->count_label), n > REG_CONFIRM_TYPE_COUNT_ABOVE);
  update_choice (self);
  update_confirm (self);
}

/* Once there is something to confirm, the focus goes there, or to what must be ticked before; not
 * where somebody has moved it meanwhile. */
static void
focus_confirm (RegReviewDialog *self)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));

  if (focus != NULL && !GTK_IS_BUTTON (focus))
    return;
  if (!gtk_widget_get_visible (self->guard))
    gtk_widget_grab_focus (GTK_WIDGET (self->confirm));
  else if (is_final (self))
    gtk_widget_grab_focus (GTK_WIDGET (self->subscription));
  else
    gtk_widget_grab_focus (GTK_WIDGET (self->understood));
}

/* ---- Looking ---- */

static void
set_busy (RegReviewDialog *self, RegProgress *progress)
{
  g_set_object (&self->progress, progress);
  self->is_busy = progress != NULL;
  reg_progress_row_set_progress (self->progress_row, progress);
  update_confirm (self);
}

static void
on_looked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RegReviewDialog) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RegReview) review =
      reg_workspace_review_finish (REG_WORKSPACE (source), result, &error);
  gboolean is_first;
  RegHost *host;

  /* Closed meanwhile. */
  if (self->table == NULL)
    return;
  host = reg_host_from (GTK_WIDGET (self));
  if (review == NULL && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      /* By the person, unless another look came in between. */
      if (self->progress != NULL
          && g_cancellable_is_cancelled (reg_progress_get_cancellable (self->progress)))
        gtk_window_close (GTK_WINDOW (self));
      return;
    }
  set_busy (self, NULL);
  if (review == NULL)
    {
      if (host != NULL)
        reg_host_show_error (host, _ ("Could Not Check"), error);
      gtk_window_close (GTK_WINDOW (self));
      return;
    }
  is_first = self->review == NULL;
  g_clear_pointer (&self->review, reg_review_unref);
  self->review = reg_review_ref (review);
  reg_review_table_set_review (self->table, review);
  if (is_first)
    focus_confirm (self);
}

static void
look (RegReviewDialog *self)
{
  g_autoptr (RegParams) params = dup_params (self);
  g_autoptr (RegProgress) progress = reg_progress_new (_ ("Checking…"));
  g_autoptr (RegProgress) before = g_steal_pointer (&self->progress);
  RegReviewRequest request = { .operation = self->operation,
                               .params = params,
                               .last = reg_review_table_get_unticked (self->table) };

  g_clear_handle_id (&self->look_again, g_source_remove);
  if (self->enrollments != NULL)
    {
      request.enrollment_ids = (const gint64 *)(gpointer)self->enrollments->data;
      request.n_enrollments = self->enrollments->len;
    }
  else
    {
      request.items = self->items;
      request.user_ids = (const gint64 *)(gpointer)self->users->data;
      request.n_users = self->users->len;
    }
  set_busy (self, progress);
  if (before != NULL)
    reg_progress_cancel (before);
  reg_workspace_review_async (self->workspace, &request, progress, on_looked_cb,
                              g_object_ref (self));
}

static void
on_choice_changed_cb (RegReviewDialog *self)
{
  update_choice (self);
  look (self);
}

static gboolean
on_look_again_cb (gpointer data)
{
  RegReviewDialog *self = data;

  self->look_again = 0;
  look (self);
  return G_SOURCE_REMOVE;
}

/* Who was unticked gives the license to somebody who was left out. */
static void
on_table_changed_cb (RegReviewDialog *self)
{
  gboolean is_short = FALSE;

  update (self);
  for (guint i = 0; self->review != NULL && i < self->review->ledger.lines->len; i++)
    is_short =
        is_short || g_array_index (self->review->ledger.lines, RegLedgerLine, i).left_out > 0;
  if (is_short && !self->is_busy && reg_review_table_get_unticked (self->table) != NULL
      && self->review->counts[REG_REVIEW_WILL]
             > (gint64)reg_review_table_get_n_ticked (self->table))
    {
      g_clear_handle_id (&self->look_again, g_source_remove);
      self->look_again = g_timeout_add (LOOK_AGAIN_MS, on_look_again_cb, self);
    }
}

/* ---- Doing it ---- */

static void
on_staged_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RegReviewDialog) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  RegStepResult staged = { 0 };
  RegHost *host;

  if (!reg_workspace_stage_finish (REG_WORKSPACE (source), result, &staged, &error))
    {
      if (self->table == NULL)
        return;
      set_busy (self, NULL);
      host = reg_host_from (GTK_WIDGET (self));
      if (host != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        reg_host_show_error (host, _ ("Could Not Be Done"), error);
      return;
    }
  host = self->table != NULL ? reg_host_from (GTK_WIDGET (self)) : NULL;
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  /* The texts come from the table of operations, where xgettext checks them. */
  text = g_strdup_printf (
      ngettext (self->operation->done_one, self->operation->done_many, (gulong)staged.n_staged),
      (int)staged.n_staged);
#pragma GCC diagnostic pop
  if (host != NULL && staged.n_staged > 0)
    reg_host_toast (host, text, staged.batch_id);
  if (host != NULL && staged.n_staged >= MANY)
    reg_host_announce (host, _ (self->operation->label), text);
  reg_step_result_clear (&staged);
  if (self->table == NULL)
    return;
  set_busy (self, NULL);
  /* Before the window it is above, which may close now. */
  gtk_window_set_transient_for (GTK_WINDOW (self), NULL);
  gtk_window_destroy (GTK_WINDOW (self));
  g_signal_emit (self, signals[STAGED], 0);
}

static char *
dup_title (RegReviewDialog *self, gsize n)
{
  g_autofree char *count = g_strdup_printf (ngettext ("%zu user", "%zu users", n), n);

  if (self->subject == NULL)
    return g_strdup_printf ("%s · %s", _ (self->operation->label), count);
  if (n == 1)
    return g_strdup_printf ("%s · %s", _ (self->operation->label), self->subject);
  return g_strdup_printf ("%s · %s · %s", _ (self->operation->label), self->subject, count);
}

static void
on_confirm_clicked_cb (RegReviewDialog *self)
{
  gsize n;
  g_autofree gint64 *rows = reg_review_table_dup_ticked (self->table, &n);
  g_autofree char *title = dup_title (self, n);
  g_autoptr (RegProgress) progress = reg_progress_new (title);

  g_clear_handle_id (&self->look_again, g_source_remove);
  set_busy (self, progress);
  reg_workspace_stage_review_async (self->workspace, self->review, rows, n, title, progress,
                                    on_staged_cb, g_object_ref (self));
}

/* those who have the course already, moved to Reassign. */
static void
on_reassign_clicked_cb (RegReviewDialog *self)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  RegReviewDialog *dialog;

  for (gsize i = 0; i < self->review->n_rows; i++)
    {
      const RegReviewRow *row = &self->review->rows[i];
      gint64 id = reg_enrollment_id (row->user_id, row->course_id);

      if (row->reason == REG_REASON_ALREADY_ASSIGNED)
        g_array_append_val (ids, id);
    }
  dialog =
      reg_review_dialog_new (GTK_WINDOW (self), self->workspace, reg_operation_find ("reassign"));
  reg_review_dialog_set_enrollments (dialog, (const gint64 *)(gpointer)ids->data, ids->len);
  reg_review_dialog_set_subject (dialog, self->subject);
  g_signal_connect_object (dialog, "staged", G_CALLBACK (look), self, G_CONNECT_SWAPPED);
  reg_review_dialog_start (dialog);
}

/* ---- Object ---- */

static void
reg_review_dialog_dispose (GObject *object)
{
  RegReviewDialog *self = REG_REVIEW_DIALOG (object);

  g_clear_handle_id (&self->look_again, g_source_remove);
  if (self->progress != NULL)
    reg_progress_cancel (self->progress);
  g_clear_object (&self->progress);
  g_clear_object (&self->workspace);
  self->table = NULL;
  G_OBJECT_CLASS (reg_review_dialog_parent_class)->dispose (object);
}

static void
reg_review_dialog_finalize (GObject *object)
{
  RegReviewDialog *self = REG_REVIEW_DIALOG (object);

  g_clear_pointer (&self->params, reg_params_free);
  g_clear_pointer (&self->items, g_ptr_array_unref);
  g_clear_pointer (&self->users, g_array_unref);
  g_clear_pointer (&self->enrollments, g_array_unref);
  g_clear_pointer (&self->review, reg_review_unref);
  g_free (self->subject);
  G_OBJECT_CLASS (reg_review_dialog_parent_class)->finalize (object);
}

#define BIND(name) gtk_widget_class_bind_template_child (widget_class, RegReviewDialog, name)

static void
reg_review_dialog_class_init (RegReviewDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = reg_review_dialog_dispose;
  object_class->finalize = reg_review_dialog_finalize;

  signals[STAGED] = g_signal_new ("staged", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (REG_TYPE_REVIEW_TABLE);
  g_type_ensure (REG_TYPE_PROGRESS_ROW);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/registrar_lms/Registrar/common/reg-review-dialog.ui");
  BIND (title);
  BIND (confirm);
  BIND (options);
  BIND (choice_row);
  BIND (choice);
  BIND (skip_row);
  BIND (skip);
  BIND (setting_row);
  BIND (setting);
  BIND (warning);
  BIND (effect);
  BIND (summary);
  BIND (table);
  BIND (enrolled_bar);
  BIND (enrolled);
  BIND (progress_row);
  BIND (licenses);
  BIND (mails);
  BIND (notice);
  BIND (subscription);
  BIND (guard);
  BIND (understood);
  BIND (count_label);
  BIND (count);
  gtk_widget_class_bind_template_callback (widget_class, on_choice_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_table_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_confirm_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_reassign_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, update_confirm);
}

#undef BIND

static void
reg_review_dialog_init (RegReviewDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
name_options (RegReviewDialog *self)
{
  const RegChoice *choice = self->operation->choice;
  gboolean always = allows_always (self);

  gtk_widget_set_visible (self->options, choice != NULL || is_reassigning (self));
  gtk_widget_set_visible (GTK_WIDGET (self->choice_row), choice != NULL);
  if (choice != NULL)
    {
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->choice_row), _ (choice->label));
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->choice), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      _ (choice->label), -1);
    }
  /* D-02: offered only where the LMS does not reassign everybody anyway. */
  gtk_widget_set_visible (GTK_WIDGET (self->skip_row), is_reassigning (self) && !always);
  gtk_widget_set_visible (GTK_WIDGET (self->setting_row), is_reassigning (self));
  gtk_label_set_text (self->setting, always ? _ ("On") : _ ("Off"));
  gtk_button_set_label (self->confirm, self->operation->proceed != NULL
                                           ? _ (self->operation->proceed)
                                           : _ ("Confirm Assignment"));
}

/**
 * reg_review_dialog_new:
 * @parent: the window it is above
 * @workspace: a workspace
 * @operation: what is to be done: assign, reassign
 *
 * Returns: (transfer none): a dialog that is not shown yet
 */
RegReviewDialog *
reg_review_dialog_new (GtkWindow *parent, RegWorkspace *workspace, const RegOperation *operation)
{
  RegReviewDialog *self = g_object_new (REG_TYPE_REVIEW_DIALOG, "transient-for", parent, NULL);

  self->workspace = g_object_ref (workspace);
  self->operation = operation;
  gtk_window_set_title (GTK_WINDOW (self), _ (operation->label));
  name_options (self);
  return self;
}

void
reg_review_dialog_set_params (RegReviewDialog *self, const RegParams *params)
{
  g_clear_pointer (&self->params, reg_params_free);
  self->params = params != NULL ? reg_params_copy (params) : NULL;
}

static GArray *
copy_ids (const gint64 *ids, gsize n)
{
  GArray *array = g_array_sized_new (FALSE, FALSE, sizeof (gint64), (guint)n);

  g_array_append_vals (array, ids, (guint)n);
  return array;
}

void
reg_review_dialog_set_users (RegReviewDialog *self, const gint64 *ids, gsize n)
{
  g_clear_pointer (&self->users, g_array_unref);
  self->users = copy_ids (ids, n);
}

static gpointer
copy_item (gconstpointer item, gpointer data)
{
  return reg_review_item_new (((const RegReviewItem *)item)->course_id,
                              ((const RegReviewItem *)item)->params);
}

void
reg_review_dialog_set_items (RegReviewDialog *self, GPtrArray *items)
{
  g_clear_pointer (&self->items, g_ptr_array_unref);
  self->items = g_ptr_array_copy (items, copy_item, NULL);
  g_ptr_array_set_free_func (self->items, (GDestroyNotify)reg_review_item_free);
}

void
reg_review_dialog_set_enrollments (RegReviewDialog *self, const gint64 *ids, gsize n)
{
  g_clear_pointer (&self->enrollments, g_array_unref);
  self->enrollments = copy_ids (ids, n);
}

void
reg_review_dialog_set_subject (RegReviewDialog *self, const char *subject)
{
  g_free (self->subject);
  self->subject = g_strdup (subject);
  adw_window_title_set_subtitle (self->title, subject != NULL ? subject : "");
}

void
reg_review_dialog_start (RegReviewDialog *self)
{
  g_return_if_fail (REG_IS_REVIEW_DIALOG (self));
  g_return_if_fail (self->enrollments != NULL || (self->users != NULL && self->items != NULL));

  reg_review_table_set_up (self->table, self->workspace, self->progress_row,
                           has_many_courses (self));
  gtk_widget_set_visible (GTK_WIDGET (self->subscription), is_final (self));
  gtk_widget_set_visible (GTK_WIDGET (self->understood), !is_final (self));
  update (self);
  gtk_window_present (GTK_WINDOW (self));
  look (self);
}

/**
 * reg_review_dialog_reassign:
 * @parent: the window it is above
 * @workspace: a workspace
 * @enrollment_ids: as of reg_enrollment_id (); copied
 * @n: how many
 * @subject: (nullable): name of the one person, or of the course
 */
void
reg_review_dialog_reassign (GtkWindow *parent,
                            RegWorkspace *workspace,
                            const gint64 *enrollment_ids,
                            gsize n,
                            const char *subject)
{
  RegReviewDialog *self =
      reg_review_dialog_new (parent, workspace, reg_operation_find ("reassign"));

  reg_review_dialog_set_enrollments (self, enrollment_ids, n);
  reg_review_dialog_set_subject (self, subject);
  reg_review_dialog_start (self);
}
