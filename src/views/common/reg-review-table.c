/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-views"

#include "views/common/reg-review-table.h"

#include "rules/reg-status.h"
#include "views/common/reg-column-list.h"
#include "views/common/reg-host.h"
#include "views/common/reg-row-cells.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

struct _RegReviewTable
{
  AdwBin parent_instance;

  GtkDropDown *show;
  GtkButton *export;
  RegColumnList *list;
  RegProgressRow *progress_row; /* weak */
  GtkFileChooserNative *chooser;

  RegWorkspace *workspace;
  RegReview *review;
  RegIdListModel *model;
  RegIdList *order;    /* as the list shows them */
  GArray *shown_kinds; /* bits of verdicts, by entry of the drop-down */
  guint8 *unticked;    /* by row */
  gsize n_unticked;
  guint generation;
  RegReviewSort sort;
  gboolean descending;
  gboolean is_filling;
};

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RegReviewTable, reg_review_table, ADW_TYPE_BIN)

/* ---- Cells ---- */

static void
bind_person (RegCell *cell, gpointer row, gpointer data)
{
  RegReviewTable *self = data;
  const RegReviewLine *line = row;

  reg_cell_set_text (cell, line->name);
  if (reg_column_list_is_narrow (self->list))
    {
      g_autofree char *text =
          g_strdup_printf ("%s · %s", line->verdict,
                           *line->course_title != '\0' ? line->course_title : line->standing);

      reg_cell_set_subtitle (cell, text);
    }
  else
    {
      reg_cell_set_subtitle (cell, *line->email != '\0' ? line->email : line->employee_id);
    }
}

static void
bind_course (RegCell *cell, gpointer row, gpointer data)
{
  const RegReviewLine *line = row;

  reg_cell_set_text (cell, line->course_title);
  reg_cell_set_subtitle (cell, line->course_code);
}

static void
bind_standing (RegCell *cell, gpointer row, gpointer data)
{
  const RegReviewLine *line = row;

  reg_cell_set_text (cell, line->standing);
  if (line->row.standing == REG_STANDING_COMPLETED)
    reg_cell_set_icon (cell, "emblem-ok-symbolic", "success");
  if (line->row.is_waiting)
    reg_cell_set_subtitle (cell, _ ("Waiting"));
}

static void
bind_verdict (RegCell *cell, gpointer row, gpointer data)
{
  const RegReviewLine *line = row;

  reg_cell_set_text (cell, line->verdict);
  reg_cell_set_subtitle (cell, line->row.sentence);
  if (line->row.verdict == REG_REVIEW_CANNOT)
    {
      g_autofree char *hint = g_strdup_printf ("%s %s", line->row.sentence,
                                               reg_reason_get_help ((RegReason)line->row.reason));

      reg_cell_set_icon (cell, "dialog-warning-symbolic", "warning");
      reg_cell_set_hint (cell, hint);
    }
  reg_cell_set_dim (cell, line->row.verdict != REG_REVIEW_WILL);
}

static char *
dup_line_name (gpointer row, gpointer data)
{
  const RegReviewLine *line = row;

  if (*line->course_title == '\0')
    return g_strdup (line->name);
  /* Translators: a person and a course, for a screen reader. */
  return g_strdup_printf (_ ("%s, %s"), line->name, line->course_title);
}

/* ---- The list ---- */

static gboolean
can_be_ticked (gint64 id, gpointer data)
{
  RegReviewTable *self = data;

  return self->review != NULL && (gsize)id <= self->review->n_rows
         && self->review->rows[id - 1].verdict == REG_REVIEW_WILL;
}

static GPtrArray *
get_lines (RegStore *store, const gint64 *ids, gsize n, gpointer data, GError **error)
{
  return reg_review_read_lines (store, data, ids, n, error);
}

