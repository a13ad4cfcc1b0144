/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-views"

#include "views/users/reg-users-page.h"

#include "rules/reg-status.h"
#include "store/reg-store-overview.h"
#include "views/common/reg-assign-dialog.h"
#include "views/common/reg-column-list.h"
#include "views/common/reg-filter-strip.h"
#include "views/common/reg-host.h"
#include "views/common/reg-operation-menu.h"
#include "views/common/reg-refresh.h"
#include "views/common/reg-row-cells.h"
#include "views/common/reg-selection-bar.h"
#include "views/common/reg-selection-follow.h"
#include "views/common/reg-step-flow.h"
#include "views/common/reg-view.h"
#include "views/users/reg-account-dialogs.h"
#include "views/users/reg-add-user-dialog.h"
#include "views/users/reg-user-columns.h"
#include "views/users/reg-user-export.h"
#include "views/users/reg-user-filter.h"
#include "views/users/reg-user-menu.h"
#include "views/users/reg-user-pane.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

struct _RegUsersPage
{
  AdwBin parent_instance;

  AdwFlap *flap;
  GtkSearchEntry *search;
  RegFilterStrip *filter_strip;
  RegUserFilter *filter;
  RegColumnList *list;
  RegProgressRow *progress_row;
  RegProgressRow *export_row;
  RegSelectionBar *bar;
  RegUserPane *pane;

  RegWorkspace *workspace;
  RegIdListModel *model;
  RegRefresh *refresh;
  GPtrArray *labels;         /* (nullable): RegLabel, of the last look */
  char *searched;            /* (nullable): what was looked up last */
  GCancellable *cancellable; /* of the query that runs */
  RegUserSort sort;
  gboolean descending;
  gint64 n_total;
  gint64 wanted_id; /* to be scrolled to when the query is through */
  GtkBox *only_box;
  GtkLabel *only_label;
  GHashTable *only; /* (nullable): gint64, the people the list is narrowed to */
};

