/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-views"

#include "views/enrollments/reg-enrollment-filter.h"

#include "base/reg-words.h"
#include "rules/reg-operation.h"
#include "rules/reg-status.h"
#include "views/common/reg-filter-strip.h"
#include "views/common/reg-label-picker.h"
#include "views/common/reg-people-chooser.h"

#include <glib/gi18n-lib.h>

/* The entry of the access that is no RegAccess: what is archived is kept, and nobody has it. */
#define ACCESS_ARCHIVED (REG_ACCESS_REVOKED + 2)

struct _RegEnrollmentFilter
{
  GtkPopover parent_instance;

  GtkBox *statuses;
  GtkDropDown *requirement;
  GtkDropDown *due;
  GtkDropDown *access;
  GtkDropDown *source;
  RegLabelPicker *assigner;
  RegPeopleChooser *people;
  GtkLabel *session_heading;
  RegLabelPicker *session;
  GtkCheckButton *waiting;
  GtkButton *clear;

  GtkCheckButton *checks[REG_N_STATUSES];
  gint64 completed_from; /* only set from outside, with completed_until */
  gint64 completed_until;
  gboolean is_clearing;
};

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RegEnrollmentFilter, reg_enrollment_filter, GTK_TYPE_POPOVER)

static void
on_changed_cb (RegEnrollmentFilter *self)
{
  g_autofree char *text = NULL;

  if (self->is_clearing)
    return;
  text = reg_enrollment_filter_dup_text (self);
  gtk_widget_set_sensitive (GTK_WIDGET (self->clear), text != NULL);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
reg_enrollment_filter_class_init (RegEnrollmentFilterClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (REG_TYPE_LABEL_PICKER);
  g_type_ensure (REG_TYPE_PEOPLE_CHOOSER);
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/registrar_lms/Registrar/enrollments/reg-enrollment-filter.ui");
  gtk_widget_class_bind_template_child (widget_class, RegEnrollmentFilter, statuses);
  gtk_widget_class_bind_template_child (widget_class, RegEnrollmentFilter, requirement);
  gtk_widget_class_bind_template_child (widget_class, RegEnrollmentFilter, due);
  gtk_widget_class_bind_template_child (widget_class, RegEnrollmentFilter, access);
  gtk_widget_class_bind_template_child (widget_class, RegEnrollmentFilter, source);
  gtk_widget_class_bind_template_child (widget_class, RegEnrollmentFilter, assigner);
  gtk_widget_class_bind_template_child (widget_class, RegEnrollmentFilter, people);
  gtk_widget_class_bind_template_child (widget_class, RegEnrollmentFilter, session_heading);
  gtk_widget_class_bind_template_child (widget_class, RegEnrollmentFilter, session);
  gtk_widget_class_bind_template_child (widget_class, RegEnrollmentFilter, waiting);
  gtk_widget_class_bind_template_child (widget_class, RegEnrollmentFilter, clear);
  gtk_widget_class_bind_template_callback (widget_class, on_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, reg_enrollment_filter_clear);
}

static void
set_choices (GtkDropDown *drop_down, const char *const *choices, const char *label)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new (choices);

  gtk_drop_down_set_model (drop_down, G_LIST_MODEL (list));
  gtk_accessible_update_property (GTK_ACCESSIBLE (drop_down), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
}

static void
reg_enrollment_filter_init (RegEnrollmentFilter *self)
{
  const char *const requirements[] = { _ ("Any"),
                                       reg_requirement_get_label (REG_REQUIREMENT_OPTIONAL),
                                       reg_requirement_get_label (REG_REQUIREMENT_REQUIRED), NULL };
  const char *const dues[] = { _ ("Any"),         _ ("Overdue"),   _ ("Due this week"),
                               _ ("No due date"), _ ("Due later"), NULL };
  const char *const accesses[] = { _ ("Any"), _ ("Has access"), _ ("No access"), _ ("Archived"),
                                   NULL };
  const char *sources[REG_SOURCE_AUTO + 3] = { _ ("Any") };

  self->is_clearing = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  set_choices (self->requirement, requirements, _ ("Requirement"));
  set_choices (self->due, dues, _ ("Due Date"));
  set_choices (self->access, accesses, _ ("Access"));
  for (guint i = 0; i <= REG_SOURCE_AUTO; i++)
    sources[i + 1] = reg_source_get_label ((RegSource)i);
  set_choices (self->source, sources, _ ("Assignment"));
  for (guint i = REG_STATUS_NOT_STARTED; i < REG_N_STATUSES; i++)
    {
      GtkWidget *check = gtk_check_button_new_with_label (reg_status_get_label ((RegStatus)i));

      self->checks[i] = GTK_CHECK_BUTTON (check);
      gtk_box_append (self->statuses, check);
      g_signal_connect_swapped (check, "toggled", G_CALLBACK (on_changed_cb), self);
    }
  gtk_widget_set_sensitive (GTK_WIDGET (self->clear), FALSE);
  self->is_clearing = FALSE;
}

/**
 * reg_enrollment_filter_set_labels:
 * @labels: (nullable): where everything is of one person, there is nobody to tell apart
 * @managers: (nullable): likewise
 */
void
reg_enrollment_filter_set_labels (RegEnrollmentFilter *self,
                                  GPtrArray *labels,
                                  GPtrArray *managers,
                                  GPtrArray *assigners)
{
  g_return_if_fail (REG_IS_ENROLLMENT_FILTER (self));

  if (labels != NULL)
    reg_people_chooser_set_labels (self->people, labels, managers);
  reg_label_picker_set_labels (self->assigner, assigners, G_MAXUINT);
}

void
reg_enrollment_filter_set_sessions (RegEnrollmentFilter *self, GPtrArray *sessions)
{
  g_return_if_fail (REG_IS_ENROLLMENT_FILTER (self));

  gtk_widget_set_visible (GTK_WIDGET (self->session_heading), sessions->len > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->session), sessions->len > 0);
  reg_label_picker_set_labels (self->session, sessions, G_MAXUINT);
}

