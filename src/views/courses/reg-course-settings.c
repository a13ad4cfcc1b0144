/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-views"

#include "views/courses/reg-course-settings.h"

#include "rules/reg-status.h"
#include "views/common/reg-course-tab.h"
#include "views/common/reg-host.h"
#include "views/common/reg-refresh.h"
#include "views/common/reg-step-flow.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

/* Of a row: the course it opens. */
#define COURSE_ID "reg-course-id"
#define SET_AUTO_REASSIGN "set-auto-reassign"
/* What the days begin with where there were none. */
#define DEFAULT_DAYS 365

struct _RegCourseSettings
{
  AdwBin parent_instance;

  AdwActionRow *auto_row;
  GtkSwitch *auto_switch;
  GtkSpinButton *days;
  GtkButton *save;
  AdwPreferencesGroup *facts;
  AdwPreferencesGroup *items;
  AdwPreferencesGroup *paths;

  RegWorkspace *workspace;
  RegRefresh *refresh;
  gint64 course_id;
  RegCourse *course; /* (nullable): as it is on show */
  gboolean is_filling;
  GPtrArray *rows; /* of the three groups, not owned */
};

static void reg_course_settings_tab_init (RegCourseTabInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (RegCourseSettings,
                               reg_course_settings,
                               ADW_TYPE_BIN,
                               G_IMPLEMENT_INTERFACE (REG_TYPE_COURSE_TAB,
                                                      reg_course_settings_tab_init))

/* What it says of the course. */

typedef struct
{
  RegCourse *course;
  RegSyncState sync_state;
  RegLicensePool *pool; /* (nullable) */
  GPtrArray *items;     /* RegCourse: of a curriculum, in its order */
  GPtrArray *paths;     /* RegCourse: curricula that have it */
} Facts;

static void
facts_free (gpointer data)
{
  Facts *facts = data;

  g_clear_pointer (&facts->course, reg_course_free);
  g_clear_pointer (&facts->pool, reg_license_pool_free);
  g_clear_pointer (&facts->items, g_ptr_array_unref);
  g_clear_pointer (&facts->paths, g_ptr_array_unref);
  g_free (facts);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Facts, facts_free)

static gboolean
has_item (const RegCourse *path, gint64 course_id)
{
  g_autofree char *part = g_strdup_printf (",%" G_GINT64_FORMAT ",", course_id);

  return path->kind == REG_COURSE_PATH && strstr (path->items, part) != NULL;
}

static const RegCourse *
find_course (GPtrArray *courses, gint64 id)
{
  for (guint i = 0; i < courses->len; i++)
    if (((RegCourse *)g_ptr_array_index (courses, i))->id == id)
      return g_ptr_array_index (courses, i);
  return NULL;
}

static void
find_relatives (Facts *facts, GPtrArray *courses)
{
  g_auto (GStrv) ids = g_strsplit (facts->course->items, ",", -1);

  for (guint i = 0; ids[i] != NULL; i++)
    {
      const RegCourse *item = find_course (courses, (gint64)g_ascii_strtoull (ids[i], NULL, 10));

      if (item != NULL)
        g_ptr_array_add (facts->items, reg_course_copy (item));
    }
  for (guint i = 0; i < courses->len; i++)
    if (has_item (g_ptr_array_index (courses, i), facts->course->id))
      g_ptr_array_add (facts->paths, reg_course_copy (g_ptr_array_index (courses, i)));
}

static gpointer
read_facts (RegStore *store, gpointer data, RegProgress *progress, GError **error)
{
  g_autoptr (Facts) facts = g_new0 (Facts, 1);
  g_autoptr (GPtrArray) pools = NULL;
  g_autoptr (GPtrArray) courses = NULL;

  facts->items = g_ptr_array_new_with_free_func ((GDestroyNotify)reg_course_free);
  facts->paths = g_ptr_array_new_with_free_func ((GDestroyNotify)reg_course_free);
  facts->course = reg_store_get_course (store, *(gint64 *)data, error);
  if (facts->course == NULL
      || !reg_store_get_course_sync_state (store, facts->course->id, &facts->sync_state, error))
    return NULL;
  pools = reg_store_list_pools (store, error);
  if (pools == NULL)
    return NULL;
  for (guint i = 0; i < pools->len; i++)
    {
      const RegLicensePool *pool = g_ptr_array_index (pools, i);

      if (pool->id == facts->course->pool_id)
        facts->pool = reg_license_pool_copy (pool);
    }
  courses = reg_store_list_courses (store, error);
  if (courses == NULL)
    return NULL;
  find_relatives (facts, courses);
  return g_steal_pointer (&facts);
}

/* Auto-reassignment. */

static int
get_days (RegCourseSettings *self)
{
  return gtk_switch_get_active (self->auto_switch) ? gtk_spin_button_get_value_as_int (self->days)
                                                   : 0;
}

static void
on_edited_cb (RegCourseSettings *self)
{
  gtk_widget_set_sensitive (GTK_WIDGET (self->save),
                            !self->is_filling && self->course != NULL
                                && get_days (self) != self->course->auto_reassign_days);
}

static void
on_save_cb (RegCourseSettings *self)
{
  const gint64 id = reg_enrollment_id (0, self->course_id);
  g_autoptr (RegParams) params = reg_params_new ();
  RegStepFlow *flow;

  if (!gtk_widget_get_sensitive (GTK_WIDGET (self->save)))
    return;
  gtk_widget_set_sensitive (GTK_WIDGET (self->save), FALSE);
  reg_params_set_int64 (params, "auto_reassign_days", get_days (self));
  flow = reg_step_flow_new (GTK_WIDGET (self), self->workspace,
                            reg_operation_find (SET_AUTO_REASSIGN));
  reg_step_flow_set_params (flow, params);
  reg_step_flow_set_enrollments (flow, &id, 1);
  reg_step_flow_set_subject (flow, self->course->title);
  reg_step_flow_start (flow);
}

static void
on_days_entered_cb (RegCourseSettings *self)
{
  gtk_spin_button_update (self->days);
  on_save_cb (self);
}

/* (nullable): why it cannot be changed here */
static const char *
get_refusal (RegCourseSettings *self)
{
  const RegOperation *operation = reg_operation_find (SET_AUTO_REASSIGN);

  if ((operation->roles & reg_workspace_get_roles (self->workspace, 0, 0)) == 0)
    return _ ("Only administrators can change this.");
  return reg_workspace_offers (self->workspace, operation, 0)
             ? NULL
             : _ ("The LMS does not offer this to your account.");
}

static const char *
get_state_text (RegSyncState state)
{
  switch (state)
    {
    case REG_SYNCED:
      return "";
    case REG_WAITING:
      return _ ("Saved on this computer. Nothing is sent to the LMS until you sync.");
    case REG_NEEDS_ATTENTION:
      return _ ("The LMS did not take a change of this. See Pending Changes.");
    }
  g_return_val_if_reached ("");
}

/* What a person has typed and not saved yet stays. */
static void
show_auto (RegCourseSettings *self, const Facts *facts)
{
  const char *refusal = get_refusal (self);
  gboolean is_edited = self->course != NULL && gtk_widget_get_sensitive (GTK_WIDGET (self->save));
  int days = facts->course->auto_reassign_days;

  g_clear_pointer (&self->course, reg_course_free);
  self->course = reg_course_copy (facts->course);
  adw_action_row_set_subtitle (self->auto_row,
                               refusal != NULL ? refusal : get_state_text (facts->sync_state));
  gtk_widget_set_sensitive (GTK_WIDGET (self->auto_switch), refusal == NULL);
  gtk_widget_set_sensitive (GTK_WIDGET (self->days), refusal == NULL);
  if (!is_edited)
    {
      self->is_filling = TRUE;
      gtk_switch_set_active (self->auto_switch, days > 0);
      gtk_spin_button_set_value (self->days, days > 0 ? days : DEFAULT_DAYS);
      self->is_filling = FALSE;
    }
  on_edited_cb (self);
}

/* What it says besides. */

static void
add_row (RegCourseSettings *self, AdwPreferencesGroup *group, GtkWidget *row)
{
  adw_preferences_group_add (group, row);
  g_ptr_array_add (self->rows, row);
}

static void
add_fact (RegCourseSettings *self, const char *title, const char *value)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *label = gtk_label_new (value);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE);
  gtk_label_set_xalign (GTK_LABEL (label), 1);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, "dim-label");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
  add_row (self, self->facts, row);
}

