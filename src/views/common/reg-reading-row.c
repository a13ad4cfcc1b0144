/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-views"

#include "views/common/reg-reading-row.h"

#include "base/reg-words.h"
#include "views/common/reg-row-cells.h"

#include <glib/gi18n-lib.h>
#include <string.h>

G_DEFINE_FINAL_TYPE (RegReadingItem, reg_reading_item, G_TYPE_OBJECT)

static void
reg_reading_item_finalize (GObject *object)
{
  RegReadingItem *self = REG_READING_ITEM (object);

  g_free (self->title);
  g_free (self->subtitle);
  g_free (self->end);
  G_OBJECT_CLASS (reg_reading_item_parent_class)->finalize (object);
}

static void
reg_reading_item_class_init (RegReadingItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = reg_reading_item_finalize;
}

static void
reg_reading_item_init (RegReadingItem *self)
{
  self->progress = -1;
}

/* Takes the texts over. */
static RegReadingItem *
item_new (char *title, char *subtitle, char *end)
{
  RegReadingItem *self = g_object_new (REG_TYPE_READING_ITEM, NULL);

  self->title = title;
  self->subtitle = subtitle != NULL ? subtitle : g_strdup ("");
  self->end = end != NULL ? end : g_strdup ("");
  return self;
}

static void
add_heading (GPtrArray *items, const char *title)
{
  RegReadingItem *item = item_new (g_strdup (title), NULL, NULL);

  item->is_heading = TRUE;
  g_ptr_array_add (items, item);
}

static char *
dup_moment (gint64 unix_seconds)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (unix_seconds);

  if (unix_seconds == 0 || time == NULL)
    return g_strdup ("");
  return g_date_time_format (time, "%Y-%m-%d %H:%M");
}

/* "Started 2026-01-01 · Completed 2026-02-01"; format: holds one %s for the day */
static void
add_day (GString *text, const char *format, gint64 unix_seconds)
{
  g_autofree char *day = reg_row_cells_dup_date (unix_seconds);

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  if (*day != '\0')
    reg_words_add_printf (text, format, day);
#pragma GCC diagnostic pop
}

static void
add_attempt (GPtrArray *items, const RegAttempt *attempt)
{
  g_autoptr (GString) text = g_string_new (NULL);
  RegReadingItem *item;

  add_day (text, _ ("Assigned %s"), attempt->assigned_at);
  add_day (text, _ ("Started %s"), attempt->started_at);
  add_day (text, _ ("Completed %s"), attempt->completed_at);
  if (!attempt->is_kept)
    reg_words_add (text, _ ("records removed"));
  else if (attempt->certificate_at == 0 && attempt->completed_at != 0)
    reg_words_add (text, _ ("no certificate"));
  item = item_new (g_strdup_printf (*attempt->ended_by == '\0' ? _ ("Assignment %d, the latest one")
                                                               : _ ("Assignment %d"),
                                    attempt->number),
                   g_strdup (text->str), g_strdup_printf (_ ("%d %%"), attempt->progress));
  item->progress = attempt->progress;
  item->certificate_id = attempt->certificate_id;
  g_ptr_array_add (items, item);
}

static void
add_event (GPtrArray *items, const RegReadingLine *line)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *number = g_strdup_printf (_ ("Assignment %d"), line->number);

  if (line->number > 0)
    reg_words_add (text, number);
  if (line->actor != NULL)
    /* Translators: %s is the name of who did it. */
    reg_words_add_printf (text, _ ("by %s"), line->actor);
  reg_words_add (text, line->detail);
  g_ptr_array_add (items, item_new (reg_reading_line_dup_event (line), g_strdup (text->str),
                                    dup_moment (line->at)));
}

static void
add_chapter (GPtrArray *items, const RegReadingLine *line)
{
  g_autoptr (GString) text = g_string_new (NULL);
  RegReadingItem *item;

  add_day (text, _ ("Started %s"), line->at);
  add_day (text, _ ("Completed %s"), line->ended_at);
  if (text->len == 0)
    g_string_append (text, _ ("Not Started"));
  item = item_new (g_strdup_printf ("%d. %s", line->number, line->title), g_strdup (text->str),
                   g_strdup_printf (_ ("%d %%"), line->progress));
  item->progress = line->progress;
  g_ptr_array_add (items, item);
}

static void
add_answer (GPtrArray *items, const RegReadingLine *line)
{
  RegReadingItem *item = item_new (g_strdup (line->question), g_strdup (line->detail), NULL);

  item->icon_name = line->is_correct ? "emblem-ok-symbolic" : "window-close-symbolic";
  item->icon_style = line->is_correct ? "success" : "error";
  item->icon_label = line->is_correct ? _ ("Correct") : _ ("Wrong");
  g_free (item->end);
  item->end = g_strdup (item->icon_label);
  g_ptr_array_add (items, item);
}

static void
add_quiz_heading (GPtrArray *items, const RegReadingLine *line)
{
  RegReadingItem *item =
      item_new (g_strdup (line->title), dup_moment (line->at),
                g_strdup_printf (line->is_passed ? _ ("%d %%, passed") : _ ("%d %%, not passed"),
                                 line->progress));

  item->is_heading = TRUE;
  g_ptr_array_add (items, item);
}

