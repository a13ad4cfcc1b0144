/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reg-test-ui.h"

#include "views/common/reg-selection-bar.h"

#include <stdio.h>
#include <string.h>

gboolean
reg_test_ui_is_late (gpointer late)
{
  *(gboolean *)late = TRUE;
  return G_SOURCE_REMOVE;
}

/* Warnings of the toolkit that nothing of ours causes. libadwaita 1.7 tries its dialog's heading at
 * widths that it does not fit in, and GTK 4.12 and later complain of it. A leaflet that folds says
 * so while it allocates, and what is shown in a header bar only then waits for the next frame. */
static gboolean
is_known_warning (const char *message)
{
  void *label = NULL, *bar = NULL;

  if (message == NULL)
    return FALSE;
  if (sscanf (message, "Trying to measure GtkLabel %p for width of", &label) == 1)
    return ADW_IS_MESSAGE_DIALOG (gtk_widget_get_root (GTK_WIDGET (label)));
  if (sscanf (message, "Trying to snapshot AdwHeaderBar %p without", &bar) == 1)
    return gtk_widget_get_ancestor (GTK_WIDGET (bar), ADW_TYPE_LEAFLET) != NULL;
  return FALSE;
}

/* Any other warning ends the test. */
static GLogWriterOutput
write_log (GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer data)
{
  const char *message = NULL;

  if ((level & G_LOG_LEVEL_WARNING) == 0)
    return g_log_writer_default (level, fields, n_fields, data);
  for (gsize i = 0; i < n_fields; i++)
    if (g_strcmp0 (fields[i].key, "MESSAGE") == 0)
      message = fields[i].value;
  if (is_known_warning (message))
    return G_LOG_WRITER_HANDLED;
  g_log_writer_default (level, fields, n_fields, data);
  g_abort ();
}

void
reg_test_ui_init (int *argc, char ***argv)
{
  g_autoptr (GtkCssProvider) style = gtk_css_provider_new ();
  GtkIconTheme *theme;
  g_autofree char *icons = NULL;

  gtk_test_init (argc, argv, NULL);
  g_log_set_always_fatal (G_LOG_LEVEL_CRITICAL | G_LOG_FATAL_MASK);
  g_log_set_writer_func (write_log, NULL, NULL);
  adw_init ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  gtk_css_provider_load_from_resource (style, "/io/github/registrar_lms/Registrar/style.css");
  gtk_style_context_add_provider_for_display (gdk_display_get_default (),
                                              GTK_STYLE_PROVIDER (style),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  icons = g_test_build_filename (G_TEST_DIST, "..", "..", "data", "icons", NULL);
  theme = gtk_icon_theme_get_for_display (gdk_display_get_default ());
  gtk_icon_theme_add_search_path (theme, icons);
  gtk_icon_theme_add_resource_path (theme, "/io/github/registrar_lms/Registrar/icons");
}

static void
fill (RegTestUi *self, RegRole role, gint64 n_users, gint64 n_enrolled, RegTestAdd add)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RegStore) store = reg_store_open (self->folder.path, &error);
  g_autoptr (RegSite) site = reg_site_new ();
  guint n_operations;
  const RegOperation *const *operations = reg_operation_list (&n_operations);
  g_autoptr (RegPage) page = reg_page_new ();

  g_assert_no_error (error);
  reg_test_store_fill (store, n_users, 2);
  for (gint64 i = 1; i <= n_enrolled; i++)
    {
      RegEnrollment *enrollment = reg_test_page_add_enrollment (page, i, 1, n_users + 10 + i);

      if (i % 4 == 0)
        {
          enrollment->progress = 100;
          enrollment->completed_at = 1700000000;
        }
    }
  if (add != NULL)
    add (page);
  reg_test_store_apply (store, page);
  site->actor_role = role;
  site->actor_id = 1;
  g_free (site->name);
  site->name = g_strdup ("Test Site");
  g_clear_pointer (&site->operations, g_strfreev);
  site->operations = g_new0 (char *, n_operations + 1);
  for (guint i = 0; i < n_operations; i++)
    site->operations[i] = g_strdup (operations[i]->name);
  g_assert_true (reg_account_set_site (store, site, &error));
  g_assert_no_error (error);
}