void
reg_enrollment_filter_apply (RegEnrollmentFilter *self, RegEnrollmentQuery *query)
{
  g_return_if_fail (REG_IS_ENROLLMENT_FILTER (self));

  query->statuses = 0;
  for (guint i = REG_STATUS_NOT_STARTED; i < REG_N_STATUSES; i++)
    if (gtk_check_button_get_active (self->checks[i]))
      query->statuses |= REG_STATUS_BIT (i);
  query->requirement = (int)gtk_drop_down_get_selected (self->requirement) - 1;
  query->archived_only = gtk_drop_down_get_selected (self->access) == ACCESS_ARCHIVED;
  query->access = query->archived_only ? -1 : (int)gtk_drop_down_get_selected (self->access) - 1;
  query->sources = gtk_drop_down_get_selected (self->source) > 0
                       ? 1u << (gtk_drop_down_get_selected (self->source) - 1)
                       : 0;
  query->assigned_by = reg_label_picker_get_id (self->assigner);
  query->completed_from = self->completed_from;
  query->completed_until = self->completed_until;
  query->due = (RegDueFilter)gtk_drop_down_get_selected (self->due);
  query->people = reg_people_chooser_get_filter (self->people);
  query->session_id = reg_label_picker_get_id (self->session);
  query->waiting_only = gtk_check_button_get_active (self->waiting);
}

static void
clear_all (RegEnrollmentFilter *self)
{
  for (guint i = REG_STATUS_NOT_STARTED; i < REG_N_STATUSES; i++)
    gtk_check_button_set_active (self->checks[i], FALSE);
  gtk_drop_down_set_selected (self->requirement, 0);
  gtk_drop_down_set_selected (self->due, 0);
  gtk_drop_down_set_selected (self->access, 0);
  gtk_drop_down_set_selected (self->source, 0);
  reg_label_picker_clear (self->assigner);
  self->completed_from = self->completed_until = 0;
  reg_people_chooser_clear (self->people);
  reg_label_picker_clear (self->session);
  gtk_check_button_set_active (self->waiting, FALSE);
}

void
reg_enrollment_filter_clear (RegEnrollmentFilter *self)
{
  g_return_if_fail (REG_IS_ENROLLMENT_FILTER (self));

  self->is_clearing = TRUE;
  clear_all (self);
  self->is_clearing = FALSE;
  on_changed_cb (self);
}

/**
 * reg_enrollment_filter_set_query:
 * @self: the filters
 * @query: what to show: statuses, requirement, due date, session and when it was completed; nothing
 *   else is filtered by afterwards
 */
void
reg_enrollment_filter_set_query (RegEnrollmentFilter *self, const RegEnrollmentQuery *query)
{
  g_return_if_fail (REG_IS_ENROLLMENT_FILTER (self));

  self->is_clearing = TRUE;
  clear_all (self);
  for (guint i = REG_STATUS_NOT_STARTED; i < REG_N_STATUSES; i++)
    gtk_check_button_set_active (self->checks[i], (query->statuses & REG_STATUS_BIT (i)) != 0);
  gtk_drop_down_set_selected (self->requirement, (guint)(query->requirement + 1));
  gtk_drop_down_set_selected (self->due, (guint)query->due);
  if (query->session_id != 0)
    reg_label_picker_set_id (self->session, query->session_id);
  self->completed_from = query->completed_from;
  self->completed_until = query->completed_until;
  self->is_clearing = FALSE;
  on_changed_cb (self);
}

static const char *
get_choice (GtkDropDown *drop_down)
{
  if (gtk_drop_down_get_selected (drop_down) == 0)
    return NULL;
  return gtk_string_object_get_string (gtk_drop_down_get_selected_item (drop_down));
}

char *
reg_enrollment_filter_dup_text (RegEnrollmentFilter *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_return_val_if_fail (REG_IS_ENROLLMENT_FILTER (self), NULL);

  for (guint i = REG_STATUS_NOT_STARTED; i < REG_N_STATUSES; i++)
    if (gtk_check_button_get_active (self->checks[i]))
      g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "",
                              reg_status_get_label ((RegStatus)i));
  reg_words_add (text, get_choice (self->requirement));
  reg_words_add (text, get_choice (self->due));
  reg_words_add (text, get_choice (self->access));
  reg_words_add (text, get_choice (self->source));
  reg_words_add (text, reg_label_picker_get_name (self->assigner));
  if (self->completed_from != 0)
    {
      g_autoptr (GDateTime) month = g_date_time_new_from_unix_utc (self->completed_from);
      g_autofree char *words = g_date_time_format (month, _ ("%B %Y"));

      reg_words_add (text, words);
    }
  reg_people_chooser_append_text (self->people, text);
  reg_words_add (text, reg_label_picker_get_name (self->session));
  if (gtk_check_button_get_active (self->waiting))
    reg_words_add (text, _ ("Waiting"));
  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}
