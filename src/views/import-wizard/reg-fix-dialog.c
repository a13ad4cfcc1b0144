/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-views"

#include "views/import-wizard/reg-fix-dialog.h"

#include "views/import-wizard/reg-plan-menu.h"

#include <glib/gi18n-lib.h>

/* More cells than anybody would look through. */
#define MAX_CELLS 60

struct _RegFixDialog
{
  AdwWindow parent_instance;

  AdwWindowTitle *title;
  GtkButton *previous;
  GtkButton *next;
  GtkLabel *reason;
  GtkLabel *help;
  AdwPreferencesGroup *suggestions;
  AdwPreferencesGroup *cells;
  AdwPreferencesGroup *other;
  GtkButton *apply;

  RegWorkspace *workspace;
  RegImportPlan *plan;
  RegImportEdits *edits;
  RegPlanGroup group; /* what cannot happen, or the bad lines */
  guint place;        /* in the group */
  GPtrArray *rows;    /* widgets in the groups, to be taken out again */
  GPtrArray *entries; /* AdwEntryRow by column */
  char **texts;       /* what stood in them */
  guint generation;
};

enum
{
  FIX_TAKEN,
  CELLS_CORRECTED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RegFixDialog, reg_fix_dialog, ADW_TYPE_WINDOW)

/* What is wrong with a line, be it something that cannot happen. */
static RegImportBadLine
get_wrong (const RegImportPlan *plan, RegPlanGroup group, guint place)
{
  const RegImportCannot *cannot;

  if (group == REG_PLAN_BAD_LINES)
    return g_array_index (plan->bad_lines, RegImportBadLine, place);
  cannot = &g_array_index (plan->cannot, RegImportCannot, place);
  return (RegImportBadLine){ .line = cannot->line,
                             .reason = cannot->reason,
                             .sentence = cannot->sentence };
}

static RegImportBadLine
get_bad (RegFixDialog *self)
{
  return get_wrong (self->plan, self->group, self->place);
}

/* ---- What is read for a line ---- */

typedef struct
{
  RegImportPlan *plan;
  RegImportEdits *edits;
  RegPlanGroup group;
  guint place;
  guint generation;
} Wanted;

typedef struct
{
  guint generation;
  char **cells;
  char **other; /* (nullable): of the line it is like */
  GPtrArray *fixes;
} Found;

static void
wanted_free (gpointer data)
{
  Wanted *wanted = data;

  reg_import_plan_unref (wanted->plan);
  reg_import_edits_free (wanted->edits);
  g_free (wanted);
}

static void
found_free (gpointer data)
{
  Found *found = data;

  g_strfreev (found->cells);
  g_strfreev (found->other);
  g_clear_pointer (&found->fixes, g_ptr_array_unref);
  g_free (found);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Found, found_free)

static gpointer
read_line (RegStore *store, gpointer data, RegProgress *progress, GError **error)
{
  const Wanted *wanted = data;
  const RegImportBadLine bad = get_wrong (wanted->plan, wanted->group, wanted->place);
  const gint64 lines[] = { bad.line, bad.other };
  g_autoptr (GHashTable) cells = reg_import_plan_read_cells (wanted->plan, wanted->edits, lines,
                                                             bad.other != 0 ? 2 : 1, NULL, error);
  g_autoptr (RegImportFixer) fixer = NULL;
  Found *found;

  if (cells == NULL)
    return NULL;
  found = g_new0 (Found, 1);
  found->generation = wanted->generation;
  found->cells = g_strdupv (g_hash_table_lookup (cells, &lines[0]));
  found->other = g_strdupv (g_hash_table_lookup (cells, &lines[1]));
  if (found->cells == NULL)
    found->cells = g_new0 (char *, 1);
  fixer = reg_import_fixer_new (wanted->plan);
  if (wanted->group == REG_PLAN_CANNOT)
    found->fixes = reg_import_fixer_list_cannot (
        fixer, &g_array_index (wanted->plan->cannot, RegImportCannot, wanted->place));
  else
    found->fixes = reg_import_fixer_list (fixer, &bad, (const char *const *)found->cells);
  return found;
}

/* ---- Showing it ---- */