static void
on_opened_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  RegTestUi *self = data;
  g_autoptr (GError) error = NULL;

  self->workspace = reg_workspace_open_finish (result, &error);
  g_assert_no_error (error);
}

static void
show (RegTestUi *self)
{
  reg_workspace_open_async (&self->account, "token", NULL, on_opened_cb, self);
  REG_TEST_WAIT (self->workspace != NULL);
  reg_workspace_set_work_offline (self->workspace, TRUE);
  self->window = reg_window_new (NULL);
  reg_window_set_workspace (self->window, self->workspace);
  gtk_window_present (GTK_WINDOW (self->window));
  gtk_test_widget_wait_for_draw (GTK_WIDGET (self->window));
}

void
reg_test_ui_open (RegTestUi *self, gint64 n_users, gint64 n_enrolled)
{
  reg_test_ui_open_with (self, n_users, n_enrolled, NULL);
}

void
reg_test_ui_open_with (RegTestUi *self, gint64 n_users, gint64 n_enrolled, RegTestAdd add)
{
  reg_test_ui_open_as (self, REG_ROLE_PRIMARY_ADMIN, n_users, n_enrolled, add);
}

void
reg_test_ui_open_as (RegTestUi *self,
                     RegRole role,
                     gint64 n_users,
                     gint64 n_enrolled,
                     RegTestAdd add)
{
  *self = (RegTestUi){ 0 };
  reg_test_folder_init (&self->folder);
  fill (self, role, n_users, n_enrolled, add);
  self->account = (RegAccount){ .id = (char *)"test",
                                .kind = (char *)"registrar",
                                .url = (char *)"http://127.0.0.1:9/",
                                .database = self->folder.path };
  show (self);
}

static void
hide (RegTestUi *self)
{
  g_object_add_weak_pointer (G_OBJECT (self->window), (gpointer *)&self->window);
  gtk_window_destroy (GTK_WINDOW (self->window));
  REG_TEST_WAIT (self->window == NULL);
  reg_workspace_close (self->workspace);
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  g_object_add_weak_pointer (G_OBJECT (self->workspace), (gpointer *)&self->workspace);
  g_object_unref (self->workspace);
  REG_TEST_WAIT (self->workspace == NULL);
}

void
reg_test_ui_close (RegTestUi *self)
{
  hide (self);
  reg_test_folder_clear (&self->folder);
}

void
reg_test_ui_restart (RegTestUi *self)
{
  hide (self);
  show (self);
}

void
reg_test_ui_drop (RegTestUi *self, const char *path)
{
  g_autoptr (GListModel) controllers = NULL;
  g_auto (GValue) value = G_VALUE_INIT;
  g_autoptr (GFile) file = g_file_new_for_path (path);
  GSList files = { .data = file };
  gboolean taken = FALSE;
  GtkWidget *root = gtk_widget_get_parent (gtk_widget_get_ancestor (
      reg_test_ui_find_type (self->window, ADW_TYPE_LEAFLET), ADW_TYPE_LEAFLET));

  g_value_init (&value, GDK_TYPE_FILE_LIST);
  g_value_take_boxed (&value, gdk_file_list_new_from_list (&files));
  controllers = gtk_widget_observe_controllers (root);
  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_DROP_TARGET (controller))
        g_signal_emit_by_name (controller, "drop", &value, 10.0, 10.0, &taken);
    }
  g_assert_true (taken);
}

