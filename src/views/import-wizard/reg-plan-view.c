/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-views"

#include "views/import-wizard/reg-plan-view.h"

#include "views/common/reg-column-list.h"
#include "views/import-wizard/reg-plan-rows.h"

#include <glib/gi18n-lib.h>

struct _RegPlanView
{
  AdwBin parent_instance;

  GtkLabel *summary;
  GtkLabel *reading;
  GtkLabel *ledger;
  GtkStack *stack;
  GtkStackPage *will_page;
  GtkStackPage *cannot_page;
  GtkStackPage *bad_page;
  RegColumnList *will;
  RegColumnList *cannot;
  RegColumnList *bad;

  RegImportPlan *plan;
};

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RegPlanView, reg_plan_view, ADW_TYPE_BIN)

/* ---- Columns ---- */

static void
bind_line (RegCell *cell, gpointer row, gpointer data)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, ((const RegPlanRow *)row)->line);

  reg_cell_set_text (cell, text);
}

static void
bind_person (RegCell *cell, gpointer row, gpointer data)
{
  const RegPlanRow *plan_row = row;

  reg_cell_set_text (cell, plan_row->name);
  reg_cell_set_subtitle (cell, plan_row->identifier);
}

static void
bind_course (RegCell *cell, gpointer row, gpointer data)
{
  reg_cell_set_text (cell, ((const RegPlanRow *)row)->course);
}

static void
bind_detail (RegCell *cell, gpointer row, gpointer data)
{
  reg_cell_set_text (cell, ((const RegPlanRow *)row)->detail);
}

static void
bind_reason (RegCell *cell, gpointer row, gpointer data)
{
  const RegPlanRow *plan_row = row;

  reg_cell_set_text (cell, plan_row->reason);
  reg_cell_set_subtitle (cell, plan_row->help);
}

static char *
dup_row_name (gpointer row, gpointer data)
{
  const RegPlanRow *plan_row = row;

  /* Translators: a line of a spreadsheet, for a screen reader. */
  return g_strdup_printf (_ ("line %d, %s"), (int)plan_row->line,
                          plan_row->name != NULL ? plan_row->name : "");
}

/* ---- Groups ---- */

typedef struct
{
  RegImportPlan *plan;
  RegPlanGroup group;
} Group;

static void
group_free (gpointer data)
{
  Group *group = data;

  reg_import_plan_unref (group->plan);
  g_free (group);
}

static GPtrArray *
get_rows (RegStore *store, const gint64 *ids, gsize n, gpointer data, GError **error)
{
  Group *group = data;

  return reg_plan_read_rows (store, group->plan, group->group, ids, n, error);
}

static void
show_group (RegPlanView *self,
            RegWorkspace *workspace,
            RegColumnList *list,
            GtkStackPage *page,
            RegPlanGroup group,
            const char *title)
{
  gsize n = reg_plan_get_n_rows (self->plan, group);
  g_autoptr (RegIdListModel) model = NULL;
  g_autoptr (RegIdList) id_list = NULL;
  g_autofree char *label = g_strdup_printf ("%s (%'d)", title, (int)n);
  gint64 *ids = g_new (gint64, MAX (n, 1));
  Group *data = g_new0 (Group, 1);

  for (gsize i = 0; i < n; i++)
    ids[i] = i + 1;
  id_list = reg_id_list_new_take (ids, n);
  data->plan = reg_import_plan_ref (self->plan);
  data->group = group;
  model = reg_workspace_create_model (workspace, get_rows, data, group_free,
                                      (GDestroyNotify)reg_plan_row_free);
  reg_id_list_model_set_ids (model, id_list);
  reg_column_list_set_model (list, model);
  reg_column_list_set_loaded (list, TRUE);
  gtk_stack_page_set_title (page, label);
}

static char *
dup_reading (const RegImportPlan *plan)
{
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, ngettext ("%'d line", "%'d lines", (gulong)plan->lines_read),
                          (int)plan->lines_read);
  if (plan->n_blank > 0)
    g_string_append_printf (
        text, ngettext (", %'d of them blank", ", %'d of them blank", (gulong)plan->n_blank),
        (int)plan->n_blank);
  if (plan->unmarked->len > 0)
    g_string_append_printf (
        text, ngettext (", %'d without a mark", ", %'d without a mark", plan->unmarked->len),
        (int)plan->unmarked->len);
  if (plan->delimiter == '\t')
    g_string_append_printf (text, _ (" · read as %s, columns split by tabs"), plan->encoding);
  else if (plan->delimiter != 0)
    g_string_append_printf (text, _ (" · read as %s, columns split by “%c”"), plan->encoding,
                            plan->delimiter);
  else if (plan->sheet != NULL)
    g_string_append_printf (text, _ (" · sheet “%s”"), plan->sheet);
  return g_string_free (text, FALSE);
}

static char *
dup_ledger (const RegImportPlan *plan)
{
  GString *text = g_string_new (NULL);

  if (plan->licenses_needed > 0)
    {
      g_string_append_printf (text, _ ("Licences needed: %'d, available: %'d"),
                              (int)plan->licenses_needed, (int)plan->licenses_available);
      g_string_append (text, " · ");
    }
  g_string_append_printf (text, _ ("E-mails this will cause: %'d"), (int)plan->n_emails);
  return g_string_free (text, FALSE);
}

static void
on_selection_changed_cb (RegPlanView *self)
{
  if (self->plan != NULL)
    g_signal_emit (self, signals[CHANGED], 0);
}

static const char *
get_first_page (const RegImportPlan *plan)
{
  if (plan->will->len > 0)
    return "will";
  return plan->cannot->len > 0 ? "cannot" : "bad";
}

