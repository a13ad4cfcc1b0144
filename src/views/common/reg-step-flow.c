/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-views"

#include "views/common/reg-step-flow.h"

#include "views/common/reg-confirm.h"
#include "views/common/reg-host.h"

#include <glib/gi18n-lib.h>

/* How many refused targets are named; the rest is counted. */
#define MAX_NAMED 200

/* A step on so many may take a while: whoever looked away meanwhile is told of its end. */
#define MANY 1000

struct _RegStepFlow
{
  GObject parent_instance;

  GtkWidget *origin; /* weak: the page may go while the work runs */
  RegProgressRow *row;
  RegWorkspace *workspace;
  const RegOperation *operation;
  RegParams *params;
  GArray *users;
  GArray *courses;
  GArray *enrollments;
  char *subject;
  char *note;
  char *confirm_label;
  gboolean asks;
  gboolean is_dry;
  RegProgress *progress;
  RegStepResult result;
};

enum
{
  FINISHED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RegStepFlow, reg_step_flow, G_TYPE_OBJECT)

static void run (RegStepFlow *self, gboolean dry_run);

static RegHost *
get_host (RegStepFlow *self)
{
  return self->origin != NULL ? reg_host_from (self->origin) : NULL;
}

static gsize
count_targets (RegStepFlow *self)
{
  if (self->enrollments != NULL)
    return self->enrollments->len;
  return self->users->len * MAX (1, self->courses != NULL ? self->courses->len : 1);
}

/* Ends the flow; the reference it kept to itself goes. */
static void
finish (RegStepFlow *self, gboolean staged)
{
  if (self->row != NULL)
    reg_progress_row_set_progress (self->row, NULL);
  g_signal_emit (self, signals[FINISHED], 0, staged);
  g_object_unref (self);
}

/* Whether it is about several courses: what is counted are enrollments then, not users. */
static gboolean
spans_courses (RegStepFlow *self)
{
  if (self->enrollments == NULL)
    return self->courses != NULL && self->courses->len > 1;
  return reg_enrollment_ids_span_courses ((const gint64 *)(gconstpointer)self->enrollments->data,
                                          self->enrollments->len);
}

/* What it does, to whom, and how many. */
static char *
dup_title (RegStepFlow *self, gsize n)
{
  g_autofree char *count =
      spans_courses (self) ? g_strdup_printf (ngettext ("%zu enrollment", "%zu enrollments", n), n)
                           : g_strdup_printf (ngettext ("%zu user", "%zu users", n), n);

  if (self->subject == NULL)
    return g_strdup_printf ("%s · %s", _ (self->operation->label), count);
  if (n == 1)
    return g_strdup_printf ("%s · %s", _ (self->operation->label), self->subject);
  return g_strdup_printf ("%s · %s · %s", _ (self->operation->label), self->subject, count);
}

static void
on_confirm_response_cb (GtkWidget *dialog, const char *response, RegStepFlow *self)
{
  g_autoptr (RegParams) choice = NULL;

  if (g_strcmp0 (response, "do") != 0)
    {
      finish (self, FALSE);
      return;
    }
  choice = reg_confirm_dup_choice (dialog);
  for (guint i = 0; i < reg_params_get_size (choice); i++)
    {
      const char *key = reg_params_get_key (choice, i);

      if (self->params == NULL)
        self->params = reg_params_new ();
      reg_params_set (self->params, key, reg_params_get (choice, key));
    }
  run (self, FALSE);
}

/* What the operation says beforehand of some of the people, what it costs, the caller's line. */
static char *
dup_note (RegStepFlow *self)
{
  GString *text = g_string_new (NULL);
  g_autofree char *notice =
      reg_operation_dup_notice (self->operation, self->result.n_staged, self->result.n_noticed);
  g_autofree char *words = self->operation->returns_licenses
                               ? reg_ledger_dup_license_words (&self->result.ledger)
                               : NULL;
  g_autofree char *ledger = reg_confirm_offers_message (self->operation)
                                ? reg_ledger_dup_licenses (&self->result.ledger)
                                : reg_ledger_dup_text (&self->result.ledger);

  if (words != NULL)
    g_string_append_printf (text, "%s\n", words);
  if (notice != NULL)
    g_string_append_printf (text, "%s\n", notice);
  if (self->note != NULL)
    g_string_append_printf (text, "%s\n", self->note);
  if (ledger != NULL)
    g_string_append (text, ledger);
  return g_string_free (text, text->len == 0);
}

