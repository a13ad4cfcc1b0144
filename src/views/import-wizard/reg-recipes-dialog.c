/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-views"

#include "views/import-wizard/reg-recipes-dialog.h"

#include "sync/reg-import-recipes.h"

#include <glib/gi18n-lib.h>

struct _RegRecipesDialog
{
  AdwWindow parent_instance;

  AdwToastOverlay *toasts;
  GtkStack *stack;
  AdwPreferencesGroup *group;

  RegWorkspace *workspace;
  GPtrArray *recipes; /* (nullable): RegImportRecipe */
  GPtrArray *rows;
};

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RegRecipesDialog, reg_recipes_dialog, ADW_TYPE_WINDOW)

/* What is done to a recipe: with a new name it is renamed, without one removed, and put back where
 * it comes along whole. */
typedef struct
{
  char *name;
  char *new_name;
  RegImportRecipe *recipe;
} Work;

static void
work_free (gpointer data)
{
  Work *work = data;

  g_free (work->name);
  g_free (work->new_name);
  g_clear_pointer (&work->recipe, reg_import_recipe_free);
  g_free (work);
}

static gpointer
do_work (RegStore *store, gpointer data, RegProgress *progress, GError **error)
{
  const Work *work = data;
  gboolean ok;

  if (work->recipe != NULL)
    ok = reg_import_recipes_save (store, work->recipe, error);
  else if (work->new_name != NULL)
    ok = reg_import_recipes_rename (store, work->name, work->new_name, error);
  else
    ok = reg_import_recipes_remove (store, work->name, error);
  return ok ? g_strdup ("") : NULL;
}

static void list_recipes (RegRecipesDialog *self);

static void
show_error (RegRecipesDialog *self, const GError *error)
{
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    adw_toast_overlay_add_toast (self->toasts, adw_toast_new (error->message));
}

static void
on_work_done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RegRecipesDialog) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *done = reg_workspace_run_finish (REG_WORKSPACE (source), result, &error);

  if (done == NULL)
    show_error (self, error);
  else
    g_signal_emit (self, signals[CHANGED], 0);
  list_recipes (self);
}

static void
start_work (RegRecipesDialog *self, Work *work)
{
  reg_workspace_run_async (self->workspace, TRUE, do_work, work, work_free, g_free, NULL,
                           on_work_done_cb, g_object_ref (self));
}

static const RegImportRecipe *
get_recipe (RegRecipesDialog *self, gpointer row)
{
  guint place;

  if (!g_ptr_array_find (self->rows, row, &place) || place >= self->recipes->len)
    return NULL;
  return g_ptr_array_index (self->recipes, place);
}

static void
on_applied_cb (RegRecipesDialog *self, GtkWidget *row)
{
  const RegImportRecipe *recipe = get_recipe (self, row);
  Work *work;

  if (recipe == NULL)
    return;
  work = g_new0 (Work, 1);
  work->name = g_strdup (recipe->name);
  work->new_name = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (row))));
  start_work (self, work);
}

static void
on_undo_clicked_cb (RegRecipesDialog *self, AdwToast *toast)
{
  const char *text = g_object_get_data (G_OBJECT (toast), "reg-recipe");
  const char *name = g_object_get_data (G_OBJECT (toast), "reg-recipe-name");
  Work *work = g_new0 (Work, 1);

  work->recipe = reg_import_recipe_from_text (name, text);
  start_work (self, work);
}

static void
on_remove_clicked_cb (RegRecipesDialog *self, GtkWidget *button)
{
  const RegImportRecipe *recipe =
      get_recipe (self, gtk_widget_get_ancestor (button, ADW_TYPE_ENTRY_ROW));
  g_autofree char *text = NULL;
  AdwToast *toast;
  Work *work;

  if (recipe == NULL)
    return;
  text = g_strdup_printf (_ ("“%s” removed"), recipe->name);
  toast = adw_toast_new (text);
  adw_toast_set_button_label (toast, _ ("_Undo"));
  g_object_set_data_full (G_OBJECT (toast), "reg-recipe", reg_import_recipe_to_text (recipe),
                          g_free);
  g_object_set_data_full (G_OBJECT (toast), "reg-recipe-name", g_strdup (recipe->name), g_free);
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (on_undo_clicked_cb), self,
                           G_CONNECT_SWAPPED);
  adw_toast_overlay_add_toast (self->toasts, toast);
  work = g_new0 (Work, 1);
  work->name = g_strdup (recipe->name);
  start_work (self, work);
}

