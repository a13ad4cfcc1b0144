/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-views"

#include "views/common/reg-session-picker.h"

#include "rules/reg-seat.h"
#include "views/common/reg-host.h"
#include "views/common/reg-list-stop.h"
#include "views/common/reg-session-row.h"

#include <glib/gi18n-lib.h>

struct _RegSessionPicker
{
  AdwWindow parent_instance;

  AdwWindowTitle *title;
  GtkButton *choose;
  GtkSearchEntry *search;
  GtkStack *stack;
  GtkListBox *list;
  GtkLabel *hint;

  RegWorkspace *workspace;
  GTimeZone *time_zone;
  gint64 course_id;
  gint64 current;
  gsize n_people;
  RegSessionChosen chosen;
  gpointer data;
  GDestroyNotify destroy;
};

G_DEFINE_FINAL_TYPE (RegSessionPicker, reg_session_picker, ADW_TYPE_WINDOW)

/* Where more people are chosen than there are seats, it is said before anybody is refused. */
static void
update (RegSessionPicker *self)
{
  GtkListBoxRow *row;
  const RegSession *session;
  g_autofree char *hint = NULL;

  /* on its way out */
  if (self->workspace == NULL)
    return;
  row = gtk_list_box_get_selected_row (self->list);
  session = row != NULL ? reg_session_row_get (GTK_WIDGET (row)) : NULL;
  gtk_widget_set_sensitive (GTK_WIDGET (self->choose), session != NULL);
  if (session != NULL && session->seats > 0
      && self->n_people > (gsize)MAX (0, session->seats - session->taken))
    hint = g_strdup_printf (
        ngettext ("%d seat is left: who gets none is listed before anything is done.",
                  "%d seats are left: who gets none is listed before anything is done.",
                  session->seats - session->taken),
        session->seats - session->taken);
  else if (session != NULL
           && reg_session_row_get_age (session, self->time_zone) != REG_SESSION_AHEAD)
    hint = g_strdup (_ ("This session is past: it is recorded as if they had been enrolled."));
  gtk_label_set_label (self->hint, hint != NULL ? hint : "");
  gtk_widget_set_visible (GTK_WIDGET (self->hint), hint != NULL);
}

/* Why a session cannot be chosen; NULL where it can. */
static const char *
get_reason (RegSessionPicker *self, const RegSession *session)
{
  if (session->id == self->current)
    return _ ("The user is in this session");
  if (!reg_session_is_open (session, g_get_real_time () / G_USEC_PER_SEC, self->time_zone))
    return _ ("Cannot be chosen: ended more than 90 days ago");
  if (reg_session_is_full (session))
    return _ ("Cannot be chosen: no seat left");
  return NULL;
}

static void
add_session (RegSessionPicker *self, const RegSession *session)
{
  GtkWidget *row = reg_session_row_new (session, self->time_zone, TRUE);
  const char *reason = get_reason (self, session);

  if (reason != NULL)
    {
      g_autofree char *subtitle =
          g_strdup_printf ("%s\n%s", adw_action_row_get_subtitle (ADW_ACTION_ROW (row)), reason);

      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
      gtk_list_box_row_set_selectable (GTK_LIST_BOX_ROW (row), FALSE);
      gtk_widget_set_sensitive (row, FALSE);
    }
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), reason == NULL);
  gtk_list_box_append (self->list, row);
}

/* The first that can be chosen, so that Enter alone is enough for the next session. */
static void
select_first (RegSessionPicker *self)
{
  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->list)); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    if (GTK_IS_LIST_BOX_ROW (row) && gtk_widget_get_sensitive (row)
        && gtk_widget_get_child_visible (row))
      {
        gtk_list_box_select_row (self->list, GTK_LIST_BOX_ROW (row));
        return;
      }
  gtk_list_box_unselect_all (self->list);
}

static gpointer
read_sessions (RegStore *store, gpointer data, RegProgress *progress, GError **error)
{
  return reg_store_list_sessions (store, *(gint64 *)data, error);
}

static void
on_sessions_read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RegSessionPicker) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) sessions = reg_workspace_run_finish (self->workspace, result, &error);

  if (sessions == NULL)
    {
      RegHost *host = REG_IS_HOST (gtk_window_get_transient_for (GTK_WINDOW (self)))
                          ? REG_HOST (gtk_window_get_transient_for (GTK_WINDOW (self)))
                          : NULL;

      if (host != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        reg_host_show_error (host, _ ("Could Not Look Up the Sessions"), error);
      gtk_window_close (GTK_WINDOW (self));
      return;
    }
  reg_session_row_sort (sessions, self->time_zone);
  for (guint i = 0; i < sessions->len; i++)
    add_session (self, g_ptr_array_index (sessions, i));
  gtk_stack_set_visible_child_name (self->stack, sessions->len > 0 ? "sessions" : "none");
  select_first (self);
  update (self);
}

