/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-views"

#include "views/pending-changes/reg-changes-page.h"

#include "views/common/reg-column-list.h"
#include "views/common/reg-host.h"
#include "views/common/reg-selection-bar.h"
#include "views/common/reg-undo.h"
#include "views/common/reg-view.h"
#include "views/pending-changes/reg-change-session.h"
#include "views/pending-changes/reg-change-text.h"

#include <glib/gi18n-lib.h>

#define FILTER_UNSETTLED 0

struct _RegChangesPage
{
  AdwBin parent_instance;

  GtkStack *stack;
  GtkDropDown *filter;
  RegColumnList *batches;
  RegColumnList *changes;
  RegSelectionBar *bar;
  GtkLabel *batch_title;
  GtkLabel *batch_state;
  GtkButton *undo_batch;

  RegWorkspace *workspace;
  RegIdListModel *batch_model;
  RegIdListModel *change_model;
  gint64 batch_id; /* 0: the list is shown */
};

static void reg_changes_page_view_init (RegViewInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (RegChangesPage,
                               reg_changes_page,
                               ADW_TYPE_BIN,
                               G_IMPLEMENT_INTERFACE (REG_TYPE_VIEW, reg_changes_page_view_init))

/* ---- Columns ---- */

static void
bind_batch (RegCell *cell, gpointer row, gpointer data)
{
  const RegBatch *batch = row;
  g_autofree char *time = reg_time_dup_label (batch->created_at);

  reg_cell_set_text (cell, batch->title);
  reg_cell_set_subtitle (cell, time);
}

static void
bind_batch_state (RegCell *cell, gpointer row, gpointer data)
{
  const RegBatch *batch = row;
  RegChangeState state = reg_batch_get_state (batch);
  g_autofree char *text = reg_batch_dup_state (batch);

  reg_cell_set_icon (cell, reg_change_state_get_icon_name (state),
                     reg_change_state_get_css_class (state));
  reg_cell_set_text (cell, text);
}

static char *
dup_batch_name (gpointer row, gpointer data)
{
  return g_strdup (((const RegBatch *)row)->title);
}

static GMenuModel *
create_batch_menu (gpointer row, gpointer data)
{
  const RegBatch *batch = row;
  GMenu *menu = g_menu_new ();

  g_menu_append (menu, _ ("_Show Changes"), "row.do::show");
  if (batch->counts[REG_CHANGE_REJECTED] > 0)
    g_menu_append (menu, _ ("_Retry What Was Not Accepted"), "row.do::retry");
  if (reg_batch_get_total (batch) > batch->counts[REG_CHANGE_UNDONE])
    g_menu_append (menu, _ ("_Undo"), "row.do::undo");
  return G_MENU_MODEL (menu);
}

static void
bind_person (RegCell *cell, gpointer row, gpointer data)
{
  const RegChangeRow *change = row;

  reg_cell_set_text (cell, change->user_name);
  reg_cell_set_subtitle (cell, change->user_email);
}

static void
bind_course (RegCell *cell, gpointer row, gpointer data)
{
  const RegChangeRow *change = row;

  reg_cell_set_text (cell, change->course_title);
}

static void
bind_change (RegCell *cell, gpointer row, gpointer data)
{
  const RegChangeRow *change = row;
  g_autofree char *details = reg_change_dup_details (change);

  reg_cell_set_text (cell, reg_change_get_label (change->change));
  reg_cell_set_subtitle (cell, details);
}

static void
bind_change_state (RegCell *cell, gpointer row, gpointer data)
{
  const RegChange *change = ((const RegChangeRow *)row)->change;
  g_autofree char *problem = reg_change_dup_problem (row);

  reg_cell_set_icon (cell, reg_change_state_get_icon_name (change->state),
                     reg_change_state_get_css_class (change->state));
  reg_cell_set_text (cell, reg_change_state_get_label (change->state));
  reg_cell_set_subtitle (cell, problem);
}

static char *
dup_change_name (gpointer row, gpointer data)
{
  const RegChangeRow *change = row;

  return g_strdup (change->user_name);
}

static GMenuModel *
create_change_menu (gpointer row, gpointer data)
{
  const RegChange *change = ((const RegChangeRow *)row)->change;
  GMenu *menu = g_menu_new ();

  switch (change->state)
    {
    case REG_CHANGE_PENDING:
      g_menu_append (menu, _ ("_Undo"), "row.do::undo");
      break;
    case REG_CHANGE_REJECTED:
      g_menu_append (menu, _ ("_Retry"), "row.do::retry");
      g_menu_append (menu, _ ("_Discard"), "row.do::discard");
      break;
    case REG_CHANGE_CONFLICT:
      g_menu_append (menu, _ ("Use _Mine"), "row.do::mine");
      g_menu_append (menu, _ ("Use the _LMS's"), "row.do::theirs");
      break;
    case REG_CHANGE_SENDING:
    case REG_CHANGE_UNKNOWN:
    case REG_CHANGE_DONE:
    case REG_CHANGE_UNDONE:
      break;
    }
  if (reg_change_awaits_session (change))
    g_menu_append (menu, _ ("Choose Another _Session…"), "row.do::session");
  g_menu_append (menu, _ ("_Show User"), "row.do::user");
  return G_MENU_MODEL (menu);
}

/* ---- Reading ---- */

static GPtrArray *
get_batch_rows (RegStore *store, const gint64 *ids, gsize n, gpointer data, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify)reg_batch_free);

  for (gsize i = 0; i < n; i++)
    {
      g_autoptr (GError) local = NULL;
      RegBatch *batch = reg_store_get_batch (store, ids[i], &local);

      if (batch == NULL && !g_error_matches (local, REG_STORE_ERROR, REG_STORE_ERROR_NOT_FOUND))
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return NULL;
        }
      g_ptr_array_add (rows, batch);
    }
  return g_steal_pointer (&rows);
}