static void reg_users_page_view_init (RegViewInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (RegUsersPage,
                               reg_users_page,
                               ADW_TYPE_BIN,
                               G_IMPLEMENT_INTERFACE (REG_TYPE_VIEW, reg_users_page_view_init))

static void query (RegUsersPage *self);

static const char *
get_search (RegUsersPage *self)
{
  return gtk_editable_get_text (GTK_EDITABLE (self->search));
}

static char *
dup_filter_text (RegUsersPage *self)
{
  g_autofree char *filters = reg_user_filter_dup_text (self->filter);
  const char *search = get_search (self);

  if (*search == '\0')
    return g_steal_pointer (&filters);
  if (filters == NULL)
    return g_strdup_printf ("“%s”", search);
  return g_strdup_printf ("“%s”, %s", search, filters);
}

static void
update_empty (RegUsersPage *self)
{
  g_autofree char *filter = dup_filter_text (self);

  if (filter != NULL)
    reg_column_list_set_empty (self->list, "system-search-symbolic", _ ("No Users Found"),
                               _ ("Nobody matches the search and the filters."),
                               _ ("_Clear Filters"), "page.clear-filters");
  else
    reg_column_list_set_empty (self->list, "system-users-symbolic", _ ("No Users Yet"),
                               _ ("They appear here after the first sync with the LMS."),
                               _ ("_Sync Now"), "win.sync");
}

/* Querying: the newest question wins. */

static void
show_wanted (RegUsersPage *self)
{
  guint position;

  if (self->wanted_id == 0)
    return;
  position = reg_id_list_model_find (self->model, self->wanted_id);
  self->wanted_id = 0;
  if (position != G_MAXUINT)
    reg_column_list_scroll_to (self->list, position);
}

/* ---- Some people alone ---- */

static void
narrow (RegUsersPage *self, RegIdList **ids)
{
  gint64 *kept = g_new (gint64, MAX ((*ids)->n, 1));
  gsize n = 0;

  for (gsize i = 0; i < (*ids)->n; i++)
    if (g_hash_table_contains (self->only, &(*ids)->ids[i]))
      kept[n++] = (*ids)->ids[i];
  reg_id_list_unref (*ids);
  *ids = reg_id_list_new_take (kept, n);
}

static void
on_show_everybody_clicked_cb (RegUsersPage *self)
{
  g_clear_pointer (&self->only, g_hash_table_unref);
  gtk_widget_set_visible (GTK_WIDGET (self->only_box), FALSE);
  query (self);
}

/**
 * reg_users_page_show_only:
 * @self: the page
 * @user_ids: (array length=n): people
 * @n: how many
 * @what: who they are: "Imported from “list.csv”"
 *
 * Narrows the list to these people and selects them, for something to be done with them.
 */
void
reg_users_page_show_only (RegUsersPage *self, const gint64 *user_ids, gsize n, const char *what)
{
  RegSelection *selection = reg_column_list_get_selection (self->list);

  g_clear_pointer (&self->only, g_hash_table_unref);
  self->only = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  for (gsize i = 0; i < n; i++)
    g_hash_table_add (self->only, g_memdup2 (&user_ids[i], sizeof user_ids[i]));
  gtk_label_set_label (self->only_label, what);
  gtk_widget_set_visible (GTK_WIDGET (self->only_box), TRUE);
  reg_selection_clear (selection);
  reg_selection_select_ids (selection, user_ids, n);
  query (self);
}

static void
on_queried_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RegUsersPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RegIdList) ids = reg_workspace_query_users_finish (self->workspace, result, &error);
  g_autofree char *filter = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  reg_refresh_done (self->refresh);
  if (ids == NULL)
    {
      RegHost *host = reg_host_from (GTK_WIDGET (self));

      if (host != NULL)
        reg_host_show_error (host, _ ("Could Not Look Up Users"), error);
      return;
    }
  filter = dup_filter_text (self);
  if (filter == NULL && self->only == NULL)
    self->n_total = (gint64)ids->n;
  update_empty (self);
  if (self->only != NULL)
    narrow (self, &ids);
  reg_id_list_model_set_ids (self->model, ids);
  reg_selection_follow_users (reg_column_list_get_selection (self->list), self->workspace);
  reg_column_list_set_loaded (self->list, TRUE);
  reg_selection_bar_set_filter (self->bar, filter);
  show_wanted (self);
  reg_view_changed (REG_VIEW (self));
}

static void
query (RegUsersPage *self)
{
  RegUserQuery user_query = { .search = get_search (self) };

  if (self->workspace == NULL)
    return;
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  g_free (self->searched);
  self->searched = g_strdup (user_query.search);
  user_query.sort = self->sort;
  user_query.descending = self->descending;
  reg_user_filter_apply (self->filter, &user_query);
  reg_workspace_query_users_async (self->workspace, &user_query, self->cancellable, on_queried_cb,
                                   g_object_ref (self));
}

/* What the filters choose from. */
typedef struct
{
  GPtrArray *labels;
  GPtrArray *managers;
} Choices;

static void
choices_free (gpointer data)
{
  Choices *choices = data;

  g_clear_pointer (&choices->labels, g_ptr_array_unref);
  g_clear_pointer (&choices->managers, g_ptr_array_unref);
  g_free (choices);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Choices, choices_free)

static gpointer
read_choices (RegStore *store, gpointer data, RegProgress *progress, GError **error)
{
  g_autoptr (Choices) choices = g_new0 (Choices, 1);

  choices->labels = reg_store_list_labels (store, error);
  if (choices->labels == NULL)
    return NULL;
  choices->managers = reg_store_list_managers (store, REG_MAX_MANAGERS, error);
  return choices->managers != NULL ? g_steal_pointer (&choices) : NULL;
}

