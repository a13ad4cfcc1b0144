/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-views"

#include "views/import-wizard/reg-plan-view.h"

#include "rules/reg-text.h"
#include "views/common/reg-column-list.h"
#include "views/import-wizard/reg-changes-dialog.h"
#include "views/import-wizard/reg-plan-columns.h"
#include "views/import-wizard/reg-plan-menu.h"
#include "views/import-wizard/reg-plan-reasons.h"
#include "views/import-wizard/reg-plan-rows.h"
#include "views/import-wizard/reg-plan-sentences.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* One of the three groups. */
typedef struct
{
  RegPlanGroup group;
  RegColumnList *list;
  GtkStackPage *page;
  RegIdListModel *model;
  guint n;
} Group;

struct _RegPlanView
{
  AdwBin parent_instance;

  GtkLabel *summary;
  GtkLabel *reading;
  GtkButton *read_differently;
  GtkLabel *rules;
  GtkBox *empty_box;
  GtkLabel *empty_rule;
  GtkButton *other_empty_rule;
  GtkLabel *ledger;
  GtkBox *corrected_box;
  GtkLabel *corrected;
  GtkSpinner *busy;
  GtkSearchEntry *search;
  GtkDropDown *reasons;
  GtkStack *stack;
  GtkStackSwitcher *switcher;
  GtkStackPage *will_page;
  GtkStackPage *cannot_page;
  GtkStackPage *bad_page;
  RegColumnList *will;
  RegColumnList *cannot;
  RegColumnList *bad;

  RegWorkspace *workspace;
  RegImportPlan *plan;
  Group groups[REG_PLAN_N_GROUPS];
  GHashTable *found_users; /* (nullable): gint64, of the search */
  GCancellable *searching;
  gboolean is_filling;
};

enum
{
  CHANGED,
  LINE_OPENED,
  FIX_TAKEN,
  UNDO,
  READ_DIFFERENTLY,
  EMPTY_RULE_CHOSEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RegPlanView, reg_plan_view, ADW_TYPE_BIN)

static const RegPlanRow *
get_row (RegColumnList *list, gint64 id)
{
  RegIdListModel *model = reg_column_list_get_model (list);
  guint position = model != NULL ? reg_id_list_model_find (model, id) : G_MAXUINT;
  g_autoptr (RegIdListItem) item = NULL;

  if (position == G_MAXUINT)
    return NULL;
  item = g_list_model_get_item (G_LIST_MODEL (model), position);
  return reg_id_list_item_get_row (item);
}

static void
open_line (RegPlanView *self, RegPlanGroup group, gint64 line)
{
  g_signal_emit (self, signals[LINE_OPENED], 0, (int)group, line);
}

static void
take_operation (RegPlanView *self, RegPlanGroup group, gint64 id, const char *name)
{
  const RegPlanRow *row = get_row (self->groups[group].list, id);
  const RegImportFix *chosen;
  gboolean all;

  if (row == NULL)
    return;
  if (g_str_equal (name, REG_PLAN_MENU_EDIT))
    {
      open_line (self, group, row->line);
      return;
    }
  chosen = reg_plan_menu_find_fix (row, name, &all);
  if (chosen != NULL)
    {
      /* The row may go while the line is checked again. */
      g_autoptr (RegImportFix) fix = reg_import_fix_copy (chosen);

      g_signal_emit (self, signals[FIX_TAKEN], 0, fix, all);
    }
}

static void
on_cannot_operation_cb (RegPlanView *self, gint64 id, const char *name)
{
  take_operation (self, REG_PLAN_CANNOT, id, name);
}

static void
on_bad_operation_cb (RegPlanView *self, gint64 id, const char *name)
{
  take_operation (self, REG_PLAN_BAD_LINES, id, name);
}

static GMenuModel *
create_menu (gpointer row, gpointer data)
{
  RegPlanView *self = data;

  return reg_plan_menu_create (
      row, self->workspace != NULL ? reg_workspace_get_site (self->workspace) : NULL);
}

