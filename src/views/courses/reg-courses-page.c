/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-views"

#include "views/courses/reg-courses-page.h"

#include "rules/reg-status.h"
#include "views/common/reg-assign-dialog.h"
#include "views/common/reg-column-list.h"
#include "views/common/reg-copy-dialog.h"
#include "views/common/reg-host.h"
#include "views/common/reg-label-picker.h"
#include "views/common/reg-refresh.h"
#include "views/common/reg-selection-bar.h"
#include "views/common/reg-view.h"
#include "views/courses/reg-team.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

typedef enum
{
  SORT_TITLE,
  SORT_KIND,
  SORT_ENROLLED,
  SORT_COMPLETED,
  SORT_MISSING,
  SORT_OVERDUE,
  SORT_LICENSES,
} CourseSort;

struct _RegCoursesPage
{
  AdwBin parent_instance;

  GtkSearchEntry *search;
  RegColumnList *list;
  RegSelectionBar *bar;
  RegLabelPicker *team;
  RegProgressRow *progress_row;

  RegWorkspace *workspace;
  RegIdListModel *model;
  RegRefresh *refresh;
  char *searched;    /* (nullable): what was looked up last */
  GPtrArray *rows;   /* RegCourseRow: all that match, in order of title */
  GHashTable *by_id; /* of them */
  CourseSort sort;
  gboolean descending;
  guint question;     /* number of the newest reading */
  gint64 wanted_team; /* to be chosen once the teams are there; 0 for none */
};