static GPtrArray *
get_change_rows (RegStore *store, const gint64 *ids, gsize n, gpointer data, GError **error)
{
  return reg_store_get_change_rows (store, ids, n, error);
}

static gpointer
query_batches (RegStore *store, gpointer data, RegProgress *progress, GError **error)
{
  gboolean unsettled = GPOINTER_TO_INT (data);
  g_autoptr (GPtrArray) batches = reg_store_list_batches (store, unsettled, error);
  gint64 *ids;

  if (batches == NULL)
    return NULL;
  ids = g_new (gint64, MAX (batches->len, 1));
  for (guint i = 0; i < batches->len; i++)
    ids[i] = ((const RegBatch *)g_ptr_array_index (batches, i))->id;
  return reg_id_list_new_take (ids, batches->len);
}

static void
show_error (RegChangesPage *self, const char *heading, const GError *error)
{
  RegHost *host = reg_host_from (GTK_WIDGET (self));

  if (host != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    reg_host_show_error (host, heading, error);
}

/* What was asked for is there, or why it is not. */
static void
show_ids (RegChangesPage *self, RegColumnList *list, RegIdListModel *model, GAsyncResult *result)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RegIdList) ids = reg_workspace_run_finish (self->workspace, result, &error);

  if (ids == NULL)
    {
      show_error (self, _ ("The Pending Changes Cannot Be Read"), error);
      return;
    }
  reg_id_list_model_set_ids (model, ids);
  reg_id_list_model_refresh (model, NULL, 0);
  reg_column_list_set_loaded (list, TRUE);
}

static void
on_batches_queried_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RegChangesPage) self = data;

  show_ids (self, self->batches, self->batch_model, result);
}

static gpointer
query_changes (RegStore *store, gpointer data, RegProgress *progress, GError **error)
{
  const gint64 *batch_id = data;

  return reg_store_query_changes (store, *batch_id, 0, error);
}

static void
on_changes_queried_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RegChangesPage) self = data;

  show_ids (self, self->changes, self->change_model, result);
}

static gpointer
get_batch (RegStore *store, gpointer data, RegProgress *progress, GError **error)
{
  const gint64 *batch_id = data;

  return reg_store_get_batch (store, *batch_id, error);
}

static void
on_batch_read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RegChangesPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RegBatch) batch = reg_workspace_run_finish (REG_WORKSPACE (source), result, &error);
  g_autofree char *state = NULL;

  if (batch == NULL)
    {
      show_error (self, _ ("The Pending Changes Cannot Be Read"), error);
      return;
    }
  if (batch->id != self->batch_id)
    return;
  state = reg_batch_dup_state (batch);
  gtk_label_set_label (self->batch_title, batch->title);
  gtk_label_set_label (self->batch_state, state);
  reg_selection_bar_offer (self->bar, "session",
                           g_strcmp0 (batch->operation, "change-session") == 0);
  gtk_widget_set_sensitive (GTK_WIDGET (self->undo_batch),
                            reg_batch_get_total (batch) > batch->counts[REG_CHANGE_UNDONE]);
}

