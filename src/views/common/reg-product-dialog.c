/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-views"

#include "views/common/reg-product-dialog.h"

#include "rules/reg-status.h"
#include "rules/reg-text.h"
#include "store/reg-store-query.h"
#include "views/common/reg-check-row.h"
#include "views/common/reg-host.h"
#include "views/common/reg-list-stop.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

#define ROW_KEY "reg-course-row"
#define NUMBER_KEY "reg-number"

struct _RegProductDialog
{
  AdwWindow parent_instance;

  AdwWindowTitle *title;
  GtkButton *back;
  GtkButton *go_on;
  GtkStack *stack;
  GtkSearchEntry *search;
  GtkListBox *products;
  GtkListBox *editions;
  GtkCheckButton *subscription;
  GtkCheckButton *manually;
  AdwActionRow *subscription_row;
  GtkListBox *units;

  GPtrArray *rows;
  GPtrArray *pools;
  gboolean with_details;
  const RegCourseRow *product; /* (nullable): what was chosen */
};

enum
{
  PICKED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RegProductDialog, reg_product_dialog, ADW_TYPE_WINDOW)

/* ---- What there is to choose ---- */

static guint
count_parts (const char *parts)
{
  g_autoptr (RegParams) names = reg_course_parse_parts (parts);

  return reg_params_get_size (names);
}

static const RegLicensePool *
find_pool (RegProductDialog *self)
{
  for (guint i = 0; self->pools != NULL && i < self->pools->len; i++)
    {
      const RegLicensePool *pool = g_ptr_array_index (self->pools, i);

      if (pool->id == self->product->course->pool_id)
        return pool;
    }
  return NULL;
}

static gboolean
has_subscription (RegProductDialog *self)
{
  const RegLicensePool *pool = find_pool (self);

  return pool != NULL && pool->kind == REG_POOL_SUBSCRIPTION;
}

/* The one edition is not asked for. */
static gboolean
asks_edition (RegProductDialog *self)
{
  return self->with_details && count_parts (self->product->course->editions) > 1;
}

static gboolean
asks_mode (RegProductDialog *self)
{
  return self->with_details && count_parts (self->product->course->units) > 0;
}

/* The check boxes of a list that are ticked: "1,3". */
static char *
dup_ticked (GtkListBox *list)
{
  GString *text = g_string_new (NULL);
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (list, i)) != NULL; i++)
    {
      GtkCheckButton *check = reg_check_row_get_check (GTK_WIDGET (row));

      if (gtk_check_button_get_active (check))
        g_string_append_printf (text, "%s%s", text->len > 0 ? "," : "",
                                (const char *)g_object_get_data (G_OBJECT (check), NUMBER_KEY));
    }
  return g_string_free (text, FALSE);
}

/**
 * reg_product_dup_detail:
 * @course: a course
 * @params: (nullable): how it is assigned
 *
 * Returns: (transfer full): edition and mode in words, translated
 */
char *
reg_product_dup_detail (const RegCourse *course, const RegParams *params)
{
  const RegEnrollment enrollment = { .edition = reg_params_get (params, "edition"),
                                     .mode = reg_params_get (params, "mode"),
                                     .units = reg_params_get (params, "units") };
  char *label = reg_enrollment_dup_product_label (&enrollment, course->editions, course->units);

  return label != NULL ? label : g_strdup ("");
}

RegParams *
reg_product_dialog_dup_params (RegProductDialog *self)
{
  RegParams *params = reg_params_new ();

  if (asks_edition (self))
    {
      g_autofree char *edition = dup_ticked (self->editions);

      reg_params_set (params, "edition", edition);
    }
  if (self->with_details && has_subscription (self)
      && (!asks_mode (self) || gtk_check_button_get_active (self->subscription)))
    {
      reg_params_set (params, "mode", REG_MODE_SUBSCRIPTION);
    }
  else if (asks_mode (self))
    {
      g_autofree char *units = dup_ticked (self->units);

      reg_params_set (params, "mode", REG_MODE_UNITS);
      reg_params_set (params, "units", units);
    }
  return params;
}

gint64
reg_product_dialog_get_course_id (RegProductDialog *self)
{
  return self->product != NULL ? self->product->course->id : 0;
}

/* ---- Pages ---- */

static const char *
get_page (RegProductDialog *self)
{
  return gtk_stack_get_visible_child_name (self->stack);
}

static gboolean
is_last_page (RegProductDialog *self)
{
  if (self->product == NULL)
    return FALSE;
  if (strcmp (get_page (self), "product") == 0)
    return !asks_edition (self) && !asks_mode (self);
  return strcmp (get_page (self), "mode") == 0 || !asks_mode (self);
}