/* "Assign" */
static const char *
get_action_label (const RegImportRecipe *recipe)
{
  const RegImportAction *action = reg_import_action_find (recipe->action);

  return action != NULL ? _ (action->label) : recipe->action;
}

static void
add_row (RegRecipesDialog *self, const RegImportRecipe *recipe)
{
  GtkWidget *row = adw_entry_row_new ();
  GtkWidget *remove = gtk_button_new_from_icon_name ("user-trash-symbolic");
  g_autofree char *label = g_strdup_printf (_ ("Remove “%s”"), recipe->name);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), get_action_label (recipe));
  gtk_editable_set_text (GTK_EDITABLE (row), recipe->name);
  adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (row), TRUE);
  gtk_widget_set_valign (remove, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (remove, "flat");
  gtk_widget_set_tooltip_text (remove, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (remove), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
  adw_entry_row_add_suffix (ADW_ENTRY_ROW (row), remove);
  g_signal_connect_object (row, "apply", G_CALLBACK (on_applied_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (remove, "clicked", G_CALLBACK (on_remove_clicked_cb), self,
                           G_CONNECT_SWAPPED);
  adw_preferences_group_add (self->group, row);
  g_ptr_array_add (self->rows, row);
}

static gpointer
read_recipes (RegStore *store, gpointer data, RegProgress *progress, GError **error)
{
  return reg_import_recipes_list (store, error);
}

static void
on_listed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RegRecipesDialog) self = data;
  g_autoptr (GError) error = NULL;
  GPtrArray *recipes = reg_workspace_run_finish (REG_WORKSPACE (source), result, &error);

  if (recipes == NULL)
    {
      show_error (self, error);
      return;
    }
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (self->group, g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);
  g_clear_pointer (&self->recipes, g_ptr_array_unref);
  self->recipes = recipes;
  for (guint i = 0; i < recipes->len; i++)
    add_row (self, g_ptr_array_index (recipes, i));
  gtk_stack_set_visible_child_name (self->stack, recipes->len > 0 ? "list" : "empty");
}

static void
list_recipes (RegRecipesDialog *self)
{
  reg_workspace_run_async (self->workspace, FALSE, read_recipes, NULL, NULL,
                           (GDestroyNotify)g_ptr_array_unref, NULL, on_listed_cb,
                           g_object_ref (self));
}

static void
reg_recipes_dialog_finalize (GObject *object)
{
  RegRecipesDialog *self = REG_RECIPES_DIALOG (object);

  g_clear_pointer (&self->recipes, g_ptr_array_unref);
  g_ptr_array_unref (self->rows);
  g_clear_object (&self->workspace);
  G_OBJECT_CLASS (reg_recipes_dialog_parent_class)->finalize (object);
}

static void
reg_recipes_dialog_class_init (RegRecipesDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = reg_recipes_dialog_finalize;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/registrar_lms/Registrar/import-wizard/reg-recipes-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, RegRecipesDialog, toasts);
  gtk_widget_class_bind_template_child (widget_class, RegRecipesDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, RegRecipesDialog, group);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
reg_recipes_dialog_init (RegRecipesDialog *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * reg_recipes_dialog_new:
 * @parent: the window it belongs to
 * @workspace: the account that is open
 *
 * Returns: (transfer none): the dialog; GTK owns it, as every window
 */
GtkWidget *
reg_recipes_dialog_new (GtkWindow *parent, RegWorkspace *workspace)
{
  RegRecipesDialog *self = g_object_new (REG_TYPE_RECIPES_DIALOG, "transient-for", parent, NULL);

  self->workspace = g_object_ref (workspace);
  list_recipes (self);
  return GTK_WIDGET (self);
}
