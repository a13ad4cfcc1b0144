/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-views"

#include "views/users/reg-add-user-dialog.h"

#include "rules/reg-status.h"
#include "views/common/reg-step-flow.h"
#include "views/users/reg-label-checks.h"

#include <glib/gi18n-lib.h>

#define WIDTH 480
#define HEIGHT 680

struct _RegAddUserDialog
{
  AdwWindow parent_instance;

  AdwEntryRow *given_name;
  AdwEntryRow *family_name;
  AdwEntryRow *email;
  AdwEntryRow *employee_id;
  AdwComboRow *role;
  AdwComboRow *location;
  AdwEntryRow *manager;
  RegLabelChecks *groups;
  GtkLabel *problem;
  GtkButton *show; /* whoever is there already */
  GtkButton *add;

  RegHost *host; /* weak */
  RegWorkspace *workspace;
  GArray *locations; /* ids of the entries of location */
  gint64 known_id;   /* whoever is there already; 0 for nobody */
  gint64 manager_id;
  guint question; /* counts what was looked up; an answer to an earlier one is dropped */
};

G_DEFINE_FINAL_TYPE (RegAddUserDialog, reg_add_user_dialog, ADW_TYPE_WINDOW)

/* What is looked up of the texts typed. */
typedef struct
{
  guint question;
  char *email;
  char *employee_id;
  char *manager;
  gint64 known_id;
  char *known_name;
  gint64 manager_id;
  char *manager_name;
} LookUp;

static void
look_up_free (gpointer data)
{
  LookUp *look_up = data;

  g_free (look_up->email);
  g_free (look_up->employee_id);
  g_free (look_up->manager);
  g_free (look_up->known_name);
  g_free (look_up->manager_name);
  g_free (look_up);
}

static char *
dup_text (AdwEntryRow *row)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (row))));
}

static gboolean
find (RegStore *store, const char *text, gint64 *id, char **name, GError **error)
{
  g_autoptr (GError) cause = NULL;
  g_autoptr (RegUser) user = NULL;

  if (*text == '\0' || *id != 0)
    return TRUE;
  *id = reg_store_find_user (store, text, &cause);
  if (*id != 0)
    user = reg_store_get_user (store, *id, &cause);
  if (cause != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&cause));
      return FALSE;
    }
  if (user != NULL)
    *name = reg_user_dup_name (user);
  return TRUE;
}

static gpointer
look_up_in_store (RegStore *store, gpointer data, RegProgress *progress, GError **error)
{
  const LookUp *asked = data;
  LookUp *found = g_new0 (LookUp, 1);

  found->question = asked->question;
  if (find (store, asked->email, &found->known_id, &found->known_name, error)
      && find (store, asked->employee_id, &found->known_id, &found->known_name, error)
      && find (store, asked->manager, &found->manager_id, &found->manager_name, error))
    return found;
  look_up_free (found);
  return NULL;
}

static void
put (RegParams *params, const char *key, AdwEntryRow *row)
{
  g_autofree char *text = dup_text (row);

  if (*text != '\0')
    reg_params_set (params, key, text);
}

static RegParams *
dup_params (RegAddUserDialog *self)
{
  RegParams *params = reg_params_new ();
  guint place = adw_combo_row_get_selected (self->location);
  g_autofree char *labels = reg_label_checks_dup_ids (self->groups);

  put (params, "given_name", self->given_name);
  put (params, "family_name", self->family_name);
  put (params, "email", self->email);
  put (params, "employee_id", self->employee_id);
  reg_params_set (params, "role",
                  reg_role_to_nick ((RegRole)adw_combo_row_get_selected (self->role)));
  if (place > 0 && place < self->locations->len)
    reg_params_set_int64 (params, "location_id", g_array_index (self->locations, gint64, place));
  if (self->manager_id != 0)
    reg_params_set_int64 (params, "manager_id", self->manager_id);
  if (*labels != '\0')
    reg_params_set (params, "labels", labels);
  return params;
}

/* What is wrong, in words; NULL where it can be added. */
static char *
dup_problem (RegAddUserDialog *self, const LookUp *found)
{
  g_autoptr (RegParams) params = dup_params (self);
  g_autoptr (RegUser) blank = reg_user_new ();
  g_autofree char *manager = dup_text (self->manager);
  RegSubject subject = { .user = blank,
                         .actor_id = reg_workspace_get_actor_id (self->workspace),
                         .actor_role = reg_workspace_get_actor_role (self->workspace) };
  char *sentence = NULL;

  if (found != NULL && found->known_id != 0)
    return g_strdup_printf (_ ("This user is there already: %s."), found->known_name);
  if (reg_operation_check (reg_operation_find ("add-user"), &subject, params, &sentence)
      != REG_REASON_NONE)
    return sentence;
  if (found != NULL && *manager != '\0' && found->manager_id == 0)
    return g_strdup (_ ("Nobody, or more than one person, has the manager's e-mail or employee "
                        "ID."));
  return NULL;
}