static void
on_choices_read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RegUsersPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (Choices) choices = reg_workspace_run_finish (self->workspace, result, &error);

  if (choices != NULL)
    {
      reg_user_filter_set_labels (self->filter, choices->labels, choices->managers);
      reg_user_pane_set_labels (self->pane, choices->labels);
      g_clear_pointer (&self->labels, g_ptr_array_unref);
      self->labels = g_steal_pointer (&choices->labels);
    }
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_warning ("Labels could not be read: %s", error->message);
}

/* What the role of the person signed in may do to nobody is not offered. */
static void
offer_operations (RegUsersPage *self)
{
  reg_selection_bar_offer_operations (self->bar, self->workspace, NULL);
  gtk_widget_action_set_enabled (
      GTK_WIDGET (self), "page.add-user",
      reg_workspace_offers (self->workspace, reg_operation_find ("add-user"), 0));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "page.import",
                                 reg_workspace_offers_imports (self->workspace));
}

static void
on_refresh_cb (gpointer data)
{
  RegUsersPage *self = data;

  query (self);
  offer_operations (self);
  reg_id_list_model_refresh (self->model, NULL, 0);
  reg_user_pane_refresh (self->pane);
  reg_workspace_run_async (self->workspace, FALSE, read_choices, NULL, NULL, choices_free, NULL,
                           on_choices_read_cb, g_object_ref (self));
}

static void
on_workspace_changed_cb (RegUsersPage *self,
                         gboolean users,
                         gboolean courses,
                         gboolean enrollments,
                         gboolean outbox,
                         gboolean runs)
{
  if (users || enrollments || outbox)
    reg_refresh_ask (self->refresh);
}

/* Doing things. */

static void
start_flow (RegUsersPage *self,
            const char *name,
            const RegParams *params,
            const gint64 *ids,
            gsize n,
            const char *subject)
{
  const RegOperation *operation = reg_operation_find (name);
  RegStepFlow *flow = reg_step_flow_new (GTK_WIDGET (self), self->workspace, operation);

  reg_step_flow_set_params (flow, params);
  reg_step_flow_set_users (flow, ids, n);
  reg_step_flow_set_subject (flow, subject);
  reg_step_flow_set_progress_row (flow, self->progress_row);
  reg_step_flow_start (flow);
}

/* What is asked before some operations, and whom they concern. */
typedef struct
{
  RegUsersPage *page;
  char *name;
  gint64 *ids;
  gsize n;
  char *subject;
} Asked;

static void
asked_free (gpointer data)
{
  Asked *asked = data;

  g_object_unref (asked->page);
  g_free (asked->name);
  g_free (asked->ids);
  g_free (asked->subject);
  g_free (asked);
}

static void
on_params_chosen_cb (const RegParams *params, gpointer data)
{
  Asked *asked = data;

  start_flow (asked->page, asked->name, params, asked->ids, asked->n, asked->subject);
}

/* Groups and roles are chosen first. */
static void
ask_params (RegUsersPage *self, const char *name, const gint64 *ids, gsize n, const char *subject)
{
  g_autofree char *count = g_strdup_printf (ngettext ("%zu user", "%zu users", n), n);
  const char *how_many = subject != NULL ? subject : count;
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
  Asked *asked = g_new0 (Asked, 1);

  asked->page = g_object_ref (self);
  asked->name = g_strdup (name);
  asked->ids = g_memdup2 (ids, n * sizeof *ids);
  asked->n = n;
  asked->subject = g_strdup (subject);
  if (g_strcmp0 (name, "set-role") == 0)
    reg_role_dialog_present (window, how_many, reg_workspace_get_actor_role (self->workspace),
                             on_params_chosen_cb, asked, asked_free);
  else
    reg_groups_dialog_present (window, self->labels, how_many, on_params_chosen_cb, asked,
                               asked_free);
}

