/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-views"

#include "views/import-wizard/reg-instead-dialog.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  AdwMessageDialog *dialog;
  GtkCheckButton *choice;
  GtkCheckButton *skip; /* (nullable) */
  const RegImportInstead *instead;
  const RegOperation *operation;
  RegImportFix *fix;
  gboolean all;
  RegInsteadDialogDone done;
  GObject *data;
} Asking;

static void
asking_free (gpointer data, GClosure *closure)
{
  Asking *asking = data;

  reg_import_fix_free (asking->fix);
  g_object_unref (asking->data);
  g_free (asking);
}

static RegParams *
dup_chosen (const Asking *asking)
{
  RegParams *chosen = reg_params_new ();

  if (gtk_check_button_get_active (asking->choice))
    reg_params_set_boolean (chosen, asking->operation->choice->key, TRUE);
  if (asking->skip != NULL && gtk_check_button_get_active (asking->skip))
    reg_params_set_boolean (chosen, "skip_completed", TRUE);
  return chosen;
}

/* The words, and how strongly it is asked, follow the choice. */
static void
update (Asking *asking)
{
  g_autoptr (RegParams) chosen = dup_chosen (asking);
  gboolean is_final =
      reg_operation_get_confirm (asking->operation, chosen) == REG_CONFIRM_IRREVERSIBLE;

  adw_message_dialog_set_body (asking->dialog,
                               _ (reg_operation_get_effect (asking->operation, chosen)));
  adw_message_dialog_set_response_appearance (
      asking->dialog, "do", is_final ? ADW_RESPONSE_DESTRUCTIVE : ADW_RESPONSE_SUGGESTED);
}

static void
on_response_cb (AdwMessageDialog *dialog, const char *response, Asking *asking)
{
  g_autoptr (RegParams) chosen = dup_chosen (asking);

  if (!g_str_equal (response, "do"))
    return;
  g_free (asking->fix->text);
  asking->fix->text = reg_import_instead_dup_text (asking->instead, chosen);
  asking->done (asking->data, asking->fix, asking->all);
}

static GtkCheckButton *
add_check (GtkWidget *box, Asking *asking, const char *label)
{
  GtkWidget *check = gtk_check_button_new ();
  GtkWidget *text = gtk_label_new (label);

  gtk_label_set_wrap (GTK_LABEL (text), TRUE);
  gtk_label_set_xalign (GTK_LABEL (text), 0);
  gtk_check_button_set_child (GTK_CHECK_BUTTON (check), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_signal_connect_swapped (check, "toggled", G_CALLBACK (update), asking);
  gtk_box_append (GTK_BOX (box), check);
  return GTK_CHECK_BUTTON (check);
}

static char *
dup_heading (const Asking *asking, const RegImportPlan *plan)
{
  g_autoptr (GArray) users =
      asking->all ? reg_import_plan_list_users (plan, asking->fix->reason) : NULL;
  guint n = users != NULL ? users->len : 1;

  /* Translators: %s is an operation: “Reassign 3 users instead?” */
  return g_strdup_printf (ngettext ("%s %'u User Instead?", "%s %'u Users Instead?", n),
                          _ (asking->operation->label), n);
}

/**
 * reg_instead_dialog_ask:
 * @parent: the window it stands before
 * @site: (nullable): what the LMS says of itself
 * @plan: the plan the fix is of
 * @fix: a REG_FIX_INSTEAD
 * @all: for all alike
 * @done: called with what was chosen; at once where there is nothing to choose
 * @data: (type GObject): for @done
 */
void
reg_instead_dialog_ask (GtkWindow *parent,
                        const RegSite *site,
                        const RegImportPlan *plan,
                        const RegImportFix *fix,
                        gboolean all,
                        RegInsteadDialogDone done,
                        gpointer data)
{
  const RegImportInstead *instead = reg_import_instead_parse (fix->text, plan->action);
  const RegOperation *operation = reg_operation_find (instead->operation);
  GtkWidget *dialog, *box;
  g_autofree char *heading = NULL;
  Asking *asking;

  if (operation->choice == NULL)
    {
      done (data, fix, all);
      return;
    }
  dialog = adw_message_dialog_new (parent, NULL, NULL);
  box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  asking = g_new0 (Asking, 1);
  asking->dialog = ADW_MESSAGE_DIALOG (dialog);
  asking->instead = instead;
  asking->operation = operation;
  asking->fix = reg_import_fix_copy (fix);
  asking->all = all;
  asking->done = done;
  asking->data = g_object_ref (data);
  heading = dup_heading (asking, plan);
  adw_message_dialog_set_heading (asking->dialog, heading);
  asking->choice = add_check (box, asking, _ (operation->choice->label));
  /* Where the site allows it always, nobody is asked (SPEC D-02). */
  if (all && fix->reason != REG_REASON_COMPLETED_SKIPPED && operation->starts_anew
      && (site == NULL || !site->allow_reassign_always))
    asking->skip = add_check (box, asking, _ ("Skip users who have already completed the course"));
  adw_message_dialog_set_extra_child (asking->dialog, box);
  adw_message_dialog_add_responses (asking->dialog, "cancel", _ ("_Cancel"), "do",
                                    _ (operation->proceed), NULL);
  adw_message_dialog_set_close_response (asking->dialog, "cancel");
  adw_message_dialog_set_default_response (asking->dialog, "do");
  g_signal_connect_data (dialog, "response", G_CALLBACK (on_response_cb), asking, asking_free, 0);
  update (asking);
  gtk_window_present (GTK_WINDOW (dialog));
}
