/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-views"

#include "views/common/reg-preset-list.h"

#include "store/reg-store-query.h"
#include "views/common/reg-check-row.h"
#include "views/common/reg-host.h"
#include "views/common/reg-list-stop.h"
#include "views/common/reg-preset-dialog.h"

#include <glib/gi18n-lib.h>

struct _RegPresetList
{
  AdwBin parent_instance;

  GtkStack *stack;
  GtkListBox *list;
  GtkWidget *create;
  GtkWidget *create_first;

  RegWorkspace *workspace;
  GPtrArray *rows; /* RegCourseRow */
  GPtrArray *presets;
  const RegPreset *chosen; /* (nullable): one of them */
  gint64 focused;          /* whose row has the focus once they are read anew, or 0 */
};

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RegPresetList, reg_preset_list, ADW_TYPE_BIN)

static void read_presets (RegPresetList *self);

const char *
reg_preset_list_get_name (RegPresetList *self)
{
  return self->chosen != NULL ? self->chosen->name : NULL;
}

GPtrArray *
reg_preset_list_dup_items (RegPresetList *self, const char *message)
{
  return self->chosen != NULL ? reg_review_items_new_from_preset (
             self->chosen, reg_workspace_get_today (self->workspace), message)
                              : g_ptr_array_new ();
}

/* ---- Saving and deleting ---- */

static void
on_saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RegPresetList) self = data;
  g_autoptr (GError) error = NULL;
  RegStepResult staged = { 0 };
  RegHost *host = reg_host_from (GTK_WIDGET (self));

  if (!reg_workspace_stage_finish (REG_WORKSPACE (source), result, &staged, &error))
    {
      if (host != NULL)
        reg_host_show_error (host, _ ("Could Not Be Saved"), error);
      return;
    }
  if (host != NULL && staged.n_staged > 0)
    reg_host_toast (host, _ ("Presets changed"), staged.batch_id);
  reg_step_result_clear (&staged);
  if (self->list != NULL)
    read_presets (self);
}

/* The one below, or above the last. Returns: its id, or the same where there is no other */
static gint64
find_neighbor (RegPresetList *self, gint64 id)
{
  const RegPreset *preset;
  guint at = 0;

  for (guint i = 0; i < self->presets->len; i++)
    {
      preset = g_ptr_array_index (self->presets, i);
      if (preset->id == id)
        at = i;
    }
  if (self->presets->len < 2)
    return id;
  preset = g_ptr_array_index (self->presets, at + 1 < self->presets->len ? at + 1 : at - 1);
  return preset->id;
}

static void
save (RegPresetList *self, gint64 id, const char *name, GPtrArray *items)
{
  const gint64 nobody = 0;
  gint64 saved = id != 0 ? id : reg_preset_make_id ();
  gint64 target = -saved;
  g_autoptr (RegParams) params = reg_params_new ();
  g_autofree char *text = reg_preset_items_to_text (items);
  g_autofree char *title = *name != '\0' ? g_strdup_printf (_ ("Save Preset · %s"), name)
                                         : g_strdup (_ ("Delete Preset"));

  reg_params_set (params, "name", name);
  reg_params_set (params, "items", *name != '\0' ? text : "");
  self->focused = *name != '\0' ? saved : find_neighbor (self, id);
  reg_workspace_stage_async (self->workspace, reg_operation_find ("save-preset"), params, &nobody,
                             1, &target, 1, title, FALSE, NULL, on_saved_cb, g_object_ref (self));
}

static void
on_delete_clicked_cb (GtkWidget *button, RegPresetList *self)
{
  const RegPreset *preset = g_object_get_data (G_OBJECT (button), "reg-preset");
  g_autoptr (GPtrArray) nothing = g_ptr_array_new ();

  save (self, preset->id, "", nothing);
}

/* ---- Making and changing ---- */

static void
on_dialog_save_cb (RegPresetDialog *dialog, RegPresetList *self)
{
  g_autofree char *name = reg_preset_dialog_dup_name (dialog);

  save (self, reg_preset_dialog_get_id (dialog), name, reg_preset_dialog_get_items (dialog));
}

static void
open_dialog (RegPresetList *self, const RegPreset *preset)
{
  RegPresetDialog *dialog = reg_preset_dialog_new (
      GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), self->workspace, self->rows, preset);

  g_signal_connect_object (dialog, "save", G_CALLBACK (on_dialog_save_cb), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

void
reg_preset_list_create (RegPresetList *self, GPtrArray *items)
{
  g_autoptr (RegPreset) preset = reg_preset_new ();

  g_free (preset->items);
  preset->items = reg_preset_items_to_text (items);
  open_dialog (self, preset);
}

static void
on_create_clicked_cb (RegPresetList *self)
{
  g_autoptr (GPtrArray) nothing = g_ptr_array_new ();

  reg_preset_list_create (self, nothing);
}

static void
on_edit_clicked_cb (GtkWidget *button, RegPresetList *self)
{
  open_dialog (self, g_object_get_data (G_OBJECT (button), "reg-preset"));
}

/* ---- The list ---- */

static gboolean
can_save (RegPresetList *self)
{
  return reg_site_can (reg_workspace_get_site (self->workspace), "save-preset");
}

/* The only one can be taken back, too. */
static void
on_chosen_cb (GtkCheckButton *check, RegPresetList *self)
{
  const RegPreset *preset = g_object_get_data (G_OBJECT (check), "reg-preset");

  if (gtk_check_button_get_active (check))
    self->chosen = preset;
  else if (self->chosen == preset)
    self->chosen = NULL;
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
add_button (RegPresetList *self,
            GtkWidget *row,
            RegPreset *preset,
            const char *icon_name,
            const char *label,
            GCallback callback)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon_name);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
  g_object_set_data (G_OBJECT (button), "reg-preset", preset);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  g_signal_connect (button, "clicked", callback, self);
}

