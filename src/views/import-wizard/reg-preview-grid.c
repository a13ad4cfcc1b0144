/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-views"

#include "views/import-wizard/reg-preview-grid.h"

#include <glib/gi18n-lib.h>

#define MAX_ROWS 12
#define MAX_COLUMNS 8
#define CELL_CHARS 18

struct _RegPreviewGrid
{
  AdwBin parent_instance;

  GtkGrid *grid;
};

G_DEFINE_FINAL_TYPE (RegPreviewGrid, reg_preview_grid, ADW_TYPE_BIN)

static GtkWidget *
add_cell (RegPreviewGrid *self, const char *text, int column, int row)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), CELL_CHARS);
  gtk_widget_add_css_class (label, "caption");
  gtk_grid_attach (self->grid, label, column, row, 1, 1);
  return label;
}

static void
add_row (RegPreviewGrid *self, const RegImportPreviewRow *row, int place, gboolean is_heading)
{
  g_autofree char *line = g_strdup_printf ("%d", (int)row->line);
  GtkWidget *number = add_cell (self, line, 0, place);

  gtk_widget_add_css_class (number, "dim-label");
  gtk_widget_add_css_class (number, "numeric");
  for (int i = 0; row->cells[i] != NULL && i < MAX_COLUMNS; i++)
    {
      GtkWidget *cell = add_cell (self, row->cells[i], i + 1, place);

      if (is_heading)
        gtk_widget_add_css_class (cell, "heading");
    }
}

void
reg_preview_grid_set_preview (RegPreviewGrid *self, const RegImportPreview *preview)
{
  GtkWidget *child;
  int place = 0;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->grid))) != NULL)
    gtk_grid_remove (self->grid, child);
  for (guint i = 0; preview != NULL && i < preview->rows->len && place < MAX_ROWS; i++)
    {
      const RegImportPreviewRow *row = g_ptr_array_index (preview->rows, i);

      add_row (self, row, place++, row->line == preview->heading_line);
    }
}

static void
reg_preview_grid_class_init (RegPreviewGridClass *klass)
{
}

static void
reg_preview_grid_init (RegPreviewGrid *self)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  self->grid = GTK_GRID (gtk_grid_new ());
  gtk_grid_set_column_spacing (self->grid, 12);
  gtk_grid_set_row_spacing (self->grid, 3);
  gtk_widget_set_halign (GTK_WIDGET (self->grid), GTK_ALIGN_CENTER);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_AUTOMATIC,
                                  GTK_POLICY_NEVER);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (self->grid));
  adw_bin_set_child (ADW_BIN (self), scrolled);
}
