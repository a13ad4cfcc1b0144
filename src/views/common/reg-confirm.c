/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-views"

#include "views/common/reg-confirm.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

#define REFUSALS_HEIGHT 260
#define MESSAGE_HEIGHT 80

typedef struct
{
  AdwMessageDialog *dialog;
  const RegOperation *operation;
  GtkLabel *effect;
  GtkSwitch *choice;     /* (nullable) */
  GtkWidget *writes_row; /* (nullable) */
  GtkSwitch *writes;     /* (nullable): whether a message is sent */
  GtkTextView *message;  /* (nullable) */
  GtkWidget *box;        /* (nullable): of the tick and the count */
  GtkCheckButton *tick;  /* (nullable) */
  GtkEntry *count;       /* (nullable) */
  gint64 n;
} Guard;

static char *
dup_message (const Guard *guard)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (guard->message);
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return g_strstrip (gtk_text_buffer_get_text (buffer, &start, &end, FALSE));
}

static RegParams *
dup_choice (const Guard *guard)
{
  RegParams *params = reg_params_new ();

  if (guard->choice != NULL && gtk_switch_get_active (guard->choice))
    reg_params_set_boolean (params, guard->operation->choice->key, TRUE);
  if (guard->writes != NULL && gtk_switch_get_active (guard->writes))
    {
      g_autofree char *text = dup_message (guard);

      if (*text != '\0')
        reg_params_set (params, REG_PARAM_MESSAGE, text);
    }
  return params;
}

/**
 * reg_confirm_is_count:
 * @typed: what a person typed
 * @n: what was to be typed
 *
 * Returns: whether it is exactly that number
 */
gboolean
reg_confirm_is_count (const char *typed, gint64 n)
{
  g_autofree char *text = g_strstrip (g_strdup (typed));
  gint64 number = 0;

  return g_ascii_string_to_signed (text, 10, 0, G_MAXINT64, &number, NULL) && number == n;
}

static gboolean
is_counted (const Guard *guard)
{
  return reg_confirm_is_count (gtk_editable_get_text (GTK_EDITABLE (guard->count)), guard->n);
}

/* Whether it may be done now: what cannot be taken back wants the tick, and the count of many. */
static void
update_guard (Guard *guard)
{
  g_autoptr (RegParams) params = dup_choice (guard);
  gboolean is_open = TRUE;

  if (reg_operation_get_confirm (guard->operation, params) == REG_CONFIRM_IRREVERSIBLE)
    is_open = gtk_check_button_get_active (guard->tick);
  if (is_open && guard->count != NULL && gtk_widget_get_visible (guard->box))
    is_open = is_counted (guard);
  /* Who asked for a message has to write one. */
  if (is_open && guard->writes != NULL && gtk_switch_get_active (guard->writes))
    is_open = reg_params_get (params, REG_PARAM_MESSAGE) != NULL;
  adw_message_dialog_set_response_enabled (guard->dialog, "do", is_open);
}

/* The words, and how strongly it is asked, follow the choice. */
static void
update_choice (Guard *guard)
{
  g_autoptr (RegParams) params = dup_choice (guard);
  RegConfirm confirm = reg_operation_get_confirm (guard->operation, params);
  const char *warning = reg_operation_get_warning (guard->operation, params);

  adw_message_dialog_set_body (guard->dialog, warning != NULL ? _ (warning) : "");
  gtk_label_set_text (guard->effect, _ (reg_operation_get_effect (guard->operation, params)));
  if (guard->box != NULL)
    gtk_widget_set_visible (guard->box, confirm == REG_CONFIRM_IRREVERSIBLE);
  adw_message_dialog_set_response_appearance (guard->dialog, "do",
                                              confirm != REG_CONFIRM_UNDO ? ADW_RESPONSE_DESTRUCTIVE
                                                                          : ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (guard->dialog,
                                           confirm == REG_CONFIRM_UNDO ? "do" : "cancel");
  update_guard (guard);
}

static void
update_mails (Guard *guard)
{
  g_autofree char *mails = g_strdup_printf (_ ("E-mails this will cause: %" PRIi64), guard->n);

  adw_action_row_set_subtitle (
      ADW_ACTION_ROW (guard->writes_row),
      gtk_switch_get_active (guard->writes) ? mails : _ ("Nothing is sent to the learners."));
}

static void
on_writes_cb (Guard *guard)
{
  update_mails (guard);
  if (gtk_switch_get_active (guard->writes))
    gtk_widget_grab_focus (GTK_WIDGET (guard->message));
  update_guard (guard);
}

static GtkWidget *
create_text (const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

/* "What happens": SPEC §7's line for the operation. */
static GtkWidget *
create_effect (Guard *guard)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  guard->effect = GTK_LABEL (create_text (NULL, NULL));
  gtk_widget_add_css_class (box, "card");
  gtk_widget_add_css_class (box, "reg-effect");
  gtk_box_append (GTK_BOX (box), create_text (_ ("What happens"), "heading"));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (guard->effect));
  return box;
}

