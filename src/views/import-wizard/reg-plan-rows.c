/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-views"

#include "views/import-wizard/reg-plan-rows.h"

#include <glib/gi18n-lib.h>

/* Of so many lines the texts are kept once they were read; further down they are read page by page.
 */
#define MAX_KEPT_LINES 2000

struct _RegPlanRows
{
  RegImportPlan *plan;
  RegPlanGroup group;
  RegImportEdits *edits;
  RegImportFixer *fixer;
  GHashTable *cells; /* (nullable): gint64 line → GStrv */
};

void
reg_plan_row_free (RegPlanRow *self)
{
  g_clear_pointer (&self->fixes, g_ptr_array_unref);
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
    case REG_PLAN_N_GROUPS:
      break;
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

/* "Location: Oslo → Bergen · Groups: none → Drivers · Due Date: 2026-12-31 → removed" */
static char *
dup_detail (GPtrArray *changes)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < changes->len; i++)
    {
      const RegImportText *change = g_ptr_array_index (changes, i);

      g_string_append_printf (text, "%s%s: %s → %s", i > 0 ? " · " : "", change->label,
                              *change->before != '\0' ? change->before : _ ("none"),
                              *change->after != '\0' ? change->after : _ ("removed"));
    }
  return g_string_free (text, FALSE);
}

static const char *
get_after (GPtrArray *changes, const char *key)
{
  for (guint i = 0; i < changes->len; i++)
    if (g_str_equal (((const RegImportText *)g_ptr_array_index (changes, i))->key, key))
      return ((const RegImportText *)g_ptr_array_index (changes, i))->after;
  return "";
}

/* Of somebody new there is no before: "New · Location: Oslo", beside the name and the e-mail. */
static void
fill_new (RegPlanRow *row, GPtrArray *changes)
{
  static const char *const shown[] = { "email", "given_name", "family_name", NULL };
  GString *text = g_string_new (_ ("New"));
  g_autofree char *name = g_strdup_printf ("%s %s", get_after (changes, "given_name"),
                                           get_after (changes, "family_name"));

  for (guint i = 0; i < changes->len; i++)
    {
      const RegImportText *change = g_ptr_array_index (changes, i);

      if (!g_strv_contains (shown, change->key))
        g_string_append_printf (text, " · %s: %s", change->label, change->after);
    }
  row->detail = g_string_free (text, FALSE);
  row->name = g_strdup (g_strstrip (name));
  row->identifier = g_strdup (get_after (changes, "email"));
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
    case REG_PLAN_N_GROUPS:
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
        g_autoptr (GPtrArray) changes = reg_import_plan_dup_changes (plan, index);

        row->line = item->line;
        fill_person (row, plan, item->course_id, user);
        if (item->user_id == 0)
          fill_new (row, changes);
        else
          row->detail = dup_detail (changes);
        break;
      }
    case REG_PLAN_CANNOT:
      {
        const RegImportCannot *cannot = &g_array_index (plan->cannot, RegImportCannot, index);

        row->line = cannot->line;
        row->reason = g_strdup (cannot->sentence);
        row->help = g_strdup (reg_reason_get_help (cannot->reason));
        row->can_edit = reg_import_plan_can_correct (plan);
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
        row->can_edit = TRUE;
        break;
      }
    case REG_PLAN_N_GROUPS:
      g_return_val_if_reached (row);
    }
  return row;
}

/**
 * reg_plan_rows_new:
 * @plan: a plan
 * @edits: (nullable): the corrections it was made with
 * @group: one of its groups
 *
 * Returns: (transfer full): the reader of its rows
 */
RegPlanRows *
reg_plan_rows_new (RegImportPlan *plan, const RegImportEdits *edits, RegPlanGroup group)
{
  RegPlanRows *self = g_new0 (RegPlanRows, 1);

  self->plan = reg_import_plan_ref (plan);
  self->edits = reg_import_edits_copy (edits);
  self->group = group;
  self->fixer = reg_import_fixer_new (plan);
  return self;
}