static void
reg_plan_view_dispose (GObject *object)
{
  RegPlanView *self = REG_PLAN_VIEW (object);

  g_clear_pointer (&self->plan, reg_import_plan_unref);
  G_OBJECT_CLASS (reg_plan_view_parent_class)->dispose (object);
}

static void
reg_plan_view_class_init (RegPlanViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = reg_plan_view_dispose;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (REG_TYPE_COLUMN_LIST);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/registrar_lms/Registrar/import-wizard/reg-plan-view.ui");
  gtk_widget_class_bind_template_child (widget_class, RegPlanView, summary);
  gtk_widget_class_bind_template_child (widget_class, RegPlanView, reading);
  gtk_widget_class_bind_template_child (widget_class, RegPlanView, ledger);
  gtk_widget_class_bind_template_child (widget_class, RegPlanView, stack);
  gtk_widget_class_bind_template_child (widget_class, RegPlanView, will_page);
  gtk_widget_class_bind_template_child (widget_class, RegPlanView, cannot_page);
  gtk_widget_class_bind_template_child (widget_class, RegPlanView, bad_page);
  gtk_widget_class_bind_template_child (widget_class, RegPlanView, will);
  gtk_widget_class_bind_template_child (widget_class, RegPlanView, cannot);
  gtk_widget_class_bind_template_child (widget_class, RegPlanView, bad);
}

static void
set_up_list (RegColumnList *list, const char *label, gboolean person, gboolean reason)
{
  reg_column_list_set_label (list, label);
  reg_column_list_set_name_func (list, dup_row_name, NULL);
  if (!reason)
    reg_column_list_add_checks (list);
  reg_column_list_add_column (list, _ ("Line"), -1, 60, 0, REG_COLUMN_NUMERIC, bind_line, NULL);
  reg_column_list_add_column (list, person ? _ ("User") : _ ("Email ID or Employee ID"), -1, 0, 0,
                              REG_COLUMN_EXPAND, bind_person, NULL);
  if (person)
    reg_column_list_add_column (list, _ ("Course"), -1, 0, 560, REG_COLUMN_EXPAND, bind_course,
                                NULL);
  if (reason)
    reg_column_list_add_column (list, _ ("Reason"), -1, 0, 0, REG_COLUMN_EXPAND, bind_reason, NULL);
  else
    reg_column_list_add_column (list, _ ("What Will Happen"), -1, 0, 420, REG_COLUMN_EXPAND,
                                bind_detail, NULL);
  reg_column_list_set_empty (list, "emblem-ok-symbolic", _ ("Nobody"),
                             _ ("No line is in this group."), NULL, NULL);
}

static void
reg_plan_view_init (RegPlanView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  set_up_list (self->will, _ ("Who it will happen to"), TRUE, FALSE);
  set_up_list (self->cannot, _ ("Who it cannot happen to"), TRUE, TRUE);
  set_up_list (self->bad, _ ("Lines that may not be imported"), FALSE, TRUE);
  g_signal_connect_object (self->will, "selection-changed", G_CALLBACK (on_selection_changed_cb),
                           self, G_CONNECT_SWAPPED);
}

/**
 * reg_plan_view_set_plan:
 * @self: the view
 * @workspace: where the names are read
 * @plan: what to show
 *
 * Shows a plan; every line of the first group is ticked.
 */
void
reg_plan_view_set_plan (RegPlanView *self, RegWorkspace *workspace, RegImportPlan *plan)
{
  const RegImportAction *action = reg_import_action_find (plan->action);
  g_autofree char *summary = reg_import_plan_dup_summary (plan);
  g_autofree char *reading = dup_reading (plan);
  g_autofree char *ledger = dup_ledger (plan);

  g_clear_pointer (&self->plan, reg_import_plan_unref);
  self->plan = reg_import_plan_ref (plan);
  gtk_label_set_label (self->summary, summary);
  gtk_label_set_label (self->reading, reading);
  gtk_label_set_label (self->ledger, ledger);
  show_group (self, workspace, self->will, self->will_page, REG_PLAN_WILL, _ (action->will_title));
  show_group (self, workspace, self->cannot, self->cannot_page, REG_PLAN_CANNOT, _ ("Cannot"));
  show_group (self, workspace, self->bad, self->bad_page, REG_PLAN_BAD_LINES, _ ("Not Imported"));
  reg_column_list_select_all (self->will);
  gtk_stack_set_visible_child_name (self->stack, get_first_page (plan));
}

/**
 * reg_plan_view_get_n_ticked:
 * @self: the view
 *
 * Returns: how many rows of the first group are ticked
 */
gsize
reg_plan_view_get_n_ticked (RegPlanView *self)
{
  RegSelection *selection = reg_column_list_get_selection (self->will);

  return selection != NULL ? reg_selection_get_n_selected (selection) : 0;
}

/**
 * reg_plan_view_dup_excluded:
 * @self: the view
 *
 * Returns: (transfer full): the lines of rows that are not ticked, a set of gint64
 */
GHashTable *
reg_plan_view_dup_excluded (RegPlanView *self)
{
  GHashTable *excluded = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  RegSelection *selection = reg_column_list_get_selection (self->will);
  gsize n_ticked;
  g_autofree gint64 *ticked = reg_selection_dup_ids (selection, &n_ticked);
  g_autofree guint8 *is_ticked = g_new0 (guint8, self->plan->will->len + 1);

  for (gsize i = 0; i < n_ticked; i++)
    is_ticked[ticked[i] - 1] = TRUE;
  for (guint i = 0; i < self->plan->will->len; i++)
    if (!is_ticked[i])
      {
        gint64 line = g_array_index (self->plan->will, RegImportItem, i).line;

        g_hash_table_add (excluded, g_memdup2 (&line, sizeof line));
      }
  return excluded;
}