static void
update_batches (RegChangesPage *self)
{
  gboolean unsettled = gtk_drop_down_get_selected (self->filter) == FILTER_UNSETTLED;

  reg_workspace_run_async (self->workspace, FALSE, query_batches, GINT_TO_POINTER (unsettled), NULL,
                           (GDestroyNotify)reg_id_list_unref, NULL, on_batches_queried_cb,
                           g_object_ref (self));
}

static void
update_changes (RegChangesPage *self)
{
  if (self->batch_id == 0)
    return;
  reg_workspace_run_async (
      self->workspace, FALSE, get_batch, g_memdup2 (&self->batch_id, sizeof self->batch_id), g_free,
      (GDestroyNotify)reg_batch_free, NULL, on_batch_read_cb, g_object_ref (self));
  reg_workspace_run_async (
      self->workspace, FALSE, query_changes, g_memdup2 (&self->batch_id, sizeof self->batch_id),
      g_free, (GDestroyNotify)reg_id_list_unref, NULL, on_changes_queried_cb, g_object_ref (self));
}

/* ---- Acting on changes ---- */

typedef enum
{
  ACT_UNDO,
  ACT_RETRY,
  ACT_DISCARD,
  ACT_MINE,
  ACT_THEIRS,
} Act;

typedef struct
{
  Act act;
  gint64 *ids;
  gsize n;
} Acting;

static void
acting_free (gpointer data)
{
  Acting *acting = data;

  g_free (acting->ids);
  g_free (acting);
}

static gboolean
act_from_name (const char *name, Act *act)
{
  static const char *const names[] = { "undo", "retry", "discard", "mine", "theirs" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (names[i], name))
      {
        *act = (Act)i;
        return TRUE;
      }
  return FALSE;
}

/* Of the changes picked those whose state allows the act; returns how many, -1 on error. */
static gpointer
act_on_changes (RegStore *store, gpointer data, RegProgress *progress, GError **error)
{
  static const guint states[] = { 1u << REG_CHANGE_PENDING | 1u << REG_CHANGE_REJECTED
                                      | 1u << REG_CHANGE_CONFLICT,
                                  1u << REG_CHANGE_REJECTED, 1u << REG_CHANGE_REJECTED,
                                  1u << REG_CHANGE_CONFLICT, 1u << REG_CHANGE_CONFLICT };
  Acting *acting = data;
  g_autoptr (GPtrArray) rows = reg_store_get_change_rows (store, acting->ids, acting->n, error);
  g_autofree gint64 *n_done = g_new0 (gint64, 1);
  gboolean done = TRUE;
  gsize n = 0;

  if (rows == NULL)
    return NULL;
  for (guint i = 0; i < rows->len; i++)
    {
      const RegChangeRow *row = g_ptr_array_index (rows, i);

      if (row != NULL && (states[acting->act] & (1u << row->change->state)) != 0)
        acting->ids[n++] = row->change->id;
    }
  *n_done = n;
  if (n > 0)
    switch (acting->act)
      {
      case ACT_UNDO:
        done = reg_store_undo_changes (store, acting->ids, n, n_done, error);
        break;
      case ACT_RETRY:
        done = reg_store_retry_changes (store, acting->ids, n, error);
        break;
      case ACT_DISCARD:
        done = reg_store_discard_changes (store, acting->ids, n, error);
        break;
      case ACT_MINE:
      case ACT_THEIRS:
        done = reg_store_resolve_changes (store, acting->ids, n, acting->act == ACT_MINE, error);
        break;
      }
  return done ? g_steal_pointer (&n_done) : NULL;
}

/* undo: (nullable): what was undone by it */
typedef struct
{
  RegChangesPage *page;
  RegUndo *undo;
} Acted;