static gboolean
is_shown (GtkListBoxRow *row, gpointer data)
{
  RegSessionPicker *self = data;

  return reg_session_row_matches (GTK_WIDGET (row),
                                  gtk_editable_get_text (GTK_EDITABLE (self->search)));
}

static void
on_search_changed_cb (RegSessionPicker *self)
{
  gtk_list_box_invalidate_filter (self->list);
  select_first (self);
}

static void
on_choose_cb (RegSessionPicker *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);
  RegSessionChosen chosen = self->chosen;
  GDestroyNotify destroy = self->destroy;
  gpointer data = self->data;
  gint64 id;

  if (row == NULL || chosen == NULL)
    return;
  id = reg_session_row_get (GTK_WIDGET (row))->id;
  self->chosen = NULL;
  self->destroy = NULL;
  /* What comes next opens its own dialogs, so this one goes first. */
  gtk_window_close (GTK_WINDOW (self));
  chosen (id, data);
  if (destroy != NULL)
    destroy (data);
}

/* Enter in the list, or a double click. */
static void
on_row_activated_cb (RegSessionPicker *self, GtkListBoxRow *row)
{
  gtk_list_box_select_row (self->list, row);
  on_choose_cb (self);
}

static void
reg_session_picker_dispose (GObject *object)
{
  RegSessionPicker *self = REG_SESSION_PICKER (object);

  g_clear_object (&self->workspace);
  g_clear_pointer (&self->time_zone, g_time_zone_unref);
  if (self->destroy != NULL)
    self->destroy (self->data);
  self->destroy = NULL;
  G_OBJECT_CLASS (reg_session_picker_parent_class)->dispose (object);
}

static void
reg_session_picker_class_init (RegSessionPickerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = reg_session_picker_dispose;

  g_type_ensure (REG_TYPE_LIST_STOP);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/registrar_lms/Registrar/common/reg-session-picker.ui");
  gtk_widget_class_bind_template_child (widget_class, RegSessionPicker, title);
  gtk_widget_class_bind_template_child (widget_class, RegSessionPicker, choose);
  gtk_widget_class_bind_template_child (widget_class, RegSessionPicker, search);
  gtk_widget_class_bind_template_child (widget_class, RegSessionPicker, stack);
  gtk_widget_class_bind_template_child (widget_class, RegSessionPicker, list);
  gtk_widget_class_bind_template_child (widget_class, RegSessionPicker, hint);
  gtk_widget_class_bind_template_callback (widget_class, update);
  gtk_widget_class_bind_template_callback (widget_class, on_choose_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed_cb);
}

static void
reg_session_picker_init (RegSessionPicker *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_list_box_set_filter_func (self->list, is_shown, self, NULL);
  gtk_list_box_set_header_func (self->list, reg_session_row_update_header, NULL, NULL);
  gtk_search_entry_set_key_capture_widget (self->search, GTK_WIDGET (self));
}

/**
 * reg_session_picker_present:
 * @current: the session the one person is in, or 0
 * @n_people: for how many it is chosen
 * @chosen: called with the session, where one was chosen
 */
void
reg_session_picker_present (GtkWindow *parent,
                            RegWorkspace *workspace,
                            gint64 course_id,
                            gint64 current,
                            gsize n_people,
                            RegSessionChosen chosen,
                            gpointer data,
                            GDestroyNotify destroy)
{
  RegSessionPicker *self = g_object_new (REG_TYPE_SESSION_PICKER, "transient-for", parent, NULL);
  g_autofree char *subtitle =
      g_strdup_printf (ngettext ("%'zu user", "%'zu users", n_people), n_people);

  self->workspace = g_object_ref (workspace);
  self->time_zone = reg_session_row_dup_time_zone (workspace);
  self->course_id = course_id;
  self->current = current;
  self->n_people = n_people;
  self->chosen = chosen;
  self->data = data;
  self->destroy = destroy;
  adw_window_title_set_subtitle (self->title, subtitle);
  reg_workspace_run_async (
      workspace, FALSE, read_sessions, g_memdup2 (&course_id, sizeof course_id), g_free,
      (GDestroyNotify)g_ptr_array_unref, NULL, on_sessions_read_cb, g_object_ref (self));
  gtk_window_present (GTK_WINDOW (self));
}