static void
do_operation (RegUsersPage *self, const char *name, const gint64 *ids, gsize n, const char *subject)
{
  if (g_strcmp0 (name, "assign") == 0)
    {
      RegHost *host = reg_host_from (GTK_WIDGET (self));

      reg_assign_dialog_present_for_users (host, self->workspace, ids, n, subject);
    }
  else if (g_strcmp0 (name, REG_USER_MENU_COURSES) == 0)
    {
      reg_host_open_enrollments (reg_host_from (GTK_WIDGET (self)), ids[0]);
    }
  else if (g_strcmp0 (name, "edit-user") == 0)
    {
      reg_users_page_open (self, ids[0]);
      reg_user_pane_edit (self->pane);
    }
  else if (g_strcmp0 (name, "set-role") == 0
           || (g_strcmp0 (name, "set-groups") == 0 && self->labels != NULL))
    {
      ask_params (self, name, ids, n, subject);
    }
  else
    {
      start_flow (self, name, NULL, ids, n, subject);
    }
}

static void
on_row_operation_cb (RegUsersPage *self, gint64 id, const char *name)
{
  guint position = reg_id_list_model_find (self->model, id);
  g_autoptr (RegIdListItem) item =
      position != G_MAXUINT ? g_list_model_get_item (G_LIST_MODEL (self->model), position) : NULL;
  RegUserRow *row = item != NULL ? reg_id_list_item_get_row (item) : NULL;
  g_autofree char *subject = row != NULL ? reg_user_dup_name (row->user) : NULL;

  do_operation (self, name, &id, 1, subject);
}

static void
on_bulk_operation_cb (RegUsersPage *self, const char *name)
{
  gsize n;
  g_autofree gint64 *ids = reg_selection_dup_ids (reg_column_list_get_selection (self->list), &n);

  if (n > 0)
    do_operation (self, name, ids, n, NULL);
}

static GMenuModel *
create_menu (gpointer row, gpointer data)
{
  return reg_user_menu_new (((RegUserRow *)row)->user, REG_USERS_PAGE (data)->workspace);
}

static void
add_bulk_operations (RegUsersPage *self)
{
  static const char *const names[] = { "assign",     "archive",  "approve",        "notify",
                                       "set-groups", "set-role", "reset-password", "restore" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const RegOperation *operation = reg_operation_find (names[i]);
      g_autofree char *label = reg_operation_dup_menu_label (operation);

      reg_selection_bar_add (self->bar, names[i], label);
    }
}

/* Callbacks of the template. */

static void
on_search_changed_cb (RegUsersPage *self)
{
  /* A search entry says so after its start, too. */
  if (g_strcmp0 (self->searched, gtk_editable_get_text (GTK_EDITABLE (self->search))) != 0)
    query (self);
}

static void
on_search_stopped_cb (RegUsersPage *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  reg_column_list_focus (self->list);
}

static void
on_search_activated_cb (RegUsersPage *self)
{
  reg_column_list_focus (self->list);
}

/* The one team, group or tag the list is filtered by, or 0. */
static gint64
get_team (RegUsersPage *self)
{
  static const RegPeopleAttribute attributes[] = { REG_PEOPLE_GROUP, REG_PEOPLE_TEAM,
                                                   REG_PEOPLE_TAG };
  RegUserQuery filtered = { 0 };
  gint64 id = 0;

  reg_user_filter_apply (self->filter, &filtered);
  for (guint i = 0; filtered.people != NULL && i < G_N_ELEMENTS (attributes); i++)
    {
      const GArray *ids = filtered.people->ids[attributes[i]];

      if (ids == NULL || ids->len == 0)
        continue;
      if (id != 0 || ids->len > 1)
        return 0;
      id = g_array_index (ids, gint64, 0);
    }
  return id;
}

static void
reg_users_page_trainings (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  reg_host_open_team (reg_host_from (widget), get_team (REG_USERS_PAGE (widget)));
}

static void
on_filter_changed_cb (RegUsersPage *self)
{
  g_autofree char *text = reg_user_filter_dup_text (self->filter);

  reg_filter_strip_set_text (self->filter_strip, text);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "page.trainings", get_team (self) != 0);
  query (self);
}