static void
on_will_activated_cb (RegPlanView *self, gint64 id)
{
  const RegPlanRow *row = get_row (self->will, id);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  reg_changes_dialog_show (GTK_WINDOW (root), self->plan, (guint)id - 1,
                           row != NULL ? row->name : NULL);
}

static void
on_bad_activated_cb (RegPlanView *self, gint64 id)
{
  open_line (self, REG_PLAN_BAD_LINES,
             g_array_index (self->plan->bad_lines, RegImportBadLine, id - 1).line);
}

static void
on_cannot_activated_cb (RegPlanView *self, gint64 id)
{
  open_line (self, REG_PLAN_CANNOT,
             g_array_index (self->plan->cannot, RegImportCannot, id - 1).line);
}

/* ---- Groups ---- */

static GPtrArray *
get_rows (RegStore *store, const gint64 *ids, gsize n, gpointer data, GError **error)
{
  return reg_plan_rows_read (data, store, ids, n, error);
}

static gboolean
has_text (const char *text, const char *needle)
{
  g_autofree char *folded = text != NULL ? reg_text_fold (text, -1) : NULL;

  return folded != NULL && strstr (folded, needle) != NULL;
}

/* needle: (nullable): folded */
static gboolean
is_shown (RegPlanView *self, RegPlanGroup group, guint i, RegReason reason, const char *needle)
{
  const RegImportBadLine *bad;
  const RegImportCannot *cannot;
  gint64 user_id = 0;

  switch (group)
    {
    case REG_PLAN_WILL:
      user_id = g_array_index (self->plan->will, RegImportItem, i).user_id;
      break;
    case REG_PLAN_CANNOT:
      cannot = &g_array_index (self->plan->cannot, RegImportCannot, i);
      if (reason != REG_REASON_NONE && cannot->reason != reason)
        return FALSE;
      user_id = cannot->user_id;
      break;
    case REG_PLAN_BAD_LINES:
      bad = &g_array_index (self->plan->bad_lines, RegImportBadLine, i);
      return (reason == REG_REASON_NONE || bad->reason == reason)
             && (needle == NULL || has_text (bad->identifier, needle));
    case REG_PLAN_N_GROUPS:
      g_return_val_if_reached (FALSE);
    }
  return needle == NULL
         || (self->found_users != NULL && g_hash_table_contains (self->found_users, &user_id));
}

static RegPlanGroup
get_shown_group (RegPlanView *self)
{
  const char *name = gtk_stack_get_visible_child_name (self->stack);

  if (g_strcmp0 (name, "cannot") == 0)
    return REG_PLAN_CANNOT;
  return g_strcmp0 (name, "bad") == 0 ? REG_PLAN_BAD_LINES : REG_PLAN_WILL;
}

/* Which rows of a group match what is looked for; the reason concerns the group on show. */
static void
filter_group (RegPlanView *self, Group *group)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->search));
  g_autofree char *needle = *text != '\0' ? reg_text_fold (text, -1) : NULL;
  RegReason reason = group->group == get_shown_group (self)
                         ? reg_plan_reasons_get_chosen (self->reasons)
                         : REG_REASON_NONE;
  g_autoptr (RegIdList) list = NULL;
  gint64 *ids = g_new (gint64, MAX (group->n, 1));
  gsize n = 0;

  for (guint i = 0; i < group->n; i++)
    if (is_shown (self, group->group, i, reason, needle))
      ids[n++] = i + 1;
  list = reg_id_list_new_take (ids, n);
  reg_id_list_model_set_ids (group->model, list);
  reg_column_list_set_loaded (group->list, TRUE);
}

static void
filter (RegPlanView *self)
{
  if (self->plan == NULL || self->is_filling)
    return;
  for (guint i = 0; i < REG_PLAN_N_GROUPS; i++)
    filter_group (self, &self->groups[i]);
}

/* Three titles side by side fit into a narrow window in two lines each. The switcher makes the
 * labels anew whenever a title changes. */