static gboolean
is_untouched (RegAddUserDialog *self)
{
  g_autofree char *email = dup_text (self->email);
  g_autofree char *employee_id = dup_text (self->employee_id);

  return *email == '\0' && *employee_id == '\0';
}

static void
show_problem (RegAddUserDialog *self, const LookUp *found)
{
  g_autofree char *problem = dup_problem (self, found);

  self->known_id = found != NULL ? found->known_id : 0;
  gtk_label_set_label (self->problem, is_untouched (self)
                                          ? _ ("An e-mail address or an employee ID is needed.")
                                      : problem != NULL ? problem
                                                        : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), problem != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->show), self->known_id != 0);
  gtk_widget_set_sensitive (GTK_WIDGET (self->add), found != NULL && problem == NULL);
}

static void
on_looked_up_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RegAddUserDialog) self = data;
  g_autoptr (GError) error = NULL;
  LookUp *found = reg_workspace_run_finish (self->workspace, result, &error);

  if (found == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        gtk_label_set_label (self->problem, error->message);
      return;
    }
  if (found->question == self->question)
    {
      self->manager_id = found->manager_id;
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->manager),
                                     found->manager_name != NULL
                                         ? found->manager_name
                                         : _ ("Reports to (e-mail or employee ID)"));
      show_problem (self, found);
    }
  look_up_free (found);
}

/* Known at once is what the texts say by themselves; who else has them is looked up. */
static void
on_changed_cb (RegAddUserDialog *self)
{
  LookUp *asked = g_new0 (LookUp, 1);

  asked->question = ++self->question;
  asked->email = dup_text (self->email);
  asked->employee_id = dup_text (self->employee_id);
  asked->manager = dup_text (self->manager);
  self->manager_id = 0;
  show_problem (self, NULL);
  reg_workspace_run_async (self->workspace, FALSE, look_up_in_store, asked, look_up_free,
                           look_up_free, NULL, on_looked_up_cb, g_object_ref (self));
}

static void
on_show_clicked_cb (RegAddUserDialog *self)
{
  if (self->host != NULL)
    reg_host_open_user (self->host, self->known_id);
  gtk_window_close (GTK_WINDOW (self));
}

static void
on_finished_cb (RegAddUserDialog *self, gboolean staged, RegStepFlow *flow)
{
  if (!staged)
    return;
  if (self->host != NULL)
    reg_host_open_user (self->host, reg_step_flow_get_user_id (flow));
  gtk_window_close (GTK_WINDOW (self));
}

static void
on_add_clicked_cb (RegAddUserDialog *self)
{
  const gint64 nobody = 0;
  g_autoptr (RegParams) params = NULL;
  const char *name;
  RegStepFlow *flow;

  if (!gtk_widget_get_sensitive (GTK_WIDGET (self->add)) || self->host == NULL)
    return;
  params = dup_params (self);
  name = reg_params_get (params, "email") != NULL ? reg_params_get (params, "email")
                                                  : reg_params_get (params, "employee_id");
  flow =
      reg_step_flow_new (GTK_WIDGET (self->host), self->workspace, reg_operation_find ("add-user"));
  reg_step_flow_set_params (flow, params);
  reg_step_flow_set_users (flow, &nobody, 1);
  reg_step_flow_set_subject (flow, name);
  g_signal_connect_object (flow, "finished", G_CALLBACK (on_finished_cb), self, G_CONNECT_SWAPPED);
  reg_step_flow_start (flow);
}

static AdwEntryRow *
add_entry (RegAddUserDialog *self, GtkWidget *group, const char *title, GtkInputPurpose purpose)
{
  GtkWidget *row = adw_entry_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_entry_row_set_input_purpose (ADW_ENTRY_ROW (row), purpose);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  g_signal_connect_swapped (row, "changed", G_CALLBACK (on_changed_cb), self);
  g_signal_connect_swapped (row, "entry-activated", G_CALLBACK (on_add_clicked_cb), self);
  return ADW_ENTRY_ROW (row);
}

static AdwComboRow *
add_combo (GtkWidget *group, const char *title, GtkStringList *words)
{
  GtkWidget *row = adw_combo_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (words));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  return ADW_COMBO_ROW (row);
}

static void
add_places (RegAddUserDialog *self, GtkWidget *group, GPtrArray *labels)
{
  g_autoptr (GtkStringList) roles = gtk_string_list_new (NULL);
  g_autoptr (GtkStringList) places = gtk_string_list_new (NULL);
  const gint64 none = 0;

  for (guint i = 0; i <= reg_workspace_get_actor_role (self->workspace); i++)
    gtk_string_list_append (roles, reg_role_get_label ((RegRole)i));
  gtk_string_list_append (places, _ ("None"));
  g_array_append_val (self->locations, none);
  for (guint i = 0; i < labels->len; i++)
    {
      const RegLabel *label = g_ptr_array_index (labels, i);

      if (label->kind != REG_LABEL_LOCATION)
        continue;
      gtk_string_list_append (places, label->name);
      g_array_append_val (self->locations, label->id);
    }
  self->role = add_combo (group, _ ("Role"), roles);
  self->location = add_combo (group, _ ("Location"), places);
  self->groups = REG_LABEL_CHECKS (reg_label_checks_new (_ ("Groups"), labels));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), GTK_WIDGET (self->groups));
}

