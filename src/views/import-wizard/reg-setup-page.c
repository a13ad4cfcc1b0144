/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-views"

#include "views/import-wizard/reg-setup-page.h"

#include "views/common/reg-course-picker.h"
#include "views/import-wizard/reg-template-saver.h"

#include <glib/gi18n-lib.h>

struct _RegSetupPage
{
  AdwBin parent_instance;

  GtkLabel *hint;
  AdwComboRow *action_row;
  AdwComboRow *people_row;
  AdwComboRow *empty_row;
  AdwActionRow *file_row;
  AdwActionRow *template_row;
  AdwActionRow *with_people_row;
  GtkCheckButton *with_people;
  AdwClamp *choices;
  GtkBox *courses_box;
  RegCoursePicker *courses;
  GtkButton *check;

  RegWorkspace *workspace;
  RegImportSetup *setup; /* the wizard's */
  GtkFileChooserNative *chooser;
  gboolean action_chosen;
  gboolean is_filling;
};

enum
{
  LOADED,
  FILE_CHOSEN,
  CHECK,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RegSetupPage, reg_setup_page, ADW_TYPE_BIN)

/* ---- What is to be done ---- */

const RegImportAction *
reg_setup_page_get_action (RegSetupPage *self)
{
  guint n;
  const RegImportAction *actions = reg_import_action_list (&n);

  return &actions[MIN (adw_combo_row_get_selected (self->action_row), n - 1)];
}

static RegPeopleRule
get_people (RegSetupPage *self)
{
  if (reg_setup_page_get_action (self)->people == REG_PEOPLE_USUAL)
    return REG_PEOPLE_USUAL;
  return (RegPeopleRule)(REG_PEOPLE_NEW
                         + MIN (adw_combo_row_get_selected (self->people_row),
                                REG_PEOPLE_BOTH - REG_PEOPLE_NEW));
}

static void
select_people (RegSetupPage *self, RegPeopleRule people)
{
  adw_combo_row_set_selected (self->people_row, MAX (people, REG_PEOPLE_NEW) - REG_PEOPLE_NEW);
}

/* Whom a template with people has a line for. */
static const char *
get_template_people (const RegImportAction *action)
{
  return action->has_courses && !g_str_equal (action->name, "assign")
             ? _ ("A line for everybody who is in the chosen courses")
             : _ ("A line for everybody who is active or waits for approval");
}

static void
update_rows (RegSetupPage *self)
{
  const RegImportAction *action = reg_setup_page_get_action (self);

  gtk_widget_set_visible (GTK_WIDGET (self->courses_box), action->has_courses);
  gtk_widget_set_vexpand (GTK_WIDGET (self->choices), !action->has_courses);
  gtk_widget_set_visible (GTK_WIDGET (self->people_row), action->people != REG_PEOPLE_USUAL);
  gtk_widget_set_visible (GTK_WIDGET (self->empty_row),
                          action->has_empty_rule && get_people (self) != REG_PEOPLE_NEW);
  adw_action_row_set_subtitle (self->with_people_row, get_template_people (action));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "setup.matrix", action->has_matrix);
}

static void
take_choices (RegSetupPage *self)
{
  update_rows (self);
  if (self->is_filling || self->setup == NULL)
    return;
  self->setup->action = reg_setup_page_get_action (self)->name;
  self->setup->people = get_people (self);
  self->setup->empty =
      adw_combo_row_get_selected (self->empty_row) == 1 ? REG_EMPTY_CLEAR : REG_EMPTY_LEAVE;
}

static void
on_action_chosen_cb (RegSetupPage *self)
{
  if (self->is_filling)
    return;
  self->action_chosen = TRUE;
  self->is_filling = TRUE;
  select_people (self, reg_setup_page_get_action (self)->people);
  self->is_filling = FALSE;
  take_choices (self);
}

void
reg_setup_page_choose_action (RegSetupPage *self, guint place)
{
  adw_combo_row_set_selected (self->action_row, place);
}