static void
on_acted_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Acted *acted = data;
  g_autoptr (RegChangesPage) self = acted->page;
  g_autoptr (RegUndo) undo = acted->undo;
  g_autoptr (GError) error = NULL;
  g_autofree gint64 *n = reg_workspace_run_finish (REG_WORKSPACE (source), result, &error);
  RegHost *host = reg_host_from (GTK_WIDGET (self));
  g_autofree char *text = NULL;

  g_free (acted);
  if (n == NULL)
    {
      show_error (self, _ ("That Did Not Work"), error);
      return;
    }
  reg_selection_clear (reg_column_list_get_selection (self->changes));
  if (host == NULL)
    return;
  if (*n > 0 && undo != NULL)
    {
      reg_undo_tell (host, undo, *n);
      return;
    }
  text = *n > 0 ? g_strdup_printf (ngettext ("%d change settled", "%d changes settled", (gulong)*n),
                                   (int)*n)
                : g_strdup (_ ("None of the selected changes allows that"));
  reg_host_toast (host, text, 0);
}

static Acted *
acted_new (RegChangesPage *self)
{
  Acted *acted = g_new0 (Acted, 1);

  acted->page = g_object_ref (self);
  return acted;
}

static void
act_now (RegChangesPage *self, Act act, const gint64 *ids, gsize n)
{
  Acting *acting = g_new0 (Acting, 1);
  Acted *acted = acted_new (self);

  acting->act = act;
  acting->ids = g_memdup2 (ids, n * sizeof (gint64));
  acting->n = n;
  if (act == ACT_UNDO)
    acted->undo = reg_undo_new (0, ids, n);
  reg_workspace_run_async (self->workspace, TRUE, act_on_changes, acting, acting_free, g_free, NULL,
                           on_acted_cb, acted);
}

static void
undo_changes (gpointer data, const RegUndo *undo)
{
  act_now (data, ACT_UNDO, undo->ids, undo->n);
}

static void
discard_changes (gpointer data, const RegUndo *undo)
{
  act_now (data, ACT_DISCARD, undo->ids, undo->n);
}

/* Where users are not added after all, what is queued for them goes too: that is asked. */
static void
act_on (RegChangesPage *self, const char *name, const gint64 *ids, gsize n)
{
  Act act;

  if (!act_from_name (name, &act) || n == 0)
    return;
  if (act == ACT_UNDO || act == ACT_DISCARD)
    reg_undo_ask (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), self->workspace,
                  reg_undo_new (0, ids, n), act == ACT_UNDO ? undo_changes : discard_changes, self);
  else
    act_now (self, act, ids, n);
}

static void
undo_batch (RegChangesPage *self, gint64 batch_id)
{
  RegHost *host = reg_host_from (GTK_WIDGET (self));

  if (host != NULL)
    reg_host_undo (host, batch_id);
}

static gpointer
retry_batch (RegStore *store, gpointer data, RegProgress *progress, GError **error)
{
  const gint64 *batch_id = data;
  g_autoptr (RegIdList) ids =
      reg_store_query_changes (store, *batch_id, 1u << REG_CHANGE_REJECTED, error);
  g_autofree gint64 *n = g_new0 (gint64, 1);

  if (ids == NULL || !reg_store_retry_changes (store, ids->ids, ids->n, error))
    return NULL;
  *n = ids->n;
  return g_steal_pointer (&n);
}

/* ---- Callbacks ---- */

static void
on_filter_changed_cb (RegChangesPage *self)
{
  if (self->workspace != NULL)
    update_batches (self);
}

static void
on_undo_batch_clicked_cb (RegChangesPage *self)
{
  undo_batch (self, self->batch_id);
}

static void
on_batch_activated_cb (RegChangesPage *self, gint64 id)
{
  reg_changes_page_open_batch (self, id);
}

static void
on_batch_operation_cb (RegChangesPage *self, gint64 id, const char *name)
{
  if (g_str_equal (name, "show"))
    reg_changes_page_open_batch (self, id);
  else if (g_str_equal (name, "undo"))
    undo_batch (self, id);
  else if (g_str_equal (name, "retry"))
    reg_workspace_run_async (self->workspace, TRUE, retry_batch, g_memdup2 (&id, sizeof id), g_free,
                             g_free, NULL, on_acted_cb, acted_new (self));
}

static void
show_user (RegChangesPage *self, gint64 change_id)
{
  guint position = reg_id_list_model_find (self->change_model, change_id);
  g_autoptr (RegIdListItem) item = NULL;
  const RegChangeRow *row;
  RegHost *host = reg_host_from (GTK_WIDGET (self));

  if (position == G_MAXUINT || host == NULL)
    return;
  item = g_list_model_get_item (G_LIST_MODEL (self->change_model), position);
  row = reg_id_list_item_get_row (item);
  if (row != NULL)
    reg_host_open_user (host, row->change->user_id);
}

