/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-views"

#include "views/common/reg-removal-dialog.h"

#include "views/common/reg-check-row.h"

#include <glib/gi18n-lib.h>

/* scope: (nullable): of remove-user */
static const struct
{
  const char *operation;
  const char *scope;
  const char *title;
  const char *subtitle;
} choices[] = {
  { "remove-from-session", NULL, N_ ("Only from the session"),
    N_ ("The seat is free again and the status Not Started. The course stays assigned.") },
  { "remove-user", REG_SCOPE_COURSE, N_ ("Entirely from the course"),
    N_ ("All data of the course is deleted, also of people who are in no session.") },
  { "remove-user", REG_SCOPE_BOTH, N_ ("From both the session and the course"),
    N_ ("Only people who are in a session: their seat is free again, and all data of the course is "
        "deleted.") },
};

typedef struct
{
  AdwMessageDialog *dialog;
  GtkCheckButton *checks[G_N_ELEMENTS (choices)];
  RegRemovalChosen chosen;
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

static void
update (Asking *asking)
{
  gboolean any = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (choices); i++)
    any |= gtk_check_button_get_active (asking->checks[i]);
  adw_message_dialog_set_response_enabled (asking->dialog, "go-on", any);
}

static void
on_response_cb (AdwMessageDialog *dialog, const char *response, Asking *asking)
{
  if (g_strcmp0 (response, "go-on") != 0)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (choices); i++)
    {
      g_autoptr (RegParams) params = reg_params_new ();

      if (!gtk_check_button_get_active (asking->checks[i]))
        continue;
      if (choices[i].scope != NULL)
        reg_params_set (params, REG_PARAM_SCOPE, choices[i].scope);
      asking->chosen (choices[i].operation, params, asking->data);
    }
}

static gboolean
is_offered (RegWorkspace *workspace, const char *operation)
{
  const RegSite *site = reg_workspace_get_site (workspace);

  return site == NULL || reg_site_can (site, operation);
}

static GtkWidget *
create_choices (Asking *asking, RegWorkspace *workspace)
{
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Remove from"), -1);
  for (guint i = 0; i < G_N_ELEMENTS (choices); i++)
    {
      GtkWidget *row =
          reg_check_row_new (_ (choices[i].title), _ (choices[i].subtitle), asking->checks[0]);

      asking->checks[i] = reg_check_row_get_check (row);
      gtk_widget_set_sensitive (row, is_offered (workspace, choices[i].operation));
      gtk_list_box_append (GTK_LIST_BOX (list), row);
      g_signal_connect_swapped (asking->checks[i], "toggled", G_CALLBACK (update), asking);
    }
  return list;
}

/**
 * reg_removal_dialog_present:
 * @n: how many are to be removed
 * @spans_courses: whether from several courses: what is counted are enrollments then, not users
 * @chosen: called with the operation and its parameters, where one was chosen
 */
void
reg_removal_dialog_present (GtkWindow *parent,
                            RegWorkspace *workspace,
                            gsize n,
                            gboolean spans_courses,
                            RegRemovalChosen chosen,
                            gpointer data,
                            GDestroyNotify destroy)
{
  g_autofree char *heading =
      spans_courses
          ? g_strdup_printf (ngettext ("Remove %'zu Enrollment", "Remove %'zu Enrollments", n), n)
          : g_strdup_printf (ngettext ("Remove %'zu User", "Remove %'zu Users", n), n);
  GtkWidget *dialog = adw_message_dialog_new (parent, heading, NULL);
  Asking *asking = g_new0 (Asking, 1);

  asking->dialog = ADW_MESSAGE_DIALOG (dialog);
  asking->chosen = chosen;
  asking->data = data;
  asking->destroy = destroy;
  g_object_set_data_full (G_OBJECT (dialog), "reg-asking", asking, asking_free);
  adw_message_dialog_add_responses (asking->dialog, "cancel", _ ("_Cancel"), "go-on",
                                    _ ("C_ontinue"), NULL);
  adw_message_dialog_set_default_response (asking->dialog, "go-on");
  adw_message_dialog_set_close_response (asking->dialog, "cancel");
  adw_message_dialog_set_extra_child (asking->dialog, create_choices (asking, workspace));
  if (is_offered (workspace, choices[0].operation))
    gtk_check_button_set_active (asking->checks[0], TRUE);
  update (asking);
  g_signal_connect (dialog, "response", G_CALLBACK (on_response_cb), asking);
  gtk_window_present (GTK_WINDOW (dialog));
}