/* Takes from the list what is ticked. */
static void
on_selection_changed_cb (RegReviewTable *self)
{
  RegSelection *selection = reg_column_list_get_selection (self->list);
  g_autofree gint64 *ids = NULL;
  gsize n;

  if (self->is_filling || self->review == NULL || selection == NULL)
    return;
  ids = reg_selection_dup_ids (selection, &n);
  self->n_unticked = 0;
  for (gsize i = 0; i < self->review->n_rows; i++)
    self->unticked[i] = self->review->rows[i].verdict == REG_REVIEW_WILL;
  for (gsize i = 0; i < n; i++)
    self->unticked[ids[i] - 1] = FALSE;
  for (gsize i = 0; i < self->review->n_rows; i++)
    self->n_unticked += self->unticked[i];
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
show_ticks (RegReviewTable *self)
{
  RegSelection *selection = reg_column_list_get_selection (self->list);
  gsize n;
  g_autofree gint64 *ids = reg_review_table_dup_ticked (self, &n);

  reg_selection_select_ids (selection, ids, n);
}

/* A sorting that was asked for. */
typedef struct
{
  RegReviewTable *table;
  guint generation;
} Sorting;

static void
on_sorted_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Sorting *sorting = data;
  g_autoptr (RegReviewTable) self = sorting->table;
  g_autoptr (GError) error = NULL;
  g_autoptr (RegIdList) ids =
      reg_workspace_sort_review_finish (REG_WORKSPACE (source), result, &error);
  RegHost *host = reg_host_from (GTK_WIDGET (self));

  if (sorting->generation != self->generation || self->model == NULL)
    return;
  if (ids == NULL)
    {
      if (host != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        reg_host_show_error (host, _ ("Could Not Be Sorted"), error);
      return;
    }
  g_clear_pointer (&self->order, reg_id_list_unref);
  self->order = reg_id_list_ref (ids);
  self->is_filling = TRUE;
  reg_id_list_model_set_ids (self->model, ids);
  reg_column_list_set_loaded (self->list, TRUE);
  show_ticks (self);
  self->is_filling = FALSE;
  gtk_widget_set_sensitive (GTK_WIDGET (self->export), ids->n > 0);
}

static guint
get_shown_kinds (RegReviewTable *self)
{
  guint selected = gtk_drop_down_get_selected (self->show);

  return selected < self->shown_kinds->len ? g_array_index (self->shown_kinds, guint, selected) : 0;
}

static void
sort (RegReviewTable *self)
{
  Sorting *sorting;

  if (self->review == NULL)
    return;
  sorting = g_new0 (Sorting, 1);
  sorting->table = g_object_ref (self);
  sorting->generation = ++self->generation;
  reg_workspace_sort_review_async (self->workspace, self->review, get_shown_kinds (self),
                                   self->sort, self->descending, on_sorted_cb, sorting);
}

static void
on_sort_changed_cb (RegReviewTable *self, int key, gboolean descending)
{
  self->sort = key >= 0 ? (RegReviewSort)key : REG_REVIEW_SORT_NAME;
  self->descending = descending;
  sort (self);
}

static void
on_show_changed_cb (RegReviewTable *self)
{
  if (!self->is_filling)
    sort (self);
}

/* "All (120)", "Will be assigned (100)", "Skipped (15)", "Cannot be included (5)" */
static void
fill_show (RegReviewTable *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  g_autofree char *all = g_strdup_printf (_ ("All (%zu)"), self->review->n_rows);
  guint wanted = get_shown_kinds (self), selected = 0;
  const guint any = 0;

  g_array_set_size (self->shown_kinds, 0);
  g_array_append_val (self->shown_kinds, any);
  gtk_string_list_append (names, all);
  for (guint verdict = 0; verdict < REG_N_REVIEW_VERDICTS; verdict++)
    {
      const RegReviewRow row = { .verdict = (guint8)verdict };
      g_autofree char *word = reg_review_row_dup_verdict (&row, self->review->operation);
      g_autofree char *name =
          g_strdup_printf ("%s (%" PRIi64 ")", word, self->review->counts[verdict]);
      const guint bit = 1u << verdict;

      if (self->review->counts[verdict] == 0)
        continue;
      if (wanted == bit)
        selected = self->shown_kinds->len;
      g_array_append_val (self->shown_kinds, bit);
      gtk_string_list_append (names, name);
    }
  self->is_filling = TRUE;
  gtk_drop_down_set_model (self->show, G_LIST_MODEL (names));
  gtk_drop_down_set_selected (self->show, selected);
  self->is_filling = FALSE;
}

/* ---- Export ---- */

typedef struct
{
  RegReview *review;
  RegIdList *order;
  guint8 *ticked;
  char *path;
} Export;

static void
export_free (gpointer data)
{
  Export *export = data;

  reg_review_unref (export->review);
  reg_id_list_unref (export->order);
  g_free (export->ticked);
  g_free (export->path);
  g_free (export);
}

static gpointer
write_file (RegStore *store, gpointer data, RegProgress *progress, GError **error)
{
  const Export *export = data;

  if (!reg_review_export (store, export->review, export->order, export->ticked, export->path,
                          progress, error))
    return NULL;
  return g_path_get_basename (export->path);
}

static void
on_written_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RegReviewTable) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = reg_workspace_run_finish (REG_WORKSPACE (source), result, &error);
  RegHost *host = reg_host_from (GTK_WIDGET (self));

  if (self->progress_row != NULL)
    reg_progress_row_set_progress (self->progress_row, NULL);
  if (host == NULL)
    return;
  if (name != NULL)
    {
      g_autofree char *text = g_strdup_printf (_ ("Saved as %s"), name);

      reg_host_toast (host, text, 0);
    }
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      reg_host_show_error (host, _ ("Could Not Be Saved"), error);
    }
}

