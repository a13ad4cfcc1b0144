/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-views"

#include "views/import-status/reg-imports-page.h"

#include "imports/reg-import-action.h"
#include "imports/reg-interchange.h"
#include "views/common/reg-column-list.h"
#include "views/common/reg-host.h"
#include "views/common/reg-view.h"
#include "views/import-status/reg-run-facts.h"
#include "views/import-status/reg-run-view.h"

#include <glib/gi18n-lib.h>

struct _RegImportsPage
{
  AdwBin parent_instance;

  GtkStack *stack;
  RegColumnList *runs;
  RegRunView *run_view;

  RegWorkspace *workspace;
  RegIdListModel *model;
  gint64 run_id; /* 0: the list is shown */
};

static void reg_imports_page_view_init (RegViewInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (RegImportsPage,
                               reg_imports_page,
                               ADW_TYPE_BIN,
                               G_IMPLEMENT_INTERFACE (REG_TYPE_VIEW, reg_imports_page_view_init))

static void
bind_file (RegCell *cell, gpointer row, gpointer data)
{
  const RegImportRun *run = ((const RegRunFacts *)row)->run;
  g_autoptr (GDateTime) started = g_date_time_new_from_unix_local (run->started_at);
  g_autofree char *time = started != NULL ? g_date_time_format (started, "%x %H:%M") : NULL;

  reg_cell_set_text (cell, run->file_name);
  reg_cell_set_subtitle (cell, time);
}

static void
bind_action (RegCell *cell, gpointer row, gpointer data)
{
  const RegImportRun *run = ((const RegRunFacts *)row)->run;
  const RegImportAction *action = reg_import_action_find (run->action);

  const RegInterchange *interchange = reg_interchange_find (run->action);

  reg_cell_set_text (cell, action != NULL        ? _ (action->label)
                           : interchange != NULL ? _ (interchange->label)
                                                 : run->action);
}

static void
bind_state (RegCell *cell, gpointer row, gpointer data)
{
  const RegRunFacts *facts = row;
  g_autofree char *outcome = reg_run_facts_dup_outcome (facts);

  reg_cell_set_icon (cell, reg_run_get_icon_name (facts->run),
                     facts->run->state == REG_RUN_FINISHED && !facts->run->is_reverted ? "success"
                                                                                       : NULL);
  reg_cell_set_text (cell, reg_run_get_state_label (facts->run));
  reg_cell_set_subtitle (cell, outcome);
}

static void
bind_rejects (RegCell *cell, gpointer row, gpointer data)
{
  const RegRunFacts *facts = row;
  g_autofree char *text = g_strdup_printf ("%'d", (int)facts->n_rejects);

  if (facts->n_rejects > 0)
    reg_cell_set_icon (cell, "dialog-warning-symbolic", "warning");
  reg_cell_set_text (cell, text);
}

static char *
dup_run_name (gpointer row, gpointer data)
{
  return g_strdup (((const RegRunFacts *)row)->run->file_name);
}

static GPtrArray *
get_run_rows (RegStore *store, const gint64 *ids, gsize n, gpointer data, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_full (n, NULL);

  g_ptr_array_set_free_func (rows, (GDestroyNotify)reg_run_facts_free);
  for (gsize i = 0; i < n; i++)
    {
      RegRunFacts *facts = reg_run_facts_read (store, ids[i], 0, error);

      if (facts == NULL)
        return NULL;
      g_ptr_array_add (rows, facts);
    }
  return g_steal_pointer (&rows);
}

static gpointer
query_runs (RegStore *store, gpointer data, RegProgress *progress, GError **error)
{
  g_autoptr (GPtrArray) runs = reg_store_list_runs (store, error);
  gint64 *ids;

  if (runs == NULL)
    return NULL;
  ids = g_new (gint64, MAX (runs->len, 1));
  for (guint i = 0; i < runs->len; i++)
    ids[i] = ((const RegImportRun *)g_ptr_array_index (runs, i))->id;
  return reg_id_list_new_take (ids, runs->len);
}

static void
on_runs_queried_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RegImportsPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RegIdList) ids = reg_workspace_run_finish (REG_WORKSPACE (source), result, &error);
  RegHost *host = reg_host_from (GTK_WIDGET (self));

  if (ids == NULL)
    {
      if (host != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        reg_host_show_error (host, _ ("The Imports Cannot Be Read"), error);
      return;
    }
  reg_id_list_model_set_ids (self->model, ids);
  reg_id_list_model_refresh (self->model, NULL, 0);
  reg_column_list_set_loaded (self->runs, TRUE);
}

static void
update (RegImportsPage *self)
{
  reg_workspace_run_async (self->workspace, FALSE, query_runs, NULL, NULL,
                           (GDestroyNotify)reg_id_list_unref, NULL, on_runs_queried_cb,
                           g_object_ref (self));
  if (self->run_id != 0)
    reg_run_view_set_run (self->run_view, self->run_id);
}