static gboolean
is_complete (RegProductDialog *self)
{
  g_autofree char *ticked = NULL;

  if (self->product == NULL)
    return FALSE;
  if (strcmp (get_page (self), "edition") == 0)
    ticked = dup_ticked (self->editions);
  else if (strcmp (get_page (self), "mode") == 0
           && !gtk_check_button_get_active (self->subscription))
    ticked = dup_ticked (self->units);
  else
    return TRUE;
  return *ticked != '\0';
}

static void
update (RegProductDialog *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->back), strcmp (get_page (self), "product") != 0);
  gtk_button_set_label (self->go_on, is_last_page (self) ? _ ("Add Product") : _ ("Continue"));
  gtk_widget_set_sensitive (GTK_WIDGET (self->go_on), is_complete (self));
  gtk_widget_set_sensitive (GTK_WIDGET (self->units), gtk_check_button_get_active (self->manually));
  adw_window_title_set_subtitle (self->title,
                                 self->product != NULL ? self->product->course->title : "");
}

static void
clear (GtkListBox *list)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (list, 0)) != NULL)
    gtk_list_box_remove (list, GTK_WIDGET (row));
}

/* One row a part, with a check box, or a radio button where only one can be chosen. */
static void
fill_parts (RegProductDialog *self, GtkListBox *list, const char *parts, gboolean only_one)
{
  g_autoptr (RegParams) names = reg_course_parse_parts (parts);
  GtkCheckButton *group = NULL;

  clear (list);
  for (guint i = 0; i < reg_params_get_size (names); i++)
    {
      const char *number = reg_params_get_key (names, i);
      const char *name = reg_params_get (names, number);
      GtkWidget *row = reg_check_row_new (name, NULL, only_one ? group : NULL);
      GtkCheckButton *check = reg_check_row_get_check (row);

      group = check;
      g_object_set_data_full (G_OBJECT (check), NUMBER_KEY, g_strdup (number), g_free);
      gtk_list_box_append (list, row);
      g_signal_connect_swapped (check, "toggled", G_CALLBACK (update), self);
    }
}

static void
fill_mode (RegProductDialog *self)
{
  const RegLicensePool *pool = find_pool (self);
  gboolean has_units = count_parts (self->product->course->units) > 0;
  g_autofree char *subtitle = NULL;

  fill_parts (self, self->units, self->product->course->units, FALSE);
  if (pool != NULL && pool->expires[0] != '\0')
    subtitle = g_strdup_printf (_ ("%s: %'" PRIi64 " available, until %s"), pool->name,
                                pool->available, pool->expires);
  else if (pool != NULL)
    subtitle = g_strdup_printf (_ ("%s: %'" PRIi64 " available"), pool->name, pool->available);
  adw_action_row_set_subtitle (self->subscription_row, subtitle != NULL ? subtitle : "");
  gtk_widget_set_visible (GTK_WIDGET (self->subscription_row), has_subscription (self));
  gtk_check_button_set_active (has_subscription (self) ? self->subscription : self->manually, TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self->units), has_units);
  gtk_widget_set_visible (
      gtk_widget_get_ancestor (GTK_WIDGET (self->manually), ADW_TYPE_ACTION_ROW), has_units);
}

static void
show_page (RegProductDialog *self, const char *name)
{
  gtk_stack_set_visible_child_name (self->stack, name);
  update (self);
  gtk_widget_child_focus (gtk_stack_get_visible_child (self->stack), GTK_DIR_TAB_FORWARD);
}

static void
finish (RegProductDialog *self)
{
  g_autoptr (RegParams) params = reg_product_dialog_dup_params (self);
  g_autofree char *detail = reg_product_dup_detail (self->product->course, params);

  g_signal_emit (self, signals[PICKED], 0, self->product->course->title, detail);
  gtk_window_close (GTK_WINDOW (self));
}

static void
on_go_on_clicked_cb (RegProductDialog *self)
{
  if (is_last_page (self))
    finish (self);
  else if (strcmp (get_page (self), "product") == 0 && asks_edition (self))
    show_page (self, "edition");
  else
    show_page (self, "mode");
}

static void
on_back_clicked_cb (RegProductDialog *self)
{
  if (strcmp (get_page (self), "mode") == 0 && asks_edition (self))
    show_page (self, "edition");
  else
    show_page (self, "product");
}

/* ---- Products ---- */

static void
on_product_toggled_cb (RegProductDialog *self, GtkCheckButton *check)
{
  if (!gtk_check_button_get_active (check))
    return;
  self->product = g_object_get_data (G_OBJECT (check), ROW_KEY);
  fill_parts (self, self->editions, self->product->course->editions, TRUE);
  fill_mode (self);
  update (self);
}