gboolean
reg_setup_page_is_action_chosen (RegSetupPage *self)
{
  return self->action_chosen;
}

void
reg_setup_page_show_setup (RegSetupPage *self, const gint64 *courses)
{
  gsize n = 0;

  self->is_filling = TRUE;
  adw_combo_row_set_selected (self->action_row, reg_import_setup_find_action (self->setup));
  if (self->setup->people == REG_PEOPLE_USUAL)
    self->setup->people = reg_setup_page_get_action (self)->people;
  select_people (self, self->setup->people);
  adw_combo_row_set_selected (self->empty_row, self->setup->empty == REG_EMPTY_CLEAR ? 1 : 0);
  update_rows (self);
  self->is_filling = FALSE;
  while (courses != NULL && courses[n] != 0)
    n++;
  if (n > 0)
    reg_course_picker_set_ids (self->courses, courses, n);
}

/* ---- Courses ---- */

void
reg_setup_page_take_courses (RegSetupPage *self)
{
  g_free (self->setup->courses);
  self->setup->courses = reg_course_picker_dup_ids (self->courses, NULL);
}

GPtrArray *
reg_setup_page_get_columns (RegSetupPage *self)
{
  return reg_setup_page_get_action (self)->has_matrix ? reg_course_picker_get_all (self->courses)
                                                      : NULL;
}

static void
on_courses_loaded_cb (RegSetupPage *self, const char *problem)
{
  g_signal_emit (self, signals[LOADED], 0, problem);
}

gboolean
reg_setup_page_is_loaded (RegSetupPage *self)
{
  return reg_course_picker_is_loaded (self->courses);
}

void
reg_setup_page_focus_courses (RegSetupPage *self)
{
  reg_course_picker_focus (self->courses);
}

/* ---- The file ---- */

void
reg_setup_page_set_hint (RegSetupPage *self, const char *hint)
{
  gtk_label_set_label (self->hint, hint != NULL ? hint : "");
  gtk_widget_set_visible (GTK_WIDGET (self->hint), hint != NULL);
}

void
reg_setup_page_set_file_name (RegSetupPage *self, const char *name)
{
  g_autofree char *markup = g_markup_escape_text (name, -1);

  adw_action_row_set_subtitle (self->file_row, markup);
  gtk_widget_set_sensitive (GTK_WIDGET (self->check), TRUE);
  /* What helps to make a file leaves its place to the courses. */
  gtk_widget_set_visible (GTK_WIDGET (self->template_row), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->with_people_row), FALSE);
}

static void
on_response_cb (GtkNativeDialog *dialog, int response, RegSetupPage *self)
{
  g_autoptr (GFile) file = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  g_clear_object (&self->chooser);
  if (file != NULL)
    g_signal_emit (self, signals[FILE_CHOSEN], 0, file);
}

void
reg_setup_page_choose_file (RegSetupPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  g_autoptr (GtkFileFilter) filter = NULL;
  g_autoptr (GtkFileFilter) all = NULL;

  if (self->chooser != NULL)
    return;
  filter = gtk_file_filter_new ();
  gtk_file_filter_set_name (filter, _ ("Files to Import (.csv, .tsv, .xlsx, .zip)"));
  gtk_file_filter_add_suffix (filter, "csv");
  gtk_file_filter_add_suffix (filter, "tsv");
  gtk_file_filter_add_suffix (filter, "txt");
  gtk_file_filter_add_suffix (filter, "xlsx");
  gtk_file_filter_add_suffix (filter, "xlsm");
  gtk_file_filter_add_suffix (filter, "zip");
  /* What cannot be read is refused in words that help. */
  all = gtk_file_filter_new ();
  gtk_file_filter_set_name (all, _ ("All Files"));
  gtk_file_filter_add_pattern (all, "*");
  self->chooser = gtk_file_chooser_native_new (_ ("Choose a File to Import"), GTK_WINDOW (root),
                                               GTK_FILE_CHOOSER_ACTION_OPEN, _ ("_Open"), NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (self->chooser), filter);
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (self->chooser), all);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (on_response_cb), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
on_check_clicked_cb (RegSetupPage *self)
{
  g_signal_emit (self, signals[CHECK], 0);
}

