/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-views"

#include "views/users/reg-label-checks.h"

#include "model/reg-label.h"
#include "model/reg-user.h"
#include "views/common/reg-check-row.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  gint64 id;
  char *name;
  GtkCheckButton *button;
} Check;

struct _RegLabelChecks
{
  AdwExpanderRow parent_instance;

  GArray *checks;
  RegLabelChecks *other; /* (nullable): weak */
};

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RegLabelChecks, reg_label_checks, ADW_TYPE_EXPANDER_ROW)

static void
check_clear (gpointer data)
{
  Check *check = data;

  g_free (check->name);
}

static const char *
get_kind_word (RegLabelKind kind)
{
  switch (kind)
    {
    case REG_LABEL_GROUP:
      return _ ("Group");
    case REG_LABEL_TEAM:
      return _ ("Team");
    case REG_LABEL_TAG:
      return _ ("Tag");
    case REG_LABEL_LOCATION:
      return _ ("Location");
    }
  g_return_val_if_reached ("");
}

static void
on_toggled_cb (RegLabelChecks *self, GtkCheckButton *button)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < self->checks->len; i++)
    {
      const Check *check = &g_array_index (self->checks, Check, i);
      gboolean is_on = gtk_check_button_get_active (check->button);

      if (is_on && self->other != NULL && check->button == button && i < self->other->checks->len)
        gtk_check_button_set_active (g_array_index (self->other->checks, Check, i).button, FALSE);
      if (is_on)
        g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", check->name);
    }
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self),
                                 names->len > 0 ? names->str : C_ ("groups", "None"));
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
reg_label_checks_dispose (GObject *object)
{
  g_clear_weak_pointer (&REG_LABEL_CHECKS (object)->other);
  G_OBJECT_CLASS (reg_label_checks_parent_class)->dispose (object);
}

static void
reg_label_checks_finalize (GObject *object)
{
  g_array_unref (REG_LABEL_CHECKS (object)->checks);
  G_OBJECT_CLASS (reg_label_checks_parent_class)->finalize (object);
}

static void
reg_label_checks_class_init (RegLabelChecksClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = reg_label_checks_dispose;
  object_class->finalize = reg_label_checks_finalize;
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
reg_label_checks_init (RegLabelChecks *self)
{
  self->checks = g_array_new (FALSE, FALSE, sizeof (Check));
  g_array_set_clear_func (self->checks, check_clear);
}

static void
add_label (RegLabelChecks *self, const RegLabel *label)
{
  GtkWidget *row = reg_check_row_new (label->name, get_kind_word (label->kind), NULL);
  GtkCheckButton *button = reg_check_row_get_check (row);
  Check check = { label->id, g_strdup (label->name), button };

  g_array_append_val (self->checks, check);
  g_signal_connect_object (button, "toggled", G_CALLBACK (on_toggled_cb), self, G_CONNECT_SWAPPED);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), row);
}

GtkWidget *
reg_label_checks_new (const char *title, GPtrArray *labels)
{
  RegLabelChecks *self = g_object_new (REG_TYPE_LABEL_CHECKS, "title", title, "use-markup", FALSE,
                                       "subtitle", C_ ("groups", "None"), NULL);

  for (guint i = 0; i < labels->len; i++)
    {
      const RegLabel *label = g_ptr_array_index (labels, i);

      if (label->kind != REG_LABEL_LOCATION)
        add_label (self, label);
    }
  gtk_widget_set_visible (GTK_WIDGET (self), self->checks->len > 0);
  return GTK_WIDGET (self);
}

char *
reg_label_checks_dup_ids (RegLabelChecks *self)
{
  g_autofree char *ids = g_strdup ("");

  g_return_val_if_fail (REG_IS_LABEL_CHECKS (self), NULL);

  for (guint i = 0; i < self->checks->len; i++)
    {
      const Check *check = &g_array_index (self->checks, Check, i);
      g_autofree char *one = g_strdup_printf (",%" G_GINT64_FORMAT ",", check->id);

      if (gtk_check_button_get_active (check->button))
        {
          char *more = reg_user_labels_add (ids, one);

          g_free (ids);
          ids = more;
        }
    }
  return g_steal_pointer (&ids);
}

void
reg_label_checks_exclude (RegLabelChecks *self, RegLabelChecks *other)
{
  g_return_if_fail (REG_IS_LABEL_CHECKS (self) && REG_IS_LABEL_CHECKS (other));

  g_set_weak_pointer (&self->other, other);
  g_set_weak_pointer (&other->other, self);
}
