/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-views"

#include "views/records/reg-records-page.h"

#include "store/reg-store-records.h"
#include "views/common/reg-column-list.h"
#include "views/common/reg-host.h"
#include "views/common/reg-refresh.h"
#include "views/common/reg-row-cells.h"
#include "views/common/reg-view.h"

#include <glib/gi18n-lib.h>

struct _RegRecordsPage
{
  AdwBin parent_instance;

  GtkSearchEntry *search;
  GtkDropDown *kind;
  RegColumnList *list;

  RegWorkspace *workspace;
  RegIdListModel *model;
  RegRefresh *refresh;
  guint asked; /* the newest question; answers to others are late */
};

static void reg_records_page_view_init (RegViewInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (RegRecordsPage,
                               reg_records_page,
                               ADW_TYPE_BIN,
                               G_IMPLEMENT_INTERFACE (REG_TYPE_VIEW, reg_records_page_view_init))

/* In the order of the entries. */
static const RegRecords kinds[] = { REG_RECORDS_ALL, REG_RECORDS_ARCHIVED, REG_RECORDS_REMOVED };

/* Looking, on the reader. */

typedef struct
{
  RegRecords which;
  char *search;
} Question;

static void
question_free (gpointer data)
{
  Question *question = data;

  g_free (question->search);
  g_free (question);
}

static gpointer
find (RegStore *store, gpointer data, RegProgress *progress, GError **error)
{
  const Question *question = data;

  return reg_store_query_records (store, question->which, question->search, NULL, error);
}

static GPtrArray *
get_rows (RegStore *store, const gint64 *ids, gsize n, gpointer data, GError **error)
{
  return reg_store_get_record_rows (store, ids, n, error);
}

typedef struct
{
  RegRecordsPage *page;
  guint asked;
} Asking;

static gboolean
is_filtered (RegRecordsPage *self)
{
  return *gtk_editable_get_text (GTK_EDITABLE (self->search)) != '\0'
         || gtk_drop_down_get_selected (self->kind) != 0;
}

static void
show_found (RegRecordsPage *self, RegIdList *ids)
{
  if (is_filtered (self))
    reg_column_list_set_empty (self->list, "system-search-symbolic", _ ("No Records Found"),
                               _ ("None matches the search and the choice."), NULL, NULL);
  else
    reg_column_list_set_empty (self->list, "reg-course-symbolic", _ ("No Archived Records"),
                               _ ("Archived training records appear here, and copies of records "
                                  "that were removed."),
                               NULL, NULL);
  reg_id_list_model_set_ids (self->model, ids);
  reg_column_list_set_loaded (self->list, TRUE);
  reg_view_changed (REG_VIEW (self));
}

static void
on_found_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Asking *asking = data;
  g_autoptr (RegRecordsPage) self = asking->page;
  g_autoptr (GError) error = NULL;
  g_autoptr (RegIdList) ids = reg_workspace_run_finish (REG_WORKSPACE (source), result, &error);
  RegHost *host = reg_host_from (GTK_WIDGET (self));

  reg_refresh_done (self->refresh);
  if (self->model == NULL || asking->asked != self->asked)
    return;
  if (ids != NULL)
    show_found (self, ids);
  else if (host != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    reg_host_show_error (host, _ ("Could Not Look Up Records"), error);
}

static void
query (RegRecordsPage *self)
{
  Question *question;
  Asking *asking;

  if (self->workspace == NULL)
    return;
  /* The search says that it changed shortly after it was made, too. */
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    {
      reg_refresh_ask (self->refresh);
      return;
    }
  question = g_new (Question, 1);
  question->which = kinds[gtk_drop_down_get_selected (self->kind)];
  question->search = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->search)));
  asking = g_new (Asking, 1);
  asking->page = g_object_ref (self);
  asking->asked = ++self->asked;
  reg_workspace_run_async (self->workspace, FALSE, find, question, question_free,
                           (GDestroyNotify)reg_id_list_unref, NULL, on_found_cb, asking);
}