static void
take_fix (RegFixDialog *self, GtkWidget *row, gboolean all)
{
  const RegImportFix *fix = g_object_get_data (G_OBJECT (row), "reg-fix");
  g_autoptr (RegImportFix) copy = reg_import_fix_copy (fix);

  g_signal_emit (self, signals[FIX_TAKEN], 0, copy, all);
}

static void
on_fix_activated_cb (GtkWidget *row, RegFixDialog *self)
{
  take_fix (self, row, FALSE);
}

static void
on_all_clicked_cb (GtkButton *button, RegFixDialog *self)
{
  take_fix (self, g_object_get_data (G_OBJECT (button), "reg-row"), TRUE);
}

static void
set_row_texts (GtkWidget *row, const char *title, const char *subtitle)
{
  g_autofree char *title_markup = g_markup_escape_text (title, -1);
  g_autofree char *markup = subtitle != NULL ? g_markup_escape_text (subtitle, -1) : NULL;

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title_markup);
  if (markup != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), markup);
}

static void
add_suggestion (RegFixDialog *self, const RegImportFix *fix)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *label = NULL;
  GtkWidget *all;

  set_row_texts (row, fix->label, fix->detail);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data_full (G_OBJECT (row), "reg-fix", reg_import_fix_copy (fix),
                          (GDestroyNotify)reg_import_fix_free);
  g_signal_connect_object (row, "activated", G_CALLBACK (on_fix_activated_cb), self, 0);
  if (fix->can_all_alike)
    {
      all = gtk_button_new_with_label (_ ("For All Alike"));
      label = reg_import_fix_dup_all_label (fix);
      gtk_widget_set_tooltip_text (all, label);
      gtk_widget_set_valign (all, GTK_ALIGN_CENTER);
      gtk_widget_add_css_class (all, "flat");
      gtk_accessible_update_property (GTK_ACCESSIBLE (all), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                      -1);
      g_object_set_data (G_OBJECT (all), "reg-row", row);
      g_signal_connect_object (all, "clicked", G_CALLBACK (on_all_clicked_cb), self, 0);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), all);
    }
  adw_preferences_group_add (self->suggestions, row);
  g_ptr_array_add (self->rows, row);
}

static void
update_apply (RegFixDialog *self)
{
  gboolean is_changed = FALSE;

  for (guint i = 0; i < self->entries->len; i++)
    is_changed |=
        !g_str_equal (gtk_editable_get_text (GTK_EDITABLE (g_ptr_array_index (self->entries, i))),
                      self->texts[i]);
  gtk_widget_set_sensitive (GTK_WIDGET (self->apply), is_changed);
}

static char *
dup_column_title (RegFixDialog *self, guint column)
{
  const char *heading =
      column < self->plan->headings->len ? g_ptr_array_index (self->plan->headings, column) : "";

  /* Translators: a column of a file that has no heading, by its number. */
  return *heading != '\0' ? g_markup_escape_text (heading, -1)
                          : g_strdup_printf (_ ("Column %u, without a heading"), column + 1);
}

static void
add_cell (RegFixDialog *self, guint column, const char *text)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *entry = gtk_entry_new ();
  g_autofree char *title = dup_column_title (self, column);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 1);
  gtk_editable_set_text (GTK_EDITABLE (entry), text);
  gtk_editable_set_width_chars (GTK_EDITABLE (entry), 12);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (entry), 26);
  gtk_widget_set_valign (entry, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), -1);
  g_signal_connect_object (entry, "changed", G_CALLBACK (update_apply), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (entry, "activate", G_CALLBACK (gtk_widget_activate), self->apply,
                           G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), entry);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), entry);
  adw_preferences_group_add (self->cells, row);
  g_ptr_array_add (self->rows, row);
  g_ptr_array_add (self->entries, entry);
}

/* The line that this one is like, to be compared with. */
static void
show_other (RegFixDialog *self, char **cells)
{
  g_autofree char *title = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->other), cells != NULL);
  if (cells == NULL)
    return;
  /* Translators: a line of a spreadsheet. */
  title = g_strdup_printf (_ ("Line %d"), (int)get_bad (self).other);
  adw_preferences_group_set_title (self->other, title);
  for (guint i = 0; cells[i] != NULL && i < MAX_CELLS; i++)
    {
      GtkWidget *row;
      g_autofree char *name = NULL;
      g_autofree char *markup = NULL;

      if (*cells[i] == '\0')
        continue;
      row = adw_action_row_new ();
      name = dup_column_title (self, i);
      markup = g_markup_escape_text (cells[i], -1);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), markup);
      adw_preferences_group_add (self->other, row);
      g_ptr_array_add (self->rows, row);
    }
}