static void
on_sort_changed_cb (RegUsersPage *self, int key, gboolean descending)
{
  self->sort = (RegUserSort)key;
  self->descending = descending;
  query (self);
}

static void
on_row_activated_cb (RegUsersPage *self, gint64 id)
{
  reg_user_pane_show (self->pane, id);
  adw_flap_set_reveal_flap (self->flap, TRUE);
}

static void
on_pane_closed_cb (RegUsersPage *self)
{
  adw_flap_set_reveal_flap (self->flap, FALSE);
  gtk_widget_grab_focus (GTK_WIDGET (self->list));
}

static void
on_pane_operation_cb (RegUsersPage *self, gint64 id, const char *name)
{
  on_row_operation_cb (self, id, name);
}

static void
reg_users_page_clear_filters (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  RegUsersPage *self = REG_USERS_PAGE (widget);

  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  reg_user_filter_clear (self->filter);
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

static void
reg_users_page_import (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  reg_host_open_import (reg_host_from (widget), NULL, 0);
}

static void
reg_users_page_export (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  RegUsersPage *self = REG_USERS_PAGE (widget);

  reg_user_export_present (widget, self->workspace, self->export_row);
}

/* Ctrl+N is for this page alone, wherever in the window the focus is. */
static void
reg_users_page_add_user (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  RegUsersPage *self = REG_USERS_PAGE (widget);

  if (self->labels != NULL && gtk_widget_get_mapped (widget))
    reg_add_user_dialog_present (reg_host_from (widget), self->workspace, self->labels);
}

/* RegView. */

static char *
reg_users_page_dup_title (RegView *view)
{
  return g_strdup (_ ("Users"));
}

static char *
reg_users_page_dup_subtitle (RegView *view)
{
  RegUsersPage *self = REG_USERS_PAGE (view);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->model));

  if (n != self->n_total && self->n_total > 0)
    return g_strdup_printf (_ ("%'u of %'" PRIi64), n, self->n_total);
  return g_strdup_printf ("%'u", n);
}

static void
reg_users_page_find (RegView *view)
{
  gtk_widget_grab_focus (GTK_WIDGET (REG_USERS_PAGE (view)->search));
}

static void
reg_users_page_select_all (RegView *view)
{
  reg_column_list_select_all (REG_USERS_PAGE (view)->list);
}

static void
reg_users_page_delete (RegView *view)
{
  on_bulk_operation_cb (REG_USERS_PAGE (view), "archive");
}

static gboolean
reg_users_page_can_go_back (RegView *view)
{
  AdwFlap *flap = REG_USERS_PAGE (view)->flap;

  return adw_flap_get_folded (flap) && adw_flap_get_reveal_flap (flap);
}

static void
reg_users_page_go_back (RegView *view)
{
  on_pane_closed_cb (REG_USERS_PAGE (view));
}

static void
reg_users_page_view_init (RegViewInterface *iface)
{
  iface->dup_title = reg_users_page_dup_title;
  iface->dup_subtitle = reg_users_page_dup_subtitle;
  iface->find = reg_users_page_find;
  iface->select_all = reg_users_page_select_all;
  iface->delete = reg_users_page_delete;
  iface->can_go_back = reg_users_page_can_go_back;
  iface->go_back = reg_users_page_go_back;
}

static void
reg_users_page_dispose (GObject *object)
{
  RegUsersPage *self = REG_USERS_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->refresh, reg_refresh_free);
  g_clear_pointer (&self->searched, g_free);
  g_clear_pointer (&self->labels, g_ptr_array_unref);
  g_clear_object (&self->model);
  g_clear_object (&self->workspace);
  g_clear_pointer (&self->only, g_hash_table_unref);
  G_OBJECT_CLASS (reg_users_page_parent_class)->dispose (object);
}

