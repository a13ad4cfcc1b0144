/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-views"

#include "views/import-wizard/reg-mapping-view.h"

#include "model/reg-course.h"
#include "views/common/reg-label-picker.h"
#include "views/import-wizard/reg-import-setup.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Columns beyond are left out with the button. */
#define MAX_COLUMNS 200
/* Entries of a drop-down before the fields. */
#define ENTRY_CHOOSE 0
#define ENTRY_LEAVE_OUT 1
#define ENTRY_FIRST_FIELD 2
/* From so many entries on one looks for them by typing. */
#define SEARCH_FROM 12

struct _RegMappingView
{
  AdwBin parent_instance;

  GtkScrolledWindow *scrolled;
  GtkLabel *problem;
  AdwComboRow *action;
  AdwPreferencesGroup *recipes;
  AdwPreferencesGroup *reading;
  AdwComboRow *sheet;
  AdwComboRow *encoding;
  AdwComboRow *delimiter;
  AdwActionRow *heading_row;
  GtkSpinButton *heading_line;
  AdwPreferencesGroup *columns;
  GtkButton *leave_rest;
  GtkLabel *missing;
  GtkSwitch *remember;
  GtkEntry *recipe_name;

  GPtrArray *recipe_rows;
  GPtrArray *rows;       /* AdwActionRow by column */
  GPtrArray *drop_downs; /* GtkDropDown by column */
  GPtrArray *headings;   /* text by column */
  GPtrArray *fields;     /* what the entries from ENTRY_FIRST_FIELD on stand for */
  guint n_own_fields;    /* those that are no courses */
  guint n_columns;
  guint n_undecided_beyond; /* columns that have no row */
  gboolean leaves_beyond_out;
  char **sheets;
  char *own_sheet; /* what the file is read as now */
  char *own_encoding;
  char own_delimiter;
  gint64 own_heading_line;
  gboolean is_filling;
};

enum
{
  READING_CHANGED,
  CHANGED,
  RECIPE_CHOSEN,
  ACTION_CHOSEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RegMappingView, reg_mapping_view, ADW_TYPE_BIN)

static const char *const encodings[] = { "UTF-8",        "windows-1252", "windows-1250",
                                         "windows-1251", "windows-1253", "windows-1254",
                                         "ISO-8859-15",  "macintosh",    "IBM850",
                                         "UTF-16LE",     "UTF-16BE",     NULL };

static const struct
{
  char delimiter;
  const char *label;
} delimiters[] = {
  { ',', N_ ("Commas") },
  { ';', N_ ("Semicolons") },
  { '\t', N_ ("Tabs") },
  { '|', N_ ("Vertical bars") },
};

/* ---- How the file is read ---- */

static void
fill_combo (AdwComboRow *row, const char *const *texts, const char *current)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);
  guint selected = GTK_INVALID_LIST_POSITION, n = 0;

  for (; texts != NULL && texts[n] != NULL; n++)
    {
      gtk_string_list_append (list, texts[n]);
      if (current != NULL && g_ascii_strcasecmp (texts[n], current) == 0)
        selected = n;
    }
  if (selected == GTK_INVALID_LIST_POSITION && current != NULL)
    {
      gtk_string_list_append (list, current);
      selected = n;
    }
  adw_combo_row_set_model (row, G_LIST_MODEL (list));
  adw_combo_row_set_selected (row, selected);
}

static void
fill_delimiters (RegMappingView *self, char current)
{
  const char *labels[G_N_ELEMENTS (delimiters) + 1] = { NULL };
  const char other[] = { current, '\0' };
  const char *shown = other;

  for (guint i = 0; i < G_N_ELEMENTS (delimiters); i++)
    {
      labels[i] = _ (delimiters[i].label);
      if (delimiters[i].delimiter == current)
        shown = labels[i];
    }
  fill_combo (self->delimiter, labels, shown);
}

static void
show_sample (RegMappingView *self, const RegImportPreview *preview)
{
  g_autofree char *text = NULL;
  g_autofree char *markup = NULL;

  if (preview->sample != NULL)
    /* Translators: an encoding, and a word with an accent as it looks in it. */
    text = g_strdup_printf (_ ("We read it as %s: “%s” – looks right?"), preview->encoding,
                            preview->sample);
  else
    text = g_strdup (_ ("Only plain letters stand in the first lines, so that it makes no "
                        "difference"));
  markup = g_markup_escape_text (text, -1);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->encoding), markup);
}