static void
wrap_titles (RegPlanView *self)
{
  for (GtkWidget *button = gtk_widget_get_first_child (GTK_WIDGET (self->switcher)); button != NULL;
       button = gtk_widget_get_next_sibling (button))
    {
      GtkWidget *label = gtk_button_get_child (GTK_BUTTON (button));

      if (!GTK_IS_LABEL (label))
        continue;
      gtk_label_set_wrap (GTK_LABEL (label), TRUE);
      gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
    }
}

static void
show_group (RegPlanView *self, RegPlanGroup place, const RegImportEdits *edits, const char *title)
{
  Group *group = &self->groups[place];
  g_autofree char *label = NULL;

  group->n = reg_plan_get_n_rows (self->plan, place);
  label = g_strdup_printf ("%s (%'d)", title, (int)group->n);
  g_clear_object (&group->model);
  group->model = reg_workspace_create_model (
      self->workspace, get_rows, reg_plan_rows_new (self->plan, edits, place),
      (GDestroyNotify)reg_plan_rows_free, (GDestroyNotify)reg_plan_row_free);
  filter_group (self, group);
  reg_column_list_set_model (group->list, group->model);
  reg_column_list_set_loaded (group->list, TRUE);
  gtk_stack_page_set_title (group->page, label);
  wrap_titles (self);
}

/* ---- Looking for somebody ---- */

static void
on_users_found_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RegPlanView) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RegIdList) found =
      reg_workspace_query_users_finish (REG_WORKSPACE (source), result, &error);

  if (found == NULL || *gtk_editable_get_text (GTK_EDITABLE (self->search)) == '\0')
    return;
  g_clear_pointer (&self->found_users, g_hash_table_unref);
  self->found_users = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  for (gsize i = 0; i < found->n; i++)
    g_hash_table_add (self->found_users, g_memdup2 (&found->ids[i], sizeof found->ids[i]));
  filter (self);
}

static void
on_search_changed_cb (RegPlanView *self)
{
  const RegUserQuery query = { .search = gtk_editable_get_text (GTK_EDITABLE (self->search)) };

  g_cancellable_cancel (self->searching);
  g_clear_object (&self->searching);
  if (*query.search == '\0')
    {
      g_clear_pointer (&self->found_users, g_hash_table_unref);
      filter (self);
      return;
    }
  self->searching = g_cancellable_new ();
  reg_workspace_query_users_async (self->workspace, &query, self->searching, on_users_found_cb,
                                   g_object_ref (self));
}

/* ---- Reasons ---- */

static void
fill_reasons (RegPlanView *self)
{
  self->is_filling = TRUE;
  reg_plan_reasons_fill (self->reasons, self->plan, get_shown_group (self));
  self->is_filling = FALSE;
}

static void
on_reason_chosen_cb (RegPlanView *self)
{
  filter (self);
}

static void
on_page_changed_cb (RegPlanView *self)
{
  if (self->plan == NULL || self->is_filling)
    return;
  fill_reasons (self);
  filter (self);
}

/* ---- Callbacks ---- */

/* (transfer full): by row of the first group, whether it is ticked */
static guint8 *
dup_ticked (RegPlanView *self)
{
  guint8 *is_ticked = g_new0 (guint8, self->plan->will->len + 1);
  gsize n;
  g_autofree gint64 *ids = reg_selection_dup_ids (reg_column_list_get_selection (self->will), &n);

  for (gsize i = 0; i < n; i++)
    is_ticked[ids[i] - 1] = TRUE;
  return is_ticked;
}

static void
update_ledger (RegPlanView *self)
{
  g_autofree guint8 *is_ticked = dup_ticked (self);
  g_autofree char *ledger = reg_plan_dup_ledger (self->plan, is_ticked);

  gtk_label_set_label (self->ledger, ledger);
}

