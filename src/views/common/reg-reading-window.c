/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-views"

#include "views/common/reg-reading-window.h"

#include "sync/reg-reading.h"
#include "views/common/reg-certificate-view.h"
#include "views/common/reg-reading-row.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _RegReadingWindow
{
  AdwWindow parent_instance;

  AdwToastOverlay *toasts;
  AdwWindowTitle *title;
  GtkSpinner *spinner;
  GtkLabel *age;
  GtkStack *stack;
  GtkListView *list;
  AdwStatusPage *empty;
  GtkButton *again;

  RegWorkspace *workspace;
  const RegRead *read;
  gint64 user_id;
  gint64 course_id;
  char *user_name;
  char *course_code;
  RegReading *reading; /* (nullable): what is on show */
  char *problem;       /* (nullable): why the LMS could not be asked */
  gboolean is_asking;
  GtkFileChooserNative *chooser;
};

G_DEFINE_FINAL_TYPE (RegReadingWindow, reg_reading_window, ADW_TYPE_WINDOW)

/* What is asked for, on the workers. */
typedef struct
{
  const RegRead *read;
  gint64 user_id;
  gint64 course_id;
} Question;

static Question *
question_new (RegReadingWindow *self)
{
  const Question question = { self->read, self->user_id, self->course_id };

  return g_memdup2 (&question, sizeof question);
}

static void
reading_free (gpointer data)
{
  reg_reading_free (data);
}

static gpointer
load (RegStore *store, gpointer data, RegProgress *progress, GError **error)
{
  const Question *question = data;

  return reg_reading_load (store, question->read, question->user_id, question->course_id, error);
}

static gpointer
fetch (RegStore *store, RegLms *lms, gpointer data, GCancellable *cancellable, GError **error)
{
  const Question *question = data;

  if (!reg_reading_fetch (store, lms, question->read, question->user_id, question->course_id,
                          g_get_real_time () / G_USEC_PER_SEC, cancellable, error))
    return NULL;
  return reg_reading_load (store, question->read, question->user_id, question->course_id, error);
}

/* What is on show. */

static const char *
get_empty_text (RegReadingWindow *self)
{
  if (strcmp (self->read->what, "chapters") == 0)
    return _ ("The LMS knows of no chapters of this course.");
  if (strcmp (self->read->what, "quiz") == 0)
    return _ ("No quiz was answered yet.");
  if (strcmp (self->read->what, "activity") == 0)
    return _ ("The player has not told anything yet.");
  return _ ("Nothing has happened yet.");
}

static void
show_empty (RegReadingWindow *self)
{
  gboolean was_read = self->reading != NULL && self->reading->read_at != 0;

  adw_status_page_set_icon_name (self->empty,
                                 was_read ? "view-list-symbolic" : "network-offline-symbolic");
  adw_status_page_set_title (self->empty, was_read ? _ ("Nothing There Yet") : _ ("Not Read Yet"));
  adw_status_page_set_description (
      self->empty, was_read ? get_empty_text (self)
                            : _ ("This is read from the LMS when you look at it, and kept for "
                                 "looking at it offline. It was never read."));
  gtk_widget_set_visible (GTK_WIDGET (self->again), !was_read);
}

static void
show_age (RegReadingWindow *self)
{
  g_autofree char *age = self->reading != NULL ? reg_reading_dup_age (self->reading) : NULL;
  g_autofree char *text = NULL;

  if (self->is_asking)
    text = age != NULL && self->reading->read_at != 0
               ? g_strdup_printf (_ ("%s. Reading from the LMS…"), age)
               : g_strdup (_ ("Reading from the LMS…"));
  else if (self->problem != NULL)
    /* Translators: how old it is, then why there is nothing newer */
    text = age != NULL && self->reading->read_at != 0
               ? g_strdup_printf (_ ("%s. %s"), age, self->problem)
               : g_strdup (self->problem);
  gtk_label_set_label (self->age, text != NULL ? text : age != NULL ? age : "");
  gtk_spinner_set_spinning (self->spinner, self->is_asking);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), self->is_asking);
}

static void
update (RegReadingWindow *self)
{
  GtkSelectionModel *model = gtk_list_view_get_model (self->list);
  guint n = model != NULL ? g_list_model_get_n_items (G_LIST_MODEL (model)) : 0;
  gboolean can_export = self->reading != NULL && self->reading->lines->len > 0;

  show_age (self);
  show_empty (self);
  gtk_stack_set_visible_child_name (self->stack, n > 0             ? "list"
                                                 : self->is_asking ? "loading"
                                                                   : "empty");
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "reading.export", can_export);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "reading.refresh", !self->is_asking);
}

static void
take (RegReadingWindow *self, RegReading *reading)
{
  GtkSelectionModel *model;

  g_clear_pointer (&self->reading, reg_reading_free);
  self->reading = reading;
  model =
      GTK_SELECTION_MODEL (gtk_no_selection_new (G_LIST_MODEL (reg_reading_rows_new (reading))));
  gtk_list_view_set_model (self->list, model);
  g_object_unref (model);
}

static void
on_fetched_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RegReadingWindow) self = data;
  g_autoptr (GError) error = NULL;
  RegReading *reading = reg_workspace_fetch_finish (REG_WORKSPACE (source), result, &error);

  self->is_asking = FALSE;
  g_clear_pointer (&self->problem, g_free);
  if (self->workspace == NULL)
    {
      g_clear_pointer (&reading, reg_reading_free);
      return;
    }
  if (reading != NULL)
    take (self, reading);
  else
    self->problem = g_strdup (error->message);
  update (self);
}