/* What stands above the headings is passed over, and shown. */
static void
show_heading_line (RegMappingView *self, const RegImportPreview *preview)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *markup = NULL;

  for (guint i = 0; i < preview->rows->len; i++)
    {
      const RegImportPreviewRow *row = g_ptr_array_index (preview->rows, i);

      if (row->line >= preview->heading_line)
        break;
      for (guint k = 0; row->cells[k] != NULL; k++)
        if (*row->cells[k] != '\0')
          {
            g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", row->cells[k]);
            break;
          }
    }
  if (text->len > 0)
    g_string_prepend (text, _ ("Passed over above it: "));
  markup = g_markup_escape_text (text->str, -1);
  adw_action_row_set_subtitle (self->heading_row, markup);
  adw_action_row_set_subtitle_lines (self->heading_row, 1);
  gtk_spin_button_set_value (self->heading_line, (double)preview->heading_line);
}

static void
show_reading (RegMappingView *self, const RegImportPreview *preview)
{
  gboolean is_text = preview->format == REG_ROW_FORMAT_CSV;

  g_free (self->own_sheet);
  self->own_sheet = g_strdup (preview->sheet);
  g_free (self->own_encoding);
  self->own_encoding = g_strdup (preview->encoding);
  self->own_delimiter = preview->delimiter;
  self->own_heading_line = preview->heading_line;
  g_strfreev (self->sheets);
  self->sheets = g_strdupv (preview->sheets);
  gtk_widget_set_visible (GTK_WIDGET (self->encoding), is_text);
  gtk_widget_set_visible (GTK_WIDGET (self->delimiter), is_text);
  gtk_widget_set_visible (GTK_WIDGET (self->sheet), g_strv_length (preview->sheets) > 1);
  fill_combo (self->sheet, (const char *const *)preview->sheets, preview->sheet);
  if (is_text)
    {
      fill_combo (self->encoding, encodings, preview->encoding);
      fill_delimiters (self, preview->delimiter);
      show_sample (self, preview);
    }
  show_heading_line (self, preview);
}

static const char *
get_selected_text (AdwComboRow *row)
{
  GObject *item = adw_combo_row_get_selected_item (row);

  return item != NULL ? gtk_string_object_get_string (GTK_STRING_OBJECT (item)) : NULL;
}

static void
on_reading_changed_cb (RegMappingView *self)
{
  if (self->is_filling)
    return;
  if (g_strcmp0 (reg_mapping_view_get_sheet (self), self->own_sheet) != 0
      || g_strcmp0 (reg_mapping_view_get_encoding (self), self->own_encoding) != 0
      || reg_mapping_view_get_delimiter (self) != self->own_delimiter
      || reg_mapping_view_get_heading_line (self) != self->own_heading_line)
    g_signal_emit (self, signals[READING_CHANGED], 0);
}

/* ---- Columns ---- */

static guint
get_choice (RegMappingView *self, guint column)
{
  return gtk_drop_down_get_selected (g_ptr_array_index (self->drop_downs, column));
}

guint
reg_mapping_view_get_n_undecided (RegMappingView *self)
{
  guint n = self->leaves_beyond_out ? 0 : self->n_undecided_beyond;

  for (guint i = 0; i < self->drop_downs->len; i++)
    n += get_choice (self, i) == ENTRY_CHOOSE;
  return n;
}

/**
 * reg_mapping_view_focus_undecided:
 * @self: the view
 *
 * Returns: whether there is a column that is not decided, which has the focus now
 */
gboolean
reg_mapping_view_focus_undecided (RegMappingView *self)
{
  for (guint i = 0; i < self->drop_downs->len; i++)
    if (get_choice (self, i) == ENTRY_CHOOSE)
      return gtk_widget_grab_focus (g_ptr_array_index (self->drop_downs, i));
  return FALSE;
}

static gboolean
is_course_entry (RegMappingView *self, guint entry)
{
  return entry >= ENTRY_FIRST_FIELD + self->n_own_fields;
}

static gboolean
is_chosen (RegMappingView *self, guint entry)
{
  for (guint i = 0; i < self->drop_downs->len; i++)
    if (get_choice (self, i) == entry)
      return TRUE;
  return FALSE;
}