static void
on_course_activated_cb (AdwActionRow *row, gpointer data)
{
  const gint64 *id = g_object_get_data (G_OBJECT (row), COURSE_ID);

  reg_host_open_course (reg_host_from (GTK_WIDGET (row)), *id);
}

static void
add_courses (RegCourseSettings *self, AdwPreferencesGroup *group, GPtrArray *courses)
{
  gtk_widget_set_visible (GTK_WIDGET (group), courses->len > 0);
  for (guint i = 0; i < courses->len; i++)
    {
      const RegCourse *course = g_ptr_array_index (courses, i);
      GtkWidget *row = adw_action_row_new ();

      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), course->title);
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), course->code);
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                                 gtk_image_new_from_icon_name ("go-next-symbolic"));
      g_object_set_data_full (G_OBJECT (row), COURSE_ID, g_memdup2 (&course->id, sizeof (gint64)),
                              g_free);
      g_signal_connect (row, "activated", G_CALLBACK (on_course_activated_cb), NULL);
      add_row (self, group, row);
    }
}

static void
add_content_fact (RegCourseSettings *self, const RegCourse *course)
{
  if (course->has_scorm && course->has_quiz)
    add_fact (self, _ ("Content"), _ ("SCORM/xAPI, quiz"));
  else if (course->has_scorm)
    add_fact (self, _ ("Content"), _ ("SCORM/xAPI"));
  else if (course->has_quiz)
    add_fact (self, _ ("Content"), _ ("Quiz"));
}