static void
reg_users_page_class_init (RegUsersPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = reg_users_page_dispose;

  g_type_ensure (REG_TYPE_COLUMN_LIST);
  g_type_ensure (REG_TYPE_FILTER_STRIP);
  g_type_ensure (REG_TYPE_PROGRESS_ROW);
  g_type_ensure (REG_TYPE_SELECTION_BAR);
  g_type_ensure (REG_TYPE_USER_FILTER);
  g_type_ensure (REG_TYPE_USER_PANE);

  gtk_widget_class_install_action (widget_class, "page.clear-filters", NULL,
                                   reg_users_page_clear_filters);
  gtk_widget_class_install_action (widget_class, "page.import", NULL, reg_users_page_import);
  gtk_widget_class_install_action (widget_class, "page.export", NULL, reg_users_page_export);
  gtk_widget_class_install_action (widget_class, "page.trainings", NULL, reg_users_page_trainings);
  gtk_widget_class_install_action (widget_class, "page.add-user", NULL, reg_users_page_add_user);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/registrar_lms/Registrar/users/reg-users-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RegUsersPage, only_box);
  gtk_widget_class_bind_template_child (widget_class, RegUsersPage, only_label);
  gtk_widget_class_bind_template_callback (widget_class, on_show_everybody_clicked_cb);
  gtk_widget_class_bind_template_child (widget_class, RegUsersPage, flap);
  gtk_widget_class_bind_template_child (widget_class, RegUsersPage, search);
  gtk_widget_class_bind_template_child (widget_class, RegUsersPage, filter_strip);
  gtk_widget_class_bind_template_child (widget_class, RegUsersPage, filter);
  gtk_widget_class_bind_template_child (widget_class, RegUsersPage, list);
  gtk_widget_class_bind_template_child (widget_class, RegUsersPage, progress_row);
  gtk_widget_class_bind_template_child (widget_class, RegUsersPage, export_row);
  gtk_widget_class_bind_template_child (widget_class, RegUsersPage, bar);
  gtk_widget_class_bind_template_child (widget_class, RegUsersPage, pane);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_search_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_search_stopped_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_filter_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_sort_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_row_operation_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_bulk_operation_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_pane_closed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_pane_operation_cb);
  gtk_widget_class_bind_template_callback (widget_class, reg_view_changed);
}

static void
reg_users_page_init (RegUsersPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "page.trainings", FALSE);
  self->refresh = reg_refresh_new (on_refresh_cb, self);
  reg_user_columns_add (self->list);
  reg_column_list_set_menu_func (self->list, create_menu, self);
  add_bulk_operations (self);
  reg_view_add_shortcut (GTK_WIDGET (self), GDK_KEY_n, gtk_named_action_new ("page.add-user"));
}

/**
 * reg_users_page_new:
 * @workspace: the account on show
 */
GtkWidget *
reg_users_page_new (RegWorkspace *workspace)
{
  RegUsersPage *self = g_object_new (REG_TYPE_USERS_PAGE, NULL);

  self->workspace = g_object_ref (workspace);
  self->model = reg_workspace_create_user_model (workspace);
  reg_column_list_set_model (self->list, self->model);
  reg_selection_bar_set_list (self->bar, self->list);
  reg_user_pane_set_workspace (self->pane, workspace);
  g_signal_connect_object (workspace, "changed", G_CALLBACK (on_workspace_changed_cb), self,
                           G_CONNECT_SWAPPED);
  /* Who is signed in is known with the first answer of the LMS, after the first people. */
  g_signal_connect_object (workspace, "synced", G_CALLBACK (offer_operations), self,
                           G_CONNECT_SWAPPED);
  offer_operations (self);
  on_refresh_cb (self);
  return GTK_WIDGET (self);
}

void
reg_users_page_open (RegUsersPage *self, gint64 user_id)
{
  g_return_if_fail (REG_IS_USERS_PAGE (self));

  self->wanted_id = user_id;
  if (reg_id_list_model_find (self->model, user_id) != G_MAXUINT)
    show_wanted (self);
  on_row_activated_cb (self, user_id);
}