GtkWidget *
reg_test_ui_find (GtkWidget *root, RegTestMatch match, gconstpointer data)
{
  if (match (root, data))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = reg_test_ui_find (child, match, data);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static gboolean
has_label (GtkWidget *widget, gconstpointer text)
{
  return GTK_IS_LABEL (widget) && gtk_widget_get_mapped (widget)
         && strcmp (gtk_label_get_text (GTK_LABEL (widget)), text) == 0;
}

static gboolean
has_text (GtkWidget *widget, gconstpointer text)
{
  return GTK_IS_LABEL (widget) && gtk_widget_get_mapped (widget)
         && strstr (gtk_label_get_text (GTK_LABEL (widget)), text) != NULL;
}

static gboolean
is_a (GtkWidget *widget, gconstpointer type)
{
  return g_type_is_a (G_OBJECT_TYPE (widget), GPOINTER_TO_SIZE (type))
         && gtk_widget_get_mapped (widget);
}

static gboolean
is_button (GtkWidget *widget, gconstpointer text)
{
  return GTK_IS_BUTTON (widget) && gtk_widget_get_mapped (widget)
         && reg_test_ui_find (widget, has_label, text) != NULL;
}

GtkWidget *
reg_test_ui_find_label (gpointer root, const char *text)
{
  return reg_test_ui_find (GTK_WIDGET (root), has_label, text);
}

GtkWidget *
reg_test_ui_find_text (gpointer root, const char *part)
{
  return reg_test_ui_find (GTK_WIDGET (root), has_text, part);
}

GtkWidget *
reg_test_ui_find_type (gpointer root, GType type)
{
  return reg_test_ui_find (GTK_WIDGET (root), is_a, GSIZE_TO_POINTER (type));
}

GtkWidget *
reg_test_ui_find_button (gpointer root, const char *text)
{
  return reg_test_ui_find (GTK_WIDGET (root), is_button, text);
}

GtkWidget *
reg_test_ui_find_window (GType type)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (g_type_is_a (G_OBJECT_TYPE (window), type) && gtk_widget_get_mapped (window))
        return window;
    }
  return NULL;
}

void
reg_test_ui_press (gpointer root, const char *text)
{
  GtkWidget *button;

  REG_TEST_WAIT (reg_test_ui_find_button (root, text) != NULL);
  button = reg_test_ui_find_button (root, text);
  REG_TEST_WAIT (gtk_widget_get_sensitive (button));
  g_assert_true (gtk_widget_activate (button));
}

RegColumnList *
reg_test_ui_get_list (RegTestUi *self)
{
  return REG_COLUMN_LIST (reg_test_ui_find_type (self->window, REG_TYPE_COLUMN_LIST));
}

guint
reg_test_ui_count_rows (RegTestUi *self)
{
  GtkWidget *list = reg_test_ui_find_type (self->window, REG_TYPE_COLUMN_LIST);

  return list != NULL ? g_list_model_get_n_items (
             G_LIST_MODEL (reg_column_list_get_model (REG_COLUMN_LIST (list))))
                      : 0;
}

void
reg_test_ui_select_rows (RegTestUi *self, guint first, guint n)
{
  RegSelection *selection = reg_column_list_get_selection (reg_test_ui_get_list (self));

  gtk_selection_model_select_range (GTK_SELECTION_MODEL (selection), first, n, FALSE);
}

void
reg_test_ui_search (RegTestUi *self, const char *text)
{
  GtkWidget *entry = reg_test_ui_find_type (self->window, GTK_TYPE_SEARCH_ENTRY);

  gtk_editable_set_text (GTK_EDITABLE (entry), text);
}

void
reg_test_ui_do_row (RegTestUi *self, gint64 id, const char *name)
{
  g_signal_emit_by_name (reg_test_ui_get_list (self), "row-operation", id, name);
}

void
reg_test_ui_do_bulk (RegTestUi *self, const char *name)
{
  GtkWidget *bar = reg_test_ui_find_type (self->window, REG_TYPE_SELECTION_BAR);

  g_signal_emit_by_name (bar, "operation", name);
}

void
reg_test_ui_picture (gpointer window, const char *name)
{
  const char *folder = g_getenv ("REG_TEST_PICTURES");
  g_autoptr (GdkPaintable) paintable = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  g_autoptr (GskRenderNode) node = NULL;
  g_autofree char *path = NULL;
  GtkSnapshot *snapshot;

  if (folder == NULL)
    return;
  for (int i = 0; i < 3; i++)
    {
      gtk_widget_queue_draw (GTK_WIDGET (window));
      gtk_test_widget_wait_for_draw (GTK_WIDGET (window));
    }
  paintable = gtk_widget_paintable_new (GTK_WIDGET (window));
  snapshot = gtk_snapshot_new ();
  gdk_paintable_snapshot (paintable, snapshot, gdk_paintable_get_intrinsic_width (paintable),
                          gdk_paintable_get_intrinsic_height (paintable));
  node = gtk_snapshot_free_to_node (snapshot);
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (window)), node, NULL);
  path = g_strdup_printf ("%s/%s.png", folder, name);
  g_assert_true (gdk_texture_save_to_png (texture, path));
}