static void
show_facts (RegCourseSettings *self, const Facts *facts)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      GtkWidget *row = g_ptr_array_index (self->rows, i);

      adw_preferences_group_remove (
          ADW_PREFERENCES_GROUP (gtk_widget_get_ancestor (row, ADW_TYPE_PREFERENCES_GROUP)), row);
    }
  g_ptr_array_set_size (self->rows, 0);
  show_auto (self, facts);
  add_fact (self, _ ("Code"), facts->course->code);
  add_fact (self, _ ("Kind"), reg_course_kind_get_label (facts->course->kind));
  add_content_fact (self, facts->course);
  if (facts->pool != NULL)
    {
      g_autofree char *text =
          /* Translators: a license pool's name, then how many of its licenses are left */
          g_strdup_printf (_ ("%s: %'" PRIi64 " of %'" PRIi64 " available"), facts->pool->name,
                           facts->pool->available, facts->pool->total);

      add_fact (self, _ ("Licenses"), text);
    }
  add_courses (self, self->items, facts->items);
  add_courses (self, self->paths, facts->paths);
}

static void
on_facts_read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RegCourseSettings) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (Facts) facts = reg_workspace_run_finish (self->workspace, result, &error);
  RegHost *host = reg_host_from (GTK_WIDGET (self));

  if (self->refresh == NULL)
    return;
  reg_refresh_done (self->refresh);
  if (facts != NULL && facts->course->id == self->course_id)
    show_facts (self, facts);
  else if (facts == NULL && host != NULL
           && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    reg_host_show_error (host, _ ("Could Not Look Up the Course"), error);
}