static void
look_again (gpointer data)
{
  RegRecordsPage *self = data;

  query (self);
  reg_id_list_model_refresh (self->model, NULL, 0);
}

static void
on_workspace_changed_cb (RegRecordsPage *self,
                         gboolean users,
                         gboolean courses,
                         gboolean enrollments,
                         gboolean outbox,
                         gboolean runs)
{
  if (users || courses || enrollments)
    reg_refresh_ask (self->refresh);
}

static void
on_search_left_cb (RegRecordsPage *self)
{
  reg_column_list_focus (self->list);
}

/* Whose it was, with all that is there of them now. */
static void
on_row_activated_cb (RegRecordsPage *self, gint64 id)
{
  guint position = reg_id_list_model_find (self->model, id);
  g_autoptr (RegIdListItem) item =
      position != G_MAXUINT ? g_list_model_get_item (G_LIST_MODEL (self->model), position) : NULL;
  const RegRecordRow *row = item != NULL ? reg_id_list_item_get_row (item) : NULL;

  if (row != NULL)
    reg_host_open_enrollments (reg_host_from (GTK_WIDGET (self)), row->user_id);
}

/* Columns. */

static void
bind_user (RegCell *cell, gpointer row, gpointer data)
{
  const RegRecordRow *record = row;
  RegColumnList *list = data;

  reg_cell_set_text (cell, record->user_name);
  reg_cell_set_subtitle (cell, reg_column_list_is_narrow (list) ? record->course_title
                                                                : record->user_email);
}

static void
bind_course (RegCell *cell, gpointer row, gpointer data)
{
  const RegRecordRow *record = row;
  g_autofree char *attempt = NULL;

  reg_cell_set_text (cell, record->course_title);
  if (record->attempt > 1)
    attempt = g_strdup_printf (_ ("Assignment %d"), record->attempt);
  reg_cell_set_subtitle (cell, attempt);
}

static void
bind_record (RegCell *cell, gpointer row, gpointer data)
{
  const RegRecordRow *record = row;
  g_autofree char *date = reg_row_cells_dup_date (record->removed_at);
  g_autofree char *how = NULL;

  reg_cell_set_text (cell, reg_record_row_get_kind (record));
  if (record->removed_by == NULL)
    return;
  how = g_strdup_printf ("%s · %s", date, _ (record->removed_by->label));
  reg_cell_set_subtitle (cell, how);
  reg_cell_set_hint (cell, how);
}

static void
bind_status (RegCell *cell, gpointer row, gpointer data)
{
  reg_cell_set_text (cell, ((const RegRecordRow *)row)->status);
}

static void
show_date (RegCell *cell, gint64 time)
{
  g_autofree char *date = reg_row_cells_dup_date (time);

  reg_cell_set_text (cell, date);
}

static void
bind_assigned (RegCell *cell, gpointer row, gpointer data)
{
  show_date (cell, ((const RegRecordRow *)row)->assigned_at);
}

static void
bind_completed (RegCell *cell, gpointer row, gpointer data)
{
  show_date (cell, ((const RegRecordRow *)row)->completed_at);
}

static void
bind_certificate (RegCell *cell, gpointer row, gpointer data)
{
  show_date (cell, ((const RegRecordRow *)row)->certificate_at);
}

static char *
dup_row_name (gpointer row, gpointer data)
{
  const RegRecordRow *record = row;

  return g_strdup_printf ("%s · %s", record->user_name, record->course_title);
}

/* RegView. */

static char *
reg_records_page_dup_title (RegView *view)
{
  return g_strdup (_ ("Archived Records"));
}

static char *
reg_records_page_dup_subtitle (RegView *view)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (REG_RECORDS_PAGE (view)->model));

  return g_strdup_printf (ngettext ("%'u record", "%'u records", n), n);
}