static void
add_lines (GPtrArray *items, const RegReading *reading)
{
  const char *what = reading->read->what;
  int quiz = 0;

  for (guint i = 0; i < reading->lines->len; i++)
    {
      const RegReadingLine *line = g_ptr_array_index (reading->lines, i);

      if (strcmp (what, "chapters") == 0)
        add_chapter (items, line);
      else if (strcmp (what, "quiz") == 0)
        {
          if (line->number != quiz)
            add_quiz_heading (items, line);
          quiz = line->number;
          if (*line->question != '\0')
            add_answer (items, line);
        }
      else if (strcmp (what, "activity") == 0)
        g_ptr_array_add (items, item_new (reg_reading_line_dup_event (line),
                                          g_strdup (line->detail), dup_moment (line->at)));
    }
}

/* The newest first: that is what is asked for. */
static void
add_history (GPtrArray *items, const RegReading *reading)
{
  if (reading->attempts->len > 0)
    add_heading (items, _ ("Assignments"));
  for (guint i = 0; i < reading->attempts->len; i++)
    add_attempt (items, g_ptr_array_index (reading->attempts, i));
  if (reading->lines->len > 0)
    add_heading (items, _ ("What Happened"));
  for (guint i = reading->lines->len; i > 0; i--)
    add_event (items, g_ptr_array_index (reading->lines, i - 1));
}

/**
 * reg_reading_rows_new:
 * @reading: what was read
 *
 * Returns: (transfer full): its rows (RegReadingItem), top to bottom; none where there is nothing
 */
GListStore *
reg_reading_rows_new (const RegReading *reading)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  GListStore *store = g_list_store_new (REG_TYPE_READING_ITEM);

  if (strcmp (reading->read->what, "history") == 0)
    add_history (items, reading);
  else
    add_lines (items, reading);
  g_list_store_splice (store, 0, 0, items->pdata, items->len);
  return store;
}

/* Widgets. */

typedef struct
{
  GtkWidget *icon;
  GtkLabel *title;
  GtkLabel *subtitle;
  GtkProgressBar *bar;
  GtkLabel *end;
  GtkWidget *certificate;
} Row;

static GtkLabel *
create_label (GtkWidget *box, const char *style)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  gtk_box_append (GTK_BOX (box), label);
  return GTK_LABEL (label);
}

static GtkWidget *
create_texts (Row *row)
{
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *bar = gtk_progress_bar_new ();

  gtk_widget_set_hexpand (texts, TRUE);
  gtk_widget_set_valign (texts, GTK_ALIGN_CENTER);
  row->title = create_label (texts, NULL);
  row->subtitle = create_label (texts, "dim-label");
  gtk_widget_add_css_class (GTK_WIDGET (row->subtitle), "caption");
  row->bar = GTK_PROGRESS_BAR (bar);
  gtk_box_append (GTK_BOX (texts), bar);
  return texts;
}

static void
on_setup_cb (GtkListItemFactory *factory, GtkListItem *list_item, gpointer data)
{
  Row *row = g_new0 (Row, 1);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  gtk_widget_add_css_class (box, "reg-reading-row");
  row->icon = gtk_image_new ();
  gtk_box_append (GTK_BOX (box), row->icon);
  gtk_box_append (GTK_BOX (box), create_texts (row));
  row->end = create_label (box, "numeric");
  gtk_label_set_xalign (row->end, 1);
  gtk_label_set_wrap (row->end, FALSE);
  row->certificate = gtk_button_new_with_mnemonic (_ ("_View Certificate"));
  gtk_widget_set_valign (row->certificate, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row->certificate), "x", (gint64)0);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row->certificate), "reading.certificate");
  gtk_box_append (GTK_BOX (box), row->certificate);
  g_object_set_data_full (G_OBJECT (list_item), "row", row, g_free);
  gtk_list_item_set_activatable (list_item, FALSE);
  gtk_list_item_set_child (list_item, box);
}

static void
show_icon (Row *row, const RegReadingItem *item)
{
  static const char *const styles[] = { "success", "error" };

  gtk_widget_set_visible (row->icon, item->icon_name != NULL);
  for (guint i = 0; i < G_N_ELEMENTS (styles); i++)
    gtk_widget_remove_css_class (row->icon, styles[i]);
  if (item->icon_name == NULL)
    return;
  gtk_image_set_from_icon_name (GTK_IMAGE (row->icon), item->icon_name);
  gtk_widget_add_css_class (row->icon, item->icon_style);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row->icon), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  item->icon_label, -1);
}

static void
on_bind_cb (GtkListItemFactory *factory, GtkListItem *list_item, gpointer data)
{
  Row *row = g_object_get_data (G_OBJECT (list_item), "row");
  const RegReadingItem *item = gtk_list_item_get_item (list_item);

  show_icon (row, item);
  gtk_label_set_label (row->title, item->title);
  gtk_label_set_label (row->subtitle, item->subtitle);
  gtk_widget_set_visible (GTK_WIDGET (row->subtitle), *item->subtitle != '\0');
  gtk_label_set_label (row->end, item->end);
  gtk_widget_set_visible (GTK_WIDGET (row->bar), item->progress >= 0);
  gtk_progress_bar_set_fraction (row->bar, MAX (item->progress, 0) / 100.0);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row->bar), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  item->title, -1);
  if (item->is_heading)
    gtk_widget_add_css_class (GTK_WIDGET (row->title), "heading");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (row->title), "heading");
  gtk_widget_set_visible (row->certificate, item->certificate_id != 0);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row->certificate), "x", item->certificate_id);
}

GtkListItemFactory *
reg_reading_rows_create_factory (void)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (on_setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind_cb), NULL);
  return factory;
}
