/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-views"

#include "views/import-wizard/reg-plan-reasons.h"

#include <glib/gi18n-lib.h>

static void
count_reasons (const RegImportPlan *plan, RegPlanGroup group, guint counts[256])
{
  if (group == REG_PLAN_BAD_LINES)
    for (guint i = 0; i < plan->bad_lines->len; i++)
      counts[g_array_index (plan->bad_lines, RegImportBadLine, i).reason & 255]++;
  if (group == REG_PLAN_CANNOT)
    for (guint i = 0; i < plan->cannot->len; i++)
      counts[g_array_index (plan->cannot, RegImportCannot, i).reason & 255]++;
}

static void
append_reason (GListStore *store, RegReason reason, const char *label)
{
  g_autoptr (GtkStringObject) item = gtk_string_object_new (label);

  g_object_set_data (G_OBJECT (item), "reg-reason", GINT_TO_POINTER ((int)reason));
  g_list_store_append (store, item);
}

/**
 * reg_plan_reasons_get_chosen:
 * @reasons: a choice
 *
 * Returns: the reason on show; REG_REASON_NONE for all of them
 */
RegReason
reg_plan_reasons_get_chosen (GtkDropDown *reasons)
{
  GObject *item = gtk_drop_down_get_selected_item (reasons);

  return item != NULL ? GPOINTER_TO_INT (g_object_get_data (item, "reg-reason")) : REG_REASON_NONE;
}

/**
 * reg_plan_reasons_fill:
 * @reasons: a choice
 * @plan: the plan on show
 * @group: the group on show
 *
 * Offers the reasons there are in the group; what was chosen stays chosen where it is among them.
 */
void
reg_plan_reasons_fill (GtkDropDown *reasons, const RegImportPlan *plan, RegPlanGroup group)
{
  RegReason chosen = reg_plan_reasons_get_chosen (reasons);
  g_autoptr (GListStore) store = g_list_store_new (GTK_TYPE_STRING_OBJECT);
  guint counts[256] = { 0 };
  guint n = 0, selected = 0;

  count_reasons (plan, group, counts);
  append_reason (store, REG_REASON_NONE, _ ("All reasons"));
  for (guint i = 1; i < G_N_ELEMENTS (counts); i++)
    if (counts[i] > 0)
      {
        /* Without what is particular to one line. */
        g_autofree char *name = reg_reason_dup_sentence ((RegReason)i, "…", "…");
        g_autofree char *label = g_strdup_printf ("%s (%'d)", name, (int)counts[i]);

        append_reason (store, (RegReason)i, label);
        n++;
        if (i == (guint)chosen)
          selected = n;
      }
  gtk_drop_down_set_model (reasons, G_LIST_MODEL (store));
  gtk_drop_down_set_selected (reasons, selected);
  gtk_widget_set_visible (GTK_WIDGET (reasons), n > 1);
}