static gboolean
is_matrix (RegMappingView *self)
{
  for (guint i = 0; i < self->drop_downs->len; i++)
    if (is_course_entry (self, get_choice (self, i)))
      return TRUE;
  return FALSE;
}

/* What nothing in the file is taken for is said, and what becomes of it. */
static void
update_missing (RegMappingView *self)
{
  g_autoptr (GString) names = g_string_new (NULL);
  g_autofree char *text = NULL;

  for (guint i = 0; !is_matrix (self) && i < self->n_own_fields; i++)
    if (!is_chosen (self, ENTRY_FIRST_FIELD + i))
      g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "",
                              (char *)g_ptr_array_index (self->fields, i));
  /* Translators: %s are headings, such as “Due Date, Message”. */
  text = g_strdup_printf (
      _ ("Nothing in the file is taken for: %s. A column that is not there changes nothing."),
      names->str);
  gtk_label_set_label (self->missing, text);
  gtk_widget_set_visible (GTK_WIDGET (self->missing), names->len > 0);
}

static void
on_choice_changed_cb (RegMappingView *self)
{
  if (self->is_filling)
    return;
  update_missing (self);
  gtk_widget_set_visible (GTK_WIDGET (self->leave_rest),
                          reg_mapping_view_get_n_undecided (self) > 0);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_leave_rest_clicked_cb (RegMappingView *self)
{
  self->leaves_beyond_out = TRUE;
  for (guint i = 0; i < self->drop_downs->len; i++)
    if (get_choice (self, i) == ENTRY_CHOOSE)
      gtk_drop_down_set_selected (g_ptr_array_index (self->drop_downs, i), ENTRY_LEAVE_OUT);
  on_choice_changed_cb (self);
}

static guint
find_entry (RegMappingView *self, const char *field)
{
  if (field == NULL)
    return ENTRY_CHOOSE;
  if (*field == '\0')
    return ENTRY_LEAVE_OUT;
  for (guint i = 0; i < self->fields->len; i++)
    if (g_str_equal (g_ptr_array_index (self->fields, i), field))
      return ENTRY_FIRST_FIELD + i;
  return ENTRY_CHOOSE;
}

/* The entries of every drop-down: one list for all of them. */
static GtkStringList *
create_entries (RegMappingView *self, const RegImportPreview *preview, GPtrArray *courses)
{
  GtkStringList *entries = gtk_string_list_new (NULL);

  g_ptr_array_set_size (self->fields, 0);
  gtk_string_list_append (entries, _ ("Choose…"));
  gtk_string_list_append (entries, _ ("Leave it out"));
  for (guint i = 0; preview->fields[i] != NULL; i++)
    {
      g_ptr_array_add (self->fields, g_strdup (preview->fields[i]));
      gtk_string_list_append (entries, preview->fields[i]);
    }
  self->n_own_fields = self->fields->len;
  for (guint i = 0; courses != NULL && i < courses->len; i++)
    {
      const RegCourse *course = g_ptr_array_index (courses, i);
      g_autofree char *label = g_strdup_printf ("%s %s", course->code, course->title);

      g_ptr_array_add (self->fields, g_strdup (course->code));
      gtk_string_list_append (entries, label);
    }
  return entries;
}

static char *
dup_column_name (const RegImportPreviewColumn *column)
{
  return *column->heading != '\0'
             ? g_strdup_printf (_ ("“%s” (column %s)"), column->heading, column->letter)
             /* Translators: a column that has no heading, by its letter. */
             : g_strdup_printf (_ ("Column %s"), column->letter);
}

/* Texts of the column, after what cannot be seen of it in a spreadsheet program. */
static char *
dup_samples (const RegImportPreviewColumn *column)
{
  g_autofree char *samples = g_strjoinv (" · ", column->samples);

  return column->is_hidden
             /* Translators: a column of a spreadsheet, and texts of it. */
             ? g_strdup_printf (_ ("Hidden in the sheet · %s"), samples)
             : g_steal_pointer (&samples);
}

/* What is said of it, and its texts. */
static char *
dup_column_subtitle (const RegImportPreviewColumn *column)
{
  g_autofree char *samples = dup_samples (column);
  g_autofree char *remark = NULL;

  if (column->is_twice)
    remark = g_strdup (_ ("Taken for the same as a column before it"));
  else if (column->field == NULL && column->suggestion != NULL)
    /* Translators: why a heading is likely to mean what is suggested. */
    remark = g_strdup_printf (_ ("Suggested: %s"), column->why);
  if (remark == NULL)
    return g_steal_pointer (&samples);
  return *samples != '\0' ? g_strdup_printf ("%s · %s", remark, samples)
                          : g_steal_pointer (&remark);
}

static void
add_column (RegMappingView *self, const RegImportPreviewColumn *column, GtkStringList *entries)
{
  GtkExpression *expression = gtk_property_expression_new (GTK_TYPE_STRING_OBJECT, NULL, "string");
  GtkWidget *drop_down = gtk_drop_down_new (g_object_ref (G_LIST_MODEL (entries)), expression);
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *name = dup_column_name (column);
  g_autofree char *subtitle = dup_column_subtitle (column);
  g_autofree char *title_markup = g_markup_escape_text (name, -1);
  g_autofree char *markup = g_markup_escape_text (subtitle, -1);

  gtk_widget_set_valign (drop_down, GTK_ALIGN_CENTER);
  reg_drop_down_ellipsize (GTK_DROP_DOWN (drop_down));
  gtk_drop_down_set_enable_search (GTK_DROP_DOWN (drop_down),
                                   g_list_model_get_n_items (G_LIST_MODEL (entries)) > SEARCH_FROM);
  gtk_drop_down_set_selected (
      GTK_DROP_DOWN (drop_down),
      column->is_twice
          ? ENTRY_CHOOSE
          : find_entry (self, column->field != NULL ? column->field : column->suggestion));
  gtk_accessible_update_property (GTK_ACCESSIBLE (drop_down), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  -1);
  g_signal_connect_object (drop_down, "notify::selected", G_CALLBACK (on_choice_changed_cb), self,
                           G_CONNECT_SWAPPED);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title_markup);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 1);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), markup);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), drop_down);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), drop_down);
  adw_preferences_group_add (self->columns, row);
  g_ptr_array_add (self->rows, row);
  g_ptr_array_add (self->drop_downs, drop_down);
}