static void
ask (RegReadingWindow *self)
{
  if (self->is_asking)
    return;
  self->is_asking = TRUE;
  update (self);
  reg_workspace_fetch_async (self->workspace, fetch, question_new (self), g_free, reading_free,
                             on_fetched_cb, g_object_ref (self));
}

static void
on_loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RegReadingWindow) self = data;
  g_autoptr (GError) error = NULL;
  RegReading *reading = reg_workspace_run_finish (REG_WORKSPACE (source), result, &error);

  if (self->workspace == NULL)
    {
      g_clear_pointer (&reading, reg_reading_free);
      return;
    }
  if (reading != NULL)
    take (self, reading);
  else
    self->problem = g_strdup (error->message);
  ask (self);
}

/* Actions. */

static void
on_export_cb (GtkNativeDialog *chooser, int response, gpointer data)
{
  RegReadingWindow *self = data;
  g_autoptr (GFile) file = response == GTK_RESPONSE_ACCEPT
                               ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser))
                               : NULL;
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;
  g_autofree char *text = NULL;
  g_autofree char *name = NULL;
  g_autofree char *escaped = NULL;
  g_autoptr (GError) error = NULL;
  AdwToast *toast;

  g_clear_object (&self->chooser);
  if (path == NULL)
    return;
  name = g_path_get_basename (path);
  if (reg_reading_export (self->reading, path, &error))
    text = g_strdup_printf (_ ("Saved “%s”"), name);
  else
    text = g_strdup (error->message);
  escaped = g_markup_escape_text (text, -1);
  toast = adw_toast_new (escaped);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

static void
on_export_action_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  RegReadingWindow *self = REG_READING_WINDOW (widget);
  g_autofree char *name =
      g_strdup_printf ("%s %s %s.xlsx", _ (self->read->title), self->course_code, self->user_name);

  g_strdelimit (name, "/\\:", '-');
  g_clear_object (&self->chooser);
  self->chooser = gtk_file_chooser_native_new (_ ("Export"), GTK_WINDOW (self),
                                               GTK_FILE_CHOOSER_ACTION_SAVE, NULL, NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser), name);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (on_export_cb), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
on_refresh_action_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  ask (REG_READING_WINDOW (widget));
}

static void
on_certificate_action_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  RegReadingWindow *self = REG_READING_WINDOW (widget);

  reg_certificate_view_open_one (GTK_WINDOW (self), self->workspace,
                                 g_variant_get_int64 (parameter), NULL);
}

static void
reg_reading_window_dispose (GObject *object)
{
  RegReadingWindow *self = REG_READING_WINDOW (object);

  g_clear_object (&self->chooser);
  g_clear_object (&self->workspace);
  G_OBJECT_CLASS (reg_reading_window_parent_class)->dispose (object);
}

static void
reg_reading_window_finalize (GObject *object)
{
  RegReadingWindow *self = REG_READING_WINDOW (object);

  g_clear_pointer (&self->reading, reg_reading_free);
  g_free (self->problem);
  g_free (self->user_name);
  g_free (self->course_code);
  G_OBJECT_CLASS (reg_reading_window_parent_class)->finalize (object);
}

static void
reg_reading_window_class_init (RegReadingWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = reg_reading_window_dispose;
  object_class->finalize = reg_reading_window_finalize;

  gtk_widget_class_install_action (widget_class, "reading.refresh", NULL, on_refresh_action_cb);
  gtk_widget_class_install_action (widget_class, "reading.export", NULL, on_export_action_cb);
  gtk_widget_class_install_action (widget_class, "reading.certificate", "x",
                                   on_certificate_action_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F5, 0, "reading.refresh", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/registrar_lms/Registrar/common/reg-reading-window.ui");
  gtk_widget_class_bind_template_child (widget_class, RegReadingWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, RegReadingWindow, title);
  gtk_widget_class_bind_template_child (widget_class, RegReadingWindow, spinner);
  gtk_widget_class_bind_template_child (widget_class, RegReadingWindow, age);
  gtk_widget_class_bind_template_child (widget_class, RegReadingWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, RegReadingWindow, list);
  gtk_widget_class_bind_template_child (widget_class, RegReadingWindow, empty);
  gtk_widget_class_bind_template_child (widget_class, RegReadingWindow, again);
}

static void
reg_reading_window_init (RegReadingWindow *self)
{
  g_autoptr (GtkListItemFactory) factory = reg_reading_rows_create_factory ();

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_list_view_set_factory (self->list, factory);
}

/**
 * reg_reading_window_present:
 * @host: the window it stands over
 * @workspace: the account on show
 * @read: what is to be looked at
 * @row: of which enrollment
 *
 * Shows what is kept of it, and asks the LMS for what is new.
 */
void
reg_reading_window_present (RegHost *host,
                            RegWorkspace *workspace,
                            const RegRead *read,
                            const RegEnrollmentRow *row)
{
  RegReadingWindow *self =
      g_object_new (REG_TYPE_READING_WINDOW, "transient-for", host, "title", _ (read->title), NULL);
  g_autofree char *subtitle = g_strdup_printf ("%s · %s", row->user_name, row->course_title);

  self->workspace = g_object_ref (workspace);
  self->read = read;
  self->user_id = row->enrollment->user_id;
  self->course_id = row->enrollment->course_id;
  self->user_name = g_strdup (row->user_name);
  self->course_code = g_strdup (row->course_code);
  adw_window_title_set_title (self->title, _ (read->title));
  adw_window_title_set_subtitle (self->title, subtitle);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ (read->title), -1);
  gtk_stack_set_visible_child_name (self->stack, "loading");
  gtk_window_present (GTK_WINDOW (self));
  reg_workspace_run_async (workspace, FALSE, load, question_new (self), g_free, reading_free, NULL,
                           on_loaded_cb, g_object_ref (self));
}