static void
on_refused_response_cb (GtkWidget *dialog, const char *response, RegStepFlow *self)
{
  finish (self, FALSE);
}

/* Shows what the check found: a question, or why nothing is possible. */
static void
show_dialog (RegStepFlow *self, GtkWidget *refusals)
{
  GtkWindow *parent = GTK_WINDOW (gtk_widget_get_root (self->origin));
  GtkWidget *dialog;

  if (self->result.n_staged > 0)
    {
      g_autofree char *note = dup_note (self);

      dialog = reg_confirm_new (parent, self->operation, self->result.n_staged,
                                spans_courses (self), note, refusals);
      if (self->confirm_label != NULL)
        adw_message_dialog_set_response_label (ADW_MESSAGE_DIALOG (dialog), "do",
                                               self->confirm_label);
      g_signal_connect (dialog, "response", G_CALLBACK (on_confirm_response_cb), self);
    }
  else
    {
      dialog = reg_refused_new (parent, self->operation, refusals);
      g_signal_connect (dialog, "response", G_CALLBACK (on_refused_response_cb), self);
    }
  gtk_window_present (GTK_WINDOW (dialog));
}

/* Names of those refused, read on the reader. */

typedef struct
{
  gboolean are_enrollments;
  gboolean with_courses;
  GArray *ids;
  GPtrArray *names;
} NameJob;

static void
name_job_free (gpointer data)
{
  NameJob *job = data;

  g_array_unref (job->ids);
  g_free (job);
}

static char *
dup_row_name (NameJob *job, gpointer row)
{
  if (row == NULL)
    return g_strdup (_ ("Unknown user"));
  if (job->are_enrollments)
    {
      const RegEnrollmentRow *enrollment = row;

      return job->with_courses
                 ? g_strdup_printf ("%s · %s", enrollment->course_title, enrollment->user_name)
                 : g_strdup (enrollment->user_name);
    }
  return reg_user_dup_name (((RegUserRow *)row)->user);
}

static gpointer
read_names (RegStore *store, gpointer data, RegProgress *progress, GError **error)
{
  NameJob *job = data;
  const gint64 *ids = (const gint64 *)(gpointer)job->ids->data;
  g_autoptr (GPtrArray) rows = NULL;
  GPtrArray *names;

  if (job->are_enrollments)
    rows = reg_store_get_enrollment_rows (store, ids, job->ids->len, error);
  else
    rows = reg_store_get_user_rows (store, ids, job->ids->len, error);
  if (rows == NULL)
    return NULL;
  names = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < rows->len; i++)
    g_ptr_array_add (names, dup_row_name (job, g_ptr_array_index (rows, i)));
  return names;
}

static gint64
get_target_id (RegStepFlow *self, gsize target)
{
  if (self->enrollments != NULL)
    return g_array_index (self->enrollments, gint64, target);
  if (self->courses != NULL && self->courses->len > 1)
    return g_array_index (self->users, gint64, target / self->courses->len);
  return g_array_index (self->users, gint64, target);
}

static void
on_names_read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  RegStepFlow *self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) names = reg_workspace_run_finish (self->workspace, result, &error);
  g_autoptr (GPtrArray) reasons = g_ptr_array_new ();
  GtkWidget *refusals;

  if (get_host (self) == NULL)
    {
      finish (self, FALSE);
      return;
    }
  if (names == NULL)
    {
      reg_host_show_error (get_host (self), _ ("Could Not Check"), error);
      finish (self, FALSE);
      return;
    }
  for (guint i = 0; i < names->len; i++)
    g_ptr_array_add (reasons, g_array_index (self->result.refusals, RegRefusal, i).sentence);
  g_ptr_array_add (names, NULL);
  g_ptr_array_add (reasons, NULL);
  refusals = reg_refusals_new ((const char *const *)names->pdata,
                               (const char *const *)reasons->pdata, self->result.refusals->len);
  show_dialog (self, refusals);
}