static void reg_courses_page_view_init (RegViewInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (RegCoursesPage,
                               reg_courses_page,
                               ADW_TYPE_BIN,
                               G_IMPLEMENT_INTERFACE (REG_TYPE_VIEW, reg_courses_page_view_init))

static RegCourseRow *
copy_row (const RegCourseRow *row)
{
  RegCourseRow *copy = g_memdup2 (row, sizeof *row);

  copy->course = reg_course_copy (row->course);
  return copy;
}

static gint64
get_sort_value (const RegCourseRow *row, CourseSort sort)
{
  switch (sort)
    {
    case SORT_TITLE:
      return 0;
    case SORT_KIND:
      return row->course->kind;
    case SORT_ENROLLED:
      return row->n_enrolled;
    case SORT_COMPLETED:
      return row->n_completed;
    case SORT_MISSING:
      return row->n_missing;
    case SORT_OVERDUE:
      return row->n_overdue;
    case SORT_LICENSES:
      return row->pool_available;
    }
  g_return_val_if_reached (0);
}

/* The rows come by title, which stays the order among equals. */
static int
compare_rows (gconstpointer a, gconstpointer b, gpointer data)
{
  RegCoursesPage *self = data;
  gint64 value_a = get_sort_value (*(RegCourseRow *const *)a, self->sort);
  gint64 value_b = get_sort_value (*(RegCourseRow *const *)b, self->sort);
  int order = value_a < value_b ? -1 : value_a > value_b ? 1 : 0;

  return self->descending ? -order : order;
}

static void
show_rows (RegCoursesPage *self)
{
  guint n = self->rows->len;
  g_autofree gpointer *sorted = g_memdup2 (self->rows->pdata, MAX (n, 1) * sizeof (gpointer));
  g_autoptr (RegIdList) list = NULL;
  gint64 *ids = g_new (gint64, MAX (n, 1));

  g_qsort_with_data (sorted, (int)n, sizeof (gpointer), compare_rows, self);
  for (guint i = 0; i < n; i++)
    {
      guint from = self->sort == SORT_TITLE && self->descending ? n - 1 - i : i;

      ids[i] = ((RegCourseRow *)sorted[from])->course->id;
    }
  list = reg_id_list_new_take (ids, n);
  reg_id_list_model_set_ids (self->model, list);
  reg_id_list_model_refresh (self->model, NULL, 0);
}

static void
fetch (RegIdListModel *model, const gint64 *ids, gsize n, guint generation, gpointer data)
{
  RegCoursesPage *self = data;
  g_autofree gpointer *rows = g_new0 (gpointer, MAX (n, 1));

  for (gsize i = 0; i < n; i++)
    {
      RegCourseRow *row = g_hash_table_lookup (self->by_id, &ids[i]);

      rows[i] = row != NULL ? copy_row (row) : NULL;
    }
  reg_id_list_model_put_page (model, ids, rows, n, generation);
}

typedef struct
{
  char *search;
  char *today;
  RegPeopleFilter team; /* not set: everybody */
  gint64 actor_id;
} Question;

/* What was read; teams: (element-type RegLabel). */
typedef struct
{
  GPtrArray *rows;
  GPtrArray *teams;
} Found;

static void
found_free (gpointer data)
{
  Found *found = data;

  g_clear_pointer (&found->rows, g_ptr_array_unref);
  g_clear_pointer (&found->teams, g_ptr_array_unref);
  g_free (found);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Found, found_free)

static void
question_free (gpointer data)
{
  Question *question = data;

  g_free (question->search);
  g_free (question->today);
  reg_people_filter_clear (&question->team);
  g_free (question);
}

static gpointer
read_rows (RegStore *store, gpointer data, RegProgress *progress, GError **error)
{
  const Question *question = data;
  const RegUserQuery query = { .states = REG_TEAM_STATES, .people = &question->team };
  g_autoptr (Found) found = g_new0 (Found, 1);
  g_autoptr (RegIdList) members = NULL;

  found->teams = reg_team_list (store, question->actor_id, error);
  if (found->teams == NULL)
    return NULL;
  if (!reg_people_filter_is_set (&question->team))
    {
      found->rows = reg_store_list_course_rows (store, question->search, question->today, error);
      return found->rows != NULL ? g_steal_pointer (&found) : NULL;
    }
  members = reg_store_query_users (store, &query, NULL, error);
  if (members == NULL)
    return NULL;
  found->rows = reg_store_list_team_rows (store, members, question->search, question->today, error);
  return found->rows != NULL ? g_steal_pointer (&found) : NULL;
}

static gint64
get_team (RegCoursesPage *self)
{
  return reg_label_picker_get_id (self->team);
}

/* Whether the LMS has it, and the role of who is signed in may do it to somebody. */
static gboolean
can (RegCoursesPage *self, const char *operation)
{
  return reg_workspace_offers (self->workspace, reg_operation_find (operation), 0);
}

static gboolean
can_assign (RegCoursesPage *self)
{
  return can (self, "assign");
}

static void
update_empty (RegCoursesPage *self)
{
  if (*gtk_editable_get_text (GTK_EDITABLE (self->search)) != '\0')
    reg_column_list_set_empty (self->list, "system-search-symbolic", _ ("No Courses Found"),
                               _ ("No course matches the search."), _ ("_Clear Search"),
                               "page.clear-filters");
  else if (get_team (self) != 0)
    reg_column_list_set_empty (self->list, "reg-course-symbolic", _ ("No Trainings"),
                               _ ("Nobody of this team has a course."),
                               can_assign (self) ? _ ("_Add Training…") : NULL,
                               "page.add-training");
  else
    reg_column_list_set_empty (self->list, "reg-course-symbolic", _ ("No Courses Yet"),
                               _ ("They appear here after the first sync with the LMS."),
                               _ ("_Sync Now"), "win.sync");
}

/* What is done with courses, and with the trainings of a team. */
static void
offer_actions (RegCoursesPage *self)
{
  gboolean is_team = get_team (self) != 0;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "page.add-training",
                                 is_team && can_assign (self));
  reg_column_list_offer_column (self->list, _ ("Not Enrolled"), is_team);
  reg_selection_bar_set_filter (self->bar, *self->searched != '\0' ? self->searched
                                           : is_team ? reg_label_picker_get_name (self->team)
                                                     : NULL);
  reg_selection_bar_offer (self->bar, "copy", !is_team && can_assign (self));
  reg_selection_bar_offer (self->bar, "assign", is_team && can_assign (self));
  reg_selection_bar_offer (self->bar, "unassign", is_team && can (self, "unassign"));
  reg_selection_bar_offer (self->bar, "unenroll", is_team && can (self, "unenroll"));
}