/* ---- Templates ---- */

static void
on_template_saved (gpointer data, const char *text)
{
  reg_setup_page_set_hint (data, text);
}

static void
save_template (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  RegSetupPage *self = REG_SETUP_PAGE (widget);
  g_autoptr (GPtrArray) courses = reg_course_picker_dup_courses (self->courses);
  RegTemplate template = {
    .action = reg_setup_page_get_action (self)->name,
    .courses = courses,
    .is_matrix = g_str_equal (action_name, "setup.matrix"),
    .with_people = gtk_check_button_get_active (self->with_people),
    .format = g_variant_get_string (parameter, NULL),
  };

  reg_template_save (widget, self->workspace, &template, on_template_saved);
}

/* ---- Object ---- */

static void
reg_setup_page_dispose (GObject *object)
{
  RegSetupPage *self = REG_SETUP_PAGE (object);

  g_clear_object (&self->chooser);
  g_clear_object (&self->workspace);
  G_OBJECT_CLASS (reg_setup_page_parent_class)->dispose (object);
}

static void
reg_setup_page_class_init (RegSetupPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = reg_setup_page_dispose;

  signals[LOADED] = g_signal_new ("loaded", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[FILE_CHOSEN] = g_signal_new ("file-chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                       0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_FILE);
  signals[CHECK] = g_signal_new ("check", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (REG_TYPE_COURSE_PICKER);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/registrar_lms/Registrar/import-wizard/reg-setup-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RegSetupPage, hint);
  gtk_widget_class_bind_template_child (widget_class, RegSetupPage, action_row);
  gtk_widget_class_bind_template_child (widget_class, RegSetupPage, people_row);
  gtk_widget_class_bind_template_child (widget_class, RegSetupPage, empty_row);
  gtk_widget_class_bind_template_child (widget_class, RegSetupPage, template_row);
  gtk_widget_class_bind_template_child (widget_class, RegSetupPage, with_people_row);
  gtk_widget_class_bind_template_child (widget_class, RegSetupPage, with_people);
  gtk_widget_class_bind_template_child (widget_class, RegSetupPage, file_row);
  gtk_widget_class_bind_template_child (widget_class, RegSetupPage, choices);
  gtk_widget_class_bind_template_child (widget_class, RegSetupPage, courses_box);
  gtk_widget_class_bind_template_child (widget_class, RegSetupPage, courses);
  gtk_widget_class_bind_template_child (widget_class, RegSetupPage, check);
  gtk_widget_class_bind_template_callback (widget_class, on_action_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, take_choices);
  gtk_widget_class_bind_template_callback (widget_class, reg_setup_page_choose_file);
  gtk_widget_class_bind_template_callback (widget_class, on_courses_loaded_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_check_clicked_cb);
  gtk_widget_class_install_action (widget_class, "setup.template", "s", save_template);
  gtk_widget_class_install_action (widget_class, "setup.matrix", "s", save_template);
}

static void
reg_setup_page_init (RegSetupPage *self)
{
  g_autoptr (GListModel) actions = reg_import_setup_list_actions ();

  /* Widgets of the template call back while they are made. */
  self->is_filling = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  adw_combo_row_set_model (self->action_row, actions);
  update_rows (self);
  self->is_filling = FALSE;
}

void
reg_setup_page_set_up (RegSetupPage *self,
                       RegWorkspace *workspace,
                       RegImportSetup *setup,
                       gint64 course_id)
{
  self->workspace = g_object_ref (workspace);
  self->setup = setup;
  take_choices (self);
  reg_course_picker_set_workspace (self->courses, workspace, course_id);
}
