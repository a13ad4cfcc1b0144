/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-views"

#include "views/common/reg-people-chooser.h"

#include "base/reg-words.h"
#include "views/common/reg-filter-strip.h"
#include "views/common/reg-label-chooser.h"

struct _RegPeopleChooser
{
  AdwBin parent_instance;

  RegLabelChooser *group;
  RegLabelChooser *team;
  RegLabelChooser *tag;
  RegLabelChooser *location;
  RegLabelChooser *manager;

  RegLabelChooser *choosers[REG_N_PEOPLE_ATTRIBUTES]; /* the same, by attribute */
  RegPeopleFilter filter;
};

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RegPeopleChooser, reg_people_chooser, ADW_TYPE_BIN)

static void
on_changed_cb (RegPeopleChooser *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
reg_people_chooser_finalize (GObject *object)
{
  reg_people_filter_clear (&REG_PEOPLE_CHOOSER (object)->filter);
  G_OBJECT_CLASS (reg_people_chooser_parent_class)->finalize (object);
}

static void
reg_people_chooser_class_init (RegPeopleChooserClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = reg_people_chooser_finalize;
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (REG_TYPE_LABEL_CHOOSER);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/registrar_lms/Registrar/common/reg-people-chooser.ui");
  gtk_widget_class_bind_template_child (widget_class, RegPeopleChooser, group);
  gtk_widget_class_bind_template_child (widget_class, RegPeopleChooser, team);
  gtk_widget_class_bind_template_child (widget_class, RegPeopleChooser, tag);
  gtk_widget_class_bind_template_child (widget_class, RegPeopleChooser, location);
  gtk_widget_class_bind_template_child (widget_class, RegPeopleChooser, manager);
  gtk_widget_class_bind_template_callback (widget_class, on_changed_cb);
}

static void
reg_people_chooser_init (RegPeopleChooser *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->choosers[REG_PEOPLE_GROUP] = self->group;
  self->choosers[REG_PEOPLE_TEAM] = self->team;
  self->choosers[REG_PEOPLE_TAG] = self->tag;
  self->choosers[REG_PEOPLE_LOCATION] = self->location;
  self->choosers[REG_PEOPLE_MANAGER] = self->manager;
}

void
reg_people_chooser_set_labels (RegPeopleChooser *self, GPtrArray *labels, GPtrArray *managers)
{
  g_return_if_fail (REG_IS_PEOPLE_CHOOSER (self));

  for (guint kind = REG_PEOPLE_GROUP; kind <= REG_PEOPLE_LOCATION; kind++)
    reg_label_chooser_set_labels (self->choosers[kind], labels, 1u << kind);
  reg_label_chooser_set_labels (self->manager, managers, G_MAXUINT);
}

void
reg_people_chooser_clear (RegPeopleChooser *self)
{
  g_return_if_fail (REG_IS_PEOPLE_CHOOSER (self));

  for (guint i = 0; i < REG_N_PEOPLE_ATTRIBUTES; i++)
    reg_label_chooser_clear (self->choosers[i]);
}

const RegPeopleFilter *
reg_people_chooser_get_filter (RegPeopleChooser *self)
{
  g_return_val_if_fail (REG_IS_PEOPLE_CHOOSER (self), NULL);

  reg_people_filter_clear (&self->filter);
  for (guint i = 0; i < REG_N_PEOPLE_ATTRIBUTES; i++)
    reg_label_chooser_fill (self->choosers[i], &self->filter, (RegPeopleAttribute)i);
  return &self->filter;
}

void
reg_people_chooser_append_text (RegPeopleChooser *self, GString *text)
{
  g_return_if_fail (REG_IS_PEOPLE_CHOOSER (self));

  for (guint i = 0; i < REG_N_PEOPLE_ATTRIBUTES; i++)
    {
      g_autofree char *words = reg_label_chooser_dup_text (self->choosers[i]);

      reg_words_add (text, words);
    }
}
