/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-views"

#include "views/import-wizard/reg-plan-rows.h"

#include "rules/reg-status.h"

#include <glib/gi18n-lib.h>

void
reg_plan_row_free (RegPlanRow *self)
{
  g_free (self->name);
  g_free (self->identifier);
  g_free (self->course);
  g_free (self->detail);
  g_free (self->reason);
  g_free (self->help);
  g_free (self);
}

static const GArray *
get_group (const RegImportPlan *plan, RegPlanGroup group)
{
  switch (group)
    {
    case REG_PLAN_WILL:
      return plan->will;
    case REG_PLAN_CANNOT:
      return plan->cannot;
    case REG_PLAN_BAD_LINES:
      return plan->bad_lines;
    }
  g_return_val_if_reached (NULL);
}

/**
 * reg_plan_get_n_rows:
 * @plan: a plan
 * @group: one of its groups
 *
 * Returns: how many rows it has
 */
guint
reg_plan_get_n_rows (const RegImportPlan *plan, RegPlanGroup group)
{
  return get_group (plan, group)->len;
}

/* "Location: Oslo → Bergen · Groups: none → Drivers" */
static char *
dup_fields (const RegImportPlan *plan, const RegImportField *fields, guint n)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *before = reg_import_plan_dup_field_text (plan, &fields[i], FALSE);
      g_autofree char *after = reg_import_plan_dup_field_text (plan, &fields[i], TRUE);

      g_string_append_printf (
          text, "%s%s: %s → %s", i > 0 ? " · " : "", reg_import_field_get_label (&fields[i]),
          *before != '\0' ? before : _ ("none"), *after != '\0' ? after : _ ("none"));
    }
  return g_string_free (text, FALSE);
}

static char *
dup_detail (const RegImportPlan *plan, const RegImportItem *item)
{
  const RegImportField *fields;
  guint n_fields = reg_import_plan_get_fields (plan, item, &fields);
  const RegImportDetail *detail;
  GString *text;

  if (n_fields > 0)
    return dup_fields (plan, fields, n_fields);
  detail = &g_array_index (plan->details, RegImportDetail, item->detail);
  if (g_strcmp0 (plan->action, "set-due-dates") == 0)
    return detail->due_date[0] != '\0' ? g_strdup_printf (_ ("due %s"), detail->due_date)
                                       : g_strdup (_ ("no due date any more"));
  if (g_strcmp0 (plan->action, "assign") != 0)
    return NULL;
  text = g_string_new (reg_requirement_get_label (detail->requirement));
  if (detail->due_date[0] != '\0')
    g_string_append_printf (text, _ (" · due %s"), detail->due_date);
  if (detail->message != NULL)
    g_string_append_printf (text, _ (" · with a message"));
  return g_string_free (text, FALSE);
}

/* The person of a row of the first two groups; 0 for a line of the third. */
static gint64
get_user_id (const RegImportPlan *plan, RegPlanGroup group, guint index)
{
  switch (group)
    {
    case REG_PLAN_WILL:
      return g_array_index (plan->will, RegImportItem, index).user_id;
    case REG_PLAN_CANNOT:
      return g_array_index (plan->cannot, RegImportCannot, index).user_id;
    case REG_PLAN_BAD_LINES:
      return 0;
    }
  g_return_val_if_reached (0);
}

static void
fill_person (RegPlanRow *row, const RegImportPlan *plan, gint64 course_id, const RegUserRow *user)
{
  const RegCourse *course = reg_directory_get_course (plan->directory, course_id);

  row->course = g_strdup (course != NULL ? course->title : NULL);
  if (user == NULL)
    return;
  row->name = reg_user_dup_name (user->user);
  row->identifier = g_strdup (user->user->email);
}

static RegPlanRow *
row_new (const RegImportPlan *plan, RegPlanGroup group, guint index, const RegUserRow *user)
{
  RegPlanRow *row = g_new0 (RegPlanRow, 1);

  switch (group)
    {
    case REG_PLAN_WILL:
      {
        const RegImportItem *item = &g_array_index (plan->will, RegImportItem, index);

        row->line = item->line;
        row->detail = dup_detail (plan, item);
        fill_person (row, plan, item->course_id, user);
        break;
      }
    case REG_PLAN_CANNOT:
      {
        const RegImportCannot *cannot = &g_array_index (plan->cannot, RegImportCannot, index);

        row->line = cannot->line;
        row->reason = g_strdup (cannot->sentence);
        row->help = g_strdup (reg_reason_get_help (cannot->reason));
        fill_person (row, plan, cannot->course_id, user);
        break;
      }
    case REG_PLAN_BAD_LINES:
      {
        const RegImportBadLine *bad = &g_array_index (plan->bad_lines, RegImportBadLine, index);

        row->line = bad->line;
        row->name = g_strdup (bad->identifier);
        row->reason = g_strdup (bad->sentence);
        row->help = g_strdup (reg_reason_get_help (bad->reason));
        break;
      }
    }
  return row;
}

/**
 * reg_plan_read_rows:
 * @store: a store, for the names
 * @plan: a plan
 * @group: one of its groups
 * @ids: places in the group, from 1
 * @n: how many
 * @error: return location
 *
 * Blocks; on the reader worker.
 *
 * Returns: (transfer full) (element-type RegPlanRow): the rows, or %NULL
 */
GPtrArray *
reg_plan_read_rows (RegStore *store,
                    const RegImportPlan *plan,
                    RegPlanGroup group,
                    const gint64 *ids,
                    gsize n,
                    GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_full (n, (GDestroyNotify)reg_plan_row_free);
  g_autofree gint64 *user_ids = g_new (gint64, MAX (n, 1));
  g_autoptr (GPtrArray) users = NULL;

  if (group != REG_PLAN_BAD_LINES)
    {
      for (gsize i = 0; i < n; i++)
        user_ids[i] = get_user_id (plan, group, ids[i] - 1);
      users = reg_store_get_user_rows (store, user_ids, n, error);
      if (users == NULL)
        return NULL;
    }
  for (gsize i = 0; i < n; i++)
    g_ptr_array_add (rows, row_new (plan, group, ids[i] - 1,
                                    users != NULL ? g_ptr_array_index (users, i) : NULL));
  return g_steal_pointer (&rows);
}