/**
 * reg_review_table_save:
 *
 * Writes what the list shows, in its order.
 */
static void
save (RegReviewTable *self, const char *path)
{
  Export *export = g_new0 (Export, 1);
  g_autoptr (RegProgress) progress = reg_progress_new (_ ("Writing the file…"));

  export->review = reg_review_ref (self->review);
  export->order = reg_id_list_ref (self->order);
  export->ticked = g_new (guint8, MAX (self->review->n_rows, 1));
  for (gsize i = 0; i < self->review->n_rows; i++)
    export->ticked[i] = self->review->rows[i].verdict == REG_REVIEW_WILL && !self->unticked[i];
  export->path = g_strdup (path);
  if (self->progress_row != NULL)
    reg_progress_row_set_progress (self->progress_row, progress);
  reg_workspace_run_async (self->workspace, FALSE, write_file, export, export_free, g_free,
                           progress, on_written_cb, g_object_ref (self));
}

static void
on_chooser_response_cb (GtkNativeDialog *chooser, int response, RegReviewTable *self)
{
  g_autoptr (GFile) file = NULL;

  if (response == GTK_RESPONSE_ACCEPT && self->order != NULL)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
  if (file != NULL)
    save (self, g_file_peek_path (file));
  g_clear_object (&self->chooser);
}