static void
add_products (RegProductDialog *self)
{
  GtkCheckButton *group = NULL;

  for (guint i = 0; i < self->rows->len; i++)
    {
      RegCourseRow *course_row = g_ptr_array_index (self->rows, i);
      g_autofree char *subtitle =
          g_strdup_printf ("%s · %s", course_row->course->code,
                           reg_course_kind_get_label (course_row->course->kind));
      GtkWidget *row = reg_check_row_new (course_row->course->title, subtitle, group);
      GtkCheckButton *check = reg_check_row_get_check (row);

      group = check;
      g_object_set_data (G_OBJECT (check), ROW_KEY, course_row);
      g_object_set_data (G_OBJECT (row), ROW_KEY, course_row);
      gtk_list_box_append (self->products, row);
      g_signal_connect_swapped (check, "toggled", G_CALLBACK (on_product_toggled_cb), self);
    }
}

static gboolean
filter_product (GtkListBoxRow *row, gpointer data)
{
  RegProductDialog *self = data;
  const RegCourseRow *course_row = g_object_get_data (G_OBJECT (row), ROW_KEY);
  g_autofree char *wanted = reg_text_fold (gtk_editable_get_text (GTK_EDITABLE (self->search)), -1);
  g_autofree char *text =
      g_strdup_printf ("%s %s", course_row->course->code, course_row->course->title);
  g_autofree char *folded = reg_text_fold (text, -1);

  return strstr (folded, wanted) != NULL;
}

static void
on_search_changed_cb (RegProductDialog *self)
{
  gtk_list_box_invalidate_filter (self->products);
}

/* What was found by the last letter, which may not have been looked at yet. */
static void
on_search_activated_cb (RegProductDialog *self)
{
  on_search_changed_cb (self);
  gtk_widget_child_focus (GTK_WIDGET (self->products), GTK_DIR_TAB_FORWARD);
}

static gpointer
read_pools (RegStore *store, gpointer data, RegProgress *progress, GError **error)
{
  return reg_store_list_pools (store, error);
}

static void
on_pools_read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RegProductDialog) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) pools = reg_workspace_run_finish (REG_WORKSPACE (source), result, &error);
  RegHost *host = reg_host_from (GTK_WIDGET (self));

  if (self->products == NULL)
    return;
  if (pools == NULL)
    {
      if (host != NULL)
        reg_host_show_error (host, _ ("Could Not Look Up Licenses"), error);
      return;
    }
  self->pools = g_steal_pointer (&pools);
  add_products (self);
  update (self);
}

/* ---- Object ---- */

static void
reg_product_dialog_dispose (GObject *object)
{
  REG_PRODUCT_DIALOG (object)->products = NULL;
  G_OBJECT_CLASS (reg_product_dialog_parent_class)->dispose (object);
}

static void
reg_product_dialog_finalize (GObject *object)
{
  RegProductDialog *self = REG_PRODUCT_DIALOG (object);

  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->pools, g_ptr_array_unref);
  G_OBJECT_CLASS (reg_product_dialog_parent_class)->finalize (object);
}

#define BIND(name) gtk_widget_class_bind_template_child (widget_class, RegProductDialog, name)

static void
reg_product_dialog_class_init (RegProductDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = reg_product_dialog_dispose;
  object_class->finalize = reg_product_dialog_finalize;

  signals[PICKED] = g_signal_new ("picked", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);

  g_type_ensure (REG_TYPE_LIST_STOP);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/registrar_lms/Registrar/common/reg-product-dialog.ui");
  BIND (title);
  BIND (back);
  BIND (go_on);
  BIND (stack);
  BIND (search);
  BIND (products);
  BIND (editions);
  BIND (subscription);
  BIND (manually);
  BIND (subscription_row);
  BIND (units);
  gtk_widget_class_bind_template_callback (widget_class, on_go_on_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_back_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_search_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, update);
}

#undef BIND

static void
reg_product_dialog_init (RegProductDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_list_box_set_filter_func (self->products, filter_product, self, NULL);
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

/**
 * reg_product_dialog_new:
 * @parent: the window it is above
 * @workspace: where the licenses are looked up
 * @rows: (element-type RegCourseRow): the courses
 * @with_details: whether edition and mode are asked for
 *
 * Returns: (transfer none): a dialog that is not shown yet
 */
RegProductDialog *
reg_product_dialog_new (GtkWindow *parent,
                        RegWorkspace *workspace,
                        GPtrArray *rows,
                        gboolean with_details)
{
  RegProductDialog *self = g_object_new (REG_TYPE_PRODUCT_DIALOG, "transient-for", parent, NULL);

  self->rows = g_ptr_array_ref (rows);
  self->with_details = with_details;
  update (self);
  reg_workspace_run_async (workspace, FALSE, read_pools, NULL, NULL,
                           (GDestroyNotify)g_ptr_array_unref, NULL, on_pools_read_cb,
                           g_object_ref (self));
  return self;
}