static void
name_refusals (RegStepFlow *self)
{
  NameJob *job = g_new0 (NameJob, 1);
  guint n = MIN (self->result.refusals->len, MAX_NAMED);

  job->are_enrollments = self->enrollments != NULL;
  job->with_courses = spans_courses (self);
  job->ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint i = 0; i < n; i++)
    {
      gint64 id = get_target_id (self, g_array_index (self->result.refusals, RegRefusal, i).target);

      g_array_append_val (job->ids, id);
    }
  reg_workspace_run_async (self->workspace, FALSE, read_names, job, name_job_free,
                           (GDestroyNotify)g_ptr_array_unref, NULL, on_names_read_cb, self);
}

/* What was done. Of several courses the table of operations has no words. */
static char *
dup_done (RegStepFlow *self)
{
  const RegOperation *instead = reg_operation_get_instead (self->operation, self->params);
  const RegOperation *done = instead != NULL ? instead : self->operation;

  if (spans_courses (self))
    return dup_title (self, (gsize)self->result.n_staged);
    /* The texts come from the table of operations, where xgettext checks them. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  return g_strdup_printf (ngettext (done->done_one, done->done_many, (gulong)self->result.n_staged),
                          (int)self->result.n_staged);
#pragma GCC diagnostic pop
}

static void
tell_staged (RegStepFlow *self)
{
  RegHost *host = get_host (self);
  g_autofree char *text = NULL;

  if (host == NULL || self->result.n_staged == 0)
    return;
  text = dup_done (self);
  reg_host_toast (host, text, self->result.batch_id);
  if (self->result.n_staged >= MANY)
    reg_host_announce (host, _ (self->operation->label), text);
}

static void
on_staged_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  RegStepFlow *self = data;
  g_autoptr (GError) error = NULL;
  guint n_refused;

  reg_step_result_clear (&self->result);
  self->result = (RegStepResult){ 0 };
  if (self->row != NULL)
    reg_progress_row_set_progress (self->row, NULL);
  if (!reg_workspace_stage_finish (self->workspace, result, &self->result, &error))
    {
      if (get_host (self) != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        reg_host_show_error (get_host (self), _ ("Could Not Be Done"), error);
      finish (self, FALSE);
      return;
    }
  n_refused = self->result.refusals != NULL ? self->result.refusals->len : 0;
  if (get_host (self) == NULL)
    finish (self, FALSE);
  else if (self->is_dry && (n_refused > 0 || self->asks || self->result.n_noticed > 0))
    {
      if (n_refused > 0)
        name_refusals (self);
      else
        show_dialog (self, NULL);
    }
  else if (self->is_dry)
    run (self, FALSE);
  else if (self->result.n_staged == 0 && n_refused > 0)
    name_refusals (self);
  else
    {
      tell_staged (self);
      finish (self, self->result.n_staged > 0);
    }
}

static void
run (RegStepFlow *self, gboolean dry_run)
{
  g_autofree char *title = dup_title (self, count_targets (self));
  RegProgress *progress = reg_progress_new (dry_run ? _ ("Checking…") : title);

  g_clear_object (&self->progress);
  self->progress = progress;
  self->is_dry = dry_run;
  if (self->row != NULL)
    reg_progress_row_set_progress (self->row, progress);
  if (self->enrollments != NULL)
    reg_workspace_stage_enrollments_async (self->workspace, self->operation, self->params,
                                           (const gint64 *)(gpointer)self->enrollments->data,
                                           self->enrollments->len, title, dry_run, progress,
                                           on_staged_cb, self);
  else
    reg_workspace_stage_async (self->workspace, self->operation, self->params,
                               (const gint64 *)(gpointer)self->users->data, self->users->len,
                               self->courses != NULL ? (const gint64 *)(gpointer)self->courses->data
                                                     : NULL,
                               self->courses != NULL ? self->courses->len : 0, title, dry_run,
                               progress, on_staged_cb, self);
}

static void
reg_step_flow_dispose (GObject *object)
{
  RegStepFlow *self = REG_STEP_FLOW (object);

  g_clear_weak_pointer (&self->origin);
  g_clear_weak_pointer (&self->row);
  g_clear_object (&self->workspace);
  g_clear_object (&self->progress);
  G_OBJECT_CLASS (reg_step_flow_parent_class)->dispose (object);
}

static void
reg_step_flow_finalize (GObject *object)
{
  RegStepFlow *self = REG_STEP_FLOW (object);

  g_clear_pointer (&self->params, reg_params_free);
  g_clear_pointer (&self->users, g_array_unref);
  g_clear_pointer (&self->courses, g_array_unref);
  g_clear_pointer (&self->enrollments, g_array_unref);
  g_free (self->subject);
  g_free (self->note);
  g_free (self->confirm_label);
  reg_step_result_clear (&self->result);
  G_OBJECT_CLASS (reg_step_flow_parent_class)->finalize (object);
}

static void
reg_step_flow_class_init (RegStepFlowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = reg_step_flow_dispose;
  object_class->finalize = reg_step_flow_finalize;

  signals[FINISHED] = g_signal_new ("finished", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
}

static void
reg_step_flow_init (RegStepFlow *self)
{
}

/**
 * reg_step_flow_new:
 * @origin: a widget in the window it is done in
 */
RegStepFlow *
reg_step_flow_new (GtkWidget *origin, RegWorkspace *workspace, const RegOperation *operation)
{
  RegStepFlow *self = g_object_new (REG_TYPE_STEP_FLOW, NULL);

  g_set_weak_pointer (&self->origin, origin);
  self->workspace = g_object_ref (workspace);
  self->operation = operation;
  self->asks = operation->confirm != REG_CONFIRM_UNDO || operation->choice != NULL;
  return self;
}

void
reg_step_flow_set_params (RegStepFlow *self, const RegParams *params)
{
  g_clear_pointer (&self->params, reg_params_free);
  self->params = params != NULL ? reg_params_copy (params) : NULL;
}

static void
set_ids (GArray **array, const gint64 *ids, gsize n)
{
  g_clear_pointer (array, g_array_unref);
  *array = g_array_sized_new (FALSE, FALSE, sizeof (gint64), (guint)n);
  g_array_append_vals (*array, ids, (guint)n);
}

void
reg_step_flow_set_users (RegStepFlow *self, const gint64 *ids, gsize n)
{
  set_ids (&self->users, ids, n);
}

void
reg_step_flow_set_courses (RegStepFlow *self, const gint64 *ids, gsize n)
{
  set_ids (&self->courses, ids, n);
}

void
reg_step_flow_set_enrollments (RegStepFlow *self, const gint64 *ids, gsize n)
{
  set_ids (&self->enrollments, ids, n);
}

void
reg_step_flow_set_subject (RegStepFlow *self, const char *subject)
{
  g_free (self->subject);
  self->subject = g_strdup (subject);
}

void
reg_step_flow_set_progress_row (RegStepFlow *self, RegProgressRow *row)
{
  g_set_weak_pointer (&self->row, row);
}

void
reg_step_flow_set_ask (RegStepFlow *self, const char *note)
{
  self->asks = TRUE;
  g_free (self->note);
  self->note = g_strdup (note);
}

void
reg_step_flow_set_confirm_label (RegStepFlow *self, const char *label)
{
  g_free (self->confirm_label);
  self->confirm_label = g_strdup (label);
}

gint64
reg_step_flow_get_user_id (RegStepFlow *self)
{
  g_return_val_if_fail (REG_IS_STEP_FLOW (self), 0);

  return self->result.user_id;
}

/**
 * reg_step_flow_start:
 * @self: (transfer full): the flow, which lives until it is done
 */
void
reg_step_flow_start (RegStepFlow *self)
{
  g_return_if_fail (REG_IS_STEP_FLOW (self));
  g_return_if_fail (self->users != NULL || self->enrollments != NULL);

  /* Whoever writes to one person pressed the button for that; of many the number is said first. */
  if (count_targets (self) > 1)
    self->asks = self->asks || reg_operation_count_mails (self->operation, self->params) > 0;
  run (self, count_targets (self) > 1 || self->asks || self->operation->notice != NULL);
}