static void
on_change_activated_cb (RegChangesPage *self, gint64 id)
{
  show_user (self, id);
}

static void
on_change_operation_cb (RegChangesPage *self, gint64 id, const char *name)
{
  if (g_str_equal (name, "user"))
    show_user (self, id);
  else if (g_str_equal (name, "session"))
    reg_change_session_choose (GTK_WIDGET (self), self->workspace, &id, 1);
  else
    act_on (self, name, &id, 1);
}

static void
on_bar_operation_cb (RegChangesPage *self, const char *name)
{
  gsize n;
  g_autofree gint64 *ids =
      reg_selection_dup_ids (reg_column_list_get_selection (self->changes), &n);

  if (g_str_equal (name, "session"))
    reg_change_session_choose (GTK_WIDGET (self), self->workspace, ids, n);
  else
    act_on (self, name, ids, n);
}

static void
on_workspace_changed_cb (RegChangesPage *self,
                         gboolean users,
                         gboolean courses,
                         gboolean enrollments,
                         gboolean outbox,
                         gboolean runs)
{
  if (!outbox)
    return;
  update_batches (self);
  update_changes (self);
}

/* ---- RegView ---- */

static char *
reg_changes_page_dup_title (RegView *view)
{
  return g_strdup (_ ("Pending Changes"));
}

static gboolean
reg_changes_page_can_go_back (RegView *view)
{
  return REG_CHANGES_PAGE (view)->batch_id != 0;
}

static void
reg_changes_page_go_back (RegView *view)
{
  reg_changes_page_open_batch (REG_CHANGES_PAGE (view), 0);
}

static void
reg_changes_page_select_all (RegView *view)
{
  RegChangesPage *self = REG_CHANGES_PAGE (view);

  if (self->batch_id != 0)
    reg_column_list_select_all (self->changes);
}

static void
reg_changes_page_delete (RegView *view)
{
  on_bar_operation_cb (REG_CHANGES_PAGE (view), "undo");
}

static void
reg_changes_page_view_init (RegViewInterface *iface)
{
  iface->dup_title = reg_changes_page_dup_title;
  iface->can_go_back = reg_changes_page_can_go_back;
  iface->go_back = reg_changes_page_go_back;
  iface->select_all = reg_changes_page_select_all;
  iface->delete = reg_changes_page_delete;
}

/* ---- Object ---- */

static void
reg_changes_page_dispose (GObject *object)
{
  RegChangesPage *self = REG_CHANGES_PAGE (object);

  g_clear_object (&self->batch_model);
  g_clear_object (&self->change_model);
  g_clear_object (&self->workspace);
  G_OBJECT_CLASS (reg_changes_page_parent_class)->dispose (object);
}

static void
reg_changes_page_class_init (RegChangesPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = reg_changes_page_dispose;

  g_type_ensure (REG_TYPE_COLUMN_LIST);
  g_type_ensure (REG_TYPE_SELECTION_BAR);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/registrar_lms/Registrar/pending-changes/reg-changes-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RegChangesPage, stack);
  gtk_widget_class_bind_template_child (widget_class, RegChangesPage, filter);
  gtk_widget_class_bind_template_child (widget_class, RegChangesPage, batches);
  gtk_widget_class_bind_template_child (widget_class, RegChangesPage, changes);
  gtk_widget_class_bind_template_child (widget_class, RegChangesPage, bar);
  gtk_widget_class_bind_template_child (widget_class, RegChangesPage, batch_title);
  gtk_widget_class_bind_template_child (widget_class, RegChangesPage, batch_state);
  gtk_widget_class_bind_template_child (widget_class, RegChangesPage, undo_batch);
  gtk_widget_class_bind_template_callback (widget_class, on_filter_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_undo_batch_clicked_cb);
}