static gboolean
says_something (GtkWidget *widget, gconstpointer data)
{
  return GTK_IS_LABEL (widget) && *gtk_label_get_text (GTK_LABEL (widget)) != '\0';
}

/* What a person can use and must therefore be able to name. */
static gboolean
needs_name (GtkWidget *widget)
{
  /* What libadwaita makes for itself. */
  if ((gtk_widget_get_ancestor (widget, ADW_TYPE_PREFERENCES_WINDOW) != NULL
       && !gtk_widget_get_mapped (widget))
      || (GTK_IS_LIST_BOX (widget)
          && gtk_widget_get_ancestor (widget, ADW_TYPE_PREFERENCES_GROUP) != NULL))
    return FALSE;
  if (GTK_IS_MENU_BUTTON (widget))
    return TRUE;
  /* The toggle inside a menu button is named with it, that of a GTK widget by GTK. */
  if (GTK_IS_BUTTON (widget))
    return !GTK_IS_MENU_BUTTON (gtk_widget_get_parent (widget))
           && gtk_widget_get_ancestor (widget, GTK_TYPE_WINDOW_CONTROLS) == NULL
           && gtk_widget_get_ancestor (widget, GTK_TYPE_CALENDAR) == NULL
           && gtk_widget_get_ancestor (widget, GTK_TYPE_DROP_DOWN) == NULL
           && gtk_widget_get_ancestor (widget, GTK_TYPE_SPIN_BUTTON) == NULL
           && gtk_widget_get_ancestor (widget, ADW_TYPE_ENTRY_ROW) == NULL;
  /* Every expander row has a switch of its own, which is not on show here. */
  if (GTK_IS_SWITCH (widget) && gtk_widget_get_ancestor (widget, ADW_TYPE_EXPANDER_ROW) != NULL)
    return FALSE;
  return GTK_IS_CHECK_BUTTON (widget) || GTK_IS_SEARCH_ENTRY (widget) || GTK_IS_SWITCH (widget)
         || GTK_IS_COLUMN_VIEW (widget) || GTK_IS_LIST_BOX (widget) || GTK_IS_DROP_DOWN (widget)
         || GTK_IS_SPIN_BUTTON (widget) || GTK_IS_PROGRESS_BAR (widget);
}

static void
audit_icon (GtkWidget *widget, GString *wrong)
{
  GtkIconTheme *theme = gtk_icon_theme_get_for_display (gdk_display_get_default ());
  const char *name = GTK_IS_IMAGE (widget) ? gtk_image_get_icon_name (GTK_IMAGE (widget)) : NULL;

  if (name != NULL && !gtk_icon_theme_has_icon (theme, name))
    g_string_append_printf (wrong, "there is no icon %s; ", name);
}

static void
audit (GtkWidget *widget, GString *wrong)
{
  audit_icon (widget, wrong);
  if (needs_name (widget)
      && !gtk_test_accessible_has_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL)
      && !gtk_test_accessible_has_relation (GTK_ACCESSIBLE (widget),
                                            GTK_ACCESSIBLE_RELATION_LABELLED_BY)
      && reg_test_ui_find (widget, says_something, NULL) == NULL)
    {
      GtkWidget *parent = gtk_widget_get_parent (widget);
      GtkWidget *grandparent = gtk_widget_get_parent (parent);

      g_string_append_printf (wrong, "a %s in a %s in a %s has no name; ",
                              G_OBJECT_TYPE_NAME (widget), G_OBJECT_TYPE_NAME (parent),
                              G_OBJECT_TYPE_NAME (grandparent));
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    audit (child, wrong);
}

void
reg_test_ui_audit (gpointer root)
{
  g_autoptr (GString) wrong = g_string_new (NULL);

  audit (GTK_WIDGET (root), wrong);
  g_assert_cmpstr (wrong->str, ==, "");
}
