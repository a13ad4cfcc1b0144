/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-views"

#include "views/import-wizard/reg-interchange-page.h"

#include <glib/gi18n-lib.h>

struct _RegInterchangePage
{
  AdwBin parent_instance;

  GtkLabel *looks_like;
  GtkLabel *not_done;
  AdwPreferencesGroup *steps;
  AdwComboRow *people_row;
  AdwPreferencesGroup *unused;
  GtkButton *decline;
  GtkButton *accept;

  RegImportSetup *setup; /* the wizard's */
  GPtrArray *rows;       /* of both groups, as long as they are on show */
  gboolean is_filling;
};

enum
{
  ACCEPTED,
  PEOPLE_CHANGED,
  DECLINED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RegInterchangePage, reg_interchange_page, ADW_TYPE_BIN)

/* In the order of the choices; the first is what is usual for such files. */
static const RegPeopleRule people_rules[] = { REG_PEOPLE_BOTH, REG_PEOPLE_NEW,
                                              REG_PEOPLE_EXISTING };

static void
on_accept_clicked_cb (RegInterchangePage *self)
{
  g_signal_emit (self, signals[ACCEPTED], 0);
}

static void
on_decline_clicked_cb (RegInterchangePage *self)
{
  g_signal_emit (self, signals[DECLINED], 0);
}

static void
on_people_chosen_cb (RegInterchangePage *self)
{
  guint chosen = adw_combo_row_get_selected (self->people_row);

  if (self->is_filling || chosen >= G_N_ELEMENTS (people_rules))
    return;
  self->setup->people = people_rules[chosen];
  g_signal_emit (self, signals[PEOPLE_CHANGED], 0);
}

static void
add_row (RegInterchangePage *self,
         AdwPreferencesGroup *group,
         const char *title,
         const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *title_markup = g_markup_escape_text (title, -1);
  g_autofree char *subtitle_markup = g_markup_escape_text (subtitle, -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title_markup);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle_markup);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  adw_preferences_group_add (group, row);
  g_ptr_array_add (self->rows, row);
}

static void
clear_rows (RegInterchangePage *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      GtkWidget *row = g_ptr_array_index (self->rows, i);

      adw_preferences_group_remove (
          ADW_PREFERENCES_GROUP (gtk_widget_get_ancestor (row, ADW_TYPE_PREFERENCES_GROUP)), row);
    }
  g_ptr_array_set_size (self->rows, 0);
}

/* What of the file, or of the files of an archive, nothing is taken from. */
static void
show_unused (RegInterchangePage *self, const RegInterchangePlan *plan)
{
  gboolean any = FALSE;

  for (guint i = 0; i < plan->files->len; i++)
    {
      const RegInterchangeFile *file = g_ptr_array_index (plan->files, i);
      g_autofree char *columns = g_strjoinv (", ", file->unused);
      guint n = g_strv_length (file->unused);
      g_autofree char *title = NULL;

      if (file->is_read && n == 0)
        continue;
      any = TRUE;
      title = file->is_read ? g_strdup_printf (
                  ngettext ("%u column of “%s”", "%u columns of “%s”", n), n, file->name)
                            : g_strdup_printf (_ ("The file “%s”"), file->name);
      add_row (self, self->unused, title, columns);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->unused), any);
}

static void
show_people_rule (RegInterchangePage *self, const RegInterchangePlan *plan)
{
  const RegImportPlan *first = g_ptr_array_index (plan->plans, 0);
  guint selected = 0;

  for (guint i = 0; i < G_N_ELEMENTS (people_rules); i++)
    if (people_rules[i] == self->setup->people)
      selected = i;
  self->is_filling = TRUE;
  adw_combo_row_set_selected (self->people_row, selected);
  self->is_filling = FALSE;
  gtk_widget_set_visible (GTK_WIDGET (self->people_row),
                          reg_import_action_find (first->action)->people != REG_PEOPLE_USUAL);
}

static void
show_note (RegInterchangePage *self, const RegInterchangePlan *plan)
{
  const char *not_done = _ (plan->interchange->not_done);
  g_autofree char *text =
      plan->note != NULL ? g_strdup_printf ("%s %s", plan->note, not_done) : g_strdup (not_done);

  gtk_label_set_label (self->not_done, text);
}

/**
 * reg_interchange_page_set_plan:
 * @self: the page
 * @plan: what will come of the file
 *
 * Shows it.
 */
void
reg_interchange_page_set_plan (RegInterchangePage *self, const RegInterchangePlan *plan)
{
  const RegImportPlan *first = g_ptr_array_index (plan->plans, 0);

  clear_rows (self);
  gtk_label_set_label (self->looks_like, _ (plan->interchange->looks_like));
  show_note (self, plan);
  for (guint i = 0; i < plan->plans->len; i++)
    {
      const RegImportPlan *step = g_ptr_array_index (plan->plans, i);
      g_autofree char *summary = reg_import_plan_dup_summary (step);

      add_row (self, self->steps, reg_interchange_get_step_label (step), summary);
    }
  show_people_rule (self, plan);
  show_unused (self, plan);
  /* What is packed cannot be read as a list. */
  gtk_widget_set_visible (GTK_WIDGET (self->decline), reg_import_plan_can_correct (first));
}

void
reg_interchange_page_focus (RegInterchangePage *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->accept));
}

void
reg_interchange_page_set_up (RegInterchangePage *self, RegImportSetup *setup)
{
  self->setup = setup;
}

static void
reg_interchange_page_finalize (GObject *object)
{
  g_ptr_array_unref (REG_INTERCHANGE_PAGE (object)->rows);
  G_OBJECT_CLASS (reg_interchange_page_parent_class)->finalize (object);
}

static void
reg_interchange_page_class_init (RegInterchangePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = reg_interchange_page_finalize;

  signals[ACCEPTED] = g_signal_new ("accepted", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[PEOPLE_CHANGED] = g_signal_new ("people-changed", G_TYPE_FROM_CLASS (klass),
                                          G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[DECLINED] = g_signal_new ("declined", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/registrar_lms/Registrar/import-wizard/reg-interchange-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RegInterchangePage, looks_like);
  gtk_widget_class_bind_template_child (widget_class, RegInterchangePage, not_done);
  gtk_widget_class_bind_template_child (widget_class, RegInterchangePage, steps);
  gtk_widget_class_bind_template_child (widget_class, RegInterchangePage, people_row);
  gtk_widget_class_bind_template_child (widget_class, RegInterchangePage, unused);
  gtk_widget_class_bind_template_child (widget_class, RegInterchangePage, decline);
  gtk_widget_class_bind_template_child (widget_class, RegInterchangePage, accept);
  gtk_widget_class_bind_template_callback (widget_class, on_people_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_decline_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_accept_clicked_cb);
}

static void
reg_interchange_page_init (RegInterchangePage *self)
{
  self->rows = g_ptr_array_new ();
  self->is_filling = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  self->is_filling = FALSE;
}