static void
clear_columns (RegMappingView *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (self->columns, g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);
  g_ptr_array_set_size (self->drop_downs, 0);
  g_ptr_array_set_size (self->headings, 0);
  self->n_undecided_beyond = 0;
  self->leaves_beyond_out = FALSE;
}

static void
on_action_chosen_cb (RegMappingView *self)
{
  if (!self->is_filling)
    g_signal_emit (self, signals[ACTION_CHOSEN], 0, adw_combo_row_get_selected (self->action));
}

void
reg_mapping_view_set_action (RegMappingView *self, guint place)
{
  self->is_filling = TRUE;
  adw_combo_row_set_selected (self->action, place);
  self->is_filling = FALSE;
}

/**
 * reg_mapping_view_set_preview:
 * @self: the view
 * @preview: the first lines of the file
 * @courses: (nullable) (element-type RegCourse): what columns may be besides
 *
 * Shows a file; what is suggested is chosen already.
 */
void
reg_mapping_view_set_preview (RegMappingView *self,
                              const RegImportPreview *preview,
                              GPtrArray *courses)
{
  g_autoptr (GtkStringList) entries = NULL;

  self->is_filling = TRUE;
  clear_columns (self);
  entries = create_entries (self, preview, courses);
  show_reading (self, preview);
  self->n_columns = preview->columns->len;
  for (guint i = 0; i < preview->columns->len; i++)
    {
      const RegImportPreviewColumn *column = g_ptr_array_index (preview->columns, i);

      g_ptr_array_add (self->headings, g_strdup (column->heading));
      if (i < MAX_COLUMNS)
        add_column (self, column, entries);
      else
        self->n_undecided_beyond += column->field == NULL || column->is_twice;
    }
  update_missing (self);
  gtk_widget_set_visible (GTK_WIDGET (self->leave_rest),
                          reg_mapping_view_get_n_undecided (self) > 0);
  self->is_filling = FALSE;
  g_signal_emit (self, signals[CHANGED], 0);
}

gboolean
reg_mapping_view_has_columns (RegMappingView *self)
{
  return self->n_columns > 0;
}

void
reg_mapping_view_set_problem (RegMappingView *self, const char *problem)
{
  gtk_label_set_label (self->problem, problem != NULL ? problem : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), problem != NULL);
  /* It stands above everything else. */
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scrolled), 0);
}

/* ---- Recipes ---- */