typedef struct
{
  RegCoursesPage *page;
  guint question;
} Asked;

static void
on_rows_read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Asked *asked = data;
  g_autoptr (RegCoursesPage) self = asked->page;
  g_autoptr (GError) error = NULL;
  g_autoptr (Found) found = reg_workspace_run_finish (self->workspace, result, &error);

  if (asked->question != self->question)
    return;
  reg_refresh_done (self->refresh);
  if (found == NULL)
    {
      RegHost *host = reg_host_from (GTK_WIDGET (self));

      if (host != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        reg_host_show_error (host, _ ("Could Not Look Up Courses"), error);
      return;
    }
  g_hash_table_remove_all (self->by_id);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  self->rows = g_steal_pointer (&found->rows);
  for (guint i = 0; i < self->rows->len; i++)
    {
      RegCourseRow *row = g_ptr_array_index (self->rows, i);

      g_hash_table_insert (self->by_id, &row->course->id, row);
    }
  reg_label_picker_set_labels (self->team, found->teams, G_MAXUINT);
  if (self->wanted_team != 0)
    reg_label_picker_set_id (self->team, self->wanted_team);
  self->wanted_team = 0;
  update_empty (self);
  offer_actions (self);
  show_rows (self);
  reg_column_list_set_loaded (self->list, TRUE);
  reg_view_changed (REG_VIEW (self));
}

static void
read_again (gpointer data)
{
  RegCoursesPage *self = data;
  const char *search = gtk_editable_get_text (GTK_EDITABLE (self->search));
  Question *question;
  Asked *asked;

  if (self->workspace == NULL)
    return;
  g_free (self->searched);
  self->searched = g_strdup (search);
  question = g_new0 (Question, 1);
  question->search = *search != '\0' ? g_strdup (search) : NULL;
  question->today = g_strdup (reg_workspace_get_today (self->workspace));
  question->actor_id = reg_workspace_get_actor_id (self->workspace);
  if (get_team (self) != 0)
    reg_team_fill (get_team (self), reg_workspace_get_actor_role (self->workspace),
                   question->actor_id, &question->team);
  asked = g_new0 (Asked, 1);
  asked->page = g_object_ref (self);
  asked->question = ++self->question;
  reg_workspace_run_async (self->workspace, FALSE, read_rows, question, question_free, found_free,
                           NULL, on_rows_read_cb, asked);
}

static void
on_workspace_changed_cb (RegCoursesPage *self,
                         gboolean users,
                         gboolean courses,
                         gboolean enrollments,
                         gboolean outbox,
                         gboolean runs)
{
  if (users || courses || enrollments)
    reg_refresh_ask (self->refresh);
}

/* Columns. */

static char *
dup_row_name (gpointer row, gpointer data)
{
  return g_strdup (((RegCourseRow *)row)->course->title);
}

static void
bind_title (RegCell *cell, gpointer row, gpointer data)
{
  const RegCourse *course = ((RegCourseRow *)row)->course;

  reg_cell_set_text (cell, course->title);
  reg_cell_set_subtitle (cell, course->code);
}

static void
bind_kind (RegCell *cell, gpointer row, gpointer data)
{
  reg_cell_set_text (cell, reg_course_kind_get_label (((RegCourseRow *)row)->course->kind));
}

static void
set_number (RegCell *cell, gint64 number)
{
  g_autofree char *text = g_strdup_printf ("%'" PRIi64, number);

  reg_cell_set_text (cell, text);
  reg_cell_set_dim (cell, number == 0);
}

static void
bind_enrolled (RegCell *cell, gpointer row, gpointer data)
{
  set_number (cell, ((RegCourseRow *)row)->n_enrolled);
}

static void
bind_completed (RegCell *cell, gpointer row, gpointer data)
{
  set_number (cell, ((RegCourseRow *)row)->n_completed);
}

