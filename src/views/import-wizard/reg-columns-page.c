/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-views"

#include "views/import-wizard/reg-columns-page.h"

#include "sync/reg-import-recipes.h"
#include "views/common/reg-host.h"
#include "views/import-wizard/reg-mapping-view.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _RegColumnsPage
{
  AdwBin parent_instance;

  RegMappingView *mapping;
  GtkLabel *undecided;
  GtkButton *mapped;

  RegWorkspace *workspace;
  RegImportSetup *setup; /* the wizard's */
  GPtrArray *recipes;    /* (nullable): RegImportRecipe, of the account */
};

enum
{
  READING_CHANGED,
  RECIPE_CHOSEN,
  ACTION_CHOSEN,
  DECIDED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RegColumnsPage, reg_columns_page, ADW_TYPE_BIN)

static void
update_undecided (RegColumnsPage *self)
{
  guint n = reg_mapping_view_get_n_undecided (self->mapping);
  g_autofree char *text =
      n > 0 ? g_strdup_printf (
          ngettext ("%u column is not decided yet.", "%u columns are not decided yet.", n), n)
            : g_strdup (_ ("Every column is decided."));

  gtk_label_set_label (self->undecided, text);
  gtk_widget_set_sensitive (GTK_WIDGET (self->mapped), n == 0);
}

/* (transfer container): the recipes made for these headings */
static GPtrArray *
list_fitting_recipes (RegColumnsPage *self)
{
  GPtrArray *fitting = g_ptr_array_new ();

  for (guint i = 0; self->recipes != NULL && i < self->recipes->len; i++)
    {
      RegImportRecipe *recipe = g_ptr_array_index (self->recipes, i);

      if (g_strcmp0 (recipe->headings, self->setup->headings) == 0)
        g_ptr_array_add (fitting, recipe);
    }
  return fitting;
}

const RegImportRecipe *
reg_columns_page_find_recipe (RegColumnsPage *self)
{
  g_autoptr (GPtrArray) fitting = list_fitting_recipes (self);

  return fitting->len == 1 ? g_ptr_array_index (fitting, 0) : NULL;
}

static char **
dup_fitting_recipes (RegColumnsPage *self)
{
  g_autoptr (GPtrArray) fitting = list_fitting_recipes (self);
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  for (guint i = 0; i < fitting->len; i++)
    g_ptr_array_add (names,
                     g_strdup (((const RegImportRecipe *)g_ptr_array_index (fitting, i))->name));
  g_ptr_array_add (names, NULL);
  return (char **)g_ptr_array_free (g_steal_pointer (&names), FALSE);
}

void
reg_columns_page_show (RegColumnsPage *self,
                       const RegImportPreview *preview,
                       GPtrArray *courses,
                       const char *problem)
{
  g_auto (GStrv) recipes = dup_fitting_recipes (self);
  g_autofree char *proposal = reg_import_setup_dup_name (self->setup);
  char *dot = strrchr (proposal, '.');

  if (dot != NULL)
    *dot = '\0';
  reg_mapping_view_set_action (self->mapping, reg_import_setup_find_action (self->setup));
  reg_mapping_view_set_preview (self->mapping, preview, courses);
  reg_mapping_view_set_recipes (self->mapping, (const char *const *)recipes);
  reg_mapping_view_set_proposal (self->mapping, proposal);
  reg_mapping_view_set_problem (self->mapping, problem);
  update_undecided (self);
}

/**
 * reg_columns_page_focus:
 * @self: the page, on show
 *
 * Moves the focus to what there is to do: the first column that is not decided, or going on.
 */
void
reg_columns_page_focus (RegColumnsPage *self)
{
  if (!reg_mapping_view_focus_undecided (self->mapping))
    gtk_widget_grab_focus (GTK_WIDGET (self->mapped));
}

gboolean
reg_columns_page_show_problem (RegColumnsPage *self, const char *problem)
{
  if (!reg_mapping_view_has_columns (self->mapping))
    return FALSE;
  reg_mapping_view_set_action (self->mapping, reg_import_setup_find_action (self->setup));
  reg_mapping_view_set_problem (self->mapping, problem);
  return TRUE;
}

static void
on_reading_changed_cb (RegColumnsPage *self)
{
  reg_import_setup_set_reading (self->setup, reg_mapping_view_get_sheet (self->mapping),
                                reg_mapping_view_get_encoding (self->mapping),
                                reg_mapping_view_get_delimiter (self->mapping),
                                reg_mapping_view_get_heading_line (self->mapping));
  g_signal_emit (self, signals[READING_CHANGED], 0);
}

/* ---- Recipes ---- */