static void
on_recipe_activated_cb (GtkWidget *row, RegMappingView *self)
{
  g_signal_emit (self, signals[RECIPE_CHOSEN], 0, g_object_get_data (G_OBJECT (row), "reg-name"));
}

void
reg_mapping_view_set_recipes (RegMappingView *self, const char *const *names)
{
  for (guint i = 0; i < self->recipe_rows->len; i++)
    adw_preferences_group_remove (self->recipes, g_ptr_array_index (self->recipe_rows, i));
  g_ptr_array_set_size (self->recipe_rows, 0);
  gtk_widget_set_visible (GTK_WIDGET (self->recipes), names != NULL && *names != NULL);
  for (; names != NULL && *names != NULL; names++)
    {
      GtkWidget *row = adw_action_row_new ();
      g_autofree char *markup = g_markup_escape_text (*names, -1);

      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), markup);
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _ ("Read this file by it"));
      adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                                 gtk_image_new_from_icon_name ("go-next-symbolic"));
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
      g_object_set_data_full (G_OBJECT (row), "reg-name", g_strdup (*names), g_free);
      g_signal_connect_object (row, "activated", G_CALLBACK (on_recipe_activated_cb), self, 0);
      adw_preferences_group_add (self->recipes, row);
      g_ptr_array_add (self->recipe_rows, row);
    }
}

void
reg_mapping_view_set_proposal (RegMappingView *self, const char *proposal)
{
  gtk_editable_set_text (GTK_EDITABLE (self->recipe_name), proposal);
  gtk_switch_set_active (self->remember, FALSE);
}

char *
reg_mapping_view_dup_recipe_name (RegMappingView *self)
{
  char *name = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->recipe_name))));

  if (gtk_switch_get_active (self->remember) && *name != '\0')
    return name;
  g_free (name);
  return NULL;
}

/* ---- What was chosen ---- */

/* Columns without a heading of their own go by their letter. */
static gboolean
has_own_heading (RegMappingView *self, guint column)
{
  const char *heading = g_ptr_array_index (self->headings, column);

  if (*heading == '\0' || *heading == '[' || g_str_has_suffix (heading, "…"))
    return FALSE;
  for (guint i = 0; i < self->headings->len; i++)
    if (i != column && g_ascii_strcasecmp (g_ptr_array_index (self->headings, i), heading) == 0)
      return FALSE;
  return TRUE;
}

static char *
dup_letter (guint column)
{
  char letters[8];
  guint at = sizeof letters - 1;

  letters[at] = '\0';
  for (guint n = column + 1; n > 0; n = (n - 1) / 26)
    letters[--at] = (char)('A' + (n - 1) % 26);
  return g_strdup (letters + at);
}

static void
add_entry (RegMappingView *self, GPtrArray *mapping, guint column, const char *field)
{
  g_autofree char *letter = dup_letter (column);

  if (has_own_heading (self, column))
    g_ptr_array_add (
        mapping,
        g_strdup_printf ("%s=%s", (char *)g_ptr_array_index (self->headings, column), field));
  else
    g_ptr_array_add (mapping, g_strdup_printf ("[%s]=%s", letter, field));
}

/**
 * reg_mapping_view_dup_mapping:
 * @self: the view
 *
 * Returns: (transfer full) (nullable): the mapping of an import's request; %NULL while a column is
 *   not decided
 */
char **
reg_mapping_view_dup_mapping (RegMappingView *self)
{
  g_autoptr (GPtrArray) mapping = NULL;

  if (reg_mapping_view_get_n_undecided (self) > 0)
    return NULL;
  mapping = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < self->n_columns; i++)
    {
      guint choice = i < self->drop_downs->len ? get_choice (self, i) : ENTRY_LEAVE_OUT;

      if (choice == ENTRY_LEAVE_OUT)
        add_entry (self, mapping, i, "");
      else
        add_entry (self, mapping, i, g_ptr_array_index (self->fields, choice - ENTRY_FIRST_FIELD));
    }
  for (guint i = 0; !is_matrix (self) && i < self->n_own_fields; i++)
    if (!is_chosen (self, ENTRY_FIRST_FIELD + i))
      g_ptr_array_add (mapping,
                       g_strdup_printf ("=%s", (char *)g_ptr_array_index (self->fields, i)));
  g_ptr_array_add (mapping, NULL);
  return (char **)g_ptr_array_free (g_steal_pointer (&mapping), FALSE);
}