static void
set_up_batches (RegChangesPage *self)
{
  RegColumnList *list = self->batches;

  reg_column_list_set_label (list, _ ("Pending changes"));
  reg_column_list_set_name_func (list, dup_batch_name, NULL);
  reg_column_list_set_menu_func (list, create_batch_menu, NULL);
  reg_column_list_add_column (list, _ ("Change"), -1, 0, 0, REG_COLUMN_EXPAND, bind_batch, NULL);
  reg_column_list_add_column (list, _ ("Status"), -1, 0, 0, REG_COLUMN_EXPAND, bind_batch_state,
                              NULL);
  reg_column_list_add_menus (list);
  reg_column_list_set_empty (list, "emblem-ok-symbolic", _ ("No Pending Changes"),
                             _ ("Everything you did has reached the LMS."), NULL, NULL);
  g_signal_connect_object (list, "row-activated", G_CALLBACK (on_batch_activated_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (list, "row-operation", G_CALLBACK (on_batch_operation_cb), self,
                           G_CONNECT_SWAPPED);
}

static void
set_up_changes (RegChangesPage *self)
{
  RegColumnList *list = self->changes;

  reg_column_list_set_label (list, _ ("Changes of This Step"));
  reg_column_list_set_name_func (list, dup_change_name, NULL);
  reg_column_list_set_menu_func (list, create_change_menu, NULL);
  reg_column_list_add_checks (list);
  reg_column_list_add_column (list, _ ("User"), -1, 0, 0, REG_COLUMN_EXPAND, bind_person, NULL);
  reg_column_list_add_column (list, _ ("Course"), -1, 0, 700, REG_COLUMN_EXPAND, bind_course, NULL);
  reg_column_list_add_column (list, _ ("Change"), -1, 0, 520, REG_COLUMN_EXPAND, bind_change, NULL);
  reg_column_list_add_column (list, _ ("Status"), -1, 0, 0, REG_COLUMN_EXPAND, bind_change_state,
                              NULL);
  reg_column_list_add_menus (list);
  reg_column_list_set_empty (list, "emblem-ok-symbolic", _ ("No Changes"),
                             _ ("This step has no changes."), NULL, NULL);
  g_signal_connect_object (list, "row-activated", G_CALLBACK (on_change_activated_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (list, "row-operation", G_CALLBACK (on_change_operation_cb), self,
                           G_CONNECT_SWAPPED);
  reg_selection_bar_set_list (self->bar, list);
  reg_selection_bar_add (self->bar, "undo", _ ("Undo"));
  reg_selection_bar_add (self->bar, "retry", _ ("Retry"));
  reg_selection_bar_add (self->bar, "mine", _ ("Use Mine"));
  reg_selection_bar_add (self->bar, "theirs", _ ("Use the LMS's"));
  reg_selection_bar_add (self->bar, "session", _ ("Choose Another Session…"));
  g_signal_connect_object (self->bar, "operation", G_CALLBACK (on_bar_operation_cb), self,
                           G_CONNECT_SWAPPED);
}

static void
reg_changes_page_init (RegChangesPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  set_up_batches (self);
  set_up_changes (self);
}

/**
 * reg_changes_page_new:
 * @workspace: the account that is open
 *
 * Returns: (transfer floating): the page
 */
GtkWidget *
reg_changes_page_new (RegWorkspace *workspace)
{
  RegChangesPage *self = g_object_new (REG_TYPE_CHANGES_PAGE, NULL);

  self->workspace = g_object_ref (workspace);
  self->batch_model = reg_workspace_create_model (workspace, get_batch_rows, NULL, NULL,
                                                  (GDestroyNotify)reg_batch_free);
  self->change_model = reg_workspace_create_model (workspace, get_change_rows, NULL, NULL,
                                                   (GDestroyNotify)reg_change_row_free);
  reg_column_list_set_model (self->batches, self->batch_model);
  reg_column_list_set_model (self->changes, self->change_model);
  g_signal_connect_object (workspace, "changed", G_CALLBACK (on_workspace_changed_cb), self,
                           G_CONNECT_SWAPPED);
  update_batches (self);
  return GTK_WIDGET (self);
}

/**
 * reg_changes_page_open_batch:
 * @self: the page
 * @batch_id: an action, or 0 for the list of all
 */
void
reg_changes_page_open_batch (RegChangesPage *self, gint64 batch_id)
{
  self->batch_id = batch_id;
  if (batch_id != 0)
    {
      g_autoptr (RegIdList) none = reg_id_list_new_take (NULL, 0);

      gtk_label_set_label (self->batch_title, "");
      gtk_label_set_label (self->batch_state, "");
      reg_column_list_set_loaded (self->changes, FALSE);
      reg_id_list_model_set_ids (self->change_model, none);
      reg_selection_clear (reg_column_list_get_selection (self->changes));
      update_changes (self);
    }
  gtk_stack_set_visible_child_name (self->stack, batch_id != 0 ? "changes" : "batches");
  reg_view_changed (REG_VIEW (self));
}