static void
clear_rows (RegFixDialog *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      GtkWidget *row = g_ptr_array_index (self->rows, i);
      GtkWidget *group = gtk_widget_get_ancestor (row, ADW_TYPE_PREFERENCES_GROUP);

      adw_preferences_group_remove (ADW_PREFERENCES_GROUP (group), row);
    }
  g_ptr_array_set_size (self->rows, 0);
  g_ptr_array_set_size (self->entries, 0);
  g_clear_pointer (&self->texts, g_strfreev);
}

/* The first cell that is likely to be wrong is where one begins to type. */
static guint
find_first_cell (RegFixDialog *self)
{
  for (guint i = 0; i < self->entries->len && i < self->plan->columns->len; i++)
    {
      RegColumnKind kind = g_array_index (self->plan->columns, RegColumnKind, i);

      if (kind >= REG_COLUMN_IDENTIFIER && kind <= REG_COLUMN_EMPLOYEE_ID
          && *gtk_editable_get_text (GTK_EDITABLE (g_ptr_array_index (self->entries, i))) != '\0')
        return i;
    }
  return 0;
}

static void
show_found (RegFixDialog *self, const Found *found)
{
  clear_rows (self);
  self->texts = g_strdupv (found->cells);
  for (guint i = 0; i < found->fixes->len; i++)
    if (reg_plan_menu_offers (g_ptr_array_index (found->fixes, i),
                              reg_workspace_get_site (self->workspace)))
      add_suggestion (self, g_ptr_array_index (found->fixes, i));
  for (guint i = 0; found->cells[i] != NULL && i < MAX_CELLS; i++)
    add_cell (self, i, found->cells[i]);
  show_other (self, found->other);
  gtk_widget_set_visible (GTK_WIDGET (self->suggestions), found->fixes->len > 0);
  gtk_widget_set_sensitive (GTK_WIDGET (self->apply), FALSE);
  if (found->fixes->len > 1)
    gtk_widget_grab_focus (g_ptr_array_index (self->rows, 0));
  else if (self->entries->len > 0)
    gtk_widget_grab_focus (g_ptr_array_index (self->entries, find_first_cell (self)));
}

static void
on_line_read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RegFixDialog) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (Found) found = reg_workspace_run_finish (REG_WORKSPACE (source), result, &error);

  if (found != NULL && found->generation == self->generation && self->plan != NULL)
    show_found (self, found);
  else if (found == NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      clear_rows (self);
      gtk_label_set_label (self->help, error->message);
    }
}

static void
show_place (RegFixDialog *self)
{
  const RegImportBadLine bad = get_bad (self);
  guint n = reg_plan_get_n_rows (self->plan, self->group);
  Wanted *wanted = g_new0 (Wanted, 1);
  g_autofree char *line = g_strdup_printf (_ ("Line %d"), (int)bad.line);
  /* Translators: which of the lines that may not be imported. */
  g_autofree char *count = g_strdup_printf (_ ("%'d of %'d"), (int)self->place + 1, (int)n);

  /* What stood there was about another line. */
  clear_rows (self);
  gtk_widget_set_sensitive (GTK_WIDGET (self->apply), FALSE);
  adw_window_title_set_title (self->title, line);
  adw_window_title_set_subtitle (self->title, count);
  gtk_window_set_title (GTK_WINDOW (self), line);
  gtk_label_set_label (self->reason, bad.sentence);
  gtk_label_set_label (self->help, reg_reason_get_help (bad.reason));
  gtk_widget_set_sensitive (GTK_WIDGET (self->previous), self->place > 0);
  gtk_widget_set_sensitive (GTK_WIDGET (self->next), self->place + 1 < n);
  wanted->plan = reg_import_plan_ref (self->plan);
  wanted->edits = reg_import_edits_copy (self->edits);
  wanted->group = self->group;
  wanted->place = self->place;
  wanted->generation = ++self->generation;
  reg_workspace_run_async (self->workspace, FALSE, read_line, wanted, wanted_free, found_free, NULL,
                           on_line_read_cb, g_object_ref (self));
}

/* ---- Callbacks ---- */