static void
look_again (gpointer data)
{
  RegCourseSettings *self = data;

  if (self->course_id == 0)
    {
      reg_refresh_done (self->refresh);
      return;
    }
  reg_workspace_run_async (self->workspace, FALSE, read_facts,
                           g_memdup2 (&self->course_id, sizeof (gint64)), g_free, facts_free, NULL,
                           on_facts_read_cb, g_object_ref (self));
}

static void
on_workspace_changed_cb (RegCourseSettings *self,
                         gboolean users,
                         gboolean courses,
                         gboolean enrollments,
                         gboolean outbox,
                         gboolean runs)
{
  if (courses || outbox)
    reg_refresh_ask (self->refresh);
}

static void
reg_course_settings_show_course (RegCourseTab *tab, gint64 course_id)
{
  RegCourseSettings *self = REG_COURSE_SETTINGS (tab);

  if (course_id != self->course_id)
    {
      g_clear_pointer (&self->course, reg_course_free);
      gtk_widget_set_sensitive (GTK_WIDGET (self->auto_switch), FALSE);
      gtk_widget_set_sensitive (GTK_WIDGET (self->days), FALSE);
      gtk_widget_set_sensitive (GTK_WIDGET (self->save), FALSE);
    }
  self->course_id = course_id;
  reg_refresh_ask (self->refresh);
}

static void
reg_course_settings_tab_init (RegCourseTabInterface *iface)
{
  iface->show_course = reg_course_settings_show_course;
}

static void
reg_course_settings_dispose (GObject *object)
{
  RegCourseSettings *self = REG_COURSE_SETTINGS (object);

  g_clear_pointer (&self->refresh, reg_refresh_free);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->course, reg_course_free);
  g_clear_object (&self->workspace);
  G_OBJECT_CLASS (reg_course_settings_parent_class)->dispose (object);
}

static void
reg_course_settings_class_init (RegCourseSettingsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = reg_course_settings_dispose;

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/registrar_lms/Registrar/courses/reg-course-settings.ui");
  gtk_widget_class_bind_template_child (widget_class, RegCourseSettings, auto_row);
  gtk_widget_class_bind_template_child (widget_class, RegCourseSettings, auto_switch);
  gtk_widget_class_bind_template_child (widget_class, RegCourseSettings, days);
  gtk_widget_class_bind_template_child (widget_class, RegCourseSettings, save);
  gtk_widget_class_bind_template_child (widget_class, RegCourseSettings, facts);
  gtk_widget_class_bind_template_child (widget_class, RegCourseSettings, items);
  gtk_widget_class_bind_template_child (widget_class, RegCourseSettings, paths);
  gtk_widget_class_bind_template_callback (widget_class, on_edited_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_save_cb);
}

static void
reg_course_settings_init (RegCourseSettings *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_spin_button_set_range (self->days, 1, REG_MAX_AUTO_REASSIGN_DAYS);
  gtk_spin_button_set_increments (self->days, 1, 30);
  gtk_spin_button_set_value (self->days, DEFAULT_DAYS);
  /* Return saves. A spin button tells of it since GTK 4.14 only, the text in it always did. */
  g_signal_connect_object (gtk_editable_get_delegate (GTK_EDITABLE (self->days)), "activate",
                           G_CALLBACK (on_days_entered_cb), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  self->rows = g_ptr_array_new ();
  self->refresh = reg_refresh_new (look_again, self);
  reg_refresh_follow (self->refresh, GTK_WIDGET (self));
}

/**
 * reg_course_settings_new:
 * @workspace: the account on show
 */
GtkWidget *
reg_course_settings_new (RegWorkspace *workspace)
{
  RegCourseSettings *self = g_object_new (REG_TYPE_COURSE_SETTINGS, NULL);

  self->workspace = g_object_ref (workspace);
  g_signal_connect_object (workspace, "changed", G_CALLBACK (on_workspace_changed_cb), self,
                           G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