static GtkWidget *
create_choice (Guard *guard)
{
  GtkWidget *list = gtk_list_box_new ();
  GtkWidget *row = adw_action_row_new ();

  guard->choice = GTK_SWITCH (gtk_switch_new ());
  gtk_widget_set_valign (GTK_WIDGET (guard->choice), GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (guard->choice), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ (guard->operation->choice->label), -1);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ (guard->operation->choice->label));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), GTK_WIDGET (guard->choice));
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), GTK_WIDGET (guard->choice));
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_list_box_append (GTK_LIST_BOX (list), row);
  g_signal_connect_swapped (guard->choice, "notify::active", G_CALLBACK (update_choice), guard);
  return list;
}

/* Nothing is sent to learners unless it is asked for: off at first (D-13), and how many e-mails. */
static GtkWidget *
create_message (Guard *guard)
{
  GtkWidget *list = gtk_list_box_new ();
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *frame = gtk_frame_new (NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  guard->writes_row = row;
  guard->writes = GTK_SWITCH (gtk_switch_new ());
  guard->message = GTK_TEXT_VIEW (gtk_text_view_new ());
  gtk_widget_set_valign (GTK_WIDGET (guard->writes), GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (guard->writes), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Send a private message"), -1);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("Send a private message"));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), GTK_WIDGET (guard->writes));
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), GTK_WIDGET (guard->writes));
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_list_box_append (GTK_LIST_BOX (list), row);
  gtk_text_view_set_wrap_mode (guard->message, GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (guard->message, FALSE);
  gtk_text_view_set_top_margin (guard->message, 6);
  gtk_text_view_set_bottom_margin (guard->message, 6);
  gtk_text_view_set_left_margin (guard->message, 9);
  gtk_text_view_set_right_margin (guard->message, 9);
  gtk_widget_set_size_request (GTK_WIDGET (guard->message), -1, MESSAGE_HEIGHT);
  gtk_accessible_update_property (GTK_ACCESSIBLE (guard->message), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Message to the Learners"), -1);
  gtk_frame_set_child (GTK_FRAME (frame), GTK_WIDGET (guard->message));
  gtk_box_append (GTK_BOX (box), list);
  gtk_box_append (GTK_BOX (box), frame);
  g_object_bind_property (guard->writes, "active", frame, "visible", G_BINDING_SYNC_CREATE);
  g_signal_connect_swapped (guard->writes, "notify::active", G_CALLBACK (on_writes_cb), guard);
  g_signal_connect_swapped (gtk_text_view_get_buffer (guard->message), "changed",
                            G_CALLBACK (update_guard), guard);
  update_mails (guard);
  return box;
}

static gboolean
can_be_irreversible (const RegOperation *operation)
{
  return operation->confirm == REG_CONFIRM_IRREVERSIBLE
         || (operation->choice != NULL && operation->choice->confirm == REG_CONFIRM_IRREVERSIBLE);
}

static GtkWidget *
create_guard (Guard *guard)
{
  guard->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  guard->tick = GTK_CHECK_BUTTON (
      gtk_check_button_new_with_mnemonic (_ ("I _understand that this cannot be taken back once it "
                                             "was sent")));
  gtk_box_append (GTK_BOX (guard->box), GTK_WIDGET (guard->tick));
  g_signal_connect_swapped (guard->tick, "toggled", G_CALLBACK (update_guard), guard);
  if (guard->n > REG_CONFIRM_TYPE_COUNT_ABOVE)
    {
      g_autofree char *text =
          g_strdup_printf (_ ("Type %" PRIi64 " to confirm how many"), guard->n);

      guard->count = GTK_ENTRY (gtk_entry_new ());
      gtk_entry_set_input_purpose (guard->count, GTK_INPUT_PURPOSE_DIGITS);
      gtk_accessible_update_property (GTK_ACCESSIBLE (guard->count), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      text, -1);
      gtk_box_append (GTK_BOX (guard->box), create_text (text, NULL));
      gtk_box_append (GTK_BOX (guard->box), GTK_WIDGET (guard->count));
      g_signal_connect_swapped (guard->count, "changed", G_CALLBACK (update_guard), guard);
    }
  return guard->box;
}

/**
 * reg_refusals_new:
 * @names: whom, %NULL-terminated
 * @reasons: why not, one for each name
 * @n_total: how many there are in all; more than there are names where the rest is not listed
 *
 * Returns: (transfer floating): a list to put into a dialog
 */
GtkWidget *
reg_refusals_new (const char *const *names, const char *const *reasons, gsize n_total)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *list = gtk_list_box_new ();
  g_autofree char *title = g_strdup_printf (
      ngettext ("%zu cannot be included", "%zu cannot be included", n_total), n_total);
  gsize n = 0;

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  for (; names[n] != NULL; n++)
    {
      GtkWidget *row = adw_action_row_new ();

      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), names[n]);
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), reasons[n]);
      gtk_list_box_append (GTK_LIST_BOX (list), row);
    }
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), REFUSALS_HEIGHT);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), list);
  gtk_box_append (GTK_BOX (box), create_text (title, "heading"));
  gtk_box_append (GTK_BOX (box), scroller);
  if (n_total > n)
    {
      g_autofree char *more =
          g_strdup_printf (ngettext ("and %zu more", "and %zu more", n_total - n), n_total - n);

      gtk_box_append (GTK_BOX (box), create_text (more, "dim-label"));
    }
  return box;
}

