/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-views"

#include "views/common/reg-date-row.h"

#include "rules/reg-text.h"

#include <glib/gi18n-lib.h>

struct _RegDateRow
{
  AdwEntryRow parent_instance;

  GtkMenuButton *button;
  GtkCalendar *calendar;
};

G_DEFINE_FINAL_TYPE (RegDateRow, reg_date_row, ADW_TYPE_ENTRY_ROW)

static void
on_text_changed_cb (RegDateRow *self)
{
  gboolean is_valid = reg_date_row_is_valid (self);

  if (is_valid)
    gtk_widget_remove_css_class (GTK_WIDGET (self), "error");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self), "error");
  gtk_accessible_update_state (
      GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_INVALID,
      is_valid ? GTK_ACCESSIBLE_INVALID_FALSE : GTK_ACCESSIBLE_INVALID_TRUE, -1);
}

static void
on_day_selected_cb (RegDateRow *self)
{
  g_autoptr (GDateTime) date = gtk_calendar_get_date (self->calendar);
  g_autofree char *text = g_date_time_format (date, "%Y-%m-%d");

  gtk_editable_set_text (GTK_EDITABLE (self), text);
  gtk_menu_button_popdown (self->button);
}

static void
reg_date_row_class_init (RegDateRowClass *klass)
{
}

static void
reg_date_row_init (RegDateRow *self)
{
  GtkWidget *popover = gtk_popover_new ();

  self->calendar = GTK_CALENDAR (gtk_calendar_new ());
  self->button = GTK_MENU_BUTTON (gtk_menu_button_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), _ ("Due Date (YYYY-MM-DD)"));
  adw_entry_row_set_activates_default (ADW_ENTRY_ROW (self), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->calendar), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Due Date"), -1);
  gtk_popover_set_child (GTK_POPOVER (popover), GTK_WIDGET (self->calendar));
  gtk_menu_button_set_icon_name (self->button, "x-office-calendar-symbolic");
  gtk_menu_button_set_popover (self->button, popover);
  gtk_widget_set_valign (GTK_WIDGET (self->button), GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (GTK_WIDGET (self->button), "flat");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->button), _ ("Choose a Date"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Choose a Date"), -1);
  adw_entry_row_add_suffix (ADW_ENTRY_ROW (self), GTK_WIDGET (self->button));
  g_signal_connect_swapped (self->calendar, "day-selected", G_CALLBACK (on_day_selected_cb), self);
  g_signal_connect (self, "changed", G_CALLBACK (on_text_changed_cb), NULL);
}

GtkWidget *
reg_date_row_new (void)
{
  return g_object_new (REG_TYPE_DATE_ROW, NULL);
}

const char *
reg_date_row_get_date (RegDateRow *self)
{
  g_return_val_if_fail (REG_IS_DATE_ROW (self), "");

  return gtk_editable_get_text (GTK_EDITABLE (self));
}

void
reg_date_row_set_date (RegDateRow *self, const char *date)
{
  g_return_if_fail (REG_IS_DATE_ROW (self));

  gtk_editable_set_text (GTK_EDITABLE (self), date);
}

gboolean
reg_date_row_is_valid (RegDateRow *self)
{
  const char *text;

  g_return_val_if_fail (REG_IS_DATE_ROW (self), FALSE);

  text = reg_date_row_get_date (self);
  return *text == '\0' || reg_date_is_valid (text);
}