static GtkCheckButton *
add_row (RegPresetList *self, RegPreset *preset, GtkCheckButton *group)
{
  g_autoptr (GPtrArray) products = reg_preset_parse_items (preset->items);
  guint n = products != NULL ? products->len : 0;
  g_autofree char *subtitle = g_strdup_printf (ngettext ("%u product", "%u products", n), n);
  GtkWidget *row = reg_check_row_new (preset->name, subtitle, group);
  GtkCheckButton *check = reg_check_row_get_check (row);
  g_autofree char *edit = g_strdup_printf (_ ("Edit %s"), preset->name);
  g_autofree char *delete = g_strdup_printf (_ ("Delete %s"), preset->name);

  g_object_set_data (G_OBJECT (check), "reg-preset", preset);
  if (can_save (self))
    {
      add_button (self, row, preset, "document-edit-symbolic", edit,
                  G_CALLBACK (on_edit_clicked_cb));
      add_button (self, row, preset, "user-trash-symbolic", delete,
                  G_CALLBACK (on_delete_clicked_cb));
    }
  gtk_list_box_append (self->list, row);
  g_signal_connect (check, "toggled", G_CALLBACK (on_chosen_cb), self);
  return check;
}

static gpointer
list_presets (RegStore *store, gpointer data, RegProgress *progress, GError **error)
{
  return reg_store_list_presets (store, error);
}

/* The rows are new ones: what was chosen still is, and the keyboard goes on where it was. */
static void
show_presets (RegPresetList *self, GPtrArray *presets)
{
  gint64 chosen = self->chosen != NULL ? self->chosen->id : 0;
  GtkWidget *focus = self->create;
  GtkCheckButton *group = NULL;
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  self->chosen = NULL;
  g_clear_pointer (&self->presets, g_ptr_array_unref);
  self->presets = g_ptr_array_ref (presets);
  for (guint i = 0; i < presets->len; i++)
    {
      RegPreset *preset = g_ptr_array_index (presets, i);

      group = add_row (self, preset, group);
      if (preset->id == chosen)
        gtk_check_button_set_active (group, TRUE);
      if (preset->id == self->focused)
        focus = GTK_WIDGET (gtk_list_box_get_row_at_index (self->list, (int)i));
    }
  gtk_stack_set_visible_child_name (self->stack, presets->len > 0 ? "list" : "empty");
  if (self->focused != 0 && gtk_widget_get_mapped (GTK_WIDGET (self)))
    gtk_widget_grab_focus (presets->len > 0 ? focus : self->create_first);
  self->focused = 0;
}

static void
on_read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RegPresetList) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) presets = reg_workspace_run_finish (REG_WORKSPACE (source), result, &error);
  RegHost *host = reg_host_from (GTK_WIDGET (self));

  if (self->list == NULL)
    return;
  if (presets == NULL)
    {
      if (host != NULL)
        reg_host_show_error (host, _ ("Could Not Look Up Presets"), error);
      return;
    }
  show_presets (self, presets);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
read_presets (RegPresetList *self)
{
  reg_workspace_run_async (self->workspace, FALSE, list_presets, NULL, NULL,
                           (GDestroyNotify)g_ptr_array_unref, NULL, on_read_cb,
                           g_object_ref (self));
}

static void
reg_preset_list_dispose (GObject *object)
{
  RegPresetList *self = REG_PRESET_LIST (object);

  g_clear_object (&self->workspace);
  self->list = NULL;
  G_OBJECT_CLASS (reg_preset_list_parent_class)->dispose (object);
}

static void
reg_preset_list_finalize (GObject *object)
{
  g_clear_pointer (&REG_PRESET_LIST (object)->presets, g_ptr_array_unref);
  g_clear_pointer (&REG_PRESET_LIST (object)->rows, g_ptr_array_unref);
  G_OBJECT_CLASS (reg_preset_list_parent_class)->finalize (object);
}

static void
reg_preset_list_class_init (RegPresetListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = reg_preset_list_dispose;
  object_class->finalize = reg_preset_list_finalize;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (REG_TYPE_LIST_STOP);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/registrar_lms/Registrar/common/reg-preset-list.ui");
  gtk_widget_class_bind_template_child (widget_class, RegPresetList, stack);
  gtk_widget_class_bind_template_child (widget_class, RegPresetList, list);
  gtk_widget_class_bind_template_child (widget_class, RegPresetList, create);
  gtk_widget_class_bind_template_child (widget_class, RegPresetList, create_first);
  gtk_widget_class_bind_template_callback (widget_class, on_create_clicked_cb);
}

static void
reg_preset_list_init (RegPresetList *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
reg_preset_list_set_up (RegPresetList *self, RegWorkspace *workspace, GPtrArray *rows)
{
  self->workspace = g_object_ref (workspace);
  self->rows = g_ptr_array_ref (rows);
  gtk_widget_set_visible (self->create, can_save (self));
  gtk_widget_set_visible (self->create_first, can_save (self));
  read_presets (self);
}