static void
on_export_clicked_cb (RegReviewTable *self)
{
  g_autofree char *name =
      g_strdup_printf (_ ("Review %s.xlsx"), reg_workspace_get_today (self->workspace));

  g_clear_object (&self->chooser);
  self->chooser = gtk_file_chooser_native_new (_ ("Export Review"),
                                               GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                                               GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Save"), NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser), name);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (on_chooser_response_cb), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

/* ---- Object ---- */

static void
reg_review_table_dispose (GObject *object)
{
  RegReviewTable *self = REG_REVIEW_TABLE (object);

  self->generation++;
  g_clear_weak_pointer (&self->progress_row);
  g_clear_object (&self->chooser);
  g_clear_object (&self->model);
  g_clear_object (&self->workspace);
  G_OBJECT_CLASS (reg_review_table_parent_class)->dispose (object);
  g_clear_pointer (&self->order, reg_id_list_unref);
  g_clear_pointer (&self->review, reg_review_unref);
}

static void
reg_review_table_finalize (GObject *object)
{
  RegReviewTable *self = REG_REVIEW_TABLE (object);

  g_array_unref (self->shown_kinds);
  g_free (self->unticked);
  G_OBJECT_CLASS (reg_review_table_parent_class)->finalize (object);
}

static void
reg_review_table_class_init (RegReviewTableClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = reg_review_table_dispose;
  object_class->finalize = reg_review_table_finalize;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (REG_TYPE_COLUMN_LIST);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/registrar_lms/Registrar/common/reg-review-table.ui");
  gtk_widget_class_bind_template_child (widget_class, RegReviewTable, show);
  gtk_widget_class_bind_template_child (widget_class, RegReviewTable, export);
  gtk_widget_class_bind_template_child (widget_class, RegReviewTable, list);
  gtk_widget_class_bind_template_callback (widget_class, on_show_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_export_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_selection_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_sort_changed_cb);
}

static void
reg_review_table_init (RegReviewTable *self)
{
  self->shown_kinds = g_array_new (FALSE, FALSE, sizeof (guint));
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
reg_review_table_set_up (RegReviewTable *self,
                         RegWorkspace *workspace,
                         RegProgressRow *progress_row,
                         gboolean with_courses)
{
  self->workspace = g_object_ref (workspace);
  g_set_weak_pointer (&self->progress_row, progress_row);
  reg_column_list_add_checks (self->list);
  reg_column_list_add_column (self->list, _ ("User"), REG_REVIEW_SORT_NAME, 0, 0, REG_COLUMN_EXPAND,
                              bind_person, self);
  if (with_courses)
    reg_column_list_add_column (self->list, _ ("Course"), REG_REVIEW_SORT_COURSE, 0, 620,
                                REG_COLUMN_EXPAND, bind_course, self);
  reg_column_list_add_column (self->list, _ ("Now"), REG_REVIEW_SORT_STANDING, 170, 480,
                              REG_COLUMN_NONE, bind_standing, self);
  reg_column_list_add_column (self->list, _ ("What Will Happen"), REG_REVIEW_SORT_VERDICT, 0, 480,
                              REG_COLUMN_EXPAND, bind_verdict, self);
  reg_column_list_set_label (self->list, _ ("Review"));
  reg_column_list_set_name_func (self->list, dup_line_name, NULL);
  reg_column_list_set_selectable (self->list, can_be_ticked, self);
  reg_column_list_set_empty (self->list, "emblem-ok-symbolic", _ ("Nobody"), NULL, NULL, NULL);
}

void
reg_review_table_set_review (RegReviewTable *self, RegReview *review)
{
  gboolean as_before = self->review != NULL && self->review->n_rows == review->n_rows;

  g_clear_pointer (&self->review, reg_review_unref);
  self->review = reg_review_ref (review);
  if (!as_before)
    {
      g_free (self->unticked);
      self->unticked = g_new0 (guint8, MAX (review->n_rows, 1));
      self->n_unticked = 0;
    }
  fill_show (self);
  g_clear_object (&self->model);
  self->model = reg_workspace_create_model (self->workspace, get_lines, reg_review_ref (review),
                                            (GDestroyNotify)reg_review_unref,
                                            (GDestroyNotify)reg_review_line_free);
  self->is_filling = TRUE;
  if (self->order != NULL && as_before && get_shown_kinds (self) == 0)
    reg_id_list_model_set_ids (self->model, self->order);
  reg_column_list_set_model (self->list, self->model);
  show_ticks (self);
  self->is_filling = FALSE;
  sort (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static gboolean
is_ticked (RegReviewTable *self, gsize row)
{
  return self->review->rows[row].verdict == REG_REVIEW_WILL && !self->unticked[row];
}

gsize
reg_review_table_get_n_ticked (RegReviewTable *self)
{
  gsize n = 0;

  for (gsize i = 0; self->review != NULL && i < self->review->n_rows; i++)
    n += is_ticked (self, i) ? 1 : 0;
  return n;
}

gsize
reg_review_table_get_n_completed (RegReviewTable *self)
{
  gsize n = 0;

  for (gsize i = 0; self->review != NULL && i < self->review->n_rows; i++)
    n += is_ticked (self, i) && self->review->rows[i].standing == REG_STANDING_COMPLETED ? 1 : 0;
  return n;
}

gint64 *
reg_review_table_dup_ticked (RegReviewTable *self, gsize *n)
{
  gint64 *rows;

  *n = 0;
  if (self->review == NULL)
    return NULL;
  rows = g_new (gint64, MAX (self->review->n_rows, 1));
  for (gsize i = 0; i < self->review->n_rows; i++)
    if (is_ticked (self, i))
      rows[(*n)++] = (gint64)i + 1;
  return rows;
}

const guint8 *
reg_review_table_get_unticked (RegReviewTable *self)
{
  return self->n_unticked > 0 ? self->unticked : NULL;
}

void
reg_review_table_get_ledger (RegReviewTable *self, RegLedger *ledger)
{
  if (self->review == NULL)
    {
      reg_ledger_init (ledger);
      return;
    }
  reg_ledger_copy (ledger, &self->review->ledger);
  reg_ledger_reset (ledger);
  for (gsize i = 0; i < self->review->n_rows; i++)
    if (is_ticked (self, i))
      reg_ledger_add (ledger, &self->review->rows[i].cost);
}
