/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-views"

#include "views/users/reg-account-dialogs.h"

#include "rules/reg-operation.h"
#include "rules/reg-status.h"
#include "views/users/reg-label-checks.h"

#include <glib/gi18n-lib.h>

#define LIST_HEIGHT 360

typedef struct
{
  AdwMessageDialog *dialog;
  RegLabelChecks *join;  /* (nullable) */
  RegLabelChecks *leave; /* (nullable) */
  AdwComboRow *role;     /* (nullable) */
  RegAccountChosen chosen;
  gpointer data;
  GDestroyNotify destroy;
} Asking;

static void
asking_free (gpointer data)
{
  Asking *asking = data;

  if (asking->destroy != NULL)
    asking->destroy (asking->data);
  g_free (asking);
}

static RegParams *
dup_params (const Asking *asking)
{
  RegParams *params = reg_params_new ();

  if (asking->role != NULL)
    {
      reg_params_set (params, "role",
                      reg_role_to_nick ((RegRole)adw_combo_row_get_selected (asking->role)));
    }
  else
    {
      g_autofree char *join = reg_label_checks_dup_ids (asking->join);
      g_autofree char *leave = reg_label_checks_dup_ids (asking->leave);

      reg_params_set (params, "add_labels", *join != '\0' ? join : NULL);
      reg_params_set (params, "remove_labels", *leave != '\0' ? leave : NULL);
    }
  return params;
}

static void
on_changed_cb (Asking *asking)
{
  g_autoptr (RegParams) params = dup_params (asking);

  adw_message_dialog_set_response_enabled (asking->dialog, "do", reg_params_get_size (params) > 0);
}

static void
on_response_cb (AdwMessageDialog *dialog, const char *response, Asking *asking)
{
  g_autoptr (RegParams) params = dup_params (asking);

  if (g_strcmp0 (response, "do") == 0)
    asking->chosen (params, asking->data);
}

static Asking *
asking_new (GtkWindow *parent,
            const char *operation,
            const char *how_many,
            GtkWidget *child,
            RegAccountChosen chosen,
            gpointer data,
            GDestroyNotify destroy)
{
  const RegOperation *row = reg_operation_find (operation);
  g_autofree char *heading = g_strdup_printf ("%s: %s", _ (row->label), how_many);
  Asking *asking = g_new0 (Asking, 1);

  asking->dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (parent, heading, _ (row->effect)));
  asking->chosen = chosen;
  asking->data = data;
  asking->destroy = destroy;
  adw_message_dialog_set_extra_child (asking->dialog, child);
  adw_message_dialog_add_responses (asking->dialog, "cancel", _ ("_Cancel"), "do", _ ("C_hange"),
                                    NULL);
  adw_message_dialog_set_response_appearance (asking->dialog, "do", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (asking->dialog, "do");
  adw_message_dialog_set_close_response (asking->dialog, "cancel");
  g_object_set_data_full (G_OBJECT (asking->dialog), "reg-asking", asking, asking_free);
  g_signal_connect (asking->dialog, "response", G_CALLBACK (on_response_cb), asking);
  return asking;
}

static GtkWidget *
create_list (void)
{
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_set_valign (list, GTK_ALIGN_START);
  gtk_widget_add_css_class (list, "boxed-list");
  return list;
}

void
reg_groups_dialog_present (GtkWindow *parent,
                           GPtrArray *labels,
                           const char *how_many,
                           RegAccountChosen chosen,
                           gpointer data,
                           GDestroyNotify destroy)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *list = create_list ();
  GtkWidget *join = reg_label_checks_new (_ ("Join"), labels);
  GtkWidget *leave = reg_label_checks_new (_ ("Leave"), labels);
  Asking *asking;

  reg_label_checks_exclude (REG_LABEL_CHECKS (join), REG_LABEL_CHECKS (leave));
  gtk_list_box_append (GTK_LIST_BOX (list), join);
  gtk_list_box_append (GTK_LIST_BOX (list), leave);
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (join), TRUE);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), LIST_HEIGHT);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), list);
  asking = asking_new (parent, "set-groups", how_many, scroller, chosen, data, destroy);
  asking->join = REG_LABEL_CHECKS (join);
  asking->leave = REG_LABEL_CHECKS (leave);
  g_signal_connect_swapped (join, "changed", G_CALLBACK (on_changed_cb), asking);
  g_signal_connect_swapped (leave, "changed", G_CALLBACK (on_changed_cb), asking);
  on_changed_cb (asking);
  gtk_window_present (GTK_WINDOW (asking->dialog));
}

void
reg_role_dialog_present (GtkWindow *parent,
                         const char *how_many,
                         guint highest,
                         RegAccountChosen chosen,
                         gpointer data,
                         GDestroyNotify destroy)
{
  g_autoptr (GtkStringList) roles = gtk_string_list_new (NULL);
  GtkWidget *list = create_list ();
  GtkWidget *role = adw_combo_row_new ();
  Asking *asking;

  for (guint i = 0; i <= highest && i < REG_N_ROLES; i++)
    gtk_string_list_append (roles, reg_role_get_label ((RegRole)i));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (role), _ ("Role"));
  adw_combo_row_set_model (ADW_COMBO_ROW (role), G_LIST_MODEL (roles));
  gtk_list_box_append (GTK_LIST_BOX (list), role);
  asking = asking_new (parent, "set-role", how_many, list, chosen, data, destroy);
  asking->role = ADW_COMBO_ROW (role);
  gtk_window_present (GTK_WINDOW (asking->dialog));
}
