/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-views"

#include "views/users/reg-user-filter.h"

#include "base/reg-words.h"
#include "rules/reg-status.h"
#include "views/common/reg-filter-strip.h"
#include "views/common/reg-people-chooser.h"

#include <glib/gi18n-lib.h>

struct _RegUserFilter
{
  GtkPopover parent_instance;

  RegPeopleChooser *people;
  GtkBox *states;
  GtkBox *roles;
  GtkButton *clear;

  GtkCheckButton *state_checks[REG_N_USER_STATES];
  GtkCheckButton *role_checks[REG_N_ROLES];
  gboolean is_clearing;
};

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RegUserFilter, reg_user_filter, GTK_TYPE_POPOVER)

static guint
get_bits (GtkCheckButton **checks, guint n)
{
  guint bits = 0;

  for (guint i = 0; i < n; i++)
    if (gtk_check_button_get_active (checks[i]))
      bits |= 1u << i;
  return bits;
}

static void
on_changed_cb (RegUserFilter *self)
{
  RegUserQuery query = { 0 };

  if (self->is_clearing)
    return;
  reg_user_filter_apply (self, &query);
  gtk_widget_set_sensitive (GTK_WIDGET (self->clear),
                            query.states != 0 || query.roles != 0
                                || reg_people_filter_is_set (query.people));
  g_signal_emit (self, signals[CHANGED], 0);
}

static GtkCheckButton *
add_check (RegUserFilter *self, GtkBox *box, const char *label)
{
  GtkWidget *check = gtk_check_button_new_with_label (label);

  gtk_box_append (box, check);
  g_signal_connect_swapped (check, "toggled", G_CALLBACK (on_changed_cb), self);
  return GTK_CHECK_BUTTON (check);
}

static void
reg_user_filter_class_init (RegUserFilterClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (REG_TYPE_PEOPLE_CHOOSER);

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/registrar_lms/Registrar/users/reg-user-filter.ui");
  gtk_widget_class_bind_template_child (widget_class, RegUserFilter, people);
  gtk_widget_class_bind_template_child (widget_class, RegUserFilter, states);
  gtk_widget_class_bind_template_child (widget_class, RegUserFilter, roles);
  gtk_widget_class_bind_template_child (widget_class, RegUserFilter, clear);
  gtk_widget_class_bind_template_callback (widget_class, on_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, reg_user_filter_clear);
}

static void
reg_user_filter_init (RegUserFilter *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; i < REG_N_USER_STATES; i++)
    self->state_checks[i] =
        add_check (self, self->states, reg_user_state_get_label ((RegUserState)i));
  for (guint i = 0; i < REG_N_ROLES; i++)
    self->role_checks[i] = add_check (self, self->roles, reg_role_get_label ((RegRole)i));
  gtk_widget_set_sensitive (GTK_WIDGET (self->clear), FALSE);
}

void
reg_user_filter_set_labels (RegUserFilter *self, GPtrArray *labels, GPtrArray *managers)
{
  g_return_if_fail (REG_IS_USER_FILTER (self));

  reg_people_chooser_set_labels (self->people, labels, managers);
}

void
reg_user_filter_apply (RegUserFilter *self, RegUserQuery *query)
{
  g_return_if_fail (REG_IS_USER_FILTER (self));

  query->states = get_bits (self->state_checks, REG_N_USER_STATES);
  query->roles = get_bits (self->role_checks, REG_N_ROLES);
  query->people = reg_people_chooser_get_filter (self->people);
}

void
reg_user_filter_clear (RegUserFilter *self)
{
  g_return_if_fail (REG_IS_USER_FILTER (self));

  self->is_clearing = TRUE;
  for (guint i = 0; i < REG_N_USER_STATES; i++)
    gtk_check_button_set_active (self->state_checks[i], FALSE);
  for (guint i = 0; i < REG_N_ROLES; i++)
    gtk_check_button_set_active (self->role_checks[i], FALSE);
  reg_people_chooser_clear (self->people);
  self->is_clearing = FALSE;
  on_changed_cb (self);
}

/* Those that are ticked, "Approved, Archived", put to the words. */
static void
append_checks (GString *text, GtkCheckButton **checks, guint n)
{
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    if (gtk_check_button_get_active (checks[i]))
      g_string_append_printf (words, "%s%s", words->len > 0 ? ", " : "",
                              gtk_check_button_get_label (checks[i]));
  reg_words_add (text, words->len > 0 ? words->str : NULL);
}

char *
reg_user_filter_dup_text (RegUserFilter *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_return_val_if_fail (REG_IS_USER_FILTER (self), NULL);

  reg_people_chooser_append_text (self->people, text);
  append_checks (text, self->state_checks, REG_N_USER_STATES);
  append_checks (text, self->role_checks, REG_N_ROLES);
  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}