static void
bind_missing (RegCell *cell, gpointer row, gpointer data)
{
  set_number (cell, ((RegCourseRow *)row)->n_missing);
}

static void
bind_overdue (RegCell *cell, gpointer row, gpointer data)
{
  gint64 n = ((RegCourseRow *)row)->n_overdue;

  set_number (cell, n);
  if (n > 0)
    reg_cell_set_icon (cell, "alarm-symbolic", "warning");
}

static void
bind_licenses (RegCell *cell, gpointer row, gpointer data)
{
  gint64 n = ((RegCourseRow *)row)->pool_available;

  if (n >= 0)
    set_number (cell, n);
}

static void
bind_waiting (RegCell *cell, gpointer row, gpointer data)
{
  gint64 n = ((RegCourseRow *)row)->n_waiting;
  g_autofree char *text = NULL;

  if (n == 0)
    return;
  text = g_strdup_printf (_ ("%'" PRIi64 " waiting"), n);
  reg_cell_set_text (cell, text);
  reg_cell_set_icon (cell, "document-send-symbolic", "warning");
  reg_cell_set_hint (cell,
                     _ ("Saved on this computer. Nothing is sent to the LMS until you sync."));
}

static void
add_columns (RegCoursesPage *self)
{
  RegColumnList *list = self->list;

  reg_column_list_add_checks (list);
  reg_column_list_add_column (list, _ ("Title"), SORT_TITLE, 0, 0, REG_COLUMN_EXPAND, bind_title,
                              NULL);
  reg_column_list_add_column (list, _ ("Kind"), SORT_KIND, 140, 1000, REG_COLUMN_NONE, bind_kind,
                              NULL);
  reg_column_list_add_column (list, _ ("Enrolled"), SORT_ENROLLED, 95, 0, REG_COLUMN_NUMERIC,
                              bind_enrolled, NULL);
  reg_column_list_add_column (list, _ ("Completed"), SORT_COMPLETED, 105, 480, REG_COLUMN_NUMERIC,
                              bind_completed, NULL);
  reg_column_list_add_column (list, _ ("Not Enrolled"), SORT_MISSING, 115, 400, REG_COLUMN_NUMERIC,
                              bind_missing, NULL);
  reg_column_list_add_column (list, _ ("Overdue"), SORT_OVERDUE, 95, 560, REG_COLUMN_NUMERIC,
                              bind_overdue, NULL);
  reg_column_list_add_column (list, _ ("Licenses"), SORT_LICENSES, 95, 760, REG_COLUMN_NUMERIC,
                              bind_licenses, NULL);
  reg_column_list_add_column (list, _ ("Sync"), -1, 120, 840, REG_COLUMN_NONE, bind_waiting, NULL);
  reg_column_list_add_menus (list);
  reg_column_list_set_label (list, _ ("Courses"));
  reg_column_list_set_name_func (list, dup_row_name, NULL);
  reg_column_list_sort_by (list, SORT_TITLE, FALSE);
}

static GMenuModel *
create_menu (gpointer row, gpointer data)
{
  RegCoursesPage *self = data;
  GMenu *menu = g_menu_new ();

  g_menu_append (menu, _ ("Enrollments"), "row.do::open");
  if (get_team (self) != 0)
    {
      if (can_assign (self))
        g_menu_append (menu, _ ("Assign to the Others…"), "row.do::assign");
      if (can (self, "unassign"))
        g_menu_append (menu, _ ("Unassign from All…"), "row.do::unassign");
      if (can (self, "unenroll"))
        g_menu_append (menu, _ ("Unenroll All…"), "row.do::unenroll");
      return G_MENU_MODEL (menu);
    }
  if (can_assign (self))
    {
      g_menu_append (menu, _ ("Assign Course…"), "row.do::assign");
      g_menu_append (menu, _ ("Copy Enrollments Here…"), "row.do::copy");
    }
  if (reg_workspace_offers_imports (self->workspace))
    g_menu_append (menu, _ ("Import…"), "row.do::import");
  return G_MENU_MODEL (menu);
}