static void
on_selection_changed_cb (RegPlanView *self)
{
  if (self->plan == NULL || self->is_filling)
    return;
  update_ledger (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_undo_clicked_cb (RegPlanView *self)
{
  g_signal_emit (self, signals[UNDO], 0);
}

static void
on_read_differently_clicked_cb (RegPlanView *self)
{
  g_signal_emit (self, signals[READ_DIFFERENTLY], 0);
}

/* The other one of the two. */
static void
on_empty_rule_clicked_cb (RegPlanView *self)
{
  g_signal_emit (self, signals[EMPTY_RULE_CHOSEN], 0,
                 self->plan->empty == REG_EMPTY_LEAVE ? REG_EMPTY_CLEAR : REG_EMPTY_LEAVE);
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

  g_cancellable_cancel (self->searching);
  g_clear_object (&self->searching);
  for (guint i = 0; i < REG_PLAN_N_GROUPS; i++)
    g_clear_object (&self->groups[i].model);
  g_clear_pointer (&self->found_users, g_hash_table_unref);
  g_clear_pointer (&self->plan, reg_import_plan_unref);
  g_clear_object (&self->workspace);
  G_OBJECT_CLASS (reg_plan_view_parent_class)->dispose (object);
}

static void
reg_plan_view_class_init (RegPlanViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = reg_plan_view_dispose;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);

  signals[LINE_OPENED] =
      g_signal_new ("line-opened", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                    NULL, G_TYPE_NONE, 2, G_TYPE_INT, G_TYPE_INT64);
  signals[FIX_TAKEN] =
      g_signal_new ("fix-taken", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 2, G_TYPE_POINTER, G_TYPE_BOOLEAN);
  signals[UNDO] = g_signal_new ("undo", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 0);
  signals[READ_DIFFERENTLY] = g_signal_new ("read-differently", G_TYPE_FROM_CLASS (klass),
                                            G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  signals[EMPTY_RULE_CHOSEN] =
      g_signal_new ("empty-rule-chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                    NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);

  g_type_ensure (REG_TYPE_COLUMN_LIST);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/registrar_lms/Registrar/import-wizard/reg-plan-view.ui");
  gtk_widget_class_bind_template_child (widget_class, RegPlanView, summary);
  gtk_widget_class_bind_template_child (widget_class, RegPlanView, reading);
  gtk_widget_class_bind_template_child (widget_class, RegPlanView, read_differently);
  gtk_widget_class_bind_template_child (widget_class, RegPlanView, rules);
  gtk_widget_class_bind_template_child (widget_class, RegPlanView, empty_box);
  gtk_widget_class_bind_template_child (widget_class, RegPlanView, empty_rule);
  gtk_widget_class_bind_template_child (widget_class, RegPlanView, other_empty_rule);
  gtk_widget_class_bind_template_child (widget_class, RegPlanView, ledger);
  gtk_widget_class_bind_template_child (widget_class, RegPlanView, corrected_box);
  gtk_widget_class_bind_template_child (widget_class, RegPlanView, corrected);
  gtk_widget_class_bind_template_child (widget_class, RegPlanView, busy);
  gtk_widget_class_bind_template_child (widget_class, RegPlanView, search);
  gtk_widget_class_bind_template_child (widget_class, RegPlanView, reasons);
  gtk_widget_class_bind_template_child (widget_class, RegPlanView, stack);
  gtk_widget_class_bind_template_child (widget_class, RegPlanView, switcher);
  gtk_widget_class_bind_template_child (widget_class, RegPlanView, will_page);
  gtk_widget_class_bind_template_child (widget_class, RegPlanView, cannot_page);
  gtk_widget_class_bind_template_child (widget_class, RegPlanView, bad_page);
  gtk_widget_class_bind_template_child (widget_class, RegPlanView, will);
  gtk_widget_class_bind_template_child (widget_class, RegPlanView, cannot);
  gtk_widget_class_bind_template_child (widget_class, RegPlanView, bad);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_reason_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_page_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_undo_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_read_differently_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_empty_rule_clicked_cb);
}

static void
set_up_group (RegPlanView *self,
              RegPlanGroup place,
              RegColumnList *list,
              GtkStackPage *page,
              const char *label)
{
  self->groups[place].group = place;
  self->groups[place].list = list;
  self->groups[place].page = page;
  reg_plan_columns_set_up (list, place, label);
}

static void
reg_plan_view_init (RegPlanView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  set_up_group (self, REG_PLAN_WILL, self->will, self->will_page, _ ("Who it will happen to"));
  set_up_group (self, REG_PLAN_CANNOT, self->cannot, self->cannot_page,
                _ ("Who it cannot happen to"));
  set_up_group (self, REG_PLAN_BAD_LINES, self->bad, self->bad_page,
                _ ("Lines that may not be imported"));
  reg_column_list_set_menu_func (self->cannot, create_menu, self);
  reg_column_list_add_menus (self->cannot);
  reg_column_list_set_menu_func (self->bad, create_menu, self);
  reg_column_list_add_menus (self->bad);
  g_signal_connect_object (self->cannot, "row-operation", G_CALLBACK (on_cannot_operation_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->cannot, "row-activated", G_CALLBACK (on_cannot_activated_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->will, "selection-changed", G_CALLBACK (on_selection_changed_cb),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->will, "row-activated", G_CALLBACK (on_will_activated_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->bad, "row-operation", G_CALLBACK (on_bad_operation_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->bad, "row-activated", G_CALLBACK (on_bad_activated_cb), self,
                           G_CONNECT_SWAPPED);
}

void
reg_plan_view_set_workspace (RegPlanView *self, RegWorkspace *workspace)
{
  g_set_object (&self->workspace, workspace);
}

static void
untick (RegPlanView *self, GHashTable *excluded)
{
  GtkSelectionModel *selection = GTK_SELECTION_MODEL (reg_column_list_get_selection (self->will));

  for (guint i = 0; i < self->plan->will->len; i++)
    {
      guint position;

      if (!reg_import_item_is_in (&g_array_index (self->plan->will, RegImportItem, i), excluded))
        continue;
      position = reg_id_list_model_find (self->groups[REG_PLAN_WILL].model, i + 1);
      if (position != G_MAXUINT)
        gtk_selection_model_unselect_item (selection, position);
    }
}

static void
show_sentences (RegPlanView *self, const RegImportEdits *edits, const char *sample)
{
  guint n = reg_import_edits_get_n (edits);
  g_autofree char *summary = reg_import_plan_dup_summary (self->plan);
  g_autofree char *reading = reg_plan_dup_reading (self->plan, sample);
  g_autofree char *rules = reg_plan_dup_rules (self->plan);
  g_autofree char *empty_rule = reg_plan_dup_empty_rule (self->plan);
  g_autofree char *corrected =
      g_strdup_printf (ngettext ("%u correction made here; the file is not touched.",
                                 "%u corrections made here; the file is not touched.", n),
                       n);

  gtk_label_set_label (self->summary, summary);
  gtk_label_set_label (self->reading, reading);
  gtk_label_set_label (self->rules, rules);
  gtk_widget_set_visible (GTK_WIDGET (self->rules), *rules != '\0');
  gtk_label_set_label (self->empty_rule, empty_rule);
  gtk_button_set_label (self->other_empty_rule, self->plan->empty == REG_EMPTY_LEAVE
                                                    ? _ ("Take It Away Instead")
                                                    : _ ("Leave It Instead"));
  gtk_widget_set_visible (GTK_WIDGET (self->empty_box), self->plan->n_empty > 0);
  gtk_label_set_label (self->corrected, corrected);
  gtk_widget_set_visible (GTK_WIDGET (self->corrected_box), n > 0);
}

/**
 * reg_plan_view_set_plan:
 * @self: the view
 * @plan: what to show
 * @edits: (nullable): the corrections it was made with
 * @sample: (nullable): a text that shows whether the encoding is right
 * @excluded: (nullable): rows that stay unticked, a set of reg_import_item_get_key ()
 *
 * Shows a plan; every row of the first group but those excluded is ticked. A plan that takes the
 * place of another keeps the page on show and what is looked for.
 */
void
reg_plan_view_set_plan (RegPlanView *self,
                        RegImportPlan *plan,
                        const RegImportEdits *edits,
                        const char *sample,
                        GHashTable *excluded)
{
  gboolean is_first = excluded == NULL;
  g_autofree char *search = NULL;

  self->is_filling = TRUE;
  g_clear_pointer (&self->plan, reg_import_plan_unref);
  self->plan = reg_import_plan_ref (plan);
  /* Every row is ticked while every row is on show. */
  search = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->search)));
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  if (is_first)
    {
      g_clear_pointer (&self->found_users, g_hash_table_unref);
      gtk_drop_down_set_model (self->reasons, NULL);
    }
  reg_column_list_offer_column (self->will, _ ("Course"), plan->courses->len > 0);
  reg_column_list_offer_column (self->cannot, _ ("Course"), plan->courses->len > 0);
  show_sentences (self, edits, sample);
  show_group (self, REG_PLAN_WILL, edits, reg_import_plan_get_will_title (plan));
  show_group (self, REG_PLAN_CANNOT, edits, _ ("Cannot"));
  show_group (self, REG_PLAN_BAD_LINES, edits, _ ("Not Imported"));
  reg_column_list_select_all (self->will);
  if (excluded != NULL)
    untick (self, excluded);
  if (is_first)
    gtk_stack_set_visible_child_name (self->stack, get_first_page (plan));
  else
    gtk_editable_set_text (GTK_EDITABLE (self->search), search);
  self->is_filling = FALSE;
  update_ledger (self);
  fill_reasons (self);
  filter (self);
}

void
reg_plan_view_set_busy (RegPlanView *self, gboolean busy)
{
  gtk_spinner_set_spinning (self->busy, busy);
}

static gint64
get_line (const RegImportPlan *plan, RegPlanGroup group, guint place)
{
  return group == REG_PLAN_CANNOT ? g_array_index (plan->cannot, RegImportCannot, place).line
                                  : g_array_index (plan->bad_lines, RegImportBadLine, place).line;
}

RegPlanGroup
reg_plan_view_get_group (RegPlanView *self)
{
  return get_shown_group (self);
}

/**
 * reg_plan_view_focus_line:
 * @self: the view
 * @group: what cannot happen, or the lines that may not be imported
 * @line: a line, or one after which lines are left
 *
 * Moves the keyboard to the first line on show from there on that is not imported, or to the first
 * of all where there is none.
 *
 * Returns: %FALSE where no line of the group is on show
 */
gboolean
reg_plan_view_focus_line (RegPlanView *self, RegPlanGroup group, gint64 line)
{
  const Group *own = &self->groups[group];
  guint position = 0;

  if (self->plan == NULL || g_list_model_get_n_items (G_LIST_MODEL (own->model)) == 0)
    return FALSE;
  for (guint i = 0; i < own->n; i++)
    {
      guint at = get_line (self->plan, group, i) >= line
                     ? reg_id_list_model_find (own->model, i + 1)
                     : G_MAXUINT;

      if (at == G_MAXUINT)
        continue;
      position = at;
      break;
    }
  reg_column_list_scroll_to (own->list, position);
  reg_column_list_focus (own->list);
  return TRUE;
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
 * Returns: (transfer full): the rows that are not ticked, a set of reg_import_item_get_key ()
 */
GHashTable *
reg_plan_view_dup_excluded (RegPlanView *self)
{
  GHashTable *excluded = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autofree guint8 *is_ticked = dup_ticked (self);

  for (guint i = 0; i < self->plan->will->len; i++)
    if (!is_ticked[i])
      {
        gint64 key = reg_import_item_get_key (&g_array_index (self->plan->will, RegImportItem, i));

        g_hash_table_add (excluded, g_memdup2 (&key, sizeof key));
      }
  return excluded;
}