static void
reg_records_page_find (RegView *view)
{
  gtk_widget_grab_focus (GTK_WIDGET (REG_RECORDS_PAGE (view)->search));
}

static void
reg_records_page_view_init (RegViewInterface *iface)
{
  iface->dup_title = reg_records_page_dup_title;
  iface->dup_subtitle = reg_records_page_dup_subtitle;
  iface->find = reg_records_page_find;
  iface->go_back = reg_view_close;
}

static void
reg_records_page_dispose (GObject *object)
{
  RegRecordsPage *self = REG_RECORDS_PAGE (object);

  g_clear_pointer (&self->refresh, reg_refresh_free);
  g_clear_object (&self->model);
  g_clear_object (&self->workspace);
  G_OBJECT_CLASS (reg_records_page_parent_class)->dispose (object);
}

static void
reg_records_page_class_init (RegRecordsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = reg_records_page_dispose;
  g_type_ensure (REG_TYPE_COLUMN_LIST);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/registrar_lms/Registrar/records/reg-records-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RegRecordsPage, search);
  gtk_widget_class_bind_template_child (widget_class, RegRecordsPage, kind);
  gtk_widget_class_bind_template_child (widget_class, RegRecordsPage, list);
  gtk_widget_class_bind_template_callback (widget_class, query);
  gtk_widget_class_bind_template_callback (widget_class, on_search_left_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated_cb);
}

static void
reg_records_page_init (RegRecordsPage *self)
{
  const char *const words[] = { _ ("All Records"), _ ("Archived"), _ ("Removed"), NULL };
  g_autoptr (GtkStringList) choices = gtk_string_list_new (words);

  G_STATIC_ASSERT (G_N_ELEMENTS (words) == G_N_ELEMENTS (kinds) + 1);
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_drop_down_set_model (self->kind, G_LIST_MODEL (choices));
  self->refresh = reg_refresh_new (look_again, self);
  reg_column_list_add_column (self->list, _ ("Name"), -1, 0, 0, REG_COLUMN_EXPAND, bind_user,
                              self->list);
  reg_column_list_add_column (self->list, _ ("Course"), -1, 200, 560, REG_COLUMN_NONE, bind_course,
                              NULL);
  reg_column_list_add_column (self->list, _ ("Record"), -1, 190, 0, REG_COLUMN_NONE, bind_record,
                              NULL);
  reg_column_list_add_column (self->list, _ ("Status"), -1, 190, 760, REG_COLUMN_NONE, bind_status,
                              NULL);
  reg_column_list_add_column (self->list, _ ("Assigned"), -1, 105, 1060, REG_COLUMN_NUMERIC,
                              bind_assigned, NULL);
  reg_column_list_add_column (self->list, _ ("Completed"), -1, 105, 900, REG_COLUMN_NUMERIC,
                              bind_completed, NULL);
  reg_column_list_add_column (self->list, _ ("Certificate"), -1, 105, 980, REG_COLUMN_NUMERIC,
                              bind_certificate, NULL);
  reg_column_list_set_label (self->list, _ ("Archived Records"));
  reg_column_list_set_name_func (self->list, dup_row_name, NULL);
}

GtkWidget *
reg_records_page_new (RegWorkspace *workspace)
{
  RegRecordsPage *self = g_object_new (REG_TYPE_RECORDS_PAGE, NULL);

  self->workspace = g_object_ref (workspace);
  self->model = reg_workspace_create_model (workspace, get_rows, NULL, NULL,
                                            (GDestroyNotify)reg_record_row_free);
  reg_column_list_set_model (self->list, self->model);
  g_signal_connect_object (workspace, "changed", G_CALLBACK (on_workspace_changed_cb), self,
                           G_CONNECT_SWAPPED);
  reg_refresh_follow (self->refresh, GTK_WIDGET (self));
  reg_refresh_ask (self->refresh);
  return GTK_WIDGET (self);
}