/* Callbacks. */

/* With the people of the team on show. */
static void
do_to_team (RegCoursesPage *self, const char *name, const gint64 *ids, gsize n)
{
  const char *team = reg_label_picker_get_name (self->team);

  if (g_strcmp0 (name, "assign") == 0)
    reg_team_assign (GTK_WIDGET (self), self->workspace, get_team (self), team, ids, n);
  else
    reg_team_remove (GTK_WIDGET (self), self->workspace, get_team (self), team, name, ids, n,
                     self->progress_row);
}

static void
reg_courses_page_add_training (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  do_to_team (REG_COURSES_PAGE (widget), "assign", NULL, 0);
}

static void
on_row_operation_cb (RegCoursesPage *self, gint64 id, const char *name)
{
  RegHost *host = reg_host_from (GTK_WIDGET (self));
  RegCourseRow *row = g_hash_table_lookup (self->by_id, &id);

  if (row == NULL)
    return;
  if (get_team (self) != 0 && g_strcmp0 (name, "open") != 0)
    do_to_team (self, name, &id, 1);
  else if (g_strcmp0 (name, "assign") == 0)
    reg_assign_dialog_present_for_course (host, self->workspace, id, row->course->title);
  else if (g_strcmp0 (name, "copy") == 0)
    reg_copy_dialog_present (host, self->workspace, NULL, 0, id);
  else if (g_strcmp0 (name, "import") == 0)
    reg_host_open_import (host, NULL, id);
  else
    reg_host_open_course (host, id);
}

static void
on_bulk_operation_cb (RegCoursesPage *self, const char *name)
{
  gsize n;
  g_autofree gint64 *ids = reg_selection_dup_ids (reg_column_list_get_selection (self->list), &n);

  if (g_strcmp0 (name, "copy") == 0)
    reg_copy_dialog_present (reg_host_from (GTK_WIDGET (self)), self->workspace, ids, n, 0);
  else
    do_to_team (self, name, ids, n);
}

static void
on_row_activated_cb (RegCoursesPage *self, gint64 id)
{
  reg_host_open_course (reg_host_from (GTK_WIDGET (self)), id);
}

static void
on_sort_changed_cb (RegCoursesPage *self, int key, gboolean descending)
{
  self->sort = (CourseSort)key;
  self->descending = descending;
  if (self->rows != NULL)
    show_rows (self);
}

static void
on_search_changed_cb (RegCoursesPage *self)
{
  /* A search entry says so after its start, too. */
  if (strcmp (self->searched, gtk_editable_get_text (GTK_EDITABLE (self->search))) != 0)
    read_again (self);
}

/* What was selected of another team is not meant. */
static void
on_team_changed_cb (RegCoursesPage *self)
{
  reg_selection_clear (reg_column_list_get_selection (self->list));
  read_again (self);
}

static void
on_search_stopped_cb (RegCoursesPage *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  reg_column_list_focus (self->list);
}

static void
on_search_activated_cb (RegCoursesPage *self)
{
  reg_column_list_focus (self->list);
}