void
reg_plan_rows_free (RegPlanRows *self)
{
  reg_import_fixer_free (self->fixer);
  reg_import_edits_free (self->edits);
  g_clear_pointer (&self->cells, g_hash_table_unref);
  reg_import_plan_unref (self->plan);
  g_free (self);
}

static gint64
get_bad_line (const RegImportPlan *plan, gsize index)
{
  return g_array_index (plan->bad_lines, RegImportBadLine, index).line;
}

/* (transfer full) (nullable): the texts of the lines. A file that cannot be read any more has no
 * suggestions; what is wrong with it is told where it matters. */
static GHashTable *
read_cells (RegPlanRows *self, const gint64 *ids, gsize n)
{
  guint n_kept = MIN (self->plan->bad_lines->len, MAX_KEPT_LINES);
  g_autofree gint64 *lines = g_new (gint64, MAX (MAX (n_kept, n), 1));
  gboolean is_kept = TRUE;

  for (gsize i = 0; i < n; i++)
    is_kept &= ids[i] <= n_kept;
  if (is_kept && self->cells != NULL)
    return g_hash_table_ref (self->cells);
  for (guint i = 0; is_kept && i < n_kept; i++)
    lines[i] = get_bad_line (self->plan, i);
  for (gsize i = 0; !is_kept && i < n; i++)
    lines[i] = get_bad_line (self->plan, ids[i] - 1);
  if (!is_kept)
    return reg_import_plan_read_cells (self->plan, self->edits, lines, n, NULL, NULL);
  self->cells = reg_import_plan_read_cells (self->plan, self->edits, lines, n_kept, NULL, NULL);
  return self->cells != NULL ? g_hash_table_ref (self->cells) : NULL;
}

static void
add_fixes (RegPlanRows *self, GPtrArray *rows, const gint64 *ids)
{
  g_autoptr (GHashTable) cells = read_cells (self, ids, rows->len);

  for (guint i = 0; cells != NULL && i < rows->len; i++)
    {
      RegPlanRow *row = g_ptr_array_index (rows, i);
      const char *const *texts = g_hash_table_lookup (cells, &row->line);

      if (texts != NULL)
        row->fixes = reg_import_fixer_list (
            self->fixer, &g_array_index (self->plan->bad_lines, RegImportBadLine, ids[i] - 1),
            texts);
    }
}

/**
 * reg_plan_rows_read:
 * @self: a reader
 * @store: a store, for the names
 * @ids: places in the group, from 1
 * @n: how many
 * @error: return location
 *
 * Blocks; on the reader worker.
 *
 * Returns: (transfer full) (element-type RegPlanRow): the rows, or %NULL
 */
GPtrArray *
reg_plan_rows_read (RegPlanRows *self, RegStore *store, const gint64 *ids, gsize n, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_full (n, (GDestroyNotify)reg_plan_row_free);
  g_autofree gint64 *user_ids = g_new (gint64, MAX (n, 1));
  g_autoptr (GPtrArray) users = NULL;

  if (self->group != REG_PLAN_BAD_LINES)
    {
      for (gsize i = 0; i < n; i++)
        user_ids[i] = get_user_id (self->plan, self->group, ids[i] - 1);
      users = reg_store_get_user_rows (store, user_ids, n, error);
      if (users == NULL)
        return NULL;
    }
  for (gsize i = 0; i < n; i++)
    g_ptr_array_add (rows, row_new (self->plan, self->group, ids[i] - 1,
                                    users != NULL ? g_ptr_array_index (users, i) : NULL));
  if (self->group == REG_PLAN_BAD_LINES)
    add_fixes (self, rows, ids);
  for (gsize i = 0; self->group == REG_PLAN_CANNOT && i < n; i++)
    ((RegPlanRow *)g_ptr_array_index (rows, i))->fixes = reg_import_fixer_list_cannot (
        self->fixer, &g_array_index (self->plan->cannot, RegImportCannot, ids[i] - 1));
  return g_steal_pointer (&rows);
}