static GtkWidget *
create_dialog (GtkWindow *parent, const char *heading, const char *body)
{
  GtkWidget *dialog = adw_message_dialog_new (parent, heading, body);

  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"));
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  return dialog;
}

/* Others ask for it in a dialog of their own, which comes before this one. */
gboolean
reg_confirm_offers_message (const RegOperation *operation)
{
  return operation->confirm == REG_CONFIRM_DIALOG
         && g_strv_contains (operation->param_keys, REG_PARAM_MESSAGE);
}

static char *
dup_heading (const RegOperation *operation, gint64 n, gboolean spans_courses)
{
  if (spans_courses)
    return g_strdup_printf (
        ngettext ("%s: %" PRIi64 " Enrollment", "%s: %" PRIi64 " Enrollments", (gulong)n),
        _ (operation->label), n);
  return g_strdup_printf (ngettext ("%s: %" PRIi64 " User", "%s: %" PRIi64 " Users", (gulong)n),
                          _ (operation->label), n);
}

/**
 * reg_confirm_new:
 * @n_possible: how many targets it will concern
 * @spans_courses: whether they are enrollments in several courses
 * @note: (nullable): one more line
 * @refusals: (nullable): what reg_refusals_new () made
 *
 * Returns: (transfer floating): a dialog whose response "do" means yes
 */
GtkWidget *
reg_confirm_new (GtkWindow *parent,
                 const RegOperation *operation,
                 gint64 n_possible,
                 gboolean spans_courses,
                 const char *note,
                 GtkWidget *refusals)
{
  g_autofree char *heading = dup_heading (operation, n_possible, spans_courses);
  g_autofree char *counted = g_strdup_printf ("%s (%" PRIi64 ")", _ (operation->label), n_possible);
  GtkWidget *dialog = create_dialog (parent, heading, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  Guard *guard = g_new0 (Guard, 1);

  guard->dialog = ADW_MESSAGE_DIALOG (dialog);
  guard->operation = operation;
  guard->n = n_possible;
  g_object_set_data_full (G_OBJECT (dialog), "reg-guard", guard, g_free);
  if (operation->choice != NULL)
    gtk_box_append (GTK_BOX (box), create_choice (guard));
  gtk_box_append (GTK_BOX (box), create_effect (guard));
  if (reg_confirm_offers_message (operation))
    gtk_box_append (GTK_BOX (box), create_message (guard));
  if (note != NULL)
    gtk_box_append (GTK_BOX (box), create_text (note, NULL));
  if (refusals != NULL)
    gtk_box_append (GTK_BOX (box), refusals);
  if (can_be_irreversible (operation))
    gtk_box_append (GTK_BOX (box), create_guard (guard));
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "do",
                                   operation->proceed != NULL ? _ (operation->proceed) : counted);
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), box);
  update_choice (guard);
  return dialog;
}

/**
 * reg_confirm_dup_choice:
 * @dialog: what reg_confirm_new () made
 *
 * Returns: (transfer full): the parameters the person chose in the dialog; empty where none
 */
RegParams *
reg_confirm_dup_choice (GtkWidget *dialog)
{
  return dup_choice (g_object_get_data (G_OBJECT (dialog), "reg-guard"));
}

/**
 * reg_refused_new:
 *
 * Returns: (transfer floating): a dialog that says why the operation concerns nobody
 */
GtkWidget *
reg_refused_new (GtkWindow *parent, const RegOperation *operation, GtkWidget *refusals)
{
  g_autofree char *heading = g_strdup_printf (_ ("%s Is Not Possible"), _ (operation->label));
  GtkWidget *dialog = adw_message_dialog_new (parent, heading, NULL);

  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _ ("_Close"));
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "close");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "close");
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), refusals);
  return dialog;
}