const char *
reg_mapping_view_get_sheet (RegMappingView *self)
{
  return gtk_widget_get_visible (GTK_WIDGET (self->sheet)) ? get_selected_text (self->sheet)
                                                           : self->own_sheet;
}

const char *
reg_mapping_view_get_encoding (RegMappingView *self)
{
  return gtk_widget_get_visible (GTK_WIDGET (self->encoding)) ? get_selected_text (self->encoding)
                                                              : self->own_encoding;
}

char
reg_mapping_view_get_delimiter (RegMappingView *self)
{
  guint selected = adw_combo_row_get_selected (self->delimiter);

  return gtk_widget_get_visible (GTK_WIDGET (self->delimiter))
                 && selected < G_N_ELEMENTS (delimiters)
             ? delimiters[selected].delimiter
             : self->own_delimiter;
}

gint64
reg_mapping_view_get_heading_line (RegMappingView *self)
{
  return gtk_spin_button_get_value_as_int (self->heading_line);
}

/* ---- Object ---- */

static void
reg_mapping_view_finalize (GObject *object)
{
  RegMappingView *self = REG_MAPPING_VIEW (object);

  g_ptr_array_unref (self->recipe_rows);
  g_ptr_array_unref (self->rows);
  g_ptr_array_unref (self->drop_downs);
  g_ptr_array_unref (self->headings);
  g_ptr_array_unref (self->fields);
  g_strfreev (self->sheets);
  g_free (self->own_sheet);
  g_free (self->own_encoding);
  G_OBJECT_CLASS (reg_mapping_view_parent_class)->finalize (object);
}

static void
reg_mapping_view_class_init (RegMappingViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = reg_mapping_view_finalize;

  signals[READING_CHANGED] = g_signal_new ("reading-changed", G_TYPE_FROM_CLASS (klass),
                                           G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  signals[RECIPE_CHOSEN] =
      g_signal_new ("recipe-chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                    NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[ACTION_CHOSEN] =
      g_signal_new ("action-chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                    NULL, G_TYPE_NONE, 1, G_TYPE_UINT);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/registrar_lms/Registrar/import-wizard/reg-mapping-view.ui");
  gtk_widget_class_bind_template_child (widget_class, RegMappingView, scrolled);
  gtk_widget_class_bind_template_child (widget_class, RegMappingView, problem);
  gtk_widget_class_bind_template_child (widget_class, RegMappingView, action);
  gtk_widget_class_bind_template_child (widget_class, RegMappingView, recipes);
  gtk_widget_class_bind_template_child (widget_class, RegMappingView, reading);
  gtk_widget_class_bind_template_child (widget_class, RegMappingView, sheet);
  gtk_widget_class_bind_template_child (widget_class, RegMappingView, encoding);
  gtk_widget_class_bind_template_child (widget_class, RegMappingView, delimiter);
  gtk_widget_class_bind_template_child (widget_class, RegMappingView, heading_row);
  gtk_widget_class_bind_template_child (widget_class, RegMappingView, heading_line);
  gtk_widget_class_bind_template_child (widget_class, RegMappingView, columns);
  gtk_widget_class_bind_template_child (widget_class, RegMappingView, leave_rest);
  gtk_widget_class_bind_template_child (widget_class, RegMappingView, missing);
  gtk_widget_class_bind_template_child (widget_class, RegMappingView, remember);
  gtk_widget_class_bind_template_child (widget_class, RegMappingView, recipe_name);
  gtk_widget_class_bind_template_callback (widget_class, on_action_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_reading_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_leave_rest_clicked_cb);
}

static void
reg_mapping_view_init (RegMappingView *self)
{
  g_autoptr (GListModel) actions = NULL;

  /* Widgets of the template call back while they are made. */
  self->is_filling = TRUE;
  self->recipe_rows = g_ptr_array_new ();
  self->rows = g_ptr_array_new ();
  self->drop_downs = g_ptr_array_new ();
  self->headings = g_ptr_array_new_with_free_func (g_free);
  self->fields = g_ptr_array_new_with_free_func (g_free);
  gtk_widget_init_template (GTK_WIDGET (self));
  actions = reg_import_setup_list_actions ();
  adw_combo_row_set_model (self->action, actions);
  self->is_filling = FALSE;
}
