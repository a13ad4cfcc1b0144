/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-views"

#include "views/common/reg-assignment-details.h"

#include "rules/reg-status.h"
#include "views/common/reg-date-row.h"

#include <glib/gi18n-lib.h>

struct _RegAssignmentDetails
{
  AdwPreferencesGroup parent_instance;

  AdwComboRow *requirement;
  RegDateRow *due_date;
  AdwEntryRow *message;
};

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RegAssignmentDetails, reg_assignment_details, ADW_TYPE_PREFERENCES_GROUP)

static void
on_due_date_changed_cb (RegAssignmentDetails *self)
{
  /* A due date makes it Required; so says the line above it. */
  if (*reg_date_row_get_date (self->due_date) != '\0' && reg_date_row_is_valid (self->due_date))
    adw_combo_row_set_selected (self->requirement, REG_REQUIREMENT_REQUIRED);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
reg_assignment_details_class_init (RegAssignmentDetailsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (REG_TYPE_DATE_ROW);

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/registrar_lms/Registrar/common/reg-assignment-details.ui");
  gtk_widget_class_bind_template_child (widget_class, RegAssignmentDetails, requirement);
  gtk_widget_class_bind_template_child (widget_class, RegAssignmentDetails, due_date);
  gtk_widget_class_bind_template_child (widget_class, RegAssignmentDetails, message);
  gtk_widget_class_bind_template_callback (widget_class, on_due_date_changed_cb);
}

static void
reg_assignment_details_init (RegAssignmentDetails *self)
{
  const char *const requirements[] = { reg_requirement_get_label (REG_REQUIREMENT_OPTIONAL),
                                       reg_requirement_get_label (REG_REQUIREMENT_REQUIRED), NULL };
  g_autoptr (GtkStringList) list = gtk_string_list_new (requirements);

  gtk_widget_init_template (GTK_WIDGET (self));
  adw_combo_row_set_model (self->requirement, G_LIST_MODEL (list));
}

gboolean
reg_assignment_details_is_valid (RegAssignmentDetails *self)
{
  g_return_val_if_fail (REG_IS_ASSIGNMENT_DETAILS (self), FALSE);

  return reg_date_row_is_valid (self->due_date);
}

RegRequirement
reg_assignment_details_get_requirement (RegAssignmentDetails *self)
{
  g_return_val_if_fail (REG_IS_ASSIGNMENT_DETAILS (self), REG_REQUIREMENT_OPTIONAL);

  return adw_combo_row_get_selected (self->requirement) == REG_REQUIREMENT_REQUIRED
             ? REG_REQUIREMENT_REQUIRED
             : REG_REQUIREMENT_OPTIONAL;
}

RegParams *
reg_assignment_details_dup_params (RegAssignmentDetails *self)
{
  RegParams *params = reg_params_new ();
  const char *date = reg_date_row_get_date (self->due_date);
  const char *message = gtk_editable_get_text (GTK_EDITABLE (self->message));

  reg_params_set (params, "requirement",
                  reg_requirement_to_nick (reg_assignment_details_get_requirement (self)));
  if (*date != '\0')
    reg_params_set (params, "due_date", date);
  if (*message != '\0')
    reg_params_set (params, "message", message);
  return params;
}