static void
reg_courses_page_clear (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  RegCoursesPage *self = REG_COURSES_PAGE (widget);

  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

static char *
reg_courses_page_dup_title (RegView *view)
{
  RegCoursesPage *self = REG_COURSES_PAGE (view);

  if (get_team (self) == 0)
    return g_strdup (_ ("Courses"));
  /* Translators: %s is the name of a team. */
  return g_strdup_printf (_ ("Trainings: %s"), reg_label_picker_get_name (self->team));
}

static char *
reg_courses_page_dup_subtitle (RegView *view)
{
  RegCoursesPage *self = REG_COURSES_PAGE (view);

  return g_strdup_printf ("%'u", self->rows != NULL ? self->rows->len : 0);
}

static void
reg_courses_page_find (RegView *view)
{
  gtk_widget_grab_focus (GTK_WIDGET (REG_COURSES_PAGE (view)->search));
}

static void
reg_courses_page_select_all (RegView *view)
{
  reg_column_list_select_all (REG_COURSES_PAGE (view)->list);
}

static void
reg_courses_page_view_init (RegViewInterface *iface)
{
  iface->dup_title = reg_courses_page_dup_title;
  iface->dup_subtitle = reg_courses_page_dup_subtitle;
  iface->find = reg_courses_page_find;
  iface->select_all = reg_courses_page_select_all;
}

static void
reg_courses_page_dispose (GObject *object)
{
  RegCoursesPage *self = REG_COURSES_PAGE (object);

  g_clear_pointer (&self->refresh, reg_refresh_free);
  g_clear_object (&self->model);
  g_clear_object (&self->workspace);
  G_OBJECT_CLASS (reg_courses_page_parent_class)->dispose (object);
}

static void
reg_courses_page_finalize (GObject *object)
{
  RegCoursesPage *self = REG_COURSES_PAGE (object);

  g_hash_table_unref (self->by_id);
  g_free (self->searched);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  G_OBJECT_CLASS (reg_courses_page_parent_class)->finalize (object);
}

static void
reg_courses_page_class_init (RegCoursesPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = reg_courses_page_dispose;
  object_class->finalize = reg_courses_page_finalize;

  g_type_ensure (REG_TYPE_COLUMN_LIST);
  g_type_ensure (REG_TYPE_LABEL_PICKER);
  g_type_ensure (REG_TYPE_PROGRESS_ROW);
  g_type_ensure (REG_TYPE_SELECTION_BAR);
  gtk_widget_class_install_action (widget_class, "page.add-training", NULL,
                                   reg_courses_page_add_training);
  gtk_widget_class_install_action (widget_class, "page.clear-filters", NULL,
                                   reg_courses_page_clear);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/registrar_lms/Registrar/courses/reg-courses-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RegCoursesPage, search);
  gtk_widget_class_bind_template_child (widget_class, RegCoursesPage, list);
  gtk_widget_class_bind_template_child (widget_class, RegCoursesPage, bar);
  gtk_widget_class_bind_template_child (widget_class, RegCoursesPage, team);
  gtk_widget_class_bind_template_child (widget_class, RegCoursesPage, progress_row);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_search_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_search_stopped_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_sort_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_row_operation_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_bulk_operation_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_team_changed_cb);
}

static void
reg_courses_page_init (RegCoursesPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->searched = g_strdup ("");
  self->by_id = g_hash_table_new (g_int64_hash, g_int64_equal);
  self->refresh = reg_refresh_new (read_again, self);
  reg_refresh_follow (self->refresh, GTK_WIDGET (self));
  self->model = reg_id_list_model_new (fetch, self, NULL, (GDestroyNotify)reg_course_row_free);
  add_columns (self);
  reg_column_list_set_menu_func (self->list, create_menu, self);
  reg_column_list_set_model (self->list, self->model);
  reg_selection_bar_set_list (self->bar, self->list);
  reg_selection_bar_add (self->bar, "copy", _ ("Copy Enrollments…"));
  reg_selection_bar_add (self->bar, "assign", _ ("Assign to the Others…"));
  reg_selection_bar_add (self->bar, "unassign", _ ("Unassign from All…"));
  reg_selection_bar_add (self->bar, "unenroll", _ ("Unenroll All…"));
}

/**
 * reg_courses_page_new:
 * @workspace: the account on show
 */
GtkWidget *
reg_courses_page_new (RegWorkspace *workspace)
{
  RegCoursesPage *self = g_object_new (REG_TYPE_COURSES_PAGE, NULL);

  self->workspace = g_object_ref (workspace);
  g_signal_connect_object (workspace, "changed", G_CALLBACK (on_workspace_changed_cb), self,
                           G_CONNECT_SWAPPED);
  reg_refresh_ask (self->refresh);
  return GTK_WIDGET (self);
}

void
reg_courses_page_show_team (RegCoursesPage *self, gint64 label_id)
{
  g_return_if_fail (REG_IS_COURSES_PAGE (self));

  self->wanted_team = label_id;
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  read_again (self);
}