static void
on_apply_clicked_cb (RegFixDialog *self)
{
  g_autoptr (RegImportEdits) corrected = reg_import_edits_new ();
  gint64 line = get_bad (self).line;

  for (guint i = 0; i < self->entries->len; i++)
    {
      const char *text =
          gtk_editable_get_text (GTK_EDITABLE (g_ptr_array_index (self->entries, i)));

      if (!g_str_equal (text, self->texts[i]))
        reg_import_edits_set_cell (corrected, line, i, text);
    }
  g_signal_emit (self, signals[CELLS_CORRECTED], 0, line, corrected);
}

static void
on_previous_clicked_cb (RegFixDialog *self)
{
  self->place--;
  show_place (self);
}

static void
on_next_clicked_cb (RegFixDialog *self)
{
  self->place++;
  show_place (self);
}

/* ---- Object ---- */

static void
reg_fix_dialog_dispose (GObject *object)
{
  RegFixDialog *self = REG_FIX_DIALOG (object);

  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->entries, g_ptr_array_unref);
  g_clear_pointer (&self->texts, g_strfreev);
  g_clear_pointer (&self->plan, reg_import_plan_unref);
  g_clear_pointer (&self->edits, reg_import_edits_free);
  g_clear_object (&self->workspace);
  G_OBJECT_CLASS (reg_fix_dialog_parent_class)->dispose (object);
}

static void
reg_fix_dialog_class_init (RegFixDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = reg_fix_dialog_dispose;

  signals[FIX_TAKEN] =
      g_signal_new ("fix-taken", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 2, G_TYPE_POINTER, G_TYPE_BOOLEAN);
  signals[CELLS_CORRECTED] =
      g_signal_new ("cells-corrected", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                    NULL, G_TYPE_NONE, 2, G_TYPE_INT64, G_TYPE_POINTER);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/registrar_lms/Registrar/import-wizard/reg-fix-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, RegFixDialog, title);
  gtk_widget_class_bind_template_child (widget_class, RegFixDialog, previous);
  gtk_widget_class_bind_template_child (widget_class, RegFixDialog, next);
  gtk_widget_class_bind_template_child (widget_class, RegFixDialog, reason);
  gtk_widget_class_bind_template_child (widget_class, RegFixDialog, help);
  gtk_widget_class_bind_template_child (widget_class, RegFixDialog, suggestions);
  gtk_widget_class_bind_template_child (widget_class, RegFixDialog, cells);
  gtk_widget_class_bind_template_child (widget_class, RegFixDialog, other);
  gtk_widget_class_bind_template_child (widget_class, RegFixDialog, apply);
  gtk_widget_class_bind_template_callback (widget_class, on_apply_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_previous_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_next_clicked_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
reg_fix_dialog_init (RegFixDialog *self)
{
  self->rows = g_ptr_array_new ();
  self->entries = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
reg_fix_dialog_new (GtkWindow *parent, RegWorkspace *workspace)
{
  RegFixDialog *self = g_object_new (REG_TYPE_FIX_DIALOG, "transient-for", parent, NULL);

  self->workspace = g_object_ref (workspace);
  return GTK_WIDGET (self);
}

/**
 * reg_fix_dialog_show_line:
 * @self: the dialog
 * @plan: what the check said last
 * @edits: the corrections it was made with
 * @group: what cannot happen, or the lines that may not be imported
 * @line: the line to be shown, if it still is wrong
 *
 * Shows the line; where it is right now, the next one that is not, or the first one.
 *
 * Returns: %FALSE where no line is left
 */
gboolean
reg_fix_dialog_show_line (RegFixDialog *self,
                          RegImportPlan *plan,
                          const RegImportEdits *edits,
                          RegPlanGroup group,
                          gint64 line)
{
  guint n = reg_plan_get_n_rows (plan, group);

  if (n == 0)
    return FALSE;
  reg_import_plan_ref (plan);
  g_clear_pointer (&self->plan, reg_import_plan_unref);
  self->plan = plan;
  g_clear_pointer (&self->edits, reg_import_edits_free);
  self->edits = reg_import_edits_copy (edits);
  self->group = group;
  self->place = 0;
  for (guint i = 0; i < n; i++)
    if (get_wrong (plan, group, i).line >= line)
      {
        self->place = i;
        break;
      }
  show_place (self);
  return TRUE;
}