static gpointer
list_recipes (RegStore *store, gpointer data, RegProgress *progress, GError **error)
{
  return reg_import_recipes_list (store, error);
}

static void
on_recipes_listed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RegColumnsPage) self = data;
  g_autoptr (GError) error = NULL;
  GPtrArray *recipes = reg_workspace_run_finish (REG_WORKSPACE (source), result, &error);

  /* Without them nothing is lost but their being offered. */
  if (recipes == NULL)
    return;
  g_clear_pointer (&self->recipes, g_ptr_array_unref);
  self->recipes = recipes;
}

void
reg_columns_page_list_recipes (RegColumnsPage *self)
{
  reg_workspace_run_async (self->workspace, FALSE, list_recipes, NULL, NULL,
                           (GDestroyNotify)g_ptr_array_unref, NULL, on_recipes_listed_cb,
                           g_object_ref (self));
}

static void
on_recipe_chosen_cb (RegColumnsPage *self, const char *name)
{
  for (guint i = 0; self->recipes != NULL && i < self->recipes->len; i++)
    {
      RegImportRecipe *recipe = g_ptr_array_index (self->recipes, i);

      if (!g_str_equal (recipe->name, name))
        continue;
      g_signal_emit (self, signals[RECIPE_CHOSEN], 0, recipe);
      return;
    }
}

static gpointer
save_recipe (RegStore *store, gpointer data, RegProgress *progress, GError **error)
{
  return reg_import_recipes_save (store, data, error) ? g_strdup ("") : NULL;
}

static void
on_recipe_saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RegColumnsPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *done = reg_workspace_run_finish (REG_WORKSPACE (source), result, &error);
  RegHost *host = reg_host_from (GTK_WIDGET (self));

  if (done == NULL && host != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    reg_host_show_error (host, _ ("The Recipe Cannot Be Saved"), error);
}

/* What was said of the columns now is what the recipe says. */
static void
remember_recipe (RegColumnsPage *self)
{
  g_autofree char *name = reg_mapping_view_dup_recipe_name (self->mapping);
  RegImportRecipe *recipe;
  RegImportRequest request;

  if (name == NULL)
    return;
  reg_import_setup_fill_request (self->setup, &request);
  recipe = reg_import_recipe_new (name, &request);
  recipe->headings = g_strdup (self->setup->headings);
  reg_import_setup_set_recipe_name (self->setup, name);
  reg_workspace_run_async (self->workspace, TRUE, save_recipe, recipe,
                           (GDestroyNotify)reg_import_recipe_free, g_free, NULL, on_recipe_saved_cb,
                           g_object_ref (self));
}

static void
on_action_chosen_cb (RegColumnsPage *self, guint place)
{
  g_signal_emit (self, signals[ACTION_CHOSEN], 0, place);
}

static void
on_mapped_clicked_cb (RegColumnsPage *self)
{
  char **mapping = reg_mapping_view_dup_mapping (self->mapping);

  if (mapping == NULL)
    return;
  reg_import_setup_take_mapping (self->setup, mapping);
  remember_recipe (self);
  g_signal_emit (self, signals[DECIDED], 0);
}

/* ---- Object ---- */

static void
reg_columns_page_dispose (GObject *object)
{
  RegColumnsPage *self = REG_COLUMNS_PAGE (object);

  g_clear_pointer (&self->recipes, g_ptr_array_unref);
  g_clear_object (&self->workspace);
  G_OBJECT_CLASS (reg_columns_page_parent_class)->dispose (object);
}

static void
reg_columns_page_class_init (RegColumnsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = reg_columns_page_dispose;

  signals[READING_CHANGED] = g_signal_new ("reading-changed", G_TYPE_FROM_CLASS (klass),
                                           G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[RECIPE_CHOSEN] =
      g_signal_new ("recipe-chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                    NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[ACTION_CHOSEN] =
      g_signal_new ("action-chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                    NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[DECIDED] = g_signal_new ("decided", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (REG_TYPE_MAPPING_VIEW);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/registrar_lms/Registrar/import-wizard/reg-columns-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RegColumnsPage, mapping);
  gtk_widget_class_bind_template_child (widget_class, RegColumnsPage, undecided);
  gtk_widget_class_bind_template_child (widget_class, RegColumnsPage, mapped);
  gtk_widget_class_bind_template_callback (widget_class, on_reading_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_recipe_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_action_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_mapped_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, update_undecided);
}

static void
reg_columns_page_init (RegColumnsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
reg_columns_page_set_up (RegColumnsPage *self, RegWorkspace *workspace, RegImportSetup *setup)
{
  self->workspace = g_object_ref (workspace);
  self->setup = setup;
  reg_columns_page_list_recipes (self);
}