static void
on_workspace_changed_cb (RegImportsPage *self,
                         gboolean users,
                         gboolean courses,
                         gboolean enrollments,
                         gboolean outbox,
                         gboolean runs)
{
  if (outbox || runs)
    update (self);
}

static void
on_run_activated_cb (RegImportsPage *self, gint64 id)
{
  reg_imports_page_open_run (self, id);
}

static void
on_import_clicked_cb (RegImportsPage *self)
{
  RegHost *host = reg_host_from (GTK_WIDGET (self));

  if (host != NULL)
    reg_host_open_import (host, NULL, 0);
}

static char *
reg_imports_page_dup_title (RegView *view)
{
  return g_strdup (_ ("Import Status"));
}

static gboolean
reg_imports_page_can_go_back (RegView *view)
{
  return REG_IMPORTS_PAGE (view)->run_id != 0;
}

static void
reg_imports_page_go_back (RegView *view)
{
  reg_imports_page_open_run (REG_IMPORTS_PAGE (view), 0);
}

static void
reg_imports_page_view_init (RegViewInterface *iface)
{
  iface->dup_title = reg_imports_page_dup_title;
  iface->can_go_back = reg_imports_page_can_go_back;
  iface->go_back = reg_imports_page_go_back;
}

static void
reg_imports_page_dispose (GObject *object)
{
  RegImportsPage *self = REG_IMPORTS_PAGE (object);

  g_clear_object (&self->model);
  g_clear_object (&self->workspace);
  G_OBJECT_CLASS (reg_imports_page_parent_class)->dispose (object);
}

static void
reg_imports_page_class_init (RegImportsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = reg_imports_page_dispose;

  g_type_ensure (REG_TYPE_COLUMN_LIST);
  g_type_ensure (REG_TYPE_RUN_VIEW);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/registrar_lms/Registrar/import-status/reg-imports-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RegImportsPage, stack);
  gtk_widget_class_bind_template_child (widget_class, RegImportsPage, runs);
  gtk_widget_class_bind_template_child (widget_class, RegImportsPage, run_view);
  gtk_widget_class_bind_template_callback (widget_class, on_import_clicked_cb);
}

static void
reg_imports_page_init (RegImportsPage *self)
{
  RegColumnList *list;

  gtk_widget_init_template (GTK_WIDGET (self));
  list = self->runs;
  reg_column_list_set_label (list, _ ("Imports"));
  reg_column_list_set_name_func (list, dup_run_name, NULL);
  reg_column_list_add_column (list, _ ("File"), -1, 0, 0, REG_COLUMN_EXPAND, bind_file, NULL);
  reg_column_list_add_column (list, _ ("Action"), -1, 140, 640, REG_COLUMN_NONE, bind_action, NULL);
  reg_column_list_add_column (list, _ ("Status"), -1, 0, 0, REG_COLUMN_EXPAND, bind_state, NULL);
  reg_column_list_add_column (list, _ ("Not Imported"), -1, 120, 520, REG_COLUMN_NUMERIC,
                              bind_rejects, NULL);
  reg_column_list_set_empty (list, "x-office-spreadsheet-symbolic", _ ("No Imports Yet"),
                             _ ("Drop a .csv or .xlsx file on the window, or press Import…, to "
                                "enroll many users at once."),
                             NULL, NULL);
  g_signal_connect_object (list, "row-activated", G_CALLBACK (on_run_activated_cb), self,
                           G_CONNECT_SWAPPED);
}

/**
 * reg_imports_page_new:
 * @workspace: the account that is open
 *
 * Returns: (transfer floating): the page
 */
GtkWidget *
reg_imports_page_new (RegWorkspace *workspace)
{
  RegImportsPage *self = g_object_new (REG_TYPE_IMPORTS_PAGE, NULL);

  self->workspace = g_object_ref (workspace);
  self->model = reg_workspace_create_model (workspace, get_run_rows, NULL, NULL,
                                            (GDestroyNotify)reg_run_facts_free);
  reg_column_list_set_model (self->runs, self->model);
  reg_run_view_set_workspace (self->run_view, workspace);
  g_signal_connect_object (workspace, "changed", G_CALLBACK (on_workspace_changed_cb), self,
                           G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}

/**
 * reg_imports_page_open_run:
 * @self: the page
 * @run_id: an import, or 0 for the list of all
 */
void
reg_imports_page_open_run (RegImportsPage *self, gint64 run_id)
{
  self->run_id = run_id;
  reg_run_view_set_run (self->run_view, run_id);
  gtk_stack_set_visible_child_name (self->stack, run_id != 0 ? "run" : "runs");
  reg_view_changed (REG_VIEW (self));
}