static GtkWidget *
create_form (RegAddUserDialog *self, GPtrArray *labels)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  GtkWidget *person = adw_preferences_group_new ();
  GtkWidget *place = adw_preferences_group_new ();
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();

  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (person),
                                         _ (reg_operation_find ("add-user")->effect));
  self->given_name = add_entry (self, person, _ ("Given Name"), GTK_INPUT_PURPOSE_NAME);
  self->family_name = add_entry (self, person, _ ("Family Name"), GTK_INPUT_PURPOSE_NAME);
  self->email = add_entry (self, person, _ ("E-mail"), GTK_INPUT_PURPOSE_EMAIL);
  self->employee_id = add_entry (self, person, _ ("Employee ID"), GTK_INPUT_PURPOSE_FREE_FORM);
  add_places (self, place, labels);
  self->manager = add_entry (self, place, _ ("Reports to (e-mail or employee ID)"),
                             GTK_INPUT_PURPOSE_FREE_FORM);
  gtk_box_append (GTK_BOX (box), person);
  gtk_box_append (GTK_BOX (box), place);
  gtk_widget_set_margin_top (box, 12);
  gtk_widget_set_margin_bottom (box, 18);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  adw_clamp_set_child (ADW_CLAMP (clamp), box);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), clamp);
  gtk_widget_set_vexpand (scroller, TRUE);
  return scroller;
}

/* Below the form, where it stays in sight. */
static GtkWidget *
create_problem (RegAddUserDialog *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  self->problem = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->problem, TRUE);
  gtk_label_set_wrap_mode (self->problem, PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (self->problem, 0);
  gtk_widget_set_hexpand (GTK_WIDGET (self->problem), TRUE);
  self->show = GTK_BUTTON (gtk_button_new_with_mnemonic (_ ("_Show User")));
  gtk_widget_set_valign (GTK_WIDGET (self->show), GTK_ALIGN_CENTER);
  g_signal_connect_swapped (self->show, "clicked", G_CALLBACK (on_show_clicked_cb), self);
  gtk_widget_set_margin_top (box, 6);
  gtk_widget_set_margin_bottom (box, 12);
  gtk_widget_set_margin_start (box, 18);
  gtk_widget_set_margin_end (box, 18);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->problem));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->show));
  return box;
}

static GtkWidget *
create_header (RegAddUserDialog *self)
{
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *cancel = gtk_button_new_with_mnemonic (_ ("_Cancel"));

  self->add = GTK_BUTTON (gtk_button_new_with_mnemonic (_ ("_Add")));
  gtk_widget_add_css_class (GTK_WIDGET (self->add), "suggested-action");
  g_signal_connect_swapped (cancel, "clicked", G_CALLBACK (gtk_window_close), self);
  g_signal_connect_swapped (self->add, "clicked", G_CALLBACK (on_add_clicked_cb), self);
  adw_header_bar_set_show_start_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), cancel);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), GTK_WIDGET (self->add));
  return header;
}

static void
reg_add_user_dialog_dispose (GObject *object)
{
  RegAddUserDialog *self = REG_ADD_USER_DIALOG (object);

  g_clear_weak_pointer (&self->host);
  g_clear_object (&self->workspace);
  G_OBJECT_CLASS (reg_add_user_dialog_parent_class)->dispose (object);
}

static void
reg_add_user_dialog_finalize (GObject *object)
{
  g_array_unref (REG_ADD_USER_DIALOG (object)->locations);
  G_OBJECT_CLASS (reg_add_user_dialog_parent_class)->finalize (object);
}

static void
reg_add_user_dialog_class_init (RegAddUserDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = reg_add_user_dialog_dispose;
  object_class->finalize = reg_add_user_dialog_finalize;
  gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (klass), GDK_KEY_Escape, 0, "window.close",
                                       NULL);
}

static void
reg_add_user_dialog_init (RegAddUserDialog *self)
{
  self->locations = g_array_new (FALSE, FALSE, sizeof (gint64));
}

void
reg_add_user_dialog_present (RegHost *host, RegWorkspace *workspace, GPtrArray *labels)
{
  RegAddUserDialog *self =
      g_object_new (REG_TYPE_ADD_USER_DIALOG, "modal", TRUE, "transient-for", host, "title",
                    _ ("Add User"), "default-width", WIDTH, "default-height", HEIGHT, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  g_set_weak_pointer (&self->host, host);
  self->workspace = g_object_ref (workspace);
  gtk_box_append (GTK_BOX (box), create_header (self));
  gtk_box_append (GTK_BOX (box), create_form (self, labels));
  gtk_box_append (GTK_BOX (box), create_problem (self));
  adw_window_set_content (ADW_WINDOW (self), box);
  on_changed_cb (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->given_name));
  gtk_window_present (GTK_WINDOW (self));
}
